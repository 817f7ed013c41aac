"""How often actors are named, and who is named together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .actor_registry import FORMS, REFERENCES
from .frames import as_list, build, group_keys, labels, require
from .text import code_tokens

# a description and a pronoun name nobody, and a capital that is only a place names no government
UNCOUNTED = (*REFERENCES, "place")
COUNTED = tuple(form for form in FORMS if form not in UNCOUNTED)


def counted_mentions(mentions: pd.DataFrame, *, forms: str | Iterable[str] | None = None) -> pd.DataFrame:
    """The mentions that are counted: what every summary of actors counts unless `forms` says otherwise.

    Pass it as `among=` to `evidence`, so that the sentences shown are those that were counted.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    forms
        Count only these forms: name, surname, variant, title, metonym, demonym, description, pronoun, place. None
        counts the first six: a description and a pronoun do not name, and a capital in the form place ("landing in
        Moscow") is no actor. Leave out demonym to count Russia without "Russian forces".

    Returns
    -------
    The rows of `mentions` in these forms, in their order and with all their columns.

    Raises
    ------
    FrameError
        The column form is missing.
    ValueError
        `forms` holds a word that is no form.
    """
    require(mentions, "mentions", "form")
    known = (*COUNTED, *UNCOUNTED)
    wanted = COUNTED if forms is None else as_list(forms)
    unknown = [form for form in wanted if form not in known]
    if unknown:
        raise ValueError(f"forms: {unknown[0]!r} is none of {', '.join(known)}.")
    return mentions[mentions["form"].isin(wanted)]


def grouped_articles(articles: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """article_id and the group labels of each article, and the names of the columns that hold the labels.

    Private names: a column of articles may be called as one that a count makes, such as size or article_id.
    """
    private = [f"group {number}" for number in range(len(keys))]
    values = {name: labels(articles[key]) for name, key in zip(private, keys, strict=True)}
    return articles[["article_id"]].assign(**values), private


def token_counts(articles: pd.DataFrame) -> pd.Series:
    """Tokens of each article, by article_id."""
    coded = code_tokens(articles if "title" in articles else articles.assign(title=None))
    return pd.Series(np.bincount(coded.article, minlength=len(coded.ids)), index=pd.Index(coded.ids, dtype="str"))


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
        Count only these forms, as in `counted_mentions`; None counts all but description, pronoun and place.

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
    keys = group_keys(by, "mention_counts", articles.columns)
    groups, private = grouped_articles(articles, keys)
    rows = counted_mentions(mentions, forms=forms)[["article_id", "actor", "type"]].merge(groups, on="article_id")
    counts = rows.groupby([*private, "actor"], sort=False, as_index=False).agg(
        type=("type", "first"), n=("actor", "size"), n_articles=("article_id", "nunique")
    )
    sizes = groups.assign(size=groups["article_id"].map(token_counts(articles)).fillna(0).astype("int64"))
    if private:
        group_sizes = sizes.groupby(private, as_index=False)["size"].sum()
        total = counts.merge(group_sizes, on=private, how="left")["size"].to_numpy()
    else:
        total = sizes["size"].sum()
    counts["per_1000"] = 1000 * counts["n"] / total
    order = counts.sort_values([*private, "n", "actor"], ascending=[True] * len(keys) + [False, True])
    named = order.rename(columns=dict(zip(private, keys, strict=True)))
    return build("mention_counts", named.reset_index(drop=True))


def co_mentions(mentions: pd.DataFrame, *, forms: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Which actors are named in the same sentences.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the types you want to pair.
    forms
        Pair only mentions in these forms, as in `counted_mentions`; None leaves out description, pronoun and place.

    Returns
    -------
    One row per pair of different actors named in one sentence at least once, most sentences first: actor_a and
    actor_b (actor_a comes first in code-point order), n_sentences, n_articles.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `forms` holds a word that is no form.
    """
    require(mentions, "mentions", "article_id", "sentence_no", "actor", "form")
    named = counted_mentions(mentions, forms=forms)[["article_id", "sentence_no", "actor"]].drop_duplicates()
    pairs = named.merge(named, on=["article_id", "sentence_no"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    counts = pairs.groupby(["actor_a", "actor_b"], as_index=False).agg(
        n_sentences=("article_id", "size"), n_articles=("article_id", "nunique")
    )
    order = counts.sort_values(
        ["n_sentences", "n_articles", "actor_a", "actor_b"], ascending=[False, False, True, True]
    )
    return build("co_mentions", order.reset_index(drop=True))
