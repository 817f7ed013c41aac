"""Sources compared, in words: how alike, which passages, and what else could make the difference."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import count, wrapped


def describe_likeness(similarity: pd.DataFrame, *, most: int = 5) -> str:
    """The corrected cosines of source_similarity with their intervals, and how many pairs have none."""
    if require(similarity, "source_similarity").empty:
        return "There are no two sources to compare."
    table = require(similarity, "source_similarity", "source_a", "source_b", "cosine_corrected", "ci_low", "ci_high")
    told = table.dropna(subset=["ci_low"]).sort_values("cosine_corrected", ascending=False, kind="stable")
    without = len(table) - len(told)
    lines = [
        f"{row.source_a} and {row.source_b}: {row.cosine_corrected:.2f} [{row.ci_low:.2f}, {row.ci_high:.2f}]."
        for row in told.head(most).itertuples()
    ]
    if without:
        lines.append(
            f"{count(without, 'pair')} of {len(table)} without an interval: too few articles to say how sure they are."
        )
    lines.append("Each interval is that of its pair: whether one pair is more alike than another is not tested.")
    lines.append("1: an article could be from either; the value does not grow with the amount of text.")
    return wrapped(lines)


def describe_reused_passages(passages: pd.DataFrame) -> str:
    """How many passages of each kind, and between how many articles."""
    require(passages, "reused_passages", "article_a", "article_b", "n_tokens", "kind")
    if passages.empty:
        return "No two articles share a passage of this length."
    articles = len(set(passages["article_a"]) | set(passages["article_b"]))
    kinds = passages["kind"].value_counts()
    told = ", ".join(f"{kind} {n:,}" for kind, n in kinds.items())
    lines = [
        f"{count(len(passages), 'passage')} shared word for word, in {count(articles, 'article')}: {told}.",
        f"The longest has {passages['n_tokens'].max():,} tokens.",
    ]
    lines.append("A shared passage does not tell who had it from whom: both may quote or take it from a third.")
    return wrapped(lines)


def describe_shared_cuts(shared: pd.DataFrame, *, most: int = 5) -> str:
    """Which wordings were cut out of several articles at import, of how many sources, and why."""
    require(shared, "shared_cuts")
    if shared.empty:
        return "Nothing that import cut out stands in two articles in the same words."
    first = shared.drop_duplicates("wording")
    across = first[first["n_sources"] > 1]
    lines = [
        f"{count(len(first), 'wording')} cut at import stood in several articles, {len(across)} of them in those of "
        "several sources."
    ]
    for row in first.sort_values(["n_sources", "n_articles"], ascending=False, kind="stable").head(most).itertuples():
        names = sorted(shared.loc[shared["wording"] == row.wording, "source"].unique())
        told = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        text = " ".join(row.text.split())
        shown = text if len(text) <= 90 else f"{text[:89].rstrip()}…"
        lines.append(
            f"“{shown}” ({row.reason}): template shared by {count(row.n_sources, 'source')} in "
            f"{count(row.n_articles, 'article')}: {told}."
        )
    if len(first) > most:
        lines.append(f"And {len(first) - most} more.")
    lines.append("Sources with one template may share a system or an owner, or a phrase that many use.")
    return wrapped(lines)


def describe_source_profile(profile: pd.DataFrame, *, most: int = 6) -> str:
    """Each source in a line, largest first: what it brought, how it reads, and that none of it is tested."""
    require(profile, "source_profile")
    if profile.empty:
        return "There are no articles."
    total = int(profile["n_articles"].sum())
    lines = [f"{count(len(profile), 'source')}, {count(total, 'article')}."]
    for row in profile.head(most).to_dict("records"):
        lines.append(f"{row['source']}: {', '.join(_profile_parts(row))}.")
    if len(profile) > most:
        lines.append(f"And {count(len(profile) - most, 'more source')}.")
    undated = int(profile["n_undated"].sum())
    if undated:
        lines.append(f"{count(undated, 'article')} without a date.")
    if (profile["n_articles"] == 1).any():
        lines.append("A source with one article is described by that article alone.")
    lines.append("These numbers describe the corpus; no difference between sources is tested here.")
    return wrapped(lines)


def _profile_parts(row: dict) -> list[str]:
    """What is known of a source; what was not asked for or is missing is left out."""
    parts = [count(row["n_articles"], "article"), count(row["n_words"], "word")]

    def known(name: str) -> bool:
        return name in row and pd.notna(row[name])

    if known("n_independent") and row["n_independent"] < row["n_articles"]:
        parts[0] += f" ({row['n_independent']:,} when copies count once)"
    if known("first_published"):
        days = [f"{row[end]:%-d %B %Y}" for end in ("first_published", "last_published")]
        parts.append(days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}")
    if known("quote_share"):
        parts.append(f"{100 * row['quote_share']:.0f} % quoted")
    if known("n_actors"):
        parts.append(count(row["n_actors"], "actor"))
    if known("lix_median"):
        parts.append(f"LIX {row['lix_median']:.0f}")
    if known("mtld_median"):
        parts.append(f"MTLD {row['mtld_median']:.0f}")
    if known("polarity"):
        interval = f"{row['polarity_low']:+.2f} to {row['polarity_high']:+.2f}" if known("polarity_low") else ""
        interval = interval or "too few for an interval"
        alone = " within this article" if row["n_scored"] == 1 and known("polarity_low") else ""
        parts.append(f"polarity {row['polarity']:+.2f} ({row['engine']}; {interval}{alone})")
    return parts


def describe_confounds(confounds: pd.DataFrame, *, most: int = 6) -> str:
    """What else than the group could make each pair differ: to be read beside every comparison."""
    table = require(confounds, "confounds")
    if table.empty:
        return "There are no two groups to compare."
    named = table["confounds"].str.split("; ").explode()
    counts = named[named != ""].value_counts()
    if counts.empty:
        lines = [f"None of the confounds looked for was found in {count(len(table), 'pair')}."]
    else:
        told = ", ".join(f"{name} ({n} of {count(len(table), 'pair')})" for name, n in counts.items())
        lines = [f"Confounds: {told}."]
    for row in table[table["confounds"] != ""].head(most).to_dict("records"):
        lines.append(f"{row['group_a']} and {row['group_b']}: {'; '.join(_details(row))}.")
    if int((table["confounds"] != "").sum()) > most:
        lines.append(f"The other pairs are in the frame, {len(table):,} in all.")
    lines.append("Events and topics are not looked at here: compare articles about one event (same_event).")
    return wrapped(lines)


def _details(row: dict) -> list[str]:
    words = f"{row['median_words_a']:,.0f} and {row['median_words_b']:,.0f} words"
    said = {
        "dates": lambda: f"{100 * row['dates_overlap']:.0f} % of the dated articles in the period of both",
        "dates unknown": lambda: "dates unknown",
        "lengths": lambda: f"median lengths of {words}",
        "kinds": lambda: f"kinds of article overlap by {100 * row['kinds_overlap']:.0f} %",
        "kinds unknown": lambda: "kinds of article unknown",
        "authors": lambda: f"{count(int(row['shared_authors']), 'byline')} in both",
        "syndication": lambda: f"{100 * row['syndicated']:.0f} % of the articles have a copy in the other",
    }
    return [said[name]() for name in row["confounds"].split("; ")]
