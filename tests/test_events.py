"""Articles about one event are put together, whatever their order, and those far apart in time are not."""

import random

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

import mediakit as mk
from mediakit.events import _groups
from mediakit.languages import LanguageError

STORIES = (
    "flood river dam Ostrava rescue boats water villages evacuated rain bridge sandbags 240 homes".split(),
    "trial court judge Hendricks verdict fraud bank jury evidence lawyers sentence 17 years".split(),
    "match goal Lisbon striker penalty cup final stadium fans trophy coach extra 3 goals".split(),
    "strike union Renwick drivers pay talks trains station delay commuters offer 12 percent".split(),
)
COMMON = "people said week country time year called asked group point week early later public city".split()


def told(number, seed, published):
    """An article about one of the stories, in words drawn for it alone."""
    rng = random.Random(seed)
    lines = [" ".join(rng.sample(STORIES[number], 6) + rng.sample(COMMON, 5)) for _ in range(6)]
    return {"source": f"Paper {seed % 3}", "published": published, "text": "\n".join(f"The {line}." for line in lines)}


@pytest.fixture(scope="module")
def stories():
    rows = [told(number, 10 * number + copy, f"2025-03-{4 + copy:02d}") for number in range(4) for copy in range(3)]
    return make_articles(*rows)


def partition(found):
    return {frozenset(ids) for _, ids in found.groupby("event")["article_id"]}


def test_each_story_is_an_event(stories):
    found = mk.same_event(stories)
    assert partition(found) == {frozenset(f"a{3 * number + copy}" for copy in range(3)) for number in range(4)}
    assert set(found["basis"]) == {"text and dates"}
    assert (found["n_articles"] == 3).all()
    assert found["similarity"].between(0, 1).all()
    labels = found.drop_duplicates("event")["terms"]
    assert sorted(sum(word in " ".join(story) for word in label.split(", ")) for label in labels for story in STORIES)


def test_the_same_story_a_month_later_is_another_event(stories):
    later = told(0, 99, "2025-04-20")
    found = mk.same_event(make_articles(*stories.drop(columns="article_id").to_dict("records"), later))
    assert found.loc[found["article_id"] == "a12", "n_articles"].item() == 1
    assert found.loc[found["article_id"] == "a12", "basis"].item() == "alone"


def test_without_dates_the_text_decides(stories):
    found = mk.same_event(stories.assign(published=pd.NaT))
    assert len(partition(found)) == 4
    assert set(found["basis"]) == {"text alone"}


def test_a_missing_date_counts_neither_way(stories):
    some = stories.assign(published=stories["published"].where(stories["article_id"] != "a1"))
    found = mk.same_event(some)
    assert partition(found) == partition(mk.same_event(stories))
    assert set(found.loc[found["article_id"].isin(["a0", "a1", "a2"]), "basis"]) == {"text alone"}


@given(seed=st.integers(0, 10_000), undated=st.sets(st.integers(0, 11)))
@settings(max_examples=10)
def test_the_order_of_the_articles_changes_nothing(stories, seed, undated):
    corpus = stories.assign(published=stories["published"].mask([at in undated for at in range(12)]))
    shuffled = corpus.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(mk.same_event(corpus), mk.same_event(shuffled))


@given(days=st.lists(st.one_of(st.none(), st.integers(1, 28)), min_size=2, max_size=9), width=st.integers(0, 6))
@settings(max_examples=15)
def test_no_event_is_longer_than_its_window(days, width):
    dates = [None if day is None else f"2025-03-{day:02d}" for day in days]
    found = mk.same_event(make_articles(*(told(0, at, date) for at, date in enumerate(dates))), max_days=width)
    dates = found.groupby("event")["published"]
    length = (dates.max() - dates.min()).dropna()
    assert (length.dt.days <= width).all()
    assert sorted(found["article_id"]) == sorted(f"a{at}" for at in range(len(days)))


def by_scipy(vectors, days, max_days, bars):
    """The same groups by SciPy's average linkage over all pairs."""
    cosine = (vectors @ vectors.T).toarray()
    apart = np.abs(days[:, None] - days[None, :])
    relative = cosine / np.where(np.isfinite(apart), bars[0], bars[1])
    relative[np.isfinite(apart) & (apart > max_days)] = -1e6
    distance = 1 / min(bars) - relative
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
    return fcluster(tree, 1 / min(bars) - 1 + 1e-9, "distance")


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 40), width=st.integers(0, 4), block=st.integers(1, 50))
@settings(max_examples=60)
def test_groups_are_those_of_scipys_average_linkage(seed, n, width, block):
    rng = np.random.default_rng(seed)
    # a little of everything, so that no two pairs are equally near: of equal ones either may be taken first
    table = rng.random((n, 8)) * (rng.random((n, 8)) < 0.4) + 0.01 * rng.random((n, 8))
    table /= np.maximum(np.sqrt((table**2).sum(axis=1, keepdims=True)), 1e-12)
    days = np.where(rng.random(n) < 0.3, np.nan, rng.integers(0, 8, n).astype(float))
    bars = (0.3, 0.5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mediakit.events._BLOCK", block)
        ours = _groups(csr_array(table), days, width, bars)
    theirs = by_scipy(csr_array(table), days, width, bars)
    assert ((ours[:, None] == ours) == (theirs[:, None] == theirs)).all()


def test_blocks_of_articles_change_nothing(stories, monkeypatch):
    corpus = stories.assign(published=stories["published"].mask(np.arange(12) % 5 == 0))
    whole = mk.same_event(corpus)
    monkeypatch.setattr("mediakit.events._BLOCK", 2)
    pd.testing.assert_frame_equal(mk.same_event(corpus), whole)


def test_similarity_is_the_cosine_with_the_mean_of_equal_vectors():
    twins = make_articles(told(1, 5, "2025-03-04"), told(1, 5, "2025-03-05"))
    found = mk.same_event(twins)
    assert len(partition(found)) == 1
    assert found["similarity"].tolist() == pytest.approx([1, 1])


def test_the_seeds_after_the_summit_are_one_event(seeds):
    found = mk.same_event(seeds)
    sizes = found.set_index("source")["n_articles"]
    assert sizes[["Outlet A", "Outlet B", "Outlet D"]].tolist() == [3, 3, 3]
    assert found.loc[found["n_articles"] == 3, "event"].nunique() == 1
    assert sizes[["Outlet C", "Outlet E"]].tolist() == [1, 1]


@pytest.mark.parametrize("text", ["", "… ?! —", "The and of."])
def test_articles_without_words_are_alone(text):
    found = mk.same_event(make_articles({"text": text}, {"text": text}, told(0, 1, None)))
    assert found["n_articles"].tolist() == [1, 1, 1]
    assert found.set_index("article_id")["similarity"].isna().tolist() == [True, True, False]


def test_no_articles():
    assert mk.same_event(make_articles()).empty


def test_what_cannot_be_grouped_is_refused(stories):
    with pytest.raises(ValueError, match="above 0"):
        mk.same_event(stories, min_similarity=0)
    with pytest.raises(ValueError, match="max_days"):
        mk.same_event(stories, max_days=-1)
    with pytest.raises(LanguageError, match="same_event"):
        mk.same_event(stories.assign(language="de"))
    with pytest.raises(mk.FrameError, match="text"):
        mk.same_event(stories.drop(columns="text"))
