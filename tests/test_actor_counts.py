"""Which mentions are counted; pairs, and the actors of their network."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from actor_frames import by_lot, make_corpus, make_mentions
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_network import RUNS, _overlap

FORMS = ["name", "surname", "variant", "title", "metonym", "demonym", "description", "pronoun", "place"]


def test_descriptions_pronouns_and_places_count_only_when_asked_for() -> None:
    rows = make_mentions([("a0", "Corland", form) for form in FORMS])
    corpus = make_corpus([10])
    assert mk.counted_mentions(rows)["form"].tolist() == FORMS[:6]
    assert mk.mention_counts(rows, corpus)["n"].tolist() == [6]
    for form in FORMS:
        assert mk.counted_mentions(rows, forms=form)["form"].tolist() == [form]
        assert mk.mention_counts(rows, corpus, forms=[form])["n"].tolist() == [1]
        assert mk.actor_shares(rows, corpus, forms=form)["n"].tolist() == [1]
        assert mk.actor_rates(rows, corpus, forms=form)["n"].tolist() == [1]
    assert mk.mention_counts(rows, corpus, forms=FORMS)["n"].tolist() == [9]


def test_a_form_that_there_is_not_is_refused_everywhere() -> None:
    rows, corpus = make_mentions([("a0", "Ada")]), make_corpus([3])
    for call in (mk.mention_counts, mk.actor_shares, mk.actor_rates, mk.prominence, mk.actor_timeline):
        with pytest.raises(ValueError, match="forms: 'nick' is none of name"):
            call(rows, corpus, forms="nick")
    for call in (mk.counted_mentions, mk.co_mentions, mk.co_mention_actors):
        with pytest.raises(ValueError, match="forms: 'nick' is none of name"):
            call(rows, forms="nick")
        with pytest.raises(mk.FrameError, match="mentions: missing column 'form'"):
            call(rows.drop(columns="form"))


def test_pairs_leave_out_what_counts_leave_out() -> None:
    rows = make_mentions([("a0", "Ada", "name", 0), ("a0", "Corland", "place", 0), ("a0", "Bo", "pronoun", 0)])
    assert len(mk.co_mentions(rows)) == 0
    assert mk.co_mentions(rows, forms=["name", "place"])[["actor_a", "actor_b"]].to_numpy().tolist() == [
        ["Ada", "Corland"]
    ]
    assert mk.co_mention_actors(rows, forms=["name", "pronoun"])["actor"].tolist() == ["Ada", "Bo"]


def test_an_article_without_tokens_or_mentions_lowers_the_rate_only_by_its_words() -> None:
    rows = make_mentions([("a0", "Ada"), ("a0", "Ada"), ("a1", "Bo")])
    counts = mk.mention_counts(rows, make_corpus([10, 30, 0, 60]))
    assert counts[["actor", "n", "per_1000"]].to_numpy().tolist() == [["Ada", 2, 20.0], ["Bo", 1, 10.0]]


def test_actors_of_the_network_by_hand() -> None:
    first = [("a0", "Ada", "name", 0), ("a0", "Bo", "name", 0), ("a0", "Ada", "name", 0), ("a0", "Ada", "name", 1)]
    second = [("a1", "Ada", "name", 0), ("a1", "Corland", "name", 0)]
    rows = make_mentions([*first, *second, ("a2", "Dun Party", "name", 0)])
    found = mk.co_mention_actors(rows)
    assert found[["actor", "type", "n", "n_articles", "n_sentences", "degree"]].to_numpy().tolist() == [
        ["Ada", "person", 4, 2, 2, 2],
        ["Bo", "person", 1, 1, 1, 1],
        ["Corland", "country", 1, 1, 1, 1],
    ]
    mk.require(found, "co_mention_actors")


def clusters(n_each: int = 6, between: int = 1) -> pd.DataFrame:
    """Two sets of actors, each named together within, with few sentences between."""
    rows, sentence = [], 0
    for side in "AB":
        for first in range(n_each):
            for second in range(first + 1, n_each):
                rows += [("a0", f"{side}{first}", "name", sentence), ("a0", f"{side}{second}", "name", sentence)]
                sentence += 1
    for place in range(between):
        rows += [("a0", f"A{place}", "name", sentence), ("a0", f"B{place}", "name", sentence)]
        sentence += 1
    return make_mentions(rows)


def test_two_sets_with_little_in_common_are_two_firm_communities() -> None:
    found = mk.co_mention_actors(clusters())
    sets = found.groupby("community")["actor"].agg(lambda names: "".join(sorted({name[0] for name in names})))
    assert sorted(sets) == ["A", "B"]
    assert found["community"].max() == 2
    assert (found["stability"] == 1).all()


def test_the_communities_are_the_best_that_the_searches_find() -> None:
    rows, _ = by_lot(30, 3, 5)
    rows = rows.assign(sentence_no=rows["sentence_no"] % 12)
    pairs, found = mk.co_mentions(rows), mk.co_mention_actors(rows)
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs[["actor_a", "actor_b", "n_sentences"]].to_numpy().tolist())
    parts = [set(names) for _, names in found.groupby("community")["actor"]]
    assert nx.community.is_partition(graph, parts)
    one = [{name} for name in graph]
    assert nx.community.modularity(graph, parts) >= nx.community.modularity(graph, one)


@given(st.randoms(use_true_random=False))
def test_order_of_mentions_does_not_matter(random) -> None:
    rows = clusters(4, 2)
    order = list(range(len(rows)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(mk.co_mention_actors(rows.iloc[order]), mk.co_mention_actors(rows))
    pd.testing.assert_frame_equal(mk.co_mentions(rows.iloc[order]), mk.co_mentions(rows))


def test_another_seed_numbers_the_same_sets() -> None:
    a, b = mk.co_mention_actors(clusters(), seed=1), mk.co_mention_actors(clusters(), seed=2)
    pd.testing.assert_frame_equal(a, b)
    assert RUNS > 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_overlap_is_the_jaccard_index_of_sets(numbers: list[tuple[int, int]]) -> None:
    a, b = (np.array(side) for side in zip(*numbers, strict=True))
    sets = [
        ({at for at in range(len(a)) if a[at] == a[one]}, {at for at in range(len(b)) if b[at] == b[one]})
        for one in range(len(a))
    ]
    expected = [len(left & right) / len(left | right) for left, right in sets]
    np.testing.assert_allclose(_overlap(a, b), expected)
