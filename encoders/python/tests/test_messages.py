"""Message classes come from descriptors alone."""

import pytest
from google.protobuf import descriptor_pb2

import graft
from conftest import descriptor_set


def test_messages_are_found_by_short_and_full_name(acme):
    assert acme.Sample is acme["acme.v1.Sample"]
    assert list(acme) == ["acme.v1.Empty", "acme.v1.Sample"]
    assert len(acme) == 2
    assert {"Empty", "Sample"} <= set(dir(acme))
    assert repr(acme) == "Messages(acme.v1.Empty, acme.v1.Sample)"


def test_unknown_name_lists_the_known_ones(acme):
    with pytest.raises(AttributeError, match=r"'Smaple'; there are acme.v1.Empty, acme.v1.Sample"):
        _ = acme.Smaple
    with pytest.raises(KeyError, match=r"there are acme.v1.Empty, acme.v1.Sample"):
        _ = acme["Sample"]


def test_descriptors_are_read_from_a_file(tmp_path):
    path = tmp_path / "acme.binpb"
    path.write_bytes(descriptor_set().SerializeToString())

    assert graft.load_descriptors(path).Sample(size=3).size == 3
    assert graft.load_descriptors(str(path)).Sample(size=3).size == 3


def test_newer_version_loads_beside_an_older_one(acme):
    newer = descriptor_set()
    newer.file[0].message_type[0].field.add(name="added", number=20, type=5, label=1)

    messages = graft.load_descriptors(newer.SerializeToString())

    assert messages.Sample(added=1).added == 1
    assert "added" not in acme.Sample.DESCRIPTOR.fields_by_name


def test_spark_files_inside_the_set_are_used_and_not_listed(spark):
    files = descriptor_set()
    files.file.add(name="spark/connect/base.proto", package="spark.connect", syntax="proto3")
    relations = files.file.add(
        name="spark/connect/relations.proto", package="spark.connect", syntax="proto3"
    )
    relations.message_type.add(name="Relation")
    files.file[1].message_type.add(name="Plan")
    expressions = files.file.add(
        name="spark/connect/expressions.proto", package="spark.connect", syntax="proto3"
    )
    expressions.message_type.add(name="Expression")

    messages = graft.load_descriptors(files.SerializeToString())

    assert list(messages) == ["acme.v1.Empty", "acme.v1.Sample"]
    dataframe = graft.relation(spark, messages.Sample(), input=spark.range(3))
    assert dataframe._plan.plan(spark.client).extension.value


def test_annotations_need_not_be_in_the_set():
    files = descriptor_set()
    files.file[0].dependency.append("graft/annotations.proto")

    assert graft.load_descriptors(files.SerializeToString()).Sample(size=3).size == 3


def test_ambiguous_short_name_needs_the_full_one():
    files = descriptor_pb2.FileDescriptorSet()
    for package in ("a", "b"):
        file = files.file.add(name=f"{package}.proto", package=package, syntax="proto3")
        file.message_type.add(name="Same")

    messages = graft.load_descriptors(files.SerializeToString())

    with pytest.raises(AttributeError, match=r"there are a\.Same, b\.Same"):
        _ = messages.Same
    assert messages["a.Same"] is not messages["b.Same"]


def test_bytes_that_are_no_descriptors():
    with pytest.raises(
        graft.DescriptorError, match="The 3 bytes given are not a FileDescriptorSet"
    ):
        graft.load_descriptors(b"\xff\xff\xff")
    with pytest.raises(graft.DescriptorError, match="holds no file"):
        graft.load_descriptors(b"")


@pytest.mark.parametrize("missing", ["other/thing.proto", "google/protobuf/nothing.proto"])
def test_import_that_nobody_has(missing):
    files = descriptor_set()
    files.file[0].dependency.append(missing)

    with pytest.raises(
        graft.DescriptorError,
        match=f"acme/v1/acme.proto imports {missing}, which neither the descriptor set nor PySpark",
    ):
        graft.load_descriptors(files.SerializeToString())
