"""Share of voice: which part of all mentions is an actor's; how often each article names an actor, and who differs."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import numpy as np
import pandas as pd

from .actor_counts import counted_mentions, grouped_articles, token_counts
from .actor_intervals import few_articles, ratio_interval
from .actor_registry import builtin_actors
from .frames import as_list, build, group_keys, require
from .uncertainty import differences_of_each

VALUES = ("per_1000", "share", "present")


def actor_shares(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    types: str | Iterable[str] | None = None,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Share of voice: the part of all mentions that is each actor's, in all articles or in each group of them.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        The articles they were found in. Mentions in other articles are left out.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    types
        Only actors of these types, such as "person"; shares are of their mentions. None takes all.
    forms
        Count only these forms, as in `counted_mentions`; None counts all but description, pronoun and place.

    Returns
    -------
    One row per (group and) actor named in it, largest share first within the group: the `by` columns, actor, type, n
    (mentions), n_all (mentions of all actors of the group), share (n / n_all; those of a group sum to 1), ci_low and
    ci_high (95 %, by article), n_articles (that name the actor), n_articles_all (that name anybody: what the interval
    rests on), caveat. No interval below 5 articles that name anybody, and none where the actor is the only one.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        `forms` holds a word that is no form, or `types` one that no mention has.

    References
    ----------
    The share is a ratio of two sums over articles; `actor_intervals.ratio_interval` names the source of its interval.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(articles, "articles", "article_id")
    groups, private = grouped_articles(articles, keys := group_keys(by, "actor_shares", articles.columns))
    rows = _of_types(counted_mentions(mentions, forms=forms), mentions, types)
    rows = rows[["article_id", "actor", "type"]].merge(groups, on="article_id")
    records: list[dict[str, object]] = []
    for group, part in rows.groupby(private, sort=True) if private else [((), rows)]:
        records += [dict(zip(private, group, strict=True)) | record for record in _shares(part)]
    frame = pd.DataFrame(records, columns=None if records else pd.Index(private))
    return build("actor_shares", frame.rename(columns=dict(zip(private, keys, strict=True))))


def _of_types(rows: pd.DataFrame, mentions: pd.DataFrame, types: str | Iterable[str] | None) -> pd.DataFrame:
    wanted, known = as_list(types), set(mentions["type"].dropna())
    unknown = [kind for kind in wanted if kind not in known]
    if unknown and len(mentions):
        raise ValueError(f"types: no mention is of type {unknown[0]!r}; there are {', '.join(sorted(known))}.")
    return rows[rows["type"].isin(wanted)] if wanted else rows


def _shares(part: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of one group."""
    if part.empty:
        return []
    part = part.sort_values("actor", kind="stable")
    article, _ = pd.factorize(part["article_id"])
    n_all, n_articles_all = len(part), int(article.max()) + 1
    whole = np.bincount(article, minlength=n_articles_all)
    names = part["actor"].to_numpy(dtype=object)
    starts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    types = part["type"].to_numpy(dtype=object)
    records = []
    for start, end in zip(starts, [*starts[1:], n_all], strict=True):
        mine = np.bincount(article[start:end], minlength=n_articles_all)
        low, high = ratio_interval(mine, whole)
        alone = "the only actor that is counted" if end - start == n_all else ""
        records.append(
            {
                "actor": names[start],
                "type": types[start],
                "n": int(end - start),
                "n_all": n_all,
                "share": (end - start) / n_all,
                "ci_low": low,
                "ci_high": high,
                "n_articles": int((mine > 0).sum()),
                "n_articles_all": n_articles_all,
                "caveat": "; ".join(filter(None, [few_articles(n_articles_all), alone])),
            }
        )
    return sorted(records, key=lambda record: (-record["n"], record["actor"]))


def actor_rates(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actors: str | Iterable[str] | None = None,
    top: int = 10,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often each article names each actor: what `summaries`, `differences` and `actor_differences` compare.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        The articles they were found in, also those that name nobody: they have rows of zeros.
    actors
        These actors; None takes the `top` with the most mentions.
    top
        How many actors, where `actors` names none.
    forms
        Count only these forms, as in `counted_mentions`; None counts all but description, pronoun and place.

    Returns
    -------
    One row per article and actor, articles in their order, actors by mentions: article_id, actor, type (missing where
    no mention tells), n, n_tokens (of the article), per_1000 (mentions per 1,000 tokens; NaN for an article without
    tokens), share (of all mentions in the article; NaN where it names nobody), present (1 where it names the actor,
    else 0: its mean is the share of articles).

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `forms` holds a word that is no form, or `actors` a name of nobody in `mentions` or the registry.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(articles, "articles", "article_id", "text")
    ids = pd.Index(articles["article_id"], name="article_id")
    rows = counted_mentions(mentions, forms=forms)
    rows = rows[rows["article_id"].isin(ids)]
    chosen = top_actors(rows, top) if actors is None else chosen_actors(actors, mentions)
    every = pd.MultiIndex.from_product([ids, chosen], names=["article_id", "actor"])
    table = rows.groupby(["article_id", "actor"]).size().reindex(every, fill_value=0).rename("n").reset_index()
    n_tokens = table["article_id"].map(token_counts(articles)).astype("float64").fillna(0)
    n_all = table["article_id"].map(rows["article_id"].value_counts()).astype("float64").fillna(0)
    types = mentions.drop_duplicates("actor").set_index("actor")["type"]
    return build(
        "actor_rates",
        table.assign(
            type=table["actor"].map(types),
            n_tokens=n_tokens.astype("int64"),
            per_1000=1000 * table["n"] / n_tokens.where(n_tokens > 0),
            share=table["n"] / n_all.where(n_all > 0),
            present=(table["n"] > 0).astype("int64"),
        ),
    )


def top_actors(rows: pd.DataFrame, top: int) -> list[str]:
    """The actors with the most mentions; of equals the first by name."""
    sizes = rows["actor"].value_counts().rename_axis("actor").reset_index(name="n")
    return sizes.sort_values(["n", "actor"], ascending=[False, True])["actor"].head(top).tolist()


def chosen_actors(actors: str | Iterable[str], mentions: pd.DataFrame) -> list[str]:
    """The actors asked for, each once.

    Raises
    ------
    ValueError
        One is named neither in `mentions` nor in the registry that ships: a slip of the pen would count as zero.
    """
    chosen = list(dict.fromkeys(as_list(actors)))
    strange = [actor for actor in chosen if actor not in set(mentions["actor"])]
    known = set(builtin_actors()["actor"]) if strange else set()
    for actor in strange:
        if actor not in known:
            like = get_close_matches(actor, sorted(set(mentions["actor"])), n=3)
            remedy = f"Near it: {', '.join(like)}." if like else "Take a name of mentions['actor']."
            raise ValueError(f"actor {actor!r} is named neither in mentions nor in the registry. {remedy}")
    return chosen


def actor_differences(
    rates: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "source",
    value: str = "per_1000",
    most: int = 6,
    seed: int = 0,
) -> pd.DataFrame:
    """Which groups name an actor more than others, and which cannot be told apart.

    Parameters
    ----------
    rates
        One row per article and actor, from `actor_rates(mentions, articles)`.
    articles
        The articles; here `by` is looked up.
    by
        One column of `articles`.
    value
        per_1000, share or present: what is averaged over the articles of a group.
    most
        Compare only this many groups, those with the most articles.
    seed
        For the permutations, as in `differences`.

    Returns
    -------
    The frame `differences` with a row per actor and pair of groups, and the column actor: measure is "per_1000 of
    Jane Doe". The article is the unit always; p_adjusted is over all actors and pairs (Benjamini–Hochberg), so that one
    of many actors does not differ by chance. Below 5 articles on either side the verdict is "too few".

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `value` is none of the three.
    """
    require(rates, "actor_rates")
    require(articles, "articles", "article_id")
    if value not in VALUES:
        raise ValueError(f"value={value!r} is none of {', '.join(VALUES)}.")
    return differences_of_each(rates, "actor", value=value, by=by, articles=articles, most=most, seed=seed)
