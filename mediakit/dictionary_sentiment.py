"""The frames of sentiment: engines, the words behind a score, what carries it, how far engines agree."""

from __future__ import annotations

from .dictionary_parts import Frame, columns

WORD = (
    "article_id str the article the word stands in",
    "sentence_no int number of the sentence in the article, from 0",
    "start int first code point of the word in `articles.text`",
    "end int code point after the last",
    "text str the word as written: `articles.text[start:end]`",
    "engine str the engine's name",
    "term str as the engine's word list has it",
    "base float weight in the word list",
    "weight float weight after the rules",
    "rule str what changed the weight, by comma; as listed where nothing did; emphasis for marks",
    "modifiers str the words that changed it, by comma; empty when none",
    "formula str how weights make the polarity: mean, normalised sum or sum",
    "contribution float what the word adds to the sentence's polarity; they sum to it",
    "subjectivity float from 0 to 1; NaN when the engine has no such measure",
)

SENTIMENT = (
    Frame(
        "engines",
        "a sentiment engine",
        "engines()",
        columns(
            "engine str its name",
            "formula str how the weights of its words make the polarity; missing when it names no words",
            "available bool whether it can be used here",
            "remedy str what to do when it cannot; empty when it can",
            "about str what it is",
        ),
    ),
    Frame("sentiment_words", "a word behind a score", "sentiment_words(sentences)", columns(*WORD)),
    Frame(
        "polarities",
        "a sentence as some of its words score it",
        "polarity_of(words)",
        columns(
            "article_id str the article",
            "sentence_no int number of the sentence in the article, from 0",
            "engine str the engine's name",
            "polarity float from -1 (negative) to 1 (positive)",
            "subjectivity float from 0 to 1; NaN when the engine has no such measure",
            "n_scored int words or phrases that count",
        ),
    ),
)
