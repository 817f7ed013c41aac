"""Sentences through an engine, in batches, and the words that are not to count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import numpy as np
import pandas as pd

from .frames import FrameError
from .languages import require_english
from .progress import progress
from .sentiment_engines import EMPHASIS, Engine, Scored, Word, checked, combine

Ignore: TypeAlias = Iterable[str] | pd.DataFrame
BATCH = 2_000

_Left = Callable[[int, str, Word], bool]  # whether a word of a row's text counts


def scored(sentences: pd.DataFrame, name: str, engine: Engine, ignore: Ignore) -> Iterator[Scored]:
    """What an engine says of each sentence, without the words to ignore.

    Raises
    ------
    ValueError
        There are words to ignore, and the engine cannot say which words it counts; or it is out of step with the texts.
    """
    if getattr(engine, "english_only", False):
        require_english(sentences, "sentiment", f"the engine {name!r} scores English articles only", rows="sentences")
    formula = checked(engine)
    counts = _counting(sentences, name, ignore)
    if counts and formula is None:
        raise ValueError(f"The engine {name!r} does not tell which words it counts, so none can be ignored.")
    texts = sentences["text"].tolist()
    for begin in progress(range(0, len(texts), BATCH), f"sentiment ({name})", unit="batch"):
        batch = texts[begin : begin + BATCH]
        found = engine.score(batch)
        if len(found) != len(batch):
            raise ValueError(f"The engine {name!r} gave {len(found)} scores for {len(batch)} texts.")
        if counts is None:
            yield from found
        else:
            for row, (text, score) in enumerate(zip(batch, found, strict=True), start=begin):
                yield _without(score, [counts(row, text, word) for word in score.words or ()], str(formula))


def _without(score: Scored, counts: list[bool], formula: str) -> Scored:
    """The score of the words that count, by the engine's formula."""
    if all(counts):
        return score
    words = tuple(word for word, kept in zip(score.words or (), counts, strict=True) if kept)
    left = combine(words, formula)
    if not left.n_scored:
        return Scored(np.nan, np.nan, 0, ())
    told = tuple(word._replace(weight=weight) for word, weight in zip(words, left.weights, strict=True))
    return Scored(left.polarity, left.subjectivity, left.n_scored, told)


def _counting(sentences: pd.DataFrame, name: str, ignore: Ignore) -> _Left | None:
    if isinstance(ignore, pd.DataFrame):
        return _outside(sentences, name, ignore)
    listed = [ignore] if isinstance(ignore, str) else list(ignore)
    if not listed:
        return None
    pattern = re.compile("|".join(_expression(word) for word in listed))

    def counts(_: int, text: str, word: Word) -> bool:
        written = text[word.start : word.end].casefold()
        return word.rule == EMPHASIS or not (pattern.fullmatch(word.term.casefold()) or pattern.fullmatch(written))

    return counts


def _expression(word: str) -> str:
    """A word to ignore, with "*" for any letters."""
    if not isinstance(word, str) or not word.strip("* "):
        raise ValueError(f"ignore: {word!r} is no word. Give words such as 'war' or 'attack*', or a frame with spans.")
    return r"\w*".join(re.escape(part) for part in word.strip().casefold().split("*"))


def _outside(sentences: pd.DataFrame, name: str, spans: pd.DataFrame) -> _Left | None:
    """Words that touch none of the spans."""
    for column in ("article_id", "start", "end"):
        if column not in spans:
            raise FrameError(
                f"ignore: missing column {column!r}; has {list(spans.columns)}. Pass words, or rows with spans such as "
                "mediakit.suspects(words, articles)."
            )
    mine = spans[spans["engine"] == name] if "engine" in spans else spans
    if mine.empty:
        return None
    taken: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end in zip(mine["article_id"], mine["start"], mine["end"], strict=True):
        taken.setdefault(article_id, []).append((start, end))
    places = list(zip(sentences["article_id"], sentences["start"], strict=True))

    def counts(row: int, _: str, word: Word) -> bool:
        article_id, at = places[row]
        start, end = at + word.start, at + word.end
        return word.rule == EMPHASIS or not any(low < end and start < high for low, high in taken.get(article_id, ()))

    return counts
