"""The signature and the documentation of a function that is made at run time."""

from __future__ import annotations

import inspect
import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    result = {"relation": DataFrame, "expression": Column}.get(kind, Any)
    return inspect.Signature(parameters, return_annotation=result)


@dataclass(frozen=True)
class Argument:
    """An argument of a function, as its help shows it.

    Attributes
    ----------
    values
        The names of an enum with what its author has said about each; most have nothing.
    """

    name: str
    type: str
    default: str | None
    documentation: str
    values: tuple[tuple[str, str], ...]

    @property
    def required(self) -> bool:
        """Return whether it must be given."""
        return self.default is None


def arguments(schema: Schema, messages: Messages) -> list[Argument]:
    """Return the arguments of a function for a message, those that must be given first."""
    first = positional(schema)
    fields = list(schema.fields)
    fields.sort(key=lambda field: (field is not first, not _must_be_given(field)))
    return [_argument(field, schema, messages) for field in fields]


def _argument(field: Field, schema: Schema, messages: Messages) -> Argument:
    parameter = _parameter(field, inspect.Parameter.KEYWORD_ONLY)
    empty = parameter.default is inspect.Parameter.empty
    return Argument(
        parameter.name,
        _shown(_annotation(field)),
        None if empty else repr(parameter.default),
        field.documentation or messages.comment(f"{schema.name}.{field.name}"),
        _values(field, messages),
    )


def documentation(schema: Schema, kind: str, text: str, messages: Messages) -> str:
    """Return the documentation of a function for a message, as numpydoc."""
    lines = [text or f"Send a {schema.name}.", ""]
    described = arguments(schema, messages)
    if described:
        lines += ["Parameters", "----------"]
    for argument in described:
        optional = "" if argument.required else ", optional"
        lines.append(f"{argument.name} : {argument.type}{optional}")
        lines += [f"    {line}".rstrip() for line in argument.documentation.splitlines()]
        lines += [f"    - {name}: {told}" for name, told in argument.values if told]
    lines += ["", "Returns", "-------", returned(schema, kind)]
    return "\n".join(lines).strip()


def returned(schema: Schema, kind: str) -> str:
    """Return what a function for a message gives back."""
    if kind == "command":
        return f"None, DataFrame or {schema.operation.reply or 'message'}"
    return "DataFrame" if kind == "relation" else "Column"


def _values(field: Field, messages: Messages) -> tuple[tuple[str, str], ...]:
    """Return the values of an enum, with the comment on each."""
    enum = (field if field.entry is None else field.entry[1]).enum
    if enum is None:
        return ()
    return tuple(
        (str(value.name), " ".join(messages.comment(f"{enum.full_name}.{value.name}").split()))
        for value in enum.values
    )


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
