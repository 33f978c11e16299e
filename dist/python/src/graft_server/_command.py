"""The command ``graft``: Graft's own launcher, on the installed Spark and this Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from graft_server import home


def main() -> NoReturn:
    """Run the command with this process' arguments; it takes this process' place."""
    if os.name != "posix":
        sys.exit("graft: The command runs on Linux and macOS, and in WSL on Windows.")
    try:
        launcher = home() / "bin" / "graft"
        if not launcher.is_file():
            raise FileNotFoundError(f"{launcher} is missing. Install graft-connect-server again")
    except FileNotFoundError as failure:
        sys.exit(f"graft: {failure}.")
    environment = with_spark(os.environ)
    # By its shell, since an installer may have lost that the file is a program.
    os.execve("/bin/sh", ["sh", str(launcher), *sys.argv[1:]], environment)


def with_spark(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with the Spark and the Python of this installation, where unset.

    A Spark that the environment names is kept, and so is one that the packages lack: the command
    then looks for Spark by itself.
    """
    result = dict(environment)
    if not result.get("SPARK_HOME"):
        spark = installed_spark()
        if spark is not None:
            result["SPARK_HOME"] = str(spark)
    if not result.get("PYSPARK_PYTHON"):
        result["PYSPARK_PYTHON"] = sys.executable
    return result


def installed_spark() -> Path | None:
    """Return the Spark that PySpark's package holds, if it has a Connect server."""
    # Found, not imported, which would take half a second.
    package = find_spec("pyspark")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    return folder if any(folder.glob("jars/spark-connect_*.jar")) else None
