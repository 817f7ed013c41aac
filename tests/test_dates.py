"""Dates: read, refused with the reason, or doubted; and how each is known."""

import calendar
import datetime as dt
import email.utils
import time

import numpy as np
import pandas as pd
import pytest
from dateutil import parser as dateutil_parser
from hypothesis import given
from hypothesis import strategies as st

from mediakit.readers.dates import date_in, parse_dates

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
UNKNOWN = "given, time zone unknown: taken as UTC"
DAY = "given, day only"
OF_TWO = ", the date of publication beside that of an update"
UPDATES = (
    *("Last updated", "Zuletzt aktualisiert am", "Stand:", "Dernière mise à jour :", "MAJ le", "Laatst bijgewerkt op"),
    *("Última actualización:", "Ultimo aggiornamento:", "Última atualização", "Senast uppdaterad", "Sist oppdatert"),
    *("Sidst opdateret", "Ostatnia aktualizacja:", "Poslední aktualizace", "Son Güncelleme:", "Последнее обновление:"),
    *("Τελευταία ενημέρωση:", "آخر تحديث:"),
)


def read(value: object, *others: object) -> tuple[str | None, str | None, str | None]:
    """Time, basis and reason of a value among others of the same source and file."""
    n = 1 + len(others)
    times, bases, reasons = parse_dates([value, *others], ["source"] * n, ["file"] * n, now=NOW)
    return None if pd.isna(times[0]) else times[0].isoformat().removesuffix("+00:00"), bases[0], reasons[0]


@pytest.mark.parametrize(
    ("value", "expected", "basis"),
    [
        # ISO 8601 and what is made of it
        ("2025-08-17", "2025-08-17T00:00:00", DAY),
        ("2025-08-17 00:00:00", "2025-08-17T00:00:00", DAY),
        ("2025-08-17T10:30:00Z", "2025-08-17T10:30:00", "given"),
        ("2025-08-17T10:30Z", "2025-08-17T10:30:00", "given"),
        ("2025-08-17T10:30:00", "2025-08-17T10:30:00", UNKNOWN),
        ("2025-08-17T10", "2025-08-17T10:00:00", UNKNOWN),
        ("2025-08-17 10:30:00+02:00", "2025-08-17T08:30:00", "given"),
        ("2025-08-17 10:30:00 +0200", "2025-08-17T08:30:00", "given"),
        ("2025-08-17T10:30:00\N{MINUS SIGN}02:00", "2025-08-17T12:30:00", "given"),
        ("2025-08-17T10:30:00+02:00[Europe/Berlin]", "2025-08-17T08:30:00", "given"),
        ("2025-08-17 10:30:00 Europe/Berlin", "2025-08-17T08:30:00", "given"),
        ("2025-08-17T10:30:00.123456+00:00", "2025-08-17T10:30:00.123456", "given"),
        ("2025-08-17T10:30:00,5+00:00", "2025-08-17T10:30:00.500000", "given"),
        ("2025-08-17 10:30:00.0", "2025-08-17T10:30:00", UNKNOWN),
        ("2025-08-17 10:30 UTC", "2025-08-17T10:30:00", "given"),
        ("2025-229", "2025-08-17T00:00:00", DAY),
        ("2025-W33-7", "2025-08-17T00:00:00", DAY),
        ("20250817T103000Z", "2025-08-17T10:30:00", "given"),
        ("20250817", "2025-08-17T00:00:00", DAY),
        ("20250817103000", "2025-08-17T10:30:00", UNKNOWN),
        ("202508171030", "2025-08-17T10:30:00", UNKNOWN),
        ("2025/08/17", "2025-08-17T00:00:00", DAY),
        ("2025-08-17T24:00:00Z", "2025-08-18T00:00:00", "given"),
        ("2025-08-17T24:00:00+02:00", "2025-08-17T22:00:00", "given"),
        ("2025-08-17 24:00", "2025-08-18T00:00:00", DAY),
        ("2019-10-15T05:00:00+09:00", "2019-10-14T20:00:00", "given"),
        ("/Date(1755426600000)/", "2025-08-17T10:30:00", "given"),
        ("\\/Date(1755426600000+0200)\\/", "2025-08-17T10:30:00", "given"),
        ("2025/8/17 9:05", "2025-08-17T09:05:00", UNKNOWN),
        # mail and feeds
        ("Sun, 17 Aug 2025 10:30:00 +0200", "2025-08-17T08:30:00", "given"),
        ("Sun, 17 Aug 2025 10:30:00 EDT", "2025-08-17T14:30:00", "given"),
        ("Sun, 17 Aug 25 10:30 GMT", "2025-08-17T10:30:00", "given"),
        ("17 Aug 2025 10:30:00 -0430 (VET)", "2025-08-17T15:00:00", "given"),
        ("Sun, 17 Aug 2025 10:30:00 (CEST)", "2025-08-17T08:30:00", "given"),
        ("Sun Aug 17 10:30:00 2025", "2025-08-17T10:30:00", UNKNOWN),
        ("Sun Aug 17 10:30:00 EDT 2025", "2025-08-17T14:30:00", "given"),
        ("Sun Aug 17 10:30:00 +0000 2025", "2025-08-17T10:30:00", "given"),
        ("Sun Aug 17 2025 10:30:00 GMT+0200 (Central European Summer Time)", "2025-08-17T08:30:00", "given"),
        # English
        ("August 17, 2025", "2025-08-17T00:00:00", DAY),
        ("17 August 2025", "2025-08-17T00:00:00", DAY),
        ("the 17th of August 2025", "2025-08-17T00:00:00", DAY),
        ("SEPT 3, 2025", "2025-09-03T00:00:00", DAY),
        ("17-Aug-25", "2025-08-17T00:00:00", DAY),
        ("Aug. 17, 2025 10:30 p.m.", "2025-08-17T22:30:00", UNKNOWN),
        ("Aug. 17, 2025 at 9:15 p.m. ET", "2025-08-18T01:15:00", "given"),
        ("Jan. 17, 2025 at 9:15 p.m. ET", "2025-01-18T02:15:00", "given"),
        ("Aug 17, 2025, 12:05 AM PDT", "2025-08-17T07:05:00", "given"),
        ("August 17, 2025 Sunday 5:38 PM EST", "2025-08-17T22:38:00", "given"),
        ("5:38 PM EST August 17, 2025", "2025-08-17T22:38:00", "given"),
        ("Last updated: Sun 17 Aug 2025 10.30 BST", "2025-08-17T09:30:00", "given as last update"),
        ("17 August 2025, 10:30 am IST", "2025-08-17T10:30:00", "given, time zone IST unclear: taken as UTC"),
        ("Aug 17 2025, 10:30 AM GMT+5:30", "2025-08-17T05:00:00", "given"),
        ("Aug 17, 2025 5:38 p.m. Eastern", "2025-08-17T21:38:00", "given"),
        ("2025-08-17T10:30:00-04:00 EDT", "2025-08-17T14:30:00", "given"),
        ("Published 10:30 AM EDT, Sun August 17, 2025", "2025-08-17T14:30:00", "given"),
        ("Aug.17,2025", "2025-08-17T00:00:00", DAY),
        ("17Aug2025", "2025-08-17T00:00:00", DAY),
        ("20250817 10:30", "2025-08-17T10:30:00", UNKNOWN),
        ("2025-08-17\N{ZERO WIDTH SPACE}", "2025-08-17T00:00:00", DAY),
        # other languages
        ("17. August 2025", "2025-08-17T00:00:00", DAY),
        ("Sonntag, 17. August 2025", "2025-08-17T00:00:00", DAY),
        ("3. März 2025 14:05 Uhr", "2025-03-03T14:05:00", UNKNOWN),
        ("17. Dez. 2025, 08:00 MEZ", "2025-12-17T07:00:00", "given"),
        ("le 17 août 2025", "2025-08-17T00:00:00", DAY),
        ("1er août 2025", "2025-08-01T00:00:00", DAY),
        ("dimanche 17 août 2025 - 08:05", "2025-08-17T08:05:00", UNKNOWN),
        ("Publié le 17 févr. 2025 à 14h05", "2025-02-17T14:05:00", UNKNOWN),
        ("17 augustus 2025 zondag", "2025-08-17T00:00:00", DAY),
        ("zo 17 aug. 2025 om 14.05 uur", "2025-08-17T14:05:00", UNKNOWN),
        ("17 mrt 2025", "2025-03-17T00:00:00", DAY),
        ("domingo, 17 de agosto de 2025 a las 14:05", "2025-08-17T14:05:00", UNKNOWN),
        ("17 ene. 2025", "2025-01-17T00:00:00", DAY),
        ("domenica 17 agosto 2025 ore 14.05", "2025-08-17T14:05:00", UNKNOWN),
        ("1º de março de 2025 às 14h05", "2025-03-01T14:05:00", UNKNOWN),
        ("segunda-feira, 18 de agosto de 2025", "2025-08-18T00:00:00", DAY),
        ("1 janv. 2025, 14 h 05 min 09 s", "2025-01-01T14:05:09", UNKNOWN),
        ("2025年8月17日(日) 10時30分", "2025-08-17T10:30:00", UNKNOWN),
        ("2025年8月17日 10:30", "2025-08-17T10:30:00", UNKNOWN),
        ("17 sierpnia 2025 r., godz. 14:05", "2025-08-17T14:05:00", UNKNOWN),
        ("17.08.2025 г., 14:05 ч.", "2025-08-17T14:05:00", UNKNOWN),
        ("17 августа 2025 года в 14:05 МСК", "2025-08-17T11:05:00", "given"),
        ("неділя, 17 серпня 2025 р., 14:05", "2025-08-17T14:05:00", UNKNOWN),
        ("søndag den 17. august 2025 kl. 14.05", "2025-08-17T14:05:00", UNKNOWN),
        ("sön 17 aug 2025 klockan 14.05", "2025-08-17T14:05:00", UNKNOWN),
        ("sunnuntaina 17. elokuuta 2025 klo 14.05", "2025-08-17T14:05:00", UNKNOWN),
        ("17 AĞUSTOS 2025 Pazar, 14:05", "2025-08-17T14:05:00", UNKNOWN),
        ("17. srpna 2025 v 14:05 hodin", "2025-08-17T14:05:00", UNKNOWN),
        ("2025. augusztus 17., vasárnap 14:05", "2025-08-17T14:05:00", UNKNOWN),
        ("Κυριακή 17 Αυγούστου 2025, 2:05 μ.μ.", "2025-08-17T14:05:00", UNKNOWN),
        ("17 ΑΥΓΟΥΣΤΟΥ 2025", "2025-08-17T00:00:00", DAY),
        ("الأحد، ١٧ أغسطس ٢٠٢٥ 2:05 م", "2025-08-17T14:05:00", UNKNOWN),
        ("17 آب/أغسطس 2025", "2025-08-17T00:00:00", DAY),
        ("17 تشرين الثاني 2025", "2025-11-17T00:00:00", DAY),
        ("17 maj 2025", "2025-05-17T00:00:00", DAY),
        # the day of publication and that of an update
        ("Published August 17, 2025, updated August 18, 2025", "2025-08-17T00:00:00", f"{DAY}{OF_TWO}"),
        ("Updated 18 August 2025; first published 17 August 2025", "2025-08-17T00:00:00", f"{DAY}{OF_TWO}"),
        ("17 August 2025 (updated 18 August 2025)", "2025-08-17T00:00:00", f"{DAY}{OF_TWO}"),
        (
            "Published: Sunday 17 August 2025 at 10:30 GMT | Last updated: Monday 18 August 2025 at 10:31 GMT",
            "2025-08-17T10:30:00",
            f"given{OF_TWO}",
        ),
        ("Publié le 17 août 2025 à 14h05, mis à jour le 18 août 2025 à 10h", "2025-08-17T14:05:00", UNKNOWN + OF_TWO),
        ("Veröffentlicht am 17.08.2025, aktualisiert am 18.08.2025", "2025-08-17T00:00:00", f"{DAY}{OF_TWO}"),
        ("Опубликовано 17 августа 2025, обновлено 18 августа 2025", "2025-08-17T00:00:00", f"{DAY}{OF_TWO}"),
        *((f"{words} 17.08.2025", "2025-08-17T00:00:00", "given as last update, day only") for words in UPDATES),
        # numbers only
        ("25/08/2025", "2025-08-25T00:00:00", DAY),
        ("08/25/2025", "2025-08-25T00:00:00", DAY),
        ("17/08/25", "2025-08-17T00:00:00", DAY),
        ("8/17/2025 5:38:00 PM", "2025-08-17T17:38:00", UNKNOWN),
        ("12/31/99", "1999-12-31T00:00:00", DAY),
        ("04/04/2025", "2025-04-04T00:00:00", DAY),
        ("Tue 03/04/2025", "2025-03-04T00:00:00", DAY),
        ("Thu 03/04/2025", "2025-04-03T00:00:00", DAY),
        ("03.04.2025", "2025-04-03T00:00:00", DAY),
        ("١٧/٠٨/٢٠٢٥", "2025-08-17T00:00:00", DAY),
        # what is no text
        (20250817, "2025-08-17T00:00:00", DAY),
        (1755426600, "2025-08-17T10:30:00", "given"),
        (1755426600.0, "2025-08-17T10:30:00", "given"),
        (1755426600000, "2025-08-17T10:30:00", "given"),
        ("1755426600000", "2025-08-17T10:30:00", "given"),
        (np.int64(1755426600), "2025-08-17T10:30:00", "given"),
        (np.datetime64("2025-08-17T10:30"), "2025-08-17T10:30:00", UNKNOWN),
        (pd.Timestamp("2025-08-17 10:30", tz="Europe/Berlin"), "2025-08-17T08:30:00", "given"),
        (dt.datetime(2025, 8, 17, 10, 30), "2025-08-17T10:30:00", UNKNOWN),
        (dt.date(2025, 8, 17), "2025-08-17T00:00:00", DAY),
        (time.struct_time((2025, 8, 17, 10, 30, 0, 6, 229, 0)), "2025-08-17T10:30:00", "given"),
        ({"$date": "2025-08-17T10:30:00Z"}, "2025-08-17T10:30:00", "given"),
        ({"$date": {"$numberLong": "1755426600000"}}, "2025-08-17T10:30:00", "given"),
    ],
)
def test_dates_are_read_to_utc_with_how_they_are_known(value: object, expected: str, basis: str) -> None:
    assert read(value) == (expected, basis, None)


@pytest.mark.parametrize("value", [None, "", "  ", float("nan"), pd.NaT, pd.NA, np.datetime64("NaT")])
def test_missing_dates_have_neither_basis_nor_reason(value: object) -> None:
    assert read(value) == (None, None, None)


NO_DATES: tuple[object, ...] = (
    *("Monday", "2025", "10:30", "soon", "17 Brumaire", "9" * 50, "1" * 5000),
    *(12, True, [2025], b"2025-08-17", {"$date": []}, object),
)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("August 2025", "no day"),
        ("Summer 2025", "no day"),
        ("2025-08", "no day"),
        ("July/August 2025", "no day"),
        ("17 August", "no year"),
        ("2025-13-45", "no such day"),
        ("31.02.2025", "no such day"),
        ("30 février 2025", "no such day"),
        ("17 Aug 2025 13:61", "no such time"),
        ("17 Aug 2025 10:30 +9900", "no such time zone"),
        ("03/04/2025", "day or month first"),
        ("25-08-17", "day or month first"),
        ("17-23 August 2025", "'17' is not understood"),
        ("17 August 2025 in Berlin", "'in' is not understood"),
        ("Published: August 18, 2025; updated: August 17, 2025", "update is older"),
        ("17 August 2025 (published), 18 August 2025 (updated)", "'18' is not understood"),
        ("Updated: 17 August 2025, updated: 18 August 2025", "'18' is not understood"),
        ("/Date(0)/", "no date"),
        ("2025-08-17T24:30:00Z", "no such time"),
        ("0000-00-00", "no date"),
        ("0001-01-01", "no date"),
        ("0001-01-01T00:00:00Z", "no date"),
        ("1900-01-01", "no date"),
        ("1970-01-01", "no date"),
        ("01/01/1970", "no date"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "no date"),
        ("1969-12-31T19:00:00-05:00", "no date"),
        (0, "no date"),
        (-1, "no date"),
        (dt.datetime(1, 1, 1), "no date"),
        ("1512-03-04", "so old"),
        ("2026-11-24", "future"),
        ("9999-12-31", "future"),
        (45886, "spreadsheet"),
        ("45886", "spreadsheet"),
        *((value, "YYYY-MM-DD") for value in NO_DATES),
    ],
)
def test_dates_that_are_not_believed_say_why(value: object, why: str) -> None:
    moment, basis, reason = read(value)
    assert (moment, basis) == (None, None)
    assert "not read" in str(reason)
    assert why in str(reason)


def test_tomorrow_is_believed_because_it_is_tomorrow_somewhere() -> None:
    assert read("2026-11-23")[0] == "2026-11-23T00:00:00"


def test_a_weekday_that_contradicts_the_date_is_a_doubt() -> None:
    moment, basis, reason = read("Monday, 17 August 2025")
    assert (moment, basis) == ("2025-08-17T00:00:00", DAY)
    assert "was a Sunday" in str(reason)


# --- day first or month first ----------------------------------------------------------------------------------------


def test_day_or_month_first_is_decided_by_the_other_dates_of_the_source() -> None:
    as_others = f"{DAY}, day before month as in the other dates of this source"
    assert read("03/04/2025", "25/12/2025") == ("2025-04-03T00:00:00", as_others, None)
    assert read("03/04/2025", "12/25/2025")[0] == "2025-03-04T00:00:00"
    assert read("03-04-2025 14:05", "Thu 03/04/2025")[0] == "2025-04-03T14:05:00"
    assert read("03.04.2025", "12.25.2025")[0] == "2025-03-04T00:00:00"
    assert read("25-08-17", "98-12-31")[0] == "2025-08-17T00:00:00"


def test_day_or_month_first_is_not_decided_by_dates_that_show_nothing_or_both() -> None:
    for others in ((), ("04/04/2025",), ("05/06/2025",), ("2025-12-25",), ("25/12/2025", "12/25/2025")):
        moment, _, reason = read("03/04/2025", *others)
        assert moment is None
        assert "day or month first" in str(reason)


def test_sources_of_one_file_may_write_dates_in_two_orders() -> None:
    values = ["03/04/2025", "25/12/2025", "03/04/2025", "12/25/2025", "03/04/2025"]
    times, _, reasons = parse_dates(values, ["A", "A", "B", "B", None], ["f"] * 5, now=NOW)
    assert [None if pd.isna(t) else t.month for t in times] == [4, 12, 3, 12, None]
    assert [reason is None for reason in reasons] == [True, True, True, True, False]


def test_a_source_that_shows_nothing_follows_its_file() -> None:
    times, bases, _ = parse_dates(["03/04/2025", "25/12/2025"], ["A", "B"], ["f", "f"], now=NOW)
    assert times[0].month == 4
    assert str(bases[0]).endswith("day before month as in the other dates of this file")
    times, *_ = parse_dates(["03/04/2025", "25/12/2025"], ["A", "B"], ["f", "g"], now=NOW)
    assert pd.isna(times[0])


def test_a_source_may_write_dates_in_two_orders_in_two_files() -> None:
    values = ["03/04/2025", "25/12/2025", "03/04/2025", "12/25/2025", "03/04/2025"]
    times, *_ = parse_dates(values, ["A"] * 5, ["f", "f", "g", "g", "h"], now=NOW)
    assert [None if pd.isna(t) else t.month for t in times] == [4, 12, 3, 12, None]


# --- dates in lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("August 17, 2025 Sunday 5:38 PM EST", "August 17, 2025 Sunday 5:38 PM EST"),
        ("August 17, 2025 Sunday  Late Edition - Final", "August 17, 2025 Sunday"),
        ("Sonntag, 17. August 2025", "Sonntag, 17. August 2025"),
        ("Le Monde, dimanche 17 août 2025, p. 4", "dimanche 17 août 2025"),
        ("17 augustus 2025 zondag", "17 augustus 2025 zondag"),
        ("The Guardian (London), 17 August 2025 14:05, 812 words, Jane Doe", "17 August 2025 14:05"),
        ("DATE: 2025-08-17T10:30:00Z", "2025-08-17T10:30:00Z"),
        ("Load-Date: August 18, 2025", "August 18, 2025"),
        ("Copyright 2025 The New York Times Company", None),
        ("August 2025", None),
        ("Section A; Column 0; Page 17", None),
        ("sections 1.10.33 of De finibus", None),
        ("", None),
    ],
)
def test_the_date_in_a_line(line: str, expected: str | None) -> None:
    assert date_in(line) == expected


# --- against other readers of dates, and over anything ---------------------------------------------------------------

MOMENTS = st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(2026, 11, 22), timezones=st.just(dt.UTC))
ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: dt.timezone(dt.timedelta(minutes=15 * quarters)))


@given(MOMENTS, ZONES)
def test_iso_8601_against_the_standard_library(moment: dt.datetime, zone: dt.timezone) -> None:
    times, bases, _ = parse_dates([moment.astimezone(zone).isoformat()], [None], ["f"], now=NOW)
    assert times[0].to_pydatetime() == moment
    assert bases == ["given"]


@given(MOMENTS.map(lambda moment: moment.replace(microsecond=0)), ZONES)
def test_rfc_822_against_the_standard_library(moment: dt.datetime, zone: dt.timezone) -> None:
    text = email.utils.format_datetime(moment.astimezone(zone))
    times, bases, reasons = parse_dates([text, f"{text} (there)"], [None] * 2, ["f"] * 2, now=NOW)
    assert [at.to_pydatetime() for at in times] == [email.utils.parsedate_to_datetime(text)] * 2
    assert (bases, reasons) == (["given"] * 2, [None] * 2)


FORMATS = [
    "%B %d, %Y %A %I:%M %p",
    "%d %b %Y %H:%M",
    "%A, %B %d, %Y",
    "%d-%b-%Y",
    "%Y/%m/%d %H:%M:%S",
    "%a %b %d %H:%M:%S %Y",
]


@given(MOMENTS, st.sampled_from(FORMATS))
def test_english_against_dateutil(moment: dt.datetime, form: str) -> None:
    text = moment.strftime(form)
    times, _, reasons = parse_dates([text], [None], ["f"], now=NOW)
    assert times[0].replace(tzinfo=None) == dateutil_parser.parse(text)
    assert reasons == [None]


@given(st.dates(dt.date(1971, 1, 1), dt.date(2026, 11, 22)), st.sampled_from("/-."), st.booleans())
def test_a_date_in_numbers_is_never_read_in_the_wrong_order(day: dt.date, mark: str, day_first: bool) -> None:
    form = f"%d{mark}%m{mark}%Y" if day_first or mark == "." else f"%m{mark}%d{mark}%Y"
    times, *_ = parse_dates([day.strftime(form)], [None], ["f"], now=NOW)
    assert pd.isna(times[0]) or times[0].date() == day
    assert pd.isna(times[0]) == (mark != "." and day.day <= 12 and day.day != day.month)


ANY = st.one_of(
    st.text(),
    st.text("0123456789 /-.:,TZ+apm年", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.binary(),
    st.complex_numbers(),
    st.timedeltas(),
    st.decimals(),
    st.lists(st.integers()),
    st.dictionaries(st.just("$date"), st.text()),
)


@given(st.lists(st.tuples(ANY, ANY)))
def test_any_value_is_a_date_missing_or_refused(rows: list[tuple[object, object]]) -> None:
    values, sources = [value for value, _ in rows], [source for _, source in rows]
    times, bases, reasons = parse_dates(values, sources, ["f"] * len(rows), now=NOW)
    assert str(times.dtype) == "datetime64[us, UTC]"
    assert len(times) == len(bases) == len(reasons) == len(rows)
    assert [basis is None for basis in bases] == times.isna().tolist()
    assert all(at <= NOW + dt.timedelta(days=1) for at in times.dropna())


@given(st.text())
def test_a_date_in_a_line_is_a_stretch_of_it(line: str) -> None:
    found = date_in(f"{line} 17 August 2025 {line}")
    assert found is not None
    assert found in f"{line} 17 August 2025 {line}"


def test_month_names_are_those_of_the_calendar() -> None:
    for number in range(1, 13):
        for name in (calendar.month_name[number], calendar.month_abbr[number]):
            assert read(f"5 {name} 2025")[0] == f"2025-{number:02}-05T00:00:00"
