"""What every language's encoder writes and reads, to the byte: encoders/vectors."""

import base64
import json
import struct
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor as Type
from google.protobuf.message_factory import GetMessageClass
from pyspark.sql.connect import proto

import graft
from graft import _schema

FILE = Path(__file__).parents[2] / "vectors" / "vectors.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
OPERATIONS = graft.Operations(VECTORS["descriptors"])
LONG = {Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_SINT64, Type.TYPE_FIXED64, Type.TYPE_SFIXED64}
FLOATING = {Type.TYPE_FLOAT, Type.TYPE_DOUBLE}
PLAIN = {"google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue"}
WRAPPED = {"google.protobuf.Any", "google.protobuf.Empty"}  # an object of their fields


def named(cases):
    return [pytest.param(case, id=case["name"]) for case in cases]


def native(field, value):
    """A value as users of Python would give it, from its JSON."""
    if field.entry is not None and isinstance(value, dict):
        key, element = field.entry
        return {native_key(key, each): single(element, inner) for each, inner in value.items()}
    if field.repeated and field.entry is None and isinstance(value, list):
        return [single(field, element) for element in value]
    return single(field, value)


def native_key(field, key):
    if field.kind == Type.TYPE_BOOL:
        return {"true": True, "false": False}.get(key, key)
    if field.kind == Type.TYPE_STRING:
        return key
    return int(key) if key.lstrip("-").isdigit() else key


def single(field, value):
    if field.input and isinstance(value, str):
        return base64.b64decode(value)
    if field.message is not None:
        return message(field, value)
    if field.kind in LONG and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if field.kind in FLOATING and value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    if field.kind == Type.TYPE_BYTES and isinstance(value, str):
        return base64.b64decode(value)
    return value


def message(field, value):
    name = field.type_name
    if name.startswith("google.protobuf.") and name not in WRAPPED:
        if name == "google.protobuf.Value" and value is None:
            return json_format.Parse("null", GetMessageClass(field.message)())
        if name in PLAIN:
            return value
        return json_format.Parse(json.dumps(value), GetMessageClass(field.message)())
    return values_of(field.message, value) if isinstance(value, dict) else value


def values_of(descriptor, values):
    schema = _schema.schema_of(descriptor)
    fields = {name: schema.named(name) for name in values}
    return {
        name: value if fields[name] is None else native(fields[name], value)
        for name, value in values.items()
    }


def given(case):
    known = OPERATIONS.messages.every.get(case["message"])
    with deeper():
        return values_of(known.DESCRIPTOR, case["values"]) if known else case["values"]


@contextmanager
def deeper():
    """One vector is nested deeper than these tests' own functions follow; the encoder must."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("case", named(VECTORS["vectors"]))
def test_values_become_these_bytes(case):
    assert OPERATIONS.encode(case["message"], given(case)).hex() == case["extension"]


@pytest.mark.parametrize("case", named(VECTORS["vectors"]))
def test_extensions_are_packed_into_these_plans(case, spark):
    plan = proto.Plan()
    if case["kind"] == "relation":
        dataframe = OPERATIONS.relation(case["message"], spark, given(case))
        relation = dataframe._plan.plan(spark.client)
        plan.root.extension.CopyFrom(relation.extension)
    elif case["kind"] == "expression":
        column = OPERATIONS.expression(case["message"], given(case)).to_plan(spark.client)
        plan.root.project.expressions.add().extension.CopyFrom(column.extension)
    else:
        template = OPERATIONS.packed(case["message"], given(case))
        template.pack(plan.command.extension, spark.client)

    assert plan.SerializeToString().hex() == case["plan"]


@pytest.mark.parametrize("case", named(VECTORS["vectors"]))
def test_bytes_become_these_values(case):
    descriptor = OPERATIONS.messages.every[case["message"]].DESCRIPTOR
    decoded = OPERATIONS.decode(case["message"], bytes.fromhex(case["extension"]))

    with deeper():
        wanted = values_of(descriptor, case.get("decoded", case["values"]))
        assert repr(decoded) == repr(in_order(descriptor, wanted))


def in_order(descriptor, values):
    """Values as they are decoded: in the order of the fields' numbers."""
    schema = _schema.schema_of(descriptor)
    return {
        field.name: ordered(field, values[field.name])
        for field in schema.fields
        if field.name in values
    }


def ordered(field, value):
    if field.entry is not None:
        value = {key: ordered(field.entry[1], each) for key, each in value.items()}
        return dict(sorted(value.items(), key=lambda entry: sort_key(entry[0])))
    if field.repeated and isinstance(value, list):
        return [ordered_single(field, each) for each in value]
    return ordered_single(field, value)


def sort_key(key):
    return key.encode() if isinstance(key, str) else key


def ordered_single(field, value):
    name = field.type_name
    if field.input or field.message is None:
        is_float = field.kind in FLOATING and not isinstance(value, str)
        return rounded(field, value) if is_float else value
    if name in PLAIN:
        return plain(value)
    if name == "google.protobuf.Any":
        return (value.get("type_url", ""), value.get("value", b""))
    if name == "google.protobuf.FieldMask":
        return list(value.paths)
    if name.endswith("Value") and name.startswith("google.protobuf."):
        return value.value
    if name.startswith("google.protobuf.") and name not in WRAPPED:
        return {each.name: content for each, content in value.ListFields()}
    return in_order(field.message, value)


def rounded(field, value):
    if field.kind == Type.TYPE_DOUBLE:
        return float(value)
    return struct.unpack("<f", struct.pack("<f", value))[0]


def plain(value):
    """JSON as a Struct holds it: numbers are doubles, names are sorted."""
    if isinstance(value, dict):
        return {key: plain(value[key]) for key in sorted(value, key=str.encode)}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("case", named(VECTORS["refused"]))
def test_values_that_do_not_fit_are_refused(case):
    with pytest.raises(graft.GraftError) as refused:
        OPERATIONS.encode(case["message"], given(case))

    assert refused.value.code == case["code"]


# Where there are annotations, what a message leaves out means something else when it is given.
UNANNOTATED = [
    case
    for case in VECTORS["vectors"]
    if case["message"].rpartition(".")[2] not in ("Required", "Defaults")
]


@pytest.mark.parametrize("case", named(UNANNOTATED))
def test_what_was_decoded_is_encoded_again_to_the_same(case):
    data = bytes.fromhex(case["extension"])

    assert OPERATIONS.encode(case["message"], OPERATIONS.decode(case["message"], data)) == data


def test_half_of_a_surrogate_pair_is_no_text():
    with pytest.raises(graft.InputError) as refused:
        OPERATIONS.encode("graft.vectors.v1.Scalars", {"string_value": "a\ud800"})

    assert refused.value.code == "GRAFT_FIELD_RANGE"


def test_values_of_python_for_well_known_types():
    def encoded(**values):
        return OPERATIONS.encode("graft.vectors.v1.WellKnown", values)

    moment = datetime(1969, 12, 31, 23, 59, 59, 250000, tzinfo=timezone.utc)
    assert encoded(timestamp=moment) == encoded(timestamp={"seconds": -1, "nanos": 250_000_000})
    assert encoded(duration=timedelta(seconds=-1.5)) == encoded(
        duration={"seconds": -1, "nanos": -500_000_000}
    )
    assert encoded(mask=["a.b"]) == encoded(mask={"paths": ["a.b"]})
    assert encoded(any=("x/y", b"1")) == encoded(any={"type_url": "x/y", "value": b"1"})
    packed = OPERATIONS.packed("graft.vectors.v1.Scalars", {"int32_value": 5})
    assert encoded(any=packed) == encoded(
        any=("type.googleapis.com/graft.vectors.v1.Scalars", b"\x18\x05")
    )
    scalars = OPERATIONS.messages.Scalars(int32_value=5)
    assert encoded(any=scalars) == encoded(any=packed)
    with pytest.raises(graft.InputError, match="a datetime with a time zone"):
        encoded(timestamp=datetime(2026, 1, 1))
