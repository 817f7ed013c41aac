"""Nexis exports: the same stories in every format and layout give the same articles; what does not add up is said."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples.nexis import EXPORTS, NEW, OLD, STORIES, Story, docx, new_paragraphs, old_html, old_txt, rtf

import mediakit as mk
from mediakit.readers import Problem, Record, nexis, reader_for, rtf as rtf_reader, word
from mediakit.readers.files import in_memory
from mediakit.readers.nexis_labels import counter, date_line, declared_number, label_in


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
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\u00ad\ufeff|©"), min_size=1, max_size=12
)
LABEL_LIKE = st.sampled_from(
    ["LENGTH: the river is long", "BYLINE: who wrote this?", "LANGUAGE: a barrier to many who came here, and to the rest too, he said",
     "Section: one of three", "Body of evidence", "Copyright law was changed", "1 of 2 documents was found", "End of Document handling"]
)  # fmt: skip


def is_plain(text: str) -> bool:
    """Whether a random line is not by chance what marks an export, so that no reader could tell it from a mark."""
    return not (counter(text) or date_line(text) or label_in(text, capitals=False) or label_in(text, capitals=True))


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    line = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
    made = []
    for number in range(draw(st.integers(1, 3))):
        paragraphs = draw(st.lists(st.one_of(line, LABEL_LIKE), min_size=1, max_size=6))
        last = "The last paragraph of the article ends here."
        title = f"Title {draw(st.lists(WORDS, max_size=20).map(' '.join))}".strip()
        made.append(Story(title, f"The Post {number}", draw(st.dates(dt.date(1980, 1, 1), dt.date(2025, 6, 1))), "Jane Roe", (*paragraphs, last)))
    return made


@settings(max_examples=150, deadline=None)
@given(stories=stories(), language=st.sampled_from(sorted(OLD)))
def test_random_stories_are_the_same_in_every_format(stories: list[Story], language: str) -> None:
    found = {}
    for name, write in EXPORTS.items():
        records, _ = read(name, write(stories, language))
        found[name] = [(r.fields["title"], r.fields["source"], r.fields["published"], r.fields["author"], r.fields["text"]) for r in records]
    truth = [(s.title, s.source, s.author, "\n".join(s.paragraphs)) for s in stories]
    for name, rows in found.items():
        assert [(row[0], row[1], row[3], row[4]) for row in rows] == truth, name
