import os
import subprocess
import uuid

import pytest
from pyspark.sql.connect.session import SparkSession
from relay import Relay

import graft

GATEWAY = os.environ["GRAFT_GATEWAY"]
BACKEND = os.environ["GRAFT_BACKEND"]
os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"  # as getOrCreate says it to functions of 3.5

# Closed by the tests, and kept for good: when the collector closes one of PySpark 3.5 in the
# thread that releases operations, that thread waits for itself, and every other session for it.
SESSIONS = []


@pytest.fixture
def connect():
    """Makes sessions at an address; those of one id are one session on the server."""
    first = len(SESSIONS)

    def make(address, session_id=None):
        session_id = session_id or str(uuid.uuid4())
        remote = f"{address}/;user_id=ada;session_id={session_id}"
        SESSIONS.append(SparkSession.builder.remote(remote).create())
        return SESSIONS[-1]

    yield make
    for session in SESSIONS[first:]:
        session.client.close()


@pytest.fixture
def through(connect):
    """A session through the gateway."""
    session = connect(GATEWAY)
    # As getOrCreate does, for functions that are made without a session.
    SparkSession._active_session.session = session
    yield session
    SparkSession._active_session.session = None


@pytest.fixture
def direct(connect):
    """A session of the server behind, without the gateway."""
    return connect(BACKEND)


@pytest.fixture(scope="session")
def frames():
    return graft.load_descriptors(os.environ["GRAFT_EXAMPLE_DESCRIPTORS"])


@pytest.fixture(scope="session")
def supports_clone():
    return hasattr(SparkSession, "cloneSession")  # 4.1 and later


@pytest.fixture(scope="session")
def before_gateway():
    """A relay between clients and the gateway."""
    relay = Relay(port_of(GATEWAY))
    yield relay
    relay.close()


@pytest.fixture(scope="session")
def behind_gateway():
    """A relay between a gateway of its own, run by the command, and the server."""
    relay = Relay(port_of(BACKEND))
    command = [*os.environ["GRAFT_COMMAND"].splitlines(), "gateway", "--backend", relay.address]
    command += ["--conf", os.environ["GRAFT_GATEWAY_CONF"], "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        printed = []
        for line in process.stdout:
            printed.append(line)
            if line.startswith("Connect"):
                break
        else:
            pytest.fail("The gateway says no address:\n" + "".join(printed))
        relay.gateway = printed[-1].split()[1]
        yield relay
    finally:
        process.terminate()
        process.wait(60)
        relay.close()


def port_of(address):
    return int(address.rpartition(":")[2])
