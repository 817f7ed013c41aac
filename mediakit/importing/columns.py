"""Columns that grow row by row and stay small: text goes into Arrow arrays, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pyarrow as pa

ROWS = 512  # a batch
TEXT = pa.large_string()
_TEXT_OR_NOTHING = {str, type(None)}


def text_array(values: Sequence[object]) -> pa.Array:
    """Texts (and None) as an Arrow array."""
    return pa.array(values, TEXT)


def text_series(chunks: list[pa.Array]) -> pd.Series:
    """Arrow arrays as one column of dtype str, without a detour over Python objects."""
    return pa.chunked_array(chunks, TEXT).combine_chunks().to_pandas()


class Columns:
    """Rows given as mappings, kept as columns; what a row lacks is None."""

    def __init__(self) -> None:
        """No rows, no columns."""
        self._batch: list[Mapping[str, object]] = []
        self._chunks: dict[str, list[pa.Array | list[object]]] = {}
        self._n_stored = 0

    def __len__(self) -> int:
        """The number of rows."""
        return self._n_stored + len(self._batch)

    def add(self, row: Mapping[str, object]) -> None:
        """One more row."""
        self._batch.append(row)
        if len(self._batch) == ROWS:
            self._store()

    def names(self) -> list[str]:
        """The columns in the order in which they first came."""
        self._store()
        return list(self._chunks)

    def values(self, name: str) -> Iterator[object]:
        """The values of a column; None for every row when there is no such column."""
        self._store()
        for chunk in self._chunks.get(name, [[None] * self._n_stored]):
            yield from chunk if isinstance(chunk, list) else chunk.to_pylist()

    def series(self, name: str) -> pd.Series:
        """A column as pandas makes it from a list of its values."""
        self._store()
        chunks = self._chunks.get(name, [])
        texts = [chunk for chunk in chunks if not isinstance(chunk, list)]
        if len(texts) == len(chunks) and any(chunk.null_count < len(chunk) for chunk in texts):
            return text_series(texts)
        return pd.Series(list(self.values(name)))

    def _store(self) -> None:
        if not self._batch:
            return
        size = len(self._batch)
        for name in dict.fromkeys(name for row in self._batch for name in row):
            if name not in self._chunks:
                self._chunks[name] = [pa.nulls(self._n_stored, TEXT)] if self._n_stored else []
        for name, chunks in self._chunks.items():
            values = [row.get(name) for row in self._batch]
            chunks.append(text_array(values) if set(map(type, values)) <= _TEXT_OR_NOTHING else values)
        self._n_stored += size
        self._batch = []
