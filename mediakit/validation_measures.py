"""What engines and coders are measured by, and how sure each measure is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .actor_intervals import ratio_interval, share_interval
from .agreement import bootstrap_interval, enough, weighted_alpha
from .coding import UNIT
from .uncertainty import BY_ARTICLE
from .validation_pairs import Matched

BY_UNIT = "unit within one article"
UNSCORED = "unscored"
CODERS = "coders"

Record = dict[str, object]


def engine_rows(engine: str, part: pd.DataFrame, pairs: Matched, draws: int, seed: int) -> list[Record]:
    """The measures of one engine."""
    clusters, unit = _clusters(part)
    coded, given, weight = (part[name].to_numpy() for name in ("coded", "scored", "weight"))
    weight = weight / weight.mean()  # as many as there are units: variances are those of draws
    told, k = given >= 0, len(pairs.labels)
    n_articles = part.loc[told, "article_id"].nunique()

    def row(measure: str, value: float, ends: tuple[float, float], n: int, label: str | None = None) -> Record:
        caveat = "; ".join(filter(None, [_few(ends, value, clusters, unit), pairs.left_out]))
        return {"engine": engine, "measure": measure, "label": label, "value": value, "ci_low": ends[0],
                "ci_high": ends[1], "n": n, "n_articles": n_articles, "unit": unit, "caveat": caveat}  # fmt: skip

    def share(measure: str, hit: np.ndarray, of: np.ndarray, n: int, label: str | None = None) -> Record:
        value = hit @ weight / (of @ weight) if of.any() else np.nan
        return row(measure, value, _share_ends(hit * weight, of * weight, clusters, unit), n, label)

    n, right = int(told.sum()), told & (given == coded)
    alpha = weighted_alpha(np.stack([coded, np.where(told, given, np.nan)]), "ordinal")

    def both(times: np.ndarray) -> np.ndarray:
        return np.array([macro_f1(coded[told], given[told], (times * weight)[told], k), alpha(times * weight)])

    f1, agreed = both(np.ones(len(part)))
    low, high = bootstrap_interval(both, len(part), clusters=clusters, draws=draws, seed=seed)
    if unit == BY_UNIT and len(part) < enough(clustered=False):
        low, high = np.full(2, np.nan), np.full(2, np.nan)
    rows = [
        share("accuracy", right.astype(float), told.astype(float), n),
        row("macro_f1", f1, (low[0], high[0]), n),
        row("alpha", agreed, (low[1], high[1]), n),
        share(UNSCORED, (~told).astype(float), np.ones(len(part)), len(part)),
    ]
    for code, label in enumerate(pairs.labels):
        is_coded, is_given = told & (coded == code), given == code
        true = (is_coded & is_given).astype(float)
        rows += [
            share("precision", true, is_given.astype(float), int(is_given.sum()), label),
            share("recall", true, is_coded.astype(float), int(is_coded.sum()), label),
            share("f1", 2 * true, is_given.astype(float) + is_coded, int((is_given | is_coded).sum()), label),
        ]
    return rows


def macro_f1(coded: np.ndarray, given: np.ndarray, weight: np.ndarray, k: int) -> float:
    """Mean of the F1 of each label that occurs on either side; NaN when there is nothing."""
    true = np.bincount(coded, weight * (coded == given), minlength=k)
    sides = np.bincount(coded, weight, minlength=k) + np.bincount(given, weight, minlength=k)
    return float((2 * true[sides > 0] / sides[sides > 0]).mean()) if (sides > 0).any() else np.nan


def _clusters(part: pd.DataFrame) -> tuple[np.ndarray, str]:
    """What counts as an independent draw: the article, or its units where there is but one."""
    if part["article_id"].nunique() == 1:
        return np.arange(len(part)), BY_UNIT
    return pd.factorize(part["article_id"])[0], BY_ARTICLE


def _share_ends(hit: np.ndarray, of: np.ndarray, clusters: np.ndarray, unit: str) -> tuple[float, float]:
    """The interval of a weighted share over clusters."""
    hits, wholes = np.bincount(clusters, hit), np.bincount(clusters, of)
    n = int((wholes > 0).sum())
    if n < enough(clustered=unit == BY_ARTICLE):
        return np.nan, np.nan
    # at 0 and 1 no variance can be seen; as if each cluster were one draw
    if not 0 < hits.sum() < wholes.sum() * (1 - 1e-12):
        return share_interval(n if hits.sum() > 0 else 0, n)
    return ratio_interval(hits, wholes)


def _few(ends: tuple[float, float], value: float, clusters: np.ndarray, unit: str) -> str:
    """What the interval cannot say."""
    said = "one article: says nothing about others" if unit == BY_UNIT else ""
    if not np.isnan(ends[0]):
        return said
    n, least = len(np.unique(clusters)), enough(clustered=unit == BY_ARTICLE)
    things = "article" if unit == BY_ARTICLE else "unit"
    if np.isnan(value):
        lack = "nothing to measure it on"
    elif n < least:
        lack = f"{n} {things}{'' if n == 1 else 's'}; no interval below {least}"
    else:
        lack = f"too few {things}s with such units for an interval"
    return f"{said}; {lack}" if said else lack


def coder_rows(pairs: Matched, draws: int, seed: int) -> list[Record]:
    """α between the coders, on the units that two or more of them coded."""
    table = pairs.codings.pivot_table(index=UNIT, columns="coder", values="coded", aggfunc="last")
    table = table[table.notna().sum(axis=1) > 1]
    if table.empty:
        return []
    units = table.reset_index()
    clusters, unit = _clusters(units)
    alpha = weighted_alpha(table.to_numpy(float).T, "ordinal")
    value = alpha(np.ones(len(table)))
    low, high = bootstrap_interval(alpha, len(table), clusters=clusters, draws=draws, seed=seed)
    ends = (float(low), float(high))
    caveat = _few(ends, value, clusters, unit)
    return [
        {"engine": CODERS, "measure": "alpha", "label": None, "value": value, "ci_low": ends[0], "ci_high": ends[1],
         "n": len(table), "n_articles": units["article_id"].nunique(), "unit": unit, "caveat": caveat}
    ]  # fmt: skip
