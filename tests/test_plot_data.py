"""Figures are tested by their data: what stands where, and what it is called."""

import html
import re
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plot_frames import (
    SIXTY,
    WORDS,
    articles,
    co_mentions,
    differences,
    keyness,
    mention_counts,
    sentiment,
    summaries,
    term_counts,
    trace_named,
    ungrouped,
    words_of,
)

import mediakit as mk
from mediakit import plot_labels, plot_network, plot_style, plot_text
from mediakit.frames import FrameError, build


def test_articles_stand_at_their_date_and_length() -> None:
    frame = articles(["A", "B"], each=3)
    fig = mk.plot_articles(frame)
    found = {
        key[0]: (x, y, trace.xaxis)
        for trace in fig.data
        for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }
    assert set(found) == set(frame["article_id"])
    for row in frame.itertuples():
        x, y, axis = found[row.article_id]
        assert y == len(row.text.split())
        if pd.isna(row.published):
            assert axis == "x2"
        else:
            assert axis == "x"
            assert pd.Timestamp(x) == row.published.tz_localize(None)
    assert fig.layout.xaxis2.ticktext[0].startswith("no date")


def test_many_articles_of_many_sources_leave_six_colours_and_a_rest() -> None:
    fig = mk.plot_articles(articles(SIXTY, each=10))
    names = {trace.name for trace in fig.data if trace.showlegend}
    assert len(names) == plot_style.MAX_SERIES
    assert "54 others (n = 540)" in names


def test_sentences_stand_at_their_polarity_and_the_unscored_apart() -> None:
    frame = sentiment(["A", "B"], n=5)
    fig = mk.plot_sentiment(frame)
    rows = {
        label.split(" ")[0]: at for at, label in zip(fig.layout.yaxis.tickvals, fig.layout.yaxis.ticktext, strict=True)
    }
    points = trace_named(fig, "vader")
    known = frame.set_index(["article_id", "sentence_no"])["polarity"]
    from mediakit.plot_sentiment import BAND

    for (article, number, engine), x, y in zip(points.customdata, points.x, points.y, strict=True):
        assert engine == "vader"
        assert (rows[article] - y) / BAND == pytest.approx(known[article, int(number)])
        assert x == pytest.approx(100 * (int(number) + 0.5) / 5)
    assert len(points.x) == known.notna().sum()
    missing = trace_named(fig, "vader: not scored")
    assert [key[1] for key in missing.customdata] == ["1", "1"]
    assert all(0.4 < y - round(y - 0.44) < 0.55 for y in missing.y)
    assert "they are missing, not neutral" in words_of(fig)


def test_many_sentences_become_quantiles_and_the_subtitle_says_so() -> None:
    frame = sentiment(SIXTY[:20], n=30, engines=("textblob", "vader"))
    fig = mk.plot_sentiment(frame, by="source")
    assert "Too many sentences to show each" in words_of(fig)
    medians = trace_named(fig, "vader")
    one = frame[(frame["source"] == "Outlet 03") & (frame["engine"] == "vader")]["polarity"]
    place = [key[0] for key in medians.customdata].index("Outlet 03")
    assert medians.x[place] == pytest.approx(one.median())
    assert medians.meta["keys"] == ["source", "engine"]


def test_sentences_can_be_grouped_by_a_column_of_articles() -> None:
    frame = sentiment(["A", "B"]).drop(columns="source")
    fig = mk.plot_sentiment(frame, by="source", articles=articles(["A", "B"]))
    assert [label.split(" ")[0] for label in fig.layout.yaxis.ticktext] == ["A", "B"]
    with pytest.raises(FrameError, match="'source'"):
        mk.plot_sentiment(frame, by="source")


def test_means_have_their_intervals_and_are_hollow_without() -> None:
    frame = summaries(["A", "B", "C", "D"])
    fig = mk.plot_summaries(frame)
    points = [trace for trace in fig.data if trace.customdata is not None]
    found = {key[0]: (trace, place) for trace in points for place, key in enumerate(trace.customdata)}
    for row in frame.itertuples():
        trace, place = found[row.source]
        assert trace.x[place] == row.value
        if pd.isna(row.ci_low):
            assert trace.marker.color == "#FFFFFF"
            assert np.isnan(trace.error_x.array[place])
        else:
            assert trace.marker.color == plot_style.PALETTE[0]
            assert trace.x[place] - trace.error_x.arrayminus[place] == pytest.approx(row.ci_low)
            assert trace.x[place] + trace.error_x.array[place] == pytest.approx(row.ci_high)
        label = fig.layout.yaxis.ticktext[list(fig.layout.yaxis.tickvals).index(trace.y[place])]
        assert row.source in label
        assert f"n = {row.n} in {row.n_articles} article" in label
    low, high = fig.layout.xaxis.range
    assert low <= min(0, frame["ci_low"].min())
    assert high >= frame["ci_high"].max()
    assert "hollow: too few for an interval" in words_of(fig)
    assert "Too few articles for an interval." in words_of(fig)


def test_a_group_without_a_value_is_named_and_has_no_point() -> None:
    frame = summaries(["A", "B"])
    frame.loc[0, ["value", "ci_low", "ci_high"]] = np.nan
    fig = mk.plot_summaries(frame)
    assert "no value" in words_of(fig)
    assert any("A" in label for label in fig.layout.yaxis.ticktext)


def test_a_second_grouping_column_gives_the_series() -> None:
    frame = pd.concat([summaries(["A", "C"]).assign(engine=engine) for engine in ("textblob", "vader")])
    frame = build("summaries", frame[["source", "engine", *[c for c in frame if c not in ("source", "engine")]]])
    fig = mk.plot_summaries(frame)
    assert {"textblob", "vader"} <= {trace.name for trace in fig.data if trace.showlegend}
    assert {tuple(key) for trace in fig.data if trace.customdata is not None for key in trace.customdata} == {
        (source, engine, "polarity") for source in "AC" for engine in ("textblob", "vader")
    }


def test_verdicts_are_told_in_words_symbol_and_colour() -> None:
    frame = differences(["A", "B", "C", "D"])
    fig = mk.plot_differences(frame)
    marks = {}
    for trace in fig.data:
        marks[trace.name] = (trace.marker.symbol, trace.marker.color)
        assert {round(x, 6) for x in trace.x} == {
            round(x, 6) for x in frame.loc[frame["verdict"] == trace.name, "difference"]
        }
    assert marks["differs"] == ("diamond", plot_style.PALETTE[0])
    assert marks["cannot be told apart"] == ("circle", plot_style.GREY)
    assert marks["too few"] == ("circle", "#FFFFFF")
    beside = {note.y: note.text for note in fig.layout.annotations if note.name is None}
    for trace in fig.data:
        assert all(beside[y].startswith(trace.name) for y in trace.y)
    assert fig.data[0].name == "differs"
    assert max(trace_named(fig, "differs").y) < min(trace_named(fig, "too few").y)
    assert "n = 5 and 7" in words_of(fig)


def test_an_interval_beside_zero_is_not_taken_for_a_difference() -> None:
    frame = differences(["A", "B"]).assign(verdict="cannot be told apart", ci_low=0.01, ci_high=0.2)
    assert "An interval that leaves out zero is no difference yet" in words_of(mk.plot_differences(frame))
    assert "leaves out zero" not in words_of(mk.plot_differences(frame.assign(verdict="differs")))
    assert "leaves out zero" not in words_of(mk.plot_differences(frame.assign(ci_low=-0.1)))


def test_terms_are_ordered_by_all_their_occurrences() -> None:
    frame = term_counts(["A", "B"])
    fig = mk.plot_term_counts(frame, top=4)
    assert [label.split(" ")[0] for label in fig.layout.yaxis.ticktext] == WORDS[:4]
    assert "n = 80" in fig.layout.yaxis.ticktext[0]
    for trace in fig.data:
        for (source, term), x, y in zip(trace.customdata, trace.x, trace.y, strict=True):
            row = frame[(frame["source"] == source) & (frame["term"] == term)].iloc[0]
            assert x == row["per_1000"]
            assert round(y) == WORDS.index(term)
    assert "4 of 6 terms" in words_of(fig)


def test_keyness_fills_only_what_survives() -> None:
    frame = keyness(["A", "B"])
    fig = mk.plot_keyness(frame)
    survives = {
        (row.target, row.term)
        for row in frame.itertuples()
        if row.p_adjusted < 0.05 and (row.n_articles if row.log_ratio > 0 else row.n_articles_reference) >= 2
    }
    filled = {tuple(key) for trace in fig.data if trace.marker.color != "#FFFFFF" for key in trace.customdata or ()}
    hollow = {tuple(key) for trace in fig.data if trace.marker.color == "#FFFFFF" for key in trace.customdata or ()}
    assert filled == survives
    assert filled | hollow == set(zip(frame["target"], frame["term"], strict=True))
    assert f"{len(survives)} of {len(frame)} comparisons survive correction" in words_of(fig)
    assert all(x > 0 for x in trace_named(fig, "over-used, survives").x)
    assert all(x < 0 for x in trace_named(fig, "under-used, survives").x)


def rectangles(fig: go.Figure) -> list[tuple[float, float, float, float]]:
    """The room that each word of a cloud takes in the widest font, measured by Pillow."""
    import matplotlib
    from PIL import ImageFont

    path = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    boxes = []
    for trace in fig.data:
        for text, x, y, size in zip(trace.text, trace.x, trace.y, trace.textfont.size, strict=True):
            left, top, right, bottom = ImageFont.truetype(path, int(size)).getbbox(html.unescape(text), anchor="ms")
            baseline = y + 0.25 * size
            boxes.append((x + left, baseline + top, x + right, baseline + bottom))
    return boxes


@pytest.mark.parametrize("width", [640, 1000])
def test_words_of_a_cloud_never_touch(width: int) -> None:
    terms = [f"{word}{place}" for place in range(20) for word in ("peace", "mmwwmm", "договор", "ÉJgy")]
    counts = term_counts(["A"], terms).assign(n=[max(1, 400 // (1 + place)) for place in range(80)])
    fig = mk.plot_word_cloud(counts, width=width)
    boxes = rectangles(fig)
    area = (width - 2 * plot_style.EDGE, fig.layout.yaxis.range[0])
    assert len(boxes) == 80
    for place, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= area[0]
        assert box[3] <= area[1]
        for other in boxes[:place]:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


def test_a_cloud_is_the_same_for_the_same_seed_only() -> None:
    counts = term_counts(["A", "B"])
    first, again, other = (mk.plot_word_cloud(counts, seed=seed).to_json() for seed in (1, 1, 2))
    assert first == again
    assert first != other
    sizes = {
        key[0]: size
        for trace in mk.plot_word_cloud(counts).data
        for key, size in zip(trace.customdata, trace.textfont.size, strict=True)
    }
    assert [sizes[term] for term in WORDS] == sorted(sizes.values(), reverse=True)


def test_mentions_are_bars_without_groups_and_cells_with() -> None:
    frame = mention_counts(["A", "B", "C"])
    alone = ungrouped(frame)
    bars = mk.plot_mention_counts(alone)
    drawn = {key[0]: x for trace in bars.data for key, x in zip(trace.customdata, trace.x, strict=True)}
    assert drawn == dict(zip(alone["actor"], alone["n"], strict=True))
    assert {trace.name for trace in bars.data} == {"person", "country"}
    fig = mk.plot_mention_counts(frame)
    matrix, numbers = fig.data
    known = frame.set_index(["source", "actor"])
    texts = iter(numbers.text)
    for i, line in enumerate(matrix.customdata):
        for j, (source, actor) in enumerate(line):
            text = next(texts)
            if (source, actor) in known.index:
                assert matrix.z[i][j] == known.loc[(source, actor), "per_1000"]
                assert text == str(known.loc[(source, actor), "n"])
            else:
                assert matrix.z[i][j] == 0
                assert text == "·"


def test_forms_of_the_mentions_are_told() -> None:
    evidence = pd.DataFrame({"actor": ["war", "war"], "form": ["name", "metonym"], "text": ["War.", "The front."]})
    fig = mk.plot_mention_counts(ungrouped(mention_counts(["A"])), evidence=evidence)
    hovers = [text for trace in fig.data for text in trace.hovertext]
    assert any("name 1" in text and "metonym 1" in text for text in hovers)


def test_a_network_shows_the_strongest_pairs_and_counts_the_rest() -> None:
    frame = co_mentions(SIXTY[:30])
    fig = mk.plot_co_mentions(frame, top=12)
    pairs = trace_named(fig, "pairs").customdata
    assert len(pairs) == 12
    chosen = frame.set_index(["actor_a", "actor_b"])["n_sentences"]
    assert min(chosen[tuple(pair)] for pair in pairs) >= chosen.sort_values().iloc[-13]
    assert f"and {len(frame) - 12} more pairs" in words_of(fig)
    names = [name for pair in pairs for name in pair]
    labels = {re.split("<br>| <span", note.text)[0]: note.text for note in fig.layout.annotations if note.name is None}
    assert all(f"({names.count(name)})" in text for name, text in labels.items())
    assert mk.plot_co_mentions(frame, seed=0).to_json() == mk.plot_co_mentions(frame, seed=0).to_json()
    assert mk.plot_co_mentions(frame, seed=0).to_json() != mk.plot_co_mentions(frame, seed=1).to_json()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(30, 530), st.integers(30, 440)), min_size=2, max_size=15, unique=True))
def test_labels_of_a_network_never_overlap(points: list[tuple[int, int]]) -> None:
    places = {f"actor {at}": np.array(point, dtype=float) for at, point in enumerate(points)}
    diameters = pd.Series(12.0, index=list(places))
    texts = {name: plot_text.label(name, 125, n="n = 12") for name in places}
    spots = plot_labels.label_spots(places, diameters, texts, [])
    for wide in (1, 1.5, 2):
        middles = {name: place * (wide, 1) for name, place in places.items()}
        sizes = {name: plot_labels.label_size(texts[name]) for name in spots}
        boxes = {name: plot_labels.label_box(middles[name], spot, sizes[name]) for name, spot in spots.items()}
        for name, box in boxes.items():
            assert not plot_labels.hits(box, [other for at, other in boxes.items() if at != name])
            x, y = middles[name] + spots[name][:2]
            leads = np.hypot(*spots[name][:2]) > 6 + 3 + sizes[name][1] / 2 + 10
            if leads:
                line = np.linspace(middles[name], (x, y), 30)
                for other in [box for at, box in boxes.items() if at != name]:
                    inside = (line > np.array(other[:2]) + 3) & (line < np.array(other[2:]) - 3)
                    assert not inside.all(axis=1).any()
            else:
                nearest = {at: np.hypot(*(np.clip(m, box[:2], box[2:]) - m)) for at, m in middles.items()}
                assert min(nearest, key=nearest.get) == name


def test_labels_that_find_no_room_are_left_out_and_counted() -> None:
    names = [f"The Permanent Commission for Regional Affairs No. {place}" for place in range(25)]
    rng = np.random.default_rng(3)
    rows = [
        {"actor_a": a, "actor_b": b, "n_sentences": int(rng.integers(1, 30)), "n_articles": 1}
        for place, a in enumerate(names)
        for b in names[place + 1 :]
    ]
    fig = mk.plot_co_mentions(build("co_mentions", rows))
    shown = len(trace_named(fig, "actors").customdata)
    labels = [note.text for note in fig.layout.annotations if note.name is None]
    assert shown <= plot_network.MAX_NODES
    said = re.search(r"(\d+) labels? left out for lack of room", words_of(fig))
    assert shown - len(labels) == (int(said[1]) if said else 0)
    assert "hover" not in words_of(fig)


def test_similarity_is_symmetric_with_similar_sources_side_by_side() -> None:
    names = ["A1", "B1", "A2", "B2"]
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    rows = [
        {"source_a": a, "source_b": b, "cosine": 0.9 if a[0] == b[0] else 0.1, "shared_passages": 2} for a, b in pairs
    ]
    fig = mk.plot_source_similarity(build("source_similarity", rows), articles=articles(names))
    z = np.array(fig.data[0].z, dtype=float)
    np.testing.assert_array_equal(z, z.T)
    assert np.isnan(np.diag(z)).all()
    assert (fig.data[0].zmin, fig.data[0].zmax) == (0, 1)
    order = [label.split(" ")[0] for label in fig.layout.yaxis.ticktext]
    assert {order[0][0], order[1][0]} in ({"A"}, {"B"})
    assert "n = 2" in fig.layout.yaxis.ticktext[0]
    assert list(fig.data[0].customdata[0][0]) == []
    assert set(fig.data[0].customdata[0][1]) == {order[0], order[1]}
    assert "12 passages shared word for word" in words_of(fig)
