"""Folders: which files are to be read, and the metadata.csv that describes them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from . import delimited
from .decoding import decode
from .files import File
from .records import IN_PART, PASSED_OVER, Problem, ReadError, Record, match_columns, plain_name

_NOT_ARTICLES = ("readme", "license", "licence", "copying")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx"}
_METADATA = {"metadata.csv", "metadata.tsv"}
_FILE_COLUMNS = {"file", "filename", "filepath", "textfile", "txtfile", "datei", "dateiname", "fichier", "archivo"}
_ONE_ARTICLE_ONLY = {"article_id", "title", "url"}  # what cannot hold for every article of a table


def files_in(folder: Path) -> tuple[list[Path], list[Problem]]:
    """All files in a folder and its subfolders, sorted, and what was passed over.

    Hidden files are left out. Links are followed as long as they stay in the folder, each folder being entered once.
    """
    files: list[str] = []
    root = os.path.realpath(folder)
    problems: list[Problem] = []
    entered: set[tuple[int, int]] = set()
    waiting = [folder.as_posix()]
    while waiting:
        current = waiting.pop()
        try:
            status = os.stat(current)
            with os.scandir(current) as found:
                entries = [entry for entry in found if not is_hidden(entry.name)]
        except OSError as error:
            problems.append(Problem(current, None, f"folder not opened: {error.strerror}"))
            continue
        if (status.st_dev, status.st_ino) in entered:
            continue
        entered.add((status.st_dev, status.st_ino))
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = entry.name if current == "." else f"{current.rstrip('/')}/{entry.name}"
            if entry.is_symlink() and os.path.exists(entry.path) and not _lies_in(os.path.realpath(entry.path), root):
                problems.append(Problem(path, None, "a link that leads out of the folder that is read", PASSED_OVER))
            elif _is_folder(entry):
                waiting.append(path)
            elif reason := _passed_over(entry):
                problems.append(Problem(path, None, reason, PASSED_OVER))
            else:
                files.append(path)
    return [Path(file) for file in sorted(files, key=lambda file: file.split("/"))], sorted(problems)


def _lies_in(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _passed_over(entry: os.DirEntry[str]) -> str | None:
    try:
        is_file = entry.is_file()
    except OSError:
        is_file = False
    if not is_file:  # opening a pipe would wait for ever
        return "link to nothing" if entry.is_symlink() and not os.path.exists(entry.path) else "not a regular file"
    return passed_over(entry.name)


def passed_over(name: str) -> str | None:
    """Why a file of this name is left alone; None when it is read."""
    if (name.rpartition(".")[0] or name).casefold() in _NOT_ARTICLES:
        return "by its name not an article"
    return None


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is the system's, not the user's."""
    return name.startswith((".", "~$")) or name.casefold() in _SYSTEM_FILES


def is_metadata(file: File) -> bool:
    """Whether a file goes by the name that a table about other files must have."""
    return file.name.casefold() in _METADATA


@dataclass
class Metadata:
    """What the metadata.csv files of a folder say about its files."""

    files: set[str] = field(default_factory=set)
    rows: dict[str, tuple[Record, bool]] = field(default_factory=dict)  # by file; whether it was used
    folders: dict[str, str] = field(default_factory=dict)  # folder → the name of its metadata file

    def read(self, file: File) -> Iterator[Problem]:
        """Take in one metadata.csv; one without a column `file` but with texts is left to the readers.

        Where there is no column `file`, the ids are those of the files, without their endings.
        """
        text, note = decode(file.read())
        table = delimited.parse(text)
        named = next((name for name in table.names if plain_name(name) in _FILE_COLUMNS), None)
        matched = match_columns([name for name in table.names if name != named], file.columns)
        if named is None and "text" in matched.values():
            return
        if named is None:
            named = next((name for name, column in matched.items() if column == "article_id"), None)
        self.files.add(file.path)
        if named is None:
            raise ReadError(f"no column 'file' that names the text files, among {table.names}")
        folder = PurePosixPath(file.path).parent
        self.folders[folder.as_posix()] = file.name
        for reason in filter(None, (note, table.note)):
            yield Problem(file.path, None, reason, IN_PART)
        for number, cells in table.rows:
            row = {
                name: None if cell.strip() in delimited.MISSING else cell
                for name, cell in zip(table.names, cells, strict=False)
            }
            yield from self._add(file.path, folder, f"row {number}", row, named, matched)

    def _add(
        self,
        path: str,
        folder: PurePosixPath,
        place: str,
        row: dict[str, str | None],
        named: str,
        matched: dict[str, str],
    ) -> Iterator[Problem]:
        file = (row.get(named) or "").strip()
        if not file:
            yield Problem(path, place, "names no file")
            return
        key = _key((folder / file.replace("\\", "/")).as_posix())
        if key in self.rows:
            yield Problem(path, place, f"names {file!r} again: the first row counts")
            return
        made = Record(path, place)
        for name, value in row.items():
            if name in matched and value is not None:
                made.fields[matched[name]] = value
            elif name not in matched and name != named:
                made.extra[name] = value
        self.rows[key] = (made, False)

    def apply(self, file: File, found: Iterator[Record | Problem]) -> Iterator[Record | Problem]:
        """The records of a file with what the metadata says of it; where both say something, the metadata wins."""
        if not self.rows and not self.folders:
            yield from found
            return
        names = (file.path, file.path.removesuffix(PurePosixPath(file.path).suffix))
        key = next((key for key in map(_key, names) if key in self.rows), None) if self.rows else None
        if key is None:
            above = [parent.as_posix() for parent in PurePosixPath(file.path).parents] if self.folders else []
            about = next((self.folders[parent] for parent in above if parent in self.folders), None)
            for item in found:
                yield item
                if about and isinstance(item, Record) and item.record is None:
                    yield Problem(file.path, None, f"has no row in {about}", IN_PART)
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
                yield row.problem(f"names the file {PurePosixPath(key).name!r}, which is not there", IN_PART)


def _key(path: str) -> str:
    """One key for a file, however its name was typed: macOS and Windows write é in different ways."""
    return unicodedata.normalize("NFC", os.path.normpath(path)).casefold()
