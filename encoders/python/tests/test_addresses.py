"""The addresses that every parser reads alike mean the same to PySpark: encoders/vectors."""

import json
from pathlib import Path

import pytest
from pyspark.errors import PySparkException
from pyspark.sql.connect.client.core import DefaultChannelBuilder

FILE = Path(__file__).parents[2] / "vectors" / "addresses.json"
ADDRESSES = json.loads(FILE.read_text(encoding="utf-8"))
OWN = ("token", "user_id", "session_id", "user_agent")


def named(cases):
    return [pytest.param(case, id=case["address"][:60]) for case in cases]


@pytest.mark.parametrize("case", named(ADDRESSES["taken"]))
def test_an_address_is_read_as_pyspark_reads_it(case, monkeypatch):
    monkeypatch.delenv("SPARK_CONNECT_AUTHENTICATE_TOKEN", raising=False)
    builder = DefaultChannelBuilder(case["address"])

    assert builder.endpoint == f"{case['host']}:{case['port']}"
    encrypted = builder.secure and (builder.use_ssl or builder.host != "localhost")
    assert encrypted == (case["tls"] or case.get("pyspark") == "encrypts")
    for name in OWN:
        assert builder.getDefault(name, None) == case.get(name)
    assert builder.session_id == case.get("session_id")
    assert builder.userAgent.startswith(case.get("user_agent", "_SPARK_CONNECT_PYTHON"))
    headers = case.get("headers", {})
    if "grpc_max_message_size" in case:
        assert case["pyspark"] == "header"
        headers = {**headers, "grpc_max_message_size": str(case["grpc_max_message_size"])}
    assert {name.lower(): value for name, value in builder.metadata()} == headers


@pytest.mark.parametrize("case", named(ADDRESSES["refused"]))
def test_what_is_refused_is_refused_by_pyspark_too_or_it_is_said_what_that_does(case):
    try:
        builder = DefaultChannelBuilder(case["address"])
        taken = builder.endpoint != "" and builder.userAgent != ""
        builder.session_id  # noqa: B018 - It is parsed when it is asked for.
    except (PySparkException, ValueError):
        taken = False

    if case.get("pyspark") != "as Python's version does":
        assert taken == ("pyspark" in case)
