"""One server, inside which Graft runs, or before which: GRAFT_SERVER is the address to go to.

GRAFT_THROUGH is "gateway" or "spark". GRAFT_PROGRAMS says how many random programs there are to be,
and GRAFT_SEED with what their seeds begin.
"""

import os
import time

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"  # as getOrCreate says it to functions

import graft
import pytest
from graft.catalog import Extensions
from pyspark.logger import PySparkLogger
from pyspark.sql.connect.session import SparkSession

for logger in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
    PySparkLogger.getLogger(logger).disabled = True  # programs that fail are no news

SERVER = os.environ["GRAFT_SERVER"]
SECONDS_FOR_SHORTENING = 90


def pytest_configure(config):
    config.addinivalue_line("markers", "native: needs Graft inside Spark, and not before it")
    config.addinivalue_line("markers", "programs: runs random programs")


def pytest_collection_modifyitems(config, items):
    """Leave out what a gateway cannot do; that it refuses it is tested elsewhere."""
    if os.environ["GRAFT_THROUGH"] == "gateway":
        items[:] = [each for each in items if not each.get_closest_marker("native")]


@pytest.fixture(scope="session")
def connect():
    """Makes sessions of their own."""
    opened = []

    def make():
        opened.append(SparkSession.builder.remote(f"{SERVER}/;user_id=ada").create())
        return opened[-1]

    yield make
    for session in opened:
        session.client.close()


@pytest.fixture
def spark(connect):
    session = connect()
    SparkSession._active_session.session = session  # as getOrCreate does
    return session


@pytest.fixture(scope="session")
def listed(connect):
    """What the server lists of its extensions, asked for once."""
    return list(graft.extensions(connect())._listed.values())


@pytest.fixture
def ext(spark, listed):
    """The operations of the server."""
    return Extensions(spark, listed)


@pytest.fixture(scope="session")
def patience():
    """The seconds that are left for making failing programs shorter, in a list."""
    return [SECONDS_FOR_SHORTENING]


@pytest.fixture
def sales(spark):
    rows = [("a", 1, "x"), ("a", 3, "y"), ("b", 2, "x"), ("b", 5, "z")]
    return spark.createDataFrame(rows, "g string, n int, s string")


def values(frame):
    """The rows of a frame, sorted."""
    return sorted(tuple(row) for row in frame.collect())


def seconds(action):
    """How long something takes."""
    start = time.monotonic()
    action()
    return time.monotonic() - start
