"""A profile by hand: the statistics that Graft's has, of each column."""

from pyspark.sql import functions as f

QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
TOP = 10
BINS = 20
COUNTED_UP_TO = 10_000
NUMBERS = ("bigint", "int", "double")


def profile_rows(result) -> dict:
    """Return what a profile says of each column, from a DataFrame or by hand.

    Approximate quantiles are left out, since they depend on the order in which rows come.
    """
    if isinstance(result, dict):
        return result
    return {
        row["column"]: (
            row["count"], row["nulls"], row["distinct"], row["min"], row["max"], _rounded(row["mean"]),
            _rounded(row["deviation"]),
            row["top_values"] and [tuple(each) for each in row["top_values"]],
            row["histogram"] and [each["count"] for each in row["histogram"]],
        )
        for row in result.collect()
    }  # fmt: skip


def _rounded(number):
    return None if number is None else float(f"{number:.9g}")


def _statistics(frame):
    """One aggregation of all columns; and which are to be counted, and which have a histogram."""
    kinds = dict(frame.dtypes)
    asked = [f.count("*").alias("rows")]
    for name, kind in kinds.items():
        asked += [
            f.count(name).alias(f"count_{name}"),
            f.approx_count_distinct(name).alias(f"distinct_{name}"),
            f.min(name).cast("string").alias(f"min_{name}"),
            f.max(name).cast("string").alias(f"max_{name}"),
        ]
        if kind in NUMBERS:
            asked += [
                f.mean(name).alias(f"mean_{name}"),
                f.stddev(name).alias(f"deviation_{name}"),
                f.min(f.col(name).cast("double")).alias(f"lower_{name}"),
                f.max(f.col(name).cast("double")).alias(f"upper_{name}"),
            ]
        if kind in (*NUMBERS, "date"):
            asked.append(f.percentile_approx(name, QUANTILES, 10_000).cast("array<string>").alias(f"quantiles_{name}"))
    found = frame.agg(*asked).collect()[0].asDict()
    counted = [name for name in kinds if found[f"distinct_{name}"] <= COUNTED_UP_TO]
    binned = [name for name, kind in kinds.items() if kind in NUMBERS]
    return found, list(kinds), counted, binned


def _range(name: str, found):
    """The number of the range that a value lies in."""
    lower, upper = found[f"lower_{name}"], found[f"upper_{name}"]
    share = (f.col(name).cast("double") - lower) / (upper - lower)
    # Of a null and a number the least is the number.
    return f.when(f.col(name).isNotNull(), f.least(f.floor(share * BINS), f.lit(BINS - 1)))


def _profile(found, names, top, histograms) -> dict:
    return {
        name: (
            found[f"count_{name}"], found["rows"] - found[f"count_{name}"],
            top[name][1] if name in top else found[f"distinct_{name}"],
            found[f"min_{name}"], found[f"max_{name}"],
            _rounded(found.get(f"mean_{name}")), _rounded(found.get(f"deviation_{name}")),
            top[name][0] if name in top else None,
            [histograms[name].get(place, 0) for place in range(BINS)] if name in histograms else None,
        )
        for name in names
    }  # fmt: skip


def profile_by_hand(data) -> dict:
    """Ask for each column's counts with a query of its own."""
    frame = data.table("people")
    found, names, counted, binned = _statistics(frame)
    top, histograms = {}, {}
    for name in counted:
        groups = frame.where(f.col(name).isNotNull()).groupBy(f.col(name).cast("string").alias("value")).count()
        rows = groups.orderBy(f.col("count").desc(), "value").limit(TOP).collect()
        top[name] = [(row["value"], row["count"]) for row in rows], groups.count()
    for name in binned:
        counts = frame.groupBy(_range(name, found).alias("place")).count().where("place IS NOT NULL")
        histograms[name] = {row["place"]: row["count"] for row in counts.collect()}
    return _profile(found, names, top, histograms)


def profile_by_one_count(data) -> dict:
    """Make a row of each value and each range, and count all of them together."""
    frame = data.table("people")
    found, names, counted, binned = _statistics(frame)
    texts = [f.struct(f.lit(f"t{name}").alias("what"), f.col(name).cast("string").alias("value")) for name in counted]
    ranges = [f.struct(f.lit(f"h{name}").alias("what"), _range(name, found).cast("string").alias("value")) for name in binned]
    each = frame.select(f.inline(f.array(*texts, *ranges))).where("value IS NOT NULL")
    counts = {}
    for row in each.groupBy("what", "value").count().collect():
        counts.setdefault(row["what"], []).append((row["value"], row["count"]))
    top = {
        name: (sorted(counts[f"t{name}"], key=lambda pair: (-pair[1], pair[0]))[:TOP], len(counts[f"t{name}"]))
        for name in counted
    }
    histograms = {name: {int(place): count for place, count in counts[f"h{name}"]} for name in binned}
    return _profile(found, names, top, histograms)
