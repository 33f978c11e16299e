"""What clients do in a session, through the gateway, beside the same without it."""

import hashlib
import os
import re
import threading
import time
import zipfile

import pytest
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql.connect import functions as f
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.types import LongType, StringType

import graft
from conftest import BACKEND, GATEWAY

TOWNS = [("de", "Ulm", 120), ("de", "Bonn", 330), ("de", "Kiel", 246), ("at", "Graz", 303)]
TOWNS_SCHEMA = "country string, name string, thousands int"


def towns(session):
    return session.createDataFrame(TOWNS, TOWNS_SCHEMA)


def largest(session, frames, rows, k=1):
    message = frames.TopK(by=["country"], order_by="thousands", k=k, descending=True)
    return graft.relation(session, message, input=rows)


def values(frame):
    return sorted(tuple(row) for row in frame.collect())


def without_ids(plan):
    return re.sub(r"#\d+L?|plan_id=\d+|\[id=#?\d+\]", "#", plan)


def test_schema_is_that_of_the_server(through, direct, frames):
    def frame(session):
        return towns(session).groupBy("country").agg(f.avg("thousands").alias("mean"))

    assert frame(through).schema == frame(direct).schema
    assert largest(through, frames, towns(through)).schema == towns(direct).schema
    means = frame(through).withColumnRenamed("mean", "thousands")
    assert largest(through, frames, means).dtypes == [
        ("country", "string"),
        ("thousands", "double"),
    ]


@pytest.mark.parametrize("mode", ["simple", "extended", "cost", "formatted"])
def test_explain_is_that_of_the_server(through, direct, capsys, mode):
    def explained(session):
        session.range(9).where("id > 3").groupBy((f.col("id") % 2).alias("odd")).count().explain(
            mode=mode
        )
        return without_ids(capsys.readouterr().out)

    assert "Aggregate" in explained(direct)
    assert explained(through) == explained(direct)


def test_explain_of_an_extension_shows_what_it_became(through, frames, capsys):
    largest(through, frames, towns(through)).explain(extended=True)

    plan = capsys.readouterr().out
    assert "row_number()" in plan
    assert "WindowGroupLimit" in plan or "Window " in plan


def test_analysis_of_extensions(through, frames):
    best = largest(through, frames, towns(through))

    assert best.isLocal() is False
    assert best.isStreaming is False
    assert best.sameSemantics(largest(through, frames, towns(through)))
    assert not best.sameSemantics(largest(through, frames, towns(through), k=2))
    assert best.semanticHash() == largest(through, frames, towns(through)).semanticHash()
    best.persist()
    assert best.storageLevel.useMemory
    assert best.count() == 2
    best.unpersist(blocking=True)
    assert not best.storageLevel.useMemory


def test_sql_and_its_arguments(through, direct):
    query = "SELECT id, id * :factor AS more FROM range(4) WHERE id > :least"
    arguments = {"factor": 3, "least": 1}

    assert values(through.sql(query, arguments)) == [(2, 6), (3, 9)]
    assert values(through.sql(query, arguments)) == values(direct.sql(query, arguments))
    assert through.version == direct.version


def test_temp_view_of_an_extension_is_there_for_sql(through, connect, frames):
    largest(through, frames, towns(through)).createOrReplaceTempView("largest")

    expected = [("Bonn", 330), ("Graz", 303)]
    assert values(through.sql("SELECT name, thousands FROM largest")) == expected
    assert [table.name for table in through.catalog.listTables()] == ["largest"]
    same_session = connect(os.environ["GRAFT_BACKEND"], through.client._session_id)
    assert values(same_session.table("largest").select("name", "thousands")) == expected
    assert through.catalog.dropTempView("largest")
    assert not same_session.catalog.tableExists("largest")


def test_settings_are_the_sessions(through, direct):
    through.conf.set("spark.sql.shuffle.partitions", "3")

    assert through.conf.get("spark.sql.shuffle.partitions") == "3"
    assert direct.conf.get("spark.sql.shuffle.partitions") != "3"
    through.conf.unset("spark.sql.shuffle.partitions")
    assert through.conf.get("spark.sql.shuffle.partitions") != "3"


def test_secrets_of_the_server_are_not_told(through, direct):
    key = "spark.acme.password"
    assert direct.conf.get(key) == "of the server"

    with pytest.raises(PySparkException, match=re.escape(f"{key} (hidden by the gateway)")) as caught:
        through.conf.get(key)
    with pytest.raises(PySparkException) as of_none:
        through.conf.get("spark.acme.none")
    assert type(caught.value) is type(of_none.value)
    assert through.conf.get(key, None) is None
    assert through.conf.get(key, "mine") == "mine"
    assert through.conf.get("spark.app.name") == direct.conf.get("spark.app.name")
    if hasattr(type(through.conf), "getAll"):  # 4.0 and later
        settings = through.conf.getAll
        assert key not in settings and "spark.app.name" in settings
    assert "of the server" not in str(through.sql(f"SET {key}").collect())  # Spark's own doing


def test_python_functions_inside_and_around_extensions(through, frames):
    shout = f.udf(lambda name: name.upper() + "!", StringType())
    through.udf.register("backwards", lambda name: name[::-1], StringType())

    loud = towns(through).withColumn("name", shout("name"))
    best = largest(through, frames, loud).selectExpr("name", "backwards(name) AS back")

    assert values(best) == [("BONN!", "!NNOB"), ("GRAZ!", "!ZARG")]


def test_a_session_can_be_closed(connect):
    for address in (GATEWAY, BACKEND):
        session = connect(address)
        if not hasattr(session.client, "release_session"):
            pytest.skip("The closing of a session cannot be had from a PySpark before 4.0")
        assert session.range(3).count() == 3

        session.client.release_session()

        with pytest.raises(PySparkException, match="SESSION"):
            session.range(3).count()


def test_models_are_fitted(through, direct, frames):
    if through.version.startswith("3"):
        pytest.skip("Models over Connect cannot be had from Spark 3")
    from pyspark.ml.feature import VectorAssembler
    from pyspark.ml.regression import LinearRegression

    def slope(session, rows):
        SparkSession._active_session.session = session  # where models look for theirs
        return LinearRegression(labelCol="b").fit(
            VectorAssembler(inputCols=["a"], outputCol="features").transform(rows)
        ).coefficients[0]

    def lines(session):
        return session.createDataFrame([("x", 1.0, 2.0), ("y", 2.0, 4.0)], "t string, a double, b double")

    message = frames.TopK(by=["t"], order_by="a", k=1)
    assert slope(direct, lines(direct)) == pytest.approx(2.0)
    assert slope(through, graft.relation(through, message, input=lines(through))) == pytest.approx(2.0)


def test_pandas_functions(through, frames):
    @f.pandas_udf(LongType())
    def doubled(numbers):
        return numbers * 2

    def with_rank(batch):
        return batch.assign(rank=batch["thousands"].rank(ascending=False).astype("int32"))

    best = largest(through, frames, towns(through), k=2)

    assert values(best.select("name", doubled("thousands"))) == [
        ("Bonn", 660),
        ("Graz", 606),
        ("Kiel", 492),
    ]
    ranked = best.groupBy("country").applyInPandas(with_rank, TOWNS_SCHEMA + ", rank int")
    assert values(ranked.select("name", "rank")) == [("Bonn", 1), ("Graz", 1), ("Kiel", 2)]


def test_artifacts_reach_functions(through, tmp_path):
    module = tmp_path / "measured_towns.py"
    module.write_text("def people(thousands):\n    return thousands * 1000\n")
    picture = os.urandom(5 << 20)  # does not compress, and is sent in many chunks
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as pictures:
        pictures.writestr("town_pictures/__init__.py", "")
        pictures.writestr("town_pictures/ulm.png", picture)
    through.addArtifacts(str(module), str(tmp_path / "pictures.zip"), pyfile=True)

    @f.udf(StringType())
    def seen(thousands):
        from hashlib import sha256
        from pkgutil import get_data

        import measured_towns

        digest = sha256(get_data("town_pictures", "ulm.png")).hexdigest()
        return f"{measured_towns.people(thousands)} {digest}"

    (row,) = towns(through).where("name = 'Ulm'").select(seen("thousands")).collect()
    assert row[0] == f"120000 {hashlib.sha256(picture).hexdigest()}"


def test_local_rows_that_the_client_caches_as_artifacts(through, frames):
    through.conf.set("spark.sql.session.localRelationCacheThreshold", "10000")
    numbers = [("de" if i % 2 else "at", str(i), i) for i in range(20_000)]
    rows = through.createDataFrame(numbers, TOWNS_SCHEMA)

    assert values(largest(through, frames, rows)) == [
        ("at", "19998", 19998),
        ("de", "19999", 19999),
    ]
    assert "cached_local_relation" in str(rows._plan.plan(through.client))


def test_extensions_in_plans_that_the_client_compresses(through, frames, monkeypatch):
    client = through.client
    sent = []
    if hasattr(client, "_try_compress_and_set_plan"):  # 4.2; above 10 MB by itself
        compress = client._try_compress_and_set_plan

        def noted(plan, message, op_type):
            compress(plan, message, op_type)
            sent.append(plan.WhichOneof("op_type"))

        monkeypatch.setattr(client, "_plan_compression_threshold", 1_000)
        monkeypatch.setattr(client, "_plan_compression_algorithm", "ZSTD")
        monkeypatch.setattr(client, "_try_compress_and_set_plan", noted)
    numbers = [("de" if i % 2 else "at", str(i), i) for i in range(2_000)]
    rows = through.createDataFrame(numbers, TOWNS_SCHEMA)

    assert values(largest(through, frames, rows)) == [("at", "1998", 1998), ("de", "1999", 1999)]
    summary = graft.command(through, frames.Summarize(column="thousands"), input=rows)
    assert values(summary) == [(2_000, 0, 1_999, 999.5)]
    assert set(sent) <= {"compressed_operation"}
    assert bool(sent) == hasattr(client, "_try_compress_and_set_plan")


def endless(session, started):
    """A row that takes ten minutes, and leaves a file when it is begun."""

    def wait(begun):
        import time
        from pathlib import Path

        Path(begun).touch()
        time.sleep(600)
        return 1

    row = session.range(0, 1, 1, 1)
    return row.select(f.udf(wait, LongType())(f.lit(str(started))).alias("most"))


class Running(threading.Thread):
    """Collects rows in a thread of its own, under a tag."""

    def __init__(self, session, tag, frame):
        super().__init__(daemon=True)
        self._session = session
        self._tag = tag
        self._frame = frame
        self.failure = None
        self.start()

    def run(self):
        self._session.addTag(self._tag)  # tags are the thread's
        try:
            self._frame.collect()
        except Exception as failure:
            self.failure = failure

    def was_interrupted(self):
        self.join(30)
        return not self.is_alive() and "OPERATION_CANCELED" in str(self.failure)


def eventually(action):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if result := action():
            return result
        time.sleep(0.05)
    pytest.fail(f"{action} came to nothing within 30 s")


def test_interrupting_by_tag_and_all(through, frames, tmp_path):
    # Spark lets what is interrupted before its job has begun go on, so both are waited for.
    begun = [tmp_path / "first", tmp_path / "second"]
    most = graft.relation(
        through, frames.TopK(order_by="most", k=1), input=endless(through, begun[0])
    )
    first = Running(through, "first", most)
    second = Running(through, "second", endless(through, begun[1]))
    eventually(lambda: all(file.exists() for file in begun))

    (interrupted,) = through.interruptTag("first")
    assert first.was_interrupted()
    assert second.is_alive()
    (other,) = through.interruptAll()
    assert second.was_interrupted()
    assert interrupted != other
    assert through.range(3).count() == 3


def test_a_result_of_500_megabytes_streams(through, direct, record_property):
    rows, repeats = 5_000, 1_600  # of 64 characters each: 512,000,000 bytes

    def seconds(session):
        text = f"repeat(sha2(string(id), 256), {repeats}) AS text"
        frame = session.range(0, rows, 1, 50).selectExpr(text)
        start = time.monotonic()
        count = 0
        for count, row in enumerate(frame.toLocalIterator(), start=1):
            digest = hashlib.sha256(str(count - 1).encode()).hexdigest()
            assert row.text == digest * repeats
        assert count == rows
        return time.monotonic() - start

    spent = {"direct": seconds(direct), "through the gateway": seconds(through)}
    for way, taken in spent.items():
        print(f"512 MB {way}: {taken:.1f} s")
        record_property(way, f"{taken:.1f} s")


def test_cloned_session_has_its_own_views(through, frames, supports_clone):
    if not supports_clone:  # PySpark before 4.1
        with pytest.raises(AttributeError):
            through.cloneSession()
        return
    largest(through, frames, towns(through)).createOrReplaceTempView("largest")

    clone = through.cloneSession()

    assert values(clone.sql("SELECT name FROM largest")) == [("Bonn",), ("Graz",)]
    clone.sql("DROP VIEW largest")
    assert values(through.sql("SELECT name FROM largest")) == [("Bonn",), ("Graz",)]
    assert values(largest(clone, frames, towns(clone))) == values(
        largest(through, frames, towns(through))
    )


def told(failure):
    """What a client can learn of an error; not what differs from run to run."""
    # Of 3.5's texts, which have a stack in them and are cut off, so much is the same each time.
    text = re.sub(r"(stage|Task|TID) [\d.]+", r"\1 #", without_ids(str(failure)))
    facts = {"class": type(failure), "text": text[:1_000]}
    for name in ("getErrorClass", "getCondition", "getSqlState", "getMessageParameters"):
        if hasattr(failure, name):
            facts[name] = getattr(failure, name)()
    if hasattr(failure, "getQueryContext"):
        facts["context"] = [
            (context.objectType(), context.fragment()) for context in failure.getQueryContext()
        ]
    if hasattr(failure, "getStackTrace"):
        trace = failure.getStackTrace() or ""
        facts["trace"] = re.sub(r"0x[0-9a-f]+|Lambda[$/.\d]+|#\d+L?", "#", trace).splitlines()
    return facts


def failure_of(session, query):
    with pytest.raises(PySparkException) as caught:
        session.sql(query).collect()
    return caught.value


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nome FROM VALUES ('Ulm') AS t(name)",
        "SELECT FROM WHERE",
        "SELECT raise_error('too many towns')",
        "SELECT raise_error(repeat('towns ', 20000))",
        "SELECT element_at(array(1, 2), 5), cast('ten' AS int)",
        "SELECT * FROM there.is.no.table",
    ],
)
def test_errors_are_told_in_full(through, direct, query):
    for session in (through, direct):
        session.conf.set("spark.sql.ansi.enabled", "true")
        session.conf.set("spark.sql.pyspark.jvmStacktrace.enabled", "true")

    told_through, told_direct = (told(failure_of(session, query)) for session in (through, direct))

    assert told_through == told_direct


def test_error_details_have_class_state_and_stack(through):
    through.conf.set("spark.sql.pyspark.jvmStacktrace.enabled", "true")

    failure = failure_of(through, "SELECT nome FROM VALUES ('Ulm') AS t(name)")

    assert type(failure).__name__ == "AnalysisException"
    if hasattr(failure, "getStackTrace"):  # from 4.0, by FetchErrorDetails
        assert failure.getErrorClass() == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
        assert failure.getSqlState() == "42703"
        assert "AnalysisException\n\tat org.apache.spark.sql." in failure.getStackTrace()
        assert failure.getMessageParameters()["objectName"] == "`nome`"
    else:
        assert str(failure).startswith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]")
        assert "AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION]" in str(failure)


def test_refusals_of_the_gateway_are_errors_like_the_servers(through, frames):
    for count in (0, -3):
        with pytest.raises(AnalysisException) as caught:
            largest(through, frames, towns(through), k=count).collect()
        text = str(caught.value)
        assert text.startswith(f"[GRAFT_PLUGIN_REFUSED] TopK.k is {count}. Give 1 or more.")
        assert len(text.splitlines()) == 1 and "/acme-frames" not in text
        if hasattr(caught.value, "getStackTrace"):  # from 4.0
            assert caught.value.getErrorClass() == "GRAFT_PLUGIN_REFUSED"
            assert caught.value.getSqlState() == "42000"
            assert caught.value.getStackTrace() is None
    with pytest.raises(AnalysisException, match="GRAFT_PLUGIN_REFUSED"):
        _ = largest(through, frames, towns(through), k=0).schema
