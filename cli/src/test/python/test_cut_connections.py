"""Connections that break in an answer: clients reattach, as they do without a gateway."""

import hashlib

import pytest

import graft

ROWS, REPEATS = 800, 1_600  # of 64 characters each: 82 MB


class Client:
    """A session whose next operation is cut, and which counts how often it was reattached to."""

    def __init__(self, session, relay, answered_bytes):
        self.session = session
        self.reattached = 0
        self._stub = session.client._stub
        self._execute = self._stub.ExecutePlan
        self._reattach = self._stub.ReattachExecute
        self._relay = relay
        self._cuts = relay.cuts
        self._answered_bytes = answered_bytes
        self._stub.ExecutePlan = self._execute_and_cut
        self._stub.ReattachExecute = self._count

    def _execute_and_cut(self, *arguments, **options):
        # Not before: the client asks for schemas and settings, too.
        self._stub.ExecutePlan = self._execute
        self._relay.cut_after(self._answered_bytes)
        return self._execute(*arguments, **options)

    def _count(self, *arguments, **options):
        self.reattached += 1
        return self._reattach(*arguments, **options)

    @property
    def cuts(self):
        return self._relay.cuts - self._cuts


@pytest.fixture(params=["before the gateway", "behind the gateway"])
def cut(request, connect):
    """Makes a client whose connection is cut, or its gateway's."""
    if request.param == "before the gateway":
        relay = request.getfixturevalue("before_gateway")
        address = relay.address
    else:
        relay = request.getfixturevalue("behind_gateway")
        address = relay.gateway
    return lambda answered_bytes: Client(connect(address), relay, answered_bytes)


@pytest.mark.parametrize("megabytes", [0, 5, 60])
def test_a_stream_goes_on_after_a_cut(cut, megabytes):
    client = cut(megabytes << 20)
    rows = client.session.range(0, ROWS, 1, 8)
    frame = rows.selectExpr(f"repeat(sha2(string(id), 256), {REPEATS}) AS text")
    digests = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(ROWS)]

    for row, digest in zip(frame.toLocalIterator(), digests, strict=True):
        assert row.text == digest * REPEATS

    assert client.cuts == 1
    assert client.reattached


def test_rows_of_a_command_come_after_a_cut(cut, frames):
    client = cut(0)
    rows = client.session.range(5).selectExpr("id AS thousands")

    summary = graft.command(client.session, frames.Summarize(column="thousands"), input=rows)

    assert client.cuts == 1
    assert client.reattached
    assert [tuple(row) for row in summary.collect()] == [(5, 0, 4, 2.0)]


def test_message_of_a_command_comes_after_a_cut(cut, frames):
    client = cut(0)

    answer = graft.command(client.session, frames.About())

    assert client.cuts == 1
    assert client.reattached
    reply = frames.AboutReply()
    assert answer.Unpack(reply)
    assert reply.host == "gateway"


def test_standard_command_is_done_after_a_cut(cut, frames):
    client = cut(0)
    towns = client.session.createDataFrame([("Ulm", 120)], "name string, thousands int")

    assert graft.command(client.session, frames.Publish(view="towns"), input=towns) is None

    assert client.cuts == 1
    assert client.reattached
    assert client.session.table("towns").count() == 1
