"""Which of its two layouts a Nexis export has, and the documents in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from . import nexis_labels as words
from .nexis_document import Export
from .nexis_new import read_new
from .nexis_old import CENTRED, DOCUMENT, read_old, read_single

__all__ = ["CENTRED", "DOCUMENT", "knows", "may_be_export", "read_export"]


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
