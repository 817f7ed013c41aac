"""Who is named: every rule on invented sentences, the seed articles as a whole, and what holds for any text."""

import re

import pandas as pd
import pytest
from conftest import make_articles

import mediakit as mk


def articles(*texts: str, title: str | None = None, **columns: list) -> pd.DataFrame:
    return make_articles(article_id=[f"a{n}" for n in range(len(texts))], text=list(texts), title=title, **columns)


def named(text: str, *, title: str | None = None, actors: pd.DataFrame | None = None) -> list[str]:
    """What is named in one text, as "words as written: actor"."""
    found = mk.mentions(articles(text, title=title), actors)
    return [f"{row.text}: {row.actor}" for row in found.itertuples()]


def registry(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "alias", "type", "form"])


@pytest.fixture(scope="module")
def builtin() -> pd.DataFrame:
    return mk.read_actors()


# --- whole words, longest first -----------------------------------------------------------------------------------


def test_longest_name_wins() -> None:
    assert named("The Papua New Guinea team met the South Korean one.") == [
        "Papua New Guinea: Papua New Guinea",
        "South Korean: South Korea",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Iranx plant.",
        "A subUkraine line.",
        "Étrump is a name.",
        "O’Biden wrote.",
        "Mail putin@example.org.",
        "@Trump said.",
    ],
)
def test_parts_of_words_are_no_mentions(text: str) -> None:
    assert named(text) == []


def test_a_longer_alias_that_is_no_whole_word_does_not_hide_a_shorter_one() -> None:
    actors = registry(("Trump", "Trump", "person", "surname"), ("Trump Tow", "Trump Tow", "organisation", "name"))
    assert named("He bought Trump Towels.", actors=actors) == ["Trump: Trump"]


def test_longest_name_wins_wherever_it_starts() -> None:
    assert named("He read it in the Times of Israel.") == ["Times of Israel: Times of Israel"]


def test_spans_leave_titles_and_possessives_out() -> None:
    text = "President Trump's plan, Mr. Putin’s plan and the Republicans' plan."
    assert named(text) == ["Trump: Donald Trump", "Putin: Vladimir Putin", "Republicans: Republicans"]


def test_hyphens_part_names() -> None:
    assert named("The Trump-Putin talks on US-Russian ties and anti-Russian sanctions, a Kremlin-backed plan.") == [
        "Trump: Donald Trump",
        "Putin: Vladimir Putin",
        "US: United States",
        "Russian: Russia",
        "Russian: Russia",
        "Kremlin: Russian government",
    ]


def test_prefix_before_a_longer_name_takes_its_first_word_only() -> None:
    assert named("The pro-Russian government fell.") == ["Russian: Russia"]
    assert named("The Russian government fell.") == ["Russian government: Russian government"]


def test_double_barrelled_surnames_are_other_peoples() -> None:
    assert named("The report by Melissa Smith-Trump was read.") == []
    assert named("An Anti-Putin rally and a pro-Trump march.") == ["Putin: Vladimir Putin", "Trump: Donald Trump"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Erdogan spoke.", "Erdogan: Recep Tayyip Erdoğan"),
        ("Erdoğan spoke.", "Erdoğan: Recep Tayyip Erdoğan"),
        ("François Hollande spoke.", "François Hollande: François Hollande"),
        ("Francois Hollande spoke.", "Francois Hollande: François Hollande"),
        ("The Ivory Coast, or Cote d’Ivoire.", "Cote d’Ivoire: Ivory Coast"),
    ],
)
def test_diacritics_and_apostrophes(text: str, found: str) -> None:
    assert found in named(text)


@pytest.mark.parametrize("name", ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"])
def test_transliterations_are_one_actor(name: str) -> None:
    assert named(f"In Kyiv {name} spoke. Volodymyr {name} left.") == [
        "Kyiv: Ukraine",
        f"{name}: Volodymyr Zelensky",
        f"Volodymyr {name}: Volodymyr Zelensky",
    ]


# --- capitals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["He ate turkey.", "the china shop", "Tell us who may polish it.", "a jordan almond", "Join Us Today, Who Cares"],
)
def test_lower_case_words_are_no_mentions(text: str) -> None:
    assert named(text) == []


def test_headlines_in_capitals() -> None:
    assert named("TRUMP MEETS PUTIN IN ALASKA") == ["TRUMP: Donald Trump", "PUTIN: Vladimir Putin"]
    assert named("UN AND EU WARN IRAN") == ["UN: United Nations", "EU: European Union", "IRAN: Iran"]


def test_short_words_in_capitals_are_read_with_care() -> None:
    assert named("PUTIN TELLS US TO WAIT") == ["PUTIN: Vladimir Putin"]
    assert named("THE MAN WHO SAVED US") == []
    assert named("US STRIKES IRAN") == ["US: United States", "IRAN: Iran"]
    assert named("PUTIN ATTACKS THE US OVER ARMS") == ["PUTIN: Vladimir Putin", "US: United States"]
    assert named("NEW US-IRAN TALKS BEGIN") == ["US: United States", "IRAN: Iran"]
    assert named("The US told WHO staff.") == ["US: United States", "WHO: World Health Organization"]


def test_title_case_headlines() -> None:
    assert named("How Trump Won And What Putin Wants From The West") == [
        "Trump: Donald Trump",
        "Putin: Vladimir Putin",
        "The West: The West",
    ]
    assert named("Why Gary Trump Left The Firm") == []
    assert named("The Russian Foreign Ministry Answers") == ["Russian Foreign Ministry: Russian foreign ministry"]


def test_demonyms_start_sentences() -> None:
    assert named("Ukrainians voted. Polish farmers did not.") == ["Ukrainians: Ukraine", "Polish: Poland"]


# --- names inside names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "They cited the Monroe Doctrine.",
        "They cited the Kozirev Doctrine.",
        "They broke the Minsk Agreements.",
        "He wrote on Truth Social.",
        "She teaches at the Joan B. Kroc School of Peace Studies.",
        "He moved into Trump Tower.",
        "The Putin Institute closed.",
        "The Vienna Convention holds.",
        "We saw the Berlin Wall and Moscow State University.",
        "The Nord Stream 2 pipe and the Brussels sprouts.",
        "He studied at the University of Warsaw.",
        "The Bank of Moldova raised rates.",
        "They read the Medical Journal of Australia.",
        "They live in Paris, Texas.",
        "The name (Russian: имя) is old.",
        "It cost US$5 and then US $6.",
        "The South China Sea and the Gulf of Mexico.",
        "He joined the American University.",
    ],
)
def test_names_inside_longer_names_are_no_mentions(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He told the Washington Post.", ["Washington Post: Washington Post"]),
        ("As the New York Times wrote.", ["New York Times: New York Times"]),
        ("He read it in TIME.", ["TIME: TIME"]),
        ("She went on Fox News.", ["Fox News: Fox News"]),
        ("The Financial Times reported it.", ["Financial Times: Financial Times"]),
        ("The Guardian and the Guardian reported it.", ["The Guardian: The Guardian", "the Guardian: The Guardian"]),
        (
            "The President of Moldova and the Government of Fiji met.",
            ["Moldova: Moldova", "Government of Fiji: Fijian government"],
        ),
        ("The failed ceasefires from Minsk.", ["Minsk: Belarus"]),
        ("He flew to Armenia, Georgia and Chad.", ["Armenia: Armenia", "Chad: Chad"]),
        ("Brussels answered.", ["Brussels: European Union"]),
        ("Ukraine’s Foundation for Peace.", ["Ukraine: Ukraine"]),
    ],
)
def test_names_that_only_look_like_it(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_a_medium_is_not_read_out_of_a_headline() -> None:
    assert named("Over The Hill And Into The Sun") == []


def test_bodies_that_many_states_have() -> None:
    assert named("Congress passed it.") == ["Congress: US Congress"]
    assert named("Peru’s Congress passed it.") == ["Peru: Peru"]
    assert named("The Mexican Senate passed it.") == ["Mexican: Mexico"]
    assert named("In Hong Kong the Labour Party won a seat.") == ["Hong Kong: Hong Kong"]
    assert named("In Britain the Labour Party won a seat.") == ["Britain: United Kingdom", "Labour Party: Labour Party"]


# --- people -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The founder was Eric Trump.",
        "Fred Trump built houses.",
        "They met Mary L. Trump.",
        "A note by S. Putin was found.",
        "It was Tymofiy Zelensky who wrote.",
    ],
)
def test_another_given_name_is_another_person(text: str, builtin: pd.DataFrame) -> None:
    without_relatives = builtin[~builtin["actor"].isin(["Eric Trump", "Mary Trump"])]
    assert named(text, actors=without_relatives) == []


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Trump spoke.",
        "Yesterday Trump spoke.",
        "They saw then-President Trump.",
        "In Alaska Trump spoke.",
        "They saw America's Trump.",
        "They saw CEO Trump.",
        "They saw the Republican Trump.",
        "“Trump lost,” he said.",
        "The Biden–Trump race.",
    ],
)
def test_other_capitals_before_a_surname_are_no_given_names(text: str) -> None:
    assert "Trump: Donald Trump" in named(text)


def test_middle_names_and_patronymics() -> None:
    assert named("Vladimir Vladimirovich Putin and Donald J. Trump met Andrey Vladimirovich Koziriev.") == [
        "Vladimir Vladimirovich Putin: Vladimir Putin",
        "Donald J. Trump: Donald Trump",
        "Andrey Vladimirovich Koziriev: Andrei Kozyrev",
    ]
    assert named("His father Mohamed El-Hassan Mohamed came.") == []
    assert named("Hillary R. Clinton and Sir Keir Starmer came.") == [
        "Hillary R. Clinton: Hillary Clinton",
        "Keir Starmer: Keir Starmer",
    ]


def test_a_surname_needs_an_introduction_unless_it_is_known() -> None:
    assert named("Kew spoke. Putin spoke.") == ["Putin: Vladimir Putin"]
    assert named("Darren Kew spoke. Later Kew left.") == ["Darren Kew: Darren Kew", "Kew: Darren Kew"]
    assert named("Later Kew left. Darren Kew spoke.") == ["Darren Kew: Darren Kew"]
    assert named("Brown bears and May flowers are in the Bush.") == []


def test_headlines_may_name_before_the_introduction() -> None:
    text = "Kew Warns Of Delay\nThe dean, Darren Kew, said so."
    assert named(text, title="Kew Warns Of Delay") == ["Kew: Darren Kew", "Darren Kew: Darren Kew"]


def test_a_title_introduces_where_it_tells_people_apart() -> None:
    assert named("Prime Minister Johnson spoke. Johnson left.") == ["Johnson: Boris Johnson", "Johnson: Boris Johnson"]
    assert named("House Speaker Johnson spoke. Johnson left.") == ["Johnson: Mike Johnson", "Johnson: Mike Johnson"]
    assert named("Mr. Johnson spoke.") == []
    assert named("President Bush spoke.") == []


def test_the_best_known_bearer_keeps_the_name_once_named() -> None:
    text = "Donald Trump came with Melania Trump. Trump spoke."
    assert named(text) == ["Donald Trump: Donald Trump", "Melania Trump: Melania Trump", "Trump: Donald Trump"]
    assert named("Trump came. Ivanka Trump came. Trump spoke.")[-1] == "Trump: Donald Trump"


def test_else_the_surname_goes_to_who_was_introduced() -> None:
    assert named("Ivanka Trump opened a shop. Trump said it was new.") == [
        "Ivanka Trump: Ivanka Trump",
        "Trump: Ivanka Trump",
    ]
    assert named("Gertrude Trump opened a shop. Trump said it was new.") == []
    assert named("Imran Khan spoke. Sadiq Khan answered. Khan left.")[-1] == "Khan: Sadiq Khan"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ivanka Trump visited Rome. The Trump administration imposed tariffs.", "Trump: Donald Trump"),
        ("Ivanka Trump left. It was Trump’s White House.", "Trump: Donald Trump"),
        ("Hillary Clinton spoke. The Clinton administration fell.", "Clinton: Bill Clinton"),
        ("Boris Johnson spoke. Mike Johnson left. The Johnson government fell.", "Johnson: Boris Johnson"),
        ("George W. Bush came. Jeb Bush left. The Bush presidency ended.", "Bush: George W. Bush"),
        ("Gavin Newsom spoke. The Newsom administration sued.", "Newsom: Gavin Newsom"),  # nobody else bears it
        ("Hillary Clinton spoke. Clinton’s campaign ended.", "Clinton: Hillary Clinton"),
    ],
)
def test_an_administration_is_that_of_a_head_of_state_or_government(text: str, found: str) -> None:
    surname = found.split(":")[0]
    assert [name for name in named(text) if name.startswith(surname)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Jeb Bush spoke. The Bush administration lied.",
        "Mike Johnson spoke. The Johnson government fell.",
        "The Clinton administration fell.",
    ],
)
def test_an_administration_of_whom_is_not_guessed(text: str) -> None:
    assert not any(name.split(":")[0] in ("Bush", "Johnson", "Clinton") for name in named(text))


def test_a_stranger_takes_a_common_surname_over() -> None:
    text = "Boris Johnson spoke. Samantha Johnson, a nurse, listened. Johnson clapped."
    assert named(text) == ["Boris Johnson: Boris Johnson"]


def test_forms_of_address_tell_women_from_men() -> None:
    text = "Bill Clinton and Hillary Clinton came. Mr. Clinton spoke. Mrs. Clinton spoke."
    assert named(text)[2:] == ["Clinton: Bill Clinton", "Clinton: Hillary Clinton"]
    assert named("Mrs. Trump smiled.") == []


def test_may_is_a_month_even_after_theresa_may() -> None:
    text = "Theresa May resigned in May 2019. May wept. By late May she was gone."
    assert named(text) == ["Theresa May: Theresa May", "May: Theresa May"]


@pytest.mark.parametrize(
    "text", ["Jordan Peterson spoke.", "It was Israel Adesanya.", "Chad Ochocinco scored.", "Kim Kardashian came."]
)
def test_first_names_that_are_places_or_surnames(text: str) -> None:
    assert named(text) == []


def test_after_such_a_first_name_the_bare_name_is_the_persons() -> None:
    assert named("Israel Houghton sang. Then Israel sang again.") == []
    assert named("A woman, Valeska Paris, spoke. Paris left.") == []
    assert named("Jordan King Abdullah came to Jordan.")[0] == "Jordan: Jordan"
    assert named("They met in downtown Paris, in Central Moscow.") == ["Paris: France", "Moscow: Russia"]


# --- forms and actors ---------------------------------------------------------------------------------------------


def test_forms() -> None:
    found = mk.mentions(articles("Moscow and the Kremlin said Russia let Russian troops, President Putin’s, in."))
    assert found[["text", "actor", "form"]].to_numpy().tolist() == [
        ["Moscow", "Russia", "metonym"],
        ["Kremlin", "Russian government", "metonym"],
        ["Russia", "Russia", "name"],
        ["Russian", "Russia", "demonym"],
        ["Putin", "Vladimir Putin", "surname"],
    ]


def test_short_names_wait_for_an_introduction() -> None:
    assert named("Voters in Georgia chose.") == []
    assert named("Voters in Georgia chose. Tbilisi is quiet.") == ["Georgia: Georgia", "Tbilisi: Georgia"]
    assert named("Voters in Georgia chose Irakli Kobakhidze.")[0] == "Georgia: Georgia"
    assert named("The ICC ruled.") == []
    assert (
        named("The ICC, the International Cricket Council, met. The ICC ruled.")[-1]
        == "ICC: International Cricket Council"
    )


def test_seed_articles(seeds: pd.DataFrame) -> None:
    found = mk.mentions(seeds)
    texts = seeds.set_index("article_id")["text"]
    for actor, pattern in {
        "Donald Trump": r"(?:Donald )?\bTrump\b",
        "Vladimir Putin": r"(?:Vladimir )?\bPutin\b",
        "Volodymyr Zelensky": r"(?:Volodymyr )?\bZelenskyy?\b",
        "Ukraine": r"\b(?:Ukraine|Ukrainians?|Kyiv)\b",
        "China": r"\bChina\b",
        "NATO": r"\bNATO\b",
    }.items():
        expected = {(a, *hit.span()) for a, text in texts.items() for hit in re.finditer(pattern, text)}
        rows = found[found["actor"] == actor]
        assert set(zip(rows["article_id"], rows["start"], rows["end"], strict=True)) == expected, actor
    assert not found["text"].str.contains("Monroe|Minsk Agr|Truth|Kroc|Doctrine").any()
