"""Terms in the order of a weight: the table to read beside a cloud."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .frames import FrameError, build, require
from .intervals import clear_of_zero
from .uncertainty import DIFFERS, SAME, TOO_FEW


def ranked_terms(terms: pd.DataFrame, *, weight: str = "n", color: str | None = None, n: int = 40) -> pd.DataFrame:
    """The terms with the greatest weights, in their order: what a word cloud shows, so that it can be read.

    Parameters
    ----------
    terms
        One row per term with its weight: term_counts (groups are added up), keyness of one target, tf_idf of one
        article, summaries by term …
    weight
        The numeric column that ranks; a negative value counts by its size.
    color
        Another column to keep, such as log_ratio or value, which `plot_word_cloud(…, color=…)` shows.
    n
        At most this many terms.

    Returns
    -------
    One row per term, greatest weight first, equal ones in the order of the alphabet: rank (from 1), term, n and
    n_articles where `terms` has them, `weight`, `color`, measure, ci_low and ci_high, verdict, where there are any. The
    means of `summaries` by term get a verdict here: "differs" where they can be told from 0 after correction over the
    terms of the table (Bonferroni), "too few" for a term of one article or without an interval.

    Raises
    ------
    FrameError
        There is no such column.
    ValueError
        A term stands in several rows that cannot be added up: choose one target, group or category.
    """
    require(terms, "ranked_terms", "term")
    for column in (weight, color):
        if column is not None and column not in terms:
            raise FrameError(
                f"terms: missing column {column!r}; has {list(terms.columns)}. Name a column with numbers."
            )
    counted = weight == "n" and color is None
    kept = ["n", "n_articles", *([] if counted else [weight, color, "measure", "ci_low", "ci_high", "verdict"])]
    table = terms[["term", *(name for name in dict.fromkeys(kept) if name in terms)]]
    if counted:
        table = table.groupby("term", sort=False).sum().reset_index()
    elif table["term"].duplicated().any():
        twice = table.loc[table["term"].duplicated(), "term"].iloc[0]
        raise ValueError(f"ranked_terms: {twice!r} stands in several rows. Choose one target, group or category.")
    table = table.assign(_size=table[weight].abs()).dropna(subset=["_size"])
    table = table.sort_values(["_size", "term"], ascending=[False, True], ignore_index=True).drop(columns="_size")
    table = table.head(n)
    if color == "value" and "verdict" not in table and {"ci_low", "ci_high", "n_articles"} <= set(table.columns):
        value, low, high, of = (table[name].to_numpy(float) for name in ("value", "ci_low", "ci_high", "n_articles"))
        told = np.where(clear_of_zero(value, low, high, of), DIFFERS, SAME)
        table = table.assign(verdict=np.where(np.isnan(low) | (of < 2), TOO_FEW, told))
    return build("ranked_terms", table.assign(rank=range(1, len(table) + 1)))
