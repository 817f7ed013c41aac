"""Who speaks, in words: speakers with their shares, women and men, who is named and never quoted."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import caveats, count, grouping, wrapped

NOBODY = "Nobody is quoted in these articles."


def describe_quote_counts(counts: pd.DataFrame, *, most: int = 5) -> str:
    """How much is quoted in what kind, who has the largest shares of it, and how much comes without a name."""
    require(counts, "quote_counts")
    if counts.empty:
        return NOBODY
    total, n_words = int(counts["n"].sum()), int(counts["n_words"].sum())
    kinds = ", ".join(f"{counts[f'n_{kind}'].sum():,} {kind}" for kind in ("direct", "partial", "indirect"))
    named = counts[~_nameless(counts)]
    lines = [f"{count(total, 'quotation')} ({kinds}), {count(n_words, 'word')}."]
    unnamed = n_words - int(named["n_words"].sum())
    if unnamed:
        lines.append(f"{_percent(unnamed / n_words)} of the words come from speakers without a name.")
    keys = grouping(counts, "quote_counts")
    if named.empty:
        return wrapped([*lines, "No speaker is named."])
    if not keys:
        told = [f"{row['speaker']} {_interval(row)}" for row in named.head(most).to_dict("records")]
        return wrapped([*lines, f"Most words: {'; '.join(told)}.", *caveats(counts)])
    sizes = counts.groupby(keys, sort=False)["n_words"].sum().sort_values(ascending=False, kind="stable")
    first = named.drop_duplicates(keys).set_index(keys)
    for group in [name for name in sizes.index if name in first.index][:most]:
        row = first.loc[group]
        name = group if isinstance(group, str) else ", ".join(map(str, group))
        lines.append(f"{name} gives most words to {row['speaker']}: {_interval(row)}.")
    if len(sizes) > most:
        lines.append(f"And {count(len(sizes) - most, 'more group')}.")
    return wrapped([*lines, *caveats(counts)])


def describe_quote_genders(genders: pd.DataFrame, *, most: int = 6) -> str:
    """The share of women in the words of women and men, and whose gender is not known."""
    require(genders, "quote_genders")
    women, men, unknown = (int(genders[f"n_{who}"].sum()) for who in ("women", "men", "unknown"))
    if not women + men:
        return "Nobody whose gender is known is quoted in these articles."
    words, words_men = int(genders["n_words_women"].sum()), int(genders["n_words_men"].sum())
    lines = [
        f"Women are quoted {women:,} times in {count(words, 'word')}, men {men:,} times in {words_men:,}: "
        f"women say {_percent(words / (words + words_men)) if words + words_men else 'nothing'} of it."
    ]
    if unknown:
        lines.append(f"Of {count(unknown, 'more quotation')} the speaker's gender is not known.")
    keys = grouping(genders, "quote_genders")
    known = genders.dropna(subset=["share_women"]).sort_values("n_articles", ascending=False, kind="stable")
    if not keys and known["ci_low"].notna().any():
        lines.append(f"Share of women: {_interval(known.iloc[0], 'share_women')}.")
    if keys and keys != ["article_id"]:
        for row in known.head(most).to_dict("records"):
            name = ", ".join(str(row[key]) for key in keys)
            lines.append(f"{name}: women {_interval(row, 'share_women')}, {count(row['n_articles'], 'article')}.")
        if len(known) > most:
            lines.append(f"And {count(len(known) - most, 'more group')}.")
    return wrapped([*lines, *caveats(genders)])


def describe_unquoted(unquoted: pd.DataFrame, *, most: int = 6) -> str:
    """Who is named most of those who are never quoted."""
    require(unquoted, "unquoted")
    if unquoted.empty:
        return "There is no actor who is named and never quoted."
    keys = grouping(unquoted, "unquoted")
    totals = unquoted.groupby("actor")["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    where = f" in some {' and '.join(keys)}" if keys else ""
    told = ", ".join(f"{actor} ({n:,})" for actor, n in totals.head(most).items())
    lines = [f"{count(len(totals), 'actor')} {'is' if len(totals) == 1 else 'are'} named and never quoted{where}."]
    people = unquoted[unquoted["type"] == "person"].groupby("actor")["n_mentions"].sum()
    lines.append(f"Most mentions: {told}.")
    if len(people):
        first = people.sort_values(ascending=False, kind="stable")
        named = ", ".join(f"{actor} ({n:,})" for actor, n in first.head(most).items())
        lines.append(f"{len(people):,} of them {'is a person' if len(people) == 1 else 'are people'}: {named}.")
    return wrapped(lines)


def _nameless(counts: pd.DataFrame) -> pd.Series:
    return counts["speaker"].str.fullmatch(r"\(\w+\)").fillna(False).astype("bool")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _interval(row: pd.Series | dict, value: str = "share") -> str:
    """ "12 % (5 to 19 %)", or that there are too few articles to say."""
    if pd.isna(row["ci_low"]):
        return f"{_percent(row[value])} (too few articles for an interval)"
    return f"{_percent(row[value])} ({100 * row['ci_low']:.0f} to {_percent(row['ci_high'])})"
