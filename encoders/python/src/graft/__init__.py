"""Sends Graft extensions from PySpark.

A plugin on a Spark Connect server gives a protobuf message a meaning. Here such a message becomes
a DataFrame, a Column or a command of the PySpark session you have:

>>> acme = graft.load_descriptors("acme.binpb")               # doctest: +SKIP
>>> top = graft.relation(spark, acme.TopK(k=3), input=sales)  # doctest: +SKIP
>>> top.show()                                                # doctest: +SKIP
"""

from graft._extensions import command, expression, relation
from graft._inputs import AsPlan, as_plan
from graft.errors import DescriptorError, GraftError, InputError, SessionError
from graft.messages import Messages, load_descriptors

__all__ = [
    "AsPlan",
    "DescriptorError",
    "GraftError",
    "InputError",
    "Messages",
    "SessionError",
    "as_plan",
    "command",
    "expression",
    "load_descriptors",
    "relation",
]
