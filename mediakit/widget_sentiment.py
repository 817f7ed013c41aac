"""The explorer of sentiment: by group, through each article, and word by word."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .display_sentiment import sentiment_html
from .evidence import evidence
from .frames import build, require
from .plots import plot_differences, plot_drivers, plot_sentiment, plot_summaries
from .sentiment import sentiment
from .sentiment_drivers import drivers
from .sentiment_engines import engines
from .sentiment_words import sentiment_words
from .text import sentences
from .uncertainty import differences, summaries
from .widget_explorer import Key, Plot, View, choice, drawn, explorer, groupings, with_label

CARRIED, READ = "words that carry it", "word by word"
_VIEWS = ["means", "differences", "sentence by sentence", CARRIED, READ]
_MOST_READ = 20
_NO_WORDS = "<p>This engine scores a sentence as a whole: it names no words.</p>"


def explore_sentiment(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """Sentence sentiment by group, through each article and word by word; click a mark to read the sentences behind it.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    ready = engines().query("available").set_index("engine")["formula"]
    table = lru_cache(maxsize=1)(lambda: sentences(articles))
    scored = lru_cache(maxsize=8)(lambda engine, ignore: sentiment(table(), engine=engine, ignore=ignore))
    words = lru_cache(maxsize=8)(lambda engine, ignore: sentiment_words(table(), engine=engine, ignore=ignore))

    def show(view: str, engine: str, by: str, ignore: str) -> View:
        told = pd.notna(ready[engine])
        listed = tuple(dict.fromkeys(ignore.replace(",", " ").split())) if told else ()
        asked = f"engine={engine!r}" + (f", ignore={list(listed)!r}" if listed else "")
        unused = () if told else ("ignore",)
        if view in (CARRIED, READ) and not told:
            code = f"from IPython.display import HTML\npage = HTML({_NO_WORDS!r})"
            return View(None, build("sentiment_words", []), code, _nothing, page=_NO_WORDS, unused=("by", "ignore"))
        if view == CARRIED:
            return _carried(words(engine, listed), articles, asked)
        rows = scored(engine, listed)
        if view == READ:
            return _read(words(engine, listed), rows, asked)
        return _scores(view, rows, by, articles, asked)._replace(unused=unused)

    return explorer(
        show,
        {
            "view": choice("View", _VIEWS),
            "engine": choice("Engine", ready.index.tolist()),
            "by": choice("By", groupings(articles)),
            "ignore": controls.Text(description="Ignore", placeholder="peace, war, attack*", continuous_update=False),
        },
        articles,
        Path(folder) / "explore-sentiment",
    )


def _scores(view: str, rows: pd.DataFrame, by: str, articles: pd.DataFrame, asked: str) -> View:
    """Means, differences, or every sentence as a point."""
    before = f"scored = mk.sentiment(mk.sentences(articles), {asked})\n"
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


def _carried(words: pd.DataFrame, articles: pd.DataFrame, asked: str) -> View:
    """The words that carry the mean; behind each, the sentences in which it counts."""
    before = f"words = mk.sentiment_words(mk.sentences(articles), {asked})\n"
    data = drivers(words)
    figure, code = drawn(plot_drivers, data, articles, before, "mk.drivers(words)")

    def behind(key: Key) -> pd.DataFrame:
        rows = words[words["term"] == key["term"]] if "term" in key else words
        rows = rows.assign(strength=rows["contribution"].abs())
        return evidence(rows, articles).sort_values("strength", ascending=False, kind="stable")

    return View(figure, data, code, behind, ("weight", "rule"), unused=("by",))


def _read(words: pd.DataFrame, rows: pd.DataFrame, asked: str) -> View:
    """Sentences with their words coloured, those with the strongest scores first."""
    order = rows["polarity"].abs().sort_values(ascending=False, na_position="last", kind="stable").index
    code = (
        f"scored = mk.sentiment(mk.sentences(articles), {asked})\nwords = mk.sentiment_words(scored, {asked})\n"
        "strongest = scored['polarity'].abs().sort_values(ascending=False, na_position='last', kind='stable').index\n"
        f"page = mk.show_sentiment(words, scored.loc[strongest], most={_MOST_READ})"
    )
    page = sentiment_html(words, rows.loc[order], most=_MOST_READ)
    return View(None, words, code, _nothing, page=page, unused=("by",))


def _nothing(_: object) -> pd.DataFrame:
    """What is shown is its own evidence."""
    return build("evidence", [])


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
