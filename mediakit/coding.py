"""Coding by hand: which sentences or mentions to read, and the labels that engines give to compare with.

A sample is drawn by chance with known probabilities, so that what is measured on it holds for the whole corpus, and
shown without scores and in random order, so that the coder is led by nothing but the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from .coding_files import read_codings
from .evidence import evidence
from .frames import FrameError, as_list, build, labels, require

__all__ = ["LABELS", "classified", "coding_sample", "read_codings"]

LABELS = ("negative", "neutral", "positive")
UNIT = ["article_id", "start", "end"]


def coding_sample(
    rows: pd.DataFrame,
    n: int,
    *,
    by: str | Iterable[str] | None = None,
    articles: pd.DataFrame | None = None,
    allocation: Literal["proportional", "equal"] = "proportional",
    seed: int = 0,
) -> pd.DataFrame:
    """Sentences or mentions to code by hand: drawn by chance within strata, shuffled, without any score.

    Parameters
    ----------
    rows
        One row per sentence or mention: `sentences(articles)`, `mentions(articles)`, or a frame made from them, such as
        `sentiment(sentences)`. A row that stands there once per engine counts once.
    n
        How many to draw; all of them where there are fewer.
    by
        Columns of `rows`, or of `articles`, whose combinations are the strata: "source", or the class an engine gives,
        `classified(scored)` having the column `label`. None for a simple random sample.
    articles
        Where to look `by` up, and the text around mentions. Not needed for sentences with their own columns.
    allocation
        "proportional" to the size of the strata, or "equal" numbers of each, which serves comparisons of them. Each
        stratum gets at least one.
    seed
        The same rows and seed give the same sample, in whatever order the rows stand.

    Returns
    -------
    One row per unit, in the order of coding: unit, article_id, sentence_no, start, end, text, target (the actor of a
    mention), sentence, sentence_start, before, after, stratum, n_stratum, n_sampled, probability, weight. No other
    column of `rows` is there; they can be joined again by article_id, start and end.

    Raises
    ------
    FrameError
        A column is missing; the rows are no sentences and `articles` was not given.
    ValueError
        `n` is below 1 or below the number of strata; a unit lies in two strata; no such allocation.

    References
    ----------
    Cochran (1977), Sampling techniques, chapter 5; seats beyond the first by Sainte-Laguë's divisors.
    """
    require(rows, "sentences", "article_id", "sentence_no", "start", "end", "text")
    if allocation not in ("proportional", "equal"):
        raise ValueError(f"There is no allocation {allocation!r}; there are 'proportional' and 'equal'.")
    if n < 1:
        raise ValueError(f"n is {n}; draw at least one unit.")
    units = _in_strata(rows, as_list(by), articles)
    sizes = units["_stratum"].value_counts().sort_index().to_numpy()
    if min(n, len(units)) < len(sizes):
        raise ValueError(
            f"n is {n}, but there are {len(sizes)} strata: draw one of each at least, or name fewer in by."
        )
    seats = _seats(sizes, n, sizes if allocation == "proportional" else np.ones(len(sizes)))
    rng = np.random.default_rng(seed)
    places = [
        rng.choice(members, seats[stratum], replace=False)
        for stratum, members in sorted(units.groupby("_stratum").indices.items())
    ]
    drawn = rng.permutation(np.concatenate(places)) if places else np.array([], dtype=int)
    sample = units.iloc[drawn]
    stratum = sample["_stratum"].to_numpy()
    # numbered by chance: the order of names would tell the coder what the engine said
    numbers = rng.permutation(len(sizes))
    shown = _shown(sample, rows, articles).assign(
        unit=np.arange(len(sample)),
        stratum=numbers[stratum],
        n_stratum=sizes[stratum],
        n_sampled=seats[stratum],
        probability=seats[stratum] / sizes[stratum],
        weight=sizes[stratum] / seats[stratum],
    )
    return build("coding_sample", shown)


def classified(
    scored: pd.DataFrame,
    *,
    negative: float = -0.05,
    positive: float = 0.05,
    unscored: Literal["neutral", "missing"] = "neutral",
) -> pd.DataFrame:
    """The class that an engine gives each sentence or mention: negative, neutral or positive.

    Parameters
    ----------
    scored
        `sentiment(sentences)`, whose polarity is cut at two points; or a frame with the columns negative, neutral and
        positive (probabilities) of each mention, such as tone, of which the largest decides.
    negative, positive
        Polarity up to `negative` is negative, from `positive` on positive, between them neutral. The defaults are those
        that VADER's authors give for its compound score; other engines have none, so try others too.
    unscored
        What a sentence is in which the engine knows no word (polarity is NaN), or of which it abstains: "neutral", as
        those do who take 0 for an answer, or "missing".

    Returns
    -------
    The rows of `scored` with the column label; NaN where missing.

    Raises
    ------
    FrameError
        There is neither a polarity nor probabilities.
    ValueError
        `negative` is not below `positive`; `unscored` is something else.

    References
    ----------
    Hutto and Gilbert (2014), VADER, for ±.05.
    """
    if unscored not in ("neutral", "missing"):
        raise ValueError(f"unscored is {unscored!r}; it can be 'neutral' or 'missing'.")
    if not negative < positive:
        raise ValueError(f"The cut points must rise: negative is {negative}, positive {positive}.")
    blank = "neutral" if unscored == "neutral" else None
    if "polarity" in scored:
        polarity = scored["polarity"].to_numpy(float)
        known = [np.isnan(polarity), polarity <= negative, polarity >= positive]
        label = np.select(known, ["", LABELS[0], LABELS[2]], LABELS[1])
    elif set(LABELS) <= set(scored.columns):
        chances = scored[list(LABELS)].to_numpy(float)
        told = ~np.isnan(chances).any(axis=1)
        if "abstain" in scored:
            told &= ~scored["abstain"].to_numpy(bool)
        label = np.where(told, np.array(LABELS)[np.nan_to_num(chances).argmax(axis=1)], "")
    else:
        raise FrameError(
            f"scored: neither 'polarity' nor {list(LABELS)} are columns; has {list(scored.columns)}. "
            "Pass the frame made by mediakit.sentiment(sentences)."
        )
    return scored.assign(label=pd.Series(label, index=scored.index, dtype="str").replace({"": blank}))


def _in_strata(rows: pd.DataFrame, keys: list[str], articles: pd.DataFrame | None) -> pd.DataFrame:
    """One row per unit, in order of place, with the number of its stratum."""
    table = rows[[*UNIT, "sentence_no", "text"]].copy()
    table["target"] = rows.get("actor", None)
    for key in keys:
        if key in rows:
            table[f"_{key}"] = labels(rows[key])
        elif articles is not None and key in articles:
            table[f"_{key}"] = labels(rows["article_id"].map(articles.set_index("article_id")[key]))
        else:
            raise FrameError(f"coding_sample: no column {key!r} in rows or articles. Pass articles that have it.")
    table = table.drop_duplicates().sort_values(UNIT, kind="stable")
    if (twice := table.duplicated(UNIT)).any():
        row = table[twice].iloc[0]
        raise ValueError(
            f"coding_sample: {row['article_id']!r}, {row['start']} to {row['end']} lies in several strata of by={keys} "
            "or names several actors; keep one row per unit, such as one engine's."
        )
    table["_stratum"] = table.groupby([f"_{key}" for key in keys]).ngroup() if keys else 0
    return table.reset_index(drop=True)


def _seats(sizes: np.ndarray, n: int, claims: np.ndarray) -> np.ndarray:
    """How many of each stratum: one each, then always to the one whose claim is least met, none beyond its size."""
    seats = np.ones(len(sizes), dtype=int)
    for _ in range(min(n, int(sizes.sum())) - len(sizes)):
        seats[np.argmax(np.where(seats < sizes, claims / (2 * seats + 1), -1))] += 1
    return seats


def _shown(sample: pd.DataFrame, rows: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    """What the coder reads of each unit: its sentence and those beside it."""
    units = sample[[*UNIT, "sentence_no", "text", "target"]].reset_index(drop=True)
    if articles is not None:
        found = evidence(units[UNIT], articles)
        found = found.rename(columns={"text": "sentence"})[[*UNIT, "sentence", "sentence_start", "before", "after"]]
        return units.merge(found, on=UNIT, how="left", validate="one_to_one")
    if "paragraph_no" not in rows:
        raise FrameError("coding_sample: rows are no sentences: pass articles=, the articles that they were found in.")
    texts = rows.drop_duplicates(UNIT).set_index(["article_id", "sentence_no"])["text"].to_dict()
    beside = {
        name: [texts.get((a, no + step), "") for a, no in zip(units["article_id"], units["sentence_no"], strict=True)]
        for name, step in (("before", -1), ("after", 1))
    }
    return units.assign(sentence=units["text"], sentence_start=units["start"], **beside)
