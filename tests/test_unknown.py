"""Names that the registry does not have, descriptions, pronouns, and what must hold for mentions on any text."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.matching import is_whole, spellings
from mediakit.matching_table import finder

NAMES = [
    "Trump",
    "Putin",
    "Russia",
    "the Kremlin",
    "Ada Okoro",
    "Okoro",
    "Zentrix",
    "US",
    "UN",
    "McDonald’s",
    "The West",
]
WORDS = ["said", "and", "in", "the", "he", "her", "president", "of", "Bank", "met", "“no", "yes”", "Mr."]
TEXTS = st.lists(st.sampled_from([*NAMES, *WORDS, "Yesterday", "\n", "."]), max_size=40).map(" ".join)
EVERYTHING = {"unknown": True, "descriptions": True, "pronouns": True}


def articles(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{at}" for at in range(len(texts))], "title": None, "text": list(texts)})


def named(text: str, **options: object) -> list[str]:
    found = mk.mentions(articles(text), **options)  # type: ignore[arg-type]
    return [f"{row.text}: {row.actor}" for row in found.itertuples()]


# --- unregistered names -------------------------------------------------------------------------------------------


def test_unregistered_people_are_introduced_in_full() -> None:
    text = "The dean, Adaeze Okoro, spoke. Later Ms. Okoro left. “No,” Okoro said."
    assert named(text) == []
    assert named(text, unknown=True) == ["Adaeze Okoro: Adaeze Okoro", "Okoro: Adaeze Okoro", "Okoro: Adaeze Okoro"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met Mr. Wexley Thornbury on Monday.", "Wexley Thornbury", "person"),
        ("She left the Zentrix Corporation last year.", "Zentrix Corporation", "organisation"),
        ("It was read at the University of Quonset.", "University of Quonset", "organisation"),
        ("He works at the Institute for Peace and Conflict of Dunmore now.", None, "organisation"),
        ("A fire broke out in Quonset, Iowa.", "Quonset", "place"),
        ("The march went to Quonset Square.", "Quonset Square", "place"),
    ],
)
def test_kinds_are_guessed_from_the_words_around(text: str, name: str | None, kind: str) -> None:
    found = mk.mentions(articles(text), unknown=True)
    rows = found[~found["known"]]
    if name:
        rows = rows[rows["text"] == name]
    assert kind in set(rows["type"])


def test_a_word_that_opens_a_sentence_is_no_name() -> None:
    assert named("Scientists agree. However, rain fell. Farmers wept.", unknown=True) == []


def test_registered_names_stay_what_they_are() -> None:
    text = "Vladimir Putin met Wexley Thornbury in Moscow. Putin left."
    known = mk.mentions(articles(text))
    found = mk.mentions(articles(text), unknown=True)
    pd.testing.assert_frame_equal(found[found["known"]].reset_index(drop=True), known)
    assert found.loc[~found["known"], "actor"].tolist() == ["Wexley Thornbury"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("John Smith, a farmer, met Mary Smith in Ohio. Then Smith said prices rose.", "Ohio: Ohio"),
        ("John Smith met Mary Smith in Ohio. Smith said prices rose. Later Smith left.", "Ohio: Ohio"),
        ("John Smith met John Wexley in Ohio. Then John left.", "Ohio: Ohio"),
        ("John Smith came. Mary Smith came. Then Smith left.", "Smith: Mary Smith"),
        ("John Smith, or John A. Smith, came. Then Smith left.", "Smith: John A. Smith"),
        ("John Smith met Mary Smith. They saw John Smith. Then Smith left.", "Smith: John Smith"),
    ],
)
def test_of_two_introduced_together_neither_is_guessed(text: str, last: str) -> None:
    assert named(text, unknown=True)[-1] == last


def test_unresolved_rows_can_be_read_as_a_registry(tmp_path: Path) -> None:
    corpus = articles("Adaeze Okoro spoke. Okoro left.", "They met Adaeze Okoro and Mr. Wexley Thornbury.")
    rows = mk.unresolved(corpus)
    assert rows["actor"].tolist() == ["Adaeze Okoro", "Wexley Thornbury"]
    first = rows.iloc[0]
    assert (first["n"], first["n_articles"], first["variants"], first["text"]) == (3, 2, "Okoro", "Adaeze Okoro spoke.")
    assert corpus["text"][0][first["start"] : first["end"]] == "Adaeze Okoro"
    rows.to_csv(tmp_path / "mine.csv", index=False)
    actors = mk.read_actors(tmp_path / "mine.csv")
    assert mk.unresolved(corpus, actors).empty
    assert mk.mentions(corpus, actors)["actor"].tolist() == [*["Adaeze Okoro"] * 3, "Wexley Thornbury"]


def test_unresolved_of_nothing_has_its_columns() -> None:
    assert mk.unresolved(articles("")).columns.tolist()[:4] == ["actor", "alias", "type", "form"]


def test_registry_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- actor: Jane Miller\n  aliases: [J. Miller]\n  gender: female\n- actor: Acme\n  type: organisation\n"
    )
    own = mk.read_actors(path, builtin=False)
    assert own[["actor", "alias", "form"]].to_numpy().tolist() == [
        ["Jane Miller", "Jane Miller", "name"],
        ["Jane Miller", "J. Miller", "variant"],
        ["Acme", "Acme", "name"],
        ["Jane Miller", "Miller", "surname"],
    ]


@pytest.mark.parametrize("text", ["actor: Jane", "- [1", "- a: &x 1\n  b: *x", "- actor: ''\n  alias: X", "- 3"])
def test_bad_yaml_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text)
    with pytest.raises(mk.FrameError, match=r"mine\.yml"):
        mk.read_actors(path)


@pytest.mark.parametrize(
    "text",
    [
        "He spoke Russian well.",
        "A Russian-speaking crowd.",
        "“No,” he said in Russian.",
        "The Russian language is old.",
    ],
)
def test_languages_are_no_mentions(text: str) -> None:
    assert named(text) == []


def test_adjectives_after_in_are_mentions() -> None:
    assert named("They were in Russian hands. They fell, in Russian eyes, short.") == ["Russian: Russia"] * 2


# --- descriptions and pronouns ------------------------------------------------------------------------------------


def test_descriptions_that_fit_one() -> None:
    text = "Vladimir Putin met Emmanuel Macron. The Russian leader smiled. The French president did not."
    assert named(text, descriptions=True)[2:] == [
        "The Russian leader: Vladimir Putin",
        "Russian: Russia",
        "The French president: Emmanuel Macron",
        "French: France",
    ]
    both = "Vladimir Putin met Emmanuel Macron. The president smiled."
    assert "The president: Vladimir Putin" not in named(both, descriptions=True)


def test_descriptions_beside_a_name() -> None:
    found = named("Zentrix CEO Adaeze Okoro spoke.", unknown=True, descriptions=True)
    assert "Zentrix CEO: Adaeze Okoro" in found


def test_pronouns_that_can_mean_one() -> None:
    assert named("Angela Merkel spoke. She left.", pronouns=True) == [
        "Angela Merkel: Angela Merkel",
        "She: Angela Merkel",
    ]
    assert "He: Angela Merkel" not in named("Angela Merkel spoke. He left.", pronouns=True)
    two = "Vladimir Putin and Emmanuel Macron spoke. He left."
    assert not [name for name in named(two, pronouns=True) if name.startswith("He:")]
    quoted = "Vladimir Putin spoke. “He left,” said a witness."
    assert not [name for name in named(quoted, pronouns=True) if name.startswith("He:")]


def test_descriptions_and_pronouns_are_not_counted_unless_asked_for() -> None:
    corpus = articles("Angela Merkel spoke. She left.")
    found = mk.mentions(corpus, pronouns=True)
    assert mk.mention_counts(found, corpus)["n"].tolist() == [1]
    assert mk.mention_counts(found, corpus, forms=["name", "pronoun"])["n"].tolist() == [2]


# --- what holds on any text ---------------------------------------------------------------------------------------


@given(TEXTS)
def test_spans_are_exact(text: str) -> None:
    found = mk.mentions(articles(text), **EVERYTHING)
    assert [text[row.start : row.end] for row in found.itertuples()] == found["text"].tolist()
    names = found[found["form"] != "description"]
    assert (names["start"].to_numpy()[1:] >= names["end"].to_numpy()[:-1]).all()


@given(TEXTS)
@settings(max_examples=40)
def test_an_unrelated_actor_changes_nothing(text: str) -> None:
    actors = mk.read_actors()
    more = pd.DataFrame({"actor": ["Qixxor Vlumb"], "alias": ["Qixxor Vlumb"], "type": ["person"], "form": ["name"]})
    known = mk.mentions(articles(text), actors, **EVERYTHING)
    found = mk.mentions(articles(text), pd.concat([more, actors], ignore_index=True), **EVERYTHING)
    pd.testing.assert_frame_equal(found, known)


@given(TEXTS)
def test_renaming_a_person_renames_the_mentions(text: str) -> None:
    before = named(text, unknown=True)
    after = named(text.replace("Okoro", "Akoro"), unknown=True)
    assert after == [name.replace("Okoro", "Akoro") for name in before]


@given(st.lists(TEXTS, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_articles_changes_nothing(texts: list[str], draw: object) -> None:
    corpus = articles(*texts)
    shuffled = corpus.sample(frac=1, random_state=draw.randint(0, 99))  # type: ignore[attr-defined]
    order = ["article_id", "start", "end"]
    ours = mk.mentions(corpus, **EVERYTHING).sort_values(order, ignore_index=True)
    theirs = mk.mentions(shuffled, **EVERYTHING).sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(ours, theirs)
    unresolved = [mk.unresolved(each).drop(columns=[*order, "sentence_no", "text"]) for each in (corpus, shuffled)]
    pd.testing.assert_frame_equal(*unresolved)


ALIASES = st.lists(st.text("aAbB é’O- .", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=12, unique=True)


@given(ALIASES, st.text("aAbB é’O- .", max_size=60))
def test_both_ways_of_finding_names_agree(aliases: list[str], text: str) -> None:
    """On whole words: the automaton also finds what lies inside a word."""
    automaton, table = (
        {hit for hit in finder(aliases, spellings, most=most).find(text) if is_whole(text, hit[0], hit[1])}
        for most in (100, -1)
    )
    assert automaton == table
