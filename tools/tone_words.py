"""What is known of words before the core model of tone is trained; see train_tone_core.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder_net import Net, tensors
from tokenizers import Tokenizer

from mediakit.encoder import Encoder, Pieces, marked, piece_ids, whole
from mediakit.tone_reading import PRONOUNS

MARKS = {
    "markers": ["[unused1]", "[unused2]"],
    "mask": "[unused3]",
    "max_length": 32,
    "ends": ["[CLS]", "[SEP]"],
}
# what is said of a target by a word before it, and by one behind it
PROBES = (("", "{} them."), ("They {}", "."), ("", "was {}."), ("", "'s {}"))
COMPONENTS = 300  # of the states of a word
NEGATORS = "not no never none nobody nothing neither nor nowhere without hardly barely scarcely rarely seldom cannot"


def small_words(texts: Iterable[str]) -> Counter[str]:
    """How often words stand in small letters: others with a capital are names."""
    found = (word for text in texts for word in re.findall(r"(?<![^\W\d_])[a-z]+(?:['’][a-z]+)*", text))
    return Counter(word.replace("’", "'") for word in found)


def word_list(texts: Iterable[str], others: Iterable[str], tokenizer: Any) -> tuple[list[str], int]:
    """Words with a vector, and how many of them, the first, open a sentence as words: those of the news texts.

    After them come those that occur twice in other texts, and those that MiniLM knows whole.
    """
    small = set(small_words(texts)) | {"a", "i"} | set(PRONOUNS)
    more = {word for word, n in small_words(others).items() if n > 1 and len(word) > 1}
    whole_words = {word for word in tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word)}
    return [*sorted(small), *sorted((whole_words | more) - small)], len(small)


def word_features(words: Sequence[str], minilm: Path, rated: Path, toned: Path) -> np.ndarray:
    """What three encoders make of each word: MiniLM as it comes, one that learnt ratings, one that learnt tone.

    The first two read the word alone; the third reads it in four probes, "<target> was praised." being one, so that
    "accused" differs by whether the target does it or suffers it. Ratings and log odds stand first; then components.
    """
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoder = Encoder(None, tokenizer, MARKS)
    pad, hole = tokenizer.token_to_id("[PAD]"), [tokenizer.token_to_id(MARKS["mask"])]
    alone = [whole(encoder, word) for word in words]
    raw, _ = _split(_seen(_net(minilm, None), alone, pad, _alone), 384)
    states, rating = _split(_seen(_net(minilm, rated), alone, pad, _alone), 384)
    scores, parts = [rating], [_centred(raw) * 0.5, _centred(states)]
    student = _net(minilm, toned)
    for left, right in PROBES:
        asked = [
            marked(encoder, piece_ids(encoder, left.format(word)), hole, piece_ids(encoder, right.format(word)))
            for word in words
        ]
        states, odds = _split(_seen(student, asked, pad, _probed), 384)
        scores.append(odds)
        parts.append(_centred(states) * 0.7)
    told = np.concatenate(scores, axis=1)
    return np.concatenate([(told - told.mean(0)) / told.std(0) * 0.5, _components(np.concatenate(parts, 1))], axis=1)


def _net(minilm: Path, weights: Path | None) -> Net:
    net = Net(str(minilm))
    if weights:
        stored = {k: v.float() for k, v in torch.load(weights, weights_only=True).items()}
        net.load_state_dict(stored)
    return net.eval()


def _seen(net: Net, pieces: Sequence[Pieces], pad: int, what: Callable[..., Any]) -> np.ndarray:
    found: list[Any] = [None] * len(pieces)
    order = np.argsort([len(piece.ids) for piece in pieces], kind="stable")
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for begin in range(0, len(order), 512):
            chosen = order[begin : begin + 512]
            for i, row in zip(chosen, what(net, tensors([pieces[i] for i in chosen], pad)), strict=True):
                found[i] = row.float().numpy()
    return np.array(found)


def _alone(net: Net, given: Any) -> Any:
    states = net.body(input_ids=given[0], attention_mask=given[1]).last_hidden_state.float()
    weights = given[1].unsqueeze(-1).float()
    mean = (states * weights).sum(1) / weights.sum(1)
    return torch.cat([mean, net.rating(mean)], -1)


def _probed(net: Net, given: Any) -> Any:
    first, _, named = net.parts(*given)
    return torch.cat([named, net.tone(torch.cat([first, named], -1))], -1)


def _split(rows: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    return rows[:, :width], rows[:, width:]


def _centred(states: np.ndarray) -> np.ndarray:
    states = states - states.mean(axis=0)
    return states / (np.linalg.norm(states, axis=1, keepdims=True) + 1e-6)


def _components(rows: np.ndarray) -> np.ndarray:
    """The main components, as far as they go; what varies little may tell much, so they are brought nearer."""
    rows = rows - rows.mean(axis=0)
    some = rows[::4]
    _, axes = np.linalg.eigh(some.T @ some)
    reduced = rows @ axes[:, ::-1][:, :COMPONENTS]
    reduced = reduced / np.sqrt(reduced.std(axis=0))
    return reduced / reduced.std() * 0.5


def lexicons(words: Sequence[str]) -> np.ndarray:
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
