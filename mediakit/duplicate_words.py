"""Words and runs of five words as numbers, for whole corpora at once: what near-duplicates are compared by.

A word is a run of letters and digits, as `\\w+` finds them, whatever its case, accents, soft hyphens and zero-width
signs; in scripts without spaces each sign is a word. The work is done on arrays of code points, so that places are
code points of the text and the time grows with the length of the text and nothing else.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .progress import progress

SIZE = 5  # words in a gram

_BLOCK = 1 << 16  # code points worked on at a time: what stays in the processor's cache
_UNSEEN, _BETWEEN, _DROPPED, _LETTER, _SIGN = range(5)
_SIGN_SCRIPTS = ("CJK ", "HIRAGANA ", "KATAKANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ")
_BASE = 0x9E3779B97F4A7C15
_WORD_FACTORS = [pow(_BASE, power, 1 << 64) for power in range(11, 11 + SIZE)]
_SHORT_FACTORS = np.array([pow(_BASE, power, 1 << 64) for power in range(31, 30 + SIZE)], dtype=np.uint64)


class Words(NamedTuple):
    """The words of a stretch of text: first code point, code point after the last, and a 64-bit hash of each."""

    starts: np.ndarray
    ends: np.ndarray
    hashes: np.ndarray


class Grams(NamedTuple):
    """The grams of a corpus, article after article and in the order of the text.

    `hashes[bounds[n]:bounds[n + 1]]` are those of article n: one for each place where five words begin, or a single one
    for all its words when it has fewer. `digests` are equal where all words are. 32 bits are enough: two articles of
    1,000 words that have nothing in common have one gram in common by chance once in 4,000 pairs.
    """

    hashes: np.ndarray
    bounds: np.ndarray
    n_words: np.ndarray
    digests: list[bytes]

    def of(self, number: int) -> np.ndarray:
        """The grams of one article."""
        return self.hashes[self.bounds[number] : self.bounds[number + 1]]


class Reader:
    """Finds and hashes words; learns the code points of the corpus as they come."""

    def __init__(self) -> None:
        """Knows no code point yet."""
        self._kinds = np.zeros(0x110000, dtype=np.uint8)
        self._values = np.zeros(0x110000, dtype=np.uint64)
        self._powers = np.ones(_BLOCK, dtype=np.uint64)
        self._powers[1:] = _BASE
        np.multiply.accumulate(self._powers, out=self._powers)
        self._inverse = np.ones(_BLOCK, dtype=np.uint64)
        self._inverse[1:] = pow(_BASE, -1, 1 << 64)
        np.multiply.accumulate(self._inverse, out=self._inverse)

    def words(self, text: str) -> Words:
        """The words of a text, in order."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found, at = [], 0
        while True:
            block = codes[at : at + _BLOCK]
            kinds = self._kinds_of(block)
            end = len(block)
            if at + end < len(codes):  # cut between words
                gaps = np.flatnonzero(kinds == _BETWEEN)
                end = int(gaps[-1]) + 1 if len(gaps) else end
            words = self._block(block[:end], kinds[:end])
            found.append(Words(words.starts + at, words.ends + at, words.hashes))
            at += end
            if at >= len(codes):
                return found[0] if len(found) == 1 else Words(*map(np.concatenate, zip(*found, strict=True)))

    def _kinds_of(self, codes: np.ndarray) -> np.ndarray:
        kinds = self._kinds[codes]
        if not kinds.all():
            for code in np.unique(codes[kinds == _UNSEEN]).tolist():
                kind, letter = _kind(chr(code))
                self._kinds[code] = kind
                self._values[code] = mixed(np.array([ord(letter)], dtype=np.uint64))[0] if kind >= _LETTER else 0
            kinds = self._kinds[codes]
        return kinds

    def _block(self, codes: np.ndarray, kinds: np.ndarray) -> Words:
        kept = None
        if (kinds == _DROPPED).any():
            kept = np.flatnonzero(kinds != _DROPPED)
            codes, kinds, length = codes[kept], kinds[kept], len(codes)
        inside, sign = kinds >= _LETTER, kinds == _SIGN
        begins, stops = inside.copy(), inside.copy()
        begins[1:] &= ~inside[:-1] | sign[1:] | sign[:-1]
        stops[:-1] &= ~inside[1:] | sign[1:] | sign[:-1]
        starts, ends = np.flatnonzero(begins), np.flatnonzero(stops) + 1
        sums = np.zeros(len(codes) + 1, dtype=np.uint64)
        np.cumsum(self._values[codes] * self._powers[: len(codes)], out=sums[1:])
        # the sum of a word's letters, each times a power of the base, brought to the same power wherever it stands
        hashes = mixed((sums[ends] - sums[starts]) * self._inverse[starts])
        if kept is not None:
            # what was dropped behind a letter (an accent of its own) belongs to it
            starts, ends = kept[starts], np.append(kept, length)[ends]
        return Words(starts, ends, hashes)


def _kind(char: str) -> tuple[int, str]:
    """What a character is to a word, and the plain letter it is hashed as."""
    category = unicodedata.category(char)
    if category == "Cf" or "\u0300" <= char <= "\u036f":
        return _DROPPED, char
    if not (char.isalnum() or category[0] == "M"):
        return _BETWEEN, char
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not "\u0300" <= part <= "\u036f").casefold()
    plain = "".join(part for part in plain if not "\u0300" <= part <= "\u036f")
    kind = _SIGN if unicodedata.name(char, "").startswith(_SIGN_SCRIPTS) and category[0] == "L" else _LETTER
    return kind, plain if len(plain) == 1 else char


def mixed(numbers: np.ndarray) -> np.ndarray:
    """Spread numbers over 64 bits (the finish of SplitMix64: Steele, Lea & Flood 2014)."""
    mixed = numbers + np.uint64(_BASE)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def grams(texts: Iterable[object], total: int | None = None) -> Grams:
    """The grams of each text; what is no text has none."""
    reader = Reader()
    hashes, n_words, digests = [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=np.int64)], []
    for batch in _batches(progress(texts, "comparing", total=total)):
        joined = "\n".join(batch)
        firsts = np.cumsum([0, *(len(text) + 1 for text in batch)])
        words = reader.words(joined)
        bounds = np.searchsorted(words.starts, firsts)
        bounds[-1] = len(words.starts)
        n_words.append(np.diff(bounds))
        hashes.append(_grams_of(words.hashes, bounds))
        places = bounds.tolist()
        digests += [
            hashlib.blake2b(words.hashes[start:end].tobytes(), digest_size=16).digest()
            for start, end in pairwise(places)
        ]
    counts = np.concatenate(n_words)
    n_grams = np.where(counts >= SIZE, counts - SIZE + 1, np.minimum(counts, 1))
    return Grams(np.concatenate(hashes), np.concatenate([[0], np.cumsum(n_grams)]), counts, digests)


def _batches(texts: Iterable[object]) -> Iterator[list[str]]:
    """Texts in batches of about a block; a longer text is a batch of its own: its blocks do not depend on others."""
    batch: list[str] = []
    length = 0
    for value in texts:
        text = value if isinstance(value, str) else ""
        if batch and length + len(text) > _BLOCK - len(batch) - 1:
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch


def gram_hashes(words: np.ndarray) -> np.ndarray:
    """A 64-bit hash of the five words that begin at each word but the last four."""
    sums = np.zeros(max(len(words) - SIZE + 1, 0), dtype=np.uint64)
    for number, factor in enumerate(_WORD_FACTORS):
        sums += words[number : number + len(sums)] * np.uint64(factor)
    return mixed(sums)


def _grams_of(words: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The grams of articles whose words stand from `bounds[n]` to `bounds[n + 1]`."""
    hashes = np.zeros(len(words), dtype=np.uint64)
    hashes[: max(len(words) - SIZE + 1, 0)] = gram_hashes(words)
    kept = np.ones(len(words), dtype=bool)
    ends, counts = bounds[1:], np.diff(bounds)
    for number in range(1, SIZE):
        kept[ends[counts >= number] - number] = False
    for short in np.flatnonzero((counts > 0) & (counts < SIZE)):
        start, count = bounds[short], counts[short]
        kept[start] = True
        # other factors than five words have
        hashes[start] = mixed((words[start : start + count] * _SHORT_FACTORS[:count]).sum(keepdims=True))[0]
    return (hashes[kept] >> np.uint64(32)).astype(np.uint32)
