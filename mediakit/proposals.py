"""Names that the registry does not have: found by their capitals and the words around them, one article at a time.

Each gets a guessed kind, from what stands in and beside the name at all its places in the article; people's surnames
and first names go to the person that the article introduced. docs/actors.md lists the rules.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from mediakit.matching import Page, context

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.&‐‑-][^\W_]+)*|&")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,7}|(?:[A-Z]\.){2,5}")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_POSSESSIVE = re.compile(r"['’][sS]$")
_ROMAN = re.compile(r"[IVXL]+")

Span = tuple[int, int]


class Proposal(NamedTuple):
    """A name that is not in the registry: where it stands, the name it goes under, and what it seems to name."""

    start: int
    end: int
    name: str
    kind: str  # person, organisation, place
    form: str  # name, surname, variant
    confidence: float = 0.7


@dataclass(frozen=True)
class Lists:
    """The word lists of data/names_unknown.toml, and the places of data/names_places.txt."""

    organisation: frozenset[str]
    place: frozenset[str]
    place_first: frozenset[str]
    no_actor: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    joining: frozenset[str]
    speech: frozenset[str]
    place_before: frozenset[str]
    no_name: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]  # words that open a sentence with a capital of its own


@functools.cache
def lists() -> Lists:
    """The word lists that ship with mediakit."""
    data = resources.files("mediakit").joinpath("data")
    words = tomllib.loads(data.joinpath("names_unknown.toml").read_text(encoding="utf-8"))
    places = data.joinpath("names_places.txt").read_text(encoding="utf-8").split("\n")
    stops = data.joinpath("stop_words_english.txt").read_text(encoding="utf-8").split("\n")
    common = {word.casefold() for word in stops if word and not word.startswith("#")} | context().openers
    return Lists(
        places=frozenset(place for place in places if place and not place.startswith("#")),
        common=frozenset(common),
        **{key: frozenset(values) for key, values in words.items()},
    )


class _Word(NamedTuple):
    text: str  # without a possessive ending
    start: int
    end: int
    possessive: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass
class _Run:
    """Capitalised words in a row, with what stands before and after them."""

    words: list[_Word]
    before: str = ""
    after: str = ""
    titled: bool = False
    first: bool = False  # it opens its sentence

    @property
    def span(self) -> Span:
        return self.words[0].start, self.words[-1].end

    def name(self, text: str) -> str:
        return text[self.words[0].start : self.words[-1].end]


@dataclass
class _Evidence:
    """What an article says about one name."""

    votes: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)


def propose(page: Page, taken: Sequence[Span]) -> list[Proposal]:
    """The unregistered names in one article, in order; spans in `taken` are names that the registry knows."""
    return _resolve(page.text, _gather(page, taken), taken)


def propose_from(page: Page, taken: Sequence[Span], found: Iterable[tuple[int, int, str]]) -> list[Proposal]:
    """As `propose`, with the help of a model: (start, end, kind) of what it found, kind "" for what is no actor.

    The model confirms what has only its capital to show for itself, votes on kinds, and adds what the rules
    passed over.
    """
    evidence = _gather(page, taken)
    model = [(*_trimmed(page.text, start, end), kind) for start, end, kind in found]
    confirmed = {page.text[start:end] for start, end, kind in model if kind}
    words = {word for name in confirmed for word in name.split(" ")}
    for name in list(evidence):
        seen = evidence[name]
        if max(seen.votes.values()) <= len(seen.spans) and words.isdisjoint(name.split(" ")):
            del evidence[name]
    covered = [span for seen in evidence.values() for span in seen.spans]
    for start, end, kind in model:
        name = page.text[start:end]
        if name in evidence:
            evidence[name].votes[kind] += 2
        elif kind and _may_be_name(name) and not _overlaps(start, end, taken) and not _overlaps(start, end, covered):
            evidence[name].votes[kind] += 2
            evidence[name].spans.append((start, end))
    return _resolve(page.text, {name: seen for name, seen in evidence.items() if seen.spans}, taken)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span of a model's name without article, titles, possessive ending and what the next line holds."""
    line = text.find("\n", start, end)
    words = list(_words(text, start, end if line < 0 else line))
    while len(words) > 1 and (not words[0].capital or _is_title(words[0].text, lists()) or words[0].text == "The"):
        words = words[1:]
    while len(words) > 1 and (not words[-1].capital or words[-1].text in lists().no_name):
        words = words[:-1]
    return (words[0].start, words[-1].end) if words else (start, end)


def _may_be_name(name: str) -> bool:
    words, words_of = name.split(" "), lists()
    return name[:1].isupper() and name not in words_of.no_name and words[-1] not in words_of.no_actor


def _gather(page: Page, taken: Sequence[Span]) -> dict[str, _Evidence]:
    """The names that stand in running text, each with its places and the votes for a kind."""
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    lower = {word.group() for word in re.finditer(r"\b[a-z][a-z-]+\b", page.text)}
    for run in _runs(page):
        for part in _parts(run, lower):
            start, end = part.span
            if _overlaps(start, end, taken) and not _is_longer_body(part, taken):
                continue
            kind, weight = _kind(part, page.text)
            if kind:
                seen = evidence[part.name(page.text)]
                seen.votes[kind] += weight
                seen.spans.append((start, end))
    return evidence


def _overlaps(start: int, end: int, taken: Sequence[Span]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _is_longer_body(run: _Run, taken: Sequence[Span]) -> bool:
    """Whether the run is an organisation whose name holds a registered one: "Australian Centre for Disease Control"."""
    start, end = run.span
    inside = [(low, high) for low, high in taken if start < high and low < end]
    heads = lists().organisation | lists().place
    return all(start <= low and high <= end and (low, high) != (start, end) for low, high in inside) and _heads(
        run.words, heads
    )


def _words(text: str, start: int, end: int) -> Iterator[_Word]:
    for found in _WORD.finditer(text, start, end):
        word = found.group()
        bare = _POSSESSIVE.sub("", word)
        stop = found.start() + len(bare)
        if len(bare) == 1 and bare.isalpha() and bare.isupper() and text[stop : stop + 1] == ".":
            bare, stop = bare + ".", stop + 1  # an initial
        if bare:
            yield _Word(bare, found.start(), stop, len(bare) < len(word) and bare[-1] != ".")


def _runs(page: Page) -> Iterator[_Run]:
    """Runs of capitalised words in sentences of running text."""
    words_of = lists()
    for sentence in page.sentences:
        if page.style(sentence.start) != "plain":
            continue
        words = list(_words(page.text, sentence.start, sentence.end))
        at = 0
        while at < len(words):
            if not words[at].capital:
                at += 1
                continue
            stop = at + 1
            while stop < len(words) and (step := _continues(page.text, words, at, stop, words_of)):
                stop += step
            before = _gap_free(page.text, words, at - 1, at)
            after = words[stop].text if stop < len(words) and words[stop].start - words[stop - 1].end <= 2 else ""
            yield _Run(words[at:stop], before, after, first=at == 0 or page.text[words[at].start - 1] in '“"‘')
            at = stop


def _gap_free(text: str, words: list[_Word], left: int, right: int) -> str:
    if left < 0 or text[words[left].end : words[right].start] not in (" ", " “", ' "', ", "):
        return ""
    return words[left].text


def _continues(text: str, words: list[_Word], at: int, place: int, words_of: Lists) -> int:
    """How many words on the run goes: one for a capital, more over small words that belong to the name."""
    if words[place - 1].possessive:
        return 0

    def joined(left: int) -> bool:
        return text[words[left].end : words[left + 1].start] == " "

    if not joined(place - 1):
        return 0
    if words[place].capital:
        return 1
    headed = any(word.text in words_of.organisation or word.text in words_of.place for word in words[at:place])
    small = words_of.particles | (words_of.joining if headed else frozenset())
    if words[place].text in ("and", "in", "to", "with", "on", "against"):
        # "Institute of Peace and Security", but not "University of X and University of Y"
        inner = any(word.text in ("of", "for") for word in words[at:place])
        heads = words_of.organisation | words_of.place
        if not inner or any(word.text in heads for word in words[place + 1 : place + 4]):
            return 0
    for step in (1, 2, 3):
        last = place + step - 1
        if last + 1 >= len(words) or words[last].text not in small or not joined(last):
            return 0
        if words[last + 1].capital:
            return step + 1
    return 0


def _parts(run: _Run, lower: set[str]) -> Iterator[_Run]:
    """The names in a run: without the word that only opens the sentence, days, and titles before a person."""
    words, words_of, context_words = list(run.words), lists(), context()
    if run.first and len(words) > 1:
        opener = words[0].text.casefold()
        if opener in words_of.common or (opener in lower and opener not in context_words.given):
            words = words[1:]
    elif run.first and not _ACRONYM.fullmatch(words[0].text):
        return  # a single word with the capital of its sentence: only when the name stands elsewhere too
    while words and (words[0].text.casefold() in context_words.days or not words[0].capital):
        words = words[1:]
    while words and (
        words[-1].text.casefold() in context_words.days | {"image", "photo", "file"} or words[-1].text in words_of.roles
    ):
        words = words[:-1]
    before, after = run.before if words and words[0] is run.words[0] else "", run.after
    last = max((at for at, word in enumerate(words) if _is_title(word.text, words_of)), default=-1)
    is_body = bool(words) and _heads(words, words_of.organisation | words_of.place)
    if last >= 0 and not is_body:
        held = [word for word in words[:last] if not _is_title(word.text, words_of)]
        if last + 1 < len(words):
            yield _Run(words[last + 1 :], words[last].text, after, titled=True)
        if held and held == words[: len(held)] and last > 0:
            yield _Run(held, before, words[len(held)].text)
        return
    if words:
        titled = _is_title(before, words_of) or before in words_of.roles
        yield _Run(words, before, after, titled=titled, first=run.first and words[0] is run.words[0])


def _is_title(word: str, words_of: Lists) -> bool:
    bare = word.rstrip(".").casefold()
    return bare in context().titles or word in words_of.roles


def _heads(words: list[_Word], heads: frozenset[str]) -> bool:
    """Whether the name ends in one of `heads` or has one before "of", "for" and the like."""
    texts = [word.text for word in words]
    inner = any(word in heads and after in ("of", "for", "on") for word, after in pairwise(texts))
    return len(texts) > 1 and (texts[-1] in heads or inner)


def _kind(run: _Run, text: str) -> tuple[str, int]:
    """The kind that this place speaks for, and how strongly; "" when it is no name."""
    words_of, texts = lists(), [word.text for word in run.words]
    name, last = run.name(text), texts[-1]
    if name in words_of.places:
        return "place", 4
    if name in words_of.no_name or _ROMAN.fullmatch(name) or (len(name) < 2) or name.casefold() in context().days:
        return "", 0
    if last in words_of.no_actor or any(word.isdigit() for word in texts[1:]):
        return "", 0
    given = texts[0].casefold().split("-")[0] in context().given
    if given and 2 <= len(texts) <= 4 and not _heads(run.words, words_of.organisation | words_of.place):
        return "person", 4
    if _heads(run.words, words_of.organisation) or any(
        word in words_of.place and after == "for" for word, after in pairwise(texts)
    ):
        return "organisation", 4
    if _heads(run.words, words_of.place) or (len(texts) > 1 and texts[0] in words_of.place_first):
        return "place", 3
    if run.titled and len(texts) <= 4:
        return "person", 3
    if any(_INITIAL.fullmatch(word) for word in texts[:-1]) and len(texts) <= 4:
        return "person", 3
    if _ACRONYM.fullmatch(name):
        return "organisation", 2
    return _kind_by_context(run, text, given=given)


def _kind_by_context(run: _Run, text: str, *, given: bool) -> tuple[str, int]:
    words_of, texts = lists(), [word.text for word in run.words]
    end = run.span[1]
    tail = text[end : end + 24]
    aged = re.match(r", \d\d,", tail)
    speaks = run.after in words_of.speech or run.before in ("said", "says", "told", "added")
    if run.before.casefold() == "the":
        return "organisation", 1
    if 2 <= len(texts) <= 4 and (aged or speaks):
        return "person", 2
    if run.before in words_of.place_before and len(texts) <= 3:
        return "place", 2
    if tail.startswith(", ") and any(tail.startswith(place, 2) for place in context().us_states):
        return "place", 2
    if given and len(texts) == 1:
        return "person", 1
    if 2 <= len(texts) <= 3 and all(len(word) > 1 for word in texts):
        return "person", 1
    return "organisation", 1


def _resolve(text: str, evidence: dict[str, _Evidence], taken: Sequence[Span]) -> list[Proposal]:
    """Decide each name's kind, give surnames to people, and find the names again in titles and at sentence starts."""
    kinds = {name: seen.votes.most_common(1)[0][0] for name, seen in evidence.items()}
    evidence = {name: seen for name, seen in evidence.items() if kinds[name]}
    people = sorted(
        (min(seen.spans), name) for name, seen in evidence.items() if kinds[name] == "person" and " " in name
    )
    owners: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (start, _), name in people:
        for part in _short_names(name):
            owners[part].append((start, name))
    spans = {span: name for name, seen in evidence.items() for span in seen.spans}
    _add_repeats(text, spans, [*evidence, *owners], taken)
    proposals: list[Proposal] = []
    for (start, end), name in sorted(spans.items()):
        if proposals and start < proposals[-1].end:
            if end - start <= proposals[-1].end - proposals[-1].start:
                continue
            proposals.pop()
        if name in owners and name not in lists().places and (" " not in name or name not in kinds):
            before = [owner for place, owner in owners[name] if place <= start] or [owners[name][0][1]]
            form = "surname" if before[-1].endswith(name) else "variant"
            proposals.append(Proposal(start, end, before[-1], "person", form))
        elif name in kinds:
            proposals.append(Proposal(start, end, name, kinds[name], "name"))
    return proposals


def _short_names(name: str) -> Iterator[str]:
    """What a person may be called after the full name: the last word, with its particles, and the first."""
    words = name.split(" ")
    yield words[-1]
    first = next((at for at, word in enumerate(words) if at and word in lists().particles), None)
    if first:
        yield " ".join(words[first:])
    if words[0].casefold() in context().given:
        yield words[0]


def _add_repeats(text: str, spans: dict[Span, str], names: Iterable[str], taken: Sequence[Span]) -> None:
    """Find the names again where capitals alone say nothing: at the start of a sentence, in titles."""
    wanted = sorted({name for name in names if len(name) > 2}, key=len, reverse=True)
    if not wanted:
        return
    pattern = re.compile(r"(?<![\w@])(?:" + "|".join(map(re.escape, wanted)) + r")(?![\w@])")
    busy = sorted([*taken, *spans])
    for found in pattern.finditer(text):
        if not _overlaps(*found.span(), busy):
            spans[found.span()] = found.group()
