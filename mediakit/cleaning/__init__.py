"""Boilerplate out of plain text: raw text → text + cuts, and back.

What is cut is data (data/boilerplate.csv), or shown by the corpus itself: the same line at the edge of several articles
of one source. Nothing is lost: every cut says what was removed, where and why, and `raw_text` puts it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from ..frames import FrameError, require
from ..progress import progress
from .boilerplate import cut_patterns, line_reason
from .draft import Cleaned, Cut, Draft, Raw, assembled, has_content, keep_some_body
from .repeated import cut_repeated_lines
from .titles import cut_title_tails, repeated_tails

__all__ = ["Cleaned", "Cut", "Raw", "clean", "has_content", "line_reason", "raw_text"]


def clean(raws: Sequence[Raw]) -> list[Cleaned]:
    """Cut layout and boilerplate out of texts that belong to one corpus.

    Kept as they are: the inside of paragraphs, paragraphs that report what someone said, and texts that would be
    empty (beside the title) without what looks like boilerplate.
    """
    drafts = [Draft.of(raw) for raw in raws]
    for draft in progress(drafts, "cleaning"):
        cut_patterns(draft)
    cut_repeated_lines(drafts)
    tails = repeated_tails(drafts)
    for draft in drafts:
        keep_some_body(draft)
        cut_title_tails(draft, tails)
    return [assembled(draft) for draft in drafts]


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
    restored = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        pieces, done = [], 0
        for at, stretch in removed.get(article_id, ()):
            if not done <= at <= len(text):
                raise FrameError(
                    f"cuts: a cut of {article_id!r} at {at} does not fit its text of {len(text)} characters. "
                    "Pass articles and cuts of the same Corpus, rows in their own order."
                )
            pieces += [text[done:at], stretch]
            done = at
        restored.append("".join([*pieces, text[done:]]))
    index = pd.Index(articles["article_id"], name="article_id")
    return pd.Series(restored, index=index, dtype="str", name="raw_text")
