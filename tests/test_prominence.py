"""Where in the article actors are named; in what share of the articles, leads and titles."""

import pandas as pd
import pytest
from actor_frames import make_corpus, make_mentions, pairs
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk

TITLE = "Ada wins"
BODY = "Bo lost. " + "One more word here again. " * 12 + "Then Ada met Corland."


def one_article() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ada in title and last sentence, Bo in the first sentence of the body, Corland in the last."""
    corpus = make_articles({"title": TITLE, "text": f"{TITLE}\n{BODY}"})
    text = corpus["text"].iloc[0]
    lines = mk.sentences(corpus)

    def row(name: str, start: int) -> tuple:
        line = lines[(lines["start"] <= start) & (start < lines["end"])].iloc[0]
        return ("a0", name, "name", int(line["sentence_no"]), start, line["part"])

    last = text.index("Then Ada")
    spots = [("Ada", 0), ("Bo", text.index("Bo")), ("Ada", last + 5), ("Corland", text.index("Corland"))]
    return make_mentions([row(*spot) for spot in spots]), corpus


def test_title_lead_and_body_by_hand() -> None:
    rows, corpus = one_article()
    found = mk.prominence(rows, corpus)
    length = len(corpus["text"].iloc[0])
    columns = ["actor", "n", "n_title", "n_lead", "n_body", "in_title", "in_lead", "start", "first_position"]
    assert found[columns].to_numpy().tolist() == [
        ["Ada", 2, 1, 0, 1, True, False, 0, 0.0],
        ["Bo", 1, 0, 1, 0, False, True, 9, 9 / length],
        ["Corland", 1, 0, 0, 1, False, False, rows["start"].iloc[3], rows["start"].iloc[3] / length],
    ]
    mk.require(found, "prominence")
    assert [corpus["text"].iloc[0][s:e] for s, e in zip(found["start"], found["end"], strict=True)] == list(
        found["text"]
    )


def test_the_lead_is_as_long_as_one_says() -> None:
    rows, corpus = one_article()
    # 2 tokens in the first sentence, 12 × 5 behind it: the last one begins behind 62
    for lead, in_lead in ((2, False), (62, False), (63, True)):
        found = mk.prominence(rows, corpus, lead=lead).set_index("actor")
        assert bool(found.loc["Corland", "in_lead"]) is in_lead, lead
        assert bool(found.loc["Bo", "in_lead"])
        assert (found[["n_title", "n_lead", "n_body"]].sum(axis=1) == found["n"]).all()
    with pytest.raises(ValueError, match="lead=0: the lead is at least one token long"):
        mk.prominence(rows, corpus, lead=0)


def test_evidence_of_prominence_is_the_first_mention() -> None:
    rows, corpus = one_article()
    found = mk.evidence(mk.prominence(rows, corpus), corpus)
    assert found["hit"].tolist() == ["Ada", "Bo", "Corland"]


def test_shares_of_articles_by_hand() -> None:
    rows, first = one_article()
    other = make_articles({"article_id": "a1", "title": None, "text": "Nobody is named."})
    corpus = pd.concat([first, other.assign(article_id="a1")], ignore_index=True)
    shares = mk.prominence_shares(mk.prominence(rows, corpus), corpus)
    ada = shares[shares["actor"] == "Ada"].set_index("measure")
    assert ada[["n", "n_hits", "value"]].to_numpy().tolist() == [[2, 1, 0.5], [2, 0, 0.0], [1, 1, 1.0], [1, 1, 0.0]]
    assert ada.index.tolist() == ["named", "lead", "title", "first_position"]
    assert ada["ci_low"].isna().all()
    assert ada.loc["named", "caveat"] == "2 articles; no interval below 5"
    assert ada.loc["first_position", "caveat"] == "1 article; no interval below 6"
    mk.require(shares, "prominence_shares")


def test_an_actor_whom_a_group_never_names_has_the_share_zero_in_it() -> None:
    rows = make_mentions([("a0", "Ada"), ("a1", "Ada"), ("a2", "Bo")])
    corpus = make_corpus([9] * 8, source=list("XXYYYYYY"))
    shares = mk.prominence_shares(mk.prominence(rows, corpus), corpus, by="source")
    named = shares[shares["measure"] == "named"].set_index(["source", "actor"])
    assert named.loc[("Y", "Ada"), ["n", "n_hits", "value"]].tolist() == [6, 0, 0.0]
    assert named.loc[("Y", "Ada"), "ci_high"] == pytest.approx(1 - 0.05 ** (1 / 6))
    none = shares[(shares["measure"] == "first_position") & (shares["source"] == "Y") & (shares["actor"] == "Ada")]
    assert none["value"].isna().all()
    assert none["caveat"].tolist() == ["not named"]
    titles = shares[shares["measure"] == "title"]
    assert titles["value"].isna().all()
    assert set(titles["caveat"]) == {"no article with a title"}


@given(pairs, st.randoms(use_true_random=False))
def test_prominence_of_any_mentions(rows: list[tuple[str, str]], random) -> None:
    found, corpus = make_mentions(rows), make_corpus([90] * 6)
    whole = mk.prominence(found, corpus)
    here = found[found["article_id"].isin(corpus["article_id"])]
    assert whole["n"].sum() == len(here)
    assert not whole.duplicated(["article_id", "actor"]).any()
    assert whole["first_position"].between(0, 1).all()
    order = list(range(len(found)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(mk.prominence(found.iloc[order], corpus), whole)
    shares = mk.prominence_shares(whole, corpus)
    named = shares[shares["measure"] == "named"].set_index("actor")["n_hits"]
    assert named.to_dict() == here.groupby("actor")["article_id"].nunique().to_dict()
    assert set(shares.loc[shares["measure"].isin(["named", "lead"]), "n"]) <= {6}


def test_nothing_named_is_an_empty_frame() -> None:
    for corpus in (make_corpus([5]), make_corpus([])):
        found = mk.prominence(make_mentions([]), corpus)
        mk.require(found, "prominence")
        for by in (None, "source"):
            mk.require(mk.prominence_shares(found, corpus, by=by), "prominence_shares")


def test_the_seeds_name_someone_in_their_titles(seeds: pd.DataFrame) -> None:
    found = mk.prominence(mk.mentions(seeds), seeds)
    titles = {row["article_id"]: row["text"].partition("\n")[0] for row in seeds.to_dict("records")}
    inside = found[found["in_title"]]
    assert len(inside)
    assert all(row["text"] in titles[row["article_id"]] for row in inside.to_dict("records"))
