"""Documents that are more than their text: PDF exports with running heads, dates of documents, names that lie."""

from __future__ import annotations

import io
import zipfile

import pytest
from fpdf import FPDF

from mediakit.readers import Problem, Record, reader_for
from mediakit.readers.files import in_memory
from mediakit.readers.pdf_layout import Line, Page, paragraphs
from tests.reader_samples.nexis import STORIES, Story, core, docx, new_paragraphs

TEXT = "The council met on Monday to hear what the engineers had found below the old bridge, and left."


class Paper(FPDF):
    """Pages with a running head, and the number of the page in it."""

    head = ""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 6, f"Page {self.page_no()} of 9", align="R", new_x="LMARGIN", new_y="NEXT")
        self.cell(0, 6, self.head, align="C", new_x="LMARGIN", new_y="NEXT")


def paper(pages: list[list[str]], head: str) -> bytes:
    made = Paper()
    made.head = head
    for page in pages:
        made.add_page()
        made.set_font("Helvetica", size=11)
        for line in page:
            made.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def read(name: str, data: bytes) -> tuple[list[Record], list[Problem]]:
    file = in_memory(name, data)
    found = list(reader_for(file).read(file))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Problem)]


def test_a_pdf_export_whose_head_is_a_title() -> None:
    stories = [
        Story(
            "Bridge closed", "The Daily Planet", STORIES[0].day, "Jane Roe", ("The council met on Monday.", "It left.")
        )
        for _ in range(2)
    ]
    stories[1] = stories[1]._replace(title="Bridge opened")
    lines = new_paragraphs(stories, "en")
    first = lines.index("The Daily Planet") - 1
    second = lines.index("End of Document") + 1
    records, _ = read("a.pdf", paper([lines[:first], lines[first:second], lines[second:]], "Bridge closed"))
    assert [record.fields["title"] for record in records] == [story.title for story in stories]
    assert [record.fields["source"] for record in records] == ["The Daily Planet"] * 2
    assert [record.fields["text"] for record in records] == ["The council met on Monday.\nIt left."] * 2
    assert [record.extra["section"] for record in records] == [story.section for story in stories]


def test_a_head_is_left_out_once_a_page_and_only_at_the_edge() -> None:
    def page(*texts: str) -> Page:
        return Page([Line(text, 50, 780 - 14 * n, 400, 790 - 14 * n, n) for n, text in enumerate(texts)], 800)

    found = paragraphs([page("Bridge", "Bridge", "The Planet", "One."), page("Bridge", "Other", "The Planet", "Two.")])
    text = " ".join(found.blocks)
    assert text.count("Bridge") == 1
    assert text.count("The Planet") == 2
    assert found.heads == ["Bridge"]
    assert paragraphs([page("Bridge"), page("Bridge")]).blocks  # pages of nothing else keep it


def test_the_date_of_a_document_is_in_its_lines_not_in_its_properties() -> None:
    made = core("Bridge closed", "Jane Roe", "2026-01-05T10:00:00Z")
    (record,), problems = read("a.docx", docx(["Bridge closed", "The Daily Planet, 14 February 2014", TEXT], core=made))
    assert record.fields["published"] == "14 February 2014"
    assert not problems
    (record,), (problem,) = read("b.docx", docx(["Bridge closed", TEXT], core=made))
    assert "published" not in record.fields
    assert record.extra["document_created"] == "2026-01-05T10:00:00Z"
    assert "2026-01-05" in problem.reason
    (record,), _ = read("c.pdf", paper([[TEXT], ["Another page."]], "The Daily Planet - 5 March 2024"))
    assert record.fields["published"] == "5 March 2024"


@pytest.mark.parametrize("name", ["a.docx", "a.docm"])
def test_text_that_is_named_as_a_word_document(name: str) -> None:
    (record,), (problem,) = read(name, f"{TEXT}\n{TEXT}".encode())
    assert record.fields["text"] == f"{TEXT}\n{TEXT}"
    assert problem.kind == "taken as"


def test_a_word_document_in_an_archive_that_cannot_seek() -> None:
    data = docx(["Bridge closed", TEXT])

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    file = in_memory("a.docx", data)
    file = file.member("b.docx", lambda: Stream(data))
    assert zipfile.is_zipfile(io.BytesIO(data))
    (record,) = (item for item in reader_for(file).read(file) if isinstance(item, Record))
    assert TEXT in str(record.fields["text"])
