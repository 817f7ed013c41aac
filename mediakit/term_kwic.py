"""Key word in context: the concordance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from .frames import FrameError, build, require
from .laid_texts import Laid, lay, lay_blocks
from .laid_windows import Windows
from .splitting_articles import split_articles
from .tokenising import Lexicon, Tokens, normalise, tokenise, tokenise_laid, tokens_of

WILDCARD = "ⁿ"  # stands for "*" while a query is tokenised: a letter to the tokenizer, and none that news uses
# a letter of a term may stand as one of these in the text, or have a soft hyphen beside it
_WRITTEN_OTHERWISE = "\u00adßİŉſǰẖẗẘẙẚẞ\u212aﬀﬁﬂﬃﬄﬅﬆ"

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
        apostrophes do not matter), so that the hits of a term are exactly its count: "US" finds the country, "us" the
        word, as `tokens` tells them apart, and "u.s." is a third term. "*" stands for any letters (a
        word with it is never such an initialism: "us*" and "US*" find "us" and "USA"). With `regex`, a regular
        expression searched in the text as written. Or a frame with article_id, start and end, such as the rows of
        `mentions` of one actor: these spans are the hits.
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
    rows = _frame(articles["article_id"], [_in_context(articles["title"], each, window, whole=whole) for each in found])
    if sort:
        pairs = zip(rows["left" if sort == "left" else "right"], rows["node"], strict=True)
        keys = [_sort_key(context, node, sort) for context, node in pairs]
        rows = rows.take(sorted(range(len(rows)), key=keys.__getitem__)).reset_index(drop=True)
    return rows


@dataclass(frozen=True)
class _Block:
    """The hits of some articles: what is asked of each, arrays of one value a hit."""

    place: np.ndarray  # of the article
    number: np.ndarray  # sentence_no
    start: np.ndarray
    end: np.ndarray
    text: bytes  # left, node and right of the hits, one behind the other
    bounds: np.ndarray  # in it: where left, node and right of each hit begin and end


def _in_context(titles: pd.Series, spans: Spans, window: int | Literal["sentence"], *, whole: bool) -> _Block:
    """What stands around hits; with `whole`, of those only that lie in one sentence."""
    laid, places, starts, ends = spans
    first = _sentence_starts(laid, starts, titles.take(places))
    text = laid.text_of(starts)
    # white space before the first sentence of an article goes with it
    own = np.searchsorted(first, laid.first[text])
    at = np.maximum(np.searchsorted(first, starts, side="right") - 1, own)
    first = np.append(first, [len(laid.data)] * 2)  # behind the last sentence, and of articles without any
    follows = first[at + 1]
    if whole:
        kept = ends <= follows
        text, own, at, starts, ends, follows = (each[kept] for each in (text, own, at, starts, ends, follows))
    near = Windows(laid)
    if window == "sentence":
        low, high, window = first[at], np.maximum(np.minimum(follows, laid.first[text + 1]), ends), len(laid.data)
    else:
        low, high = laid.line_start(starts), laid.line_end(ends)
    left, right = near.words_before(low, starts, window), near.words_behind(ends, high, window)
    base = laid.code_points(laid.first)[text]
    start, end = laid.code_points(starts) - base, laid.code_points(ends) - base
    return _Block(places[text], at - own, start, end, *near.cut_out([*left, starts, ends, *right]))


def _sentence_starts(laid: Laid, hits: np.ndarray, titles: pd.Series) -> np.ndarray:
    """Where the sentences of the texts with hits begin."""
    texts = np.unique(laid.text_of(hits))
    if 2 * len(texts) > len(titles):  # all, rather than copy most
        return laid.from_code_points(split_articles(laid, titles.tolist()).start)
    some = laid.only(texts)
    first = some.from_code_points(split_articles(some, titles.take(texts).tolist()).start)
    text = some.text_of(first)
    return first - some.first[text] + laid.first[texts[text]]


def _frame(ids: pd.Series, blocks: list[_Block]) -> pd.DataFrame:
    """The rows of all hits."""
    import pyarrow as pa

    if not blocks:
        return build("kwic", [])
    place, number, start, end = (
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("place", "number", "start", "end")
    )
    shift = np.cumsum([0, *(len(block.text) for block in blocks)])
    bounds = np.concatenate([block.bounds + low for block, low in zip(blocks, shift, strict=False)]).ravel()
    text = pa.py_buffer(b"".join([block.text for block in blocks]))
    pieces = pa.LargeStringArray.from_buffers(len(bounds), pa.py_buffer(np.append(bounds, shift[-1])), text)
    columns = {"article_id": pd.array(ids, dtype="str").take(place), "sentence_no": number, "start": start, "end": end}
    for step, name in enumerate(("left", "node", "right")):
        columns[name] = pd.array(pieces.take(pa.array(np.arange(2 * step, len(bounds), 6))), dtype="str")
    return build("kwic", columns)


def _sort_key(context: str, node: str, side: str) -> tuple[list[str], str]:
    words = context.split()[::-1] if side == "left" else context.split()
    return [normalise(word.strip("“”\"'‘’.,;:!?()—–…")) for word in words], node.casefold()


def _term_spans(texts: pd.Series, query: str) -> Iterator[Spans]:
    """Where the tokens of the query stand next to each other."""
    terms = _query_terms(query)
    plain = max((piece for term in terms for piece in re.split(r"[^A-Za-z0-9.]+", term)), key=len, default="")
    patterns = [re.compile(re.escape(term).replace(WILDCARD, r"[^\W_]*") + r"\Z") for term in terms]
    lexicon = Lexicon()
    for places, laid, at in _texts_with(texts, plain) if terms else ():
        found = (_in_runs if len(terms) == 1 else _in_lines)(laid, at, lexicon)
        matching = [np.array([pattern.match(term) is not None for term in lexicon.terms]) for pattern in patterns]
        first = _matches(laid, found, [each[lexicon.term_of_forms()] for each in matching])
        if len(first):
            starts, ends = found.start[first], found.end[first + len(terms) - 1]
            yield laid, places, laid.from_code_points(starts), laid.from_code_points(ends)


def _texts_with(texts: pd.Series, plain: str) -> Iterator[tuple[np.ndarray, Laid, np.ndarray]]:
    """The texts that may hold the plain piece of a term, laid together: their places, and where it may be in them."""
    waiting: list[np.ndarray] = []
    for low, block in lay_blocks(texts):
        at = _places_of(block, plain)
        own = np.unique(block.text_of(at))
        if 2 * len(own) > len(block.first) - 1:  # most: rather than copy them
            yield from _together(texts, waiting, plain)
            waiting = []
            yield low + np.arange(len(block.first) - 1), block, at
        elif len(own):
            waiting.append(low + own)
            if sum(map(len, waiting)) > len(block.first):
                yield from _together(texts, waiting, plain)
                waiting = []
    yield from _together(texts, waiting, plain)


def _together(texts: pd.Series, waiting: list[np.ndarray], plain: str) -> Iterator[tuple[np.ndarray, Laid, np.ndarray]]:
    if waiting:
        places = np.concatenate(waiting)
        laid = lay(texts.take(places))
        yield places, laid, _places_of(laid, plain)


def _in_runs(laid: Laid, at: np.ndarray, lexicon: Lexicon) -> Tokens:
    """The tokens of the runs that these places are in."""
    begin, end = Windows(laid).run_bounds(at)
    begin, first = np.unique(begin, return_index=True)
    return tokens_of(laid, lexicon, begin, lexicon.numbers(laid, begin, end[first]))


def _in_lines(laid: Laid, at: np.ndarray, lexicon: Lexicon) -> Tokens:
    """The tokens of the lines that these places are in."""
    starts = np.unique(laid.line_start(at))
    ends = laid.line_end(starts + 1)  # not that of the text before
    bounds = zip(np.searchsorted(laid.begin, starts), np.searchsorted(laid.begin, ends), strict=True)
    return tokenise_laid(laid, lexicon, np.concatenate([np.arange(*bound) for bound in bounds]))


def _matches(laid: Laid, found: Tokens, fits: list[np.ndarray]) -> np.ndarray:
    """Which tokens are the first of those, next to each other in a line, of which each form fits."""
    hit = np.ones(max(len(found.form) - len(fits) + 1, 0), dtype=bool)
    for step, fit in enumerate(fits):
        hit &= fit[found.form[step : step + len(hit)]]
    if len(fits) == 1:
        return np.flatnonzero(hit)
    first = np.flatnonzero(hit)
    line, last = (laid.line_start(laid.from_code_points(found.start[first + step])) for step in (0, len(fits) - 1))
    return first[line == last]


def _query_terms(query: str) -> list[str]:
    """The terms of a query, WILDCARD for "*"."""
    asked = tokenise([query.replace("*", WILDCARD)])
    return [normalise(asked.forms[form]) for form in asked.form]


def _places_of(laid: Laid, plain: str) -> np.ndarray:
    """Where a run begins or holds what can be the plain piece of a term: searching is quick, telling tokens is not."""
    if not plain:
        return laid.begin
    read = laid.data.tobytes()
    if plain.islower() or not plain.isalpha():  # an initialism stands in capitals
        read = read.lower()
    found = [match.start() for match in re.finditer(re.escape(plain.encode()), read)]
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
