"""The sentence encoder behind `tone(model="encoder")` and the engine "mediakit": a tuned MiniLM-L6.

It runs on onnxruntime, with no torch and no network. tools/train_encoder.py trains it; what it was trained on, and what
it cannot do: docs/tone.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from .progress import progress

NEEDS = ("onnxruntime", "tokenizers")
TARGET_LENGTH = 12  # word pieces: more of a target is no name


class Pieces(NamedTuple):
    """A text as the encoder reads it: numbers of word pieces, and from where to where the target stands among them."""

    ids: list[int]
    first: int
    last: int


class Encoder(NamedTuple):
    """The loaded model: what runs it, what splits text, and the settings it was trained with."""

    session: Any
    tokenizer: Any
    settings: dict[str, Any]


def available() -> bool:
    """Whether the packages of the extra `tone` are installed."""
    return all(find_spec(name) is not None for name in NEEDS)


def tone(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> np.ndarray:
    """How likely each text is negative, neutral or positive towards its target.

    Parameters
    ----------
    texts, starts, ends
        Sentences, and from where to where in each the target stands (code points, half-open).

    Returns
    -------
    One row per text: probabilities of negative, neutral, positive; calibrated by one temperature on held-out articles.

    Raises
    ------
    ImportError
        The extra `tone` is not installed.
    """
    encoder = _load()
    mask = encoder.settings["mask"]
    pieces = []
    for text, start, end in zip(texts, starts, ends, strict=True):
        left, right = piece_ids(encoder, text[:start]), piece_ids(encoder, text[end:])
        name = [_id(encoder, mask)] if is_name(text[start:end]) else piece_ids(encoder, text[start:end])
        pieces.append(marked(encoder, left, name, right))
    logits = _run(encoder, pieces, "tone") / encoder.settings["temperature"]
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def threshold() -> float:
    """The probability of the likeliest class below which 30 % of the held-out targets lay: below it, better abstain."""
    return float(_load().settings["abstain"])


def ratings(texts: Sequence[str]) -> np.ndarray:
    """How positive or negative each text would be rated by readers, from -1 to 1.

    Raises
    ------
    ImportError
        The extra `tone` is not installed.
    """
    encoder = _load()
    return np.clip(_run(encoder, [whole(encoder, text) for text in texts], "rating"), -1, 1)


@cache
def _load() -> Encoder:
    if not available():
        raise ImportError('The encoder needs onnxruntime and tokenizers: pip install "mediakit[tone]".')
    import onnxruntime
    from tokenizers import Tokenizer

    folder = resources.files("mediakit") / "data" / "encoder"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one sentence is too little to share out: two threads gain nothing
    options.enable_mem_pattern = False  # hardly two texts are equally long: a plan of memory is not used again
    options.log_severity_level = 3  # it warns of its own graph optimiser
    session = onnxruntime.InferenceSession(
        (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(session, tokenizer, json.loads((folder / "encoder.json").read_text("utf-8")))


def is_name(text: str) -> bool:
    """Whether a target is a name, which the encoder is not told: names must carry no tone."""
    words = text.split()
    return bool(words) and words[0][:1].isupper() and words[0].lower() not in NOT_NAMES


# targets that begin a sentence, and words that tell more than a name does
NOT_NAMES = frozenset(
    "a an the he him his himself she her hers herself it its itself they them their theirs themselves we us our ours i "
    "me my mine you your yours who whom whose this that these those".split()
)


def _id(encoder: Encoder, token: str) -> int:
    return int(encoder.tokenizer.token_to_id(token))


def piece_ids(encoder: Encoder, text: str) -> list[int]:
    """The numbers of the word pieces of a stretch of text."""
    return list(encoder.tokenizer.encode(text, add_special_tokens=False).ids)


def marked(encoder: Encoder, left: list[int], name: list[int], right: list[int]) -> Pieces:
    """The target between its markers, with as much of both sides as there is room for."""
    name = name[:TARGET_LENGTH]
    opening, closing = (_id(encoder, token) for token in encoder.settings["markers"])
    room = encoder.settings["max_length"] - 4 - len(name)
    if len(left) + len(right) > room:
        kept = min(len(left), max(room // 2, room - len(right)))
        left, right = left[len(left) - kept :], right[: room - kept]
    first, last = (_id(encoder, token) for token in encoder.settings["ends"])
    ids = [first, *left, opening, *name, closing, *right, last]
    return Pieces(ids, 1 + len(left), 3 + len(left) + len(name))


def whole(encoder: Encoder, text: str) -> Pieces:
    """A text without a target, as far as there is room for it."""
    first, last = (_id(encoder, token) for token in encoder.settings["ends"])
    return Pieces([first, *piece_ids(encoder, text)[: encoder.settings["max_length"] - 2], last], 0, 1)


def _run(encoder: Encoder, pieces: list[Pieces], output: str) -> np.ndarray:
    """The output for every text. One at a time: in a batch the int8 arithmetic would let neighbours sway each other."""
    results = []
    for ids, first, last in progress(pieces, f"encoder ({output})", unit="text"):
        types = np.zeros(len(ids), np.int64)
        types[first:last] = 1
        # what the last layer makes of the other places is not looked at, so it is not computed
        places = np.arange(len(ids)) if output == "rating" else np.array([0, *range(first, last)])
        given = {"ids": np.array(ids), "types": types, "read": places}
        results.append(encoder.session.run([output], given)[0])
    shape = (0, 3) if output == "tone" else (0,)
    return np.array(results, dtype=float) if results else np.empty(shape)
