"""How often intervals of the corrected cosine hold the truth, for the jackknife and the bootstrap by article.

Needs no data: articles are drawn by lot from mixtures of six topics. The statistic is that of
`source_likeness.corrected_cosines` without idf, whose true value is then known.

python tools/accuracy_likeness.py [corpora]
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.stats import t

RNG = np.random.default_rng(1)
TOPICS = RNG.dirichlet(np.full(800, 0.05), 6)
SAME, OTHER = np.full(6, 0.3), np.array([1, 1, 0.3, 0.1, 0.1, 0.1])
CASES = ((5, 5, SAME), (5, 40, SAME), (10, 10, SAME), (30, 30, SAME), (10, 30, OTHER))


def drawn(n: int, mixture: np.ndarray, shortest: int = 100, longest: int = 400) -> np.ndarray:
    """Relative frequencies of the words of `n` articles."""
    lengths = RNG.integers(shortest, longest, size=n)
    return np.array(
        [RNG.multinomial(m, share @ TOPICS) / m for m, share in zip(lengths, RNG.dirichlet(mixture, n), strict=True)]
    )


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The corrected cosine of two groups of articles."""
    within = [(x.sum(0) @ x.sum(0) - (x * x).sum()) / (len(x) * (len(x) - 1)) for x in (a, b)]
    return float(a.mean(0) @ b.mean(0) / np.sqrt(within[0] * within[1]))


def jackknife(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Student's t on the logarithm, articles left out one by one."""
    left = [
        np.log([cosine(np.delete(a, i, 0), b) for i in range(len(a))]),
        np.log([cosine(a, np.delete(b, i, 0)) for i in range(len(b))]),
    ]
    variances = [(len(x) - 1) * x.var() for x in left]
    freedom = sum(variances) ** 2 / sum(v**2 / (len(x) - 1) for v, x in zip(variances, left, strict=True))
    half = t.ppf(0.975, freedom) * np.sqrt(sum(variances))
    return cosine(a, b) * np.exp(-half), cosine(a, b) * np.exp(half)


def bootstrap(a: np.ndarray, b: np.ndarray, draws: int = 400) -> tuple[float, float]:
    """Percentiles; an article drawn twice makes no pair with itself."""
    sums, within = [], []
    for x in (a, b):
        times = RNG.multinomial(len(x), np.full(len(x), 1 / len(x)), draws)
        total, squares = times @ x, (times**2).sum(1)
        sums.append(total / len(x))
        within.append(((total**2).sum(1) - times**2 @ (x * x).sum(1)) / (len(x) ** 2 - squares))
    low, high = np.nanquantile((sums[0] * sums[1]).sum(1) / np.sqrt(within[0] * within[1]), [0.025, 0.975])
    return float(low), float(high)


def main(corpora: int) -> None:
    """One line per case."""
    for n_a, n_b, mixture in CASES:
        truth = cosine(drawn(3000, mixture, 5000, 5001), drawn(3000, SAME, 5000, 5001))
        held = np.zeros(2)
        for _ in range(corpora):
            a, b = drawn(n_a, mixture), drawn(n_b, SAME)
            held += [low <= truth <= high for low, high in (jackknife(a, b), bootstrap(a, b))]
        print(f"{n_a} and {n_b} articles, truth {truth:.2f}: jackknife, bootstrap hold it in {held / corpora}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
