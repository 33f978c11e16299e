"""The data that the other tests share."""

import pandas
from comparison import rows


def test_the_file_says_what_would_be_sent(spark, flights):
    table = flights.pandas()
    some = pandas.concat([table.head(20), table[table["dep_time"].isna()].head(20), table[table["tailnum"].isna()].head(20)])

    sent, read = spark.createDataFrame(some), flights.in_spark(some)

    assert read.schema == sent.schema
    assert sorted(map(repr, read.collect())) == sorted(map(repr, sent.collect()))  # where null and NaN are not the same
    assert rows(read) == rows(some)


def test_all_flights_are_there(flights, size):
    assert flights.spark(size).count() == (336_776 if size is None else size)
