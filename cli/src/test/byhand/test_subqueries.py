"""Scalar and exists subqueries as arguments of extensions, and extensions inside of them."""

import pytest
from pyspark.sql.connect.functions import col, concat, lit, max

from conftest import values


@pytest.fixture
def sales(spark):
    return spark.createDataFrame([("a", 1), ("a", 3), ("b", 2), ("b", 5)], "g string, n int")


@pytest.fixture
def most(sales):
    return sales.select(max("n")).scalar()


def test_in_an_order(ext, sales, most):
    top = ext["graft.builtin.v1.TopK"](sales, k=1, by=["g"], order_by=[col("n") - most])

    assert values(top) == [("a", 1), ("b", 2)]


def test_in_what_makes_a_group(ext, sales, most):
    top = ext["graft.builtin.v1.TopK"](sales, k=1, by=[col("n") - most], order_by=["n"])

    assert values(top) == values(sales)


def test_in_the_order_of_numbers(ext, sales, most):
    numbered = ext["graft.builtin.v1.RowNumber"](sales, order_by=[col("n") - most])

    assert values(numbered.select("n", "row_number")) == [(1, 1), (2, 2), (3, 3), (5, 4)]


def test_in_a_number_for_a_bucket(ext, sales, most):
    bucket = ext["graft.builtin.v1.Bucket"](col("n") - most, edges=[-9, -2, 9])

    assert values(sales.groupBy(bucket.alias("b")).count()) == [(0, 2), (1, 2)]


@pytest.mark.parametrize("message", ["acme.frames.v1.Mask", "graft.builtin.v1.Mask"])
def test_in_a_text_to_mask(ext, sales, most, message):
    masked = ext[message](concat("g", most.cast("string")))

    assert values(sales.select(masked.alias("m")).distinct()) == [("**",)]


def test_whether_there_are_rows(ext, sales):
    many = sales.where("n > 4").exists()
    mask = ext["acme.frames.v1.Mask"](many.cast("string"), keep=1)

    assert values(sales.select(mask.alias("m")).distinct()) == [("***e",)]


def test_in_extensions_inside_of_one_another(ext, sales, most):
    top = ext["graft.builtin.v1.TopK"]
    inner = top(sales, k=1, by=["g"], order_by=[col("n") - most])
    mask = ext["acme.frames.v1.Mask"](ext["acme.frames.v1.Mask"](most.cast("string")), keep=1)

    outer = top(inner, k=1, order_by=[col("n") + most]).select("n", mask.alias("m"))

    assert values(outer) == [(1, "*")]


def test_of_an_extension(ext, sales):
    top = ext["acme.frames.v1.TopK"](sales, by=["g"], order_by="n", k=1)

    assert values(sales.where(col("n") > top.select(max("n")).scalar())) == [("a", 3), ("b", 5)]


def test_of_an_extension_in_another(ext, sales):
    least = ext["acme.frames.v1.TopK"](sales, order_by="n", k=1).select("n").scalar()

    top = ext["graft.builtin.v1.TopK"](sales, k=1, order_by=[(col("n") - least).desc()])

    assert values(top.select("g", (lit(1) + least).alias("m"))) == [("b", 2)]


def test_above_an_extension_that_asks_for_columns(ext, sales, most):
    counted = ext["acme.frames.v1.CountNulls"](sales.withColumn("m", most))

    assert values(counted) == [("g", 0), ("m", 0), ("n", 0)]
