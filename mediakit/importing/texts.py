"""Cleaned texts with their cuts, kept as Arrow arrays: the memory they take is little more than their bytes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from ..cleaning import Cleaned, Cut, Raw, restored
from .columns import ROWS, text_array, text_series

_MOST_CHARACTERS = 4_000_000  # of a batch


class _Batch(NamedTuple):
    """Some articles: text and title of each, how many cuts it has, and the cuts one after the other."""

    texts: pa.Array
    titles: pa.Array
    n_cuts: np.ndarray
    at: np.ndarray
    stretches: pa.Array
    reasons: pa.Array

    @classmethod
    def of(cls, articles: Sequence[Cleaned]) -> _Batch:
        cuts = [cut for article in articles for cut in article.cuts]
        return cls(
            text_array([article.text for article in articles]),
            text_array([article.title for article in articles]),
            np.array([len(article.cuts) for article in articles], dtype="int64"),
            np.array([cut.at for cut in cuts], dtype="int64"),
            text_array([cut.text for cut in cuts]),
            text_array([cut.reason for cut in cuts]).dictionary_encode(),
        )

    def article(self, place: int) -> Cleaned:
        first = int(self.n_cuts[:place].sum())
        part = slice(first, first + int(self.n_cuts[place]))
        cuts = zip(
            self.at[part].tolist(), self.stretches[part].to_pylist(), self.reasons[part].to_pylist(), strict=True
        )
        return Cleaned(self.texts[place].as_py(), self.titles[place].as_py(), [Cut(*cut) for cut in cuts])

    def articles(self) -> list[Cleaned]:
        cuts = map(Cut, self.at.tolist(), self.stretches.to_pylist(), self.reasons.to_pylist())
        return [
            Cleaned(text, title, list(islice(cuts, n)))
            for text, title, n in zip(
                self.texts.to_pylist(), self.titles.to_pylist(), self.n_cuts.tolist(), strict=True
            )
        ]


def raw_of(article: Cleaned, source: str | None) -> Raw:
    """An article as it was before cleaning."""
    return Raw(restored(article.text, [cut[:2] for cut in article.cuts]), article.title is not None, source)


class Texts:
    """Cleaned articles in the order they came."""

    def __init__(self) -> None:
        """No articles."""
        self._waiting: list[Cleaned] = []
        self._n_characters = 0
        self._batches: list[_Batch] = []
        self._starts = array("q")  # the number of the first article of each batch
        self._n_stored = 0

    def add(self, article: Cleaned) -> None:
        """One more article."""
        self._waiting.append(article)
        self._n_characters += len(article.text)
        if len(self._waiting) == ROWS or self._n_characters > _MOST_CHARACTERS:
            self._store()

    def _store(self) -> None:
        if self._waiting:
            self._batches.append(_Batch.of(self._waiting))
            self._starts.append(self._n_stored)
            self._n_stored += len(self._waiting)
            self._waiting, self._n_characters = [], 0

    def raw(self, number: int, source: str | None) -> Raw:
        """An article as it was before cleaning."""
        self._store()
        batch = bisect_right(self._starts, number) - 1
        return raw_of(self._batches[batch].article(number - self._starts[batch]), source)

    def replace(self, numbers: Sequence[int], cleaned: Callable[[int, Cleaned], Cleaned]) -> None:
        """Put others in the place of the articles with these numbers (in order), made of the number and the article."""
        self._store()
        ends = [*self._starts[1:], self._n_stored]
        waiting = iter([*numbers, None])
        number = next(waiting)
        for place, (start, end) in enumerate(zip(self._starts, ends, strict=True)):
            if number is None or number >= end:
                continue
            articles = self._batches[place].articles()
            while number is not None and number < end:
                articles[number - start] = cleaned(number, articles[number - start])
                number = next(waiting)
            self._batches[place] = _Batch.of(articles)

    def batches(self) -> Iterator[list[str]]:
        """The texts, some hundred at a time."""
        self._store()
        for batch in self._batches:
            yield batch.texts.to_pylist()

    def columns(self, ids: Sequence[str]) -> tuple[dict[str, pd.Series], dict[str, object]]:
        """The columns title and text of `articles`, and those of `cuts`; nothing is kept, so this is done once."""
        self._store()
        batches, self._batches = self._batches, []
        articles = {
            "title": text_series([batch.titles for batch in batches]),
            "text": text_series([batch.texts for batch in batches]),
        }
        rows = np.concatenate([batch.n_cuts for batch in batches]) if batches else np.array([], dtype="int64")
        owners = np.repeat(np.arange(len(rows)), rows)
        cuts = {
            "article_id": pd.Series(text_array(list(ids)).take(pa.array(owners)).to_pandas()),
            "at": np.concatenate([batch.at for batch in batches]),
            "text": text_series([batch.stretches for batch in batches]),
            "reason": text_series([batch.reasons.cast(pa.large_string()) for batch in batches]),
        }
        return articles, cuts
