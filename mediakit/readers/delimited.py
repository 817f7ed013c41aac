"""Tables as text: .csv and .tsv with any usual delimiter, one article a row.

A table is gone through twice, line by line: first to learn what its columns hold, then to read its rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import NamedTuple

from .decoding import lines_of
from .files import LONGEST_LINE, File
from .records import (
    CLEAN,
    IN_PART,
    MARK,
    PASSED_OVER,
    Naming,
    Problem,
    ReadError,
    Record,
    from_row,
    has_text,
    match_columns,
)

ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = (",", ";", "\t", "|")
MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT"}
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n")  # Excel's way to name the delimiter
_SAMPLE, _SHOWN = 20_000, 20  # characters in which the header is looked for; names in a message
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_OPEN_QUOTE = "a quotation mark that opens a cell is never closed: all that follows was read as part of that cell"
_TOO_MANY = "{n} cells in a table of {of} columns (a text without quotes?)"
_TOO_LONG = f"a line of more than {LONGEST_LINE >> 20} million characters was left out"

Row = tuple[
    int, list[str] | str
]  # its number (the header is row 1, as in a spreadsheet), its cells or why there are none


class Table(NamedTuple):
    """A table's header, its rows with their numbers, what is wrong."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    note: str | None


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a table; rows that do not fit the header are problems."""
    lines, note = lines_of(file)
    layout = _layout(lines())
    names = layout.names
    if not has_text(names, file.columns):
        raise ReadError(f"no column holds texts or titles, among {names[:_SHOWN]}: name one of them text")
    for reason in filter(None, (note, layout.note)):
        yield Problem(file.path, None, reason, IN_PART)
    naming = Naming(file.path, file.columns)
    matched = naming.match(names)
    missing = {""} if layout.clean else MISSING
    kinds = {name: kind for name, kind in layout.kinds.items() if name not in matched}
    for number, cells in islice(_rows(lines(), layout.delimiter), 1, None):
        if isinstance(cells, str) or len(cells) > len(names):
            reason = cells if isinstance(cells, str) else _TOO_MANY.format(n=len(cells), of=len(names))
            yield Problem(file.path, f"row {number}", f"not read: {reason}")
            continue
        row = dict(zip(names, cells, strict=False))
        values = {name: None if cell in missing else kinds.get(name, str)(cell) for name, cell in row.items()}
        yield from_row(values, file.path, f"row {number}", matched=matched, clean=layout.clean)
    if not layout.clean:
        yield from naming.problems()
    if not layout.n_rows:
        yield Problem(file.path, None, "a table with a header and no rows", PASSED_OVER)


def parse(text: str) -> Table:
    """Split a small table into header and rows; blank rows are left out."""
    lines = io.StringIO(text, newline="")
    layout = _layout(iter(lines))
    lines.seek(0)
    rows = [(number, cells) for number, cells in _rows(lines, layout.delimiter) if isinstance(cells, list)]
    return Table(layout.names, rows[1:], layout.note)


class _Kind:
    """What the cells of one of the input's own columns hold, as far as seen: "007" is a code, and so text."""

    def __init__(self) -> None:
        """No cell has been seen."""
        self._fits = list(_KINDS)
        self._seen = self._odd = False

    def holds(self, cell: str) -> bool:
        """Whether it may still be anything but text, with this cell."""
        if cell in MISSING:
            self._odd = self._odd or cell != ""
            return True
        self._seen = True
        self._fits = [kind for kind in self._fits if _KINDS[kind](cell)]
        return bool(self._fits)

    def made(self, *, clean: bool) -> Callable[[str], object]:
        """What makes values of the cells; in a clean table "NA" is a text like others."""
        return self._fits[0] if self._seen and not (clean and self._odd) else str


def _truth(cell: str) -> bool:
    return cell == "True"


_KINDS: dict[Callable[[str], object], Callable[[str], object]] = {
    _truth: {"True", "False"}.__contains__,
    int: _INTEGER.fullmatch,
    float: _DECIMAL.fullmatch,
}


class _Layout(NamedTuple):
    """What a table is like: its delimiter, its names, what its columns hold; whether `write_articles` made it."""

    delimiter: str
    names: list[str]
    kinds: dict[str, Callable[[str], object]]
    clean: bool
    note: str | None
    n_rows: int


def _layout(lines: Iterator[str | None]) -> _Layout:
    first: list[str] = []
    size = 0
    for line in lines:
        first.append(line or "")
        size += len(first[-1])
        if size > _SAMPLE:
            break
    named = _SEP_LINE.match(first[0]) if first else None
    delimiter = named[1] if named else _delimiter("".join(first)[:_SAMPLE])
    row: list[str] = []  # the lines of the row that is being read
    last = ""
    names: list[str] = []
    columns: dict[int, _Kind] = {}
    n_rows = n_marked = 0
    for _, cells in _rows(chain(first, lines), delimiter, row):
        last = "".join(row)
        if isinstance(cells, str):
            continue
        if not names:
            names = _unique(cells)
            columns = {position: _Kind() for position in range(len(names))}
            continue
        n_rows += 1
        n_marked += CLEAN in cells
        if len(cells) <= len(names):
            for place in [
                place for place, kind in columns.items() if place < len(cells) and not kind.holds(cells[place])
            ]:
                del columns[place]
    clean = MARK in names and n_rows > 0 and n_marked == n_rows
    kinds = {names[place]: kind.made(clean=clean) for place, kind in columns.items()}
    note = _OPEN_QUOTE if _leaves_quote_open(last, delimiter) else None
    return _Layout(delimiter, names, kinds, clean, note, n_rows)


def _rows(lines: Iterable[str | None], delimiter: str, row: list[str] | None = None) -> Iterator[Row]:
    """The rows that are not blank; `row` is kept filled with the lines of the one just read."""
    pending: list[str] = [] if row is None else row
    skipped: list[int] = []
    reader = csv.reader(_kept(lines, pending, skipped), delimiter=delimiter)
    number = 0
    while True:
        pending.clear()
        number += 1
        try:
            with _long_cells():
                cells = next(reader, None)
        except csv.Error as error:
            yield number, f"not a row of a table: {error}"
            continue
        if cells is None:
            return
        if skipped:
            yield number, _TOO_LONG
            skipped.clear()
        if any(cell.strip() for cell in cells):
            yield number, cells


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be long: a setting of the whole process, which others may rely on."""
    before = csv.field_size_limit(LONGEST_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _kept(lines: Iterable[str | None], pending: list[str], skipped: list[int]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if line is None:
            skipped.append(number)
        elif number or not _SEP_LINE.match(line):
            pending.append(line)
            yield line


def _leaves_quote_open(row: str, delimiter: str) -> bool:
    try:
        with _long_cells():
            list(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter(text: str) -> str:
    """The delimiter under which the header has most columns we know, else most columns."""

    def known(delimiter: str) -> tuple[int, int]:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return len(match_columns(header)), len(header)

    return max(DELIMITERS, key=known)


def _unique(header: list[str]) -> list[str]:
    """Column names without blanks around them; a second "x" becomes "x.2", a nameless column "column 3"."""
    names: dict[str, int] = {}
    for position, cell in enumerate(header, start=1):
        name = wanted = cell.strip() or f"column {position}"
        while name in names:
            names[wanted] += 1
            name = f"{wanted}.{names[wanted]}"
        names[name] = 1
    return list(names)
