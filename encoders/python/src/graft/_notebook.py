"""What ``%load_ext graft`` does: refusals in three lines, without the stack, and help as text.

Nothing of IPython is imported; what is used is the shell that it hands over.
"""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from types import FunctionType, TracebackType
from typing import Any

from pyspark.errors import PySparkException

from graft import _help
from graft.errors import GraftError

_CODE = re.compile(r"\bGRAFT_[A-Z_]+\b")
# What Spark puts before a refusal's text: the exception's class, and the error class or code.
_BEFORE = re.compile(r"\A(?:\([\w.$]+\)\s*)?(?:\[[\w.]+\]\s*)*")
_LONGEST = 1000
_SHOWN = (GraftError, PySparkException)
_before: dict[int, tuple[Any, Any]] = {}


def load(shell: Any) -> None:
    """Show the refusals of Graft and of its plugins in three lines from now on."""
    if id(shell) in _before:
        return
    others, show = shell.custom_exceptions, shell.CustomTB
    _before[id(shell)] = (others, show)

    def handle(
        shell: Any,
        kind: type[BaseException],
        failure: BaseException,
        stack: TracebackType | None,
        tb_offset: int | None = None,
    ) -> Any:
        lines = in_three_lines(shell, failure, stack)
        if lines is not None:
            # Where %tb and %debug look for the last stack.
            sys.last_type, sys.last_value, sys.last_traceback = kind, failure, stack
            shell._showtraceback(kind, failure, lines)
            return lines
        if isinstance(failure, others):
            return show(kind, failure, stack, tb_offset=tb_offset)
        shell.showtraceback((kind, failure, stack), tb_offset=tb_offset)
        return None

    shell.set_custom_exc((*others, *_SHOWN), handle)
    plain = shell.display_formatter.formatters["text/plain"]
    plain.for_type(FunctionType, _shows_help(plain.for_type(FunctionType)))


def unload(shell: Any) -> None:
    """Show errors and functions as before."""
    if id(shell) in _before:
        shell.custom_exceptions, shell.CustomTB = _before.pop(id(shell))
        plain = shell.display_formatter.formatters["text/plain"]
        shown = plain.for_type(FunctionType)
        plain.for_type(FunctionType, getattr(shown, "before", shown))


def _shows_help(before: Any) -> Any:
    """Return a printer of functions that shows those of extensions with their help."""

    def show(function: Any, printer: Any, cycle: bool) -> None:
        text = _help.text_of(function)
        if text is None:
            before(function, printer, cycle)
        else:
            printer.text(text)

    show.before = before  # type: ignore[attr-defined]
    return show


def in_three_lines(
    shell: Any, failure: BaseException, stack: TracebackType | None
) -> list[str] | None:
    """Return what was refused, where in the user's cells, and how to see more.

    Returns
    -------
    list of str or None
        Nothing for a failure that is no refusal of Graft's: its stack may tell something.
    """
    text = str(failure).partition("\n\nJVM stacktrace:")[0]
    if isinstance(failure, GraftError):
        code = failure.code
    else:
        found = _CODE.search(text)
        if found is None:
            return None
        code = found[0]
    return [
        f"{code}: {_said(text, code)}",
        f"  {_place(shell, stack)}",
        "  %tb shows the whole stack.",
    ]


def _said(text: str, code: str) -> str:
    """Return a refusal's text in one line, which names its code once."""
    said = text.partition(f"{code}] ")[2] or _BEFORE.sub("", text)
    line = " ".join(said.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + " …"


def _place(shell: Any, stack: TracebackType | None) -> str:
    """Return the line of a cell that it came from; of the innermost, if cells call one another."""
    place = "Not from a cell"
    for frame, number in traceback.walk_tb(stack):
        file = frame.f_code.co_filename
        cell = shell.compile.format_code_name(file)
        if cell is not None:
            code = linecache.getline(file, number).strip()
            place = f"{' '.join(cell)}, line {number}: {code}"
    return place
