"""Explorers: controls over the pure functions, with the evidence and the line of code beside the picture.

Each `explore_X` is a function from the values of its controls to a `View`; `_explorer` does the rest. Nothing is
computed here: a view prints the code that makes it, and a test runs that code to see that it makes the same figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as controls
import pandas as pd

from .actors import co_mentions, mention_counts
from .actors import mentions as find_mentions
from .display import evidence_html
from .evidence import evidence
from .export import save_figure
from .frames import FRAMES, build, labels, require
from .plot_widget import figure_widget
from .plots import (
    plot_co_mentions,
    plot_differences,
    plot_keyness,
    plot_mention_counts,
    plot_sentiment,
    plot_source_similarity,
    plot_summaries,
    plot_term_counts,
    plot_word_cloud,
)
from .sentiment import ENGINES, sentiment
from .sources import reused_passages, shared_terms, source_similarity
from .terms import keyness, kwic, term_counts
from .text import sentences
from .uncertainty import differences, summaries

Key = Mapping[str, str]  # the naming columns of a clicked mark, e.g. {"source": "Outlet A", "term": "peace"}
Plot = Callable[..., Any]

MOST_SHOWN = 20
NAMES = ("name", "surname", "variant", "title")
FORMS = {"names": NAMES, "names and metonyms": (*NAMES, "metonym"), "all, adjectives too": None}


class View(NamedTuple):
    """What one setting of the controls shows: a figure, the frame and the code behind it, the way to its evidence."""

    figure: Any
    data: pd.DataFrame
    code: str
    behind: Callable[[Key], pd.DataFrame]
    extra: tuple[str, ...] = ()


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
        figure, code = _drawn(plot, data, articles, before, made, **options)
        return View(figure, data, code, lambda key: _strongest(rows, articles, by, key), ("polarity",))

    return _explorer(
        show,
        {
            "view": _choice("View", ["means", "differences", "sentence by sentence"]),
            "engine": _choice("Engine", list(ENGINES)),
            "by": _choice("By", _groupings(articles)),
        },
        articles,
        Path(folder) / "explore-sentiment",
    )


def explore_terms(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """Frequent and key terms by group, as dots or as a cloud; click a term, or type one, to read it in context.

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
        data = counted(by, words)
        before, made = "", f"mk.term_counts(articles, by={by!r}, n={words})"
        plot: Plot = plot_word_cloud if view == "cloud" else plot_term_counts
        if view == "key terms":
            before, made, plot = f"counts = {made}\n", f"mk.keyness(counts, by={by!r})", plot_keyness
            data = keyness(data, by=by)
        figure, code = _drawn(plot, data, articles, before, made)
        if search.strip():
            code += f"\nhits = mk.kwic(articles, {search!r})"
        return View(figure, data, code, lambda key: _in_context(articles, by, search, data, key))

    return _explorer(
        show,
        {
            "view": _choice("View", ["most frequent", "key terms", "cloud"]),
            "by": _choice("By", _groupings(articles)),
            "words": _choice("Words", [1, 2, 3]),
            "search": controls.Text(
                description="In context", placeholder="a word or phrase, * for any letters", continuous_update=False
            ),
        },
        articles,
        Path(folder) / "explore-terms",
    )


def explore_actors(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, *, folder: str | Path = "figures"
) -> controls.VBox:
    """Who is named, by group, and who together with whom; click an actor or a pair to read the sentences.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, from `read_actors`; default: the one that comes with mediakit.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    found = find_mentions(articles, actors)
    types = ["all", *sorted(found["type"].unique())]
    found_by = "mk.mentions(articles)" if actors is None else "mk.mentions(articles, actors)"

    def show(view: str, by: str, type: str, forms: str) -> View:
        rows, before = found, f"found = {found_by}\n"
        if type != "all":
            rows = rows[rows["type"] == type]
            before += f"found = found[found['type'] == {type!r}]\n"
        if FORMS[forms] is not None:
            rows = rows[rows["form"].isin(FORMS[forms])]
            before += f"found = found[found['form'].isin({FORMS[forms]!r})]\n"
        if view == "named together":
            data, made = co_mentions(rows), "mk.co_mentions(found)"
            figure, code = _drawn(plot_co_mentions, data, articles, before, made)
            # an actor of the network is shown where it is named with another
            rows = rows[rows.groupby(["article_id", "sentence_no"])["actor"].transform("nunique") > 1]
        else:
            data, made = mention_counts(rows, articles, by=by), f"mk.mention_counts(found, articles, by={by!r})"
            figure, code = _drawn(plot_mention_counts, data, articles, before, made)
        return View(figure, data, code, lambda key: _mentioned(rows, articles, key))

    return _explorer(
        show,
        {
            "view": _choice("View", ["mentions", "named together"]),
            "by": _choice("By", _groupings(articles)),
            "type": _choice("Type", types),
            "forms": _choice("Forms", list(FORMS)),
        },
        articles,
        Path(folder) / "explore-actors",
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

    def show(by: str, passage: int) -> View:
        data = source_similarity(articles, by=by, min_tokens=passage)
        made = f"mk.source_similarity(articles, by={by!r}, min_tokens={passage})"
        figure, code = _drawn(plot_source_similarity, data, articles, "", made, by=by)
        return View(figure, data, code, lambda key: _alike(articles, by, passages(passage), data, key))

    return _explorer(
        show,
        {
            "by": _choice("By", _groupings(articles)),
            "passage": controls.IntSlider(8, 5, 20, description="Passage of", continuous_update=False),
        },
        articles,
        Path(folder) / "explore-sources",
    )


def _drawn(
    plot: Callable[..., Any], data: pd.DataFrame, articles: pd.DataFrame, before: str, made: str, **options: str
) -> tuple[Any, str]:
    """The figure of a frame, and the lines of code that make it again."""
    given = "".join(f"{name}={value!r}, " for name, value in options.items())
    code = f"{before}data = {made}\nfig = mk.{plot.__name__}(data, {given}articles=articles)"
    return plot(data, articles=articles, call=code, **options), code


def _strongest(rows: pd.DataFrame, articles: pd.DataFrame, by: str, key: Key) -> pd.DataFrame:
    """The scored sentences of a mark (a group, a pair of groups, or one sentence), strongest first."""
    # a clicked sentence is shown also when it has no score
    table = _with_label(rows if "sentence_no" in key else rows.dropna(subset=["polarity"]), articles, by)
    groups = [key[name] for name in (by, "group", "group_a", "group_b") if name in key]
    if groups:
        table = table[table[by].isin(groups)]
    if "sentence_no" in key:
        same = (table["article_id"] == key["article_id"]) & (table["sentence_no"].astype(str) == key["sentence_no"])
        table = table[same]
    table = table.assign(strength=table["polarity"].abs())
    return evidence(table, articles).sort_values("strength", ascending=False, kind="stable")


def _in_context(articles: pd.DataFrame, by: str, search: str, data: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The sentences that hold the clicked term, the searched one, or else the first term of the frame."""
    term = key.get("term") or search.strip() or (data["term"].iloc[0] if len(data) else "")
    if not term:
        return build("evidence", [])
    group = key.get(by) or key.get("target")
    inside = articles if group is None else articles[labels(articles[by]) == group]
    return evidence(kwic(inside, term), articles)


def _mentioned(mentions: pd.DataFrame, articles: pd.DataFrame, key: Key) -> pd.DataFrame:
    """The sentences that mention the clicked actor, or both actors of a pair; all of them when none is clicked."""
    if not key:
        return evidence(mentions, articles)
    return evidence(pd.DataFrame([dict(key)]), articles, among=mentions)


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


def _with_label(rows: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows with the group label of their article."""
    if by == "article_id":
        return rows
    return rows.assign(**{by: rows["article_id"].map(labels(articles[by]).set_axis(articles["article_id"]))})


def _groupings(articles: pd.DataFrame) -> list[str]:
    """Columns that can group articles: source first, then others with a few values, then the article itself."""
    taken = {column.name for name in ("summaries", "term_counts", "mention_counts") for column in FRAMES[name].columns}
    few = [
        column
        for column in articles.columns
        if column not in taken | {"article_id", "source", "title", "text", "published", "path", "url"}
        and pd.api.types.is_string_dtype(articles[column].dropna())
        and 2 <= articles[column].nunique() <= 30
    ]
    return ["source", *few, "article_id"]


def _choice(label: str, options: list[Any]) -> controls.Dropdown:
    return controls.Dropdown(
        options=options, description=label, style={"description_width": "initial"}, layout={"width": "auto"}
    )


def _explorer(
    show: Callable[..., View], settings: dict[str, controls.Widget], articles: pd.DataFrame, target: Path
) -> controls.VBox:
    """Controls, figure, evidence table, code and Export button for a function from settings to a View."""
    figure_box, table, code = controls.VBox(), controls.HTML(), controls.HTML()
    status, name = controls.HTML(), controls.Text(str(target), description="Export to", continuous_update=False)
    button = controls.Button(description="Export", icon="download")
    views: list[View] = []
    retired: list[Any] = []

    def guarded(action: Callable[[], None]) -> None:
        try:
            status.value = "<small>Working …</small>"
            action()
        except Exception as error:  # whatever goes wrong must be read by the user: a widget would swallow it
            status.value = f'<p class="mediakit-error" role="alert">{escape(f"{type(error).__name__}: {error}")}</p>'

    def read(view: View, key: Key) -> None:
        key = {name: value for name, value in key.items() if name not in ("measure", "engine")}  # the view's own
        about = ", ".join(f"{name}: {value}" for name, value in key.items()) or "click a mark to see its sentences"
        found = view.behind(key)
        rows = evidence_html(found, articles, most=MOST_SHOWN, extra=view.extra)
        table.value = f"<b>Evidence</b> ({escape(about)})<br>{rows}"
        n = found.groupby(["article_id", "sentence_start"]).ngroups
        status.value = (
            f"<small>Evidence below the figure: {n:,} sentence{'' if n == 1 else 's'} ({escape(about)})</small>"
        )

    def redraw() -> None:
        view = show(**{setting: control.value for setting, control in settings.items()})
        views[:] = [view]
        clickable = figure_widget(view.figure, lambda key: guarded(lambda: read(view, key)))
        for widget in retired:
            widget.close()
        # the page may still be taking the last figure down, so it is closed only with the next one
        retired[:], figure_box.children = figure_box.children, (clickable,)
        code.value = f"<pre>{escape(view.code)}</pre>"
        read(view, {})

    def export() -> None:
        if views:
            paths = save_figure(views[0].figure, name.value, data=views[0].data, articles=articles)
            status.value = f"<p>Saved {len(paths)} files: {escape(name.value)}.*</p>"

    for control in settings.values():
        control.observe(lambda _: guarded(redraw), names="value")
    button.on_click(lambda _: guarded(export))
    guarded(redraw)
    row = controls.Box(list(settings.values()), layout={"flex_flow": "row wrap"})
    evidence_box = controls.Box([table], layout={"max_height": "360px", "overflow": "auto", "display": "block"})
    evidence_box.add_class("mediakit-evidence")
    explorer = controls.VBox([row, status, figure_box, code, controls.HBox([name, button]), evidence_box])
    return explorer.add_class("mediakit-explorer")
