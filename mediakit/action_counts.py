"""Who is shown acting, who is acted upon: counts by actor, and a measure by article that can be compared."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .frames import build, group_keys, labels, require

_NEEDED = ("article_id", "start", "agent", "patient", "voice")
_COUNTS = ("n_agent", "n_patient", "n_agent_active", "n_agent_passive", "n_agentless")


def action_counts(
    actions: pd.DataFrame, articles: pd.DataFrame, *, by: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """How often each actor is shown acting, and how often acted upon.

    Parameters
    ----------
    actions
        One row per predicate with its agent and patient, made by `actions(articles)`; keep only the rows you want to
        count: `acts[~acts["speech"] & ~acts["negated"]]`.
    articles
        The articles they were found in; actions in other articles are left out.
    by
        One or several columns of `articles`; missing values form the group "unknown".

    Returns
    -------
    One row per (group and) actor, most predicates first within the group: the `by` columns, actor, n_agent and
    n_patient (predicates of which the actor is the agent, the patient), n_agent_active and n_agent_passive (the parts
    of n_agent by voice), n_agentless (the part of n_patient in passives that name no agent), share_agent (n_agent of
    n_agent + n_patient), n_articles. A predicate counts once for an actor in each role, however many rows it has.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(actions, "actions", *_NEEDED)
    require(articles, "articles", "article_id")
    keys = group_keys(by, "action_counts", articles.columns)
    # private names: a column of articles may be called as one that the steps below make
    private = [f"group {number}" for number in range(len(keys))]
    groups = articles[["article_id"]].assign(
        **{name: labels(articles[key]) for name, key in zip(private, keys, strict=True)}
    )
    rows = _roles(actions).merge(groups, on="article_id")
    sums = {name: (name, "sum") for name in _COUNTS}
    counts = rows.groupby([*private, "actor"], sort=False, as_index=False).agg(
        **sums, n_articles=("article_id", "nunique")
    )
    counts["n"] = counts["n_agent"] + counts["n_patient"]
    counts["share_agent"] = counts["n_agent"] / counts["n"]
    order = counts.sort_values([*private, "n", "actor"], ascending=[True] * len(keys) + [False, True])
    named = order.drop(columns="n").rename(columns=dict(zip(private, keys, strict=True)))
    return build("action_counts", named.reset_index(drop=True))


def agency(actions: pd.DataFrame, articles: pd.DataFrame, *, actor: str | None = None) -> pd.DataFrame:
    """How often an actor is shown acting, and acted upon, in each article.

    `summaries(agency(acts, articles, actor="Ukraine"), value="share_agent", by="source", articles=articles)` gives the
    share of the sources with intervals by article; `differences` compares them.

    Parameters
    ----------
    actions
        One row per predicate with its agent and patient, made by `actions(articles)`.
    articles
        The articles they were found in, also those that do not show the actor.
    actor
        The actor; None for every agent and patient, named in `mentions` or not.

    Returns
    -------
    One row per article, in the order of `articles`: article_id, n_agent, n_patient (predicates with the actor in that
    role), n_agentless (the part of n_patient in passives that name no agent), share_agent (of n_agent + n_patient; NaN
    where both are 0), share_agentless (of n_patient; NaN where that is 0).

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `actor` is in no row of `actions`.
    """
    require(actions, "actions", *_NEEDED, "agent_text", "patient_text")
    require(articles, "articles", "article_id")
    if actor is None:
        everyone = {role: actions[f"{role}_text"].where(actions[f"{role}_text"].isna(), "") for role in _ROLES}
        rows = _roles(actions.assign(**everyone))
    else:
        rows = _roles(actions)
        if len(actions) and actor not in set(rows["actor"]):
            raise ValueError(f"agency: actor={actor!r} is agent or patient in no row of actions.")
        rows = rows[rows["actor"] == actor]
    ids = pd.Index(articles["article_id"])
    counts = rows.groupby("article_id")[["n_agent", "n_patient", "n_agentless"]].sum().reindex(ids, fill_value=0)
    both = counts["n_agent"] + counts["n_patient"]
    counts["share_agent"] = counts["n_agent"] / both.where(both > 0)
    counts["share_agentless"] = counts["n_agentless"] / counts["n_patient"].where(counts["n_patient"] > 0)
    return build("agency", counts.rename_axis("article_id").reset_index())


_ROLES = ("agent", "patient")


def _roles(actions: pd.DataFrame) -> pd.DataFrame:
    """One row per predicate, actor and role, with ones and zeros under the names of the counts."""
    parts = []
    for role in _ROLES:
        part = actions[["article_id", "start", "voice", role]].rename(columns={role: "actor"})
        parts.append(part.dropna(subset=["actor"]).drop_duplicates().assign(role=role))
    rows = pd.concat(parts, ignore_index=True)
    acts, active = rows["role"] == "agent", rows["voice"] == "active"
    chosen = (acts, ~acts, acts & active, acts & ~active, ~acts & (rows["voice"] == "agentless"))
    return rows.assign(**{name: values.astype("int64") for name, values in zip(_COUNTS, chosen, strict=True)})
