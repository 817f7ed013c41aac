"""Counting n-grams: block by block, so that little more is kept than the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from .text import Block, token_blocks
from .tokenising import Lexicon

_MANY = 1 << 20  # rows put aside before those of one n-gram and group are added up
_JOINED = 1 << 17  # rows whose terms are joined at once


@dataclass(frozen=True)
class Grams:
    """Counts of n-grams by group: arrays of one value a row."""

    words: np.ndarray  # a column an n-gram: the numbers of its terms, from 1 on, and 0 behind the last
    group: np.ndarray
    n: np.ndarray
    n_articles: np.ndarray
    squares: np.ndarray  # of n by article, added up
    products: np.ndarray  # of n and tokens by article, added up

    def __len__(self) -> int:
        """How many rows."""
        return len(self.group)

    def take(self, rows: np.ndarray | slice) -> Grams:
        """Some of the rows."""
        return Grams(*(getattr(self, field.name)[..., rows].copy() for field in fields(self)))


@dataclass(frozen=True)
class Counted:
    """All that was counted: `rows` in the order of group, n (highest first), n-gram; `terms` in order."""

    rows: Grams
    terms: list[str]
    tokens: np.ndarray  # of each article
    group_of: np.ndarray  # of each article

    def in_group(self, values: np.ndarray) -> np.ndarray:
        """These values of the articles, added up by group, for each row."""
        return np.bincount(self.group_of, weights=values).astype(np.float64)[self.rows.group]

    def design_effect(self) -> np.ndarray:
        """The variance of n between articles over that of as many independent draws of tokens, of each row."""
        rows, tokens = self.rows, self.tokens.astype(np.float64)
        rate = rows.n / self.in_group(tokens)
        # Σ (n_i - r m_i)², in place: there may be millions of rows
        effect = self.in_group(tokens**2)
        effect *= rate
        effect -= 2 * rows.products
        effect *= rate
        effect += rows.squares
        np.clip(effect, 0, None, out=effect)
        n_articles = np.bincount(self.group_of, weights=tokens > 0)
        with np.errstate(divide="ignore", invalid="ignore"):  # one article has no variance; one term alone no draws
            effect *= np.where(n_articles > 1, n_articles / (n_articles - 1), np.nan)[rows.group]
            effect /= rows.n * (1 - rate)
        effect[rate >= 1] = np.nan
        return effect

    def spelt(self) -> Any:
        """The terms of each n-gram, joined by a blank: an Arrow array."""
        import pyarrow as pa
        import pyarrow.compute as pc

        single = pa.array(["", *self.terms], pa.large_string())
        behind = pa.array(["", *(f" {term}" for term in self.terms)], pa.large_string())
        nothing = pa.scalar("", pa.large_string())
        parts = []
        for low in range(0, len(self.rows), _JOINED):
            first, *others = self.rows.words[:, low : low + _JOINED]
            columns = [single.take(pa.array(first)), *(behind.take(pa.array(word)) for word in others)]
            parts.append(pc.binary_join_element_wise(*columns, nothing) if others else columns[0])
        return pa.chunked_array(parts, pa.large_string())


def count_grams(articles: pd.DataFrame, sizes: Sequence[int], skipped: frozenset[str], group_of: np.ndarray) -> Counted:
    """Count the n-grams of these sizes within sentences that neither begin nor end with a skipped term."""
    lexicon, tokens = Lexicon(), np.zeros(len(articles), dtype=np.int64)
    parts = _of_blocks(articles, lexicon, sizes, skipped, group_of, tokens)
    terms, place = lexicon.sorted_terms()
    del lexicon  # so that its memory is there for the rest
    place = np.append(0, place + 1).astype(np.int32)
    for number, part in enumerate(parts):
        part.words[:] = place[part.words]
        parts[number] = part.take(_ranked(part))
    return Counted(_joined(parts), terms, tokens, group_of)


def _of_blocks(
    articles: pd.DataFrame,
    lexicon: Lexicon,
    sizes: Sequence[int],
    skipped: frozenset[str],
    group_of: np.ndarray,
    tokens: np.ndarray,
) -> list[Grams]:
    """The counts, one row an n-gram and group, no group in two parts; `tokens` gets how many each article has."""
    # group by group, so that most rows of an n-gram are added up where they are counted
    order = np.argsort(group_of, kind="stable") if (np.diff(group_of) < 0).any() else None
    done: list[Grams] = []
    added, aside = _none(max(sizes)), [_none(max(sizes))]
    for block in token_blocks(articles, lexicon, order):
        tokens[block.articles] = np.bincount(block.tokens.text, minlength=len(block.articles))
        group = group_of[block.articles]
        aside += _of_block(block, lexicon, sizes, skipped, group, tokens[block.articles])
        if group[0] < group[-1] or sum(map(len, aside)) > max(_MANY, len(added)):
            added, aside = _added([added, *aside]), []
            if closed := int(np.searchsorted(added.group, group[-1])):  # nothing of the groups before will come
                done.append(added.take(slice(closed)))
                added = added.take(slice(closed, None))
    return [*done, _added([added, *aside])]


def _none(longest: int) -> Grams:
    nothing = np.empty(0, dtype=np.int32)
    return Grams(np.empty((longest, 0), dtype=np.int32), nothing, nothing, nothing, nothing, nothing)


def _of_block(
    block: Block, lexicon: Lexicon, sizes: Sequence[int], skipped: frozenset[str], group: np.ndarray, tokens: np.ndarray
) -> list[Grams]:
    """The n-grams of each size in the articles of a block, which are in the order of these groups."""
    term, text, last = block.tokens.term, block.tokens.text, block.last
    other = np.ones(len(lexicon.terms), dtype=bool)
    other[[lexicon.terms[each] for each in skipped if each in lexicon.terms]] = False
    content = other[term]
    parts, inside, longest = [], np.ones(len(term), dtype=bool), max(sizes)
    for size in range(1, longest + 1):
        if size > 1:
            inside = inside[:-1] & ~last[size - 2 : -1]
        if size not in sizes or not len(inside):
            continue
        at = np.flatnonzero(inside & content[: len(inside)] & content[size - 1 :])
        parts.append(_counted([term[at + step] for step in range(size)], text[at], group, tokens, longest))
    return parts


def _counted(
    words: list[np.ndarray], article: np.ndarray, group: np.ndarray, tokens: np.ndarray, longest: int
) -> Grams:
    """The counts of n-grams of which each article holds some; `group` and `tokens` are those of each article."""
    bits, shift = max(int(word.max(initial=0)) for word in words).bit_length(), len(group).bit_length()
    gram, levels = _numbered(words, bits, 63 - shift)
    pair = gram << shift | article
    if len(words) * bits + shift < 32:
        pair = pair.astype(np.int32)  # these are sorted in half the time
    pair.sort()
    at = _firsts(pair)
    n, pair = np.diff(at, append=len(pair)), pair[at]
    article, gram = pair & ((1 << shift) - 1), pair >> shift
    of = group[article]
    first = _firsts(gram, of)
    found = np.zeros((longest, len(first)), dtype=np.int32)
    found[: len(words)] = _words(gram[first], levels, bits)
    found[: len(words)] += 1
    n_articles = np.diff(first, append=len(pair)).astype(np.int32)
    n, squares, products = (_summed(values, first) for values in (n, n * n, n * tokens[article]))
    return Grams(found, of[first].astype(np.int32), n, n_articles, squares, products)


def _added(parts: list[Grams]) -> Grams:
    """The counts of each n-gram and group added up, in the order of group and n-gram."""
    rows = _joined(parts)
    cell = _cells(rows, rows.group)
    order = np.argsort(cell)
    first = _firsts(cell[order])
    kept = order[first]
    sums = (_summed(values[order], first) for values in (rows.n, rows.n_articles, rows.squares, rows.products))
    return Grams(rows.words[:, kept], rows.group[kept], *sums)


def _ranked(rows: Grams) -> np.ndarray:
    """The order of group, n (highest first), n-gram."""
    most = int(rows.n.max(initial=0))
    return np.argsort(_cells(rows, rows.group.astype(np.int64) * (most + 1) + (most - rows.n)))


def _cells(rows: Grams, major: np.ndarray) -> np.ndarray:
    """Numbers that sort as `major` and then the n-grams do."""
    major = major.astype(np.int64) - (int(major.min()) if len(major) else 0)
    bits = 63 - int(major.max(initial=0)).bit_length()
    gram, _ = _numbered(list(rows.words), int(rows.words.max(initial=0)).bit_length(), bits)
    return major << int(gram.max(initial=0)).bit_length() | gram


def _joined(parts: list[Grams]) -> Grams:
    return Grams(*(np.concatenate([getattr(part, field.name) for part in parts], axis=-1) for field in fields(Grams)))


def _firsts(*values: np.ndarray) -> np.ndarray:
    """Where one of these values is another than before."""
    other = np.zeros(len(values[0]), dtype=bool)
    other[:1] = True
    for each in values:
        other[1:] |= each[1:] != each[:-1]
    return np.flatnonzero(other)


def _summed(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The sums from each of these places to the next, in as little memory as they need."""
    sums = np.add.reduceat(values, first, dtype=np.int64) if len(first) else values
    return sums.astype(np.int32) if sums.max(initial=0) < 2**31 else sums


def _numbered(words: list[np.ndarray], bits: int, most: int) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """The n-grams of these words, each of so many bits, as numbers of at most `most` bits that sort as the n-grams do;
    and what `_words` needs to undo it.

    A number is that of the words before, moved on, and the last word; where that gets too large, only its rank among
    those there are is kept.
    """
    gram, levels = words[0].astype(np.int64), []
    for step, word in enumerate(words):
        gram = gram << bits | word if step else gram
        level = None
        if int(gram.max(initial=0)).bit_length() + (bits if step < len(words) - 1 else 0) > most:
            level, gram = np.unique(gram, return_inverse=True)
        levels.append(level)
    return gram, levels


def _words(gram: np.ndarray, levels: list[np.ndarray | None], bits: int) -> list[np.ndarray]:
    """The words of each n-gram."""
    words = []
    for level in reversed(levels):
        gram = gram if level is None else level[gram]
        words.append(gram & ((1 << bits) - 1))
        gram = gram >> bits
    return words[::-1]
