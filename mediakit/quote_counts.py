"""Who speaks, how much and in what kind of quotation; women and men; who is named and never speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from .frames import build, group_keys, labels, require

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_KINDS = ("direct", "partial", "indirect")


def quote_counts(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Who speaks, how often, in how many words and in what kind of quotation.

    Parameters
    ----------
    quotes
        One row per quotation, made by `quotes(articles)`; keep only the kinds you want to count.
    articles
        The articles they stand in; quotations in other articles are left out.
    by
        One or several columns of `articles`; missing values form the group "unknown".

    Returns
    -------
    One row per (group and) speaker, most words first: the `by` columns, speaker, n, n_direct, n_partial, n_indirect,
    n_words, share (of all words quoted in the group), n_articles. Speakers without a name are counted together by
    kind: "(unnamed)", "(collective)", "(document)" …, and "(nobody)" where the article says nothing. A partial
    quotation inside an indirect one of the same article is a quotation of its own, but its words count once.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(quotes, "quotes", "article_id", "start", "end", "text", "kind", "speaker", "speaker_kind")
    require(articles, "articles", "article_id")
    keys = group_keys(by, "quote_counts", articles.columns)
    private = [f"group {number}" for number in range(len(keys))]
    groups = _groups(articles, keys, private)
    rows = pd.DataFrame({"article_id": quotes["article_id"], "speaker": _named(quotes), "n_words": _words(quotes)})
    for kind in _KINDS:
        rows[f"n_{kind}"] = (quotes["kind"] == kind).astype("int64")
    rows = rows.merge(groups, on="article_id")
    sums = {f"n_{kind}": (f"n_{kind}", "sum") for kind in _KINDS}
    counts = rows.groupby([*private, "speaker"], sort=False, as_index=False).agg(
        n=("speaker", "size"), **sums, n_words=("n_words", "sum"), n_articles=("article_id", "nunique")
    )
    total = counts.groupby(private)["n_words"].transform("sum") if private else counts["n_words"].sum()
    counts["share"] = counts["n_words"] / total
    order = counts.sort_values([*private, "n_words", "speaker"], ascending=[True] * len(keys) + [False, True])
    named = order.rename(columns=dict(zip(private, keys, strict=True)))
    return build("quote_counts", named.reset_index(drop=True))


def quote_genders(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How much women and men are quoted in each article.

    `summaries(quote_genders(quotes, articles), value="share_women", by="source", articles=articles)` gives the shares
    of the sources with intervals by article, `differences` compares them.

    Parameters
    ----------
    quotes
        One row per quotation, made by `quotes(articles)`.
    articles
        The articles they were found in, also those that quote nobody.

    Returns
    -------
    One row per article, in the order of `articles`: article_id, n_women, n_men, n_unknown (quotations), n_words_women,
    n_words_men, share_women (words of women among those of women and men; NaN where there are none).

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(quotes, "quotes", "article_id", "start", "end", "text", "kind", "gender")
    require(articles, "articles", "article_id")
    ids = pd.Index(articles["article_id"])
    rows = pd.DataFrame({"article_id": quotes["article_id"], "gender": quotes["gender"], "n_words": _words(quotes)})
    groups = {"women": rows["gender"] == "female", "men": rows["gender"] == "male"}
    columns: dict[str, object] = {"article_id": ids}
    for name, chosen in (*groups.items(), ("unknown", ~(groups["women"] | groups["men"]))):
        columns[f"n_{name}"] = rows[chosen].groupby("article_id").size().reindex(ids, fill_value=0).to_numpy()
    for name, chosen in groups.items():
        words = rows[chosen].groupby("article_id")["n_words"].sum().reindex(ids, fill_value=0)
        columns[f"n_words_{name}"] = words.to_numpy()
    counts = pd.DataFrame(columns)
    both = counts["n_words_women"] + counts["n_words_men"]
    counts["share_women"] = counts["n_words_women"] / both.where(both > 0)
    return build("quote_genders", counts)


def unquoted(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Who is named and never quoted, in all articles or in each group of them.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the types or forms you ask about.
    quotes
        One row per quotation, made by `quotes(articles)`.
    articles
        The articles both were found in.
    by
        One or several columns of `articles`; an actor quoted in one group may be silent in another.

    Returns
    -------
    One row per (group and) actor without a quotation, most mentions first: the `by` columns, actor, type, n_mentions,
    n_articles.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(mentions, "mentions", "article_id", "actor", "type")
    require(quotes, "quotes", "article_id", "speaker")
    keys = group_keys(by, "unquoted", articles.columns)
    private = [f"group {number}" for number in range(len(keys))]
    groups = _groups(articles, keys, private)
    named = mentions[["article_id", "actor", "type"]].merge(groups, on="article_id")
    counts = named.groupby([*private, "actor"], sort=False, as_index=False).agg(
        type=("type", "first"), n_mentions=("actor", "size"), n_articles=("article_id", "nunique")
    )
    spoke = quotes[["article_id", "speaker"]].dropna().merge(groups, on="article_id")
    heard = set(spoke[[*private, "speaker"]].itertuples(index=False, name=None))
    silent = [row not in heard for row in counts[[*private, "actor"]].itertuples(index=False, name=None)]
    counts = counts[pd.Series(silent, index=counts.index, dtype="bool")]
    order = counts.sort_values([*private, "n_mentions", "actor"], ascending=[True] * len(keys) + [False, True])
    return build("unquoted", order.rename(columns=dict(zip(private, keys, strict=True))).reset_index(drop=True))


def _groups(articles: pd.DataFrame, keys: list[str], private: list[str]) -> pd.DataFrame:
    """article_id and the group labels, under names that no column of articles has."""
    values = {name: labels(articles[key]) for name, key in zip(private, keys, strict=True)}
    return articles[["article_id"]].assign(**values)


def _named(quotes: pd.DataFrame) -> pd.Series:
    kinds = quotes["speaker_kind"].astype("object").where(quotes["speaker_kind"].notna(), "nobody")
    brackets = "(" + kinds.replace("pronoun", "unnamed").replace("named", "unnamed") + ")"
    return quotes["speaker"].astype("object").where(quotes["speaker"].notna(), brackets)


def _words(quotes: pd.DataFrame) -> list[int]:
    """Words of each quotation, without those of partial ones inside it."""
    counts = [len(_WORD.findall(text)) for text in quotes["text"].tolist()]
    columns = (quotes[name].tolist() for name in ("article_id", "start", "end", "kind"))
    places = list(zip(*columns, strict=True))
    outer: dict[str, tuple[int, int]] = {}  # article → end and row of the last indirect quotation
    order = sorted(range(len(places)), key=lambda row: (str(places[row][0]), places[row][1], -places[row][2]))
    for row in order:
        article_id, _, end, kind = places[row]
        if kind == "indirect":
            outer[article_id] = (end, row)
        elif kind == "partial" and article_id in outer and end <= outer[article_id][0]:
            counts[outer[article_id][1]] = max(0, counts[outer[article_id][1]] - counts[row])
    return counts
