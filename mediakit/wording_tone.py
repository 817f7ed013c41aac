"""Tone towards actors in words."""

from __future__ import annotations

import pandas as pd

from .frames import labels, require
from .wording_parts import NOTHING, caveats, count, grouping, wrapped

VOICES = {"outlet": "in the outlet's own voice", "quoted": "in quoted voices"}


def describe_tone_summary(tone_summary: pd.DataFrame, *, most: int = 6) -> str:
    """What the tone towards each actor is, with n, interval and verdict.

    Parameters
    ----------
    tone_summary
        One row per actor and voice (and group), made by `tone_summary(tone, articles)`.
    most
        So many rows are told, those with the most sentences; the others are counted.
    """
    table = require(tone_summary, "tone_summary")
    if table.empty:
        return NOTHING
    keys = grouping(table, "tone_summary")
    order = table.sort_values("n_sentences", ascending=False, kind="stable")
    lines = [_told(row, keys) for row in order.head(most).to_dict("records")]
    more = len(table) - len(lines)
    if more > 0:
        lines.append(f"{count(more, 'more row')} with fewer sentences.")
    if len(table) > 1:
        lines.append("Each verdict speaks of its row alone; whether two differ is for tone_differences.")
    lines.append("The tone is estimated by a model, which errs: docs/tone.md.")
    return wrapped(lines + caveats(table))


def _told(row: dict, keys: list[str]) -> str:
    group = [str(labels(pd.Series([row[key]])).iloc[0]) for key in keys]
    where = f" ({', '.join(group)})" if group else ""
    n = f"{count(row['n_sentences'], 'sentence')} in {count(row['n_articles'], 'article')}"
    shares = f"negative {row['negative']:.0%}, neutral {row['neutral']:.0%}, positive {row['positive']:.0%}"
    if row["verdict"] == "too few":
        said = "too few articles to say"
    else:
        side = {"above 0": "on the positive side", "below 0": "on the negative side"}
        between = f"{row['ci_low']:+.2f} to {row['ci_high']:+.2f}"
        said = f"{side.get(row['verdict'], row['verdict'])}, {row['value']:+.2f} ({between})"
    return f"{row['actor']}{where}, {VOICES[row['voice']]}: {said}; {shares} of {n}."
