"""Cleaning one article at a time, and once more those that the whole corpus says more about.

Texts need not be kept: of each article only what repetition shows is remembered (numbers in place of its lines).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from .boilerplate import cut_patterns
from .draft import Cleaned, Draft, Raw, assembled, keep_some_body
from .repeated import REPEATED, Body, edge_run, repeated_lines
from .titles import Tail, cut_title_tails, last_part, repeated_tails

Source = str | None


class Cleaner:
    """Cleans texts as they come, and then tells which to clean again, now that their sources' habits are known."""

    def __init__(self) -> None:
        """Nothing has been seen."""
        self.sources: list[Source] = []
        self._keys = array("q")  # of the lines of all articles that may recur, one after the other
        self._lengths = array("l")
        self._starts = array("q", [0])
        self._titles = array("q")  # 0 for articles without a title
        self._tails: dict[int, Tail] = {}
        self._lines: dict[Source, set[int]] = {}
        self._outlets: set[tuple[Source, str]] = set()

    def first(self, raw: Raw) -> Cleaned:
        """The next article cleaned, as far as it can be told without the others."""
        draft = Draft.of(raw)
        cut_patterns(draft)
        self._remember(draft)
        keep_some_body(draft)
        cut_title_tails(draft, set())
        return assembled(draft)

    def _remember(self, draft: Draft) -> None:
        number = len(self.sources)
        self.sources.append(draft.raw.source)
        for line in _staying(draft):
            self._keys.append(hash(line))
            self._lengths.append(len(line))
        self._starts.append(len(self._keys))
        title = draft.line(0) if draft.raw.titled and draft.lines else None
        self._titles.append(hash(title) if title is not None else 0)
        if title is not None and (parts := last_part(title)):
            self._tails[number] = Tail(hash(parts[0]), parts[1])

    def to_clean_again(self, sources: Sequence[Source], raw: Callable[[int], Raw]) -> list[int]:
        """The numbers of the articles whose text may change now.

        Parameters
        ----------
        sources
            The source of each article, perhaps under a better name than before.
        raw
            Gives an article by its number as it was before cleaning; asked for few.
        """
        groups: dict[Source, list[int]] = defaultdict(list)
        for number, source in enumerate(sources):
            groups[source].append(number)
        again: set[int] = set()
        for source, numbers in groups.items():
            line = partial(self._line, raw, numbers)
            found = repeated_lines([self._body(number) for number in numbers], line)
            if found:
                self._lines[source] = found
                again.update(n for n in numbers if edge_run(self._body(n).keys, found))
        self._outlets = repeated_tails(self._tails, self._titles, sources)
        with_tails = {source for source, _ in self._outlets}
        again.update(n for n in self._tails if sources[n] in with_tails or sources[n] != self.sources[n])
        self.sources = list(sources)
        return sorted(again)

    def second(self, raw: Raw) -> Cleaned:
        """An article cleaned with what is known of its source."""
        draft = Draft.of(raw)
        cut_patterns(draft)
        if found := self._lines.get(raw.source):
            numbers = [number for number in draft.body if number not in draft.gone]
            keys = [hash(draft.line(number)) for number in numbers]
            draft.gone |= {numbers[position]: REPEATED for position in edge_run(keys, found)}
        keep_some_body(draft)
        cut_title_tails(draft, self._outlets)
        return assembled(draft)

    def _body(self, number: int) -> Body:
        part = slice(self._starts[number], self._starts[number + 1])
        return Body(self._keys[part], self._lengths[part])

    @staticmethod
    def _line(raw: Callable[[int], Raw], numbers: Sequence[int], body: int, position: int) -> str:
        draft = Draft.of(raw(numbers[body]))
        cut_patterns(draft)
        return list(_staying(draft))[position]


def _staying(draft: Draft) -> Iterator[str]:
    """The lines of the body that no pattern took."""
    return (draft.line(number) for number in draft.body if number not in draft.gone)
