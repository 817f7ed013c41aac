"""Whom a name in an article names: surnames and their introductions, names inside longer names, namesakes.

The rules are those that a careful reader follows, and docs/actors.md lists them. Every one looks only at the article
itself and at the registry, so the order of articles and actors who are not named in the article change nothing.
naming_inside.py says what is no mention, naming_choice.py which bearer is meant, naming_metonyms.py whether a
capital stands for its government.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mediakit.matching import Candidate, Entry, Names, Page, Sentence
from mediakit.naming_choice import Introductions, Pending, choose, is_doubtful
from mediakit.naming_given import follows_given_name, is_other_gender, is_second_half, is_surname_first, with_given_name
from mediakit.naming_inside import (
    is_capital_surname,
    is_first_name,
    is_inside_longer_name,
    is_no_name,
    is_of_another_country,
)
from mediakit.naming_metonyms import is_treaty, place_or_government
from mediakit.naming_titles import titled


class Reading(NamedTuple):
    """A mention: its span and whom it names."""

    start: int
    end: int
    candidate: Candidate
    confidence: float = 1.0


class Undecided(NamedTuple):
    """A name of the registry of which the article does not say whose it is."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    reason: str


def read_names(text: str, sentences: Sequence[Sentence], names: Names) -> list[Reading]:
    """The mentions of registered actors in one text, in order."""
    return read_page(Page(text, sentences, names), names)


def read_page(page: Page, names: Names) -> list[Reading]:
    """As `read_names`, of a text whose names have been looked up."""
    return decide(page, names)[0]


def decide(page: Page, names: Names) -> tuple[list[Reading], list[Undecided]]:
    """The mentions of registered actors, and the names that remain ambiguous, both in order.

    Two passes: the first reads what is clear by itself and notes who is introduced where; the second gives surnames
    and other short names to the one they were introduced for.
    """
    readings: list[Reading] = []
    pending: list[Pending] = []
    introductions = Introductions(names)
    for start, end, number in page.hits:
        entry = names.entries[number]
        if entry.blocked or is_no_name(page, start, end, entry) or is_inside_longer_name(page, start, end, entry):
            continue
        if is_first_name(page, end, entry) or is_capital_surname(page, start, entry):
            introductions.add_stranger(number, start)
            continue
        if is_of_another_country(page, start, entry) or is_treaty(page, end, entry):
            continue
        if entry.surname:
            reading = _read_surname(page, start, end, number, entry, introductions, pending)
        elif entry.dominant and not (entry.common or entry.given or entry.capital):
            reading = Reading(start, end, entry.dominant)
        else:
            pending.append(Pending(start, end, number, entry.candidates))
            continue
        if reading:
            for before in (readings, pending):
                while before and before[-1].end > reading.start:
                    before.pop()  # "Hillary" in "Hillary R. Clinton"
            introductions.add(reading.candidate, reading.start)
            readings.append(reading)
    undecided: list[Undecided] = []
    # places and bodies first: they introduce "Georgia" and the like
    for waiting in sorted(pending, key=lambda waiting: names.entries[waiting.number].waits):
        entry = names.entries[waiting.number]
        choice = choose(page, waiting, entry, introductions)
        if choice.candidate:
            note = introductions.name if entry.waits else introductions.add
            note(choice.candidate, waiting.start)
            readings.append(Reading(waiting.start, waiting.end, choice.candidate, choice.confidence))
        elif choice.reason and not is_doubtful(page, waiting, entry, choice.reason):
            undecided.append(Undecided(waiting.start, waiting.end, waiting.allowed or entry.candidates, choice.reason))
    return [_located(page, reading) for reading in sorted(readings)], sorted(undecided)


def _read_surname(
    page: Page,
    start: int,
    end: int,
    number: int,
    entry: Entry,
    introductions: Introductions,
    pending: list[Pending],
) -> Reading | None:
    """A surname with its given name or title is read at once; another person's is noted; a bare one must wait."""
    words = list(page.words_before(start))
    full = with_given_name(words, entry)
    if full:
        return Reading(full[0], end, replace(full[1], form="variant"), 0.99)
    stranger = follows_given_name(page, words, start) or is_second_half(page, start)
    if stranger or is_surname_first(page, end, entry):
        introductions.add_stranger(number, start)
        return None
    before = page.text[max(0, start - 60) : start].casefold()
    allowed = tuple(candidate for candidate in entry.candidates if not is_other_gender(candidate, words))
    bearer = titled(allowed, before, page.published)
    if bearer:
        return Reading(start, end, bearer, 0.97)
    pending.append(Pending(start, end, number, allowed))
    return None


def _located(page: Page, reading: Reading) -> Reading:
    """The mention, with form place where a capital or a seat is named only as a place."""
    if reading.candidate.form != "metonym":
        return reading
    verdict = place_or_government(page, reading.start, reading.end, reading.candidate)
    candidate = replace(reading.candidate, form="place") if verdict.place else reading.candidate
    return Reading(reading.start, reading.end, candidate, min(reading.confidence, verdict.confidence))
