"""News feeds as files: RSS 0.9 to 2.0, Atom 0.3 and 1.0 through feedparser, and JSON Feed. One article an entry.

Nothing is fetched: feedparser is given the bytes. Entities that a feed declares are expanded by expat, which stops at a
hundredfold expansion; external ones never. A feed of more than MOST_FEED bytes or MOST_TAGS tags is not read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from .decoding import decode
from .files import File
from .html_dates import precision
from .html_metadata import domain
from .html_text import markup_to_text
from .html_titles import plain
from .records import IN_PART, PASSED_OVER, TAKEN_AS, Problem, ReadError, Record
from .repair import tidy

ENDINGS = (".rss", ".atom", ".rdf")
MOST_FEED, MOST_TAGS = 32 << 20, 500_000  # bytes, and marks "<" in them
_SUMMARY = 120  # words: what has no more, and is not called content, is a summary
_BEFORE = re.compile(
    r"(?:\s+|<!--.{0,20000}?-->|<\?.{0,2000}?\?>|<!DOCTYPE\s.{0,20000}?>(?=\s*<[\w?!]))+", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:\w{1,20}:)?(rss|rdf|feed|channel)(?=[\s>/])", re.IGNORECASE)
_JSON_FEED = re.compile(r"\"version\"\s*:\s*\"https?://(?:www\.)?jsonfeed\.org/version")
# how XML starts in encodings of several bytes a character, with and without a byte order mark (XML 1.0, appendix F)
_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00\x00\x00<": "utf-32-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
_DECLARATION = re.compile(r"\s*<\?xml.{0,300}?\?>", re.DOTALL)
_NO_CHARACTER = re.compile(r"&#(?:x[0-9a-f]{6,}|\d{7,});?", re.IGNORECASE)  # beyond the last of Unicode, or nearly
_ADDRESS = re.compile(r"https?://\S+$")


def looks(file: File) -> bool:
    """Whether the file starts as RSS, RDF with a channel, Atom or a JSON Feed does."""
    wide = next((encoding for first, encoding in _WIDE.items() if file.head.startswith(first)), None)
    start = file.head.decode(wide, "ignore").removeprefix("\ufeff") if wide else file.start
    if start.lstrip().startswith("{"):
        return _JSON_FEED.search(start[:10_000]) is not None
    before = _BEFORE.match(start)
    root = _ROOT.match(start, before.end() if before else 0)
    if root is None or root[1].casefold() not in ("rdf", "feed"):
        return root is not None
    return bool(
        re.search(r"purl\.org/|netscape|channel" if root[1].casefold() == "rdf" else r"atom|<entry|<title", start, re.I)
    )


def read(file: File) -> Iterator[Record | Problem]:
    """The entries of a feed; the text is the content, else the summary, which is then said once for the feed."""
    data = file.read()
    if len(data) > MOST_FEED:
        raise ReadError(f"a feed of {len(data) >> 20} MB; the most that is read is {MOST_FEED >> 20} MB")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        yield from _read_json(file, data)
        return
    if (n_tags := data.count(b"<")) > MOST_TAGS:
        raise ReadError(f"a feed of {n_tags:,} tags; the most that is read is {MOST_TAGS:,}: split it")
    feed = _parsed(data)
    if note := _broken(feed):
        yield Problem(file.path, None, *note)
    if not feed["entries"]:
        yield Problem(file.path, None, "a feed without entries: there is nothing to read in it", PASSED_OVER)
        return
    n_summaries = 0
    for number, entry in enumerate(feed["entries"], start=1):
        content, summary = _texts(entry)
        is_summary = bool(summary) and not content and len(summary.split()) < _SUMMARY
        n_summaries += is_summary
        fields = {"title": _plain_detail(entry, "title"), "text": content or summary, **_about(entry, feed)}
        if is_summary:
            fields["text_basis"] = "summary"
        record = Record(file.path, f"entry {number}", {name: value for name, value in fields.items() if value})
        if tags := "; ".join(dict.fromkeys(plain(t["term"]) for t in entry.get("tags", ()) if t.get("term"))):
            record.extra["categories"] = tags
        if content and summary and not content.startswith(summary.rstrip(" .…[]")):
            record.extra["summary"] = summary
        yield record
    yield from _summaries(file, n_summaries, len(feed["entries"]))


def _summaries(file: File, n: int, of: int) -> Iterator[Problem]:
    if n:
        all_of = "its entries give" if n == of else f"{n} of its {of} entries give"
        yield Problem(file.path, None, f"{all_of} a summary only, not the whole text", IN_PART)


def _parsed(data: bytes) -> dict[str, Any]:
    """What feedparser finds; its sanitizer is off, for only the text is taken from markup.

    Where it stumbles (characters and encodings that do not exist, broken namespaces) it is asked again for what can be
    had by its tolerant parser, which it takes when the XML is broken at the start.
    """
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # a stream: given bytes, it would try them as the name of a file first
            return dict(feedparser.parse(io.BytesIO(data), sanitize_html=False))
        except Exception:  # errors of all kinds
            text = _NO_CHARACTER.sub("", _DECLARATION.sub("", decode(data).text))
        try:
            return dict(feedparser.parse(io.BytesIO(b"&" + text.encode("utf-8", "replace")), sanitize_html=False))
        except Exception as error:
            raise ReadError(f"broken XML: {tidy(str(error))[:100]}") from None


def _broken(feed: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a feed as a whole, and the kind of the problem."""
    error = feed.get("bozo_exception")
    if not feed.get("bozo") or error is None:
        return None
    said = " ".join(str(error).split())[:150]
    if type(error).__name__ == "CharacterEncodingOverride":
        return f"its encoding is not the declared one: {said}", TAKEN_AS
    if type(error).__name__ == "NonXMLContentType":
        return None
    return f"broken XML, read as far as it can be understood: {said}", IN_PART


# --- entries ---------------------------------------------------------------------------------------------------------


def _texts(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The content of an entry, and its summary; a content of less than half the summary's length is none."""
    contents = (_as_text(part.get("value"), part.get("type")) for part in entry.get("content", ()) if _is_text(part))
    content = max(contents, key=len, default="")
    detail = entry.get("summary_detail") or {}
    summary = _as_text(entry.get("summary"), detail.get("type")) if _is_text(detail) else ""
    return (content, summary) if 2 * len(content) >= len(summary) else ("", summary)


def _is_text(detail: Mapping[str, Any]) -> bool:
    kind = str(detail.get("type") or "text/html")
    return kind.startswith("text/") or "html" in kind or kind == "application/octet-stream"


def _as_text(value: object, kind: object) -> str:
    """A value as lines: markup by its blocks, plain text as it stands."""
    if not isinstance(value, str):
        return ""
    return value.strip() if kind == "text/plain" else markup_to_text(value)


def _plain_detail(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        return ""
    kind = (entry.get(f"{name}_detail") or {}).get("type")
    return plain(value if kind == "text/plain" else markup_to_text(value))


def _about(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, object]:
    """Source, author, address, language and date of an entry."""
    whole = feed["feed"]
    url = _joined(entry.get("feedburner_origlink") or entry.get("link") or "", whole.get("link"))
    source = entry.get("source") or {}
    name = plain(str(source.get("title") or "")) or _plain_detail(whole, "title")
    content = (entry.get("content") or [{}])[0]
    language = content.get("language") or (entry.get("title_detail") or {}).get("language") or whole.get("language")
    about: dict[str, object] = {
        "source": name or domain(source.get("href")) or domain(whole.get("link")) or domain(url),
        "author": _author(entry) or (_author(whole) if str(feed.get("version")).startswith("atom") else None),
        "url": url if _ADDRESS.match(url) else None,
        "language": str(language).split("-")[0].split("_")[0].casefold() if language else None,
    }
    return about | _published(entry, str(feed.get("version")))


def _joined(link: object, base: object) -> str:
    """An address, one that is given from the site's root on joined to the site's."""
    try:
        return urljoin(str(base or ""), str(link)) if link else ""
    except ValueError:
        return ""


def _author(thing: Mapping[str, Any]) -> str | None:
    """As the feed writes the author; several by name."""
    names = [plain(str(author.get("name") or "")) for author in thing.get("authors") or () if author.get("name")]
    if len(names) > 1:
        return "; ".join(dict.fromkeys(names))
    return plain(str(thing.get("author") or "")) or next(iter(names), None)


def _published(entry: Mapping[str, Any], version: str) -> dict[str, object]:
    """The time of publication; in its place the last update, which is then said."""
    for name, basis in (("published", "given"), ("created", "given"), ("updated", "given as last update")):
        if name not in entry:
            continue
        if name == "updated" and not version.startswith("atom"):
            basis = "given"  # dc:date, which RSS has for the date of publication
        given, parsed = str(entry.get(name)), entry.get(f"{name}_parsed")
        moment = _moment(parsed)
        if moment is None:  # left to the reading of dates, which knows more forms or says why not
            return {"published": given} if basis == "given" else {"published": given, "published_basis": basis}
        return {"published": moment.isoformat(), "published_basis": basis + precision(given)}
    return {}


def _moment(parsed: Any) -> dt.datetime | None:
    """A time as feedparser gives it; None when there is none, or none that Python has."""
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


# --- JSON Feed -------------------------------------------------------------------------------------------------------


def _read_json(file: File, data: bytes) -> Iterator[Record | Problem]:
    """The items of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    text, note = decode(data)
    if note:
        yield Problem(file.path, None, note, IN_PART)
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"broken JSON: {tidy(str(error))[:100]}") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        yield Problem(file.path, None, "a feed without entries: there is nothing to read in it", PASSED_OVER)
        return
    n_summaries = 0
    for number, item in enumerate(items, start=1):
        record = Record(file.path, f"entry {number}")
        if isinstance(item, dict):
            record.fields = _of_item(item, feed)
            if not (item.get("content_html") or item.get("content_text")) and "text" in record.fields:
                record.fields["text_basis"] = "summary"
                n_summaries += 1
        else:
            yield record.problem("not read: an entry that is no object")
            continue
        tags = item.get("tags")
        if isinstance(tags, list) and tags:
            record.extra["categories"] = "; ".join(map(str, tags))
        yield record
    yield from _summaries(file, n_summaries, len(items))


def _of_item(item: dict[str, Any], feed: dict[str, Any]) -> dict[str, object]:
    def said(thing: dict[str, Any], name: str) -> str:
        value = thing.get(name)
        return value if isinstance(value, str) else ""

    def names(thing: dict[str, Any]) -> str:
        authors = thing.get("authors") or [thing.get("author")]
        found = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
        return "; ".join(plain(name) for name in found if isinstance(name, str))

    url = _joined(said(item, "url"), said(feed, "home_page_url"))
    language = (said(item, "language") or said(feed, "language")).split("-")[0].casefold()
    markup = markup_to_text(said(item, "content_html"))
    fields: dict[str, object] = {
        "title": plain(said(item, "title")),
        "text": markup or said(item, "content_text") or said(item, "summary"),
        "source": plain(said(feed, "title")) or domain(said(feed, "home_page_url")),
        "author": names(item) or names(feed),
        "url": url if _ADDRESS.match(url) else "",
        "language": language,
        "published": said(item, "date_published") or said(item, "date_modified"),
    }
    if fields["published"] and not said(item, "date_published"):
        fields["published_basis"] = "given as last update"
    return {name: value for name, value in fields.items() if value}
