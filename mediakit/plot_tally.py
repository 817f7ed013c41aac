"""Actors and how many mentions each has: bars, or a matrix of actors and groups; what figures of tallies share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels
from .plot_matrix import draw_matrix, room_for
from .plot_style import PALETTE
from .plot_text import count, hover, label

MAX_COLUMNS = 8
MIN_DIGITS = 4  # a column is no narrower, so that its name can be read
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Tally:
    """Rows of a frame that counts actors, with columns `_actor` and `_group`, and what is told of a row on hover."""

    table: pd.DataFrame
    value: str  # the column of the count
    told: Callable[[Row], list[str]]
    quotes: Mapping[tuple[str, ...], str]

    @property
    def totals(self) -> pd.Series:
        """Mentions of each actor in all groups together, most first."""
        sums = self.table.groupby("_actor", sort=False)[self.value].sum()
        return sums.sort_values(ascending=False, kind="stable")


def draw_bars(fig: go.Figure, tally: Tally, rows: Sequence[str]) -> None:
    """A bar per actor, coloured by type."""
    parts = tally.table.drop_duplicates("_actor").set_index("_actor").reindex(rows).reset_index()
    names = [label(row["_actor"], 230, n=n_of(row, tally.value)) for row in parts.to_dict("records")]
    style.row_axis(fig, names)
    for place, (kind, part) in enumerate(parts.groupby(labels(parts["type"]), sort=True)):
        texts = [
            hover(row["_actor"], tally.told(row), tally.quotes.get((row["_actor"],), ""))
            for row in part.to_dict("records")
        ]
        fig.add_bar(
            x=part[tally.value].to_numpy(),
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
    fig.update_xaxes(title_text="mentions", range=[0, parts[tally.value].max() * 1.04], tickformat=",d")


def draw_cells(
    fig: go.Figure,
    tally: Tally,
    rows: Sequence[str],
    keys: list[str],
    *,
    shade: str,
    scale_title: str,
    empty_leads: bool,
) -> list[str]:
    """A cell per actor and group, shaded by the column `shade`; returns what was left out, in words.

    With `empty_leads` a cell of nought can be clicked too.
    """
    table, totals = tally.table, tally.totals
    sizes = table.groupby("_group", sort=False)[tally.value].sum().sort_values(ascending=False, kind="stable")
    ticks = [label(actor, 180, n=f"n = {totals[actor]:,}") for actor in rows]
    digits = max((len(_short(n)) for n in table[tally.value]), default=1)
    groups = sorted(sizes.index[: min(MAX_COLUMNS, max(1, room_for(ticks, max(digits, MIN_DIGITS))))])
    names = dict(zip(table["_group"], style.key_columns(table, keys), strict=True))
    known = {(row["_actor"], row["_group"]): row for row in table.to_dict("records")}
    cells = [
        [known.get((actor, group), {"_actor": actor, tally.value: 0, "n_articles": 0, shade: 0}) for group in groups]
        for actor in rows
    ]
    texts = [
        [
            hover(f"{actor} · {group}", tally.told(cell), tally.quotes.get((*names[group], actor), ""))
            for cell, group in zip(line, groups, strict=True)
        ]
        for line, actor in zip(cells, rows, strict=True)
    ]
    # a cell without a key leads nowhere
    leads = [
        [[*names[group], actor] if empty_leads or (actor, group) in known else [] for group in groups] for actor in rows
    ]
    shades = np.array([[cell[shade] for cell in line] for line in cells], dtype=float)
    draw_matrix(
        fig,
        shades,
        cells=[[_short(cell[tally.value]) for cell in line] for line in cells],
        rows=ticks,
        columns=[(group, f"n = {sizes[group]:,}") for group in groups],
        marks=style.marks([*keys, "actor"], leads, texts),
        top=float(shades.max()),
        scale_title=scale_title,
    )
    return [f"and {len(sizes) - len(groups):,} more groups"] if len(sizes) > len(groups) else []


def n_of(row: Row, value: str) -> str:
    """The count of a row, and in how many articles."""
    return f"n = {row[value]:,} in {count(int(row['n_articles']), 'article')}"


def _short(n: int) -> str:
    return "·" if not n else f"{n:,}" if n < 10_000 else f"{n / 1000:,.0f}k"
