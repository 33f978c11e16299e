"""What ``graft generate --lang python`` wrote, on real servers."""

import frames
import graft
import nativeplans
from pyspark.sql.connect.functions import col


def values(frame):
    return sorted(tuple(row) for row in frame.collect())


def best_of(cities):
    return frames.top_k(cities, order_by="thousands", k=1, by=["country"], descending=True)


BEST = [("Bonn", "de", 331), ("Graz", "at", 303)]


def test_relation(cities):
    assert values(best_of(cities)) == BEST
    assert values(best_of(best_of(cities).where("thousands > 100"))) == BEST


def test_columns_of_the_result_are_resolved(cities):
    best = best_of(cities)

    assert values(best.select(best["name"])) == [("Bonn",), ("Graz",)]
    assert best.columns == ["name", "country", "thousands"]


def test_expression_of_a_column_and_of_a_name(cities):
    masked = best_of(cities).select(
        frames.mask(col("name"), keep=1).alias("a"), frames.mask("name", keep=2, with_="-")
    )

    assert values(masked) == [("***n", "--nn"), ("***z", "--az")]


def test_command_that_answers_with_rows(cities):
    assert values(frames.summarize(cities, column="thousands")) == [(4, 65, 331, 206.25)]


def test_command_that_answers_with_nothing(spark, cities):
    assert frames.publish(best_of(cities), view="best_of_python") is None
    assert values(spark.table("best_of_python")) == BEST
    assert frames.remark(spark, text="seen by the kit") is None


def test_command_that_answers_with_a_message(server, through_gateway):
    inside, before = frames.about(server), frames.about(through_gateway)

    assert isinstance(inside, frames.AboutReply)
    assert (inside.host, before.host) == ("spark", "gateway")
    assert inside.connect_version == before.connect_version == server.version


def test_messages_of_the_native_jar(server):
    three = server.range(3)

    numbered = nativeplans.numbered(three, as_="row")
    assert len({row["row"] for row in numbered.collect()}) == 3
    hashed = three.select(nativeplans.hashed("id", salt_setting="spark.sql.session.timeZone"))
    assert len(set(values(hashed))) == 3
    frames.publish(three, view="seen_by_the_native_jar")
    tables = nativeplans.tables(server, prefix="seen_by")
    assert [row[0] for row in tables.collect()] == ["seen_by_the_native_jar"]


def test_extensions_of_the_server_without_a_client(spark, cities):
    ext = graft.extensions(spark)

    best = ext.top_k(cities, order_by="thousands", k=1, by=["country"], descending=True)
    assert values(best) == BEST
    assert values(best.select(ext.mask("name", keep=1))) == [("***n",), ("***z",)]
    assert values(ext.summarize(cities, column="thousands")) == [(4, 65, 331, 206.25)]
    assert ext.publish(best, view="best_of_ext") is None
    assert values(spark.table("best_of_ext")) == BEST
    assert ext.about().connect_version == spark.version
    assert "The first k rows of each group." in ext.top_k.__doc__


def test_list_says_what_is_loaded_where(server, through_gateway):
    inside, before = graft.extensions(server), graft.extensions(through_gateway)

    assert set(inside) - set(before) == {
        "acme.nativeplans.v1.Hashed",
        "acme.nativeplans.v1.Numbered",
        "acme.nativeplans.v1.Tables",
        "google.protobuf.StringValue",
    }
    assert set(before) < set(inside)
    loaded = {row["message"]: row for row in inside.dataframe.collect()}
    columns = ("kind", "name", "plugin", "jar", "version")
    assert [loaded["acme.frames.v1.TopK"][column] for column in columns[:4]] == [
        "relation",
        "top_k",
        "com.acme.frames.TopKPlugin",
        "acme-frames-1.0.0.jar",
    ]
    assert [loaded["google.protobuf.StringValue"][column] for column in columns] == [
        "expression",
        "string_value",
        "acme.Number",
        "number-1.0.jar",
        "2.1",
    ]
