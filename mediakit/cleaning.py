"""Boilerplate out of plain text: raw text → text + cuts, and back.

What is cut is data (data/boilerplate.csv), or shown by the corpus itself: the same line at the edge of several articles
of one source. Nothing is lost: every cut says what was removed, where and why, and `raw_text` puts it back.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .frames import FrameError, require
from .progress import progress

LAYOUT, REPEATED = "layout", "repeated in this source"
PUBLISHER, INITIALS, PROMPT = "publisher in title", "initials in title", "comment prompt"

_LINE = re.compile("[^\\s\u200b-\u200d\u2060\ufeff](?:[^\\n]*[^\\s\u200b-\u200d\u2060\ufeff])?")  # less its blanks
_LONGEST = 320  # no paragraph longer than this is boilerplate as a whole
_TOP, _BOTTOM = 3, 6  # paragraphs that count as near the top and near the bottom
_FEWEST, _SHARE, _MANY = 3, 1 / 3, 30  # a repeated line: articles; share of the source's articles, or as many as this
_AT_EDGE = 0.8  # share of a repeated line's places that must be at the edge of an article
_WORDS_BEFORE_TAIL, _WORDS_IN_TAIL = 4, 5  # a publisher's name is short, and a headline stands before it
_MOST_LINKS, _LONGEST_LINK = 15, 200
_STOPS = (".", ".”", '."', ".’", "!", "!”")
_SEPARATOR = re.compile(r"\s+(?:(?P<dash>[–—-]|--)|[|•·»]|::)\s+")
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_NOT_IN_NAME = re.compile(r"[\W_]+|^the(?=\W)", re.IGNORECASE)


class Raw(NamedTuple):
    """A repaired text before cleaning: whether its first line is the title, and its source (None: unknown)."""

    text: str
    titled: bool = False
    source: str | None = None


class Cut(NamedTuple):
    """A stretch that was removed: its place in the cleaned text, the stretch, the reason."""

    at: int
    text: str
    reason: str


class Cleaned(NamedTuple):
    """A cleaned text: paragraphs split by one newline, the first being the title (None: it has none)."""

    text: str
    title: str | None
    cuts: list[Cut]


def has_content(text: str) -> bool:
    """Whether anything visible stands in the text."""
    return _LINE.search(text) is not None


def clean(raws: Sequence[Raw]) -> list[Cleaned]:
    """Cut layout and boilerplate out of texts that belong to one corpus.

    Kept as they are: the inside of paragraphs, paragraphs that report what someone said, and texts that would be
    empty (beside the title) without what looks like boilerplate.
    """
    drafts = [_draft(raw) for raw in raws]
    for draft in progress(drafts, "cleaning"):
        _cut_patterns(draft)
    _cut_repeated_lines(drafts)
    tails = _repeated_tails(drafts)
    for draft in drafts:
        _keep_some_body(draft)
        _cut_title_tails(draft, tails)
    return [_assembled(draft) for draft in drafts]


def raw_text(articles: pd.DataFrame, cuts: pd.DataFrame) -> pd.Series:
    """The texts as they were decoded and repaired, with everything back that cleaning removed.

    Parameters
    ----------
    articles
        The frame `articles`: article_id and text are used.
    cuts
        The frame `cuts` of the same corpus; cuts of articles that are not in `articles` are passed over.

    Returns
    -------
    One text per article, by article_id.

    Raises
    ------
    FrameError
        A column is missing, or a cut lies outside its article's text.
    """
    require(articles, "articles", "article_id", "text")
    require(cuts, "cuts")
    removed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for article_id, at, text in zip(cuts["article_id"], cuts["at"], cuts["text"], strict=True):
        removed[article_id].append((int(at), text))
    restored = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        pieces, done = [], 0
        for at, stretch in removed.get(article_id, ()):
            if not done <= at <= len(text):
                raise FrameError(
                    f"cuts: a cut of {article_id!r} at {at} does not fit its text of {len(text)} characters. "
                    "Pass articles and cuts of the same Corpus, rows in their own order."
                )
            pieces += [text[done:at], stretch]
            done = at
        restored.append("".join([*pieces, text[done:]]))
    index = pd.Index(articles["article_id"], name="article_id")
    return pd.Series(restored, index=index, dtype="str", name="raw_text")


# --- what is to go ---------------------------------------------------------------------------------------------------


@dataclass
class _Draft:
    """A text on its way: its lines that are not blank, and what is to go of them."""

    raw: Raw
    lines: list[tuple[int, int]]
    gone: dict[int, str] = field(default_factory=dict)  # line → reason
    ends: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # line → new end and reason, outermost first

    def line(self, number: int) -> str:
        start, end = self.lines[number]
        return self.raw.text[start : self.ends[number][-1][0] if number in self.ends else end]

    @property
    def body(self) -> range:
        return range(int(self.raw.titled), len(self.lines))


def _draft(raw: Raw) -> _Draft:
    return _Draft(raw, [match.span() for match in _LINE.finditer(raw.text)])


class _Pattern(NamedTuple):
    name: str
    regex: re.Pattern[str]


_FRAMES = {
    "closing": r"(?:^|(?<=[.!?…”\"’)]\s))(?:{})\Z",
    "before a prompt": r"(?:{})\Z",
    "paragraph end": r"\s*(?:{})\Z",
}


@cache
def patterns(place: str) -> tuple[_Pattern, ...]:
    """The patterns of data/boilerplate.csv for one place in the article."""
    path = Path(__file__).parent / "data" / "boilerplate.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place"] == place]
    frame = _FRAMES.get(place, "{}")
    return tuple(_Pattern(row["name"], re.compile(frame.replace("{}", row["pattern"]), re.I)) for row in rows)


def _whole(place: str, text: str) -> str | None:
    """The name of the pattern that matches the whole text."""
    return next((name for name, regex in patterns(place) if regex.fullmatch(text)), None)


@lru_cache(maxsize=4096)  # boilerplate is what comes again
def _boilerplate(line: str, top: bool, bottom: bool) -> str | None:
    places = ["anywhere", *(["ends"] if top or bottom else []), *(["end"] if bottom else [])]
    name = next(filter(None, (_whole(place, line) for place in places)), None)
    return None if name and _whole("kept", line) else name


def _cut_patterns(draft: _Draft) -> None:
    body = draft.body
    for number in body:
        start, end = draft.lines[number]
        if end - start <= _LONGEST:
            top, bottom = number - body.start < _TOP, body.stop - number <= _BOTTOM
            reason = _boilerplate(draft.raw.text[start:end], top, bottom)
            if reason:
                draft.gone[number] = reason
    _cut_link_list(draft)
    for number in body:
        if number not in draft.gone:
            _cut_end(draft, number, closing=body.stop - number <= _BOTTOM)


def _cut_link_list(draft: _Draft) -> None:
    """From "Related articles:" to the end, if only links (lines without a full stop) follow and text came before."""
    for number in draft.body[-_MOST_LINKS:]:
        if number in draft.gone or not (name := _whole("links", draft.line(number))):
            continue
        rest = [n for n in range(number + 1, len(draft.lines)) if n not in draft.gone]
        before = [draft.line(n) for n in draft.body if n < number and n not in draft.gone]
        if all(_is_link(draft.line(n)) for n in rest) and any(line.endswith(_STOPS) for line in before):
            draft.gone |= dict.fromkeys([number, *rest], name)
            return


def _is_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and not line.endswith(_STOPS)


def _cut_end(draft: _Draft, number: int, *, closing: bool) -> None:
    """Cut a credit or a prompt at the end of a paragraph, with the question to the reader that leads up to it."""
    line = draft.line(number)
    places = ["paragraph end"] * line.endswith(")") + ["closing"] * closing
    for name, regex in (pattern for place in places for pattern in patterns(place)):
        match = regex.search(line, max(0, len(line) - _LONGEST))
        if not match or _whole("kept", match[0]):
            continue
        start = match.start()
        if closing and name == PROMPT:
            for question in patterns("before a prompt"):
                asked = question.regex.search(line[:start], max(0, start - _LONGEST))
                start = asked.start() if asked else start
            before = number - 1
            if start == 0 and before in draft.body and before not in draft.gone and _is_question(draft.line(before)):
                draft.gone[before] = name
        if start == 0:
            draft.gone[number] = name
        else:
            draft.ends[number] = [(draft.lines[number][0] + len(line[:start].rstrip()), name)]
        return


def _is_question(line: str) -> bool:
    return len(line) <= _LONGEST and _whole("before a prompt", line) is not None


# --- what the corpus shows -------------------------------------------------------------------------------------------


def _cut_repeated_lines(drafts: Sequence[_Draft]) -> None:
    """Cut lines that stand word for word at the edge of several articles of one source."""
    by_source: dict[str | None, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        by_source[draft.raw.source].append(draft)
    for group in by_source.values():
        if len(group) < _FEWEST:
            continue
        bodies = [{n: draft.line(n) for n in draft.body if n not in draft.gone} for draft in group]
        repeated = _repeated_lines(bodies)
        for draft, body in zip(group, bodies, strict=True):
            draft.gone |= dict.fromkeys(_edge_run(body, repeated), REPEATED)


def _repeated_lines(bodies: Sequence[dict[int, str]]) -> set[str]:
    """Lines at the edge of enough articles that tell different stories, and hardly ever elsewhere."""
    near = Counter(line for body in bodies for line in {*list(body.values())[:_TOP], *list(body.values())[-_BOTTOM:]})
    candidates = {line for line, n in near.items() if n >= _FEWEST}
    if not candidates:
        return set()
    everywhere: Counter[str] = Counter()
    at_edge: Counter[str] = Counter()
    stories: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        everywhere.update(line for line in body.values() if line in candidates)
        run = _edge_run(body, candidates)
        at_edge.update(body[number] for number in run)
        # copies and updates of one story share their longest paragraph, and they count once
        story = max((line for line in body.values() if line not in candidates), key=len, default="")
        for number in run:
            stories[body[number]].add(story)
    return {
        line
        for line in candidates
        if at_edge[line] >= _AT_EDGE * everywhere[line]
        and (n := len(stories[line])) >= _FEWEST
        and (n >= _SHARE * len(bodies) or n >= _MANY)
    }


def _edge_run(body: dict[int, str], lines: set[str]) -> list[int]:
    """The line numbers at the top and the bottom of an article up to where another line begins."""
    top = list(takewhile(lambda number: body[number] in lines, body))
    bottom = list(takewhile(lambda number: body[number] in lines, reversed(body)))
    return sorted({*top, *bottom})


def _keep_some_body(draft: _Draft) -> None:
    if draft.body and all(number in draft.gone for number in draft.body):
        draft.gone.clear()
        draft.ends.clear()


# --- titles ----------------------------------------------------------------------------------------------------------


def _last_part(title: str) -> tuple[str, str, bool] | None:
    """What stands before and after the last dash or bar of a title, and whether it is a dash."""
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return None
    last = separators[-1]
    return title[: last.start()], title[last.end() :], last["dash"] is not None


def _repeated_tails(drafts: Sequence[_Draft]) -> set[tuple[str | None, str]]:
    """Tails that at least half of a source's titles have, and three or more different titles."""
    heads: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    titles: dict[str | None, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.raw.titled and draft.lines:
            title = draft.line(0)
            titles[draft.raw.source].add(title)
            if parts := _last_part(title):
                heads[draft.raw.source, parts[1]].add(parts[0])
    return {key for key, found in heads.items() if len(found) >= max(_FEWEST, len(titles[key[0]]) / 2)}


def _cut_title_tails(draft: _Draft, repeated: set[tuple[str | None, str]]) -> None:
    """Cut publishers and initials off the end of a title; other tails are part of it (a speaker, a second half)."""
    if not draft.raw.titled or not draft.lines:
        return
    while parts := _last_part(draft.line(0)):
        head, tail, dash = parts
        if _is_outlet(tail, draft.raw.source) or (draft.raw.source, tail) in repeated:
            reason: str | None = PUBLISHER
        else:
            reason = _tail_reason(head, tail, dash, draft.raw.text[draft.lines[0][1] :])
        if reason is None:
            return
        draft.ends.setdefault(0, []).append((draft.lines[0][0] + len(head), reason))


def _tail_reason(head: str, tail: str, dash: bool, body: str) -> str | None:
    if len(head) <= len(tail) or len(head.split()) < _WORDS_BEFORE_TAIL:
        return None
    if not dash and len(tail.split()) <= _WORDS_IN_TAIL and not any(map(str.isdigit, tail)):
        return PUBLISHER  # a bar does not join the halves of a headline
    if re.search(rf"(?<!\w){re.escape(tail)}(?!\w)", body):
        return None  # a speaker or a place after a dash is named in the article, a publisher is not
    if _whole("title", tail):
        return PUBLISHER
    initials = _TWO_CAPITALS.fullmatch(tail) and not _whole("title kept", tail) and not _SEPARATOR.search(head)
    return INITIALS if initials else None


def _is_outlet(tail: str, source: str | None) -> bool:
    """Whether the tail is the source's name, as given or as its domain has it."""
    if source is None:
        return False
    name = _NOT_IN_NAME.sub("", tail).casefold()
    domain = source.casefold().removeprefix("www.").split(".")[0]
    return bool(name) and name in {_NOT_IN_NAME.sub("", source).casefold(), domain}


# --- putting together ------------------------------------------------------------------------------------------------


def _assembled(draft: _Draft) -> Cleaned:
    """The cleaned text and its cuts: one newline is kept between two paragraphs, the rest of the gap is cut."""
    text = draft.raw.text
    kept, marks = _kept_and_marks(draft)
    pieces: list[str] = []
    cuts: list[Cut] = []
    at = done = 0
    for position, (start, end) in enumerate(kept):
        newline = text.index("\n", done, start) if position else None
        if newline is not None:
            cuts += _gap_cuts(text, at, done, newline, marks)
            pieces.append("\n")
            at, done = at + 1, newline + 1
        cuts += _gap_cuts(text, at, done, start, marks)
        pieces.append(text[start:end])
        at, done = at + end - start, end
    cuts += _gap_cuts(text, at, done, len(text), marks)
    return Cleaned("".join(pieces), pieces[0] if draft.raw.titled and pieces else None, cuts)


def _kept_and_marks(draft: _Draft) -> tuple[list[tuple[int, int]], list[tuple[int, int, str]]]:
    """The spans that stay, and the spans that go with their reasons, both in order."""
    kept, marks = [], []
    for number, (start, end) in enumerate(draft.lines):
        if number in draft.gone:
            marks.append((start, end, draft.gone[number]))
            continue
        for new_end, reason in draft.ends.get(number, ()):
            marks.append((new_end, end, reason))
            end = new_end
        kept.append((start, end))
    return kept, sorted(marks)


def _gap_cuts(text: str, at: int, start: int, end: int, marks: list[tuple[int, int, str]]) -> list[Cut]:
    """The cuts that make up one gap; a line that goes takes one newline with it."""
    cuts = []
    first = bisect_left(marks, (start,))
    for mark_start, mark_end, reason in marks[first:]:
        if mark_start >= end:
            break
        if text[mark_end : mark_end + 1] == "\n" and mark_end < end:
            mark_end += 1
        elif mark_start > start and text[mark_start - 1] == "\n":
            mark_start -= 1
        if mark_start > start:
            cuts.append(Cut(at, text[start:mark_start], LAYOUT))
        cuts.append(Cut(at, text[mark_start:mark_end], reason))
        start = mark_end
    if start < end:
        cuts.append(Cut(at, text[start:end], LAYOUT))
    return cuts
