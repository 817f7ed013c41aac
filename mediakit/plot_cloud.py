"""Word clouds from our own counts.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from random import Random

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import require
from .plot_style import PALETTE, Words
from .plot_text import SOFT, count, escape, evidence_text, hover, plain, text_width

SMALLEST = 12  # px
BOX, ASCENT = 1.23, 0.95  # height of a word's rectangle and of its baseline's distance from the top, in font sizes


def plot_word_cloud(
    term_counts: pd.DataFrame,
    *,
    seed: int = 0,
    n: int = 80,
    width: int = 800,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """The most frequent terms, larger the more often they occur; for a first look, not for comparing.

    Parameters
    ----------
    term_counts
        One row per term (and group), from `term_counts(articles)`. Groups are added up.
    seed
        The same seed places the same words in the same way.
    n
        At most this many terms; those for which no place is left are counted in the subtitle.
    width
        Width of the figure in px. It is fixed, because words keep their size when a figure is made narrower.
    articles, evidence, title, call
        As in every plot; `evidence` is matched on `term`.

    Returns
    -------
    The words as text, placed by the `wordcloud` package from these counts; blue where several articles have the term.
    customdata: term.
    """
    term_counts = require(term_counts, "term_counts").reset_index(drop=True)
    words = Words("term_counts", "The most frequent terms as a cloud", "", "", 0)
    call = call or style.default_call("plot_word_cloud", "term_counts")
    counts = term_counts.assign(term=[plain(term, 60) for term in term_counts["term"]])
    counts = counts[(counts["n"] > 0) & (counts["term"] != "")].groupby("term", sort=False)[["n", "n_articles"]].sum()
    if counts.empty:
        return style.nothing(words, "No terms: nothing was counted.", articles=articles, title=title, call=call)
    counts = counts.sort_values("n", ascending=False, kind="stable").head(n)
    area = width - 2 * style.EDGE
    height = round(area * 0.55)
    placed = counts.join(_cloud_places(counts["n"], area, height, seed), how="inner")
    fig = go.Figure()
    quotes = evidence_text(evidence, ["term"])
    for name, several, color in (("in several articles", True, PALETTE[0]), ("in one article", False, SOFT)):
        part = placed[(placed["n_articles"] > 1) == several]
        if len(part):
            _cloud_words(fig, part, name, color, quotes)
    fig.update_xaxes(visible=False, range=[0, area], fixedrange=True)
    fig.update_yaxes(visible=False, range=[height, 0], fixedrange=True)
    fig.update_layout(width=width, margin={"l": style.EDGE, "r": style.EDGE, "b": 1}, hoverdistance=60)
    lost = f"; no room for {len(counts) - len(placed):,} more" if len(placed) < len(counts) else ""
    told = ", ".join(f"{term} {row['n']:,.0f}" for term, row in placed.head(15).iterrows())
    said = Words(
        "term_counts",
        words.title,
        f"{count(len(placed), 'term')}, n = {placed['n'].sum():,} occurrences{lost}; larger means more often",
        f"Word cloud. The most frequent terms: {told}.",
        int(placed["n"].sum()),
        ("For a first look: letters grow with the square root of the count, places mean nothing.",),
    )
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


def _cloud_words(
    fig: go.Figure, part: pd.DataFrame, name: str, color: str, quotes: Mapping[tuple[str, ...], str]
) -> None:
    texts = [
        hover(term, [f"n = {n:,} in {count(n_articles, 'article')}"], quotes.get((term,), ""))
        for term, n, n_articles in zip(part.index, part["n"], part["n_articles"], strict=True)
    ]
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
