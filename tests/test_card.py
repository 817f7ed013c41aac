"""The import card: what it says of a corpus, as text and as HTML."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import mediakit as mk
from mediakit.frames import build
from mediakit.readers.card import Section, facts
from mediakit.readers.card_faces import as_html, as_text
from mediakit.readers.records import IN_PART, NOT_READ, PASSED_OVER, TAKEN_AS

SEEDS = Path(__file__).parent.parent / "seeds"
STORY = "The two leaders met for three hours on Friday and left without a word to the press waiting outside the hall."


class Page(HTMLParser):
    """What a browser would show, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", set[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def articles(n: int = 1, **columns: list) -> pd.DataFrame:
    """Articles that lack nothing, but for what `columns` says."""
    rows = {
        "article_id": [f"a{number}" for number in range(n)],
        "source": [f"Outlet {number % 2}" for number in range(n)],
        "published": [pd.Timestamp("2025-01-01") + pd.Timedelta(days=number) for number in range(n)],
        "title": ["Talks"] * n,
        "text": [f"Talks\nText {number} tells what happened on day {number}." for number in range(n)],
        "language": ["en"] * n,
    }
    return build("articles", rows | columns)


def problems(*rows: tuple[str, str]) -> pd.DataFrame:
    return build("problems", [{"path": "a.csv", "record": "row 2", "reason": why, "kind": kind} for why, kind in rows])


def card(frame: pd.DataFrame, found: pd.DataFrame | None = None, *, look: bool = True) -> list[Section]:
    cuts = build("cuts", [])
    duplicates = mk.near_duplicates(frame) if look else None
    return facts(frame, cuts, problems() if found is None else found, "corpus", duplicates)


def both(sections: list[Section]) -> list[str]:
    """The card as text with its line breaks undone, and what a browser would show."""
    page = Page(as_html(sections))
    assert page.open == []
    return [" ".join(as_text(sections).split()), " ".join(page.text.split())]


def test_what_was_lost_stands_before_what_was_guessed() -> None:
    found = problems(
        ("columns taken as: headline → title", TAKEN_AS),
        ("by its name not an article", PASSED_OVER),
        ("date '31/31/2025' not read", IN_PART),
        ("date '32/32/2025' not read", IN_PART),
        ("is a PNG image, not text", NOT_READ),
    )
    sections = card(articles(), found)
    assert [section.heading.split(":")[0] for section in sections[1:5]] == [
        *("Lost", "To be checked", "Taken as", "Left alone on purpose")
    ]
    assert sections[2].table is not None
    assert sections[2].table.rows == [("date '31/31/2025' not read", 2, "a.csv, row 2")]
    for shown in both(sections):
        assert "columns taken as: headline → title" in shown
        assert "Nothing: everything was read." not in shown
    assert "border-left" in as_html(sections)
    assert "!! Lost" in as_text(sections)


def test_places_are_named_inside_the_folder_that_was_read() -> None:
    found = build("problems", [{"path": "corpus/inner/a.csv", "record": None, "reason": "is empty", "kind": NOT_READ}])
    for shown in both(card(articles(), found)):
        assert " inner/a.csv" in shown


def test_nothing_lost_is_said() -> None:
    for shown in both(card(articles(), problems(("guessed", TAKEN_AS)))):
        assert "Nothing: everything was read." in shown


def test_how_dates_sources_and_languages_are_known() -> None:
    frame = articles(
        4,
        source=["The New York Times", "The New York Times", "Reuters", None],
        source_given=["NYT", "nytimes.com", "Reuters", None],
        published_basis=["given", "inferred from the page: og", "inferred from the page: url", "given"],
        language=["en", "de", "de", None],
        language_basis=["given", "identified", "identified", None],
    )
    for shown in both(card(frame)):
        assert "Dates: 2 given, 2 inferred from the page." in shown
        assert "“NYT” and “nytimes.com” as The New York Times" in shown
        assert "as Reuters" not in shown
        assert "Languages: 2 German, 1 English; 2 of them read from the text." in shown
        assert "2 articles not in English" in shown
        assert "Where the language is not known, English is assumed." in shown
        assert "language: 1 of 4" in shown


def test_independent_articles_are_counted() -> None:
    frame = articles(4, text=[STORY, STORY + " Nobody was told more.", "A thing.", STORY])
    for shown in both(card(frame)):
        assert "Effective number of independent articles: 2." in shown
        assert "The largest: a1, a0, a3." in shown or "The largest: a0, a1, a3." in shown
        assert "A story told twice counts twice" in shown
    for shown in both(card(frame, look=False)):
        assert "Not looked for in so many articles" in shown
        assert "independent" not in shown


@pytest.mark.parametrize(
    ("n", "columns", "said", "not_said"),
    [
        (1, {}, "One article: everything", "One article per source"),
        (2, {"source": ["a", "a"]}, "One source: there is nothing to compare", "one day"),
        (2, {"source": [None, None]}, "No source is known", "per source"),
        (2, {"published": [None, None]}, "No date is known", "one day"),
        (3, {"source": ["a", "a", "b"]}, "1 source with one article only: no comparison can rest on it", "per source"),
        (3, {"source": ["a", "a", None]}, "1 article without a source: shown as “unknown”", "per source"),
        (2, {"published": ["2025-01-01", "2025-01-01"]}, "All dates fall on one day", "No date"),
        (2, {"title": ["Talks", None]}, "1 article without a title", "of a title only"),
        (2, {"text": ["Talks", "Talks\nText."]}, "1 article of a title only", "without a title"),
        (40, {}, "Nothing speaks against comparing", "too few to stand"),
        (29, {}, "too few to stand", "Nothing speaks against"),
    ],
)
def test_what_follows(n: int, columns: dict[str, list], said: str, not_said: str) -> None:
    for shown in both(card(articles(n, **columns))):
        assert said in shown
        assert not_said not in shown


def test_hostile_values_are_shown_as_text() -> None:
    evil = "<script>alert('x')</script>\x1b[2J\u202eevil"
    frame = articles(
        2, source=[evil, evil], source_given=["x", "y"], published_basis=[evil, evil], language=[evil, evil]
    )
    sections = card(frame, problems((evil, NOT_READ)))
    page = Page(as_html(sections))
    assert page.tags <= {"div", "table", "thead", "tbody", "tr", "th", "td", "bdi"}
    for shown in (as_text(sections), page.text):
        assert "<script>alert" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


# --- from files to the card ------------------------------------------------------------------------------------------


def test_card_of_the_seeds() -> None:
    corpus = mk.read_corpus(SEEDS)
    page = Page(corpus._repr_html_())
    assert page.open == []
    for shown in (str(corpus), page.text):
        assert f"5 articles read from {SEEDS}" in shown
        assert "5 sources" in shown
        assert "published 2025-02-13 to 2025-08-17" in shown
        assert "title: 1 of 5" in shown
        assert "initials in title" in shown
        assert "One article per source: nothing can be said about sources" in shown
    assert str(corpus) == repr(corpus)


def test_card_of_a_dirty_corpus(tmp_path: Path) -> None:
    evil = "<script>alert('x')</script>\x1b[2J\u202eevil"
    rows = [{"text": f"Text {n % 3}.", "source": "S", "date": "2025-08-17", "title": evil} for n in range(6)]
    rows += [{"text": "No source."}, {"text": "Bad date.", "date": evil}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / f"{evil.replace('/', '')}.png").write_bytes(b"x")
    corpus = mk.read_corpus(tmp_path)
    page = Page(corpus._repr_html_())
    assert page.tags <= {"div", "table", "thead", "tbody", "tr", "th", "td", "bdi"}
    for shown in (str(corpus), page.text):
        assert "2 articles without a source" in shown
        assert "no reader for .png" in shown
        assert "One article per source" not in shown
        assert "All dates fall on one day" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
