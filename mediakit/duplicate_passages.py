"""Passages that two articles have word for word, each word in one passage at most."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
import pandas as pd

from .duplicate_words import SIZE, Reader, Words, gram_hashes
from .frames import FrameError, build, require
from .progress import progress

_CROWD = 16  # pairs of places of one gram; of a gram that stands more often, the first goes with the first, and so on


def duplicate_passages(duplicates: pd.DataFrame, articles: pd.DataFrame, *, min_words: int = SIZE) -> pd.DataFrame:
    """What near-duplicates have in common with the article of their cluster that is kept, word for word.

    Parameters
    ----------
    duplicates
        The frame made by `near_duplicates`, or some of its rows.
    articles
        The articles it was made from. article_id and text are read.
    min_words
        The shortest passage, in words; at least 5.

    Returns
    -------
    One row per passage, article by article as in `duplicates` and in the order of the article's text: article_a, the
    near-duplicate; start_a, end_a in its text; article_b, the one kept; start_b, end_b in its text; n_tokens; text, as
    it stands in article_a. Case, accents and punctuation do not matter, and passages may stand in another order. A
    word of either article is in one passage at most; the longest passages are found first.

    Raises
    ------
    FrameError
        A column is missing, or an article of `duplicates` is not in `articles`.
    ValueError
        `min_words` is below 5.

    References
    ----------
    Wise (1993), String similarity via greedy string tiling and running Karp-Rabin matching.
    """
    require(duplicates, "near_duplicates", "article_id", "kept_id")
    require(articles, "articles", "article_id", "text")
    if min_words < SIZE:
        raise ValueError(f"duplicate_passages: min_words must be at least {SIZE}, not {min_words!r}.")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    copies = duplicates[duplicates["article_id"] != duplicates["kept_id"]]
    for article_id in [*copies["article_id"], *copies["kept_id"]]:
        if article_id not in texts:
            raise FrameError(
                f"near_duplicates: article_id {article_id!r} is not in articles. "
                "Pass the articles that near_duplicates was given."
            )
    reader, records = Reader(), []
    kept_id, kept = None, None
    pairs = zip(copies["article_id"], copies["kept_id"], strict=True)
    for article_id, other in progress(pairs, "passages", total=len(copies)):
        if other != kept_id or kept is None:
            kept_id, kept = other, reader.words(texts[other])
        text = texts[article_id]
        words = reader.words(text)
        for a, b, length in passages(words, kept, min_words):
            start, end = int(words.starts[a]), int(words.ends[a + length - 1])
            records.append(
                {
                    "article_a": article_id,
                    "start_a": start,
                    "end_a": end,
                    "article_b": other,
                    "start_b": int(kept.starts[b]),
                    "end_b": int(kept.ends[b + length - 1]),
                    "n_tokens": length,
                    "text": text[start:end],
                }
            )
    return build("reused_passages", records)


def passages(a: Words, b: Words, min_words: int = SIZE) -> list[tuple[int, int, int]]:
    """First word in a, first word in b and number of words of each passage, in the order of a.

    Texts of fewer than `min_words` words with the same words are one passage.
    """
    if len(a.hashes) < min_words:
        return [(0, 0, len(a.hashes))] if len(a.hashes) and np.array_equal(a.hashes, b.hashes) else []
    # of equally long ones the first in a, then the first in b
    queue = [(-length, first, second) for first, second, length in _runs(*_places(a, b))]
    heapify(queue)
    free_a, free_b = np.ones(len(a.hashes), dtype=bool), np.ones(len(b.hashes), dtype=bool)
    found = []
    while queue:
        length, first, second = heappop(queue)
        length = -length
        if length < min_words:
            break
        free = free_a[first : first + length] & free_b[second : second + length]
        if free.all():
            found.append((first, second, length))
            free_a[first : first + length] = free_b[second : second + length] = False
            continue
        edges = np.flatnonzero(np.diff(free, prepend=False, append=False))
        for start, end in edges.reshape(-1, 2).tolist():
            heappush(queue, (start - end, first + start, second + start))
    return sorted(found)


def _places(a: Words, b: Words) -> tuple[np.ndarray, np.ndarray]:
    """Where the same five words begin: a place in a and a place in b for each pair of places."""
    grams_a, grams_b = gram_hashes(a.hashes), gram_hashes(b.hashes)
    _, gram = np.unique(np.concatenate([grams_a, grams_b]), return_inverse=True)
    gram_a, gram_b = gram[: len(grams_a)], gram[len(grams_a) :]
    n_a, n_b = np.bincount(gram_a, minlength=len(gram)), np.bincount(gram_b, minlength=len(gram))
    order_a, order_b = np.argsort(gram_a, kind="stable"), np.argsort(gram_b, kind="stable")
    first_a, first_b = np.cumsum(n_a) - n_a, np.cumsum(n_b) - n_b
    both = np.flatnonzero((n_a > 0) & (n_b > 0))
    crowd = n_a[both] * n_b[both] > _CROWD
    places = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    for chosen, crossed in ((both[~crowd], True), (both[crowd], False)):
        n = n_a[chosen] * n_b[chosen] if crossed else np.minimum(n_a[chosen], n_b[chosen])
        number = np.repeat(np.arange(len(chosen)), n)
        step = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        step_a, step_b = (step // n_b[chosen][number], step % n_b[chosen][number]) if crossed else (step, step)
        places.append((order_a[first_a[chosen][number] + step_a], order_b[first_b[chosen][number] + step_b]))
    return np.concatenate([a for a, _ in places]), np.concatenate([b for _, b in places])


def _runs(a: np.ndarray, b: np.ndarray) -> list[tuple[int, int, int]]:
    """Places that follow each other in both texts, put together: first word in a, first word in b, number of words."""
    if not len(a):
        return []
    order = np.lexsort([a, b - a])
    a, b = a[order], b[order]
    new = (np.diff(b - a, prepend=0) != 0) | (np.diff(a, prepend=-2) != 1)
    new[0] = True
    starts = np.flatnonzero(new)
    lengths = np.diff(np.append(starts, len(a))) + SIZE - 1
    return list(zip(a[starts].tolist(), b[starts].tolist(), lengths.tolist(), strict=True))
