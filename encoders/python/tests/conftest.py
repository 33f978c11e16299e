import os
import uuid

import pyspark
import pytest
from google.protobuf import descriptor_pb2
from pyspark.sql.connect.client import core
from pyspark.sql.connect.functions import udf
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.types import StringType

import graft

WITHOUT_SPARK = not hasattr(pyspark, "SparkContext")

collect_ignore = []
# The grammar of addresses is that of PySpark 4.2; earlier ones read them by another class.
if not hasattr(getattr(core, "DefaultChannelBuilder", None), "use_ssl"):
    collect_ignore.append("test_addresses.py")
# pyspark-client has no Spark that could be started.
collect_ignore.append("test_local.py" if WITHOUT_SPARK else "test_local_without_spark.py")


def without_server():
    session = SparkSession("sc://127.0.0.1:1/;user_id=ada")
    yield session
    # A client that is open calls its server when Python ends, and tries again for ten minutes.
    session.client.close()


@pytest.fixture(scope="session")
def spark():
    """A session that calls no server: plans are built on the client."""
    yield from without_server()


@pytest.fixture(scope="session")
def other_session():
    yield from without_server()


def descriptor_set():
    """The descriptors of messages as a plugin author would write them."""
    string, int32, data, message = 9, 5, 12, 11
    one, many = 1, 3
    file = descriptor_pb2.FileDescriptorProto(
        name="acme/v1/acme.proto", package="acme.v1", syntax="proto3"
    )
    for part in ("base", "relations", "expressions"):
        file.dependency.append(f"spark/connect/{part}.proto")
    file.dependency.append("google/protobuf/duration.proto")
    sample = file.message_type.add(name="Sample")
    for number, (name, kind, label, type_name) in enumerate(
        [
            ("input", message, one, ".spark.connect.Relation"),
            ("by", message, many, ".spark.connect.Expression"),
            ("size", int32, one, None),
            ("others", message, many, ".spark.connect.Relation"),
            ("plan", message, one, ".spark.connect.Plan"),
            ("raw", data, one, None),
            ("label", string, one, None),
            ("condition", message, one, ".spark.connect.Expression"),
            ("patience", message, one, ".google.protobuf.Duration"),
        ],
        start=1,
    ):
        sample.field.add(name=name, number=number, type=kind, label=label, type_name=type_name)
    file.message_type.add(name="Empty")
    return descriptor_pb2.FileDescriptorSet(file=[file])


@pytest.fixture(scope="session")
def acme():
    return graft.load_descriptors(descriptor_set().SerializeToString())


@pytest.fixture(scope="session")
def server():
    """A session on a running server; without one a visible skip, or in CI a failure."""
    url = os.environ.get("SPARK_REMOTE")
    if not url:
        absent("SPARK_REMOTE names no running Spark Connect server")
    session = SparkSession.builder.remote(url).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def sessions(server):
    """Makes further sessions of the running server, or a client of one that is there."""
    made = []

    def make(session_id=None):
        url = os.environ["SPARK_REMOTE"].partition("/;")[0]
        options = f"user_id=ada;session_id={session_id or uuid.uuid4()}"
        made.append(SparkSession.builder.remote(f"{url}/;{options}").create())
        return made[-1]

    yield make
    for session in made:  # PySpark waits for ever for some that are left to the collector.
        session.client.close()


@pytest.fixture
def environment(tmp_path_factory):
    """Makes environments in silence, with a cache of this run."""
    cache = tmp_path_factory.getbasetemp() / "environments"

    def made(spark, source, **options):
        return graft.environment(spark, source, cache=cache, **{"report": None, **options})

    return made


@pytest.fixture
def versions():
    """Asks functions of a session which versions of acme_prices they find."""

    def version(_):
        import acme_prices

        return acme_prices.VERSION

    def asked(spark):
        function = udf(version, StringType(), useArrow=False)
        return sorted(row[0] for row in spark.range(8).select(function("id")).distinct().collect())

    return asked


def absent(what):
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI must run these tests")
    pytest.skip(what)


@pytest.fixture(scope="session")
def examples():
    path = os.environ.get("GRAFT_EXAMPLE_DESCRIPTORS")
    if not path:
        absent("GRAFT_EXAMPLE_DESCRIPTORS names no descriptor set")
    return graft.load_descriptors(path)
