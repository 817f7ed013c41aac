"""Which words carry a score: how often each stands, how much it weighs, and what the mean would be without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from .frames import FrameError, build, group_keys, labels, require
from .sentiment_engines import EMPHASIS, Word, combine
from .sentiment_words import sentence_words

_GROUP = ["engine", "term"]


def drivers(
    words: pd.DataFrame, *, by: str | Iterable[str] | None = None, articles: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The words that carry the mean polarity of a corpus, or of each group of it.

    Parameters
    ----------
    words
        One row per word behind a score, made by `sentiment_words(sentences)`.
    by
        One or several columns of `articles`, such as "source": the words of each group. None: all articles together.
    articles
        Where to look `by` up.

    Returns
    -------
    One row per group, engine and term, those with the largest effect first: n (times it counts), n_articles, weight
    (mean weight, after the rules), total (sum of its contributions to the polarity of sentences), share (of the
    contributions of all words, signs left aside), mean (polarity of the group: mean of the article means, as
    `summaries` has it), mean_without (the same when the term does not count, as `sentiment(…, ignore={term})` has it,
    computed anew for every sentence by the engine's formula; sentences and articles that have no other word drop out),
    effect (mean less mean_without: what the term adds to the mean; NaN when nothing else is scored).

    Raises
    ------
    FrameError
        A column is missing, or `by` is not found in `articles`.
    """
    require(words, "sentiment_words")
    keys = group_keys(by, "drivers", [] if articles is None else articles.columns)
    sentences, changes = _changes(words)
    if sentences.empty:
        return build("drivers", {key: pd.Series(dtype="str") for key in keys})
    for key in keys:
        known = labels(articles[key]).set_axis(articles["article_id"])  # type: ignore[index]
        for table in (sentences, changes):
            if missing := set(table["article_id"]) - set(known.index):
                raise FrameError(f"articles: no article {min(missing)!r}. Pass the articles that the words came from.")
            table[key] = table["article_id"].map(known)
    means = _means(sentences, [*keys, "engine"])
    found = _without(sentences, changes, means, [*keys, "engine"])
    found = found.merge(_counts(changes, keys), on=[*keys, *_GROUP])
    found["size"] = found["effect"].abs().fillna(0)
    order = [*keys, "engine", "size", "term"]
    found = found.sort_values(order, ascending=[*[True] * (len(keys) + 1), False, True], kind="stable")
    return build("drivers", found.drop(columns="size").reset_index(drop=True))


def _changes(words: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The polarity of each sentence, and what it would be without each of its terms (NaN without any other word)."""
    sentences, changes = [], []
    for (article_id, _, engine), group in sentence_words(words):
        formula, own = group[0][0], [word for _, word in group]
        score = combine(own, formula)
        if not score.n_scored:
            continue
        sentences.append((article_id, engine, score.polarity))
        changes += [(article_id, engine, score.polarity, *change) for change in _each_without(own, formula)]
    columns = ["article_id", "engine", "polarity"]
    return pd.DataFrame(sentences, columns=columns), pd.DataFrame(
        changes, columns=[*columns, "term", "without", "n", "weight", "contribution", "size"]
    )


def _each_without(words: list[Word], formula: str) -> Iterator[tuple[str, float, int, float, float, float]]:
    added = combine(words, formula).contributions
    for term in dict.fromkeys(word.term for word in words if word.rule != EMPHASIS):
        own = [word.term == term and word.rule != EMPHASIS for word in words]
        left = combine([word for word, mine in zip(words, own, strict=True) if not mine], formula)
        weight = sum(word.weight for word, mine in zip(words, own, strict=True) if mine)
        parts = [part for part, mine in zip(added, own, strict=True) if mine]
        yield term, left.polarity, len(parts), weight, sum(parts), sum(map(abs, parts))


def _means(sentences: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The mean of the article means of each group, and how many articles it is made of."""
    by_article = sentences.groupby([*keys, "article_id"])["polarity"].mean().reset_index()
    return by_article.groupby(keys)["polarity"].agg(mean="mean", n_scored="count").reset_index()


def _without(sentences: pd.DataFrame, changes: pd.DataFrame, means: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The mean of each group when a term does not count: only the articles that have it change."""
    own = sentences.groupby([*keys, "article_id"])["polarity"].agg(["sum", "count"]).reset_index()
    change = (changes["without"].fillna(0) - changes["polarity"]).rename("change")
    lost = changes["without"].isna().rename("lost")
    parts = pd.concat([changes[[*keys, "article_id", "term"]], change, lost], axis=1)
    parts = parts.groupby([*keys, "term", "article_id"], sort=False)[["change", "lost"]].sum().reset_index()
    parts = parts.merge(own, on=[*keys, "article_id"])
    left = parts["count"] - parts["lost"]
    new = ((parts["sum"] + parts["change"]) / left.where(left > 0)).fillna(0)
    parts["moved"] = new - parts["sum"] / parts["count"]
    parts["gone"] = left == 0
    found = parts.groupby([*keys, "term"], sort=False)[["moved", "gone"]].sum().reset_index().merge(means, on=keys)
    remaining = found["n_scored"] - found["gone"]
    total = found["mean"] * found["n_scored"] + found["moved"]
    found["mean_without"] = np.where(remaining > 0, total / remaining.where(remaining > 0), np.nan)
    found["effect"] = found["mean"] - found["mean_without"]
    return found.drop(columns=["moved", "gone", "n_scored"])


def _counts(changes: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    grouped = changes.groupby([*keys, *_GROUP], sort=False)
    found = grouped.agg(
        n=("n", "sum"),
        n_articles=("article_id", "nunique"),
        weight=("weight", "sum"),
        total=("contribution", "sum"),
        size=("size", "sum"),
    ).reset_index()
    found["weight"] /= found["n"]
    found["share"] = found["size"] / found.groupby([*keys, "engine"])["size"].transform("sum")
    return found.drop(columns="size")
