"""Messages as DataFrames, Columns and commands."""

from __future__ import annotations

from typing import Any

import pyspark.sql.connect.proto as proto
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import Expression
from pyspark.sql.connect.plan import LogicalPlan

from graft import _client, _failures
from graft._inputs import filled
from graft._template import Template
from graft.errors import ServerError

_HAS_REFERENCES = hasattr(LogicalPlan, "_with_relations")  # From 4.0, for subqueries.


def relation(spark: Any, message: Message, **inputs: Any) -> Any:
    """Make a DataFrame of a message that a plugin on the server turns into rows.

    Nothing is sent until the DataFrame is used, and inputs are turned into plans only then.

    Parameters
    ----------
    spark : SparkSession
        A Spark Connect session, of PySpark 3.5 or 4.x.
    message
        An instance of a message class: of generated code, or of :func:`load_descriptors`. It is
        copied, so later changes to it have no effect.
    **inputs
        Fields of the message by name. ``spark.connect.Relation`` and ``spark.connect.Plan`` take
        a DataFrame, ``spark.connect.Expression`` a Column or the name of one, ``bytes`` either of
        the two, serialised (see :func:`as_plan`), or bytes. Repeated fields take a list, maps a
        dict, messages a dict of their fields, in which inputs may stand as well.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        If the message has no such field, or the value does not fit it.
    SessionError
        If the session is not a Spark Connect session, or a DataFrame is of another one.
    """
    _client.require_connect(spark)
    return relation_of(spark, filled(message, inputs))


def expression(message: Message, **inputs: Any) -> Any:
    """Make a Column of a message that a plugin on the server turns into an expression.

    Parameters
    ----------
    message
        An instance of a message class.
    **inputs
        As for :func:`relation`.

    Returns
    -------
    Column

    Raises
    ------
    InputError
        If the message has no such field, or the value does not fit it.
    SessionError
        When the Column is used, if an input is a DataFrame of another session.
    """
    return expression_of(filled(message, inputs))


def command(spark: Any, message: Message, **inputs: Any) -> Any:
    """Run a message that a plugin on the server carries out, and wait for its end.

    Parameters
    ----------
    spark : SparkSession
        A Spark Connect session, of PySpark 3.5 or 4.x.
    message
        An instance of a message class.
    **inputs
        As for :func:`relation`.

    Returns
    -------
    None, DataFrame or google.protobuf.any_pb2.Any
        What the command answered: nothing, rows, or a message, to be had by ``answer.Unpack``.

    Raises
    ------
    InputError
        If the message has no such field, or the value does not fit it.
    SessionError
        If the session is not a Spark Connect session, or a DataFrame is of another one.
    ServerError
        With GRAFT_ANSWER_UNEXPECTED, if the message's author promises rows and the answer is none.
    pyspark.errors.PySparkException
        If the server refuses the command, or it fails.
    """
    _client.require_connect(spark)
    return answer_of(spark, filled(message, inputs))


def relation_of(spark: Any, template: Template) -> Any:
    """Make a DataFrame of a checked message."""
    template.require_session_of(spark.client)
    return _client.dataframe(_ExtensionRelation(template), spark)


def expression_of(template: Template) -> Any:
    """Make a Column of a checked message."""
    return Column(_ExtensionExpression(template))


def answer_of(spark: Any, template: Template) -> Any:
    """Run a checked message as a command."""
    request = proto.Command()
    template.pack(request.extension, spark.client)
    _failures.explain(spark.client)
    answer = None
    for response in _client.run(request, spark):  # To the end, since an error may follow.
        answer = response
    if isinstance(answer, proto.Relation):
        return _client.rows(answer, spark)
    if template.promises_rows:
        given = "nothing" if answer is None else f"a message {name_of(answer)}"
        raise ServerError(
            f"The server answered {template.message_name} with {given}, and not with the rows that "
            "its author promises: another plugin has taken it, or its own is of another version "
            "than these descriptors",
            "GRAFT_ANSWER_UNEXPECTED",
        )
    return answer


def name_of(packed: AnyMessage) -> str:
    """Return the full name of a packed message."""
    return str(packed.type_url.rpartition("/")[2])


class _ExtensionRelation(LogicalPlan):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs: Template) -> None:
        if _HAS_REFERENCES:
            super().__init__(None, self._collect_references(inputs.columns()))
        else:
            super().__init__(None)
        self._inputs = inputs

    def plan(self, session: Any) -> Any:
        _failures.explain(session)
        relation = self._create_proto_relation()
        self._inputs.pack(relation.extension, session)
        return self._with_relations(relation, session) if _HAS_REFERENCES else relation

    @property
    def observations(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for dataframe in self._inputs.dataframes():
            found.update(getattr(dataframe._plan, "observations", {}))
        return found

    def print(self, indent: int = 0) -> str:
        children = "".join(
            dataframe._plan.print(indent + LogicalPlan.INDENT)
            for dataframe in self._inputs.dataframes()
        )
        return f"{' ' * indent}<Extension {self._inputs}>\n{children}"


class _ExtensionExpression(Expression):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs: Template) -> None:
        super().__init__()
        self._inputs = inputs

    def to_plan(self, session: Any) -> Any:
        _failures.explain(session)
        expression = _client.new_expression(self)
        self._inputs.pack(expression.extension, session)
        return expression

    @property
    def children(self) -> list[Any]:
        return [column._expr for column in self._inputs.columns()]

    def __repr__(self) -> str:
        return f"{self._inputs}({', '.join(str(child) for child in self.children)})"
