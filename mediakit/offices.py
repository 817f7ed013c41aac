"""Who held which office when: the terms of office that ship, and a user's own on top of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .frames import FrameError, build, require

KNOWN_TO = date(2025, 11, 30)  # the terms that ship without an end were not over then
_COLUMNS = ("actor", "office", "of", "start")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")

# One office under several names: what is written in articles, in lower case, → what stands in the list.
_SAME = {
    "premier": "prime minister",
    "taoiseach": "prime minister",
    "head of government": "prime minister",
    "foreign secretary": "foreign minister",
    "secretary of state": "foreign minister",
    "external affairs minister": "foreign minister",
    "minister of foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister",
    "defence secretary": "defence minister",
    "defence chief": "defence minister",
    "chancellor of the exchequer": "finance minister",
    "treasury secretary": "finance minister",
    "treasurer": "finance minister",
    "home secretary": "interior minister",
    "home minister": "interior minister",
    "king": "monarch",
    "queen": "monarch",
    "emperor": "monarch",
    "emir": "monarch",
    "sultan": "monarch",
    "pontiff": "pope",
    "chairman": "chair",
    "chairwoman": "chair",
    "director general": "head",
    "managing director": "head",
    "federal chancellor": "chancellor",
}


class Term(NamedTuple):
    """One term of an office: from `start` up to, and without, `end`; None while it goes on."""

    actor: str
    office: str
    of: str
    start: date
    end: date | None

    def holds(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last`, both included, lies in it."""
        return self.start <= last and (self.end is None or first < self.end)


class Terms:
    """Terms of office, found by office and by holder."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Sort them by office and by holder."""
        self._of: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._by: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._of[office_key(term.office), term.of].append(term)
            self._by[term.actor].append(term)

    def holders(self, office: str, of: str, day: date, *, around: int = 0) -> tuple[str, ...]:
        """Who holds the office on that day, or on any day up to `around` days before or after; in order of start."""
        terms = self._of.get((office_key(office), of), ())
        first, last = day - timedelta(around), day + timedelta(around)
        return tuple(dict.fromkeys(term.actor for term in terms if term.holds(first, last)))

    def only(self, actors: Container[str]) -> Terms:
        """The terms of these actors alone: of those whom a registry has."""
        return Terms(term for held in self._of.values() for term in held if term.actor in actors)

    def has(self, office: str, of: str) -> bool:
        """Whether any term of this office is known."""
        return (office_key(office), of) in self._of

    def held(self, actor: str, day: date) -> tuple[tuple[str, str], ...]:
        """The offices that the actor holds on that day: (office, of) each."""
        terms = self._by.get(actor, ())
        return tuple(dict.fromkeys((term.office, term.of) for term in terms if term.holds(day, day)))

    def of_actor(self, actor: str) -> tuple[Term, ...]:
        """All terms of one actor, in order of start."""
        return tuple(sorted(self._by.get(actor, ()), key=lambda term: term.start))


def office_key(office: str) -> str:
    """An office in the form in which it is compared: "Defense Secretary" and "defence minister" are the same."""
    plain = office.casefold().replace("-", " ").replace("defense", "defence").strip()
    return _SAME.get(plain, plain)


def read_offices(path: str | Path | None = None, *, builtin: bool = True) -> pd.DataFrame:
    """Who held which office when: the terms that ship with mediakit, your own, or yours on top of them.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with the columns actor, office, of, start and, optional, end: one row per term of office.
        actor and of are written as in the registry (`read_actors`); dates as 2025-05-06 or, where the day is not
        known, 2025-05. None reads no file.
    builtin
        Start from the terms that ship. Where yours begins, a shipped term of the same office that goes on ends.

    Returns
    -------
    One row per term, your own first: actor, office, of (the state or body), start (the first day), end (the first day
    on which it is over; NaT while it goes on). A month without a day is meant as a whole, so predecessor and
    successor both hold the office in a month in which it changed hands. The shipped terms are as of late November 2025.

    Raises
    ------
    FrameError
        A column is missing, a value is missing, a date is none, or a term ends before it starts. The message names file
        and line.
    FileNotFoundError
        There is no such file.
    """
    shipped = list(_builtin()) if builtin else []
    own: list[Term] = []
    if path is not None:
        place = Path(path)
        with place.open(encoding="utf-8-sig", newline="") as file:
            own = list(_read(file, place.name))
    latest_first = sorted(own, key=lambda term: term.start, reverse=True)
    begun = {(office_key(term.office), term.of): term.start for term in latest_first}  # of each office the earliest
    shipped = [_ended(term, begun.get((office_key(term.office), term.of))) for term in shipped]
    rows = [*own, *shipped]
    return build("offices", {name: [getattr(row, name) for row in rows] for name in Term._fields})


def holders(office: str, of: str, day: date | None, *, offices: pd.DataFrame | None = None) -> tuple[str, ...]:
    """Who held an office on a day: ("Emmanuel Macron",) for president, France, 2025-08-01.

    Parameters
    ----------
    office
        As usual in the state or body: president, prime minister, foreign minister, secretary-general, pope. Case,
        hyphens and usual other names do not matter (premier, Secretary of State, defense secretary).
    of
        The state or body, as in the registry.
    day
        A date or timestamp. None and NaT give nobody.
    offices
        One row per term, made by `read_offices`; None takes the terms that ship.

    Returns
    -------
    Names of actors: none where nobody did or nothing is known, several where the office changed hands in a month
    without a known day or has several holders.
    """
    known = _day(day)
    return () if known is None else terms(offices).holders(office, of, known)


def held(actor: str, day: date | None, *, offices: pd.DataFrame | None = None) -> tuple[tuple[str, str], ...]:
    """Which offices an actor held on a day: (("president", "France"),) for Emmanuel Macron, 2025-08-01.

    `day` and `offices` are as in `holders`. None and NaT give no office.
    """
    known = _day(day)
    return () if known is None else terms(offices).held(actor, known)


def terms(offices: pd.DataFrame | None = None) -> Terms:
    """The terms of a frame made by `read_offices`, ready to be asked; None takes those that ship.

    Raises
    ------
    FrameError
        A column is missing.
    """
    if offices is None:
        return _builtin_terms()
    require(offices, "offices")
    starts, ends = (pd.to_datetime(offices[name], utc=True) for name in ("start", "end"))
    if starts.isna().any():
        raise FrameError(f"offices: row {offices.index[starts.isna()][0]!r} has no start. Drop it or fill it in.")
    days = (None if pd.isna(end) else end.date() for end in ends)
    columns = (offices["actor"], offices["office"], offices["of"], (start.date() for start in starts), days)
    return Terms(Term(*row) for row in zip(*columns, strict=True))


@cache
def _builtin_terms() -> Terms:
    return Terms(_builtin())


@cache
def _builtin() -> tuple[Term, ...]:
    with resources.files("mediakit").joinpath("data", "offices.csv").open(encoding="utf-8") as file:
        return tuple(_read(file, "offices.csv"))


def _read(file: Iterable[str], name: str) -> Iterator[Term]:
    reader = csv.DictReader(file, skipinitialspace=True)
    for column in _COLUMNS:
        if column not in (reader.fieldnames or []):
            raise FrameError(
                f"{name}: no column {column!r}; has {list(reader.fieldnames or [])}. "
                "Write a first line that names the columns: actor,office,of,start,end."
            )
    for record in reader:
        row = {column: (record.get(column) or "").strip() for column in (*_COLUMNS, "end")}
        place = f"{name}, line {reader.line_num}"
        if not any(row.values()):
            continue
        for column in _COLUMNS:
            if not row[column]:
                raise FrameError(f"{place}: no {column}. A term needs actor, office, of and start.")
        start, end = _first(row["start"], place), _over(row["end"], place) if row["end"] else None
        if end is not None and end <= start:
            raise FrameError(f"{place}: the term ends ({row['end']}) before it starts ({row['start']}). Put one right.")
        yield Term(row["actor"], row["office"], row["of"], start, end)


def _first(written: str, place: str) -> date:
    found = _DATE.fullmatch(written)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        pass
    raise FrameError(f"{place}: {written!r} is no date. Write 2025-05-06, or 2025-05 where the day is not known.")


def _over(written: str, place: str) -> date:
    """The first day out of office: the day as written; of a month without a day, the first of the next."""
    first = _first(written, place)
    return first if len(written) > len("2025-05") else (first + timedelta(31)).replace(day=1)


def _ended(term: Term, successor: date | None) -> Term:
    """A shipped term that the user's own successor ends."""
    return term._replace(end=successor) if term.end is None and successor and term.start < successor else term


def _day(moment: date | None) -> date | None:
    if moment is None or pd.isna(moment):
        return None
    return moment.date() if isinstance(moment, datetime) else moment
