"""Mediargus and GoPress (Belgium): a numbered list of articles with source, date, page and length, then the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError, Record

_TITLE = re.compile(r"[\ufeff?\s]{0,4}(\d{1,4})\.\s+(\S.{0,400})")
_ABOUT = re.compile(
    r"(?P<source>[^,\n]{2,60}),\s+(?P<date>[^,\n]{6,40}?\d[^,\n]{0,8})(?:,\s*pp?\.\s?(?P<page>[\w/+-]{1,12}))?"
    r"(?:,\s*(?P<length>\d{1,6})\s?w\.?)",
    re.IGNORECASE,
)
_GAP = re.compile(r"\n[ \t]*\n[ \t]*\n[ \t]*\n(?:[ \t]*\n)*")
_LONGEST_SECTION = 40


class _Entry(NamedTuple):
    number: int
    title: str
    about: re.Match[str]


def looks(file: File) -> bool:
    """Whether a text begins with a numbered title and a line "source, date, p. 5, 345 w."."""
    start = file.start[:4000]
    if _TITLE.match(start.lstrip("\ufeff\r\n \t")) is None:
        return False
    first = [line.strip() for line in start.split("\n") if line.strip()][:4]
    return any(_ABOUT.fullmatch(line) for line in first)


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a text file."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    entries, end = _entries(text)
    if not entries:
        raise ReadError("a list of Mediargus without articles")
    bodies = [body for body in _GAP.split(text[end:]) if body.strip()]
    for place, entry in enumerate(entries):
        yield _record(entry, bodies[place] if place < len(bodies) else "", file)
    if len(bodies) != len(entries):
        reason = (
            f"lists {len(entries):,} articles, and {len(bodies):,} texts follow: texts may stand at the wrong title"
        )
        yield Problem(file.path, None, reason, IN_PART)


def _entries(text: str) -> tuple[list[_Entry], int]:
    """The list at the top, numbered from 1 on, and where it ends."""
    entries: list[_Entry] = []
    title: re.Match[str] | None = None
    place = end = 0
    for line in text.split("\n"):
        place += len(line) + 1
        if title is None:
            title = _TITLE.fullmatch(line)
            if title and int(title[1]) != len(entries) + 1:
                break
            if title is None and line.strip():
                break
        elif about := _ABOUT.fullmatch(line.strip()):
            entries.append(_Entry(int(title[1]), title[2].strip(), about))
            title, end = None, place
    return entries, end


def _record(entry: _Entry, body: str, file: File) -> Record:
    lines = [" ".join(line.split()) for line in body.split("\n") if line.strip()]
    lines = _without_heading(lines, entry)
    extra: dict[str, object] = {"length": int(entry.about["length"])}
    if entry.about["page"]:
        extra["page"] = entry.about["page"]
    if len(lines) > 1 and len(lines[0]) <= _LONGEST_SECTION and not lines[0].endswith((".", "!", "?", "”", '"')):
        extra["section"] = lines.pop(0)
    fields: dict[str, object] = {"source": entry.about["source"].strip(), "title": entry.title}
    fields["published"] = entry.about["date"].strip()
    if lines:
        fields["text"] = "\n".join(lines)
    return Record(file.path, f"article {entry.number}", fields, extra)


def _without_heading(lines: Sequence[str], entry: _Entry) -> list[str]:
    """The body's lines without the repeated title, source and date at its top."""
    title, source = entry.title.casefold(), entry.about["source"].strip().casefold()
    kept = list(lines)
    for _ in range(4):
        first = kept[0].casefold() if kept else ""
        numbered = _TITLE.fullmatch(kept[0]) if kept else None
        if first == title or (numbered and numbered[2].casefold() == title) or (source in first and len(first) < 80):
            kept.pop(0)
    return kept
