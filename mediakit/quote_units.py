"""A sentence as the search for speakers sees it: its tokens, with everything between quotation marks as one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from .quote_cues import words
from .quote_marks import Quoted

QUOTE = "\x01"
_LONGEST = 1500  # no sentence that anybody wrote is longer; keeps the work linear on what is none
_PARTICLES = 3  # of one name: "de la", "van der"
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.|Inc\.|Corp\.|Co\.|Ltd\.|Bros\.|Jr\.|Sr\.|No\.|vs\.)\Z")
_TOKEN = re.compile(
    r"(\x01+"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Gov|Rep|St|Jr|Sr|Lt|Col|Sgt|Capt|Hon|Rev|Adm|Maj|Inc|Corp|Ltd|Bros)\."
    r"|(?:[^\W\d_]\.)+(?![^\W_])"
    r"|[^\W_]+(?:['’.&/‐‑-][^\W_]+)*(?:['’](?![^\W_]))?"
    r"|[^\w\s\x01])"
)


@dataclass(slots=True)
class Unit:
    """A sentence, with the sentences that a quotation in it runs through; offsets are those of the article."""

    start: int
    end: int
    quoted: list[int]  # numbers of the quotations that begin in it
    part: str
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    commas: set[int] = field(default_factory=set)  # where quotations begin that end with a comma inside the marks

    def read(self, text: str, spans: Sequence[Quoted]) -> None:
        """Find the tokens."""
        masked = text[self.start : self.end].replace(QUOTE, " ")
        for number in reversed(self.quoted):
            span = spans[number]
            first, last = span.outer_start - self.start, min(span.outer_end, self.end) - self.start
            if text[span.end - 1] == ",":
                self.commas.add(span.outer_start)
            masked = f"{masked[:first]}{QUOTE * (last - first)}{masked[last:]}"
        pieces = _TOKEN.split(masked)  # gaps and tokens in turn: faster than match by match
        reached = list(accumulate(map(len, pieces), initial=self.start))
        self.words = [word if word[0] != QUOTE else QUOTE for word in pieces[1::2]]
        self.starts, self.ends = reached[1:-1:2], reached[2::2]
        self.lower = [word.lower() for word in self.words]

    def token_at(self, offset: int) -> int:
        """Number of the first token that starts at or behind `offset`."""
        return bisect_left(self.starts, offset)

    def is_name(self, at: int) -> bool:
        """Whether the token has a capital (or is a particle between capitals) and may be part of a name."""
        word = self.words[at]
        if word[0].isupper():
            return True
        if word[0].isdigit():
            return False
        if word.split("-")[0].lower() not in words().particles:
            return False
        if "-" in word and word.split("-")[1][:1].isupper():
            return True
        behind = at + 1  # behind "von" and "der" of "von der Leyen"
        while behind < min(at + _PARTICLES, len(self.words)) and self.words[behind] in words().particles:
            behind += 1
        return at > 0 and behind < len(self.words) and self.words[behind][0].isupper()


def units(
    text: str, sentences: Sequence[tuple[int, int, str]], spans: Sequence[Quoted], wanted: Sequence[int]
) -> list[Unit]:
    """The sentences as units, those of `wanted` offsets with their tokens; no unit ends inside quotation marks."""
    found: list[Unit] = []
    number = 0
    for start, end, part in sentences:
        if found and number and spans[number - 1].outer_end > start:
            found[-1].end = max(found[-1].end, end)  # the sentence lies inside a quotation that has begun before it
        elif (
            found
            and text[start].islower()
            and found[-1].end + 1 == start
            and _ABBREVIATED.search(text, found[-1].start, found[-1].end)
        ):
            found[-1].end = end  # "Acme Inc. announced": no end of a sentence
        else:
            found.append(Unit(start, end, [], part))
        while number < len(spans) and spans[number].outer_start < end:
            found[-1].quoted.append(number)
            number += 1
    found = [piece for unit in found for piece in _pieces(text, unit, spans)]
    at = 0
    for unit in found:
        while at < len(wanted) and wanted[at] < unit.start:
            at += 1
        if unit.quoted or (at < len(wanted) and wanted[at] < unit.end):
            unit.read(text, spans)
    return found


def _pieces(text: str, unit: Unit, spans: Sequence[Quoted]) -> list[Unit]:
    """An endless sentence cut into pieces, outside of quotation marks."""
    pieces = []
    quoted = list(unit.quoted)
    start, at = unit.start, 0
    while unit.end - start > _LONGEST:
        end = text.find(" ", start + _LONGEST, unit.end)
        if end < 0:
            break
        first = at
        while at < len(quoted) and spans[quoted[at]].outer_start < end:
            end = max(end, spans[quoted[at]].outer_end)
            at += 1
        pieces.append(Unit(start, min(end, unit.end), quoted[first:at], unit.part))
        start = min(end, unit.end)
    if start < unit.end:
        pieces.append(Unit(start, unit.end, quoted[at:], unit.part))
    return pieces
