"""Shares corrected by codings: right on average whatever the engine, and silent where too little was coded."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

from mediakit.coding import LABELS, coding_sample
from mediakit.frames import FrameError, build
from mediakit.intervals import mid_p
from mediakit.validation_pairs import unit_weights
from mediakit.validation_shares import corrected_outcomes, corrected_share

UNIT = ["article_id", "start", "end"]
SHARE = {"A": 0.5, "B": 0.2}


def corpus(rng, n_articles=20, size=15, *, blind=False):
    """Two sources; an engine that calls half of what is neutral positive, or one that knows nothing."""
    rows = []
    for number in range(n_articles):
        source = "AB"[number % 2]
        for place in range(size):
            true = LABELS[0] if rng.random() < SHARE[source] else LABELS[1]
            seen = LABELS[2] if true == LABELS[1] and rng.random() < 0.5 else true
            given = LABELS[rng.integers(0, 3)] if blind else seen
            rows.append((f"a{number}", place, place * 10, place * 10 + 9, f"t{number}-{place}", source, true, given))
    columns = ["article_id", "sentence_no", "start", "end", "text", "source", "true", "label"]
    return pd.DataFrame(rows, columns=columns).assign(engine="made", paragraph_no=0)


def by_hand(rows, sample):
    coded = sample[UNIT].merge(rows[[*UNIT, "true"]], on=UNIT).rename(columns={"true": "label"})
    return build("codings", coded.assign(coder="Ann", coded_at=None))


@pytest.mark.parametrize("blind", [False, True], ids=["one-sided engine", "blind engine"])
def test_the_correction_is_right_on_average_and_its_intervals_hold(blind):
    held, alone, gaps = [], [], []
    for seed in range(4):
        rows = corpus(np.random.default_rng(seed), blind=blind)
        sample = coding_sample(rows, 120, by="source", seed=seed)
        found = corrected_share(rows, by_hand(rows, sample), sample=sample, label=["negative", "positive"])
        for row in found.to_dict("records"):
            true = SHARE[row["source"]] if row["label"] == "negative" else 0.0
            gaps.append(row["share"] - true)
            held.append(row["ci_low"] <= true <= row["ci_high"])
            alone.append(abs(row["share_engine"] - true) < (row["ci_high"] - row["ci_low"]) / 2)
    assert abs(np.mean(gaps)) < 0.03
    assert np.mean(held) >= 0.75
    assert np.mean(alone) < 0.7


def test_when_all_is_coded_the_share_is_that_of_the_codings():
    rows = corpus(np.random.default_rng(1))
    sample = coding_sample(rows, len(rows))
    outcomes = corrected_outcomes(rows, by_hand(rows, sample), sample=sample, label="negative")
    assert outcomes["outcome"].to_numpy() == pytest.approx((rows["true"] == "negative").to_numpy(float))
    found = corrected_share(rows, by_hand(rows, sample), sample=sample, label="negative").set_index("source")
    means = (rows["true"] == "negative").groupby([rows["source"], rows["article_id"]]).mean().groupby("source").mean()
    assert found["share"].to_dict() == pytest.approx(means.to_dict())
    assert (found["n_coded"] == found["n"]).all()


def test_an_engine_that_is_never_wrong_is_believed():
    rows = corpus(np.random.default_rng(2)).assign(label=lambda table: table["true"])
    sample = coding_sample(rows, 60)
    outcomes = corrected_outcomes(rows, by_hand(rows, sample), sample=sample, label="negative")
    # nearly: what the prior of each class leaves open
    assert np.abs(outcomes["expected"] - (rows["true"] == "negative")).max() < 0.15
    found = corrected_share(rows, by_hand(rows, sample), sample=sample, label="negative", by=None).iloc[0]
    assert found["share"] == pytest.approx(found["share_engine"], abs=0.05)


def test_too_few_codings_give_no_share_but_what_it_would_take():
    rows = corpus(np.random.default_rng(3))
    sample = coding_sample(rows, 8, by="source")
    found = corrected_share(rows, by_hand(rows, sample), sample=sample)
    assert found[["share", "ci_low", "ci_high"]].isna().all(axis=None)
    assert found["caveat"].str.contains("4 coded; no share below 10, about 97").all()
    assert found["share_engine"].notna().all()
    # one article is spoken of alone
    one = rows[rows["article_id"] == "a0"]
    sample = coding_sample(one, 12)
    row = corrected_share(one, by_hand(one, sample), sample=sample, label="negative").iloc[0]
    assert row["ci_low"] <= row["share"] <= row["ci_high"]
    assert row["caveat"].startswith("one article")
    few = rows[rows["article_id"].isin(["a0", "a2", "a4"])]
    sample = coding_sample(few, 20)
    row = corrected_share(few, by_hand(few, sample), sample=sample, label="negative").iloc[0]
    assert np.isnan(row["ci_low"])
    assert row["caveat"] == "3 articles; no interval below 5"


def test_weights_when_only_part_was_coded():
    rows = corpus(np.random.default_rng(4))
    sample = coding_sample(rows, 40, by=["source", "label"], allocation="equal")
    whole = unit_weights(sample, sample[UNIT])
    assert whole.merge(sample, on=UNIT)["weight_x"].to_numpy() == pytest.approx(
        whole.merge(sample, on=UNIT)["weight_y"].to_numpy()
    )
    part = unit_weights(sample, sample[UNIT][:25])
    assert part["weight"].sum() == pytest.approx(len(rows))
    # a stratum without any: right on average over the orders in which the sample may be coded
    totals = [unit_weights(sample, sample[UNIT].sample(3, random_state=seed))["weight"].sum() for seed in range(60)]
    assert np.mean(totals) == pytest.approx(len(rows), abs=4 * np.std(totals) / np.sqrt(60))


def test_groups_of_the_articles_and_what_cannot_be_corrected():
    rows = corpus(np.random.default_rng(5))
    sample = coding_sample(rows, 60)
    coded = by_hand(rows, sample)
    articles = make_articles(*[{"article_id": f"a{n}", "source": "XY"[n // 10], "text": "t"} for n in range(20)])
    plain = rows.drop(columns="source")
    assert list(corrected_share(plain, coded, sample=sample, articles=articles, label="negative")["source"]) == [
        "X",
        "Y",
    ]
    with pytest.raises(FrameError, match="'source' in scored or articles"):
        corrected_share(plain, coded, sample=sample)
    with pytest.raises(ValueError, match="several engines"):
        corrected_share(pd.concat([rows, rows.assign(engine="other")]), coded, sample=sample)
    with pytest.raises(ValueError, match="drawn from 300 units, scored has 299"):
        corrected_share(rows[1:], coded, sample=sample)
    with pytest.raises(ValueError, match="label is 'bad'"):
        corrected_share(rows, coded, sample=sample, label="bad")
    nothing = corrected_share(rows, build("codings", []), sample=sample)
    assert nothing["share"].isna().all()
    assert (nothing["n_coded"] == 0).all()


def test_codings_that_are_all_alike_are_no_proof():
    rows = corpus(np.random.default_rng(6)).assign(true="neutral")
    sample = coding_sample(rows, 60, by="source")
    found = corrected_share(rows, by_hand(rows, sample), sample=sample, label=["negative", "neutral"])
    upper = found[found["label"] == "negative"]
    assert (upper["share"] == 0).all()
    assert (upper["ci_high"] > 0.2).all()  # ten articles without one: mid-P says up to .26
    assert (found[found["label"] == "neutral"]["ci_low"] < 0.8).all()


def test_two_codings_of_a_label_are_no_proof_that_it_is_rare():
    rows = corpus(np.random.default_rng(7)).assign(true="neutral", label="neutral")
    sample = coding_sample(rows, 80)
    rows = rows.set_index(UNIT)
    rows.loc[pd.MultiIndex.from_frame(sample[UNIT].iloc[[0, 40]]), "true"] = "negative"
    rows = rows.reset_index()
    found = corrected_share(rows, by_hand(rows, sample), sample=sample, label=["negative", "neutral"], by=None)
    rare, common = (found.set_index("label").loc[name] for name in ("negative", "neutral"))
    # Student's t over articles ends lower, since the spread too rests on the two
    assert rare["ci_high"] == pytest.approx(mid_p(2, 80)[1])
    assert common["ci_low"] == pytest.approx(mid_p(78, 80)[0])
