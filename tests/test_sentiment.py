"""Scores equal those of TextBlob and vaderSentiment themselves; what is not scored is missing."""

import numpy as np
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import mediakit as mk
from mediakit.frames import FrameError

VADER = SentimentIntensityAnalyzer()
WORDS = (
    "good bad not very kind of but peace war least never ever great GREAT 🙂 :( terrible! no isn't the table".split()
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join) | st.text(max_size=60)


def scored(texts, engine):
    articles = make_articles(text=texts)
    return mk.sentiment(mk.sentences(articles), engine=engine)


def test_seeds_score_as_textblob_itself(seeds):
    rows = mk.sentiment(mk.sentences(seeds))
    for row in rows.itertuples():
        oracle = TextBlob(row.text).sentiment_assessments
        assert row.n_scored == len(oracle.assessments)
        if row.n_scored:
            assert (row.polarity, row.subjectivity) == (oracle.polarity, oracle.subjectivity)


@given(st.lists(sentences, min_size=1, max_size=3))
def test_any_sentence_scores_as_textblob_itself(texts):
    for row in scored(texts, "textblob").itertuples():
        expected = TextBlob(row.text).polarity
        assert row.polarity == expected or (np.isnan(row.polarity) and expected == 0)


@given(st.lists(sentences, min_size=1, max_size=3))
def test_any_sentence_scores_as_vader_itself(texts):
    for row in scored(texts, "vader").itertuples():
        expected = VADER.polarity_scores(row.text)["compound"]
        assert row.polarity == expected or (np.isnan(row.polarity) and expected == 0)


def test_no_known_word_is_missing_not_neutral():
    rows = scored(["The table stands."], ["textblob", "vader"])
    assert rows["polarity"].isna().all()
    assert rows["subjectivity"].isna().all()
    assert rows["n_scored"].tolist() == [0, 0]


def test_vader_counts_the_words_that_carry_valence():
    assert scored(["A good and great day, but terrible news."], "vader")["n_scored"].tolist() == [3]


def test_rows_are_the_sentences_once_per_engine(small):
    table = mk.sentences(small)
    rows = mk.sentiment(table.assign(mine=1), engine=["vader", "textblob"])
    assert len(rows) == 2 * len(table)
    assert rows["engine"].unique().tolist() == ["vader", "textblob"]
    assert (rows["mine"] == 1).all()


def test_refusals(small):
    with pytest.raises(ValueError, match="no sentiment engine 'magic'; there are"):
        mk.sentiment(mk.sentences(small), engine="magic")
    with pytest.raises(ValueError, match="No engine"):
        mk.sentiment(mk.sentences(small), engine=[])
    with pytest.raises(FrameError, match="missing column"):
        mk.sentiment(small)


def test_nothing_to_score():
    rows = scored([""], "vader")
    assert rows.empty
    assert {"polarity", "engine", "n_scored"} <= set(rows.columns)
