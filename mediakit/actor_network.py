"""The actors of a network of co-mentions: how large they are, and which of them belong together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .actor_counts import co_mentions, counted_mentions
from .frames import build, require

RUNS = 10  # of the random search for communities


def co_mention_actors(
    mentions: pd.DataFrame, *, forms: str | Iterable[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """The actors named together with others: how often, with how many, and in which community.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`: the same rows as for `co_mentions`.
    forms
        Pair only mentions in these forms, as in `counted_mentions`; None leaves out description, pronoun and place.
    seed
        The same seed gives the same communities.

    Returns
    -------
    One row per actor that shares a sentence with another, most mentions first: actor, type, n (mentions), n_articles,
    n_sentences (that name the actor and another), degree (actors named with it), community (number from 1, the one with
    the most mentions first), stability (0 to 1: what the actor's community and the one that another search puts it in
    have in common, as a share of both together, on average over 10 searches; near 1 the community is firm).

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `forms` holds a word that is no form.

    Notes
    -----
    A community is a set of actors with more sentences in common than their totals let expect; sets are searched for
    that make modularity large, and any network yields some, also one made by chance. Edges are weighted by sentences.

    References
    ----------
    Newman (2006), modularity; Blondel et al. (2008), the Louvain search, with the best of 10 searches taken.
    """
    require(mentions, "mentions", "article_id", "sentence_no", "actor", "type", "form")
    rows = counted_mentions(mentions, forms=forms)
    pairs = co_mentions(rows, forms=forms)
    names = sorted(set(pairs["actor_a"]) | set(pairs["actor_b"]))
    own = rows[rows["actor"].isin(names)]
    table = own.groupby("actor").agg(type=("type", "first"), n=("actor", "size"), n_articles=("article_id", "nunique"))
    crowd = rows.groupby(["article_id", "sentence_no"])["actor"].transform("nunique") > 1
    table["n_sentences"] = rows[crowd].drop_duplicates(["article_id", "sentence_no", "actor"])["actor"].value_counts()
    table["degree"] = pd.concat([pairs["actor_a"], pairs["actor_b"]]).value_counts()
    found, stability = _communities(pairs, names, seed)
    table = table.assign(_found=pd.Series(found, index=names), stability=pd.Series(stability, index=names))
    # numbered by their mentions, then by the first name in them: the search numbers them as it likes
    sizes = table.reset_index().groupby("_found").agg(n=("n", "sum"), first=("actor", "min"))
    order = sizes.sort_values(["n", "first"], ascending=[False, True]).index
    numbers = {community: number for number, community in enumerate(order, start=1)}
    table["community"] = table["_found"].map(numbers)
    result = table.drop(columns="_found").reset_index().sort_values(["n", "actor"], ascending=[False, True])
    return build("co_mention_actors", result.reset_index(drop=True))


def _communities(pairs: pd.DataFrame, names: list[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The number of each actor's community in the best of several searches, and how firm its place is."""
    import networkx as nx

    if not names:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    graph = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from(sorted(zip(pairs["actor_a"], pairs["actor_b"], pairs["n_sentences"], strict=True)))
    place = {name: number for number, name in enumerate(names)}
    searches, scores = [], []
    for run in range(RUNS):
        parts = nx.community.louvain_communities(graph, seed=np.random.RandomState([seed, run]))
        numbers = np.zeros(len(names), dtype=np.int64)
        for number, part in enumerate(sorted(parts, key=min)):
            numbers[[place[name] for name in part]] = number
        searches.append(numbers)
        scores.append(nx.community.modularity(graph, parts))
    best = searches[int(np.argmax(np.round(scores, 12)))]
    return best, np.mean([_overlap(best, numbers) for numbers in searches], axis=0)


def _overlap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For each actor the Jaccard index of its communities in two searches."""
    cell = a * (b.max() + 1) + b
    both = np.bincount(cell)[cell]
    return both / (np.bincount(a)[a] + np.bincount(b)[b] - both)
