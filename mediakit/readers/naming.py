"""What tables and JSON have in common: which of their columns are which of `articles`, and values made ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .html_values import markup_in_text, without_entities, without_markup
from .records import IN_PART, TAKEN_AS, Problem, Record, alias_of, from_row, match_columns, plain_name, summary_names

SAMPLE_ROWS, SAMPLE_SIZE = 100, 2_000_000  # rows, and characters of them, by which columns are told apart
NULLS = frozenset({"null", "NULL", "None", "NaN", "nan", "N/A", "<NA>", "NaT", "undefined"})
_MOST_SEEN = 10_000  # different sets of keys of one file that are looked at
_LONGER = 1.5  # so many times as long as the texts of the first column: those are teasers, and these the texts
_NEEDED = {"url", "published", "source", "author"}
_PARTS = (
    ("year", "jahr", "año", "ano", "année", "annee", "anno", "jaar"),
    ("month", "monat", "mes", "mês", "mois", "mese", "maand"),
    ("day", "tag", "día", "dia", "jour", "giorno", "dag"),
)
_ONE_LINE = ("title", "source", "author")


class _Match(NamedTuple):
    """Of one set of keys: the column of `articles` for each that has one; those that make a date, if any do."""

    columns: dict[str, str]
    parts: list[str]


class Naming:
    """Which columns of a file are which of `articles`, told record by record, and what the user should know of that."""

    def __init__(self, path: str, given: Mapping[str, str]) -> None:
        """Nothing has been seen yet of the file; `given` are the user's names ({name in the input: in `articles`})."""
        self._path = path
        self._given = given
        self._taken: dict[str, str] = {}
        self._missing = dict.fromkeys(given)
        self._matches: dict[tuple[str, ...], _Match] = {}
        self._last: frozenset[str] = frozenset()  # columns that others of the same meaning come before
        self._why: dict[str, str] = {}  # by column, why it comes before another
        self._n_markup = self._n_entities = 0
        self._dated_by: list[str] = []

    def look(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Learn from some rows which of several columns of one meaning has what is wanted."""
        names = dict.fromkeys(name for row in rows for name in row)
        meant: dict[str, list[str]] = {}
        known = [(alias, name) for name in names if (alias := alias_of(name)) and name not in self._given]
        for (column, _), name in sorted(known):
            meant.setdefault(column, []).append(name)
        last: set[str] = set()
        for column, rivals in meant.items():
            if len(rivals) > 1:
                last |= self._worse(column, rivals, rows)
        self._last = frozenset(last)

    def _worse(self, column: str, rivals: list[str], rows: Sequence[Mapping[str, object]]) -> set[str]:
        values = {name: [row[name] for row in rows if not _is_null(row.get(name))] for name in rivals}
        if column == "text":
            lengths = {name: sum(map(_length, found)) for name, found in values.items()}
            longest = max(rivals, key=lambda name: lengths[name])
            if lengths[longest] > _LONGER * lengths[rivals[0]]:
                self._why[longest] = f"its texts are longer than those of {rivals[0]}"
                return set(rivals) - {longest}
            return set()
        worse = {name for name, found in values.items() if not found}
        if column in ("source", "author"):
            worse |= {name for name, found in values.items() if all(map(_is_number, found))}
        return worse if len(worse) < len(rivals) else set()

    def match(self, names: Sequence[str]) -> dict[str, str]:
        """The same as `match_columns`, by what was learnt from the rows."""
        return self._match(tuple(names)).columns

    def _match(self, names: tuple[str, ...]) -> _Match:
        found = self._matches.get(names)
        if found is None:
            matched = match_columns(names, self._given, self._last)
            parts = [] if "published" in matched.values() else _date_parts(names)
            found = _Match(matched, parts)
            if len(self._matches) < _MOST_SEEN:
                self._matches[names] = found
                for name in filter(matched.__contains__, names):
                    self._missing.pop(name, None)
                    if name not in self._given and (plain_name(name) != plain_name(matched[name]) or name in self._why):
                        self._taken.setdefault(name, matched[name])
        return found

    def record(self, row: Mapping[str, object], place: str, *, clean: bool | None = None) -> Record:
        """The record of a row or object: markup in its texts becomes paragraphs, the words for nothing are left out."""
        matched, parts = self._match(tuple(row))
        made = from_row(row, self._path, place, matched=matched, clean=clean)
        if made.clean:
            return made
        fields = made.fields
        for name, value in fields.items():
            if type(value) is str and len(value) < 10 and value.strip() in NULLS:
                fields[name] = None
        for name in _ONE_LINE:
            value = fields.get(name)
            if type(value) is str and ("&" in value or "<" in value):
                fields[name] = without_entities(without_markup(value))
        if _is_null(fields.get("text")):
            _take_another(made)
        self._open_texts(made)
        if parts and (date := _date(*(row.get(name) for name in parts))):
            fields["published"], fields["published_basis"] = date, f"columns {', '.join(parts)}"
            self._dated_by = parts
        return made

    def _open_texts(self, made: Record) -> None:
        """Turn markup into paragraphs, in the text or in the summary that stands in for it."""
        places: list[tuple[dict[str, object], str]] = [(made.fields, "text")]
        if _is_null(made.fields.get("text")):
            places = [(made.extra, name) for name in summary_names(made.extra)]
        for values, name in places:
            value = values.get(name)
            if type(value) is not str or not ("<" in value or "&" in value):
                continue
            text = markup_in_text(value)
            if text is not None:
                self._n_markup += 1
            else:
                text = without_entities(value)
                self._n_entities += text != value
            values[name] = text

    def problems(self) -> Iterator[Problem]:
        """What was guessed, and the user's names that the file lacks."""
        if self._taken:
            pairs = ", ".join(
                f"{name} → {column}{f' ({self._why[name]})' if name in self._why else ''}"
                for name, column in self._taken.items()
            )
            reason = f"columns taken as: {pairs}; name others with columns={{…}}"
            yield Problem(self._path, None, reason, TAKEN_AS)
        if self._dated_by:
            yield Problem(self._path, None, f"dates put together from {', '.join(self._dated_by)}", TAKEN_AS)
        if self._n_markup:
            reason = f"texts hold HTML ({self._n_markup:,} of them): taken as paragraphs"
            yield Problem(self._path, None, reason, TAKEN_AS)
        if self._n_entities:
            reason = f"texts hold signs written as in HTML, such as &amp; ({self._n_entities:,} of them): decoded"
            yield Problem(self._path, None, reason, TAKEN_AS)
        for name in self._missing:
            reason = f"no column {name!r}, which columns={{…}} takes as {self._given[name]}"
            yield Problem(self._path, None, reason, IN_PART)


def has_text(names: Sequence[str], given: Mapping[str, str] | None = None) -> bool:
    """Whether input columns are those of articles: one holds texts or titles, or summaries beside a date or the like.

    A description alone describes anything.
    """
    matched = set(match_columns(names, given).values())
    return bool({"text", "title"} & matched) or bool(summary_names(names) and matched & _NEEDED)


def no_text(names: Sequence[str], given: Mapping[str, str]) -> str:
    """Why a table of such columns is refused, and what to do."""
    shown = list(names[:20])
    if absent := [name for name in given if name not in names]:
        return f"no column {absent[0]!r}, which columns={{…}} takes as {given[absent[0]]}; the file has {shown}"
    if summaries := summary_names(names):
        return (
            f"no list of articles: beside {summaries[0]!r} no column holds titles, dates, sources or addresses, among "
            f"{shown}; if it holds texts, write columns={{{summaries[0]!r}: 'text'}}"
        )
    return f"no column holds texts or titles, among {shown}: name one of them text"


def sample(rows: Iterator[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The first rows, as many as it takes to tell columns apart."""
    found: list[Mapping[str, object]] = []
    size = 0
    for row in rows:
        found.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(found) == SAMPLE_ROWS or size > SAMPLE_SIZE:
            break
    return found


def _take_another(made: Record) -> None:
    """Fill a text that is missing from another column of texts."""
    for name, value in made.extra.items():
        if (alias := alias_of(name)) and alias[0] == "text" and not _is_null(value):
            made.fields["text"] = value
            del made.extra[name]
            return


def _is_null(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip() or value.strip() in NULLS
    return value is None or value != value or value == []


def _length(value: object) -> int:
    """The characters of a text without its markup."""
    if isinstance(value, list | tuple):
        return sum(map(_length, value))
    return len(without_markup(value)) if isinstance(value, str) else 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and value.strip().replace(".", "", 1).isdecimal())


def _date_parts(names: Sequence[str]) -> list[str]:
    """The columns that hold year, month and day; none when one of them is not there."""
    by_plain = {plain_name(name): name for name in reversed(names)}
    found = [next((by_plain[word] for word in words if word in by_plain), None) for words in _PARTS]
    return [name for name in found if name is not None] if None not in found else []


def _date(year: object, month: object, day: object) -> str | None:
    """A date of its parts, which may be numbers, their digits or a month's name."""
    parts = [str(part).strip().removesuffix(".0") for part in (year, month, day)]
    if not (parts[0].isdecimal() and parts[2].isdecimal()):
        return None
    if parts[1].isalpha():
        return f"{parts[2]} {parts[1]} {parts[0]}"
    try:
        return dt.date(*map(int, parts)).isoformat()
    except (ValueError, OverflowError):
        return None
