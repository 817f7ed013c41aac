"""What every reader yields: raw records, and problems where something could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple


class ReadError(ValueError):
    """A path holds nothing that can be read. The message names the path, the reason and the remedy."""


NOT_READ, IN_PART, PASSED_OVER, TAKEN_AS = "not read", "in part", "passed over", "taken as"


class Problem(NamedTuple):
    """Something the user should know of a file or record: one row of the frame `problems`.

    Its kind says how bad it is: "not read" (the file or record is lost), "in part" (it was read, but something in it is
    lost, unsure or flagged), "passed over" (left alone on purpose), "taken as" (a guess that can be corrected: columns,
    encodings, mended characters).
    """

    path: str
    record: str | None
    reason: str
    kind: str = NOT_READ


@dataclass
class Record:
    """One article as it stands in the input, decoded but not yet repaired or cleaned.

    Attributes
    ----------
    path
        The file it was read from.
    record
        Its place in the file (a line or row number); None when the file is the article.
    fields
        Values by column name of the frame `articles`; a column the input lacks is not a key.
    extra
        The input's other columns, under their own names.
    guess_title
        The first line may be a headline: the input has no place for a title.
    clean
        The file was written by `write_articles`: its values are taken as they are.
    titled
        The first line of the text is the title (set by `articles`, not by a reader).
    """

    path: str
    record: str | None = None
    fields: dict[str, object] = field(default_factory=dict)
    extra: dict[str, object] = field(default_factory=dict)
    guess_title: bool = False
    clean: bool = False
    titled: bool = False

    def problem(self, reason: str, kind: str = NOT_READ) -> Problem:
        """A problem with this record."""
        return Problem(self.path, self.record, reason, kind)


COLUMNS = {
    "article_id": ("article_id", "id", "articleid", "doc_id", "document_id", "guid", "uuid"),
    "source": ("source", "outlet", "publisher", "publication", "media_name", "source_name", "newspaper", "site_name"),
    "published": (
        *("published", "published_at", "publish_date", "published_date", "publication_date", "date_published"),
        *("pub_date", "date", "datetime", "date_publish"),
    ),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "full_text", "article_text", "body_text", "maintext", "article", "document"),
    "author": ("author", "authors", "byline", "creator"),
    "url": ("url", "link", "article_url"),
    "language": ("language", "lang"),
    "kind": ("kind", "genre"),
    "published_basis": ("published_basis",),
    "path": ("path",),
}
"""Names that common inputs give the columns of `articles`, the most telling first."""

SUMMARIES = ("description", "summary", "abstract", "standfirst", "lead", "teaser", "snippet")
"""Names of what stands in for a text where there is none, the most telling first."""

MARK = "mediakit"  # the column by which files made by write_articles are known again
CLEAN = "clean articles"


def _plain(name: object) -> str:
    return "".join(character for character in str(name).casefold() if character.isalnum())


_BY_PLAIN_NAME = {
    _plain(alias): (column, rank) for column, aliases in COLUMNS.items() for rank, alias in enumerate(aliases)
}


def column_names(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The user's names for columns as {name in the input: name in `articles`}, whichever way round they were given.

    Raises
    ------
    ValueError
        A pair names no column of `articles`, or two names are given for one.
    """
    if not columns:
        return {}
    given = {str(name): str(column) for name, column in columns.items()}
    if not set(given.values()) <= set(COLUMNS) and set(given) <= set(COLUMNS):
        given = {name: column for column, name in given.items()}
    if unknown := sorted(set(given.values()) - set(COLUMNS)):
        raise ValueError(
            f"columns: {unknown[0]!r} is no column of articles; there are {', '.join(COLUMNS)}. Write "
            "columns={'its name in your file': 'text'}."
        )
    if len(set(given.values())) < len(given):
        raise ValueError(f"columns: two names are given for one column of articles: {given}.")
    return given


def match_columns(names: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which input column gives which column of `articles`; case, spaces and underscores in names do not matter.

    What the user says in `given` ({name in the input: name in `articles`}) wins over what the names tell.
    """
    given = {name: column for name, column in (given or {}).items() if name in names}
    guessed = _match_columns(tuple(name for name in names if name not in given))
    return given | {name: column for name, column in guessed.items() if column not in given.values()}


@lru_cache(maxsize=256)  # the objects of a JSON file mostly have the same keys
def _match_columns(names: tuple[str, ...]) -> dict[str, str]:
    ranked = sorted(
        (*_BY_PLAIN_NAME[_plain(name)], position, name)
        for position, name in enumerate(names)
        if _plain(name) in _BY_PLAIN_NAME
    )
    matched: dict[str, str] = {}
    for column, _, _, name in ranked:
        matched.setdefault(column, name)
    return {name: column for column, name in matched.items()}


def has_text(names: Sequence[str], given: Mapping[str, str] | None = None) -> bool:
    """Whether one of the input columns holds texts or at least titles."""
    return bool({"text", "title"} & set(match_columns(names, given).values()))


def from_row(
    row: Mapping[str, object],
    path: str,
    record: str,
    *,
    matched: Mapping[str, str] | None = None,
    clean: bool | None = None,
) -> Record:
    """A record from one row of a table or one JSON object.

    Pass `matched`, the result of `match_columns`, when all rows have the same columns; and `clean` when the file itself
    says that `write_articles` made it, else each row's own mark counts.
    """
    if matched is None:
        matched = match_columns(list(row))
    if clean is None:
        clean = row.get(MARK) == CLEAN
    made = Record(path, record, guess_title="title" not in matched.values(), clean=clean)
    for name, value in row.items():
        column = matched.get(name)
        if column == "path" and not clean:
            made.extra["path_in_file"] = value  # `path` is the file that was read
        elif column is not None:
            made.fields[column] = value
        elif not (clean and name == MARK) and not name.startswith("__index_level_"):
            made.extra[name] = value
    return made
