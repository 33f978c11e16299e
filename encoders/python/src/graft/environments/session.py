"""Which Python a session uses."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Sequence
from typing import Any

from graft.environments import executors
from graft.errors import EnvironmentFailure

_SETTING = "spark.sql.execution.pyspark.python"
_memories: weakref.WeakKeyDictionary[Any, Memory] = weakref.WeakKeyDictionary()
_memories_lock = threading.Lock()


class Memory:
    """What is known of the session of a client."""

    def __init__(self, before: str | None) -> None:
        self.lock = threading.RLock()
        # What is beside the session's files is of an environment that another client has set.
        self.before = None if (before or "").startswith("./") else before
        self.bases: dict[str | None, executors.Python] = {}


class SessionPython:
    """The Python of a session. A ``with`` statement keeps other threads from changing it."""

    def __init__(self, spark: Any) -> None:
        self._spark = spark
        with _memories_lock:
            if spark.client not in _memories:
                _require_artifacts(spark.version)
                _memories[spark.client] = Memory(self._setting())
            self._memory = _memories[spark.client]

    def __enter__(self) -> SessionPython:
        """Wait for the others."""
        self._memory.lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the others go on."""
        self._memory.lock.release()

    def base(self, python: str | None) -> executors.Python:
        """Return what executors have without an environment, or under a path that is given."""
        bases = self._memory.bases
        if python not in bases:
            # Such a question concerns the whole session, so it is asked once only.
            before = self._setting()
            self._set(self._memory.before if python is None else python)
            try:
                bases[python] = executors.ask(self._spark)
            finally:
                self._set(before)
        return bases[python]

    def switch(self, python: str, modules: Sequence[str]) -> executors.Python:
        """Set the Python, and see that executors import modules with it, or set it back."""
        before = self._setting()
        self._set(python)
        try:
            return executors.ask(self._spark, modules)
        except BaseException:
            self._set(before)
            raise

    def restore(self) -> None:
        """Set what was set before the first environment."""
        self._set(self._memory.before)

    def _setting(self) -> str | None:
        setting: str | None = self._spark.conf.get(_SETTING, None)
        return setting

    def _set(self, python: str | None) -> None:
        if python is None:
            self._spark.conf.unset(_SETTING)
        else:
            self._spark.conf.set(_SETTING, python)


def _require_artifacts(version: str) -> None:
    line = re.match(r"(\d+)\.(\d+)", version)
    if line and (int(line[1]), int(line[2])) < (3, 5):
        raise EnvironmentFailure(
            f"The server is Spark {version}, where files and the Python are the same for all "
            "sessions. Use a server of 3.5 or later, or have its operator install the packages",
            "GRAFT_ENVIRONMENT_UNSUPPORTED",
        )
