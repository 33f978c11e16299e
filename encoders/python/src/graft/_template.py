"""A message whose inputs are still to be turned into plans.

Plans and expressions are made from DataFrames and Columns each time they are asked for, as PySpark
does for its own. All the rest of the message is written beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Union

from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame

from graft import _wire
from graft._schema import PLAN
from graft.errors import SessionError

TYPE_URL = "type.googleapis.com/"


@dataclass(frozen=True)
class AsPlan:
    """See :func:`as_plan`."""

    dataframe: Any


def as_plan(dataframe: Any) -> AsPlan:
    """Put a DataFrame into a ``bytes`` field as a ``spark.connect.Plan``.

    A ``bytes`` field gets a ``spark.connect.Relation`` otherwise, unless its annotation says that
    it holds a plan.
    """
    return AsPlan(dataframe)


@dataclass(frozen=True)
class Input:
    """A DataFrame or a Column, and whether a plan is to be made of it."""

    kind: str
    value: Any

    @property
    def dataframe(self) -> Any:
        """Return the DataFrame, if it is one."""
        value = self.value.dataframe if isinstance(self.value, AsPlan) else self.value
        return value if isinstance(value, DataFrame) else None

    def data(self, client: Any) -> bytes:
        """Serialise it for a session's client."""
        if isinstance(self.value, Column):
            return bytes(self.value.to_plan(client).SerializeToString(deterministic=True))
        relation = self.dataframe._plan.plan(client).SerializeToString(deterministic=True)
        if self.kind == PLAN or isinstance(self.value, AsPlan):
            # Plan.root is field 1. PySpark's own way to a Plan may compress it, which plugins
            # don't expect.
            return _wire.delimited(1, relation)
        return bytes(relation)


@dataclass(frozen=True)
class Placed:
    """A field whose bytes are not known yet: an input, or a message with inputs in it.

    Attributes
    ----------
    number
        Of the field; None where the content stands between tags that are written already.
    """

    number: int | None
    content: Input | Sequence[Part]


Part = Union[bytes, Placed]


@dataclass(frozen=True)
class Template:
    """A message by name, in parts that follow one another.

    Attributes
    ----------
    promises_rows
        Whether the message's author has annotated that the command answers with rows.
    """

    message_name: str
    parts: Sequence[Part]
    promises_rows: bool = False

    def dataframes(self) -> Iterator[Any]:
        """Return the DataFrames among the inputs."""
        for each in _inputs(self.parts):
            if each.dataframe is not None:
                yield each.dataframe

    def columns(self) -> list[Any]:
        """Return the Columns among the inputs."""
        return [each.value for each in _inputs(self.parts) if isinstance(each.value, Column)]

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

    def data(self, client: Any) -> bytes:
        """Write the message."""
        self.require_session_of(client)
        return _written(self.parts, client)

    def pack(self, extension: Any, client: Any) -> None:
        """Write the message into a ``google.protobuf.Any``."""
        extension.type_url = TYPE_URL + self.message_name
        extension.value = self.data(client)

    def __repr__(self) -> str:
        """Name the message; its values may be long, or secret."""
        return self.message_name


def placed(number: int, parts: Sequence[Part]) -> Part:
    """Make a length-delimited field of parts: bytes at once where no input is among them."""
    if any(isinstance(part, Placed) for part in parts):
        return Placed(number, parts)
    return _wire.delimited(number, b"".join(part for part in parts if isinstance(part, bytes)))


def _inputs(parts: Sequence[Part]) -> Iterator[Input]:
    for part in parts:
        if isinstance(part, Placed):
            if isinstance(part.content, Input):
                yield part.content
            else:
                yield from _inputs(part.content)


def _written(parts: Sequence[Part], client: Any) -> bytes:
    return b"".join(
        part if isinstance(part, bytes) else _field(part.number, _content(part, client))
        for part in parts
    )


def _field(number: int | None, content: bytes) -> bytes:
    return content if number is None else _wire.delimited(number, content)


def _content(part: Placed, client: Any) -> bytes:
    if isinstance(part.content, Input):
        return part.content.data(client)
    return _written(part.content, client)
