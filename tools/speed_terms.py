"""Measure counts of terms, keyness and the concordance beside what people use today, in the same run.

    python tools/speed_terms.py [DATA] [--articles 20000]

DATA holds persent, newsmtsc, gum_news and wikigold (default: shared/data beside the repository). Articles of about 420
words are made of their sentences, drawn with a fixed seed. Counts are measured in a fresh process each: processor time,
and the peak of memory over what the articles and imports take. Prints the lines of docs/speed.md.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duplicate_corpus
import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.frames import build

WORDS = ("ceasefire", "president", "said")
N_TERMS, WINDOW = 45_000, 8


def made_articles(data: Path, n_articles: int) -> pd.DataFrame:
    """Articles of real sentences."""
    draw, sentences = random.Random(7), duplicate_corpus.real_sentences(data)
    rows = []
    for number in range(n_articles):
        paragraphs, n_words, goal = [], 0, max(60, draw.gauss(420, 120))
        while n_words < goal:
            paragraph = [draw.choice(sentences) for _ in range(draw.randint(1, 4))]
            n_words += sum(map(len, paragraph))
            paragraphs.append(" ".join(" ".join(sentence) for sentence in paragraph))
        rows.append((f"a{number}", f"source {number % 12}", "\n".join(paragraphs)))
    frame = pd.DataFrame(rows, columns=["article_id", "source", "text"])
    return build("articles", frame.assign(title=None, published=None))


def counted_here(articles: pd.DataFrame, n: tuple[int, int] = (1, 2)) -> int:
    return len(mk.term_counts(articles, by="source", n=n))


def counted_there(articles: pd.DataFrame) -> int:
    """scikit-learn's counts, summed by source."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(ngram_range=(1, 2))
    matrix = vectorizer.fit_transform(articles["text"])
    group, _ = pd.factorize(articles["source"])
    return (csr_matrix((np.ones(len(group), dtype=np.int64), (group, np.arange(len(group))))) @ matrix).nnz


def one_count(which: str, data: Path, n_articles: int) -> None:
    """Count in this process: processor seconds, and megabytes over what was there."""
    import sklearn.feature_extraction.text  # noqa: F401

    articles = made_articles(data, n_articles)
    count = counted_here if which == "mediakit" else counted_there
    count(articles[:20])
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    rows = count(articles)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{which}: {seconds:.2f} s, {(peak - before) / 1024:.0f} MB over {before / 1024:.0f} MB, {rows:,} rows")


def least(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """The least processor time of each, turn about."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            found[place] = min(found[place], time.process_time() - start)
    return found


def two_groups() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    share = 1 / np.arange(1, N_TERMS + 1)
    n = np.concatenate([rng.multinomial(4_000_000, share / share.sum()) + 2 for _ in "ab"])
    columns = {"source": ["a"] * N_TERMS + ["b"] * N_TERMS, "term": [f"w{at}" for at in range(N_TERMS)] * 2}
    of = np.repeat([n[:N_TERMS].sum(), n[N_TERMS:].sum()], N_TERMS)
    return build("term_counts", columns | {"n": n, "per_1000": 1000 * n / of, "n_articles": np.minimum(n, 900)})


def loop(articles: pd.DataFrame, word: str) -> pd.DataFrame:
    """The rows of a word as people write it: article, start, end, left, right."""
    pattern, rows = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), []
    for article_id, text in zip(articles["article_id"].tolist(), articles["text"].tolist(), strict=True):
        for match in pattern.finditer(text):
            start, end = match.span()
            low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            left, right = text[low:start].split(), text[end : high if high >= 0 else None].split()
            rows.append((article_id, start, end, " ".join(left[-WINDOW:]), " ".join(right[:WINDOW])))
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "left", "right"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=duplicate_corpus.DEFAULT)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--only", choices=["mediakit", "scikit-learn"])
    options = parser.parse_args()
    if missing := duplicate_corpus.missing(options.data):
        sys.exit(f"not there: {', '.join(missing)} in {options.data.name}")
    if options.only:
        one_count(options.only, options.data, options.articles)
        return
    counts = two_groups()
    seconds = least([lambda: mk.keyness(counts, target="a")], 9)[0]
    print(f"keyness of {N_TERMS:,} terms: {1000 * seconds:.0f} ms", flush=True)
    articles = made_articles(options.data, options.articles)
    for word in WORDS:
        ours, theirs = least([lambda w=word: mk.kwic(articles, w), lambda w=word: loop(articles, w)], 2)
        hits = len(mk.kwic(articles, word))
        print(f"kwic {word!r}, {hits:,} rows: {ours:.2f} s; loop {theirs:.2f} s; {theirs / ours:.1f} times", flush=True)
    for which in ("mediakit", "scikit-learn"):
        command = [sys.executable, __file__, str(options.data), "--articles", str(options.articles), "--only", which]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
