"""Passages that articles of one source share although they tell different stories: templates, not duplication.

A prompt to comment, a newsletter box, a paragraph about the outlet, a legal notice: the same words from end to end in
article after article, with words of the article's own before or behind. Copies of one story look different: edits fall
in other places from copy to copy, so that what they share is not cut at the same two places each time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .duplicate_words import SIZE, Grams, mixed
from .progress import progress

# Stories that have the passage, and its words at most: a longer passage under ever new headlines is the story.
_FEW, _SHORT = 3, 60
_MORE, _LONG = 5, 150
_SHARE = 0.2  # of the articles that have its first and last words: in many copies of one story, passages vary at random
_OWN = 5  # words of an article's own beside the passage
_LEVEL = 4
_BATCH = 1 << 18  # grams


class _Runs(NamedTuple):
    """Stretches of frequent grams: first gram, gram after the last, article."""

    starts: np.ndarray
    ends: np.ndarray
    article: np.ndarray


def template_grams(grams: Grams, sources: np.ndarray) -> np.ndarray:
    """Whether each gram belongs to a template of its article's source.

    `sources` numbers the source of each article; articles stand in its order. Articles with the same words should come
    in once. The work grows with the number of words, however many articles share a passage.
    """
    template = np.zeros(len(grams.hashes), dtype=bool)
    for articles in progress(_batches(grams.bounds, sources), "templates", unit="source"):
        bounds = grams.bounds[articles.start : articles.stop + 1]
        inside = slice(bounds[0], bounds[-1])
        # the same words are not the same in another source
        salts = mixed(sources[articles].astype(np.uint64)).astype(np.uint32)
        template[inside] = _repeated(grams.hashes[inside] ^ np.repeat(salts, np.diff(bounds)), bounds - bounds[0])
    return template


def _batches(bounds: np.ndarray, sources: np.ndarray) -> list[slice]:
    """Articles of whole sources, several small ones together: small arrays are sorted and searched faster."""
    batches, first = [], 0
    for last in np.flatnonzero(np.diff(sources, append=-1)).tolist():
        if bounds[last + 1] - bounds[first] >= _BATCH or last + 1 == len(sources):
            batches.append(slice(first, last + 1))
            first = last + 1
    return batches


def _repeated(keys: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Whether each key belongs to a template of the articles that end at the bounds."""
    template = np.zeros(len(keys), dtype=bool)
    often, n = _often(keys)
    if not len(often):
        return template
    places, number = _members(keys, often)
    found = np.zeros(len(often), dtype=bool)
    level = _FEW
    while level <= n.max():
        # where sentences are quoted by many, what is around a template is frequent too, only less so
        runs = _runs(places[n[number] >= level], bounds)
        df = n[number[np.searchsorted(places, [runs.starts, runs.ends - 1])]].min(axis=0)
        chosen = _templates(keys, runs, bounds, df)
        inside = ranges(runs.starts[chosen], runs.ends[chosen])
        found[number[np.searchsorted(places, inside)]] = True
        level *= _LEVEL
    template[places] = found[number]
    return template


def own_grams(template: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Whether each gram holds no word that belongs to a template."""
    own = ~template
    places = np.flatnonzero(template)
    article = np.searchsorted(bounds, places, side="right") - 1
    low, high = bounds[article], bounds[article + 1]
    for shift in range(1 - SIZE, SIZE):
        near = places + shift
        own[near[(near >= low) & (near < high)]] = False
    return own


def ranges(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The numbers from each start up to its end, one range after the other."""
    lengths = ends - starts
    offsets = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(offsets - starts, lengths)


def _often(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The keys that stand three times or more, sorted, and how often each stands."""
    ordered = np.sort(keys)
    third = ordered[2:]
    third = third[third == ordered[:-2]]
    often = third[np.append(True, third[1:] != third[:-1])[: len(third)]]
    return often, np.searchsorted(ordered, often, side="right") - np.searchsorted(ordered, often)


def _members(keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where keys are that are among the sorted `values`, and the number of the value."""
    table = np.zeros(1 << 20, dtype=bool)  # most keys are not: the first 20 bits show it at once
    table[values >> np.uint32(12)] = True
    places = np.flatnonzero(table[keys >> np.uint32(12)])
    number = np.minimum(np.searchsorted(values, keys[places]), len(values) - 1)
    right = values[number] == keys[places]
    return places[right], number[right]


def _runs(places: np.ndarray, bounds: np.ndarray) -> _Runs:
    """The longest stretches of places that follow each other within an article."""
    new = np.diff(places, prepend=-2) != 1
    edges = np.searchsorted(places, bounds[:-1])
    new[edges[edges < len(places)]] = True
    first = np.flatnonzero(new)
    starts = places[first]
    ends = places[np.append(first[1:], len(places)) - 1] + 1
    return _Runs(starts, ends, np.searchsorted(bounds, starts, side="right") - 1)


def _templates(keys: np.ndarray, runs: _Runs, bounds: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Numbers of runs that are templates, one for each different run; `df` are the articles with a run's end words."""
    left, right = _own_words_beside(runs, bounds)
    n_words = runs.ends - runs.starts + SIZE - 1
    possible = np.flatnonzero(((left >= _OWN) | (right >= _OWN)) & (n_words <= _LONG))
    if not len(possible):
        return possible
    starts, ends, article = (column[possible] for column in runs)
    ends_of_it = keys[starts].astype(np.uint64) << np.uint64(32) | keys[ends - 1]
    _, example, run = np.unique(
        mixed(ends_of_it) + n_words[possible].astype(np.uint64), return_index=True, return_inverse=True
    )
    before, behind = keys[np.maximum(starts - SIZE, 0)], keys[np.minimum(ends - 1 + SIZE, len(keys) - 1)]
    beside = np.where(left[possible] >= _OWN, before, behind)
    n = np.minimum(_n_different(run, beside), _n_different(run, article))
    enough = n >= np.where(n_words[possible][example] <= _SHORT, _FEW, _MORE)
    return possible[example[enough & (n >= _SHARE * df[possible][example])]]


def _n_different(groups: np.ndarray, values: np.ndarray) -> np.ndarray:
    """How many different values each group has; `groups` are numbers from 0, none left out."""
    pairs = np.unique(groups.astype(np.uint64) << np.uint64(32) | values.astype(np.uint64))
    return np.bincount((pairs >> np.uint64(32)).astype(np.int64))


def _own_words_beside(runs: _Runs, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Words of the article's own right before and right behind each run, none of which is in another run."""
    starts, ends, article = runs
    left, right = starts - bounds[article], bounds[article + 1] - ends
    same = article[1:] == article[:-1]
    gap = starts[1:] - ends[:-1] - (SIZE - 1)  # the last gram of a run reaches over the words between two runs
    left[1:][same] = gap[same]
    right[:-1][same] = gap[same]
    return left, right
