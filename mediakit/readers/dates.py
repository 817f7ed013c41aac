"""Dates as inputs give them: to UTC with how they are known, or missing and the reason. Nothing is guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import numbers
import re
import time
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .date_text import LONGEST, DateError, Reading, date_in, read_text
from .date_words import MONTHS, WEEKDAYS

__all__ = ["date_in", "parse_dates"]

EARLIEST = 1600  # the first newspapers
_SHOWN = 60  # characters of a value in a message
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ]\d\d:?\d\d)|\d{8}T\d{4}|\d{4}-?W\d\d-?\d")
_RFC_822 = re.compile(
    r"(?:(mon|tue|wed|thu|fri|sat|sun),? +)?(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (\d{4}) "
    r"(\d\d):(\d\d)(?::(\d\d))? (?:([+-]\d\d)(\d\d)|gmt|utc|z)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})$")
_COMPACT = re.compile(r"(?:1[6-9]|20)\d{6}(?:\d{2}|\d{4}|\d{6})?$")  # 20250817, 20250817103000
_MIDNIGHT_24 = re.compile(r"(\d{4}-\d\d-\d\d[T ])24(:?00(?::?00(?:[.,]0+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)$")
_MICROSOFT = re.compile(r"\\?/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?/$")  # /Date(1394611200000+0100)/: of a second, UTC
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
_SPREADSHEET = (20_000, 60_000)  # days since 1900: 1954 to 2064
_EPOCHS = ((1e8, 1e10, 1), (1e11, 1e13, 10**3), (1e14, 1e16, 10**6), (1e17, 1e19, 10**9))  # 1973 to 2286
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NO_DATES = {dt.date(1900, 1, 1), dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1601, 1, 1), dt.date(1, 1, 1)}
_MIDNIGHT = dt.time()
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UPDATE = "given as last update"
_OF_TWO = ", the date of publication beside that of an update"
_REMEDY = "write it as YYYY-MM-DD"
_EITHER = f"day or month first? The other dates of its source and file do not tell; {_REMEDY}"


class _Known(NamedTuple):
    """What is known of one value: the time with its basis, or the reason why it is missing, or both with a doubt."""

    moment: dt.datetime | None
    basis: str | None
    reason: str | None
    orders: frozenset[str] = frozenset()  # of day and month, when the value shows one


_MISSING = _Known(None, None, None)


def parse_dates(
    values: Sequence[object], sources: Sequence[object], files: Sequence[str], *, now: dt.datetime
) -> tuple[pd.Series, list[str | None], list[str | None]]:
    """Times of publication in UTC, how each is known, and what is wrong with those that are missing or in doubt.

    A date without a time is midnight, a time without a zone is UTC; the basis says so. Whether 3/4/2025 starts with the
    day is decided by the other dates of the same source in the same file, of the source, of the file, in this order, or
    not at all; dates with dots start with the day. Of "Published 12 March 2014, updated 14 March 2014" the first is
    taken; a date that is only said to be that of the last update has the basis "given as last update". Missing, with
    the reason, are incomplete dates ("August 2025"), those that stand for no date (0001-01-01, 1900-01-01, 1970-01-01),
    those before 1600 and those of the future. Where a day of the week contradicts the date, the date is kept, and the
    reason says so.

    Parameters
    ----------
    values
        Text, datetimes, dates, epoch seconds, milli-, micro- or nanoseconds; None, NaN and "" are missing.
    sources
        The source of each value, None or NaN where unknown.
    files
        The file each value comes from.
    now
        The time of the import: what lies more than a day later is not believed.

    Returns
    -------
    The times (datetime64[us, UTC], NaT where missing); for each time its basis ("given", "given, day only", "given,
    time zone unknown: taken as UTC" …), None where missing; and for each value that is not believed the reason.
    """
    now = now.replace(tzinfo=dt.UTC) if now.tzinfo is None else now.astimezone(dt.UTC)
    seen: dict[str, _Known | Reading] = {}
    found: list[_Known | Reading] = []
    for value in values:
        if not isinstance(value, str):
            found.append(_read(value, now))
            continue
        known = seen.get(value)
        if known is None:
            known = seen[value] = _read(value, now)
        found.append(known)
    orders = _Orders(found, sources, files)
    done = [
        item if isinstance(item, _Known) else orders.settle(value, item, source, file, now)
        for value, item, source, file in zip(values, found, sources, files, strict=True)
    ]
    moments = pd.Series([known.moment for known in done], dtype="datetime64[us, UTC]")
    return moments, [known.basis for known in done], [known.reason for known in done]


# --- one value -------------------------------------------------------------------------------------------------------


def _read(value: object, now: dt.datetime) -> _Known | Reading:
    """What a value says by itself: a Reading when day and month can stand in more than one order."""
    try:
        return _MISSING if _is_missing(value) else _read_known(value, now)
    except DateError as error:
        return _refused(value, str(error), _REMEDY)
    except (ValueError, ArithmeticError, OSError, TypeError):
        return _refused(value, _REMEDY)


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _refused(value: object, *why: str) -> _Known:
    return _Known(None, None, f"date {_shown(value)!r} not read: {'; '.join(filter(None, why))}")


def _shown(value: object) -> str:
    text = " ".join(str(value)[:LONGEST].split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _read_known(value: object, now: dt.datetime) -> _Known | Reading:
    if isinstance(value, dict) and len(value) == 1:  # {"$date": …}, as MongoDB exports it
        name, inner = next(iter(value.items()))
        if name in ("$date", "$numberLong") and not isinstance(inner, list):
            return _read(inner, now)
    if isinstance(value, bool):
        raise DateError
    if isinstance(value, str):
        return _from_text(value, now)
    if isinstance(value, time.struct_time):
        return _checked(value, dt.datetime.fromtimestamp(calendar.timegm(value), dt.UTC), "given", now)
    if isinstance(value, numbers.Real):
        return _from_number(value, float(value), now)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return _from_datetime(value, dt.datetime.combine(value, _MIDNIGHT), now)
    if isinstance(value, dt.date) or type(value).__name__ == "datetime64":
        return _from_datetime(value, pd.Timestamp(value).to_pydatetime(warn=False), now)  # type: ignore[arg-type]
    raise DateError


def _from_text(value: str, now: dt.datetime) -> _Known | Reading:
    text = value.strip()
    if _ISO.match(text):
        try:
            return _from_datetime(value, dt.datetime.fromisoformat(text), now)
        except ValueError:
            pass  # "2025-08-17 10:30 UTC" is read below
    if late := _MIDNIGHT_24.match(text):  # the end of the day
        moment = dt.datetime.fromisoformat(f"{late[1]}00{late[2]}") + dt.timedelta(days=1)
        return _from_datetime(value, moment, now)
    if milliseconds := _MICROSOFT.match(text):
        return _checked(value, _EPOCH + dt.timedelta(milliseconds=int(milliseconds[1])), "given", now)
    if _COMPACT.match(text):
        try:
            moment = dt.datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S")
            return _from_datetime(value, moment, now)
        except ValueError:
            pass  # it may still be a number of seconds
    if ordinal := _ORDINAL.match(text):
        day = dt.datetime(int(ordinal[1]), 1, 1) + dt.timedelta(days=int(ordinal[2]) - 1)
        if "-" in text and day.year == int(ordinal[1]):
            return _from_datetime(value, day, now)
    if _NUMBER.match(text) and len(text) < 25:
        return _from_number(value, float(text), now)
    if re.match(r"000[01]-|0000/", text):
        return _no_date(value)
    reading = _rfc_822(text) or read_text(text, pivot=now.year + 1)
    if len(set(reading.days.values())) > 1:
        return reading
    shown = frozenset(reading.days) - {""}
    return _said(value, reading, now)._replace(orders=shown if len(shown) == 1 else frozenset())


def _rfc_822(text: str) -> Reading | None:
    """A date as feeds have it, five times as fast as by `read_text`; None when it is another or an impossible one."""
    found = _RFC_822.match(text)
    if found is None:
        return None
    weekday, day, month, year, hour, minute, second, hours, minutes = found.groups()
    try:
        on = dt.date(int(year), MONTHS[month.lower()], int(day))
        at = dt.time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    zone = int(hours) * 60 + int(f"{hours[0]}{minutes}") if hours else 0
    if abs(zone) > 14 * 60:
        return None
    return Reading({"": on}, at, zone, None, WEEKDAYS[weekday.lower()] if weekday else None)


def _from_number(value: object, number: float, now: dt.datetime) -> _Known | Reading:
    if not math.isfinite(number):
        raise DateError
    if number in (0, -1):
        return _no_date(value)
    if not isinstance(value, str) and _COMPACT.match(f"{number:.0f}"):
        return _from_text(f"{number:.0f}", now)
    for low, high, scale in _EPOCHS:
        if low <= number < high:
            return _checked(value, _EPOCH + dt.timedelta(seconds=number / scale), "given", now)
    if _SPREADSHEET[0] <= number < _SPREADSHEET[1]:
        raise DateError("it may be a spreadsheet's number of a day")
    raise DateError


def _from_datetime(value: object, moment: dt.datetime, now: dt.datetime) -> _Known:
    if moment.tzinfo is None:
        basis = _basis(moment.time() != _MIDNIGHT, known=False)
        return _checked(value, moment.replace(tzinfo=dt.UTC), basis, now)
    return _checked(value, moment, "given", now)


def _basis(has_time: bool, *, known: bool, unclear: str | None = None) -> str:
    if not has_time:
        return "given, day only"
    if known:
        return "given"
    return f"given, time zone {f'{unclear} unclear' if unclear else 'unknown'}: taken as UTC"


def _said(value: object, reading: Reading, now: dt.datetime, order: str | None = None, where: str = "") -> _Known:
    """What a reading says, once it is known which day it means."""
    day = reading.days[order] if order else next(iter(reading.days.values()))
    moment = dt.datetime.combine(day, reading.time or _MIDNIGHT)
    zone = reading.zone
    basis = _basis(
        reading.time not in (None, _MIDNIGHT) or zone is not None, known=zone is not None, unclear=reading.unclear
    )
    if isinstance(zone, str):
        from dateutil import tz

        moment = moment.replace(tzinfo=tz.gettz(zone))
    else:
        moment = moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=zone or 0)))
    if reading.role:
        basis = basis.replace("given", _UPDATE, 1) if reading.role == "update" else basis + _OF_TWO
    known = _checked(value, moment, f"{basis}, {order} as in the other dates of {where}" if where else basis, now)
    if reading.weekday is not None and known.moment is not None and day.weekday() != reading.weekday:
        doubt = f"date {_shown(value)!r}: that day was a {_WEEKDAYS[day.weekday()]}; the date is kept, check it"
        known = known._replace(reason=doubt)
    return known


def _no_date(value: object) -> _Known:
    return _refused(value, "it stands for no date")


def _checked(value: object, moment: dt.datetime, basis: str, now: dt.datetime) -> _Known:
    """The time in UTC if it can be the time of a publication."""
    if moment.year < EARLIEST:
        return _no_date(value) if moment.year == 1 else _refused(value, "no newspaper is so old")
    known = moment.astimezone(dt.UTC)
    if known == _EPOCH or (moment.time() == _MIDNIGHT and moment.date() in _NO_DATES):
        return _refused(value, "it often stands for no date")
    if known > now + dt.timedelta(days=1):
        return _refused(value, "it lies in the future")
    return _Known(known, basis, None)


# --- day first or month first ----------------------------------------------------------------------------------------


class _Orders:
    """The order of day and month that all dates of a source in a file, of a source, or of a file can have."""

    def __init__(self, found: Sequence[_Known | Reading], sources: Sequence[object], files: Sequence[str]) -> None:
        self._possible: dict[tuple[object, object], frozenset[str]] = {}
        for item, source, file in zip(found, sources, files, strict=True):
            possible = item.orders if isinstance(item, _Known) else frozenset(item.days)
            if possible:
                for key, _ in _groups(source, file):
                    self._possible[key] = self._possible.get(key, possible) & possible

    def settle(self, value: object, reading: Reading, source: object, file: str, now: dt.datetime) -> _Known:
        """The day of a reading that can mean several, by the other dates around it."""
        for key, where in _groups(source, file):
            possible = self._possible[key]
            if len(possible) == 1:
                (order,) = possible
                return _said(value, reading, now, order, "" if order == reading.usual else where)
        if reading.usual is not None:
            return _said(value, reading, now, reading.usual)
        return _refused(value, _EITHER)


def _groups(source: object, file: str) -> list[tuple[tuple[object, object], str]]:
    """The groups a date belongs to, the closest first, and what they are called."""
    if not isinstance(source, str) or not source:
        return [((None, file), "this file")]
    return [((source, file), "this source"), ((source, None), "this source"), ((None, file), "this file")]
