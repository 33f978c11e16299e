"""How often a plan reads its input."""

import contextlib
import re


@contextlib.contextmanager
def static_plans(spark):
    """Have plans made before they run, so that explain tells which parts are computed once for several uses."""
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    try:
        yield
    finally:
        spark.conf.unset("spark.sql.adaptive.enabled")


def scans(frame):
    """Count the reads of a range in the physical plan; what is reused shows without them.

    A range of one row is none: operations make rows of their own from it.
    """
    return len(re.findall(r"Range \(0, (?!1,)", frame._explain_string(extended=False)))
