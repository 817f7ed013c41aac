"""Exports of databases as documents: the text of RTF, DOCX or PDF files, given to the reader that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import defacto, factiva_text, proquest
from .files import File
from .records import IN_PART, Problem, Record

_KINDS = (factiva_text, proquest, defacto)
_IN_RTF = re.compile(rb"Factiva|ProQuest|Ressort:|Seite:|(?:Document|Dokument|Documento) [A-Za-z]{2,12}\d{8}")


def knows(text: str) -> bool:
    """Whether the text of a document is a database's export, other than Nexis's."""
    return any(kind.looks_like(text[:100_000]) for kind in _KINDS)


def read_text(text: str, file: File) -> Iterator[Record | Problem]:
    """The articles of such a text."""
    kind = next(kind for kind in _KINDS if kind.looks_like(text[:100_000]))
    yield from kind.read_text(text, file)


def looks_like_rtf(file: File) -> bool:
    """Whether an RTF file names one of the databases near its beginning."""
    from . import rtf  # here, so that the readers of documents may import this module

    return rtf.looks(file) and _IN_RTF.search(file.head) is not None


def read_rtf(file: File) -> Iterator[Record | Problem]:
    """The articles of an RTF file from a database; any other is read as RTF files are."""
    from . import rtf

    found = rtf.extract(file)
    text = "\n".join(found.blocks)
    if not knows(text):
        yield from rtf.read(file)
        return
    for note in found.notes:
        yield Problem(file.path, None, note, IN_PART)
    yield from read_text(text, file)
