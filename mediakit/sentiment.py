"""Sentence sentiment: engines, and the scores they give.

An engine reads one sentence at a time. Whole articles are never scored: VADER's compound score saturates and TextBlob's
mean hides what it is made of. A sentence in which an engine knows no word has no score: it is missing, not neutral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import as_list, build, require
from .languages import require_english
from .progress import progress


class Score(NamedTuple):
    """What an engine says of one sentence; `polarity` counts only when `n_scored` is not 0."""

    polarity: float
    subjectivity: float
    n_scored: int


def sentiment(sentences: pd.DataFrame, *, engine: str | Iterable[str] = "textblob") -> pd.DataFrame:
    """How positive or negative each sentence is, by one or several engines.

    Parameters
    ----------
    sentences
        One row per sentence, made by `sentences(articles)`.
    engine
        "textblob" (mean of word polarities from the Pattern lexicon, with negation and intensifiers), "vader" (the
        compound score), or a list of them.

    Returns
    -------
    The rows of `sentences` once per engine, with engine, polarity (from -1 to 1; NaN when the engine knows no word of
    the sentence), subjectivity (from 0 to 1, TextBlob only) and n_scored (words or phrases that it knows).

    Raises
    ------
    FrameError
        A column of `sentences` is missing.
    LanguageError
        The column `language` names another language than English; sentences of unknown language count as English.
    ValueError
        There is no such engine.

    References
    ----------
    De Smedt and Daelemans (2012), Pattern, whose analyser TextBlob carries; Hutto and Gilbert (2014), VADER.
    """
    require(sentences, "sentences")
    names = as_list(engine)
    if not names:
        raise ValueError(f"No engine was named; there are {sorted(ENGINES)}.")
    for name in names:
        if name not in ENGINES:
            raise ValueError(f"There is no sentiment engine {name!r}; there are {sorted(ENGINES)}.")
    require_english(sentences, "sentiment", "TextBlob and VADER score English articles only", rows="sentences")
    return build("sentiment", pd.concat([_scored(sentences, name) for name in names], ignore_index=True))


def _scored(sentences: pd.DataFrame, name: str) -> pd.DataFrame:
    score = ENGINES[name]()
    scores = [score(text) for text in progress(sentences["text"], f"sentiment ({name})", unit="sentence")]
    table = pd.DataFrame(scores, columns=list(Score._fields), index=sentences.index)
    unscored = table["n_scored"] == 0
    table.loc[unscored, ["polarity", "subjectivity"]] = np.nan
    return sentences.assign(engine=name, **table)


def _textblob() -> Callable[[str], Score]:
    # importing it costs two seconds; this is what TextBlob.sentiment calls, which would score twice to show its words
    from textblob.en import sentiment as pattern

    def score(text: str) -> Score:
        result = pattern(text)
        return Score(result[0], result[1], len(result.assessments))

    return score


def _vader() -> Callable[[str], Score]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    class Counting(SentimentIntensityAnalyzer):
        """VADER itself; it only remembers how many words carried a valence."""

        n_scored = 0

        def score_valence(self, sentiments: list[float], text: str) -> dict[str, float]:
            self.n_scored = sum(1 for valence in sentiments if valence)
            return super().score_valence(sentiments, text)

    analyzer = Counting()

    def score(text: str) -> Score:
        compound = analyzer.polarity_scores(text)["compound"]
        return Score(compound, np.nan, analyzer.n_scored)

    return score


ENGINES: dict[str, Callable[[], Callable[[str], Score]]] = {"textblob": _textblob, "vader": _vader}
