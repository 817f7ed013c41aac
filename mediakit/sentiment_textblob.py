"""TextBlob's score with the words behind it and the rules that changed them.

Word list and tokeniser are TextBlob's own (the analyser of Pattern; De Smedt and Daelemans 2012); its rules are
followed here step by step, so that each change of a weight can be told. Tests compare every score with the package's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from .sentiment_engines import MEAN, PLAIN, Scored, Word, combine

_NEGATED = -0.5  # "not good" is slightly bad
_EXCLAIMED = 1.25


class _Entry(NamedTuple):
    """A word of the list: polarity, subjectivity, how it strengthens the next word, whether it can do so."""

    polarity: float
    subjectivity: float
    intensity: float
    modifies: bool


class _Data(NamedTuple):
    """The word list and constants of the package."""

    lexicon: dict[str, _Entry]
    emoticons: dict[str, float]
    negations: tuple[str, ...]
    punctuation: str
    tokens: Any


@cache
def _data() -> _Data:
    # importing it costs two seconds
    from textblob._text import EMOTICONS, PUNCTUATION
    from textblob.en import sentiment as pattern

    lexicon = {}
    for word in list(pattern):
        forms = pattern[word]
        if None in forms:
            polarity, subjectivity, intensity = forms[None]
            lexicon[word] = _Entry(polarity, subjectivity, intensity, any(tag in forms for tag in pattern.modifiers))
    emoticons: dict[str, float] = {}
    for (_, polarity), signs in EMOTICONS.items():
        for sign in signs:
            emoticons.setdefault(sign.lower(), polarity)
    return _Data(lexicon, emoticons, pattern.negations, PUNCTUATION, pattern.tokenizer)


class TextBlob:
    """The polarity of TextBlob, explained."""

    name = "textblob"
    formula = MEAN
    english_only = True

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text; polarity and subjectivity are those of TextBlob(text).sentiment."""
        return [_scored(text) for text in texts]


class _Found:
    """One assessment: a known word, with the words before and behind that changed it."""

    def __init__(self, at: int, term: str, entry: _Entry, rule: str = "") -> None:
        self.at, self.term, self.base = at, term, entry.polarity
        self.polarity, self.subjectivity, self.intensity = entry.polarity, entry.subjectivity, entry.intensity
        self.negated = False
        self.rules = [rule] if rule else []
        self.negations: list[str] = []
        self.modifiers: list[str] = []

    def taken_by(self, at: int, term: str, entry: _Entry) -> None:
        """This word turns out to strengthen or weaken the next one, which carries the weight."""
        factor = self.intensity
        # what was done to the word before counts no more, except that it was negated
        self.rules = ["boosted" if factor > 1 else "damped"] if factor != 1 else []
        self.modifiers = [self.term] if factor != 1 else []
        self.at, self.term, self.base = at, term, entry.polarity
        self.polarity = max(-1.0, min(entry.polarity * factor, 1.0))
        self.subjectivity = max(-1.0, min(entry.subjectivity * factor, 1.0))
        self.intensity = entry.intensity

    def negate(self, by: str) -> None:
        self.negated = True
        self.negations.append(by)

    def word(self, start: int, end: int) -> Word:
        rules = (["negated"] if self.negated else []) + self.rules
        weight = self.polarity * _NEGATED if self.negated else self.polarity
        rule, modifiers = ", ".join(dict.fromkeys(rules)) or PLAIN, ", ".join([*self.negations, *self.modifiers])
        return Word(start, end, self.term, self.base, weight, rule, modifiers, self.subjectivity)


def _scored(text: str) -> Scored:
    tokens = " ".join(_data().tokens(text)).split()
    found = _assessments([token.lower() for token in tokens])
    if not found:
        return Scored(0.0, 0.0, 0, ())
    spans = _spans(text, tokens)
    words = tuple(one.word(*spans[one.at]) for one in found)
    score = combine(words, MEAN)
    return Scored(score.polarity, score.subjectivity, score.n_scored, words)


def _assessments(tokens: list[str]) -> list[_Found]:
    """Sentiment.assessments of textblob/_text.py, for words without part of speech."""
    data = _data()
    found: list[_Found] = []
    modifier = negation = None
    for at, word in enumerate(tokens):
        entry = data.lexicon.get(word)
        if entry is not None:
            if modifier is None:
                found.append(_Found(at, word, entry))
            else:
                found[-1].taken_by(at, word, entry)
            if negation is not None:
                found[-1].negate(negation)
                found[-1].intensity = 1.0 / found[-1].intensity
            modifier = word if entry.modifies else None
            negation = word if word in data.negations else None
            continue
        if word in data.negations:
            negation = word
        elif negation and len(word.strip("'")) > 1:
            negation = None
        if negation is not None and modifier is not None and modifier.endswith("ly"):
            found[-1].negate(negation)
            negation = None
        elif modifier and len(word) > 2:
            modifier = None
        _signs(at, word, found)
    return found


def _signs(at: int, word: str, found: list[_Found]) -> None:
    """What is no word: an exclamation mark, irony, an emoticon."""
    if word == "!" and found:
        found[-1].polarity = max(-1.0, min(found[-1].polarity * _EXCLAIMED, 1.0))
        found[-1].rules.append("punctuation")
        found[-1].modifiers.append("!")
    if word == "(!)":
        found.append(_Found(at, word, _Entry(0.0, 1.0, 1.0, False), "irony"))
    if not word.isalpha() and len(word) <= 5 and word not in _data().punctuation and word in _data().emoticons:
        found.append(_Found(at, word, _Entry(_data().emoticons[word], 1.0, 1.0, False), "emoticon"))


def _spans(text: str, tokens: list[str]) -> list[tuple[int, int]]:
    """Where each token stands: the tokeniser only adds and removes blanks, drops dots and marks empty lines."""
    spans, at = [], 0
    for token in tokens:
        start = _next(text, at, token[0])
        if text.startswith(token, start):
            at = start + len(token)
        else:
            places: list[int] = []
            for char in token:
                places.append(_next(text, places[-1] + 1 if places else at, char))
            if places[-1] >= len(text):  # made by the tokeniser ("END-OF-SENTENCE"): it stands nowhere
                spans.append((at, at))
                continue
            start, at = places[0], places[-1] + 1
        spans.append((start, at))
    return spans


def _next(text: str, at: int, char: str) -> int:
    """The next place of a character where only blanks and dots lie between; else the end."""
    while at < len(text) and text[at] != char and (text[at].isspace() or text[at] == "."):
        at += 1
    return at if at < len(text) and text[at] == char else len(text)
