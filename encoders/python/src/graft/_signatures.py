"""The signature and the documentation of a function that is made at run time."""

from __future__ import annotations

import inspect
import keyword
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Optional, Union

from google.protobuf.descriptor import FieldDescriptor as Type
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame

from graft import _scalars
from graft._schema import BYTES, EXPRESSION, Field, Schema
from graft.messages import Messages

_MOST_SHOWN = 20  # values of an enum
_INPUTS = {
    EXPRESSION: Union[Column, str],
    BYTES: Union[bytes, DataFrame, Column],
}
_SCALARS = {
    Type.TYPE_DOUBLE: float,
    Type.TYPE_FLOAT: float,
    Type.TYPE_BOOL: bool,
    Type.TYPE_STRING: str,
    Type.TYPE_BYTES: bytes,
}


def parameter_name(field: Field) -> str:
    """Return a field's name as Python takes it: words of the language get an underscore."""
    return field.name + "_" if keyword.iskeyword(field.name) else field.name


def positional(schema: Schema) -> Field | None:
    """Return the field that may be given without its name: the first DataFrame, or Column."""
    for wanted in (_is_dataframe, _is_column):
        found = next((field for field in schema.fields if wanted(field)), None)
        if found is not None:
            return found
    return None


def signature(schema: Schema, kind: str) -> inspect.Signature:
    """Return how a function for a message is called."""
    first = positional(schema)
    fields = [field for field in schema.fields if field is not first]
    # What must be given comes first; Python does not ask for that, but readers do.
    fields.sort(key=lambda field: not _must_be_given(field))
    parameters = [_parameter(field, inspect.Parameter.KEYWORD_ONLY) for field in fields]
    if first is not None:
        parameters.insert(0, _parameter(first, inspect.Parameter.POSITIONAL_OR_KEYWORD))
    returned = {"relation": DataFrame, "expression": Column}.get(kind, Any)
    return inspect.Signature(parameters, return_annotation=returned)


def documentation(schema: Schema, kind: str, text: str, messages: Messages) -> str:
    """Return the documentation of a function for a message, as numpydoc."""
    lines = [text or f"Send a {schema.name}.", ""]
    first = positional(schema)
    fields = list(schema.fields)
    fields.sort(key=lambda field: (field is not first, not _must_be_given(field)))
    if fields:
        lines += ["Parameters", "----------"]
    for field in fields:
        optional = "" if _must_be_given(field) else ", optional"
        lines.append(f"{parameter_name(field)} : {_shown(_annotation(field))}{optional}")
        told = field.documentation or messages.comment(f"{schema.name}.{field.name}")
        lines += [f"    {line}".rstrip() for line in told.splitlines()]
        lines += _values(field, messages)
    lines += ["", "Returns", "-------"]
    if kind == "command":
        reply = schema.operation.reply
        lines.append(f"None, DataFrame or {reply}" if reply else "None, DataFrame or message")
    else:
        lines.append("DataFrame" if kind == "relation" else "Column")
    return "\n".join(lines).strip()


def _values(field: Field, messages: Messages) -> list[str]:
    """Return a line for each value of an enum that its author has said something about."""
    enum = (field if field.entry is None else field.entry[1]).enum
    lines: list[str] = []
    for value in () if enum is None else enum.values:
        told = messages.comment(f"{enum.full_name}.{value.name}")
        if told:
            lines.append(f"    - {value.name}: {' '.join(told.split())}")
    return lines


def _is_dataframe(field: Field) -> bool:
    return not field.repeated and field.input not in ("", EXPRESSION, BYTES)


def _is_column(field: Field) -> bool:
    return not field.repeated and field.input == EXPRESSION


def _must_be_given(field: Field) -> bool:
    return field.required and field.default is None


def _parameter(field: Field, kind: Any) -> inspect.Parameter:
    annotation = _annotation(field)
    default: Any = None
    if _must_be_given(field):
        default = inspect.Parameter.empty
    elif field.default is not None:
        default = _default(field)
    elif field.entry is None and field.repeated:
        default = ()
    elif not field.presence and not field.repeated and not field.input:
        default = _scalars.zero(field)
    if default is None:
        annotation = Optional[annotation]
    return inspect.Parameter(parameter_name(field), kind, default=default, annotation=annotation)


def _default(field: Field) -> Any:
    return field.default if field.kind == Type.TYPE_ENUM else _scalars.parsed(field)


def _annotation(field: Field) -> Any:
    if field.entry is not None:
        key, value = field.entry
        return Mapping[_single(key), _single(value)]  # type: ignore[misc]
    return Sequence[_single(field)] if field.repeated else _single(field)  # type: ignore[misc]


def _single(field: Field) -> Any:
    if field.input:
        return _INPUTS.get(field.input, DataFrame)
    if field.enum is not None:
        names = tuple(str(each.name) for each in field.enum.values)
        return Literal[names] if len(names) <= _MOST_SHOWN else str
    if field.message is not None:
        return Any if field.type_name.startswith("google.protobuf.") else Mapping[str, Any]
    return _SCALARS.get(field.kind, int)


def _shown(annotation: Any) -> str:
    text = inspect.formatannotation(annotation)
    for module in ("collections.abc.", "typing.", "pyspark.sql.connect.dataframe.",
                   "pyspark.sql.connect.column."):  # fmt: skip
        text = text.replace(module, "")
    return text
