"""What the Python of executors is, and what it can import."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql.connect.functions import col, udf
from pyspark.sql.types import StringType

from graft.errors import EnvironmentFailure

# As many tasks as there are rows at most, over as many executors as Spark takes for them.
_ROWS = 16
_OF_THE_SERVER = re.compile(r"\s*($|at |\.\.\. \d+ more|(Driver|JVM) stacktrace:)")
_VERSIONS = re.compile(
    r"worker has different version:? \(?'?([\d., ]+?)'?\)? than that in driver:? ([\d.]*\d)"
)


@dataclass(frozen=True)
class Python:
    """The Python of the executors.

    Attributes
    ----------
    executable : str
        Its path there.
    version : str
        Such as ``"3.11.7"``.
    platform : str
        Such as ``"linux-x86_64"``.
    libc : tuple of str
        Name and version of the C library, such as ``("glibc", "2.36")``; empty where not known.
    packages : dict
        The distributions that it has, from name to version.
    """

    executable: str
    version: str
    platform: str
    libc: tuple[str, str]
    packages: dict[str, str]


def ask(spark: Any, modules: Sequence[str] = ()) -> Python:
    """Have executors import modules, and say what their Python is.

    Raises
    ------
    EnvironmentFailure
        GRAFT_ENVIRONMENT_PYTHON, if no function of this client runs there, or
        GRAFT_ENVIRONMENT_IMPORT, if a module cannot be imported.
    """
    question: Any = udf(_question(list(modules)), StringType(), useArrow=False)
    try:
        rows = spark.range(_ROWS).select(question(col("id"))).collect()
    except PySparkException as failure:
        raise _unusable(failure) from failure
    answers = [json.loads(row[0]) for row in rows]
    errors: dict[str, str] = {}
    for answer in answers:
        errors.update(answer.get("errors", {}))
    if errors:
        raise EnvironmentFailure(
            "Executors cannot import "
            + "; ".join(f"{module}: {error}" for module, error in errors.items())
            + ". The session keeps the Python that it had",
            "GRAFT_ENVIRONMENT_IMPORT",
            tuple(errors),
        )
    return next(
        Python(
            answer["executable"],
            answer["version"],
            answer["platform"],
            tuple(answer["libc"]),
            answer["packages"],
        )
        for answer in answers
        if "packages" in answer
    )


def _question(modules: list[str]) -> Callable[[int], str]:
    # A function inside a function travels by value: executors have no graft to take it from.
    def answer(row: int) -> str:
        import importlib
        import importlib.metadata
        import json
        import platform
        import sys
        import sysconfig
        import traceback

        errors = {}
        for module in modules:
            try:
                importlib.import_module(module)
            except (Exception, SystemExit):
                kind, error, trace = sys.exc_info()
                errors[module] = traceback.format_exception_only(kind, error)[-1].strip()
                place = traceback.extract_tb(trace)[-1]
                if "importlib" not in place.filename:  # Code of the module, and not its absence.
                    errors[module] += f" ({place.filename}, line {place.lineno})"
        if errors or row != 0:
            return json.dumps({"errors": errors})
        found = list(importlib.metadata.distributions())
        return json.dumps(
            {
                "executable": sys.executable,
                "version": platform.python_version(),
                "platform": sysconfig.get_platform(),
                "libc": platform.libc_ver(),
                # The first on the path is the one that is imported.
                "packages": {each.metadata["Name"]: each.version for each in reversed(found)},
            }
        )

    return answer


def _unusable(failure: PySparkException) -> EnvironmentFailure:
    text = str(failure)
    versions = _VERSIONS.search(text)
    if versions:
        theirs = versions[1].replace(", ", ".")
        own = f"{sys.version_info.major}.{sys.version_info.minor}"
        return EnvironmentFailure(
            f"The Python of the executors is {theirs}, and this client runs {own}: the functions "
            f"that it sends need the same. Run the client with Python {theirs}, name a Python "
            f'{own} of the executors (python="/path"), or send an archive that brings its own',
            "GRAFT_ENVIRONMENT_PYTHON",
        )
    return EnvironmentFailure(
        "Executors cannot run functions of Python with it, and the session keeps the Python that "
        f"it had. The server said: {_essence(text)}",
        "GRAFT_ENVIRONMENT_PYTHON",
    )


def _essence(text: str) -> str:
    """Leave out of a server's error what is only about the server's own code."""
    lines = [line for line in dict.fromkeys(text.splitlines()) if not _OF_THE_SERVER.match(line)]
    chosen = lines if len(lines) <= 12 else [*lines[:4], "…", *lines[-8:]]
    return "\n".join(chosen)
