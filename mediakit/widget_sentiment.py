"""The explorer of sentiment: by group, through each article, and word by word."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .evidence import evidence
from .frames import require
from .plots import plot_differences, plot_sentiment, plot_summaries
from .sentiment import sentiment
from .sentiment_engines import engines
from .text import sentences
from .uncertainty import differences, summaries
from .widget_explorer import Key, Plot, View, choice, drawn, explorer, groupings, with_label


def explore_sentiment(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """Sentence sentiment by group or through each article; click a mark to read the sentences behind it.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    scored = lru_cache(lambda engine: sentiment(sentences(articles), engine=engine))

    def show(view: str, engine: str, by: str) -> View:
        rows = scored(engine)
        before = f"scored = mk.sentiment(mk.sentences(articles), engine={engine!r})\n"
        plot: Plot = plot_summaries
        made, options = f"mk.summaries(scored, by={by!r}, articles=articles)", {}
        if view == "differences":
            made, plot = f"mk.differences(scored, by={by!r}, articles=articles)", plot_differences
            data = differences(rows, by=by, articles=articles)
        elif view == "sentence by sentence":
            made, plot, options, data = "scored", plot_sentiment, {"by": by}, rows
        else:
            data = summaries(rows, by=by, articles=articles)
        figure, code = drawn(plot, data, articles, before, made, **options)
        return View(figure, data, code, lambda key: _strongest(rows, articles, by, key), ("polarity",))

    return explorer(
        show,
        {
            "view": choice("View", ["means", "differences", "sentence by sentence"]),
            "engine": choice("Engine", engines().query("available")["engine"].tolist()),
            "by": choice("By", groupings(articles)),
        },
        articles,
        Path(folder) / "explore-sentiment",
    )


def _strongest(rows: pd.DataFrame, articles: pd.DataFrame, by: str, key: Key) -> pd.DataFrame:
    """The scored sentences of a mark (a group, a pair of groups, or one sentence), strongest first."""
    # a clicked sentence is shown also when it has no score
    table = with_label(rows if "sentence_no" in key else rows.dropna(subset=["polarity"]), articles, by)
    groups = [key[name] for name in (by, "group", "group_a", "group_b") if name in key]
    if groups:
        table = table[table[by].isin(groups)]
    if "sentence_no" in key:
        same = (table["article_id"] == key["article_id"]) & (table["sentence_no"].astype(str) == key["sentence_no"])
        table = table[same]
    table = table.assign(strength=table["polarity"].abs())
    return evidence(table, articles).sort_values("strength", ascending=False, kind="stable")
