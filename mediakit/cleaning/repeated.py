"""Boilerplate that a corpus shows by itself: the same line at the edge of several articles of one source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from .boilerplate import whole
from .draft import Draft

REPEATED = "repeated in this source"
_TOP, _BOTTOM = 3, 6  # lines at the top and the bottom that are looked at
_FEWEST, _SHARE, _MANY = 3, 1 / 3, 30  # articles; share of the source's articles, or as many as this
_LABEL = 12  # words of a line that can do without a sentence
_STOPS = (".", ".”", '."', ".’")
_AT_EDGE = 0.8  # share of a line's places that must be at the edge of an article


def cut_repeated_lines(drafts: Sequence[Draft]) -> None:
    """Cut lines that stand word for word at the edge of several articles of one source."""
    by_source: dict[str | None, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_source[draft.raw.source].append(draft)
    for group in by_source.values():
        if len(group) < _FEWEST:
            continue
        bodies = [{n: draft.line(n) for n in draft.body if n not in draft.gone} for draft in group]
        repeated = _repeated_lines(bodies)
        for draft, body in zip(group, bodies, strict=True):
            draft.gone |= dict.fromkeys(_edge_run(body, repeated), REPEATED)


def _repeated_lines(bodies: Sequence[dict[int, str]]) -> set[str]:
    """Lines at the edge of enough articles that tell different stories, and hardly ever elsewhere."""
    near = Counter(line for body in bodies for line in {*list(body.values())[:_TOP], *list(body.values())[-_BOTTOM:]})
    candidates = {line for line, n in near.items() if n >= _FEWEST}
    if not candidates:
        return set()
    everywhere: Counter[str] = Counter()
    at_edge: Counter[str] = Counter()
    stories: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        everywhere.update(line for line in body.values() if line in candidates)
        run = _edge_run(body, candidates)
        at_edge.update(body[number] for number in run)
        own = [line for line in body.values() if line not in candidates]
        # copies and updates of one story share most of their text: what they repeat is the story
        if 2 * sum(map(len, own)) > sum(map(len, body.values())):
            for number in run:
                stories[body[number]].add(max(own, key=len))
    return {
        line
        for line in candidates
        if not _is_content(line)
        and at_edge[line] >= _AT_EDGE * everywhere[line]
        and (n := len(stories[line])) >= _FEWEST
        and (n >= _SHARE * len(bodies) or n >= _MANY)
    }


def _is_content(line: str) -> bool:
    """Sentences of background recur as well; boilerplate is a label, or it speaks to the reader."""
    is_label = len(line.split()) <= _LABEL and not line.endswith(_STOPS)
    return not is_label and whole("repeated", line) is None


def _edge_run(body: dict[int, str], lines: set[str]) -> list[int]:
    """The line numbers at the top and the bottom of an article up to where another line begins."""
    top = list(takewhile(lambda number: body[number] in lines, body))
    bottom = list(takewhile(lambda number: body[number] in lines, reversed(body)))
    return sorted({*top, *bottom})
