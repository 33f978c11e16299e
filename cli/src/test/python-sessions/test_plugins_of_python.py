"""A plugin that answers with a Python function, which finds the packages of its session."""

import os
import shutil
import sys
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from google.protobuf.wrappers_pb2 import StringValue
from pyspark.serializers import CloudPickleSerializer
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.types import StringType

import graft

SERVER = os.environ["GRAFT_SERVER"]
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def session():
    made = []

    def make():
        remote = f"{SERVER}/;user_id=ada;session_id={uuid.uuid4()}"
        made.append(SparkSession.builder.remote(remote).create())
        return made[-1]

    yield make
    for each in made:
        each.client.release_session()
        each.client.close()


@pytest.fixture
def jar(tmp_path):
    """The plugin, with the function that it answers with, pickled by this Python."""

    def version(_):
        import acme_prices

        return acme_prices.VERSION

    target = shutil.copy(os.environ["GRAFT_PYTHON_JAR"], tmp_path / "prices-1.0.jar")
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("acme/version.pickle", CloudPickleSerializer().dumps((version, StringType())))
    return str(target)


def package(folder, version):
    file = folder / f"acme-prices-{version}.zip"
    with zipfile.ZipFile(file, "w") as modules:
        modules.writestr("acme_prices/__init__.py", f"VERSION = {version!r}\n")
    return file


def versions(session):
    """What the plugin's function finds, whichever worker runs it."""
    answer = graft.relation(session, StringValue(value=PYTHON))
    return sorted(row[0] for row in answer.distinct().collect())


def test_functions_of_a_plugin_find_the_packages_of_their_session(session, jar, tmp_path):
    ada, bob = session(), session()
    quiet = {"report": None, "cache": tmp_path / "cache", "check": ["acme_prices"]}
    for each in (ada, bob):
        each.addArtifact(jar)
    first = graft.environment(ada, package(tmp_path, "1.0"), **quiet)
    graft.environment(bob, package(tmp_path, "2.0"), **quiet)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(versions, [ada, bob] * 10))
    assert found == [["1.0"], ["2.0"]] * 10

    first.replace(package(tmp_path, "3.0"), check=["acme_prices"])
    assert (versions(ada), versions(bob)) == (["3.0"], ["2.0"])
