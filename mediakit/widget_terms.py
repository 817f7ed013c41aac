"""The explorer of terms: which are frequent, which set groups apart, what stands near, how evenly they are spread."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .evidence import evidence
from .frames import build, labels, require
from .plots import (
    plot_collocates,
    plot_dispersion,
    plot_keyness,
    plot_term_counts,
    plot_term_scatter,
    plot_word_cloud,
)
from .term_collocates import collocates
from .term_dispersion import dispersion
from .term_keyness import keyness
from .term_kwic import kwic
from .terms import term_counts
from .text import stop_words
from .widget_explorer import Key, Plot, View, choice, drawn, explorer, groupings

VIEWS = ["most frequent", "key terms", "two groups", "collocates", "dispersion", "cloud"]
_FEW = 10  # articles; of fewer, paragraphs are the parts that terms are spread over


def explore_terms(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """Frequent and key terms by group, two groups against each other, collocates, dispersion, a cloud.

    Click a term, or type one, to read it in context. "Two groups" are those with the most words; collocates are those
    of the term that is typed in, else of the most frequent one.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    counted = lru_cache(lambda by, n: term_counts(articles, by=by, n=n))

    def show(view: str, by: str, words: int, search: str) -> View:
        counts = counted(by, words)
        if view == "collocates":
            return _near(articles, search.strip() or _first(counts) or "peace")
        if view == "dispersion":
            return _spread(articles, search)
        data, before, made = counts, "", f"mk.term_counts(articles, by={by!r}, n={words})"
        plot: Plot = plot_word_cloud if view == "cloud" else plot_term_counts
        sizes = counts.groupby(by)["n"].sum().sort_values(ascending=False, kind="stable")
        if view == "two groups" and len(sizes) > 1:
            figure, data, code = _two(articles, counts, made, by, *sorted(sizes.index[:2]))
        else:
            if view in ("key terms", "two groups"):
                before, made, plot = f"counts = {made}\n", f"mk.keyness(counts, by={by!r})", plot_keyness
                data = keyness(data, by=by)
            figure, code = drawn(plot, data, articles, before, made)
        if search.strip():
            code += f"\nhits = mk.kwic(articles, {search!r})"
        return View(figure, data, code, lambda key: _in_context(articles, by, search, data, key))

    return explorer(
        show,
        {
            "view": choice("View", VIEWS),
            "by": choice("By", groupings(articles)),
            "words": choice("Words", [1, 2, 3]),
            "search": controls.Text(
                description="In context", placeholder="a word or phrase, * for any letters", continuous_update=False
            ),
        },
        articles,
        Path(folder) / "explore-terms",
    )


def _first(counts: pd.DataFrame) -> str:
    totals = counts.groupby("term")["n"].sum()
    return str(totals.idxmax()) if len(totals) else ""


def _two(
    articles: pd.DataFrame, counts: pd.DataFrame, made: str, by: str, a: str, b: str
) -> tuple[object, pd.DataFrame, str]:
    """Two groups against each other: the figure, the counts of both, the code."""
    pair = counts[counts[by].isin([a, b])]
    code = (
        f"counts = {made}\n"
        f"pair = counts[counts[{by!r}].isin([{a!r}, {b!r}])]\n"
        f"key = mk.keyness(pair, target={a!r}, by={by!r})\n"
        f"fig = mk.plot_term_scatter(pair, {a!r}, {b!r}, by={by!r}, keyness=key, articles=articles)"
    )
    key = keyness(pair, target=a, by=by)
    return plot_term_scatter(pair, a, b, by=by, keyness=key, articles=articles, call=code), pair, code


def _near(articles: pd.DataFrame, node: str) -> View:
    """What stands near a word; a click shows the sentences that hold both."""
    data = collocates(articles, node)
    figure, code = drawn(plot_collocates, data, articles, "", f"mk.collocates(articles, {node!r})")

    def behind(key: Key) -> pd.DataFrame:
        hits = kwic(articles, node)
        if "term" in key:
            place = ["article_id", "sentence_no"]
            hits = hits.merge(kwic(articles, key["term"])[place].drop_duplicates(), on=place)
        return evidence(hits, articles)

    return View(figure, data, code, behind, unused=("by", "words"))


def _spread(articles: pd.DataFrame, search: str) -> View:
    parts = "article" if len(articles) >= _FEW else "paragraph"
    every = dispersion(articles, parts=parts)
    data = every[~every["term"].isin(list(stop_words()))]
    before = f"spread = mk.dispersion(articles, parts={parts!r})\n"
    figure, code = drawn(plot_dispersion, data, articles, before, "spread[~spread['term'].isin(list(mk.stop_words()))]")
    return View(
        figure, data, code, lambda key: _in_context(articles, "source", search, data, key), unused=("by", "words")
    )


def _in_context(articles: pd.DataFrame, by: str, search: str, data: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The sentences that hold the clicked term, the searched one, or else the first term of the frame."""
    term = key.get("term") or search.strip() or (data["term"].iloc[0] if len(data) else "")
    if not term:
        return build("evidence", [])
    group = key.get(by) or key.get("target")
    inside = articles if group is None else articles[labels(articles[by]) == group]
    return evidence(kwic(inside, term), articles)
