"""Who is named and never quoted.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_matrix import draw_matrix
from .plot_style import PALETTE, Words
from .plot_text import count, evidence_text, hover, label, listed

MAX_COLUMNS = 8
Quotes = Mapping[tuple[str, ...], str]


def plot_unquoted(
    unquoted: pd.DataFrame,
    *,
    top: int = 15,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """Who is named and never quoted.

    Parameters
    ----------
    unquoted
        One row per actor without a quotation (and group), from `unquoted(mentions, quotes, articles, by=…)`.
    top
        At most this many actors, those with the most mentions in all groups together; the rest is counted.
    articles, evidence, title, call
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
        return style.nothing(words, why, articles=articles, title=title, call=call)
    table = unquoted.assign(_group=style.joined(unquoted, keys), _actor=labels(unquoted["actor"]))
    totals = table.groupby("_actor", sort=False)["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    rows = list(totals.index[:top])
    quotes = evidence_text(evidence, [*keys, "actor"])
    fig = go.Figure()
    left_out = [f"and {len(totals) - len(rows):,} more actors"] if len(totals) > len(rows) else []
    if keys:
        left_out += _matrix(fig, table, rows, totals, keys, quotes)
        how = "numbers are mentions in groups that do not quote the actor"
    else:
        _bars(fig, table, rows, quotes)
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
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


def _bars(fig: go.Figure, table: pd.DataFrame, rows: list[str], quotes: Quotes) -> None:
    parts = table.drop_duplicates("_actor").set_index("_actor").reindex(rows).reset_index()
    style.row_axis(
        fig,
        [
            label(row["_actor"], 230, n=f"n = {row['n_mentions']:,} in {count(int(row['n_articles']), 'article')}")
            for row in parts.to_dict("records")
        ],
    )
    for place, (kind, part) in enumerate(parts.groupby(labels(parts["type"]), sort=True)):
        fig.add_bar(
            x=part["n_mentions"].to_numpy(),
            y=part.index.to_numpy(),
            orientation="h",
            width=0.62,
            marker={"color": PALETTE[place % len(PALETTE)]},
            name=label(kind, 200, max_lines=1),
            showlegend=True,
            textposition="none",
            **style.marks(
                ["actor"],
                [[actor] for actor in part["_actor"]],
                [_hover(row["_actor"], row, quotes.get((row["_actor"],), "")) for row in part.to_dict("records")],
            ),
        )
    fig.update_layout(barmode="overlay")
    fig.update_xaxes(title_text="mentions", range=[0, parts["n_mentions"].max() * 1.04], tickformat=",d")


def _hover(head: str, row: Mapping[str, Any], sentences: str) -> str:
    if not row["n_mentions"]:
        return hover(head, ["not named, or quoted too"])
    named = f"{count(int(row['n_mentions']), 'mention')} in {count(int(row['n_articles']), 'article')}"
    return hover(head, [f"{named}, no quotation", f"type: {row['type']}"], sentences)


def _matrix(
    fig: go.Figure, table: pd.DataFrame, rows: list[str], totals: pd.Series, keys: list[str], quotes: Quotes
) -> list[str]:
    """Fill in the cells; returns what was left out, in words."""
    sizes = table.groupby("_group", sort=False)["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    groups = sorted(sizes.index[:MAX_COLUMNS])
    names = dict(zip(table["_group"], style.key_columns(table, keys), strict=True))
    known = {(row["_actor"], row["_group"]): row for row in table.to_dict("records")}
    nothing = {"n_mentions": 0, "n_articles": 0}
    cells = [[known.get((actor, group), nothing) for group in groups] for actor in rows]
    values = np.array([[cell["n_mentions"] for cell in line] for line in cells], dtype=float)
    texts = [
        [
            _hover(f"{actor} · {group}", cell, quotes.get((*names[group], actor), ""))
            for cell, group in zip(line, groups, strict=True)
        ]
        for line, actor in zip(cells, rows, strict=True)
    ]
    # a cell without a row behind it has no key: nothing to click
    found = [[[*names[group], actor] if (actor, group) in known else [] for group in groups] for actor in rows]
    draw_matrix(
        fig,
        values,
        cells=[[f"{cell['n_mentions']:,}" if cell["n_mentions"] else "·" for cell in line] for line in cells],
        rows=[label(actor, 180, n=f"n = {totals[actor]:,}") for actor in rows],
        columns=[(group, f"n = {sizes[group]:,}") for group in groups],
        marks=style.marks([*keys, "actor"], found, texts),
        top=float(values.max()),
        scale_title="mentions",
    )
    return [f"and {len(sizes) - len(groups):,} more groups"] if len(sizes) > len(groups) else []
