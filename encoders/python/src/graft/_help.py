"""Help on extensions: a table in notebooks, and text where ``%load_ext graft`` shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Protocol

from graft._signatures import Argument

_MOST_VALUES = 20  # of an enum
_LEFT = "text-align: left; vertical-align: top"


class Row(Protocol):
    """What the catalogue shows of an extension."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def jar(self) -> str: ...
    @property
    def documentation(self) -> str: ...


def attach(function: Callable[..., Any], title: str, described: Sequence[Argument]) -> None:
    """Give a function its help, which a notebook shows where it is a cell's last value.

    Parameters
    ----------
    title
        What it gives back.
    """
    call = f"{function.__name__}({_call(described)})"
    documentation = function.__doc__ or ""
    html = _html(call, title, documentation.partition("\n\nParameters\n")[0], described)
    function._graft_help = f"{call} -> {title}\n\n{documentation}"  # type: ignore[attr-defined]
    function._repr_html_ = lambda: html  # type: ignore[attr-defined]


def text_of(function: Any) -> str | None:
    """Return the help of an extension's function as text; nothing for other functions."""
    return getattr(function, "_graft_help", None)


def catalogue(rows: Sequence[Row]) -> str:
    """Return a table of extensions."""
    lines = [
        "<tr>"
        + _cell(f"<code>{escape(row.name)}</code>")
        + _cell(escape(row.kind))
        + _cell(_paragraph(row.documentation.partition("\n\n")[0]))
        + _cell(f"<code>{escape(row.message)}</code>")
        + _cell(escape(row.jar))
        + "</tr>"
        for row in rows
    ]
    return _table(("name", "kind", "what it does", "message", "jar"), lines)


def _call(described: Sequence[Argument]) -> str:
    return ", ".join(
        each.name if each.required else f"{each.name}={each.default}" for each in described
    )


def _html(call: str, title: str, told: str, described: Sequence[Argument]) -> str:
    lines = [
        "<tr>"
        + _cell(f"<code>{escape(each.name)}</code>")
        + _cell(f"<code>{escape(each.type)}</code>")
        + _cell("required" if each.required else f"<code>{escape(str(each.default))}</code>")
        + _cell(_paragraph(each.documentation) + _values(each))
        + "</tr>"
        for each in described
    ]
    table = _table(("argument", "type", "default", "what it is"), lines) if lines else ""
    return (
        f"<div><code>{escape(call)} -&gt; {escape(title)}</code>"
        f"<p>{_paragraph(told)}</p>{table}</div>"
    )


def _values(argument: Argument) -> str:
    """Return a list of an enum's values; where there are very many, of the first."""
    if not argument.values:
        return ""
    shown = argument.values[:_MOST_VALUES]
    items = [
        f"<li><code>{escape(name)}</code>{': ' + escape(told) if told else ''}</li>"
        for name, told in shown
    ]
    more = len(argument.values) - len(shown)
    if more:
        items.append(f"<li>and {more} more</li>")
    return f"<ul>{''.join(items)}</ul>"


def _paragraph(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _cell(html: str) -> str:
    return f'<td style="{_LEFT}">{html}</td>'


def _table(heads: Sequence[str], lines: Sequence[str]) -> str:
    head = "".join(f'<th style="{_LEFT}">{escape(each)}</th>' for each in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
