"""Boilerplate out of plain text: raw text → text + cuts, and back.

What is cut is data (data/boilerplate.csv), or shown by the corpus itself: the same line at the edge of several articles
of one source. Nothing is lost: every cut says what was removed, where and why, and `raw_text` puts it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from ..frames import FrameError, require
from .boilerplate import line_reason
from .draft import Cleaned, Cut, Raw, has_content
from .passes import Cleaner

__all__ = ["Cleaned", "Cleaner", "Cut", "Raw", "clean", "has_content", "line_reason", "raw_text", "restored"]


def clean(raws: Sequence[Raw]) -> list[Cleaned]:
    """Cut layout and boilerplate out of texts that belong to one corpus.

    Kept as they are: the inside of paragraphs, paragraphs that report what someone said, and texts that would be
    empty (beside the title) without what looks like boilerplate.
    """
    cleaner = Cleaner()
    cleaned = [cleaner.first(raw) for raw in raws]
    for number in cleaner.to_clean_again([raw.source for raw in raws], raws.__getitem__):
        cleaned[number] = cleaner.second(raws[number])
    return cleaned


def raw_text(articles: pd.DataFrame, cuts: pd.DataFrame) -> pd.Series:
    """The texts as they were decoded and repaired, with everything back that cleaning removed.

    Parameters
    ----------
    articles
        The frame `articles`: article_id and text are used.
    cuts
        The frame `cuts` of the same corpus; cuts of articles that are not in `articles` are passed over.

    Returns
    -------
    One text per article, by article_id.

    Raises
    ------
    FrameError
        A column is missing, or a cut lies outside its article's text.
    """
    require(articles, "articles", "article_id", "text")
    require(cuts, "cuts")
    removed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for article_id, at, text in zip(cuts["article_id"], cuts["at"], cuts["text"], strict=True):
        removed[article_id].append((int(at), text))
    texts = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        try:
            texts.append(restored(text, removed.get(article_id, ())))
        except ValueError as error:
            raise FrameError(
                f"cuts: {article_id!r}: {error}. Pass articles and cuts of the same Corpus, rows in their own order."
            ) from None
    index = pd.Index(articles["article_id"], name="article_id")
    return pd.Series(texts, index=index, dtype="str", name="raw_text")


def restored(text: str, cuts: Iterable[tuple[int, str]]) -> str:
    """A text with its cuts (place and stretch) put back.

    Raises
    ------
    ValueError
        A cut lies outside the text.
    """
    pieces, done = [], 0
    for at, stretch in cuts:
        if not done <= at <= len(text):
            raise ValueError(f"a cut at {at} does not fit its text of {len(text)} characters")
        pieces += [text[done:at], stretch]
        done = at
    return "".join([*pieces, text[done:]])
