"""Keyness: which terms set one group apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .frames import build, require
from .terms import require_group
from .uncertainty import ALPHA, benjamini_hochberg


def keyness(counts: pd.DataFrame, *, target: str | None = None, by: str = "source", min_n: int = 3) -> pd.DataFrame:
    """Terms that set one group apart from all the others together.

    Parameters
    ----------
    counts
        One row per (`by`, term), made by `term_counts(articles, by=by)`, rare terms included: they are the reference of
        other groups. Corpus sizes are all tokens, stop words included.
    target
        One value of `by`, or None for every value in turn.
    by
        The grouping column.
    min_n
        Leave out terms with fewer occurrences in target and reference together.

    Returns
    -------
    One row per (target, term), highest g2 first within a target: n_target, n_reference, g2 (signed; > 0 is over-used in
    the target), log_ratio (base 2, 0.5 in place of 0), ci_low and ci_high (95 % of log_ratio, Wald), p_adjusted
    (Benjamini–Hochberg over all rows), n_articles and n_articles_reference (of the target and of the others that
    have the term). No rows when there are fewer than two groups.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `target` is not in `by`, or is its only value.

    References
    ----------
    Dunning (1993), log-likelihood of the 2×2 table, four cells; Hardie (2014), log ratio. The p-value treats words as
    independent draws, which they are not: one article that repeats a word makes it "key". Read n_articles.
    """
    require(counts, "term_counts")
    require_group(counts, by)
    groups = sorted(counts[by].unique())
    if target is not None and target not in groups:
        raise ValueError(f"target {target!r} is not a value of {by!r}; there are {groups}.")
    if len(groups) < 2:
        if target is not None:
            raise ValueError(f"target {target!r} is the only value of {by!r}: there is nothing to compare it with.")
        return build("keyness", [])
    n = counts.pivot(index="term", columns=by, values="n").fillna(0)
    n_articles = counts.pivot(index="term", columns=by, values="n_articles").fillna(0)
    sizes = (1000 * counts["n"] / counts["per_1000"]).groupby(counts[by]).max().round()
    total, whole = n.sum(axis=1), sizes.sum()
    parts = []
    for name in [target] if target is not None else groups:
        part = _keyness_of(n[name], total - n[name], sizes[name], whole - sizes[name])
        part.insert(0, "target", name)
        part["n_articles"] = n_articles[name].astype("int64")
        part["n_articles_reference"] = (n_articles.sum(axis=1) - n_articles[name]).astype("int64")
        parts.append(part[(total >= min_n).to_numpy()])
    result = pd.concat(parts).reset_index()
    result["p_adjusted"] = benjamini_hochberg(result.pop("p").to_numpy())
    order = result.sort_values(["target", "g2", "term"], ascending=[True, False, True])
    return build("keyness", order.reset_index(drop=True))


def _keyness_of(a: pd.Series, b: pd.Series, size_a: float, size_b: float) -> pd.DataFrame:
    """The statistics for counts `a` of `size_a` tokens against `b` of `size_b`."""
    from scipy.special import chdtrc, ndtri, xlogy

    share = (a + b) / (size_a + size_b)
    observed = (a, b, size_a - a, size_b - b)
    expected = (size_a * share, size_b * share, size_a * (1 - share), size_b * (1 - share))
    # o ln(o/e) as two terms, so that a cell with o = e = 0 (a corpus of one term) adds nothing
    g2 = sum(2 * (xlogy(o, o) - xlogy(o, e)) for o, e in zip(observed, expected, strict=True)).clip(lower=0)
    a5, b5 = a.where(a > 0, 0.5), b.where(b > 0, 0.5)
    log_ratio = np.log2((a5 / size_a) / (b5 / size_b))
    error = np.sqrt(1 / a5 - 1 / size_a + 1 / b5 - 1 / size_b) / np.log(2)
    half = ndtri(1 - ALPHA / 2) * error
    return pd.DataFrame(
        {
            "n_target": a.astype("int64"),
            "n_reference": b.astype("int64"),
            "g2": np.where(a / size_a >= b / size_b, g2, -g2),
            "log_ratio": log_ratio,
            "ci_low": log_ratio - half,
            "ci_high": log_ratio + half,
            "p": chdtrc(1, g2),
        }
    )
