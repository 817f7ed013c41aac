"""PDF documents with a text layer: one article a file, or a Nexis export.

pypdfium2 reads the characters in the order of the page's content; here they become lines, lines paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from .files import File
from .office import Extract, read_extract
from .records import Problem, ReadError, Record
from .repair import whole_characters

ENDINGS = (".pdf",)
MOST_BYTES = 1 << 28
MOST_PAGES = 2_000
MOST_CHARACTERS = 1 << 24
_MOST_ON_A_PAGE = 200_000  # characters; no newspaper page has a tenth of it
_HYPHENS = "\ufffe\x02"  # what pdfium writes for a hyphen at the end of a line
_EDGE = 0.12  # share of the page's height in which running heads and page numbers stand
_NO_TEXT = "no text layer: scanned pages need OCR first"
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


class _Line(NamedTuple):
    """A line on a page: its text and box, in points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def looks(file: File) -> bool:
    """Whether a file begins as PDF does; some programs put a few bytes before."""
    return b"%PDF-" in file.head[:1024]


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
    pages, heights, notes = _pages(document)
    running = _running(pages, heights)
    kept = [
        [line for line in lines if not _is_running(line, height, running)]
        for lines, height in zip(pages, heights, strict=True)
    ]
    if not any(kept):
        raise ReadError(_NO_TEXT)
    empty = sum(not lines for lines in pages)
    if empty:
        notes.append(f"{empty} of {len(pages)} pages have no text layer: scanned pages need OCR first")
    said = document.get_metadata_dict(skip_empty=True)
    found = _DATE.match(said.get("CreationDate", ""))
    created = "-".join(found.groups()) if found else None
    blocks = _paragraphs(kept)
    return Extract(blocks, _heading(kept, blocks), said.get("Title"), said.get("Author"), created, notes)


def _pages(document: Any) -> tuple[list[list[_Line]], list[float], list[str]]:
    """The lines of each page, the pages' heights, and what was left out."""
    import pypdfium2

    pages: list[list[_Line]] = []
    heights: list[float] = []
    notes: list[str] = []
    n_characters = 0
    for number in range(min(len(document), MOST_PAGES)):
        lines: list[_Line] = []
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
        pages.append(lines)
        heights.append(height)
        n_characters += sum(len(line.text) for line in lines)
        if n_characters > MOST_CHARACTERS:
            notes.append(f"read up to page {number + 1}: more than {MOST_CHARACTERS:,} characters are not read")
            break
    if len(document) > MOST_PAGES:
        notes.append(f"read up to page {MOST_PAGES:,} of {len(document):,}, the most that is read")
    return pages, heights, notes


def _lines(text: Any) -> list[_Line]:
    """The lines of a page, as pdfium breaks them."""
    import pypdfium2.raw as pdfium

    found: list[_Line] = []
    characters: list[str] = []
    first = last = -1
    n = min(text.count_chars(), _MOST_ON_A_PAGE)
    for place in range(n + 1):
        code = pdfium.FPDFText_GetUnicode(text.raw, place) if place < n else 10
        if code in (10, 13):
            line = whole_characters("".join(characters)).strip()
            if line and first >= 0:
                left, bottom, _, top = text.get_charbox(first, loose=True)
                found.append(_Line(line, left, bottom, text.get_charbox(last, loose=True)[2], top))
            characters, first, last = [], -1, -1
        elif 0 < code <= 0x10FFFF:
            character = chr(code)
            characters.append(character)
            if not character.isspace():
                first, last = place if first < 0 else first, place
    return found


def _running(pages: list[list[_Line]], heights: list[float]) -> set[str]:
    """Lines at the pages' edges that come again on at least half the pages, numbers aside."""
    counts: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counts.update({_pattern(line) for line in lines if _at_edge(line, height)})
    return {text for text, n in counts.items() if n >= 2 and n >= (len(pages) - 1) / 2}


def _pattern(line: _Line) -> str:
    return _DIGITS.sub("0", " ".join(line.text.split()))


def _at_edge(line: _Line, height: float) -> bool:
    return line.top < _EDGE * height or line.bottom > (1 - _EDGE) * height


def _is_running(line: _Line, height: float, running: set[str]) -> bool:
    """Whether a line is a running head or a page number."""
    if not _at_edge(line, height):
        return False
    return _pattern(line) in running or re.fullmatch(r"[-–—| ]*\d{1,4}[-–—| ]*", line.text) is not None


def _paragraphs(pages: list[list[_Line]]) -> list[str]:
    """The lines joined to paragraphs: line wraps and hyphens undone, also across columns and pages."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    leading = _leading(pages)
    blocks = [lines[0].text]
    for before, line in pairwise(lines):
        if _continues(before, line, leading):
            blocks[-1] = _join(blocks[-1], line.text)
        else:
            blocks.append(line.text)
    return [re.sub(f"[{_HYPHENS}]", "-", block).replace("\u00ad", "") for block in blocks]


def _leading(pages: list[list[_Line]]) -> float:
    """The usual distance between two lines of a paragraph."""
    steps = [a.bottom - b.bottom for page in pages for a, b in pairwise(page) if 0 < a.bottom - b.bottom < 3 * a.height]
    return median(steps) if steps else 12.0


def _continues(before: _Line, line: _Line, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    size = max(before.height, line.height)
    if abs(before.height - line.height) > 0.15 * size:
        return False
    step = before.bottom - line.bottom
    beside = step < 0 or step > 5 * leading  # a new column or page
    if beside:
        return before.text[-1:].isalnum() or before.text[-1:] in f",;-{_HYPHENS}"
    if step > 1.35 * max(leading, size * 0.9):
        return False
    return line.left - before.left < 0.6 * size or before.left - line.left > 0.6 * size


def _join(text: str, line: str) -> str:
    if text[-1] in _HYPHENS and line[:1].isalpha():
        return text[:-1] + line
    if re.search(r"[a-zà-ÿ]-$", text) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _heading(pages: list[list[_Line]], blocks: list[str]) -> str | None:
    """The paragraph in the largest letters near the top, when they are larger than the text's."""
    lines = [line for page in pages for line in page]
    usual = median(line.height for line in lines)
    largest = max(lines[:12], key=lambda line: line.height, default=None)
    if largest is None or largest.height < 1.2 * usual:
        return None
    return next((block for block in blocks if block.startswith(largest.text)), None)
