"""Terms in rows: what stands near a word, and how evenly terms are spread.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels, require
from .plot_style import PALETTE, Words
from .plot_text import count, evidence_text, fitted, hover, label, number, plain


@fitted
def plot_collocates(
    collocates: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """The terms most strongly tied to a word, by logDice.

    Parameters
    ----------
    collocates
        One row per term near the node, from `collocates(articles, node)`.
    top
        At most this many terms, in the order of the frame.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on `term`.

    Returns
    -------
    A row and a point per term, larger the more often it stands near the node. customdata: term.
    """
    frame = require(collocates, "collocates").reset_index(drop=True)
    node = plain(frame["node"].iloc[0], 60) if len(frame) else ""
    words = Words("collocates", f"What stands near “{node}”" if node else "What stands near a word", "", "", 0)
    if frame.empty:
        why = "No collocates: no term stands near the word often enough."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    drawn = frame.head(top)
    lines = [
        [
            f"logDice {number(row['log_dice'])}, MI {number(row['mi'])}, t {number(row['t'])}",
            f"n = {row['n_near']:,} near it ({row['n_left']:,} before, {row['n_right']:,} behind) of {row['n']:,}, in "
            f"{count(row['n_articles'], 'article')}",
        ]
        for row in drawn.to_dict("records")
    ]
    fig = _rows(drawn, drawn["log_dice"], drawn["n_near"], lines, evidence)
    fig.update_xaxes(title_text="logDice: 14 is the most", range=style.span(drawn["log_dice"], zero=False, pad=0.1))
    n_node = int(frame["n_node"].iloc[0])
    shown = f"{len(drawn):,} of {count(len(frame), 'term')}" if len(frame) > len(drawn) else count(len(drawn), "term")
    said = Words(
        "collocates",
        words.title,
        f"{shown} near n = {count(n_node, 'occurrence')} of the word ({frame['window'].iloc[0]}, within the sentence); "
        "n at a term: near it",
        f"Dot plot of collocates of {node} by logDice: "
        + "; ".join(f"{plain(row['term'])} {row['log_dice']:.1f}" for row in drawn.head(8).to_dict("records")),
        len(drawn),
        ("Few occurrences make unsure ties: read the sentences.",),
    )
    height = style.rows_height(fig, 26)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


@fitted
def plot_dispersion(
    dispersion: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How evenly the most frequent terms are spread over the parts of the corpus.

    Parameters
    ----------
    dispersion
        One row per term, from `dispersion(articles, parts=…)`.
    top
        At most this many terms, in the order of the frame: the most frequent ones.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on `term`.

    Returns
    -------
    A row and a point per term, larger the more frequent it is: DPnorm, 0 evenly spread, 1 in one part alone.
    customdata: term.
    """
    frame = require(dispersion, "dispersion").reset_index(drop=True)
    words = Words("dispersion", "How evenly terms are spread", "", "", 0)
    drawn = frame[frame["dp_norm"].notna()].head(top)
    if drawn.empty:
        why = "No term is frequent enough, or there is one part only: nothing can be spread."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    part, n_parts = plain(frame["parts"].iloc[0], 40), int(frame["n_parts"].iloc[0])
    lines = [
        [
            f"DPnorm {number(row['dp_norm'])}, Juilland's D {number(row['juilland_d'])}",
            f"n = {row['n']:,}, in {row['range']:,} of {row['n_parts']:,} parts",
        ]
        for row in drawn.to_dict("records")
    ]
    fig = _rows(drawn, drawn["dp_norm"], drawn["n"], lines, evidence)
    fig.update_xaxes(title_text="evenly spread ← DPnorm → in few parts", range=[-0.03, 1.03])
    shown = f"{len(drawn):,} of {count(len(frame), 'term')}" if len(frame) > len(drawn) else count(len(drawn), "term")
    said = Words(
        "dispersion",
        words.title,
        f"{shown}, most frequent first; parts are {part}s, n = {n_parts:,}",
        f"Dot plot of DPnorm over {n_parts:,} {part}s: "
        + "; ".join(f"{plain(row['term'])} {row['dp_norm']:.2f}" for row in drawn.head(8).to_dict("records")),
        len(drawn),
        ("Rare terms cannot be spread evenly over many parts: compare terms of like frequency.",),
    )
    height = style.rows_height(fig, 26)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _rows(
    drawn: pd.DataFrame, x: pd.Series, n: pd.Series, lines: Sequence[list[str]], evidence: pd.DataFrame | None
) -> go.Figure:
    terms = list(labels(drawn["term"]))
    quotes = evidence_text(evidence, ["term"])
    fig = go.Figure()
    style.row_axis(fig, [label(term, 190, n=f"n = {size:,}") for term, size in zip(terms, n, strict=True)])
    style.row_rules(fig, range(len(terms)))
    texts = [hover(term, line, quotes.get((term,), "")) for term, line in zip(terms, lines, strict=True)]
    fig.add_scatter(
        x=x.to_numpy(dtype=float),
        y=list(range(len(terms))),
        mode="markers",
        cliponaxis=False,
        marker={
            "color": PALETTE[0],
            "size": style.diameters(n, n.max()),
            "opacity": 0.9,
        },
        showlegend=False,
        name="terms",
        **style.marks(["term"], [[term] for term in terms], texts),
    )
    style.size_legend(fig, n)
    fig.update_layout(legend_itemsizing="trace")
    return fig
