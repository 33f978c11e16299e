"""Sends Graft extensions from PySpark.

A plugin on a Spark Connect server gives a protobuf message a meaning. Here such a message becomes
a DataFrame, a Column or a command of the PySpark session you have:

>>> acme = graft.load_descriptors("acme.binpb")               # doctest: +SKIP
>>> top = graft.relation(spark, acme.TopK(k=3), input=sales)  # doctest: +SKIP
>>> top.show()                                                # doctest: +SKIP

Or ask the server which extensions it has:

>>> ext = graft.extensions(spark)                             # doctest: +SKIP
>>> ext.top_k(sales, order_by="price", k=3).show()            # doctest: +SKIP
"""

from graft._extensions import command, expression, relation
from graft._template import AsPlan, as_plan
from graft.catalog import Extensions, extensions
from graft.errors import DescriptorError, GraftError, InputError, ServerError, SessionError
from graft.messages import Messages, load_descriptors
from graft.operations import Operations

__all__ = [
    "AsPlan",
    "DescriptorError",
    "Extensions",
    "GraftError",
    "InputError",
    "Messages",
    "Operations",
    "ServerError",
    "SessionError",
    "as_plan",
    "command",
    "expression",
    "extensions",
    "load_descriptors",
    "relation",
]
