"""The frames of tone towards an actor."""

from __future__ import annotations

from .dictionary_parts import INTERVAL, SPAN, Frame, columns

TONE = (
    Frame(
        "tone",
        "a mention of an actor and the tone of its sentence towards this actor",
        "tone(mentions, articles)",
        columns(
            *SPAN,
            "text str as written: `articles.text[start:end]`",
            "actor str the name the actor is counted under",
            "type? str person, country, organisation, group, media",
            "form? str how it is mentioned: name, surname, pronoun …",
            "part? str title, heading or body",
            "negative float probability that the sentence is negative towards the actor",
            "neutral float that it is neutral",
            "positive float that it is positive; the three sum to 1",
            "tone str the likeliest of the three; missing where abstain is True",
            "abstain bool whether even the likeliest is too unsure to be named",
            "voice str outlet, or the speaker in whose quotation the mention stands (the kind in brackets if nameless)",
            "quoted str kind of that quotation: direct, partial or indirect; missing in the outlet's own voice",
            "model str what scored it: encoder or core",
        ),
    ),
    Frame(
        "tone_words",
        "a word that the core model weighs for a mention",
        "tone_words(tone, articles)",
        columns(
            *SPAN,
            "text str the word as written: `articles.text[start:end]`",
            "actor str the actor of the mention",
            "target_start int first code point of the mention",
            "target_end int code point after the last",
            "weight float what the word adds to the log odds of positive against negative",
            "constant float what no word adds: biases, what the target is; with the weights it sums to total",
            "total float log of the probability of positive over that of negative, by the core model",
        ),
    ),
    Frame(
        "article_tone",
        "an actor in an article, in one voice",
        "article_tone(tone)",
        columns(
            "article_id str the article",
            "actor str the actor",
            "voice str outlet or quoted",
            "n int mentions",
            "n_sentences int sentences with them; one with several counts once, with their mean",
            "negative float mean probability over the sentences",
            "neutral float mean probability",
            "positive float mean probability",
            "tone float positive less negative, from -1 to 1",
            "abstained float share of the sentences without a mention whose tone was sure enough to be named",
        ),
    ),
    Frame(
        "tone_summary",
        "an actor in one voice (in a group)",
        "tone_summary(tone, articles)",
        columns(
            "actor str the actor",
            "voice str outlet (the outlet's own words) or quoted (those of whomever it quotes)",
            "n int mentions",
            "n_sentences int sentences with them; one with several counts once, with their mean",
            "n_articles int articles they stand in",
            "negative float expected share of sentences negative towards the actor: the mean probability",
            "neutral float expected share of neutral ones",
            "positive float expected share of positive ones; the three sum to 1",
            "value float tone: positive less negative, from -1 to 1",
            *INTERVAL,
            "abstained float share of the sentences without a mention whose tone was sure enough to be named",
            "verdict str above 0, below 0, cannot be told from 0, or too few",
            "caveat str what the interval cannot say; empty when nothing",
        ),
        grouped=True,
    ),
)
