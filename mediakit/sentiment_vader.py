"""VADER's score with the words behind it and the rules that changed them.

Word lists, constants and the rule for "but" are vaderSentiment's own; its other rules are followed here step by step,
so that each change of a weight can be told: Hutto and Gilbert (2014), vaderSentiment 3.3.2. Tests compare every score
with the package's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import groupby
from string import punctuation
from typing import Any, NamedTuple

import numpy as np

from .sentiment_engines import EMPHASIS, NORMALISED, PLAIN, Scored, Word, combine

_RUN = re.compile(r"\S+")
_UNSCORED = Scored(np.nan, np.nan, 0, ())
_SO = ("so", "this")
_BY_DISTANCE = (1.0, 0.95, 0.9)  # what a booster counts one, two and three words before


class _Data(NamedTuple):
    """The word lists and constants of the package."""

    lexicon: dict[str, float]
    emojis: dict[str, str]
    boosters: dict[str, float]
    idioms: dict[str, float]
    in_phrases: frozenset[str]  # words of idioms and of boosters of several words
    negations: frozenset[str]
    reversal: float
    capitals: float
    scalar: Any
    but: Any


@cache
def _data() -> _Data:
    from vaderSentiment.vaderSentiment import (
        BOOSTER_DICT,
        C_INCR,
        N_SCALAR,
        NEGATE,
        SPECIAL_CASES,
        SentimentIntensityAnalyzer,
        scalar_inc_dec,
    )

    analyzer = SentimentIntensityAnalyzer()
    phrases = [*SPECIAL_CASES, *(phrase for phrase in BOOSTER_DICT if " " in phrase)]
    return _Data(
        analyzer.lexicon,
        {char: words for char, words in analyzer.emojis.items() if len(char) == 1},
        BOOSTER_DICT,
        SPECIAL_CASES,
        frozenset(word for phrase in phrases for word in phrase.split()),
        frozenset(NEGATE),
        N_SCALAR,
        C_INCR,
        scalar_inc_dec,
        analyzer._but_check,
    )


class _Piece(NamedTuple):
    """A word as VADER reads it."""

    word: str
    low: str  # in small letters
    offset: int  # in what stands between two blanks
    capitals: bool
    known: bool


class _Read(NamedTuple):
    """A text as VADER reads it: emoji as words, words without punctuation around them."""

    text: str
    words: tuple[str, ...]
    lows: tuple[str, ...]
    offsets: tuple[int, ...]
    known: tuple[bool, ...]
    origin: list[int] | None  # for each character the one it was made of, where there are emoji
    mixed: bool  # some words are in capitals, some are not


class Vader:
    """The compound score of VADER, explained."""

    name = "vader"
    formula = NORMALISED
    english_only = True

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text; its polarity is VADER's compound score."""
        return [_scored(text) for text in texts]


def _scored(text: str) -> Scored:
    read = _read(text)
    found = _words(read) if read else []
    if read is None or not found:
        return _UNSCORED
    words = (*found, *_emphasis(read))
    score = combine(words, NORMALISED)
    told = tuple(word._replace(weight=weight) for word, weight in zip(words, score.weights, strict=True))
    return Scored(score.polarity, np.nan, score.n_scored, told)


@lru_cache(maxsize=100_000)
def _piece(run: str) -> _Piece:
    """What stands between two blanks, without punctuation around it."""
    bare = run.strip(punctuation)
    # shorter ones may be emoticons
    word = bare if len(bare) > 2 else run
    low = word.lower()
    return _Piece(word, low, run.index(word), word.isupper(), low in _data().lexicon)


def _read(text: str) -> _Read | None:
    """A text as VADER reads it; None where it has no word of the list."""
    data, origin, shown = _data(), None, text
    if not text.isascii() and not data.emojis.keys().isdisjoint(text):  # no emoji is ASCII
        shown, origin = _without_emoji(text, data.emojis)
    pieces = list(map(_piece, shown.split()))
    if not pieces:
        return None
    words, lows, offsets, capitals, known = zip(*pieces, strict=True)
    if True not in known:
        return None
    return _Read(shown, words, lows, offsets, known, origin, 0 < sum(capitals) < len(words))


def _without_emoji(text: str, emojis: dict[str, str]) -> tuple[str, list[int]]:
    """The text with emoji described in words, and which character each of its characters stands for."""
    parts: list[str] = []
    origin: list[int] = []
    after_blank = True
    for at, char in enumerate(text):
        part = char
        if char in emojis:
            part = emojis[char] if after_blank else " " + emojis[char]
        after_blank = char == " " and char not in emojis
        parts.append(part)
        origin += [at] * len(part)
    return "".join(parts), origin


def _words(read: _Read) -> list[Word]:
    """The words that carry a weight, with the rules that changed it."""
    data, lows = _data(), read.lows
    known = [at for at, listed in enumerate(read.known) if listed and not _only_modifies(at, lows)]
    traces = {at: _Trace(read, at) for at in known}
    if not traces:
        return []
    weights = [traces[at].valence if at in traces else 0 for at in range(len(lows))]
    before = list(weights)
    spans = _spans(read, traces)
    if "but" in lows:
        weights = data.but(read.words, weights)
    found = []
    for at, trace in traces.items():
        if weights[at] != before[at]:
            trace.note("but-clause", "but")
        if weights[at]:
            rule, modifiers = ", ".join(dict.fromkeys(trace.rules)) or PLAIN, ", ".join(dict.fromkeys(trace.by))
            word = Word(*spans[at], lows[at], data.lexicon[lows[at]], weights[at], rule, modifiers)
            found.append(word)
    return found


def _spans(read: _Read, wanted: Collection[int]) -> dict[int, tuple[int, int]]:
    """Where some words stand in the text as it was given."""
    spans = {}
    for at, run in enumerate(_RUN.finditer(read.text)):
        if at in wanted:
            start = run.start() + read.offsets[at]
            end = start + len(read.words[at])
            spans[at] = (start, end) if read.origin is None else (read.origin[start], read.origin[end - 1] + 1)
    return spans


def _only_modifies(at: int, lows: tuple[str, ...]) -> bool:
    return lows[at] in _data().boosters or (lows[at] == "kind" and lows[at + 1 : at + 2] == ("of",))


class _Trace:
    """The weight of one word, changed by one rule after the other as VADER does."""

    def __init__(self, read: _Read, at: int) -> None:
        self.read, self.at, self.lows, self.data = read, at, read.lows, _data()
        self.rules: list[str] = []
        self.by: list[str] = []
        self.valence = self.data.lexicon[read.lows[at]]
        self._no()
        self._capitals()
        for step in range(3):
            if at > step and read.lows[at - step - 1] not in self.data.lexicon:
                self._booster(step)
                self._negation(step)
                if step == 2:
                    self._idiom()
        self._least()

    def note(self, rule: str, *by: str) -> None:
        self.rules.append(rule)
        self.by += by

    def _no(self) -> None:
        """ "No" reverses what follows it and then weighs nothing itself."""
        lows, at, data = self.lows, self.at, self.data
        if lows[at] == "no" and at + 1 < len(lows) and lows[at + 1] in data.lexicon:
            self.valence = 0.0
        near = (at > 0 and lows[at - 1] == "no") or (at > 1 and lows[at - 2] == "no")
        if near or (at > 2 and lows[at - 3] == "no" and lows[at - 1] in ("or", "nor")):
            self.valence = data.lexicon[lows[at]] * data.reversal
            self.note("negated", "no")

    def _capitals(self) -> None:
        if self.read.mixed and self.read.words[self.at].isupper():
            self.valence += self.data.capitals if self.valence > 0 else -self.data.capitals
            self.note("capitals")

    def _booster(self, step: int) -> None:
        word = self.read.words[self.at - step - 1]
        if self.lows[self.at - step - 1] not in self.data.boosters:
            return
        change = self.data.scalar(word, self.valence, self.read.mixed) * _BY_DISTANCE[step]
        if change:
            self.valence += change
            self.note("boosted" if self.data.boosters[word.lower()] > 0 else "damped", word.lower())

    def _negation(self, step: int) -> None:
        before = [self.lows[self.at - back] for back in range(1, step + 2)]  # the nearest first
        far = before[step]
        if step == 1 and far == "never" and before[0] in _SO:
            self._change(1.25, "boosted", "never", before[0])
        elif step == 2 and ((far == "never" and before[1] in _SO) or before[0] in _SO):
            self._change(1.25, "boosted", *(word for word in reversed(before) if word in ("never", *_SO)))
        elif step and far == "without" and "doubt" in before[:step]:
            return
        elif far in self.data.negations or "n't" in far:
            self._change(self.data.reversal, "negated", far)

    def _change(self, factor: float, rule: str, *by: str) -> None:
        self.valence *= factor
        self.note(rule, *by)

    def _idiom(self) -> None:
        lows, at, data = self.lows, self.at, self.data
        if data.in_phrases.isdisjoint(lows[at - 3 : at + 3]):
            return
        three = lows[at - 3 : at]
        behind = [" ".join(lows[at - 1 : at + 1]), " ".join(lows[at - 2 : at + 1]), " ".join(three[1:])]
        behind += [" ".join(three), " ".join(three[:2])]
        ahead = [" ".join(lows[at : at + n]) for n in (2, 3) if at + n <= len(lows)]
        # of those that end here or before the first counts, of those that begin here the last
        first = [phrase for phrase in behind if phrase in data.idioms][:1]
        for phrase in [*first, *(phrase for phrase in ahead if phrase in data.idioms)]:
            self.valence = data.idioms[phrase]
            self.note("idiom", phrase)
        for phrase in (" ".join(three), " ".join(three[:2]), " ".join(three[1:])):
            if phrase in data.boosters:
                self.valence += data.boosters[phrase]
                self.note("boosted" if data.boosters[phrase] > 0 else "damped", phrase)

    def _least(self) -> None:
        lows, at = self.lows, self.at
        # "least" is in no word list of the package, but a caller may add it
        if at and lows[at - 1] == "least" and "least" not in self.data.lexicon:
            if at > 1 and lows[at - 2] in ("at", "very"):
                return
            self._change(self.data.reversal, "negated", "least")


def _emphasis(read: _Read) -> list[Word]:
    """Marks that strengthen the whole: up to four "!", and "?" where there are several, neighbours together."""
    if "!" not in read.text and read.text.count("?") < 2:
        return []
    exclaimed = [at for at, char in enumerate(read.text) if char == "!"][:4]
    asked = [at for at, char in enumerate(read.text) if char == "?"]
    each = 0.0 if len(asked) < 2 else 0.18 if len(asked) <= 3 else 0.96 / len(asked)
    found = []
    for places, amount in ((exclaimed, 0.292), (asked if each else [], each)):
        for _, marks in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
            run = [at for _, at in marks]
            start, end = run[0], run[-1] + 1
            if read.origin is not None:
                start, end = read.origin[start], read.origin[end - 1] + 1
            found.append(Word(start, end, read.text[run[0]], amount * len(run), amount * len(run), EMPHASIS))
    return sorted(found)
