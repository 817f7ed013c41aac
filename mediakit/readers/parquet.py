"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from .files import File
from .naming import SAMPLE_ROWS, Naming, has_text, no_text
from .records import CLEAN, MARK, PASSED_OVER, Problem, ReadError, Record, opened

ENDINGS = (".parquet", ".pq")
_BATCH = 500  # rows: what is held in memory at a time


def looks(file: File) -> bool:
    """Whether the file starts with the mark of Parquet."""
    return file.head.startswith(b"PAR1")


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a Parquet file, batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    naming = Naming(file.path, file.columns)
    try:
        with file.open() as stream, pq.ParquetFile(stream, pre_buffer=False) as table:
            schema = table.schema_arrow
            clean = (schema.metadata or {}).get(MARK.encode()) == CLEAN.encode()
            nested = any(pa.types.is_struct(kind) for kind in schema.types)
            if not nested and not has_text(schema.names, file.columns):
                raise ReadError(no_text(schema.names, file.columns))
            number = 0
            for batch in table.iter_batches(_BATCH):
                rows = batch.to_pylist()
                if nested:
                    rows = [opened(row, file.columns) for row in rows]
                if not number and not clean:
                    naming.look(rows[:SAMPLE_ROWS])
                for row in rows:
                    number += 1
                    if nested and number == 1 and not has_text(list(row), file.columns):
                        raise ReadError(no_text(list(row), file.columns))
                    yield naming.record(row, f"row {number}", clean=clean)
            if not clean:
                yield from naming.problems()
            if not number:
                yield Problem(file.path, None, "a table without rows", PASSED_OVER)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise ReadError(f"broken or cut-off Parquet file: {reason}") from None
