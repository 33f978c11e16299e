"""AsOfJoin beside pandas.merge_asof, and beside a search by hand where pandas does otherwise."""

import os
from collections import Counter

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, expr, lit

from comparison import assert_same_rows, rows
from flights import table

TRADES, QUOTES = "key string, t int, qty int", "key string, t int, price int"
KEYS = some.sampled_from(["a", "b", None])
TIMES = some.one_of(some.none(), some.integers(0, 12))
STRATEGIES = ["SORTED"]
if not os.environ.get("GRAFT_LINE", "4").startswith("3"):
    STRATEGIES.append("SPARK_NODE")

strategies = pytest.mark.parametrize("strategy", STRATEGIES)


def side(times, **options):
    return some.lists(some.tuples(KEYS, times, some.integers(0, 99)), max_size=20, **options)


def found_by_hand(left, right, direction, tolerance, exact):
    """For each row of the left the least distance of a match, or None, and the matches there."""
    for key, time, quantity in left:
        distances = {}
        for place, (other_key, other, _) in enumerate(right):
            if key is None or key != other_key or time is None or other is None:
                continue
            distance = {"BACKWARD": time - other, "FORWARD": other - time}.get(
                direction, abs(time - other)
            )
            if distance >= (0 if exact else 1) and (tolerance is None or distance <= tolerance):
                distances.setdefault(distance, []).append(right[place][1:])
        yield (key, time, quantity), distances[min(distances)] if distances else [(None, None)]


@strategies
@given(
    left=side(TIMES),
    right=side(TIMES),
    direction=some.sampled_from(["BACKWARD", "FORWARD", "NEAREST"]),
    tolerance=some.sampled_from([None, 0, 2]),
    exact=some.booleans(),
)
def test_matches_as_a_search_by_hand(
    spark, ext, strategy, left, right, direction, tolerance, exact
):
    joined = ext.as_of_join(
        spark.createDataFrame(left, TRADES),
        right=spark.createDataFrame(right, QUOTES),
        on="t",
        by=["key"],
        direction=direction,
        tolerance=None if tolerance is None else lit(tolerance),
        allow_exact_matches=exact,
        strategy=strategy,
    )

    assert joined.columns == ["key", "t", "qty", "t", "price"]
    found = rows(joined)
    expected = list(found_by_hand(left, right, direction, tolerance, exact))
    assert Counter(row[:3] for row in found) == Counter(row for row, _ in expected)
    allowed = {}
    for row, matches in expected:
        allowed.setdefault(row, set()).update(matches)
    assert [row for row in found if row[3:] not in allowed[row[:3]]] == []


@strategies
@pytest.mark.parametrize("direction", ["BACKWARD", "FORWARD", "NEAREST"])
def test_flights_with_the_weather_at_their_airport(ext, flights, size, direction, strategy):
    # Spark's own node compares each row with each of the other side, which takes minutes for all flights.
    most = size or 10_000 if strategy == "SPARK_NODE" else size
    left = departures(flights.pandas(most))[["origin", "time", "flight", "carrier"]]
    right = weather()[["origin", "measured", "temp", "wind_speed"]]

    joined = ext.as_of_join(
        flights.in_spark(left),
        right=flights.in_spark(right),
        on="time",
        right_on="measured",
        by=["origin"],
        direction=direction,
        tolerance=lit(1_500),
        strategy=strategy,
    )

    expected = pandas.merge_asof(
        left.sort_values("time"),
        right.sort_values("measured"),
        left_on="time",
        right_on="measured",
        by=["origin"],
        direction=direction.lower(),
        tolerance=1_500,
    )
    # Where an hour before and one after are equally near, any one will do.
    fair = joined.where("measured IS NULL OR abs(time - measured) <> 1800")
    assert_same_rows(fair, expected[(expected["time"] - expected["measured"]).abs() != 1800])


def departures(frame):
    """The flights with the seconds of the year at which they were to leave."""
    return frame.assign(time=seconds(frame) + frame["minute"] * 60)


def weather():
    """The weather with the seconds of the year at which it was measured."""
    hours = table("weather.csv").drop_duplicates(["origin", "year", "month", "day", "hour"])
    return hours.assign(measured=seconds)


def seconds(frame):
    hours = pandas.to_datetime(frame[["year", "month", "day", "hour"]])
    return (hours - pandas.Timestamp("2013-01-01")).dt.total_seconds().astype("int64")


@strategies
def test_timestamps_with_an_interval_and_rows_without_a_match_dropped(spark, ext, strategy):
    at, seen = "TIMESTAMP '2024-01-0{} 10:00:00'", "TIMESTAMP '2024-01-01 09:30:00'"
    left = spark.sql(f"SELECT * FROM VALUES ({at.format(1)}, 1), ({at.format(2)}, 2) AS t(at, n)")
    right = spark.sql(f"SELECT * FROM VALUES ({seen}, 'x') AS t(seen, what)")

    joined = ext.as_of_join(
        left,
        right=right,
        on="at",
        right_on="seen",
        tolerance=expr("INTERVAL 1 HOUR"),
        unmatched="DROPPED",
        strategy=strategy,
    )

    assert joined.columns == ["at", "n", "seen", "what"]
    assert [(row[1], row[3]) for row in joined.collect()] == [(1, "x")]


@strategies
def test_a_match_of_nothing_but_nulls_is_a_match(spark, ext, strategy):
    left = spark.createDataFrame([(1, 5)], "n int, t int")
    right = spark.createDataFrame([(4, None)], "t int, x string")

    joined = ext.as_of_join(left, right=right, on="t", unmatched="DROPPED", strategy=strategy)

    assert rows(joined) == [(1, 5, 4, None)]


@strategies
def test_inputs_without_rows(spark, ext, strategy):
    left, right = (
        spark.createDataFrame([(1, 5)], "n int, t int"),
        spark.createDataFrame([], "t int, x string"),
    )

    assert rows(ext.as_of_join(left, right=right, on="t", strategy=strategy)) == [
        (1, 5, None, None)
    ]
    assert (
        rows(ext.as_of_join(left, right=right, on="t", unmatched="DROPPED", strategy=strategy))
        == []
    )
    assert rows(ext.as_of_join(right, right=left, on="t", strategy=strategy)) == []


@strategies
def test_columns_that_share_a_name_and_odd_names(spark, ext, strategy):
    odd = "schlüssel.`k`"
    left = spark.createDataFrame([("a", 5, "x")], "k string, t int, x string").toDF(odd, "t", "x")
    right = spark.createDataFrame([("a", 4, "y"), ("b", 5, "z")], "k string, t int, x string")

    joined = ext.as_of_join(
        left, right=right.toDF(odd, "t", "x"), on="t", by=["`schlüssel.``k```"], strategy=strategy
    )

    assert joined.columns == [odd, "t", "x", "t", "x"]
    assert rows(joined) == [("a", 5, "x", 4, "y")]


def test_a_column_that_an_input_has_twice(spark, ext):
    left = spark.createDataFrame([(5, "x")], "t int, x string").select("*", "x")
    right = spark.createDataFrame([(4, "y")], "t int, x string").select("*", "x")

    joined = ext.as_of_join(left, right=right, on="t")

    assert joined.columns == ["t", "x", "x", "t", "x", "x"]
    assert rows(joined) == [(5, "x", "x", 4, "y", "y")]


@strategies
def test_columns_of_the_inputs_in_options(spark, ext, strategy):
    frame = spark.createDataFrame([("a", 5), ("b", 7)], "name string, t int")

    # Both sides from one DataFrame, and of it the columns.
    joined = ext.as_of_join(
        frame,
        right=frame,
        on=frame["t"],
        right_on=frame["t"] + 1,
        allow_exact_matches=False,
        strategy=strategy,
    )

    assert_same_rows(joined, [("a", 5, None, None), ("b", 7, "a", 5)])


@strategies
def test_numbers_of_two_types_and_several_keys(spark, ext, strategy):
    left = spark.createDataFrame([(1, "x", 2.5), (1, "y", 2.5)], "k int, s string, t double")
    right = spark.createDataFrame(
        [(1, "x", 2), (1, "x", 1), (2, "x", 2)], "k bigint, s string, t int"
    )

    joined = ext.as_of_join(left, right=right, on="t", by=["k", "s"], strategy=strategy)

    assert [type_name for _, type_name in joined.dtypes] == ["int", "string", "double", "int"]
    assert_same_rows(joined, [(1, "x", 2.5, 2), (1, "y", 2.5, None)])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"tolerance": lit(-1)},
            "AsOfJoin.tolerance is negative. Give a number or an interval that is 0 or more.",
        ),
        ({"by": [""]}, "AsOfJoin.by is ''. Give names of columns, in backticks those"),
        ({"by": ["a.b"]}, "AsOfJoin.by is 'a.b'. Give names of columns, in backticks those"),
    ],
)
def test_refused_options(spark, ext, options, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.as_of_join(spark.range(1), right=spark.range(1), on="id", **options).collect()
    assert text in str(refusal.value)


def test_sparks_node_where_there_is_none_is_refused_by_version(spark, ext):
    join = ext.as_of_join(spark.range(2), right=spark.range(1), on="id", strategy="SPARK_NODE")

    if "SPARK_NODE" in STRATEGIES:
        assert_same_rows(join, [(0, 0), (1, 0)])
    else:
        with pytest.raises(Exception, match=f"SPARK_NODE, but the server is Spark {spark.version}"):
            join.collect()


def test_automatic_is_one_of_both(spark, ext):
    assert_same_rows(
        ext.as_of_join(spark.range(2), right=spark.range(1), on=col("id")), [(0, 0), (1, 0)]
    )
