"""Key word in context: the concordance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import numpy as np
import pandas as pd

from .frames import FrameError, build, require
from .laid_texts import Laid, lay_blocks
from .splitting_articles import split_articles
from .tokenising import Lexicon, normalise, tokenise, tokenise_laid

WILDCARD = "ⁿ"  # stands for "*" while a query is tokenised: a letter to the tokenizer, and none that news uses
# a letter of a term may stand as one of these in the text, or have a soft hyphen beside it
_WRITTEN_OTHERWISE = "\u00adßİŉſǰẖẗẘẙẚẞ\u212aﬀﬁﬂﬃﬄﬅﬆ"
_COLUMNS = ("article_id", "sentence_no", "start", "end", "left", "node", "right")

Spans = tuple[Laid, np.ndarray, np.ndarray, np.ndarray]  # texts, their places in articles; starts and ends of the hits


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
        found = _given_spans(articles, texts, query)
    elif not query.strip():
        raise ValueError("query is empty: name a word or a phrase.")
    else:
        found = _regex_spans(texts, query) if regex else _term_spans(texts, query)
    whole = not regex and isinstance(query, str)
    parts = [_in_context(articles, *spans, window, whole=whole) for spans in found]
    parts = [part for part in parts if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)
    if sort:
        pairs = zip(rows["left" if sort == "left" else "right"], rows["node"], strict=True)
        keys = [_sort_key(context, node, sort) for context, node in pairs]
        rows = rows.take(sorted(range(len(rows)), key=keys.__getitem__)).reset_index(drop=True)
    return build("kwic", rows)


def _in_context(
    articles: pd.DataFrame,
    laid: Laid,
    places: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    window: int | Literal["sentence"],
    *,
    whole: bool,
) -> pd.DataFrame:
    """The row of each hit; with `whole`, only of those that lie in one sentence."""
    split = split_articles(laid, articles["title"].take(places).tolist())
    text = laid.text_of(starts)
    start, end = laid.code_points(starts), laid.code_points(ends)
    # white space before the first sentence of an article goes with it
    at = np.maximum(np.searchsorted(split.start, start, side="right") - 1, np.searchsorted(split.article, text))
    if whole:
        kept = end <= split.end[at]
        text, at, start, end, starts, ends = (each[kept] for each in (text, at, start, end, starts, ends))
    if window == "sentence":
        low = laid.from_code_points(split.start[at])
        high = np.maximum(laid.from_code_points(split.end[at]), ends)
        window = len(laid.data)
    else:
        low, high = laid.line_start(starts), laid.line_end(ends)
    base = laid.code_points(laid.first)[text]
    return pd.DataFrame(
        {
            "article_id": pd.array(articles["article_id"], dtype="str").take(places[text]),
            "sentence_no": split.number[at],
            "start": start - base,
            "end": end - base,
            "left": laid.spans(*_before(laid, low, starts, window)),
            "node": laid.spans(starts, ends),
            "right": laid.spans(*_behind(laid, ends, high, window)),
        }
    )


def _before(laid: Laid, low: np.ndarray, starts: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """The last `window` words of what stands between `low` and the hits."""
    first, beyond = np.searchsorted(laid.finish, low, side="right"), np.searchsorted(laid.begin, starts)
    some = beyond > first if window else np.zeros(len(first), dtype=bool)
    left = np.maximum(laid.begin[np.maximum(first, beyond - window) * some], low)
    return np.where(some, left, starts), np.where(some, np.minimum(laid.finish[beyond - 1], starts), starts)


def _behind(laid: Laid, ends: np.ndarray, high: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `window` words of what stands between the hits and `high`."""
    first, beyond = np.searchsorted(laid.finish, ends, side="right"), np.searchsorted(laid.begin, high)
    some = beyond > first if window else np.zeros(len(first), dtype=bool)
    left = np.maximum(laid.begin[first * some], ends)
    return np.where(some, left, ends), np.where(
        some, np.minimum(laid.finish[np.minimum(beyond, first + window) - 1], high), ends
    )


def _sort_key(context: str, node: str, side: str) -> tuple[list[str], str]:
    words = context.split()[::-1] if side == "left" else context.split()
    return [normalise(word.strip("“”\"'‘’.,;:!?()—–…")) for word in words], node.casefold()


def _term_spans(texts: pd.Series, query: str) -> Iterator[Spans]:
    """Where the tokens of the query stand next to each other."""
    terms = _query_terms(query)
    plain = max((piece for term in terms for piece in re.split(r"[^a-z0-9.]+", term)), key=len, default="")
    patterns = [re.compile(re.escape(term).replace(WILDCARD, r"[^\W_]*") + r"\Z") for term in terms]
    lexicon = Lexicon()
    for low, block in lay_blocks(texts) if terms else ():
        at = _places_of(block, plain)
        if not len(at):
            continue
        places = np.unique(block.text_of(at))
        laid = block.only(places)
        at = laid.first[:-1][np.searchsorted(places, block.text_of(at))] + at - block.first[block.text_of(at)]
        if len(terms) == 1:  # its token is in the run that is there
            run = np.unique(np.searchsorted(laid.begin, at, side="right") - 1)
        else:
            starts = np.unique(laid.line_start(at))
            ends = laid.line_end(starts + 1)  # not that of the text before
            bounds = zip(np.searchsorted(laid.begin, starts), np.searchsorted(laid.begin, ends), strict=True)
            run = np.concatenate([np.arange(*bound) for bound in bounds])
        found = tokenise_laid(laid, lexicon, run)
        line = laid.line_start(laid.from_code_points(found.start))
        hit = np.ones(max(len(found.form) - len(terms) + 1, 0), dtype=bool)
        for step, pattern in enumerate(patterns):
            matching = np.array([pattern.match(term) is not None for term in lexicon.terms], dtype=bool)
            here = slice(step, step + len(hit))
            hit &= matching[lexicon.term_of_forms()][found.form[here]] & (line[here] == line[: len(hit)])
        first = np.flatnonzero(hit)
        starts, ends = found.start[first], found.end[first + len(terms) - 1]
        yield laid, low + places, laid.from_code_points(starts), laid.from_code_points(ends)


def _query_terms(query: str) -> list[str]:
    """The terms of a query, WILDCARD for "*"."""
    asked = tokenise([query.replace("*", WILDCARD)])
    return [normalise(asked.forms[form]) for form in asked.form]


def _places_of(laid: Laid, plain: str) -> np.ndarray:
    """Where a run begins or holds what can be the plain piece of a term: searching is quick, telling tokens is not."""
    if not plain:
        return laid.begin
    sought, read = plain.encode(), laid.data.tobytes().lower()
    found, at = [], read.find(sought)
    while at >= 0:
        found.append(at)
        at = read.find(sought, at + 1)
    return np.sort(np.concatenate([np.array(found, dtype=np.int64), laid.holding(_WRITTEN_OTHERWISE)]))


def _regex_spans(texts: pd.Series, query: str) -> Iterator[Spans]:
    try:
        pattern = re.compile(query)
    except re.error as error:
        raise ValueError(f"query {query!r} is not a regular expression: {error}.") from None
    spans = [
        (place, match.start(), match.end())
        for place, text in enumerate(texts.tolist())
        for match in pattern.finditer(text)
        if match.group().strip()  # white space alone stands in no sentence
    ]
    return _laid_spans(texts, spans)


def _given_spans(articles: pd.DataFrame, texts: pd.Series, rows: pd.DataFrame) -> Iterator[Spans]:
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
    return _laid_spans(texts, sorted(set(spans)))


def _laid_spans(texts: pd.Series, spans: list[tuple[int, int, int]]) -> Iterator[Spans]:
    """Spans (place of the article, start, end) in order, with the texts that hold some."""
    if not spans:
        return
    place, start, end = np.array(spans, dtype=np.int64).T
    taken = np.unique(place)
    for low, laid in lay_blocks(texts.take(taken)):
        places = taken[low : low + len(laid.first) - 1]
        own = (place >= places[0]) & (place <= places[-1])
        base = laid.code_points(laid.first)[np.searchsorted(places, place[own])]
        yield laid, places, laid.from_code_points(base + start[own]), laid.from_code_points(base + end[own])
