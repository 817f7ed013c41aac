"""Actors over time: a panel per actor, with intervals, gaps and the number of articles.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_actor_shares import percent_interval
from .plot_intervals import HOLLOW
from .plot_style import GREY, INK, Words
from .plot_text import SOFT, block_width, count, hover, interval, label, listed

MAX_PANELS = 6
MAX_GROUPS = 4
PANEL, GAP, STRIP = 92, 34, 54  # px: height of a panel, room above it for its name, height of the strip of articles
VALUES = {"per_1000": "mentions per 1,000 tokens", "named": "share of the articles that name the actor"}
DATES = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "quarter": "Q{quarter} %Y", "year": "%Y"}


def plot_actor_timeline(
    actor_timeline: pd.DataFrame,
    *,
    top: int = MAX_PANELS,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """How often actors are named over time.

    Parameters
    ----------
    actor_timeline
        One row per (group,) actor and period, from `actor_timeline(mentions, articles, by=…)`.
    top
        At most this many actors (and never more than six), in the order of the frame.
    articles, title, call
        As in every plot.

    Returns
    -------
    A panel per actor with one scale for all: points with 95 % intervals by article, hollow where there are too few;
    lines join neighbouring periods only and break where no article was read. Up to four groups by colour and symbol.
    Below, the articles of each period. Articles without a date are counted in the subtitle. customdata: the grouping
    columns, then actor and period.
    """
    frame = require(actor_timeline, "actor_timeline").reset_index(drop=True)
    words = Words("actor_timeline", "How often actors are named over time", "", "", 0)
    known = {column.name for column in FRAMES["actor_timeline"].columns}
    keys = [column for column in frame.columns if column not in known]
    table = frame.assign(_actor=labels(frame["actor"]), _group=style.joined(frame, keys))
    dated = table[table["period"].notna()]
    if dated["value"].notna().sum() == 0:
        why = "No mentions: no actor is named in these articles." if frame.empty else "No article has a date."
        return style.nothing(words, why, articles=articles, title=title, call=call)
    actors = list(dict.fromkeys(table["_actor"]))
    sizes = table.drop_duplicates(["_group", "period"]).groupby("_group", sort=False)["n_articles"].sum()
    sizes = sizes.sort_values(ascending=False, kind="stable")
    panels, groups = actors[: min(top, MAX_PANELS)], sorted(sizes.index[:MAX_GROUPS])
    periods = sorted(dated["period"].unique())
    drawn = dated[dated["_actor"].isin(panels) & dated["_group"].isin(groups)]
    drawn = drawn.assign(_at=drawn["period"].map({period: place for place, period in enumerate(periods)}))
    unit, measure = str(drawn["unit"].iloc[0]), str(drawn["measure"].iloc[0])
    names = [_period(pd.Timestamp(period), unit) for period in periods]
    fig = go.Figure()
    height = len(panels) * (PANEL + GAP) + GAP + STRIP
    ceiling = float(np.nanmax([drawn["value"].max(), drawn["ci_high"].max(), 1e-9])) * 1.06
    for place, actor in enumerate(panels):
        _panel(fig, place, actor, drawn[drawn["_actor"] == actor], groups, keys, names, height, ceiling, sizes)
    _strip(fig, len(panels), drawn[drawn["_actor"] == panels[0]], names, height)
    _hollow(fig, drawn)
    _time_axis(fig, len(panels), names)
    said = _words(words, table, drawn, panels, keys, unit, measure, len(actors), len(sizes) - len(groups))
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


def _panel(
    fig: go.Figure,
    place: int,
    actor: str,
    rows: pd.DataFrame,
    groups: Sequence[str],
    keys: list[str],
    names: Sequence[str],
    height: float,
    ceiling: float,
    sizes: pd.Series,
) -> None:
    """One actor: a line with points and intervals per group."""
    axis = f"y{place + 1}" if place else "y"
    top = 1 - (place * (PANEL + GAP) + GAP) / height
    measure = str(rows["measure"].iloc[0])
    fig.update_layout(
        {
            axis.replace("y", "yaxis"): {
                "domain": [top - PANEL / height, top],
                "range": [-0.04 * ceiling, ceiling],
                "nticks": 4,
                "tickformat": ".0%" if measure == "named" else "~r",
                "anchor": "x",
                "rangemode": "tozero",
            }
        }
    )
    n = count(int(rows["n"].sum()), "mention")
    head = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom", "yshift": 3}
    fig.add_annotation(
        head,
        text=label(actor, 440, 13, 1, n=f"n = {n}"),
        font={"size": 13, "color": INK},
        showarrow=False,
        align="left",
    )
    for number, group in enumerate(groups):
        part = rows[rows["_group"] == group].sort_values("_at")
        n = f"n = {count(int(sizes[group]), 'article')}"
        name = label(group, 220, max_lines=1, n=n) if keys else "value with its 95 % interval by article"
        _line(fig, part, axis, name, number, len(groups), keys, names)
        if place == 0 and (keys or part["ci_low"].notna().any()):
            # an entry of its own: the first panel may have hollow points only
            entry = {"x": [None], "y": [None], "name": name, "legendgroup": name}
            fig.add_scatter(**entry, mode="markers", marker=style.series_style(number) | {"size": 9}, showlegend=True)


def _line(
    fig: go.Figure,
    part: pd.DataFrame,
    axis: str,
    name: str,
    number: int,
    n_groups: int,
    keys: list[str],
    names: Sequence[str],
) -> None:
    mark = style.series_style(number)
    # side by side, so that the intervals of groups do not cover each other
    x = part["_at"].to_numpy(dtype=float) + (number - (n_groups - 1) / 2) * 0.16
    value = part["value"].to_numpy(dtype=float)
    shared = {"x": x, "y": value, "yaxis": axis, "name": name, "legendgroup": name}
    line = {"color": mark["color"], "width": 1.5}
    fig.add_scatter(**shared, mode="lines", line=line, connectgaps=False, showlegend=False, hoverinfo="skip")
    sure = part["ci_low"].notna().to_numpy()
    told = ~np.isnan(value)
    texts = np.array([_hover(row, names[int(row["_at"])]) for row in part.to_dict("records")], dtype=object)
    found = [[*key, names[at]] for key, at in zip(style.key_columns(part, [*keys, "actor"]), part["_at"], strict=True)]
    for full in (True, False):
        chosen = np.flatnonzero(told & (sure == full))
        if not len(chosen):
            continue
        fig.add_scatter(
            x=x[chosen],
            y=value[chosen],
            yaxis=axis,
            mode="markers",
            marker={
                "symbol": mark["symbol"],
                "size": 7 if len(names) > 20 else 9,
                "opacity": 1,
                "color": mark["color"] if full else "#FFFFFF",
                "line": {"width": 1.8, "color": mark["color"]},
            },
            error_y={
                "type": "data",
                "symmetric": False,
                "array": (part["ci_high"].to_numpy(dtype=float) - value)[chosen],
                "arrayminus": (value - part["ci_low"].to_numpy(dtype=float))[chosen],
                "color": mark["color"],
                "thickness": 1.5,
                "width": 0,
            },
            name=name,
            legendgroup=name,
            showlegend=False,
            cliponaxis=False,
            **style.marks([*keys, "actor", "period"], [found[at] for at in chosen], texts[chosen].tolist()),
        )


def _hover(row: dict, name: str) -> str:
    shown = percent_interval if row["measure"] == "named" else interval
    when = f"week from {name}" if row["unit"] == "week" else name
    return hover(
        " · ".join(filter(None, [row["_actor"], row["_group"], when])),
        [
            f"{shown(row['value'], row['ci_low'], row['ci_high'])} {VALUES[row['measure']]}",
            f"n = {count(row['n'], 'mention')}; {row['n_naming']:,} of {count(row['n_articles'], 'article')}",
            row["caveat"],
        ],
    )


def _strip(fig: go.Figure, n_panels: int, rows: pd.DataFrame, names: Sequence[str], height: float) -> None:
    """How many articles each period has: what the points above rest on."""
    axis = f"y{n_panels + 1}"
    sizes = rows.groupby("_at")["n_articles"].sum().reindex(range(len(names)), fill_value=0)
    fig.add_bar(
        x=sizes.index.to_numpy(),
        y=sizes.to_numpy(),
        yaxis=axis,
        marker={"color": "#B9C1C8"},
        width=0.7,
        name="articles",
        showlegend=False,
        hovertext=[hover(name, [count(int(n), "article")]) for name, n in zip(names, sizes, strict=True)],
        hoverinfo="text",
    )
    most = int(sizes.max())
    ticks = {"tickvals": [0, most], "ticktext": ["0", f"{most:,}"], "range": [0, most * 1.1], "showgrid": False}
    fig.update_layout({axis.replace("y", "yaxis"): {"domain": [0, STRIP / height], "anchor": "x", **ticks}})
    at = {"x": 0, "xref": "paper", "xanchor": "left", "y": STRIP / height, "yref": "paper", "yanchor": "bottom"}
    fig.add_annotation(at, text="articles", yshift=3, font={"size": 12, "color": SOFT}, showarrow=False)


def _hollow(fig: go.Figure, drawn: pd.DataFrame) -> None:
    if (drawn["ci_low"].isna() & drawn["value"].notna()).any():
        marker = {"symbol": "circle", "color": "#FFFFFF", "size": 9, "line": {"width": 1.8, "color": GREY}}
        name = HOLLOW if (drawn["n"] > 0).all() else "hollow: no interval"
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=name, showlegend=True)


def _time_axis(fig: go.Figure, n_panels: int, names: Sequence[str]) -> None:
    """One axis at the foot, with as many dates as have room."""
    widest = max(block_width(name, 11) for name in names) + 14
    room = style.NARROW - 64 - 24
    step = max(1, -(-len(names) // max(1, int(room // widest))))
    places = list(range(0, len(names), step))
    fig.update_xaxes(
        tickvals=places,
        ticktext=[names[place] for place in places],
        tickangle=0,
        tickfont_size=11,
        range=[-0.6, len(names) - 0.4],
        anchor=f"y{n_panels + 1}",
        showgrid=False,
    )
    fig.update_layout(margin={"l": 64, "b": 28})


def _period(period: pd.Timestamp, unit: str) -> str:
    return f"{period:{DATES[unit].replace('{quarter}', str(period.quarter))}}"


def _words(
    words: Words,
    table: pd.DataFrame,
    drawn: pd.DataFrame,
    panels: Sequence[str],
    keys: list[str],
    unit: str,
    measure: str,
    n_actors: int,
    more_groups: int,
) -> Words:
    one = table[table["_actor"] == panels[0]]
    undated = int(one.loc[one["period"].isna(), "n_articles"].sum())
    total = int(one["n_articles"].sum())
    by_period = drawn[drawn["_actor"] == panels[0]].groupby("_at")["n_articles"].sum()
    empty = int((by_period == 0).sum())
    lines = [f"{VALUES[measure][0].upper()}{VALUES[measure][1:]}, by {unit} (UTC); n = {count(total, 'article')}"]
    lines += [f"{undated:,} of them without a date, not shown"] if undated else []
    lines += [f"and {count(n_actors - len(panels), 'more actor')}"] if n_actors > len(panels) else []
    lines += [f"and {count(more_groups, 'more group')}"] if more_groups > 0 else []
    notes = [f"{count(empty, unit)} without an article: a gap, not zero."] if empty else []
    notes.append("Neighbouring points are not tested against each other: an interval is about one point.")
    told = []
    for actor in panels:
        part = drawn[(drawn["_actor"] == actor) & drawn["value"].notna()]
        if len(part):
            low, high = part["value"].min(), part["value"].max()
            told.append(f"{actor} from {low:.2f} to {high:.2f}")
    by = f" by {listed(keys)}" if keys else ""
    alt = f"A panel per actor{by}, {count(len(by_period), unit)}: {VALUES[measure]}, {'; '.join(told)}."
    return Words(words.frame, words.title + by, "; ".join(lines), alt, total, tuple(notes))
