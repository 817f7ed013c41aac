"""How many dates are read right, left missing or read wrong, beside other readers: python tools/accuracy_dates.py

The dates are made here: written by Babel in the manner of 20 locales, by the standard library as feeds have them, and
in numbers whose order differs between the sources of one file. Then the time that 20,000 take.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence

import babel.dates
import dateparser
import pandas as pd
from dateutil import parser as dateutil_parser

from mediakit.readers.dates import parse_dates

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
LOCALES = "en en_GB en_AU en_CA en_IN de de_AT de_CH fr fr_CA fr_CH fr_BE nl nl_BE es es_MX es_AR it it_CH pt".split()
Reading = Callable[[Sequence[str], Sequence[str | None]], list[dt.datetime | None]]


def mediakit(values: Sequence[str], sources: Sequence[str | None]) -> list[dt.datetime | None]:
    """Times by mediakit."""
    times, _, _ = parse_dates(values, sources, ["file"] * len(values), now=NOW)
    return [None if pd.isna(at) else at.to_pydatetime() for at in times]


def one_by_one(parse: Callable[[str], dt.datetime | None]) -> Reading:
    """A reader of single dates as a reader of many."""

    def read(values: Sequence[str], _: Sequence[str | None]) -> list[dt.datetime | None]:
        found = []
        for value in values:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    at = parse(value)
            except (ValueError, OverflowError):
                at = None
            found.append(at.replace(tzinfo=dt.UTC) if at and at.tzinfo is None else at)
        return found

    return read


READERS: dict[str, Reading] = {
    "mediakit": mediakit,
    "dateutil": one_by_one(dateutil_parser.parse),
    "dateparser": one_by_one(dateparser.parse),
}


def days(n: int, seed: int = 1) -> list[dt.datetime]:
    """Moments of the years 2000 to 2025, to the second."""
    chance = random.Random(seed)
    first = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    return [first + dt.timedelta(seconds=chance.randrange(26 * 365 * 86400)) for _ in range(n)]


def sets() -> dict[str, tuple[list[str], list[str | None], list[dt.datetime]]]:
    """Dates as text, their sources and what they mean."""
    made: dict[str, tuple[list[str], list[str | None], list[dt.datetime]]] = {}
    for language in ("en", "de", "fr", "nl", "es", "it", "pt"):
        values: list[str] = []
        meant: list[dt.datetime] = []
        for locale in (locale for locale in LOCALES if locale[:2] == language):
            for form in ("medium", "long", "full"):
                for day in days(60, seed=len(values)):
                    values.append(babel.dates.format_date(day, form, locale=locale))
                    meant.append(day.replace(hour=0, minute=0, second=0))
        made[f"written out: {language}"] = (values, [None] * len(values), meant)
    feeds = days(500)
    zone = dt.timezone(dt.timedelta(hours=-4))
    made["feeds (RFC 822)"] = ([email.utils.format_datetime(at.astimezone(zone)) for at in feeds], [None] * 500, feeds)
    made["ISO 8601"] = ([at.astimezone(zone).isoformat() for at in feeds], [None] * 500, feeds)
    numbers = [at.replace(hour=0, minute=0, second=0) for at in days(1000)]
    for size in (10, 3, 1):
        sources: list[str | None] = [f"source {n // size}" for n in range(1000)]
        forms = ["%d/%m/%Y" if n // size % 2 else "%m/%d/%Y" for n in range(1000)]
        values = [at.strftime(form) for at, form in zip(numbers, forms, strict=True)]
        made[f"numbers, {size} of a source, sources differ"] = (values, sources, numbers)
    return made


def main() -> int:
    """Print the tables."""
    print("| dates | " + " | ".join(f"{name}: right, missing, wrong" for name in READERS) + " |")
    print("|---" * (1 + len(READERS)) + "|")
    for name, (values, sources, meant) in sets().items():
        cells = []
        for read in READERS.values():
            found = read(values, sources)
            right = sum(at == want for at, want in zip(found, meant, strict=True))
            missing = sum(at is None for at in found)
            cells.append(f"{right}, {missing}, {len(found) - right - missing}")
        print(f"| {name} ({len(values)}) | " + " | ".join(cells) + " |")
    many = days(20_000)
    forms = {
        "ISO 8601": [at.isoformat() for at in many],
        "RFC 822": [email.utils.format_datetime(at) for at in many],
        "August 17, 2025 Sunday 05:38 PM": [at.strftime("%B %d, %Y %A %I:%M %p") for at in many],
    }
    peers: dict[str, Callable[[str], object]] = {
        "dateutil": dateutil_parser.parse,
        "email.utils": email.utils.parsedate_to_datetime,
    }
    parse_dates(forms["ISO 8601"], [None] * len(many), ["file"] * len(many), now=NOW)  # once to warm up
    for form, values in forms.items():
        start = time.process_time()
        parse_dates(values, ["source"] * len(values), ["file"] * len(values), now=NOW)
        line = f"{form}: mediakit {time.process_time() - start:.2f} s"
        for name, parse in peers.items():
            if name == "dateutil" or form == "RFC 822":
                start = time.process_time()
                for value in values:
                    parse(value)
                line += f", {name} {time.process_time() - start:.2f} s"
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
