"""Pairs of articles with similar sets of grams: likely ones by sketches, then the exact similarity of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import ceil, comb, log, log1p
from typing import NamedTuple

import numpy as np

from .duplicate_templates import ranges
from .progress import progress

_SKETCH = 32  # smallest grams of an article that it is looked up by
_MISSED = 1e-4  # chance that a pair which is just similar enough is not looked at
_CROWD = 32  # articles with one gram in common of which every pair is looked at; of more, each with a few
_HUBS = 6
_SHORTEST, _LONGER = 16, 5  # grams of a contained article, and how many times as many the other may have

Allowed = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Sets(NamedTuple):
    """The different grams of each article, sorted: `grams[bounds[n]:bounds[n + 1]]` are those of article n.

    `own` tells those that are the article's own from those that only stand in templates.
    """

    grams: np.ndarray
    own: np.ndarray
    bounds: np.ndarray

    def of(self, number: int) -> np.ndarray:
        """The grams of one article."""
        return self.grams[self.bounds[number] : self.bounds[number + 1]]

    def own_of(self, number: int) -> np.ndarray:
        """The grams of one article that are its own."""
        return self.of(number)[self.own[self.bounds[number] : self.bounds[number + 1]]]

    @property
    def sizes(self) -> np.ndarray:
        """How many grams each article has."""
        return np.diff(self.bounds)


class Forest:
    """Which articles hang together, link by link (union by root, paths halved)."""

    def __init__(self, size: int) -> None:
        """So many articles, none linked yet."""
        self.parents = list(range(size))

    def root(self, number: int) -> int:
        """The article that stands for all that hang together with this one."""
        parents = self.parents
        while parents[number] != number:
            parents[number] = number = parents[parents[number]]
        return number

    def join(self, a: int, b: int) -> None:
        """Link two articles."""
        a, b = self.root(a), self.root(b)
        self.parents[max(a, b)] = min(a, b)


def as_sets(hashes: np.ndarray, own: np.ndarray, bounds: np.ndarray) -> Sets:
    """The sets of grams of each article, from grams in the order of the text and whether each is the article's own."""
    pieces, owned, sizes = [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=bool)], [np.zeros(1, dtype=np.int64)]
    step = 1024
    for first in range(0, len(bounds) - 1, step):
        local = bounds[first : first + step + 1]
        inside = slice(local[0], local[-1])
        keyed = hashes[inside].astype(np.uint64) << np.uint64(1)
        keyed |= ~own[inside]
        local = local - local[0]
        for start, end in pairwise(local.tolist()):
            keyed[start:end].sort()  # many small sorts are faster than a large one
        gram = (keyed >> np.uint64(1)).astype(np.uint32)
        # of equal grams the first is the article's own if any is
        new = np.append(True, gram[1:] != gram[:-1])[: len(gram)]
        new[local[:-1][np.diff(local) > 0]] = True
        pieces.append(gram[new])
        owned.append((keyed & np.uint64(1) == 0)[new])
        sizes.append(np.diff(np.concatenate([[0], np.cumsum(new)])[local]))
    return Sets(np.concatenate(pieces), np.concatenate(owned), np.cumsum(np.concatenate(sizes)))


def common(a: np.ndarray, b: np.ndarray) -> int:
    """How many grams two sorted sets have in common."""
    if not len(a) or not len(b):
        return 0
    if len(a) > len(b):
        a, b = b, a
    return int(np.count_nonzero(b.take(b.searchsorted(a), mode="clip") == a))


def jaccard(a: np.ndarray, b: np.ndarray) -> float:
    """Jaccard similarity of two sorted sets."""
    both = common(a, b)
    return both / (len(a) + len(b) - both) if both else 0.0


def similar(sets: Sets, min_similarity: float, forest: Forest, allowed: Allowed) -> None:
    """Join in `forest` all articles whose sets have at least this Jaccard similarity, and half of it without templates.

    `allowed` says for arrays of article numbers which pairs may be linked at all. The likeliest pairs come first, and
    those that hang together already are not compared again.
    """
    pairs = candidates(sets, min_similarity)
    pairs = pairs[:, allowed(*pairs)]
    sizes = sets.sizes[pairs]
    pairs = pairs[:, sizes.min(axis=0) >= min_similarity * sizes.max(axis=0)]
    all_own = np.ones(len(sets.sizes), dtype=bool)
    all_own[np.searchsorted(sets.bounds, np.flatnonzero(~sets.own), side="right") - 1] = False
    for a, b in progress(zip(*pairs.tolist(), strict=True), "verifying", unit="pair", total=pairs.shape[1]):
        if forest.root(a) == forest.root(b) or jaccard(sets.of(a), sets.of(b)) < min_similarity:
            continue
        if (all_own[a] and all_own[b]) or jaccard(sets.own_of(a), sets.own_of(b)) >= min_similarity / 2:
            forest.join(a, b)


def contained(sets: Sets, min_containment: float, forest: Forest, allowed: Allowed) -> None:
    """Join in `forest` articles of which the shorter has at least this share of its own grams in common with the other.

    Only articles of 16 grams and more, the longer at most five times the shorter. They are looked up by all grams in
    the lowest quarter of the hashes (scaled sketches: Irber et al. 2022).
    """
    low, span = sets.grams < 1 << 30, (sets.bounds[:-1], sets.bounds[1:])
    pairs, n, crowded = _meetings(sets, _n_of(low, *span))
    n_own, n_low = _n_of(sets.own, *span), _n_of(sets.own & low, *span)
    expected = min_containment * n_low[pairs].min(axis=0)
    # one in 10,000 has fewer, as in `candidates`
    few = n + crowded[pairs].min(axis=0) < expected - 3.7 * np.sqrt(expected * (1 - min_containment))
    short, long = n_own[pairs].min(axis=0), n_own[pairs].max(axis=0)
    enough = (short >= _SHORTEST) & (long <= _LONGER * short) & ~few
    pairs = pairs[:, enough & allowed(*pairs)]
    for a, b in progress(zip(*pairs.tolist(), strict=True), "verifying", unit="pair", total=pairs.shape[1]):
        if forest.root(a) != forest.root(b):
            both = common(sets.own_of(a), sets.own_of(b))
            if both >= min_containment * min(n_own[a], n_own[b]):
                forest.join(a, b)


def candidates(sets: Sets, min_similarity: float) -> np.ndarray:
    """Pairs that may be similar enough, likeliest first: two rows of article numbers, the smaller above.

    Bottom-k sketches (Broder 1997): the smallest hashes of the union of two sets are a random sample of it, and each of
    those that both sets hold is in both sketches. A pair is looked at when its sketches share as many as all but one
    in 10,000 pairs of this similarity do, one of them not in a template.
    """
    size = _SKETCH if min_similarity > 0.25 else ceil(log(_MISSED) / log1p(-min_similarity))
    first, lengths = sets.bounds[:-1], np.minimum(sets.sizes, size)
    pairs, n, crowded = _meetings(sets, lengths)
    uncounted = crowded + lengths - _n_of(sets.own, first, first + lengths)
    needed = np.minimum(_needed(min_similarity, size), np.ceil(min_similarity * sets.sizes[pairs].max(axis=0) - 1e-9))
    again = (n < needed) & (n + uncounted[pairs].min(axis=0) >= needed)
    n[again] = _shared(sets, pairs[:, again], size)
    order = np.argsort(-n, kind="stable")
    return pairs[:, order[n[order] >= needed[order]]]


def _n_of(flags: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How many flags are set from each start up to its end."""
    edges = np.stack([starts, ends], axis=1).ravel()
    sums = np.add.reduceat(np.append(flags, False), edges, dtype=np.int64)[::2]
    return np.where(ends > starts, sums, 0)


def _meetings(sets: Sets, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of articles that share one of so many of their first grams, which is not in a template of theirs.

    Returns the pairs, as `candidates` does; how many such grams each shares; and for each article how many of its grams
    were not counted for that, since they stand in many articles: where one stands in more than 32, not all pairs are
    made, and each article is paired with a few that have most such grams, so that the work stays linear.
    """
    article = np.repeat(np.arange(len(lengths)), lengths)
    place = ranges(sets.bounds[:-1], sets.bounds[:-1] + lengths)
    own = sets.own[place]
    keyed = sets.grams[place[own]].astype(np.uint64) << np.uint64(32) | article[own].astype(np.uint64)
    keyed.sort()
    gram, member = keyed >> np.uint64(32), (keyed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    starts = np.flatnonzero(np.append(True, gram[1:] != gram[:-1])[: len(gram)])
    sizes = np.diff(np.append(starts, len(gram)))
    few, many = (sizes > 1) & (sizes <= _CROWD), sizes > _CROWD
    pairs, n = np.unique(_all_pairs(member, starts[few], sizes[few]), return_counts=True)
    crowded = np.zeros(len(lengths), dtype=np.int64)
    if many.any():
        pairs, first = np.unique(
            np.concatenate([pairs, _hub_pairs(member, starts[many], sizes[many], sets)]), return_index=True
        )
        n = np.append(n, np.zeros(1, dtype=n.dtype))[np.minimum(first, len(n))]
        crowded += np.bincount(member[ranges(starts[many], starts[many] + sizes[many])], minlength=len(lengths))
    return np.stack([pairs >> 32, pairs & 0xFFFFFFFF]), n, crowded


def _needed(min_similarity: float, size: int) -> int:
    """The most shared grams of two sketches that all but _MISSED of the pairs of this similarity reach."""
    below, needed = 0.0, 0
    while needed < size:
        below += comb(size, needed) * min_similarity**needed * (1 - min_similarity) ** (size - needed)
        if below > _MISSED:
            break
        needed += 1
    return max(needed, 1)


def _all_pairs(article: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Every pair of the articles of each group, as one number: the smaller article times 2**32 plus the larger."""
    found = [np.empty(0, dtype=np.int64)]
    for length in np.unique(lengths):
        members = article[starts[lengths == length][:, None] + np.arange(length)]
        a, b = np.triu_indices(int(length), 1)
        found.append((members[:, a] << 32 | members[:, b]).ravel())
    return np.concatenate(found)


def _hub_pairs(article: np.ndarray, starts: np.ndarray, lengths: np.ndarray, sets: Sets) -> np.ndarray:
    """Pairs of each article of a large group with the few that have most of the grams that make large groups."""
    weight = np.bincount(article[ranges(starts, starts + lengths)], minlength=len(sets.sizes))
    # equal ones in the order of their content: the order of the rows must not matter
    content = np.add.reduceat(np.append(sets.grams, 0).astype(np.uint64), sets.bounds[:-1])
    rank = np.empty(len(weight), dtype=np.int64)
    rank[np.lexsort([content, -weight])] = np.arange(len(weight))
    found = []
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        members = article[start : start + length]
        hubs = members[np.argpartition(rank[members], _HUBS)[:_HUBS]]
        a, b = np.minimum(members[:, None], hubs), np.maximum(members[:, None], hubs)
        found.append((a << 32 | b)[a < b])
    return np.unique(np.concatenate(found))


def _shared(sets: Sets, pair: np.ndarray, size: int) -> np.ndarray:
    """How many grams the sketches of this size share, pair by pair."""
    sizes = np.minimum(sets.sizes, size)
    sketches = np.full((len(sizes), size), 1 << 32, dtype=np.int64)
    places = ranges(sets.bounds[:-1], sets.bounds[:-1] + sizes)
    sketches[np.repeat(np.arange(len(sizes)), sizes), ranges(np.zeros_like(sizes), sizes)] = sets.grams[places]
    shared = np.zeros(pair.shape[1], dtype=np.int64)
    step = 4096
    for first in range(0, len(shared), step):
        both = np.sort(np.concatenate(sketches[pair[:, first : first + step]], axis=1), axis=1)
        shared[first : first + step] = ((both[:, 1:] == both[:, :-1]) & (both[:, 1:] < 1 << 32)).sum(axis=1)
    return shared
