"""The scatter of two groups' terms: what is drawn, where, and what is claimed."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from plot_frames import NASTY, term_counts

import mediakit as mk
from mediakit.frames import FrameError
from mediakit.plot_labels import AREA, label_box, label_size
from mediakit.plot_term_scatter import WIDTHS


@pytest.fixture(scope="module")
def corpus():
    """100 articles a source, of made-up words; some are more frequent in one of them."""
    rng = np.random.default_rng(3)
    words = [a + b + c for a in ("ba", "de", "fi", "go", "lu") for b in ("na", "ro", "st", "li") for c in "aeioumr"]
    share = 1 / np.arange(1, len(words) + 1)
    records = []
    for source, tilt in (("Planet", 1.0), ("Herald", 2.0)):
        weights = share * np.where(np.arange(len(words)) % 10 == 4, tilt, 1)
        for _ in range(100):
            text = " ".join(rng.choice(words, 120, p=weights / weights.sum()))
            records.append({"source": source, "text": f"{text}."})
    return make_articles(*records)


def pair(articles, a, b, **options):
    counts = mk.term_counts(articles, by="source", **options)
    return counts, mk.keyness(counts[counts["source"].isin([a, b])], target=a)


def drawn(fig):
    """The traces of terms; the others are there for the legend alone."""
    return [trace for trace in fig.data if trace.customdata is not None]


def points(fig):
    return {
        key[0]: (x, y, trace.name.split(" <")[0])
        for trace in drawn(fig)
        for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def test_points_stand_at_their_rates(corpus):
    counts, keyness = pair(corpus, "Planet", "Herald")
    keyness["verdict"] = np.where(keyness["p_adjusted"] < 0.05, "key", "cannot be told apart")
    found = points(mk.plot_term_scatter(counts, "Planet", "Herald", keyness=keyness))
    rates = counts.pivot(index="term", columns="source", values="per_1000")
    verdicts = keyness.set_index("term")
    assert len(found) == len(verdicts)
    tolerance = 0.011 * 4  # of the axes: terms with the same counts stand around their place
    for term, (x, y, _) in found.items():
        assert (x, y) == pytest.approx(tuple(np.log10(rates.loc[term, ["Planet", "Herald"]])), abs=tolerance * 3)
    for term, (*_, name) in found.items():
        row = verdicts.loc[term]
        side = "Planet" if row["g2"] > 0 else "Herald"
        assert name == (f"key in {side}" if row["verdict"] == "key" else row["verdict"])
    assert {"key in Herald", "cannot be told apart"} <= {name for *_, name in found.values()}


def test_what_is_not_key_is_hollow(corpus):
    counts, keyness = pair(corpus, "Planet", "Herald")
    for trace in drawn(mk.plot_term_scatter(counts, "Planet", "Herald", keyness=keyness)):
        assert (trace.marker.color == "#FFFFFF") == (not trace.name.startswith("key in"))
    for trace in drawn(mk.plot_term_scatter(counts, "Planet", "Herald")):
        assert trace.name.startswith("not tested")


@pytest.mark.parametrize("corpus_name", ["made up", "seeds"])
@pytest.mark.parametrize("wide", WIDTHS)
def test_no_label_covers_a_label_or_a_point(corpus_name, wide, corpus, seeds):
    articles = corpus if corpus_name == "made up" else seeds
    a, b = sorted(articles["source"].unique())[:2]
    counts, keyness = pair(articles, a, b)
    fig = mk.plot_term_scatter(counts, a, b, keyness=keyness)
    (left, right), (low, high) = fig.layout.xaxis.range, fig.layout.yaxis.range
    scale = np.array(AREA) * (wide, 1) / (right - left, high - low)

    def pixels(x, y):
        return np.array([(x - left) * scale[0], (high - y) * scale[1]])

    boxes = []
    for note in fig.layout.annotations:
        if note.xref in (None, "x") and note.name is None:
            spot = (note.ax, note.ay) if note.showarrow is not False else (note.xshift, -note.yshift)
            boxes.append(label_box(pixels(note.x, note.y), (*spot, note.xanchor), label_size(note.text)))
    assert len(boxes) >= 12
    for place, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:place])
        assert box[0] >= 0
        assert box[2] <= AREA[0] * wide
        for trace in drawn(fig):
            for x, y in zip(trace.x, trace.y, strict=True):
                assert not overlap(box, (*(pixels(x, y) - 0.5), *(pixels(x, y) + 0.5)))


def overlap(a, b):
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def test_key_terms_of_both_sides_have_labels_and_no_line_crosses_another(corpus):
    counts = mk.term_counts(corpus, by="source")
    # every term key, those of one side by far the strongest
    keyness = mk.keyness(counts, target="Planet").assign(verdict="key")
    sign = np.where(np.arange(len(keyness)) % 2, 1, -1)
    keyness["g2"] = sign * np.where(sign > 0, 500.0, 20.0)
    fig = mk.plot_term_scatter(counts, "Planet", "Herald", keyness=keyness)
    notes = [note for note in fig.layout.annotations if note.name is None]
    side = dict(zip(keyness["term"], sign, strict=True))
    labelled = [side[note.text] for note in notes]
    assert min(labelled.count(1), labelled.count(-1)) >= len(labelled) / 3
    (left, right), (low, high) = fig.layout.xaxis.range, fig.layout.yaxis.range
    scale = np.array(AREA) / (right - left, high - low)
    lines = []
    for note in notes:
        if note.showarrow is not False:
            start = np.array([(note.x - left) * scale[0], (high - note.y) * scale[1]])
            lines.append((start, start + np.array([note.ax, note.ay])))
    assert len(lines) >= 3
    for at, one in enumerate(lines):
        assert not any(crosses(one, other) for other in lines[:at])


def crosses(one, other):
    def turn(a, b, c):
        return np.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    (a, b), (c, d) = one, other
    return turn(a, b, c) != turn(a, b, d) and turn(c, d, a) != turn(c, d, b)


def test_one_article_each_claims_nothing(seeds):
    a, b = sorted(seeds["source"].unique())[:2]
    counts, keyness = pair(seeds, a, b)
    fig = mk.plot_term_scatter(counts, a, b, keyness=keyness, articles=seeds)
    assert {trace.name.split(" <")[0] for trace in fig.data} == {"too few articles"}
    assert "0 of" in fig.layout.meta["caption"]


def test_a_term_that_one_group_lacks_stands_on_the_strip_of_none():
    articles = make_articles({"source": "A", "text": "peace war war"}, {"source": "B", "text": "peace peace trade"})
    fig = mk.plot_term_scatter(mk.term_counts(articles, by="source"), "A", "B")
    found = points(fig)
    zero = fig.layout.yaxis.tickvals[fig.layout.yaxis.ticktext.index("0")]
    assert found["war"][1] == pytest.approx(zero)
    assert found["trade"][0] == pytest.approx(zero)
    assert zero < np.log10(1000 / 3)
    assert found["peace"][:2] == pytest.approx((np.log10(1000 / 3), np.log10(2000 / 3)))


def test_hover_has_counts_and_a_sentence(seeds):
    a, b = sorted(seeds["source"].unique())[:2]
    counts, keyness = pair(seeds, a, b)
    own = seeds[seeds["source"].isin([a, b])]
    sentences = mk.evidence(mk.kwic(own, "putin"), own).assign(term="putin")
    fig = mk.plot_term_scatter(counts, a, b, keyness=keyness, evidence=sentences)
    texts = {key[0]: text for t in drawn(fig) for key, text in zip(t.customdata, t.hovertext, strict=True)}
    row = counts[(counts["source"] == a) & (counts["term"] == "putin")].iloc[0]
    assert f"n = {row['n']:,} in 1 article" in texts["putin"]
    assert "Putin" in texts["putin"].split("G²")[1]


def test_names_are_never_markup():
    counts = term_counts(NASTY, NASTY)
    fig = mk.plot_term_scatter(counts, NASTY[0], NASTY[1])
    assert "<img" not in fig.to_json().replace('"customdata"', "").split('"hovertext"')[1].split("]")[0]
    shown = [note.text for note in fig.layout.annotations] + [trace.name for trace in fig.data]
    assert not any("<img" in text or "<a " in text for text in shown)


def test_errors_name_the_remedy(corpus):
    counts, keyness = pair(corpus, "Planet", "Herald")
    with pytest.raises(ValueError, match="not a value"):
        mk.plot_term_scatter(counts, "Planet", "Star")
    with pytest.raises(ValueError, match="two groups"):
        mk.plot_term_scatter(counts, "Planet", "Planet")
    with pytest.raises(FrameError, match="no column"):
        mk.plot_term_scatter(counts, "Planet", "Herald", by="section")
    with pytest.raises(FrameError, match="does not compare"):
        mk.plot_term_scatter(counts, "Herald", "Planet", keyness=keyness)
    with pytest.raises(FrameError, match="does not compare"):
        mk.plot_term_scatter(counts, "Planet", "Herald", keyness=keyness.assign(n_reference=keyness["n_reference"] + 1))


def test_nothing_is_said_as_such():
    empty = pd.DataFrame({"source": [], "term": [], "n": [], "per_1000": [], "n_articles": []})
    assert "Nothing to show" in mk.plot_term_scatter(empty).to_json()
    articles = make_articles({"source": "A", "text": "peace"}, {"source": "B", "text": "war"})
    counts = mk.term_counts(articles, by="source")
    assert "frequent enough" in mk.plot_term_scatter(counts, "A", "B", keyness=mk.keyness(counts, target="A")).to_json()


def test_without_names_the_two_largest_groups_are_compared(corpus):
    small = make_articles({"source": "Small", "text": "bana dero."})
    both = pd.concat([corpus, small.assign(article_id="s")], ignore_index=True)
    counts, keyness = pair(both, "Planet", "Herald")
    every = mk.keyness(counts[counts["source"] != "Small"])
    named = mk.plot_term_scatter(counts, "Planet", "Herald", keyness=keyness)
    unnamed = mk.plot_term_scatter(counts, "Planet", keyness=every)
    assert points(named) == points(unnamed)
    assert "Small" not in mk.plot_term_scatter(counts, keyness=every).layout.meta["caption"]
