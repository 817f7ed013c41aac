"""How far raters agree beyond chance: Krippendorff's α and Cohen's κ, and intervals for statistics of units.

Raters may be people or engines. A unit is what was rated, such as a sentence. Nothing here knows frames of mediakit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .intervals import mean_interval
from .uncertainty import ALPHA, MIN_ARTICLES, MIN_SENTENCES

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["linear", "quadratic"]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
_FEW = 20  # clusters below which the quantiles of draws of them are too near each other
_BLOCK = 500  # values compared at once by the ratio metric: bounds its memory


class Agreement(NamedTuple):
    """A coefficient with its 95 % interval, what it is made of and what the interval cannot say."""

    value: float
    ci_low: float
    ci_high: float
    n_units: int
    n_clusters: int
    unit: str
    caveat: str


def krippendorff_alpha(table: ArrayLike | pd.DataFrame, level: Level) -> float:
    """Krippendorff's α of several raters, some of whose ratings may be missing.

    Parameters
    ----------
    table
        A row per rater and a column per unit. Missing ratings are NaN or None. Labels that are not numbers can be
        compared as nominal only.
    level
        What the ratings are: nominal, ordinal, interval or ratio (not negative).

    Returns
    -------
    From 1 (agreement) over 0 (chance) down to negative values (systematic disagreement). NaN when no unit was rated
    twice, or when all ratings are the same, of which chance cannot be told. By convention .80 is reliable and .667 the
    least for tentative conclusions.

    Raises
    ------
    ValueError
        There is no such level; the table is not two-dimensional; ratings that are not numbers at a level other than
        nominal, not finite, or negative at the level ratio.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; (2019), Content analysis, 4th edition.
    """
    ratings = _ratings(table, level)
    return ratings.alpha(np.ones(ratings.n_units))


def weighted_alpha(table: ArrayLike | pd.DataFrame, level: Level) -> Callable[[np.ndarray], float]:
    """`krippendorff_alpha` as a function of how much each unit (column) counts: weights of a sample, or of a draw."""
    ratings = _ratings(table, level)
    return lambda times: ratings.alpha(np.asarray(times, dtype=float)[ratings.kept])


def cohen_kappa(
    a: ArrayLike, b: ArrayLike, weights: Weights | None = None, *, order: Sequence[object] | None = None
) -> float:
    """Cohen's κ of two raters; units that either did not rate are left out.

    Parameters
    ----------
    a, b
        The ratings of the same units, in the same order.
    weights
        None counts every disagreement alike; "linear" and "quadratic" by how many places the two labels lie apart.
    order
        The labels from low to high, for `weights`. Default: sorted.

    Returns
    -------
    From 1 (agreement) over 0 (chance) down to negative values; NaN when both gave one and the same label throughout, or
    rated no unit in common.

    Raises
    ------
    ValueError
        `a` and `b` differ in length, there is no such weighting, or a label is not in `order`.

    References
    ----------
    Cohen (1960); (1968) for weights.
    """
    kappa, n_units, _ = _kappa(a, b, weights, order)
    return kappa(np.ones(n_units))


def alpha_interval(
    table: ArrayLike | pd.DataFrame,
    level: Level,
    *,
    clusters: ArrayLike | None = None,
    draws: int = 2_000,
    seed: int = 0,
) -> Agreement:
    """`krippendorff_alpha` with a 95 % bootstrap interval over units, or over clusters of units such as articles.

    Below twenty clusters each end is that of the bootstrap or of the jackknife, whichever is farther: five clusters
    have only 126 different draws.

    Parameters
    ----------
    table, level
        As in `krippendorff_alpha`.
    clusters
        For each unit the cluster it belongs to: sentences of one article are not independent draws.
    draws, seed
        As in `bootstrap_interval`.

    Raises
    ------
    ValueError
        As in `krippendorff_alpha`; `clusters` has another length than the units.

    References
    ----------
    Zapf et al. (2016), bootstrap of units for α; Hesterberg (2015) for the quantiles; Hall (1992), here for the
    jackknife's pseudo-values. How often they hold: docs/accuracy.md.
    """
    ratings = _ratings(table, level)
    groups = None if clusters is None else _as_clusters(clusters, ratings.n_given)[ratings.kept]
    return _with_interval(ratings.alpha, ratings.n_units, groups, draws, seed)


def kappa_interval(
    a: ArrayLike,
    b: ArrayLike,
    weights: Weights | None = None,
    *,
    order: Sequence[object] | None = None,
    clusters: ArrayLike | None = None,
    draws: int = 2_000,
    seed: int = 0,
) -> Agreement:
    """`cohen_kappa` with a 95 % bootstrap interval over units, or over clusters of units; see `alpha_interval`."""
    kappa, n_units, kept = _kappa(a, b, weights, order)
    groups = None if clusters is None else _as_clusters(clusters, len(kept))[kept]
    return _with_interval(kappa, n_units, groups, draws, seed)


def bootstrap_interval(
    statistic: Callable[[np.ndarray], np.ndarray | float],
    n_units: int,
    *,
    clusters: ArrayLike | None = None,
    draws: int = 2_000,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper ends of the 95 % bootstrap interval of one or several statistics of the same units.

    Parameters
    ----------
    statistic
        A function from how often each unit was drawn (`n_units` numbers) to a number or an array of numbers.
    n_units
        How many units there are.
    clusters
        For each unit its cluster; whole clusters are drawn then. Default: each unit by itself.
    draws, seed
        How many times to draw, and the seed of the draws.

    Returns
    -------
    Two arrays in the shape of the statistic. NaN below 5 clusters (or 10 units), and where more than a twentieth of the
    draws leave the statistic undefined. The quantiles are those of the expanded percentile interval, which is as wide
    as Student's t for few draws (Hesterberg 2015, What teachers should know about the bootstrap).

    Raises
    ------
    ValueError
        `clusters` has another length than `n_units`.
    """
    from scipy.stats import norm, t

    codes = np.arange(n_units) if clusters is None else _as_clusters(clusters, n_units)
    n = int(codes.max()) + 1 if n_units else 0
    one = np.asarray(statistic(np.ones(n_units)), dtype=float)
    if n < enough(clustered=clusters is not None):
        return np.full(one.shape, np.nan), np.full(one.shape, np.nan)
    rng = np.random.default_rng(seed)
    drawn = np.stack(
        [np.asarray(statistic(rng.multinomial(n, np.full(n, 1 / n))[codes]), dtype=float) for _ in range(draws)]
    )
    tail = norm.cdf(-np.sqrt(n / (n - 1)) * t.ppf(1 - ALPHA / 2, n - 1))
    unknown = np.isnan(drawn).mean(axis=0)
    known = np.where(unknown == 1, 0.0, drawn)
    low, high = np.nanquantile(known, [tail, 1 - tail], axis=0)
    unsure = unknown > 0.05
    return np.where(unsure, np.nan, low), np.where(unsure, np.nan, high)


def enough(*, clustered: bool) -> int:
    """Below how many draws no interval is given: articles (or other clusters), or units by themselves."""
    return MIN_ARTICLES if clustered else MIN_SENTENCES


def _with_interval(
    statistic: Callable[[np.ndarray], float], n_units: int, groups: np.ndarray | None, draws: int, seed: int
) -> Agreement:
    low, high = bootstrap_interval(statistic, n_units, clusters=groups, draws=draws, seed=seed)
    n_clusters = n_units if groups is None else len(np.unique(groups))
    unit, least = ("unit" if groups is None else "cluster"), enough(clustered=groups is not None)
    value, caveat = statistic(np.ones(n_units)), ""
    if groups is not None and n_clusters < _FEW and not np.isnan(low):
        jackknife = _jackknife_interval(statistic, groups, value)
        low, high = np.fmin(low, max(jackknife[0], -1.0)), np.fmax(high, min(jackknife[1], 1.0))
    if np.isnan(value):
        caveat = "no unit was rated twice" if not n_units else "all ratings are the same: chance cannot be told"
    elif n_clusters < least:
        caveat = f"{n_clusters} {unit}{'' if n_clusters == 1 else 's'}; no interval below {least}"
    elif np.isnan(low):
        caveat = "too little variation for an interval"
    return Agreement(value, float(low), float(high), n_units, n_clusters, unit, caveat)


def _jackknife_interval(
    statistic: Callable[[np.ndarray], float], groups: np.ndarray, value: float
) -> tuple[float, float]:
    """The interval of the mean of the pseudo-values, about the value; NaN where leaving one out leaves no value."""
    clusters = np.unique(groups)
    without = np.array([statistic((groups != cluster).astype(float)) for cluster in clusters])
    pseudo = len(clusters) * value - (len(clusters) - 1) * without
    low, high = mean_interval(pseudo)
    return low - pseudo.mean() + value, high - pseudo.mean() + value


class _Ratings(NamedTuple):
    """The ratings that can be paired with another of the same unit, one after the other."""

    level: str
    unit: np.ndarray  # for each rating its unit, from 0
    code: np.ndarray  # for each rating the place of its value in `values`
    values: np.ndarray  # the different values, sorted; places for labels
    per_unit: np.ndarray  # ratings of each unit
    within: np.ndarray  # what the raters of each unit differ in, where that hangs on the unit alone
    kept: np.ndarray  # which of the units that were given have two ratings
    n_given: int

    @property
    def n_units(self) -> int:
        return len(self.per_unit)

    def alpha(self, times: np.ndarray) -> float:
        """α when each unit counts so many times."""
        weight = times[self.unit]
        totals = np.bincount(self.code, weight, minlength=len(self.values))
        n = weight.sum()
        if np.count_nonzero(totals) < 2:
            return np.nan
        if self.level == "ratio":
            within, expected = self.within, _between(self.values, totals)
        elif self.level == "nominal":
            within, expected = self.within, n**2 - (totals**2).sum()
        else:
            # the ordinal metric is the interval metric of mid-ranks, and these hang on all ratings
            scale = np.cumsum(totals) - totals / 2 if self.level == "ordinal" else self.values
            within = _spread(scale[self.code], self.unit, self.per_unit)
            expected = 2 * n * (totals * (scale - totals @ scale / n) ** 2).sum()
        return float(1 - (n - 1) * (times @ within) / expected)


def _ratings(table: ArrayLike | pd.DataFrame, level: str) -> _Ratings:
    if level not in LEVELS:
        raise ValueError(f"There is no level {level!r}; there are {list(LEVELS)}.")
    given = np.array(table, dtype=object)  # an array of text would turn NaN into "nan"
    if given.ndim != 2:
        raise ValueError(
            f"The table of ratings has {given.ndim} dimensions; it needs a row per rater, a column a unit."
        )
    missing = np.asarray(pd.isna(given))
    n_ratings = (~missing).sum(axis=0)
    kept = n_ratings > 1
    known = ~missing & kept
    code, values = _coded(given.T[known.T], level)
    per_unit = n_ratings[kept]
    unit = np.repeat(np.arange(len(per_unit)), per_unit)
    within = np.zeros(len(per_unit))
    if level == "nominal":
        pairs = np.unique(np.stack([unit, code]), axis=1, return_counts=True)
        same = np.bincount(pairs[0][0], pairs[1] ** 2, minlength=len(per_unit)) if len(unit) else within
        within = (per_unit**2 - same) / (per_unit - 1)
    elif level == "ratio":
        full = np.full(given.T.shape, np.nan)
        full[known.T] = values[code]
        within = _ratio_within(full[kept]) / (per_unit - 1)
    return _Ratings(level, unit, code, values, per_unit, within, kept, len(n_ratings))


def _coded(ratings: np.ndarray, level: str) -> tuple[np.ndarray, np.ndarray]:
    """Places of the ratings among the different values, and these values."""
    if level == "nominal":
        code, values = pd.factorize(ratings)
        return code, np.arange(len(values), dtype=float)
    try:
        numbers = ratings.astype(float)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"Ratings of level {level} must be numbers; put labels in order as 0, 1, 2 … ({error})"
        ) from None
    if not np.isfinite(numbers).all():
        raise ValueError("Ratings must be finite numbers.")
    if level == "ratio" and (numbers < 0).any():
        raise ValueError("Ratings of level ratio cannot be negative; use level='interval'.")
    values, code = np.unique(numbers, return_inverse=True)
    return code, values


def _spread(x: np.ndarray, unit: np.ndarray, per_unit: np.ndarray) -> np.ndarray:
    """Sum of squared differences over the ordered pairs of each unit, divided by one less than its ratings."""
    mean = np.bincount(unit, x, minlength=len(per_unit)) / per_unit
    squares = np.bincount(unit, (x - mean[unit]) ** 2, minlength=len(per_unit))
    return 2 * per_unit * squares / (per_unit - 1)


def _ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    total = a + b
    return np.divide(a - b, total, out=np.zeros(np.broadcast(a, b).shape), where=total > 0) ** 2


def _ratio_within(ratings: np.ndarray) -> np.ndarray:
    """Sum of ratio differences over the ordered pairs of each row."""
    found = np.zeros(len(ratings))
    for first in range(ratings.shape[1]):
        for second in range(first):
            found += 2 * np.nan_to_num(_ratio(ratings[:, first], ratings[:, second]))
    return found


def _between(values: np.ndarray, totals: np.ndarray) -> float:
    """Sum of ratio differences over all ordered pairs of ratings."""
    return sum(
        totals[at : at + _BLOCK] @ _ratio(values[at : at + _BLOCK, None], values) @ totals
        for at in range(0, len(values), _BLOCK)
    )


def _kappa(
    a: ArrayLike, b: ArrayLike, weights: str | None, order: Sequence[object] | None
) -> tuple[Callable[[np.ndarray], float], int, np.ndarray]:
    """κ as a function of how often each unit counts, the number of units, and which were rated by both."""
    first, second = np.asarray(a, dtype=object), np.asarray(b, dtype=object)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"Both raters need one rating per unit; there are {first.shape} and {second.shape}.")
    if weights not in (None, "linear", "quadratic"):
        raise ValueError(f"There are no weights {weights!r}; there are None, 'linear' and 'quadratic'.")
    kept = ~(np.asarray(pd.isna(first)) | np.asarray(pd.isna(second)))
    both = [*first[kept], *second[kept]]
    places = {label: place for place, label in enumerate(sorted(set(both)) if order is None else order)}
    if unknown := [label for label in both if label not in places]:
        raise ValueError(f"The label {unknown[0]!r} is not in order={list(places)}.")
    code = np.array([places[label] for label in both], dtype=int).reshape(2, -1)
    k = len(places)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))).astype(float)
    cost = (apart > 0).astype(float) if weights is None else apart if weights == "linear" else apart**2

    def kappa(times: np.ndarray) -> float:
        counts = np.bincount(code[0] * k + code[1], times, minlength=k * k).reshape(k, k)
        expected = (cost * np.outer(counts.sum(axis=1), counts.sum(axis=0))).sum()
        return float(1 - counts.sum() * (cost * counts).sum() / expected) if expected > 0 else np.nan

    return kappa, int(kept.sum()), kept


def _as_clusters(clusters: ArrayLike, n_units: int) -> np.ndarray:
    """Clusters numbered from 0 on."""
    codes, _ = pd.factorize(np.asarray(clusters, dtype=object), use_na_sentinel=False)
    if len(codes) != n_units:
        raise ValueError(f"clusters has {len(codes)} entries for {n_units} units; it needs one for each unit.")
    return codes
