"""DOCX, RTF and PDF: one article a file, the same from each; hostile and broken ones are problems."""

import io
import re
import zipfile
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples import databases
from reader_samples.nexis import RTF_HEAD, STORIES, blank_pdf, core, docx, new_paragraphs, package, pdf, rtf

import mediakit as mk
from mediakit.readers import Problem, ReadError, Record, nexis, nexis_labels, reader_for, word
from mediakit.readers import pdf as pdf_reader
from mediakit.readers import rtf as rtf_reader
from mediakit.readers.dates import date_in
from mediakit.readers.files import in_memory

STORY = [
    "Talks end without a deal",
    "The leaders met for three hours. Nobody spoke.",
    "No further meeting was announced.",
]
CREATED = "2025-08-17T10:00:00Z"
INFO = r"{\info{\title Talks end without a deal}{\author Jane Roe}{\creatim\yr2025\mo8\dy17\hr10\min0}}"


def read(name: str, data: bytes) -> tuple[list[Record], list[Problem]]:
    file = in_memory(name, data)
    found = list(reader_for(file).read(file))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Problem)]


def the_text(name: str, data: bytes) -> str:
    (record,), _ = read(name, data)
    return str(record.fields["text"])


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ReadError) as raised:
        read(name, data)
    return str(raised.value)


# --- the same from each ----------------------------------------------------------------------------------------------


def test_the_same_story_from_each_format(tmp_path: Path) -> None:
    files = {
        "a.docx": docx(STORY, core=core(STORY[0], "Jane Roe", CREATED)),
        "b.rtf": rtf(STORY, INFO),
        "c.pdf": pdf(STORY, title=STORY[0], author="Jane Roe"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    articles = mk.read_corpus(tmp_path).articles
    assert articles["text"].tolist() == ["\n".join(STORY)] * 3
    assert articles["title"].tolist() == [STORY[0]] * 3
    assert articles["author"].tolist() == ["Jane Roe"] * 3
    assert articles["published"].isna().all()  # the day a document was made is none of publication
    assert {day[:10] for day in articles["document_created"]} == {"2025-08-17"}


PRINTED = ("L", "N", "P", "S")
LATIN = st.text(
    st.characters(min_codepoint=33, max_codepoint=255, categories=PRINTED, exclude_characters="\xad"),
    min_size=1,
    max_size=12,
)
ANY = st.text(
    st.characters(codec="utf-8", categories=PRINTED, exclude_characters="\xad\ufeff"), min_size=1, max_size=12
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(ANY, min_size=1, max_size=20).map(" ".join), min_size=1, max_size=8))
def test_random_paragraphs_from_docx_and_rtf(paragraphs: list[str]) -> None:
    expected = ["First line", *paragraphs]
    assert word.extract(in_memory("x.docx", docx(expected))).blocks == expected
    assert rtf_reader.extract(in_memory("x.rtf", rtf(expected))).blocks == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(LATIN, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=5))
def test_random_words_from_pdf_keep_their_order(paragraphs: list[str]) -> None:
    found = " ".join(pdf_reader.extract(in_memory("x.pdf", pdf(paragraphs, heading=False))).blocks)
    assert found.replace(" ", "").replace("-", "") == "".join(paragraphs).replace(" ", "").replace("-", "")


def test_nexis_exports_as_pdf() -> None:
    stories = [
        story._replace(title=f"Title {n}", paragraphs=("One paragraph of it.", "And the last."))
        for n, story in enumerate(STORIES)
    ]
    stories = [story._replace(author="Jane Roe", source="The Post") for story in stories]
    lines = [line.replace("\u00a0", " ") for line in new_paragraphs(stories, "en")]
    records, _ = read("x.pdf", pdf(lines, heading=False))
    assert [(r.fields["title"], r.fields["source"], r.fields["text"]) for r in records] == [
        (story.title, "The Post", "One paragraph of it.\nAnd the last.") for story in stories
    ]


# --- DOCX ------------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def body(xml: str) -> bytes:
    return package(f'<?xml version="1.0"?><w:document {W} xmlns:mc="mc"><w:body>{xml}</w:body></w:document>')


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_docx_tables_boxes_deletions_and_hidden_text() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Rank", "Bank")) + "</w:tr>"
    layout = f"<w:tbl><w:tr><w:tc>{paragraph('Left one')}{paragraph('Left two')}</w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    xml = (
        f"<w:tbl>{row}</w:tbl>{layout}"
        f"<w:p><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "<w:r><w:t>Text</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    blocks = word.extract(in_memory("x.docx", body(xml))).blocks
    assert blocks == ["Rank\tBank", "Left one", "Left two", "In a box", "Text-one\ntwo", "kept"]


def test_docx_title_by_style_and_properties_that_are_not_believed() -> None:
    data = docx(["A kicker", *STORY], styles=("", "Heading1"), core=core("Document1.docx", "Administrator", CREATED))
    (record,), _ = read("x.docx", data)
    assert record.fields["title"] == STORY[0]
    assert record.fields["text"] == "\n".join(["A kicker", *STORY[1:]])
    assert "author" not in record.fields
    (record,), _ = read("x.docx", docx(STORY, core=core("Left over from another text", "", "2013-12-23T23:15:00Z")))
    assert "title" not in record.fields
    assert record.guess_title
    assert "published" not in record.fields


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
)


def test_docx_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for extra in ("]>", f'<!ENTITY c SYSTEM "{secret.as_uri()}">]>'):
        xml = f"{ENTITIES}{extra}<w:document {W}><w:body>{paragraph('&c;')}</w:body></w:document>"
        assert "declares a document type" in refusal("x.docx", package(xml))


def test_docx_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_XML", 1 << 20)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{paragraph('one')}{' ' * (4 << 20)}</w:body></w:document>"
        )
    (record,), problems = read("x.docx", held.getvalue())
    assert record.fields["text"] == "one"
    assert "larger than 1 MB when unpacked" in problems[0].reason
    deep = body("<w:x>" * 5_000 + "</w:x>" * 5_000)
    assert "nested more than" in refusal("x.docx", deep)


def test_broken_docx() -> None:
    whole = docx(STORY)
    assert "broken Word document" in refusal("x.docx", whole[: len(whole) // 2])
    assert "no part with a text" in refusal(
        "x.docx", package("<x/>").replace(b"word/document.xml", b"word/dokument.xml")
    )
    cut = package(f"<w:document {W}><w:body>{paragraph('One.')}{paragraph('Two.')}<w:p><w:r>")
    (record,), problems = read("x.docx", cut)
    assert record.fields["text"] == "One.\nTwo."
    assert problems[0].kind == "in part"
    assert "not well formed" in problems[0].reason
    assert "OCR" in refusal("x.docx", docx([]))
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    assert "encrypted" in refusal("x.docx", encrypted)
    assert "save it as .docx" in refusal("x.doc", encrypted[:900])


def test_a_zip_archive_is_no_word_document() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("inside.docx", docx(STORY))
    assert not word.looks(in_memory("x.zip", held.getvalue()))


# --- RTF -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9 \'93x\'94 \emdash  \ldblquote y\rdblquote", "café “x” — “y”"),
        (r"\u8364? \u-10179?\u-8704? {\uc2 \u1046\'c6\'ae\u1047xy}z", "€ 😀 ЖЗz"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\uc0 \u228 \u246}A", "äöA"),
        (r"a\~b\_c\-d \{e\} \\f", "a\u00a0b-cd {e} \\f"),
        (r"one\line two\tab three", "one\ntwo\tthree"),
        (
            r'{\field{\*\fldinst HYPERLINK "http://x.org"}{\fldrslt shown}} {\*\unknown lost}{\pict\bin4 }}}}}kept',
            "shown kept",
        ),
        (r"{\v hidden}seen {\footnote note}{\*\bkmkstart b}{\*\bkmkend b}end", "seen end"),
    ],
)
def test_rtf_characters_and_destinations(source: str, text: str) -> None:
    data = (RTF_HEAD + r"\pard " + source + r"\par}").encode("ascii")
    assert rtf_reader.extract(in_memory("x.rtf", data)).blocks == [text]


def test_rtf_code_pages() -> None:
    for page, word_, encoding in (("1250", "Łódź", "cp1250"), ("1251", "Киев", "cp1251"), ("932", "東京", "cp932")):
        escaped = "".join(f"\\'{byte:02x}" for byte in word_.encode(encoding))
        data = f"{{\\rtf1\\ansi\\ansicpg{page} {escaped}\\par}}".encode()
        assert rtf_reader.extract(in_memory("x.rtf", data)).blocks == [word_]
    straight = "{\\rtf1\\ansi Köln – straight UTF-8\\par}".encode()
    assert rtf_reader.extract(in_memory("x.rtf", straight)).blocks == ["Köln – straight UTF-8"]


def test_rtf_tables_pages_and_a_cut_end() -> None:
    data = (RTF_HEAD + r"\trowd\intbl a\cell b\cell\row\pard one\page two\par three").encode()
    found = rtf_reader.extract(in_memory("x.rtf", data))
    assert found.blocks == ["a\tb", "one", "two", "three"]
    assert "groups are not closed" in found.notes[0]


def test_rtf_limits() -> None:
    assert "nested more than" in refusal("x.rtf", b"{\\rtf1 " + b"{" * 20_000)
    assert rtf_reader.extract(in_memory("x.rtf", b"{\\rtf1\\bin99999999 }")).blocks == []
    assert the_text("x.rtf", b"{\\rtf1 a\\u99999999? b\\ansicpg99999 c\\f77 d}") == "a\ufffd bcd"


# --- PDF -------------------------------------------------------------------------------------------------------------


def test_pdf_without_text_and_broken() -> None:
    assert refusal("x.pdf", blank_pdf()) == "no text layer: scanned pages need OCR first"
    assert "broken PDF file" in refusal("x.pdf", b"%PDF-1.7\nnothing else")


def test_pdf_encrypted() -> None:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="o", user_password="u")
    made.add_page()
    made.set_font("Times")
    made.cell(text="secret")
    assert "encrypted" in refusal("x.pdf", bytes(made.output()))


def newspaper(pages: int = 3, *, by_row: bool = False) -> bytes:
    """Pages of two columns, with running heads, page numbers, and a word cut at the end of a line."""
    from fpdf import FPDF

    made = FPDF()
    made.set_auto_page_break(False)
    for page in range(pages):
        made.add_page()
        made.set_font("Times", size=9)
        made.text(10, 10, f"The Daily Planet, 17 August 2025, page {page + 1}")
        made.text(100, 290, str(page + 1))
        if page == 0:
            made.set_font("Times", size=22)
            made.text(10, 25, "Talks end without a deal")
        made.set_font("Times", size=11)
        places = [(column, line) for column in range(2) for line in range(30)]
        for column, line in sorted(places, key=lambda place: place[by_row]):
            first, name = line % 10 == 0, f"p{page}c{column}l{line}"
            text = f"{name} the leaders met in the old town for" if line % 10 < 9 else f"{name} the end of it."
            text = f"P{name[1:]} The new rule of the para-" if first else text
            made.text(10 + 100 * column + (4 if first else 0), 40 + 6 * line, text)
    return bytes(made.output())


@pytest.mark.parametrize("by_row", [False, True])
def test_pdf_columns_heads_and_hyphens(by_row: bool) -> None:
    (record,), _ = read("x.pdf", newspaper(by_row=by_row))
    assert record.fields["title"] == "Talks end without a deal"
    paragraphs = str(record.fields["text"]).split("\n")
    assert len(paragraphs) == 3 * 2 * 3  # pages, columns, paragraphs
    assert [re.findall(r"p\dc\dl\d+", paragraph, re.IGNORECASE) for paragraph in paragraphs] == [
        [f"{'P' if line % 10 == 0 else 'p'}{page}c{column}l{line}" for line in range(first, first + 10)]
        for page in range(3)
        for column in range(2)
        for first in (0, 10, 20)
    ]
    assert paragraphs[0].startswith("P0c0l0 The new rule of the parap0c0l1 the leaders")


def test_a_document_with_labels_of_an_export_but_no_document_of_one_is_an_article() -> None:
    lines = [
        "Some words of ours about May.",
        *["Filler."] * 8,
        "May 3, 2012",
        "Load-Date: May 3, 2012",
        "End of Document",
    ]
    (record,), _ = read("x.docx", docx(lines))
    assert record.fields["text"] == "\n".join(lines)


def test_many_lines_like_marks_are_read_in_linear_time() -> None:
    """Each of these took minutes when a mark was looked for above every line."""
    for text in ("Body\n" * 100_000, "May 1, 2010\nBody\n" * 20_000, "Copyright 2001\n\n" * 20_000):
        data = f"Length: 3 words\nLoad-Date: May 1, 2011\n{text}End of Document\n".encode()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nexis_labels, "date_in", counted := Mock(side_effect=date_in))
            list(nexis.read(in_memory("x.txt", data)))
        assert counted.call_count < 10 * len(data.splitlines())


def test_a_databases_export_as_word_document_is_read_as_its_text() -> None:
    name, text = next((name, data) for name, data in databases.SAMPLES.items() if name.endswith(".txt"))
    as_text, _ = read(name, text)
    as_document, _ = read("export.docx", docx(text.decode("utf-8-sig").replace("\r", "").split("\n")))
    assert len(as_text) > 0
    assert [record.fields["title"] for record in as_document] == [record.fields["title"] for record in as_text]
