"""Tables as text: .csv and .tsv with any usual delimiter, one article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .decoding import decode
from .files import File
from .records import CLEAN, IN_PART, MARK, Problem, ReadError, Record, from_row, has_text, match_columns

ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = (",", ";", "\t", "|")
MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT"}
_SEP_LINE = re.compile(r"\"?sep=(.)\"?\r?\n")  # Excel's way to name the delimiter
_LONGEST_CELL = 2**31 - 1
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_OPEN_QUOTE = "a quotation mark that opens a cell is never closed: all that follows was read as part of that cell"


class Table(NamedTuple):
    """A table's header, its rows with their numbers (the header is row 1, as in a spreadsheet), what is wrong."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    note: str | None


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a table; rows that do not fit the header are problems."""
    text, note = decode(file.read())
    table = parse(text)
    if not has_text(table.names, file.columns):
        raise ReadError(f"no column holds texts or titles, among {table.names}: name one of them text")
    for reason in filter(None, (note, table.note)):
        yield Problem(file.path, None, reason, IN_PART)
    matched = match_columns(table.names, file.columns)
    clean = MARK in table.names and all(CLEAN in cells for _, cells in table.rows)
    missing = {""} if clean else MISSING
    kinds = {name: _kind(table, name, missing) for name in table.names if name not in matched}
    for number, cells in table.rows:
        if len(cells) > len(table.names):
            reason = f"not read: {len(cells)} cells in a table of {len(table.names)} columns (a text without quotes?)"
            yield Problem(file.path, f"row {number}", reason)
            continue
        row = dict(zip(table.names, cells, strict=False))
        values = {name: None if cell in missing else kinds.get(name, str)(cell) for name, cell in row.items()}
        yield from_row(values, file.path, f"row {number}", matched=matched, clean=clean)


def parse(text: str) -> Table:
    """Split a table into header and rows; blank rows are left out."""
    named = _SEP_LINE.match(text)
    text = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(text)
    pending: list[str] = []  # the lines of the row that is being read
    last: list[str] = []
    rows = []
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(_kept(text, pending), delimiter=delimiter), start=1):
            last = pending[:]
            pending.clear()
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
        note = _OPEN_QUOTE if _leaves_quote_open("".join(last), delimiter) else None
    finally:
        csv.field_size_limit(limit)
    names = _unique(rows[0][1]) if rows else []
    return Table(names, rows[1:], note)


def _kept(text: str, pending: list[str]) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        pending.append(line)
        yield line


def _leaves_quote_open(row: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter(text: str) -> str:
    """The delimiter under which the header has most columns we know, else most columns."""

    def known(delimiter: str) -> tuple[int, int]:
        header = next(csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter), [])
        return len(match_columns(header)), len(header)

    return max(DELIMITERS, key=known)


def _unique(header: list[str]) -> list[str]:
    """Column names without blanks around them; a second "x" becomes "x.2", a nameless column "column 3"."""
    names: list[str] = []
    for position, cell in enumerate(header, start=1):
        name = wanted = cell.strip() or f"column {position}"
        number = 2
        while name in names:
            name, number = f"{wanted}.{number}", number + 1
        names.append(name)
    return names


def _kind(table: Table, name: str, missing: set[str]) -> Callable[[str], object]:
    """What the cells of one of the input's own columns hold: "007" is a code and stays text."""
    position = table.names.index(name)
    cells = {cells[position] for _, cells in table.rows if position < len(cells) <= len(table.names)} - missing
    if not cells:
        return str
    if cells <= {"True", "False"}:
        return lambda cell: cell == "True"
    if all(map(_INTEGER.fullmatch, cells)):
        return int
    return float if all(map(_DECIMAL.fullmatch, cells)) else str
