"""`explore_actors`: every view under every choice prints the code that makes it, and shows what was counted."""

import random
from html import unescape

import pandas as pd
import pytest
from conftest import make_articles
from test_widgets import Driven, plain

import mediakit as mk

CHOICES = [
    ("By", "article_id"),
    ("By", None),
    ("Source", "Post"),
    ("Actor", "Vladimir Putin"),
    ("Actor", "Olaf Scholz"),  # of the registry, and not named
    ("Type", "person"),
    ("Forms", "names"),
    ("Forms", "descriptions and pronouns too"),
    ("Forms", "capitals as places"),
    ("names the registry lacks", True),
    ("Time", (2, 6)),
]
NAMES = ("Vladimir Putin", "Donald Trump", "Emmanuel Macron", "Russia", "Ukraine", "Jane Miller")


def sentence(rng):
    one, two = rng.sample(NAMES, 2)
    return rng.choice([f"{one} met {two} in Moscow.", f"Then {one} said that {two} had left. He smiled.", "It rained."])


@pytest.fixture(scope="module")
def articles():
    rng = random.Random(1)
    records = [
        {
            "source": "Post" if number % 2 else "Herald",
            "published": None if number == 0 else f"2025-{1 + 3 * (number % 4):02d}-03",
            "title": f"Article {number}",
            "text": f"Article {number}\n" + " ".join(sentence(rng) for _ in range(6)),
        }
        for number in range(14)
    ]
    return make_articles(*records)


@pytest.fixture(scope="module")
def driven(articles):
    return Driven(mk.explore_actors(articles))


def set_to(control, value):
    if control.description == "Time":
        control.index = value
    else:
        control.value = value


def first(control):
    return (0, len(control.options) - 1) if control.description == "Time" else control.value


def printed(driven):
    return unescape(driven.code.value.removeprefix("<pre>").removesuffix("</pre>"))


VIEWS = ("mentions", "share of voice", "differences", "prominence", "over time", "named together", "one article")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("name", "value"), CHOICES, ids=str)
def test_the_code_makes_what_is_shown(driven, articles, view, name, value):
    control = driven.controls[name]
    before = first(control)
    driven.controls["View"].value = view
    set_to(control, value)
    assert driven.fine
    names = {"mk": mk, "articles": articles}
    exec(printed(driven), names)
    if driven.is_page:
        assert names["page"].data == driven.figure.value
    else:
        assert plain(names["fig"]) == plain(driven.figure)
    set_to(control, before)


def test_what_is_not_chosen_is_not_counted(driven, articles):
    for name, value in (("View", "mentions"), ("By", None), ("Source", "Post"), ("Type", "person"), ("Time", (2, 6))):
        set_to(driven.controls[name], value)
    (trace,) = driven.figure.data
    part = articles[(articles["source"] == "Post") & articles["published"].dt.month.isin([4, 7])]
    found = mk.counted_mentions(mk.mentions(part))
    expected = found.loc[found["type"] == "person", "actor"].value_counts()
    assert dict(zip([key[0] for key in trace.customdata], trace.x, strict=True)) == expected.to_dict()
    driven.click(trace, 0)
    sentences = found[found["actor"] == trace.customdata[0][0]].drop_duplicates(["article_id", "sentence_no"])
    assert f"{len(sentences)} sentence" in driven.table.value
    for name, value in (("By", "source"), ("Source", "all sources"), ("Type", "all"), ("Time", (0, 9))):
        set_to(driven.controls[name], value)


def test_a_point_in_time_leads_to_the_sentences_of_that_time(driven, articles):
    driven.controls["View"].value = "over time"
    driven.controls["Actor"].value = "Vladimir Putin"
    found = mk.counted_mentions(mk.mentions(articles))
    found = found[found["actor"] == "Vladimir Putin"]
    dates = found["article_id"].map(articles.set_index("article_id")["published"])
    groups = found["article_id"].map(articles.set_index("article_id")["source"])
    checked = 0
    for trace, _ in list(driven.marks()):
        for place, key in enumerate(trace.customdata):
            source, _, period = key
            when = pd.to_datetime(period, utc=True, errors="coerce")
            same = dates.isna() if pd.isna(when) else (dates.dt.year == when.year) & (dates.dt.month == when.month)
            rows = found[same & (groups == source)].drop_duplicates(["article_id", "sentence_no"])
            driven.click(trace, place)
            assert (f"{len(rows)} sentence" in driven.table.value) == bool(len(rows)), key
            checked += 1
    assert checked >= 4
    driven.controls["Actor"].value = ""


def test_a_difference_leads_to_the_actor_in_both_groups(driven, articles):
    driven.controls["View"].value = "differences"
    trace = next(trace for trace, _ in driven.marks())
    key = dict(zip(trace.meta["keys"], trace.customdata[0], strict=True))
    (actor,) = (name for name in NAMES if name in key["measure"])
    found = mk.counted_mentions(mk.mentions(articles))
    rows = found[found["actor"] == actor].drop_duplicates(["article_id", "sentence_no"])
    driven.click(trace, 0)
    assert f"{len(rows)} sentences" in driven.table.value


def test_a_view_hides_what_it_does_not_use(driven):
    driven.controls["View"].value = "one article"
    assert driven.shown == {"View", "Article", "names the registry lacks"}
    driven.controls["View"].value = "named together"
    assert not {"By", "Article"} & driven.shown
    driven.controls["View"].value = "mentions"
    assert {"By", "Source", "Actor", "Time"} <= driven.shown


def test_a_whole_article_is_exported_as_a_page(articles, tmp_path):
    driven = Driven(mk.explore_actors(articles, folder=tmp_path))
    driven.controls["View"].value = "one article"
    driven.controls["Article"].value = "a3"
    driven.button.click()
    page = (tmp_path / "explore-actors.html").read_text(encoding="utf-8")
    assert mk.show_article("a3", articles, mk.mentions(articles), mk.quotes(articles)).data in page
    assert [path.name for path in tmp_path.iterdir()] == ["explore-actors.html"]


def test_a_registry_that_was_passed_is_the_one_that_counts(articles):
    own = pd.DataFrame({"actor": ["Jane Miller"], "alias": ["Jane Miller"], "type": ["person"], "form": ["name"]})
    driven = Driven(mk.explore_actors(articles, own))
    driven.controls["By"].value = None
    (trace,) = driven.figure.data
    assert [key[0] for key in trace.customdata] == ["Jane Miller"]
    names = {"mk": mk, "articles": articles, "actors": own}
    exec(printed(driven), names)
    assert plain(names["fig"]) == plain(driven.figure)
    driven.controls["View"].value = "one article"
    exec(printed(driven), names)
    assert names["page"].data == driven.figure.value


@pytest.mark.parametrize("given", [{"source": None, "published": None}, {"published": "2025-01-01"}])
def test_without_dates_or_sources_it_works_too(given):
    articles = make_articles(*({"text": f"Trump met Putin {n} times."} | given for n in range(3)))
    driven = Driven(mk.explore_actors(articles))
    assert driven.controls["Time"].disabled
    for view in VIEWS:
        driven.controls["View"].value = view
        assert driven.fine, view


def test_a_name_that_nobody_bears_is_refused_in_words(driven):
    driven.controls["View"].value = "over time"
    before = driven.controls["Actor"].value
    driven.controls["Actor"].value = "Vladimir Puttin"
    assert "Near it: Vladimir Putin" in driven.status.value
    driven.controls["Actor"].value = before
    assert driven.fine
