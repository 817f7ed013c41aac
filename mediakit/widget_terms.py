"""The explorer of terms: which are frequent, which set groups apart, what stands near, how evenly they are spread."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .coverage import PERIODS
from .evidence import evidence
from .frames import build, labels, require
from .plots import (
    plot_collocates,
    plot_dispersion,
    plot_keyness,
    plot_term_counts,
    plot_term_scatter,
    plot_term_timeline,
    plot_word_cloud,
)
from .term_collocates import collocates
from .term_dispersion import dispersion
from .term_keyness import keyness
from .term_kwic import kwic
from .terms import term_counts
from .text import stop_words
from .timelines import term_timeline
from .widget_explorer import Key, Plot, View, choice, drawn, explorer, groupings

VIEWS = ["most frequent", "key terms", "two groups", "collocates", "dispersion", "over time", "cloud"]
EVERY, OTHERS = "every group", "all the others"
_MOST_GROUPS = 60  # in the menus, those with most words first
_LINES = 3  # terms over time, where none is typed in
_FEW = 10  # articles; of fewer, paragraphs are the parts that terms are spread over


def explore_terms(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """Frequent and key terms by group, two groups against each other, collocates, dispersion, terms over time, a cloud.

    Click a term, or type one, to read it in context. Key terms and two groups are those of the target and the reference
    that are chosen; at first every group against all the others, and the two with the most words. Collocates are those
    of the term that is typed in, else of the most frequent one; over time, separate several terms by commas.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    counted = lru_cache(lambda by, n: term_counts(articles, by=by, n=n))

    menus = {"by": choice("By", groupings(articles)), "words": choice("Words", [1, 2, 3])}
    sides = {"target": choice("Target", [EVERY]), "reference": choice("Reference", [OTHERS])}

    def renew() -> None:
        groups = _groups(counted(menus["by"].value, 1), menus["by"].value)
        for menu, first in zip(sides.values(), (EVERY, OTHERS), strict=True):
            menu.options = [first, *groups[:_MOST_GROUPS]]

    renew()
    # before the explorer asks: the sides must be groups of the column when it draws
    menus["by"].observe(lambda _: renew(), names="value")

    def show(view: str, by: str, words: int, target: str, reference: str, search: str) -> View:
        if view == "over time":
            return _over_time(articles, _asked(search) or _frequent(counted(by, words)))
        counts = counted(by, words)
        if view == "collocates":
            return _near(articles, search.strip() or _first(counts) or "peace")
        if view == "dispersion":
            return _spread(articles, search)
        made = f"mk.term_counts(articles, by={by!r}, n={words})"
        if view in ("key terms", "two groups"):
            a, b = _sides(view, counts, by, target, reference)
            compared = _two if view == "two groups" and b else _key
            figure, data, code = compared(articles, counts, made, by, a, b)
        else:
            plot: Plot = plot_word_cloud if view == "cloud" else plot_term_counts
            data = counts
            figure, code = drawn(plot, data, articles, "", made)
        if search.strip():
            code += f"\nhits = mk.kwic(articles, {search!r})"
        unused = () if view in ("key terms", "two groups") else ("target", "reference")
        return View(figure, data, code, lambda key: _in_context(articles, by, search, data, key), unused=unused)

    search = controls.Text(
        description="In context", placeholder="a word or phrase, * for any letters", continuous_update=False
    )
    return explorer(
        show,
        {"view": choice("View", VIEWS), **menus, **sides, "search": search},
        articles,
        Path(folder) / "explore-terms",
    )


def _groups(counts: pd.DataFrame, by: str) -> list[str]:
    """The groups, those with the most words first."""
    return list(counts.groupby(by)["n"].sum().sort_values(ascending=False, kind="stable").index)


def _sides(view: str, counts: pd.DataFrame, by: str, target: str, reference: str) -> tuple[str | None, str | None]:
    """The target, None for every group; the reference, None for all the others. Two groups are always two."""
    groups = _groups(counts, by)
    a, b = (name if name in groups else None for name in (target, reference))
    if view == "two groups" and len(groups) > 1:
        a = a or next(name for name in groups if name != b)
        b = b or next(name for name in groups if name != a)
        if target == EVERY and reference == OTHERS:
            a, b = sorted((a, b))
    if a and a == b:
        raise ValueError(f"Target and reference are both {a!r}: choose two.")
    return a, b if a else None


def _key(
    articles: pd.DataFrame, counts: pd.DataFrame, made: str, by: str, a: str | None, b: str | None
) -> tuple[object, pd.DataFrame, str]:
    """Key terms of every group or of one, against all the others or against one: the figure, its frame, the code."""
    before, rows = f"counts = {made}\n", "counts"
    if b is not None:
        counts = counts[counts[by].isin([a, b])]
        before, rows = f"{before}pair = counts[counts[{by!r}].isin([{a!r}, {b!r}])]\n", "pair"
    target = "" if a is None else f"target={a!r}, "
    data = keyness(counts, target=a, by=by)
    figure, code = drawn(plot_keyness, data, articles, before, f"mk.keyness({rows}, {target}by={by!r})")
    return figure, data, code


def _first(counts: pd.DataFrame) -> str:
    totals = counts.groupby("term")["n"].sum()
    return str(totals.idxmax()) if len(totals) else ""


def _two(
    articles: pd.DataFrame, counts: pd.DataFrame, made: str, by: str, a: str | None, b: str | None
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


def _asked(search: str) -> list[str]:
    return [term.strip() for term in search.split(",") if term.strip()]


def _frequent(counts: pd.DataFrame) -> list[str]:
    totals = counts.groupby("term")["n"].sum().sort_values(ascending=False, kind="stable")
    return list(totals.index[:_LINES]) or ["peace"]


def _over_time(articles: pd.DataFrame, terms: list[str]) -> View:
    """Terms by period; a click shows the sentences of the articles of that period."""
    data = term_timeline(articles, terms)
    figure, made = drawn(plot_term_timeline, data, articles, "", f"mk.term_timeline(articles, {terms!r})")

    def behind(key: Key) -> pd.DataFrame:
        inside = articles
        if "period" in key:
            when = pd.to_datetime(articles["published"], utc=True).dt.tz_localize(None)
            code = PERIODS[data["unit"].iloc[0]]
            inside = articles[when.dt.to_period(code) == pd.Timestamp(key["period"]).tz_localize(None).to_period(code)]
        return evidence(kwic(inside, key.get("term") or terms[0]), articles)

    return View(figure, data, made, behind, unused=("by", "words", "target", "reference"))


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

    return View(figure, data, code, behind, unused=("by", "words", "target", "reference"))


def _spread(articles: pd.DataFrame, search: str) -> View:
    parts = "article" if len(articles) >= _FEW else "paragraph"
    every = dispersion(articles, parts=parts)
    data = every[~every["term"].isin(list(stop_words()))]
    before = f"spread = mk.dispersion(articles, parts={parts!r})\n"
    figure, code = drawn(plot_dispersion, data, articles, before, "spread[~spread['term'].isin(list(mk.stop_words()))]")
    unused = ("by", "words", "target", "reference")
    return View(figure, data, code, lambda key: _in_context(articles, "source", search, data, key), unused=unused)


def _in_context(articles: pd.DataFrame, by: str, search: str, data: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The sentences that hold the clicked term, the searched one, or else the first term of the frame."""
    term = key.get("term") or search.strip() or (data["term"].iloc[0] if len(data) else "")
    if not term:
        return build("evidence", [])
    group = key.get(by) or key.get("target")
    inside = articles if group is None else articles[labels(articles[by]) == group]
    return evidence(kwic(inside, term), articles)
