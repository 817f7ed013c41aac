"""GDELT: what it knows of news documents, without their texts. GKG 1 and 2, mentions, events, lists of the DOC API.

Each document becomes one article of a title: the page's title where GDELT has it, else one made from the words of its
address. The column text_basis says which ("title", "address"), so that nobody takes them for texts; GDELT's own
measures are columns (themes, persons, organizations, locations, gdelt_tone, length).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from .decoding import decode
from .files import File
from .gdelt_rows import TABLES, Row, Table
from .json_shapes import answers_in
from .records import IN_PART, TAKEN_AS, Problem, ReadError, Record

_LONGEST_LINE = 1 << 24
_KEY = re.compile(r'"([A-Za-z0-9]{3,30})"\s*:')


def looks(file: File) -> bool:
    """Whether a table is GDELT's, by its header or by what its first rows hold."""
    start = file.start
    if start.find("\t", 0, 65536) < 0 and "url" not in start[:500].casefold() and "entifier" not in start[:500]:
        return False
    return _table(start[:65536].split("\n", 4)[:4]) is not None


def looks_like_json(file: File) -> bool:
    """Whether a file is an answer of GDELT's DOC API, or a table's rows as JSON."""
    start = file.start[:20_000]
    if not start.lstrip("\ufeff \t\r\n").startswith(("{", "[")) or ('"url"' not in start and "dentifier" not in start):
        return False
    names = {name.casefold() for name in _KEY.findall(start)}
    return any(table.known_by <= names for table in TABLES)


def read(file: File) -> Iterator[Record | Problem]:
    """The documents of a table, each once however many rows name it."""
    table = _table(file.start.split("\n", 4)[:4])
    if table is None:
        raise ReadError("no table of GDELT that is known: GKG, mentions, events and lists of the DOC API are")
    found: dict[str, Record] = {}
    problems: list[Problem] = []
    for number, row in _rows(file, table):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        _keep(found, table.documents(row), table, file.path, f"row {number}")
    yield from problems
    if not found:
        raise ReadError(f"{table.name} of GDELT without a document")
    yield from found.values()
    yield from _said_of(found.values(), file, f"GDELT {table.name}")


def _keep(found: dict[str, Record], documents: Iterable[Record], table: Table, path: str, place: str) -> None:
    """Take in the documents of a row; of mentions and events, count the rows that name each."""
    for made in documents:
        first = found.setdefault(str(made.fields.get("url") or made.fields.get("title")), made)
        if first is made:
            made.path, made.record = path, place
        if table.name in ("mentions", "events"):
            first.extra[table.name] = int(str(first.extra.get(table.name, 0))) + 1


def _said_of(records: Any, file: File, what: str) -> Iterator[Problem]:
    records = list(records)
    n = len(records)
    yield Problem(file.path, None, f"{what}: metadata of {n:,} document{'s' * (n > 1)}, no texts", IN_PART)
    made = [record.fields["title"] for record in records if record.fields.get("text_basis") == "address"]
    if made:
        reason = f"{len(made):,} of {n:,} titles made from addresses, such as “{str(made[0])[:80]}”"
        yield Problem(file.path, None, reason, TAKEN_AS)


def _rows(file: File, table: Table) -> Iterator[tuple[int, Row | Problem]]:
    with io.TextIOWrapper(file.open(), encoding="utf-8-sig", errors="replace", newline="\n") as text:
        first = text.readline(_LONGEST_LINE)
        header = _header(first)
        split = _splitter(header[1] if header else "\t")
        rest = iter(lambda: text.readline(_LONGEST_LINE), "")
        for number, line in enumerate(rest if header else chain([first], rest), start=2 if header else 1):
            cells = split(line)
            names = header[0] if header else table.columns(len(cells))
            if (len(cells) >= min(len(names), 4)) if header else table.matches(cells):
                yield number, {name.casefold(): cell for name, cell in zip(names, cells, strict=False)}
            elif line.strip():
                yield number, Problem(file.path, f"row {number}", f"not a row of GDELT's {table.name}")


def _splitter(delimiter: str) -> Callable[[str], list[str]]:
    if delimiter == "\t":
        return lambda line: line.rstrip("\r\n").split("\t")

    def split(line: str) -> list[str]:
        try:
            return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
        except csv.Error:
            return []

    return split


def _header(line: str) -> tuple[list[str], str] | None:
    """Column names and delimiter, when the line is the header of a known table."""
    for delimiter in ("\t", ",", ";"):
        names = [name.strip().strip('"').strip() for name in line.lstrip("\ufeff").rstrip("\r\n").split(delimiter)]
        if any(table.known_by <= {name.casefold() for name in names} for table in TABLES):
            return names, delimiter
    return None


def _table(lines: Sequence[str]) -> Table | None:
    """Which table the first lines belong to."""
    header = _header(lines[0]) if lines else None
    if header:
        names = {name.casefold() for name in header[0]}
        return next(table for table in TABLES if table.known_by <= names)
    for line in lines:
        cells = line.lstrip("\ufeff").rstrip("\r\n").split("\t")
        for table in TABLES:
            if len(cells) > 9 and table.matches(cells):
                return table
    return None


def read_json(file: File) -> Iterator[Record | Problem]:
    """The documents of an answer of the DOC API, or of a table's rows as JSON, one a line or in a list."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    found: dict[str, Record] = {}
    what = "list"
    values, broken = answers_in(text, lambda item: _table_of(_as_row(item)) is not None)
    for number, item in enumerate(_items(values), start=1):
        row = _as_row(item)
        table = _table_of(row)
        documents = list(table.documents(row)) if table else []
        if table is None or not documents:
            yield Problem(file.path, f"item {number}", "no document of GDELT")
            continue
        what = table.name
        _keep(found, documents, table, file.path, f"item {number}")
    yield from (Problem(file.path, record, reason) for record, reason in broken)
    if not found:
        raise ReadError("JSON of GDELT without documents")
    yield from found.values()
    yield from _said_of(found.values(), file, f"GDELT {what}")


def _items(values: list[Any]) -> list[object]:
    """The objects of a list, of an answer's list, or of one line each."""
    value = values[0] if len(values) == 1 else values
    if isinstance(value, dict):
        value = value["articles"] if isinstance(value.get("articles"), list) else [value]
    return value if isinstance(value, list) else []


def _table_of(row: dict[str, str]) -> Table | None:
    return next((table for table in TABLES if table.known_by <= row.keys()), None)


def _as_row(item: object) -> dict[str, str]:
    if not isinstance(item, dict):
        return {}
    return {str(name).casefold(): "" if cell is None else str(cell) for name, cell in item.items()}
