"""Where quotation marks enclose words: one pass over a text, whatever marks it holds and however broken they are.

A quotation is built only between two marks that belong together. Which of them opens and which closes is read from
the sign itself and from the white space around it, paragraph by paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .splitting import is_insertion

_MARK = re.compile(r"[\"“”„‟«»‘’']|``")
_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''")
_BEFORE_OPENING = frozenset(" \t\u00a0\u202f\u2009([{—–-/|") | {""}
_AFTER_CLOSING = frozenset(" \t\u00a0\u202f\u2009)]}.,;:!?…—–-/|*") | {""}
_SENTENCE_END = frozenset(".!?…")
_SINGLE = "'‘’"
# 'tis, 'em, '90s: an apostrophe that stands for letters left out
_ELISION = re.compile(
    r"['‘’](?:\d\ds?\b|(?:em|tis|twas|til|till|cause|bout|n|round|s|ll|re|ve|d|t|m)\b)", re.IGNORECASE
)
_CREDIT = re.compile(r"\b(?:Image|Photo|Video|Audio|Picture|Credit|File)s?(?: credits?)?:")


class Quoted(NamedTuple):
    """A stretch between marks: the words (start, end), the marks included (outer_start, outer_end)."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    reopened: bool = False  # the next paragraph opens the marks again without having closed these


class _Open(NamedTuple):
    at: int
    length: int
    sign: str


class _Paragraph(NamedTuple):
    start: int
    end: int
    spans: list[Quoted]
    unclosed: _Open | None  # opened and not closed at the end
    stray: int  # where a mark closes what was not opened here, before any other mark; -1 where none does


def quoted_spans(text: str) -> list[Quoted]:
    """The stretches between marks that belong together, in order and without overlap.

    Double marks of every kind („ “ « » and mixtures of them) and single ones, as British papers use. A mark that is
    not closed in its paragraph builds no quotation, with two exceptions that printers' rules allow: the next
    paragraph opens the marks anew, or begins within the quotation and closes it. Captions may stand in between.
    """
    if not _MARK.search(text):
        return []
    paragraphs = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            paragraphs.append(_read_paragraph(text, start, start + len(line)))
        start += len(line) + 1
    spans: list[Quoted] = []
    for number, paragraph in enumerate(paragraphs):
        spans += paragraph.spans
        if paragraph.unclosed:
            following = _following(text, paragraphs, number)
            if following:
                spans += _across(text, paragraph, following)
    return spans


def _following(text: str, paragraphs: list[_Paragraph], number: int) -> _Paragraph | None:
    """The next paragraph that is no caption."""
    for paragraph in paragraphs[number + 1 : number + 3]:
        line = text[paragraph.start : paragraph.end]
        if not (is_insertion(line) or _CREDIT.search(line)):
            return paragraph
    return None


def _across(text: str, paragraph: _Paragraph, following: _Paragraph) -> list[Quoted]:
    """The quotation that a paragraph leaves open, if the next one takes it up."""
    opened = paragraph.unclosed
    assert opened is not None
    start, end = _trim(text, opened.at + opened.length, paragraph.end)
    if start >= end or text[end - 1] not in _SENTENCE_END:
        return []
    if following.stray >= 0 and paragraph.end + 1 == following.start:
        return [_quoted(text, opened, following.stray, 1)]
    reopened = text[following.start : following.end].lstrip().startswith(("“", '"', "„", "«", "‘", "``"))
    first = following.spans[0].outer_start if following.spans else following.end
    opens_first = reopened and (first <= following.start + 3 or following.unclosed is not None)
    return [Quoted(start, end, opened.at, paragraph.end, reopened=True)] if opens_first else []


def _quoted(text: str, opened: _Open, close: int, length: int) -> Quoted:
    start, end = _trim(text, opened.at + opened.length, close)
    return Quoted(start, end, opened.at, close + length)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _read_paragraph(text: str, start: int, end: int) -> _Paragraph:
    doubles, unclosed, stray = _read_doubles(text, start, end)
    spans = doubles
    if any(sign in text[start:end] for sign in _SINGLE):
        spans = _read_singles(text, start, end, doubles, unclosed.at if unclosed else end)
    return _Paragraph(start, end, spans, unclosed, stray)


def _read_doubles(text: str, start: int, end: int) -> tuple[list[Quoted], _Open | None, int]:
    marks = [(match.start(), match.group()) for match in _DOUBLE.finditer(text, start, end)]
    spans: list[Quoted] = []
    opened: _Open | None = None
    stray = -1
    for number, (at, sign) in enumerate(marks):
        before = text[at - 1] if at > start else ""
        after_at = at + len(sign)
        after = text[after_at] if after_at < end else ""
        can_open = before in _BEFORE_OPENING and after not in ("", " ")
        can_close = before not in ("", " ")
        if opened and _closes(sign, opened.sign, can_open, can_close):
            span = _quoted(text, opened, at, len(sign))
            if span.start < span.end:
                spans.append(span)
            opened = None
        elif sign in "“„‟«``" or can_open or _opens_in_disorder(text, start, end, marks, number):
            opened = _Open(at, len(sign), sign)  # one that was open before was never closed: it builds nothing
        elif not spans and not opened and stray < 0 and can_close:
            stray = at
    return spans, opened, stray


def _closes(sign: str, opening: str, can_open: bool, can_close: bool) -> bool:
    """Whether the mark closes what `opening` opened."""
    if sign in ("”", "''", "»") and opening != "»":
        return True
    if opening == "»":
        return sign in "«»"
    if opening == "„" and sign in '“”"‟':
        return True
    if sign == "“":
        return opening in '"”' and can_close and not can_open
    if sign == '"':
        return can_close and (not can_open or opening == '"')
    return False


def _opens_in_disorder(text: str, start: int, end: int, marks: list[tuple[int, str]], number: int) -> bool:
    """Whether a mark that looks like a closing one opens: `he said," They went".` closes at the next such mark."""
    at, sign = marks[number]
    if sign == '"' and _glued(text, start, end, marks, number):
        return True
    if sign not in '"”»' or number + 1 >= len(marks) or at == start or text[at - 1].isalnum():
        return sign == "»" and at + 1 < end and text[at + 1] not in " .,"
    following, next_sign = marks[number + 1]
    after = text[following + len(next_sign)] if following + len(next_sign) < end else ""
    return next_sign == sign and text[following - 1] != " " and after in _AFTER_CLOSING


def _glued(text: str, start: int, end: int, marks: list[tuple[int, str]], number: int) -> bool:
    """Whether a straight mark opens without a space before it: `said that"We went."`."""
    at, following = marks[number][0], marks[number + 1][0] if number + 1 < len(marks) else -1
    if following < 0 or at <= start or not text[at - 1].islower() or marks[number + 1][1] != '"':
        return False
    after = text[following + 1] if following + 1 < end else ""
    opens = text[at + 1].isupper() or text[at + 1] in "[…" or text.startswith("...", at + 1)
    return opens and text[following - 1] in ".,!?…" and after in _AFTER_CLOSING


def _read_singles(text: str, start: int, end: int, doubles: list[Quoted], limit: int) -> list[Quoted]:
    """Single marks outside double ones; what they enclose swallows double marks inside it."""
    spans: list[Quoted] = []
    opened = -1
    marks = [match.start() for match in re.finditer(r"['‘’]", text[start:end])]
    inside = iter([*doubles, Quoted(end, end, end, end)])
    current = next(inside)
    places = []
    for mark in marks:
        at = start + mark
        while at >= current.outer_end and current.outer_start < end:
            current = next(inside)
        if at < limit and not current.outer_start <= at < current.outer_end and text[at - 1 : at + 1] != "''":
            places.append(at)
    closing = [_may_close(text, at, start, end) for at in places]
    for number, at in enumerate(places):
        if opened >= 0 and closing[number]:
            possessive = text[at - 1] in "sSzx" and number + 1 < len(places) and closing[number + 1]
            if not possessive:
                span = _quoted(text, _Open(opened, 1, "‘"), at, 1)
                if span.start < span.end:
                    spans.append(span)
                opened = -1
        elif _may_open(text, at, start, end):
            opened = at
    if not spans:
        return doubles
    kept = iter([*spans, Quoted(end, end, end, end)])
    outer = next(kept)
    result = list(spans)
    for double in doubles:
        while double.outer_start >= outer.outer_end and outer.outer_start < end:
            outer = next(kept)
        if not outer.outer_start <= double.outer_start < outer.outer_end:
            result.append(double)
    return sorted(result)


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else ""
    if before not in _BEFORE_OPENING or before == "-" or at + 1 >= end or text[at] == "’":
        return False
    return (text[at + 1].isalnum() or text[at + 1] in '[…“"£$€') and not _ELISION.match(text, at)


def _may_close(text: str, at: int, start: int, end: int) -> bool:
    if at == start or text[at] == "‘" or text[at - 1].isspace():
        return False
    return (text[at + 1] if at + 1 < end else "") in _AFTER_CLOSING
