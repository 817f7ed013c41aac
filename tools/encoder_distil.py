"""The student learns to answer, and to see a sentence, as the teacher does; see train_encoder.py."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder_net import Case, Net, rated_pieces, read, tensors, tune
from torch import nn
from torch.nn.functional import cosine_similarity, cross_entropy, mse_loss, softmax

from mediakit.encoder import Encoder, Pieces, is_name

SOFTER = 2.0  # the temperature at which answers are compared: what the teacher thinks of the other two classes counts
LABELS = 0.3  # weight of the labels beside the teacher's answers
SMOOTHING = 0.05  # of the labels: crowds err
REPLAYED = 0.15  # of the batches come with one of ratings, so that these are not forgotten
RATED = 3.0  # weight of a batch of ratings


def as_read(encoder: Encoder, case: Case) -> Pieces:
    """The case as the shipped encoder reads it: names hidden."""
    return read(encoder, case, "" if is_name(case.target) else None)


def answer(net: Net, encoder: Encoder, pad: int, asked: Sequence[Case], path: Path) -> None:
    """Store what the teacher answers to each case (logits) and what it answers from (its three parts)."""
    net.eval()
    pieces = [as_read(encoder, case) for case in asked]
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
    logits = np.zeros((len(pieces), 3), np.float32)
    parts = np.zeros((len(pieces), 3, net.body.config.hidden_size), np.float16)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for begin in range(0, len(order), 32):
            chosen = order[begin : begin + 32]
            first, mean, named = net.parts(*tensors([pieces[i] for i in chosen], pad))
            parts[chosen] = torch.stack([first, mean, named], 1).float().numpy()
            logits[chosen] = net.tone(torch.cat([first, named], -1)).float().numpy()
    np.savez(path.with_suffix(".npz"), logits=logits, parts=parts)
    path.write_text(json.dumps(asked), "utf-8")


def read_lessons(path: Path) -> list[Case]:
    """The cases that `answer` stored, with what the teacher thinks."""
    answers = softmax(torch.tensor(np.load(path.with_suffix(".npz"))["logits"]), -1).tolist()
    stored = json.loads(path.read_text("utf-8"))
    return [Case(*case)._replace(taught=answer) for case, answer in zip(stored, answers, strict=True)]


def follow(
    net: Net, encoder: Encoder, pad: int, path: Path, replay: Sequence[tuple[str, float]], seed: int, **options: Any
) -> None:
    """Learn what `answer` stored, all names hidden, with ratings now and then so that these are not forgotten."""
    rng = random.Random(seed)
    lessons, stored = read_lessons(path), np.load(path.with_suffix(".npz"))
    answers, parts = torch.tensor(stored["logits"]), torch.tensor(stored["parts"])
    middle = parts.float().mean(0)
    pieces = [as_read(encoder, case) for case in lessons]
    rated, values = rated_pieces(encoder, [text for text, _ in replay]), torch.tensor([value for _, value in replay])
    labels = torch.tensor([-100 if case.label is None else case.label for case in lessons])
    widths = net.body.config.hidden_size, parts.shape[-1]
    as_teacher = nn.ModuleList([nn.Linear(*widths) for _ in range(3)])
    for layer in net.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = 0.0  # there are more lessons than the student can hold: noise only slows it

    def loss(batch: list[int]) -> Any:
        seen = net.parts(*tensors([pieces[i] for i in batch], pad))
        found = net.tone(torch.cat([seen[0], seen[2]], -1)).float()
        total = SOFTER**2 * cross_entropy(found / SOFTER, softmax(answers[batch] / SOFTER, -1))
        if (labels[batch] >= 0).any():
            share = (labels[batch] >= 0).float().mean()
            total = total + LABELS * share * cross_entropy(found, labels[batch], label_smoothing=SMOOTHING)
        wanted = parts[batch].float() - middle
        for layer, part, goal in zip(as_teacher, seen, wanted.unbind(1), strict=True):
            total = total + (1 - cosine_similarity(layer(part).float(), goal)).mean() / 3
        if rng.random() < REPLAYED:
            again = rng.sample(range(len(rated)), len(batch))
            _, rating = net(*tensors([rated[i] for i in again], pad))
            total = total + RATED * mse_loss(rating.float(), values[again])
        return total

    lengths = [len(p.ids) for p in pieces]
    tune(net, lengths, loss, rng=rng, beside=list(as_teacher.parameters()), **options)
