"""Measure how fast tone is: python tools/speed_tone.py [DATA] [--model core|encoder] [--n 10000]

Mentions are the targets of newsmtsc's training sentences in DATA (default: shared/data beside the repository), each
in a one-sentence article of its own, as many as asked for; quotations are given, so that only tone is timed. Run it on
one core: taskset -c 0 python tools/speed_tone.py
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import pandas as pd

import mediakit as mk

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


def corpus(rows: list[dict], n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles and mentions: where there are too few targets, their sentences come again with another first word."""
    texts, mentions = [], []
    for number in range(n):
        row = rows[number % len(rows)]
        before = "" if number < len(rows) else "Then "
        text = before + " ".join(row["sentence"].split("\n"))
        start, end = len(before) + row["from"], len(before) + row["to"]
        texts.append({"article_id": str(number), "source": "x", "published": None, "title": None, "text": text})
        mentions.append({"article_id": str(number), "start": start, "end": end, "actor": "x", "text": row["mention"]})
    articles = pd.DataFrame(texts)
    split = mk.sentences(articles)
    firsts = {key: group[["start", "sentence_no"]].to_numpy() for key, group in split.groupby("article_id")}
    for row in mentions:
        row["sentence_no"] = int([no for at, no in firsts[row["article_id"]] if at <= row["start"]][-1])
    return articles, pd.DataFrame(mentions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--model", choices=["core", "encoder"], default="core")
    parser.add_argument("--n", type=int, default=10_000)
    args = parser.parse_args()
    path = args.data / "newsmtsc" / "rw-hf" / "train.jsonl"
    if not path.is_file():
        print(f"newsmtsc: not in {args.data.name}; nothing measured")
        return
    articles, mentions = corpus([json.loads(line) for line in path.read_text("utf-8").splitlines()], args.n)
    nothing = pd.DataFrame({name: [] for name in ("article_id", "start", "end", "kind", "speaker", "speaker_kind")})
    mk.tone(mentions[:5], articles[:5], model=args.model, quotes=nothing)  # loads the model
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        mk.tone(mentions, articles, model=args.model, quotes=nothing)
        told = f"{time.perf_counter() - wall:.1f} s ({time.process_time() - cpu:.1f} s of CPU)"
        print(f"{args.model}: {args.n:,} mentions in {told}", flush=True)


if __name__ == "__main__":
    main()
