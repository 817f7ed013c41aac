"""Near-duplicates against all pairs compared one by one; templates; what is kept; the passages in common."""

import random
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.duplicate_pairs import as_sets, candidates
from mediakit.duplicate_words import Reader, grams
from mediakit.duplicates import describe_near_duplicates
from mediakit.frames import build

WORDS = [f"{first}{second}" for first in "bcdfghjklmnprstvz" for second in ("ase", "ilo", "uret", "omin", "ack", "eel")]


def text(n, seed):
    return " ".join(random.Random(seed).choices(WORDS, k=n))


def edited(original, share, seed):
    draw = random.Random(seed)
    return " ".join(f"x{draw.random()}" if draw.random() < share else word for word in original.split())


def gram_set(value):
    words = re.findall(r"\w+", value.casefold())
    return {tuple(words[place : place + 5]) for place in range(len(words) - 4)}


def similarity(a, b):
    a, b = gram_set(a), gram_set(b)
    return len(a & b) / len(a | b) if a | b else 0.0


def clusters(articles, **options):
    """Which articles are together, by id, whatever the clusters' numbers."""
    found = mk.near_duplicates(articles, **options)
    return {frozenset(group) for group in found.groupby("cluster")["article_id"].agg(list)}


def closure(articles, least):
    """The same by comparing every pair: the oracle."""
    together = {article_id: {article_id} for article_id in articles["article_id"]}
    rows = list(zip(articles["article_id"], articles["text"], strict=True))
    for (a, text_a), (b, text_b) in combinations(rows, 2):
        words_a, words_b = (re.findall(r"\w+", value.casefold()) for value in (text_a, text_b))
        if (words_a and words_a == words_b) or similarity(text_a, text_b) >= least:
            joined = together[a] | together[b]
            for member in joined:
                together[member] = joined
    return {frozenset(group) for group in together.values() if len(group) > 1}


# Each article has its own source: templates have tests of their own.
stories = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([0, 0.03, 0.06, 0.1, 0.3]), st.integers(0, 40)), max_size=14
)


def corpus_of(drawn):
    return make_articles(
        *[
            {"source": f"s{number}", "text": edited(text(25 + 9 * story, story), share, seed)}
            for number, (story, share, seed) in enumerate(drawn)
        ]
    )


@settings(max_examples=40)
@given(stories, st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0]))
def test_clusters_are_those_of_all_pairs(drawn, least):
    articles = corpus_of(drawn)
    assert clusters(articles, min_similarity=least) == closure(articles, least)


@given(st.lists(st.lists(st.sampled_from("ab"), max_size=9).map(" ".join), max_size=8))
def test_clusters_of_short_texts_are_those_of_all_pairs(texts):
    articles = make_articles(*[{"source": f"s{number}", "text": value} for number, value in enumerate(texts)])
    assert clusters(articles) == closure(articles, 0.5)


@settings(max_examples=40)
@given(stories)
def test_similarity_is_exact_and_half_is_enough(drawn):
    articles = corpus_of(drawn)
    texts = articles.set_index("article_id")["text"]
    for row in mk.near_duplicates(articles).itertuples():
        assert row.similarity == pytest.approx(similarity(texts[row.article_id], texts[row.kept_id]))
        assert row.kept == (row.article_id == row.kept_id)


@settings(max_examples=40)
@given(stories, st.randoms(use_true_random=False))
def test_order_and_ids_do_not_matter(drawn, shuffle):
    articles = corpus_of(drawn)
    order = list(range(len(articles)))
    shuffle.shuffle(order)
    pd.testing.assert_frame_equal(mk.near_duplicates(articles), mk.near_duplicates(articles.iloc[order]))
    renamed = articles.assign(article_id="z" + articles["article_id"])
    assert {frozenset("z" + name for name in group) for group in clusters(articles)} == clusters(renamed)


@settings(max_examples=40)
@given(stories)
def test_an_unrelated_article_changes_nothing(drawn):
    articles = corpus_of(drawn)
    more = make_articles({"article_id": "new", "source": "new", "text": "something else " + text(40, 99)})
    pd.testing.assert_frame_equal(mk.near_duplicates(articles), mk.near_duplicates(pd.concat([articles, more])))


def test_sketches_miss_no_pair_that_is_similar_enough():
    """Thousands of pairs at about the least similarity, where sketches are most likely to miss."""
    base = [text(150, seed) for seed in range(400)]
    texts = base + [edited(value, 0.07, seed) for seed, value in enumerate(base)]
    found = grams(texts)
    sets = as_sets(found.hashes, np.ones(len(found.hashes), dtype=bool), found.bounds)
    pairs = set(zip(*candidates(sets, 0.5).tolist(), strict=True))
    similar = {(n, n + 400) for n in range(400) if similarity(texts[n], texts[n + 400]) >= 0.5}
    assert 150 < len(similar) < 390
    assert similar <= pairs


def test_case_accents_and_marks_do_not_matter():
    copy = make_articles(
        {"text": "The “café” of Zürich isn’t open, said the owner of the place."},
        {"text": "THE CAFE\u0301 OF ZURICH ISN'T OPEN - said the ow\u00adner\nof the place"},
    )
    found = mk.near_duplicates(copy)
    assert found["similarity"].tolist() == [1, 1]
    assert found["shared"].tolist() == [1, 1]


def test_short_and_empty_texts():
    articles = make_articles(text=["", "", None, None, "…", "Talks fail", "talks, FAIL!", "Talks fail again", "Talks"])
    assert clusters(articles) == {frozenset({"a5", "a6"})}
    empty = mk.near_duplicates(articles.iloc[:0])
    assert empty.empty
    assert list(empty.columns) == [column.name for column in mk.FRAMES["near_duplicates"].columns]
    assert mk.require(empty, "near_duplicates") is empty


def test_scripts_without_spaces_are_read_sign_by_sign():
    story = "总统周五在首都会见了来访的外交部长并就和平谈判的下一步交换了意见"
    articles = make_articles(text=[story, story.replace("周五", "周六"), "天气预报说明天全国大部分地区有雨请注意安全"])
    assert clusters(articles) == {frozenset({"a0", "a1"})}


@given(st.text(alphabet="aé \n“don’t”ß\u0301\u00ad漢字ﬁ\U0001d400\ud800.-_1"))
def test_words_lie_in_the_text_and_do_not_touch(value):
    words = Reader().words(value)
    assert all(0 <= start < end <= len(value) for start, end in zip(words.starts, words.ends, strict=True))
    assert (words.ends[:-1] <= words.starts[1:]).all()
    kept = "".join(value[start:end] for start, end in zip(words.starts, words.ends, strict=True))
    assert [char for char in value if char.isalnum()] == [char for char in kept if char.isalnum()]


def test_a_long_text_is_read_as_in_one():
    value = " ".join(random.Random(1).choices(WORDS, k=40_000))
    words = Reader().words(value)
    assert [value[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == value.split()
    assert len(np.unique(words.hashes)) == len(set(value.split()))
    assert len(Reader().words("a" * 200_000).starts) > 0


# --- templates ---

PROMPT = "Share your thoughts with us in the comments below, and sign up for our newsletter to get the best of the day."
ABOUT = text(60, "about")


@pytest.mark.parametrize("n_words", [6, 12, 40])
@pytest.mark.parametrize(("n_articles", "template"), [(3, PROMPT), (3, ABOUT), (20, f"{PROMPT}\n{ABOUT}")])
def test_a_template_of_a_source_makes_no_duplicates(n_words, n_articles, template):
    articles = make_articles(
        *[{"source": "Post", "text": f"{text(n_words, seed)}.\n{template}"} for seed in range(n_articles)]
    )
    assert mk.near_duplicates(articles).empty
    long = make_articles(*[{"source": "Post", "text": f"{text(60, n)}\n{PROMPT}\n{text(n, n)}"} for n in range(99)])
    assert mk.near_duplicates(long).empty


def test_copies_are_found_in_spite_of_a_template():
    records = [{"source": "Post", "text": f"{text(30, seed)}\n{ABOUT}"} for seed in range(10)]
    first, *rest = text(30, 3).split()
    records += [{"source": "Post", "text": f"Now {first} said {' '.join(rest)}\n{ABOUT}"}]
    assert clusters(make_articles(*records)) == {frozenset({"a3", "a10"})}


def test_many_edited_copies_are_no_template():
    story = text(120, "story")
    articles = make_articles(*[{"source": "Post", "text": edited(story, 0.02, seed)} for seed in range(60)])
    assert clusters(articles) == {frozenset(articles["article_id"])}


def test_moved_paragraphs_are_no_templates():
    paragraphs = [text(30, number) for number in range(6)]
    articles = make_articles(
        *[{"source": "Post", "text": "\n".join(random.Random(seed).sample(paragraphs, k=6))} for seed in range(8)]
    )
    assert clusters(articles) == {frozenset(articles["article_id"])}


def test_a_long_passage_under_new_headlines_is_the_story():
    story = text(200, "story")
    articles = make_articles(*[{"source": "Post", "text": f"{text(8, seed)}\n{story}"} for seed in range(8)])
    assert clusters(articles) == {frozenset(articles["article_id"])}


def test_thousands_of_copies_and_of_templates_stay_few_pairs():
    """The number of pairs that are looked at, in place of the time: it must not grow with the square."""
    copies = [edited(text(80, "story"), 0.02, seed) for seed in range(1500)]
    others = [f"{text(15, seed)} {ABOUT}" for seed in range(1500)]
    found = grams(copies + others)
    sets = as_sets(found.hashes, np.ones(len(found.hashes), dtype=bool), found.bounds)
    assert candidates(sets, 0.5).shape[1] < 40 * 3000
    articles = make_articles(*[{"source": f"s{number}", "text": value} for number, value in enumerate(copies)])
    assert mk.near_duplicates(articles)["n_articles"].max() > 1450


def test_a_shortened_copy_is_found_when_asked_for():
    story = text(200, "story").split()
    articles = make_articles(
        {"source": "A", "text": " ".join(story)},
        {"source": "B", "text": " ".join(story[:60])},
        {"source": "C", "text": " ".join(story[:30])},  # less than a fifth
        {"source": "D", "text": " ".join(story[80:160]) + " " + text(60, 7)},
    )
    assert mk.near_duplicates(articles).empty
    assert clusters(articles, min_containment=0.8) == {frozenset({"a0", "a1", "a2"})}
    assert clusters(articles.iloc[[0, 2, 3]], min_containment=0.8) == set()
    assert clusters(articles, min_containment=0.5) == {frozenset(articles["article_id"])}


# --- time, what is kept ---


def test_the_earliest_then_the_longest_then_the_first_id_is_kept():
    story = text(60, 1)
    records = [
        {"article_id": "d", "text": story, "published": None},
        {"article_id": "c", "text": story, "published": "2025-01-02"},
        {"article_id": "b", "text": story + " more", "published": "2025-01-02"},
        {"article_id": "a", "text": story + " more", "published": "2025-01-02"},
    ]
    found = mk.near_duplicates(make_articles(*records))
    assert found["article_id"].tolist() == ["a", "b", "c", "d"]
    assert found["kept"].tolist() == [True, False, False, False]
    assert set(found["kept_id"]) == {"a"}


def test_articles_far_apart_in_time_are_not_linked():
    story = text(60, 1)
    days = ["2025-01-01", "2025-01-03", "2025-01-05", "2025-03-01", "2025-03-02"]
    articles = make_articles(*[{"text": story, "published": day} for day in days])
    near = make_articles(*[{"text": edited(story, 0.02, n), "published": day} for n, day in enumerate(days)])
    apart = {frozenset({"a0", "a1", "a2"}), frozenset({"a3", "a4"})}
    assert clusters(articles, max_days=2) == clusters(near, max_days=2) == apart
    assert clusters(articles, max_days=1) == {frozenset({"a3", "a4"})}
    undated = pd.concat([articles, make_articles({"article_id": "u", "text": story})])
    assert clusters(undated, max_days=1) == {frozenset(undated["article_id"])}


def test_drop_duplicates_keeps_one_and_says_which_were_left_out():
    story = text(60, 1)
    articles = make_articles(
        {"source": "Post", "text": text(50, 2), "mine": 1},
        {"source": None, "text": story, "published": "2025-01-03", "mine": 2},
        {"source": "Herald", "text": story, "published": "2025-01-01", "mine": 3},
        {"source": "Post", "text": story, "published": "2025-01-02", "mine": 4},
    )
    found = mk.near_duplicates(articles)
    kept = mk.drop_duplicates(articles, found)
    assert kept["article_id"].tolist() == ["a0", "a2"]
    assert kept["mine"].tolist() == [1, 3]
    assert kept["n_copies"].tolist() == [0, 2]
    assert kept["copies"].tolist()[1:] == ["a3; a1"]
    assert kept["copy_sources"].tolist()[1:] == ["Post; unknown"]
    assert kept["copies"].isna().tolist() == [True, False]
    pd.testing.assert_frame_equal(kept, mk.drop_duplicates(articles))
    assert mk.near_duplicates(kept).empty
    assert describe_near_duplicates(found, 4).startswith("2 different stories in 4 articles")


def test_errors_name_the_remedy():
    articles = make_articles(text=[text(20, 1)] * 2)
    for wrong in ({"min_similarity": 0}, {"min_similarity": 1.5}, {"min_containment": 0.2}, {"max_days": -1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            mk.near_duplicates(articles, **wrong)
    found = mk.near_duplicates(articles)
    with pytest.raises(mk.FrameError, match="'a1' is not in articles"):
        mk.drop_duplicates(articles.iloc[:1], found)
    with pytest.raises(mk.FrameError, match="'a1' is not in articles"):
        mk.duplicate_passages(found, articles.iloc[:1])
    with pytest.raises(mk.FrameError, match=r"Pass the frame made by mediakit\.near_duplicates"):
        mk.drop_duplicates(articles, articles)


# --- passages ---


def pair(a, b):
    """Two articles and a frame that calls them duplicates of each other, whatever they say."""
    row = {"cluster": 0, "source": None, "published": None, "n_articles": 2, "similarity": 0, "shared": 0}
    articles = make_articles({"text": a}, {"text": b})
    rows = [row | {"article_id": name, "kept": name == "a1", "kept_id": "a1"} for name in ("a0", "a1")]
    return pd.DataFrame(rows), articles


def test_passages_of_a_copy():
    first, second, third = (text(12, number) for number in range(3))
    found = mk.duplicate_passages(*pair(f"{second}.\n“{first.upper()}”", f"{first}, and new words; {second} {third}"))
    assert found["n_tokens"].tolist() == [12, 12]
    assert found["text"].tolist() == [second, first.upper()]


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_passages_are_the_same_words_and_none_twice(a, b):
    rows, articles = pair(", ".join(a), " ".join(b).upper())
    texts = articles.set_index("article_id")["text"]
    found = mk.duplicate_passages(rows, articles)
    left, right = set(), set()
    for row in found.itertuples():
        here, there = texts[row.article_a][row.start_a : row.end_a], texts[row.article_b][row.start_b : row.end_b]
        assert row.text == here
        assert re.findall(r"\w+", here.casefold()) == re.findall(r"\w+", there.casefold())
        assert len(re.findall(r"\w+", here)) == row.n_tokens
        span_a, span_b = set(range(row.start_a, row.end_a)), set(range(row.start_b, row.end_b))
        assert not left & span_a
        assert not right & span_b
        left |= span_a
        right |= span_b
    runs = (n for n in range(5, len(a) + 1) for i in range(len(a) - n + 1) if " ".join(a[i : i + n]) in " ".join(b))
    longest = max(runs, default=0)
    if (
        len(a) > 4 and len(gram_set(" ".join(a))) == len(a) - 4
    ):  # of five words that come again, not all places are tried
        assert found["n_tokens"].max() == longest if longest else found.empty


@settings(max_examples=40)
@given(stories)
def test_shared_is_what_the_passages_cover(drawn):
    """No five words stand twice in these texts, so each word that is shared lies in one passage."""
    articles = corpus_of(drawn)
    found = mk.near_duplicates(articles)
    covered = mk.duplicate_passages(found, articles).groupby("article_a")["n_tokens"].sum()
    n_words = articles.set_index("article_id")["text"].map(lambda value: len(re.findall(r"\w+", value)))
    for row in found[found["article_id"] != found["kept_id"]].itertuples():
        assert row.shared == pytest.approx(covered[row.article_id] / n_words[row.article_id])


def test_repeated_words_are_no_square():
    many = " ".join(["again"] * 20_000)
    found = mk.duplicate_passages(*pair(many, many))
    assert found["n_tokens"].tolist() == [20_000]


def test_copies_without_a_source_are_found() -> None:
    story = " ".join(f"word{n}" for n in range(120))
    leads = [" ".join(f"lead{number}x{n}" for n in range(12)) for number in range(5)]
    frame = build(
        "articles",
        [
            {"article_id": f"a{n}", "source": None, "published": None, "title": None, "text": f"{lead} {story}"}
            for n, lead in enumerate(leads)
        ],
    )
    assert mk.near_duplicates(frame)["n_articles"].tolist() == [5] * 5
