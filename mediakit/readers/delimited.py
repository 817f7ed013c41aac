"""Tables as text: .csv and .tsv with any usual delimiter, one article a row.

A table is gone through twice, line by line: first to learn what its columns hold, then to read its rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from .decoding import lines_of
from .files import LONGEST_LINE, File
from .naming import Naming, has_text, no_text, sample
from .records import CLEAN, IN_PART, MARK, PASSED_OVER, TAKEN_AS, Problem, ReadError, Record, match_columns

ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = (",", ";", "\t", "|")
MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT"}
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n")  # Excel's way to name the delimiter
_SAMPLE = 20_000  # characters in which the header is looked for
_MOST_ABOVE = 15  # rows above the header: what was searched for, when, by whom
_LONGEST_NAME = 60
_FEWEST_KNOWN, _FIT = 2, 0.8  # columns that make a header where none is looked for; the share of rows that fit it
_DELIMITED = re.compile(r"[\s,;|]+")
_ABOVE = "the rows above the column names were left out ({n}, from {first!r})"
_DOUBLED = "several columns are called {names}: the first of each counts, a second {name!r} is the column {second!r}"
_TOO_FEW = "rows with fewer cells than the table has columns ({of}), so that something is missing: {n:,}, first {first}"
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


def looks(file: File) -> bool:
    """Whether a file that does not go by the name of a table is one: a header of known columns, rows that fit it."""
    start = file.start[:_SAMPLE]
    first = start.lstrip("\ufeff\r\n").partition("\n")[0]
    if not any(delimiter in first for delimiter in DELIMITERS) or len(first) > _LONGEST_NAME * _MOST_ABOVE:
        return False
    header, *rows = _first_rows(start.lstrip("\ufeff\r\n"), _delimiter(start, file.columns)[0])
    if len(start) == _SAMPLE:
        rows = rows[:-1]  # it may be cut off
    known = match_columns(header, file.columns)
    if len(known) < _FEWEST_KNOWN or not has_text(header, file.columns):
        return False
    is_header = all(cell.strip() and len(cell) <= _LONGEST_NAME for cell in header)
    n_fit = sum(len(row) == len(header) for row in rows)
    return is_header and n_fit > 0 and n_fit >= _FIT * len(rows)


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a table; rows that do not fit the header are problems."""
    lines, note = lines_of(file)
    layout = _layout(lines(), file.columns)
    names = layout.names
    if not has_text(names, file.columns):
        raise ReadError(no_text(names, file.columns))
    for reason in filter(None, (note, layout.note)):
        yield Problem(file.path, None, reason, IN_PART)
    naming = Naming(file.path, file.columns)
    if not layout.clean:
        yield from _said(file, layout)
        naming.look(
            sample(values for _, values in _values(_body(lines(), layout), layout, {}) if isinstance(values, dict))
        )
    matched = naming.match(names)
    kinds = {name: kind for name, kind in layout.kinds.items() if name not in matched}
    for number, values in _values(_body(lines(), layout), layout, kinds):
        if isinstance(values, str):
            yield Problem(file.path, f"row {number}", f"not read: {values}")
        else:
            yield naming.record(values, f"row {number}", clean=layout.clean)
    if not layout.clean:
        yield from naming.problems()
    if not layout.n_rows:
        yield Problem(file.path, None, "a table with a header and no rows", PASSED_OVER)


def _said(file: File, layout: _Layout) -> Iterator[Problem]:
    """What the user should know of a table as a whole."""
    if layout.above:
        reason = _ABOVE.format(n=len(layout.above), first=_DELIMITED.sub(" ", layout.above[0])[:60].strip())
        yield Problem(file.path, None, reason, PASSED_OVER)
    if layout.doubled:
        name, second = next(iter(layout.doubled.items()))
        reason = _DOUBLED.format(names=", ".join(map(repr, layout.doubled)), name=name, second=second)
        yield Problem(file.path, None, reason, TAKEN_AS)
    if layout.n_short:
        reason = _TOO_FEW.format(n=layout.n_short, of=len(layout.names), first=f"row {layout.first_short}")
        yield Problem(file.path, None, reason, IN_PART)


def _body(lines: Iterable[str | None], layout: _Layout) -> Iterator[Row]:
    return (row for row in _rows(lines, layout.delimiter) if row[0] > layout.header)


def _values(
    rows: Iterable[Row], layout: _Layout, kinds: Mapping[str, Callable[[str], object]]
) -> Iterator[tuple[int, dict[str, object] | str]]:
    """The values of each row by column, or why it has none."""
    missing = {""} if layout.clean else MISSING
    names = layout.names
    for number, cells in rows:
        if isinstance(cells, str):
            yield number, cells
        elif len(cells) > len(names):
            yield number, _TOO_MANY.format(n=len(cells), of=len(names))
        else:
            yield (
                number,
                {
                    name: None if cell in missing else kinds.get(name, str)(cell)
                    for name, cell in zip(names, cells, strict=False)
                },
            )


def parse(text: str) -> Table:
    """Split a small table into header and rows; blank rows are left out."""
    lines = io.StringIO(text, newline="")
    layout = _layout(iter(lines), {})
    lines.seek(0)
    rows = [(number, cells) for number, cells in _body(lines, layout) if isinstance(cells, list)]
    return Table(layout.names, rows, layout.note)


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


@dataclass
class _Layout:
    """What a table is like: its delimiter, its names, what its columns hold; whether `write_articles` made it."""

    delimiter: str
    above: list[str] = field(default_factory=list)  # the rows above the header
    header: int = 0  # the number of its row
    names: list[str] = field(default_factory=list)
    doubled: dict[str, str] = field(default_factory=dict)  # names that stand twice: what the second is called
    kinds: dict[str, Callable[[str], object]] = field(default_factory=dict)
    clean: bool = False
    note: str | None = None
    n_rows: int = 0
    n_short: int = 0  # rows with fewer cells than names
    first_short: int = 0


def _layout(lines: Iterator[str | None], given: Mapping[str, str]) -> _Layout:
    first: list[str] = []
    size = 0
    for line in lines:
        first.append(line or "")
        size += len(first[-1])
        if size > _SAMPLE:
            break
    named = _SEP_LINE.match(first[0]) if first else None
    start = "".join(first[1:] if named else first)[:_SAMPLE]
    delimiter, n_above = _delimiter(start, given, named[1] if named else None)
    found = _Layout(delimiter)
    row: list[str] = []  # the lines of the row that is being read
    last = ""
    columns: dict[int, _Kind] = {}
    n_marked = n_needed = 0
    for number, cells in _rows(chain(first, lines), delimiter, row):
        last = "".join(row)
        if isinstance(cells, str):
            continue
        if not found.names:
            if len(found.above) < n_above:
                found.above.append(last)
                continue
            found.header = number
            found.names, found.doubled = _unique(cells)
            n_needed = max(place for place, cell in enumerate(cells, start=1) if cell.strip())
            columns = {position: _Kind() for position in range(len(found.names))}
            continue
        found.n_rows += 1
        n_marked += CLEAN in cells
        if len(cells) < n_needed:
            found.n_short += 1
            found.first_short = found.first_short or number
        if len(cells) <= len(found.names):
            for place in [
                place for place, kind in columns.items() if place < len(cells) and not kind.holds(cells[place])
            ]:
                del columns[place]
    found.clean = MARK in found.names and found.n_rows > 0 and n_marked == found.n_rows
    found.kinds = {found.names[place]: kind.made(clean=found.clean) for place, kind in columns.items()}
    found.note = _OPEN_QUOTE if _leaves_quote_open(last, delimiter) else None
    return found


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


def _delimiter(text: str, given: Mapping[str, str], named: str | None = None) -> tuple[str, int]:
    """The delimiter under which the header has most columns we know, else most columns; the rows above the header."""
    delimiters = (named,) if named else DELIMITERS
    rows = {delimiter: _first_rows(text, delimiter) for delimiter in delimiters}

    def known(delimiter: str) -> tuple[int, int]:
        header = rows[delimiter][0]
        return len(match_columns(header, given)), len(header)

    best = max(delimiters, key=known)
    if has_text(rows[best][0], given):
        return best, 0
    below = [
        (len(match_columns(row, given)), -number, delimiter)
        for delimiter in delimiters
        for number, row in enumerate(rows[delimiter])
        if number and has_text(row, given)
    ]
    n_known, number, delimiter = max(below, default=(0, 0, best))
    return (delimiter, -number) if n_known >= _FEWEST_KNOWN else (best, 0)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not blank, at least one, perhaps an empty one."""
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(cells)
            if len(found) > _MOST_ABOVE:
                break
    return found or [[]]


def _unique(header: list[str]) -> tuple[list[str], dict[str, str]]:
    """Column names without blanks around them; a second "x" becomes "x.2", a nameless column "column 3"."""
    names: dict[str, int] = {}
    doubled: dict[str, str] = {}
    for position, cell in enumerate(header, start=1):
        name = wanted = cell.strip() or f"column {position}"
        while name in names:
            names[wanted] += 1
            name = f"{wanted}.{names[wanted]}"
        if name != wanted:
            doubled.setdefault(wanted, name)
        names[name] = 1
    return list(names), doubled
