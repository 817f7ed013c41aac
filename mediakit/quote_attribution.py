"""Which quotation belongs to which cue and speaker, sentence by sentence through one article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .quote_clauses import reports
from .quote_contents import Report
from .quote_cues import cue_places, words
from .quote_full_names import Mention
from .quote_marks import Quoted, quoted_spans
from .quote_reading import MARKS, SENTENCE_END, Attribution, Reader, Voiced, as_quoted, main_subject
from .quote_speakers import Speakers
from .quote_uncued import carried
from .quote_units import QUOTE, Unit, units

_BEFORE_CUE = frozenset(",.!?…;:—–-")
_SENTENCE = 25  # code points of a quotation that needs no stop before "said"
_APPOSED = 9  # tokens from a quotation to a name behind what he is
_CALLED = frozenset("called dubbed so-called named titled entitled nicknamed codenamed labelled labeled".split())


def attribute(text: str, sentences: Sequence[tuple[int, int, str]], mentions: Sequence[Mention]) -> list[Attribution]:
    """The quotations of one article, in order of the text."""
    spans = quoted_spans(text)
    places = cue_places(text)
    if not spans and not places:
        return []
    reader = Reader(text, spans, Speakers(text, mentions, spans))
    read = units(text, sentences, spans, places)
    reader.speakers.names.unit_starts = [unit.start for unit in read]
    for unit in read:
        _enter(reader, unit)
        if unit.words:
            _read(reader, unit, places[bisect_left(places, unit.start) : bisect_left(places, unit.end)])
        else:
            reader.ended_with = None
        reader.previous = unit
    return sorted(reader.found, key=lambda row: (row.start, -row.end))


def _enter(reader: Reader, unit: Unit) -> None:
    """Forget what belongs to the paragraph before, but for what it ended with."""
    if unit.start < reader.paragraph:
        return
    end = reader.text.find("\n", unit.end)
    reader.paragraph = end if end >= 0 else len(reader.text)
    reader.before, reader.ended_with = reader.ended_with, None
    reader.last = reader.voiced = reader.previous = None


def _read(reader: Reader, unit: Unit, places: list[int]) -> None:
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


def ends_open(unit: Unit) -> bool:
    """Whether the sentence ends with a colon or a comma, so that a quotation may follow as the next paragraph."""
    return unit.words[-1] in (":", ",")


def _main_voice(voiced: list[Voiced]) -> Voiced:
    """The last report that does not lie in what another reports: not the "claimed" of "said the money claimed …"."""
    for at in range(len(voiced) - 1, 0, -1):
        place = voiced[at].report.cue_at[0]
        outer = (voice.report for voice in voiced[:at] if voice.report.clause and voice.report.content)
        if not any(report.content[0] <= place < report.content[1] for report in outer if report.content):
            return voiced[at]
    return voiced[0]


def _voices(reader: Reader, unit: Unit, found: list[Report]) -> list[Voiced]:
    """The reports with their speakers; one that shares its subject has that of the report before."""
    voiced: list[Voiced] = []
    for report in found:
        subject = report.subject
        if subject is None and report.shared:
            if voiced:
                voiced.append(Voiced(report, _main_voice(voiced).speaker))
                continue
            subject = main_subject(unit, report)
        if subject is None:
            continue
        voiced.append(Voiced(report, reader.speakers.resolve(unit, *subject)))
    return voiced


def _with_marks(reader: Reader, unit: Unit, voiced: list[Voiced], tokens: dict[int, int]) -> list[Attribution]:
    rows: list[Attribution] = []
    for at, number in tokens.items():
        span = reader.spans[number]
        governing = _governing(reader, unit, voiced, at, span)
        if governing:
            inner = reader.text[span.start : span.end]
            kind = _kind(unit, governing.report, at, inner)
            named = kind == "partial" and _is_name(unit, governing.report, at, inner)
            row: Attribution | None = None if named else as_quoted(unit, span, kind, governing)
        else:
            row = carried(reader, unit, span, at, rows)
        if row:
            rows.append(row)
        reader.opened = row if span.reopened else None
    return rows


def _governing(reader: Reader, unit: Unit, voiced: list[Voiced], at: int, span: Quoted) -> Voiced | None:
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


def _is_name(unit: Unit, report: Report, at: int, inner: str) -> bool:
    """Whether the marks only name something: "the so-called "death grip"", "the "Lion" release"."""
    if at and unit.lower[at - 1] in _CALLED and at - 1 != report.cue_at[0]:
        return True
    parts = inner.rstrip(",.").split()
    if len(parts) > 3 or report.cue.takes == "name" or not report.clause or report.chunk[1] == at:
        return False
    return all(part[0].isupper() for part in parts)


def _kind(unit: Unit, report: Report, at: int, inner: str) -> str:
    """Direct where the marks hold the whole content; partial where the writer's words belong to it too."""
    first, end = report.chunk
    if at < first:
        start = report.content[0] if report.content and report.content[1] <= first else 0
        if at > start and (unit.words[at - 1] in (":", "'", "’", QUOTE) or unit.words[at - 1] in SENTENCE_END):
            start = at  # what stands before it is not said with it
        between = unit.words[start:first]
        if (
            start <= at
            and unit.words[first - 1] == ","
            and first - at <= _APPOSED
            and words().verbs.isdisjoint(between)
        ):
            between = unit.words[start : at + 1]  # "…," the mayor, Ann Lee, said
        return "direct" if all(word in MARKS or word.lower() in ("and", "but") for word in between) else "partial"
    if at and unit.words[at - 1] == ":":
        names = report.cue.takes == "name" and not inner.endswith(SENTENCE_END)
        return "partial" if names and words().verbs.isdisjoint(inner.lower().split()) else "direct"
    if report.cue.takes == "name":
        return "partial"
    start = report.content[0] if report.content else end
    leading = unit.words[start:at]
    follows = unit.words[at + 1] if at + 1 < len(unit.words) else "."
    if report.clause and leading and not all(word in MARKS for word in leading):
        return "partial"
    if not all(word in MARKS for word in leading) and unit.words[at - 1] != "," and not _is_lead(unit, start, at):
        return "partial"
    if not leading and inner[0].isupper() and len(inner.split()) > 2 and follows.lower() in words().prepositions:
        return "direct"  # tweeted "We won again" on Monday
    return (
        "direct"
        if follows in MARKS or follows.lower() in ("and", "but", "while", "as", "before", "after", "when")
        else "partial"
    )


def _is_lead(unit: Unit, start: int, at: int) -> bool:
    """Whether nothing but an addressee or a place stands between cue and quotation: "writing in a blog post "I …"."""
    return at - start <= 5 and unit.lower[start] in ("in", "on", "to", "that", "via", "at", "during", "from")


def _is_author(reader: Reader, voice: Voiced) -> bool:
    """Whether the speaker is the writer: "I remind you that …"."""
    speaker = voice.speaker
    return speaker is not None and reader.text[speaker.start : speaker.end].lower() in ("i", "we", "you")


def _indirect(
    reader: Reader, unit: Unit, voice: Voiced, tokens: dict[int, int], with_marks: list[Attribution]
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
    outside = [word for word in unit.words[first:end] if word not in MARKS]
    if len(outside) < 1 or end <= first:
        return None
    cue = unit.starts[report.cue_at[0]]
    own = {row.start for row in with_marks if row.kind == "direct" and row.cue and row.cue[0] == cue}
    if any(reader.spans[number].start in own for at, number in tokens.items() if first <= at < end):
        return None
    start, stop = unit.starts[first], unit.ends[end - 1]
    return as_quoted(unit, Quoted(start, stop, start, stop), "indirect", voice)
