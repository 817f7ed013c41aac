"""Other spellings of names from Cyrillic and Arabic script, by rule: "Zelenskij", "Sergej Lavrow", "Muammar Kadhafi".

A second look at the capitalised words of a text: a word whose spelling key is that of a registered person's surname is
that surname, and with a given name of the same key before it that person's full name. data/names_spelling.toml holds
the rules; people of other origins have no other spellings. What two people's names share is nobody's.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple

Hit = tuple[int, int, int]  # start, end, the alias's number

SHORTEST = 5  # letters of a surname that stands without its given name
_WORD = re.compile(r"[A-ZÀ-ÞĀ-ſ]\w+(?:['’ʼ][^\W\d_]{2,})?")
_MIDDLE = re.compile(r"[^\W\d_]\.?|\w+(?:ich|itch|ych|vna)")
_APOSTROPHES = re.compile(r"['’ʼ‘`ʿʾ]")
_ARTICLE = re.compile(r"^(?:al|el)-", re.IGNORECASE)
_FEW = 10
_MOST_KEPT = 200_000  # words whose lookup is remembered
_SMALL = frozenset({"al", "el", "bin", "ibn", "ben"})  # between given name and surname; the articles do not count


@dataclass(frozen=True)
class Origin:
    """How names of one origin are spelled: who has it, what makes a key, which given names are forms of one."""

    countries: frozenset[str]
    endings: tuple[str, ...]
    steps: tuple[tuple[re.Pattern[str], str], ...]
    alone: bool  # whether a key says enough without a given name
    given: Mapping[str, str]  # key of a given name → key of the form that stands for all

    def key(self, word: str) -> str:
        """What all spellings of the word share."""
        bare = _APOSTROPHES.sub("", _plain(word))
        for pattern, by in self.steps:
            bare = pattern.sub(by, bare)
        return bare

    def given_key(self, word: str) -> str:
        """What all forms of a given name share."""
        key = self.key(word)
        return self.given.get(key, key)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return (
        "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("ł", "l").replace("ı", "i")
    )


@functools.cache
def origins() -> tuple[Origin, ...]:
    """The origins whose names are respelled."""
    path = resources.files("mediakit").joinpath("data", "names_spelling.toml")
    return tuple(_origin(rules) for rules in tomllib.loads(path.read_text(encoding="utf-8")).values())


@functools.lru_cache(maxsize=100_000)
def given_key(origin: int, word: str) -> str:
    """`Origin.given_key` of the origin of that number, remembered."""
    return origins()[origin].given_key(word)


def _origin(rules: Mapping[str, list]) -> Origin:
    steps = tuple((re.compile(pattern), by) for pattern, by in rules["steps"])
    given: dict[str, str] = {}
    origin = Origin(frozenset(rules["countries"]), tuple(rules["endings"]), steps, bool(rules["alone"]), given)
    for forms in rules["given"]:
        given |= {origin.key(form): origin.key(forms[0]) for form in forms}
    return origin


class Person(NamedTuple):
    """An alias of a registered person, as this module needs it."""

    number: int
    actor: str
    alias: str
    country: str
    always: bool  # this alias names somebody without an introduction


class _Full(NamedTuple):
    given: tuple[str, ...]  # keys of the words before the surname
    person: Person


class _Short(NamedTuple):
    number: int
    actors: frozenset[str]
    alone: bool  # it may stand in an article that names none of them
    loose: bool  # it need not be spelled as the article's full name is


@dataclass
class Variants:
    """The spelling keys of a registry's people."""

    full: dict[tuple[int, str], list[_Full]]  # (origin, key of the last word) → full names
    short: dict[tuple[int, str], _Short]  # the same → the surname, where it is one surname's
    actors: dict[int, set[str]]  # alias → whose it is
    seen: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def find(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """`hits` and those of other spellings, in order: a full name takes the place of the surname in it."""
        words = {word for word in _WORD.findall(text) if self.seen.get(word, word)}
        words = {word for word in words if self._keys(word)}
        if not words:
            return list(hits)
        covered = {end: start for start, end, _ in hits}
        full: list[Hit] = []
        alone: list[tuple[int, int, _Short]] = []
        spelled = set()  # the last words of full names in other spellings
        for word, start, end in _places(text, words):
            named, surname = self._hit(text, start, end, word, covered.get(end))
            if named:
                full.append(named)
                spelled.add(word)
            alone += [(start, end, surname)] if surname else []
        merged = _merged(hits, full) if full else list(hits)
        if not alone:
            return merged
        introduced = set().union(*(self.actors.get(number, ()) for _, _, number in merged))
        kept = [
            (start, end, name.number)
            for start, end, name in alone
            if name.alone or (name.actors & introduced and (name.loose or text[start:end] in spelled))
        ]
        return _merged(merged, kept) if kept else merged

    def _keys(self, word: str) -> tuple[tuple[int, str], ...]:
        keys = self.seen.get(word)
        if keys is None:
            if len(self.seen) > _MOST_KEPT:
                self.seen.clear()
            made = [(at, origin.key(word)) for at, origin in enumerate(origins())]
            keys = self.seen[word] = tuple(key for key in made if key in self.full or key in self.short)
        return keys

    def _hit(self, text: str, start: int, end: int, word: str, covered: int | None) -> tuple[Hit | None, _Short | None]:
        """The full name that ends here, or the surname alone; neither where a name was found already."""
        if covered is not None and text[covered:start].casefold().rstrip("- ") in _SMALL:
            covered = start  # "al-Assad"
        if (covered is not None and covered < start) or not _is_apart(text, start, end):
            return None, None
        keys = self._keys(word)
        before = _words_before(text, start) if start and text[start - 1] in " -" else []
        for origin, key in keys if before else ():
            found = _fitting(origin, self.full.get((origin, key), ()), before)
            if found:
                return (found[0], end, found[1]), None
        short = {self.short[key] for key in keys if key in self.short and end - start >= SHORTEST}
        return None, short.pop() if len(short) == 1 and covered is None else None


def _places(text: str, words: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Where these words stand, each with start and end."""
    if len(words) > _FEW:
        yield from ((found.group(), *found.span()) for found in _WORD.finditer(text) if found.group() in words)
        return
    for word in words:  # looking for each is quicker than looking at all words, while they are few
        start = -1
        while (start := text.find(word, start + 1)) >= 0:
            yield word, start, start + len(word)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether the word is a whole one; a possessive ending may follow."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before == "_" or after == "_":
        return False
    return (
        after not in ("'", "’", "ʼ") or not text[end + 1 : end + 2].isalpha() or not text[end + 2 : end + 3].isalpha()
    )


def _words_before(text: str, start: int) -> list[tuple[str, int]]:
    """Up to four words before `start`, nearest first, with their places; "al-" before a hyphen is left out."""
    words: list[tuple[str, int]] = []
    for _ in range(4):
        if text[start - 1 : start] == "-" and text[max(0, start - 3) : start - 1].casefold() in _SMALL:
            start -= 3
            continue
        if start < 2 or text[start - 1] != " ":
            break
        begin = max(text.rfind(" ", max(0, start - 24), start - 1), text.rfind("\n", max(0, start - 24), start - 1)) + 1
        word = text[begin : start - 1]
        bare = word.lstrip("“”\"'‘’([—–")
        if (
            not bare
            or not (bare[0].isupper() or bare.casefold() in _SMALL)
            or not (bare[-1].isalnum() or bare[-1] == ".")
        ):
            break
        start = start - 1 - len(bare)
        words.append((bare, start))
        if bare != word:
            break
    return words


def _fitting(origin: int, names: Iterable[_Full], before: list[tuple[str, int]]) -> tuple[int, int] | None:
    """(start, number) of the one person among `names` whose other words stand before the surname."""
    found: dict[str, tuple[int, int]] = {}
    for given, person in names:
        start = _start(origin, given, before)
        if start is not None:
            old = found.get(person.actor)
            found[person.actor] = min(old, (start, person.number)) if old else (start, person.number)
    return next(iter(found.values())) if len(found) == 1 else None


def _start(origin: int, given: tuple[str, ...], before: list[tuple[str, int]]) -> int | None:
    """Where the full name starts, if all of `given` stands in `before`: initials and patronymics may stand between."""
    wanted = list(given)
    for word, start in before:
        if word.casefold() in ("al", "el"):
            continue
        if given_key(origin, word) == wanted[-1]:
            wanted.pop()
            if not wanted:
                return start
        elif not _MIDDLE.fullmatch(word):
            return None
    return None


def _merged(hits: Sequence[Hit], more: Iterable[Hit]) -> list[Hit]:
    """All hits in order; of those that overlap, the new one where it holds the old one, else the old one."""
    new: list[Hit] = []
    for hit in sorted(more):
        if not new or new[-1][1] <= hit[0]:
            new.append(hit)
    kept, dropped, at = [], set(), 0
    for hit in hits:
        while at < len(new) and new[at][1] <= hit[0]:
            at += 1
        if at < len(new) and new[at][0] < hit[1]:
            if new[at][0] <= hit[0] and hit[1] <= new[at][1]:
                continue
            dropped.add(at)
        kept.append(hit)
    return sorted([*kept, *(hit for at, hit in enumerate(new) if at not in dropped)])


def variants(people: Iterable[Person]) -> Variants:
    """The spelling keys of the full names and surnames of these people."""
    full: dict[tuple[int, str], list[_Full]] = defaultdict(list)
    short: dict[tuple[int, str], list[Person]] = defaultdict(list)
    actors: dict[int, set[str]] = defaultdict(set)
    for person in people:
        words = [word for word in person.alias.split(" ") if word.casefold() not in ("al", "el")]
        for at, origin in enumerate(origins()):
            if not words or not _is_of(person, words[-1], origin):
                continue
            actors[person.number].add(person.actor)
            key = at, origin.key(_ARTICLE.sub("", words[-1]))
            if len(words) == 1:
                short[key].append(person)
            else:
                full[key].append(_Full(tuple(origin.given_key(word) for word in words[:-1]), person))
    surnames = {key: _surname(bearers, origins()[key[0]]) for key, bearers in short.items()}
    return Variants(dict(full), {key: each for key, each in surnames.items() if each}, dict(actors))


def _is_of(person: Person, surname: str, origin: Origin) -> bool:
    if person.country:
        return person.country in origin.countries
    return bool(origin.endings) and surname.casefold().endswith(origin.endings)


def _surname(bearers: Sequence[Person], origin: Origin) -> _Short | None:
    """The alias whose bearers are all that any spelling has; None where the key is that of several surnames."""
    owners: dict[int, set[str]] = defaultdict(set)
    for person in bearers:
        owners[person.number].add(person.actor)
    everybody = frozenset(person.actor for person in bearers)
    number = next((number for number, actors in owners.items() if actors == everybody), None)
    if number is None:
        return None
    alone = origin.alone and any(person.always for person in bearers if person.number == number)
    return _Short(number, everybody, alone, origin.alone)
