"""A text on its way from raw to clean: its lines, what goes of them and why; at last the cleaned text and its cuts."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

LAYOUT = "layout"

_LINE = re.compile("[^\\s\u200b-\u200d\u2060\ufeff](?:[^\\n]*[^\\s\u200b-\u200d\u2060\ufeff])?")  # less its blanks


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


@dataclass
class Draft:
    """A text on its way: its lines that are not blank, and what is to go of them."""

    raw: Raw
    lines: list[tuple[int, int]]
    gone: dict[int, str] = field(default_factory=dict)  # line → reason
    ends: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # line → new end and reason, outermost first

    @classmethod
    def of(cls, raw: Raw) -> Draft:
        """A draft of which nothing is to go yet."""
        return cls(raw, [match.span() for match in _LINE.finditer(raw.text)])

    def line(self, number: int) -> str:
        """A line as far as it stays."""
        start, end = self.lines[number]
        return self.raw.text[start : self.ends[number][-1][0] if number in self.ends else end]

    @property
    def body(self) -> range:
        """Numbers of the lines behind the title."""
        return range(int(self.raw.titled), len(self.lines))


def keep_some_body(draft: Draft) -> None:
    """Take all cuts back where no body would be left: there is no telling that it was boilerplate."""
    if draft.body and all(number in draft.gone for number in draft.body):
        draft.gone.clear()
        draft.ends.clear()


def assembled(draft: Draft) -> Cleaned:
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


def _kept_and_marks(draft: Draft) -> tuple[list[tuple[int, int]], list[tuple[int, int, str]]]:
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
    if start == end:
        return []
    if not marks:
        return [Cut(at, text[start:end], LAYOUT)]
    cuts = []
    first = bisect_left(marks, (start,))
    for mark_start, mark_end, reason in marks[first:]:
        if mark_start >= end:
            break
        before = mark_start > start and text[mark_start - 1] == "\n"
        after = mark_end < end and text[mark_end] == "\n"
        if after and not (before and end == len(text)):  # at the end of the text, the newline before it
            mark_end += 1
        elif before:
            mark_start -= 1
        if mark_start > start:
            cuts.append(Cut(at, text[start:mark_start], LAYOUT))
        cuts.append(Cut(at, text[mark_start:mark_end], reason))
        start = mark_end
    if start < end:
        cuts.append(Cut(at, text[start:end], LAYOUT))
    return cuts
