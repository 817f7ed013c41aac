"""From the lines of PDF pages to paragraphs: columns in order, running heads left out, wraps and hyphens undone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

HYPHENS = "\ufffe\x02"  # what pdfium writes for a hyphen at the end of a line
_EDGE = 0.12  # share of the page's height in which running heads and page numbers stand
_ROWS, _SHARE = 8, 0.6  # rows that a gutter must part, and the share of all parted rows
_SAME_SIZE = 0.15  # by how much, as a share, the height of letters may differ in a paragraph
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-–—| ]*(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?[-–—| ]*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:…][”’\"'»)\]]*$")


class Line(NamedTuple):
    """A line or a piece of one: its text, its place in points from the lower left, the row it was found in."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    row: int = 0

    @property
    def height(self) -> float:
        """Its height, which goes with the size of its letters."""
        return max(self.top - self.bottom, 0.1)


class Page(NamedTuple):
    """A page: its lines in the order of its content, and its height."""

    lines: list[Line]
    height: float


class Layout(NamedTuple):
    """What a document's lines make: paragraphs, the one in the largest letters near the top, running heads."""

    blocks: list[str]
    heading: str | None
    heads: list[str]


def paragraphs(pages: Sequence[Page], parts: Callable[[str, str, int], bool] | None = None) -> Layout:
    """The paragraphs of a document; `parts` says of two lines and the page of the second what is never one paragraph.

    Of the running heads those of the first pages are given, each once.
    """
    running = _running(pages)
    if all(len(out) == len(page.lines) for page, out in zip(pages, running, strict=True)):
        running = [set() for _ in pages]
    heads = [
        line.text
        for page, out in zip(pages[:3], running, strict=False)
        for n, line in enumerate(page.lines)
        if n in out
    ]
    kept = [
        _in_order([line for number, line in enumerate(page.lines) if number not in out])
        for page, out in zip(pages, running, strict=True)
    ]
    lines = [line for page in kept for line in page]
    if not lines:
        return Layout([], None, [])
    numbers = [number for number, page in enumerate(kept) for _ in page]
    edges = [edge for page in kept for edge in _edges(page)]
    leading = _leading(kept)
    blocks = [[lines[0].text]]
    starts = [0]
    for number, (before, line) in enumerate(pairwise(lines), start=1):
        turned = numbers[number] if numbers[number] != numbers[number - 1] else -1
        goes_on = parts is None or not parts(before.text, line.text, turned)
        if goes_on and _goes_on(before, line, edges[number - 1], edges[number], leading):
            above = blocks[-1][-1]
            blocks[-1][-1] = _before(above, line.text)
            blocks[-1].append(line.text if blocks[-1][-1] != above else f" {line.text}")
        else:
            blocks.append([line.text])
            starts.append(number)
    clean = [re.sub(f"[{HYPHENS}]", "-", "".join(block)).replace("\u00ad", "") for block in blocks]
    return Layout(clean, _heading(lines, starts, clean), list(dict.fromkeys(heads)))


_Key = tuple[bool, str, int]


def _running(pages: Sequence[Page]) -> list[set[int]]:
    """For each page which of its lines are running heads, feet or page numbers.

    They stand at the edge, nothing but their like further out, and come again, numbers aside, on at least half the
    pages or at the same place of the next; each once a page, since a title may stand below a head of the same words.
    """
    found = [_at_edges(page) for page in pages]
    counts = Counter(key for page in found for key in {key for _, key in page})
    enough = max(2.0, (len(pages) - 1) / 2)
    places = [{(key, round(page.lines[n].bottom / 2)) for n, key in at} for page, at in zip(pages, found, strict=True)]
    running = []
    for number, (page, at) in enumerate(zip(pages, found, strict=True)):
        near = set().union(*places[max(0, number - 1) : number], *places[number + 1 : number + 2])
        out: set[int] = set()
        seen: set[_Key] = set()
        inside = {True: False, False: False}
        for n, key in at:
            repeated = counts[key] >= enough or (key, round(page.lines[n].bottom / 2)) in near
            is_number = not key[0] and _NUMBER.fullmatch(page.lines[n].text) is not None and len(page.lines) > 1
            if not inside[key[0]] and key not in seen and (repeated or is_number):
                out.add(n)
                seen.add(key)
            else:
                inside[key[0]] = True
        running.append(out)
    return running


def _at_edges(page: Page) -> list[tuple[int, _Key]]:
    """The lines at a page's edges, the outermost first: number, whether above, words and size."""
    found = []
    for number, line in enumerate(page.lines):
        above = line.bottom > (1 - _EDGE) * page.height
        if above or line.top < _EDGE * page.height:
            text = _DIGITS.sub("0", " ".join(line.text.split()))
            found.append((-line.bottom if above else line.bottom, number, (above, text, round(line.height))))
    return [(number, key) for _, number, key in sorted(found)]


def _in_order(lines: list[Line]) -> list[Line]:
    """Pieces of rows put into columns where a gutter parts many rows, else put together again."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        rows[line.row].append(line)
    parted = [row for row in rows.values() if len(row) > 1]
    if not parted:
        return lines
    gutter = _gutter(parted)
    if gutter is None:
        return [_put_together(row) for row in rows.values()]
    found: list[Line] = []
    waiting: dict[bool, list[Line]] = {False: [], True: []}
    for row in rows.values():
        if len(row) == 1 and row[0].left < gutter - 1 < row[0].right:  # a line across both columns
            found += [*waiting.pop(False), *waiting.pop(True), row[0]]
            waiting = {False: [], True: []}
            continue
        for line in row:
            waiting[line.left >= gutter - 1].append(line)
    return [*found, *waiting[False], *waiting[True]]


def _gutter(parted: Sequence[Sequence[Line]]) -> float | None:
    """Where the right one of two columns begins, when enough rows are parted there."""
    starts = Counter(round(line.left) for row in parted for line in row[1:])
    best, _ = starts.most_common(1)[0]
    n = sum(starts[best + step] for step in range(-4, 13))  # first lines of paragraphs are indented
    return best - 4.0 if n >= _ROWS and n >= _SHARE * len(parted) else None


def _put_together(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = " ".join(line.text for line in row)
    first, last = row[0], row[-1]
    return Line(text, first.left, min(x.bottom for x in row), last.right, max(x.top for x in row), first.row)


class _Edge(NamedTuple):
    """The edges of the column that a line stands in."""

    left: float
    right: float


def _edges(lines: Sequence[Line]) -> list[_Edge]:
    """For each line of a page, its column: where lines near it mostly begin, and the farthest end of those like it."""
    starts = Counter(round(line.left) for line in lines)
    columns = []
    for line in lines:
        near = range(round(line.left) - 30, round(line.left) + 2)
        left = max(near, key=lambda place: (starts[place], -abs(place - line.left)))
        columns.append((left, round(line.height)))
    rights: dict[tuple[int, int], float] = defaultdict(float)
    for line, column in zip(lines, columns, strict=True):
        rights[column] = max(rights[column], line.right)
    return [_Edge(column[0], rights[column]) for column in columns]


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance between the lines of a paragraph, in heights of a line."""
    steps = [(a.bottom - b.bottom) / a.height for page in pages for a, b in pairwise(page)]
    steps = [step for step in steps if 0.5 < step < 1.7]
    return median(steps) if steps else 1.2


def _goes_on(before: Line, line: Line, edge: _Edge, next_edge: _Edge, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    size = max(before.height, line.height)
    if abs(before.height - line.height) > _SAME_SIZE * size:
        return False
    indented = line.left - next_edge.left > 0.5 * size
    ends = _ENDS.search(before.text) is not None
    word = len(line.text.split(None, 1)[0]) + 1
    width = (before.right - before.left) / max(len(before.text), 1)
    slack = edge.right - before.right - word * width
    step = (before.bottom - line.bottom) / size
    if step <= 0.2 or step > 5:  # another column or page
        return not ends if slack > 0 or indented else before.text[-1:].isalnum() or before.text[-1:] in f",;-–{HYPHENS}"
    if step > 1.3 * leading:
        return False
    if indented and before.left - edge.left < 0.5 * size and ends:
        return False
    return slack <= 0 or not (ends or slack > 0.35 * (edge.right - edge.left))


def _before(text: str, line: str) -> str:
    """A line as it stands before another of its paragraph: without the hyphen of a word that was cut."""
    cut = text[-1] in f"{HYPHENS}\u00ad" and line[:1].isalpha()
    return text[:-1] if cut or (re.search(r"[^\W\d_]-$", text) and line[:1].islower()) else text


def _heading(lines: Sequence[Line], starts: Sequence[int], blocks: Sequence[str]) -> str | None:
    """The paragraph in the largest letters near the top, when they are larger than the text's."""
    usual = median(line.height for line in lines)
    top = [(lines[start].height, -number) for number, start in enumerate(starts) if start < 12]
    largest, number = max(top)
    return blocks[-number] if largest >= 1.2 * usual else None
