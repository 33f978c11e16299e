"""Answers of a command, from a server in this process that gives what it was told to."""

import json
from concurrent import futures
from pathlib import Path

import grpc
import pytest
from google.protobuf.any_pb2 import Any
from pyspark.errors import PySparkException
from pyspark.sql.connect import proto
from pyspark.sql.connect.proto import base_pb2_grpc
from pyspark.sql.connect.session import SparkSession

import graft
from conftest import descriptor_set

OPERATIONS = graft.Operations(descriptor_set().SerializeToString())
VECTORS = Path(__file__).parents[2] / "vectors" / "vectors.json"
PROMISING = graft.Operations(json.loads(VECTORS.read_text(encoding="utf-8"))["descriptors"])

# PySpark 3.5 closes a pool that all sessions share when one of them is collected, which fails
# whatever another is doing just then.
SESSIONS = []


class FakeServer(base_pb2_grpc.SparkConnectServiceServicer):
    def __init__(self):
        self.answers = []
        self.failure = None
        self.requests = []

    def ExecutePlan(self, request, context):
        self.requests.append(request)
        for answer in [
            *self.answers,
            {"result_complete": proto.ExecutePlanResponse.ResultComplete()},
        ]:
            if self.failure and "result_complete" in answer:
                context.abort(grpc.StatusCode.INTERNAL, self.failure)
            yield proto.ExecutePlanResponse(
                session_id=request.session_id, response_id="1", operation_id="1", **answer
            )

    def Config(self, request, context):
        """PySpark 4 asks for settings before it reads rows."""
        asked = request.operation
        keys = [
            *asked.get.keys,
            *asked.get_option.keys,
            *(pair.key for pair in asked.get_with_default.pairs),
        ]
        return proto.ConfigResponse(
            session_id=request.session_id,
            pairs=[
                proto.KeyValue(key=key, value="UTC" if "timeZone" in key else "false")
                for key in keys
            ],
        )

    def ReleaseExecute(self, request, context):
        return proto.ReleaseExecuteResponse(session_id=request.session_id)


@pytest.fixture
def fake():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
    port = server.add_insecure_port("127.0.0.1:0")
    servicer = FakeServer()
    base_pb2_grpc.add_SparkConnectServiceServicer_to_server(servicer, server)
    server.start()
    servicer.session = SparkSession(f"sc://127.0.0.1:{port}/;user_id=ada")
    SESSIONS.append(servicer.session)
    yield servicer
    # In this order: PySpark goes on trying to release what it ran.
    servicer.session.client.close()
    server.stop(None)


def test_command_without_an_answer(fake, acme):
    assert graft.command(fake.session, acme.Sample(size=3)) is None

    (request,) = fake.requests
    message = acme.Sample()
    assert request.plan.command.extension.Unpack(message)
    assert message.size == 3
    assert request.user_context.user_id == "ada"


def test_command_that_answers_with_rows(fake, acme):
    relation = proto.Relation(range=proto.Range(end=3, step=1))
    result = proto.ExecutePlanResponse.SqlCommandResult(relation=relation)
    fake.answers = [{"sql_command_result": result}]

    rows = graft.command(fake.session, acme.Sample())

    assert rows._plan.plan(fake.session.client).range.end == 3


def test_command_that_answers_with_a_message(fake, acme):
    packed = Any()
    packed.Pack(acme.Sample(size=7))
    fake.answers = [{"extension": packed}]

    answer = graft.command(fake.session, acme.Sample())

    message = acme.Sample()
    assert answer.Unpack(message)
    assert message.size == 7


def test_command_with_dataframe_input(fake, acme):
    graft.command(fake.session, acme.Sample(), input=fake.session.range(5))

    message = acme.Sample()
    assert fake.requests[0].plan.command.extension.Unpack(message)
    assert message.input.range.end == 5


def test_failure_after_an_answer_is_raised(fake, acme):
    packed = Any()
    packed.Pack(acme.Sample())
    fake.answers = [{"extension": packed}]
    fake.failure = "[GRAFT_PLUGIN_FAILED] it broke"

    with pytest.raises(PySparkException, match="GRAFT_PLUGIN_FAILED"):
        graft.command(fake.session, acme.Sample())


def test_reply_is_decoded(fake):
    packed = Any()
    packed.Pack(OPERATIONS.messages.Sample(size=7))
    fake.answers = [{"extension": packed}]

    answer = OPERATIONS.command("acme.v1.Sample", fake.session, {}, "acme.v1.Sample")

    assert answer == {"size": 7}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "with nothing, not with a acme.v1.Sample"),
        ({"extension": {"type_url": "type.googleapis.com/acme.v1.Empty"}}, "with a acme.v1.Empty"),
        ({"sql_command_result": {"relation": {"range": {"end": 3, "step": 1}}}}, "with rows"),
    ],
)
def test_answer_that_is_not_the_reply_is_refused(fake, given, said):
    fake.answers = [given] if given else []

    with pytest.raises(graft.ServerError, match=said) as error:
        OPERATIONS.command("acme.v1.Sample", fake.session, {}, "acme.v1.Sample")

    assert error.value.code == "GRAFT_ANSWER_UNEXPECTED"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Delimited with nothing, and not with the rows"),
        ({"extension": {"type_url": "type.googleapis.com/a.B"}}, "Delimited with a message a.B,"),
    ],
)
def test_answer_that_is_not_the_promised_rows_is_refused(fake, given, said):
    fake.answers = [given] if given else []

    with pytest.raises(graft.ServerError, match=said) as error:
        PROMISING.command("graft.vectors.v3.Delimited", fake.session, {})
    assert error.value.code == "GRAFT_ANSWER_UNEXPECTED"

    with pytest.raises(graft.ServerError, match=said):
        message = PROMISING.messages.every["graft.vectors.v3.Delimited"]
        graft.command(fake.session, message())


def test_promised_rows_are_a_dataframe(fake):
    fake.answers = [{"sql_command_result": {"relation": {"range": {"end": 3, "step": 1}}}}]

    rows = PROMISING.command("graft.vectors.v3.Delimited", fake.session, {})

    assert rows._plan.plan(fake.session.client).range.end == 3
