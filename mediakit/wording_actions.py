"""Who acts and who is acted upon, in words."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import count, grouping, wrapped

ENOUGH = 10  # predicates; a share of fewer is not worth saying


def describe_action_counts(counts: pd.DataFrame, *, most: int = 6) -> str:
    """Who is agent and patient most often, shares where there are ten predicates, and passives without an agent."""
    require(counts, "action_counts")
    columns = ["n_agent", "n_patient", "n_agentless"]
    table = counts.groupby("actor", sort=False)[columns].sum() if len(counts) else counts
    if table.empty or not table[["n_agent", "n_patient"]].to_numpy().any():
        return "No actor is the agent or the patient of a verb."
    table = table.assign(n=table["n_agent"] + table["n_patient"])
    lines = [
        f"{count(len(table), 'actor')}: agent of a verb {count(table['n_agent'].sum(), 'time')}, "
        f"patient {count(table['n_patient'].sum(), 'time')}."
    ]
    for name, column in (("Acting", "n_agent"), ("Acted upon", "n_patient")):
        top = table[table[column] > 0].sort_values([column, "n"], ascending=[False, True], kind="stable").head(most)
        if len(top):
            named = [f"{actor} ({_share_of(row[column], row['n'])})" for actor, row in top.iterrows()]
            lines.append(f"{name} most often: {', '.join(named)}.")
    passives = table[table["n_agentless"] > 0].sort_values("n_agentless", ascending=False, kind="stable")
    if len(passives):
        named = [f"{actor} ({n})" for actor, n in passives["n_agentless"].head(most).items()]
        lines.append(f"Acted upon in passives that do not say by whom: {', '.join(named)}.")
    if grouping(counts, "action_counts"):
        lines.append("Whether groups differ these counts do not tell: compare agency(…) with differences(…).")
    return wrapped(lines)


def _share_of(part: int, total: int) -> str:
    share = f", {100 * part / total:.0f} %" if total >= ENOUGH else ""
    return f"{part:,} of {total:,}{share}"
