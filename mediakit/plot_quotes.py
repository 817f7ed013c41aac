"""Who speaks: words of each speaker, the share of women's words, who is named and never quoted.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_intervals import HOLLOW, interval_points
from .plot_style import GREY, INK, PALETTE, Words
from .plot_text import SOFT, count, evidence_text, fitted, hover, label, listed

KINDS = {"direct": PALETTE[0], "partial": PALETTE[1], "indirect": GREY}
MAX_GROUPS = 6
MAX_ROWS = 30  # speakers in all groups together
RULES = "Quotations and speakers are found by rules, which miss some and err on some: read the evidence"
Quotes = Mapping[tuple[str, ...], str]


@fitted
def plot_quote_counts(
    quote_counts: pd.DataFrame,
    *,
    top: int = 15,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Who speaks, in how many words and in what kind of quotation.

    Parameters
    ----------
    quote_counts
        One row per speaker (and group), from `quote_counts(quotes, articles, by=…)`.
    top
        At most this many speakers, those with the most words; of several groups fewer each, of them one without a name,
        and at most six groups, those with the most words. The rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `speaker`.

    Returns
    -------
    A bar per speaker, its parts the words in direct, partial and indirect quotations; customdata: the grouping columns,
    then speaker. Without groups the bar counts words. With groups there is a block of bars for each, in shares of the
    words that the group quotes, with a line for the 95 % interval of the whole share where there are articles enough.
    """
    quote_counts = require(quote_counts, "quote_counts").reset_index(drop=True)
    known = {column.name for column in FRAMES["quote_counts"].columns}
    keys = [column for column in quote_counts.columns if column not in known]
    by = f" by {listed(keys)}" if keys else ""
    words = Words("quote_counts", f"Who speaks{by}", "", "", 0)
    if quote_counts.empty or quote_counts["n_words"].sum() == 0:
        why = "No quotations: nobody is quoted in these articles."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = quote_counts.assign(_group=style.joined(quote_counts, keys), _speaker=labels(quote_counts["speaker"]))
    shown, ticks, left_out = _blocks(table, top) if keys else _list(table, top)
    quotes = evidence_text(_with_brackets(evidence), [*keys, "speaker"])
    fig = go.Figure()
    style.row_axis(fig, ticks)
    _bars(fig, shown, keys, quotes)
    sure = shown["ci_low"].notna()
    how = "bars are words"
    if keys:
        how = "bars are shares of the words that the group quotes"
        if sure.any():
            _interval_lines(fig, shown[sure])
            how += ", lines 95 % intervals (unit: article)"
        fig.update_xaxes(title_text="share of quoted words", tickformat=".0%", range=[0, _reach(shown)])
    else:
        fig.update_xaxes(title_text="words quoted", tickformat=",d", range=[0, shown["n_words"].max() * 1.04])
    total = int(table["n"].sum())
    counted = f"n = {count(total, 'quotation')} of {count(table['_speaker'].nunique(), 'speaker')}"
    caveats = dict.fromkeys(text for text in labels(shown["caveat"]) if keys and text not in ("", "unknown"))
    few = ["No interval below five articles with quotations, and for what rests on one: nothing is known of others"]
    said = Words(
        "quote_counts",
        words.title,
        "; ".join([counted, how, *left_out]),
        f"Bars of words quoted{by}, by kind of quotation: {_told(shown)}.",
        total,
        (RULES, *(few if caveats else [])),
    )
    height = style.rows_height(fig, 24)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _list(table: pd.DataFrame, top: int) -> tuple[pd.DataFrame, list[str], list[str]]:
    """The speakers with the most words, with their places and labels, and what is left out."""
    order = table.sort_values("n_words", ascending=False, kind="stable")
    shown = order.head(top).reset_index(drop=True)
    shown["_at"] = np.arange(len(shown))
    ticks = [label(row["_speaker"], 230, n=_n_of(row)) for row in shown.to_dict("records")]
    more = len(order) - len(shown)
    return shown, ticks, [f"and {more:,} more speakers" if more > 1 else "and 1 more speaker"] if more else []


def _blocks(table: pd.DataFrame, top: int) -> tuple[pd.DataFrame, list[str], list[str]]:
    """As `_list`, for each of the groups with the most words, below a row with its name."""
    sizes = table.groupby("_group", sort=False)["n_words"].sum().sort_values(ascending=False, kind="stable")
    groups = sorted(sizes.index[:MAX_GROUPS])
    each = max(2, min(top, MAX_ROWS // len(groups)))
    parts, ticks, at = [], [], 0
    for group in groups:
        order = table[table["_group"] == group].sort_values("n_words", ascending=False, kind="stable")
        nameless = order["_speaker"].str.fullmatch(r"\(\w+\)")
        part = order[~nameless | ~nameless.duplicated()].head(each)
        said = f"{sizes[group]:,} words in {count(int(order['n_articles_all'].max()), 'article')}"
        ticks.append(f"<b>{label(group, 230, n=f'n = {said}')}</b>")
        ticks += [label(row["_speaker"], 230, n=f"n = {row['n']:,}") for row in part.to_dict("records")]
        parts.append(part.assign(_at=np.arange(at + 1, at + 1 + len(part))))
        at += 1 + len(part)
    shown = pd.concat(parts, ignore_index=True)
    hidden = len(table[table["_group"].isin(groups)]) - len(shown)
    left_out = (
        [f"at most {each} speakers of a group, one of them without a name; and {hidden:,} more"] if hidden else []
    )
    more = len(sizes) - len(groups)
    return shown, ticks, [*left_out, *([f"and {more:,} more groups"] if more else [])]


def _bars(fig: go.Figure, shown: pd.DataFrame, keys: list[str], quotes: Quotes) -> None:
    names = style.key_columns(shown, [*keys, "speaker"])
    texts = [_hover(row, quotes.get(tuple(key), "")) for row, key in zip(shown.to_dict("records"), names, strict=True)]
    whole = shown["n_words"] / shown["share"] if keys else pd.Series(1.0, index=shown.index)
    for kind, colour in KINDS.items():
        there = np.flatnonzero(shown[f"n_words_{kind}"] > 0)
        if len(there):
            fig.add_bar(
                x=(shown[f"n_words_{kind}"] / whole).to_numpy()[there],
                y=shown["_at"].to_numpy()[there],
                orientation="h",
                width=0.62,
                marker={"color": colour},
                name=kind,
                showlegend=True,
                textposition="none",
                **style.marks([*keys, "speaker"], [names[at] for at in there], [texts[at] for at in there]),
            )
    fig.update_layout(barmode="stack")


def _interval_lines(fig: go.Figure, sure: pd.DataFrame) -> None:
    fig.add_scatter(
        x=sure["share"].to_numpy(),
        y=sure["_at"].to_numpy(),
        mode="markers",
        marker={"symbol": "line-ns", "size": 9, "color": INK, "line": {"width": 2, "color": INK}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (sure["ci_high"] - sure["share"]).to_numpy(),
            "arrayminus": (sure["share"] - sure["ci_low"]).to_numpy(),
            "color": INK,
            "thickness": 1.3,
            "width": 0,
        },
        name="share with 95 % interval",
        hoverinfo="skip",
        showlegend=True,
    )


def _reach(shown: pd.DataFrame) -> float:
    return min(1.02, 1.04 * float(np.nanmax([*shown["share"], *shown["ci_high"]])))


def _n_of(row: Mapping[str, Any]) -> str:
    return f"n = {row['n']:,} in {count(int(row['n_articles']), 'article')}"


def _percent(value: float, low: float, high: float) -> str:
    """ "12 % (5 to 19 %)"."""
    if pd.isna(value):
        return "no value"
    if pd.isna(low) or pd.isna(high):
        return f"{100 * value:.0f} % (too few for an interval)"
    return f"{100 * value:.0f} % ({100 * low:.0f} to {100 * high:.0f} %)"


def _hover(row: Mapping[str, Any], sentences: str) -> str:
    kinds = ", ".join(f"{row[f'n_{kind}']:,} {kind}" for kind in KINDS if row[f"n_{kind}"])
    lines = [
        f"{count(int(row['n']), 'quotation')} ({kinds}) in {count(int(row['n_articles']), 'article')}",
        f"{row['n_words']:,} words: {_percent(row['share'], row['ci_low'], row['ci_high'])} of all that are quoted",
        row["caveat"] if isinstance(row["caveat"], str) else "",
    ]
    return hover(" · ".join(part for part in (row["_speaker"], row["_group"]) if part), lines, sentences)


def _told(shown: pd.DataFrame) -> str:
    return "; ".join(
        f"{row['_group']} {row['_speaker']}".strip()
        + f" {row['n_words']:,} words in {count(int(row['n']), 'quotation')}"
        for row in shown.head(12).to_dict("records")
    )


def _with_brackets(evidence: pd.DataFrame | None) -> pd.DataFrame | None:
    """Evidence of quotations with speakers called as they are in the counts: "(unnamed)" where nobody is named."""
    if evidence is None or "speaker" not in evidence or "speaker_kind" not in evidence:
        return evidence
    kinds = evidence["speaker_kind"].astype("object").where(evidence["speaker_kind"].notna(), "nobody")
    kinds = kinds.replace({"pronoun": "unnamed", "named": "unnamed"})
    known = evidence["speaker"].astype("object")
    return evidence.assign(speaker=known.where(known.notna(), "(" + kinds + ")"))


@fitted
def plot_quote_genders(
    quote_genders: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """The share of women in the words of women and men that are quoted, with intervals.

    Parameters
    ----------
    quote_genders
        One row per article or group of articles, from `quote_genders(quotes, articles, by=…)`.
    top
        At most this many groups, those with the most words of women and men; the rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns.

    Returns
    -------
    A point per group with its 95 % interval over the articles, highest share first; hollow where there are too few for
    an interval; groups that quote neither have no point. customdata: the grouping columns.
    """
    quote_genders = require(quote_genders, "quote_genders").reset_index(drop=True)
    fixed = {column.name for column in FRAMES["quote_genders"].columns}
    keys = [column for column in quote_genders.columns if column not in fixed]
    by = f" by {'article' if keys == ['article_id'] else listed(keys)}" if keys else ""
    words = Words("quote_genders", f"Women's share of the words quoted{by}", "", "", 0)
    n = int(quote_genders[["n_women", "n_men"]].to_numpy().sum())
    if n == 0:
        why = "No quotations of women or men: nobody of known gender is quoted in these articles."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    sizes = quote_genders["n_words_women"] + quote_genders["n_words_men"]
    table = quote_genders.loc[sizes.sort_values(ascending=False, kind="stable").index[:top]]
    table = table.sort_values("share_women", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    table["_name"] = style.joined(table, keys) if keys else "all articles"
    fig = go.Figure()
    style.row_axis(fig, [label(row["_name"], 230, n=_women_and_men(row)) for row in table.to_dict("records")])
    quotes = evidence_text(evidence, keys)
    texts = [
        _gender_hover(row, quotes.get(tuple(key), ""))
        for row, key in zip(table.to_dict("records"), style.key_columns(table, keys), strict=True)
    ]
    mark = style.series_style(0) | {"size": 10}
    known = table["share_women"].notna()
    at = [place for place, there in enumerate(known) if there]
    shown = [texts[place] for place in at]
    interval_points(fig, table[known], x="share_women", y=at, name="share of women", mark=mark, keys=keys, texts=shown)
    for place in np.flatnonzero(~known):
        said = {"text": "neither is quoted", "x": 0, "y": place, "xanchor": "left", "xshift": 6, "showarrow": False}
        fig.add_annotation(said, font={"size": 11, "color": SOFT})
    if (known & table["ci_low"].isna()).any():
        marker = {"symbol": "circle", "color": "#FFFFFF", "size": 10, "line": {"width": 2, "color": SOFT}}
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=HOLLOW, showlegend=True)
    fig.add_vline(x=0.5, line={"color": INK, "width": 1.2, "dash": "dot"}, layer="below")
    fig.update_xaxes(title_text="women's share of the words of women and men", tickformat=".0%", range=[-0.03, 1.03])
    said_words = _gender_words(words, quote_genders, table, n)
    height = style.rows_height(fig, 30)
    return style.finish(fig, said_words, height=height, articles=articles, title=title, call=call, width=width)


def _women_and_men(row: Mapping[str, Any]) -> str:
    return f"n = {row['n_women']:,} + {row['n_men']:,} in {count(int(row['n_articles']), 'article')}"


def _gender_hover(row: Mapping[str, Any], sentences: str) -> str:
    lines = [
        f"women {_percent(row['share_women'], row['ci_low'], row['ci_high'])}",
        f"women: {count(int(row['n_women']), 'quotation')}, {row['n_words_women']:,} words",
        f"men: {count(int(row['n_men']), 'quotation')}, {row['n_words_men']:,} words",
        f"neither known: {count(int(row['n_unknown']), 'quotation')}",
        row["caveat"] if isinstance(row["caveat"], str) else "",
    ]
    return hover(row["_name"], lines, sentences)


def _gender_words(words: Words, genders: pd.DataFrame, table: pd.DataFrame, n: int) -> Words:
    lines = ", lines 95 % intervals (unit: article)" if table["ci_low"].notna().any() else ""
    unknown = int(genders["n_unknown"].sum())
    left_out = f"{count(unknown, 'quotation')} of speakers whose gender neither registry, title nor pronoun tells "
    left_out += f"{'is' if unknown == 1 else 'are'} left out"
    hidden = len(genders) - len(table)
    more = f"; and {hidden:,} more groups" if hidden else ""
    told = "; ".join(
        f"{row['_name']} {_percent(row['share_women'], row['ci_low'], row['ci_high'])}"
        for row in table.head(12).to_dict("records")
    )
    return Words(
        "quote_genders",
        words.title,
        f"n = {count(n, 'quotation')} of women + men; points are shares of words{lines}; dotted: as much as men{more}",
        f"Points with interval lines: women's share of the words of women and men. {told}.",
        n,
        (left_out if unknown else "", RULES),
    )
