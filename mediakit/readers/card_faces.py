"""The import card as text for a terminal and as HTML for a notebook."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from .card import ALARM, LOOK, Section, Table

_WIDTH, _WIDEST = 100, 72  # characters of a line, and of a column that another one follows
_SHOWN = 12  # rows of a table

# JupyterLab's theme colours, with what suits light and dark pages elsewhere
_CARD = (
    "border:1px solid var(--jp-border-color2,#8888);border-radius:6px;padding:12px 16px;max-width:60em;"
    "line-height:1.45;color:var(--jp-ui-font-color1,inherit);text-align:left;"
)
_TITLE = "font-size:1.25em;font-weight:600;overflow-wrap:anywhere;"
_QUIET = "color:var(--jp-ui-font-color2,inherit);"
_HEADING = "font-weight:600;margin-top:10px;"
_LINE = "overflow-wrap:anywhere;"
_TABLE = "border-collapse:collapse;margin:2px 0 4px 0;font-size:inherit;table-layout:auto;"
_CELL = "text-align:left;vertical-align:top;padding:2px 14px 2px 0;white-space:normal;overflow-wrap:break-word;"
_NUMBER = "text-align:right;font-variant-numeric:tabular-nums;"
_MARKS = {
    ALARM: "border-left:4px solid #c0392b;padding-left:8px;",
    LOOK: "border-left:4px solid #e0a100;padding-left:8px;",
}


def as_text(sections: list[Section]) -> str:
    """The card for a terminal."""
    lines: list[str] = []
    for number, section in enumerate(sections):
        heading = _printable(section.heading)
        mark = {ALARM: "!! ", LOOK: "!  "}.get(section.weight or "", "")
        lines += [heading, "=" * len(heading)] if number == 0 else ["", f"{mark}{heading}"]
        for line in section.lines:
            lines += wrap(_printable(line), _WIDTH, initial_indent="  ", subsequent_indent="    ")
        if section.table:
            lines += _text_table(section.table)
    return "\n".join(lines)


def _printable(text: object) -> str:
    """Without what would move the cursor or turn the writing direction round."""
    return "".join(letter if letter.isprintable() else " " for letter in str(text))


def _text_table(table: Table) -> list[str]:
    rows = [table.columns, *[tuple(map(_printable, row)) for row in table.rows[:_SHOWN]]]
    last = len(table.columns) - 1
    widths = [max(len(row[column]) for row in rows) for column in range(last)]
    widths = [min(width, _WIDEST) for width in widths]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=False)
        ]
        lines.append(f"  {'  '.join(cells)}  {row[last]}")
    return [*lines, *([f"  … and {len(table.rows) - _SHOWN} more"] if len(table.rows) > _SHOWN else [])]


def as_html(sections: list[Section]) -> str:
    """The card for a notebook, in the colours of its theme; every value is escaped."""
    first, *others = sections
    parts = [f'<div style="{_CARD}"><div style="{_TITLE}">{_safe(first.heading)}</div>']
    parts += [f'<div style="{_QUIET}">{_safe(line)}</div>' for line in first.lines]
    for section in others:
        parts.append(f'<div style="{_HEADING}{_MARKS.get(section.weight or "", "")}">{_safe(section.heading)}</div>')
        if section.table:
            parts.append(_html_table(section.table))
        parts += [f'<div style="{_LINE}">{_safe(line)}</div>' for line in section.lines]
    return "".join([*parts, "</div>"])


def _safe(value: object) -> str:
    return f"<bdi>{escape(_printable(value))}</bdi>"


def _html_table(table: Table) -> str:
    head = "".join(f'<th style="{_CELL}font-weight:600">{_safe(name)}</th>' for name in table.columns)
    body = ""
    for row in table.rows[:_SHOWN]:
        cells = (f'<td style="{_CELL}{_NUMBER if isinstance(value, int) else ""}">{_safe(value)}</td>' for value in row)
        body += f"<tr>{''.join(cells)}</tr>"
    more = len(table.rows) - _SHOWN
    rest = f'<div style="{_LINE}">… and {more} more</div>' if more > 0 else ""
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}'
