"""Who does what to whom: the rules one by one, the phrases' actors, the counts, what holds on any text."""

import sys

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit import nlp_model
from mediakit.actions import LONGEST
from mediakit.frames import FrameError, build


def found(text: str, **options: object) -> pd.DataFrame:
    return mk.actions(make_articles(text=[text]), **options)  # type: ignore[arg-type]


def told(text: str) -> set[str]:
    """Each row as "agent > predicate > patient" with phrases as written, "-" for nobody."""
    rows = found(text)[["agent_text", "predicate", "patient_text"]].astype(object).fillna("-")
    return {" > ".join(row) for row in rows.to_numpy().tolist()}


def voices(text: str) -> dict[str, str]:
    rows = found(text)
    return dict(zip(rows["predicate"], rows["voice"], strict=True))


# --- agents, patients, voice --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row", "voice"),
    [
        ("Rebels attacked the town.", "Rebels > attack > the town", "active"),
        ("The town was attacked by rebels.", "rebels > attack > The town", "passive"),
        ("The town was attacked by Friday.", "- > attack > The town", "agentless"),
        ("Two civilians were killed in the strike.", "- > kill > Two civilians", "agentless"),
        ("He got arrested by the police.", "the police > arrest > He", "passive"),
        ("The bridge destroyed by the flood was old.", "the flood > destroy > The bridge", "passive"),
        ("They carried the attack out.", "They > carry out > the attack", "active"),
        ("The army that invaded the country left.", "The army > invade > the country", "active"),
        ("The minister who was attacked by critics resigned.", "critics > attack > The minister", "passive"),
        ("Soldiers guarding the bridge fled.", "Soldiers > guard > the bridge", "active"),
        ("He arrested the man that the court had freed.", "the court > free > the man", "active"),
        ("They agreed to sign the treaty.", "They > sign > the treaty", "active"),
        ("They forced the mayor to sign the treaty.", "the mayor > sign > the treaty", "active"),
        ("She promised him to sign the treaty.", "She > sign > the treaty", "active"),
        ("The mayor was forced to sign the treaty.", "The mayor > sign > the treaty", "active"),
        ("Critics accused the minister of hiding the report.", "the minister > hide > the report", "active"),
        ("Speaking in Rome, the pope condemned the war.", "the pope > speak > -", "active"),
        ("He left the country without paying the bill.", "He > pay > the bill", "active"),
        ("France’s plan to send troops failed.", "France > send > troops", "active"),
        ("Police arrested and questioned the student.", "Police > arrest > the student", "active"),
        ("The men were beaten and robbed.", "- > rob > The men", "agentless"),
        ("The crowd booed and left the square.", "The crowd > leave > the square", "active"),
    ],
)
def test_who_does_what_to_whom(text: str, row: str, voice: str) -> None:
    assert row in told(text)
    assert voices(text)[row.split(" > ")[1]] == voice


def test_each_pair_of_coordinated_agents_and_patients_has_a_row() -> None:
    rows = told("Trump and Putin praised Macron and Merkel.")
    assert rows == {f"{a} > praise > {p}" for a in ("Trump", "Putin") for p in ("Macron", "Merkel")}


def test_states_and_qualities_are_no_actions() -> None:
    assert told("The president is angry. Russia is a threat. The captured town was quiet.") == set()


def test_nobody_does_what_cannot_be_told() -> None:
    assert told("It was hard to find the missing ship.") == {"- > find > the missing ship"}
    assert "Missiles > hit > the port" not in told("Missiles were used to hit the port.")


def test_a_relative_clause_about_time_has_no_object() -> None:
    assert "the army > attack > the day" not in told("He remembered the day the army attacked.")


# --- what is said of the predicate --------------------------------------------------------------------------------


def test_negation() -> None:
    rows = found("He did not attack or insult anyone. She never left. Nobody protested. He came without asking her.")
    denied = dict(zip(rows["predicate"], rows["negated"], strict=True))
    assert denied == {
        "attack": True,
        "insult": True,
        "leave": True,
        "protest": True,
        "come": False,
        "ask": True,
    }


def test_modal_governor_and_speech() -> None:
    rows = found("He said the army could attack the city. They won’t accept it. She refused to meet him. They ate.")
    rows = rows.set_index("predicate")
    assert rows["modal"].dropna().to_dict() == {"attack": "could", "accept": "will"}
    assert rows["governor"].dropna().to_dict() == {"attack": "say", "meet": "refuse"}
    assert rows.index[rows["speech"]].tolist() == ["say"]


@pytest.mark.parametrize("dateline", ["BERLIN (Reuters) - ", "KYIV, Ukraine — ", "Moscow, May 3 (AFP) – "])
def test_a_dateline_does_nothing(dateline: str) -> None:
    assert told(f"{dateline}Police arrested the mayor.") == {"Police > arrest > the mayor"}


def test_the_span_is_the_verb_with_a_particle_beside_it() -> None:
    rows = found("They carried out the raid. They carried it out.")
    assert rows["text"].tolist() == ["carried out", "carried"]
    assert rows["predicate"].tolist() == ["carry out", "carry out"]


def test_parts_are_told() -> None:
    articles = make_articles(
        {"title": "Police arrest a mayor", "text": "Police arrest a mayor\nThe police arrested him."}
    )
    assert mk.actions(articles)["part"].tolist() == ["title", "body"]


# --- the actors that phrases name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Vladimir Putin attacked the plan.", "Vladimir Putin"),
        ("Russian forces attacked the town.", "Russia"),
        ("The Russian president attacked the plan.", "Russia"),
        ("The president of France attacked the plan.", "France"),
        ("NATO officials attacked the plan.", "NATO"),
        ("Russians attacked the plan.", "Russia"),
        ("The president, Vladimir Putin, attacked the plan.", "Vladimir Putin"),
        ("Marc Fogel, a citizen who attacked the plan, left.", "Marc Fogel"),
        ("The Trump administration attacked the plan.", "Donald Trump"),
        ("Donald Trump’s friend attacked the plan.", None),
        ("A former Russian president attacked the plan.", None),
        ("Pro-Russian forces attacked the town.", None),
        ("Russian drones attacked the town.", None),
        ("Troops in Ukraine attacked the town.", None),
        ("The ambassador to France attacked the plan.", None),
    ],
)
def test_whom_a_phrase_names(text: str, actor: str | None) -> None:
    rows = found(text)
    agent = rows.loc[rows["predicate"] == "attack", "agent"].tolist()
    assert agent == [actor] if actor else all(pd.isna(agent)) and len(agent) == 1


def test_two_states_before_one_noun_both_act() -> None:
    rows = found("Israeli and French officials met the minister.")
    assert rows["agent"].tolist() == ["Israel", "France"]
    assert rows["agent_text"].nunique() == 1


def test_pronouns_act_where_mentions_have_them() -> None:
    articles = make_articles(text=["Angela Merkel spoke. She praised the plan."])
    resolved = mk.actions(articles).set_index("predicate")
    assert resolved.loc["praise", "agent"] == "Angela Merkel"
    plain = mk.actions(articles, mk.mentions(articles)).set_index("predicate")
    assert pd.isna(plain.loc["praise", "agent"])
    assert plain.loc["praise", "agent_text"] == "She"


def test_own_actors() -> None:
    actors = pd.DataFrame({"actor": ["Qixxor"], "alias": ["Qixxor"], "type": ["organisation"], "form": ["name"]})
    assert found("Qixxor sued the mayor.", actors=actors)["agent"].tolist() == ["Qixxor"]


def test_nobody_is_agent_and_patient_by_a_pronoun() -> None:
    rows = found("Angela Merkel praised her. Angela Merkel praised herself.")
    assert rows["agent"].tolist() == ["Angela Merkel"] * 2
    assert pd.isna(rows["patient"][0])


def test_renaming_a_person_renames_the_agent() -> None:
    text = "Vladimir Putin met the minister. Critics accused Putin of lying. Putin was praised by nobody."
    rows, renamed = found(text), found(text.replace("Vladimir", "Emmanuel").replace("Putin", "Macron"))
    for role in ("agent", "patient"):
        assert renamed[role].tolist() == rows[role].replace("Vladimir Putin", "Emmanuel Macron").tolist()


# --- what holds on any text ---------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "Trump|Putin’s forces|Russian|the mayor|who|was hit|attacked|by|and|did not|to leave|said|“|”|,|.|\n|him|himself|"
    "😀|the|US and French|officials|-".split("|")
)


def spans_hold(rows: pd.DataFrame, texts: dict[str, str]) -> bool:
    for row in rows.to_dict("records"):
        text = texts[row["article_id"]]
        assert text[row["start"] : row["end"]] == row["text"]
        for role in ("agent", "patient"):
            place = [row[f"{role}_start"], row[f"{role}_end"]]
            if pd.isna(row[f"{role}_text"]):
                assert all(pd.isna([*place, row[role]]))
            else:
                assert text[slice(*map(int, place))] == row[f"{role}_text"] != ""
        assert pd.notna(row["agent_text"]) or pd.notna(row["patient_text"])
        assert (row["voice"] == "passive") <= pd.notna(row["agent_text"])
        assert (row["voice"] == "agentless") <= pd.isna(row["agent_text"])
    return True


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
@settings(max_examples=60)
def test_spans_are_exact_on_any_text(text: str) -> None:
    articles = make_articles(text=[text])
    assert spans_hold(mk.actions(articles, mk.mentions(articles)), {"a0": text})


def test_spans_and_sentences_of_the_seeds(seeds: pd.DataFrame) -> None:
    rows = mk.actions(seeds)
    assert len(rows) > 300
    assert spans_hold(rows, dict(zip(seeds["article_id"], seeds["text"], strict=True)))
    sentences = mk.sentences(seeds).merge(rows, on=["article_id", "sentence_no"], suffixes=("_sentence", ""))
    assert len(sentences) == len(rows)
    for role in ("", "agent_", "patient_"):
        place = sentences[[f"{role}start", f"{role}end", "start_sentence", "end_sentence"]].dropna().to_numpy().T
        assert (place[0] >= place[2]).all()
        assert (place[1] <= place[3]).all()
    shown = mk.evidence(rows, seeds)
    assert shown["hit"].tolist() == rows["text"].tolist()


def test_the_order_of_articles_changes_nothing(small: pd.DataFrame) -> None:
    rows = mk.actions(small)
    turned = mk.actions(small.iloc[::-1])
    pd.testing.assert_frame_equal(
        rows, turned.sort_values(["article_id", "start"], kind="stable").reset_index(drop=True)
    )


def test_what_is_no_sentence_is_left_out() -> None:
    assert found("Rebels attacked the town " * (LONGEST // 25 + 1)).empty


@pytest.mark.parametrize("text", ["", " ", "No verb here", "Rebels"])
def test_nothing_found_has_its_columns(text: str) -> None:
    assert list(found(text).columns) == mk.FRAMES["actions"].required


# --- errors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["spacy", "model"])
def test_without_the_extra_it_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing == "spacy":
        monkeypatch.setitem(sys.modules, "spacy", None)
    else:
        monkeypatch.setattr(nlp_model, "PACKAGES", ("no_such_model",))
    nlp_model.parser.cache_clear()
    with pytest.raises(ImportError, match=r"actions needs spaCy.*extra nlp"):
        found("Rebels attacked the town.")


def test_wrong_frames_and_languages_are_named() -> None:
    articles = make_articles(text=["Rebels attacked."])
    with pytest.raises(FrameError, match="mentions: missing column"):
        mk.actions(articles, mk.mentions(articles).drop(columns="actor"))
    with pytest.raises(mk.LanguageError, match="actions"):
        mk.actions(articles.assign(language="de"))
    with pytest.raises(FrameError, match="actions: missing column"):
        mk.action_counts(articles, articles)


# --- counts -------------------------------------------------------------------------------------------------------


def made(*rows: tuple[str, int, str | None, str | None, str]) -> pd.DataFrame:
    """An actions frame from (article, start, agent, patient, voice)."""
    blank = dict.fromkeys(mk.FRAMES["actions"].required, None) | {"sentence_no": 0, "negated": False, "speech": False}
    return build(
        "actions",
        [
            blank
            | {"article_id": a, "start": s, "end": s + 1, "agent": x, "patient": y, "voice": v}
            | {"agent_text": x, "patient_text": y}
            for a, s, x, y, v in rows
        ],
    )


CORPUS = make_articles({"source": "A", "text": "x"}, {"source": "B", "text": "x"}, {"source": None, "text": "x"})
ROWS = made(
    ("a0", 1, "X", "Y", "active"),
    ("a0", 1, "X", "Z", "active"),  # one predicate, two patients
    ("a0", 5, "X", "Y", "passive"),
    ("a0", 9, None, "Y", "agentless"),
    ("a1", 1, "Y", None, "active"),
    ("a1", 4, None, "X", "agentless"),
    ("elsewhere", 4, None, "X", "agentless"),
)


def test_a_predicate_counts_once_for_an_actor_in_a_role() -> None:
    counts = mk.action_counts(ROWS, CORPUS).set_index("actor")
    assert counts.loc["X"].to_dict() == {
        "n_agent": 2,
        "n_patient": 1,
        "n_agent_active": 1,
        "n_agent_passive": 1,
        "n_agentless": 1,
        "share_agent": 2 / 3,
        "n_articles": 2,
    }
    assert counts.loc["Y", ["n_agent", "n_patient", "n_agentless"]].tolist() == [1, 3, 1]
    assert counts.loc["Z", "share_agent"] == 0


def test_groups_are_counted_apart_and_add_up() -> None:
    counts = mk.action_counts(ROWS, CORPUS, by="source")
    assert counts["source"].tolist() == ["A", "A", "A", "B", "B"]
    whole = mk.action_counts(ROWS, CORPUS).set_index("actor")[["n_agent", "n_patient", "n_agentless"]]
    pd.testing.assert_frame_equal(counts.groupby("actor")[list(whole)].sum(), whole.sort_index(), check_dtype=False)


def test_agency_has_a_row_for_every_article() -> None:
    rows = mk.agency(ROWS, CORPUS, actor="X")
    assert rows["article_id"].tolist() == ["a0", "a1", "a2"]
    assert rows["share_agent"].tolist()[:2] == [1.0, 0.0]
    assert np.isnan(rows["share_agent"][2])
    assert rows["share_agentless"].tolist()[1] == 1.0
    everyone = mk.agency(ROWS, CORPUS)
    assert everyone[["n_agent", "n_patient", "n_agentless"]].to_numpy().tolist() == [[2, 3, 1], [1, 1, 1], [0, 0, 0]]
    with pytest.raises(ValueError, match="'Nobody'"):
        mk.agency(ROWS, CORPUS, actor="Nobody")


def test_agency_can_be_compared_between_sources() -> None:
    corpus = make_articles(*({"source": "AB"[place % 2], "text": "x"} for place in range(12)))
    rows = made(*((f"a{place}", 1, *((None, "X") if place % 2 else ("X", None)), "active") for place in range(12)))
    shares = mk.agency(rows, corpus, actor="X")
    means = mk.summaries(shares, value="share_agent", by="source", articles=corpus)
    assert means["value"].tolist() == [1.0, 0.0]
    verdict = mk.differences(shares, value="share_agent", by="source", articles=corpus)["verdict"]
    assert verdict.tolist() == ["differs"]
    few = mk.differences(shares.head(4), value="share_agent", by="source", articles=corpus)["verdict"]
    assert few.tolist() == ["too few"]


def test_nothing_to_count() -> None:
    assert mk.action_counts(ROWS.head(0), CORPUS).empty
    assert mk.agency(ROWS.head(0), CORPUS, actor="X")["n_agent"].tolist() == [0, 0, 0]
