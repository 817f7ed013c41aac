"""Terms: how often, and where more than elsewhere.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, require
from .plot_intervals import interval_points
from .plot_style import GREY, PALETTE, Words
from .plot_text import count, evidence_text, fitted, hover, interval, label, listed, number, p_value, plain

ALPHA = 0.05
MAX_TARGETS = 6
REFERENCE = "n_articles_reference"  # of keyness; frames made before it was added do without
HOLLOW = "hollow: does not survive, or in one article only"


def _groups_of(frame: pd.DataFrame, name: str) -> list[str]:
    known = {column.name for column in FRAMES[name].columns}
    return [column for column in frame.columns if column not in known]


@fitted
def plot_term_counts(
    term_counts: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """The most frequent terms, per 1,000 tokens, by group where there are groups.

    Parameters
    ----------
    term_counts
        One row per term (and group), from `term_counts(articles, by=…)`.
    top
        At most this many terms, those with the most occurrences in the groups that are drawn.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns and `term`.

    Returns
    -------
    A row per term, a point per group (at most seven groups, those with the most occurrences). customdata: the grouping
    columns in their order, then term.
    """
    term_counts = require(term_counts, "term_counts").reset_index(drop=True)
    keys = _groups_of(term_counts, "term_counts")
    by = f" by {listed(keys)}" if keys else ""
    words = Words("term_counts", f"The most frequent terms{by}", "", "", 0)
    if term_counts.empty:
        return style.nothing(
            words, "No terms: nothing was counted.", articles=articles, title=title, call=call, width=width
        )
    table = term_counts.assign(term=labels(term_counts["term"]), _series=style.joined(term_counts, keys))
    sizes = table.groupby("_series", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    series = sorted(sizes.index[: style.MAX_SERIES]) if len(sizes) > 1 else list(sizes.index)
    drawn = table[table["_series"].isin(series)]
    totals = drawn.groupby("term", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    rows = list(totals.index[:top])
    quotes = evidence_text(evidence, [*keys, "term"])
    fig = go.Figure()
    style.row_axis(fig, [label(term, 190, n=f"n = {totals[term]:,}") for term in rows])
    style.row_rules(fig, range(len(rows)))
    for place, name in enumerate(series):
        part = table[(table["_series"] == name) & table["term"].isin(rows)]
        # groups a little apart, so that none hides another
        offset = (place - (len(series) - 1) / 2) * min(0.12, 0.6 / len(series))
        at = [rows.index(term) + offset for term in part["term"]]
        _term_points(fig, part, at, style.series_style(place), name, int(sizes[name]), [*keys, "term"], quotes)
    most = drawn.loc[drawn["term"].isin(rows), "per_1000"].max()
    fig.update_xaxes(
        title_text="occurrences per 1,000 tokens", range=style.span([most, 0.0]), zeroline=True, zerolinecolor=GREY
    )
    total = int(drawn["n"].sum())
    more = f"; and {count(len(sizes) - len(series), 'more group')}" if len(sizes) > len(series) else ""
    over = f"the {len(series):,} groups drawn" if more else "all groups"
    at_a_term = f", n at a term: in {over}" if keys else ""
    shown = f"{len(rows):,} of {len(totals):,} terms" if len(totals) > len(rows) else count(len(rows), "term")
    told = "; ".join(f"{plain(term)} {totals[term]:,}" for term in rows[:10])
    said = Words(
        "term_counts",
        words.title,
        f"{shown}; n = {count(total, 'counted occurrence')}{at_a_term}{more}",
        f"Dot plot of term frequencies{by}. Occurrences: {told}.",
        total,
        ("No point: the term was not counted in that group." if len(series) > 1 else "",),
    )
    height = style.rows_height(fig, max(26, 18 + 5 * len(series)) if len(series) > 1 else 26)
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _term_points(
    fig: go.Figure,
    part: pd.DataFrame,
    at: list[float],
    mark: dict[str, str],
    name: str,
    size: int,
    keys: list[str],
    quotes: Mapping[tuple[str, ...], str],
) -> None:
    found = style.key_columns(part, keys)
    texts = [
        hover(
            f"{row['term']}{' · ' + name if name else ''}",
            [
                f"n = {row['n']:,} in {count(row['n_articles'], 'article')}",
                f"{number(row['per_1000'])} per 1,000 tokens",
            ],
            quotes.get(tuple(key), ""),
        )
        for row, key in zip(part.to_dict("records"), found, strict=True)
    ]
    fig.add_scatter(
        x=part["per_1000"].to_numpy(dtype=float),
        y=at,
        mode="markers",
        cliponaxis=False,
        marker=mark | {"size": 10, "opacity": 0.85, "line": {"width": 0.5, "color": "#FFFFFF"}},
        name=label(name, 220, max_lines=1, n=f"n = {size:,}") if name else "all",
        showlegend=bool(name),
        **style.marks(keys, found, texts),
    )


@fitted
def plot_keyness(
    keyness: pd.DataFrame,
    *,
    top: int | None = None,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Terms that set each target apart: log ratio with its interval.

    Parameters
    ----------
    keyness
        One row per target and term, from `keyness(term_counts)`.
    top
        Terms per target, by size of G². Default: 20 for one target, fewer for several.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on `target` and `term`.

    Returns
    -------
    A block of rows per target (at most six: those with the most terms that survive correction, among equals those with
    the most tokens counted). Right of zero: over-used, left: under-used. The size of a point grows with
    n_target + n_reference, what the comparison rests on; it is hollow where p_articles (p_adjusted in a frame without
    it) is not below .05, or where fewer than two articles have the term: articles of the target, or of the reference
    where the term is under-used (in a frame without n_articles_reference: of the target throughout). customdata:
    target, term.
    """
    required = [column for column in FRAMES["keyness"].required if column in keyness or column != REFERENCE]
    keyness = require(keyness, "keyness", *required).reset_index(drop=True)
    words = Words("keyness", "Terms that set each group apart", "", "", 0)
    if keyness.empty:
        why = "No terms to compare: keyness needs terms in at least two groups."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = keyness.assign(
        _target=style.joined(keyness, ["target"]),
        _size=keyness["g2"].abs(),
        _n=keyness["n_target"] + keyness["n_reference"],
        _holds=(keyness.get("p_articles", keyness["p_adjusted"]) < ALPHA) & (_articles_behind(keyness) >= 2),
    )
    targets = _ranked_targets(table)
    # in the order of the frame; only which of them is a matter of rank
    shown = [target for target in dict.fromkeys(table["_target"]) if target in targets[:MAX_TARGETS]]
    per_target = top or (20 if len(shown) == 1 else max(4, 24 // len(shown)))
    best = table.sort_values("_size", ascending=False, kind="stable").groupby("_target", sort=False).head(per_target)
    blocks = [best[best["_target"] == target].sort_values("log_ratio", ascending=False) for target in shown]
    fig = go.Figure()
    drawn = _key_rows(fig, blocks, shown)
    _key_points(fig, drawn, evidence_text(evidence, ["target", "term"]))
    style.size_legend(fig, drawn["_n"])
    fig.update_layout(legend_itemsizing="trace")
    style.zero_line(fig)
    ends = [*drawn["log_ratio"], *drawn["ci_low"], *drawn["ci_high"]]
    fig.update_xaxes(title_text="under-used ← log ratio → over-used", range=style.span(ends))
    holds, total = int(table["_holds"].sum()), len(table)
    chosen = (
        f"; the {len(shown)} of {len(targets):,} groups with most surviving terms" if len(targets) > len(shown) else ""
    )
    verb = "survives" if holds == 1 else "survive"
    said = Words(
        "keyness",
        words.title,
        f"Each group against all the others together; the {count(per_target, 'term')} with the largest G² per group; "
        "lines are 95 % intervals, +1 means twice as frequent; in brackets: occurrences in the group of those in all, "
        f"which the size shows; n = {count(total, 'comparison')}{chosen}",
        f"Log ratios of {count(len(drawn), 'term')} in {count(len(shown), 'group')}. {holds:,} of {total:,} {verb}. "
        + "; ".join(
            f"{row['_target']}: {row['term']} {number(row['log_ratio'], 1, sign=True)}" for row in _firsts(blocks)
        ),
        total,
        (
            f"{holds:,} of {count(total, 'comparison')} {verb} correction (Benjamini–Hochberg, p < .05, by words and "
            "by articles) with the term in at least two articles of the group"
            f"{' (under-used: of the others)' if REFERENCE in table else ''}.",
        ),
    )
    height = max(110, 21 * (len(drawn) + 1.4 * len(shown)))
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _ranked_targets(table: pd.DataFrame) -> list[str]:
    """Targets with the most surviving terms first, then those with the most occurrences and the most terms."""
    ranks = table.groupby("_target", sort=False).agg(
        holds=("_holds", "sum"), tokens=("n_target", "sum"), terms=("_holds", "size")
    )
    return list(ranks.sort_values(["holds", "tokens", "terms"], ascending=False, kind="stable").index)


def _articles_behind(keyness: pd.DataFrame) -> pd.Series:
    """Articles that have the term where it is used more: those of the target may be none where it is under-used."""
    if REFERENCE not in keyness:
        return keyness["n_articles"]
    return keyness["n_articles"].where(~(keyness["log_ratio"] < 0), keyness[REFERENCE])


def _firsts(blocks: list[pd.DataFrame]) -> list[dict]:
    return [row for block in blocks for row in block.head(3).to_dict("records")]


def _key_rows(fig: go.Figure, blocks: list[pd.DataFrame], targets: list[str]) -> pd.DataFrame:
    """Give every row its place and label; the name of the target heads its block."""
    at, ticks, placed, y = [], [], [], 0.0
    for target, block in zip(targets, blocks, strict=True):
        at.append(y)
        ticks.append(f"<b>{label(target, 230, max_lines=1)}</b>")
        rows = [y + 1 + step for step in range(len(block))]
        placed.append(block.assign(_y=rows))
        at += rows
        ticks += [
            label(term, 150, max_lines=1, n=f"{n:,} of {every:,}")
            for term, n, every in zip(block["term"], block["n_target"], block["_n"], strict=True)
        ]
        y += len(block) + 1.4
    style.row_axis(fig, ticks, at=at, room=0.7)
    style.row_rules(fig, (row for block in placed for row in block["_y"]))
    return pd.concat(placed)


def _key_points(fig: go.Figure, drawn: pd.DataFrame, quotes: Mapping[tuple[str, ...], str]) -> None:
    kinds = (
        ("over-used, survives", drawn["_holds"] & (drawn["log_ratio"] >= 0), PALETTE[0], "circle"),
        ("under-used, survives", drawn["_holds"] & (drawn["log_ratio"] < 0), PALETTE[1], "diamond"),
        (HOLLOW, ~drawn["_holds"], GREY, "circle"),
    )
    for name, chosen, color, symbol in kinds:
        part = drawn[chosen]
        if len(part):
            size = style.diameters(part["_n"], drawn["_n"].max())
            interval_points(
                fig,
                part,
                x="log_ratio",
                y=part["_y"],
                name=name,
                mark={"color": color, "symbol": symbol, "size": size},
                keys=["target", "term"],
                texts=[_key_hover(row, quotes) for row in part.to_dict("records")],
                hollow=name == HOLLOW,
            )


def _key_hover(row: dict, quotes: Mapping[tuple[str, ...], str]) -> str:
    elsewhere = f", {row[REFERENCE]:,} elsewhere" if REFERENCE in row else ""
    lines = [
        f"log ratio {interval(row['log_ratio'], row['ci_low'], row['ci_high'])}",
        f"n = {row['n_target']:,} here, {row['n_reference']:,} elsewhere; {count(row['n_articles'], 'article')} "
        f"here{elsewhere}",
        f"G² = {number(row['g2'], 1)}, {p_value(row['p_adjusted'])} (adjusted)",
    ]
    return hover(f"{row['term']} · {row['_target']}", lines, quotes.get((row["_target"], str(row["term"])), ""))
