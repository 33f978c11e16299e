"""Whatever is done to a DataFrame goes with an extension as it goes with the plan by hand."""

import pytest
from conftest import values
from pyspark.errors import AnalysisException
from pyspark.sql.connect import functions as f
from pyspark.sql.connect.observation import Observation
from pyspark.sql.connect.window import Window


@pytest.fixture
def least(ext):
    """The row with the least n of each g."""
    return lambda frame: ext["acme.frames.v1.TopK"](frame, by=["g"], order_by="n", k=1)


@pytest.fixture
def mask(ext):
    return ext["acme.frames.v1.Mask"]


LEAST = [("a", 1, "x"), ("b", 2, "x")]


def test_columns_are_named_as_by_a_function(sales, mask):
    named = sales.select(
        mask("g"),
        mask(f.upper("g")),
        mask(f.col("n") + 1),
        f.concat(mask("g"), f.lit("!")),
        mask(mask("g")),
        mask("g").alias("hidden"),
    )

    assert named.columns == [
        "mask(g)",
        "mask(upper(g))",
        "mask((n + 1))",
        "concat(mask(g), !)",
        "mask(mask(g))",
        "hidden",
    ]
    assert values(named.limit(1))[0][3] == "*!"
    grouped = sales.groupBy(mask("g")).agg(f.max(mask("g")))
    assert grouped.columns == ["mask(g)", "max(mask(g))"]
    assert values(grouped) == [("*", "*")]


@pytest.mark.native
def test_windows_are_named_as_over_a_function(sales, mask):
    over = Window.partitionBy(mask("s"))

    (name,) = sales.select(f.max(mask("g")).over(over)).columns

    assert name.startswith("max(mask(g)) OVER (PARTITION BY mask(s) ")


@pytest.mark.native
def test_error_about_an_argument_is_short(sales, mask):
    with pytest.raises(AnalysisException) as raised:
        sales.select(mask("phoen")).collect()

    assert raised.value.getCondition() == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    said = str(raised.value).partition("JVM stacktrace")[0]
    assert "mask(phoen)" in said
    assert len(said) < 500


def test_refusal_is_an_analysis_exception_in_a_few_lines(sales, ext):
    with pytest.raises(AnalysisException) as raised:
        ext["acme.frames.v1.TopK"](sales, by=["g"], order_by="n", k=-1).collect()

    assert raised.value.getCondition() == "GRAFT_PLUGIN_REFUSED"
    assert raised.value.getSqlState() == "42000"
    assert len(str(raised.value).splitlines()) < 6
    assert "/" not in str(raised.value).replace("type.googleapis.com/", "")


def test_columns_resolve_by_the_result_and_by_the_input(sales, least):
    result = least(sales)

    assert values(result.select(result["g"], result["n"])) == [("a", 1), ("b", 2)]
    assert values(result.select(sales["g"])) == [("a",), ("b",)]


def test_joins_with_itself_and_its_input(sales, least):
    result = least(sales)

    assert values(result.alias("x").join(result.alias("y"), f.col("x.g") == f.col("y.g"))) == [
        (*row, *row) for row in LEAST
    ]
    assert result.join(sales, result["n"] == sales["n"]).count() == 2


def test_lambdas_groups_filters_and_sorts_take_an_expression(sales, mask):
    in_lambda = sales.select(f.transform(f.array("g"), lambda each: mask(each)))

    assert values(in_lambda.distinct()) == [(["*"],)]
    assert values(sales.groupBy(mask("g")).count()) == [("*", 4)]
    assert sales.where(mask("g") == "*").count() == 4
    assert [row.n for row in sales.select("n").sort(mask("g"), "n").collect()] == [1, 2, 3, 5]


def test_views_of_an_extension(connect, spark, sales, least):
    least(sales).createOrReplaceTempView("least_sales")
    least(sales).createOrReplaceGlobalTempView("least_sales_for_all")

    assert values(spark.table("least_sales")) == LEAST
    assert values(spark.sql("SELECT (SELECT max(n) FROM least_sales)")) == [(2,)]
    assert values(spark.sql("SELECT * FROM {rows} WHERE n > 1", rows=least(sales))) == LEAST[1:]
    assert values(connect().table("global_temp.least_sales_for_all")) == LEAST


def test_lateral_join_with_an_extension_that_refers_outwards(sales, least):
    inner = sales.alias("i").where(f.col("o.g").outer() == f.col("i.g"))
    joined = sales.alias("o").lateralJoin(least(inner).select(f.col("n").alias("least")))

    assert values(joined.select("o.n", "least")) == [(1, 1), (2, 2), (3, 1), (5, 2)]


def test_extension_as_a_subquery(sales, least):
    most = least(sales).select(f.max("n")).scalar()

    assert values(sales.select("n", most.alias("m"))) == [(1, 2), (2, 2), (3, 2), (5, 2)]
    assert values(sales.where(least(sales.where(f.col("n") > 100)).exists())) == []


def test_metrics_observed_below_and_above(sales, least):
    below, above = Observation("below"), Observation("above")
    rows = f.count(f.lit(1)).alias("rows")
    least(sales.observe(below, rows)).observe(above, rows).collect()

    assert below.get == {"rows": 4}
    assert above.get == {"rows": 2}


def test_stream_stays_a_stream(spark, mask):
    numbers = spark.readStream.format("rate").option("rowsPerSecond", 9).load()

    assert numbers.select(mask(f.col("value").cast("string")).alias("m")).isStreaming


def test_same_semantics_and_cache(sales, least):
    result = least(sales)

    assert result.sameSemantics(least(sales))
    assert not result.sameSemantics(sales)
    assert result.persist().count() == 2
    assert result.storageLevel.useMemory
    assert result.unpersist().count() == 2


@pytest.mark.native
def test_explain_shows_the_extension_and_what_it_became(sales, least, capsys):
    least(sales).explain(extended=True)

    said = capsys.readouterr().out
    assert "'Extension top_k" in said
    assert "Window [row_number()" in said


@pytest.mark.native
def test_expressions_that_double_at_each_level_are_limited(sales, mask):
    nested = f.col("g")
    for _ in range(40):
        nested = mask(nested)

    with pytest.raises(AnalysisException) as raised:
        sales.select(nested).collect()

    assert raised.value.getCondition() == "GRAFT_EXPANSION_TOO_LARGE"


def test_thirty_extensions_inside_one_another(sales, least):
    nested = sales
    for _ in range(30):
        nested = least(nested)

    assert nested.columns == ["g", "n", "s"]
    assert values(nested) == LEAST
