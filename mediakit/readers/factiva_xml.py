"""Factiva's XML: the elements of its articles, read into the codes of factiva.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .factiva import Codes, record
from .files import File
from .markup import count_problem, local, xml_elements
from .records import IN_PART, Problem, ReadError, Record

_MARKS = re.compile(r"<(?:\w+:)?pps[aA]rticle|http://global\.factiva\.com/")
_DECLARED = re.compile(r"ResultSet\b[^>]{0,300}\bcount\s*=\s*[\"'](\d{1,7})[\"']", re.IGNORECASE)
_INDENT = re.compile(r"\n[ \t]*\n|\n(?=[ \t]{2,}\S)")
_ELEMENTS = {
    "accessionNo": "AN",
    "baseLanguage": "LA",
    "byline": "BY",
    "columnName": "CLM",
    "contact": "CT",
    "copyright": "CY",
    "corrections": "CX",
    "credit": "CR",
    "edition": "ED",
    "headline": "HD",
    "artWork": "ART",
    "artwork": "ART",
    "leadParagraph": "LP",
    "notes": "NT",
    "publicationDate": "PD",
    "publicationTime": "ET",
    "publisherName": "PUB",
    "sectionName": "SE",
    "sourceCode": "SC",
    "sourceName": "SN",
    "tailParagraphs": "TD",
    "volume": "VOL",
    "wordCount": "WC",
}
_CODED = {"company": "CO", "industry": "IN", "newsSubject": "NS", "region": "RE"}
_DESCRIPTIONS = {"ipc": "IPC", "ipd": "IPD"}


def looks(file: File) -> bool:
    """Whether an XML file has the elements of Factiva's articles."""
    start = file.start[:8192]
    return start.lstrip("\ufeff \t\r\n").startswith("<") and _MARKS.search(start) is not None


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of Factiva's XML."""
    number = 0
    try:
        for article in xml_elements(file, ["article"]):
            number += 1
            yield record(_codes_of_xml(article), file, number)
    except ReadError as error:
        if not number:
            raise
        yield Problem(file.path, None, str(error), IN_PART)
    if not number:
        raise ReadError("XML of Factiva without articles")
    declared = _DECLARED.search(file.start)
    yield from count_problem(file, int(declared[1]) if declared else None, number)


def _codes_of_xml(article: Any) -> Codes:
    codes: dict[str, list[str]] = defaultdict(list)
    for child in article:
        name = local(child)
        if name in ("leadParagraph", "tailParagraphs"):
            codes[_ELEMENTS[name]] += _xml_paragraphs(child)
        elif name in _ELEMENTS:
            codes[_ELEMENTS[name]] += [" ".join("".join(child.itertext()).split())]
        elif name == "pages":
            codes["PG"] += [", ".join(" ".join(page.split()) for page in child.itertext() if page.strip())]
        elif name in _CODED:
            said = " ".join("".join(child.itertext()).split())
            codes[_CODED[name]] += [f"{child.get('code')} : {said}" if child.get("code") else said]
        elif name == "descField" and (child.get("code") or "").lower() in _DESCRIPTIONS:
            codes[_DESCRIPTIONS[child.get("code").lower()]] += ["".join(child.itertext())]
    for code in (*_CODED.values(), *_DESCRIPTIONS.values()):
        if code in codes:
            codes[code] = [" | ".join(codes[code])]
    return codes


def _xml_paragraphs(element: Any) -> list[str]:
    """Paragraphs; text without paragraph elements has them where lines are indented, or after a blank line."""
    paragraphs = [node for node in element if local(node) == "paragraph"]
    if paragraphs:
        found: list[str] = []
        for paragraph in paragraphs:
            text = "".join(paragraph.itertext())
            kept = text.split("\n") if paragraph.get("display") == "Preformat" else [text]
            found += [" ".join(line.split()) for line in kept]
        return [line for line in found if line]
    text = "".join(element.itertext()).strip("\n")
    return [line for line in (" ".join(part.split()) for part in _INDENT.split(text)) if line]
