"""What a frame and a column are, and the columns that many frames have."""

from __future__ import annotations

from dataclasses import dataclass

DTYPES = {"str": "str", "int": "int64", "float": "float64", "datetime": "datetime64[us, UTC]", "bool": "bool"}


@dataclass(frozen=True)
class Column:
    """One column: its name, the kind of its values (a key of DTYPES), what it means and in which unit."""

    name: str
    kind: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class Frame:
    """One frame: what a row is, the call that makes it, its columns in order."""

    name: str
    row: str
    made_by: str
    columns: tuple[Column, ...]
    grouped: bool = False  # may start with grouping columns, under the names the caller gave in `by`

    @property
    def required(self) -> list[str]:
        """The columns that the frame always has."""
        return [column.name for column in self.columns if not column.optional]


def columns(*specs: str) -> tuple[Column, ...]:
    """Read "name kind meaning" lines; a "?" after the name marks an optional column."""
    found = []
    for spec in specs:
        name, kind, meaning = spec.split(" ", 2)
        found.append(Column(name.rstrip("?"), kind, meaning, optional=name.endswith("?")))
    return tuple(found)


SPAN = (
    "article_id str the article the span lies in",
    "sentence_no int number of the sentence in the article, from 0",
    "start int first code point of the span in `articles.text`",
    "end int code point after the last",
)
INTERVAL = (
    "ci_low float lower end of the 95 % interval; NaN when there are too few to say",
    "ci_high float upper end of the 95 % interval",
)
SENTENCE = (
    "article_id str the article",
    "sentence_no int number of the sentence in the article, from 0",
    "paragraph_no int number of the paragraph in the article, from 0; the title is paragraph 0 where there is one",
    "part str title, heading or body",
    "start int first code point in `articles.text`",
    "end int code point after the last",
    "text str the sentence: `articles.text[start:end]`",
    "language? str language of the article, where `articles` has it",
)
