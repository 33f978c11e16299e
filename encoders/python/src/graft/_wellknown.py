"""protobuf's well-known types and the values of Python that are nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from google.protobuf.message import Message

from graft._scalars import wrong_type
from graft._schema import Field
from graft._template import TYPE_URL, Template

_PACKAGE = "google.protobuf."
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)
_WRAPPERS = {
    _PACKAGE + kind + "Value"
    for kind in (
        "Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes",
    )
}  # fmt: skip


def fields_of(field: Field, value: Any) -> Any:
    """Return the fields of a well-known message, or the value itself where it is none."""
    name = field.type_name
    if name in _WRAPPERS:
        return value if isinstance(value, (Mapping, Message)) else {"value": value}
    convert = _CONVERSIONS.get(name)
    return value if convert is None else convert(field, value)


def value_of(name: str, fields: dict[str, Any]) -> Any:
    """Return the value of Python that stands for the decoded fields of a well-known message."""
    if name in _WRAPPERS:
        return fields["value"]
    read = _READINGS.get(name)
    return fields if read is None else read(fields)


def has_zeros(name: str) -> bool:
    """Tell whether the zero fields of a message matter for its value."""
    return name in _WRAPPERS or name == _PACKAGE + "Any"


def _timestamp(field: Field, value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise wrong_type(
            field, "a datetime with a time zone", value, " without one: add tzinfo=timezone.utc"
        )
    since = value - _EPOCH
    # Down to whole seconds: the nanoseconds of a timestamp are never negative.
    return {"seconds": since // _SECOND, "nanos": since % _SECOND // _MICROSECOND * 1000}


def _duration(field: Field, value: Any) -> Any:
    if not isinstance(value, timedelta):
        return value
    sign = -1 if value < timedelta() else 1
    length = abs(value)
    nanos = length % _SECOND // _MICROSECOND * 1000
    return {"seconds": sign * (length // _SECOND), "nanos": sign * nanos}


def _struct(field: Field, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {"fields": {key: _Null if each is None else each for key, each in value.items()}}


def _list(field: Field, value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        return value
    return {"values": [_Null if each is None else each for each in value]}


def _value(field: Field, value: Any) -> Any:
    if value is _Null:
        return {"null_value": 0}
    if isinstance(value, bool):
        return {"bool_value": value}
    if isinstance(value, (int, float)):
        return {"number_value": value}
    if isinstance(value, str):
        return {"string_value": value}
    if isinstance(value, Mapping):
        return {"struct_value": value}
    if isinstance(value, (list, tuple)):
        return {"list_value": value}
    return value


def _mask(field: Field, value: Any) -> Any:
    return {"paths": value} if isinstance(value, (list, tuple)) else value


def _any(field: Field, value: Any) -> Any:
    if isinstance(value, tuple) and len(value) == 2:
        return {"type_url": value[0], "value": value[1]}
    if isinstance(value, Template):
        return {"type_url": TYPE_URL + value.message_name, "value": value}
    name = getattr(getattr(value, "DESCRIPTOR", None), "full_name", field.type_name)
    if name != field.type_name:
        return {"type_url": TYPE_URL + name, "value": value.SerializeToString(deterministic=True)}
    return value


class _Null:
    """A null inside a ``Struct`` or a list, where None does not mean: not given."""


def _read_value(fields: dict[str, Any]) -> Any:
    for name, value in fields.items():
        return None if name == "null_value" else value
    return None


_CONVERSIONS: dict[str, Callable[[Field, Any], Any]] = {
    _PACKAGE + "Timestamp": _timestamp,
    _PACKAGE + "Duration": _duration,
    _PACKAGE + "Struct": _struct,
    _PACKAGE + "ListValue": _list,
    _PACKAGE + "Value": _value,
    _PACKAGE + "FieldMask": _mask,
    _PACKAGE + "Any": _any,
}
_READINGS: dict[str, Callable[[dict[str, Any]], Any]] = {
    _PACKAGE + "Struct": lambda fields: fields.get("fields", {}),
    _PACKAGE + "ListValue": lambda fields: fields.get("values", []),
    _PACKAGE + "Value": _read_value,
    _PACKAGE + "FieldMask": lambda fields: fields.get("paths", []),
    _PACKAGE + "Any": lambda fields: (fields["type_url"], fields["value"]),
}
