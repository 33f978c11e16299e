"""What an extension answers is of the moment in which it is asked, as a DataFrame's rows are."""

import pytest

from conftest import values

FIRST = ([(1, None), (2, None)], "x int, y int")
SECOND = ([(7, 8), (None, 9)], "y int, x int")  # as many columns, each in the other's place
TOUCHES = {
    "nothing": lambda frame: None,
    "columns": lambda frame: frame.columns,
    "schema": lambda frame: frame.schema,
    "collect": lambda frame: frame.collect(),
    "cache": lambda frame: frame.cache(),
    "explain": lambda frame: frame.explain(),
}


def count_nulls(ext, frame):
    return ext["acme.frames.v1.CountNulls"](frame)


def profile(ext, frame):
    return ext["graft.builtin.v1.Profile"](frame).select("column", "nulls")


def nested(ext, frame):
    top = ext["graft.builtin.v1.TopK"](frame, k=9, by=["x"], order_by=["y"])
    return count_nulls(ext, ext["acme.legacy.v1.Stamp"](input=top, text="seen"))


@pytest.fixture(params=[count_nulls, profile, nested], ids=lambda make: make.__name__)
def make(request):
    return request.param


@pytest.fixture
def touch(request):
    return TOUCHES[request.param]


def expected(make):
    counts = [("x", 0), ("y", 1)]
    return [("stamp", 0), *counts] if make is nested else counts


@pytest.mark.parametrize(
    ("make", "touch"),
    [
        *((count_nulls, touch) for touch in TOUCHES),
        *((make, touch) for make in (profile, nested) for touch in ("columns", "collect")),
    ],
    indirect=["touch"],
)
def test_a_view_that_is_replaced(spark, ext, make, touch):
    spark.createDataFrame(*FIRST).createOrReplaceTempView("changing")
    held = make(ext, spark.table("changing"))
    touch(held)

    spark.createDataFrame(*SECOND).createOrReplaceTempView("changing")

    assert values(held) == values(make(ext, spark.table("changing"))) == expected(make)
    held.unpersist()


@pytest.mark.parametrize("touch", ["nothing", "columns", "collect"], indirect=True)
def test_a_table_that_is_written_anew(spark, ext, touch):
    table = f"changing_{spark.session_id.replace('-', '_')}"
    spark.createDataFrame(*FIRST).write.saveAsTable(table)
    held = count_nulls(ext, spark.table(table))
    touch(held)

    spark.sql(f"DROP TABLE {table}")
    spark.createDataFrame(*SECOND).write.saveAsTable(table)

    assert values(held) == values(count_nulls(ext, spark.table(table))) == [("x", 0), ("y", 1)]
    spark.sql(f"DROP TABLE {table}")


def test_a_view_whose_columns_become_more(spark, ext, make):
    spark.createDataFrame(*FIRST).createOrReplaceTempView("growing")
    held = make(ext, spark.table("growing"))
    held.collect()

    spark.createDataFrame([(1, 2, None)], "x int, y int, z int").createOrReplaceTempView("growing")

    assert ("z", 1) in values(held)


def test_a_view_of_an_extension_keeps_what_it_was_made_of(spark, ext):
    spark.createDataFrame(*FIRST).createOrReplaceTempView("below")
    count_nulls(ext, spark.table("below")).createOrReplaceTempView("above")

    spark.createDataFrame(*SECOND).createOrReplaceTempView("below")

    assert values(spark.table("above")) == [("x", 0), ("y", 2)]  # as one of Spark's own operations


def test_a_view_that_is_gone_is_an_analysis_error(spark, ext, make):
    spark.createDataFrame(*FIRST).createOrReplaceTempView("going")
    held = make(ext, spark.table("going"))
    held.collect()

    spark.catalog.dropTempView("going")

    with pytest.raises(Exception, match="TABLE_OR_VIEW_NOT_FOUND") as failure:
        held.collect()
    assert type(failure.value).__name__ == "AnalysisException"
    assert failure.value.getCondition() == "TABLE_OR_VIEW_NOT_FOUND"


@pytest.mark.native
def test_a_setting_that_a_native_plugin_reads(spark, ext, sales):
    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    hashed = ext["acme.nativeplans.v1.Hashed"]

    def hashes():
        return sales.select(hashed("g", salt_setting="spark.sql.session.timeZone").alias("h"))

    held = hashes()
    before = values(held)
    spark.conf.set("spark.sql.session.timeZone", "UTC")

    assert values(held) == values(hashes()) != before


@pytest.mark.native
def test_a_native_relation_over_a_view_that_is_replaced(spark, ext):
    spark.createDataFrame(*FIRST).createOrReplaceTempView("numbered")
    held = ext["acme.nativeplans.v1.Numbered"](spark.table("numbered"), **{"as": "i"})
    assert [*values(held.select("x"))] == [(1,), (2,)]

    spark.createDataFrame([(7, 8)], "y int, x int").createOrReplaceTempView("numbered")

    assert values(held.select("x")) == [(8,)]
