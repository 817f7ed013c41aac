"""Sources side by side: what each one is made of, how alike they are, which passages they share."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pandas as pd

from .frames import build, labels, require
from .languages import require_english
from .progress import progress
from .source_kinds import passage_kinds
from .source_likeness import corrected_cosines, group_matrix, jensen_shannon, term_matrix, tf_idf_cosines
from .source_profiles import actors_by_source, hardness, independence, polarity_by_source, words_of_articles
from .term_diversity import lexical_diversity
from .terms import term_counts, tf_idf
from .text import sentences, tokens


def source_profile(
    articles: pd.DataFrame,
    *,
    by: str = "source",
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    sentiment: pd.DataFrame | None = None,
    vocabulary: bool = True,
    duplicates: bool = True,
) -> pd.DataFrame:
    """What each source brought into the corpus.

    Parameters
    ----------
    articles
        One row per article.
    by
        The column that names the source; missing values form the source "unknown".
    mentions, quotes
        The frames made by `mentions(articles)` and `quotes(articles)`; without one, its column is left out.
    sentiment
        The scores of one engine, from `sentiment(sentences(articles), engine=…)`; without it there is no polarity.
    vocabulary, duplicates
        Whether to look at vocabulary and readability, and for near-duplicates: both take time.

    Returns
    -------
    One row per source, most articles first: source, n_articles, n_words, n_sentences, words_per_article,
    words_per_sentence (means), n_undated, first_published, last_published (NaT when no article is dated); n_actors,
    different actors that `mentions` has; quote_share, words in direct and partial quotations over all words;
    mtld_median of the articles with 50 words or more (`lexical_diversity`); lix_median of the articles (`readability`:
    40 to 50 is usual in newspapers; NaN where an article is not known to be English); engine, polarity, polarity_low,
    polarity_high and n_scored (articles), as `summaries` gives them: mean of the article means with its 95 % interval,
    NaN below 5 articles, or 10 scored sentences of one article, of which it then speaks alone; n_independent, articles
    when near-duplicates within the source count as one; duplicate_share, articles that have a near-duplicate in any
    source. These describe the corpus; whether sources differ is asked of articles, with `differences`.

    Raises
    ------
    FrameError
        A column of a frame is missing.
    ValueError
        `sentiment` holds the scores of several engines.
    """
    require(articles, "articles")
    require(articles, "articles", by)
    sents = sentences(articles).groupby("article_id").size()
    table = pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "source": labels(articles[by]),
            "published": articles["published"],
            "n_sentences": articles["article_id"].map(sents).fillna(0).astype("int64"),
        }
    )
    table = table.assign(**words_of_articles(articles, quotes))
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
    if quotes is not None:
        quoted = table.groupby("source")["n_quoted"].sum()
        profile["quote_share"] = quoted / profile["n_words"].where(profile["n_words"] > 0)
    if mentions is not None:
        profile["n_actors"] = actors_by_source(mentions, table).reindex(profile.index, fill_value=0)
    if vocabulary:
        mtld = lexical_diversity(articles).set_index("article_id")["mtld"]
        profile["mtld_median"] = table["article_id"].map(mtld).astype("float64").groupby(table["source"]).median()
        profile["lix_median"] = hardness(articles, table)
    if sentiment is not None:
        profile = profile.join(polarity_by_source(sentiment, table))
    if duplicates:
        profile = profile.join(independence(articles, table))
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
    One row per pair of sources, most similar first: source_a, source_b, and three measures that leave English stop
    words out: cosine (of the tf-idf vectors of all their text, 0 to 1), js_distance (Jensen–Shannon distance of their
    term distributions, base 2, 0 alike to 1 no word in common), cosine_corrected with ci_low and ci_high; n_a and n_b
    (articles with words), shared_passages, caveat.

    cosine and js_distance depend on the amount of text: sources with more of it look more alike. Use cosine_corrected
    to compare pairs. It is the mean likeness of an article of one source and one of the other, over that of two
    articles of the same source: 1 where an article could be from either, more than 1 by chance. It needs two articles
    on each side, its 95 % interval (jackknife by article) five. All measures are NaN when a source has no words. Two
    articles about one event share much of their vocabulary whoever wrote them: compare pairs with each other.

    Raises
    ------
    FrameError
        A column of `articles` is missing.
    LanguageError
        The column `language` names another language than English.

    References
    ----------
    Lin (1991), Jensen–Shannon divergence; Morisita (1959), likeness by pairs drawn, which does not depend on the
    size of samples.
    """
    labelled = _labelled(articles, by, "source_similarity")
    names = sorted(labelled["source"].unique())
    group_of = pd.Categorical(labelled["source"], categories=names).codes.astype(np.int64)
    counts = term_matrix(labelled)
    sums = group_matrix(group_of, len(names)) @ counts
    cosine, pairs = tf_idf_cosines(sums), list(combinations(range(len(names)), 2))
    distances = jensen_shannon(sums, pairs)
    corrected = corrected_cosines(counts, group_of, len(names), pairs)
    shared = _shared_by_source(reused_passages(labelled, min_tokens=min_tokens, kinds=False), labelled)
    records = [
        {
            "source_a": names[a],
            "source_b": names[b],
            "cosine": cosine[a, b],
            "js_distance": distance,
            "shared_passages": shared.get((names[a], names[b]), 0),
        }
        | more
        for (a, b), distance, more in zip(pairs, distances, corrected, strict=True)
    ]
    result = build("source_similarity", records)
    return result.sort_values(["cosine", "source_a", "source_b"], ascending=[False, True, True]).reset_index(drop=True)


def _labelled(articles: pd.DataFrame, by: str, name: str) -> pd.DataFrame:
    """The articles with their group as `source`, if they can be counted in English; errors speak of `name`."""
    require(articles, "articles")
    require(articles, "articles", by)
    require_english(articles, name, "its stop words are English")
    return articles.assign(source=labels(articles[by]))


def _shared_by_source(passages: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, str], int]:
    source = articles.set_index("article_id")["source"]
    pairs = pd.DataFrame({"a": passages["article_a"].map(source), "b": passages["article_b"].map(source)})
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for a, b in zip(pairs["a"], pairs["b"], strict=True):
        counts[min(a, b), max(a, b)] += 1
    return counts


def reused_passages(
    articles: pd.DataFrame, *, min_tokens: int = 8, max_articles: int = 50, kinds: bool = True
) -> pd.DataFrame:
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
    kinds
        Whether to say what each passage is. It takes a look for near-duplicates and for the templates of each source.

    Returns
    -------
    One row per passage and pair of articles: article_a, start_a, end_a, article_b, start_b, end_b, n_tokens, text (as
    in a), kind. Passages are as long as they can be; `article_a` stands before `article_b` in `articles`. kind is the
    first of these that holds: quote, more than half of it between quotation marks in either article; template, more
    than half of it in what stands in three or more articles of one source that tell different stories, or in
    boilerplate by pattern (a question to the reader before "Share your thoughts" with it); syndicated, the two
    articles are near-duplicates; passage. Two articles that quote or share one agency need not know of each other.

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
    ).reset_index(drop=True)
    return build("reused_passages", order.assign(kind=passage_kinds(order, articles))) if kinds else order


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
    LanguageError
        The column `language` names another language than English.
    ValueError
        There is no such source.
    """
    labelled = _labelled(articles, by, "shared_terms")
    for name in (source_a, source_b):
        if name not in set(labelled["source"]):
            raise ValueError(f"{by} {name!r} is not in articles; there are {sorted(labelled['source'].unique())}.")
    weights = tf_idf(term_counts(labelled, by="source"), by="source").set_index("term")
    a, b = (weights.loc[weights["source"] == name, ["n", "tf_idf"]] for name in (source_a, source_b))
    both = a.merge(b, left_index=True, right_index=True, suffixes=("_a", "_b"))
    both["contribution"] = both.pop("tf_idf_a") * both.pop("tf_idf_b")
    return build("shared_terms", both.reset_index().sort_values("contribution", ascending=False, ignore_index=True))
