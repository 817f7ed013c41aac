"""The body of a web page as text: paragraphs, headings, list entries and table rows, one a line."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from .html_dates import inferred_date
from .html_metadata import Page
from .repair import tidy

MOST_ELEMENTS = 20_000  # trafilatura takes seconds for so many; a long live blog has some thousand
_WORDS_OF_PULL_QUOTE = 4
_FULLER = 1.5  # the text in the structured data counts when it is so much longer: the page shows only a part
_TOP = 4  # lines at the top where the title may stand again
_LIMITS = re.compile(r"excessive depth|huge|too long|xml_parse_huge", re.IGNORECASE)
_BLOCKS = frozenset(
    "p head item row table list quote code div lb br h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr blockquote pre section "
    "article figure figcaption header footer aside main nav form address hr body html option details summary".split()
)
_CELLS, _QUOTES = frozenset(("cell", "td", "th")), frozenset(("quote", "blockquote"))
_LONGEST_CELL, _LONGEST_TEASER = 200, 600  # characters
_HEADINGS = ("h2", "h3", "h4", "h5")
_MOST_TEASERS = 1000  # that are looked at
_SHORT = 250  # characters: with less trafilatura takes all the text of the page, with its menus
_NO_TEXT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "select"))
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<[!?][^<>]{0,2000}>")
_FRAGMENT = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # lxml refuses to write them into a tree
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]))(?:;|(?![0-9a-f]))", re.I
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_MARK = re.compile(r"\W+")


@dataclass
class Body:
    """The text of the body, and what tells whether it is one."""

    text: str
    link_share: float = 0.0  # of the text that stands in links and teasers, by whole lines
    n_links: int = 0  # lines of the body that are links, or teasers that have one
    guessed: bool = False  # the body could not be told from the rest


def parsed(text: str) -> tuple[Any, int, str | None]:
    """The tree of a page (None: there is no element in it), the number of its elements, and what the parser lost."""
    import lxml.html
    from lxml import etree

    # huge_tree stays off: libxml2 then stops at 256 levels and at values of 10 MB
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    text = _CONTROL_REFERENCE.sub("", _CONTROL.sub("", text))
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None, 0, None
    lost = next((entry.message for entry in parser.error_log if _LIMITS.search(entry.message)), None)
    note = f"the page breaks a limit of the HTML parser, what follows is lost: {tidy(lost)[:100]}" if lost else None
    return tree, sum(1 for _ in tree.iter()), note


def is_fragment(text: str) -> bool:
    """Whether a piece of a page was saved, without its head and body."""
    return _FRAGMENT.search(text) is None


def body_of(tree: Any, page: Page, *, whole: bool = False) -> Body:
    """The body of a page, told from menus, teasers and comments by trafilatura; all its text when `whole`.

    What the page does not say in its head (author, date) is filled into `page` where trafilatura and htmldate find it.
    """
    links = _links(tree, page.url)
    lines = [] if whole else _extracted(tree, page)
    if not whole and len(" ".join(lines)) < _SHORT:
        lines = _short(tree, page.title) or lines
    guessed = not lines and not whole
    if not lines:
        lines = list(_plain_lines(tree))
    text = "\n".join(lines)
    if page.body and len(page.body) > (_FULLER if len(lines) > 1 else 0.9) * len(text):
        text, guessed = markup_to_text(page.body), False  # also where trafilatura had only this, and made it one line
    linked = [line for line in lines if line in links]
    share = sum(map(len, linked)) / len(text) if text else 0.0
    return Body(text, share, len(linked), guessed and bool(text))


def _links(tree: Any, url: str | None) -> set[str]:
    """The lines that are links to other pages, and those of teasers: short pieces with one linked heading in each."""
    found = {_SPACE.sub(" ", "".join(element.itertext())).strip() for element in tree.iter("a")}
    headings = [heading for heading in tree.iter(*_HEADINGS) if _leads_on(heading, url)]
    seen: dict[Any, bool] = {}  # many headings may have one parent
    for heading in headings[:_MOST_TEASERS]:
        teaser = heading
        while (parent := teaser.getparent()) is not None:
            if parent not in seen:
                seen[parent] = _is_teaser(parent)
            if not seen[parent]:
                break
            teaser = parent
        found.update(line for line, _ in _lines(teaser))
    return found - {""}


def _is_teaser(element: Any) -> bool:
    """Whether an element is a short piece with no more than one heading."""
    if element.tag in ("body", "main", "article", "html") or not _is_short(element, _LONGEST_TEASER):
        return False
    return len(list(islice(element.iter(*_HEADINGS), 2))) < 2


def _leads_on(heading: Any, url: str | None) -> bool:
    """Whether a heading is a link to another page, or stands in one."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    addresses = [link.get("href") or "" for link in links]
    own = ""
    with contextlib.suppress(ValueError):  # an address such as http://[x
        own = urlsplit(url or "").path
    return any(
        address and not address.startswith(("#", "javascript:", "mailto:")) and not (own and address.endswith(own))
        for address in addresses
    )


def _short(tree: Any, title: str | None) -> list[str]:
    """The lines of a short article: of the one element that calls itself that, without what is no part of it."""
    for path in ("@itemprop='articleBody'", "self::article", "self::main or @role='main'"):
        found = tree.xpath(f".//body//*[{path}]")
        if len(found) == 1:
            break
    else:
        return []
    element = deepcopy(found[0])
    for part in element.xpath(".//nav | .//aside | .//footer | .//form | .//button | .//figure"):
        part.drop_tree()
    return list(_article_lines(element, title))


def _extracted(tree: Any, page: Page) -> list[str]:
    """The lines that trafilatura takes for the article; author and date where the page gives none."""
    import trafilatura
    from trafilatura.metadata import extract_author

    _silence()
    document: Any = None
    # these libraries fail on odd trees with errors of all kinds; the page has its text nevertheless
    with contextlib.suppress(Exception):
        document = trafilatura.bare_extraction(tree, url=page.url, include_comments=False, include_tables=True)
    if page.published is None:
        with contextlib.suppress(Exception):
            if inferred := inferred_date(tree, page.url, page.updated):
                page.published, page.basis = inferred
    if page.author is None:
        with contextlib.suppress(Exception):
            page.author = extract_author(tree)
    return list(_article_lines(document.body, page.title)) if document is not None else []


def _silence() -> None:
    """The libraries' warnings are no output of ours: what matters of them is said in problems."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


# --- trees to lines --------------------------------------------------------------------------------------------------


def _article_lines(body: Any, title: str | None) -> Iterator[str]:
    """The lines of trafilatura's body: the title not a second time, nor a pull quote that stands in a paragraph."""
    lines = list(_lines(body))
    keys = [_MARK.sub(" ", line).strip().casefold() for line, _ in lines]
    title_key = _MARK.sub("", title or "").casefold()
    whole = "\n".join(key for key, (_, quoted) in zip(keys, lines, strict=True) if not quoted)
    for number, ((line, quoted), key) in enumerate(zip(lines, keys, strict=True)):
        if number < _TOP and key and key.replace(" ", "") == title_key:
            continue
        if quoted and len(key.split()) >= _WORDS_OF_PULL_QUOTE and key in whole:
            continue
        yield line


def _plain_lines(tree: Any) -> Iterator[str]:
    body = tree.find(".//body")
    for line, _ in _lines(tree if body is None else body):
        yield line


def markup_to_text(markup: str) -> str:
    """The text of a piece of HTML, one line a block; text without any markup keeps its own lines."""
    if not _ELEMENT.search(markup):
        lines = (unescape(markup) if "&" in markup else markup).split("\n")
        return "\n".join(line for line in map(str.strip, lines) if line)
    tree, _, _ = parsed(f"<div>{markup}</div>")
    return "" if tree is None else "\n".join(_plain_lines(tree))


def _lines(root: Any) -> Iterator[tuple[str, bool]]:
    """The lines of a tree, and whether each stands in a quotation set apart; short cells of a row share its line."""
    from lxml import etree

    pieces: list[str] = []
    quotes = skipped = cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts, step = (True, 1) if event == "start" else (False, -1)
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _NO_TEXT or (tag == "head" and _is_of_page(element)):
            skipped += step
        elif tag in _CELLS and _is_short(element):
            cells += step
            pieces.append(" | " if starts and any(map(str.strip, pieces)) else " ")
        elif tag in _BLOCKS or tag in _CELLS:
            if cells:
                pieces.append(" ")
            elif text := _joined(pieces):
                yield text, quotes > 0
        quotes += step if tag in _QUOTES else 0
        piece = element.text if starts else element.tail if element is not root else None
        if piece and not skipped:
            pieces.append(piece)
    if text := _joined(pieces):
        yield text, False


def _is_of_page(head: Any) -> bool:
    """Whether it is a page's head; trafilatura calls headings so too."""
    parent = head.getparent()
    return parent is not None and parent.tag == "html"


def _joined(pieces: list[str]) -> str:
    line = _SPACE.sub(" ", "".join(pieces)).strip()
    pieces.clear()
    return line


def _is_short(cell: Any, most: int = _LONGEST_CELL) -> bool:
    """Whether a cell is one of a table of data; those of a layout hold whole paragraphs."""
    length = 0
    for text in cell.itertext():
        length += len(text)
        if length > most:
            return False
    return True
