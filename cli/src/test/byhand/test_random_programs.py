"""Random programs of DataFrame steps: by extension and by hand they tell the same."""

import os
import time

import pytest
from pyspark.sql.connect.session import SparkSession

from contest import Contest
from drawing import draw

SEED = os.environ.get("GRAFT_SEED", "a")
PROGRAMS = int(os.environ.get("GRAFT_PROGRAMS", "10"))
CLONES = hasattr(SparkSession, "cloneSession")


@pytest.fixture(scope="module")
def contest(connect, listed):
    return Contest(connect, listed)


@pytest.mark.native
@pytest.mark.programs
@pytest.mark.parametrize("seed", [f"{SEED}-{number}" for number in range(PROGRAMS)])
def test_by_extension_as_by_hand(contest, patience, seed):
    program = draw(seed, CLONES)
    difference = contest.difference(program)
    if difference:
        start = time.monotonic()
        program, difference = contest.shortened(program, difference, start + patience[0])
        patience[0] -= time.monotonic() - start
        pytest.fail(f"{program}\n\n{difference}", pytrace=False)


@pytest.mark.native
@pytest.mark.programs
def test_programs_look_at_much_and_seldom_fail(contest):
    """What was drawn would prove little if most of it failed, or nothing did."""
    assert contest.looks >= 4 * PROGRAMS
    assert contest.failures < contest.looks / 2
    assert contest.failures > 0 or PROGRAMS < 20
