"""The explorer of tone: who is written of in which tone, by whom; the sentences and the words that were weighed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import ipywidgets as controls
import pandas as pd

from .actor_counts import counted_mentions
from .actors import mentions as find_mentions
from .evidence import evidence
from .frames import build, labels, require
from .plots import plot_differences, plot_tone_summary
from .quotes import quotes as find_quotes
from .tone import tone as find_tone
from .tone import tone_words
from .tone_summaries import VOICES, tone_differences, tone_summary
from .widget_choices import EVERYWHERE, part_of, periods
from .widget_explorer import MOST_SHOWN, Key, View, choice, explorer, groupings

EVERYONE = "everyone"
EXTRA = ("tone towards", "voice", "words that the core model weighs")
MOST_WORDS, MOST_ACTORS = 5, 100


def explore_tone(
    articles: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    *,
    model: str | None = None,
    folder: str | Path = "figures",
) -> controls.VBox:
    """The tone towards each actor by source; click a mark to read the sentences and the words that were weighed.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, from `read_actors`; default: the one that comes with mediakit.
    model
        As in `tone`.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    given, option = ("", "") if actors is None else (", actors", ", actors=actors")
    named = find_mentions(articles, actors)
    spoken = find_quotes(articles, named, actors=actors)
    scored = find_tone(counted_mentions(named), articles, model=model, quotes=spoken)
    chosen = "" if model is None else f", model={model!r}"
    start = (
        f"named = mk.mentions(articles{given})\nspoken = mk.quotes(articles, named{option})\n"
        f"scored = mk.tone(mk.counted_mentions(named), articles{chosen}, quotes=spoken)\n"
    )

    @lru_cache(maxsize=32)
    def show(view: str, actor: str, by: str | None, voice: str | None, **part: Any) -> View:
        corpus, code = part_of(articles, **part)
        code = start + code
        rows = scored[scored["article_id"].isin(corpus["article_id"])]
        if actor != EVERYONE:
            rows = rows[rows["actor"] == actor]
            code += f"scored = scored[scored['actor'] == {actor!r}]\n"
        if view == COMPARED:
            by, voice = by or "source", voice or "outlet"
            data = tone_differences(rows, corpus, by=by, voice=voice)
            code += f"data = mk.tone_differences(scored, articles, by={by!r}, voice={voice!r})"
            plot: Any = plot_differences
        else:
            data = tone_summary(rows, corpus, by=by, voice=voice)
            code += f"data = mk.tone_summary(scored, articles, by={by!r}, voice={voice!r})"
            plot = plot_tone_summary
        code += f"\nfig = mk.{plot.__name__}(data, articles=articles)"
        figure = plot(data, articles=corpus, call=code)
        return View(figure, data, code, lambda key: _behind(rows, corpus, by, voice, key), EXTRA)

    most = scored["actor"].value_counts().index[:MOST_ACTORS].tolist()
    return explorer(
        show,
        {
            "view": choice("View", [MEANS, COMPARED]),
            "actor": choice("Actor", [EVERYONE, *most]),
            "by": choice("By", [*((name, name) for name in groupings(articles)), ("all together", None)]),
            "voice": choice("Voice", [*((name, name) for name in VOICES), ("both, apart", None)]),
            "source": choice("Source", [EVERYWHERE, *sorted(labels(articles["source"]).unique())]),
            "time": periods(articles),
        },
        articles,
        Path(folder) / "explore-tone",
    )


MEANS, COMPARED = "tone by actor", "groups compared"


def _behind(rows: pd.DataFrame, articles: pd.DataFrame, by: str | None, voice: str | None, key: Key) -> pd.DataFrame:
    """The mentions of a mark, those with the strongest tone first, with what was said of them and why."""
    voice = key.get("voice", voice)
    if voice:
        rows = rows[(rows["voice"] == "outlet") == (voice == "outlet")]
    who = key.get("actor") or key.get("measure", "").removeprefix("tone of ")
    if who:
        rows = rows[rows["actor"] == who]
    groups = [key[name] for name in (by or "", "group_a", "group_b") if name in key]
    if by and groups:
        inside = articles.loc[labels(articles[by]).isin(groups), "article_id"]
        rows = rows[rows["article_id"].isin(inside)]
    if rows.empty:
        return build("evidence", [])
    strongest = rows.assign(_size=(rows["positive"] - rows["negative"]).abs())
    order = strongest.sort_values("_size", ascending=False, kind="stable").drop(columns="_size").head(4 * MOST_SHOWN)
    return _told(order, articles)


def _told(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Evidence in the order of `rows`, each with its tone in words; several mentions in a sentence together."""
    order = {place: n for n, place in enumerate(zip(rows["article_id"], rows["start"], strict=True))}
    found = evidence(rows.rename(columns={"voice": "_voice"}), articles)
    weighed = _weighed(rows, articles)
    places = list(zip(found["article_id"], found["start"], strict=True))
    found = found.assign(
        **{
            EXTRA[0]: [f"{row.actor}: {_tone(row)}" for row in found.itertuples()],
            EXTRA[1]: found["_voice"].tolist(),
            EXTRA[2]: [weighed.get(place, "") for place in places],
        }
    )
    found = found.assign(_order=[order[place] for place in places]).sort_values("_order", kind="stable")
    one = found.groupby(["article_id", "sentence_start", "sentence_end"], sort=False)
    joined = {name: one[name].transform(lambda parts: "; ".join(dict.fromkeys(parts))) for name in EXTRA}
    return found.assign(**joined).drop(columns=["_order", "_voice"])


def _tone(row: Any) -> str:
    if pd.isna(row.tone):
        return "unsure"
    return f"{row.tone} ({getattr(row, row.tone):.0%})"


def _weighed(rows: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, int], str]:
    """For each mention the words with the largest weights: "accused −1.2, praised +0.8"."""
    words = tone_words(rows, articles)
    words = words[words["start"] != words["target_start"]]
    largest = words.loc[words["weight"].abs().sort_values(ascending=False, kind="stable").index]
    found = {}
    for (article_id, start), part in largest.groupby(["article_id", "target_start"], sort=False):
        most = part.head(MOST_WORDS)
        told = [f"{text} {weight:+.1f}" for text, weight in zip(most["text"], most["weight"], strict=True)]
        found[article_id, start] = ", ".join(told).replace("-", "−")
    return found
