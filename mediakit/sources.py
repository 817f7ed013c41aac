"""Sources side by side: what each one is made of, how alike they are, which passages they share."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pandas as pd

from .frames import build, labels, require
from .progress import progress
from .terms import term_counts, tf_idf
from .text import sentences, tokens


def source_profile(articles: pd.DataFrame, *, by: str = "source") -> pd.DataFrame:
    """What each source brought into the corpus.

    Parameters
    ----------
    articles
        One row per article.
    by
        The column that names the source; missing values form the source "unknown".

    Returns
    -------
    One row per source, most articles first: source, n_articles, n_words, n_sentences, words_per_article,
    words_per_sentence (means), n_undated, first_published, last_published (NaT when no article is dated).

    Raises
    ------
    FrameError
        A column of `articles` is missing.
    """
    require(articles, "articles")
    require(articles, "articles", by)
    words = tokens(articles).groupby("article_id").size()
    sents = sentences(articles).groupby("article_id").size()
    table = pd.DataFrame(
        {
            "source": labels(articles[by]),
            "published": articles["published"],
            "n_words": articles["article_id"].map(words).fillna(0).astype("int64"),
            "n_sentences": articles["article_id"].map(sents).fillna(0).astype("int64"),
        }
    )
    profile = table.groupby("source").agg(
        n_articles=("source", "size"),
        n_words=("n_words", "sum"),
        n_sentences=("n_sentences", "sum"),
        n_undated=("published", lambda dates: int(dates.isna().sum())),
        first_published=("published", "min"),
        last_published=("published", "max"),
    )
    profile["words_per_article"] = profile["n_words"] / profile["n_articles"]
    profile["words_per_sentence"] = profile["n_words"] / profile["n_sentences"].where(profile["n_sentences"] > 0)
    order = profile.reset_index().sort_values(["n_articles", "source"], ascending=[False, True])
    return build("source_profile", order.reset_index(drop=True))


def source_similarity(articles: pd.DataFrame, *, by: str = "source", min_tokens: int = 8) -> pd.DataFrame:
    """How alike the vocabulary of each pair of sources is, and how many passages they share word for word.

    Parameters
    ----------
    articles
        One row per article.
    by
        The column that names the source; missing values form the source "unknown".
    min_tokens
        The shortest passage that counts as shared.

    Returns
    -------
    One row per pair of sources, most similar first: source_a, source_b, cosine (of the tf-idf vectors of all their
    text, English stop words left out; from 0 to 1, NaN when a source has no words), shared_passages. Two articles about
    one event share much of their vocabulary whoever wrote them: compare pairs with each other, not with 0.

    Raises
    ------
    FrameError
        A column of `articles` is missing.
    """
    from scipy.sparse import coo_array

    require(articles, "articles")
    require(articles, "articles", by)
    labelled = articles.assign(source=labels(articles[by]))
    weights = tf_idf(term_counts(labelled, by="source"), by="source")
    names = sorted(labelled["source"].unique())
    rows = pd.Categorical(weights["source"], categories=names).codes
    columns, vocabulary = pd.factorize(weights["term"])
    matrix = coo_array((weights["tf_idf"], (rows, columns)), shape=(len(names), len(vocabulary))).tocsr()
    cosine = (matrix @ matrix.T).toarray()
    has_words = np.isin(np.arange(len(names)), rows)
    shared = _shared_by_source(reused_passages(labelled, min_tokens=min_tokens), labelled)
    records = [
        {
            "source_a": names[a],
            "source_b": names[b],
            "cosine": min(cosine[a, b], 1.0) if has_words[a] and has_words[b] else np.nan,
            "shared_passages": shared.get((names[a], names[b]), 0),
        }
        for a, b in combinations(range(len(names)), 2)
    ]
    result = build("source_similarity", records)
    return result.sort_values(["cosine", "source_a", "source_b"], ascending=[False, True, True]).reset_index(drop=True)


def _shared_by_source(passages: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, str], int]:
    source = articles.set_index("article_id")["source"]
    pairs = pd.DataFrame({"a": passages["article_a"].map(source), "b": passages["article_b"].map(source)})
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for a, b in zip(pairs["a"], pairs["b"], strict=True):
        counts[min(a, b), max(a, b)] += 1
    return counts


def reused_passages(articles: pd.DataFrame, *, min_tokens: int = 8, max_articles: int = 50) -> pd.DataFrame:
    """Passages that two articles have word for word, longest first.

    Parameters
    ----------
    articles
        One row per article.
    min_tokens
        The shortest passage, in tokens. Case, punctuation and line breaks do not matter.
    max_articles
        A run of `min_tokens` words that stands in more articles than this is a template, not reuse, and starts no
        passage: its pairs would grow with the square of the articles.

    Returns
    -------
    One row per passage and pair of articles: article_a, start_a, end_a, article_b, start_b, end_b, n_tokens, text (as
    in a). Passages are as long as they can be; `article_a` stands before `article_b` in `articles`.

    Raises
    ------
    FrameError
        A column of `articles` is missing.
    """
    require(articles, "articles")
    words = tokens(articles)
    article, _ = pd.factorize(words["article_id"])
    term, _ = pd.factorize(words["term"])
    grams = _windows(article, term, min_tokens)
    runs = _runs(grams, article, max_articles)
    start, end = words["start"].to_numpy(), words["end"].to_numpy()
    ids, texts = words["article_id"].to_numpy(), articles.set_index("article_id")["text"]
    records = [
        {
            "article_a": ids[a],
            "start_a": start[a],
            "end_a": end[a + length - 1],
            "article_b": ids[b],
            "start_b": start[b],
            "end_b": end[b + length - 1],
            "n_tokens": length,
            "text": texts[ids[a]][start[a] : end[a + length - 1]],
        }
        for a, b, length in ((a, b, count + min_tokens - 1) for a, b, count in runs)
    ]
    result = build("reused_passages", records)
    order = result.sort_values(
        ["n_tokens", "article_a", "start_a", "article_b"], ascending=[False, True, True, True], kind="stable"
    )
    return order.reset_index(drop=True)


def _windows(article: np.ndarray, term: np.ndarray, size: int) -> dict[bytes, list[int]]:
    """Where each run of `size` words that lies within one article and stands more than once begins."""
    if len(term) < size:
        return {}
    windows = np.lib.stride_tricks.sliding_window_view(term.astype(np.int64), size)
    inside = article[: len(windows)] == article[size - 1 :]
    places: dict[bytes, list[int]] = defaultdict(list)
    for place in np.flatnonzero(inside):
        places[windows[place].tobytes()].append(int(place))
    return {gram: found for gram, found in places.items() if len(found) > 1}


def _runs(grams: dict[bytes, list[int]], article: np.ndarray, max_articles: int) -> list[tuple[int, int, int]]:
    """(place in a, place in b, number of windows) of each longest run of equal windows of two articles."""
    diagonals: dict[int, list[int]] = defaultdict(list)
    for found in progress(grams.values(), "passages", unit="passage"):
        if len(set(article[found])) <= max_articles:
            for a, b in combinations(found, 2):
                if article[a] != article[b]:
                    diagonals[b - a].append(a)
    runs = []
    for offset, places in diagonals.items():
        places.sort()
        begin = previous = places[0]
        for place in [*places[1:], -1]:
            # a run ends where places stop following each other, or at the end of either article
            same = place == previous + 1 and article[place] == article[begin]
            if same and article[place + offset] == article[begin + offset]:
                previous = place
                continue
            runs.append((begin, begin + offset, previous - begin + 1))
            begin = previous = place
    return runs


def shared_terms(articles: pd.DataFrame, source_a: str, source_b: str, *, by: str = "source") -> pd.DataFrame:
    """The terms that make two sources alike: what their cosine is made of.

    Parameters
    ----------
    articles
        One row per article, of all sources: a term's weight depends on how many have it.
    source_a, source_b
        Two values of `by`.
    by
        The column that names the source.

    Returns
    -------
    One row per term that both have, largest share first: term, n_a, n_b (occurrences), contribution (to the cosine of
    `source_similarity`; they add up to it).

    Raises
    ------
    FrameError
        A column of `articles` is missing.
    ValueError
        There is no such source.
    """
    require(articles, "articles")
    require(articles, "articles", by)
    labelled = articles.assign(source=labels(articles[by]))
    for name in (source_a, source_b):
        if name not in set(labelled["source"]):
            raise ValueError(f"{by} {name!r} is not in articles; there are {sorted(labelled['source'].unique())}.")
    weights = tf_idf(term_counts(labelled, by="source"), by="source").set_index("term")
    a, b = (weights.loc[weights["source"] == name, ["n", "tf_idf"]] for name in (source_a, source_b))
    both = a.merge(b, left_index=True, right_index=True, suffixes=("_a", "_b"))
    both["contribution"] = both.pop("tf_idf_a") * both.pop("tf_idf_b")
    return build("shared_terms", both.reset_index().sort_values("contribution", ascending=False, ignore_index=True))
