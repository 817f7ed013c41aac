"""Quotations beside which no cue of the list stands: carried on, signed, announced, or with a verb that it lacks."""

from __future__ import annotations

import re
from dataclasses import replace

from .quote_contents import Report
from .quote_cues import Cue, cues, words
from .quote_marks import Quoted
from .quote_reading import MARKS, SENTENCE_END, Attribution, Reader, Voiced, as_quoted, main_subject
from .quote_speakers import Speaker
from .quote_subjects import phrase_after
from .quote_units import QUOTE, Unit

_LEAD = 16  # tokens of a name with its office before a colon
_CLOSES = frozenset(
    {",", ".", ";", QUOTE, "of", "in", "at", "on", "to", "after", "as", "when", "before", "during", "from"}
)
_SHORTEST = 4  # words of a quotation without speaker that stands by itself
# Behind a quotation, up to the end of the paragraph: "- Matthew Ingram", "Ann Lee, mayor"
_LONGEST_SIGNATURE = 120
_SIGNATURE = re.compile(r"\s*(?:[-–—―~]+\s*)?([A-Z][\w.’'-]*(?: [\w.’'-]+){0,5})(?:[,(][^.!?]*)?\Z")
# Things that hold what somebody says: "issued a statement on the ruling. "We …""
_STATEMENTS = frozenset("statement tweet post letter email e-mail remarks interview message comment comments".split())
_CARRIED, _OF_PARAGRAPH, _OF_LAST_PARAGRAPH, _OF_STATEMENT = 0.9, 0.75, 0.75, 0.7


def carried(reader: Reader, unit: Unit, span: Quoted, at: int, rows: list[Attribution]) -> Attribution | None:
    """A quotation without cue of its own: a line behind it names the speaker, or who spoke before it goes on."""
    found = _open_verb(reader, unit, span, at) or _introduced(reader, unit, span, at)
    if found:
        return found
    if not all(word in MARKS for word in unit.words[:at]):
        return None
    inner = reader.text[span.start : span.end]
    ends = inner.endswith(SENTENCE_END)
    signed = _signature(reader, unit, span) if ends else None
    if signed:
        return Attribution(span.start, span.end, "direct", signed, None, None, signed.confidence)
    if not all(word in MARKS for word in unit.words[at + 1 :]):
        return None
    previous = rows[-1] if rows else reader.last or reader.opened
    if previous and not rows and ends and _is_superseded(reader, previous):
        assert reader.voiced is not None
        return _again_voice(reader.voiced, span, _OF_PARAGRAPH)
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


def _open_verb(reader: Reader, unit: Unit, span: Quoted, at: int) -> Attribution | None:
    """A verb that the list lacks, between a quotation and a name: "…," enthused Ann Lee; "…," Lee enthused."""
    if reader.text[span.end - 1] not in ",?!" and unit.words[at + 1 : at + 2] != [","]:
        return None
    verb = at + 2 if unit.words[at + 1 : at + 2] == [","] else at + 1
    subject = None
    if verb < len(unit.words) and _is_past(unit, verb):
        subject = phrase_after(unit, verb + 1)
        if subject and not unit.is_name(subject[1] - 1) and unit.lower[subject[0]] not in ("he", "she"):
            return None
        first, end = verb, subject[1] if subject else verb
    else:
        first = end = verb
        while end < len(unit.words) and unit.is_name(end):
            end += 1
        if first < end < len(unit.words) and end - first <= 4:
            if _is_past(unit, end):
                subject, verb, end = (first, end), end, end + 1
            elif unit.words[end] == "," and not _has_verb(unit, end):
                return _signed_by(reader, unit, span, (first, end))
    if subject is None or (end < len(unit.words) and unit.words[end] not in _CLOSES):
        return None
    cue = Cue(unit.lower[verb], "neutral", "quote", "past", False)
    speaker = reader.speakers.resolve(unit, *subject)
    return as_quoted(unit, span, "direct", Voiced(Report(cue, (verb, verb + 1), subject, (first, end)), speaker))


def _is_past(unit: Unit, at: int) -> bool:
    word = unit.words[at]
    return word.endswith("ed") and word.islower() and word not in words().verbs and len(word) > 4


def _has_verb(unit: Unit, first: int) -> bool:
    return any(word in words().verbs or word in cues() or word == QUOTE for word in unit.lower[first:])


def _signed_by(reader: Reader, unit: Unit, span: Quoted, name: tuple[int, int]) -> Attribution | None:
    """ "…," Ann Lee, an analyst for Acme. Without a verb, for two words of a name at least."""
    if name[1] - name[0] < 2:
        return None
    speaker = reader.speakers.resolve(unit, *name)
    return Attribution(span.start, span.end, "direct", speaker, None, None, speaker.confidence)


def _introduced(reader: Reader, unit: Unit, span: Quoted, at: int) -> Attribution | None:
    """A name and a colon ("Ann Lee: "…""), or words that announce it ("Lee left this farewell, "…"")."""
    inner = reader.text[span.start : span.end]
    whole = inner.endswith(SENTENCE_END) or (unit.part == "title" and len(inner.split()) >= _SHORTEST)
    if at < 2 or unit.words[at - 1] not in (":", ",") or not whole:
        return None
    first = at - 1
    while first and unit.words[first - 1] not in (QUOTE, ":", *SENTENCE_END):
        first -= 1
    lead = unit.lower[first : at - 1]
    if unit.words[at - 1] == ":" and lead and unit.is_name(at - 2) and words().verbs.isdisjoint(lead):
        if len(lead) <= _LEAD and cues().keys().isdisjoint(lead) and "," not in lead and unit.is_name(first):
            speaker = reader.speakers.resolve(unit, first, at - 1)
            if speaker.name is None or speaker.kind == "pronoun":
                return None
            return Attribution(span.start, span.end, "direct", speaker, None, None, speaker.confidence)
        return None
    if not {"this", "these", "following", *_STATEMENTS} & set(lead[-4:]) or len(inner.split()) < _SHORTEST:
        return None
    last = Report(Cue("", "neutral", "quote", "noun", True), (at - 1, at - 1), None, (at - 1, at - 1), shared=True)
    subject = main_subject(unit, last)
    if subject is None:
        return None
    speaker = reader.speakers.resolve(unit, *subject)
    return Attribution(span.start, span.end, "direct", speaker, None, None, speaker.confidence * _OF_STATEMENT)


def _is_superseded(reader: Reader, previous: Attribution) -> bool:
    """Whether the sentence before has somebody else speak, behind the last quotation: "Lee denied it. "We …""."""
    voice, before = reader.voiced, reader.previous
    if voice is None or voice.speaker is None or before is None:
        return False
    return before.start <= voice.speaker.start < before.end and previous.end < before.start


def _again(previous: Attribution, span: Quoted, sure: float) -> Attribution:
    return replace(previous, start=span.start, end=span.end, kind="direct", confidence=previous.confidence * sure)


def _again_voice(voice: Voiced, span: Quoted, sure: float) -> Attribution | None:
    if voice.speaker is None:
        return None
    return Attribution(span.start, span.end, "direct", voice.speaker, None, None, voice.speaker.confidence * sure)


def _signature(reader: Reader, unit: Unit, span: Quoted) -> Speaker | None:
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


def _statement(reader: Reader, unit: Unit) -> Voiced | None:
    """Who makes a statement in a sentence without a cue: "issued a statement"."""
    if not unit.words:
        unit.read(reader.text, reader.spans)
    at = next((at for at, word in enumerate(unit.lower) if word in _STATEMENTS), None)
    if not at or unit.lower[at - 1] not in ("a", "the", "his", "her", "their", "its"):
        return None
    cue = Cue(unit.lower[at], "neutral", "quote", "noun", True)
    report = Report(cue, (at, at + 1), None, (at, at + 1), shared=True)
    subject = main_subject(unit, report)
    return Voiced(report, reader.speakers.resolve(unit, *subject)) if subject else None
