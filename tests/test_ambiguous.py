"""Namesakes: told apart by introductions, forms of address and dates of office, or listed as ambiguous."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk


def read(text: str, *, published: str | None = None, actors: pd.DataFrame | None = None) -> list[str]:
    """What is named, as "words: actor", and what remains ambiguous, as "words? reason", in order."""
    corpus = make_articles(article_id=["a"], text=[text], published=[published])
    named = mk.mentions(corpus, actors)
    unclear = mk.ambiguous(corpus, actors)
    rows = [(row.start, f"{row.text}: {row.actor}") for row in named.itertuples()]
    rows += [(row.start, f"{row.text}? {row.reason}") for row in unclear.itertuples()]
    return [said for _, said in sorted(rows)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Then Clinton spoke.", "Clinton? no bearer introduced"),
        ("Then Sanders spoke.", "Sanders? no bearer introduced"),
        ("Later Kew left.", "Kew? not introduced"),
        (
            "Bill Clinton and Hillary Clinton came. Then Clinton spoke.",
            "Clinton? two bearers introduced in one sentence",
        ),
        ("Bill Clinton came. Hillary Clinton came. Then Clinton spoke.", "Clinton: Hillary Clinton"),
        ("Voters in Georgia chose.", "Georgia? no other name of a bearer in the article"),
        ("Then the ICC ruled.", "ICC? no other name of a bearer in the article"),
        ("Jeb Bush spoke. The Bush administration lied.", "Bush? no head of government introduced"),
        ("Jeb Bush spoke. Bush administration aides lied.", "Bush? no head of government introduced"),
        (
            "George H. W. Bush and George W. Bush met on Monday. Bush said he was glad.",
            "Bush? two bearers introduced in one sentence",
        ),
        ("Boris Johnson met Lyndon Johnson. Johnson laughed.", "Johnson? two bearers introduced in one sentence"),
        ("The Clinton administration fell.", "Clinton? no bearer introduced"),
        ("They saw President Bush.", "Bush? no bearer introduced"),
    ],
)
def test_what_the_article_does_not_decide(text: str, last: str) -> None:
    assert read(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Gary Sanders, a baker, came. Then Sanders spoke.",  # somebody whom the registry does not know
        "They played at Golden State.",
        "Rice is cheap. Brown bears are in the Bush.",
        "SEATTLE (AP) — It rained.",
        "Hu Shuli spoke. Then Hu left.",
        "He met Dean Martin.",
        "In May 2020 it rained.",
    ],
)
def test_what_is_not_ambiguous(text: str) -> None:
    assert [said for said in read(text) if "?" in said] == []


def test_the_frame() -> None:
    corpus = make_articles(article_id=["a"], text=["It rained. Then Clinton spoke."])
    found = mk.ambiguous(corpus)
    mk.require(found, "ambiguous")
    row = found.iloc[0]
    assert corpus["text"][0][row["start"] : row["end"]] == row["text"] == "Clinton"
    assert {"Bill Clinton", "Hillary Clinton"} <= set(row["candidates"].split("; "))
    assert row["n_candidates"] == len(row["candidates"].split("; "))
    assert (row["sentence_no"], row["part"]) == (1, "body")
    mk.require(mk.ambiguous(make_articles(article_id=["a"], text=["Nobody."])), "ambiguous")


def test_confidence_says_how_a_bearer_was_chosen() -> None:
    def confidence(text: str, **columns: list) -> float:
        return mk.mentions(make_articles(article_id=["a"], text=[text], **columns))["confidence"].iloc[-1]

    full = confidence("It was Hillary Clinton.")
    introduced = confidence("Hillary Clinton came. Then Clinton spoke.")
    between = confidence("Bill Clinton came. Hillary Clinton came. Then Clinton spoke.")
    assert full == 1.0
    assert full > introduced > 0.9 > between >= 0.7
    assert confidence("Melania Trump came. Donald Trump came. Trump spoke.") < confidence("Trump spoke.")


@pytest.mark.parametrize(
    ("text", "published", "bearer"),
    [
        ("They saw President Bush.", "1990-05-01", "Bush: George H.W. Bush"),
        ("They saw President Bush.", "2005-05-01", "Bush: George W. Bush"),
        ("They saw President Bush.", "2015-05-01", "Bush? no bearer introduced"),
        ("They saw President Bush.", None, "Bush? no bearer introduced"),
        ("They saw former President Bush.", "2005-05-01", "Bush: George H.W. Bush"),
        ("They saw former President Bush.", "2015-05-01", "Bush? no bearer introduced"),
        ("The Bush administration lied.", "2004-05-01", "Bush: George W. Bush"),
        ("The Bush administration lied.", "1991-05-01", "Bush: George H.W. Bush"),
        ("They saw Prime Minister Johnson.", "2020-05-01", "Johnson: Boris Johnson"),
    ],
)
def test_dates_of_office_tell_namesakes_apart(text: str, published: str | None, bearer: str) -> None:
    assert read(text, published=published)[-1] == bearer


def test_without_dates_nothing_changes() -> None:
    text = "President Bush spoke. George W. Bush left. Then Bush returned."
    assert read(text) == read(text, published="2015-05-01")
    columns = make_articles(article_id=["a"], text=[text]).drop(columns="published")
    assert len(mk.mentions(columns)) == 2


def own(folder: Path) -> pd.DataFrame:
    path = folder / "mine.csv"
    path.write_text("actor,alias\nJane Zweil,Jane Zweil\nOlga Zweil,Olga Zweil\n", encoding="utf-8")
    return mk.read_actors(path)


def test_your_own_namesakes_get_the_same_treatment(tmp_path: Path) -> None:
    actors = own(tmp_path)
    assert read("Then Zweil spoke.", actors=actors) == ["Zweil? no bearer introduced"]
    assert read("Jane Zweil came. Then Zweil spoke.", actors=actors)[-1] == "Zweil: Jane Zweil"
    both = "Jane Zweil met Olga Zweil. Then Zweil spoke."
    assert read(both, actors=actors)[-1] == "Zweil? two bearers introduced in one sentence"
    apart = "Jane Zweil came. It rained. Olga Zweil came. Then Zweil spoke."
    assert read(apart, actors=actors)[-1] == "Zweil: Olga Zweil"


@pytest.mark.parametrize(
    ("title", "text", "meant"),
    [
        (
            "Clinton wins",
            "Hillary Clinton and Bill Clinton came.",
            "Clinton? two bearers introduced after the headline",
        ),
        (
            "Bush family meets",
            "George H. W. Bush and George W. Bush met.",
            "Bush? two bearers introduced after the headline",
        ),
        ("Clinton wins", "Hillary Clinton came. Clinton laughed.", "Clinton: Hillary Clinton"),
        ("Trump wins", "Donald Trump and Melania Trump came.", "Trump: Donald Trump"),  # known by the surname alone
    ],
)
def test_a_headline_is_not_the_first_bearers(title: str, text: str, meant: str) -> None:
    corpus = make_articles(article_id=["a"], title=[title], text=[f"{title}\n\n{text}"])
    named, unclear = mk.mentions(corpus), mk.ambiguous(corpus)
    said = [f"{row.text}: {row.actor}" for row in named.query("part == 'title'").itertuples()]
    said += [f"{row.text}? {row.reason}" for row in unclear.query("part == 'title'").itertuples()]
    assert said == [meant]


PIECES = st.sampled_from(
    "Bill Clinton|Hillary Clinton|Clinton|Mrs.|President|Bush|George W. Bush|Georgia|Tbilisi|ICC|said|. |.\n|, |and|"
    "Then|former|administration|Sanders|Kew|“|'s|The|AP|(|)".split("|")
)


@given(st.lists(PIECES, max_size=25), st.sampled_from([None, "1990-01-01", "2005-01-01"]))
def test_nothing_is_both_named_and_ambiguous(pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    corpus = make_articles(article_id=["a"], text=[text], published=[published])
    named, unclear = mk.mentions(corpus), mk.ambiguous(corpus)
    assert [text[row.start : row.end] for row in unclear.itertuples()] == unclear["text"].tolist()
    taken = {at for row in named.itertuples() for at in range(row.start, row.end)}
    assert all(taken.isdisjoint(range(row.start, row.end)) for row in unclear.itertuples())
    assert unclear["start"].is_monotonic_increasing
