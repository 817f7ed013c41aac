"""Passages that articles of one source share although they tell different stories: templates, not duplication.

A prompt to comment, a newsletter box, a paragraph about the outlet, a legal notice: the same words from end to end in
article after article, with words of the article's own before or behind. Copies of one story look different: edits fall
in other places from copy to copy, so that what they share is not cut at the same two places each time.
"""

from __future__ import annotations

import numpy as np

from .duplicate_words import SIZE, Grams

# Articles of one source that have the passage, each with something else beside it; and its words at most: a longer
# passage under ever new headlines is the story.
FEWEST, LONGEST = 5, 150
_FEW, _SHORT = 3, 60
_SHARE = 0.2  # of the articles that have its first and last words: in many copies of one story, passages vary at random
_OWN = 5  # words of an article's own beside the passage


def template_grams(grams: Grams, sources: np.ndarray) -> np.ndarray:
    """Whether each gram belongs to a template of its article's source.

    `sources` numbers the source of each article. Articles with the same words should come in once. The work grows with
    the number of words, however many articles share a passage.
    """
    keys = _keys(grams, sources)
    often, n = _often(keys)
    if not len(often):
        return np.zeros(len(keys), dtype=bool)
    frequent = _member(keys, often)
    starts, ends = _runs(frequent, grams.bounds)
    chosen = _templates(keys, starts, ends, grams.bounds, often, n)
    if not len(chosen):
        return np.zeros(len(keys), dtype=bool)
    return _member(keys, np.unique(keys[ranges(starts[chosen], ends[chosen])]))


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


def _keys(grams: Grams, sources: np.ndarray) -> np.ndarray:
    """The grams, told apart by source."""
    salts = np.random.default_rng(0).integers(0, 1 << 32, size=int(sources.max(initial=0)) + 1, dtype=np.uint32)
    return grams.hashes ^ np.repeat(salts[sources], np.diff(grams.bounds))


def _often(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The keys that stand three times or more, sorted, and how often each stands."""
    ordered = np.sort(keys)
    third = ordered[2:]
    third = third[third == ordered[:-2]]
    often = third[np.append(True, third[1:] != third[:-1])[: len(third)]]
    return often, np.searchsorted(ordered, often, side="right") - np.searchsorted(ordered, often)


def _member(keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Whether each key is one of the sorted `values`; most are not, and a table of their ends shows it at once."""
    table = np.zeros(1 << 22, dtype=bool)
    table[values >> np.uint32(10)] = True
    member = table[keys >> np.uint32(10)]
    places = np.flatnonzero(member)
    near = np.minimum(np.searchsorted(values, keys[places]), len(values) - 1)
    member[places] = values[near] == keys[places]
    return member


def _runs(frequent: np.ndarray, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First gram, and gram after the last, of each longest stretch of frequent grams within an article."""
    edge = np.zeros(len(frequent) + 1, dtype=bool)
    edge[bounds] = True
    before = np.concatenate([[False], frequent[:-1]]) & ~edge[:-1]
    behind = np.concatenate([frequent[1:], [False]]) & ~edge[1:]
    return np.flatnonzero(frequent & ~before), np.flatnonzero(frequent & ~behind) + 1


def _templates(
    keys: np.ndarray, starts: np.ndarray, ends: np.ndarray, bounds: np.ndarray, often: np.ndarray, n: np.ndarray
) -> np.ndarray:
    """Numbers of runs that are templates, one for each different run."""
    article = np.searchsorted(bounds, starts, side="right") - 1
    left, right = _own_words_beside(article, starts, ends, bounds)
    possible = ((left >= _OWN) | (right >= _OWN)) & (ends - starts + SIZE - 1 <= LONGEST)
    runs = np.flatnonzero(possible)
    starts, ends, left = starts[runs], ends[runs], left[runs]
    first, last = keys[starts], keys[ends - 1]
    beside = np.where(
        left >= _OWN, keys[np.maximum(starts - SIZE, 0)], keys[np.minimum(ends - 1 + SIZE, len(keys) - 1)]
    )
    _, run = np.unique(np.stack([first, last, (ends - starts).astype(np.uint32)]), axis=1, return_inverse=True)
    run = run.ravel()
    different = np.unique(np.stack([run.astype(np.int64), beside.astype(np.int64)]), axis=1)[0]
    n_stories = np.bincount(different, minlength=int(run.max(initial=-1)) + 1)
    _, example = np.unique(run, return_index=True)
    n_articles = np.minimum(*(n[np.searchsorted(often, key[example])] for key in (first, last)))
    n_words = (ends - starts)[example] + SIZE - 1
    enough = n_stories >= np.where(n_words <= _SHORT, _FEW, FEWEST)
    return runs[example[enough & (n_stories >= _SHARE * n_articles)]]


def _own_words_beside(
    article: np.ndarray, starts: np.ndarray, ends: np.ndarray, bounds: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Words of the article's own right before and right behind each run, none of which is in another run."""
    same = article[1:] == article[:-1]
    left, right = starts - bounds[article], bounds[article + 1] - ends
    gap = starts[1:] - ends[:-1] - (SIZE - 1)  # the last gram of a run reaches over the words between two runs
    left[1:][same] = gap[same]
    right[:-1][same] = gap[same]
    return left, right
