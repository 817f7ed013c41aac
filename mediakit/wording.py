"""Results in words: what a frame says, and what it cannot say, as sentences computed from its rows."""

from __future__ import annotations

import pandas as pd

from .frames import measure_name, measure_names, require
from .wording_parts import NOTHING, caveats, count, grouping, have, stand, wrapped


def describe_articles(articles: pd.DataFrame) -> str:
    """How many articles from how many sources over which time, and what follows for comparing them."""
    require(articles, "articles")
    n, n_sources = len(articles), articles["source"].nunique()
    lines = [f"{count(n, 'article')} from {count(n_sources, 'named source')}."]
    dated = articles["published"].dropna()
    if len(dated):
        first, last = f"{dated.min():%-d %B %Y}", f"{dated.max():%-d %B %Y}"
        lines.append(f"Dated from {first} to {last}." if first != last else f"All dated {first}.")
    for column, thing in (("published", "date"), ("source", "source"), ("title", "title")):
        missing = int(articles[column].isna().sum())
        if missing:
            lines.append(f"{missing} of {n} {have(missing)} no {thing}.")
    sizes = articles["source"].value_counts()
    if len(sizes) > 1 and sizes.max() == 1:
        lines.append("Every source has one article: they can be compared as articles, not as sources.")
    elif len(sizes) and sizes.max() < 5:
        lines.append("No source has five articles: too few to compare sources.")
    if "published_basis" in articles and articles["published_basis"].notna().any():
        guessed = int(articles["published_basis"].str.contains("estimat|infer", case=False, na=False).sum())
        if guessed:
            lines.append(f"{guessed} of {n} dates are estimates.")
    return wrapped(lines)


def describe_summaries(summaries: pd.DataFrame, *, most: int = 6) -> str:
    """Each group's mean with its interval, then the caveats."""
    require(summaries, "summaries")
    if summaries.empty:
        return NOTHING
    keys = grouping(summaries, "summaries")
    lines = []
    signed = "+" if (summaries[["value", "ci_low"]].min() < 0).any() else ""
    for _, row in summaries.head(most).iterrows():
        name = ", ".join(str(row[key]) for key in keys)
        interval = f"{row['ci_low']:{signed}.2f} to {row['ci_high']:{signed}.2f}"
        interval = interval if pd.notna(row["ci_low"]) else "no interval"
        value = f"{row['value']:{signed}.2f} ({interval})" if pd.notna(row["value"]) else "no value"
        n = f"{count(row['n'], 'value')}, {count(row['n_articles'], 'article')}"
        lines.append(f"{name}: mean {measure_name(row['measure'])} {value}, {n}.")
    if len(summaries) > most:
        lines.append(f"And {len(summaries) - most} more groups.")
    return wrapped([*lines, *caveats(summaries)])


def describe_differences(differences: pd.DataFrame) -> str:
    """How many pairs differ, cannot be told apart, or are too few to say; the ones that differ by name."""
    require(differences, "differences")
    if differences.empty:
        return "There are no two groups to compare."
    verdicts = differences["verdict"].value_counts()
    named = {"differs": "differ", "cannot be told apart": "cannot be told apart", "too few": "too few to say"}
    parts = [f"{verdicts.get(verdict, 0)} {words}" for verdict, words in named.items()]
    measures = measure_names(differences["measure"])
    lines = [f"Of {count(len(differences), 'pair')} compared by {measures}: {', '.join(parts)}."]
    left_out = int(differences["n_left_out"].max()) if "n_left_out" in differences else 0
    if left_out:
        compared = len(set(differences["group_a"]) | set(differences["group_b"]))
        lines.append(f"Compared are the {compared} groups with the most articles; {left_out} more are left out.")
    several = differences["measure"].nunique() > 1
    for _, row in differences[differences["verdict"] == "differs"].iterrows():
        interval = f"{row['ci_low']:+.2f} to {row['ci_high']:+.2f}" if pd.notna(row["ci_low"]) else "no interval"
        what = f", {measure_name(row['measure'])}" if several else ""
        lines.append(f"{row['group_a']} less {row['group_b']}{what}: {row['difference']:+.2f} ({interval}).")
    return wrapped([*lines, *caveats(differences)])


def describe_term_counts(counts: pd.DataFrame, *, most: int = 8) -> str:
    """The most frequent terms, and how many of all terms stand in one article only."""
    require(counts, "term_counts")
    if counts.empty:
        return NOTHING
    top = counts.groupby("term")["n"].sum().sort_values(ascending=False, kind="stable").head(most)
    named = ", ".join(f"{term} ({n})" for term, n in top.items())
    spread = counts.groupby("term")["n_articles"].sum()
    single = int((spread == 1).sum())
    return wrapped(
        [f"Most frequent: {named}.", f"{single} of {count(len(spread), 'term')} {stand(single)} in one article only."]
    )


def describe_keyness(keyness: pd.DataFrame) -> str:
    """How many terms are key after correction, and how many of those rest on one article."""
    require(keyness, "keyness")
    if keyness.empty:
        return "No term is frequent enough to be compared."
    over = keyness[(keyness.get("p_articles", keyness["p_adjusted"]) < 0.05) & (keyness["g2"] > 0)]
    single = int((over["n_articles"] == 1).sum())
    stay = f"{count(len(over), 'over-used term')} {'stays' if len(over) == 1 else 'stay'}"
    lines = [f"Of {len(keyness)} tests (terms by targets), {stay} key after correction, by words and by articles."]
    if single:
        lines.append(f"{single} of those {stand(single)} in one article of the target: one writer's word, perhaps.")
    for target, rows in over[over["n_articles"] > 1].groupby("target"):
        lines.append(f"{target}: {', '.join(rows['term'].head(6))}.")
    return wrapped(lines)


def describe_mention_counts(counts: pd.DataFrame, *, most: int = 6) -> str:
    """The most mentioned actors."""
    require(counts, "mention_counts")
    if counts.empty:
        return "No actor of the registry is mentioned."
    top = counts.groupby("actor")[["n", "n_articles"]].sum().sort_values("n", ascending=False, kind="stable")
    named = [f"{actor} ({row.n}, {count(row.n_articles, 'article')})" for actor, row in top.head(most).iterrows()]
    return wrapped([f"{count(len(top), 'actor')}, {top['n'].sum()} mentions.", f"Most mentioned: {', '.join(named)}."])


def describe_co_mentions(pairs: pd.DataFrame, *, most: int = 5) -> str:
    """The pairs named together most often."""
    require(pairs, "co_mentions")
    if pairs.empty:
        return "No sentence names two actors of the registry."
    top = pairs.sort_values("n_sentences", ascending=False, kind="stable").head(most)
    named = [f"{row.actor_a} and {row.actor_b} ({count(row.n_sentences, 'sentence')})" for row in top.itertuples()]
    return wrapped([f"{count(len(pairs), 'pair')} named in one sentence.", f"Most often: {', '.join(named)}."])


def describe_source_similarity(similarity: pd.DataFrame) -> str:
    """The most and the least similar pair, and how many share passages."""
    require(similarity, "source_similarity")
    known = similarity.dropna(subset=["cosine"]).sort_values("cosine", ascending=False)
    if known.empty:
        return "There are no two sources to compare."
    first, last = known.iloc[0], known.iloc[-1]
    lines = [f"Most alike: {first['source_a']} and {first['source_b']} (cosine {first['cosine']:.2f})."]
    if len(known) > 1:
        lines.append(f"Least alike: {last['source_a']} and {last['source_b']} (cosine {last['cosine']:.2f}).")
    shared = int((known["shared_passages"] > 0).sum())
    lines.append(f"{shared} of {count(len(known), 'pair')} share a passage word for word.")
    lines.append("Cosine compares vocabularies: articles about one event are alike whoever wrote them,")
    lines.append("and sources with much text are more alike than those with little.")
    return wrapped(lines)
