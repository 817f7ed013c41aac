"""Matrices with a number in each cell, and the one of source similarity.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import radians, sin

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels, require
from .plot_style import Words
from .plot_text import block_width, count, evidence_text, fitted, hover, label, number, page, slim, unbroken, unscaled

BLUES: tuple[tuple[float, str], ...] = (
    (0.0, "#FFFFFF"),
    (0.25, "#C6DFF0"),
    (0.5, "#7FB8DA"),
    (0.75, "#2A83B8"),
    (1.0, "#00487A"),
)
MAX_SOURCES = 20
CELL = 27  # px: below, two decimals do not fit
DIGIT, GAP = 6.3, 2  # px of a digit at 11 px, and between cells
MEASURES = {
    "cosine": "Cosine of the tf-idf vectors, 0 (no word shared) to 1 (same words in the same shares)",
    "cosine_corrected": "Mean likeness of an article of each, over that of two articles of the same; 1: alike",
}
RIGHT = 90  # px for the colour bar
TILT = 40  # degrees: column labels that do not fit across are turned by this


def draw_matrix(
    fig: go.Figure,
    values: np.ndarray,
    *,
    cells: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[tuple[str, str]],
    marks: Mapping[str, object],
    top: float,
    scale_title: str,
) -> None:
    """Cells shaded from 0 to `top`. `rows` are ready labels, `columns` names and what stands in brackets behind."""
    style.row_axis(fig, rows)
    bar = not slim() or not any(text for line in cells for text in line)  # numbers in the cells are enough
    fig.add_heatmap(
        showscale=bar,
        z=np.where(np.isnan(values), np.array(None), values),  # a widget sends a matrix as JSON, which has no NaN
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        zmin=0,
        zmax=top or 1,
        colorscale=[[share, color] for share, color in BLUES],
        xgap=2,
        ygap=2,
        colorbar={
            "title": {"text": scale_title, "side": "right", "font": {"size": 11}},
            "tickfont": {"size": 11},
            "thickness": 12,
            "outlinewidth": 0,
            "nticks": 5,
            "xpad": 8,
            "len": 1,
            "lenmode": "fraction",
        },
        **marks,
    )
    shares = np.nan_to_num(values / (top or 1)).clip(0, 1)
    fig.add_scatter(
        x=np.tile(np.arange(len(columns)), len(rows)),
        y=np.repeat(np.arange(len(rows)), len(columns)),
        mode="text",
        text=[text for line in cells for text in line],
        textfont={"size": 11, "color": [_text_on(share) for share in shares.ravel()]},
        hoverinfo="skip",
        showlegend=False,
    )
    _column_axis(fig, columns, RIGHT if bar else style.EDGE)


def room_for(rows: Sequence[str], digits: int) -> int:
    """How many columns of a matrix with these row labels have room for numbers of so many digits."""
    return int((page() - style.row_margin(rows) - (style.EDGE if slim() else RIGHT)) // (DIGIT * digits + GAP))


def _text_on(share: float) -> str:
    """Ink or white, whichever has the greater contrast with the shade at `share` of the scale."""
    stops, colors = [stop for stop, _ in BLUES], [color for _, color in BLUES]
    channels = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in colors])
    shade = "#" + "".join(f"{round(np.interp(share, stops, channel)):02X}" for channel in channels.T)
    return max((style.INK, "#FFFFFF"), key=lambda ink: style.contrast(ink, shade))


def _column_axis(fig: go.Figure, columns: Sequence[tuple[str, str]], right: int) -> None:
    """Column labels below: across where they fit in the narrowest column, turned where not."""
    room = (page() - fig.layout.margin.l - right) / max(len(columns), 1) - 6
    flat = [label(name, unscaled(room), 11, max_lines=3, n=n) for name, n in columns]
    fits = all(block_width(tick, 11) <= room for tick in flat) and all(unbroken(name, room, 11) for name, _ in columns)
    turned = [label(name, 130, 11, max_lines=1, n=n) for name, n in columns]
    ticks = flat if fits else turned
    deep: float = 18 * max(tick.count("<br>") + 1 for tick in ticks)
    if not fits:
        deep = 16 + sin(radians(TILT)) * max(block_width(tick, 11) for tick in ticks)
    fig.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=ticks,
        tickangle=0 if fits else -TILT,
        tickfont={"size": 11},
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
    )
    fig.update_layout(margin={"b": round(deep) + 8, "r": right})


@fitted
def plot_source_similarity(
    source_similarity: pd.DataFrame,
    *,
    top: int = MAX_SOURCES,
    by: str = "source",
    measure: str = "cosine",
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How much sources resemble each other in their words, as a matrix.

    Parameters
    ----------
    source_similarity
        One row per pair, from `source_similarity(articles)`.
    top
        At most this many sources: those with the closest neighbour; the rest is counted.
    by
        The column of `articles` that the frame was made by: it names what is compared and gives n, the number of
        articles. No n is shown where the column lacks one of the names in the frame.
    measure
        What the cells show: cosine, or cosine_corrected, which does not grow with the amount of text.
    articles, evidence, title, call, width
        As in every plot; `evidence` has source_a, source_b and `text` (shared passages).

    Returns
    -------
    A symmetric matrix with the measure in each cell, similar sources side by side (hierarchical clustering, average
    linkage, optimal leaf order); the diagonal is left empty, and so are numbers for which cells are too narrow (hover
    has them). customdata: source_a, source_b, in the order of the frame.

    Raises
    ------
    FrameError
        A column is missing, or `by` is no column of `articles`.
    ValueError
        There is no such measure.
    """
    if measure not in MEASURES:
        raise ValueError(f"plot_source_similarity: measure is {measure!r}; it takes {' or '.join(MEASURES)}.")
    source_similarity = require(source_similarity, "source_similarity").reset_index(drop=True)
    things = _things(by)
    words = Words("source_similarity", f"How similar the {things} are in their words", "", "", 0)
    if source_similarity.empty:
        why = f"No pairs: similarity needs at least two {things}."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    require(source_similarity, "source_similarity", measure)
    table = source_similarity.assign(
        _a=labels(source_similarity["source_a"]),
        _b=labels(source_similarity["source_b"]),
        _value=source_similarity[measure],
    )
    pairs = {(row["_a"], row["_b"]): row for row in table.to_dict("records")}
    both = pd.concat([table[[side, "_value"]].set_axis(["s", "c"], axis=1) for side in ("_a", "_b")])
    closest = both.groupby("s")["c"].max().sort_values(ascending=False, kind="stable")
    sources = _seriated(sorted(closest.index[:top]), pairs)
    sizes = _sizes(articles, by, closest.index)
    counts = {name: f"n = {sizes[name]:,}" if name in sizes else "" for name in sources}
    called = style.group_names(sources, by, articles)
    fig = go.Figure()
    rows = [label(called[name], 170, n=counts[name]) for name in sources]
    _cells(fig, sources, pairs, rows, [(called[name], "") for name in sources], measure, evidence)
    said = Words(
        "source_similarity",
        words.title,
        f"{MEASURES[measure]}; n = {count(len(table), 'pair')} of {len(closest):,} {things}"
        + (f"; and {len(closest) - len(sources):,} more" if len(closest) > len(sources) else ""),
        _alt(table, things),
        len(table),
        (_note(table, measure, things), f"In brackets: n, the number of articles {_per(by)}." if len(sizes) else ""),
    )
    return style.finish(
        fig, said, height=style.rows_height(fig, 34), articles=articles, title=title, call=call, width=width
    )


def _things(by: str) -> str:
    """What is compared, in the plural."""
    return {"source": "sources", "article_id": "articles"}.get(by, f"groups by {by.replace('_', ' ')}")


def _per(by: str) -> str:
    return "of a source" if by == "source" else f"by {by}"


def _cells(
    fig: go.Figure,
    sources: list[str],
    pairs: Mapping[tuple[str, str], dict],
    rows: Sequence[str],
    columns: Sequence[tuple[str, str]],
    measure: str,
    evidence: pd.DataFrame | None,
) -> None:
    quotes = evidence_text(evidence, ["source_a", "source_b"])
    found = [[pairs.get((a, b), pairs.get((b, a))) if a != b else None for b in sources] for a in sources]
    values = np.array([[row["_value"] if row else np.nan for row in line] for line in found], dtype=float)
    style.row_axis(fig, rows)  # its margin is what the columns share the rest of the width with
    narrow = (page() - fig.layout.margin.l - (style.EDGE if slim() else RIGHT)) / len(sources) < CELL
    draw_matrix(
        fig,
        values,
        cells=[["" if narrow else "–" if np.isnan(value) else number(value) for value in line] for line in values],
        rows=rows,
        columns=columns,
        marks=style.marks(
            ["source_a", "source_b"],
            [[[row["_a"], row["_b"]] if row else [] for row in line] for line in found],
            [[_pair_hover(row, measure, quotes) if row else "" for row in line] for line in found],
        ),
        top=1.0,
        scale_title="cosine, 0 to 1" if measure == "cosine" else "corrected cosine; 1: alike",
    )


def _alt(table: pd.DataFrame, things: str) -> str:
    most = table.dropna(subset=["_value"]).sort_values("_value", ascending=False, kind="stable").head(8)
    told = "; ".join(f"{row['_a']} and {row['_b']} {number(row['_value'])}" for row in most.to_dict("records"))
    return f"Matrix of similarities between {things}. Highest: {told or 'none known'}."


def _note(table: pd.DataFrame, measure: str, things: str) -> str:
    """What the numbers do not say."""
    shared = f"{count(int(table['shared_passages'].sum()), 'passage')} shared word for word."
    same_event = "Similar words can mean the same event without the same view of it"
    if measure == "cosine":
        return f"{shared} {same_event}; {things} with much text look more alike."
    without = int(table["ci_low"].isna().sum()) if "ci_low" in table else 0
    few = f" {count(without, 'pair')} without an interval: too few articles to rank them." if without else ""
    return f"{shared} {same_event}. Cells do not show how sure a value is: its 95 % interval is in the data.{few}"


def _sizes(articles: pd.DataFrame | None, by: str, names: pd.Index) -> pd.Series:
    """Articles of each name; none where a name is one article, or is not of the column, as in a frame by another."""
    if articles is None or by == "article_id":
        return pd.Series(dtype="int64")
    sizes = labels(require(articles, "articles", by)[by]).value_counts()
    return sizes if names.isin(sizes.index).all() else sizes.head(0)


def _pair_hover(row: dict, measure: str, quotes: Mapping[tuple[str, ...], str]) -> str:
    shared = f"{count(int(row['shared_passages']), 'passage')} shared word for word"
    head = f"{row['_a']} and {row['_b']}"
    told = f"{measure.replace('_', ' ')} {number(row['_value'], 3)}"
    if measure != "cosine" and pd.notna(row.get("ci_low")):
        told += f", 95 % interval {number(row['ci_low'])} to {number(row['ci_high'])}"
    return hover(head, [told, shared], quotes.get((row["_a"], row["_b"]), ""))


def _seriated(sources: list[str], pairs: dict[tuple[str, str], dict]) -> list[str]:
    """Similar sources side by side."""
    if len(sources) < 3:
        return sources
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    distance = np.ones((len(sources), len(sources)))
    for i, a in enumerate(sources):
        for j, b in enumerate(sources):
            row = pairs.get((a, b), pairs.get((b, a)))
            if row and pd.notna(row["_value"]):
                distance[i, j] = distance[j, i] = 1 - row["_value"]
    np.fill_diagonal(distance, 0)
    condensed = squareform(distance.clip(0), checks=False)
    tree = optimal_leaf_ordering(linkage(condensed, "average"), condensed)
    return [sources[leaf] for leaf in leaves_list(tree)]
