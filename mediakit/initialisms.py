"""Initialisms that are function words too: "US" is not "us", unless all around it is in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from .laid_texts import Laid

# Stop words that news writes in capitals for something else: the country, information technology, the Islamic State,
# the World Health Organization. Not AM (the clock), OR, IN, ME, UP and others: capitals are emphasis there as a rule.
INITIALISMS = frozenset({"US", "IT", "IS", "WHO"})

_MANY = 2  # so many other words in capitals beside it are a stretch of capitals: "IN CASE YOU MISSED IT"
_NEAR = 80  # code points in which these are looked for
_WORD = re.compile(r"[^\W\d_]{2,}")


def among_capitals(laid: Laid, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Whether these runs of characters, each with an initialism in it, stand where all is in capitals.

    That is in a line (title, heading, paragraph) without a small letter that holds another word ("TRUMP TELLS US
    ALLIES" does not tell whether it means us), and beside two or more words in capitals that nothing but blanks parts
    ("IN CASE YOU MISSED IT"); words of one letter do not count.
    """
    found = ~_plainly_not(laid, starts, ends)
    at = np.flatnonzero(found)
    low, high = laid.line_start(starts[at]), laid.line_end(ends[at])
    for place, first, last, start, end in zip(at, low, high, starts[at], ends[at], strict=True):
        before, run, behind = laid.cut(first, start), laid.cut(start, end), laid.cut(end, last)
        found[place] = _in_stretch(before, run, behind) or _in_line(before + run + behind)
    return found


def _plainly_not(laid: Laid, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Which have a small letter on both sides, or an end of the stretch on one of them: nearly all, told quickly."""
    text = laid.text_of(starts)
    first, last = laid.first[text], laid.first[text + 1]

    def byte(at: np.ndarray) -> np.ndarray:
        return laid.data[np.clip(at, 0, len(laid.data) - 1)]

    def small(near: np.ndarray, far: np.ndarray) -> np.ndarray:
        return _small(near) | (_small(far) & (near > ord(" ")))

    left = (starts - 3 >= first) & (byte(starts - 1) == ord(" ")) & small(byte(starts - 2), byte(starts - 3))
    right = (ends + 2 < last) & (byte(ends) == ord(" ")) & small(byte(ends + 1), byte(ends + 2))
    no_left = (starts == first) | (byte(starts - 1) == ord("\n")) | _mark(byte(starts))
    return (left & right) | (left & _mark(byte(ends - 1))) | (right & no_left)


def _small(byte: np.ndarray) -> np.ndarray:
    return (byte >= ord("a")) & (byte <= ord("z"))


def _mark(byte: np.ndarray) -> np.ndarray:
    """Whether it is no letter: beyond ASCII that is not known."""
    return ~_small(byte | np.uint8(32)) & (byte < 128)


def _in_line(line: str) -> bool:
    """Whether a line holds no small letter, and a word beside the initialisms."""
    return not any(map(str.islower, line)) and any(word not in INITIALISMS for word in _WORD.findall(line))


def _in_stretch(before: str, run: str, behind: str) -> bool:
    """Whether enough words in capitals stand next to a run, with nothing but blanks between."""
    if any(map(str.islower, run)):  # "US's"
        return False
    left = before[-_NEAR:].split()[::-1] if run[0].isalpha() else []
    right = behind[:_NEAR].split() if run[-1].isalpha() else []
    return _capitals(left, -1, 0) + _capitals(right, 0, -1) >= _MANY


def _capitals(pieces: Iterable[str], near: int, far: int) -> int:
    """The words in capitals up to the first other one, or to a mark on the `near` or behind one on the `far` side."""
    count = 0
    for piece in pieces:
        if not piece.isupper() or not piece[near].isalpha():
            break
        count += len(piece) > 1
        if not piece[far].isalpha():
            break
    return count
