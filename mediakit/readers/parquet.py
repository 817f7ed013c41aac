"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from .files import File
from .records import CLEAN, MARK, Problem, ReadError, Record, from_row, has_text, match_columns

ENDINGS = (".parquet", ".pq")
_BATCH = 10_000


def looks(file: File) -> bool:
    """Whether the file starts with the mark of Parquet."""
    return file.head.startswith(b"PAR1")


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a Parquet file, batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with file.open() as stream, pq.ParquetFile(stream) as table:
            names = table.schema_arrow.names
            if not has_text(names, file.columns):
                raise ReadError(f"no column holds texts or titles, among {names}: name one of them text")
            clean = (table.schema_arrow.metadata or {}).get(MARK.encode()) == CLEAN.encode()
            matched = match_columns(names, file.columns)
            number = 0
            for batch in table.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(row, file.path, f"row {number}", matched=matched, clean=clean)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise ReadError(f"broken or cut-off Parquet file: {reason}") from None
