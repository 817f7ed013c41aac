"""Krippendorff's α of mediakit against the package `krippendorff`; how often its intervals hold the truth.

    python tools/accuracy_agreement.py [--tables 200] [--runs 400] [--cases 0 1 …] [--clusters-only]

The package is licensed under the GPL and no dependency of mediakit: the comparison is made where it is installed.
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec

import numpy as np

from mediakit.agreement import LEVELS, alpha_interval, krippendorff_alpha


def random_table(rng: np.random.Generator) -> np.ndarray:
    """Ratings with gaps: 2–8 raters, 3–60 units, 2–8 values, raters from random to nearly agreed."""
    raters, units, values = rng.integers(2, 9), rng.integers(3, 61), rng.integers(2, 9)
    truth = rng.integers(0, values, units)
    noise = rng.random((raters, units)) < rng.random()
    table = np.where(noise, rng.integers(0, values, (raters, units)), truth).astype(float)
    if rng.random() < 0.3:
        table += np.round(rng.random((raters, units)), 2)
    table[rng.random((raters, units)) < rng.random() * 0.6] = np.nan
    return table


def against_the_package(n_tables: int) -> None:
    """Largest difference to the reference over random tables, at each level."""
    if find_spec("krippendorff") is None:
        print("The package krippendorff is not installed here: no comparison.")
        return
    import krippendorff

    rng = np.random.default_rng(0)
    largest, compared, undefined = dict.fromkeys(LEVELS, 0.0), 0, 0
    for _ in range(n_tables):
        table = random_table(rng)
        for level in LEVELS:
            own = krippendorff_alpha(table, level)
            try:
                theirs = krippendorff.alpha(table, level_of_measurement=level)
            except ValueError:  # it refuses a table without two values, or in which no unit was rated twice
                theirs = np.nan
            undefined += np.isnan(own) and np.isnan(theirs)
            compared += not np.isnan(own)
            largest[level] = max(largest[level], 0.0 if np.isnan(own) and np.isnan(theirs) else abs(own - theirs))
    print(f"{compared} values of α compared on {n_tables} tables with gaps, {undefined} undefined in both")
    for level, difference in largest.items():
        print(f"  {level}: largest difference {difference:.1e}")


CASES = ((5, 12), (10, 10), (30, 4), (100, 2))  # clusters, units in each


def coverage(runs: int, n_clusters: int, size: int, alone: bool, draws: int = 800) -> None:
    """Share of intervals that hold the true α: two raters, three values, errors shared within a cluster."""
    rng = np.random.default_rng(n_clusters * size)

    def sample(n: int) -> tuple[np.ndarray, np.ndarray]:
        clusters = np.repeat(np.arange(n), size)
        truth = np.where(
            rng.random(n * size) < 0.6, np.repeat(rng.integers(0, 3, n), size), rng.integers(0, 3, n * size)
        )
        rate = np.repeat(rng.beta(1, 3, n), size)
        rated = [np.where(rng.random(n * size) < rate, rng.integers(0, 3, n * size), truth) for _ in range(2)]
        return np.stack(rated).astype(float), clusters

    true = krippendorff_alpha(sample(200_000 // size)[0], "ordinal")
    hits = {"by cluster": 0} | ({"by unit": 0} if alone else {})
    for _ in range(runs):
        table, clusters = sample(n_clusters)
        for name in hits:
            groups = clusters if name == "by cluster" else None
            found = alpha_interval(table, "ordinal", clusters=groups, draws=draws)
            hits[name] += found.ci_low <= true <= found.ci_high
    told = ", ".join(f"{name} {hit / runs:.3f}" for name, hit in hits.items())
    print(f"  {n_clusters} clusters of {size}: true ordinal α {true:.3f}; intervals that hold it: {told}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=200)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--cases", type=int, nargs="*", default=range(len(CASES)), help="numbers, from 0")
    parser.add_argument("--clusters-only", action="store_true", help="leave the intervals over units out")
    options = parser.parse_args()
    against_the_package(options.tables)
    print("Intervals of α (95 % wanted):")
    for case in options.cases:
        coverage(options.runs, *CASES[case], alone=not options.clusters_only)
