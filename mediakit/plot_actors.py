"""Actors: who is mentioned how often.

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
from .plot_text import count, evidence_text, hover, label, listed, number

MAX_COLUMNS = 8
Quotes = Mapping[tuple[str, ...], str]


def plot_mention_counts(
    mention_counts: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """Who is mentioned how often: bars, or a matrix of actors and groups.

    Parameters
    ----------
    mention_counts
        One row per actor (and group), from `mention_counts(mentions, articles, by=…)`.
    top
        At most this many actors, those with the most mentions in all groups together.
    articles, evidence, title, call
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
        return style.nothing(words, why, articles=articles, title=title, call=call)
    table = mention_counts.assign(_group=style.joined(mention_counts, keys), _actor=labels(mention_counts["actor"]))
    totals = table.groupby("_actor", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    rows = list(totals.index[:top])
    fig = go.Figure()
    left_out = [f"and {len(totals) - len(rows):,} more actors"] if len(totals) > len(rows) else []
    quotes = evidence_text(evidence, [*keys, "actor"])
    forms = _forms(evidence)
    if keys:
        left_out += _mention_matrix(fig, table, rows, totals, keys, quotes, forms)
        how = "numbers are mentions, shades are mentions per 1,000 tokens of the group"
    else:
        _mention_bars(fig, table, rows, quotes, forms)
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
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


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


def _mention_bars(
    fig: go.Figure, table: pd.DataFrame, rows: list[str], quotes: Quotes, forms: Mapping[str, str]
) -> None:
    parts = table.drop_duplicates("_actor").set_index("_actor").reindex(rows).reset_index()
    style.row_axis(fig, [label(row["_actor"], 230, n=_n_of(row)) for row in parts.to_dict("records")])
    for place, (kind, part) in enumerate(parts.groupby(labels(parts["type"]), sort=True)):
        texts = [
            hover(row["_actor"], _told(row, forms), quotes.get((row["_actor"],), "")) for row in part.to_dict("records")
        ]
        fig.add_bar(
            x=part["n"].to_numpy(),
            y=part.index.to_numpy(),
            orientation="h",
            width=0.62,
            marker={"color": PALETTE[place % len(PALETTE)]},
            name=label(kind, 200, max_lines=1),
            showlegend=True,
            textposition="none",
            **style.marks(["actor"], [[actor] for actor in part["_actor"]], texts),
        )
    fig.update_layout(barmode="overlay")
    fig.update_xaxes(title_text="mentions", range=[0, parts["n"].max() * 1.04], tickformat=",d")


def _n_of(row: Mapping[str, Any]) -> str:
    return f"n = {row['n']:,} in {count(int(row['n_articles']), 'article')}"


def _told(row: Mapping[str, Any], forms: Mapping[str, str]) -> list[str]:
    return [_n_of(row), f"{number(row['per_1000'])} per 1,000 tokens", forms.get(row["_actor"], "")]


def _short(n: int) -> str:
    return "·" if not n else f"{n:,}" if n < 10_000 else f"{n / 1000:,.0f}k"


def _mention_matrix(
    fig: go.Figure,
    table: pd.DataFrame,
    rows: list[str],
    totals: pd.Series,
    keys: list[str],
    quotes: Quotes,
    forms: Mapping[str, str],
) -> list[str]:
    """Fill in the cells; returns what was left out, in words."""
    sizes = table.groupby("_group", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    groups = sorted(sizes.index[:MAX_COLUMNS])
    names = dict(zip(table["_group"], style.key_columns(table, keys), strict=True))
    known = {(row["_actor"], row["_group"]): row for row in table.to_dict("records")}
    nobody = {"n": 0, "n_articles": 0, "per_1000": 0.0}
    cells = [[known.get((actor, group), nobody | {"_actor": actor}) for group in groups] for actor in rows]
    rates = np.array([[cell["per_1000"] for cell in line] for line in cells], dtype=float)
    texts = [
        [
            hover(f"{cell['_actor']} · {group}", _told(cell, forms), quotes.get((*names[group], cell["_actor"]), ""))
            for cell, group in zip(line, groups, strict=True)
        ]
        for line in cells
    ]
    draw_matrix(
        fig,
        rates,
        cells=[[_short(cell["n"]) for cell in line] for line in cells],
        rows=[label(actor, 180, n=f"n = {totals[actor]:,}") for actor in rows],
        columns=[(group, f"n = {sizes[group]:,}") for group in groups],
        marks=style.marks([*keys, "actor"], [[[*names[group], actor] for group in groups] for actor in rows], texts),
        top=float(rates.max()),
        scale_title="per 1,000 tokens",
    )
    return [f"and {len(sizes) - len(groups):,} more groups"] if len(sizes) > len(groups) else []
