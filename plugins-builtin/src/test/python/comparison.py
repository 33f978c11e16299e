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
    if isinstance(expected, pandas.DataFrame):
        too_many, too_few = _differences_of_frames(actual, expected)
    else:
        counted, wanted = (Counter(each if isinstance(each, list) else rows(each)) for each in (actual, expected))
        too_many, too_few = list((counted - wanted).elements()), list((wanted - counted).elements())
    assert not too_many and not too_few, (
        f"{len(too_many)} rows too many, such as {too_many[:3]}; {len(too_few)} missing, such as {too_few[:3]}"
    )


def _differences_of_frames(actual, expected):
    """Do the same with columns as a whole, since there may be hundreds of thousands of rows."""
    actual = actual if isinstance(actual, pandas.DataFrame) else actual.toPandas()
    assert len(actual.columns) == len(expected.columns)
    both = pandas.concat([each.set_axis(range(each.shape[1]), axis=1) for each in (actual, expected)], ignore_index=True)
    # A number for each row, the same for rows that are equal; of what is missing, pandas says -1.
    numbers = numpy.zeros(len(both), dtype="int64")
    for name in both.columns:
        values, different = pandas.factorize(both[name])
        numbers, _ = pandas.factorize(numbers * (len(different) + 1) + values)
    found, wanted = (numpy.bincount(part, minlength=len(both)) for part in (numbers[: len(actual)], numbers[len(actual) :]))
    _, first = numpy.unique(numbers, return_index=True)
    excess = (found - wanted)[: len(first)]
    return (rows(both.loc[numpy.repeat(first, numpy.maximum(part, 0))]) for part in (excess, -excess))
