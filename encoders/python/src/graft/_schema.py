"""What descriptors and their annotations say of a message."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import FieldDescriptor

from graft import _wire

RELATION = "spark.connect.Relation"
PLAN = "spark.connect.Plan"
EXPRESSION = "spark.connect.Expression"
BYTES = "bytes"

_ANNOTATION = 58174  # graft.operation and graft.argument have the same number
_KINDS = {1: "relation", 2: "expression", 3: "command"}


@dataclass(frozen=True)
class Operation:
    """The annotation ``graft.operation`` of a message."""

    kind: str = ""
    name: str = ""
    documentation: str = ""
    reply: str = ""
    rows: bool = False


@dataclass(frozen=True)
class Field:
    """A field of a message, or the key or value of a map's entries.

    Attributes
    ----------
    owner
        The full name of the message it belongs to.
    kind
        protobuf's number of its type.
    presence
        Whether a zero that was given is told from one that was not.
    input
        What stands in it, if it is an input: ``RELATION``, ``PLAN``, ``EXPRESSION``, or ``BYTES``
        for any of them.
    entry
        Key and value, of a map.
    """

    owner: str
    name: str
    number: int
    kind: int
    repeated: bool
    packed: bool
    presence: bool
    required: bool
    default: str | None
    documentation: str
    input: str
    oneof: str
    message: Any
    enum: Any
    entry: tuple[Field, Field] | None

    @property
    def type_name(self) -> str:
        """Return the full name of its message or enum; empty for a scalar."""
        described = self.message if self.message is not None else self.enum
        return "" if described is None else str(described.full_name)

    def __str__(self) -> str:
        """Name it as errors do."""
        return f"The field {self.name!r} of {self.owner}"


@dataclass(frozen=True)
class Schema:
    """A message: its name, its fields in the order of their numbers, its annotation."""

    name: str
    fields: tuple[Field, ...]
    operation: Operation

    def named(self, name: str) -> Field | None:
        """Return a field by name."""
        return next((field for field in self.fields if field.name == name), None)


@lru_cache(maxsize=1024)
def schema_of(message: Any) -> Schema:
    """Read a message's descriptor."""
    packed_by_default = _is_proto3(message.file)
    fields = sorted(message.fields, key=lambda field: int(field.number))
    return Schema(
        str(message.full_name),
        tuple(_field(field, packed_by_default) for field in fields),
        _operation(message),
    )


def is_closed(enum: Any) -> bool:
    """Tell whether an enum has no values but those with a name."""
    closed = getattr(enum, "is_closed", None)
    return bool(not _is_proto3(enum.file) if closed is None else closed)


def is_repeated(field: Any) -> bool:
    """Tell whether a field is a list or a map."""
    # protobuf 6 has a property for it and deprecates the label.
    repeated = getattr(field, "is_repeated", None)
    return bool(field.label == FieldDescriptor.LABEL_REPEATED if repeated is None else repeated)


def _is_required(field: Any) -> bool:
    required = getattr(field, "is_required", None)
    return bool(field.label == FieldDescriptor.LABEL_REQUIRED if required is None else required)


def _is_packed(field: Any, packed_by_default: bool) -> bool:
    packed = getattr(field, "is_packed", None)
    if packed is not None:
        return bool(packed)
    options = field.GetOptions()
    return bool(options.packed if options.HasField("packed") else packed_by_default)


def _is_proto3(file: Any) -> bool:
    copy = descriptor_pb2.FileDescriptorProto()
    file.CopyToProto(copy)
    return copy.syntax == "proto3"


def _field(field: Any, packed_by_default: bool) -> Field:
    argument = _annotation(field)
    message = field.message_type
    is_map = message is not None and message.GetOptions().map_entry
    oneof = field.containing_oneof
    return Field(
        owner=str(field.containing_type.full_name),
        name=str(field.name),
        number=int(field.number),
        kind=int(field.type),
        repeated=is_repeated(field),
        packed=is_repeated(field) and _is_packed(field, packed_by_default),
        presence=bool(field.has_presence),
        required=bool(_number(argument, 1)) or _is_required(field),
        default=_text(argument, 2) if 2 in argument else None,
        documentation=_text(argument, 5),
        input=_input(field, argument),
        # The oneof around an optional field is protobuf's own device.
        oneof="" if oneof is None or len(oneof.fields) == 1 else str(oneof.name),
        message=message,
        enum=field.enum_type,
        entry=_entry(field, argument, packed_by_default) if is_map else None,
    )


def _entry(field: Any, argument: dict[int, Any], packed: bool) -> tuple[Field, Field]:
    key, value = (_field(each, packed) for each in field.message_type.fields)
    changes = {"owner": str(field.containing_type.full_name), "name": str(field.name)}
    if value.kind == FieldDescriptor.TYPE_BYTES:
        changes["input"] = _held(argument)  # The annotation stands at the map.
    return (
        Field(**{**key.__dict__, "owner": changes["owner"], "name": changes["name"]}),
        Field(**{**value.__dict__, **changes}),
    )


def _input(field: Any, argument: dict[int, Any]) -> str:
    if field.message_type is not None:
        name = str(field.message_type.full_name)
        return name if name in (RELATION, PLAN, EXPRESSION) else ""
    return _held(argument) if field.type == FieldDescriptor.TYPE_BYTES else ""


def _held(argument: dict[int, Any]) -> str:
    holds = _KINDS.get(_number(argument, 3), "")
    if holds == "relation":
        return PLAN if _number(argument, 4) else RELATION
    return EXPRESSION if holds == "expression" else BYTES


def _operation(message: Any) -> Operation:
    operation = _annotation(message)
    return Operation(
        _KINDS.get(_number(operation, 1), ""),
        _text(operation, 2),
        _text(operation, 3),
        _text(operation, 4),
        bool(_number(operation, 5)),
    )


def _annotation(descriptor: Any) -> dict[int, Any]:
    """Return the fields of an annotation, whether or not anybody has registered its extension."""
    found: dict[int, Any] = {}
    for number, _, value in _wire.fields(descriptor.GetOptions().SerializeToString()):
        if number == _ANNOTATION:
            found.update({inner: content for inner, _, content in _wire.fields(value)})
    return found


def _number(annotation: dict[int, Any], number: int) -> int:
    value = annotation.get(number)
    return 0 if value is None else _wire.read_varint(value, 0)[0]


def _text(annotation: dict[int, Any], number: int) -> str:
    return bytes(annotation.get(number, b"")).decode("utf-8", "replace")
