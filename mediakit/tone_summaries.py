"""Tone by actor and group: means with intervals by article, the outlet's voice and quoted ones apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .actor_counts import grouped_articles
from .actor_intervals import few_articles, ratio_interval
from .frames import as_list, build, group_keys, require
from .uncertainty import TOO_FEW, differences_of_each

__all__ = ["article_tone", "tone_differences", "tone_summary"]

VOICES = ("outlet", "quoted")
ABOVE, BELOW, UNSURE = "above 0", "below 0", "cannot be told from 0"
_MEANS = ("negative", "neutral", "positive")
_SENTENCE = ["article_id", "actor", "voice", "sentence_no"]


def article_tone(tone: pd.DataFrame, *, voice: str | None = "outlet") -> pd.DataFrame:
    """The tone of each article towards each actor it mentions: the rows to compare sources by.

    Parameters
    ----------
    tone
        One row per mention, made by `tone(mentions, articles)`; keep only the mentions you want to count.
    voice
        "outlet" (the outlet's own words), "quoted" (those of whomever it quotes), or None for both, apart.

    Returns
    -------
    One row per article, actor and voice, in the order of `tone`: article_id, actor, voice, n (mentions), n_sentences,
    negative, neutral, positive (mean probabilities over the sentences), tone (positive less negative), abstained. A
    sentence with several mentions of the actor counts once, with their mean. Mentions whose tone is unsure count with
    their probabilities, as all do: leaving them out would make any mean more extreme than it is.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        There is no such voice.
    """
    rows = _by_sentence(tone, voice).groupby(["article_id", "actor", "voice"], sort=False)
    table = rows.agg(n=("n", "sum"), n_sentences=("n", "size"), **_mean(_MEANS), abstained=("abstain", "mean"))
    return build("article_tone", table.reset_index().assign(tone=lambda t: t["positive"] - t["negative"]))


def tone_summary(
    tone: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = ("actor", "source"),
    voice: str | None = "outlet",
) -> pd.DataFrame:
    """The tone towards each actor, in all articles or in each group of them, with an interval by article.

    Parameters
    ----------
    tone
        One row per mention, made by `tone(mentions, articles)`; keep only the mentions you want to count.
    articles
        The articles they stand in; mentions in others are left out.
    by
        "actor" and columns of `articles`; actors are always kept apart. Missing values form the group "unknown".
    voice
        "outlet" (the outlet's own words), "quoted" (those of whomever it quotes), or None for both, apart.

    Returns
    -------
    One row per (group,) actor and voice, most sentences first: the `by` columns but actor, actor, voice, n (mentions),
    n_sentences, n_articles, negative, neutral, positive (expected shares of sentences: mean probabilities), value
    (positive less negative: the tone, from -1 to 1), ci_low and ci_high (95 %, articles as draws), abstained, verdict,
    caveat. A sentence with several mentions of an actor counts once, with their mean; all sentences of a group weigh
    the same. The interval is that of `ratio_interval` for the sum of tones per sentence; NaN, and the verdict "too
    few", below 5 articles. The verdict speaks of each row alone: of twenty actors of neutral tone one is not 0 by
    chance. It does not say that two groups differ: ask `tone_differences`.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        There is no such voice.
    """
    require(articles, "articles", "article_id")
    keys = group_keys([key for key in as_list(by) if key != "actor"], "tone_summary", articles.columns)
    groups, private = grouped_articles(articles, keys)
    rows = _by_sentence(tone, voice).merge(groups, on="article_id")
    records = []
    for key, part in rows.groupby([*private, "actor", "voice"], sort=True):
        records.append(dict(zip([*keys, "actor", "voice"], key, strict=True)) | _summary(part))
    columns = {key: pd.Series(dtype="str") for key in keys}
    table = build("tone_summary", records or columns)
    order = table.sort_values([*keys, "n_sentences"], ascending=[True] * len(keys) + [False], kind="stable")
    return order.reset_index(drop=True)


def tone_differences(
    tone: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actors: str | Iterable[str] | None = None,
    by: str = "source",
    voice: str = "outlet",
    most: int = 12,
    seed: int = 0,
) -> pd.DataFrame:
    """Which groups of articles write in a different tone about an actor, and which cannot be told apart.

    Parameters
    ----------
    tone
        One row per mention, made by `tone(mentions, articles)`.
    articles
        The articles they stand in; here `by` is looked up.
    actors
        Whom to compare; None takes everyone in `tone`.
    by
        A column of `articles`.
    voice
        "outlet" or "quoted": whose words are compared.
    most
        Compare only this many groups, those with the most articles.
    seed
        For the permutations, as in `differences`.

    Returns
    -------
    The frame `differences` with a row per actor and pair of groups, and the column actor: measure is "tone of Jane
    Doe", the mean over articles of their tone (`article_tone`). The article is the unit always; p_adjusted is over all
    actors and pairs (Benjamini–Hochberg). Below 5 articles that mention the actor on either side the verdict is "too
    few". The model errs alike on all sources as far as is known; where they write of different things, it need not.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        There is no such voice, or `voice` is None.
    """
    if voice is None:
        raise ValueError("tone_differences compares one voice: 'outlet' or 'quoted'.")
    require(articles, "articles", "article_id")
    rows = article_tone(tone, voice=voice)
    if actors is not None:
        rows = rows[rows["actor"].isin(as_list(actors))]
    rows = rows.loc[rows["article_id"].isin(articles["article_id"]), ["article_id", "actor", "tone"]]
    return differences_of_each(rows, "actor", value="tone", by=by, articles=articles, most=most, seed=seed)


def _by_sentence(tone: pd.DataFrame, voice: str | None) -> pd.DataFrame:
    """A row per sentence, actor and voice: the mean of the mentions; unsure where all of them are."""
    require(tone, "tone", "article_id", "sentence_no", "actor", *_MEANS, "abstain", "voice")
    if voice is not None and voice not in VOICES:
        raise ValueError(f"voice={voice!r} is none of {', '.join(VOICES)}; None takes both, apart.")
    whose = np.where(tone["voice"] == "outlet", *VOICES)
    rows = tone[["article_id", "sentence_no", "actor", *_MEANS, "abstain"]].assign(voice=whose)
    if voice is not None:
        rows = rows[rows["voice"] == voice]
    grouped = rows.groupby(_SENTENCE, sort=False)
    return grouped.agg(n=("abstain", "size"), **_mean(_MEANS), abstain=("abstain", "min")).reset_index()


def _mean(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    return {name: (name, "mean") for name in names}


def _summary(part: pd.DataFrame) -> dict[str, object]:
    """The numbers of one actor in one voice, from its sentences."""
    value = part["positive"] - part["negative"]
    # the interval is made for shares: from -1 … 1 to 0 … 1 and back
    articles = ((1 + value) / 2).groupby(part["article_id"].to_numpy()).agg(["sum", "size"])
    low, high = ratio_interval(articles["sum"].to_numpy(), articles["size"].to_numpy())
    caveat = few_articles(len(articles))
    verdict = TOO_FEW if np.isnan(low) else ABOVE if low > 0.5 else BELOW if high < 0.5 else UNSURE
    return {
        "n": int(part["n"].sum()),
        "n_sentences": len(part),
        "n_articles": len(articles),
        **{name: float(part[name].mean()) for name in _MEANS},
        "value": float(value.mean()),
        "ci_low": 2 * low - 1,
        "ci_high": 2 * high - 1,
        "abstained": float(part["abstain"].mean()),
        "verdict": verdict,
        "caveat": caveat,
    }
