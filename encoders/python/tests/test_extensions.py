"""The extensions of a server as functions; the server is in this process and lists what it must."""

import base64
import inspect

import pyarrow
import pytest
from google.protobuf import descriptor_pb2
from pyspark.errors import PySparkException
from pyspark.sql.connect import proto

import graft
from graft.catalog import Extensions, Listed
from test_commands import fake  # noqa: F401 - a fixture
from test_vectors import OPERATIONS

DESCRIPTORS = base64.b64decode(OPERATIONS._descriptors)
FRAMES = "acme.frames.v1."


def listed(message, name, kind="relation", descriptors=DESCRIPTORS, documentation="", plugin="p.P"):
    return Listed(kind, name, message, plugin, "p.jar", "1", documentation, descriptors)


@pytest.fixture
def ext(spark):
    return Extensions(
        spark,
        [
            listed(FRAMES + "TopK", "top_k", documentation="The first k rows."),
            listed(FRAMES + "TopK", "top_k", plugin="p.AskedWhereTheFirstDeclines"),
            listed(FRAMES + "Mask", "mask", "expression"),
            listed("graft.vectors.v1.Names", "import"),
            listed("graft.vectors.v1.Required", "top_k"),
            listed("graft.vectors.v1.Choice", "choice"),
            listed("graft.vectors.v1.Choice", "choose", "expression"),
            listed("graft.vectors.v1.Scalars", "dataframe"),
            listed("acme.waist.v1.Sequence", "sequence", descriptors=None),
            listed("google.protobuf.Any", "any", descriptors=None),
        ],
    )


def message_of(node):
    name = node.extension.type_url.rpartition("/")[2]
    return OPERATIONS.decode(name, node.extension.value)


def test_extension_is_a_function_with_signature_and_documentation(ext):
    signature = inspect.signature(ext.top_k)

    assert list(signature.parameters) == ["input", "order_by", "k", "by", "descending"]
    assert signature.parameters["input"].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert signature.parameters["k"].kind is inspect.Parameter.KEYWORD_ONLY
    assert signature.parameters["k"].annotation is int
    assert signature.parameters["k"].default is inspect.Parameter.empty
    assert signature.parameters["descending"].default is False
    assert ext.top_k.__name__ == "top_k"
    assert ext.top_k.__doc__.startswith("The first k rows.\n\nParameters\n----------\ninput : ")
    assert "\nby : Sequence[str], optional\n" in ext.top_k.__doc__
    assert ext.top_k.__doc__.endswith("Returns\n-------\nDataFrame")


def test_function_makes_what_its_kind_says(spark, ext):
    rows = ext.top_k(spark.range(3), order_by="id", k=2)
    column = ext.mask("name", keep=2)

    assert message_of(rows._plan.plan(spark.client))["k"] == 2
    assert message_of(column.to_plan(spark.client))["keep"] == 2


def test_words_of_python_get_an_underscore(spark, ext):
    rows = ext.import_(from_="a", None_="b", values="c")

    assert message_of(rows._plan.plan(spark.client)) == {"from": "a", "None": "b", "values": "c"}
    assert "class_" in inspect.signature(ext.import_).parameters


def test_who_is_configured_first_has_the_name_and_all_are_reached_by_their_messages(spark, ext):
    assert ext.top_k is ext[FRAMES + "TopK"]
    assert "must_have" not in dir(ext)
    assert "number" in inspect.signature(ext["graft.vectors.v1.Required"]).parameters


def test_message_of_two_kinds_is_reached_by_both(ext):
    choice = "graft.vectors.v1.Choice"
    assert ext[choice] is ext.choice is ext[choice, "relation"]
    assert ext[choice, "expression"] is ext.choose


def test_names_are_completed(ext):
    assert {"top_k", "mask", "import_", "choice", "choose", "dataframe"} <= set(dir(ext))
    assert FRAMES + "TopK" in ext._ipython_key_completions_()
    assert list(ext)[:2] == [FRAMES + "TopK", FRAMES + "Mask"]
    assert len(ext) == 9
    assert repr(ext) == "Extensions(choice, choose, import_, mask, top_k)"


def test_names_of_this_object_stay_its_own(spark, ext):
    assert ext.dataframe._plan.plan(spark.client).HasField("drop")
    assert ext["graft.vectors.v1.Scalars"].__name__ == "dataframe"


def test_unknown_name_lists_the_known_ones(ext):
    with pytest.raises(AttributeError, match=r"no extension 'topk'; it has choice, .*top_k"):
        _ = ext.topk
    with pytest.raises(KeyError, match=r"no extension 'a\.B'; it has acme\.frames\.v1\.TopK"):
        _ = ext["a.B"]


def test_extension_without_descriptors_says_what_to_do_instead(ext):
    with pytest.raises(graft.DescriptorError, match=r"p\.P in p\.jar gives no descriptors of acme"):
        _ = ext["acme.waist.v1.Sequence"]


def test_values_are_checked_before_anything_is_sent(spark, other_session, ext):
    def code(call):
        with pytest.raises(graft.GraftError) as refused:
            call()
        return refused.value.code

    rows = spark.range(3)
    assert code(lambda: ext.top_k(rows, order_by="id")) == "GRAFT_FIELD_REQUIRED"
    assert code(lambda: ext.top_k(order_by="id", k=1)) == "GRAFT_FIELD_REQUIRED"
    assert code(lambda: ext.top_k(rows, order_by="id", k="1")) == "GRAFT_FIELD_TYPE"
    assert code(lambda: ext.top_k(rows, order_by="id", k=2**31)) == "GRAFT_FIELD_RANGE"
    assert code(lambda: ext.top_k(rows, orderby="id", k=1)) == "GRAFT_FIELD_UNKNOWN"
    assert code(lambda: ext.top_k(rows, "id", k=1)) == "GRAFT_FIELD_TYPE"
    assert code(lambda: ext.top_k(rows, input=rows, k=1)) == "GRAFT_FIELD_TWICE"
    stranger = other_session.range(3)
    assert code(lambda: ext.top_k(stranger, order_by="id", k=1)) == "GRAFT_SESSION_MISMATCH"


def test_comments_become_documentation(spark):
    file = descriptor_pb2.FileDescriptorProto(name="c.proto", package="c", syntax="proto3")
    message = file.message_type.add(name="Outer")
    message.field.add(name="size", number=1, type=5, label=1)
    message.field.add(name="unit", number=2, type=9, label=1)
    message.nested_type.add(name="Inner").field.add(name="size", number=1, type=5, label=1)
    for path, above, behind in [
        ([4, 0], " The message.\n", ""),
        ([4, 0, 2, 0], " How large,\n   at most.\n", " not this"),
        ([4, 0, 2, 1], "", " Of what.\n"),
        ([4, 0, 3, 0, 2, 0], " Of the inner one.\n", ""),
        ([12], " The syntax.\n", ""),
    ]:
        file.source_code_info.location.add(
            path=path, leading_comments=above, trailing_comments=behind
        )
    data = descriptor_pb2.FileDescriptorSet(file=[file]).SerializeToString()

    function = Extensions(spark, [listed("c.Outer", "outer", descriptors=data)]).outer

    assert function.__doc__ == (
        "Send a c.Outer.\n\nParameters\n----------\nsize : int, optional\n    How large,\n"
        "      at most.\nunit : str, optional\n    Of what.\n\nReturns\n-------\nDataFrame"
    )


def enums():
    """The descriptors of a message with an enum beside it and one inside."""
    file = descriptor_pb2.FileDescriptorProto(name="e.proto", package="e", syntax="proto3")
    message = file.message_type.add(name="Outer")
    message.field.add(name="order", number=1, type=14, label=1, type_name=".e.Order")
    message.field.add(name="ties", number=2, type=14, label=3, type_name=".e.Outer.Ties")
    order = file.enum_type.add(name="Order")
    order.value.add(name="ORDER_UP", number=0)
    order.value.add(name="ORDER_DOWN", number=1)
    message.enum_type.add(name="Ties").value.add(name="KEPT", number=0)
    for path, above in [
        ([5, 0, 2, 1], " The greatest\n first.\n"),
        ([4, 0, 4, 0, 2, 0], " All of them.\n"),
    ]:
        file.source_code_info.location.add(path=path, leading_comments=above)
    return descriptor_pb2.FileDescriptorSet(file=[file]).SerializeToString()


def test_values_of_enums_are_documented(spark):
    function = Extensions(spark, [listed("e.Outer", "outer", descriptors=enums())]).outer

    assert "\n    - ORDER_DOWN: The greatest first.\nties : " in function.__doc__
    assert "\n    - KEPT: All of them.\n\nReturns" in function.__doc__
    assert "ORDER_UP:" not in function.__doc__


COLUMNS = ["kind", "name", "message", "plugin", "jar", "version", "documentation"]


def answer_with(fake, columns):  # noqa: F811
    batch = pyarrow.RecordBatch.from_pydict(columns)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    arrow = proto.ExecutePlanResponse.ArrowBatch(
        row_count=batch.num_rows, data=sink.getvalue().to_pybytes()
    )
    fields = [
        proto.DataType.StructField(
            name=name,
            data_type=proto.DataType(binary=proto.DataType.Binary())
            if name == "descriptors"
            else proto.DataType(string=proto.DataType.String()),
        )
        for name in columns
    ]
    schema = proto.DataType(struct=proto.DataType.Struct(fields=fields))
    fake.answers = [{"schema": schema}, {"arrow_batch": arrow}]


def test_server_is_asked_for_its_extensions_with_descriptors(fake):  # noqa: F811
    row = ["relation", "top_k", FRAMES + "TopK", "p.P", "p.jar", "1", "The first."]
    answer_with(
        fake,
        {
            **{name: [value] for name, value in zip(COLUMNS, row)},
            "descriptors": pyarrow.array([DESCRIPTORS], pyarrow.binary()),
        },
    )

    ext = graft.extensions(fake.session)

    (request,) = fake.requests
    assert request.plan.root.extension.type_url == "type.googleapis.com/graft.v1.ListExtensions"
    assert request.plan.root.extension.value == b"\x08\x01"
    assert ext.top_k.__doc__.startswith("The first.")


def test_list_of_an_older_graft_is_told_as_that(fake):  # noqa: F811
    answer_with(fake, {"kind": ["relation"], "name": ["top_k"]})

    with pytest.raises(graft.ServerError, match="no column message, plugin, jar") as refused:
        graft.extensions(fake.session)
    assert refused.value.code == "GRAFT_SERVER_TOO_OLD"


@pytest.mark.parametrize(
    ("failure", "code", "text"),
    [
        ("No handler found for extension", "GRAFT_SERVER_WITHOUT_EXTENSION", "Start it with Graft"),
        (
            "[CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION] No handler for "
            "type.googleapis.com/graft.v1.ListExtensions",
            "GRAFT_SERVER_WITHOUT_EXTENSION",
            "who answers the extension graft.v1.ListExtensions",
        ),
        ("extension relation", "GRAFT_SERVER_WITHOUT_EXTENSION", "Start it with Graft"),
        ("not implemented: extension relation", "GRAFT_SERVER_WITHOUT_EXTENSION", "Start it with"),
        (
            "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension "
            "type.googleapis.com/graft.v1.ListExtensions.",
            "GRAFT_SERVER_TOO_OLD",
            "too old to list its extensions",
        ),
        (
            "[GRAFT_PLUGIN_REFUSED] This server does not list its extensions: its operator has set "
            "spark.graft.catalog.enabled=false.",
            "GRAFT_PLUGIN_REFUSED",
            "its operator has set spark.graft.catalog.enabled=false",
        ),
    ],
)
def test_server_that_cannot_list_its_extensions(fake, failure, code, text):  # noqa: F811
    fake.failure = failure

    with pytest.raises(graft.ServerError) as refused:
        graft.extensions(fake.session)

    assert refused.value.code == code
    assert str(refused.value).startswith(f"[{code}]")
    assert text in str(refused.value)
    assert failure in str(refused.value)
    assert isinstance(refused.value, PySparkException)


def test_other_failures_of_the_server_stay_what_they_are(fake):  # noqa: F811
    fake.failure = "the disk is full"

    with pytest.raises(PySparkException, match="the disk is full") as failed:
        graft.extensions(fake.session)
    assert not isinstance(failed.value, graft.GraftError)


def test_server_without_the_extension_is_told_wherever_one_is_used(fake, acme):  # noqa: F811
    fake.failure = "No handler found for extension"
    relation = graft.relation(fake.session, acme.Sample())
    column = graft.expression(acme.Sample(), condition="a")

    for use in (
        relation.collect,
        lambda: fake.session.range(3).select(column).collect(),
        lambda: graft.command(fake.session, acme.Sample()),
    ):
        with pytest.raises(graft.ServerError, match=r"dev\.graft\.spark\.GraftPlugin") as refused:
            use()
        assert refused.value.code == "GRAFT_SERVER_WITHOUT_EXTENSION"


def test_answer_of_graft_keeps_its_own_code_and_text(fake, acme):  # noqa: F811
    fake.failure = "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension x"

    with pytest.raises(PySparkException, match="GRAFT_EXTENSION_UNKNOWN") as refused:
        graft.relation(fake.session, acme.Sample()).collect()
    assert not isinstance(refused.value, graft.GraftError)


def test_session_that_is_not_spark_connect():
    with pytest.raises(graft.SessionError, match="Extensions need a Spark Connect session"):
        graft.extensions(object())


def test_command_answers_with_a_message_of_the_descriptors(fake):  # noqa: F811
    packed = proto.ExecutePlanResponse().extension
    packed.type_url = "type.googleapis.com/acme.frames.v1.AboutReply"
    packed.value = OPERATIONS.encode("acme.frames.v1.AboutReply", {"host": "here"})
    fake.answers = [{"extension": packed}]
    ext = Extensions(fake.session, [listed(FRAMES + "About", "about", "command")])

    assert ext.about().host == "here"
