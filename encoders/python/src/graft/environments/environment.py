"""The environment of a session."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graft import _client
from graft.environments.building import Builder, cache_folder
from graft.environments.preparing import prepare, title_of
from graft.environments.session import SessionPython
from graft.environments.sources import recognised
from graft.environments.upload import upload

Report = Callable[[str], None]


def to_standard_error(line: str) -> None:
    """Report a step."""
    print(f"graft.environment: {line}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Environment:
    """The packages that the functions of a session find.

    Attributes
    ----------
    name : str
        What its files are called on the server, with the beginning of the digest.
    digest : str
        The SHA-256 of what was sent.
    python : str
        The Python that the session uses, as its executors start it.
    version : str
        Such as ``"3.11.7"``.
    packages : dict
        The distributions that it finds, from name to version; those that executors have as well.
    """

    name: str
    digest: str
    python: str
    version: str
    packages: dict[str, str]
    _spark: Any = field(repr=False, compare=False)
    _options: dict[str, Any] = field(repr=False, compare=False)

    def replace(self, source: Any, **options: Any) -> Environment:
        """Give the session another environment, with this one's options but for those given.

        Queries that have begun end with the packages that they began with; functions that were
        made before find the new ones from the next query on.
        """
        return environment(self._spark, source, **{**self._options, **options})

    def remove(self) -> None:
        """Give the session the Python that it had before its first environment."""
        with SessionPython(self._spark) as session:
            session.restore()


def environment(
    spark: Any,
    source: Any,
    *,
    name: str | None = None,
    check: str | Sequence[str] | None = None,
    python: str | None = None,
    cache: str | os.PathLike[str] | None = None,
    rebuild: bool = False,
    report: Report | None = to_standard_error,
) -> Environment:
    """Let the functions of a session find packages, and those of no other session.

    >>> graft.environment(spark, "requirements.txt")               # doctest: +SKIP
    >>> graft.environment(spark, ["numpy==2.1.0", "acme.py"])      # doctest: +SKIP

    What is missing is built, what the server does not have is sent, the session's Python is set,
    and executors import the packages. If any of this fails, the session keeps what it had. Another
    call replaces the environment.

    Parameters
    ----------
    spark : SparkSession
        A Spark Connect session on a server of 3.5 or later.
    source : path or iterable of str and paths
        A requirements file; a ``pyproject.toml``, or its folder: the project where it has a build
        system, and else what it depends on; an archive that venv-pack or conda-pack made; a PEX; a
        module (``.py``), a ``.zip`` of modules, a wheel; or a list of lines of a requirements file,
        modules, zips and wheels.
    name
        What it is called on the server, before its digest.
    check
        A module, or several, that executors must be able to import: those of the packages that were
        asked for, unless given.
    python
        The executors' Python that runs with the packages: the session's, unless given. An archive
        that brings its own does not use it.
    cache
        A folder for what is built: ``graft/environments`` in XDG_CACHE_HOME, unless given.
    rebuild
        Whether to build anew what is in the cache, where versions that are not pinned are those of
        the first time.
    report
        What is called with a line for each step: standard error, unless given; ``None`` is silent.

    Raises
    ------
    EnvironmentFailure
        GRAFT_ENVIRONMENT_SOURCE, GRAFT_ENVIRONMENT_NAME or GRAFT_ENVIRONMENT_ARCHIVE, if it cannot
        be one; GRAFT_ENVIRONMENT_PACKAGE, if pip cannot install a package;
        GRAFT_ENVIRONMENT_PYTHON, if executors have no Python for it; GRAFT_ENVIRONMENT_IMPORT, if
        they cannot import a module; GRAFT_ENVIRONMENT_UPLOAD, if it does not arrive whole;
        GRAFT_ENVIRONMENT_UNSUPPORTED, if the server has no such thing.
    SessionError
        If the session is not a Spark Connect session.
    pyspark.errors.PySparkException
        If the server refuses what is sent.
    """
    _client.require_connect(spark)
    check = [check] if isinstance(check, str) else check
    options = {"name": name, "check": check, "python": python, "cache": cache, "report": report}
    tell = report or (lambda _: None)
    folder = Path(cache_folder() if cache is None else cache).absolute()
    builder = Builder(folder, rebuild, tell)
    known = recognised(source)
    title = title_of(name, known)
    with SessionPython(spark) as session:
        prepared = prepare(known, title, lambda: session.base(python), builder)
        upload(spark.client, prepared.artifacts, tell)
        modules = prepared.modules if check is None else check
        tell(f"executors import {', '.join(modules) or 'nothing but PySpark'}")
        found = session.switch(prepared.python, modules)
    tell(f"{prepared.name} serves the session, with Python {found.version}")
    return Environment(
        prepared.name,
        prepared.digest,
        prepared.python,
        found.version,
        found.packages,
        spark,
        options,
    )
