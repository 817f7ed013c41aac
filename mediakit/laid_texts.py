"""Texts laid end to end as bytes (UTF-8), so that numpy finds white space, runs and lines of many texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

_BLOCK = 3 << 20  # bytes read at once: many texts, yet little memory
PACKED = 8  # bytes in a number
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(PACKED + 1)], dtype=np.uint64)
# white space beyond ASCII, as str.isspace has it
_WHITE_BEYOND = "\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


@dataclass(frozen=True)
class Laid:
    """Texts end to end; a place is that of a byte in `data`, unless it is said to be in code points."""

    data: np.ndarray
    first: np.ndarray  # where each text begins, and where the last one ends
    column: Any  # the Arrow array whose bytes these are

    @cached_property
    def white(self) -> np.ndarray:
        """Whether each byte is part of white space."""
        data = self.data
        white = (data == 32) | (data - np.uint8(9) < 5) | (data - np.uint8(28) < 4)
        for size in (2, 3):
            at = self.holding("".join(char for char in _WHITE_BEYOND if len(char.encode()) == size))
            for step in range(size):
                white[at + step] = True
        return white

    @property
    def begin(self) -> np.ndarray:
        """Where each run of characters other than white space begins: none reaches into the next text."""
        return self._runs[0]

    @property
    def finish(self) -> np.ndarray:
        """Where each run ends."""
        return self._runs[1]

    @cached_property
    def _runs(self) -> tuple[np.ndarray, np.ndarray]:
        inside = ~self.white
        if not len(inside):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        turns = [[0] * int(inside[0]), np.flatnonzero(inside[1:] != inside[:-1]) + 1, [len(inside)] * int(inside[-1])]
        bounds = np.concatenate([np.array(part, dtype=np.int64) for part in turns])
        begin, finish = bounds[::2], bounds[1::2]
        own = np.unique(self.first)[1:-1]
        own = own[inside[own - 1] & inside[own]]
        return np.insert(begin, np.searchsorted(begin, own), own), np.insert(finish, np.searchsorted(finish, own), own)

    @cached_property
    def breaks(self) -> np.ndarray:
        """Where the line breaks are."""
        return np.flatnonzero(self.data == ord("\n"))

    @cached_property
    def _beyond(self) -> tuple[np.ndarray, np.ndarray]:
        """The characters beyond ASCII: where they begin, and their first three bytes as one number."""
        at = self._past_ascii[self.data[self._past_ascii] >= 0xC2]
        second, third = (self.data[np.minimum(at + step, len(self.data) - 1)].astype(np.uint32) for step in (1, 2))
        return at, self.data[at].astype(np.uint32) << 16 | second << 8 | third

    @cached_property
    def _followers(self) -> np.ndarray:
        """The bytes that begin no character."""
        return self._past_ascii[self.data[self._past_ascii] < 0xC0]

    @cached_property
    def _past_ascii(self) -> np.ndarray:
        return np.flatnonzero(self.data.view(np.int8) < 0)

    def holding(self, chars: str) -> np.ndarray:
        """Where any of these characters stands, each of two or three bytes."""
        at, number = self._beyond
        found = np.zeros(len(at), dtype=bool)
        numbers = {size: number >> (24 - 8 * size) for size in (2, 3)}
        for code in map(str.encode, chars):
            found |= numbers[len(code)] == int.from_bytes(code, "big")
        return at[found]

    def text_of(self, at: np.ndarray) -> np.ndarray:
        """The number of the text that each place is in."""
        return np.searchsorted(self.first, at, side="right") - 1

    def code_points(self, at: np.ndarray) -> np.ndarray:
        """Each place counted in code points from the beginning of all texts."""
        return at - np.searchsorted(self._followers, at)

    def from_code_points(self, at: np.ndarray) -> np.ndarray:
        """The places of these code points."""
        return at + np.searchsorted(self._followers - np.arange(len(self._followers)), at, side="right")

    def cut(self, start: int, end: int) -> str:
        """What stands there."""
        return self.data[start:end].tobytes().decode()

    def line_start(self, at: np.ndarray) -> np.ndarray:
        """Where the line begins that each place is in."""
        starts = np.sort(np.concatenate([self.first[:-1], self.breaks + 1]))
        return starts[np.searchsorted(starts, at, side="right") - 1]

    def line_end(self, at: np.ndarray) -> np.ndarray:
        """Where the line ends that each place is in, or at the end of."""
        ends = np.sort(np.concatenate([self.breaks, self.first[1:]]))
        return ends[np.searchsorted(ends, at)]

    def only(self, texts: np.ndarray) -> Laid:
        """Some of the texts, in order."""
        return self if len(texts) == len(self.first) - 1 else _laid(self.column.take(texts))

    def spans(self, starts: np.ndarray, ends: np.ndarray) -> pd.api.extensions.ExtensionArray:
        """What stands in spans that may overlap."""
        import pandas as pd
        import pyarrow as pa

        data = self.data.tobytes()
        cut = [data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return pd.array(pa.array(cut, pa.large_binary()).cast(pa.large_string()), dtype="str")

    def pieces(self, starts: np.ndarray, ends: np.ndarray) -> Any:
        """What stands in spans that follow upon each other, as an Arrow array."""
        bounds = np.column_stack([starts, ends]).ravel()
        return self._array(np.append(bounds, bounds[-1:])).take(np.arange(0, 2 * len(starts), 2))

    @cached_property
    def has_zeros(self) -> bool:
        """Whether a byte is zero: then a number of `packed` does not tell where its bytes end."""
        return len(self.data) > 0 and not self.data.min()

    def packed(self, at: np.ndarray, size: np.ndarray) -> np.ndarray:
        """The bytes that stand there, at most eight each, as numbers."""
        place, shift = at >> 3, ((at & 7) << 3).astype(np.uint64)
        low, high = self._words[place] >> shift, (self._words[place + 1] << 1) << (63 - shift)
        return (low | high) & _MASKS[size]

    @cached_property
    def _words(self) -> np.ndarray:
        """All bytes, eight to a number, and some zeros behind them."""
        padded = np.zeros(len(self.data) // PACKED * PACKED + 2 * PACKED, dtype=np.uint8)
        padded[: len(self.data)] = self.data
        return padded.view("<u8")

    def _array(self, offsets: np.ndarray) -> Any:
        import pyarrow as pa

        _, first, data = self.column.buffers()
        shift = np.frombuffer(first, dtype=np.int64)[self.column.offset]
        own = pa.py_buffer((offsets + shift).astype(np.int64))
        return pa.LargeStringArray.from_buffers(max(len(offsets) - 1, 0), own, data)


def unpacked(number: int) -> str:
    """What a number of `Laid.packed` stands for, where no byte is zero."""
    return number.to_bytes(PACKED, "little").rstrip(b"\0").decode()


def lay(texts: Sequence[str] | pd.Series) -> Laid:
    """These texts, laid end to end; one that is missing is empty."""
    return _laid(_column(texts))


def lay_blocks(texts: Sequence[str] | pd.Series, order: np.ndarray | None = None) -> Iterator[tuple[int, Laid]]:
    """The texts block by block, in this order: the number of the first text of each, and they laid end to end."""
    column = _column(texts)
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    ends = offsets[1:] - offsets[0] if order is None else np.cumsum(np.diff(offsets)[order])
    low = 0
    while low < len(column):
        before = ends[low - 1] if low else 0
        high = max(int(np.searchsorted(ends, before + _BLOCK, side="right")), low + 1)
        yield low, _laid(column[low:high] if order is None else column.take(order[low:high]))
        low = high


def _column(texts: Sequence[str] | pd.Series) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pa.array(texts, pa.large_string(), from_pandas=True)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return pc.fill_null(column, "") if column.null_count else column


def _laid(column: Any) -> Laid:
    _, offsets, buffer = column.buffers()
    first = np.frombuffer(offsets, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    data = np.frombuffer(buffer or b"", dtype=np.uint8)[first[0] : first[-1]]
    return Laid(data, first - first[0], column)
