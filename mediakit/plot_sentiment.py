"""Sentence scores: every sentence as a point, or their distribution where there are too many.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels, require
from .plot_style import GREY, RULE, Words
from .plot_text import SOFT, count, fitted, hover, label, listed, number, quoted

MAX_ROWS = 12
MAX_POINTS = 20_000
MAX_GROUPS = 25
LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95]
KEYS = ["article_id", "sentence_no", "engine"]
BAND = 0.38  # half the height of a row that polarity 1 takes


@fitted
def plot_sentiment(
    sentiment: pd.DataFrame,
    *,
    by: str = "article_id",
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Polarity of every sentence along its article, a row per article or group.

    Parameters
    ----------
    sentiment
        One row per sentence and engine, from `sentiment(sentences)`.
    by
        What makes a row: a column of `sentiment`, or of `articles`.
    articles, title, call, width
        As in every plot; with `articles`, rows are named by source and title.

    Returns
    -------
    A point per scored sentence: its place in the article across, polarity up, engines by colour and symbol; sentences
    that an engine could not score are ticks below their row. customdata: article_id, sentence_no, engine. Above 12
    groups or 20,000 points: median, middle half and 5–95 % range of each group instead; customdata: group, engine.

    Raises
    ------
    FrameError
        `by` is found neither in `sentiment` nor in `articles`.
    """
    columns = ("article_id", "sentence_no", "engine", "polarity", "text")
    sentiment = require(sentiment, "sentiment", *columns).reset_index(drop=True)
    words = Words("sentiment", "Polarity of the sentences along each article", "", "", 0)
    if sentiment.empty:
        why = "No sentences: there is no polarity to show."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = sentiment.assign(_group=style.grouping(sentiment, by, articles), _engine=labels(sentiment["engine"]))
    names = style.group_names(table["_group"], by, articles)
    groups = list(dict.fromkeys(table["_group"]))
    many = len(groups) > MAX_ROWS or len(table) > MAX_POINTS
    if many:
        fig, height, words = _distributions(table, names, by)
    else:
        fig, height, words = _points(table, groups, names)
    said = {"articles": articles, "title": title, "call": call, "n_articles": table["article_id"].nunique()}
    return style.finish(fig, words, height=height, width=width, **said)


def _points(table: pd.DataFrame, groups: list[str], names: Mapping[str, str]) -> tuple[go.Figure, float, Words]:
    fig = go.Figure()
    last = table.groupby("article_id")["sentence_no"].transform("max") + 1
    table = table.assign(
        _x=100 * (table["sentence_no"] + 0.5) / last, _row=table["_group"].map(groups.index), _last=last
    )
    engines = sorted(set(table["_engine"]))
    ticks = []
    for group in groups:
        part = table[table["_group"] == group]
        scored = " / ".join(str(n) for n in part.groupby("_engine")["polarity"].count())
        total = part[["article_id", "sentence_no"]].drop_duplicates().shape[0]
        ticks.append(label(names[group], 200, max_lines=3, n=f"n = {scored} of {total}"))
    style.row_axis(fig, ticks, room=0.55)
    for row in range(len(groups)):
        for level, text in ((1, "+1"), (0, "0"), (-1, "−1")):
            at = row - level * BAND
            fig.add_hline(y=at, line={"color": GREY if level == 0 else RULE, "width": 1}, layer="below")
            mark = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "y": at, "showarrow": False}
            fig.add_annotation(mark, text=text, font={"size": 11, "color": SOFT})
    for place, engine in enumerate(engines):
        part = table[table["_engine"] == engine]
        _dots(fig, part[part["polarity"].notna()], engine, style.series_style(place))
    for place, engine in enumerate(engines):
        part = table[(table["_engine"] == engine) & table["polarity"].isna()]
        if len(part):
            _ticks(fig, part, engine, place, len(engines))
    fig.update_xaxes(range=[-1, 101], tickvals=[0, 25, 50, 75, 100], title_text="place in the article", showgrid=False)
    fig.update_xaxes(ticktext=["start", "25 %", "50 %", "75 %", "end"])
    fig.update_layout(margin_r=36)
    n_scored, total = int(table["polarity"].count()), len(table)
    tools = f"{listed(engines)}" if len(engines) < 6 else f"{len(engines)} engines"
    words = Words(
        "sentiment",
        "Polarity of the sentences along each article" if len(groups) > 1 else "Polarity of the sentences",
        f"Each point is a sentence, from −1 (negative) to +1 (positive), scored by {tools}; n = {n_scored:,} scored of "
        f"{total:,}{_in_order(engines)}",
        f"Points in {count(len(groups), 'row')}: polarity of {n_scored:,} scored sentences. " + _told(table, names),
        n_scored,
        (_unscored_note(total - n_scored),),
    )
    return fig, max(130, 96 * len(groups)), words


def _unscored_note(n: int) -> str:
    if not n:
        return ""
    what = "Ticks below a row are sentences" if n > 1 else "The tick below a row is a sentence"
    return f"{what} in which the engine knows no word ({n:,}): they are missing, not neutral."


def _dots(fig: go.Figure, part: pd.DataFrame, engine: str, mark: dict[str, str]) -> None:
    fig.add_scatter(
        x=part["_x"].to_numpy(),
        y=(part["_row"] - BAND * part["polarity"]).to_numpy(),
        mode="markers",
        marker=mark
        | {"size": 8 if len(part) < 800 else 6, "opacity": 0.75, "line": {"width": 0.5, "color": "#FFFFFF"}},
        name=label(engine, 200, max_lines=1),
        showlegend=True,
        **style.marks(
            KEYS,
            style.key_columns(part, KEYS),
            [_sentence_hover(row, f"polarity {number(row['polarity'])}") for row in part.to_dict("records")],
        ),
    )


def _ticks(fig: go.Figure, part: pd.DataFrame, engine: str, place: int, n_engines: int) -> None:
    fig.add_scatter(
        x=part["_x"].to_numpy(),
        y=(part["_row"] + 0.44 + 0.05 * (place - (n_engines - 1) / 2)).to_numpy(),
        mode="markers",
        marker={
            "symbol": "line-ns-open",
            "size": 7,
            "color": style.series_style(place)["color"],
            "line": {"width": 1.2},
        },
        name=label(f"{engine}: not scored", 200, max_lines=1),
        showlegend=True,
        **style.marks(
            KEYS,
            style.key_columns(part, KEYS),
            [_sentence_hover(row, "not scored: no word known") for row in part.to_dict("records")],
        ),
    )


def _sentence_hover(row: dict, score: str) -> str:
    place = f"sentence {row['sentence_no'] + 1} of {row['_last']}, article {row['article_id']}"
    return hover(f"{row['_engine']}: {score}", [place], quoted(row["text"]))


def _told(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    medians = table.groupby(["_group", "_engine"], sort=False)["polarity"].agg(["median", "count"]).head(12)
    said = [
        f"{names[group]} ({engine}): median {number(row['median'])}, n = {row['count']:,.0f}"
        for (group, engine), row in medians.iterrows()
    ]
    return "; ".join(said) + "."


def _distributions(table: pd.DataFrame, names: Mapping[str, str], by: str) -> tuple[go.Figure, float, Words]:
    """Quantiles of each group and engine, in rows; the largest groups first."""
    sizes = table.groupby("_group", sort=False)["polarity"].count().sort_values(ascending=False, kind="stable")
    largest = list(sizes.index[:MAX_GROUPS])
    known = table[table["_group"].isin(largest)]
    found = known.groupby(["_group", "_engine"])["polarity"]
    levels, counts = found.quantile(LEVELS).unstack(), found.count()
    engines = sorted(set(known["_engine"]))
    fig = go.Figure()
    ticks = []
    for group in largest:
        scored = " / ".join(f"{n:,}" for n in counts.loc[group])
        ticks.append(label(names[group], 200, max_lines=2, n=f"n = {scored}"))
    style.row_axis(fig, ticks)
    style.zero_line(fig)
    for place, engine in enumerate(engines):
        at = np.arange(len(largest)) + (place - (len(engines) - 1) / 2) * min(0.3, 0.8 / len(engines))
        part = levels.xs(engine, level="_engine").reindex(largest)
        _quantiles(fig, part, at, place, engine, names, by)
    outer = [*levels[LEVELS[0]], *levels[LEVELS[-1]]]
    fig.update_xaxes(title_text="polarity, from −1 (negative) to +1 (positive)", range=style.span(outer))
    more = f"; and {len(sizes) - len(largest):,} more groups" if len(sizes) > len(largest) else ""
    n_scored, total = int(table["polarity"].count()), len(table)
    words = Words(
        "sentiment",
        f"Polarity of the sentences by {by.removesuffix('_id')}",
        "Too many sentences to show each. Point: median; thick line: middle half; thin line: 5 to 95 % of the "
        f"sentences; n = {n_scored:,} scored of {total:,}{_in_order(engines)}{more}",
        f"Medians and ranges of polarity for {count(len(largest), 'group')}. " + _told(known, names),
        n_scored,
        (
            f"{total - n_scored:,} sentences in which the engine knows no word are left out."
            if total > n_scored
            else "",
        ),
    )
    return fig, style.rows_height(fig, max(28, 16 * len(engines))), words


def _in_order(engines: list[str]) -> str:
    return "; n at a row: in the order of the legend" if len(engines) > 1 else ""


def _quantiles(
    fig: go.Figure, part: pd.DataFrame, at: np.ndarray, place: int, engine: str, names: Mapping[str, str], by: str
) -> None:
    """A line from the 5th to the 95th percentile, a thick one for the middle half, a point for the median."""
    mark = style.series_style(place)
    low, first, middle, third, high = LEVELS
    for left, right, width in ((low, high, 1.2), (first, third, 6)):
        ends = np.column_stack([part[left], part[right], np.full(len(part), np.nan)]).ravel()
        line = {"color": mark["color"], "width": width}
        fig.add_scatter(x=ends, y=np.repeat(at, 3), mode="lines", line=line, hoverinfo="skip", showlegend=False)
    texts = [
        hover(
            names[row.Index],
            [f"{engine}: median {number(row[3])}", f"middle half {number(row[2])} to {number(row[4])}"],
        )
        for row in part.itertuples()
    ]
    fig.add_scatter(
        x=part[middle].to_numpy(),
        y=at,
        mode="markers",
        marker=mark | {"line": {"width": 1.5, "color": "#FFFFFF"}, "size": 9},
        name=label(engine, 200, max_lines=1),
        showlegend=True,
        **style.marks([by, "engine"], [[group, engine] for group in part.index], texts),
    )
