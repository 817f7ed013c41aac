"""Descriptions by an office that is known for the day of publication: "the French president", named or not."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

from mediakit.matching import Page
from mediakit.offices import KNOWN_TO, Terms, office_key

from .reference_cast import Cast, Named

_SURE, _NEAR = 2, 30  # days around publication: nobody else then, or the confidence is lower
_STALE = 730  # days after the list was written: too long to go on with it
_AROUND = 1000  # code points around a description in which a past year matters
_STATES = ("country", "organisation")
_BEFORE = re.compile(
    r"\b(?:(?P<the>the|this country[’']s) )?(?P<past>(?:former|ex-|then[- ]|late|previous|past|last|next|first|future|"
    r"ousted|deposed|exiled|would-be|acting|interim|deputy|vice|shadow|assistant|caretaker|honorary|incoming|outgoing|"
    r"new) ?)?\Z",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?P<the>the )?(?:current|incumbent|sitting|long-?time|embattled) \Z", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|becomes?|became|becoming|elect(?:ed|s)?|re-elected|appointed|appoints?|named|nominated|"
    r"chosen|as|for|like|any|every|each|no|of being|to be) (?:the )?\Z",
    re.IGNORECASE,
)
_OF = (" of ", " of the ")
_LONGEST = 50  # code points of an office with "of the"
_TWO_NAMES = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+ \Z")
_OF_BODIES = {"secretary-general", "secretary general", "director-general", "director general"}
_NO_TAIL = re.compile(
    r" of\b|-\w|[ -](?:elect|designate|emeritus|nominee|candidate|hopeful|pro tempore|executive|negotiator|economist|"
    r"justice|rabbi|prosecutor|whip|strategist|scientist|investigator|delegate|coach|advis[eo]r|officer|inspector|commissioner|"
    r"secretary|constable|mufti|spokes\w+|minister|medical|operating|financial|legal|military|state|technology|teacher)\b"
)
_NAME_BEHIND = re.compile(r",? (?:and )?(?=[A-Z])")
_YEAR = re.compile(r"(?<![\w.,$£€-])(1[89]\d\d|20\d\d)(?:s\b)?(?![\w%]|[.,]\d)")
_LONG_AGO = re.compile(
    r"\b(?:then|at the time|back then|in those days|years? ago|decades?|centur(?:y|ies)|years? earlier|previously|"
    r"formerly|last year|years later|history|historic(?:al)?|anniversary|late (?:19|20)\d\ds|world war)\b",
    re.IGNORECASE,
)


class Described(NamedTuple):
    """A description by office: its span, whose office it is, and the words for the office."""

    start: int
    end: int
    of: str  # a state or body of the registry; "" where the description does not say
    role: str
    past: bool
    state: bool = True


class Held(NamedTuple):
    """Who held an office on the day, and how sure that is."""

    actor: str
    rule: str


@dataclass(frozen=True)
class _Words:
    roles: dict[str, str]
    only: dict[str, tuple[str, frozenset[str]]]
    heads: frozenset[str]
    top: tuple[str, ...]
    alone: dict[str, list[str]]  # word → states of which it may mean the office by itself
    leads: dict[str, tuple[str, int]]  # state → the office that leads it, and since which year
    body: dict[str, dict[str, tuple[str, str]]]
    behind: re.Pattern[str]  # the office behind its state or body: "French president", "France's president"
    before: re.Pattern[str]  # the office before it: "president of France"
    bare: re.Pattern[str]  # the office alone: "the president"


@cache
def words() -> _Words:
    """The words for offices that ship with mediakit."""
    path = resources.files("mediakit").joinpath("data", "reference_offices.toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = {word: office for office, names in lists["roles"].items() for word in names}
    only = {word: (office, frozenset(states)) for word, (office, *states) in lists["of"].items()}
    body = {
        of: {word: (office, whose) for word, (office, whose) in named.items()} for of, named in lists["body"].items()
    }
    leads = {}
    for office, states in lists["leads"].items():
        for state, _, since in (entry.partition(" since ") for entry in states):
            leads[state] = office, int(since or 0)
    heads = frozenset(lists["heads"]["words"])
    known = {*roles, *only, *heads, *(word for named in body.values() for word in named)} - {"pm"}  # "3 pm"
    # the longest first, so that "vice president" is not read as "president"; first letters as in "the French President"
    found = sorted(known, key=len, reverse=True)
    alternatives = "|".join(
        " ".join(f"(?i:{part[0]}){re.escape(part[1:])}" for part in word.split(" ")) for word in found
    )
    behind = re.compile(rf"(?P<genitive>['’]s)? (?P<role>{alternatives}|PM)(?![\w-])")
    before = re.compile(rf"(?<![\w’'-])(?P<role>{alternatives}) of (?:the )?\Z")
    bare = re.compile(rf"\b[Tt]he (?:current |incumbent )?(?P<role>{alternatives})(?![\w-])")
    return _Words(roles, only, heads, tuple(lists["heads"]["top"]), lists["alone"], leads, body, behind, before, bare)


def _either_case(word: str) -> str:
    """A pattern of words, each with a small or a capital first letter: the French President."""
    return " ".join(f"[{part[0]}{part[0].upper()}]{re.escape(part[1:])}" for part in word.split(" "))


def office_of(role: str, of: str, terms: Terms, day: date, *, state: bool) -> tuple[str, str] | None:
    """(office, of) that the words mean of a state or body: "leader", Germany → chancellor, Germany."""
    lists = words()
    if role in lists.body.get(of, {}):
        return lists.body[of][role]
    if role in lists.heads:
        if of in lists.leads:
            office, since = lists.leads[of]
            return (office, of) if day.year > since else None
        top = [] if state else [office for office in lists.top if terms.has(office, of)]
        return (top[0], of) if len({office_key(office) for office in top}) == 1 else None
    if role in lists.only:
        office, states = lists.only[role]
        return (office, of) if of in states else None
    return (lists.roles[role], of) if role in lists.roles else None


def offices_in(page: Page, cast: Cast) -> Iterator[Described]:
    """Descriptions by an office of a state or body: "the French president", "Nato's chief", "the president of Peru"."""
    text, lists = page.text, words()
    people = {name.end for name in cast.named if name.type == "person"}
    for owner in cast.named:
        of = _whose(owner)
        if not of or owner.start - 1 in people or _TWO_NAMES.search(text, max(0, owner.start - 40), owner.start):
            continue  # "made Jane Doe Britain's prime minister"
        state = of != owner.actor or owner.type == "country"
        found = lists.behind.match(text, owner.end)
        if found and not _NO_TAIL.match(text, found.end()) and _is_definite(page, owner, bool(found["genitive"])):
            before = _start(text, owner.start)
            if before:
                yield Described(before[0], found.end(), of, found["role"].casefold(), before[1], state)
        elif text.endswith(_OF, 0, owner.start):
            found = lists.before.search(text, max(0, owner.start - _LONGEST), owner.start)
            before = _start(text, found.start("role")) if found else None
            if found and before and before[2]:
                yield Described(before[0], owner.end, of, found["role"].casefold(), before[1], state)
    for found in lists.bare.finditer(text):
        role = found["role"].casefold()
        if role not in lists.heads and not _NO_TAIL.match(text, found.end()):
            before = _start(text, found.start("role"))
            if before:
                yield Described(before[0], found.end(), "", role, before[1])


def _is_definite(page: Page, owner: Named, genitive: bool) -> bool:
    """Whether one holder is meant: "the French president", "France's president"; headlines go without an article."""
    if genitive:
        return True
    before = _start(page.text, owner.start)
    sentence = page.sentence(owner.start)
    opens = sentence.start == owner.start and sentence.part != "body" and page.style(owner.start) == "plain"
    return before is not None and (before[2] or opens)


def _start(text: str, place: int) -> tuple[int, bool, bool] | None:
    """Where a description that goes on at `place` starts, whether it is about the past, whether it has an article."""
    lead = text[max(0, place - 60) : place]
    found = _PRESENT.search(lead) or _BEFORE.search(lead)
    past, the = bool(found and found.groupdict().get("past")), bool(found and found["the"])
    start = place - (len(lead) - found.start()) if found else place
    if _PREDICATE.search(text[max(0, start - 30) : start]):
        return None
    return start, past, the


def _whose(owner: Named) -> str:
    """The state or body that a name beside an office stands for; the Kremlin stands for Russia."""
    if owner.type == "organisation" and owner.country and owner.actor.endswith(" government"):
        return owner.country
    return owner.actor if owner.type in _STATES else ""


def holder(said: Described, page: Page, cast: Cast, terms: Terms) -> Held | None:
    """Who held the office when the article was published, where only one can be meant."""
    if page.published is None or said.past:
        return None
    day = page.published.date()
    if (day - KNOWN_TO).days > _STALE or _another_named(page, cast, said.end):
        return None
    rule = "office at that date"
    of = said.of
    if not of:
        of, rule = _only_owner(said.role, cast, terms)
    meant = office_of(said.role, of, terms, day, state=said.state) if of else None
    if meant is None:
        return None
    sure = terms.holders(*meant, day, around=_SURE)
    if len(sure) != 1 or not _of_now(page, said.start, meant, terms, day, sure):
        return None
    if rule == "office at that date" and (terms.holders(*meant, day, around=_NEAR) != sure or day > KNOWN_TO):
        rule = "office at about that date"
    return Held(sure[0], rule)


def _only_owner(role: str, cast: Cast, terms: Terms) -> tuple[str, str]:
    """Whose office it is where the description does not say: the only state or body of the article that has one."""
    if role in ("pope", "pontiff"):
        return "Vatican", "office at that date"
    owners = {of for of in map(_whose, cast.bodies) if of}
    if role in _OF_BODIES:
        having = [of for of in owners if terms.has(role, of)]
    else:
        states = {name.actor for name in cast.bodies if name.type == "country"} | (owners & set(words().leads))
        having = [of for of in states if of in words().alone.get(role, ()) and len(states) == 1]
    return (having[0] if len(having) == 1 else ""), "only state of the article"


def _another_named(page: Page, cast: Cast, end: int) -> bool:
    """Whether a name that is no known actor's follows: "the Peruvian president, Jane Doe"."""
    behind = _NAME_BEHIND.match(page.text, end)
    if not behind or page.style(end - 1) != "plain":
        return False
    place = bisect_right(cast.starts, behind.end())
    follows = cast.named[place - 1] if place else None
    return follows is None or follows.start != behind.end() or follows.type == "person"


def _of_now(page: Page, start: int, meant: tuple[str, str], terms: Terms, day: date, sure: tuple[str, ...]) -> bool:
    """Whether the text around speaks of the present, or of years in which the same one held the office."""
    place = max(bisect_right(page.sentences, start, key=lambda sentence: sentence.start) - 1, 0)
    sentence = page.sentences[place]
    low, high = max(sentence.start, start - _AROUND), min(sentence.end, start + _AROUND)
    if _LONG_AGO.search(page.text, low, high):
        return False
    first = page.sentences[max(0, place - 1)].start if sentence.part == "body" else sentence.start
    for found in _YEAR.finditer(page.text, max(first, start - _AROUND), high):
        year = int(found[1])
        if year < day.year and terms.holders(*meant, date(year, 7, 1), around=183) != sure:
            return False
    return True


def formerly(actor: str, role: str, terms: Terms | None, page: Page) -> bool | None:
    """Whether the actor held such an office before publication and no longer did; None where that is not known."""
    if terms is None or page.published is None:
        return None
    key, day = office_key(words().roles.get(role, role)), page.published.date()
    own = [term for term in terms.of_actor(actor) if office_key(term.office) == key and term.start <= day]
    return all(term.end is not None and term.end <= day for term in own) if own else None
