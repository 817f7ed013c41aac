"""Europresse (Eureka.cc) exports: pages with an <article> for each document, or, older, with a table for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .factiva import number_in
from .files import File
from .markup import classes, count_problem, lines, local, one_line, parse_html, running
from .records import IN_PART, Problem, ReadError, Record

_MARKS = re.compile(r"class\s*=\s*[\"']?(?:DocPublicationName|docOcurrContainer|DocHeader)\b", re.IGNORECASE)
_HOSTS = ("europresse", "eureka.cc", "cedrom-sni")
_MONTH = r"[^\W\d_]{3,11}\.?"
_DATE = re.compile(
    rf"\d{{1,2}}(?:er|re|º|\.)?\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?(?:19|20)\d\d(?!\d)"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d(?!\d)"
)
_WEEKDAY = re.compile(
    r"\s*\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica)\b[\s,]*$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+(?:UTC|GMT)\s?[+-]?\d{0,2}(?::?\d\d)?)?"
)
_WORDS = re.compile(r"(\d[\d\s.,]{0,10})\s*(?:mots|words|Wörter|palabras|parole)\b", re.IGNORECASE)
_PAGE = re.compile(r"\b(?:pp?|S|pág)\.\s*(\S{1,20}?)(?=[,;]?(?:\s|$))")
_COPYRIGHT = re.compile(r"\s*(?:©|\([cC]\)|[Cc]opyright\b|Tous droits réservés|All rights reserved)")
_DOCUMENT_NO = re.compile(
    r"(?:Numéro de document|Document number|News document number|Dokumentnummer|Número de documento)\s*:?\s*(\S+)"
)
_NEWS_NO = re.compile(r"\b(?:news|web|tv|radio|social|biz|rep)[·.:]\d{8}[·.]\w{1,10}[·.]\S{1,40}")
_ISSUE = re.compile(r",?\s*(?:\([^()]{1,60}\)\s*)?,?\s+(?:no\.?|n°|nº|numéro|issue|vol\.)\s*\S.*$", re.IGNORECASE)
_DECLARED = re.compile(r"(?<![\w,.])(\d{1,5})\s+documents?\b", re.IGNORECASE)
_BY = re.compile(r"(?:Par|PAR|By|BY|Von)\s+(?=[^\W\d_])")
_ALSO_IN = re.compile(r"(?:Cet article est paru dans|This article appeared in)\b.*", re.IGNORECASE | re.DOTALL)
_LONGEST_NAME = 100


def looks(file: File) -> bool:
    """Whether a page has the classes that Europresse gives its documents."""
    start = file.start
    if "<" not in start[:2048] or (
        "ocPublicationName" not in start and "ocOcurrContainer" not in start and "ocHeader" not in start
    ):
        return False
    return _MARKS.search(start) is not None or any(host in start for host in _HOSTS)


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a page saved from Europresse."""
    root, note = parse_html(file)
    if note:
        yield Problem(file.path, None, note, IN_PART)
    number = 0
    articles = [node for node in root.iter("article") if next(_of_class(node, "DocPublicationName"), None) is not None]
    for article in articles:
        number += 1
        yield _newer(article, file, number)
    for cell in _older_cells(root) if not articles else ():
        number += 1
        yield _older(cell, file, number)
    if not number:
        raise ReadError("a page of Europresse without documents: save the documents, not the list of results")
    yield from count_problem(file, _declared(root), number)


def _declared(root: Any) -> int | None:
    """How many documents the page says it holds, above the first of them."""
    above = re.split("DocPublicationName|<article", _head_text(root), maxsplit=1)[0]
    found = _DECLARED.search(above)
    return int(found[1]) if found else None


def _head_text(root: Any) -> str:
    parts: list[str] = []
    for node in root.iter():
        if local(node) in ("article", "style", "title") or "DocPublicationName" in classes(node) or len(parts) > 200:
            if local(node) in ("style", "title"):
                continue
            break
        parts.append(node.text or "")
    return " ".join(parts)


def _of_class(element: Any, name: str) -> Iterator[Any]:
    wanted = name.casefold()
    return (node for node in element.iter() if wanted in (node.get("class") or "").casefold().split())


def _first(element: Any, *names: str) -> Any:
    return next((node for name in names for node in _of_class(element, name)), None)


# --- what both layouts say -------------------------------------------------------------------------------------------


@dataclass
class _Document:
    """The parts of a document as they stand on the page."""

    source: str | None
    header: str
    title: str | None
    body: list[str]
    author: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    copyright: str | None = None
    number: str | None = None

    def record(self, file: File, number: int) -> Record | Problem:
        place = f"article {number}"
        if not self.body and not self.title:
            return Problem(file.path, place, "no title and no text")
        fields: dict[str, object] = {"article_id": self.number, "title": self.title, "author": self.author}
        fields["text"] = "\n".join(self.body) or None
        extra: dict[str, object] = {}
        if self.source:
            name = _ISSUE.sub("", self.source).strip(" ,;") or self.source
            fields["source"] = name
            extra["issue"] = self.source[len(name) :].strip(" ,;")
        published, about = _header(self.header)
        fields["published"] = published
        extra |= about | {"kicker": self.kicker, "subtitle": self.subtitle, "copyright": self.copyright}
        return Record(file.path, place, _known(fields), _known(extra))


def _known(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _header(header: str) -> tuple[str | None, dict[str, object]]:
    """Date, and section, words, page, of a line like "Politique, mardi 14 mars 2006, p. 16"."""
    about: dict[str, object] = {}
    dated = _DATE.search(header)
    before, after = (header[: dated.start()], header[dated.end() :]) if dated else ("", header)
    time = _TIME.search(after)
    published = " ".join(part[0] for part in (dated, time) if part) if dated else None
    about["section"] = _WEEKDAY.sub("", before).strip(" ,;-–")
    if words := _WORDS.search(after):
        about["length"] = number_in(words[1].strip())
    if page := _PAGE.search(after):
        about["page"] = page[1].strip(",;")
    return published, about


def _document_number(text: str) -> str | None:
    found = _DOCUMENT_NO.search(text) or _NEWS_NO.search(text)
    return (found[1] if found.lastindex else found[0]) if found else None


def _author(said: list[str]) -> str | None:
    names = [_BY.sub("", name, count=1) for name in said if len(name) <= _LONGEST_NAME]
    return "; ".join(names) or None


# --- an <article> each -----------------------------------------------------------------------------------------------


def _newer(article: Any, file: File, number: int) -> Record | Problem:
    top = next(article.iter("header"), article)
    title = _first(top, "titreArticleVisu", "rdp__articletitle")
    heading = _first(top, "titreArticle")
    heading = heading if heading is not None else title
    containers = (*_of_class(article, "docOcurrContainer"), *_of_class(article, "DocText"), *article.iter("section"))
    body = next(filter(None, map(lines, containers)), [])
    numbered = (*article.iter("footer"), *_of_class(article, "publiC-lblNodoc"))
    foot = " ".join(line for node in numbered for line in lines(node))
    small = next((one_line(node) for footer in article.iter("footer") for node in footer.iter("small")), None)
    after = [node for node in heading.itersiblings() if local(node) in ("div", "p")] if heading is not None else []
    said = [line for node in [*_of_class(top, "docAuthors"), *after] for line in lines(node)]
    before = [one_line(node) for node in heading.itersiblings(preceding=True)] if heading is not None else []
    kickers = [line for line in reversed(before) if line and not _DATE.search(line)]
    source = one_line(_first(top, "DocPublicationName"))
    inner = [line for node in (heading if heading is not None else ()) if node is not title for line in lines(node)]
    header = " ".join(filter(None, map(one_line, _of_class(top, "DocHeader"))))
    return _Document(
        source=source,
        header=header or " ".join(filter(None, before)),
        title=one_line(title),
        author=_author(list(dict.fromkeys(said))),
        body=[line for line in body if not _ALSO_IN.fullmatch(line)],
        kicker=" / ".join(line for line in kickers if line != source) or None,
        subtitle=" / ".join(inner) or None,
        copyright=small,
        number=_document_number(foot),
    ).record(file, number)


# --- a table each, without <article> ---------------------------------------------------------------------------------

_BREAK, _MARK = "\v", "\ufdd0"  # a line break; the borders of the title (a code point that no text has)


def _older_cells(root: Any) -> Iterator[Any]:
    """The table cells that hold one document each."""
    for name in _of_class(root, "DocPublicationName"):
        cell = next(name.iterancestors("td", "article", "section"), None)
        if cell is None:
            cell = name.getparent()
        if next(_of_class(cell, "DocPublicationName")) is name:
            yield cell


def _older(cell: Any, file: File, number: int) -> Record | Problem:
    title = _first(cell, "TitreArticleVisu")
    source = _first(cell, "DocPublicationName")
    if title is not None:
        title.text, title.tail = f"{_MARK}{title.text or ''}", f"{_MARK}{title.tail or ''}"
    everything = running(cell, br=_BREAK)
    top, said_title, rest = (everything.split(_MARK, 2) if title is not None else ["", "", everything])[:3]
    body, copyright_line = _until_copyright(rest)
    author, body = _byline_of(body)
    kept = [line for part in body.replace(_BREAK, "\n").split("\n") if (line := " ".join(part.split()))]
    header = " ".join(filter(None, map(one_line, _of_class(cell, "DocHeader"))))
    above = [" ".join(part.split()) for part in re.split(r"[\n\v]", top)]
    own = {one_line(source), " ".join(header.split())}
    kickers = [line for line in above if line and line not in own and not _DATE.search(line)]
    return _Document(
        source=one_line(source),
        header=header.replace(" , ", ", "),
        title=" ".join(said_title.split()) or None,
        author=author,
        body=kept,
        kicker=" / ".join(kickers) or None,
        copyright=copyright_line,
        number=_document_number(" ".join(everything.split())),
    ).record(file, number)


def _byline_of(body: str) -> tuple[str | None, str]:
    """The byline under the title, which a line break parts from the text that begins with a paragraph."""
    first, paragraph, rest = body.lstrip(" \n\v").partition("\n")
    name = first.strip(" \v")
    if paragraph and first.endswith(_BREAK) and 0 < len(name) <= _LONGEST_NAME and rest.strip():
        return _author([name]), rest
    return None, body


def _until_copyright(text: str) -> tuple[str, str | None]:
    """The text up to the copyright line or the document's number."""
    kept: list[str] = []
    for line in text.split("\n"):
        bare = " ".join(line.split())
        if _DOCUMENT_NO.match(bare) or _NEWS_NO.match(bare):
            return "\n".join(kept), None
        if _COPYRIGHT.match(bare) and len(bare) < 300:
            return "\n".join(kept), bare
        kept.append(line)
    return "\n".join(kept), None
