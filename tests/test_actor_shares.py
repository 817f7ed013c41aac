"""Share of voice, rates by article, who differs; intervals against direct computations and simulated corpora."""

import itertools

import numpy as np
import pandas as pd
import pytest
from actor_frames import by_lot, make_corpus, make_mentions, pairs
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import mediakit as mk
from mediakit.actor_intervals import median_interval, ratio_interval, share_interval
from mediakit.intervals import hall_arms

EIGHT = [20, 30, 0, 40, 10, 50, 60, 5]


def test_shares_by_hand() -> None:
    rows = make_mentions([("a0", "Ada"), ("a0", "Ada"), ("a0", "Bo"), ("a1", "Corland"), ("zz", "Ada")])
    shares = mk.actor_shares(rows, make_corpus([9, 9, 9], source=["X", "Y", "Y"]))
    columns = ["actor", "type", "n", "n_all", "share", "n_articles", "n_articles_all", "caveat"]
    few = "2 articles; no interval below 5"
    assert shares[columns].to_numpy().tolist() == [
        ["Ada", "person", 2, 4, 0.5, 1, 2, few],
        ["Bo", "person", 1, 4, 0.25, 1, 2, few],
        ["Corland", "country", 1, 4, 0.25, 1, 2, few],
    ]
    assert shares[["ci_low", "ci_high"]].isna().all(axis=None)
    mk.require(shares, "actor_shares")


def test_shares_by_group_and_type() -> None:
    rows = make_mentions([("a0", "Ada"), ("a0", "Corland"), ("a1", "Ada"), ("a1", "Bo"), ("a1", "Bo")])
    corpus = make_corpus([9, 9], source=["X", None])
    shares = mk.actor_shares(rows, corpus, by="source", types="person")
    assert shares[["source", "actor", "n", "n_all"]].to_numpy().tolist() == [
        ["X", "Ada", 1, 1],
        ["unknown", "Bo", 2, 3],
        ["unknown", "Ada", 1, 3],
    ]
    assert "the only actor that is counted" in shares["caveat"].iloc[0]
    with pytest.raises(ValueError, match="types: no mention is of type 'ship'; there are country, person"):
        mk.actor_shares(rows, corpus, types="ship")
    with pytest.raises(mk.FrameError, match="actor_shares: by='share' has the name of a column"):
        mk.actor_shares(rows, corpus.assign(share=1), by="share")


@given(pairs)
def test_shares_of_a_group_sum_to_one_and_hold_their_interval(rows: list[tuple[str, str]]) -> None:
    corpus = make_corpus(EIGHT, source=list("XXXXXYYY"))
    for by in (None, "source"):
        shares = mk.actor_shares(make_mentions(rows), corpus, by=by)
        totals = shares.groupby("source")["share"].sum() if by else shares["share"].sum()
        np.testing.assert_allclose(totals, 1)
        told = shares.dropna(subset="ci_low")
        assert ((told["ci_low"] < told["share"]) & (told["share"] < told["ci_high"])).all()
        assert ((told["ci_low"] >= 0) & (told["ci_high"] <= 1)).all()
        assert (shares["ci_low"].isna() == (shares["caveat"] != "")).all()


@given(pairs, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: list[tuple[str, str]], random) -> None:
    found, corpus = make_mentions(rows), make_corpus(EIGHT, source=list("XXXXXYYY"))
    order, places = list(range(len(found))), list(range(len(corpus)))
    random.shuffle(order)
    random.shuffle(places)
    shuffled = mk.actor_shares(found.iloc[order], corpus.iloc[places], by="source")
    pd.testing.assert_frame_equal(shuffled, mk.actor_shares(found, corpus, by="source"))
    rates = mk.actor_rates(found.iloc[order], corpus.iloc[places]).sort_values(["article_id", "actor"])
    expected = mk.actor_rates(found, corpus).sort_values(["article_id", "actor"])
    pd.testing.assert_frame_equal(rates.reset_index(drop=True), expected.reset_index(drop=True))


def test_rates_by_hand() -> None:
    rows = make_mentions([("a0", "Ada"), ("a0", "Ada"), ("a0", "Bo"), ("a1", "Bo")])
    rates = mk.actor_rates(rows, make_corpus([100, 50, 0]), actors=["Bo", "Ada", "Olaf Scholz"])
    columns = ["article_id", "actor", "n", "n_tokens", "per_1000", "share", "present"]
    none = pytest.approx(np.nan, nan_ok=True)
    assert rates[columns].to_numpy().tolist() == [
        ["a0", "Bo", 1, 100, 10.0, 1 / 3, 1],
        ["a0", "Ada", 2, 100, 20.0, 2 / 3, 1],
        ["a0", "Olaf Scholz", 0, 100, 0.0, 0.0, 0],
        ["a1", "Bo", 1, 50, 20.0, 1.0, 1],
        ["a1", "Ada", 0, 50, 0.0, 0.0, 0],
        ["a1", "Olaf Scholz", 0, 50, 0.0, 0.0, 0],
        ["a2", "Bo", 0, 0, none, none, 0],
        ["a2", "Ada", 0, 0, none, none, 0],
        ["a2", "Olaf Scholz", 0, 0, none, none, 0],
    ]
    assert rates["type"].isna().tolist() == [False, False, True] * 3
    mk.require(rates, "actor_rates")


def test_an_article_that_names_nobody_is_a_zero_and_not_left_out() -> None:
    rows = make_mentions([(f"a{n}", "Ada") for n in range(5)])
    before = mk.summaries(mk.actor_rates(rows, make_corpus([100] * 5)), value="per_1000", by="actor")
    after = mk.summaries(mk.actor_rates(rows, make_corpus([100] * 10)), value="per_1000", by="actor")
    assert before["value"].tolist() == [10.0]
    assert after[["value", "n_articles"]].to_numpy().tolist() == [[5.0, 10]]


def test_a_source_that_names_an_actor_more_differs_and_the_others_do_not() -> None:
    rows, corpus = by_lot(60, 3, 1)
    found = mk.actor_differences(mk.actor_rates(rows, corpus), corpus)
    assert len(found) == 4 * 3
    differs = found[found["verdict"] == "differs"]
    assert set(differs["actor"]) == {"Ada"}
    assert set(differs["group_a"]) == {"S0"}
    assert (differs["difference"] > 0).all()
    assert set(differs["measure"]) == {"per_1000 of Ada"}
    tested = found["p"].to_numpy()
    np.testing.assert_allclose(found["p_adjusted"], stats.false_discovery_control(tested))
    mk.require(found, "differences")


def test_single_articles_are_too_few_and_called_articles() -> None:
    rows, corpus = by_lot(9, 9, 2)
    for value in ("per_1000", "share", "present"):
        found = mk.actor_differences(mk.actor_rates(rows, corpus), corpus, value=value, most=4)
        assert set(found["verdict"]) == {"too few"}
        assert set(found["unit"]) == {"article"}
        assert set(found["caveat"]) == {"at least 5 articles on each side are needed"}
        assert found["p"].isna().all()
        assert (found["n_left_out"] == 5).all()
    with pytest.raises(ValueError, match="value='tone' is none of per_1000, share, present"):
        mk.actor_differences(mk.actor_rates(rows, corpus), corpus, value="tone")


def test_nothing_named_is_an_empty_frame() -> None:
    none, corpus = make_mentions([]), make_corpus([3, 4])
    for by in (None, "source"):
        assert len(mk.actor_shares(none, corpus, by=by)) == 0
    rates = mk.actor_rates(none, corpus)
    mk.require(rates, "actor_rates")
    mk.require(mk.actor_differences(rates, corpus), "differences")


# --- intervals ----------------------------------------------------------------------------------------------------


@given(st.integers(5, 60), st.data())
def test_share_interval_is_mid_p(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = share_interval(hits, n)
    # the hits at hand count half: of the lower end so many or more, of the upper one so few or less, have 2.5 %
    assert (
        low == 0
        if hits == 0
        else stats.binom.sf(hits, n, low) + stats.binom.pmf(hits, n, low) / 2 == pytest.approx(0.025)
    )
    assert (
        high == 1
        if hits == n
        else stats.binom.cdf(hits - 1, n, high) + stats.binom.pmf(hits, n, high) / 2 == pytest.approx(0.025)
    )


@given(st.integers(6, 40))
def test_median_interval_lies_between_those_of_the_sign_test(n: int) -> None:
    low, high = median_interval(np.arange(1, n + 1, dtype=float))
    # the rank outside holds the median in at least 95 %, the one inside in less
    outer = int(low)
    assert stats.binom.cdf(outer - 1, n, 0.5) <= 0.025 < stats.binom.cdf(outer, n, 0.5)
    assert high == pytest.approx(n + 1 - low)


def test_median_interval_of_six_and_ten_by_hand() -> None:
    # n = 6: ranks 1 and 2 hold 96.875 % and 78.125 %; a tenth of the way, 5 · .1 / (1 + 4 · .1)
    assert median_interval(np.array([6.0, 1, 2, 5, 3, 4])) == pytest.approx((1 + 0.5 / 1.4, 6 - 0.5 / 1.4))
    # n = 10: ranks 2 and 3 hold 97.852 % and 89.063 %; gap .3245
    step = 8 * 0.32444 / (2 + 6 * 0.32444)
    assert median_interval(np.arange(1.0, 11)) == pytest.approx((2 + step, 9 - step), abs=1e-4)


def test_below_the_least_n_there_is_no_interval() -> None:
    assert np.isnan(
        [*share_interval(2, 4), *median_interval(np.ones(5)), *ratio_interval(np.ones(4), np.full(4, 9))]
    ).all()
    assert np.isnan([*ratio_interval(np.zeros(9), np.ones(9)), *ratio_interval(np.ones(9), np.ones(9))]).all()


def test_ratio_interval_against_the_jackknife_step_by_step() -> None:
    part, whole = np.array([0, 2, 3, 1, 7, 0.0]), np.array([3, 9, 5, 6, 20, 4.0])
    left_out = [(part.sum() - x) / (whole.sum() - m) for x, m in zip(part, whole, strict=True)]
    squares = [(one - np.mean(left_out)) ** 2 for one in left_out]
    ratio = part.sum() / whole.sum()
    variance = 5 / 6 * sum(squares)
    assert variance > ratio * (1 - ratio) / whole.sum()
    freedom = min(5, max(1, 3 * sum(squares) ** 2 / sum(square**2 for square in squares) - 1))
    far = min(freedom, whole.sum() ** 2 / (whole**2).sum() - 1)
    near, further = (stats.t.ppf(0.975, degrees) for degrees in (freedom, far))
    further = 2 * ratio * near + (1 - 2 * ratio) * further
    halves = [quantile * np.sqrt(variance) for quantile in (near, further)]
    slope = 1 / (ratio * (1 - ratio))
    logit = np.log(ratio / (1 - ratio))
    expected = [1 / (1 + np.exp(-(logit + half * slope))) for half in (-halves[0], halves[1])]
    # the long tail of a share below a half is above it: Hall's end of the odds
    rest = whole - part
    odds = part.sum() / rest.sum()
    pseudo = [6 * odds - 5 * (part.sum() - x) / (rest.sum() - m) for x, m in zip(part, rest, strict=True)]
    tail = odds + hall_arms(np.array(pseudo), further, 5.0)[1]
    expected[1] = max(expected[1], tail / (1 + tail))
    assert ratio_interval(part, whole) == pytest.approx(expected)
    assert ratio_interval(whole - part, whole) == pytest.approx([1 - end for end in reversed(expected)])
    with_empty = np.append(part, 0.0), np.append(whole, 0.0)
    assert ratio_interval(*with_empty) == pytest.approx(expected)


def test_ratio_interval_of_alike_articles_is_that_of_independent_mentions() -> None:
    low, high = ratio_interval(np.full(50, 2), np.full(50, 4))
    half = stats.norm.ppf(0.975) * np.sqrt(0.25 / 200) / 0.25
    assert (low, high) == pytest.approx((1 / (1 + np.exp(half)), 1 / (1 + np.exp(-half))))


@pytest.mark.parametrize(("n", "share"), [(5, 0.4), (8, 0.3), (40, 0.1)])
def test_ratio_interval_holds_the_share_as_often_as_it_says(n: int, share: float) -> None:
    rng = np.random.default_rng(4)
    hits = tries = 0
    for _ in range(600):
        whole = 1 + rng.poisson(9, n)
        part = rng.binomial(whole, rng.beta(4 * share, 4 * (1 - share), n))
        low, high = ratio_interval(part, whole)
        tries += not np.isnan(low)
        hits += low <= share <= high
    # 600 draws at 95 % lie within 93.0 and 96.8 in 97 of 100 cases; a wrong formula falls far below
    assert tries > 500
    assert 0.92 < hits / tries < 0.99


def test_pairs_of_groups_are_all_compared() -> None:
    rows, corpus = by_lot(40, 4, 3)
    found = mk.actor_differences(mk.actor_rates(rows, corpus, actors="Ada"), corpus, value="present")
    groups = list(itertools.combinations(["S0", "S1", "S2", "S3"], 2))
    assert list(zip(found["group_a"], found["group_b"], strict=True)) == groups


def test_a_slip_of_the_pen_is_not_counted_as_zero(seeds):
    mentions = mk.mentions(seeds)
    for made in (mk.actor_rates, mk.actor_timeline):
        with pytest.raises(ValueError, match=r"'Donald trump' is named neither .* Near it: Donald Trump"):
            made(mentions, seeds, actors="Donald trump")
    # whom the registry knows and nobody names has a rate of nought
    assert (mk.actor_rates(mentions, seeds, actors=["Olaf Scholz"])["n"] == 0).all()
