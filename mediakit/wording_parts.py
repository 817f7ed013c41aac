"""What all descriptions in words are made of."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import pandas as pd

from .frames import FRAMES

NOTHING = "There is nothing to describe."


def wrapped(lines: list[str]) -> str:
    """Lines no longer than a notebook prints without breaking words; what runs on is indented."""
    return "\n".join(fill(line, 88, subsequent_indent="  ") for line in lines)


def grouping(frame: pd.DataFrame, name: str) -> list[str]:
    """The columns by which a frame is grouped: those in front that its dictionary does not have."""
    known = {column.name for column in FRAMES[name].columns}
    return [column for column in frame.columns if column not in known]


def caveats(frame: pd.DataFrame) -> list[str]:
    """Each caveat once, with how many rows have it."""
    counts = frame.loc[frame["caveat"] != "", "caveat"].value_counts()
    return [f"Caveat ({n} of {len(frame)}): {caveat}." for caveat, n in counts.head(4).items()]


def count(n: int, thing: str) -> str:
    """A number with its thing, in the plural where there are several."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def have(n: int) -> str:
    """The verb of that number of things: has, have."""
    return "has" if n == 1 else "have"


def stand(n: int) -> str:
    """The verb of that number of things: stands, stand."""
    return "stands" if n == 1 else "stand"


def share(values: pd.Series | Sequence[bool]) -> str:
    """How many of all, in per cent."""
    return f"{100 * pd.Series(values).mean():.0f} %"
