"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from .files import File
from .records import CLEAN, MARK, Naming, Problem, ReadError, Record, from_row, has_text, opened

ENDINGS = (".parquet", ".pq")
_BATCH = 500  # rows: what is held in memory at a time
_SHOWN = 20  # names in a message
_NO_TEXT = "no column holds texts or titles, among {names}: name one of them text"


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
                raise ReadError(_NO_TEXT.format(names=schema.names[:_SHOWN]))
            number = 0
            for batch in table.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    if nested:
                        row = opened(row, file.columns)
                        if number == 1 and not has_text(list(row), file.columns):
                            raise ReadError(_NO_TEXT.format(names=list(row)[:_SHOWN]))
                    matched = naming.match(list(row))
                    yield from_row(row, file.path, f"row {number}", matched=matched, clean=clean)
            if not clean:
                yield from naming.problems()
    except (pa.ArrowException, OSError, UnicodeError) as error:
        reason = str(error).split("\n", 1)[0][:200]
        raise ReadError(f"broken or cut-off Parquet file: {reason}") from None
