"""The places where PySpark 3.5 and 4.x differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyspark.sql.connect.proto as proto
from google.protobuf.any_pb2 import Any as AnyMessage
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.plan import CachedRelation, LogicalPlan
from pyspark.sql.connect.session import SparkSession

from graft.errors import SessionError


def require_connect(spark: Any) -> None:
    """Refuse what is not a Spark Connect session."""
    if isinstance(spark, SparkSession):
        return
    kind = f"{type(spark).__module__}.{type(spark).__qualname__}"
    raise SessionError(
        f"Extensions need a Spark Connect session, and this is a {kind}. "
        'Make one with SparkSession.builder.remote("sc://host:port").getOrCreate()'
    )


def dataframe(plan: LogicalPlan, spark: Any) -> Any:
    """Make a DataFrame of a plan."""
    if hasattr(DataFrame, "withPlan"):  # 3.5
        return DataFrame.withPlan(plan, spark)
    return DataFrame(plan, spark)


def rows(relation: Any, spark: Any) -> Any:
    """Make a DataFrame of a relation that a command answered with."""
    return dataframe(CachedRelation(relation), spark)


def run(command: Any, spark: Any) -> Iterator[Any]:
    """Run a command and return its answers.

    Yields
    ------
    spark.connect.Relation or google.protobuf.Any
        Rows, or a message. Everything else that a server sends is left out.
    """
    client = spark.client
    request = client._execute_plan_request_with_metadata()
    if client._user_id:
        request.user_context.user_id = client._user_id
    if hasattr(client, "_set_command_in_plan"):  # Compresses large ones, from 4.1.
        client._set_command_in_plan(request.plan, command)
    else:
        request.plan.command.CopyFrom(command)
    if hasattr(DataFrame, "withPlan"):
        yield from _run_on_3_5(client, request)
        return
    for response in client._execute_and_fetch_as_iterator(request, {}):
        if isinstance(response, AnyMessage):
            yield response
        elif isinstance(response, dict) and "sql_command_result" in response:
            yield response["sql_command_result"]


def _run_on_3_5(client: Any, request: Any) -> Iterator[Any]:
    # 3.5's own loop over responses drops Any messages, so this one stands beside it.
    from pyspark.sql.connect.client.reattach import ExecutePlanResponseReattachableIterator

    responses: Any
    try:
        metadata = client._builder.metadata()
        if client._use_reattachable_execute:
            responses = ExecutePlanResponseReattachableIterator(
                request, client._stub, client._retry_policy, metadata
            )
        else:
            responses = client._stub.ExecutePlan(request, metadata=metadata)
        for response in responses:
            if response.HasField("extension"):
                yield response.extension
            elif response.HasField("sql_command_result"):
                yield response.sql_command_result.relation
    except GeneratorExit:
        raise
    except Exception as error:
        client._handle_error(error)


def new_expression(expression: Any) -> Any:
    """Make an empty ``spark.connect.Expression``; from 4.1 it knows its line in the user's code."""
    create = getattr(expression, "_create_proto_expression", None)
    return proto.Expression() if create is None else create()
