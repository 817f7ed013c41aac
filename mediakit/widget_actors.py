"""The explorer of actors: who is named, where, when, by whom, and who together with whom."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import ipywidgets as controls
import pandas as pd

from .actor_counts import COUNTED, counted_mentions
from .actor_registry import TYPES
from .actors import mentions as find_mentions
from .coverage import PERIODS
from .display_article import article_html
from .evidence import evidence
from .frames import build, labels, require
from .quotes import quotes
from .widget_actor_views import VIEWS, Chosen, Made
from .widget_choices import EVERYWHERE, part_of, periods
from .widget_explorer import Key, View, choice, explorer, groupings

NAMES = ("name", "surname", "variant", "title")
FORMS: dict[str, tuple[str, ...] | None] = {
    "names, metonyms, adjectives": None,
    "names and metonyms": (*NAMES, "metonym"),
    "names": NAMES,
    "descriptions too": (*COUNTED, "description"),
    "descriptions and pronouns too": (*COUNTED, "description", "pronoun"),
    "capitals as places": ("place",),
}
EVERYBODY, READING, TOGETHER = "all", "one article", "named together"
_MOST_ARTICLES = 1_000  # in the menu
_OF_THE_PART = ("by", "source", "time", "actor", "type", "forms")  # what a whole article has no use for


def explore_actors(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, *, folder: str | Path = "figures"
) -> controls.VBox:
    """Who is named, where, when and with whom; click a mark to read the sentences, or read a whole article.

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
    given = "articles" if actors is None else "articles, actors"

    @lru_cache
    def found(unknown: bool, references: bool) -> pd.DataFrame:
        return find_mentions(articles, actors, unknown=unknown, descriptions=references, pronouns=references)

    @lru_cache(maxsize=32)
    def show(view: str, article: str, unknown: bool, forms: str, **part: Any) -> View:
        references = "description" in (FORMS[forms] or ())
        rows = found(unknown, references)
        options = (", unknown=True" if unknown else "") + (", descriptions=True, pronouns=True" if references else "")
        code = f"found = mk.mentions({given}{options})\n"
        if view == READING:
            return _read(articles, actors, article, rows, code)
        return _count(view, articles, rows, code, FORMS[forms], **part)

    return explorer(show, _controls(articles, found(False, False)), articles, Path(folder) / "explore-actors")


def _controls(articles: pd.DataFrame, found: pd.DataFrame) -> dict[str, controls.Widget]:
    heads = articles["title"].fillna(articles["article_id"]).astype("str").str.slice(0, 90)
    known = controls.Combobox(
        description="Actor",
        placeholder="all; type a name",
        options=found["actor"].value_counts().index.tolist(),
        continuous_update=False,
    )
    return {
        "view": choice("View", [*VIEWS, READING]),
        "by": choice("By", [*((name, name) for name in groupings(articles)), ("all together", None)]),
        "source": choice("Source", [EVERYWHERE, *sorted(labels(articles["source"]).unique())]),
        "actor": known,
        "type": choice("Type", [EVERYBODY, *(kind for kind in TYPES if kind != "other")]),
        "forms": choice("Forms", list(FORMS)),
        "unknown": controls.Checkbox(description="names the registry lacks", indent=False, layout={"width": "auto"}),
        "time": periods(articles),
        "article": choice("Article", list(zip(heads, articles["article_id"], strict=True))[:_MOST_ARTICLES]),
    }


def _read(articles: pd.DataFrame, actors: pd.DataFrame | None, article: str, found: pd.DataFrame, before: str) -> View:
    """A whole article with its mentions and quotations."""
    one = articles[articles["article_id"] == article]
    spoken = quotes(one, actors=actors)
    code = (
        f"{before}one = articles[articles['article_id'] == {article!r}]\n"
        f"spoken = mk.quotes(one{'' if actors is None else ', actors=actors'})\n"
        f"page = mk.show_article({article!r}, articles, found, spoken)"
    )
    page = article_html(article, articles, found, spoken)
    return View(None, spoken, code, lambda _: build("evidence", []), page=page, unused=_OF_THE_PART)


def _count(
    view: str,
    articles: pd.DataFrame,
    found: pd.DataFrame,
    code: str,
    forms: tuple[str, ...] | None,
    *,
    by: str | None,
    source: str,
    time: tuple[tuple[str, str], tuple[str, str]],
    actor: str,
    type: str,
) -> View:
    """The figure of a view, and the way from its marks to the mentions that were counted."""
    part, chosen = part_of(articles, source, time)
    rows = found[found["article_id"].isin(part["article_id"])]
    code = chosen + code
    if type != EVERYBODY:
        rows = rows[rows["type"] == type]
        code += f"found = found[found['type'] == {type!r}]\n"
    made = VIEWS[view](rows, part, Chosen(by, actor.strip() or None, forms))
    code += f"{made.code}\nfig = mk.{made.plot.__name__}(data, {made.given}articles=articles)"
    figure = made.plot(made.data, articles=part, call=code, **made.options)
    counted = counted_mentions(rows, forms=forms)
    if view == TOGETHER:
        # an actor of the network is shown where it is named with another
        counted = counted[counted.groupby(["article_id", "sentence_no"])["actor"].transform("nunique") > 1]
    elif actor.strip():
        counted = counted[counted["actor"] == actor.strip()]
    return View(
        figure, made.data, code, lambda key: _mentioned(counted, part, made, by, key), unused=(*made.unused, "article")
    )


def _mentioned(counted: pd.DataFrame, articles: pd.DataFrame, made: Made, by: str | None, key: Key) -> pd.DataFrame:
    """The sentences that mention the clicked actor in the clicked group and period; of a pair those that name both."""
    if "actor_a" in key:
        return evidence(pd.DataFrame([dict(key)]), articles, among=counted)
    actor = key.get("actor") or _measured(made.data, key)
    rows = counted if actor is None else counted[counted["actor"] == actor]
    groups = [key[name] for name in ("group_a", "group_b") if name in key]
    for name, values in [(by or "source", groups), *((name, [value]) for name, value in key.items())]:
        if values and name in articles:
            inside = articles.loc[labels(articles[name]).isin(values), "article_id"]
            rows = rows[rows["article_id"].isin(inside)]
    if "period" in key:
        rows = rows[rows["article_id"].isin(_published(articles, made.data, key["period"]))]
    return evidence(rows, articles)


def _measured(data: pd.DataFrame, key: Key) -> str | None:
    """The actor of a difference, which its mark tells as part of the measure."""
    if "actor" not in data or "measure" not in key:
        return None
    found = data.loc[data["measure"] == key["measure"], "actor"]
    return found.iloc[0] if len(found) else None


def _published(articles: pd.DataFrame, data: pd.DataFrame, period: str) -> pd.Series:
    """Ids of the articles of a period, given by its first moment; of those without a date for any other word."""
    when, code = pd.to_datetime(articles["published"], utc=True).dt.tz_localize(None), PERIODS[data["unit"].iloc[0]]
    try:
        inside = when.dt.to_period(code) == pd.Timestamp(period).tz_localize(None).to_period(code)
    except ValueError:
        inside = when.isna()
    return articles.loc[inside, "article_id"]
