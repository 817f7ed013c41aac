"""What stands beside some places of laid texts, looked at only there: the runs they are in, the words around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .laid_texts import Laid

_RUN = 32  # bytes looked at first: most runs are shorter
_WORD = 8  # for each word: most are shorter, the blank behind them included
_FIRST = 512  # bytes looked at first at most
_MOST = 1 << 23  # bytes looked at together
_WHITE_BEYOND = "".join(char for char in map(chr, range(0x80, 0x3001)) if char.isspace())

Look = Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Windows:
    """Laid texts, looked at through a window beside each place."""

    laid: Laid

    def run_bounds(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the runs of characters other than white space begin and end that these places are in."""
        text = self.laid.text_of(at)
        low, high = self.laid.first[text], self.laid.first[text + 1]

        def start(own: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            base = self._base(at[own] - width, width)
            outside = ~self._inside(base, width, low[own], high[own]) & _between(base, width, None, at[own])
            found, some = _last(outside, base) + 1, outside.any(axis=1)
            return np.where(some, found, low[own]), found, some | (base <= low[own])

        def end(own: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            base = self._base(at[own], width)
            outside = ~self._inside(base, width, low[own], high[own]) & _between(base, width, at[own], None)
            found, some = base + outside.argmax(axis=1), outside.any(axis=1)
            return np.where(some, found, high[own]), found, some | (base + width >= high[own])

        return _widening(start, len(at), _RUN)[0], _widening(end, len(at), _RUN)[0]

    def words_before(self, low: np.ndarray, starts: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
        """Where the last `window` words between these places begin and end; both `starts` where there are none."""

        def look(own: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            base = self._base(starts[own] - width, width)
            inside = self._inside(base, width, low[own], starts[own])
            begins = inside.copy()
            begins[:, 1:] &= ~inside[:, :-1]
            begins[base > low[own], 0] = False  # what is there may begin before it
            flat = np.flatnonzero(begins)
            beyond = np.searchsorted(flat, np.arange(1, len(own) + 1) * width)
            count = np.diff(beyond, prepend=0)
            chosen = np.append(flat, 0)[beyond - np.minimum(count, window)]
            some = count > 0
            left = np.where(some, base + chosen % width, starts[own])
            right = np.where(some, _last(inside, base) + 1, starts[own])
            return left, right, (count >= window) | (base <= low[own])

        return _widening(look, len(starts), min(_WORD * (window + 1), _FIRST)) if window else (starts, starts)

    def words_behind(self, ends: np.ndarray, high: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
        """Where the first `window` words between these places begin and end; both `ends` where there are none."""

        def look(own: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            base = self._base(ends[own], width)
            inside = self._inside(base, width, ends[own], high[own])
            finish = inside.copy()
            finish[:, :-1] &= ~inside[:, 1:]
            finish[base + width < high[own], -1] = False  # what is there may end behind it
            flat = np.flatnonzero(finish)
            before = np.searchsorted(flat, np.arange(len(own)) * width)
            count = np.diff(before, append=len(flat))
            chosen = np.append(flat, 0)[before + np.minimum(count, window) - (count > 0)]
            some = count > 0
            left = np.where(some, base + inside.argmax(axis=1), ends[own])
            right = np.where(some, base + chosen % width + 1, ends[own])
            return left, right, (count >= window) | (base + width >= high[own])

        return _widening(look, len(ends), min(_WORD * (window + 1), _FIRST)) if window else (ends, ends)

    def cut_out(self, bounds: list[np.ndarray]) -> tuple[bytes, np.ndarray]:
        """The bytes from the first to the last of these bounds, row behind row; and the bounds in them."""
        data = self.laid.data.data
        joined = b"".join([data[low:high] for low, high in zip(bounds[0].tolist(), bounds[-1].tolist(), strict=True)])
        table = np.column_stack(bounds)
        length = table[:, -1] - table[:, 0]
        return joined, table - (table[:, 0] - np.cumsum(length) + length)[:, None]

    def _inside(self, base: np.ndarray, width: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Whether each byte of these windows lies between two places and is not part of white space."""
        if len(self.laid.data) < width:
            near = np.full((len(base), width), ord(" "), dtype=np.uint8)
            near[:, : len(self.laid.data)] = self.laid.data
        else:
            near = np.lib.stride_tricks.sliding_window_view(self.laid.data, width)[base]
        # the other ASCII characters are those that str.isspace takes for white
        inside = (near > 32) | (near < 9) | (near - np.uint8(14) < 14)
        beyond = self._white_beyond
        first, last = np.searchsorted(beyond, base), np.searchsorted(beyond, base + width)
        if len(some := np.flatnonzero(last > first)):
            count = (last - first)[some]
            which = np.arange(count.sum()) + np.repeat(first[some] - np.cumsum(count) + count, count)
            row = np.repeat(some, count)
            inside[row, beyond[which] - base[row]] = False
        return inside & _between(base, width, low, high)

    def _base(self, at: np.ndarray, width: int) -> np.ndarray:
        """Where windows that should begin there do so: within the data, where these are long enough."""
        return np.clip(at, 0, max(len(self.laid.data) - width, 0))

    @cached_property
    def _white_beyond(self) -> np.ndarray:
        """The bytes of white space beyond ASCII."""
        by_size = {size: "".join(char for char in _WHITE_BEYOND if len(char.encode()) == size) for size in (2, 3)}
        found = [(size, self.laid.holding(chars)) for size, chars in by_size.items()]
        return np.sort(np.concatenate([at + step for size, at in found for step in range(size)]))


def _widening(look: Look, n_rows: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Look at each row within windows of this width, at those for which they do not do in wider ones."""
    found = np.empty((2, n_rows), dtype=np.int64)
    rows = np.arange(n_rows)
    while len(rows):
        left = []
        step = max(_MOST // width, 1)
        for low in range(0, len(rows), step):
            own = rows[low : low + step]
            found[0, own], found[1, own], known = look(own, width)
            left.append(own[~known])
        rows, width = np.concatenate(left), width * 4
    return found[0], found[1]


def _between(base: np.ndarray, width: int, low: np.ndarray | None, high: np.ndarray | None) -> np.ndarray:
    """Whether each place of these windows lies between two places."""
    column = np.arange(width, dtype=np.int32)
    within = np.ones((len(base), width), dtype=bool)
    if low is not None:
        within &= column >= np.clip(low - base, 0, width).astype(np.int32)[:, None]
    if high is not None:
        within &= column < np.clip(high - base, 0, width).astype(np.int32)[:, None]
    return within


def _last(marked: np.ndarray, base: np.ndarray) -> np.ndarray:
    """The last place of each window that is marked."""
    return base + marked.shape[1] - 1 - marked[:, ::-1].argmax(axis=1)
