"""Which articles are about the same event."""

from __future__ import annotations

from collections.abc import Iterator
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
_FAR = 1e6  # a distance that no average makes up for
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


def _groups(vectors: Any, days: np.ndarray, max_days: int, bars: tuple[float, float]) -> np.ndarray:
    """The number of the group of each article."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial.distance import squareform

    n = vectors.shape[0]
    a, b = np.hstack([np.empty((2, 0), dtype=np.int64), *map(np.array, _alike(vectors, days, max_days, bars))])
    # groups whose pairs reach the bar on average have a pair that does: each chain of such pairs is looked at alone
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    _, chain = connected_components(graph, directed=False)
    group = np.arange(n)
    order = np.argsort(chain, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(chain[order])) + 1):
        if len(members) < 2:
            continue
        top = 1 / min(bars)
        distance = top - _relative(vectors, members, members, days, max_days, bars)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
        label = fcluster(tree, top - 1 + 1e-9, "distance")
        for number in np.unique(label):
            inside = members[label == number]
            group[inside] = inside[0]
    return group


def _alike(
    vectors: Any, days: np.ndarray, max_days: int, bars: tuple[float, float]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The pairs of articles that reach the bar, by blocks of days that are near each other."""
    order = np.argsort(days, kind="stable")  # undated ones last
    n_dated = int(np.isfinite(days).sum())
    dates = days[order[:n_dated]]
    for at in progress(range(0, len(order), _BLOCK), "events", total=-(-len(order) // _BLOCK), unit="block"):
        rows = order[at : at + _BLOCK]
        # a dated article meets those before it and the undated ones; an undated one meets everything
        low = int(np.searchsorted(dates, days[rows[0]] - max_days)) if at + len(rows) <= n_dated else 0
        columns = order[low : at + len(rows)]
        found = _relative(vectors, rows, columns, days, max_days, bars) >= 1
        row, column = np.nonzero(found)
        yield rows[row], columns[column]


def _relative(
    vectors: Any, rows: np.ndarray, columns: np.ndarray, days: np.ndarray, max_days: int, bars: tuple[float, float]
) -> np.ndarray:
    """The cosine of each pair over the bar that it has to reach; far below 0 where days are too far apart."""
    cosine = (vectors[rows] @ vectors[columns].T).toarray()
    apart = np.abs(days[rows][:, None] - days[columns][None, :])
    dated = np.isfinite(apart)
    relative = cosine / np.where(dated, bars[0], bars[1])
    relative[dated & (apart > max_days)] = -_FAR
    return relative


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
