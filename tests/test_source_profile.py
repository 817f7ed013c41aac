"""The optional columns of a profile, counted by hand."""

import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import FrameError

STORY = " ".join(f"word{n}" for n in range(60))


def test_copies_within_a_source_count_once():
    articles = make_articles(
        {"source": "A", "text": STORY},
        {"source": "A", "text": STORY + " more"},
        {"source": "A", "text": "Something else was told here"},
        {"source": "B", "text": STORY},
    )
    profile = mk.source_profile(articles).set_index("source")
    assert profile["n_independent"].to_dict() == {"A": 2, "B": 1}
    assert profile["duplicate_share"].to_dict() == {"A": pytest.approx(2 / 3), "B": 1}
    assert not {"n_independent", "duplicate_share"} & set(mk.source_profile(articles, duplicates=False))


def test_share_of_quoted_words_and_actors():
    articles = make_articles(
        {"source": "A", "text": "“We want peace,” Vladimir Putin said on Friday."},
        {"source": "B", "text": "Angela Merkel met Vladimir Putin."},
        {"source": "C", "text": "…"},
    )
    mentions = mk.mentions(articles)
    profile = mk.source_profile(articles, mentions=mentions, quotes=mk.quotes(articles, mentions)).set_index("source")
    assert profile.loc["A", "quote_share"] == pytest.approx(3 / 8)
    assert profile.loc["B", "quote_share"] == 0
    assert pd.isna(profile.loc["C", "quote_share"])
    assert profile["n_actors"].to_dict() == {"A": 1, "B": 2, "C": 0}
    with pytest.raises(FrameError, match="quotes: missing"):
        mk.source_profile(articles, quotes=mentions[["article_id"]])


def test_vocabulary_is_the_median_of_the_articles(seeds):
    profile = mk.source_profile(seeds, by="kind").set_index("source")
    values = mk.lexical_diversity(seeds)["mtld"].to_numpy()
    for kind, part in pd.Series(values).groupby(seeds["kind"].to_numpy()):
        assert profile.loc[kind, "mtld_median"] == pytest.approx(part.median())
    short = make_articles({"source": "A", "text": "Too short."})
    assert pd.isna(mk.source_profile(short)["mtld_median"].iloc[0])
    assert "mtld_median" not in mk.source_profile(short, vocabulary=False)


def test_empty_articles_have_an_empty_profile(seeds):
    assert mk.source_profile(seeds.head(0)).empty


def test_polarity_is_that_of_summaries_and_lix_that_of_readability(seeds):
    scored = mk.sentiment(mk.sentences(seeds), engine="vader")
    profile = mk.source_profile(seeds, by="kind", sentiment=scored).set_index("source")
    means = mk.summaries(scored, by="kind", articles=seeds).set_index("kind")
    assert profile["polarity"].to_dict() == pytest.approx(means["value"].to_dict())
    assert profile["polarity_low"].isna().tolist() == means["ci_low"].isna().reindex(profile.index).tolist()
    assert set(profile["engine"]) == {"vader"}
    lix = mk.readability(seeds)["lix"].groupby(seeds["kind"].to_numpy()).median()
    assert profile["lix_median"].to_dict() == pytest.approx(lix.to_dict())
    told = mk.describe_source_profile(profile.reset_index())
    assert "no difference between sources is tested" in " ".join(told.split())
    both = mk.sentiment(mk.sentences(seeds), engine=["vader", "textblob"])
    with pytest.raises(ValueError, match="several engines"):
        mk.source_profile(seeds, sentiment=both)


def test_what_has_no_score_and_what_is_not_english_stays_missing():
    articles = make_articles(
        {"source": "A", "text": "The talks were a great success for peace."},
        {"source": "B", "text": "…"},
        {"source": "C", "text": "Die Gespräche wurden gestern ohne Ergebnis beendet.", "language": "de"},
    )
    scored = mk.sentiment(mk.sentences(articles.head(2)), engine="vader")
    profile = mk.source_profile(articles, sentiment=scored).set_index("source")
    assert profile["n_scored"].to_dict() == {"A": 1, "B": 0, "C": 0}
    assert profile["polarity"].isna().to_dict() == {"A": False, "B": True, "C": True}
    assert profile["lix_median"].isna().to_dict() == {"A": False, "B": True, "C": True}
    told = mk.describe_source_profile(profile.reset_index())
    assert "nan" not in told
    assert "too few for an interval" in " ".join(told.split())
