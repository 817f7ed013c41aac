"""The networks of the core model of tone in torch, their data, and a loop that trains them; see train_tone_core.py."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from mediakit.tone_core import FORMS, N_PLACE, TARGET, UNKNOWN, Core, place_inputs, row_of, target_inputs
from mediakit.tone_reading import Reading

HIDDEN, HEADS, DILATIONS = 80, 4, (1, 2)


class Data(NamedTuple):
    """Readings as numbers: rows and places of all tokens behind one another, a row per target for the rest."""

    vectors: np.ndarray
    rows: np.ndarray
    places: np.ndarray
    lengths: np.ndarray
    begins: np.ndarray
    target: np.ndarray


def arrays(core: Core, readings: Sequence[Reading]) -> Data:
    """What the networks read."""
    rows, places = [], []
    for reading in readings:
        for word in [*reading.left[::-1], None, *reading.right]:
            rows.append(TARGET if word is None else row_of(core.rows, word.text))
            places.append((0, 0, reading.quoted) if word is None else (word.place, word.borders, word.quoted))
    lengths = np.array([len(reading.left) + 1 + len(reading.right) for reading in readings])
    inputs = place_inputs(np.array(places, dtype=np.int64))
    return Data(core.vectors, np.array(rows), inputs, lengths, np.cumsum(lengths) - lengths, target_inputs(readings))


def batch_of(data: Data, chosen: np.ndarray, hidden: np.ndarray | None = None) -> tuple[Any, Any, Any]:
    """Inputs, mask and targets of some readings; `hidden` are tokens whose word is not shown."""
    width = int(data.lengths[chosen].max())
    inputs = np.zeros((len(chosen), width, data.vectors.shape[1] + N_PLACE), np.float32)
    mask = np.zeros((len(chosen), width, 1), np.float32)
    for row, i in enumerate(chosen):
        span = slice(data.begins[i], data.begins[i] + data.lengths[i])
        words = data.rows[span] if hidden is None else np.where(hidden[span], UNKNOWN, data.rows[span])
        inputs[row, : data.lengths[i]] = np.concatenate([data.vectors[words], data.places[span]], axis=1)
        mask[row, : data.lengths[i]] = 1
    return torch.from_numpy(inputs), torch.from_numpy(mask), torch.from_numpy(data.target[chosen])


class ToneNet(nn.Module):
    """Convolutions over the words around a target, then for each head a weighted mean of what the words speak for."""

    def __init__(self, width: int, dropout: float = 0.25) -> None:
        """Start from random weights; `width` is that of the inputs of a token."""
        super().__init__()
        widths = [width] + [HIDDEN] * (len(DILATIONS) - 1)
        self.convolutions = nn.ModuleList(nn.Linear(3 * w, HIDDEN) for w in widths)
        self.value, self.attention = nn.Linear(HIDDEN, 3 * HEADS), nn.Linear(HIDDEN, HEADS)
        self.target, self.drop = nn.Linear(len(FORMS) + 2, 3), nn.Dropout(dropout)

    def forward(self, inputs: Any, mask: Any, target: Any) -> Any:
        """Logits of negative, neutral and positive."""
        x = self.drop(inputs) * mask
        for number, (layer, d) in enumerate(zip(self.convolutions, DILATIONS, strict=True)):
            wide = nn.functional.pad(x, (0, 0, d, d))
            found = nn.functional.relu(layer(torch.cat([wide[:, : -2 * d], x, wide[:, 2 * d :]], -1))) * mask
            x = self.drop(found) if number == 0 else x + self.drop(found)
        values = self.value(x).view(*x.shape[:2], HEADS, 3)
        weights = self.attention(x).masked_fill(mask == 0, -1e4).softmax(1)
        return (weights.unsqueeze(-1) * values).sum((1, 2)) + self.target(target)

    def layers(self) -> Iterator[tuple[str, Any]]:
        """The layers by the names that the model's file has for them."""
        yield from ((f"conv{number}", layer) for number, layer in enumerate(self.convolutions))
        yield from (("value", self.value), ("attention", self.attention), ("target", self.target))


def train(
    data: Data, chosen: np.ndarray, wanted: np.ndarray, *, seed: int, epochs: int, rate: float = 3e-3, size: int = 64
) -> ToneNet:
    """A network that learnt the probabilities `wanted` of the readings `chosen`; one word in ten is hidden from it."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = ToneNet(data.vectors.shape[1] + N_PLACE)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    batches = len(list(_of_like_length(data, chosen, size, np.random.default_rng(seed))))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * batches, pct_start=0.15)
    net.train()
    began = time.time()
    for epoch in range(epochs):
        running = []
        hidden = rng.random(len(data.rows)) < 0.1
        for part in _of_like_length(data, chosen, size, rng):
            found = net(*batch_of(data, part, hidden))
            loss = -(torch.from_numpy(wanted[part]) * found.log_softmax(-1)).sum(-1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            running.append(loss.item())
        print(
            f"epoch {epoch + 1}, loss {np.mean(running):.3f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True
        )
    return net.eval()


def _of_like_length(data: Data, chosen: np.ndarray, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Batches in random order, each of targets whose sentences are about as long."""
    order = rng.permutation(chosen)
    found = []
    for begin in range(0, len(order), 20 * size):
        pool = order[begin : begin + 20 * size]
        pool = pool[np.argsort(data.lengths[pool], kind="stable")]
        found += [pool[a : a + size] for a in range(0, len(pool), size)]
    return [found[i] for i in rng.permutation(len(found))]
