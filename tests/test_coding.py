"""Samples drawn with known chances that show nothing of a score; labels of engines."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.coding import classified, coding_sample
from mediakit.frames import FRAMES, FrameError
from mediakit.text import sentences

UNIT = ["article_id", "start", "end"]


@pytest.fixture(scope="module")
def corpus():
    """Twelve articles of three sources, 6 to 17 sentences each."""
    return make_articles(
        *[
            {"source": "ABC"[n % 3], "text": " ".join(f"Sentence {k} of article {n} is here." for k in range(n + 6))}
            for n in range(12)
        ]
    )


@pytest.fixture(scope="module")
def scored(corpus):
    """Two engines that know every third sentence not."""
    table = sentences(corpus)
    polarity = np.random.default_rng(2).uniform(-1, 1, len(table))
    polarity[::3] = np.nan
    return pd.concat([table.assign(engine=name, polarity=polarity * sign) for name, sign in (("up", 1), ("down", -1))])


def test_a_sample_shows_nothing_of_a_score(scored, corpus):
    sample = coding_sample(scored, 30, by="source", articles=corpus)
    assert list(sample.columns) == [column.name for column in FRAMES["coding_sample"].columns]
    assert len(sample) == 30
    assert not sample.duplicated(UNIT).any()
    texts = corpus.set_index("article_id")["text"]
    for row in sample.to_dict("records"):
        text = texts[row["article_id"]]
        assert row["text"] == row["sentence"] == text[row["start"] : row["end"]]
        near = f"{row['before']} {row['sentence']} {row['after']}".strip()
        assert near in text


@settings(max_examples=8)
@given(n=st.integers(3, 200), seed=st.integers(0, 9), equal=st.booleans())
def test_weights_stand_for_the_whole_corpus(corpus, n, seed, equal):
    table = sentences(corpus)
    allocation = "equal" if equal else "proportional"
    sample = coding_sample(table, n, by="source", articles=corpus, allocation=allocation, seed=seed)
    assert len(sample) == min(n, len(table))
    assert sample["weight"].sum() == pytest.approx(len(table))
    source = sample["article_id"].map(corpus.set_index("article_id")["source"])
    drawn = source.value_counts()
    if equal:
        # as equal as the sizes let them be
        assert all(drawn[name] >= drawn.max() - 1 or (sample[source == name]["weight"] == 1).all() for name in "ABC")
    else:
        share = table["article_id"].map(corpus.set_index("article_id")["source"]).value_counts(normalize=True)
        assert (drawn / len(sample) - share).abs().max() <= 1.5 / len(sample)
    again = coding_sample(table[::-1], n, by="source", articles=corpus, allocation=allocation, seed=seed)
    pd.testing.assert_frame_equal(sample, again)


def test_weighted_totals_are_those_of_the_corpus_on_average(scored):
    one = classified(scored[scored["engine"] == "up"]).reset_index(drop=True)
    one["x"] = np.arange(len(one)) ** 2
    totals = []
    for seed in range(20):
        sample = coding_sample(one, 20, by="label", seed=seed, allocation="equal").merge(one[[*UNIT, "x"]], on=UNIT)
        totals.append((sample["weight"] * sample["x"]).sum())
    error = np.std(totals, ddof=1) / np.sqrt(len(totals))
    assert error > 0
    assert abs(np.mean(totals) - one["x"].sum()) < 4 * error


def test_the_order_says_nothing_of_the_stratum(scored):
    one = classified(scored[scored["engine"] == "up"])
    labels = one.set_index(UNIT)["label"]
    firsts = [coding_sample(one, 12, by="label", seed=seed).iloc[0] for seed in range(12)]
    pairs = {(row["stratum"], labels[tuple(row[UNIT])]) for row in firsts}
    assert len({number for number, _ in pairs}) < len(pairs)  # a number does not stand for one label


def test_mentions_are_shown_in_their_sentences():
    articles = make_articles({"text": "It rained. Then <b>Ann</b> met Bob. Bob left.", "source": "A"})
    text = articles.loc[0, "text"]
    rows = pd.DataFrame(
        [
            {
                "article_id": "a0",
                "sentence_no": 1,
                "start": at,
                "end": at + 3,
                "text": text[at : at + 3],
                "actor": actor,
            }
            for actor, at in (("Ann Roe", text.index("Ann")), ("Bob Doe", text.index("Bob")))
        ]
    )
    sample = coding_sample(rows, 5, articles=articles).sort_values("start")
    assert list(sample["target"]) == ["Ann Roe", "Bob Doe"]
    assert list(sample["sentence"]) == ["Then <b>Ann</b> met Bob."] * 2
    assert list(sample["before"]) == ["It rained."] * 2
    with pytest.raises(FrameError, match="pass articles="):
        coding_sample(rows, 5)


def test_what_cannot_be_drawn_is_named(scored, corpus):
    with pytest.raises(ValueError, match="3 strata"):
        coding_sample(scored, 2, by="source", articles=corpus)
    with pytest.raises(ValueError, match="several strata"):
        coding_sample(scored, 20, by="engine")
    with pytest.raises(FrameError, match="'colour'"):
        coding_sample(scored, 20, by="colour", articles=corpus)
    with pytest.raises(ValueError, match="allocation 'best'"):
        coding_sample(scored, 20, allocation="best")
    with pytest.raises(ValueError, match="n is 0"):
        coding_sample(scored, 0)


def test_nothing_to_draw_from_is_an_empty_sample():
    sample = coding_sample(sentences(make_articles({"text": ""})), 5)
    assert sample.empty
    assert sample.dtypes["weight"] == "float64"


def test_classes_of_a_polarity():
    scored = pd.DataFrame({"polarity": [-1, -0.05, -0.049, 0, 0.05, 1, np.nan]})
    expected = ["negative", "negative", "neutral", "neutral", "positive", "positive"]
    assert list(classified(scored)["label"]) == [*expected, "neutral"]
    missing = classified(scored, unscored="missing")["label"]
    assert list(missing.iloc[:-1]) == expected
    assert missing.isna().iloc[-1]
    assert list(classified(scored, negative=-0.5, positive=0.5)["label"]).count("neutral") == 5
    with pytest.raises(ValueError, match="must rise"):
        classified(scored, negative=0.1, positive=0.1)
    with pytest.raises(ValueError, match="'zero'"):
        classified(scored, unscored="zero")


def test_classes_of_probabilities():
    tone = pd.DataFrame({"negative": [0.6, 0.2, np.nan, 0.5], "neutral": [0.3, 0.2, np.nan, 0.3]})
    tone = tone.assign(positive=[0.1, 0.6, np.nan, 0.2], abstain=[False, False, False, True])
    assert list(classified(tone)["label"]) == ["negative", "positive", "neutral", "neutral"]
    assert list(classified(tone, unscored="missing")["label"].isna()) == [False, False, True, True]
    with pytest.raises(FrameError, match="neither 'polarity'"):
        classified(tone[["negative"]])
