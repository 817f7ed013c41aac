"""The explorer of voices driven without a browser: every view, its clicks, its code, its page, its errors."""

import html
import json
import random

import pytest
from conftest import make_articles
from test_widgets import Driven, plain, settings

import mediakit as mk
from mediakit import widget_voices

SAID = [
    "“The bridge is closed until the water falls,” Ms. Ann Miller said.",
    "Mr. Bob Carter said that the bridge was safe.",
    "Ms. Ann Miller called the plan “a costly mistake”.",
]


@pytest.fixture(scope="module")
def town():
    """Twenty-four articles of three papers over half a year, with quotations of a woman and a man."""
    rng = random.Random(1)

    def article(number):
        said = rng.choices(SAID, k=3)
        text = f"Bridge news {number}\nMs. Ann Miller and Mr. Bob Carter met Cyd Brown of Norway.\n" + " ".join(said)
        day = f"2025-{1 + number % 6:02}-11" if number % 9 else None
        return {"source": f"Paper {number % 3}", "published": day, "title": f"Bridge news {number}", "text": text}

    return make_articles(*map(article, range(24)))


@pytest.fixture(scope="module")
def driven(town):
    return Driven(mk.explore_voices(town))


def fine(driven):
    return "Evidence" in driven.status.value and "mediakit-error" not in driven.status.value


class Once:
    """mediakit, with what takes long done once: the code of every view begins with it."""

    def __init__(self):
        self.known = {}

    def __getattr__(self, name):
        if name not in ("mentions", "quotes"):
            return getattr(mk, name)
        return lambda *given: self.known[name] if name in self.known else self.made(name, given)

    def made(self, name, given):
        self.known[name] = getattr(mk, name)(*given)
        return self.known[name]


def run(driven, articles, mediakit=mk):
    names = {"mk": mediakit, "articles": articles}
    exec(html.unescape(driven.code.value.removeprefix("<pre>").removesuffix("</pre>")), names)
    return names


def reset(driven):
    for control in driven.controls.values():
        if hasattr(control, "options") and control.description in ("View", "By", "Source", "Quotations"):
            control.value = control._options_values[0]
    driven.controls["Speaker"].value = ""


@pytest.mark.parametrize("corpus", ["seeds", "town"])
def test_every_setting_shows_its_figure_and_the_code_that_makes_it(corpus, request):
    articles = request.getfixturevalue(corpus)
    driven, once = Driven(mk.explore_voices(articles)), Once()
    for view in driven.controls["View"].options[:-1]:
        reset(driven)
        driven.controls["View"].value = view
        for name in ("By", "Quotations", "Source"):
            for option in driven.controls[name]._options_values[-2:]:
                driven.controls[name].value = option
                setting = f"{view}, {name} = {option}"
                assert fine(driven), (setting, driven.status.value)
                assert plain(run(driven, articles, once)["fig"]) == plain(driven.figure), setting
                assert ("<td" in driven.table.value) == bool(list(driven.marks())), setting


def test_every_kind_of_mark_leads_to_its_sentences(seeds):
    driven = Driven(mk.explore_voices(seeds))
    for setting in settings(driven):
        if "mk-read" in getattr(driven.figure, "value", ""):
            continue
        for trace, place in list(driven.marks()):
            driven.table.value = ""
            driven.click(trace, place)
            assert fine(driven), setting
            assert "<td" in driven.table.value or "No sentence" in driven.table.value, setting
            assert "click a mark" not in driven.table.value, setting


def test_a_click_shows_the_quotations_of_that_speaker_in_that_source(driven, town):
    reset(driven)
    spoken = mk.quotes(town, mk.mentions(town))
    trace = next(trace for trace, _ in driven.marks())
    place = next(at for at, key in enumerate(trace.customdata) if list(key) == ["Paper 1", "Ann Miller"])
    driven.click(trace, place)
    inside = town.loc[town["source"] == "Paper 1", "article_id"]
    mine = spoken[(spoken["speaker"] == "Ann Miller") & spoken["article_id"].isin(inside)]
    sentences = mk.evidence(mine, town).drop_duplicates(["article_id", "sentence_start", "sentence_end"])
    assert f"{len(sentences)} sentences" in driven.table.value
    assert "<mark>The bridge is closed until the water falls,</mark>" in driven.table.value
    assert "speaker: Ann Miller" in driven.table.value


def test_periods_are_offered_where_there_are_several(driven, town):
    reset(driven)
    assert "month" in driven.controls["By"]._options_values
    assert "year" not in driven.controls["By"]._options_values
    assert "month" not in Driven(mk.explore_voices(town.head(1))).controls["By"]._options_values
    driven.controls["By"].value = "month"
    assert fine(driven)
    assert "strftime" in driven.code.value
    trace = next(trace for trace, _ in driven.marks())
    assert {key[0] for key in trace.customdata} <= {f"2025-{month:02}" for month in range(1, 7)} | {"unknown"}


def test_one_speaker_is_compared_with_a_verdict(driven):
    reset(driven)
    driven.controls["View"].value = "one speaker compared"
    assert "mk.speaker_differences(rates, articles, by=&#x27;source&#x27;)" in driven.code.value
    driven.controls["Speaker"].value = "Bob Carter"
    assert "speakers=&#x27;Bob Carter&#x27;" in driven.code.value
    assert {trace.name for trace in driven.figure.data} <= {"differs", "cannot be told apart", "too few"}
    driven.controls["View"].value = "women and men compared"
    assert driven.controls["Speaker"].layout.display == "none"
    assert "mk.gender_differences(genders" in driven.code.value


def test_nobody_quoted_directly_is_asked_by_the_kind(town, tmp_path):
    (tmp_path / "mine.csv").write_text("actor,alias\nAnn Miller,Ann Miller\nBob Carter,Bob Carter\n")
    actors = mk.read_actors(tmp_path / "mine.csv")
    driven = Driven(mk.explore_voices(town, actors))
    assert "mk.mentions(articles, actors)" in driven.code.value
    driven.controls["View"].value = "named, never quoted"
    driven.controls["By"].value = None
    everything = {key[-1] for trace, _ in driven.marks() for key in trace.customdata}
    driven.controls["Quotations"].value = "direct"
    directly = {key[-1] for trace, _ in driven.marks() for key in trace.customdata}
    assert directly - everything == {"Bob Carter"}  # nobody quotes his words


def test_an_article_is_shown_whole_and_exported(seeds, tmp_path):
    driven = Driven(mk.explore_voices(seeds, folder=tmp_path))
    driven.controls["View"].value = "one article"
    driven.controls["Article"].value = seeds["article_id"].iloc[1]
    assert "mk-read" in driven.figure.value
    assert run(driven, seeds)["page"].data == driven.figure.value
    assert driven.controls["Quotations"].layout.display == "none"
    driven.button.click()
    assert "mk-read" in (tmp_path / "explore-voices.html").read_text(encoding="utf-8")
    driven.controls["View"].value = "who speaks"
    driven.button.click()
    record = json.loads((tmp_path / "explore-voices.json").read_text(encoding="utf-8"))
    assert "mk.quote_counts(spoken, articles, by='source')" in record["call"]


def test_errors_are_read_by_the_user(town, monkeypatch):
    driven = Driven(mk.explore_voices(town))
    monkeypatch.setattr(widget_voices, "quote_counts", lambda *_, **__: 1 / 0)
    driven.controls["Quotations"].value = "direct"
    assert "ZeroDivisionError" in driven.status.value


@pytest.mark.parametrize("text", ["…", "Peace.", "“Peace,” he said."])
def test_next_to_nothing_is_shown_as_that(text):
    driven = Driven(mk.explore_voices(make_articles({"text": text})))
    for setting in settings(driven):
        assert fine(driven), (setting, driven.status.value)


def test_what_articles_say_is_never_markup():
    nasty = "<img src=x onerror=alert(1)>"
    text = f"Ann Miller met Bob Carter {nasty}. “It is {nasty} good,” Ann Miller said. {nasty} said that it was bad."
    articles = make_articles({"source": nasty, "title": nasty, "text": text}, {"source": "B", "text": text})
    driven = Driven(mk.explore_voices(articles))
    for _ in settings(driven):
        page = getattr(driven.figure, "value", "")
        assert "<img" not in page + driven.table.value + driven.code.value + driven.status.value
