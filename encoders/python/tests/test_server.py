"""Against a running server: SPARK_REMOTE with Graft and the example plugins' jar."""

import pytest
from pyspark.errors import PySparkException
from pyspark.sql.connect.functions import col

import graft

pytestmark = pytest.mark.server

TOWNS = [("Ulm", 120), ("Bonn", 330), ("Jena", 110), ("Kiel", 246)]


@pytest.fixture
def towns(server):
    return server.createDataFrame(TOWNS, "name string, thousands int")


def message(examples, name):
    if name not in {full_name.rpartition(".")[2] for full_name in examples}:
        pytest.fail(f"The example descriptors have no {name}: {examples!r}")
    return getattr(examples, name)


def test_extension_that_no_plugin_knows_is_refused_by_the_server(server, acme):
    unknown = graft.relation(server, acme.Sample(size=1), input=server.range(3))

    with pytest.raises(PySparkException, match=r"(?i)no handler|GRAFT_|no plugin"):
        unknown.collect()
    with pytest.raises(PySparkException, match=r"(?i)no handler|GRAFT_|no plugin"):
        server.range(3).select(graft.expression(acme.Sample(), condition="id")).collect()
    with pytest.raises(PySparkException, match=r"(?i)no handler|GRAFT_|no plugin"):
        graft.command(server, acme.Sample())
    assert server.range(2).count() == 2


def test_top_k_of_each_group(server, towns, examples):
    top_k = message(examples, "TopK")

    top = graft.relation(server, top_k(order_by="thousands", k=2, descending=True), input=towns)

    assert [tuple(row) for row in top.orderBy("thousands").collect()] == [
        ("Kiel", 246),
        ("Bonn", 330),
    ]
    assert top.columns == ["name", "thousands"]
    assert top.where(top["thousands"] > 300).count() == 1


def test_extension_inside_an_extension(server, towns, examples):
    top_k = message(examples, "TopK")
    best = graft.relation(server, top_k(order_by="thousands", k=3, descending=True), input=towns)

    least_of_best = graft.relation(server, top_k(order_by="thousands", k=1), input=best)

    assert [row["name"] for row in least_of_best.collect()] == ["Ulm"]


def test_mask_as_a_column(server, towns, examples):
    mask = graft.expression(message(examples, "Mask")(keep=2), input=col("name"))

    masked = towns.select(mask.alias("masked")).where(col("masked") != "*lm")

    assert [row["masked"] for row in masked.collect()] == ["**nn", "**na", "**el"]


def test_command_that_answers_with_rows(server, towns, examples):
    summary = graft.command(server, message(examples, "Summarize")(column="thousands"), input=towns)

    ((count, least, greatest, mean),) = [tuple(row)[-4:] for row in summary.collect()]
    assert (count, least, greatest) == (4, 110, 330)
    assert mean == pytest.approx(201.5)


def test_command_that_answers_with_nothing(server, towns, examples):
    answer = graft.command(server, message(examples, "Publish")(view="towns"), input=towns)

    assert answer is None
    assert server.sql("SELECT count(*) FROM towns").collect()[0][0] == 4


def test_command_that_answers_with_a_message(server, examples):
    answer = graft.command(server, message(examples, "About")())

    reply = message(examples, "AboutReply")()
    assert answer.Unpack(reply)
    assert reply.host
