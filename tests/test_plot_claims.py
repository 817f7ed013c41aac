"""What a figure claims must follow from what it draws: counts, repeated indices, p-values, markup in axis titles."""

import html
import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plot_frames import (
    CASES,
    NASTY,
    articles,
    co_mentions,
    differences,
    keyness,
    shown_texts,
    source_similarity,
    summaries,
    trace_named,
    words_of,
)

import mediakit as mk
from mediakit import plot_style, plot_text
from mediakit.frames import FrameError, build


def by_engine(names: list[str], engines: list[str]) -> pd.DataFrame:
    """Means by source and engine; the later the engine, the more values it has."""
    parts = [summaries(names).assign(engine=engine, n=10 + place) for place, engine in enumerate(engines)]
    frame = pd.concat(parts, ignore_index=True)
    return frame[["source", "engine", *frame.columns.drop(["source", "engine"])]]


def keys_of(fig: go.Figure) -> list[tuple[str, ...]]:
    return [tuple(key) for trace in fig.data if trace.customdata is not None for key in trace.customdata]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("index", ["zeros", "column"])
def test_the_index_of_a_frame_does_not_matter(case: str, index: str) -> None:
    plot, make = CASES[case]
    frame = make(["Outlet A", "Outlet B", "Outlet C"])
    odd = frame.set_index(np.zeros(len(frame), dtype=int)) if index == "zeros" else frame.copy()
    if index == "column":
        odd.index = pd.Index(frame[frame.columns[0]], name=frame.columns[0])
    assert plot(odd).to_json() == plot(frame).to_json()


def test_frames_put_together_draw_each_pair_once() -> None:
    both = pd.concat([differences(["A", "B", "C"]), differences(["D", "E", "F"])])
    assert len(keys_of(mk.plot_differences(both))) == len(both) == 6
    pairs = pd.concat([co_mentions(["A", "B", "C"]), co_mentions(["D", "E", "F"])])
    assert len(trace_named(mk.plot_co_mentions(pairs), "pairs").customdata) == len(pairs)


def test_similarity_shows_n_only_of_the_column_it_was_made_by() -> None:
    corpus = articles(["Outlet A", "Outlet B"], each=3).assign(kind=["press"] * 2 + ["agency"] * 4)
    frame = source_similarity(["agency", "press"])
    unknown = mk.plot_source_similarity(frame, articles=corpus)
    assert not any("n = " in tick for tick in unknown.layout.yaxis.ticktext)
    assert "number of articles" not in words_of(unknown)
    known = mk.plot_source_similarity(frame, by="kind", articles=corpus)
    sizes = {tick.split(" ")[0]: tick for tick in known.layout.yaxis.ticktext}
    assert "(n = 4)" in sizes["agency"]
    assert "(n = 2)" in sizes["press"]
    assert "In brackets: n, the number of articles by kind." in words_of(known)
    # one name that is no source is enough to show that the frame was made by something else
    mixed = mk.plot_source_similarity(source_similarity(["Outlet A", "press"]), articles=corpus)
    assert not any("n = " in tick for tick in mixed.layout.yaxis.ticktext)
    with pytest.raises(FrameError, match="missing column 'wing'"):
        mk.plot_source_similarity(frame, by="wing", articles=corpus)


def test_series_beyond_the_seventh_are_counted_and_their_values_are_not() -> None:
    engines = [f"e{place}" for place in range(9)]
    frame = by_engine(["A", "B"], engines)
    frame.loc[frame["engine"] == "e8", "n_articles"] += 1
    fig = mk.plot_summaries(frame)
    drawn = set(keys_of(fig))
    assert {engine for _, engine, _ in drawn} == set(engines[2:])
    assert "and 2 more series" in words_of(fig)
    assert "more groups" not in words_of(fig)
    total = frame.loc[frame["engine"].isin(engines[2:]), "n"].sum()
    assert fig.layout.meta["n"] == total
    assert f"n = {total} values" in words_of(fig)
    assert all("n = 12 to 18 in" in tick for tick in fig.layout.yaxis.ticktext)
    assert "more series" not in words_of(mk.plot_summaries(by_engine(["A", "B"], engines[:7])))


def test_measures_that_are_not_drawn_are_not_named() -> None:
    parts = [summaries(["A", "B"]).assign(measure=f"m{place}", n=10 + place) for place in range(8)]
    fig = mk.plot_summaries(pd.concat(parts))
    assert "and 1 more series" in words_of(fig)
    assert not re.search(r"\bm0\b", words_of(fig))
    assert re.search(r"\bm7\b", fig.layout.title.text)


def test_groups_with_undrawn_series_only_are_counted_as_left_out() -> None:
    frame = by_engine(["A", "B"], [f"e{place}" for place in range(8)])
    frame.loc[frame["engine"] == "e0", "source"] = "C"
    fig = mk.plot_summaries(frame)
    assert not any("C" in tick for tick in fig.layout.yaxis.ticktext)
    assert "and 1 more groups" in words_of(fig)


def test_n_at_a_row_keep_the_order_of_the_legend() -> None:
    frame = by_engine(["A", "B", "C"], ["x", "y", "z"])
    frame["n"] = [10, 7, 5, 12, 7, 6, 10, 7, 7]
    frame = frame.drop(index=frame.index[(frame["source"] == "C") & (frame["engine"] == "y")])
    ticks = {tick[0]: tick for tick in mk.plot_summaries(frame).layout.yaxis.ticktext}
    assert "n = 10 / 12 / 10 in" in ticks["A"]
    assert "n = 7 in" in ticks["B"]
    assert "n = 5 / – / 7 in" in ticks["C"]


def test_a_term_that_the_target_lacks_can_survive() -> None:
    frame = keyness(["A"])
    frame.loc[0, ["n_target", "n_articles"]] = 0
    fig = mk.plot_keyness(frame)
    under = trace_named(fig, "under-used, survives")
    assert ("A", "peace") in {tuple(key) for key in under.customdata}
    assert "under-used: of the others" in words_of(fig)
    assert any("0 articles here, 4 elsewhere" in text for text in under.hovertext)


def test_keyness_without_articles_of_the_reference_counts_those_of_the_target() -> None:
    frame = keyness(["A"])
    fig = mk.plot_keyness(frame.drop(columns="n_articles_reference"))
    filled = {tuple(key) for trace in fig.data if trace.marker.color != "#FFFFFF" for key in trace.customdata}
    assert filled == {("A", row.term) for row in frame.itertuples() if row.p_adjusted < 0.05 and row.n_articles >= 2}
    assert "of the others" not in words_of(fig)
    with pytest.raises(FrameError, match="missing column 'n_articles'"):
        mk.plot_keyness(frame.drop(columns=["n_articles", "n_articles_reference"]))


def test_no_p_value_is_printed_as_zero() -> None:
    shown = words_of(mk.plot_keyness(keyness(["A"]).assign(p_adjusted=1e-9)))
    assert "p < 0.001 (adjusted)" in shown
    assert "p = 0.000" not in shown
    assert "p < 0.001" in words_of(mk.plot_differences(differences(["A", "B", "C"]).assign(p_adjusted=1e-9)))
    assert [plot_text.p_value(p) for p in (0.0, 0.00099, 0.001, 0.2, np.nan)] == [
        "p < 0.001",
        "p < 0.001",
        "p = 0.001",
        "p = 0.200",
        "not tested",
    ]


def test_a_point_of_a_network_claims_no_sentences_that_are_counted_twice() -> None:
    # one sentence that names three actors: three pairs, and still one sentence
    rows = [{"actor_a": a, "actor_b": b, "n_sentences": 1, "n_articles": 1} for a, b in ("AB", "AC", "BC")]
    rows += [{"actor_a": "A", "actor_b": "D", "n_sentences": 4, "n_articles": 2}]
    fig = mk.plot_co_mentions(build("co_mentions", rows))
    points = trace_named(fig, "actors")
    size = {key[0]: size for key, size in zip(points.customdata, points.marker.size, strict=True)}
    assert size["A"] == size["D"] > size["B"] == size["C"]
    told = {key[0]: text for key, text in zip(points.customdata, points.hovertext, strict=True)}
    assert "3 partners; most sentences with D: n = 4" in told["A"]
    assert "2 partners; most sentences with A and C: n = 1" in told["B"]
    labels = [note.text for note in fig.layout.annotations if note.name is None]
    assert [sum(f"({n})" in text for text in labels) for n in (1, 2, 3)] == [1, 2, 1]
    assert not any("n = " in text for text in labels)


@pytest.mark.parametrize("measure", [NASTY[0], NASTY[-1]])
def test_names_of_measures_and_verdicts_are_no_markup(measure: str) -> None:
    odd = differences(["A", "B"]).assign(verdict=measure, measure=measure)
    for fig in (mk.plot_summaries(summaries(["A", "B"]).assign(measure=measure)), mk.plot_differences(odd)):
        for text in shown_texts(fig):
            rest = re.sub(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>", "", text)
            assert "<" not in rest
            assert "$" not in rest
            assert not re.search(r"&(?!amp;|lt;|gt;|#36;)", rest)
    title = mk.plot_summaries(summaries(["A"]).assign(measure="a<b")).layout.xaxis.title.text
    assert html.unescape(title) == "mean a<b"
    assert plot_text.block_width(title) < plot_style.NARROW


def test_what_was_left_out_and_what_was_not_drawn_is_said() -> None:
    rows = differences(["A", "B", "C"]).assign(n_left_out=18)
    assert "18 more left out" in words_of(mk.plot_differences(rows))
    bare = rows.assign(ci_low=np.nan, ci_high=np.nan, p_adjusted=np.nan, verdict="too few")
    assert "intervals" in words_of(mk.plot_differences(rows))
    assert "Lines are 95" not in words_of(mk.plot_differences(bare))


def test_keyness_shows_the_targets_in_which_something_survives() -> None:
    names = [f"Outlet {n:02d}" for n in range(20)]
    rows = keyness(names).assign(p_adjusted=1.0, n_articles=3)
    rows.loc[rows["target"] == names[-1], ["p_adjusted", "g2", "log_ratio"]] = 0.001, 50.0, 3.0
    assert names[-1] in " ".join(shown_texts(mk.plot_keyness(rows)))


def test_forms_are_named_only_where_the_evidence_shows_them() -> None:
    counts = build("mention_counts", [{"actor": "X", "type": "person", "n": 1, "per_1000": 1.0, "n_articles": 1}])
    assert "demonym" not in words_of(mk.plot_mention_counts(counts))
    shown = pd.DataFrame({"actor": ["X"], "form": ["surname"], "text": ["X spoke."], "hit": ["X"]})
    assert "in the form of surname" in words_of(mk.plot_mention_counts(counts, evidence=shown))
