"""The network behind mediakit/encoder.py in torch, its data, and one loop that tunes it; see train_encoder.py."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from mediakit.encoder import Encoder, Pieces, is_name, marked, piece_ids, whole

SOURCES = {"movie": "movieReviewSnippets", "amazon": "amazonReviewSnippets", "tweets": "tweets"}
HELD_OUT = 0.15  # of the training sentences, by article: for choosing and for the temperature
NAME_LENGTH = 40


class Case(NamedTuple):
    """A sentence with its target: the label (0 negative, 1 neutral, 2 positive) where known, what a teacher says."""

    text: str
    start: int
    end: int
    label: int | None
    taught: list[float] | None = None
    article: str = ""

    @property
    def target(self) -> str:
        """The words the tone is towards."""
        return self.text[self.start : self.end]


def cases(path: Path) -> list[Case]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Case(r["sentence"], r["from"], r["to"], r["polarity"] + 1, None, article_of(r["id"])) for r in rows]


def article_of(row_id: str) -> str:
    """The article of a NewsMTSC row: allsides_1043_…, polusa_v1_59488606_…"""
    parts = row_id.split("_")
    return "_".join(parts[:2] if parts[0] == "allsides" else parts[:3])


def held_out(rows: Sequence[Case], seed: int = 0) -> tuple[list[Case], list[Case]]:
    """Rows to train on, and rows of other articles, none of whose sentences are among the first."""
    articles = sorted({row.article for row in rows})
    random.Random(seed).shuffle(articles)
    size: dict[str, int] = {}
    for row in rows:
        size[row.article] = size.get(row.article, 0) + 1
    kept: set[str] = set()
    while sum(size[article] for article in kept) < HELD_OUT * len(rows):
        kept.add(articles[len(kept)])
    texts = {row.text for row in rows if row.article in kept}
    return [r for r in rows if r.text not in texts], [r for r in rows if r.article in kept]


def ratings(data: Path, source: str) -> list[tuple[str, float]]:
    """Texts of one part of vader_gt with their mean rating, from -1 to 1."""
    lines = (data / "vader_gt" / f"{SOURCES[source]}_GroundTruth.txt").read_text("latin-1").splitlines()
    parts = [line.split("\t", 2) for line in lines]
    return [(part[2], float(part[1]) / 4) for part in parts if len(part) == 3]


class Net(nn.Module):
    """An encoder with two heads: tone from its first token and its target; rating from the mean of all."""

    def __init__(self, folder: str) -> None:
        """Start from the encoder in a folder, with heads that know nothing."""
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(folder, local_files_only=True, attn_implementation="eager")
        width = self.body.config.hidden_size
        self.typed = getattr(self.body.config, "type_vocab_size", 0) > 1  # BERT can be told which tokens are the target
        self.tone, self.rating, self.drop = nn.Linear(2 * width, 3), nn.Linear(width, 1), nn.Dropout(0.1)

    def forward(self, ids: Any, attention: Any, target: Any) -> tuple[Any, Any]:
        """Logits of negative, neutral and positive; rating."""
        first, mean, named = self.parts(ids, attention, target)
        return self.tone(self.drop(torch.cat([first, named], -1))), self.rating(self.drop(mean)).squeeze(-1)

    def parts(self, ids: Any, attention: Any, target: Any) -> tuple[Any, Any, Any]:
        """What the heads read: the state of the first token, the mean of all, the mean of the target's."""
        types = {"token_type_ids": (target > 0).long()} if self.typed else {}
        states = self.body(input_ids=ids, attention_mask=attention, **types).last_hidden_state
        return states[:, 0], _mean(states, attention), _mean(states, target)


def _mean(states: Any, weights: Any) -> Any:
    weights = weights.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def tensors(pieces: Sequence[Pieces], pad: int) -> tuple[Any, Any, Any]:
    ids = torch.full((len(pieces), max(len(p.ids) for p in pieces)), pad)
    attention, target = torch.zeros_like(ids), torch.zeros(ids.shape)
    for row, p in enumerate(pieces):
        ids[row, : len(p.ids)] = torch.tensor(p.ids)
        attention[row, : len(p.ids)] = 1
        target[row, p.first : p.last] = 1
    return ids, attention, target


class Names:
    """Other names to put in the place of a target, so that the network learns nothing about any one of them."""

    def __init__(self, rows: Sequence[Case]) -> None:
        """Take them from the targets of some rows."""
        names = [r.target for r in rows if is_name(r.target) and len(r.target) < NAME_LENGTH]
        self.short, self.long = [n for n in names if " " not in n], [n for n in names if " " in n]

    def instead(self, name: str, rng: random.Random) -> str:
        """Another name of as many words: one, or more."""
        return rng.choice(self.long if " " in name else self.short)


def read(encoder: Encoder, case: Case, name: str | None) -> Pieces:
    """The case as the network reads it; `name` None: as it stands, "": the mask, else another name."""
    left, right = piece_ids(encoder, case.text[: case.start]), piece_ids(encoder, case.text[case.end :])
    if name == "":
        return marked(encoder, left, [encoder.tokenizer.token_to_id(encoder.settings["mask"])], right)
    return marked(encoder, left, piece_ids(encoder, name or case.target), right)


def of_like_length(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Batches in random order, each of texts about equally long: less padding."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found = []
    for begin in range(0, len(order), size * 40):
        pool = sorted(order[begin : begin + size * 40], key=lambda i: lengths[i])
        found += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(found)
    return found


def tune(
    net: Net,
    lengths: Sequence[int],
    loss_of: Callable[[list[int]], Any],
    *,
    epochs: float,
    rate: float,
    size: int,
    rng: random.Random,
    frozen: int = 0,
    beside: Sequence[Any] = (),
) -> None:
    """AdamW with a linear rise and fall of the rate; the embeddings and the lowest `frozen` layers stay as they are.

    `beside`: weights of layers that help to learn and are then thrown away.
    """
    for name, weights in net.body.named_parameters():
        if frozen and ("embeddings" in name or any(f"layer.{i}." in name for i in range(frozen))):
            weights.requires_grad_(False)
    heads = [*net.tone.parameters(), *net.rating.parameters(), *beside]
    groups = [
        {"params": [w for w in net.body.parameters() if w.requires_grad], "lr": rate},
        {"params": heads, "lr": 5e-4},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = int(len(lengths) / size * epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    net.train()
    began, running = time.time(), 0.0
    for step, batch in enumerate(_endless(lengths, size, rng), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        running += 0.02 * (loss.item() - running)
        if step % 100 == 0 or step == steps:
            print(
                f"step {step} of {steps}, loss {running:.3f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True
            )
        if step >= steps:
            return


def _endless(lengths: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    while True:
        yield from of_like_length(lengths, size, rng)


def outputs(net: Net, pieces: Sequence[Pieces], pad: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits of tone and ratings, for every text."""
    net.eval()
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i].ids))
    logits, rated = np.zeros((len(pieces), 3)), np.zeros(len(pieces))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for begin in range(0, len(order), 64):
            chosen = order[begin : begin + 64]
            tone, rating = net(*tensors([pieces[i] for i in chosen], pad))
            logits[chosen], rated[chosen] = tone.float().numpy(), rating.float().numpy()
    net.train()
    return logits, rated


def rated_pieces(encoder: Encoder, texts: Sequence[str]) -> list[Pieces]:
    return [whole(encoder, text) for text in texts]
