"""JSON: one object a line (.jsonl, .ndjson), or one file with a list of objects (.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError, Record, from_row, has_text, match_columns

LINE_ENDINGS = (".jsonl", ".ndjson", ".jsonlines")
ENDINGS = (".json",)
_JSON = re.compile(r"\s*\[?\s*\{\s*\"(?:[^\"\\\n]|\\.){1,200}\"\s*:")
_MAX_DEPTH = 3  # how deep the list of articles may lie


def looks_like_lines(file: File) -> bool:
    """Whether the first line is a JSON object of its own, and another line follows."""
    first, newline, rest = file.start.lstrip().partition("\n")
    return first.startswith("{") and bool(newline and rest.lstrip().startswith("{")) and _is_object(first)


def looks(file: File) -> bool:
    """Whether the file starts as JSON does: an object with a key, or a list of objects."""
    return _JSON.match(file.start) is not None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(file: File) -> Iterator[Record | Problem]:
    """The articles of a JSON Lines file; a broken line is a problem and the others are read."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    # only \n ends a record: texts may hold U+2028 and the like
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = _load(line)
        except ReadError as error:
            yield Problem(file.path, f"line {number}", str(error))
        else:
            yield _record(value, file, f"line {number}")


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a JSON file: a list of objects, an object that holds such a list, or a single article."""
    text, note = decode(file.read())
    value = _load(text)
    if note:
        yield Problem(file.path, None, note, IN_PART)
    items = _find_list(value, _MAX_DEPTH, file.columns)
    if items is None:
        if not isinstance(value, dict) or not has_text(list(value), file.columns):
            raise ReadError("holds no list of articles: write a list of objects with a text each")
        items = [value]
    for number, item in enumerate(items, start=1):
        yield _record(item, file, f"item {number}")


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"broken JSON: {error.msg} (line {error.lineno}, character {error.colno})") from None
    except (ValueError, RecursionError):
        raise ReadError("JSON with a number too long or lists too deep to read") from None


def _record(value: object, file: File, place: str) -> Record | Problem:
    if not isinstance(value, dict):
        return Problem(file.path, place, f"not an article: {_kind(value)} where an object was expected")
    matched = match_columns(list(value), file.columns)
    if not {"text", "title"} & set(matched.values()):
        names = ", ".join(map(repr, list(value)[:8]))
        return Problem(file.path, place, f"not an article: no text and no title among {names or 'no keys at all'}")
    return from_row(value, file.path, place, matched=matched)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}
    return names.get(type(value), "null")


def _find_list(value: object, depth: int, columns: Mapping[str, str]) -> list[object] | None:
    """The list of articles, nearest to the top; among equals the longest."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) and has_text(list(item), columns) for item in value) else None
    if not isinstance(value, dict) or depth == 0 or has_text(list(value), columns):
        return None
    inside = [found for item in value.values() if (found := _find_list(item, depth - 1, columns))]
    return max(inside, key=len, default=None)
