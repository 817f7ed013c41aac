"""Names inside names: treaties, doctrines, streets, schools, products, media; and hyphens, headlines, possessives."""

import pytest
from conftest import make_articles

import mediakit as mk


def named(text: str, *, title: str | None = None) -> list[str]:
    """What is named in one text, as "words as written: actor"."""
    found = mk.mentions(make_articles(article_id=["a"], text=[text], title=[title]))
    return [f"{row.text}: {row.actor}" for row in found.itertuples()]


@pytest.mark.parametrize(
    "name",
    [
        "Truman Doctrine",
        "Reagan Library",
        "Trump Tower",
        "Trump International Hotel",
        "Lincoln Memorial",
        "Lincoln Center",
        "Kennedy Center",
        "Kennedy Space Center",
        "Biden Foundation",
        "Clinton Foundation",
        "Obama Foundation",
        "Obama Presidential Center",
        "Trump Media & Technology Group",
        "Trump University",
        "Trump Plaza",
        "Bush Institute",
        "Carter Center",
        "Reagan National Airport",
        "Churchill War Rooms",
        "Thatcher Foundation",
        "Mandela Bridge",
        "Gandhi Museum",
        "Putin Street",
        "Erdoğan Mosque",
        "Nixon Library",
        "Monroe Doctrine",
        "Dayton Accords",
        "Oslo Accords",
        "Camp David Accords",
        "Vienna Convention",
        "Geneva Conventions",
        "Budapest Memorandum",
        "Treaty of Rome",
        "Treaty of Lisbon",
        "Treaty of Moscow",
        "Warsaw Uprising Museum",
        "Berlin Wall",
        "London Bridge",
        "Paris Opera",
        "Vienna Philharmonic",
        "University of Warsaw",
        "Bank of Moldova",
        "Berlin Airlift Memorial",
        "Moscow State University",
        "Kyiv Polytechnic Institute",
        "Tokyo Tower",
        "Rome Statute",
        "Ottawa River",
        "Havana Syndrome",
        "Stockholm Syndrome",
        "Prague Spring",
        "Gulf of Finland",
        "Sea of Japan",
        "Strait of Hormuz",
        "South China Sea",
        "Panama Canal",
        "Panama Papers",
        "Pentagon Papers",
        "Kremlin Cup",
        "Turkey Creek",
        "China Airlines",
        "Air India",
        "Japan Airlines",
        "Jordan River",
        "India Gate",
        "Ireland Street",
        "Warren Commission",
        "Chilcot Inquiry",
        "Mueller Report",
        "Trump Organization",
    ],
)
def test_names_inside_names_do_not_count(name: str) -> None:
    """Neither the person nor the state inside is named; what is registered as a whole may be."""
    found = named(f"Then they wrote about the {name} again.")
    assert [said for said in found if said.split(":")[0] != name] == []


@pytest.mark.parametrize(
    "name",
    [
        "The Moscow Times",
        "Washington Post",
        "Jerusalem Post",
        "Kyiv Independent",
        "Kyiv Post",
        "Times of Israel",
        "Times of India",
        "South China Morning Post",
        "Japan Times",
        "Korea Herald",
        "Wall Street Journal",
        "Financial Times",
        "Tehran Times",
        "Irish Times",
        "New York Times",
        "Washington Examiner",
        "Voice of America",
        "Radio Free Europe",
        "USA Today",
        "China Daily",
    ],
)
def test_media_do_not_name_their_town(name: str) -> None:
    found = mk.mentions(make_articles(article_id=["a"], text=[f"Then they read {name} again."]))
    assert found["type"].tolist() == ["media"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Trump-Putin summit began.", ["Trump: Donald Trump", "Putin: Vladimir Putin"]),
        ("The Russia-Ukraine war goes on.", ["Russia: Russia", "Ukraine: Ukraine"]),
        ("A US-China-backed plan failed.", ["US: United States", "China: China"]),
        ("The Russian–Ukrainian border is shut.", ["Russian: Russia", "Ukrainian: Ukraine"]),
        ("The Modi‐Xi handshake was brief.", ["Modi: Narendra Modi", "Xi: Xi Jinping"]),
        ("A Saudi-Iranian deal was signed.", ["Saudi: Saudi Arabia", "Iranian: Iran"]),
        ("An EU-UK-US row began.", ["EU: European Union", "UK: United Kingdom", "US: United States"]),
        ("A NATO-led force left.", ["NATO: NATO"]),
        ("The Israel/Gaza border is shut.", ["Israel: Israel", "Gaza: Gaza"]),
        ("Pro-Putin and anti-Trump crowds met.", ["Putin: Vladimir Putin", "Trump: Donald Trump"]),
        ("It is Zelensky’s plan, not Putin's.", ["Zelensky: Volodymyr Zelensky", "Putin: Vladimir Putin"]),
        ("Orbán’s veto and Erdoğan’s visit.", ["Orbán: Viktor Orbán", "Erdoğan: Recep Tayyip Erdoğan"]),
        (
            "The United States' plan and the Netherlands’ vote.",
            ["United States: United States", "Netherlands: Netherlands"],
        ),
        ("Keir Starmer's and Olaf Scholz' talks.", ["Keir Starmer: Keir Starmer", "Olaf Scholz: Olaf Scholz"]),
        ("Antony Blinken’ll come; Macron'd go.", ["Antony Blinken: Antony Blinken", "Macron: Emmanuel Macron"]),
        (
            "“Trump,” said Macron—‘Putin’ too.",
            ["Trump: Donald Trump", "Macron: Emmanuel Macron", "Putin: Vladimir Putin"],
        ),
        ("(Merkel) [Macron] {Putin}", ["Merkel: Angela Merkel", "Macron: Emmanuel Macron", "Putin: Vladimir Putin"]),
        ("Ursula von der Leyen's offer.", ["Ursula von der Leyen: Ursula von der Leyen"]),
    ],
)
def test_hyphens_apostrophes_and_marks(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("PUTIN AND ZELENSKY AGREE TO TALKS", ["PUTIN: Vladimir Putin", "ZELENSKY: Volodymyr Zelensky"]),
        ("TRUMP-PUTIN SUMMIT OFF", ["TRUMP: Donald Trump", "PUTIN: Vladimir Putin"]),
        ("MACRON’S GAMBLE FAILS", ["MACRON: Emmanuel Macron"]),
        ("ERDOGAN SLAMS EU OVER CYPRUS", ["ERDOGAN: Recep Tayyip Erdoğan", "EU: European Union", "CYPRUS: Cyprus"]),
        ("UKRAINIAN TROOPS ENTER RUSSIA", ["UKRAINIAN: Ukraine", "RUSSIA: Russia"]),
        ("WHITE HOUSE DENIES REPORT", ["WHITE HOUSE: US government"]),
        ("HAMAS AND ISRAEL NEAR DEAL", ["HAMAS: Hamas", "ISRAEL: Israel"]),
        ("What Putin Wants From Trump", ["Putin: Vladimir Putin", "Trump: Donald Trump"]),
        ("Why The West Fears China’s Rise", ["The West: The West", "China: China"]),
        ("Israel And Iran Trade Blows As UN Meets", ["Israel: Israel", "Iran: Iran", "UN: United Nations"]),
        (
            "Zelenskyy Rejects Putin-Trump Plan",
            ["Zelenskyy: Volodymyr Zelensky", "Putin: Vladimir Putin", "Trump: Donald Trump"],
        ),
        ("Starmer: ‘We Will Not Yield To Moscow’", ["Starmer: Keir Starmer", "Moscow: Russia"]),
        ("South Korea’s Yoon Faces Arrest", ["South Korea: South Korea"]),
        ("How Merkel Lost Germany", ["Merkel: Angela Merkel", "Germany: Germany"]),
        ("JOIN US TODAY", []),
    ],
)
def test_headlines(title: str, found: list[str]) -> None:
    assert named(f"{title}\nIt rained.", title=title) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He likes Trump steaks.", ["Trump: Donald Trump"]),
        ("The Trump administration spoke.", ["Trump: Donald Trump"]),
        ("The Putin regime fell.", ["Putin: Vladimir Putin"]),
        ("The Biden White House spoke.", ["Biden: Joe Biden", "White House: US government"]),
        ("The Merkel government fell.", ["Merkel: Angela Merkel"]),
        ("Moscow Mayor Sobyanin spoke.", ["Moscow: Russia"]),
        ("A Boeing 777 landed.", ["Boeing: Boeing"]),
    ],
)
def test_what_stays_a_name(text: str, found: list[str]) -> None:
    said = named(text)
    assert [name for name in said if name in found or not found] == found
