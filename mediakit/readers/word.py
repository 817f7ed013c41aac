"""Word documents (.docx): one article a file, or a Nexis export."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import text_files
from .files import File
from .office import Extract, read_extract
from .records import TAKEN_AS, Problem, ReadError, Record
from .unpacking import seekable

ENDINGS = (".docx", ".docm", ".dotx")
MOST_XML = 1 << 28  # bytes of a part, unpacked; the text of some forty thousand articles takes less
DEEPEST_XML = 500
_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_NAMES = (b"[Content_Types].xml", b"word/")  # one of them stands near the beginning, whoever wrote the document
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TITLE_STYLE = re.compile(
    r"(?:title|titel|titre|titolo|titulo|ttulo|(?:heading|berschrift|überschrift|titre|kop|titolo|titulo|ttulo) ?1)",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # bytes that no text has
_BROKEN = "broken Word document"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_LOST = ("Fallback", "moveFrom", "del", "instrText", "delText", "rt")
_LIBRARY_DATE = "2013-12-23T23:15:00Z"  # what python-docx's template says of every document


def looks(file: File) -> bool:
    """Whether a file is a zip archive with the parts of a Word document, or an old or encrypted Office document."""
    if file.head.startswith(_OLE):
        return True
    if not file.head.startswith(b"PK\x03\x04"):
        return False
    if file.suffix not in ENDINGS and not any(name in file.head for name in _FIRST_NAMES):
        return False  # without a look at the list of contents, which may be long or unpacked at some cost
    try:
        with seekable(file.open)() as stream, zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        return file.suffix in ENDINGS
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read(file: File) -> Iterator[Record | Problem]:
    """The article of a Word document, or the articles of a Nexis export; text that is only named so is read as text."""
    if not file.head.startswith((_OLE, b"PK")) and not _NO_TEXT.search(file.head):
        yield Problem(file.path, None, "no Word document but plain text, and read as such", TAKEN_AS)
        yield from text_files.read(file)
        return
    yield from read_extract(file, extract(file), "holds no text: if it shows pictures of pages, they need OCR first")


def extract(file: File) -> Extract:
    """The paragraphs and properties of a Word document.

    Raises
    ------
    ReadError
        It is no Word document, encrypted, broken before its first paragraph, or beyond the limits.
    """
    if file.head.startswith(_OLE):
        with file.open() as stream:
            encrypted = _ENCRYPTED in stream.read(1 << 22)
        if encrypted:
            raise ReadError("encrypted: open it with its password and save it without")
        raise ReadError("an old Office document (.doc): open it in Word or LibreOffice and save it as .docx")
    try:
        with seekable(file.open)() as stream, zipfile.ZipFile(stream) as package:
            return _from_package(package)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{_BROKEN}: {error or type(error).__name__}") from None


def _from_package(package: zipfile.ZipFile) -> Extract:
    main = _main_part(package)
    text = _Text()
    note = _parse(package, main, text)
    text.close()
    if note and not text.blocks:
        raise ReadError(f"{_BROKEN}: {note}")
    properties = _Properties()
    if "docProps/core.xml" in package.namelist():
        _parse(package, "docProps/core.xml", properties)
    created = properties.found.get("created")
    return Extract(
        text.blocks,
        text.heading,
        properties.found.get("title"),
        properties.found.get("creator"),
        None if created == _LIBRARY_DATE else created,
        [f"read up to where it breaks: {note}"] if note else [],
    )


def _main_part(package: zipfile.ZipFile) -> str:
    """The part that holds the text: what the relations say, else the name it mostly has."""
    names = package.namelist()
    if "_rels/.rels" in names:
        relations = _Relations()
        _parse(package, "_rels/.rels", relations)
        if relations.main in names:
            return relations.main
    found = next((name for name in names if re.fullmatch(r"word/document\d*\.xml", name)), None)
    if found is None:
        raise ReadError(f"{_BROKEN}: it has no part with a text")
    return found


def _parse(package: zipfile.ZipFile, name: str, target: Any) -> str | None:
    """Feed a part to a target, piece by piece; why it ended early, or None.

    No tree is built, entities are not resolved, and a document type, which no Word document has, is refused.
    """
    import zlib

    from lxml import etree

    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    size = 0
    try:
        with package.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MOST_XML:
                    return f"larger than {MOST_XML >> 20} MB when unpacked, the most that is read of a Word document"
                parser.feed(chunk)
        parser.close()
    except _StopError as stop:
        return str(stop)
    except etree.LxmlError as error:
        return f"its XML is not well formed ({' '.join(str(error).split())[:100]})"
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        if "password" in str(error) or "encrypted" in str(error):
            return "encrypted"
        return f"it cannot be unpacked ({str(error)[:100] or type(error).__name__})"
    return None


class _StopError(Exception):
    """A part goes beyond the limits."""


class _Target:
    """What an XML parser calls; refuses document types and deep nesting."""

    def __init__(self) -> None:
        self.depth = 0

    def doctype(self, *_: object) -> None:
        raise _StopError("it declares a document type, which no Word document does")

    def start(self, tag: str, attributes: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST_XML:
            raise _StopError(f"nested more than {DEEPEST_XML} deep")
        self.enter(tag.rpartition("}")[2], attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.leave(tag.rpartition("}")[2])

    def enter(self, name: str, attributes: Any) -> None:
        """An element begins."""

    def leave(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text inside an element."""

    def close(self) -> None:
        """The part is at its end."""


def _value(attributes: Any, name: str = "val") -> str:
    return next((str(value) for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


class _Relations(_Target):
    """Which part is the main one."""

    main = ""

    def enter(self, name: str, attributes: Any) -> None:
        if name == "Relationship" and _value(attributes, "Type").endswith("/officeDocument"):
            self.main = _value(attributes, "Target").lstrip("/")


class _Properties(_Target):
    """Title, creator and date of creation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.names: list[str] = []

    def enter(self, name: str, attributes: Any) -> None:  # noqa: ARG002
        self.names.append(name)

    def leave(self, name: str) -> None:  # noqa: ARG002
        self.names.pop()

    def data(self, text: str) -> None:
        if self.names and self.names[-1] in ("title", "creator", "created"):
            self.found[self.names[-1]] = (self.found.get(self.names[-1], "") + text)[:1000]


@dataclass
class _Paragraph:
    text: list[str] = field(default_factory=list)
    title: bool = False


class _Text(_Target):
    """The paragraphs of the main part; a row of a table is one, its cells apart by tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.heading: str | None = None
        self.open: list[_Paragraph] = []
        self.rows: list[list[list[str]]] = []
        self.lost = 0
        self.in_text = self.in_style = self.hidden = False

    def enter(self, name: str, attributes: Any) -> None:
        if name in _LOST:
            self.lost += 1
        elif name == "p":
            self.open.append(_Paragraph())
        elif name == "r":
            self.hidden = False
        elif name == "vanish":
            self.hidden = self.in_style = _value(attributes) not in ("0", "false")
        elif name == "t":
            self.in_text = True
        elif name in _SIGNS and self.open and not self.lost:
            self.open[-1].text.append(_SIGNS[name])
        elif name == "pStyle" and self.open:
            self.open[-1].title = _TITLE_STYLE.fullmatch(_value(attributes)) is not None
        elif name == "tr":
            self.rows.append([])
        elif name == "tc" and self.rows:
            self.rows[-1].append([])

    def leave(self, name: str) -> None:
        if name in _LOST:
            self.lost -= 1
        elif name == "t":
            self.in_text = False
        elif name == "p" and self.open:
            self._finish(self.open.pop())
        elif name == "tr" and self.rows:
            self._finish_row(self.rows.pop())

    def data(self, text: str) -> None:
        if self.in_text and not self.lost and not self.hidden and self.open:
            self.open[-1].text.append(text)

    def close(self) -> None:
        while self.open:
            self._finish(self.open.pop())
        while self.rows:
            self._finish_row(self.rows.pop())

    def _finish(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text).replace("\u00ad", "").strip(" \t\n\r")
        if not text:
            return
        if paragraph.title and self.heading is None:
            self.heading = text
        self._place(text)

    def _place(self, text: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        else:
            self.blocks.append(text)

    def _finish_row(self, cells: list[list[str]]) -> None:
        if all(len(cell) <= 1 for cell in cells):
            text = "\t".join(cell[0] if cell else "" for cell in cells).strip("\t")
            texts = [text] if text else []
        else:
            texts = [text for cell in cells for text in cell]
        for text in texts:
            self._place(text)
