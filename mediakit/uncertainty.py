"""How sure a number is: intervals, permutation tests, corrections, verdicts.

The article is the sampling unit: sentences of one article are not independent draws from its source. Only where a
group is a single article are its sentences the unit, and then the result says so and speaks of that article alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .frames import FrameError, as_list, build, group_keys, labels
from .intervals import ALPHA, POSITIVE, SHARE, difference_interval, mean_interval, scale_of
from .permutation import permutation_ps

MIN_ARTICLES = 5  # with 4 against 4, no permutation of articles can survive a correction over ten pairs
MIN_SENTENCES = 10

BY_ARTICLE = "article"
BY_SENTENCE = "sentence within one article"

DIFFERS, SAME, TOO_FEW = "differs", "cannot be told apart", "too few"

RATIOS = (POSITIVE, SHARE)  # scales on which means are compared by their ratio
CLOSE_CALL = "close: the test says that these differ, the interval holds zero"


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
    that of `intervals.mean_interval` over the article means: for skewed values, never below 0 where no value is, and
    within 0 and 1 for shares. A group of one article is averaged over its own values, and its interval treats them as
    the draws. Below 5 articles (10 values within one article), and where all are the same, the interval is NaN and
    `caveat` says why.

    Raises
    ------
    FrameError
        `value` or a `by` column is found neither in `rows` nor in `articles`, or `by` has the name of a column of the
        result.
    ValueError
        `rows` holds the scores of several engines and `by` does not keep them apart.

    References
    ----------
    Hall (1992), intervals of skewed values; Lancaster (1961), of values that are 0 or 1. docs/statistics.md says which
    is used where, docs/accuracy.md how often they hold.
    """
    keys = group_keys(by, "summaries", _known_columns(rows, articles))
    table = _grouped(rows, value, keys, articles).reset_index(drop=True)
    article, _ = pd.factorize(table["article_id"], sort=True)
    scale, records = _scale(table, value), []
    for group, part in table.groupby(keys, sort=True) if keys else [((), table)]:
        known = part.dropna(subset=[value])
        draws, unit = _draws(article[known.index], known[value].to_numpy(float))
        low, high = mean_interval(draws, scale) if len(draws) >= _enough(unit) else (np.nan, np.nan)
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
                "caveat": _caveat_of_one(draws, unit, bool(np.isnan(low))),
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
    One row per pair of groups: measure, group_a, group_b, difference (a less b), ci_low and ci_high (95 %, of
    `intervals.difference_interval`; NaN where no group has spread), p (two-sided permutation test), p_adjusted
    (Benjamini–Hochberg over all pairs of a unit), n_a, n_b, unit, verdict, caveat, n_left_out (groups beyond `most`).
    The test compares Welch's t; where no value is negative, the logarithms of the means over their standard error,
    which keeps the level where spread grows with the mean. The unit is the article; when both groups are one article
    each it is the sentence, and the row speaks of these two articles only: "differs" is then said with
    `by="article_id"` alone, and of other groups "too few". That is also the verdict below 5 articles (10 sentences) on
    either side.

    Raises
    ------
    FrameError
        `value` or `by` is found neither in `rows` nor in `articles`.
    ValueError
        `rows` holds the scores of several engines.

    References
    ----------
    Janssen (1997), studentised permutation tests; Besag and Clifford (1991), when they may stop; Benjamini and Hochberg
    (1995); Zou and Donner (2008), the interval.
    """
    if len(as_list(by)) != 1:
        raise ValueError(f"differences compares the groups of one column; by is {by!r}.")
    (by,) = group_keys(by, "differences", _known_columns(rows, articles))
    table = _grouped(rows, value, [by], articles)
    scale = _scale(table, value)
    return _tested(_pairs(_Coded.of(table, value, by), value, most, scale), by, scale, seed)


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
    (by,) = group_keys(by, "differences", _known_columns(rows, articles))
    table, scale = _grouped(rows[["article_id", value]], value, [by], articles), _scale(rows, value)
    coded, records = _Coded.of(table, value, by), []
    places, names = pd.factorize(rows[each])
    for place, name in enumerate(names):
        for record in _pairs(coded.at(places == place), f"{value} of {name}", most, scale):
            records.append(record | {each: name})
    result = _tested(records, by, scale, seed)
    return result if records else result.assign(**{each: ""})


class _Coded(NamedTuple):
    """The rows that are compared: articles and groups by their places among all, in the order of their names."""

    article: np.ndarray
    group: np.ndarray
    value: np.ndarray
    names: np.ndarray  # of the groups

    @classmethod
    def of(cls, table: pd.DataFrame, value: str, by: str) -> _Coded:
        group, names = pd.factorize(table[by], sort=True)
        article, _ = pd.factorize(table["article_id"], sort=True)
        return cls(article, group, table[value].to_numpy(float), np.asarray(names, dtype=object))

    def at(self, those: np.ndarray) -> _Coded:
        return self._replace(article=self.article[those], group=self.group[those], value=self.value[those])


def _pairs(rows: _Coded, measure: str, most: int, scale: str) -> list[dict[str, Any]]:
    """A record per pair of the `most` groups with the most articles, as yet without p."""
    present = np.unique(rows.group)
    known = rows.at(~np.isnan(rows.value))
    # groups without a value stay, so that it is said of them that there is nothing to compare
    parts = {code: known.at(known.group == code) for code in present}
    n_articles = {code: len(np.unique(part.article)) for code, part in parts.items()}
    largest = sorted(present, key=lambda code: -n_articles[code])[:most]
    groups = {rows.names[code]: _draws(parts[code].article, parts[code].value) for code in sorted(largest)}
    left_out = {"measure": measure, "n_left_out": len(present) - len(groups)}
    return [left_out | _difference(a, b, *groups[a], *groups[b], scale) for a, b in combinations(groups, 2)]


def _tested(records: list[dict[str, Any]], by: str, scale: str, seed: int) -> pd.DataFrame:
    """The frame `differences` of records of pairs, with p, and the verdicts that follow."""
    draws = [record.pop("draws") for record in records]
    enough = [record for record, pair in zip(records, draws, strict=True) if pair is not None]
    p = permutation_ps([pair for pair in draws if pair is not None], seed=seed, ratio=scale in RATIOS)
    # families apart: what two articles differ in must not help a pair of sources over the bar
    for unit in (BY_ARTICLE, BY_SENTENCE):
        family = [(record, own) for record, own in zip(enough, p, strict=True) if record["unit"] == unit]
        adjusted = benjamini_hochberg(np.array([own for _, own in family]))
        for (record, own), corrected in zip(family, adjusted, strict=True):
            record |= {"p": own, "p_adjusted": corrected, "verdict": DIFFERS if corrected < ALPHA else SAME}
            record |= _reservation(record, by)
    return build("differences", records) if records else build("differences", []).assign(n_left_out=0)


def _reservation(record: dict[str, Any], by: str) -> dict[str, str]:
    """What has to be said, or taken back, where a pair differs."""
    if record["verdict"] != DIFFERS:
        return {}
    if record["unit"] == BY_SENTENCE and by != "article_id":
        return {"verdict": TOO_FEW, "caveat": f"these two articles differ; one is no sample of its {by}"}
    if record["ci_low"] <= 0 <= record["ci_high"]:
        return {"caveat": "; ".join(filter(None, [record["caveat"], CLOSE_CALL]))}
    return {}


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


def _scale(table: pd.DataFrame, value: str) -> str:
    return scale_of(table[value].dropna().to_numpy(float), value)


def _draws(article: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, str]:
    """The values that count as independent draws, and what one of them is."""
    # a measure with one row an article, such as readability, has no sentences to draw
    names, place = np.unique(article, return_inverse=True)
    if len(names) == 1 and len(values) > 1:
        return values, BY_SENTENCE
    return np.bincount(place, weights=values, minlength=len(names)) / np.bincount(place), BY_ARTICLE


def _enough(unit: str) -> int:
    return MIN_ARTICLES if unit == BY_ARTICLE else MIN_SENTENCES


def _caveat_of_one(draws: np.ndarray, unit: str, unknown: bool) -> str:
    if len(draws) == 0:
        return "nothing to average"
    few = len(draws) < _enough(unit)
    lacking = f"; no interval below {_enough(unit)}" if few else "; all values are the same: no interval"
    lacking = lacking if unknown else ""
    if unit == BY_SENTENCE:
        count = f"{len(draws)} sentences: " if lacking else ""
        return f"{count}one article: says nothing about other articles of this group{lacking}"
    return f"{len(draws)} article{'' if len(draws) == 1 else 's'}{lacking}" if lacking else ""


def _difference(
    name_a: str, name_b: str, a: np.ndarray, unit_a: str, b: np.ndarray, unit_b: str, scale: str
) -> dict[str, Any]:
    if unit_a != unit_b:  # one article against several: articles are the unit, and one is too few
        a, b = (
            draws if unit == BY_ARTICLE else draws.mean(keepdims=True) for draws, unit in ((a, unit_a), (b, unit_b))
        )
        unit_a = BY_ARTICLE
    enough = _enough(unit_a)
    things = "articles" if unit_a == BY_ARTICLE else "scored sentences"
    few = min(len(a), len(b)) < enough
    low, high = (np.nan, np.nan) if few else difference_interval(a, b, scale)
    if few:
        caveat = f"at least {enough} {things} on each side are needed"  # how many there are: n_a, n_b
    else:
        caveat = "" if unit_a == BY_ARTICLE else "one article each: about these two articles, not about their groups"
        if np.isnan(low):
            caveat = "; ".join(filter(None, [caveat, "no interval: the values of one group are all the same"]))
    return {
        "group_a": name_a,
        "group_b": name_b,
        "difference": a.mean() - b.mean() if len(a) and len(b) else np.nan,
        "ci_low": low,
        "ci_high": high,
        "p": np.nan,
        "p_adjusted": np.nan,
        "n_a": len(a),
        "n_b": len(b),
        "unit": unit_a,
        "verdict": TOO_FEW,
        "caveat": caveat,
        "draws": None if few else (a, b),
    }
