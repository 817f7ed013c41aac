"""Counting words: term counts, tf-idf; `term_*` hold keyness and what else is computed of terms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import FrameError, build, group_keys, labels, require
from .languages import require_english
from .text import Coded, code_tokens
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
    the group, stop words included), n_articles.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        English stop words would be applied to articles whose `language` is another one; pass their own or None.
    ValueError
        `n` is below 1, or the stop-word language is unknown.
    """
    require(articles, "articles", "article_id", "text")
    keys = group_keys(by, "term_counts", articles.columns)
    sizes = [n] if isinstance(n, int) else sorted(set(n))
    if not sizes or sizes[0] < 1:
        raise ValueError(f"n is {n}; it takes 1 (words), 2 (pairs) or more, or several of them: (1, 2).")
    if isinstance(stop_words, str) and stop_words == "english":
        why = "English stop words are for English articles (stop_words=None counts every word)"
        require_english(articles, "term_counts", why)
    coded = code_tokens(articles)
    groups, group_of = numbered_groups(articles, keys)
    stop = stop_word_list(stop_words) if isinstance(stop_words, str) else frozenset(stop_words or ())
    skipped = np.array([term in stop for term in coded.terms], dtype=bool)
    parts = [_counted(coded, size, skipped, group_of, len(groups)) for size in sizes]
    counts = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    group = counts.pop("group").to_numpy()
    totals = np.bincount(group_of[coded.article], minlength=len(groups))
    counts["per_1000"] = 1000 * counts["n"] / totals[group]
    if len(parts) > 1:
        order = np.lexsort((counts["term"].to_numpy(object), -counts["n"], group))
        counts, group = counts.take(order), group[order]
    for place, key in enumerate(keys):
        names = pd.array([name[place] for name in groups], dtype="str")
        counts.insert(place, key, names.take(group))
    return build("term_counts", counts.reset_index(drop=True))


def numbered_groups(articles: pd.DataFrame, keys: list[str]) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """The groups in order, as their labels, and the number of each article's."""
    if not keys:
        return [()], np.zeros(len(articles), dtype=np.int64)
    table = list(zip(*(labels(articles[key]) for key in keys), strict=True))
    groups = sorted(set(table))
    place = {group: number for number, group in enumerate(groups)}
    return groups, np.array([place[group] for group in table], dtype=np.int64)


def _counted(coded: Coded, n: int, skipped: np.ndarray, group_of: np.ndarray, n_groups: int) -> pd.DataFrame:
    """group, term, n, n_articles of the n-grams of `n` words, in the order of group, -n, term."""
    # articles of one group side by side, so that sorting by n-gram and article sorts by n-gram and group too
    rank = np.empty(len(group_of), dtype=np.int64)
    rank[np.argsort(group_of, kind="stable")] = np.arange(len(group_of))
    at = _starts(coded, n, skipped)
    gram, levels = _numbered(coded, n, at, largest=2**63 // max(len(rank), n_groups, 1))
    pair, per_article = np.unique(gram * len(rank) + rank[coded.article[at]], return_counts=True)
    gram, article = np.divmod(pair, max(len(rank), 1))
    cell = gram * n_groups + np.sort(group_of)[article]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    count = np.add.reduceat(per_article, first) if len(first) else np.empty(0, dtype=np.int64)
    n_articles = np.diff(first, append=len(cell))
    gram, group = np.divmod(cell[first], n_groups)
    order = np.lexsort((gram, -count, group))
    term = _spelt(gram[order], levels, coded)
    return pd.DataFrame({"group": group[order], "term": term, "n": count[order], "n_articles": n_articles[order]})


def _starts(coded: Coded, n: int, skipped: np.ndarray) -> np.ndarray:
    """The tokens at which an n-gram of one sentence begins that neither starts nor ends with a skipped term."""
    length = max(len(coded.term) - n + 1, 0)
    keep = ~skipped[coded.term[:length]] & ~skipped[coded.term[n - 1 :]]
    for place in (coded.article, coded.sentence) if n > 1 else ():
        keep &= place[:length] == place[n - 1 :]
    return np.flatnonzero(keep)


def _numbered(coded: Coded, n: int, at: np.ndarray, *, largest: int) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """The n-grams at `at` as numbers below `largest` that sort as the n-grams do, and what `_spelt` needs to undo it.

    A number is that of the words before, times the size of the vocabulary, plus the last word's; where that gets too
    large, only its rank among those there are is kept.
    """
    gram, levels = np.zeros(len(at), dtype=np.int64), []
    for step in range(n):
        gram = gram * len(coded.terms) + coded.term[at + step]
        level = None
        # Python's integers: numpy's would wrap round in silence
        if len(gram) and (int(gram.max()) + 1) * (len(coded.terms) if step < n - 1 else 1) >= largest:
            level, gram = np.unique(gram, return_inverse=True)
        levels.append(level)
    return gram, levels


def _spelt(gram: np.ndarray, levels: list[np.ndarray | None], coded: Coded) -> pd.api.extensions.ExtensionArray:
    """The words of each n-gram, joined by a blank."""
    vocabulary, spelt = pd.array(coded.terms, dtype="str"), None
    for level in reversed(levels):
        gram, last = np.divmod(gram if level is None else level[gram], max(len(coded.terms), 1))
        word = vocabulary.take(last)
        spelt = word if spelt is None else word + " " + spelt
    return spelt


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
