"""From a path to articles."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from .duplicates import near_duplicates
from .importing import Import
from .readers import Problem, ReadError, known_endings, read_records
from .readers.card import Section, facts
from .readers.card_faces import as_html, as_text
from .readers.outlets import OwnOutlets
from .readers.records import IN_PART, NOT_READ

_MOST_COMPARED = 100_000  # articles; looking for duplicates in more takes longer than anybody waits for a card


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """What was read from a path; shown as the import card in a notebook and in a terminal.

    Attributes
    ----------
    articles, cuts, problems
        The frames of these names.
    path
        Where the articles were read from, as given.
    """

    articles: pd.DataFrame
    cuts: pd.DataFrame
    problems: pd.DataFrame
    path: str

    @cached_property
    def duplicates(self) -> pd.DataFrame | None:
        """The frame of `near_duplicates(articles)`, made when it is first needed; None above 100,000 articles."""
        return near_duplicates(self.articles) if len(self.articles) <= _MOST_COMPARED else None

    @cached_property
    def _card(self) -> list[Section]:
        return facts(self.articles, self.cuts, self.problems, self.path, self.duplicates)

    def __repr__(self) -> str:
        """The import card as plain text."""
        return as_text(self._card)

    def _repr_html_(self) -> str:
        return as_html(self._card)


def read_corpus(
    path: str | os.PathLike[str],
    *,
    reader: str | None = None,
    columns: Mapping[str, str] | None = None,
    outlets: OwnOutlets | None = None,
) -> Corpus:
    """Read a folder of articles, or a file of them.

    Texts are decoded, repaired and cleaned; what was removed is in `cuts`, what could not be read, and what had to be
    guessed, in `problems`. A folder is read with its subfolders, and its `metadata.csv` (column `file`, then source,
    published, title …) describes the files beside it. Common column names are understood (headline, body, outlet,
    pubDate, fields.bodyText …), and columns of your own are kept. A record that has only a title becomes an article of
    that title alone, one that has only a summary an article of that summary; both are lines in `problems`. Files made
    by `write_articles` come back as they were written.

    Parameters
    ----------
    path
        A folder or a file. What a file is, is told by its content, else by its ending.
    reader
        The name of the reader for all files, such as "text" or "csv"; None tells it file by file.
    columns
        Your names for columns, where the guess is wrong: {"name in the file": "text", …}. Values inside nested objects
        go by dotted names, such as "fields.bodyText".
    outlets
        Names of outlets of yours, which come before mediakit's table (see `read_outlets`): {"alias or domain":
        "outlet"}, a CSV file with columns outlet and alias, or a frame.

    Returns
    -------
    Corpus
        The frames articles, cuts and problems.

    Raises
    ------
    FileNotFoundError
        There is nothing at `path`.
    ReadError
        No article could be read; a ValueError whose message says why and what to do.
    ValueError
        There is no reader of that name, `columns` names no column of `articles`, or `outlets` is ambiguous.
    """
    place = Path(path)
    taken = Import(place, now=dt.datetime.now(dt.UTC), outlets=outlets)
    for item in read_records(place, reader=reader, columns=columns):
        if isinstance(item, Problem):
            taken.problems.append(item)
        else:
            taken.take(item)
    if not len(taken):
        raise ReadError(_nothing_read(place, taken.problems))
    articles, cuts = taken.frames()
    return Corpus(articles, cuts, taken.problem_frame(), str(path))


def read_articles(
    path: str | os.PathLike[str],
    *,
    reader: str | None = None,
    columns: Mapping[str, str] | None = None,
    outlets: OwnOutlets | None = None,
) -> pd.DataFrame:
    """The articles of a folder or file, as `read_corpus` reads them, with a warning when something was lost.

    Returns
    -------
    One row per article: article_id, source, published, title, text and what else the input has.

    Raises
    ------
    FileNotFoundError, ReadError, ValueError
        As `read_corpus`.
    """
    corpus = read_corpus(path, reader=reader, columns=columns, outlets=outlets)
    lost = corpus.problems[corpus.problems["kind"].isin([NOT_READ, IN_PART])]
    if n := len(lost):
        first = lost.iloc[0]
        place = first["path"] if pd.isna(first["record"]) else f"{first['path']}, {first['record']}"
        warnings.warn(
            f"{n} {'problem' if n == 1 else 'problems'} reading {corpus.path}; the first: {place}: {first['reason']}. "
            "All of them: read_corpus(path).problems.",
            stacklevel=2,
        )
    return corpus.articles


def _nothing_read(place: Path, problems: Sequence[Problem]) -> str:
    """Why a path gave no article, and what to do."""
    what = "folder" if place.is_dir() else "file"
    if not problems:
        return f"{place}: the {what} is empty; put articles in it, as {known_endings()} files."
    shown = "; ".join(f"{p.path}{f', {p.record}' if p.record else ''}: {p.reason}" for p in problems[:3])
    more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
    return f"{place}: no article could be read from this {what}. {shown}{more}. Readable are {known_endings()} files."
