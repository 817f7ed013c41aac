"""The statistics of keyness against scipy, published values and their formulas written out."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2, f, false_discovery_control

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


def by_article(found, source):
    """term_counts of articles: `found` holds n by article and term, `source` the group of each article."""
    tokens, rows = found.sum(axis=1), []
    for group in np.unique(source):
        own, size = found[source == group], tokens[source == group]
        n, of = own.sum(axis=0), len(own)
        rate = n / size.sum()
        variance = (
            ((own - rate * size[:, None]) ** 2).sum(axis=0) * of / (of - 1) if of > 1 else np.full(len(n), np.nan)
        )
        rows += [
            {
                "source": group,
                "term": f"w{term:03}",
                "n": n[term],
                "per_1000": 1000 * rate[term],
                "n_articles": (own[:, term] > 0).sum(),
                "share_articles": (own[:, term] > 0).mean(),
                "design_effect": variance[term] / (n[term] * (1 - rate[term])),
            }
            for term in np.flatnonzero(n)
        ]
    return build("term_counts", rows)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_p_by_articles_equals_its_formula_written_out_over_the_articles(seed, sizes):
    rng = np.random.default_rng(seed)
    source = np.repeat([f"s{place}" for place in range(len(sizes))], sizes)
    drawn = rng.poisson(rng.gamma(0.4, 5, (len(source), 6)) * rng.lognormal(0, 0.5, (len(source), 1)))
    found = np.column_stack([drawn, np.full(len(source), 30)])
    table = mk.keyness(by_article(found, source), min_n=1)
    tokens, p, enough = found.sum(axis=1), [], []
    for row in table.itertuples():
        n, own = found[:, int(row.term[1:])], source == row.target
        effects = []
        for side in (own, ~own):
            rate = n[side].sum() / tokens[side].sum()
            spread, freedom, alone = 0.0, 0, 0
            for group in np.unique(source[side]):
                some = source == group
                of = some.sum()
                if of > 1:
                    error = n[some] - n[some].sum() / tokens[some].sum() * tokens[some]
                    spread, freedom = spread + (error**2).sum() * of / (of - 1), freedom + of - 1
                else:  # a stratum of one article: how far it is from the side's rate
                    spread, alone = spread + (n[some] - rate * tokens[some])[0] ** 2, alone + 1
            effect = spread / (n[side].sum() * (1 - rate)) if 0 < rate < 1 else 0.0
            effects.append((effect, max(freedom + max(alone - 1, 0), 1)))
        effect, freedom = effects[0] if effects[0][0] > effects[1][0] else effects[1]
        enough.append(min(own.sum(), (~own).sum()) >= 5)
        if not enough[-1]:
            continue
        if chi2.sf(abs(row.g2), 1) < 0.05:
            p.append(f.sf(abs(row.g2) / max(effect, 1), 1, freedom))
        else:
            p.append(chi2.sf(abs(row.g2), 1))
    enough = np.array(enough)
    if enough.any():
        expected = np.maximum(false_discovery_control(p), table["p_adjusted"][enough])
        np.testing.assert_allclose(table["p_articles"][enough], expected, rtol=1e-6, atol=1e-12)
    few = table["verdict"] == "too few articles"
    assert table["p_articles"].isna().tolist() == (~enough).tolist()
    assert few[~enough].all()
    assert ((table["verdict"] == "key") == ~few & (table["p_articles"] < 0.05)).all()


def articles_of(rng, n_articles, ratio=1.0):
    """n by article and term: words that most articles have, more and less of them, and some with more in the first."""
    size = rng.lognormal(6, 0.5, (n_articles, 1))
    rate = np.geomspace(0.0005, 0.02, 60) * rng.gamma(2, 0.5, (n_articles, 60))
    rate[: n_articles // 2, 40:43] *= ratio
    return np.column_stack([rng.poisson(rate * size), (0.7 * size).astype(int)])


def test_words_that_most_articles_have_can_be_key_and_none_is_by_chance():
    rng, source = np.random.default_rng(3), np.repeat(["a", "b"], 60)
    false = missed = old = 0
    for _ in range(15):
        found = mk.keyness(by_article(articles_of(rng, 120), source), target="a")
        false += (found["verdict"] == "key").any()
        counts = by_article(articles_of(rng, 120, ratio=2.5), source)
        planted = {"w040", "w041", "w042"}
        missed += len(planted - set(mk.keyness(counts, target="a").query("verdict == 'key'")["term"]))
        before = mk.keyness(counts.drop(columns="design_effect"), target="a")
        old += len(planted & set(before.query("verdict == 'key'")["term"]))
    assert false <= 3  # at 5 % in 15 corpora: more than three has a chance of .006
    assert missed <= 12  # of 45
    assert old <= 12  # by the numbers of articles alone nearly none is found


def test_few_articles_are_no_sample_of_a_source():
    rng = np.random.default_rng(1)
    for sizes, verdicts in (((4, 40), {"too few articles"}), ((40, 4), {"too few articles"})):
        counts = by_article(articles_of(rng, 44, ratio=9), np.repeat(["a", "b"], sizes))
        assert set(mk.keyness(counts)["verdict"]) == verdicts
        assert mk.keyness(counts)["p_articles"].isna().all()


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
