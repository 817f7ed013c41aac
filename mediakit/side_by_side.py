"""Two articles beside each other with their differences marked, as HTML for a notebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from html import escape

import pandas as pd
from IPython.display import HTML

from .frames import FrameError, require

__all__ = ["show_duplicates", "show_side_by_side"]

_WORD = re.compile(r"\w+(?:[’'\-.]\w+)*|[^\w\s]+")
_AROUND = 12  # words shown beside a difference
_MOST_WORDS = 4_000  # of an article; finding the differences takes time with the square of them
_MOST_PAIRS = 400_000  # of equal words; beyond, the commonest words are left aside, or a list of figures takes minutes
_STYLE = (
    "<style>.mk-pair{border-collapse:collapse;width:100%;table-layout:fixed;font-size:13px;line-height:1.45;margin-bottom:14px}"
    ".mk-pair th,.mk-pair td{width:50%;text-align:left!important;vertical-align:top;padding:5px 12px 5px 0;"
    "white-space:normal;overflow-wrap:anywhere;border-bottom:1px solid rgba(128,128,128,.3)}"
    ".mk-pair th{font-weight:600}.mk-pair th small{font-weight:normal;opacity:.8}"
    ".mk-pair .mk-same{text-align:center!important;opacity:.7;font-style:italic}"
    ".mk-pair del{background:#ffd9d2;color:#1b1b1b;text-decoration:line-through;text-decoration-color:#b3452c}"
    ".mk-pair ins{background:#cdeac9;color:#1b1b1b;text-decoration:none}</style>"
)


def show_duplicates(duplicates: pd.DataFrame, articles: pd.DataFrame, *, most: int = 3) -> HTML:
    """Near-duplicates beside the article that is kept, differences marked.

    Parameters
    ----------
    duplicates
        The frame made by `near_duplicates(articles)`.
    articles
        The articles it was made from.
    most
        At most this many pairs, from the largest clusters first, one pair of each before a second of any.

    Returns
    -------
    An object that a notebook shows: at the left the article kept, at the right the other; words that only the left one
    has are struck through, words that only the right one has are marked. All text is escaped.

    Raises
    ------
    FrameError
        A column is missing, or an article is not in `articles`.
    """
    require(duplicates, "near_duplicates")
    require(articles, "articles")
    others = duplicates[duplicates["article_id"] != duplicates["kept_id"]]
    if others.empty:
        return HTML("<p>No near-duplicates to show.</p>")
    in_turn = others.groupby("cluster", sort=False).cumcount().sort_values(kind="stable").index
    chosen = others.loc[in_turn].head(most)
    rows = _by_id(articles)
    tables = [
        _table(
            _row(rows, pair["kept_id"]),
            _row(rows, pair["article_id"]),
            f"{pair['shared']:.0%} of its words stand in the other, too; similarity {pair['similarity']:.2f}",
        )
        for pair in chosen.to_dict("records")
    ]
    n = len(others)
    count = f"<p>{n:,} near-duplicate{'s' if n != 1 else ''}{f', {len(chosen)} shown' if n > len(chosen) else ''}</p>"
    return HTML(_STYLE + count + "".join(tables))


def show_side_by_side(articles: pd.DataFrame, left: str, right: str) -> HTML:
    """Two articles beside each other: what both have is left plain, and long stretches of it are folded away.

    Parameters
    ----------
    articles
        One row per article.
    left, right
        Two values of article_id.

    Returns
    -------
    An object that a notebook shows; words that only the left one has are struck through, words that only the right one
    has are marked. At most 4,000 words of each are compared. All text is escaped.

    Raises
    ------
    FrameError
        A column is missing, or an article is not in `articles`.
    """
    rows = _by_id(require(articles, "articles"))
    return HTML(_STYLE + _table(_row(rows, left), _row(rows, right), ""))


def _by_id(articles: pd.DataFrame) -> pd.DataFrame:
    return articles.set_index("article_id")[["source", "published", "text"]]


def _row(rows: pd.DataFrame, article_id: str) -> pd.Series:
    if article_id not in rows.index:
        raise FrameError(f"articles: no article {article_id!r}. Pass the articles that the frame was made from.")
    return rows.loc[article_id]


def _table(left: pd.Series, right: pd.Series, note: str) -> str:
    head = "".join(
        f"<th>{_head(article, text)}</th>" for article, text in ((left, "kept" if note else ""), (right, note))
    )
    return f'<table class="mk-pair"><tr>{head}</tr>{"".join(_hunks(str(left["text"]), str(right["text"])))}</table>'


def _head(article: pd.Series, note: str) -> str:
    source = "unknown source" if pd.isna(article["source"]) else str(article["source"])
    when = "no date" if pd.isna(article["published"]) else f"{article['published']:%-d %B %Y}"
    parts = [f"{source}, {when}", *([note] if note else [])]
    return f"<bdi>{escape(parts[0])}</bdi><br><small>{escape(' · '.join([str(article.name), *parts[1:]]))}</small>"


def _hunks(left: str, right: str) -> Iterable[str]:
    """A row per place where the texts differ, with some words around it; a line between them says what is the same."""
    a, b = (list(_WORD.finditer(text))[:_MOST_WORDS] for text in (left, right))
    left_words, right_words = [word[0] for word in a], [word[0] for word in b]
    repetitive = _n_equal_pairs(left_words, right_words) > _MOST_PAIRS
    matcher = SequenceMatcher(None, left_words, right_words, autojunk=repetitive)
    done = 0
    for group in matcher.get_grouped_opcodes(_AROUND):
        yield _same(group[0][1] - done)
        yield f"<tr><td>{_marked(left, a, group, 1, 'del')}</td><td>{_marked(right, b, group, 3, 'ins')}</td></tr>"
        done = group[-1][2]
    yield _same(len(a) - done)
    if max(len(a), len(b)) == _MOST_WORDS:
        yield f'<tr><td colspan="2" class="mk-same">only the first {_MOST_WORDS:,} words were compared</td></tr>'


def _n_equal_pairs(left: Sequence[str], right: Sequence[str]) -> int:
    counts = Counter(right)
    return sum(n * counts[word] for word, n in Counter(left).items())


def _same(n: int) -> str:
    if n <= 0:
        return ""
    return f'<tr><td colspan="2" class="mk-same">{n:,} word{"s" if n != 1 else ""} the same</td></tr>'


def _marked(text: str, words: Sequence[re.Match[str]], group: Sequence[tuple], side: int, tag: str) -> str:
    """The stretch of a text that a group of operations covers; what the other text lacks stands in `tag`."""
    parts = []
    for operation in group:
        start, end = operation[side], operation[side + 1]
        if start == end:
            continue
        piece = escape(text[words[start].start() : words[end - 1].end()]).replace("\n", "<br>")
        parts.append(piece if operation[0] == "equal" else f"<{tag}>{piece}</{tag}>")
        if end < len(words):
            between = text[words[end - 1].end() : words[end].start()]
            parts.append(escape(between).replace("\n", "<br>"))
    return "".join(parts)
