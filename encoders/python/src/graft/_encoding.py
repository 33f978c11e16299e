"""Named values as the canonical bytes of a message, the same as every other encoder writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from google.protobuf.descriptor import FieldDescriptor as Type
from google.protobuf.message import Message
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.functions import col

from graft import _scalars, _wellknown, _wire
from graft._scalars import type_name, wrong_type
from graft._schema import BYTES, EXPRESSION, PLAN, RELATION, Field, Schema, schema_of
from graft._template import AsPlan, Input, Part, Placed, Template, placed
from graft.errors import InputError

_ACCEPTED: dict[str, tuple[Any, ...]] = {
    RELATION: (DataFrame, AsPlan),
    PLAN: (DataFrame, AsPlan),
    EXPRESSION: (Column, str),
    BYTES: (DataFrame, AsPlan, Column),
}
_WANTED = {
    RELATION: "a DataFrame",
    PLAN: "a DataFrame",
    EXPRESSION: "a Column or the name of one",
    BYTES: "a DataFrame, a Column, as_plan(DataFrame) or bytes",
}


def template(schema: Schema, values: Mapping[str, Any]) -> Template:
    """Check values against a message and write what can be written before a plan is built.

    Raises
    ------
    InputError
        With the code of what is wrong with the first value that does not fit.
    """
    try:
        return Template(schema.name, _message(schema, values), schema.operation.rows)
    except RecursionError:
        raise InputError(
            f"The values of {schema.name} are nested too deeply, or hold themselves",
            "GRAFT_FIELD_RANGE",
        ) from None


def field_parts(field: Field, value: Any) -> list[Part]:
    """Check the value of one field and write it; of one without presence even where it is zero."""
    if field.entry is not None:
        return _map(field, field.entry, value)
    if not field.repeated:
        return _single(field, value)
    elements = _elements(field, value)
    if not field.packed:
        return [part for element in elements for part in _single(field, element)]
    data = b"".join(_scalars.written(field, _scalars.checked(field, each)) for each in elements)
    return [_wire.delimited(field.number, data)] if data else []


def unknown_field(schema: Schema, name: Any, names: Iterable[str]) -> InputError:
    """Make the refusal of a name that no field has."""
    known = list(names)
    closest = get_close_matches(str(name), known, 1)
    return InputError(
        f"{schema.name} has no field {name!r}"
        + (f"; did you mean {closest[0]!r}?" if closest else ".")
        + f" Its fields: {', '.join(known) or 'none'}",
        "GRAFT_FIELD_UNKNOWN",
    )


def missing(field: Field, given: str = "was not given") -> InputError:
    """Make the refusal of a message without a field that it must have."""
    return InputError(f"{field} must be given, and {given}", "GRAFT_FIELD_REQUIRED")


def _message(schema: Schema, values: Mapping[str, Any]) -> list[Part]:
    for name in values:
        if schema.named(name) is None:
            raise unknown_field(schema, name, (field.name for field in schema.fields))
    chosen = _members(schema, values)
    parts: list[Part] = []
    for field in schema.fields:
        value = values.get(field.name)
        if value is None and field.default is not None and chosen.get(field.oneof) is None:
            value = _scalars.parsed(field)
        if value is None:
            if field.required:
                raise missing(field)
            continue
        if field.required and _is_empty(field, value):
            raise missing(field, "is empty")
        if field.repeated:
            parts.extend(field_parts(field, value))
        elif field.presence or not _is_zero(field, value):
            parts.extend(_single(field, value))
    return parts


def _members(schema: Schema, values: Mapping[str, Any]) -> dict[str, Field]:
    """Return the member that is given of each oneof."""
    chosen: dict[str, Field] = {}
    for field in schema.fields:
        if field.oneof and values.get(field.name) is not None:
            other = chosen.setdefault(field.oneof, field)
            if other is not field:
                raise InputError(
                    f"{schema.name} takes one of the fields of {field.oneof!r}, and both "
                    f"{other.name!r} and {field.name!r} were given",
                    "GRAFT_FIELD_TWICE",
                )
    return chosen


def _is_empty(field: Field, value: Any) -> bool:
    sized = field.repeated or field.kind in (Type.TYPE_STRING, Type.TYPE_BYTES)
    return sized and hasattr(value, "__len__") and len(value) == 0


def _is_zero(field: Field, value: Any) -> bool:
    if field.input and not isinstance(value, (bytes, bytearray, memoryview)):
        return False
    return _scalars.is_zero(field, _scalars.checked(field, value))


def _elements(field: Field, value: Any) -> list[Any]:
    scalars = (str, bytes, bytearray, memoryview, Mapping, DataFrame, Column, Message)
    if isinstance(value, scalars) or not isinstance(value, Iterable):
        raise InputError(f"{field} is repeated and takes a list, not {type_name(value)}")
    return list(value)


def _map(field: Field, entry: tuple[Field, Field], value: Any) -> list[Part]:
    if not isinstance(value, Mapping):
        raise wrong_type(field, "a mapping", value)
    key_field, value_field = entry
    keys: dict[Any, Any] = {}
    for key, element in value.items():
        # Two keys may be the same to protobuf: 1 and numpy's 1 are to Python too, so this is all.
        keys[_scalars.checked(key_field, key)] = element
    parts: list[Part] = []
    for key in sorted(keys, key=lambda each: each.encode() if isinstance(each, str) else each):
        content = [*_single(key_field, key), *_single(value_field, keys[key])]
        parts.append(placed(field.number, content))
    return parts


def _single(field: Field, value: Any) -> list[Part]:
    """Write one value of a field, whatever it is."""
    is_group = field.kind == Type.TYPE_GROUP
    if field.input and not is_group:
        return [_input(field.number, field, value)]
    if field.message is not None:
        content = [_input(None, field, value)] if field.input else _nested(field, value)
        if is_group:
            start = _wire.tag(field.number, _wire.GROUP)
            return [start, *content, _wire.tag(field.number, _wire.END_GROUP)]
        return [placed(field.number, content)]
    tag = _wire.tag(field.number, _scalars.wire_type(field.kind))
    return [tag + _scalars.written(field, _scalars.checked(field, value))]


def _input(number: int | None, field: Field, value: Any) -> Part:
    data: bytes | None = None
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
    elif isinstance(value, Message) and value.DESCRIPTOR.full_name == field.input:
        data = value.SerializeToString(deterministic=True)
    if data is not None:
        return data if number is None else _wire.delimited(number, data)
    inner = value.dataframe if isinstance(value, AsPlan) else value
    accepted = _ACCEPTED[field.input]
    if isinstance(value, AsPlan) and not isinstance(inner, DataFrame):
        accepted = ()
    if field.input == RELATION and field.message is not None:
        accepted = (DataFrame,)  # A message cannot hold another one's bytes.
    if not isinstance(value, accepted):
        raise wrong_type(field, _WANTED[field.input], inner, _advice(inner))
    return Placed(number, Input(field.input, col(value) if isinstance(value, str) else value))


def _nested(field: Field, value: Any) -> list[Part]:
    value = _wellknown.fields_of(field, value)
    schema = schema_of(field.message)
    if isinstance(value, Mapping):
        packed = value.get("value")
        if isinstance(packed, Template):  # What packed() gave, in an Any.
            url = field.message.fields_by_name["type_url"].number
            inside = field.message.fields_by_name["value"].number
            address = _wire.delimited(url, value["type_url"].encode())
            return [address, placed(inside, packed.parts)]
        return _message(schema, value)
    if isinstance(value, Message) and value.DESCRIPTOR.full_name == schema.name:
        return _message(schema, _fields_of_message(schema, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _message(schema, _fields_of_dataclass(schema, value))
    raise wrong_type(field, f"a {schema.name}, as a dict of its fields", value)


def _fields_of_message(schema: Schema, message: Message) -> dict[str, Any]:
    """Return the values of an instance; what has no presence counts as given."""
    values = {}
    for field in schema.fields:
        value = getattr(message, field.name)
        if message.HasField(field.name) if field.presence else not field.repeated or len(value):
            values[field.name] = value
    return values


def _fields_of_dataclass(schema: Schema, value: Any) -> dict[str, Any]:
    values = {}
    for attribute in dataclasses.fields(value):
        name = attribute.name
        if schema.named(name) is None and name.endswith("_"):
            name = name[:-1]  # A word of Python's.
        values[name] = getattr(value, attribute.name)
    return values


def _advice(value: Any) -> str:
    kind = type(value)
    if not kind.__module__.startswith("pyspark.sql.") or ".connect." in kind.__module__:
        return ". For a constant write lit(value)" if isinstance(value, (int, float)) else ""
    if kind.__name__ in ("DataFrame", "Column"):
        return ", which is of a classic session; extensions need Spark Connect"
    return ""
