"""The words behind a score make the score: for any sentence, in place, and with words left out."""

import numpy as np
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import mediakit as mk
from mediakit.frames import FrameError, build

VADER = SentimentIntensityAnalyzer()
PIECES = (
    "good bad great GREAT terrible war peace not never no without doubt least at very VERY extremely slightly hardly"
    " kind of sort but BUT so this isn't cannot the table bus stop the bomb yeah right kiss of death to die for"
    ' beating heart 🙂 💘 😡 :) :( ;-) <3 ! !! !!! ? ?? ??? ( ! ) (!) “good” ‘bad’ "hate" U.S. Mr. İstanbul end...'
).split()
grammar = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)
sentences = grammar | grammar.map(lambda text: text.replace(" ", "", 2)) | st.text(max_size=50)


def rows(texts):
    """Sentences as they are given, not as they would be split."""
    return build(
        "sentences",
        [
            {
                "article_id": f"a{n}",
                "sentence_no": 0,
                "paragraph_no": 0,
                "part": "body",
                "start": 7,
                "end": 7 + len(text),
            }
            | {"text": text}
            for n, text in enumerate(texts)
        ],
    )


def of(text, engine="vader"):
    words = mk.sentiment_words(rows([text]), engine=engine)
    return {row.text: row for row in words.itertuples()}


ORACLES = {
    "textblob": lambda text: TextBlob(text).polarity,
    "vader": lambda text: VADER.polarity_scores(text)["compound"],
}


@pytest.mark.parametrize("engine", ORACLES)
@settings(max_examples=20)
@given(st.lists(sentences, min_size=1, max_size=20))
def test_words_add_up_to_the_engines_own_score(engine, texts):
    table = rows(texts)
    words = mk.sentiment_words(table, engine=engine)
    added = words.groupby("article_id")["contribution"].sum()
    again = mk.polarity_of(words).set_index("article_id")["polarity"]
    for article_id, text in zip(table["article_id"], texts, strict=True):
        expected = ORACLES[engine](text)
        assert again.get(article_id, 0.0) == pytest.approx(expected, abs=1e-9)
        assert added.get(article_id, 0.0) == pytest.approx(expected, abs=1e-9)
    for row in words.itertuples():
        text = texts[int(row.article_id[1:])]
        assert text[row.start - 7 : row.end - 7] == row.text
        assert row.text


@pytest.mark.parametrize("engine", ORACLES)
def test_seeds_add_up_in_place(seeds, engine):
    scored = mk.sentiment(mk.sentences(seeds), engine=engine)
    words = mk.sentiment_words(scored)
    texts = seeds.set_index("article_id")["text"]
    assert all(texts[row.article_id][row.start : row.end] == row.text for row in words.itertuples())
    added = words.groupby(["article_id", "sentence_no"])["contribution"].sum()
    known = scored.dropna(subset=["polarity"]).set_index(["article_id", "sentence_no"])["polarity"]
    assert len(added) == len(known)
    assert (added - known).abs().max() < 1e-9
    counted = words[words["rule"] != "emphasis"].groupby(["article_id", "sentence_no"]).size()
    assert counted.to_dict() == scored[scored["n_scored"] > 0].set_index(known.index.names)["n_scored"].to_dict()


@pytest.mark.parametrize(
    ("text", "word", "rule", "by", "weight"),
    [
        # weights as Hutto and Gilbert's package documents its constants: 0.293, 0.733, -0.74, 0.5 and 1.5
        ("It is good.", "good", "as listed", "", 1.9),
        ("It is not good.", "good", "negated", "not", 1.9 * -0.74),
        ("It is very good.", "good", "boosted", "very", 1.9 + 0.293),
        ("It is slightly good.", "good", "damped", "slightly", 1.9 - 0.293),
        ("It is GOOD.", "GOOD", "capitals", "", 1.9 + 0.733),
        ("It is good but short.", "good", "but-clause", "but", 1.9 / 2),
        ("It is short but good.", "good", "but-clause", "but", 1.9 * 1.5),
        ("It was the kiss of death.", "kiss", "idiom", "kiss of death", -1.5),
        ("No good.", "good", "negated", "no", 1.9 * -0.74),
        ("The least good.", "good", "negated", "least", 1.9 * -0.74),
        ("It is not very good.", "good", "boosted, negated", "very, not", (1.9 + 0.293) * -0.74),
    ],
)
def test_vader_tells_what_changed_a_weight(text, word, rule, by, weight):
    row = of(text)[word]
    assert (row.rule, row.modifiers) == (rule, by)
    assert row.weight == pytest.approx(weight)
    assert row.base == VADER.lexicon[word.lower()]


@pytest.mark.parametrize(
    ("text", "word", "rule", "by", "factor"),
    [
        ("It is good.", "good", "as listed", "", 1),
        ("It is not good.", "good", "negated", "not", -0.5),
        ("It is very good.", "good", "boosted", "very", 1.3),
        ("It is good!", "good", "punctuation", "!", 1.25),
        ("It is not very good.", "good", "negated, damped", "very, not", -0.5 / 1.3),  # the booster divides
    ],
)
def test_textblob_tells_what_changed_a_weight(text, word, rule, by, factor):
    row = of(text, "textblob")[word]
    assert row.base == 0.7
    assert row.weight == pytest.approx(TextBlob(text).polarity)
    assert row.weight == pytest.approx(0.7 * factor)
    assert set(row.rule.split(", ")) == set(rule.split(", "))
    assert set(filter(None, row.modifiers.split(", "))) == set(filter(None, by.split(", ")))


def test_marks_of_emphasis_are_rows_of_their_own():
    words = mk.sentiment_words(rows(["Bad! Really bad!!! Why??"]), engine="vader")
    marks = words[words["rule"] == "emphasis"]
    assert marks["text"].tolist() == ["!", "!!!", "??"]
    assert marks["weight"].tolist() == pytest.approx([-0.292, -3 * 0.292, -2 * 0.18])
    assert mk.sentiment(rows(["Bad! Really bad!!! Why??"]), engine="vader")["n_scored"].tolist() == [2]


def test_an_emoji_stands_for_its_words():
    row = of("We met 🙂 there.")["🙂"]
    assert (row.term, row.start, row.end, row.rule) == ("smiling", 14, 15, "damped")  # "slightly smiling face"


def test_words_of_scored_sentences_are_those_of_their_engines(small):
    scored = mk.sentiment(mk.sentences(small), engine=["textblob", "vader"])
    words = mk.sentiment_words(scored)
    assert set(words["engine"]) <= {"textblob", "vader"}
    alone = mk.sentiment_words(mk.sentences(small), engine="vader")
    assert words[words["engine"] == "vader"].reset_index(drop=True).equals(alone)


@pytest.mark.parametrize("engine", ["textblob", "vader"])
@settings(max_examples=15)
@given(st.lists(grammar, min_size=1, max_size=10), st.sets(st.sampled_from(["good", "bad", "war", "great", "gre*"])))
def test_ignored_words_leave_the_score_of_the_rest(engine, texts, ignored):
    table = rows(texts)
    words = mk.sentiment_words(table, engine=engine)
    gone = words["term"].isin(ignored) | (words["term"].str.startswith("gre") & ("gre*" in ignored))
    left = mk.polarity_of(words[~gone]).set_index("article_id")["polarity"]
    scored = mk.sentiment(table, engine=engine, ignore=ignored).set_index("article_id")
    known = scored["polarity"].dropna()
    assert known.to_dict() == left.to_dict()
    assert (scored["n_scored"] == 0).equals(scored["polarity"].isna())


def test_ignoring_a_word_is_as_if_vader_did_not_know_it():
    text = "There is peace, and they hope for help!"
    lacking = SentimentIntensityAnalyzer()
    del lacking.lexicon["peace"]
    scored = mk.sentiment(rows([text]), engine="vader", ignore={"Peace"})
    assert scored["polarity"].tolist() == [lacking.polarity_scores(text)["compound"]]


def test_places_can_be_ignored():
    articles = make_articles(text=["The Justice Department spoke. They want justice."])
    table = mk.sentences(articles)
    words = mk.sentiment_words(table, engine="vader")
    first = words[words["start"] < 20]
    scored = mk.sentiment(table, engine="vader", ignore=first)
    assert np.isnan(scored["polarity"].iloc[0])
    assert scored["polarity"].iloc[1] > 0
    other = mk.sentiment(table, engine="vader", ignore=first.assign(engine="textblob"))
    assert other["polarity"].notna().all()


def test_refusals(small):
    table = mk.sentences(small)
    with pytest.raises(ValueError, match="' ' is no word"):
        mk.sentiment(table, engine="vader", ignore=[" "])
    with pytest.raises(FrameError, match="ignore: missing column 'start'"):
        mk.sentiment(table, engine="vader", ignore=table[["article_id", "end"]])
    with pytest.raises(FrameError, match="sentiment_words: missing column"):
        mk.polarity_of(table)


def test_nothing_known_has_no_rows():
    words = mk.sentiment_words(rows(["The table stands.", ""]), engine=["textblob", "vader"])
    assert words.empty
    assert mk.polarity_of(words).empty
