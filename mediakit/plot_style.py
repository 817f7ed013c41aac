"""How every figure looks and what stands around it: palette, template, rows, title, source line, what marks carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from .frames import FRAMES, FrameError, fingerprint, labels
from .plot_text import NARROW as NARROW
from .plot_text import SOFT, balanced, block_width, count, escape, isolate, page, plain, slim, wrap

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, GREY, RULE = "#1A1A1A", "#767676", "#D9D9D9"
# Okabe and Ito (2008), the light colours darkened until each has a contrast of 3 : 1 with white paper
PALETTE = ("#0072B2", "#D55E00", "#00805E", "#AA4E86", "#8A6100", "#2A8FBD", "#000000")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star")
MAX_SERIES = len(PALETTE)
EDGE = 16  # px kept free on every side
LEAST = 5  # px of the smallest point
LINE = 1.3  # plotly's line spacing, in font sizes


@dataclass(frozen=True)
class Words:
    """What is said around a figure: title and subtitle above it, notes below, alt text for those who cannot see it."""

    frame: str
    title: str
    subtitle: str
    alt: str
    n: int
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def template() -> go.layout.Template:
    """The one template of all figures."""
    axis = {
        "gridcolor": RULE,
        "linecolor": GREY,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": INK},
        "title": {"font": {"size": 12, "color": SOFT}, "standoff": 8},
        "automargin": False,
        "tickangle": 0,  # plotly turns numbers that have little room, and what is turned is cut off
        "fixedrange": False,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": "#FFFFFF",
            "plot_bgcolor": "#FFFFFF",
            "colorway": list(PALETTE),
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "align": "left",
                "bgcolor": "#FFFFFF",
                "bordercolor": GREY,
                "font": {"size": 12, "color": INK},
            },
            "hovermode": "closest",
            "legend": {
                "orientation": "h",
                "font": {"size": 12},
                "itemsizing": "constant",
                "tracegroupgap": 2,
                "bgcolor": "rgba(0,0,0,0)",
            },
            "separators": ".,",
        }
    )


def contrast(color: str, paper: str = "#FFFFFF") -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(color), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def key_columns(rows: pd.DataFrame, keys: Sequence[str]) -> list[list[str]]:
    """For each row its key as text."""
    return (
        [list(key) for key in zip(*(labels(rows[key]) for key in keys), strict=True)]
        if keys
        else [[] for _ in rows.index]
    )


def marks(keys: Sequence[str], found: Sequence[Any], texts: Sequence[Any]) -> dict[str, Any]:
    """What each mark of a trace carries: `customdata` (the key of its row), `meta["keys"]` (the names in it), hover."""
    return {"customdata": list(found), "meta": {"keys": list(keys)}, "hovertext": list(texts), "hoverinfo": "text"}


def joined(rows: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """Several grouping columns as one label, such as "Outlet A · vader"; "" when there are none."""
    return pd.Series([" · ".join(key) for key in key_columns(rows, keys)], index=rows.index, dtype="str")


def grouping(rows: pd.DataFrame, by: str, articles: pd.DataFrame | None) -> pd.Series:
    """The column `by` of `rows` as labels, looked up in `articles` by article_id where `rows` lacks it."""
    if by in rows:
        return labels(rows[by])
    if articles is None or by not in articles:
        raise FrameError(f"{by!r} is a column neither of the rows nor of articles. Pass articles=… with that column.")
    return labels(rows["article_id"].map(articles.set_index("article_id")[by]))


def group_names(groups: Iterable[str], by: str, articles: pd.DataFrame | None) -> dict[str, str]:
    """What each group is called: its source and title where it is an article that we know."""
    if by != "article_id" or articles is None or "title" not in articles or "source" not in articles:
        return {group: group for group in groups}
    known = {}
    for row in articles[articles["article_id"].isin(list(groups))].to_dict("records"):
        # a source alone would read as all of its articles
        parts = [row["source"], row["title"] if isinstance(row["title"], str) else row["article_id"]]
        known[row["article_id"]] = ": ".join(part for part in parts if isinstance(part, str))
    return {group: known.get(group, group) for group in groups}


def series_style(number_in_order: int) -> dict[str, Any]:
    """Colour and symbol of the n-th series: both differ, so that either is enough."""
    return {"color": PALETTE[number_in_order % MAX_SERIES], "symbol": SYMBOLS[number_in_order % MAX_SERIES]}


def span(values: Iterable[float], *, zero: bool = True, pad: float = 0.06) -> list[float]:
    """An axis range that holds all values (and zero), with some air."""
    known = [float(value) for value in values if np.isfinite(value)] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    air = (high - low or abs(high) or 1.0) * pad
    return [low - air if low < 0 or not zero else low, high + air if high > 0 or not zero else high]


def row_axis(fig: go.Figure, ticks: Sequence[str], *, at: Sequence[float] | None = None, room: float = 0.5) -> None:
    """Rows from the top down, their labels at the left with the margin that they need."""
    places = list(range(len(ticks))) if at is None else list(at)
    fig.update_yaxes(
        tickvals=places,
        ticktext=list(ticks),
        range=[max(places, default=0) + room, -room],
        showgrid=False,
        autorange=False,
        ticklabelstandoff=5,
    )
    fig.update_layout(margin_l=row_margin(ticks))


def row_margin(ticks: Sequence[str]) -> float:
    """Px that the labels of rows take at the left."""
    return EDGE + 16 + max((block_width(tick) for tick in ticks), default=30)


def rows_height(fig: go.Figure, least: float) -> float:
    """Height in px of a plot area with a row per label, none of which touches the next."""
    ticks = fig.layout.yaxis.ticktext or ()
    lines = max((tick.count("<br>") + 1 for tick in ticks), default=1)
    return max(110.0, len(ticks) * max(least, 12 * LINE * lines + 6))


def diameters(n: pd.Series, most: float) -> np.ndarray:
    """Sizes of points in px, which grow with the root of n up to that of `most`; the least can still be seen."""
    return LEAST + (widest() - LEAST) * np.sqrt(n.to_numpy(dtype=float).clip(0) / max(most, 1))


def widest() -> int:
    """Diameter in px of the largest point: it fits into a row, and plotly's legend draws none larger than 16."""
    return 12 if slim() else 15


def size_legend(fig: go.Figure, n: pd.Series, most: float | None = None) -> None:
    """Two or three points in the legend that say which size is how many; needs `legend_itemsizing="trace"`."""
    known = n[n > 0]
    if known.empty or known.min() == known.max():
        return
    most = float(most if most is not None else known.max())
    least = max(float(known.min()), most / 25)  # sizes below cannot be told from it
    for value in sorted({_round(value) for value in np.geomspace(least, float(known.max()), 3)}):
        look = {"symbol": "circle", "color": "#FFFFFF", "line": {"color": GREY, "width": 1.3}}
        size = float(diameters(pd.Series([value]), most)[0])
        fig.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker=look | {"size": size},
            name=f"n = {value:,}",
            showlegend=True,
            hoverinfo="skip",
            legendrank=2000,
        )


def _round(value: float) -> int:
    """The next number below with one digit that is not 0: 1, 2, 5, 30, 400."""
    power = 10 ** int(np.floor(np.log10(value) + 1e-9))
    return int(value / power + 1e-9) * power


def row_rules(fig: go.Figure, places: Iterable[float]) -> None:
    """A fine line through each row, to lead the eye from the label to the point."""
    for place in places:
        fig.add_hline(y=place, line={"color": "#EBEBEB", "width": 1}, layer="below")


def zero_line(fig: go.Figure) -> None:
    """A line at zero that stands out from the grid."""
    fig.update_xaxes(zeroline=True, zerolinecolor=INK, zerolinewidth=1.2)


def finish(
    fig: go.Figure,
    words: Words,
    *,
    height: float,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    n_articles: int | None = None,
    width: int | None = None,
) -> go.Figure:
    """Title, subtitle, legend, notes, source line and meta. `height` is that of the plot area, in px.

    The axes' own room must stand in `margin` before: l for row labels, b for tick labels, r for words at the right.
    A figure with a `width` keeps it; what stands around it is laid out for `page()`.
    """
    corpus = fingerprint(articles) if articles is not None else None
    n_articles = len(articles) if articles is not None else n_articles
    source = source_line(n_articles, corpus)
    heading = plain(title if title is not None else words.title)
    room, big, small = page() - 2 * EDGE, *((15, 12) if slim() else (18, 13))
    head = balanced(heading, room / 1.08, big, 4)
    below = balanced(plain(words.subtitle), room, small, 10)
    notes = [_sentence(note[0].upper() + note[1:]) for note in words.notes if note]
    foot = [line for note in notes for line in balanced(plain(note, 1200), room, 11, 12)]
    header = EDGE + len(head) * big * LINE + len(below) * small * LINE + 6
    margin = fig.layout.margin
    left, right, axis = margin.l or 64, margin.r or 24, margin.b or 30
    # a figure without a width of its own may be shown somewhat narrower, with the side bar of JupyterLab beside it
    spare = 72 if page() == NARROW else 0
    top = header + _legend_rows(fig, page() - left - right - spare) * 21 + 12
    axis += _axis_title(fig, page() - left - right + 2 * min(right, left))
    bottom = axis + 4 + (len(foot) + 1) * 11 * LINE + EDGE
    total = top + height + bottom
    fig.update_layout(
        template=template(),
        width=width if width is not None else fig.layout.width,
        height=round(total),
        margin={"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False},
        title={
            "text": _lines(head),
            "font": {"size": big, "weight": "bold"},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            # plotly moves a title of several lines up by half a line
            "pad": {"l": EDGE, "t": EDGE + (len(head) > 1) * big * LINE / 2},
        },
        legend={"x": 0.01, "xref": "container", "xanchor": "left", "y": 1 - header / total, "yref": "container"},
        legend_yanchor="top",
        meta={
            "frame": words.frame,
            "call": call or default_call(f"plot_{words.frame}", words.frame),
            "corpus": corpus,
            "n": int(words.n),
            "n_articles": None if n_articles is None else int(n_articles),
            "caption": " ".join(_sentence(part) for part in (heading, words.subtitle, *notes, source) if part),
            "alt": plain(words.alt, 1500),
        },
    )
    _beside(fig, "subtitle", _lines(below), small, left, {"y": 1, "yshift": top - EDGE - len(head) * big * LINE})
    _beside(fig, "source", _lines([*foot, source]), 11, left, {"y": 0, "yshift": -axis - 4})
    return fig


def _axis_title(fig: go.Figure, room: float) -> float:
    """Wrap the title below the plot area, in the middle of which it stands; the px that it takes."""
    text = fig.layout.xaxis.title.text
    if not text:
        return 0
    if block_width(text) > room:
        text = "<br>".join(balanced(text.replace("n = ", "n\u00a0=\u00a0"), room, 12, 3))
        fig.layout.xaxis.title.text = text
    return 24 + text.count("<br>") * 12 * LINE


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(escape(isolate(line)) for line in lines)


def _beside(fig: go.Figure, name: str, text: str, size: int, left: float, place: dict[str, float]) -> None:
    """Text that starts at the left edge of the figure, at a fixed distance in px from the plot area."""
    at_left = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": EDGE - 1 - left, "align": "left"}
    look = {"font": {"size": size, "color": SOFT}, "showarrow": False, "borderpad": 0}
    fig.add_annotation(at_left | place | look, name=name, text=text, yref="paper", yanchor="top")


def _legend_rows(fig: go.Figure, room: float) -> int:
    """Rows that the legend takes in the narrowest column: no wider than the plot area, whatever its place."""
    rows, used = 0, room
    for trace in fig.data:
        if trace.showlegend and trace.name:
            trace.legendgroup = trace.legendgroup or trace.name
            wide = block_width(trace.name) + 46
            rows, used = (rows, used + wide) if used + wide <= room else (rows + 1, wide)
    return rows


def source_line(n_articles: int | None, corpus: str | None) -> str:
    """ "Source: 5 articles, corpus a1b2c3d4e5f6 · mediakit"."""
    known = [count(n_articles, "article")] if n_articles is not None else []
    known += [f"corpus {corpus}"] if corpus else []
    return f"Source: {', '.join(known)} · mediakit" if known else "Source: mediakit"


def _sentence(text: str) -> str:
    text = plain(text, 1200)
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def default_call(plot: str, frame: str) -> str:
    """How a figure is made where nobody said it: the plot over the call that makes its frame."""
    return f"mk.{plot}(mk.{FRAMES[frame].made_by.split('), ')[0].removesuffix(')')}))"


def nothing(
    words: Words,
    why: str,
    *,
    articles: pd.DataFrame | None,
    title: str | None,
    call: str | None,
    width: int | None = None,
) -> go.Figure:
    """A figure that says in words what cannot be shown."""
    fig = go.Figure()
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    fig.update_layout(margin={"l": EDGE, "b": 1})
    shown = "<br>".join(escape(line) for line in wrap(plain(why), page() - 4 * EDGE, 14, 6))
    fig.add_annotation(text=shown, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"size": 14})
    said = Words(words.frame, words.title, "Nothing to show", why, 0, ())
    return finish(fig, said, height=120, articles=articles, title=title, call=call, width=width)
