"""Draw the pictures of the README from what a server answers: python pictures.py FOLDER, with GRAFT_SERVER set."""

import html
import os
import sys
from pathlib import Path

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"

from pyspark.sql.connect.session import SparkSession  # noqa: E402

import graft  # noqa: E402
from flights import Flights  # noqa: E402

LINE, LETTER, GAP = 22, 7.3, 18
COLOURS = {"I": "#e6f4ea", "D": "#fce8e6", "C": "#fef7e0"}


def table(names, texts, shade=lambda _: "none", drawn=lambda *_: None, widths=None):
    """Return a table as SVG; what is drawn takes the place of a cell's text."""
    widths = widths or {}
    wide = [
        widths.get(name, max(len(str(each)) for each in [name, *(row[at] for row in texts)]) * LETTER) + GAP
        for at, name in enumerate(names)
    ]
    height = LINE * (len(texts) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sum(wide):.0f}" height="{height}" '
        f'font-family="monospace" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for place, row in enumerate([names, *texts]):
        top = place * LINE
        if place:
            parts.append(f'<rect y="{top}" width="100%" height="{LINE}" fill="{shade(row)}"/>')
        for at, cell in enumerate(row):
            left = sum(wide[:at]) + GAP / 2
            picture = drawn(names[at], cell, left, top) if place else None
            bold = "" if place else ' font-weight="bold"'
            parts.append(picture or f'<text x="{left:.0f}" y="{top + 15}"{bold}>{html.escape(str(cell))}</text>')
        parts.append(f'<path d="M0 {top + LINE}H{sum(wide):.0f}" stroke="#ddd"/>')
    return "\n".join(parts) + "\n</svg>\n"


def bars(name, cell, left, top):
    """Draw a histogram."""
    if name != "histogram" or not cell:
        return None
    most = max(cell)
    return "".join(
        f'<rect x="{left + 6 * at:.0f}" y="{top + 19 - 16 * count / most:.1f}" width="5" height="{16 * count / most:.1f}" fill="#4a78b5"/>'
        for at, count in enumerate(cell)
    )


def histogram(spark, ext):
    found = ext.histogram(Flights(spark).spark(5_000), column="dep_delay", bins=12, lower=-30, upper=150)
    rows = [[*row, row["count"]] for row in found.orderBy("bin").collect()]
    most, width = max(row[-1] for row in rows), 300

    def bar(name, cell, left, top):
        return None if name else f'<rect x="{left:.0f}" y="{top + 4}" width="{width * cell / most:.1f}" height="14" fill="#4a78b5"/>'

    return table([*found.columns, ""], rows, drawn=bar, widths={"": width})


def diff(spark, ext):
    before = spark.createDataFrame([(1, "one", 1.0), (2, "two", 2.0), (3, "three", 3.0)], "id int, name string, price double")
    after = spark.createDataFrame([(1, "one", 1.0), (2, "zwei", 2.5), (4, "four", 4.0)], "id int, name string, price double")
    found = ext.diff(before, right=after, id_columns=["id"], change_column="changes").orderBy("id")
    rows = [["" if each is None else ", ".join(each) if isinstance(each, list) else each for each in row] for row in found.collect()]
    return table(found.columns, rows, shade=lambda row: COLOURS.get(row[0], "none"))


def profile(spark, ext):
    found = ext.profile(Flights(spark).spark(5_000), top_values=2, columns=["dep_delay", "distance", "carrier", "tailnum"])
    names = ["column", "count", "nulls", "distinct", "min", "max", "mean", "median", "top_values", "histogram"]
    rows = []
    for row in found.collect():
        rows.append([
            *row[1:2], *row[3:5], row["distinct"], row["min"], row["max"],
            "" if row["mean"] is None else f"{row['mean']:.1f}",
            row["quantiles"][2]["value"] if row["quantiles"] else "",
            ", ".join(f"{each['value']}: {each['count']}" for each in row["top_values"]),
            [each["count"] for each in row["histogram"] or []] or "",
        ])  # fmt: skip
    return table(names, rows, drawn=bars, widths={"histogram": 120})


if __name__ == "__main__":
    session = SparkSession.builder.remote(f"{os.environ['GRAFT_SERVER']}/;user_id=ada").create()
    SparkSession._active_session.session = session
    for draw in (histogram, diff, profile):
        Path(sys.argv[1], f"{draw.__name__}.svg").write_text(draw(session, graft.extensions(session)))
