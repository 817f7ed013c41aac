"""Spellings of names from Cyrillic and Arabic script that are in no list: found by rule, and those of others not."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.actor_registry import builtin_names
from mediakit.matching_variants import origins

SAME = """
Volodymyr Zelensky: Volodymyr Zelenskij, Wolodymyr Zelenskyj
Volodymyr Zelensky: Vladimir Zelenskii, Volodimir Zelenski, Uladzimir Zelenskiy
Vladimir Putin: Volodymyr Putin, Uladzimir Putin, Wladimir Putin, Vladimir Vladimirovitch Putin
Andrei Kozyrev: Andrei Kozirev, Andrej Koziriev, Andriy Kozyriev, Andrei V. Kozirev
Alexander Lukashenko: Alyaksandr Lukashenka, Oleksandr Lukashenko, Aleksander Lukaschenko, Aliaksandr Lukashenka
Sergei Lavrov: Sergej Lavrow, Serhiy Lavrov, Sergey Lavroff, Sergii Lavrov, Sergei Viktorovich Lavrov
Dmitry Medvedev: Dmitri Medvedyev, Dmytro Medvedev, Dmitrij Medwedew, Dimitri Medvediev, Dmitriy A. Medvedev
Sergei Shoigu: Sergey Shoygu, Serhiy Shoigu, Sergej Schoigu, Sergei Shoigou
Mikhail Khodorkovsky: Mikhail Khodorkovskii, Michail Khodorkovskiy, Mykhailo Hodorkovsky
Viktor Yanukovych: Viktor Yanukovitch, Victor Janukowitsch, Viktar Yanukovich, Victor Ianukovych
Petro Poroshenko: Petr Poroshenko, Pyotr Poroshenko, Piotr Poroschenko
Yulia Tymoshenko: Yuliya Timoshenko, Julia Tymoschenko, Iuliia Timoshenko, Yuliia Tymoshenko
Nursultan Nazarbayev: Nursultan Nazarbaev, Nursultan Nazarbajew
Mikhail Gorbachev: Mikhail Gorbachyov, Michail Gorbatschow, Mikhail Gorbatchev, Mihail Gorbachov
Boris Yeltsin: Boris Eltsin, Boris Yeltsyn
Dmitry Peskov: Dmitri Peskow, Dmytro Peskov, Dmitrii Peskov
Alexei Navalny: Aleksei Navalnyy, Alexey Nawalny, Oleksiy Navalnyi
Ilham Aliyev: Ilham Aliev
Muammar Gaddafi: Muammar Kadhafi, Moammar el-Qaddafi, Muammar al-Gadhafi, Moamer Gadafi
Mohammed bin Salman: Muhammad bin Salman, Mohamed bin Salmaan, Mohammad bin Salman
Bashar al-Assad: Bashar el-Assad, Bashar Al Asad, Bashaar al-Assad
Hassan Nasrallah: Hasan Nasralla, Hasan Nasralah
Qassem Soleimani: Qasem Suleimani, Kassem Soleimani, Ghasem Sulaymani
Hassan Rouhani: Hasan Ruhani, Hassan Rohani
Saddam Hussein: Saddam Husain, Sadam Hussain, Saddam Husayn
Ismail Haniyeh: Ismail Haniya, Ismaïl Haniyyah
"""
PAIRS = [
    (spelling.strip(), actor)
    for line in SAME.strip().split("\n")
    for actor, spellings in [line.split(":")]
    for spelling in spellings.split(",")
]

# Somebody else, or no person: the key, the given name or the origin differs.
OTHERS = """
Andrey Kosarev; Andrey Kozarev; Boris Kozirev; Kosyrev; Andrey Kozlov; Viktor Urban; Urban; Orbach
Victor Orbin; Shi; Shee; Ksi; Vladimir Zelenko; Volodymyr Zeleny; Zelensk; Zelentsov; Zelig; Salenskin
Oleksandr Zelenskyy; Sergei Lavrin; Lavrenty; Larov; Lavrova; Igor Lavrow; Dmitry Lavrow; Medved; Medvedeva
Anatoly Medwedew; Dmitry Merkushev; Pyutin; Puton; Rasputin; Vladislav Putyn; Shoga; Shugo; Sergei Shogun
Lukas; Lukashin; Luka; Lukashevich; Nina Lukashenka; Yanukov; Yanukevich; Janacek; Poroshin; Porosenkov
Timoshin; Tymo; Timothy; Nazarov; Nazar; Gorbunov; Gorbach; Gorky; Elton; Yelland; Pescov Bay; Peskin; Piskov
Navalov; Alien; Alive; Ali; Gaddis; Gadd; Kodak; Sally; Solomon; Saleem; Barry; Berry; Share; Nassar; Asada
Assads; Ass; Rowan; Rahani; Rouen; Hussar; Hussy; Hassan; Nasruddin; Haniford; Mohawk; Mahmood; Salmon
Ben Salmon; Mao Zedung; Tsai
"""
NAMESAKES = [name.strip() for line in OTHERS.strip().split("\n") for name in line.split(";")]


def actors(text: str, registry: pd.DataFrame | None = None) -> list[str]:
    corpus = pd.DataFrame({"article_id": ["a"], "title": None, "text": [text]})
    return mk.mentions(corpus, registry)["actor"].tolist()


def test_there_are_enough() -> None:
    assert len(PAIRS) >= 60
    assert len(NAMESAKES) >= 60


@pytest.mark.parametrize(("spelling", "actor"), PAIRS)
def test_other_spellings_are_found(spelling: str, actor: str) -> None:
    text = f"Reporters met {spelling} on Friday. “No,” {spelling}’s aide said."
    found = mk.mentions(pd.DataFrame({"article_id": ["a"], "title": None, "text": [text]}))
    assert found["actor"].tolist() == [actor, actor]
    assert found["text"].tolist() == [spelling, spelling]


@pytest.mark.parametrize("name", NAMESAKES)
def test_others_are_not(name: str) -> None:
    """Not even where the article has named all whose names are close."""
    people = {actor for _, actor in PAIRS} | {"Viktor Orbán", "Xi Jinping", "Nabih Berri", "Gamal Abdel Nasser"}
    introduction = " ".join(f"They met {person}." for person in sorted(people))
    before = actors(introduction)
    assert actors(f"{introduction} Later {name} came.") == before


@pytest.mark.parametrize(
    "text", ["Zelenskij said no.", "PRESIDENT ZELENSKIJ SAID NO TO EVERYBODY", "Putin-Zelenskij talks"]
)
def test_a_surname_known_by_itself_needs_no_introduction(text: str) -> None:
    assert "Volodymyr Zelensky" in actors(text)


def test_other_surnames_need_one() -> None:
    own = registry(("Pyotr Okoryev", "Pyotr Okoryev", "Russia"), ("Pyotr Okoryev", "Okoryev", "Russia"))
    own.loc[1, ["form", "when"]] = "surname", "introduced"
    assert actors("Okoriev spoke.", own) == []
    assert actors("Petr Okoriev spoke. Okorev left, and Okoryev too.", own) == ["Pyotr Okoryev"] * 3
    # the keys of Arabic say less: the article must have spelled the full name so
    assert actors("Muammar Kadhafi spoke. Kadhafi left. Gadafi left.") == ["Muammar Gaddafi"] * 2
    assert actors("Sally and Share spoke.") == []


def test_names_of_other_origins_have_one_spelling() -> None:
    assert actors("Angela Mirkel and Emanuel Makron met Mateuš Moravietski.") == []


def registry(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["actor", "alias", "country"])
    return table.assign(type="person", form="name", when="always")


def test_what_two_people_share_is_nobodys() -> None:
    two = registry(("A", "Ivan Kozyrev", "Russia"), ("B", "Ivan Kozirev", "Ukraine"))
    assert actors("Ivan Kozyriev came.", two) == []
    assert actors("Ivan Kozyrev and Ivan Kozirev came.", two) == ["A", "B"]


def test_given_names_tell_people_of_one_surname_apart() -> None:
    two = registry(("V", "Vitali Klitschko", "Ukraine"), ("W", "Wladimir Klitschko", "Ukraine"))
    assert actors("Volodymyr Klichko came. Vitaly Klichko left.", two) == ["W", "V"]


def test_no_two_registered_people_share_a_key_unnoticed() -> None:
    names = builtin_names().variants
    shared: dict[tuple, set[str]] = {}
    for key, full in names.full.items():
        for each in full:
            shared.setdefault((key, each.given), set()).add(each.person.actor)
    # those who do are the same name in two spellings: the same person twice, or told apart by nothing
    for people in shared.values():
        assert len(people) == 1 or len({re.sub(r"\W", "", person).casefold()[:9] for person in people}) == 1, people


@given(st.text("ZelnskyijKozrv-’' .\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = builtin_names()
    hits = found.variants.find(text, found.find(text))
    assert all(before[1] <= after[0] for before, after in pairwise(hits))
    assert all(text[start:end].strip() for start, end, _ in hits)


@given(st.text(max_size=30))
def test_keys_are_stable(word: str) -> None:
    for origin in origins():
        assert origin.key(word) == origin.key(word.upper().lower()) or not word.isascii()
