"""protobuf's wire format: fields of a serialised message, without parsing what is inside them.

protobuf's Python runtime refuses to parse messages nested more than 100 levels, which a plan of 50
chained operations already is; it writes them at any depth. So a plan is put into an extension as
bytes and never parsed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

VARINT, FIXED64, BYTES, GROUP, END_GROUP, FIXED32 = 0, 1, 2, 3, 4, 5


def with_fields(message: bytes, fields: Iterable[tuple[int, bytes]]) -> bytes:
    """Add length-delimited fields to a serialised message, keeping the order of field numbers.

    Parameters
    ----------
    message
        A serialised message; what it has in the given fields already is kept, and comes first.
    fields
        Field numbers with the bytes of their values.
    """
    parts = list(split(message))
    for number, value in fields:
        parts.append((number, delimited(number, value)))
    parts.sort(key=lambda part: part[0])  # Stable: elements of a repeated field keep their order.
    return b"".join(part for _, part in parts)


def delimited(number: int, value: bytes) -> bytes:
    """Write a field of bytes, with its tag and its length."""
    return tag(number, BYTES) + varint(len(value)) + value


def tag(number: int, wire_type: int) -> bytes:
    """Write what stands before a field's value."""
    return varint(number << 3 | wire_type)


def varint(value: int) -> bytes:
    """Write an integer from 0 to 2**64 - 1."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def split(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Return the fields of a message by number, each with its tag."""
    for number, _, start, _, end in _places(message):
        yield number, message[start:end]


def fields(message: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Return the fields of a message: number, wire type and value without tag and length.

    A varint is given as it was written, a group as its fields without the tags around them.

    Raises
    ------
    ValueError
        If the bytes are not a message.
    """
    for number, wire_type, _, value, end in _places(message):
        if wire_type == BYTES:
            _, value = read_varint(message, value)
        elif wire_type == GROUP:
            end -= len(tag(number, END_GROUP))
        yield number, wire_type, message[value:end]


def _places(message: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """Return number, wire type, and where the field, its value and what follows it begin."""
    start = 0
    while start < len(message):
        key, value = read_varint(message, start)
        end = _end(message, key, value)
        if end > len(message) or key >> 3 == 0:
            raise ValueError(f"The field at byte {start} is cut short or has no number")
        yield key >> 3, key & 7, start, value, end
        start = end


def _end(message: bytes, key: int, at: int) -> int:
    wire_type = key & 7
    if wire_type == VARINT:
        return read_varint(message, at)[1]
    if wire_type == FIXED64:
        return at + 8
    if wire_type == BYTES:
        length, at = read_varint(message, at)
        return at + length
    if wire_type == FIXED32:
        return at + 4
    if wire_type == GROUP:
        open_groups = [key >> 3]
        while open_groups:
            inner, at = read_varint(message, at)
            if inner & 7 == GROUP:
                open_groups.append(inner >> 3)
            elif inner & 7 == END_GROUP:
                if inner >> 3 != open_groups.pop():
                    raise ValueError(f"The groups around byte {at} are not closed in turn")
            else:
                at = _end(message, inner, at)
        return at
    raise ValueError(f"There is no wire type {wire_type}, which field {key >> 3} has")


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read an integer, and say where it ends."""
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError(f"The number at byte {at} is cut short, or longer than ten bytes")
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
