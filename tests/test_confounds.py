"""What else could make two sources differ, against values counted by hand."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import FrameError, build

LONG = " ".join(f"word{n}" for n in range(40))


def row(source, day, n_words=10, **more):
    words = " ".join(f"{source.lower()}{day}x{n}" for n in range(n_words))
    return {"source": source, "published": f"2025-01-{day:02}" if day else None, "text": words} | more


def test_each_confound_by_hand():
    articles = make_articles(
        row("A", 1, kind="news", author="Ann Lee"),
        row("A", 2, kind="news", author="Bo Day"),
        row("A", 5, kind="comment", author=None),
        row("B", 4, n_words=30, kind="news", author=" ann lee"),
        row("B", 6, n_words=20, kind="comment", author="Cy"),
    )
    pair = mk.confounds(articles).iloc[0]
    assert (pair["group_a"], pair["group_b"], pair["n_a"], pair["n_b"]) == ("A", "B", 3, 2)
    assert pair["dates_overlap"] == pytest.approx(2 / 5)  # of January 4 and 5
    assert (pair["median_words_a"], pair["median_words_b"]) == (10, 25)
    assert pair["kinds_overlap"] == pytest.approx(1 / 2 + 1 / 3)
    assert (pair["shared_authors"], pair["syndicated"]) == (1, 0)
    assert pair["confounds"] == "dates; lengths; authors"
    words = mk.describe_confounds(mk.confounds(articles))
    assert "40 % of the dated articles" in words
    assert "1 byline in both" in words


def test_copies_are_syndication():
    articles = make_articles(
        {"source": "A", "text": LONG}, {"source": "B", "text": LONG}, {"source": "B", "text": "else it is not"}
    )
    pair = mk.confounds(articles).iloc[0]
    assert pair["syndicated"] == pytest.approx(2 / 3)
    assert "syndication" in pair["confounds"]


def test_what_is_not_known_is_missing_and_said():
    pair = mk.confounds(make_articles(row("A", 0), row("B", 0))).iloc[0]
    assert pd.isna(pair[["dates_overlap", "kinds_overlap", "shared_authors"]]).all()
    assert pair["confounds"] == "dates unknown; kinds unknown"


def test_alike_groups_have_none():
    rows = [row(source, day, kind="news") for source in "AB" for day in (1, 2, 3)]
    found = mk.confounds(make_articles(*rows))
    assert found["confounds"].tolist() == [""]
    assert "None of the confounds" in mk.describe_confounds(found)
    assert "same_event" in mk.describe_confounds(found)


def test_any_column_and_no_pairs(seeds):
    with pytest.raises(FrameError, match="'wing'"):
        mk.confounds(seeds, by="wing")
    assert mk.confounds(seeds.head(1)).empty
    assert "no two groups" in mk.describe_confounds(build("confounds", []))
    assert len(mk.confounds(seeds)) == 10


def likeness(*intervals):
    rows = [
        {
            "source_a": f"A{n}",
            "source_b": f"B{n}",
            "cosine": 0.5,
            "shared_passages": 0,
            "cosine_corrected": (low + high) / 2,
            "ci_low": low,
            "ci_high": high,
        }
        for n, (low, high) in enumerate(intervals)
    ]
    return build("source_similarity", rows)


def test_likeness_gives_intervals_and_claims_no_order():
    words = " ".join(mk.describe_likeness(likeness((0.4, 0.5), (0.8, 1.1))).split())
    assert "A1 and B1: 0.95 [0.80, 1.10]." in words
    assert "is not tested" in words
    few = mk.describe_likeness(likeness((np.nan, np.nan), (0.8, 1.1)))
    assert "1 pair of 2 without an interval" in few
    assert "A0" not in few
    assert "no two sources" in mk.describe_likeness(likeness())


def test_passages_in_words():
    copy = "The ministers agreed on Friday to meet again in Vienna next week"
    articles = make_articles({"source": "A", "text": copy}, {"source": "B", "text": f"So it is. “{copy}.”"})
    assert "quote 1" in mk.describe_reused_passages(mk.reused_passages(articles))
    assert "No two articles" in mk.describe_reused_passages(mk.reused_passages(articles, min_tokens=30))
