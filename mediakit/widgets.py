"""The explorers of sentiment and sources; `widget_*` hold the others and what all are made of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .evidence import evidence
from .frames import build, labels, require
from .plots import (
    plot_differences,
    plot_sentiment,
    plot_source_similarity,
    plot_summaries,
)
from .sentiment import ENGINES, sentiment
from .sources import reused_passages, shared_terms, source_similarity
from .term_kwic import kwic
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
            "engine": choice("Engine", list(ENGINES)),
            "by": choice("By", groupings(articles)),
        },
        articles,
        Path(folder) / "explore-sentiment",
    )


def explore_sources(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """How alike sources are, which words and passages make them so; click a pair to read them.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    passages = lru_cache(lambda length: reused_passages(articles, min_tokens=length))

    def show(by: str, measure: str, passage: int) -> View:
        data = source_similarity(articles, by=by, min_tokens=passage)
        made = f"mk.source_similarity(articles, by={by!r}, min_tokens={passage})"
        figure, code = drawn(plot_source_similarity, data, articles, "", made, by=by, measure=measure)
        code += f"\nprint(mk.describe_confounds(mk.confounds(articles, by={by!r})))"
        return View(figure, data, code, lambda key: _alike(articles, by, passages(passage), data, key))

    return explorer(
        show,
        {
            "by": choice("By", groupings(articles)),
            "measure": choice("Measure", ["cosine", "cosine_corrected"]),
            "passage": controls.IntSlider(8, 5, 20, description="Passage of", continuous_update=False),
        },
        articles,
        Path(folder) / "explore-sources",
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


def _alike(articles: pd.DataFrame, by: str, passages: pd.DataFrame, data: pd.DataFrame, key: Key) -> pd.DataFrame:
    """Passages that two sources share, or else the sentences with the words that make them alike."""
    if not key and data.empty:
        return build("evidence", [])
    a, b = (key["source_a"], key["source_b"]) if key else data.loc[0, ["source_a", "source_b"]]
    side = dict(zip(articles["article_id"], labels(articles[by]), strict=True))
    sides = pd.DataFrame({"a": passages["article_a"].map(side), "b": passages["article_b"].map(side)})
    across = sides["a"].isin([a, b]) & sides["b"].isin([a, b]) & (sides["a"] != sides["b"])
    if across.any():
        return evidence(passages[across], articles)
    pair = articles[labels(articles[by]).isin([a, b])]
    terms = shared_terms(articles, a, b, by=by)["term"].head(3)
    hits = [kwic(pair, term) for term in terms]
    return evidence(pd.concat(hits), articles) if hits else build("evidence", [])
