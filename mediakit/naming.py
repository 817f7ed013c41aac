"""Whom a name in an article names: surnames and their introductions, names inside longer names, namesakes.

The rules are those that a careful reader follows, and docs/actors.md lists them. Every one looks only at the article
itself and at the registry, so the order of articles and actors who are not named in the article change nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mediakit.matching import Candidate, Entry, Names, Page, Sentence, WordBefore, context

_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


class Reading(NamedTuple):
    """A mention: its span and whom it names."""

    start: int
    end: int
    candidate: Candidate


class _Pending(NamedTuple):
    start: int
    end: int
    number: int
    allowed: tuple[Candidate, ...]  # candidates that a title such as Mrs. does not rule out


@dataclass
class _Introductions:
    """Who has been introduced so far: for each entry, where and by whom (None: somebody the registry does not know)."""

    names: Names
    by_entry: dict[int, list[tuple[int, str | None]]] = field(default_factory=dict)
    first_named: dict[str, int] = field(default_factory=dict)

    def name(self, actor: str, start: int) -> None:
        self.first_named[actor] = min(start, self.first_named.get(actor, start))

    def add(self, actor: str, start: int) -> None:
        self.name(actor, start)
        for number in self.names.introduces.get(actor, ()):
            self.by_entry.setdefault(number, []).append((start, actor))

    def add_stranger(self, number: int, start: int) -> None:
        self.by_entry.setdefault(number, []).append((start, None))


def read_names(text: str, sentences: Sequence[Sentence], names: Names) -> list[Reading]:
    """The mentions of registered actors in one text, in order.

    Two passes: the first reads what is clear by itself and notes who is introduced where; the second gives surnames
    and other short names to the one they were introduced for.
    """
    page = Page(text, sentences, names.find(text))
    readings: list[Reading] = []
    pending: list[_Pending] = []
    introductions = _Introductions(names)
    for start, end, number in page.hits:
        entry = names.entries[number]
        if entry.blocked or _is_english_word(page, start, end) or _is_inside_longer_name(page, start, end, entry):
            continue
        if entry.surname:
            reading = _read_surname(page, start, end, number, entry, introductions, pending)
        elif entry.dominant:
            reading = Reading(start, end, entry.dominant)
        else:
            pending.append(_Pending(start, end, number, entry.candidates))
            continue
        if reading:
            introductions.add(reading.candidate.actor, reading.start)
            readings.append(reading)
    for waiting in pending:
        candidate = _choose(page, waiting, names.entries[waiting.number], introductions)
        if candidate:
            introductions.name(candidate.actor, waiting.start)
            readings.append(Reading(waiting.start, waiting.end, candidate))
    return sorted(readings)


def _read_surname(
    page: Page,
    start: int,
    end: int,
    number: int,
    entry: Entry,
    introductions: _Introductions,
    pending: list[_Pending],
) -> Reading | None:
    """A surname with its given name or title is read at once; another person's is noted; a bare one must wait."""
    words = list(page.words_before(start))
    full = _with_given_name(words, entry)
    if full:
        return Reading(full[0], end, full[1])
    if _follows_given_name(page, words, start) or _is_second_half(page, start):
        introductions.add_stranger(number, start)
        return None
    before = page.text[max(0, start - 40) : start].casefold()
    titled = [candidate for candidate in entry.candidates if before.endswith(candidate.titles)]
    if len(titled) == 1 and not _is_other_gender(titled[0], words):
        return Reading(start, end, titled[0])
    allowed = tuple(candidate for candidate in entry.candidates if not _is_other_gender(candidate, words))
    pending.append(_Pending(start, end, number, allowed))
    return None


def _choose(page: Page, waiting: _Pending, entry: Entry, introductions: _Introductions) -> Candidate | None:
    """The one the short name belongs to, or None when the article does not say.

    The best known bearer keeps the name unless only somebody else was introduced; without a best known bearer it
    belongs to the nearest introduction before it. Headlines come before introductions, so they may look ahead; so
    may names of organisations and places, which no stranger bears.
    """
    found = introductions.by_entry.get(waiting.number, [])
    actors = {candidate.actor: candidate for candidate in waiting.allowed}
    found = [(start, actor) for start, actor in found if actor is None or actor in actors]
    earlier = bisect_left(found, waiting.start, key=lambda item: item[0])
    ahead = not entry.surname or page.sentence(waiting.start).part in ("title", "heading")
    pool = found[:earlier] or (found if ahead else [])
    best = entry.dominant if entry.dominant in waiting.allowed else None
    if best:
        named = introductions.first_named.get(best.actor)
        if not pool or (named is not None and (named < waiting.start or ahead)):
            return best
    if not pool:
        return None
    actor = pool[-1][1] if earlier else pool[0][1]
    return actors[actor] if actor is not None else None


def _with_given_name(words: list[WordBefore], entry: Entry) -> tuple[int, Candidate] | None:
    """A full name with something between: "Vladimir Vladimirovich Putin", "Donald J. Trump"."""
    for word in words[:3]:
        if not word.text[0].isupper():
            return None
        for candidate in entry.candidates:
            if word.text.casefold() in candidate.given:
                return word.start, candidate
    return None


def _follows_given_name(page: Page, words: list[WordBefore], start: int) -> bool:
    """Whether the word before makes the surname another person's: "Eric Trump", but not "On Monday Trump"."""
    if not words or not words[0].text[0].isupper():
        return False
    word, _, first = words[0]
    lists = context()
    bare = word.rstrip(".").casefold()
    if word.endswith(_POSSESSIVE) or bare in lists.days or not {bare, *bare.split("-")}.isdisjoint(lists.titles):
        return False
    if bare in lists.given or bare.split("-")[0] in lists.given:
        return True
    if start - 1 in page.ends or bare in lists.openers:
        return False
    if "." in word or len(word) == 1:
        return _INITIALS.fullmatch(word) is not None and word != "I"
    # at the start of a sentence and in headlines every word has a capital, so only known given names count
    return not first and not word.isupper() and page.style(start) == "plain"


def _is_second_half(page: Page, start: int) -> bool:
    """Whether the name is the second half of a double-barrelled one: "Harris-Perry", but not "anti-Trump"."""
    if start < 2 or page.text[start - 1] not in "-‐‑" or start - 1 in page.ends:
        return False
    word = page.text[max(0, start - 24) : start - 1].split(" ")[-1].split("-")[-1].strip("“\"'‘(—–")
    return word[:1].isupper() and page.style(start) == "plain" and word.casefold() not in context().prefixes


def _is_other_gender(candidate: Candidate, words: list[WordBefore]) -> bool:
    title = words[0].text.rstrip(".").casefold() if words else ""
    return (title in context().female_titles and candidate.gender == "male") or (
        title in context().male_titles and candidate.gender == "female"
    )


def _is_english_word(page: Page, start: int, end: int) -> bool:
    """Whether a short name in a line of capitals may be the English word: "TRUMP TELLS US TO WAIT"."""
    text = page.text
    if text[start:end] not in context().caps_words or page.style(start) != "caps":
        return False
    words = list(page.words_before(start, 1))
    pronoun = text[start:end] != "US" or bool(words and words[0].text != "THE")
    return pronoun and "-" not in (text[start - 1 : start], text[end : end + 1])


def _is_inside_longer_name(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether a person's or a place's name is part of another name: "Monroe Doctrine", "Bank of Israel"."""
    kinds = {candidate.type for candidate in entry.candidates}
    if kinds.isdisjoint({"person", "country", "group"}):
        return False
    lists = context()
    style = page.style(start)
    after = page.word_after(end)
    head = after.capitalize() if style == "caps" else after
    if head in lists.heads and not (style != "plain" and head in lists.doubtful_heads):
        return True
    if _is_first_name(page, end, entry, after, style):
        return True
    return "country" in kinds and _is_other_place(page, start, end, entry)


def _is_first_name(page: Page, end: int, entry: Entry, after: str, style: str) -> bool:
    """Whether "Jordan" or "Harris" is the given name of somebody: "Jordan Peterson", but not "Jordan King Abdullah"."""
    lists = context()
    if style != "plain" or not after[:1].isupper() or entry.text.casefold() not in lists.given:
        return False
    known = end + 1 in page.starts or after.casefold() in lists.titles or after in lists.generic
    return not known and not after.isupper()


def _is_other_place(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether the place is a surname, in an American state, or what a bank, a church or a sea is named after."""
    lists = context()
    words = list(page.words_before(start, 3))
    if words:
        bare = words[0].text.casefold()
        if bare in lists.given and words[0].text[0].isupper() and " " not in entry.text:
            return True
        after_of = words[1:] if bare == "of" else words[2:] if bare == "the" and len(words) > 1 else []
        if after_of and words[len(words) - len(after_of) - 1].text == "of" and after_of[0].text in lists.of_heads:
            return True
    rest = page.text[end : end + 20]
    return rest.startswith(", ") and any(rest.startswith(state, 2) for state in lists.us_states)
