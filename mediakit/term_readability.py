"""How hard an article is to read, by the usual formulas."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .frames import build, require
from .languages import require_english
from .term_syllables import syllables
from .text import code_tokens, sentences

_LONG = 6  # letters; LIX counts words with more
_ADDRESS = re.compile(r"[/@]|www\.", re.IGNORECASE)  # nobody reads an address aloud


def readability(articles: pd.DataFrame) -> pd.DataFrame:
    """How hard the body of each article is to read.

    Parameters
    ----------
    articles
        One row per article, in English: syllables are counted by English rules.

    Returns
    -------
    One row per article, in the order of `articles`: article_id; n_sentences, n_words, n_syllables, n_long (words of
    more than six letters), all of the body, without title, headings and web addresses; words_per_sentence; flesch
    (reading ease: higher is easier, 60 to 70 is plain English); fk_grade (Flesch–Kincaid, years of school); lix (higher
    is harder, 40 to 50 is usual in newspapers). NaN where the body has no word. Figures count as they are read: "1918"
    has four syllables.
    `summaries(…, value="flesch", by="source", articles=articles)` gives intervals by article, `differences` verdicts.

    The formulas see length of words and sentences, nothing else: not whether a text makes sense. Quotations count as
    the rest does. Syllables are counted by rule (docs/accuracy.md says how well); other tools split and count otherwise
    and give other values, so compare only values made by one tool.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        The `language` of an article is not English.

    References
    ----------
    Flesch (1948), 206.835 − 1.015 · words / sentences − 84.6 · syllables / words; Kincaid and others (1975),
    0.39 · words / sentences + 11.8 · syllables / words − 15.59; Björnsson (1968), LIX = words / sentences + 100 · long
    words / words.
    """
    require(articles, "articles", "article_id", "title", "text")
    require_english(articles, "readability", "syllables are counted by English rules")
    split, coded = sentences(articles), code_tokens(articles)
    place = {article_id: number for number, article_id in enumerate(coded.ids)}
    body = split["part"].to_numpy() == "body"
    row_of = _rows(split["article_id"].map(place).to_numpy(dtype="int64"), len(coded.ids))
    row = row_of[coded.article] + coded.sentence
    spoken = np.array([not _ADDRESS.search(form) for form in coded.forms], dtype=bool)
    counted = np.flatnonzero(body[row] & spoken[coded.form]) if len(row) else np.empty(0, dtype=np.int64)
    article, form, n = coded.article[counted], coded.form[counted], len(coded.ids)
    spelt = [form if said else "" for form, said in zip(coded.forms, spoken, strict=True)]
    n_syllables = np.array([syllables(form) for form in spelt])
    is_long = np.array([sum(map(str.isalpha, form)) > _LONG for form in spelt])
    with_words = np.unique(row[counted])
    article_of_row = np.repeat(np.arange(n), np.diff(np.append(row_of, len(split))))
    columns = {
        "n_sentences": np.bincount(article_of_row[with_words], minlength=n),
        "n_words": np.bincount(article, minlength=n),
        "n_syllables": np.bincount(article, weights=n_syllables[form], minlength=n).astype("int64"),
        "n_long": np.bincount(article, weights=is_long[form], minlength=n).astype("int64"),
    }
    return build("readability", {"article_id": coded.ids, **columns, **_scores(**columns)})


def _rows(article: np.ndarray, n: int) -> np.ndarray:
    """Where the sentences of each article begin."""
    return np.searchsorted(article, np.arange(n))


def _scores(
    n_sentences: np.ndarray, n_words: np.ndarray, n_syllables: np.ndarray, n_long: np.ndarray
) -> dict[str, np.ndarray]:
    words = np.where(n_words > 0, n_words, np.nan)
    per_sentence, per_word = words / np.where(n_sentences > 0, n_sentences, np.nan), n_syllables / words
    return {
        "words_per_sentence": per_sentence,
        "flesch": 206.835 - 1.015 * per_sentence - 84.6 * per_word,
        "fk_grade": 0.39 * per_sentence + 11.8 * per_word - 15.59,
        "lix": per_sentence + 100 * n_long / words,
    }
