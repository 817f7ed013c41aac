"""Wordings that import cut out of several articles: templates that sources share, though no text has them any more."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from .frames import build, labels, require

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def shared_cuts(cuts: pd.DataFrame, articles: pd.DataFrame, *, by: str = "source", min_tokens: int = 5) -> pd.DataFrame:
    """What import cut out of two or more articles in the same words, such as a closing question to the reader.

    `reused_passages` finds what the texts share; what was cut at import (a prompt to comment, a newsletter box) is in
    no text. Sources with the same wording may share a template, a publishing system or an author.

    Parameters
    ----------
    cuts, articles
        The frames of one Corpus, from `read_corpus`.
    by
        The column that names the source; missing values form the source "unknown".
    min_tokens
        The shortest wording, in words. Case and punctuation do not matter.

    Returns
    -------
    One row per wording and article with it, the wordings of most articles first, then the longest: wording (its
    number), text (as it stood there), n_tokens, article_id, source, at (place of the cut), reason, n_articles,
    n_sources. A wording is as long as the same articles have it; a longer one of fewer articles is another wording.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `min_tokens` is below 2.
    """
    require(cuts, "cuts", "article_id", "at", "text", "reason")
    require(articles, "articles", "article_id", by)
    if min_tokens < 2:
        raise ValueError(f"shared_cuts: min_tokens must be at least 2, not {min_tokens!r}.")
    source = dict(zip(articles["article_id"], labels(articles[by]), strict=True))
    rows = cuts[cuts["article_id"].isin(source)].to_dict("records")
    words = [list(_WORD.finditer(row["text"])) for row in rows]
    keys = [[word[0].casefold() for word in found] for found in words]
    having: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row, key in zip(rows, keys, strict=True):
        for gram in _grams(key, min_tokens):
            having[gram].add(row["article_id"])
    spans = [
        (at, first, last)
        for at, key in enumerate(keys)
        for first, last in _stretches([having[gram] for gram in _grams(key, min_tokens)], min_tokens)
    ]
    ids = [row["article_id"] for row in rows]
    told: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for at, first, last in spans:
        told[tuple(keys[at][first:last])].add(ids[at])
    places: dict[tuple[str, ...], list[dict]] = defaultdict(list)
    for at, first, last in spans:
        # where others have the words in another order, they share no more than each run of min_tokens
        whole = told[tuple(keys[at][first:last])] == having[tuple(keys[at][first : first + min_tokens])]
        size = last - first if whole else min_tokens
        for begin in range(first, last - size + 1):
            found = words[at][begin : begin + size]
            text = rows[at]["text"][found[0].start() : found[-1].end()]
            wording = tuple(keys[at][begin : begin + size])
            places[wording].append(rows[at] | {"text": text, "source": source[ids[at]]})
    return build("shared_cuts", _numbered(places))


def _grams(key: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(key[at : at + size]) for at in range(len(key) - size + 1)]


def _stretches(having: list[set[str]], size: int) -> list[tuple[int, int]]:
    """First word and word after the last of the longest stretches whose runs of words the same articles have."""
    found, first = [], 0
    for at in range(1, len(having) + 1):
        if at == len(having) or having[at] != having[first]:
            if having and len(having[first]) > 1:
                found.append((first, at - 1 + size))
            first = at
    return found


def _numbered(places: dict[tuple[str, ...], list[dict]]) -> list[dict]:
    wordings = []
    for key, rows in places.items():
        once = list({row["article_id"]: row for row in reversed(rows)}.values())[::-1]
        sources = {row["source"] for row in once}
        if len(once) > 1:
            wordings.append((-len(once), -len(key), key, once, {"n_articles": len(once), "n_sources": len(sources)}))
    wordings.sort(key=lambda wording: wording[:3])
    columns = ("text", "article_id", "source", "at", "reason")
    return [
        {"wording": number, "n_tokens": len(key)} | {name: row[name] for name in columns} | sizes
        for number, (_, _, key, once, sizes) in enumerate(wordings, 1)
        for row in once
    ]
