"""Where the sentences of a paragraph end.

Every run of `.`, `!`, `?` or `…` that white space follows is a candidate. What stands before it (an abbreviation, an
initial, a list number) and what follows it (a small letter, a comma, a word that opens sentences) decides. The words
that matter are in data/abbreviations.toml; docs/accuracy.md has the measured results.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources

Span = tuple[int, int]

QUOTES = "\"'“”„‟‘’‚‹›«»"
WIDE_STOPS = "。！？"
# Quotation marks and brackets right behind a stop belong to it, whichever way they turn: „Ja.“ and »Ja.« close too.
# A closing mark that stands alone behind a space does as well: « Oui. »
# Possessive repeats keep the work linear; of classes only, because before Python 3.11.5 those of groups take too much.
_CANDIDATE = re.compile(rf"[.!?…{WIDE_STOPS}][.!?…{WIDE_STOPS}{QUOTES})\]}}」』]*+(?:[ \u00a0\u202f][\"”»](?!\S))?\s*+")
_SINGLE_STOP = re.compile(rf"\.[{QUOTES})\]}}]*\s*")  # "(R-Ariz.)." and "..." are more
_OPENING = re.compile(rf"[{QUOTES}(\[{{¿¡]{{0,4}}[ \u00a0\u202f]?")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# U.S, an initial (the J of J. D. Vance), a word without a vowel (hrs, Sgt)
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[A-ZÀ-ÖØ-Þ]|[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz][b-df-hj-np-tv-xz]+")
_BULLET_OR_COLON = re.compile(r"[•▪●‣◦:]")
_LIST_MARK = re.compile(r"\d{1,2}|[a-zA-Z]|[ivx]{1,4}")
_BREAK = re.compile(rf"[\s\-–—/{QUOTES}(\[{{]+")
_ADDRESS = re.compile(r"https?://|www\.|[a-z]+(?:\.[a-z]+)+/")
_NO_OPENING = frozenset(",;:.!?…%)]}»”-–—/&+=")
REACH = 40  # code points looked at on either side of a candidate: no abbreviation or opening word is longer


class Kind(IntEnum):
    """What stands before a full stop: it decides what must follow for the sentence to end."""

    WORD = 0
    BEFORE_NAME = 1
    BEFORE_NUMBER = 2
    CLOCK = 3
    EITHER = 4


@dataclass(frozen=True)
class Words:
    """data/abbreviations.toml, ready for look-up."""

    before_name: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    insertion: re.Pattern[str]  # begins a sentence where no stop stands before it: a bullet point, a photo credit
    credits: frozenset[str]  # what may stand before the colon of a photo credit


@cache
def abbreviations() -> Words:
    """The words that matter at a stop."""
    data = tomllib.loads((resources.files("mediakit") / "data" / "abbreviations.toml").read_text(encoding="utf-8"))

    def forms(name: str) -> frozenset[str]:
        words = data[name]
        return frozenset(words) | {word[0].upper() + word[1:] for word in words if len(word) > 1}

    credit = "|".join(map(re.escape, data["credits"]))
    return Words(
        before_name=forms("before_name"),
        before_number=forms("before_number"),
        either=forms("either"),
        clock=forms("clock"),
        after_clock=frozenset(data["after_clock"]),
        starters=frozenset(data["starters"]),
        credits=frozenset([*data["credits"], "credit", "credits"]),
        insertion=re.compile(rf"(?<!\S)(?:[•▪●‣◦]|(?:{credit})(?: credits?)?:(?!\S))"),
    )


def split_sentences(paragraph: str) -> list[Span]:
    """Half-open spans of the sentences of one paragraph, in order.

    Together the spans hold every character that is not white space, exactly once; none begins or ends with white
    space. A paragraph of white space alone has no sentence; one of punctuation alone is a single sentence.
    """
    words = abbreviations()
    small = first_letter(paragraph).islower()
    ends: list[int] = []
    start = 0
    for match in _CANDIDATE.finditer(paragraph):
        stop, after = match.span()
        if not paragraph[after - 1].isspace() and paragraph[stop] not in WIDE_STOPS:
            continue
        if _is_plain_end(paragraph, stop, after) or _is_boundary(paragraph, start, match, words, small):
            start = after
            ends.append(start)
    if _BULLET_OR_COLON.search(paragraph):
        ends = sorted({*ends, *(match.start() for match in words.insertion.finditer(paragraph))})
    return _spans(paragraph, ends)


def is_insertion(paragraph: str) -> bool:
    """Whether a paragraph begins like a bullet point or a photo credit: "Photo: Jane Doe"."""
    return abbreviations().insertion.match(paragraph) is not None


def _spans(paragraph: str, ends: list[int]) -> list[Span]:
    spans = []
    start = 0
    for end in (*ends, len(paragraph)):
        piece = paragraph[start:end]
        bare = piece.strip()
        if bare:
            first = start if piece[0] == bare[0] else start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(bare)))
        start = end
    return spans


def _is_plain_end(text: str, stop: int, after: int) -> bool:
    """Whether an ordinary word, a full stop, a blank and a plain capital stand here: most ends do, and need no more."""
    if text[stop:after] != ". " or not "A" <= text[after : after + 1] <= "Z":
        return False
    return _is_ordinary(text[text.rfind(" ", max(0, stop - REACH), stop) + 1 : stop])


@lru_cache(maxsize=100_000)
def _is_ordinary(word: str) -> bool:
    """Whether the word is letters alone, and no abbreviation or list mark."""
    known = abbreviations()
    listed = (known.before_name, known.before_number, known.either, known.clock)
    return (
        word.isalpha()
        and not any(word in words for words in listed)
        and not _ABBREVIATED.fullmatch(word)
        and not _LIST_MARK.fullmatch(word)
    )


def _is_boundary(text: str, sentence_start: int, match: re.Match[str], words: Words, small: bool) -> bool:
    """Whether the sentence that starts at `sentence_start` ends with the stop that was matched."""
    stop = match.group()
    if stop[0] in WIDE_STOPS:
        return True  # needs no space behind it
    after = after_opening(text, match.end())
    if not after or not can_open(after, small):
        return False
    if not is_single_stop(stop):
        return True
    return _ends_at_full_stop(text[max(sentence_start, match.start() - REACH) : match.start()], stop, after, words)


def first_letter(paragraph: str) -> str:
    """The character behind the quotation marks that a paragraph opens with."""
    return paragraph.lstrip(QUOTES + " ")[:1]


def after_opening(text: str, at: int) -> str:
    """What stands behind the quotation marks and brackets at a place, as far as it is looked at."""
    opening = _OPENING.match(text, at)
    return text[opening.end() : opening.end() + REACH] if opening else ""


def is_single_stop(stop: str) -> bool:
    """Whether this is one full stop, with the marks that close behind it: "..." and "?!" are more."""
    return _SINGLE_STOP.fullmatch(stop) is not None


def can_open(after: str, small: bool) -> bool:
    """Whether a sentence can begin like this: not with a comma, nor with a small letter, unless the whole paragraph
    does without capitals (`small`), or the word is an address or has a capital inside ("iPhone", "al-Qaeda").
    """
    first = after[0]
    if first.islower():
        word = _NEXT_WORD.match(after)
        return small or bool(_ADDRESS.match(after)) or (word is not None and not word.group().islower())
    return first not in _NO_OPENING and not first.isspace()


def _ends_at_full_stop(before: str, stop: str, after: str, words: Words) -> bool:
    """Whether a single full stop ends the sentence, or only an abbreviation.

    `before` is the sentence up to the stop (its last `REACH` code points), `after` what follows the white space.
    """
    if not before or before[-1].isspace():
        return True
    word = last_word(before)
    return not is_list_mark(before, word) and may_end(kind_of(word, stop, words), after, words)


def last_word(before: str) -> str:
    """The word that a stop follows."""
    word = before.rsplit(None, 1)[-1]
    return word if word.isalpha() else _BREAK.split(word)[-1]  # the "Sen" of "then-Sen", the "Inc" of "(Acme/Inc"


def is_list_mark(before: str, word: str) -> bool:
    """Whether the sentence up to a full stop is no more than the number of a list."""
    return bool(_LIST_MARK.fullmatch(word)) and before.lstrip(QUOTES + "([{ ") == word


def kind_of(word: str, stop: str, words: Words) -> Kind:
    """What the word before a full stop is."""
    if word in words.before_name:
        return Kind.BEFORE_NAME
    if word in words.before_number:
        return Kind.BEFORE_NUMBER
    if word in words.clock:
        return Kind.CLOCK
    if (word in words.either or _ABBREVIATED.fullmatch(word)) and not ('"' in stop or "”" in stop):
        return Kind.EITHER
    return Kind.WORD


def may_end(kind: Kind, after: str, words: Words) -> bool:
    """Whether a full stop behind a word of this kind ends the sentence, before what can open one."""
    if kind is Kind.BEFORE_NUMBER:
        return not after[0].isdigit()
    if kind is Kind.CLOCK:
        return _first_word(after) not in words.after_clock
    if kind is Kind.EITHER:
        return _first_word(after) in words.starters
    return kind is Kind.WORD


def _first_word(after: str) -> str:
    """The first word, without what an apostrophe or a hyphen adds: the "It" of "It's"."""
    word = _NEXT_WORD.match(after)
    return re.split("['’-]", word.group())[0] if word else ""
