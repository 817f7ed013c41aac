"""Two texts beside each other: nothing lost, nothing invented, nothing run."""

import re
from html import unescape

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.frames import FrameError, build

STORY = (
    "Talks end without a deal\nThe two leaders met for three hours on Friday and left without a word to the press. "
    "Nobody was told what they had agreed upon, if anything, and no further meeting was announced by either side.\n"
    "The minister said on Saturday that more talks would follow in the coming weeks, perhaps in another country."
)


def articles(*texts: str) -> pd.DataFrame:
    rows = [
        {"article_id": f"a{n}", "source": f"Outlet {n}", "published": f"2025-08-{10 + n}", "title": None, "text": text}
        for n, text in enumerate(texts)
    ]
    return build("articles", rows)


def cells(html: str) -> list[tuple[str, str]]:
    """The rows of the table that show text, left and right."""
    return re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", html)


def side(cell: str) -> str:
    return unescape(re.sub(r"</?(?:del|ins)>", "", cell).replace("<br>", "\n"))


def test_only_what_differs_is_marked() -> None:
    other = STORY.replace("three hours", "four long hours").replace("minister", "president")
    html = mk.show_side_by_side(articles(STORY, other), "a0", "a1").data
    assert re.findall("<del>(.*?)</del>", html) == ["three", "minister"]
    assert re.findall("<ins>(.*?)</ins>", html) == ["four long", "president"]
    assert all(side(left) in STORY and side(right) in other for left, right in cells(html))


@given(
    st.lists(st.sampled_from("talks <b> end & peace, “no” \n war".split(" ")), max_size=60),
    st.lists(st.sampled_from("talks <b> end & peace, “no” \n war".split(" ")), max_size=60),
)
def test_each_side_is_a_stretch_of_its_text(left: list[str], right: list[str]) -> None:
    a, b = " ".join(left) or "x", " ".join(right) or "x"
    html = mk.show_side_by_side(articles(a, b), "a0", "a1").data
    for first, second in cells(html):
        assert side(first).strip() in a
        assert side(second).strip() in b
    if a.split() != b.split():
        assert "<del>" in html or "<ins>" in html


def test_repetitive_texts_are_compared_by_their_rarer_words() -> None:
    left, right = "a b " * 1_900 + "one two", "a c " * 1_900 + "one three"
    html = mk.show_side_by_side(articles(left, right), "a0", "a1").data
    for first, second in cells(html):
        assert side(first) in left
        assert side(second) in right
    assert "two</del>" in html
    assert "three</ins>" in html


def test_markup_in_a_text_does_not_run() -> None:
    html = mk.show_side_by_side(
        articles("<script>alert(1)</script> one two", "<img src=x onerror=alert(1)> one"), "a0", "a1"
    ).data
    assert "<script" not in html
    assert "<img" not in html


def test_duplicates_are_shown_beside_the_one_kept() -> None:
    other = (
        "A different thing happened in another town where people were very glad about the new bridge over the river."
    )
    frame = articles(STORY, STORY.replace("three", "four"), other, other + " More.", STORY)
    found = mk.near_duplicates(frame)
    html = mk.show_duplicates(found, frame, most=2).data
    assert "3 near-duplicates, 2 shown" in html
    assert html.count("<table") == 2
    assert "a0 · kept" in html
    assert "a2 · kept" in html  # one pair of each cluster before a second of any


def test_nothing_to_show_is_said() -> None:
    frame = articles(STORY)
    assert "No near-duplicates" in mk.show_duplicates(mk.near_duplicates(frame), frame).data


def test_an_article_that_is_not_there_is_named() -> None:
    with pytest.raises(FrameError, match="no article 'a9'"):
        mk.show_side_by_side(articles(STORY), "a0", "a9")
