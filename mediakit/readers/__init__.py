"""From a path to raw records: one registry, one small module for each kind of input.

A reader is a function from a `File` to what is in it: records (or plain dicts), problems, further files (an archive's
members; a list of them is read like a folder). It raises ReadError when the file as a whole cannot be read. To add a
kind, write its module and add a line to READERS; a user's own is added by `register_reader`.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..progress import progress
from . import (
    archives,
    databases,
    defacto,
    delimited,
    europresse,
    factiva,
    factiva_text,
    factiva_xml,
    feeds,
    gdelt,
    html,
    json_files,
    mediargus,
    newsapi,
    nexis,
    parquet,
    pdf,
    proquest,
    references,
    rtf,
    story_lists,
    text_files,
    warc,
    word,
)
from .files import DEEPEST, File
from .folder import Metadata, files_in, is_metadata
from .records import IN_PART, Problem, ReadError, Record, column_names, from_row

__all__ = ["READERS", "File", "Problem", "ReadError", "Reader", "Record", "known_endings", "read_records", "reader_for"]

T = TypeVar("T")
Found = Record | Problem | File | list[File] | Mapping[str, object]


class Reader(NamedTuple):
    """A kind of input: its name, the endings it goes by, what reads one file, and how it is known by its content."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[File], Iterable[Found]]
    looks: Callable[[File], bool] | None = None


# the more special first: the first that knows a file by its content reads it, else the first that has its ending
READERS = [
    Reader("database rtf", (), databases.read_rtf, databases.looks_like_rtf),
    Reader("word", word.ENDINGS, word.read, word.looks),
    Reader("rtf", rtf.ENDINGS, rtf.read, rtf.looks),
    Reader("pdf", pdf.ENDINGS, pdf.read, pdf.looks),
    Reader("proquest", (), proquest.read, proquest.looks),
    Reader("nexis", (), nexis.read, nexis.looks),
    Reader("factiva html", (), factiva.read_html, factiva.looks_like_html),
    Reader("factiva xml", (), factiva_xml.read, factiva_xml.looks),
    Reader("factiva text", (), factiva_text.read, factiva_text.looks),
    Reader("europresse", (), europresse.read, europresse.looks),
    Reader("defacto html", (), defacto.read_html, defacto.looks_like_html),
    Reader("defacto", (), defacto.read, defacto.looks),
    Reader("mediargus", (), mediargus.read, mediargus.looks),
    Reader("ris", references.RIS_ENDINGS, references.read_ris, references.looks_like_ris),
    Reader("bibtex", references.BIB_ENDINGS, references.read_bibtex, references.looks_like_bibtex),
    Reader("newsapi", (), newsapi.read, newsapi.looks),
    Reader("gdelt", (), gdelt.read, gdelt.looks),
    Reader("gdelt json", (), gdelt.read_json, gdelt.looks_like_json),
    Reader("story list", (), story_lists.read, story_lists.looks),
    Reader("web archive", warc.ENDINGS, warc.read, warc.looks),
    Reader("zip", archives.ZIP_ENDINGS, archives.read_zip, archives.looks_like_zip),
    Reader("gzip", archives.GZIP_ENDINGS, archives.read_gzip, archives.looks_like_gzip),
    Reader("tar", archives.TAR_ENDINGS, archives.read_tar, archives.looks_like_tar),
    Reader("feed", feeds.ENDINGS, feeds.read, feeds.looks),
    Reader("html", html.ENDINGS, html.read, html.looks),
    Reader("parquet", parquet.ENDINGS, parquet.read, parquet.looks),
    Reader("json lines", json_files.LINE_ENDINGS, json_files.read_lines, json_files.looks_like_lines),
    Reader("json", json_files.ENDINGS, json_files.read, json_files.looks),
    Reader("csv", delimited.ENDINGS, delimited.read, delimited.looks),
    Reader("text", text_files.ENDINGS, text_files.read),
]


def register_reader(
    name: str,
    read: Callable[[File], Iterable[Found]],
    *,
    endings: Iterable[str] = (),
    looks: Callable[[File], bool] | None = None,
) -> None:
    """Teach `read_corpus` a kind of input of your own, for as long as Python runs.

    Parameters
    ----------
    name
        Its name, for `read_corpus(path, reader=name)`; a reader of the same name is replaced.
    read
        Takes a `File` (path, name, `read()` for its bytes, `open()` for a stream) and yields one dict per article, with
        the columns of `articles` as keys (text, title, source, published …; common other names are understood, further
        keys become columns). It may raise ReadError, with the reason, when the file cannot be read.
    endings
        File endings it goes by, such as ".xyz".
    looks
        Whether a file is of this kind, told by its content (`file.start`, the first 64 KiB as text, or `file.head`, as
        bytes); asked before all of mediakit's own.

    Raises
    ------
    ValueError
        An ending does not start with a dot.
    """
    endings = tuple(ending.casefold() for ending in endings)
    if wrong := [ending for ending in endings if not ending.startswith(".")]:
        raise ValueError(f"register_reader: the ending {wrong[0]!r} must start with a dot, as in '.txt'.")
    READERS[:] = [Reader(name, endings, read, looks), *(reader for reader in READERS if reader.name != name)]


def known_endings() -> str:
    """The endings that can be read, as text for messages."""
    return ", ".join(dict.fromkeys(ending for reader in READERS for ending in reader.endings))


def reader_named(name: str) -> Reader:
    """The reader of that name.

    Raises
    ------
    ValueError
        There is none.
    """
    for reader in READERS:
        if reader.name == name:
            return reader
    raise ValueError(f"no reader {name!r}; there are {', '.join(repr(reader.name) for reader in READERS)}.")


def reader_for(file: File, failed: list[Problem] | None = None) -> Reader:
    """The reader for a file, by its content or else by its ending; text where no reader has it and it reads as prose.

    `failed` takes in the readers that could not even look at it.

    Raises
    ------
    ReadError
        No reader knows it.
    """
    for reader in READERS:
        try:
            if reader.looks is not None and reader.looks(file):
                return reader
        except (ReadError, OSError):
            raise
        except Exception as error:  # one reader failing to look must not keep the others from reading
            if failed is not None:
                reason = (
                    f"the reader {reader.name!r} could not tell whether the file is one of its own: {_brief(error)}"
                )
                failed.append(Problem(file.path, None, reason, IN_PART))
    for reader in READERS:
        if file.suffix in reader.endings:
            return reader
    if text_files.reads_as_prose(file):
        return reader_named("text")
    raise ReadError(f"no reader for {file.suffix or 'files without an ending'}")


def read_records(
    path: Path, *, reader: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Record | Problem]:
    """Everything in a folder (with its subfolders, sorted) or a file, one record or problem at a time.

    A `metadata.csv` with a column `file` gives the files beside and below it their source, date, title and so on; what
    it says wins over the file. A file that cannot be read is a problem, and the others are read.

    Parameters
    ----------
    path
        A folder or a file.
    reader
        The name of the reader for all files; None tells it file by file.
    columns
        The user's names for columns, as {name in the input: name in `articles`}; the other way round is understood.

    Raises
    ------
    FileNotFoundError
        There is nothing at `path`.
    ValueError
        There is no reader of that name, or `columns` names no column of `articles`.
    """
    names = column_names(columns)
    read = _reading(reader_named(reader)) if reader is not None else _reading(None)
    if not path.exists():
        reason = "no file or folder to read articles from: check the spelling, and the folder you are in"
        raise FileNotFoundError(errno.ENOENT, reason, str(path))
    if path.is_dir():
        found, problems = files_in(path)
        yield from problems
        yield from _read_together([File.on_disk(file, names) for file in found], read)
        return
    if not path.is_file():  # opening a pipe would wait for ever
        yield Problem(path.as_posix(), None, "is not a regular file")
        return
    metadata = Metadata()
    for table in filter(is_metadata, _beside(path, names)):
        yield from _guarded(table, metadata.read)
    file = File.on_disk(path, names)
    yield from progress(metadata.apply(file, _read_file(file, read)), f"reading {path.name}", unit="record")


def _read_together(files: list[File], read: Callable[[File], Iterable[Found]]) -> Iterator[Record | Problem]:
    """The files of a folder, with what the metadata.csv among them says."""
    metadata = Metadata()
    for table in filter(is_metadata, files):
        yield from _guarded(table, metadata.read)
    articles = [file for file in files if file.path not in metadata.files]
    for file in progress(articles, "reading", unit="file"):
        # of a copy, so that the list does not hold on to what has been read
        yield from metadata.apply(file, _read_file(replace(file), read))
    yield from metadata.unused()


def _beside(path: Path, columns: Mapping[str, str]) -> list[File]:
    try:
        return [
            File.on_disk(file, columns) for file in sorted(path.parent.iterdir()) if file != path and file.is_file()
        ]
    except OSError:
        return []  # a file may be readable in a folder that is not


def _reading(reader: Reader | None) -> Callable[[File], Iterable[Found]]:
    def read(file: File) -> Iterator[Found]:
        failed: list[Problem] = []
        chosen = reader or reader_for(file, failed)
        yield from failed
        if not file.head:
            raise ReadError("is empty")
        yield from _checked(chosen, file)

    return read


def _checked(reader: Reader, file: File) -> Iterator[Found]:
    """What a reader finds; what it should not have found is a problem that names the reader."""
    found = reader.read(file)
    if not isinstance(found, Iterable):
        raise ReadError(f"the reader {reader.name!r} gave {type(found).__name__}: it should yield one dict per article")
    for item in found:
        members = item if isinstance(item, list) else []
        if isinstance(item, Record | Problem | File | Mapping | list) and all(isinstance(m, File) for m in members):
            yield item
        else:
            reason = f"the reader {reader.name!r} yielded {type(item).__name__} where a dict was expected"
            yield Problem(file.path, None, reason)


def _read_file(file: File, read: Callable[[File], Iterable[Found]]) -> Iterator[Record | Problem]:
    """The records of a file, and of the files in it."""
    number = 0
    for found in _guarded(file, read):
        if isinstance(found, Record):
            for name, value in file.fields.items():
                found.fields.setdefault(name, value)
            yield found
        elif isinstance(found, Problem):
            yield found
        elif isinstance(found, File | list):
            members = found if isinstance(found, list) else [found]
            if members and members[0].depth > DEEPEST:
                yield Problem(file.path, None, f"archives inside archives, more than {DEEPEST} deep")
            elif isinstance(found, list):
                yield from _read_together(found, read)
            else:
                yield from _read_file(found, read)
        else:
            number += 1
            yield from_row({str(name): value for name, value in found.items()}, file.path, f"item {number}")


def _guarded(file: File, read: Callable[[File], Iterable[T]]) -> Iterator[T | Problem]:
    """What `read` finds in a file; what stops it is one more problem, and nothing found before is lost."""
    try:
        yield from read(file)
    except ReadError as error:
        yield Problem(file.path, None, str(error))
    except OSError as error:
        yield Problem(file.path, None, f"not opened: {error.strerror or error}")
    except Exception as error:  # a library stumbling over one broken file must not lose the others
        yield Problem(file.path, None, f"the reader gave up: {_brief(error)}")


def _brief(error: Exception) -> str:
    reason = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{f' ({reason})' if reason else ''}"
