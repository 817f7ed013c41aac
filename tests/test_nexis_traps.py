"""Nexis exports as they come: labels inside texts, wrapped titles, files put together, lists of documents, PDF."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.readers import Problem, Record, reader_for
from mediakit.readers import nexis_labels as labels
from mediakit.readers.files import in_memory
from mediakit.readers.nexis_text import text_blocks
from tests.reader_samples.nexis import STORIES, docx, new_docx, new_paragraphs, old_txt, rtf

FIRST = "The council met on Monday to hear what the engineers had found below the old bridge."
LAST = "“Nobody will be asked to move,” the mayor said after the meeting."


def old(
    body: list[str], *, number: int = 1, total: int = 1, date: str = "March 3, 2014 Monday", after: str = ""
) -> str:
    """A document of a TXT export in the old layout, its lines as they are given."""
    blocks = [f"{'':31}{number} of {total} DOCUMENTS", f"{'':30}The Daily Planet", f"{'':28}{date}", "Bridge closed"]
    blocks += ["LENGTH: 120 words", *body, *([after] if after else []), "LOAD-DATE: March 3, 2014", "LANGUAGE: ENGLISH"]
    return "\n\n".join([*blocks, f"{'':18}Copyright 2014 The Daily Planet"]) + "\n\n"


def read(name: str, data: bytes | str) -> tuple[list[dict[str, object]], list[Problem]]:
    """Fields and extra columns of the records of a file, and its problems."""
    file = in_memory(name, data.encode() if isinstance(data, str) else data)
    found = list(reader_for(file).read(file))
    records = [{**item.fields, **item.extra} for item in found if isinstance(item, Record)]
    return records, [item for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize(
    "line", ["NOTE: The levels are in feet.", "Q: Who pays?", "SUBJECT: to change, he said.", "CORRECTION: we said so."]
)
def test_a_label_with_text_after_it_is_text(line: str) -> None:
    (record,), _ = read("a.txt", old([FIRST, line, LAST]))
    assert record["text"] == "\n".join([FIRST, line, LAST])


def test_a_correction_below_the_labels_keeps_its_paragraphs() -> None:
    after = (
        "LANGUAGE: ENGLISH\n\nCORRECTION: The bridge is 26 feet high.\n\nIt is not 62 feet high.\n\nPUB-TYPE: Newspaper"
    )
    text = old([FIRST, LAST]).replace("LANGUAGE: ENGLISH", after)
    (record,), _ = read("a.txt", text)
    assert record["text"] == f"{FIRST}\n{LAST}"
    assert record["correction"] == "The bridge is 26 feet high.\nIt is not 62 feet high."


def test_a_caption_right_below_the_text_is_known_by_the_declared_length() -> None:
    after = "GRAPHIC: The bridge from the north.\n\nThe bridge from the south."
    text = old([FIRST, LAST], after=after)
    n = len(f"{FIRST} {LAST}".split())
    (record,), _ = read("a.txt", text.replace("120 words", f"{n} words"))
    assert record["text"] == f"{FIRST}\n{LAST}"
    assert record["graphic"] == "The bridge from the north.\nThe bridge from the south."


def test_a_paragraph_that_is_the_name_of_a_list_does_not_end_the_text() -> None:
    paragraphs = new_paragraphs([STORIES[0]], "en")
    place = paragraphs.index(STORIES[0].paragraphs[1])
    paragraphs[place:place] = ["Classification"]
    listed = len(paragraphs) - 1 - paragraphs[::-1].index("Classification")
    (record,), _ = read("a.docx", docx(paragraphs[:listed] + paragraphs[listed + 1 :]))
    expected = [*STORIES[0].paragraphs[:1], "Classification", *STORIES[0].paragraphs[1:]]
    assert record["text"] == "\n".join(expected)
    assert record["load_date"] == "August 17, 2025 Sunday"


def test_a_caption_with_a_credit_makes_no_column() -> None:
    paragraphs = new_paragraphs([STORIES[0]], "en")
    caption = ["Graphic", "Flooded homes. Photograph: Jane Roe/PA", "Photograph: Jane Roe"]
    place = paragraphs.index("Classification")
    (record,), _ = read("a.docx", docx([*paragraphs[:place], *caption, *paragraphs[place:]]))
    assert record["graphic"] == "\n".join(caption[1:])
    assert not [name for name in record if "photo" in name or "flood" in name]


WRAPPED = [
    "A levy on water bills is planned as ministers rush to cap the premiums of the homes",
    "that were hit worst",
    "",
    "BYLINE: Jane Roe and John Doe, political editor and",
    "head of environment",
    "",
    "LENGTH: 40 words",
    "",
    "Ministers are to publish new rules on insurance after a winter",
    "of storms left thousands of homes uninhabitable across the",
    "north of England, where rivers rose.",
    "",
    "A second paragraph says a little more than the first one did,",
    "and it ends here.",
    "",
    "LOAD-DATE: March 3, 2014",
    "",
    f"{'':18}Copyright 2014 The Daily Planet",
]
HEAD = [f"{'':31}1 of 1 DOCUMENTS", "", f"{'':30}The Daily Planet", "", f"{'':25}March 3, 2014 Monday"]


@pytest.mark.parametrize("kind", ["txt", "rtf"])
def test_lines_that_the_export_broke_are_joined(kind: str) -> None:
    lines = ["", *HEAD, f"{'':25}Late Edition - Final", "", *WRAPPED]
    (record,), _ = read(f"a.{kind}", rtf(lines) if kind == "rtf" else "\n".join(lines))
    assert record["title"] == f"{WRAPPED[0]} {WRAPPED[1]}"
    assert record["author"] == "Jane Roe and John Doe, political editor and head of environment"
    assert record["text"] == "\n".join([" ".join(WRAPPED[8:11]), " ".join(WRAPPED[12:14])])
    assert record["edition"] == "Late Edition - Final"
    assert record["length"] == 40


def test_an_edition_in_a_paragraph_of_its_own_is_no_title() -> None:
    text = old([FIRST]).replace("Bridge closed", f"{'':25}National Edition\n\nBridge closed")
    (record,), _ = read("a.txt", text)
    assert (record["title"], record["edition"]) == ("Bridge closed", "National Edition")


def test_short_lines_of_a_list_stay_lines() -> None:
    wide = "A line of the text that is as wide as the lines of this export are, and that goes\non here."
    blocks = text_blocks("1 of 1 DOCUMENTS\n\n" + f"{wide}\n\n" * 9 + "Rovers 2\nUnited 1\nCity 0\n")
    assert blocks[-1] == "Rovers 2\nUnited 1\nCity 0"
    assert blocks[1] == wide.replace("\n", " ")


def test_two_exports_put_together() -> None:
    cover = (
        "\n\n\nDownload Request: Select Items: 1-2\nTime Of Request: Monday, March 03, 2014\n\nSend To:\n\nA LIB\n\n"
    )
    export = cover + old([FIRST], number=1, total=2) + old([LAST], number=2, total=2)
    records, problems = read("a.txt", export + export)
    assert [record["text"] for record in records] == [FIRST, LAST] * 2
    assert not [problem for problem in problems if "found" in problem.reason or "end" in problem.reason]
    records, problems = read("a.txt", export + cover + old([FIRST], number=1, total=2))
    assert len(records) == 3
    assert any("counts 4 documents, and 3" in problem.reason for problem in problems)


def test_counters_that_go_further_than_the_file_are_said() -> None:
    cover = "\n\nDownload Request: Select Items: 1-2\nTime Of Request: Monday, March 03, 2014\n\n"
    text = cover + old([FIRST], number=1, total=5) + old([LAST], number=2, total=5)
    _, problems = read("a.txt", text)
    assert any("5" in problem.reason and "2" in problem.reason for problem in problems if problem.record is None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("January 3 - January 9, 2014", "3 january 2014"),
        ("December 28 - January 3, 2014", "28 december 2013"),
        ("3. - 9. Januar 2014", "3 januar 2014"),
        ("1/2 March 2014", "1 march 2014"),
    ],
)
def test_the_days_of_a_weekly(line: str, day: str) -> None:
    (record,), _ = read("a.txt", old([FIRST], date=line))
    assert record["title"] == "Bridge closed"
    assert record["published"] == day


@given(st.sampled_from(["March 3, 2014", "3 maart 2014", "3. März 2014 Montag", "2014-03-03"]))
def test_the_date_of_a_day_stays_as_it_is(date: str) -> None:
    assert labels.date_line(date) == date
    assert labels.first_day(date) == date


def test_documents_saved_each_in_a_file_and_their_list(tmp_path: Path) -> None:
    cover = new_paragraphs(STORIES, "en")
    listed = cover[: cover.index(STORIES[0].source) - 1]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, story in enumerate(STORIES):
            archive.writestr(f"{number}.DOCX", new_docx([story]))
        archive.writestr("Files (2)_doclist.DOCX", docx(["User Name: Jane Doe", *listed]))
    (tmp_path / "a.zip").write_bytes(held.getvalue())
    corpus = mk.read_corpus(tmp_path / "a.zip")
    assert set(corpus.articles["title"]) == {story.title for story in STORIES}
    passed = corpus.problems[corpus.problems["kind"] == "passed over"]
    assert passed["path"].str.endswith("_doclist.DOCX").tolist() == [True]


def test_an_old_export_is_read_as_before_when_a_document_follows_another() -> None:
    records, _ = read("a.txt", old_txt(STORIES))
    assert [record["title"] for record in records] == [story.title for story in STORIES]
