"""Key word in context: the concordance."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .frames import build, require
from .text import sentences, tokens

WILDCARD = "ⁿ"  # stands for "*" while a query is tokenised: a letter to the tokenizer, and none that news uses


def kwic(articles: pd.DataFrame, query: str, *, window: int = 8, regex: bool = False) -> pd.DataFrame:
    """Key word in context: every occurrence of a word or phrase, with what stands around it.

    Parameters
    ----------
    articles
        One row per article.
    query
        A word or a phrase, compared with terms as `term_counts` counts them (case, possessive 's and the shape of
        apostrophes do not matter), so that the hits of a term are exactly its count; "*" stands for any letters. With
        `regex`, a regular expression searched in the text as written.
    window
        Words of context on each side, within the paragraph.
    regex
        Read `query` as a regular expression.

    Returns
    -------
    One row per hit, in the order of the articles: article_id, sentence_no, start, end, left, node, right.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `query` is empty or not a valid regular expression.
    """
    require(articles, "articles")
    if not query.strip():
        raise ValueError("query is empty: name a word or a phrase.")
    articles = articles.assign(text=articles["text"].fillna(""))
    spans = _regex_spans(articles, query) if regex else _term_spans(articles, query)
    texts = articles.set_index("article_id")["text"]
    context = [_context(texts[row.article_id], row.start, row.end, window) for row in spans.itertuples()]
    spans[["left", "node", "right"]] = pd.DataFrame(context, columns=["left", "node", "right"], index=spans.index)
    return build("kwic", spans)


def _term_spans(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    wanted = tokens(pd.DataFrame({"article_id": ["q"], "text": [query.replace("*", WILDCARD)], "title": [None]}))[
        "term"
    ]
    patterns = [re.compile(re.escape(term).replace(WILDCARD, r"[^\W_]*") + r"\Z") for term in wanted]
    if not patterns:
        return build("kwic", [])[["article_id", "sentence_no", "start", "end"]]
    words = tokens(_with_any(articles, query))
    vocabulary = pd.Series(words["term"].unique(), dtype="str")
    hit = pd.Series(True, index=words.index)
    for step, pattern in enumerate(patterns):
        matching = vocabulary[vocabulary.map(lambda term, p=pattern: p.match(term) is not None)]
        hit &= words["term"].isin(matching).shift(-step, fill_value=False)
        for column in ("article_id", "sentence_no"):
            hit &= words[column].shift(-step) == words[column]
    last = words["end"].shift(-(len(patterns) - 1))[hit].astype("int64")
    return words.loc[hit, ["article_id", "sentence_no", "start"]].assign(end=last).reset_index(drop=True)


def _with_any(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    """The articles that can hold the query: those with its longest plain piece, so that the rest is not tokenised."""
    piece = max(re.split(r"[^a-z0-9]+", query.casefold()), key=len)
    if not piece or not query.isascii():
        return articles
    # tokens drop soft hyphens, so they do not matter here either
    return articles.loc[[piece in text.replace("\u00ad", "").casefold() for text in articles["text"]]]


def _regex_spans(articles: pd.DataFrame, query: str) -> pd.DataFrame:
    try:
        pattern = re.compile(query)
    except re.error as error:
        raise ValueError(f"query {query!r} is not a regular expression: {error}.") from None
    rows = [
        (article_id, match.start(), match.end())
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for match in pattern.finditer(text)
        if match.group().strip()  # white space alone stands in no sentence
    ]
    found = pd.DataFrame(rows, columns=["article_id", "start", "end"])
    table = sentences(articles[articles["article_id"].isin(found["article_id"])])
    numbers = []
    for article_id, part in found.groupby("article_id", sort=False):
        starts = table.loc[table["article_id"] == article_id, ["start", "sentence_no"]]
        place = np.searchsorted(starts["start"], part["start"], side="right") - 1
        numbers.append(pd.Series(starts["sentence_no"].to_numpy()[place.clip(0)], index=part.index))
    return found.assign(sentence_no=pd.concat(numbers) if numbers else pd.Series(dtype="int64"))


def _context(text: str, start: int, end: int, window: int) -> tuple[str, str, str]:
    """`window` words on each side of the span, not beyond its paragraph."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)]
    left, right = before.rsplit(None, window), after.split(None, window)
    left_text = before[len(left[0]) :] if len(left) > window else before
    right_text = after[: len(after) - len(right[-1])] if len(right) > window else after
    return left_text.strip(), text[start:end], right_text.strip()
