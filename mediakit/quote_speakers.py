"""Whom the subject of a cue names: the registry's actor, the full name in the article, or what kind of speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .matching import context
from .quote_cues import words
from .quote_marks import Quoted
from .quote_names import (
    gender_of_words,
    head_of,
    is_body,
    is_title,
    is_title_or_the,
    name_tokens,
    run_start,
    without_titles,
)
from .quote_units import Unit

_POSSESSIVE = re.compile(r"['’]s?\Z")
_NAME = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_BEFORE_SURNAME = re.compile(rf"(?:(?:{_NAME}|de|van|von|der|al|bin|del|di|da|la|le) ){{1,4}}\Z")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_LONG = 2000  # code points of a sentence that are read for names
_RECENT = 40  # speakers that are still in mind
_SENTENCES_BACK = 6  # that a pronoun looks for whom it means
_FULL_NAME = re.compile(rf"{_NAME}(?: (?:[A-Z]\.|{_NAME}|de|van|von|der|bin|del|di|da)){{1,4}}")


class Mention(NamedTuple):
    """A row of the frame mentions."""

    start: int
    end: int
    actor: str
    type: str
    form: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `name` is None where nobody is named; start and end are where the text says who."""

    name: str | None
    start: int
    end: int
    kind: str  # named, collective, document, media, unnamed or pronoun
    confidence: float
    gender: str = ""
    many: bool = False  # a body or several people: "they" or "it", not "he"


class Speakers:
    """Resolves the subjects of one article, in the order of the text."""

    def __init__(self, text: str, mentions: Sequence[Mention], spans: Sequence[Quoted]) -> None:
        """Nothing is looked up before it is asked for."""
        self.text = text
        self.spans = spans
        self._span_starts = [span.outer_start for span in spans]
        self.unit_starts: list[int] = []
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._full: dict[str, str] = {}
        self._people: dict[int, list[Speaker]] = {}
        self.heard: list[Speaker] = []

    def resolve(self, unit: Unit, first: int, end: int) -> Speaker:
        """The speaker that the tokens name."""
        speaker = self._resolve(unit, first, end)
        self.heard.append(speaker)
        return speaker

    def _resolve(self, unit: Unit, first: int, end: int) -> Speaker:
        start, stop = unit.starts[first], unit.ends[end - 1]
        if end - first == 1 and unit.lower[first] in words().pronouns:
            return self._pronoun(unit.lower[first], start, stop)
        name = name_tokens(unit, first, end)
        if name is None:
            return self._described(unit, first, end)
        return self._named(unit, first, name, start, stop)

    def _named(self, unit: Unit, first: int, name: tuple[int, int], start: int, stop: int) -> Speaker:
        name_start, name_end = unit.starts[name[0]], unit.ends[name[1] - 1]
        written = _POSSESSIVE.sub("", self.text[name_start:name_end])
        name_end = name_start + len(written)
        mention = self._mention(name_start, name_end)
        title = unit.lower[first : name[0] + 1]
        gender = gender_of_words(title)
        if mention:
            kind = "media" if mention.type == "media" else "named"
            many = mention.type != "person"
            return Speaker(mention.actor, start, stop, kind, 0.95, mention.gender or gender, many)
        full = self._full_name(written)
        head = full.split(" ")[0].rstrip(".").casefold()
        many = not gender and head not in context().given and is_body(full)
        media = bool(words().media & set(unit.lower[first : name[1]])) and many
        return Speaker(full, start, stop, "media" if media else "named", 0.9, gender, many)

    def _described(self, unit: Unit, first: int, end: int) -> Speaker:
        head = head_of(unit, first, end)
        word = unit.lower[head]
        lists = words()
        start, stop = unit.starts[first], unit.ends[end - 1]
        named = self._mention(unit.starts[head], unit.ends[head])
        if named and named.form in ("title", "demonym", "name", "variant"):
            return Speaker(named.actor, start, stop, "named", 0.85, named.gender, named.type != "person")
        titled = self._mention(start, unit.ends[head])
        if titled:
            return Speaker(titled.actor, start, stop, "named", 0.85, titled.gender, titled.type != "person")
        kind, many = "unnamed", False
        owner = self._owner(unit, first, head) if word in lists.documents else None
        if owner:
            return Speaker(owner.name, start, stop, "document", 0.85, owner.gender, owner.many)
        if word in lists.documents or word.endswith("report"):
            kind, many = "document", True
        elif word in lists.media:
            kind, many = "media", True
        elif (
            word in lists.collective
            or unit.lower[first]
            in (
                "both",
                "many",
                "some",
                "several",
                "all",
                "these",
                "those",
            )
            or (word.endswith("s") and word not in lists.people)
        ):
            kind, many = "collective", True
        return Speaker(None, start, stop, kind, 0.85, gender_of_words([word]), many)

    def _owner(self, unit: Unit, first: int, head: int) -> Speaker | None:
        """Whose statement it is: "Cornyn's statement"."""
        for at in range(head - 1, first - 1, -1):
            if unit.lower[at].endswith(("'s", "’s")) and unit.is_name(at):
                name = run_start(unit, first, at + 1), at + 1
                return self._named(unit, first, name, unit.starts[name[0]], unit.ends[at])
        return None

    def _mention(self, start: int, end: int) -> Mention | None:
        """The mention that ends where the name does and is the name: not the "Canada" of "Environment Canada"."""
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self.mentions[at].end > start:
            mention = self.mentions[at]
            if mention.end == end and mention.form != "demonym":
                before = self.text[start : mention.start].strip()
                person = mention.type == "person"
                plain = all(is_title_or_the(word) for word in before.split())
                if mention.start <= start or person or plain:
                    return mention
            if mention.end == end and mention.start <= start:
                return mention
            at -= 1
        return None

    def _full_name(self, name: str) -> str:
        """The fullest form of the name in the article: "Kew" → "Darren Kew"."""
        name = without_titles(name)
        if name not in self._full:
            self._full[name] = self._search_full(name)
        return self._full[name]

    def _search_full(self, name: str) -> str:
        if " " in name or not name or not name[0].isupper():
            return name
        if name in words().body_ends:
            found = re.search(rf"\b{name} of (?:the )?{_NAME}(?: {_NAME})*", self.text)
            return _POSSESSIVE.sub("", found.group()).rstrip(".") if found else name
        at = self.text.find(name)
        while at >= 0:
            after = self.text[at + len(name) : at + len(name) + 1]
            before = self.text[max(0, at - 60) : at]
            found = _BEFORE_SURNAME.search(before)
            if found and not after.isalnum():
                full = self._given_names(found.group(), at - len(found.group()), name)
                if full:
                    return full
            at = self.text.find(name, at + 1)
        return name

    def _given_names(self, before: str, start: int, name: str) -> str | None:
        parts = before.split()
        while parts and (
            is_title(parts[0])
            or _POSSESSIVE.search(parts[0])
            or (parts[0].rstrip(".").isupper() and len(parts[0].rstrip(".")) > 2)
        ):
            parts.pop(0)
        known = next((number for number, part in enumerate(parts) if part.casefold() in context().given), None)
        if known is not None:
            parts = parts[known:]
        elif len(parts) > 2:
            parts = parts[-1:]
        if not parts or parts[-1].casefold() in context().openers or parts[0].casefold() in context().openers:
            return None
        if any(
            mention.start <= self.text.find(parts[-1], start) < mention.end and mention.type != "person"
            for mention in self._around(start)
        ):
            return None
        return " ".join([*parts, name])

    def _around(self, start: int) -> Sequence[Mention]:
        at = bisect_left(self._starts, start - 40)
        return self.mentions[at : bisect_left(self._starts, start + 80)]

    def _pronoun(self, word: str, start: int, stop: int) -> Speaker:
        """The one who spoke or was named first in the nearest sentence before that has somebody who fits.

        The subject of a sentence mostly comes first in it, and a pronoun mostly takes up a subject.
        """
        gender = "female" if word == "she" else "male" if word == "he" else ""
        nobody = Speaker(None, start, stop, "pronoun", 0.3, gender, word == "they")
        if word in ("i", "we", "you"):
            return nobody
        here = bisect_right(self.unit_starts, start) - 1
        for number in range(here, max(here - _SENTENCES_BACK, -1), -1):
            first = self.unit_starts[number]
            last = start if number == here else self.unit_starts[number + 1]
            near = self._between(first, last)
            if gender:
                near = sorted([*near, *self._others(number, last, near)], key=lambda speaker: speaker.start)
            fitting = [speaker for speaker in near if _fits(speaker, word, gender)]
            if fitting:
                spoke = [speaker for speaker in fitting if speaker in self.heard[-_RECENT:]]
                best = spoke[-1] if spoke else fitting[0]
                known = bool(gender) and best.gender == gender
                alone = len({speaker.name for speaker in fitting}) == 1
                sure = 0.8 if known and alone else 0.7 if known or alone or spoke else 0.6
                return Speaker(best.name, start, stop, "pronoun", sure, best.gender or gender, best.many)
        return nobody

    def _between(self, first: int, last: int) -> list[Speaker]:
        """Speakers and actors between two places, in order."""
        found = [speaker for speaker in self.heard[-_RECENT:] if first <= speaker.start < last and speaker.name]
        many = {"organisation", "group", "country", "media"}
        for mention in self.mentions[bisect_left(self._starts, first) : bisect_left(self._starts, last)]:
            if mention.type == "person" or (mention.type in many and mention.form != "demonym"):
                person = mention.type == "person"
                place = mention.start, mention.end
                found.append(Speaker(mention.actor, *place, "named", 0.8, mention.gender, not person))
        found = [speaker for speaker in found if not self._is_quoted(speaker.start)]
        return sorted(found, key=lambda speaker: speaker.start)

    def _others(self, number: int, last: int, near: list[Speaker]) -> list[Speaker]:
        """People of a sentence whom neither the registry nor a cue names, by their given names."""
        if number not in self._people:
            first = self.unit_starts[number]
            end = self.unit_starts[number + 1] if number + 1 < len(self.unit_starts) else len(self.text)
            found = _FULL_NAME.finditer(self.text, first, min(end, first + _LONG))
            self._people[number] = [
                Speaker(_POSSESSIVE.sub("", match.group()), match.start(), match.end(), "named", 0.7)
                for match in found
                if match.group().split()[0].casefold() in context().given and not self._is_quoted(match.start())
            ]
        taken = {speaker.name for speaker in near}
        return [person for person in self._people[number] if person.start < last and person.name not in taken]

    def _is_quoted(self, place: int) -> bool:
        at = bisect_right(self._span_starts, place) - 1
        return at >= 0 and place < self.spans[at].end


def _fits(speaker: Speaker, word: str, gender: str) -> bool:
    if word in ("he", "she"):
        return not speaker.many and speaker.gender in ("", gender)
    return speaker.many
