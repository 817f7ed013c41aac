"""NewsAPI's answers (top-headlines, everything): articles whose texts it cuts off after 200 characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .decoding import decode
from .files import File
from .html_values import markup_in_text, without_entities
from .json_shapes import answers_in
from .records import IN_PART, PASSED_OVER, Problem, ReadError, Record

_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+(\d{1,7}) chars\]\s*$")
_ERROR = re.compile(r'\s*\{\s*"status"\s*:\s*"error"\s*,\s*"code"')
_TAIL = re.compile(r"\s+[-–—|]\s+([^-–—|]{2,60})$")
_DEEPEST = 4
_REMOVED = "[Removed]"  # stands in all places of an article that was withdrawn


def looks(file: File) -> bool:
    """Whether a file is an answer of NewsAPI, or a list of its articles."""
    start = file.start[:20_000]
    if not start.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return False
    return ('"urlToImage"' in start and '"publishedAt"' in start) or _ERROR.match(start) is not None or _is_empty(start)


def _is_empty(start: str) -> bool:
    return '"totalResults"' in start and '"articles"' in start and '"status"' in start


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of an answer, or of several in a list or one a line."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    number = n_cut = n_described = n_removed = total = 0
    values, broken = answers_in(text, lambda item: "publishedAt" in item)
    for answer in _answers(values[0] if len(values) == 1 else values, _DEEPEST):
        total += _total(answer)
        for item in answer["articles"]:
            number += 1
            place = f"item {number}"
            if isinstance(item, dict) and item.get("title") == _REMOVED:
                n_removed += 1
                continue
            made = _record(item, file, place) if isinstance(item, dict) else None
            if made is None:
                yield Problem(file.path, place, "no title and no text")
                continue
            n_cut += "characters_missing" in made.extra
            n_described += made.fields.get("text_basis") == "description"
            yield made
    yield from (Problem(file.path, record, reason) for record, reason in broken)
    if not number:
        raise ReadError("an answer of NewsAPI without articles")
    if n_removed:
        reason = f"{n_removed:,} of {number:,} articles were withdrawn: “{_REMOVED}” stands in their place"
        yield Problem(file.path, None, reason, PASSED_OVER)
    if total > number:
        yield Problem(file.path, None, f"the search found {total:,} articles, this file holds {number:,}", IN_PART)
    if n_cut:
        yield Problem(file.path, None, f"{n_cut:,} of {number:,} texts are cut off by NewsAPI: only a start", IN_PART)
    if n_described:
        reason = f"{n_described:,} of {number:,} articles have a description only, no text"
        yield Problem(file.path, None, reason, IN_PART)


def _answers(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """The answers in a value: objects with a list of articles; a bare list of articles counts as one."""
    if isinstance(value, dict):
        if isinstance(value.get("articles"), list):
            yield value
        elif value.get("status") == "error":
            message = " ".join(str(value.get("message") or value.get("code") or "").split())[:200]
            raise ReadError(f"an error message of NewsAPI, no articles: {message}")
        elif depth:
            for inside in value.values():
                yield from _answers(inside, depth - 1)
    elif isinstance(value, list) and depth:
        articles = [item for item in value if isinstance(item, dict) and "publishedAt" in item]
        if articles:
            yield {"articles": articles}
        for item in value:
            if isinstance(item, dict | list) and "publishedAt" not in item:
                yield from _answers(item, depth - 1)


def _total(answer: Mapping[str, Any]) -> int:
    total = answer.get("totalResults")
    return total if isinstance(total, int) and not isinstance(total, bool) else 0


def _record(item: Mapping[str, Any], file: File, place: str) -> Record | None:
    source = item.get("source")
    name = _text(source.get("name") if isinstance(source, dict) else source)
    content, description = _text(item.get("content")), _text(item.get("description"))
    cut = _CUT.search(content[-120:])
    text = content[: len(content) - len(cut[0])] if cut else content
    title = _without_tail(_text(item.get("title")), name)
    if not title and not text and not description:
        return None
    basis = None if text else "description" if description else "title"
    fields = {
        "source": name,
        "title": title,
        "text": text or description,
        "author": _text(item.get("author")),
        "url": _text(item.get("url")),
        "published": _text(item.get("publishedAt")),
        "language": _text(item.get("language")),
        "text_basis": "start only" if cut else basis,
    }
    extra: dict[str, object] = {"description": description if text else "", "image": _text(item.get("urlToImage"))}
    extra["source_id"] = _text(source.get("id")) if isinstance(source, dict) else ""
    if cut:
        extra["characters_missing"] = int(cut[1])
    return Record(file.path, place, {n: v for n, v in fields.items() if v}, {n: v for n, v in extra.items() if v != ""})


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = markup_in_text(value) if "<" in value else None
    return (without_entities(value) if text is None else text).strip()


def _without_tail(title: str, source: str) -> str:
    """ "Talks end - Reuters" of the source Reuters is "Talks end"."""
    tail = _TAIL.search(title[-70:])
    if tail and _plain(tail[1]) in (_plain(source), _plain(source).removesuffix("com")) and len(tail[0]) < len(title):
        return title[: len(title) - len(tail[0])].rstrip()
    return title


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold().removeprefix("the ") if letter.isalnum())
