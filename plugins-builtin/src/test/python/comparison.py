"""Rows as values that can be compared, whichever library they come from."""

from collections import Counter
from decimal import Decimal

import numpy
import pandas


def rows(frame):
    """Return the rows of a DataFrame, of Spark or pandas, in its order; what is missing is None."""
    if isinstance(frame, pandas.DataFrame):
        return [tuple(map(value, row)) for row in frame.itertuples(index=False, name=None)]
    return [tuple(map(value, row)) for row in frame.collect()]


def value(given):
    """Return a value as plain Python has it: NaN is None, which is how pandas says nothing."""
    if given is None or given is pandas.NaT or given is pandas.NA:
        return None
    if isinstance(given, float | numpy.floating):
        return None if given != given else float(given)
    if isinstance(given, numpy.generic):
        return given.item()
    if isinstance(given, Decimal):
        return given.normalize()
    if isinstance(given, list | numpy.ndarray):
        return tuple(map(value, given))
    return given


def assert_same_rows(actual, expected):
    """Compare two DataFrames, or lists of tuples, as bags of rows: their order says nothing."""
    counted, wanted = (
        Counter(each if isinstance(each, list) else rows(each)) for each in (actual, expected)
    )
    too_many, too_few = counted - wanted, wanted - counted
    assert not too_many and not too_few, (
        f"{sum(too_many.values())} rows too many, such as {list(too_many)[:3]}; "
        f"{sum(too_few.values())} missing, such as {list(too_few)[:3]}"
    )
