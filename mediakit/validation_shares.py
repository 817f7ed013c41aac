"""Shares of a label, corrected for the engine's errors by the units that were coded by hand.

An engine that is wrong in one direction bends every share made from it. The coded units, drawn with known chances, tell
by how much: this is the difference estimator of survey sampling, with the engine as auxiliary variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
import pandas as pd

from .coding import LABELS, UNIT, classified
from .frames import FrameError, as_list, build, labels, require
from .uncertainty import summaries
from .validation_pairs import ENGINE_COLUMNS, matched

MIN_CODED = 10
_WIDTH = 0.2  # of the interval that n_needed is told for


def corrected_share(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame,
    label: str | Iterable[str] = ("negative", "positive"),
    by: str | None = "source",
    articles: pd.DataFrame | None = None,
    coder: str | None = None,
    classes: Sequence[str] = LABELS,
) -> pd.DataFrame:
    """The share of a label in each group, corrected for what the engine gets wrong, with an interval.

    Parameters
    ----------
    scored
        Every unit that was sampled from, with the column label: `classified(sentiment(sentences))`, of one engine.
    codings
        The labels given by hand: `read_codings(path)`; several coders as in `validation`.
    sample
        The frame `coding_sample` that was coded, whose chances make the correction right.
    label
        The label or labels whose share is asked for.
    by
        A column of `scored` or of `articles`; None for all together.
    articles
        Where to look `by` up.
    coder, classes
        As `coder` and `labels` in `validation`.

    Returns
    -------
    One row per group and label: engine, label, n, n_articles, n_coded, share_engine, share, ci_low, ci_high, n_needed,
    caveat. Both shares are means of the article means, as in `summaries`, whose interval is that of `share`: it holds
    for articles of such a group, and what was not coded is part of its width. No share is given below 10 coded units of
    the group; `n_needed` says about how many would give an interval 20 points wide.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `scored` holds several engines, or not what was sampled from; no coding can be used.

    References
    ----------
    Särndal, Swensson and Wretman (1992), Model assisted survey sampling, difference and regression estimators; Egami,
    Hinck, Stewart and Wei (2023), design-based supervised learning; Angelopoulos, Duchi and Zrnic (2023), PPI++, for
    the weight of the engine. How often the intervals hold: docs/accuracy.md.
    """
    records: list[pd.DataFrame] = []
    for one in as_list(label):
        rows = corrected_outcomes(scored, codings, sample=sample, label=one, coder=coder, classes=classes)
        records.append(_shares(rows, by, articles, scored))
    return build("corrected_shares", pd.concat(records, ignore_index=True))


def corrected_outcomes(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame,
    label: str,
    coder: str | None = None,
    classes: Sequence[str] = LABELS,
) -> pd.DataFrame:
    """For every unit what to average to get the share of a label without the engine's errors.

    Parameters
    ----------
    scored, codings, sample, label, coder, classes
        As in `corrected_share`.

    Returns
    -------
    One row per unit of `scored`: article_id, start, end, engine, measure, label, predicted, coded, outcome. The outcome
    is λ·predicted, and for coded units also weight·(coded − λ·predicted): whatever the engine, its mean over the corpus
    is on average that of the labels by hand. λ, from 0 to 1, is how much the engine is worth: the slope of coded on
    predicted. Means and comparisons of groups: `summaries(rows, value="outcome", …)`, `differences`.

    Raises
    ------
    FrameError, ValueError
        As in `corrected_share`.
    """
    told = scored if "label" in scored else classified(scored)
    require(sample, "coding_sample", *UNIT, "stratum", "n_stratum", "n_sampled")
    name = next((column for column in ENGINE_COLUMNS if column in told), None)
    engines = sorted(told[name].unique()) if name else ["engine"]
    if len(engines) > 1:
        raise ValueError(f"scored holds the labels of several engines {engines}: choose one.")
    if label not in classes:
        raise ValueError(f"label is {label!r}; there are {list(classes)}.")
    n_sampled_from = int(sample.drop_duplicates("stratum")["n_stratum"].sum())
    if len(told) != n_sampled_from:
        drawn = f"The sample was drawn from {n_sampled_from} units, scored has {len(told)}"
        raise ValueError(f"{drawn}: pass all that it was drawn from.")
    pairs = matched(told, codings, sample=sample, coder=coder, labels=classes)
    hit = (pairs.table["coded"] == list(classes).index(label)).astype(float)
    given = pairs.table[[*UNIT, "weight"]].assign(coded=hit)
    rows = told[UNIT].assign(predicted=(told["label"] == label).astype(float)).merge(given, on=UNIT, how="left")
    worth = _slope(rows)
    gap = rows["weight"] * (rows["coded"] - worth * rows["predicted"])
    outcome = worth * rows["predicted"] + gap.fillna(0.0)
    engine = engines[0] if engines else "engine"
    rows = rows.assign(engine=engine, measure=f"share {label}", label=label, outcome=outcome)
    return build("corrected_outcomes", rows.drop(columns="weight"))


def _slope(rows: pd.DataFrame) -> float:
    """λ: how far the engine's label goes with the one by hand; 0 where that cannot be told."""
    known = rows.dropna(subset=["coded"])
    if len(known) < MIN_CODED:
        return 1.0
    weight = known["weight"].to_numpy(float)
    x, y = (known[name].to_numpy(float) - np.average(known[name], weights=weight) for name in ("predicted", "coded"))
    spread = weight @ x**2
    return float(np.clip((weight @ (x * y)) / spread, 0, 1)) if spread > 0 else 0.0


def _shares(rows: pd.DataFrame, by: str | None, articles: pd.DataFrame | None, scored: pd.DataFrame) -> pd.DataFrame:
    """The groups of one label."""
    table = rows.drop(columns="measure").rename(columns={"outcome": "share_outcome"})
    if by is not None:
        table[by] = _group(rows, by, articles, scored)
    keys = as_list(by)
    means = summaries(table, value="share_outcome", by=by)
    engine = summaries(table, value="predicted", by=by)["value"]
    groups = table.groupby(keys, sort=True) if keys else [((), table)]
    n_coded = [int(part["coded"].notna().sum()) for _, part in groups]
    needed = _needed(table)
    found = means[[*keys, "n", "n_articles", "ci_low", "ci_high", "caveat"]].assign(
        engine=rows["engine"].iloc[0] if len(rows) else "", label=rows["label"].iloc[0] if len(rows) else "",
        share_engine=engine, share=means["value"].clip(0, 1), n_coded=n_coded, n_needed=needed,
    )  # fmt: skip
    few = found["n_coded"] < MIN_CODED
    found[["ci_low", "ci_high"]] = found[["ci_low", "ci_high"]].clip(0, 1)
    found.loc[few, ["share", "ci_low", "ci_high"]] = np.nan
    found.loc[few, "caveat"] = [
        f"{n} coded; no share below {MIN_CODED}, about {needed} for an interval 20 points wide"
        for n in found.loc[few, "n_coded"]
    ]
    return found


def _group(rows: pd.DataFrame, by: str, articles: pd.DataFrame | None, scored: pd.DataFrame) -> np.ndarray:
    if by in scored:
        return labels(scored[by]).to_numpy()
    if articles is None or by not in articles:
        raise FrameError(f"corrected_share: no column {by!r} in scored or articles. Pass articles=… with that column.")
    return labels(rows["article_id"].map(articles.set_index("article_id")[by])).to_numpy()


def _needed(table: pd.DataFrame) -> int:
    """Codings of a group for an interval of the width: as if the engine were worth nothing, to be safe."""
    known = table.dropna(subset=["coded"])
    spread = 0.25
    if len(known) >= MIN_CODED:
        spread = max(float(known["coded"].var()), 0.01)
    return ceil(spread * (2 * 1.959964 / _WIDTH) ** 2)
