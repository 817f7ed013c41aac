"""Whether groups of articles give a speaker, or women, different room: with n, intervals and verdicts."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .uncertainty import differences, differences_of_each

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
    return differences_of_each(rates, "speaker", value=value, by=by, articles=articles, most=most, seed=seed)


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
    return differences(rows, value="share of women", by=by, articles=articles, most=most, seed=seed)
