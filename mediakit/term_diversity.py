"""Lexical diversity of each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from .frames import build, require
from .text import code_tokens

_MTLD_BOUND, _MTLD_LEAST = 0.72, 50
_HDD_DRAWS = 42


def lexical_diversity(articles: pd.DataFrame, *, window: int = 100) -> pd.DataFrame:
    """How varied the words of each article are.

    Parameters
    ----------
    articles
        One row per article.
    window
        Tokens in a window of mattr.

    Returns
    -------
    One row per article, in the order of `articles`: article_id, n_tokens, n_types, ttr, mattr, mtld, hdd; NaN where the
    text is too short. Tokens are those of `tokens`, stop words included, a term is a type: other tokenisations give
    other values. `summaries(…, value="mtld", by="source", articles=articles)` gives intervals by article.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `window` is below 1.

    References
    ----------
    Covington and McFall (2010), MATTR; McCarthy and Jarvis (2010), MTLD (bound .72, mean of both directions, the last
    run counted in part) and HD-D (42 draws).
    """
    require(articles, "articles", "article_id", "title", "text")
    if window < 1:
        raise ValueError(f"window is {window}; it takes 1 token or more.")
    coded = code_tokens(articles)
    bounds = np.append(coded.first, len(coded.term))
    records = []
    for article_id, low, high in zip(coded.ids, bounds[:-1], bounds[1:], strict=True):
        terms = coded.term[low:high].tolist()
        counts = Counter(terms)
        records.append(
            {
                "article_id": article_id,
                "n_tokens": len(terms),
                "n_types": len(counts),
                "ttr": len(counts) / len(terms) if terms else np.nan,
                "mattr": _mattr(terms, window),
                "mtld": (_mtld(terms) + _mtld(terms[::-1])) / 2 if len(terms) >= _MTLD_LEAST else np.nan,
                "hdd": _hdd(list(counts.values()), len(terms)),
            }
        )
    return build("lexical_diversity", records)


def _mattr(terms: Sequence[int], window: int) -> float:
    """Mean type-token ratio of all runs of `window` tokens, types counted as the window moves on."""
    if len(terms) < window:
        return np.nan
    inside = Counter(terms[:window])
    total = len(inside)
    for leaving, coming in zip(terms, terms[window:], strict=False):
        inside[leaving] -= 1
        if not inside[leaving]:
            del inside[leaving]
        inside[coming] += 1
        total += len(inside)
    return total / window / (len(terms) - window + 1)


def _mtld(terms: Sequence[int]) -> float:
    """Mean length of the runs that keep a type-token ratio above the bound, in one direction."""
    factors, types, length = 0.0, set(), 0
    for term in terms:
        types.add(term)
        length += 1
        if len(types) / length <= _MTLD_BOUND:
            factors, types, length = factors + 1, set(), 0
    if length:
        factors += (1 - len(types) / length) / (1 - _MTLD_BOUND)
    return len(terms) / factors if factors else np.nan


def _hdd(counts: Sequence[int], n: int) -> float:
    """Expected types among 42 tokens drawn without replacement, over 42."""
    from scipy.special import gammaln

    if n < _HDD_DRAWS:
        return np.nan
    left = n - np.array(counts)
    possible = left >= _HDD_DRAWS
    without = np.zeros(len(counts))
    # ln of C(n - f, 42) / C(n, 42)
    without[possible] = np.exp(
        gammaln(left[possible] + 1)
        - gammaln(left[possible] - _HDD_DRAWS + 1)
        - gammaln(n + 1)
        + gammaln(n - _HDD_DRAWS + 1)
    )
    return float((1 - without).sum() / _HDD_DRAWS)
