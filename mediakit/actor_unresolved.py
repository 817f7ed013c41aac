"""Names that the registry does not have, ranked, with what a user needs to add them to it."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from .actors import mentions
from .frames import build
from .text import sentences


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
    n_articles, variants (as it also stands in the articles, divided by semicolons), and where it stands first:
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
    found = found[~found["known"]]
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
