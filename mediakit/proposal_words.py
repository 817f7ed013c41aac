"""Runs of capitalised words in running text, which may be names, and the word lists that tell what they name."""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from mediakit.matching import APOSTROPHES, Page, Sentence, context

Span = tuple[int, int]

LONGEST = 12  # words; more in a row are no name
ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,7}|(?:[A-Z]\.){2,5}")

# A word that starts with a capital (or with a letter that is not ASCII: looked at again), not inside another word.
# The letter goes before the looks behind it: so the rest of the text is skipped quickly.
_CAPITAL = re.compile(
    r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_]['’.&‐‑-].)(?:(?:\.[^\W\d_])+\.|[^\W_]*(?:['’.&‐‑-][^\W_]+)*)", re.DOTALL
)
_AFTER = re.compile(r"\W{0,2}?([^\W_]+(?:['’.&‐‑-][^\W_]+)*)")
_OPENING = "“”\"'‘’([—–-…"
_OPENS = '“"‘:•!?…'
_NOTHING_BEFORE = re.compile(r"\W*")
_ENDING = re.compile(r"[-‐‑]([a-z]+)$")
_SHORTENED = frozenset({"St", "Ste", "Mt", "Ft"})
_AND = frozenset({"and", "in", "to", "with", "on", "against"})


@dataclass(frozen=True)
class Lists:
    """The word lists of data/names_unknown.toml, and the places of data/names_places.txt."""

    organisation: frozenset[str]
    place: frozenset[str]
    place_first: frozenset[str]
    no_actor: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    joining: frozenset[str]
    speech: frozenset[str]
    place_before: frozenset[str]
    no_name: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]  # words that open a sentence with a capital of its own
    endings: frozenset[str]
    surnames: frozenset[str]
    place_after: frozenset[str]
    body_after: frozenset[str]
    place_of: frozenset[str]
    sport: frozenset[str]
    team_after: frozenset[str]
    team_before: frozenset[str]
    heads: frozenset[str]  # of organisations and places
    given: frozenset[str]  # given names, in lower case


@functools.cache
def lists() -> Lists:
    """The word lists that ship with mediakit."""
    data = resources.files("mediakit").joinpath("data")
    words = tomllib.loads(data.joinpath("names_unknown.toml").read_text(encoding="utf-8"))
    places = data.joinpath("names_places.txt").read_text(encoding="utf-8").split("\n")
    stops = data.joinpath("stop_words_english.txt").read_text(encoding="utf-8").split("\n")
    common = {word.casefold() for word in stops if word and not word.startswith("#")} | context().openers
    given = {name.casefold() for name in words.pop("given", [])} | context().given
    return Lists(
        places=frozenset(place for place in places if place and not place.startswith("#")),
        common=frozenset(common),
        heads=frozenset(words["organisation"]) | frozenset(words["place"]),
        given=frozenset(given),
        **{key: frozenset(values) for key, values in words.items()},
    )


class Word(NamedTuple):
    """A word without its possessive ending, and whether it had one."""

    text: str
    start: int
    end: int
    possessive: bool = False
    ending: str = ""  # what was behind a hyphen: "based"


@dataclass(slots=True)
class Run:
    """Capitalised words in a row, with what stands before and after them."""

    words: list[Word]
    before: str = ""
    after: str = ""
    titled: bool = False
    first: bool = False  # it opens its sentence

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.words[0].start, self.words[-1].end

    @property
    def texts(self) -> list[str]:
        """Its words."""
        return [word.text for word in self.words]

    def name(self, text: str) -> str:
        """It as written."""
        return text[self.words[0].start : self.words[-1].end]


class Spans:
    """Spans that are asked which others they overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Sort them."""
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._reached: list[int] = []
        reached = 0
        for _, end in self._spans:
            reached = max(reached, end)
            self._reached.append(reached)

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them overlaps this one."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reached[at - 1] > start

    def within(self, start: int, end: int) -> list[Span]:
        """Those that overlap this one."""
        at = bisect_left(self._starts, end)
        found = []
        while at > 0 and self._reached[at - 1] > start:
            at -= 1
            if self._spans[at][1] > start:
                found.append(self._spans[at])
        return found[::-1]


def capital_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words in text[start:end] that start with a capital, initials with their stop."""
    words = []
    for found in _CAPITAL.finditer(text, start, len(text) if end is None else end):
        word, (begin, stop) = found.group(), found.span()
        if not word[0].isupper():
            continue
        bare = word[:-2] if word[-1] in "sS" and word[-2:-1] in APOSTROPHES else word
        stop = begin + len(bare)
        if (len(bare) == 1 or bare in _SHORTENED) and text[stop : stop + 1] == ".":
            bare, stop = bare + ".", stop + 1  # an initial, St.
        ending = _ENDING.search(bare) if "-" in bare else None
        if ending and ending[1] in lists().endings:
            bare = bare[: ending.start()]  # "Seattle-based"
            words.append(Word(bare, begin, begin + len(bare), ending=ending[1]))
        elif bare:
            words.append(Word(bare, begin, stop, len(bare) < len(word)))
    return words


def runs(page: Page, words: Iterable[Word]) -> Iterator[Run]:
    """Runs of these capitalised words in sentences of running text.

    Left out: a single word that opens its sentence, unless its letters or the list of places say that it is a name.
    """
    text, sentences = page.text, page.sentences
    at, next_start, plain = -1, 0, False
    run: list[Word] = []
    for word in words:
        if run:
            between = None if next_start <= word.start or run[-1].possessive else _between(text, run, word)
            if between is not None:
                run += [*between, word]
                continue
            yield from _with_neighbours(text, sentences[at], run)
        while next_start <= word.start and at + 1 < len(sentences):
            at += 1
            next_start = sentences[at + 1].start if at + 1 < len(sentences) else len(text)
            plain = page.style(sentences[at].start) == "plain"
        run = [word] if plain else []
    if run:
        yield from _with_neighbours(text, sentences[at], run)


def _with_neighbours(text: str, sentence: Sentence, run: list[Word]) -> Iterator[Run]:
    start, end = run[0].start, run[-1].end
    if len(run) > LONGEST:
        return
    lead = text[max(sentence.start, start - 3) : start].rstrip(" ")
    opens = not lead or lead[-1] in _OPENS or text[start - 1] == "'" or _NOTHING_BEFORE.fullmatch(lead) is not None
    if opens and len(run) == 1 and not ACRONYM.fullmatch(run[0].text) and run[0].text not in lists().places:
        return
    after = _AFTER.match(text, end, min(sentence.end, end + 42))
    yield Run(run, _word_before(text, sentence.start, start), after[1] if after else "", first=opens)


def _word_before(text: str, first: int, start: int) -> str:
    """The word before `start`, with at most a comma or an opening mark between; not before `first`."""
    end = start - 1 if start > first and text[start - 1] == " " else start - 2
    if end <= first or text[end] != " " or (end == start - 2 and text[end + 1] not in '“"'):
        return ""
    end -= text[end - 1] == ","
    word = text[max(first, text.rfind(" ", first, end) + 1) : end].lstrip(_OPENING)
    return word if word[-1:].isalnum() else ""


def _between(text: str, run: list[Word], word: Word) -> list[Word] | None:
    """The small words that join `word` to the run; None where it does not belong to it."""
    gap = text[run[-1].end : word.start]
    if gap == " ":
        return []
    if len(gap) > 24 or len(gap) < 3 or gap[0] != " " or gap[-1] != " " or len(run) > LONGEST:
        return None
    small = gap[1:-1].split(" ")
    words_of = lists()
    if small == ["&"]:
        return [Word("&", run[-1].end + 1, word.start - 1)]
    if small == ["and"] and _is_pair_of_one(text, run, word, words_of):
        return [Word("and", run[-1].end + 1, word.start - 1)]
    headed = _has_head(run, words_of)
    known = words_of.particles | words_of.joining if headed else words_of.particles
    if len(small) > 3 or any(each not in known for each in small):
        return None
    if small[0] in _AND:
        # "Institute of Peace and Security", but not "University of X and University of Y"
        inner = any(each.text in ("of", "for") for each in run)
        ahead = text[word.start : word.start + 40].split(" ")[: 4 - len(small)]
        if not inner or any(each.strip(".,;:") in words_of.heads for each in ahead):
            return None
    joined, start = [], run[-1].end + 1
    for each in small:
        joined.append(Word(each, start, start + len(each)))
        start += len(each) + 1
    return joined


def _is_pair_of_one(text: str, run: list[Word], word: Word, words_of: Lists) -> bool:
    """Whether the name goes on after "and": "the Food and Drug Administration"."""
    if len(run) > 2 or text[run[0].start - 4 : run[0].start].casefold() != "the " or _has_head(run, words_of):
        return False
    ahead = capital_words(text, word.start, min(word.start + 60, len(text)))[:4]
    joined = [ahead[at] for at in range(len(ahead)) if not at or ahead[at].start - ahead[at - 1].end == 1]
    return 1 < len(joined) <= 3 and joined[-1].text in words_of.organisation


def _has_head(run: list[Word], words_of: Lists) -> bool:
    return any(word.text in words_of.heads for word in run)
