"""The data dictionary, and the door that every frame passes."""

import re

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.dictionary import DTYPES, FRAMES, dictionary
from mediakit.frames import FrameError, as_list, build, labels


def test_the_docs_are_the_dictionary():
    written = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python -m mediakit.dictionary > docs/frames.md"


def test_every_frame_is_made_by_a_public_function():
    for frame in FRAMES.values():
        assert set(re.findall(r"(\w+)\(", frame.made_by)) <= set(mk.__all__), frame.name


@pytest.mark.parametrize("name", list(FRAMES))
def test_an_empty_frame_has_all_columns_and_dtypes(name):
    frame = build(name, [])
    assert list(frame.columns) == FRAMES[name].required
    for column in FRAMES[name].columns:
        if not column.optional:
            assert str(frame[column.name].dtype) == DTYPES[column.kind]
    assert mk.require(frame, name) is frame


def test_columns_of_the_callers_own_are_kept():
    plain = build("kwic", [dict.fromkeys(FRAMES["kwic"].required, 0) | {"mine": 1}])
    assert list(plain.columns) == [*FRAMES["kwic"].required, "mine"]
    grouped = build("term_counts", [{"term": "x", "n": 1, "per_1000": 1, "n_articles": 1, "source": "A"}])
    assert grouped.columns[0] == "source"


def test_missing_stays_missing():
    articles = make_articles({"text": "x"})
    assert articles[["source", "title", "published"]].isna().all(axis=None)
    assert str(articles["published"].dtype) == "datetime64[us, UTC]"


def test_errors_name_the_frame_the_column_and_the_remedy():
    with pytest.raises(
        FrameError, match=r"mentions: missing column 'actor'.*Pass the frame made by mediakit\.mentions"
    ):
        mk.require(build("mentions", []).drop(columns="actor"), "mentions")
    with pytest.raises(FrameError, match="missing columns 'start', 'end'"):
        mk.require(build("sentences", []).drop(columns=["start", "end"]), "sentences")
    with pytest.raises(FrameError, match="expected a DataFrame, got list"):
        mk.require([], "articles")
    with pytest.raises(FrameError, match="column 'start' should hold int values, has dtype float64"):
        mk.require(build("tokens", [dict.fromkeys(FRAMES["tokens"].required, 1)]).astype({"start": float}), "tokens")
    with pytest.raises(FrameError, match="kwic: missing column"):
        build("kwic", [{"article_id": "a"}])


def test_article_ids_are_unique():
    twice = pd.concat([make_articles({"text": "x"})] * 2)
    with pytest.raises(FrameError, match="'a0' stands more than once"):
        mk.require(twice, "articles")


def test_object_columns_from_elsewhere_are_welcome():
    assert mk.require(make_articles({"text": "x", "source": "A"}).astype({"source": object}), "articles") is not None


def test_the_fingerprint_names_ids_and_texts_only():
    articles = make_articles(text=["one", "two"])
    same = articles.iloc[::-1].assign(source="A")
    assert mk.fingerprint(articles) == mk.fingerprint(same)
    assert mk.fingerprint(articles) != mk.fingerprint(articles.assign(text=["one", "two "]))
    assert mk.fingerprint(articles) != mk.fingerprint(articles.assign(article_id=["a0", "a2"]))


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_the_fingerprint_does_not_run_parts_together(parts):
    one = make_articles({"article_id": parts[0], "text": parts[1]})
    other = make_articles({"article_id": parts[0] + parts[1], "text": ""})
    assert (mk.fingerprint(one) == mk.fingerprint(other)) == (parts[1] == "")


def test_labels_name_what_is_missing():
    assert labels(pd.Series(["A", None, np.nan, 3], dtype=object)).tolist() == ["A", "unknown", "unknown", "3"]
    assert as_list(None) == []
    assert as_list("source") == as_list(["source"]) == ["source"]


def test_public_names_are_functions_not_the_modules_of_the_same_name():
    import mediakit.evidence
    import mediakit.sentiment

    assert callable(mk.sentiment)
    assert callable(mk.evidence)
    assert set(mk.__all__) <= set(dir(mk))
    assert mediakit.sentiment is mk.sentiment
