"""Names that the registry does not have, ranked, with what a user needs to add them to it."""

from __future__ import annotations

import functools
from typing import Literal

import pandas as pd

from .actor_registry import REFERENCES
from .actors import mentions
from .frames import build
from .matching import fold
from .matching_variants import origins
from .proposals import TEAM
from .text import sentences

_SHORT = ("surname", "demonym", "metonym", *REFERENCES)


def unresolved(
    articles: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    *,
    names: Literal["rules", "spacy"] = "rules",
    min_n: int = 1,
) -> pd.DataFrame:
    """Names in the articles that the registry does not have, those in most articles first.

    The first columns are those of a registry: save the rows that are right with `to_csv`, put actor and type right
    where the guess is wrong, and read them with `read_actors(path)`. Type other hides a name, type place sets it
    aside.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, made by `read_actors`; None takes the built-in one.
    names
        How names are proposed: "rules" by capitals and the words around them, "spacy" with the help of spaCy's small
        English model (extra `nlp`).
    min_n
        Leave out names with fewer mentions.

    Returns
    -------
    One row per name, those in most articles first, then those with most mentions: actor and alias (the name in full),
    type (a guess: person, organisation or place), form ("name"), n (mentions, surnames and first names included),
    n_articles, variants (as it also stands in the articles, divided by semicolons), like (registered actors named in
    the same articles whose names differ in a letter or two, or only in how they are transliterated: perhaps the name is
    one of theirs; NaN where there is none), and where it stands first:
    article_id, sentence_no, start, end, text (that sentence; `start` and `end` are the name's).

    Raises
    ------
    FrameError, LanguageError, ImportError
        As `mentions`.
    ValueError
        `names` is neither "rules" nor "spacy".
    """
    if names not in ("rules", "spacy"):
        raise ValueError(f"names={names!r} is neither 'rules' nor 'spacy'.")
    found = mentions(articles, actors, unknown=names)
    known, found = found[found["known"]], found[~found["known"] & ~found["actor"].str.endswith(TEAM)]
    if found.empty:
        return build("unresolved", [])
    grouped = found.groupby("actor", sort=False)
    table = grouped.agg(n=("text", "size"), n_articles=("article_id", "nunique")).reset_index()
    table = table[table["n"] >= min_n]
    table = table.assign(
        alias=table["actor"],
        form="name",
        type=table["actor"].map(grouped["type"].agg(_most_common)),
        variants=[_variants(name, grouped["text"].get_group(name)) for name in table["actor"]],
        like=table["actor"].map(_like(found, known)),
    )
    first = found.drop_duplicates("actor")[["actor", "article_id", "sentence_no", "start", "end"]]
    texts = sentences(articles)[["article_id", "sentence_no", "text"]]
    table = table.merge(first, on="actor").merge(texts, on=["article_id", "sentence_no"])
    order = table.sort_values(["n_articles", "n", "actor"], ascending=[False, False, True], kind="stable")
    return build("unresolved", order.reset_index(drop=True))


def _most_common(kinds: pd.Series) -> str:
    """The most frequent value; of equally frequent ones the first by name, whatever the order of the articles."""
    return str(kinds.mode().iloc[0])


def _variants(name: str, texts: pd.Series) -> str | None:
    """The spellings other than the name itself, most frequent first."""
    counts = texts[texts != name].value_counts(sort=False)
    names = sorted(counts.index, key=lambda text: (-counts[text], text))
    return "; ".join(names) or None


def _like(found: pd.DataFrame, known: pd.DataFrame) -> dict[str, str]:
    """For each name in `found` that is nearly one of an actor named in the same articles, these actors."""
    named = known[known["type"].isin(["person", "organisation", "media"]) & ~known["form"].isin(_SHORT)]
    written = pd.concat([named, named.assign(text=named["actor"])])[["article_id", "actor", "text"]].drop_duplicates()
    pairs = found[["article_id", "actor"]].drop_duplicates().merge(written, on="article_id", suffixes=("", "_known"))
    like: dict[str, set[str]] = {}
    for name, actor, text in pairs[["actor", "actor_known", "text"]].drop_duplicates().itertuples(index=False):
        if is_near(name, text):
            like.setdefault(name, set()).add(actor)
    return {name: "; ".join(sorted(actors)) for name, actors in like.items()}


def is_near(name: str, other: str) -> bool:
    """Whether two names differ in one letter in eight, at most three, or only in their transliteration."""
    left, right = fold(name).casefold(), fold(other).casefold()
    if len(left) < 5 or len(right) < 5:
        return False
    if _keys(name) & _keys(other):
        return True
    most = min(3, max(len(left), len(right)) // 8 + 1)
    return abs(len(left) - len(right)) <= most and distance(left, right) <= most


@functools.lru_cache(maxsize=10_000)
def _keys(name: str) -> frozenset[tuple[int, str]]:
    words = name.split(" ")
    return frozenset((at, " ".join(map(origin.given_key, words))) for at, origin in enumerate(origins()))


def distance(left: str, right: str) -> int:
    """Letters to put in, take out, change or swap with the next one to make `right` of `left` (Damerau 1964).

    Swapped letters are not changed again (optimal string alignment).
    """
    before: list[int] = []
    last = list(range(len(right) + 1))
    for at, letter in enumerate(left, start=1):
        row = [at]
        for place, other in enumerate(right, start=1):
            cost = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != other))
            if at > 1 and place > 1 and letter == right[place - 2] and left[at - 2] == other:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
