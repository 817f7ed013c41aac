"""What one side tells of an event and the other leaves out, and what both tell."""

from __future__ import annotations

import pandas as pd

from .actors import mentions as find_mentions
from .contrast_items import name_rows, number_rows, term_rows
from .contrast_parts import Row, Side
from .contrast_passages import passage_rows, quotation_rows
from .frames import build, labels, require
from .languages import require_english
from .quotes import quotes as find_quotes

_KINDS = ("number", "quotation", "actor", "place", "passage", "term")
_SIDES = ("differs", "a only", "b only", "both")


def contrast(
    articles: pd.DataFrame,
    a: str,
    b: str,
    *,
    event: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    min_words: int = 8,
    min_n: int = 3,
    most_terms: int = 15,
) -> pd.DataFrame:
    """What a tells and b leaves out, the reverse, and what both tell, each with its evidence.

    "Left out" means: looked for by the rule of the kind in the whole text of the other side, and not found.

    - actor, place: names as `mentions(articles, unknown=True)` finds them, under any of their spellings; a name that
      one side lacks is searched for there again, letter by letter, a person's last name too.
    - quotation: direct and partial ones of four words or more. The other side has it where at least half of its words
      stand there word for word (in runs of five or more), quoted or not; or where one sentence has at least 60 % of its
      content words (at least four): then the note says that it is told in other words.
    - passage: in both, word for word, `min_words` words or more, or a pair of sentences of which the one has at least
      60 % of the content words of the other (at least four); in one, sentences of more than four content words of which
      at least two thirds stand nowhere in the other side. A sentence can be neither.
    - number: figures with a noun or unit, in digits or words; no years, days and clock times. Figures with one noun
      ("723 strikes", "nearly 700 strikes"; killed, dead and deaths are one) and other values stand next to each other,
      side "differs"; money, shares, times, measures and people must have two more words in common (or half of the words
      there are), at most twelve words away, and differ at most tenfold. To have the same
      noun is not to be about the same thing: read both.
    - term: words other than names that one side has `min_n` times or more and the other in no form; or both twice.

    Parameters
    ----------
    articles
        One row per article.
    a, b
        Two article_ids, or two sources: all their articles in `articles`.
    event
        The frame made by `same_event(articles)`, or the rows of one event: only its articles are compared. Two sources
        that are compared over different events leave out what the other never wrote about.
    actors
        The registry, from `read_actors`; default: the one that comes with mediakit.
    min_words
        The shortest passage that counts as shared, in words; at least 5.
    min_n
        How often a term stands in the one side to be missed in the other.
    most_terms
        At most so many terms for each side and for both.

    Returns
    -------
    One row per thing told: kind, side (a only, b only, both, differs), item, n_a, n_b, article_a, start_a, end_a,
    article_b, start_b, end_b (the first place in each; missing where a side has none), note.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    ValueError
        There is no such article or source, or both sides hold the same article.
    """
    require(articles, "articles")
    if min_words < 5 or min_n < 1 or most_terms < 0:
        raise ValueError(
            f"contrast: min_words={min_words}, min_n={min_n}, most_terms={most_terms}: at least 5, 1 and 0 are needed."
        )
    if event is not None:
        require(event, "same_event", "article_id")
        articles = articles[articles["article_id"].isin(event["article_id"])]
    one, other = _chosen(articles, a), _chosen(articles, b)
    if set(one["article_id"]) & set(other["article_id"]):
        raise ValueError(f"contrast: a={a!r} and b={b!r} hold the same article. Name two articles, or two sources.")
    both = pd.concat([one, other], ignore_index=True)
    require_english(both, "contrast", "its names, quotations and figures are read by rules for English articles")
    named = find_mentions(both, actors, unknown=True)
    spoken = find_quotes(both, named[named["known"]], actors=actors)
    left, right = Side(one), Side(other)
    rows: list[Row] = [
        *number_rows(left, right),
        *quotation_rows(left, right, spoken),
        *name_rows(left, right, named),
        *passage_rows(left, right, min_words),
        *term_rows(left, right, min_n=min_n, most=most_terms),
    ]
    rows.sort(key=lambda row: (_KINDS.index(row.kind), _SIDES.index(row.side), -max(row.n_a, row.n_b)))
    return build("contrast", [row.record() for row in rows])


def _chosen(articles: pd.DataFrame, name: str) -> pd.DataFrame:
    chosen = articles[articles["article_id"] == name]
    if chosen.empty:
        chosen = articles[labels(articles["source"]) == name]
    if chosen.empty:
        there = sorted(labels(articles["source"]).unique())[:10]
        raise ValueError(f"contrast: no article and no source {name!r} in these articles; there are sources {there}.")
    return chosen


def contrast_places(contrast: pd.DataFrame) -> pd.DataFrame:
    """The places of a contrast one below the other: what `evidence` takes.

    Parameters
    ----------
    contrast
        The frame made by `contrast(articles, a, b)`, or some of its rows.

    Returns
    -------
    One row per row of `contrast` and side that has a place, a before b: article_id, start, end, teller (a or b), kind,
    side, item, note.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(contrast, "contrast")
    told = [
        contrast.rename(columns={f"{name}_{side}": name for name in ("start", "end")})
        .assign(article_id=contrast[f"article_{side}"], teller=side, row=range(len(contrast)))
        .dropna(subset="article_id")
        for side in "ab"
    ]
    places = pd.concat(told, ignore_index=True).sort_values(["row", "teller"], ignore_index=True)
    columns = ["article_id", "start", "end", "teller", "kind", "side", "item", "note"]
    return build("contrast_places", places[columns])
