"""Starts a Spark of this machine for a builder that :func:`graft.configure` has configured.

PySpark's own start is used, of 3.5 and of 4.x. Where it goes ways of its own, it is led back here
for as long as it starts: from 4.0 on it puts its Connect plugin in place of all plugins, it looks
for its server on port 15002, which on a machine with two notebooks somebody has already, and 4.2
warns of each setting of the server that it cannot set in the session as well.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyspark
from pyspark.sql import SparkSession

from graft.errors import InputError, LocalServerError

CONNECT_PLUGIN = "org.apache.spark.sql.connect.SparkConnectPlugin"

_PLUGINS = "spark.plugins"
_PORT = "spark.connect.grpc.binding.port"
_USUAL_PORT = 15002
_TOKEN = "SPARK_CONNECT_AUTHENTICATE_TOKEN"
_GRAFT = "dev.graft.spark.GraftPlugin"
_FOLDERS = "spark.graft.plugins.path"
_OLDEST_JAVA = 17
_REFUSAL = re.compile(r"\[?\b(GRAFT_[A-Z_]+)\b\]?:?\s*([^\n]+)")


def require_builder(builder: Any) -> None:
    """Refuse what is no builder of PySpark's sessions, and a PySpark that has no Spark in it."""
    if not isinstance(builder, SparkSession.Builder):
        raise InputError(
            "configure takes pyspark.sql.SparkSession.builder, not "
            f"{type(builder).__module__}.{type(builder).__qualname__}"
        )
    try:
        from pyspark.context import SparkContext  # noqa: F401
    except ImportError:
        raise LocalServerError(
            f"The package pyspark-client {pyspark.__version__} is installed, which is a client "
            "alone. Install one with a Spark in it: pip uninstall pyspark-client, pip install "
            f'"pyspark[connect]=={pyspark.__version__}"',
            "GRAFT_LOCAL_PACKAGE",
        ) from None


def start_by(builder: Any) -> None:
    """Have ``getOrCreate()`` of this builder, and of no other, start Spark with Graft in it."""
    builder.getOrCreate = lambda: _get_or_create(builder)


def _get_or_create(builder: Any) -> Any:
    from pyspark.context import SparkContext

    options = builder._options
    _require_local(options)
    if SparkContext._active_spark_context is not None:
        _require_same(SparkContext._active_spark_context, options)
        with _silence():
            return type(builder).getOrCreate(builder)
    _require_none_elsewhere()
    _require_connect(options)
    if SparkContext._jvm is None:
        _require_java()
    else:
        _require_loaded(SparkContext._jvm)
    given = options.get(_PORT, "0")
    port = _free_port() if given == "0" else int(given)
    # Whoever connects shows it. PySpark makes one too, but not for a classic session.
    os.environ.setdefault(_TOKEN, str(uuid.uuid4()))
    builder.config(_PORT, str(port))
    try:
        with _plugins_kept(), _client_on(port), _silence():
            return type(builder).getOrCreate(builder)
    except Exception as failure:
        raise _explained(failure, port) from failure
    finally:
        if given == "0":
            options.pop(_PORT, None)


def _require_local(options: dict[str, Any]) -> None:
    remote = options.get("spark.remote", os.environ.get("SPARK_REMOTE", ""))
    if remote.startswith("sc://"):
        raise LocalServerError(
            f"The session's server is {remote.partition('/;')[0]}, which runs already: Graft is "
            "put into it where it starts. Connect without graft.configure, or make the address "
            '"local[*]"',
            "GRAFT_LOCAL_SESSION",
        )


def _require_same(context: Any, options: dict[str, Any]) -> None:
    """Refuse a context that runs without Graft, or without the plugins that are asked for."""
    configuration = context.getConf()
    lacking = [
        path
        for path in options.get(_FOLDERS, "").split(",")
        if path and path not in configuration.get(_FOLDERS, "").split(",")
    ]
    without = _GRAFT not in configuration.get(_PLUGINS, "")
    if without or lacking:
        what = "Graft" if without else ", ".join(lacking)
        raise LocalServerError(
            f"A session runs in this process already, without {what}. Stop it with spark.stop(), "
            "then make this one",
            "GRAFT_LOCAL_SESSION",
        )


def _require_none_elsewhere() -> None:
    """Refuse a session of another server, which PySpark would return in place of a new one."""
    from pyspark.sql.connect.session import SparkSession as ConnectSession

    session = ConnectSession.getActiveSession()
    if session is not None:
        raise LocalServerError(
            "A session of another server is active in this process. Stop it with spark.stop(), "
            "then make this one",
            "GRAFT_LOCAL_SESSION",
        )


def _require_connect(options: dict[str, Any]) -> None:
    from pyspark.find_spark_home import _find_spark_home

    home = Path(_find_spark_home())
    brought = f"{options.get('spark.jars', '')},{options.get('spark.jars.packages', '')}"
    if any(home.glob("jars/spark-connect_*.jar")) or "spark-connect_" in brought:
        return
    raise LocalServerError(
        f"The Spark {pyspark.__version__} in {home} has no Connect server: PySpark's packages have "
        "it from 4.0 on. Install a newer PySpark, or let Spark 3.5 get it: .config("
        f'"spark.jars.packages", "org.apache.spark:spark-connect_2.12:{pyspark.__version__}")',
        "GRAFT_LOCAL_PACKAGE",
    )


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home, "bin", "java"))) if home else shutil.which("java")
    advice = f"Install Java {_OLDEST_JAVA} or later, and put it on the PATH or set JAVA_HOME"
    if java is None:
        where = f"in JAVA_HOME, which is {home}" if home else "on the PATH"
        raise LocalServerError(f"There is no Java {where}. {advice}", "GRAFT_LOCAL_JAVA")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', said.stderr)
    if version is None or int(version[1]) < _OLDEST_JAVA:
        which = f"is Java {version[1]}" if version else "says no version"
        raise LocalServerError(f"{java} {which}. {advice}", "GRAFT_LOCAL_JAVA")


def _require_loaded(jvm: Any) -> None:
    """Refuse the Java of an earlier session that had no Graft: its class path stays what it was."""
    from py4j.protocol import Py4JJavaError

    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    try:
        getattr(jvm, "java.lang.Class").forName(_GRAFT, False, loader)
    except Py4JJavaError:
        raise LocalServerError(
            "The Java of this process was started by a session without Graft, and cannot take its "
            "jar any more. Start Python again (in a notebook: the kernel), with this session first",
            "GRAFT_LOCAL_SESSION",
        ) from None


def _free_port() -> int:
    """Return the usual port, or where somebody has it, a free one."""
    for port in (_USUAL_PORT, 0):
        with socket.socket() as tried:
            # As servers do, so that connections which are being closed do not count.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise LocalServerError("This machine has no free port on 127.0.0.1", "GRAFT_LOCAL_FAILED")


@contextmanager
def _plugins_kept() -> Iterator[None]:
    """Keep the builder's plugins where PySpark sets its own, as it does from 4.0 on."""
    from pyspark.conf import SparkConf

    original = SparkConf.set

    def set_beside(self: Any, key: str, value: str) -> Any:
        if key == _PLUGINS and value == CONNECT_PLUGIN:
            value = self.get(_PLUGINS, None) or value
        return original(self, key, value)

    SparkConf.set = set_beside  # type: ignore[method-assign]
    try:
        yield
    finally:
        SparkConf.set = original  # type: ignore[method-assign]


@contextmanager
def _client_on(port: int) -> Iterator[None]:
    """Have PySpark's client look for its local server where that listens."""
    from pyspark.sql.connect.client import core

    builder: Any = getattr(core, "DefaultChannelBuilder", core.ChannelBuilder)
    original = builder.__dict__["default_port"]
    builder.default_port = staticmethod(lambda: port)
    try:
        yield
    finally:
        builder.default_port = original


@contextmanager
def _silence() -> Iterator[None]:
    """Say nothing of settings that are the server's, and so cannot be set in the session too."""
    with warnings.catch_warnings():
        for key in (r"spark\.jars", r"spark\.plugins", r"spark\.graft\.", r"spark\.connect\."):
            warnings.filterwarnings("ignore", message=rf"Failed to set {key}")
        yield


def _explained(failure: Exception, port: int) -> Exception:
    text = str(failure)
    refusal = _REFUSAL.search(text)
    if refusal is not None:
        return LocalServerError(f"Spark has not started. {refusal[2].strip()}", refusal[1])
    if "BindException" in text:
        return LocalServerError(
            f"Spark has not started: port {port} is taken. Leave {_PORT} out for a free one",
            "GRAFT_LOCAL_FAILED",
        )
    return failure
