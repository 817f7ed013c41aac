"""Measure what docs/accuracy.md claims of near_duplicates: planted edits against all pairs, compared exactly.

    python tools/accuracy_duplicates.py [DATA] [--articles 20000] [--seed 0]

DATA is the folder with the real sentences the articles are made of. The exact pairs come from another way of doing it:
words by a regular expression, 5-grams as tuples, and the product of the whole matrix of articles and 5-grams with
itself.
"""

import argparse
import re
import sys
from collections import Counter
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
from duplicate_corpus import DEFAULT, Planted, missing, planted
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

import mediakit as mk

BARS = (0.5, 0.7, 0.9)


def gram_matrix(texts: list[str]) -> csr_array:
    """Articles by word 5-grams, 1 where an article has one."""
    numbers: dict[tuple[str, ...], int] = {}
    following = count()
    rows, columns = [], []
    for row, text in enumerate(texts):
        words = re.findall(r"\w+", text.casefold())
        grams = {tuple(words[place : place + 5]) for place in range(len(words) - 4)}
        for gram in grams:
            number = numbers.get(gram)
            if number is None:
                number = numbers[gram] = next(following)
            columns.append(number)
        rows += [row] * len(grams)
    return coo_array((np.ones(len(rows), dtype=np.int32), (rows, columns))).tocsr()


def exact_pairs(texts: list[str], least: float) -> pd.DataFrame:
    """Every pair a < b with a Jaccard similarity of at least `least`: a, b, similarity."""
    matrix = gram_matrix(texts)
    sizes = np.diff(matrix.indptr)
    columns = matrix.T.tocsr()
    found = []
    for first in range(0, len(texts), 500):
        both = (matrix[first : first + 500] @ columns).tocoo()
        a, b = both.coords[0] + first, both.coords[1]
        similarity = both.data / (sizes[a] + sizes[b] - both.data)
        kept = (a < b) & (similarity >= least)
        found.append(pd.DataFrame({"a": a[kept], "b": b[kept], "similarity": similarity[kept]}))
    return pd.concat(found, ignore_index=True)


def n_pairs(groups: np.ndarray) -> int:
    sizes = np.bincount(groups)
    return int((sizes * (sizes - 1) // 2).sum())


def report(corpus: Planted, least: float, exact: pd.DataFrame) -> None:
    """The figures for one `min_similarity`."""
    articles = corpus.articles
    found = mk.near_duplicates(articles, min_similarity=least)
    story, edit = np.array(corpus.story), np.array(corpus.edit)
    own = pd.Series(-1 - np.arange(len(articles)), index=articles["article_id"])
    own[found["article_id"]] = found["cluster"].to_numpy()
    cluster = pd.factorize(own.to_numpy())[0]
    exact = exact[exact["similarity"] >= least]
    a, b = exact["a"].to_numpy(), exact["b"].to_numpy()
    together = cluster[a] == cluster[b]
    same = story[a] == story[b]
    matrix = coo_array((np.ones(len(exact)), (a, b)), shape=(len(articles),) * 2)
    closure = connected_components(matrix, directed=False)[1]
    both = pd.factorize(pd.Series(list(zip(cluster.tolist(), closure.tolist(), strict=True))))[0]
    by_story = pd.factorize(pd.Series(list(zip(cluster.tolist(), story.tolist(), strict=True))))[0]
    print(f"\nmin_similarity {least}: {len(found):,} articles in {found['cluster'].nunique():,} clusters")
    print(f"  exact pairs at >= {least}: {len(exact):,}, of one story {same.sum():,}")
    print(f"  recall of exact pairs: {together.mean():.5f}; of one story: {together[same].mean():.5f}")
    print(
        f"  exact pairs of different stories (templates): {(~same).sum():,}, put together: {(together & ~same).sum():,}"
    )
    n = n_pairs(cluster)
    print(f"  pairs put together: {n:,}; of one story: {n_pairs(by_story) / n:.5f}")
    print(
        f"  of them in one component of the exact pairs: {n_pairs(both) / n:.5f}; exact pairs: {together.sum() / n:.5f}"
    )
    missed = Counter(edit[np.concatenate([a[~together & same], b[~together & same]])].tolist())
    print(f"  missed, by edit: {dict(missed)}")
    kept = {article: place for place, article in enumerate(articles["article_id"])}
    direct = {(min(p), max(p)): s for *p, s in zip(exact["a"], exact["b"], exact["similarity"], strict=True)}
    rows = found[found["article_id"] != found["kept_id"]]
    pairs = [
        (min(p), max(p))
        for p in zip(rows["article_id"].map(kept).tolist(), rows["kept_id"].map(kept).tolist(), strict=True)
    ]
    off = [abs(direct[p] - s) for p, s in zip(pairs, rows["similarity"], strict=True) if p in direct and p[0] != p[1]]
    print(f"  similarity to the one kept, against the exact: largest difference {max(off):.6f} in {len(off):,} pairs")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if gone := missing(options.data):
        print(f"{options.data}: no {', '.join(gone)} there. Pass the folder that holds them.", file=sys.stderr)
        return 2
    corpus = planted(options.data, options.articles, options.seed)
    kinds = pd.Series(corpus.edit).value_counts()
    print(f"{len(corpus.story):,} articles, {len(set(corpus.story)):,} stories; {kinds.to_dict()}")
    exact = exact_pairs(corpus.articles["text"].tolist(), min(BARS))
    for least in BARS:
        report(corpus, least, exact)
    return 0


if __name__ == "__main__":
    sys.exit(main())
