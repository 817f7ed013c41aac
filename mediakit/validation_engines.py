"""Which of several engines agrees more often with the labels given by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from .agreement import bootstrap_interval
from .coding import LABELS, UNIT
from .frames import build
from .uncertainty import ALPHA, BY_ARTICLE, DIFFERS, SAME, TOO_FEW, benjamini_hochberg
from .validation_pairs import matched

_FLIPS = 9_999
_LEAST = 6  # 2 of the 2⁵ exchanges of five articles are as extreme as can be: p is never below .06


def engine_differences(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    sample: pd.DataFrame | None = None,
    coder: str | None = None,
    labels: Sequence[str] = LABELS,
    draws: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Which of several engines agrees more often with the labels given by hand; parameters as in `validation`.

    Returns
    -------
    The frame `differences`, a row per pair of engines: difference of their accuracy on the same units (one without a
    label is wrong), with a bootstrap interval over articles, p of the permutation test that exchanges the two engines
    within whole articles, p_adjusted (Benjamini–Hochberg), verdict. "too few" below 6 articles, where no exchange of
    engines can be rare.

    Raises
    ------
    FrameError, ValueError
        As `validation`.
    """
    pairs = matched(scored, codings, sample=sample, coder=coder, labels=labels)
    table = pairs.table.assign(hit=pairs.table["scored"] == pairs.table["coded"])
    hits = {str(engine): part for engine, part in table.groupby("engine")}
    records = [_compared(a, b, hits[a], hits[b], draws, seed) for a, b in combinations(sorted(hits), 2)]
    result = build("differences", records)
    told = result["p"].notna()
    result.loc[told, "p_adjusted"] = benjamini_hochberg(result.loc[told, "p"].to_numpy())
    result.loc[told, "verdict"] = np.where(result.loc[told, "p_adjusted"] < ALPHA, DIFFERS, SAME)
    return result


def _compared(a: str, b: str, hits_a: pd.DataFrame, hits_b: pd.DataFrame, draws: int, seed: int) -> dict[str, object]:
    both = hits_a.merge(hits_b, on=[*UNIT, "coded", "weight"], suffixes=("_a", "_b"))
    weight = both["weight"].to_numpy(float)
    gain = weight * (both["hit_a"].to_numpy(float) - both["hit_b"].to_numpy(float))
    clusters = pd.factorize(both["article_id"])[0]
    n = len(np.unique(clusters))
    low = high = p = np.nan
    if n >= _LEAST:
        low, high = map(
            float,
            bootstrap_interval(
                lambda times: (times @ gain) / (times @ weight), len(both), clusters=clusters, draws=draws, seed=seed
            ),
        )
        p = _exchange_p(np.bincount(clusters, gain), seed)
    return {"measure": "accuracy", "group_a": a, "group_b": b, "ci_low": low, "ci_high": high, "p": p,
            "difference": gain.sum() / weight.sum() if len(both) else np.nan, "p_adjusted": np.nan, "n_a": n, "n_b": n,
            "unit": BY_ARTICLE, "verdict": TOO_FEW,
            "caveat": "" if n >= _LEAST else f"at least {_LEAST} articles with codings are needed"}  # fmt: skip


def _exchange_p(gains: np.ndarray, seed: int) -> float:
    """Two-sided p if the engines of each article may as well be exchanged; random exchanges count the observed one."""
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (_FLIPS, len(gains)))
    hits = int((np.abs(signs @ gains) >= abs(gains.sum()) - 1e-9).sum())
    return (hits + 1) / (_FLIPS + 1)
