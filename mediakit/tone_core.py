"""The core model of tone towards a target: small networks over word vectors, run with numpy alone.

Each network looks at every word with the seven on either side, says what the word speaks for and how much it matters,
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
BETWEEN, BESIDE = 3, 2  # so many others are told apart: between a word and the target, on a side of it
N_PLACE = len(DISTANCES) + 7 + 2 * BETWEEN + 4 * BESIDE  # columns of `place_inputs`
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
    """Log odds before the softmax: what every word adds, and what stands without a word: biases, what the target is."""

    words: list[np.ndarray]  # for each text, a row per token: the three classes
    constant: np.ndarray
    tokens: list[list[Word | None]]  # None is the target


class Pass(NamedTuple):
    """What a network made of a line of tokens."""

    hidden: np.ndarray
    alive: list[np.ndarray]  # for each convolution, which of its numbers are above 0
    weights: np.ndarray  # for each head, of every token


class Run(NamedTuple):
    """What the networks made of some texts, and what that can be explained from."""

    logits: np.ndarray
    inputs: np.ndarray  # a row per token, in one line
    passes: list[Pass]
    spans: list[slice]  # where in the line each text stands
    tokens: list[list[Word | None]]


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
    core = load()
    batches = [run(core, readings).logits for readings in _batches(core, texts, starts, ends)]
    logits = np.concatenate([np.zeros((0, 3)), *batches])
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def contributions(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Sums]:
    """What every word adds to the log odds of each text, in batches; with the constant they sum to its logits."""
    core = load()
    return [explained(core, readings) for readings in _batches(core, texts, starts, ends)]


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


def _batches(core: Core, texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Iterator[list[Reading]]:
    for at in range(0, len(texts), BATCH):
        part = slice(at, at + BATCH)
        yield [
            read(text, start, end, core.small)
            for text, start, end in zip(texts[part], starts[part], ends[part], strict=True)
        ]


def run(core: Core, readings: Sequence[Reading]) -> Run:
    """What the mean of the networks makes of readings."""
    tokens = [[*reading.left[::-1], None, *reading.right] for reading in readings]
    reach = max(dilation for _, _, dilation in core.networks[0].convolutions)
    # one line of tokens with gaps as wide as a network can look, so that no text sees its neighbour
    lengths = np.array([len(row) for row in tokens])
    begins = np.cumsum(lengths + reach) - lengths
    inputs, filled = line(core, readings, tokens, begins, int(begins[-1] + lengths[-1]) + reach)
    target = target_inputs(readings)
    scale = len(core.networks) * core.temperature
    places = np.zeros((len(inputs), 3))
    logits = np.zeros((len(readings), 3))
    passes = []
    for network in core.networks:
        passes.append(_passed(network, inputs, filled, begins, lengths))
        places += _answers(network, passes[-1])
        logits += target @ network.target[0] + network.target[1]
    logits += [places[a : a + n].sum(axis=0) for a, n in zip(begins, lengths, strict=True)]
    return Run(logits / scale, inputs, passes, [slice(a, a + n) for a, n in zip(begins, lengths, strict=True)], tokens)


def explained(core: Core, readings: Sequence[Reading]) -> Sums:
    """What each word adds to what the networks make of readings, and what stands without a word."""
    found = run(core, readings)
    scale = len(core.networks) * core.temperature
    every = np.zeros((len(found.inputs), 3))
    for network, passed in zip(core.networks, found.passes, strict=True):
        every += _shares(network, found.inputs, passed)
    words = [every[span] / scale for span in found.spans]
    return Sums(words, found.logits - [rows.sum(axis=0) for rows in words], found.tokens)


def line(
    core: Core, readings: Sequence[Reading], tokens: Sequence[Sequence[Word | None]], begins: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """The inputs of all tokens, and which rows hold one."""
    rows = [TARGET if word is None else row_of(core.rows, word.text) for words in tokens for word in words]
    lengths = np.array([len(words) for words in tokens])
    at = np.repeat(begins - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(len(rows))
    inputs = np.zeros((size, core.vectors.shape[1] + N_PLACE), dtype=np.float32)
    inputs[at] = np.concatenate([core.vectors[rows], place_inputs(readings)], axis=1)
    filled = np.zeros((size, 1), dtype=np.float32)
    filled[at] = 1
    return inputs, filled


def row_of(rows: dict[str, int], word: str) -> int:
    """The row of a word; of one that is not there, that of the word without its ending; else that of the unknown."""
    found = rows.get(word)
    if found is not None:
        return found
    return rows.get(word.removesuffix("'s"), UNKNOWN)


def place_inputs(readings: Sequence[Reading]) -> np.ndarray:
    """What a network is told of where tokens stand, and among whom: zeros and ones, a row for each token."""
    rows: list[tuple[int, ...]] = []
    for reading in readings:
        left, right = reading.others()
        others = (left.names, right.names, left.pronouns, right.pronouns)
        rows += [(*word[3:], *others) for word in reversed(reading.left)]
        rows.append((0, 0, 0, 0, reading.quoted, *others))
        rows += [(*word[3:], *others) for word in reading.right]
    place, borders, names, pronouns, quoted, *beside = np.array(rows, dtype=np.int64).T
    bins = np.digitize(np.abs(place), DISTANCES)
    columns = [bins == number for number in range(len(DISTANCES) + 1)]
    columns += [place < 0, place > 0]
    columns += [np.minimum(borders, 2) == number for number in range(3)]
    columns.append(quoted == 1)
    columns += _counted(names, BETWEEN) + _counted(pronouns, BETWEEN)
    columns += [column for others in beside for column in _counted(others, BESIDE)]
    return np.column_stack(columns).astype(np.float32)


def _counted(numbers: np.ndarray, most: int) -> list[np.ndarray]:
    """A column for 1, 2 … and one for `most` and more; none of them holds where the number is 0."""
    return [numbers == number for number in range(1, most)] + [numbers >= most]


def target_inputs(readings: Sequence[Reading]) -> np.ndarray:
    """What a network is told of the target itself: what it is, whether it owns something, whether it is quoted."""
    return np.array(
        [[*(reading.form == form for form in FORMS), reading.owner, reading.quoted] for reading in readings],
        dtype=np.float32,
    )


def _passed(network: Network, inputs: np.ndarray, filled: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> Pass:
    hidden, alive = inputs, []
    for number, (weights, bias, dilation) in enumerate(network.convolutions):
        around = np.concatenate([_moved(hidden, dilation), hidden, _moved(hidden, -dilation)], axis=1)
        found = np.maximum(around @ weights + bias, 0) * filled
        alive.append(found > 0)
        hidden = found if number == 0 else hidden + found
    return Pass(hidden, alive, _softmax(hidden @ network.attention[0] + network.attention[1], begins, lengths))


def _answers(network: Network, found: Pass) -> np.ndarray:
    """What the place of every token adds to the three classes, by one network."""
    values = (found.hidden @ network.value[0] + network.value[1]).reshape(*found.weights.shape, 3)
    return np.einsum("th,thc->tc", found.weights, values)


def _shares(network: Network, inputs: np.ndarray, found: Pass) -> np.ndarray:
    """What every token itself adds, wherever the network heard it.

    Between its kinks such a network is linear, and where attention goes is taken as it is: so what reaches the answer
    is a sum over the tokens' inputs (times their slopes, brought back layer by layer) and over biases, no word's own.
    """
    slope = np.einsum("th,khc->tck", found.weights, network.value[0].reshape(-1, found.weights.shape[1], 3))
    for number in reversed(range(len(network.convolutions))):
        weights, _, dilation = network.convolutions[number]
        before, own, behind = np.split((slope * found.alive[number][:, None]) @ weights.T, 3, axis=2)
        below = _moved(before, -dilation) + own + _moved(behind, dilation)
        slope = below if number == 0 else slope + below
    return np.einsum("tck,tk->tc", slope, inputs)


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
