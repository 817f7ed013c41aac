"""What a text says of a date: the days it can mean, the time, the zone. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .date_words import FILLERS, MONTHS, PUBLISHED, REGIONS, SEASONS, UPDATED, WEEKDAYS, ZONE_PHRASES, ZONES

__all__ = ["DateError", "Reading", "date_in", "fold", "read_text"]

LONGEST = 160  # characters; no date is longer
_LINE = 1000  # characters of a line in which a date is looked for


def _any_of(words: Iterable[str]) -> str:
    """A pattern of the words, longest first, by first letters: five times as fast as one list of them all."""
    by_letters: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letters.setdefault(word[:2], []).append(word[2:])
    return "|".join(f"{start}(?:{'|'.join(ends)})" for start, ends in by_letters.items())


_NAMES = _any_of(MONTHS)
_MONTH_WORDS = frozenset(re.split(r"[ /]", name)[0] for name in MONTHS)
_LETTER = r"[^\W\d_]"
_MONTH = rf"(?<!{_LETTER})(?P<month>{_NAMES})(?!{_LETTER})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|ers?|[oa°])?(?![\d:])\.?"
_FIRST = r"(?<![\d:.,/])"  # in front of a day: not a part of a longer number
_LAST = rf"(?!{_LETTER})"
_OF = r"[\s,./-]{0,3}(?:(?:de|del|do|of)\s+|d'\s?)?"
_OF_YEAR = r"(?:\s?[гр]\b\.?|\s(?:r\b\.?|roku\b|года\b|року\b))?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})(?!\d|[:.]\d|\s?h\d|\s?[ap]\.?m\b)"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FIRST}{_DAY}{_OF}{_MONTH}{_OF}{_YEAR}{_OF_YEAR}",
        rf"{_MONTH}[\s,./-]{{0,3}}{_DAY}{_LAST}(?P<between>\s+{_CLOCK}(?:\s*[ap]\.?m\.?)?(?:\s+[a-z+\d:-]{{1,9}})?\s+)"
        r"(?P<year>\d{4})(?![\d:])",
        rf"{_MONTH}[\s,./-]{{0,3}}{_DAY}{_LAST}(?:[\s,./-]{{1,3}}|\s+(?:de|del|of)\s+)(?P<year>\d{{4}}(?![\d:])|'\d\d(?!\d))",
        rf"(?<!\d)(?P<year>\d{{4}})[\s,./-]{{1,3}}{_MONTH}[\s,./-]{{0,3}}{_DAY}{_LAST}",
    )
)
_YEAR_FIRST = re.compile(
    r"(?<![\d.])(?P<year>\d{4})\s?(?:[-/.]|[년年])\s?(?P<month>\d{1,2})\s?(?:[-/.]|[월月])\s?(?P<day>\d{1,2})(?:\s?[일日]|\.?(?!\d))"
)
_NUMERIC = re.compile(r"(?<![\d.:])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|:\d)")
_JOINED = re.compile(r"(?<!\d)(?P<year>(?:1[6-9]|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?=[\st]\d)")  # 20250817 10:30
_TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\d:.])t?)(?P<hour>\d{1,2})"
    r"(?:\s?[:.h]\s?(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?(?!\d)"
    r"(?:\s?min\b(?:\s?(?P<last>\d{2})\s?s\b)?)?"
    r"|(?=\s?[ap]\.?\s?m\b)|\s?(?:h|uhr|uur|heures?)\b|(?<=t\d\d)(?=z?$))"
    r"(?:\s?h\b)?(?:\s?(?:(?P<half>[apπμ])\.?\s?[mμ]\b\.?|(?P<arabic>[صم])\b))?"
)
_TOKEN = re.compile(r"(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[^\W\d_]+(?:[/_'][^\W\d]+)*|\d+|[^\s\d\w]+|\w")
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(ZONE_PHRASES, key=len, reverse=True))})\b")
_OFFSET = re.compile(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$")
_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PUNCTUATION = frozenset(",.;:-|/·•'\"()[]")
_WEEKDAY_BEFORE = re.compile(
    rf"(?<!{_LETTER})({_LETTER}+(?:'{_LETTER}+)?)(?:-feira)?[.,]?\s*(?:(?:le|den|the|el|il),?\s+)?$"
)
_WORD = re.compile(rf"{_LETTER}+")
# "12 March 2014 (published), 14 March 2014 (updated)": the words stand behind their dates
_LABEL_BEHIND = re.compile(rf"\d\W*\b(?:{'|'.join(sorted(PUBLISHED | UPDATED))})\s*[),;|]")
_UPDATE = re.compile(rf"(?<!{_LETTER})(?:{'|'.join(sorted(UPDATED))}|maj(?=\s*:|\s+le\b))(?!{_LETTER})")
_PUBLICATION = re.compile(rf"(?<!{_LETTER})(?:{'|'.join(sorted(PUBLISHED))})(?!{_LETTER})")
_BETWEEN = " ([,;|/-•·"
_YEAR_ALONE = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")
_MONTH_ALONE = re.compile(_MONTH)

_HALVES = {"a": "a", "p": "p", "π": "a", "μ": "p", "ص": "a", "م": "p"}  # of the day: a.m., p.m. in Greek, in Arabic
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day before month", "month before day", "year first"
_ORDERS = {DAY_FIRST: (2, 1, 0), MONTH_FIRST: (2, 0, 1), YEAR_FIRST: (0, 1, 2)}


class DateError(ValueError):
    """A text is no full date; the message says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says.

    Attributes
    ----------
    days
        The day, by the order of its numbers when it can mean several; by "" when it can mean only one.
    time
        The time of day, None when there is none.
    zone
        Minutes east of Greenwich, the name of a region, or None when unknown.
    unclear
        The name of a zone that is not known or means several.
    weekday
        The day of the week that is named, Monday 0.
    usual
        The order that is meant unless other dates show another one.
    role
        "published" when it is the day of publication beside that of an update, "update" when it is said to be that of
        the last update, else "".
    """

    days: Mapping[str, dt.date] = field(default_factory=dict)
    time: dt.time | None = None
    zone: int | str | None = None
    unclear: str | None = None
    weekday: int | None = None
    usual: str | None = None
    role: str = ""


_PLAIN = {"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ς": "σ", "،": ",", "٫": ".", "؛": ";"}


class _Folding(dict[int, str]):
    """Characters in lower case without accents, one for one, so that places in the text stay what they are."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        first, *rest = list(unicodedata.normalize("NFKD", character.lower()))
        if unicodedata.category(character) in {"Pd", "Sm"} and character not in "+<=>|~":
            first, rest = "-", []
        elif character in "’‘`´′ʼ":
            first, rest = "'", []
        elif character in _PLAIN:
            first, rest = _PLAIN[character], []
        elif (digit := unicodedata.decimal(character, None)) is not None:
            first, rest = str(digit), []
        elif character.isspace() or unicodedata.category(character) == "Cf" or character in "分분":
            first, rest = " ", []
        elif character in "時时点點시":
            first, rest = ":", []
        if any(not unicodedata.combining(mark) for mark in rest):
            first = character
        self[code] = first
        return first


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain digits, spaces and dashes; as long as it was."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def read_text(text: str, *, pivot: int) -> Reading:
    """What a text says of one date.

    Parameters
    ----------
    text
        The text of a date, with a time, a zone and a day of the week or without.
    pivot
        The latest year that two digits can mean.

    Raises
    ------
    DateError
        It is not one full date, or says something that is not understood.
    """
    if len(text) > LONGEST:
        raise DateError("it is too long for a date")
    folded = fold(text)
    update = _UPDATE.search(folded)
    if update is None:
        return _read_one(text, folded, pivot)
    published = _published(text, folded, update.start(), pivot)
    return published or replace(_read_one(text, folded, pivot), role="update")


def _published(text: str, folded: str, update: int, pivot: int) -> Reading | None:
    """The date of publication beside that of an update, which is named at a place; None when there is only one date."""
    label = _PUBLICATION.search(folded)
    if label and label.start() > update:  # "Updated 14 March 2014, published 12 March 2014"
        places = (label.start(), len(folded)), (update, label.start())
    else:
        places = (0, update), (update, len(folded))
    parts = [(start, start + len(folded[start:end].rstrip(_BETWEEN))) for start, end in places]
    if not all(_find(folded[start:end]) for start, end in parts) or _LABEL_BEHIND.search(folded):
        return None
    one, other = (_read_one(text[start:end], folded[start:end], pivot) for start, end in parts)
    if max(other.days.values()) < min(one.days.values()):
        raise DateError("the update is older than the publication")
    return replace(one, role="published")


def _read_one(text: str, folded: str, pivot: int) -> Reading:
    """What a text says of its one date."""
    found = _find(folded) or _JOINED.search(folded)
    if found is None:
        raise DateError(_why_not(folded))
    days, spans = _days(found, pivot)
    rest = folded
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    time = _TIME.search(rest)
    if time is not None:
        rest = rest[: time.start()] + " " * (time.end() - time.start()) + rest[time.end() :]
    zone, unclear, weekday = _rest(rest, text, time.end() if time else None)
    # dots are used where the day stands first
    usual = DAY_FIRST if DAY_FIRST in days and found.re is _NUMERIC and found[2] == "." else None
    days = _matching(days, weekday)
    return Reading(days, _time(time) if time else None, zone, unclear, weekday, usual if usual in days else None)


def date_in(line: str) -> str | None:
    """The stretch of a line that is a full date, with its day of the week, time and zone; None when there is none.

    Dates with the month's name in the languages of `date_words`, and in numbers.
    """
    folded = fold(line[:_LINE])
    found = _find(folded)
    if found is None or (found.re is _NUMERIC and len(found[4]) < 4):  # 1.10.33 may be a section
        return None
    start, end = found.span()
    before = _WEEKDAY_BEFORE.search(folded[:start])
    if before and before[1] in WEEKDAYS:
        start = before.start()
    while after := re.match(r"[\s,;|-]*(?:(?:at|um|a|à|om|as|alle|ore|klo|kl\.?|saat|в|о)\s+)?", folded[end:]):
        place = end + after.end()
        time = _TIME.match(folded, place)
        word = re.compile(r"\(?(?:gmt|utc)?([^\W\d_]{1,12}(?:'[^\W\d_]+)?|[+-]\d{1,2}(?::?\d{2})?)\b\)?").match(
            folded, place
        )
        if time:
            end = time.end()
        elif word and (word[1] in WEEKDAYS or word[1] in ZONES or word[1] in REGIONS or word[1][0] in "+-"):
            end = word.end()
        else:
            break
    return line[start:end]


def _find(folded: str) -> re.Match[str] | None:
    """The first date with a month's name, else the first that starts with the year, else in other numbers."""
    if not _MONTH_WORDS.isdisjoint(_WORD.findall(folded)):
        for pattern in _NAMED:
            if found := pattern.search(folded):
                return found
    return _YEAR_FIRST.search(folded) or _NUMERIC.search(folded)


def _days(found: re.Match[str], pivot: int) -> tuple[dict[str, dt.date], list[tuple[int, int]]]:
    """The days that the match can mean, and where it stands (in two places when the time stands between)."""
    if found.re is _NUMERIC:
        return _numeric_days(found, pivot), [found.span()]
    month = MONTHS.get(found["month"]) or int(found["month"])
    day = _day(_year(found["year"], pivot), month, int(found["day"]))
    between = found.span("between") if "between" in found.re.groupindex else None
    spans = [found.span()] if between is None else [(found.start(), between[0]), found.span("year")]
    return {"": day}, spans


def _numeric_days(found: re.Match[str], pivot: int) -> dict[str, dt.date]:
    """The days that three numbers can mean, by their order."""
    numbers, separator = (found[1], found[3], found[4]), found[2]
    orders = [DAY_FIRST, MONTH_FIRST]
    if len(found[4]) == 2 and len(found[1]) == 2 and separator == "-":
        orders.append(YEAR_FIRST)  # 25-08-17; with other marks nobody writes the year first in two digits
    days = {}
    for order in orders:
        year, month, day = (numbers[place] for place in _ORDERS[order])
        try:
            days[order] = _day(_year(year, pivot), int(month), int(day))
        except DateError:
            continue
    if not days:
        raise DateError("there is no such day")
    return days


def _year(digits: str, pivot: int) -> int:
    if len(digits) == 4:
        return int(digits)
    year = pivot // 100 * 100 + int(digits.removeprefix("'"))
    return year if year <= pivot else year - 100


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise DateError("there is no such day") from None


def _time(found: re.Match[str]) -> dt.time:
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or found["last"] or 0)
    half = _HALVES.get(found["half"] or found["arabic"])
    if half and hour <= 12:
        if hour == 0 and half == "p":
            raise DateError("there is no such time")
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half == "a":
        raise DateError("there is no such time")
    microsecond = int(f"{found['fraction'] or ''}000000"[:6])
    try:
        return dt.time(hour, minute, min(second, 59) if second == 60 else second, microsecond)
    except ValueError:
        raise DateError("there is no such time") from None


def _rest(rest: str, text: str, time_end: int | None) -> tuple[int | str | None, str | None, int | None]:
    """Zone, unclear zone and day of the week from what stands around the date and the time."""
    zone: int | str | None = None
    unclear = weekday = None
    for aside in _ASIDE.finditer(rest):  # "(CEST)", "[Europe/Berlin]", "(Central European Summer Time)"
        if time_end is not None and zone is None:
            zone = _zone(aside[1].strip())
        rest = rest[: aside.start()] + " " * (aside.end() - aside.start()) + rest[aside.end() :]
    named: int | str | None = None
    if time_end is not None and (phrase := _PHRASE.search(rest, time_end)):
        named = _zone(ZONE_PHRASES[phrase[0]])
        rest = rest[: phrase.start()] + " " * (phrase.end() - phrase.start()) + rest[phrase.end() :]
    for token in _TOKEN.finditer(rest):
        word = token[0]
        if (offset := _OFFSET.match(word)) and time_end is not None:
            named = _minutes(offset)
        elif word in WEEKDAYS:
            weekday = WEEKDAYS[word]
        elif time_end is not None and token.start() >= time_end and _zone(word) is not None:
            named = _zone(word) if named is None else named
        elif word in FILLERS or set(word) <= _PUNCTUATION:
            continue
        elif time_end is not None and token.start() >= time_end and unclear is None and _is_code(text, token):
            unclear = text[token.start() : token.end()]
        else:
            raise DateError(f"{text[token.start() : token.end()]!r} is not understood")
    return (zone if named is None else named), unclear, weekday


def _is_code(text: str, token: re.Match[str]) -> bool:
    written = text[token.start() : token.end()]
    return written.isupper() and 2 <= len(written) <= 5


def _zone(name: str) -> int | str | None:
    if name in ZONES:
        return ZONES[name]
    if name in REGIONS:
        return REGIONS[name]
    if offset := _OFFSET.match(name):
        return _minutes(offset)
    if "/" in name:
        from dateutil import tz

        region = "/".join("_".join(p.capitalize() for p in part.split("_")) for part in name.split("/"))
        return region if tz.gettz(region) else None
    return None


def _minutes(offset: re.Match[str]) -> int:
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    if hours > 14 or minutes > 59:
        raise DateError("there is no such time zone")
    return (hours * 60 + minutes) * (-1 if offset[1] == "-" else 1)


def _matching(days: dict[str, dt.date], weekday: int | None) -> dict[str, dt.date]:
    """The days that fall on the day of the week that is named; all when none does."""
    if weekday is None or len(days) == 1:
        return days
    return {order: day for order, day in days.items() if day.weekday() == weekday} or days


def _why_not(folded: str) -> str:
    """Why there is no full date in a text."""
    words = set(_WORD.findall(folded))
    month, year = _MONTH_ALONE.search(folded), _YEAR_ALONE.search(folded)
    if year and (month or words & SEASONS or re.fullmatch(r"\D{0,3}\d{4}(?:[-/.]\d{1,2})?\D{0,3}", folded)):
        return "it has no day"
    if month and re.search(r"\d", folded):
        return "it has no year"
    return ""
