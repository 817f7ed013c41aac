"""What the registry lacks or leaves open, in words."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import count, wrapped


def describe_unresolved(unresolved: pd.DataFrame, *, most: int = 5) -> str:
    """How many names the registry does not have, of which kind as guessed, and those in most articles."""
    require(unresolved, "unresolved")
    if unresolved.empty:
        return "The registry has every name that was found; what looks like no name is not looked for."
    kinds = unresolved["type"].value_counts().sort_index()
    guessed = ", ".join(f"{n:,} as {kind}" for kind, n in kinds.items())
    mentioned = count(int(unresolved["n"].sum()), "mention")
    lines = [f"{count(len(unresolved), 'name')} ({mentioned}) that the registry does not have, taken for: {guessed}."]
    head = unresolved.sort_values(["n_articles", "n", "actor"], ascending=[False, False, True]).head(most)
    told = [
        f"{row['actor']} ({row['n']:,} in {count(row['n_articles'], 'article')})" for row in head.to_dict("records")
    ]
    lines.append(f"In most articles: {', '.join(told)}.")
    lines.append(
        "None of them is in the counts. Proposed by capitals and context: some are no names, some types wrong."
    )
    return wrapped(lines)


def describe_ambiguous(ambiguous: pd.DataFrame, *, most: int = 5) -> str:
    """How many names the articles leave open, and who may be meant."""
    require(ambiguous, "ambiguous")
    if ambiguous.empty:
        return "No name of the registry was left out as ambiguous."
    n_names, n_articles = ambiguous["text"].nunique(), ambiguous["article_id"].nunique()
    lines = [
        f"{count(n_names, 'name')} of the registry in {count(len(ambiguous), 'place')} of "
        f"{count(n_articles, 'article')} that the article does not decide: left out of the counts."
    ]
    told = ambiguous.groupby(["text", "candidates", "reason"]).size().reset_index(name="n")
    told = told.sort_values(["n", "text"], ascending=[False, True])
    for row in told.head(most).to_dict("records"):
        lines.append(f"{row['text']} ({row['n']:,}): {row['candidates']}; {row['reason']}.")
    if len(told) > most:
        lines.append(f"And {len(told) - most:,} more.")
    return wrapped(lines)
