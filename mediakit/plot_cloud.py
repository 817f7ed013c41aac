"""Word clouds from weights of our own.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import measure_name, require
from .plot_style import GREY, PALETTE, Words
from .plot_text import SOFT, count, escape, evidence_text, fitted, hover, number, plain, slim, text_width

SMALLEST = 12  # px
WIDTH = 680
BOX, ASCENT = 1.23, 0.95  # height of a word's rectangle and of its baseline's distance from the top, in font sizes


@fitted
def plot_word_cloud(
    term_counts: pd.DataFrame,
    *,
    weight: str = "n",
    color: str | None = None,
    seed: int = 0,
    n: int = 80,
    width: int | None = None,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """The terms with the greatest weights, larger the greater; for a first look, not for comparing.

    Parameters
    ----------
    term_counts
        One row per term, with its weight: `ranked_terms` of any frame, which is the table to set beside the cloud; or
        one row per term and group, from `term_counts(articles)`: groups are added up.
    weight
        The column with the weights: n, g2 of keyness …; a negative one counts by its size.
    color
        A column with values on both sides of zero, such as log_ratio or a mean polarity: blue above, orange below. Grey
        where the value is missing; in a frame with verdicts, where the verdict is neither "key" nor "differs"; in one
        with ci_low and ci_high alone, where the interval holds zero or is missing, which for many terms is too lenient:
        `ranked_terms` gives means a corrected verdict. Default: blue where several articles have
        the term.
    seed
        The same seed places the same words in the same way.
    n
        At most this many terms; those for which no place is left are counted in the subtitle.
    width
        Width of the figure in px, 680 by default. It is fixed, because words keep their size when a figure is made
        narrower.
    articles, evidence, title, call
        As in every plot; `evidence` is matched on `term`.

    Returns
    -------
    The words as text, placed by the `wordcloud` package from these weights. customdata: term.

    Raises
    ------
    FrameError
        There is no column term, `weight` or `color`.
    ValueError
        A term stands in several rows, of which only the counts of `term_counts` can be added up.
    """
    asked = ["n", "n_articles"] if weight == "n" and color is None else [weight, *([color] if color else [])]
    frame = require(term_counts, "term_counts", "term", *asked).reset_index(drop=True)
    kind = "frequent" if weight == "n" else "weighty"
    words = Words("term_counts", f"The most {kind} terms as a cloud", "", "", 0)
    options: dict[str, Any] = {"articles": articles, "title": title, "width": width or WIDTH}
    options["call"] = call or style.default_call("plot_word_cloud", "term_counts")
    table = _weights(frame, weight, color).head(n)
    if table.empty:
        return style.nothing(words, "No terms: nothing was counted.", **options)
    area = options["width"] - 2 * style.EDGE
    height = round(area * (0.55 if not slim() else 0.8))
    placed = table.join(_cloud_places(table["_size"], area, height, seed), how="inner")
    fig = go.Figure()
    quotes = evidence_text(evidence, ["term"])
    for name, ink in _inks(_measured(frame, color), bool(_sure(frame))):
        part = placed[placed["_ink"] == ink]
        if len(part):
            _cloud_words(fig, part, name, ink, [_told(row, weight, color) for row in part.to_dict("records")], quotes)
    fig.update_xaxes(visible=False, range=[0, area], fixedrange=True)
    fig.update_yaxes(visible=False, range=[height, 0], fixedrange=True)
    fig.update_layout(margin={"l": style.EDGE, "r": style.EDGE, "b": 1}, hoverdistance=60)
    said = _said(words, table, placed, weight, color, bool(_sure(frame)))
    return style.finish(fig, said, height=height, **options)


def _sure(frame: pd.DataFrame) -> list[str]:
    """The columns that say how sure a value is, where there are any."""
    if "verdict" in frame:
        return ["verdict"]
    return ["ci_low", "ci_high"] if {"ci_low", "ci_high"} <= set(frame.columns) else []


def _weights(frame: pd.DataFrame, weight: str, color: str | None) -> pd.DataFrame:
    """A row per term, greatest weight first, with its size and its ink."""
    kept = [name for name in dict.fromkeys([weight, "n", "n_articles", color, *_sure(frame)]) if name in frame]
    table = frame.assign(term=[plain(term, 60) for term in frame["term"]])[["term", *kept]]
    if color is None and weight == "n":
        table = table.groupby("term", sort=False)[kept].sum().reset_index()
    elif table["term"].duplicated().any():
        twice = table.loc[table["term"].duplicated(), "term"].iloc[0]
        raise ValueError(f"plot_word_cloud: {twice!r} stands in several rows. Choose one target, group or category.")
    size = table[weight].abs()
    table = table.assign(_size=size)[(size > 0) & (table["term"] != "")].set_index("term")
    if color is None:
        several = table["n_articles"] > 1 if "n_articles" in table else pd.Series(True, index=table.index)
        ink = pd.Series(PALETTE[0], index=table.index).where(several, SOFT)
    else:
        value = table[color]
        claimed = pd.Series(True, index=table.index)
        if "verdict" in table:
            claimed = table["verdict"].isin(["key", "differs"])
        elif "ci_low" in table:
            claimed = (table["ci_low"] > 0) | (table["ci_high"] < 0)
        ink = pd.Series(GREY, index=table.index).mask(claimed & (value > 0), PALETTE[0])
        ink = ink.mask(claimed & (value < 0), PALETTE[1])
    return table.assign(_ink=ink).sort_values("_size", ascending=False, kind="stable")


def _measured(frame: pd.DataFrame, color: str | None) -> str | None:
    """What the colour shows: of a mean, what was averaged."""
    measures = frame["measure"].unique() if "measure" in frame and color == "value" else []
    return f"mean {measure_name(measures[0])}" if len(measures) == 1 else color


def _inks(color: str | None, sure: bool) -> list[tuple[str, str]]:
    """What the colours are called."""
    if color is None:
        return [("in several articles", PALETTE[0]), ("in one article", SOFT)]
    name = plain(color, 40).replace("_", " ")
    rest = "cannot be told from 0" if sure else "0 or not known"
    return [(f"{name} above 0", PALETTE[0]), (f"{name} below 0", PALETTE[1]), (rest, GREY)]


def _told(row: dict, weight: str, color: str | None) -> str:
    shown = [f"{column} = {row[column]:,.0f}" for column in ("n",) if column in row]
    shown += [f"{name} {number(row[name])}" for name in dict.fromkeys((weight, color)) if name not in (None, "n")]
    if "ci_low" in row and color:
        shown += [f"95 % interval {number(row['ci_low'])} to {number(row['ci_high'])}"]
    articles = f" in {count(int(row['n_articles']), 'article')}" if "n_articles" in row else ""
    return ", ".join(shown) + articles


def _said(words: Words, table: pd.DataFrame, placed: pd.DataFrame, weight: str, color: str | None, sure: bool) -> Words:
    lost = f"; no room for {len(table) - len(placed):,} more" if len(placed) < len(table) else ""
    total = int(placed["n"].sum()) if "n" in placed else len(placed)
    of = f", n = {total:,} occurrences" if "n" in placed else f", n = {total:,}"
    larger = "more often" if weight == "n" else f"more {weight}"
    told = ", ".join(f"{term} {value:,.0f}" for term, value in placed[weight].head(15).items())
    claims = ""
    if color:
        claims = (
            "Grey: not told from 0 by its verdict or interval, or there is none"
            if sure
            else "Colour shows the sign alone: no interval was given, so no term is claimed to differ from 0"
        )
    return Words(
        words.frame,
        words.title,
        f"{count(len(placed), 'term')}{of}{lost}; larger means {larger}",
        f"Word cloud. The most {'frequent' if weight == 'n' else 'weighty'} terms: {told}.",
        total,
        ("For a first look: letters grow with the square root of the weight, places mean nothing", claims),
    )


def _cloud_words(
    fig: go.Figure,
    part: pd.DataFrame,
    name: str,
    color: str,
    lines: list[str],
    quotes: Mapping[tuple[str, ...], str],
) -> None:
    texts = [hover(term, [line], quotes.get((term,), "")) for term, line in zip(part.index, lines, strict=True)]
    fig.add_scatter(
        x=part["x"].to_numpy(),
        y=part["y"].to_numpy(),
        mode="text",
        text=[escape(term) for term in part.index],
        textfont={"size": part["size"].to_numpy(), "color": color},
        textposition="middle center",
        name=name,
        showlegend=True,
        **style.marks(["term"], [[term] for term in part.index], texts),
    )


def _cloud_places(counts: pd.Series, width: int, height: int, seed: int) -> pd.DataFrame:
    """Font size and point (in px from the top left) of each term: the largest sizes with which all find room.

    Each word takes its whole rectangle, measured for the widest font: whichever font is drawn, no word touches another.
    """
    relative = np.sqrt(counts / counts.max())
    largest = float(height // 4)
    while True:
        sizes = np.maximum(largest * relative, SMALLEST).round().astype(int)
        wide = [text_width(term, size) + 6 for term, size in sizes.items()]
        if (sizes * BOX * wide).sum() < 0.8 * width * height or largest <= SMALLEST:
            places = _packed(sizes, wide, width, height, seed)
            if len(places) == len(counts) or largest <= SMALLEST:
                return places
        largest *= 0.92


def _packed(sizes: pd.Series, wide: list[float], width: int, height: int, seed: int) -> pd.DataFrame:
    """Place rectangles at random where the wordcloud package finds them free; those without room are left out."""
    from wordcloud.wordcloud import IntegralOccupancyMap

    chance = Random(seed)
    free = IntegralOccupancyMap(height, width, None)
    taken = np.zeros((height, width), dtype=np.uint32)
    rows = []
    for (term, size), across in zip(sizes.items(), wide, strict=True):
        box = (ceil(size * BOX), ceil(across))
        place = free.sample_position(*box, chance) if box[0] < height and box[1] < width else None
        if place is None:
            continue
        top, left = place
        taken[top : top + box[0], left : left + box[1]] = 1
        free.update(taken, top, left)
        # plotly sets the baseline of "middle" text a quarter of the font size below the point
        point = top + (ASCENT - 0.25) * size
        rows.append({"term": term, "x": left + box[1] / 2, "y": point, "size": size})
    return pd.DataFrame(rows, columns=["term", "x", "y", "size"]).set_index("term")
