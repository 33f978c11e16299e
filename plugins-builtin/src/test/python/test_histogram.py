"""Histogram beside numpy.histogram."""

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col

NUMBERS = some.lists(
    some.one_of(
        some.none(),
        some.sampled_from([0.0, -0.0, 0.1, 0.2, 0.3, 1.0, math.nan, math.inf, -math.inf]),
        some.floats(-1e6, 1e6),
    ),
    max_size=50,
)


def counted(frame):
    collected = frame.collect()
    assert collected[0].__fields__ == ["bin", "lower", "upper", "count"]
    found = sorted(map(tuple, collected))
    assert [row[0] for row in found] == list(range(len(found)))
    assert [row[1] for row in found[1:]] == [row[2] for row in found[:-1]]
    return [row[3] for row in found], [found[0][1]] + [row[2] for row in found]


def as_numpy(values, **options):
    finite = [each for each in values if each is not None and math.isfinite(each)]
    counts, edges = numpy.histogram(finite, **options)
    return list(counts), list(edges)


@given(values=NUMBERS, bins=some.sampled_from([1, 3, 10, 17]))
def test_equal_widths_as_numpy_has_them(spark, ext, values, bins):
    frame = spark.createDataFrame([(value,) for value in values], "x double").repartition(2)

    assert counted(ext.histogram(frame, column="x", bins=bins)) == as_numpy(values, bins=bins)


@given(
    values=NUMBERS,
    edges=some.lists(
        some.sampled_from([-5.5, -0.1, 0.0, 0.1, 0.2, 0.3, 1.0, 7.0, 1e5]), min_size=2, unique=True
    ),
)
def test_given_edges_as_numpy_has_them(spark, ext, values, edges):
    edges = sorted(edges)
    frame = spark.createDataFrame([(value,) for value in values], "x double")

    assert counted(ext.histogram(frame, column="x", edges=edges)) == as_numpy(values, bins=edges)
    bounded = ext.histogram(frame, column=col("x"), bins=7, lower=edges[0], upper=edges[-1])
    assert counted(bounded) == as_numpy(values, bins=7, range=(edges[0], edges[-1]))


@pytest.mark.parametrize("column", ["dep_delay", "distance", "air_time"])
def test_columns_of_the_flights(ext, flights, size, column):
    values = flights.pandas(size)[column]

    for bins in (10, 1_000):
        found = counted(ext.histogram(flights.spark(size), column=column, bins=bins))
        assert found == as_numpy(values, bins=bins)


@pytest.mark.parametrize(
    ("options", "edges"),
    [
        ({"lower": 10.0}, [10.0, 10.5, 11.0]),
        ({"upper": -10.0}, [-11.0, -10.5, -10.0]),
        ({"lower": 1.0}, [1.0, 2.0, 3.0]),
        ({"upper": 2.0}, [1.0, 1.5, 2.0]),
        ({}, [1.0, 2.0, 3.0]),
    ],
)
def test_one_bound_or_none(spark, ext, options, edges):
    frame = spark.createDataFrame([(1.0,), (2.0,), (3.0,), (None,)], "x double")

    counts, found = counted(ext.histogram(frame, column="x", bins=2, **options))

    assert found == edges
    assert counts == list(numpy.histogram([1.0, 2.0, 3.0], bins=edges)[0])


def test_many_edges(spark, ext):
    edges = [float(each) ** 2 for each in range(3_000)]
    values = [float(each) for each in range(0, 9_000_000, 9_973)]
    frame = spark.range(0, 9_000_000, 9_973).selectExpr("CAST(id AS DOUBLE) AS x")

    assert counted(ext.histogram(frame, column="x", edges=edges)) == as_numpy(values, bins=edges)


def test_no_values_at_all(spark, ext):
    nothing = spark.createDataFrame([(None,)], "x double")

    for frame in (nothing, nothing.where("false")):
        assert counted(ext.histogram(frame, column="x", bins=2)) == ([0, 0], [0.0, 0.5, 1.0])
        assert counted(ext.histogram(frame, column="x", edges=[1, 3])) == ([0], [1.0, 3.0])
        assert counted(ext.histogram(frame, column="x", bins=1, lower=5.0)) == ([0], [5.0, 6.0])
        assert counted(ext.histogram(frame, column="x", bins=1, upper=5.0)) == ([0], [4.0, 5.0])


def test_all_values_equal(spark, ext):
    frame = spark.sql("SELECT 7 AS x FROM range(5)")

    assert counted(ext.histogram(frame, column="x", bins=2)) == ([0, 5], [6.5, 7.0, 7.5])


def test_decimals_odd_names_and_names_that_come_twice(spark, ext):
    frame = spark.sql(
        "SELECT CAST(id AS DECIMAL(38, 2)) AS `größe.in ``m```, 1 AS y, 2 AS y FROM range(4)"
    )

    assert counted(ext.histogram(frame, column="`größe.in ``m```", bins=3))[0] == [1, 1, 2]
    assert counted(ext.histogram(frame, column=frame["`größe.in ``m```"] * 2, bins=3))[0] == [
        1,
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"bins": -1}, "Histogram.bins is -1. Give 1 to 10000."),
        ({"bins": 10_001}, "Histogram.bins is 10001. Give 1 to 10000."),
        (
            {"lower": 2.0, "upper": 2.0},
            "Histogram.upper is 2.0. Give more than lower, which is 2.0.",
        ),
        ({"lower": math.nan}, "Histogram.lower is NaN. Give a finite number."),
        ({"edges": [1.0]}, "Histogram.edges is a list of 1. Give 2 to 10001 of them."),
        ({"edges": [float(each) for each in range(10_002)]}, "Histogram.edges is a list of 10002."),
        (
            {"edges": [1.0, 1.0]},
            "Histogram.edges[1] is 1.0. Give more than the one before, which is 1.0.",
        ),
        ({"edges": [1.0, 2.0], "bins": 3}, "Give either edges, or bins, lower and upper."),
    ],
)
def test_refused_options(spark, ext, options, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.histogram(spark.range(1), column="id", **options).collect()
    assert text in str(refusal.value)
