"""Graft's server side, as files: the jar for Spark, the built-in plugins and the graft command.

>>> import graft_server
>>> graft_server.spark_jar().name
'graft-spark.jar'
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["builtin_plugins", "home", "spark_jar"]


def home() -> Path:
    """Return the folder that holds all of it: bin, lib, spark, plugins, demo.

    Raises
    ------
    FileNotFoundError
        If the package is not all there.
    """
    return _present(Path(__file__).resolve().parent / "home")


def spark_jar() -> Path:
    """Return the jar that goes into Spark, with ``--jars`` or ``spark.jars``."""
    return _present(home() / "spark" / "graft-spark.jar")


def builtin_plugins() -> Path:
    """Return the folder of the plugins that ship with Graft, for ``spark.graft.plugins.path``."""
    return _present(home() / "plugins")


def _present(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is missing. Install it again: "
            "pip install --force-reinstall graft-connect-server"
        )
    return path
