"""JSON: one object a line (.jsonl, .ndjson), or one file with a list of objects (.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .decoding import decode
from .records import Problem, ReadError, Record, from_row, has_text

LINE_ENDINGS = (".jsonl", ".ndjson", ".jsonlines")
ENDINGS = (".json",)
_MAX_DEPTH = 3  # how deep the list of articles may lie


def read_lines(path: Path) -> Iterator[Record | Problem]:
    """The articles of a JSON Lines file; a broken line is a problem and the others are read."""
    text, note = decode(path.read_bytes())
    if note:
        yield Problem(path.as_posix(), None, note)
    # only \n ends a record: texts may hold U+2028 and the like
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = _load(line)
        except ReadError as error:
            yield Problem(path.as_posix(), f"line {number}", str(error))
        else:
            yield _record(value, path, f"line {number}")


def read(path: Path) -> Iterator[Record | Problem]:
    """The articles of a JSON file: a list of objects, an object that holds such a list, or a single article."""
    text, note = decode(path.read_bytes())
    value = _load(text)
    if note:
        yield Problem(path.as_posix(), None, note)
    items = _find_list(value, _MAX_DEPTH)
    if items is None:
        if not isinstance(value, dict) or not has_text(list(value)):
            raise ReadError("holds no list of articles: write a list of objects with a text each")
        items = [value]
    for number, item in enumerate(items, start=1):
        yield _record(item, path, f"item {number}")


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"broken JSON: {error.msg} (line {error.lineno}, character {error.colno})") from None
    except (ValueError, RecursionError):
        raise ReadError("JSON with a number too long or lists too deep to read") from None


def _record(value: object, path: Path, place: str) -> Record | Problem:
    if not isinstance(value, dict):
        return Problem(path.as_posix(), place, f"not an article: {_kind(value)} where an object was expected")
    if not has_text(list(value)):
        names = ", ".join(map(repr, list(value)[:8]))
        return Problem(
            path.as_posix(), place, f"not an article: no text and no title among {names or 'no keys at all'}"
        )
    return from_row(value, path.as_posix(), place)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}
    return names.get(type(value), "null")


def _find_list(value: object, depth: int) -> list[object] | None:
    """The list of articles, nearest to the top; among equals the longest."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) and has_text(list(item)) for item in value) else None
    if not isinstance(value, dict) or depth == 0 or has_text(list(value)):
        return None
    inside = [found for item in value.values() if (found := _find_list(item, depth - 1))]
    return max(inside, key=len, default=None)
