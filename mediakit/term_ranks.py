"""Terms in the order of a weight: the table to read beside a cloud."""

from __future__ import annotations

import pandas as pd

from .frames import FrameError, build, require


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
    n_articles where `terms` has them, `weight`, `color`, measure, ci_low and ci_high, verdict, where there are any.

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
    return build("ranked_terms", table.assign(rank=range(1, len(table) + 1)))
