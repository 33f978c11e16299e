"""What generated clients call, and what they are told when a value does not fit."""

import base64
import dataclasses
import enum

import numpy
import pytest
from google.protobuf import descriptor_pb2
from pyspark.sql.connect import proto
from pyspark.sql.connect.functions import col

import graft
from test_vectors import OPERATIONS

VECTORS = "graft.vectors.v1."


def relation_of(dataframe):
    return dataframe._plan.plan(dataframe._session.client)


def encoded(message, **values):
    return OPERATIONS.encode(VECTORS + message, values)


def refused(message, **values):
    with pytest.raises(graft.GraftError) as error:
        encoded(message, **values)
    return error.value.code, str(error.value)


def sent(node, name):
    message = OPERATIONS.messages.every[VECTORS + name]()
    assert node.extension.Unpack(message)
    return message


@pytest.fixture(scope="module")
def inputs(spark):
    return spark.range(3), col("a") > 1


def test_descriptors_may_be_text_in_base64():
    assert isinstance(OPERATIONS._descriptors, str)
    data = base64.b64decode(OPERATIONS._descriptors)
    assert graft.Operations(data).encode(VECTORS + "Scalars", {"int32_value": 1}) == b"\x18\x01"


def test_inputs_stand_anywhere(spark, inputs):
    dataframe, column = inputs
    made = OPERATIONS.relation(
        VECTORS + "Inputs",
        spark,
        {
            "relation": dataframe,
            "expression": "name",
            "plan": dataframe,
            "relations": [dataframe, dataframe],
            "expressions": ["x", column],
            "relations_by_name": {"b": dataframe, "a": dataframe},
            "expressions_by_number": {2: column, -1: "y"},
            "plans_by_flag": {True: dataframe},
            "held_relation": dataframe,
            "held_expression": "held",
            "held_plan": dataframe,
            "held_relations": [dataframe],
            "held_expressions_by_name": {"k": "v"},
            "join": {"left": dataframe, "on": column},
            "joins": [{"left": dataframe}, {"left": dataframe, "right": dataframe}],
            "joins_by_name": {"j": {"left": dataframe}},
        },
    )

    message = sent(relation_of(made), "Inputs")

    relation = relation_of(dataframe).SerializeToString(deterministic=True)
    expression = column.to_plan(spark.client).SerializeToString(deterministic=True)

    def name(text):
        return col(text).to_plan(spark.client).SerializeToString(deterministic=True)

    def written(part):
        return part.SerializeToString(deterministic=True)

    plan = written(proto.Plan(root=proto.Relation.FromString(relation)))
    assert written(message.relation) == relation
    assert written(message.expression) == name("name")
    assert written(message.plan) == plan
    assert [written(each) for each in message.relations] == [relation] * 2
    assert [written(each) for each in message.expressions] == [name("x"), expression]
    assert {key: written(each) for key, each in message.relations_by_name.items()} == {
        "a": relation,
        "b": relation,
    }
    assert written(message.expressions_by_number[-1]) == name("y")
    assert written(message.plans_by_flag[True]) == plan
    assert message.held_relation == relation
    assert message.held_expression == name("held")
    assert message.held_plan == plan
    assert list(message.held_relations) == [relation]
    assert message.held_expressions_by_name["k"] == name("v")
    assert written(message.join.left) == relation
    assert written(message.join.on) == expression
    assert written(message.joins[1].right) == relation
    assert written(message.joins_by_name["j"].left) == relation
    # To the byte what protobuf itself writes of the same message.
    packed = relation_of(made).extension.value
    assert packed == message.SerializeToString(deterministic=True)


def test_the_session_is_that_of_a_dataframe_wherever_it_stands(spark, inputs):
    dataframe, _ = inputs
    made = OPERATIONS.relation(
        VECTORS + "Inputs", None, {"joins_by_name": {"a": {"left": dataframe}}}
    )

    assert made._session is spark


def test_without_a_dataframe_a_session_is_needed():
    with pytest.raises(graft.SessionError, match="was given no DataFrame, so it needs") as error:
        OPERATIONS.relation(VECTORS + "Scalars", None, {})
    assert error.value.code == "GRAFT_SESSION_MISSING"
    with pytest.raises(graft.SessionError, match="Extensions need a Spark Connect session"):
        OPERATIONS.relation(VECTORS + "Scalars", object(), {})


def test_inputs_need_a_client_to_be_written(inputs):
    with pytest.raises(graft.SessionError, match=r"give client=spark\.client") as error:
        encoded("Inputs", relation=inputs[0])
    assert error.value.code == "GRAFT_SESSION_MISSING"


def test_dataframe_of_another_session_inside_a_message(spark, other_session):
    stranger = other_session.range(3)
    values = {"relation": spark.range(1), "joins": [{"left": stranger}]}

    with pytest.raises(graft.SessionError, match="Make both with the same") as error:
        OPERATIONS.relation(VECTORS + "Inputs", None, values)
    assert error.value.code == "GRAFT_SESSION_MISMATCH"


def test_expression_carries_columns_from_inside(spark, inputs):
    column = OPERATIONS.expression(VECTORS + "Inputs", {"expressions_by_number": {1: inputs[1]}})

    assert len(column._expr.children) == 1
    message = sent(column.to_plan(spark.client), "Inputs")
    assert message.expressions_by_number[1].HasField("unresolved_function")


def test_unknown_message_lists_those_there_are():
    with pytest.raises(graft.DescriptorError, match=r"There is no message 'a.B'.*Scalars") as error:
        OPERATIONS.encode("a.B", {})
    assert error.value.code == "GRAFT_MESSAGE_UNKNOWN"


def test_errors_say_which_field_what_was_given_and_what_is_wanted():
    assert refused("Scalars", int32_valu=1)[1].startswith(
        "graft.vectors.v1.Scalars has no field 'int32_valu'; did you mean 'int32_value'? "
        "Its fields: double_value, float_value, "
    )
    assert refused("Scalars", int32_value="1") == (
        "GRAFT_FIELD_TYPE",
        "The field 'int32_value' of graft.vectors.v1.Scalars takes a whole number from "
        "-2147483648 to 2147483647, not str",
    )
    assert refused("Scalars", uint32_value=-1) == (
        "GRAFT_FIELD_RANGE",
        "The field 'uint32_value' of graft.vectors.v1.Scalars takes a whole number from 0 to "
        "4294967295, not -1",
    )
    assert refused("Enums", color="PINK")[1].startswith(
        "The field 'color' of graft.vectors.v1.Enums takes a value of graft.vectors.v1.Color "
        "(COLOR_UNSPECIFIED, COLOR_RED"
    )
    assert refused("Required", text="")[1] == (
        "The field 'number' of graft.vectors.v1.Required must be given, and was not given"
    )
    assert refused("Required", number=0, text="")[1] == (
        "The field 'text' of graft.vectors.v1.Required must be given, and is empty"
    )
    assert refused("Choice", number=1, text="a") == (
        "GRAFT_FIELD_TWICE",
        "graft.vectors.v1.Choice takes one of the fields of 'value', and both 'text' and "
        "'number' were given",
    )
    assert refused("Inputs", joins=[{"left": b""}, {"left": 1}])[1] == (
        "The field 'left' of graft.vectors.v1.Inputs.Join takes a DataFrame, not int. "
        "For a constant write lit(value)"
    )


def test_long_values_are_cut_in_errors():
    _, text = refused("Enums", color="x" * 1000)

    assert len(text) < 400
    assert "…" in text


def test_none_means_not_given():
    assert encoded("Scalars", int32_value=None, string_value=None) == b""
    assert refused("RepeatedScalars", string_value=["a", None])[0] == "GRAFT_FIELD_TYPE"


@dataclasses.dataclass
class Join:
    left: object = None
    right: object = None
    on: object = None


@dataclasses.dataclass
class Word:
    class_: str = ""
    from_: str = ""


def test_messages_are_dicts_dataclasses_or_instances(spark, inputs):
    dataframe, _ = inputs

    def packed(join):
        made = OPERATIONS.relation(VECTORS + "Inputs", spark, {"join": join})
        return relation_of(made).extension.value

    instance = OPERATIONS.messages.Inputs.Join()
    instance.left.ParseFromString(relation_of(dataframe).SerializeToString())
    assert packed(Join(left=dataframe)) == packed({"left": dataframe}) == packed(instance)
    assert packed({"left": relation_of(dataframe)}) == packed({"left": dataframe})
    assert refused("Inputs", join=Word())[0] == "GRAFT_FIELD_UNKNOWN"
    assert refused("Inputs", join=Join)[0] == "GRAFT_FIELD_TYPE"
    assert refused("Inputs", join=Join())[0] == "GRAFT_FIELD_REQUIRED"


def test_attributes_that_are_words_of_python_may_have_an_underscore():
    operations = graft.Operations(_around_names())

    data = operations.encode("around.Names", {"names": Word(class_="a", from_="b")})

    assert operations.decode("around.Names", data) == {"names": {"class": "a", "from": "b"}}


def _around_names():
    files = descriptor_pb2.FileDescriptorSet.FromString(base64.b64decode(OPERATIONS._descriptors))
    file = files.file.add(name="around.proto", package="around", syntax="proto3")
    file.dependency.append(next(each.name for each in files.file if "vectors.proto" in each.name))
    message = file.message_type.add(name="Names")
    message.field.add(name="names", number=1, type=11, label=1, type_name=".graft.vectors.v1.Names")
    return files.SerializeToString()


def test_enums_of_python_count_as_their_values():
    class Color(enum.Enum):
        RED = "COLOR_RED"

    class Number(enum.IntEnum):
        RED = 1

    assert encoded("Enums", color=Color.RED) == encoded("Enums", color=Number.RED) == b"\x08\x01"


def test_numbers_of_numpy_are_numbers():
    assert encoded("Scalars", int32_value=numpy.int64(5)) == encoded("Scalars", int32_value=5)
    assert encoded("Scalars", float_value=numpy.float32(5)) == encoded("Scalars", float_value=5)
    assert encoded("Scalars", bool_value=numpy.True_) == encoded("Scalars", bool_value=True)
    assert refused("Scalars", int32_value=numpy.True_)[0] == "GRAFT_FIELD_TYPE"


def test_lists_take_what_can_be_gone_through_but_text():
    assert encoded("RepeatedScalars", int32_value=range(3)) == encoded(
        "RepeatedScalars", int32_value=[0, 1, 2]
    )
    assert refused("RepeatedScalars", string_value="abc")[0] == "GRAFT_FIELD_TYPE"
    assert refused("RepeatedScalars", bytes_value=b"abc")[0] == "GRAFT_FIELD_TYPE"


def test_values_that_hold_themselves_are_refused():
    endless = {}
    endless["child"] = endless

    code, text = refused("Node", **endless)

    assert code == "GRAFT_FIELD_RANGE"
    assert "nested too deeply" in text


def test_default_that_is_no_value_is_the_authors_fault():
    file = descriptor_pb2.FileDescriptorProto(name="bad.proto", package="bad", syntax="proto3")
    field = file.message_type.add(name="Bad").field.add(name="n", number=1, type=5, label=1)
    default = b"\x12\x03ten"  # Argument.default is field 2
    field.options.MergeFromString(b"\xf2\xb3\x1c" + bytes([len(default)]) + default)
    operations = graft.Operations(descriptor_pb2.FileDescriptorSet(file=[file]).SerializeToString())

    assert operations.encode("bad.Bad", {"n": 1}) == b"\x08\x01"
    with pytest.raises(graft.DescriptorError, match="the default 'ten', which is no value"):
        operations.encode("bad.Bad", {})


@pytest.mark.parametrize("data", [b"\x18", b"\x0a\x05a", b"\x09\x01", b"\x72\x01\xff", b"\x00"])
def test_bytes_that_are_no_such_message(data):
    with pytest.raises(
        graft.InputError, match=r"bytes given are no graft\.vectors\.v1\.S"
    ) as error:
        OPERATIONS.decode(VECTORS + "Scalars", data)
    assert error.value.code == "GRAFT_MESSAGE_MALFORMED"


def test_fields_that_are_newer_are_stepped_over():
    newer = b"\x18\x05" + b"\xfa\x7f\x01x"

    assert OPERATIONS.decode(VECTORS + "Scalars", newer) == {"int32_value": 5}


def test_instance_with_annotations(spark):
    messages = OPERATIONS.messages
    with pytest.raises(graft.InputError, match=r"'text' of .*Required must be given"):
        graft.relation(spark, messages.Required())

    made = graft.relation(spark, messages.Defaults(number=3), parts=[{"size": 1}])

    message = sent(relation_of(made), "Defaults")
    assert message.number == 3
    assert message.text == ""  # The instance has no text, and that is what it says.
    assert message.HasField("zero")
    assert message.by_rank == 1
    assert message.parts[0].unit == "cm"
