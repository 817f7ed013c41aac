"""What the articles of a source are made of: words in quotations, actors, tone, hard words, copies."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .duplicates import near_duplicates
from .frames import require
from .languages import english_articles
from .term_readability import readability
from .text import code_tokens
from .uncertainty import summaries


def words_of_articles(articles: pd.DataFrame, quotes: pd.DataFrame | None) -> dict[str, np.ndarray]:
    """n_words of each article and, where quotes are given, n_quoted: those in direct and partial quotations."""
    coded = code_tokens(articles)
    n_words = np.bincount(coded.article, minlength=len(coded.ids))
    if quotes is None:
        return {"n_words": n_words}
    require(quotes, "quotes", "article_id", "kind", "start", "end")
    inside = np.zeros(len(coded.start), dtype=bool)
    bounds = np.append(coded.first, len(coded.start))
    row = {article_id: number for number, article_id in enumerate(coded.ids)}
    spoken = quotes[quotes["kind"].isin(["direct", "partial"])]
    for article_id, start, end in zip(spoken["article_id"], spoken["start"], spoken["end"], strict=True):
        if article_id in row:
            low, high = bounds[row[article_id]], bounds[row[article_id] + 1]
            first, last = np.searchsorted(coded.start[low:high], [start, end])
            inside[low + first : low + last] = True
    return {"n_words": n_words, "n_quoted": np.bincount(coded.article[inside], minlength=len(coded.ids))}


def actors_by_source(mentions: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """How many different actors each source names."""
    require(mentions, "mentions", "article_id", "actor")
    source = mentions["article_id"].map(table.set_index("article_id")["source"])
    return mentions["actor"].groupby(source).nunique()


def hardness(articles: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """The median LIX of the articles of each source; of those in other languages than English none is known."""
    english = english_articles(articles)
    lix = readability(english).set_index("article_id")["lix"] if len(english) else pd.Series(dtype="float64")
    return table["article_id"].map(lix).astype("float64").groupby(table["source"]).median()


def polarity_by_source(sentiment: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """engine, polarity with its interval and n_scored of each source that has a score."""
    require(sentiment, "sentiment", "article_id", "engine", "polarity")
    own = sentiment[sentiment["article_id"].isin(table["article_id"])][["article_id", "engine", "polarity"]]
    found = summaries(own, by="source", articles=table).set_index("source")
    names = {"value": "polarity", "ci_low": "polarity_low", "ci_high": "polarity_high", "n_articles": "n_scored"}
    engine = sentiment["engine"].iloc[0] if len(sentiment) else None
    found = found[list(names)].rename(columns=names).reindex(sorted(table["source"].unique()))
    return found.assign(n_scored=found["n_scored"].fillna(0).astype("int64"), engine=engine)


def independence(articles: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """n_independent and duplicate_share of each source."""
    cluster = table["article_id"].map(near_duplicates(articles).set_index("article_id")["cluster"]).astype("float64")
    copies = cluster.notna().groupby(table["source"])
    different = cluster.groupby(table["source"]).nunique()
    return pd.DataFrame({"n_independent": copies.size() - copies.sum() + different, "duplicate_share": copies.mean()})
