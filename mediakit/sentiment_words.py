"""The words behind a score: each with its place, its weight and the rule that changed it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from .frames import build, require
from .sentiment_engines import EMPHASIS, ENGINES, Engine, Word, checked, combine, engine_list
from .sentiment_scoring import Ignore, scored

_SENTENCE = ["article_id", "sentence_no", "start", "text"]


def sentiment_words(
    sentences: pd.DataFrame,
    *,
    engine: str | Engine | Iterable[str | Engine] | None = None,
    ignore: Ignore = (),
) -> pd.DataFrame:
    """Every word behind the scores of some sentences; together they make the score.

    Parameters
    ----------
    sentences
        One row per sentence, made by `sentences(articles)`; or those that were scored, made by `sentiment`.
    engine
        As in `sentiment`. Default: the engines of the scored sentences, else "textblob".
    ignore
        As in `sentiment`.

    Returns
    -------
    One row per word or phrase that counts, in the order of the text: article_id, sentence_no, start, end, text (as
    written), engine, term (as the word list has it), base (weight in the word list), weight (after the rules), rule
    (what changed it: negated, boosted, damped, but-clause, idiom, capitals, punctuation, several of them by comma; "as
    listed" where nothing did; emphasis: marks that strengthen the sum), modifiers (the words that changed it), formula
    (by which the weights make the polarity: mean, normalised sum or sum), contribution (what the word adds to the
    sentence's polarity: they sum to it), subjectivity (TextBlob). Sentences without a known word have no row.

    Raises
    ------
    ValueError
        There is no such engine, or it cannot tell its words.
    FrameError, LanguageError
        As in `sentiment`.

    See Also
    --------
    polarity_of : the score that some of these words make.
    """
    require(sentences, "sentences", *_SENTENCE)
    found = engine_list(_own(sentences) if engine is None else engine)
    for name, one in found:
        if checked(one) is None:
            raise ValueError(f"The engine {name!r} does not tell which words it counts; of {_that_tell()} one can ask.")
    table = sentences.drop_duplicates(["article_id", "sentence_no"])
    return build("sentiment_words", [row for name, one in found for row in _rows(table, name, one, ignore)])


def _own(sentences: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(sentences["engine"])) if "engine" in sentences and len(sentences) else ["textblob"]


def _that_tell() -> list[str]:
    return [name for name, entry in ENGINES.items() if entry.formula]


def _rows(sentences: pd.DataFrame, name: str, engine: Engine, ignore: Ignore) -> Iterable[dict[str, object]]:
    formula = str(checked(engine))
    columns = [sentences[column].tolist() for column in _SENTENCE]
    for article_id, number, at, text, score in zip(*columns, scored(sentences, name, engine, ignore), strict=True):
        words = score.words or ()
        added = combine(words, formula).contributions
        for word, contribution in sorted(zip(words, added, strict=True), key=lambda pair: _in_text(pair[0])):
            yield {
                "article_id": article_id,
                "sentence_no": number,
                "start": at + word.start,
                "end": at + word.end,
                "text": text[word.start : word.end],
                "engine": name,
                "term": word.term,
                "base": word.base,
                "weight": word.weight,
                "rule": word.rule,
                "modifiers": word.modifiers,
                "formula": formula,
                "contribution": contribution,
                "subjectivity": word.subjectivity,
            }


def _in_text(word: Word) -> tuple[bool, int]:
    """Words before marks of emphasis, each in the order of the text."""
    return word.rule == EMPHASIS, word.start


def polarity_of(words: pd.DataFrame) -> pd.DataFrame:
    """The scores that some words make, by the formula of their engine.

    Parameters
    ----------
    words
        Rows of `sentiment_words(sentences)`: all of them for the engine's own scores, or those that are left when some
        are taken out.

    Returns
    -------
    One row per sentence and engine that has words left: article_id, sentence_no, engine, polarity, subjectivity,
    n_scored; in the order of `words`.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(words, "sentiment_words")
    records = []
    for (article_id, number, engine), group in sentence_words(words):
        score = combine([word for _, word in group], group[0][0])
        if score.n_scored:
            place = {"article_id": article_id, "sentence_no": number, "engine": engine}
            said = {"polarity": score.polarity, "subjectivity": score.subjectivity, "n_scored": score.n_scored}
            records.append(place | said)
    return build("polarities", records)


def sentence_words(words: pd.DataFrame) -> Iterable[tuple[tuple[str, int, str], list[tuple[str, Word]]]]:
    """The words of each sentence and engine, with the formula that makes a score of them."""
    keys = ["article_id", "sentence_no", "engine"]
    numbers = words.groupby(keys, sort=False).ngroup()
    ordered = words.iloc[numbers.argsort(kind="stable")]
    columns = [*keys, "formula", *Word._fields]
    rows = zip(*(ordered[column].tolist() for column in columns), strict=True)
    for key, group in groupby(rows, key=lambda row: row[:3]):
        yield key, [(row[3], Word(*row[4:])) for row in group]
