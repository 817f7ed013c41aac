"""Engines measured against labels given by hand, with intervals over articles and the weights of the sample."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import pandas as pd

from .coding import LABELS, UNIT
from .frames import build, require
from .validation_measures import CODERS, UNSCORED, coder_rows, engine_rows
from .validation_pairs import matched


def validation(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame | None = None,
    coder: str | None = None,
    labels: Sequence[str] = LABELS,
    draws: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """How well engines agree with labels given by hand, and the coders with each other.

    Parameters
    ----------
    scored
        What the engines say, with the column label: `classified(sentiment(sentences))`; a frame without it is
        classified with the defaults. Several engines (column engine, or model) are measured apart.
    codings
        The labels given by hand: `read_codings(path)`. Where several coders differ on a unit the label of most counts,
        and a unit without such a label is left out.
    sample
        The frame `coding_sample` that was coded: measures are weighted then by what each unit stands for, so that they
        hold for all that was sampled from. Without it each coding counts alike.
    coder
        Measure against this coder alone.
    labels
        The labels from low to high. Codings with another label (such as "unclear") are left out.
    draws, seed
        Of the bootstrap behind the intervals of macro_f1 and alpha.

    Returns
    -------
    One row per engine and measure: accuracy, macro_f1, alpha (Krippendorff's, ordinal), unscored (share of units that
    have a label by hand and none of the engine; they are left out of the other measures), then precision, recall and f1
    of each label. Before them the row coders: alpha between the coders, where there are several; after them "always
    LABEL": what the commonest label would reach without any engine. Intervals are over articles; within a single
    article over its units, and the result speaks of that article alone. `caveat` says what was left out.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        No coding is of a unit in `scored`; there is no such coder.

    References
    ----------
    Korn and Graubard (1998) for shares; bootstrap of articles for macro_f1 and alpha (Hesterberg 2015, expanded
    percentiles); Krippendorff (2019).
    """
    pairs = matched(scored, codings, sample=sample, coder=coder, labels=labels)
    records = coder_rows(pairs, draws, seed)
    if pairs.table.empty:
        return build("validation", records)
    for engine, part in pairs.table.groupby("engine", sort=False):
        records += engine_rows(str(engine), part, pairs, draws, seed)
    one = pairs.table.drop_duplicates(UNIT)
    commonest = int(np.argmax(np.bincount(one["coded"], one["weight"], minlength=len(labels))))
    always = one.assign(scored=commonest)
    records += engine_rows(f"always {labels[commonest]}", always, pairs, draws, seed)[:2]
    return build("validation", records)


def confusion(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame | None = None,
    coder: str | None = None,
    labels: Sequence[str] = LABELS,
) -> pd.DataFrame:
    """Which label engines give to what was coded so by hand; parameters as in `validation`.

    Returns
    -------
    One row per engine, label given by hand and label of the engine (or "unscored"), also where there is none: engine,
    coded, scored, n, share (of the units coded so; NaN where there are none).

    Raises
    ------
    FrameError, ValueError
        As `validation`.
    """
    pairs = matched(scored, codings, sample=sample, coder=coder, labels=labels)
    names = [*labels, UNSCORED]
    records = []
    for engine, part in pairs.table.groupby("engine", sort=False):
        places = part["coded"] * len(names) + part["scored"].where(part["scored"] >= 0, len(labels))
        shape = (len(labels), len(names))
        counts = np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)
        weights = np.bincount(places, part["weight"], minlength=shape[0] * shape[1]).reshape(shape)
        for i, coded in enumerate(labels):
            for j, given in enumerate(names):
                share = weights[i, j] / weights[i].sum() if counts[i].any() else np.nan
                records.append({"engine": engine, "coded": coded, "scored": given, "n": counts[i, j], "share": share})
    return build("confusion", records)


def codings_needed(validated: pd.DataFrame, *, width: float = 0.1, measure: str = "accuracy") -> pd.DataFrame:
    """How many codings it takes for an interval of the wanted width, if further ones are like those at hand.

    Parameters
    ----------
    validated
        The frame `validation`; also an empty one, to plan with.
    width
        The width of the 95 % interval from end to end: .1 is five points up and down.
    measure
        A measure of all: accuracy, macro_f1, alpha or unscored.

    Returns
    -------
    One row per engine: engine, measure, width, width_now, n, n_needed, n_more. The width shrinks with the root of the
    number. Where there is no interval yet, n_needed is that of independent draws of a share of one half, the least
    favourable. More codings of the same articles help less than codings of other articles.

    Raises
    ------
    ValueError
        `width` is not between 0 and 2.
    """
    require(validated, "validation", "engine", "measure", "n", "ci_low", "ci_high")
    if not 0 < width < 2:
        raise ValueError(f"width is {width}; an interval of a share is between 0 and 1 wide.")
    rows = validated[(validated["measure"] == measure) & (validated["engine"] != CODERS)]
    rows = rows[~rows["engine"].str.startswith("always ")]
    blind = ceil((2 * 1.959964 * 0.5 / width) ** 2)
    records = []
    for row in rows.to_dict("records") or [{"engine": "any", "n": 0, "ci_low": np.nan, "ci_high": np.nan}]:
        now = row["ci_high"] - row["ci_low"]
        needed = max(blind, row["n"]) if np.isnan(now) else ceil(row["n"] * (now / width) ** 2)
        records.append(
            {"engine": row["engine"], "measure": measure, "width": width, "width_now": now, "n": row["n"],
             "n_needed": needed, "n_more": max(needed - row["n"], 0)}
        )  # fmt: skip
    return build("codings_needed", records)
