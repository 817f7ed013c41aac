"""The new layout of Nexis exports (Nexis Uni, Lexis Advance): a cover page, "Body", "End of Document".

Paragraphs come from DOCX, RTF, PDF or TXT; here each of their lines stands for itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import nexis_labels as words
from .nexis_document import CLOCK, Document, Export, date_and_edition, keep, read_trailer, trailer_start

_LONGEST_TITLE = 400
_HEAD = 60  # lines between the date and the word that opens the text
_TOP = 6  # lines in which the date of a document without labels stands


def read_new(lines: Sequence[str]) -> Export:
    """The documents of an export in the new layout."""
    documents: list[Document] = []
    cover: Sequence[str] = []
    start = 0
    ends = [i for i, line in enumerate(lines) if words.is_mark(line, words.END)]
    for end in [*ends, len(lines)]:
        segment = lines[start:end]
        start = end + 1
        # a document whose closing words are missing ends two lines above the next date: source, title
        cuts = [max(0, date - 2) for date, _ in _openings(segment)[1:]]
        for first, last in zip([0, *cuts], [*cuts, len(segment)], strict=True):
            found = _document(segment[first:last])
            if found is not None:
                document, above = found
                document.whole = last == len(segment) and end < len(lines)
                cover = above if not documents else cover
                documents.append(document)
    return Export(documents, words.declared_number("\n".join(cover)))


def _openings(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the date line and the word that opens the text stand, for each document in a stretch of lines."""
    found: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        if words.is_mark(line, words.TEXT):
            floor = found[-1][1] + 1 if found else 0
            date = _date_above(lines, place, floor)
            if date is not None:
                found.append((date, place))
    return found


def _date_above(lines: Sequence[str], place: int, floor: int) -> int | None:
    """The date line above the word that opens the text, labels or a copyright notice between them."""
    labelled = False
    for number in range(place - 1, max(floor, place - _HEAD) - 1, -1):
        line = lines[number]
        if words.is_mark(line, words.TEXT):
            return None
        if words.date_line(line):
            return number if labelled or number == place - 1 else None
        labelled = labelled or words.is_copyright(line) or words.any_label(line, capitals=False) is not None
    return None


def _document(lines: Sequence[str]) -> tuple[Document, Sequence[str]] | None:
    """The document in a stretch of lines, and the lines above it (the cover page); None when there is no document."""
    places = _head_and_text(lines)
    if places is None:
        return None
    head, text = places
    document = Document()
    above = _title(document, lines[:head])
    if date := words.date_line(lines[head]):
        date_and_edition(document, lines[head], date, [])
        head += 1
    _header(document, lines[head:text])
    end = trailer_start(lines, text, document, capitals=False)
    document.body = list(lines[text:end])
    read_trailer(document, lines[end:], capitals=False)
    return document, above


def _head_and_text(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where the date line (or, without one, the first label) stands, and where the text begins."""
    opening = next(iter(_openings(lines)), None)
    if opening:
        return opening[0], opening[1] + 1
    labels = [i for i, line in enumerate(lines) if _in_header(line)]
    if not labels:
        top = max((i + 1 for i, line in enumerate(lines) if words.is_cover(line)), default=0)
        date = next((i for i in range(top, min(top + _TOP, len(lines))) if words.date_line(lines[i])), None)
        return None if date is None else (date, date + 1)
    first = labels[0]
    dates = [i for i in range(max(0, first - _TOP), first) if words.date_line(lines[i])]
    mark = next((i for i in range(first, min(len(lines), first + _HEAD)) if words.is_mark(lines[i], words.TEXT)), None)
    if mark is None:
        mark = first
        while mark + 1 < len(lines) and _in_header(lines[mark + 1]):
            mark += 1
    return (dates[-1] if dates else first), mark + 1


def _in_header(line: str) -> bool:
    if words.is_cover(line):
        return False
    label = words.label_in(line, capitals=False)
    return words.begins_copyright(line) or (label is not None and label.place in (words.HEADER, words.EITHER))


def _title(document: Document, lines: Sequence[str]) -> Sequence[str]:
    """Title and source, the lines above the date; what stands above them is returned."""
    if not lines:
        return []
    document.source = lines[-1]
    above = lines[:-1]
    text = "\n".join(lines)
    covered = words.is_cover(text) or words.declared_number(text) is not None
    first = max(0, len(lines) - 2) if covered or len(text) > _LONGEST_TITLE else 0
    title = list(dict.fromkeys(above[first:]))  # a PDF may have it as running head, too
    document.title = " ".join(title) or None
    return lines[:first]


def _header(document: Document, lines: Sequence[str]) -> None:
    """Edition, copyright and labels between the date and the text."""
    last: str | None = None
    for line in lines:
        if words.is_mark(line, words.TEXT):
            continue
        if words.is_copyright(line):
            document.add("copyright", line)
        elif label := words.any_label(line, capitals=False):
            last = label[0]
            keep(document, last, label[1])
        elif last is not None:
            keep(document, last, line)
        elif CLOCK.match(line) and document.date:
            document.date = f"{document.date} {line}"
        else:
            document.add("edition", line)
