"""What else than the source could make two sources differ."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from .duplicates import near_duplicates
from .frames import build, labels, require
from .text import code_tokens

LEAST_DATES, LEAST_KINDS, MOST_LENGTHS = 0.5, 0.8, 1.5  # rules of thumb: beyond, a confound is named


def confounds(articles: pd.DataFrame, *, by: str = "source") -> pd.DataFrame:
    """What else than their group could make articles of two groups differ, or alike.

    Parameters
    ----------
    articles
        One row per article; `kind` and `author` are used where they are columns.
    by
        The column of `articles` that is compared; missing values form the group "unknown".

    Returns
    -------
    One row per pair of groups: group_a, group_b; n_a, n_b (articles); dates_overlap, the share of their dated articles
    in the period that both cover, from the first to the last of each (NaN where a group has no dates);
    median_words_a, median_words_b; kinds_overlap, Σ over kinds of the smaller of the two shares (NaN where a group has
    no kinds); shared_authors, bylines that both have (NaN where a group has none); syndicated, the share of their
    articles that have a near-duplicate in the other group; confounds, their names joined by "; ", by rule of thumb:
    dates (overlap below .5), lengths (one median 1.5 times the other or more), kinds (overlap below .8), authors and
    syndication (any), and "… unknown" where a side has no dates or kinds. Empty: none of these was found, which does
    not mean that there is none: events and topics are not looked at (`same_event`).

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(articles, "articles")
    require(articles, "articles", by)
    coded = code_tokens(articles)
    table = pd.DataFrame(
        {
            "article_id": articles["article_id"].to_numpy(),
            "group": labels(articles[by]).to_numpy(),
            "published": articles["published"].to_numpy(),
            "n_words": np.bincount(coded.article, minlength=len(articles)),
            "kind": _column(articles, "kind"),
            "author": _column(articles, "author"),
        }
    )
    table["cluster"] = table["article_id"].map(near_duplicates(articles).set_index("article_id")["cluster"])
    groups = dict(list(table.groupby("group", sort=True)))
    return build("confounds", [_pair(a, b, groups[a], groups[b]) for a, b in combinations(groups, 2)])


def _column(articles: pd.DataFrame, name: str) -> pd.Series:
    """A column in small letters, all missing where articles lack it."""
    if name not in articles:
        return pd.Series([None] * len(articles), dtype="str")
    return articles[name].astype("str").str.strip().str.casefold().reset_index(drop=True)


def _pair(name_a: str, name_b: str, a: pd.DataFrame, b: pd.DataFrame) -> dict[str, object]:
    row: dict[str, object] = {
        "group_a": name_a,
        "group_b": name_b,
        "n_a": len(a),
        "n_b": len(b),
        "dates_overlap": _dates_overlap(a["published"].dropna(), b["published"].dropna()),
        "median_words_a": a["n_words"].median(),
        "median_words_b": b["n_words"].median(),
        "kinds_overlap": _overlap(a["kind"].dropna(), b["kind"].dropna()),
        "shared_authors": _n_shared(a["author"].dropna(), b["author"].dropna()),
        "syndicated": _syndicated(a["cluster"].dropna(), b["cluster"].dropna()) / (len(a) + len(b)),
    }
    return row | {"confounds": "; ".join(_names(row))}


def _dates_overlap(a: pd.Series, b: pd.Series) -> float:
    if a.empty or b.empty:
        return np.nan
    days = pd.concat([a, b]).dt.floor("D")
    first, last = max(a.min(), b.min()).floor("D"), min(a.max(), b.max()).floor("D")
    return float(days.between(first, last).mean())


def _overlap(a: pd.Series, b: pd.Series) -> float:
    if a.empty or b.empty:
        return np.nan
    shares = pd.concat([a.value_counts(normalize=True), b.value_counts(normalize=True)], axis=1).fillna(0)
    return float(shares.min(axis=1).sum())


def _n_shared(a: pd.Series, b: pd.Series) -> float:
    return np.nan if a.empty or b.empty else float(len(set(a) & set(b)))


def _syndicated(a: pd.Series, b: pd.Series) -> int:
    return int(a.isin(set(b)).sum() + b.isin(set(a)).sum())


def _names(row: dict[str, object]) -> list[str]:
    low, high = sorted([float(str(row["median_words_a"])), float(str(row["median_words_b"]))])
    dates, kinds = float(str(row["dates_overlap"])), float(str(row["kinds_overlap"]))
    found = {
        "dates": dates < LEAST_DATES,
        "dates unknown": np.isnan(dates),
        "lengths": high > 0 and high >= MOST_LENGTHS * low,
        "kinds": kinds < LEAST_KINDS,
        "kinds unknown": np.isnan(kinds),
        "authors": float(str(row["shared_authors"])) > 0,
        "syndication": float(str(row["syndicated"])) > 0,
    }
    return [name for name, holds in found.items() if holds]
