"""Loops that ask for the columns at each step, as people write them in notebooks."""

import pytest
from pyspark.sql.connect.functions import col, expr, lit, row_number
from pyspark.sql.connect.window import Window

from conftest import seconds

STEPS = 24
# benchmarks/README.md has the figures. This only tells that each step costs no more than the one
# before, on a machine that does other things as well.
AT_MOST = 2.5


@pytest.mark.native
def test_a_step_costs_about_what_it_costs_by_hand(ext, sales):
    place = row_number().over(Window.partitionBy("g").orderBy(col("n").desc()))

    def by_hand(frame):
        # Without drop, as the extension: on 4.0 it alone makes Spark keep what it has analysed.
        placed = frame.select("*", place.alias("place")).where("place <= 3")
        return placed.select(expr("* EXCEPT (place)"))

    def by_extension(frame):
        return ext["acme.frames.v1.TopK"](frame, by=["g"], order_by="n", k=3, descending=True)

    def loop(step, steps=STEPS):
        frame = sales
        for i in range(steps):
            assert f"c{i}" not in frame.columns
            frame = step(frame.withColumn(f"c{i}", lit(i)))
        assert frame.count() == 4

    loop(by_hand, 4)
    loop(by_extension, 4)
    hand = min(seconds(lambda: loop(by_hand)) for _ in range(2))
    extension = min(seconds(lambda: loop(by_extension)) for _ in range(2))

    assert extension < AT_MOST * hand, f"{extension:.1f} s, and by hand {hand:.1f} s"
