"""Fields of a serialised message, without parsing what is inside them.

protobuf's Python runtime refuses to parse messages nested more than 100 levels, which a plan of 50
chained operations already is; it writes them at any depth. So a plan is put into an extension as
bytes and never parsed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def with_fields(message: bytes, fields: Iterable[tuple[int, bytes]]) -> bytes:
    """Add length-delimited fields to a serialised message, keeping the order of field numbers.

    Parameters
    ----------
    message
        A serialised message; what it has in the given fields already is kept, and comes first.
    fields
        Field numbers with the bytes of their values.
    """
    parts = list(_split(message))
    for number, value in fields:
        parts.append((number, _varint(number << 3 | _BYTES) + _varint(len(value)) + value))
    parts.sort(key=lambda part: part[0])  # Stable: elements of a repeated field keep their order.
    return b"".join(part for _, part in parts)


def _split(message: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(message):
        tag, at = _read_varint(message, start)
        wire_type = tag & 7
        if wire_type == _VARINT:
            _, at = _read_varint(message, at)
        elif wire_type == _FIXED64:
            at += 8
        elif wire_type == _BYTES:
            length, at = _read_varint(message, at)
            at += length
        elif wire_type == _FIXED32:
            at += 4
        else:
            raise ValueError(f"Wire type {wire_type} of field {tag >> 3} is not of proto3")
        yield tag >> 3, message[start:at]
        start = at


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
