"""What every explorer is made of: controls, figure, evidence table, code and Export button.

Each `explore_X` is a function from the values of its controls to a `View`; `explorer` does the rest. Nothing is
computed here: a view prints the code that makes it, and a test runs that code to see that it makes the same figure.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as controls
import pandas as pd

from .display import evidence_html
from .export import save_figure
from .frames import FRAMES, labels
from .plot_widget import FittedWidth, figure_widget

Key = Mapping[str, str]  # the naming columns of a clicked mark, e.g. {"source": "Outlet A", "term": "peace"}
Plot = Callable[..., Any]

MOST_SHOWN = 20


class View(NamedTuple):
    """What one setting of the controls shows: a figure, the frame and the code behind it, the way to its evidence."""

    figure: Any
    data: pd.DataFrame
    code: str
    behind: Callable[[Key], pd.DataFrame]
    extra: tuple[str, ...] = ()
    page: str = ""  # HTML to read in place of a figure: what it shows is its own evidence
    unused: tuple[str, ...] = ()  # settings that change nothing in this view; their controls are hidden


def drawn(
    plot: Callable[..., Any], data: pd.DataFrame, articles: pd.DataFrame, before: str, made: str, **options: str
) -> tuple[Any, str]:
    """The figure of a frame, and the lines of code that make it again."""
    given = "".join(f"{name}={value!r}, " for name, value in options.items())
    code = f"{before}data = {made}\nfig = mk.{plot.__name__}(data, {given}articles=articles)"
    return plot(data, articles=articles, call=code, **options), code


def with_label(rows: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows with the group label of their article."""
    if by == "article_id":
        return rows
    return rows.assign(**{by: rows["article_id"].map(labels(articles[by]).set_axis(articles["article_id"]))})


def groupings(articles: pd.DataFrame) -> list[str]:
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


def choice(label: str, options: list[Any]) -> controls.Dropdown:
    """A menu of `options`, as wide as it needs."""
    return controls.Dropdown(
        options=options, description=label, style={"description_width": "initial"}, layout={"width": "auto"}
    )


def explorer(
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
        if view.page:
            table.value, status.value = "", "<small>Evidence is marked in the text itself.</small>"
            return
        about = _about(key)
        found = view.behind({name: value for name, value in key.items() if name != "engine"})
        rows = evidence_html(found, articles, most=MOST_SHOWN, extra=view.extra)
        table.value = f"<b>Evidence</b> ({escape(about)})<br>{rows}"
        n = found.groupby(["article_id", "sentence_start"]).ngroups
        status.value = (
            f"<small>Evidence below the figure: {n:,} sentence{'' if n == 1 else 's'} ({escape(about)})</small>"
        )

    def redraw() -> None:
        view = show(**{setting: control.value for setting, control in settings.items()})
        views[:] = [view]
        for setting, control in settings.items():
            control.layout.display = "none" if setting in view.unused else None
        shown = (
            controls.HTML(view.page)
            if view.page
            else figure_widget(view.figure, lambda key: guarded(lambda: read(view, key)))
        )
        for widget in retired:
            widget.close()
        # the page may still be taking the last figure down, so it is closed only with the next one
        retired[:], figure_box.children = figure_box.children, (shown,)
        code.value = f"<pre>{escape(view.code)}</pre>"
        read(view, {})

    def export() -> None:
        if views:
            status.value = f"<p>Saved {escape(_saved(views[0], name.value, articles))}</p>"

    for control in settings.values():
        control.observe(lambda _: guarded(redraw), names="value")
    button.on_click(lambda _: guarded(export))
    guarded(redraw)
    row = controls.Box(list(settings.values()), layout={"flex_flow": "row wrap"})
    look = {"max_height": "360px", "overflow": "auto", "display": "block"}
    evidence_box = controls.Box([table, FittedWidth()], layout=look)
    evidence_box.add_class("mediakit-evidence")
    explorer = controls.VBox([row, status, figure_box, code, controls.HBox([name, button]), evidence_box])
    return explorer.add_class("mediakit-explorer")


def _about(key: Key) -> str:
    """Of what the evidence is shown, in words."""
    # of one group the measure is the view's own; of two it tells what was compared
    own = ("engine",) if "group_a" in key else ("measure", "engine")
    told = [f"{name}: {value}" for name, value in key.items() if name not in own]
    return ", ".join(told) or "click a mark to see its sentences"


def _saved(view: View, path: str, articles: pd.DataFrame) -> str:
    """Write what is shown; returns what was written, in words."""
    if view.page:
        return str(_save_page(view.page, path))
    paths = save_figure(view.figure, path, data=view.data, articles=articles)
    return f"{len(paths)} files: {path}.*"


def _save_page(page: str, path: str) -> Path:
    """A page that can be read offline, replaced whole or not at all."""
    target = Path(path)
    target = target if target.suffix == ".html" else target.with_name(f"{target.name}.html")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    head = '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    safe = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    look = "<style>body{margin:1em auto;max-width:62em;padding:0 1em;font-family:Arial,Helvetica,sans-serif}</style>"
    try:
        draft.write_text(f"{head}{safe}{look}{page}\n", encoding="utf-8", errors="replace")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target
