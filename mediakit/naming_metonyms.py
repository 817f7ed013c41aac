"""Whether a capital or a seat stands for the place or for the government: "in Moscow", "Moscow said".

What stands beside the name decides; docs/actors.md lists the cues in their order, with the confidence of each.
"""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from mediakit.matching import Candidate, Entry, Page, context

_TOKEN = re.compile(r"[^\W_](?:[\w.’'-]*\w)?|[^\w\s]")
_DATELINE = re.compile(
    r"(?:, ?[\w.’' ]{2,30}){0,2}\s*(?:\([A-Z][\w /.]{1,30}\)|\\?--?\s|[—–])"  # KYIV, Ukraine (AP) —
)
_BYLINE = re.compile(r"(?:^|[\n/])\s*$")
_JOINT = re.compile(r"(?:,? and|,| or| nor|/| as well as) (?:the )?|[-‐‑–/]")
_HYPHENS = ("-", "‐", "‑", "–")
_OPENING = re.compile(r"(?:^|[.\n“\"]\s*)[A-Z]\w+ (?:the )?$")
_CAME = frozenset({"came", "come", "comes", "coming"})
_UNTOLD = 0.55  # a preposition that decides nothing by itself: "from", "to"
_LOOK = 110  # code points before and after
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}|\d{4}")


class Verdict(NamedTuple):
    """Whether the place is meant, and how sure that is."""

    place: bool
    confidence: float


@dataclass(frozen=True)
class Lists:
    """The word lists of data/names_metonyms.toml."""

    towns: frozenset[str]
    locative: frozenset[str]
    beside: frozenset[str]
    felt_in: frozenset[str]
    ruling_in: frozenset[str]
    parts_of_towns: frozenset[str]
    capitals: frozenset[str]
    motion: frozenset[str]
    diplomacy: frozenset[str]
    place_of: frozenset[str]
    opposed: frozenset[str]
    between: frozenset[str]
    on_places: frozenset[str]
    attacks: frozenset[str]
    to_places: frozenset[str]
    to_governments: frozenset[str]
    town_nouns: frozenset[str]
    government_nouns: frozenset[str]
    seat_nouns: frozenset[str]
    government_parts: frozenset[str]
    town_parts: frozenset[str]
    roads: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    doings: frozenset[str]
    happening: frozenset[str]
    sport: frozenset[str]
    treaty_heads: frozenset[str]
    treaty_kinds: frozenset[str]


@functools.cache
def lists() -> Lists:
    """The word lists that ship with mediakit."""
    path = resources.files("mediakit").joinpath("data", "names_metonyms.toml")
    return Lists(**{key: frozenset(words) for key, words in tomllib.loads(path.read_text(encoding="utf-8")).items()})


class _Place(NamedTuple):
    """A name and the words around it, within its sentence."""

    page: Page
    start: int
    end: int
    candidate: Candidate
    seat: bool  # a building or an institution, not a town
    left: Sequence[str]  # words and marks before it and before names joined to it ("Kyiv and …"), nearest first
    right: Sequence[str]  # those right behind it
    beyond: Sequence[str]  # those behind names joined to it ("… and Kyiv")

    @property
    def after(self) -> str:
        return self.page.text[self.end : self.page.sentence(self.start).end][:_LOOK]


def is_treaty(page: Page, end: int, entry: Entry) -> bool:
    """Whether the town is part of an agreement's name: "the Oslo peace accords"."""
    if not entry.capital:
        return False
    words = _TOKEN.findall(page.text[end : end + 40].casefold())[:2]
    known = lists()
    return bool(words) and (
        words[0] in known.treaty_heads or (words[0] in known.treaty_kinds and words[-1] in known.treaty_heads)
    )


def place_or_government(page: Page, start: int, end: int, candidate: Candidate) -> Verdict:
    """What a name of form metonym stands for; without any cue the government, with a confidence of one half."""
    known = lists()
    name = page.text[start:end].casefold()
    seat = candidate.type != "country" and name not in known.towns
    sentence = page.sentence(start)
    low = max(sentence.start, start - _LOOK)
    high = min(sentence.end, end + _LOOK)
    first, last = _joined(page, low, start, end, high)
    left = [word.casefold() for word in _TOKEN.findall(page.text[low:first])[::-1]]
    right = _TOKEN.findall(page.text[end:high])
    beyond = right if last == end else _TOKEN.findall(page.text[last:high])
    place = _Place(page, start, end, candidate, seat, left, right, beyond)
    for cue in CUES:
        found = cue(place)
        if found:
            return found
    return Verdict(place=False, confidence=0.8 if seat else 0.5)


def _joined(page: Page, low: int, start: int, end: int, high: int) -> tuple[int, int]:
    """Where the row of names begins and ends that this one stands in: "in Moscow, Minsk and Kyiv"."""
    at = bisect_left(page.hits, (start,))
    first, last = start, end
    for behind in page.hits[at + 1 : at + 5]:
        if behind[1] > high or not _JOINT.fullmatch(page.text, last, behind[0]):
            break
        last = behind[1]
    for before in reversed(page.hits[max(0, at - 4) : at]):
        if before[0] < low or not _JOINT.fullmatch(page.text, before[1], first):
            break
        comma = page.text[before[1] : first].strip() == ","
        if comma and (last == end or _OPENING.search(page.text, low, before[0])):
            break  # "In Syria, Moscow said"
        first = before[0]
    return first, last


def _dateline(place: _Place) -> Verdict | None:
    """ "KYIV, Ukraine (AP) —" at the start of a line."""
    begin = place.page.sentence(place.start).start
    before = place.page.text[max(0, begin - 1, place.start - _LOOK) : place.start]
    if not (begin == place.start or _BYLINE.search(before)) or place.seat:
        return None
    return Verdict(place=True, confidence=0.99) if _DATELINE.match(place.page.text, place.end) else None


def _hyphenated(place: _Place) -> Verdict | None:
    """ "Moscow-backed", "London-based", "anti-Moscow", "Kyiv-Lviv train"."""
    known = lists()
    text = place.page.text
    if text[place.end : place.end + 1] in _HYPHENS and len(place.right) > 1:
        word = place.right[1].casefold().split("-")[0]
        if word in known.town_parts:
            return Verdict(place=True, confidence=0.95)
        if word in known.government_parts:
            return Verdict(place=False, confidence=0.95)
    before = text[max(0, place.start - 12) : place.start]
    if before.endswith(_HYPHENS) and re.split(r"\W", before[:-1])[-1].casefold() in context().prefixes:
        return Verdict(place=False, confidence=0.95)
    if place.beyond is not place.right or before.endswith(_HYPHENS):
        pair = text[place.end : place.end + 1] in _HYPHENS or before.endswith(_HYPHENS)
        road = next((word for word in place.beyond[:2] if word.casefold() in known.roads), None)
        if pair and road:
            return Verdict(place=True, confidence=0.9)
    return None


def _located(place: _Place) -> Verdict | None:
    """ "Moscow, Russia", "Paris, the French capital", "Kyiv, where", "the capital, Abuja"."""
    known = lists()
    after = place.after
    if after.startswith((",", "  ", " (")):
        own = place.candidate.country
        gap = len(after) - len(after.lstrip(", ("))
        at = bisect_left(place.page.hits, (place.end + gap,))
        if at < len(place.page.hits) and place.page.hits[at][0] == place.end + gap and gap > 1:
            other = place.page.name_before(place.page.hits[at][1])
            if other and any(own == state.actor and state.form in ("name", "variant") for state in other.candidates):
                return Verdict(place=True, confidence=0.97)
        words = [word.casefold() for word in _TOKEN.findall(after)[1:6]]
        if words[:1] == ["where"] or (words[:1] in (["the"], ["a"]) and not known.capitals.isdisjoint(words[1:4])):
            return Verdict(place=True, confidence=0.95)
    near = [word for word in place.left[:2] if word != ","]
    if near[:1] and near[0] in known.capitals:
        return Verdict(place=True, confidence=0.97)
    return None


def _possessive(place: _Place) -> Verdict | None:
    """ "Moscow's demands", "Moscow's Red Square", "London’s crime rate"."""
    known = lists()
    text = place.page.text[place.end : place.end + 2]
    if text not in ("'s", "’s", "' ", "’ ") and place.after[:3] not in (" 's", " ’s"):
        return None
    words = [word for word in place.right if word.casefold() not in ("'", "’", "s", "'s", "’s")][:5]
    for number, word in enumerate(words):
        if not word[0].isalnum():
            break
        kind = word.casefold()
        if place.seat:
            if kind in known.seat_nouns:
                return Verdict(place=True, confidence=0.75)
        elif kind in known.government_nouns:
            return Verdict(place=False, confidence=0.9)
        elif kind in known.town_nouns:
            return Verdict(place=True, confidence=0.9)
        elif number == 0 and word[0].isupper() and place.page.style(place.start) == "plain":
            return Verdict(place=True, confidence=0.75)  # a sight or an institution of the town
    if not place.seat and place.left[:1] and place.left[0] in known.locative:
        return Verdict(place=True, confidence=0.75)
    return Verdict(place=False, confidence=0.8 if place.seat else 0.6)


def _with_noun(place: _Place) -> Verdict | None:
    """A noun right behind: "Kyiv residents", "a Beijing hotel", "White House lawn"; of governments see `_of_rulers`."""
    if not place.right or not place.after.startswith(" "):
        return None
    known = lists()
    words = [word.casefold() for word in place.right[:2]]
    if place.seat:
        return Verdict(place=True, confidence=0.75) if not known.seat_nouns.isdisjoint(words) else None
    if words[0] in known.town_nouns or _SCORE.fullmatch(words[0]):
        return Verdict(place=True, confidence=0.9)
    return None


def _of_rulers(place: _Place) -> Verdict | None:
    """ "Washington insiders", "a Beijing-friendly line", "senior Moscow officials"."""
    if not place.right or not place.after.startswith(" "):
        return None
    words = [word.casefold() for word in place.right[:2]]
    if words[0] in lists().government_nouns:
        return Verdict(place=False, confidence=0.9)
    return None


def _after_preposition(place: _Place) -> Verdict | None:
    """ "in Moscow", "pressure on Moscow", "from Kyiv to Warsaw", "between Kyiv and Moscow"."""
    known = lists()
    words = [word for word in place.left[:14] if word not in ("the", "'", "“", '"', "‘")]
    inner = 0
    while words and words[0] in known.parts_of_towns:
        words = words[1:]
        inner += 1
    if not words:
        return Verdict(place=True, confidence=0.85) if inner else None
    head, rest = words[0], words[1:]
    before = rest[: next((at for at, word in enumerate(rest) if word in ".;:!?"), len(rest))][:8]
    if head in known.locative:
        return _in(place, head, before)
    if inner:
        return Verdict(place=True, confidence=0.9)
    if head == "on":
        if place.page.text[place.start : place.end].casefold() in known.on_places:
            return Verdict(place=True, confidence=0.8)
        return _weighed(before[:4], place=known.attacks, default=0.65)
    if head == "of":
        return _weighed(before[:3], place=known.place_of, default=0.6)
    to_from = (head == "to" and "from" in before[:4]) or (head == "from" and place.right[:1] == ["to"])
    if to_from and not place.seat and known.diplomacy.isdisjoint(before[:3]):
        return Verdict(place=True, confidence=0.8)
    if head in ("to", "from", "for", "over", "via", "through", "past"):
        if head in ("via", "through", "past") and not place.seat:
            return Verdict(place=True, confidence=0.85)
        if head == "from" and before and before[0] in _CAME and not known.diplomacy.isdisjoint(before[1:4]):
            return Verdict(place=False, confidence=0.85)  # "the order came from Moscow"
        found = _weighed(before, place=known.motion, default=_UNTOLD)
        told_off = head == "from" and not place.seat and found.confidence == _UNTOLD
        return Verdict(place=True, confidence=_UNTOLD) if told_off else found
    if head in known.between or "between" in place.left[:2]:
        travel = not known.motion.isdisjoint(before[:4]) and known.diplomacy.isdisjoint(before[:3])
        return Verdict(place=travel, confidence=0.85)
    if head in known.opposed:
        return Verdict(place=False, confidence=0.9)
    return None


def _in(place: _Place, head: str, before: Sequence[str]) -> Verdict:
    """After a preposition of place: the place, but for "confidence in Moscow", "officials in the White House"."""
    known = lists()
    near = before[:2]
    if head == "in" and near and near[0] in known.felt_in:
        return Verdict(place=False, confidence=0.7)
    if head == "in" and not known.ruling_in.isdisjoint(near):
        return Verdict(place=False, confidence=0.7)
    if head in ("toward", "towards") and not known.diplomacy.isdisjoint(near):
        return Verdict(place=False, confidence=0.8)
    if not place.seat:
        return Verdict(place=True, confidence=0.97)
    if head in known.beside:
        return Verdict(place=True, confidence=0.85)
    return Verdict(place=True, confidence=0.6)


def _weighed(before: Sequence[str], *, place: frozenset[str] | Sequence[str], default: float) -> Verdict:
    """The nearest word before the preposition that speaks of going or of dealing decides; else the government."""
    known = lists()
    for number, word in enumerate(before):
        sure = 0.9 if number < 3 else 0.75
        if word in place:
            return Verdict(place=True, confidence=sure)
        if word in known.diplomacy:
            return Verdict(place=False, confidence=sure)
    return Verdict(place=False, confidence=default)


def _after_verb(place: _Place) -> Verdict | None:
    """ "visited Moscow", "told Moscow"."""
    known = lists()
    words = [word for word in place.left[:3] if word not in ("the", "both")]
    if not words:
        return None
    if words[0] in known.to_governments and words[0] not in known.to_places:
        return Verdict(place=False, confidence=0.85)
    if words[0] in known.to_places:
        return Verdict(place=True, confidence=0.85 if not place.seat else 0.7)
    return None


def _before_verb(place: _Place) -> Verdict | None:
    """ "Moscow said", "Moscow has never wanted"; "Kyiv was shelled"."""
    known = lists()
    words = [word.casefold() for word in place.beyond[:6]]
    while words and (words[0] in known.adverbs or words[0] == ","):
        del words[0]
    if words[:1] in (["which"], ["who"]):
        del words[0]
    if not words:
        return None
    if not place.seat and words[0] in known.sport and any(_SCORE.fullmatch(word) for word in words):
        return Verdict(place=True, confidence=0.6)  # a team
    if words[0] in known.happening:
        return Verdict(place=True, confidence=0.75)
    if words[0] in known.auxiliaries:
        happens = not place.seat and not known.happening.isdisjoint(words[1:4])
        return Verdict(place=happens, confidence=0.75 if happens else 0.85)
    if words[0] in known.doings:
        return Verdict(place=False, confidence=0.9)
    alone = not place.left or place.left[0] not in ("a", "an", "the")
    if alone and place.page.style(place.start) == "plain" and words[0].endswith("ed") and place.beyond[0].islower():
        return Verdict(place=False, confidence=0.7)
    return None


CUES: tuple[Callable[[_Place], Verdict | None], ...] = (
    _dateline,
    _hyphenated,
    _located,
    _possessive,
    _with_noun,
    _after_preposition,
    _of_rulers,
    _before_verb,
    _after_verb,
)
