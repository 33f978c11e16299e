"""How often Check reads its input, as the server's event log says of the stages that ran."""

import json
import time

import pytest
from open_folder import open_folder
from pyspark.sql.connect.functions import expr

pytestmark = [pytest.mark.native, pytest.mark.alone]

ROWS = 1_000


@pytest.fixture
def passes(spark, ext):
    """Says how often expectations have the input read, and how many of them are violated."""

    def count(*expectations, **options):
        frame = spark.range(0, ROWS, 1, 2).select("id", expr("id DIV 2 AS twin"))
        checked = ext.check(frame, expectations=list(expectations), **options)
        before = {log: log.stat().st_size for log in logs()}
        violations = [row.violations for row in checked.collect()]
        return rows_read(before) / ROWS, sum(each > 0 for each in violations)

    return count


@pytest.fixture
def known(spark):
    """The keys that there are; local data counts as read by nobody."""
    return spark.createDataFrame([(each,) for each in range(ROWS)], "key long")


def logs():
    return [path for path in sorted((open_folder() / "events").rglob("*")) if path.is_file() and path.suffix != ".crc"]


def rows_read(before):
    """Sum what stages have read since, once the query's end is in the log."""
    for _ in range(100):
        lines = [line for log in logs() for line in log.read_bytes()[before.get(log, 0) :].decode().split("\n")[:-1]]
        events = [json.loads(line) for line in lines]
        names = [event["Event"].rpartition(".")[2] for event in events]
        if 0 < names.count("SparkListenerSQLExecutionStart") <= names.count("SparkListenerSQLExecutionEnd"):
            stages = [event["Stage Info"] for event in events if event["Event"] == "SparkListenerStageCompleted"]
            return sum(
                int(each["Value"])
                for stage in stages
                for each in stage["Accumulables"]
                if each["Name"] == "internal.metrics.input.recordsRead"
            )
        time.sleep(0.1)
    pytest.fail("The event log tells of no query that has ended")


def in_range(least):
    return {"in_range": {"column": "id", "min": least}}


def unique(column):
    return {"unique": {"columns": [column]}}


def foreign_key(reference):
    return {"foreign_key": {"columns": ["id"], "reference": reference, "reference_columns": ["key"]}}


def test_what_rows_tell_takes_one_pass_and_each_key_another(passes, known):
    assert passes(in_range(0), in_range(-1), {"complete": {"columns": ["id"]}}, samples=0) == (1, 0)
    assert passes(in_range(3), unique("id"), unique("twin"), foreign_key(known), samples=0) == (4, 2)


def test_samples_take_no_pass_where_nothing_is_violated(passes, known):
    assert passes(in_range(0), unique("id"), foreign_key(known)) == (3, 0)


def test_samples_take_each_pass_once_more_at_most_where_something_is_violated(passes, known):
    assert passes(in_range(3)) == (2, 1)
    taken, violated = passes(in_range(3), unique("id"), foreign_key(known.where("key > 0")))
    assert violated == 2
    assert 3 < taken <= 6


def test_samples_of_a_key_whose_reference_is_too_large_to_broadcast_take_a_pass_in_any_case(spark, passes, known):
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        assert passes(foreign_key(known), samples=0) == (2, 0)
        assert passes(foreign_key(known)) == (3, 0)
        assert passes(in_range(0), unique("id")) == (2, 0)
    finally:
        spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")
