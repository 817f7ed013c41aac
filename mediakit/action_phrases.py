"""The noun phrases of agents and patients, and the actors that they name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .action_clauses import words

_LEFT = frozenset("det amod compound poss nummod nmod quantmod predet case advmod npadvmod punct".split())
_PAST = (
    "former",
    "ex",
    "late",
    "onetime",
    "ousted",
    "deposed",
    "exiled",
)  # a former president does not stand for the state
_HYPHENS = "-‐‑–"
_QUOTES = "\"“”‘’'`()[] "


class Named(NamedTuple):
    """A mention of an actor; offsets are those of the article."""

    start: int
    end: int
    actor: str
    type: str
    form: str


class Participant(NamedTuple):
    """An agent or a patient: the phrase, and the actor it names, if any."""

    start: int
    end: int
    actor: str | None
    refers: bool = False  # by a description or pronoun


def index(named: Iterable[Named]) -> tuple[list[Named], list[int]]:
    """Mentions of an article in order, and where they begin."""
    rows = sorted(named)
    return rows, [row.start for row in rows]


def within(rows: Sequence[Named], starts: Sequence[int], start: int, end: int) -> list[Named]:
    """The mentions that begin in a stretch of the article."""
    return list(rows[bisect_left(starts, start) : bisect_left(starts, end)])


def participants(head: Any, offset: int, named: Sequence[Named]) -> list[Participant]:
    """The phrase of a head word, once for each actor it names, or once without.

    `offset` is where the parsed sentence begins in the article, `named` are the mentions in it.
    """
    first = _first(head)
    start, end = offset + first.idx, offset + head.idx + len(head)
    actors, reach = _actors(head, start, offset, named)
    end = max(end, reach)
    own = _covering(head, offset, named)
    refers = own is not None and own.form in ("description", "pronoun") and not head.lower_.endswith(("self", "selves"))
    return [Participant(start, end, actor, refers) for actor in actors] or [Participant(start, end, None)]


def apart(agent: Participant, patient: Participant) -> tuple[Participant, Participant]:
    """The two, less an actor that cannot be both: "Putin met him" and "Putin met the minister" mean somebody else.

    A pronoun or description that is no reflexive never means the other argument of its own verb (Chomsky 1981,
    principles B and C).
    """
    if agent.actor is None or agent.actor != patient.actor:
        return agent, patient
    if patient.refers:
        return agent, patient._replace(actor=None)
    return (agent._replace(actor=None), patient) if agent.refers else (agent, patient)


def _first(head: Any) -> Any:
    """The first word of the noun phrase: determiners, adjectives, compounds and owners before the head."""
    first = head
    for child in sorted(head.children, key=lambda child: -child.i):
        if child.i < head.i and child.dep_ in _LEFT and not (child.dep_ == "punct" and child.text not in _HYPHENS):
            first = min(first, child.left_edge, key=lambda token: token.i)
    while first.i < head.i and (first.text in _QUOTES or first.is_punct):
        first = first.nbor(1)
    return first


def _actors(head: Any, start: int, offset: int, named: Sequence[Named]) -> tuple[list[str], int]:
    """The actors that a phrase stands for, and how far it reaches behind its head to name them."""
    own = _covering(head, offset, named)
    if own:
        return ([] if _is_gerund(head) else [own.actor]), 0
    beside = _beside(head, offset, named)
    if beside:
        return [beside.actor], 0
    if not _is_representative(head) or any(child.lower_ in _PAST for child in head.children):
        return [], 0
    before = _before(head, start, offset, named)
    if before:
        return before, 0
    return _of(head, offset, named)


def _is_representative(head: Any) -> bool:
    return head.lemma_.lower() in words().representatives or head.lower_ in words().representatives


def _beside(head: Any, offset: int, named: Sequence[Named]) -> Named | None:
    """The mention in apposition: "the president, Vladimir Putin", "Marc Fogel, a citizen who"."""
    for child in head.children:
        row = _covering(child, offset, named) if child.dep_ == "appos" else None
        # behind a comma, or behind an office: in "the promise Trump made" none stands in apposition
        between = head.doc[head.i + 1 : child.left_edge.i]
        if row and row.type == "person" and (_is_representative(head) or any(token.is_punct for token in between)):
            return row
        if row and len(between) == 1 and between[0].is_punct:
            return row
    row = _covering(head.head, offset, named) if head.dep_ == "appos" else None
    return row if row and row.type == "person" and row.end <= offset + head.idx else None


def _is_gerund(name: Any) -> bool:
    """Whether the phrase is what is done to the one it names: "sidelining Ukraine could prolong the war"."""
    before = [child for child in name.children if child.i < name.i]
    return bool(before) and before[0].tag_ == "VBG" and before[0].dep_ == "amod" and name.pos_ == "PROPN"


def _covering(token: Any, offset: int, named: Sequence[Named]) -> Named | None:
    """The shortest mention that the word belongs to."""
    at = offset + token.idx
    return min((row for row in named if row.start <= at < row.end), key=lambda row: row.end - row.start, default=None)


def _represents(head: Any, row: Named) -> bool:
    """Whether "the … forces" may stand for the actor: a state or body, or a person who commands them."""
    return row.type != "person" or head.lemma_.lower() in words().of_person


def _before(head: Any, start: int, offset: int, named: Sequence[Named]) -> list[str]:
    """The actor named last in front of the head, and those joined to it: "US and Russian officials"."""
    end = offset + head.idx
    inside = [row for row in named if start <= row.start and row.end <= end and not _hyphenated(row, head, offset)]
    if not inside or not _represents(head, inside[-1]):
        return []
    last = _token(head, inside[-1], offset)
    joined = {token.i for token in _chain(last)} if last is not None else set()
    found = [
        row for row in inside[:-1] if (token := _token(head, row, offset)) and token.i in joined and row != inside[-1]
    ]
    return list(dict.fromkeys(row.actor for row in [*found, inside[-1]] if _represents(head, row)))


def _hyphenated(row: Named, head: Any, offset: int) -> bool:
    """Whether the name is a part of a longer word: "pro-Russian", "US-backed"."""
    text = head.doc.text
    low, high = row.start - offset, row.end - offset
    return text[low - 1 : low] in (*_HYPHENS,) or text[high : high + 1] in (*_HYPHENS,)


def _token(head: Any, row: Named, offset: int) -> Any | None:
    """The last word of a mention."""
    span = head.doc.char_span(row.start - offset, row.end - offset, alignment_mode="expand")
    return span[-1] if span is not None and len(span) else None


def _chain(token: Any) -> list[Any]:
    """The word and those coordinated with it."""
    top = token
    while top.dep_ == "conj":
        top = top.head
    found, at = [top], 0
    while at < len(found):
        found += [child for child in found[at].children if child.dep_ == "conj"]
        at += 1
    return found


def _of(head: Any, offset: int, named: Sequence[Named]) -> tuple[list[str], int]:
    """The actors of "the president of France"."""
    nouns = [
        noun
        for child in head.children
        if child.dep_ == "prep" and child.lower_ == "of"
        for noun in child.children
        if noun.dep_ == "pobj"
    ]
    found = [row for noun in nouns for token in _chain(noun) if (row := _covering(token, offset, named))]
    found = [row for row in found if _represents(head, row)]
    return list(dict.fromkeys(row.actor for row in found)), max((row.end for row in found), default=0)
