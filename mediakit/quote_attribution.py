"""Which quotation belongs to which cue and speaker, sentence by sentence through one article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .quote_clauses import reports
from .quote_contents import Report
from .quote_cues import Cue, cue_places, cues, words
from .quote_marks import Quoted, quoted_spans
from .quote_speakers import Mention, Speaker, Speakers
from .quote_subjects import subject_before
from .quote_units import QUOTE, Unit, units

_SENTENCE_END = tuple(".!?…")
_MARKS = frozenset(",.;:!?…()[]–—-" + QUOTE)
_BEFORE_CUE = frozenset(",.!?…;:—–-")
_SENTENCE = 25  # code points of a quotation that needs no stop before "said"
_SHORTEST = 4  # words of a quotation without speaker that stands by itself
# Behind a quotation, up to the end of the paragraph: "- Matthew Ingram", "Ann Lee, mayor"
_LONGEST_SIGNATURE = 120
_SIGNATURE = re.compile(r"\s*(?:[-–—―~]+\s*)?([A-Z][\w.’'-]*(?: [\w.’'-]+){0,5})(?:[,(][^.!?]*)?\Z")
# Things that hold what somebody says: "issued a statement on the ruling. "We …""
_STATEMENTS = frozenset("statement tweet post letter email e-mail remarks interview message comment comments".split())
_CARRIED, _OF_PARAGRAPH, _OF_LAST_PARAGRAPH, _OF_STATEMENT = 0.9, 0.75, 0.75, 0.7


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
class _Voiced:
    """A report with its speaker."""

    report: Report
    speaker: Speaker | None


@dataclass(slots=True)
class _Reader:
    """What is known while reading an article."""

    text: str
    spans: Sequence[Quoted]
    speakers: Speakers
    found: list[Attribution] = field(default_factory=list)
    paragraph: int = -1  # where the current paragraph ends
    last: Attribution | None = None  # the last quotation with marks of this paragraph that has a speaker
    voiced: _Voiced | None = None  # the last report of this paragraph
    previous: Unit | None = None  # the sentence before, in this paragraph
    opened: Attribution | None = None  # a quotation that the next paragraph goes on with
    before: Attribution | _Voiced | None = None  # what the paragraph before ended with
    ended_with: Attribution | _Voiced | None = None


def attribute(text: str, sentences: Sequence[tuple[int, int, str]], mentions: Sequence[Mention]) -> list[Attribution]:
    """The quotations of one article, in order of the text."""
    spans = quoted_spans(text)
    places = cue_places(text)
    if not spans and not places:
        return []
    reader = _Reader(text, spans, Speakers(text, mentions, spans))
    read = units(text, sentences, spans, places)
    reader.speakers.unit_starts = [unit.start for unit in read]
    for unit in read:
        _enter(reader, unit)
        if unit.words:
            _read(reader, unit, places[bisect_left(places, unit.start) : bisect_left(places, unit.end)])
        else:
            reader.ended_with = None
        reader.previous = unit
    return sorted(reader.found, key=lambda row: (row.start, -row.end))


def _enter(reader: _Reader, unit: Unit) -> None:
    """Forget what belongs to the paragraph before, but for what it ended with."""
    if unit.start < reader.paragraph:
        return
    end = reader.text.find("\n", unit.end)
    reader.paragraph = end if end >= 0 else len(reader.text)
    reader.before, reader.ended_with = reader.ended_with, None
    reader.last = reader.voiced = reader.previous = None


def _read(reader: _Reader, unit: Unit, places: list[int]) -> None:
    voiced = _voices(reader, unit, reports(unit, places)) if places else []
    tokens = {unit.token_at(reader.spans[number].outer_start): number for number in unit.quoted}
    with_marks = _with_marks(reader, unit, voiced, tokens)
    reader.found += with_marks
    for report in voiced:
        indirect = _indirect(reader, unit, report, tokens, with_marks)
        if indirect:
            reader.found.append(indirect)
    attributed = [row for row in with_marks if row.speaker]
    reader.last = attributed[-1] if attributed else reader.last
    reader.voiced = next((voice for voice in reversed(voiced) if voice.speaker), reader.voiced)
    ends_quoted = unit.words[-1] == QUOTE or bool(attributed)
    reader.ended_with = (
        attributed[-1] if attributed and ends_quoted else voiced[-1] if voiced and ends_open(unit) else None
    )


def _statement(reader: _Reader, unit: Unit) -> _Voiced | None:
    """Who makes a statement in a sentence without a cue: "issued a statement"."""
    if not unit.words:
        unit.read(reader.text, reader.spans)
    at = next((at for at, word in enumerate(unit.lower) if word in _STATEMENTS), None)
    if not at or unit.lower[at - 1] not in ("a", "the", "his", "her", "their", "its"):
        return None
    cue = Cue(unit.lower[at], "neutral", "quote", "noun", True)
    report = Report(cue, (at, at + 1), None, (at, at + 1), shared=True)
    subject = _main_subject(unit, report)
    return _Voiced(report, reader.speakers.resolve(unit, *subject)) if subject else None


def ends_open(unit: Unit) -> bool:
    """Whether the sentence ends with a colon or a comma, so that a quotation may follow as the next paragraph."""
    return unit.words[-1] in (":", ",")


def _voices(reader: _Reader, unit: Unit, found: list[Report]) -> list[_Voiced]:
    """The reports with their speakers; one that shares its subject has that of the report before."""
    voiced: list[_Voiced] = []
    for report in found:
        subject = report.subject
        if subject is None and report.shared:
            if voiced:
                voiced.append(_Voiced(report, voiced[-1].speaker))
                continue
            subject = _main_subject(unit, report)
        if subject is None:
            continue
        voiced.append(_Voiced(report, reader.speakers.resolve(unit, *subject)))
    return voiced


def _main_subject(unit: Unit, report: Report) -> tuple[int, int] | None:
    """The subject of the sentence: what stands before its first verb."""
    lists = words()
    for at in range(1, report.cue_at[0]):
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


def _with_marks(reader: _Reader, unit: Unit, voiced: list[_Voiced], tokens: dict[int, int]) -> list[Attribution]:
    rows: list[Attribution] = []
    for at, number in tokens.items():
        span = reader.spans[number]
        governing = _governing(reader, unit, voiced, at, span)
        if governing:
            kind = _kind(unit, governing.report, at, reader.text[span.start : span.end])
            row: Attribution | None = _row(unit, span, kind, governing)
        else:
            row = _carried(reader, unit, span, at, rows)
        if row:
            rows.append(row)
        reader.opened = row if span.reopened else None
    return rows


def _row(unit: Unit, span: Quoted, kind: str, voice: _Voiced) -> Attribution:
    first, last = voice.report.cue_at
    cue = unit.starts[first], unit.ends[last - 1]
    confidence = voice.speaker.confidence if voice.speaker else 0.0
    return Attribution(span.start, span.end, kind, voice.speaker, cue, voice.report.cue.stance, confidence)


def _governing(reader: _Reader, unit: Unit, voiced: list[_Voiced], at: int, span: Quoted) -> _Voiced | None:
    """The report a quotation belongs to: the cue right behind it, else the content it lies in, else one before it."""
    closed = reader.text[span.end - 1] in _BEFORE_CUE or (at == 0 and span.end - span.start >= _SENTENCE)
    for voice in voiced:
        first, report = voice.report.chunk[0], voice.report
        behind = first == at + 1 and closed
        behind = behind or (first == at + 2 and unit.words[at + 1] in ",–—-")
        if behind and not (report.shared and report.cue.form == "participle"):
            return voice
    holding = [
        voice for voice in voiced if voice.report.content and voice.report.content[0] <= at < voice.report.content[1]
    ]
    if holding:
        return None if _is_title(unit, holding[-1].report, at) else holding[-1]
    before = [voice for voice in voiced if voice.report.chunk[1] <= at]
    return before[-1] if before and unit.words[at - 1] in ",:" else None


def _is_title(unit: Unit, report: Report, at: int) -> bool:
    """Whether the marks name a thing that the speaker uses: "says on "The Countdown""."""
    return (
        not report.clause
        and report.cue.takes != "name"
        and unit.lower[at - 1] in ("on", "in", "at", "from", "called", "titled", "entitled", "named")
    )


def _kind(unit: Unit, report: Report, at: int, inner: str) -> str:
    """Direct where the marks hold the whole content; partial where the writer's words belong to it too."""
    first, end = report.chunk
    if at < first:
        start = report.content[0] if report.content and report.content[1] <= first else 0
        between = unit.words[start:first]
        return "direct" if all(word in _MARKS or word.lower() in ("and", "but") for word in between) else "partial"
    if at and unit.words[at - 1] == ":":
        names = report.cue.takes == "name" and not inner.endswith(_SENTENCE_END)
        return "partial" if names and words().verbs.isdisjoint(inner.lower().split()) else "direct"
    if report.cue.takes == "name":
        return "partial"
    start = report.content[0] if report.content else end
    leading = unit.words[start:at]
    follows = unit.words[at + 1] if at + 1 < len(unit.words) else "."
    if report.clause and leading and not all(word in _MARKS for word in leading):
        return "partial"
    if not all(word in _MARKS for word in leading) and unit.words[at - 1] != "," and not _is_lead(unit, start, at):
        return "partial"
    return (
        "direct"
        if follows in _MARKS or follows.lower() in ("and", "but", "while", "as", "before", "after", "when")
        else "partial"
    )


def _is_lead(unit: Unit, start: int, at: int) -> bool:
    """Whether nothing but an addressee or a place stands between cue and quotation: "writing in a blog post "I …"."""
    return at - start <= 5 and unit.lower[start] in ("in", "on", "to", "that", "via", "at", "during", "from")


def _carried(reader: _Reader, unit: Unit, span: Quoted, at: int, rows: list[Attribution]) -> Attribution | None:
    """A quotation without cue of its own: a line behind it names the speaker, or who spoke before it goes on."""
    if not all(word in _MARKS for word in unit.words[:at]):
        return None
    inner = reader.text[span.start : span.end]
    ends = inner.endswith(_SENTENCE_END)
    signed = _signature(reader, unit, span) if ends else None
    if signed:
        return Attribution(span.start, span.end, "direct", signed, None, None, signed.confidence)
    if not all(word in _MARKS for word in unit.words[at + 1 :]):
        return None
    previous = rows[-1] if rows else reader.last or reader.opened
    if previous:
        return _again(previous, span, _CARRIED)
    if ends or span.reopened:
        if reader.voiced:
            return _again_voice(reader.voiced, span, _OF_PARAGRAPH)
        stated = _statement(reader, reader.previous) if reader.previous else None
        if stated:
            return _again_voice(stated, span, _OF_STATEMENT)
        if isinstance(reader.before, Attribution):
            return _again(reader.before, span, _OF_LAST_PARAGRAPH)
        if reader.before:
            return _again_voice(reader.before, span, _OF_LAST_PARAGRAPH)
    if ends and len(inner.split()) >= _SHORTEST and unit.part == "body":
        return Attribution(span.start, span.end, "direct", None, None, None, 0.0)
    return None


def _again(previous: Attribution, span: Quoted, sure: float) -> Attribution:
    return replace(previous, start=span.start, end=span.end, kind="direct", confidence=previous.confidence * sure)


def _again_voice(voice: _Voiced, span: Quoted, sure: float) -> Attribution | None:
    if voice.speaker is None:
        return None
    return Attribution(span.start, span.end, "direct", voice.speaker, None, None, voice.speaker.confidence * sure)


def _signature(reader: _Reader, unit: Unit, span: Quoted) -> Speaker | None:
    """The name behind a quotation that stands alone: "…" - Matthew Ingram."""
    line = reader.text[span.outer_end : min(reader.paragraph, span.outer_end + _LONGEST_SIGNATURE + 1)]
    found = _SIGNATURE.match(line)
    if not found or len(line) > _LONGEST_SIGNATURE:
        return None
    behind = Unit(span.outer_end + found.start(1), span.outer_end + found.end(1), [], unit.part)
    behind.read(reader.text, ())
    if not behind.words or not words().verbs.isdisjoint(behind.lower) or cues().keys() & set(behind.lower):
        return None
    return reader.speakers.resolve(behind, 0, len(behind.words))


def _is_author(reader: _Reader, voice: _Voiced) -> bool:
    """Whether the speaker is the writer: "I remind you that …"."""
    speaker = voice.speaker
    return speaker is not None and reader.text[speaker.start : speaker.end].lower() in ("i", "we", "you")


def _indirect(
    reader: _Reader, unit: Unit, voice: _Voiced, tokens: dict[int, int], with_marks: list[Attribution]
) -> Attribution | None:
    """The reported clause as a quotation, unless marks hold all of it."""
    report = voice.report
    if not report.clause or report.content is None or _is_author(reader, voice):
        return None
    first, end = report.content
    while first < end and unit.words[first] in ",:;–—-":
        first += 1
    while end > first and unit.words[end - 1] in ",:;.–—-":
        end -= 1
    outside = [word for word in unit.words[first:end] if word not in _MARKS]
    if len(outside) < 1 or end <= first:
        return None
    cue = unit.starts[report.cue_at[0]]
    own = {row.start for row in with_marks if row.kind == "direct" and row.cue and row.cue[0] == cue}
    if any(reader.spans[number].start in own for at, number in tokens.items() if first <= at < end):
        return None
    start, stop = unit.starts[first], unit.ends[end - 1]
    return _row(unit, Quoted(start, stop, start, stop), "indirect", voice)
