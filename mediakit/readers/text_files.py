"""Plain text: one article a file, the first line perhaps its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .decoding import decode
from .records import Problem, ReadError, Record

ENDINGS = (".txt", ".text")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def read(path: Path) -> Iterator[Record | Problem]:
    """The one article of a text file."""
    text, note = decode(path.read_bytes())
    if _HTML.match(text[:4096]):
        raise ReadError("holds HTML, not plain text")
    if note:
        yield Problem(path.as_posix(), None, note)
    yield Record(path.as_posix(), fields={"text": text}, guess_title=True)
