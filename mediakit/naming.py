"""Whom a name in an article names: surnames and their introductions, names inside longer names, namesakes.

The rules are those that a careful reader follows, and docs/actors.md lists them. Every one looks only at the article
itself and at the registry, so the order of articles and actors who are not named in the article change nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from mediakit.matching import HYPHENS, Candidate, Entry, Names, Page, Sentence, WordBefore, context

_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}")
_MIDDLE = re.compile(r"(?:[^\W\d_]\.? |\w+(?:vich|vych|vna) )*")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


class Reading(NamedTuple):
    """A mention: its span and whom it names."""

    start: int
    end: int
    candidate: Candidate
    confidence: float = 1.0


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
    countries: set[str] = field(default_factory=set)
    strangers: set[int] = field(default_factory=set)

    def name(self, candidate: Candidate, start: int) -> None:
        self.first_named[candidate.actor] = min(start, self.first_named.get(candidate.actor, start))
        if candidate.country and candidate.type != "media":
            self.countries.add(candidate.country)

    def add(self, candidate: Candidate, start: int) -> None:
        self.name(candidate, start)
        for number in self.names.introduces.get(candidate.actor, ()):
            self._note(number, start, candidate.actor)

    def add_stranger(self, number: int, start: int) -> None:
        self.strangers.add(number)
        self._note(number, start, None)

    def nearest(
        self, number: int, start: int, actors: Container[str | None], *, ahead: bool
    ) -> tuple[int, str | None] | None:
        """The last introduction of one of `actors` before `start`; with `ahead`, else the first one after it."""
        found = self.by_entry.get(number, [])
        at = bisect_left(found, start, key=itemgetter(0))
        order = chain(range(at - 1, -1, -1), range(at, len(found)) if ahead else ())
        return next((found[place] for place in order if found[place][1] in actors), None)

    def _note(self, number: int, start: int, actor: str | None) -> None:
        insort(self.by_entry.setdefault(number, []), (start, actor), key=itemgetter(0))


def read_names(text: str, sentences: Sequence[Sentence], names: Names) -> list[Reading]:
    """The mentions of registered actors in one text, in order.

    Two passes: the first reads what is clear by itself and notes who is introduced where; the second gives surnames
    and other short names to the one they were introduced for.
    """
    return read_page(Page(text, sentences, names), names)


def read_page(page: Page, names: Names) -> list[Reading]:
    """As `read_names`, of a text whose names have been looked up."""
    readings: list[Reading] = []
    pending: list[_Pending] = []
    introductions = _Introductions(names)
    for start, end, number in page.hits:
        entry = names.entries[number]
        if entry.blocked or _is_no_name(page, start, end, entry) or _is_inside_longer_name(page, start, end, entry):
            continue
        if _is_first_name(page, end, entry) or _is_capital_surname(page, start, entry):
            introductions.add_stranger(number, start)
            continue
        if _is_of_another_country(page, start, entry):
            continue
        if entry.surname:
            reading = _read_surname(page, start, end, number, entry, introductions, pending)
        elif entry.dominant and not (entry.common or entry.given or entry.capital):
            reading = Reading(start, end, entry.dominant)
        else:
            pending.append(_Pending(start, end, number, entry.candidates))
            continue
        if reading:
            for before in (readings, pending):
                while before and before[-1].end > reading.start:
                    before.pop()  # "Hillary" in "Hillary R. Clinton"
            introductions.add(reading.candidate, reading.start)
            readings.append(reading)
    # places and bodies first: they introduce "Georgia" and the like
    for waiting in sorted(pending, key=lambda waiting: names.entries[waiting.number].waits):
        candidate = _choose(page, waiting, names.entries[waiting.number], introductions)
        if candidate:
            if names.entries[waiting.number].waits:
                introductions.name(candidate, waiting.start)
            else:
                introductions.add(candidate, waiting.start)
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
        return Reading(full[0], end, replace(full[1], form="variant"))
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
    if entry.dominant and not entry.waits:
        return entry.dominant if _is_at_home(entry.dominant, entry, waiting.number, introductions) else None
    ahead = not entry.surname or page.sentence(waiting.start).part in ("title", "heading")
    if entry.surname and len(entry.candidates) > 1 and _is_of_government(page, waiting.end):
        return _choose_head(waiting, entry, introductions, ahead=ahead)
    actors: dict[str | None, Candidate | None] = {candidate.actor: candidate for candidate in waiting.allowed}
    actors[None] = None
    introduced = introductions.nearest(waiting.number, waiting.start, actors, ahead=ahead)
    best = entry.dominant if entry.dominant in waiting.allowed else None
    if best:
        named = introductions.first_named.get(best.actor)
        if introduced is None or (named is not None and (named < waiting.start or ahead)):
            return best
    if introduced is None:
        # "Georgia" needs no other name where Georgia's prime minister is named
        states = [candidate for candidate in waiting.allowed if candidate.type == "country"]
        states = [candidate for candidate in states if candidate.country in introductions.countries]
        return states[0] if len(states) == 1 else None
    return actors[introduced[1]]


def _choose_head(waiting: _Pending, entry: Entry, introductions: _Introductions, *, ahead: bool) -> Candidate | None:
    """The bearer who has headed a state or government: "the Clinton administration" is not Hillary Clinton's.

    Of several, the best known if named, else the one introduced nearest; the only one as soon as any bearer is.
    """
    heads: dict[str | None, Candidate] = {
        candidate.actor: candidate
        for candidate in waiting.allowed
        if not context().governing.isdisjoint(title.strip() for title in candidate.titles)
    }
    best = heads.get(entry.dominant.actor) if entry.dominant else None
    if best and best.actor in introductions.first_named:
        return best
    introduced = introductions.nearest(waiting.number, waiting.start, heads, ahead=ahead)
    if introduced or best:
        return heads[introduced[1]] if introduced else best
    bearers = {candidate.actor for candidate in entry.candidates}
    known = introductions.nearest(waiting.number, waiting.start, bearers, ahead=ahead)
    return next(iter(heads.values())) if known and len(heads) == 1 else None


def _is_of_government(page: Page, end: int) -> bool:
    """Whether "administration", "White House" or the like follows, also after a possessive ending."""
    after = page.text[end : end + 24].casefold().replace("’", "'").removeprefix("'s")
    return after.startswith(" ") and after[1:].startswith(context().governments)


def _is_at_home(candidate: Candidate, entry: Entry, number: int, introductions: _Introductions) -> bool:
    """Whether the article is about the state whose Senate is meant, and Jordan not somebody's first name in it."""
    if entry.common and introductions.countries and candidate.country not in introductions.countries:
        return False
    return number not in introductions.strangers or (
        candidate.form != "metonym" and candidate.actor in introductions.first_named
    )


def _with_given_name(words: list[WordBefore], entry: Entry) -> tuple[int, Candidate] | None:
    """A full name with something between: "Vladimir Vladimirovich Putin", "Donald J. Trump".

    Where the surname is common, only an initial or a patronymic may stand between: others are other people's names.
    """
    between = ""
    for word in words[:3]:
        if not word.text[0].isupper():
            return None
        for candidate in entry.candidates:
            if word.text.casefold() in candidate.given and (candidate.always or _MIDDLE.fullmatch(between)):
                return word.start, candidate
        between = f"{word.text} {between}"
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
    if page.name_before(start - 1) or bare in lists.openers:
        return False
    if "." in word or len(word) == 1:
        return _INITIALS.fullmatch(word) is not None and word != "I"
    if word.isupper() or page.style(start) != "plain":
        return False  # where every word has a capital, only known given names count
    return not (first and bare.endswith(("ing", "ed", "ly")))


def _is_second_half(page: Page, start: int) -> bool:
    """Whether the name is the second half of a double-barrelled one: "Harris-Perry", but not "anti-Trump"."""
    if start < 2 or page.text[start - 1] not in HYPHENS:
        return False
    before = page.name_before(start - 1)
    if before and before.dominant:
        return False  # "Biden-Trump"
    word = page.text[max(0, start - 24) : start - 1].split(" ")[-1].split("-")[-1].strip("“\"'‘(—–")
    return word[:1].isupper() and page.style(start) == "plain" and word.casefold() not in context().prefixes


def _is_other_gender(candidate: Candidate, words: list[WordBefore]) -> bool:
    title = words[0].text.rstrip(".").casefold() if words else ""
    return (title in context().female_titles and candidate.gender == "male") or (
        title in context().male_titles and candidate.gender == "female"
    )


def _is_no_name(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether the words are likely not meant as a name: "TRUMP TELLS US TO WAIT", "in May 2020", "Over The Hill"."""
    lists = context()
    text = page.text
    written = text[start:end]
    if written.casefold() in lists.days:  # Theresa May
        before = next((word.text.casefold() for word in page.words_before(start, 1)), "")
        return before in lists.month_words or before[-1:].isdigit() or page.word_after(end)[:1].isdigit()
    if text[start - 1 : start] == "(" and text[end : end + 1] == ":":
        return entry.candidates[0].form == "demonym"  # the language: "Kyiv (Ukrainian: Київ)"
    if entry.candidates[0].form == "demonym" and _is_language(page, start, end):
        return True
    if page.style(start) == "plain":
        return False
    if written.startswith(("The ", "THE ")) and entry.candidates[0].type == "media":
        return True
    if page.style(start) != "caps" or written not in lists.caps_words:
        return False
    pronoun = written != "US" or any(word.text != "THE" for word in page.words_before(start, 1))
    return pronoun and "-" not in (text[start - 1 : start], text[end : end + 1])


def _is_language(page: Page, start: int, end: int) -> bool:
    """Whether the demonym is a language: "spoke Russian", "Russian-speaking", "he said in Russian."."""
    if page.text.startswith(("-speaking", "-language", "-speaker", " language", " translation"), end):
        return True
    words = [word.text.casefold() for word in page.words_before(start, 2)]
    if words and words[0] in context().speaking:
        return True
    said = words[:1] == ["in"] and (len(words) < 2 or words[1] in context().spoken)
    return said and page.text[end : end + 1] in (".", ",", ";", ":", ")", "")


def _is_of_another_country(page: Page, start: int, entry: Entry) -> bool:
    """Whether a body that many states have is another state's than the registry's: "Peru's Congress"."""
    if entry.text not in context().common_bodies:
        return False
    gap = 3 if page.text[max(0, start - 3) : start] in ("'s ", "’s ") else 1
    before = page.name_before(start - gap)
    if before is None:
        return False
    owners = {candidate.country for candidate in before.candidates} - {""}
    return bool(owners) and owners.isdisjoint({candidate.country for candidate in entry.candidates})


def _is_inside_longer_name(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether a person's or a place's name is part of another name: "Monroe Doctrine", "Bank of Israel"."""
    kinds = {candidate.type for candidate in entry.candidates}
    if kinds.isdisjoint({"person", "country", "group"}):
        return False
    lists = context()
    style = page.style(start)
    after = page.word_after(end)
    head = after.capitalize() if style == "caps" and after not in lists.heads else after  # but II
    if head in lists.heads and not (style != "plain" and head in lists.doubtful_heads):
        return True
    return "country" in kinds and _is_other_place(page, start, end, entry)


def _is_first_name(page: Page, end: int, entry: Entry) -> bool:
    """Whether "Jordan" or "Harris" is the given name of somebody: "Jordan Peterson", but not "Jordan King Abdullah"."""
    if not entry.given or page.style(end - 1) != "plain":
        return False
    after = page.word_after(end)
    known = end + 1 in page.starts or after.casefold() in context().titles or after in context().generic
    return after[:1].isupper() and not after.isupper() and not known


def _is_capital_surname(page: Page, start: int, entry: Entry) -> bool:
    """Whether the capital is somebody's surname: "Valeska Paris", but not "Downtown Paris"."""
    if not entry.capital or entry.surname:
        return False
    words = list(page.words_before(start, 1))
    return _follows_given_name(page, words, start) and words[0].text not in context().area_words


def _is_other_place(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether the place is a surname, in an American state, a sum of money, or what a bank or a sea is named after."""
    lists = context()
    rest = page.text[end : end + 20]
    if rest.startswith(("$", " $")) or (rest.startswith(", ") and rest.startswith(lists.us_states, 2)):
        return True
    words = list(page.words_before(start, 3))
    if not words:
        return False
    named_after = words[0].text.casefold() in lists.given or words[0].text in lists.firm_words
    if named_after and words[0].text[0].isupper() and not page.name_before(start - 1) and " " not in entry.text:
        return True
    if words[0].text == "the":
        del words[0]
    if len(words) < 2 or words[0].text != "of":
        return False
    head = words[1]
    # "Bank of Israel"; in running text every capital before "of" makes a name, but for offices and states
    if head.first or page.style(start) != "plain":
        return head.text in lists.of_heads
    known = (
        head.text.casefold() in lists.titles
        or head.text in lists.states_of
        or page.name_before(words[0].start - 1) is not None
    )
    return head.text[0].isupper() and not known
