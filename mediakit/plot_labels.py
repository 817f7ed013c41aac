"""Where the labels of a network's points find room.

Labels keep clear of points, of each other and of the lines that join them to their points, whatever the width of the
column that the figure is shown in.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from .plot_text import NARROW, block_width, page, slim

AREA = (560, 480)  # px of the plot area for NARROW, what a figure without a width is laid out for
Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[np.ndarray, np.ndarray]
Spot = tuple[float, float, str]  # from the point to the anchor of its label, and which side of it that is
WIDTHS = (1, 1.5, 2)  # how wide a figure without a width may be shown, in AREA[0]: labels keep clear in all of them
BESIDE = 8  # the first so many candidates touch their point, the others are joined to it by a leader
TOUCH = 3  # px between a point and the label beside it
CLEAR = 4  # px by which a label without a leader is nearer to its own point than to any other


def aside() -> int:
    """Px left and right of a network, of which its labels may take all but 4."""
    return 24 if slim() else 40


def area() -> tuple[int, int]:
    """Px of a network's plot area in the figure that is laid out."""
    return page() - 2 * aside(), AREA[1]


def _widths() -> tuple[float, ...]:
    """The widths that the plot area may take: one where the figure has a width of its own."""
    return WIDTHS if page() == NARROW else (1,)


def label_spots(
    places: Mapping[str, np.ndarray], diameters: pd.Series, texts: Mapping[str, str], lines: list[Line]
) -> dict[str, Spot]:
    """For each label the free spot around its point that crosses the fewest lines; none where all are taken.

    Free means, in all widths that the figure may take: it covers no label, point or leader; beside its point no other
    point is nearer to it;
    further out its leader runs over no label and no point.
    """
    widths = _widths()
    points = {wide: _point_boxes(places, diameters, wide) for wide in widths}
    taken: dict[float, list[Box]] = {wide: [] for wide in widths}
    leaders: dict[float, list[np.ndarray]] = {wide: [] for wide in widths}
    steps = np.linspace(0, 1, 40)[:, None]
    along = np.vstack([a + (b - a) * steps for a, b in lines]) if lines else np.empty((0, 2))
    spots: dict[str, Spot] = {}
    for actor, diameter in diameters.items():
        size = label_size(texts[actor])
        others = {wide: [box for name, box in points[wide].items() if name != actor] for wide in widths}
        best: tuple[int, Spot] | None = None
        for order, spot in enumerate(_candidates(diameter / 2 + TOUCH, size[1] / 2)):
            if all(
                _free(places[actor] * (wide, 1), diameter, spot, size, wide, others[wide], taken[wide], leaders[wide])
                for wide in widths
            ):
                crossed = _covered(label_box(places[actor], spot, size), along) + order // BESIDE
                if best is None or crossed < best[0]:
                    best = (crossed, spot)
        if best:
            spots[actor] = best[1]
            for wide in widths:
                place = places[actor] * (wide, 1)
                taken[wide].append(label_box(place, best[1], size))
                if leads(best[1], diameter, size):
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
    box = label_box(place, spot, size)
    if not _inside(box, wide) or hits(box, [*others, *taken]) or any(_covered(box, line) for line in leaders):
        return False
    if leads(spot, diameter, size):
        line = _leader(place, spot)
        return not any(_covered(other, line) for other in [*others, *taken])
    own = _gap(box, (*(place - diameter / 2), *(place + diameter / 2)))
    return all(_gap(box, other) >= own + CLEAR for other in others)


def leads(spot: Spot, diameter: float, size: tuple[float, float]) -> bool:
    """Whether a label of that size stands so far from its point that a line joins them."""
    return bool(np.hypot(*spot[:2]) > diameter / 2 + TOUCH + size[1] / 2 + 10)


def label_size(text: str) -> tuple[float, float]:
    """Width and height of a label in px."""
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


def label_box(place: np.ndarray, spot: tuple[float, float, str], size: tuple[float, float]) -> Box:
    """The box of a label of that size at a spot around a place."""
    (dx, dy, anchor), (width, height) = spot, size
    left = place[0] + dx - {"left": 0.0, "center": width / 2, "right": width}[anchor]
    return (left, place[1] + dy - height / 2, left + width, place[1] + dy + height / 2)


def _inside(box: Box, wide: float) -> bool:
    (right, bottom), beside = area(), aside() - 4
    return box[0] >= -beside and box[2] <= right * wide + beside and box[1] >= -4 and box[3] <= bottom + 4


def hits(box: Box, others: list[Box]) -> bool:
    """Whether a box overlaps one of the others."""
    return any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in others)
