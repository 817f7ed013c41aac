"""Counts against counting by hand; tf-idf and keyness against scikit-learn and scipy."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control
from sklearn.feature_extraction.text import TfidfTransformer

import mediakit as mk
from mediakit.frames import FrameError

words = st.lists(st.sampled_from(["peace", "war", "talks", "the", "U.S.", "can't", "Kyiv's"]), max_size=30)
texts = st.lists(words.map(" ".join), min_size=1, max_size=4)


def test_counts_by_hand(small):
    counts = mk.term_counts(small, by="source", stop_words=None).set_index(["source", "term"])
    assert counts.loc[("Post", "talks"), ["n", "n_articles"]].tolist() == [3, 2]
    assert counts.loc[("Herald", "war"), ["n", "n_articles"]].tolist() == [3, 1]
    assert counts.loc[("Herald", "war"), "per_1000"] == pytest.approx(1000 * 3 / 8)
    assert counts["n"].sum() == len(mk.tokens(small))


def test_stop_words_leave_the_rate_alone(small):
    everything = mk.term_counts(small, stop_words=None).set_index("term")
    content = mk.term_counts(small).set_index("term")
    assert "the" in everything.index
    assert "the" not in content.index
    assert content.loc["war", "per_1000"] == everything.loc["war", "per_1000"]
    assert "war" not in mk.term_counts(small, stop_words=["war"])["term"].tolist()


def test_pairs_stay_within_sentences(small):
    pairs = mk.term_counts(small, n=2, stop_words=None)["term"].tolist()
    assert "peace talks" in pairs
    assert "failed peace" not in pairs  # a full stop between them
    assert "away war" not in pairs  # a paragraph


def test_pairs_do_not_begin_or_end_with_stop_words(small):
    pairs = mk.term_counts(small, n=2)["term"].tolist()
    assert "the talks" not in pairs
    three = mk.term_counts(small, n=3, stop_words=["and"])["term"].tolist()
    assert "war and war" in three


@given(texts, st.integers(1, 3))
def test_counts_equal_a_plain_loop(documents, n):
    articles = make_articles(text=documents)
    tokens = mk.tokens(articles)
    expected = Counter()
    for _, sentence in tokens.groupby(["article_id", "sentence_no"]):
        terms = sentence["term"].tolist()
        expected.update(" ".join(terms[i : i + n]) for i in range(len(terms) - n + 1))
    counts = mk.term_counts(articles, n=n, stop_words=None)
    assert dict(zip(counts["term"], counts["n"], strict=True)) == dict(expected)


@settings(max_examples=15, deadline=None)
@given(st.lists(words.map(" ".join), min_size=1, max_size=8), st.integers(1, 2))
def test_design_effect_is_the_variance_between_articles_over_that_of_single_draws(documents, groups):
    articles = make_articles(*({"text": text, "source": f"s{at % groups}"} for at, text in enumerate(documents)))
    tokens = mk.tokens(articles)
    of = articles.set_index("article_id")["source"]
    counts = mk.term_counts(articles, by="source", stop_words=None)
    for row in counts.itertuples():
        own = tokens[tokens["article_id"].map(of) == row.source]
        size = own.groupby("article_id").size()
        n = own[own["term"] == row.term].groupby("article_id").size().reindex(size.index, fill_value=0)
        assert row.share_articles == pytest.approx((n > 0).mean())
        rate = n.sum() / size.sum()
        if len(n) == 1 or rate == 1:
            assert np.isnan(row.design_effect)
            continue
        variance = len(n) / (len(n) - 1) * ((n - rate * size) ** 2).sum()
        assert row.design_effect == pytest.approx(variance / (n.sum() * (1 - rate)), abs=1e-9)


def test_missing_groups_are_named_and_unknown_columns_refused(small):
    small.loc[2, "source"] = np.nan
    assert set(mk.term_counts(small, by="source")["source"]) == {"Post", "unknown"}
    with pytest.raises(FrameError, match="no column 'outlet'"):
        mk.term_counts(small, by="outlet")
    with pytest.raises(ValueError, match="n is 0"):
        mk.term_counts(small, n=0)


@pytest.mark.parametrize("text", ["", "…?!", "\n\n"])
def test_nothing_to_count(text):
    counts = mk.term_counts(make_articles({"text": text}), by="source")
    assert counts.empty
    assert mk.keyness(counts).empty
    assert mk.tf_idf(counts).empty


def test_tf_idf_equals_scikit_learn(seeds):
    counts = mk.term_counts(seeds, by="source")
    ours = mk.tf_idf(counts).pivot(index="source", columns="term", values="tf_idf").fillna(0)
    matrix = counts.pivot(index="source", columns="term", values="n").fillna(0)
    theirs = TfidfTransformer().fit_transform(matrix).toarray()
    np.testing.assert_allclose(ours[matrix.columns].to_numpy(), theirs, atol=1e-12)


def two_groups(cells, size_a, size_b):
    """term_counts of two groups from {term: (a, b)}."""
    rows = [
        {"source": source, "term": term, "n": n, "per_1000": 1000 * n / size, "n_articles": 1}
        for term, pair in cells.items()
        for source, n, size in zip("AB", pair, (size_a, size_b), strict=True)
        if n
    ]
    return pd.DataFrame(rows)


def test_g2_of_a_published_table():
    """a = 5, b = 0 in corpora of 700 and 3,497 tokens: 17.940 by the four-cell form (two cells give 17.910)."""
    row = mk.keyness(two_groups({"x": (5, 0), "y": (695, 3497)}, 700, 3497), target="A").set_index("term").loc["x"]
    assert row["g2"] == pytest.approx(17.940, abs=0.0005)
    assert row["log_ratio"] == pytest.approx(np.log2((5 / 700) / (0.5 / 3497)))


@given(
    st.dictionaries(st.sampled_from("vwxyz"), st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1).filter(
        lambda cells: all(sum(side) for side in zip(*cells.values(), strict=True))
    )
)
def test_keyness_equals_scipy(cells):
    cells = {term: pair for term, pair in cells.items() if sum(pair)}
    size_a, size_b = (sum(pair[side] for pair in cells.values()) + 40 for side in (0, 1))
    table = mk.keyness(two_groups(cells, size_a, size_b), target="A", min_n=1).set_index("term")
    expected_p = []
    for term in table.index:
        a, b = cells[term]
        oracle = chi2_contingency([[a, b], [size_a - a, size_b - b]], lambda_="log-likelihood", correction=False)
        assert abs(table.loc[term, "g2"]) == pytest.approx(oracle.statistic, abs=1e-9)
        expected_p.append(oracle.pvalue)
        over = a / size_a >= b / size_b
        assert (table.loc[term, "g2"] >= 0) == over or oracle.statistic < 1e-9
    np.testing.assert_allclose(table["p_adjusted"], false_discovery_control(expected_p), rtol=1e-6)


def test_one_group_has_nothing_to_be_compared_with(small):
    counts = mk.term_counts(small[small["source"] == "Post"], by="source")
    assert mk.keyness(counts).empty
    with pytest.raises(ValueError, match="only value"):
        mk.keyness(counts, target="Post")
    with pytest.raises(ValueError, match="not a value"):
        mk.keyness(mk.term_counts(small, by="source"), target="Times")
    with pytest.raises(FrameError, match="no column 'source'"):
        mk.keyness(mk.term_counts(small))


def test_every_group_in_turn_is_corrected_together(seeds):
    table = mk.keyness(mk.term_counts(seeds, by="source"))
    assert set(table["target"]) == set(seeds["source"])
    assert (table["ci_low"] <= table["log_ratio"]).all()
    assert (table["log_ratio"] <= table["ci_high"]).all()
    assert ((table["n_target"] > 0) | (table["n_articles"] == 0)).all()


def test_kwic_hits_are_the_count(seeds):
    for term, n in mk.term_counts(seeds).head(25)[["term", "n"]].itertuples(index=False):
        assert len(mk.kwic(seeds, term)) == n


def test_soft_hyphens_missing_texts_and_empty_selections():
    articles = make_articles({"text": "A nego\u00adtiation began."}, {"text": None}, {"text": "   "})
    assert len(mk.kwic(articles, "negotiation")) == 1
    assert mk.kwic(articles, r"\s+", regex=True).empty
    assert mk.kwic(articles[:0], "negotiation").empty
    assert mk.kwic(articles[:0], "n.*", regex=True).empty


def test_columns_of_the_result_cannot_group(small):
    with pytest.raises(FrameError, match="by='n' has the name of a column of the result"):
        mk.term_counts(small.assign(n="x"), by="n")
    twice = mk.term_counts(small.assign(kind="x"), by=["source", "kind"])
    twice = pd.concat([twice, twice])
    for statistic in (mk.keyness, mk.tf_idf):
        with pytest.raises(FrameError, match="more than once"):
            statistic(twice)


def test_kwic_by_phrase_wildcard_and_regex():
    articles = make_articles({"text": "The peace agreement held.\nPeace agreements fail. Putin’s peace, agreed."})
    assert mk.kwic(articles, "peace agreement")["node"].tolist() == ["peace agreement"]
    assert mk.kwic(articles, "Peace Agreement*")["node"].tolist() == ["peace agreement", "Peace agreements"]
    assert mk.kwic(articles, "putin")["node"].tolist() == ["Putin’s"]
    hits = mk.kwic(articles, r"agree\w+", regex=True)
    assert hits["node"].tolist() == ["agreement", "agreements", "agreed"]
    assert hits["sentence_no"].tolist() == [0, 1, 2]


def test_kwic_context_stays_in_its_paragraph():
    articles = make_articles({"text": "One two three four.\nFive six seven eight."})
    hit = mk.kwic(articles, "six", window=2).iloc[0]
    assert (hit["left"], hit["node"], hit["right"]) == ("Five", "six", "seven eight.")
    assert mk.kwic(articles, "four five").empty


def test_kwic_refuses_what_it_cannot_search(small):
    with pytest.raises(ValueError, match="query is empty"):
        mk.kwic(small, "  ")
    with pytest.raises(ValueError, match="not a regular expression"):
        mk.kwic(small, "(", regex=True)
    assert mk.kwic(small, "?!").empty


@given(texts, st.sampled_from(["peace", "war talks", "the", "*", "k*", "u.s."]), st.booleans())
def test_kwic_spans_are_the_text(documents, query, regex):
    articles = make_articles(text=documents)
    texts_by_id = articles.set_index("article_id")["text"]
    for hit in mk.kwic(articles, "[a-z]+" if regex else query, regex=regex).itertuples():
        assert texts_by_id[hit.article_id][hit.start : hit.end] == hit.node


def test_kwic_sorts_by_what_stands_beside_the_hit_and_shows_whole_sentences():
    articles = make_articles({"text": "Bad peace ends, they said. Good peace begins. A cold peace."})
    assert mk.kwic(articles, "peace", sort="left")["left"].str.split().str[-1].tolist() == ["Bad", "cold", "Good"]
    assert mk.kwic(articles, "peace", sort="right")["right"].tolist()[1:] == [
        "begins. A cold peace.",
        "ends, they said. Good peace begins. A cold",
    ]
    assert mk.kwic(articles, "peace", window="sentence")["right"].tolist() == ["ends, they said.", "begins.", "."]
    with pytest.raises(ValueError, match="sort='up'"):
        mk.kwic(articles, "peace", sort="up")
    with pytest.raises(ValueError, match="window='all'"):
        mk.kwic(articles, "peace", window="all")


def test_kwic_of_the_mentions_of_an_actor(seeds):
    mentions = mk.mentions(seeds)
    own = mentions[mentions["actor"] == "Vladimir Putin"]
    hits = mk.kwic(seeds, own)
    assert hits["node"].tolist() == own.sort_values(["article_id", "start"])["text"].tolist()
    assert hits["sentence_no"].tolist() == own["sentence_no"].tolist()
    with pytest.raises(FrameError, match="is not in articles"):
        mk.kwic(seeds[:1], own)
    with pytest.raises(FrameError, match="missing column 'start'"):
        mk.kwic(seeds, own[["article_id"]])
