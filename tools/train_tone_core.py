"""Train the core model of tone: python tools/train_tone_core.py DATA --work DIR --minilm DIR [--rated FILE]

Steps, in order (give some by name, or none for all):
  vectors  a vector for every word: what MiniLM-L6 makes of the word alone, before and after it learnt ratings
  check    train without the held-out articles, report on them, choose temperature and abstention
  final    train on all training sentences and write mediakit/data/tone/core.npz

`train_encoder.py DATA rate --work DIR --minilm DIR` makes DIR/rated.pt (from the ratings of vader_gt, MIT); its step
`label` makes DIR/taught.json, what a larger model thinks of the same training sentences, which is learnt from where it
is there. Labels are those of NewsMTSC's training set alone. Needs torch and transformers, which the model does not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from encoder_net import Case, Net, cases, held_out, tensors
from scipy.optimize import minimize_scalar
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer
from tone_net import DILATIONS, Data, ToneNet, arrays, batch_of, train

from mediakit import tone_core
from mediakit.encoder import Encoder, whole
from mediakit.tone_core import SYMBOLS, Core
from mediakit.tone_reading import PRONOUNS, read

SHIPPED = Path(__file__).parent.parent / "mediakit" / "data" / "tone" / "core.npz"
EPOCHS = 8
SMOOTHING = 0.05  # of the labels
TAUGHT = 0.7  # weight of the teacher beside the label
WIDTH = 128  # of the vectors, after reduction
LEAST_SURE = 0.3  # of the held-out targets, for which the model should abstain
NEGATORS = "not no never none nobody nothing neither nor nowhere without hardly barely scarcely rarely seldom cannot"


def small_words(rows: list[Case]) -> set[str]:
    """Words that stand in small letters in the training sentences: others with a capital are names."""
    found: set[str] = set()
    for row in rows:
        found |= set(re.findall(r"(?<![^\W\d_])[a-z]+(?:['’][a-z]+)*", row.text))
    return {word.replace("’", "'") for word in found}


def word_list(rows: list[Case], tokenizer: Any) -> tuple[list[str], int]:
    """Words with a vector, and how many of them, the first, may stand in small letters; the rest MiniLM knows."""
    small = small_words(rows) | {"a", "i"} | set(PRONOUNS)
    whole_words = {word for word in tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word)}
    return [*sorted(small), *sorted(whole_words - small)], len(small)


def make_vectors(rows: list[Case], minilm: Path, rated: Path | None, path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    words, n_small = word_list(rows, tokenizer)
    written = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    vectors = word_vectors(words, tokenizer, minilm, rated)
    symbols = np.random.default_rng(0).normal(size=(len(SYMBOLS), vectors.shape[1])) * 0.5
    found = {"words": written, "n_small": n_small, "vectors": vectors, "symbols": symbols, "lexicons": lexicons(words)}
    np.savez(path, **found)


def word_vectors(words: list[str], tokenizer: Any, minilm: Path, rated: Path | None) -> np.ndarray:
    """What the encoder makes of each word alone: its rating, and the main components of its states."""
    settings = {"max_length": 16, "ends": ["[CLS]", "[SEP]"]}
    pieces = [whole(Encoder(None, tokenizer, settings), word) for word in words]
    parts: list[np.ndarray] = []
    rating = np.zeros((len(words), 0))
    for weights in (None, rated) if rated else (None,):
        net = Net(str(minilm))
        if weights:
            net.load_state_dict({k: v.float() for k, v in torch.load(weights, weights_only=True).items()})
        net.eval()
        states, rates = _states(net, pieces, tokenizer.token_to_id("[PAD]"))
        states -= states.mean(axis=0)
        states /= np.linalg.norm(states, axis=1, keepdims=True) + 1e-6
        parts.append(states * (1.0 if weights else 0.5))
        if weights:
            rating = ((rates - rates.mean()) / rates.std())[:, None] * 0.5
    every = np.concatenate(parts, axis=1)
    _, _, axes = np.linalg.svd(every[::5], full_matrices=False)
    reduced = every @ axes[:WIDTH].T
    reduced /= np.sqrt(reduced.std(axis=0))  # what varies little may tell much
    return np.concatenate([rating, reduced / reduced.std() * 0.5], axis=1)


def _states(net: Any, pieces: list[Any], pad: int) -> tuple[np.ndarray, np.ndarray]:
    states, rates = np.zeros((len(pieces), 384), np.float32), np.zeros(len(pieces))
    order = np.argsort([len(piece.ids) for piece in pieces], kind="stable")
    with torch.no_grad():
        for begin in range(0, len(order), 512):
            chosen = order[begin : begin + 512]
            ids, attention, _ = tensors([pieces[i] for i in chosen], pad)
            found = net.body(input_ids=ids, attention_mask=attention).last_hidden_state
            mask = attention.unsqueeze(-1).float()
            mean = (found * mask).sum(1) / mask.sum(1)
            states[chosen], rates[chosen] = mean.numpy(), net.rating(mean).squeeze(-1).numpy()
    return states, rates


def lexicons(words: list[str]) -> np.ndarray:
    """For every word its weight by VADER and by Pattern, as it is and where it is positive, and whether it negates."""
    from textblob.en import sentiment as pattern
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer().lexicon
    pattern.load()
    weights = np.array(
        [[vader.get(word, 0) / 4, pattern[word][None][0] if word in pattern else 0] for word in words], dtype=float
    )
    negates = [word in NEGATORS.split() or word.endswith("n't") for word in words]
    return np.column_stack([weights, np.maximum(weights, 0), negates])


class Quality(NamedTuple):
    """What is told of predictions."""

    f1: float
    accuracy: float
    error: float
    selective: float


def quality(p: np.ndarray, gold: np.ndarray) -> Quality:
    """Macro-F1, accuracy, expected calibration error (10 bins), accuracy without the least sure."""
    best, sure = p.argmax(1), p.max(1)
    right = best == gold
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    kept = sure >= np.quantile(sure, LEAST_SURE)
    return Quality(f1_score(gold, best, average="macro"), accuracy_score(gold, best), error, right[kept].mean())


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    weights = np.exp((logits - logits.max(1, keepdims=True)) / temperature)
    return weights / weights.sum(1, keepdims=True)


def fitted(nets: list[ToneNet], data: Any) -> np.ndarray:
    """The mean logits of several networks."""
    with torch.no_grad():
        parts = [np.arange(a, min(a + 256, len(data.lengths))) for a in range(0, len(data.lengths), 256)]
        return np.mean(
            [np.concatenate([net.eval()(*batch_of(data, p)).numpy() for p in parts]) for net in nets], axis=0
        )


def stored(nets: list[ToneNet], work: Any, settings: dict[str, float]) -> dict[str, np.ndarray]:
    """The arrays of the model's file: vectors in bytes, other weights in half precision."""
    scale = np.abs(work["vectors"]).max(axis=0) / 127
    found = {
        "words": work["words"],
        "n_small": work["n_small"],
        "vectors": np.round(work["vectors"] / scale).astype(np.int8),
        "scale": scale.astype(np.float16),
        "symbols": work["symbols"].astype(np.float16),
        "lexicons": np.round(work["lexicons"] * 100).astype(np.int8),
        "dilations": np.array(DILATIONS),
        "networks": np.array(len(nets)),
        **{name: np.array(value) for name, value in settings.items()},
    }
    for number, net in enumerate(nets):
        for name, layer in net.layers():
            found[f"{number}_{name}_w"] = layer.weight.detach().numpy().T.astype(np.float16)
            found[f"{number}_{name}_b"] = layer.bias.detach().numpy().astype(np.float16)
    return found


def lessons_of(lessons: list[Case], core: Core) -> tuple[Data, np.ndarray]:
    """What is read, and what should be answered: labels, smoothed since crowds err; the teacher; or both."""
    data = arrays(core, [read(row.text, row.start, row.end, core.small) for row in lessons])
    goals = np.zeros((len(lessons), 3), np.float32)
    for goal, row in zip(goals, lessons, strict=True):
        label = None if row.label is None else np.full(3, SMOOTHING / 3) + np.eye(3)[row.label] * (1 - SMOOTHING)
        taught = label if row.taught is None else np.array(row.taught)
        goal[:] = taught if label is None else TAUGHT * taught + (1 - TAUGHT) * label
    return data, goals


def check(lessons: list[Case], parts: tuple[list[Case], list[Case]], words: Any, seeds: range) -> dict[str, float]:
    """Train without the held-out articles; temperature and abstention are what suits them."""
    core = known(words)
    apart = {row.text for row in parts[1]}
    data, goals = lessons_of(lessons, core)
    chosen = np.array([i for i, row in enumerate(lessons) if row.text not in apart])
    kept = arrays(core, [read(row.text, row.start, row.end, core.small) for row in parts[1]])
    gold = np.array([row.label for row in parts[1]])
    nets = []
    for seed in seeds:
        nets.append(train(data, chosen, goals, seed=seed, epochs=EPOCHS))
        logits = fitted(nets, kept)
        print(f"{len(nets)} networks, held out: {quality(probabilities(logits, 1), gold)}", flush=True)
    log_loss = lambda t: -np.log(probabilities(logits, t)[np.arange(len(gold)), gold]).mean()  # noqa: E731
    temperature = float(minimize_scalar(log_loss, bounds=(0.3, 5), method="bounded").x)
    found = probabilities(logits, temperature)
    print(f"temperature {temperature:.3f}: {quality(found, gold)}", flush=True)
    return {"temperature": temperature, "abstain": float(np.quantile(found.max(1), LEAST_SURE))}


def known(work: Any) -> Core:
    """The part of the model that is there before training: words and their vectors."""
    return tone_core.unpacked(stored([], work, {"temperature": 1, "abstain": 0}) | {"networks": np.array(0)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--rated", type=Path)
    parser.add_argument("--taught", type=Path)
    parser.add_argument("--networks", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if not (args.data / "newsmtsc").is_dir():
        sys.exit(f"train_tone_core: there is no folder newsmtsc in {args.data}.")
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    wanted = args.steps or ["vectors", "check", "final"]
    rows = cases(args.data / "newsmtsc" / "rw-hf" / "train.jsonl")
    if "vectors" in wanted:
        make_vectors(rows, args.minilm, args.rated, args.work / "vectors.npz")
    words = dict(np.load(args.work / "vectors.npz"))
    lessons = [Case(*row) for row in json.loads(args.taught.read_text("utf-8"))] if args.taught else rows
    seeds = range(args.seed, args.seed + args.networks)
    if "check" in wanted:
        settings = check(lessons, held_out(rows), words, seeds)
        (args.work / "settings.json").write_text(json.dumps(settings), "utf-8")
    if "final" in wanted:
        settings = json.loads((args.work / "settings.json").read_text("utf-8"))
        data, goals = lessons_of(lessons, known(words))
        nets = [train(data, np.arange(len(lessons)), goals, seed=seed, epochs=EPOCHS) for seed in seeds]
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(SHIPPED, **stored(nets, words, settings))
        print(f"{SHIPPED.name}: {SHIPPED.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
