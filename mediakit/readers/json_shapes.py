"""The shapes in which JSON holds articles: lists, answers of services, tables as programs write them, cut-off lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from .naming import has_text
from .records import ReadError, match_columns, opened

_MAX_DEPTH = 3  # how deep the list of articles may lie
_MOST_STARTS = 50  # lists that are tried in a broken file
_LIST_START = re.compile(r"\[\s*(?=\{)")
_COMMA = re.compile(r"\s*,\s*")
_OF_A_VALUE = {"rendered", "name", "main", "original"}  # {"title": {"rendered": …}} is one article, no table

Columns = Mapping[str, str]


def articles_in(value: object, columns: Columns) -> list[Any] | None:
    """The articles in a JSON value, as a list in which each stands as an object; None when it holds none.

    The list may lie in an answer of a service; its objects may be wrapped ({"_source": {…}}); it may be a table by
    columns, as pandas writes it, or an object of articles by their ids.
    """
    found = _found(value, _MAX_DEPTH, columns)
    if found is None and isinstance(value, dict) and is_article(value, columns):
        return [value]
    return found


def _found(value: object, depth: int, columns: Columns) -> list[Any] | None:
    """The list of articles nearest to the top; among equals the longest."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) and is_article(item, columns) for item in value) else None
    if not isinstance(value, dict) or depth == 0:
        return None
    if (rows := _table(value, columns)) is not None:
        return rows
    if has_text(list(opened(value, columns)), columns):
        return None
    inside = [found for item in value.values() if (found := _found(item, depth - 1, columns))]
    return max(inside, key=len, default=None) or _by_id(value, columns)


def _table(value: dict[str, Any], columns: Columns) -> list[Any] | None:
    """The rows of a table written by columns: each an object by row, or a list; or their names and their rows apart."""
    if isinstance(names := value.get("columns"), list) and isinstance(rows := value.get("data"), list):
        names = [str(name) for name in names]
        if has_text(names, columns) and all(isinstance(row, list) for row in rows):
            return [dict(zip(names, row, strict=False)) for row in rows]
        return None
    cells = list(value.values())
    if len(cells) < 2 or not has_text(list(value), columns):
        return None
    if all(type(cell) is dict for cell in cells):
        keys = cells[0].keys()
        if keys and not keys & _OF_A_VALUE and all(cell.keys() == keys for cell in cells):
            return [{name: column[key] for name, column in value.items()} for key in keys]
    elif all(type(cell) is list and len(cell) == len(cells[0]) for cell in cells):
        return [dict(zip(value, row, strict=True)) for row in zip(*cells, strict=True)]
    return None


def _by_id(value: dict[str, Any], columns: Columns) -> list[Any] | None:
    """The articles of an object that has one for each id."""
    inner = [item for item in value.values() if isinstance(item, dict)]
    if not inner or len(inner) < len(value) or not any(is_article(item, columns) for item in inner):
        return None
    return [
        item if "article_id" in match_columns(list(item), columns).values() else {"id": key, **item}
        for key, item in value.items()
    ]


def is_article(value: dict[str, Any], columns: Columns) -> bool:
    """Whether an object says what an article does, perhaps in one that it wraps."""
    return has_text(list(opened(value, columns)), columns) or _wrapped(value, columns) is not None


def unwrapped(value: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """An article's object with the one that it wraps in the open ({"_id": …, "_source": {…}}) and its names dotted."""
    if not any(type(inner) is dict for inner in value.values()):
        return value
    found = opened(value, columns)
    if has_text(list(found), columns) or (name := _wrapped(value, columns)) is None:
        return found
    rest = {key: inner for key, inner in value.items() if key != name}
    return rest | opened(value[name], columns)


def _wrapped(value: dict[str, Any], columns: Columns) -> str | None:
    """The key of the one article that an object wraps."""
    found = [
        name for name, inner in value.items() if type(inner) is dict and has_text(list(opened(inner, columns)), columns)
    ]
    return found[0] if len(found) == 1 else None


def before_the_break(text: str, columns: Columns) -> list[Any]:
    """The articles that stand complete before the place where a JSON file is cut off or broken."""
    return whole_items(text, lambda item: is_article(item, columns))


def whole_items(text: str, wanted: Callable[[dict[str, Any]], bool], *, strict: bool = True) -> list[Any]:
    """The items of the first list with one that is wanted, as far as they are whole; `strict` as in json."""
    decoder = json.JSONDecoder(strict=strict)
    for start in islice(_LIST_START.finditer(text), _MOST_STARTS):
        items: list[Any] = []
        place = start.end()
        while True:
            try:
                item, place = decoder.raw_decode(text, place)
            except (ValueError, RecursionError):
                break
            items.append(item)
            comma = _COMMA.match(text, place)
            if comma is None:
                break
            place = comma.end()
        if any(isinstance(item, dict) and wanted(item) for item in items):
            return items
    return []


def answers_in(text: str, wanted: Callable[[dict[str, Any]], bool]) -> tuple[list[Any], list[tuple[str | None, str]]]:
    """The values of an answer of a service, or of one a line; and where it is broken (record, reason).

    Of what is broken, the list whose items are wanted is kept as far as they are whole.

    Raises
    ------
    ReadError
        It is broken, and nothing of it is whole.
    """
    try:
        return [json.loads(text, strict=False)], []
    except (ValueError, RecursionError) as error:
        reason = f"broken JSON: {str(error)[:100]}"
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    values: list[Any] = []
    broken: list[tuple[str | None, str]] = []
    if len(lines) > 1 and any(line.rstrip().endswith("}") and _is_json(line) for _, line in lines[:2]):
        for number, line in lines:
            try:
                values.append(json.loads(line, strict=False))
            except (ValueError, RecursionError) as error:
                broken.append((f"line {number}", f"broken JSON: {str(error)[:100]}"))
                if items := whole_items(line, wanted, strict=False):
                    values.append(items)
        return values, broken
    if items := whole_items(text, wanted, strict=False):
        return [items], [(f"item {len(items) + 1}", f"{reason}: what comes from here on was not read")]
    raise ReadError(reason)


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False
