"""Single values and their bytes, by protobuf's type."""

from __future__ import annotations

import base64
import binascii
import enum
import struct
from collections.abc import Callable
from numbers import Real
from operator import index
from typing import Any

from google.protobuf.descriptor import FieldDescriptor as Type

from graft import _wire
from graft._schema import Field, is_closed
from graft.errors import DescriptorError, InputError

_RANGES = {
    Type.TYPE_INT32: (-(2**31), 2**31 - 1),
    Type.TYPE_SINT32: (-(2**31), 2**31 - 1),
    Type.TYPE_SFIXED32: (-(2**31), 2**31 - 1),
    Type.TYPE_INT64: (-(2**63), 2**63 - 1),
    Type.TYPE_SINT64: (-(2**63), 2**63 - 1),
    Type.TYPE_SFIXED64: (-(2**63), 2**63 - 1),
    Type.TYPE_UINT32: (0, 2**32 - 1),
    Type.TYPE_FIXED32: (0, 2**32 - 1),
    Type.TYPE_UINT64: (0, 2**64 - 1),
    Type.TYPE_FIXED64: (0, 2**64 - 1),
}
_FIXED = {
    Type.TYPE_FIXED32: "<I",
    Type.TYPE_SFIXED32: "<i",
    Type.TYPE_FIXED64: "<Q",
    Type.TYPE_SFIXED64: "<q",
    Type.TYPE_FLOAT: "<f",
    Type.TYPE_DOUBLE: "<d",
}
_ZIGZAG = (Type.TYPE_SINT32, Type.TYPE_SINT64)
_NAN = {"<f": bytes.fromhex("0000c07f"), "<d": bytes.fromhex("000000000000f87f")}
_FIXED32 = (Type.TYPE_FIXED32, Type.TYPE_SFIXED32, Type.TYPE_FLOAT)
_LONGEST_SHOWN = 80


def wire_type(kind: int) -> int:
    """Return the wire type of protobuf's type."""
    if kind in _FIXED:
        return _wire.FIXED32 if kind in _FIXED32 else _wire.FIXED64
    return _wire.BYTES if kind in (Type.TYPE_STRING, Type.TYPE_BYTES) else _wire.VARINT


def checked(field: Field, value: Any) -> Any:
    """Return a value as Python's own, or refuse it.

    Raises
    ------
    InputError
        If it is of another type, or out of the type's range.
    """
    if field.kind in _RANGES:
        return _integer(field, value)
    return _CHECKS[field.kind](field, value)


def written(field: Field, value: Any) -> bytes:
    """Write a checked value, without its tag."""
    kind = field.kind
    if kind in _FIXED:
        form = _FIXED[kind]
        return _NAN[form] if value != value else struct.pack(form, value)
    if kind == Type.TYPE_STRING:
        data = value.encode()
    elif kind == Type.TYPE_BYTES:
        data = value
    elif kind in _ZIGZAG:
        return _wire.varint(value << 1 if value >= 0 else (-value << 1) - 1)
    else:
        return _wire.varint(int(value) & 0xFFFFFFFFFFFFFFFF)
    return _wire.varint(len(data)) + bytes(data)


def is_zero(field: Field, value: Any) -> bool:
    """Tell whether a checked value is what a field without presence leaves out."""
    if field.kind in (Type.TYPE_FLOAT, Type.TYPE_DOUBLE):
        return not any(written(field, value))  # -0.0 is not left out
    return not value


def zero(field: Field) -> Any:
    """Return what a field has that was never given."""
    if field.kind == Type.TYPE_ENUM:
        return _name_of(field, 0)
    kinds = {Type.TYPE_STRING: "", Type.TYPE_BYTES: b"", Type.TYPE_BOOL: False}
    return kinds.get(field.kind, 0.0 if field.kind in (Type.TYPE_FLOAT, Type.TYPE_DOUBLE) else 0)


def read(field: Field, data: bytes) -> Any:
    """Read a value that was written without its tag and length.

    Raises
    ------
    ValueError
        If the bytes are not such a value.
    """
    kind = field.kind
    if kind in _FIXED:
        if len(data) != struct.calcsize(_FIXED[kind]):
            raise ValueError(f"{len(data)} bytes are no {field.type_name or 'number'}")
        return struct.unpack(_FIXED[kind], data)[0]
    if kind == Type.TYPE_STRING:
        return data.decode()
    if kind == Type.TYPE_BYTES:
        return bytes(data)
    number, _ = _wire.read_varint(data, 0)
    if kind == Type.TYPE_BOOL:
        return number != 0
    if kind in _ZIGZAG:
        return (number >> 1) ^ -(number & 1)
    if kind in (Type.TYPE_UINT32, Type.TYPE_UINT64):
        return number & _RANGES[kind][1]
    bits = 64 if kind == Type.TYPE_INT64 else 32
    number &= (1 << bits) - 1
    number = number - (1 << bits) if number >> bits - 1 else number
    return _name_of(field, number) if kind == Type.TYPE_ENUM else number


def parsed(field: Field) -> Any:
    """Return the value that an annotation's default is the text of."""
    text = str(field.default)
    try:
        if field.kind in _RANGES:
            return checked(field, int(text))
        if field.kind in (Type.TYPE_FLOAT, Type.TYPE_DOUBLE):
            return checked(field, float(text))
        if field.kind == Type.TYPE_BOOL:
            return {"true": True, "false": False}[text]
        if field.kind == Type.TYPE_BYTES:
            return base64.b64decode(text, validate=True)
        if field.kind in (Type.TYPE_STRING, Type.TYPE_ENUM):
            return checked(field, text)
    except (ValueError, KeyError, binascii.Error, InputError) as error:
        raise DescriptorError(
            f"{field} has the default {shown(text)}, which is no value of its type. "
            "Report this to the extension's author"
        ) from error
    raise DescriptorError(
        f"{field} has a default, which a message cannot have. Report this to the extension's author"
    )


def wrong_type(field: Field, wanted: str, value: Any, advice: str = "") -> InputError:
    """Make the refusal of a value of another type."""
    return InputError(f"{field} takes {wanted}, not {type_name(value)}{advice}")


def out_of_range(field: Field, wanted: str, value: Any) -> InputError:
    """Make the refusal of a value that the type cannot hold."""
    return InputError(f"{field} takes {wanted}, not {shown(value)}", "GRAFT_FIELD_RANGE")


def shown(value: Any) -> str:
    """Return a value as errors show it."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def type_name(value: Any) -> str:
    """Return the name of a value's type."""
    kind = type(value)
    if kind.__module__ in (None, "builtins"):  # Message classes that were made have no module.
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _is_truth(value: Any) -> bool:
    # numpy's has a class of its own, and numpy need not be there.
    return isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b"


def _integer(field: Field, value: Any) -> int:
    least, greatest = _RANGES[field.kind]
    wanted = f"a whole number from {least} to {greatest}"
    if _is_truth(value):
        raise wrong_type(field, wanted, value)
    try:
        number = index(value)
    except TypeError:
        raise wrong_type(field, wanted, value) from None
    if not least <= number <= greatest:
        raise out_of_range(field, wanted, number)
    return number


def _floating(field: Field, value: Any) -> float:
    if _is_truth(value) or not isinstance(value, Real):
        raise wrong_type(field, "a number", value)
    try:
        number = float(value)
        struct.pack(_FIXED[field.kind], number)
    except OverflowError:
        wanted = "a number of single precision" if field.kind == Type.TYPE_FLOAT else "a number"
        raise out_of_range(field, wanted, value) from None
    return number


def _truth(field: Field, value: Any) -> bool:
    if not _is_truth(value):
        raise wrong_type(field, "True or False", value)
    return bool(value)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise wrong_type(field, "a str", value)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise out_of_range(field, "text that UTF-8 can hold", error.object[error.start]) from None
    return value


def _data(field: Field, value: Any) -> bytes:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise wrong_type(field, "bytes", value)
    return bytes(value)


def _enumerated(field: Field, value: Any) -> int:
    if isinstance(value, enum.Enum):
        value = value.value
    names = ", ".join(each.name for each in field.enum.values)
    wanted = f"a value of {field.type_name} ({names})"
    if isinstance(value, str):
        named = field.enum.values_by_name.get(value)
        if named is None:
            raise out_of_range(field, wanted, value)
        return int(named.number)
    if _is_truth(value):
        raise wrong_type(field, wanted, value)
    try:
        number = index(value)
    except TypeError:
        raise wrong_type(field, wanted, value) from None
    fits = -(2**31) <= number < 2**31
    if not fits or (is_closed(field.enum) and number not in field.enum.values_by_number):
        raise out_of_range(field, wanted, number)
    return number


def _name_of(field: Field, number: int) -> Any:
    # The first of those that share a number, which is the canonical one.
    return next((each.name for each in field.enum.values if each.number == number), number)


_CHECKS: dict[int, Callable[[Field, Any], Any]] = {
    Type.TYPE_FLOAT: _floating,
    Type.TYPE_DOUBLE: _floating,
    Type.TYPE_BOOL: _truth,
    Type.TYPE_STRING: _text,
    Type.TYPE_BYTES: _data,
    Type.TYPE_ENUM: _enumerated,
}
