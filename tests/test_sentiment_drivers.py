"""What carries a score, what is suspect: against scoring anew, and against sentences whose senses are plain."""

import numpy as np
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import FrameError

TEXTS = [
    "Peace is good. The war is bad, bad!\nPeace came with help.",
    "A terrible war! They love peace but hate war.",
    "Peace.",
    "The table stands. It is good.",
]


@pytest.fixture(scope="module")
def corpus():
    articles = make_articles(text=TEXTS, source=["A", "A", "B", "B"])
    table = mk.sentences(articles)
    return articles, table, mk.sentiment_words(table, engine=["textblob", "vader"])


def mean(table, engine, ignore=(), **by):
    scored = mk.sentiment(table, engine=engine, ignore=ignore)
    return mk.summaries(scored, by=None, **by)["value"].iloc[0]


def test_the_effect_is_that_of_ignoring_the_term(corpus):
    _, table, words = corpus
    found = mk.drivers(words)
    for row in found.itertuples():
        assert row.mean == pytest.approx(mean(table, row.engine))
        assert row.mean_without == pytest.approx(mean(table, row.engine, {row.term}), nan_ok=True)
        assert row.effect == pytest.approx(row.mean - row.mean_without, nan_ok=True)
    assert set(zip(found["engine"], found["term"], strict=True)) == set(
        zip(words["engine"], words["term"], strict=True)
    ) - {("vader", "!")}


def test_drivers_count_what_they_say(corpus):
    _, _, words = corpus
    found = mk.drivers(words).set_index(["engine", "term"])
    peace = found.loc[("vader", "peace")]
    own = words[(words["engine"] == "vader") & (words["term"] == "peace")]
    assert (peace["n"], peace["n_articles"]) == (len(own), own["article_id"].nunique())
    assert peace["weight"] == pytest.approx(own["weight"].mean())
    assert peace["total"] == pytest.approx(own["contribution"].sum())
    sizes = found["effect"].abs().loc["vader"].fillna(0).to_numpy()
    assert (np.diff(sizes) <= 1e-12).all()
    assert found["share"].groupby("engine").sum().loc["textblob"] == pytest.approx(1)


def test_drivers_of_each_group(corpus):
    articles, table, words = corpus
    found = mk.drivers(words, by="source", articles=articles)
    assert found.columns[0] == "source"
    own = found[(found["source"] == "A") & (found["engine"] == "vader")]
    part = table[table["article_id"].isin(["a0", "a1"])]
    row = own.set_index("term").loc["peace"]
    assert row["mean"] == pytest.approx(mean(part, "vader"))
    assert row["mean_without"] == pytest.approx(mean(part, "vader", ["peace"]))
    with pytest.raises(FrameError, match="no column 'outlet'"):
        mk.drivers(words, by="outlet", articles=articles)
    with pytest.raises(FrameError, match="no article"):
        mk.drivers(words, by="source", articles=articles.head(1))


def test_a_term_that_is_all_there_is_has_no_effect_to_tell():
    words = mk.sentiment_words(mk.sentences(make_articles(text=["Good. It is good."])), engine="vader")
    found = mk.drivers(words)
    assert found["term"].tolist() == ["good"]
    assert np.isnan(found["effect"].iloc[0])
    assert mk.drivers(words.head(0)).empty
    assert "source" in mk.drivers(words.head(0), by="source", articles=make_articles(text=["x"], source=["A"]))


def suspect(text, mentions=None, engine=("textblob", "vader")):
    articles = make_articles(text=[text])
    table = mk.sentences(articles)
    words = mk.sentiment_words(table, engine=list(engine))
    found = mk.suspects(words, table, mentions=mk.mentions(articles) if mentions else None)
    assert all(articles["text"].iloc[0][row.start : row.end] == row.text for row in found.itertuples())
    return {(row.text, row.reason) for row in found.itertuples()}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He met officials of the Justice Department yesterday.", "Justice"),
        ("It was said by the United Nations.", "United"),
        ("Great Britain agreed to the plan at once.", "Great"),
        ("He went to the Center for Security in town after the talks had ended.", "Security"),
    ],
)
def test_a_capital_inside_a_sentence_makes_a_name(text, word):
    assert (word, "capitals") in suspect(text)


@pytest.mark.parametrize(
    "text",
    [
        "Great news came.",
        "They said: “Good luck.”",
        "Good News For All Friends Of Lasting Peace",
        "It was GREAT for all of them.",
        "Peace came. Hope grew.",
    ],
)
def test_a_capital_that_says_nothing_makes_none(text):
    assert not {reason for _, reason in suspect(text)} & {"capitals", "name"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The firm was founded in 1999.", "firm"),
        ("A law firm won the case.", "firm"),
        ("It is a kind of answer.", "kind"),
        ("They looked like soldiers.", "like"),
        ("France agreed as well.", "well"),
        ("It went pretty quickly.", "pretty"),
        ("The cuts would mean less work.", "mean"),
        ("He paid a fine of ten euros.", "fine"),
        ("The party leader spoke.", "party"),
        ("Prices rose by a tenth.", "rose"),
    ],
)
def test_a_homonym_is_told_by_what_stands_beside_it(text, word):
    assert (word, "homonym") in suspect(text)


@pytest.mark.parametrize(
    "text",
    ["She is kind.", "They like it.", "We took a firm stance.", "A pretty garden.", "A fine day.", "The rose is red."],
)
def test_the_sense_of_the_word_list_is_left_alone(text):
    assert "homonym" not in {reason for _, reason in suspect(text)}


def test_names_come_from_the_mentions_first():
    found = suspect("Officials of the United States spoke of more trade.", mentions=True)
    assert ("United", "name") in found
    assert ("more", "no judgement") in found


def test_suspects_are_counted_and_can_be_ignored():
    text = "The United Nations met. United we stand, in peace."
    table = mk.sentences(make_articles(text=[text]))
    words = mk.sentiment_words(table, engine="vader")
    found = mk.suspects(words, table)
    counted = mk.suspect_terms(found, words)
    assert counted[["term", "reason", "n", "n_suspected", "phrases"]].values.tolist() == [
        ["united", "capitals", 2, 1, "United Nations"]
    ]
    scored = mk.sentiment(table, engine="vader", ignore=found)
    assert np.isnan(scored["polarity"].iloc[0])
    assert scored["n_scored"].iloc[1] == 2
    assert mk.suspect_terms(found.head(0), words).empty
    assert len(mk.evidence(found, make_articles(text=[text]))) == 1
