"""Plain text: one article a file, the first line perhaps its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .decoding import decode
from .files import File
from .records import IN_PART, Problem, ReadError, Record

ENDINGS = (".txt", ".text")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def read(file: File) -> Iterator[Record | Problem]:
    """The one article of a text file."""
    text, note = decode(file.read())
    if _HTML.match(text[:4096]):
        raise ReadError("holds HTML, not plain text")
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield Record(file.path, fields={"text": text}, guess_title=True)
