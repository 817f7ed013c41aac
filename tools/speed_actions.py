"""Articles a second of `actions`, mentions given, beside plain spaCy on the same texts, in the same run, turn about.

    python tools/speed_actions.py [DATA]

DATA holds persent (default: shared/data beside the repository); without it the five seed articles are read. Processor
time of this process, median of three rounds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import mediakit as mk
from mediakit.nlp_model import parser

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data"
N_ARTICLES, ROUNDS = 60, 3


def articles(data: Path) -> pd.DataFrame:
    path = data / "persent" / "dev.csv"
    if not path.exists():
        print(f"{path.name} of persent is not there: the seed articles")
        return mk.read_corpus(ROOT / "seeds").articles
    texts = pd.read_csv(path)["DOCUMENT"].astype("str").head(N_ARTICLES)
    return pd.DataFrame({"article_id": texts.index.astype("str"), "title": "", "text": texts})


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    corpus = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    named = mk.mentions(corpus)
    model = parser("speed_actions")
    texts = corpus["text"].tolist()
    runs: dict[str, Callable[[], object]] = {
        "mk.actions": lambda: mk.actions(corpus, named),
        "spaCy's pipe over whole texts": lambda: list(model.pipe(texts)),
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        for name, run in runs.items():
            spent = seconds(run)
            if turn:  # the first round warms up
                taken[name].append(spent)
    words = corpus["text"].str.split().str.len().mean()
    print(f"{len(corpus)} articles of {words:.0f} words, articles/s, median of {ROUNDS}:")
    for name, times in taken.items():
        low, middle, high = (len(corpus) / value for value in (max(times), statistics.median(times), min(times)))
        print(f"  {name} {middle:.1f} ({low:.1f} to {high:.1f})")


if __name__ == "__main__":
    main()
