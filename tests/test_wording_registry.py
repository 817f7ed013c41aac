"""What the registry lacks or leaves open, in words; whether the extra nlp is there."""

from conftest import make_articles

import mediakit as mk
from mediakit import nlp_extra


def test_unknown_names_are_counted_in_words():
    articles = make_articles({"text": "Jane Miller met Robert Halvorsen. Miller left."}, {"text": "Jane Miller spoke."})
    said = mk.describe_unresolved(mk.unresolved(articles)).replace("\n  ", " ")
    assert "2 names (4 mentions) that the registry does not have, taken for: 2 as person." in said
    assert "Jane Miller (3 in 2 articles), Robert Halvorsen (1 in 1 article)" in said
    assert "has every name" in mk.describe_unresolved(mk.unresolved(articles[:0]))


def test_ambiguous_names_are_told_with_their_candidates():
    articles = make_articles({"text": "Nobody spoke but Clinton. They asked Clinton again."})
    found = mk.ambiguous(articles)
    said = mk.describe_ambiguous(found).replace("\n  ", " ")
    assert "1 name of the registry in 2 places of 1 article" in said
    assert all(name in said for name in found["candidates"].iloc[0].split("; "))
    assert "No name" in mk.describe_ambiguous(found[:0])


def test_without_spacy_or_its_model_the_extra_is_missing(monkeypatch):
    monkeypatch.setattr(nlp_extra, "find_spec", lambda name: None if name == "spacy" else object())
    assert not mk.has_nlp()
    monkeypatch.setattr(nlp_extra, "find_spec", lambda name: object() if name == "spacy" else None)
    assert not mk.has_nlp()
    monkeypatch.setattr(nlp_extra, "find_spec", lambda _: object())
    assert mk.has_nlp()
