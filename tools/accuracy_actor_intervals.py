"""How often the intervals and verdicts on actors hold, in corpora made by lot whose true values are known.

python tools/accuracy_actor_intervals.py            # a few minutes; needs no data

Shares: articles draw their own share of the actor from a beta distribution around the true one (spread: the intraclass
correlation of mentions in an article) and their number of mentions from a negative binomial one. Rates: articles have a
log-normal length and a gamma rate (spread: its coefficient of variation). Beside ours: the two-sided t interval of the
mean of the articles' own values, as `summaries` gives it, and the normal one that takes mentions for independent draws.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import stdtrit

import mediakit as mk
from mediakit.actor_intervals import median_interval, ratio_interval, share_interval

Interval = Callable[[np.ndarray, np.ndarray], tuple[float, float]]


def independent(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """What one gets who takes every mention for a draw of its own (Wald)."""
    share, n = part.sum() / whole.sum(), whole.sum()
    half = 1.96 * np.sqrt(share * (1 - share) / n)
    return share - half, share + half


def of_means(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Student's t over the articles' own values."""
    values = part[whole > 0] / whole[whole > 0]
    half = stdtrit(len(values) - 1, 0.975) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


PEERS: dict[str, Interval] = {"ours": ratio_interval, "mean of articles, t": of_means, "independent": independent}


def share_corpus(rng: np.random.Generator, n: int, share: float, spread: float) -> tuple[np.ndarray, np.ndarray]:
    whole = 1 + rng.poisson(rng.gamma(2, 6, n))
    weight = (1 - spread) / spread
    return rng.binomial(whole, rng.beta(share * weight, (1 - share) * weight, n)), whole


def rate_corpus(rng: np.random.Generator, n: int, rate: float, spread: float) -> tuple[np.ndarray, np.ndarray]:
    length = np.maximum(40, rng.lognormal(6, 0.6, n)).astype(int)
    return np.minimum(rng.poisson(length * rate * rng.gamma(1 / spread**2, spread**2, n)), length), length


def coverage(make: Callable, value: float, n: int, spread: float, corpora: int, seed: int) -> list[str]:
    """Of the intervals that are given: the part that holds the true value; and how many are given."""
    rng = np.random.default_rng(seed)
    hits, given = dict.fromkeys(PEERS, 0), 0
    for _ in range(corpora):
        part, whole = make(rng, n, value, spread)
        if np.isnan(ratio_interval(part, whole)[0]):
            continue
        given += 1
        for name, interval in PEERS.items():
            low, high = interval(part, whole)
            hits[name] += low <= value <= high
    return [f"{hit / max(given, 1):.3f}" for hit in hits.values()] + [f"{given / corpora:.2f}"]


def table(title: str, make: Callable, values: tuple[float, ...], spreads: tuple[float, ...], corpora: int) -> None:
    print(
        f"\n{title}\n\n| articles | true value | spread | {' | '.join(PEERS)} | given |\n|{'---|' * (len(PEERS) + 4)}"
    )
    for n in (5, 8, 12, 20, 50, 100):
        for value in values:
            for spread in spreads:
                cells = coverage(make, value, n, spread, corpora, seed=n)
                print(f"| {n} | {value:g} | {spread:g} | {' | '.join(cells)} |", flush=True)


def plain_intervals(corpora: int) -> None:
    """The mid-P interval of a share of articles, and that of the sign test for a median."""
    rng = np.random.default_rng(0)
    print("\nShare of articles (mid-P) and median of first_position (sign test)\n")
    print("| articles | share .05 | .2 | .5 | median |\n|---|---|---|---|---|")
    for n in (6, 10, 20, 50, 100):
        cells = []
        for share in (0.05, 0.2, 0.5):
            ends = [share_interval(int(hit), n) for hit in rng.binomial(n, share, corpora)]
            cells.append(np.mean([low <= share <= high for low, high in ends]))
        middle = stats.beta(0.7, 2).median()  # early mentions are more frequent
        ends = [median_interval(rng.beta(0.7, 2, n)) for _ in range(corpora)]
        cells.append(np.mean([low <= middle <= high for low, high in ends]))
        print(f"| {n} | {' | '.join(f'{cell:.3f}' for cell in cells)} |", flush=True)


def verdicts(corpora: int) -> None:
    """How often actor_differences says that some pair differs: in corpora where none does, and where one actor does."""
    print("\nactor_differences: two sources of n articles each, three actors; corpora with any 'differs'\n")
    print("| articles each | none differs | one actor twice as often in one source: found | wrong others |")
    print("|---|---|---|---|")
    for n in (5, 10, 20, 40):
        counts = []
        for factor in (1.0, 2.0):
            rng = np.random.default_rng(n)
            found = [differing(rng, n, factor) for _ in range(corpora)]
            counts.append(found)
        false = np.mean([bool(names) for names in counts[0]])
        power = np.mean(["A" in names for names in counts[1]])
        wrong = np.mean([bool(names - {"A"}) for names in counts[1]])
        print(f"| {n} | {false:.3f} | {power:.3f} | {wrong:.3f} |", flush=True)


def differing(rng: np.random.Generator, n: int, factor: float) -> set[str]:
    """The actors that are said to differ; only A does, by `factor`."""
    ids = [f"a{place}" for place in range(2 * n)]
    corpus = pd.DataFrame({"article_id": ids, "source": ["S"] * n + ["T"] * n})
    rows = []
    for actor in "ABC":
        for place, article_id in enumerate(ids):
            part, length = rate_corpus(rng, 1, 0.006 * (factor if actor == "A" and place < n else 1.0), 1.0)
            rows.append((article_id, actor, int(part[0]), int(length[0])))
    rates = pd.DataFrame(rows, columns=["article_id", "actor", "n", "n_tokens"])
    rates = rates.assign(
        type="person", per_1000=1000 * rates["n"] / rates["n_tokens"], share=0.0, present=(rates["n"] > 0).astype(int)
    )
    found = mk.actor_differences(rates, corpus)
    return set(found.loc[found["verdict"] == "differs", "actor"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=int, default=1000, help="for each row of the tables")
    parser.add_argument("--tests", type=int, default=200, help="corpora for the verdicts")
    options = parser.parse_args()
    table("Share of all mentions", share_corpus, (0.02, 0.1, 0.4), (0.1, 0.4), options.corpora)
    table("Mentions per token", rate_corpus, (0.0005, 0.005, 0.02), (0.5, 1.5), options.corpora)
    plain_intervals(options.corpora)
    verdicts(options.tests)


if __name__ == "__main__":
    main()
