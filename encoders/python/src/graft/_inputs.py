"""Inputs of an extension: DataFrames and Columns that stand in fields of its message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.functions import col

from graft._wire import with_fields
from graft.errors import InputError, SessionError

_RELATION = "spark.connect.Relation"
_PLAN = "spark.connect.Plan"
_EXPRESSION = "spark.connect.Expression"
_WANTED = {
    _RELATION: "a DataFrame",
    _PLAN: "a DataFrame",
    _EXPRESSION: "a Column or the name of one",
    "bytes": "a DataFrame, a Column, as_plan(DataFrame) or bytes",
}


@dataclass(frozen=True)
class AsPlan:
    """See :func:`as_plan`."""

    dataframe: Any


def as_plan(dataframe: Any) -> AsPlan:
    """Put a DataFrame into a ``bytes`` field as a ``spark.connect.Plan``.

    A ``bytes`` field gets a ``spark.connect.Relation`` otherwise. Which of the two a plugin reads
    is written in its documentation.
    """
    return AsPlan(dataframe)


class Inputs:
    """A message, and what is still to be put into its fields when the plan is built.

    The message is taken as it is now. Plans and expressions are made from the inputs each time they
    are asked for, as PySpark does for its own.
    """

    def __init__(self, message: Message, inputs: dict[str, Any]) -> None:
        if not isinstance(message, Message):
            raise InputError(
                f"An extension is an instance of a protobuf message class, not {_name(message)}"
            )
        remaining = type(message)()
        remaining.CopyFrom(message)
        self.message_name: str = message.DESCRIPTOR.full_name
        self._fields: list[tuple[int, str, Any]] = []
        for name, value in inputs.items():
            field = self._field(message, name)
            kind = self._kind(field)
            remaining.ClearField(name)
            for element in self._elements(field, value):
                self._fields.append((field.number, kind, self._checked(field, kind, element)))
        self._remaining: bytes = remaining.SerializeToString(deterministic=True)

    def dataframes(self) -> Iterator[Any]:
        """Return the DataFrames among the inputs."""
        for _, _, value in self._fields:
            dataframe = value.dataframe if isinstance(value, AsPlan) else value
            if isinstance(dataframe, DataFrame):
                yield dataframe

    def columns(self) -> list[Any]:
        """Return the Columns among the inputs."""
        return [value for _, _, value in self._fields if isinstance(value, Column)]

    def require_session_of(self, client: Any) -> None:
        """Refuse DataFrames of another session, whose names and views mean something else there."""
        for dataframe in self.dataframes():
            other = dataframe._session.client
            if other is not client:
                raise SessionError(
                    f"An input of {self.message_name} is a DataFrame of session "
                    f"{other._session_id}, and the extension belongs to session "
                    f"{client._session_id}. Make both with the same SparkSession"
                )

    def pack(self, extension: Any, client: Any) -> None:
        """Write the filled message into a ``google.protobuf.Any``."""
        self.require_session_of(client)
        fields = [(number, _encoded(kind, value, client)) for number, kind, value in self._fields]
        extension.type_url = "type.googleapis.com/" + self.message_name
        extension.value = with_fields(self._remaining, fields)

    def __repr__(self) -> str:
        """Name the message; its values may be long, or secret."""
        return self.message_name

    def _field(self, message: Message, name: str) -> Any:
        field = message.DESCRIPTOR.fields_by_name.get(name)
        if field is None:
            names = [each.name for each in message.DESCRIPTOR.fields if _accepts(each)]
            raise InputError(
                f"{self.message_name} has no field {name!r}. "
                f"Fields that take inputs: {', '.join(names) or 'none'}"
            )
        return field

    def _kind(self, field: Any) -> str:
        if not _accepts(field):
            raise InputError(
                f"The field {field.name!r} of {self.message_name} takes no DataFrame or Column. "
                "Set it on the message itself"
            )
        return "bytes" if field.message_type is None else str(field.message_type.full_name)

    def _elements(self, field: Any, value: Any) -> list[Any]:
        if not _is_repeated(field):
            return [value]
        if not isinstance(value, (list, tuple)):
            raise InputError(
                f"The field {field.name!r} of {self.message_name} is repeated and takes a list, "
                f"not {_name(value)}"
            )
        return list(value)

    def _checked(self, field: Any, kind: str, value: Any) -> Any:
        accepted = {
            _RELATION: (DataFrame,),
            _PLAN: (DataFrame, AsPlan),
            _EXPRESSION: (Column, str),
            "bytes": (DataFrame, AsPlan, Column, bytes),
        }[kind]
        inner = value.dataframe if isinstance(value, AsPlan) else value
        if isinstance(value, AsPlan) and not isinstance(inner, DataFrame):
            accepted = ()
        if not isinstance(value, accepted):
            raise InputError(
                f"The field {field.name!r} of {self.message_name} takes {_WANTED[kind]}, "
                f"not {_name(inner)}{_advice(inner)}"
            )
        return col(value) if isinstance(value, str) else value


def _encoded(kind: str, value: Any, client: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, Column):
        return bytes(value.to_plan(client).SerializeToString(deterministic=True))
    as_whole_plan = kind == _PLAN or isinstance(value, AsPlan)
    dataframe = value.dataframe if isinstance(value, AsPlan) else value
    relation = dataframe._plan.plan(client).SerializeToString(deterministic=True)
    # Plan.root is field 1. PySpark's own way to a Plan may compress it, which plugins don't expect.
    return with_fields(b"", [(1, relation)]) if as_whole_plan else bytes(relation)


def _accepts(field: Any) -> bool:
    if field.message_type is not None:
        return field.message_type.full_name in (_RELATION, _PLAN, _EXPRESSION)
    return bool(field.type == FieldDescriptor.TYPE_BYTES)


def _is_repeated(field: Any) -> bool:
    # protobuf 6 has a property for it and deprecates the label.
    repeated = getattr(field, "is_repeated", None)
    return bool(field.label == FieldDescriptor.LABEL_REPEATED if repeated is None else repeated)


def _name(value: Any) -> str:
    kind = type(value)
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    return f"{module}{kind.__qualname__}"


def _advice(value: Any) -> str:
    kind = type(value)
    if not kind.__module__.startswith("pyspark.sql.") or ".connect." in kind.__module__:
        return ". For a constant write lit(value)" if isinstance(value, (int, float)) else ""
    if kind.__name__ in ("DataFrame", "Column"):
        return ", which is of a classic session; extensions need Spark Connect"
    return ""
