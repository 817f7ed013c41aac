"""Key word in context: the concordance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Literal

import numpy as np
import pandas as pd

from .frames import FrameError, build, require
from .text import split_article
from .tokenising import normalise, tokenise

WILDCARD = "ⁿ"  # stands for "*" while a query is tokenised: a letter to the tokenizer, and none that news uses
_SOFT_HYPHEN = "\u00ad"  # may stand within a word, and is no part of its term

Span = tuple[int, int, int]  # place of the article, start, end


def kwic(
    articles: pd.DataFrame,
    query: str | pd.DataFrame,
    *,
    window: int | Literal["sentence"] = 8,
    regex: bool = False,
    sort: Literal["left", "right"] | None = None,
) -> pd.DataFrame:
    """Key word in context: every occurrence of a word, a phrase or an actor, with what stands around it.

    Parameters
    ----------
    articles
        One row per article.
    query
        A word or a phrase, compared with terms as `term_counts` counts them (case, possessive 's and the shape of
        apostrophes do not matter), so that the hits of a term are exactly its count; "*" stands for any letters. With
        `regex`, a regular expression searched in the text as written. Or a frame with article_id, start and end, such
        as the rows of `mentions` of one actor: these spans are the hits.
    window
        Words of context on each side, within the paragraph, or "sentence": all of the hit's sentence.
    regex
        Read `query` as a regular expression.
    sort
        "left" puts hits in the order of the words before them, read from the hit on; "right" of the words behind.
        None keeps the order of the articles and of the text.

    Returns
    -------
    One row per hit: article_id, sentence_no, start, end, left, node, right.

    Raises
    ------
    FrameError
        A column is missing, or a row of `query` has an article_id that `articles` has not.
    ValueError
        `query` is empty or not a valid regular expression, or `window` or `sort` is not one of those allowed.
    """
    require(articles, "articles")
    if sort not in ("left", "right", None):
        raise ValueError(f"sort={sort!r} is none of 'left', 'right', None.")
    if window != "sentence" and (isinstance(window, str) or window < 0):
        raise ValueError(f"window={window!r} is neither a number of words nor 'sentence'.")
    texts = articles["text"].fillna("")
    if isinstance(query, pd.DataFrame):
        spans = _given_spans(articles, query)
    elif not query.strip():
        raise ValueError("query is empty: name a word or a phrase.")
    else:
        spans = _regex_spans(texts, query) if regex else _term_spans(texts, query)
    rows = list(_in_context(articles, texts, spans, window, whole=not regex and isinstance(query, str)))
    if sort:
        rows.sort(key=lambda row: _sort_key(row, sort))
    names = ("article_id", "sentence_no", "start", "end", "left", "node", "right")
    return build("kwic", dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else [])


def _in_context(
    articles: pd.DataFrame, texts: pd.Series, spans: list[Span], window: int | str, *, whole: bool
) -> Iterator[tuple[str, int, int, int, str, str, str]]:
    """The row of each hit; with `whole`, only hits that lie in one sentence."""
    places = list(dict.fromkeys(place for place, *_ in spans))
    taken = zip(
        *(column.take(places).tolist() for column in (articles["article_id"], articles["title"], texts)), strict=True
    )
    of = dict(zip(places, taken, strict=True))
    for place, group in groupby(spans, key=itemgetter(0)):
        article_id, title, text = of[place]
        sentences = split_article(text, title)
        starts = [sentence[2] for sentence in sentences]
        for _, start, end in group:
            number = max(bisect_right(starts, start) - 1, 0)
            first, last = sentences[number][2:]
            if whole and end > last:
                continue
            if window != "sentence":
                left, right = _around(text, start, end, int(window))
            else:
                left, right = text[first:start].strip(), text[end : max(end, last)].strip()
            yield article_id, number, start, end, left, text[start:end], right


def _around(text: str, start: int, end: int, window: int) -> tuple[str, str]:
    """`window` words on each side of the span, not beyond its paragraph."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)]
    left, right = before.rsplit(None, window), after.split(None, window)
    left_text = before[len(left[0]) :] if len(left) > window else before
    right_text = after[: len(after) - len(right[-1])] if len(right) > window else after
    return left_text.strip(), right_text.strip()


def _sort_key(row: tuple[str, int, int, int, str, str, str], side: str) -> tuple[list[str], str]:
    words = row[4].split()[::-1] if side == "left" else row[6].split()
    return [normalise(word.strip("“”\"'‘’.,;:!?()—–…")) for word in words], row[5].casefold()


def _term_spans(texts: pd.Series, query: str) -> list[Span]:
    """Where the tokens of the query stand next to each other."""
    asked = tokenise([query.replace("*", WILDCARD)])
    terms = [normalise(asked.forms[form]) for form in asked.form]
    if not terms:
        return []
    places, offsets, pieces = _paragraphs(texts, query)
    found = tokenise(pieces)
    normal = [normalise(form) for form in found.forms]
    hit = np.ones(len(found.form), dtype=bool)
    for step, term in enumerate(terms):
        pattern = re.compile(re.escape(term).replace(WILDCARD, r"[^\W_]*") + r"\Z")
        matching = np.array([pattern.match(form) is not None for form in normal], dtype=bool)
        here = matching[found.form] if len(matching) else hit
        hit[: len(hit) - step] &= here[step:]
        hit[len(hit) - step :] = False
    first = np.flatnonzero(hit)
    last = first + len(terms) - 1
    last = last[found.text[first] == found.text[last]]
    first = last - len(terms) + 1
    piece = found.text[first]
    starts, ends = offsets[piece] + found.start[first], offsets[piece] + found.end[last]
    return list(zip(places[piece].tolist(), starts.tolist(), ends.tolist(), strict=True))


def _paragraphs(texts: pd.Series, query: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The paragraphs that can hold the query: place of the article, where they begin, text.

    Those with its longest plain piece: searching is quick, taking apart into tokens is not.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = max(re.split(r"[^a-z0-9.]+", query.casefold()), key=len).strip(".") if query.isascii() else ""
    column = pa.array(texts, pa.large_string())
    # two searches: each alone is quicker than one for either
    signs = [re.escape(plain), _SOFT_HYPHEN] if plain else [r"[^\n]"]
    masks = [pc.match_substring_regex(column, sign, ignore_case=sign != _SOFT_HYPHEN) for sign in signs]
    chosen = np.flatnonzero(np.any([mask.to_numpy(zero_copy_only=False) for mask in masks], axis=0))
    search = re.compile("|".join(signs), re.IGNORECASE).search
    places, offsets, pieces = [], [], []
    for place, text in zip(chosen.tolist(), texts.take(chosen).tolist(), strict=True):
        found = search(text)
        while found:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.end())
            end = end if end >= 0 else len(text)
            places.append(place)
            offsets.append(start)
            pieces.append(text[start:end])
            found = search(text, end)
    return np.array(places, dtype=np.int64), np.array(offsets, dtype=np.int64), pieces


def _regex_spans(texts: pd.Series, query: str) -> list[Span]:
    try:
        pattern = re.compile(query)
    except re.error as error:
        raise ValueError(f"query {query!r} is not a regular expression: {error}.") from None
    return [
        (place, match.start(), match.end())
        for place, text in enumerate(texts.tolist())
        for match in pattern.finditer(text)
        if match.group().strip()  # white space alone stands in no sentence
    ]


def _given_spans(articles: pd.DataFrame, rows: pd.DataFrame) -> list[Span]:
    for column in ("article_id", "start", "end"):
        if column not in rows:
            raise FrameError(f"query: missing column {column!r}; has {list(rows.columns)}. Pass rows with spans.")
    known = {article_id: place for place, article_id in enumerate(articles["article_id"])}
    strange = rows.loc[~rows["article_id"].isin(known), "article_id"]
    if len(strange):
        raise FrameError(
            f"query: article_id {strange.iloc[0]!r} is not in articles. Pass the articles it was made from."
        )
    spans = zip(rows["article_id"].map(known).tolist(), rows["start"].tolist(), rows["end"].tolist(), strict=True)
    return sorted(set(spans))
