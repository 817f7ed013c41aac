"""Factiva as plain text (saved, pasted, or the text of its RTF files): with codes or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from .decoding import decode
from .factiva import (
    KNOWN,
    RESULTS,
    Codes,
    accession,
    date_after_length,
    number_in,
    of_search,
    plain_codes,
    record,
)
from .files import File
from .records import IN_PART, Problem, ReadError, Record

# a code stands alone on its line, or a tab, a bar or two blanks part it from its value: "IN the end …" is text
_CODE_LINE = re.compile(r"[ \t|]{0,8}([A-Z]{2,3})(?:[ \t\xa0]*$|[ \xa0]*[\t|][ \t\xa0|]*|[ \xa0]{2,})(.*)")
_ALONE = re.compile(r"[ \t|]*(?:PD|WC|SN)[ \t|\xa0]*")
_LAST_LINE = re.compile(r"[ \t|]*(?:Document|Dokument|Documento|Документ|文書|文件|文档)[ \t\xa0]+[\w-]{10,40}[ \t|]*$")
_CODED = re.compile(r"^[ \t|]{0,8}(?:HD|PD|SN|TD|WC)(?:[ \t\xa0]*$|[ \xa0]*[\t|]|[ \xa0]{2,})", re.MULTILINE)
_CLOSING = re.compile(rf"^{_LAST_LINE.pattern}", re.MULTILINE)
_FURNITURE = re.compile(r"\s*(?:\w+\s+\d{1,4}\s+\w{2,5}\s+\d{1,4}\s+)?©\s*(?:19|20)\d\d\s+Factiva\b.{0,80}")
_SUMMARY = re.compile(
    r"\s*(?:Search Summary|Suchübersicht|Suchzusammenfassung|Résumé de la recherche|Resumen de búsqueda)\s*"
)
_FOUND = re.compile(rf"^[ \t|]*{RESULTS.pattern}[ \t|:\n]*(\d[\d.,]*)", re.MULTILINE)
_FIRST = {"CLM", "SE", "HD"}
_LAST_CODES = {"CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "RF"}  # unknown ones may stand among these
_ENOUGH = 4  # different codes at line starts


def looks(file: File) -> bool:
    """Whether a text has Factiva's codes, or its closing lines with accession numbers."""
    return looks_like(file.start)


def looks_like(text: str) -> bool:
    """The same for a text from any container."""
    coded, closed = "HD" in text, any(word in text for word in ("ocument", "okument", "文"))
    if not coded and not closed:
        return False
    text = text.replace("\r\n", "\n")
    if coded and _n_codes(text) >= _ENOUGH:
        return True
    if not closed or not any(accession(found[0]) for found in _CLOSING.finditer(text)):
        return False
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    return any(date_after_length(lines[at : at + 2]) for at in range(len(lines) - 1))


def _n_codes(text: str) -> int:
    return len({match[0].strip(" \t|\xa0") for match in _CODED.finditer(text)})


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a text file."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield from read_text(text, file)


def read_text(text: str, file: File) -> Iterator[Record | Problem]:
    """The articles of a text that may come from any container."""
    text, number = text.replace("\r\n", "\n").replace("\r", "\n"), 0
    for codes in articles_in(text):
        number += 1
        yield record(codes, file, number)
    if not number:
        raise ReadError("text of Factiva without articles")
    found = _FOUND.search(text)
    yield from of_search(file, number_in(found[1]) if found else None, number)


def articles_in(text: str) -> Iterator[Codes]:
    """The codes of each article of a text."""
    lines = [line for line in text.split("\n") if not _FURNITURE.fullmatch(line.strip())]
    coded = _n_codes(text) >= _ENOUGH
    if not coded:
        yield from map(_plain_codes_of, _plain_articles(lines))
        return
    alone = any(_ALONE.fullmatch(line) for line in lines)
    for article in _coded_articles(lines, alone):
        codes = _codes_of(article, alone)
        if {"HD", "LP", "TD"} & set(codes):
            yield codes


def _code_in(line: str, alone: bool, seen: Set[str]) -> tuple[str, str] | None:
    """The code that a line begins with, and its value.

    A code may stand alone on its line in texts where the dates do, and before the first paragraph: elsewhere "RE" is
    text.
    """
    found = _CODE_LINE.match(line)
    if not found or (found[1] not in KNOWN and not seen & _LAST_CODES):
        return None
    if line.strip() == found[1] and not alone and (found[1] not in ("LP", "TD") or found[1] in seen):
        return None
    return found[1], found[2].strip(" \t|\xa0")


def _coded_articles(lines: Sequence[str], alone: bool) -> Iterator[list[str]]:
    """An article ends with its accession number, or where the next headline comes."""
    article: list[str] = []
    seen: set[str] = set()
    for line in lines:
        found = _code_in(line, alone, seen)
        code = found[0] if found else None
        if _SUMMARY.fullmatch(line) or (code in _FIRST and ("AN" in seen or code in seen)):
            yield article
            article, seen = [], set()
        if _SUMMARY.fullmatch(line):
            return
        article.append(line)
        if code:
            seen.add(code)
    if article:
        yield article


def _codes_of(article: Sequence[str], alone: bool) -> Codes:
    codes: dict[str, list[str]] = {}
    current: str | None = None
    for line in article:
        if found := _code_in(line, alone, codes.keys()):
            current, line = found
            codes.setdefault(current, [])
        if line.strip() and current is not None:
            codes[current].append(" ".join(line.split()))
    return codes


def _plain_articles(lines: Sequence[str]) -> Iterator[list[str]]:
    """An article ends with the line "Document …" and its accession number."""
    article: list[str] = []
    for line in lines:
        if _SUMMARY.fullmatch(line):
            break
        if line.strip(" \t|\xa0"):
            article.append(" ".join(line.split()))
        if article and _LAST_LINE.match(line) and accession(line):
            yield article
            article = []
    if date_after_length(article) is not None:
        yield article


def _plain_codes_of(article: list[str]) -> Codes:
    last = [article.pop()] if article and _LAST_LINE.match(article[-1]) else []
    return plain_codes(article) | {"AN": last}
