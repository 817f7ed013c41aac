"""Dispersion: how evenly a term is spread over the parts of a corpus."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .frames import FrameError, build, labels, require
from .text import Coded, code_tokens

_BREAK = re.compile("\n")


def dispersion(articles: pd.DataFrame, *, parts: str = "article", min_n: int = 5) -> pd.DataFrame:
    """How evenly each term is spread: a term of one part alone is no habit of the corpus.

    Parameters
    ----------
    articles
        One row per article.
    parts
        What a part is: "article", "paragraph", or a column of `articles` such as "source". Five articles are few parts:
        take paragraphs, and say so.
    min_n
        Leave out rarer terms: what stands twice cannot be spread evenly over ten parts.

    Returns
    -------
    One row per term, most frequent first: term, n, parts (what a part is), n_parts (parts with tokens), range (parts
    that have the term), dp (deviation of proportions, 0 evenly spread, towards 1 uneven), dp_norm (dp over the most it
    can be), juilland_d (1 even, 0 in one part).

    Raises
    ------
    FrameError
        A column is missing.

    References
    ----------
    Gries (2008), DP = ½ Σ |v/f − s| over the parts, v of the f occurrences in a part with a share s of all tokens;
    Lijffijt and Gries (2012), DPnorm = DP / (1 − min s); Juilland and others (1970), D = 1 − V / √(k − 1), V the
    coefficient of variation (population form) of the relative frequencies in k parts. NaN where there is one part.
    """
    require(articles, "articles", "article_id", "title", "text")
    coded = code_tokens(articles)
    part = _parts(articles, coded, parts)
    sizes = np.bincount(part, minlength=1)
    part = (np.cumsum(sizes > 0) - 1)[part] if len(part) else part  # parts without tokens are none
    sizes = sizes[sizes > 0]
    share, k = sizes / max(sizes.sum(), 1), len(sizes)
    cell, count = np.unique(coded.term.astype(np.int64) * max(k, 1) + part, return_counts=True)
    term, where = np.divmod(cell, max(k, 1))
    first = np.flatnonzero(np.diff(term, prepend=-1))
    n = _summed(count, first)
    deviation = np.abs(count / np.repeat(n, np.diff(first, append=len(term))) - share[where])
    # parts without the term deviate by their whole share
    dp = (_summed(deviation, first) + 1 - _summed(share[where], first)) / 2
    rate = count / sizes[where]
    mean = _summed(rate, first) / max(k, 1)
    within = np.diff(first, append=len(term))
    squares = _summed((rate - np.repeat(mean, within)) ** 2, first) + (k - within) * mean**2
    variance = squares / max(k, 1)
    several = k > 1
    frame = pd.DataFrame(
        {
            "term": pd.array(coded.terms, dtype="str").take(term[first]),
            "n": n.astype("int64"),
            "parts": parts,
            "n_parts": k,
            "range": within,
            "dp": dp if several else np.nan,
            "dp_norm": dp / (1 - share.min()) if several else np.nan,
            "juilland_d": 1 - np.sqrt(variance) / mean / np.sqrt(k - 1) if several else np.nan,
        }
    )
    frame = frame[frame["n"] >= min_n].sort_values(["n", "term"], ascending=[False, True])
    return build("dispersion", frame.reset_index(drop=True))


def _summed(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    return np.add.reduceat(values, first) if len(first) else np.empty(0)


def _parts(articles: pd.DataFrame, coded: Coded, parts: str) -> np.ndarray:
    """The number of each token's part."""
    if parts == "article":
        return coded.article
    if parts == "paragraph":
        breaks = [np.array([found.start() for found in _BREAK.finditer(text)]) for text in articles["text"].fillna("")]
        before = np.concatenate([[0], np.cumsum([len(found) + 1 for found in breaks])])
        bounds = np.append(coded.first, len(coded.article))
        within = [
            np.searchsorted(found, coded.start[low:high])
            for found, low, high in zip(breaks, bounds[:-1], bounds[1:], strict=True)
        ]
        return before[coded.article] + np.concatenate(within) if within else coded.article
    if parts not in articles:
        raise FrameError(f"articles: no column {parts!r}; parts takes 'article', 'paragraph' or one of its columns.")
    numbers, _ = pd.factorize(labels(articles[parts]))
    return numbers[coded.article]
