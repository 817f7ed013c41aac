"""Tone by actor and group: a sentence counts once, voices stay apart, articles are what was drawn."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_intervals import ratio_interval
from mediakit.frames import FrameError, build

SENTENCE = {"text": "Doe", "type": "person", "form": "surname", "part": "body", "model": "core", "quoted": None}


def scored(rows):
    """Rows (article, sentence, actor, negative, positive[, voice]) as the frame tone."""
    records = []
    for place, (article, sentence, actor, bad, good, *voice) in enumerate(rows):
        sure = max(bad, good, 1 - bad - good) >= 0.6
        name = "negative" if bad > good else "positive"
        row = {"article_id": article, "sentence_no": sentence, "start": place, "end": place + 1, "actor": actor}
        row |= {"negative": bad, "positive": good, "neutral": 1 - bad - good, "voice": (*voice, "outlet")[0]}
        records.append(SENTENCE | row | {"tone": name if sure else None, "abstain": not sure})
    return build("tone", records)


def corpus(*sources):
    return make_articles(*({"source": source, "text": "x"} for source in sources))


def test_a_sentence_with_several_mentions_counts_once():
    tone = scored([("a0", 0, "Doe", 0.8, 0.1), ("a0", 0, "Doe", 0.4, 0.3), ("a0", 1, "Doe", 0.0, 0.9)])
    row = mk.tone_summary(tone, corpus("Post")).iloc[0]
    assert (row["n"], row["n_sentences"], row["n_articles"]) == (3, 2, 1)
    assert row["negative"] == pytest.approx((0.6 + 0.0) / 2)
    assert row["value"] == pytest.approx(((0.2 - 0.6) + 0.9) / 2)
    assert row["abstained"] == 0  # of the first sentence one mention is sure
    assert (row["verdict"], row["caveat"]) == ("too few", "1 article; no interval below 5")
    assert np.isnan(row["ci_low"])


def test_voices_stay_apart():
    tone = scored(
        [("a0", 0, "Doe", 0.9, 0.0, "Roe"), ("a0", 0, "Doe", 0.1, 0.2), ("a0", 2, "Doe", 0.7, 0.1, "(nobody)")]
    )
    both = mk.tone_summary(tone, corpus("Post"), voice=None).set_index("voice")
    assert both["n_sentences"].to_dict() == {"outlet": 1, "quoted": 2}
    assert both.loc["quoted", "value"] == pytest.approx(-0.75)
    assert mk.tone_summary(tone, corpus("Post"))["voice"].tolist() == ["outlet"]
    assert mk.tone_summary(tone, corpus("Post"), voice="quoted")["n"].tolist() == [2]


def test_groups_are_those_of_the_articles():
    tone = scored([("a0", 0, "Doe", 0.9, 0.0), ("a1", 0, "Doe", 0.1, 0.6), ("a1", 1, "Roe", 0.1, 0.6)])
    articles = corpus("Post", None)
    found = mk.tone_summary(tone, articles)
    assert found[["source", "actor"]].to_numpy().tolist() == [["Post", "Doe"], ["unknown", "Doe"], ["unknown", "Roe"]]
    assert mk.tone_summary(tone, articles, by="actor")["n_sentences"].tolist() == [2, 1]
    assert mk.tone_summary(tone, articles, by=None)["actor"].tolist() == ["Doe", "Roe"]
    assert len(mk.tone_summary(tone, articles[:1])) == 1  # mentions in other articles are left out
    with pytest.raises(FrameError, match="voice"):
        mk.tone_summary(tone, articles.assign(voice="x"), by=["actor", "voice"])
    with pytest.raises(ValueError, match="none of outlet, quoted"):
        mk.tone_summary(tone, articles, voice="author")


def test_without_tone_there_are_empty_frames():
    nothing, articles = scored([])[:0], corpus("Post")
    assert mk.tone_summary(nothing, articles).columns[0] == "source"
    assert mk.article_tone(nothing).empty
    assert mk.tone_differences(nothing, articles).empty


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 3), st.floats(0, 0.5), st.floats(0, 0.5)), min_size=1, max_size=40
    )
)
def test_numbers_are_those_of_the_sentences(rows):
    tone = scored([(f"a{article}", sentence, "Doe", bad, good) for article, sentence, bad, good in rows])
    found = mk.tone_summary(tone, corpus(*["Post"] * 9)).iloc[0]
    frame = pd.DataFrame(rows, columns=["article", "sentence", "negative", "positive"])
    sentences = frame.groupby(["article", "sentence"]).mean()
    assert found["n"] == len(rows)
    assert found["n_sentences"] == len(sentences)
    assert found["value"] == pytest.approx((sentences["positive"] - sentences["negative"]).mean())
    assert found[["negative", "neutral", "positive"]].sum() == pytest.approx(1)
    assert found["value"] == pytest.approx(found["positive"] - found["negative"])
    if found["verdict"] == "too few":
        assert np.isnan(found["ci_low"])
    else:
        assert -1 <= found["ci_low"] <= found["value"] <= found["ci_high"] <= 1
        sums = ((1 + sentences["positive"] - sentences["negative"]) / 2).groupby("article").agg(["sum", "size"])
        low, high = ratio_interval(sums["sum"].to_numpy(), sums["size"].to_numpy())
        assert (found["ci_low"], found["ci_high"]) == pytest.approx((2 * low - 1, 2 * high - 1))


def drawn(n, means, seed=0):
    """`n` articles of each source with some sentences about Doe, whose tone lies about a mean."""
    rng = np.random.default_rng(seed)
    rows, sources = [], []
    for source, mean in means.items():
        for _ in range(n):
            for sentence in range(rng.integers(1, 5)):
                value = np.clip(mean + rng.normal(0, 0.15), -0.9, 0.9)
                rows.append((f"a{len(sources)}", sentence, "Doe", max(-value, 0) + 0.02, max(value, 0) + 0.02))
            sources.append(source)
    return scored(rows), corpus(*sources)


def test_sources_differ_only_where_they_do():
    tone, articles = drawn(12, {"Post": -0.5, "Star": 0.3, "News": 0.3})
    found = mk.tone_differences(tone, articles).set_index(["group_a", "group_b"])
    assert found["verdict"].to_dict() == {
        ("News", "Post"): "differs",
        ("News", "Star"): "cannot be told apart",
        ("Post", "Star"): "differs",
    }
    assert set(found["measure"]) == {"tone of Doe"}
    means = mk.article_tone(tone).merge(articles).groupby("source")["tone"].mean()
    assert found.loc[("Post", "Star"), "difference"] == pytest.approx(means["Post"] - means["Star"])


def test_few_articles_are_too_few():
    tone, articles = drawn(4, {"Post": -0.8, "Star": 0.8})
    assert mk.tone_differences(tone, articles)["verdict"].tolist() == ["too few"]
    tone, articles = drawn(1, {"Post": -0.8, "Star": 0.8})
    assert mk.tone_differences(tone, articles)["verdict"].tolist() == ["too few"]


def test_only_the_actors_asked_for_are_compared():
    tone, articles = drawn(6, {"Post": -0.5, "Star": 0.3})
    other = tone.assign(actor="Roe")
    both = pd.concat([tone, other], ignore_index=True)
    assert set(mk.tone_differences(both, articles)["actor"]) == {"Doe", "Roe"}
    assert set(mk.tone_differences(both, articles, actors="Roe")["actor"]) == {"Roe"}
    with pytest.raises(ValueError, match="one voice"):
        mk.tone_differences(both, articles, voice=None)


def test_verdicts_say_on_which_side_of_zero():
    for mean, verdict in ((-0.6, "below 0"), (0.6, "above 0"), (0.0, "cannot be told from 0")):
        tone, articles = drawn(10, {"Post": mean})
        assert mk.tone_summary(tone, articles)["verdict"].tolist() == [verdict]
