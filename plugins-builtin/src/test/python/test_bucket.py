"""Bucket beside pandas.cut and numpy."""

import math

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, rand

NUMBERS = some.one_of(some.none(), some.integers(-6, 6).map(float), some.floats(-6, 6), some.sampled_from([math.inf, -math.inf, math.nan]))


def by_pandas(numbers, edges, right, nearest):
    """The buckets as pandas has them, but for the outermost edge, which it leaves out on the left-closed side."""
    values = numpy.array([math.nan if number is None else number for number in numbers], dtype=float)
    if nearest:
        values = numpy.clip(values, edges[0], edges[-1])
    places = pandas.cut(pandas.Series(values), edges, right=right, include_lowest=True, labels=False)
    if not right:
        places[values == edges[-1]] = len(edges) - 2
    return [None if math.isnan(place) else int(place) for place in places]


@given(
    numbers=some.lists(NUMBERS, min_size=1, max_size=60),
    edges=some.lists(some.one_of(some.integers(-5, 5).map(float), some.floats(-5, 5)), min_size=2, max_size=12, unique=True).map(sorted),
    right=some.booleans(),
    outside=some.sampled_from(["NONE", "NEAREST"]),
)
def test_any_edges(spark, ext, numbers, edges, right, outside):
    frame = spark.createDataFrame([(number,) for number in numbers], "number double")

    answer = ext.bucket("number", edges=edges, right_closed=right, outside=outside)

    found = [row[0] for row in frame.select(answer).collect()]
    assert found == by_pandas(numbers, edges, right, outside == "NEAREST")


@given(
    numbers=some.lists(NUMBERS, min_size=1, max_size=60),
    lowest=some.floats(-3, 0),
    width=some.floats(0.5, 6),
    count=some.integers(1, 40),
)
def test_equal_widths_are_those_of_numpy(spark, ext, numbers, lowest, width, count):
    frame = spark.createDataFrame([(number,) for number in numbers], "number double")
    highest = lowest + width

    answer = ext.bucket("number", equal_width={"min": lowest, "max": highest, "count": count})

    found = [row[0] for row in frame.select(answer).collect()]
    assert found == by_pandas(numbers, numpy.linspace(lowest, highest, count + 1), False, False)


@pytest.mark.parametrize("right", [False, True])
def test_delays_of_flights(ext, flights, size, right):
    edges = [-math.inf, 0, 15, 60, math.inf]
    labels = ["early", "on time", "late", "very late"]
    frame = flights.spark(size).select("dep_delay")

    answer = ext.bucket("dep_delay", edges=edges, labels=labels, right_closed=right)
    counts = {row[0]: row[1] for row in frame.groupBy(answer.alias("delay")).count().collect()}

    table = pandas.cut(flights.pandas(size)["dep_delay"], edges, right=right, labels=labels)
    expected = {label: number for label, number in table.value_counts().items() if number}
    missing = int(table.isna().sum())
    assert counts == expected | ({None: missing} if missing else {})


def test_a_thousand_buckets(spark, ext):
    frame = spark.range(-10, 10_010).select((col("id") / 10).alias("number"))

    answer = ext.bucket("number", equal_width={"min": 0, "max": 1000, "count": 1000})

    for number, bucket in frame.select("number", answer).collect():
        assert bucket == (min(int(number), 999) if 0 <= number <= 1000 else None)


def test_labels_of_intervals(spark, ext):
    frame = spark.createDataFrame([(0,), (5,), (10,), (11,), (None,)], "`a.b``c` int")

    def labels(**options):
        answer = ext.bucket("`a.b``c`", edges=[0, 5, 10], interval_labels=True, **options)
        return [row[0] for row in frame.select(answer).collect()]

    assert labels() == ["[0.0, 5.0)", "[5.0, 10.0]", "[5.0, 10.0]", None, None]
    assert labels(right_closed=True) == ["[0.0, 5.0]", "[0.0, 5.0]", "(5.0, 10.0]", None, None]
    assert labels(outside="NEAREST")[3:] == ["[5.0, 10.0]", None]


def test_types_names_and_random_numbers(spark, ext):
    nothing = spark.createDataFrame([], "number decimal(10,2)")
    assert nothing.select(ext.bucket("number", edges=[0, 1])).dtypes == [("bucket(number)", "int")]
    assert nothing.select(ext.bucket("number", edges=[0, 1], labels=["x"])).dtypes == [("bucket(number)", "string")]
    assert nothing.select(ext.bucket("number", edges=[0, 1])).collect() == []
    # A random number is drawn once for all comparisons, so it is in one of the buckets.
    drawn = spark.range(200).select(ext.bucket(rand(), equal_width={"min": 0, "max": 1, "count": 64}))
    assert None not in {row[0] for row in drawn.collect()}


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "Bucket has no edges. Give either edges or equal_width."),
        ({"edges": [1]}, "Bucket.edges has 1 of them. Give 2 to 1001."),
        ({"edges": list(range(1002))}, "Bucket.edges has 1002 of them. Give 2 to 1001."),
        ({"edges": [0, 2, 2]}, "Bucket.edges[2] is 2.0. Give numbers, each greater than the one before."),
        ({"edges": [0, math.nan]}, "Bucket.edges[1] is NaN."),
        ({"edges": [0, 1, 2], "labels": ["x"]}, "Bucket.labels has 1 of them, and there are 2 buckets. Give one for each."),
        ({"edges": [0, 1], "labels": ["x"], "interval_labels": True}, "Bucket has both labels and interval_labels."),
        ({"edges": [0, 1], "equal_width": {"min": 0, "max": 1, "count": 1}}, "Bucket has both edges and equal_width."),
        ({"equal_width": {"min": 0, "max": 1, "count": 1001}}, "Bucket.equal_width.count is 1001. Give 1 to 1000."),
        ({"equal_width": {"min": 1, "max": 1, "count": 1}}, "Bucket.equal_width is 1.0 to 1.0. Give finite numbers, min below max"),
        ({"equal_width": {"min": 0, "max": math.inf, "count": 1}}, "Bucket.equal_width is 0.0 to Infinity."),
        ({"equal_width": {"min": 1, "max": 1 + 2**-52, "count": 9}}, "Bucket.equal_width.count is 9. There are not that many doubles"),
        ({"edges": [0, 1], "outside": 5}, "Bucket.outside is 5. Give one of NONE, NEAREST."),
    ],
)
def test_refused_options(spark, ext, options, text):
    frame = spark.createDataFrame([(1.0,)], "number double")

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        frame.select(ext.bucket("number", **options)).collect()
    assert text in str(refusal.value)
