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
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duplicate_corpus
import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.frames import build

QUERIES = ("ceasefire", "negotiations", "peace agreement", "president", "said")
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


def one_count(which: str, file: Path) -> None:
    """Count in this process: processor seconds, and megabytes at the peak over what was there."""
    import sklearn.feature_extraction.text  # noqa: F401

    articles = pd.read_parquet(file)
    count = counted_here if which == "mediakit" else counted_there
    count(articles[:20])
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten (Linux)
    before, start = memory("VmRSS"), time.process_time()
    rows = count(articles)
    seconds = time.process_time() - start
    print(
        f"{which}: {seconds:.2f} s, {memory('VmHWM') - before:.0f} MB over {before:.0f} MB, {rows:,} rows", flush=True
    )


def memory(which: str) -> float:
    """Megabytes this process holds (VmRSS), or held at the most (VmHWM)."""
    found = re.search(rf"{which}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found.group(1)) / 1024


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
    columns |= {"n": n, "per_1000": 1000 * n / of, "n_articles": np.minimum(n, 900)}
    columns |= {"share_articles": columns["n_articles"] / 1000, "design_effect": 0.5 + rng.gamma(2, 0.5, len(n))}
    return build("term_counts", columns)


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
    parser.add_argument("--only", choices=["mediakit", "scikit-learn"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measures", nargs="*", default=["keyness", "kwic", "counts"])
    options = parser.parse_args()
    if options.only:
        one_count(options.only, options.file)
        return
    if missing := duplicate_corpus.missing(options.data):
        sys.exit(f"not there: {', '.join(missing)} in {options.data.name}")
    if "keyness" in options.measures:
        counts = two_groups()
        seconds = least([lambda: mk.keyness(counts, target="a")], 9)[0]
        print(f"keyness of {N_TERMS:,} terms: {1000 * seconds:.0f} ms", flush=True)
    if set(options.measures) & {"kwic", "counts"}:
        articles = made_articles(options.data, options.articles)
        mk.kwic(articles[:20], "said")  # loads modules
    for query in QUERIES if "kwic" in options.measures else ():
        start = time.process_time()
        hits = len(mk.kwic(articles, query))
        first = time.process_time() - start
        ours, theirs = least([lambda q=query: mk.kwic(articles, q), lambda q=query: loop(articles, q)], 2)
        print(
            f"kwic {query!r}, {hits:,} rows: {first:.2f} s at first, {ours:.2f} s later; loop {theirs:.2f} s; "
            f"{theirs / first:.1f} and {theirs / ours:.1f} times",
            flush=True,
        )
    if "counts" in options.measures:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "articles.parquet"
            articles.to_parquet(file)
            del articles
            # a fresh process each, turn about: the machine is never equally busy
            for which in ("mediakit", "scikit-learn", "mediakit"):
                subprocess.run([sys.executable, __file__, "--only", which, "--file", str(file)], check=True)


if __name__ == "__main__":
    main()
