"""Coloured sentences, figures and words of what is behind a score."""

import html
import re

import numpy as np
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import FrameError, build

NASTY = '<img src=x onerror=alert(1)> It was a GOOD "day" & not bad!! 🙂 O\'Neil\rlost.'


@pytest.fixture(scope="module")
def behind():
    articles = make_articles(text=["Peace is very good. The table stands.", NASTY], source=["A", "B"])
    table = mk.sentences(articles)
    return articles, table, mk.sentiment_words(table, engine=["textblob", "vader"])


def cells(page):
    """The text of the last cell of every row, as a browser would show it, with its colours left away."""
    bodies = re.findall(r'<td dir="auto"[^>]*>(.*?)</td>', page, flags=re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", body)) for body in bodies]


def test_the_text_stands_there_unchanged(behind):
    _, table, words = behind
    page = mk.show_sentiment(words, table).data
    assert cells(page) == [text for text in table["text"] for _ in range(2)]
    assert "<img" not in page


def test_scores_sides_and_rules_are_shown(behind):
    _, table, words = behind
    page = mk.show_sentiment(words, table.head(2)).data
    sums = words.groupby(["article_id", "sentence_no", "engine"])["contribution"].sum()
    assert f">{sums['a0', 0, 'vader']:+.2f}<" in page
    assert page.count("no known word") == 2 * 1
    good = words[(words["text"] == "good") & (words["engine"] == "vader")].iloc[0]
    assert f"boosted by very; adds {good['contribution']:+.3f}" in page
    assert 'class="mk-w mk-up3"' in page
    assert 'class="mk-w mk-down' not in page


def test_the_most_are_shown_and_the_others_counted(behind):
    _, table, words = behind
    page = mk.show_sentiment(words, table, most=1).data
    assert f"{len(table)} sentences, the first 1 shown" in page
    assert len(cells(page)) == 2
    assert "No sentence" in mk.show_sentiment(words, table.head(0)).data


def test_words_of_other_sentences_are_refused(behind):
    _, table, words = behind
    with pytest.raises(FrameError, match="lies outside sentence"):
        mk.show_sentiment(words.assign(start=10_000, end=10_001), table)


def test_the_figure_of_drivers_shows_its_rows(behind):
    articles, _, words = behind
    drivers = mk.drivers(words, by="source", articles=articles)
    fig = mk.plot_drivers(drivers, articles=articles)
    keys = ["source", "engine", "term"]
    known = drivers.dropna(subset=["effect"]).set_index(keys)["effect"]
    drawn = {tuple(key): x for trace in fig.data for key, x in zip(trace.customdata, trace.x, strict=True)}
    assert drawn == pytest.approx(known.to_dict())
    assert [trace.meta["keys"] for trace in fig.data] == [keys] * len(fig.data)
    assert "n = " in fig.layout.meta["caption"]
    assert mk.plot_drivers(drivers.head(0)).layout.meta["n"] == 0


def test_many_drivers_are_counted_not_crowded():
    rows = [
        {"engine": "vader", "term": f"<b>word{n}</b>", "n": 1, "n_articles": 1, "weight": 1.0, "total": 1.0}
        | {"share": 0.01, "mean": 0.1, "mean_without": 0.1 - n / 100, "effect": n / 100}
        for n in range(60)
    ]
    fig = mk.plot_drivers(build("drivers", rows), top=60)
    assert len(fig.layout.yaxis.ticktext) == 40
    assert "40 of 60 terms" in fig.layout.meta["caption"]
    assert not any("<b>word" in tick for tick in fig.layout.yaxis.ticktext)


def test_words_say_what_the_rows_say(behind):
    articles, table, words = behind
    said = mk.describe_drivers(mk.drivers(words))
    assert said.startswith("textblob: mean ")
    suspects = mk.suspects(words, table)
    assert "Rules propose, you decide" in mk.describe_suspects(suspects, words)
    assert mk.describe_suspects(suspects.head(0), words.head(0)) == "There is nothing to describe."
    assert mk.describe_drivers(build("drivers", [])) == "There is nothing to describe."
    whole = mk.sentiment(table, engine="vader").assign(engine="mine", polarity=0.1, n_scored=1)
    assert f"mine scores {len(table)} of {len(table)} sentences" in mk.describe_sentiment(whole)
    assert not np.isnan(mk.drivers(words)["share"]).any()
    assert len(articles) == 2
