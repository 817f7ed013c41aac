"""How often the 95 % intervals of shares of quoted words hold the true share, in simulated corpora.

Run from the repository: python tools/accuracy_quote_intervals.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.stats import t

sys.path.insert(0, str(Path(__file__).parent.parent))

from mediakit.quote_shares import share_interval

CORPORA = 1_000
# the share, and how little it varies between articles (beta distribution: share · tight, (1 − share) · tight)
CASES = [(0.5, 3.0), (0.3, 3.0), (0.3, 0.5), (0.1, 3.0), (0.1, 0.5), (0.02, 1.0)]
SIZES = (5, 10, 30, 100)


def corpus(n_articles: int, share: float, tight: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Words of the speaker and all words quoted, per article: whole quotations of a speaker, few or many an article."""
    mine = np.zeros(n_articles)
    whole = np.zeros(n_articles)
    for at, own in enumerate(rng.beta(share * tight, (1 - share) * tight, n_articles)):
        lengths = rng.geometric(1 / 18, 1 + rng.negative_binomial(1, 0.2))
        whole[at] = lengths.sum()
        mine[at] = lengths[rng.random(len(lengths)) < own].sum()
    return mine, whole


def student(y: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    share, k = y.sum() / x.sum(), len(x)
    error = np.sqrt(k / (k - 1) * ((y - share * x) ** 2).sum()) / x.sum()
    half = t.ppf(0.975, k - 1) * error
    return share - half, share + half


def bootstrap(y: np.ndarray, x: np.ndarray, rng: np.random.Generator, draws: int = 400) -> tuple[float, float]:
    at = rng.integers(len(x), size=(draws, len(x)))
    low, high = np.quantile(y[at].sum(axis=1) / x[at].sum(axis=1), [0.025, 0.975])
    return low, high


def main() -> None:
    rng = np.random.default_rng(0)
    print(f"coverage in % (mean width) of 95 % intervals, {CORPORA:,} corpora each; given: share with an interval")
    print("share  tight  articles  % given  mediakit        Student t       bootstrap")
    for share, tight in CASES:
        for n_articles in SIZES:
            found: dict[str, list[tuple[float, float]]] = {"ours": [], "t": [], "bootstrap": []}
            for _ in range(CORPORA):
                y, x = corpus(n_articles, share, tight, rng)
                found["ours"].append(share_interval(y, x))
                found["t"].append(student(y, x))
                found["bootstrap"].append(bootstrap(y, x, rng))
            given = np.isfinite(np.array(found["ours"])[:, 0])  # all methods on the corpora that ours answers
            cells = [f"{100 * given.mean():5.1f}  "]
            for pairs in found.values():
                low, high = np.array(pairs)[given].T
                inside = 100 * np.mean((low <= share) & (share <= high))
                cells.append(f"{inside:5.1f} ({np.mean(high - low):.2f})  ")
            print(f"{share:5.2f}  {tight:5.1f}  {n_articles:8}  {'  '.join(cells)}")


if __name__ == "__main__":
    main()
