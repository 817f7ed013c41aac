"""Figures and words of share of voice, prominence, time, differences and communities, by their data."""

import html
import re

import numpy as np
import pandas as pd
import pytest
from actor_frames import by_lot, make_corpus, make_mentions
from plot_frames import NASTY, shown_texts, words_of

import mediakit as mk
from mediakit.frames import FrameError, build, fingerprint

ROWS, CORPUS = by_lot(60, 3, 1)


def frames(names: list[str] | None = None) -> dict[str, pd.DataFrame]:
    """Every frame that has a figure here; with `names` for the actors and sources of the corpus."""
    rows, corpus = ROWS, CORPUS
    if names:
        renamed = dict(zip(sorted(set(rows["actor"])), names, strict=False))
        rows = rows.assign(actor=rows["actor"].map(renamed))
        corpus = corpus.assign(source=corpus["source"].map(dict(zip(["S0", "S1", "S2"], names[4:], strict=False))))
    prominence = mk.prominence(rows, corpus)
    return {
        "actor_shares": mk.actor_shares(rows, corpus),
        "actor_shares by source": mk.actor_shares(rows, corpus, by="source"),
        "prominence_shares": mk.prominence_shares(prominence, corpus),
        "prominence_shares by source": mk.prominence_shares(prominence, corpus, by="source"),
        "actor_timeline": mk.actor_timeline(rows, corpus, period="month"),
        "actor_timeline by source": mk.actor_timeline(rows, corpus, period="month", by="source", measure="named"),
    }


PLOTS = {
    "actor_shares": mk.plot_actor_shares,
    "prominence_shares": mk.plot_prominence_shares,
    "actor_timeline": mk.plot_actor_timeline,
}
MADE = frames()
CASES = list(MADE)


def name_of(case: str) -> str:
    return case.split(" ")[0]


def points(fig) -> list[tuple[list[str], float, float, float]]:
    """Key, value and interval of every point in a figure of rows."""
    found = []
    for trace in fig.data:
        if trace.customdata is not None:
            upper = np.array(trace.error_x.array, dtype=float)
            lower = np.array(trace.error_x.arrayminus, dtype=float)
            for key, x, up, down in zip(trace.customdata, trace.x, upper, lower, strict=True):
                found.append((list(key), float(x), float(x - down), float(x + up)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_figure_says_what_it_is(case: str) -> None:
    frame, before = MADE[case], MADE[case].copy()
    fig = PLOTS[name_of(case)](frame, articles=CORPUS, call="fig = …")
    pd.testing.assert_frame_equal(frame, before)
    meta = fig.layout.meta
    assert (meta["frame"], meta["call"], meta["corpus"]) == (name_of(case), "fig = …", fingerprint(CORPUS))
    assert meta["n"] > 0
    assert meta["alt"]
    assert "n = " in words_of(fig)
    assert any(trace.showlegend for trace in fig.data)
    assert fig.to_json() == PLOTS[name_of(case)](frame, articles=CORPUS, call="fig = …").to_json()


@pytest.mark.parametrize("case", CASES)
def test_an_empty_frame_and_a_wrong_one_are_answered(case: str) -> None:
    plot = PLOTS[name_of(case)]
    fig = plot(build(name_of(case), []))
    assert len(fig.data) == 0
    assert "No " in words_of(fig)
    with pytest.raises(FrameError, match=f"{name_of(case)}: missing column"):
        plot(pd.DataFrame({"nothing": [1]}))


@pytest.mark.parametrize("case", CASES)
def test_names_are_never_markup(case: str) -> None:
    fig = PLOTS[name_of(case)](frames(NASTY)[case])
    ours = re.compile(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>")
    for text in shown_texts(fig):
        rest = ours.sub("", text)
        assert "<" not in rest
        assert not re.search(r"&(?!amp;|lt;|gt;|#36;)", rest)


@pytest.mark.parametrize("case", CASES)
def test_one_row_is_enough(case: str) -> None:
    fig = PLOTS[name_of(case)](MADE[case].head(1))
    assert sum(len(trace.customdata) for trace in fig.data if trace.customdata is not None) == 1


@pytest.mark.parametrize("case", ["actor_shares", "actor_shares by source"])
def test_shares_are_drawn_with_their_intervals(case: str) -> None:
    frame = MADE[case]
    keys = [*(["source"] if "by" in case else []), "actor"]
    expected = {
        tuple(row[key] for key in keys): (row["share"], row["ci_low"], row["ci_high"])
        for row in frame.to_dict("records")
    }
    found = points(mk.plot_actor_shares(frame))
    assert len(found) == len(expected)
    for key, *values in found:
        np.testing.assert_allclose(values, expected[tuple(key)])


def test_a_share_without_an_interval_is_hollow_and_says_why() -> None:
    rows, corpus = make_mentions([("a0", "Ada"), ("a1", "Bo")]), make_corpus([9, 9])
    fig = mk.plot_actor_shares(mk.actor_shares(rows, corpus))
    drawn = [trace for trace in fig.data if trace.customdata is not None]
    assert all(trace.marker.color == "#FFFFFF" for trace in drawn)
    assert any(trace.name == "hollow: too few for an interval" for trace in fig.data)
    assert "2 articles; no interval below 5" in words_of(fig)
    assert "95 %" not in words_of(fig)


def test_many_actors_and_groups_are_counted_not_crowded() -> None:
    rows = make_mentions([(f"a{n % 40}", f"Actor {n:02}") for n in range(80)])
    corpus = make_corpus([9] * 40, source=[f"Source {n:02}" for n in range(40)])
    fig = mk.plot_actor_shares(mk.actor_shares(rows, corpus, by="source"))
    assert "and 65 more actors" in words_of(fig)
    assert "and 35 more groups" in words_of(fig)
    prominence = mk.prominence(rows, corpus)
    fig = mk.plot_prominence_shares(mk.prominence_shares(prominence, corpus, by="source"), top=4)
    assert len(fig.layout.yaxis.ticktext) == 4
    assert "and 76 more actors" in words_of(fig)


def test_prominence_draws_three_measures_or_one() -> None:
    frame = MADE["prominence_shares"]
    fig = mk.plot_prominence_shares(frame)
    assert {key[1] for key, *_ in points(fig)} == {"named", "lead"}  # no article of this corpus has a title
    assert "first at" in words_of(fig)
    for measure in ("named", "first_position"):
        rows = frame[frame["measure"] == measure].set_index("actor")
        for (actor, one), *values in points(mk.plot_prominence_shares(frame, measure=measure)):
            assert one == measure
            np.testing.assert_allclose(values, rows.loc[actor, ["value", "ci_low", "ci_high"]].tolist())
    with pytest.raises(ValueError, match="measure='tone' is none of named, lead, title, first_position"):
        mk.plot_prominence_shares(frame, measure="tone")


def test_a_gap_in_time_breaks_the_line_and_is_no_zero() -> None:
    dates = ["2025-01-05"] * 6 + ["2025-03-05"] * 2 + [None]
    corpus = make_corpus([50] * 9, published=dates)
    rows = make_mentions([(f"a{n}", "Ada") for n in (0, 1, 6, 8)])
    fig = mk.plot_actor_timeline(mk.actor_timeline(rows, corpus, period="month"), articles=corpus)
    line = next(trace for trace in fig.data if trace.mode == "lines")
    assert np.isnan(np.array(line.y, dtype=float)).tolist() == [False, True, False]
    assert line.connectgaps is False
    found = [
        (list(key), y)
        for trace in fig.data
        if trace.customdata is not None
        for key, y in zip(trace.customdata, trace.y, strict=True)
    ]
    first = [f"2025-{month}-01 00:00:00+00:00" for month in ("01", "03")]
    assert found == [(["Ada", first[0]], pytest.approx(1000 * 2 / 300)), (["Ada", first[1]], pytest.approx(10.0))]
    words = words_of(fig)
    assert "1 of them without a date, not shown" in words
    assert "1 month without an article: a gap, not zero" in words
    strip = next(trace for trace in fig.data if trace.type == "bar")
    assert list(strip.y) == [6, 0, 2]


def test_every_group_of_a_timeline_stands_in_the_legend() -> None:
    fig = mk.plot_actor_timeline(MADE["actor_timeline by source"])
    entries = [trace.name for trace in fig.data if trace.showlegend and not trace.name.startswith("hollow")]
    assert [html.unescape(name).split(" ")[0] for name in entries] == ["S0", "S1", "S2"]


# --- the network --------------------------------------------------------------------------------------------------

TOGETHER = ROWS.assign(sentence_no=ROWS["sentence_no"] % 9)
PAIRS = mk.co_mentions(TOGETHER)
ACTORS = mk.co_mention_actors(TOGETHER)


@pytest.mark.parametrize("color", ["community", "type"])
def test_the_network_is_coloured_and_sized_by_its_actors(color: str) -> None:
    fig = mk.plot_co_mentions(PAIRS, actors=ACTORS, color=color)
    table = ACTORS.set_index("actor")
    sizes = {}
    for trace in fig.data:
        if trace.meta == {"keys": ["actor"]}:
            actors = [key[0] for key in trace.customdata]
            assert len(set(table.loc[actors, color])) == 1
            sizes |= dict(zip(actors, trace.marker.size, strict=True))
    assert set(sizes) == set(table.index)
    assert sorted(sizes, key=sizes.get) == table["n"].sort_values(kind="stable").index.tolist()
    colours = {trace.name for trace in fig.data if trace.showlegend and "sentence" not in trace.name}
    assert len(colours) == table[color].nunique()
    labels = [note.text for note in fig.layout.annotations if note.name is None]
    assert any(f"({table['n'].max()})" in text for text in labels)
    assert ("Communities are found in all pairs" in words_of(fig)) is (color == "community")


def test_a_network_refuses_actors_of_other_mentions() -> None:
    with pytest.raises(FrameError, match="co_mention_actors: no row for 'Ada'"):
        mk.plot_co_mentions(PAIRS, actors=ACTORS[ACTORS["actor"] != "Ada"])
    with pytest.raises(ValueError, match="color='type': give 'community' or 'type', and actors="):
        mk.plot_co_mentions(PAIRS, color="type")


# --- words --------------------------------------------------------------------------------------------------------


def test_shares_in_words() -> None:
    said = mk.describe_actor_shares(MADE["actor_shares"])
    first = MADE["actor_shares"].iloc[0]
    assert f"{first['actor']} {100 * first['share']:.0f} % ({100 * first['ci_low']:.0f} to" in said.replace("\n  ", " ")
    assert "not tested here" in said
    few = mk.actor_shares(make_mentions([("a0", "Ada"), ("a0", "Bo")]), make_corpus([9]))
    assert "no interval" in mk.describe_actor_shares(few)
    assert "Caveat (2 of 2): 1 article; no interval below 5." in mk.describe_actor_shares(few)
    assert "S0: " in mk.describe_actor_shares(MADE["actor_shares by source"])


def test_differences_in_words() -> None:
    found = mk.actor_differences(mk.actor_rates(ROWS, CORPUS), CORPUS)
    said = mk.describe_actor_differences(found).replace("\n  ", " ")
    assert re.search(
        r"12 comparisons \(4 actors, pairs of groups\).*: 2 differ, 10 cannot be told apart, 0 too few", said
    )
    assert re.search(r"S0 names Ada more than S1: by [\d.]+ \([\d.]+ to [\d.]+\)\.", said)
    alike = found.assign(verdict="cannot be told apart")
    assert "does not say that all are alike" in mk.describe_actor_differences(alike).replace("\n  ", " ")
    few = mk.describe_actor_differences(mk.actor_differences(mk.actor_rates(*by_lot(3, 3, 1)), by_lot(3, 3, 1)[1]))
    assert "0 differ, 0 cannot be told apart, 9 too few" in few.replace("\n  ", " ")


def test_a_difference_is_told_from_the_larger_side() -> None:
    row = mk.actor_differences(mk.actor_rates(ROWS, CORPUS), CORPUS).query("verdict == 'differs'").head(1)
    turned = row.assign(
        group_a=row["group_b"], group_b=row["group_a"], difference=-row["difference"],
        ci_low=-row["ci_high"], ci_high=-row["ci_low"],
    )  # fmt: skip
    assert mk.describe_actor_differences(turned) == mk.describe_actor_differences(row)


def test_prominence_and_time_in_words() -> None:
    said = mk.describe_prominence_shares(MADE["prominence_shares"])
    named = MADE["prominence_shares"].iloc[0]
    assert f"{named['actor']}: named in {named['n_hits']} of {named['n']} (" in said
    time = mk.describe_actor_timeline(MADE["actor_timeline"])
    assert "highest" in time
    assert "Whether two periods differ is not tested here." in time
    one = mk.actor_timeline(make_mentions([("a0", "Ada")]), make_corpus([9], published=["2025-01-01"]))
    assert "nothing to follow over time" in mk.describe_actor_timeline(one)


def test_communities_in_words() -> None:
    said = mk.describe_co_mention_actors(ACTORS)
    assert "Community 1: " in said
    assert "also one made by chance" in said
    loose = ACTORS.assign(stability=0.4)
    assert "Not firm: searches agree on 40 % of it." in mk.describe_co_mention_actors(loose).replace("\n  ", " ")


@pytest.mark.parametrize("name", ["actor_shares", "prominence_shares", "actor_timeline", "co_mention_actors"])
def test_nothing_in_words(name: str) -> None:
    assert re.match(r"No (actor|sentence)", getattr(mk, f"describe_{name}")(build(name, [])))
    with pytest.raises(FrameError, match=f"{name}: missing column"):
        getattr(mk, f"describe_{name}")(pd.DataFrame({"nothing": [1]}))
