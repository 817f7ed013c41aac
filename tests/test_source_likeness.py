"""Likeness of sources against scipy, and against loops over pairs of articles."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.spatial.distance import jensenshannon
from scipy.stats import t

import mediakit as mk
from mediakit.languages import LanguageError
from mediakit.source_likeness import corrected_cosines, jensen_shannon

WORDS = [f"{first}{second}or" for first in "bdfgklmnprstvz" for second in "aeiou"]


def drawn(n, *, seed, words=120, topic=0.0, source="A"):
    """Articles of words by lot; `topic` of each article's words come from the first five of the list."""
    rng = np.random.default_rng(seed)
    common = 1 / np.arange(1, len(WORDS) + 1)
    chances = (1 - topic) * common / common.sum()
    chances[:5] += topic / 5
    return [{"source": source, "text": " ".join(rng.choice(WORDS, words, p=chances))} for _ in range(n)]


def corpus(*groups):
    return make_articles(
        *[row | {"article_id": f"n{n}"} for n, row in enumerate(row for rows in groups for row in rows)]
    )


def test_jensen_shannon_equals_scipy(seeds):
    words = mk.tokens(seeds)
    words = words[~words["term"].isin(mk.stop_words())]
    counts = pd.crosstab(words["article_id"], words["term"])
    counts.index = counts.index.map(seeds.set_index("article_id")["source"])
    for row in mk.source_similarity(seeds).itertuples():
        expected = jensenshannon(counts.loc[row.source_a], counts.loc[row.source_b], base=2)
        assert row.js_distance == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=4))
def test_jensen_shannon_equals_scipy_on_any_counts(rows):
    pairs = list(combinations(range(len(rows)), 2))
    for (a, b), found in zip(pairs, jensen_shannon(csr_array(np.array(rows, float)), pairs), strict=True):
        if not sum(rows[a]) or not sum(rows[b]):
            assert np.isnan(found)
        else:
            # near 0 the root of a rounding error is all there is
            assert found == pytest.approx(np.nan_to_num(jensenshannon(rows[a], rows[b], base=2)), abs=1e-7)


def by_loops(x, a, b):
    """The corrected cosine from all pairs, one after the other."""
    between = np.mean([x[i] @ x[j] for i in a for j in b])
    within = [np.mean([x[i] @ x[j] for i in group for j in group if i != j]) for group in (a, b)]
    return between / np.sqrt(within[0] * within[1])


def weighted(articles):
    """tf-idf of the articles, from the frames."""
    words = mk.tokens(articles)
    words = words[~words["term"].isin(mk.stop_words())]
    counts = pd.crosstab(words["article_id"], words["term"]).reindex(articles["article_id"]).to_numpy(float)
    idf = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    return counts / counts.sum(axis=1, keepdims=True) * idf


def test_corrected_cosine_and_its_interval_equal_loops_over_pairs():
    articles = corpus(drawn(6, seed=1), drawn(8, seed=2, topic=0.5, words=60, source="B"))
    x, a, b = weighted(articles), list(range(6)), list(range(6, 14))
    row = mk.source_similarity(articles).iloc[0]
    assert row["cosine_corrected"] == pytest.approx(by_loops(x, a, b), abs=1e-12)
    left_a = np.log([by_loops(x, [i for i in a if i != out], b) for out in a])
    left_b = np.log([by_loops(x, a, [j for j in b if j != out]) for out in b])
    variances = [(len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum() for left in (left_a, left_b)]
    freedom = sum(variances) ** 2 / (variances[0] ** 2 / 5 + variances[1] ** 2 / 7)
    half = t.ppf(0.975, freedom) * np.sqrt(sum(variances))
    assert row["ci_low"] == pytest.approx(by_loops(x, a, b) * np.exp(-half), abs=1e-9)
    assert row["ci_high"] == pytest.approx(by_loops(x, a, b) * np.exp(half), abs=1e-9)
    assert (row["n_a"], row["n_b"], row["caveat"]) == (6, 8, "")


def test_only_the_corrected_cosine_does_not_grow_with_the_text():
    few, many = (
        mk.source_similarity(corpus(drawn(n, seed=3, words=40), drawn(n, seed=4, words=40, source="B"))).iloc[0]
        for n in (5, 80)
    )
    assert many["cosine"] > few["cosine"] + 0.05
    assert many["js_distance"] < few["js_distance"] - 0.05
    for row in (few, many):
        assert row["ci_low"] < 1 < row["ci_high"]
    assert many["cosine_corrected"] == pytest.approx(1, abs=0.02)


def test_sources_with_topics_of_their_own_are_told_from_alike_ones():
    articles = corpus(drawn(20, seed=5), drawn(20, seed=6, source="B"), drawn(20, seed=7, topic=0.6, source="C"))
    table = mk.source_similarity(articles).set_index(["source_a", "source_b"])
    assert table.loc[("A", "B"), "ci_high"] > 1
    assert table.loc[("A", "C"), "ci_high"] < table.loc[("A", "B"), "ci_low"]


def test_too_few_articles_are_said():
    articles = corpus(drawn(1, seed=1), drawn(3, seed=2, source="B"), drawn(6, seed=3, source="C"))
    table = mk.source_similarity(articles).set_index(["source_a", "source_b"])
    assert pd.isna(table.loc[("A", "B"), "cosine_corrected"])
    assert "takes 2 on each side" in table.loc[("A", "B"), "caveat"]
    assert table.loc[("B", "C"), "cosine_corrected"] > 0
    assert table["ci_low"].isna().all()
    assert "no interval below 5" in table.loc[("B", "C"), "caveat"]


def test_nothing_in_common_is_no_likeness_and_no_interval():
    apart = corpus(
        [{"source": "A", "text": f"peace talks {word}"} for word in WORDS[:5]],
        [{"source": "B", "text": f"market prices {word}"} for word in WORDS[5:10]],
    )
    row = mk.source_similarity(apart).iloc[0]
    assert (row["cosine"], row["js_distance"], row["cosine_corrected"]) == (0, 1, 0)
    assert pd.isna(row["ci_low"])
    assert row["caveat"]


@given(st.permutations(range(12)), st.integers(0, 3))
def test_the_order_of_articles_does_not_matter(order, seed):
    articles = corpus(drawn(6, seed=seed), drawn(6, seed=seed + 10, topic=0.3, source="B"))
    columns = ["cosine", "js_distance", "cosine_corrected", "ci_low", "ci_high"]
    found = [mk.source_similarity(table)[columns].to_numpy() for table in (articles, articles.iloc[list(order)])]
    np.testing.assert_allclose(found[0], found[1], atol=1e-12)


def test_articles_without_words_say_nothing():
    counts = csr_array(np.array([[1.0, 1.0], [2.0, 1.0], [0.0, 0.0], [1.0, 0.0], [1.0, 2.0]]))
    row = corrected_cosines(counts, np.array([0, 0, 0, 1, 1]), 2, [(0, 1)])[0]
    assert (row["n_a"], row["n_b"]) == (2, 2)


def test_errors_name_the_function_that_was_called():
    german = make_articles({"source": "A", "text": "Frieden."}, {"source": "B", "text": "Krieg."}).assign(language="de")
    with pytest.raises(LanguageError, match=r"^source_similarity: "):
        mk.source_similarity(german)
    with pytest.raises(LanguageError, match=r"^shared_terms: "):
        mk.shared_terms(german, "A", "B")
