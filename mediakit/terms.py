"""Counting words: term counts, tf-idf; `term_*` hold keyness and what else is computed of terms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import FrameError, build, group_keys, labels, require
from .languages import require_english
from .term_grams import count_grams
from .text import stop_words as stop_word_list


def term_counts(
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    n: int | Iterable[int] = 1,
    stop_words: str | Iterable[str] | None = "english",
) -> pd.DataFrame:
    """How often each term is used, in all articles or in each group of them.

    Parameters
    ----------
    articles
        One row per article.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    n
        1 counts words, 2 pairs of neighbours, (1, 2) both, and so on; n-grams do not run across sentences.
    stop_words
        A language that `stop_words` knows, your own words, or None to count every word. An n-gram is left out when its
        first or last word is a stop word.

    Returns
    -------
    One row per (group and) term, most frequent first within the group: the `by` columns, term, n, per_1000 (tokens of
    the group, stop words included), n_articles, share_articles (n_articles over the articles of the group that have
    tokens), design_effect: the variance of per_1000 with the article as the unit over the variance that as many tokens
    drawn one by one would give it. 1 for a word strewn by chance; 5 where n tells no more than a fifth of it would,
    because few articles repeat the word; NaN with one article. The standard error of per_1000 is
    per_1000 · √(design_effect · (1 − per_1000 / 1000) / n).

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        English stop words would be applied to articles whose `language` is another one; pass their own or None.
    ValueError
        `n` is below 1, or the stop-word language is unknown.

    References
    ----------
    Rao and Scott (1992), design effect of clustered counts; the variance is that of a ratio of two sums over articles
    (Cochran 1977).
    """
    require(articles, "articles", "article_id", "title", "text")
    keys = group_keys(by, "term_counts", articles.columns)
    sizes = [n] if isinstance(n, int) else sorted(set(n))
    if not sizes or sizes[0] < 1:
        raise ValueError(f"n is {n}; it takes 1 (words), 2 (pairs) or more, or several of them: (1, 2).")
    if isinstance(stop_words, str) and stop_words == "english":
        why = "English stop words are for English articles (stop_words=None counts every word)"
        require_english(articles, "term_counts", why)
    groups, group_of = numbered_groups(articles, keys)
    stop = stop_word_list(stop_words) if isinstance(stop_words, str) else frozenset(stop_words or ())
    counted = count_grams(articles, sizes, stop, group_of)
    rows = counted.rows
    columns = {"design_effect": counted.design_effect(), "n": rows.n.astype(np.int64)}
    columns["per_1000"] = 1000 * rows.n / counted.in_group(counted.tokens)
    columns["n_articles"] = rows.n_articles.astype(np.int64)
    columns["share_articles"] = rows.n_articles / counted.in_group(counted.tokens > 0)
    for place, key in enumerate(keys):
        columns[key] = pd.array([group[place] for group in groups], dtype="str").take(rows.group)
    columns["term"] = pd.array(counted.spelt(), dtype="str")
    del counted, rows  # there may be millions
    return build("term_counts", pd.DataFrame(columns, copy=False))


def numbered_groups(articles: pd.DataFrame, keys: list[str]) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """The groups in order, as their labels, and the number of each article's."""
    if not keys:
        return [()], np.zeros(len(articles), dtype=np.int64)
    table = list(zip(*(labels(articles[key]) for key in keys), strict=True))
    groups = sorted(set(table))
    place = {group: number for number, group in enumerate(groups)}
    return groups, np.array([place[group] for group in table], dtype=np.int64)


def tf_idf(counts: pd.DataFrame, *, by: str = "source") -> pd.DataFrame:
    """How much each term stands out in a group, against how many groups have it.

    Parameters
    ----------
    counts
        One row per (`by`, term), made by `term_counts(articles, by=by)`.
    by
        The grouping column: its values are the documents.

    Returns
    -------
    One row per (`by`, term), highest first within the group: n, and tf_idf = n · (ln((1 + N) / (1 + df)) + 1) for N
    groups of which df have the term, each group's vector scaled to length 1.

    Raises
    ------
    FrameError
        A column is missing.

    References
    ----------
    The smoothed form of scikit-learn's TfidfTransformer.
    """
    require(counts, "term_counts")
    require_group(counts, by)
    weighted = counts[[by, "term", "n"]].copy()
    df = weighted.groupby("term")[by].transform("nunique")
    weighted["tf_idf"] = weighted["n"] * (np.log((1 + weighted[by].nunique()) / (1 + df)) + 1)
    weighted["tf_idf"] /= np.sqrt((weighted["tf_idf"] ** 2).groupby(weighted[by]).transform("sum"))
    order = weighted.sort_values([by, "tf_idf", "term"], ascending=[True, False, True])
    return build("tf_idf", order.reset_index(drop=True))


def require_group(counts: pd.DataFrame, by: str) -> None:
    """Raise FrameError unless `counts` was counted by `by` alone."""
    if by in counts and counts.duplicated([by, "term"]).any():
        raise FrameError(f"term_counts: a term stands more than once in a group of {by!r}. Count by {by!r} alone.")
    if by not in counts:
        raise FrameError(
            f"term_counts: no column {by!r} to group by; has {list(counts.columns)}. "
            f"Pass the frame made by mediakit.term_counts(articles, by={by!r})."
        )
