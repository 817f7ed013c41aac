"""The words that introduce what somebody says: verbs with their forms, stance and what they take; word lists."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import ahocorasick

_VOWELS = "aeiou"
_DOUBLED = {"quip", "admit", "beg", "rebut", "brag", "forget", "chat", "plan", "refer", "slam", "snap"}
# Forms that are nouns as often as verbs: a verb only behind a subject of their own
_NOUNS = frozenset(
    "report reports claim claims note notes state states comment comments call calls answer answers remark "
    "remarks post posts text texts reply replies warning warnings demand demands request requests promise "
    "promises estimate estimates charge charges joke jokes offer offers order orders label labels brand brands "
    "term terms share shares stress rule rules mention mentions complaint cry cries laugh laughs forecast "
    "forecasts reason reasons pledge pledges vow vows signal signals hint hints slam blast praise voice quote "
    "quotes brief briefs email emails tweet tweets blog blogs protest protests counter counters express "
    "reading highlight highlights outline outlines account dub protest threat ruling writing warrant warrants "
    "repeat repeats rail rails posting guarantee guarantees boast boasts lament laments command commands "
    "decree decrees detail details".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a cue verb; `takes` is clause, that, told, request, promise, name or quote."""

    verb: str
    stance: str  # neutral, supportive or distancing
    takes: str
    form: str  # base, present, past, participle ("saying") or phrase ("according to")
    noun: bool  # may be a noun as well


@dataclass(frozen=True)
class Words:
    """The lists of data/quote_words.toml."""

    auxiliaries: frozenset[str]
    passive: frozenset[str]
    adverbs: frozenset[str]
    unsaid: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    singular_she: frozenset[str]
    singular_he: frozenset[str]
    verbs: frozenset[str]
    times: frozenset[str]
    documents: frozenset[str]
    media: frozenset[str]
    collective: frozenset[str]
    people: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    body_ends: frozenset[str]
    particles: frozenset[str]
    name_links: frozenset[str]
    ends: frozenset[str]  # no noun phrase goes on behind these
    common: frozenset[str]  # nouns for speakers
    firms: frozenset[str]
    bodies: frozenset[str]
    holders: frozenset[str]
    abstract: frozenset[str]  # what suggests something without saying it


@cache
def words() -> Words:
    """The word lists that ship with mediakit."""
    path = resources.files("mediakit") / "data" / "quote_words.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {key: frozenset(entries) for key, entries in lists.items()}
    ends = found["conjunctions"] | found["relatives"] | found["verbs"] | found["times"]
    common = found["collective"] | found["people"] | found["documents"] | found["media"]
    return Words(**found, ends=ends, common=common)


@cache
def cues() -> dict[str, Cue]:
    """Form → cue, in small letters. Forms of two words ("pointed out") are found by their first one and checked."""
    found: dict[str, Cue] = {}
    path = resources.files("mediakit") / "data" / "quote_cues.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for form, kind in _forms(row["verb"], row["past"]):
            found.setdefault(form, Cue(row["verb"], row["stance"], row["takes"], kind, form in _NOUNS))
    return found


def _forms(verb: str, past: str) -> list[tuple[str, str]]:
    head, _, rest = verb.partition(" ")
    rest = f" {rest}" if rest else ""
    if head.endswith("y") and head[-2] not in _VOWELS:
        present, regular = head[:-1] + "ies", head[:-1] + "ied"
    elif head.endswith(("s", "sh", "ch", "x", "z")) or head == "go":
        present, regular = head + "es", head + "ed"
    else:
        present, regular = head + "s", head + "d" if head.endswith("e") else head + "ed"
    participle = head[:-1] + "ing" if head.endswith("e") and not head.endswith("ee") else head + "ing"
    if head in _DOUBLED:
        regular, participle = f"{head}{head[-1]}ed", f"{head}{head[-1]}ing"
    pasts = past.split(";") if past else [regular + rest]
    forms = [(head + rest, "base"), (present + rest, "present"), (participle + rest, "participle")]
    return forms + [(form, "past") for form in pasts]


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form in [*cues(), "according to", "in the words of", *(f"{verb} by" for verb in BY)]:
        for spelling in (form, form[0].upper() + form[1:]):
            automaton.add_word(spelling, len(form))
    automaton.make_automaton()
    return automaton


BY = ("reported", "stated", "quoted", "announced", "described", "noted")


def cue_places(text: str) -> list[int]:
    """Where forms of cues begin in the text, as whole words, in order; some more than once."""
    places = []
    size = len(text)
    for last, length in _automaton().iter(text):
        start = last + 1 - length
        if (start == 0 or not text[start - 1].isalnum()) and (last + 1 == size or not text[last + 1].isalnum()):
            places.append(start)
    return places
