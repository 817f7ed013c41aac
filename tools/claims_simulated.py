"""Power and coverage in corpora made by lot whose true values are known; accuracy_claims.py runs it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import stdtrit

import mediakit as mk
from mediakit.actor_intervals import median_interval, ratio_interval, share_interval
from mediakit.intervals import ANY, POSITIVE, SHARE, difference_interval, mean_interval
from mediakit.permutation import permutation_ps

Draw = Callable[[np.random.Generator, int], np.ndarray]


def rates(rate: float, variation: float) -> Draw:
    """Mentions per 1,000 words: log-normal lengths, rates of articles from a gamma distribution, Poisson counts."""

    def draw(rng: np.random.Generator, n: int) -> np.ndarray:
        length, count = counts(rng, n, rate, variation)
        return 1000 * count / length

    return draw


def counts(rng: np.random.Generator, n: int, rate: float, variation: float) -> tuple[np.ndarray, np.ndarray]:
    """Words and mentions of each article."""
    length = np.maximum(40, rng.lognormal(6, 0.6, n)).astype(int)
    own = rate / 1000 * rng.gamma(1 / variation**2, variation**2, n)
    return length, np.minimum(rng.poisson(length * own), length)


# --- power -------------------------------------------------------------------------------------------------------


def power(corpora: int) -> None:
    """Planted differences between two sources of n articles each: how many are found, beside what theory gives."""
    print("\nPower at 5 %, one comparison; standard error of a measured share: at most", round(0.5 / corpora**0.5, 3))
    print("\n| planted | n each | found | theory |\n|---|---|---|---|")
    for effect in (0.5, 0.8, 1.0):
        for n in (10, 20, 40):
            rng = np.random.default_rng([n, int(10 * effect)])
            pairs = [(rng.normal(effect, 1, n), rng.normal(0, 1, n)) for _ in range(corpora)]
            print_power(f"{effect} SD", n, pairs, "polarity", noncentral(effect * np.sqrt(n / 2), 2 * n - 2))
    for ratio in (1.5, 2.0):
        for rate, variation in ((5.0, 0.5), (5.0, 1.0), (20.0, 0.5)):
            for n in (10, 20, 40):
                rng = np.random.default_rng([n, int(10 * ratio), int(rate)])
                high, low = rates(ratio * rate, variation), rates(rate, variation)
                pairs = [(high(rng, n), low(rng, n)) for _ in range(corpora)]
                shift = np.log(ratio) / np.sqrt((relative(ratio * rate, variation) + relative(rate, variation)) / n)
                name = f"rate {rate:g} × {ratio:g}, variation {variation:g}"
                print_power(name, n, pairs, "per_1000", noncentral(shift, 2 * n - 2))
    families(min(corpora, 300))


def relative(rate: float, variation: float) -> float:
    """The variance of an article's rate over the square of its mean: between articles, and of counts."""
    length = np.maximum(40, np.random.default_rng(0).lognormal(6, 0.6, 200_000)).astype(int)
    return float(variation**2 + np.mean(1000 / length) / rate)


def noncentral(shift: float, freedom: float) -> float:
    """The power of a two-sided t test at 5 %."""
    bound = stats.t.ppf(0.975, freedom)
    return float(stats.nct.sf(bound, freedom, shift) + stats.nct.cdf(-bound, freedom, shift))


def print_power(name: str, n: int, pairs: list, value: str, theory: float) -> None:
    p = np.array(permutation_ps(pairs, ratio=value == "per_1000"))
    for own, (a, b) in list(zip(p, pairs, strict=True))[:5]:  # the same as the public function gives
        assert compared({"A": a, "B": b}, value)["p"].iloc[0] == own
    print(f"| {name} | {n} | {np.mean(p < 0.05):.3f} | {theory:.3f} |", flush=True)


def compared(groups: dict[str, np.ndarray], value: str) -> pd.DataFrame:
    rows = [(f"{name}{place:03d}", name, one) for name, draws in groups.items() for place, one in enumerate(draws)]
    return mk.differences(pd.DataFrame(rows, columns=["article_id", "source", value]), value=value)


def families(corpora: int) -> None:
    """Six sources of 20 articles, one of which differs from the five others: the corrected verdicts, beside t tests."""
    print("\nSix sources of 20 articles, 15 pairs, corrected; one source differs from the other five by 1 SD\n")
    rng = np.random.default_rng(6)
    found = {"mediakit": [0.0, 0.0], "t tests, corrected": [0.0, 0.0]}
    for _ in range(corpora):
        groups = {name: rng.normal(float(name == "A"), 1, 20) for name in "ABCDEF"}
        table = compared(groups, "polarity")
        planted = (table["group_a"] == "A").to_numpy()
        p = [
            stats.ttest_ind(groups[a], groups[b], equal_var=False).pvalue
            for a, b in zip(table["group_a"], table["group_b"], strict=True)
        ]
        for name, differs in (
            ("mediakit", (table["verdict"] == "differs").to_numpy()),
            ("t tests, corrected", stats.false_discovery_control(p) < 0.05),
        ):
            found[name][0] += differs[planted].mean() / corpora
            found[name][1] += differs[~planted].mean() / corpora
    print("| | of the five planted found | of the ten others said to differ |\n|---|---|---|")
    for name, (hits, wrong) in found.items():
        print(f"| {name} | {hits:.3f} | {wrong:.3f} |", flush=True)


# --- coverage ----------------------------------------------------------------------------------------------------

MEANS: dict[str, tuple[str, Draw, float]] = {
    "normal (polarity)": (ANY, lambda rng, n: rng.normal(0.05, 0.06, n), 0.05),
    "skewed, either sign (gamma, skewness 1.4)": (ANY, lambda rng, n: 1 - rng.gamma(2, 1, n), -1.0),
    "gamma, skewness 1": (POSITIVE, lambda rng, n: rng.gamma(4, 1, n), 4.0),
    "exponential, skewness 2": (POSITIVE, lambda rng, n: rng.exponential(1, n), 1.0),
    "log-normal, skewness 3.7": (POSITIVE, lambda rng, n: rng.lognormal(0, 0.8, n), float(np.exp(0.32))),
    "log-normal, skewness 6.2": (POSITIVE, lambda rng, n: rng.lognormal(0, 1, n), float(np.exp(0.5))),
    "shares of articles, beta around .3": (SHARE, lambda rng, n: rng.beta(0.9, 2.1, n), 0.3),
    "rate 20 per 1,000, variation 1": (POSITIVE, rates(20, 1.0), 20.0),
    "rate 5 per 1,000, variation .5": (POSITIVE, rates(5, 0.5), 5.0),
    "rate 5 per 1,000, variation 1.5": (POSITIVE, rates(5, 1.5), 5.0),
    "rate .5 per 1,000, variation 1": (POSITIVE, rates(0.5, 1.0), 0.5),
}
SIZES = (5, 8, 12, 20, 50)
PAIRS = ((5, 5), (8, 8), (5, 20), (20, 5), (20, 20), (50, 50))


def student(values: np.ndarray) -> tuple[float, float]:
    """Student's interval of a mean."""
    half = stdtrit(len(values) - 1, 0.975) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def welch(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Welch's interval of a difference of means."""
    first, second = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    freedom = (first + second) ** 2 / (first**2 / (len(a) - 1) + second**2 / (len(b) - 1))
    half, difference = stdtrit(freedom, 0.975) * np.sqrt(first + second), a.mean() - b.mean()
    return difference - half, difference + half


def held(corpora: int, truth: float, ends: Callable[[], list]) -> list[str]:
    """Of the intervals that are given: the shares that hold the truth, one per method."""
    given = [found for found in (ends() for _ in range(corpora)) if found is not None and not np.isnan(found).any()]
    if len(given) < corpora / 10:
        return ["–"] * (len(given[0]) if given else 1)
    table = np.array(given)
    return [f"{share:.3f}" for share in ((table[..., 0] <= truth) & (truth <= table[..., 1])).mean(axis=0)]


def coverage(corpora: int) -> None:
    """The share of 95 % intervals that hold the true value; cells with an interval in under a tenth are left empty."""
    print("\nMeans: mediakit / Student's t\n\n| values | " + " | ".join(f"n = {n}" for n in SIZES))
    print("|---" * (len(SIZES) + 1) + "|")
    for name, (scale, draw, truth) in MEANS.items():
        cells = []
        for n in SIZES:
            rng = np.random.default_rng([n, 1])

            def both(rng=rng, n=n, draw=draw, scale=scale) -> list | None:
                values = draw(rng, n)
                return [mean_interval(values, scale), student(values)] if np.ptp(values) else None

            cells.append(" / ".join(held(corpora, truth, both)))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    print("\nDifferences of means: mediakit / Welch\n\n| values | " + " | ".join(f"{a}, {b}" for a, b in PAIRS))
    print("|---" * (len(PAIRS) + 1) + "|")
    plans = [(f"{name}, alike", scale, draw, draw, 0.0) for name, (scale, draw, _) in MEANS.items()]
    plans += [
        ("normal, SD 1 and 3", ANY, lambda rng, n: rng.normal(0, 1, n), lambda rng, n: rng.normal(0, 3, n), 0.0),
        ("exponential, 1 and 2", POSITIVE, MEANS["exponential, skewness 2"][1], lambda r, n: r.exponential(2, n), -1.0),
        ("rates 5 and 10, variation 1", POSITIVE, rates(5, 1.0), rates(10, 1.0), -5.0),
        ("rates 1 and 2, variation 1", POSITIVE, rates(1, 1.0), rates(2, 1.0), -1.0),
    ]
    for name, scale, first, second, truth in plans:
        cells = []
        for n_a, n_b in PAIRS:
            rng = np.random.default_rng([n_a, n_b, 2])

            def both(rng=rng, n_a=n_a, n_b=n_b, first=first, second=second, scale=scale) -> list | None:
                a, b = first(rng, n_a), second(rng, n_b)
                if not np.ptp(a) and not np.ptp(b):
                    return None
                return [difference_interval(a, b, scale), welch(a, b)]

            cells.append(" / ".join(held(corpora, truth, both)))
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    ratios(corpora)


def ratios(corpora: int) -> None:
    """Ratios of sums over articles, shares of articles, medians."""
    print("\nRatios of sums, shares of articles, medians\n\n| interval | " + " | ".join(f"n = {n}" for n in SIZES))
    print("|---" * (len(SIZES) + 1) + "|")

    def share_of(rng: np.random.Generator, n: int, share: float, spread: float) -> tuple[float, float]:
        whole, weight = 1 + rng.poisson(rng.gamma(2, 6, n)), (1 - spread) / spread
        return ratio_interval(rng.binomial(whole, rng.beta(share * weight, (1 - share) * weight, n)), whole)

    def rate_of(rng: np.random.Generator, n: int, rate: float, variation: float) -> tuple[float, float]:
        length, count = counts(rng, n, rate, variation)
        return ratio_interval(count, length)

    plans: list[tuple[str, Callable, float]] = []
    for share, spread in ((0.1, 0.1), (0.1, 0.4), (0.4, 0.1), (0.4, 0.4)):
        plans.append(
            (f"ratio {share:g}, intraclass {spread:g}", lambda r, n, s=share, c=spread: share_of(r, n, s, c), share)
        )
    for rate, variation in ((5.0, 0.5), (5.0, 1.5), (20.0, 0.5), (20.0, 1.5)):
        name = f"{rate:g} per 1,000, variation {variation:g}"
        plans.append((name, lambda r, n, s=rate, c=variation: rate_of(r, n, s, c), rate / 1000))
    for share in (0.1, 0.2, 0.5):
        plans.append((f"share of articles {share:g}", lambda r, n, s=share: share_interval(r.binomial(n, s), n), share))
    middle = float(stats.beta(0.7, 2).median())
    plans.append(("median, beta (first position)", lambda r, n: median_interval(r.beta(0.7, 2, n)), middle))
    plans.append(("median, log-normal", lambda r, n: median_interval(r.lognormal(0, 1, n)), 1.0))
    for name, ends, truth in plans:
        cells = []
        for n in SIZES:
            rng = np.random.default_rng([n, 3])
            cells += held(corpora, truth, lambda rng=rng, n=n, ends=ends: [ends(rng, n)])
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
