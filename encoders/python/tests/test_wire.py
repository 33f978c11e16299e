"""Splicing by field number agrees with protobuf itself."""

import random

import pytest
from google.protobuf import descriptor_pb2

from graft._wire import with_fields


@pytest.mark.parametrize("seed", range(100))
def test_spliced_fields_equal_those_that_protobuf_writes(seed):
    """FieldDescriptorProto has strings around its integers, at numbers 1 to 10."""
    chosen = random.Random(seed)
    values = {
        "name": (1, chosen.randbytes(chosen.choice([0, 1, 127, 128, 300])).hex()),
        "extendee": (2, "e" * chosen.choice([0, 5, 16384])),
        "type_name": (6, "t" * chosen.randint(0, 200)),
        "json_name": (10, "j"),
    }
    whole = descriptor_pb2.FieldDescriptorProto(number=2**31 - 1, type=9, oneof_index=-1)
    for name, (_, value) in values.items():
        setattr(whole, name, value)
    spliced = {name for name in values if chosen.random() < 0.5}
    remaining = descriptor_pb2.FieldDescriptorProto()
    remaining.CopyFrom(whole)
    for name in spliced:
        remaining.ClearField(name)

    result = with_fields(
        remaining.SerializeToString(),
        [(values[name][0], values[name][1].encode()) for name in sorted(spliced)],
    )

    assert result == whole.SerializeToString()


def test_fixed_width_fields_are_stepped_over():
    option = descriptor_pb2.UninterpretedOption(double_value=1.5, string_value=b"s")

    result = with_fields(option.SerializeToString(), [(3, b"id")])

    option.identifier_value = "id"
    assert result == option.SerializeToString()
