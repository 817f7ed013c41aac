"""Which part of the articles a view is about: one source, some periods."""

from __future__ import annotations

import ipywidgets as controls
import pandas as pd

from .coverage import PERIODS, coverage
from .frames import labels

EVERYWHERE = "all sources"


def part_of(
    articles: pd.DataFrame, source: str, time: tuple[tuple[str, str], tuple[str, str]]
) -> tuple[pd.DataFrame, str]:
    """The articles of one source and some periods, and the code that chooses them."""
    code, part = "", articles
    if source != EVERYWHERE:
        chosen = labels(articles["source"]) == source
        nameless = articles.loc[chosen, "source"].isna().any()
        part = articles[chosen]
        test = "articles['source'].fillna('unknown')" if nameless else "articles['source']"
        code += f"articles = articles[{test} == {source!r}]\n"
    (first, _), (_, end) = time
    when = pd.to_datetime(articles["published"], utc=True)
    inside = (when >= first) & (when < end) if first else when.notna()
    if not inside[when.notna()].all():
        part = part[inside.reindex(part.index)]
        code += "when = articles['published']  # articles without a date are left out\n"
        code += f"articles = articles[(when >= {first!r}) & (when < {end!r})]\n"
    return part, code


def periods(articles: pd.DataFrame) -> controls.SelectionRangeSlider:
    """From which period to which; each stands for its first day and that of the next one."""
    spans = coverage(articles, by=None).dropna(subset=["period"])
    code = PERIODS[spans["unit"].iloc[0]] if len(spans) else "D"
    known = spans["period"].dt.tz_localize(None).dt.to_period(code)
    options = [(_name(one), (str(one.start_time.date()), str((one + 1).start_time.date()))) for one in known]
    options = options or [("no dates", ("", ""))]
    return controls.SelectionRangeSlider(
        options=options,
        index=(0, len(options) - 1),
        description="Time",
        continuous_update=False,
        disabled=len(options) < 2,
        layout={"width": "420px"},
    )


def _name(period: pd.Period) -> str:
    first = period.start_time
    if period.freqstr.startswith("Q"):
        return f"Q{first.quarter} {first.year}"
    if period.freqstr.startswith("Y"):
        return str(first.year)
    return f"{first:%b %Y}" if period.freqstr.startswith("M") else f"{first:%-d %b %Y}"  # a week by its Monday
