"""Descriptions and pronouns: whom they mean, by the article and by the date, and what is left out."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_registry import builtin_names, compiled
from mediakit.matching import Page, Sentence
from mediakit.naming import read_page
from mediakit.offices import terms
from mediakit.reference_cast import CONFIDENCE, genders
from mediakit.reference_offices import words
from mediakit.references import Named, Reference, references

AUGUST_2025 = pd.Timestamp("2025-08-15", tz="UTC")


def read(
    text: str,
    date: pd.Timestamp | None = AUGUST_2025,
    actors: pd.DataFrame | None = None,
    title: str | None = None,
) -> list[Reference]:
    """The references of one article, with the terms of office that ship."""
    names = builtin_names() if actors is None else compiled(actors)
    if not spans(text, title):
        return []
    page = Page(text, spans(text, title), names, published=date)
    named = []
    for at in read_page(page, names):
        who = at.candidate
        named.append(Named(at.start, at.end, who.actor, who.type, who.gender, who.country, who.titles))
    return references(page, named, descriptions=True, pronouns=True, terms=terms())


def spans(text: str, title: str | None = None) -> list[Sentence]:
    articles = pd.DataFrame({"article_id": ["a"], "title": pd.Series([title], dtype="str"), "text": [text]})
    return [Sentence(*span) for span in mk.sentences(articles)[["start", "end", "sentence_no", "part"]].to_numpy()]


def said(text: str, date: str | None = "2025-08-15") -> dict[str, str]:
    """What stands in the text → whom it means."""
    found = read(text, None if date is None else pd.Timestamp(date, tz="UTC"))
    return {text[at.start : at.end]: at.actor for at in found}


# --- an office and a date -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("The French president arrived.", "Emmanuel Macron"),
        ("The French President arrived.", "Emmanuel Macron"),
        ("France's president arrived.", "Emmanuel Macron"),
        ("France’s president arrived.", "Emmanuel Macron"),
        ("The president of France arrived.", "Emmanuel Macron"),
        ("The current French president arrived.", "Emmanuel Macron"),
        ("The Ukrainian leader arrived.", "Volodymyr Zelensky"),
        ("The Kremlin chief arrived.", "Vladimir Putin"),
        ("The Russian strongman arrived.", "Vladimir Putin"),
        ("The US president arrived.", "Donald Trump"),
        ("The American president arrived.", "Donald Trump"),
        ("The U.S. vice president arrived.", "JD Vance"),
        ("The US secretary of state arrived.", "Marco Rubio"),
        ("America's top diplomat arrived.", "Marco Rubio"),
        ("The Pentagon chief arrived.", "Pete Hegseth"),
        ("The Israeli premier arrived.", "Benjamin Netanyahu"),
        ("The British prime minister arrived.", "Keir Starmer"),
        ("The UK chancellor arrived.", "Rachel Reeves"),
        ("The German chancellor arrived.", "Friedrich Merz"),
        ("The German leader arrived.", "Friedrich Merz"),
        ("The German president arrived.", "Frank-Walter Steinmeier"),
        ("The Turkish leader arrived.", "Recep Tayyip Erdoğan"),
        ("The Iranian supreme leader arrived.", "Ali Khamenei"),
        ("The Indian foreign minister arrived.", "Subrahmanyam Jaishankar"),
        ("The NATO chief arrived.", "Mark Rutte"),
        ("NATO's secretary-general arrived.", "Mark Rutte"),
        ("The UN secretary general arrived.", "António Guterres"),
        ("The EU's top diplomat arrived.", "Kaja Kallas"),
        ("The EU foreign policy chief arrived.", "Kaja Kallas"),
        ("The president of the European Commission arrived.", "Ursula von der Leyen"),
        ("The IMF chief arrived.", "Kristalina Georgieva"),
        ("The pope arrived.", "Pope Leo XIV"),
        ("Germany agreed. The chancellor arrived.", "Friedrich Merz"),
        ("NATO agreed. The secretary-general arrived.", "Mark Rutte"),
        ("The White House agreed. The president arrived.", "Donald Trump"),
    ],
)
def test_who_held_the_office_then(text: str, whom: str) -> None:
    found = read(text)
    assert [at.actor for at in found] == [whom]
    assert text[found[0].end :] == " arrived."
    assert [at.actor for at in read(text, None)] == []  # without a date nobody can be told


@pytest.mark.parametrize(
    ("date", "whom"),
    [
        ("1990-06-01", ["George H.W. Bush"]),
        ("2005-06-01", ["George W. Bush"]),
        ("2012-06-01", ["Barack Obama"]),
        ("2025-01-10", ["Joe Biden"]),
        ("2025-01-19", []),  # within two days of a change
        ("2025-01-21", []),
        ("2025-01-25", ["Donald Trump"]),
        ("1960-06-01", []),
        ("2040-06-01", []),
    ],
)
def test_the_date_decides(date: str, whom: list[str]) -> None:
    found = read("The US president arrived.", pd.Timestamp(date, tz="UTC"))
    assert [at.actor for at in found] == whom


def test_near_a_change_it_is_less_sure() -> None:
    (near,) = read("The US president arrived.", pd.Timestamp("2025-01-10", tz="UTC"))
    (far,) = read("The US president arrived.", pd.Timestamp("2024-06-10", tz="UTC"))
    assert near.confidence < far.confidence


@pytest.mark.parametrize(
    "text",
    [
        "The former French president arrived.",
        "France's former president arrived.",
        "The then French president arrived.",
        "The next French president arrived.",
        "The acting French president arrived.",
        "The deputy French prime minister arrived.",
        "In 2008, the French president arrived.",
        "The talks of 1990 failed. The US president arrived.",
        "Two decades ago, the French president arrived.",
        "A French president arrived.",
        "French presidents arrived.",
        "The French president-elect arrived.",
        "The Peruvian president, Jane Doe, arrived.",
        "The French presidential palace arrived.",
        "Somebody became the French president.",
        "He was elected the president of France.",
        "The Iranian leader arrived.",  # two may be called so
        "The EU chief arrived.",
        "The Indian foreign secretary arrived.",  # an official, not the minister
        "The Israeli opposition leader arrived.",
        "The French chief of staff arrived.",
        "The US head of mission arrived.",
        "The Russian deputy foreign minister arrived.",
        "The Soviet leader arrived.",
        "The president arrived.",
        "France and Germany agreed. The chancellor of the university arrived.",
        "France and Peru agreed. The president arrived.",
        "The train arrived at 3 pm.",
        "Peru agreed. The president arrived.",  # whose? of the paper's own state, or of Peru
        "Israel agreed. The prime minister arrived.",
        "They made Jane Doe France's president.",
        "Somebody made Keir Starmer France's president.",
        "The Russian chief negotiator arrived.",
    ],
)
def test_what_an_office_and_a_date_do_not_decide(text: str) -> None:
    assert [at for at in read(text) if at.form == "description"] == []


def test_years_in_which_the_same_one_held_it_do_not_matter() -> None:
    assert said("Since 2022 the Ukrainian president has worn green.")["the Ukrainian president"] == "Volodymyr Zelensky"
    assert "the Ukrainian president" not in said("Since 2014 the Ukrainian president has worn green.")


def test_who_is_named_goes_before_who_holds_the_office() -> None:
    both = said("Emmanuel Macron met Nicolas Sarkozy. The French president smiled. The former president did not.")
    assert both["The French president"] == "Emmanuel Macron"
    assert both["The former president"] == "Nicolas Sarkozy"
    three = said("Donald Trump, Barack Obama and Joe Biden came. The president spoke. The former president left.")
    assert three["The president"] == "Donald Trump"
    assert "The former president" not in three  # two are
    told = said("Under a treaty, French President François Hollande called. The French president was late.")
    assert "The French president" not in told  # the article calls another one so
    other = said("Nicolas Sarkozy was jailed. The French president was silent.")
    assert other["The French president"] == "Emmanuel Macron"


def test_a_headline_needs_no_article() -> None:
    text = "French president visits Kyiv\nHe arrived by train."
    found = read(text, title="French president visits Kyiv")
    assert [(text[at.start : at.end], at.actor) for at in found] == [
        ("French president", "Emmanuel Macron"),
        ("He", "Emmanuel Macron"),
    ]


def test_a_description_does_not_reach_into_the_paragraph_before() -> None:
    text = "Video\nFrance's president spoke.\nformer\nFrance's president spoke.\nthe\nFrench president spoke."
    assert [text[at.start : at.end] for at in read(text)] == ["France's president", "France's president"]


def test_mentions_tell_who_held_an_office() -> None:
    text = "The French president arrived. He smiled."
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": [text, text]})
    articles["title"] = pd.Series([None, None], dtype="str")
    articles["published"] = pd.to_datetime(["2025-08-15", None], utc=True)
    options = {"descriptions": True, "pronouns": True}
    found = mk.mentions(articles, **options)
    told = found[found["form"].isin(["description", "pronoun"])]
    assert told[["article_id", "text", "actor", "form", "known"]].to_numpy().tolist() == [
        ["a", "The French president", "Emmanuel Macron", "description", True],
        ["a", "He", "Emmanuel Macron", "pronoun", True],
    ]
    actors = mk.read_actors()
    without = mk.mentions(articles, actors[actors["actor"] != "Emmanuel Macron"], **options)
    assert set(without["form"]) == {"demonym"}


def test_only_whom_a_registry_has() -> None:
    assert terms().only({"Emmanuel Macron"}).holders("president", "France", AUGUST_2025.date()) == ("Emmanuel Macron",)
    assert terms().only(set()).holders("president", "France", AUGUST_2025.date()) == ()


# --- descriptions of whom the article names -----------------------------------------------------------------------


def test_descriptions_of_bodies() -> None:
    assert said("Airbus and KLM agreed.\nBoeing fell. The company lost.", None).get("The company") is None
    assert said("Boeing fell. The company lost.", None)["The company"] == "Boeing"


def test_a_person_described_beside_the_name() -> None:
    found = said("Angela Merkel, the German chancellor, left. Apple CEO Tim Cook stayed.", None)
    assert found["the German chancellor"] == "Angela Merkel"
    assert found["Apple CEO"] == "Tim Cook"


# --- pronouns -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pronoun", "whom"),
    [
        ("Angela Merkel spoke. She left.", "She", "Angela Merkel"),
        ("Angela Merkel met Emmanuel Macron. She left.", "She", "Angela Merkel"),
        ("Angela Merkel met Emmanuel Macron. He left.", "He", "Emmanuel Macron"),
        ("Vladimir Putin met Emmanuel Macron in Moscow. He left.", "He", "Vladimir Putin"),
        ("Vladimir Putin and Emmanuel Macron spoke. He left.", "He", None),
        ("Talks with Vladimir Putin and Emmanuel Macron failed. He left.", "He", None),
        ("“He left,” Vladimir Putin said.", "He", None),
        ("Boeing said on Monday that it would cut jobs.", "it", "Boeing"),
        ("Boeing said it was too early to tell.", "it", None),
        ("Boeing said that it is likely to rain.", "it", None),
        ("Boeing fell. It rained.", "It", None),
        ("Boeing fell. It also said so.", "It", "Boeing"),
        ("Boeing cut its staff.", "its", "Boeing"),
        ("Boeing and Airbus cut its staff.", "its", None),
        ("The American firm Boeing cut its staff.", "its", "Boeing"),
        ("NATO said they had met.", "they", "NATO"),
        ("NATO told reporters they had met.", "they", None),
        ("Vladimir Putin and Emmanuel Macron said they had met.", "they", None),
    ],
)
def test_whom_a_pronoun_means(text: str, pronoun: str, whom: str | None) -> None:
    found = {text[at.start : at.end]: at.actor for at in read(text, None) if at.form == "pronoun"}
    assert found.get(pronoun) == whom


def test_a_given_name_tells_the_gender() -> None:
    text = "Jane Adewale met Gerhard Schröder. She left."
    named = [
        Named(0, 12, "Jane Adewale", "person"),
        Named(text.index("Ger"), text.index("."), "Gerhard Schröder", "person", "male"),
    ]
    page = Page(text, spans(text), builtin_names())
    (she,) = references(page, named, descriptions=False, pronouns=True)
    assert (text[she.start : she.end], she.actor) == ("She", "Jane Adewale")


def test_genders_of_given_names_agree_with_the_registry() -> None:
    people = mk.read_actors().drop_duplicates("actor")
    people = people[(people["type"] == "person") & people["gender"].notna()]
    given_names = people["actor"].str.split(" ").str[0].str.casefold()
    known = given_names.map(genders())
    wrong = people.loc[known.notna() & (known != people["gender"]), "actor"]
    assert len(wrong) <= 0.01 * known.notna().sum(), wrong.tolist()


# --- what holds on any text ---------------------------------------------------------------------------------------

PIECES = [
    *("The French president", "the US president", "The Kremlin chief", "France's president", "the president of Peru"),
    *(
        "Vladimir Putin",
        "Angela Merkel",
        "Boeing",
        "NATO",
        "Germany",
        "The company",
        "The former president",
        "the pope",
    ),
    *(
        "he",
        "She",
        "its",
        "they",
        "said",
        "In 1990",
        "2025",
        "of",
        "'s",
        "’s",
        "“",
        "”",
        '"',
        ".",
        ",",
        "\n",
        "-elect",
        "the",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=14
).map("".join)


@given(TEXTS | st.text(max_size=80))
@settings(max_examples=150)
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    for at in read(text):
        assert 0 <= at.start < at.end <= len(text)
        assert at.form in ("description", "pronoun")
        assert at.confidence == CONFIDENCE[at.rule]
        assert text[at.start : at.end] == text[at.start : at.end].strip()


@given(TEXTS)
@settings(max_examples=60)
def test_a_person_named_nowhere_changes_nothing(text: str) -> None:
    actors = mk.read_actors()
    more = pd.DataFrame(
        {
            "actor": ["Qixxor Vlumb"],
            "alias": ["Qixxor Vlumb"],
            "type": ["person"],
            "form": ["name"],
            "titles": ["President;Chancellor;King"],
            "country": ["France"],
        }
    )
    assert read(text, actors=pd.concat([more, actors], ignore_index=True)) == read(text)


@given(TEXTS)
@settings(max_examples=60)
def test_without_a_date_only_those_whom_the_article_names(text: str) -> None:
    page = Page(text, spans(text) or [Sentence(0, 0, 0, "body")], builtin_names())
    names = {at.candidate.actor for at in read_page(page, builtin_names())}
    assert {at.actor for at in read(text, None)} <= names


def test_every_office_in_the_word_list_is_one_that_somebody_holds() -> None:
    held = set(mk.read_offices()["of"])
    assert {state for state in words().leads if state not in held} == set()
    assert set(words().body) <= set(mk.read_actors()["actor"])
    for named in words().body.values():
        assert all(terms().has(*office) for office in named.values())


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("In President Macron’s office lights were on.", "President"),
        ("He was welcomed by President Emmanuel Macron.", "President"),
        ("Before Prime Minister Keir Starmer spoke, it rained.", "Prime Minister"),
        ("They met the outgoing German Chancellor Olaf Scholz.", "the outgoing German Chancellor"),
        ("Secretary of State Marco Rubio came.", "Secretary of State"),
        ("The then-president Bill Clinton left.", "The then-president"),
        ("Aides met deputy prime minister Angela Rayner.", "deputy prime minister"),
    ],
)
def test_an_office_beside_a_name_is_the_office_alone(text, description):
    found = mk.mentions(make_articles({"text": "Emmanuel Macron slept. " + text}), descriptions=True, unknown=True)
    assert found.loc[found["form"] == "description", "text"].tolist() == [description]


def test_a_pronoun_of_the_opening_phrase_means_who_is_named_behind_it():
    text = "Darren Kew spoke. In his own remarks, Vladimir Putin agreed. After his visit, the crowd left."
    found = mk.mentions(make_articles({"text": text}), pronouns=True, unknown=True)
    assert found.loc[found["form"] == "pronoun", "actor"].tolist()[:1] == ["Vladimir Putin"]
