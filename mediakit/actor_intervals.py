"""Intervals for shares and rates of actors, with the article as the unit that was drawn."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .intervals import ALPHA, STEEPER, freedom, hall_arms, mid_p
from .uncertainty import MIN_ARTICLES

MIN_MEDIAN = 6  # with 5 values, the least and the largest hold the median in 93.75 % only


def ratio_interval(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """A 95 % interval for the ratio of two sums over articles, such as mentions of an actor per mention of anybody.

    Parameters
    ----------
    part, whole
        One number per article, 0 <= part <= whole. Articles whose `whole` is 0 say nothing and are left out.

    Returns
    -------
    Student's t on the logit of the ratio, with the jackknife variance over articles. The degrees of freedom are those
    of the variance, estimated from the kurtosis of what the articles contribute: few where it rests on few of them. The
    end away from the nearer of 0 and 1, where the long tail lies, has fewer than (Σ whole)² / Σ whole² of them, the
    more so the nearer the ratio is to 0 or 1, and is no nearer than Hall's transformation of the odds' pseudo-values
    puts it. Where the variance is below that of as many independent draws as `whole` has, it is that one, and the
    quantile that of the normal distribution. NaN below 5 articles, and where the ratio is 0 or 1.

    References
    ----------
    Cochran (1977), Sampling Techniques, ratio estimators; Korn and Graubard (1998), intervals for proportions of
    clustered data on the logit scale; Satterthwaite (1946), degrees of freedom of a variance; Hall (1992). How often
    they hold: docs/accuracy.md.
    """
    from scipy.special import ndtri, stdtrit  # the quantiles of scipy.stats.t, without its cost of a call

    told = whole > 0
    part, whole = part[told].astype(float), whole[told].astype(float)
    n, all_parts, all_wholes = len(whole), part.sum(), whole.sum()
    if n < MIN_ARTICLES or not 0 < all_parts < all_wholes:
        return np.nan, np.nan
    ratio = all_parts / all_wholes
    pseudo = n * ratio - (n - 1) * (all_parts - part) / (all_wholes - whole)
    seen, alone = pseudo.var(ddof=1) / n, ratio * (1 - ratio) / all_wholes
    degrees, effective = freedom(pseudo), all_wholes**2 / (whole**2).sum()
    # so many articles of one length tell as much; fewer make the end on the side of the long tail less sure
    near, far = stdtrit([degrees, max(min(degrees, effective - 1), 1)], 1 - ALPHA / 2)
    far = near + abs(1 - 2 * ratio) * (far - near)
    if alone >= seen:
        # articles that are all alike do not make a share certain: as if each mention were drawn on its own
        near = far = ndtri(1 - ALPHA / 2)
    below, above = (near, far) if ratio <= 0.5 else (far, near)
    logit, error = np.log(ratio / (1 - ratio)), np.sqrt(max(seen, alone)) / (ratio * (1 - ratio))
    low, high = 1 / (1 + np.exp(-(logit + np.array([-below, above]) * error)))
    if ratio <= 0.5:
        high = max(high, _tail(part, whole - part, far))
    else:
        low = min(low, 1 - _tail(whole - part, part, far))
    return float(low), float(high)


def _tail(part: np.ndarray, rest: np.ndarray, t: float) -> float:
    """The upper end of the share by Hall's transformation of its odds; 0 where one article alone has the rest."""
    n, odds, others = len(part), part.sum() / rest.sum(), rest.sum() - rest
    if others.min() <= 0:
        return 0.0
    pseudo = n * odds - (n - 1) * (part.sum() - part) / others
    if np.ptp(pseudo) <= 1e-12 * odds:
        return 0.0
    high = odds + hall_arms(pseudo, t, STEEPER)[1]
    return float(high / (1 + high))


def share_interval(n_hits: int, n: int) -> tuple[float, float]:
    """A 95 % interval for a share of articles (mid-P, Lancaster 1961); NaN below 5 articles."""
    return (np.nan, np.nan) if n < MIN_ARTICLES else mid_p(n_hits, n)


def median_interval(values: np.ndarray) -> tuple[float, float]:
    """A 95 % interval for a median, by the sign test; NaN below 6 values.

    Between the two values that hold it in just more and in just less than 95 %, so that it is not longer than it says
    (Hettmansperger and Sheather 1986, Confidence intervals based on interpolated order statistics).
    """
    n = len(values)
    if n < MIN_MEDIAN:
        return np.nan, np.nan
    ordered = np.sort(values)
    rank, share = _median_rank(n)
    low, high = ((1 - share) * ends[rank - 1] + share * ends[rank] for ends in (ordered, ordered[::-1]))
    return float(low), float(high)


@lru_cache(maxsize=4096)
def _median_rank(n: int) -> tuple[int, float]:
    """The largest rank that holds the median of n values in at least 95 %, and how far towards the next one to go."""
    from scipy.special import bdtr

    misses = 2 * bdtr(np.arange(n), n, 0.5)
    rank = int((misses <= ALPHA).sum())
    gap = (ALPHA - misses[rank - 1]) / (misses[rank] - misses[rank - 1])
    return rank, float((n - rank) * gap / (rank + (n - 2 * rank) * gap))


def few_articles(n: int, at_least: int = MIN_ARTICLES) -> str:
    """Why there is no interval, as `summaries` says it; "" where there are enough articles."""
    return "" if n >= at_least else f"{n} article{'' if n == 1 else 's'}; no interval below {at_least}"
