"""Measures, and writes a line for each way: operation, way, rows and the seconds of the rounds, between tabs.

python -m operations ADDRESS FOLDER RESULT ROWS:ROUNDS...
"""

import sys
import time
from pathlib import Path

import graft
from pyspark.sql.connect.session import SparkSession

from operations.contests import CONTESTS, Contest
from operations.data import Data

# A way that is so many times slower than the fastest by hand is not run with more rows.
TOO_SLOW = 1.8


def main(address: str, folder: str, result: str, *sizes: str) -> None:
    """Measure all sizes, the smallest first."""
    spark = SparkSession.builder.remote(address).create()
    SparkSession._active_session.session = spark  # for functions that are made without a session
    ext = graft.extensions(spark)
    lines = []
    left_out = set()
    for place, size in enumerate(sizes):
        rows, rounds = (int(each) for each in size.split(":"))
        data = Data(spark, Path(folder), rows)
        print(f"{rows:,} rows: writing the tables", flush=True)
        data.write()
        for contest in CONTESTS:
            ways = {"": lambda contest=contest: contest.operation(ext, data)}
            for name, by_hand in contest.by_hand.items():
                if (contest.name, name) not in left_out:
                    ways[name] = lambda by_hand=by_hand: by_hand(data)
            if place == 0:
                assert_same_results(contest, ways)
            measured = measure(contest, ways, rounds)
            for name, seconds in measured.items():
                lines.append(f"{contest.name}\t{name}\t{rows}\t{' '.join(map(str, seconds))}\n")
            fastest = min(min(seconds) for name, seconds in measured.items() if name)
            left_out |= {
                (contest.name, name) for name, seconds in measured.items() if name and min(seconds) > TOO_SLOW * fastest
            }
    Path(result).write_text("".join(lines))


def assert_same_results(contest: Contest, ways: dict) -> None:
    """Stop where a way gives other rows than the operation."""
    expected = contest.same(ways[""]())
    for name, way in ways.items():
        actual = contest.same(way())
        if actual != expected:
            raise SystemExit(f"{contest.name} and {name} differ:\n{expected}\n{actual}")


def measure(contest: Contest, ways: dict, rounds: int) -> dict[str, list[float]]:
    """Run all ways in turn, each round in another order; the first third again is not counted."""
    seconds = {name: [] for name in ways}
    for number in range(-(rounds // 3), rounds + 1):
        names = list(ways) if number % 2 else list(reversed(ways))
        for name in names:
            begin = time.perf_counter()
            contest.run(ways[name]())
            took = time.perf_counter() - begin
            print(f"{contest.name} {name or 'with Graft'}: {took:.2f} s{'' if number > 0 else ' (warming up)'}", flush=True)
            if number > 0:
                seconds[name].append(took)
    return seconds


main(*sys.argv[1:])
