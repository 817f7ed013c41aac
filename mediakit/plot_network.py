"""Who is named together: a network of actors.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels, require
from .plot_style import GREY, INK, PALETTE, Words
from .plot_text import block_width, count, evidence_text, hover, label, listed, plain

MAX_NODES = 16
MAX_EDGES = 30
AREA = (560, 480)  # px of the plot area in the narrowest column; wider ones only move labels further apart
Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[np.ndarray, np.ndarray]
Spot = tuple[float, float, str]  # from the point to the anchor of its label, and which side of it that is
WIDTHS = (1, 1.5, 2)  # of the plot area, in AREA[0]: labels must keep clear of each other in all of them
BESIDE = 8  # the first so many candidates touch their point, the others are joined to it by a leader
TOUCH = 3  # px between a point and the label beside it
CLEAR = 4  # px by which a label without a leader is nearer to its own point than to any other
TRIES = 8  # layouts, of which the first that has room for all labels, or for the most, is drawn
CLASSES = 5  # widths of lines: 1, 2–3, 4–7, 8–15, 16 and more sentences


def plot_co_mentions(
    co_mentions: pd.DataFrame,
    *,
    seed: int = 0,
    top: int = MAX_EDGES,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
) -> go.Figure:
    """Which actors are named in the same sentence, as a network.

    Parameters
    ----------
    co_mentions
        One row per pair of actors, from `co_mentions(mentions)`.
    seed
        The same seed gives the same layout.
    top
        At most this many pairs (among at most 16 actors), those with the most sentences; the rest is counted.
    articles, evidence, title, call
        As in every plot; `evidence` is matched on actor_a and actor_b.

    Returns
    -------
    A line per pair, wider with more sentences; a point per actor, larger the more sentences its strongest pair has,
    its label with the number of partners (actors that a line leads to) in brackets. Sentences are not added up over
    the pairs of an actor: one that names three actors would count twice. customdata: actor_a, actor_b at the middle of
    a line; actor at a point.
    """
    co_mentions = require(co_mentions, "co_mentions").reset_index(drop=True)
    words = Words("co_mentions", "Who is named in the same sentence", "", "", 0)
    if co_mentions.empty:
        why = "No pairs: no sentence names two actors of the registry."
        return style.nothing(words, why, articles=articles, title=title, call=call)
    table = co_mentions.assign(_a=labels(co_mentions["actor_a"]), _b=labels(co_mentions["actor_b"]))
    table = table.sort_values("n_sentences", ascending=False, kind="stable")
    shown = _strongest(table, top)
    sizes = pd.concat([shown.set_index("_a")["n_sentences"], shown.set_index("_b")["n_sentences"]])
    # in the order of their sums, so that those in the thick of it find a place first
    sizes = sizes.groupby(level=0).agg(["sum", "max"]).sort_values("sum", ascending=False, kind="stable")["max"]
    partners = _partners(shown)
    names = {actor: label(actor, 125, 12, n=f"{len(partners[actor]):,}") for actor in sizes.index}
    places, spots = _arranged(shown, sizes, names, seed)
    fig = go.Figure()
    _draw_edges(fig, shown, places, evidence_text(evidence, ["actor_a", "actor_b"]))
    _draw_nodes(fig, sizes, places, partners)
    _draw_labels(fig, sizes, places, names, spots)
    unnamed = len(sizes) - len(spots)
    fig.update_xaxes(visible=False, range=[0, AREA[0]], fixedrange=True)
    fig.update_yaxes(visible=False, range=[AREA[1], 0], fixedrange=True)
    fig.update_layout(margin={"l": 40, "r": 40, "b": 4}, legend_itemsizing="trace")
    more = f"; and {len(table) - len(shown):,} more pairs" if len(table) > len(shown) else ""
    told = "; ".join(f"{row['_a']} and {row['_b']} {row['n_sentences']:,}" for row in shown.head(10).to_dict("records"))
    hidden = f"{count(unnamed, 'label')} left out for lack of room. " if unnamed else ""
    said = Words(
        "co_mentions",
        words.title,
        f"n = {count(len(shown), 'pair')} of {count(len(sizes), 'actor')}{more}; the larger a point, the more "
        "sentences its strongest pair has; in brackets: partners (actors that a line leads to)",
        f"Network of actors named in the same sentence. Sentences: {told}.",
        len(shown),
        (
            hidden
            + "Being named together is not being allied or opposed. Distances come from the layout and are no measure.",
        ),
    )
    return style.finish(fig, said, height=AREA[1], articles=articles, title=title, call=call)


def _strongest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """The strongest pairs that involve at most MAX_NODES actors."""
    kept: list[int] = []
    nodes: set[str] = set()
    for place, pair in enumerate({row["_a"], row["_b"]} for row in table.to_dict("records")):
        if len(kept) < top and len(nodes | pair) <= MAX_NODES:
            kept.append(place)
            nodes |= pair
    return table.iloc[kept]


def _arranged(
    shown: pd.DataFrame, sizes: pd.Series, names: Mapping[str, str], seed: int
) -> tuple[dict[str, np.ndarray], dict[str, Spot]]:
    """Places of points and labels: of several layouts the one that has room for the most labels."""
    best: tuple[dict[str, np.ndarray], dict[str, Spot]] = ({}, {})
    for trial in range(TRIES):
        places = _layout(shown, sizes, np.random.RandomState([seed, trial]))
        lines = [(places[row["_a"]], places[row["_b"]]) for row in shown.to_dict("records")]
        spots = _label_spots(places, _diameters(sizes), names, lines)
        if not best[0] or len(spots) > len(best[1]):
            best = places, spots
        if len(spots) == len(sizes):
            break
    return best


def _layout(shown: pd.DataFrame, sizes: pd.Series, seed: np.random.RandomState) -> dict[str, np.ndarray]:
    """Spring layout stretched over the area, then points that touch are moved apart."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sizes.index)
    for row in shown.to_dict("records"):
        graph.add_edge(row["_a"], row["_b"], weight=1 + np.log(row["n_sentences"]))
    raw = nx.spring_layout(graph, seed=seed, weight="weight", k=3 / np.sqrt(len(sizes)), iterations=200)
    points = np.array([raw[name] for name in sizes.index])
    # half distance, half rank: a dense core is spread out, neighbours stay neighbours
    ranks = points.argsort(axis=0).argsort(axis=0) / max(len(points) - 1, 1)
    spread = np.ptp(points, axis=0)
    shares = (points - points.min(axis=0)) / np.where(spread > 1e-9, spread, 1)
    points = (0.35 * shares + 0.65 * ranks) * 0.84 + 0.08
    points[:, spread <= 1e-9] = 0.5
    return dict(zip(sizes.index, _apart(points * np.array(AREA), _diameters(sizes).to_numpy() / 2), strict=True))


def _apart(points: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Move points that touch or nearly touch away from each other."""
    for _ in range(60):
        for i in range(len(points)):
            for j in range(i):
                gap = points[i] - points[j]
                far = float(np.hypot(*gap)) or 1.0
                need = radius[i] + radius[j] + 36
                if far < need:
                    push = gap / far * (need - far) / 2
                    points[i] += push
                    points[j] -= push
        points = points.clip((24, 40), (AREA[0] - 24, AREA[1] - 40))
    return points


def _diameters(sizes: pd.Series) -> pd.Series:
    return 10 + 24 * np.sqrt(sizes / sizes.max())


def _draw_edges(
    fig: go.Figure, shown: pd.DataFrame, places: Mapping[str, np.ndarray], quotes: Mapping[tuple[str, ...], str]
) -> None:
    width = np.log2(shown["n_sentences"].clip(lower=1)).astype(int).clip(upper=CLASSES - 1)
    for step in sorted(set(width)):
        part = shown[width == step].to_dict("records")
        ends = [[places[row["_a"]], places[row["_b"]], (np.nan, np.nan)] for row in part]
        x, y = np.array([point for line in ends for point in line], dtype=float).T
        low, high = 2**step, 2 ** (step + 1) - 1
        name = f"{low} or more" if step == CLASSES - 1 else f"{low}–{high}" if high > low else f"{low}"
        fig.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": "#9AA5AE", "width": 1 + 1.6 * step},
            opacity=0.75,
            name=f"{name} sentence{'' if name == '1' else 's'}",
            showlegend=True,
            hoverinfo="skip",
        )
    middles = np.array([(places[row["_a"]] + places[row["_b"]]) / 2 for row in shown.to_dict("records")])
    texts = [
        hover(
            f"{row['_a']} and {row['_b']}",
            [f"n = {count(row['n_sentences'], 'sentence')} in {count(row['n_articles'], 'article')}"],
            quotes.get((row["_a"], row["_b"]), ""),
        )
        for row in shown.to_dict("records")
    ]
    fig.add_scatter(
        x=middles[:, 0],
        y=middles[:, 1],
        mode="markers",
        marker={"size": 12, "color": GREY, "opacity": 0},
        showlegend=False,
        name="pairs",
        **style.marks(["actor_a", "actor_b"], shown[["_a", "_b"]].to_numpy().tolist(), texts),
    )


def _draw_nodes(
    fig: go.Figure, sizes: pd.Series, places: Mapping[str, np.ndarray], partners: Mapping[str, Mapping[str, int]]
) -> None:
    fig.add_scatter(
        x=[places[actor][0] for actor in sizes.index],
        y=[places[actor][1] for actor in sizes.index],
        mode="markers",
        marker={
            "size": _diameters(sizes).to_numpy(),
            "color": PALETTE[0],
            "opacity": 1,
            "line": {"width": 1.5, "color": "#FFFFFF"},
        },
        showlegend=False,
        name="actors",
        **style.marks(
            ["actor"],
            [[actor] for actor in sizes.index],
            [_node_hover(actor, partners[actor]) for actor in sizes.index],
        ),
    )


def _draw_labels(
    fig: go.Figure,
    sizes: pd.Series,
    places: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    spots: Mapping[str, Spot],
) -> None:
    diameters = _diameters(sizes)
    for actor, (dx, dy, anchor) in spots.items():
        x, y = places[actor]
        look = {"text": names[actor], "font": {"size": 12}, "bgcolor": "rgba(255,255,255,0.85)", "borderpad": 0}
        look["align"] = {"left": "left", "right": "right"}.get(anchor, "center")
        if _leads((dx, dy, anchor), diameters[actor], _size(names[actor])):
            leader = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": INK, "standoff": diameters[actor] / 2}
            fig.add_annotation(x=x, y=y, ax=dx, ay=dy, xanchor=anchor, yanchor="middle", **leader, **look)
        else:
            beside = {"xshift": dx, "yshift": -dy, "xanchor": anchor, "yanchor": "middle", "showarrow": False}
            fig.add_annotation(x=x, y=y, **beside, **look)


def _partners(shown: pd.DataFrame) -> dict[str, dict[str, int]]:
    """For each actor the actors that a line leads to, with the sentences of the pair, most first."""
    partners: dict[str, dict[str, int]] = {}
    for row in shown.to_dict("records"):
        for actor, other in ((row["_a"], row["_b"]), (row["_b"], row["_a"])):
            partners.setdefault(actor, {})[other] = row["n_sentences"]
    return partners


def _node_hover(actor: str, partners: Mapping[str, int]) -> str:
    most = max(partners.values())
    strongest = listed(plain(other, 60) for other, n in partners.items() if n == most)
    pairs = [f"{count(len(partners), 'partner')}; most sentences with {strongest}: n = {most:,}"]
    return hover(actor, pairs)


def _label_spots(
    places: Mapping[str, np.ndarray], diameters: pd.Series, texts: Mapping[str, str], lines: list[Line]
) -> dict[str, Spot]:
    """For each label the free spot around its point that crosses the fewest lines; none where all are taken.

    Free means, in all WIDTHS: it covers no label, point or leader; beside its point no other point is nearer to it;
    further out its leader runs over no label and no point.
    """
    points = {wide: _point_boxes(places, diameters, wide) for wide in WIDTHS}
    taken: dict[float, list[Box]] = {wide: [] for wide in WIDTHS}
    leaders: dict[float, list[np.ndarray]] = {wide: [] for wide in WIDTHS}
    steps = np.linspace(0, 1, 40)[:, None]
    along = np.vstack([a + (b - a) * steps for a, b in lines]) if lines else np.empty((0, 2))
    spots: dict[str, Spot] = {}
    for actor, diameter in diameters.items():
        size = _size(texts[actor])
        others = {wide: [box for name, box in points[wide].items() if name != actor] for wide in WIDTHS}
        best: tuple[int, Spot] | None = None
        for order, spot in enumerate(_candidates(diameter / 2 + TOUCH, size[1] / 2)):
            if all(
                _free(places[actor] * (wide, 1), diameter, spot, size, wide, others[wide], taken[wide], leaders[wide])
                for wide in WIDTHS
            ):
                crossed = _covered(_box(places[actor], spot, size), along) + order // BESIDE
                if best is None or crossed < best[0]:
                    best = (crossed, spot)
        if best:
            spots[actor] = best[1]
            for wide in WIDTHS:
                place = places[actor] * (wide, 1)
                taken[wide].append(_box(place, best[1], size))
                if _leads(best[1], diameter, size):
                    leaders[wide].append(_leader(place, best[1]))
    return spots


def _point_boxes(places: Mapping[str, np.ndarray], diameters: pd.Series, wide: float) -> dict[str, Box]:
    middles = {actor: places[actor] * (wide, 1) for actor in diameters.index}
    return {a: (*(middles[a] - size / 2), *(middles[a] + size / 2)) for a, size in diameters.items()}


def _free(
    place: np.ndarray,
    diameter: float,
    spot: Spot,
    size: tuple[float, float],
    wide: float,
    others: list[Box],
    taken: list[Box],
    leaders: list[np.ndarray],
) -> bool:
    """Whether a label may stand there: it covers nothing, and nobody takes it for the label of another point."""
    box = _box(place, spot, size)
    if not _inside(box, wide) or _hits(box, [*others, *taken]) or any(_covered(box, line) for line in leaders):
        return False
    if _leads(spot, diameter, size):
        line = _leader(place, spot)
        return not any(_covered(other, line) for other in [*others, *taken])
    own = _gap(box, (*(place - diameter / 2), *(place + diameter / 2)))
    return all(_gap(box, other) >= own + CLEAR for other in others)


def _leads(spot: Spot, diameter: float, size: tuple[float, float]) -> bool:
    """Whether a label of that size stands so far from its point that a line joins them."""
    return bool(np.hypot(*spot[:2]) > diameter / 2 + TOUCH + size[1] / 2 + 10)


def _size(text: str) -> tuple[float, float]:
    return block_width(text, 12), 16.0 * (text.count("<br>") + 1) + 2


def _leader(place: np.ndarray, spot: Spot) -> np.ndarray:
    """Points along the line from a point to its label, close enough together for no label to slip between."""
    return place + np.array(spot[:2]) * np.linspace(0, 1, 40)[:, None]


def _gap(a: Box, b: Box) -> float:
    """Distance between two boxes; 0 when they touch."""
    return float(np.hypot(max(a[0] - b[2], b[0] - a[2], 0.0), max(a[1] - b[3], b[1] - a[3], 0.0)))


def _covered(box: Box, points: np.ndarray) -> int:
    """How many of the points lie under a box."""
    x, y = points.T
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def _candidates(r: float, half: float) -> list[tuple[float, float, str]]:
    """Beside the point, then slanted, then further out, where a fine line leads from the point to its label."""
    near = [(r, 0, "left"), (-r, 0, "right"), (0, -r - half, "center"), (0, r + half, "center")]
    slanted = [(x * r * 0.75, y * (r * 0.6 + half), side) for x, side in ((1, "left"), (-1, "right")) for y in (-1, 1)]
    turns = np.arange(24) * np.pi / 12
    far = [
        (float(np.cos(turn)) * reach, float(np.sin(turn)) * reach, "left" if np.cos(turn) >= 0 else "right")
        for reach in (r + half + 20, r + half + 45, r + half + 75)
        for turn in turns
    ]
    return [*near, *slanted, *far]


def _box(place: np.ndarray, spot: tuple[float, float, str], size: tuple[float, float]) -> Box:
    (dx, dy, anchor), (width, height) = spot, size
    left = place[0] + dx - {"left": 0.0, "center": width / 2, "right": width}[anchor]
    return (left, place[1] + dy - height / 2, left + width, place[1] + dy + height / 2)


def _inside(box: Box, wide: float) -> bool:
    return box[0] >= -36 and box[2] <= AREA[0] * wide + 36 and box[1] >= -4 and box[3] <= AREA[1] + 4


def _hits(box: Box, others: list[Box]) -> bool:
    return any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in others)
