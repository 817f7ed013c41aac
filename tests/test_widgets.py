"""Explorers driven without a browser: every setting, every kind of click, the printed code, the export, the errors."""

import json
from html import unescape

import ipywidgets
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from conftest import make_articles
from plotly.callbacks import Points

import mediakit as mk
from mediakit import widgets

EXPLORERS = [mk.explore_sentiment, mk.explore_terms, mk.explore_actors, mk.explore_sources]


class Driven:
    """An explorer with its parts by name."""

    def __init__(self, explorer):
        row, self.status, self._figure, self.code, export, evidence = explorer.children
        self.controls = {control.description: control for control in row.children}
        self.name, self.button = export.children
        self.table = evidence.children[0]

    @property
    def fine(self):
        return any(words in self.status.value for words in ("Evidence below the figure", "Evidence is marked"))

    @property
    def is_page(self):
        return isinstance(self.figure, ipywidgets.HTML)

    @property
    def shown(self):
        return {name for name, control in self.controls.items() if control.layout.display != "none"}

    @property
    def figure(self):
        return self._figure.children[0]

    def click(self, trace, place):
        trace._dispatch_on_click(Points(point_inds=[place]), None)

    def marks(self):
        """Every trace that can be clicked, with the place of its first mark."""
        for trace in [] if self.is_page else self.figure.data:
            if trace.customdata is not None and len(trace.customdata):
                yield trace, strongest(trace) if trace.type == "heatmap" else 0


def strongest(trace):
    """The cell with the largest number among those that stand for a row of the frame."""
    keyed = [[bool(len(key)) for key in line] for line in trace.customdata]
    values = np.where(keyed, np.nan_to_num(np.array(trace.z, dtype=float)), -1)
    return [int(place) for place in np.unravel_index(values.argmax(), values.shape)]


def plain(figure):
    """The figure's data and layout, without what a widget sets: its width, its ids, how it was called."""
    whole = json.loads(go.Figure(figure).to_json())
    for trace in whole["data"]:
        trace.pop("uid", None)
    for key in ("width", "autosize", "meta"):
        whole["layout"].pop(key, None)
    return whole


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda explore: explore.__name__)
def explore(request):
    return request.param


def settings(driven):
    """Each option of each choice that is shown, one after the other, the others as they are at first."""
    for name, control in driven.controls.items():
        if isinstance(control, ipywidgets.Dropdown) and name in driven.shown:
            first = control.value
            for label, option in control._options_full:
                control.value = option
                yield f"{control.description} = {label}"
            control.value = first


def test_every_setting_shows_a_figure_evidence_and_the_code_that_makes_it(explore, seeds):
    driven = Driven(explore(seeds))
    for setting in settings(driven):
        assert driven.fine, setting
        assert ("<td" in driven.table.value) == bool(list(driven.marks())), setting
        code = driven.code.value.removeprefix("<pre>").removesuffix("</pre>")
        names = {"mk": mk, "articles": seeds}
        exec(unescape(code), names)
        if driven.is_page:
            assert names["page"].data == driven.figure.value, setting
        else:
            assert plain(names["fig"]) == plain(driven.figure), setting


def test_every_kind_of_mark_leads_to_its_sentences(explore, seeds):
    driven = Driven(explore(seeds))
    for setting in settings(driven):
        for trace, place in list(driven.marks()):
            driven.table.value = ""
            driven.click(trace, place)
            assert driven.fine, setting
            assert "<td" in driven.table.value, setting
            assert "click a mark" not in driven.table.value, setting


def test_a_widget_sends_no_nan_as_json(explore, seeds):
    def sent(array):
        return [] if array.ndim == 1 else array.tolist()  # rows of numbers travel as bytes, matrices as JSON

    driven = Driven(explore(seeds))
    for _ in settings(driven):
        if not driven.is_page:
            json.dumps(driven.figure.get_state()["_widget_data"], allow_nan=False, default=sent)


def test_a_click_shows_just_the_sentences_of_that_mark(seeds):
    driven = Driven(mk.explore_actors(seeds))
    trace = next(trace for trace, _ in driven.marks())
    keys = [[list(cell) for cell in line] for line in trace.customdata]
    place = next([i, j] for i, line in enumerate(keys) for j, key in enumerate(line) if key[1] == "Vladimir Putin")
    source, actor = keys[place[0]][place[1]]
    driven.click(trace, place)
    mentions = mk.mentions(seeds)
    inside = seeds.loc[seeds["source"] == source, "article_id"]
    expected = mentions[(mentions["actor"] == actor) & mentions["article_id"].isin(inside)]
    sentences = expected.drop_duplicates(["article_id", "sentence_no"])
    assert f"{len(sentences)} sentence" in driven.table.value


def test_a_search_is_shown_in_context(seeds):
    driven = Driven(mk.explore_terms(seeds))
    driven.controls["In context"].value = "ceasefire*"
    hits = mk.kwic(seeds, "ceasefire*")
    assert f"{len(hits.drop_duplicates(['article_id', 'sentence_no']))} sentences" in driven.table.value
    assert "mk.kwic(articles, &#x27;ceasefire*&#x27;)" in driven.code.value


def test_any_two_groups_can_be_compared(seeds):
    driven = Driven(mk.explore_terms(seeds))
    driven.controls["View"].value = "two groups"
    assert {"Target", "Reference"} <= driven.shown
    driven.controls["Target"].value = "Outlet E"
    driven.controls["Reference"].value = "Outlet C"
    assert "plot_term_scatter(pair, &#x27;Outlet E&#x27;, &#x27;Outlet C&#x27;" in driven.code.value
    assert "Outlet E" in driven.figure.layout.xaxis.title.text
    driven.controls["View"].value = "key terms"
    pair = mk.term_counts(seeds, by="source").query("source in ['Outlet C', 'Outlet E']")
    assert plain(mk.plot_keyness(mk.keyness(pair, target="Outlet E"), articles=seeds)) == plain(driven.figure)
    driven.controls["Reference"].value = "Outlet E"
    assert "choose two" in driven.status.value
    driven.controls["By"].value = "article_id"
    assert driven.controls["Target"].value == "every group"
    assert driven.fine
    driven.controls["View"].value = "cloud"
    assert not {"Target", "Reference"} & driven.shown


def test_a_period_leads_to_its_sentences(seeds):
    articles = seeds.assign(published=pd.to_datetime(["2025-08-01", "2025-08-01", "2025-08-03", None, None], utc=True))
    driven = Driven(mk.explore_terms(articles))
    driven.controls["View"].value = "over time"
    driven.controls["In context"].value = "Putin, Trump"
    trace = next(t for t, _ in driven.marks() if t.customdata[0][0] == "Trump")
    driven.click(trace, 0)
    inside = articles[articles["published"] == "2025-08-01"]
    sentences = mk.kwic(inside, "Trump").drop_duplicates(["article_id", "sentence_no"])
    assert f"{len(sentences)} sentences" in driven.table.value


def test_export_writes_what_is_shown(seeds, tmp_path):
    driven = Driven(mk.explore_sources(seeds, folder=tmp_path))
    driven.button.click()
    assert "Saved" in driven.status.value
    record = json.loads((tmp_path / "explore-sources.json").read_text(encoding="utf-8"))
    assert "mk.source_similarity(articles" in record["call"]
    assert len(pd.read_csv(tmp_path / "explore-sources.csv")) == 10


def test_errors_are_read_by_the_user(seeds, monkeypatch, tmp_path):
    driven = Driven(mk.explore_sources(seeds))
    monkeypatch.setattr(widgets, "source_similarity", lambda *_, **__: 1 / 0)
    driven.controls["By"].value = "article_id"
    assert "mediakit-error" in driven.status.value
    assert "ZeroDivisionError" in driven.status.value
    (tmp_path / "file").write_text("")
    driven.name.value = str(tmp_path / "file" / "figure")
    driven.button.click()
    assert "mediakit-error" in driven.status.value


@pytest.mark.parametrize("text", ["…", "Peace."])
def test_next_to_nothing_is_shown_as_that(explore, text):
    driven = Driven(explore(make_articles({"text": text})))
    for setting in settings(driven):
        assert driven.fine, setting


def test_what_articles_say_is_never_markup():
    nasty = "<img src=x onerror=alert(1)>"
    articles = make_articles(
        {"source": nasty, "text": f"Trump met Putin {nasty} and it was good."},
        {"source": "B", "text": "Putin met Trump and it was bad."},
    )
    for explore in EXPLORERS:
        driven = Driven(explore(articles))
        for trace, place in list(driven.marks()):
            driven.click(trace, place)
            assert "<img" not in driven.table.value + driven.code.value + driven.status.value
