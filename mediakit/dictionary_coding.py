"""The frames of coding by hand, and of engines measured by it."""

from __future__ import annotations

from .dictionary_parts import INTERVAL, SPAN, Frame, columns

CODING = (
    Frame(
        "coding_sample",
        "a sentence or mention to be coded by hand, in the order in which it is shown",
        "coding_sample(rows, n, by=…)",
        columns(
            "unit int place in the order of coding, from 0: random, so that any first part is a sample too",
            *SPAN,
            "text str what is coded: `articles.text[start:end]`",
            "target str the actor a mention names; NaN where the sentence itself is coded",
            "sentence str the sentence it stands in",
            "sentence_start int first code point of that sentence",
            "before str the sentence before; empty where there is none",
            "after str the sentence after; empty where there is none",
            "stratum int number of the stratum it was drawn from; numbers do not tell what the stratum holds",
            "n_stratum int sentences or mentions in the stratum",
            "n_sampled int how many of them were drawn",
            "probability float of being drawn: n_sampled / n_stratum",
            "weight float how many of the corpus it stands for: 1 / probability",
        ),
    ),
    Frame(
        "codings",
        "what one coder says of one sentence or mention",
        "read_codings(path)",
        columns(
            "article_id str the article",
            "start int first code point of what was coded in `articles.text`",
            "end int code point after the last",
            "text? str what was coded, on one line",
            "coder str who coded it",
            "label str the label that was given",
            "coded_at datetime when; NaT when unknown",
        ),
    ),
    Frame(
        "validation",
        "a measure of an engine (or of the coders) against the labels given by hand",
        "validation(scored, codings)",
        columns(
            "engine str the engine; coders; or always LABEL: what a label without any engine would reach",
            "measure str accuracy, macro_f1, precision, recall, f1, alpha (Krippendorff's, ordinal), unscored (share)",
            "label str the class of precision, recall and f1; NaN for measures of all",
            "value float the measure, weighted by the sample's weights where there are any",
            *INTERVAL,
            "n int coded units that the measure is made of",
            "n_articles int articles they come from",
            "unit str article, or unit: what the interval treats as a draw",
            "caveat str what the interval cannot say, and what was left out; empty when nothing",
        ),
    ),
    Frame(
        "confusion",
        "a pair of labels: given by hand, given by the engine",
        "confusion(scored, codings)",
        columns(
            "engine str the engine",
            "coded str the label given by hand",
            "scored str the label of the engine; unscored where it gave none",
            "n int units with this pair",
            "share float of the units that were coded so: weighted by the sample's weights where there are any",
        ),
    ),
    Frame(
        "codings_needed",
        "an engine's measure and how many codings an interval of the wanted width would take",
        "codings_needed(validation, width=…)",
        columns(
            "engine str the engine",
            "measure str the measure",
            "width float the wanted width of the 95 % interval, from end to end",
            "width_now float the width it has now; NaN when there is none",
            "n int units coded now",
            "n_needed int units that it would take in all, if the others are like these",
            "n_more int units still to code",
        ),
    ),
    Frame(
        "corrected_outcomes",
        "a unit of the corpus, scored by the engine, with its label corrected by the coded ones",
        "corrected_outcomes(scored, codings, sample=…)",
        columns(
            "article_id str the article",
            "start int first code point of the unit in `articles.text`",
            "end int code point after the last",
            "engine str the engine",
            "measure str what is averaged: share LABEL",
            "label str the label whose share is asked for",
            "predicted float 1 where the engine gave the label, else 0",
            "coded float 1 where it was given by hand, else 0; NaN where it was not coded",
            "outcome float what to average: its mean over any group has no error of the engine in it, however wrong "
            "the engine is; may lie outside 0 and 1",
        ),
    ),
    Frame(
        "corrected_shares",
        "the share of a label in a group, corrected for the engine's errors",
        "corrected_share(scored, codings, sample=…, by=…)",
        columns(
            "engine str the engine",
            "label str the label",
            "n int units of the group",
            "n_articles int articles of the group",
            "n_coded int units of the group that were coded",
            "share_engine float the share as the engine has it: mean of the article means",
            "share float the corrected share; NaN when too few were coded",
            *INTERVAL,
            "n_needed int about how many coded units an interval 20 points wide would take",
            "caveat str why there is no share or no interval; empty when nothing",
        ),
        grouped=True,
    ),
)
