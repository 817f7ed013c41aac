"""Terms in words: verdicts on the categories of a dictionary, terms over time, terms by weight."""

from __future__ import annotations

import pandas as pd

from .frames import FrameError, require
from .wording_parts import caveats, count, grouping, have, stand, wrapped


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


def describe_term_timeline(term_timeline: pd.DataFrame, *, most: int = 6) -> str:
    """Where each term's rate is highest and lowest, with intervals, what is missing, and that no change is tested."""
    require(term_timeline, "term_timeline")
    if term_timeline.empty:
        return "No term was looked for."
    keys = [*grouping(term_timeline, "term_timeline"), "term"]
    unit, measure = (str(term_timeline[name].iloc[0]) for name in ("unit", "measure"))
    what = "Hits per 1,000 tokens" if measure == "per_1000" else "Share of the articles that use the term"
    lines = [f"{what}, by {unit} (UTC)."]
    dated = term_timeline[term_timeline["period"].notna()]
    series = list(dated.groupby(keys, sort=False))
    for key, part in series[:most]:
        known = part.dropna(subset="value")
        name = ", ".join(map(str, key))
        if len(known) < 2:
            lines.append(f"{name}: {count(len(known), unit)} with articles; nothing to follow over time.")
            continue
        high, low = (known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()])
        if high["value"] == low["value"]:
            lines.append(f"{name}: the same in all {count(len(known), unit)} with articles.")
        else:
            lines.append(f"{name}: from {_rate(low, measure)} to {_rate(high, measure)}.")
    if len(series) > most:
        lines.append(f"And {count(len(series) - most, 'more line')}.")
    one = term_timeline[term_timeline["term"] == term_timeline["term"].iloc[0]]
    sizes = one[one["period"].notna()].groupby("period")["n_articles"].sum()
    if (sizes == 0).any():
        n = int((sizes == 0).sum())
        lines.append(f"{n} of {count(len(sizes), unit)} {have(n)} no article: a gap, not zero.")
    undated = int(one.loc[one["period"].isna(), "n_articles"].sum())
    if undated:
        lines.append(f"{count(undated, 'article')} without a date left out.")
    few = int(((dated["n_articles"] > 0) & dated["ci_low"].isna()).sum())
    if few:
        lines.append(f"No interval in {few} of {count(len(dated), 'value')}: too few articles, or no hit.")
    lines.append("Whether two periods differ is not tested here.")
    return wrapped(lines)


def _rate(row: pd.Series, measure: str) -> str:
    shape = (lambda value: f"{value:.2f}") if measure == "per_1000" else (lambda value: f"{100 * value:.0f} %")
    known = pd.notna(row["ci_low"])
    interval = f"{shape(row['ci_low'])} to {shape(row['ci_high'])}" if known else "no interval"
    return f"{shape(row['value'])} ({interval}; from {row['period']:%-d %B %Y}, n = {row['n_articles']:,})"


def describe_ranked_terms(ranked: pd.DataFrame, *, most: int = 10) -> str:
    """The first terms with what ranks them, and how many of them stand in one article alone."""
    require(ranked, "ranked_terms", "rank", "term")
    if ranked.empty:
        return "There are no terms to rank."
    rows = ranked.head(most).to_dict("records")
    told = ", ".join(f"{row['term']} ({row['n']:,})" if "n" in row else str(row["term"]) for row in rows)
    lines = [f"The first {len(rows)} of {count(len(ranked), 'term')}: {told}."]
    if "n_articles" in ranked:
        alone = int((ranked["n_articles"] == 1).sum())
        lines.append(f"{alone} of {len(ranked)} {stand(alone)} in one article alone.")
    lines.append("A rank is no test: terms next to each other may be as frequent by chance.")
    return wrapped(lines)
