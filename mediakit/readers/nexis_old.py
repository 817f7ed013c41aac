"""The old layout of Nexis exports (LexisNexis Academic, Nexis): "2 of 161 DOCUMENTS", source and date, capital labels.

Paragraphs come from TXT, HTML, RTF or DOCX; inside one, "\\n" is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import nexis_labels as words
from .nexis_document import (
    BY,
    GAP,
    LONGEST_VALUE,
    Document,
    Export,
    date_and_edition,
    keep,
    read_trailer,
    trailer_start,
)
from .nexis_text import CENTRED

DOCUMENT = "\f"  # a paragraph that stands for the mark before each document in HTML
_HEADER_AHEAD = 4  # paragraphs between title and first label: subtitles, bylines without a label
_LONGEST_TITLE = 400
_MASTHEAD = 8  # paragraphs above the first label in which source and date stand
_ERROR = re.compile(r"We are sorry but there is an error in this document", re.IGNORECASE)


def read_single(blocks: Sequence[str]) -> Export:
    """The one document of a file that does not count."""
    return Export([_document([block for block in blocks if block.strip()])])


def read_old(blocks: Sequence[str]) -> Export:
    """The documents of an export in the old layout; one that begins to count again holds several, put together."""
    pieces = [piece for block in blocks for piece in _at_counters(block)]
    marked = DOCUMENT in pieces
    starts = [i for i, piece in enumerate(pieces) if (piece == DOCUMENT if marked else words.counter(piece))]
    cover: Sequence[str] = pieces[: starts[0]]
    exports = [Export([])]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        inside = pieces[start + 1 : end] if marked else pieces[start:end]
        counted = next((n for n in map(words.counter, inside) if n), None)
        if exports[-1].documents and counted and counted[0] <= (exports[-1].documents[-1].number or 0):
            exports.append(Export([]))
        export = exports[-1]
        if not export.documents:
            export.declared = words.declared_number("\n".join(cover))
        own, cover = _without_cover(_before_completed(inside))
        document = _document([piece for piece in own if not words.counter(piece)])
        if counted:
            document.number, export.total = counted
        export.documents.append(document)
    return _together(exports)


def _together(exports: Sequence[Export]) -> Export:
    """Several exports as one, its documents without numbers; cover pages count where the documents do not."""
    if len(exports) == 1:
        return exports[0]
    documents = [document for export in exports for document in export.documents]
    for document in documents:
        document.number = None
    declared = [export.declared for export in exports]
    totals = [export.total for export in exports]
    return Export(
        documents,
        None if None in declared or None not in totals else sum(n for n in declared if n is not None),
        None if None in totals else sum(n for n in totals if n is not None),
    )


def _without_cover(blocks: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The paragraphs before the cover page of another export, which stands behind a document's end, and that page."""
    for place, block in enumerate(blocks):
        if place and words.is_request(block) and _is_end(blocks[place - 1]):
            return blocks[:place], blocks[place:]
    return blocks, []


def _at_counters(block: str) -> Iterator[str]:
    """A paragraph, cut before and after lines that count documents."""
    if block == DOCUMENT:
        yield block
        return
    kept: list[str] = []
    for line in block.split("\n"):
        if words.counter(line):
            if any(map(str.strip, kept)):
                yield "\n".join(kept)
            kept = []
            yield line.strip()
        else:
            kept.append(line)
    if any(map(str.strip, kept)):
        yield "\n".join(kept)


def _before_completed(blocks: Sequence[str]) -> list[str]:
    """The paragraphs before the rule that closes a delivery, whose address stands above it."""
    for place, block in enumerate(blocks):
        if any(map(words.is_completed, block.split("\n"))):
            ends = [i for i in range(place) if _is_end(blocks[i])]
            return list(blocks[: ends[-1] + 1] if ends and place - ends[-1] <= GAP else blocks[:place])
    return list(blocks)


def _is_end(block: str) -> bool:
    label = words.label_in(block, capitals=True)
    return words.begins_copyright(block.strip()) or (label is not None and label.place in (words.TRAILER, words.LONG))


def _document(blocks: Sequence[str]) -> Document:
    document = Document()
    blocks = [part for block in blocks for part in _at_body(block)]
    if len(blocks) <= 2 and any(_ERROR.search(block) for block in blocks):
        document.error = True
        return document
    place = _masthead(document, blocks)
    place = _title(document, blocks, place)
    place = _header(document, blocks, place)
    end = trailer_start(blocks, place, document, capitals=True)
    document.body = [line.strip() for block in blocks[place:end] for line in block.split("\n") if line.strip()]
    document.whole = end < len(blocks)
    read_trailer(document, blocks[end:], capitals=True)
    return document


def _masthead(document: Document, blocks: Sequence[str]) -> int:
    """Source, date and edition; the place of the paragraph after them."""
    first_label = next((i for i, block in enumerate(blocks[:_MASTHEAD]) if _in_header(block)), _MASTHEAD)
    above: list[_Line] = []
    for place, block in enumerate(blocks[:first_label]):
        lines = [_Line(line.strip(), place, line.startswith(" " * CENTRED)) for line in block.split("\n")]
        for number, line in enumerate(lines):
            if words.is_copyright(line.text):
                document.add("copyright", line.text)
            elif (date := words.date_line(line.text)) and above:
                date_and_edition(document, line.text, date, [after.text for after in lines[number + 1 :]])
                untitled = place + 1 >= len(blocks) or _in_header(blocks[place + 1]) is not None
                _source(document, above, untitled=untitled)
                return _editions(document, blocks, place + 1)
            elif re.match(r"https?://", line.text):
                document.add("url", line.text)
            elif line.text:
                above.append(line)
    if not above:
        return 0
    document.source = above[0].text
    return above[0].place + 1


def _editions(document: Document, blocks: Sequence[str], place: int) -> int:
    """The paragraph after those below the date that name an edition; a title must follow them."""
    while place + 1 < len(blocks) and not _in_header(blocks[place + 1]):
        text = " ".join(blocks[place].split())
        if not words.is_edition(text):
            break
        document.add("edition", text)
        place += 1
    return place


class _Line(NamedTuple):
    """A line above the date: its text, the place of its paragraph, whether it is centred."""

    text: str
    place: int
    centred: bool


def _source(document: Document, above: Sequence[_Line], *, untitled: bool) -> None:
    """Source, and title when it stands above the date too: then only the source is centred, or it is the first."""
    centred = [line for line in above if line.centred]
    source = centred[0] if centred else above[0]
    document.source = source.text
    others = [line.text for line in above if line.place != source.place and not line.centred]
    if others and untitled:
        document.title = " ".join(others)


def _in_header(block: str) -> words.Label | None:
    label = words.label_in(block, capitals=True)
    if label and label.place in (words.HEADER, words.EITHER):
        return label
    return words.Label("body", words.TEXT, "") if _opens_body(block) else None


def _opens_body(block: str) -> bool:
    """Whether a paragraph begins with "BODY:" or the like, in capitals."""
    first = block.lstrip().split("\n", 1)[0]
    name, colon, _ = first.partition(":")
    return bool(colon) and name.upper() == name and words.is_mark(name, words.TEXT)


def _title(document: Document, blocks: Sequence[str], place: int) -> int:
    """The paragraphs above the first label: title, perhaps a subtitle or byline; the place after them."""
    ahead = range(place, min(place + _HEADER_AHEAD, len(blocks)))
    label = next((i for i in ahead if _in_header(blocks[i])), None)
    above = blocks[place:label] if label is not None else blocks[place : place + 1]
    if not above or document.title is not None:
        return place
    title = " ".join(above[0].split())
    if label is None and (len(title) > _LONGEST_TITLE or place + 1 >= len(blocks) or _is_end(above[0])):
        return place
    document.title = title
    for block in above[1:]:
        text = " ".join(block.split())
        document.add("author" if BY.match(text) and len(text) < 200 else "subtitle", text)
    return place + len(above)


def _header(document: Document, blocks: Sequence[str], place: int) -> int:
    """The labels before the text; the place of the paragraph where the text begins."""
    seen: set[str] = set()
    while place < len(blocks):
        if _opens_body(blocks[place]):
            return place + 1
        labels = _labels_of(blocks[place])
        if not labels and document.title is None and _titles(blocks, place, seen):
            document.title = " ".join(blocks[place].split())
            place += 1
            continue
        if not labels or any(label.field in seen for label in labels):
            return place
        for label in labels:
            seen.add(label.field)
            value = label.value
            if not value and _stands_below(blocks, place):
                place += 1
                value = blocks[place]
            keep(document, label.field, " ".join(value.split()))
        place += 1
    return place


def _titles(blocks: Sequence[str], place: int, seen: set[str]) -> bool:
    """Whether a paragraph among the labels is the title: broadcasts have labels above theirs."""
    if len(blocks[place]) > _LONGEST_TITLE or place + 1 >= len(blocks):
        return False
    after = _labels_of(blocks[place + 1])
    return bool(after) and not any(label.field in seen for label in after)


def _stands_below(blocks: Sequence[str], place: int) -> bool:
    """Whether the value of a label stands in the next paragraph: one between two labels."""
    return place + 2 < len(blocks) and not _in_header(blocks[place + 1]) and _in_header(blocks[place + 2]) is not None


def _at_body(block: str) -> list[str]:
    """A paragraph, cut before and after "BODY:" where that opens one of its lines."""
    lines = block.split("\n")
    place = next((number for number, line in enumerate(lines) if _opens_body(line)), None)
    if place is None:
        return [block]
    name, colon, rest = lines[place].partition(":")
    parts = ["\n".join(lines[:place]), name + colon, "\n".join([rest, *lines[place + 1 :]])]
    return [part for part in parts if part.strip()]


def _labels_of(block: str) -> list[words.Label]:
    """The labels of a header paragraph, which may hold one a line; none when it begins without one."""
    found: list[words.Label] = []
    for line in block.split("\n"):
        label = words.label_in(line, capitals=True)
        if label and label.place in (words.HEADER, words.EITHER):
            found.append(label)
        elif not found:
            return []
        elif len(found[-1].value) <= LONGEST_VALUE:
            found[-1] = found[-1]._replace(value=f"{found[-1].value} {line.strip()}")
    return found
