"""How many syllables an English word has, by rule; figures and initialisms as they are read aloud.

The rules count groups of vowels, less the e that is silent, plus the vowels that stand side by side and are two. The
words that they get wrong and that news uses often are in mediakit/data/syllables.txt; docs/accuracy.md says how often
both together are right.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from .text import stop_words
from .tokenising import normalise

__all__ = ["syllables"]

_SPELT_OUT = 3  # capitals: FBI is said letter by letter, NATO as a word
_SAID = frozenset({"us", "it", "who"})  # stop words that are initialisms in capitals
_YEARS = range(1100, 2000)  # read as two pairs of figures
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 2, 2, 3, 2, 2)  # ze-ro, one … nine-teen; twelve below
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)  # twen-ty … nine-ty
_LARGE = ((10**12, 2), (10**9, 2), (10**6, 2), (1000, 2), (100, 2))  # tril-lion … hun-dred

_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_INITIALISM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
_VOWELS = re.compile(r"[aeiouyáàâäãåéèêëíìîïóòôöõøúùûüýæœ]+")
_ENDING = re.compile(r"'(?:s|re|ll|ve|d|m)$")
_SIBILANT = re.compile(r"(?:[sxz]|[cgsz]e|[sc]h)$")
_PLURAL = re.compile(r"(?<!s)s$")
# parts of which each is counted on its own, so that the e at the end of the first is silent
_FIRST = re.compile(
    r"(some|every|evening|spokes|false|any|stale|home|there|where|life|base|state|space|fire|hope|care|safe|more|fore|five|nine|white|wide|whole|wife|name|"
    r"place|price|side|time|trade|game|house|horse|race|rate|rule|store|wire|cease|make|take|like|note|smoke|wine|"
    r"blue|free|police|peace|face|phone|grave|love|live|use|hate|table|middle|single|voice|kelly)(?=[^aeiouy'].*[aeiouy])"
)
_LAST = re.compile(
    r"(?<=[aeiouy])(?<=e)(ly|ments?|less|fully?|ness|some|work|works|worker|workers|m[ae]n|land|town|wide|ware|side|"
    r"time|times|ville|hood|like|ship|holder|holders|makers?|keepers?|where|body|thing|day|day's|line|lines|room|back)$"
)
_SILENT = re.compile(
    # asked, not wanted; curled, not troubled, whose l takes its e
    r"(?<=[^aeioutdy])(?<![^aeiouyrlw]l)(?<![^aeiouyr]r)ed$"
    # changes has two, makes has one, tables two
    r"|(?<=[^aeiouysxzcg])(?<!sh)(?<!ch)(?<![^aeiouyrl]l)(?<![^aeiouyr]r)es$"
    r"|(?<=[^aeiouy])(?<![^aeiouyrl]l)(?<![^aeiouyr]r)e$"
    r"|(?<=[gq]u)e[sd]?$"
)
_TWO = re.compile(  # vowels side by side that are two syllables
    r"(?<![cstgl])ia(?!ge)|(?<=l)ia(?!n)|[cts]iat|siast"
    r"|(?<![cstgxlnh])io|[ln]io(?!n|us)|(?<![cst])iu"
    r"|(?<![ct])ie(?=n[ct])|sci(?=e)|ie(?=t)|(?<=[^f])ie(?=rs?$|st$)|ii|yi|ie(?=u)"
    r"|(?<!g)eo(?!p)|(?<=[aeiou][^aeiou])ea$|(?<=[^aeiouy][^c])ean(?=s?$)(?<=[aeiouy][^aeiouy]ean)"
    r"|(?<=cr)ea(?=t[eio])|(?<=r)ea(?=ct|li)|(?<=th)ea(?=t)|(?<=[iou])u(?=m)|(?<=\br)e(?=[eu]|inf|inst|it|ass|app)"
    r"|(?<![qgs])ua|(?<=s)ua(?=l)|(?<![qg])ue(?=n|l)|(?<![qg])ui(?=n)|ui(?=t[iy])|(?<=l)ui(?=d)|(?<!q)uou"
    r"|(?<=p)oe(?=[mt])|oi(?=ng)|ei(?=ng)|ui(?<!q.)(?=ng)|[aou]y(?=[aeou])(?!e[ds]$)|ey(?=[aou])|ai(?=c$)|(?<=c)oo(?=[pr])(?=...)"
    r"|[sh]m(?=s?$)(?<=[iay]sm)|thm|(?<=[ds])n't$|\bmc(?=[^aeiouy])"
)


def syllables(word: str) -> int:
    """Syllables of a token as it is written: "U.S." has two, "1918" four, "NATO" two, "FBI" three; at least one."""
    if _INITIALISM.fullmatch(word):
        return sum(map(_letter, re.findall(r"[^\W\d_]", word)))
    total = 0
    for piece in _PIECE.findall(normalise(word) if not word.isupper() else word):
        if piece[0].isdecimal():
            total += _figures(piece)
        elif piece.isupper() and _is_spelt(piece):
            total += sum(map(_letter, piece))
        else:
            total += _word(normalise(piece))
    return max(total, 1)


def _is_spelt(capitals: str) -> bool:
    small = capitals.lower()
    if len(capitals) == 1:
        return False
    if small in stop_words() and small not in _SAID:
        return False
    return len(capitals) <= _SPELT_OUT or not _VOWELS.search(small)


def _letter(letter: str) -> int:
    return 3 if letter in "wW" else 1


def _figures(piece: str) -> int:
    """A number as it is read: 1,000 is one thousand, 3.5 three point five, 1918 nineteen eighteen."""
    whole, _, part = piece.replace(",", "").partition(".")
    if len(whole) > 15 or (len(whole) > 1 and whole[0] == "0"):
        return sum(_ONES[int(digit)] for digit in whole + part.replace(".", ""))
    n = int(whole)
    year = n in _YEARS and "," not in piece
    read = _read(n // 100) + (_read(n % 100) if n % 100 else 2) if year else _read(n)  # nineteen hun-dred
    return read + (1 + sum(_ONES[int(digit)] for digit in part.replace(".", "")) if part else 0)


def _read(n: int) -> int:
    if n == 12:
        return 1
    if n < 20:
        return _ONES[n]
    for size, of_name in _LARGE:
        if n >= size:
            rest = n % size
            return _read(n // size) + of_name + (_read(rest) if rest else 0)
    return _TENS[n // 10] + (_read(n % 10) if n % 10 else 0)


@lru_cache(maxsize=100_000)
def _word(word: str) -> int:
    """Syllables of a word in small letters."""
    word, known = _ENDING.sub("", word), _exceptions()
    stem = _PLURAL.sub("", word)
    if word in known or stem in known:
        return known[word] if word in known else known[stem] + (_SIBILANT.search(stem) is not None)
    first = _FIRST.match(word)
    if first and len(word) - first.end() > 2:
        return _word(first.group()) + _word(word[first.end() :])
    last = _LAST.search(word)
    if last and last.start() > 2:
        return _word(word[: last.start()]) + _word(last.group())
    groups = len(_VOWELS.findall(word))
    silent = groups > 1 and _SILENT.search(word) is not None
    return max(groups - silent + len(_TWO.findall(word)), 1)


@cache
def _exceptions() -> dict[str, int]:
    lines = (resources.files("mediakit") / "data" / "syllables.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: int(n) for word, n in pairs}
