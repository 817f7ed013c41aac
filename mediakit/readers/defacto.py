"""APA DeFacto (Austria): pages with an entry for each article, and text whose articles lie between rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .decoding import decode
from .factiva import byline
from .files import File
from .markup import classes, lines, local, parse_html
from .records import IN_PART, Problem, ReadError, Record

_ABOUT = re.compile(
    r"[\"„“»]?(?P<source>[^\"“”«\n]{2,80}?)[\"“”«]?,?(?:\s+(?P<issue>Nr\.?\s*[\w/-]{1,12}))?(?:\s+(?P<kind>[\w-]{3,30}))?"
    r"\s+(?:vom|gefunden\s+am)\s+(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]{3,9}\.?)\s?(?:19|20)\d\d)"
    r"(?:,?\s+(?P<time>\d{1,2}[.:]\d{2})(?:\s*Uhr)?)?(?P<rest>.{0,300})",
)
_PAGE = re.compile(r"Seiten?:?\s*([A-Z]?\d{1,4}(?:\s?[-,/]\s?\d{1,4})*)")
_SECTION = re.compile(r"Ressort:\s*([^;:\n]{1,80}?)\s*(?=;|$|Seiten?:|Autor|Von\s)", re.MULTILINE)
_BY = re.compile(r"(?:Von|VON)\s+[^\d\n]{3,100}")
_END = re.compile(r"Gespeicherte[rn]?\s+Anh[aä]ng|Der gegenständliche Text ist eine Abschrift")
_RULE = re.compile(r"^[ \t]*_{30,}[ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"class\s*=\s*[\"']?eintrag\b")
_HIGHEST = 12  # lines among which the line about the source stands
_LABELLED = re.compile(r"(?:Ressort|Seiten?|Autor)\b:?")


def looks_like_html(file: File) -> bool:
    """Whether a page has DeFacto's entries."""
    start = file.start
    return "eintrag" in start and _ENTRY.search(start) is not None and _ABOUT.search(start) is not None


def read_html(file: File) -> Iterator[Record | Problem]:
    """The articles of a printed page of DeFacto."""
    root, note = parse_html(file)
    if note:
        yield Problem(file.path, None, note, IN_PART)
    number = 0
    for entry in root.iter("div"):
        if "eintrag" in classes(entry):
            number += 1
            yield _entry(entry, file, f"article {number}")
    if not number:
        raise ReadError("a page of DeFacto without articles")


def _entry(entry: Any, file: File, place: str) -> Record | Problem:
    title = next((line for node in entry.iter("h1", "h2", "h3", "h4") for line in lines(node)), None)
    about = " ".join(line for node in entry.iter("pre") for line in lines(node))
    body = [line for node in entry if local(node) == "p" for line in lines(node)]
    return _record(title, about, body, file, place)


def looks(file: File) -> bool:
    """Whether a text is DeFacto's."""
    start = file.start
    return ("Ressort:" in start or "Seite" in start or "gefunden am" in start) and looks_like(start)


def looks_like(text: str) -> bool:
    """Whether a text begins with a line about source, date, and page or section."""
    first = _RULE.sub("\n", text[:4000]).split("\n")
    for line in [line.strip() for line in first if line.strip()][:_HIGHEST]:
        about = _ABOUT.fullmatch(line)
        if about and (_PAGE.search(about["rest"]) or "Ressort:" in about["rest"] or "gefunden" in line):
            return True
    return False


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a text file."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield from read_text(text, file)


def read_text(text: str, file: File) -> Iterator[Record | Problem]:
    """The articles of a text that may come from any container."""
    number = 0
    for chunk in _RULE.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        found = [" ".join(line.split()) for line in chunk.split("\n") if line.strip()]
        at = next((place for place, line in enumerate(found[:_HIGHEST]) if _ABOUT.fullmatch(line)), None)
        if at is None:
            continue
        number += 1
        yield _chunk(found, at, file, f"article {number}")
    if not number:
        raise ReadError("text of DeFacto without articles")


def _chunk(found: Sequence[str], at: int, file: File, place: str) -> Record | Problem:
    """An article: the line about the source, perhaps section and byline, title, text."""
    about, after = [found[at]], list(found[at + 1 :])
    while after and _LABELLED.match(after[0]) and len(after[0]) < 80:
        about.append(after.pop(0))
    author = [after.pop(0)] if after and _BY.fullmatch(after[0]) else []
    title = after.pop(0) if after else (found[at - 1] if at else None)
    return _record(title, "\n".join([*about, *author]), after, file, place)


def _record(title: str | None, about: str, body: Sequence[str], file: File, place: str) -> Record | Problem:
    kept = list(body)
    end = next((at for at, line in enumerate(kept) if _END.match(line)), len(kept))
    kept = kept[:end]
    named = _BY.search(about)
    author = named[0] if named else kept.pop(0) if kept and _BY.fullmatch(kept[0]) and len(kept) > 1 else None
    if not title and not kept:
        return Problem(file.path, place, "no title and no text")
    fields: dict[str, object] = {"title": title, "text": "\n".join(kept) or None, "author": byline(author)}
    extra: dict[str, object] = {}
    if said := _ABOUT.search(about):
        fields["source"] = said["source"].strip(" ,")
        fields["published"] = " ".join(filter(None, (said["date"], (said["time"] or "").replace(".", ":"))))
        extra = {name: said[name] for name in ("issue",) if said[name]}
    if page := _PAGE.search(about):
        extra["page"] = page[1]
    if section := _SECTION.search(about):
        extra["section"] = section[1]
    return Record(file.path, place, {name: value for name, value in fields.items() if value}, extra)
