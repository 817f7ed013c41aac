"""Templates that import cut: which sources shared them, and what is said of it."""

import re
from itertools import combinations

import pytest
from conftest import ROOT, make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.frames import build


def cuts_of(articles, *texts):
    return build(
        "cuts", {"article_id": articles["article_id"], "at": 0, "text": list(texts), "reason": "comment prompt"}
    )


def words(text):
    return re.findall(r"\w+", text.casefold())


def test_the_closing_question_of_two_seeds_is_a_template_also_after_import():
    corpus = mk.read_corpus(ROOT / "seeds")
    found = mk.shared_cuts(corpus.cuts, corpus.articles)
    asked = corpus.cuts.loc[corpus.cuts["reason"] == "comment prompt", "article_id"]
    assert len(asked) == 2
    for opening in ("What are your predictions for the", "Share your thoughts in the comments below"):
        rows = found[found["text"] == opening]
        assert set(rows["article_id"]) == set(asked)
        assert (rows["n_sources"] == 2).all()
        assert set(rows["reason"]) == {"comment prompt"}
    told = " ".join(mk.describe_shared_cuts(found).split())
    assert "template shared by 2 sources in 2 articles" in told
    # the texts themselves have it no more
    assert not any("Share your thoughts" in text for text in corpus.articles["text"])


def test_a_cut_of_one_article_is_shared_by_none():
    articles = make_articles({"source": "A", "text": "One."}, {"source": "B", "text": "Two."})
    cuts = cuts_of(articles, "One two three four five six", "Seven eight nine ten eleven twelve")
    assert mk.shared_cuts(cuts, articles).empty
    assert "Nothing" in mk.describe_shared_cuts(mk.shared_cuts(cuts, articles))
    twice = cuts_of(articles, "a b c d e. Then a b c d e", "Seven eight nine ten eleven twelve")
    assert mk.shared_cuts(twice, articles).empty


def test_case_and_punctuation_do_not_matter_and_sources_are_counted():
    articles = make_articles(*({"source": source, "text": "Text."} for source in ("A", "A", None)))
    cuts = cuts_of(
        articles, "Sign up for our free newsletter!", "Sign up for our FREE newsletter", "Something else is here now"
    )
    found = mk.shared_cuts(cuts, articles)
    assert found["text"].tolist() == ["Sign up for our free newsletter", "Sign up for our FREE newsletter"]
    assert found[["wording", "n_tokens", "n_articles", "n_sources"]].drop_duplicates().to_numpy().tolist() == [
        [1, 6, 2, 1]
    ]
    with pytest.raises(ValueError, match="at least 2"):
        mk.shared_cuts(cuts, articles, min_tokens=1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=9), min_size=1, max_size=4))
def test_every_shared_run_lies_in_a_wording_and_every_wording_is_shared(texts):
    articles = make_articles(*({"source": f"S{n}", "text": "Text."} for n in range(len(texts))))
    found = mk.shared_cuts(cuts_of(articles, *(" ".join(text) for text in texts)), articles, min_tokens=3)
    for row in found.itertuples():
        assert row.n_articles > 1
        own = texts[articles["article_id"].tolist().index(row.article_id)]
        assert tuple(words(row.text)) in {tuple(own[at : at + row.n_tokens]) for at in range(len(own))}
    # by brute force: whatever three words two articles share, some wording tells of
    told = {tuple(words(row.text)[at : at + 3]) for row in found.itertuples() for at in range(row.n_tokens - 2)}
    for one, other in combinations(texts, 2):
        grams = [{tuple(text[at : at + 3]) for at in range(len(text) - 2)} for text in (one, other)]
        for gram in grams[0] & grams[1]:
            assert gram in told
