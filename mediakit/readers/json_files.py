"""JSON: one object a line (.jsonl, .ndjson), or one file with a list of objects (.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import orjson

from .decoding import decode, streams_as_utf8
from .files import HEAD, LONGEST_LINE, File
from .json_shapes import articles_in, before_the_break, unwrapped
from .naming import SAMPLE_ROWS, SAMPLE_SIZE, Naming, has_text
from .records import IN_PART, Problem, ReadError, Record

LINE_ENDINGS = (".jsonl", ".ndjson", ".jsonlines")
ENDINGS = (".json",)
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks, half a UTF-16 character, blanks
_JSON = re.compile(r"\s*\[?\s*\{\s*\"(?:[^\"\\\n]|\\.){1,200}\"\s*:")
_EXACT = 2**63  # from here on orjson rounds what json keeps
_TOO_LONG = f"a line of more than {LONGEST_LINE >> 20} MB was left out"
_SEVERAL = "Extra data"  # what json says when another value follows


def looks_like_lines(file: File) -> bool:
    """Whether the first line is a JSON object of its own, and another line follows."""
    if file.head.lstrip(_BEFORE)[:1] != b"{":
        return False
    first, newline, rest = file.start.lstrip().partition("\n")
    return first.startswith("{") and bool(newline and rest.lstrip().startswith("{")) and _is_object(first)


def looks(file: File) -> bool:
    """Whether the file starts as JSON does: an object with a key, or a list of objects."""
    return file.head.lstrip(_BEFORE)[:1] in (b"{", b"[") and _JSON.match(file.start) is not None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(file: File) -> Iterator[Record | Problem]:
    """The articles of a JSON Lines file; a broken line is a problem and the others are read."""
    naming = Naming(file.path, file.columns)
    if len(file.head) == HEAD and streams_as_utf8(file):
        with file.open() as stream:
            yield from _records(_lines(stream), file, naming)
    else:
        text, note = decode(file.read())
        if note:
            yield Problem(file.path, None, note, IN_PART)
        # only \n ends a record: texts may hold U+2028 and the like
        yield from _records(iter(text.split("\n")), file, naming)
    yield from naming.problems()


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None in place of one that is too long."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _records(lines: Iterator[str] | Iterator[bytes | None], file: File, naming: Naming) -> Iterator[Record | Problem]:
    values = _values(lines)
    first: list[tuple[int, object]] = []
    size = 0
    for number, value in values:
        first.append((number, value))
        size += len(str(value)) if isinstance(value, dict) else 0
        if len(first) == SAMPLE_ROWS or size > SAMPLE_SIZE:
            break
    if not first:
        raise ReadError("holds blank lines only")
    naming.look([unwrapped(value, file.columns) for _, value in first if isinstance(value, dict)])
    for number, value in chain(first, values):
        if isinstance(value, ReadError):
            yield Problem(file.path, f"line {number}", str(value))
        else:
            yield _record(value, file, f"line {number}", naming)


def _values(lines: Iterator[str] | Iterator[bytes | None]) -> Iterator[tuple[int, object]]:
    """The values of the lines that are not blank, with their numbers; an error in place of one that is broken."""
    for number, line in enumerate(lines, start=1):
        if line is None:
            yield number, ReadError(_TOO_LONG)
        elif line and not line.isspace():
            try:
                yield number, _load(line.removeprefix(b"\xef\xbb\xbf") if isinstance(line, bytes) else line)
            except ReadError as error:
                yield number, error


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a JSON file: a list of objects, an object that holds such a list, or a single article.

    Of a file that is cut off the articles before the cut are read.
    """
    if file.suffix in LINE_ENDINGS:
        yield from read_lines(file)
        return
    text, note = decode(file.read())
    broken: ReadError | None = None
    try:
        items = articles_in(_load(text), file.columns)
    except ReadError as error:
        if _SEVERAL in str(error):
            yield from read_lines(file)
            return
        broken = error
        items = before_the_break(text, file.columns)
        if not items:
            raise
    del text
    if note:
        yield Problem(file.path, None, note, IN_PART)
    if items is None:
        raise ReadError("holds no list of articles: write a list of objects with a text each")
    yield from _listed(items, file)
    if broken:
        yield Problem(file.path, f"item {len(items) + 1}", f"{broken}: what comes from here on was not read")


def _listed(items: list[Any], file: File) -> Iterator[Record | Problem]:
    naming = Naming(file.path, file.columns)
    naming.look([unwrapped(item, file.columns) for item in items[:SAMPLE_ROWS] if isinstance(item, dict)])
    for number in range(len(items)):
        item, items[number] = items[number], None  # what has been read need not be kept
        yield _record(item, file, f"item {number + 1}", naming)
    yield from naming.problems()


def _load(text: str | bytes) -> object:
    """A JSON value, by orjson where it reads the same as json does."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:  # NaN, lone surrogates, numbers without end … or broken
        return _load_slowly(text)
    return _load_slowly(text) if _is_rounded(value) else value


def _is_rounded(value: object) -> bool:
    """Whether a whole number may have been too long for orjson."""
    waiting = [value]
    for item in waiting:
        if type(item) is dict:
            waiting += [inner for inner in item.values() if type(inner) in (dict, list, float)]
        elif type(item) is list:
            waiting += [inner for inner in item if type(inner) in (dict, list, float)]
        elif type(item) is float and abs(item) >= _EXACT:
            return True
    return False


def _load_slowly(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"broken JSON: {error.msg} (line {error.lineno}, character {error.colno})") from None
    except (ValueError, RecursionError):
        raise ReadError("JSON with a number too long or lists too deep to read") from None


def _record(value: object, file: File, place: str, naming: Naming) -> Record | Problem:
    if not isinstance(value, dict):
        return Problem(file.path, place, f"not an article: {_kind(value)} where an object was expected")
    row = unwrapped(value, file.columns)
    names = list(row)
    if not {"text", "title"} & set(naming.match(names).values()) and not has_text(names, file.columns):
        shown = ", ".join(map(repr, names[:8]))
        return Problem(file.path, place, f"not an article: no text and no title among {shown or 'no keys at all'}")
    return naming.record(row, place)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}
    return names.get(type(value), "null")
