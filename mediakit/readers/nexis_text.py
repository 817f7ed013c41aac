"""Nexis exports as plain text: which lines make a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from . import nexis_labels as words

IGNORED = re.compile("[\x00-\x08\x0e-\x1f\u00ad\ufeff]")
CENTRED = 8  # blanks before a line that TXT exports centre: source and date, not the title
_BREAKS = re.compile("\r\n?|[\f\v\x85\u2028\u2029]")
_INDENTED = 2  # blanks before a line that begins something new
_NARROWEST, _WIDEST = 40, 120  # columns at which exports break lines
_USUAL = 0.9  # share of the lines that others follow which are no longer than the width; titles may be
_FILLED = 0.7  # share of the width from which a line of a counted export is taken to go on
_BLANK = 0.2  # share of blank lines by which an RTF shows that it was made of such a text


def text_blocks(text: str) -> list[str]:
    """The paragraphs of a text export: between blank lines, its lines joined where the export broke them."""
    lines = [line.rstrip() for line in _BREAKS.sub("\n", IGNORED.sub("", text)).split("\n")]
    width = _width(lines)
    blocks: list[list[str]] = [[]]
    counted = any(map(words.counter, lines))
    for line in lines:
        if not line:
            if blocks[-1]:
                blocks.append([])
        elif blocks[-1] and words.counter(line):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [_joined(block, width, counted) for block in blocks if block]


def is_text_set_as_paragraphs(lines: Sequence[str]) -> bool:
    """Whether the paragraphs of a document are the lines of a text export, blank ones between its paragraphs."""
    blank = sum(not line.strip() for line in lines)
    return blank >= _BLANK * len(lines) and any(map(words.counter, lines))


def _width(lines: Sequence[str]) -> int | None:
    """The column at which the export broke its lines; None when it did not."""
    followed = [line for line, after in pairwise(lines) if after.strip()]
    lengths = sorted(len(line) for line in followed if " " in line.strip() and not line.startswith(" " * CENTRED))
    if not lengths:
        return None
    width = lengths[int((len(lengths) - 1) * _USUAL)]
    return max(width, _NARROWEST) if width <= _WIDEST else None


def _joined(lines: Sequence[str], width: int | None, counted: bool) -> str:
    """The lines of a paragraph; a line goes on where the first word of the next would not have fitted.

    Where documents are counted blank lines part paragraphs, and a line goes on that is well filled, too; short lines of
    lists and verse stay. Centred lines keep their blanks, by which source and date are told from a title between them.
    """
    text, before = "", ""
    for line in lines:
        blanks = len(line) - len(line.lstrip(" "))
        shown = line if blanks >= CENTRED else line.strip()
        goes_on = width is not None and blanks < _INDENTED and not before.startswith(" " * CENTRED)
        goes_on = goes_on and _is_full(before, line, width or 0, counted) and not _begins(line, before, counted)
        text += shown if not before else f" {shown}" if goes_on else f"\n{shown}"
        before = line
    return text


def _is_full(before: str, line: str, width: int, counted: bool) -> bool:
    """Whether a line is so long that the next may go on with it."""
    return len(before) + 1 + len(line.split(None, 1)[0]) > width or (counted and len(before) >= _FILLED * width)


def _begins(line: str, before: str, counted: bool) -> bool:
    """Whether a line begins something new whatever its width: a label, or what follows a copyright notice."""
    if counted:
        return words.label_in(line, capitals=True) is not None
    return words.label_in(line, capitals=False) is not None or words.begins_copyright(before)
