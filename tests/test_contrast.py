"""What one side tells and the other leaves out: every kind, both ways, with its evidence."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.contrast_numbers import figures, stem
from mediakit.languages import LanguageError

LEFT = (
    "Missiles hit Kharkiv\n"
    "A staggering 723 strikes hit towns in the east in a single day, the ministry said. "
    "The European Union promised $1.2 billion in loans for the repair of power stations. "
    "“We will not give up one metre of our land to anybody,” Volodymyr Zelensky said.\n"
    "Fishermen on the coast mended nets while gulls circled quietly above empty harbours. "
    "Hospitals reported that the bombardment killed 14 civilians. Generators hummed. "
    "The generators came from Poland, and more generators were promised."
)
RIGHT = (
    "Attacks on the east\n"
    "Nearly 700 strikes were counted in the east, the ministry said on Monday. "
    "The European Union promised $1.2 billion in loans for the repair of power stations. "
    "China called for restraint.\n"
    "At least 11 people were killed, doctors said. "
    "“Diplomacy must be given every chance to succeed,” Wang Yi told reporters. "
    "Zelensky vowed that he would not give up one metre of land to anybody."
)


@pytest.fixture(scope="module")
def pair():
    return make_articles(
        {"source": "Post", "published": "2025-03-04", "title": "Missiles hit Kharkiv", "text": LEFT},
        {"source": "Herald", "published": "2025-03-04", "title": "Attacks on the east", "text": RIGHT},
    )


@pytest.fixture(scope="module")
def found(pair):
    return mk.contrast(pair, "Post", "Herald")


def sides(found, kind):
    return found[found["kind"] == kind].set_index("item")["side"].to_dict()


def test_differing_figures_for_one_thing_stand_next_to_each_other(found):
    numbers = found[found["kind"] == "number"].set_index("item")
    assert numbers.loc["723 strikes / Nearly 700 strikes", "side"] == "differs"
    assert numbers.loc["14 civilians / At least 11 people", "side"] == "differs"
    assert "both can be true" in numbers.loc["14 civilians / At least 11 people", "note"]
    assert "both can be true" not in numbers.loc["723 strikes / Nearly 700 strikes", "note"]
    assert numbers.loc["$1.2 billion", "side"] == "both"


def test_names_of_one_side(found):
    names = sides(found, "actor") | sides(found, "place")
    expected = {"European Union": "both", "Volodymyr Zelensky": "both", "China": "b only", "Poland": "a only"}
    assert {name: names[name] for name in expected} == expected


def test_a_quotation_reported_in_other_words_is_not_left_out(found):
    quotations = found[found["kind"] == "quotation"]
    land = quotations[quotations["item"].str.contains("metre")].iloc[0]
    assert land["side"] == "both"
    assert "in other words" in land["note"] or "word for word" in land["note"]
    assert quotations.loc[quotations["item"].str.startswith("Diplomacy"), "side"].tolist() == ["b only"]


def test_passages(found):
    passages = found[found["kind"] == "passage"]
    shared = passages[passages["note"].str.contains("word for word")]
    assert shared["item"].tolist()[0].startswith("The European Union promised")
    alone = passages.loc[passages["side"] == "a only", "item"]
    assert any(text.startswith("Fishermen on the coast") for text in alone)
    assert not any("European Union" in text for text in alone)


def test_terms_are_left_out_in_every_form(found):
    assert sides(found, "term")["generators"] == "a only"


def test_evidence_is_the_text_itself(found, pair):
    texts = pair.set_index("article_id")["text"]
    for side in "ab":
        has = found[found[f"article_{side}"].notna()]
        assert (has[f"n_{side}"] > 0).all()
        for row in has.to_dict("records"):
            told = texts[row[f"article_{side}"]][int(row[f"start_{side}"]) : int(row[f"end_{side}"])]
            assert told
            if row["side"] == f"{side} only" and row["kind"] in ("number", "quotation", "passage"):
                assert told == row["item"]
    without = found[found["article_b"].isna()]
    assert (without["n_b"] == 0).all()
    assert without["start_b"].isna().all()
    assert set(without["side"]) == {"a only"}


def test_the_other_way_round_is_the_mirror_image(found, pair):
    back = mk.contrast(pair, "Herald", "Post")
    turned = {"a only": "b only", "b only": "a only"}
    for kind in ("actor", "place", "term"):
        here = {(item, side) for item, side in sides(found, kind).items()}
        assert here == {(item, turned.get(side, side)) for item, side in sides(back, kind).items()}
    for kind in ("number", "quotation", "passage"):
        counts = found.loc[found["kind"] == kind, "side"].replace(turned).value_counts().to_dict()
        assert back.loc[back["kind"] == kind, "side"].value_counts().to_dict() == counts


def test_an_article_and_its_copy_leave_nothing_out():
    twins = make_articles({"source": "A", "text": LEFT}, {"source": "B", "text": LEFT})
    found = mk.contrast(twins, "a0", "a1")
    assert set(found["side"]) == {"both"}


@given(
    a=st.lists(st.sampled_from(LEFT.replace("\n", " ").split(". ")), max_size=5),
    b=st.lists(st.sampled_from(RIGHT.replace("\n", " ").split(". ")), max_size=5),
)
@settings(max_examples=15)
def test_what_is_said_to_be_left_out_is_not_there(a, b):
    articles = make_articles({"source": "A", "text": ". ".join(a)}, {"source": "B", "text": ". ".join(b)})
    texts = articles["text"].tolist()
    found = mk.contrast(articles, "a0", "a1")
    for side, other in (("a only", texts[1]), ("b only", texts[0])):
        alone = found[found["side"] == side]
        assert not [item for item in alone.loc[alone["kind"] == "quotation", "item"] if item in other]
        terms = alone.loc[alone["kind"] == "term", "item"]
        assert not set(terms) & set(other.lower().split())
        names = alone.loc[alone["kind"].isin(["actor", "place"]), "item"]
        assert not [name for name in names if f" {name} " in f" {other} "]


def test_sources_are_compared_within_an_event(pair):
    other = {"source": "Herald", "published": "2025-09-01", "text": "Fishermen mended nets. Poland won the cup."}
    more = make_articles(*pair.drop(columns="article_id").to_dict("records"), other)
    events = mk.same_event(more)
    event = events[events["event"] == events.set_index("article_id").loc["a0", "event"]]
    assert len(event) == 2
    inside = mk.contrast(more, "Post", "Herald", event=event)
    assert sides(inside, "actor")["Poland"] == "a only"
    assert sides(mk.contrast(more, "Post", "Herald"), "actor")["Poland"] == "both"


FIGURES = [
    ("723 strikes hit the town", [(723, "attacks")]),
    ("three ministers resigned in 2014", [(3, "minister")]),
    ("$1.2 billion and €5m and 40 million dollars", [(1.2e9, "$"), (5e6, "€"), (4e7, "$")]),
    ("3.5 per cent, 20% and 7 percent", [(3.5, "%"), (20, "%"), (7, "%")]),
    ("two hundred and forty homes", [(240, "home")]),
    ("a 24-hour curfew on 15 August 2025 at 5:30 p.m.", [(24, "hour")]),
    ("1,100 dealerships of the maker of the iPhone 4 and the Boeing 737 jets", [(1100, "dealership")]),
    ("one of them, in 1999 and June 5, 2010", []),
    ("12 people were killed and 30 wounded", [(12, "dead"), (30, "injured")]),
    ("the 3rd man", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures(text, expected):
    read = figures(text, [(0, len(text))])
    assert [(figure.value, figure.unit) for figure in read] == [(pytest.approx(v), unit) for v, unit in expected]
    assert all(text[figure.start : figure.end] == figure.text for figure in read)


@given(st.integers(2, 9_999_999))
def test_a_figure_is_read_with_and_without_separators(value):
    for written in (f"{value:,}", *([str(value)] if not 1800 <= value <= 2100 else [])):
        text = f"They counted {written} tonnes of it."
        assert [(figure.value, figure.unit) for figure in figures(text, [(0, len(text))])] == [(value, "tonn")]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    assert all(text[f.start : f.end] == f.text for f in figures(text, [(0, len(text))]))


@pytest.mark.parametrize(
    "words",
    ["strike strikes", "agree agreed agrees", "city cities", "attack attacked attacking attacks", "stop stopped"],
)
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_what_cannot_be_compared_is_refused(pair):
    with pytest.raises(ValueError, match="no article and no source 'Times'"):
        mk.contrast(pair, "Post", "Times")
    with pytest.raises(ValueError, match="same article"):
        mk.contrast(pair, "Post", "a0")
    with pytest.raises(ValueError, match="min_words"):
        mk.contrast(pair, "Post", "Herald", min_words=2)
    with pytest.raises(LanguageError, match="contrast"):
        mk.contrast(pair.assign(language="de"), "Post", "Herald")


@pytest.mark.parametrize("text", ["", "… ?! —", None])
def test_nothing_to_tell(text):
    found = mk.contrast(make_articles({"text": text, "source": "A"}, {"text": text, "source": "B"}), "A", "B")
    assert found.empty
    assert found["start_a"].dtype == "float64"
    pd.testing.assert_series_equal(found["n_a"], pd.Series([], dtype="int64", name="n_a"))
