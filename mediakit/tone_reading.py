"""How the core model of tone reads a sentence: words on both sides of the target, names without their letters.

The target and all other names are replaced by symbols before anything is weighed, so that nobody has a good or a bad
name. What is kept of a word is its place: side, distance, clause, quotation.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

WINDOW = 60  # tokens on either side of the target that are read; hardly any sentence has more
NAME, NUMBER = "<name>", "<number>"

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*\d|\d|[^\w\s]")
_MARKS = {"“": "open", "”": "close", '"': "both", "„": "open", "«": "open", "»": "close"}
_BORDERS = frozenset({",", ";", ":", "—", "–", "(", ")", ".", "!", "?"}) | frozenset(
    "but while although though whereas despite because after before who which when if as unless yet since".split()
)
_STARTS = frozenset({".", "!", "?", ":", ";", "open", "both", "—", "–"})
PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours "
    "ourselves they them their theirs themselves who whom whose this that these those".split()
)
_PERSONS = frozenset("he she they i we you it who".split())
_OWNERS = frozenset("my your his her its our their whose".split())
_PLACE = str.maketrans({"’": "'", "‘": "'"})


class Word(NamedTuple):
    """A token beside the target."""

    text: str  # in small letters; a symbol for names and numbers
    start: int  # code points, in the sentence
    end: int
    place: int  # -1 stands right before the target, 1 right behind it
    borders: int  # ends of clauses between it and the target
    names: int  # other names between it and the target: whom else it may speak of
    pronouns: int  # personal pronouns between them
    quoted: bool  # inside quotation marks


class Others(NamedTuple):
    """Who else is in a sentence, on one side of the target."""

    names: int
    pronouns: int


class Reading(NamedTuple):
    """A sentence as it looks from one target: the words before it and behind it, nearest first."""

    left: list[Word]
    right: list[Word]
    form: str  # pronoun, name or description
    quoted: bool  # the target stands inside quotation marks
    owner: bool  # the target is a possessive: "her plan", "the mayor's plan"

    def others(self) -> tuple[Others, Others]:
        """Names and personal pronouns that are read to the left of the target, and to its right."""
        return _others(self.left), _others(self.right)


def read(text: str, start: int, end: int, known: Container[str]) -> Reading:
    """Read `text` from the target `text[start:end]`; `known` are words that are written small inside a sentence.

    A word with a capital is a name, unless it opens a sentence or stands in a headline written so and is known.
    """
    raw = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    states = _states(raw)
    first = sum(token[1] < start for token in raw)
    behind = [token for token in raw[first:] if token[1] >= end]
    headline = _is_headline([*raw[:first], *behind])  # whatever the target is called
    left = _words(raw[:first], known, headline, True)
    right = _words(behind, known, headline, first == 0)
    # a mark of quotation right before the target opens what the target stands in
    inside = first > 0 and states[raw[first - 1][1]]
    return Reading(
        _placed(_apart(left[::-1]), -1, states),
        _placed(_apart(right), 1, states),
        form(text[start:end]),
        inside,
        _is_owner(text, start, end),
    )


def _apart(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The words that are read, nearest first, without the rest of the target's own name beside it."""
    return words[1 : WINDOW + 1] if words and words[0][0] == NAME else words[:WINDOW]


def _is_owner(text: str, start: int, end: int) -> bool:
    target = text[start:end].lower().translate(_PLACE)
    return target in _OWNERS or target.endswith("'s") or text[end : end + 2].translate(_PLACE) == "'s"


def form(target: str) -> str:
    """What the target is, as far as its first letters tell: pronoun, name or description."""
    first = target.split()[0].lower() if target.split() else ""
    if first in PRONOUNS and len(target.split()) == 1:
        return "pronoun"
    return "name" if target[:1].isupper() and first not in ("the", "a", "an") else "description"


def _is_headline(raw: Sequence[tuple[str, int, int]]) -> bool:
    long = [token for token, _, _ in raw if len(token) > 3 and token[0].isalpha()]
    return len(long) > 3 and sum(token[0].isupper() for token in long) > 0.7 * len(long)


def _states(raw: Sequence[tuple[str, int, int]]) -> dict[int, bool]:
    """For the place of each token whether it stands inside quotation marks."""
    states, inside = {}, False
    for token, start, _ in raw:
        mark = _MARKS.get(token)
        if mark:
            inside = mark == "open" or (mark == "both" and not inside)
        states[start] = inside
    return states


def _words(
    raw: Sequence[tuple[str, int, int]], known: Container[str], headline: bool, opens: bool
) -> list[tuple[str, int, int]]:
    """Tokens in small letters with names and numbers as symbols; a name of several words is one."""
    words: list[tuple[str, int, int]] = []
    for token, start, end in raw:
        plain = token.translate(_PLACE)
        text = plain.lower()
        if text in ("-", "'", "."):
            # "Mr." and "J." do not end a sentence
            opens = opens or (text == "." and not (words and words[-1][0] == NAME and words[-1][2] == start))
            continue
        if token[0].isdigit():
            text = NUMBER
        elif token[0].isupper() and text not in ("i", "i'm", "i've", "i'd", "i'll"):
            bare = text.removesuffix("'s")
            if not ((opens or headline) and (text in known or bare in known)):
                text = NAME
        if text == NAME and words and words[-1][0] == NAME:
            words[-1] = (NAME, words[-1][1], end)
        else:
            words.append((text, start, end))
        opens = text in _STARTS or _MARKS.get(text) in ("open", "both")
    return words


def _others(words: Sequence[Word]) -> Others:
    if not words:
        return Others(0, 0)
    last = words[-1]
    return Others(last.names + (last.text == NAME), last.pronouns + (last.text in _PERSONS))


def _placed(words: Sequence[tuple[str, int, int]], side: int, states: dict[int, bool]) -> list[Word]:
    placed, borders, names, pronouns = [], 0, 0, 0
    for distance, (text, start, end) in enumerate(words, start=1):
        border = text in _BORDERS
        # a conjunction before the target opens the clause of the target; behind it, it belongs to the next one
        if border and side > 0:
            borders += 1
        placed.append(Word(text, start, end, side * distance, min(borders, 3), names, pronouns, states[start]))
        names += text == NAME
        pronouns += text in _PERSONS
        if border and side < 0:
            borders += 1
    return placed
