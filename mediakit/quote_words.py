"""What is counted of quotations: their words, and under which name their speakers go."""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["KINDS", "quoted_words", "speaker_names"]

KINDS = ("direct", "partial", "indirect")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


def speaker_names(quotes: pd.DataFrame) -> pd.Series:
    """The speaker of each quotation; where nobody is named the kind of speaker in brackets: "(unnamed)", "(nobody)"."""
    kinds = quotes["speaker_kind"].astype("object").where(quotes["speaker_kind"].notna(), "nobody")
    brackets = "(" + kinds.replace("pronoun", "unnamed").replace("named", "unnamed") + ")"
    return quotes["speaker"].astype("object").where(quotes["speaker"].notna(), brackets)


def quoted_words(quotes: pd.DataFrame) -> list[int]:
    """Number of words of each quotation, without those of partial ones inside it."""
    counts = [len(_WORD.findall(text)) for text in quotes["text"].tolist()]
    columns = (quotes[name].tolist() for name in ("article_id", "start", "end", "kind"))
    places = list(zip(*columns, strict=True))
    outer: dict[str, tuple[int, int]] = {}  # article → end and row of the last indirect quotation
    order = sorted(range(len(places)), key=lambda row: (str(places[row][0]), places[row][1], -places[row][2]))
    for row in order:
        article_id, _, end, kind = places[row]
        if kind == "indirect":
            outer[article_id] = (end, row)
        elif kind == "partial" and article_id in outer and end <= outer[article_id][0]:
            counts[outer[article_id][1]] = max(0, counts[outer[article_id][1]] - counts[row])
    return counts
