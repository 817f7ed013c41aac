"""Descriptions of people and bodies that the article names: "the Russian leader", "the carmaker"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mediakit.matching import Page, context
from mediakit.offices import Terms

from .reference_cast import CAPITALS, PAST, ROLES, Cast, Reference, reference
from .reference_offices import Described, Held, formerly, holder, offices_in

_LOOK_BACK = 2  # sentences before a body's description that may name it
_DESCRIPTION = re.compile(
    rf"\b[Tt]he (?P<past>{PAST})?(?P<of>{CAPITALS}{{0,3}})(?P<role>{ROLES})"
    r"(?: of (?:the )?(?P<tail>[A-Z]\w+(?: [A-Z]\w+){0,2}))?\b(?!['’]s? (?:office|house)|-)"
)
_BODY = re.compile(
    r"\b[Tt]he (?P<of>(?:[A-Z][\w.-]* )?)(?P<role>company|firm|carmaker|automaker|airline|carrier|manufacturer|bank|"
    r"lender|retailer|planemaker|plane maker|aircraft maker|computer maker|chipmaker|corporation|agency|ministry|"
    r"newspaper|paper|broadcaster|union|alliance|watchdog|tech giant|giant|church|university|regulator)\b"
    r"(?!['’]s? (?:chief|head)|-)"
)
_HEADS = {"leader", "chief", "strongman", "dictator", "head"}
_GONE = ("former ", "then", "ex-", "late ")


def described(page: Page, cast: Cast, terms: Terms | None) -> Iterator[Reference]:
    """The descriptions in one article: beside a name, of an office, of the only body near."""
    yield from cast.apposed
    taken = sorted((said.start, said.end) for said in cast.apposed)
    offices: list[Described] = []
    if terms is not None and page.published is not None:
        offices = sorted(said for said in offices_in(page, cast) if not _overlaps(taken, said.start, said.end))
    held = {said: holder(said, page, cast, terms) for said in offices} if terms is not None else {}
    descriptions = list(_DESCRIPTION.finditer(page.text))
    for found in descriptions:
        if not _overlaps(taken, *found.span()):  # "the Russian leader Vladimir Putin"
            said = _at(offices, *found.span())
            yield from _one(page, cast, found, said, held.get(said) if said else None, terms)
    seen = [found.span() for found in descriptions]
    for said, known in held.items():
        if known and not _overlaps(seen, said.start, said.end):
            yield reference((said.start, said.end), known.actor, "person", "description", known.rule)
    yield from _bodies(page, cast)


def _one(
    page: Page, cast: Cast, found: re.Match[str], said: Described | None, known: Held | None, terms: Terms | None
) -> Iterator[Reference]:
    """Whom one description means: who holds the office, of those named before; else who held it at that date."""
    past = (found["past"] or "").casefold().startswith(_GONE)
    people = _named(found, cast, past)
    if known and said:
        if known.actor in people:
            yield reference(found.span(), known.actor, "person", "description", "holds the office")
        elif not people:
            yield reference((said.start, said.end), known.actor, "person", "description", known.rule)
        elif said.of and all(formerly(actor, said.role, terms, page) and actor not in cast.told for actor in people):
            span, rule = (said.start, said.end), "office at that date, a predecessor named"
            yield reference(span, known.actor, "person", "description", rule)
        return
    if len(people) > 1:
        gone = {actor: formerly(actor, found["role"].casefold(), terms, page) for actor in people}
        people = [actor for actor in people if gone[actor] in ((True,) if past else (False, None))]
    if len(people) == 1:
        rule = "held the office" if past else "holds the office"
        yield reference(found.span(), people[0], "person", "description", rule)


def _named(found: re.Match[str], cast: Cast, past: bool) -> list[str]:
    """The people, named in the article before, whom the description fits."""
    role = found["role"].casefold()
    owner = (found["of"].strip() or found["tail"] or "").removesuffix("'s").removesuffix("’s")
    inside = cast.between(found.start(), found.end(), ("country", "organisation", "media", "group"))
    states = {name.country for name in inside if name.country}
    word = re.compile(rf"\b{re.escape(role)}\b")
    people = []
    for actor in (name.actor for name in cast.people_before(found.start())):
        told, was, titles = (held.get(actor, []) for held in (cast.told, cast.was, cast.titles))
        roles = [*(was if past else told), *titles] if past or told or not was else told
        holds = any(word.search(words) for words in roles)
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


def _bodies(page: Page, cast: Cast) -> Iterator[Reference]:
    """The company, the airline: the only organisation named in this sentence and the two before."""
    starts = [sentence.start for sentence in page.sentences]
    for found in _BODY.finditer(page.text):
        first = starts[max(0, bisect_right(starts, found.start()) - 1 - _LOOK_BACK)]
        near = cast.between(first, found.start(), ("organisation", "media"))
        bodies = list(dict.fromkeys((name.actor, name.type) for name in near))
        if len(bodies) == 1:
            yield reference(found.span(), *bodies[0], "description", "only body near")


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order, shares a character with this one."""
    place = bisect_right(spans, (start, end))
    return any(low < end and start < high for low, high in spans[max(0, place - 3) : place + 1])


def _at(held: Sequence[Described], start: int, end: int) -> Described | None:
    """The first of the descriptions by office, which are in order, that shares a character with this span."""
    place = bisect_right(held, start, key=lambda said: said.end)
    return held[place] if place < len(held) and held[place].start < end else None
