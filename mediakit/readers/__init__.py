"""From a path to raw records: one registry, one small module for each kind of input.

A reader is a function from a file to the records and problems in it; it raises ReadError when the file as a whole
cannot be read. To add a kind, write its module and add a line to READERS.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..progress import progress
from . import delimited, json_files, parquet, text_files
from .folder import Metadata, files_in, is_metadata
from .records import Problem, ReadError, Record

__all__ = ["READERS", "Problem", "ReadError", "Reader", "Record", "known_endings", "read_records", "reader_for"]


class Reader(NamedTuple):
    """A kind of input: its name, the file endings it goes by, and the function that reads one file."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path], Iterator[Record | Problem]]


READERS = (
    Reader("text", text_files.ENDINGS, text_files.read),
    Reader("csv", delimited.ENDINGS, delimited.read),
    Reader("json lines", json_files.LINE_ENDINGS, json_files.read_lines),
    Reader("json", json_files.ENDINGS, json_files.read),
    Reader("parquet", parquet.ENDINGS, parquet.read),
)


def known_endings() -> str:
    """The endings that can be read, as text for messages."""
    return ", ".join(ending for reader in READERS for ending in reader.endings)


def reader_for(path: Path) -> Reader:
    """The reader for a file, by its ending.

    Raises
    ------
    ReadError
        No reader goes by that ending.
    """
    ending = path.suffix.casefold()
    for reader in READERS:
        if ending in reader.endings:
            return reader
    raise ReadError(f"no reader for {ending or 'files without an ending'}")


def read_records(path: Path) -> Iterator[Record | Problem]:
    """Everything in a folder (with its subfolders, sorted) or a file, one record or problem at a time.

    A `metadata.csv` with a column `file` gives the files beside and below it their source, date, title and so on; what
    it says wins over the file. A file that cannot be read is a problem, and the others are read.

    Raises
    ------
    FileNotFoundError
        There is nothing at `path`.
    """
    if not path.exists():
        reason = "no file or folder to read articles from: check the spelling, and the folder you are in"
        raise FileNotFoundError(errno.ENOENT, reason, str(path))
    metadata = Metadata()
    if path.is_dir():
        files, problems = files_in(path)
        yield from problems
        for table in filter(is_metadata, files):
            yield from _guarded(table, metadata.read)
        articles = [file for file in files if file not in metadata.files]
        for file in progress(articles, "reading", unit="file"):
            yield from metadata.apply(file, _guarded(file, _read_file))
        yield from metadata.unused()
        return
    for table in filter(is_metadata, _beside(path)):
        yield from _guarded(table, metadata.read)
    yield from progress(metadata.apply(path, _guarded(path, _read_file)), f"reading {path.name}", unit="record")


def _beside(path: Path) -> list[Path]:
    try:
        return [file for file in sorted(path.parent.iterdir()) if file != path]
    except OSError:
        return []  # a file may be readable in a folder that is not


def _read_file(path: Path) -> Iterator[Record | Problem]:
    if not path.is_file():
        raise ReadError("is not a regular file")
    reader = reader_for(path)
    if path.stat().st_size == 0:
        raise ReadError("is empty")
    yield from reader.read(path)


def _guarded(path: Path, read: Callable[[Path], Iterator[Record | Problem]]) -> Iterator[Record | Problem]:
    """What `read` finds in a file; what stops it is one more problem, and nothing found before is lost."""
    try:
        yield from read(path)
    except ReadError as error:
        yield Problem(path.as_posix(), None, str(error))
    except OSError as error:
        yield Problem(path.as_posix(), None, f"not opened: {error.strerror or error}")
