"""Programs of DataFrame steps: values that can be drawn, printed, run and made shorter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# An expression is a tuple: its kind, and then values or further expressions. ("of", 3, "n") is the
# column n of the frame of step 3, and ("most", 3, "n") a scalar subquery over it.


@dataclass(frozen=True)
class Step:
    """One step. The frame that it makes, if it makes one, is called by its number.

    Attributes
    ----------
    number : int
        Its place in the program as it was drawn; a shorter program keeps it.
    kind : str
        A name of `sides.FRAMES`, `sides.EFFECTS` or `sides.LOOKS`.
    inputs : tuple of int
        The steps whose frames it works on.
    session : int
        In which session, from 0; further ones are clones.
    options : dict
        Anything else; expressions among them.
    """

    number: int
    kind: str
    inputs: tuple[int, ...] = ()
    session: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def needs(self) -> set[int]:
        """Return the steps that it cannot do without."""
        return {*self.inputs, *frames_of(tuple(self.options.values()))}

    def __str__(self) -> str:
        """Return a line that reads like Python."""
        arguments = [f"f{number}" for number in self.inputs]
        arguments += [f"{name}={text(value)}" for name, value in self.options.items()]
        where = f"  # session {self.session}" if self.session else ""
        return f"f{self.number} = {self.kind}({', '.join(arguments)}){where}"


def text(value: Any) -> str:
    """Return an option as a text."""
    if is_expression(value):
        kind, *rest = value
        if kind == "column":
            return f"col({rest[0]!r})"
        if kind in ("of", "most", "some"):
            return f"f{rest[0]}[{rest[1]!r}]" + ("" if kind == "of" else f".{kind}()")
        return f"{kind}({', '.join(text(each) for each in rest)})"
    if isinstance(value, tuple):
        return f"[{', '.join(text(each) for each in value)}]"
    return repr(value)


EXPRESSIONS = {
    "column",
    "of",
    "most",
    "some",
    "literal",
    "plus",
    "cast",
    "hour",
    "upper",
    "frames.mask",
    "mask",
    "bucket",
    "hashed",
}


def is_expression(value: Any) -> bool:
    """Tell expressions from lists of them."""
    return isinstance(value, tuple) and bool(value) and value[0] in EXPRESSIONS


def parts_of(value: Any) -> list[tuple[Any, ...]]:
    """Return all expressions in a value, those in others included."""
    found = []
    if isinstance(value, tuple):
        if is_expression(value):
            found.append(value)
        for each in value:
            found += parts_of(each)
    return found


def frames_of(value: Any) -> set[int]:
    """Return the steps whose frames the expressions in a value name."""
    return {part[1] for part in parts_of(value) if part[0] in ("of", "most", "some")}


@dataclass(frozen=True)
class Program:
    """Steps in their order.

    Attributes
    ----------
    seed : str
        From what it was drawn.
    steps : tuple of Step
        Each needs only earlier ones.
    """

    seed: str
    steps: tuple[Step, ...]

    def without(self, number: int) -> Program:
        """Return the program without a step, and without those that need it."""
        gone = {number}
        kept = []
        for step in self.steps:
            is_clone_gone = any(("clone", step.session) == each for each in gone)
            if step.number in gone or step.needs() & gone or is_clone_gone:
                gone.add(step.number)
                if step.kind == "clone_session":
                    gone.add(("clone", step.options["to"]))
            else:
                kept.append(step)
        return Program(self.seed, tuple(kept))

    def __str__(self) -> str:
        """Return a line for each step."""
        return "\n".join([f"# seed {self.seed}", *map(str, self.steps)])
