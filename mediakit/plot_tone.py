"""The tone towards actors: means with intervals by article, the outlet's voice and quoted ones apart.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_intervals import HOLLOW, interval_points
from .plot_style import PALETTE, Words
from .plot_text import SOFT, count, evidence_text, fitted, hover, interval, label, listed

MAX_ROWS = 36
VOICES = {
    "outlet": ("in the outlet's own voice", {"color": PALETTE[0], "symbol": "circle", "size": 10}),
    "quoted": ("in quoted voices", {"color": PALETTE[1], "symbol": "diamond", "size": 10}),
}
NOTES = (
    "The tone of a sentence towards the actor is estimated by a model, which errs: read the evidence.",
    "Whether two groups differ the points do not tell: tone_differences tests it by article.",
)


@fitted
def plot_tone_summary(
    tone_summary: pd.DataFrame,
    *,
    top: int = 8,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """The mean tone towards each actor, with its interval.

    Parameters
    ----------
    tone_summary
        One row per actor and voice (and group), from `tone_summary(tone, articles, by=…)`.
    top
        At most this many actors, those with the most sentences; with groups so many that 36 rows are enough, and of a
        group without sentences about the actor no row. The rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and actor.

    Returns
    -------
    A row per actor, or below its name one per group: a point per voice with its 95 % interval, hollow where there are
    too few articles for one. n counts sentences, of the outlet's voice first. customdata: the grouping columns, actor,
    voice.
    """
    tone_summary = require(tone_summary, "tone_summary").reset_index(drop=True)
    known = {column.name for column in FRAMES["tone_summary"].columns}
    keys = [column for column in tone_summary.columns if column not in known]
    words = Words("tone_summary", f"Tone towards actors{' by ' if keys else ''}{listed(keys)}", "", "", 0)
    if tone_summary.empty:
        why = "No tone: no sentence mentions an actor in this voice."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = tone_summary.assign(_group=style.joined(tone_summary, keys), _actor=labels(tone_summary["actor"]))
    shown, ticks, left_out = _rows(table, top, bool(keys))
    fig = go.Figure()
    style.row_axis(fig, ticks)
    style.zero_line(fig)
    _points(fig, shown, keys, evidence_text(evidence, [*keys, "actor"]))
    if shown["ci_low"].isna().any():
        marker = {"symbol": "circle", "color": "#FFFFFF", "size": 10, "line": {"width": 2, "color": SOFT}}
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=HOLLOW, showlegend=True)
    fig.update_layout(showlegend=True)
    ends = [*shown["value"], *shown["ci_low"], *shown["ci_high"], 0]
    fig.update_xaxes(title_text="negative ← tone of a sentence → positive", range=style.span(ends))
    total = int(table["n_sentences"].sum())
    lines = ", lines 95 % intervals (unit: article)" if shown["ci_low"].notna().any() else ""
    told = f"Points are means of positive less negative probability{lines}; n = {count(total, 'sentence')}"
    alt = "; ".join(
        f"{row['_actor']} {row['_group']} {VOICES[row['voice']][0]}".replace("  ", " ")
        + f" {interval(row['value'], row['ci_low'], row['ci_high'])}, {row['verdict']}"
        for row in shown.head(12).to_dict("records")
    )
    said = Words(
        "tone_summary",
        words.title,
        "; ".join([told, *left_out]),
        f"Points with interval lines: mean tone. {alt}.",
        total,
        NOTES if keys else NOTES[:1],
    )
    height = style.rows_height(fig, 30)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _rows(table: pd.DataFrame, top: int, grouped: bool) -> tuple[pd.DataFrame, list[str], list[str]]:
    """The rows of the actors with the most sentences, their places and labels, and what is left out."""
    sizes = table.groupby("_actor", sort=False)["n_sentences"].sum().sort_values(ascending=False, kind="stable")
    parts: list[pd.DataFrame] = []
    ticks: list[str] = []
    shown = 0
    for actor in sizes.index[:top]:
        own = table[table["_actor"] == actor]
        groups = sorted(own["_group"].unique())
        if parts and len(ticks) + len(groups) + grouped > MAX_ROWS:
            break
        groups = groups[: MAX_ROWS - grouped]
        if grouped:
            ticks.append(f"<b>{label(actor, 230)}</b>")
        places = {group: len(ticks) + place for place, group in enumerate(groups)}
        own = own[own["_group"].isin(groups)]
        parts.append(own.assign(_at=own["_group"].map(places)))
        ticks += [
            label(group if grouped else actor, 230, n=_n_of(own[own["_group"] == group], table)) for group in groups
        ]
        shown += 1
    more = len(sizes) - shown
    hidden = [f"and {count(more, 'more actor')}"] if more else []
    return pd.concat(parts, ignore_index=True), ticks, hidden


def _n_of(part: pd.DataFrame, table: pd.DataFrame) -> str:
    """Sentences in the order of the voices, and the articles they stand in."""
    counts = part.groupby("voice")["n_sentences"].sum()
    voices = [voice for voice in VOICES if voice in set(table["voice"])]
    told = " / ".join(f"{counts.get(voice, 0):,}" for voice in voices)
    return f"n = {told} in {count(part['n_articles'].max(), 'article')}"


def _points(fig: go.Figure, shown: pd.DataFrame, keys: Sequence[str], quotes: Mapping[tuple[str, ...], str]) -> None:
    both = shown["voice"].nunique() > 1
    for place, (voice, (name, mark)) in enumerate(VOICES.items()):
        part = shown[shown["voice"] == voice]
        if part.empty:
            continue
        texts = []
        for row in part.to_dict("records"):
            key = tuple(str(labels(pd.Series([row[column]])).iloc[0]) for column in [*keys, "actor"])
            unsure = f"; {row['abstained']:.0%} of the sentences too unsure to be named" if row["abstained"] else ""
            lines = [
                f"tone {interval(row['value'], row['ci_low'], row['ci_high'])}: {row['verdict']}",
                f"negative {row['negative']:.0%}, neutral {row['neutral']:.0%}, positive {row['positive']:.0%}",
                f"n = {count(row['n_sentences'], 'sentence')} in {count(row['n_articles'], 'article')}{unsure}",
                row["caveat"],
            ]
            texts.append(hover(f"{' · '.join(key)}, {name}", lines, quotes.get(key, "")))
        offset = (place - 0.5) * 0.34 if both else 0.0
        y = (part["_at"] + offset).tolist()
        interval_points(fig, part, x="value", y=y, name=name, mark=mark, keys=[*keys, "actor", "voice"], texts=texts)
