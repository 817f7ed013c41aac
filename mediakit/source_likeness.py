"""Measures of how alike the words of groups of articles are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .text import code_tokens, stop_words
from .uncertainty import ALPHA, MIN_ARTICLES

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def term_matrix(articles: pd.DataFrame) -> csr_array:
    """How often each article (row) has each term (column), English stop words left out."""
    from scipy.sparse import coo_array

    coded, stop = code_tokens(articles), stop_words()
    wanted = ~np.array([term in stop for term in coded.terms], dtype=bool)[coded.term]
    article, term = coded.article[wanted], coded.term[wanted]
    return coo_array((np.ones(len(term)), (article, term)), shape=(len(articles), len(coded.terms))).tocsr()


def group_matrix(group_of: np.ndarray, n_groups: int) -> csr_array:
    """One row per group with 1 for each of its articles: times a matrix of articles, it adds them up by group."""
    from scipy.sparse import coo_array

    shape = (n_groups, len(group_of))
    return coo_array((np.ones(len(group_of)), (group_of, np.arange(len(group_of)))), shape=shape).tocsr()


def tf_idf_cosines(counts: csr_array) -> np.ndarray:
    """Cosines of the tf-idf vectors of all rows, as `terms.tf_idf` weighs them; NaN where a row has no words."""
    has_words = np.diff(counts.indptr) > 0
    weighted = counts.copy()
    weighted.data *= _idf(counts, int(has_words.sum()))[counts.indices]
    length = np.sqrt(weighted.multiply(weighted).sum(axis=1))
    weighted.data /= np.repeat(length, np.diff(counts.indptr))
    cosines = (weighted @ weighted.T).toarray().clip(max=1.0)
    cosines[~has_words] = cosines[:, ~has_words] = np.nan
    return cosines


def _idf(counts: csr_array, n: int) -> np.ndarray:
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.log((1 + n) / (1 + df)) + 1


def jensen_shannon(counts: csr_array, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Jensen–Shannon distance (base 2, 0 to 1) of the term distributions of pairs of rows; NaN without words.

    A term that one of the two lacks gives half its probability to the divergence, so that only common terms need a
    look: divergence = 1 + ½ Σ over common terms of p · log2(p / (p + q)) + q · log2(q / (p + q)).

    References
    ----------
    Lin (1991), Divergence measures based on the Shannon entropy; Endres and Schindelin (2003): its root is a metric.
    """
    counts.sort_indices()
    ends = counts.indptr
    rows = [(counts.indices[low:high], counts.data[low:high]) for low, high in pairwise(ends)]
    found = np.full(len(pairs), np.nan)
    for number, (a, b) in enumerate(pairs):
        (terms_a, n_a), (terms_b, n_b) = rows[a], rows[b]
        if not len(terms_a) or not len(terms_b):
            continue
        _, at_a, at_b = np.intersect1d(terms_a, terms_b, assume_unique=True, return_indices=True)
        p, q = n_a[at_a] / n_a.sum(), n_b[at_b] / n_b.sum()
        divergence = 1 + (p * np.log2(p / (p + q)) + q * np.log2(q / (p + q))).sum() / 2
        # the root makes a rounding error of 1e-16 one of 1e-8
        found[number] = np.sqrt(divergence) if divergence > 1e-14 else 0.0
    return found


def corrected_cosines(
    counts: csr_array, group_of: np.ndarray, n_groups: int, pairs: Sequence[tuple[int, int]]
) -> list[dict[str, object]]:
    """Cosine of the mean tf-idf vectors of pairs of groups, no article compared with itself, with intervals.

    `counts` has a row per article. Each article is its relative frequencies times idf (over articles), x. Between two
    groups, x · y is averaged over all pairs of an article of each; within a group over all pairs of two articles; the
    cosine is the first over the geometric mean of the two others. The mean of x · y does not depend on how many
    articles there are nor, words drawn independently, on how long they are: the usual cosine counts the chance
    agreement of a text with itself as likeness, which long texts have less of.

    The interval is Student's t on the logarithm with the jackknife variance over articles and Welch's degrees of
    freedom. The bootstrap is not used: an article drawn twice makes no pair with itself, so that draws of few articles
    can be undefined, and near 1, where the statistic is degenerate, percentiles are too wide (docs/accuracy.md).
    """
    words = counts.sum(axis=1)
    told = words > 0
    x, group_of = counts[told], group_of[told]
    x.data *= (_idf(x, x.shape[0])[x.indices]) / np.repeat(words[told], np.diff(x.indptr))
    sums = group_matrix(group_of, n_groups) @ x
    # times the sum of each group; a term of one article only meets itself and drops out
    products = (x @ sums.T).toarray()
    itself = x.multiply(x).sum(axis=1)
    members = [np.flatnonzero(group_of == group) for group in range(n_groups)]
    return [_corrected(a, b, products, itself, members) for a, b in pairs]


def _corrected(
    a: int, b: int, products: np.ndarray, itself: np.ndarray, members: list[np.ndarray]
) -> dict[str, object]:
    n_a, n_b = len(members[a]), len(members[b])
    row: dict[str, object] = {"n_a": n_a, "n_b": n_b, "cosine_corrected": np.nan, "ci_low": np.nan, "ci_high": np.nan}
    fewest = min(n_a, n_b)
    if fewest < 2:
        return row | {"caveat": f"{n_a} and {n_b} articles with words: a corrected cosine takes 2 on each side"}
    cross_a, cross_b = products[members[a], b] / n_b, products[members[b], a] / n_a
    inner_a, inner_b = (
        (products[members[group], group] - itself[members[group]]) / (len(members[group]) - 1) for group in (a, b)
    )
    between, within_a, within_b = cross_a.mean(), inner_a.mean(), inner_b.mean()
    if min(within_a, within_b) <= 1e-15:
        return row | {"caveat": "the articles of one source have no words in common: nothing to correct by"}
    cosine = float(between / np.sqrt(within_a * within_b))
    row["cosine_corrected"] = cosine
    if fewest < MIN_ARTICLES:
        return row | {"caveat": f"{n_a} and {n_b} articles; no interval below {MIN_ARTICLES} on each side"}
    low, high = _interval(cosine, _without(between, cross_a, inner_a), _without(between, cross_b, inner_b))
    caveat = "" if np.isfinite(low) else "all that the two share is in one article of a side, or nothing: no interval"
    return row | {"ci_low": low, "ci_high": high, "caveat": caveat}


def _without(between: float, cross: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Logarithm of the cosine without each article of one side; what the other side is made of is the same in all."""
    n = len(cross)
    left_between = (between * n - cross) / (n - 1)
    left_within = (inner.mean() * n - 2 * inner) / (n - 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(left_between) - np.log(left_within) / 2


def _interval(cosine: float, left_a: np.ndarray, left_b: np.ndarray) -> tuple[float, float]:
    from scipy.special import stdtrit

    if cosine <= 0 or not (np.isfinite(left_a).all() and np.isfinite(left_b).all()):
        return np.nan, np.nan
    n_a, n_b = len(left_a), len(left_b)
    var_a, var_b = (n_a - 1) * left_a.var(), (n_b - 1) * left_b.var()
    if var_a + var_b == 0:
        return cosine, cosine
    freedom = (var_a + var_b) ** 2 / (var_a**2 / (n_a - 1) + var_b**2 / (n_b - 1))
    half = stdtrit(freedom, 1 - ALPHA / 2) * np.sqrt(var_a + var_b)
    return float(cosine * np.exp(-half)), float(cosine * np.exp(half))
