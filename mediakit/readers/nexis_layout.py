"""Which of its two layouts a Nexis export has, and the documents in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from . import nexis_labels as words
from .nexis_document import Export
from .nexis_new import read_new
from .nexis_old import DOCUMENT, read_old, read_single

__all__ = ["DOCUMENT", "is_list_of_documents", "knows", "may_be_export", "read_export"]

_NUMBERED = re.compile(r"^\s*1\. ?\S", re.MULTILINE)


def may_be_export(text: str) -> bool:
    """Whether a text has what every Nexis export has, told fast: a counter, a length or a date of loading."""
    return _hint().search(text) is not None


@cache
def _hint() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(words.spellings("length", "load_date")))
    return re.compile(
        rf"\d (?:of|von|de|sur|van|di|aus|uit) [\d.,]+ (?:DO[CK]UMENT|STOR|ARTICLE)|DO[CK]UMENT[OE]? \d+ \w+ \d"
        rf"|^[^\S\n]*(?:{labels})[ \u00a0]*:",
        re.IGNORECASE | re.MULTILINE,
    )


def knows(blocks: Sequence[str]) -> bool:
    """Whether paragraphs are those of a Nexis export, in either layout."""
    lines = [line for block in blocks for line in block.split("\n")]
    if DOCUMENT in blocks or any(map(words.counter, lines)):
        return True
    opens = any(words.is_mark(line, words.END) or words.is_mark(line, words.TEXT) for line in lines)
    fields = {label.field for line in lines if (label := words.label_in(line, capitals=False))}
    if opens and fields & {"length", "load_date"} and any(map(words.date_line, lines)):
        return True
    capitals = {label.field for line in lines if (label := words.label_in(line, capitals=True))}
    return "length" in capitals and len(capitals & {"load_date", "language", "publication_type"}) >= 2


def read_export(blocks: Sequence[str]) -> Export:
    """The documents of a file, from its paragraphs."""
    if DOCUMENT in blocks or any(words.counter(line) for block in blocks for line in block.split("\n")):
        return read_old(blocks)
    lines = [line.strip() for block in blocks for line in block.split("\n")]
    lines = [line for line in lines if line and not words.is_furniture(line)]
    if any(words.is_mark(line, words.END) or words.is_mark(line, words.TEXT) for line in lines):
        return read_new(lines)
    return read_single(blocks)


def is_list_of_documents(text: str) -> bool:
    """Whether a text is the list that Nexis Uni puts beside documents saved each in a file: a cover page and titles."""
    if not words.is_cover(text) or words.declared_number(text) is None:
        return False
    return _NUMBERED.search(text) is not None


def begins(line: str) -> bool:
    """Whether a line of an export in the new layout is the first of its paragraph: a label, a date, a notice."""
    known = words.label_in(line, capitals=False) is not None or words.is_cover(line)
    return known or stands_alone(line) or words.begins_copyright(line)


def stands_alone(line: str) -> bool:
    """Whether a line of an export is a paragraph of its own: the date, or what opens or closes a text or a list."""
    marks = (words.TEXT, words.LIST, words.END)
    return words.date_line(line) is not None or any(words.is_mark(line, mark) for mark in marks)
