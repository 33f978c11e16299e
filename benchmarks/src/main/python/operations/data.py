"""The data: Parquet files that both ways read, made once for each size."""

from pathlib import Path

# Numbers that look random and are the same in each run: a hash of the row's number and a salt.
TABLES = {
    "sales": """
        id,
        pmod(xxhash64(id, 1), 1000) AS shop,
        pmod(xxhash64(id, 2), 1000000) / 100D AS amount,
        concat('note ', pmod(xxhash64(id, 3), 100000)) AS note,
        date_add(DATE'2026-01-01', CAST(pmod(xxhash64(id, 4), 365) AS INT)) AS day
    """,
    "trades": """
        id,
        concat('S', pmod(xxhash64(id, 1), 1000)) AS symbol,
        timestamp_micros(1767225600000000 + pmod(xxhash64(id, 5), 86400000000)) AS time,
        CAST(pmod(xxhash64(id, 6), 1000) AS INT) AS quantity
    """,
    "quotes": """
        concat('S', pmod(xxhash64(id, 1), 1000)) AS symbol,
        timestamp_micros(1767225600000000 + pmod(xxhash64(id, 7), 86400000000)) AS quoted,
        pmod(xxhash64(id, 8), 100000) / 100D AS bid,
        pmod(xxhash64(id, 9), 100000) / 100D AS ask
    """,
    # What is left of the sales a day later: one in 200 deleted, one in 200 new, one in 50 changed.
    "later_sales": """
        IF(id % 200 = 7, -id, id) AS id,
        pmod(xxhash64(id, 1), 1000) AS shop,
        pmod(xxhash64(id, 2), 1000000) / 100D + IF(id % 50 = 1, 0.5D, 0D) AS amount,
        concat('note ', pmod(xxhash64(id, 3), 100000)) AS note,
        date_add(DATE'2026-01-01', CAST(pmod(xxhash64(id, 4), 365) AS INT)) AS day
    """,
    "people": """
        id,
        pmod(xxhash64(id, 1), 1000) AS shop,
        CAST(pmod(xxhash64(id, 10), 100) AS INT) AS age,
        pmod(xxhash64(id, 2), 1000000) / 100D AS income,
        IF(id % 10 = 0, NULL, CAST(pmod(xxhash64(id, 11), 5000) AS DOUBLE)) AS score,
        concat('name ', pmod(xxhash64(id, 12), 2000)) AS name,
        CAST(xxhash64(id, 13) AS STRING) AS token,
        date_add(DATE'1950-01-01', CAST(pmod(xxhash64(id, 4), 20000) AS INT)) AS born
    """,
}


class Data:
    """The tables with a number of rows each.

    Parameters
    ----------
    spark
        The session that writes and reads them.
    folder
        Where they are, or will be; the server reads and writes there.
    rows
        How many each table has.
    """

    def __init__(self, spark, folder: Path, rows: int) -> None:
        self.spark = spark
        self.rows = rows
        self._folder = folder / str(rows)

    def write(self) -> None:
        """Write the tables, in two files each."""
        for name, columns in TABLES.items():
            table = self.spark.range(0, self.rows, 1, 2).selectExpr(*_split(columns))
            table.write.mode("overwrite").parquet(str(self._folder / name))

    def table(self, name: str):
        """Return a table, read from its files."""
        return self.spark.read.parquet(str(self._folder / name))


def _split(columns: str) -> list[str]:
    return [each.strip().rstrip(",") for each in columns.strip().splitlines()]
