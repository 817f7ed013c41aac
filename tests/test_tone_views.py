"""Tone in a figure, in words and in its explorer."""

import html
import re

import numpy as np
import pytest
from conftest import make_articles
from plot_frames import NASTY, shown_texts, words_of
from test_widgets import Driven, plain

import mediakit as mk
from mediakit.frames import build


def summary(names, actors=("Doe", "Roe", "Poe"), voices=("outlet", "quoted")):
    rows = []
    for at, name in enumerate(names):
        for place, actor in enumerate(actors):
            for voice in voices:
                value, sure = 0.2 * place - 0.1 * at, at % 2 == 0 and voice == "outlet"
                rows.append(
                    {"source": name, "actor": actor, "voice": voice, "n": 12 - place, "n_sentences": 10 - place}
                    | {"n_articles": 6 if sure else 3, "negative": 0.3 - value / 2, "neutral": 0.4}
                    | {"positive": 0.3 + value / 2, "value": value, "abstained": 0.25}
                    | {"ci_low": value - 0.1 if sure else np.nan, "ci_high": value + 0.15 if sure else np.nan}
                    | {"verdict": "cannot be told from 0" if sure else "too few"}
                    | {"caveat": "" if sure else "3 articles; no interval below 5"}
                )
    return build("tone_summary", rows)


def test_points_are_the_means_and_lines_the_intervals():
    table = summary(["Post", "Star"])
    fig = mk.plot_tone_summary(table, articles=make_articles({"source": "Post", "text": "x"}))
    found = {}
    for trace in fig.data:
        for at in range(len(trace.x) if trace.customdata is not None else 0):
            low, high = trace.x[at] - trace.error_x.arrayminus[at], trace.x[at] + trace.error_x.array[at]
            found[tuple(trace.customdata[at])] = (trace.x[at], low, high, trace.marker.color)
            assert trace.meta["keys"] == ["source", "actor", "voice"]
    assert len(found) == len(table) == 12
    for row in table.itertuples():
        value, low, high, color = found[row.source, row.actor, row.voice]
        assert value == pytest.approx(row.value)
        if row.verdict == "too few":
            assert np.isnan(low)
            assert color == "#FFFFFF"
        else:
            assert (low, high) == pytest.approx((row.ci_low, row.ci_high))
    said = words_of(fig)
    assert "n = 10 / 10 in 6 articles" in said
    assert "tone_differences tests it" in said
    assert fig.layout.meta["n"] == table["n_sentences"].sum()
    assert "cannot be told from 0" in fig.layout.meta["alt"]


def test_without_groups_a_row_is_an_actor_and_the_rest_is_counted():
    table = summary(["x"], actors=[f"Actor {n}" for n in range(12)], voices=["outlet"]).drop(columns="source")
    fig = mk.plot_tone_summary(table, top=5)
    assert "and 7 more actors" in words_of(fig)
    assert len(fig.layout.yaxis.ticktext) == 5
    many = mk.plot_tone_summary(summary([f"Outlet {n:02}" for n in range(60)]))
    assert len(many.layout.yaxis.ticktext) <= 36


def test_an_empty_frame_is_answered_and_markup_is_not_rendered():
    assert "No tone" in words_of(mk.plot_tone_summary(build("tone_summary", [])))
    assert mk.describe_tone_summary(build("tone_summary", [])) == "There is nothing to describe."
    for text in shown_texts(mk.plot_tone_summary(summary(NASTY, actors=NASTY[:3]), title=NASTY[0])):
        rest = re.sub(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>", "", text)
        assert "<" not in rest
        assert "$" not in rest


def test_words_say_n_interval_and_verdict():
    table = summary(["Post", "Star"], actors=["Doe"])
    table.loc[0, ["value", "ci_low", "ci_high", "verdict"]] = [-0.4, -0.6, -0.2, "below 0"]
    said = mk.describe_tone_summary(table).replace("\n  ", " ")
    assert "Doe (Post), in the outlet's own voice: on the negative side, -0.40 (-0.60 to -0.20)" in said
    assert "10 sentences in 6 articles" in said
    assert "Doe (Star), in quoted voices: too few articles to say" in said
    assert "tone_differences" in said
    assert "no interval below 5" in said


SAID = (
    "Ms. Ann Miller was praised for her brave rescue of the child.",
    "Mr. Bob Carter was accused of a shameful fraud.",
    "“Mr. Bob Carter is a liar,” Ms. Ann Miller said.",
)


@pytest.fixture(scope="module")
def town():
    """Twelve articles of two papers that speak well of one and ill of the other."""
    registry = build(
        "actors",
        [{"actor": name, "alias": name, "type": "person", "form": "name"} for name in ("Ann Miller", "Bob Carter")],
    )
    texts = [f"Bridge news {n}\n{SAID[n % 3]} {SAID[(n + 1) % 3]}" for n in range(12)]
    rows = [{"source": f"Paper {n % 2}", "title": text.split("\n")[0], "text": text} for n, text in enumerate(texts)]
    return make_articles(*rows), registry


class Once:
    """mediakit, with what takes long done once: the code of every view begins with it."""

    def __init__(self):
        self.known = {}

    def __getattr__(self, name):
        def made(*given, **options):
            if name not in self.known:
                self.known[name] = getattr(mk, name)(*given, **options)
            return self.known[name]

        return made if name in ("mentions", "quotes", "tone") else getattr(mk, name)


def test_the_explorer_shows_each_view_and_the_code_that_makes_it(town):
    articles, registry = town
    driven, once = Driven(mk.explore_tone(articles, registry, model="core")), Once()
    settings = [
        ("tone by actor", "source", "outlet"),
        ("tone by actor", None, None),
        ("groups compared", None, "quoted"),
    ]
    for view, by, voice in settings:
        driven.controls["View"].value = view
        driven.controls["By"].value, driven.controls["Voice"].value = by, voice
        assert driven.fine, driven.status.value
        names = {"mk": once, "articles": articles, "actors": registry}
        exec(html.unescape(driven.code.value.removeprefix("<pre>").removesuffix("</pre>")), names)
        assert plain(names["fig"]) == plain(driven.figure), (view, by, voice)


def test_a_click_shows_the_sentences_with_the_words_that_were_weighed(town):
    articles, registry = town
    driven = Driven(mk.explore_tone(articles, registry, model="core"))
    for trace, _ in driven.marks():
        for place, key in enumerate(trace.customdata):
            if list(key) == ["Paper 1", "Bob Carter", "outlet"]:
                driven.click(trace, place)
    assert driven.fine, driven.status.value
    table = driven.table.value
    assert "<mark>Bob Carter</mark> was accused of a shameful fraud" in table
    assert "is a liar" not in re.sub(r"<span class=\"mk-near\">.*?</span>|<details>.*?</details>", "", table)
    assert re.search(r"Bob Carter: (negative \(\d+%\)|unsure)", table)
    assert re.search(r"(shameful|fraud|accused) −\d", table)
    driven.controls["Actor"].value = "Ann Miller"
    assert driven.fine
    assert "Bob Carter:" not in driven.table.value
