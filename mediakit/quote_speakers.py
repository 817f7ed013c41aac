"""Whom the subject of a cue names: the registry's actor, the full name in the article, or what kind of speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .matching import context
from .quote_cues import words
from .quote_full_names import FIRM_SUFFIX, NAME, PARTICLE, POSSESSIVE, Mention, Names
from .quote_marks import Quoted
from .quote_names import (
    SUFFIXES,
    gender_of_words,
    head_of,
    is_body,
    is_title,
    name_tokens,
    run_start,
)
from .quote_subjects import phrase_after
from .quote_units import Unit

_OWNERS = ("'s", "’s", "s'", "s’")
_UNDECIDED = 0.3  # two bear the name
_LONG = 2000  # code points of a sentence that are read for names
_MEANT = 0.65  # how sure a description is
_HOLDER_BACK = 3  # sentences that "the bank chief" looks back
_FAR = 3000  # code points back that a title is looked for
_RECENT = 40  # speakers that are still in mind
_SENTENCES_BACK = 6  # that a pronoun looks for whom it means
_STOP_INSIDE = re.compile(r"[^\W\d_]{3,}\. ")  # "in Philadelphia. In": two sentences
_FULL_NAME = re.compile(rf"{NAME}(?: (?:[A-Z]\.|{NAME}|{PARTICLE})){{1,5}}")


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
        self.names = Names(text, mentions)
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
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
        if self._are_two(unit, first, end):
            return Speaker(None, start, stop, "collective", 0.85, "", True)
        name = name_tokens(unit, first, end)
        if name is None or (unit.lower[first] == "the" and all(is_title(unit.words[at]) for at in range(*name))):
            return self._described(unit, first, end)
        return self._named(unit, first, name, start, stop)

    def _are_two(self, unit: Unit, first: int, end: int) -> bool:
        """Whether "and" joins two who speak: "Merkel and Hollande", not "Johnson and Johnson"."""
        at = next((at for at in range(first + 1, end - 1) if unit.lower[at] == "and"), None)
        if at is None or not unit.is_name(at + 1) or not unit.is_name(at - 1) or at - first > 6:
            return False
        left = self.names.mention(unit.starts[run_start(unit, first, at)], unit.ends[at - 1])
        right = self.names.mention(unit.starts[at + 1], unit.ends[end - 1])
        if left and right:
            return left.end <= right.start and left.actor != right.actor
        begin = run_start(unit, first, at)
        if at - begin not in (2, 3) or end - at not in (3, 4) or not all(map(unit.is_name, range(at + 1, end))):
            return False
        bodies = any(word in words().body_ends or word.lower() in SUFFIXES for word in unit.words[begin:end])
        return not bodies and bool({unit.lower[begin], unit.lower[at + 1]} & context().given)

    def _named(self, unit: Unit, first: int, name: tuple[int, int], start: int, stop: int) -> Speaker:
        name_start, name_end = unit.starts[name[0]], unit.ends[name[1] - 1]
        written = POSSESSIVE.sub("", self.text[name_start:name_end])
        name_end = name_start + len(written)
        mention = self.names.mention(name_start, name_end) or self._firm(written, name_start)
        title = unit.lower[first : name[0] + 1]
        gender = gender_of_words(title)
        if mention:
            kind = "media" if mention.type == "media" else "named"
            many = mention.type != "person"
            return Speaker(mention.actor, start, stop, kind, 0.95, mention.gender or gender, many)
        full = self.names.full_name(written, name_start)
        if full is None:
            return Speaker(None, start, stop, "named", _UNDECIDED, gender)
        gender = gender or self.names.gender(full)
        head = full.split(" ")[0].rstrip(".").casefold()
        many = not gender and head not in context().given and is_body(full)
        media = bool(words().media & set(unit.lower[first : name[1]])) and many
        return Speaker(full, start, stop, "media" if media else "named", 0.9, gender, many)

    def _described(self, unit: Unit, first: int, end: int) -> Speaker:
        head = head_of(unit, first, end)
        word = unit.lower[head]
        lists = words()
        start, stop = unit.starts[first], unit.ends[end - 1]
        named = self.names.mention(unit.starts[head], unit.ends[head])
        if named and named.form in ("title", "demonym", "name", "variant"):
            return Speaker(named.actor, start, stop, "named", 0.85, named.gender, named.type != "person")
        titled = self.names.mention(start, unit.ends[head])
        if titled:
            return Speaker(titled.actor, start, stop, "named", 0.85, titled.gender, titled.type != "person")
        kind, many = "unnamed", False
        meant = self._body_meant(unit, first, head, end) or self._holder_meant(unit, first, head, end)
        if meant:
            return meant
        owner = self._owner(unit, first, head, end) if word in lists.documents else None
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

    def _body_meant(self, unit: Unit, first: int, head: int, end: int) -> Speaker | None:
        """The body last spoken of that "the company" or "the bank" can mean."""
        word = unit.lower[head]
        special = word in words().bodies
        if unit.lower[first] != "the" or head + 1 != end or head - first > 3 or not (special or word in words().firms):
            return None
        start, stop = unit.starts[first], unit.ends[head]
        barred = ("country", "group", "place") if special else ("country", "group", "place", "media")
        others = {mention.actor for mention in self.mentions if mention.type in barred}
        starts = self.names.unit_starts
        here = bisect_right(starts, start) - 1
        for number in range(here, max(here - _SENTENCES_BACK * (1 + special), -1), -1):
            near = self._between(
                self.names.unit_starts[number], start if number == here else self.names.unit_starts[number + 1]
            )
            fitting = [one for one in near if one.many and one.name and one.name not in others]
            fitting = [one for one in fitting if str(one.name).lower() not in words().bodies]
            if special:
                fitting = [one for one in fitting if word in f"{one.name} {self.text[one.start : one.end]}".lower()]
            if fitting:
                spoke = [speaker for speaker in fitting if speaker in self.heard[-_RECENT:]]
                best = spoke[-1] if spoke else fitting[0]
                return Speaker(best.name, start, stop, best.kind, _MEANT, "", True)
        return None

    def _holder_meant(self, unit: Unit, first: int, head: int, end: int) -> Speaker | None:
        """The person whom "the bank chief" means: named with the title before, or the only one near."""
        if unit.lower[first] != "the" or head + 1 != end or head - first > 4 or unit.lower[head] not in words().holders:
            return None
        start, stop = unit.starts[first], unit.ends[head]
        title = self.text[unit.starts[first + 1] : stop] if head > first else ""
        named = list(
            re.finditer(rf"(?i:\b{re.escape(title)}) ({NAME}(?: {NAME})?)", self.text[max(0, start - _FAR) : start])
        )
        if named:
            at = max(0, start - _FAR) + named[-1].start(1)
            name = POSSESSIVE.sub("", named[-1].group(1)).rstrip(".,")
            if not is_title(name.split(" ")[0]):
                mention = self.names.mention(at, at + len(name))
                full = mention.actor if mention else self.names.full_name(name, at)
                if full:
                    return Speaker(full, start, stop, "named", 0.75, mention.gender if mention else "")
        gender = gender_of_words([unit.lower[head]])
        starts = self.names.unit_starts
        here = bisect_right(starts, start) - 1
        for number in range(here, max(here - _HOLDER_BACK, -1), -1):
            near = self._between(
                self.names.unit_starts[number], start if number == here else self.names.unit_starts[number + 1]
            )
            people = {one.name: one for one in near if not one.many and one.gender in ("", gender or one.gender)}
            if people:
                best = next(iter(people.values()))
                return Speaker(best.name, start, stop, "named", _MEANT, best.gender) if len(people) == 1 else None
        return None

    def _owner(self, unit: Unit, first: int, head: int, end: int) -> Speaker | None:
        """Whose statement it is: "Cornyn's statement", "a statement by Cornyn"."""
        for at in range(head - 1, first - 1, -1):
            if unit.lower[at].endswith(_OWNERS) and unit.is_name(at):
                name = run_start(unit, first, at + 1), at + 1
                return self._named(unit, first, name, unit.starts[name[0]], unit.ends[at])
        for at in range(head + 1, min(end, head + 8) - 1):
            if unit.lower[at] in ("by", "from") and (unit.is_name(at + 1) or unit.lower[at + 1] == "the"):
                phrase = phrase_after(unit, at + 1)
                if phrase and unit.is_name(phrase[1] - 1):
                    return self._resolve(unit, *phrase)
        return None

    def _firm(self, written: str, start: int) -> Mention | None:
        """The mention of "Acme" in "Acme Corp."."""
        bare = FIRM_SUFFIX.sub("", written)
        return self.names.mention(start, start + len(bare)) if bare != written and " " in written else None

    def _pronoun(self, word: str, start: int, stop: int) -> Speaker:
        """The one who spoke or was named first in the nearest sentence before that has somebody who fits.

        The subject of a sentence mostly comes first in it, and a pronoun mostly takes up a subject.
        """
        gender = "female" if word == "she" else "male" if word == "he" else ""
        nobody = Speaker(None, start, stop, "pronoun", 0.3, gender, word == "they")
        if word in ("i", "we", "you"):
            return nobody
        starts = self.names.unit_starts
        here = bisect_right(starts, start) - 1
        for number in range(here, max(here - _SENTENCES_BACK, -1), -1):
            first = self.names.unit_starts[number]
            last = start if number == here else self.names.unit_starts[number + 1]
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
            first = self.names.unit_starts[number]
            end = self.names.unit_starts[number + 1] if number + 1 < len(self.names.unit_starts) else len(self.text)
            found = _FULL_NAME.finditer(self.text, first, min(end, first + _LONG))
            self._people[number] = [
                Speaker(POSSESSIVE.sub("", match.group()), match.start(), match.end(), "named", 0.7)
                for match in found
                if match.group().split()[0].casefold() in context().given
                and not _STOP_INSIDE.search(match.group())
                and not self._is_quoted(match.start())
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
