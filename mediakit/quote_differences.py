"""Whether groups of articles give a speaker, or women, different room: with n, intervals and verdicts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .frames import build, require
from .uncertainty import ALPHA, BY_ARTICLE, DIFFERS, MIN_ARTICLES, SAME, TOO_FEW, benjamini_hochberg, differences

__all__ = ["gender_differences", "speaker_differences"]

VALUES = ("share", "n_words", "quoted")


def speaker_differences(
    rates: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "source",
    value: str = "share",
    most: int = 12,
    seed: int = 0,
) -> pd.DataFrame:
    """Which groups give a speaker different room in their articles, and which cannot be told apart.

    Parameters
    ----------
    rates
        One row per article and speaker, made by `speaker_rates(quotes, articles)`.
    articles
        The articles; here `by` is looked up.
    by
        A column of `articles`.
    value
        share (of the words that an article quotes), n_words or quoted (whether at all): what is averaged over the
        articles of a group. Articles that quote nobody have no share and are left out of it.
    most
        Compare only this many groups, those with the most articles.
    seed
        For the permutations, as in `differences`.

    Returns
    -------
    The frame `differences` with a row per speaker and pair of groups, and the column speaker: measure is "share of
    Jane Doe". The article is the unit always; p_adjusted is over all speakers and pairs (Benjamini–Hochberg). Below 5
    articles on either side the verdict is "too few".

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `value` is none of the three.
    """
    require(rates, "speaker_rates")
    if value not in VALUES:
        raise ValueError(f"value={value!r} is none of {', '.join(VALUES)}.")
    found = []
    for speaker, part in rates.groupby("speaker", sort=False):
        one = _compared(part, articles, by, value, most, seed)
        found.append(one.assign(speaker=speaker, measure=f"{value} of {speaker}"))
    nothing = build("differences", []).assign(n_left_out=0, speaker="")
    return _by_article(pd.concat(found, ignore_index=True) if found else nothing)


def gender_differences(
    genders: pd.DataFrame, articles: pd.DataFrame, *, by: str = "source", most: int = 12, seed: int = 0
) -> pd.DataFrame:
    """Which groups differ in the share of women among the quoted words of their articles.

    Parameters
    ----------
    genders
        One row per article, made by `quote_genders(quotes, articles)`; articles that quote neither women nor men have
        no share and are left out.
    articles, by, most, seed
        As in `speaker_differences`.

    Returns
    -------
    The frame `differences` with a row per pair of groups: the difference of the means of the articles' shares. The
    article is the unit always; below 5 articles on either side the verdict is "too few".

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(genders, "quote_genders")
    rows = genders.rename(columns={"share_women": "share of women"})
    return _by_article(_compared(rows, articles, by, "share of women", most, seed))


def _compared(rows: pd.DataFrame, articles: pd.DataFrame, by: str, value: str, most: int, seed: int) -> pd.DataFrame:
    require(articles, "articles", "article_id", by)
    table = rows[["article_id", value]]
    if by != "article_id":
        table = table.assign(**{by: table["article_id"].map(articles.set_index("article_id")[by])})
    return differences(table, value=value, by=by, most=most, seed=seed)


def _by_article(found: pd.DataFrame) -> pd.DataFrame:
    """One row stands for one article here: a pair of single articles is no pair of sentences, and is too few."""
    few = found[["n_a", "n_b"]].min(axis=1) < MIN_ARTICLES
    found.loc[few, "caveat"] = f"at least {MIN_ARTICLES} articles on each side are needed"
    found.loc[few, ["ci_low", "ci_high", "p", "p_adjusted"]] = np.nan
    found.loc[few, "verdict"] = TOO_FEW
    found["unit"] = BY_ARTICLE
    tested = found["p"].notna()
    found.loc[tested, "p_adjusted"] = benjamini_hochberg(found.loc[tested, "p"].to_numpy())
    found.loc[tested, "verdict"] = np.where(found.loc[tested, "p_adjusted"] < ALPHA, DIFFERS, SAME)
    return build("differences", found)
