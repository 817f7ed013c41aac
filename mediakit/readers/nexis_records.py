"""Nexis exports, from documents to records, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .files import File
from .nexis_document import Document, Export, byline, number_of_words
from .records import IN_PART, Problem, Record

_FAR, _FAR_WORDS = 0.25, 30  # how far a text may be from its declared length: share of it, and words
_BLANKS = re.compile("[ \u00a0]{2,}")  # HTML keeps two blanks apart, a wrapped TXT cannot
_SHOWN = 5  # missing numbers that a message lists


def records(file: File, export: Export) -> Iterator[Record | Problem]:
    """The articles of a Nexis export, and a problem for each thing that does not add up."""
    ends = any(document.whole for document in export.documents)
    several = len(export.documents) > 1 or (export.declared or export.total or 1) > 1
    for place, document in enumerate(export.documents, start=1):
        name = f"document {document.number or place}" if several else None
        if document.error:
            yield Problem(file.path, name or "document 1", "not read: the export says it could not show this document")
            continue
        if not document.body and document.title is None:
            yield Problem(file.path, name or "document 1", "not read: neither a title nor a text was found in it")
            continue
        yield _record(file, name, document)
        yield from _doubts(file, name, document, last=place == len(export.documents), ends=ends)
    yield from _count(file, export)


def _record(file: File, name: str | None, document: Document) -> Record:
    made = Record(file.path, name)
    labels = dict(document.labels)
    made.fields = {
        "title": document.title,
        "source": document.source,
        "published": document.date,
        "author": byline(labels.pop("author", "")) or None,
        "url": labels.pop("url", None),
        "language": labels.pop("language", "").split(";")[0].strip() or None,
        "text": "\n".join(_BLANKS.sub(" ", paragraph) for paragraph in document.body),
    }
    if kind := labels.pop("kind", None):
        made.fields["kind"] = kind
    made.extra = {name: value for name, value in labels.items() if name not in made.fields}
    if "length" in labels:
        made.extra["length"] = number_of_words(labels["length"])
    return made


def _doubts(file: File, name: str | None, document: Document, *, last: bool, ends: bool) -> Iterator[Problem]:
    """What is unsure about a document that was read."""
    if document.date is None:
        yield Problem(file.path, name, "no date line was found above the text", IN_PART)
    declared = number_of_words(document.labels.get("length", ""))
    n = sum(len(line.split()) for line in document.body)
    if declared and n and abs(n - declared) > max(_FAR_WORDS, _FAR * declared):
        reason = f"declares {declared:,} words, {n:,} were read: text is missing, or something else was taken for it"
        yield Problem(file.path, name, reason, IN_PART)
    if ends and not document.whole:
        reason = "the last document has no end: the file may be cut off"
        other = "the end of this document was not marked: check where its text ends"
        yield Problem(file.path, name, reason if last else other, IN_PART)


def _count(file: File, export: Export) -> Iterator[Problem]:
    """Compare the number of documents that were read with the number the export declares."""
    n = len(export.documents)
    numbers = [document.number for document in export.documents if document.number is not None]
    if export.declared is not None:
        if export.declared != n:
            reason = f"the export declares {export.declared:,} documents, and {n:,} were found"
            yield Problem(file.path, None, reason + _gaps(numbers), IN_PART)
        elif export.total is not None and export.total != n:
            reason = f"its documents are counted to {export.total:,}, its cover page names {n:,}, as many as were found"
            yield Problem(file.path, None, f"{reason}: the others may be in another file", IN_PART)
    elif export.total is not None and export.total != n:
        reason = f"the export counts {export.total:,} documents, and {n:,} were found in this file"
        yield Problem(file.path, None, reason + _gaps(numbers), IN_PART)


def _gaps(numbers: Sequence[int]) -> str:
    """Which numbers there are, and which are missing between them."""
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    missing = sorted(set(range(first, min(last, first + 100_000) + 1)) - set(numbers))
    shown = ", ".join(map(str, missing[:_SHOWN])) + (" …" if len(missing) > _SHOWN else "")
    return f" (numbers {first} to {last}{f'; missing: {shown}' if missing else ''})"
