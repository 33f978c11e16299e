"""Plans are built as PySpark builds its own, without a server."""

from pyspark.sql.connect import proto
from pyspark.sql.connect.functions import col, lit

import graft


def relation_of(dataframe):
    return dataframe._plan.plan(dataframe._session.client)


def sent(node, message_class):
    message = message_class()
    assert node.extension.Unpack(message)
    return message


def same(left, right):
    """Messages of different pools are compared by what is sent."""
    return left.SerializeToString(deterministic=True) == right.SerializeToString(deterministic=True)


def test_relation_carries_the_message_and_a_plan_id_of_its_own(spark, acme):
    dataframe = graft.relation(spark, acme.Sample(size=3, label="top"))

    relation = relation_of(dataframe)

    assert relation.extension.type_url == "type.googleapis.com/acme.v1.Sample"
    assert sent(relation, acme.Sample) == acme.Sample(size=3, label="top")
    assert relation.common.plan_id == dataframe._plan._plan_id


def test_dataframe_stands_in_a_relation_field(spark, acme):
    numbers = spark.range(10)

    relation = relation_of(graft.relation(spark, acme.Sample(size=3), input=numbers))

    message = sent(relation, acme.Sample)
    assert same(message.input, relation_of(numbers))
    assert message.size == 3


def test_lists_stand_in_repeated_fields_in_order(spark, acme):
    frames = [spark.range(1), spark.range(2)]

    relation = relation_of(
        graft.relation(spark, acme.Sample(), others=frames, by=["a", col("b") + 1])
    )

    message = sent(relation, acme.Sample)
    assert [each.range.end for each in message.others] == [1, 2]
    assert message.by[0].unresolved_attribute.unparsed_identifier == "a"
    assert message.by[1].unresolved_function.function_name == "+"


def test_fields_are_written_in_the_order_of_their_numbers(spark, acme):
    numbers = spark.range(10)
    whole = acme.Sample(size=3, label="x")
    whole.input.ParseFromString(relation_of(numbers).SerializeToString())
    whole.condition.ParseFromString(col("a").to_plan(spark.client).SerializeToString())

    relation = relation_of(
        graft.relation(spark, acme.Sample(size=3, label="x"), condition="a", input=numbers)
    )

    assert relation.extension.value == whole.SerializeToString()


def test_plan_field_takes_a_dataframe_as_its_root(spark, acme):
    numbers = spark.range(10)

    relation = relation_of(graft.relation(spark, acme.Sample(), plan=numbers))

    assert same(sent(relation, acme.Sample).plan.root, relation_of(numbers))


def test_bytes_field_takes_a_relation_a_plan_an_expression_or_bytes(spark, acme):
    numbers = spark.range(10)

    def raw(value):
        return sent(relation_of(graft.relation(spark, acme.Sample(), raw=value)), acme.Sample).raw

    assert proto.Relation.FromString(raw(numbers)) == relation_of(numbers)
    assert proto.Plan.FromString(raw(graft.as_plan(numbers))).root == relation_of(numbers)
    assert proto.Expression.FromString(raw(col("a"))) == col("a").to_plan(spark.client)
    assert raw(b"\x00\xff") == b"\x00\xff"


def test_plans_deeper_than_protobuf_parses_are_sent_all_the_same(spark, acme):
    deep = spark.range(10)
    for _ in range(300):
        deep = deep.limit(5)

    relation = relation_of(graft.relation(spark, acme.Sample(size=1), input=deep))

    assert relation_of(deep).SerializeToString() in relation.extension.value


def test_extensions_nest(spark, acme):
    inner = graft.relation(spark, acme.Sample(label="inner"), input=spark.range(3))
    outer = graft.relation(spark, acme.Sample(label="outer"), input=inner)

    message = sent(relation_of(outer), acme.Sample)

    assert sent(message.input, acme.Sample).label == "inner"
    assert message.input.common.plan_id == inner._plan._plan_id


def test_dataframe_operations_go_on_from_an_extension(spark, acme):
    dataframe = graft.relation(spark, acme.Sample(size=3), input=spark.range(3)).limit(2)

    relation = relation_of(dataframe)

    assert relation.limit.limit == 2
    assert sent(relation.limit.input, acme.Sample).size == 3


def test_expression_carries_its_columns(spark, acme):
    column = graft.expression(acme.Sample(label="mask"), condition=col("name"), by=["a", lit(1)])

    expression = column.to_plan(spark.client)

    message = sent(expression, acme.Sample)
    assert message.label == "mask"
    assert message.condition.unresolved_attribute.unparsed_identifier == "name"
    assert message.by[1].WhichOneof("expr_type") == "literal"
    assert "acme.v1.Sample" in repr(column)


def test_expression_is_a_column_like_any_other(spark, acme):
    column = (graft.expression(acme.Sample(), condition="a") > 3).alias("big")

    relation = relation_of(spark.range(3).select(column))

    function = relation.project.expressions[0].alias.expr.unresolved_function
    assert function.arguments[0].extension.type_url.endswith("/acme.v1.Sample")


def test_message_is_taken_as_it_was(spark, acme):
    message = acme.Sample(size=1)
    dataframe = graft.relation(spark, message)
    message.size = 2

    assert sent(relation_of(dataframe), acme.Sample).size == 1


def test_input_replaces_what_the_message_had_in_its_field(spark, acme):
    message = acme.Sample(raw=b"old")

    relation = relation_of(graft.relation(spark, message, raw=b"new"))

    assert relation.extension.value.count(b"old") == 0
    assert sent(relation, acme.Sample).raw == b"new"


def test_plan_is_printed_with_its_inputs(spark, acme):
    printed = graft.relation(spark, acme.Sample(), input=spark.range(3))._plan.print()

    assert printed.startswith("<Extension acme.v1.Sample>\n  <Range")


def test_messages_of_generated_code_are_accepted(spark):
    # PySpark's own message classes are generated code in the default pool.
    relation = relation_of(
        graft.relation(spark, proto.Filter(), input=spark.range(3), condition="a")
    )

    assert sent(relation, proto.Filter).input.range.end == 3


# PySpark before 4.0 has no subqueries, so there is nothing to test.
if hasattr(proto, "SubqueryExpression"):

    def test_subqueries_in_columns_bring_their_plans_along(spark, acme):
        subquery = spark.range(1).scalar()

        relation = relation_of(graft.relation(spark, acme.Sample(), condition=col("id") > subquery))

        assert len(relation.with_relations.references) == 1
        assert relation.with_relations.root.extension.type_url.endswith("/acme.v1.Sample")
