"""How engines compare with labels given by hand: measures with intervals, and which label becomes which.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import require
from .plot_intervals import interval_points
from .plot_matrix import draw_matrix
from .plot_style import GREY, PALETTE, Words
from .plot_text import count, fitted, hover, interval, label

ALWAYS = "always "
MEASURES = {
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "alpha": "Krippendorff's α",
    "unscored": "share without a label",
}
TITLES = {
    "accuracy": "How often each engine gives the label given by hand",
    "macro_f1": "How well each engine finds every label given by hand",
    "alpha": "How far each engine agrees with the labels given by hand",
    "unscored": "How much each engine leaves open",
}
NOT_CODED = "No codings yet: nothing to compare the engines with."


@fitted
def plot_validation(
    validation: pd.DataFrame,
    *,
    measure: Literal["accuracy", "macro_f1", "alpha", "unscored"] = "accuracy",
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """A measure of each engine against the labels given by hand, with its interval.

    Parameters
    ----------
    validation
        The frame `validation(scored, codings)`.
    measure
        accuracy, macro_f1, alpha or unscored.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    Points with 95 % intervals in the order of the frame, hollow where there are too few; what a single label would
    reach without any engine stands below as a grey diamond. Which engine is better the figure does not say: see
    `engine_differences`. customdata: engine, measure.

    Raises
    ------
    ValueError
        There is no such measure.
    """
    if measure not in MEASURES:
        raise ValueError(f"There is no measure {measure!r}; there are {list(MEASURES)}.")
    require(validation, "validation")
    rows = validation[(validation["measure"] == measure) & validation["label"].isna()].reset_index(drop=True)
    words = Words("validation", TITLES[measure], "", "", 0)
    if rows.empty:
        return style.nothing(words, NOT_CODED, articles=articles, title=title, call=call, width=width)
    keys, fig = ["engine", "measure"], go.Figure()
    style.row_axis(fig, [label(row["engine"], n=f"n = {row['n']:,}") for row in rows.to_dict("records")])
    style.zero_line(fig)
    bare = rows["engine"].str.startswith(ALWAYS)
    for part, mark in (
        (rows[~bare], {"color": PALETTE[0], "symbol": "circle"}),
        (rows[bare], {"color": GREY, "symbol": "diamond"}),
    ):
        if len(part):
            texts = [hover(row["engine"], [_told(row, measure), row["caveat"]], "") for row in part.to_dict("records")]
            interval_points(fig, part, x="value", y=list(part.index), name="", mark=mark, keys=keys, texts=texts)
    fig.update_xaxes(
        title_text=MEASURES[measure], range=style.span([*rows["value"], *rows["ci_low"], *rows["ci_high"], 1.0])
    )
    style.row_rules(fig, range(len(rows)))
    n = int(rows["n"].max())
    unit = " and ".join(sorted(set(rows["unit"])))
    subtitle = f"{count(n, 'unit')} coded by hand in {count(int(rows['n_articles'].max()), 'article')}; "
    subtitle += f"95 % intervals, unit: {unit}" if rows["ci_low"].notna().any() else "too few for intervals"
    alt = f"{TITLES[measure]}: " + "; ".join(
        f"{row['engine']} {_told(row, measure)}" for row in rows.to_dict("records")
    )
    notes = ("Overlapping intervals do not decide which engine is better.", _left_out(rows))
    return style.finish(
        fig,
        Words("validation", words.title, subtitle, alt, n, notes),
        height=style.rows_height(fig, 34),
        articles=articles,
        title=title,
        call=call,
        width=width,
    )


@fitted
def plot_confusion(
    confusion: pd.DataFrame,
    *,
    engine: str | None = None,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Which label an engine gives to what was coded so by hand, with the numbers.

    Parameters
    ----------
    confusion
        The frame `confusion(scored, codings)`.
    engine
        Which engine; default: the first.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    A matrix: a row per label given by hand with its n, a column per label of the engine; cells hold the share of the
    row. customdata: engine, coded, scored.

    Raises
    ------
    ValueError
        There is no such engine in the frame.
    """
    require(confusion, "confusion")
    if engine is not None and engine not in set(confusion["engine"]):
        raise ValueError(f"There is no engine {engine!r} in the frame; there are {sorted(set(confusion['engine']))}.")
    words = Words("confusion", "What the engine makes of the labels given by hand", "", "", 0)
    if confusion.empty:
        return style.nothing(words, NOT_CODED, articles=articles, title=title, call=call, width=width)
    chosen = confusion["engine"].iloc[0] if engine is None else engine
    table = confusion[confusion["engine"] == chosen]
    # an engine that leaves nothing open needs no column for it
    table = table[(table["scored"] != "unscored") | (table.groupby("scored")["n"].transform("sum") > 0)]
    coded, scored = list(dict.fromkeys(table["coded"])), list(dict.fromkeys(table["scored"]))
    shares = table.pivot(index="coded", columns="scored", values="share").loc[coded, scored].to_numpy(float)
    counts = table.pivot(index="coded", columns="scored", values="n").loc[coded, scored].to_numpy(int)
    fig = go.Figure()
    draw_matrix(
        fig,
        shares,
        cells=[[f"{share:.0%}".replace("%", " %") if share == share else "" for share in line] for line in shares],
        rows=[label(f"by hand: {name}", n=f"n = {n:,}") for name, n in zip(coded, counts.sum(axis=1), strict=True)],
        columns=[(name, "") for name in scored],
        marks=style.marks(
            ["engine", "coded", "scored"],
            [[[chosen, one, other] for other in scored] for one in coded],
            [
                [
                    hover(f"by hand {one}, {chosen} {other}", [f"{counts[i, j]:,} of {counts[i].sum():,} coded so"], "")
                    for j, other in enumerate(scored)
                ]
                for i, one in enumerate(coded)
            ],
        ),
        top=1.0,
        scale_title="share of the row",
    )
    n = int(counts.sum())
    told = "; ".join(f"{one}: {', '.join(f'{m} {other}' for m, other in zip(line, scored, strict=True))}"
                     for one, line in zip(coded, counts, strict=True))  # fmt: skip
    subtitle = f"{chosen}: {count(n, 'unit')} coded by hand; columns are the engine's labels"
    notes = ("Shares are weighted where a sample was given; n are not.",)
    return style.finish(
        fig,
        Words("confusion", words.title, subtitle, f"Matrix of {chosen} against labels by hand. {told}.", n, notes),
        height=max(110.0, 44.0 * len(coded)),
        articles=articles,
        title=title,
        call=call,
        width=width,
    )


def _told(row: dict, measure: str) -> str:
    return f"{MEASURES[measure]} {interval(row['value'], row['ci_low'], row['ci_high'])}"


def _left_out(rows: pd.DataFrame) -> str:
    found = rows["caveat"].str.extract(r"(left out: .*)$")[0].dropna()
    return found.iloc[0] if len(found) else ""
