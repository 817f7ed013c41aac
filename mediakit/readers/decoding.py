"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from .files import HEAD, LONGEST_LINE, File
from .records import ReadError

_BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_SAMPLE = 8192
_MAX_CONTROL = 0.02  # share of control characters in what still counts as text
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})

# What Western European text in cp1252 is made of; other high characters speak for another encoding.
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”„‚‹›«»–—…•€£©®™°§·¡¿ºª´\u00a0\u00ad]")
_HIGH = re.compile("[^\x00-\x7f]")
_NO_TEXT = "is no text: it holds control bytes as binary files do"


class Decoded(NamedTuple):
    """Text, and what may have been lost or guessed on the way; None when nothing."""

    text: str
    note: str | None


class Lines(NamedTuple):
    """A file's lines with their ends, to be gone through as often as needed; and what `Decoded` notes.

    A line of more than LONGEST_LINE characters comes as None.
    """

    again: Callable[[], Iterator[str | None]]
    note: str | None


def lines_of(file: File) -> Lines:
    """The lines of a file: UTF-8 is read piece by piece, other encodings are decoded as a whole.

    Raises
    ------
    ReadError
        The bytes are no text, or are too many for an encoding other than UTF-8.
    """
    if len(file.head) == HEAD and streams_as_utf8(file):
        return Lines(partial(_utf8_lines, file), None)
    text, note = decode(file.read())
    return Lines(lambda: _bounded(io.StringIO(text, newline="")), note)


def streams_as_utf8(file: File) -> bool:
    """Whether all of a file is UTF-8, so that it can be read piece by piece.

    Raises
    ------
    ReadError
        Its bytes are no text.
    """
    if _declared(file.head) not in (None, "utf-8"):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open() as stream:
            while piece := stream.read(1 << 20):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_lines(file: File) -> Iterator[str | None]:
    with file.open() as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        yield from _bounded(text)


def _bounded(text: io.TextIOBase) -> Iterator[str | None]:
    while line := text.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
            yield line
            continue
        while (rest := text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass
        yield None


def decode(data: bytes) -> Decoded:
    """The text of a file: UTF-8, UTF-16 or UTF-32, else cp1252, else what charset-normalizer finds.

    Raises
    ------
    ReadError
        The bytes are no text. The message says what they look like; the caller knows the path.
    """
    encoding = _declared(data)
    if encoding is not None:
        bom = next((bom for bom, _ in _BOMS if data.startswith(bom)), b"")
        return _decode_as(data[len(bom) :], encoding)
    try:
        return Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError:
        return _mixed_utf8(data) or _single_byte(data)


def _declared(data: bytes) -> str | None:
    """The encoding that the first bytes give away; None when they do not."""
    kind = next((kind for magic, kind in _BINARY if data.startswith(magic)), None)
    if kind:
        raise ReadError(f"is {kind}, not text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if hidden := _utf16_without_bom(data[:_SAMPLE]):
        return hidden
    if _share_of_control(data[:_SAMPLE]) > _MAX_CONTROL:
        raise ReadError(_NO_TEXT)
    return None


def _share_of_control(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROL)) / len(sample) if sample else 0.0


def _decode_as(data: bytes, encoding: str) -> Decoded:
    """Decode as the byte order mark says, with a mark in place of what does not decode."""
    try:
        text, note = data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        note = f"some bytes are not {encoding}: unreadable characters stand as �"
    sample = text[:_SAMPLE]
    if _share_of_control(sample.encode("utf-8", "surrogatepass")) > _MAX_CONTROL:
        raise ReadError(_NO_TEXT)
    return Decoded(text, note)


def _utf16_without_bom(sample: bytes) -> str | None:
    """UTF-16 gives itself away by a zero in every second byte of Latin text."""
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0) / half, sample[1 : 2 * half : 2].count(0) / half
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else None


def _mixed_utf8(data: bytes) -> Decoded | None:
    """Mostly UTF-8 with a few stray bytes (pasted cp1252, a cut-off end); None when it is not UTF-8 at all."""
    try:
        cut_off = codecs.getincrementaldecoder("utf-8")()
        text = cut_off.decode(data)
        if _HIGH.search(text):
            return Decoded(text + "�", "ends in the middle of a character")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="surrogateescape")
    stray = re.findall("[\udc80-\udcff]", text)
    if len(_HIGH.findall(text)) - len(stray) < len(stray):
        return None
    text = re.sub("[\udc80-\udcff]", lambda byte: _cp1252(bytes([ord(byte[0]) - 0xDC00])), text)
    return Decoded(text, f"{len(stray)} bytes are not UTF-8 as the rest is: read as cp1252")


def _single_byte(data: bytes) -> Decoded:
    text = _cp1252(data)
    high = _HIGH.findall(text)
    if len(_WESTERN.findall(text)) >= 0.9 * len(high) and len(high) <= 0.3 * len(text):
        return Decoded(text, None)
    from charset_normalizer import from_bytes  # costs 0.03 s, and few files need it

    best = from_bytes(data).best()
    if best is None:
        return Decoded(text, "unknown encoding: read as cp1252")
    return Decoded(str(best), f"encoding not declared: read as {best.encoding}, a guess")


def _cp1252(data: bytes) -> str:
    """As browsers do: cp1252, and Latin-1 for the five bytes it leaves open."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data)
