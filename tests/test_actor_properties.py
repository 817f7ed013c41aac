"""What holds of mentions whatever is asked for: unknown names, descriptions, pronouns."""

import re

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk

OPTIONS = [{}, {"unknown": True}, {"descriptions": True, "pronouns": True}, {"unknown": True, "pronouns": True}]
PIECES = st.sampled_from(
    "Trump|Donald Trump|Putin|Vladimir Putin|Clinton|Hillary Clinton|Bill Clinton|Moscow|in Moscow|the Kremlin|"
    "Jane Doyle|Doyle|Acme Council|the council|President|the Russian president|the president|He|She|he|his|said|met|"
    ". |.\n|, |and|Later|Then|the|of|talks with|Georgia|Mrs.|“|”".split("|")
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map(" ".join)
SOME = mk.read_actors().query(
    "country in ['Georgia'] or actor in ['Russia', 'Russian government'] or alias.str.contains('Trump|Clinton|Putin')"
)


def articles(*texts: str) -> pd.DataFrame:
    return make_articles(article_id=[f"a{n}" for n in range(len(texts))], text=list(texts))


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=30)
@given(text=TEXTS)
def test_spans_are_exact(options: dict, text: str) -> None:
    found = mk.mentions(articles(text), SOME, **options)
    assert [text[row.start : row.end] for row in found.itertuples()] == found["text"].tolist()
    assert found["confidence"].between(0, 1).all()
    assert found["start"].is_monotonic_increasing


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=25)
@given(text=TEXTS, word=st.sampled_from(["Qxzjv", "Vjq", "Zzx"]), kind=st.sampled_from(["person", "organisation"]))
def test_an_unrelated_actor_changes_nothing(options: dict, text: str, word: str, kind: str) -> None:
    name = f"{word} Quorbia"
    stranger = pd.DataFrame({"actor": name, "alias": [name], "type": kind, "form": "name"})
    more = pd.concat([SOME, stranger], ignore_index=True)
    pd.testing.assert_frame_equal(
        mk.mentions(articles(text), more, **options), mk.mentions(articles(text), SOME, **options)
    )


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=25)
@given(text=TEXTS)
def test_renaming_a_person_renames_the_mentions(options: dict, text: str) -> None:
    """Jane Doyle becomes Jane Zweil in the registry and throughout: every mention stays, hers under the new name."""
    spans = {}
    for surname in ("Doyle", "Zweil"):
        rows = [
            ("Jane " + surname, "Jane " + surname, "name", "always"),
            ("Jane " + surname, surname, "surname", "introduced"),
        ]
        own = pd.DataFrame(rows, columns=["actor", "alias", "form", "when"]).assign(type="person", gender="female")
        found = mk.mentions(articles(re.sub("Doyle", surname, text)), pd.concat([SOME, own]), **options)
        spans[surname] = [
            (row.start, row.end, row.actor.replace("Zweil", "Doyle"), row.form, row.confidence)
            for row in found.itertuples()
        ]
    assert spans["Doyle"] == spans["Zweil"]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=15)
@given(texts=st.lists(TEXTS, min_size=2, max_size=4), order=st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(options: dict, texts: list[str], order: object) -> None:
    corpus = articles(*texts)
    rows = list(corpus.index)
    order.shuffle(rows)  # type: ignore[attr-defined]
    keys = ["article_id", "start", "end", "actor"]
    shuffled = mk.mentions(corpus.loc[rows], SOME, **options).sort_values(keys).reset_index(drop=True)
    straight = mk.mentions(corpus, SOME, **options).sort_values(keys).reset_index(drop=True)
    pd.testing.assert_frame_equal(shuffled, straight)
