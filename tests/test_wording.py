"""Results in words: what is said follows from the rows."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import build
from mediakit.uncertainty import differences_of_each


def test_one_article_a_source_says_so(seeds, small):
    words = mk.describe_articles(seeds)
    assert "5 articles from 5 named sources" in words
    assert "compared as articles, not as sources" in words
    assert "5 of 5 dates are estimates" in words
    words = mk.describe_articles(small)
    assert "1 of 3 has no date" in words
    assert "2 of 3 have no title" in words
    assert "No source has five articles" in words


def test_enough_articles_are_not_called_too_few():
    articles = make_articles(
        *({"source": "A", "published": "2025-01-01", "title": "t", "text": "t\nx"} for _ in range(6))
    )
    assert mk.describe_articles(articles) == "6 articles from 1 named source.\nAll dated 1 January 2025."


def test_sentiment_counts_what_is_scored_and_agreed():
    rows = build(
        "sentiment",
        [
            {
                "article_id": "a",
                "sentence_no": n,
                "paragraph_no": 0,
                "part": "body",
                "start": n,
                "end": n + 1,
                "text": "x",
            }
            | {"engine": engine, "polarity": polarity, "subjectivity": None, "n_scored": 1}
            for engine, values in {"x": [0.5, -0.5, None, 0.1], "y": [0.1, 0.2, 0.3, 0.4]}.items()
            for n, polarity in enumerate(values)
        ],
    )
    words = mk.describe_sentiment(rows)
    assert "x knows a word in 3 of 4 sentences (75 %)" in words
    assert "same sign in 67 % of 3" in words


def test_verdicts_are_counted_and_differences_named():
    rows = pd.DataFrame(
        {
            "article_id": [f"{source}{n}" for source in "ABC" for n in range(8)],
            "source": [source for source in "ABC" for _ in range(8)],
            "polarity": [{"A": 1.0, "B": 0.0, "C": 0.0}[source] + n / 100 for source in "ABC" for n in range(8)],
        }
    )
    words = mk.describe_differences(mk.differences(rows))
    assert "Of 3 pairs compared by polarity: 2 differ, 1 cannot be told apart, 0 too few to say." in words
    assert "A less B: +1.00" in words
    assert "B less C" not in words


def test_a_difference_without_an_interval_is_said_to_have_none():
    rows = pd.DataFrame({"article_id": [f"a{n}" for n in range(12)], "source": ["A"] * 6 + ["B"] * 6})
    words = mk.describe_differences(mk.differences(rows.assign(polarity=[0.5] * 6 + [0.0] * 6)))
    assert "A less B: +0.50 (no interval)." in words
    assert "nan" not in words


def test_differences_of_several_actors_name_the_actor():
    rows = pd.DataFrame({"article_id": [f"a{n}" for n in range(12)], "source": ["A"] * 6 + ["B"] * 6})
    each = pd.concat([rows.assign(who="Ann", tone=[9.0] * 6 + [0.1] * 6), rows.assign(who="Bob", tone=0.2)])
    found = differences_of_each(
        each.assign(tone=each["tone"] + np.arange(24) % 3), "who", value="tone", by="source", articles=rows
    )
    words = mk.describe_differences(found)
    assert "A less B, tone of Ann: +8.90 (" in words
    assert "tone of Bob: " not in words


def test_caveats_are_repeated_in_words(seeds):
    scored = mk.sentiment(mk.sentences(seeds))
    assert "Caveat (5 of 5): one article" in mk.describe_summaries(mk.summaries(scored, articles=seeds))


def test_key_terms_of_one_article_are_called_that():
    counts = build(
        "keyness",
        [
            {"target": "A", "term": term, "n_target": 9, "n_reference": 0, "g2": 30.0, "log_ratio": 4.0}
            | {"ci_low": 3.0, "ci_high": 5.0, "p_adjusted": p, "n_articles": n, "n_articles_reference": 1}
            for term, p, n in [("one", 0.001, 1), ("two", 0.001, 2), ("none", 0.5, 2)]
        ],
    )
    words = mk.describe_keyness(counts)
    assert "2 over-used terms stay" in words
    assert "1 of those stands in one article" in words
    assert "A: two." in words


@pytest.mark.parametrize(
    ("describe", "frame"),
    [
        (mk.describe_sentiment, "sentiment"),
        (mk.describe_summaries, "summaries"),
        (mk.describe_differences, "differences"),
        (mk.describe_term_counts, "term_counts"),
        (mk.describe_keyness, "keyness"),
        (mk.describe_mention_counts, "mention_counts"),
        (mk.describe_co_mentions, "co_mentions"),
        (mk.describe_source_similarity, "source_similarity"),
    ],
)
def test_an_empty_frame_is_described_as_empty(describe, frame):
    assert any(word in describe(build(frame, [])) for word in ("nothing", "no ", "No "))


def test_counts_of_terms_mentions_and_pairs(seeds):
    assert mk.describe_term_counts(mk.term_counts(seeds)).startswith("Most frequent: trump (64)")
    mentions = mk.mentions(seeds)
    words = mk.describe_mention_counts(mk.mention_counts(mentions, seeds))
    assert f"{len(mk.counted_mentions(mentions))} mentions" in words
    assert "sentences)" in mk.describe_co_mentions(mk.co_mentions(mentions))
    assert "Most alike: " in mk.describe_source_similarity(mk.source_similarity(seeds))
