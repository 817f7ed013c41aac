"""Measure finding names beside spaCy's PhraseMatcher, and loading a long registry, in the same run, turn about.

    python tools/speed_mentions.py [DATA]

DATA holds persent (default: shared/data beside the repository); without it the articles are invented ones. Prints the
lines of docs/speed.md. The names are 5,000 of the built-in registry's; the long list is 200,000 invented full names.
"""

from __future__ import annotations

import functools
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import mediakit as mk
from mediakit.actor_registry import compiled

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
N_NAMES, N_LONG, ROUNDS = 5_000, 200_000, 5


def articles(folder: Path) -> list[str]:
    """Texts of about 420 words: those of PerSenT where they are there, else runs of invented words and names."""
    path = folder / "persent"
    texts: list[str] = []
    for file in sorted(path.glob("*.csv")) if path.is_dir() else ():
        table = pd.read_csv(file)
        texts += [text for text in table.get("DOCUMENT", pd.Series(dtype=str)).dropna() if len(text) > 200]
    if texts:
        return texts[:500]
    print("persent is not there: invented texts")
    draw = random.Random(2)
    names = mk.read_actors()["alias"].tolist()
    words = ["".join(draw.choices(LETTERS, k=draw.randint(2, 9))) for _ in range(2000)]
    return [
        " ".join(draw.choice(names) if draw.random() < 0.06 else draw.choice(words) for _ in range(400))
        for _ in range(500)
    ]


def long_list() -> pd.DataFrame:
    draw = random.Random(1)
    names = [
        f"{''.join(draw.choices(LETTERS, k=6)).capitalize()} {''.join(draw.choices(LETTERS, k=8)).capitalize()}"
        for _ in range(N_LONG)
    ]
    return pd.DataFrame({"actor": names, "alias": names, "type": "person", "form": "name"}).drop_duplicates("alias")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    import spacy
    from spacy.matcher import PhraseMatcher

    texts = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    registry = mk.read_actors().drop_duplicates("alias").head(N_NAMES)
    names = compiled(registry)
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    matcher.add("actor", list(language.pipe(registry["alias"])))
    words = sum(len(text.split()) for text in texts) / len(texts)
    find, match = [], []
    for turn in range(ROUNDS + 1):
        seconds = (
            timed(lambda: [names.find(text) for text in texts]),
            timed(lambda: [matcher(document) for document in language.pipe(texts)]),
        )
        if turn:
            find.append(len(texts) / seconds[0])
            match.append(len(texts) / seconds[1])
    print(f"{len(texts)} texts of {words:.0f} words, {len(registry)} names, articles/s, median of {ROUNDS}:")
    ours, peer = statistics.median(find), statistics.median(match)
    print(f"  Names.find {ours:,.0f}; PhraseMatcher with its tokenizer {peer:,.0f}; {ours / peer:.1f} times")
    frame = pd.DataFrame({"article_id": [str(at) for at in range(len(texts))], "title": None, "text": texts})
    print(
        f"  mk.mentions {len(texts) / timed(lambda: mk.mentions(frame, registry)):,.0f} (sentences and rules included)"
    )
    print(f"  mk.mentions(unknown=True) {len(texts) / timed(lambda: mk.mentions(frame, registry, unknown=True)):,.0f}")
    registry = long_list()
    lists = [registry.assign(alias=registry["alias"] + f" {turn}") for turn in "ABCDE"]
    loading = [timed(functools.partial(compiled, each)) for each in lists]
    low, middle, high = min(loading), statistics.median(loading), max(loading)
    print(f"  {len(registry):,} names loaded in {middle:.2f} s ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
