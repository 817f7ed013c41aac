"""The matrix of similarities: whose words it uses, what it shows when cells are narrow."""

import numpy as np
import pytest
from plot_frames import articles, source_similarity

import mediakit as mk
from mediakit.frames import FrameError, build


def said(fig):
    return f"{fig.layout.meta['caption']} {fig.layout.meta['alt']}"


def corrected(names):
    frame = source_similarity(names)
    values = np.linspace(0.2, 1.3, len(frame))
    return frame.assign(cosine_corrected=values, ci_low=values - 0.1, ci_high=values + 0.1)


@pytest.mark.parametrize(
    ("by", "things"), [("source", "sources"), ("article_id", "articles"), ("text_kind", "groups by text kind")]
)
def test_title_and_caption_name_what_is_compared(by, things):
    fig = mk.plot_source_similarity(source_similarity(["x", "y", "z"]), by=by)
    assert f"How similar the {things} are" in said(fig)
    assert f"{things} with much text look more alike" in said(fig)
    empty = mk.plot_source_similarity(build("source_similarity", []), by=by)
    assert f"at least two {things}" in empty.layout.meta["caption"] + str(empty.layout.annotations)
    if by != "source":
        assert "source" not in said(fig).lower().replace("source: ", "")


def test_twenty_sources_keep_their_labels_and_lose_their_numbers():
    names = [f"The {place} Daily Newspaper" for place in range(20)]
    fig = mk.plot_source_similarity(source_similarity(names))
    assert len(fig.layout.yaxis.ticktext) == 20
    assert set(fig.data[1].text) == {""}
    assert "cosine 0." in fig.data[0].hovertext[0][1]
    few = mk.plot_source_similarity(source_similarity(names[:5]))
    assert "0.37" in few.data[1].text


def test_the_corrected_cosine_is_shown_with_its_interval():
    fig = mk.plot_source_similarity(corrected(["x", "y", "z"]), measure="cosine_corrected")
    assert np.nanmax(np.array(fig.data[0].z, dtype=float)) == pytest.approx(1.3)
    assert "95 % interval 0.10 to 0.30" in str(fig.data[0].hovertext)
    assert "too few" not in said(fig)
    without = mk.plot_source_similarity(corrected(["x", "y"]).assign(ci_low=np.nan), measure="cosine_corrected")
    assert "1 pair without an interval" in said(without)
    with pytest.raises(FrameError, match="cosine_corrected"):
        mk.plot_source_similarity(source_similarity(["x", "y"]), measure="cosine_corrected")
    with pytest.raises(ValueError, match="measure is 'jaccard'"):
        mk.plot_source_similarity(source_similarity(["x", "y"]), measure="jaccard")


def test_the_order_is_the_same_however_the_rows_stand():
    frame = source_similarity(list("abcdefg"))
    orders = {mk.plot_source_similarity(frame.sample(frac=1, random_state=n)).layout.yaxis.ticktext for n in range(5)}
    assert len(orders) == 1


def test_articles_are_called_by_source_and_title_without_an_n():
    some = articles(["Post", "Herald"], each=1)
    pairs = source_similarity(list(some["article_id"]))
    ticks = mk.plot_source_similarity(pairs, by="article_id", articles=some).layout.yaxis.ticktext
    assert sorted(ticks) == ["Herald: Herald says 0", "Post: Post says 0"]
    keys = mk.plot_source_similarity(pairs, by="article_id", articles=some).data[0].customdata
    assert {part for line in keys for key in line for part in key} == set(some["article_id"])
