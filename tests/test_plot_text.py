"""Words and colours in figures: nothing is cut off, lost, rendered as markup or hard to read."""

import html
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plot_frames import mention_counts, source_similarity, ungrouped

import mediakit as mk
from mediakit import plot_style, plot_text


@given(st.text(max_size=300), st.integers(40, 600), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int, most: int) -> None:
    clean = plot_text.plain(text)
    lines = plot_text.wrap(clean, width, 12, most)
    assert 1 <= len(lines) <= most
    assert all(plot_text.text_width(line, 12) <= width for line in lines)
    squeezed = "".join(lines).replace(" ", "")
    if squeezed.endswith("…") and not clean.endswith("…"):
        assert clean.replace(" ", "").startswith(squeezed[:-1])
    else:
        assert squeezed == clean.replace(" ", "")


@given(st.text(max_size=200), st.text(max_size=20))
def test_labels_and_hover_hold_no_markup_of_the_text(text: str, hit: str) -> None:
    ours = re.compile(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>")
    shown = [plot_text.label(text, n="n = 5"), plot_text.hover(text, [hit], plot_text.quoted(text, hit))]
    for part in shown:
        rest = ours.sub("", part)
        assert not set("<>$") & set(rest)
        assert html.unescape(part).count("\x00") == 0


@given(st.text(max_size=400), st.integers(1, 5))
def test_balancing_takes_no_more_lines(text: str, most: int) -> None:
    clean = plot_text.plain(text)
    greedy, even = (fold(clean, 300, 12, most) for fold in (plot_text.wrap, plot_text.balanced))
    assert len(even) == len(greedy)
    assert "".join(even).replace(" ", "") == "".join(greedy).replace(" ", "")


def test_widths_are_not_less_than_those_of_the_widest_font() -> None:
    import matplotlib
    from PIL import ImageFont

    font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"), 1000)
    letters = "".join(map(chr, [*range(0x20, 0x7F), *range(0xC0, 0x180), *range(0x391, 0x3CA), *range(0x410, 0x450)]))
    short = {
        letter: (font.getlength(letter) / 1000, plot_text.text_width(letter, 1))
        for letter in letters.replace("\u03a2", "")
        if font.getlength(letter) / 1000 > plot_text.text_width(letter, 1) + 0.051
    }
    assert set(short) <= set("Ħŉ"), short
    for text in ("Each point is a sentence", "The New York Times", "Вечерняя Москва", "ΗΜΕΡΗΣΙΑ", "mmwwmm"):
        assert plot_text.text_width(text, 1) >= font.getlength(text) / 1000


def test_long_numbers_and_missing_ones_are_words() -> None:
    assert plot_text.number(-1234.5, 1) == "−1,234.5"
    assert plot_text.number(np.nan) == "none"
    assert plot_text.interval(0.1, np.nan, np.nan) == "0.10 (too few for an interval)"
    assert plot_text.interval(np.nan, np.nan, np.nan) == "no value"
    assert plot_text.count(1, "article") == "1 article"
    assert plot_text.count(1000, "article") == "1,000 articles"


def test_evidence_is_quoted_in_the_hover_with_its_hit() -> None:
    evidence = pd.DataFrame(
        {"actor": ["peace", "peace", "peace", "war"], "text": ["A <i>peace</i> deal.", "Peace now.", "Third.", "War."]}
    ).assign(hit=["peace", "Peace", "Third", "War"])
    fig = mk.plot_mention_counts(ungrouped(mention_counts(["A", "B"], ["x", "peace", "war"])), evidence=evidence)
    hovers = {key[0]: text for trace in fig.data for key, text in zip(trace.customdata, trace.hovertext, strict=True)}
    assert "“A &lt;i&gt;<b>peace</b>&lt;/i&gt; deal.”<br>“<b>Peace</b> now.”" in hovers["peace"]
    assert "Third" not in hovers["peace"]
    assert "“<b>War</b>.”" in hovers["war"]


# --- colours ---------------------------------------------------------------------------------------------------------


def test_colours_can_be_seen_and_text_can_be_read() -> None:
    assert plot_style.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert plot_style.contrast("#767676") == pytest.approx(4.54, abs=0.01)  # the known limit grey of WCAG AA
    assert all(plot_style.contrast(color) >= 3 for color in plot_style.PALETTE)
    assert all(plot_style.contrast(color) >= 4.5 for color in (plot_style.INK, plot_text.SOFT, plot_style.PALETTE[0]))
    assert len(set(plot_style.PALETTE)) == len(set(plot_style.SYMBOLS)) == plot_style.MAX_SERIES


def test_numbers_in_cells_can_be_read_on_every_shade() -> None:
    fig = mk.plot_source_similarity(source_similarity([f"S{place}" for place in range(12)]))
    cells = fig.data[1]
    assert set(cells.textfont.color) == {plot_style.INK, "#FFFFFF"}
