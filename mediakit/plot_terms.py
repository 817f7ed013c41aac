"""Terms: how often, where more than elsewhere, and as a cloud.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, require
from .plot_intervals import interval_points
from .plot_style import GREY, PALETTE, SOFT, Words, count, hover, number

ALPHA = 0.05
MAX_TARGETS = 6


def _groups_of(frame: pd.DataFrame, name: str) -> list[str]:
    known = {column.name for column in FRAMES[name].columns}
    return [column for column in frame.columns if column not in known]


def plot_term_counts(
    term_counts: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """The most frequent terms, per 1,000 tokens, by group where there are groups.

    Parameters
    ----------
    term_counts
        One row per term (and group), from `term_counts(articles, by=…)`.
    top
        At most this many terms, those with the most occurrences in all groups together.
    articles, evidence, title, call
        As in every plot; `evidence` is matched on the grouping columns and `term`.

    Returns
    -------
    A row per term, a point per group (at most seven groups, those with the most occurrences). customdata: the grouping
    columns in their order, then term.
    """
    require(term_counts, "term_counts")
    keys = _groups_of(term_counts, "term_counts")
    by = f" by {style.listed(keys)}" if keys else ""
    words = Words("term_counts", f"The most frequent terms{by}", "", "", 0)
    if term_counts.empty:
        return style.nothing(words, "No terms: nothing was counted.", articles=articles, title=title, call=call)
    table = term_counts.assign(_series=style.joined(term_counts, keys))
    totals = table.groupby("term", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    rows = list(totals.index[:top])
    sizes = table.groupby("_series", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    series = sorted(sizes.index[: style.MAX_SERIES]) if len(sizes) > 1 else list(sizes.index)
    quotes = style.evidence_text(evidence, [*keys, "term"])
    fig = go.Figure()
    style.row_axis(fig, [style.label(term, 180, n=f"n = {totals[term]:,}") for term in rows])
    for place, name in enumerate(series):
        part = table[(table["_series"] == name) & table["term"].isin(rows)]
        found = style.key_columns(part, [*keys, "term"])
        texts = [
            hover(f"{row['term']}{' · ' + name if name else ''}", _counted(row), quotes.get(tuple(key), ""))
            for row, key in zip(part.to_dict("records"), found, strict=True)
        ]
        fig.add_scatter(
            x=part["per_1000"].to_numpy(dtype=float),
            y=[rows.index(term) for term in part["term"]],
            mode="markers",
            marker=style.series_style(place)
            | {"size": 10, "opacity": 0.85, "line": {"width": 0.5, "color": "#FFFFFF"}},
            name=style.label(name, 220, max_lines=1, n=f"n = {sizes[name]:,}") if name else "all",
            showlegend=bool(name),
            customdata=found,
            hovertext=texts,
            hoverinfo="text",
        )
    _row_rules(fig, len(rows))
    most = table.loc[table["term"].isin(rows) & table["_series"].isin(series), "per_1000"].max()
    fig.update_xaxes(title_text="occurrences per 1,000 tokens", range=[0, (most if most > 0 else 1) * 1.06])
    total = int(table["n"].sum())
    more = f"; and {len(sizes) - len(series):,} more groups" if len(sizes) > len(series) else ""
    rest = f"{len(rows):,} of {len(totals):,} terms" if len(totals) > len(rows) else count(len(rows), "term")
    told = "; ".join(f"{style.plain(term)} {totals[term]:,}" for term in rows[:10])
    gap = "No point: the term was not counted in that group." if len(series) > 1 else ""
    said = Words(
        "term_counts",
        words.title,
        f"{rest}, n = {total:,} counted occurrences; n at a term: its occurrences in all{more}",
        f"Dot plot of term frequencies{by}. Occurrences: {told}.",
        total,
        (gap,),
    )
    return style.finish(fig, said, height=max(110, 26 * len(rows)), articles=articles, title=title, call=call)


def _counted(row: dict) -> list[str]:
    return [f"n = {row['n']:,} in {count(row['n_articles'], 'article')}", f"{number(row['per_1000'])} per 1,000 tokens"]


def _row_rules(fig: go.Figure, n: int) -> None:
    for row in range(n):
        fig.add_hline(y=row, line={"color": "#EBEBEB", "width": 1}, layer="below")


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    top: int | None = None,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """Terms that set each target apart: log ratio with its interval.

    Parameters
    ----------
    keyness
        One row per target and term, from `keyness(term_counts)`.
    top
        Terms per target, by size of G². Default: 20 for one target, fewer for several.
    articles, evidence, title, call
        As in every plot; `evidence` is matched on `target` and `term`.

    Returns
    -------
    A block of rows per target (at most six). Right of zero: over-used, left: under-used. The size of a point grows with
    n_target; it is hollow where p_adjusted is not below .05 or fewer than two articles have the term. customdata:
    target, term.
    """
    require(keyness, "keyness")
    words = Words("keyness", "Terms that set each group apart", "", "", 0)
    if keyness.empty:
        why = "No terms to compare: keyness needs terms in at least two groups."
        return style.nothing(words, why, articles=articles, title=title, call=call)
    table = keyness.assign(
        _target=style.joined(keyness, ["target"]),
        _size=keyness["g2"].abs(),
        _holds=(keyness["p_adjusted"] < ALPHA) & (keyness["n_articles"] >= 2),
    )
    targets = list(dict.fromkeys(table["_target"]))
    shown = targets[:MAX_TARGETS]
    per_target = top or (20 if len(shown) == 1 else max(4, 24 // len(shown)))
    best = table.sort_values("_size", ascending=False, kind="stable").groupby("_target", sort=False).head(per_target)
    blocks = [best[best["_target"] == target].sort_values("log_ratio", ascending=False) for target in shown]
    fig = go.Figure()
    drawn = _key_rows(fig, blocks, shown)
    _key_points(fig, drawn, style.evidence_text(evidence, ["target", "term"]))
    style.zero_line(fig)
    ends = [*drawn["log_ratio"], *drawn["ci_low"], *drawn["ci_high"]]
    fig.update_xaxes(title_text="under-used ← log ratio (base 2) → over-used", range=style.span(ends))
    holds, total = int(table["_holds"].sum()), len(table)
    more = f"; and {len(targets) - len(shown):,} more targets" if len(targets) > len(shown) else ""
    verb = "survives" if holds == 1 else "survive"
    said = Words(
        "keyness",
        words.title,
        f"Each group against all the others together; the {count(per_target, 'term')} with the largest G² per group; lines "
        f"are 95 % intervals, +1 means twice as frequent; n = {total:,} comparisons{more}",
        f"Log ratios of {count(len(drawn), 'term')} in {count(len(shown), 'group')}. {holds:,} of {total:,} {verb} correction. "
        + "; ".join(
            f"{row['_target']}: {row['term']} {number(row['log_ratio'], 1, sign=True)}" for row in _firsts(blocks)
        ),
        total,
        (
            f"{holds:,} of {total:,} comparisons {verb} correction (Benjamini–Hochberg, p < .05) with the term in at least two "
            "articles of the group.",
        ),
    )
    height = max(110, 21 * (len(drawn) + 1.4 * len(shown)))
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


def _firsts(blocks: list[pd.DataFrame]) -> list[dict]:
    return [row for block in blocks for row in block.head(3).to_dict("records")]


def _key_rows(fig: go.Figure, blocks: list[pd.DataFrame], targets: list[str]) -> pd.DataFrame:
    """Give every row its place and label; the name of the target heads its block."""
    at, ticks, placed, y = [], [], [], 0.0
    for target, block in zip(targets, blocks, strict=True):
        at.append(y)
        ticks.append(f"<b>{style.label(target, 190, max_lines=1)}</b>")
        rows = [y + 1 + step for step in range(len(block))]
        placed.append(block.assign(_y=rows))
        at += rows
        ticks += [
            style.label(term, 150, max_lines=1, n=f"n = {n:,}")
            for term, n in zip(block["term"], block["n_target"], strict=True)
        ]
        y += len(block) + 1.4
    style.row_axis(fig, ticks, at=at, room=0.7)
    for place in (row for block in placed for row in block["_y"]):
        fig.add_hline(y=place, line={"color": "#EBEBEB", "width": 1}, layer="below")
    return pd.concat(placed)


def _key_points(fig: go.Figure, drawn: pd.DataFrame, quotes: dict) -> None:
    kinds = (
        ("over-used, survives", drawn["_holds"] & (drawn["log_ratio"] >= 0), PALETTE[0], "circle"),
        ("under-used, survives", drawn["_holds"] & (drawn["log_ratio"] < 0), PALETTE[1], "diamond"),
        ("hollow: does not survive, or in one article only", ~drawn["_holds"], GREY, "circle-open"),
    )
    for name, chosen, color, symbol in kinds:
        part = drawn[chosen]
        if part.empty:
            continue
        texts = [
            hover(
                f"{row['term']} · {row['_target']}",
                [
                    f"log ratio {style.interval(row['log_ratio'], row['ci_low'], row['ci_high'])}",
                    f"n = {row['n_target']:,} here, {row['n_reference']:,} elsewhere; in {count(row['n_articles'], 'article')} here",
                    f"G² = {number(row['g2'], 1)}, p = {row['p_adjusted']:.3f} (adjusted)",
                ],
                quotes.get((row["_target"], str(row["term"])), ""),
            )
            for row in part.to_dict("records")
        ]
        size = np.clip(5 + 2.2 * np.sqrt(part["n_target"].to_numpy(dtype=float)), 6, 20)
        mark = {"color": color, "symbol": symbol, "size": size}
        keys = ["target", "term"]
        interval_points(fig, part, x="log_ratio", y=part["_y"], name=name, mark=mark, keys=keys, texts=texts)


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
    require(term_counts, "term_counts")
    words = Words("term_counts", "The most frequent terms as a cloud", "", "", 0)
    call = call or "plot_word_cloud(term_counts)"
    counts = term_counts.assign(term=[style.plain(term, 60) for term in term_counts["term"]])
    counts = counts[(counts["n"] > 0) & (counts["term"] != "")].groupby("term", sort=False)[["n", "n_articles"]].sum()
    if counts.empty:
        return style.nothing(words, "No terms: nothing was counted.", articles=articles, title=title, call=call)
    counts = counts.sort_values("n", ascending=False, kind="stable").head(n)
    area, height = width - 2 * style.EDGE, round((width - 2 * style.EDGE) * 0.55)
    places = _cloud_places(counts["n"], area, height, seed)
    placed = counts.join(places, how="inner")
    fig = go.Figure()
    quotes = style.evidence_text(evidence, ["term"])
    for name, several, color in (("in several articles", True, PALETTE[0]), ("in one article", False, SOFT)):
        part = placed[(placed["n_articles"] > 1) == several]
        if len(part):
            fig.add_scatter(
                x=part["x"],
                y=part["y"],
                mode="text",
                text=[style.escape(term) for term in part.index],
                textfont={"size": part["size"].to_numpy(), "color": color},
                textposition="middle center",
                name=name,
                showlegend=True,
                customdata=[[term] for term in part.index],
                hovertext=[
                    hover(
                        term,
                        [f"n = {row['n']:,.0f} in {count(int(row['n_articles']), 'article')}"],
                        quotes.get((term,), ""),
                    )
                    for term, row in part.iterrows()
                ],
                hoverinfo="text",
            )
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
        (
            "Sizes give the order of magnitude only; places mean nothing. Hover for the counts, or compare in a dot plot.",
        ),
    )
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call)


def _cloud_places(counts: pd.Series, width: int, height: int, seed: int) -> pd.DataFrame:
    """Font size and place (middle of the word, in px from the top left) for each term that finds room."""
    import matplotlib
    from PIL import ImageFont
    from wordcloud import WordCloud

    # the widest font in style.FONT: whichever of them is drawn, no word is wider than the room it was given
    font = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    stand_ins: dict[str, str] = {}
    for term in counts.index:
        shape = "".join("W" if unicodedata.east_asian_width(char) in "WF" else char for char in term)
        while shape in stand_ins:
            shape += "."
        stand_ins[shape] = term
    cloud = WordCloud(
        width=width,
        height=height,
        font_path=font,
        random_state=seed,
        prefer_horizontal=1.0,
        margin=3,
        min_font_size=11,
        max_font_size=height // 5,
        relative_scaling=0.6,
        max_words=len(counts),
    ).generate_from_frequencies({shape: float(counts[term]) for shape, term in stand_ins.items()})
    rows = []
    for (shape, _), size, (top, left), _, _ in cloud.layout_:
        drawn = ImageFont.truetype(font, size)
        baseline = top + drawn.getmetrics()[0]
        # plotly sets the baseline of "middle" text a quarter of the font size below the point
        middle = left + drawn.getlength(shape) / 2
        rows.append({"term": stand_ins[shape], "x": middle, "y": baseline - 0.25 * size, "size": size})
    return pd.DataFrame(rows, columns=["term", "x", "y", "size"]).set_index("term")
