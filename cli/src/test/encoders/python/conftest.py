import os

import pytest
from pyspark.sql.connect.session import SparkSession

CITIES = [("Bonn", "de", 331), ("Ulm", "de", 126), ("Graz", "at", 303), ("Wels", "at", 65)]

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"  # as getOrCreate says it to functions of 3.5


def session_at(variable):
    session = SparkSession.builder.remote(f"{os.environ[variable]}/;user_id=ada").create()
    # As getOrCreate does, for functions that are made without a session.
    SparkSession._active_session.session = session
    return session


# Until the end, all of them: a session of PySpark 3.5 that is collected may close what others use.
@pytest.fixture(scope="session")
def server():
    """A session of Spark with Graft and all examples in it."""
    return session_at("GRAFT_SERVER")


@pytest.fixture(scope="session")
def through_gateway():
    """A session through a gateway with the portable examples."""
    return session_at("GRAFT_GATEWAY")


@pytest.fixture(scope="session")
def plain():
    """A session of a Spark without Graft."""
    return session_at("GRAFT_PLAIN")


@pytest.fixture(scope="session")
def unlisted():
    """A session through a gateway that has no plugins and tells nobody."""
    return session_at("GRAFT_UNLISTED")


@pytest.fixture(params=["server", "through_gateway"])
def spark(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def cities(spark):
    return cities_of(spark)


def cities_of(spark):
    return spark.createDataFrame(CITIES, "name string, country string, thousands int")
