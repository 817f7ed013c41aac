"""The explorer of actors: who is named, by group, and who together with whom."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .actors import co_mentions, mention_counts
from .actors import mentions as find_mentions
from .evidence import evidence
from .frames import require
from .plots import plot_co_mentions, plot_mention_counts
from .widget_explorer import Key, View, choice, drawn, explorer, groupings

NAMES = ("name", "surname", "variant", "title")
FORMS = {"names": NAMES, "names and metonyms": (*NAMES, "metonym"), "all, adjectives too": None}


def explore_actors(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, *, folder: str | Path = "figures"
) -> controls.VBox:
    """Who is named, by group, and who together with whom; click an actor or a pair to read the sentences.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, from `read_actors`; default: the one that comes with mediakit.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    found = find_mentions(articles, actors)
    types = ["all", *sorted(found["type"].unique())]
    found_by = "mk.mentions(articles)" if actors is None else "mk.mentions(articles, actors)"

    def show(view: str, by: str, type: str, forms: str) -> View:
        rows, before = found, f"found = {found_by}\n"
        if type != "all":
            rows = rows[rows["type"] == type]
            before += f"found = found[found['type'] == {type!r}]\n"
        if FORMS[forms] is not None:
            rows = rows[rows["form"].isin(FORMS[forms])]
            before += f"found = found[found['form'].isin({FORMS[forms]!r})]\n"
        if view == "named together":
            data, made = co_mentions(rows), "mk.co_mentions(found)"
            figure, code = drawn(plot_co_mentions, data, articles, before, made)
            # an actor of the network is shown where it is named with another
            rows = rows[rows.groupby(["article_id", "sentence_no"])["actor"].transform("nunique") > 1]
        else:
            data, made = mention_counts(rows, articles, by=by), f"mk.mention_counts(found, articles, by={by!r})"
            figure, code = drawn(plot_mention_counts, data, articles, before, made)
        return View(figure, data, code, lambda key: _mentioned(rows, articles, key))

    return explorer(
        show,
        {
            "view": choice("View", ["mentions", "named together"]),
            "by": choice("By", groupings(articles)),
            "type": choice("Type", types),
            "forms": choice("Forms", list(FORMS)),
        },
        articles,
        Path(folder) / "explore-actors",
    )


def _mentioned(mentions: pd.DataFrame, articles: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The sentences that mention the clicked actor, or both actors of a pair; all of them when none is clicked."""
    if not key:
        return evidence(mentions, articles)
    return evidence(pd.DataFrame([dict(key)]), articles, among=mentions)
