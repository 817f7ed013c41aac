"""Results about actors in words: share of voice, prominence, time, who differs, who belongs together."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .frames import labels, require
from .wording_parts import caveats, count, grouping, wrapped

VALUES = {
    "per_1000": "mentions per 1,000 tokens",
    "share": "share of an article's mentions",
    "present": "share of articles that name the actor",
    "named": "share of articles that name the actor",
}
FIRM = 0.75  # Jaccard index from which a cluster counts as stable (Hennig 2007)


def describe_actor_shares(shares: pd.DataFrame, *, most: int = 5) -> str:
    """The largest shares of voice with their intervals, and what they rest on."""
    require(shares, "actor_shares")
    if shares.empty:
        return "No actor is named."
    keys = grouping(shares, "actor_shares")
    groups = [(name, part) for name, part in shares.groupby(_joined(shares, keys), sort=False)]
    groups.sort(key=lambda group: -int(group[1]["n_all"].iloc[0]))
    lines = []
    for name, part in groups[:most]:
        first = part.iloc[0]
        head = f"{name}: " if keys else ""
        lines.append(
            f"{head}{count(first['n_all'], 'mention')} of {count(len(part), 'actor')} in "
            f"{count(first['n_articles_all'], 'article')}."
        )
        told = [
            f"{row['actor']} {_percent(row['share'], row['ci_low'], row['ci_high'])}"
            for row in part.head(3 if keys else most).to_dict("records")
        ]
        lines.append(f"{'  ' if keys else ''}Largest shares: {'; '.join(told)}.")
    if len(groups) > most:
        lines.append(f"And {len(groups) - most} more groups.")
    lines.append("Whether two shares differ is not tested here: see describe_actor_differences for groups.")
    return wrapped([*lines, *caveats(shares)])


def describe_prominence_shares(prominence_shares: pd.DataFrame, *, most: int = 5) -> str:
    """In how many articles, leads and titles each actor is named, and how early."""
    require(prominence_shares, "prominence_shares")
    if prominence_shares.empty:
        return "No actor is named."
    keys = grouping(prominence_shares, "prominence_shares")
    lines = []
    groups = [(name, part) for name, part in prominence_shares.groupby(_joined(prominence_shares, keys), sort=False)]
    groups.sort(key=lambda group: -int(group[1]["n"].max()))
    for name, part in groups[:most]:
        if keys:
            lines.append(f"{name}, {count(int(part['n'].max()), 'article')}:")
        for actor in list(dict.fromkeys(part["actor"]))[: 3 if keys else most]:
            rows = {row["measure"]: row for row in part[part["actor"] == actor].to_dict("records")}
            lines.append(("  " if keys else "") + _prominent(actor, rows))
    if len(groups) > most:
        lines.append(f"And {len(groups) - most} more groups.")
    lines.append("Whether two actors or groups differ is not tested here.")
    return wrapped([*lines, *caveats(prominence_shares)])


def _prominent(actor: str, rows: dict[str, dict]) -> str:
    parts = []
    for measure, words in (("named", "named in"), ("lead", "in the lead of"), ("title", "in the title of")):
        row = rows.get(measure)
        if row and row["n"]:
            low, high = row["ci_low"], row["ci_high"]
            interval = f" ({_range(low, high)})" if pd.notna(low) else ""
            parts.append(f"{words} {row['n_hits']} of {row['n']}{interval}")
    first = rows.get("first_position")
    if first and pd.notna(first["value"]):
        parts.append(f"first mention after {100 * first['value']:.0f} % of the text (median)")
    return f"{actor}: {'; '.join(parts)}."


def describe_actor_timeline(actor_timeline: pd.DataFrame, *, most: int = 5) -> str:
    """When each actor is named most and least, what is missing, and that no change is tested."""
    require(actor_timeline, "actor_timeline")
    if actor_timeline.empty:
        return "No actor is named."
    keys = grouping(actor_timeline, "actor_timeline")
    dated = actor_timeline[actor_timeline["period"].notna()]
    unit, measure = str(actor_timeline["unit"].iloc[0]), str(actor_timeline["measure"].iloc[0])
    lines = [f"{VALUES[measure][0].upper()}{VALUES[measure][1:]}, by {unit}."]
    series = list(dated.groupby([*_joined_list(dated, keys), "actor"], sort=False))
    for key, part in series[:most]:
        known = part.dropna(subset="value")
        name = ", ".join(str(one) for one in key if one)
        if len(known) < 2:
            lines.append(f"{name}: {count(len(known), unit)} with articles; nothing to follow over time.")
            continue
        high, low = (known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()])
        if high["value"] == low["value"]:
            lines.append(f"{name}: the same in all {count(len(known), unit)} with articles.")
            continue
        lines.append(f"{name}: highest {_point(high, unit, measure)}; lowest {_point(low, unit, measure)}.")
    if len(series) > most:
        lines.append(f"And {len(series) - most} more lines.")
    one = actor_timeline[actor_timeline["actor"] == actor_timeline["actor"].iloc[0]]
    gaps = one[one["period"].notna()].groupby("period")["n_articles"].sum()
    undated = int(one.loc[one["period"].isna(), "n_articles"].sum())
    if (gaps == 0).any():
        n = int((gaps == 0).sum())
        lines.append(f"{n} of {count(len(gaps), unit)} {'has' if n == 1 else 'have'} no article: a gap, not zero.")
    if undated:
        lines.append(f"{count(undated, 'article')} without a date left out.")
    few = int(((dated["n_articles"] > 0) & (dated["n_articles"] < 5)).sum())
    if few:
        lines.append(f"Too few articles for an interval in {few} of {len(dated)} values.")
    lines.append("Whether two periods differ is not tested here.")
    return wrapped(lines)


def _point(row: pd.Series, unit: str, measure: str) -> str:
    when = f"{row['period']:%-d %B %Y}" if unit in ("day", "week") else f"{row['period']:%B %Y}"
    when = f"week from {when}" if unit == "week" else f"{row['period']:%Y}" if unit == "year" else when
    if measure == "named":
        return f"{when} {_percent(row['value'], row['ci_low'], row['ci_high'])}"
    interval = f"{row['ci_low']:.1f} to {row['ci_high']:.1f}" if pd.notna(row["ci_low"]) else "no interval"
    return f"{when} {row['value']:.1f} ({interval})"


def describe_actor_differences(differences: pd.DataFrame, *, most: int = 8) -> str:
    """Which groups name which actor more, and how many cannot be told apart or are too few."""
    require(differences, "differences")
    if differences.empty:
        return "There are no two groups to compare."
    require(differences, "differences", "actor")
    value = str(differences["measure"].iloc[0]).partition(" of ")[0]
    verdicts = differences["verdict"].value_counts()
    named = {"differs": "differ", "cannot be told apart": "cannot be told apart", "too few": "too few to say"}
    parts = [f"{verdicts.get(verdict, 0)} {words}" for verdict, words in named.items()]
    n_actors = differences["actor"].nunique()
    lines = [
        f"{count(len(differences), 'comparison')} ({count(n_actors, 'actor')}, pairs of groups) by "
        f"{VALUES.get(value, value)}: {', '.join(parts)}."
    ]
    left_out = int(differences["n_left_out"].max()) if "n_left_out" in differences else 0
    if left_out:
        lines.append(f"Compared are the groups with the most articles; {left_out} more are left out.")
    found = differences[differences["verdict"] == "differs"]
    found = found.reindex(found["difference"].abs().sort_values(ascending=False, kind="stable").index)
    for row in found.head(most).to_dict("records"):
        more, less = (row["group_a"], row["group_b"]) if row["difference"] > 0 else (row["group_b"], row["group_a"])
        sign = 1 if row["difference"] > 0 else -1
        ends = sorted((sign * row["ci_low"], sign * row["ci_high"]))
        shown = [
            f"{end:.1f}" if value == "per_1000" else f"{100 * end:.0f} %" for end in (abs(row["difference"]), *ends)
        ]
        interval = f"{shown[1]} to {shown[2]}" if pd.notna(row["ci_low"]) else "no interval"
        lines.append(f"{more} names {row['actor']} more than {less}: by {shown[0]} ({interval}).")
    if len(found) > most:
        lines.append(f"And {len(found) - most} more that differ.")
    if found.empty and verdicts.get("cannot be told apart", 0):
        lines.append("That none differs does not say that all are alike: few articles show only large differences.")
    return wrapped([*lines, *caveats(differences)])


def describe_co_mention_actors(actors: pd.DataFrame, *, most: int = 5) -> str:
    """Which actors form communities, and how firm these are."""
    require(actors, "co_mention_actors")
    if actors.empty:
        return "No sentence names two actors."
    communities = list(actors.groupby("community", sort=True))
    n = len(communities)
    sets = "1 community" if n == 1 else f"{n} communities"
    lines = [f"{count(len(actors), 'actor')} named in one sentence with another, in {sets}."]
    for number, part in communities[:most]:
        firm = part["stability"].mean()
        names = ", ".join(part["actor"].head(5)) + (f" and {len(part) - 5} more" if len(part) > 5 else "")
        doubt = "" if firm >= FIRM else f" Not firm: searches agree on {100 * firm:.0f} % of it."
        lines.append(f"Community {number}: {names}.{doubt}")
    if len(communities) > most:
        n = sum(len(part) for _, part in communities[most:])
        lines.append(f"And {len(communities) - most} more, of {count(n, 'actor')}.")
    lines.append("Any network falls into communities, also one made by chance: read the sentences.")
    return wrapped(lines)


def _joined(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    """The group of each row in one label; "" without groups."""
    parts = _joined_list(frame, keys)
    return pd.Series([", ".join(key) for key in zip(*parts, strict=True)], index=frame.index, dtype="str")


def _joined_list(frame: pd.DataFrame, keys: Iterable[str]) -> list[pd.Series]:
    known = [labels(frame[key]) for key in keys]
    return known or [pd.Series("", index=frame.index, dtype="str")]


def _percent(value: float, low: float, high: float) -> str:
    return f"{100 * value:.0f} % ({_range(low, high) if pd.notna(low) else 'no interval'})"


def _range(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f} %"
