"""From every kind of row back to the sentences, and what they look like in a notebook."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.display import evidence_html
from mediakit.frames import FrameError


def test_a_hit_with_its_sentence_and_neighbours(small):
    row = mk.evidence(mk.kwic(small, "far"), small).iloc[0]
    assert (row["hit"], row["text"], row["source"]) == ("far", "Peace is far away.", "Post")
    assert (row["before"], row["after"]) == ("The talks failed.", "War goes on.")
    bare = mk.evidence(mk.kwic(small, "far"), small, context=0).iloc[0]
    assert (bare["before"], bare["after"]) == ("", "")


def test_neighbours_come_from_the_same_article(small):
    row = mk.evidence(mk.kwic(small, "began"), small).iloc[0]
    assert (row["before"], row["after"]) == ("Talks begin", "")


def test_counts_lead_back_to_their_hits(small):
    counts = mk.term_counts(small, by="source")
    tokens = mk.tokens(small)
    for _, row in counts.iterrows():
        found = mk.evidence(
            counts[(counts["source"] == row["source"]) & (counts["term"] == row["term"])], small, among=tokens
        )
        assert len(found) == row["n"]
        assert found["article_id"].nunique() == row["n_articles"]


def test_keyness_and_summaries_lead_back(small):
    key = mk.keyness(mk.term_counts(small, by="source"), min_n=1).query("target == 'Herald' and term == 'war'")
    assert len(mk.evidence(key, small, among=mk.tokens(small))) == 3
    scored = mk.sentiment(mk.sentences(small), engine=["textblob", "vader"])
    summary = mk.summaries(scored, by=["source", "engine"], articles=small)
    for _, row in summary.iterrows():
        found = mk.evidence(summary[summary.index == row.name], small, among=scored)
        assert len(found) == row["n"] + row["n_missing"]
        assert set(found["source"]) == {row["source"]}


def test_parts_and_other_groupings_lead_back(small):
    small["kind"] = ["news", "news", "comment"]
    scored = mk.sentiment(mk.sentences(small))
    summary = mk.summaries(scored, by=["source", "part"], articles=small)
    for place, row in summary.iterrows():
        assert len(mk.evidence(summary.loc[[place]], small, among=scored)) == row["n"] + row["n_missing"]
    key = mk.keyness(mk.term_counts(small, by="kind"), by="kind", min_n=1).query(
        "target == 'comment' and term == 'war'"
    )
    assert len(mk.evidence(key, small, among=mk.tokens(small), by="kind")) == 3


def test_what_leads_nowhere_is_refused(small):
    pairs = mk.term_counts(small, n=2, stop_words=None)
    with pytest.raises(FrameError, match="terms of several words"):
        mk.evidence(pairs, small, among=mk.tokens(small))


def test_mention_counts_and_pairs_lead_back(seeds):
    mentions = mk.mentions(seeds)
    counts = mk.mention_counts(mentions, seeds, by="source")
    top = counts.nlargest(1, "n")
    assert len(mk.evidence(top, seeds, among=mentions)) == top["n"].iloc[0]
    pair = mk.co_mentions(mentions).nlargest(1, "n_sentences")
    found = mk.evidence(pair, seeds, among=mentions)
    assert found.groupby("article_id")["sentence_no"].nunique().sum() == pair["n_sentences"].iloc[0]


def test_passages_show_both_sides():
    copy = "the ministers agreed on Friday to meet again in Vienna"
    articles = make_articles(text=[f"Then {copy}. Next.", f"So {copy}"])
    found = mk.evidence(mk.reused_passages(articles), articles)
    assert found["hit"].tolist() == [copy, copy]


def test_a_span_over_several_sentences_gives_all_of_them(small):
    text = small["text"].iloc[1]
    rows = pd.DataFrame({"article_id": ["a1"], "start": [4], "end": [text.index("far")]})
    assert mk.evidence(rows, small).iloc[0]["text"] == "The talks failed. Peace is far away."


def test_refusals(small):
    counts = mk.term_counts(small)
    with pytest.raises(FrameError, match="Pass among="):
        mk.evidence(counts, small)
    with pytest.raises(FrameError, match="not in articles"):
        mk.evidence(mk.tokens(small), small[:1])


def test_nothing_gives_an_empty_frame(small):
    found = mk.evidence(mk.kwic(small, "unheard"), small)
    assert found.empty
    assert "sentence_start" in found
    assert "No sentence" in evidence_html(found)


@given(st.lists(st.text(max_size=120), min_size=1, max_size=3), st.integers(0, 2))
def test_evidence_spans_are_the_text(texts, context):
    articles = make_articles(text=texts)
    lookup = articles.set_index("article_id")["text"]
    for row in mk.evidence(mk.tokens(articles), articles, context=context).itertuples():
        text = lookup[row.article_id]
        assert text[row.start : row.end] == row.hit
        assert text[row.sentence_start : row.sentence_end] == row.text
        assert row.sentence_start <= row.start
        assert row.end <= row.sentence_end


@given(st.text(alphabet="<>&\"' ab.\n", min_size=1, max_size=60))
def test_article_text_is_never_markup(text):
    articles = make_articles({"source": "<script>alert(1)</script>", "text": "word " + text})
    html = evidence_html(mk.evidence(mk.tokens(articles), articles), articles)
    assert "<script" not in html
    for tag in ("<a", "<b>", "<ab"):
        assert html.count(tag) == 0


def test_hits_are_marked_together(small):
    html = evidence_html(mk.evidence(mk.kwic(small, "war"), small), small, most=1)
    assert html.count("<tr>") == 1
    assert "2 sentences, the first 1 shown" in html
    assert "<mark>War</mark> goes on." in html


def test_a_side_without_a_place_has_no_evidence():
    articles = make_articles(
        {"source": "A", "text": "The army said that 40 soldiers were killed near the border."},
        {
            "source": "B",
            "text": "The army said that 70 soldiers were killed near the border. Ten thousand people fled.",
        },
    )
    rows = mk.contrast(articles, *articles["article_id"])
    assert rows["start_a"].isna().any()
    found = mk.evidence(rows, articles)
    texts = articles.set_index("article_id")["text"]
    places = mk.contrast_places(rows)[["article_id", "start", "end"]].drop_duplicates()
    assert sorted(map(tuple, found[["article_id", "start", "end"]].values)) == sorted(map(tuple, places.values))
    assert all(texts[row.article_id][row.start : row.end] == row.hit for row in found.itertuples())
    alone = rows[rows["side"] == "b only"]
    assert set(mk.evidence(alone, articles)["source"]) == {"B"}
    assert mk.evidence(rows.head(0), articles).empty
