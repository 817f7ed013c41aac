"""How often actors are named, and who is named together."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .actor_registry import FORMS, REFERENCES
from .frames import as_list, build, group_keys, labels, require
from .text import tokens


def mention_counts(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often each actor is named, in all articles or in each group of them.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        The articles they were found in, also those that name nobody: they count towards per_1000. Mentions in other
        articles are left out.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    forms
        Count only these forms (name, surname, variant, title, metonym, demonym, description, pronoun); None counts all
        but descriptions and pronouns. Leave out demonym to count Russia without "Russian forces".

    Returns
    -------
    One row per (group and) actor, most mentions first within the group: the `by` columns, actor, type, n, per_1000
    (mentions per 1,000 tokens of the group), n_articles (articles of the group that name the actor).

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        `forms` holds a word that is no form.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(articles, "articles", "article_id", "text")
    keys, wanted = group_keys(by, "mention_counts", articles.columns), FORMS if forms is None else as_list(forms)
    unknown = [form for form in wanted if form not in (*FORMS, *REFERENCES)]
    if unknown:
        raise ValueError(f"forms: {unknown[0]!r} is none of {', '.join((*FORMS, *REFERENCES))}.")
    # private names: a column of articles may be called as one that the steps below make, such as size or article_id
    private = [f"group {number}" for number in range(len(keys))]
    groups = articles[["article_id"]].assign(
        **{name: labels(articles[key]) for name, key in zip(private, keys, strict=True)}
    )
    rows = mentions.loc[mentions["form"].isin(wanted), ["article_id", "actor", "type"]].merge(groups, on="article_id")
    counts = rows.groupby([*private, "actor"], sort=False, as_index=False).agg(
        type=("type", "first"), n=("actor", "size"), n_articles=("article_id", "nunique")
    )
    words = tokens(articles).groupby("article_id").size()
    sizes = groups.assign(size=groups["article_id"].map(words).fillna(0).astype("int64"))
    if private:
        group_sizes = sizes.groupby(private, as_index=False)["size"].sum()
        total = counts.merge(group_sizes, on=private, how="left")["size"].to_numpy()
    else:
        total = sizes["size"].sum()
    counts["per_1000"] = 1000 * counts["n"] / total
    order = counts.sort_values([*private, "n", "actor"], ascending=[True] * len(keys) + [False, True])
    named = order.rename(columns=dict(zip(private, keys, strict=True)))
    return build("mention_counts", named.reset_index(drop=True))


def co_mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Which actors are named in the same sentences.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the forms or types you want to pair.

    Returns
    -------
    One row per pair of different actors named in one sentence at least once, most sentences first: actor_a and
    actor_b (actor_a comes first in code-point order), n_sentences, n_articles.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(mentions, "mentions", "article_id", "sentence_no", "actor")
    named = mentions[["article_id", "sentence_no", "actor"]].drop_duplicates()
    pairs = named.merge(named, on=["article_id", "sentence_no"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    counts = pairs.groupby(["actor_a", "actor_b"], as_index=False).agg(
        n_sentences=("article_id", "size"), n_articles=("article_id", "nunique")
    )
    order = counts.sort_values(
        ["n_sentences", "n_articles", "actor_a", "actor_b"], ascending=[False, False, True, True]
    )
    return build("co_mentions", order.reset_index(drop=True))
