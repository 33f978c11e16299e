"""Sends Graft extensions from PySpark.

A plugin on a Spark Connect server gives a protobuf message a meaning. Here such a message becomes
a DataFrame, a Column or a command of the PySpark session you have:

>>> acme = graft.load_descriptors("acme.binpb")               # doctest: +SKIP
>>> top = graft.relation(spark, acme.TopK(k=3), input=sales)  # doctest: +SKIP
>>> top.show()                                                # doctest: +SKIP

Or ask the server which extensions it has:

>>> ext = graft.extensions(spark)                             # doctest: +SKIP
>>> ext.top_k(sales, order_by="price", k=3).show()            # doctest: +SKIP

Start a Spark of this machine with Graft in it:

>>> builder = SparkSession.builder.remote("local[*]")         # doctest: +SKIP
>>> spark = graft.configure(builder).getOrCreate()            # doctest: +SKIP

And let the functions of a session find packages:

>>> graft.environment(spark, "requirements.txt")              # doctest: +SKIP

In IPython and in notebooks ``%load_ext graft`` shows refusals in three lines.
"""

from typing import Any as _Any

from graft._extensions import command, expression, relation
from graft._template import AsPlan, as_plan
from graft.catalog import Extensions, extensions, status
from graft.environments import Environment, environment
from graft.errors import (
    DescriptorError,
    EnvironmentFailure,
    GraftError,
    InputError,
    LocalServerError,
    ServerError,
    SessionError,
)
from graft.local import configure
from graft.messages import Messages, load_descriptors
from graft.operations import Operations

__all__ = [
    "AsPlan",
    "DescriptorError",
    "Environment",
    "EnvironmentFailure",
    "Extensions",
    "GraftError",
    "InputError",
    "LocalServerError",
    "Messages",
    "Operations",
    "ServerError",
    "SessionError",
    "as_plan",
    "command",
    "configure",
    "environment",
    "expression",
    "extensions",
    "load_descriptors",
    "relation",
    "status",
]


def load_ipython_extension(shell: _Any) -> None:
    """Show refusals in three lines: what ``%load_ext graft`` calls."""
    from graft import _notebook

    _notebook.load(shell)


def unload_ipython_extension(shell: _Any) -> None:
    """Show refusals with their stacks again: what ``%unload_ext graft`` calls."""
    from graft import _notebook

    _notebook.unload(shell)
