"""What the program that saved a page says of it: browsers' archives (.mht), "saved from" notes, the Wayback Machine."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable
from html import unescape

from .records import ReadError

_WITHIN = 20_000  # characters from the start of the page
MHTML = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?Content-Type:\s*multipart/related", re.IGNORECASE)
_SAVED_FROM = (
    re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,4000})\s{0,9}-->", re.IGNORECASE),  # browsers
    re.compile(  # SingleFile
        r"<!--\s{0,9}Page saved with SingleFile\s{1,9}url:\s{1,9}(?P<url>https?://[^\s<>]{1,4000})"
        r"(?:\s{1,9}saved date:\s{1,9}(?P<date>[^\n]{10,100}))?",
        re.IGNORECASE,
    ),
    re.compile(r"<!-- Mirrored from ([\w.-]{1,200}\.\w{2,20}/[^\s<>]{0,4000}) by HTTrack", re.IGNORECASE),
)
_SINGLE_FILE_DATE = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
_COPY = re.compile(
    r"https?://(?:(?:web|wayback)\.archive\.org/(?:web/)?|(?:archive\.(?:ph|is|today|li|vn|fo|md)|"
    r"(?:www\.)?webarchive\.org\.uk/wayback|arquivo\.pt/(?:noFrame/replay|wayback))/)"
    r"(\d{4,14})(?:[a-z]{2}_)?/((?:https?:/{1,2})?[^\s/][^\s]*)",
    re.IGNORECASE,
)


def saved_from(text: str) -> dict[str, str]:
    """The address a page was saved from (and when), as the browser wrote it into a comment; else {}."""
    for pattern in _SAVED_FROM:
        found = pattern.search(text[:_WITHIN])
        if found is None:
            continue
        url = unescape(found[1])
        known = {"url": url if "://" in url else f"http://{url}"}
        date = _SINGLE_FILE_DATE.match(found.groupdict().get("date") or "")
        if date:
            with contextlib.suppress(ValueError):
                moment = dt.datetime.strptime(f"{date[1]} {date[2]}", "%b %d %Y %H:%M:%S %z")
                known["crawled"] = moment.isoformat()
        return known
    return {}


def original(url: str) -> str:
    """The address of the page itself, when it is that of a copy in a web archive (Wayback Machine and its like)."""
    for _ in range(3):  # copies of copies
        found = _COPY.match(url)
        if found is None:
            break
        inner = re.sub(r"^(https?):/{1,2}", r"\1://", found[2])
        url = inner if "://" in inner else f"http://{inner}"
    return url


def page_in_mhtml(
    data: bytes, is_utf8: Callable[[bytes], bool], decoded_as: Callable[[bytes, str], str | None]
) -> tuple[bytes, dict[str, str]]:
    """The bytes of the page in a browser's archive (.mht), and what that says of it (url, when it was saved).

    Raises
    ------
    ReadError
        There is no page in it.
    """
    import email
    import email.utils
    from email.message import Message

    known: dict[str, str] = {}
    message = email.message_from_bytes(data)
    try:
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    except RecursionError:
        raise ReadError("a web archive with parts in parts, too deep to read") from None
    if not parts:
        raise ReadError("a web archive (.mht) without a page in it")

    def named(part: Message, name: str) -> str:
        return str(part.get(name, "") or "").strip()

    part = parts[0]
    url = named(message, "Snapshot-Content-Location") or named(part, "Content-Location")
    if url.startswith(("http://", "https://")):
        known["url"] = url
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        moment = email.utils.parsedate_to_datetime(named(message, "Date"))  # without a zone when it says "-0000"
        known["crawled"] = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).isoformat()
    payload = part.get_payload(decode=True)
    page = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset and not is_utf8(page) and (text := decoded_as(page, charset.casefold())) is not None:
        page = text.encode()
    return page, known
