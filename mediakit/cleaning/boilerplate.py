"""Boilerplate by pattern: data/boilerplate.csv says what it looks like and where in an article it may stand."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .draft import Draft
from .prefilter import beginning, beginnings, may_begin, needed_words

PROMPT = "comment prompt"
_LONGEST = 320  # no paragraph longer than this is boilerplate as a whole
_TOP, _BOTTOM = 3, 6  # paragraphs that count as near the top and near the bottom
_MOST_LINKS, _LONGEST_LINK = 15, 200
_FEW = 3  # words that are looked for in less time than a pattern takes
_STOPS = (".", ".”", '."', ".’", "!", "!”")


class _Pattern(NamedTuple):
    name: str
    regex: re.Pattern[str]
    needs: frozenset[str] | None  # of these, a text that matches has one in lower case


_FRAMES = {
    "closing": r"(?:^|(?<=[.!?…”\"’)]\s))(?:{})\Z",
    "before a prompt": r"(?:{})\Z",
    "paragraph end": r"\s*(?:{})\Z",
}


@cache
def patterns(place: str) -> tuple[_Pattern, ...]:
    """The patterns of data/boilerplate.csv for one place in the article."""
    path = Path(__file__).parent.parent / "data" / "boilerplate.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place"] == place]
    frame = _FRAMES.get(place, "{}")
    return tuple(
        _Pattern(row["name"], re.compile(frame.replace("{}", row["pattern"]), re.I), needed_words(row["pattern"]))
        for row in rows
    )


@cache
def _begins(pattern: str) -> frozenset[str]:
    return beginnings(pattern)


@cache
def _worth_trying(places: tuple[str, ...], start: str) -> tuple[_Pattern, ...]:
    """The patterns of these places that a text which begins so may match."""
    chosen = (pattern for place in places for pattern in patterns(place))
    return tuple(pattern for pattern in chosen if may_begin(_begins(pattern.regex.pattern), start))


def whole(text: str, *places: str) -> str | None:
    """The name of the first pattern of these places that matches the whole text."""
    low = text.lower()
    for name, regex, needs in _worth_trying(places, beginning(text)):
        if needs and len(needs) <= _FEW and all(word not in low for word in needs):
            continue
        if regex.fullmatch(text):
            return name
    return None


_MIDDLE = ("anywhere",)
_EDGE = (*_MIDDLE, "ends")
_END = (*_EDGE, "end")


def line_reason(line: str, top: bool, bottom: bool) -> str | None:
    """The name of the boilerplate that a whole line is, near the top or bottom of an article; None when it is none."""
    name = whole(line, *(_END if bottom else _EDGE if top else _MIDDLE))
    return None if name and whole(line, "kept") else name


def cut_patterns(draft: Draft) -> None:
    """Mark what the patterns find: whole lines, link lists, ends of paragraphs."""
    body = draft.body
    for number in body:
        start, end = draft.lines[number]
        if end - start <= _LONGEST:
            top, bottom = number - body.start < _TOP, body.stop - number <= _BOTTOM
            reason = line_reason(draft.raw.text[start:end], top, bottom)
            if reason:
                draft.gone[number] = reason
    _cut_link_list(draft)
    for number in body:
        if number not in draft.gone:
            _cut_ends(draft, number, closing=body.stop - number <= _BOTTOM)


def _cut_link_list(draft: Draft) -> None:
    """From "Related articles:" to the end, if only links (lines without a full stop) follow and text came before."""
    for number in draft.body[-_MOST_LINKS:]:
        if number in draft.gone or not (name := whole(draft.line(number), "links")):
            continue
        rest = [n for n in range(number + 1, len(draft.lines)) if n not in draft.gone]
        before = [draft.line(n) for n in draft.body if n < number and n not in draft.gone]
        if all(_is_link(draft.line(n)) for n in rest) and any(line.endswith(_STOPS) for line in before):
            draft.gone |= dict.fromkeys([number, *rest], name)
            return


def _is_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and not line.endswith(_STOPS)


def _cut_ends(draft: Draft, number: int, *, closing: bool) -> None:
    """Cut credits and prompts off the end of a paragraph, one after the other."""
    while number not in draft.gone and (found := _end(draft.line(number), closing)):
        start, name = found
        before = number - 1
        if start:
            draft.ends.setdefault(number, []).append((draft.lines[number][0] + start, name))
            continue
        draft.gone[number] = name
        if name == PROMPT and before in draft.body and before not in draft.gone and _is_question(draft.line(before)):
            draft.gone[before] = name


def _end(line: str, closing: bool) -> tuple[int, str] | None:
    """Where the boilerplate at the end of a line begins, with the question to the reader that leads up to it."""
    chosen = (patterns("paragraph end") if line.endswith(")") else ()) + (patterns("closing") if closing else ())
    tail = line[-_LONGEST:].lower() if chosen else ""
    for name, regex, needs in chosen:
        if needs and not any(word in tail for word in needs):
            continue
        match = regex.search(line, max(0, len(line) - _LONGEST))
        if not match or whole(match[0], "kept"):
            continue
        start = match.start()
        if name == PROMPT:
            for question in patterns("before a prompt"):
                asked = question.regex.search(line[:start], max(0, start - _LONGEST))
                start = asked.start() if asked else start
        return len(line[:start].rstrip()), name
    return None


def _is_question(line: str) -> bool:
    return len(line) <= _LONGEST and whole(line, "before a prompt") is not None
