"""Terms over time as figure and in words: gaps, intervals, evidence."""

import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk
from mediakit.frames import build


@pytest.fixture(scope="module")
def articles():
    """Six articles in January, none in February, two in March, one without a date."""
    dates = ["2025-01-03"] * 6 + ["2025-03-05", "2025-03-20", None]
    texts = [
        "Peace talks began.",
        "Peace came late.",
        "No word of it.",
        "War goes on.",
        "Peace, peace.",
        "Talks failed.",
    ]
    rows = [
        {"source": "AB"[n % 2], "published": date, "text": texts[n % 6] + " The rest is told elsewhere."}
        for n, date in enumerate(dates)
    ]
    return make_articles(*rows)


def points(fig, term):
    """First moment and value of each point of a term, with what stands there on hover."""
    return {
        key[-1][:10]: (y, text)
        for trace in fig.data
        if trace.customdata is not None
        for key, y, text in zip(trace.customdata, trace.y, trace.hovertext, strict=True)
        if key[-2] == term
    }


def test_an_empty_month_is_a_gap_and_every_point_has_its_rate(articles):
    timeline = mk.term_timeline(articles, ["peace", "war"], period="month")
    fig = mk.plot_term_timeline(timeline, articles=articles)
    for term in ("peace", "war"):
        rows = timeline[(timeline["term"] == term) & timeline["value"].notna() & timeline["period"].notna()]
        found = points(fig, term)
        assert {day: value for day, (value, _) in found.items()} == pytest.approx(
            dict(zip(rows["period"].dt.strftime("%Y-%m-%d"), rows["value"], strict=True))
        )
        assert "2025-02-01" not in found
    lines = [trace for trace in fig.data if trace.type == "scatter" and trace.mode == "lines"]
    assert all(not line.connectgaps and pd.isna(line.y[1]) for line in lines)
    caption = fig.layout.meta["caption"]
    assert "1 month without an article: a gap, not zero" in caption
    assert "1 of them without a date" in caption
    sizes = next(trace for trace in fig.data if trace.type == "bar")
    assert list(sizes.y) == [6, 0, 2]


def test_hover_shows_the_sentences_of_the_period(articles):
    timeline = mk.term_timeline(articles, ["peace"], period="month")
    hits = mk.evidence(mk.kwic(articles, "peace"), articles)
    when = articles.set_index("article_id")["published"]
    hits = hits.assign(term="peace", period=hits["article_id"].map(when))
    found = points(mk.plot_term_timeline(timeline, evidence=hits), "peace")
    assert "talks began" in found["2025-01-01"][1]
    assert "talks began" not in mk.plot_term_timeline(timeline).to_json()
    march = mk.kwic(articles[articles["published"] >= "2025-03-01"], "peace")
    assert ("“" in found["2025-03-01"][1]) == bool(len(march))


def test_shares_by_group_and_nothing_at_all(articles):
    timeline = mk.term_timeline(articles, ["peace"], period="year", measure="used", by="source")
    fig = mk.plot_term_timeline(timeline, width=380)
    assert fig.layout.width == 380
    assert {key[0] for trace in fig.data if trace.customdata is not None for key in trace.customdata} == {"A", "B"}
    assert "share of the articles that use the term" in fig.layout.meta["alt"]
    assert "Nothing to show" in mk.plot_term_timeline(build("term_timeline", [])).to_json()


def test_words_name_the_gap_and_claim_no_change(articles):
    told = " ".join(mk.describe_term_timeline(mk.term_timeline(articles, ["peace", "war"], period="month")).split())
    assert "1 of 3 months has no article: a gap, not zero." in told
    assert "1 article without a date left out." in told
    assert "Whether two periods differ is not tested here." in told
    assert "nan" not in told
    assert mk.describe_term_timeline(build("term_timeline", [])) == "No term was looked for."


def test_a_rank_is_no_test(seeds):
    told = " ".join(mk.describe_ranked_terms(mk.ranked_terms(mk.term_counts(seeds), n=5)).split())
    assert told.startswith("The first 5 of 5 terms: ")
    assert "A rank is no test" in told
