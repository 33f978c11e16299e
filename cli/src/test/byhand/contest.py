"""Runs a program both ways, step by step, and makes shorter what fails."""

from __future__ import annotations

import re
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyspark.errors import PySparkException

from drawing import TABLES
from programs import Program, Step
from sides import EFFECTS, FRAMES, LOOKS, ByExtension, ByHand, Side


# What is wrong with rows, and so told by whoever evaluates them.
OF_ROWS = {"CAST_INVALID_INPUT", "ARITHMETIC_OVERFLOW", "DIVIDE_BY_ZERO"}


@dataclass(frozen=True)
class Difference:
    """What came out otherwise by extension than by hand.

    Attributes
    ----------
    step : Step
        Where it was seen.
    by_extension, by_hand : Any
        What the step told, or the kind of its error.
    detail : str
        The errors in full.
    """

    step: Step
    by_extension: Any
    by_hand: Any
    detail: str = ""

    def __str__(self) -> str:
        """Return a few lines."""
        lines = [
            f"{self.step}",
            f"  by extension: {self.by_extension}",
            f"  by hand:      {self.by_hand}",
        ]
        return "\n".join([*lines, self.detail[:1500]])


@dataclass(frozen=True)
class Failure:
    """The kind of an error: its class in the client, and the class that the server gave it."""

    type: str
    condition: str

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """Return what two errors of one kind have in common."""
        condition = getattr(error, "getCondition", lambda: None)() or ""
        # Whether one task fails or two, or that of a subquery, is chance, or a matter of who
        # evaluates it.
        inner = re.search(r"\bSpark(\w+Exception): \[([A-Z_.]+)\]", str(error))
        if inner and condition in ("", "STAGE_MATERIALIZATION_MULTIPLE_FAILURES"):
            return cls(inner[1], inner[2])
        # Of two names that are not there, the first that Spark looks for is told; by hand and by
        # extension that need not be the same.
        if condition.startswith(("TABLE_OR_VIEW_NOT_FOUND", "UNRESOLVED_COLUMN")):
            condition = "a name that is not there"
        return cls(type(error).__name__, condition)


class Contest:
    """Programs on one server.

    Parameters
    ----------
    connect
        Makes a session.
    listed
        What the server listed of its extensions.
    """

    def __init__(self, connect: Callable[[], Any], listed: Any) -> None:
        self._connect = connect
        self._listed = listed
        self.looks = self.failures = 0
        self.kinds: Counter[Any] = Counter()

    def difference(self, program: Program) -> Difference | None:
        """Run a program both ways and return the first difference."""
        name = uuid.uuid4().hex[:8]
        extension = ByExtension(self._connect(), name, TABLES, self._listed)
        hand = ByHand(self._connect(), name, TABLES)
        try:
            for step in program.steps:
                if found := self._step(step, extension, hand):
                    return found
            return None
        finally:
            for side in (extension, hand):
                _end(side, program)

    def shortened(
        self, program: Program, difference: Difference, deadline: float
    ) -> tuple[Program, Difference]:
        """Leave out steps as long as some difference stays, and there is time."""
        shorter = True
        while shorter:
            shorter = False
            for step in reversed(program.steps):
                if time.monotonic() > deadline:
                    break
                candidate = program.without(step.number)
                if found := self.difference(candidate):
                    program, difference, shorter = candidate, found, True
                    break
        return program, difference

    def _step(self, step: Step, *sides: Side) -> Difference | None:
        if not all(side.has(step.needs()) for side in sides):
            return None  # something of what it needs has failed, on both sides alike
        told, errors = [], []
        for side in sides:
            try:
                told.append(_told(side, step))
            except PySparkException as error:
                told.append(Failure.of(error))
                if step.kind == "cache" and told[-1].condition in OF_ROWS:
                    # Planning alone evaluates rows that it knows, or does not: no one sees it here.
                    told[-1] = None
                errors.append(f"{side.name}: {type(error).__name__}: {str(error)[:600]}")
        if any(isinstance(each, Failure) for each in told):
            self.failures += 1
            self.kinds[told[0]] += 1
            for side in sides:
                if step.kind in FRAMES:
                    side.forget(step.number)
        self.looks += step.kind in LOOKS
        return None if told[0] == told[1] else Difference(step, *told, "\n".join(errors))


def _told(side: Side, step: Step) -> Any:
    if step.kind in FRAMES:
        return side.begin(step)
    if step.kind in EFFECTS:
        return EFFECTS[step.kind](side, step)
    return LOOKS[step.kind](side.frame(step.inputs[0]))


def _end(side: Side, program: Program) -> None:
    session = side.sessions[0]
    for name in {side.table_name(step) for step in program.steps if step.kind == "save"}:
        session.sql(f"DROP TABLE IF EXISTS {name}")
    if any(step.kind == "cache" for step in program.steps):
        session.catalog.clearCache()
    for each in side.sessions.values():
        each.client.close()
