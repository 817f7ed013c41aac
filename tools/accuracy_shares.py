"""How often intervals of shares hold the truth, corrected for an engine's errors and not.

    python tools/accuracy_shares.py [--runs 100] [--cases 0 1 …]

Made corpora: sources whose sentences are negative more or less often, article by article; engines that err as engines
do on news (more often in one direction, and more in one source than in another); samples of the size that a person
codes in an hour or a day. The truth is the share that the source's articles are drawn with.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from mediakit.coding import LABELS, coding_sample
from mediakit.uncertainty import summaries
from mediakit.validation_shares import corrected_share

# probabilities of the engine's label given the true one; rows and columns: negative, neutral, positive
ENGINES = {
    "near noise": [[0.40, 0.40, 0.20], [0.25, 0.45, 0.30], [0.15, 0.40, 0.45]],
    "fair": [[0.65, 0.28, 0.07], [0.15, 0.70, 0.15], [0.08, 0.27, 0.65]],
    "good": [[0.85, 0.13, 0.02], [0.07, 0.86, 0.07], [0.03, 0.12, 0.85]],
}
TRUE = {"A": [0.35, 0.45, 0.20], "B": [0.25, 0.60, 0.15], "C": [0.10, 0.75, 0.15]}


def corpus(rng: np.random.Generator, n_articles: int, errors: np.ndarray) -> pd.DataFrame:
    """Units with the true label and the engine's; source C is written in another tongue, where the engine errs more."""
    sizes = rng.integers(8, 30, n_articles)
    shares = np.stack([rng.dirichlet(np.array(TRUE["ABC"[number % 3]]) * 8) for number in range(n_articles)])
    article = np.repeat(np.arange(n_articles), sizes)
    place = np.concatenate([np.arange(size) for size in sizes])
    true = (rng.random((len(article), 1)) > shares[article].cumsum(axis=1)[:, :2]).sum(axis=1)
    worse = 0.8 * errors + 0.2 / 3
    chances = np.where((article % 3 == 2)[:, None], worse[true], errors[true])
    scored = (rng.random((len(article), 1)) > chances.cumsum(axis=1)[:, :2]).sum(axis=1)
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in article],
            "sentence_no": place,
            "paragraph_no": 0,
            "start": place * 10,
            "end": place * 10 + 9,
            "text": [f"s{number}" for number in place],
            "source": np.array(list("ABC"))[article % 3],
            "engine": "made",
            "true": np.array(LABELS)[true],
            "label": np.array(LABELS)[scored],
        }
    )


def coverage(name: str, runs: int, n_articles: int, n: int, by: list[str], allocation: str) -> None:
    """Print the share of intervals that hold the truth, and their mean width, by the share asked for."""
    rng = np.random.default_rng(7)
    found = []
    for run in range(runs):
        units = corpus(rng, n_articles, np.array(ENGINES[name]))
        sample = coding_sample(units, n, by=by, allocation=allocation, seed=run)  # type: ignore[arg-type]
        keys = ["article_id", "start", "end"]
        codings = sample[keys].merge(units[[*keys, "true"]], on=keys).rename(columns={"true": "label"})
        shares = corrected_share(units, codings.assign(coder="hand"), sample=sample, by="source")
        plain = {}
        for label in ("negative", "positive"):
            hits = units.assign(share=(units["label"] == label).astype(float))
            plain[label] = summaries(hits, value="share", by="source").set_index("source")
        for row in shares.to_dict("records"):
            true = TRUE[row["source"]][LABELS.index(row["label"])]
            bare = plain[row["label"]].loc[row["source"]]
            found.append(
                {
                    "label": row["label"],
                    "corrected": row["ci_low"] <= true <= row["ci_high"],
                    "width": row["ci_high"] - row["ci_low"],
                    "bias": row["share"] - true,
                    "engine_alone": bare["ci_low"] <= true <= bare["ci_high"],
                    "engine_bias": row["share_engine"] - true,
                }
            )
    table = pd.DataFrame(found).groupby("label").mean()
    strata = " and ".join(by) or "nothing"
    print(f"{name} engine, {n_articles} articles, {n} coded, strata by {strata} ({allocation}), {runs} runs")
    for label, row in table.iterrows():
        print(
            f"  {label}: corrected {row['corrected']:.3f} (width {row['width']:.3f}, bias {row['bias']:+.3f}); "
            f"engine alone {row['engine_alone']:.3f} (bias {row['engine_bias']:+.3f})",
            flush=True,
        )


# engine, articles, coded, strata, allocation
CASES: list[tuple[str, int, int, list[str], str]] = [
    *((engine, 90, 300, ["source"], "proportional") for engine in ENGINES),
    ("fair", 90, 120, ["source"], "equal"),
    ("fair", 90, 300, ["source", "label"], "equal"),
    ("good", 30, 150, [], "proportional"),
]

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--cases", type=int, nargs="*", default=range(len(CASES)), help="numbers of the cases, from 0")
    options = parser.parse_args()
    for case in options.cases:
        name, n_articles, n, by, allocation = CASES[case]
        coverage(name, options.runs, n_articles, n, by, allocation)
