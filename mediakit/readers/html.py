"""Web pages: single .html files, pages saved by a browser (also as .mht), pages out of a web archive.

The body is told from the rest of the page by trafilatura, without any network; title, source, author, date and language
come from what the page says of itself (`html_metadata`). What looks like no whole article is said in a problem.

Limits: a page of more than MOST_HTML bytes (data: addresses, which hold pictures, not counted) is not read; one of more
than MOST_ELEMENTS elements is read as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .decoding import decode
from .files import File
from .html_metadata import Page, page_of
from .html_saved import MHTML, original, page_in_mhtml, saved_from
from .html_text import MOST_ELEMENTS, Body, body_of, is_fragment, parsed
from .records import IN_PART, TAKEN_AS, Problem, ReadError, Record
from .repair import tidy

ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
MOST_HTML = 16 << 20  # bytes; beyond it the libraries need minutes
_FEW_WORDS = 60  # of a body; news in brief have more
_WORDS_OF_ARTICLE = 200  # no page that says what went wrong has so many
_LINKS_OF_INDEX = 0.4  # share of the text that stands in links and teasers
_FEW_LINKS = 7  # that a short article may have among its lines

_BEFORE = re.compile(r"(?:\s+|<!--.{0,5000}?-->|<\?.{0,500}?\?>)+", re.DOTALL)
_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|base|div|p|article|section|main|header|nav|h[1-6]|"
    r"table|ul|ol|center|font|span|blockquote|br|img|a\s)\b",
    re.IGNORECASE,
)
_DATA_URI = re.compile(rb"data:[\w.+/;=-]{0,100}base64,[A-Za-z0-9+/=%]+")
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,30})", re.IGNORECASE)
# what browsers take a declared encoding for (WHATWG Encoding Standard)
_AS_BROWSERS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "windows-31j": "cp932",
}
_NOT_TEXT = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-16", "utf-32", "undefined"}
_ERROR_PAGE = re.compile(
    r"^\W{0,3}(?:(?:error|fehler|erreur)\W{0,3})?(?:404|403|410|500|502|503)\b"
    r"|\b(?:page|seite|article|artikel|story|página|pagina)\W{1,3}(?:\w{1,15}\W{1,3}){0,3}"
    r"(?:not found|nicht gefunden|introuvable|niet gevonden|no encontrada|non trovata|no longer available)"
    r"|^\W{0,3}(?:access denied|forbidden\b|just a moment|attention required|are you a robot)",
    re.IGNORECASE,
)
_TOLD_WITHIN = 150  # characters from the start


def looks(file: File) -> bool:
    """Whether the file starts as a web page does, or as a browser's archive of one (.mht)."""
    start = file.start[:20_000].removeprefix("\ufeff")
    before = _BEFORE.match(start)
    if _START.match(start, before.end() if before else 0):
        return True
    return "multipart/related" in start[:4000].casefold() and MHTML.match(start) is not None


def read(file: File) -> Iterator[Record | Problem]:
    """The one article of a web page."""
    data = file.read()
    known: dict[str, str] = {}
    if MHTML.match(file.start):
        data, known = page_in_mhtml(data, _is_utf8, _decoded_as)
    data = _DATA_URI.sub(b"", data)
    if len(data) > MOST_HTML:
        raise ReadError(f"a web page of {len(data) >> 20} MB; the most that is read is {MOST_HTML >> 20} MB")
    text, note, kind = decode_page(data)
    if note:
        yield Problem(file.path, None, note, kind)
    tree, n_elements, lost = parsed(text)
    if tree is None:
        raise ReadError("holds no web page: no element of HTML is in it")
    if lost:
        yield Problem(file.path, None, lost, IN_PART)
    known = saved_from(text) | known
    address = known.get("url") or file.fields.get("url")
    page = page_of(tree, original(str(address)) if address else None)
    body = body_of(tree, page, whole=n_elements > MOST_ELEMENTS or is_fragment(text))
    if not body.text and not page.title:
        raise ReadError(
            "no text in the page" + (": it may be made by a script when it is opened" if n_elements else "")
        )
    if n_elements > MOST_ELEMENTS:
        why = f"a page of {n_elements:,} elements: read as plain text, with its menus"
        yield Problem(file.path, None, why, IN_PART)
    record = Record(file.path, fields={"text": body.text, **page.fields()}, guess_title=page.title is None)
    if "crawled" in known and "crawled" not in file.fields:
        record.fields["crawled"] = known["crawled"]
    yield record
    for reason in page.notes:
        yield record.problem(reason, TAKEN_AS)
    for reason in _doubts(page, body):
        yield record.problem(reason, IN_PART)


def _doubts(page: Page, body: Body) -> Iterator[str]:
    """Why this may be no whole article."""
    n = len(body.text.split())
    title = page.title or ""
    if n < _WORDS_OF_ARTICLE and any(_ERROR_PAGE.search(start[:_TOLD_WITHIN]) for start in (title, body.text)):
        yield f"may be an error page, not an article: {tidy(title or body.text)[:80]!r}"
    elif body.link_share > _LINKS_OF_INDEX and body.n_links > _FEW_LINKS and page.article is not True:
        yield f"reads like a list of links (a section or home page), not an article: {body.n_links} links or teasers"
    elif page.free is False:
        yield f"the page calls itself not free: {n} words of body found, perhaps not all"
    elif n < _FEW_WORDS:
        yield f"only {n} words of body found: a paywall or a consent page?"
    if body.guessed and n >= _FEW_WORDS:
        yield "the body could not be told from the rest of the page: all its text was taken"


# --- bytes to text ---------------------------------------------------------------------------------------------------


def decode_page(data: bytes) -> tuple[str, str | None, str]:
    """The text of a page, with a note when characters were lost or guessed, and the note's kind.

    UTF-8 wins over what a page declares when it fits, as no other encoding fits by chance; then what is declared, then
    what the bytes tell.
    """
    declared = _XML_ENCODING.match(data) or _CHARSET.search(data[:10_000])
    name = declared[1].decode("ascii").casefold() if declared else ""
    if name.startswith(("iso-2022", "hz")) or (name and not _is_utf8(data) and not _has_mark(data)):
        text = _decoded_as(data, _AS_BROWSERS.get(name, name))
        if text is not None:
            return text, None, IN_PART
        if name not in ("utf-8", "utf8"):
            text, note = decode(data)
            return text, note or f"declared as {name}, which does not fit: read in another encoding", TAKEN_AS
    text, note = decode(data)
    return text, note, TAKEN_AS if note and "guess" in note else IN_PART


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_mark(data: bytes) -> bool:
    return data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or 0 in data[:200]


def _decoded_as(data: bytes, name: str) -> str | None:
    if name.replace("_", "-") in _NOT_TEXT:
        return None
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        # cp1252 leaves five bytes open, which browsers read as Latin-1: decode() knows
        return decode(data).text if name == "cp1252" else None
    except (LookupError, ValueError):
        return None
