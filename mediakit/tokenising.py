"""What a token is, and the term it is counted as; every token of many texts as arrays of numbers.

No token holds white space, so each run of other characters is taken apart once, however often it stands in the
articles: a corpus has many words and few different ones.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from .laid_texts import Laid, lay

_APOSTROPHES = "'’‘ʼ＇"
_HYPHENS = "-‐‑"
_AROUND = ".,;:?!()[]\"“”‘’'–—…"  # no part of a token that is one word
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | {"\u00ad": None})
_POSSESSIVE = re.compile(r"(?<=[^'])(?:'s?)+\Z")
# "it's" is no possessive of "it": these keep their ending
_WITH_IS = ("he", "she", "it", "that", "this", "there", "here", "what", "who", "where", "when", "why", "how", "let")
_CONTRACTIONS = frozenset(f"{word}'s" for word in _WITH_IS)


class Lexicon:
    """What has been taken apart so far: the runs, their tokens as written (forms), the terms these are counted as."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.forms: dict[str, int] = {}  # numbered in the order in which they came, like the terms
        self.terms: dict[str, int] = {}
        self._runs: dict[str, int] = {}
        self._first = array("i", [0])  # of each run: its first token in the next two
        self._offset = array("i")
        self._form = array("i")
        self._term, self._width = array("i"), array("i")  # of each form

    def numbers(self, runs: Sequence[str]) -> np.ndarray:
        """The number of each run, white space behind it or not; new ones are taken apart."""
        known = self._runs
        found = list(map(known.get, runs))
        for place, number in enumerate(found):
            if number is None:
                found[place] = known[runs[place]] = self._take_apart(runs[place])
        return np.array(found, dtype=np.int64)

    def _take_apart(self, run: str) -> int:
        bare = run.rstrip()
        word = bare.strip(_AROUND)
        plain = word.isalpha() and word.isascii()
        if plain:  # most are, and need no pattern
            found = [(bare.index(word), word)]
        else:
            found = [(match.start(), match.group()) for match in token_pattern().finditer(bare)]
        for offset, form in found:
            number = self.forms.get(form)
            if number is None:
                number = self.forms[form] = len(self.forms)
                term = form.lower() if plain else normalise(form)
                self._term.append(self.terms.setdefault(term, len(self.terms)))
                self._width.append(len(form))
            self._offset.append(offset)
            self._form.append(number)
        self._first.append(len(self._form))
        return len(self._first) - 2

    def tokens_of_runs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where the tokens of each run begin in the next two arrays (and the last ones end); place in the run; form."""
        first, offset, form = (np.array(values, dtype=np.int32) for values in (self._first, self._offset, self._form))
        return first, offset, form

    def term_of_forms(self) -> np.ndarray:
        """The number of the term of each form."""
        return np.array(self._term, dtype=np.int32)

    def sorted_terms(self) -> tuple[list[str], np.ndarray]:
        """The terms in order, and the place in it of each by its number."""
        terms = sorted(self.terms)
        place = np.empty(len(terms), dtype=np.int32)
        place[[self.terms[term] for term in terms]] = np.arange(len(terms))
        return terms, place

    def widths(self) -> np.ndarray:
        """The code points of each form."""
        return np.array(self._width, dtype=np.int32)


@dataclass(frozen=True)
class Tokens:
    """Tokens of several texts, in order: arrays of one number a token."""

    text: np.ndarray  # which of the texts it stands in
    form: np.ndarray  # its number in the lexicon
    lexicon: Lexicon
    _offset: np.ndarray  # in its run
    _run: np.ndarray  # where each run begins, in code points
    _in_run: np.ndarray  # how many tokens each run has

    @cached_property
    def start(self) -> np.ndarray:
        """Code points from the beginning of all texts, laid end to end."""
        return np.repeat(self._run, self._in_run) + self._offset

    @cached_property
    def end(self) -> np.ndarray:
        """Where it ends, counted likewise."""
        return self.start + self.lexicon.widths()[self.form]

    @property
    def forms(self) -> list[str]:
        """The tokens of the lexicon as written, by their number."""
        return list(self.lexicon.forms)

    def before(self, at: np.ndarray) -> np.ndarray:
        """How many tokens begin before each of these places."""
        run = np.searchsorted(self._run, at) - 1  # the last that begins there; it nearly always ends there too
        found = np.cumsum(self._in_run)[run]
        some = np.flatnonzero(self._in_run[run] > 0)
        within = some[self._run[run[some]] + self._offset[found[some] - 1] >= at[some]]
        found[within] = np.searchsorted(self.start, at[within])
        return found


def tokenise(texts: Sequence[str]) -> Tokens:
    """The tokens of a few texts."""
    return tokenise_laid(lay(texts), Lexicon())


def tokenise_laid(laid: Laid, lexicon: Lexicon, run: np.ndarray | None = None) -> Tokens:
    """The tokens of each text, or only of these runs; `tokens` in mediakit/text.py says what one is."""
    import pyarrow.compute as pc

    if run is None:
        runs = laid.runs().dictionary_encode()
        lengths = pc.utf8_length(runs.dictionary).to_numpy()[runs.indices.to_numpy()]
        at = np.cumsum(lengths) - lengths + laid.code_points(laid.begin[:1]).sum()
        count = np.diff(np.searchsorted(laid.begin, laid.first))
        text = np.repeat(np.arange(len(count), dtype=np.int32), count)
    else:
        runs = laid.pieces(laid.begin[run], laid.finish[run]).dictionary_encode()
        at, text = laid.code_points(laid.begin[run]), laid.text_of(laid.begin[run])
    which = runs.indices.to_numpy()
    number = lexicon.numbers(runs.dictionary.to_pylist())
    first, offset, form = lexicon.tokens_of_runs()
    in_run = np.diff(first)[number][which]
    # a run's tokens stand one behind the other in the arrays of the lexicon
    before = np.cumsum(in_run, dtype=np.int32) - in_run
    row = np.repeat(first[number][which] - before, in_run) + np.arange(in_run.sum(), dtype=np.int32)
    return Tokens(np.repeat(text, in_run), form[row], lexicon, offset[row], at, in_run)


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
