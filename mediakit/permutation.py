"""Permutation tests: how often labels dealt out by lot make groups as different as the real ones are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np

DRAWS = 9_999
ENOUGH = 200  # hits: p is then known to within 7 %, and the rest of the draws would not change a verdict
_CELLS = 1_000_000  # of one batch of splits, which bounds its memory


def permutation_p(
    a: np.ndarray, b: np.ndarray, *, seed: int = 0, draws: int = DRAWS, ratio: bool = False, enough: int = ENOUGH
) -> float:
    """The two-sided p of one pair of samples; see `permutation_ps`."""
    return permutation_ps([(a, b)], seed=seed, draws=draws, ratio=ratio, enough=enough)[0]


def permutation_ps(
    pairs: Sequence[tuple[np.ndarray, np.ndarray]],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    ratio: bool = False,
    enough: int = ENOUGH,
) -> list[float]:
    """Two-sided p-values of pairs of samples under exchange of labels.

    Parameters
    ----------
    pairs
        Two samples each, of two values or more. Pairs of the same sizes are tested with the same splits.
    seed
        For the splits. A p-value depends on the seed and the two samples, not on the other pairs.
    draws
        Every split is gone through where there are at most so many, else so many random ones.
    ratio
        Values that cannot be negative: compare the logarithms of the means over their standard error, each mean taken
        with one more value, that of all, so that a sample of zeros has a logarithm too. Otherwise Welch's t.
    enough
        Stop the random splits once so many were as extreme as the observed one.

    Returns
    -------
    One p each. Studentising keeps the level also where the samples have different variances (Janssen 1997). Random
    splits count the observed one too, so that p is never 0 (Phipson and Smyth 2010); where they are stopped, p is
    `enough` over the number drawn (Besag and Clifford 1991).

    References
    ----------
    Janssen (1997); Phipson and Smyth (2010); Besag and Clifford (1991), sequential Monte Carlo p-values.
    """
    classes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (a, b) in enumerate(pairs):
        classes[min(len(a), len(b)), max(len(a), len(b))].append(place)
    found = [np.nan] * len(pairs)
    for (n_a, n_b), places in classes.items():
        pooled = [np.concatenate(sorted(pairs[place], key=len)) for place in places]
        columns = np.column_stack(pooled).astype(float)
        for place, p in zip(places, _ps(columns, n_a, n_b, seed, draws, ratio, enough), strict=True):
            found[place] = float(p)
    return found


def _ps(values: np.ndarray, n_a: int, n_b: int, seed: int, draws: int, ratio: bool, enough: int) -> np.ndarray:
    """p of each column, whose first `n_a` values are one sample and the others the other one."""
    test = _Statistic(values, n_a, ratio)
    own = np.zeros((1, n_a + n_b))
    own[0, :n_a] = 1
    # the same split drawn again may differ from the observed one by rounding
    observed = test.of(own, np.arange(values.shape[1]))[0] * (1 - 1e-9) - 1e-12
    if comb(n_a + n_b, n_a) <= draws:
        return (test.of(_every_split(n_a, n_b), np.arange(values.shape[1])) >= observed).mean(axis=0)
    p, hits, done = np.full(values.shape[1], np.nan), np.zeros(values.shape[1], dtype=int), 0
    for splits in _random_splits(n_a, n_b, seed, draws):
        open_ = np.flatnonzero(np.isnan(p))
        counts = hits[open_] + (test.of(splits, open_) >= observed[open_]).cumsum(axis=0)
        hits[open_] = counts[-1]
        full = counts[-1] >= enough
        p[open_[full]] = enough / (done + 1 + (counts[:, full] >= enough).argmax(axis=0))
        done += len(splits)
        if not np.isnan(p).any():
            break
    return np.where(np.isnan(p), (hits + 1) / (draws + 1), p)


@lru_cache(maxsize=32)
def _every_split(n_a: int, n_b: int) -> np.ndarray:
    chosen = np.array(list(combinations(range(n_a + n_b), n_a)))
    splits = np.zeros((len(chosen), n_a + n_b))
    np.put_along_axis(splits, chosen, 1, axis=1)
    return splits


def _random_splits(n_a: int, n_b: int, seed: int, draws: int) -> Iterator[np.ndarray]:
    """Batches of rows with 1 where a value falls to the first sample."""
    most = max(1, min(1_000, _CELLS // (n_a + n_b)))
    for number, done in enumerate(range(0, draws, most)):
        yield _batch(n_a, n_b, seed, number, min(most, draws - done)).astype(float)


@lru_cache(maxsize=64)  # pairs of the same sizes come again and again; at most 64 MB
def _batch(n_a: int, n_b: int, seed: int, number: int, size: int) -> np.ndarray:
    rng = np.random.default_rng([seed, n_a, n_b, number])
    chosen = rng.random((size, n_a + n_b)).argpartition(n_a - 1, axis=1)[:, :n_a]
    splits = np.zeros((size, n_a + n_b), dtype=bool)
    np.put_along_axis(splits, chosen, True, axis=1)
    return splits


class _Statistic:
    """The absolute studentised difference of each column under many splits at once."""

    def __init__(self, values: np.ndarray, n_a: int, ratio: bool) -> None:
        self.sizes = n_a, len(values) - n_a
        self.middle = values.mean(axis=0)
        spread = values.std(axis=0)
        self.alike = spread <= 1e-12 * np.abs(self.middle)
        self.spread = np.where(self.alike, 1.0, spread)
        # centred and scaled, so that a variance is not the difference of two large numbers
        self.values = np.where(self.alike, 0.0, (values - self.middle) / self.spread)
        self.squares = self.values**2
        self.ratio = ratio

    def of(self, splits: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """One row per split, one column per column asked for."""
        values, squares = self.values[:, columns], self.squares[:, columns]
        first, first_squares = splits @ values, splits @ squares
        means, errors = [], []
        for n, total, total_squares in (
            (self.sizes[0], first, first_squares),
            (self.sizes[1], values.sum(axis=0) - first, squares.sum(axis=0) - first_squares),
        ):
            variance = np.clip(total_squares - total**2 / n, 0, None) / (n - 1)
            means.append(total / n)
            errors.append(np.where(variance < 1e-12, 0, variance) / n)
        if self.ratio:
            return self._ratio(means, errors, columns)
        return _studentised(means[0] - means[1], errors[0] + errors[1])

    def _ratio(self, means: list[np.ndarray], errors: list[np.ndarray], columns: np.ndarray) -> np.ndarray:
        # in units of the spread; a column of zeros has no middle, and no difference either
        middle = np.where(self.middle[columns] > 0, self.middle[columns], 1.0) / self.spread[columns]
        with_one = [middle + mean * n / (n + 1) for mean, n in zip(means, self.sizes, strict=True)]
        error = errors[0] / with_one[0] ** 2 + errors[1] / with_one[1] ** 2
        return _studentised(np.log(with_one[0] / with_one[1]), error)


def _studentised(difference: np.ndarray, squared_error: np.ndarray) -> np.ndarray:
    """|difference| / error; without spread, equal means are no difference at all and unequal ones the largest."""
    size = np.abs(difference)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = size / np.sqrt(squared_error)
    return np.where(squared_error > 0, ratio, np.where(size < 1e-9, 0.0, np.inf))
