"""What codings by hand say of engines, in words."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import count, grouping, wrapped

CODERS, ALWAYS = "coders", "always "
NOT_CODED = (
    "There are no codings of these articles yet, so nothing can be said of the engines. Code a sample with "
    "mk.explore_coding, then run this again."
)


def describe_validation(validated: pd.DataFrame, differences: pd.DataFrame | None = None) -> str:
    """How well each engine agrees with the labels given by hand, against what a single label would reach.

    Parameters
    ----------
    validated
        The frame `validation(scored, codings)`.
    differences
        The frame `engine_differences(scored, codings)`: without it nothing is said of which engine is better.
    """
    require(validated, "validation")
    if validated.empty:
        return wrapped([NOT_CODED])
    rows = validated[validated["label"].isna()]
    engines = [name for name in dict.fromkeys(rows["engine"]) if name != CODERS and not name.startswith(ALWAYS)]
    table = {(row["engine"], row["measure"]): row for row in rows.to_dict("records")}
    n = max(table[name, "unscored"]["n"] for name in engines)
    articles = max(row["n_articles"] for row in table.values())
    lines = [f"{count(n, 'unit')} coded by hand in {count(articles, 'article')}."]
    if (CODERS, "alpha") in table:
        lines.append(f"Between the coders, Krippendorff's α is {_told(table[CODERS, 'alpha'])}.")
    else:
        lines.append("One label a unit: how far another coder would agree is not known.")
    for name in engines:
        accuracy, f1, alpha = (table[name, measure] for measure in ("accuracy", "macro_f1", "alpha"))
        lines.append(f"{name}: accuracy {_told(accuracy)}; macro-F1 {_told(f1)}; α {_told(alpha)}.")
        open_ = table[name, "unscored"]["value"]
        if open_ > 0:
            lines.append(f"{name} gives no label to {100 * open_:.0f} % of the units.")
    for row in rows[rows["engine"].str.startswith(ALWAYS) & (rows["measure"] == "accuracy")].to_dict("records"):
        lines.append(f"Saying “{row['engine'].removeprefix(ALWAYS)}” of everything: accuracy {_told(row)}.")
    if differences is not None:
        lines += [_verdict(row) for row in differences.to_dict("records")]
    told = rows.loc[rows["caveat"] != "", "caveat"].drop_duplicates()
    return wrapped([*lines, *(f"Caveat: {caveat}." for caveat in told.head(3))])


def describe_corrected_share(shares: pd.DataFrame, *, most: int = 8) -> str:
    """The share of each label in each group, as the engine has it and corrected by the codings."""
    require(shares, "corrected_shares")
    if shares.empty or shares["n_coded"].sum() == 0:
        return wrapped([NOT_CODED])
    keys = grouping(shares, "corrected_shares")
    known = shares.dropna(subset=["share"])
    lines = []
    for row in known.head(most).to_dict("records"):
        name = ", ".join(str(row[key]) for key in keys) or "all"
        ends = f" ({_percent(row['ci_low'])} to {_percent(row['ci_high'])})" if row["ci_low"] == row["ci_low"] else ""
        lines.append(
            f"{name}: {row['label']} {_percent(row['share'])}{ends}; {row['engine']} alone says "
            f"{_percent(row['share_engine'])}; {row['n_coded']} of {row['n']:,} coded."
        )
    if len(known) > most:
        lines.append(f"And {count(len(known) - most, 'more share')}.")
    few = shares[shares["share"].isna()]
    if len(few):
        lines.append(
            f"{count(len(few), 'share')} cannot be corrected: too few coded. About {few['n_needed'].max()} coded units "
            "a group would give an interval 20 points wide."
        )
    caveats = known.loc[known["caveat"] != "", "caveat"].drop_duplicates()
    return wrapped([*lines, *(f"Caveat: {caveat}." for caveat in caveats.head(3))])


def _told(row: dict) -> str:
    if row["value"] != row["value"]:
        return "unknown"
    sure = row["ci_low"] == row["ci_low"]
    return f"{row['value']:.2f}" + (f" ({row['ci_low']:.2f} to {row['ci_high']:.2f})" if sure else " (no interval)")


def _verdict(row: dict) -> str:
    a, b = row["group_a"], row["group_b"]
    if row["verdict"] == "differs":
        better, worse = (a, b) if row["difference"] > 0 else (b, a)
        return f"{better} is right more often than {worse} (p = {row['p_adjusted']:.3f} after correction)."
    if row["verdict"] == "too few":
        return f"{a} and {b}: too few articles to compare ({row['caveat']})."
    return f"{a} and {b} cannot be told apart in accuracy."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
