"""Scalar subqueries as arguments, which PySpark has from 4.0 on, beside the same as a column."""

import pytest
from pyspark.sql.connect import functions as f
from pyspark.sql.connect.dataframe import DataFrame

pytestmark = pytest.mark.skipif(
    not hasattr(DataFrame, "scalar"),
    reason="Scalar subqueries cannot be had from a PySpark before 4.0",
)


@pytest.fixture
def sales(spark):
    return spark.createDataFrame([("a", 1), ("a", 3), ("b", 2), ("b", 5)], "g string, n int")


@pytest.fixture
def most(sales):
    return sales.select(f.max("n")).scalar()


def rows(frame):
    return sorted(tuple(row) for row in frame.collect())


def test_top_k(ext, sales, most):
    assert rows(ext.top_k(sales, k=1, by=["g"], order_by=[f.col("n") - most])) == [
        ("a", 1),
        ("b", 2),
    ]
    assert len(rows(ext.top_k(sales, k=1, by=[f.col("n") - most], order_by=["n"]))) == 4
    placed = ext.top_k(sales, k=1, by=["g"], order_by=[f.col("n") - most], place_column="p")
    assert placed.columns == ["g", "n", "p"]
    assert rows(placed) == [("a", 1, 1), ("b", 2, 1)]


@pytest.mark.parametrize("tasks", [1, 4])
def test_row_number(ext, sales, most, tasks):
    numbered = ext.row_number(sales, order_by=[f.col("n") - most], tasks=tasks)

    assert numbered.columns == ["g", "n", "row_number"]
    assert rows(numbered.select("n", "row_number")) == [(1, 1), (2, 2), (3, 3), (5, 4)]


def test_an_input_with_a_subquery(ext, sales, most):
    lower = sales.where(f.col("n") < most)

    assert rows(ext.top_k(lower, k=1, by=["g"], order_by=[f.col("n").desc()])) == [
        ("a", 3),
        ("b", 2),
    ]
    assert rows(ext.row_number(lower, order_by=["n"]).select("n")) == [(1,), (2,), (3,)]


def test_bucket(ext, sales, most):
    bucket = ext.bucket(f.col("n") - most, edges=[-9, -2, 9])

    assert rows(sales.select("n", bucket.alias("b"))) == [(1, 0), (2, 0), (3, 1), (5, 1)]


def test_mask(ext, sales, most):
    text = f.concat("g", most.cast("string"), "g")

    assert rows(sales.select(ext.mask(text).alias("m")).distinct()) == [("***",)]
    assert rows(sales.select(ext.mask(text, keep_last=1).alias("m")).distinct()) == [
        ("**a",),
        ("**b",),
    ]
    nested = ext.mask(ext.mask(text, keep_first=2), keep_last=2)
    assert rows(sales.select(nested.alias("m")).distinct()) == [("*5*",)]


@pytest.mark.parametrize("measure", ["LEVENSHTEIN", "JACCARD"])
def test_similarity(ext, sales, most, measure):
    text = f.concat("g", most.cast("string"))
    other = sales.select(f.concat("g", f.lit("5")).alias("t"), f.lit("a5a").alias("u"))

    assert rows(
        sales.select(ext.similarity(text, right=f.lit("a5a"), measure=measure).alias("s"))
    ) == rows(other.select(ext.similarity("t", right="u", measure=measure).alias("s")))


def test_what_needs_a_lambda_says_so(ext, sales, most):
    text = most.cast("string")
    for expression in (
        ext.similarity(text, right="g", measure="COSINE"),
        ext.mask(text, method="FORMAT_PRESERVING", salt="0123456789abcdef0123456789abcdef"),
    ):
        with pytest.raises(Exception, match="select the value as a column first"):
            sales.select(expression.alias("x")).collect()
