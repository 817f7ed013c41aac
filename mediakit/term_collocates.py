"""Which words stand together: collocates of a node, and phrases."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import build, require
from .term_kwic import kwic
from .terms import term_counts
from .text import Coded, code_tokens
from .text import stop_words as stop_word_list


def collocates(
    articles: pd.DataFrame,
    query: str,
    *,
    window: int | tuple[int, int] = 5,
    min_n: int = 3,
    stop_words: str | Iterable[str] | None = "english",
) -> pd.DataFrame:
    """Terms that stand near a word or phrase, and how strongly they are tied to it.

    Parameters
    ----------
    articles
        One row per article.
    query
        The node: a word, a phrase or a pattern with "*", as in `kwic`.
    window
        Tokens on each side, or (left, right); 0 leaves a side out. Windows end where the sentence does.
    min_n
        Leave out terms that stand near the node less often.
    stop_words
        Terms not listed: a language that `stop_words` knows, your own words, or None. They take up places in the
        window all the same.

    Returns
    -------
    One row per term near the node, highest log_dice first: node, term, n_near, n_left, n_right, n, n_node, n_articles,
    log_dice, mi, t, window. log_dice compares across corpora; mi is high for rare words, t for frequent ones.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `query` is empty, or a window is negative.

    References
    ----------
    Rychlý (2008), logDice; Church and Hanks (1990), MI; Church and others (1991), t. Expected counts are n_node · n / N
    without a factor for the window.
    """
    left, right = (window, window) if isinstance(window, int) else window
    if left < 0 or right < 0 or not (left or right):
        raise ValueError(f"window is {window!r}; give a number of tokens, or (left, right), of which one may be 0.")
    require(articles, "articles")
    hits = kwic(articles, query)
    coded = code_tokens(articles)
    first, last = _places(hits, coded)
    near, side = [], []
    for step in (*range(-left, 0), *range(1, right + 1)):
        at = first + step if step < 0 else last + step
        inside = (at >= 0) & (at < len(coded.term))
        at, node = at[inside], first[inside]
        same = (coded.article[at] == coded.article[node]) & (coded.sentence[at] == coded.sentence[node])
        near.append(at[same])
        side.append(np.full(same.sum(), step > 0))
    at, right_side = np.concatenate(near), np.concatenate(side)
    stop = stop_word_list(stop_words) if isinstance(stop_words, str) else frozenset(stop_words or ())
    table = pd.DataFrame({"term": coded.term[at], "right": right_side, "article": coded.article[at]})
    counts = table.groupby("term").agg(
        n_near=("term", "size"), n_right=("right", "sum"), n_articles=("article", "nunique")
    )
    counts = counts[counts["n_near"] >= min_n]
    n = np.bincount(coded.term, minlength=len(coded.terms))[counts.index.to_numpy(dtype="int64")]
    expected = len(hits) * n / max(len(coded.term), 1)
    frame = pd.DataFrame(
        {
            "node": query,
            "term": pd.array(coded.terms, dtype="str").take(counts.index.to_numpy(dtype="int64")),
            "n_near": counts["n_near"].to_numpy(),
            "n_left": (counts["n_near"] - counts["n_right"]).to_numpy(),
            "n_right": counts["n_right"].to_numpy(),
            "n": n,
            "n_node": len(hits),
            "n_articles": counts["n_articles"].to_numpy(),
            "log_dice": 14 + np.log2(2 * counts["n_near"].to_numpy() / (len(hits) + n)),
            "mi": np.log2(counts["n_near"].to_numpy() / expected),
            "t": (counts["n_near"].to_numpy() - expected) / np.sqrt(counts["n_near"].to_numpy()),
            "window": f"{left} left, {right} right",
        }
    )
    frame = frame[~frame["term"].isin(list(stop))]
    order = frame.sort_values(["log_dice", "term"], ascending=[False, True])
    return build("collocates", order.reset_index(drop=True))


def _places(hits: pd.DataFrame, coded: Coded) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last token of each hit."""
    article = {article_id: place for place, article_id in enumerate(coded.ids)}
    numbers = np.array([article[article_id] for article_id in hits["article_id"]], dtype=np.int64)
    # one scale for all articles: no text is longer than this
    length = int(coded.end.max()) + 1 if len(coded.end) else 1
    starts = coded.article.astype(np.int64) * length + coded.start
    first = np.searchsorted(starts, numbers * length + hits["start"].to_numpy())
    last = np.searchsorted(starts, numbers * length + hits["end"].to_numpy()) - 1
    return first, last


def phrases(
    articles: pd.DataFrame, *, longest: int = 4, min_n: int = 3, min_articles: int = 2, min_npmi: float = 0.2
) -> pd.DataFrame:
    """Phrases such as "peace agreement": words that stand together more often than by chance.

    Parameters
    ----------
    articles
        One row per article.
    longest
        Words of the longest phrase, from 2 on.
    min_n, min_articles
        Leave out phrases with fewer occurrences, or of fewer articles: the turn of one writer is no term.
    min_npmi
        Leave out those whose words are tied less; 0 is independence, 1 never one without the other.

    Returns
    -------
    One row per phrase within a sentence that neither begins nor ends with an English stop word, highest c_value first:
    term, n, n_articles, npmi, c_value.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `longest` is below 2.

    References
    ----------
    Bouma (2009), NPMI, of the two halves of a phrase at the cut where it is least; Frantzi, Ananiadou and Mima (2000),
    C-value = log2(words + 1) · (n − mean n of the longer phrases that hold it), the + 1 so that pairs count.
    """
    if longest < 2:
        raise ValueError(f"longest is {longest}; a phrase has 2 words or more.")
    every = term_counts(articles, n=range(1, longest + 1), stop_words=None)
    total = every.loc[~every["term"].str.contains(" "), "n"].sum()
    n = dict(zip(every["term"], every["n"].tolist(), strict=True))
    stop = stop_word_list("english")
    enough = every[(every["n"] >= min_n) & (every["n_articles"] >= min_articles)]
    rows = []
    for term, count, n_articles in zip(enough["term"], enough["n"], enough["n_articles"], strict=True):
        words = term.split(" ")
        if len(words) < 2 or words[0] in stop or words[-1] in stop:
            continue
        # 1,000 and the like are no words that go together
        if not all(any(map(str.isalpha, word)) for word in (words[0], words[-1])):
            continue
        npmi = min(_npmi(count, n[" ".join(words[:at])], n[" ".join(words[at:])], total) for at in range(1, len(words)))
        if npmi >= min_npmi:
            rows.append({"term": term, "n": count, "n_articles": n_articles, "npmi": npmi, "words": words})
    _add_c_value(rows)
    frame = pd.DataFrame(rows, columns=["term", "n", "n_articles", "npmi", "c_value"])
    return build("phrases", frame.sort_values(["c_value", "term"], ascending=[False, True]).reset_index(drop=True))


def _npmi(both: int, one: int, other: int, total: int) -> float:
    together = both / total
    return float(np.log(together * total * total / (one * other)) / -np.log(together)) if together < 1 else 1.0


def _add_c_value(rows: list[dict]) -> None:
    inside: dict[str, list[int]] = {}
    for row in rows:
        words = row["words"]
        for size in range(2, len(words)):
            for at in range(len(words) - size + 1):
                inside.setdefault(" ".join(words[at : at + size]), []).append(row["n"])
    for row in rows:
        longer = inside.get(row["term"], [])
        row["c_value"] = np.log2(len(row["words"]) + 1) * (row["n"] - (sum(longer) / len(longer) if longer else 0))
