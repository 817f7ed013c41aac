"""Similarity against scikit-learn; shared passages against a search through all pairs."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

import mediakit as mk


def test_similarity_equals_scikit_learn(seeds):
    tokens = mk.tokens(seeds)
    tokens = tokens[~tokens["term"].isin(mk.stop_words())]
    documents = tokens.groupby("article_id")["term"].agg(list).reindex(seeds["article_id"])
    matrix = TfidfVectorizer(analyzer=lambda terms: terms).fit_transform(documents)
    cosine = pd.DataFrame((matrix @ matrix.T).toarray(), index=seeds["source"], columns=seeds["source"])
    for row in mk.source_similarity(seeds).itertuples():
        assert row.cosine == pytest.approx(cosine.loc[row.source_a, row.source_b], abs=1e-12)


def test_shared_terms_add_up_to_the_cosine(seeds):
    for row in mk.source_similarity(seeds).itertuples():
        terms = mk.shared_terms(seeds, row.source_a, row.source_b)
        assert terms["contribution"].sum() == pytest.approx(row.cosine, abs=1e-12)
    with pytest.raises(ValueError, match="'Nobody' is not in articles"):
        mk.shared_terms(seeds, "Nobody", seeds["source"].iloc[0])


def test_profile_adds_up(small):
    profile = mk.source_profile(small).set_index("source")
    assert profile["n_words"].sum() == len(mk.tokens(small))
    assert profile["n_sentences"].sum() == len(mk.sentences(small))
    assert profile.loc["Post", ["n_articles", "n_undated"]].tolist() == [2, 0]
    assert profile.loc["Post", "last_published"] == pd.Timestamp("2025-01-03", tz="UTC")
    assert profile.loc["Herald", "n_undated"] == 1
    assert pd.isna(profile.loc["Herald", "first_published"])


def test_a_source_without_words_has_no_cosine():
    articles = make_articles({"source": "A", "text": "Peace talks began."}, {"source": "B", "text": "…"})
    row = mk.source_similarity(articles).iloc[0]
    assert pd.isna(row["cosine"])
    assert mk.source_profile(articles).set_index("source").loc["B", "n_words"] == 0


def test_one_source_has_no_pairs():
    articles = make_articles({"source": "A", "text": "Peace."}, {"source": "A", "text": "War."})
    assert mk.source_similarity(articles).empty


def test_shared_passage_is_found_whatever_its_dress():
    copy = "The ministers agreed on Friday to meet again in Vienna next week"
    articles = make_articles(
        {"source": "A", "text": f"First words. {copy}. Then more."},
        {"source": "B", "text": f"Others.\n“{copy.upper()}”, it said."},
    )
    row = mk.reused_passages(articles).iloc[0]
    a, b = articles["text"]
    assert a[row["start_a"] : row["end_a"]] == row["text"] == copy
    assert b[row["start_b"] : row["end_b"]] == copy.upper()
    assert row["n_tokens"] == 12
    assert mk.source_similarity(articles)["shared_passages"].tolist() == [1]


def test_templates_are_left_out():
    line = "Sign up for our newsletter and never miss a story"
    articles = make_articles(text=[f"Story {number}. {line}" for number in range(6)])
    assert len(mk.reused_passages(articles)) == 15
    assert mk.reused_passages(articles, max_articles=5).empty


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=14), min_size=2, max_size=3), st.integers(2, 4))
def test_passages_equal_a_search_through_all_pairs(documents, size):
    articles = make_articles(text=[" ".join(words) for words in documents])
    found = mk.reused_passages(articles, min_tokens=size)
    ours = set(
        zip(found["article_a"], found["start_a"], found["article_b"], found["start_b"], found["n_tokens"], strict=True)
    )
    expected = set()
    for i, a in enumerate(documents):
        for j in range(i + 1, len(documents)):
            b = documents[j]
            for x in range(len(a)):
                for y in range(len(b)):
                    if x and y and a[x - 1] == b[y - 1]:
                        continue
                    length = 0
                    while x + length < len(a) and y + length < len(b) and a[x + length] == b[y + length]:
                        length += 1
                    if length >= size:
                        expected.add((f"a{i}", 2 * x, f"a{j}", 2 * y, length))
    assert ours == expected
