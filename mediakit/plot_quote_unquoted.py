"""Who is named and never quoted.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_style import Words
from .plot_tally import Row, Tally, draw_bars, draw_cells
from .plot_text import count, evidence_text, fitted, listed


@fitted
def plot_unquoted(
    unquoted: pd.DataFrame,
    *,
    top: int = 15,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Who is named and never quoted.

    Parameters
    ----------
    unquoted
        One row per actor without a quotation (and group), from `unquoted(mentions, quotes, articles, by=…)`.
    top
        At most this many actors, those with the most mentions in all groups together; the rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `actor`.

    Returns
    -------
    Without groups: a bar of mentions per actor, coloured by type; customdata: actor. With groups: a cell per actor and
    group, with the number of mentions where the group names the actor without a quotation; customdata: the grouping
    columns, then actor.
    """
    unquoted = require(unquoted, "unquoted").reset_index(drop=True)
    known = {column.name for column in FRAMES["unquoted"].columns}
    keys = [column for column in unquoted.columns if column not in known]
    by = f" by {listed(keys)}" if keys else ""
    words = Words("unquoted", f"Who is named and never quoted{by}", "", "", 0)
    if unquoted.empty or unquoted["n_mentions"].sum() == 0:
        why = "No such actor: nobody is named, or whoever is named is quoted too."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    tally = Tally(
        unquoted.assign(_group=style.joined(unquoted, keys), _actor=labels(unquoted["actor"])),
        "n_mentions",
        _told,
        evidence_text(evidence, [*keys, "actor"]),
    )
    totals = tally.totals
    rows = list(totals.index[:top])
    fig = go.Figure()
    left_out = [f"and {len(totals) - len(rows):,} more actors"] if len(totals) > len(rows) else []
    if keys:
        left_out += draw_cells(fig, tally, rows, keys, shade="n_mentions", scale_title="mentions", empty_leads=False)
        how = "numbers are mentions in groups that do not quote the actor"
    else:
        draw_bars(fig, tally, rows)
        how = "bars are mentions, colour tells the type of actor"
    total = int(totals.sum())
    told = "; ".join(f"{actor} {totals[actor]:,}" for actor in rows[:12])
    said = Words(
        "unquoted",
        words.title,
        "; ".join([f"n = {count(total, 'mention')} of {count(len(totals), 'actor')}", how, *left_out]),
        f"{'Matrix' if keys else 'Bars'} of mentions of actors who are not quoted{by}: {told}.",
        total,
        ("States and organisations speak through people: look at the types",),
    )
    height = style.rows_height(fig, 30 if keys else 26)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _told(row: Row) -> list[str]:
    if not row["n_mentions"]:
        return ["not named, or quoted too"]
    named = f"{count(int(row['n_mentions']), 'mention')} in {count(int(row['n_articles']), 'article')}"
    return [f"{named}, no quotation", f"type: {row['type']}"]
