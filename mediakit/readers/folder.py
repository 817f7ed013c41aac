"""Folders: which files are to be read, and the metadata.csv that describes them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import delimited
from .decoding import decode
from .records import Problem, ReadError, Record, match_columns

_NOT_ARTICLES = ("readme", "license", "licence", "copying")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx"}
_METADATA = {"metadata.csv", "metadata.tsv"}
_FILE_COLUMNS = {"file", "filename", "file_name"}
_ONE_ARTICLE_ONLY = {"article_id", "title", "url"}  # what cannot hold for every article of a table


def files_in(folder: Path) -> tuple[list[Path], list[Problem]]:
    """All files in a folder and its subfolders, sorted, and what was passed over.

    Hidden files are left out. Links are followed, each folder being entered once, so that loops end.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            entries = sorted(current.iterdir())
        except OSError as error:
            problems.append(Problem(current.as_posix(), None, f"folder not opened: {error.strerror}"))
            continue
        if (status.st_dev, status.st_ino) in entered:
            continue
        entered.add((status.st_dev, status.st_ino))
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.casefold() in _SYSTEM_FILES:
                continue
            if entry.is_dir():
                waiting.append(entry)
            elif reason := _passed_over(entry):
                problems.append(Problem(entry.as_posix(), None, reason))
            else:
                files.append(entry)
    return sorted(files, key=lambda file: file.parts), sorted(problems)


def _passed_over(entry: Path) -> str | None:
    if not entry.is_file():  # opening a pipe would wait for ever
        return "link to nothing" if entry.is_symlink() and not entry.exists() else "not a regular file"
    if entry.stem.casefold() in _NOT_ARTICLES:
        return "passed over: by its name not an article"
    return None


def is_metadata(path: Path) -> bool:
    """Whether a file goes by the name that a table about other files must have."""
    return path.name.casefold() in _METADATA and path.is_file()


@dataclass
class Metadata:
    """What the metadata.csv files of a folder say about its files."""

    files: set[Path] = field(default_factory=set)
    rows: dict[str, tuple[Record, bool]] = field(default_factory=dict)  # by file; whether it was used
    folders: dict[Path, Path] = field(default_factory=dict)  # folder → its metadata file

    def read(self, path: Path) -> Iterator[Problem]:
        """Take in one metadata.csv; one without a column `file` but with texts is left to the readers."""
        text, note = decode(path.read_bytes())
        table = delimited.parse(text)
        named = next((name for name in table.names if name.strip().casefold() in _FILE_COLUMNS), None)
        matched = match_columns([name for name in table.names if name != named])
        if named is None and "text" in matched.values():
            return
        self.files.add(path)
        if named is None:
            raise ReadError(f"no column 'file' that names the text files, among {table.names}")
        self.folders[path.parent] = path
        for reason in filter(None, (note, table.note)):
            yield Problem(path.as_posix(), None, reason)
        for number, cells in table.rows:
            row = {
                name: None if cell.strip() in delimited.MISSING else cell
                for name, cell in zip(table.names, cells, strict=False)
            }
            yield from self._add(path, f"row {number}", row, named, matched)

    def _add(
        self, path: Path, place: str, row: dict[str, str | None], named: str, matched: dict[str, str]
    ) -> Iterator[Problem]:
        file = (row.get(named) or "").strip()
        if not file:
            yield Problem(path.as_posix(), place, "names no file")
            return
        key = _key(path.parent / file.replace("\\", "/"))
        if key in self.rows:
            yield Problem(path.as_posix(), place, f"names {file!r} again: the first row counts")
            return
        made = Record(path.as_posix(), place)
        for name, value in row.items():
            if name in matched and value is not None:
                made.fields[matched[name]] = value
            elif name not in matched and name != named:
                made.extra[name] = value
        self.rows[key] = (made, False)

    def apply(self, file: Path, found: Iterator[Record | Problem]) -> Iterator[Record | Problem]:
        """The records of a file with what the metadata says of it; where both say something, the metadata wins."""
        key = next((key for key in (_key(file), _key(file.with_suffix(""))) if key in self.rows), None)
        if key is None:
            about = next((self.folders[parent] for parent in file.parents if parent in self.folders), None)
            for item in found:
                yield item
                if about and isinstance(item, Record) and item.record is None:
                    yield Problem(file.as_posix(), None, f"has no row in {about.name}")
            return
        row = self.rows[key][0]
        self.rows[key] = (row, True)
        for item in found:
            if isinstance(item, Record):
                whole = item.record is None
                item.fields |= {name: v for name, v in row.fields.items() if whole or name not in _ONE_ARTICLE_ONLY}
                item.extra |= row.extra
                item.guess_title = item.guess_title and "title" not in item.fields
            yield item

    def unused(self) -> Iterator[Problem]:
        """The rows whose file is not there."""
        for key, (row, used) in self.rows.items():
            if not used:
                yield row.problem(f"names the file {Path(key).name!r}, which is not there")


def _key(path: Path) -> str:
    """One key for a file, however its name was typed: macOS and Windows write é in different ways."""
    return unicodedata.normalize("NFC", os.path.normpath(path)).casefold()
