"""What a token is, and the term it is counted as; every token of many texts as arrays of numbers.

No token holds white space, so each run of other characters is taken apart once, however often it stands in the
articles: a corpus has many words and few different ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

_APOSTROPHES = "'’‘ʼ＇"
_HYPHENS = "-‐‑"
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | {"\u00ad": None})
_POSSESSIVE = re.compile(r"(?<=[^'])(?:'s?)+\Z")
# "it's" is no possessive of "it": these keep their ending
_WITH_IS = ("he", "she", "it", "that", "this", "there", "here", "what", "who", "where", "when", "why", "how", "let")
_CONTRACTIONS = frozenset(f"{word}'s" for word in _WITH_IS)


@dataclass(frozen=True)
class Tokens:
    """Tokens of several texts, in order: arrays of one number a token."""

    text: np.ndarray  # which of the texts it stands in
    start: np.ndarray
    end: np.ndarray
    form: np.ndarray  # as written: place in `forms`
    forms: list[str]


def tokenise(texts: Sequence[str]) -> Tokens:
    """The tokens of each text; `tokens` in mediakit/text.py says what one is."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pa.array(texts, pa.large_string())
    pieces = pc.utf8_split_whitespace(column)
    runs = pieces.values.dictionary_encode()
    which, bounds = runs.indices.to_numpy(), pieces.offsets.to_numpy()
    first, offset, form, forms = _apart(runs.dictionary.to_pylist())
    in_run = np.diff(first)[which]
    # a run's tokens stand one behind the other in the arrays of `_apart`
    row = np.repeat(first[which] - np.cumsum(in_run) + in_run, in_run) + np.arange(in_run.sum())
    lengths = pc.utf8_length(runs.dictionary).to_numpy()[which]
    at = _starts(texts, pc.utf8_length(column).to_numpy(), bounds, lengths)
    start, form = np.repeat(at, in_run) + offset[row], form[row]
    text = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(bounds))
    width = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
    return Tokens(np.repeat(text, in_run), start, start + width[form], form, forms)


def _apart(runs: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """The tokens of each run: where they begin in the next two arrays (and where the last ends); place in the run; form
    by its number; the forms.
    """
    first, offsets, numbers = [0], [], []
    forms: dict[str, int] = {}
    for run in runs:
        if run.isalpha() and run.isascii():
            offsets.append(0)
            numbers.append(forms.setdefault(run, len(forms)))
        else:
            for match in token_pattern().finditer(run):
                offsets.append(match.start())
                numbers.append(forms.setdefault(match.group(), len(forms)))
        first.append(len(offsets))
    return np.array(first), np.array(offsets, dtype=np.int64), np.array(numbers, dtype=np.int32), list(forms)


def _starts(texts: Sequence[str], sizes: np.ndarray, bounds: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Where each run begins in its text; `bounds` say which runs are whose, `lengths` and `sizes` how long all are."""
    ends = np.cumsum(lengths + 1)
    before = np.concatenate([[0], ends])[bounds]
    starts = ends - lengths - 1 - np.repeat(before[:-1], np.diff(bounds))
    # where there is one blank between any two runs and none around them, that is all
    for number in np.flatnonzero(np.diff(before) != sizes + 1).tolist():
        low, high = bounds[number], bounds[number + 1]
        starts[low:high] = _find(texts[number], lengths[low:high])
    return starts


def _find(text: str, lengths: np.ndarray) -> list[int]:
    """Where runs of these lengths begin, whatever white space is around them."""
    starts, at = [], 0
    for length in lengths.tolist():
        while at < len(text) and text[at].isspace():
            at += 1
        starts.append(at)
        at += length
    return starts


def normalise(token: str) -> str:
    """The term a token is counted as.

    Case is folded, curly apostrophes and special hyphens are made plain, soft hyphens dropped, a possessive ending
    ('s or ') is cut off, except from "it's", "that's" and their like, and accents are composed (NFC). A term on its own
    is one token again, and its own term, but for letters that small letters write with two signs (ß as ss, ﬁ as fi, İ
    as i and a dot, ŉ as 'n) in an initialism or an address.
    """
    folded = unicodedata.normalize("NFC", token.translate(_STRAIGHT)).casefold()
    term = unicodedata.normalize("NFC", folded.translate(_STRAIGHT))
    return term if term in _CONTRACTIONS else _POSSESSIVE.sub("", term)


@cache
def token_pattern() -> re.Pattern[str]:
    """A token, as `tokens` in mediakit/text.py describes it; made for a run of characters without white space."""
    # Python's re knows neither combining marks nor capitals as classes
    everything = [chr(code) for code in range(0x20000)]
    marks = _ranges(char for char in everything if unicodedata.category(char) in ("Mn", "Mc", "Me"))
    # a capital that case folding leaves (𝐀) is none here: a token and its term must part alike
    capitals = _ranges(
        char for char in everything if unicodedata.category(char) in ("Lu", "Lt") and char.casefold() != char
    )
    sign = r"[^\W_ʼ]"  # a letter or digit; Python counts the modifier apostrophe among the letters
    host = rf"(?:{sign}|[_-]){{1,63}}"
    letter = rf"[^\W\d_ʼ][{marks}]*+"
    # characters repeat possessively, groups start with a character that ends what is before them or are bounded: the
    # work grows with the text, whatever the text is
    run = rf"{sign}++(?:[{marks}\u00ad\u200c\u200d]++{sign}*+)*"
    web = rf"(?i:https?://|www\.)(?={sign})[^\s<>\"“”«»。！？{_APOSTROPHES}]*(?:{sign}|[_/])"
    mail = rf"{sign}(?:{sign}|[_.+-]){{0,63}}@{host}(?:\.{host})+"
    initialism = rf"{letter}(?:\.{letter})+(?!{sign})\.?|(?i:Ph\.D)\b\.?"
    number = rf"\d++(?:[.,]\d++)+(?:{run})?"
    word = rf"{run}(?:[{_APOSTROPHES}]{run})*"
    possessive = rf"(?:[{_APOSTROPHES}][sS]\b)?"
    unit = rf"(?:(?:{initialism}|{number}){possessive}|{word})"
    return re.compile(rf"(?:{web}|{mail}){possessive}|{unit}(?:[{_HYPHENS}](?![{capitals}]){unit})*")


def _ranges(characters: Iterator[str]) -> str:
    """A regular expression's character class for sorted characters."""
    pairs: list[list[str]] = []
    for char in characters:
        if pairs and ord(char) == ord(pairs[-1][1]) + 1:
            pairs[-1][1] = char
        else:
            pairs.append([char, char])
    return "".join(rf"\U{ord(first):08x}-\U{ord(last):08x}" for first, last in pairs)
