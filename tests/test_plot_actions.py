"""The figure and the words of who acts and who is acted upon."""

import re

import pandas as pd
import pytest
from plot_frames import NASTY, SIXTY, articles, shown_texts, trace_named, words_of

import mediakit as mk
from mediakit.frames import FrameError, build, fingerprint

ACTS, UPON, AGENTLESS = "acts (agent)", "acted upon (patient)", "acted upon, agent left out"


def counts(sources: list[str] | None, actors: list[str]) -> pd.DataFrame:
    rows = [
        ({} if source is None else {"source": source})
        | {
            "actor": actor,
            "n_agent": 12 - place,
            "n_patient": 2 + place + at,
            "n_agent_active": 11 - place,
            "n_agent_passive": 1,
            "n_agentless": 1 + at,
            "share_agent": (12 - place) / (14 + at),
            "n_articles": 2,
        }
        for at, source in enumerate(sources or [None])
        for place, actor in enumerate(actors)
    ]
    return build("action_counts", rows)


@pytest.mark.parametrize("sources", [None, ["A", "B"]], ids=["ungrouped", "grouped"])
def test_bars_are_the_counts(sources: list[str] | None) -> None:
    frame = counts(sources, ["X", "Y", "Z"])
    fig = mk.plot_action_counts(frame)
    keys = ["source", "actor"] if sources else ["actor"]
    known = frame.set_index(keys)
    for name, wanted in (
        (ACTS, known["n_agent"]),
        (UPON, known["n_agentless"] - known["n_patient"]),
        (AGENTLESS, -known["n_agentless"]),
    ):
        trace = trace_named(fig, name)
        assert trace.meta["keys"] == keys
        values = {tuple(key) if sources else key[0]: x for key, x in zip(trace.customdata, trace.x, strict=True)}
        assert values == wanted.to_dict()
    # the hatched part begins where the plain one ends
    plain, hatched = trace_named(fig, UPON), trace_named(fig, AGENTLESS)
    assert list(hatched.base) == list(plain.x)
    assert hatched.marker.pattern.shape == "/"
    low, high = fig.layout.xaxis.range
    assert low < -frame["n_patient"].max()
    assert high > frame["n_agent"].max()
    assert not any("-" in tick or "−" in tick for tick in fig.layout.xaxis.ticktext)
    assert fig.layout.meta["n"] == (frame["n_agent"] + frame["n_patient"]).sum()


def test_rows_have_their_n_and_stand_below_their_actor() -> None:
    fig = mk.plot_action_counts(counts(["A", "B"], ["X", "Y"]))
    ticks = [re.sub("<[^>]*>", "", tick) for tick in fig.layout.yaxis.ticktext]
    groups = ["A (n = 14 in 2 articles)", "B (n = 15 in 2 articles)"]
    assert ticks == ["X", *groups, "Y", *groups]
    places = list(fig.layout.yaxis.tickvals)
    assert places == sorted(places)
    assert "Whether groups differ the counts do not tell" in words_of(fig)
    assert "Whether groups differ" not in words_of(mk.plot_action_counts(counts(None, ["X"])))


def test_many_actors_and_groups_are_counted_not_crowded() -> None:
    fig = mk.plot_action_counts(counts(SIXTY, [f"actor {n}" for n in range(20)]))
    assert len(fig.layout.yaxis.ticktext) <= 40
    assert "and 54 more groups" in words_of(fig)
    assert "more actors" in words_of(fig)


def test_evidence_is_shown_on_the_side_it_belongs_to() -> None:
    frame = counts(None, ["X", "Y"])
    shown = pd.DataFrame(
        {
            "agent": ["X", "Y", None],
            "patient": ["Y", None, "X"],
            "voice": ["active", "active", "agentless"],
            "text": ["X hit Y.", "Y ran.", "X was hit."],
            "hit": ["hit", "ran", "hit"],
        }
    )
    fig = mk.plot_action_counts(frame, evidence=shown)
    told = {name: trace_named(fig, name).hovertext for name in (ACTS, UPON, AGENTLESS)}
    assert ["X <b>hit</b> Y." in text for text in told[ACTS]] == [True, False]
    assert ["X <b>hit</b> Y." in text for text in told[UPON]] == [False, True]
    assert ["X was <b>hit</b>." in text for text in told[AGENTLESS]] == [True, False]


@pytest.mark.parametrize("names", [["A", "B"], NASTY], ids=len)
def test_it_says_what_it_is_and_shows_no_markup(names: list[str]) -> None:
    corpus = articles(["A"])
    frame = counts(names, NASTY)
    before = frame.copy()
    fig = mk.plot_action_counts(frame, articles=corpus, call="fig = plot(…)")
    pd.testing.assert_frame_equal(frame, before)
    meta = fig.layout.meta
    assert (meta["frame"], meta["corpus"], meta["call"]) == ("action_counts", fingerprint(corpus), "fig = plot(…)")
    assert "n = " in words_of(fig)
    for text in shown_texts(fig):
        rest = re.sub(r"</?b>|<br>|<span style=\"color:#[0-9A-F]{6}\">|</span>", "", text)
        assert "<" not in rest
        assert "$" not in rest
        assert "\u202e" not in rest
    assert mk.plot_action_counts(frame).to_json() == mk.plot_action_counts(frame).to_json()


def test_nothing_is_answered_in_words() -> None:
    fig = mk.plot_action_counts(build("action_counts", []))
    assert len(fig.data) == 0
    assert "No actions" in words_of(fig)
    assert "No actor" in mk.describe_action_counts(build("action_counts", []))
    with pytest.raises(FrameError, match="action_counts: missing column"):
        mk.plot_action_counts(pd.DataFrame({"nothing": [1]}))


def test_missing_groups_are_unknown() -> None:
    frame = counts(["A", "B"], ["X"])
    frame["source"] = frame["source"].where(frame["source"] != "A")
    fig = mk.plot_action_counts(frame)
    assert "unknown" in words_of(fig)
    assert ["unknown", "X"] in [list(key) for key in trace_named(fig, ACTS).customdata]


def test_words_name_both_sides_and_claim_no_difference() -> None:
    words = mk.describe_action_counts(counts(["A", "B"], ["X", "Y"]))
    flat = " ".join(words.split())
    assert "2 actors: agent of a verb 46 times, patient 12 times." in flat
    assert "Acting most often: X (24 of 29, 83 %), Y (22 of 29, 76 %)." in flat
    assert "Acted upon most often: Y (7 of 29, 24 %), X (5 of 29, 17 %)." in flat
    assert "Acted upon in passives that do not say by whom: X (3), Y (3)." in flat
    assert "Whether groups differ these counts do not tell" in flat
    alone = mk.describe_action_counts(counts(None, ["X"]).assign(n_agent=3, n_patient=1, n_agentless=0))
    assert "X (3 of 4)" in alone
    assert "%" not in alone
    assert "groups" not in alone
