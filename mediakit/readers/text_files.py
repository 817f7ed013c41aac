"""Plain text: one article a file, the first line perhaps its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError, Record

ENDINGS = (".txt", ".text", ".md", ".markdown", ".asc")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_LOOK = 8192  # characters in which prose shows
_FEWEST_WORDS = 20
_CODE = re.compile(r"[{}<>\[\]=;|\\_*#$@^~]|\d")
_SENTENCE_END = re.compile(r"\w[”’\"')»]?[.!?…。！？]")
_MOST_CODE, _FEWEST_LETTERS = 0.03, 0.85  # shares of the characters that are no blanks


def reads_as_prose(file: File) -> bool:
    """Whether a file without an ending holds sentences: words, and few of the signs that code and data are made of."""
    if file.suffix and not file.suffix[1:].isdigit():  # the licence that code starts with is prose, the code is not
        return False
    start = file.start[:_LOOK]
    signs = "".join(start.split())
    if not signs or b"\x00" in file.head or not _SENTENCE_END.search(start):
        return False
    letters = sum(map(str.isalpha, signs))
    is_long = len(start.split()) >= _FEWEST_WORDS or not signs.isascii()  # Chinese has no blanks
    return is_long and letters >= _FEWEST_LETTERS * len(signs) and len(_CODE.findall(signs)) <= _MOST_CODE * len(signs)


def read(file: File) -> Iterator[Record | Problem]:
    """The one article of a text file."""
    text, note = decode(file.read())
    if _HTML.match(text[:4096]):
        raise ReadError("holds HTML, not plain text")
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield Record(file.path, fields={"text": text}, guess_title=True)
