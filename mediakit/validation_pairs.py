"""Units coded by hand beside what engines say of them: matched, voted on, weighted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .coding import UNIT, classified
from .coding_files import one_line
from .frames import FrameError, require

ENGINE_COLUMNS = ("engine", "model")  # who scored: the frames sentiment and tone


class Matched(NamedTuple):
    """Units with a label by hand, once per engine: codes of labels (-1: unscored), weights; and what was left out."""

    table: pd.DataFrame
    codings: pd.DataFrame
    labels: tuple[str, ...]
    left_out: str


def matched(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame | None,
    coder: str | None,
    labels: Sequence[str],
) -> Matched:
    """Each engine's label of each coded unit, beside the label by hand and the unit's weight."""
    require(codings, "codings", *UNIT, "coder", "label")
    require(scored, "sentences", *UNIT)
    told = scored if "label" in scored else classified(scored)
    name = next((column for column in ENGINE_COLUMNS if column in told), None)
    engines = told[name] if name else "engine"
    given = told.assign(engine=engines, scored=_codes(told["label"], labels))[[*UNIT, "engine", "scored"]]
    if given.duplicated([*UNIT, "engine"]).any():
        raise FrameError("scored: a unit (article_id, start, end) stands twice for one engine; keep one row of each.")
    if coder is not None:
        if coder not in set(codings["coder"]):
            raise ValueError(f"There are no codings by {coder!r}; there are some by {sorted(set(codings['coder']))}.")
        codings = codings[codings["coder"] == coder]
    left: dict[str, int] = {}
    usable = _usable(codings, told, sample, labels, left)
    if len(codings) and usable.empty:
        raise ValueError(f"No coding can be used: {_told(left)}. Pass codings of these articles and the labels used.")
    one = _majority(usable, left)
    table = given.merge(one, on=UNIT, how="inner")
    table["weight"] = _weights(table, sample) if sample is not None else 1.0
    return Matched(table, usable, tuple(labels), _told(left))


def _codes(values: pd.Series, labels: Sequence[str]) -> np.ndarray:
    place = {label: number for number, label in enumerate(labels)}
    unknown = set(values.dropna()) - set(place)
    if unknown:
        raise ValueError(f"scored: the label {min(unknown)!r} is not among labels={list(labels)}.")
    return values.map(place).fillna(-1).to_numpy(int)


def _usable(
    codings: pd.DataFrame,
    scored: pd.DataFrame,
    sample: pd.DataFrame | None,
    labels: Sequence[str],
    left: dict[str, int],
) -> pd.DataFrame:
    """The codings with one of the labels, of a unit that was scored (and sampled), in the same words."""
    found = codings[codings["label"].isin(labels)]
    left["with another label"] = len(codings) - len(found)
    # mentions hold no sentence, but their words are as good a check
    texts = scored.drop_duplicates(UNIT).set_index(UNIT)["text"] if "text" in scored else None
    known = pd.MultiIndex.from_frame(scored[UNIT].drop_duplicates())
    here = pd.MultiIndex.from_frame(found[UNIT]).isin(known)
    if texts is not None and "text" in found:
        # the same place in another corpus is another sentence
        keys = found[UNIT].itertuples(index=False, name=None)
        words = zip(here, keys, found["text"].fillna(""), strict=True)
        same = [bool(ok) and text in ("", one_line(texts[key])) for ok, key, text in words]
        here &= np.array(same, dtype=bool)
    left["of other texts"] = int((~here).sum())
    found = found[here]
    if sample is not None:
        inside = pd.MultiIndex.from_frame(found[UNIT]).isin(pd.MultiIndex.from_frame(sample[UNIT]))
        left["outside the sample"] = int((~inside).sum())
        found = found[inside]
    return found.assign(coded=_codes(found["label"], labels))


def _majority(codings: pd.DataFrame, left: dict[str, int]) -> pd.DataFrame:
    """One label per unit: that of most coders; units without one are left out."""
    votes = codings.groupby([*UNIT, "coded"], sort=False).size().reset_index(name="votes")
    most = votes["votes"] == votes.groupby(UNIT)["votes"].transform("max")
    winners = votes[most]
    tied = winners.duplicated(UNIT, keep=False)
    left["on which coders are divided"] = len(winners[tied].drop_duplicates(UNIT))
    return winners.loc[~tied, [*UNIT, "coded"]]


def _told(left: dict[str, int]) -> str:
    parts = [f"{n} {what}" for what, n in left.items() if n]
    return f"left out: {', '.join(parts)}" if parts else ""


def _weights(table: pd.DataFrame, sample: pd.DataFrame) -> np.ndarray:
    """What each coded unit stands for; see `unit_weights`."""
    weights = unit_weights(sample, table[UNIT].drop_duplicates())
    return table[UNIT].merge(weights, on=UNIT, how="left")["weight"].to_numpy(float)


def unit_weights(sample: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """How many units each coded one stands for, also when only part of the sample was coded.

    Units of the stratum by those of them that were coded. Where a stratum has none, the weights of the sample times
    sample by coded: the order of coding is random, so what was coded is a random part.
    """
    require(sample, "coding_sample", *UNIT, "stratum", "n_stratum", "n_sampled")
    done = sample.merge(coded, on=UNIT, how="inner")
    size = done.groupby("stratum")["stratum"].transform("size")
    weight = done["n_stratum"] / size
    if done["stratum"].nunique() < sample["stratum"].nunique():
        weight = done["n_stratum"] / done["n_sampled"] * len(sample) / max(len(done), 1)
    return done[UNIT].assign(weight=weight.to_numpy(float))
