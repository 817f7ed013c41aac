"""What carries a score, and how far engines agree.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_intervals import interval_points
from .plot_style import GREY, Words
from .plot_text import count, evidence_text, fitted, hover, interval, label, listed, number, plain

MAX_SETS = 20
MEASURES = {
    "alpha_ordinal": "α, ordinal classes",
    "alpha_interval": "α, polarities",
    "alpha_nominal": "α, plain classes",
    "kappa": "κ",
    "kappa_linear": "κ, linear weights",
    "same_class": "share of the same class",
    "opposite_signs": "share of opposite signs",
}
BARS = {0.667: "tentative", 0.8: "reliable"}  # Krippendorff's conventions for α


@fitted
def plot_drivers(
    drivers: pd.DataFrame,
    *,
    top: int = 12,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """The words that carry the mean polarity, by what each adds to it.

    Parameters
    ----------
    drivers
        One row per term and engine, from `drivers(words)`, by group or without.
    top
        At most this many terms of each engine (and group), those with the largest effect; at most 40 in all.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns, engine and term.

    Returns
    -------
    A row and a point per term; engines (and groups) by colour and symbol. customdata: the grouping columns, engine,
    term.
    """
    frame = require(drivers, "drivers").reset_index(drop=True)
    words = Words("drivers", "Words that carry the mean polarity", "", "", 0)
    known = frame[frame["effect"].notna()]
    if known.empty:
        why = "No word whose effect can be told: nothing else is scored."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    fixed = {column.name for column in FRAMES["drivers"].columns}
    split = [*(column for column in frame.columns if column not in fixed), "engine"]
    known = known.assign(_series=style.joined(known, split), _size=known["effect"].abs())
    known = known.sort_values("_size", ascending=False, kind="stable")
    drawn = known.groupby("_series", sort=False).head(top).head(40)
    drawn = drawn.sort_values("effect", ascending=False, kind="stable").reset_index(drop=True)
    series = sorted(set(drawn["_series"]))
    fig = go.Figure()
    # colour, symbol and legend say whose a term is
    rows = zip(labels(drawn["term"]), drawn["n"], strict=True)
    style.row_axis(fig, [label(term, 200, n=f"n = {n:,}") for term, n in rows])
    style.row_rules(fig, range(len(drawn)))
    style.zero_line(fig)
    quotes = evidence_text(evidence, [*split, "term"])
    for place, name in enumerate(series):
        _terms(fig, drawn[drawn["_series"] == name], name, place, [*split, "term"], quotes)
    fig.update_xaxes(title_text="what the term adds to the mean polarity", range=style.span(drawn["effect"]))
    said = Words(
        "drivers",
        words.title,
        f"Mean polarity less what it would be without the term; {len(drawn):,} of {len(known):,} terms, "
        f"n = {drawn['n'].sum():,} occurrences",
        "Points of the effect on the mean: "
        + "; ".join(
            f"{plain(row['term'])} {number(row['effect'], 3, sign=True)}" for row in drawn.head(8).to_dict("records")
        ),
        int(drawn["n"].sum()),
        ("Computed anew for every sentence by the engine's formula. What carries a score may be the topic: read on.",),
    )
    height = style.rows_height(fig, 24)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _terms(
    fig: go.Figure, part: pd.DataFrame, name: str, place: int, keys: list[str], quotes: Mapping[tuple[str, ...], str]
) -> None:
    found = style.key_columns(part, keys)
    texts = [
        hover(
            f"{row['term']} · {name}",
            [
                f"{number(row['effect'], 3, sign=True)}: mean {number(row['mean'], 3)}, without it "
                f"{number(row['mean_without'], 3)}",
                f"n = {row['n']:,} in {count(row['n_articles'], 'article')}, mean weight {number(row['weight'])}, "
                f"{row['share']:.0%} of all contributions",
            ],
            quotes.get(tuple(key), ""),
        )
        for row, key in zip(part.to_dict("records"), found, strict=True)
    ]
    fig.add_scatter(
        x=part["effect"].to_numpy(),
        y=part.index.to_numpy(),
        mode="markers",
        cliponaxis=False,
        marker=style.series_style(place) | {"size": 10},
        name=label(name, 200, max_lines=1),
        showlegend=True,
        **style.marks(keys, found, texts),
    )


@fitted
def plot_engine_agreement(
    agreement: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How far engines agree: each measure with its interval, and the conventional bars of α.

    Parameters
    ----------
    agreement
        One row per set of engines and measure, from `engine_agreement(scored)`.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    A row per set of engines, a point with 95 % interval per measure; hollow where there are too few articles for an
    interval. customdata: engines, measure.
    """
    frame = require(agreement, "engine_agreement").reset_index(drop=True)
    words = Words("engine_agreement", "How far sentiment engines agree", "", "", 0)
    known = frame[frame["value"].notna()]
    if known.empty:
        why = "No sentence that two engines have scored differently or alike: there is nothing to compare."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    sets = list(dict.fromkeys(labels(known["engines"])))
    drawn = known.assign(_row=labels(known["engines"]))
    drawn = drawn[drawn["_row"].isin(sets[:MAX_SETS])]
    fig = go.Figure()
    sizes = drawn.groupby("_row")["n"].max()
    style.row_axis(fig, [label(name, 200, n=f"n = {sizes[name]:,}") for name in sets[:MAX_SETS]])
    style.zero_line(fig)
    for side, (bar, meaning) in zip(("right", "left"), BARS.items(), strict=True):
        # a trace and the first: above the grid and below the points; kaleido cannot draw a shape "between" them
        line = {"color": GREY, "width": 1, "dash": "dot"}
        ends = fig.layout.yaxis.range
        fig.add_scatter(x=[bar, bar], y=ends, mode="lines", line=line, hoverinfo="skip", showlegend=False)
        note = {"x": bar, "y": 1, "yref": "paper", "xanchor": side, "yanchor": "bottom", "showarrow": False}
        fig.add_annotation(note, text=meaning, font={"size": 11, "color": GREY}, textangle=0)
    measures = [measure for measure in MEASURES if (drawn["measure"] == measure).any()]
    for place, measure in enumerate(measures):
        part = drawn[drawn["measure"] == measure]
        at = [sets.index(row) + (place - (len(measures) - 1) / 2) * 0.8 / len(measures) for row in part["_row"]]
        mark: dict[str, Any] = style.series_style(place) | {"size": 9}
        texts = [_agreement_hover(row) for row in part.to_dict("records")]
        keys = ["engines", "measure"]
        name = label(MEASURES[measure], 240, max_lines=1)
        interval_points(fig, part, x="value", y=at, name=name, mark=mark, keys=keys, texts=texts)
    ends = [*drawn["value"], *drawn["ci_low"], *drawn["ci_high"], 1.0]
    fig.update_xaxes(title_text="1: agreement, 0: chance (shares: of sentences)", range=style.span(ends))
    return style.finish(
        fig,
        _agreement_words(words, drawn, len(sets)),
        height=style.rows_height(fig, 18 * len(measures)),
        articles=articles,
        title=title,
        call=call,
        width=width,
        n_articles=int(drawn["n_articles"].max()),
    )


def _agreement_hover(row: Mapping[str, Any]) -> str:
    said = f"{MEASURES[row['measure']]}: {interval(row['value'], row['ci_low'], row['ci_high'])}"
    return hover(
        row["engines"],
        [said, f"n = {row['n']:,} sentences in {count(row['n_articles'], 'article')}; {row['n_missing']:,} left out"],
    )


def _agreement_words(words: Words, drawn: pd.DataFrame, n_sets: int) -> Words:
    """What is said around the figure of agreement."""
    first = drawn[drawn["measure"] == "alpha_ordinal"]
    alt = "; ".join(
        f"{row['engines']}: {interval(row['value'], row['ci_low'], row['ci_high'])}" for row in first.to_dict("records")
    )
    missing = int(drawn["n_missing"].max())
    few = drawn["ci_low"].isna()
    return Words(
        words.frame,
        words.title,
        f"n = {drawn['n'].max():,} sentences that two engines have scored; 95 % intervals, articles drawn"
        + (f"; and {n_sets - MAX_SETS:,} more sets" if n_sets > MAX_SETS else ""),
        f"Points of agreement. Krippendorff's α of ordered classes: {alt or 'none'}.",
        int(drawn["n"].max()),
        (
            f"{missing:,} sentences that fewer than two engines could score are left out: missing, not neutral."
            if missing
            else "",
            "Hollow: too few articles for an interval." if few.any() else "",
            f"Dotted: conventional bars of α, {listed(f'{bar:g} {meaning}' for bar, meaning in BARS.items())}.",
        ),
    )
