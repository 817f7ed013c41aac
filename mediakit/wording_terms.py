"""Terms in words: verdicts on the categories of a dictionary."""

from __future__ import annotations

import pandas as pd

from .frames import FrameError, require
from .wording_parts import caveats, count, wrapped


def describe_dictionary_differences(differences: pd.DataFrame, *, most: int = 6) -> str:
    """Of each category how many pairs of groups differ; the ones that differ by name, those of the smallest p first."""
    require(differences, "differences")
    if "category" not in differences:
        raise FrameError("differences: no column 'category'. Pass the frame made by mediakit.dictionary_differences.")
    if differences.empty:
        return "There are no two groups to compare."
    verdicts = differences["verdict"].value_counts()
    named = {"differs": "differ", "cannot be told apart": "cannot be told apart", "too few": "too few to say"}
    parts = [f"{verdicts.get(verdict, 0)} {words}" for verdict, words in named.items()]
    categories = count(differences["category"].nunique(), "category").replace("categorys", "categories")
    lines = [f"Of {count(len(differences), 'comparison')} over {categories}: {', '.join(parts)}."]
    found = differences[differences["verdict"] == "differs"].sort_values("p_adjusted", kind="stable")
    for row in found.head(most).itertuples():
        interval = f"{row.ci_low:+.2f} to {row.ci_high:+.2f}"
        lines.append(f"{row.category}: {row.group_a} less {row.group_b} {row.difference:+.2f} per 1,000 ({interval}).")
    if len(found) > most:
        lines.append(f"And {len(found) - most} more that differ.")
    return wrapped([*lines, *caveats(differences)])
