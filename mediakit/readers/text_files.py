"""Plain text: one article a file, the first line perhaps its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError, Record

ENDINGS = (".txt", ".text", ".md", ".markdown", ".asc")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_PROGRAMS = frozenset(
    ".py .pyi .js .mjs .ts .c .h .cc .cpp .hpp .java .kt .r .rs .go .rb .php .pl .pm .lua .swift .scala .cs .vb .m .jl "
    ".sh .bash .bat .ps1 .sql .css .scss .tex .sty .bst .log .ini .cfg .conf .toml .yaml .yml .lock .po .pot .srt .vtt "
    ".ipynb .svg .f .f90 .asm .s .el .lisp .hs .ml .erl .ex .do .sas .sps".split()
)
_LOOK = 8192  # characters in which prose shows
_FEWEST_WORDS = 20
_CODE = re.compile(r"[{}<>\[\]=;|\\_*#$@^~]|\d")
_SENTENCE_END = re.compile(r"\w[”’\"')»]?[.!?…。！？]")
_MOST_CODE, _FEWEST_LETTERS = 0.03, 0.85  # shares of the characters that are no blanks


def reads_as_prose(file: File) -> bool:
    """Whether a file of no known ending holds sentences: words, and few of the signs that code and data are made of.

    Programs begin with prose, their licence: those known by their endings are none, and of others all is looked at.
    """
    if file.suffix in _PROGRAMS or b"\x00" in file.head:
        return False
    start = file.start
    if not _SENTENCE_END.search(start[:_LOOK]):
        return False
    pieces = [start[:_LOOK]]
    if file.suffix and not file.suffix[1:].isdigit():
        pieces = [piece for at in range(0, len(start), _LOOK) if len(piece := start[at : at + _LOOK]) > _LOOK // 4]
    return all(map(_is_prose, pieces or [start]))


def _is_prose(text: str) -> bool:
    signs = "".join(text.split())
    if not signs:
        return False
    letters = sum(map(str.isalpha, signs))
    is_long = len(text.split()) >= _FEWEST_WORDS or not signs.isascii()  # Chinese has no blanks
    return is_long and letters >= _FEWEST_LETTERS * len(signs) and len(_CODE.findall(signs)) <= _MOST_CODE * len(signs)


def read(file: File) -> Iterator[Record | Problem]:
    """The one article of a text file."""
    text, note = decode(file.read())
    if _HTML.match(text[:4096]):
        raise ReadError("holds HTML, not plain text")
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield Record(file.path, fields={"text": text}, guess_title=True)
