"""Names that the registry does not have: found by their capitals and the words around them, one article at a time.

Each gets a guessed kind, from what stands in and beside the name at all its places in the article; people's surnames
and first names go to the person that the article introduced. docs/actors.md lists the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from mediakit.matching import Page, is_whole
from mediakit.proposal_kinds import headed, is_title, kind, names_nothing, parts
from mediakit.proposal_teams import teams
from mediakit.proposal_words import Run, Span, Spans, Word, capital_words, lists, runs

TEAM = " (team)"  # behind the country whose team is meant
_SURE = 4  # votes of one place that need no model's word
# Votes of a place for the kind, and the share of such names that are right (measured on the halves used for building).
_RIGHT = ((4, 0.9), (3, 0.7), (0, 0.4))
_LONGEST_NAME = 100  # characters


class Proposal(NamedTuple):
    """A name that is not in the registry: where it stands, the name it goes under, and what it seems to name."""

    start: int
    end: int
    name: str
    kind: str  # person, organisation, place
    form: str  # name, surname, variant
    confidence: float = 0.7


@dataclass(slots=True)
class _Evidence:
    """What an article says about one name."""

    votes: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)


def propose(page: Page, taken: Sequence[Span]) -> list[Proposal]:
    """The unregistered names in one article, in order; spans in `taken` are names that the registry knows."""
    busy, words = Spans(taken), capital_words(page.text)
    return sorted([*_resolve(page, words, _gather(page, words, busy), busy), *_teams(page, taken)])


def propose_from(page: Page, taken: Sequence[Span], found: Iterable[tuple[int, int, str]]) -> list[Proposal]:
    """As `propose`, with the help of a model: (start, end, kind) of what it found, kind "" for what is no actor.

    The model confirms what has only its capital to show for itself, votes on kinds, and adds what the rules
    passed over.
    """
    busy, capitals = Spans(taken), capital_words(page.text)
    evidence = _gather(page, capitals, busy)
    model = [(*_trimmed(page.text, start, end), kind) for start, end, kind in found]
    confirmed = {page.text[start:end] for start, end, kind in model if kind}
    words = {word for name in confirmed for word in name.split(" ")}
    for name in list(evidence):
        seen = evidence[name]
        if max(seen.votes.values()) < _SURE * len(seen.spans) and words.isdisjoint(name.split(" ")):
            del evidence[name]
    covered = Spans(span for seen in evidence.values() for span in seen.spans)
    for start, end, kind_of_it in model:
        name = page.text[start:end]
        if name in evidence:
            evidence[name].votes[kind_of_it] += 2
        elif kind_of_it and _may_be_name(name) and not busy.overlap(start, end) and not covered.overlap(start, end):
            evidence[name].votes[kind_of_it] += 2
            evidence[name].spans.append((start, end))
    named = _resolve(page, capitals, {name: seen for name, seen in evidence.items() if seen.spans}, busy)
    return sorted([*named, *_teams(page, taken)])


def _teams(page: Page, taken: Sequence[Span]) -> list[Proposal]:
    """The national teams that go by the name of their country."""
    return [Proposal(start, end, actor + TEAM, "organisation", "name", 0.8) for start, end, actor in teams(page, taken)]


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span of a model's name without article, titles, possessive ending and what the next line holds."""
    line = text.find("\n", start, end)
    words = capital_words(text, start, end if line < 0 else line)
    while len(words) > 1 and (is_title(words[0].text, lists()) or words[0].text == "The"):
        words = words[1:]
    while len(words) > 1 and words[-1].text in lists().no_name:
        words = words[:-1]
    return (words[0].start, words[-1].end) if words else (start, end)


def _may_be_name(name: str) -> bool:
    return name[:1].isupper() and not names_nothing(name) and name.split(" ")[-1] not in lists().no_actor


def _gather(page: Page, words: Sequence[Word], taken: Spans) -> dict[str, _Evidence]:
    """The names that stand in running text, each with its places and the votes for a kind."""
    evidence: dict[str, _Evidence] = defaultdict(_Evidence)
    others = Spans((start, end) for start, end, entry in page.entries() if entry.candidates[0].type == "other")
    for run in runs(page, words):
        if len(run.words) == 1 and taken.overlap(*run.span):
            continue
        for part in parts(run, page.text):
            start, end = part.span
            if taken.overlap(start, end) and not _is_longer_body(part, taken):
                continue
            if any(
                low <= start and end <= high and (low, high) != (start, end) for low, high in others.within(start, end)
            ):
                continue  # "Nord Stream" of Nord Stream 2
            kind_of_it, weight = kind(part, page)
            if kind_of_it:
                seen = evidence[part.name(page.text)]
                seen.votes[kind_of_it] += weight
                seen.spans.append((start, end))
    return evidence


def _is_longer_body(run: Run, taken: Spans) -> bool:
    """Whether the run is an organisation whose name holds a registered one: "Australian Centre for Disease Control"."""
    start, end = run.span
    inside = taken.within(start, end)
    within = all(start <= low and high <= end and (low, high) != (start, end) for low, high in inside)
    return within and headed(run.words, lists().heads)


def _resolve(page: Page, words: Sequence[Word], evidence: dict[str, _Evidence], taken: Spans) -> list[Proposal]:
    """Decide each name's kind, give surnames to people, and find the names again in titles and at sentence starts."""
    kinds = {name: seen.votes.most_common(1)[0][0] for name, seen in evidence.items()}
    sure = {name: _confidence(seen) for name, seen in evidence.items()}
    evidence = {name: seen for name, seen in evidence.items() if kinds[name]}
    people = sorted(
        (start, name)
        for name, seen in evidence.items()
        if kinds[name] == "person" and " " in name
        for start, _ in seen.spans
    )
    owners: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for start, name in people:
        for part in _short_names(name):
            owners[part].append((start, name))
    spans = {span: name for name, seen in evidence.items() for span in seen.spans}
    _add_repeats(page.text, words, spans, [*evidence, *owners], taken)
    proposals: list[Proposal] = []
    for (start, end), name in sorted(spans.items()):
        if proposals and start < proposals[-1].end:
            if end - start <= proposals[-1].end - proposals[-1].start:
                continue
            proposals.pop()
        if name in owners and name not in lists().places and (" " not in name or name not in kinds):
            owner = _owner(page, start, owners[name])
            if owner:
                form = "surname" if owner.endswith(name) else "variant"
                proposals.append(Proposal(start, end, owner, "person", form, sure[owner]))
        elif name in kinds:
            proposals.append(Proposal(start, end, name, kinds[name], "name", sure[name]))
    return proposals


def _owner(page: Page, start: int, owners: Sequence[tuple[int, str]]) -> str | None:
    """The person last called in full before it; nobody where two were, in one sentence or only after a headline."""
    at = bisect_right(owners, start, key=itemgetter(0))
    if not at:
        last = owners[0][1]
        return last if all(_same_person(name, last) for name in {name for _, name in owners}) else None
    place, last = owners[at - 1]
    opening = page.sentence(place).start
    if opening == page.sentence(start).start:
        return last
    together = takewhile(lambda owner: owner[0] >= opening, (owners[before] for before in range(at - 1, -1, -1)))
    return last if all(_same_person(name, last) for _, name in together) else None


def _same_person(name: str, other: str) -> bool:
    """Whether two full names may be one person's: "John Smith", "John A. Smith", "J. Smith"."""
    ours, theirs = name.split(" "), other.split(" ")
    initials = "." in ours[0] + theirs[0] and ours[0][0] == theirs[0][0]
    return ours[-1] == theirs[-1] and (ours[0] == theirs[0] or initials)


def _confidence(seen: _Evidence) -> float:
    """How often such names are right, by the votes of each place for the kind chosen: docs/accuracy.md."""
    votes = max(seen.votes.values()) / len(seen.spans)
    return next(share for least, share in _RIGHT if votes >= least)


def _short_names(name: str) -> Iterator[str]:
    """What a person may be called after the full name: the last word, with its particles, and the first."""
    words = name.split(" ")
    yield words[-1]
    first = next((at for at, word in enumerate(words) if at and word in lists().particles), None)
    if first:
        yield " ".join(words[first:])
    if words[0].casefold() in lists().given:
        yield words[0]


def _add_repeats(text: str, words: Sequence[Word], spans: dict[Span, str], names: Iterable[str], taken: Spans) -> None:
    """Find the names again where capitals alone say nothing: at the start of a sentence, in titles."""
    wanted = {name for name in names if 2 < len(name) <= _LONGEST_NAME}
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in wanted:
        lengths[name.split(" ")[0]].add(len(name))
    busy, reached = Spans(spans), 0
    for word in words:
        if word.text not in lengths or word.start < reached:
            continue
        for length in sorted(lengths[word.text], reverse=True):
            span = word.start, word.start + length
            if (name := text[slice(*span)]) in wanted and is_whole(text, *span):
                if not taken.overlap(*span) and not busy.overlap(*span):
                    spans[span] = name
                reached = span[1]
                break
