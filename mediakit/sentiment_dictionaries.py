"""Engines over lists of words: a dictionary of the user's own, and AFINN.

The score is the mean of the weights of the words that are known, as TextBlob does it: of a dictionary with positive and
negative words it is (P - N) / (P + N). Nothing is known of a sentence without such a word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from .frames import FrameError, as_list, require
from .sentiment_engines import MEAN, PLAIN, Scored, Word, combine
from .term_dictionaries import dictionary_hits
from .term_dictionary_files import read_dictionary

_WINDOW = 3  # words before a hit in which a negation reverses it
_NEGATIONS = frozenset("no not never none nor neither without cannot nothing hardly".split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LARGEST = 5  # of AFINN's weights


class DictionaryEngine:
    """An engine over words with weights, made by `dictionary_engine`."""

    formula = MEAN

    def __init__(self, weights: dict[str, float], name: str, negate: bool) -> None:
        """Weights by word or phrase, from -1 to 1; whether a negation before a hit reverses it."""
        self.name, self.weights, self.negate = name, weights, negate
        self._entries = pd.DataFrame({"category": "scored", "term": list(weights)})

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text: the mean weight of its words."""
        numbers = [str(number) for number in range(len(texts))]
        rows = pd.DataFrame({"article_id": numbers, "title": pd.NA, "text": list(texts)}).astype("str")
        hits = dictionary_hits(rows, self._entries)
        found: list[list[Word]] = [[] for _ in texts]
        columns = zip(hits["article_id"].astype(int), hits["start"], hits["end"], hits["term"], strict=True)
        for number, start, end, term in columns:
            found[number].append(self._word(texts[number], start, end, term))
        return [_scored(tuple(words)) for words in found]

    def _word(self, text: str, start: int, end: int, term: str) -> Word:
        weight = self.weights[term]
        before = [word.replace("’", "'").casefold() for word in _WORD.findall(text[:start])[-_WINDOW:]]
        negations = [word for word in before if word in _NEGATIONS or word.endswith("n't")] if self.negate else []
        if not negations:
            return Word(start, end, term, weight, weight)
        return Word(start, end, term, weight, -weight, "negated", ", ".join(negations))


def _scored(words: tuple[Word, ...]) -> Scored:
    score = combine(words, MEAN)
    return Scored(score.polarity, np.nan, score.n_scored, words)


def dictionary_engine(
    path_or_frame: str | Path | pd.DataFrame,
    *,
    positive: str | Iterable[str] | None = None,
    negative: str | Iterable[str] | None = None,
    name: str | None = None,
    negate: bool = False,
) -> DictionaryEngine:
    """A sentiment engine over a dictionary of your own, for `sentiment(sentences, engine=…)`.

    Parameters
    ----------
    path_or_frame
        A CSV file in UTF-8 (or a frame) with the columns word and weight: any numbers, above 0 positive; or a
        dictionary of terms by category in one of the formats of `read_dictionary` (CSV with category and term, YAML,
        LIWC's .dic), or its frame. Words may be phrases and may hold "*" for any letters ("econom*").
    positive, negative
        Of a dictionary with categories: which of them count as positive, which as negative.
    name
        The engine's name in the frames. Default: the file's name without ending.
    negate
        Reverse the weight of a word that has a negation (not, no, never, n't …) among the three words before it.

    Returns
    -------
    An engine whose polarity is the mean of the weights of the words it knows; weights are divided by the largest of the
    dictionary where that is above 1. Of hits that overlap the longest counts. It scores texts in any language.

    Raises
    ------
    FrameError
        A column is missing, a weight is no number, a word is given twice with different weights, or stands both in a
        positive and in a negative category.
    ValueError
        The dictionary has categories and neither `positive` nor `negative` names one, or names one that it lacks.
    """
    if isinstance(path_or_frame, pd.DataFrame):
        what, table = "dictionary", path_or_frame
    else:
        path = Path(path_or_frame)
        what, table = path.name, _read(path)
        name = name or path.stem
    if {"word", "weight"} <= set(table.columns):
        weights = _of_weights(table, what)
    else:
        require(table, "dictionary")
        weights = _of_categories(table, what, as_list(positive), as_list(negative))
    largest = max(1.0, *(abs(weight) for weight in weights.values()))
    return DictionaryEngine({word: weight / largest for word, weight in weights.items()}, name or "dictionary", negate)


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() in (".dic", ".yaml", ".yml"):
        return read_dictionary(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = next(csv.reader(file), [])
            if not {"word", "weight"} <= set(head):
                return read_dictionary(path)
            return pd.DataFrame([row[: len(head)] for row in csv.reader(file) if row], columns=head)
    except UnicodeDecodeError as error:
        raise FrameError(f"{path.name}: not UTF-8 (byte {error.start}). Save it as UTF-8.") from None


def _of_weights(table: pd.DataFrame, what: str) -> dict[str, float]:
    numbers = pd.to_numeric(table["weight"], errors="coerce")
    weights: dict[str, float] = {}
    for row, (word, given, weight) in enumerate(zip(table["word"], table["weight"], numbers, strict=True), start=1):
        if not isinstance(word, str) or not word.strip(" *"):
            raise FrameError(f"{what}, row {row}: no word. Fill it in or take the row out.")
        if not np.isfinite(weight):
            raise FrameError(f"{what}, row {row}: the weight of {word!r} is {given!r}, no number.")
        _add(weights, word.strip(), float(weight), what)
    if not weights:
        raise FrameError(f"{what}: no words in it. Give a word and a weight per row.")
    return weights


def _of_categories(table: pd.DataFrame, what: str, positive: list[str], negative: list[str]) -> dict[str, float]:
    known = list(dict.fromkeys(table["category"]))
    if not positive and not negative:
        raise ValueError(f"{what}: say which categories are positive= and which negative=; there are {known}.")
    if unknown := [one for one in (*positive, *negative) if one not in known]:
        raise ValueError(f"{what}: no category {unknown[0]!r}; there are {known}.")
    weights: dict[str, float] = {}
    for category, term in zip(table["category"], table["term"], strict=True):
        for side, value in ((positive, 1.0), (negative, -1.0)):
            if category in side:
                _add(weights, term, value, what)
    return weights


def _add(weights: dict[str, float], word: str, weight: float, what: str) -> None:
    if weights.setdefault(word, weight) != weight:
        raise FrameError(f"{what}: {word!r} has two weights, {weights[word]:g} and {weight:g}. Keep one of them.")


class AfinnEngine:
    """AFINN (Nielsen 2011), with the word list that the package afinn brings: mean of its weights over 5."""

    name = "afinn"
    formula = MEAN
    english_only = True

    def __init__(self, weights: dict[str, int]) -> None:
        """Weights by word or phrase, from -5 to 5."""
        self.weights = weights
        longest_first = sorted(weights, key=len, reverse=True)
        any_word = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
        self._pattern = re.compile(rf"\b(?:{any_word})\b")

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text."""
        return [_scored(tuple(self._words(text))) for text in texts]

    def _words(self, text: str) -> Iterable[Word]:
        # letter by letter, so that places stay: "İ" would become two
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        for match in self._pattern.finditer(lower):
            term = " ".join(match.group().split())
            weight = self.weights[term] / _LARGEST
            yield Word(*match.span(), term, weight, weight, PLAIN)


def afinn_engine() -> AfinnEngine:
    """AFINN over the English word list of the installed package."""
    from afinn import Afinn

    package = Afinn()
    return AfinnEngine(package.read_word_file(package.full_filename("AFINN-en-165.txt")))
