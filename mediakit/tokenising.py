"""What a token is, and the term it is counted as; every token of many texts as arrays of numbers.

No token holds white space, so each run of other characters is taken apart once, however often it stands in the
articles: a corpus has many words and few different ones.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import numpy as np

from .initialisms import INITIALISMS, among_capitals
from .laid_texts import PACKED, Laid, lay, unpacked

_APOSTROPHES = "'’‘ʼ＇"
_HYPHENS = "-‐‑"
_AROUND = ".,;:?!()[]\"“”‘’'–—…"  # no part of a token that is one word
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-") | {"\u00ad": None})
_POSSESSIVE = re.compile(r"(?<=[^'])(?:'s?)+\Z")
_SLOT_BITS = 18
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: its high bits are well mixed (Knuth)
# "it's" is no possessive of "it": these keep their ending
_WITH_IS = ("he", "she", "it", "that", "this", "there", "here", "what", "who", "where", "when", "why", "how", "let")
_CONTRACTIONS = frozenset(f"{word}'s" for word in _WITH_IS)


class Lexicon:
    """What has been taken apart so far: the runs, their tokens as written (forms), the terms these are counted as."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.forms: dict[str, int] = {}  # numbered in the order in which they came, like the terms
        self.terms: dict[str, int] = {}
        self._runs: dict[int | str, int] = {}  # those of at most eight bytes as a number
        self._slots = [_Slots(1), _Slots(2)]  # of runs of at most eight bytes, and sixteen
        self._first = array("i", [0])  # of each run: its first token in the next two
        self._offset = array("i")
        self._form = array("i")
        self._term, self._width = array("i"), array("i")  # of each form
        self._initialism = bytearray()  # of each run: whether among capitals it would be another word
        self._looks: dict[Callable[[str], int], np.ndarray] = {}

    def numbers(self, laid: Laid, begin: np.ndarray, finish: np.ndarray) -> np.ndarray:
        """The number of each of these runs; new ones are taken apart."""
        size = finish - begin
        number = np.empty(len(begin), dtype=np.int32)
        most = 0 if laid.has_zeros else PACKED * len(self._slots)
        rest = np.flatnonzero(size > most)
        number[rest] = self._numbers(laid.pieces(begin[rest], finish[rest]))
        for longest, slots in zip(range(PACKED, most + 1, PACKED), self._slots, strict=False):
            own = np.flatnonzero((size > longest - PACKED) & (size <= longest))
            at, left = begin[own], size[own]
            keys = [laid.packed(at + step, np.minimum(left - step, PACKED)) for step in range(0, longest, PACKED)]
            number[own] = slots.numbers(keys, partial(self._missed, laid, at, left, keys))
        return number

    def _missed(
        self, laid: Laid, at: np.ndarray, size: np.ndarray, keys: list[np.ndarray], some: np.ndarray
    ) -> np.ndarray:
        import pyarrow as pa

        whole = len(keys) == 1
        return self._numbers(pa.array(keys[0][some]) if whole else laid.pieces(at[some], at[some] + size[some]))

    def _numbers(self, runs: Any) -> np.ndarray:
        coded, known = runs.dictionary_encode(), self._runs
        different = coded.dictionary.to_pylist()
        found = list(map(known.get, different))
        if new := [place for place, number in enumerate(found) if number is None]:
            for number, place in enumerate(new, len(known)):
                found[place] = known[different[place]] = number
            self._take_apart([_written(different[place]) for place in new])
        return np.array(found, dtype=np.int32)[coded.indices.to_numpy()]

    def folded(self, run: str) -> int:
        """The number of a run that stands among capitals: "US" is "us" there."""
        key = "\n" + run  # as no run and no token begins
        if key not in self._runs:
            self._runs[key] = len(self._runs)
            self._read(run, among_capitals=True)
        return self._runs[key]

    def with_initialism(self) -> np.ndarray:
        """Of each run, whether it holds an initialism that among capitals would be another word."""
        return np.array(self._initialism, dtype=bool)

    def written(self) -> list[str]:
        """The forms as written, by their number."""
        return [form.removeprefix("\n") for form in self.forms]

    def _take_apart(self, runs: list[str]) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        # most are a word with marks around it, and need no pattern
        written = pa.array(runs, pa.large_string())
        words = pc.utf8_trim(written, characters=_AROUND)
        plain = pc.and_(pc.string_is_ascii(words), pc.utf8_is_alpha(words))
        left = pc.utf8_length(pc.utf8_ltrim(written, characters=_AROUND))
        offsets, lower = pc.subtract(pc.utf8_length(written), left), pc.ascii_lower(words)
        columns = (each.to_pylist() for each in (words, lower, plain, offsets))
        for run, word, term, is_plain, offset in zip(runs, *columns, strict=True):
            if is_plain and word not in INITIALISMS:
                self._add(word, term, len(word), offset)
                self._first.append(len(self._form))
                self._initialism.append(False)
            else:
                self._read(run)

    def _read(self, run: str, *, among_capitals: bool = False) -> None:
        initialism = False
        for match in token_pattern().finditer(run):
            form = match.group()
            term = normalise(form)
            if among_capitals:
                self._add(f"\n{form}", term.casefold(), len(form), match.start())
            else:
                self._add(form, term, len(form), match.start())
                initialism |= term in INITIALISMS
        self._first.append(len(self._form))
        self._initialism.append(initialism)

    def _add(self, form: str, term: str, width: int, offset: int) -> None:
        number = self.forms.get(form)
        if number is None:
            number = self.forms[form] = len(self.forms)
            self._term.append(self.terms.setdefault(term, len(self.terms)))
            self._width.append(width)
        self._offset.append(offset)
        self._form.append(number)

    def looked_up(self, number: np.ndarray, look: Callable[[str], int]) -> np.ndarray:
        """What `look` says of each of these runs, a number that is not negative: it is asked once of each."""
        known = np.full(len(self._runs), -1, dtype=np.int16)
        before = self._looks.get(look, known[:0])
        known[: len(before)] = before
        if len(new := np.unique(number[known[number] < 0])):
            runs = list(self._runs)
            known[new] = [look(_written(runs[each])) for each in new.tolist()]
        self._looks[look] = known
        return known[number]

    def tokens_of_runs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where the tokens of each run begin in the next two arrays (and the last ones end); place in the run; form."""
        first, offset, form = (np.array(values, dtype=np.int32) for values in (self._first, self._offset, self._form))
        return first, offset, form

    def term_of_forms(self) -> np.ndarray:
        """The number of the term of each form."""
        return np.array(self._term, dtype=np.int32)

    def term_of_tokens(self) -> np.ndarray:
        """The number of the term of each token of the runs."""
        return self.term_of_forms()[np.array(self._form, dtype=np.int32)]

    def sorted_terms(self) -> tuple[list[str], np.ndarray]:
        """The terms in order, and the place in it of each by its number."""
        terms = list(self.terms)
        order = sorted(range(len(terms)), key=terms.__getitem__)
        place = np.empty(len(terms), dtype=np.int32)
        place[order] = np.arange(len(terms))
        return [terms[number] for number in order], place

    def widths(self) -> np.ndarray:
        """The code points of each form."""
        return np.array(self._width, dtype=np.int32)


class _Slots:
    """Keys that were seen, each where it says itself, unless another one was there before.

    Most runs in a text are words that stood before: their numbers are found here in a tenth of the time that Arrow
    takes to tell strings apart.
    """

    def __init__(self, n_parts: int) -> None:
        """For keys of so many numbers, none of which is 0 in the first part."""
        self._keys = [np.zeros(1 << _SLOT_BITS, dtype=np.uint64) for _ in range(n_parts)]
        self._number = np.zeros(1 << _SLOT_BITS, dtype=np.int32)

    def numbers(self, keys: list[np.ndarray], missed: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """The number of each key; those that are not here are told by `missed`."""
        mixed = keys[0] * _SPREAD
        for key in keys[1:]:
            mixed = (mixed ^ key) * _SPREAD
        slot = (mixed >> np.uint64(64 - _SLOT_BITS)).view(np.int64)
        number = self._number[slot]
        other = self._keys[0][slot] != keys[0]
        for known, key in zip(self._keys[1:], keys[1:], strict=True):
            other |= known[slot] != key
        at = np.flatnonzero(other)
        number[at] = missed(at)
        at = at[self._keys[0][slot[at]] == 0]  # of several keys for one slot the last one gets it
        for known, key in zip(self._keys, keys, strict=True):
            known[slot[at]] = key[at]
        for known, key in zip(self._keys, keys, strict=True):
            at = at[known[slot[at]] == key[at]]
        self._number[slot[at]] = number[at]
        return number


def _written(run: int | str) -> str:
    return run if isinstance(run, str) else unpacked(run)


@dataclass(frozen=True)
class Tokens:
    """Tokens of several texts, in order: arrays of one number a token."""

    lexicon: Lexicon
    row: np.ndarray  # its place among the tokens of the runs in the lexicon
    in_run: np.ndarray  # how many tokens each run has
    _laid: Laid
    _run: np.ndarray  # where each run begins, in bytes

    @cached_property
    def text(self) -> np.ndarray:
        """Which of the texts it stands in."""
        below = np.append(0, np.cumsum(self.in_run))[np.searchsorted(self._run, self._laid.first)]
        return np.repeat(np.arange(len(below) - 1, dtype=np.int32), np.diff(below))

    @cached_property
    def form(self) -> np.ndarray:
        """Its number in the lexicon."""
        return self.lexicon.tokens_of_runs()[2][self.row]

    @cached_property
    def term(self) -> np.ndarray:
        """The number of its term in the lexicon."""
        return self.lexicon.term_of_tokens()[self.row]

    @cached_property
    def start(self) -> np.ndarray:
        """Code points from the beginning of all texts, laid end to end."""
        return np.repeat(self._laid.code_points(self._run), self.in_run) + self._offset

    @cached_property
    def end(self) -> np.ndarray:
        """Where it ends, counted likewise."""
        return self.start + self.lexicon.widths()[self.form]

    @property
    def forms(self) -> list[str]:
        """The tokens of the lexicon as written, by their number."""
        return self.lexicon.written()

    @cached_property
    def _offset(self) -> np.ndarray:
        return self.lexicon.tokens_of_runs()[1][self.row]

    def before(self, at: np.ndarray) -> np.ndarray:
        """How many tokens begin before each of these code points."""
        # in the last run that begins there, which nearly always ends there too
        run = np.searchsorted(self._run, self._laid.from_code_points(at)) - 1
        found = np.cumsum(self.in_run)[run]
        some = np.flatnonzero(self.in_run[run] > 0)
        begin = self._laid.code_points(self._run[run[some]])
        within = some[begin + self._offset[found[some] - 1] >= at[some]]
        if len(within):
            found[within] = np.searchsorted(self.start, at[within])
        return found


def tokenise(texts: Sequence[str]) -> Tokens:
    """The tokens of a few texts."""
    return tokenise_laid(lay(texts), Lexicon())


def tokenise_laid(laid: Laid, lexicon: Lexicon, run: np.ndarray | None = None) -> Tokens:
    """The tokens of each text, or only of these runs; `tokens` in mediakit/text.py says what one is."""
    begin, finish = (laid.begin, laid.finish) if run is None else (laid.begin[run], laid.finish[run])
    return tokens_of(laid, lexicon, begin, lexicon.numbers(laid, begin, finish))


def tokens_of(laid: Laid, lexicon: Lexicon, begin: np.ndarray, number: np.ndarray) -> Tokens:
    """The tokens of runs that begin there and have these numbers in the lexicon."""
    number = _folded(laid, lexicon, begin, number)
    first, _, _ = lexicon.tokens_of_runs()
    in_run = np.diff(first)[number]
    row = np.repeat(first[number], in_run)
    # a run's tokens stand one behind the other in the lists of the lexicon; most runs are one
    many = np.flatnonzero(in_run > 1)
    width = in_run[many]
    within = np.arange(width.sum()) - np.repeat(np.cumsum(width) - width, width)
    row[np.repeat(np.cumsum(in_run)[many] - width, width) + within] += within.astype(np.int32)
    return Tokens(lexicon, row, in_run, laid, begin)


def _folded(laid: Laid, lexicon: Lexicon, begin: np.ndarray, number: np.ndarray) -> np.ndarray:
    """The numbers of the runs that begin there, initialisms among capitals told from others."""
    ambiguous = lexicon.with_initialism()
    if not ambiguous.any():
        return number
    at = np.flatnonzero(ambiguous[number])
    starts = begin[at]
    ends = laid.finish[np.searchsorted(laid.begin, starts)]
    among = among_capitals(laid, starts, ends)
    runs = [laid.cut(start, end) for start, end in zip(starts[among], ends[among], strict=True)]
    number = number.copy()
    number[at[among]] = [lexicon.folded(run) for run in runs]
    return number


def normalise(token: str) -> str:
    """The term a token is counted as.

    An initialism that in small letters is a function word (US, IT, IS, WHO) keeps its capitals; `tokens` folds it
    where it stands among capitals and may be either. Of all others case is folded, curly apostrophes and special
    hyphens are made plain, soft hyphens dropped, a possessive ending ('s or ') is cut off, except from "it's", "that's"
    and their like, and accents are composed (NFC). A term on its own is one token again, and its own term, but for
    letters that small letters write with two signs (ß as ss, ﬁ as fi, İ as i and a dot, ŉ as 'n) in an initialism or an
    address.
    """
    plain = token.translate(_STRAIGHT)
    if (bare := _POSSESSIVE.sub("", plain)) in INITIALISMS:
        return bare
    folded = unicodedata.normalize("NFC", plain).casefold()
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
