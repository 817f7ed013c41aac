"""What the readers of DOCX, RTF and PDF share: one article from paragraphs and a document's properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import nexis_records
from .files import File
from .records import IN_PART, Problem, ReadError, Record

INFERRED = "inferred from the document's properties"
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
_LONGEST_TITLE = 300
_BYLINE = re.compile(r"(?:by|von|par|door|por|di)\s+(\S.{1,100})", re.IGNORECASE)


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
    """

    blocks: list[str]
    heading: str | None = None
    title: str | None = None
    author: str | None = None
    created: str | None = None
    notes: list[str] = field(default_factory=list)


def read_extract(file: File, found: Extract, empty: str) -> Iterator[Record | Problem]:
    """The articles of a document: those of a Nexis export, or one.

    Raises
    ------
    ReadError
        There is no text; `empty` says why.
    """
    for note in found.notes:
        yield Problem(file.path, None, note, IN_PART)
    if nexis_records.knows(found.blocks):
        yield from nexis_records.records(file, found.blocks)
        return
    lines = [line.strip() for block in found.blocks for line in block.split("\n") if line.strip()]
    if not lines:
        raise ReadError(empty)
    made = Record(file.path, None, {"text": "\n".join(lines)})
    title = credible_title(found, lines)
    if title is None:
        made.guess_title = True
    else:
        made.fields["title"] = title
    if found.author and not _NO_AUTHOR.fullmatch(found.author.strip()):
        made.fields["author"] = found.author.strip()
    if found.created:
        made.fields["published"] = found.created
        made.fields["published_basis"] = INFERRED
    yield made


def credible_title(found: Extract, lines: list[str]) -> str | None:
    """The title: a heading at the top, or the property when it is no file name and not left over from another text."""
    heading = " ".join((found.heading or "").split())
    if heading and len(heading) <= _LONGEST_TITLE and heading in (" ".join(line.split()) for line in lines[:5]):
        return heading
    title = " ".join((found.title or "").split())
    if not title or len(title) > _LONGEST_TITLE or _NO_TITLE.fullmatch(title):
        return None
    return title if title.casefold() in (" ".join(line.split()).casefold() for line in lines[:5]) else None
