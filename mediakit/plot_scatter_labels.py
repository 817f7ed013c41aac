"""Where the labels of a scatter find room: over no point, no other label and no line that joins one to its point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .plot_labels import Spot, leads

REACHES = (18, 34, 52)  # px beyond a point at which its label may stand with a line to it
TURNS = 16
CROSSED = 4  # points that a line may run over at most, its own among them
STEPS = np.linspace(0.15, 1, 16)[:, None]  # along a line, close enough together for nothing to slip between
THIN = 2.5  # px kept free on both sides of a line


@dataclass
class Field:
    """A plot area in px, the points in it, and what labels have taken of it: boxes (left, top, right, bottom)."""

    area: tuple[float, float]
    points: np.ndarray
    diameters: np.ndarray
    taken: np.ndarray = field(default_factory=lambda: np.empty((0, 4)))

    def free(self, boxes: np.ndarray) -> np.ndarray:
        """Which boxes lie inside the area, over no label and no point."""
        left, top, right, bottom = (boxes[:, [side]] for side in range(4))
        inside = (left >= 2) & (right <= self.area[0] - 2) & (top >= 2) & (bottom <= self.area[1] - 2)
        (x, y), r = self.points.T, self.diameters / 2
        on_point = ((x + r > left) & (x - r < right) & (y + r > top + 2) & (y - r < bottom - 2)).any(axis=1)
        a, b, c, d = self.taken.T
        return inside[:, 0] & ~on_point & ~((left < c) & (right > a) & (top < d) & (bottom > b)).any(axis=1)

    def clear(self, lines: np.ndarray) -> np.ndarray:
        """Which lines, given as points along them, run over nothing that is taken."""
        x, y = lines[..., 0, None], lines[..., 1, None]
        a, b, c, d = self.taken.T
        return ~((x > a) & (x < c) & (y > b) & (y < d)).any(axis=(1, 2))

    def crossed(self, lines: np.ndarray) -> np.ndarray:
        """How many points each line runs over."""
        apart = (lines[:, :, None, :] - self.points) ** 2
        return (apart.sum(axis=3) < (self.diameters / 2) ** 2).any(axis=1).sum(axis=1)

    def take(self, boxes: np.ndarray) -> None:
        """Boxes are free no more."""
        self.taken = np.vstack([self.taken, boxes])


def scatter_spots(
    fields: list[Field], order: Iterable[int], sizes: dict[int, tuple[float, float]], far: np.ndarray, most: int
) -> dict[int, Spot]:
    """The spot of each label that finds one, first come first served, at most so many; free in all fields.

    `fields` are the same points in plot areas of several widths; `order` numbers the points; `sizes` are those of their
    labels; those that are `far` may stand away from their point with a line to it.
    """
    spots: dict[int, Spot] = {}
    for at in order:
        if len(spots) == most:
            break
        diameter = float(fields[0].diameters[at])
        r, half = diameter / 2 + 2, sizes[at][1] / 2
        beside: list[Spot] = [(r, 0, "left"), (-r, 0, "right"), (0, -r - half, "center"), (0, r + half, "center")]
        spot = _best(fields, at, beside, sizes[at], diameter)
        if spot is None and far[at]:
            spot = _best(fields, at, _around(r + half), sizes[at], diameter)
        if spot is None:
            continue
        spots[at] = spot
        for one in fields:
            one.take(_boxes(one.points[at], [spot], sizes[at]))
            if leads(spot, diameter, sizes[at]):
                line = _lines(one.points[at], [spot])[0]
                one.take(np.hstack([line - THIN, line + THIN]))
    return spots


def _around(r: float) -> list[Spot]:
    turns = np.arange(TURNS) * 2 * np.pi / TURNS
    around = [(float(np.cos(t)) * (r + reach), float(np.sin(t)) * (r + reach)) for reach in REACHES for t in turns]
    return [(x, y, "left" if x >= 0 else "right") for x, y in around]


def _best(fields: list[Field], at: int, spots: list[Spot], size: tuple[float, float], diameter: float) -> Spot | None:
    """The first free spot, or of those that need a line the one whose line runs over the fewest points."""
    led = np.array([leads(spot, diameter, size) for spot in spots])
    free = np.ones(len(spots), dtype=bool)
    for one in fields:
        free &= one.free(_boxes(one.points[at], spots, size))
        free[led & free] = one.clear(_lines(one.points[at], [spots[i] for i in np.flatnonzero(led & free)]))
    found = np.flatnonzero(free)
    if not led.any() or not len(found):
        return spots[found[0]] if len(found) else None
    crossed = fields[0].crossed(_lines(fields[0].points[at], [spots[i] for i in found]))
    # a line over a point is as bad as one that is a reach longer
    best = int(np.argmin(found / TURNS + crossed))
    return spots[found[best]] if crossed[best] <= CROSSED else None


def _lines(place: np.ndarray, spots: list[Spot]) -> np.ndarray:
    """For each spot points along the line from the point to its label."""
    return place + np.array([spot[:2] for spot in spots]).reshape(-1, 1, 2) * STEPS


def _boxes(place: np.ndarray, spots: list[Spot], size: tuple[float, float]) -> np.ndarray:
    wide, high = size
    shift = np.array([{"left": 0.0, "center": wide / 2, "right": wide}[anchor] for *_, anchor in spots])
    middle = place + np.array([spot[:2] for spot in spots])
    left, top = middle[:, 0] - shift, middle[:, 1] - high / 2
    return np.stack([left, top, left + wide, top + high], axis=1)
