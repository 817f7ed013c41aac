"""Counting n-grams: block by block, so that little more is kept than the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .text import Block, token_blocks
from .tokenising import Lexicon

_MANY = 3 << 20  # rows put aside before those of one n-gram and group are added up


@dataclass(frozen=True)
class Grams:
    """Counts of n-grams by group: arrays of one value a row."""

    words: np.ndarray  # a column an n-gram: the numbers of its terms, from 1 on, and 0 behind the last
    group: np.ndarray
    n: np.ndarray
    n_articles: np.ndarray

    def __len__(self) -> int:
        """How many rows."""
        return len(self.group)


@dataclass(frozen=True)
class Counted:
    """All that was counted: `rows` in the order of group, n (highest first), n-gram; `terms` in order."""

    rows: Grams
    terms: list[str]
    totals: np.ndarray  # tokens of each group

    def spelt(self) -> Any:
        """The terms of each n-gram, joined by a blank: an Arrow array."""
        import pyarrow as pa
        import pyarrow.compute as pc

        first, *others = self.rows.words
        columns = [pa.array(["", *self.terms], pa.large_string()).take(pa.array(first))]
        behind = pa.array(["", *(f" {term}" for term in self.terms)], pa.large_string())
        columns += [behind.take(pa.array(word)) for word in others]
        return pc.binary_join_element_wise(*columns, pa.scalar("", pa.large_string())) if others else columns[0]


def count_grams(
    articles: pd.DataFrame, sizes: Sequence[int], skipped: frozenset[str], group_of: np.ndarray, n_groups: int
) -> Counted:
    """Count the n-grams of these sizes within sentences that neither begin nor end with a skipped term."""
    lexicon, totals = Lexicon(), np.zeros(n_groups, dtype=np.int64)
    added, aside = _none(max(sizes)), [_none(max(sizes))]
    for block in token_blocks(articles, lexicon):
        group = group_of[block.low : block.low + len(block.base)]
        totals += np.bincount(group[block.tokens.text], minlength=n_groups)
        aside += _of_block(block, lexicon, sizes, skipped, group, max(sizes))
        if sum(map(len, aside)) > max(_MANY, len(added)):
            added, aside = _added([added, *aside], n_groups), []
    terms, place = lexicon.sorted_terms()
    place = np.append(0, place + 1).astype(np.int32)
    for part in (added, *aside):
        part.words[:] = place[part.words]
    rows = _added([added, *aside], n_groups)
    # they are in the order of n-gram and group, which a stable sort keeps
    order = np.argsort(rows.group * (int(rows.n.max(initial=0)) + 1) - rows.n.astype(np.int64), kind="stable")
    rows = Grams(rows.words[:, order], rows.group[order], rows.n[order], rows.n_articles[order])
    return Counted(rows, terms, totals)


def _none(longest: int) -> Grams:
    nothing = np.empty(0, dtype=np.int32)
    return Grams(np.empty((longest, 0), dtype=np.int32), nothing, nothing, nothing)


def _of_block(
    block: Block, lexicon: Lexicon, sizes: Sequence[int], skipped: frozenset[str], group: np.ndarray, longest: int
) -> list[Grams]:
    """The n-grams of each size in the articles of a block, which are of these groups."""
    term, text = lexicon.term_of_forms()[block.tokens.form], block.tokens.text
    content = np.array([each not in skipped for each in lexicon.terms], dtype=bool)[term]
    last = np.diff(block.sentence, append=-1) != 0  # of a sentence, or followed by the one of another article
    last[np.flatnonzero(np.diff(text))] = True
    # articles of one group side by side: sorting by n-gram and article sorts by n-gram and group too
    by_group = np.argsort(group, kind="stable")
    rank = np.empty(len(group), dtype=np.int64)
    rank[by_group] = np.arange(len(group))
    parts, inside = [], np.ones(len(term), dtype=bool)
    for size in range(1, longest + 1):
        if size > 1:
            inside = inside[:-1] & ~last[size - 2 : -1]
        if size not in sizes or not len(inside):
            continue
        at = np.flatnonzero(inside & content[: len(inside)] & content[size - 1 :])
        parts.append(_counted([term[at + step] for step in range(size)], rank[text[at]], group[by_group], longest))
    return parts


def _counted(words: list[np.ndarray], article: np.ndarray, group: np.ndarray, longest: int) -> Grams:
    """The counts of n-grams of which each article holds some; `group` is that of each article, in order."""
    base, size = max(int(word.max(initial=0)) for word in words) + 1, max(len(group), 1)
    gram, levels = _numbered(words, base, 2**63 // size)
    pair, in_article = np.unique(gram * size + article, return_counts=True)
    gram, article = np.divmod(pair, size)
    of = group[article].astype(np.int32)
    first = np.flatnonzero((np.diff(gram, prepend=-1) != 0) | (np.diff(of, prepend=-1) != 0))
    found = np.zeros((longest, len(first)), dtype=np.int32)
    found[: len(words)] = _words(gram[first], levels, base)
    found[: len(words)] += 1
    in_articles = np.diff(first, append=len(pair)).astype(np.int32)
    return Grams(found, of[first], _summed(in_article, first).astype(np.int32), in_articles)


def _added(parts: list[Grams], n_groups: int) -> Grams:
    """The counts of each n-gram and group added up, in the order of both."""
    words = np.concatenate([part.words for part in parts], axis=1)
    group, n, n_articles = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("group", "n", "n_articles")
    )
    gram, _ = _numbered(list(words), int(words.max(initial=0)) + 1, 2**63 // max(n_groups, 1))
    cell = gram * n_groups + group
    order = np.argsort(cell)
    first = np.flatnonzero(np.diff(cell[order], prepend=-1))
    kept = order[first]
    return Grams(words[:, kept], group[kept], _summed(n[order], first), _summed(n_articles[order], first))


def _summed(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    return np.add.reduceat(values, first) if len(first) else values


def _numbered(words: list[np.ndarray], base: int, largest: int) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """The n-grams of these words, all below `base`, as numbers below `largest` that sort as the n-grams do; and what
    `_words` needs to undo it.

    A number is that of the words before, times `base`, plus the last word; where that gets too large, only its rank
    among those there are is kept.
    """
    gram, levels = np.zeros(len(words[0]), dtype=np.int64), []
    for step, word in enumerate(words):
        gram = gram * base + word
        level = None
        # Python's integers: numpy's would wrap round in silence
        if len(gram) and (int(gram.max()) + 1) * (base if step < len(words) - 1 else 1) >= largest:
            level, gram = np.unique(gram, return_inverse=True)
        levels.append(level)
    return gram, levels


def _words(gram: np.ndarray, levels: list[np.ndarray | None], base: int) -> list[np.ndarray]:
    """The words of each n-gram."""
    words = []
    for level in reversed(levels):
        gram, last = np.divmod(gram if level is None else level[gram], base)
        words.append(last)
    return words[::-1]
