"""Each operation, and the ways to write the same by hand, with the same rows as their result."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pyspark.sql import functions as f
from pyspark.sql.window import Window

from operations.profiles import profile_by_hand, profile_by_one_count, profile_rows


@dataclass(frozen=True)
class Contest:
    """An operation and its rivals.

    Parameters
    ----------
    name
        Of the operation, as the table shows it.
    operation
        Takes the server's operations and the data.
    by_hand
        What a user could write: each takes the data, under the words that the table has for it. The
        first one is the one that most would write.
    run
        Makes Spark compute a DataFrame, or what a way returned, to its last row.
    same
        Makes something of the result that is equal where the results are.
    """

    name: str
    operation: Callable
    by_hand: dict[str, Callable]
    run: Callable = field(default=lambda frame: to_nowhere(frame))
    same: Callable = field(default=lambda frame: fingerprint(frame))


def to_nowhere(frame) -> None:
    """Compute all rows on the server, and send them nowhere."""
    frame.write.format("noop").mode("overwrite").save()


def fingerprint(frame) -> tuple:
    """How many rows there are, and the sum of their hashes."""
    named = frame.toDF(*[f"c{place}" for place in range(len(frame.columns))])
    row = named.select(f.xxhash64(*named.columns).cast("decimal(38,0)").alias("h"))
    return tuple(row.agg(f.count("*"), f.sum("h")).collect()[0])


# --- TopK: the ten greatest sales of each shop ---


def top_k(ext, data):
    """With Graft."""
    sales = data.table("sales")
    return ext.top_k(sales, k=10, by=["shop"], order_by=[f.col("amount").desc(), "id"])


def top_k_by_window(data):
    """Numbered in a window."""
    order = Window.partitionBy("shop").orderBy(f.col("amount").desc(), "id")
    numbered = data.table("sales").withColumn("place", f.row_number().over(order))
    return numbered.where("place <= 10").drop("place")


def top_k_by_collecting(data):
    """All rows of a group collected, sorted and cut."""
    row = f.struct((-f.col("amount")).alias("a"), "id", "amount", "note", "day")
    grouped = data.table("sales").groupBy("shop").agg(f.slice(f.sort_array(f.collect_list(row)), 1, 10).alias("rows"))
    return grouped.select("shop", f.explode("rows").alias("row")).select("row.id", "shop", "row.amount", "row.note", "row.day")


# --- AsOfJoin: each trade with the last quote of its symbol ---


def as_of_join(ext, data):
    """With Graft."""
    return ext.as_of_join(
        data.table("trades"), right=data.table("quotes"), on="time", right_on="quoted", by=["symbol"]
    )


def as_of_join_by_union(data):
    """Both tables under one another, and the last quote seen in a window."""
    trades = data.table("trades").select(
        "symbol", "time", f.lit(1).alias("side"), "id", "quantity", f.lit(None).cast("timestamp").alias("quoted"),
        f.lit(None).cast("double").alias("bid"), f.lit(None).cast("double").alias("ask"),
    )  # fmt: skip
    quotes = data.table("quotes").select(
        "symbol", f.col("quoted").alias("time"), f.lit(0).alias("side"), f.lit(None).cast("bigint").alias("id"),
        f.lit(None).cast("int").alias("quantity"), "quoted", "bid", "ask",
    )  # fmt: skip
    order = Window.partitionBy("symbol").orderBy("time", "side").rowsBetween(Window.unboundedPreceding, 0)
    return (
        trades.union(quotes)
        .select(
            "side", "id", "symbol", "time", "quantity",
            *[f.last(name, ignorenulls=True).over(order).alias(name) for name in ("quoted", "bid", "ask")],
        )
        .where("side = 1")
        .drop("side")
    )  # fmt: skip


def as_of_join_by_struct(data):
    """The same with the quote as one struct, so that one value is sought."""
    trades = data.table("trades").select(
        "symbol", "time", f.lit(1).alias("side"), "id", "quantity",
        f.lit(None).cast("struct<quoted: timestamp, bid: double, ask: double>").alias("quote"),
    )  # fmt: skip
    quotes = data.table("quotes").select(
        "symbol", f.col("quoted").alias("time"), f.lit(0).alias("side"), f.lit(None).cast("bigint").alias("id"),
        f.lit(None).cast("int").alias("quantity"), f.struct("quoted", "bid", "ask").alias("quote"),
    )  # fmt: skip
    order = Window.partitionBy("symbol").orderBy("time", "side").rowsBetween(Window.unboundedPreceding, 0)
    quote = f.last("quote", ignorenulls=True).over(order).alias("quote")
    matched = trades.union(quotes).select("side", "id", "symbol", "time", "quantity", quote)
    return matched.where("side = 1").select("id", "symbol", "time", "quantity", "quote.*")


def as_of_join_by_join(data):
    """A join with all quotes before, of which the last is taken."""
    trades, quotes = data.table("trades"), data.table("quotes").withColumnRenamed("symbol", "quoted_symbol")
    before = (f.col("symbol") == f.col("quoted_symbol")) & (f.col("quoted") <= f.col("time"))
    last = f.max_by(f.struct("quoted", "bid", "ask"), "quoted").alias("quote")
    joined = trades.join(quotes, before, "left").groupBy("id", "symbol", "time", "quantity").agg(last)
    return joined.select("id", "symbol", "time", "quantity", "quote.*")


# --- Diff: what changed in the sales of a day ---

VALUES = ("shop", "amount", "note", "day")


def diff(ext, data):
    """With Graft."""
    return ext.diff(data.table("sales"), right=data.table("later_sales"), id_columns=["id"], change_column="changes")


def diff_by_join(data):
    """A full outer join, and each column compared; nulls are the same id, as they are with Graft."""
    return _diff(data, f.col("l.id").eqNullSafe(f.col("r.id")))


def diff_by_join_without_nulls(data):
    """The same where no id is null, which the schema does not say."""
    return _diff(data, f.col("l.id") == f.col("r.id"))


def _diff(data, same_id):
    left = data.table("sales").withColumn("in_left", f.lit(True)).alias("l")
    right = data.table("later_sales").withColumn("in_right", f.lit(True)).alias("r")
    same = [f.col(f"l.{name}").eqNullSafe(f.col(f"r.{name}")) for name in VALUES]
    all_same = same[0] & same[1] & same[2] & same[3]
    both = f.col("in_left").isNotNull() & f.col("in_right").isNotNull()
    changed = f.array_compact(
        f.array(*[f.when(~equal, name) for equal, name in zip(same, VALUES, strict=True)])
    )
    return left.join(right, same_id, "full").select(
        f.when(f.col("in_left").isNull(), "I")
        .when(f.col("in_right").isNull(), "D")
        .when(all_same, "N")
        .otherwise("C")
        .alias("diff"),
        f.when(both, changed).alias("changes"),
        f.coalesce("l.id", "r.id").alias("id"),
        *[f.col(f"{side}.{name}").alias(f"{word}_{name}") for name in VALUES for side, word in (("l", "left"), ("r", "right"))],
    )


def diff_by_grouping(data):
    """Both tables under one another, grouped by the id."""
    row = f.struct(*VALUES)
    left = data.table("sales").select("id", row.alias("l"), f.lit(None).alias("r"))
    right = data.table("later_sales").select("id", f.lit(None).alias("l"), row.alias("r"))
    both = left.union(right).groupBy("id").agg(
        f.first("l", ignorenulls=True).alias("l"), f.first("r", ignorenulls=True).alias("r")
    )
    same = [f.col(f"l.{name}").eqNullSafe(f.col(f"r.{name}")) for name in VALUES]
    changed = f.array_compact(
        f.array(*[f.when(~equal, name) for equal, name in zip(same, VALUES, strict=True)])
    )
    return both.select(
        f.when(f.col("l").isNull(), "I")
        .when(f.col("r").isNull(), "D")
        .when(same[0] & same[1] & same[2] & same[3], "N")
        .otherwise("C")
        .alias("diff"),
        f.when(f.col("l").isNotNull() & f.col("r").isNotNull(), changed).alias("changes"),
        "id",
        *[f.col(f"{side}.{name}").alias(f"{word}_{name}") for name in VALUES for side, word in (("l", "left"), ("r", "right"))],
    )


CONTESTS = [
    Contest(
        "TopK",
        top_k,
        {"`row_number` in a window": top_k_by_window, "`collect_list`, sorted and cut": top_k_by_collecting},
    ),
    Contest(
        "AsOfJoin",
        as_of_join,
        {
            "union, `last` of each column in a window": as_of_join_by_union,
            "union, `last` of a struct in a window": as_of_join_by_struct,
            "join with all before, `max_by`": as_of_join_by_join,
        },
    ),
    Contest(
        "Diff",
        diff,
        {
            "full outer join by `<=>`, columns compared": diff_by_join,
            "full outer join by `=`, right where no id is null": diff_by_join_without_nulls,
            "union, `first` of each side": diff_by_grouping,
        },
    ),
    Contest(
        "Profile",
        lambda ext, data: ext.profile(data.table("people")),
        {
            "aggregation, then a query for each column's counts": profile_by_hand,
            "aggregation, then all counts in one query": profile_by_one_count,
        },
        run=lambda result: profile_rows(result),
        same=lambda result: profile_rows(result),
    ),
]
