"""Dates as inputs give them: to UTC, or missing and the reason. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:?\d{2})")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:\d{6})?$")  # 20250817, 20250817103000
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2\d{2,4}(?!\d)")
_LONGEST = 60
EARLIEST = 1600  # the first newspapers; the year 0001 is what databases write for no date
_SECONDS, _MILLISECONDS = (1e8, 1e10), (1e11, 1e13)  # 1973 to 2286
_OFFSETS = [  # zones that stand behind times in news, in hours
    *[("UTC", 0), ("GMT", 0), ("Z", 0), ("WET", 0), ("BST", 1), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3)],
    *[
        ("MSK", 3),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
    ],
]
_EITHER_ORDER = "date {value!r} not read: day or month first? Write it as YYYY-MM-DD"
_NOT_READ = "date {value!r} not read: write it as YYYY-MM-DD"


def parse_dates(values: Sequence[object], files: Sequence[str]) -> tuple[pd.Series, list[str | None]]:
    """Times of publication in UTC, and why a value was not read.

    A date without a time is midnight, a time without a zone is UTC. Whether 3/4/2025 starts with the day is decided by
    the other dates of the same file, or not at all; dates with dots start with the day. Incomplete dates ("August
    2025", "Monday") are missing.

    Parameters
    ----------
    values
        Text, datetimes, epoch seconds or milliseconds; None, NaN and "" are missing.
    files
        The file each value comes from.

    Returns
    -------
    The times (datetime64[us, UTC], NaT where missing), and a reason for each value that is there but was not read.
    """
    orders = _day_first_by_file(values, files)
    times: list[object] = []
    reasons: list[str | None] = []
    known: dict[tuple[object, bool | None], object] = {}
    for value, file in zip(values, files, strict=True):
        if isinstance(value, str):
            value = value.strip()
        if value is None or value == "" or (pd.api.types.is_scalar(value) and pd.isna(value)):
            times.append(pd.NaT)
            reasons.append(None)
            continue
        key = (value if isinstance(value, str | int | float) else repr(value), orders.get(file))
        if key not in known:
            known[key] = _parse(value, orders.get(file))
        parsed = known[key]
        times.append(pd.NaT if isinstance(parsed, str) else parsed)
        reasons.append(parsed if isinstance(parsed, str) else None)
    return pd.Series(times, dtype="datetime64[us, UTC]"), reasons


def _day_first_by_file(values: Sequence[object], files: Sequence[str]) -> dict[str, bool | None]:
    """For each file that shows it: True when its numeric dates start with the day, False when with the month."""
    seen: dict[str, set[bool]] = defaultdict(set)
    for value, file in zip(values, files, strict=True):
        if isinstance(value, str) and (match := _NUMERIC.match(value.strip())):
            first, second = int(match[1]), int(match[3])
            if (first > 12) != (second > 12):
                seen[file].add(first > 12)
    return {file: orders.pop() for file, orders in seen.items() if len(orders) == 1}


def _parse(value: object, day_first: bool | None) -> object:
    """The time as a datetime in UTC, or the reason why not as text."""
    shown = str(value)[:_LONGEST]
    try:
        if isinstance(value, bool):
            return _NOT_READ.format(value=shown)
        if isinstance(value, int | float):
            return _from_number(value) or _NOT_READ.format(value=shown)
        if isinstance(value, dt.date):  # a datetime, a pandas Timestamp too
            return _utc(pd.Timestamp(value).to_pydatetime(warn=False))
        if not isinstance(value, str) or len(value) > _LONGEST:
            return _NOT_READ.format(value=shown)
        return _from_text(value, day_first) or _NOT_READ.format(value=shown)
    except _EitherOrderError:
        return _EITHER_ORDER.format(value=shown)
    except (ValueError, OverflowError, RecursionError, Warning):
        return _NOT_READ.format(value=shown)


class _EitherOrderError(Exception):
    """Day and month could stand in either order."""


def _utc(moment: dt.datetime) -> dt.datetime:
    if moment.year < EARLIEST:
        raise ValueError(f"no newspaper is as old as {moment.year}")
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _from_number(value: float) -> dt.datetime | None:
    if _COMPACT.match(text := f"{value:.0f}"):
        return _compact(text)
    for (low, high), scale in ((_SECONDS, 1), (_MILLISECONDS, 1000)):
        if low <= value < high:
            return dt.datetime.fromtimestamp(value / scale, tz=dt.UTC)
    return None


def _compact(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y%m%d%H%M%S" if len(text) == 14 else "%Y%m%d").replace(tzinfo=dt.UTC)


def _from_text(text: str, day_first: bool | None) -> dt.datetime | None:
    if _ISO.match(text):
        try:
            return _utc(dt.datetime.fromisoformat(text))
        except ValueError:
            pass  # "2025-08-17 10:00 UTC" is read below
    if _COMPACT.match(text):
        return _compact(text)
    if text.isdigit():
        return _from_number(int(text))
    numeric = _NUMERIC.match(text)
    if numeric:
        first, separator, second = int(numeric[1]), numeric[2], int(numeric[3])
        if first > 12 or separator == ".":
            day_first = True
        elif second > 12:
            day_first = False
        elif day_first is None and first != second:
            raise _EitherOrderError
    return _from_words(text, bool(day_first))


def _from_words(text: str, day_first: bool) -> dt.datetime | None:
    from dateutil import parser, tz

    zones = {"ET": tz.gettz("America/New_York"), **{name: 3600 * hours for name, hours in _OFFSETS}}
    found = []
    # what the text leaves out is taken from the default: two defaults show whether it leaves out a part of the date
    for default in (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an unknown time zone is only a warning
            found.append(parser.parse(text, default=default, dayfirst=day_first, tzinfos=zones))
    return _utc(found[0]) if found[0] == found[1] else None
