"""What users are told who made a mistake, or whose server cannot do what they ask for."""

import os
from pathlib import Path

import frames
import graft
import pytest
from conftest import cities_of
from google.protobuf.wrappers_pb2 import StringValue
from pyspark.errors import PySparkException
from pyspark.sql.connect.functions import col


def refused(kind, call):
    with pytest.raises(kind) as error:
        call()
    return error.value.code, str(error.value)


def test_server_without_the_extension(plain):
    cities = cities_of(plain)

    for call in (
        frames.top_k(cities, order_by="name", k=1).collect,
        cities.select(frames.mask("name")).collect,
        lambda: frames.summarize(cities, column="name"),
        lambda: graft.extensions(plain),
    ):
        code, text = refused(graft.ServerError, call)
        assert code == "GRAFT_SERVER_WITHOUT_EXTENSION"
        assert "Start it with Graft" in text


def test_server_with_graft_but_without_the_plugin(unlisted):
    top = frames.top_k(cities_of(unlisted), order_by="name", k=1)

    with pytest.raises(PySparkException, match="GRAFT_EXTENSION_UNKNOWN") as error:
        top.collect()
    assert "acme.frames.v1.TopK" in str(error.value)


def test_server_that_does_not_list_its_extensions(unlisted):
    code, text = refused(graft.ServerError, lambda: graft.extensions(unlisted))

    assert code == "GRAFT_PLUGIN_REFUSED"
    assert "graft.load_descriptors" in text
    assert "graft.catalog.enabled=false" in text


def test_field_that_the_plugin_is_too_old_for(spark, cities):
    newer = graft.Operations(Path(os.environ["GRAFT_NEWER"]).read_bytes())
    values = {"input": cities, "order_by": "name", "k": 1}

    assert newer.relation("acme.frames.v1.TopK", spark, {**values, "ties": False}).count() == 1
    top = newer.relation("acme.frames.v1.TopK", spark, {**values, "ties": True})
    with pytest.raises(PySparkException, match="GRAFT_EXTENSION_NEWER") as error:
        top.collect()
    assert "field 9 of acme.frames.v1.TopK" in str(error.value)
    assert "The plugin is older than the client" in str(error.value)


def test_required_field_that_is_missing(cities):
    code, text = refused(graft.InputError, lambda: frames.top_k(cities, order_by="name", k=None))
    assert code == "GRAFT_FIELD_REQUIRED"
    assert "'k' of acme.frames.v1.TopK" in text
    assert refused(graft.InputError, lambda: frames.top_k(cities, order_by="", k=1))[0] == code
    with pytest.raises(TypeError, match="order_by"):
        frames.top_k(cities, k=1)


def test_value_of_a_wrong_type(cities):
    for call in (
        lambda: frames.top_k(cities, order_by="name", k="3"),
        lambda: frames.top_k(cities, order_by=5, k=1),
        lambda: frames.top_k(cities, order_by="name", k=1, by="country"),
        lambda: frames.mask(cities),
        lambda: frames.publish(col("name"), view="v"),
    ):
        code, text = refused(graft.GraftError, call)
        assert code in ("GRAFT_FIELD_TYPE", "GRAFT_SESSION_MISSING"), text
    assert (
        "'k' of acme.frames.v1.TopK"
        in refused(graft.InputError, lambda: frames.top_k(cities, order_by="name", k="3"))[1]
    )


def test_dataframe_of_another_session(server, through_gateway):
    ext = graft.extensions(server)
    other = cities_of(through_gateway)

    code, text = refused(graft.SessionError, lambda: ext.top_k(other, order_by="name", k=1))
    assert code == "GRAFT_SESSION_MISMATCH"
    assert "session" in text
    assert refused(graft.SessionError, lambda: ext.publish(other, view="v"))[0] == code


def test_server_older_than_what_the_plugin_answers(server):
    texts = server.createDataFrame([("5",), ("five",)], "text string")
    numbers = texts.select(graft.expression(StringValue(value="text")).alias("number"))

    if server.version.startswith("3."):
        with pytest.raises(PySparkException, match="GRAFT_ANSWER_UNSUPPORTED") as error:
            numbers.collect()
        assert f"the server is {server.version}" in str(error.value)
        assert "Use a server of 4.0 or later" in str(error.value)
    else:
        assert [row["number"] for row in numbers.collect()] == [5, None]
