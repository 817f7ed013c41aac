"""Dictionaries: terms by category, counted wherever they stand.

How dictionary files are read is in term_dictionary_files.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
import pandas as pd

from .frames import FrameError, build, group_keys, require
from .term_dictionary_files import builtin_dictionary
from .term_kwic import WILDCARD
from .terms import numbered_groups
from .text import Coded, code_tokens
from .tokenising import normalise, tokenise
from .uncertainty import differences_of_each

Pattern = tuple[str, ...]  # the terms of an entry, one a token, with WILDCARD for "*"


def dictionary_hits(articles: pd.DataFrame, dictionary: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every place where a term of the dictionary stands: the evidence of its counts.

    Parameters
    ----------
    articles
        One row per article.
    dictionary
        One row per term of a category, from `read_dictionary`; default: the framing dictionary that ships.

    Returns
    -------
    One row per hit and category, in the order of the text: article_id, sentence_no, start, end, text, category, term
    (as the dictionary has it). Hits are those of `kwic(articles, term)`: case and possessive 's do not matter, "*"
    stands for any letters, phrases stay within a sentence. Of hits of one category that overlap the longest counts,
    among equals the first: "peace talks" is one hit where "peace" and "talks" are terms too. A place may be a hit of
    several categories: `dictionary_overlaps` tells which terms make such.

    Raises
    ------
    FrameError
        A column is missing, or a term has no letter or digit.
    """
    require(articles, "articles", "article_id", "title", "text")
    return _hits(articles, _checked(dictionary), code_tokens(articles))


def dictionary_counts(
    articles: pd.DataFrame, dictionary: pd.DataFrame | None = None, *, by: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """How often the terms of each category stand in all articles or in each group of them.

    Parameters
    ----------
    articles, dictionary
        As in `dictionary_hits`.
    by
        One or several columns of `articles`; missing values form the group "unknown".

    Returns
    -------
    One row per (group and) category, in the order of the dictionary: the `by` columns, category, n (hits), per_1000
    (tokens of the group; NaN where it has none), n_articles (of the group that have a hit). No hit is 0: all was read.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(articles, "articles", "article_id", "title", "text")
    keys = group_keys(by, "dictionary_counts", articles.columns)
    rates = dictionary_rates(articles, dictionary)
    groups, group_of = numbered_groups(articles, keys)
    numbers = dict(zip(articles["article_id"], group_of, strict=True))
    rates["_group"] = rates["article_id"].map(numbers)
    rates["_has"] = rates["n"] > 0
    table = rates.groupby(["_group", "category"], sort=False)[["n", "n_tokens", "_has"]].sum().reset_index()
    order = {category: place for place, category in enumerate(dict.fromkeys(rates["category"]))}
    table = table.sort_values(["_group", "category"], key=lambda one: one.map(order) if one.name == "category" else one)
    columns = {key: [groups[group][place] for group in table["_group"]] for place, key in enumerate(keys)}
    columns |= {"category": table["category"], "n": table["n"], "n_articles": table["_has"]}
    columns["per_1000"] = 1000 * table["n"] / table["n_tokens"].where(table["n_tokens"] > 0)
    return build("dictionary_counts", pd.DataFrame(columns).reset_index(drop=True))


def dictionary_rates(articles: pd.DataFrame, dictionary: pd.DataFrame | None = None) -> pd.DataFrame:
    """How often the terms of each category stand in each article.

    Parameters
    ----------
    articles, dictionary
        As in `dictionary_hits`.

    Returns
    -------
    One row per article and category: article_id, category, n (hits), n_tokens, per_1000 (tokens; NaN without any).
    `summaries(…, value="per_1000", by=["source", "category"], articles=articles)` gives intervals by article,
    `dictionary_differences` verdicts.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(articles, "articles", "article_id", "title", "text")
    entries, coded = _checked(dictionary), code_tokens(articles)
    hits = _hits(articles, entries, coded)
    categories = list(dict.fromkeys(entries["category"]))
    every = pd.MultiIndex.from_product([coded.ids, categories], names=["article_id", "category"])
    n = hits.groupby(["article_id", "category"]).size().reindex(every, fill_value=0)
    frame = n.rename("n").reset_index()
    frame["n_tokens"] = np.bincount(coded.article, minlength=len(coded.ids)).repeat(len(categories))
    frame["per_1000"] = 1000 * frame["n"] / frame["n_tokens"].where(frame["n_tokens"] > 0)
    return build("dictionary_rates", frame)


def dictionary_differences(
    rates: pd.DataFrame, articles: pd.DataFrame, *, by: str = "source", most: int = 6, seed: int = 0
) -> pd.DataFrame:
    """Which groups use a category more than others, and which cannot be told apart.

    Parameters
    ----------
    rates
        One row per article and category, from `dictionary_rates(articles, dictionary)`.
    articles
        The articles; here `by` is looked up.
    by
        One column of `articles`.
    most
        Compare only this many groups, those with the most articles.
    seed
        For the permutations, as in `differences`.

    Returns
    -------
    The frame `differences` with a row per category and pair of groups, and the column category: measure is "per_1000 of
    conflict", the mean of the articles' rates. p_adjusted is over all categories and pairs (Benjamini–Hochberg), so
    that one of many categories does not differ by chance. Below 5 articles on either side the verdict is "too few".

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(rates, "dictionary_rates")
    require(articles, "articles", "article_id", by)
    return differences_of_each(rates, "category", value="per_1000", by=by, articles=articles, most=most, seed=seed)


def dictionary_overlaps(dictionary: pd.DataFrame | None = None) -> pd.DataFrame:
    """Terms of a dictionary that count the same place twice, or make each other idle.

    Parameters
    ----------
    dictionary
        One row per term of a category, from `read_dictionary`; default: the framing dictionary that ships.

    Returns
    -------
    One row per pair of terms: category, term, other_category, other_term, kind. "same term": it stands in two
    categories (or twice in one). "wildcard takes it": whatever `other_term` hits, `term` hits too. "part of it": `term`
    is part of the phrase `other_term` of another category. Between categories each hit of `other_term` counts in both;
    within one the idle row changes no count.

    Raises
    ------
    FrameError
        A column is missing, or a term has no letter or digit.
    """
    entries = _checked(dictionary)
    patterns = [_pattern(term) for term in entries["term"]]
    rows = list(zip(entries["category"], entries["term"], patterns, strict=True))
    records = []
    for place, (category, term, pattern) in enumerate(rows):
        for other, (other_category, other_term, other_pattern) in enumerate(rows):
            kind = _relation(pattern, other_pattern, category == other_category)
            # a pair of equals once
            if kind and other != place and (kind != "same term" or place < other):
                records.append(
                    {
                        "category": category,
                        "term": term,
                        "other_category": other_category,
                        "other_term": other_term,
                        "kind": kind,
                    }
                )
    return build("dictionary_overlaps", records)


def _relation(pattern: Pattern, other: Pattern, same_category: bool) -> str:
    if pattern == other:
        return "same term"
    if len(pattern) == len(other) and all(map(_takes, pattern, other)):
        return "wildcard takes it"
    shorter = range(len(other) - len(pattern) + 1) if len(pattern) < len(other) else ()
    if not same_category and any(all(map(_takes, pattern, other[at : at + len(pattern)])) for at in shorter):
        return "part of it"
    return ""


def _takes(piece: str, other: str) -> bool:
    """Whether a piece with wildcards hits whatever the other one does: the other's wildcard is a letter to it."""
    return _expression(piece).match(other.replace(WILDCARD, "ⁿ")) is not None


def _checked(dictionary: pd.DataFrame | None) -> pd.DataFrame:
    entries = builtin_dictionary() if dictionary is None else dictionary
    require(entries, "dictionary")
    for category, term in zip(entries["category"], entries["term"], strict=True):
        if not _pattern(str(term)) or not str(term).replace("*", "").strip():
            raise FrameError(f"dictionary: the term {term!r} of {category!r} has no letter or digit. Take it out.")
    return entries.drop_duplicates(["category", "term"]).reset_index(drop=True)


def _pattern(term: str) -> Pattern:
    asked = tokenise([term.replace("*", WILDCARD)])
    return tuple(normalise(asked.forms[form]) for form in asked.form)


def _expression(piece: str) -> re.Pattern[str]:
    return re.compile(re.escape(piece).replace(WILDCARD, r"[^\W_]*") + r"\Z")


def _hits(articles: pd.DataFrame, entries: pd.DataFrame, coded: Coded) -> pd.DataFrame:
    order = np.argsort(coded.term, kind="stable")  # the places of each term, side by side
    bounds = np.searchsorted(coded.term[order], np.arange(len(coded.terms) + 1))
    first, length, entry = [], [], []
    for number, term in enumerate(entries["term"]):
        pattern = _pattern(term)
        at = _places(pattern, coded, order, bounds)
        first.append(at)
        length.append(np.full(len(at), len(pattern)))
        entry.append(np.full(len(at), number))
    if not first:
        return build("dictionary_hits", [])
    at, size, row = np.concatenate(first), np.concatenate(length), np.concatenate(entry)
    category, _ = pd.factorize(entries["category"])
    kept = _longest(at, size, category[row])
    kept = kept[np.lexsort((row[kept], size[kept], at[kept]))]
    at, last, row = at[kept], (at + size - 1)[kept], row[kept]
    article, start, end = coded.article[at], coded.start[at], coded.end[last]
    texts = articles["text"].fillna("").tolist()
    spans = zip(article.tolist(), start.tolist(), end.tolist(), strict=True)
    columns = {
        "article_id": pd.array(coded.ids, dtype="str").take(article),
        "sentence_no": coded.sentence[at],
        "start": start,
        "end": end,
        "text": [texts[place][low:high] for place, low, high in spans],
        "category": entries["category"].to_numpy()[row],
        "term": entries["term"].to_numpy()[row],
    }
    return build("dictionary_hits", columns)


def _places(pattern: Pattern, coded: Coded, order: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The first token of each hit of a pattern."""
    found = [order[bounds[term] : bounds[term + 1]] for term in _matching(pattern[0], coded.terms)]
    at = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    for step, piece in enumerate(pattern[1:], start=1):
        at = at[at + step < len(coded.term)]
        next_to = at + step
        same = (coded.article[next_to] == coded.article[at]) & (coded.sentence[next_to] == coded.sentence[at])
        at = at[same & np.isin(coded.term[next_to], _matching(piece, coded.terms))]
    return at


def _matching(piece: str, terms: list[str]) -> list[int]:
    """The numbers of the terms (which are in order) that a piece of a pattern stands for."""
    head = piece.split(WILDCARD)[0]
    low = bisect_left(terms, head)
    if head == piece:
        return [low] if low < len(terms) and terms[low] == piece else []
    match = _expression(piece).match
    found = []
    for place in range(low, len(terms)):
        if not terms[place].startswith(head):
            break
        if match(terms[place]):
            found.append(place)
    return found


def _longest(at: np.ndarray, size: np.ndarray, category: np.ndarray) -> np.ndarray:
    """The hits that are left when of those of one category that overlap the longest, else the first, is taken."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for hit in np.lexsort((at, -size)).tolist():
        own = {(int(category[hit]), place) for place in range(at[hit], at[hit] + size[hit])}
        if taken.isdisjoint(own):
            taken |= own
            kept.append(hit)
    return np.array(kept, dtype=np.int64)
