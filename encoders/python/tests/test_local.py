"""What a builder gets from ``graft.configure``; no Spark is started here, see dist/python/tests."""

import os
import stat

import pytest
from pyspark.sql import SparkSession

import graft

CONNECT = "org.apache.spark.sql.connect.SparkConnectPlugin"
GRAFT = "dev.graft.spark.GraftPlugin"


@pytest.fixture
def builder(tmp_path):
    """A builder, as far as a Connect server goes: PySpark 3.5 brings none."""
    return SparkSession.builder.config("spark.jars", "/spark-connect_2.12-3.5.7.jar")


@pytest.fixture
def jar(tmp_path):
    return touched(tmp_path / "graft-spark.jar")


def touched(path):
    path.touch()
    return path


def options(builder):
    return builder._options


def code(call):
    with pytest.raises(graft.LocalServerError) as refused:
        call()
    return refused.value.code


def test_builder_gets_the_jar_the_plugins_and_where_to_listen(jar, tmp_path):
    plugin = touched(tmp_path / "acme.jar")

    builder = graft.configure(SparkSession.builder, plugins=[plugin], jar=jar)

    assert options(builder) == {
        "spark.jars": str(jar),
        "spark.plugins": f"{GRAFT},{CONNECT}",
        "spark.graft.plugins.path": str(plugin),
        "spark.graft.plugins.discovery": "both",
        "spark.graft.plugins.required": "true",
        "spark.connect.grpc.binding.address": "127.0.0.1",
    }


def test_what_the_builder_has_stays(jar, tmp_path):
    plugin = touched(tmp_path / "acme.jar")
    builder = SparkSession.builder.config(
        map={
            "spark.jars": "/a.jar, /b.jar",
            "spark.plugins": f"com.acme.Other, {CONNECT}",
            "spark.graft.plugins.path": "/others",
            "spark.graft.plugins.discovery": "classes",
            "spark.graft.plugins.required": "false",
            "spark.connect.grpc.binding.address": "0.0.0.0",
            "spark.sql.shuffle.partitions": "3",
        }
    )

    made = graft.configure(builder, plugins=plugin, jar=jar)

    assert made is builder
    assert options(made) == {
        "spark.jars": f"/a.jar,/b.jar,{jar}",
        "spark.plugins": f"{GRAFT},com.acme.Other,{CONNECT}",
        "spark.graft.plugins.path": f"/others,{plugin}",
        "spark.graft.plugins.discovery": "classes",
        "spark.graft.plugins.required": "false",
        "spark.connect.grpc.binding.address": "0.0.0.0",
        "spark.sql.shuffle.partitions": "3",
    }


def test_configuring_twice_adds_what_is_new(jar, tmp_path):
    first, second = touched(tmp_path / "a.jar"), tmp_path

    builder = graft.configure(SparkSession.builder, plugins=[first], jar=jar)
    once = dict(options(builder))
    graft.configure(builder, plugins=[first], jar=jar)
    assert options(builder) == once

    graft.configure(builder, plugins=[second], jar=jar)
    assert options(builder)["spark.graft.plugins.path"] == f"{first},{second}"


def test_no_plugins_at_all(jar):
    builder = graft.configure(SparkSession.builder, plugins=[], jar=jar)

    assert "spark.graft.plugins.path" not in options(builder)


def test_other_builders_stay_as_they_are(jar):
    graft.configure(SparkSession.builder, plugins=[], jar=jar)

    assert options(SparkSession.builder) == {}
    assert "getOrCreate" not in vars(SparkSession.builder)


def test_plugin_that_is_not_there_no_jar_or_not_expressible(jar, tmp_path):
    comma = touched(tmp_path / "a,b.jar")
    text = touched(tmp_path / "notes.txt")
    for path, said in [
        (tmp_path / "none.jar", r"none\.jar is not there"),
        (text, r"notes\.txt is no jar"),
        (comma, "has a comma"),
    ]:
        with pytest.raises(graft.LocalServerError, match=said) as refused:
            graft.configure(SparkSession.builder, plugins=[path], jar=jar)
        assert refused.value.code == "GRAFT_LOCAL_JAR"
        assert str(refused.value).startswith("[GRAFT_LOCAL_JAR] The p")
    with pytest.raises(graft.InputError, match="takes paths of jars and folders, not int: 3"):
        graft.configure(SparkSession.builder, plugins=[3], jar=jar)
    with pytest.raises(graft.LocalServerError, match=r"Graft's jar for Spark, /none\.jar"):
        graft.configure(SparkSession.builder, plugins=[], jar="/none.jar")


def test_without_the_server_package_it_is_said_how_to_install_it(jar):
    for call in (
        lambda: graft.configure(SparkSession.builder, plugins=[]),
        lambda: graft.configure(SparkSession.builder, jar=jar),
    ):
        with pytest.raises(graft.LocalServerError, match=r'pip install "graft-connect\[server\]"'):
            call()
        assert code(call) == "GRAFT_LOCAL_PACKAGE"


def test_what_is_no_builder_is_named():
    with pytest.raises(graft.InputError, match=r"not builtins\.str"):
        graft.configure("local[*]")


def test_server_that_runs_already_is_not_configured_from_here(builder, jar):
    made = graft.configure(builder.remote("sc://far:15002/;token=secret"), plugins=[], jar=jar)

    with pytest.raises(graft.LocalServerError, match="sc://far:15002, which runs") as refused:
        made.getOrCreate()
    assert refused.value.code == "GRAFT_LOCAL_SESSION"
    assert "secret" not in str(refused.value)


def test_spark_without_connect_is_told_how_to_get_it(jar):
    made = graft.configure(SparkSession.builder.remote("local[1]"), plugins=[], jar=jar)

    with pytest.raises(graft.LocalServerError, match=r"spark-connect_2\.12:3\.5\.7") as refused:
        made.getOrCreate()
    assert refused.value.code == "GRAFT_LOCAL_PACKAGE"


def test_java_that_is_missing_or_too_old(builder, jar, tmp_path, monkeypatch):
    made = graft.configure(builder.remote("local[1]"), plugins=[], jar=jar)

    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(graft.LocalServerError, match=r"no Java on the PATH\. Install Java 17"):
        made.getOrCreate()
    assert code(made.getOrCreate) == "GRAFT_LOCAL_JAVA"

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(graft.LocalServerError, match="no Java in JAVA_HOME, which is"):
        made.getOrCreate()

    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(stat.S_IRWXU)
    with pytest.raises(graft.LocalServerError, match=r"bin/java is Java 11\. Install Java 17"):
        made.getOrCreate()
    assert "SPARK_LOCAL_REMOTE" not in os.environ
