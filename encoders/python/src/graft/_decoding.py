"""The values in a message's bytes."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor import FieldDescriptor as Type

from graft import _scalars, _wellknown, _wire
from graft._schema import Field, Schema, schema_of
from graft.errors import InputError


def decode(schema: Schema, data: bytes) -> dict[str, Any]:
    """Return the values of a message by the names of its fields.

    Fields that the message does not have are left out, as are those that its bytes leave out.

    Raises
    ------
    InputError
        With GRAFT_MESSAGE_MALFORMED, if the bytes are not such a message.
    """
    try:
        return _message(schema, data)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"The {len(data)} bytes given are no {schema.name}: {error}", "GRAFT_MESSAGE_MALFORMED"
        ) from error


def _message(schema: Schema, data: bytes) -> dict[str, Any]:
    by_number = {field.number: field for field in schema.fields}
    found: dict[str, list[tuple[int, bytes]]] = {}
    for number, wire_type, value in _wire.fields(data):
        if number in by_number:
            field = by_number[number]
            _drop_other_members(schema, field, found)
            found.setdefault(field.name, []).append((wire_type, value))
    values: dict[str, Any] = {}
    for field in schema.fields:
        occurrences = found.get(field.name)
        if occurrences:
            values[field.name] = _value(field, occurrences)
        elif _wellknown.has_zeros(schema.name):
            values[field.name] = _scalars.zero(field)
    return values


def _drop_other_members(schema: Schema, field: Field, found: dict[str, Any]) -> None:
    """Keep of a oneof what came last."""
    if field.oneof:
        for other in schema.fields:
            if other.oneof == field.oneof and other is not field:
                found.pop(other.name, None)


def _value(field: Field, occurrences: list[tuple[int, bytes]]) -> Any:
    if field.entry is not None:
        return dict(_entry(field.entry, data) for _, data in occurrences)
    if field.repeated:
        return [each for part in occurrences for each in _elements(field, *part)]
    if field.message is not None:  # Those of one message are parts of it.
        return _single(field, b"".join(data for _, data in occurrences))
    return _single(field, occurrences[-1][1])


def _elements(field: Field, wire_type: int, data: bytes) -> list[Any]:
    wanted = _scalars.wire_type(field.kind)
    if field.message is not None or wanted == _wire.BYTES or wire_type != _wire.BYTES:
        return [_single(field, data)]
    elements = []
    at = 0
    while at < len(data):
        if wanted == _wire.VARINT:
            end = _wire.read_varint(data, at)[1]
        else:
            end = at + (4 if wanted == _wire.FIXED32 else 8)
        elements.append(_single(field, data[at:end]))
        at = end
    return elements


def _entry(entry: tuple[Field, Field], data: bytes) -> tuple[Any, Any]:
    parts = {number: value for number, _, value in _wire.fields(data)}
    key, value = (
        _single(field, parts[field.number])
        if field.number in parts
        else (_single(field, b"") if field.message is not None else _scalars.zero(field))
        for field in entry
    )
    return key, value


def _single(field: Field, data: bytes) -> Any:
    if field.input:
        return bytes(data)
    if field.kind in (Type.TYPE_MESSAGE, Type.TYPE_GROUP):
        schema = schema_of(field.message)
        return _wellknown.value_of(schema.name, _message(schema, data))
    return _scalars.read(field, data)
