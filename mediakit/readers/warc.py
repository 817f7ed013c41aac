"""Web archives: WARC and ARC, plain or gzipped. Each page in them is read as if it were a file.

Read are the contents of responses with status 200 (or without a status), resources and conversions (WET) that are web
pages, feeds, PDF or plain text; redirects, errors, pictures, style sheets and repeats are passed over and counted in
one problem. The same contents under the same address are read once; another version of a page is another article.

Archives are read in order and a record at a time. A record whose length is wrong or whose gzip member is damaged costs
only itself: reading goes on at the next line that begins a record. A record of more than MOST_RECORD bytes is not read.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from . import feeds, html
from .archives import clean_name, meter_of
from .files import File
from .http_body import Body, body_of
from .records import IN_PART, PASSED_OVER, Problem, ReadError
from .unpacking import GZIP, Unpacked, buffered

ENDINGS = (".warc", ".arc", ".wet")
MOST_RECORD = 64 << 20  # bytes
_MOST_AGAIN = 2 << 30  # bytes that are read again because a length was wrong
_SLACK = 5  # bytes that a length may be too long by: blank lines behind the last record are often left out
_LONGEST_LINE, _MOST_LINES = 1 << 16, 1000
_PAGES = frozenset(("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"))
_OTHER_TEXTS = ("robots.txt", "ads.txt", "sitemap.txt", "app-ads.txt", "humans.txt", "security.txt")
_START = re.compile(rb"(?:\A|(?<=\n))WARC/[01]\.\d+[ \t]*\r?\n")
_ARC_START = re.compile(
    rb"(?:\A|(?<=\n))(?:https?|ftp|dns|filedesc|warcinfo|metadata|screenshot):[^\n]{1,8000}? \d{8,20} "
    rb"[^\n]{1,400}\n"
)
_ARC_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?\d*$")
_NOT_PAGES = frozenset(("warcinfo", "request", "metadata", "arc header"))
_BLANK = b"\r\n \t"


class _Raw(NamedTuple):
    """A record as it stands in the archive."""

    kind: str
    url: str
    date: str
    mime: str
    block: bytes


def looks(file: File) -> bool:
    """Whether the file is a web archive, packed or not."""
    head = file.head
    if head.startswith(b"\x1f\x8b"):
        try:
            with buffered(Unpacked(io.BytesIO(head), wbits=GZIP)) as stream:
                head = stream.read(200)
        except ReadError:
            return False
    head = head.lstrip(_BLANK)
    return _START.match(head) is not None or head.startswith(b"filedesc://")


def read(file: File) -> Iterator[Problem | File]:
    """The pages of a web archive as files, then in a line or two what was passed over and what was broken."""
    notes: set[str] = set()
    stream = file.open()
    if file.head.startswith(b"\x1f\x8b"):
        stream = buffered(Unpacked(stream, wbits=GZIP, resume=True, notes=notes, meter=meter_of(file)))
    passed: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    seen: set[bytes] = set()
    names: Counter[str] = Counter()
    with stream:
        for raw in _Archive(stream, broken):
            page = _page(file, raw, passed, broken, names, seen)
            if page is not None:
                yield page
    n_pages = sum(names.values())
    if not n_pages:
        there = ", ".join(f"{n} {what}" for what, n in passed.most_common(8))
        yield Problem(
            file.path, None, f"a web archive without a page to read{f': {there}' if there else ''}", PASSED_OVER
        )
    elif told := ", ".join(f"{n} {what}" for what, n in passed.most_common(12) if what not in _NOT_PAGES):
        yield Problem(file.path, None, f"passed over in the web archive: {told}", PASSED_OVER)
    for note in sorted(notes):
        yield Problem(file.path, None, f"the archive is {note}", IN_PART)
    for what, n in sorted(broken.items()):
        yield Problem(file.path, None, what.format(n=n, records="record" if n == 1 else "records"), IN_PART)


# --- what is a page --------------------------------------------------------------------------------------------------


def _page(
    file: File, raw: _Raw, passed: Counter[str], broken: Counter[str], names: Counter[str], seen: set[bytes]
) -> File | None:
    """The contents of a record as a file; None, counted in `passed`, when they are none to read."""
    if raw.kind not in ("response", "resource", "conversion"):
        passed[raw.kind] += 1
        return None
    body = body_of(raw.block, raw.mime, is_http=raw.kind == "response")
    if body.note:
        broken[body.note] += 1
    what = _refusal(body, raw.url)
    digest = hashlib.blake2b(raw.url.encode("utf-8", "replace") + b"\0" + body.data, digest_size=16).digest()
    if what is None and digest in seen:
        what = "repeats of a page"
    if what is not None:
        passed[what] += 1
        return None
    name = _name(raw.url)
    fields: dict[str, object] = {"crawled": _date(raw.date)} if raw.date else {}
    if raw.url.startswith(("http://", "https://")):
        fields["url"] = raw.url
    page = file.member(name, lambda: io.BytesIO(body.data), **fields)
    is_page = body.mime in _PAGES or html.looks(page)
    if not is_page and not feeds.looks(page) and not body.data.startswith(b"%PDF") and body.mime != "text/plain":
        passed[body.mime or "of an unknown type"] += 1
        return None
    if is_page and page.suffix not in html.ENDINGS:
        name += ".html"  # so that ?id=7 stays in the article_id, which is the name without its ending
    elif body.mime == "text/plain" and page.suffix not in (".txt", ".text", ".csv", ".md"):
        name += ".txt"
    seen.add(digest)
    names[name] += 1
    name = name if names[name] == 1 else f"{name} ({names[name]})"
    return file.member(name, page.opened, **fields)


def _refusal(body: Body, url: str) -> str | None:
    """Why the contents of a record are passed over, as far as its heading tells."""
    if not url.startswith(("http:", "https:", "ftp:", "file:", "urn:")):
        return "notes of the crawler"
    if body.status not in (None, 200):
        return f"with status {body.status}"
    if not body.data.strip(_BLANK):
        return "empty"
    if url.casefold().rstrip("/").endswith(_OTHER_TEXTS):
        return "robots.txt and the like"
    if body.mime.startswith(("image/", "video/", "audio/", "font/")) or body.mime in ("text/css", "text/javascript"):
        return body.mime
    return None


def _name(url: str) -> str:
    """A name for the page, from its address."""
    try:
        parts = urlsplit(url)
        text = f"{parts.netloc}{unquote(parts.path)}".rstrip("/") + (f"?{parts.query}" if parts.query else "")
    except ValueError:
        text = url
    return clean_name(text)[:200] or "page"


def _date(value: str) -> str:
    """The time of the crawl in ISO form; ARC has 20140301000000."""
    arc = _ARC_DATE.match(value)
    if arc is None:
        return value[:40]
    return f"{arc[1]}-{arc[2]}-{arc[3]}" + (f"T{arc[4]}:{arc[5]}:{arc[6]}Z" if arc[4] else "")


# --- records ---------------------------------------------------------------------------------------------------------


class _Archive:
    """The records of a stream, one after the other; counts in `broken` what is wrong with them."""

    def __init__(self, stream: BinaryIO, broken: Counter[str]) -> None:
        """A stream at its beginning."""
        self._stream, self._broken = stream, broken
        self._pending, self._at = b"", 0  # read but not used yet: from `_at` on, so that no line moves the rest
        self._again = 0
        self._n_arc_fields = 5

    def __iter__(self) -> Iterator[_Raw]:
        """Each record."""
        skipped = 0
        while line := self._line():
            if not line.strip(_BLANK):
                continue
            if _START.match(line):
                yield self._warc()
            elif _ARC_START.match(line):
                yield self._arc(line)
            else:
                skipped += 1
        if skipped:
            self._broken["{n} {records} with a heading that cannot be read"] += 1

    def _line(self) -> bytes:
        end = self._pending.find(b"\n", self._at) + 1
        if end:
            line, self._at = self._pending[self._at : end], end
            return line
        line = self._pending[self._at :] + self._stream.readline(_LONGEST_LINE)
        self._pending, self._at = b"", 0
        return line

    def _take(self, n: int) -> bytes:
        data = self._pending[self._at : self._at + n]
        self._at += len(data)
        if len(data) == n:
            return data
        self._pending, self._at = b"", 0
        return data + self._stream.read(n - len(data))

    def _back(self, data: bytes) -> None:
        """Let what was just read be read again."""
        start = self._at - len(data)
        if start >= 0 and self._pending[start : self._at] == data:
            self._at = start
        else:
            self._pending, self._at = data + self._pending[self._at :], 0

    def _warc(self) -> _Raw:
        headers = self._headers()
        block = self._block(headers.get("content-length", ""), _START)
        kind = headers.get("warc-type", "").casefold() or "of an unknown type"
        url = headers.get("warc-target-uri", "").strip("<>").replace(" ", "%20")
        mime = headers.get("content-type", "")
        return _Raw(kind, url, headers.get("warc-date", ""), mime, block)

    def _headers(self) -> dict[str, str]:
        """The header lines of a record, up to a blank one; a line that begins with a blank goes on with the last."""
        found: dict[str, str] = {}
        name = ""
        for _ in range(_MOST_LINES):
            line = self._line().decode("utf-8", "replace").rstrip("\r\n")
            if not line.strip():
                break
            if line[0] in " \t" and name:
                found[name] += " " + line.strip()
            elif ":" in line:
                name, value = (part.strip() for part in line.split(":", 1))
                name = name.casefold()
                found[name] = value
        return found

    def _arc(self, line: bytes) -> _Raw:
        parts = line.decode("utf-8", "replace").strip().rsplit(" ", self._n_arc_fields - 1)
        parts += [""] * (5 - len(parts))
        block = self._block(parts[-1], _ARC_START)
        if parts[0].startswith("filedesc:"):
            named = block.split(b"\n", 2)  # version, then the names of the fields
            if len(named) > 1 and named[1].startswith(b"URL"):
                self._n_arc_fields = max(5, len(named[1].split()))
            return _Raw("arc header", "", "", "", b"")
        is_page = parts[0].startswith(("http:", "https:"))
        return _Raw("response" if is_page else "metadata", parts[0].replace(" ", "%20"), parts[2], parts[3], block)

    def _block(self, given: str, start: re.Pattern[bytes]) -> bytes:
        """The contents of a record, by its length or, when that is wrong, up to where the next one begins."""
        length = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
        block = self._take(min(length or 0, MOST_RECORD))
        ends = self._is_end(start)
        if ends and length is not None and length - len(block) in range(_SLACK):
            return block
        if length is not None and length > MOST_RECORD and len(block) == MOST_RECORD:
            self._broken[f"{{n}} {{records}} of more than {MOST_RECORD >> 20} MB: not read"] += 1
            self._skip(length - MOST_RECORD)
            return b""
        if (inside := start.search(block)) and self._again < _MOST_AGAIN:
            self._broken["{n} {records} whose length is wrong: read up to the next one"] += 1
            self._again += len(block)
            self._back(block[inside.start() :])
            return block[: inside.start()].rstrip(b"\r\n")
        if length is not None and len(block) < length:
            self._broken["{n} {records} cut off: what is there was read"] += 1
            return block
        self._broken["{n} {records} whose length is wrong: read up to the next one"] += 1
        return (block + self._up_to(start)).rstrip(b"\r\n")

    def _is_end(self, start: re.Pattern[bytes]) -> bool:
        """Whether nothing but blank lines comes before the next record or the end."""
        blank = b""
        while True:
            line = self._line()
            if not line or line.strip(_BLANK):
                break
            blank = line if len(line) < 100 else b"\n"
        self._back(line)
        return not line or start.match(line) is not None or (blank != b"" and _ARC_START.match(line) is not None)

    def _up_to(self, start: re.Pattern[bytes]) -> bytes:
        """What comes before the next record, if it is no more than a record may hold."""
        pieces: list[bytes] = []
        n = 0
        while line := self._line():
            if start.match(line):
                self._back(line)
                break
            n += len(line)
            if n <= MOST_RECORD:
                pieces.append(line)
        return b"".join(pieces)

    def _skip(self, n: int) -> None:
        while n > 0 and (piece := self._take(min(n, 1 << 20))):
            n -= len(piece)
