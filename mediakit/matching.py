"""Where names stand in a text: all aliases in one pass, longest first, on whole words.

This module finds spans and knows the words around them; mediakit/naming.py decides whom they name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

from mediakit.matching_context import context
from mediakit.matching_table import SHOUTED, Automaton, Table, finder
from mediakit.matching_variants import Person, Variants, variants

if TYPE_CHECKING:
    import pandas as pd

APOSTROPHES = "'’ʼ"
HYPHENS = "-‐‑"
_CONTRACTION = re.compile(r"(?:s|S|ll|LL|d|D|ve|VE|re|RE)(?!\w)")
_LETTERS = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
_WORD_AFTER = re.compile(r"\w[\w.’'-]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Row(NamedTuple):
    """One line of the registry, as the matcher needs it."""

    actor: str
    alias: str
    type: str
    form: str
    when: str = "always"
    titles: str = ""
    gender: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that an alias may name."""

    actor: str
    type: str
    form: str
    always: bool
    titles: tuple[str, ...] = ()
    gender: str = ""
    country: str = ""
    given: frozenset[str] = frozenset()  # the given names that may stand before this surname, in lower case

    @property
    def labels(self) -> tuple[str, str, str]:
        """What a mention says of it: actor, type, form."""
        return self.actor, self.type, self.form


@dataclass(frozen=True, slots=True)
class Entry:
    """An alias and whom it may name; `dominant` is the one it names without an introduction."""

    text: str
    candidates: tuple[Candidate, ...]
    dominant: Candidate | None
    blocked: bool  # a name that must not be read as an actor
    surname: bool  # another person may bear it: what stands before it decides
    given: bool  # it is also a given name: what follows it decides
    capital: bool  # a single word that stands for a country: it may be a surname too
    common: bool  # a body that many states have: only in articles that name its state

    @property
    def waits(self) -> bool:
        """Whether who was introduced before or elsewhere decides whom it names."""
        return self.surname or self.dominant is None


class Entries(Sequence[Entry]):
    """The entries of a registry, made when they are first asked for: most of a long list is never named."""

    def __init__(self, owners: Mapping[str, list[Row]]) -> None:
        """Keep who owns which alias."""
        self.aliases = list(owners)
        self._owners = owners
        self._given = _given_names(row for rows in owners.values() for row in rows)
        self._made: dict[int, Entry] = {}

    def people(self) -> Iterator[Person]:
        """The names of people."""
        for number, (alias, rows) in enumerate(self._owners.items()):
            for row in rows:
                if row.type == "person":
                    yield Person(number, row.actor, alias, row.country, row.when != "introduced")

    def __len__(self) -> int:
        """How many aliases there are."""
        return len(self.aliases)

    @overload
    def __getitem__(self, number: int) -> Entry: ...
    @overload
    def __getitem__(self, number: slice) -> list[Entry]: ...
    def __getitem__(self, number: int | slice) -> Entry | list[Entry]:
        """The entry, or entries, of that number."""
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if number not in self._made:
            alias = self.aliases[number]
            self._made[number] = _entry(alias, self._owners[alias], self._given)
        return self._made[number]


@dataclass(frozen=True)
class Names:
    """A compiled registry."""

    entries: Entries
    introduces: dict[str, list[int]]  # actor → the entries that may name it once it has been introduced
    finder: Automaton | Table

    @functools.cached_property
    def variants(self) -> Variants:
        """How the names of its people may be spelled otherwise; made when the first text is read."""
        return variants(self.entries.people())

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, entry number) of the aliases in `text`: whole words, longest first, none overlapping."""
        hits = [hit for hit in self.finder.find(text) if is_whole(text, hit[0], hit[1])]
        hits.sort()
        found: list[tuple[int, int, int]] = []
        cluster: list[tuple[int, int, int]] = []
        reached = 0
        for hit in hits:
            if hit[0] >= reached:
                found += cluster if len(cluster) < 2 else _longest(cluster)
                cluster = []
            cluster.append(hit)
            reached = max(reached, hit[1])
        return found + _longest(cluster)


def _longest(cluster: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of spans that overlap, the longest, then the longest that does not overlap it, and so on; in order."""
    if len(cluster) == 2:
        first, second = cluster
        return [second] if second[1] - second[0] > first[1] - first[0] else [first]
    taken: set[int] = set()
    kept = []
    for hit in sorted(cluster, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if hit[0] not in taken and hit[1] - 1 not in taken:
            kept.append(hit)
            taken.update(range(hit[0], hit[1]))
    return sorted(kept)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is bounded by something that is no part of a word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before == " " and after == " ":
        return True
    if _is_wordlike(before) or _is_wordlike(after):
        return False
    if before in APOSTROPHES and text[start - 2 : start - 1].isalpha():
        return False  # O'Brien does not name Brien
    if before in HYPHENS and text[end - 1].islower() and " " in text[start:end]:
        # "pro-Russian government" names Russia, not its government
        return text[start:end].rsplit(" ", 1)[1][0].isupper()
    if after in APOSTROPHES and text[end + 1 : end + 2].isalpha():
        return _CONTRACTION.match(text, end + 1) is not None
    return True


def _is_wordlike(letter: str) -> bool:
    return letter.isalnum() or letter in "_@" or (not letter.isascii() and unicodedata.combining(letter) > 0)


def fold(name: str) -> str:
    """The name without diacritics: Erdoğan → Erdogan."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in name)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def spellings(alias: str) -> set[str]:
    """Every way the alias may be written: without diacritics, with either apostrophe, in a headline, in capitals.

    Capitals only from four letters on: in three, "US" and "us", "WHO" and "who" could not be told apart.
    """
    forms = {alias} if alias.isascii() else {alias, fold(alias)}
    if "'" in alias or "’" in alias:
        forms |= {form.replace("'", "’") for form in forms} | {form.replace("’", "'") for form in forms}
    if alias != alias.title():
        forms |= {headline for form in forms for headline in _headlines(form)}
    if sum(map(str.isalpha, alias)) >= SHOUTED:
        forms |= {form.upper() for form in forms}
    return forms


def _headlines(name: str) -> tuple[str, str]:
    """The name at the start of a sentence, and in a Title-Case Headline."""
    small = context().small_words
    words = (word if word in small else word[:1].upper() + word[1:] for word in name.split(" "))
    return name[:1].upper() + name[1:], " ".join(words)


@functools.lru_cache(maxsize=8)
def compile_names(rows: tuple[Row, ...]) -> Names:
    """The registry ready for matching. Pure, so that the same rows are compiled once."""
    by_alias: dict[str, list[Row]] = {}
    for row in dict.fromkeys(rows):
        if row.alias in by_alias:
            by_alias[row.alias].append(row)
        else:
            by_alias[row.alias] = [row]
    introduces: dict[str, list[int]] = {}
    for number, owners in enumerate(by_alias.values()):
        surname = _is_surname(owners)
        for row in owners:
            if surname or row.when == "introduced":
                introduces.setdefault(row.actor, []).append(number)
    entries = Entries(by_alias)
    return Names(entries, introduces, finder(entries.aliases, spellings))


def _is_surname(owners: list[Row]) -> bool:
    """Whether the alias is one that several people may bear."""
    return any(row.type == "person" and (row.form == "surname" or " " not in row.alias) for row in owners)


def _entry(alias: str, owners: list[Row], given: dict[tuple[str, str], set[str]]) -> Entry:
    candidates = tuple(
        Candidate(
            row.actor,
            row.type,
            row.form,
            row.when != "introduced",
            tuple(title.casefold() + " " for title in row.titles.split(";") if title),
            row.gender,
            row.country,
            frozenset(given.get((row.actor, alias), ())),
        )
        for row in owners
    )
    always = [candidate for candidate in candidates if candidate.always]
    return Entry(
        alias,
        candidates,
        dominant=always[0] if len(always) == 1 else None,
        blocked=any(row.type in ("other", "place") for row in owners),
        surname=_is_surname(owners),
        given=alias.casefold() in context().given,
        capital=" " not in alias and any(row.form == "metonym" and row.type == "country" for row in owners),
        common=alias in context().common_bodies,
    )


def _given_names(rows: Iterable[Row]) -> dict[tuple[str, str], set[str]]:
    """(actor, surname) → the given names its full names start with, so that a middle name can stand between."""
    surnames: dict[str, list[str]] = {}
    people = [row for row in rows if row.type == "person"]
    for row in people:
        if row.form == "surname":
            surnames.setdefault(row.actor, []).append(row.alias)
    given: dict[tuple[str, str], set[str]] = {}
    for row in people if surnames else ():
        for surname in surnames.get(row.actor, ()):
            if row.alias.endswith(" " + surname):
                given.setdefault((row.actor, surname), set()).add(row.alias.split(" ")[0].casefold())
    return given


class Sentence(NamedTuple):
    """Where a sentence lies, its number and its part (title, heading, body): columns of the frame sentences."""

    start: int
    end: int
    number: int
    part: str


class WordBefore(NamedTuple):
    """A word before a name: as written, where it starts, and whether the sentence or a clause starts with it."""

    text: str
    start: int
    first: bool


class Page:
    """One text with its sentences and the names found in it: answers what stands around a span."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], names: Names, *, published: pd.Timestamp | None = None
    ) -> None:
        """Find the names; what stands around them is computed when it is asked for. `published`: None when unknown."""
        self.text = text
        self.sentences = sentences
        self.published = published
        self.hits = hits = names.variants.find(text, names.find(text))
        self._entries = names.entries
        self._sentence_starts = [sentence.start for sentence in sentences]
        self.starts = {start: number for start, _, number in hits}
        self._ends = {end: number for _, end, number in hits}
        self._styles: dict[int, str] = {}

    def entries(self) -> Iterator[tuple[int, int, Entry]]:
        """Where aliases were found, and their entries."""
        return ((start, end, self._entries[number]) for start, end, number in self.hits)

    def name_before(self, end: int) -> Entry | None:
        """The name that was found right up to `end`, if any."""
        number = self._ends.get(end)
        return None if number is None else self._entries[number]

    def name_at(self, start: int) -> Entry | None:
        """The name that was found from `start` on, if any."""
        number = self.starts.get(start)
        return None if number is None else self._entries[number]

    def sentence(self, start: int) -> Sentence:
        """The sentence that `start` lies in."""
        return self.sentences[max(bisect_right(self._sentence_starts, start) - 1, 0)]

    def style(self, start: int) -> str:
        """How the sentence is written: "plain", "title" (A Headline Like This) or "caps"."""
        sentence = self.sentence(start)
        if sentence.start not in self._styles:
            self._styles[sentence.start] = _style(self.text[sentence.start : sentence.end])
        return self._styles[sentence.start]

    def words_before(self, start: int, limit: int = 4) -> Iterator[WordBefore]:
        """The words before `start` within the clause, nearest first."""
        sentence_start = self.sentence(start).start
        for _ in range(limit):
            if start <= sentence_start or self.text[start - 1] != " ":
                return
            begin = self.text.rfind(" ", max(sentence_start, start - 42), start - 1) + 1
            begin = max(begin, sentence_start)
            written = self.text[begin : start - 1]
            word = written.lstrip("“”\"'‘’([—–-…")
            if not word or word[-1] in ',;:!?)”"]—–…' or len(word) > 40:
                return
            first = begin == sentence_start or word != written
            start = start - 1 - len(word)
            yield WordBefore(word, start, first)
            if first:
                return

    def word_after(self, end: int) -> str:
        """The word after `end` and one space, without its stop or possessive ending; "" when something else follows."""
        if self.text[end : end + 1] != " ":
            return ""
        found = _WORD_AFTER.match(self.text, end + 1, end + 41)
        word = found.group().rstrip(".'’-") if found else ""
        return word[:-2] if word.endswith(("'s", "’s")) else word


def _style(sentence: str) -> str:
    if sentence.isupper():
        return "caps" if len(_WORD.findall(sentence)) > 1 else "plain"
    small, words = context().small_words, 0
    for found in _WORD.finditer(sentence):
        words += 1
        word = found.group()
        if word[0].islower() and word not in small:
            return "plain"
    return "title" if words > 2 else "plain"
