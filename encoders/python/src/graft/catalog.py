"""The extensions of a server as functions, made from what the server says of itself."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pyspark.errors import PySparkException

from graft import _client, _help, _scalars, _signatures
from graft._extensions import relation_of
from graft._template import Template
from graft.errors import DescriptorError, InputError, ServerError
from graft.operations import Operations

_MESSAGE = "graft.v1.ListExtensions"
_STATUS = "graft.v1.ServerStatus"
_TABLES = {"plugins": 1, "refused": 2, "failures": 3}  # graft.v1.ServerStatus.Table
_WITH_DESCRIPTORS = b"\x08\x01"  # ListExtensions.with_descriptors is field 1
_COLUMNS = ("kind", "name", "message", "plugin", "jar", "version", "documentation", "descriptors")


def extensions(spark: Any) -> Extensions:
    """Ask a server which extensions it has, and make a function of each.

    >>> ext = graft.extensions(spark)                                   # doctest: +SKIP
    >>> ext.top_k(spark.table("sales"), order_by="price", k=3).show()   # doctest: +SKIP

    Parameters
    ----------
    spark : SparkSession
        A Spark Connect session, of PySpark 3.5 or 4.x.

    Raises
    ------
    ServerError
        If the server runs without Graft (GRAFT_SERVER_WITHOUT_EXTENSION), its Graft is too old to
        list its extensions (GRAFT_SERVER_TOO_OLD), or its operator has switched the list off
        (GRAFT_PLUGIN_REFUSED).
    SessionError
        If the session is not a Spark Connect session.
    """
    _client.require_connect(spark)
    try:
        rows = relation_of(spark, Template(_MESSAGE, [_WITH_DESCRIPTORS])).collect()
    except PySparkException as failure:
        raise _explained(failure) from failure
    missing = [name for row in rows[:1] for name in _COLUMNS if name not in row.asDict()]
    if missing:
        raise ServerError(
            f"The server's list of extensions has no column {', '.join(missing)}: its Graft is "
            "older than this package. Update the server, or install an older graft-connect",
            "GRAFT_SERVER_TOO_OLD",
        )
    return Extensions(spark, [Listed(*(row[name] for name in _COLUMNS)) for row in rows])


def status(spark: Any, table: str = "plugins") -> Any:
    """Ask a server what it has loaded and what came of it.

    >>> graft.status(spark).select("message", "accepted", "failed", "p99_ms").show()  # doctest: +SKIP

    Parameters
    ----------
    spark : SparkSession
        A Spark Connect session, of PySpark 3.5 or 4.x.
    table : str
        ``plugins``: one row for each message of each plugin, with how many calls it was offered,
        accepted, declined and failed since it was first loaded, how long they took (``p50_ms``,
        ``p99_ms``, ``max_ms``), and bytes; ``refused``: what the server has not loaded;
        ``failures``: the last requests of this session that were refused.

    Returns
    -------
    DataFrame
        The rows, made anew each time it runs. A later server may have more columns.

    Raises
    ------
    InputError
        If there is no such table.
    SessionError
        If the session is not a Spark Connect session. What the server refuses comes when the
        DataFrame runs, as an AnalysisException.
    """
    _client.require_connect(spark)
    if table not in _TABLES:
        raise InputError(f"There is no table {table!r}; there are {', '.join(_TABLES)}")
    return relation_of(spark, Template(_STATUS, [bytes([0x08, _TABLES[table]])]))


def _explained(failure: PySparkException) -> Exception:
    text = str(failure)
    if "GRAFT_EXTENSION_UNKNOWN" in text:
        return ServerError(
            "The server's Graft is too old to list its extensions. Update the server, or load the "
            f"descriptors of its plugins with graft.load_descriptors. The server said: {text}",
            "GRAFT_SERVER_TOO_OLD",
        )
    if "GRAFT_PLUGIN_REFUSED" in text:
        return ServerError(
            "The server does not list its extensions. Load the descriptors of its plugins with "
            f"graft.load_descriptors, or ask its operator. The server said: {text}",
            "GRAFT_PLUGIN_REFUSED",
        )
    return failure


@dataclass(frozen=True)
class Listed:
    """One row of the server's list."""

    kind: str
    name: str
    message: str
    plugin: str
    jar: str
    version: str
    documentation: str
    descriptors: Any


class Extensions:
    """The extensions of a server: ``ext.top_k(…)``, or ``ext["acme.v1.TopK"](…)``.

    Where two plugins use one name, the one that is configured first has it; both are reached by
    the full names of their messages. A message that is an extension of two kinds is reached by
    name and kind: ``ext["acme.v1.TopK", "expression"]``.

    Attributes
    ----------
    dataframe : DataFrame
        The list itself: kind, name, message, plugin, jar, version and documentation of each.
    """

    def __init__(self, spark: Any, listed: list[Listed]) -> None:
        self._spark = spark
        self._functions: dict[tuple[str, str], Callable[..., Any]] = {}
        self._listed: dict[tuple[str, str], Listed] = {}
        self._names: dict[str, Listed] = {}
        own = set(dir(type(self)))
        for each in listed:
            # Further plugins for the same message are asked where the first declines.
            if self._listed.setdefault((each.message, each.kind), each) is not each:
                continue
            name = each.name + "_" if keyword.iskeyword(each.name) else each.name
            if each.descriptors and name.isidentifier() and name not in own:
                self._names.setdefault(name, each)

    @property
    def dataframe(self) -> Any:
        """The list of the extensions, as the server gives it now."""
        listed = relation_of(self._spark, Template(_MESSAGE, []))
        return listed.drop("descriptors")

    def __getattr__(self, name: str) -> Any:
        """Return the function of an extension by its public name."""
        if name.startswith("__") or name not in self._names:
            raise AttributeError(
                f"The server has no extension {name!r}; it has {self._known()}. "
                "The full name of a message in brackets reaches those that share a name"
            )
        return self._function(self._names[name])

    def __getitem__(self, key: str | tuple[str, str]) -> Any:
        """Return the function of an extension by its message's full name, or that and its kind."""
        for (message, kind), listed in self._listed.items():
            if key in (message, (message, kind)):
                return self._function(listed)
        raise KeyError(f"The server has no extension {key!r}; it has {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        """Iterate over the full names of the messages, in the server's order."""
        return iter(dict.fromkeys(message for message, _ in self._listed))

    def __len__(self) -> int:
        """Return how many extensions there are."""
        return len(self._listed)

    def __dir__(self) -> list[str]:
        """List the public names, for completion."""
        return sorted({*super().__dir__(), *self._names})

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    def __repr__(self) -> str:
        """List the public names."""
        return f"Extensions({self._known()})"

    def _repr_html_(self) -> str:
        return _help.catalogue(list(self._listed.values()))

    def _known(self) -> str:
        return ", ".join(sorted(self._names)) or "none"

    def _function(self, listed: Listed) -> Any:
        key = (listed.message, listed.kind)
        if key not in self._functions:
            self._functions[key] = _function(self._spark, listed)
        return self._functions[key]


def _function(spark: Any, listed: Listed) -> Callable[..., Any]:
    if not listed.descriptors:
        raise DescriptorError(
            f"{listed.plugin} in {listed.jar} gives no descriptors of {listed.message}, so no "
            "function can be made of it. Send an instance of the message with graft.relation, "
            "graft.expression or graft.command"
        )
    operations = Operations(bytes(listed.descriptors))
    schema = operations.schema(listed.message)
    first = _signatures.positional(schema)
    names = {_signatures.parameter_name(field): field.name for field in schema.fields}

    def call(*arguments: Any, **values: Any) -> Any:
        given = {names.get(name, name): value for name, value in values.items()}
        if len(arguments) > (first is not None):
            raise InputError(
                f"{listed.name}() takes {first.name if first else 'nothing'} without its name, and "
                f"was given {len(arguments)} such values, the last "
                f"{_scalars.type_name(arguments[-1])}. Name the others"
            )
        if arguments and first is not None:
            if given.get(first.name) is not None:
                raise InputError(
                    f"{listed.name}() was given {first.name!r} twice, with its name and without",
                    "GRAFT_FIELD_TWICE",
                )
            given[first.name] = arguments[0]
        if listed.kind == "relation":
            return operations.relation(listed.message, spark, given)
        if listed.kind == "expression":
            return operations.expression(listed.message, given)
        return operations.command(listed.message, spark, given)

    call.__name__ = call.__qualname__ = listed.name
    call.__module__ = __name__
    call.__signature__ = _signatures.signature(schema, listed.kind)  # type: ignore[attr-defined]
    call.__doc__ = _signatures.documentation(
        schema, listed.kind, listed.documentation, operations.messages
    )
    _help.attach(
        call,
        _signatures.returned(schema, listed.kind),
        _signatures.arguments(schema, operations.messages),
    )
    return call
