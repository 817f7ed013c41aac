"""α and κ against published examples, a pairwise oracle and scikit-learn; intervals by what they must do."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.agreement import (
    alpha_interval,
    bootstrap_interval,
    cohen_kappa,
    kappa_interval,
    krippendorff_alpha,
)
from mediakit.intervals import mean_interval

NAN = np.nan
# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers, twelve units
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
# the same paper, section A (two observers, two values) and B (two observers, five letters)
MARY_SAYS = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
LETTERS = [list("aabbdcccedda"), list("babbbccceddd")]


@pytest.mark.parametrize(
    ("table", "level", "published"),
    [
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
        (MARY_SAYS, "nominal", 0.095),
        (LETTERS, "nominal", 0.692),
    ],
)
def test_alpha_of_published_examples(table, level, published):
    assert krippendorff_alpha(table, level) == pytest.approx(published, abs=0.0006)


def pairwise(table, level):
    """α straight from its definition: every pair of ratings of a unit, and every pair of ratings at all."""
    units = [[x for x in unit if not np.isnan(x)] for unit in np.asarray(table, float).T]
    units = [unit for unit in units if len(unit) > 1]
    pool = [x for unit in units for x in unit]

    def delta(c, k):
        if level == "nominal":
            return float(c != k)
        if level == "ordinal":
            low, high = sorted((c, k))
            between = sum(low <= x <= high for x in pool)
            return (between - (pool.count(c) + pool.count(k)) / 2) ** 2 if c != k else 0.0
        if level == "interval":
            return (c - k) ** 2
        return ((c - k) / (c + k)) ** 2 if c + k else 0.0

    observed = sum(sum(delta(c, k) for c, k in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / len(pool)
    expected = sum(delta(c, k) for c, k in permutations(pool, 2)) / (len(pool) * (len(pool) - 1))
    return 1 - observed / expected if expected else NAN


ratings = st.one_of(st.just(NAN), st.integers(0, 4).map(float), st.sampled_from([0.5, 2.25, 10.0]))
tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(st.lists(ratings, min_size=raters, max_size=raters), min_size=1, max_size=9)
).map(lambda units: np.array(units).T)  # fmt: skip


@settings(max_examples=60)
@given(tables, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_what_its_definition_says(table, level):
    units = [unit[~np.isnan(unit)] for unit in table.T]
    expected = pairwise(table, level) if any(len(unit) > 1 for unit in units) else NAN
    assert krippendorff_alpha(table, level) == pytest.approx(expected, nan_ok=True, abs=1e-9)


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_kappa_is_that_of_scikit_learn(pairs):
    from sklearn.metrics import cohen_kappa_score

    a, b = zip(*pairs, strict=True)
    if len(set(a) | set(b)) < 2:
        assert np.isnan(cohen_kappa(a, b))
        return
    for weights in (None, "linear", "quadratic"):
        assert cohen_kappa(a, b, weights) == pytest.approx(cohen_kappa_score(a, b, weights=weights))


def test_kappa_leaves_out_what_either_did_not_rate_and_keeps_the_order_given():
    a, b = ["low", "high", "mid", None, "high"], ["low", "mid", "mid", "low", NAN]
    order = ["low", "mid", "high"]
    assert cohen_kappa(a, b, "quadratic", order=order) == pytest.approx(cohen_kappa([0, 2, 1], [0, 1, 1], "quadratic"))
    with pytest.raises(ValueError, match="'mid' is not in order"):
        cohen_kappa(a, b, order=["low", "high"])


def test_labels_are_nominal_only():
    table = pd.DataFrame([["x", "y", None], ["x", "z", "y"]])
    assert krippendorff_alpha(table, "nominal") == pytest.approx(pairwise([[0, 1, NAN], [0, 2, 1]], "nominal"))
    with pytest.raises(ValueError, match="must be numbers"):
        krippendorff_alpha(table, "ordinal")
    with pytest.raises(ValueError, match="no level 'rank'"):
        krippendorff_alpha(table, "rank")
    with pytest.raises(ValueError, match="negative"):
        krippendorff_alpha([[-1, 2], [1, 2]], "ratio")


def test_what_cannot_be_told_is_missing_and_said():
    assert alpha_interval([[1, 1, 1], [1, 1, 1]], "nominal").caveat.startswith("all ratings are the same")
    assert alpha_interval([[1, NAN], [NAN, 1]], "nominal").caveat == "no unit was rated twice"
    few = alpha_interval([[1, 2, 1], [1, 2, 2]], "nominal")
    assert np.isnan(few.ci_low)
    assert few.caveat == "3 units; no interval below 10"


def noisy(rng, n_clusters, size, noise):
    """Two raters of a truth that is the same within a cluster."""
    truth = np.repeat(rng.integers(0, 3, n_clusters), size)
    flipped = np.repeat(rng.random(n_clusters) < noise, size)
    return np.stack([truth, np.where(flipped, (truth + 1) % 3, truth)]), np.repeat(np.arange(n_clusters), size)


def test_clusters_widen_the_interval_when_units_go_together():
    table, clusters = noisy(np.random.default_rng(5), 30, 10, 0.3)
    alone = alpha_interval(table, "nominal", draws=300)
    together = alpha_interval(table, "nominal", clusters=clusters, draws=300)
    assert alone.value == together.value
    assert together.ci_high - together.ci_low > 2 * (alone.ci_high - alone.ci_low)
    assert (together.n_units, together.n_clusters) == (300, 30)
    # one unit a cluster is no cluster at all
    same = kappa_interval(table[0], table[1], clusters=range(300), draws=100)
    assert same[:3] == kappa_interval(table[0], table[1], draws=100)[:3]
    with pytest.raises(ValueError, match="3 entries for 300 units"):
        alpha_interval(table, "nominal", clusters=[1, 2, 3])


def test_few_clusters_have_the_jackknifes_interval_where_it_is_wider():
    table, clusters = noisy(np.random.default_rng(2), 6, 12, 0.4)
    found = alpha_interval(table, "nominal", clusters=clusters, draws=400)
    value = krippendorff_alpha(table, "nominal")
    # without each cluster in turn, taken out of the table itself
    without = np.array([krippendorff_alpha(table[:, clusters != one], "nominal") for one in range(6)])
    pseudo = 6 * value - 5 * without
    low, high = np.array(mean_interval(pseudo)) - pseudo.mean() + value
    assert found.ci_low <= max(low, -1) + 1e-12
    assert min(high, 1) - 1e-12 <= found.ci_high <= 1
    agreed = alpha_interval(np.stack([table[0]] * 2), "nominal", clusters=clusters, draws=100)
    assert (agreed.value, agreed.ci_high) == (1, 1)


def test_the_interval_of_a_mean_is_that_of_students_t():
    from scipy.stats import t

    for n in (12, 40):
        x = np.random.default_rng(n).normal(size=n)
        low, high = bootstrap_interval(lambda times, x=x: times @ x / times.sum(), n, draws=4000)
        half = t.ppf(0.975, n - 1) * x.std(ddof=1) / np.sqrt(n)
        assert low == pytest.approx(x.mean() - half, abs=0.15 * half)
        assert high == pytest.approx(x.mean() + half, abs=0.15 * half)


def test_the_seed_decides():
    table, _ = noisy(np.random.default_rng(1), 40, 1, 0.3)
    first, again, other = (alpha_interval(table, "nominal", draws=200, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.ci_low != other.ci_low
