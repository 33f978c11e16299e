"""Sessions, data and comparisons for the tests of the operations.

The server's address is GRAFT_SERVER, with Graft inside Spark, or before it where GRAFT_THROUGH is
"gateway". It runs on this machine, and reads files that the tests write. GRAFT_LINE is the server's
line, GRAFT_SIZES which of the sizes of data there are to be ("small", "medium" for the two smaller
ones, "all") and GRAFT_EXAMPLES how many examples hypothesis is to try. GRAFT_TEST_SEED is the seed of
the run, and GRAFT_TEST_EFFORT how many times as many examples are tried. Where GRAFT_BREADTH is "narrow", a
test with parameters runs with the first of them alone.
"""

import os
import sys
import tempfile

# A worker of pytest-xdist has no main file, which pyspark 4.2 takes for a run of its own doctests.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__

import graft
import pytest
from hypothesis import HealthCheck, core, settings
from hypothesis.configuration import set_hypothesis_home_dir
from pyspark.sql.connect.session import SparkSession

from flights import Flights

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"  # as getOrCreate says it to functions of 3.5

set_hypothesis_home_dir(tempfile.mkdtemp(prefix="graft-hypothesis-"))  # and not beside the tests

# Few examples, since each is a query; the same ones each time, so that a failure can be had again.
core.global_force_seed = int(os.environ.get("GRAFT_TEST_SEED") or "1")
effort = int(os.environ.get("GRAFT_TEST_EFFORT") or "1")
settings.register_profile(
    "servers",
    max_examples=effort * int(os.environ.get("GRAFT_EXAMPLES", "8")),
    deadline=None,
    derandomize=False,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("servers")


def pytest_configure(config):
    config.addinivalue_line("markers", "native: needs Graft inside Spark, and not before it")
    config.addinivalue_line("markers", "alone: looks at all that the server does, so that nothing else may run beside it")


def pytest_collection_modifyitems(config, items):
    """Leave out what a gateway cannot do; that it refuses it is a test of its own."""
    if os.environ.get("GRAFT_THROUGH") == "gateway":
        items[:] = [each for each in items if not each.get_closest_marker("native")]
    if os.environ.get("GRAFT_BREADTH") == "narrow":
        items[:] = {(each.path, each.originalname): each for each in reversed(items)}.values()
        items.reverse()


@pytest.fixture(scope="session")
def spark():
    session = SparkSession.builder.remote(f"{os.environ['GRAFT_SERVER']}/;user_id=ada").create()
    if os.environ.get("GRAFT_LINE") == "3.4":
        # What later clients take for granted, and this line has not: calls that are taken up again,
        # and a cache for larger data.
        session.client.disable_reattachable_execute()
        session.conf.set("spark.sql.session.localRelationCacheThreshold", str(2**31 - 1))
    # As getOrCreate does, for functions that are made without a session.
    SparkSession._active_session.session = session
    return session


@pytest.fixture(scope="session")
def ext(spark):
    """The operations of the server."""
    return graft.extensions(spark)


@pytest.fixture(scope="session")
def flights(spark):
    """The public data set nycflights13: see :class:`Flights`."""
    return Flights(spark)


# Not skipped, but not there where they are not wanted: a skip would say that something is missing.
SIZES = {"small": 100, "medium": 5_000, "large": None}
if os.environ.get("GRAFT_SIZES", "medium") != "all":
    del SIZES["large"]
if os.environ.get("GRAFT_SIZES", "medium") == "small":
    del SIZES["medium"]


@pytest.fixture(params=SIZES)
def size(request):
    """How many flights a test takes: 100, 5,000, or all 336,776, which is None."""
    return SIZES[request.param]
