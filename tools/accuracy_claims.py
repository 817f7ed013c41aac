"""How often a difference is claimed where there is none, found where there is one, and an interval holds the truth.

python tools/accuracy_claims.py [DATA] [--shuffles 1000] [--first 1] [--keyness 200] [--corpora 1000]
                                [--only shuffles power coverage]

"shuffles" needs DATA with gum_news, meantime_en and persent; the values of the articles are computed once, and every
verdict is that of the public functions on the shuffled sources. The other parts need no data.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from claims_corpus import DEFAULT, claims_corpus, missing, shuffled
from claims_simulated import coverage, power

import mediakit as mk

Rows = pd.DataFrame
FEW = 6  # actors and terms that are compared
KEYNESS = "terms: keyness"


def by_article(articles: pd.DataFrame) -> dict[str, Callable[[pd.DataFrame], Rows]]:
    """For each family the verdicts of a corpus of which only the sources change: what else there is is computed now."""
    scored = mk.sentiment(mk.sentences(articles), engine="textblob")
    tone = scored.dropna(subset=["polarity"]).groupby("article_id", as_index=False)["polarity"].mean()
    reading = mk.readability(articles)
    rates = mk.actor_rates(mk.mentions(articles), articles, top=FEW)
    counts = mk.term_counts(articles, by="article_id")
    frequent = counts.groupby("term")["n_articles"].sum().nlargest(FEW).index
    words = mk.dictionary_rates(articles, pd.DataFrame({"category": frequent, "term": frequent}))
    print(f"actors: {', '.join(rates['actor'].unique())}; terms: {', '.join(frequent)}")
    return {
        "tone: mean polarity": lambda corpus: mk.differences(tone, value="polarity", articles=corpus),
        "actors: mentions per 1,000": lambda corpus: mk.actor_differences(rates, corpus, value="per_1000"),
        "actors: share of mentions": lambda corpus: mk.actor_differences(rates, corpus, value="share"),
        "terms: rates": lambda corpus: mk.dictionary_differences(words, corpus),
        "readability: Flesch": lambda corpus: mk.differences(reading, value="flesch", articles=corpus),
        "readability: LIX": lambda corpus: mk.differences(reading, value="lix", articles=corpus),
        KEYNESS: lambda corpus: mk.keyness(_of_sources(counts, corpus)),
    }


def _of_sources(counts: pd.DataFrame, corpus: pd.DataFrame) -> pd.DataFrame:
    """The frame `term_counts(corpus, by="source")`, from the counts of the articles."""
    source = counts["article_id"].map(corpus.set_index("article_id")["source"])
    size = (
        (1000 * counts["n"] / counts["per_1000"])
        .groupby(counts["article_id"])
        .max()
        .groupby(corpus.set_index("article_id")["source"])
    )
    table = counts.assign(source=source).groupby(["source", "term"], as_index=False)[["n", "n_articles"]].sum()
    return table.assign(per_1000=1000 * table["n"] / table["source"].map(size.sum().round()))


def shuffles(data: Path, first: int, last: int, keyness: int) -> None:
    """Comparisons that are said to differ, and shuffles with any such; of keyness up to that shuffle only."""
    if absent := missing(data):
        print(f"shuffles: not run, {', '.join(absent)} not in the folder given.")
        return
    articles = claims_corpus(data)
    families = by_article(articles)
    sizes = articles["source"].value_counts()
    print(f"{len(articles)} articles of {len(sizes)} sources ({', '.join(map(str, sizes))})")
    tally = {name: np.zeros(5) for name in families}  # shuffles, comparisons, of them tested, claims, shuffles with any
    start = time.perf_counter()
    for turn in range(first, last + 1):
        corpus = shuffled(articles, turn)
        for name, verdicts in families.items():
            if name == KEYNESS and turn > keyness:
                continue
            found = verdicts(corpus)["verdict"]
            claims = int(found.isin(["differs", "key"]).sum())
            tested = int((~found.isin(["too few", "too few articles"])).sum())
            tally[name] += (1, len(found), tested, claims, claims > 0)
        if turn % 50 == 0:
            print(f"{turn} shuffles, {time.perf_counter() - start:.0f} s", file=sys.stderr)
            report(tally, file=sys.stderr)
    report(tally)


def report(tally: dict[str, np.ndarray], file=None) -> None:
    """The table of the shuffles so far."""
    print(
        "\n| family | shuffles | comparisons in each | said to differ | shuffles with any |\n|---|---|---|---|---|",
        file=file,
    )
    for name, (number, rows, tested, claims, with_any) in tally.items():
        if not number:
            continue
        each = f"{rows / number:,.0f}" + (f" ({tested / number:,.0f} tested)" if tested < rows else "")
        print(
            f"| {name} | {number:,.0f} | {each} | {100 * claims / rows:.3f} % | {100 * with_any / number:.1f} % |",
            file=file,
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--shuffles", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1, help="to go on after a run that was stopped")
    parser.add_argument(
        "--keyness", type=int, default=200, help="shuffles on which keyness is computed, with 16,000 tests"
    )
    parser.add_argument("--corpora", type=int, default=1000, help="simulated, for each cell of power and coverage")
    parser.add_argument("--only", nargs="*", default=["shuffles", "power", "coverage"])
    options = parser.parse_args()
    if "power" in options.only:
        power(options.corpora)
    if "coverage" in options.only:
        coverage(options.corpora)
    if "shuffles" in options.only:
        shuffles(options.data, options.first, options.shuffles, options.keyness)


if __name__ == "__main__":
    main()
