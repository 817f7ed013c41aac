"""Tone towards an actor: each mention scored in its sentence, in its voice, by the model asked for."""

from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit import tone_core
from mediakit.frames import FrameError, build

tones = import_module("mediakit.tone")  # the module: `mediakit.tone` is its function

TEXT = (
    "The senator praised Jane Doe for her brave and honest work.\n"
    "Critics accused Jane Doe of a shameful lie. "
    "“Doe is a disgrace and a liar,” said Karl Roe. Roe said that Doe was a crook.\n"
    "Doe met reporters on Monday, and Doe left."
)
QUOTES = [
    {"kind": "direct", "text": "Doe is a disgrace and a liar,", "speaker": "Karl Roe"},
    {"kind": "indirect", "text": "Doe was a crook", "speaker": None},
]


@pytest.fixture
def articles():
    return make_articles({"source": "Post", "text": TEXT})


@pytest.fixture
def named(articles):
    """Every "Doe" by hand, so that nothing depends on the registry."""
    split = mk.sentences(articles)
    rows = []
    for start in [n for n in range(len(TEXT)) if TEXT.startswith("Doe", n)]:
        row = split[(split["start"] <= start) & (split["end"] > start)].iloc[0]
        rows.append({"article_id": "a0", "sentence_no": row["sentence_no"], "start": start, "end": start + 3})
    extra = {"text": "Doe", "actor": "Jane Doe", "type": "person", "form": "surname", "part": "body"}
    return build("mentions", [row | extra for row in rows])


@pytest.fixture
def spoken():
    rows = []
    for quote in QUOTES:
        start = TEXT.index(quote["text"])
        kind = "named" if quote["speaker"] else "unnamed"
        rows.append(quote | {"start": start, "end": start + len(quote["text"]), "speaker_kind": kind})
    return pd.DataFrame(rows).assign(article_id="a0")


class Fake:
    """A model that remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts, starts, ends):
        self.asked += list(zip(texts, starts, ends, strict=True))
        bad = np.array(["lie" in text or "liar" in text or "crook" in text for text in texts])
        return np.where(bad[:, None], [0.7, 0.2, 0.1], [0.35, 0.33, 0.32])


@pytest.fixture
def fake(monkeypatch):
    model = Fake()
    monkeypatch.setitem(tones.MODELS, "core", tones.Model(model, lambda: 0.5))
    return model


def test_each_mention_is_scored_in_its_sentence(articles, named, spoken, fake):
    found = mk.tone(named, articles, model="core", quotes=spoken)
    assert len(found) == len(named) == 6
    assert [text[start:end] for text, start, end in fake.asked] == ["Doe"] * 6
    split = mk.sentences(articles)["text"].tolist()
    assert {text for text, _, _ in fake.asked} == set(split)
    assert found["tone"].isna().tolist() == [True, False, False, False, True, True]
    assert found["abstain"].tolist() == found["tone"].isna().tolist()
    assert found.loc[1, "tone"] == "negative"


@pytest.mark.usefixtures("fake")
def test_voices_are_those_of_the_innermost_quotation(articles, named, spoken):
    found = mk.tone(named, articles, model="core", quotes=spoken)
    assert found["voice"].tolist() == ["outlet", "outlet", "Karl Roe", "(unnamed)", "outlet", "outlet"]
    assert found["quoted"].fillna("").tolist() == ["", "", "direct", "indirect", "", ""]
    whole = spoken.iloc[[0]].assign(start=0, end=len(TEXT), kind="indirect", speaker="Everybody")
    inside = mk.tone(named, articles, model="core", quotes=pd.concat([whole, spoken]))
    assert inside["voice"].tolist()[1:4] == ["Everybody", "Karl Roe", "(unnamed)"]


@pytest.mark.usefixtures("fake")
def test_quotations_are_found_where_they_are_not_given(articles, named):
    found = mk.tone(named, articles, model="core")
    assert found.loc[2, "quoted"] == "direct"
    assert found.loc[2, "voice"] != "outlet"
    assert found.loc[0, "voice"] == "outlet"


def test_the_same_target_in_the_same_sentence_is_scored_once(articles, named, spoken, fake):
    again = pd.concat([named, named], ignore_index=True)
    found = mk.tone(again, articles, model="core", quotes=spoken)
    assert len(fake.asked) == 6
    pd.testing.assert_frame_equal(found[:6], found[6:].reset_index(drop=True))


@pytest.mark.usefixtures("fake")
def test_nobody_abstains_at_zero_and_columns_of_the_caller_stay(articles, named, spoken):
    found = mk.tone(named.assign(mine=range(6)), articles, model="core", quotes=spoken, abstain=0)
    assert not found["abstain"].any()
    assert found["tone"].notna().all()
    assert found["mine"].tolist() == list(range(6))
    assert found.attrs == {}
    assert (found["model"] == "core").all()


def test_a_very_long_sentence_is_cut_around_the_mention(fake):
    text = "word " * 2000 + "Doe " + "tail " * 2000
    articles = make_articles({"source": "Post", "text": text})
    start = text.index("Doe")
    row = {"article_id": "a0", "sentence_no": 0, "start": start, "end": start + 3, "actor": "Doe"}
    mentions = build("mentions", [row | {"text": "Doe", "type": "person", "form": "surname", "part": "body"}])
    mk.tone(mentions, articles, model="core")
    ((read, a, b),) = fake.asked
    assert read[a:b] == "Doe"
    assert len(read) <= 2 * tones.REACH + 3
    assert read.startswith("word ")
    assert read.endswith(" tail")


def test_what_does_not_fit_is_refused(articles, named):
    with pytest.raises(FrameError, match="does not stand in its sentence"):
        mk.tone(named.assign(start=named["start"] + 500), articles, model="core")
    with pytest.raises(ValueError, match="no model 'bert'"):
        mk.tone(named, articles, model="bert")
    with pytest.raises(ValueError, match="no probability"):
        mk.tone(named, articles, model="core", abstain=1.5)
    with pytest.raises(FrameError, match="actor"):
        mk.tone(named.drop(columns="actor"), articles)
    with pytest.raises(mk.LanguageError, match="trained on English"):
        mk.tone(named, articles.assign(language="de"), model="core")


def test_without_mentions_there_is_an_empty_frame(articles, named):
    found = mk.tone(named[:0], articles, model="core")
    assert found.empty
    assert found["negative"].dtype == "float64"
    assert found["abstain"].dtype == "bool"
    assert mk.tone_words(named[:0], articles).empty


def test_the_core_model_tells_praise_from_blame(articles, named, spoken):
    found = mk.tone(named, articles, model="core", quotes=spoken, abstain=0)
    assert found.loc[0, "positive"] > 0.5
    assert (found.loc[1:3, "negative"] > 0.5).all()
    assert found.loc[4, "tone"] == "neutral"
    np.testing.assert_allclose(found[list(tones.CLASSES)].sum(axis=1), 1)


def test_weights_of_words_sum_to_the_odds(articles, named):
    scored = mk.tone(named, articles, model="core")
    words = mk.tone_words(scored, articles)
    odds = np.log(scored["positive"] / scored["negative"]).to_numpy()
    for (start, part), wanted in zip(words.groupby("target_start"), odds, strict=True):
        assert TEXT[start : start + 3] == "Doe"
        assert part["weight"].sum() + part["constant"].iloc[0] == pytest.approx(wanted, abs=1e-4)
        assert part["total"].iloc[0] == pytest.approx(wanted, abs=1e-4)
    assert [TEXT[a:b] for a, b in zip(words["start"], words["end"], strict=True)] == words["text"].tolist()
    blamed = words[words["target_start"] == named.loc[1, "start"]]
    assert blamed.loc[blamed["weight"].idxmin(), "text"] in ("accused", "shameful", "lie")


def test_the_encoder_is_taken_where_it_is_there(monkeypatch):
    monkeypatch.setattr(tones.encoder, "available", lambda: True)
    assert tones.chosen(None) == "encoder"
    assert tones.chosen("core") == "core"
    monkeypatch.setattr(tones.encoder, "available", lambda: False)
    assert tones.chosen(None) == "core"


def test_the_model_is_small_and_plain():
    path = tone_core.resources.files("mediakit") / "data" / "tone" / "core.npz"
    assert path.stat().st_size <= 5_000_000
