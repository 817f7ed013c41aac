"""How many articles there are of which group in which period: what a comparison over time rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from .frames import build, group_keys, labels, require

__all__ = ["PERIODS", "coverage"]

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}  # weeks from Monday (ISO 8601)
_MOST = 26  # periods that can be read side by side; a longer time takes the next longer period


def coverage(
    articles: pd.DataFrame, *, by: str | Iterable[str] | None = "source", period: str | None = None
) -> pd.DataFrame:
    """How many articles of each group were published in each period.

    Parameters
    ----------
    articles
        One row per article, from `read_articles`.
    by
        The column or columns to group by, or None for all articles together.
    period
        "day", "week" (from Monday), "month", "quarter" or "year", in UTC; None takes the shortest under which the whole
        time is at most 26 periods.

    Returns
    -------
    One row per group and period, groups in order of size, periods in order of time: [by], period (its first moment,
    UTC; NaT for articles without a date, last), unit (the kind of period), n_articles. Every period between the first
    and the last article has its row: n_articles is 0 where nothing was read. Groups of an unknown value are "unknown".

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        There is no such kind of period.
    """
    require(articles, "articles", "article_id", "published")
    keys = group_keys(by, "coverage", articles.columns)
    if period is not None and period not in PERIODS:
        raise ValueError(f"coverage: no period {period!r}; there are {', '.join(map(repr, PERIODS))}.")
    when = pd.to_datetime(articles["published"], utc=True).dt.tz_localize(None)
    unit = period or _shortest(when)
    periods = when.dt.to_period(PERIODS[unit])
    groups = list(zip(*(labels(articles[key]) for key in keys), strict=True)) if keys else [()] * len(articles)
    counts = Counter(zip(groups, periods.astype("object").where(periods.notna(), None), strict=True))
    known = periods.dropna()
    span = [*pd.period_range(known.min(), known.max())] if len(known) else []
    ends = [None] if periods.isna().any() else []
    rows = [
        (*group, pd.NaT if one is None else one.start_time, unit, counts[group, one])
        for group, _ in sorted(Counter(groups).items(), key=lambda pair: (-pair[1], pair[0]))
        for one in [*span, *ends]
    ]
    return build("coverage", pd.DataFrame(rows, columns=[*keys, "period", "unit", "n_articles"]))


def _shortest(when: pd.Series) -> str:
    """The shortest period under which the whole time can be read side by side."""
    known = when.dropna()
    if known.empty:
        return "day"
    for unit, code in PERIODS.items():
        n = (known.max().to_period(code) - known.min().to_period(code)).n + 1
        if n <= _MOST:
            return unit
    return "year"
