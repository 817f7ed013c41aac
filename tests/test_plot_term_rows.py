"""Figures of collocates and dispersion by their data."""

import pytest
from conftest import make_articles

import mediakit as mk


def test_collocates_stand_at_their_log_dice(seeds):
    frame = mk.collocates(seeds, "peace")
    fig = mk.plot_collocates(frame, top=8, articles=seeds)
    trace = fig.data[0]
    assert [key[0] for key in trace.customdata] == frame["term"].head(8).tolist()
    assert trace.x == pytest.approx(frame["log_dice"].head(8).to_numpy())
    assert f"n = {frame['n_node'].iloc[0]} occurrences" in fig.layout.meta["caption"]


def test_dispersion_says_what_the_parts_are(seeds):
    frame = mk.dispersion(seeds, parts="paragraph")
    fig = mk.plot_dispersion(frame, articles=seeds)
    trace = fig.data[0]
    assert trace.x == pytest.approx(frame["dp_norm"].head(20).to_numpy())
    assert f"parts are paragraphs, n = {frame['n_parts'].iloc[0]}" in fig.layout.meta["caption"]


def test_nothing_is_said_as_such():
    articles = make_articles({"text": "Peace."})
    assert "Nothing to show" in mk.plot_collocates(mk.collocates(articles, "peace")).to_json()
    assert "Nothing to show" in mk.plot_dispersion(mk.dispersion(articles)).to_json()


def test_terms_are_never_markup(seeds):
    nasty = "<img src=x onerror=alert(1)>"
    fig = mk.plot_collocates(mk.collocates(seeds, "peace").assign(term=nasty, node=nasty))
    assert "<img" not in str(fig.layout.yaxis.ticktext) + str(fig.layout.title.text) + str(fig.data[0].hovertext)
