"""The sentences of many articles at once, and which are titles and headings.

They are those of `split_sentences`, paragraph by paragraph. Whether a stop ends a sentence depends, nearly always, on
the run of characters that it ends and on the next one alone, and a corpus has few different runs: each is looked at
once. A paragraph in which more matters is left to `split_sentences`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np

from . import splitting as one
from .laid_texts import Laid
from .splitting import Kind, is_insertion, split_sentences

PARTS = ("title", "heading", "body")

_TITLE, _HEADING, _BODY = range(3)
_HEADING_WORDS = 15
_HEADING_LENGTH = 120
_LIST_LENGTH = 3  # so many short lines in a row are a list, not headings
_CLOSING = tuple(".!?…:;,")
_MARKS = "\"'“”„‘’‚«»‹›()[]"
_BULLETS = tuple("-–—*·")
_TITLE_CASE_EXCEPTIONS = frozenset(
    "a an the and but or nor for of in on at to by with from into over as vs via per than after before".split()
)

_STOPS = ".!?…"
_CLOSERS = one.QUOTES + ")]}」』"
# what a run before a stop can be beside the kinds of words
_NO_STOP, _ASK, _LIST_MARK = 5, 6, 8
_ASK_BIT = 1 << _ASK
_PARAGRAPH_SIGNS = "•▪●‣◦" + one.WIDE_STOPS  # end sentences without white space, or without a stop


@dataclass(frozen=True)
class _Paragraphs:
    """The paragraphs that are not blank, stripped: arrays of one value each."""

    article: np.ndarray
    number: np.ndarray  # in the article
    first: np.ndarray  # its first run
    last: np.ndarray  # its last run
    start: np.ndarray  # in bytes
    end: np.ndarray
    size: np.ndarray  # in code points


@dataclass(frozen=True)
class Split:
    """The sentences of several articles, in order: arrays of one value a sentence."""

    _laid: Laid
    _own: _Paragraphs
    _kind: np.ndarray  # of each paragraph: place in PARTS
    _behind: np.ndarray  # the runs with which sentences end within a paragraph
    _asked: np.ndarray  # the paragraphs that `split_sentences` splits

    @cached_property
    def spans_asked(self) -> np.ndarray:
        """Where the sentences start and end that `split_sentences` tells apart, in order: code points, in two rows."""
        starts, ends = self._own.start[self._asked], self._own.end[self._asked]
        spans = [split_sentences(self._laid.cut(*each)) for each in zip(starts.tolist(), ends.tolist(), strict=True)]
        found = np.array([span for part in spans for span in part], dtype=np.int64).reshape(-1, 2)
        count = np.array([len(part) for part in spans], dtype=np.int64)
        return (found + np.repeat(self._laid.code_points(starts), count)[:, None]).T

    @cached_property
    def last(self) -> np.ndarray:
        """The runs with which all other sentences end, in any order."""
        return np.append(self._behind, np.delete(self._own.last, self._asked))

    @cached_property
    def start(self) -> np.ndarray:
        """Code points from the beginning of all texts, laid end to end."""
        starts = np.append(np.delete(self._own.start, self._asked), self._laid.begin[self._behind + 1])
        return np.sort(np.append(self._laid.code_points(starts), self.spans_asked[0]))

    @cached_property
    def end(self) -> np.ndarray:
        """Where it ends, counted likewise."""
        return np.sort(np.append(self._laid.code_points(self._laid.finish[self.last]), self.spans_asked[1]))

    @cached_property
    def _place(self) -> np.ndarray:
        return np.searchsorted(self._laid.code_points(self._own.start), self.start, side="right") - 1

    @cached_property
    def article(self) -> np.ndarray:
        """Which of the articles."""
        return self._own.article[self._place]

    @cached_property
    def number(self) -> np.ndarray:
        """In the article."""
        return np.arange(len(self.article)) - np.searchsorted(self.article, self.article)

    @property
    def paragraph(self) -> np.ndarray:
        """The number of its paragraph in the article, blank ones not counted."""
        return self._own.number[self._place]

    @property
    def part(self) -> np.ndarray:
        """Place in PARTS."""
        return self._kind[self._place]


Look = Callable[[str], int]
LookUp = Callable[[np.ndarray, Look], np.ndarray]


def split_articles(laid: Laid, titles: Sequence[object], look_up: LookUp | None = None) -> Split:
    """The sentences of articles with these texts and titles; `sentences` in mediakit/text.py says what they are.

    `look_up` tells what a function of a run says of each of these runs, for who knows them already.
    """
    own = _paragraphs(laid)
    kind = _parts(laid, own, titles)
    behind, ask = _ends(laid, own, kind == _BODY, look_up or partial(_looked_up, laid))
    return Split(laid, own, kind, behind, np.flatnonzero(ask))


def _paragraphs(laid: Laid) -> _Paragraphs:
    lines = np.sort(np.concatenate([laid.first[:-1], laid.breaks + 1]))
    at = np.searchsorted(laid.begin, np.append(lines, len(laid.data)))
    full = np.diff(at) > 0
    first, last = at[:-1][full], at[1:][full] - 1
    start, end = laid.begin[first], laid.finish[last]
    article = laid.text_of(start)
    number = np.arange(len(article)) - np.searchsorted(article, article)
    size = laid.code_points(end) - laid.code_points(start)
    return _Paragraphs(article, number, first, last, start, end, size)


def _ends(laid: Laid, own: _Paragraphs, body: np.ndarray, look_up: LookUp) -> tuple[np.ndarray, np.ndarray]:
    """The runs that end a sentence within a paragraph; which paragraphs `split_sentences` is to split instead."""
    small, ask = _all_small(laid, own, body), np.zeros(len(body), dtype=bool)
    ask[np.searchsorted(own.start, laid.holding(_PARAGRAPH_SIGNS), side="right") - 1] = True
    ask &= body
    byte = laid.data[laid.finish - 1]
    run = np.flatnonzero(_MAY_END[byte])
    paragraph = np.searchsorted(own.first, run, side="right") - 1
    inner = run < own.last[paragraph]
    wanted = body[paragraph] & ~ask[paragraph] & (inner | (byte[run] == ord(":")))
    run, paragraph, inner = run[wanted], paragraph[wanted], inner[wanted]
    kind = look_up(run, _before)
    ask[paragraph[kind == _ASK]] = True
    # behind a letter, digit or comma that ends no sentence the number of a list is none
    first = (run == own.first[paragraph]) | ~_IN_SENTENCE[byte[run - 1]]
    ask[paragraph[(kind >= _LIST_MARK) & first]] = True
    stop = inner & (kind != _NO_STOP)
    run, paragraph, kind = run[stop], paragraph[stop], kind[stop] % _LIST_MARK
    allowed, may = look_up(run + 1, _behind), small[paragraph]
    allowed[may] = look_up(run[may] + 1, _behind_where_small)
    ask[paragraph[allowed == _ASK_BIT]] = True
    return run[(allowed >> kind & 1).astype(bool) & ~ask[paragraph]], ask


def _bytes_in(characters: str) -> np.ndarray:
    table = np.zeros(256, dtype=bool)
    table[list(characters.encode())] = True
    return table


_MAY_END = _bytes_in(".!?:\"')]}")
_MAY_END[0x80:] = True  # … and quotation marks: of what is beyond ASCII each run is looked at
_IN_SENTENCE = _bytes_in(string.ascii_letters + string.digits + ",")
_PLAIN_CLOSING = _bytes_in(".!:;,")
_CAPITAL = _bytes_in(string.ascii_uppercase + string.digits)


def _all_small(laid: Laid, own: _Paragraphs, body: np.ndarray) -> np.ndarray:
    """Which paragraphs begin with a small letter: `split_sentences` lets their sentences do so too."""
    small = np.zeros(len(body), dtype=bool)
    for place in np.flatnonzero(body & ~_CAPITAL[laid.data[own.start]]).tolist():
        small[place] = one.first_letter(laid.cut(own.start[place], own.end[place])).islower()
    return small


def _looked_up(laid: Laid, run: np.ndarray, look: Look) -> np.ndarray:
    """What `look` says of each of these runs."""
    coded = laid.pieces(laid.begin[run], laid.finish[run]).dictionary_encode()
    return np.array([look(each) for each in coded.dictionary.to_pylist()], dtype=np.int64)[coded.indices.to_numpy()]


@lru_cache(maxsize=100_000)
def _before(run: str) -> int:
    """The kind of stop that ends a run, plus _LIST_MARK where it may be the number of a list; _NO_STOP; or _ASK."""
    words = one.abbreviations()
    if run.endswith(":"):
        return _ASK if run[:-1] in words.credits else _NO_STOP
    stop = run[len(run.rstrip(_STOPS + _CLOSERS)) :].lstrip(_CLOSERS)
    if not stop:
        return _NO_STOP
    before = run[: -len(stop)][-one.REACH :]
    if not before or not one.is_single_stop(stop):
        return Kind.WORD
    word = one.last_word(before)
    return one.kind_of(word, stop, words) + _LIST_MARK * one.is_list_mark(before, word)


@lru_cache(maxsize=100_000)
def _behind(run: str, *, small: bool = False) -> int:
    """The kinds of stop behind which a run opens a sentence, each a bit; _ASK_BIT for quotation marks alone.

    With `small`, in a paragraph that begins with a small letter.
    """
    words = one.abbreviations()
    after = one.after_opening(run, 0)
    if not after:
        return _ASK_BIT
    if not one.can_open(after, small=small):
        return 0
    return sum(1 << kind for kind in Kind if one.may_end(kind, after, words))


def _behind_where_small(run: str) -> int:
    return _behind(run, small=True)


def _parts(laid: Laid, own: _Paragraphs, titles: Sequence[object]) -> np.ndarray:
    """The part each paragraph is: title, heading or body."""
    may = np.zeros(len(own.start), dtype=bool)
    short = (own.size <= _HEADING_LENGTH) & ~_PLAIN_CLOSING[laid.data[own.end - 1]]
    for place in np.flatnonzero(short).tolist():
        may[place] = _may_be_heading(laid.cut(own.start[place], own.end[place]))
    titled = np.zeros(len(own.start), dtype=bool)
    for place in np.flatnonzero(own.number == 0).tolist():
        title = titles[own.article[place]]
        titled[place] = isinstance(title, str) and laid.cut(own.start[place], own.end[place]) == title.strip()
    part = np.where(titled, _TITLE, _BODY)
    for article in np.unique(own.article[may]).tolist():
        low, high = np.searchsorted(own.article, [article, article + 1])
        _mark_headings(part[low:high], may[low:high])
    return part


def _mark_headings(part: np.ndarray, may: np.ndarray) -> None:
    """Make those paragraphs of one article headings that may be, stand within the body and in no list."""
    may = may & (part == _BODY)
    body = np.flatnonzero(~may & (part == _BODY))
    bounds = np.flatnonzero(np.diff(may, prepend=False, append=False)) if len(body) else ()
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if end - start < _LIST_LENGTH and body[0] < start and end - 1 < body[-1]:
            part[start:end] = _HEADING


def _may_be_heading(paragraph: str) -> bool:
    if len(paragraph) > _HEADING_LENGTH or paragraph.startswith(_BULLETS) or is_insertion(paragraph):
        return False
    bare = paragraph.strip(_MARKS)
    if not bare or not (bare[0].isupper() or bare[0].isdigit()) or len(paragraph.split()) > _HEADING_WORDS:
        return False
    if paragraph[0] in _MARKS and (paragraph[-1] in _MARKS or ',"' in paragraph or ",”" in paragraph):
        return False
    if bare.endswith(_CLOSING) and not (paragraph.endswith("?") and _in_title_case(bare)):
        return False
    return all(paragraph[end - 1] in "?!" for _, end in split_sentences(paragraph)[:-1])


def _in_title_case(paragraph: str) -> bool:
    """Whether every word has a capital but the articles, conjunctions and prepositions that titles leave small."""
    words = [match.group() for match in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", paragraph)]
    return len(words) > 1 and all(word[0].isupper() or word in _TITLE_CASE_EXCEPTIONS for word in words)
