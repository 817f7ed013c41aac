"""The words of dates: read in every language of the table as Babel writes them, and none that means two things."""

import datetime as dt

import babel.dates
import pytest

from mediakit.readers import date_words
from mediakit.readers.date_text import fold
from mediakit.readers.dates import date_in, parse_dates

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DAY = "given, day only"

LOCALES = "en en_GB en_AU en_CA en_IN de de_AT de_CH fr fr_CA fr_CH fr_BE nl nl_BE es es_MX es_AR it it_CH pt".split()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["medium", "long", "full"])
def test_months_and_weekdays_in_other_languages_against_babel(locale: str, form: str) -> None:
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(0, 365, 3)]
    written = [babel.dates.format_date(day, form, locale=locale) for day in days]
    times, bases, reasons = parse_dates(written, [None] * len(days), ["f"] * len(days), now=NOW)
    assert [at.date() for at in times] == days
    assert (set(bases), set(reasons)) == ({DAY}, {None})
    in_lines = [date_in(f"p. 4 | {text}") for text in written]
    assert in_lines == written


FURTHER = "ca sv da nb fi et pl cs sk sl sr_Latn sr_Cyrl hu ro tr id ru uk bg el ar ar_EG ar_LB ar_MA ar_DZ".split()


@pytest.mark.parametrize("locale", FURTHER)
@pytest.mark.parametrize("form", ["EEEE, d MMMM y", "d MMMM y", "d MMM y"])
def test_further_languages_against_babel(locale: str, form: str) -> None:
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(0, 365, 3)]
    written = [babel.dates.format_date(day, form, locale=locale) for day in days]
    times, bases, reasons = parse_dates(written, [None] * len(days), ["f"] * len(days), now=NOW)
    assert [at.date() for at in times] == days
    assert (set(bases), set(reasons)) == ({DAY}, {None})
    assert [date_in(f"p. 4 | {text}") for text in written] == written


@pytest.mark.parametrize("locale", FURTHER)
@pytest.mark.parametrize("form", ["long", "full"])
def test_further_languages_as_they_are_usually_written(locale: str, form: str) -> None:
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(0, 365, 3)]
    written = [babel.dates.format_date(day, form, locale=locale) for day in days]
    for texts in (written, [str(date_in(f"p. 4 | {text}")) for text in written]):
        times, bases, reasons = parse_dates(texts, [None] * len(days), ["f"] * len(days), now=NOW)
        assert [at.date() for at in times] == days
        assert (set(bases), set(reasons)) == ({DAY}, {None})


def test_no_word_means_two_things() -> None:
    for table in (date_words._MONTHS, date_words._WEEKDAYS):
        meanings: dict[str, set[int]] = {}
        for rows in table.values():
            assert len(rows) == (12 if table is date_words._MONTHS else 7)
            for number, row in enumerate(rows):
                for word in row.split():
                    meanings.setdefault(word, set()).add(number)
        assert {word for word, numbers in meanings.items() if len(numbers) > 1} == set()
    months, fillers = set(date_words.MONTHS), date_words.FILLERS
    assert not date_words.PUBLISHED & date_words.UPDATED
    assert not (date_words.PUBLISHED | date_words.UPDATED) & (months | set(date_words.WEEKDAYS))
    assert [word for word in {*months, *date_words.WEEKDAYS, *fillers} if fold(word) != word] == []
