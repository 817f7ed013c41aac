"""Engines that are models: mediakit's own encoder, and a classifier in a folder of the user's.

Nothing is ever downloaded. Models score a whole sentence and do not tell which words count.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .sentiment_engines import Scored

BATCH = 32
_REMEMBERED = 50_000  # texts whose ratings are kept
_LONGEST = 512  # word pieces of a text that are read, where the model does not say
_TONES = {"negative": -1.0, "neutral": 0.0, "positive": 1.0, "neg": -1.0, "neu": 0.0, "pos": 1.0, "mixed": 0.0}
_TONES |= {"very negative": -1.0, "very positive": 1.0}

Logits = Callable[[Sequence[str]], np.ndarray]  # one row per text, one column per label


class Encoder:
    """The engine "mediakit": a sentence encoder tuned on ratings by readers; see docs/tone.md."""

    name = "mediakit"
    english_only = True

    def __init__(self) -> None:
        """It remembers its ratings: it is slow, and explorers ask for the same sentences again and again."""
        self._known: dict[str, float] = {}

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text; a text without a letter or digit has no score."""
        return _each_text(texts, self._ratings)

    def _ratings(self, texts: Sequence[str]) -> np.ndarray:
        from .encoder import ratings

        if len(self._known) > _REMEMBERED:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, ratings(new).tolist() if new else [], strict=True))
        return np.array([self._known[text] for text in texts])


def _each_text(texts: Sequence[str], polarity: Callable[[Sequence[str]], np.ndarray]) -> list[Scored]:
    """Scores of the texts that say something."""
    said = [text for text in texts if any(map(str.isalnum, text))]
    values = iter(polarity(said).tolist() if said else [])
    unsaid = Scored(np.nan, np.nan, 0)
    return [Scored(next(values), np.nan, 1) if any(map(str.isalnum, text)) else unsaid for text in texts]


class ModelEngine:
    """A classifier in a folder, made by `transformers_engine`: the polarity is the mean of those of its labels."""

    def __init__(self, name: str, logits: Logits, labels: Mapping[str, float], order: Sequence[str]) -> None:
        """What gives the logits, what each label counts, and the order of the labels in the logits."""
        self.name, self.labels = name, dict(labels)
        self._logits = logits
        self._values = np.array([labels[label] for label in order])

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text."""
        return _each_text(texts, self._polarity)

    def _polarity(self, texts: Sequence[str]) -> np.ndarray:
        found = np.empty(len(texts))
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # of like length: less to fill up
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            logits = np.asarray(self._logits([texts[at] for at in chosen]), dtype=float)
            weights = np.exp(logits - logits.max(axis=1, keepdims=True))
            found[chosen] = (weights / weights.sum(axis=1, keepdims=True)) @ self._values
        return found


def transformers_engine(
    folder: str | Path, *, labels: Mapping[str, float] | None = None, name: str | None = None
) -> ModelEngine:
    """A sentiment engine from a text classifier that lies in a folder on this machine.

    Parameters
    ----------
    folder
        Either model.onnx, tokenizer.json and config.json (the layout that optimum exports), read with onnxruntime and
        tokenizers (extra `tone`); or a model in safetensors, read with the package transformers where it is installed.
        Nothing is downloaded, and no code from the folder is run.
    labels
        What each label of the model (id2label in config.json) counts, from -1 to 1: {"happy": 1, "angry": -1}. Default:
        by their names: negative, neutral, positive; "1 star" to "5 stars", evenly from -1 to 1. Labels without
        a meaning (LABEL_0 …) are taken as going from negative to positive where there are two or three, with a warning.
    name
        The engine's name in the frames. Default: the name of the folder.

    Returns
    -------
    An engine whose polarity is the mean of what the labels count, weighted by their probabilities; n_scored is 1 for
    every text with a letter or digit. It names no words and scores texts in whatever language the model reads.

    Raises
    ------
    FileNotFoundError
        There is no such folder, or files are missing in it; the message says which.
    ImportError
        The packages to run the model are not installed.
    ValueError
        What the labels count is not known, or not all are named in `labels`.
    """
    folder = Path(folder)
    if not (folder / "config.json").is_file():
        raise FileNotFoundError(
            f"{folder.name}: no config.json in it. Give the folder of a model on this machine, with model.onnx, "
            "tokenizer.json and config.json, or in safetensors; nothing is downloaded."
        )
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    order = _label_names(config, folder.name)
    values = _label_values(order, labels, folder.name)
    if (folder / "model.onnx").is_file():
        logits = _onnx(folder, config)
    elif list(folder.glob("*.safetensors")):
        logits = _transformers(folder)
    else:
        raise FileNotFoundError(
            f"{folder.name}: neither model.onnx nor a file in safetensors in it. Export the model with "
            "'optimum-cli export onnx', or save it with save_pretrained; nothing is downloaded."
        )
    return ModelEngine(name or folder.name, logits, values, order)


def _label_names(config: Mapping[str, Any], where: str) -> list[str]:
    named = config.get("id2label")
    if not isinstance(named, dict) or len(named) < 2:
        raise ValueError(f"{where}: config.json has no id2label with two labels or more: no classifier of texts.")
    return [str(named[key]) for key in sorted(named, key=int)]


def _label_values(order: Sequence[str], given: Mapping[str, float] | None, where: str) -> dict[str, float]:
    """What each label counts."""
    if given is not None:
        missing = [label for label in order if label not in given]
        wrong = [label for label, value in given.items() if label not in order or not -1 <= float(value) <= 1]
        if missing or wrong:
            raise ValueError(
                f"{where}: labels must give a number from -1 to 1 for each of {list(order)}; wrong: {missing or wrong}."
            )
        return {label: float(given[label]) for label in order}
    plain = [label.strip().lower().replace("_", " ") for label in order]
    if all(label in _TONES for label in plain):
        return dict(zip(order, (_TONES[label] for label in plain), strict=True))
    stars = [label.split()[0] for label in plain if label.split()[-1:] in (["star"], ["stars"])]
    if len(stars) == len(order) and all(one.isdigit() and 1 <= int(one) <= len(order) for one in stars):
        return {label: 2 * (int(one) - 1) / (len(order) - 1) - 1 for label, one in zip(order, stars, strict=True)}
    if plain == [f"label {at}" for at in range(len(order))] and len(order) in (2, 3):
        values = dict(zip(order, np.linspace(-1, 1, len(order)).tolist(), strict=True))
        warnings.warn(f"{where}: its labels have no names; taken as {values}. Pass labels= to be sure.", stacklevel=3)
        return values
    example = dict.fromkeys(order, 0.0)
    raise ValueError(f"{where}: what do its labels {list(order)} count? Pass labels={example}, from -1 to 1 each.")


def _onnx(folder: Path, config: Mapping[str, Any]) -> Logits:
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ImportError(f"To run {folder.name}/model.onnx: pip install mediakit[tone] ({error}).") from None
    if not (folder / "tokenizer.json").is_file():
        raise FileNotFoundError(f"{folder.name}: no tokenizer.json beside model.onnx. Save the model's fast tokenizer.")
    options = SessionOptions()
    options.log_severity_level = 3
    session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    longest = int(config.get("max_position_embeddings") or _LONGEST)
    tokenizer.enable_truncation(min(longest, _LONGEST))
    tokenizer.enable_padding(pad_id=int(config.get("pad_token_id") or 0))
    wanted = {one.name for one in session.get_inputs()}
    outputs = [one.name for one in session.get_outputs()]
    output = "logits" if "logits" in outputs else outputs[0]

    def logits(texts: Sequence[str]) -> np.ndarray:
        pieces = tokenizer.encode_batch(list(texts))
        fed = {
            "input_ids": np.array([one.ids for one in pieces], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in pieces], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in pieces], dtype=np.int64),
        }
        return session.run([output], {key: value for key, value in fed.items() if key in wanted})[0]

    return logits


def _transformers(folder: Path) -> Logits:
    try:
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    except ImportError as error:
        raise ImportError(
            f"To run {folder.name} in safetensors: install transformers and torch ({error}), or export it with "
            "'optimum-cli export onnx' and pip install mediakit[tone]."
        ) from None
    # safetensors only: other formats can hold code
    model = AutoModelForSequenceClassification.from_pretrained(
        folder, local_files_only=True, use_safetensors=True
    ).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    longest = min(int(getattr(model.config, "max_position_embeddings", None) or _LONGEST), _LONGEST)

    def logits(texts: Sequence[str]) -> np.ndarray:
        pieces = tokenizer(list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.no_grad():
            return model(**pieces).logits.numpy()

    return logits
