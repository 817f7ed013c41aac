"""The full name behind a surname, in one article: the registry's, else the fullest that the article writes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .matching import context
from .quote_cues import words
from .quote_names import SUFFIXES, is_title, is_title_or_the, without_titles

POSSESSIVE = re.compile(r"['’]s?\Z")
NAME = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
PARTICLE = "(?:de|van|von|der|den|al|bin|ibn|del|della|di|da|dos|du|la|le|ter|ten)"
FIRM_SUFFIX = re.compile(rf",? (?:{'|'.join(sorted(SUFFIXES))})\.?\Z", re.IGNORECASE)
_BEFORE_SURNAME = re.compile(rf"(?<!\w)(?:(?:{NAME}|{PARTICLE}) ){{1,5}}\Z")
_SURNAME = re.compile(rf"((?i:(?:{PARTICLE} )*))({NAME})")
_JUNIOR = frozenset({"Jr", "Sr", "II", "III", "Today", "News"})
_STOP = re.compile(r"[^\W\d_]{3,}\.\Z")  # the end of a sentence, not "Jr." or "H.W."
_SIGNS = re.compile(r"[\W_]+")


class Mention(NamedTuple):
    """A row of the frame mentions."""

    start: int
    end: int
    actor: str
    type: str
    form: str
    gender: str = ""


class _Bearer(NamedTuple):
    start: int
    name: str
    registered: bool = False


class Names:
    """The names of one article."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        """Nothing is looked up before it is asked for; `unit_starts` is where the sentences begin."""
        self.text = text
        self.mentions = mentions
        self.unit_starts: list[int] = []
        self._starts = [mention.start for mention in mentions]
        self._bearers: dict[str, list[_Bearer]] = {}
        people = [mention for mention in mentions if mention.type == "person"]
        self._registered = {_bare(mention.actor): mention.actor for mention in people}
        self._genders = {mention.actor: mention.gender for mention in people}

    def gender(self, actor: str) -> str:
        """The gender of a person whom the article mentions."""
        return self._genders.get(actor, "")

    def mention(self, start: int, end: int) -> Mention | None:
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

    def full_name(self, name: str, place: int) -> str | None:
        """The fullest form of the name at `place`: "Kew" → "Darren Kew"; None where two bear it.

        As in `mentions`, a surname means the bearer introduced last; two introduced in one sentence leave it open.
        """
        name = without_titles(name)
        if FIRM_SUFFIX.search(name):
            name = name.rstrip(".")
        if name not in self._bearers:
            self._bearers[name] = self._search(name)
        bearers = self._bearers[name]
        near = [bearer for bearer in bearers if bearer.start < place]
        sentence = self._sentence((near[-1] if near else bearers[0]).start)
        meant = {bearer.name for bearer in near or bearers if self._sentence(bearer.start) == sentence}
        return meant.pop() if len(meant) == 1 else None

    def _sentence(self, place: int) -> int:
        return bisect_right(self.unit_starts, place)

    def _search(self, name: str) -> list[_Bearer]:
        bare = FIRM_SUFFIX.sub("", name)
        if bare != name and re.search(
            rf"\b{re.escape(bare)}\b(?!,? {re.escape(name[len(bare) :].lstrip(', '))})", self.text
        ):
            return [_Bearer(0, bare)]  # "Acme LLC", which the article calls Acme as well
        surname = _SURNAME.fullmatch(name)
        if not surname:
            return [_Bearer(0, self._registered.get(_bare(name), name))]
        if name in words().body_ends:
            found = re.search(rf"\b{name} of (?:the )?{NAME}(?: {NAME})*", self.text)
            return [_Bearer(0, POSSESSIVE.sub("", found.group()).rstrip(".") if found else name)]
        return self._introduced(surname[1].lower() + surname[2]) or [_Bearer(0, self._by_given_name(name))]

    def _introduced(self, name: str) -> list[_Bearer]:
        """Where the article writes the surname behind given names, one name for each person."""
        found: list[_Bearer] = []
        at = self.text.find(name)
        while at >= 0:
            if not self.text[at + len(name) : at + len(name) + 1].isalnum():
                bearer = self._bearer(name, at)
                if bearer and (not found or bearer.registered or bearer.name.split()[0].casefold() in context().given):
                    same = next((one for one in found if _same_person(one, bearer)), bearer)
                    found.append(bearer._replace(name=same.name, registered=same.registered))
            at = self.text.find(name, at + 1)
        return found

    def _bearer(self, name: str, at: int) -> _Bearer | None:
        """Who is named by the surname at `at` and what stands before it."""
        around = _BEFORE_SURNAME.search(self.text[max(0, at - 60) : at])
        if not around:
            return None
        mention = self.mention(at, at + len(name))
        if mention and mention.start < at and mention.type == "person":
            return _Bearer(at, mention.actor, registered=True)
        full = self._given_names(around.group(), at - len(around.group()), name)
        if full is None:
            return None
        actor = self._registered.get(_bare(full))
        return _Bearer(at, actor or full, actor is not None)

    def _by_given_name(self, name: str) -> str:
        """The full name that begins with the given name: "Steve" → "Steve Jobs"."""
        if name.casefold() not in context().given:
            return name
        for found in re.finditer(rf"\b{re.escape(name)} (?:[A-Z]\. )?((?:{PARTICLE} )*{NAME})", self.text):
            last = POSSESSIVE.sub("", found.group(1)).rstrip(".")
            if last.casefold() in context().openers or last.casefold() in SUFFIXES or last in _JUNIOR:
                continue
            end = found.start(1) + len(last)
            mention = self.mention(found.start(), end)
            return mention.actor if mention else self.text[found.start() : end]
        return name

    def _given_names(self, before: str, start: int, name: str) -> str | None:
        parts = before.split()
        while parts and (
            is_title(parts[0])
            or POSSESSIVE.search(parts[0])
            or (parts[0].rstrip(".").isupper() and len(parts[0].rstrip(".")) > 2)
        ):
            parts.pop(0)
        for number in range(len(parts) - 1, -1, -1):
            if is_title(parts[number]) or _STOP.search(parts[number]):
                parts = parts[number + 1 :]
                break
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


def _bare(name: str) -> str:
    """The letters of a name: "George H. W. Bush" and "George H.W. Bush" are one."""
    return _SIGNS.sub("", name).casefold()


def _same_person(one: _Bearer, other: _Bearer) -> bool:
    """Whether the given names are the same, or one is the initial of the other: "J. Smith", "John A. Smith"."""
    if one.registered and other.registered:
        return one.name == other.name
    first, second = (bearer.name.split()[0].rstrip(".").casefold() for bearer in (one, other))
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])
