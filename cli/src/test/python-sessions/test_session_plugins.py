"""Plugins that PySpark's users bring along, by nothing but what PySpark has for jars."""

import os
import uuid

import pytest
from google.protobuf.wrappers_pb2 import StringValue
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql.connect.session import SparkSession

import graft

SERVER = os.environ["GRAFT_SERVER"]
ONE, TWO, LARGE = os.environ["GRAFT_JARS"].split(os.pathsep)
TELLS_AT_ONCE = os.environ["GRAFT_TELLS_AT_ONCE"] == "true"


@pytest.fixture
def session():
    made = []

    def make():
        remote = f"{SERVER}/;user_id=ada;session_id={uuid.uuid4()}"
        made.append(SparkSession.builder.remote(remote).create())
        return made[-1]

    yield make
    for each in made:
        if hasattr(each.client, "release_session"):  # 4.0 and later
            each.client.release_session()
        each.client.close()


def count(session):
    return graft.relation(session, StringValue(value="how many rows")).count()


def test_a_session_brings_its_plugins(session):
    ada, eve = session(), session()
    with pytest.raises(AnalysisException, match="GRAFT_EXTENSION_UNKNOWN"):
        count(ada)

    ada.addArtifact(ONE)
    eve.addArtifact(TWO)
    assert (count(ada), count(eve)) == (1, 2)
    ada.addArtifact(TWO)
    assert (count(ada), count(eve)) == (2, 2)
    with pytest.raises(AnalysisException, match="GRAFT_EXTENSION_UNKNOWN"):
        count(session())


def test_what_is_refused_is_told_by_its_code(session):
    ada = session()
    with pytest.raises(PySparkException, match="GRAFT_JAR_TOO_LARGE"):
        ada.addArtifact(LARGE)
        assert not TELLS_AT_ONCE
        count(ada)


def test_extensions_of_a_session_are_listed(session):
    ada, eve = session(), session()
    ada.addArtifact(ONE)
    assert "google.protobuf.StringValue" in names(ada)
    assert "google.protobuf.StringValue" not in names(eve)


def names(session):
    return list(graft.extensions(session))
