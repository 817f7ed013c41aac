"""Which bearer of a surname or a short name an article means: those it introduced, and where."""

from __future__ import annotations

import functools
from bisect import bisect_left, insort
from collections.abc import Container
from dataclasses import dataclass, field
from importlib import resources
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from mediakit.matching import Candidate, Entry, Names, Page, context
from mediakit.naming_titles import in_office

NEAR = 3  # sentences back in which another bearer's introduction makes the choice less sure


class Pending(NamedTuple):
    """A name that has to wait until all introductions are known."""

    start: int
    end: int
    number: int
    allowed: tuple[Candidate, ...]  # candidates that a title such as Mrs. does not rule out


class Choice(NamedTuple):
    """Whom a name means, how sure that is, and, where nobody can be told, why."""

    candidate: Candidate | None
    confidence: float = 0.0
    reason: str = (
        ""  # empty where the name is another's: somebody's given name, another state's Senate, a stranger's surname
    )


ELSEWHERE = Choice(None)
TOGETHER = "two bearers introduced in one sentence"
AHEAD = "two bearers introduced after the headline"
NO_HEAD = "no head of government introduced"
_INTRODUCED = (TOGETHER, AHEAD, NO_HEAD)  # the article has people of this name


@dataclass
class Introductions:
    """Who has been introduced so far: for each entry, where and by whom (None: somebody the registry does not know)."""

    names: Names
    by_entry: dict[int, list[tuple[int, str | None]]] = field(default_factory=dict)
    by_bearer: dict[int, dict[str | None, list[int]]] = field(default_factory=dict)  # entry → who → where
    first_named: dict[str, int] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    strangers: set[int] = field(default_factory=set)

    def name(self, candidate: Candidate, start: int) -> None:
        """Note that an actor has been named, and so the state that it belongs to."""
        self.first_named[candidate.actor] = min(start, self.first_named.get(candidate.actor, start))
        if candidate.country and candidate.type != "media":
            self.countries.add(candidate.country)

    def add(self, candidate: Candidate, start: int) -> None:
        """Note that an actor has been introduced: short names may follow."""
        self.name(candidate, start)
        for number in self.names.introduces.get(candidate.actor, ()):
            self._note(number, start, candidate.actor)

    def add_stranger(self, number: int, start: int) -> None:
        """Note that somebody whom the registry does not know bears the name."""
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

    def since(self, number: int, first: int, start: int, actors: Container[str | None]) -> set[str | None]:
        """Those of `actors` introduced from `first` on, before `start`."""
        found = self.by_bearer.get(number, {})
        places = {actor: bisect_left(starts, first) for actor, starts in found.items() if actor in actors}
        return {actor for actor, at in places.items() if at < len(found[actor]) and found[actor][at] < start}

    def _note(self, number: int, start: int, actor: str | None) -> None:
        insort(self.by_entry.setdefault(number, []), (start, actor), key=itemgetter(0))
        insort(self.by_bearer.setdefault(number, {}).setdefault(actor, []), start)


def choose(page: Page, waiting: Pending, entry: Entry, introductions: Introductions) -> Choice:
    """The one the short name belongs to, or nobody when the article does not say.

    The best known bearer keeps the name unless only somebody else was introduced; without a best known bearer it
    belongs to the nearest introduction before it. Headlines come before introductions, so they may look ahead; so
    may names of organisations and places, which no stranger bears.
    """
    if entry.dominant and not entry.waits:
        at_home = _is_at_home(entry.dominant, entry, waiting.number, introductions)
        return Choice(entry.dominant, 0.98) if at_home else ELSEWHERE
    ahead = not entry.surname or page.sentence(waiting.start).part in ("title", "heading")
    if entry.surname and len(entry.candidates) > 1 and _is_of_government(page, waiting.end):
        return _choose_head(page, waiting, entry, introductions, ahead=ahead)
    actors: dict[str | None, Candidate | None] = {candidate.actor: candidate for candidate in waiting.allowed}
    actors[None] = None
    introduced = introductions.nearest(waiting.number, waiting.start, actors, ahead=ahead)
    best = entry.dominant if entry.dominant in waiting.allowed else None
    if best:
        named = introductions.first_named.get(best.actor)
        if introduced is None:
            return Choice(best, 0.98)
        if named is not None and (named < waiting.start or ahead):
            others = introductions.since(waiting.number, _back(page, waiting.start), waiting.start, actors)
            return Choice(best, 0.9 if others - {best.actor} else 0.98)
    if introduced is None:
        return _choose_unintroduced(waiting, entry, introductions)
    return _choose_nearest(page, waiting, entry, introductions, introduced, actors)


def _choose_unintroduced(waiting: Pending, entry: Entry, introductions: Introductions) -> Choice:
    """A state whose people or towns the article names: "Georgia" where Georgia's prime minister is named."""
    states = [candidate for candidate in waiting.allowed if candidate.type == "country"]
    states = [candidate for candidate in states if candidate.country in introductions.countries]
    if len(states) == 1:
        return Choice(states[0], 0.85)
    if not entry.surname:
        return Choice(None, reason="no other name of a bearer in the article")
    return Choice(None, reason="no bearer introduced" if len(entry.candidates) > 1 else "not introduced")


def _choose_nearest(
    page: Page,
    waiting: Pending,
    entry: Entry,
    introductions: Introductions,
    introduced: tuple[int, str | None],
    actors: dict[str | None, Candidate | None],
) -> Choice:
    """The bearer introduced last, unless another was introduced in that very sentence."""
    place, actor = introduced
    candidate = actors[actor]
    if not entry.surname:
        return Choice(candidate, 0.9) if candidate else ELSEWHERE
    if place > waiting.start:  # a headline: the article decides only where it has one registered bearer
        bearers = introductions.since(waiting.number, waiting.start, len(page.text), actors)
        if len(bearers - {None}) > 1:
            return Choice(None, reason=AHEAD)
        return Choice(candidate, 0.75 if len(bearers) > 1 else 0.9) if candidate else ELSEWHERE
    together = introductions.since(waiting.number, page.sentence(place).start, waiting.start, actors)
    if len(together) > 1 and page.sentence(place).start != page.sentence(waiting.start).start:
        return Choice(None, reason=TOGETHER)
    if candidate is None:
        return ELSEWHERE
    near = introductions.since(waiting.number, _back(page, waiting.start), waiting.start, actors)
    if near - {actor}:
        return Choice(candidate, 0.75)
    bearers = introductions.since(waiting.number, 0, waiting.start, actors)
    return Choice(candidate, 0.9 if bearers - {actor} else 0.98)


def _choose_head(page: Page, waiting: Pending, entry: Entry, introductions: Introductions, *, ahead: bool) -> Choice:
    """The bearer who has headed a state or government: "the Clinton administration" is not Hillary Clinton's.

    Of several, the best known if named, else the one introduced nearest, else the one in office when the article was
    published; the only one as soon as any bearer is introduced.
    """
    heads: dict[str | None, Candidate] = {
        candidate.actor: candidate
        for candidate in waiting.allowed
        if not context().governing.isdisjoint(title.strip() for title in candidate.titles)
    }
    best = heads.get(entry.dominant.actor) if entry.dominant else None
    if best and best.actor in introductions.first_named:
        return Choice(best, 0.95)
    introduced = introductions.nearest(waiting.number, waiting.start, heads, ahead=ahead)
    if introduced:
        return Choice(heads[introduced[1]], 0.9)
    if best:
        return Choice(best, 0.95)
    dated = in_office(heads.values(), context().governing, page.published)
    if dated:
        return Choice(dated, 0.85)
    bearers = {candidate.actor for candidate in entry.candidates}
    known = introductions.nearest(waiting.number, waiting.start, bearers, ahead=ahead)
    if known and len(heads) == 1:
        return Choice(next(iter(heads.values())), 0.85)
    return Choice(None, reason="no bearer introduced" if known is None else NO_HEAD)


def is_doubtful(page: Page, waiting: Pending, entry: Entry, reason: str) -> bool:
    """Whether it is not even clear that the words are a registered name: "Golden State", "(AP)", "Rice is cheap"."""
    text, start = page.text, waiting.start
    if text[start - 1 : start] in ("(", "/") or text[start : waiting.end].islower():
        return True
    plain = page.style(start) == "plain"
    after = page.word_after(waiting.end)
    if plain and (after[:1].isupper() or text.startswith(" & ", waiting.end)):
        return True
    if entry.surname and entry.given and len(waiting.allowed) < 2:
        return True  # "Charles" alone is somebody's first name
    before = next(page.words_before(start, 1), None)
    if (
        plain
        and before
        and before.text[0].isupper()
        and not before.first
        and before.text.casefold() not in context().titles
    ):
        return True  # "Dean Martin"
    if reason in _INTRODUCED:
        return False  # "Bush said" after two of this name
    if before and before.text.casefold() in ("a", "the") and not _is_of_government(page, waiting.end):
        return entry.text in _english_words()
    opens = not plain or page.sentence(start).start == start or text[start - 1 : start] in "“\"'‘"
    return opens and entry.text in _english_words()


@functools.cache
def _english_words() -> frozenset[str]:
    path = resources.files("mediakit").joinpath("data", "names_words.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _back(page: Page, start: int) -> int:
    """Where the sentence NEAR sentences before begins."""
    at = bisect_left(page.sentences, start, key=itemgetter(0))
    return page.sentences[max(0, at - 1 - NEAR)].start if page.sentences else 0


def _is_of_government(page: Page, end: int) -> bool:
    """Whether "administration", "White House" or the like follows, also after a possessive ending."""
    after = page.text[end : end + 24].casefold().replace("’", "'").removeprefix("'s")
    return after.startswith(" ") and after[1:].startswith(context().governments)


def _is_at_home(candidate: Candidate, entry: Entry, number: int, introductions: Introductions) -> bool:
    """Whether the article is about the state whose Senate is meant, and Jordan not somebody's first name in it."""
    if entry.common and introductions.countries and candidate.country not in introductions.countries:
        return False
    return number not in introductions.strangers or (
        candidate.form != "metonym" and candidate.actor in introductions.first_named
    )
