"""A document of a Nexis export, and what both layouts share: the line of the date, what stands after the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import nexis_labels as words

LONGEST_VALUE = 100_000  # characters behind a label; a hostile file repeats one a million times
GAP = 12  # paragraphs that a caption or correction after the text may have
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[AP]\.?M\.?)?(?: [A-Z]{2,5})?$", re.IGNORECASE)
BY = re.compile(r"(?:by|par|door|por|di|von)\b:?\s+(?=\S)", re.IGNORECASE)
_ONCE = {"language", "load_date", "publication_type", "journal_code", "length", "section"}  # labels that come once
_AGAIN = {"copyright", "edition", "url", "highlight"}  # what may stand before the text and after it
_NAME_WITH_VON = re.compile(r"von\s+(?:der|dem|den|zu|und)\b|von\s+\w+$", re.IGNORECASE)


@dataclass
class Document:
    """One document of an export.

    Attributes
    ----------
    number
        Its number by the export's own count; None when it has none.
    body
        The paragraphs of the text.
    labels
        What stands behind the labels, by column.
    whole
        Whether its end was seen: labels, copyright or the closing words.
    error
        The export says that it could not show this document.
    """

    number: int | None = None
    title: str | None = None
    source: str | None = None
    date: str | None = None
    body: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    error: bool = False

    def add(self, name: str, value: str) -> None:
        """Keep what stands behind a label; of a second of the same name, both."""
        self.extend(name, value, "; ")

    def extend(self, name: str, value: str, between: str) -> None:
        """Put a value behind what a label has already, up to LONGEST_VALUE."""
        before = self.labels.get(name, "")
        if value and len(before) <= LONGEST_VALUE:
            self.labels[name] = f"{before}{between}{value}" if before else value


@dataclass
class Export:
    """The documents of a file, how many it says it has, and the numbers it counts to."""

    documents: list[Document]
    declared: int | None = None
    total: int | None = None


def date_and_edition(document: Document, line: str, date: str, rest: Sequence[str]) -> None:
    """Take in the line of the date: the date, the time that may follow, and the edition."""
    after = line[len(date) :].strip(" ,;|\u00a0")
    editions = [text for text in (after, *rest) if text and not words.is_copyright(text)]
    if editions and CLOCK.match(editions[0]):
        date = f"{date} {editions.pop(0)}"
    document.date = date
    document.add("edition", " ".join(editions).strip(" ;"))


def keep(document: Document, name: str, value: str) -> None:
    """Take in what stands behind a label."""
    if name == "title":
        document.title = document.title or value or None
    elif name == "source":
        document.source = document.source or value or None
    else:
        document.add(name, value)


def byline(value: str) -> str:
    """The names of a byline, without the "By" before them."""
    by = BY.match(value)
    return value if by is None or _NAME_WITH_VON.match(value) else value[by.end() :]


def trailer_start(blocks: Sequence[str], begin: int, document: Document, *, capitals: bool) -> int:
    """Where the labels after the text begin: found from the end, so that labels inside the text are left in it.

    A caption or correction may have paragraphs without a label: they are passed, unless that leaves no text, or a label
    among them comes again further down, as one inside the text does.
    """
    start = sure = len(blocks)
    gap = 0
    once = set(document.labels) - _AGAIN
    for place in range(len(blocks) - 1, begin - 1, -1):
        block = blocks[place]
        label = words.label_in(block, capitals=capitals)
        if label and label.field in once:
            break
        if label and label.place != words.LONG:
            once |= {label.field} & _ONCE
        is_list = words.is_mark(block, words.LIST) or (not capitals and _is_heading(block))
        many = is_list or (label is not None and label.place == words.LONG)
        if many and (gap == 0 or (gap <= GAP and start < len(blocks))):
            sure = sure if gap else place
            start, gap = place, 0
        elif gap == 0 and (_is_notice(block) or (label is not None and label.place in (words.TRAILER, words.EITHER))):
            sure = place if sure == start else sure
            start = place
        elif words.any_label(block, capitals=True) is None or label is not None:
            gap += 1
            if gap > GAP:
                break
    return start if start > begin else sure


def _is_heading(line: str) -> bool:
    """Whether a line is, alone, a label that opens several paragraphs: "Graphic" in the new layout."""
    label = words.label_in(f"{line.strip().removesuffix(':')}:", capitals=False) if len(line) <= 40 else None
    return label is not None and label.place == words.LONG


def _is_notice(block: str) -> bool:
    """Whether a paragraph is a copyright notice: one that begins as such, or short lines that reserve all rights."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    return bool(lines) and len(lines) <= 6 and (words.begins_copyright(lines[0]) or any(map(words.is_copyright, lines)))


def read_trailer(document: Document, blocks: Sequence[str], *, capitals: bool) -> None:
    """Take in the labels and notices after the text."""
    last: str | None = None
    for block in blocks:
        text = " ".join(block.split(None)) if capitals else block
        label = words.any_label(text, capitals=capitals)
        if _is_notice(block):
            document.add("copyright", " ".join(block.split()))
        elif words.is_mark(block, words.LIST):
            last = None
        elif not capitals and _is_heading(block):
            last = words.label_in(f"{block.strip().removesuffix(':')}:", capitals=False).field  # type: ignore[union-attr]
        elif label:
            last = label[0]
            keep(document, last, label[1])
        elif last is not None:
            document.extend(last, text, "\n")
