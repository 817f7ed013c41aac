"""Rows for a registry of your own: added to its CSV file, with what stands there kept."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from .actor_registry import read_actors
from .frames import FrameError, require

__all__ = ["write_actors"]

_FIRST = ("actor", "alias", "type", "form")
_LATER = ("when", "titles", "gender", "country", "wikidata")


def write_actors(actors: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Add rows to a registry file of your own, or begin one: a CSV file that `read_actors` reads.

    Every line that the file has stays, in its place and with its own columns. A row whose actor and alias it has
    already puts the other columns of that line right; an empty value changes nothing. A new type is put right in every
    line of the actor. The file is replaced whole or not
    at all, and only by one that `read_actors` reads.

    Parameters
    ----------
    actors
        One row per alias: actor and alias, and as far as known type, form, when, titles, gender, country, wikidata,
        such as the rows of `unresolved(articles)` that are right; other columns are not written.
    path
        The CSV file; its folder must exist.

    Raises
    ------
    FrameError
        A column is missing; a row has no actor or no alias, or a value that is not allowed; its alias belongs to
        another actor in the file; or the file that is there cannot be read. Nothing is written then.
    ValueError
        The file is no .csv.
    """
    require(actors, "actors", "actor", "alias")
    target = Path(path)
    if target.suffix.casefold() != ".csv":
        raise ValueError(f"{target.name}: registry rows are written to a .csv file; choose this ending.")
    target = target.resolve()  # a link stays a link
    old = _text(target) if target.exists() else ""
    if old.strip():
        read_actors(target, builtin=False)  # a file that is broken is told as such before anything is added to it
    draft = target.with_name(f".{target.stem}.{os.getpid()}.csv")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(_merged(old, _records(actors)))
        try:
            read_actors(draft, builtin=False)
        except FrameError as error:
            raise FrameError(str(error).replace(draft.name, f"{target.name} with the new rows")) from None
        if target.exists():
            draft.chmod(target.stat().st_mode)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameError(
            f"{path.name}: no UTF-8 ({error.reason} at byte {error.start}). Save it as CSV UTF-8."
        ) from None


def _records(actors: pd.DataFrame) -> list[dict[str, str]]:
    """The rows as text, empty where nothing is known."""
    columns = [name for name in (*_FIRST, *_LATER) if name in actors]
    filled = actors[columns].astype("object").where(actors[columns].notna(), "")
    return [{name: str(value).strip() for name, value in row.items()} for row in filled.to_dict("records")]


def _merged(old: str, records: Sequence[Mapping[str, str]]) -> str:
    """The lines of the file, then the new rows; what a line lacks or has otherwise is put right in it."""
    lines = list(csv.reader(io.StringIO(old, newline=""), skipinitialspace=True)) or [list(_FIRST)]
    header = lines[0]
    header += [name for name in (*_FIRST, *_LATER) if name not in header and any(row.get(name) for row in records)]
    place = {name: header.index(name) for name in header}

    def cell(line: list[str], name: str) -> str:
        return line[place[name]].strip() if place[name] < len(line) else ""

    known = {(cell(line, "actor"), cell(line, "alias")): line for line in lines[1:]}
    for record in records:
        key = (record["actor"], record["alias"])
        if key not in known:
            known[key] = []
            lines.append(known[key])
        line = known[key]
        line += [""] * (len(header) - len(line))
        for name, value in record.items():
            if value:
                line[place[name]] = value
    kinds: dict[str, set[str]] = {}
    for record in records:
        kinds.setdefault(record["actor"], set()).add(record.get("type", ""))
    for line in lines[1:]:
        found = kinds.get(cell(line, "actor"), set()) - {""}
        if len(found) == 1 and "type" in place and cell(line, "type"):  # two are for read_actors to refuse
            line[place["type"]] = next(iter(found))
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n" if "\r\n" in old else "\n").writerows(lines)
    return written.getvalue()
