"""Names of registered actors of which an article does not say whose they are."""

from __future__ import annotations

import pandas as pd

from .actor_registry import builtin_names, compiled
from .actors import by_article, published
from .frames import build, require
from .languages import require_english
from .matching import Page
from .naming import decide
from .text import sentences


def ambiguous(articles: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Names that the registry has and the article does not decide: `mentions` leaves them out, none is guessed.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, made by `read_actors`; None takes the built-in one.

    Returns
    -------
    One row per such name, in the order of `articles` and of the text: article_id, sentence_no, start, end, text (as
    written), candidates (the actors that may be meant, divided by semicolons, in the order of the registry),
    n_candidates, reason, part (title, heading, body). The reasons:

    - not introduced: a surname that one registered person bears, and the article nowhere names that person in full.
    - no bearer introduced: the same of a surname that several bear ("Clinton").
    - two bearers introduced in one sentence: the last that introduced any ("Bill and Hillary Clinton" in full).
    - two bearers introduced after the headline: a surname in a title or heading that nobody before it bears.
    - no head of government introduced: "the Bush administration" where only other bearers are named.
    - no other name of a bearer in the article: an acronym or a place that several bear (ICC, Georgia).

    A surname of somebody whom the article introduces and the registry does not have is not ambiguous, nor is one
    beside another capitalised word ("Brown University").

    Raises
    ------
    FrameError
        A column is missing, or a row of `actors` has no alias.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    """
    require(articles, "articles", "article_id", "text")
    require_english(articles, "ambiguous", "its names and rules are for English articles")
    names = builtin_names() if actors is None else compiled(actors)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    dates = published(articles)
    rows: list[dict[str, object]] = []
    for article_id, spans in by_article(sentences(articles)):
        page = Page(texts[article_id], spans, names, published=dates.get(article_id))
        for start, end, candidates, reason in decide(page, names)[1]:
            sentence = page.sentence(start)
            bearers = list(dict.fromkeys(candidate.actor for candidate in candidates))
            rows.append(
                {
                    "article_id": article_id,
                    "sentence_no": sentence.number,
                    "start": start,
                    "end": end,
                    "text": page.text[start:end],
                    "candidates": "; ".join(bearers),
                    "n_candidates": len(bearers),
                    "reason": reason,
                    "part": sentence.part,
                }
            )
    return build("ambiguous", rows)
