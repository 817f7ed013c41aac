"""Nexis exports: the same stories in every format and layout give the same articles; what does not add up is said."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples.nexis import EXPORTS, OLD, STORIES, Story, docx, new_paragraphs, old_html, old_txt, rtf

import mediakit as mk
from mediakit.readers import Problem, Record, nexis, reader_for
from mediakit.readers.files import in_memory
from mediakit.readers.nexis_labels import counter, declared_number


def read(name: str, data: bytes) -> tuple[list[Record], list[Problem]]:
    file = in_memory(name, data)
    found = list(reader_for(file).read(file))
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Problem)]


def articles(folder: Path, name: str, data: bytes) -> list[tuple[object, ...]]:
    """Title, source, day, author and text of each article, as read_corpus gives them."""
    path = folder / name
    path.write_bytes(data)
    frame = mk.read_corpus(path).articles
    return [
        (row.title, row.source, row.published.date(), row.author, row.text) for row in frame.itertuples(index=False)
    ]


def expected(stories: list[Story]) -> list[tuple[object, ...]]:
    return [(story.title, story.source, story.day, story.author, story.text) for story in stories]


# --- the same stories in every format --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OLD)
@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_and_language_gives_the_same_articles(name: str, language: str, tmp_path: Path) -> None:
    assert articles(tmp_path, name, EXPORTS[name](STORIES, language)) == expected(STORIES)


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\u00ad\ufeff|©"),
    min_size=1,
    max_size=12,
)
LABEL_LIKE = st.sampled_from(
    [
        *("LENGTH: the river is long", "BYLINE: who wrote this?", "Section: one of three", "Body of evidence"),
        *(
            "LANGUAGE: a barrier to many who came here, and to all the rest of them too, he said",
            "Copyright was changed",
        ),
        *("1 of 2 documents was found", "End of Document handling", "LOAD-DATE: of 3 May", "SUBJECT: none"),
    ]
)


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    line = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
    made = []
    for number in range(draw(st.integers(1, 3))):
        paragraphs = draw(st.lists(st.one_of(line, LABEL_LIKE), min_size=1, max_size=6))
        last = "The last paragraph of the article ends here."
        title = f"Title {draw(st.lists(WORDS, max_size=20).map(' '.join))}".strip()
        made.append(
            Story(
                title,
                f"The Post {number}",
                draw(st.dates(dt.date(1980, 1, 1), dt.date(2025, 6, 1))),
                "Jane Roe",
                (*paragraphs, last),
            )
        )
    return made


@settings(max_examples=150, deadline=None)
@given(stories=stories(), language=st.sampled_from(sorted(OLD)))
def test_random_stories_are_the_same_in_every_format(stories: list[Story], language: str) -> None:
    found = {}
    for name, write in EXPORTS.items():
        records, _ = read(name, write(stories, language))
        found[name] = [
            (r.fields["title"], r.fields["source"], r.fields["published"], r.fields["author"], r.fields["text"])
            for r in records
        ]
    truth = [(s.title, s.source, s.author, "\n".join(s.paragraphs)) for s in stories]
    for name, rows in found.items():
        assert [(row[0], row[1], row[3], row[4]) for row in rows] == truth, name


# --- variants of the old layout --------------------------------------------------------------------------------------

HEADLINE_LABELS = """
                               1 of 2 DOCUMENTS

                   Copyright 2001 The Evening Planet
                              The Evening Planet

               September 12, 2001, Wednesday, Final Edition

SECTION: A SECTION; Pg. A01

LENGTH: 1,045 words

HEADLINE: River Breaks Its Banks;
 Hundreds Leave Their Homes

BYLINE: Jane Roe, Planet Staff Writer

BODY:
   The river broke its banks on Tuesday night and hundreds of people left their
homes for the schools and churches on the hill above the town of Smallville.
   There was no count of the damage.

LOAD-DATE: September 12, 2001

                               2 of 2 DOCUMENTS

                   Copyright 2001 Harbour Times
                          All Rights Reserved
                             Harbour Times

                     September 12, 2001 Wednesday  Home Edition

LENGTH: 3 words

HEADLINE: A Title

BODY:

Text of it.

GRAPHIC: PHOTO: one

PHOTO: two

LOAD-DATE: September 12, 2001

2152 311G
********** Print Completed **********

Time of Request: September 12, 2003  12:00:00
"""


def test_headline_and_body_labels_indented_paragraphs_and_the_printers_page() -> None:
    (first, second), problems = read("export.txt", HEADLINE_LABELS.encode())
    assert first.fields["title"] == "River Breaks Its Banks; Hundreds Leave Their Homes"
    assert first.fields["source"] == "The Evening Planet"
    assert first.fields["author"] == "Jane Roe, Planet Staff Writer"
    assert first.extra["length"] == 1045
    assert first.extra["edition"] == "Final Edition"
    assert str(first.fields["text"]).split("\n") == [
        "The river broke its banks on Tuesday night and hundreds of people left their homes for the schools and "
        "churches on the hill above the town of Smallville.",
        "There was no count of the damage.",
    ]
    assert (second.fields["source"], second.fields["text"]) == ("Harbour Times", "Text of it.")
    assert second.extra["edition"] == "Home Edition"
    assert "Print" not in str(second)
    assert [problem.reason[:20] for problem in problems] == ["declares 1,045 words"]


def document(*parts: str, count: str = "1 of 1 DOCUMENTS") -> bytes:
    return "\n\n".join([count.center(78), *parts]).encode()


MASTHEAD = ("The Post (London)".center(78), "May 3, 2012 Thursday 7:20 AM GMT".center(78))
TAIL = ("LOAD-DATE: May 3, 2012", "LANGUAGE: ENGLISH; ENGLISCH")


def test_without_title_without_labels_and_without_an_end() -> None:
    (record,), _ = read("x.txt", document(*MASTHEAD, "LENGTH: 3 words", "Text without title.", *TAIL))
    assert record.fields["title"] is None
    assert (record.fields["text"], record.fields["language"]) == ("Text without title.", "ENGLISH")
    assert record.fields["published"] == "May 3, 2012 Thursday 7:20 AM GMT"
    (record,), _ = read("x.txt", document(*MASTHEAD, "The title", "One paragraph.", "Another one."))
    assert (record.fields["title"], record.fields["text"]) == ("The title", "One paragraph.\nAnother one.")


def test_a_title_above_the_date_is_told_from_the_centred_source() -> None:
    source, date = MASTHEAD
    for head in ([source, "The title", date], ["The title", source, date]):
        (record,), _ = read("x.txt", document(*head, "LENGTH: 2 words", "The text.", *TAIL))
        assert (record.fields["title"], record.fields["source"]) == ("The title", "The Post (London)")


def test_labels_inside_the_text_stay_in_it() -> None:
    body = [
        "SECTION: what a section is.",
        "LENGTH: 30 km of it.",
        "GRAPHIC: we saw it",
        "LANGUAGE: ENGLISH",
        "The end.",
    ]
    (record,), _ = read("x.txt", document(*MASTHEAD, "Title", "SECTION: News", "LENGTH: 12 words", *body, *TAIL))
    assert str(record.fields["text"]).split("\n")[:2] == body[:2]
    assert (record.extra["section"], record.extra["length"]) == ("News", 12)
    body = ["SECTION: what a section is.", "LANGUAGE: ENGLISH", "The end."]
    (record,), _ = read("x.txt", document(*MASTHEAD, "Title", "SECTION: News", "LENGTH: 12 words", *body, *TAIL))
    assert str(record.fields["text"]).split("\n") == body


def test_captions_and_corrections_after_the_text_are_columns() -> None:
    tail = ["CORRECTION-DATE: May 4, 2012", "CORRECTION:", "An earlier version was wrong.", "It was put right.", *TAIL]
    (record,), _ = read(
        "x.txt", document(*MASTHEAD, "Title", "LENGTH: 2 words", "The text.", *tail, "Copyright 2012 Post")
    )
    assert record.fields["text"] == "The text."
    assert record.extra["correction"] == "An earlier version was wrong.\nIt was put right."
    assert record.extra["copyright"] == "Copyright 2012 Post"


@pytest.mark.parametrize(
    "line",
    [
        *("2 of 161 DOCUMENTS", "FOCUS - 2 of 161 DOCUMENTS", "Dokument 2 von 161", "2 von 161 DOKUMENTEN"),
        *("2 de 161 DOCUMENTS", "Document 2 de 161", "2 van 161 DOCUMENTEN", "2 de 161 DOCUMENTOS"),
        *("2 di 161 DOCUMENTI", "\x0c   2 of 161 DOCUMENTS   "),
    ],
)
def test_counters(line: str) -> None:
    assert counter(line) == (2, 161)


@pytest.mark.parametrize("line", ["2 of 161 documents were found", "Document 2", "we read 2 of 161 DOCUMENTS"])
def test_no_counters(line: str) -> None:
    assert counter(line) is None


@pytest.mark.parametrize(
    ("cover", "number"),
    [
        ("Download Request: Selected Items: 1-10", 10),
        ("Print Request: All Documents: 1-12, 14", 13),
        ("Printopdracht: Alle documenten: 1-3", 3),
        ("Documents (20)", 20),
        ("Dokumente (7)", 7),
        ("Number of documents: 4", 4),
        ("Nothing", None),
    ],
)
def test_declared_number(cover: str, number: int | None) -> None:
    assert declared_number(f"Time of Request: today\n{cover}\n\n") == number


# --- what does not add up --------------------------------------------------------------------------------------------


def reasons(problems: list[Problem]) -> str:
    return "; ".join(problem.reason for problem in problems)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_declared_number_is_compared_with_the_number_read(name: str) -> None:
    six = [story._replace(title=f"{number} {story.title}") for number, story in enumerate(STORIES * 3)]
    _, sound = read(name, EXPORTS[name](six))
    assert sound == []
    if name == "old.txt":
        text = EXPORTS[name](six).decode("utf-8-sig")
        start, end = (re.search(rf" {n} of 6 DOCUMENTS", text).start() for n in (3, 4))  # type: ignore[union-attr]
        records, problems = read(name, (text[:start] + text[end:]).encode())
        assert len(records) == 5
        assert "declares 6 documents, and 5 were found (numbers 1 to 6; missing: 3)" in reasons(problems)
    if name == "new.docx":
        lines = new_paragraphs(six, "en")
        lines[2] = "Documents (7)"
        assert "declares 7 documents, and 6 were found" in reasons(read(name, docx(lines))[1])


@pytest.mark.parametrize("name", ["old.txt", "old.html"])
def test_a_truncated_export_keeps_its_last_article_and_says_so(name: str) -> None:
    data = EXPORTS[name](STORIES)
    cut = data.index("Über die Höhe".encode() if name == "old.html" else b"Die Kommission") + 30
    records, problems = read(name, data[:cut])
    assert [record.fields["title"] for record in records] == [story.title for story in STORIES]
    assert "the last document has no end" in reasons(problems)


def test_a_missing_end_of_document_does_not_swallow_the_next() -> None:
    lines = new_paragraphs(STORIES, "en")
    lines.remove("End of Document")
    records, problems = read("x.docx", docx(lines))
    assert [record.fields["title"] for record in records] == [story.title for story in STORIES]
    assert "the end of this document was not marked" in reasons(problems)


def test_swallowed_text_shows_in_the_declared_length() -> None:
    story = STORIES[0]._replace(paragraphs=tuple(f"A paragraph of five words {n}." for n in range(40)))
    data = old_txt([story]).decode().replace("LENGTH: 240 words", "LENGTH: 400 words").encode()
    assert "declares 400 words, 240 were read" in reasons(read("x.txt", data)[1])


def test_a_document_that_the_export_could_not_show_is_a_problem() -> None:
    sorry = "We are sorry but there is an error in this document and it is not possible to display it."
    data = old_html(STORIES).replace(b"</BODY>", f"<!-- <DOC NUMBER=3> --><P>{sorry}</P></BODY>".encode())
    records, problems = read("x.html", data)
    assert len(records) == 2
    assert [problem.kind for problem in problems if "could not show" in problem.reason] == ["not read"]


def test_new_layout_without_date_without_text_and_with_headings() -> None:
    lines = [
        *("Title one", "Weekly", "August 2017", "Length: 2 words", "Body", "The text.", "Graphic", "A photo."),
        *("Classification", "Language: ENGLISH", "Load-Date: August 2, 2017", "End of Document"),
        *(
            "Title two",
            "Quarterly",
            "Length: 2 words",
            "Highlight: It matters",
            "to many",
            "Body",
            "The text.",
            "End of Document",
        ),
        *(
            "Title three",
            "Daily (Town)",
            "August 3, 2017",
            "Length: 0 words",
            "Load-Date: August 3, 2017",
            "End of Document",
        ),
    ]
    (one, two, three), problems = read("x.rtf", rtf(lines))
    assert (one.fields["source"], one.fields["published"], one.fields["text"]) == ("Weekly", "August 2017", "The text.")
    assert one.extra["graphic"] == "A photo."
    assert (two.fields["title"], two.fields["source"], two.fields["published"]) == ("Title two", "Quarterly", None)
    assert two.extra["highlight"] == "It matters; to many"
    assert (three.fields["title"], three.fields["text"]) == ("Title three", "")
    assert "no date line" in reasons(problems)


def test_the_reader_can_be_forced_on_every_format(tmp_path: Path) -> None:
    for name, write in EXPORTS.items():
        path = tmp_path / f"export-{name.replace('.', '-')}.dat"
        path.write_bytes(write(STORIES))
        assert len(mk.read_corpus(path, reader="nexis").articles) == len(STORIES), name


def test_other_texts_are_not_taken_for_exports() -> None:
    for seed in sorted((Path(__file__).parent.parent / "seeds").glob("*.txt")):
        assert not nexis.looks(in_memory(seed.name, seed.read_bytes()))
    for text in ("Length: 3 words\n\nBody of a text.", "UPDATE: 3 of 4 dead.", "We read 1 of 2 documents.", ""):
        assert not nexis.looks(in_memory("x.txt", text.encode()))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_encodings(encoding: str) -> None:
    story = STORIES[1]._replace(author="Jürgen Groß")
    (record,), _ = read("x.txt", old_txt([story], "de", encoding))
    assert (record.fields["title"], record.fields["author"]) == (story.title, "Jürgen Groß")
