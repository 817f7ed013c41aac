"""HTML and XML of databases: parsed without entities, network or recursion, and turned into lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError

MOST_HTML = 1 << 26  # bytes of an HTML export that are read: the tree takes some ten times as much
_MOST_ERRORS = 1000  # of broken XML, then it is given up
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")
INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "del", "em", "font", "hlt", "i", "img", "ins"),
    *("label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_NO_TEXT = ("script", "style", "noscript", "template", "select", "button")
_SPACE = re.compile(r"\s+")
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)


def parse_html(file: File) -> tuple[Any, str | None]:
    """The root element of an HTML file, and a note on its encoding when something was lost or guessed.

    Raises
    ------
    ReadError
        The file is too large, is no text, or holds no element.
    """
    from lxml import etree

    data = file.read()
    if len(data) > MOST_HTML:
        raise ReadError(f"larger than {MOST_HTML >> 20} MB, the most that is read of one HTML export: split it")
    text, note = _html_text(data)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_CONTROL.sub("", text).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        raise ReadError("holds no HTML that can be read")
    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    return root, note


def _html_text(data: bytes) -> tuple[str, str | None]:
    """The text: UTF-8 where it is that, else what the page declares, else what the bytes look like."""
    decoded = decode(data)
    declared = _META_CHARSET.search(data[:4096])
    if decoded.note and declared:
        try:
            return data.decode(declared[1].decode("ascii")), None
        except (LookupError, UnicodeError):
            pass
    return decoded.text, decoded.note


def xml_elements(file: File, wanted: Iterable[str]) -> Iterator[Any]:
    """The elements of an XML file with one of the local names `wanted`, each complete and freed after use.

    Broken XML is read as far as it goes, and a ReadError at the end says what is wrong with it.

    Raises
    ------
    ReadError
        It declares entities (they can blow up to gigabytes or name other files), or it is broken.
    """
    from lxml import etree

    if _ENTITIES.search(file.start):
        raise ReadError("declares XML entities, by which a small file can grow without bound: not read")
    names = set(wanted)
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}
    with file.open() as stream:
        events = etree.iterparse(stream, events=("end",), remove_comments=True, remove_pis=True, **safe)
        try:
            for _, element in events:
                if local(element) in names:
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                    if len(events.error_log) > _MOST_ERRORS:
                        break
        except etree.XMLSyntaxError as error:
            raise ReadError(f"broken XML: {_short(error)}") from None
        if broken := next(iter(events.error_log), None):
            raise ReadError(f"broken XML, read as far as it goes: {_short(broken.message)} (line {broken.line})")


def _short(message: object) -> str:
    return " ".join(str(message).split())[:150]


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def classes(element: Any) -> list[str]:
    """The classes of an HTML element."""
    return (element.get("class") or "").split()


def lines(element: Any, *, br: str = "\n") -> list[str]:
    """The visible text of an element, a line for each block; `br` stands for a line break inside a block."""
    return [line for line in (" ".join(line.split()) for line in running(element, br=br).split("\n")) if line]


def running(element: Any, *, br: str = "\n") -> str:
    """The visible text of an element as it runs, newlines at the borders of blocks, `br` for a line break."""
    from lxml import etree

    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = local(node)
        if event == "start":
            text = node.text
            parts.append(br if tag == "br" else "" if tag in INLINE else "\n")
        else:
            text = node.tail if node is not element else None
            parts.append("" if tag in INLINE or tag == "br" else "\n")
        if text:
            parts.append(_SPACE.sub(" ", text))
    return "".join(parts)


def one_line(element: Any | None) -> str | None:
    """The visible text of an element on one line; None when there is none."""
    return " ".join(lines(element, br=" ")) or None if element is not None else None


def count_problem(file: File, declared: int | None, read: int) -> Iterator[Problem]:
    """A problem when a file declares another number of documents than were read."""
    if declared is not None and declared != read:
        yield Problem(file.path, None, f"declares {declared:,} documents, {read:,} were read", IN_PART)
