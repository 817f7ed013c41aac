"""Who speaks, how much and in what kind of quotation; women and men; who is named and never speaks."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .actor_counts import counted_mentions, grouped_articles
from .frames import build, group_keys, require
from .quote_shares import shares
from .quote_words import KINDS, quoted_words, speaker_names


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
    One row per (group and) speaker, most words first: the `by` columns, speaker, n (quotations), n_direct, n_partial,
    n_indirect, n_words, n_words_direct, n_words_partial, n_words_indirect, share (of all words quoted in the group),
    ci_low and ci_high (95 %, articles as draws: `share_interval`), n_articles (that quote the speaker),
    n_articles_all (that quote anybody), caveat. Speakers without a name are counted together by kind: "(unnamed)",
    "(collective)", "(document)" …, and "(nobody)" where the article says nothing. A partial quotation inside an
    indirect one of the same article is a quotation of its own, but its words count once.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(quotes, "quotes", "article_id", "start", "end", "text", "kind", "speaker", "speaker_kind")
    require(articles, "articles", "article_id")
    keys = group_keys(by, "quote_counts", articles.columns)
    groups, private = grouped_articles(articles, keys)
    n_words = quoted_words(quotes)
    rows = pd.DataFrame({"article_id": quotes["article_id"], "speaker": speaker_names(quotes), "n_words": n_words})
    for kind in KINDS:
        rows[f"n_{kind}"] = (quotes["kind"] == kind).astype("int64")
        rows[f"n_words_{kind}"] = rows["n_words"] * rows[f"n_{kind}"]
    rows = rows.merge(groups, on="article_id")
    sums = {name: (name, "sum") for name in rows.columns if name.startswith("n_")}
    counts = rows.groupby([*private, "speaker"], sort=False, as_index=False).agg(
        n=("speaker", "size"), **sums, n_articles=("article_id", "nunique")
    )
    whole = rows.groupby([*private, "article_id"], as_index=False)["n_words"].sum().rename(columns={"n_words": "x"})
    part = rows.groupby([*private, "speaker", "article_id"], as_index=False)["n_words"].sum()
    known = shares(part.rename(columns={"n_words": "y"}), whole, private, names=["speaker"], what="quotations")
    counts = counts.merge(known, on=[*private, "speaker"], how="left")
    order = counts.sort_values([*private, "n_words", "speaker"], ascending=[True] * len(keys) + [False, True])
    named = order.rename(columns=dict(zip(private, keys, strict=True)))
    return build("quote_counts", named.reset_index(drop=True))


def unquoted(
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Who is named and never quoted, in all articles or in each group of them.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the types you ask about.
    quotes
        One row per quotation, made by `quotes(articles)`.
    articles
        The articles both were found in.
    by
        One or several columns of `articles`; an actor quoted in one group may be silent in another.
    forms
        Count only mentions of these forms, as in `counted_mentions`.

    Returns
    -------
    One row per (group and) actor without a quotation, most mentions first: the `by` columns, actor, type, n_mentions,
    n_articles.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(quotes, "quotes", "article_id", "speaker")
    groups, private = grouped_articles(articles, keys := group_keys(by, "unquoted", articles.columns))
    named = counted_mentions(mentions, forms=forms)[["article_id", "actor", "type"]].merge(groups, on="article_id")
    counts = named.groupby([*private, "actor"], sort=False, as_index=False).agg(
        type=("type", "first"), n_mentions=("actor", "size"), n_articles=("article_id", "nunique")
    )
    spoke = quotes[["article_id", "speaker"]].dropna().merge(groups, on="article_id")
    heard = set(spoke[[*private, "speaker"]].itertuples(index=False, name=None))
    silent = [row not in heard for row in counts[[*private, "actor"]].itertuples(index=False, name=None)]
    counts = counts[pd.Series(silent, index=counts.index, dtype="bool")]
    order = counts.sort_values([*private, "n_mentions", "actor"], ascending=[True] * len(keys) + [False, True])
    return build("unquoted", order.rename(columns=dict(zip(private, keys, strict=True))).reset_index(drop=True))
