"""A message instance with values that are put into its fields when the plan is built."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from graft import _encoding, _scalars, _wire
from graft._schema import Field, Schema, schema_of
from graft._template import Part, Template
from graft.errors import InputError


def filled(message: Message, inputs: dict[str, Any]) -> Template:
    """Take a message as it is now, and check the values that go into it.

    What the message leaves at zero counts as given. Defaults are filled in where a field tells that
    it was not given, and what is required must be there.
    """
    if not isinstance(message, Message):
        raise InputError(
            "An extension is an instance of a protobuf message class, "
            f"not {_scalars.type_name(message)}"
        )
    schema = schema_of(message.DESCRIPTOR)
    remaining = type(message)()
    remaining.CopyFrom(message)
    parts: list[tuple[int, Part]] = []
    for name, value in inputs.items():
        field = schema.named(name)
        if field is None:
            raise _encoding.unknown_field(schema, name, (each.name for each in schema.fields))
        remaining.ClearField(name)
        parts.extend((field.number, part) for part in _encoding.field_parts(field, value))
    for field in schema.fields:
        if field.name in inputs:
            continue
        is_there = remaining.HasField(field.name) if field.presence else True
        has_default = field.default is not None and not is_there
        if has_default and not _other_member(schema, field, remaining, inputs):
            default = _scalars.parsed(field)
            parts.extend((field.number, part) for part in _encoding.field_parts(field, default))
        elif field.required and not (is_there and _holds_something(field, remaining)):
            raise _encoding.missing(field)
    data = remaining.SerializeToString(deterministic=True)
    parts = [*((number, part) for number, part in _wire.split(data)), *parts]
    parts.sort(key=lambda part: part[0])  # Stable: elements of a repeated field keep their order.
    return Template(schema.name, [part for _, part in parts], schema.operation.rows)


def _other_member(schema: Schema, field: Field, message: Message, inputs: dict[str, Any]) -> bool:
    """Tell whether another member of a field's oneof is given, which leaves no room for it."""
    members = [each.name for each in schema.fields if field.oneof and each.oneof == field.oneof]
    return any(name in inputs or message.HasField(name) for name in members)


def _holds_something(field: Field, message: Message) -> bool:
    value = getattr(message, field.name)
    sized = field.repeated or isinstance(value, (str, bytes))
    return len(value) > 0 if sized else True
