"""95 % intervals of a mean and of the difference of two, for draws that are few, skewed or bounded.

Student's t is too short on the side where the long tail lies. Which formula stands in for it depends on what values a
measure can have; docs/statistics.md says why, docs/accuracy.md how often the intervals hold the truth.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

ALPHA = 0.05
ANY, POSITIVE, SHARE, YES_NO = "any number", "not negative", "share", "yes or no"
STEEPER = 5.0  # the longer arm goes by 1 + 5 / n times the skewness of n values, which falls short of that behind them
SIGNED = ("polarity", "tone", "flesch", "fk_grade")  # may be negative, even where those at hand are not


def scale_of(values: np.ndarray, name: str) -> str:
    """What values a measure can have, as far as those that were seen and its name tell.

    "any number" where one is negative, and for those in SIGNED; "yes or no" where all are 0 or 1; else "share" for a
    column whose name begins with "share", and "not negative" for the others.
    """
    if name in SIGNED or len(values) == 0 or values.min() < 0:
        return ANY
    if np.isin(values, (0, 1)).all() and values.any():
        return YES_NO
    return SHARE if name.startswith("share") and values.max() <= 1 else POSITIVE


def mean_interval(values: np.ndarray, scale: str = ANY) -> tuple[float, float]:
    """A 95 % interval for the mean of what the values were drawn from; NaN where all values are the same.

    Parameters
    ----------
    values
        At least three independent draws.
    scale
        "any number": Hall's transformation, which takes the skewness of Student's t away. "not negative": the lower end
        is Student's t on the scale of logarithms, so never below 0; the upper end the wider one of that and Hall's.
        "share": the same from the nearer of 0 and 1, and within both. "yes or no": the mid-P interval.

    Returns
    -------
    Both ends. The degrees of freedom of t are those of the variance, estimated from the kurtosis (`freedom`). Hall's
    longer arm is no shorter than with 1 + 5 / n times the skewness: that of few values is less than it is behind them.

    References
    ----------
    Hall (1992), On the removal of skewness by transformation; Lancaster (1961), mid-P; Satterthwaite (1946); Joanes and
    Gill (1998), the skewness of samples. The 5: docs/accuracy.md, "Claims".
    """
    below, above = _arms(values, scale, freedom(values), STEEPER)
    return float(values.mean() - below), float(values.mean() + above)


def difference_interval(a: np.ndarray, b: np.ndarray, scale: str = ANY) -> tuple[float, float]:
    """A 95 % interval for the difference of the means behind two samples, a less b; NaN where neither has spread.

    Each end is as far from the difference as the arms of both `mean_interval`, on the sides that matter, are long
    together: the root of the sum of their squares ("MOVER"). t has the degrees of freedom of Welch. Where samples are
    of one size, their skewness cancels out, and Hall's arms are as they are; the 5 of `mean_interval` comes in as their
    sizes differ. A sample of zeros alone, of a measure that cannot be negative, is zero for as many articles as the
    mid-P interval allows, and like the other sample's values that are not zero in the others; other samples without
    spread have no arms, and no interval.

    References
    ----------
    Zou and Donner (2008), construction of confidence limits about effect measures; Welch (1947); for "yes or no" this
    is the interval of Newcombe (1998) with mid-P for Wilson's.
    """
    parts = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    weights = parts[0] ** 2 / freedom(a) + parts[1] ** 2 / freedom(b)
    welch = sum(parts) ** 2 / weights if weights > 0 else np.inf
    steeper = STEEPER * abs(len(a) - len(b)) / (len(a) + len(b))
    (below_a, above_a), (below_b, above_b) = (
        _arms(own, scale, welch, steeper) if np.ptp(own) or scale == YES_NO else _arms_without_spread(own, other, scale)
        for own, other in ((a, b), (b, a))
    )
    difference = float(a.mean() - b.mean())
    return difference - float(np.hypot(below_a, above_b)), difference + float(np.hypot(above_a, below_b))


def clear_of_zero(value: np.ndarray, low: np.ndarray, high: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Which of many values can be told from 0 by their 95 % intervals, corrected for how many they are (Bonferroni).

    The arm towards 0 is made as much longer as Student's t with n − 1 degrees of freedom asks at the corrected level;
    an arm of another shape is so only nearly. False where there is no interval, or a single draw.
    """
    from scipy.special import stdtrit

    tested = np.isfinite(low) & np.isfinite(high) & (n > 1)
    degrees = np.maximum(n - 1, 1)
    corrected = ALPHA / max(int(tested.sum()), 1)
    longer = stdtrit(degrees, 1 - corrected / 2) / stdtrit(degrees, 1 - ALPHA / 2)
    return tested & (np.abs(value) > np.where(value > 0, value - low, high - value) * longer)


def freedom(values: np.ndarray) -> float:
    """Degrees of freedom of the variance of a sample: few where it rests on few of the values.

    Squares of normal values have (sum)² / (sum of squares) = n / 3, hence the 3 (Satterthwaite 1946).
    """
    squares = (values - values.mean()) ** 2
    fourth = (squares**2).sum()
    return float(min(len(values) - 1, max(3 * squares.sum() ** 2 / fourth - 1, 1))) if fourth > 0 else len(values) - 1.0


def hall_arms(values: np.ndarray, t: float, steeper: float = 0.0) -> tuple[float, float]:
    """How far the ends are from the mean by Hall's transformation of Student's t, whose quantile is `t`.

    With `steeper`, neither is shorter than with 1 + steeper / n times the skewness.
    """
    n, centred = len(values), values - values.mean()
    error = values.std(ddof=1) / np.sqrt(n)
    skew = np.sqrt(n) / ((n - 1) * (n - 2)) * (centred**3).sum() / (error * np.sqrt(n)) ** 3
    if abs(skew) < 1e-6:
        return t * error, t * error
    skews = np.array([skew, skew * (1 + steeper / n)])
    below = 3 / skews * (np.cbrt(1 + skews * (t - skews / 6)) - 1)
    above = -3 / skews * (np.cbrt(1 + skews * (-t - skews / 6)) - 1)
    return float(below.max() * error), float(above.max() * error)


def mid_p(n_hits: int, n: int) -> tuple[float, float]:
    """The mid-P interval of a share: the shares of which so many hits or more, and so few or less, have 2.5 % or more.

    The hits at hand count half. Of samples below twenty, Wilson's interval holds small shares in as few as 84 of 100.

    References
    ----------
    Lancaster (1961), Significance tests in discrete distributions; Vollset (1993), Confidence intervals for a binomial
    proportion.
    """
    return _mid_p_low(n_hits, n), 1 - _mid_p_low(n - n_hits, n)


@lru_cache(maxsize=4096)
def _mid_p_low(n_hits: int, n: int) -> float:
    from scipy.special import bdtrc

    low, high = 0.0, n_hits / n
    for _ in range(60 if n_hits else 0):
        middle = (low + high) / 2
        if bdtrc(n_hits - 1, n, middle) + bdtrc(n_hits, n, middle) < ALPHA:
            low = middle
        else:
            high = middle
    return low


def _arms(values: np.ndarray, scale: str, degrees: float, steeper: float) -> tuple[float, float]:
    """How far the lower and the upper end are from the mean."""
    from scipy.special import stdtrit  # the quantiles of scipy.stats.t, without its cost of a call

    mean = values.mean()
    if scale == YES_NO and np.isin(values, (0, 1)).all():
        low, high = mid_p(int(values.sum()), len(values))
        return mean - low, high - mean
    if np.ptp(values) <= 1e-12 * abs(mean):
        return np.nan, np.nan
    t = stdtrit(max(degrees, 1), 1 - ALPHA / 2) if np.isfinite(degrees) else np.nan
    if scale == ANY:
        return hall_arms(values, t, steeper)
    if scale in (SHARE, YES_NO):
        if mean > 0.5:
            above, below = _arms_above_zero(1 - values, t, steeper)
        else:
            below, above = _arms_above_zero(values, t, steeper)
        # the far end too stays within 0 and 1
        return _within(below, mean, values, t), _within(above, 1 - mean, values, t)
    return _arms_above_zero(values, t, steeper)


def _arms_without_spread(values: np.ndarray, other: np.ndarray, scale: str) -> tuple[float, float]:
    if scale == SHARE and values[0] == 1:
        above, below = _arms_without_spread(1 - values, 1 - other, scale)
        return below, above
    if scale == ANY or values[0] != 0 or not other.any():
        return np.nan, np.nan
    return 0.0, mid_p(0, len(values))[1] * float(other[other > 0].mean())


def _arms_above_zero(values: np.ndarray, t: float, steeper: float) -> tuple[float, float]:
    mean, step = values.mean(), _step(values, values.mean(), t)
    return mean * -np.expm1(-step), max(mean * np.expm1(step), hall_arms(values, t, steeper)[1])


def _within(arm: float, room: float, values: np.ndarray, t: float) -> float:
    return arm if arm < room else room * -np.expm1(-_step(values, room, t))


def _step(values: np.ndarray, mean: float, t: float) -> float:
    """The arm of the logarithm of a mean; no longer than 50, where exp is as good as endless."""
    return float(min(t * values.std(ddof=1) / np.sqrt(len(values)) / mean, 50.0))
