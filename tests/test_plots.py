"""What all figures have in common: what they say, what a mark carries, what an odd frame does to them."""

import html
import re

import pandas as pd
import pytest
from plot_frames import CASES, FRAME_OF, NASTY, SIXTY, articles, shown_texts, words_of

from mediakit import plot_text
from mediakit.frames import FrameError, build, fingerprint


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("names", [["Outlet A", "Outlet B", "Outlet C"], ["A", "B"], NASTY, SIXTY], ids=len)
def test_every_plot_says_what_it_is(case: str, names: list[str]) -> None:
    plot, make = CASES[case]
    frame = make(names)
    before = frame.copy()
    corpus = articles(["Outlet A", "Outlet B"])
    options = {} if case == "articles" else {"articles": corpus}
    fig = plot(frame, call="fig = plot(…)", **options)
    pd.testing.assert_frame_equal(frame, before)
    meta = fig.layout.meta
    assert set(meta) == {"frame", "call", "corpus", "n", "n_articles", "caption", "alt"}
    assert meta["frame"] == FRAME_OF[case]
    assert meta["call"] == "fig = plot(…)"
    assert meta["corpus"] == fingerprint(frame if case == "articles" else corpus)
    assert meta["n"] > 0
    assert meta["alt"]
    assert f"corpus {meta['corpus']} · mediakit" in words_of(fig)
    assert "n = " in words_of(fig)
    assert meta["caption"].startswith(plot_text.plain(html.unescape(fig.layout.title.text.replace("<br>", " "))))
    assert fig.layout.height > 150


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_the_corpus_is_rendered_as_markup(case: str) -> None:
    plot, make = CASES[case]
    fig = plot(make(NASTY), title=NASTY[0])
    ours = re.compile(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>")
    for text in shown_texts(fig):
        rest = ours.sub("", text)
        assert "<" not in rest
        assert "$" not in rest
        assert not re.search(r"&(?!amp;|lt;|gt;|#36;)", rest)
        assert "\u202e" not in rest
    for trace in fig.data:
        assert trace.hovertemplate is None
        assert trace.texttemplate is None


@pytest.mark.parametrize("case", CASES)
def test_an_empty_frame_is_answered_in_words(case: str) -> None:
    plot, _ = CASES[case]
    fig = plot(build(FRAME_OF[case], []))
    assert len(fig.data) == 0
    assert re.search(r"\b(No|nothing)\b.*\.", words_of(fig))
    assert fig.layout.meta["n"] == 0


@pytest.mark.parametrize("case", CASES)
def test_one_row_is_enough(case: str) -> None:
    plot, make = CASES[case]
    fig = plot(make(["Outlet A", "Outlet B"]).head(1))
    assert sum(len(trace.customdata) for trace in fig.data if trace.customdata is not None) >= 1


@pytest.mark.parametrize("case", CASES)
def test_sixty_groups_are_counted_not_crowded(case: str) -> None:
    plot, make = CASES[case]
    fig = plot(make(SIXTY))
    rows = fig.layout.yaxis.ticktext or ()
    assert len(rows) <= 40
    if case != "word_cloud":
        assert re.search(r"(and|no room for) [\d,]+ more|\d+ others|\d+ of [\d,]+ (?:terms|groups)", words_of(fig))


@pytest.mark.parametrize("case", CASES)
def test_marks_carry_the_key_of_their_row(case: str) -> None:
    plot, make = CASES[case]
    frame = make(["Outlet A", "Outlet B", "Outlet C"])
    known = {str(value) for column in frame.columns for value in frame[column]}
    for trace in plot(frame).data:
        if trace.customdata is not None:
            names = trace.meta["keys"]
            keys = [key for line in trace.customdata for key in line] if trace.type == "heatmap" else trace.customdata
            for key in keys:
                assert len(key) in (len(names), 0)
                assert {str(part) for part in key} <= known


@pytest.mark.parametrize("case", CASES)
def test_a_frame_of_the_wrong_kind_is_named(case: str) -> None:
    plot, _ = CASES[case]
    with pytest.raises(FrameError, match=f"{FRAME_OF[case]}: missing column"):
        plot(pd.DataFrame({"nothing": [1]}))


@pytest.mark.parametrize("case", [case for case in CASES if "sentiment" not in case and case != "articles"])
def test_group_labels_that_are_missing_are_shown_as_unknown(case: str) -> None:
    plot, make = CASES[case]
    frame = make(["Outlet A", "Outlet B", "Outlet C"])
    column = next(
        c for c in ("source", "target", "group_a", "source_a", "actor_a", "actor", "speaker", "term") if c in frame
    )
    frame[column] = frame[column].where(frame[column] != frame[column].iloc[0])
    assert "unknown" in words_of(plot(frame)) or case == "word_cloud"


def test_the_same_input_makes_the_same_figure() -> None:
    for plot, make in CASES.values():
        assert plot(make(NASTY)).to_json() == plot(make(NASTY)).to_json()
