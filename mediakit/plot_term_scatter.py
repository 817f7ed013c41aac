"""Two groups' use of terms against each other.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FrameError, labels, require
from .plot_labels import AREA, Spot, label_size, leads
from .plot_scatter_labels import Field, scatter_spots
from .plot_style import GREY, INK, PALETTE, RULE, Words
from .plot_text import NARROW, count, evidence_text, fitted, hover, label, number, p_value, page, plain

MAX_POINTS, MAX_LABELS = 400, 34
KEY, SAME, TOO_FEW, UNTESTED = "key", "cannot be told apart", "too few articles", "not tested"
WIDTHS = (1, 1.4, 1.8)  # of the plot area, in AREA[0]: labels keep clear of each other in all of them
AIR = 0.05  # of the axes, free at both ends
NONE = 0.32  # powers of ten below the least rate: where terms stand that one group does not use
SIDE = 80  # px beside the plot area
Ends = tuple[tuple[float, float], tuple[float, float]]


@fitted
def plot_term_scatter(
    term_counts: pd.DataFrame,
    a: str | None = None,
    b: str | None = None,
    *,
    by: str = "source",
    keyness: pd.DataFrame | None = None,
    top: int = MAX_POINTS,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """How often two groups use each term, one against the other.

    Parameters
    ----------
    term_counts
        One row per group and term, from `term_counts(articles, by=…)`.
    a, b
        Two values of `by`. Default: the two with the most occurrences.
    by
        The grouping column.
    keyness
        Verdicts, from `keyness(pair, target=a, by=by)`, `pair` being the rows of `term_counts` of a and b: terms
        that it leaves out as too rare are not drawn. Without it no term is claimed to differ.
    top
        At most this many terms (and never more than 400): key ones, then those with the most occurrences in both.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on `term`.

    Returns
    -------
    A point per term: occurrences per 1,000 tokens in `a` across and in `b` up, both on a logarithmic scale with a strip
    for 0; terms on the line are as frequent in both. Filled where `keyness` calls the term key, hollow where it cannot
    be told apart, small where too few articles have it. Terms with the same counts are set side by side. Labels stand
    where there is room for them, key terms first. customdata: term.

    Raises
    ------
    FrameError
        A column is missing, or `keyness` was not made of these two groups.
    ValueError
        `a` or `b` is not a value of `by`, or both are the same.
    """
    require(term_counts, "term_counts")
    words = Words("term_counts", "How often two groups use the same terms", "", "", 0)
    if a is None or b is None:
        a, b = (*_largest(term_counts, by, [name for name in (a, b) if name is not None]), None, None)[:2]
    if a is None or b is None:
        why = "No two groups with terms to compare."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table, sizes = _sides(term_counts, a, b, by)
    table = _judged(table, keyness, a)
    tested = table if keyness is None else table[table["verdict"] != UNTESTED]
    if tested.empty:
        why = "No term is frequent enough to be compared."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    # key terms before all others: those that the words below count must be seen
    order = (tested["verdict"] != KEY).sort_values(kind="stable").index
    drawn = tested.loc[order].head(min(top, MAX_POINTS)).reset_index(drop=True)
    low = _least(drawn, "a"), _least(drawn, "b")
    places, ends = _places(drawn, low)
    fig = go.Figure()
    none = bool((drawn["n_a"] == 0).any()), bool((drawn["n_b"] == 0).any())
    _lines(fig, ends, low, none)
    _points(fig, drawn, places, (a, b), evidence_text(evidence, ["term"]))
    style.size_legend(fig, drawn.loc[drawn["verdict"] != TOO_FEW, "n"], drawn["n"].max())
    area = (AREA[0], AREA[1]) if width is None else (page() - SIDE, min(page() - SIDE + 40, AREA[1]))
    hidden = _labels(fig, drawn, places, ends, area)
    for side, (axis, name, n) in enumerate((("x", a, sizes[0]), ("y", b, sizes[1]))):
        ticks = _ticks(low[side], ends[side], none[side])
        head = f"per 1,000 tokens in {label(name, 150, max_lines=1)} (n = {count(n, 'token')})"
        settings = {"title_text": head, "range": ends[side], "tickvals": list(ticks), "ticktext": list(ticks.values())}
        fig.update_layout({f"{axis}axis": settings | {"showgrid": False, "showline": True}})
    fig.update_layout(margin={"l": SIDE - 22, "r": 22, "b": 34}, legend_itemsizing="trace")
    said = _said(words, table, drawn, (a, b), hidden, tested=keyness is not None)
    return style.finish(fig, said, height=area[1], articles=articles, title=title, call=call, width=width)


def _largest(term_counts: pd.DataFrame, by: str, named: list[str]) -> list[str]:
    """The groups that were named, then those with the most occurrences."""
    if by not in term_counts:
        return named
    sizes = term_counts["n"].groupby(labels(term_counts[by])).sum().sort_values(ascending=False, kind="stable")
    return [*named, *(name for name in sizes.index if name not in named)]


def _sides(term_counts: pd.DataFrame, a: str, b: str, by: str) -> tuple[pd.DataFrame, tuple[int, int]]:
    """A row per term with what each side has of it, most frequent first; and the tokens of both sides."""
    if by not in term_counts:
        remedy = f"Pass the frame made by mediakit.term_counts(articles, by={by!r})."
        raise FrameError(f"term_counts: no column {by!r}; has {list(term_counts.columns)}. {remedy}")
    group = labels(term_counts[by])
    for name in (a, b):
        if name not in set(group):
            raise ValueError(f"{name!r} is not a value of {by!r}; there are {sorted(set(group))[:20]}.")
    if a == b:
        raise ValueError(f"a and b are both {a!r}: name two groups.")
    sides, sizes = [], []
    for side, name in (("a", a), ("b", b)):
        part = term_counts[group == name].assign(term=lambda rows: labels(rows["term"])).set_index("term")
        if part.index.has_duplicates:
            raise FrameError(f"term_counts: a term stands more than once in {name!r}. Count by {by!r} alone.")
        sizes.append(round(float((1000 * part["n"] / part["per_1000"]).max())))
        sides.append(part[["n", "per_1000", "n_articles"]].set_axis([f"n_{side}", side, f"articles_{side}"], axis=1))
    table = pd.concat(sides, axis=1).fillna(0)
    counts = ["n_a", "n_b", "articles_a", "articles_b"]
    table[counts] = table[counts].astype("int64")
    table["n"] = table["n_a"] + table["n_b"]
    table = table.rename_axis("term").reset_index()
    return table.sort_values(["n", "term"], ascending=[False, True], ignore_index=True), (sizes[0], sizes[1])


def _judged(table: pd.DataFrame, keyness: pd.DataFrame | None, a: str) -> pd.DataFrame:
    """The verdict on each term, "not tested" where there is none."""
    if keyness is None:
        return table.assign(verdict=UNTESTED, g2=np.nan, p_adjusted=np.nan)
    require(keyness, "keyness", "target", "term", "n_target", "n_reference", "g2", "p_adjusted", "verdict")
    own = keyness.assign(term=labels(keyness["term"]))[labels(keyness["target"]) == a]
    found = table.merge(own[["term", "n_target", "n_reference", "g2", "p_adjusted", "verdict"]], on="term", how="left")
    known = found["verdict"].notna()
    other = known & ((found["n_target"] != found["n_a"]) | (found["n_reference"] != found["n_b"]))
    if other.any() or (len(keyness) and own.empty):
        remedy = f"Pass keyness(pair, target={a!r}), pair being the rows of term_counts of these two groups."
        raise FrameError(f"keyness: does not compare {a!r} with the other group alone. {remedy}")
    return found.assign(verdict=found["verdict"].astype("object").where(known, UNTESTED))


def _least(drawn: pd.DataFrame, side: str) -> float:
    """The least rate on a side that is not 0, as a power of ten."""
    used = drawn.loc[drawn[side] > 0, side]
    return float(np.log10(used.min())) if len(used) else 0.0


def _places(drawn: pd.DataFrame, low: tuple[float, float]) -> tuple[np.ndarray, Ends]:
    """x and y of each point as powers of ten, those with the same counts around one place; the ends of both axes."""
    with np.errstate(divide="ignore"):
        places = np.log10(drawn[["a", "b"]].to_numpy(dtype=float))
    places = np.where(np.isfinite(places), places, np.array(low) - NONE)
    least, most = places.min(axis=0), places.max(axis=0)
    air = AIR * (most - least) + 0.04
    ends = np.stack([least - air, most + air], axis=1)
    turn = drawn.groupby(["n_a", "n_b"]).cumcount().to_numpy()
    # sunflower: equal distances whatever their number
    step = 0.011 * np.sqrt(turn)[:, None] * (ends[:, 1] - ends[:, 0])
    angle = turn * np.pi * (3 - np.sqrt(5))
    (x0, x1), (y0, y1) = ends.tolist()
    return places + step * np.stack([np.cos(angle), np.sin(angle)], axis=1), ((x0, x1), (y0, y1))


def _lines(fig: go.Figure, ends: Ends, low: tuple[float, float], none: tuple[bool, bool]) -> None:
    """Where both rates are equal, and what parts the strips of 0 from the scales."""
    edges = [least - NONE / 2 if missing else end[0] for least, missing, end in zip(low, none, ends, strict=True)]
    start, stop = max(edges), min(ends[0][1], ends[1][1])
    if start < stop:
        line = {"x0": start, "y0": start, "x1": stop, "y1": stop, "line": {"color": INK, "width": 1, "dash": "dot"}}
        fig.add_shape(type="line", layer="below", **line)
    if none[0]:
        fig.add_vline(x=edges[0], line={"color": RULE, "width": 1}, layer="below")
    if none[1]:
        fig.add_hline(y=edges[1], line={"color": RULE, "width": 1}, layer="below")


def _ticks(low: float, ends: tuple[float, float], none: bool) -> dict[float, str]:
    values = [step * 10.0**power for power in range(-4, 4) for step in (1, 2, 5)]
    shown = {float(np.log10(value)): f"{value:g}" for value in values if low - 0.02 <= np.log10(value) <= ends[1]}
    return ({low - NONE: "0"} if none else {}) | shown


def _look(row: Mapping) -> str:
    if row["verdict"] != KEY:
        return str(row["verdict"])
    return "a" if row["g2"] > 0 else "b"


def _points(
    fig: go.Figure,
    drawn: pd.DataFrame,
    places: np.ndarray,
    names: tuple[str, str],
    quotes: Mapping[tuple[str, ...], str],
) -> None:
    looks = np.array([_look(row) for row in drawn.to_dict("records")], dtype=object)
    kinds = (
        (UNTESTED, UNTESTED, GREY, "circle", False),
        (TOO_FEW, TOO_FEW, "#9A9A9A", "circle", False),
        (SAME, SAME, GREY, "circle", False),
        ("a", f"key in {plain(names[0], 60)}", PALETTE[0], "circle", True),
        ("b", f"key in {plain(names[1], 60)}", PALETTE[1], "diamond", True),
    )
    sizes = _diameters(drawn)
    for place, (look, name, color, symbol, filled) in enumerate(kinds):
        chosen = np.flatnonzero(looks == look)
        if not len(chosen):
            continue
        part = drawn.iloc[chosen]
        fig.add_scatter(
            x=places[chosen, 0],
            y=places[chosen, 1],
            mode="markers",
            cliponaxis=False,
            marker={
                "color": color if filled else "#FFFFFF",
                "symbol": symbol,
                "size": sizes[chosen],
                "opacity": 1,
                "line": {"color": "#FFFFFF" if filled else color, "width": 0.7 if filled else 1.3},
            },
            name=label(name, 260, max_lines=1, n=count(len(part), "term")),
            showlegend=True,
            legendrank=1000 - place,  # the last to be drawn lie on top, and are named first
            **style.marks(
                ["term"],
                [[term] for term in part["term"]],
                [_hover(row, names, quotes) for row in part.to_dict("records")],
            ),
        )


def _diameters(drawn: pd.DataFrame) -> np.ndarray:
    return np.where(drawn["verdict"] == TOO_FEW, 5.0, style.diameters(drawn["n"], drawn["n"].max()))


def _hover(row: dict, names: tuple[str, str], quotes: Mapping[tuple[str, ...], str]) -> str:
    lines = [
        f"{plain(name, 60)}: {number(row[side])} per 1,000 tokens; n = {row[f'n_{side}']:,} in "
        f"{count(row[f'articles_{side}'], 'article')}"
        for side, name in zip("ab", names, strict=True)
    ]
    if row["verdict"] == UNTESTED:
        return hover(row["term"], [*lines, UNTESTED], quotes.get((row["term"],), ""))
    told = f"{row['verdict']} (G² = {number(row['g2'], 1)}, {p_value(row['p_adjusted'])}, adjusted)"
    return hover(row["term"], [*lines, told], quotes.get((row["term"],), ""))


def _labels(fig: go.Figure, drawn: pd.DataFrame, places: np.ndarray, ends: Ends, area: tuple[float, float]) -> int:
    """Labels where there is room; returns how many key terms go without."""
    low, high = np.array(ends).T
    points = (places - low) * np.array(area) / (high - low)
    points[:, 1] = area[1] - points[:, 1]
    key = (drawn["verdict"] == KEY).to_numpy()
    # the strongest key terms of both sides in turn, so that one side does not take all the room
    strength = np.where(key, drawn["g2"].abs().fillna(0), 0)
    side = np.where(key, np.sign(drawn["g2"].fillna(0)), 0)
    turn = pd.Series(-strength).groupby(side).rank(method="first").to_numpy()
    rank = np.lexsort((-drawn["n"].to_numpy(), np.where(key, turn, 0), ~key))
    most = max(20, round(MAX_LABELS * area[0] * area[1] / (AREA[0] * AREA[1])))
    asked = rank[: 4 * most].tolist()
    texts = {at: label(drawn["term"].iloc[at], 130, 12, 1) for at in asked}
    sizes, around = {at: label_size(text) for at, text in texts.items()}, _diameters(drawn)
    fields = [Field((area[0] * w, area[1]), points * (w, 1), around) for w in ((1,) if page() != NARROW else WIDTHS)]
    spots = scatter_spots(fields, asked, sizes, key, most)
    notes = [_label(texts[at], places[at], spot, around[at]) for at, spot in spots.items()]
    fig.update_layout(annotations=notes)
    return int(key.sum()) - int(key[list(spots)].sum())


def _label(text: str, place: np.ndarray, spot: Spot, diameter: float) -> dict[str, Any]:
    dx, dy, anchor = spot
    look = {"text": text, "font": {"size": 12, "color": INK}, "borderpad": 0, "xanchor": anchor, "yanchor": "middle"}
    look |= {"bgcolor": "rgba(255,255,255,0.8)", "x": float(place[0]), "y": float(place[1])}
    if leads(spot, diameter, label_size(text)):
        leader = {"arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": GREY, "standoff": diameter / 2}
        return look | leader | {"ax": dx, "ay": dy, "showarrow": True}
    return look | {"xshift": dx, "yshift": -dy, "showarrow": False}


def _said(
    words: Words, table: pd.DataFrame, drawn: pd.DataFrame, names: tuple[str, str], hidden: int, *, tested: bool
) -> Words:
    shown = f"{len(drawn):,} of {len(table):,} terms" if len(table) > len(drawn) else count(len(drawn), "term")
    key = table[table["verdict"] == KEY]
    sides = [key[key["g2"] > 0], key[key["g2"] < 0]]
    told = [
        f"key in {plain(name, 60)}: {', '.join(part['term'].head(6)) or 'none'}"
        for name, part in zip(names, sides, strict=True)
    ]
    n_tested = int((table["verdict"] != UNTESTED).sum())
    rare = f"; {count(len(table) - n_tested, 'rarer term')} not tested and not drawn" if len(table) > n_tested else ""
    verdicts = (
        f"{len(key):,} of {count(n_tested, 'tested term')} "
        f"{'is' if len(key) == 1 else 'are'} key (G², Benjamini–Hochberg, p < .05, in at least two articles); "
        f"a hollow point claims no difference{rare}"
        if tested
        else "No term was tested, so none is claimed to differ: pass keyness"
    )
    return Words(
        "term_counts",
        words.title,
        f"n = {shown}, size by the occurrences in both together; right of the dotted line: more frequent in "
        f"{plain(names[0], 60)}, above it: in {plain(names[1], 60)}",
        f"Scatter plot of the rates of {shown} in two groups; {'; '.join(told)}.",
        len(drawn),
        (
            verdicts,
            "Logarithmic scales, 0 on a strip of its own; terms with the same counts stand side by side; labels stand "
            "where there is room" + (f", {count(hidden, 'key term')} go without" if hidden else ""),
            "Words of one article are no independent draws: read the sentences",
        ),
    )
