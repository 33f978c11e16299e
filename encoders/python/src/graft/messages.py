"""Message classes from descriptors, with no generated code and no copy of Spark's ``.proto`` files.

PySpark registers its own messages under ``spark/connect/*.proto``, but there is no Python module
``spark.connect`` for a generated ``_pb2`` file to import. Classes loaded here need none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from graft.errors import DescriptorError

_ANNOTATIONS = "graft/annotations.proto"


class Messages:
    """Message classes by name: ``acme.TopK``, or ``acme["acme.v1.TopK"]``.

    A short name that several packages use is reached by its full name only. Nested messages are
    attributes of the class they stand in, as in generated code.
    """

    def __init__(self, classes: dict[str, Any], comments: dict[str, str] | None = None) -> None:
        self._classes = classes
        self._comments = comments or {}
        self._short: dict[str, str] = {}
        ambiguous = set()
        for full_name in classes:
            short = full_name.rpartition(".")[2]
            if short in self._short:
                ambiguous.add(short)
            self._short[short] = full_name
        for short in ambiguous:
            del self._short[short]

    @cached_property
    def every(self) -> dict[str, Any]:
        """All classes by full name, those of nested messages among them."""
        found: dict[str, Any] = {}
        waiting = [message_class.DESCRIPTOR for message_class in self._classes.values()]
        while waiting:
            descriptor = waiting.pop()
            if not descriptor.GetOptions().map_entry:
                found[str(descriptor.full_name)] = message_factory.GetMessageClass(descriptor)
                waiting.extend(descriptor.nested_types)
        return found

    def comment(self, full_name: str) -> str:
        """Return the comment on a message, a field, an enum or one of its values; may be empty.

        Parameters
        ----------
        full_name
            Of a value with the enum's name in it: ``acme.v1.Order.ASCENDING``.
        """
        return self._comments.get(full_name, "")

    def __getattr__(self, name: str) -> Any:
        """Return the class of a message by its short name."""
        if name.startswith("_") or name not in self._short:
            raise AttributeError(f"There is no single message {name!r}; there are {self._names()}")
        return self._classes[self._short[name]]

    def __getitem__(self, full_name: str) -> Any:
        """Return the class of a message by its full name, such as ``acme.v1.TopK``."""
        try:
            return self._classes[full_name]
        except KeyError:
            raise KeyError(
                f"There is no message {full_name!r}; there are {self._names()}"
            ) from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the full names."""
        return iter(sorted(self._classes))

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self._classes)

    def __dir__(self) -> list[str]:
        """List the short names, for completion."""
        return sorted({*super().__dir__(), *self._short})

    def __repr__(self) -> str:
        """List the full names."""
        return f"Messages({self._names()})"

    def _names(self) -> str:
        return ", ".join(sorted(self._classes)) or "none"


def load_descriptors(source: str | os.PathLike[str] | bytes) -> Messages:
    """Make message classes from a serialised ``FileDescriptorSet``.

    ``protoc --descriptor_set_out=FILE`` writes such a set. It need not include what it imports from
    ``spark/connect/``, ``google/protobuf/`` and ``graft/annotations.proto``: those are there. Where
    it does include them, its own are used, whichever version they are. Each call makes classes of
    its own, so a newer version of the same messages may be loaded beside an older one.

    Parameters
    ----------
    source
        The path of a file, or its bytes.

    Returns
    -------
    Messages
        The messages of all files in the set but those of Spark, protobuf and the annotations.

    Raises
    ------
    DescriptorError
        If the source is not a descriptor set, or imports a file that neither it nor PySpark has.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        files = descriptor_pb2.FileDescriptorSet.FromString(data).file
    except DecodeError as error:
        raise DescriptorError(
            f"The {len(data)} bytes given are not a FileDescriptorSet: {error}. "
            "Write one with protoc --descriptor_set_out=FILE"
        ) from error
    if not files:
        raise DescriptorError("The descriptor set holds no file")
    given = {file.name: file for file in files}
    pool = descriptor_pool.DescriptorPool()
    added: set[str] = set()
    for name in given:
        _add(name, given, pool, added)
    classes = {}
    comments: dict[str, str] = {}
    for name in given:
        if name.startswith(("spark/connect/", "google/protobuf/", _ANNOTATIONS)):
            continue
        for descriptor in pool.FindFileByName(name).message_types_by_name.values():
            classes[descriptor.full_name] = message_factory.GetMessageClass(descriptor)
        comments.update(_comments(given[name]))
    return Messages(classes, comments)


# What stands in what, by the numbers that paths of comments have for it.
_LISTS: dict[type, dict[int, str]] = {
    descriptor_pb2.FileDescriptorProto: {4: "message_type", 5: "enum_type"},
    descriptor_pb2.DescriptorProto: {2: "field", 3: "nested_type", 4: "enum_type"},
    descriptor_pb2.EnumDescriptorProto: {2: "value"},
}


def _comments(file: descriptor_pb2.FileDescriptorProto) -> Iterator[tuple[str, str]]:
    """Return full names with the comment above, or else behind: messages, fields, enums, values."""
    for location in file.source_code_info.location:
        comment = location.leading_comments or location.trailing_comments
        path = list(location.path)
        if not comment or path[:1] not in ([4], [5]):  # Only messages and enums.
            continue
        names = [file.package] if file.package else []
        among: Any = file
        while len(path) >= 2:
            lists = _LISTS.get(type(among), {})
            if path[0] not in lists:
                break
            among = getattr(among, lists[path[0]])[path[1]]
            names.append(among.name)
            path = path[2:]
        if not path:
            lines = [line.removeprefix(" ").rstrip() for line in comment.splitlines()]
            yield ".".join(names), "\n".join(lines).strip()


def _add(
    name: str,
    given: dict[str, Any],
    pool: descriptor_pool.DescriptorPool,
    added: set[str],
    importer: str = "",
) -> None:
    """Add a file to the pool, after all that it imports."""
    if name in added:
        return
    added.add(name)
    file = given.get(name) or _registered(name, importer)
    for imported in file.dependency:
        _add(imported, given, pool, added, importer=name)
    try:
        pool.Add(file)
    except TypeError as error:
        raise DescriptorError(f"{name} cannot be loaded: {error}") from error


def _registered(name: str, importer: str) -> descriptor_pb2.FileDescriptorProto:
    if name == _ANNOTATIONS:
        # Its options are read by their number: nothing is needed but that the file is there.
        return descriptor_pb2.FileDescriptorProto(name=name, package="graft", syntax="proto3")
    # Importing a module registers its file.
    if name.startswith("spark/connect/"):
        import pyspark.sql.connect.proto  # noqa: F401
    elif re.fullmatch(r"google/protobuf/\w+\.proto", name):
        with suppress(ImportError):
            import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")

    try:
        found = descriptor_pool.Default().FindFileByName(name)
    except KeyError:
        raise DescriptorError(
            f"{importer} imports {name}, which neither the descriptor set nor PySpark has. "
            "Write the set with protoc --include_imports"
        ) from None
    file = descriptor_pb2.FileDescriptorProto()
    found.CopyToProto(file)
    return file
