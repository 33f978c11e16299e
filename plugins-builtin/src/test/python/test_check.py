"""Check beside pandas, and what it says of data that is known."""

import json

import pandas
import pytest
from comparison import rows
from plans import scans, static_plans
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, lit

NAMES = ["position", "name", "rule", "columns", "status", "metric", "rows", "violations", "sample"]


def check(ext, frame, *expectations, **options):
    """The rows of a check as dicts, samples read."""
    found = [row.asDict() for row in ext.check(frame, expectations=list(expectations), **options).collect()]
    assert all(list(row) == NAMES for row in found)
    assert [row["position"] for row in found] == list(range(len(expectations)))
    for row in found:
        row["sample"] = None if row["sample"] is None else [json.loads(each) for each in row["sample"]]
    return found


@pytest.fixture
def orders(spark):
    return spark.createDataFrame(
        [(1, "open", 10.0, "DE"), (2, "closed", -5.0, "FR"), (2, "lost", None, None), (None, None, 7.5, "XX")],
        "id int, state string, price double, country string",
    )


def test_every_rule(spark, ext, orders):
    countries = spark.createDataFrame([("DE",), ("FR",), ("FR",), (None,)], "code string")
    found = check(
        ext,
        orders,
        {"complete": {"columns": ["id", "state"]}},
        {"unique": {"columns": ["id"]}},
        {"in_set": {"column": "state", "values": ["open", "closed"]}},
        {"matches": {"column": "country", "pattern": "^[A-W]{2}$"}},
        {"in_range": {"column": "price", "min": 0, "max": 10}},
        {"row_count": {"min": 4, "max": 4}},
        {"foreign_key": {"columns": ["country"], "reference": countries, "reference_columns": ["code"]}},
        {"satisfies": {"sql": "price > 0 OR state = 'closed'"}},
        samples=2,
    )

    lost = {"id": 2, "state": "lost", "price": None, "country": None}
    last = {"id": None, "state": None, "price": 7.5, "country": "XX"}
    closed = {"id": 2, "state": "closed", "price": -5.0, "country": "FR"}
    assert [(row["name"], row["status"], row["metric"], row["violations"], row["sample"]) for row in found] == [
        ("complete(id, state)", "failed", 0.75, 1, [last]),
        ("unique(id)", "failed", 0.5, 2, [{"id": 2, "duplicates": 2}]),
        ("in_set(state)", "failed", 0.75, 1, [lost]),
        ("matches(country)", "failed", 0.75, 1, [last]),
        ("in_range(price)", "failed", 0.75, 1, [closed]),
        ("row_count", "passed", 4.0, None, None),
        ("foreign_key(country)", "failed", 0.75, 1, [last]),
        ("satisfies(price > 0 OR state = 'closed')", "passed", 1.0, 0, None),
    ]
    assert [row["columns"] for row in found][:3] == [["id", "state"], ["id"], ["state"]]
    assert [row["rule"] for row in found][5:] == ["row_count", "foreign_key", "satisfies"]
    assert {row["rows"] for row in found} == {4}


def test_nothing_violated(ext, orders):
    found = check(
        ext,
        orders,
        {"complete": {"columns": ["id"]}, "where": "state IS NOT NULL", "name": "ids"},
        {"unique": {"columns": ["id", "state"]}},
        {"satisfies": {"condition": orders["price"] < 100}},
        {"in_set": {"column": "id", "values": [1, 2]}},
    )

    assert [(row["name"], row["status"], row["rows"], row["violations"], row["sample"]) for row in found] == [
        ("ids", "passed", 3, 0, None),
        ("unique(id, state)", "passed", 4, 0, None),
        ("satisfies", "passed", 4, 0, None),
        ("in_set(id)", "passed", 4, 0, None),
    ]


def test_a_part_of_the_rows_and_warnings(ext, orders):
    rule = {"complete": {"columns": ["state"]}}
    found = check(
        ext, orders, {**rule, "at_least": 0.75}, {**rule, "at_least": 0.76}, {**rule, "level": "WARNING"}, samples=0
    )

    assert [(row["status"], row["metric"], row["sample"]) for row in found] == [
        ("passed", 0.75, None), ("failed", 0.75, None), ("warned", 0.75, None),
    ]  # fmt: skip


def test_bounds_and_types_of_values(spark, ext):
    frame = spark.sql(
        "SELECT * FROM VALUES (1L, DATE'2024-01-01', 0.10BD, true), (2L, DATE'2024-06-30', 0.20BD, false) AS t(n, day, d, b)"
    )
    expected = [
        ("in_range", {"column": "n", "min": 1, "max": 2}, 0),
        ("in_range", {"column": "n", "min": 1, "min_exclusive": True}, 1),
        ("in_range", {"column": "n", "max": 2, "max_exclusive": True}, 1),
        ("in_range", {"column": "n", "min": 1.5}, 1),
        ("in_range", {"column": "day", "min": "2024-01-02"}, 1),
        ("in_range", {"column": "d", "max": 0.15}, 1),
        ("in_set", {"column": "day", "values": ["2024-01-01"]}, 1),
        ("in_set", {"column": "b", "values": [True]}, 1),
        ("in_set", {"column": "n", "values": [2.5, 2]}, 1),
        ("matches", {"column": "n", "pattern": "^1$"}, 1),
        ("row_count", {"max": 1}, None),
    ]

    found = check(ext, frame, *({rule: values} for rule, values, _ in expected))

    for row, (rule, values, violations) in zip(found, expected, strict=True):
        status = "passed" if violations == 0 else "failed"
        assert (row["status"], row["rows"], row["violations"]) == (status, 2, violations), (rule, values)


@given(
    data=some.lists(
        some.tuples(some.one_of(some.none(), some.integers(0, 6)), some.one_of(some.none(), some.sampled_from("abc"))),
        max_size=40,
    ),
    known=some.lists(some.integers(0, 6)),
)
def test_counts_as_pandas_counts(spark, ext, data, known):
    frame = spark.createDataFrame(data, "n int, t string")
    table = pandas.DataFrame(data, columns=["n", "t"]).astype({"n": "Int64", "t": "string"})
    reference = spark.createDataFrame([(each,) for each in known], "n int")

    found = check(
        ext,
        frame,
        {"complete": {"columns": ["n", "t"]}},
        {"unique": {"columns": ["n", "t"]}},
        {"unique": {"columns": ["n"]}, "where": "t <> 'a'"},
        {"in_set": {"column": "t", "values": ["a", "b"]}},
        {"in_range": {"column": "n", "min": 2, "max": 4}, "where": "t = 'a'"},
        {"foreign_key": {"columns": ["n"], "reference": reference}},
        samples=3,
    )

    pairs = table.dropna()
    not_a = table[(table["t"] != "a").fillna(False)]
    a = table[(table["t"] == "a").fillna(False)]
    expected = [
        (len(table), len(table) - len(pairs)),
        (len(table), int(pairs.duplicated(keep=False).sum())),
        (len(not_a), int(not_a["n"].dropna().duplicated(keep=False).sum())),
        (len(table), int((table["t"] == "c").sum())),
        (len(a), int((~a["n"].dropna().between(2, 4)).sum())),
        (len(table), int((~table["n"].dropna().isin(known)).sum())),
    ]
    assert [(row["rows"], row["violations"]) for row in found] == expected
    for row in found:
        part = (row["rows"] - row["violations"]) / row["rows"] if row["rows"] else None
        assert (row["metric"], row["status"]) == (part, "failed" if row["violations"] else "passed")
        shown = sum(each.get("duplicates", 1) for each in row["sample"] or [])
        assert (len(row["sample"] or []), shown) == (3, shown) or shown == row["violations"]


def test_flights(spark, ext, flights, size):
    table = flights.pandas(size)
    carriers = spark.createDataFrame([("UA",), ("AA",), ("B6",), ("DL",)], "carrier string")
    key = ["time_hour", "carrier", "flight"]

    found = check(
        ext,
        flights.spark(size),
        {"complete": {"columns": ["dep_time"]}, "at_least": 0.9},
        {"unique": {"columns": key}},
        {"unique": {"columns": ["tailnum"]}},
        {"in_range": {"column": "dep_delay", "max": 60}},
        {"foreign_key": {"columns": ["carrier"], "reference": carriers}},
        samples=4,
        sample_columns=["flight", "dep_delay"],
    )

    assert [row["violations"] for row in found] == [
        table["dep_time"].isna().sum(),
        table.duplicated(key, keep=False).sum(),
        table["tailnum"].dropna().duplicated(keep=False).sum(),
        (table["dep_delay"] > 60).sum(),
        (~table["carrier"].isin(["UA", "AA", "B6", "DL"])).sum(),
    ]
    for row in (found[3], found[4]):
        assert len(row["sample"] or []) == min(4, row["violations"])
        for shown in row["sample"] or []:
            assert list(shown) == ["flight", "dep_delay"]
    assert all(shown["dep_delay"] > 60 for shown in found[3]["sample"] or [])
    tails = table["tailnum"].value_counts()
    assert all(tails[shown["tailnum"]] == shown["duplicates"] for shown in found[2]["sample"] or [])


def test_samples_of_many_violations_are_bounded(spark, ext):
    frame = spark.range(20_000).withColumn("same", lit(1))

    many, all_same = check(
        ext, frame, {"in_range": {"column": "id", "min": 10_000}}, {"unique": {"columns": ["same"]}}, samples=7
    )

    assert (many["violations"], len(many["sample"])) == (10_000, 7)
    assert len({shown["id"] for shown in many["sample"]}) == 7 and all(shown["id"] < 10_000 for shown in many["sample"])
    assert all_same["sample"] == [{"same": 1, "duplicates": 20_000}]


def test_an_input_without_rows(spark, ext):
    nothing = spark.createDataFrame([], "id int")

    found = check(
        ext, nothing,
        {"complete": {"columns": ["id"]}}, {"unique": {"columns": ["id"]}}, {"row_count": {"min": 1}},
        {"foreign_key": {"columns": ["id"], "reference": nothing}},
    )  # fmt: skip

    assert [(row["status"], row["metric"], row["rows"], row["violations"]) for row in found] == [
        ("passed", None, 0, 0), ("passed", None, 0, 0), ("failed", 0.0, 0, None), ("passed", None, 0, 0),
    ]  # fmt: skip


def test_odd_names_and_names_that_columns_share(spark, ext):
    frame = spark.range(2).select(col("id").alias("a.`b`"), lit(1).alias("twice"), lit(2).alias("twice"), lit("x").alias(""))

    keys = {"columns": ["a.`b`"]}
    reference = frame.filter("`a.``b``` = 0")
    rules = [{"complete": keys}, {"unique": keys}, {"in_range": {"column": "a.`b`", "max": 0}},
             {"foreign_key": {**keys, "reference": reference}}]  # fmt: skip
    found = ext.check(frame, expectations=rules).collect()
    row = '{"a.`b`":1,"twice":1,"twice":2,"":"x"}'
    assert [(each["violations"], each["sample"]) for each in found] == [(0, None), (0, None), (1, [row]), (1, [row])]
    assert check(ext, frame, rules[3], sample_columns=["a.`b`"])[0]["sample"] == [{"a.`b`": 1}]
    with pytest.raises(Exception, match="AMBIGUOUS_REFERENCE"):
        check(ext, frame, {"complete": {"columns": ["twice"]}})


def test_many_expectations_at_once(ext, orders):
    found = check(ext, orders, *[{"in_range": {"column": "price", "min": each}} for each in range(5, 20)], samples=1)

    assert [row["violations"] for row in found] == [1] * 3 + [2] * 3 + [3] * 9


@pytest.mark.parametrize(
    ("expectation", "text"),
    [
        ({}, "Check.expectations[0] is without a rule. Give one of complete,"),
        ({"complete": {"columns": ["id"]}, "at_least": 1.5}, "Check.expectations[0].at_least is 1.5. Give a part of the rows"),
        ({"complete": {"columns": [""]}}, "Check.expectations[0].complete.columns is not given. Give the name of a column."),
        ({"in_set": {"column": "id", "values": [[1]]}}, "Check.expectations[0].in_set.values is LIST_VALUE. Give numbers,"),
        ({"in_range": {"column": "id"}}, "Check.expectations[0].in_range.min is not given. Give it, or max."),
        ({"row_count": {"min": 2, "max": 1}}, "Check.expectations[0].row_count.max is 1. Give at least min, which is 2."),
        ({"row_count": {"min": -1}}, "Check.expectations[0].row_count.min is -1. Give 0 or more."),
        ({"satisfies": {}}, "Check.expectations[0].satisfies is empty. Give either sql or condition."),
    ],
)
def test_refused_expectations(ext, orders, expectation, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        check(ext, orders, expectation)
    assert text in str(refusal.value)


def test_refused_options(ext, orders):
    complete = {"complete": {"columns": ["id"]}}
    key = {"foreign_key": {"columns": ["id"], "reference": orders, "reference_columns": ["id", "state"]}}
    for expectations, options, text in [
        ([complete], {"samples": 101}, "Check.samples is 101. Give 0 to 100."),
        ([complete] * 201, {}, "Check.expectations is a list of 201. Give at most 200."),
        ([key], {}, "reference_columns is a list of 2. Give as many as columns, which are 1."),
        ([{"unique": {"columns": ["id"]}}] * 51, {}, "is a list with 51 of unique and foreign_key. Give at most 50"),
    ]:
        with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
            check(ext, orders, *expectations, **options)
        assert text in str(refusal.value)


def test_a_column_that_is_not_there_is_sparks_own_error(ext, orders):
    with pytest.raises(Exception, match="UNRESOLVED_COLUMN") as refusal:
        rows(ext.check(orders, expectations=[{"complete": {"columns": ["ids"]}}]))
    assert "GRAFT_" not in str(refusal.value)


def test_the_input_is_read_once_to_count_and_once_for_samples(spark, ext):
    frame = spark.range(9).filter("id > 3")
    rules = [{"complete": {"columns": ["id"]}}, {"in_range": {"column": "id", "max": 5}}, {"row_count": {"min": 1}}]

    with static_plans(spark):
        assert scans(ext.check(frame, expectations=rules)) == 2
        assert scans(ext.check(frame, expectations=rules, samples=0)) == 1
