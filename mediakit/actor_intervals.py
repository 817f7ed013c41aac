"""Intervals for shares and rates of actors, with the article as the unit that was drawn."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .uncertainty import ALPHA, MIN_ARTICLES

MIN_MEDIAN = 6  # with 5 values, the least and the largest hold the median in 93.75 % only


def ratio_interval(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """A 95 % interval for the ratio of two sums over articles, such as mentions of an actor per mention of anybody.

    Parameters
    ----------
    part, whole
        One number per article, 0 <= part <= whole. Articles whose `whole` is 0 say nothing and are left out.

    Returns
    -------
    Student's t on the logit of the ratio, with the jackknife variance over articles, no less than that of as many
    independent draws as `whole` has. The degrees of freedom are those of the variance, estimated from the kurtosis of
    what the articles contribute: few where it rests on few of them. NaN below 5 articles, and where the ratio is 0
    or 1.

    References
    ----------
    Cochran (1977), Sampling Techniques, ratio estimators; Korn and Graubard (1998), intervals for proportions of
    clustered data on the logit scale; Satterthwaite (1946), degrees of freedom of a variance. How often they hold:
    docs/accuracy.md.
    """
    from scipy.special import stdtrit  # the quantiles of scipy.stats.t, without its cost of a call

    told = whole > 0
    part, whole = part[told].astype(float), whole[told].astype(float)
    n, all_parts, all_wholes = len(whole), part.sum(), whole.sum()
    if n < MIN_ARTICLES or not 0 < all_parts < all_wholes:
        return np.nan, np.nan
    ratio = all_parts / all_wholes
    without = (all_parts - part) / (all_wholes - whole)
    squares = (without - without.mean()) ** 2
    # as if each mention were drawn on its own: articles that are all alike do not make a share certain
    variance = max((n - 1) / n * squares.sum(), ratio * (1 - ratio) / all_wholes)
    # squares of normal values have (sum)² / (sum of squares) = n / 3, hence the 3
    weights = (squares**2).sum()
    freedom = min(n - 1, max(3 * squares.sum() ** 2 / weights - 1, 1)) if weights > 0 else n - 1
    half = stdtrit(freedom, 1 - ALPHA / 2) * np.sqrt(variance) / (ratio * (1 - ratio))
    low, high = np.log(ratio / (1 - ratio)) + np.array([-half, half])
    return float(1 / (1 + np.exp(-low))), float(1 / (1 + np.exp(-high)))


def share_interval(n_hits: int, n: int) -> tuple[float, float]:
    """A 95 % interval for a share of articles (Wilson 1927); NaN below 5 articles."""
    from scipy.special import ndtri

    if n < MIN_ARTICLES:
        return np.nan, np.nan
    z = ndtri(1 - ALPHA / 2)
    share = n_hits / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # at the ends the bound is the share itself, which rounding may miss
    return (0.0 if n_hits == 0 else float(middle - half)), (1.0 if n_hits == n else float(middle + half))


def median_interval(values: np.ndarray) -> tuple[float, float]:
    """A 95 % interval for a median: two of the values, by the sign test; NaN below 6 values."""
    n = len(values)
    if n < MIN_MEDIAN:
        return np.nan, np.nan
    ordered, rank = np.sort(values), _median_rank(n)
    return float(ordered[rank - 1]), float(ordered[n - rank])


@lru_cache(maxsize=4096)
def _median_rank(n: int) -> int:
    """The largest rank of n values below which the median lies in at most half of 5 % of the cases."""
    from scipy.special import bdtr

    return int((bdtr(np.arange(n), n, 0.5) <= ALPHA / 2).sum())


def few_articles(n: int, at_least: int = MIN_ARTICLES) -> str:
    """Why there is no interval, as `summaries` says it; "" where there are enough articles."""
    return "" if n >= at_least else f"{n} article{'' if n == 1 else 's'}; no interval below {at_least}"
