"""Actors over time: periods, gaps, undated articles, intervals."""

import numpy as np
import pandas as pd
import pytest
from actor_frames import by_lot, make_corpus, make_mentions, pairs
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_intervals import ratio_interval
from mediakit.intervals import mid_p

DATES = ["2025-01-05", "2025-01-20", None, "2025-03-01"]


def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [("a0", "Ada"), ("a0", "Ada"), ("a1", "Bo"), ("a2", "Ada"), ("a3", "Ada")]
    return make_mentions(rows), make_corpus([100, 300, 50, 10], published=DATES, source=["X", "Y", "X", "X"])


def test_a_month_without_articles_is_a_gap_and_an_undated_article_stands_last() -> None:
    rows, corpus = small()
    found = mk.actor_timeline(rows, corpus, period="month", actors="Ada")
    columns = ["n", "n_articles", "n_naming", "caveat"]
    assert found[columns].to_numpy().tolist() == [
        [2, 2, 1, "2 articles; no interval below 5"],
        [0, 0, 0, "no articles"],
        [1, 1, 1, "1 article; no interval below 5"],
        [1, 1, 1, "1 article; no interval below 5"],
    ]
    assert found["value"].tolist() == pytest.approx([5.0, np.nan, 100.0, 20.0], nan_ok=True)
    assert found["period"].dt.strftime("%Y-%m").tolist()[:3] == ["2025-01", "2025-02", "2025-03"]
    assert found["period"].isna().tolist() == [False, False, False, True]
    assert set(found["unit"]) == {"month"}
    mk.require(found, "actor_timeline")


def test_the_share_of_articles_that_name_an_actor() -> None:
    rows, corpus = small()
    found = mk.actor_timeline(rows, corpus, period="year", measure="named", actors=["Bo", "Ada"])
    assert found[["actor", "n_articles", "n_naming"]].to_numpy().tolist() == [
        ["Bo", 3, 1],
        ["Bo", 1, 0],
        ["Ada", 3, 2],
        ["Ada", 1, 1],
    ]
    assert found["value"].tolist() == pytest.approx([1 / 3, 0, 2 / 3, 1])


def test_groups_have_the_same_periods() -> None:
    rows, corpus = small()
    found = mk.actor_timeline(rows, corpus, period="month", by="source", top=1)
    assert found.groupby("source")["period"].size().tolist() == [4, 4]
    assert found.loc[found["source"] == "Y", "n_articles"].tolist() == [1, 0, 0, 0]
    assert found.loc[found["source"] == "Y", "value"].isna().tolist() == [False, True, True, True]


def test_intervals_are_those_of_the_articles_of_the_period() -> None:
    rows, corpus = by_lot(60, 3, 7)
    found = mk.actor_timeline(rows, corpus, period="month", actors="Ada")
    counts = rows[rows["actor"] == "Ada"]["article_id"].value_counts()
    months = corpus["published"].dt.strftime("%Y-%m")
    for row in found.to_dict("records"):
        part = corpus[months == f"{row['period']:%Y-%m}"]
        own = counts.reindex(part["article_id"], fill_value=0).to_numpy()
        sizes = part["text"].str.split().str.len().to_numpy()
        assert row["value"] == pytest.approx(1000 * own.sum() / sizes.sum())
        assert (row["ci_low"], row["ci_high"]) == pytest.approx([1000 * end for end in ratio_interval(own, sizes)])
    shares = mk.actor_timeline(rows, corpus, period="month", actors="Ada", measure="named")
    first = shares.iloc[0]
    expected = mid_p(int(first["n_naming"]), int(first["n_articles"]))
    assert (first["ci_low"], first["ci_high"]) == pytest.approx(expected)


def test_an_actor_who_is_not_named_has_a_zero_without_an_interval() -> None:
    rows, corpus = make_mentions([("a0", "Ada")]), make_corpus([9] * 6, published=["2025-01-01"] * 6)
    found = mk.actor_timeline(rows, corpus, actors=["Olaf Scholz"])
    assert found[["value", "caveat"]].to_numpy().tolist() == [[0.0, "not named in 6 articles"]]
    assert found["ci_low"].isna().all()
    assert found["type"].isna().all()


@given(pairs, st.lists(st.sampled_from(DATES), min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_every_mention_and_article_stands_in_one_period(rows: list[tuple[str, str]], dates: list, random) -> None:
    found, corpus = make_mentions(rows), make_corpus([20] * 8, published=dates)
    lines = mk.actor_timeline(found, corpus, period="week", top=9)
    assert lines["n"].sum() == len(found)
    assert (lines.groupby("actor")["n_articles"].sum() == len(corpus)).all()
    assert (lines["value"].isna() == (lines["n_articles"] == 0)).all()
    assert (lines["n_naming"] <= lines["n_articles"]).all()
    order = list(range(len(corpus)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(mk.actor_timeline(found, corpus.iloc[order], period="week", top=9), lines)


def test_what_there_is_not_is_refused() -> None:
    rows, corpus = small()
    with pytest.raises(ValueError, match="measure='tone' is none of per_1000, named"):
        mk.actor_timeline(rows, corpus, measure="tone")
    with pytest.raises(ValueError, match="no period 'decade'"):
        mk.actor_timeline(rows, corpus, period="decade")
    with pytest.raises(mk.FrameError, match="actor_timeline: by='value' has the name of a column"):
        mk.actor_timeline(rows, corpus.assign(value=1), by="value")


def test_nothing_to_follow_is_an_empty_frame() -> None:
    for corpus in (make_corpus([5]), make_corpus([])):
        for by in (None, "source"):
            found = mk.actor_timeline(make_mentions([]), corpus, by=by)
            mk.require(found, "actor_timeline")
            assert found.empty
