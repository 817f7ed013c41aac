"""The cloud and the table beside it: the same terms, and colours that claim no more than their intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

import mediakit as mk
from mediakit.frames import FrameError
from mediakit.plot_style import GREY, PALETTE


@pytest.fixture
def toned():
    """Terms with a mean, of which two are told from 0."""
    return pd.DataFrame(
        {
            "term": ["war", "peace", "talks", "summit", "border"],
            "n": [30, 25, 20, 10, 5],
            "n_articles": [9, 8, 7, 6, 1],
            "value": [-0.3, 0.4, 0.1, -0.05, np.nan],
            "ci_low": [-0.5, 0.2, -0.1, np.nan, np.nan],
            "ci_high": [-0.1, 0.6, 0.3, np.nan, np.nan],
        }
    )


def inks(fig):
    return {key[0]: trace.textfont.color for trace in fig.data for key in trace.customdata}


def test_a_colour_claims_what_its_interval_carries(toned):
    found = inks(mk.plot_word_cloud(toned, color="value"))
    assert found == {"war": PALETTE[1], "peace": PALETTE[0], "talks": GREY, "summit": GREY, "border": GREY}


def test_the_legend_names_what_was_averaged(toned):
    names = {trace.name for trace in mk.plot_word_cloud(toned.assign(measure="polarity"), color="value").data}
    assert names == {"mean polarity above 0", "mean polarity below 0", "cannot be told from 0"}
    assert "value above 0" in {trace.name for trace in mk.plot_word_cloud(toned, color="value").data}


def test_without_intervals_the_caption_says_that_nothing_is_claimed(toned):
    fig = mk.plot_word_cloud(toned.drop(columns=["ci_low", "ci_high"]), color="value")
    assert inks(fig)["talks"] == PALETTE[0]
    assert "no term is claimed to differ from 0" in fig.layout.meta["caption"]
    assert "no term" not in mk.plot_word_cloud(toned, color="value").layout.meta["caption"]


def test_the_table_holds_the_terms_of_the_cloud_in_the_order_of_their_size(seeds):
    counts = mk.term_counts(seeds, by="source")
    top = mk.ranked_terms(counts, n=15)
    sums = counts.groupby("term")["n"].sum()
    assert top["rank"].tolist() == list(range(1, 16))
    assert (top["n"] == top["term"].map(sums)).all()
    assert top["n"].is_monotonic_decreasing
    assert top["n"].min() >= sums.drop(top["term"]).max()
    of_counts, of_table = (mk.plot_word_cloud(frame, n=15) for frame in (counts, top))
    sizes = [
        {key[0]: size for t in fig.data for key, size in zip(t.customdata, t.textfont.size, strict=True)}
        for fig in (of_counts, of_table)
    ]
    assert set(sizes[1]) == set(top["term"])
    drawn = top["term"].map(sizes[1])
    assert drawn.is_monotonic_decreasing


def test_keyness_as_weight_and_colour(seeds):
    counts = mk.term_counts(seeds, by="source")
    keyness = mk.keyness(counts)
    one = keyness[keyness["target"] == keyness["target"].iloc[0]]
    top = mk.ranked_terms(one, weight="g2", color="log_ratio", n=12)
    assert top.columns.tolist() == ["rank", "term", "n_articles", "ci_low", "ci_high", "verdict", "g2", "log_ratio"]
    assert top["g2"].abs().is_monotonic_decreasing
    fig = mk.plot_word_cloud(top, weight="g2", color="log_ratio", seed=3)
    assert set(inks(fig).values()) == {GREY}  # one article each: intervals of tokens are no verdict
    said = mk.plot_word_cloud(top.assign(verdict=["key"] + 11 * ["too few articles"]), weight="g2", color="log_ratio")
    over = top["log_ratio"].iloc[0] > 0
    assert inks(said)[top["term"].iloc[0]] == (PALETTE[0] if over else PALETTE[1])
    assert fig.to_json() == mk.plot_word_cloud(top, weight="g2", color="log_ratio", seed=3).to_json()
    assert fig.to_json() != mk.plot_word_cloud(top, weight="g2", color="log_ratio", seed=4).to_json()


def test_terms_of_several_targets_are_not_added_up(seeds):
    keyness = mk.keyness(mk.term_counts(seeds, by="source"))
    for call in (mk.ranked_terms, mk.plot_word_cloud):
        with pytest.raises(ValueError, match="stands in several rows"):
            call(keyness, weight="g2")
        with pytest.raises(FrameError, match="missing column 'weight'"):
            call(keyness, weight="weight")


def test_nothing_to_rank_is_an_empty_table():
    empty = pd.DataFrame({"term": [], "n": [], "n_articles": []})
    assert mk.ranked_terms(empty).empty
    assert "Nothing to show" in mk.plot_word_cloud(empty).to_json()


def test_means_of_many_terms_are_corrected_before_they_are_coloured():
    """Of sixty terms whose mean is 0 three leave it out of their intervals; none may be coloured for that."""
    rng = np.random.default_rng(2)
    values = rng.normal(size=(60, 12))
    values[0] += 4
    half = t.ppf(0.975, 11) * values.std(axis=1, ddof=1) / np.sqrt(12)
    mean = values.mean(axis=1)
    frame = pd.DataFrame({"term": [f"w{i:02}" for i in range(60)], "n": 60 - np.arange(60), "n_articles": 12})
    frame = frame.assign(value=mean, ci_low=mean - half, ci_high=mean + half)
    frame.loc[1, ["value", "ci_low", "ci_high", "n_articles"]] = [0.5, 0.4, 0.6, 1]
    assert ((frame["ci_low"] > 0) | (frame["ci_high"] < 0)).sum() > 2
    ranked = mk.ranked_terms(frame, color="value", n=60).set_index("term")
    # the oracle: t tests of each, p times the number of tests
    p = 2 * t.sf(np.abs(mean / (half / t.ppf(0.975, 11))), 11) * 59
    p[1] = 1
    assert (ranked["verdict"] == "differs").tolist() == (p < 0.05).tolist()
    assert ranked.loc["w00", "verdict"] == "differs"
    assert ranked.loc["w01", "verdict"] == "too few"
    assert {
        row for row, ink in inks(mk.plot_word_cloud(ranked.reset_index(), color="value")).items() if ink != GREY
    } == {"w00"}
