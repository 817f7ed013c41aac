"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .records import CLEAN, MARK, Problem, ReadError, Record, from_row, has_text, match_columns

ENDINGS = (".parquet", ".pq")
_BATCH = 10_000


def read(path: Path) -> Iterator[Record | Problem]:
    """The articles of a Parquet file, batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if not has_text(names):
                raise ReadError(f"no column holds texts or titles, among {names}: name one of them text")
            clean = (file.schema_arrow.metadata or {}).get(MARK.encode()) == CLEAN.encode()
            matched = match_columns(names)
            number = 0
            for batch in file.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(row, path.as_posix(), f"row {number}", matched=matched, clean=clean)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise ReadError(f"broken or cut-off Parquet file: {reason}") from None
