"""Numbers with their intervals: means by group, and the differences between pairs of groups.

The public names are in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FRAMES, labels, measure_name, measure_names, require
from .plot_style import GREY, PALETTE, Words
from .plot_text import (
    SOFT,
    block_width,
    count,
    escape,
    evidence_text,
    fitted,
    hover,
    interval,
    label,
    listed,
    number,
    p_value,
    plain,
    scaled,
    slim,
    wrap,
)

HOLLOW = "hollow: too few for an interval"
MAX_LISTED = 3  # so many n stand one by one at a row
VERDICTS = {
    "differs": {"color": PALETTE[0], "symbol": "diamond", "size": 12},
    "cannot be told apart": {"color": GREY, "symbol": "circle", "size": 10},
    "too few": {"color": GREY, "symbol": "circle", "size": 10},
}


def interval_points(
    fig: go.Figure,
    rows: pd.DataFrame,
    *,
    x: str,
    y: Sequence[float],
    name: str,
    mark: Mapping[str, object],
    keys: Sequence[str],
    texts: Sequence[str],
    hollow: bool = False,
) -> None:
    """One series of points with interval lines (ci_low to ci_high); without an interval, or where `hollow`, hollow."""
    sure = rows["ci_low"].notna() & rows["ci_high"].notna() & (not hollow)
    table = rows.assign(_at=list(y), _key=style.key_columns(rows, keys), _text=list(texts), _mark=mark.get("size", 10))
    for full, part in table.groupby(sure, sort=False):
        fig.add_scatter(
            x=part[x].to_numpy(dtype=float),
            y=part["_at"].to_numpy(dtype=float),
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": mark["symbol"],
                "size": part["_mark"].to_numpy(),
                "opacity": 1,
                "color": mark["color"] if full else "#FFFFFF",
                "line": {"width": 2, "color": mark["color"]},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (part["ci_high"] - part[x]).to_numpy(dtype=float),
                "arrayminus": (part[x] - part["ci_low"]).to_numpy(dtype=float),
                "color": mark["color"],
                "thickness": 2,
                "width": 0,
            },
            name=name,
            legendgroup=name,
            showlegend=bool(name) and (bool(full) or not sure.any()),
            **style.marks(keys, part["_key"], part["_text"]),
        )


@fitted
def plot_summaries(
    summaries: pd.DataFrame,
    *,
    top: int = 20,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Means with their intervals, a row per group.

    Parameters
    ----------
    summaries
        One row per group, from `summaries(rows, by=…)`. The first grouping column gives the rows, the others (and
        `measure`, when there are several) the series.
    top
        At most this many groups, those with the most articles (then the most values); the rest is counted. Of more
        than seven series the seven with the most articles are drawn, and the rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on the grouping columns.

    Returns
    -------
    Points with 95 % intervals, highest mean first; hollow where there are too few for an interval. customdata: the
    grouping columns in their order, then measure.
    """
    summaries = require(summaries, "summaries").reset_index(drop=True)
    fixed = {column.name for column in FRAMES["summaries"].columns}
    keys = [column for column in summaries.columns if column not in fixed]
    split = keys[1:] + (["measure"] if summaries["measure"].nunique() > 1 else [])
    known = summaries.assign(_row=labels(summaries[keys[0]]) if keys else "all", _series=style.joined(summaries, split))
    table = _drawn(known, top)
    measures = measure_names(labels(table["measure"])) or "value"
    words = Words("summaries", f"Mean {measures} by {listed(keys) or 'group'}", "", "", 0)
    if summaries.empty:
        return style.nothing(
            words, "No groups: there is nothing to average.", articles=articles, title=title, call=call, width=width
        )
    means = table.groupby("_row", sort=False)["value"].mean()
    rows = list(means.sort_values(ascending=False, na_position="last", kind="stable").index)
    series = list(dict.fromkeys(table["_series"]))
    fig = go.Figure()
    style.row_axis(fig, [label(row, n=_n_of(table[table["_row"] == row], series)) for row in rows])
    style.zero_line(fig)
    quotes = evidence_text(evidence, keys)
    for place, name in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * min(0.22, 0.7 / len(series))
        part = table[table["_series"] == name]
        _means(fig, part, [rows.index(row) + offset for row in part["_row"]], place, name, keys, quotes)
    _hollow_entry(fig, table["ci_low"].isna() & table["value"].notna())
    ends = [*table["value"], *table["ci_low"], *table["ci_high"]]
    fig.update_xaxes(title_text=label(f"mean {measures}", 400, max_lines=1), range=style.span(ends))
    said = _summary_words(words, table, measures, known)
    n_articles = int(known.groupby("_row")["n_articles"].max().sum()) if keys == ["source"] else None
    height = style.rows_height(fig, max(30, 20 * len(series)))
    return style.finish(
        fig, said, height=height, articles=articles, title=title, call=call, width=width, n_articles=n_articles
    )


def _drawn(known: pd.DataFrame, top: int) -> pd.DataFrame:
    """The rows of the largest series, and of them those of the largest groups."""
    by_size = {"ascending": False, "kind": "stable"}
    series = known.groupby("_series", sort=False)[["n_articles", "n"]].sum().sort_values(["n_articles", "n"], **by_size)
    table = known[known["_series"].isin(series.index[: style.MAX_SERIES])]
    groups = table.groupby("_row", sort=False)[["n_articles", "n"]].max().sort_values(["n_articles", "n"], **by_size)
    return table[table["_row"].isin(groups.index[:top])]


def _means(
    fig: go.Figure,
    part: pd.DataFrame,
    y: list[float],
    place: int,
    name: str,
    keys: list[str],
    quotes: Mapping[tuple[str, ...], str],
) -> None:
    texts = []
    for row, key in zip(part.to_dict("records"), style.key_columns(part, keys), strict=True):
        missing = f"{count(row['n_missing'], 'row')} without a value" if row["n_missing"] else ""
        mean = f"mean {measure_name(row['measure'])} {interval(row['value'], row['ci_low'], row['ci_high'])}"
        counts = f"n = {row['n']:,} in {count(row['n_articles'], 'article')}; {missing}".strip("; ")
        unit = f"interval over: {row['unit']}" if pd.notna(row["ci_low"]) else ""
        texts.append(hover(" · ".join(key) or "all", [mean, counts, unit, row["caveat"]], quotes.get(tuple(key), "")))
    mark = style.series_style(place)
    shown = label(name, 240, max_lines=1) if name else "mean"
    interval_points(fig, part, x="value", y=y, name=shown, mark=mark, keys=[*keys, "measure"], texts=texts)
    for row, at in zip(part.to_dict("records"), y, strict=True):
        if pd.isna(row["value"]):
            said = {"text": "no value", "x": 0, "y": at, "xanchor": "left", "xshift": 6, "showarrow": False}
            fig.add_annotation(said, font={"size": 11, "color": SOFT})


def _n_of(part: pd.DataFrame, series: Sequence[str]) -> str:
    """The n of each series in the order of the legend; one where all are equal, their range where they are many."""
    found = part.groupby("_series")["n"].sum().reindex(series)
    values = [f"{n:,.0f}" if n == n else "–" for n in found]
    if len(set(values)) == 1:
        values = values[:1]
    elif len(series) > MAX_LISTED:
        values = [f"{found.min():,.0f} to {found.max():,.0f}"]
    return f"n = {' / '.join(values)} in {count(part['n_articles'].max(), 'article')}"


def _hollow_entry(fig: go.Figure, hollow: pd.Series) -> None:
    if hollow.any():
        marker = {"symbol": "circle", "color": "#FFFFFF", "size": 10, "line": {"width": 2, "color": SOFT}}
        fig.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=HOLLOW, showlegend=True)


def _summary_words(words: Words, table: pd.DataFrame, measures: str, known: pd.DataFrame) -> Words:
    """`table` is what is drawn of `known`."""
    total = int(table["n"].sum())
    units = listed(sorted(set(labels(table.loc[table["ci_low"].notna(), "unit"]))))
    line = f"Points are means, lines 95 % intervals (unit: {units})" if units else "Points are means"
    series = table["_series"].nunique()
    order = "in the order of the legend" if series <= MAX_LISTED else "the least and the most of its series"
    more = f"; n at a row: {order}" if series > 1 else ""
    for column, what in (("_row", "groups"), ("_series", "series")):
        left_out = known[column].nunique() - table[column].nunique()
        more += f"; and {left_out:,} more {what}" if left_out else ""
    caveats = dict.fromkeys(text for text in labels(table["caveat"]) if text not in ("", "unknown"))
    first = table.sort_values("value", ascending=False).head(12)
    told = "; ".join(
        f"{row['_row']} {row['_series']}".strip()
        + f" {interval(row['value'], row['ci_low'], row['ci_high'])}, n = {row['n']:,}"
        for row in first.to_dict("records")
    )
    return Words(
        "summaries",
        words.title,
        f"{line}; n = {total:,} values of {measures}{more}",
        f"Points with interval lines: mean {measures}. {told}.",
        total,
        tuple(caveats),
    )


@fitted
def plot_differences(
    differences: pd.DataFrame,
    *,
    top: int = 15,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Differences between pairs of groups, with interval and verdict.

    Parameters
    ----------
    differences
        One row per pair, from `differences(rows, by=…)`.
    top
        At most this many pairs: those that differ first, then the largest differences; the rest is counted.
    articles, title, call, width
        As in every plot.

    Returns
    -------
    A point per pair with its 95 % interval and its verdict in words at the right; colour and symbol tell the verdicts
    apart. customdata: group_a, group_b, measure.
    """
    differences = require(differences, "differences").reset_index(drop=True)
    measures = measure_names(labels(differences["measure"])) or "value"
    words = Words("differences", f"Which groups differ in mean {measures}", "", "", 0)
    if differences.empty:
        why = "No pairs: a difference needs two groups with values."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    rank = differences["verdict"].map({verdict: place for place, verdict in enumerate(VERDICTS)}).fillna(1)
    order = pd.DataFrame({"rank": rank, "size": -differences["difference"].abs()}).sort_values(
        ["rank", "size"], kind="stable"
    )
    table = differences.iloc[order.index[:top]].reset_index(drop=True)
    fig = go.Figure()
    several = differences["measure"].nunique() > 1
    ticks = [_pair_label(row, measures if several else None) for row in table.to_dict("records")]
    style.row_axis(fig, ticks)
    style.zero_line(fig)
    for name, mark in VERDICTS.items():
        part = table[table["verdict"] == name]
        if len(part):
            texts = [_pair_hover(row) for row in part.to_dict("records")]
            keys = ["group_a", "group_b", "measure"]
            interval_points(
                fig,
                part,
                x="difference",
                y=part.index,
                name=name,
                mark=mark,
                keys=keys,
                texts=texts,
                hollow=name == "too few",
            )
    verdicts = [_verdict(row) for row in table.to_dict("records")]
    for place, (row, verdict) in enumerate(zip(table.to_dict("records"), verdicts, strict=True)):
        at = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 10, "y": place, "align": "left", "showarrow": False}
        fig.add_annotation(
            at, text=verdict, font={"size": 11, "color": PALETTE[0] if row["verdict"] == "differs" else SOFT}
        )
    lines = max(verdict.count("<br>") + 1 for verdict in verdicts)
    fig.update_layout(margin_r=84 if slim() else 150)
    ends = [*table["difference"], *table["ci_low"], *table["ci_high"]]
    fig.update_xaxes(title_text="first group lower ← difference of means → first group higher", range=style.span(ends))
    said = _difference_words(words, differences, table)
    height = style.rows_height(fig, max(36, 11 * style.LINE * lines + 6))
    return style.finish(fig, said, height=height, articles=articles, title=title, call=call, width=width)


def _verdict(row: dict) -> str:
    # a small p beside "too few" would read as a difference after all
    tested = pd.notna(row["p_adjusted"]) and row["verdict"] != "too few"
    said = label(row["verdict"], 95 if slim() else 130, 11)
    return f"{said}<br>{escape(p_value(row['p_adjusted']))}" if tested else said


def _pair_label(row: dict, measures: str | None) -> str:
    """The two groups, their n and, where the figure is about several `measures`, which of them."""
    a, b = (label(row[group], 205, max_lines=2) for group in ("group_a", "group_b"))
    head = f"{a} −<br>{b}" if block_width(f"{a} − {b}") > scaled(205) else f"{a} − {b}"
    # what the title says already is left out
    measure = plain(measure_name(row["measure"])).removeprefix(f"{measures} of ") if measures else ""
    n = f"n = {row['n_a']:,} and {row['n_b']:,}"
    told = [f"({measure}, {n})" if measure else f"({n})"]
    if block_width(escape(told[0])) > scaled(230) and measure:
        told = [f"({wrap(measure, scaled(230), 12, 1)[0]},", f"{n})"]
    return "<br>".join([head, *(f'<span style="color:{SOFT}">{escape(line)}</span>' for line in told)])


def _pair_hover(row: dict) -> str:
    tested = f"{p_value(row['p_adjusted'])} (adjusted over all pairs)" if pd.notna(row["p_adjusted"]) else "not tested"
    return hover(
        f"{plain(row['group_a'])} − {plain(row['group_b'])}: {row['verdict']}",
        [
            f"difference in mean {measure_name(row['measure'])} "
            f"{interval(row['difference'], row['ci_low'], row['ci_high'])}",
            tested,
            f"n = {row['n_a']:,} and {row['n_b']:,}; unit: {row['unit']}",
            row["caveat"] if isinstance(row["caveat"], str) else "",
        ],
    )


def _many(unit: str) -> str:
    one, _, rest = unit.partition(" ")
    return f"{one}s {rest}".strip()


def _difference_words(words: Words, differences: pd.DataFrame, table: pd.DataFrame) -> Words:
    tally = differences["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    pairs = len(differences)
    plural = {"differs": "differ"}
    verdicts = ", ".join(
        f"{n:,} {plural.get(verdict, verdict) if n > 1 else verdict}" for verdict, n in tally.items() if n
    )
    units = listed(sorted({_many(unit) for unit in labels(differences["unit"])}))
    more = f"; and {count(pairs - len(table), 'more pair')}" if pairs > len(table) else ""
    left_out = int(differences["n_left_out"].max()) if "n_left_out" in differences else 0
    if left_out:
        compared = len(set(differences["group_a"]) | set(differences["group_b"]))
        more += f"; the {compared} groups with the most articles, {left_out:,} more left out"
    lines = "Lines are 95 % intervals, p is adjusted over all pairs; " if table["ci_low"].notna().any() else ""
    caveats = dict.fromkeys(text for text in labels(table["caveat"]) if text not in ("", "unknown"))
    clear = (table["ci_low"] > 0) | (table["ci_high"] < 0)
    if (clear & (table["verdict"] != "differs")).any():
        caveats["an interval that leaves out zero is no difference yet: p is corrected for the number of pairs"] = None
    return Words(
        "differences",
        words.title,
        f"{count(pairs, 'pair')}: {verdicts}. {lines}n counts {units}{more}",
        f"Points with interval lines, one per pair of groups: {verdicts}. "
        + "; ".join(
            f"{row['group_a']} less {row['group_b']} {number(row['difference'], sign=True)}, {row['verdict']}"
            for row in table.head(10).to_dict("records")
        )
        + ".",
        pairs,
        tuple(caveats),
    )
