"""Figures laid out for the width of a newspaper column."""

import inspect

import pytest
from plot_frames import (
    CASES,
    FRAME_OF,
    collocates,
    dispersion,
    mention_counts,
    source_similarity,
    term_counts,
    words_of,
)

import mediakit as mk
from mediakit import plot_style, plots
from mediakit.frames import build
from mediakit.plot_text import NARROW, block_width, page

LONG = ["The Daily Airbus Observer", "GM Gazette & Motor", "Stock Market Weekly Review"]
NARROW_CASES = CASES | {
    "term_scatter": (mk.plot_term_scatter, term_counts),
    "collocates": (mk.plot_collocates, collocates),
    "dispersion": (mk.plot_dispersion, dispersion),
}


@pytest.mark.parametrize("case", NARROW_CASES)
def test_nothing_is_wider_than_a_column(case):
    plot, make = NARROW_CASES[case]
    fig = plot(make(LONG), width=380, title="A title of so many words that it does not fit into one line of a column")
    assert fig.layout.width == 380
    inside = 380 - fig.layout.margin.l - fig.layout.margin.r
    assert inside >= 100
    for note in fig.layout.annotations:
        if note.name in ("subtitle", "source"):
            assert block_width(note.text, note.font.size) <= 380 - 2 * plot_style.EDGE
    assert block_width(fig.layout.title.text, fig.layout.title.font.size) <= 380 - 2 * plot_style.EDGE
    axis = fig.layout.xaxis.title.text or ""
    assert block_width(axis) <= inside + 2 * min(fig.layout.margin.l, fig.layout.margin.r)
    # 11 px of 380 are 7 points in a column of 85 mm: 11 / 380 * 85 / 25.4 * 72
    sizes = [note.font.size for note in fig.layout.annotations if note.font.size]
    assert min([*sizes, plot_style.template().layout.xaxis.tickfont.size]) >= 11


@pytest.mark.parametrize("case", NARROW_CASES)
def test_the_width_of_one_figure_is_not_that_of_the_next(case):
    plot, make = NARROW_CASES[case]
    frame = make(LONG)
    before = plot(frame).to_json()
    plot(frame, width=380)
    assert page() == NARROW
    with pytest.raises(ValueError, match="width is 100"):
        plot(frame, width=100)
    assert plot(frame).to_json() == before


def test_every_plot_takes_a_width_also_where_there_is_nothing_to_show():
    for name in dir(plots):
        if name.startswith("plot_"):
            assert "width" in inspect.signature(getattr(plots, name)).parameters, name
    for case, (plot, _) in CASES.items():
        assert plot(build(FRAME_OF[case], []), width=400).layout.width == 400, case


def test_more_columns_than_have_room_lose_their_numbers_or_are_counted():
    coverage = [
        {"source": f"Post {at}", "period": f"2025-{month:02}-01", "unit": "month", "n_articles": 100 + month}
        for at in range(3)
        for month in range(1, 13)
    ]
    frame = build("coverage", coverage)
    assert "112" in mk.plot_coverage(frame).data[1].text
    assert set(mk.plot_coverage(frame, width=380).data[1].text) == {""}
    many = mention_counts([f"Outlet {at}" for at in range(8)], LONG)
    assert len(mk.plot_mention_counts(many).data[0].x) == 8
    slim = mk.plot_mention_counts(many, width=380)
    assert len(slim.data[0].x) < 8
    assert f"and {8 - len(slim.data[0].x)} more groups" in words_of(slim)


def test_no_word_of_a_column_is_broken():
    names = ["Observer", "Gazette", "Inquirer", "Examiner"]
    for width in (330, 380, 640):
        ticks = mk.plot_source_similarity(source_similarity(names), width=width).layout.xaxis.ticktext
        assert sorted(ticks) == sorted(names)


def test_numbers_in_the_cells_stand_for_the_scale_in_a_column():
    fig = mk.plot_source_similarity(source_similarity(LONG), width=380)
    assert fig.data[0].showscale is False
    assert "0.37" in fig.data[1].text
    many = mk.plot_source_similarity(source_similarity([f"Outlet {n}" for n in range(15)]), width=380)
    assert many.data[0].showscale
    assert set(many.data[1].text) == {""}


def test_the_legend_says_which_size_is_how_many():
    fig = mk.plot_collocates(collocates(LONG))
    sizes = {trace.name: trace.marker.size for trace in fig.data if trace.name.startswith("n = ")}
    assert len(sizes) >= 2
    drawn = dict(zip(collocates(LONG)["n_near"].tolist(), fig.data[0].marker.size, strict=True))
    for name, size in sizes.items():
        n = int(name.removeprefix("n = ").replace(",", ""))
        assert all((size <= other) if n <= many else (size >= other) for many, other in drawn.items())
    same = mk.plot_collocates(collocates(LONG).assign(n_near=3))
    assert "n = 3" in words_of(same)
    assert len(same.data) == 1
