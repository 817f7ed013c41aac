"""How far engines agree: against the coefficients themselves, and engines that agree or contradict by design."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

import mediakit as mk
from mediakit.agreement import krippendorff_alpha
from mediakit.frames import build


def scored(engines, per_article=4):
    """Scores of several engines for the same sentences, so many to an article."""
    rows = []
    for engine, values in engines.items():
        for at, polarity in enumerate(values):
            article, number = divmod(at, per_article)
            place = {"article_id": f"a{article}", "sentence_no": number, "paragraph_no": 0, "part": "body"}
            told = {"start": at, "end": at + 1, "text": "x", "engine": engine, "polarity": polarity}
            rows.append(place | told | {"subjectivity": np.nan, "n_scored": int(polarity == polarity)})
    return build("sentiment", rows)


@pytest.fixture(scope="module")
def three():
    rng = np.random.default_rng(1)
    base = rng.normal(size=40).clip(-1, 1)
    noisy = (base + rng.normal(size=40)).clip(-1, 1)
    gaps = np.where(rng.random(40) < 0.2, np.nan, rng.normal(size=40).clip(-1, 1))
    return {"one": base, "two": noisy, "three": gaps}


def classes(values):
    return np.where(np.isnan(values), np.nan, (values >= 0.05).astype(float) - (values <= -0.05))


def test_measures_are_those_of_the_coefficients(three):
    found = mk.engine_agreement(scored(three), draws=50).set_index(["engines", "measure"])["value"]
    table = np.array(list(three.values()))
    assert found["one, two, three", "alpha_ordinal"] == pytest.approx(krippendorff_alpha(classes(table), "ordinal"))
    assert found["one, two, three", "alpha_interval"] == pytest.approx(krippendorff_alpha(table, "interval"))
    for a, b in (("one", "two"), ("one", "three"), ("two", "three")):
        known = ~np.isnan(three[a] + three[b])
        first, second = classes(three[a])[known], classes(three[b])[known]
        pair = f"{a}, {b}"
        assert found[pair, "kappa"] == pytest.approx(cohen_kappa_score(first, second))
        assert found[pair, "kappa_linear"] == pytest.approx(cohen_kappa_score(first, second, weights="linear"))
        assert found[pair, "same_class"] == pytest.approx((first == second).mean())
        opposite = three[a][known] * three[b][known] < 0
        assert found[pair, "opposite_signs"] == pytest.approx(opposite.mean())


def test_sizes_and_what_is_missing_are_told(three):
    found = mk.engine_agreement(scored(three), draws=50).set_index(["engines", "measure"])
    row = found.loc[("one, three", "kappa")]
    n = int((~np.isnan(three["three"])).sum())
    assert (row["n"], row["n_missing"], row["n_articles"]) == (n, 40 - n, 10)
    assert (found["ci_low"] <= found["value"]).all()
    assert (found["value"] <= found["ci_high"]).all()


def test_an_engine_agrees_with_itself_and_not_with_its_opposite():
    values = np.array([0.5, -0.5, 0.2, -0.1, 0.9, -0.9] * 6)
    found = mk.engine_agreement(scored({"a": values, "b": values, "c": -values}), draws=50)
    found = found.set_index(["engines", "measure"])["value"]
    assert found["a, b", "alpha_ordinal"] == found["a, b", "kappa"] == 1
    assert found["a, b", "opposite_signs"] == 0
    assert found["a, c", "opposite_signs"] == 1
    assert found["a, c", "alpha_ordinal"] < -0.9


def test_few_articles_have_no_interval():
    values = np.array([0.5, -0.5, 0.2, -0.1])
    found = mk.engine_agreement(scored({"a": values, "b": values[::-1]}))
    assert found[["ci_low", "ci_high"]].isna().all(axis=None)
    assert found["caveat"].str.contains("no interval below 5").all()
    assert "no interval" in mk.describe_engine_agreement(found)


def test_a_class_boundary_is_the_callers(three):
    wide = mk.engine_agreement(scored(three), classes=(-2, 2), draws=20)
    assert wide.loc[wide["measure"] == "same_class", "value"].eq(1).all()
    assert wide.loc[wide["measure"] == "kappa", "value"].isna().all()
    with pytest.raises(ValueError, match="lies above"):
        mk.engine_agreement(scored(three), classes=(0.1, -0.1))
    with pytest.raises(ValueError, match="nothing to compare"):
        mk.engine_agreement(scored({"one": three["one"]}))


def test_disagreements_come_widest_first():
    table = scored({"a": [0.1, 0.1, -0.1, np.nan, 0.1], "b": [1.0, -1.0, -1.0, 1.0, np.nan]})
    found = mk.disagreements(table)
    assert len(found) == 3
    first = found.iloc[0]
    assert (first["engine_high"], first["engine_low"], first["opposite"]) == ("a", "b", True)
    assert (first["polarity_high"], first["polarity_low"], first["start"]) == (0.1, -1.0, 1)
    assert first["distance"] == pytest.approx(2)
    assert found["distance"].is_monotonic_decreasing
    assert not found["opposite"].iloc[1:].any()
    assert mk.disagreements(scored({"a": [np.nan], "b": [0.1]})).empty


def test_words_and_figure_say_what_the_rows_say(three):
    found = mk.engine_agreement(scored(three), draws=50)
    words = mk.describe_engine_agreement(found)
    value = found.loc[(found["engines"] == "one, two") & (found["measure"] == "alpha_ordinal"), "value"].iloc[0]
    assert f"one, two: α {value:.2f}" in words
    fig = mk.plot_engine_agreement(found)
    drawn = pd.DataFrame(
        [
            (*key, x)
            for trace in fig.data
            if trace.customdata is not None
            for key, x in zip(trace.customdata, trace.x, strict=True)
        ],
        columns=["engines", "measure", "value"],
    )
    merged = drawn.merge(found, on=["engines", "measure"])
    assert len(merged) == len(found)
    assert np.allclose(merged["value_x"], merged["value_y"])
    assert mk.plot_engine_agreement(found.head(0)).layout.meta["n"] == 0
    assert mk.describe_engine_agreement(found.head(0)) == "There is nothing to describe."


def test_real_engines_on_real_sentences(seeds):
    table = mk.sentiment(mk.sentences(seeds), engine=["textblob", "vader"])
    found = mk.engine_agreement(table, draws=100).set_index("measure")
    wide = table.pivot(index=["article_id", "sentence_no"], columns="engine", values="polarity")
    both = wide.dropna()
    assert found.loc["alpha_ordinal", "value"] == pytest.approx(
        krippendorff_alpha(classes(both.to_numpy()).T, "ordinal")
    )
    assert found["n"].eq(len(both)).all()
    apart = mk.disagreements(table, 3)
    assert len(mk.evidence(apart, seeds)) == 3
