"""What the parts of a contrast share: the two sides, a row, and the words that texts are searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .contrast_numbers import stem
from .duplicate_words import Reader, Words
from .text import Coded, code_tokens, sentences, stop_words


class Span(NamedTuple):
    """A stretch of an article."""

    article_id: str
    start: int
    end: int


class Row(NamedTuple):
    """One row of the frame `contrast`."""

    kind: str
    side: str
    item: str
    n_a: int
    n_b: int
    a: Span | None
    b: Span | None
    note: str

    def record(self) -> dict[str, Any]:
        """The row as the frame has it."""
        places = {
            f"{name}_{letter}": getattr(span, field) if span else missing
            for letter, span in (("a", self.a), ("b", self.b))
            for name, field, missing in (
                ("article", "article_id", None),
                ("start", "start", np.nan),
                ("end", "end", np.nan),
            )
        }
        named = self._asdict()
        return {name: named[name] for name in ("kind", "side", "item", "n_a", "n_b", "note")} | places


class Sentence(NamedTuple):
    """A sentence of one side and the stems of its content words."""

    span: Span
    paragraph: int
    part: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Side:
    """The articles of one side, and what is looked up in them."""

    articles: pd.DataFrame

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each article."""
        texts = self.articles["text"].fillna("")
        return dict(zip(self.articles["article_id"], texts, strict=True))

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of each article as numbers."""
        reader = Reader()
        return {article_id: reader.words(text) for article_id, text in self.texts.items()}

    @cached_property
    def coded(self) -> Coded:
        """All tokens."""
        return code_tokens(self.articles)

    @cached_property
    def stem_of_term(self) -> list[str]:
        """The stem of each term of `coded`; of function words, figures and single signs, nothing."""
        stop = stop_words()
        return [
            stem(term) if len(term) > 1 and term not in stop and term[0].isalpha() else "" for term in self.coded.terms
        ]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all content words."""
        return frozenset(self.stem_of_term)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        coded, found = self.coded, sentences(self.articles)
        stems: dict[tuple[str, int], set[str]] = {}
        for article, number, term in zip(
            coded.article.tolist(), coded.sentence.tolist(), coded.term.tolist(), strict=True
        ):
            stems.setdefault((coded.ids[article], number), set()).add(self.stem_of_term[term])
        columns = ("article_id", "sentence_no", "paragraph_no", "part", "start", "end")
        return [
            Sentence(Span(key, start, end), paragraph, part, frozenset(stems.get((key, number), set()) - {""}))
            for key, number, paragraph, part, start, end in zip(
                *(found[name].tolist() for name in columns), strict=True
            )
        ]

    def text(self, span: Span) -> str:
        """What stands there."""
        return self.texts[span.article_id][span.start : span.end]

    def find(self, names: Iterable[str]) -> list[Span]:
        """Where one of the names stands, in whole words and as written."""
        longest = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
        if not longest:
            return []
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
        return [Span(key, *hit.span()) for key, text in self.texts.items() for hit in pattern.finditer(text)]


def mirrored(row: Row) -> Row:
    """The row with a and b exchanged."""
    sides = {"a only": "b only", "b only": "a only"}
    return Row(row.kind, sides.get(row.side, row.side), row.item, row.n_b, row.n_a, row.b, row.a, row.note)
