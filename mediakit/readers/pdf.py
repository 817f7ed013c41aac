"""PDF documents with a text layer: one article a file, or a Nexis export.

pypdfium2 reads the characters in the order of the page's content; pdf_layout makes paragraphs of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from . import nexis_labels, nexis_layout
from .files import File
from .office import Extract, read_extract
from .pdf_layout import HYPHENS, Line, Page, paragraphs
from .records import Problem, ReadError, Record
from .repair import whole_characters

ENDINGS = (".pdf",)
MOST_BYTES = 1 << 28
MOST_PAGES = 2_000
MOST_CHARACTERS = 1 << 24
_MOST_ON_A_PAGE = 200_000  # characters; no newspaper page has a tenth of it
_HEAD = 8  # lines at the top of a page in which an exported document's date stands
_WIDE_GAP = 1.5  # times the height of a line; a wider gap is none between words
_NO_TEXT = "no text layer: scanned pages need OCR first"
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def looks(file: File) -> bool:
    """Whether a file begins as PDF does; some programs put a few bytes before."""
    start = file.head[:1024]
    return start.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-") or (
        file.suffix == ".pdf" and b"%PDF-" in start
    )


def read(file: File) -> Iterator[Record | Problem]:
    """The article of a PDF document, or the articles of a Nexis export."""
    yield from read_extract(file, extract(file), _NO_TEXT)


def extract(file: File) -> Extract:
    """The paragraphs and properties of a PDF document.

    Raises
    ------
    ReadError
        It is encrypted, broken, beyond the limits, or has no text layer.
    """
    import pypdfium2

    data = file.read()
    if len(data) > MOST_BYTES:
        raise ReadError(f"larger than {MOST_BYTES >> 20} MB, the most that is read of a PDF file: split it")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReadError("encrypted: open it with its password and print it to a new PDF file") from None
        raise ReadError(f"broken PDF file: {str(error)[:100]}") from None
    try:
        return _from_document(document)
    finally:
        document.close()


def _from_document(document: Any) -> Extract:
    pages, notes = _pages(document)
    if not any(page.lines for page in pages):
        raise ReadError(_NO_TEXT)
    empty = sum(not page.lines for page in pages)
    if empty:
        notes.append(f"{empty} of {len(pages)} pages have no text layer: scanned pages need OCR first")
    found = paragraphs(pages, _parts_of_export(pages))
    said = document.get_metadata_dict(skip_empty=True)
    day = _DATE.match(said.get("CreationDate", ""))
    created = "-".join(day.groups()) if day else None
    return Extract(
        found.blocks, found.heading, said.get("Title"), said.get("Author"), created, notes, heads=found.heads
    )


def _parts_of_export(pages: Sequence[Page]) -> Callable[[str, str, int], bool] | None:
    """What parts the lines of a Nexis export, whose labels stand close together; None for other documents."""
    texts = [line.text for page in pages for line in page.lines]
    if not (nexis_layout.knows(texts) or nexis_labels.is_cover("\n".join(texts))):
        return None
    opens = [any(nexis_labels.date_line(line.text) for line in page.lines[:_HEAD]) for page in pages]

    def parts(before: str, line: str, turned: int) -> bool:
        return nexis_layout.stands_alone(before) or nexis_layout.begins(line) or (turned >= 0 and opens[turned])

    return parts


def _pages(document: Any) -> tuple[list[Page], list[str]]:
    """The lines of each page, and what was left out."""
    import pypdfium2

    pages: list[Page] = []
    notes: list[str] = []
    n_characters = 0
    for number in range(min(len(document), MOST_PAGES)):
        lines: list[Line] = []
        height = 0.0
        try:
            page = document[number]
            text = page.get_textpage()
            height = page.get_height()
            lines = _lines(text)
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            notes.append(f"page {number + 1} is broken and was not read")
        pages.append(Page(lines, height))
        n_characters += sum(len(line.text) for line in lines)
        if n_characters > MOST_CHARACTERS:
            notes.append(f"read up to page {number + 1}: more than {MOST_CHARACTERS:,} characters are not read")
            break
    if len(document) > MOST_PAGES:
        notes.append(f"read up to page {MOST_PAGES:,} of {len(document):,}, the most that is read")
    return pages, notes


def _lines(text: Any) -> list[Line]:
    """The lines of a page, as pdfium breaks them, cut where a gap is too wide for one between words."""
    import pypdfium2.raw as pdfium

    found: list[Line] = []
    piece = _Piece(text)
    row = 0
    n = min(text.count_chars(), _MOST_ON_A_PAGE)
    for place in range(n):
        code = pdfium.FPDFText_GetUnicode(text.raw, place)
        if code in (10, 13):
            row += 1
            found += piece.finished(row - 1)
        elif 0 < code <= 0x10FFFF:
            character = chr(code)
            if character.isspace():
                piece.characters.append(" ")
            else:
                if piece.after_gap(place):
                    found += piece.finished(row)
                piece.add(character, place)
                if character in HYPHENS:  # pdfium goes on without a line break
                    found += piece.finished(row)
                    row += 1
    return found + piece.finished(row)


class _Piece:
    """A stretch of characters on a line."""

    def __init__(self, text: Any) -> None:
        self.page = text
        self.characters: list[str] = []
        self.first = self.last = -1

    def add(self, character: str, place: int) -> None:
        """Take in a character that is no blank."""
        self.characters.append(character)
        self.first = place if self.first < 0 else self.first
        self.last = place

    def after_gap(self, place: int) -> bool:
        """Whether a character stands behind a gap that is too wide for one between words."""
        if self.last < 0 or place == self.last + 1:
            return False
        _, bottom, right, top = self.page.get_charbox(self.last, loose=True)
        left = self.page.get_charbox(place, loose=True)[0]
        return bool(left - right > _WIDE_GAP * max(top - bottom, 1.0))

    def finished(self, row: int) -> list[Line]:
        """The stretch as a line, in a list; empty when there is none."""
        line = whole_characters("".join(self.characters)).strip()
        found = []
        if line and self.first >= 0:
            left, bottom, _, top = self.page.get_charbox(self.first, loose=True)
            right = self.page.get_charbox(self.last, loose=True)[2]
            found.append(Line(line, left, bottom, right, top, row))
        self.characters, self.first, self.last = [], -1, -1
        return found
