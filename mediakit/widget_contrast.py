"""The explorer of events: two articles or sources that tell of one, side by side."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .contrast import contrast
from .display_contrast import contrast_html
from .events import same_event
from .frames import build, labels, require
from .widget_explorer import View, choice, explorer

NO_EVENT = "No two articles of these are about one event, so there is nothing to contrast."
_MOST_EVENTS = 200  # in the menu, those with most sources first


def explore_contrast(
    articles: pd.DataFrame, events: pd.DataFrame | None = None, *, folder: str | Path = "figures"
) -> controls.VBox:
    """Choose an event and two articles or sources that tell of it: what one tells and the other leaves out.

    Parameters
    ----------
    articles
        One row per article.
    events
        The frame made by `same_event(articles)`; None makes it.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    found = same_event(articles) if events is None else require(events, "same_event")
    several = found[found["n_articles"] > 1]
    if several.empty:
        return controls.VBox([controls.HTML(f"<p>{NO_EVENT}</p>")]).add_class("mediakit-explorer")
    sizes = several.drop_duplicates("event").sort_values(["n_sources", "n_articles"], ascending=False, kind="stable")
    event = choice("Event", [(_event(row), row["event"]) for row in sizes.head(_MOST_EVENTS).to_dict("records")])
    sides = {side: choice(side, []) for side in "ab"}

    def renew() -> None:
        options, second = _sides(articles, found, event.value)
        for side, at in zip(sides.values(), (0, second), strict=True):
            side.options = options
            side.value = options[at][1]

    renew()
    # before the explorer asks: the sides must be of the event when it draws
    event.observe(lambda _: renew(), names="value")

    @lru_cache(maxsize=32)
    def show(event: int, a: str, b: str) -> View:
        start = "events = mk.same_event(articles)\n" if events is None else ""
        code = (
            f"{start}event = events[events['event'] == {event}]\n"
            f"data = mk.contrast(articles, {a!r}, {b!r}, event=event)\npage = mk.show_contrast(data, articles)"
        )
        inside = {name for _, name in _sides(articles, found, event)[0]}
        if a == b or not {a, b} <= inside:
            return View(None, build("contrast", []), code, _nothing, page="<p>Choose two different sides.</p>")
        data = contrast(articles, a, b, event=found[found["event"] == event])
        return View(None, data, code, _nothing, page=contrast_html(data, articles))

    return explorer(show, {"event": event, **sides}, articles, Path(folder) / "explore-contrast")


def _nothing(_: object) -> pd.DataFrame:
    """What is shown is its own evidence."""
    return build("evidence", [])


def _event(row: dict) -> str:
    day = f", {row['published']:%-d %B %Y}" if pd.notna(row["published"]) else ""
    return f"{row['event']}: {row['terms']} ({row['n_articles']} articles{day})"


def _sides(articles: pd.DataFrame, events: pd.DataFrame, event: int) -> tuple[list[tuple[str, str]], int]:
    """What can be compared, as it reads and as it is called; and which of it can stand beside the first.

    Sources of several articles come first, then all articles.
    """
    inside = articles[articles["article_id"].isin(events.loc[events["event"] == event, "article_id"])]
    sources = labels(inside["source"])
    counts = sources.value_counts().sort_index()
    several = [(f"{name} ({n} articles)", name) for name, n in counts.items() if n > 1] if len(counts) > 1 else []
    titles = inside["title"].fillna("").str.slice(0, 60)
    single = list(zip(sources, titles, inside["article_id"], strict=True))
    options = [*several, *((f"{source}: {title or name}", name) for source, title, name in single)]
    if not several:
        return options, 1
    first = several[0][1]
    other = next(at for at, (source, *_) in enumerate(single) if source != first)
    return options, 1 if len(several) > 1 else len(several) + other
