"""Share of voice and prominence of actors: shares with their intervals.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_intervals import HOLLOW, interval_points
from .plot_style import Words
from .plot_text import SOFT, count, evidence_text, fitted, hover, label, listed, slim

MAX_GROUPS = 5  # so many intervals can be told apart in one row
NO_TEST = "Each interval is about one share: whether two of them differ is for actor_differences to say."
MEASURES = {
    "named": "named",
    "lead": "named in the lead",
    "title": "named in the title",
    "first_position": "first mention, share of the text before it (median)",
}


@dataclass(frozen=True)
class Series:
    """One series of points: its column value, its name in the legend."""

    value: str
    name: str


@fitted
def plot_actor_shares(
    actor_shares: pd.DataFrame,
    *,
    top: int = 15,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Share of voice: which part of all mentions is whose, with intervals.

    Parameters
    ----------
    actor_shares
        One row per (group and) actor, from `actor_shares(mentions, articles, by=…)`.
    top
        At most this many actors, those with the most mentions in all groups together.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `actor`.

    Returns
    -------
    Points with 95 % intervals by article, hollow where there is none. Without groups coloured by type of actor; with
    groups a point per group in each row (the five groups with the most mentions; no point where a group does not name
    the actor). customdata: the grouping columns, then actor.
    """
    actor_shares = require(actor_shares, "actor_shares").reset_index(drop=True)
    keys = _keys(actor_shares, "actor_shares")
    words = Words("actor_shares", "Share of voice: whose part of all mentions", "", "", 0)
    if actor_shares.empty:
        why = "No mentions: no actor is named in these articles."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = actor_shares.assign(_actor=labels(actor_shares["actor"]), _group=style.joined(actor_shares, keys))
    totals = table.groupby("_actor", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    sizes = table.groupby("_group", sort=False)["n_all"].first().sort_values(ascending=False, kind="stable")
    rows, groups = list(totals.index[:top]), sorted(sizes.index[:MAX_GROUPS])
    drawn = table[table["_actor"].isin(rows) & table["_group"].isin(groups)]
    if keys:
        series = [Series(group, label(group, 220, max_lines=1, n=f"n = {sizes[group]:,}")) for group in groups]
        column = "_group"
    else:
        drawn = drawn.assign(_type=labels(drawn["type"]))
        series = [Series(kind, label(kind, 200, max_lines=1)) for kind in sorted(set(drawn["_type"]))]
        column = "_type"
    fig = go.Figure()
    ticks = [label(row, 210, n=_share_n(drawn[drawn["_actor"] == row], totals[row], bool(keys))) for row in rows]
    style.row_axis(fig, ticks)
    texts = _share_texts(drawn, keys, evidence_text(evidence, [*keys, "actor"]))
    _points(
        fig, drawn.assign(value=drawn["share"], _text=texts), rows, series, column, [*keys, "actor"], spread=bool(keys)
    )
    _percent_axis(fig, drawn, "share of all mentions" + (" of the group" if keys else ""))
    said = _share_words(words, drawn, totals, sizes, len(rows), len(groups), keys)
    height = style.rows_height(fig, 15 * len(series) + 8 if keys else 28)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _share_n(part: pd.DataFrame, total: int, grouped: bool) -> str:
    return f"n = {total:,}" if grouped else f"n = {total:,} in {count(int(part['n_articles'].iloc[0]), 'article')}"


def _share_texts(drawn: pd.DataFrame, keys: list[str], quotes: Mapping[tuple[str, ...], str]) -> list[str]:
    names = style.key_columns(drawn, [*keys, "actor"])
    return [
        hover(
            " · ".join([key[-1], *key[:-1]]),
            [
                f"{percent_interval(row['share'], row['ci_low'], row['ci_high'])} of {count(row['n_all'], 'mention')}",
                f"n = {row['n']:,} in {row['n_articles']:,} of {count(row['n_articles_all'], 'article')} with mentions",
                row["caveat"],
            ],
            quotes.get(tuple(key), ""),
        )
        for row, key in zip(drawn.to_dict("records"), names, strict=True)
    ]


def _share_words(
    words: Words,
    drawn: pd.DataFrame,
    totals: pd.Series,
    sizes: pd.Series,
    n_rows: int,
    n_groups: int,
    keys: list[str],
) -> Words:
    lines = ["points are shares of all mentions"]
    lines += ["lines 95 % intervals by article"] if drawn["ci_low"].notna().any() else []
    lines.append(f"n = {count(int(totals.sum()), 'mention')} of {count(len(totals), 'actor')}")
    lines += [f"and {count(len(totals) - n_rows, 'more actor')}"] if len(totals) > n_rows else []
    lines += [f"and {count(len(sizes) - n_groups, 'more group')}"] if len(sizes) > n_groups else []
    lines += ["no point: not named in that group"] if keys else ["colour tells the type of actor"]
    told = "; ".join(
        f"{' · '.join(filter(None, [row['_actor'], row['_group']]))} "
        f"{percent_interval(row['share'], row['ci_low'], row['ci_high'])}"
        for row in drawn.head(12).to_dict("records")
    )
    by = f" by {listed(keys)}" if keys else ""
    return Words(
        words.frame,
        words.title + by,
        "; ".join(lines)[0].upper() + "; ".join(lines)[1:],
        f"Points with interval lines: share of all mentions{by}. {told}.",
        int(totals.sum()),
        (NO_TEST, *_caveats(drawn)),
    )


@fitted
def plot_prominence_shares(
    prominence_shares: pd.DataFrame,
    *,
    measure: str | None = None,
    top: int = 12,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How prominently actors stand: in what share of the articles, of their leads and of their titles.

    Parameters
    ----------
    prominence_shares
        One row per (group,) actor and measure, from `prominence_shares(prominence, articles, by=…)`.
    measure
        "named", "lead", "title" or "first_position": draw this one. None draws the first three together where there
        are no groups, and "lead" by group where there are (or what the frame has).
    top
        At most this many actors, those named in the most articles.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `actor`.

    Returns
    -------
    Points with 95 % intervals, hollow where there is none; a series per measure, or per group (at most the five with
    the most articles). Without groups the median of the first mention stands at the right. customdata: the grouping
    columns, then actor and measure.

    Raises
    ------
    ValueError
        There is no such measure.
    """
    frame = require(prominence_shares, "prominence_shares").reset_index(drop=True)
    if measure is not None and measure not in MEASURES:
        raise ValueError(f"measure={measure!r} is none of {', '.join(MEASURES)}.")
    keys = _keys(frame, "prominence_shares")
    there = [one for one in ("lead", "named", "title", "first_position") if one in set(frame["measure"])]
    wanted = [measure] if measure else there[:1] if keys else ["named", "lead", "title"]
    words = Words("prominence_shares", "How prominently actors stand in the articles", "", "", 0)
    table = frame.assign(_actor=labels(frame["actor"]), _group=style.joined(frame, keys))
    table = table[table["measure"].isin(wanted) & (table["n"] > 0)]
    if table.empty:
        why = "No actor is named in these articles." if frame.empty else "No article in which this could be measured."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    actors = list(dict.fromkeys(table["_actor"]))
    sizes = table.groupby("_group", sort=False)["n"].max().sort_values(ascending=False, kind="stable")
    rows, groups = actors[:top], sorted(sizes.index[:MAX_GROUPS])
    drawn = table[table["_actor"].isin(rows) & table["_group"].isin(groups)]
    if keys:
        series = [Series(group, label(group, 220, max_lines=1, n=f"n = {sizes[group]:,}")) for group in groups]
    else:
        n_of = drawn.groupby("measure")["n"].max()
        series = [Series(one, f"{MEASURES[one]} (n = {n_of[one]:,})") for one in wanted if one in n_of]
    fig = go.Figure()
    first = frame[frame["measure"] == "first_position"].assign(_actor=lambda part: labels(part["actor"]))
    places = first.drop_duplicates("_actor").set_index("_actor")["value"] if not keys and measure is None else {}
    style.row_axis(fig, [label(row, 200, n=_in_articles(first, row, places.get(row))) for row in rows])
    texts = _prominence_texts(drawn, keys, evidence_text(evidence, [*keys, "actor"]))
    column = "_group" if keys else "measure"
    _points(fig, drawn.assign(_text=texts), rows, series, column, [*keys, "actor", "measure"], spread=len(series) > 1)
    _percent_axis(fig, drawn, MEASURES[wanted[0]] if wanted == ["first_position"] else "share of the articles")
    if len(places) and not slim():
        _first_mentions(fig, places, rows)
    said = _prominence_words(words, drawn, wanted, keys, len(actors) - len(rows), len(sizes) - len(groups))
    height = style.rows_height(fig, max(28, 15 * len(series) + 8))
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _in_articles(first: pd.DataFrame, row: str, place: float | None) -> str:
    """In how many articles an actor is named and, where there is no room at the right, where first."""
    said = f"in {count(int(first.loc[first['_actor'] == row, 'n'].sum()), 'article')}"
    return f"{said}, first at {percent(place)}" if slim() and place is not None and pd.notna(place) else said


def _first_mentions(fig: go.Figure, places: pd.Series, rows: list[str]) -> None:
    """At the right of each row: where in the text the first mention stands."""
    at = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 12, "showarrow": False, "align": "left"}
    for y, row in enumerate(rows):
        if pd.notna(places.get(row)):
            fig.add_annotation(at, y=y, text=f"first at {percent(places[row])}", font={"size": 11, "color": SOFT})
    fig.update_layout(margin_r=96)


def _prominence_texts(drawn: pd.DataFrame, keys: list[str], quotes: Mapping[tuple[str, ...], str]) -> list[str]:
    texts = []
    for row, key in zip(drawn.to_dict("records"), style.key_columns(drawn, [*keys, "actor"]), strict=True):
        value = percent_interval(row["value"], row["ci_low"], row["ci_high"])
        share = row["measure"] != "first_position"
        n = f"{row['n_hits']:,} of {count(row['n'], 'article')}" if share else f"n = {count(row['n'], 'article')}"
        lines = [f"{MEASURES[row['measure']]}: {value}", n, row["caveat"]]
        texts.append(hover(" · ".join([key[-1], *key[:-1]]), lines, quotes.get(tuple(key), "")))
    return texts


def _prominence_words(
    words: Words, drawn: pd.DataFrame, wanted: list[str], keys: list[str], more_actors: int, more_groups: int
) -> Words:
    n = int(drawn.groupby("_group")["n"].max().sum())
    what = (
        "points are medians of the first mention" if wanted == ["first_position"] else "points are shares of articles"
    )
    if wanted in (["lead"], ["title"], ["named"]):
        what += f" in which the actor is {MEASURES[wanted[0]]}"
    lines = [what]
    lines += ["lines 95 % intervals"] if drawn["ci_low"].notna().any() else []
    lines.append(f"n = {count(n, 'article')}")
    lines += [f"and {count(more_actors, 'more actor')}"] if more_actors else []
    lines += [f"and {count(more_groups, 'more group')}"] if more_groups else []
    if not keys and len(wanted) > 1:
        where = "in brackets" if slim() else "at the right"
        lines.append(f"{where}: how much of the text stands before the first mention (median)")
    notes = ["The lead: the sentences that begin within the first tokens of the body (60 unless chosen otherwise)."]
    told = "; ".join(
        f"{' · '.join(filter(None, [row['_actor'], row['_group']]))} {MEASURES[row['measure']]} "
        f"{percent_interval(row['value'], row['ci_low'], row['ci_high'])}"
        for row in drawn.head(12).to_dict("records")
    )
    by = f" by {listed(keys)}" if keys else ""
    said = "; ".join(lines)
    alt = f"Points with interval lines{by}: {told}."
    title = words.title + by
    return Words(words.frame, title, said[0].upper() + said[1:], alt, n, (*notes, NO_TEST, *_caveats(drawn)))


def _keys(frame: pd.DataFrame, name: str) -> list[str]:
    known = {column.name for column in FRAMES[name].columns}
    return [column for column in frame.columns if column not in known]


def _points(
    fig: go.Figure,
    drawn: pd.DataFrame,
    rows: list[str],
    series: Sequence[Series],
    column: str,
    keys: list[str],
    *,
    spread: bool,
) -> None:
    """A series of points per value of `column`, one under the other in each row where `spread`."""
    style.row_rules(fig, range(len(rows)))
    for place, one in enumerate(series):
        part = drawn[drawn[column] == one.value]
        offset = (place - (len(series) - 1) / 2) * min(0.28, 0.84 / len(series)) if spread else 0.0
        y = [rows.index(row) + offset for row in part["_actor"]]
        mark = style.series_style(place)
        interval_points(fig, part, x="value", y=y, name=one.name, mark=mark, keys=keys, texts=part["_text"].tolist())
    if drawn["ci_low"].isna().any():
        marker = {"symbol": "circle", "color": "#FFFFFF", "size": 10, "line": {"width": 2, "color": SOFT}}
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=HOLLOW, showlegend=True)


def _percent_axis(fig: go.Figure, drawn: pd.DataFrame, title: str) -> None:
    ends = pd.concat([drawn["value"] if "value" in drawn else drawn["share"], drawn["ci_high"]])
    high = min(1.0, float(ends.max()) * 1.06)
    # room for a point at 0 or 1, which an axis that ends there would cut
    fig.update_xaxes(title_text=title, range=[-0.02 * high, high * 1.03], tickformat=".0%", rangemode="tozero")


def percent(value: float) -> str:
    """A share in per cent, with one place below 10."""
    shown = 100 * value
    return f"{shown:.0f} %" if shown >= 10 or shown == 0 else f"{shown:.1f} %"


def percent_interval(value: float, low: float, high: float) -> str:
    """ "12 % (5 to 19 %)", or the value and that there is no interval."""
    if pd.isna(value):
        return "no value"
    if pd.isna(low) or pd.isna(high):
        return f"{percent(value)} (no interval)"
    return f"{percent(value)} ({percent(low).removesuffix(' %')} to {percent(high)})"


def _caveats(drawn: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(text for text in labels(drawn["caveat"]) if text not in ("", "unknown")))[:3]
