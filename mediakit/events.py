"""Which articles are about the same event."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from .actors import mentions as find_mentions
from .frames import build, require
from .languages import require_english
from .progress import progress
from .text import code_tokens, stop_words

_NAMES, _ACTORS = 0.5, 0.5  # weight of a name or figure, and of an actor, beside that of a word
_BLOCK = 500  # articles compared with the others at a time
_LABEL = 5  # words that name an event


def same_event(
    articles: pd.DataFrame,
    *,
    max_days: int = 3,
    min_similarity: float = 0.15,
    min_similarity_undated: float = 0.25,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Groups articles that tell of one event, so that sources are compared on the same event.

    An event is what articles of some days tell in much the same words, names and figures. Each article is a vector of
    content words, of names and figures (words with a capital inside a sentence, words with digits: places, days,
    amounts; counted half on top) and of the actors it names (half; "Zelensky" and "Zelenskyy" are one), each as
    (1 + ln n) · (ln((1 + N) / (1 + articles that have it)) + 1), scaled to length 1. Pairs are compared by cosine.
    Articles are put together by average linkage: two groups become one while their pairs reach, on average, the least
    similarity, and no two dated articles of a group are more than `max_days` apart. The order of `articles` changes
    nothing.

    Parameters
    ----------
    articles
        One row per article. The weights are those of this corpus: pass the whole of it, not a few articles.
    max_days
        Dated articles of one event are at most so many days apart, counted in UTC.
    min_similarity
        The least cosine, above 0 and at most 1, of two articles with dates.
    min_similarity_undated
        The least cosine where one of two has no date: nothing but the text says that they belong together, so it has to
        say so more clearly. docs/accuracy.md has precision and recall of both.
    mentions
        One row per mention, made by `mentions(articles)`; None finds them.

    Returns
    -------
    One row per article, event by event, the earliest first and undated ones last: event, article_id, source, published,
    n_articles and n_sources (of the event), similarity (cosine with the mean vector of the event), basis, terms. An
    article that is like no other is an event of its own.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    ValueError
        An option is out of range.

    References
    ----------
    Average linkage on tf-idf vectors with a window of time: Yang, Pierce and Carbonell (1998), A study on
    retrospective and on-line event detection.
    """
    require(articles, "articles")
    require_english(articles, "same_event", "its stop words and names are for English articles")
    bars = (min_similarity, min_similarity_undated)
    if not all(0 < bar <= 1 for bar in bars) or max_days < 0:
        raise ValueError(
            f"same_event: max_days={max_days!r}, min_similarity={min_similarity!r}, min_similarity_undated="
            f"{min_similarity_undated!r}: days are 0 or more, similarities above 0 and at most 1."
        )
    # in the order of the ids, so that ties do not depend on the order of the caller
    ordered = articles.sort_values("article_id", ignore_index=True)
    named = find_mentions(ordered) if mentions is None else require(mentions, "mentions", "article_id", "actor")
    vectors, words = _vectors(ordered, named)
    published = pd.to_datetime(ordered["published"], utc=True)
    days = (published - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(days=1)
    group = _groups(vectors, days.to_numpy("float64", na_value=np.nan), max_days, bars)
    return _frame(ordered.assign(published=published), group, vectors, words)


def _vectors(articles: pd.DataFrame, named: pd.DataFrame) -> tuple[Any, list[str]]:
    """One row of length 1 per article, and the words that the first columns are."""
    from scipy.sparse import csr_array, hstack

    coded, stop = code_tokens(articles), stop_words()
    has_digit = np.array([any(char.isdigit() for char in form) for form in coded.forms], dtype=bool)[coded.form]
    capital = np.array([form[0].isupper() for form in coded.forms], dtype=bool)[coded.form]
    content = np.array([len(term) > 1 and term not in stop for term in coded.terms], dtype=bool)[coded.term]
    first = np.diff(coded.sentence, prepend=-1) != 0
    first[coded.first[coded.first < len(first)]] = True
    # what somewhere stands in small letters is no name: the capitals of a headline
    small = np.zeros(len(coded.terms), dtype=bool)
    small[coded.term[~capital & ~has_digit]] = True
    is_name = content & (has_digit | (capital & ~first & ~small[coded.term]))
    place = {article_id: number for number, article_id in enumerate(coded.ids)}
    known = named[named["article_id"].isin(place)]
    actor, actors = pd.factorize(known["actor"], sort=True)
    counts = [
        (coded.article[content], coded.term[content], len(coded.terms), 1.0),
        (coded.article[is_name], coded.term[is_name], len(coded.terms), _NAMES),
        (known["article_id"].map(place).to_numpy("int64"), actor, len(actors), _ACTORS),
    ]
    parts = []
    for row, column, width, weight in counts:
        table = csr_array((np.ones(len(row)), (row, column)), shape=(len(articles), width))
        table.sum_duplicates()
        df = np.bincount(table.indices, minlength=width)
        rare = np.log((1 + len(articles)) / (1 + df)) + 1
        table.data = weight * (1 + np.log(table.data)) * rare[table.indices]
        parts.append(table)
    joined = csr_array(hstack(parts, format="csr"))
    length = np.sqrt(np.asarray((joined * joined).sum(axis=1)).ravel())
    joined.data /= np.repeat(np.where(length > 0, length, 1), np.diff(joined.indptr))
    return joined, coded.terms


@dataclass(frozen=True)
class _Clusters:
    """Groups of articles: sums of their vectors, of the dated ones alone, sizes, first and last day, first article."""

    total: Any
    dated: Any
    size: np.ndarray
    low: np.ndarray
    high: np.ndarray
    first: np.ndarray

    def joined(self, into: np.ndarray) -> _Clusters:
        """Each group put into the group of that new number; -1 leaves it out."""
        from scipy.sparse import csr_array

        kept = np.flatnonzero(into >= 0)
        n, into = int(into.max(initial=-1)) + 1, into[kept]
        table = csr_array((np.ones(len(kept)), (into, kept)), shape=(n, len(self.size)))
        size, low, high = np.zeros(n), np.full(n, np.inf), np.full(n, -np.inf)
        first = np.full(n, np.iinfo(np.int64).max)
        np.add.at(size, into, self.size[kept])
        np.minimum.at(low, into, self.low[kept])
        np.maximum.at(high, into, self.high[kept])
        np.minimum.at(first, into, self.first[kept])
        return _Clusters(csr_array(table @ self.total), csr_array(table @ self.dated), size, low, high, first)


def _groups(vectors: Any, days: np.ndarray, max_days: int, bars: tuple[float, float]) -> np.ndarray:
    """The first article of the group of each article.

    Groups that are each other's nearest are put together, all such pairs at once: with averages that gives the same
    groups as the nearest pair first, since no group gets nearer to others by growing. A group that has none near enough
    is done.
    """
    dated = np.isfinite(days)
    only = vectors.copy()
    only.data = only.data * np.repeat(dated, np.diff(vectors.indptr))
    low, high = np.where(dated, days, np.inf), np.where(dated, days, -np.inf)
    n = len(days)
    clusters = _Clusters(vectors, only, np.ones(n), low, high, np.arange(n))
    group = np.arange(n)
    best, value, open_ = np.full(n, -1), np.full(n, -np.inf), np.arange(n)
    while len(open_):
        best[open_], value[open_] = _nearest(clusters, open_, max_days, bars)
        at = np.arange(len(best))
        near = value >= 1
        mutual = near & (best[best] == at)
        left, right = at[mutual & (at < best)], best[mutual & (at < best)]
        target = np.arange(n)
        target[clusters.first[right]] = clusters.first[left]
        group = target[group]
        into = np.full(len(best), -1)
        stays = near & ~(mutual & (at > best))
        into[stays] = np.arange(stays.sum())
        into[right] = into[left]
        # whose nearest has changed looks again
        again = (mutual | mutual[best])[stays]
        clusters, best, value = clusters.joined(into), into[best[stays]], value[stays]
        open_ = np.flatnonzero(again)
    return group


def _nearest(
    clusters: _Clusters, rows: np.ndarray, max_days: int, bars: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """The nearest group of each of these, and the mean cosine of their pairs over the bar that it has to reach."""
    best, value = np.zeros(len(rows), dtype=np.int64), np.full(len(rows), -np.inf)
    order = np.argsort(clusters.low[rows], kind="stable")  # undated ones last
    blocks = range(0, len(rows), _BLOCK)
    for at in progress(blocks, "events", total=len(blocks), unit="block"):
        places = order[at : at + _BLOCK]
        some = rows[places]
        low, high = clusters.low[some][0] - max_days, clusters.low[some][-1] + max_days
        undated = np.isinf(clusters.low) | np.isinf(high)
        columns = np.flatnonzero(undated | ((clusters.low >= low) & (clusters.low <= high)))
        dated, either = 1 / bars[0] - 1 / bars[1], 1 / bars[1]
        mean = either * (clusters.total[some] @ clusters.total[columns].T).toarray()
        mean += dated * (clusters.dated[some] @ clusters.dated[columns].T).toarray()
        mean /= np.outer(clusters.size[some], clusters.size[columns])
        first = np.minimum(clusters.low[some][:, None], clusters.low[columns])
        last = np.maximum(clusters.high[some][:, None], clusters.high[columns])
        mean[(last - first > max_days) | (some[:, None] == columns)] = -np.inf
        mean = mean.round(9)  # the same from both sides; of equal ones the first
        chosen = mean.argmax(axis=1)
        best[places], value[places] = columns[chosen], mean[np.arange(len(some)), chosen]
    return best, value


def _frame(articles: pd.DataFrame, group: np.ndarray, vectors: Any, words: list[str]) -> pd.DataFrame:
    from scipy.sparse import csr_array

    table = articles[["article_id", "source", "published"]].assign(group=pd.factorize(group)[0])
    one = table.groupby("group")
    table["n_articles"] = one["article_id"].transform("size")
    table["n_sources"] = one["source"].transform("nunique")
    table["first"] = one["published"].transform("min")
    undated = table["published"].isna().groupby(table["group"]).transform("any")
    table["basis"] = np.where(undated, "text alone", "text and dates")
    table.loc[table["n_articles"] == 1, "basis"] = "alone"
    which = table["group"].to_numpy()
    members = csr_array((np.ones(len(which)), (which, np.arange(len(which)))), shape=(one.ngroups, len(which)))
    centres = csr_array(members @ vectors)
    length = np.sqrt(np.asarray((centres * centres).sum(axis=1)).ravel())
    inner = np.asarray((vectors * centres[which]).sum(axis=1)).ravel()
    has_words = np.diff(vectors.indptr) > 0
    table["similarity"] = np.where(has_words, np.minimum(inner / np.where(length > 0, length, 1)[which], 1), np.nan)
    labels = _labels(centres, words)
    table["terms"] = [labels[number] for number in which]
    table = table.sort_values(["first", "group", "published", "article_id"], na_position="last", ignore_index=True)
    table["event"] = pd.factorize(table["group"])[0] + 1
    return build("same_event", table.drop(columns=["group", "first"]))


def _labels(centres: Any, words: list[str]) -> list[str]:
    """The heaviest words of each event; what stands behind the words in the vectors is left aside."""
    labels = []
    for low, high in pairwise(centres.indptr.tolist()):
        column, weight = centres.indices[low:high], centres.data[low:high]
        weight, column = weight[column < len(words)], column[column < len(words)]
        best = np.lexsort((column, -weight.round(9)))[:_LABEL]
        labels.append(", ".join(words[at] for at in column[best]))
    return labels
