"""Boilerplate that a corpus shows by itself: the same line at the edge of several articles of one source.

Lines are compared by their hashes, so that texts need not be kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from .boilerplate import whole

REPEATED = "repeated in this source"
_TOP, _BOTTOM = 3, 6  # lines at the top and the bottom that are looked at
_FEWEST, _SHARE, _MANY = 3, 1 / 3, 30  # articles; share of the source's articles, or as many as this
_LABEL = 12  # words of a line that can do without a sentence
_STOPS = (".", ".”", '."', ".’")
_AT_EDGE = 0.8  # share of a line's places that must be at the edge of an article


class Body(NamedTuple):
    """The lines of an article that may recur: the hash and the length of each."""

    keys: Sequence[int]
    lengths: Sequence[int]


def repeated_lines(bodies: Sequence[Body], line: Callable[[int, int], str]) -> set[int]:
    """Lines at the edge of enough of a source's articles that tell different stories, and hardly ever elsewhere.

    Parameters
    ----------
    bodies
        The articles of one source.
    line
        Gives a line as text, by the number of the body and its place there; asked only for lines that recur.
    """
    if len(bodies) < _FEWEST:
        return set()
    near = Counter(key for body in bodies for key in {*body.keys[:_TOP], *body.keys[-_BOTTOM:]})
    candidates = {key for key, n in near.items() if n >= _FEWEST}
    if not candidates:
        return set()
    everywhere: Counter[int] = Counter()
    at_edge: Counter[int] = Counter()
    stories: dict[int, set[int]] = defaultdict(set)
    places: dict[int, tuple[int, int]] = {}
    for number, body in enumerate(bodies):
        if candidates.isdisjoint(body.keys):
            continue
        everywhere.update(key for key in body.keys if key in candidates)
        run = edge_run(body.keys, candidates)
        at_edge.update(body.keys[position] for position in run)
        places.update((body.keys[position], (number, position)) for position in run)
        own = [position for position, key in enumerate(body.keys) if key not in candidates]
        # copies and updates of one story share most of their text: what they repeat is the story
        if 2 * sum(body.lengths[position] for position in own) > sum(body.lengths):
            longest = body.keys[max(own, key=body.lengths.__getitem__)]
            for position in run:
                stories[body.keys[position]].add(longest)
    return {
        key
        for key in candidates
        if at_edge[key] >= _AT_EDGE * everywhere[key]
        and (n := len(stories[key])) >= _FEWEST
        and (n >= _SHARE * len(bodies) or n >= _MANY)
        and not _is_content(line(*places[key]))
    }


def _is_content(line: str) -> bool:
    """Sentences of background recur as well; boilerplate is a label, or it speaks to the reader."""
    is_label = len(line.split()) <= _LABEL and not line.endswith(_STOPS)
    return not is_label and whole(line, "repeated") is None


def edge_run(keys: Sequence[int], lines: Collection[int]) -> list[int]:
    """The places at the top and the bottom of an article up to where another line begins."""
    top = list(takewhile(lambda place: keys[place] in lines, range(len(keys))))
    bottom = list(takewhile(lambda place: keys[place] in lines, reversed(range(len(keys)))))
    return sorted({*top, *bottom})
