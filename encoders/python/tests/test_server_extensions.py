"""The extensions of a running server, as functions made of what it says of itself."""

import inspect

import pytest

import graft

pytestmark = pytest.mark.server

TOWNS = [("Ulm", 120), ("Bonn", 330), ("Jena", 110), ("Kiel", 246)]


@pytest.fixture(scope="module")
def ext(server):
    return graft.extensions(server)


@pytest.fixture
def towns(server):
    return server.createDataFrame(TOWNS, "name string, thousands int")


def test_list_is_a_dataframe_of_what_was_configured_and_the_list_itself(ext):
    rows = ext.dataframe.collect()

    assert ext.dataframe.columns == [
        "kind",
        "name",
        "message",
        "plugin",
        "jar",
        "version",
        "documentation",
    ]
    by_message = {row["message"]: row for row in rows}
    top_k = by_message["acme.frames.v1.TopK"]
    assert (top_k["kind"], top_k["name"]) == ("relation", "top_k")
    assert top_k["plugin"] == "com.acme.frames.TopKPlugin"
    assert top_k["jar"].endswith(".jar")
    assert "/" not in top_k["jar"]
    assert by_message["acme.frames.v1.Mask"]["kind"] == "expression"
    assert by_message["acme.frames.v1.Summarize"]["kind"] == "command"
    assert rows[-1]["message"] == "graft.v1.ListExtensions"
    assert rows[-1]["documentation"].startswith("The extensions that the server has loaded")


def test_extension_has_the_signature_of_its_message(ext):
    signature = inspect.signature(ext.top_k)

    assert {"input", "by", "order_by", "k", "descending"} == set(signature.parameters)
    assert next(iter(signature.parameters)) == "input"
    assert "Parameters\n----------\ninput : " in ext.top_k.__doc__


def test_relation_by_its_name(ext, towns):
    top = ext.top_k(towns, order_by="thousands", k=2, descending=True)

    assert sorted(tuple(row) for row in top.collect()) == [("Bonn", 330), ("Kiel", 246)]


def test_relation_by_the_full_name_of_its_message(ext, towns):
    top = ext["acme.frames.v1.TopK"](towns, order_by="thousands", k=1)

    assert [row["name"] for row in top.collect()] == ["Jena"]


def test_expression_by_its_name(ext, towns):
    masked = towns.select(ext.mask("name", keep=2).alias("masked")).collect()

    assert [row["masked"] for row in masked] == ["*lm", "**nn", "**na", "**el"]


def test_commands_that_answer_with_rows_nothing_and_a_message(server, ext, towns):
    ((count, least, greatest, _),) = [
        tuple(row)[-4:] for row in ext.summarize(towns, column="thousands").collect()
    ]
    assert (count, least, greatest) == (4, 110, 330)
    assert ext.publish(towns, view="towns_of_ext") is None
    assert server.table("towns_of_ext").count() == 4
    assert ext.about().host


def test_plugin_with_a_protobuf_of_its_own_describes_itself_too(ext):
    assert "acme.legacy.v1.Stamp" in list(ext)
    assert "input" in inspect.signature(ext["acme.legacy.v1.Stamp"]).parameters


def test_plugin_without_descriptors_is_listed_and_says_so(ext):
    assert "acme.waist.v1.Sequence" in list(ext)
    with pytest.raises(graft.DescriptorError, match="gives no descriptors"):
        _ = ext["acme.waist.v1.Sequence"]


def test_list_is_an_extension_like_the_others(ext):
    with_descriptors = ext.list_extensions(with_descriptors=True)

    described = with_descriptors.where("descriptors IS NOT NULL").count()
    assert 0 < described < with_descriptors.count()
    assert ext.list_extensions().where("descriptors IS NOT NULL").count() == 0


def test_status_says_what_came_of_calls_and_what_was_refused_to_this_session(server, ext, towns):
    def top_k():
        plugins = graft.status(server).where("message = 'acme.frames.v1.TopK'").collect()
        return plugins[0]

    before = top_k()
    ext.top_k(towns, order_by="thousands", k=1).collect()
    after = top_k()

    assert after["jar"].endswith(".jar")
    assert "/" not in after["jar"]
    assert after["accepted"] > before["accepted"]
    assert after["offered"] == after["accepted"] + after["declined"] + after["failed"]
    assert 0 < after["p50_ms"] <= after["p99_ms"] <= after["max_ms"]
    assert after["bytes_in"] > before["bytes_in"]
    assert after["nodes"] > before["nodes"]

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED"):
        ext.top_k(towns, order_by="thousands", k=-1).collect()
    last = graft.status(server, "failures").first()
    assert last["code"] == "GRAFT_PLUGIN_REFUSED"
    assert last["session"] == server.session_id
    assert graft.status(server, "refused").columns == ["subject", "code", "text"]
    with pytest.raises(graft.InputError, match="there are plugins, refused, failures"):
        graft.status(server, "tables")
