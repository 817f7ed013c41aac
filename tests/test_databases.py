"""Exports of databases: Factiva in five layouts, Europresse in two; how exports are known by their content."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples import databases as samples
from reader_samples import factiva
from reader_samples.factiva import STORIES, Story

import mediakit as mk
from mediakit.readers import Problem, ReadError, Record, reader_for
from mediakit.readers.factiva import accession, byline, header_codes, number_in
from mediakit.readers.files import in_memory


@dataclass
class Found:
    reader: str
    records: list[Record]
    problems: list[Problem]

    def column(self, name: str) -> list[object]:
        return [record.fields.get(name, record.extra.get(name)) for record in self.records]

    @property
    def reasons(self) -> list[str]:
        return [problem.reason for problem in self.problems]


def read(name: str, content: str | bytes) -> Found:
    file = in_memory(name, content if isinstance(content, bytes) else content.encode())
    reader = reader_for(file)
    found = list(reader.read(file))
    records = [item for item in found if isinstance(item, Record)]
    return Found(reader.name, records, [item for item in found if isinstance(item, Problem)])


# --- Factiva ---------------------------------------------------------------------------------------------------------

LAYOUTS: dict[str, Callable[[list[Story]], str]] = {
    "table.html": factiva.factiva_table,
    "blocks.htm": factiva.factiva_blocks,
    "articles.xml": factiva.factiva_xml,
    "coded.txt": factiva.factiva_coded,
    "plain.txt": factiva.factiva_plain,
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_factiva_gives_the_articles_in_every_layout(name: str) -> None:
    found = read(name, LAYOUTS[name](list(STORIES)))
    assert found.column("article_id") == [story.number for story in STORIES]
    assert found.column("source") == ["The Hilltop Post", "Talkurier"]
    assert found.column("title") == [story.title for story in STORIES]
    assert found.column("author") == ["Jane Doe", None]
    assert found.column("text") == ["\n".join(story.paragraphs) for story in STORIES]
    assert found.column("length") == [story.words for story in STORIES]
    assert found.column("section") == ["News; Front Page", None]
    assert found.column("page") == ["26", None]
    assert found.column("source_code") == ["HILLTP", "TALKUR"]
    assert found.column("copyright")[1] == "(c) 2025 Talkurier. All rights reserved."


def test_factiva_frames_are_the_same_whatever_the_layout(tmp_path: Path) -> None:
    frames = []
    for name, layout in LAYOUTS.items():
        (tmp_path / name).write_text(layout(list(STORIES)), encoding="utf-8")
        articles = mk.read_corpus(tmp_path / name).articles
        columns = ["article_id", "source", "published", "title", "text", "author", "language", "length", "section"]
        frames.append(articles[columns])
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])
    assert frames[0]["published"].tolist() == [
        pd.Timestamp("2025-08-17 05:15", tz="UTC"),
        pd.Timestamp("2025-08-18", tz="UTC"),
    ]
    assert frames[0]["language"].tolist() == ["en", "de"]


_LETTERS = st.characters(categories=("L", "N", "P", "S"), exclude_characters="|")
_LINES = st.text(_LETTERS | st.just(" "), min_size=1, max_size=60).map(lambda text: " ".join(text.split()))
_LINES = _LINES.filter(lambda text: text not in ("", "LP", "TD"))  # codes may stand alone before the paragraphs
_STORIES = st.builds(
    lambda title, paragraphs, author, n: STORIES[0]._replace(
        title=title,
        paragraphs=(*paragraphs, "The end."),
        author=author,
        number=f"HILLTP002025081{n}el8h0001a",
        section="",
    ),
    _LINES,
    st.lists(_LINES, min_size=1, max_size=4),
    st.sampled_from(["", "Jane Doe", "Jean van der Eik und Ann Oak"]),
    st.integers(0, 9),
)


@settings(max_examples=60, deadline=None)
@given(story=_STORIES)
def test_factiva_layouts_agree_on_any_text(story: Story) -> None:
    for name, layout in LAYOUTS.items():
        record = read(name, layout([story])).records[0]
        assert record.fields["title"] == story.title, name
        assert record.fields["text"] == "\n".join(story.paragraphs), name
        assert record.fields.get("author", "") == story.author, name


@pytest.mark.parametrize(("language", "document"), [("de", "Dokument"), ("fr", "Document"), ("es", "Documento")])
@pytest.mark.parametrize("layout", [factiva.factiva_table, factiva.factiva_blocks])
def test_factiva_in_other_languages_of_the_interface(layout: Callable, language: str, document: str) -> None:
    found = read("x.html", layout(STORIES, language, document))
    assert found.reader == "factiva html"
    assert found.column("article_id") == [story.number for story in STORIES]
    assert found.column("length") == [story.words for story in STORIES]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Von Anna Eik|dpa|1.024 Wörter|3. Oktober 2011|05:15|Süd-Zeitung|SUEDZ|Bayern|8|Deutsch|(c) 2011 SZ",
            {"BY": "Von Anna Eik", "CR": "dpa", "WC": "1.024 Wörter", "ET": "05:15", "ED": "Bayern", "PG": "8"},
        ),
        (
            "534 words|17 August 2025|05:00 PM|Hilltop Post|HPOST|A1, A8|English|Copyright 2025. The Post. All Rights.",
            {"ET": "05:00 PM", "SN": "Hilltop Post", "SC": "HPOST", "PG": "A1, A8", "LA": "English"},
        ),
        ("1 024 mots|17 août 2025|Le Quai|LEQUAI|Français|© 2025 Le Quai", {"WC": "1 024 mots", "SN": "Le Quai"}),
        (
            "1,024 字|2025年8月17日|港報|GANGBA|Chinese|(c) 2025",
            {"WC": "1,024 字", "PD": "2025年8月17日", "SN": "港報"},
        ),
        ("12 words|1 May 2025|The Post|Late Edition (East Coast)|English", {"ED": "Late Edition (East Coast)"}),
    ],
)
def test_factiva_header_lines_are_told_apart(header: str, expected: dict[str, str]) -> None:
    codes = header_codes(header.split("|"))
    assert {code: codes.get(code, [""])[0] for code in expected} == expected


def test_factiva_headline_in_bold_and_text_outside_paragraphs() -> None:
    page = (
        "<html><title>Factiva</title><div class='article'><div><b class='enHeadline'>Ferries  <i>stay</i></b></div>"
        "<div>12 words</div><div>1 May 2025</div><div>The Post</div><div>English</div><div>(c) 2025</div>"
        "<p>One.</p>Two, in no paragraph.<p>Document OKLD000020250501el51000x1</p></div></html>"
    )
    record = read("x.html", page).records[0]
    assert record.fields["title"] == "Ferries stay"
    assert record.fields["text"] == "One.\nTwo, in no paragraph."
    assert record.fields["article_id"] == "OKLD000020250501el51000x1"


def test_factiva_headline_around_the_article_and_parts_that_are_none() -> None:
    page = (
        "<html><title>Factiva</title><div class='article' id='article-OKLD000020250501el51000x1'><div id='hd'>"
        "<span class='enHeadline'>Ferries</span></div><div>12 words</div><div>1 May 2025</div><div>The Post</div>"
        "<div class='article enArticle'><p class='articleParagraph'>One.</p><p>Related links</p></div></div>"
        "<div class='article enArticle'><p>The Post Company</p></div></html>"
    )
    found = read("x.html", page)
    assert found.column("title") == ["Ferries"]
    assert found.column("source") == ["The Post"]
    assert found.column("article_id") == ["OKLD000020250501el51000x1"]
    assert [problem.kind for problem in found.problems] == ["passed over"]


def test_factiva_xml_says_when_articles_are_missing_or_broken() -> None:
    assert read("x.xml", factiva.factiva_xml(STORIES, declared=20)).reasons == ["declares 20 documents, 2 were read"]
    whole = factiva.factiva_xml(STORIES)
    cut = read("x.xml", whole[: whole.index("<sourceName>Talkurier")])
    assert cut.column("article_id") == [story.number for story in STORIES]
    assert cut.column("source") == ["The Hilltop Post", None]
    assert [reason[:38] for reason in cut.reasons] == ["broken XML, read as far as it goes: Pr"]
    stray = read("x.xml", whole.replace("&amp;", "&").encode().replace("„".encode(), b"\x84"))
    assert stray.column("author") == ["Jane Doe", None]
    assert len(stray.reasons) == 1


@pytest.mark.parametrize(
    "entity", ['<!ENTITY a "aaaaaaaaaa">', '<!ENTITY x SYSTEM "file:///etc/passwd">', "<!entity % p 'x'>"]
)
def test_factiva_xml_with_entities_is_refused(entity: str) -> None:
    whole = factiva.factiva_xml(STORIES).replace("<PPSResponse>", f"<!DOCTYPE x [{entity}]><PPSResponse>")
    with pytest.raises(ReadError, match="entities"):
        read("x.xml", whole)


def test_factiva_xml_paragraphs_by_indent_and_preformatted() -> None:
    whole = factiva.factiva_xml(STORIES[:1])
    lead = whole[whole.index("<leadParagraph>") : whole.index("</leadParagraph>")]
    text = '<leadParagraph>\nThe ports said that\neffective today.\n    "We go on," she\nsaid.\n        '
    found = read("x.xml", whole.replace(lead, text))
    assert str(found.column("text")[0]).split("\n")[:2] == [
        "The ports said that effective today.",
        '"We go on," she said.',
    ]
    table = '<leadParagraph><paragraph display="Preformat">A   1\nB   2</paragraph>'
    assert str(read("x.xml", whole.replace(lead, table)).column("text")[0]).split("\n")[:2] == ["A 1", "B 2"]


def test_factiva_text_counts_against_the_search() -> None:
    found = read("x.txt", factiva.factiva_plain(STORIES))
    assert found.reasons == ["the search found 1,234 documents, this file holds 2"]
    assert found.problems[0].kind == "in part"


def test_factiva_page_counts_against_the_search() -> None:
    summary = "<table><tr><td>Search Summary</td></tr><tr><td>Results Found</td><td> 1.234 </td></tr></table></body>"
    found = read("x.html", factiva.factiva_table(STORIES).replace("</body>", summary))
    assert found.reasons == ["the search found 1,234 documents, this file holds 2"]


@pytest.mark.parametrize("between", ["\t", "    ", " | ", "\n"])
def test_factiva_codes_may_be_set_off_in_several_ways(between: str) -> None:
    text = factiva.factiva_coded(STORIES, between)
    found = read("x.txt", text.replace("\n", "\r\n"))
    assert found.reader == "factiva text"
    assert found.column("text") == ["\n".join(story.paragraphs) for story in STORIES]


def test_a_factiva_page_without_articles_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="full articles"):
        read("x.html", "<html><head><title>Factiva</title></head><body><div>Headlines</div></body></html>")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.024 Wörter", 1024),
        ("1 024 mots", 1024),
        ("1,234,567 words", 1234567),
        ("12", 12),
        ("no", None),
        (None, None),
    ],
)
def test_lengths_are_read_whatever_parts_the_thousands(text: str | None, number: int | None) -> None:
    assert number_in(text) == number


def test_factiva_dates_of_chinese_and_japanese_interfaces() -> None:
    text = factiva.factiva_coded(STORIES).replace("17 August 2025", "2025 年 8 月 7 日")
    assert read("x.txt", text).column("published")[0] == "2025-8-7 05:15"


def test_bylines_and_accession_numbers() -> None:
    assert byline("By Jane Doe") == "Jane Doe"
    assert byline("Von der Leyen, Ursula") == "Von der Leyen, Ursula"
    assert byline("Par Anne Chêne") == "Anne Chêne"
    assert byline("Parker, Ann") == "Parker, Ann"
    assert accession("Dokument sddz000020010927du5900a1e") == "sddz000020010927du5900a1e"
    assert accession("Document of the year 2025") is None


# --- Europresse ------------------------------------------------------------------------------------------------------


def test_europresse_with_an_article_each() -> None:
    found = read("europresse.HTML", samples.EUROPRESSE)
    assert found.reader == "europresse"
    assert found.column("title") == ["Les bacs restent à quai", "Ferries stay in port", "Brève"]
    assert found.column("source") == ["Le Quai", "The Harbour Gazette", "Le Quai (site web)"]
    assert found.column("published") == ["1er mars 2025", "March 3, 2025 08:05 UTC +01:00", "3 mars 2025"]
    assert found.column("author") == ["Anne Chêne", "Jane Doe", None]
    assert found.column("section") == ["Politique", "News", None]
    assert found.column("page") == ["16", "A3", None]
    assert found.column("length") == [1247, None, None]
    assert found.column("article_id")[0] == "news·20250301·LQ·0q0301_1"
    assert found.column("text") == [
        "Les ports se sont séparés sans accord.\n« On continue », dit Mme Chêne.",
        "The ports parted without a deal.",
        "Un paragraphe hors cadre.",
    ]
    assert found.reasons == ["declares 4 documents, 3 were read"]


def test_europresse_with_a_table_each() -> None:
    found = read("old.html", samples.EUROPRESSE_OLD.encode("cp1252"))
    assert found.column("title") == ["Les bacs : grève à Quai", "Mag"]
    assert found.column("source") == ["Le Quai", "Mag"]
    assert found.column("issue") == [None, "no. 5968"]
    assert found.column("author") == ["Anne Chêne", None]
    assert found.column("text") == [
        "Le Quai est fermé.\n(1) Une note.",
        "Un texte sans auteur, éèêù. Suite.\nFin.",
    ]
    assert found.column("article_id") == ["news·20121004·LQ·1", "news·20121003·MA·2"]


def test_europresse_dates_are_understood(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(samples.EUROPRESSE, encoding="utf-8")
    (tmp_path / "b.html").write_bytes(samples.EUROPRESSE_OLD.encode("cp1252"))
    published = mk.read_corpus(tmp_path).articles["published"]
    assert [str(moment)[:16] for moment in published] == [
        "2025-03-01 00:00",
        "2025-03-03 07:05",
        "2025-03-03 00:00",
        "2012-10-04 00:00",
        "2012-10-03 00:00",
    ]


# --- known by content ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.html", "<html><title>Factiva sold</title><p>Factiva was sold by Reuters.</p></html>", "html"),
        ("a.html", "<html><body><div class='article'><h1>Talks</h1><p>Text.</p></div></body></html>", "html"),
        ("a.txt", "Document of the year\n\nThe document 1 of 20 was signed on 1 May 2025.", "text"),
        ("a.txt", "ProQuest was bought by Clarivate. Title: nothing.\nProQuest said so.", "text"),
        ("a.txt", "HD television sells.\nPD is here.\nSN and TD and WC too.", "text"),
        ("a.txt", "TY - he said.\n\nThen he left.", "text"),
        ("a.csv", "title,text,url\nTalks,Text,http://a.example\n", "csv"),
        ("a.json", '[{"title": "Talks", "content": "Text [+12 chars]"}]', "json"),
    ],
)
def test_ordinary_files_are_left_to_the_ordinary_readers(name: str, content: str, reader: str) -> None:
    assert reader_for(in_memory(name, content.encode())).name == reader


_OTHERS = {"ris": "ris", "bib": "bibtex", "rtf": "database"}


def test_every_sample_is_known_whatever_its_name() -> None:
    exports = factiva.SAMPLES | samples.SAMPLES
    known = {name: reader_for(in_memory("export.dat", data)).name for name, data in exports.items()}
    assert {name: reader.split()[0] for name, reader in known.items()} == {
        name: _OTHERS.get(name.partition(".")[2], name.split("-")[0].split(".")[0]) for name in known
    }
