"""ProQuest's text files, and reference lists (RIS, BibTeX)."""

from pathlib import Path

from reader_samples import databases as samples
from test_databases import read

import mediakit as mk


def test_proquest_fields_and_counts() -> None:
    found = read("ProQuestDocuments.txt", samples.PROQUEST)
    assert found.column("title") == ["Ferry talks end without a deal", "Ferries: a second look"]
    assert found.column("source") == ["The Hilltop Post, First edition", "The Times"]
    assert found.column("published") == ["Aug 17, 2025", "Aug 18, 2025"]
    assert found.column("author") == ["Doe, Jane", "Oak, Ann"]
    assert found.column("article_id") == ["1234567890", "1234567891"]
    assert found.column("location") == ["Hilltop New York", None]
    assert found.column("abstract") == ["The ports parted.", None]
    assert str(found.column("text")[0]).split("\n") == [
        "HILLTOP -- The two ports parted without a deal.",
        "Location: the pier, as always.",
        '"We go on," said Ann Oak.',
    ]
    assert found.column("text")[1] is None
    assert found.reasons == ["declares 3 documents, 2 were read", "1 of 2 documents without full text"]


def test_proquest_abstracts_stand_in_for_missing_texts_and_say_so() -> None:
    found = read("x.txt", samples.PROQUEST.replace("Abstract: None available.", "Abstract: In short."))
    assert found.column("text")[1] == "In short."
    assert found.column("text_basis") == [None, "abstract"]


def test_proquest_in_french_and_with_headings() -> None:
    french = read("x.txt", samples.PROQUEST_FR).records[0].fields
    assert french["title"] == "Les bacs restent à quai"
    assert french["text"] == "Les ports se sont séparés sans accord."
    assert (french["source"], french["published"], french["article_id"]) == ("Le Quai", "17 août 2025", "99")
    headed = read("x.txt", samples.PROQUEST_NEW).records[0].fields
    assert headed["text"] == "HILLTOP -- The two ports parted without a deal."
    assert (headed["title"], headed["source"]) == ("Ferry talks end without a deal", "The Hilltop Post")


def test_ris_agrees_with_proquest_text_on_the_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(samples.PROQUEST, encoding="utf-8")
    (tmp_path / "b.ris").write_text(samples.RIS, encoding="utf-8")
    both = [mk.read_corpus(tmp_path / name).articles.iloc[0] for name in ("a.txt", "b.ris")]
    for column in ("article_id", "source", "published", "title", "author", "language", "url"):
        assert both[0][column] == both[1][column], column
    assert both[1]["text_basis"] == "abstract"


def test_ris_says_that_texts_are_abstracts() -> None:
    found = read("x.ris", samples.RIS)
    assert found.column("text") == ["The ports parted.\nAnd met again.", None]
    assert found.column("published") == ["2025-08-17", "2025"]
    assert found.column("kind") == ["newspaper article", "magazine article"]
    assert found.column("keywords") == ["Ferries; Ports", None]
    assert len(found.reasons) == 2
    assert "1 of 2 are abstracts" in found.reasons[0]


def test_bibtex_values_in_braces_quotes_and_bare() -> None:
    found = read("x.bib", samples.BIBTEX)
    assert found.column("article_id") == ["doe2025", "oak"]
    assert found.column("title") == ['Ferry talks End without "a" deal', "No abstract"]
    assert found.column("author") == ["Doe, Jane; Oak, Ann", None]
    assert found.column("published") == ["17 aug 2025", "2024"]
    assert found.column("text") == ["The ports parted. Then they met.", None]
