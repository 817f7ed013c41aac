"""What is known while an article is read for quotations, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .quote_contents import Report
from .quote_cues import words
from .quote_marks import Quoted
from .quote_speakers import Speaker, Speakers
from .quote_subjects import subject_before
from .quote_units import QUOTE, Unit

SENTENCE_END = tuple(".!?…")
MARKS = frozenset(",.;:!?…()[]–—-" + QUOTE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation; `speaker`, `cue` (its span) and `stance` are None where the article has none."""

    start: int
    end: int
    kind: str
    speaker: Speaker | None
    cue: tuple[int, int] | None
    stance: str | None
    confidence: float


@dataclass(slots=True)
class Voiced:
    """A report with its speaker."""

    report: Report
    speaker: Speaker | None


@dataclass(slots=True)
class Reader:
    """What is known while reading an article."""

    text: str
    spans: Sequence[Quoted]
    speakers: Speakers
    found: list[Attribution] = field(default_factory=list)
    paragraph: int = -1  # where the current paragraph ends
    last: Attribution | None = None  # the last quotation with marks of this paragraph that has a speaker
    voiced: Voiced | None = None  # the last report of this paragraph
    previous: Unit | None = None  # the sentence before, in this paragraph
    opened: Attribution | None = None  # a quotation that the next paragraph goes on with
    before: Attribution | Voiced | None = None  # what the paragraph before ended with
    ended_with: Attribution | Voiced | None = None


def main_subject(unit: Unit, report: Report) -> tuple[int, int] | None:
    """The subject of the sentence: what stands before its first verb."""
    lists = words()
    first = 1
    if unit.lower[0] in lists.conjunctions and unit.lower[0] not in ("and", "but", "or", "so", "yet"):
        first = next((at + 2 for at in range(1, report.cue_at[0]) if unit.words[at] == ","), 1)
    for at in range(first, report.cue_at[0]):
        word = unit.lower[at]
        finite = (
            word in lists.verbs
            or word in lists.auxiliaries
            or (word.endswith(("ed", "ose", "ote", "ave", "ook", "old")) and not unit.is_name(at))
        )
        if finite or (
            word.endswith("s") and at > 1 and unit.is_name(at - 1) and not unit.is_name(at) and word.isalpha()
        ):
            return subject_before(unit, at)
    return None


def as_quoted(unit: Unit, span: Quoted, kind: str, voice: Voiced) -> Attribution:
    """The words of `span` as those of `voice`."""
    first, last = voice.report.cue_at
    cue = unit.starts[first], unit.ends[last - 1]
    confidence = voice.speaker.confidence if voice.speaker else 0.0
    return Attribution(span.start, span.end, kind, voice.speaker, cue, voice.report.cue.stance, confidence)
