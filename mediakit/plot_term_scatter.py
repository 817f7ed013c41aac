"""Two groups' use of terms against each other.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FrameError, labels, require
from .plot_labels import AREA, Box, Spot, label_box, label_size, leads
from .plot_style import GREY, INK, PALETTE, RULE, Words
from .plot_text import count, evidence_text, hover, label, number, p_value, plain

MAX_POINTS, MAX_LABELS = 400, 34
KEY, SAME, TOO_FEW, UNTESTED = "key", "cannot be told apart", "too few articles", "not tested"
WIDTHS = (1, 1.4, 1.8)  # of the plot area, in AREA[0]: labels keep clear of each other in all of them
AIR = 0.05  # of the axes, free at both ends
NONE = 0.32  # powers of ten below the least rate: where terms stand that one group does not use


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
    articles, evidence, title, call
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
        return style.nothing(words, why, articles=articles, title=title, call=call)
    table, sizes = _sides(term_counts, a, b, by)
    table = _judged(table, keyness, a)
    tested = table if keyness is None else table[table["verdict"] != UNTESTED]
    if tested.empty:
        why = "No term is frequent enough to be compared."
        return style.nothing(words, why, articles=articles, title=title, call=call)
    # key terms before all others: those that the words below count must be seen
    order = (tested["verdict"] != KEY).sort_values(kind="stable").index
    drawn = tested.loc[order].head(min(top, MAX_POINTS)).reset_index(drop=True)
    low = [np.log10(drawn.loc[drawn[side] > 0, side].min()) for side in "ab"]
    low = [value if np.isfinite(value) else 0.0 for value in low]
    places, ends = _places(drawn, min(low))
    fig = go.Figure()
    _lines(fig, ends, min(low), bool((drawn[["n_a", "n_b"]] == 0).any(axis=None)))
    _points(fig, drawn, places, (a, b), evidence_text(evidence, ["term"]))
    hidden = _labels(fig, drawn, places, ends)
    ticks = _ticks(min(low), ends, (drawn["n_a"] == 0).any(), (drawn["n_b"] == 0).any())
    for axis, name, n, tick in (("x", a, sizes[0], ticks[0]), ("y", b, sizes[1], ticks[1])):
        head = f"per 1,000 tokens in {plain(name, 40)} (n = {count(n, 'token')})"
        settings = {"title_text": head, "range": ends, "tickvals": list(tick), "ticktext": list(tick.values())}
        fig.update_layout({f"{axis}axis": settings | {"showgrid": False, "showline": True}})
    fig.update_layout(margin={"l": 64, "r": 24, "b": 34}, legend_itemsizing="trace")
    said = _said(words, table, drawn, (a, b), hidden, tested=keyness is not None)
    return style.finish(fig, said, height=AREA[1], articles=articles, title=title, call=call)


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


def _places(drawn: pd.DataFrame, low: float) -> tuple[np.ndarray, list[float]]:
    """x and y of each point as powers of ten, those with the same counts around one place; the ends of both axes."""
    with np.errstate(divide="ignore"):
        places = np.log10(drawn[["a", "b"]].to_numpy(dtype=float))
    places = np.where(np.isfinite(places), places, low - NONE)
    least = float(places.min())
    air = AIR * (float(places.max()) - least) + 0.04
    ends = [least - air, float(places.max()) + air]
    turn = drawn.groupby(["n_a", "n_b"]).cumcount().to_numpy()
    # sunflower: equal distances whatever their number
    step = (ends[1] - ends[0]) * 0.011 * np.sqrt(turn)
    angle = turn * np.pi * (3 - np.sqrt(5))
    return places + np.stack([step * np.cos(angle), step * np.sin(angle)], axis=1), ends


def _lines(fig: go.Figure, ends: list[float], low: float, strip: bool) -> None:
    """Where both rates are equal, and what parts the strip of 0 from the scale."""
    start = low - NONE / 2 if strip else ends[0]
    line = {"x0": start, "y0": start, "x1": ends[1], "y1": ends[1], "line": {"color": INK, "width": 1, "dash": "dot"}}
    fig.add_shape(type="line", layer="below", **line)
    if strip:
        fig.add_vline(x=low - NONE / 2, line={"color": RULE, "width": 1}, layer="below")
        fig.add_hline(y=low - NONE / 2, line={"color": RULE, "width": 1}, layer="below")


def _ticks(low: float, ends: list[float], none_a: bool, none_b: bool) -> tuple[dict[float, str], dict[float, str]]:
    values = [step * 10.0**power for power in range(-4, 4) for step in (1, 2, 5)]
    shown = {float(np.log10(value)): f"{value:g}" for value in values if low - 0.02 <= np.log10(value) <= ends[1]}
    zero = {low - NONE: "0"}
    return (zero if none_a else {}) | shown, (zero if none_b else {}) | shown


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
            name=label(name, 260, max_lines=1, n=f"n = {count(len(part), 'term')}"),
            showlegend=True,
            legendrank=1000 - place,  # the last to be drawn lie on top, and are named first
            **style.marks(
                ["term"],
                [[term] for term in part["term"]],
                [_hover(row, names, quotes) for row in part.to_dict("records")],
            ),
        )


def _diameters(drawn: pd.DataFrame) -> np.ndarray:
    size = np.clip(4 + 1.1 * np.sqrt(drawn["n"].to_numpy(dtype=float)), 5, 14)
    return np.where(drawn["verdict"] == TOO_FEW, 5.0, size)


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


def _labels(fig: go.Figure, drawn: pd.DataFrame, places: np.ndarray, ends: Sequence[float]) -> int:
    """Labels where there is room; returns how many key terms go without."""
    scale = np.array(AREA) / (ends[1] - ends[0])
    points = (places - ends[0]) * scale
    points[:, 1] = AREA[1] - points[:, 1]
    diameters = _diameters(drawn)
    key = (drawn["verdict"] == KEY).to_numpy()
    rank = np.lexsort((-drawn["n"].to_numpy(), -drawn["g2"].abs().fillna(0).to_numpy() * key, ~key))
    taken: dict[float, list[Box]] = {wide: [] for wide in WIDTHS}
    n_shown, hidden = 0, 0
    for at in rank[: 4 * MAX_LABELS].tolist():
        text = label(drawn["term"].iloc[at], 130, 12, 1)
        spot = None
        if n_shown < MAX_LABELS:
            spot = _spot(at, points, diameters, label_size(text), taken, far=bool(key[at]))
        if spot is None:
            hidden += int(key[at])
            continue
        n_shown += 1
        _label(fig, text, places[at], spot, diameters[at])
    return hidden + int(key[rank[4 * MAX_LABELS :]].sum())


def _spot(
    at: int,
    points: np.ndarray,
    diameters: np.ndarray,
    size: tuple[float, float],
    taken: dict[float, list[Box]],
    *,
    far: bool,
) -> Spot | None:
    """The first spot around a point that is free in every width, which is then taken."""
    for spot in _candidates(diameters[at] / 2 + 2, size[1] / 2, far):
        boxes = {wide: label_box(points[at] * (wide, 1), spot, size) for wide in WIDTHS}
        if all(_free(box, points * (wide, 1), diameters, taken[wide], wide) for wide, box in boxes.items()):
            for wide, box in boxes.items():
                taken[wide].append(box)
                if leads(spot, diameters[at], size):  # nothing is written over its leader
                    steps = points[at] * (wide, 1) + np.array(spot[:2]) * np.linspace(0.2, 1, 9)[:, None]
                    taken[wide] += [(x - 1, y - 1, x + 1, y + 1) for x, y in steps.tolist()]
            return spot
    return None


def _candidates(r: float, half: float, far: bool) -> list[Spot]:
    near: list[Spot] = [(r, 0, "left"), (-r, 0, "right"), (0, -r - half, "center"), (0, r + half, "center")]
    if not far:
        return near
    turns = np.arange(16) * np.pi / 8
    reaches = (r + half + 18, r + half + 36, r + half + 60, r + half + 90)
    around = [(float(np.cos(t)) * reach, float(np.sin(t)) * reach) for reach in reaches for t in turns]
    return near + [(x, y, "left" if x >= 0 else "right") for x, y in around]


def _free(box: Box, points: np.ndarray, diameters: np.ndarray, taken: list[Box], wide: float) -> bool:
    """Whether a label may stand there: inside the area, over no other label and no point."""
    if box[0] < 2 or box[2] > AREA[0] * wide - 2 or box[1] < 2 or box[3] > AREA[1] - 2:
        return False
    if any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in taken):
        return False
    x, y, r = points[:, 0], points[:, 1], diameters / 2
    return not ((x + r > box[0]) & (x - r < box[2]) & (y + r > box[1] + 2) & (y - r < box[3] - 2)).any()


def _label(fig: go.Figure, text: str, place: np.ndarray, spot: Spot, diameter: float) -> None:
    dx, dy, anchor = spot
    look = {"text": text, "font": {"size": 12, "color": INK}, "borderpad": 0, "xanchor": anchor, "yanchor": "middle"}
    look |= {"bgcolor": "rgba(255,255,255,0.8)"}
    if leads(spot, diameter, label_size(text)):
        leader = {"arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": GREY, "standoff": diameter / 2}
        fig.add_annotation(x=place[0], y=place[1], ax=dx, ay=dy, **leader, **look)
    else:
        fig.add_annotation(x=place[0], y=place[1], xshift=dx, yshift=-dy, showarrow=False, **look)


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
        f"n = {shown}, larger points are more frequent in both together; right of the dotted line: more frequent in "
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
