"""The body of an HTTP response as a web archive keeps it: heading, chunks and compression taken off."""

from __future__ import annotations

import importlib
import io
import zlib
from dataclasses import dataclass
from typing import Any

from .records import ReadError
from .unpacking import GZIP, Unpacked, buffered

MOST_BODY = 64 << 20  # bytes, unpacked
_MOST_HEADING = 1 << 18
_TEXTS = ("text/html", "text/plain", "application/xhtml+xml")
_BLANK_LINE = (b"\r\n\r\n", b"\n\n")
_NO_UNPACKER = "{n} {records} packed with %s, which cannot be unpacked here: install the package %s"
_BROKEN = "{n} {records} unpacked only in part"
_CHUNKS = "{n} {records} with broken chunks: read as far as they go"


@dataclass
class Body:
    """The contents, their type, the status (None: there is no heading) and what was wrong."""

    data: bytes
    mime: str = ""
    status: int | None = None
    note: str | None = None


def body_of(block: bytes, mime: str, *, is_http: bool) -> Body:
    """The body in a record's block; texts in an encoding that only the heading names become UTF-8."""
    if not is_http or not block.startswith(b"HTTP/"):
        return Body(block, _plain_type(mime))
    heading, data = _split(block)
    headers = _headers(heading)
    status = heading.split(b"\n", 1)[0].split()[1:2]
    body = Body(data, _plain_type(headers.get("content-type", "")), _number(status[0]) if status else None)
    if "chunked" in headers.get("transfer-encoding", "").casefold():
        body.data, whole = dechunked(body.data)
        body.note = None if whole else _CHUNKS
    for name in reversed(headers.get("content-encoding", "").casefold().split(",")):
        body.data, note = unpacked(body.data, name.strip())
        body.note = body.note or note
    if body.mime in _TEXTS:
        body.data = _as_utf8(body.data, headers.get("content-type", ""))
    return body


def _split(block: bytes) -> tuple[bytes, bytes]:
    places = [(place, len(blank)) for blank in _BLANK_LINE if (place := block.find(blank, 0, _MOST_HEADING)) >= 0]
    if not places:
        return block[:_MOST_HEADING], b""
    place, length = min(places)
    return block[:place], block[place + length :]


def _headers(heading: bytes) -> dict[str, str]:
    lines = heading.decode("latin-1").replace("\r", "").split("\n")[1:]
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip().casefold(): value.strip() for name, value in pairs}


def _plain_type(value: str) -> str:
    return value.split(";", 1)[0].strip().casefold()


def _number(value: bytes) -> int | None:
    return int(value) if value.isdigit() and len(value) < 10 else None


def dechunked(data: bytes) -> tuple[bytes, bool]:
    """The data without the marks of chunks, and whether all marks were sound; data without chunks come back."""
    pieces: list[bytes] = []
    at = 0
    while at < len(data):
        end = data.find(b"\n", at, at + 1000)
        size = data[at:end].split(b";", 1)[0].strip() if end >= 0 else b""
        if not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            return (data, True) if not pieces else (b"".join([*pieces, data[at:]]), False)
        n = int(size, 16)
        if n == 0:
            return b"".join(pieces), True
        pieces.append(data[end + 1 : end + 1 + n])
        at = end + 1 + n
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    return b"".join(pieces), False


def unpacked(data: bytes, name: str) -> tuple[bytes, str | None]:
    """The data without a compression of HTTP; data that are not packed come back as they are."""
    if name in ("gzip", "x-gzip"):
        return _gunzipped(data) if data.startswith(b"\x1f\x8b") else (data, None)
    if name == "deflate":
        return _inflated(data)
    if name == "br":
        return _by_library(data, name, "brotli")
    if name == "zstd":
        return _by_library(data, name, "zstandard")
    return data, None


def _gunzipped(data: bytes) -> tuple[bytes, str | None]:
    notes: set[str] = set()
    try:
        with buffered(Unpacked(io.BytesIO(data), wbits=GZIP, notes=notes)) as stream:
            plain = stream.read(MOST_BODY + 1)
    except ReadError:
        return b"", _BROKEN
    return plain[:MOST_BODY], _BROKEN if notes or len(plain) > MOST_BODY else None


def _inflated(data: bytes) -> tuple[bytes, str | None]:
    """HTTP's deflate has a zlib heading, but some servers leave it out."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        engine = zlib.decompressobj(wbits)
        try:
            plain = engine.decompress(data, MOST_BODY)
        except zlib.error:
            continue
        return plain, None if engine.eof else _BROKEN
    return data, None


def _by_library(data: bytes, name: str, package: str) -> tuple[bytes, str | None]:
    """Unpacked by a library that need not be installed; archives often keep the heading of what they unpacked."""
    if data.lstrip()[:1] in (b"<", b"{"):
        return data, None
    try:
        library: Any = importlib.import_module(package)
    except ImportError:
        return b"", _NO_UNPACKER % (name, package)
    try:
        if package == "brotli":
            engine = library.Decompressor()
            plain = engine.process(data, output_buffer_limit=MOST_BODY)
            return plain, None if engine.is_finished() else _BROKEN
        return library.ZstdDecompressor().decompress(data, max_output_size=MOST_BODY), None
    except Exception:  # each library has errors of its own, and an older brotli no limit
        return b"", _BROKEN


def _as_utf8(data: bytes, content_type: str) -> bytes:
    """Text in the encoding that the heading names, as UTF-8, so that what reads it need not know the heading."""
    charset = content_type.partition("charset=")[2].split(";", 1)[0].strip().strip("\"'").casefold()
    if not charset or charset in ("utf-8", "utf8") or b"charset" in data[:2000].lower():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252" if charset in ("iso-8859-1", "latin1") else charset).encode("utf-8")
        except (LookupError, ValueError):
            return data
    return data
