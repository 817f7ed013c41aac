"""How often keyness finds words that one source uses more, and how often words that it does not, article by article.

    python tools/accuracy_keyness.py [--corpora 20]

No data is needed: articles are drawn. 2,000 words have rates like those of a text (Zipf); in each article the rate of a
word is multiplied by a gamma variable of mean 1, with a coefficient of variation of .5, or 2 for every third word,
which few articles have and repeat; lengths are log-normal. Twenty words that most articles have are planted: their rate
is multiplied in the target. "By numbers of articles" is the test for counts without `design_effect`.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.frames import build

WORDS, PLANTED, MEDIAN = 2000, 20, 400
CELLS = [(20, 20), (40, 40), (40, 160), (100, 100)]


def drawn(rng: np.random.Generator, sizes: tuple[int, int], longer: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """n by article and word, tokens by article, and the words that at least 60 % of the articles have."""
    source = np.repeat([0, 1], sizes)
    tokens = (rng.lognormal(np.log(MEDIAN), 0.6, len(source)) * np.where(source == 0, longer, 1)).astype(int) + 30
    rate = 0.5 / np.arange(1, WORDS + 1) / np.log(WORDS)
    shape = np.where(np.arange(WORDS) % 3 == 0, 0.25, 4.0)
    n = rng.poisson(rate * rng.gamma(shape, 1 / shape, (len(source), WORDS)) * tokens[:, None])
    return n, tokens, np.flatnonzero((n > 0).mean(axis=0) >= 0.6)


def counted(n: np.ndarray, tokens: np.ndarray, sizes: tuple[int, int]) -> pd.DataFrame:
    """The frame term_counts."""
    parts = []
    for name, own in (("target", slice(0, sizes[0])), ("reference", slice(sizes[0], None))):
        some, size = n[own], tokens[own]
        total, of = some.sum(axis=0), len(size)
        rate = total / size.sum()
        variance = ((some - rate * size[:, None]) ** 2).sum(axis=0) * of / (of - 1)
        columns = {
            "source": name,
            "term": [f"w{word}" for word in range(WORDS)],
            "n": total,
            "per_1000": 1000 * rate,
            "n_articles": (some > 0).sum(axis=0),
            "share_articles": (some > 0).mean(axis=0),
            "design_effect": variance / np.maximum(total * (1 - rate), 1e-300),
        }
        parts.append(pd.DataFrame(columns)[total > 0])
    return build("term_counts", pd.concat(parts, ignore_index=True))


def key_words(counts: pd.DataFrame) -> set[str]:
    found = mk.keyness(counts, target="target")
    return set(found.loc[found["verdict"] == "key", "term"])


def cell(sizes: tuple[int, int], ratio: float, longer: float, corpora: int) -> str:
    """A row of the table."""
    tally = np.zeros((3, 3))  # of each test: planted and found, others found, corpora with any of these
    planted_in_all = 0
    for number in range(corpora):
        rng = np.random.default_rng([number, *sizes])
        n, tokens, frequent = drawn(rng, sizes, longer)
        planted = rng.choice(frequent, min(PLANTED, len(frequent)), replace=False) if ratio > 1 else frequent[:0]
        added = n[: sizes[0], planted]
        n[: sizes[0], planted] = added + rng.binomial(added, ratio - 1)
        counts = counted(n, tokens, sizes)
        names = {f"w{word}" for word in planted}
        planted_in_all += len(names)
        by_words = mk.keyness(counts, target="target")
        tests = (
            key_words(counts),
            key_words(counts.drop(columns="design_effect")),
            set(by_words.loc[by_words["p_adjusted"] < 0.05, "term"]),
        )
        for place, found in enumerate(tests):
            others = len(found - names)
            tally[place] += len(found & names), others, others > 0
    shown = [f"{row[0] / planted_in_all:.2f}" if planted_in_all else "" for row in tally]
    wrong = [f"{row[1] / corpora:.2f}" for row in tally]
    return (
        f"| {sizes[0]} / {sizes[1]} | {longer:g} | {ratio:g} | {shown[0]} | {shown[1]} | {shown[2]} "
        f"| {wrong[0]} | {wrong[1]} | {wrong[2]} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=int, default=20, help="of each cell")
    options = parser.parse_args()
    print("| articles | length of the target's | ratio | found | by numbers of articles | by words | wrong | … | … |")
    print("|---|---|---|---|---|---|---|---|---|")
    for sizes in CELLS:
        for ratio in (1.0, 1.5, 2.0):
            print(cell(sizes, ratio, 1.0, options.corpora), flush=True)
    for sizes in ((6, 6), (10, 10), (100, 100)):
        print(cell(sizes, 1.0, 1.0 if sizes[0] < 100 else 3.0, options.corpora), flush=True)


if __name__ == "__main__":
    main()
