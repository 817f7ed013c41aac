"""Shares of a label, corrected for the engine's errors by the units that were coded by hand.

An engine that is wrong in one direction bends every share made from it. The coded units, drawn with known chances, tell
by how much: this is the difference estimator of survey sampling, with the engine as auxiliary variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
import pandas as pd

from .actor_intervals import share_interval
from .coding import LABELS, UNIT, classified
from .frames import FrameError, as_list, build, labels, require
from .intervals import freedom
from .uncertainty import ALPHA, MIN_ARTICLES, MIN_SENTENCES
from .validation_pairs import ENGINE_COLUMNS, matched

MIN_CODED = 10
_WIDTH = 0.2  # of the interval that n_needed is told for
_FEW = 5  # coded units of the label (or of others) below which Student's t is too short
_FOLDS = 5
_PRIOR = 2.0  # coded units like all others that each class of the engine is given, against classes of one or two


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
    caveat. Both shares are means of the article means, as in `summaries`; the interval is Student's t over them (with
    as many degrees of freedom as their kurtosis leaves), holds for articles of such a group, and what was not coded is
    part of its width; where all codings of a group are alike, it is at least mid-P's over articles, and where fewer
    than five have the label (or lack it) at least mid-P's over the codings. No share is given below 10 coded units of
    the group; `n_needed` says about how many would give an interval 20 points wide.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `scored` holds several engines, or not what was sampled from; no coding can be used.

    References
    ----------
    Särndal, Swensson and Wretman (1992), Model assisted survey sampling; Egami, Hinck, Stewart and Wei (2023),
    design-based supervised learning, which this is: cross-fitted, with the engine's label as the only predictor. How
    often the intervals hold: docs/accuracy.md.
    """
    records = []
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
    One row per unit of `scored`: article_id, start, end, engine, measure, label, predicted, expected, coded, outcome.
    `expected` is the share of the label among coded units that the engine calls the same (from other articles than the
    unit's own). The outcome is `expected`, and for coded units also weight·(coded − expected): however wrong the
    engine is, its mean over the corpus is on average that of the labels by hand, and an engine that knows nothing costs
    nothing. Means and comparisons of groups: `summaries(rows, value="outcome", …)`, `differences`.

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
    rows = told[UNIT].assign(predicted=(told["label"] == label).astype(float), _class=labels(told["label"]))
    rows = rows.merge(given, on=UNIT, how="left")
    rows["expected"] = _expected(rows)
    gap = rows["weight"] * (rows["coded"] - rows["expected"])
    rows["outcome"] = rows["expected"] + gap.fillna(0.0)
    engine = engines[0] if engines else "engine"
    rows = rows.assign(engine=engine, measure=f"share {label}", label=label)
    return build("corrected_outcomes", rows.drop(columns=["weight", "_class"]))


def _expected(rows: pd.DataFrame) -> np.ndarray:
    """For each unit the share of the label among coded units of the same engine class, learnt from other articles.

    Learning it where it is not used keeps the correction unbiased, and its interval honest, with few codings.
    """
    several = rows["article_id"].nunique() >= _FOLDS
    fold = (pd.factorize(rows["article_id"])[0] if several else np.arange(len(rows))) % _FOLDS
    expected = np.empty(len(rows))
    for number in range(_FOLDS):
        here = fold == number
        known = rows[~here].dropna(subset=["coded"])
        weight = known["weight"] / known["weight"].mean()
        overall = float(np.average(known["coded"], weights=weight)) if len(known) else 0.5
        sums = (weight * known["coded"]).groupby(known["_class"]).sum() + _PRIOR * overall
        sizes = weight.groupby(known["_class"]).sum() + _PRIOR
        expected[here] = rows.loc[here, "_class"].map(sums / sizes).fillna(overall)
    return expected


def _shares(rows: pd.DataFrame, by: str | None, articles: pd.DataFrame | None, scored: pd.DataFrame) -> pd.DataFrame:
    """The groups of one label."""
    table = rows if by is None else rows.assign(**{by: _group(rows, by, articles, scored)})
    groups = [({}, table)] if by is None else [({by: name}, part) for name, part in table.groupby(by, sort=True)]
    needed = _needed(table)
    records = []
    for key, part in groups:
        n_coded, n_articles = int(part["coded"].notna().sum()), part["article_id"].nunique()
        share, low, high, caveat = _mean(part, n_articles)
        if n_coded < MIN_CODED:
            share = low = high = np.nan
            told = f"{n_coded} coded; no share below {MIN_CODED}"
            caveat = f"{told}, about {needed} for an interval {round(100 * _WIDTH)} points wide"
        records.append(
            key
            | {
                "engine": part["engine"].iloc[0],
                "label": part["label"].iloc[0],
                "n": len(part),
                "n_articles": n_articles,
                "n_coded": n_coded,
                "share_engine": part.groupby("article_id")["predicted"].mean().mean(),
                "share": share,
                "ci_low": low,
                "ci_high": high,
                "n_needed": needed,
                "caveat": caveat,
            }
        )
    return build("corrected_shares", records)


def _mean(part: pd.DataFrame, n_articles: int) -> tuple[float, float, float, str]:
    """Mean of the article means, its interval by Student's t, both within 0 and 1, and what they do not say.

    The outcomes of one article are its own draws, as in `summaries`.
    """
    from scipy.stats import t

    several = n_articles > 1
    draws = (part.groupby("article_id")["outcome"].mean() if several else part["outcome"]).to_numpy(float)
    caveat = "" if several else "one article: says nothing about other articles of this group"
    least = MIN_ARTICLES if several else MIN_SENTENCES
    low = high = np.nan
    if len(draws) < least:
        caveat = f"{n_articles} articles; no interval below {least}" if several else caveat
    else:
        half = t.ppf(1 - ALPHA / 2, freedom(draws)) * draws.std(ddof=1) / np.sqrt(len(draws))
        low, high = np.clip([draws.mean() - half, draws.mean() + half], 0, 1)
        known = part.dropna(subset=["coded"])
        n, hits = len(known), int(known["coded"].sum())
        if several and hits in (0, n):
            n = known["article_id"].nunique()
            hits = min(hits, n)
        if min(hits, n - hits) < _FEW:
            # codings that are all alike show no spread, and a few that differ too little: no proof that there is none
            ends = share_interval(hits, n)
            low, high = (min(low, ends[0]), max(high, ends[1])) if not np.isnan(ends[0]) else ends
    return float(np.clip(draws.mean(), 0, 1)), float(low), float(high), caveat


def _group(rows: pd.DataFrame, by: str, articles: pd.DataFrame | None, scored: pd.DataFrame) -> np.ndarray:
    if by in scored:
        return labels(scored[by]).to_numpy()
    if articles is None or by not in articles:
        raise FrameError(f"corrected_share: no column {by!r} in scored or articles. Pass articles=… with that column.")
    return labels(rows["article_id"].map(articles.set_index("article_id")[by])).to_numpy()


def _needed(table: pd.DataFrame) -> int:
    """Codings of a group for an interval of the width, from the spread of what the engine leaves open."""
    known = table.dropna(subset=["coded"])
    spread = max(float((known["coded"] - known["expected"]).var()), 0.01) if len(known) >= MIN_CODED else 0.25
    return ceil(spread * (2 * 1.959964 / _WIDTH) ** 2)
