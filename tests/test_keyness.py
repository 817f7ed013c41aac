"""The statistics of keyness against scipy, published values and their formulas written out."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

import mediakit as mk
from mediakit.frames import build


def table(cells, sizes, n_articles=(9, 9)):
    """term_counts of two groups, a and b: cells are (n in a, n in b), sizes the tokens of each."""
    rows = [
        {"source": group, "term": f"w{number:03}", "n": n, "per_1000": 1000 * n / size, "n_articles": of}
        for number, pair in enumerate(cells)
        for group, n, size, of in zip("ab", pair, sizes, n_articles, strict=True)
        if n
    ]
    # a term that both have, so that each size can be read off a row
    rows += [
        {"source": group, "term": "the", "n": 1, "per_1000": 1000 / size, "n_articles": 1}
        for group, size in zip("ab", sizes, strict=True)
    ]
    return build("term_counts", rows)


def row(cells, sizes, **options):
    found = mk.keyness(table([cells], sizes), target="a", min_n=1, **options)
    return found[found["term"] == "w000"].iloc[0]


def test_both_forms_of_the_log_likelihood_have_their_published_values():
    assert row((5, 0), (700, 3497))["g2"] == pytest.approx(17.940, abs=5e-4)
    assert row((5, 0), (700, 3497), g2="two-cell")["g2"] == pytest.approx(17.910, abs=5e-4)
    with pytest.raises(ValueError, match="four-cell"):
        row((5, 0), (700, 3497), g2="three-cell")


cells = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(any), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(cells, st.integers(3_000, 9_000), st.integers(3_000, 90_000), st.floats(1, 1_000))
def test_every_measure_equals_its_formula(cells, size_a, size_b, prior):
    found = mk.keyness(table(cells, (size_a, size_b)), target="a", min_n=1, prior=prior).set_index("term")
    for number, (a, b) in enumerate(cells):
        got = found.loc[f"w{number:03}"]
        own = prior * (a + b) / (size_a + size_b)
        odds = [math.log((n + own) / (size + prior - n - own)) for n, size in ((a, size_a), (b, size_b))]
        z = (odds[0] - odds[1]) / math.sqrt(1 / (a + own) + 1 / (b + own))
        assert got["z"] == pytest.approx(z, abs=1e-9)
        if b:
            assert got["percent_diff"] == pytest.approx(100 * (a / size_a - b / size_b) / (b / size_b), abs=1e-9)
        else:
            assert np.isnan(got["percent_diff"])
        # Evert's conservative log ratio: scipy's exact interval of a among a + b, Bonferroni over all rows
        interval = binomtest(a, a + b).proportion_ci(1 - 0.05 / len(found), method="exact")
        low, high = (
            math.log2(p / (1 - p) * size_b / size_a) if 0 < p < 1 else math.copysign(math.inf, p - 0.5)
            for p in (interval.low, interval.high)
        )
        expected = max(low, 0) if got["g2"] > 0 else min(high, 0)
        assert got["log_ratio_conservative"] == pytest.approx(expected, abs=1e-9)


def test_words_of_one_article_never_lead():
    counts = table([(40, 0), (20, 1), (1, 90)], (1_000, 1_000), (30, 30))
    counts.loc[(counts["n"] == 1) & (counts["term"] != "the"), "n_articles"] = 1
    counts.loc[(counts["term"] == "w000") & (counts["source"] == "a"), "n_articles"] = 1
    found = mk.keyness(counts, target="a")
    assert found["term"].tolist() == ["w001", "w002", "w000"]
    assert found["verdict"].tolist() == ["key", "key", "too few articles"]
    # what the target avoids is judged by the articles of the others
    counts.loc[(counts["term"] == "w002") & (counts["source"] == "b"), "n_articles"] = 1
    assert mk.keyness(counts, target="a").set_index("term").loc["w002", "verdict"] == "too few articles"
    assert mk.keyness(counts, target="a", min_articles=1)["term"].iloc[0] == "w000"


def test_words_that_few_articles_repeat_are_not_key():
    """What articles say is compared, not how often a few of them say it: Egbert and Biber's text dispersion keyness."""
    counts = table([(60, 3), (60, 30)], (10_000, 10_000), (3, 3))
    found = mk.keyness(counts, target="a").set_index("term")
    assert (found.loc[["w000", "w001"], "p_adjusted"] < 0.05).all()
    assert (found["verdict"] == "cannot be told apart").all()
    counts.loc[(counts["term"] == "w000") & (counts["source"] == "a"), "n_articles"] = 40
    found = mk.keyness(counts, target="a").set_index("term")
    assert found.loc["w000", "verdict"] == "key"
    # the two-cell form: 40 articles against 3, of corpora of one size
    expected = chi2.sf(2 * (40 * math.log(40 / 21.5) + 3 * math.log(3 / 21.5)), 1)
    assert found.loc["w000", "p_articles"] == pytest.approx(expected * len(found), abs=1e-9)
    assert (found["p_articles"] >= found["p_adjusted"] - 1e-15).all()


def test_words_drawn_from_one_distribution_are_not_key():
    rng = np.random.default_rng(5)
    share = rng.dirichlet(np.ones(300))
    false = 0
    for _ in range(40):
        counts = table(list(zip(*(rng.multinomial(5_000, share) for _ in "ab"), strict=True)), (5_001, 5_001))
        found = mk.keyness(counts, target="a")
        false += int((found["verdict"] == "key").any())
        assert (found.loc[found["log_ratio_conservative"] != 0, "p_adjusted"] < 0.05).all()
    assert false <= 6  # at a level of 5 % in 40 corpora: more than six has a chance of .01


@given(st.permutations(range(12)))
def test_the_order_of_rows_does_not_matter(order):
    counts = table([(3, 9), (5, 5), (9, 2), (4, 4), (1, 7)], (500, 700))
    expected = mk.keyness(counts)
    pd.testing.assert_frame_equal(mk.keyness(counts.iloc[list(order)]), expected)
