"""Names that the registry lacks: teams, joined names, the way into a registry, names that are like others."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_unresolved import distance, is_near
from mediakit.proposal_words import Spans, capital_words

ROOT = Path(__file__).parent.parent


def articles(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{at}" for at in range(len(texts))], "title": None, "text": list(texts)})


def unknown(text: str) -> dict[str, str]:
    found = mk.mentions(articles(text), unknown=True)
    return {row.text: row.type for row in found[~found["known"]].itertuples()}


MATCH = (
    "The striker scored after the kick-off of the World Cup match. Sweden beat South Korea 1 – 0. The goalkeeper of "
    "Sweden saved a penalty in the second half. Sweden's coach was glad. The match was played in Russia."
)


def test_countries_that_play_are_teams() -> None:
    found = mk.mentions(articles(MATCH), unknown=True)
    assert [f"{row.text}: {row.actor}, {row.type}" for row in found.itertuples()] == [
        "Sweden: Sweden (team), organisation",
        "South Korea: South Korea (team), organisation",
        "Sweden: Sweden (team), organisation",
        "Sweden: Sweden (team), organisation",
        "Russia: Russia, country",
    ]


def test_teams_are_only_in_reports_of_sport() -> None:
    text = "Germany beat France to the deal. Germany lost. The goal of France is peace, Germany's captain said."
    assert set(mk.mentions(articles(text), unknown=True)["type"]) == {"country"}
    assert set(mk.mentions(articles(MATCH))["type"]) == {"country"}  # without unknown=True all stay as they are
    assert mk.unresolved(articles(MATCH)).empty


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A fire broke out near the town of Quonset on Friday.", "Quonset", "place"),
        ("They drove to Quonset, England, for the fair.", "Quonset", "place"),
        ("The Zentrix spokesman, and Zentrix shares, fell.", "Zentrix", "organisation"),
        ("It was read by the Food and Drug Bureau today.", "Food and Drug Bureau", "organisation"),
        ("A Quonset-based firm won.", "Quonset", "place"),
        ("He asked Marc Wexley Hill about it.", "Marc Wexley Hill", "person"),
        ("She flew to St. Wexley yesterday.", "St. Wexley", "place"),
        ("They asked the Refugee Council Adam Wexley about it.", "Adam Wexley", "person"),
    ],
)
def test_kinds_by_the_words_beside(text: str, name: str, kind: str) -> None:
    assert unknown(text).get(name) == kind


@pytest.mark.parametrize(
    "text", ["The iodine was low. Low Iodine is bad, iodine helps.", "They stay BECAUSE it rains.", "A VIP came."]
)
def test_no_names(text: str) -> None:
    assert unknown(text) == {}


def test_unresolved_names_of_the_seeds_become_known(tmp_path: Path) -> None:
    corpus = mk.read_articles(ROOT / "seeds")
    rows = mk.unresolved(corpus)
    assert len(rows) > 10
    rows.to_csv(tmp_path / "mine.csv", index=False)
    actors = mk.read_actors(tmp_path / "mine.csv")
    assert set(mk.unresolved(corpus, actors)["actor"]).isdisjoint(rows["actor"])
    before, after = (mk.mentions(corpus, registry, unknown=True) for registry in (None, actors))
    ours = before.loc[~before["known"], ["article_id", "start", "end", "actor"]]
    known = after.loc[after["known"], ["article_id", "start", "end", "actor"]]
    assert len(ours.merge(known)) == len(ours)
    evidence = mk.evidence(rows, corpus)
    assert len(evidence) == len(rows)


def test_names_like_a_registered_one_say_so() -> None:
    text = "Angela Merkel spoke. Later Angela Merkle left. The mayor, Adaeze Okoro, did not."
    rows = mk.unresolved(articles(text)).set_index("actor")
    assert rows.loc["Angela Merkle", "like"] == "Angela Merkel"
    assert pd.isna(rows.loc["Adaeze Okoro", "like"])


@pytest.mark.parametrize(
    ("name", "other", "near"),
    [
        ("Angela Merkle", "Angela Merkel", True),
        ("Keir Stammer", "Keir Starmer", True),
        ("Sergej Lawrow", "Sergei Lavrov", True),
        ("Eric Trump", "Donald Trump", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Ann", "Anna", False),
    ],
)
def test_near_names(name: str, other: str, near: bool) -> None:
    assert is_near(name, other) is near


WORDS = st.text("abA é", max_size=7)


@given(WORDS, WORDS, WORDS)
def test_distance_is_one(left: str, right: str, third: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
    assert abs(len(left) - len(right)) <= distance(left, right) <= max(len(left), len(right))
    assert distance(left + third, right + third) <= distance(left, right)


def test_distance_of_known_pairs() -> None:
    """Damerau (1964): one error of each of the four kinds; Levenshtein's kitten and sitting."""
    assert [distance("name", other) for other in ("nme", "naame", "nome", "nmae")] == [1, 1, 1, 1]
    assert distance("kitten", "sitting") == 3


@given(st.text("AaB& .,’'-\n“é1", max_size=80))
@settings(max_examples=60)
def test_any_text_is_read(text: str) -> None:
    found = mk.mentions(articles(text), unknown=True)
    assert [text[row.start : row.end] for row in found.itertuples()] == found["text"].tolist()
    assert all(before <= after for before, after in pairwise(found["start"]))


@given(st.text("AaB& .,’'-“é1", max_size=60))
def test_capital_words_are_as_written(text: str) -> None:
    words = capital_words(text)
    assert all(text[word.start : word.end] == word.text and word.text[0].isupper() for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=8)


@given(SPANS, st.integers(0, 25), st.integers(1, 5))
def test_overlaps_as_by_looking_at_all(spans: list[tuple[int, int]], start: int, length: int) -> None:
    end = start + length
    there = sorted(span for span in spans if span[0] < end and start < span[1])
    assert Spans(spans).overlap(start, end) is bool(there)
    assert Spans(spans).within(start, end) == there


@pytest.mark.parametrize("unit", ["A", "A ", "Ab ", "Ab.", "ABC ", "Ab and ", "Zelenskij ", "“A”", "University of "])
def test_a_hundred_thousand_of_anything_is_read(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    found = mk.mentions(articles(text), unknown=True)
    assert (found["end"] <= len(text)).all()
