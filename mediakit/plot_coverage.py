"""Articles of each group over time, as shaded cells.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import as_list, require
from .plot_matrix import draw_matrix, room_for
from .plot_style import Words
from .plot_text import block_width, count, fitted, hover, label, page

MAX_GROUPS = 15
MANY = 52  # columns, between which a gap would hide the cells
_NO_DATE = "no date"
_DATES = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "quarter": "Q{quarter} %Y", "year": "%Y"}


@fitted
def plot_coverage(
    coverage: pd.DataFrame,
    *,
    by: str | list[str] | None = "source",
    top: int = MAX_GROUPS,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How many articles each group has in each period.

    Parameters
    ----------
    coverage
        One row per group and period, from `coverage(articles, by=by)`.
    by
        The grouping columns that the frame was made with.
    top
        At most this many groups, the largest; the others are counted in the subtitle.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    A row per group, a column per period (articles without a date stand apart at the right), the number of articles in
    each cell; a cell without any is left white. customdata: the group's columns and the period.

    Raises
    ------
    FrameError
        A column is missing.
    """
    keys = as_list(by)
    table = require(coverage, "coverage").reset_index(drop=True)
    require(table, "coverage", *keys)
    words = Words("coverage", "When the articles were published", "", "", int(table["n_articles"].sum()))
    if table.empty:
        return style.nothing(
            words, "No articles: there is nothing to show.", articles=articles, title=title, call=call, width=width
        )
    table["_group"] = style.joined(table, keys) if keys else "all articles"
    sizes = table.groupby("_group", sort=False)["n_articles"].sum().sort_values(ascending=False, kind="stable")
    shown = table[table["_group"].isin(sizes.index[:top])]
    grid = shown.pivot(index="_group", columns="period", values="n_articles").reindex(sizes.index[:top])
    grid = grid[grid.columns.sort_values(na_position="last")]
    unit = str(table["unit"].iloc[0])
    rows = [label(group, 190, n=f"n = {sizes[group]:,}") for group in grid.index]
    columns = [_name(period, unit) for period in grid.columns]
    values = grid.to_numpy(dtype=float)
    fig = go.Figure()
    with_numbers = len(columns) <= room_for(rows, len(f"{values.max():.0f}"))
    keyed = [[[*_key(group, table, keys), name] for name in columns] for group in grid.index]
    draw_matrix(
        fig,
        np.where(values == 0, np.nan, values),
        cells=[[f"{int(n)}" if with_numbers and n else "" for n in line] for line in values],
        rows=rows,
        columns=[(name, "") for name in columns],
        marks=style.marks(
            [*keys, "period"],
            keyed,
            [
                [
                    hover(group, [_when(name, unit), count(int(n), "article")])
                    for name, n in zip(columns, line, strict=True)
                ]
                for group, line in zip(grid.index, values, strict=True)
            ],
        ),
        top=float(values.max()),
        scale_title="articles",
    )
    _period_axis(fig, columns)
    fig.data[0].update(colorscale=[[0, "#DCEAF5"], [0.5, "#7FB8DA"], [0.75, "#2A83B8"], [1, "#00487A"]])
    if len(columns) > MANY:
        fig.data[0].xgap = 0
    if values.max() < 5:
        fig.data[0].colorbar.dtick = 1
    said = _words(words, table, sizes, len(grid), unit, len(columns))
    return style.finish(
        fig, said, height=style.rows_height(fig, 26), articles=articles, title=title, call=call, width=width
    )


def _words(words: Words, table: pd.DataFrame, sizes: pd.Series, n_shown: int, unit: str, n_columns: int) -> Words:
    undated = int(table.loc[table["period"].isna(), "n_articles"].sum())
    dated = table[table["period"].notna()]
    empty = int((dated.groupby("period")["n_articles"].sum() == 0).sum())
    more = len(sizes) - n_shown
    parts = [f"Articles per {unit} (UTC), n = {words.n:,}"]
    parts += [f"{undated:,} without a date"] if undated else []
    parts += (
        [f"{count(more, 'smaller group')} with {count(int(sizes.iloc[n_shown:].sum()), 'article')} not shown"]
        if more
        else []
    )
    notes = ["A white cell: no article of that time was read, which does not say that none was published."]
    if empty:
        notes.append(f"{count(empty, unit)} {'has' if empty == 1 else 'have'} no article of any group.")
    alt = (
        f"Matrix of {count(n_shown, 'group')} and {count(n_columns, 'column')}, the number of articles in each cell. "
        f"Largest group: {sizes.index[0]} with {count(int(sizes.iloc[0]), 'article')}."
    )
    return Words(words.frame, words.title, "; ".join(parts), alt, words.n, tuple(notes))


def _key(group: str, table: pd.DataFrame, keys: list[str]) -> list[str]:
    row = table[table["_group"] == group].iloc[0]
    return [str(row[key]) for key in keys]


def _name(period: pd.Timestamp, unit: str) -> str:
    if period is pd.NaT:
        return _NO_DATE
    return f"{period:{_DATES[unit].replace('{quarter}', str(period.quarter))}}"


def _when(name: str, unit: str) -> str:
    return name if name == _NO_DATE else f"week from {name}" if unit == "week" else name


def _period_axis(fig: go.Figure, columns: list[str]) -> None:
    """As many dates below as have room without turning; "no date" always."""
    room = page() - fig.layout.margin.l - fig.layout.margin.r
    dated = [place for place, name in enumerate(columns) if name != _NO_DATE]
    widest = max((block_width(columns[place], 11) for place in dated), default=40) + 12
    step = max(1, -(-len(dated) // max(1, int(room // widest))))
    places = dated[::step]
    if len(dated) < len(columns):
        last = len(columns) - 1
        each = room / len(columns)
        places = [place for place in places if (last - place) * each > (widest + 50) / 2]
        places.append(last)
    ticks = [label(columns[place], 64, 11) for place in places]
    fig.update_xaxes(tickvals=places, ticktext=ticks, tickangle=0, tickfont_size=11)
    fig.update_layout(margin_b=44 if any("<br>" in tick for tick in ticks) else 28)
