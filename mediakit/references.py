"""Who is meant without being named: descriptions ("the Russian leader") and pronouns.

The rules rather pass one over than guess. Only people and organisations that the article names are candidates.
docs/actors.md lists the rules, docs/accuracy.md how often they are right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mediakit.matching import Page, context

_LOOK_BACK = 2  # sentences before the pronoun's own that may hold whom it means

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself|[Ii]ts|[Ii]tself)\b")
_FEMALE = {"she", "her", "hers", "herself"}
_THING = {"its", "itself"}
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|``[^\n]*?(?:''|$)", re.MULTILINE)

_ROLES = (
    "leader|president|prime minister|premier|chancellor|foreign minister|foreign secretary|defen[cs]e minister|"
    "finance minister|interior minister|transport minister|home secretary|secretary of state|treasury secretary|"
    "defen[cs]e secretary|press secretary|secretary[- ]general|minister|secretary|king|queen|prince|princess|pope|"
    "pontiff|emir|sultan|senator|congressman|congresswoman|governor|mayor|speaker|ambassador|envoy|judge|justice|"
    "chief executive officer|chief executive|chief operating officer|chief financial officer|chief economist|"
    "ceo|cfo|coo|chief|head|director[- ]general|director|chairman|chairwoman|chair|founder|co-founder|spokesman|"
    "spokeswoman|spokesperson|billionaire|businessman|tycoon|strongman|dictator|lawmaker|politician|general|"
    "commander|activist|lawyer|professor|analyst|economist|author|singer|actor|actress|coach|captain|officer|"
    "administrator|commissioner|candidate|nominee"
)
_PAST = "former |then[- ]|ex-|current |late |incumbent |outgoing |new |long-?time "
_CAPITALS = r"(?:[A-Z][\w.’'&-]*(?:['’]s)? )"
_DESCRIPTION = re.compile(
    rf"\b[Tt]he (?:{_PAST})?(?P<of>{_CAPITALS}{{0,3}})(?P<role>{_ROLES})"
    r"(?: of (?:the )?(?P<tail>[A-Z]\w+(?: [A-Z]\w+){0,2}))?\b(?!['’]s? (?:office|house)|-)"
)
_BEFORE_NAME = re.compile(
    rf"(?:\b[Tt]he )?(?:{_PAST})?(?:[\w.&-]+['’]s )?{_CAPITALS}{{0,5}}(?:[a-z]+ ){{0,2}}"
    rf"(?i:{_ROLES})(?: and (?i:{_ROLES}))?(?=,? $)"
)
_AFTER_NAME = re.compile(
    rf", (?:who (?:is|was) )?(?P<words>[^,.;:\n]{{0,60}}?\b(?i:{_ROLES})\b[^,.;:\n]{{0,60}}?)(?=[,.;:\n]| said| says|$)"
)
_BODY = re.compile(
    r"\b[Tt]he (?P<of>(?:[A-Z][\w.-]* )?)(?P<role>company|firm|carmaker|automaker|airline|carrier|manufacturer|bank|"
    r"lender|retailer|planemaker|plane maker|aircraft maker|computer maker|chipmaker|corporation|agency|ministry|"
    r"newspaper|paper|broadcaster|union|alliance|watchdog|tech giant|giant|church|university|regulator)\b"
    r"(?!['’]s? (?:chief|head)|-)"
)
_HEADS = {"leader", "chief", "strongman", "dictator", "head"}


class Named(NamedTuple):
    """A name in the article, with what the registry or the article says of its bearer."""

    start: int
    end: int
    actor: str
    type: str
    gender: str = ""
    country: str = ""
    titles: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A description or a pronoun, and whom it means."""

    start: int
    end: int
    actor: str
    type: str
    form: str
    confidence: float = 0.9


@dataclass
class _Cast:
    """The people and bodies of one article: their names in order, genders, roles."""

    named: list[Named]
    gender: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[str]] = field(default_factory=dict)
    country: dict[str, str] = field(default_factory=dict)
    apposed: list[Reference] = field(default_factory=list)  # descriptions that stand beside the name

    def __post_init__(self) -> None:
        self.starts = [name.start for name in self.named]

    def between(self, start: int, end: int, types: Sequence[str]) -> list[Named]:
        found = self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [name for name in found if name.type in types]


def references(page: Page, named: Sequence[Named], *, descriptions: bool, pronouns: bool) -> list[Reference]:
    """The descriptions and pronouns in one article that can mean only one of those it names, in order."""
    cast = _cast(page, named)
    found: list[Reference] = []
    if descriptions:
        found += _descriptions(page, cast)
    if pronouns:
        people = [Named(*said[:4]) for said in found if said.type == "person" and said not in cast.apposed]
        known = sorted([*cast.named, *people], key=lambda name: name.start)
        found += _pronouns(page, _Cast(known, cast.gender, cast.roles, cast.country))
    return sorted(found)


def _cast(page: Page, named: Sequence[Named]) -> _Cast:
    """What the article says of the people it names: forms of address, offices before the name and in apposition."""
    cast = _Cast(sorted(named, key=lambda name: name.start))
    lists = context()
    for name in cast.named:
        if name.type != "person":
            continue
        gender = name.gender
        roles = cast.roles.setdefault(name.actor, [])
        roles += [title.strip() for title in name.titles]
        before = page.text[page.sentence(name.start).start : name.start][-90:]
        title = _BEFORE_NAME.search(before)
        if title:
            roles.append(title.group().strip().casefold())
            place = name.start - len(before) + title.start()
            cast.apposed.append(Reference(place, place + len(title.group()), name.actor, "person", "description"))
        word = before.rstrip().rsplit(" ", 1)[-1].rstrip(".").casefold()
        gender = "female" if word in lists.female_titles else "male" if word in lists.male_titles else gender
        after = _AFTER_NAME.match(page.text, name.end, name.end + 140)
        if after and not after["words"].split(" ")[0].endswith("ing"):
            roles.append(after["words"].casefold())
            cast.apposed.append(Reference(*after.span("words"), name.actor, "person", "description"))
        if gender:
            cast.gender.setdefault(name.actor, gender)
        if name.country:
            cast.country.setdefault(name.actor, name.country)
    return cast


def _descriptions(page: Page, cast: _Cast) -> Iterator[Reference]:
    yield from cast.apposed
    for found in _DESCRIPTION.finditer(page.text):
        if any(found.start() < said.end and said.start < found.end() for said in cast.apposed):
            continue  # "the Russian leader Vladimir Putin"
        people = _described(found, cast)
        if len(people) == 1:
            yield Reference(found.start(), found.end(), people[0], "person", "description")
    for found in _BODY.finditer(page.text):
        sentence = page.sentence(found.start())
        first = _before(page, sentence.start, _LOOK_BACK)
        near = cast.between(first, found.start(), ("organisation", "media"))
        bodies = list(dict.fromkeys((name.actor, name.type) for name in near))
        if len(bodies) == 1:
            yield Reference(found.start(), found.end(), *bodies[0], "description")


def _described(found: re.Match[str], cast: _Cast) -> list[str]:
    """The people, named in the article before or right after, whom the description fits."""
    role = found["role"].casefold()
    owner = (found["of"].strip() or found["tail"] or "").removesuffix("'s").removesuffix("’s")
    inside = cast.between(found.start(), found.end(), ("country", "organisation", "media", "group"))
    states = {name.country for name in inside if name.country}
    seen = {name.actor for name in cast.named if name.type == "person" and name.start < found.start()}
    people = []
    for actor in dict.fromkeys(name.actor for name in cast.named if name.type == "person"):
        if actor not in seen:
            continue
        roles = cast.roles.get(actor, [])
        holds = any(re.search(rf"\b{re.escape(role)}\b", words) for words in roles)
        if role in _HEADS and owner:
            holds = holds or any(head in words for words in roles for head in (*context().governing, "leader"))
        if not holds:
            continue
        if owner:
            fits = cast.country.get(actor) in states if states and actor in cast.country else None
            if not (fits or (fits is None and any(owner.casefold() in words for words in roles))):
                continue
        people.append(actor)
    return people


def _before(page: Page, start: int, sentences: int) -> int:
    """Where the sentence `sentences` before the one at `start` begins, within the paragraph's neighbourhood."""
    place = next(at for at, sentence in enumerate(page.sentences) if sentence.start >= start)
    return page.sentences[max(0, place - sentences)].start


def _pronouns(page: Page, cast: _Cast) -> Iterator[Reference]:
    """The pronouns that can mean one person, or one body, of those named just before."""
    quoted = [found.span() for found in _QUOTED.finditer(page.text)]
    last: dict[str, tuple[int, Named]] = {}  # gender → the sentence's start and whom the last pronoun meant
    for found in _PRONOUN.finditer(page.text):
        if any(start < found.start() < end for start, end in quoted):
            continue  # who speaks decides whom they mean
        sentence = page.sentence(found.start())
        if sentence.part != "body":
            continue
        word = found.group().casefold()
        gender = "" if word in _THING else "female" if word in _FEMALE else "male"
        meant = _meant(page, cast, sentence.start, found.start(), gender, last.get(gender))
        if meant:
            last[gender] = (sentence.start, meant)
            yield Reference(found.start(), found.end(), meant.actor, meant.type, "pronoun")


def _meant(
    page: Page, cast: _Cast, sentence: int, start: int, gender: str, last: tuple[int, Named] | None
) -> Named | None:
    """Whom a pronoun means: the only one in its sentence so far; else the one that the sentences before are about."""
    types = ("person",) if gender else ("organisation", "country", "media")

    def fitting(low: int, high: int) -> list[Named]:
        found = [name for name in cast.between(low, high, types) if _fits(cast, name, gender)]
        return list({name.actor: name for name in reversed(found)}.values())[::-1]

    here = fitting(sentence, start)
    if len(here) == 1:
        return here[0]
    if here:
        continued = last[1] if last and any(name.actor == last[1].actor for name in here) else None
        return continued if continued and last and last[0] == sentence else None
    end = sentence
    for _ in range(_LOOK_BACK):
        begin = _before(page, end, 1)
        near = fitting(begin, end)
        if last and last[0] == begin and gender:
            return last[1] if not near or any(name.actor == last[1].actor for name in near) else None
        if near or begin == end:
            return near[0] if len(near) == 1 else None
        end = begin
    so_far = fitting(0, start) if gender else []
    return so_far[0] if len(so_far) == 1 else None


def _fits(cast: _Cast, name: Named, gender: str) -> bool:
    return not gender or cast.gender.get(name.actor, gender) == gender
