"""Pronouns that can mean one person, one body or one group of those named just before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from mediakit.matching import Page

from .reference_cast import Cast, Named, Reference, reference

_LOOK_BACK = 2  # sentences before the pronoun's own that may hold whom it means
_LONGEST = 2000  # code points of a sentence that are looked at: text without stops must not take quadratic time
_FAR = 90  # code points from the start of a sentence to its subject

_PRONOUN = re.compile(r"\b(?:[Hh](?:e|im|is|imself|ers?|erself)|[Ss]he|[Ii]t(?:s|self)?|[Tt]he(?:y|m|irs?|mselves))\b")
_FEMALE = {"she", "her", "hers", "herself"}
_MALE = {"he", "him", "his", "himself"}
_THINGS = ("organisation", "country", "media")
_MANY = ("organisation", "media", "group")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|``[^\n]*?(?:''|$)", re.MULTILINE)

_SAID = (
    r"(?:said|says|announced|announces|stated|states|claimed|claims|reported|reports|confirmed|confirms|added|adds|denied|"
    r"denies|warned|warns|believes?|believed|expects?|expected|hopes?|hoped|revealed|reveals|insists?|insisted|admitted|"
    r"admits|argued|argues|promised|promises|thought|thinks)"
)
# "Acme said on Monday that it": the body that says it
_SAYS_IT = re.compile(
    rf"\b{_SAID}(?: (?:today|yesterday|that|also|earlier|later|recently|"
    r"(?:on |last |this )?(?:[A-Z][a-z]+day|week|month|year)),?)* \Z"
)
# "that it is likely": nobody
_NOBODY = re.compile(
    r" (?:seem|appear|take|took|remain|make|made|rain|turn)|"
    r" (?:is|was|would be|will be|may be|might be|had been|has been)(?: \w+ly| not| too| so| very)? "
    r"(?:likely|unlikely|possible|impossible|clear|unclear|important|difficult|hard|easy|necessary|time|true|vital|"
    r"essential|premature|early|late|up to|raining|snowing|wrong|right|good|bad|better|best|too|crucial|obvious|"
    r"evident|understood|hoped|expected that)\b"
)
# "It also plans": no "It is said", "It rained"
_IT_DOES = re.compile(
    rf" (?:also |now |then )?(?:{_SAID}|plans|planned|wants|wanted|intends|denied|declined|operates|employs)\b"
)
# Words in the plural that "they" may mean as well; no verbs, no times or sums.
_PLURAL = re.compile(
    r"\b(?!(?:says|has|was|is|its|his|this|does|as|us|plus|news|less|unless|across|always|perhaps|business|process|access|"
    r"congress|series|press|class|loss|crisis|basis|analysis|express|various|previous|serious|besides|towards|years|months|"
    r"days|weeks|hours|minutes|dollars|euros|pounds|times|miles|kilometres|kilometers)\b)[a-z]{2,}s\b|"
    r"\b(?:people|police|men|women|children|both|others|two|three|four|five|several|many|some|all|those|these|who)\b"
)
# What makes the first person of a sentence not its subject.
_GOVERNED = re.compile(
    r"\b(?:of|to|by|for|with|from|about|against|on|at|under|over|after|before|like|than|and|that|when|where|while)"
    r"(?: [A-Z][\w.’'-]*| the| a| an| former| president| minister| prime| [a-z]+er| [a-z]+or){0,4} ?\Z"
)

_NOT_ALONE = re.compile(r" ?['’]s\b|,? (?:and|or|&) |, [A-Z]|['’] ")

# "In his own remarks, Putin said": the person named right behind the phrase that opens the sentence
_OPENS = re.compile(
    r"(?:In|With|After|Before|During|Despite|On|At|From|By|Through|Following|Since|Under|Throughout|For)"
    r"(?: (?!and )[a-z]+){0,3} \Z"
)
_UP_TO_NAME = re.compile(r"[^,.;:\n“”\"]{1,60}, (?:(?:[A-Z][a-z]+\.?|the former|former|then|the) ){0,4}")


class _Meant(NamedTuple):
    """Whom the last pronoun of a gender meant, and the number of its sentence."""

    sentence: int
    name: Named


class _Reader:
    """One article, read pronoun by pronoun."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page, self.cast, self.text = page, cast, page.text
        self.starts = [sentence.start for sentence in page.sentences]
        self.quoted = [found.span() for found in _QUOTED.finditer(page.text)]
        self.quote_starts = [start for start, _ in self.quoted]
        self.adjectives = {
            start for start, _, entry in page.entries() if all(who.form == "demonym" for who in entry.candidates)
        }
        self.last: dict[str, _Meant] = {}
        self.opened: dict[int, Named] = {}  # sentences that a pronoun opens → whom it means

    def in_quotation(self, place: int) -> bool:
        """Whether the place is between quotation marks."""
        at = bisect_right(self.quote_starts, place) - 1
        return at >= 0 and self.quoted[at][0] < place < self.quoted[at][1]

    def begin(self, number: int, start: int) -> int:
        """Where the sentence of a pronoun begins; of one without end, no further back than can matter."""
        return max(self.starts[number], start - _LONGEST)

    def end(self, number: int) -> int:
        """Where the sentence ends and the next starts."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def fits(self, name: Named, gender: str) -> bool:
        """Whether a person is of this gender, as far as known."""
        return self.cast.gender.get(name.actor, gender) == gender

    def fitting(self, low: int, high: int, gender: str) -> list[Named]:
        """The actors named from low to high whom the pronoun fits, each at its last name, in order."""
        if gender:
            found = [name for name in self.cast.between(low, high, ("person",)) if self.fits(name, gender)]
        else:
            found = [name for name in self.cast.between(low, high, _THINGS) if name.start not in self.adjectives]
        return list({name.actor: name for name in reversed(found)}.values())[::-1]

    def subject(self, number: int, gender: str) -> Named | None:
        """Who the sentence is about: the pronoun that opens it, or its first person, if no preposition is before."""
        opened = self.opened.get(number)
        if opened:
            return opened if self.fits(opened, gender) else None
        begin = self.starts[number]
        first = next(iter(self.cast.between(begin, min(self.end(number), begin + _LONGEST), ("person",))), None)
        if first is None or not self.fits(first, gender) or _NOT_ALONE.match(self.text, first.end):
            return None
        before = self.text[begin : first.start]
        return None if len(before) > _FAR or _GOVERNED.search(before) else first

    def named_behind(self, number: int, start: int, gender: str) -> Named | None:
        """Who is named where the phrase ends that opens the sentence and holds the pronoun."""
        begin = self.starts[number]
        if start - begin > _FAR or not _OPENS.match(self.text, begin, start):
            return None
        phrase = _UP_TO_NAME.match(self.text, start)
        names = self.cast.between(start, phrase.end() + 1, ("person",)) if phrase else []
        return names[0] if len(names) == 1 and self.fits(names[0], gender) else None

    def person(self, number: int, start: int, gender: str) -> tuple[Named, str] | None:
        """The only one in its sentence so far; else the one that the sentences before are about."""
        last = self.last.get(gender)
        behind = self.named_behind(number, start, gender)
        if behind:
            return behind, "named right behind it"
        here = self.fitting(self.begin(number, start), start, gender)
        if last and last.sentence == number:
            named = any(name.actor == last.name.actor for name in here)
            if len(here) > 1 and named:
                return last.name, "goes on"
            here = here if named else [last.name, *here]
        if here:
            return (here[0], "only one in the sentence") if len(here) == 1 else None
        for before in range(number - 1, max(-1, number - 1 - _LOOK_BACK), -1):
            near = self.fitting(self.begin(before, self.starts[before + 1]), self.starts[before + 1], gender)
            if last and last.sentence == before and (not near or any(name.actor == last.name.actor for name in near)):
                return last.name, "goes on"
            if len(near) == 1:
                return near[0], "only one in the sentence before"
            if near:
                opens = start - self.starts[number] < len("But then ")
                subject = self.subject(before, gender) if opens else None
                return (subject, "subject of the sentence before") if subject else None
        so_far = [name for name in self.cast.people_before(start) if self.fits(name, gender)]
        return (so_far[0], "only one in the article") if len(so_far) == 1 else None

    def thing(self, number: int, start: int, word: str) -> tuple[Named, str] | None:
        """The organisation or state that "its" means, or "it" where only somebody who acts can be meant."""
        begin = self.begin(number, start)
        last = self.last.get("")
        here = self.fitting(begin, start, "")
        said = _SAYS_IT.search(self.text, max(begin, start - 90), start)
        if said and not _NOBODY.match(self.text, start + 2) and not self.cast.between(begin, said.start(), ("person",)):
            sayers = self.fitting(begin, said.start(), "")
            sayers = [name for name in sayers if name.type != "country"] or sayers
            if len(sayers) == 1:
                return sayers[0], "says it"
        if last and last.sentence == number and (not here or any(name.actor == last.name.actor for name in here)):
            return (last.name, "goes on") if word != "it" else None
        if word == "it" and not (start == begin and _IT_DOES.match(self.text, start + 2)):
            return None
        if here:
            return (here[0], "only one in the sentence") if len(here) == 1 else None
        near = self.fitting(self.begin(number - 1, begin), begin, "") if number else []
        return (near[0], "only one in the sentence before") if len(near) == 1 else None

    def many(self, number: int, start: int) -> tuple[Named, str] | None:
        """The only organisation or group named in the sentence so far, where no other word in the plural stands."""
        begin = self.begin(number, start)
        names = self.cast.between(begin, start, _MANY)
        bodies = list({name.actor: name for name in names}.values())
        if len(bodies) != 1 or _PLURAL.search(self.text, begin, start):
            return None
        return bodies[0], "only body in the sentence"


def pronouns_of(page: Page, cast: Cast) -> Iterator[Reference]:
    """The pronouns outside quotation marks that can mean only one of those named before; who speaks decides inside."""
    reader = _Reader(page, cast)
    for found in _PRONOUN.finditer(page.text):
        start = found.start()
        number = bisect_right(reader.starts, start) - 1
        if page.sentences[number].part != "body" or reader.in_quotation(start):
            continue
        word = found.group().casefold()
        gender = "female" if word in _FEMALE else "male" if word in _MALE else ""
        if gender:
            meant = reader.person(number, start, gender)
        else:
            meant = reader.thing(number, start, word) if word.startswith("it") else reader.many(number, start)
        if meant:
            name, rule = meant
            reader.last[gender] = _Meant(number, name)
            if word in ("he", "she") and start - reader.starts[number] < _FAR // 2:
                reader.opened.setdefault(number, name)
            yield reference(found.span(), name.actor, name.type, "pronoun", rule)
