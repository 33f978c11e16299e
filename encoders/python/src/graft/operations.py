"""Extensions by the names of their messages and fields: what generated clients call."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from google.protobuf.any_pb2 import Any as AnyMessage

from graft import _client, _decoding, _encoding
from graft._extensions import answer_of, expression_of, name_of, relation_of
from graft._schema import Schema, schema_of
from graft._template import Template
from graft.errors import DescriptorError, ServerError, SessionError
from graft.messages import Messages, load_descriptors


class Operations:
    """The extensions of a descriptor set.

    Values are checked when a method is called; nothing is sent before. ``None`` means that a field
    is not given. README.md says which values each kind of field takes.

    Parameters
    ----------
    descriptors
        A serialised ``FileDescriptorSet``, or its text in base64. It is read at the first use.
    """

    def __init__(self, descriptors: bytes | str) -> None:
        self._descriptors = descriptors
        self._loaded: Messages | None = None

    @property
    def messages(self) -> Messages:
        """The classes of the messages."""
        if self._loaded is None:
            data = self._descriptors
            if isinstance(data, str):
                data = base64.b64decode(data)
            self._loaded = load_descriptors(data)
        return self._loaded

    def relation(self, message: str, spark: Any, values: Mapping[str, Any]) -> Any:
        """Make a DataFrame.

        Parameters
        ----------
        message
            The full name of the extension's message.
        spark : SparkSession or None
            May be None where one of the values holds a DataFrame.
        values
            The values of its fields, by the names in the ``.proto``.

        Raises
        ------
        InputError
            If a value does not fit; its code says how.
        SessionError
            If there is no session, it is not one of Spark Connect, or a DataFrame is of another.
        """
        template = self._template(message, values)
        return relation_of(_session(spark, template), template)

    def expression(self, message: str, values: Mapping[str, Any]) -> Any:
        """Make a Column; see :meth:`relation`."""
        return expression_of(self._template(message, values))

    def command(
        self, message: str, spark: Any, values: Mapping[str, Any], reply: str | None = None
    ) -> Any:
        """Run a command, and wait for its end; see :meth:`relation`.

        Parameters
        ----------
        message, spark, values
            As for :meth:`relation`.
        reply
            The full name of the message that the command answers with, if it must be one.

        Returns
        -------
        None, DataFrame, google.protobuf.message.Message or dict
            Nothing, rows, or a message: of a class of :attr:`messages` where it is among them, an
            ``Any`` otherwise. With `reply` the values of that message, as :meth:`decode` gives
            them.

        Raises
        ------
        ServerError
            With GRAFT_ANSWER_UNEXPECTED, if the answer is not the message that `reply` names, or
            not the rows that the message's author promises.
        """
        template = self._template(message, values)
        answer = answer_of(_session(spark, template), template)
        if reply is not None:
            if not isinstance(answer, AnyMessage) or name_of(answer) != reply:
                raise _unexpected(message, reply, answer)
            return self.decode(reply, answer.value)
        if isinstance(answer, AnyMessage):
            name = name_of(answer)
            if name in self.messages.every:
                return self.messages.every[name].FromString(answer.value)
        return answer

    def packed(self, message: str, values: Mapping[str, Any]) -> Any:
        """Make a value for a field of type ``google.protobuf.Any``."""
        return self._template(message, values)

    def encode(self, message: str, values: Mapping[str, Any], client: Any = None) -> bytes:
        """Write a message's canonical bytes.

        Parameters
        ----------
        message
            The full name of the message.
        values
            The values of its fields.
        client
            A session's client (``spark.client``). It is needed where a value is a DataFrame or a
            Column, rather than the bytes of one.
        """
        template = self._template(message, values)
        if client is None and any(not isinstance(part, bytes) for part in template.parts):
            raise SessionError(
                f"The inputs of {message} need a session's client to be turned into plans: "
                "give client=spark.client",
                "GRAFT_SESSION_MISSING",
            )
        return template.data(client)

    def decode(self, message: str, data: bytes) -> dict[str, Any]:
        """Return the values in a message's bytes; what they leave out is left out."""
        return _decoding.decode(self.schema(message), data)

    def schema(self, message: str) -> Schema:
        """Return what is known of a message; for this package's own use."""
        found = self.messages.every.get(message)
        if found is None:
            raise DescriptorError(
                f"There is no message {message!r} in the descriptors; there are "
                f"{', '.join(sorted(self.messages.every)) or 'none'}",
                "GRAFT_MESSAGE_UNKNOWN",
            )
        return schema_of(found.DESCRIPTOR)

    def _template(self, message: str, values: Mapping[str, Any]) -> Template:
        return _encoding.template(self.schema(message), values)


def _unexpected(message: str, reply: str, answer: Any) -> ServerError:
    given = "nothing" if answer is None else "rows"
    if isinstance(answer, AnyMessage):
        given = f"a {name_of(answer)}"
    return ServerError(
        f"The server answered {message} with {given}, not with a {reply}: its plugin is of another "
        "version than these descriptors. Generate the client from the jar that the server has",
        "GRAFT_ANSWER_UNEXPECTED",
    )


def _session(spark: Any, template: Template) -> Any:
    if spark is None:
        dataframe = next(template.dataframes(), None)
        if dataframe is None:
            raise SessionError(
                f"{template.message_name} was given no DataFrame, so it needs a session: "
                "give it a SparkSession",
                "GRAFT_SESSION_MISSING",
            )
        return dataframe._session
    _client.require_connect(spark)
    return spark
