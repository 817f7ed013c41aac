"""Terms of office: the list that ships holds together, and a user's own goes on top of it."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.offices import KNOWN_TO, Terms, office_key, terms

# Offices that several people hold at once, or held while two governed: none so far in the list that ships.
SHARED: set[tuple[str, str]] = set()


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return mk.read_offices()


def write(folder: Path, *lines: str) -> Path:
    path = folder / "offices.csv"
    path.write_text("\n".join(["actor,office,of,start,end", *lines]) + "\n", encoding="utf-8")
    return path


def test_at_least_800_terms_of_office(shipped: pd.DataFrame) -> None:
    assert len(shipped) >= 800
    assert not shipped.duplicated(["actor", "office", "of", "start"]).any()


def test_every_holder_is_a_person_and_every_body_a_state_or_organisation_of_the_registry(shipped: pd.DataFrame) -> None:
    types = mk.read_actors().drop_duplicates("actor").set_index("actor")["type"]
    assert set(shipped["actor"]) - set(types.index[types == "person"]) == set()
    assert set(shipped["of"]) - set(types.index[types.isin(["country", "organisation"])]) == set()


def test_who_holds_an_office_of_a_state_is_of_that_state(shipped: pd.DataFrame) -> None:
    """Or of the state that a former one, or a part of one, belongs to."""
    registry = mk.read_actors().drop_duplicates("actor").set_index("actor")
    other = {"Scotland", "Soviet Union", "West Germany", "Yugoslavia"}
    states = shipped[(shipped["of"].map(registry["type"]) == "country") & ~shipped["of"].isin(other)]
    country = states["actor"].map(registry["country"])
    assert states[country.notna() & (country != states["of"])].to_numpy().tolist() == []


def test_terms_start_before_they_end_and_before_the_list_was_written(shipped: pd.DataFrame) -> None:
    over = shipped.dropna(subset="end")
    assert (over["start"] < over["end"]).all()
    assert (shipped["start"].dt.date <= KNOWN_TO).all()


def test_one_holder_at_a_time(shipped: pd.DataFrame) -> None:
    offices = defaultdict(list)
    for row in shipped.itertuples():
        offices[office_key(row.office), row.of].append((row.start, row.end, row.actor))
    for office, held in offices.items():
        for (_, end, actor), (start, _, successor) in pairwise(sorted(held, key=lambda term: term[0])):
            # where only the month is known, both hold the office in it
            limit = start + timedelta(31) if start.day == 1 else start
            assert office in SHARED or end <= limit, f"{office}: {actor} and {successor}"


def test_the_twenty_and_the_eu_have_a_head_of_government_today(shipped: pd.DataFrame) -> None:
    of_state = {"president", "prime minister", "chancellor", "monarch"}
    states = """Argentina;Australia;Brazil;Canada;China;France;Germany;India;Indonesia;Italy;Japan;Mexico;Russia
        Saudi Arabia;South Africa;South Korea;Turkey;United Kingdom;United States;Ukraine;Israel;Iran;Belarus;Austria
        Belgium;Bulgaria;Croatia;Cyprus;Czech Republic;Denmark;Estonia;Finland;Greece;Hungary;Ireland;Latvia;Lithuania
        Luxembourg;Malta;Netherlands;Poland;Portugal;Romania;Slovakia;Slovenia;Spain;Sweden"""
    open_terms = shipped[shipped["end"].isna()]
    heads = open_terms.loc[open_terms["office"].map(office_key).isin(of_state), "of"]
    assert {state.strip() for line in states.split("\n") for state in line.split(";")} - set(heads) == set()


@pytest.mark.parametrize(
    ("office", "of", "day", "holder"),
    [
        ("president", "France", "2025-08-01", "Emmanuel Macron"),
        ("president", "France", "2012-05-14", "Nicolas Sarkozy"),
        ("president", "France", "2012-05-15", "François Hollande"),
        ("President", "United States", "1990-06-01", "George H.W. Bush"),
        ("president", "United States", "2005-06-01", "George W. Bush"),
        ("Secretary of State", "United States", "2015-01-01", "John Kerry"),
        ("Foreign Secretary", "United Kingdom", "2017-01-01", "Boris Johnson"),
        ("premier", "China", "2010-01-01", "Wen Jiabao"),
        ("Secretary General", "NATO", "2022-02-24", "Jens Stoltenberg"),
        ("secretary-general", "United Nations", "2003-03-20", "Kofi Annan"),
        ("pope", "Vatican", "2010-01-01", "Pope Benedict XVI"),
    ],
)
def test_who_held_an_office(office: str, of: str, day: str, holder: str) -> None:
    assert mk.holders(office, of, pd.Timestamp(day, tz="UTC")) == (holder,)
    assert of in {body for _, body in mk.held(holder, date.fromisoformat(day))}


@pytest.mark.parametrize("day", [None, pd.NaT])
def test_without_a_date_nobody(day: datetime | None) -> None:
    assert mk.holders("president", "France", day) == ()
    assert mk.held("Emmanuel Macron", day) == ()


def test_nobody_before_after_and_of_what_is_not_there() -> None:
    assert mk.holders("president", "France", date(1700, 1, 1)) == ()
    assert mk.holders("astronaut", "France", date(2020, 1, 1)) == ()
    assert mk.holders("pope", "Vatican", date(2013, 3, 5)) == ()  # between two popes
    assert mk.held("Nobody In Particular", date(2020, 1, 1)) == ()


def test_own_terms_end_the_shipped_one_that_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, "Jane Miller,president,France,2027-05-14,", "Jane Miller,mayor,Springfield,2020-03,2024-11")
    offices = mk.read_offices(path)
    assert mk.holders("president", "France", date(2027, 5, 13), offices=offices) == ("Emmanuel Macron",)
    assert mk.holders("president", "France", date(2027, 5, 14), offices=offices) == ("Jane Miller",)
    assert mk.holders("president", "France", date(2010, 1, 1), offices=offices) == ("Nicolas Sarkozy",)
    assert mk.held("Jane Miller", date(2024, 11, 30), offices=offices) == (("mayor", "Springfield"),)
    assert mk.held("Jane Miller", date(2024, 12, 1), offices=offices) == ()
    alone = mk.read_offices(path, builtin=False)
    assert len(alone) == 2
    assert mk.holders("president", "France", date(2020, 1, 1), offices=alone) == ()


def test_a_month_without_a_day_has_two_holders(tmp_path: Path) -> None:
    path = write(tmp_path, "Ann Old,chair,Acme,2001-01,2005-06", "Bo New,chair,Acme,2005-06,")
    offices = mk.read_offices(path, builtin=False)
    assert mk.holders("chairman", "Acme", date(2005, 6, 10), offices=offices) == ("Ann Old", "Bo New")
    assert mk.holders("chairman", "Acme", date(2005, 7, 1), offices=offices) == ("Bo New",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Ann,chair,,2001-01,", r"offices\.csv, line 2: no of"),
        ("Ann,chair,Acme,soon,", r"line 2: 'soon' is no date. Write 2025-05-06"),
        ("Ann,chair,Acme,2001-02-30,", r"line 2: '2001-02-30' is no date"),
        ("Ann,chair,Acme,2001-02-03,2001-02-03", r"line 2: the term ends"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(mk.FrameError, match=message):
        mk.read_offices(write(tmp_path, line))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("who,office\nAnn,chair\n", encoding="utf-8")
    with pytest.raises(mk.FrameError, match=r"mine\.csv: no column 'actor'; has \['who', 'office'\]"):
        mk.read_offices(path)
    with pytest.raises(mk.FrameError, match=r"offices: missing columns"):
        mk.holders("chair", "Acme", date(2020, 1, 1), offices=pd.DataFrame({"actor": ["Ann"]}))


@given(st.dates(date(1980, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_wider_look_finds_no_fewer(day: date, around: int) -> None:
    known: Terms = terms()
    for office, of in (("president", "United States"), ("pope", "Vatican"), ("prime minister", "Israel")):
        wide = known.holders(office, of, day, around=around)
        assert set(known.holders(office, of, day)) <= set(wide)
        near = {day + timedelta(shift) for shift in (-around, -around // 2, around // 2, around)}
        assert {holder for other in near for holder in known.holders(office, of, other)} <= set(wide)
