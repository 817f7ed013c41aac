"""What the readers of DOCX, RTF and PDF share: one article from paragraphs and a document's properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import databases, nexis_layout, nexis_records
from .dates import date_in
from .files import File
from .nexis_text import is_text_set_as_paragraphs, text_blocks
from .records import IN_PART, PASSED_OVER, Problem, ReadError, Record

INFERRED = "inferred from a line of the document"
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|unbenannt|sans titre|document ?\d*|dokument ?\d*|word document|title|titel|titre|null)"
    r"|.*\.(?:docx?|rtf|pdf|indd|qxd|odt|pages|tex|html?|txt)|(?:layout|page|seite|slide)\s?\d*|[\W\d_]*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:admin(?:istrator)?|user|usr|unknown|author|owner|guest|python-docx|microsoft.*|windows.*|office.*|apache.*|default.*"
    r"|anonymous|hp|dell|lenovo|acer|pc|root|test|none|null|system.*|lexisnexis.*|.*@.*|.*\\.*|.*/.*|[\W\d_]*|\w)",
    re.IGNORECASE,
)
_LONGEST_TITLE, _LONGEST_DATE_LINE, _TOP = 300, 100, 6


@dataclass
class Extract:
    """The paragraphs of a document and what its properties say.

    Attributes
    ----------
    blocks
        The paragraphs; inside one, "\\n" is a line break.
    heading
        The first paragraph whose style or size makes it the title; None when there is none.
    title, author, created
        The document's properties.
    notes
        What was lost on the way.
    lines
        All lines, blank ones too, where the format keeps them (RTF).
    heads
        The running heads of the first pages (PDF).
    """

    blocks: list[str]
    heading: str | None = None
    title: str | None = None
    author: str | None = None
    created: str | None = None
    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


def read_extract(file: File, found: Extract, empty: str) -> Iterator[Record | Problem]:
    """The articles of a document: those of a database's export, or one.

    Raises
    ------
    ReadError
        There is no text; `empty` says why.
    """
    for note in found.notes:
        yield Problem(file.path, None, note, IN_PART)
    text = "\n".join(found.blocks)
    if databases.knows(text):
        yield from databases.read_text(text, file)
        return
    blocks = text_blocks("\n".join(found.lines)) if is_text_set_as_paragraphs(found.lines) else found.blocks
    if nexis_layout.knows(blocks) and (export := nexis_layout.read_export(blocks)).documents:
        yield from nexis_records.records(file, export)
        return
    if nexis_layout.is_list_of_documents(text):
        yield Problem(file.path, None, "a list of the documents of a Nexis export, without their texts", PASSED_OVER)
        return
    yield from _one_article(file, found, empty)


def _one_article(file: File, found: Extract, empty: str) -> Iterator[Record | Problem]:
    """The article of a document that is no export."""
    lines = [line.strip() for block in found.blocks for line in block.split("\n") if line.strip()]
    if not lines:
        raise ReadError(empty)
    made = Record(file.path, None)
    place = title_place(found, lines)
    if place is None:
        made.guess_title = True
    else:
        made.fields["title"] = lines.pop(place)
    made.fields["text"] = "\n".join(lines)
    if found.author and not _NO_AUTHOR.fullmatch(found.author.strip()):
        made.fields["author"] = found.author.strip()
    if date := date_line(found, lines):
        made.fields["published"] = date
        made.fields["published_basis"] = INFERRED
    elif found.created:
        made.extra["document_created"] = found.created
    yield made
    if found.created and not date:
        reason = (
            f"no date line was found in it; the document was made on {found.created[:10]}, which need not be the day"
        )
        yield Problem(file.path, None, f"{reason} of publication: see the column document_created", IN_PART)


def date_line(found: Extract, lines: list[str]) -> str | None:
    """The date in the running heads, or in a short line near the top that is no sentence."""
    for line in (*found.heads, *lines[:_TOP]):
        if len(line) <= _LONGEST_DATE_LINE and not line.endswith((".", "!", "?")) and (date := date_in(line)):
            return date
    return None


def title_place(found: Extract, lines: list[str]) -> int | None:
    """Which line is the title: one near the top that is set as a heading, or that the properties name as the title."""
    top = [" ".join(line.split()).casefold() for line in lines[:_TOP]]
    for given in (found.heading, found.title):
        title = " ".join((given or "").split()).casefold()
        if 0 < len(title) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(title) and title in top:
            return top.index(title)
    return None
