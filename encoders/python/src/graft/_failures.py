"""Errors of servers that have no Graft, said in words that help."""

from __future__ import annotations

import re
from typing import Any

from pyspark.errors import PySparkException

from graft.errors import ServerError

# Spark's own planner, from 4.2 with an error class; then other engines, which have no such field.
_LACKING = r"(?:not (?:yet )?(?:implemented|supported)|unimplemented|unsupported)"
_NO_HANDLER = re.compile(
    r"NO_HANDLER_FOR_EXTENSION|No handler found for extension"
    rf"|{_LACKING}\W[^\n]{{0,100}}\bextension\b|\bextension\b[^\n]{{0,100}}\W{_LACKING}"
    # Sail's whole text, with an error of the kind "unsupported".
    r"|(?:\A(?:\([\w.$]+\) )?|details = \")(?:extension (?:relation|expression)|command extension)"
    r"(?:\Z|\")",
    re.IGNORECASE,
)
_TYPE_URL = re.compile(r"type\.googleapis\.com/([\w.]+)")


def explain(client: Any) -> None:
    """Let a session's client explain the failure of extensions on servers without Graft.

    DataFrames and Columns run by PySpark's own methods, whose errors all go through one method of
    the client; there is no official place to look at them. A client without that method keeps
    its errors as they are.
    """
    original = getattr(client, "_handle_error", None)
    if original is None or hasattr(original, "explains_extensions"):
        return

    def handle(error: Exception) -> Any:
        try:
            return original(error)
        except PySparkException as failure:
            explained = without_extension(failure)
            if explained is None:
                raise
            raise explained from failure

    handle.explains_extensions = True  # type: ignore[attr-defined]
    client._handle_error = handle


def without_extension(failure: Exception) -> ServerError | None:
    """Return what to say in place of a server's error that is about extensions as such."""
    text = str(failure)
    if isinstance(failure, ServerError) or "GRAFT_" in text or not _NO_HANDLER.search(text):
        return None
    named = _TYPE_URL.search(text)
    return ServerError(
        f"The server has nobody who answers the extension{' ' + named[1] if named else ''}: it "
        "runs without Graft, or behind no gateway. Start it with Graft (spark.plugins="
        "dev.graft.spark.GraftPlugin) and the plugin's jar, or connect to a gateway. "
        f"The server said: {text}"
    )
