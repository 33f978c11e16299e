"""Graft in the Spark of this machine: what Delta's users know as a builder that is configured."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Union

from graft import _starting
from graft.errors import InputError, LocalServerError

PathLike = Union[str, "os.PathLike[str]"]

_JARS = "spark.jars"
_PLUGINS = "spark.plugins"
_FOLDERS = "spark.graft.plugins.path"
_GRAFT = "dev.graft.spark.GraftPlugin"


def configure(
    builder: Any,
    plugins: PathLike | Iterable[PathLike] | None = None,
    *,
    jar: PathLike | None = None,
) -> Any:
    """Put Graft into the session that a builder makes, on the Spark of this machine.

    >>> builder = SparkSession.builder.remote("local[*]")       # doctest: +SKIP
    >>> spark = graft.configure(builder).getOrCreate()          # doctest: +SKIP
    >>> graft.extensions(spark).top_k(df, order_by=["price"], k=3).show()  # doctest: +SKIP

    With ``.remote("local[*]")`` the session is one of Spark Connect, on a server in this process'
    own Java that takes this session's token. With ``.master(…)`` it is a classic session, which
    cannot send extensions itself; clients reach them at its Connect server, which listens on this
    machine only unless ``spark.connect.grpc.binding.address`` says otherwise.

    What the builder has of ``spark.jars``, ``spark.plugins`` and ``spark.graft.plugins.path``
    stays, and other settings of Graft can be given to it as any setting of Spark.

    Parameters
    ----------
    builder : SparkSession.Builder
        As ``pyspark.sql.SparkSession.builder`` gives it.
    plugins : path or list of paths, optional
        Plugin jars, or folders of them. Without it: the plugins that ship with Graft, in
        ``graft_server.builtin_plugins()``. What their services files name is loaded, and the
        session does not start without one of them.
    jar : path, optional
        Graft's jar for Spark, where it is not that of the package graft-connect-server.

    Returns
    -------
    SparkSession.Builder
        The same builder.

    Raises
    ------
    LocalServerError
        If there is no Spark with Connect (GRAFT_LOCAL_PACKAGE), or a jar is not there
        (GRAFT_LOCAL_JAR); and from ``getOrCreate()`` if there is no Java 17 (GRAFT_LOCAL_JAVA),
        a session runs already (GRAFT_LOCAL_SESSION), or Spark does not start (GRAFT_LOCAL_FAILED).
    """
    _starting.require_builder(builder)
    graft_jar = _jar(jar)
    folders = _folders(plugins)
    options = builder._options
    builder.config(_JARS, _joined(options.get(_JARS), [graft_jar]))
    builder.config(_PLUGINS, _with_graft(options.get(_PLUGINS)))
    if folders:
        builder.config(_FOLDERS, _joined(options.get(_FOLDERS), folders))
    for key, value in (
        ("spark.graft.plugins.discovery", "both"),
        ("spark.graft.plugins.required", "true"),
        ("spark.connect.grpc.binding.address", "127.0.0.1"),
    ):
        if key not in options:
            builder.config(key, value)
    _starting.start_by(builder)
    return builder


def _jar(given: PathLike | None) -> str:
    if given is not None:
        path = Path(given).expanduser().absolute()
        if not path.is_file():
            raise LocalServerError(
                f"Graft's jar for Spark, {path}, is not there. Give the path of a "
                "graft-spark.jar, or leave jar out",
                "GRAFT_LOCAL_JAR",
            )
        return str(path)
    return str(_server().spark_jar())


def _folders(given: PathLike | Iterable[PathLike] | None) -> list[str]:
    if given is None:
        return [str(_server().builtin_plugins())]
    paths = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    return [_folder(path) for path in paths]


def _folder(given: PathLike) -> str:
    if not isinstance(given, (str, os.PathLike)):
        raise InputError(
            f"plugins takes paths of jars and folders, not {type(given).__name__}: {given!r}"
        )
    path = Path(given).expanduser().absolute()
    if not path.exists():
        raise LocalServerError(
            f"The plugin {path} is not there. Give the path of a jar, or of a folder of jars",
            "GRAFT_LOCAL_JAR",
        )
    if path.is_file() and path.suffix != ".jar":
        raise LocalServerError(
            f"The plugin {path} is no jar. Give the path of a jar, or of a folder of jars",
            "GRAFT_LOCAL_JAR",
        )
    if "," in str(path):
        raise LocalServerError(
            f"The path of the plugin {path} has a comma, which separates paths in Spark's "
            "settings. Move it to a folder without one",
            "GRAFT_LOCAL_JAR",
        )
    return str(path)


def _server() -> Any:
    try:
        import graft_server
    except ImportError:
        raise LocalServerError(
            "The package graft-connect-server is not installed, which has Graft's jar for Spark "
            'and the plugins that ship with it. Install it: pip install "graft-connect[server]", '
            "or give the paths as jar and plugins",
            "GRAFT_LOCAL_PACKAGE",
        ) from None
    return graft_server


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _joined(text: str | None, more: list[str]) -> str:
    return ",".join(dict.fromkeys([*_names(text), *more]))


def _with_graft(text: str | None) -> str:
    """Return the plugins of Spark, with Graft's before that which starts the Connect server."""
    names = _names(text)
    if _GRAFT not in names:
        names.insert(0, _GRAFT)
    if _starting.CONNECT_PLUGIN not in names:
        names.append(_starting.CONNECT_PLUGIN)
    return ",".join(names)
