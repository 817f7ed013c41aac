"""Figures of quotations are tested by their data: what each bar and point stands for, and what is said around it."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from plot_frames import trace_named, words_of
from plot_quote_frames import quote_counts, quote_genders, unquoted

import mediakit as mk
from mediakit.frames import build


def keyed(fig):
    """{key: x} for every mark of every named trace."""
    return {
        (trace.name, *key): value
        for trace in fig.data
        if trace.customdata is not None
        for key, value in zip(trace.customdata, trace.x, strict=True)
    }


def test_bars_are_the_words_of_each_kind():
    frame = quote_counts(["A"]).drop(columns="source")
    found = keyed(mk.plot_quote_counts(frame))
    for row in frame.itertuples():
        assert found["direct", row.speaker] == row.n_words_direct
        assert found["partial", row.speaker] == row.n_words_partial
        assert found["indirect", row.speaker] == row.n_words_indirect


def test_bars_of_groups_are_shares_and_end_at_the_share():
    frame = quote_counts(["A", "B"])
    fig = mk.plot_quote_counts(frame)
    found = keyed(fig)
    shown = frame[frame["speaker"] != "(collective)"]  # the second without a name is left out
    for row in shown.itertuples():
        parts = [found[kind, row.source, row.speaker] for kind in ("direct", "partial", "indirect")]
        assert sum(parts) == pytest.approx(row.share)
        assert parts[0] == pytest.approx(row.share * row.n_words_direct / row.n_words)
    lines = trace_named(fig, "share with 95 % interval")
    sure = shown[shown["ci_low"].notna()]
    assert np.allclose(np.sort(lines.x), np.sort(sure["share"]))
    assert np.allclose(np.sort(lines.x - lines.error_x.arrayminus), np.sort(sure["ci_low"]))
    assert np.allclose(np.sort(lines.x + lines.error_x.array), np.sort(sure["ci_high"]))
    assert "No interval below five articles" in words_of(fig)


def test_each_row_has_its_label_and_n():
    frame = quote_counts(["A", "B"])
    fig = mk.plot_quote_counts(frame)
    labels = dict(zip(fig.layout.yaxis.tickvals, fig.layout.yaxis.ticktext, strict=True))
    for trace in fig.data:
        if trace.customdata is None:
            continue
        for (source, speaker), at in zip(trace.customdata, trace.y, strict=True):
            n = frame[(frame["source"] == source) & (frame["speaker"] == speaker)]["n"].iloc[0]
            assert labels[at].startswith(speaker)
            assert f"n = {n}" in labels[at]
    assert [text for text in labels.values() if text.startswith("<b>A")]


def test_groups_show_one_speaker_without_a_name_at_most():
    names = ["Ann", "(unnamed)", "(collective)", "(nobody)", "Bob", "(document)", "Cyd"]
    fig = mk.plot_quote_counts(quote_counts(["A", "B", "C"], names))
    shown = {(key[0], key[1]) for trace in fig.data if trace.customdata is not None for key in trace.customdata}
    assert {speaker for source, speaker in shown if source == "A"} == {"Ann", "(unnamed)", "Bob", "Cyd"}
    assert "one of them without a name; and 9 more" in words_of(fig)


def test_a_kind_that_nobody_uses_has_no_bar():
    frame = quote_counts(["A"]).drop(columns="source").assign(n_words_partial=0)
    assert {trace.name for trace in mk.plot_quote_counts(frame).data} == {"direct", "indirect"}


def test_evidence_of_speakers_without_a_name_is_shown_too():
    articles = make_articles({"text": "Officials said that the bridge was closed. “It is safe,” Ann Miller said."})
    quotes = mk.quotes(articles)
    fig = mk.plot_quote_counts(mk.quote_counts(quotes, articles), evidence=mk.evidence(quotes, articles))
    told = {key[0]: text for trace in fig.data for key, text in zip(trace.customdata, trace.hovertext, strict=True)}
    assert "Officials said that" in told["(collective)"] + told.get("(unnamed)", "")
    assert "It is safe" in told["Ann Miller"]


def test_women_are_points_with_intervals_and_hollow_without():
    frame = quote_genders(["A", "B", "C", "D", "E"])
    fig = mk.plot_quote_genders(frame)
    for trace in fig.data:
        if trace.customdata is None:
            continue
        for (source,), x, low, high in zip(
            trace.customdata, trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True
        ):
            row = frame.set_index("source").loc[source]
            assert x == pytest.approx(row["share_women"])
            assert (trace.marker.color == "#FFFFFF") == pd.isna(row["ci_low"])
            if pd.notna(row["ci_low"]):
                assert x - low == pytest.approx(row["ci_low"])
                assert x + high == pytest.approx(row["ci_high"])
    words = words_of(fig)
    assert "neither is quoted" in words
    assert "n = 2 + 4 in 6 articles" in words
    assert "5 quotations of speakers whose gender neither registry, title nor pronoun tells are left out" in words
    assert not any(trace.type == "bar" for trace in fig.data)


def test_women_of_all_articles_together_and_of_none():
    frame = quote_genders(["A"]).drop(columns="source")
    assert "all articles" in words_of(mk.plot_quote_genders(frame))
    nobody = frame.assign(n_women=0, n_men=0, n_words_women=0, n_words_men=0, share_women=np.nan)
    assert len(mk.plot_quote_genders(nobody).data) == 0


def test_the_unquoted_are_bars_or_cells():
    frame = unquoted(["A", "B"])
    fig = mk.plot_unquoted(frame)
    (cells,) = [trace for trace in fig.data if trace.type == "heatmap"]
    for line, keys in zip(cells.z, cells.customdata, strict=True):
        for value, key in zip(line, keys, strict=True):
            found = frame[(frame["source"] == key[0]) & (frame["actor"] == key[1])] if len(key) else frame[:0]
            assert value == found["n_mentions"].sum()
    alone = frame[frame["source"] == "A"].drop(columns="source")
    bars = {key[1:]: x for key, x in keyed(mk.plot_unquoted(alone)).items()}
    assert bars == {(row.actor,): row.n_mentions for row in alone.itertuples()}


def test_words_say_what_the_rows_say():
    counts = mk.describe_quote_counts(quote_counts(["A"]).drop(columns="source"))
    assert "42 quotations (7 direct, 7 partial, 28 indirect), 266 words." in counts
    assert "% of the words come from speakers without a name" in counts
    assert "Most words: Ann 22 % (11 to 33 %); Bob 20 % (10 to 29 %)" in counts
    by = mk.describe_quote_counts(quote_counts(["A", "B"]))
    assert "A gives most words to Ann: 22 % (11 to 33 %)." in by
    assert "B gives most words to Ann: 22 % (too few articles for an interval)." in by
    women = mk.describe_quote_genders(quote_genders(["A", "B"]))
    assert "A: women 33 % (23 to 53 %), 6 articles." in women
    assert "B: women 35 % (too few articles for an interval), 2 articles." in women
    assert "Of 2 more quotations the speaker's gender is not known." in women.replace("\n  ", " ")
    silent = mk.describe_unquoted(unquoted(["A"]))
    assert "5 actors are named and never quoted" in silent
    assert "are people" in silent


@pytest.mark.parametrize(
    ("describe", "frame"),
    [
        (mk.describe_quote_counts, "quote_counts"),
        (mk.describe_quote_genders, "quote_genders"),
        (mk.describe_unquoted, "unquoted"),
    ],
)
def test_an_empty_frame_is_described_as_empty(describe, frame):
    assert any(word in describe(build(frame, [])) for word in ("Nobody", "no "))
