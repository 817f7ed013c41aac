"""Sentence sentiment: how positive or negative each sentence is, by one engine or several.

An engine reads one sentence at a time. Whole articles are never scored: VADER's compound score saturates and TextBlob's
mean hides what it is made of. A sentence in which an engine knows no word has no score: it is missing, not neutral.
`sentiment_*` hold the engines and what explains them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import build, require
from .sentiment_engines import Engine, engine_list
from .sentiment_scoring import Ignore, scored

_SCORE = ["polarity", "subjectivity", "n_scored"]


def sentiment(
    sentences: pd.DataFrame,
    *,
    engine: str | Engine | Iterable[str | Engine] = "textblob",
    ignore: Ignore = (),
) -> pd.DataFrame:
    """How positive or negative each sentence is, by one or several engines.

    Parameters
    ----------
    sentences
        One row per sentence, made by `sentences(articles)`.
    engine
        The name of an engine that `engines()` lists, an engine such as `dictionary_engine(path)` makes, or a list of
        them. "textblob": mean of word polarities from the Pattern lexicon, with negation and intensifiers; "vader": the
        compound score; "afinn": mean of the weights of AFINN; "mediakit": an encoder that ships with mediakit (extra
        `tone`). docs/sentiment.md has the formulas and rules.
    ignore
        Words that do not count, such as {"peace", "war", "attack*"} ("*" for any letters), or rows with spans
        (article_id, start, end) such as those of `suspects`: a word that touches one does not count (where they have
        a column `engine`, that of this engine). The engine's formula is applied to the rest.

    Returns
    -------
    The rows of `sentences` once per engine, with engine, polarity (from -1 to 1; NaN when the engine knows no word of
    the sentence), subjectivity (from 0 to 1, TextBlob only) and n_scored (words or phrases that it knows; 1 for a
    sentence that an engine without words has scored).

    Raises
    ------
    FrameError
        A column of `sentences` is missing.
    LanguageError
        The column `language` names another language than English and the engine is for English; sentences of unknown
        language count as English.
    ValueError
        There is no such engine, or words are to be ignored by one that cannot tell its words.
    ImportError
        The engine needs a package that is not installed; the message says which.

    References
    ----------
    De Smedt and Daelemans (2012), Pattern, whose analyser TextBlob carries; Hutto and Gilbert (2014), VADER; Nielsen
    (2011), AFINN.
    """
    require(sentences, "sentences")
    found = engine_list(engine)
    return build("sentiment", pd.concat([_scored(sentences, *one, ignore) for one in found], ignore_index=True))


def _scored(sentences: pd.DataFrame, name: str, engine: Engine, ignore: Ignore) -> pd.DataFrame:
    # words are dropped at once: they would take more room than the sentences
    scores = [score[:3] for score in scored(sentences, name, engine, ignore)]
    table = pd.DataFrame(scores, columns=_SCORE, index=sentences.index)
    table.loc[table["n_scored"] == 0, ["polarity", "subjectivity"]] = np.nan
    return sentences.assign(engine=name, **table)
