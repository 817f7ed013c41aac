"""Actors: who is mentioned how often.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_style import Words
from .plot_tally import Tally, draw_bars, draw_cells, n_of
from .plot_text import count, evidence_text, fitted, listed, number


@fitted
def plot_mention_counts(
    mention_counts: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Who is mentioned how often: bars, or a matrix of actors and groups.

    Parameters
    ----------
    mention_counts
        One row per actor (and group), from `mention_counts(mentions, articles, by=…)`.
    top
        At most this many actors, those with the most mentions in all groups together.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `actor`; if it has `form`, the forms of
        the mentions are told on hover.

    Returns
    -------
    Without groups: a bar of mentions per actor, coloured by type; customdata: actor. With groups: a cell per actor and
    group, shaded by mentions per 1,000 tokens, with the number of mentions in it; customdata: the
    grouping columns, then actor.
    """
    mention_counts = require(mention_counts, "mention_counts").reset_index(drop=True)
    known = {column.name for column in FRAMES["mention_counts"].columns}
    keys = [column for column in mention_counts.columns if column not in known]
    by = f" by {listed(keys)}" if keys else ""
    words = Words("mention_counts", f"Who is mentioned how often{by}", "", "", 0)
    if mention_counts.empty or mention_counts["n"].sum() == 0:
        why = "No mentions: no actor is named in these articles."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    forms = _forms(evidence)
    tally = Tally(
        mention_counts.assign(_group=style.joined(mention_counts, keys), _actor=labels(mention_counts["actor"])),
        "n",
        lambda row: [n_of(row, "n"), f"{number(row['per_1000'])} per 1,000 tokens", forms.get(row["_actor"], "")],
        evidence_text(evidence, [*keys, "actor"]),
    )
    totals = tally.totals
    rows = list(totals.index[:top])
    fig = go.Figure()
    left_out = [f"and {len(totals) - len(rows):,} more actors"] if len(totals) > len(rows) else []
    if keys:
        scale = "per 1,000 tokens"
        left_out += draw_cells(fig, tally, rows, keys, shade="per_1000", scale_title=scale, empty_leads=True)
        how = "numbers are mentions, shades are mentions per 1,000 tokens of the group"
    else:
        draw_bars(fig, tally, rows)
        how = "colour tells the type of actor"
    total = int(totals.sum())
    told = "; ".join(f"{actor} {totals[actor]:,}" for actor in rows[:12])
    said = Words(
        "mention_counts",
        words.title,
        "; ".join([f"n = {count(total, 'mention')} of {count(len(totals), 'actor')}", how, *left_out]),
        f"{'Matrix' if keys else 'Bars'} of mentions{by}: {told}.",
        total,
        (_counted(evidence),),
    )
    height = style.rows_height(fig, 30 if keys else 26)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _forms(evidence: pd.DataFrame | None) -> dict[str, str]:
    if evidence is None or "form" not in evidence or "actor" not in evidence:
        return {}
    tally = evidence.groupby(labels(evidence["actor"]))["form"].value_counts()
    return {
        actor: "as " + ", ".join(f"{form} {n:,}" for (_, form), n in part.items())
        for actor, part in tally.groupby(level=0, sort=False)
    }


def _counted(evidence: pd.DataFrame | None) -> str:
    """Which forms of names were counted, where the evidence shows it: the caller may have chosen some."""
    forms = sorted(labels(evidence["form"]).unique()) if evidence is not None and "form" in evidence else []
    what = f"mentions in the form of {listed(forms)}" if forms else "the mentions that were passed in"
    return f"Counted are {what}{_whose(evidence)}."


def _whose(evidence: pd.DataFrame | None) -> str:
    """Whether the registry has the names, where the evidence shows it."""
    if evidence is None or "known" not in evidence:
        return ""
    missing = int((~evidence["known"].fillna(True).astype(bool)).sum())
    if not missing:
        return ", of actors that the registry knows"
    return f"; {count(missing, 'of them is of a name', 'of them are of names')} that the registry does not have"
