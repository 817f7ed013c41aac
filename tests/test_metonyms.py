"""Capitals and seats: the place or the government, on invented sentences. Accuracy on real ones: docs/accuracy.md."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk


def forms(text: str, *, title: str | None = None) -> list[tuple[str, str]]:
    """Each capital or seat in one text with its form, metonym or place."""
    found = mk.mentions(make_articles(article_id=["a"], text=[text], title=[title]))
    found = found[found["form"].isin(["metonym", "place"])]
    return list(zip(found["text"], found["form"], strict=True))


PLACES = [
    "They met in [Moscow].",
    "The plane landed in [Moscow].",
    "He was born in [Moscow], Russia.",
    "She flew from [Kyiv] to Warsaw.",
    "She took the train from Vienna to [Budapest].",
    "A drone fell near [Kyiv].",
    "Crowds filled the streets of [Moscow].",
    "[Kyiv] residents slept in the metro.",
    "Tourists posed on [Moscow]'s Red Square.",
    "He flew to [Washington] on Sunday.",
    "A [Moscow] court jailed the blogger.",
    "She grew up outside [Paris].",
    "Protests spread across [Tehran].",
    "Sirens wailed throughout [Kyiv] overnight.",
    "The convoy stopped 40 miles south of [Seoul].",
    "He owns a flat in central [London].",
    "[KYIV] (Reuters) - Ukraine said on Monday that it would wait.",
    "[MOSCOW], March 3 (AP) — A fire broke out.",
    "[LONDON] — The king spoke.",
    "[BEIJING] (AFP) – Prices rose.",
    "Kenya's capital, [Nairobi], was quiet.",
    "The Ukrainian capital [Kyiv] was quiet.",
    "They came to [Berlin], the German capital, by bus.",
    "He returned to [Tokyo], where his parents live.",
    "The [London]-based charity closed.",
    "The mayor of [Warsaw] resigned.",
    "[Paris] mayor Anne Hidalgo swam in the Seine.",
    "She left [Baghdad] in 2004.",
    "The pope visited [Havana].",
    "Russian forces shelled [Kyiv] again.",
    "Rebels entered [Damascus] at dawn.",
    "A blast rocked a [Kabul] hotel.",
    "Smog covered [Delhi]'s suburbs.",
    "Inside [Tehran]'s bazaar traders were silent.",
    "The [Stockholm] metro reopened.",
    "A [Rome] restaurant was fined.",
    "They moved from Cairo and [Amman] to the coast.",
    "The flight from [Dublin] was late.",
    "He spoke by telephone from [Abu Dhabi].",
    "Her trip to [Beijing] was cut short.",
    "In [London] and [Paris], markets fell.",
    "The road to [Baghdad] was empty.",
    "The summit was held at [Helsinki].",
    "[Kyiv] was shelled for a third night.",
    "[Vienna] is home to 1.9 million people.",
    "The fall of [Kabul] surprised them.",
    "It happened during the siege of [Sarajevo].",
    "Moscow's plane reached [Ankara] on time.",
    "They marched on [Rome].",
    "The delegation flew into [Riyadh].",
    "He studied at a [Budapest] university.",
    "The [Seoul] subway stopped.",
    "Troops withdrew from [Kabul].",
    "The Kyiv-[Warsaw] train was late.",
    "She lives in a suburb of [Lisbon].",
    "The ambassador was invited to [Oslo].",
    "He told reporters in [Canberra] that he was wrong.",
    "Talks were held in [Doha], Qatar.",
    "He waited outside the [Kremlin].",
    "They met at the [White House].",
    "Protesters gathered near [Downing Street].",
    "She arrived at the [White House] for lunch.",
    "The helicopter stood on the [White House] lawn.",
    "Reporters waited outside the [Pentagon].",
    "Thousands of people in [Minsk] were detained.",
    "Kyiv's envoy stayed in [Vienna] and [Bern].",
    "The exhibition opens in [Copenhagen] in May.",
    "Hundreds fled [Khartoum].",
]

GOVERNMENTS = [
    "[Moscow] said it would not attend.",
    "[Moscow]'s demands are unchanged.",
    "Talks with [Moscow] have stalled.",
    "The gap between [Kyiv] and [Moscow] remains wide.",
    "[Washington] wants a deal.",
    "There is more pressure on [Moscow].",
    "The [Moscow]-backed militia fled.",
    "He told [Kyiv] to wait.",
    "Sanctions against [Tehran] were eased.",
    "[Beijing] has never accepted the ruling.",
    "[Berlin] would pay half of it.",
    "The order came from [Moscow].",
    "Relations with [Ankara] soured.",
    "Arms sales to [Riyadh] were halted.",
    "The plan angered [Beijing].",
    "He accused [Tehran] of lying.",
    "[Paris] and [Berlin] agreed on a budget.",
    "Both Moscow and [Washington] denied it.",
    "[London]’s decision came late.",
    "It was signed by [Warsaw] in 2022.",
    "Analysts say [Moscow] is losing patience.",
    "According to [Tehran], the ship was empty.",
    "The anti-[Kyiv] campaign failed.",
    "A senior [Beijing] official resigned.",
    "[Washington] insiders were stunned.",
    "The aid that [Washington] promised never came.",
    "It would be a victory for [Moscow].",
    "Ties between [Tokyo] and [Seoul] improved.",
    "[Tehran] denies seeking a bomb.",
    "[Pyongyang] fired two missiles and [Seoul] responded.",
    "Confidence in [Moscow] is low.",
    "The ambassador to [Moscow] was recalled.",
    "The [Kremlin] said so.",
    "The [White House] declined to comment.",
    "The [Pentagon] confirmed it.",
    "A [Kremlin]-linked banker paid.",
    "A [White House] official told reporters.",
    "[Downing Street] rejected the claim.",
    "The [Kremlin]'s position is known.",
    "Talks with the [White House] failed.",
    "He is an ally of the [Kremlin].",
    "[Brussels] proposed new rules.",
    "[Brussels] officials were silent.",
    "Concessions to [Moscow] were ruled out.",
    "The pro-[Moscow] party won.",
    "The proposal was rejected by [Islamabad].",
    "[Cairo], which has long mediated, kept quiet.",
    "He urged [Jerusalem] to show restraint.",
    "[Kyiv] also wants tanks.",
    "Critics of [Beijing] were jailed.",
    "[Hanoi] and [Manila] protested.",
    "Support from [Washington] is shrinking.",
    "In Syria, [Moscow] backed Assad.",
    "After talks with Iran, [Moscow] changed course.",
    "The government in [Damascus] fell.",
    "“[Moscow] will answer,” he said.",
]


def _parts(marked: str) -> tuple[str, set[str]]:
    names = {piece.split("]")[0] for piece in marked.split("[")[1:]}
    return marked.replace("[", "").replace("]", ""), names


@pytest.mark.parametrize("marked", PLACES)
def test_a_capital_that_is_only_a_place(marked: str) -> None:
    text, names = _parts(marked)
    found = dict(forms(text))
    assert {name: found.get(name) for name in names} == dict.fromkeys(names, "place")


@pytest.mark.parametrize("marked", GOVERNMENTS)
def test_a_capital_that_stands_for_its_government(marked: str) -> None:
    text, names = _parts(marked)
    found = dict(forms(text))
    assert {name: found.get(name) for name in names} == dict.fromkeys(names, "metonym")


@pytest.mark.parametrize(
    "text",
    [
        "The Oslo accords failed.",
        "The Paris climate agreement holds.",
        "The Geneva conventions apply.",
        "The Minsk peace agreement was broken.",
        "The Kyoto protocol and the Rome treaty.",
        "He leaked the Pentagon Papers.",
        "The Helsinki Commission met.",
        "The Vienna Philharmonic played.",
        "The London Marathon was won by a local runner.",
    ],
)
def test_names_of_agreements_and_bodies_are_neither(text: str) -> None:
    assert forms(text) == []


def test_the_actor_stays_so_that_the_evidence_does() -> None:
    found = mk.mentions(make_articles(article_id=["a"], text=["He landed in Moscow. Moscow said so."]))
    assert found[["text", "actor", "form"]].to_numpy().tolist() == [
        ["Moscow", "Russia", "place"],
        ["Moscow", "Russia", "metonym"],
    ]
    assert found["confidence"].between(0.5, 1).all()


CAPITALS = ("Moscow", "Kyiv", "Berlin", "Tokyo", "Ankara", "Nairobi", "Ottawa", "Bogotá", "Hanoi", "Riyadh")


@pytest.mark.parametrize("capital", CAPITALS)
@given(marked=st.sampled_from(PLACES + GOVERNMENTS))
def test_every_capital_is_read_alike(capital: str, marked: str) -> None:
    """The words around decide, not the town: another capital in the same place gets the same form."""
    text, names = _parts(marked)
    name = sorted(names)[0]
    if " " in name or name.isupper() or name in ("Kremlin", "Pentagon", "Brussels") or "-" in text:
        return
    country = {"Russia", "Qatar", "Kenya", "German", "Ukrainian"}
    if capital in text or any(word in text for word in country):
        return
    assert dict(forms(text.replace(name, capital))).get(capital) == dict(forms(text)).get(name)


PIECES = st.sampled_from(
    "Moscow|the Kremlin|Kyiv|White House|Washington, D.C.|in|of|from|to|and|,|-|—|(AP)|'s|’s|said|talks|with|between|"
    "\n| |.|“|the|capital|Paris|Brussels|residents|officials|1-0|\u0301|😀".split("|")
)


@given(st.lists(PIECES, max_size=25))
def test_any_words_around(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = mk.mentions(make_articles(article_id=["a"], text=[text]))
    assert [text[row.start : row.end] for row in found.itertuples()] == found["text"].tolist()
    assert pd.Series(found["confidence"]).between(0, 1).all()


def test_long_rows_of_capitals_take_linear_time() -> None:
    text = "Moscow, Kyiv and Paris - " * 20_000
    assert len(mk.mentions(make_articles(article_id=["a"], text=[text]))) == 60_000
