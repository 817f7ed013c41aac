"""Intervals, permutation tests and verdicts, against scipy and against what theory promises."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import mediakit as mk
from mediakit.frames import FrameError
from mediakit.intervals import difference_interval, mean_interval
from mediakit.uncertainty import BY_ARTICLE, BY_SENTENCE, DIFFERS, SAME, TOO_FEW


def corpus(groups, *, per_article=3, seed=1, spread=0.1):
    """A scored frame: {source: (number of articles, mean)}."""
    rng = np.random.default_rng(seed)
    rows = [
        {"article_id": f"{source}-{number}", "source": source, "polarity": mean + spread * rng.standard_normal()}
        for source, (count, mean) in groups.items()
        for number in range(count)
        for _ in range(per_article)
    ]
    return pd.DataFrame(rows)


def test_summary_is_the_mean_of_article_means_with_the_interval_of_the_articles():
    rows = corpus({"A": (8, 0.2)})
    rows = pd.concat([rows, rows[rows["article_id"] == "A-0"]])  # a longer article must not weigh more
    means = rows.groupby("article_id")["polarity"].mean().to_numpy()
    summary = mk.summaries(rows).iloc[0]
    assert summary["value"] == pytest.approx(means.mean())
    assert (summary["ci_low"], summary["ci_high"]) == pytest.approx(mean_interval(means, "any number"))
    # near Student's where values are hardly skewed
    assert (summary["ci_low"], summary["ci_high"]) == pytest.approx(
        stats.t.interval(0.95, 7, loc=means.mean(), scale=stats.sem(means)), abs=0.02
    )
    assert (summary["n"], summary["n_articles"], summary["unit"], summary["caveat"]) == (27, 8, BY_ARTICLE, "")


def test_groups_of_one_article_are_called_by_its_id():
    rows = corpus({"B": (2, 0.2), "A": (1, 0.2)}, per_article=20)
    table = mk.summaries(rows.iloc[::-1], by="article_id")
    assert table["article_id"].tolist() == ["A-0", "B-0", "B-1"]
    assert table["value"].to_numpy() == pytest.approx(rows.groupby("article_id")["polarity"].mean().to_numpy())
    assert (table["unit"] == BY_SENTENCE).all()


def test_one_article_speaks_only_for_itself():
    summary = mk.summaries(corpus({"A": (1, 0.2)}, per_article=20)).iloc[0]
    assert summary["unit"] == BY_SENTENCE
    assert "says nothing about other articles" in summary["caveat"]
    assert summary["ci_low"] < summary["value"] < summary["ci_high"]


@pytest.mark.parametrize(("count", "per_article"), [(1, 9), (2, 30), (4, 30)])
def test_too_few_get_no_interval(count, per_article):
    summary = mk.summaries(corpus({"A": (count, 0.2)}, per_article=per_article)).iloc[0]
    assert np.isnan(summary["ci_low"])
    assert np.isnan(summary["ci_high"])
    assert "no interval below" in summary["caveat"]


def test_missing_values_are_counted_and_left_out():
    rows = corpus({"A": (6, 0.2)})
    rows.loc[rows.index[:3], "polarity"] = np.nan
    summary = mk.summaries(rows).iloc[0]
    assert (summary["n"], summary["n_missing"], summary["n_articles"]) == (15, 3, 5)


def test_a_group_without_values_stays_and_says_so():
    rows = corpus({"A": (6, 0.2), "B": (2, 0.1)})
    rows.loc[rows["source"] == "B", "polarity"] = np.nan
    summary = mk.summaries(rows).set_index("source").loc["B"]
    assert np.isnan(summary["value"])
    assert (summary["n"], summary["n_missing"], summary["caveat"]) == (0, 6, "nothing to average")


def test_groups_are_looked_up_in_articles_and_missing_ones_are_named():
    rows = corpus({"A": (2, 0.2)}).drop(columns="source")
    articles = pd.DataFrame({"article_id": ["A-0", "A-1"], "source": ["Post", None]})
    assert list(mk.summaries(rows, articles=articles)["source"]) == ["Post", "unknown"]
    with pytest.raises(FrameError, match="no column 'source' to group by"):
        mk.summaries(rows)
    with pytest.raises(FrameError, match="by='unit' has the name of a column of the result"):
        mk.summaries(rows.assign(unit="x"), by="unit")


def test_scores_of_several_engines_are_not_averaged_together():
    rows = corpus({"A": (6, 0.2)})
    both = pd.concat([rows.assign(engine="x"), rows.assign(engine="y")])
    with pytest.raises(ValueError, match="several engines"):
        mk.summaries(both)
    assert list(mk.summaries(both, by=["engine", "source"])["engine"]) == ["x", "y"]


def test_empty_rows_give_empty_frames():
    rows = corpus({"A": (1, 0.0)})[:0]
    assert mk.summaries(rows).empty
    assert mk.differences(rows).empty


def test_differences_have_the_interval_of_both_and_the_p_of_scipy():
    rows = corpus({"A": (6, 0.2), "B": (5, 0.1)}, per_article=1)
    a, b = (rows.loc[rows["source"] == name, "polarity"].to_numpy() for name in "AB")
    row = mk.differences(rows).iloc[0]
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(difference_interval(a, b, "any number"))

    def welch(x, y, axis):
        return np.abs(stats.ttest_ind(x, y, axis=axis, equal_var=False).statistic)

    oracle = stats.permutation_test((a, b), welch, alternative="greater", vectorized=True, n_resamples=np.inf)
    assert row["p"] == pytest.approx(oracle.pvalue)


def test_rates_stay_above_zero_and_shares_within_one():
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"article_id": [f"a{n}" for n in range(16)], "source": ["A", "B"] * 8})
    rare = rng.poisson(0.4, 16) * 10.0
    low = mk.summaries(rows.assign(per_1000=rare), value="per_1000")["ci_low"]
    assert (low > 0).all()
    shares = mk.summaries(rows.assign(share_women=rng.beta(0.4, 0.1, 16)), value="share_women")
    assert ((shares["ci_low"] > 0) & (shares["ci_high"] < 1) & (shares["value"] < shares["ci_high"])).all()
    yes = mk.summaries(rows.assign(present=[0, 1] * 8), value="present").set_index("source")
    # all eight no, all eight yes: the mid-P interval, not one of no width
    assert yes.loc["A", ["ci_low", "ci_high"]].tolist() == pytest.approx([0, 1 - 0.05**0.125])
    assert yes.loc["B", ["ci_low", "ci_high"]].tolist() == pytest.approx([0.05**0.125, 1])


def test_values_that_are_all_the_same_are_not_certain():
    rows = corpus({"A": (6, 0.5), "B": (6, 0.0)}, spread=0.0)
    summary = mk.summaries(rows)
    assert summary[["ci_low", "ci_high"]].isna().all(axis=None)
    assert set(summary["caveat"]) == {"6 articles; all values are the same: no interval"}
    row = mk.differences(rows).iloc[0]
    assert np.isnan(row["ci_low"])
    assert (row["verdict"], row["caveat"]) == (DIFFERS, "no interval: the values of one group are all the same")


def test_a_verdict_whose_interval_holds_zero_says_so():
    rng = np.random.default_rng(0)
    found = []
    for _ in range(12):
        rows = pd.DataFrame({"article_id": [f"a{n}" for n in range(40)], "source": ["A"] * 20 + ["B"] * 20})
        rates = rng.lognormal(0, 0.8, 40) * np.repeat([2.0, 1.0], 20)
        found.append(mk.differences(rows.assign(per_1000=rates), value="per_1000"))
    table = pd.concat(found)
    close = (table["verdict"] == DIFFERS) & (table["ci_low"] <= 0) & (table["ci_high"] >= 0)
    assert close.any()
    assert (table.loc[close, "caveat"] == "close: the test says that these differ, the interval holds zero").all()
    assert (table.loc[~close, "caveat"] == "").all()


def test_no_pair_of_the_seeds_differs_that_does_not_survive(seeds):
    """Five articles of five sources are no sample: of sources nothing is said, of articles what scipy says too."""
    scored = mk.sentiment(mk.sentences(seeds), engine="textblob")
    assert not mk.differences(scored, by="source", articles=seeds)["verdict"].eq(DIFFERS).any()
    table = mk.differences(scored, by="article_id")
    draws = {name: part.dropna().to_numpy() for name, part in scored.groupby("article_id")["polarity"]}

    def welch(x, y, axis):
        return np.abs(stats.ttest_ind(x, y, axis=axis, equal_var=False).statistic)

    p = [
        stats.permutation_test(
            (draws[a], draws[b]), welch, alternative="greater", vectorized=True, n_resamples=999, rng=1
        ).pvalue
        for a, b in zip(table["group_a"], table["group_b"], strict=True)
    ]
    survives = stats.false_discovery_control(p) < 0.05
    assert ((table["verdict"] == DIFFERS) <= survives).all()


def test_a_large_difference_is_found_and_none_is_not_claimed():
    rows = corpus({"A": (12, 0.5), "B": (12, 0.0), "C": (12, 0.0)})
    verdicts = mk.differences(rows).set_index(["group_a", "group_b"])["verdict"]
    assert verdicts["A", "B"] == verdicts["A", "C"] == DIFFERS
    assert verdicts["B", "C"] == SAME


def test_few_articles_are_too_few_whatever_the_difference():
    row = mk.differences(corpus({"A": (4, 1.0), "B": (40, 0.0)})).iloc[0]
    assert row["verdict"] == TOO_FEW
    assert np.isnan(row["p"])
    assert "at least 5" in row["caveat"]


def test_one_article_against_several_is_too_few():
    row = mk.differences(corpus({"A": (1, 1.0), "B": (6, 0.0)}, per_article=30)).iloc[0]
    assert (row["verdict"], row["unit"], row["n_a"], row["n_b"]) == (TOO_FEW, BY_ARTICLE, 1, 6)


def test_two_single_articles_are_compared_as_articles_not_as_sources():
    rows = corpus({"A": (1, 1.0), "B": (1, 0.0), "C": (1, 0.0)}, per_article=30)
    sources = mk.differences(rows).set_index(["group_a", "group_b"])
    assert set(sources["unit"]) == {BY_SENTENCE}
    assert sources.loc[("A", "B"), "verdict"] == TOO_FEW
    assert "these two articles differ; one is no sample of its source" in sources.loc[("A", "B"), "caveat"]
    assert sources.loc[("B", "C"), "verdict"] == SAME
    articles = mk.differences(rows, by="article_id").set_index(["group_a", "group_b"])
    assert articles.loc[("A-0", "B-0"), "verdict"] == DIFFERS
    assert "about these two articles" in articles.loc[("A-0", "B-0"), "caveat"]


def test_values_without_spread_are_handled():
    rows = corpus({"A": (6, 0.5), "B": (6, 0.5), "C": (6, 0.0)}, spread=0.0)
    table = mk.differences(rows).set_index(["group_a", "group_b"])
    assert table.loc[("A", "B"), "verdict"] == SAME
    assert table.loc[("A", "C"), "verdict"] == DIFFERS


def test_only_the_groups_with_most_articles_are_paired():
    rows = corpus({name: (5 + place, 0.0) for place, name in enumerate("ABCD")})
    assert set(mk.differences(rows, most=2)[["group_a", "group_b"]].iloc[0]) == {"C", "D"}


def test_the_level_holds_where_there_is_no_difference():
    """Under the null at most 5 % of families may claim anything; 150 of them leave room for chance up to 10 %."""
    claimed = 0
    for seed in range(150):
        table = mk.differences(corpus({"A": (6, 0.0), "B": (6, 0.0), "C": (8, 0.0)}, seed=seed, per_article=1))
        claimed += (table["verdict"] == DIFFERS).any()
    assert claimed <= 15


def test_same_seed_same_answer():
    rows = corpus({"A": (30, 0.0), "B": (30, 0.03)})
    assert mk.differences(rows, seed=7).equals(mk.differences(rows, seed=7))


def test_pairs_of_single_articles_do_not_help_others_over_the_bar():
    groups = corpus(dict.fromkeys("ABCD", (6, 0.0)), seed=7, per_article=1)
    alone = mk.differences(groups).set_index(["group_a", "group_b"])["p_adjusted"]
    singles = corpus({f"S{n}": (1, 10.0 * n) for n in range(8)}, per_article=12)
    together = mk.differences(pd.concat([groups, singles]), most=20).set_index(["group_a", "group_b"])
    pd.testing.assert_series_equal(together.loc[alone.index, "p_adjusted"], alone)
    assert not (together["verdict"] == DIFFERS).any()


def test_a_group_without_values_stays_in_the_comparison():
    rows = corpus({"A": (6, 0.2), "B": (6, 0.1), "C": (2, 0.0)})
    rows.loc[rows["source"] == "C", "polarity"] = np.nan
    table = mk.differences(rows).set_index(["group_a", "group_b"])
    assert len(table) == 3
    row = table.loc[("A", "C")]
    assert (row["verdict"], row["n_a"], row["n_b"]) == (TOO_FEW, 6, 0)
    assert np.isnan(row["difference"])


def test_all_rows_together_and_only_one_column_of_groups():
    rows = corpus({"A": (6, 0.2), "B": (6, 0.1)})
    whole = mk.summaries(rows, by=None)
    assert (len(whole), whole["n_articles"].iloc[0]) == (1, 12)
    assert mk.differences(rows, by=["source"]).equals(mk.differences(rows))
    with pytest.raises(ValueError, match="one column"):
        mk.differences(rows, by=["source", "article_id"])
