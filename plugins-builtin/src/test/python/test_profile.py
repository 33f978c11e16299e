"""Profile beside pandas and numpy."""

import datetime
import decimal
import math
import re
from collections import Counter

import numpy
import pandas
import pytest
from comparison import rows
from hypothesis import given
from hypothesis import strategies as some
from plans import scans, static_plans
from pyspark.sql.connect.functions import array, col, create_map, lit, struct

NAMES = [
    "position", "column", "type", "count", "nulls", "nans", "distinct", "distinct_is_exact", "min", "max",
    "mean", "deviation", "quantiles", "top_values", "histogram",
]  # fmt: skip


def profile(ext, frame, **options):
    """The rows of a profile, by column."""
    found = [row.asDict() for row in ext.profile(frame, **options).collect()]
    assert all(list(row) == NAMES for row in found)
    return sorted(found, key=lambda row: row["position"])


def top(values, most=10):
    """The most frequent texts, then the first in the order of their code points."""
    counted = Counter(values)
    return sorted(counted.items(), key=lambda each: (-each[1], each[0].encode()))[:most]


def close(actual, expected):
    if expected is None or math.isnan(expected):
        return actual is None or math.isnan(actual)
    return actual == pytest.approx(expected, rel=1e-9, abs=1e-9)


def assert_as_pandas(row, values, bins=20, probabilities=(0.05, 0.25, 0.5, 0.75, 0.95)):
    """Compare the profile of a column of numbers with what pandas says of it."""
    present = values.dropna()
    assert (row["count"], row["nulls"]) == (len(present) + (row["nans"] or 0), len(values) - len(present) - (row["nans"] or 0))
    assert row["distinct"] == present.nunique() or not row["distinct_is_exact"]
    assert row["distinct"] == pytest.approx(present.nunique(), rel=0.15)
    assert close(row["mean"], present.mean()) and close(row["deviation"], present.std())
    if present.empty:
        assert (row["min"], row["max"], row["quantiles"], row["histogram"]) == (None, None, None, None)
        return
    assert (float(row["min"]), float(row["max"])) == (present.min(), present.max())
    expected = [float(numpy.quantile(present, each, method="inverted_cdf")) for each in probabilities]
    assert [(each["probability"], float(each["value"])) for each in row["quantiles"]] == list(
        zip(probabilities, expected, strict=True)
    )
    counts, edges = numpy.histogram(present.astype(float), bins=bins)
    assert [each["count"] for each in row["histogram"]] == list(counts)
    assert [each["lower"] for each in row["histogram"]] == list(edges[:-1])
    assert [each["upper"] for each in row["histogram"]] == list(edges[1:])


NUMBERS = some.one_of(some.none(), some.integers(-5, 5), some.integers(-(2**31), 2**31 - 1))
DOUBLES = some.one_of(some.none(), some.sampled_from([0.0, -0.0, 0.1, 1 / 3]), some.floats(-1e6, 1e6))


@given(data=some.lists(some.tuples(NUMBERS, DOUBLES, some.one_of(some.none(), some.sampled_from(["", "a", "ä", "A"]))), max_size=40))
def test_every_statistic_as_pandas_has_it(spark, ext, data):
    frame = spark.createDataFrame(data, "i int, d double, s string")
    table = pandas.DataFrame(data, columns=["i", "d", "s"]).astype({"i": "Int64", "d": "float"})

    i, d, s = profile(ext, frame, bins=4)

    assert_as_pandas(i, table["i"].astype("float"), bins=4)
    assert_as_pandas(d, table["d"], bins=4)
    texts = [row[2] for row in data if row[2] is not None]
    assert (s["count"], s["nulls"], s["distinct"]) == (len(texts), len(data) - len(texts), len(set(texts)))
    assert (s["min"], s["max"]) == ((min(texts), max(texts)) if texts else (None, None))
    assert [tuple(each) for each in s["top_values"] or []] == top(texts)
    assert [tuple(each) for each in i["top_values"] or []] == top(str(row[0]) for row in data if row[0] is not None)
    assert all(row["distinct_is_exact"] for row in (i, d, s))


def test_flights(ext, flights, size):
    names = ["dep_delay", "distance", "carrier", "tailnum", "flight"]
    table = flights.pandas(size)

    found = {row["column"]: row for row in profile(ext, flights.spark(size), columns=names)}

    assert list(found) == [name for name in table.columns if name in names]
    for name in ("dep_delay", "distance", "flight"):
        assert_as_pandas(found[name], table[name])
    for name in ("carrier", "tailnum"):
        texts = table[name].dropna()
        assert [tuple(each) for each in found[name]["top_values"]] == top(texts)
        assert (found[name]["distinct"], found[name]["nulls"]) == (texts.nunique(), table[name].isna().sum())
    assert {name: found[name]["type"] for name in names} == {
        "dep_delay": "double", "distance": "bigint", "carrier": "string", "tailnum": "string", "flight": "bigint",
    }  # fmt: skip


def test_columns_with_many_values_are_estimated_unless_all_are_wanted(spark, ext):
    frame = spark.range(3_000).select("id", (col("id") % 3).alias("few"))

    many, few = profile(ext, frame, count_up_to=100)
    assert (many["distinct_is_exact"], many["top_values"]) == (False, None)
    assert many["distinct"] == pytest.approx(3_000, rel=0.15)
    assert (few["distinct"], few["distinct_is_exact"]) == (3, True)
    assert [tuple(each) for each in few["top_values"]] == [("0", 1_000), ("1", 1_000), ("2", 1_000)]
    assert sum(each["count"] for each in many["histogram"]) == 3_000

    many, few = profile(ext, frame, count_up_to=100, exact=True, top_values=2)
    assert (many["distinct"], many["distinct_is_exact"], few["distinct"]) == (3_000, True, 3)
    assert [tuple(each) for each in many["top_values"]] == [("0", 1), ("1", 1)]


def test_only_what_one_pass_tells(spark, ext):
    frame = spark.range(10).select("id", col("id").cast("string").alias("text"))

    number, text = profile(ext, frame, top_values=0, bins=0, quantiles=[0.5])

    assert (number["top_values"], number["histogram"], number["distinct_is_exact"]) == (None, None, False)
    assert [tuple(each) for each in number["quantiles"]] == [(0.5, "4")]
    assert text["quantiles"] is None


def test_every_type_has_what_can_be_said_of_it(spark, ext):
    at = datetime.datetime(2024, 2, 29, 12, 30, 0, 5)
    frame = spark.createDataFrame(
        [(True, decimal.Decimal("1.50"), at.date(), at, bytearray(b"\x00\xff"), 1.5), (False, None, None, None, None, math.nan)],
        "b boolean, n decimal(10,2), d date, t timestamp, x binary, f float",
    )
    nested = frame.select(
        "*", array("b").alias("a"), struct("b", "n").alias("s"), create_map(lit("k"), "b").alias("m"), lit(None).alias("v")
    )

    by_name = {row["column"]: row for row in profile(ext, nested, bins=1)}

    def said(name):
        return {key: value for key, value in by_name[name].items() if value is not None}

    assert (by_name["b"]["min"], by_name["b"]["max"], by_name["b"]["mean"]) == ("false", "true", None)
    assert (by_name["n"]["type"], by_name["n"]["min"], by_name["n"]["mean"]) == ("decimal(10,2)", "1.50", 1.5)
    assert tuple(by_name["n"]["histogram"][0]) == (1.0, 2.0, 1)
    assert (by_name["d"]["min"], by_name["d"]["quantiles"][2]["value"]) == ("2024-02-29", "2024-02-29")
    assert by_name["t"]["max"].endswith(":30:00.000005")
    assert [tuple(each) for each in by_name["x"]["top_values"]] == [("00FF", 1)]
    f = by_name["f"]
    assert (f["count"], f["nulls"], f["nans"], f["distinct"], f["max"], f["mean"]) == (2, 0, 1, 1, "1.5", 1.5)
    for name, type_ in [("a", "array<boolean>"), ("s", "struct<b:boolean,n:decimal(10,2)>"), ("m", "map<string,boolean>")]:
        assert said(name) == {"position": by_name[name]["position"], "column": name, "type": type_, "count": 2, "nulls": 0}
    assert (by_name["v"]["type"], by_name["v"]["count"], by_name["v"]["nulls"]) == ("void", 0, 2)


def test_infinities_and_zeros(spark, ext):
    frame = spark.createDataFrame([(math.inf, 0.0), (1.0, -0.0), (math.nan, 0.0)], "i double, z double")

    infinite, zero = profile(ext, frame, bins=2)

    assert (infinite["max"], infinite["nans"], infinite["histogram"]) == ("Infinity", 1, None)
    assert [tuple(each) for each in zero["top_values"]] == [("0.0", 3)]
    assert [tuple(each) for each in zero["histogram"]] == [(-0.5, 0.0, 0), (0.0, 0.5, 3)]


def test_an_input_without_rows_and_one_without_columns(spark, ext):
    nothing = spark.createDataFrame([], "id int, name string")

    number, text = profile(ext, nothing)
    assert (number["count"], number["nulls"], number["distinct"], number["distinct_is_exact"]) == (0, 0, 0, True)
    assert (number["min"], number["mean"], number["quantiles"], number["histogram"], text["max"]) == (None,) * 5
    of_no_columns = ext.profile(nothing.select())
    assert (of_no_columns.columns, of_no_columns.collect()) == (NAMES, [])


def test_columns_that_share_a_name_and_odd_names(spark, ext):
    frame = spark.range(3).select("id", (col("id") + 10).alias("id"), lit("x").alias("a.`b` ü"))

    found = profile(ext, frame)
    assert [(row["position"], row["column"], row["min"]) for row in found] == [(0, "id", "0"), (1, "id", "10"), (2, "a.`b` ü", "x")]
    assert [row["position"] for row in profile(ext, frame, columns=["A.`b` Ü", "id"])] == [0, 1, 2]
    assert [row["min"] for row in profile(ext, frame, columns=["a.`b` ü"])] == ["x"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"columns": ["no"]}, "Profile.columns is 'no'. Give some of 'id'."),
        ({"top_values": -1}, "Profile.top_values is -1. Give 0 to 1000."),
        ({"bins": 1_001}, "Profile.bins is 1001. Give 0 to 1000."),
        ({"accuracy": 0}, "Profile.accuracy is 0. Give 1 to 1000000."),
        ({"count_up_to": -5}, "Profile.count_up_to is -5. Give 0 or more."),
        ({"quantiles": [0.5, 1.5]}, "Profile.quantiles is 1.5. Give probabilities from 0 to 1."),
        ({"quantiles": [math.nan]}, "Profile.quantiles is NaN. Give probabilities from 0 to 1."),
        ({"quantiles": [0.5] * 101}, "Profile.quantiles is a list of 101. Give at most 100."),
    ],
)
def test_refused_options(spark, ext, options, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.profile(spark.range(1), **options).collect()
    assert text in str(refusal.value)


def test_profile_of_a_profile(spark, ext):
    once = ext.profile(spark.range(4), bins=0)

    again = {row["column"]: row for row in profile(ext, once, bins=0, columns=["column", "type", "count"])}
    assert again["count"]["max"] == "4"
    assert rows(ext.profile(once.select("column")).select("min")) == [("id",)]


def test_the_input_is_read_twice_at_most(spark, ext):
    frame = spark.range(9).withColumn("name", col("id").cast("string"))

    with static_plans(spark):
        assert scans(ext.profile(frame)) == 2
        assert scans(ext.profile(frame, top_values=0)) == 2
        assert scans(ext.profile(frame, top_values=0, bins=0)) == 1


@pytest.mark.parametrize("kind", ["bigint", "double", "float", "decimal(10,2)"])
def test_code_for_a_row_is_short_enough_for_javas_compiler(spark, ext, kind):
    frame = spark.range(9).selectExpr(*[f"CAST(if(id = {each}, NULL, id) AS {kind}) AS c{each}" for each in range(8)])

    with static_plans(spark):
        code = ext.profile(frame)._explain_string("codegen")

    sizes = [int(size) for size in re.findall(r"maxMethodCodeSize:(\d+)", code)]
    assert sizes and max(sizes) < 8_000
