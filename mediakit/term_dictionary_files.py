"""Reading dictionaries of terms: CSV, YAML, LIWC (.dic), and the framing dictionary that ships."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import pandas as pd

from .frames import FrameError, build

_LARGEST_YAML = 5_000_000  # bytes: YAML is slow to read
_YAML = (".yaml", ".yml")

Entry = tuple[str, str]  # category, term


def read_dictionary(path: str | Path | None = None) -> pd.DataFrame:
    """A dictionary: terms by category, for `dictionary_counts`.

    Parameters
    ----------
    path
        A file in UTF-8. CSV with the columns category and term; YAML (.yaml, .yml) with a list of terms per category;
        or the format of LIWC (.dic): numbered categories between two lines of "%", then a line per term with the
        numbers of its categories. None gives the framing dictionary that ships with mediakit (conflict, diplomacy,
        economy, human cost, legality, security); docs/accuracy.md says how often its hits are about that.

    Returns
    -------
    One row per category and term, in the order of the file: category, term: a word, several words, with "*" for any
    letters ("econom*"), as `kwic` reads them. Rows given twice stand once. A term may stand in several categories:
    `dictionary_overlaps` lists them.

    Raises
    ------
    FrameError
        The file lacks a column, a category or term is empty, or a line of a .dic file is none of the above (conditions
        such as "(02 134)125/464" are not read). The message names file and line.
    FileNotFoundError
        There is no such file.
    """
    if path is None:
        return builtin_dictionary().copy()
    path = Path(path)
    read = _from_yaml if path.suffix.lower() in _YAML else _from_dic if path.suffix.lower() == ".dic" else _from_csv
    try:
        entries = list(dict.fromkeys(read(path)))
    except UnicodeDecodeError as error:
        raise FrameError(f"{path.name}: not UTF-8 (byte {error.start}). Save it as UTF-8.") from None
    if not entries:
        raise FrameError(f"{path.name}: no terms in it. Give a category and a term per line.")
    return _built(entries)


@cache
def builtin_dictionary() -> pd.DataFrame:
    """The framing dictionary that ships, one row per term."""
    with resources.as_file(resources.files("mediakit") / "data" / "framing.csv") as path:
        return _built(list(_from_csv(path)))


def _built(entries: list[Entry]) -> pd.DataFrame:
    return build("dictionary", {"category": [one for one, _ in entries], "term": [term for _, term in entries]})


def _from_csv(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for column in ("category", "term"):
            if column not in (reader.fieldnames or []):
                raise FrameError(
                    f"{path.name}: no column {column!r}; has {reader.fieldnames}. Name it in the first line."
                )
        for row in reader:
            yield _entry(path, reader.line_num, row["category"], row["term"])


def _entry(path: Path, line: int, category: object, term: object) -> Entry:
    pair = tuple(str(value).strip() if value is not None else "" for value in (category, term))
    for name, value in zip(("category", "term"), pair, strict=True):
        if not value.strip("*"):
            raise FrameError(f"{path.name}, line {line}: no {name}. Fill it in or take the line out.")
    return pair[0], pair[1]


def _from_yaml(path: Path) -> Iterator[Entry]:
    import yaml

    if path.stat().st_size > _LARGEST_YAML:
        raise FrameError(f"{path.name}: larger than {_LARGEST_YAML:,} bytes. Save it as CSV.")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except yaml.YAMLError as error:
        raise FrameError(f"{path.name}: no YAML: {error}") from None
    if not isinstance(content, dict):
        raise FrameError(f"{path.name}: expected categories, each with a list of terms (conflict: [war, battle*]).")
    for category, terms in content.items():
        if not isinstance(terms, list) or any(isinstance(term, dict | list) or term is None for term in terms):
            raise FrameError(f"{path.name}: {category!r} is no list of terms. Write {category}: [one, two].")
        for place, term in enumerate(terms, start=1):
            if isinstance(term, bool):  # YAML reads no, yes, on and off as truth values
                raise FrameError(f"{path.name}: term {place} of {category!r} is read as {term}. Put it in quotes.")
            yield _entry(path, place, category, term)


def _from_dic(path: Path) -> Iterator[Entry]:
    names: dict[str, str] = {}
    fences = 0
    for line, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if text.strip() == "%":
            fences += 1
        elif text.strip() and fences == 1:
            number, _, name = text.strip().partition("\t" if "\t" in text.strip() else " ")
            if not number.strip().isdigit() or not name.strip():
                raise FrameError(f"{path.name}, line {line}: {text.strip()!r} is no number and name of a category.")
            names[number.strip()] = name.strip()
        elif text.strip() and fences == 2:
            yield from _of_line(path, line, text.strip(), names)
    if fences != 2:
        raise FrameError(f"{path.name}: {fences} lines of '%'; the categories stand between two of them.")


def _of_line(path: Path, line: int, text: str, names: dict[str, str]) -> Iterator[Entry]:
    """A term, which may hold spaces, and the numbers of its categories behind it."""
    if "\t" in text:
        term, *numbers = [cell.strip() for cell in text.split("\t") if cell.strip()]
        numbers = [number for cell in numbers for number in cell.split()]
    else:
        words = text.split()
        at = len(words)
        while at > 1 and words[at - 1] in names:
            at -= 1
        term, numbers = " ".join(words[:at]), words[at:]
    unknown = [number for number in numbers if number not in names]
    if unknown or not numbers:
        what = f"{unknown[0]!r} is no category of the head" if unknown else "no number of a category"
        raise FrameError(f"{path.name}, line {line}: {text!r}: {what}. Conditions are not read; list plain numbers.")
    for number in numbers:
        yield _entry(path, line, names[number], term)
