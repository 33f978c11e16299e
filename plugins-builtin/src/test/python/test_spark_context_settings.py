"""Settings of the SparkContext, and what the server's event log says of the jobs that ran under them."""

import json
import os
import time
import uuid

import pytest
from open_folder import open_folder
from pyspark.sql.connect.session import SparkSession

import graft

pytestmark = [pytest.mark.native, pytest.mark.alone]


@pytest.fixture
def settings(ext):
    """Sets settings of the session, and gives all of them; unset in the end."""

    def change(**options):
        return {row.setting: (row.value, row.scope) for row in ext.spark_context_settings(**options).collect()}

    yield change
    change(job_description="", local_properties={"spark.scheduler.pool": "", "spark.test.note": ""})


def properties_of_a_job(session):
    """Run a job and return the local properties that it had."""
    mark = uuid.uuid4().int % 1_000_000_007
    before = {name: log.stat().st_size for name, log in logs()}
    session.range(mark, mark + 8, 1, 2).selectExpr("sum(id)").collect()
    for _ in range(100):
        for name, log in logs():
            lines = log.read_bytes()[before.get(name, 0) :].decode().splitlines()
            jobs = [json.loads(line) for line in lines if line.startswith('{"Event":"SparkListenerJobStart"') and line.endswith("}")]
            if jobs:
                return jobs[-1]["Properties"]
        time.sleep(0.1)
    pytest.fail("The event log tells of no job")


def logs():
    return [(path.name, path) for path in sorted((open_folder() / "events").rglob("*")) if path.is_file() and not path.name.endswith(".crc")]


def test_a_job_description_holds_for_the_jobs_that_follow(spark, settings):
    usual = properties_of_a_job(spark).get("spark.job.description")

    assert settings(job_description="the report of Ämter")["job_description"] == ("the report of Ämter", "session")

    assert properties_of_a_job(spark)["spark.job.description"] == "the report of Ämter"
    assert properties_of_a_job(spark)["spark.job.description"] == "the report of Ämter"
    settings(job_description="")
    assert settings()["job_description"] == (None, "session")
    now = properties_of_a_job(spark).get("spark.job.description")
    assert (usual is None) == (now is None) and now != "the report of Ämter"


def test_local_properties_hold_for_the_jobs_that_follow(spark, settings):
    settings(local_properties={"spark.scheduler.pool": "reports", "spark.test.note": "x=1"})

    properties = properties_of_a_job(spark)
    assert (properties["spark.scheduler.pool"], properties["spark.test.note"]) == ("reports", "x=1")
    settings(local_properties={"spark.test.note": ""})
    properties = properties_of_a_job(spark)
    assert (properties.get("spark.scheduler.pool"), properties.get("spark.test.note")) == ("reports", None)


def test_another_session_sees_nothing_of_it(spark, settings):
    settings(job_description="ours", local_properties={"spark.test.note": "ours"})

    address = f"{os.environ['GRAFT_SERVER']}/;user_id=grace;session_id={uuid.uuid4()}"
    other = SparkSession.builder.remote(address).create()
    if hasattr(other.client, "disable_reattachable_execute"):
        other.client.disable_reattachable_execute()  # 3.4 has no such calls
    try:
        properties = properties_of_a_job(other)
        theirs = {row.setting: row.value for row in graft.extensions(other).spark_context_settings().collect()}
    finally:
        other.client.close()
    assert "ours" not in (properties.get("spark.job.description"), properties.get("spark.test.note"))
    assert (theirs["job_description"], theirs["spark.test.note"]) == (None, None)


def test_checkpoints_go_where_it_says(spark, settings):
    folder = open_folder() / "checkpoints" / "ours"

    value, scope = settings(checkpoint_folder=str(folder))["checkpoint_folder"]

    assert value.removeprefix("file:").startswith(str(folder)) and scope == "server"
    if hasattr(type(spark.range(1)), "checkpoint") and spark.version >= "4":
        assert spark.range(5).checkpoint().count() == 5
        assert [path for path in folder.rglob("part-*")]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"checkpoint_folder": "/tmp"}, "SparkContextSettings.checkpoint_folder is /tmp. It is in none of the folders that are open"),
        ({"job_description": "x" * 1001}, "Give at most 1000 characters."),
        ({"job_description": "a\nb"}, "SparkContextSettings.job_description is a?b. Leave the control characters out."),
        ({"local_properties": {"spark.jobGroup.id": "x"}}, "The server allows spark.scheduler.pool, spark.test.note."),
        ({"local_properties": {"spark.test.note": "x\0"}}, "Leave the control characters out."),
    ],
)
def test_refused_options_change_nothing(settings, options, text):
    before = settings(job_description="before")

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        settings(**({"job_description": "after"} | options))
    assert text in str(refusal.value)
    assert settings() == before
