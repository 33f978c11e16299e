"""What cannot be sent is refused where it is written."""

import pytest
from pyspark.sql.connect.functions import col

import graft

FIELDS = "input, by, size, others, plan, raw, label, condition, patience"


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        (
            {"inputs": 1},
            f"acme.v1.Sample has no field 'inputs'; did you mean 'input'? Its fields: {FIELDS}",
        ),
        (
            {"size": "1"},
            "The field 'size' of acme.v1.Sample takes a whole number from -2147483648 to "
            "2147483647, not str",
        ),
        (
            {"patience": 1},
            "The field 'patience' of acme.v1.Sample takes a google.protobuf.Duration, "
            "as a dict of its fields, not int",
        ),
        ({"input": 1}, "The field 'input' of acme.v1.Sample takes a DataFrame, not int"),
        ({"input": "t"}, "The field 'input' of acme.v1.Sample takes a DataFrame, not str"),
        ({"input": None}, "The field 'input' of acme.v1.Sample takes a DataFrame, not NoneType"),
        (
            {"condition": 1},
            "The field 'condition' of acme.v1.Sample takes a Column or the name of one, not int. "
            "For a constant write lit(value)",
        ),
        (
            {"by": "a"},
            "The field 'by' of acme.v1.Sample is repeated and takes a list, not str",
        ),
        (
            {"raw": "text"},
            "The field 'raw' of acme.v1.Sample takes a DataFrame, a Column, as_plan(DataFrame) "
            "or bytes, not str",
        ),
        (
            {"raw": graft.as_plan(3)},
            "The field 'raw' of acme.v1.Sample takes a DataFrame, a Column, as_plan(DataFrame) "
            "or bytes, not int",
        ),
    ],
)
def test_input_that_does_not_fit(spark, acme, inputs, text):
    for attempt in (
        lambda: graft.relation(spark, acme.Sample(), **inputs),
        lambda: graft.expression(acme.Sample(), **inputs),
        lambda: graft.command(spark, acme.Sample(), **inputs),
    ):
        with pytest.raises(graft.InputError) as refused:
            attempt()
        assert str(refused.value).startswith(text)


def test_message_without_input_fields_says_so(spark, acme):
    with pytest.raises(graft.InputError, match=r"Empty has no field 'input'\. Its fields: none"):
        graft.relation(spark, acme.Empty(), input=spark.range(1))


def test_message_class_instead_of_an_instance(spark, acme):
    with pytest.raises(graft.InputError, match="an instance of a protobuf message class"):
        graft.relation(spark, acme.Sample)


def test_dataframe_of_another_session(spark, other_session, acme):
    stranger = other_session.range(3)
    text = "Make both with the same SparkSession"

    with pytest.raises(graft.SessionError, match=text):
        graft.relation(spark, acme.Sample(), input=stranger)
    with pytest.raises(graft.SessionError, match=text):
        graft.relation(spark, acme.Sample(), others=[spark.range(1), stranger])
    with pytest.raises(graft.SessionError, match=text):
        graft.command(spark, acme.Sample(), raw=graft.as_plan(stranger))
    column = graft.expression(acme.Sample(), input=stranger)
    with pytest.raises(graft.SessionError, match=text):
        column.to_plan(spark.client)


def test_session_that_is_not_spark_connect(acme):
    class SparkSession:
        """As a classic session looks from here: of another class."""

    for call in (graft.relation, graft.command):
        with pytest.raises(graft.SessionError, match="Extensions need a Spark Connect session"):
            call(SparkSession(), acme.Sample())


def test_column_names_are_not_literals(spark, acme):
    column = graft.expression(acme.Sample(), condition="a")

    assert column._expr.children[0].to_plan(spark.client) == col("a").to_plan(spark.client)
