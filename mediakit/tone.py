"""Tone towards an actor: what the sentence of each mention says of whom it mentions, and in whose voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import encoder, tone_core
from .frames import FrameError, build, require
from .languages import require_english
from .quote_words import speaker_names
from .quotes import quotes as find_quotes
from .text import sentences

__all__ = ["tone", "tone_words"]

CLASSES = tone_core.CLASSES
OUTLET = "outlet"
REACH = 600  # code points of the sentence on either side of the mention that a model is given
SPAN = ("article_id", "sentence_no", "start", "end")


class Model(NamedTuple):
    """What scores mentions, and below which probability of the likeliest class it abstains."""

    probabilities: Callable[..., np.ndarray]
    abstain: Callable[[], float]


class Target(NamedTuple):
    """A mention in as much of its sentence as is read; `at` is where that begins in the article."""

    text: str
    start: int
    end: int
    at: int


MODELS = {
    "encoder": Model(encoder.tone, encoder.threshold),
    "core": Model(tone_core.probabilities, tone_core.threshold),
}


def tone(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    model: str | None = None,
    quotes: pd.DataFrame | None = None,
    abstain: float | None = None,
) -> pd.DataFrame:
    """Whether the sentence of each mention is negative, neutral or positive towards the actor, and in whose voice.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`; keep only the actors you ask about. Pronouns are scored too
        where `mentions` has them.
    articles
        The articles they stand in.
    model
        "encoder" (the better one; needs the extra `tone`), "core" (small; needs nothing more), or None for the encoder
        where its packages are installed and else core.
    quotes
        Who is quoted where, made by `quotes(articles)`; None finds it with the built-in registry.
    abstain
        Name no tone where the likeliest class has a smaller probability; 0 always names one. None takes the model's
        own: with it about 30 % of the mentions of the model's training articles have no tone.

    Returns
    -------
    The rows of `mentions` with negative, neutral, positive (probabilities that sum to 1, calibrated on news), tone (the
    likeliest; missing when abstaining), abstain, voice ("outlet", or the speaker in whose quotation the mention stands:
    the innermost one; the kind in brackets where nobody is named), quoted (the kind of that quotation: direct, partial
    or indirect; missing in the outlet's own voice) and model. Each mention is scored on its own, also several of
    one actor in a sentence; `tone_summary` counts such a sentence once.

    Raises
    ------
    FrameError
        A column is missing, or a mention does not stand in its sentence in `articles`.
    LanguageError
        The column `language` names another language than English.
    ImportError
        model="encoder" and the extra `tone` is not installed.
    ValueError
        There is no such model, or `abstain` is not from 0 to 1.

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC: what tone towards a target is, and the sentences both models learnt from.
    docs/tone.md: the models, what they can do and what not.
    """
    require(mentions, "mentions", *SPAN, "text", "actor")
    require(articles, "articles", "article_id", "title", "text")
    used = articles[articles["article_id"].isin(mentions["article_id"])]
    require_english(used, "tone", "its models are trained on English news")
    name = chosen(model)
    at_least = MODELS[name].abstain() if abstain is None else abstain
    if not 0 <= at_least <= 1:
        raise ValueError(f"abstain={abstain!r} is no probability: from 0 to 1.")
    found = _scored(targets(mentions, used), MODELS[name])
    best = found.argmax(axis=1)
    unsure = found[np.arange(len(found)), best] < at_least
    names = pd.Series(np.array(CLASSES, dtype=object)[best], index=mentions.index)
    voices = _voices(mentions, find_quotes(used) if quotes is None else quotes)
    scored = mentions.assign(**dict(zip(CLASSES, found.T, strict=True)))
    return build("tone", scored.assign(tone=names.mask(unsure), abstain=unsure, **voices, model=name))


def tone_words(tone: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The words that the core model weighs for each mention, and how much each of them counts.

    Parameters
    ----------
    tone
        One row per mention, made by `tone(mentions, articles)`, or any mentions; keep only those you want explained.
    articles
        The articles they stand in.

    Returns
    -------
    One row per word and mention: article_id, sentence_no, start, end, text, actor, target_start, target_end, weight
    (what the word itself adds to the log odds of positive against negative, with the model's attention as it went;
    below 0 it speaks for negative), constant (what no word adds: biases, and what the target is) and total. The weights
    of a mention and its constant sum to total, which is the logarithm of the core model's probability of positive over
    that of negative. The target itself is among the words. The encoder's words cannot be told apart in this way: of a
    tone it scored, these are the words that the core model would go by.

    Raises
    ------
    FrameError
        A column is missing, or a mention does not stand in its sentence in `articles`.
    """
    require(tone, "mentions", *SPAN, "actor")
    require(articles, "articles", "article_id", "title", "text")
    places = targets(tone, articles[articles["article_id"].isin(tone["article_id"])])
    texts, starts, ends = [p.text for p in places], [p.start for p in places], [p.end for p in places]
    owners = zip(*(tone[column].tolist() for column in ("article_id", "sentence_no", "actor")), strict=True)
    records = []
    parts = tone_core.contributions(texts, starts, ends)
    rows = (row for sums in parts for row in zip(sums.words, sums.constant, sums.tokens, strict=True))
    for place, (article_id, sentence_no, actor), (weights, constant, tokens) in zip(places, owners, rows, strict=True):
        total = float((weights.sum(axis=0) + constant) @ [-1, 0, 1])
        for weight, word in zip(weights @ [-1, 0, 1], tokens, strict=True):
            start, end = (word.start, word.end) if word else (place.start, place.end)
            records.append(
                {
                    "article_id": article_id,
                    "sentence_no": sentence_no,
                    "start": place.at + start,
                    "end": place.at + end,
                    "text": place.text[start:end],
                    "actor": actor,
                    "target_start": place.at + place.start,
                    "target_end": place.at + place.end,
                    "weight": weight,
                    "constant": float(constant @ [-1, 0, 1]),
                    "total": total,
                }
            )
    return build("tone_words", records)


def chosen(model: str | None) -> str:
    """The name of the model: the one asked for, or the best there is."""
    if model is None:
        return "encoder" if encoder.available() else "core"
    if model not in MODELS:
        raise ValueError(f"There is no model {model!r}; there are {sorted(MODELS)}.")
    return model


def targets(mentions: pd.DataFrame, articles: pd.DataFrame) -> list[Target]:
    """Each mention in its sentence, cut where that is very long."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    split = sentences(articles)
    keys = zip(split["article_id"], split["sentence_no"].tolist(), strict=True)
    spans = dict(zip(keys, zip(split["start"].tolist(), split["end"].tolist(), strict=True), strict=True))
    found = []
    for article_id, sentence_no, start, end in zip(*(mentions[column].tolist() for column in SPAN), strict=True):
        first, last = spans.get((article_id, sentence_no), (0, 0))
        if not first <= start < last:
            raise FrameError(
                f"mentions: the mention at {start} of article {article_id!r} does not stand in its sentence "
                f"{sentence_no} there. Pass the articles that the mentions were found in."
            )
        text = texts[article_id]
        # a name that the end of a sentence cuts is read whole
        begin, stop = _cut(text, first, max(last, end), start, end)
        found.append(Target(text[begin:stop], start - begin, end - begin, begin))
    return found


def _cut(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """From where to where a sentence is read: all of it, or what lies near the mention, from space to space."""
    if start - first > REACH:
        first = start - REACH + max(text[start - REACH : start].find(" ") + 1, 0)
    if last - end > REACH:
        last = end + max(text[end : end + REACH].rfind(" "), 0) or end + REACH
    return first, last


def _scored(places: list[Target], model: Model) -> np.ndarray:
    """Probabilities of each mention; the same target in the same sentence is scored once."""
    if not places:
        return np.empty((0, 3))
    once: dict[tuple[str, int, int], int] = {}
    rows = [once.setdefault(place[:3], len(once)) for place in places]
    texts, starts, ends = zip(*once, strict=True)
    return np.asarray(model.probabilities(list(texts), list(starts), list(ends)), dtype=float)[rows]


def _voices(mentions: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, list[str | None]]:
    """Whose words each mention stands in: those of the innermost quotation around it, or the outlet's own."""
    require(quotes, "quotes", "article_id", "start", "end", "kind", "speaker", "speaker_kind")
    around: dict[str, list[tuple[int, int, str, str]]] = {}
    columns = (quotes[name].tolist() for name in ("article_id", "start", "end", "kind"))
    for article_id, start, end, kind, speaker in zip(*columns, speaker_names(quotes).tolist(), strict=True):
        around.setdefault(article_id, []).append((start, end, kind, speaker))
    voices: list[str | None] = []
    kinds: list[str | None] = []
    for article_id, start in zip(mentions["article_id"].tolist(), mentions["start"].tolist(), strict=True):
        holding = [quote for quote in around.get(article_id, ()) if quote[0] <= start < quote[1]]
        inner = min(holding, key=lambda quote: quote[1] - quote[0], default=None)
        voices.append(inner[3] if inner else OUTLET)
        kinds.append(inner[2] if inner else None)
    return {"voice": voices, "quoted": kinds}
