"""How far sentiment engines agree, and the sentences on which they do not."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from .agreement import Agreement, alpha_interval, bootstrap_interval, enough, kappa_interval
from .frames import build, require

CLASSES = (-0.05, 0.05)  # VADER's own bounds of what is neutral
_UNIT = ["article_id", "sentence_no"]


def engine_agreement(
    scored: pd.DataFrame,
    *,
    classes: tuple[float, float] = CLASSES,
    draws: int = 1_000,
    seed: int = 0,
) -> pd.DataFrame:
    """How far engines agree about the same sentences, all together and two by two, with intervals by article.

    Parameters
    ----------
    scored
        The scores of two engines or more, from `sentiment(sentences, engine=[…])`.
    classes
        Up to which polarity a sentence is negative, and from which it is positive; neutral between the two.
    draws, seed
        How often articles are drawn for the intervals, and the seed of the draws.

    Returns
    -------
    One row per set of engines and measure: engines, measure, value, ci_low and ci_high (95 %, articles drawn; NaN below
    5 articles), n (sentences that two of them have scored: a sentence without a known word is missing, not neutral),
    n_articles, n_missing, caveat. Measures: alpha_ordinal and alpha_nominal (Krippendorff's α of the three classes),
    alpha_interval (of the polarities themselves, which scales of different width lower); and of two engines kappa and
    kappa_linear (Cohen's κ of the classes, plain and with linear weights), same_class and opposite_signs (shares: above
    0 by one and below 0 by the other). α and κ are 1 for agreement and 0 for chance; by convention .80 is
    reliable and .667 the least for tentative conclusions.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        There are fewer than two engines, or `classes` is not in order.

    References
    ----------
    Krippendorff (2019), Content analysis, 4th edition; Cohen (1960, 1968); Hutto and Gilbert (2014) for the classes.
    """
    wide = _wide(scored)
    if not classes[0] <= classes[1]:
        raise ValueError(f"classes: the bound of what is negative, {classes[0]}, lies above that of positive.")
    options = {"draws": draws, "seed": seed}
    names = list(wide.columns)
    several = [names] if len(names) > 2 else []
    rows = []
    for engines in [*several, *map(list, combinations(names, 2))]:
        table = wide[engines]
        both = table[table.notna().sum(axis=1) > 1]
        found = _alphas(both, classes, options)
        if len(engines) == 2:
            found |= _pair(both, classes, options)
        sizes = {"n": len(both), "n_articles": both.index.get_level_values(0).nunique()}
        sizes["n_missing"] = len(table) - len(both)
        rows += [
            {"engines": ", ".join(engines), "measure": measure} | one._asdict() | sizes
            for measure, one in found.items()
        ]
    columns = ["engines", "measure", "value", "ci_low", "ci_high", "n", "n_articles", "n_missing", "caveat"]
    return build("engine_agreement", pd.DataFrame(rows)[columns])


def _wide(scored: pd.DataFrame) -> pd.DataFrame:
    """A row per sentence, a column per engine."""
    require(scored, "sentiment", *_UNIT, "engine", "polarity")
    names = list(dict.fromkeys(scored["engine"]))
    if len(names) < 2:
        raise ValueError(f"There is nothing to compare: engines {names}. Score with two: engine=['textblob', 'vader'].")
    return scored.pivot(index=_UNIT, columns="engine", values="polarity")[names]


def _classed(polarity: pd.DataFrame, classes: tuple[float, float]) -> pd.DataFrame:
    """-1, 0 or 1 for negative, neutral or positive; NaN stays."""
    signs = (polarity >= classes[1]).astype(float) - (polarity <= classes[0])
    return signs.where(polarity.notna())


def _alphas(both: pd.DataFrame, classes: tuple[float, float], options: dict[str, int]) -> dict[str, Agreement]:
    clusters = both.index.get_level_values(0).to_numpy()
    signs = _classed(both, classes)
    return {
        "alpha_ordinal": alpha_interval(signs.T.to_numpy(), "ordinal", clusters=clusters, **options),  # type: ignore[arg-type]
        "alpha_interval": alpha_interval(both.T.to_numpy(), "interval", clusters=clusters, **options),  # type: ignore[arg-type]
        "alpha_nominal": alpha_interval(signs.T.to_numpy(), "nominal", clusters=clusters, **options),  # type: ignore[arg-type]
    }


def _pair(both: pd.DataFrame, classes: tuple[float, float], options: dict[str, int]) -> dict[str, Agreement]:
    clusters = both.index.get_level_values(0).to_numpy()
    signs = _classed(both, classes)
    a, b = (signs.iloc[:, place].to_numpy() for place in (0, 1))
    found = {
        "kappa": kappa_interval(a, b, clusters=clusters, **options),  # type: ignore[arg-type]
        "kappa_linear": kappa_interval(a, b, "linear", order=[-1, 0, 1], clusters=clusters, **options),  # type: ignore[arg-type]
    }
    opposite = both.iloc[:, 0].to_numpy() * both.iloc[:, 1].to_numpy() < 0
    return found | {
        "same_class": _share(a == b, clusters, options),
        "opposite_signs": _share(opposite, clusters, options),
    }


def _share(holds: np.ndarray, clusters: np.ndarray, options: dict[str, int]) -> Agreement:
    """The share of sentences of which something holds."""

    def share(times: np.ndarray) -> float:
        return float(times @ holds / times.sum()) if times.sum() else np.nan

    n, n_articles = len(holds), len(np.unique(clusters))
    low, high = bootstrap_interval(share, n, clusters=clusters, **options)  # type: ignore[arg-type]
    few = n_articles < enough(clustered=True)
    caveat = f"{n_articles} articles; no interval below {enough(clustered=True)}" if few else ""
    value = share(np.ones(n)) if n else np.nan
    return Agreement(value, float(low), float(high), n, n_articles, "cluster", caveat)


def disagreements(scored: pd.DataFrame, n: int = 20) -> pd.DataFrame:
    """The sentences on which engines differ most.

    Parameters
    ----------
    scored
        The scores of two engines or more, from `sentiment(sentences, engine=[…])`.
    n
        How many sentences.

    Returns
    -------
    One row per sentence, the widest apart first: the columns of a sentence, engine_high and polarity_high (the engine
    to which it is most positive), engine_low and polarity_low, distance (between the two, each divided by the root mean
    square of all polarities of its engine, for engines use scales of different width), opposite (whether one is above 0
    and the other below).

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        There are fewer than two engines.
    """
    require(scored, "sentiment")
    wide = _wide(scored)
    wide = wide[wide.notna().sum(axis=1) > 1]
    if wide.empty:
        return build("disagreements", [])
    size = np.sqrt((wide**2).mean())
    comparable = wide / size.where(size > 0, 1.0)
    high, low = comparable.idxmax(axis=1), comparable.idxmin(axis=1)
    places = {name: place for place, name in enumerate(wide.columns)}
    rows, values = np.arange(len(wide)), wide.to_numpy()
    found = pd.DataFrame(
        {
            "engine_high": high,
            "polarity_high": values[rows, high.map(places)],
            "engine_low": low,
            "polarity_low": values[rows, low.map(places)],
            "distance": comparable.max(axis=1) - comparable.min(axis=1),
        }
    )
    found["opposite"] = (found["polarity_high"] > 0) & (found["polarity_low"] < 0)
    found = found.sort_values("distance", ascending=False, kind="stable").head(n).reset_index()
    own = ["engine", "polarity", "subjectivity", "n_scored"]
    sentences = scored.drop_duplicates(_UNIT).drop(columns=own)
    return build("disagreements", found.merge(sentences, on=_UNIT, how="left"))
