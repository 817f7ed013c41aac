"""The core model of tone towards a target: small networks over word vectors, run with numpy alone.

Each network looks at every word with the three on either side, says what the word speaks for and how much it matters,
and adds this up: so what each word contributes is exact. tools/train_tone_core.py trains it; docs/tone.md is its card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from .tone_reading import NAME, NUMBER, Reading, Word, read

CLASSES = ("negative", "neutral", "positive")
SYMBOLS = ("<target>", NAME, NUMBER, *',;:—–()!?"“”$%…', "<unknown>")
DISTANCES = (1, 2, 3, 5, 8, 13, 21)
FORMS = ("pronoun", "name", "description")
TARGET, UNKNOWN = SYMBOLS.index("<target>"), SYMBOLS.index("<unknown>")
N_PLACE = len(DISTANCES) + 7  # columns of `_places`
BATCH = 256


class Network(NamedTuple):
    """The weights of one network."""

    convolutions: tuple[tuple[np.ndarray, np.ndarray, int], ...]  # weights (3 × in, out), bias, dilation
    value: tuple[np.ndarray, np.ndarray]  # (hidden, 3 × heads)
    attention: tuple[np.ndarray, np.ndarray]  # (hidden, heads)
    target: tuple[np.ndarray, np.ndarray]  # what the target's own form says


class Core(NamedTuple):
    """The model: the vectors of words, and the networks whose answers are averaged."""

    rows: dict[str, int]  # of words and symbols in `vectors`
    small: frozenset[str]  # words that are written in small letters inside a sentence
    vectors: np.ndarray
    networks: tuple[Network, ...]
    temperature: float
    abstain: float


class Sums(NamedTuple):
    """Log odds before the softmax: what every word adds, and what stands without a word."""

    words: list[np.ndarray]  # for each text, a row per token: the three classes
    constant: np.ndarray
    tokens: list[list[Word | None]]  # None is the target


def probabilities(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> np.ndarray:
    """How likely each text is negative, neutral or positive towards its target.

    Parameters
    ----------
    texts, starts, ends
        Sentences, and from where to where in each the target stands (code points, half-open).

    Returns
    -------
    One row per text: probabilities of negative, neutral, positive; calibrated by one temperature on held-out articles.
    """
    logits = np.zeros((len(texts), 3))
    for at, sums in _batches(texts, starts, ends):
        logits[at : at + len(sums.words)] = sums.constant + [rows.sum(axis=0) for rows in sums.words]
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def contributions(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Sums]:
    """What every word adds to the log odds of each text, in batches; with the constant they sum to its logits."""
    return [sums for _, sums in _batches(texts, starts, ends)]


def threshold() -> float:
    """Below this probability of the likeliest class `tone` abstains: chosen on held-out articles."""
    return load().abstain


@cache
def load() -> Core:
    """The model that mediakit ships."""
    path = resources.files("mediakit") / "data" / "tone" / "core.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return unpacked({name: stored[name] for name in stored.files})


def unpacked(stored: dict[str, Any]) -> Core:
    """The model from the arrays of its file."""
    words = bytes(stored["words"]).decode("utf-8").split("\n")
    vectors = np.concatenate([stored["symbols"], stored["vectors"].astype(np.float32) * stored["scale"]])
    listed = np.concatenate([np.zeros((len(SYMBOLS), stored["lexicons"].shape[1])), stored["lexicons"] / 100])
    vectors = np.concatenate([vectors, listed], axis=1, dtype=np.float32)
    rows = {word: row for row, word in enumerate((*SYMBOLS, *words))}
    small = frozenset(words[: int(stored["n_small"])])
    networks = tuple(_network(stored, f"{number}_") for number in range(int(stored["networks"])))
    return Core(rows, small, vectors, networks, float(stored["temperature"]), float(stored["abstain"]))


def _network(stored: dict[str, Any], name: str) -> Network:
    def pair(part: str) -> tuple[np.ndarray, np.ndarray]:
        return stored[f"{name}{part}_w"].astype(np.float32), stored[f"{name}{part}_b"].astype(np.float32)

    dilations = [int(d) for d in stored["dilations"]]
    convolutions = tuple((*pair(f"conv{number}"), dilation) for number, dilation in enumerate(dilations))
    return Network(convolutions, pair("value"), pair("attention"), pair("target"))


def _batches(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, Sums]]:
    core = load()
    for at in range(0, len(texts), BATCH):
        part = slice(at, at + BATCH)
        readings = [
            read(text, start, end, core.small)
            for text, start, end in zip(texts[part], starts[part], ends[part], strict=True)
        ]
        yield at, run(core, readings)


def run(core: Core, readings: Sequence[Reading]) -> Sums:
    """What the mean of the networks makes of readings."""
    tokens = [[*reading.left[::-1], None, *reading.right] for reading in readings]
    reach = max(dilation for _, _, dilation in core.networks[0].convolutions)
    # one line of tokens with gaps as wide as a network can look, so that no text sees its neighbour
    lengths = np.array([len(row) for row in tokens])
    begins = np.cumsum(lengths + reach) - lengths
    inputs, filled = line(core, readings, tokens, begins, int(begins[-1] + lengths[-1]) + reach)
    target = target_inputs(readings)
    words = np.zeros((len(inputs), 3))
    constant = np.zeros((len(readings), 3))
    for network in core.networks:
        words += _answers(network, inputs, filled, begins, lengths)
        constant += target @ network.target[0] + network.target[1]
    scale = len(core.networks) * core.temperature
    spans = zip(begins, begins + lengths, strict=True)
    return Sums([words[a:b] / scale for a, b in spans], constant / scale, tokens)


def line(
    core: Core, readings: Sequence[Reading], tokens: Sequence[Sequence[Word | None]], begins: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """The inputs of all tokens, and which rows hold one."""
    rows, places = [], []
    for reading, words in zip(readings, tokens, strict=True):
        for word in words:
            rows.append(TARGET if word is None else row_of(core.rows, word.text))
            places.append((0, 0, reading.quoted) if word is None else (word.place, word.borders, word.quoted))
    lengths = np.array([len(words) for words in tokens])
    at = np.repeat(begins - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(len(rows))
    inputs = np.zeros((size, core.vectors.shape[1] + N_PLACE), dtype=np.float32)
    inputs[at] = np.concatenate([core.vectors[rows], place_inputs(np.array(places, dtype=np.int64))], axis=1)
    filled = np.zeros((size, 1), dtype=np.float32)
    filled[at] = 1
    return inputs, filled


def row_of(rows: dict[str, int], word: str) -> int:
    """The row of a word; of one that is not there, that of the word without its ending; else that of the unknown."""
    found = rows.get(word)
    if found is not None:
        return found
    return rows.get(word.removesuffix("'s"), UNKNOWN)


def place_inputs(places: np.ndarray) -> np.ndarray:
    """What a network is told of where tokens stand: from (place, borders, quoted) to zeros and ones."""
    place, borders, quoted = places.T
    bins = np.digitize(np.abs(place), DISTANCES)
    found = np.zeros((len(places), N_PLACE), dtype=np.float32)
    every = np.arange(len(places))
    found[every, bins] = 1
    n = len(DISTANCES) + 1
    found[:, n], found[:, n + 1] = place < 0, place > 0
    found[every, n + 2 + np.minimum(borders, 2)] = 1
    found[:, n + 5] = quoted
    return found


def target_inputs(readings: Sequence[Reading]) -> np.ndarray:
    """What a network is told of the target itself: what it is, whether it owns something, whether it is quoted."""
    return np.array(
        [[*(reading.form == form for form in FORMS), reading.owner, reading.quoted] for reading in readings],
        dtype=np.float32,
    )


def _answers(
    network: Network, inputs: np.ndarray, filled: np.ndarray, begins: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """What every token adds to the three classes, by one network."""
    hidden = inputs
    for number, (weights, bias, dilation) in enumerate(network.convolutions):
        around = np.concatenate([_moved(hidden, dilation), hidden, _moved(hidden, -dilation)], axis=1)
        found = np.maximum(around @ weights + bias, 0) * filled
        hidden = found if number == 0 else hidden + found
    heads = network.attention[1].shape[0]
    values = (hidden @ network.value[0] + network.value[1]).reshape(-1, heads, 3)
    weights = _softmax(hidden @ network.attention[0] + network.attention[1], begins, lengths)
    return np.einsum("th,thc->tc", weights, values)


def _moved(rows: np.ndarray, by: int) -> np.ndarray:
    """Rows moved down (or up) by some places, with zeros behind them."""
    moved = np.zeros_like(rows)
    if by > 0:
        moved[by:] = rows[:-by]
    else:
        moved[:by] = rows[-by:]
    return moved


def _softmax(scores: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """For each head, weights that sum to 1 over the tokens of a text; 0 in the gaps."""
    at = np.concatenate([np.arange(a, a + n) for a, n in zip(begins, lengths, strict=True)])
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    inside = scores[at]
    inside = np.exp(inside - np.repeat(np.maximum.reduceat(inside, first), lengths, axis=0))
    weights = np.zeros_like(scores)
    weights[at] = inside / np.repeat(np.add.reduceat(inside, first), lengths, axis=0)
    return weights
