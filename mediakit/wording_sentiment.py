"""Sentiment in words: how much was scored, what carries it, what is suspect, how far engines agree."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import NOTHING, caveats, count, grouping, share, wrapped

_BARS = ((0.8, "reliable by convention"), (0.667, "enough for tentative conclusions by convention"))


def describe_sentiment(sentiment: pd.DataFrame) -> str:
    """How much of the text each engine could score, and how often two engines agree in sign."""
    require(sentiment, "sentiment")
    if sentiment.empty:
        return NOTHING
    lines, signs = [], {}
    for engine, rows in sentiment.groupby("engine", sort=False):
        scored = rows["polarity"].notna()
        # an engine that reads whole sentences scores each as one
        verb = "scores" if scored.all() and (rows["n_scored"] == 1).all() else "knows a word in"
        lines.append(f"{engine} {verb} {scored.sum()} of {count(len(rows), 'sentence')} ({share(scored)}).")
        values = rows.set_index(["article_id", "sentence_no"])["polarity"]
        signs[engine] = (values > 0).astype(int) - (values < 0).astype(int)
        signs[engine] = signs[engine][values.notna()]
    for place, (a, first) in enumerate(signs.items()):
        for b, second in list(signs.items())[place + 1 :]:
            both = pd.concat([first, second], axis=1, join="inner", keys=["a", "b"])
            if len(both):
                same = both["a"] == both["b"]
                lines.append(f"Where {a} and {b} both score, they give the same sign in {share(same)} of {len(both)}.")
    return wrapped(lines)


def describe_drivers(drivers: pd.DataFrame, *, most: int = 5) -> str:
    """The words that carry each engine's mean, with what it would be without them."""
    require(drivers, "drivers")
    known = drivers.dropna(subset=["effect"])
    if known.empty:
        return NOTHING
    keys = [*grouping(drivers, "drivers"), "engine"]
    lines = []
    for group, rows in known.groupby(keys, sort=False):
        top = rows.reindex(rows["effect"].abs().sort_values(ascending=False, kind="stable").index).head(most)
        named = [f"{row.term} {row.effect:+.3f} (n = {row.n:,})" for row in top.itertuples()]
        mean, half = rows["mean"].iloc[0], top["share"].sum()
        lines.append(
            f"{', '.join(map(str, group))}: mean {mean:+.3f} of {count(len(rows), 'term')}; most add or take "
            f"{', '.join(named)}; these {len(top)} make {half:.0%} of all contributions."
        )
    return wrapped(lines)


def describe_suspects(suspects: pd.DataFrame, words: pd.DataFrame) -> str:
    """How many of the words behind each engine's scores are suspect, by reason, with examples."""
    require(suspects, "suspects")
    require(words, "sentiment_words")
    if words.empty:
        return NOTHING
    lines = []
    for engine, rows in words.groupby("engine", sort=False):
        own = suspects[suspects["engine"] == engine]
        size = rows["contribution"].abs().sum()
        part = own["contribution"].abs().sum() / size if size else 0.0
        lines.append(f"{engine}: {len(own):,} of {count(len(rows), 'scored word')} suspect, {part:.0%} of what counts.")
        for reason, some in own.groupby("reason", sort=False):
            phrases = "; ".join(some["phrase"].value_counts().index[:4])
            lines.append(f"  {reason} ({len(some):,}): {phrases}.")
    return wrapped([*lines, "Rules propose, you decide: read the phrases before you ignore them."])


def describe_engine_agreement(agreement: pd.DataFrame) -> str:
    """How far engines agree beyond chance, by Krippendorff's α of the classes, and how often signs are opposite."""
    require(agreement, "engine_agreement")
    if agreement.empty:
        return NOTHING
    lines = []
    for engines, rows in agreement.groupby("engines", sort=False):
        by_measure = rows.set_index("measure")
        alpha = by_measure.loc["alpha_ordinal"]
        if pd.isna(alpha["value"]):
            lines.append(f"{engines}: agreement cannot be told ({alpha['caveat'] or 'nothing to compare'}).")
            continue
        said = f"{engines}: α {alpha['value']:.2f} ({_interval(alpha)}), {_meaning(alpha)}"
        if "opposite_signs" in by_measure.index:
            opposite = by_measure.loc["opposite_signs"]
            said += f"; opposite signs in {opposite['value']:.0%} of {count(int(alpha['n']), 'sentence')}"
        lines.append(f"{said}.")
    missing = int(agreement["n_missing"].max())
    if missing:
        lines.append(f"{count(missing, 'sentence')} that fewer than two engines could score left out.")
    return wrapped([*lines, *caveats(agreement)])


def _interval(row: pd.Series) -> str:
    return f"{row['ci_low']:.2f} to {row['ci_high']:.2f}" if pd.notna(row["ci_low"]) else "no interval"


def _meaning(row: pd.Series) -> str:
    """What convention says of the lower end of the interval: the value alone may be luck."""
    sure = row["ci_low"] if pd.notna(row["ci_low"]) else row["value"]
    words = next((words for bar, words in _BARS if sure >= bar), None)
    if words:
        return words
    if row["value"] >= _BARS[-1][0]:
        return "not surely above .667, the least for tentative conclusions"
    return "below .667, the least for tentative conclusions"
