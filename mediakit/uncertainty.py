"""How sure a number is: intervals, permutation tests, corrections, verdicts.

The article is the sampling unit: sentences of one article are not independent draws from its source. Only where a
group is a single article are its sentences the unit, and then the result says so and speaks of that article alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from .frames import FrameError, as_list, build, group_keys, labels

MIN_ARTICLES = 5  # with 4 against 4, no permutation of articles can survive a correction over ten pairs
MIN_SENTENCES = 10
ALPHA = 0.05

BY_ARTICLE = "article"
BY_SENTENCE = "sentence within one article"

DIFFERS, SAME, TOO_FEW = "differs", "cannot be told apart", "too few"


def summaries(
    rows: pd.DataFrame,
    *,
    value: str = "polarity",
    by: str | Iterable[str] | None = "source",
    articles: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The mean of a measure in each group, with n and a 95 % interval.

    Parameters
    ----------
    rows
        Any frame with `article_id` and the column `value`, such as `sentiment(sentences)`. Missing values are
        counted in `n_missing` and left out of the mean.
    value
        The numeric column to average.
    by
        One or several columns of `rows`, or of `articles`; None for all rows together.
    articles
        Where to look `by` up (by `article_id`) when `rows` does not have it.

    Returns
    -------
    One row per group: the `by` columns, measure, n, n_missing, n_articles, value, ci_low, ci_high, unit, caveat.
    `value` is the mean of the article means, so that a long article does not speak for its source; the interval is
    Student's t over the article means. A group of one article is averaged over its own values, and its interval treats
    them as the draws. Below 5 articles (10 values within one article) the interval is NaN and `caveat` says why.

    Raises
    ------
    FrameError
        `value` or a `by` column is found neither in `rows` nor in `articles`, or `by` has the name of a column of the
        result.
    ValueError
        `rows` holds the scores of several engines and `by` does not keep them apart.
    """
    keys = group_keys(by, "summaries", _known_columns(rows, articles))
    table = _grouped(rows, value, keys, articles)
    records = []
    for group, part in table.groupby(keys, sort=True) if keys else [((), table)]:
        known = part.dropna(subset=[value])
        draws, unit = _draws(known, value)
        low, high = _t_interval(draws, _enough(unit))
        records.append(
            dict(zip(keys, group, strict=True))
            | {
                "measure": value,
                "n": len(known),
                "n_missing": len(part) - len(known),
                "n_articles": known["article_id"].nunique(),
                "value": draws.mean() if len(draws) else np.nan,
                "ci_low": low,
                "ci_high": high,
                "unit": unit,
                "caveat": _caveat_of_one(draws, unit),
            }
        )
    return build("summaries", records or {key: pd.Series(dtype="str") for key in keys})


def differences(
    rows: pd.DataFrame,
    *,
    value: str = "polarity",
    by: str = "source",
    articles: pd.DataFrame | None = None,
    most: int = 12,
    seed: int = 0,
) -> pd.DataFrame:
    """Which groups differ in the mean of a measure, and which cannot be told apart.

    Parameters
    ----------
    rows, value, by, articles
        As in `summaries`; `by` is one column.
    most
        Compare only this many groups, those with the most articles: pairs grow with the square of the groups.
    seed
        For the permutations where there are too many to go through all of them.

    Returns
    -------
    One row per pair of groups: measure, group_a, group_b, difference (a less b), ci_low and ci_high (95 %, Welch), p
    (two-sided permutation test of Welch's t), p_adjusted (Benjamini–Hochberg over all pairs of a unit), n_a, n_b, unit,
    verdict, caveat, n_left_out (groups beyond `most`). The unit is the article; when both groups are one article each
    it is the sentence, and the row speaks of these two articles only: "differs" is then said with `by="article_id"`
    alone, and of other groups "too few". That is also the verdict below 5 articles (10 sentences) on either side.

    Raises
    ------
    FrameError
        `value` or `by` is found neither in `rows` nor in `articles`.
    ValueError
        `rows` holds the scores of several engines.

    References
    ----------
    Janssen (1997), studentised permutation tests; Benjamini and Hochberg (1995).
    """
    if len(as_list(by)) != 1:
        raise ValueError(f"differences compares the groups of one column; by is {by!r}.")
    (by,) = group_keys(by, "differences", _known_columns(rows, articles))
    table = _grouped(rows, value, [by], articles)
    known = table.dropna(subset=[value])
    # groups without a value stay, so that it is said of them that there is nothing to compare
    n_articles = known.groupby(by)["article_id"].nunique().reindex(sorted(table[by].unique()), fill_value=0)
    largest = n_articles.sort_values(ascending=False, kind="stable").index[:most]
    groups = {name: known[known[by] == name] for name in largest}
    rng = np.random.default_rng(seed)
    records = [_difference(a, b, groups[a], groups[b], value, rng) for a, b in combinations(sorted(groups), 2)]
    result = build("differences", records).assign(n_left_out=len(n_articles) - len(groups))
    return _corrected(result, by)


def differences_of_each(
    rows: pd.DataFrame,
    each: str,
    *,
    value: str,
    by: str,
    articles: pd.DataFrame,
    most: int = 12,
    seed: int = 0,
) -> pd.DataFrame:
    """`differences` for every value of a column, corrected over all of them: of many, one differs by chance.

    Parameters
    ----------
    rows
        One row per article and value of `each`, such as `actor_rates(mentions, articles)`.
    each
        The column: actor, speaker, category …
    value, by, articles, most, seed
        As in `differences`.

    Returns
    -------
    The frame `differences` with a row per value of `each` and pair of groups, and the column `each`; measure is "value
    of Jane Doe". p_adjusted is over all rows of a unit.
    """
    found = [
        differences(part[["article_id", value]], value=value, by=by, articles=articles, most=most, seed=seed).assign(
            **{each: name, "measure": f"{value} of {name}"}
        )
        for name, part in rows.groupby(each, sort=False)
    ]
    if not found:
        return build("differences", []).assign(**{each: "", "n_left_out": 0})
    return build("differences", _corrected(pd.concat(found, ignore_index=True), by))


def _corrected(result: pd.DataFrame, by: str) -> pd.DataFrame:
    """p adjusted over all rows of a unit, and the verdicts that follow."""
    for unit in (BY_ARTICLE, BY_SENTENCE):
        # families apart: what two articles differ in must not help a pair of sources over the bar
        tested = result["p"].notna() & (result["unit"] == unit)
        result.loc[tested, "p_adjusted"] = benjamini_hochberg(result.loc[tested, "p"].to_numpy())
        result.loc[tested, "verdict"] = np.where(result.loc[tested, "p_adjusted"] < ALPHA, DIFFERS, SAME)
    if by != "article_id":
        only_articles = (result["verdict"] == DIFFERS) & (result["unit"] == BY_SENTENCE)
        result.loc[only_articles, ["verdict", "caveat"]] = (
            TOO_FEW,
            f"these two articles differ; one is no sample of its {by}",
        )
    return result


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """p-values adjusted to control the false discovery rate over all of them (Benjamini and Hochberg 1995)."""
    from scipy.stats import false_discovery_control

    return false_discovery_control(p, method="bh") if len(p) else p


def _known_columns(rows: pd.DataFrame, articles: pd.DataFrame | None) -> list[str]:
    return [*rows.columns, *(articles.columns if articles is not None else [])]


def _grouped(rows: pd.DataFrame, value: str, keys: list[str], articles: pd.DataFrame | None) -> pd.DataFrame:
    """article_id, value and the group labels of each row."""
    if "engine" in rows and "engine" not in keys and rows["engine"].nunique() > 1:
        engines = sorted(rows["engine"].unique())
        raise ValueError(f"rows hold scores of several engines {engines}: choose one, or add 'engine' to by.")
    for column in ("article_id", value):
        if column not in rows:
            raise FrameError(f"rows: missing column {column!r}; has {list(rows.columns)}.")
    table = rows[["article_id", value]].copy()
    for key in keys:
        if key in rows:
            table[key] = labels(rows[key])
        elif articles is not None:
            table[key] = labels(rows["article_id"].map(articles.set_index("article_id")[key]))
    return table


def _draws(known: pd.DataFrame, value: str) -> tuple[np.ndarray, str]:
    """The values that count as independent draws, and what one of them is."""
    # a measure with one row an article, such as readability, has no sentences to draw
    if known["article_id"].nunique() == 1 and len(known) > 1:
        return known[value].to_numpy(float), BY_SENTENCE
    return known.groupby("article_id")[value].mean().to_numpy(float), BY_ARTICLE


def _enough(unit: str) -> int:
    return MIN_ARTICLES if unit == BY_ARTICLE else MIN_SENTENCES


def _t_interval(draws: np.ndarray, enough: int) -> tuple[float, float]:
    from scipy.stats import t

    if len(draws) < enough:
        return np.nan, np.nan
    half = t.ppf(1 - ALPHA / 2, len(draws) - 1) * draws.std(ddof=1) / np.sqrt(len(draws))
    return draws.mean() - half, draws.mean() + half


def _caveat_of_one(draws: np.ndarray, unit: str) -> str:
    if len(draws) == 0:
        return "nothing to average"
    lacking = f"; no interval below {_enough(unit)}" if len(draws) < _enough(unit) else ""
    if unit == BY_SENTENCE:
        count = f"{len(draws)} sentences: " if lacking else ""
        return f"{count}one article: says nothing about other articles of this group{lacking}"
    return f"{len(draws)} article{'' if len(draws) == 1 else 's'}{lacking}" if lacking else ""


def _difference(
    name_a: str, name_b: str, rows_a: pd.DataFrame, rows_b: pd.DataFrame, value: str, rng: np.random.Generator
) -> dict[str, object]:
    (a, unit_a), (b, unit_b) = _draws(rows_a, value), _draws(rows_b, value)
    if unit_a != unit_b:  # one article against several: articles are the unit, and one is too few
        a, b = (
            draws if unit == BY_ARTICLE else draws.mean(keepdims=True) for draws, unit in ((a, unit_a), (b, unit_b))
        )
        unit_a = BY_ARTICLE
    enough = _enough(unit_a)
    things = "articles" if unit_a == BY_ARTICLE else "scored sentences"
    if min(len(a), len(b)) < enough:
        low, high, p = np.nan, np.nan, np.nan
        caveat = f"at least {enough} {things} on each side are needed"  # how many there are: n_a, n_b
    else:
        low, high = _welch_interval(a, b)
        p = permutation_p(a, b, rng=rng)
        caveat = "" if unit_a == BY_ARTICLE else "one article each: about these two articles, not about their groups"
    return {
        "measure": value,
        "group_a": name_a,
        "group_b": name_b,
        "difference": a.mean() - b.mean() if len(a) and len(b) else np.nan,
        "ci_low": low,
        "ci_high": high,
        "p": p,
        "p_adjusted": np.nan,
        "n_a": len(a),
        "n_b": len(b),
        "unit": unit_a,
        "verdict": TOO_FEW,
        "caveat": caveat,
    }


def _welch_interval(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    from scipy.stats import t

    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    difference = a.mean() - b.mean()
    if va + vb == 0:
        return difference, difference
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    half = t.ppf(1 - ALPHA / 2, df) * np.sqrt(va + vb)
    return difference - half, difference + half


def permutation_p(a: np.ndarray, b: np.ndarray, *, rng: np.random.Generator, draws: int = 9_999) -> float:
    """Two-sided p of Welch's t under exchange of labels: every split where there are at most `draws`, else random ones.

    Studentising keeps the level also when the groups have different variances (Janssen 1997). Random splits count
    the observed one too, so that p is never 0 (Phipson and Smyth 2010).
    """
    pooled = np.concatenate([a, b])
    n, n_a = len(pooled), len(a)
    observed = abs(_welch_t(a[None, :], b[None, :])[0])
    if comb(n, n_a) <= draws:
        chosen = np.array(list(combinations(range(n), n_a)))
        return float(np.mean(_split_t(pooled, chosen) >= observed - 1e-12))
    hits = done = 0
    while done < draws:
        batch = min(draws - done, max(1, 2_000_000 // n))  # bounds the memory of one batch
        chosen = rng.random((batch, n)).argsort(axis=1)[:, :n_a]
        hits += int((_split_t(pooled, chosen) >= observed - 1e-12).sum())
        done += batch
    return (hits + 1) / (draws + 1)


def _split_t(pooled: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """|t| of each split: row i of `chosen` holds the places that fall to the first group."""
    mask = np.zeros((len(chosen), len(pooled)), dtype=bool)
    np.put_along_axis(mask, chosen, True, axis=1)
    tiled = np.broadcast_to(pooled, mask.shape)
    first = tiled[mask].reshape(len(chosen), -1)
    second = tiled[~mask].reshape(len(chosen), -1)
    return np.abs(_welch_t(first, second))


def _welch_t(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    difference = a.mean(axis=1) - b.mean(axis=1)
    spread = np.sqrt(a.var(axis=1, ddof=1) / a.shape[1] + b.var(axis=1, ddof=1) / b.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = difference / spread
    # without spread, equal means are no difference at all and unequal ones the largest there is
    return np.where(spread > 1e-15, ratio, np.where(np.abs(difference) < 1e-15, 0.0, np.copysign(np.inf, difference)))
