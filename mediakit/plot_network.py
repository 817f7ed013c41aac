"""Who is named together: a network of actors.

The public name is in `plots`, which says what all plots have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import FrameError, labels, require
from .plot_labels import Spot, area, aside, label_size, label_spots, leads
from .plot_style import GREY, INK, PALETTE, Words
from .plot_text import count, evidence_text, fitted, hover, label, listed, plain, slim

MAX_NODES, MAX_NODES_SLIM = 16, 10
MAX_EDGES = 30
TRIES = 8  # layouts, of which the first that has room for all labels, or for the most, is drawn
COLORS = ("community", "type")
MAX_CLASSES = 6  # colours besides grey
OTHERS = "others"
FIRM = 0.75  # Jaccard index from which a cluster counts as stable (Hennig 2007)
CLASSES = 5  # widths of lines: 1, 2–3, 4–7, 8–15, 16 and more sentences


@dataclass(frozen=True)
class Looks:
    """How the points are drawn: what sizes them, what colours them, what is said of them."""

    sizes: pd.Series  # of each actor, those in the thick of it first, so that they find a place first
    classes: Mapping[str, str]  # actor → its entry in the legend; empty without colours
    labels: Mapping[str, str]
    hovers: Mapping[str, str]


@fitted
def plot_co_mentions(
    co_mentions: pd.DataFrame,
    *,
    actors: pd.DataFrame | None = None,
    color: str | None = None,
    seed: int = 0,
    top: int = MAX_EDGES,
    articles: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Which actors are named in the same sentence, as a network.

    Parameters
    ----------
    co_mentions
        One row per pair of actors, from `co_mentions(mentions)`.
    actors
        One row per actor, from `co_mention_actors(mentions)`: the points are sized by mentions and coloured.
    color
        "community" (the default where there are `actors`) or "type"; None without `actors`.
    seed
        The same seed gives the same layout.
    top
        At most this many pairs (among at most 16 actors, in a newspaper column 10), those with the most sentences; the
        rest is counted.
    articles, evidence, title, call, width
        As in every plot; `evidence` is matched on actor_a and actor_b.

    Returns
    -------
    A line per pair, wider with more sentences; a point per actor. With `actors` its area grows with its mentions,
    which stand in brackets; colours are those of the six largest communities (or types) in the figure, grey the
    others. Without, it is larger the more sentences its strongest pair has, with the number of partners (actors
    that a line leads to) in brackets; sentences are not added up over the pairs of an actor: one that names three
    actors would count twice. customdata: actor_a, actor_b at the middle of a line; actor at a point.

    Raises
    ------
    FrameError
        A column is missing, or an actor of a pair has no row in `actors`.
    ValueError
        `color` is neither "community" nor "type", or given without `actors`.
    """
    co_mentions = require(co_mentions, "co_mentions").reset_index(drop=True)
    if color not in (None, *COLORS) or (color and actors is None):
        raise ValueError(f"color={color!r}: give {' or '.join(map(repr, COLORS))}, and actors=co_mention_actors(…).")
    words = Words("co_mentions", "Who is named in the same sentence", "", "", 0)
    if co_mentions.empty:
        why = "No pairs: no sentence names two actors."
        return style.nothing(words, why, articles=articles, title=title, call=call, width=width)
    table = co_mentions.assign(_a=labels(co_mentions["actor_a"]), _b=labels(co_mentions["actor_b"]))
    table = table.sort_values("n_sentences", ascending=False, kind="stable")
    shown = _strongest(table, top)
    looks = _by_pairs(shown) if actors is None else _by_actors(shown, actors, color or COLORS[0])
    places, spots = _arranged(shown, looks.sizes, looks.labels, seed)
    fig = go.Figure()
    _draw_edges(fig, shown, places, evidence_text(evidence, ["actor_a", "actor_b"]))
    _draw_nodes(fig, looks, places)
    _draw_labels(fig, looks.sizes, places, looks.labels, spots)
    across, down = area()
    fig.update_xaxes(visible=False, range=[0, across], fixedrange=True)
    fig.update_yaxes(visible=False, range=[down, 0], fixedrange=True)
    fig.update_layout(margin={"l": aside(), "r": aside(), "b": 4}, legend_itemsizing="trace")
    said = _said(words, table, shown, len(looks.sizes), len(spots), color or COLORS[0] if looks.classes else None)
    return style.finish(fig, said, height=down, articles=articles, title=title, call=call, width=width)


def _by_pairs(shown: pd.DataFrame) -> Looks:
    """Points as large as their strongest pair."""
    sizes = _thick(shown)["max"]
    partners = _partners(shown)
    names = {actor: label(actor, 125, 12, n=f"{len(partners[actor]):,}") for actor in sizes.index}
    return Looks(sizes, {}, names, {actor: _node_hover(actor, partners[actor]) for actor in sizes.index})


def _by_actors(shown: pd.DataFrame, actors: pd.DataFrame, color: str) -> Looks:
    """Points as large as their mentions, coloured by community or type."""
    require(actors, "co_mention_actors")
    order = _thick(shown).index
    table = actors.assign(_actor=labels(actors["actor"])).drop_duplicates("_actor").set_index("_actor")
    missing = [actor for actor in order if actor not in table.index]
    if missing:
        raise FrameError(
            f"co_mention_actors: no row for {missing[0]!r}. Pass the frame that co_mention_actors makes of the same "
            "mentions and forms as co_mentions."
        )
    table = table.loc[order]
    partners = _partners(shown)
    hovers = {}
    for actor, row in table.iterrows():
        lines = [
            f"{row['type']}; n = {count(row['n'], 'mention')} in {count(row['n_articles'], 'article')}",
            f"named with {count(row['degree'], 'other actor')} in {count(row['n_sentences'], 'sentence')}",
            f"community {row['community']}, of which searches agree on {100 * row['stability']:.0f} %",
        ]
        hovers[str(actor)] = _node_hover(str(actor), partners[str(actor)], lines)
    names = {actor: label(actor, 125, 12, n=f"{table.loc[actor, 'n']:,}") for actor in order}
    return Looks(table["n"].clip(lower=1), _classes(table, actors, color), names, hovers)


def _classes(table: pd.DataFrame, actors: pd.DataFrame, color: str) -> dict[str, str]:
    """What each actor is called in the legend, the largest class first; the smallest share a last one."""
    shown = labels(table[color])
    sizes = table["n"].groupby(shown).sum().sort_values(ascending=False, kind="stable")
    names = {}
    for value in sizes.index[: MAX_CLASSES if len(sizes) <= MAX_CLASSES else MAX_CLASSES - 1]:
        every = actors[labels(actors[color]) == value]
        loose = color == "community" and every["stability"].mean() < FIRM
        head = f"community {value}" if color == "community" else value
        n = f"{int((shown == value).sum())} of {count(len(every), 'actor')}"
        names[value] = label(head + (", not firm" if loose else ""), 150, max_lines=1, n=n)
    kept = {actor: names.get(value, OTHERS) for actor, value in shown.items()}
    return dict(sorted(kept.items(), key=lambda pair: [*names.values(), OTHERS].index(pair[1])))


def _thick(shown: pd.DataFrame) -> pd.DataFrame:
    """Of each actor the sum and the largest of its pairs' sentences, the largest sum first."""
    sizes = pd.concat([shown.set_index("_a")["n_sentences"], shown.set_index("_b")["n_sentences"]])
    return sizes.groupby(level=0).agg(["sum", "max"]).sort_values("sum", ascending=False, kind="stable")


def _said(
    words: Words, table: pd.DataFrame, shown: pd.DataFrame, n_actors: int, n_labels: int, color: str | None
) -> Words:
    more = f"; and {count(len(table) - len(shown), 'more pair')}" if len(table) > len(shown) else ""
    told = "; ".join(f"{row['_a']} and {row['_b']} {row['n_sentences']:,}" for row in shown.head(10).to_dict("records"))
    hidden = f"{count(n_actors - n_labels, 'label')} left out for lack of room. " if n_actors > n_labels else ""
    if color:
        what = "the larger a point, the more mentions, which stand in brackets; colour tells the " + color
    else:
        what = "the larger a point, the more sentences its strongest pair has; in brackets: partners (actors that a "
        what += "line leads to)"
    notes = [
        f"{hidden}Being named together is not being allied or opposed. Distances come from the layout and are no "
        "measure."
    ]
    if color == "community":
        notes.append(
            "Communities are found in all pairs, also those not drawn (modularity, the best of 10 searches). Any "
            "network has some, also one made by chance; not firm: searches agree on less than three quarters of it."
        )
    return Words(
        words.frame,
        words.title,
        f"n = {count(len(shown), 'pair')} of {count(n_actors, 'actor')}{more}; {what}",
        f"Network of actors named in the same sentence. Sentences: {told}.",
        len(shown),
        tuple(notes),
    )


def _strongest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """The strongest pairs that involve no more actors than have room."""
    most = MAX_NODES_SLIM if slim() else MAX_NODES
    kept: list[int] = []
    nodes: set[str] = set()
    for place, pair in enumerate({row["_a"], row["_b"]} for row in table.to_dict("records")):
        if len(kept) < top and len(nodes | pair) <= most:
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
        spots = label_spots(places, _diameters(sizes), names, lines)
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
    return dict(zip(sizes.index, _apart(points * np.array(area()), _diameters(sizes).to_numpy() / 2), strict=True))


def _apart(points: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Move points that touch or nearly touch away from each other."""
    across, down = area()
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
        points = points.clip((24, 40), (across - 24, down - 40))
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


def _draw_nodes(fig: go.Figure, looks: Looks, places: Mapping[str, np.ndarray]) -> None:
    """The points, in one trace per entry of the legend."""
    diameters = _diameters(looks.sizes)
    entries = list(dict.fromkeys(looks.classes.values())) or ["actors"]
    for number, entry in enumerate(entries):
        members = [actor for actor in looks.sizes.index if looks.classes.get(actor, "actors") == entry]
        fig.add_scatter(
            x=[places[actor][0] for actor in members],
            y=[places[actor][1] for actor in members],
            mode="markers",
            marker={
                "size": diameters[members].to_numpy(),
                "color": GREY if entry == OTHERS else PALETTE[number],
                "opacity": 1,
                "line": {"width": 1.5, "color": "#FFFFFF"},
            },
            showlegend=False,
            name=entry,
            legendgroup=entry,
            **style.marks(["actor"], [[actor] for actor in members], [looks.hovers[actor] for actor in members]),
        )
        if looks.classes:  # an entry of one size: the points are as large as their actors
            marker = {"size": 11, "color": GREY if entry == OTHERS else PALETTE[number]}
            at = {"x": [None], "y": [None], "name": entry, "legendgroup": entry}
            fig.add_scatter(**at, mode="markers", marker=marker, showlegend=True)


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
        if leads((dx, dy, anchor), diameters[actor], label_size(names[actor])):
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


def _node_hover(actor: str, partners: Mapping[str, int], lines: Iterable[str] = ()) -> str:
    most = max(partners.values())
    strongest = listed(plain(other, 60) for other, n in partners.items() if n == most)
    pairs = f"{count(len(partners), 'partner')}; most sentences with {strongest}: n = {most:,}"
    return hover(actor, [*lines, pairs])
