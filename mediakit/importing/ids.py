"""Ids: unique, and telling where an article comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from ..readers.records import IN_PART, Problem
from ..readers.repair import whole_characters
from .prepare import name_text


def given_id(value: object, *, clean: bool) -> str | None:
    """The id that the input gives."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of numbers with a gap in it comes as floats
    return name_text(value, clean=clean)


def unique_ids(
    given: Sequence[str | None],
    files: Sequence[str],
    records: Sequence[str | None],
    place: Path,
    problems: list[Problem],
) -> list[str]:
    """Unique ids: as given, else the file's name (with folder or ending where names recur) and the record's number."""
    names = [_derived_id(file.rsplit("/", 1)[-1], record) for file, record in zip(files, records, strict=True)]
    used = set(given) - {None}
    for ending in (False, True):  # where names recur, the folder tells them apart, else the ending (a.docx, a.txt)
        unclear = {name for name, n in Counter(names).items() if n > 1} | used
        names = [
            _derived_id(inside(file, place), record, ending=ending) if name in unclear else name
            for file, record, name in zip(files, records, names, strict=True)
        ]
    counts: Counter[str] = Counter()
    taken: set[str] = set()
    ids = []
    for file, record, own, name in zip(files, records, given, names, strict=True):
        wanted = article_id = own or name
        while article_id in taken or (article_id in used and article_id != own):
            counts[wanted] += 1
            article_id = f"{wanted}-{counts[wanted] + 1}"
        if article_id != wanted and own is not None:
            reason = f"article_id {wanted!r} stands more than once: this one is {article_id!r}"
            problems.append(Problem(file, record, reason, IN_PART))
        taken.add(article_id)
        ids.append(article_id)
    return ids


def inside(path: str, place: Path) -> str:
    """The path of a file inside the folder that was read, so that frames are the same wherever the folder lies."""
    file = PurePosixPath(path)
    return file.relative_to(place).as_posix() if file.is_relative_to(place) and file != place else file.name


def _derived_id(file: str, record: str | None, *, ending: bool = False) -> str:
    stem = whole_characters(file if ending else file.rsplit(".", 1)[0] or file)
    return f"{stem}-{record.split()[-1]}" if record else stem
