"""Rows added to a registry file: every line of the user's stays, and the file is whole or untouched."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk

NEW = pd.DataFrame({"actor": ["Jane Miller"], "alias": ["Miller"], "type": ["person"], "form": ["surname"]})


def lines(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_file_is_begun(tmp_path):
    path = tmp_path / "mine.csv"
    mk.write_actors(NEW, path)
    assert lines(path) == [["actor", "alias", "type", "form"], ["Jane Miller", "Miller", "person", "surname"]]
    read = mk.read_actors(path)
    assert read.loc[read["alias"] == "Miller", "actor"].tolist() == ["Jane Miller"]


def test_what_stands_there_stays_with_its_own_columns_and_order(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text('alias,note,actor\r\n"Acme, Inc.",ours,Acme\r\n\r\nZed,,Zed\r\n', encoding="utf-8", newline="")
    mk.write_actors(NEW, path)
    assert lines(path) == [
        ["alias", "note", "actor", "type", "form"],
        ["Acme, Inc.", "ours", "Acme"],
        [],
        ["Zed", "", "Zed"],
        ["Miller", "", "Jane Miller", "person", "surname"],
    ]
    assert b"\r\n" in path.read_bytes()


def test_a_row_that_is_there_is_put_right_not_doubled(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("actor,alias,type,gender\nJane Miller,Miller,organisation,female\n", encoding="utf-8")
    mk.write_actors(NEW, path)
    assert lines(path)[1:] == [["Jane Miller", "Miller", "person", "female", "surname"]]


@pytest.mark.parametrize(
    ("there", "rows", "told"),
    [
        ("actor,alias\nAnn Miller,Miller\n", NEW, "belongs to 'Ann Miller'"),
        ("name,alias\nAnn Miller,Miller\n", NEW, "no column 'actor'"),
        ("actor,alias\nAnn Miller,Ann\n", NEW.assign(type="persona"), "'persona' is none of"),
        ("actor,alias\nAnn Miller,Ann\n", NEW.assign(alias=" "), "no alias"),
    ],
)
def test_nothing_is_written_that_cannot_be_read(tmp_path, there, rows, told):
    path = tmp_path / "mine.csv"
    path.write_text(there, encoding="utf-8")
    with pytest.raises(mk.FrameError, match=told) as caught:
        mk.write_actors(rows, path)
    assert "mine.csv" in str(caught.value)
    assert path.read_text(encoding="utf-8") == there
    assert [found.name for found in tmp_path.iterdir()] == ["mine.csv"]


def test_another_encoding_or_ending_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("actor,alias\nJosé,José\n".encode("latin-1"))
    with pytest.raises(mk.FrameError, match="Save it as CSV UTF-8"):
        mk.write_actors(NEW, path)
    with pytest.raises(ValueError, match=r"\.csv"):
        mk.write_actors(NEW, tmp_path / "mine.yaml")
    with pytest.raises(mk.FrameError, match="missing column 'alias'"):
        mk.write_actors(NEW.drop(columns="alias"), path)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "real.csv", tmp_path / "mine.csv"
    target.write_text("actor,alias\nAnn,Ann\n", encoding="utf-8")
    link.symlink_to(target)
    mk.write_actors(NEW, link)
    assert link.is_symlink()
    assert len(lines(target)) == 3


WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).filter(
    lambda text: text.strip() == text
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6, unique_by=lambda row: row[1]), st.data())
def test_in_two_goes_as_in_one(tmp_path_factory, rows, data):
    cut = data.draw(st.integers(0, len(rows)))
    frame = pd.DataFrame(rows, columns=["actor", "alias"], dtype="str").assign(type="person")
    path = tmp_path_factory.mktemp("actors") / "mine.csv"
    for part in (frame[:cut], frame[cut:], frame[:cut]):
        mk.write_actors(part, path)
    own = mk.read_actors(path, builtin=False)
    expected = [(actor, alias) for actor, alias in rows]
    assert list(zip(own["actor"], own["alias"], strict=True))[: len(rows)] == expected


def test_the_registry_that_ships_comes_back_as_it_was(tmp_path):
    shipped, path = mk.read_actors(), tmp_path / "mine.csv"
    mk.write_actors(shipped, path)
    pd.testing.assert_frame_equal(mk.read_actors(path, builtin=False), shipped)
    pd.testing.assert_frame_equal(mk.read_actors(path), shipped)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Erik IX of Spain", None),
        ("Queen Zelda of Zembla", None),
        ("Pope Quirinus XIII", None),
        ("Bob Quorbia Jr.", "Quorbia"),
        ("Bob Quorbia, Sr", "Quorbia"),
        ("Ann Spain", None),  # the country
        ("Ann Acme", None),  # the organisation in the file itself
        ("Ann Quorbia", "Quorbia"),
    ],
)
def test_a_last_word_is_a_surname_only_where_it_is_one(tmp_path, name, surname):
    path = tmp_path / "mine.csv"
    people = pd.DataFrame({"actor": [name, "Acme"], "alias": [name, "Acme"], "type": ["person", "organisation"]})
    mk.write_actors(people, path)
    own = mk.read_actors(path, builtin=False)
    assert own.loc[own["form"] == "surname", "alias"].tolist() == ([surname] if surname else [])


def test_a_king_does_not_take_the_name_of_his_country(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("actor,alias,type\nErik IX of Spain,Erik IX of Spain,person\n", encoding="utf-8")
    text = "Erik IX of Spain spoke. Spain agreed."
    found = mk.mentions(pd.DataFrame({"article_id": ["a"], "title": None, "text": [text]}), mk.read_actors(path))
    assert found["actor"].tolist() == ["Erik IX of Spain", "Spain"]


def test_an_actor_has_one_type(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("actor,alias,type\nAcme,Acme,organisation\n\nAcme,Acme Corp,person\n", encoding="utf-8")
    with pytest.raises(mk.FrameError, match=r"mine.csv, line 4: 'Acme' is person here and organisation in line 2"):
        mk.read_actors(path)
    path.write_text("actor,alias,type\nAcme,Acme Corp,\nAcme,ACME,\nZem,Zem Ltd,\nZem,Zem,media\n", encoding="utf-8")
    own = mk.read_actors(path, builtin=False)
    assert own.groupby("actor")["type"].agg(set).to_dict() == {"Acme": {"organisation"}, "Zem": {"media"}}


def test_your_type_of_a_registered_actor_holds_for_all_its_names(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("actor,alias,type\nDonald Trump,Donald Trump,organisation\n", encoding="utf-8")
    actors = mk.read_actors(path)
    assert actors.groupby("actor")["type"].nunique().max() == 1
    articles = pd.DataFrame({"article_id": ["a"], "title": None, "text": ["Donald Trump spoke. Trump left."]})
    assert mk.mentions(articles, actors)["type"].tolist() == ["organisation"] * 2
    assert actors.dtypes.equals(mk.read_actors().dtypes)


def test_a_new_type_goes_to_every_line_of_the_actor(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("actor,alias,type\nAcme,Acme,person\nAcme,Acme Corp,person\nAcme,AC,\n", encoding="utf-8")
    row = pd.DataFrame({"actor": ["Acme"], "alias": ["Acme"], "type": ["organisation"]})
    mk.write_actors(row, path)
    assert [line[2] for line in lines(path)[1:]] == ["organisation", "organisation", ""]
    with pytest.raises(mk.FrameError, match="an actor has one type"):
        mk.write_actors(row.assign(alias="Acme Ltd", type="person").pipe(lambda new: pd.concat([row, new])), path)
