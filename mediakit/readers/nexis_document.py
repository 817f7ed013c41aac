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
_NEARLY = 0.95  # share of the declared words: the vendor counts a little otherwise
_RELEVANCE = re.compile(r"\(\d{2}%\)")  # "FLOODS (91%)": how Nexis indexes
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
    document.date = words.first_day(date)
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

    A label with paragraphs of text after it belongs to the text, but for a caption or correction, which may have
    several: below labels that only stand after a text, under a heading of its own, or when the words above it are as
    many as the export declares.
    """
    filled = _filled(blocks, begin, document)
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
        if gap == 0 and _ends_text(block, label, capitals=capitals):
            sure = place if sure == start else sure
            start = place
        elif (
            0 < gap <= GAP
            and start < len(blocks)
            and (
                _goes_on(blocks, place, begin, label, capitals=capitals)
                or (place >= filled and label is not None and label.place == words.LONG)
            )
        ):
            start, gap = place, 0
        elif label is not None or not words.is_unknown_label(block):
            gap += 1
            if gap > GAP:
                break
    return start if start > begin else sure


def _filled(blocks: Sequence[str], begin: int, document: Document) -> int:
    """Where the text has as many words as it is declared to have, nearly; at the end when it is never so long."""
    declared = number_of_words(document.labels.get("length", ""))
    n = 0
    for place in range(begin, len(blocks)):
        if declared and n >= _NEARLY * declared:
            return place
        n += len(blocks[place].split())
    return len(blocks)


def number_of_words(length: str) -> int | None:
    """The number in "1,234 words"."""
    found = re.search(r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d{1,9}", length)
    return int(re.sub(r"\D", "", found[0])) if found else None


def _ends_text(block: str, label: words.Label | None, *, capitals: bool) -> bool:
    """Whether a paragraph belongs behind the text when only such follow."""
    if label is not None:
        return label.place in (words.TRAILER, words.EITHER, words.LONG)
    return words.is_mark(block, words.LIST) or (not capitals and _is_heading(block)) or _is_notice(block)


def _goes_on(blocks: Sequence[str], place: int, begin: int, label: words.Label | None, *, capitals: bool) -> bool:
    """Whether a caption or correction begins here to which the paragraphs below belong, or a list of labels."""
    if words.is_mark(blocks[place], words.LIST):
        return words.label_in(blocks[place + 1], capitals=capitals) is not None
    if not capitals and _is_heading(blocks[place]):
        return True
    above = blocks[max(begin, place - 2 * GAP) : place]
    return (
        label is not None and label.place == words.LONG and any(_is_sure(block, capitals=capitals) for block in above)
    )


def _is_sure(block: str, *, capitals: bool) -> bool:
    """Whether a paragraph is a label that stands after a text and nowhere else, by the value it has."""
    label = words.label_in(block, capitals=capitals)
    if label is None or label.place == words.HEADER:
        return False
    if label.field in _ONCE:
        return not label.value.endswith(".")
    return _RELEVANCE.search(label.value) is not None or label.field == "correction_date"


def _is_heading(line: str) -> bool:
    """Whether a line is, alone, a label that opens several paragraphs: "Graphic" in the new layout."""
    label = words.label_in(f"{line.strip().removesuffix(':')}:", capitals=False) if len(line) <= 40 else None
    return label is not None and label.place == words.LONG


def _is_notice(block: str) -> bool:
    """Whether a paragraph is a copyright notice: one that begins as such, or short lines that reserve all rights."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    return bool(lines) and len(lines) <= 6 and (words.begins_copyright(lines[0]) or any(map(words.is_copyright, lines)))


def read_trailer(document: Document, blocks: Sequence[str], *, capitals: bool) -> None:
    """Take in the labels and notices after the text; what only reads as a label goes on with a caption above it."""
    last: str | None = None
    in_long = False
    for block in blocks:
        text = " ".join(block.split(None)) if capitals else block
        known = words.label_in(text, capitals=capitals)
        label = words.any_label(text, capitals=capitals)
        if _is_notice(block):
            document.add("copyright", " ".join(block.split()))
        elif words.is_mark(block, words.LIST):
            last, in_long = None, False
        elif not capitals and _is_heading(block):
            last = words.label_in(f"{block.strip().removesuffix(':')}:", capitals=False).field  # type: ignore[union-attr]
            in_long = True
        elif label and (known or not in_long):
            last, in_long = label[0], known is not None and known.place == words.LONG
            keep(document, last, label[1])
        elif last is not None:
            document.extend(last, text, "\n")
