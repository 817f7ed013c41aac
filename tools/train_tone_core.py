"""Train the core model of tone: python tools/train_tone_core.py DATA --work DIR --minilm DIR [--toned FILE]

Steps, in order (give some by name, or none for all):
  vectors  what MiniLM-L6 makes of every word, before and after it learnt ratings and tone (tone_words.py)
  train    learn the lessons and write mediakit/data/tone/core.npz; temperature and abstention are what suits the
           held-out articles, of which nothing is learnt

DIR is that of tools/train_encoder.py, whose steps `rate`, `teach`, `label` and `learn` come first: rate.pt, learn.pt
(--toned) and lessons.json with lessons.npz: NewsMTSC's training sentences without the held-out articles, with labels,
and many more targets without; of each, what a much larger model thinks. Needs torch and transformers, which using the
result does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from encoder_distil import read_lessons
from encoder_lessons import other_sentences
from encoder_net import SOURCES, Case, cases, held_out, ratings
from scipy.optimize import minimize_scalar
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer
from tone_net import DILATIONS, Data, Model, answers, arrays, train
from tone_words import lexicons, word_features, word_list

from mediakit.tone_core import SYMBOLS
from mediakit.tone_reading import read

SHIPPED = Path(__file__).parent.parent / "mediakit" / "data" / "tone" / "core.npz"
EPOCHS = 6
SMOOTHING = 0.05  # of the labels: crowds err
TAUGHT = 0.7  # weight of the teacher beside the label
LEAST_SURE = 0.3  # of the held-out targets, for which the model should abstain


def make_vectors(data: Path, work: Path, minilm: Path, toned: Path) -> None:
    texts = [row.text for row in cases(data / "newsmtsc" / "rw-hf" / "train.jsonl")]
    others = [*dict.fromkeys(other_sentences(data)), *(text for s in SOURCES for text, _ in ratings(data, s))]
    words, n_small = word_list(texts, others, Tokenizer.from_file(str(minilm / "tokenizer.json")))
    written = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    features = word_features(words, minilm, work / "rate.pt", toned).astype(np.float32)
    np.savez(work / "vectors.npz", words=written, n_small=n_small, features=features, lexicons=lexicons(words))


class Quality(NamedTuple):
    """What is told of predictions."""

    f1: float
    f1_several: float  # of targets in sentences where another one is labelled
    f1_single: float
    accuracy: float
    error: float
    selective: float


def quality(p: np.ndarray, gold: np.ndarray, several: np.ndarray) -> Quality:
    """Macro-F1, accuracy, expected calibration error (10 bins), accuracy without the least sure."""
    best, sure = p.argmax(1), p.max(1)
    right = best == gold
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    kept = sure >= np.quantile(sure, LEAST_SURE)
    f1s = [f1_score(gold[s], best[s], average="macro") for s in (several | True, several, ~several)]
    return Quality(*(round(float(x), 4) for x in (*f1s, accuracy_score(gold, best), error, right[kept].mean())))


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    weights = np.exp((logits - logits.max(1, keepdims=True)) / temperature)
    return weights / weights.sum(1, keepdims=True)


def temperature_of(logits: np.ndarray, gold: np.ndarray) -> float:
    """The divisor of the logits at which the labels are likeliest."""
    rows = np.arange(len(gold))
    log_loss = lambda t: -np.log(probabilities(logits, t)[rows, gold]).mean()  # noqa: E731
    return float(minimize_scalar(log_loss, bounds=(0.3, 5), method="bounded").x)


def stored(model: Model, work: Any, settings: dict[str, float]) -> dict[str, np.ndarray]:
    """The arrays of the model's file: vectors in bytes, other weights in half precision."""
    vectors = model.words.table()
    scale = np.abs(vectors).max(axis=0) / 127
    found = {
        "words": work["words"],
        "n_small": work["n_small"],
        "vectors": np.round(vectors / scale).astype(np.int8),
        "scale": scale.astype(np.float16),
        "symbols": model.words.symbols.weight.detach().numpy().astype(np.float16),
        "lexicons": np.round(work["lexicons"] * 100).astype(np.int8),
        "dilations": np.array(DILATIONS),
        "networks": np.array(len(model.networks)),
        **{name: np.array(value) for name, value in settings.items()},
    }
    for number, net in enumerate(model.networks):
        for name, layer in net.layers():
            found[f"{number}_{name}_w"] = layer.weight.detach().numpy().T.astype(np.float16)
            found[f"{number}_{name}_b"] = layer.bias.detach().numpy().astype(np.float16)
    return found


def read_all(rows: list[Case], work: Any) -> Data:
    words = bytes(work["words"]).decode().split("\n")
    index = {word: row for row, word in enumerate((*SYMBOLS, *words))}
    small = frozenset(words[: int(work["n_small"])])
    return arrays(index, [read(row.text, row.start, row.end, small) for row in rows])


def goals(lessons: list[Case]) -> np.ndarray:
    """What should be answered: labels, smoothed since crowds err, with the teacher; or the teacher alone."""
    found = np.array([row.taught for row in lessons], dtype=np.float32)
    for goal, row in zip(found, lessons, strict=True):
        if row.label is not None:
            label = np.full(3, SMOOTHING / 3) + np.eye(3)[row.label] * (1 - SMOOTHING)
            goal[:] = TAUGHT * goal + (1 - TAUGHT) * label
    return found


def settled(model: Model, kept: list[Case], work: Any) -> dict[str, float]:
    """Temperature and abstention that suit the held-out articles."""
    logits = answers(model, read_all(kept, work))
    labelled = Counter(row.text for row in kept)
    gold = np.array([row.label for row in kept])
    several = np.array([labelled[row.text] > 1 for row in kept])
    temperature = temperature_of(logits, gold)
    found = probabilities(logits, temperature)
    print(f"held out, {len(gold)} targets, temperature {temperature:.3f}: {quality(found, gold, several)}", flush=True)
    return {"temperature": temperature, "abstain": float(np.quantile(found.max(1), LEAST_SURE))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--toned", type=Path)
    parser.add_argument("--networks", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not (args.data / "newsmtsc").is_dir():
        sys.exit(f"train_tone_core: there is no folder newsmtsc in {args.data}.")
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    wanted = args.steps or ["vectors", "train"]
    if "vectors" in wanted:
        make_vectors(args.data, args.work, args.minilm, args.toned or args.work / "learn.pt")
    if "train" in wanted:
        work = dict(np.load(args.work / "vectors.npz"))
        _, kept = held_out(cases(args.data / "newsmtsc" / "rw-hf" / "train.jsonl"))
        apart = {row.text for row in kept}
        lessons = [row for row in read_lessons(args.work / "lessons.json") if row.text not in apart]
        model = Model(work["features"], work["lexicons"], args.networks)
        train(model, read_all(lessons, work), goals(lessons), seed=args.seed, epochs=EPOCHS)
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(SHIPPED, **stored(model, work, settled(model, kept, work)))
        print(f"{SHIPPED.name}: {SHIPPED.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
