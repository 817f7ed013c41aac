"""Sources: one name for one outlet, and never one name for two."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.readers.addresses import host_and_path, is_address, site_of
from mediakit.readers.outlets import canonical_sources, fold_name, read_outlets
from tools import build_outlets

ACTORS = Path(mk.__file__).parent / "data" / "actors.csv"
TABLE = read_outlets()
# outlets so well known that their bare name means them, unless the address is that of another of this name; the others
# of the name are in databases with their place: "The Guardian (Nigeria)"
LEADING = {"The Guardian", "The Independent", "Daily Mirror", "The Spectator", "Sky News", "El País", "El Mundo"} | {
    *("L'Express", "Business Standard"),
}
# actors that bear a word which tells them from the common noun in running text
SPELT_OUT = {"The Hindu newspaper", "The National newspaper", "Australian newspaper", "Foreign Affairs magazine"} | {
    *("Foreign Policy magazine", "People magazine"),
}


def bare(text: str) -> str:
    return fold_name(text).removeprefix("the ")


def name(given_name: object, url: object = None, own: object = None) -> str | None:
    return canonical_sources([given_name], [url], own=own).names[0]  # type: ignore[arg-type]


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_table_is_what_the_lists_say() -> None:
    lists = [build_outlets.HERE / "outlets" / file for file in build_outlets.LISTS]
    built = {tuple(row) for file in lists for row in build_outlets.rows(file.read_text(encoding="utf-8").splitlines())}
    with build_outlets.TARGET.open(encoding="utf-8", newline="") as file:
        assert {tuple(row) for row in csv.reader(file)} == built | {tuple(build_outlets.COLUMNS)}


def test_no_alias_belongs_to_two_outlets() -> None:
    owners = defaultdict(set)
    for row in TABLE.itertuples():
        if row.kind not in {"shared", "place"}:
            owners[row.kind == "domain", fold_name(row.alias)].add(row.outlet)
    assert {key: outlets for key, outlets in owners.items() if len(outlets) > 1} == {}


def test_no_name_of_an_outlet_is_one_that_others_share() -> None:
    shared = set(TABLE.loc[TABLE["kind"] == "shared", "alias"].map(fold_name))
    names = TABLE[TABLE["kind"].isin(["name", "short"])]
    own = dict(zip(names["alias"].map(fold_name), names["outlet"], strict=True))
    assert {outlet for key, outlet in own.items() if key in shared} == LEADING


def test_what_several_outlets_are_called_stays_as_it_is_given() -> None:
    names = set(TABLE.loc[TABLE["kind"].isin(["name", "short"]), "alias"].map(fold_name))
    shared = [alias for alias in TABLE.loc[TABLE["kind"] == "shared", "alias"] if fold_name(alias) not in names]
    found = canonical_sources(shared, [None] * len(shared))
    assert [fold_name(str(name)) for name in found.names] == [fold_name(alias) for alias in shared]
    assert not set(found.names) & set(TABLE["outlet"])


def test_domains_are_well_formed() -> None:
    domains = TABLE.loc[TABLE["kind"] == "domain", "alias"]
    assert [domain for domain in domains if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", domain)] == []
    assert [domain for domain in domains if host_and_path(f"https://www.{domain}/a") != (domain, "/a")] == []
    assert [domain for domain in domains if not is_address(domain)] == []


def test_the_table_is_complete() -> None:
    assert TABLE["outlet"].nunique() > 1400
    assert set(TABLE["type"]) == {"newspaper", "agency", "broadcaster", "magazine", "online"}
    assert set(TABLE["kind"]) == {"name", "short", "domain", "shared", "place"}
    assert set(TABLE["outlet"]) == set(TABLE.loc[TABLE["outlet"] == TABLE["alias"], "outlet"])


def test_outlets_that_are_actors_too_have_one_name() -> None:
    actors = pd.read_csv(ACTORS, dtype="str")
    media = set(actors.loc[actors["type"] == "media", "actor"]) - SPELT_OUT
    aliases = TABLE[TABLE["kind"].isin(["name", "short"])]
    outlets = dict(zip(aliases["alias"].map(fold_name), aliases["outlet"], strict=True))
    found = {actor: outlets[key] for actor in media if (key := fold_name(actor)) in outlets}
    # the registry of actors goes by what stands in running text, without the article
    assert {actor: name for actor, name in found.items() if bare(actor) != bare(name)} == {}


@pytest.mark.parametrize("row", [("name", "short"), ("domain",)])
def test_every_alias_of_the_table_leads_to_its_outlet(row: tuple[str, ...]) -> None:
    rows = TABLE[TABLE["kind"].isin(row)]
    assert canonical_sources(rows["alias"].tolist(), [None] * len(rows)).names == rows["outlet"].tolist()


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        *((text, "The New York Times") for text in ("NYT", "nytimes.com", "The New York Times", "www.nytimes.com")),
        *(
            (text, "The New York Times")
            for text in ("New York Times (online)", "THE NEW YORK TIMES", "New York Times Online")
        ),
        ("The New York Times - International Edition", "The New York Times"),
        ("New York Times; Late Edition (East Coast)", "The New York Times"),
        ("https://www.nytimes.com/2025/08/17/world/x.html", "The New York Times"),
        ("NYT > World News", "The New York Times"),
        *((text, "The Guardian") for text in ("The Guardian (London)", "Guardian Unlimited", "The Guardian, London")),
        *((text, "The Guardian") for text in ("World news | The Guardian", "The Guardian (UK)", "theguardian.com")),
        ("The Guardian (theguardian.com)", "The Guardian"),
        ("New York Times Blogs (The Caucus)", "The New York Times"),
        ("Washington Post Blogs (x)", "The Washington Post"),
        ("New York Times (1923-Current file)", "The New York Times"),
        ("The Washington Post (1974-)", "The Washington Post"),
        ("The Times of India (Mumbai Edition)", "The Times of India"),
        ("The Times of India - Mumbai Edition", "The Times of India"),
        ("Los Angeles Times, Home edition", "Los Angeles Times"),
        ("Guardian.com", "The Guardian"),
        ("elpais.es", "El País"),
        ("The Times (London)", "The Times (London)"),
        ("The Times; London (UK)", "The Times (London)"),
        ("The Times, London, UK", "The Times (London)"),
        ("Daily Star (London)", "Daily Star (UK)"),
        ("La Nacion (Argentina)", "La Nación (Argentina)"),
        ("Financial Times (London, England)", "Financial Times"),
        ("Agence France Presse -- English", "Agence France-Presse"),
        ("AFP (Agence France-Presse)", "Agence France-Presse"),
        ("Associated Press International", "Associated Press"),
        ("dpa International (Englisch)", "Deutsche Presse-Agentur"),
        ("Süddeutsche Zeitung (inkl. Regionalausgaben)", "Süddeutsche Zeitung"),
        ("Sueddeutsche Zeitung", "Süddeutsche Zeitung"),
        ("Spiegel Online", "Der Spiegel"),
        ("Le Monde (site web)", "Le Monde"),
        ("EL PAIS", "El País"),
        ("The Hindu (India)", "The Hindu"),
        ("edition.cnn.com", "CNN"),
        ("m.bbc.co.uk", "BBC"),
        ("amp.theguardian.com", "The Guardian"),
        ("Die Tageszeitung (taz)", "taz"),
        ("The Sun (Baltimore)", "The Baltimore Sun"),
        ("The Herald (Miami)", "Miami Herald"),
    ],
)
def test_spellings_of_an_outlet_get_its_name(given_name: str, expected: str) -> None:
    assert name(given_name) == expected
    assert name(expected) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "The New York Times"),
        ("The Times", "Times"),
        ("The Times", "The Times of India"),
        ("The Times", "The Times (Shreveport)"),
        ("The Times", "The Sunday Times"),
        ("The Guardian", "The Guardian (Nigeria)"),
        ("The Guardian", "The Guardian (Charlottetown)"),
        ("The Independent", "The Independent (Uganda)"),
        ("Daily Mail", "Daily Mail (Islamabad)"),
        ("Daily Mail", "Mail on Sunday"),
        ("The Star (Malaysia)", "The Star (Toronto)"),
        ("The Star (Sheffield)", "The Star (Kenya)"),
        ("The Sun", "The Baltimore Sun"),
        ("The Sun", "Sun"),
        ("The Telegraph", "The Telegraph (Kolkata)"),
        ("Daily Mirror", "Mirror"),
        ("Daily Mirror", "Daily Mirror (Sri Lanka)"),
        ("The Herald (Glasgow)", "The Herald (Zimbabwe)"),
        ("Herald", "The Herald"),
        ("The Nation", "The Nation Online"),
        ("The Nation", "The Nation (Thailand)"),
        ("Interfax", "Interfax-Ukraine"),
        ("ABC", "ABC News"),
        ("ABC", "ABC (Spain)"),
        ("ABC", "abc.es"),
        ("ABC News", "abcnews.go.com"),
        ("Daily Star", "The Daily Star (Bangladesh)"),
        ("Daily Star", "Daily Star (UK)"),
        ("The Times", "The Times (London)"),
        ("The Sun", "The Sun (UK)"),
        ("The Telegraph", "telegraph.co.uk"),
        ("Público", "publico.es"),
        ("publico.pt", "publico.es"),
        ("APA", "apa.at"),
        ("ABC News", "ABC News (Australia)"),
        ("BBC", "BBC Monitoring"),
        ("Politico", "Politico Europe"),
        ("one.substack.com", "two.substack.com"),
        ("Reuters", "Reuters Institute"),
        ("The Guardian", "The Guardian | Nigeria"),
    ],
)
def test_different_outlets_are_never_merged(one: str, other: str) -> None:
    assert name(one) != name(other)


@pytest.mark.parametrize(
    ("given_name", "url", "expected"),
    [
        ("The Times", "https://www.nytimes.com/x", "The New York Times"),
        ("The Guardian", "https://guardian.ng/x", "The Guardian (Nigeria)"),
        ("Herald", "https://www.miamiherald.com/x", "Miami Herald"),
        ("The Star", "https://www.thestar.com/x", "Toronto Star"),
        ("The Star", "https://www.thestar.com.my/x", "The Star (Malaysia)"),
        ("ABC News", "https://www.abc.net.au/x", "Australian Broadcasting Corporation"),
        ("The Times", "https://www.thetimes.com/x", "The Times (London)"),
        ("Daily Star", "https://www.dailystar.co.uk/x", "Daily Star (UK)"),
        ("The Daily Star", "https://www.thedailystar.net/x", "The Daily Star (Bangladesh)"),
        ("ABC", "https://www.abc.es/x", "ABC (Spain)"),
        ("The Sun", "https://www.thesun.co.uk/x", "The Sun (UK)"),
        ("Reuters", "https://www.nytimes.com/x", "Reuters"),
        ("A Village Paper", "https://www.nytimes.com/x", "A Village Paper"),
    ],
)
def test_an_address_tells_outlets_of_one_name_apart(given_name: str, url: str, expected: str) -> None:
    assert name(given_name, url) == expected


def test_without_a_source_the_address_tells() -> None:
    urls = ["https://www.bbc.co.uk/news/1", "https://blog.theirsite.co.uk/x", None, "no address", float("nan")]
    found = canonical_sources([None, "", None, float("nan"), None], urls)
    assert found.names == ["BBC", "theirsite.co.uk", None, None, None]
    assert found.bases == ["inferred from the address"] * 2 + [None] * 3
    assert found.given == [None] * 5


def test_the_spelling_most_used_wins_where_no_table_knows() -> None:
    values = ["The Village Paper", "village paper", "The Village Paper", "VILLAGE  PAPER", "Village Papers"]
    found = canonical_sources(values, [None] * 5)
    assert found.names == ["The Village Paper"] * 4 + ["Village Papers"]
    assert found.given == [None, "village paper", None, "VILLAGE PAPER", None]
    assert found.bases == ["given"] * 5


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.theirsite.co.uk/a?b=c#d", "theirsite.co.uk"),
        ("news.theirsite.com.au", "theirsite.com.au"),
        ("http://user:secret@theirsite.org:8080/", "theirsite.org"),
        ("//m.theirsite.de/x", "theirsite.de"),
        ("https://name.substack.com/p/x", "name.substack.com"),
        ("https://medium.com/@Name/x", "medium.com/@name"),
        ("https://t.me/s/channel/123", "t.me/channel"),
        ("https://web.archive.org/web/20250817id_/https://www.theirsite.org/x", "theirsite.org"),
        ("https://www.google.com/amp/s/www.theirsite.org/x", "theirsite.org"),
        ("https://www-theirsite-org.cdn.ampproject.org/c/s/www.theirsite.org/x", "theirsite.org"),
        ("https://m.com/x", "m.com"),
    ],
)
def test_the_site_of_an_address(address: str, site: str) -> None:
    found = host_and_path(address)
    assert found is not None
    assert site_of(*found) == site


@pytest.mark.parametrize("text", ["", "Time", "a@b.org", "mailto:a@b.org", "St.Louis", "see nytimes.com", "127.0.0.1"])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


# --- outlets of the user's -------------------------------------------------------------------------------------------


def test_own_outlets_come_first(tmp_path: Path) -> None:
    own = {"Times": "NYT", "theirsite.org": "Their Site", "The Village Paper": "Village Paper", "BBC": "Beeb"}
    assert name("times", own=own) == "The New York Times"
    assert name(None, "https://www.theirsite.org/x", own) == "Their Site"
    assert name("news.theirsite.org", own=own) == "Their Site"
    assert name("VILLAGE PAPER", own=own) == "Village Paper"
    assert [name(text, own=own) for text in ("BBC News", "bbc.com", "BBC", "Beeb")] == ["Beeb"] * 4
    file = tmp_path / "own.csv"
    file.write_text("outlet,alias\n" + "".join(f"{outlet},{alias}\n" for alias, outlet in own.items()))
    assert name("times", own=file) == "The New York Times"
    assert name("bbc.com", own=read_outlets(file)) == "Beeb"


def test_own_outlets_may_be_the_whole_table_with_changes() -> None:
    mine = pd.concat([TABLE, pd.DataFrame({"outlet": ["Mine"], "alias": ["mine.example.org"]})])
    assert name("https://mine.example.org/x", own=mine) == "Mine"
    assert name("The Guardian (London)", own=mine) == "The Guardian"
    assert name("Times", own=mine) == "Times"


def test_own_outlets_that_cannot_be_used_say_why(tmp_path: Path) -> None:
    with pytest.raises(mk.FrameError, match="missing column"):
        canonical_sources([], [], own=pd.DataFrame({"name": ["x"]}))
    with pytest.raises(ValueError, match="stands for both"):
        canonical_sources([], [], own={"The Village Paper": "A", "Village Paper": "B"})
    (tmp_path / "own.csv").write_text("name,alias\na,b\n")
    with pytest.raises(mk.FrameError, match="missing column 'outlet'"):
        read_outlets(tmp_path / "own.csv")


# --- properties ------------------------------------------------------------------------------------------------------

GIVEN = st.one_of(
    st.none(),
    st.sampled_from(TABLE["alias"].tolist()),
    st.sampled_from(["Village Paper", "the village paper", "VILLAGE PAPER", "Times", "The Star", "x.substack.com"]),
    st.text(max_size=20),
)
URLS = st.one_of(
    st.none(),
    st.sampled_from(TABLE.loc[TABLE["kind"] == "domain", "alias"].map("https://www.{}/x".format).tolist()),
    st.sampled_from(["https://theirsite.co.uk/x", "https://x.substack.com", "https://medium.com/@x/y"]),
    st.text(max_size=20),
)
ROWS = st.lists(st.tuples(GIVEN, URLS), max_size=12)


@given(ROWS)
def test_names_are_names_of_themselves(rows: list[tuple[str | None, str | None]]) -> None:
    urls = [url for _, url in rows]
    names = canonical_sources([text for text, _ in rows], urls).names
    assert canonical_sources(names, urls).names == names
    assert canonical_sources(names, [None] * len(names)).names == names


@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str | None, str | None]], random: object) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    by_row = dict(zip(rows, canonical_sources(*columns(rows)).names, strict=True))
    assert dict(zip(shuffled, canonical_sources(*columns(shuffled)).names, strict=True)) == by_row


def columns(rows: list[tuple[str | None, str | None]]) -> tuple[list[str | None], list[str | None]]:
    return [text for text, _ in rows], [url for _, url in rows]


@given(ROWS)
def test_what_was_given_is_kept_where_it_is_not_the_name(rows: list[tuple[str | None, str | None]]) -> None:
    texts, urls = columns(rows)
    found = canonical_sources(texts, urls)
    for text, kept, outlet, basis in zip(texts, found.given, found.names, found.bases, strict=True):
        stripped = " ".join(text.split()) if text else None
        assert (kept or outlet if stripped else kept) == (stripped or None)
        assert (outlet is None) == (basis is None)
