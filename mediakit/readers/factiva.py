"""Factiva exports: what its two-letter codes mean, and web pages with an article in a table or in blocks.

The codes are the same in every language of the interface: HD headline, BY byline, WC words, PD date, SN source, LP
lead, TD text, AN accession number. The layout without codes has the same values in the same order: it is read into
codes too, and so are XML (factiva_xml.py) and plain text (factiva_text.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .files import File
from .markup import INLINE, classes, lines, local, one_line, parse_html
from .records import IN_PART, PASSED_OVER, Problem, ReadError, Record

Codes = Mapping[str, Sequence[str]]

EXTRA = {
    "SE": "section",
    "CLM": "column",
    "CR": "credit",
    "SC": "source_code",
    "ED": "edition",
    "VOL": "volume",
    "PG": "page",
    "CY": "copyright",
    "ART": "graphic",
    "CX": "correction",
    "CO": "companies",
    "IN": "industries",
    "NS": "subjects",
    "RE": "regions",
    "PUB": "publisher",
    "IPC": "ipc",
    "IPD": "keywords",
    "CT": "contact",
    "RF": "reference",
    "NT": "notes",
    "NGC": "newspaper_group",
    "GC": "newspaper_group_code",
}
KNOWN = {"HD", "BY", "WC", "PD", "ET", "SN", "LA", "LP", "TD", "AN", "DLN", "TI", *EXTRA}
ACCESSION = re.compile(r"(?:^|\s|/)([A-Za-z][A-Za-z0-9_-]{1,11}(?:19|20)\d{6}[A-Za-z0-9-]{1,12})\s*$")
_NUMBER = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+(?!\d)|\d+")
_LENGTH = re.compile(r"(?:\d{1,3}(?:[.,'’\s]\d{3})+|\d{1,7})\s*[^\W\d_]{1,12}\.?")
_DATE = re.compile(r"(?=.*(?<!\d)(?:19|20)\d\d(?!\d)).{6,40}")
_IDEOGRAPHIC = re.compile(r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s+[A-Z]{2,5})?")
_CODE = re.compile(r"[A-Z0-9_]{2,10}")
_PAGE = re.compile(r"[A-Z]{0,4}[ -]?\d{1,4}[A-Za-z]?(?:\s*[,;/-]\s*[A-Z]{0,4}-?\d{1,4}[A-Za-z]?)*")
_COPYRIGHT = re.compile(r"\s*(?:\([cC]\)|©|[Cc]opyright\b|COPYRIGHT\b)")
_BY = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Door|DOOR)\s+(?!(?:der|dem|den|DER|DEM|DEN)\s)(?=[^\W\d_])")
RESULTS = re.compile(r"(?:Results Found|Gefundene Ergebnisse|Résultats trouvés|Resultados encontrados)\s*:?")
_LONGEST_HEADER, _LONGEST_LINE, _FARTHEST, _AFTER_NUMBER = 10, 60, 40, 5

_HTML_MARKS = re.compile(
    r"<title>\s*(?:Dow Jones\s+)?Factiva\s*</title>"
    r"|class\s*=\s*[\"'](?:article\s+[a-z]{2,4}Article|articleParagraph\s+[a-z]{2,4}articleParagraph)[\"'\s]"
    r"|class\s*=\s*[\"']?[a-z]{2,4}Headline[\"'\s]",
    re.IGNORECASE,
)


def looks_like_html(file: File) -> bool:
    """Whether a page has Factiva's title or the classes of its articles."""
    start = file.start
    return "<" in start[:2048] and ("Factiva" in start or "rticle" in start) and _HTML_MARKS.search(start) is not None


# --- from codes to a record ------------------------------------------------------------------------------------------


def record(codes: Codes, file: File, number: int) -> Record | Problem:
    """The article of one set of codes, each with its lines."""
    place = f"article {number}"
    body = "\n".join([*codes.get("LP", ()), *codes.get("TD", ())])
    title = _joined(codes, "HD") or _joined(codes, "TI")
    if not body and not title:
        return Problem(file.path, place, "no headline and no text")
    fields = {
        "article_id": accession(_joined(codes, "AN")),
        "source": _joined(codes, "SN"),
        "published": _IDEOGRAPHIC.sub(
            r"\1-\2-\3", " ".join(_joined(codes, code) or "" for code in ("PD", "ET"))
        ).strip()
        or None,
        "title": title,
        "text": body or None,
        "author": byline(_joined(codes, "BY")),
        "language": _joined(codes, "LA"),
    }
    extra: dict[str, object] = {}
    if (length := number_in(_joined(codes, "WC"))) is not None:
        extra["length"] = length
    for code in codes:
        if code in EXTRA and (value := _joined(codes, code)):
            extra[EXTRA[code]] = value
    return Record(file.path, place, {name: value for name, value in fields.items() if value is not None}, extra)


def _joined(codes: Codes, code: str) -> str | None:
    return " ".join(" ".join(codes.get(code, ())).split()) or None


def accession(text: str | None) -> str | None:
    """The accession number at the end of a line ("Document NYTF000020250817el8h0001a"); None without one."""
    found = ACCESSION.search(text or "")
    return found[1] if found else None


def byline(text: str | None) -> str | None:
    """The authors named in a byline, without the word "By" of any interface."""
    return _BY.sub("", text.strip(), count=1) or None if text else None


def number_in(text: str | None) -> int | None:
    """The first number in a text, whatever separates its thousands: "1.024 Wörter"."""
    found = _NUMBER.search(text or "")
    return int(re.sub(r"\D", "", found[0])) if found and len(found[0]) < 12 else None


# --- web pages -------------------------------------------------------------------------------------------------------


def read_html(file: File) -> Iterator[Record | Problem]:
    """The articles of a page saved from Factiva."""
    root, note = parse_html(file)
    if note:
        yield Problem(file.path, None, note, IN_PART)
    number = n_parts = 0
    for division in root.iter("div"):
        if not _is_article(division) or any(map(_is_article, division.iterdescendants("div"))):
            continue
        codes = _codes_of_division(_with_headline(division))
        if not codes.keys() & {"HD", "PD", "AN"}:
            n_parts += 1
            continue
        number += 1
        yield record(codes, file, number)
    if n_parts:
        reason = f"{n_parts:,} parts of the page without headline, date and number: taken for no articles"
        yield Problem(file.path, None, reason, PASSED_OVER)
    if not number:
        raise ReadError("a page of Factiva without articles: save the view that shows full articles")
    yield from of_search(file, _results(root), number)


def _results(root: Any) -> int | None:
    """How many documents the search found, as the summary at the end of a page has it."""
    for row in root.iter("tr"):
        cells = [cell for cell in row if local(cell) == "td"]
        if len(cells) == 2 and RESULTS.fullmatch(one_line(cells[0]) or ""):
            return number_in(one_line(cells[1]))
    return None


def of_search(file: File, total: int | None, read: int) -> Iterator[Problem]:
    """A line when the search found more documents than the file holds."""
    if total is not None and total > read:
        yield Problem(file.path, None, f"the search found {total:,} documents, this file holds {read:,}", IN_PART)


def _is_article(division: Any) -> bool:
    names = classes(division)
    return "article" in names or any(name.endswith("Article") and len(name) < 12 for name in names)


def _with_headline(division: Any) -> Any:
    """The division, or the article around it when the headline stands there."""
    around = division.getparent()
    if around is None or not _is_article(around) or any(_part_of(node) == "headline" for node in division.iter()):
        return division
    own = [node for node in around.iterdescendants("div") if _is_article(node)]
    return around if len(own) == 1 and any(_part_of(node) == "headline" for node in around.iter()) else division


def _codes_of_division(division: Any) -> Codes:
    codes = _codes_of_table(division)
    if "HD" not in codes and "TD" not in codes and "LP" not in codes:
        codes = _codes_of_blocks(division)
    if not codes.get("AN"):
        named = [node.get("id") or "" for node in (division, division.getparent()) if node is not None]
        if number := next(filter(None, (accession(name.removeprefix("article-")) for name in named)), None):
            codes["AN"] = [number]
    return codes


def _codes_of_table(division: Any) -> dict[str, list[str]]:
    """The layout with indexing: a row for each code, the code in the first cell."""
    codes: dict[str, list[str]] = defaultdict(list)
    for row in division.iter("tr"):
        cells = [cell for cell in row if local(cell) in ("td", "th")]
        code = (one_line(cells[0]) or "").strip("\xa0 :") if len(cells) > 1 else ""
        if code in KNOWN or (len(code) in (2, 3) and code.isalpha() and code.isupper()):
            codes[code] += [line for cell in cells[1:] for line in lines(cell)]
    return codes


def _codes_of_blocks(division: Any) -> dict[str, list[str]]:
    """The layout without codes: headline, byline, length, date … in blocks, then the paragraphs."""
    found: dict[str, list[str]] = {"headline": [], "author": [], "above": [], "header": [], "body": []}
    for part, line in _parts(division):
        if part == "div":
            part = "body" if found["body"] else "header" if found["headline"] else "above"
        found[part].append(line)
    codes: dict[str, list[str]] = {}
    last = range(len(found["body"]) - 1, max(len(found["body"]) - _AFTER_NUMBER, -1), -1)
    if (at := next((at for at in last if accession(found["body"][at])), None)) is not None:
        codes["AN"] = [found["body"][at]]
        found["body"] = found["body"][:at]  # what follows the number are links of the page
    if not found["headline"]:
        plain = [*found["above"], *found["body"]]
        return codes | plain_codes(plain) if codes or date_after_length(plain) is not None else {}
    codes |= {"HD": found["headline"], "BY": found["author"]} if found["author"] else {"HD": found["headline"]}
    codes |= header_codes(found["header"], found["above"], has_author=bool(found["author"]))
    return codes | {"TD": [*codes.get("TD", []), *found["body"]]}


def _parts(division: Any) -> Iterator[tuple[str, str]]:
    """The lines of an article with the part each belongs to: headline, author, div (a block), body (a paragraph)."""
    from lxml import etree

    inside: list[tuple[Any, str]] = []
    pieces: list[str] = []
    part = "body"
    for event, node in etree.iterwalk(division, events=("start", "end")):
        block = local(node) not in INLINE
        if block and (line := " ".join("".join(pieces).split())):
            yield part, line
        if block:
            pieces = []
        if event == "start":
            if named := _part_of(node):
                inside.append((node, named))
            part = inside[-1][1] if inside and (block or named) else part
            text = node.text
        else:
            if inside and inside[-1][0] is node:
                inside.pop()
            part = inside[-1][1] if inside and block else part if not block else "body"
            text = node.tail if node is not division else None
        pieces.append(text or "")


def _part_of(node: Any) -> str | None:
    names = classes(node)
    if node.get("id") == "hd" or any(name.endswith("Headline") for name in names):
        return "headline"
    if "author" in names:
        return "author"
    return {"div": "div", "p": "body"}.get(local(node))


# --- the layout without codes ----------------------------------------------------------------------------------------


def plain_codes(found: Sequence[str]) -> dict[str, list[str]]:
    """The codes of an article's lines when nothing marks the headline: it stands before length and date."""
    at = date_after_length(found)
    if at is None:
        return {"HD": list(found[:1]), "TD": list(found[1:])}
    top = list(found[: at - 1])
    end = _header_end(found, at)
    headed = len(top) > 1 and not _BY.match(top[1]) and len(top[0].split()) < 4 < len(top[1].split())
    above = [top.pop(0)] if headed else []
    codes = {"HD": top[:1]} | header_codes([*top[1:], *found[at - 1 : end]], above)
    return codes | {"TD": [*codes.get("TD", []), *found[end:]]}


def _header_end(found: Sequence[str], at: int) -> int:
    """The line after the header: it ends with the copyright, or where lines get long or end like sentences."""
    for place in range(at + 1, min(at + _LONGEST_HEADER, len(found))):
        if _COPYRIGHT.match(found[place]):
            return place + 1
    for place in range(at + 1, min(at + _LONGEST_HEADER, len(found))):
        if len(found[place]) > _LONGEST_LINE or found[place].endswith((".", "!", "?", "”", '"')):
            return place
    return min(at + 3, len(found))


def header_codes(header: Sequence[str], above: Sequence[str] = (), *, has_author: bool = False) -> dict[str, list[str]]:
    """The codes of header lines that come in Factiva's order without being named.

    `header` follows the headline: byline, credit, length, date, time, source, its code, edition, page, language,
    copyright; only length and date are always there. `above` stands before the headline: column, section.
    """
    codes: dict[str, list[str]] = {}
    if above:
        codes["SE"] = [above[-1]]
    if len(above) > 1:
        codes["CLM"] = [above[-2]]
    at = date_after_length(header)
    if at is None:
        return codes | {"TD": list(header)}
    for line in header[: at - 1]:
        code = "CR" if has_author or "BY" in codes else "BY"
        codes.setdefault(code, []).append(line)
    codes |= {"WC": [header[at - 1]], "PD": [header[at]]}
    rest = list(header[at + 1 :])
    owned = next((place for place, line in enumerate(rest) if _COPYRIGHT.match(line)), None)
    if owned is not None:
        codes |= {"CY": [rest[owned]], "TD": rest[owned + 1 :]}
        rest = rest[:owned]
    if rest and _TIME.fullmatch(rest[0]):
        codes["ET"] = [rest.pop(0)]
    if rest:
        codes["SN"] = [rest.pop(0)]
    if rest and _CODE.fullmatch(rest[0]):
        codes["SC"] = [rest.pop(0)]
    if rest and not any(map(str.isdigit, rest[-1])):
        codes["LA"] = [rest.pop()]
    for line in rest:
        codes.setdefault("PG" if _PAGE.fullmatch(line) else "ED", []).append(line)
    return codes


def date_after_length(header: Sequence[str]) -> int | None:
    """Which line is the date: one with a year, after a line that gives a length."""
    for at, line in enumerate(header[1:_FARTHEST], start=1):
        if _DATE.fullmatch(line) and _LENGTH.fullmatch(header[at - 1]):
            return at
    return None
