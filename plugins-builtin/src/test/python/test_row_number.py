"""RowNumber beside sorted() and pandas."""

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, lit, rand

from comparison import assert_same_rows, rows

PAIRS = some.lists(
    some.tuples(
        some.one_of(some.none(), some.integers(-3, 3)),
        some.one_of(some.none(), some.sampled_from(["", "a", "b", "ä", "B"])),
    ),
    max_size=60,
)
ORDERS = some.tuples(some.booleans(), some.booleans())  # descending, nulls first


def in_order(data, orders):
    """The rows as SQL sorts them, compared value by value."""

    def compare(left, right):
        for one, other, (descending, nulls_first) in zip(left, right, orders, strict=True):
            if one == other:
                continue
            if one is None or other is None:
                return -1 if (one is None) == nulls_first else 1
            return -1 if (one < other) != descending else 1
        return 0

    return sorted(data, key=functools.cmp_to_key(compare))


def order(name, descending, nulls_first):
    direction = "desc" if descending else "asc"
    return getattr(col(name), f"{direction}_nulls_{'first' if nulls_first else 'last'}")()


@given(data=PAIRS, first=ORDERS, second=ORDERS, tasks=some.sampled_from([1, 2, 7, 64]))
def test_numbers_follow_any_order(spark, ext, data, first, second, tasks):
    frame = spark.createDataFrame(data, "a int, b string").repartition(3)

    numbered = ext.row_number(
        frame, order_by=[order("a", *first), order("b", *second)], tasks=tasks
    )

    expected = in_order(data, [first, second])
    found = sorted(rows(numbered), key=lambda row: row[2])
    assert [row[2] for row in found] == list(range(1, len(data) + 1))
    assert [row[:2] for row in found] == expected


def test_flights_numbered_by_departure_and_distance(ext, flights, size):
    table = flights.pandas(size)[["time_hour", "distance", "carrier", "flight", "sched_dep_time"]]
    frame = flights.spark(size).select(*table.columns)

    numbered = ext.row_number(frame, order_by=["time_hour", col("distance").desc()], start=0)

    ordered = table.sort_values(["time_hour", "distance"], ascending=[True, False])
    found = numbered.toPandas().sort_values("row_number")
    assert list(found["row_number"]) == list(range(len(table)))
    # Equal rows may be numbered in any order, but what is sorted by is the same at each place.
    for column in ("time_hour", "distance"):
        assert list(found[column]) == list(ordered[column])
    assert_same_rows(found[table.columns], table)


def test_an_order_of_one_value_and_one_of_many_nulls(spark, ext):
    frame = spark.range(1_000).withColumn("same", lit(1))
    frame = frame.selectExpr("id", "same", "if(id % 10 = 0, id, null) AS rare")

    for column in ("same", "rare"):
        numbers = ext.row_number(frame, order_by=[column], tasks=8).select("row_number").collect()
        assert sorted(row[0] for row in numbers) == list(range(1, 1_001))


def test_an_input_that_differs_each_time(spark, ext):
    random = spark.range(0, 1_000, numPartitions=3).withColumn("x", rand())

    numbered = ext.row_number(random, order_by=["x"], tasks=8).orderBy("row_number").collect()

    assert [row["row_number"] for row in numbered] == list(range(1, 1_001))
    assert [row["x"] for row in numbered] == sorted(row["x"] for row in numbered)


def test_floating_point_numbers_in_sparks_order(spark, ext):
    values = [0.0, -0.0, float("nan"), float("inf"), float("-inf"), 1.5, None]
    frame = spark.createDataFrame([(value,) for value in values], "x double").repartition(3)

    numbered = ext.row_number(frame, order_by=["x"], tasks=4).orderBy("row_number").collect()

    assert [row[1] for row in numbered] == list(range(1, 8))
    assert (
        str([row[0] for row in numbered]).replace("-0.0", "0.0")
        == "[None, -inf, 0.0, 0.0, 1.5, inf, nan]"
    )


def test_start_name_and_an_input_without_rows(spark, ext):
    three = spark.range(3)

    for tasks in (1, 64):
        numbered = ext.row_number(
            three, order_by=[col("id").desc()], column="Nº `1`.x", start=-1, tasks=tasks
        )
        assert numbered.columns == ["id", "Nº `1`.x"]
        assert numbered.dtypes[1][1] == "bigint"
        assert_same_rows(numbered, [(2, -1), (1, 0), (0, 1)])
        assert rows(ext.row_number(three.where("id > 5"), order_by=["id"], tasks=tasks)) == []


def test_columns_that_share_a_name_and_odd_names(spark, ext):
    twice = spark.createDataFrame([(2, "x"), (1, "y")], "n int, s string").toDF("größe.in `m`", "s")
    twice = twice.select("*", "s")

    numbered = ext.row_number(twice, order_by=["`größe.in ``m```"])

    assert numbered.columns == ["größe.in `m`", "s", "s", "row_number"]
    assert_same_rows(numbered, [(1, "y", "y", 1), (2, "x", "x", 2)])


def test_columns_of_the_result_and_of_the_input(spark, ext):
    frame = spark.createDataFrame([("a", 1), ("b", 3), ("c", 2)], "name string, amount int")

    numbered = ext.row_number(frame, order_by=[frame["amount"]])

    assert_same_rows(
        numbered.select(numbered["name"], "row_number"), [("a", 1), ("c", 2), ("b", 3)]
    )
    again = ext.row_number(numbered, order_by=[numbered["row_number"].desc()], column="back")
    assert_same_rows(again.select("name", "back"), [("a", 3), ("c", 2), ("b", 1)])


def test_columns_of_any_type_pass(spark, ext):
    frame = spark.sql(
        "SELECT id, map('a', id) AS m, array(id) AS l, named_struct('x', id) AS s FROM range(3)"
    )

    numbered = ext.row_number(frame, order_by=["s", "l"])

    assert [row["row_number"] for row in numbered.orderBy("id").collect()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"tasks": -1}, "RowNumber.tasks is -1. Give 1 to 1024."),
        ({"tasks": 1_025}, "RowNumber.tasks is 1025. Give 1 to 1024."),
        ({"start": 2**62 + 1}, "RowNumber.start is 4611686018427387905."),
    ],
)
def test_refused_options(spark, ext, options, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.row_number(spark.range(1), order_by=["id"], **options).collect()
    assert text in str(refusal.value)
