"""The networks of the core model of tone in torch, their data, and a loop that trains them; see train_tone_core.py."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from mediakit.tone_core import FORMS, N_PLACE, SYMBOLS, TARGET, UNKNOWN, place_inputs, row_of, target_inputs
from mediakit.tone_reading import Reading

WIDTH, HIDDEN, HEADS, DILATIONS = 128, 80, 4, (1, 2, 4)
DROPOUT, HIDE = 0.15, 0.1
N_SYMBOLS = len(SYMBOLS)


class Data(NamedTuple):
    """Readings as numbers: rows and places of all tokens behind one another, a row per target for the rest."""

    rows: np.ndarray
    places: np.ndarray
    lengths: np.ndarray
    begins: np.ndarray
    target: np.ndarray


def arrays(index: dict[str, int], readings: Sequence[Reading]) -> Data:
    """What the networks read; `index` has the row of every symbol and word."""
    tokens = [[*reading.left[::-1], None, *reading.right] for reading in readings]
    rows = [TARGET if word is None else row_of(index, word.text) for words in tokens for word in words]
    lengths = np.array([len(words) for words in tokens])
    return Data(np.array(rows), place_inputs(readings), lengths, np.cumsum(lengths) - lengths, target_inputs(readings))


def batch_of(data: Data, chosen: np.ndarray, rng: np.random.Generator | None = None) -> tuple[Any, ...]:
    """Rows, places, mask and targets of some readings; with `rng`, one word in ten is not shown."""
    lengths = data.lengths[chosen]
    along = np.arange(lengths.max())
    inside = along < lengths[:, None]
    at = np.minimum(data.begins[chosen][:, None] + along, len(data.rows) - 1)
    rows = data.rows[at]
    if rng:
        rows = np.where((rng.random(rows.shape) < HIDE) & (rows >= N_SYMBOLS), UNKNOWN, rows)
    mask = inside[..., None].astype(np.float32)
    found = (np.where(inside, rows, 0), data.places[at] * mask, mask, data.target[chosen])
    return tuple(torch.from_numpy(part) for part in found)


class Words(nn.Module):
    """The vector of each word: a learnt linear map of what is known of it, and what lexicons say."""

    def __init__(self, features: np.ndarray, lexicons: np.ndarray) -> None:
        """Start from a random map of the features of all words."""
        super().__init__()
        self.features, self.lexicons = _after_symbols(features), _after_symbols(lexicons)
        self.symbols = nn.Embedding(N_SYMBOLS, WIDTH)
        self.project = nn.Linear(features.shape[1], WIDTH, bias=False)
        nn.init.normal_(self.symbols.weight, std=0.5)
        nn.init.normal_(self.project.weight, std=features.shape[1] ** -0.5)

    def forward(self, rows: Any) -> Any:
        """The vectors of rows: each word that occurs is mapped once."""
        once, which = torch.unique(rows, return_inverse=True)
        symbol = (once < N_SYMBOLS)[:, None]
        vectors = torch.where(symbol, self.symbols(once.clamp(max=N_SYMBOLS - 1)), self.project(self.features[once]))
        return torch.cat([vectors, self.lexicons[once]], 1)[which]

    def table(self) -> np.ndarray:
        """The vectors of all words, without what lexicons say."""
        with torch.no_grad():
            return self.project(self.features[N_SYMBOLS:]).numpy()


def _after_symbols(rows: np.ndarray) -> Any:
    return torch.tensor(np.concatenate([np.zeros((N_SYMBOLS, rows.shape[1])), rows]), dtype=torch.float32)


class ToneNet(nn.Module):
    """Convolutions over the words around a target, then for each head a weighted mean of what the words speak for."""

    def __init__(self, width: int) -> None:
        """Start from random weights; `width` is that of the inputs of a token."""
        super().__init__()
        widths = [width] + [HIDDEN] * (len(DILATIONS) - 1)
        self.convolutions = nn.ModuleList(nn.Linear(3 * w, HIDDEN) for w in widths)
        self.value, self.attention = nn.Linear(HIDDEN, 3 * HEADS), nn.Linear(HIDDEN, HEADS)
        self.target, self.drop = nn.Linear(len(FORMS) + 2, 3), nn.Dropout(DROPOUT)

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


class Model(nn.Module):
    """Several networks over the same vectors of words."""

    def __init__(self, features: np.ndarray, lexicons: np.ndarray, networks: int) -> None:
        """Start from random weights."""
        super().__init__()
        self.words = Words(features, lexicons)
        width = WIDTH + lexicons.shape[1] + N_PLACE
        self.networks = nn.ModuleList(ToneNet(width) for _ in range(networks))

    def forward(self, rows: Any, places: Any, mask: Any, target: Any) -> list[Any]:
        """The logits of each network."""
        inputs = torch.cat([self.words(rows), places], -1)
        return [network(inputs, mask, target) for network in self.networks]


def answers(model: Model, data: Data) -> np.ndarray:
    """The mean logits of the networks for all readings."""
    found = np.zeros((len(data.lengths), 3), np.float32)
    order = np.argsort(data.lengths, kind="stable")
    model.eval()
    with torch.no_grad():
        for begin in range(0, len(order), 256):
            chosen = order[begin : begin + 256]
            found[chosen] = torch.stack(model(*batch_of(data, chosen))).mean(0).numpy()
    model.train()
    return found


def train(
    model: Model, data: Data, wanted: np.ndarray, *, seed: int, epochs: int, rate: float = 3e-3, size: int = 64
) -> None:
    """Learn the probabilities `wanted` of all readings; the map of words changes more slowly than the rest."""
    rng = np.random.default_rng(seed)
    slow = list(model.words.project.parameters())
    rest = [weights for weights in model.parameters() if all(weights is not other for other in slow)]
    groups = [{"params": rest, "lr": rate}, {"params": slow, "lr": 0.3 * rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(_of_like_length(data, size, np.random.default_rng(seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    began = time.time()
    for epoch in range(epochs):
        running = []
        for chosen in _of_like_length(data, size, rng):
            goal = torch.from_numpy(wanted[chosen])
            losses = [-(goal * found.log_softmax(-1)).sum(-1).mean() for found in model(*batch_of(data, chosen, rng))]
            optimiser.zero_grad()
            sum(losses).backward()
            optimiser.step()
            schedule.step()
            running.append(sum(losses).item() / len(losses))
        print(
            f"epoch {epoch + 1}, loss {np.mean(running):.3f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True
        )


def _of_like_length(data: Data, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Batches in random order, each of targets whose sentences are about as long."""
    order = rng.permutation(len(data.lengths))
    found = []
    for begin in range(0, len(order), 20 * size):
        pool = order[begin : begin + 20 * size]
        pool = pool[np.argsort(data.lengths[pool], kind="stable")]
        found += [pool[a : a + size] for a in range(0, len(pool), size)]
    return [found[i] for i in rng.permutation(len(found))]
