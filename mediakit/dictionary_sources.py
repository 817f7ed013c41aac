"""The frames of sources compared on one event."""

from __future__ import annotations

from .dictionary_parts import Frame, columns

SOURCES = (
    Frame(
        "same_event",
        "an article",
        "same_event(articles)",
        columns(
            "event int number of the event, from 1, earliest first",
            "article_id str the article",
            "source str the outlet that published it; missing where unknown",
            "published datetime when it was published; NaT where unknown",
            "n_articles int articles of the event",
            "n_sources int named sources of the event",
            "similarity float cosine with the centre of the event; 1 alone, NaN without words",
            "basis str text and dates, text alone (some article of the event has no date), or alone",
            "terms str words that weigh most in the event",
        ),
    ),
    Frame(
        "contrast",
        "something that one or both of two sides tell",
        "contrast(articles, a, b)",
        columns(
            "kind str actor, place, quotation, passage, number or term",
            "side str a only, b only, both, or differs (figures about the same thing)",
            "item str what it is: a name, the words, a figure with its unit, a term",
            "n_a int times that a tells it; 0: no mention was found by the rule of the kind",
            "n_b int times that b tells it",
            "article_a str the article of a with the first of them; missing where a has none",
            "start_a float first code point of it in that article's text; NaN where a has none",
            "end_a float code point after the last",
            "article_b str the article of b with the first of them; missing where b has none",
            "start_b float first code point of it in that article's text; NaN where b has none",
            "end_b float code point after the last",
            "note str how it was found or what to look at; empty where there is nothing to say",
        ),
    ),
    Frame(
        "contrast_places",
        "a place at which one side tells something",
        "contrast_places(contrast)",
        columns(
            "article_id str the article",
            "start int first code point of the place in `articles.text`",
            "end int code point after the last",
            "teller str a or b",
            "kind str as in the contrast",
            "side str as in the contrast",
            "item str as in the contrast",
            "note str as in the contrast",
        ),
    ),
)
