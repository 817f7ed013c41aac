"""Measure what docs/speed.md claims of near_duplicates: beside datasketch and rensa, and as the corpus grows.

    python tools/speed_duplicates.py [DATA] [--sizes 20000 50000 100000] [--rounds 3] [--write]

The articles are those of accuracy_duplicates.py. Every measurement has a fresh process, and processor time is what
counts, so that a busy machine does not matter much. The peers work on the first size, turn about with mediakit: words
by a regular expression, 5-grams, MinHash with 128 permutations (the default of datasketch), LSH at .5, and the
estimated similarity of each pair found. --write puts the rows into docs/speed.md.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from duplicate_corpus import DEFAULT, missing
from speed import PAGE, Row, machine, write


def shingles(text: str) -> list[bytes]:
    words = re.findall(r"\w+", text.casefold())
    return list({" ".join(words[place : place + 5]).encode() for place in range(max(len(words) - 4, 1))})


def with_mediakit(articles: pd.DataFrame) -> int:
    import mediakit as mk

    return len(mk.near_duplicates(articles))


def with_datasketch(articles: pd.DataFrame, hashed: Callable[[bytes], int] | None = None) -> int:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    sketches = []
    for number, text in enumerate(articles["text"].tolist()):
        sketch = MinHash(num_perm=128, hashfunc=hashed) if hashed else MinHash(num_perm=128)
        sketch.update_batch(shingles(text))
        sketches.append(sketch)
        index.insert(number, sketch, check_duplication=False)
    pairs = ((a, b) for a, sketch in enumerate(sketches) for b in index.query(sketch) if a < b)
    return sum(sketches[a].jaccard(sketches[b]) >= 0.5 for a, b in pairs)


def with_datasketch_crc32(articles: pd.DataFrame) -> int:
    return with_datasketch(articles, zlib.crc32)


def with_rensa(articles: pd.DataFrame) -> int:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    sketches = []
    for number, text in enumerate(articles["text"].tolist()):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([shingle.decode() for shingle in shingles(text)])
        sketches.append(sketch)
        index.insert(number, sketch)
    pairs = ((a, b) for a, sketch in enumerate(sketches) for b in index.query(sketch) if a < b)
    return sum(sketches[a].jaccard(sketches[b]) >= 0.5 for a, b in pairs)


WAYS = {
    "mediakit": with_mediakit,
    "datasketch": with_datasketch,
    "datasketch, crc32 for sha1": with_datasketch_crc32,
    "rensa": with_rensa,
}


def child(way: str, path: str) -> None:
    """Do the work once and print the seconds, the memory it took beyond the articles, and what was found."""
    articles = pd.read_parquet(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, used = time.perf_counter(), time.process_time()
    found = WAYS[way](articles)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = int(articles["text"].str.encode("utf-8").str.len().sum())
    print(json.dumps({"s": seconds, "cpu": cpu, "mb": (peak - before) / 1024, "text": text / 2**20, "found": found}))


def plant(data: Path, n: int, path: Path) -> None:
    """Write a corpus, in a process of its own: what this one has in memory would count for those it starts."""
    code = f"from pathlib import Path; from duplicate_corpus import planted as p; p(Path({str(data)!r}), {n})"
    code += f".articles.to_parquet({str(path)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)


def measured(way: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", way, str(path)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(run.stdout))


def middle(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def peers(path: Path, rounds: int, n: int) -> Row:
    """All ways on the same articles, turn about."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, results in runs.items():
            results.append(measured(way, path))
            print(way, results[-1], flush=True)
    ours, others = runs.pop("mediakit"), runs
    cpu = middle(ours, "cpu")
    return Row(
        measure="near_duplicates",
        data=f"{n:,} articles with planted copies, {middle(ours, 'text'):.0f} MB of text; processor time, turn "
        f"about, median of {rounds}",
        result=f"{cpu:.1f} s, {n / cpu:,.0f} articles/s, {middle(ours, 'mb'):.0f} MB beside the articles",
        peer="; ".join(
            f"{way} {middle(results, 'cpu'):.1f} s ({middle(results, 'cpu') / cpu:.1f} times), "
            f"{middle(results, 'mb'):.0f} MB"
            for way, results in others.items()
        ),
        bar="5 times datasketch",
        machine=machine(),
    )


def growth(paths: dict[int, Path], rounds: int) -> Row:
    """mediakit alone, on more and more articles."""
    runs = {n: [measured("mediakit", path) for _ in range(rounds)] for n, path in paths.items()}
    print(runs)
    return Row(
        measure="near_duplicates, growth",
        data=f"{', '.join(f'{n:,}' for n in runs)} articles made alike; processor time, median of {rounds}",
        result="; ".join(
            f"{n:,}: {middle(r, 'cpu'):.1f} s ({middle(r, 'cpu') / n * 1e6:.0f} µs an article), "
            f"{middle(r, 'mb'):.0f} MB for {middle(r, 'text'):.0f} MB of text"
            for n, r in runs.items()
        ),
        peer="none",
        bar="linear",
        machine=machine(),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 50_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpora", type=Path, help="a folder to keep the articles in, or where they are from before")
    parser.add_argument("--write", action="store_true", help="put the rows into docs/speed.md")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return 0
    if gone := missing(options.data):
        print(f"{options.data}: no {', '.join(gone)} there. Pass the folder that holds them.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.corpora or Path(temporary)
        folder.mkdir(exist_ok=True)
        paths = {n: folder / f"{n}.parquet" for n in options.sizes}
        for n, path in paths.items():
            if not path.exists():
                plant(options.data.resolve(), n, path)
        rows = [peers(paths[options.sizes[0]], options.rounds, options.sizes[0]), growth(paths, options.rounds)]
    for row in rows:
        print(row)
    if options.write:
        write(rows, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
