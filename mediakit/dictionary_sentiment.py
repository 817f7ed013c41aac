"""The frames of sentiment: engines, the words behind a score, what carries it, how far engines agree."""

from __future__ import annotations

from .dictionary_parts import INTERVAL, SENTENCE, Frame, columns

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
    Frame(
        "drivers",
        "a term that carries the mean polarity",
        "drivers(words)",
        columns(
            "engine str the engine's name",
            "term str as the engine's word list has it",
            "n int times it counts",
            "n_articles int articles it counts in",
            "weight float mean weight, after the rules",
            "total float sum of its contributions to the polarity of sentences",
            "share float of the contributions of all words, signs left aside",
            "mean float polarity: mean of the article means",
            "mean_without float the same when the term does not count; NaN when nothing else is scored",
            "effect float mean less mean_without",
        ),
        grouped=True,
    ),
    Frame(
        "suspects",
        "a word behind a score that is likely to say nothing about it",
        "suspects(words, sentences)",
        columns(
            *WORD,
            "reason str name, capitals, homonym or no judgement",
            "phrase str the name, or the word and what is beside it",
            "meaning str what it means there",
        ),
    ),
    Frame(
        "suspect_terms",
        "a term that is suspect for one reason",
        "suspect_terms(suspects, words)",
        columns(
            "engine str the engine's name",
            "term str as the engine's word list has it",
            "reason str name, capitals, homonym or no judgement",
            "n int times the term is scored",
            "n_suspected int times it is suspect",
            "n_articles int articles with a suspect one",
            "total float contributions of the suspect ones to the polarity of their sentences",
            "size float the same, signs left aside",
            "phrases str the three most frequent phrases, by semicolon",
        ),
    ),
    Frame(
        "engine_agreement",
        "a measure of how far engines agree",
        "engine_agreement(scored)",
        columns(
            "engines str the engines that are compared, by comma",
            "measure str alpha_ordinal, _interval or _nominal, kappa, kappa_linear, same_class, opposite_signs",
            "value float the measure; NaN when it is not defined",
            *INTERVAL,
            "n int sentences that two engines or more have scored",
            "n_articles int articles they come from",
            "n_missing int sentences that fewer than two of them have scored",
            "caveat str what the interval cannot say; empty when nothing",
        ),
    ),
    Frame(
        "disagreements",
        "a sentence that engines see differently",
        "disagreements(scored)",
        columns(
            *SENTENCE,
            "engine_high str the engine to which it is most positive",
            "polarity_high float its polarity by that engine",
            "engine_low str the engine to which it is most negative",
            "polarity_low float its polarity by that engine",
            "distance float between the two, each in units of its engine's root mean square polarity",
            "opposite bool whether one is above 0 and the other below",
        ),
    ),
)
