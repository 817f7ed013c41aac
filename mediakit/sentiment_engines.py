"""What an engine is, the formulas by which words make a score, and the engines that there are.

An engine reads sentences and says how positive or negative each is. Where it can, it names the words behind the score:
`combine` makes the score of them by the engine's formula, and of those that are left when some words are not to count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from .frames import build

EMPHASIS = "emphasis"  # the rule of marks that strengthen the sum of the words and are no words themselves
PLAIN = "as listed"  # a word that no rule has changed
VADER_ALPHA = 15

MEAN, NORMALISED, SUM = "mean", "normalised sum", "sum"
FORMULAS = {
    MEAN: "the mean of the weights",
    NORMALISED: f"x / √(x² + {VADER_ALPHA}), rounded to four places, where x is the sum of the weights, with emphasis",
    SUM: "the sum of the weights",
}


class Word(NamedTuple):
    """A word or phrase behind a score: its place in the text that was scored, and what it weighs."""

    start: int
    end: int
    term: str  # as the word list has it
    base: float  # weight in the word list
    weight: float  # after the rules
    rule: str = PLAIN
    modifiers: str = ""  # the words that changed the weight
    subjectivity: float = math.nan


class Scored(NamedTuple):
    """What an engine says of one text; `polarity` counts only when `n_scored` is not 0.

    `words` is None of an engine that cannot explain itself.
    """

    polarity: float
    subjectivity: float
    n_scored: int
    words: tuple[Word, ...] | None = None


class Engine(Protocol):
    """What `register_engine` takes: a name, and a method that scores texts, in order.

    An engine that names its words has an attribute `formula` too, one of "mean", "normalised sum", "sum", by which
    their weights make its polarity. With `english_only` true it refuses articles in other languages.
    """

    name: str

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """One Scored for each text."""
        ...


class Combined(NamedTuple):
    """A score made of words: polarity, subjectivity, words that count, and what each word adds to the polarity."""

    polarity: float
    subjectivity: float
    n_scored: int
    contributions: list[float]
    weights: list[float]  # those of emphasis have the sign of the sum that they strengthen


def combine(words: Sequence[Word], formula: str) -> Combined:
    """The score that words make by a formula; without words it is missing."""
    n_scored = sum(word.rule != EMPHASIS for word in words)
    if not n_scored:
        return Combined(np.nan, np.nan, 0, [0.0] * len(words), [0.0] * len(words))
    weights = [word.weight for word in words]
    if formula == NORMALISED:
        return _normalised(words, n_scored)
    if formula == MEAN:
        told = sum(word.subjectivity for word in words) / n_scored
        return Combined(sum(weights) / n_scored, told, n_scored, [weight / n_scored for weight in weights], weights)
    return Combined(sum(weights), np.nan, n_scored, weights, weights)


def _normalised(words: Sequence[Word], n_scored: int) -> Combined:
    """VADER's compound score; the contributions share it out in proportion to the weights."""
    total = float(sum(word.weight for word in words if word.rule != EMPHASIS))
    sign = (total > 0) - (total < 0)
    weights = [word.base * sign if word.rule == EMPHASIS else word.weight for word in words]
    total += sum(word.base * sign for word in words if word.rule == EMPHASIS)
    polarity = round(total / math.sqrt(total * total + VADER_ALPHA), 4)
    # weights that cancel out are shown on the scale of small sums
    share = polarity / total if total else 1 / math.sqrt(VADER_ALPHA)
    return Combined(polarity, np.nan, n_scored, [weight * share for weight in weights], weights)


class Entry(NamedTuple):
    """An engine in the register: how it is made, and what lacks where it cannot be."""

    make: Callable[[], Engine]
    remedy: Callable[[], str]
    formula: str | None
    about: str


def _textblob() -> Engine:
    from .sentiment_textblob import TextBlob

    return TextBlob()


def _vader() -> Engine:
    from .sentiment_vader import Vader

    return Vader()


def _afinn() -> Engine:
    from .sentiment_dictionaries import afinn_engine

    return afinn_engine()


def _encoder() -> Engine:
    from .sentiment_models import Encoder

    return Encoder()


def _afinn_lacks() -> str:
    return "" if find_spec("afinn") else "its word list is not shipped, for its licence; pip install afinn"


def _encoder_lacks() -> str:
    from .encoder import available

    return "" if available() else "pip install mediakit[tone]"


ENGINES: dict[str, Entry] = {
    "textblob": Entry(_textblob, lambda: "", MEAN, "word list of Pattern, with negation and intensifiers"),
    "vader": Entry(_vader, lambda: "", NORMALISED, "word list for social media, with rules for what stands around"),
    "afinn": Entry(cache(_afinn), _afinn_lacks, MEAN, "word list of Nielsen, from -5 to 5, without rules"),
    "mediakit": Entry(cache(_encoder), _encoder_lacks, None, "sentence encoder of mediakit; names no words"),
}


def register_engine(name: str, engine: Engine) -> None:
    """Teach `sentiment` an engine of your own, by name, for as long as Python runs.

    Parameters
    ----------
    name
        Its name, for `sentiment(sentences, engine=name)`; an engine of the same name is replaced.
    engine
        An object with `score(texts)`, which gives one `Scored` for each text (polarity from -1 to 1, subjectivity or
        NaN, n_scored: 0 where it has nothing to say, words or None), such as `dictionary_engine(path)` or
        `transformers_engine(folder)`. With words it has an attribute `formula`: "mean", "sum" or "normalised sum".

    Raises
    ------
    ValueError
        The name is empty, or the engine has no method `score`, or its formula is none of the three.
    """
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"register_engine: {name!r} is no name. Give a text such as 'mine'.")
    formula = checked(engine)
    ENGINES[name] = Entry(lambda: engine, lambda: "", formula, type(engine).__name__)


def checked(engine: Engine) -> str | None:
    """The formula of an engine, None where it names no words."""
    formula = getattr(engine, "formula", None)
    if not callable(getattr(engine, "score", None)):
        raise ValueError(f"{engine!r} is no sentiment engine: it has no method score(texts).")
    if formula is not None and formula not in FORMULAS:
        raise ValueError(f"There is no formula {formula!r} by which words make a score; there are {list(FORMULAS)}.")
    return formula


def engines() -> pd.DataFrame:
    """The sentiment engines that there are.

    Returns
    -------
    One row per engine: engine (its name), formula (by which its words make its polarity; missing where it names no
    words), available, remedy (what to do where it is not available), about.
    """
    rows = []
    for name, entry in ENGINES.items():
        remedy = entry.remedy()
        made_of = {"formula": entry.formula, "available": not remedy, "remedy": remedy, "about": entry.about}
        rows.append({"engine": name, **made_of})
    return build("engines", rows)


def engine_named(engine: str | Engine) -> tuple[str, Engine]:
    """An engine and the name that its rows carry.

    Raises
    ------
    ValueError
        There is no engine of this name, or what was passed is none.
    ImportError
        The engine needs a package that is not installed.
    """
    if not isinstance(engine, str):
        checked(engine)
        return str(getattr(engine, "name", type(engine).__name__)), engine
    if engine not in ENGINES:
        raise ValueError(
            f"There is no sentiment engine {engine!r}; there are {sorted(ENGINES)}. Add your own with "
            "mediakit.register_engine(name, engine)."
        )
    if remedy := ENGINES[engine].remedy():
        raise ImportError(f"The sentiment engine {engine!r} is not available here: {remedy}.")
    return engine, ENGINES[engine].make()


def engine_list(engine: str | Engine | Iterable[str | Engine]) -> list[tuple[str, Engine]]:
    """One or several engines, each with its name."""
    given = [engine] if isinstance(engine, str) or hasattr(engine, "score") else list(engine)  # type: ignore[list-item, arg-type]
    found = [engine_named(one) for one in given]  # type: ignore[arg-type]
    names = [name for name, _ in found]
    if not names:
        raise ValueError(f"No engine was named; there are {sorted(ENGINES)}.")
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"The engine {twice[0]!r} was named twice.")
    return found
