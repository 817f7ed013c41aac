"""Actors and terms over time: a panel for each, with intervals, gaps and the number of articles.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_actor_shares import percent_interval
from .plot_intervals import HOLLOW
from .plot_style import GREY, INK, Words
from .plot_text import SOFT, block_width, count, evidence_text, fitted, hover, interval, label, listed, page

MAX_PANELS = 6
MAX_GROUPS = 4
PANEL, GAP, STRIP = 92, 34, 54  # px: height of a panel, room above it for its name, height of the strip of articles
DATES = {"day": "%-d %b %Y", "week": "%-d %b %Y", "month": "%b %Y", "quarter": "Q{quarter} %Y", "year": "%Y"}


@dataclass(frozen=True)
class Thing:
    """What the panels are about: its column, the column of articles that have it, its occurrences, its measures."""

    name: str
    having: str
    occurrence: str
    values: Mapping[str, str]


ACTOR = Thing(
    "actor",
    "n_naming",
    "mention",
    {"per_1000": "mentions per 1,000 tokens", "named": "share of the articles that name the actor"},
)
TERM = Thing(
    "term",
    "n_using",
    "hit",
    {"per_1000": "hits per 1,000 tokens", "used": "share of the articles that use the term"},
)


@fitted
def plot_actor_timeline(
    actor_timeline: pd.DataFrame,
    *,
    top: int = MAX_PANELS,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How often actors are named over time.

    Parameters
    ----------
    actor_timeline
        One row per (group,) actor and period, from `actor_timeline(mentions, articles, by=…)`.
    top
        At most this many actors (and never more than six), in the order of the frame.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    A panel per actor with one scale for all: points with 95 % intervals by article, hollow where there are too few;
    lines join neighbouring periods only and break where no article was read. Up to four groups by colour and symbol.
    Below, the articles of each period. Articles without a date are counted in the subtitle. customdata: the grouping
    columns, then actor and period.
    """
    words = Words("actor_timeline", "How often actors are named over time", "", "", 0)
    why = "No mentions: no actor is named in these articles."
    options = {"articles": articles, "title": title, "call": call, "width": width}
    return _timeline(actor_timeline, ACTOR, words, top, why, None, options)


@fitted
def plot_term_timeline(
    term_timeline: pd.DataFrame,
    *,
    top: int = MAX_PANELS,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How often terms, or the categories of a dictionary, are used over time.

    Parameters
    ----------
    term_timeline
        One row per (group,) term and period, from `term_timeline(articles, terms, by=…)`.
    top
        At most this many terms (and never more than six), in the order of the frame.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns, `term` and `period` (a moment in it).

    Returns
    -------
    As for `plot_actor_timeline`: a panel per term. customdata: the grouping columns, then term and period.
    """
    words = Words("term_timeline", "How often terms are used over time", "", "", 0)
    why = "No terms: nothing was looked for."
    options = {"articles": articles, "title": title, "call": call, "width": width}
    return _timeline(term_timeline, TERM, words, top, why, evidence, options)


def _timeline(
    timeline: pd.DataFrame,
    thing: Thing,
    words: Words,
    top: int,
    why: str,
    evidence: pd.DataFrame | None,
    options: dict[str, Any],
) -> go.Figure:
    frame = require(timeline, words.frame).reset_index(drop=True)
    known = {column.name for column in FRAMES[words.frame].columns}
    keys = [column for column in frame.columns if column not in known]
    table = frame.assign(
        _thing=labels(frame[thing.name]), _group=style.joined(frame, keys), _having=frame[thing.having]
    )
    dated = table[table["period"].notna()]
    if dated["value"].notna().sum() == 0:
        return style.nothing(words, why if frame.empty else "No article has a date.", **options)
    things = list(dict.fromkeys(table["_thing"]))
    sizes = table.drop_duplicates(["_group", "period"]).groupby("_group", sort=False)["n_articles"].sum()
    sizes = sizes.sort_values(ascending=False, kind="stable")
    panels, groups = things[: min(top, MAX_PANELS)], sorted(sizes.index[:MAX_GROUPS])
    periods = sorted(dated["period"].unique())
    drawn = dated[dated["_thing"].isin(panels) & dated["_group"].isin(groups)]
    drawn = drawn.assign(_at=drawn["period"].map({period: place for place, period in enumerate(periods)}))
    unit = str(drawn["unit"].iloc[0])
    names = [_period(pd.Timestamp(period), unit) for period in periods]
    fig = go.Figure()
    height = len(panels) * (PANEL + GAP) + GAP + STRIP
    ceiling = float(np.nanmax([drawn["value"].max(), drawn["ci_high"].max(), 1e-9])) * 1.06
    quotes = _quotes(evidence, [*keys, thing.name], unit)
    for place, panel in enumerate(panels):
        part = drawn[drawn["_thing"] == panel]
        _panel(fig, place, panel, part, thing, groups, keys, names, height, ceiling, sizes, quotes)
    _strip(fig, len(panels), drawn[drawn["_thing"] == panels[0]], names, height)
    _hollow(fig, drawn)
    _time_axis(fig, len(panels), names)
    said = _words(words, thing, table, drawn, panels, keys, len(things), len(sizes) - len(groups))
    return style.finish(fig, said, height=height, **options)


def _quotes(evidence: pd.DataFrame | None, keys: list[str], unit: str) -> Mapping[tuple[str, ...], str]:
    """Sentences by key and first moment of the period."""
    if evidence is None or "period" not in evidence:
        return {}
    when = pd.to_datetime(evidence["period"], utc=True).dt.tz_localize(None)
    code = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}[unit]
    first = when.dt.to_period(code).dt.start_time.dt.tz_localize("UTC")
    return evidence_text(evidence.assign(period=first.astype("str")), [*keys, "period"])


def _panel(
    fig: go.Figure,
    place: int,
    panel: str,
    rows: pd.DataFrame,
    thing: Thing,
    groups: Sequence[str],
    keys: list[str],
    names: Sequence[str],
    height: float,
    ceiling: float,
    sizes: pd.Series,
    quotes: Mapping[tuple[str, ...], str],
) -> None:
    """One actor or term: a line with points and intervals per group."""
    axis = f"y{place + 1}" if place else "y"
    top = 1 - (place * (PANEL + GAP) + GAP) / height
    measure = str(rows["measure"].iloc[0])
    fig.update_layout(
        {
            axis.replace("y", "yaxis"): {
                "domain": [top - PANEL / height, top],
                "range": [-0.04 * ceiling, ceiling],
                "nticks": 4,
                "tickformat": "~r" if measure == "per_1000" else ".0%",
                "anchor": "x",
                "rangemode": "tozero",
            }
        }
    )
    n = count(int(rows["n"].sum()), thing.occurrence)
    head = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom", "yshift": 3}
    fig.add_annotation(
        head,
        text=label(panel, 440, 13, 1, n=f"n = {n}"),
        font={"size": 13, "color": INK},
        showarrow=False,
        align="left",
    )
    for number, group in enumerate(groups):
        part = rows[rows["_group"] == group].sort_values("_at")
        n = f"n = {count(int(sizes[group]), 'article')}"
        name = label(group, 220, max_lines=1, n=n) if keys else "value with its 95 % interval by article"
        _line(fig, part, axis, name, number, len(groups), thing, keys, names, quotes)
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
    thing: Thing,
    keys: list[str],
    names: Sequence[str],
    quotes: Mapping[tuple[str, ...], str],
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
    found = style.key_columns(part.assign(period=part["period"].astype("str")), [*keys, thing.name, "period"])
    rows = zip(part.to_dict("records"), found, strict=True)
    texts = np.array(
        [_hover(row, thing, names[row["_at"]], quotes.get(tuple(key), "")) for row, key in rows], dtype=object
    )
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
            **style.marks([*keys, thing.name, "period"], [found[at] for at in chosen], texts[chosen].tolist()),
        )


def _hover(row: dict, thing: Thing, name: str, sentences: str) -> str:
    shown = interval if row["measure"] == "per_1000" else percent_interval
    when = f"week from {name}" if row["unit"] == "week" else name
    return hover(
        " · ".join(filter(None, [row["_thing"], row["_group"], when])),
        [
            f"{shown(row['value'], row['ci_low'], row['ci_high'])} {thing.values[row['measure']]}",
            f"n = {count(row['n'], thing.occurrence)}; {row['_having']:,} of {count(row['n_articles'], 'article')}",
            row["caveat"],
        ],
        sentences,
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
    room = page() - 64 - 24
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
    thing: Thing,
    table: pd.DataFrame,
    drawn: pd.DataFrame,
    panels: Sequence[str],
    keys: list[str],
    n_things: int,
    more_groups: int,
) -> Words:
    unit, measure = str(drawn["unit"].iloc[0]), str(drawn["measure"].iloc[0])
    value = thing.values[measure]
    one = table[table["_thing"] == panels[0]]
    undated = int(one.loc[one["period"].isna(), "n_articles"].sum())
    total = int(one["n_articles"].sum())
    by_period = drawn[drawn["_thing"] == panels[0]].groupby("_at")["n_articles"].sum()
    empty = int((by_period == 0).sum())
    lines = [f"{value[0].upper()}{value[1:]}, by {unit} (UTC); n = {count(total, 'article')}"]
    lines += [f"{undated:,} of them without a date, not shown"] if undated else []
    lines += [f"and {count(n_things - len(panels), f'more {thing.name}')}"] if n_things > len(panels) else []
    lines += [f"and {count(more_groups, 'more group')}"] if more_groups > 0 else []
    notes = [f"{count(empty, unit)} without an article: a gap, not zero."] if empty else []
    notes.append("Neighbouring points are not tested against each other: an interval is about one point.")
    told = []
    for panel in panels:
        part = drawn[(drawn["_thing"] == panel) & drawn["value"].notna()]
        if len(part):
            low, high = part["value"].min(), part["value"].max()
            told.append(f"{panel} from {low:.2f} to {high:.2f}")
    by = f" by {listed(keys)}" if keys else ""
    alt = f"A panel per {thing.name}{by}, {count(len(by_period), unit)}: {value}, {'; '.join(told)}."
    return Words(words.frame, words.title + by, "; ".join(lines), alt, total, tuple(notes))
