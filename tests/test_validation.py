"""Engines against labels by hand: measures by scikit-learn, intervals by what they must do, what is left out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.agreement import krippendorff_alpha
from mediakit.coding import LABELS, coding_sample
from mediakit.frames import FrameError, build
from mediakit.validation import codings_needed, confusion, validation
from mediakit.validation_engines import engine_differences
from mediakit.validation_measures import macro_f1

UNIT = ["article_id", "start", "end"]


def units(n_articles, size, rng, *, right=0.7, engine="made"):
    """Units with a true label and that of an engine which is right so often."""
    n = n_articles * size
    true = rng.integers(0, 3, n)
    given = np.where(rng.random(n) < right, true, rng.integers(0, 3, n))
    place = np.tile(np.arange(size), n_articles)
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in np.repeat(np.arange(n_articles), size)],
            "sentence_no": place,
            "paragraph_no": 0,
            "start": place * 20,
            "end": place * 20 + 19,
            "text": [f"text {number}" for number in range(n)],
            "engine": engine,
            "true": [LABELS[code] for code in true],
            "label": [LABELS[code] for code in given],
        }
    )


def by_hand(rows, coder="Ann", label="true"):
    return build("codings", rows[[*UNIT, "text"]].assign(coder=coder, label=rows[label].to_numpy(), coded_at=None))


def value(frame, measure, engine="made", label=None):
    rows = frame[(frame["engine"] == engine) & (frame["measure"] == measure)]
    rows = rows[rows["label"].isna() if label is None else rows["label"] == label]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.fixture(scope="module")
def scored():
    return units(12, 6, np.random.default_rng(3))


def test_measures_are_those_of_scikit_learn(scored):
    from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

    result = validation(scored, by_hand(scored), draws=50)
    true, given = scored["true"], scored["label"]
    assert value(result, "accuracy").value == pytest.approx(accuracy_score(true, given))
    precision, recall, f1, _ = precision_recall_fscore_support(true, given, labels=LABELS)
    for place, label in enumerate(LABELS):
        assert value(result, "precision", label=label).value == pytest.approx(precision[place])
        assert value(result, "recall", label=label).value == pytest.approx(recall[place])
        assert value(result, "f1", label=label).value == pytest.approx(f1[place])
    assert value(result, "macro_f1").value == pytest.approx(f1.mean())
    codes = [[LABELS.index(label) for label in side] for side in (true, given)]
    assert value(result, "alpha").value == pytest.approx(krippendorff_alpha(codes, "ordinal"))
    commonest = true.value_counts()
    assert value(result, "accuracy", engine=f"always {commonest.index[0]}").value == commonest.iloc[0] / len(true)
    table = confusion(scored, by_hand(scored))
    counts = table[table["scored"] != "unscored"]["n"].to_numpy().reshape(3, 3)
    assert (counts == confusion_matrix(true, given, labels=LABELS)).all()
    assert table.groupby("coded")["share"].sum().tolist() == pytest.approx([1, 1, 1])


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=12))
def test_a_weight_is_a_number_of_copies(rows):
    coded, given_, weight = (np.array(column) for column in zip(*rows, strict=True))
    copies = macro_f1(np.repeat(coded, weight), np.repeat(given_, weight), np.ones(weight.sum()), 3)
    assert macro_f1(coded, given_, weight.astype(float), 3) == pytest.approx(copies)


def test_the_sample_weighs_for_what_it_was_drawn_from():
    """Of a sample with equal strata the plain accuracy is that of the sample, the weighted one that of the corpus."""
    rng = np.random.default_rng(0)
    rows = units(60, 10, rng)
    rare = rows["label"] == "negative"
    rows.loc[rare, "true"] = np.where(rng.random(rare.sum()) < 0.1, "negative", "neutral")
    rows = rows[~rare | (rng.random(len(rows)) < 0.4)]  # few negative ones, and these nearly all wrong
    sample = coding_sample(rows, 150, by="label", allocation="equal")
    coded = by_hand(rows.merge(sample[UNIT], on=UNIT))
    whole = (rows["true"] == rows["label"]).mean()
    plain = value(validation(rows, coded, draws=20), "accuracy").value
    weighted = value(validation(rows, coded, sample=sample, draws=20), "accuracy")
    assert abs(weighted.value - whole) < abs(plain - whole)
    assert weighted.ci_low < whole < weighted.ci_high
    # a first part of the sample, which is in random order, weighs for the same
    part = by_hand(rows.merge(sample[UNIT][:60], on=UNIT))
    half = validation(rows, part, sample=sample, draws=20)
    assert value(half, "accuracy").ci_low < whole < value(half, "accuracy").ci_high


def test_intervals_hold_the_truth_as_often_as_they_say():
    """Errors that come by the article: 20 runs tell intervals that hold in 80 of 100 from those that hold in 95."""
    held = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rows = units(25, 4, rng)
        bad = dict(zip(rows["article_id"].unique(), rng.random(25) < 0.3, strict=True))
        wrong = rows["article_id"].map(bad).to_numpy(bool)
        rows["label"] = np.where(
            wrong, rows["true"].map(dict(zip(LABELS, np.roll(LABELS, 1), strict=True))), rows["true"]
        )
        found = value(validation(rows, by_hand(rows), draws=2), "accuracy")
        held += found.ci_low <= 0.7 <= found.ci_high
    assert held >= 16


def test_coders_vote_and_their_agreement_is_told(scored):
    ann, bob = by_hand(scored), by_hand(scored, "Bob", "label")
    both = pd.concat([ann, bob])
    result = validation(scored, both, draws=50)
    same = scored["true"] == scored["label"]
    divided = int((~same).sum())
    assert f"{divided} on which coders are divided" in value(result, "accuracy").caveat
    assert value(result, "accuracy").value == 1
    assert value(result, "accuracy").ci_low < 0.95  # twelve articles without an error are no proof of perfection
    alpha = krippendorff_alpha(
        [[LABELS.index(label) for label in scored[column]] for column in ("true", "label")], "ordinal"
    )
    assert value(result, "alpha", engine="coders").value == pytest.approx(alpha)
    three = validation(scored, pd.concat([both, by_hand(scored, "Cleo")]), draws=50)
    assert value(three, "accuracy").value == pytest.approx(same.mean())
    assert value(validation(scored, both, coder="Ann", draws=20), "accuracy").value == pytest.approx(same.mean())
    with pytest.raises(ValueError, match="no codings by 'Dan'"):
        validation(scored, both, coder="Dan")


def test_what_the_engine_leaves_open_is_counted_apart(scored):
    holes = scored.assign(label=scored["label"].where(scored.index % 4 > 0))
    result = validation(holes, by_hand(scored), draws=20)
    told = holes["label"].notna()
    assert value(result, "unscored").value == pytest.approx(0.25)
    assert value(result, "unscored").n == len(scored)
    assert value(result, "accuracy").n == told.sum()
    assert value(result, "accuracy").value == pytest.approx((holes["label"] == scored["true"])[told].mean())
    table = confusion(holes, by_hand(scored))
    assert table[table["scored"] == "unscored"]["n"].sum() == (~told).sum()


def test_what_is_left_out_is_said(scored):
    coded = by_hand(scored)
    coded.loc[0, "label"] = "unclear"
    coded.loc[1, "article_id"] = "elsewhere"
    coded.loc[2, "text"] = "another text"
    result = validation(scored, coded, draws=20)
    assert value(result, "accuracy").n == len(scored) - 3
    assert value(result, "accuracy").caveat == "left out: 1 with another label, 2 of other texts"
    with pytest.raises(ValueError, match="No coding can be used: left out: 72 of other texts"):
        validation(scored, coded.assign(article_id="elsewhere", label="neutral"))
    with pytest.raises(FrameError, match="stands twice"):
        validation(pd.concat([scored, scored]), by_hand(scored))
    with pytest.raises(ValueError, match="'good' is not among"):
        validation(scored.assign(label="good"), by_hand(scored))
    assert validation(scored, build("codings", [])).empty
    assert confusion(scored, build("codings", [])).empty


def test_too_few_say_so_and_one_article_speaks_for_itself(scored):
    few = scored[scored["article_id"].isin(["a0", "a1", "a2"])]
    row = value(validation(few, by_hand(few), draws=20), "accuracy")
    assert np.isnan(row.ci_low)
    assert row.caveat == "3 articles; no interval below 5"
    one = units(1, 30, np.random.default_rng(1))
    row = value(validation(one, by_hand(one), draws=50), "accuracy")
    assert row.ci_low < row.value < row.ci_high
    assert row.unit == "unit within one article"
    assert "one article: says nothing about others" in row.caveat


def test_polarity_is_classified_on_the_way(scored):
    polarity = scored["label"].map({"negative": -0.5, "neutral": 0.0, "positive": 0.5})
    rows = scored.drop(columns="label").assign(polarity=polarity)
    pd.testing.assert_frame_equal(
        validation(rows, by_hand(scored), draws=20), validation(scored, by_hand(scored), draws=20)
    )


def test_codings_that_an_interval_takes(scored):
    result = validation(scored, by_hand(scored), draws=50)
    row = value(result, "accuracy")
    needed = codings_needed(result, width=0.1).iloc[0]
    assert needed.width_now == pytest.approx(row.ci_high - row.ci_low)
    assert needed.n_needed == pytest.approx(72 * (needed.width_now / 0.1) ** 2, abs=1)
    assert needed.n_more == needed.n_needed - 72
    assert (codings_needed(result, width=1.5)["n_more"] == 0).all()
    # to plan with: the textbook's 385 for five points up and down
    assert codings_needed(validation(scored, build("codings", []))).iloc[0]["n_needed"] == 385
    with pytest.raises(ValueError, match="width is 5"):
        codings_needed(result, width=5)


def test_engines_are_compared_on_the_same_units():
    rng = np.random.default_rng(4)
    good = units(30, 5, rng, right=0.9, engine="good")
    noise = np.array(LABELS)[rng.integers(0, 3, len(good))]
    three = pd.concat([good, good.assign(engine="twin"), good.assign(engine="noise", label=noise)])
    result = engine_differences(three, by_hand(good), draws=200).set_index(["group_a", "group_b"])
    apart = result.loc[("good", "noise")]
    assert apart["verdict"] == "differs"
    assert apart["difference"] == pytest.approx((good["label"] == good["true"]).mean() - (noise == good["true"]).mean())
    assert 0 < apart["ci_low"] < apart["difference"] < apart["ci_high"]
    assert result.loc[("good", "twin"), "verdict"] == "cannot be told apart"
    assert result.loc[("good", "twin"), "p"] == 1
    few = engine_differences(three[three["article_id"].isin(["a0", "a1", "a2", "a3", "a4"])], by_hand(good))
    assert set(few["verdict"]) == {"too few"}


def test_engines_that_are_alike_seldom_differ():
    """The level of the test: of 100 pairs of engines that err alike, about 5 may differ."""
    found = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        one = units(12, 4, rng, engine="one")
        other = np.where(rng.random(len(one)) < 0.7, one["true"], np.array(LABELS)[rng.integers(0, 3, len(one))])
        both = pd.concat([one, one.assign(engine="other", label=other)])
        found += engine_differences(both, by_hand(one), draws=2)["verdict"].iloc[0] == "differs"
    assert found <= 3


def test_codings_of_no_label_are_none_that_can_be_used(scored):
    with pytest.raises(ValueError, match="No coding can be used: left out: 72 with another label"):
        validation(scored, by_hand(scored).assign(label="unclear"))
