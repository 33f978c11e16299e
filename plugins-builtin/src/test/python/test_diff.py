"""Diff beside an outer merge of pandas and the examples of the well-known package."""

import datetime
import math
import re

import pytest
from comparison import assert_same_rows, rows
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, create_map, lit, when

COLUMNS = "id int, value string, label string"
LEFT = [
    (1, "one", None),
    (2, "two", "number two"),
    (3, "three", "number three"),
    (4, "four", "number four"),
    (5, "five", "number five"),
]
RIGHT = [
    (1, "one", "one"),
    (2, "Two", "number two"),
    (3, "Three", "number Three"),
    (4, "four", "number four"),
    (6, "six", "number six"),
]


@pytest.fixture
def left(spark):
    return spark.createDataFrame(LEFT, COLUMNS)


@pytest.fixture
def right(spark):
    return spark.createDataFrame(RIGHT, COLUMNS)


def test_column_by_column(ext, left, right):
    diff = ext.diff(left, right=right, id_columns=["id"])

    assert diff.columns == ["diff", "id", "left_value", "right_value", "left_label", "right_label"]
    assert_same_rows(
        diff,
        [
            ("C", 1, "one", "one", None, "one"),
            ("C", 2, "two", "Two", "number two", "number two"),
            ("C", 3, "three", "Three", "number three", "number Three"),
            ("N", 4, "four", "four", "number four", "number four"),
            ("D", 5, "five", None, "number five", None),
            ("I", 6, None, "six", None, "number six"),
        ],
    )


def test_side_by_side_and_sparse(ext, left, right):
    diff = ext.diff(left, right=right, id_columns=["id"], diff_mode="SIDE_BY_SIDE", sparse_mode=True)

    assert diff.columns == ["diff", "id", "left_value", "left_label", "right_value", "right_label"]
    assert_same_rows(
        diff,
        [
            ("C", 1, None, None, None, "one"),
            ("C", 2, "two", None, "Two", None),
            ("C", 3, "three", "number three", "Three", "number Three"),
            ("N", 4, None, None, None, None),
            ("D", 5, "five", "number five", None, None),
            ("I", 6, None, None, "six", "number six"),
        ],
    )


def test_one_side_with_the_changed_columns(ext, left, right):
    diff = ext.diff(left, right=right, id_columns=["id"], diff_mode="LEFT_SIDE", change_column="changes")

    assert diff.columns == ["diff", "changes", "id", "value", "label"]
    assert_same_rows(
        diff,
        [
            ("C", ("label",), *LEFT[0]),
            ("C", ("value",), *LEFT[1]),
            ("C", ("value", "label"), *LEFT[2]),
            ("N", (), *LEFT[3]),
            ("D", None, *LEFT[4]),
            ("I", None, 6, None, None),
        ],
    )
    patch = ext.diff(left, right=right, id_columns=["id"], diff_mode="RIGHT_SIDE")
    assert patch.columns == ["diff", "id", "value", "label"]
    assert_same_rows(patch.filter("diff <> 'D'").drop("diff"), RIGHT)


def test_names_and_values_of_ones_own(ext, left, right):
    diff = ext.diff(
        left,
        right=right,
        id_columns=["ID"],
        ignore_columns=["label"],
        diff_column="was ist `los`.",
        left_column_prefix="before",
        right_column_prefix="after",
        insert_diff_value="+",
        delete_diff_value="-",
        change_diff_value="~",
        nochange_diff_value="=",
    )

    shown = ["was ist `los`.", "id", "before_value", "after_value", "before_label", "after_label"]
    assert diff.columns == shown
    assert sorted(row[:2] for row in rows(diff)) == [
        ("+", 6), ("-", 5), ("=", 1), ("=", 4), ("~", 2), ("~", 3),
    ]  # fmt: skip


def test_without_ids_all_columns_are(ext, left, right):
    diff = ext.diff(left, right=right.select("label", "id", "value"))

    assert diff.columns == ["diff", "id", "value", "label"]
    expected = [("N" if row in RIGHT else "D", *row) for row in LEFT]
    assert_same_rows(diff, expected + [("I", *row) for row in RIGHT if row not in LEFT])


def test_two_versions_of_one_relation(ext, left):
    changed = left.withColumn("value", when(col("id") == 2, lit("zwei")).otherwise(col("value")))

    diff = ext.diff(left, right=changed, id_columns=["id"], change_column="what")

    assert rows(diff.filter("diff = 'C'")) == [("C", ("value",), 2, "two", "zwei", "number two", "number two")]
    assert rows(diff.groupBy("diff").count().orderBy("diff")) == [("C", 1), ("N", 4)]
    assert_same_rows(ext.diff(left, right=left, id_columns=["id"]).select("diff"), [("N",)] * 5)


KEYED = some.dictionaries(
    some.tuples(
        some.one_of(some.none(), some.integers(0, 5)), some.one_of(some.none(), some.sampled_from("ab"))
    ),
    some.tuples(
        some.one_of(some.none(), some.integers(-2, 2)),
        some.one_of(some.none(), some.sampled_from([0.5, -0.0, 0.0, math.nan, math.inf])),
    ),
    max_size=12,
)


def same(one, other):
    """Whether two values are the same to Spark: NaN is itself, and zero has no sign."""
    return one == other or (isinstance(one, float) and one != one and other is not None and other != other)


@given(before=KEYED, after=KEYED)
def test_every_key_of_either_side_once(spark, ext, before, after):
    def frame(data):
        return spark.createDataFrame([(*key, *row) for key, row in data.items()], "k int, `l.` string, m int, n double")

    diff = ext.diff(frame(before), right=frame(after), id_columns=["k", "l."], change_column="c")

    expected = []
    for key in before.keys() | after.keys():
        if key in before and key in after:
            pairs = zip("mn", before[key], after[key], strict=True)
            changed = tuple(name for name, one, other in pairs if not same(one, other))
            expected.append(("C" if changed else "N", changed, *key))
        else:
            expected.append(("D" if key in before else "I", None, *key))
    assert_same_rows(diff.select("diff", "c", "k", "`l.`"), expected)


def test_flights_as_pandas_merges_them(ext, flights, size):
    shown = ["flight", "carrier", "time_hour", "dep_delay", "distance", "tailnum"]
    ids = shown[:3]
    before = flights.pandas(size)[shown].drop_duplicates(ids)
    changed = flights.spark(size).select(*shown).dropDuplicates(ids).filter("distance < 2400").select(
        *ids, (col("dep_delay") + when(col("flight") % 7 == 0, 1).otherwise(0)).alias("dep_delay"), "distance", "tailnum"
    )  # fmt: skip
    original = flights.spark(size).select(*shown).dropDuplicates(ids)

    diff = ext.diff(original.filter("flight > 20"), right=changed, id_columns=ids, ignore_columns=["tailnum"])

    after = before[before["distance"] < 2400].copy()
    after["dep_delay"] += (after["flight"] % 7 == 0).astype(int)
    merged = before[before["flight"] > 20].merge(after, on=ids, how="outer", indicator=True)
    equal = (merged["dep_delay_x"] == merged["dep_delay_y"]) | (merged["dep_delay_x"].isna() & merged["dep_delay_y"].isna())
    action = merged["_merge"].map({"left_only": "D", "right_only": "I"}).astype(object)
    merged["diff"] = action.fillna(equal.map({True: "N", False: "C"}))
    assert_same_rows(
        diff.select("diff", *ids, "left_dep_delay", "right_dep_delay", "left_distance", "right_distance"),
        merged[["diff", *ids, "dep_delay_x", "dep_delay_y", "distance_x", "distance_y"]],
    )


def compared(ext, spark, pairs, type_, **comparator):
    """What Diff says of pairs of values, one letter for each."""
    before, after = (
        spark.createDataFrame([(at, pair[side]) for at, pair in enumerate(pairs)], f"id int, v {type_}") for side in (0, 1)
    )
    diff = ext.diff(before, right=after, id_columns=["id"], **comparator)
    return "".join(row[0] for row in rows(diff.orderBy("id").select("diff")))


def test_numbers_that_are_close(spark, ext):
    pairs = [(2.0, 2.02), (3.0, 3.05), (None, None), (None, 0.0), (math.nan, math.nan), (math.inf, 1.0), (-math.inf, -math.inf)]
    close = {"default_comparator": {"epsilon": {"epsilon": 0.01}}}
    assert compared(ext, spark, pairs, "double", **close) == "NCNCNCN"
    assert compared(ext, spark, pairs, "double") == "CCNCNCN"

    absolute = {"epsilon": {"epsilon": 2, "relative": False}}
    exclusive = {"epsilon": {"epsilon": 2, "relative": False, "inclusive": False}}
    longs = [(1, 3), (1, 4), (-(2**63), 2**63 - 1), (5, 5)]
    assert compared(ext, spark, longs, "bigint", column_name_comparators={"v": absolute}) == "NCCN"
    assert compared(ext, spark, longs, "bigint", data_type_comparators={"BIGINT": exclusive}) == "CCCN"
    # The name comes before the type, the type before the default.
    assert compared(
        ext, spark, longs, "bigint",
        column_name_comparators={"v": {"same": {}}}, data_type_comparators={"bigint": absolute},
    ) == "CCCN"  # fmt: skip


def test_texts_times_and_maps(spark, ext):
    texts = [(" a  b", "a b "), ("a b", "ab"), ("a\n b", "a b"), (None, " "), (None, None)]
    assert compared(ext, spark, texts, "string", default_comparator={"whitespace": {}}) == "NCNCN"

    hour = {"duration": {"duration": datetime.timedelta(hours=1)}}
    at = datetime.datetime(2024, 2, 29, 12)
    times = [(at, at + datetime.timedelta(minutes=60)), (at, at - datetime.timedelta(minutes=61)), (None, at)]
    assert compared(ext, spark, times, "timestamp", default_comparator=hour) == "NCC"
    day = {"duration": {"duration": datetime.timedelta(days=1), "inclusive": False}}
    dates = [(at.date(), at.date()), (at.date(), datetime.date(2024, 3, 1))]
    assert compared(ext, spark, dates, "date", data_type_comparators={"date": day}) == "NC"


def test_maps_have_the_same_entries_in_any_order(spark, ext):
    ids = spark.range(2)
    before = ids.select("id", create_map(lit("a"), lit(1), lit("b"), lit(2)).alias("m"))
    after = ids.select("id", create_map(lit("b"), lit(2), lit("a"), lit(1) + col("id").cast("int")).alias("m"))

    assert_same_rows(ext.diff(before, right=after, id_columns=["id"]).select("diff", "id"), [("N", 0), ("C", 1)])
    in_order = {"map": {"key_order_sensitive": True}}
    strict = ext.diff(before, right=after, id_columns=["id"], default_comparator=in_order)
    assert_same_rows(strict.select("diff", "id"), [("C", 0), ("C", 1)])


def test_columns_of_one_side_that_are_ignored(spark, ext, left):
    right = left.withColumn("new", lit(1)).drop("label")

    diff = ext.diff(left, right=right, id_columns=["id"], ignore_columns=["label", "new"])

    assert diff.columns == ["diff", "id", "left_value", "right_value", "left_label", "right_new"]
    assert {row[0] for row in rows(diff)} == {"N"}


def test_empty_sides(spark, ext, left):
    nothing = spark.createDataFrame([], COLUMNS)

    assert_same_rows(ext.diff(left, right=nothing, id_columns=["id"]).select("diff"), [("D",)] * 5)
    assert_same_rows(ext.diff(nothing, right=left, id_columns=["id"]).select("diff"), [("I",)] * 5)
    assert rows(ext.diff(nothing, right=nothing)) == []


def test_odd_names(spark, ext):
    names = ["ключ.`", "a b", ""]
    before = spark.createDataFrame([(1, 2, 3)], "a int, b int, c int").toDF(*names)
    after = spark.createDataFrame([(1, 2, 4)], "a int, b int, c int").toDF(*names)

    diff = ext.diff(before, right=after, id_columns=["ключ.`"], change_column="c h")

    assert diff.columns == ["diff", "c h", "ключ.`", "left_a b", "right_a b", "left_", "right_"]
    assert rows(diff) == [("C", ("",), 1, 2, 2, 3, 4)]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"id_columns": ["key"]}, "Diff.id_columns is 'key'. Give each of some of these once: 'id', 'value', 'label'."),
        ({"id_columns": ["id", "ID"]}, "Diff.id_columns is 'ID', which is named twice."),
        ({"ignore_columns": ["no"]}, "Diff.ignore_columns is 'no', and no column or several are called so."),
        ({"ignore_columns": ["id", "value", "label"]}, "Leave at least one column to compare."),
        ({"diff_column": "id"}, "Diff's result would have two columns 'id'."),
        ({"change_column": "Diff"}, "Diff.change_column is Diff. Give another than diff_column."),
        ({"right_column_prefix": "left"}, "Diff.right_column_prefix is left. Give another than left_column_prefix."),
        ({"insert_diff_value": "D"}, "Diff.insert_diff_value is D. Give different ones"),
        (
            {"default_comparator": {"epsilon": {"epsilon": -1}}},
            "Diff.default_comparator.epsilon is -1.0. Give a finite number that is 0 or more.",
        ),
        ({"default_comparator": {}}, "Diff.default_comparator is empty. Give one of epsilon,"),
        (
            {"id_columns": ["id"], "column_name_comparators": {"label": {"epsilon": {"epsilon": 1}}}},
            "for the column 'label' of type string. It is for numbers.",
        ),
        ({"column_name_comparators": {"no": {"same": {}}}}, "Diff.column_name_comparators is for 'no'."),
    ],
)
def test_refused_options(ext, left, right, options, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.diff(left, right=right, **options).collect()
    assert text in str(refusal.value)


def test_sides_that_do_not_match(spark, ext, left):
    other = spark.createDataFrame([(1, 2, 3)], "id int, value int, more int")
    for right, text in [
        (other, "Only the left one has 'label'; only the right one has 'more'."),
        (other.toDF("id", "value", "label"), "'value', which is of type string on the left and int on the right."),
        (left.select("*", "id"), "Diff.right is a DataFrame with two columns 'id'. Rename or drop one"),
    ]:
        with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
            ext.diff(left, right=right, id_columns=["id"]).collect()
        assert text in str(refusal.value)
    maps = spark.range(1).select(create_map(lit(1), lit(2)).alias("m"))
    with pytest.raises(Exception, match="whose types Spark can join by"):
        ext.diff(maps, right=maps).collect()


def test_an_input_that_is_not_there_is_sparks_own_error(spark, ext, left):
    with pytest.raises(Exception, match="TABLE_OR_VIEW_NOT_FOUND"):
        ext.diff(left, right=spark.table("no_such_table"), id_columns=["id"]).collect()


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("tinyint", "-128"),
        ("smallint", "-32768"),
        ("int", "-1640531527"),
        ("bigint", "-7046029254386353131"),
        ("string", "'\\u0001null'"),
        ("date", "DATE'0001-01-02'"),
        ("double", "0D"),
    ],
)
def test_an_id_that_is_null_is_not_the_one_that_stands_for_it(spark, ext, kind, other):
    def side(*rows):
        values = ", ".join(f"(CAST({key} AS {kind}), '{value}')" for key, value in rows)
        return spark.sql(f"SELECT * FROM VALUES {values} AS t (id, value)")

    found = ext.diff(side(("NULL", "a"), (other, "b")), right=side((other, "c"), ("NULL", "a")), id_columns=["id"])
    assert sorted((row["diff"], row["id"] is None, row["left_value"], row["right_value"]) for row in found.collect()) == [
        ("C", False, "b", "c"),
        ("N", True, "a", "a"),
    ]
    lone = ext.diff(side(("NULL", "a")), right=side((other, "a")), id_columns=["id"])
    assert sorted((row["diff"], row["id"] is None) for row in lone.collect()) == [("D", True), ("I", False)]


def test_an_id_that_may_be_null_is_one_key_of_the_join(spark, ext):
    frame = spark.createDataFrame([(1, "a")], "id bigint, value string")

    plan = ext.diff(frame, right=frame, id_columns=["id"])._explain_string(extended=False)
    keys = re.search(r"Join \[(.*?)\], \[", plan)
    assert keys and keys[1].count("coalesce") == 1 and "isnull" not in keys[1]
