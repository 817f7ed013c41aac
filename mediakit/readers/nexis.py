"""LexisNexis and Nexis Uni exports: TXT, HTML, RTF, DOCX and PDF, several articles a file, seven languages.

The TXT and HTML are told and read here; the readers of RTF, DOCX and PDF hand over what they find to be such an export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .decoding import decode
from .files import File
from .nexis_layout import DOCUMENT, knows, may_be_export, read_export
from .nexis_records import records
from .nexis_text import IGNORED, text_blocks
from .records import IN_PART, Problem, ReadError, Record

MOST_HTML = 1 << 28  # bytes of an HTML export that are read: its tree takes some five times as much
_NOT_TEXT = ("{\\rtf", "%PDF", "PK\x03\x04", "\xd0\xcf")
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|body)\b", re.I | re.S
)
_NEXIS_HTML = re.compile(r"<DOC NUMBER=|NAME=\"DOC_ID_|LXNComment|>\s*\d+ (?:of|von|de|van) \d+ DO[CK]UMENT", re.I)
_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt form h1 h2 h3 h4 h5 h6 head hr html li ol p pre section table "
    "tbody thead title tr ul".split()
)
_SKIPPED = {"script", "style", "head", "noscript", "template", "iframe", "object"}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def looks(file: File) -> bool:
    """Whether a TXT or HTML file is a Nexis export."""
    start = file.start
    if start.startswith(_NOT_TEXT):
        return False
    if _MARKUP.match(start) or start.lstrip()[:1] == "<":
        return _NEXIS_HTML.search(start) is not None
    if start.lstrip()[:1] in ("{", "["):
        return False
    return may_be_export(start) and knows(text_blocks(start))


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a Nexis export in whatever format.

    Raises
    ------
    ReadError
        There is no document in it.
    """
    blocks, notes = _blocks(file)
    for note in notes:
        yield Problem(file.path, None, note, IN_PART)
    export = read_export(blocks)
    if not export.documents:
        raise ReadError("no document of a Nexis export was found in it: neither a counter, nor a date line with labels")
    yield from records(file, export)


def _blocks(file: File) -> tuple[list[str], list[str]]:
    """The paragraphs of a file, and what was lost on the way."""
    from . import pdf, rtf, word

    for kind in (word, rtf, pdf):
        if kind.looks(file):
            found = kind.extract(file)
            return found.blocks, found.notes
    text, note = decode(file.read())
    notes = [note] if note else []
    return (
        html_blocks(text) if _MARKUP.match(text) or _NEXIS_HTML.search(text[:100_000]) else text_blocks(text)
    ), notes


# --- HTML ------------------------------------------------------------------------------------------------------------


def html_blocks(text: str) -> list[str]:
    """The paragraphs of an HTML export, and a mark before each document.

    Raises
    ------
    ReadError
        The file is larger than MOST_HTML, or holds no element.
    """
    from lxml import etree

    data = IGNORED.sub("", text).encode("utf-8", "replace")
    if len(data) > MOST_HTML:
        raise ReadError(f"larger than {MOST_HTML >> 20} MB, the most that is read of an HTML export: split it")
    try:
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
    except etree.LxmlError:
        root = None
    if root is None:
        raise ReadError("holds no HTML that can be read")
    return list(_Walk(root).blocks())


class _Walk:
    """A walk over a tree of HTML, without recursion, that gathers paragraphs."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.found: list[str] = []
        self.text: list[str] = []
        self.skipping = 0
        self.cells: list[str] | None = None

    def blocks(self) -> list[str]:
        """The paragraphs; a row of a table is one, its cells apart by tabs."""
        from lxml import etree

        for event, node in etree.iterwalk(self.root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                if event == "comment" and "<DOC NUMBER=" in (node.text or "").upper():
                    self._flush()
                    self.found.append(DOCUMENT)
                self._add(node.tail)
            elif event == "start":
                self._start(node)
            else:
                self._end(node)
        self._flush()
        return self.found

    def _start(self, node: Any) -> None:
        tag = node.tag.casefold()
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "br":
            self.text.append("\n")
        elif tag in ("td", "th"):
            self._flush()
        elif tag in _BLOCKS:
            self._flush()
            if tag == "tr":
                self.cells = []
        self._add(node.text)

    def _end(self, node: Any) -> None:
        tag = node.tag.casefold()
        if tag in _SKIPPED:
            self.skipping -= 1
        elif tag in _BLOCKS or tag in ("td", "th"):
            self._flush()
            if tag == "tr" and self.cells is not None:
                cells, self.cells = self.cells, None
                if cells:
                    self.found.append("\t".join(cells) if len(cells) > 1 else cells[0])
        self._add(node.tail)

    def _add(self, text: str | None) -> None:
        if text and not self.skipping:
            self.text.append(_SPACES.sub(" ", text))

    def _flush(self) -> None:
        lines = (line.strip() for line in "".join(self.text).split("\n"))
        paragraph = "\n".join(line for line in lines if line)
        self.text = []
        if not paragraph:
            return
        if self.cells is None:
            self.found.append(paragraph)
        else:
            self.cells.append(paragraph)
