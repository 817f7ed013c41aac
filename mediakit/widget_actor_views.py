"""The views of `explore_actors`: for each a frame, the code that makes it and the plot that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from .actor_counts import co_mentions, mention_counts
from .actor_network import co_mention_actors
from .actor_prominence import prominence, prominence_shares
from .actor_shares import actor_differences, actor_rates, actor_shares
from .plots import (
    plot_actor_shares,
    plot_actor_timeline,
    plot_co_mentions,
    plot_differences,
    plot_mention_counts,
    plot_prominence_shares,
)
from .timelines import actor_timeline
from .widget_explorer import Plot

_COMPARED = 5  # actors whose groups are compared: pairs grow with actors and groups


class Chosen(NamedTuple):
    """What the controls say, besides which articles and mentions there are."""

    by: str | None
    actor: str | None
    forms: tuple[str, ...] | None


class Made(NamedTuple):
    """A frame, the lines of code that make it, what draws it with which options, and the settings that it ignores."""

    data: pd.DataFrame
    code: str
    plot: Plot
    options: Mapping[str, Any] = {}
    given: str = ""  # the options as they stand in the call
    unused: tuple[str, ...] = ()


def _written(**options: Any) -> str:
    """Options of a call as code, those that have a value."""
    return "".join(f", {name}={value!r}" for name, value in options.items() if value is not None)


def _only(data: pd.DataFrame, code: str, actor: str | None) -> tuple[pd.DataFrame, str]:
    """The rows of one actor of a frame in which all were counted."""
    if actor is None:
        return data, code
    return data[data["actor"] == actor], f"{code}\ndata = data[data['actor'] == {actor!r}]"


def _counts(found: pd.DataFrame, articles: pd.DataFrame, chosen: Chosen) -> Made:
    options: dict[str, Any] = {"by": chosen.by, "forms": chosen.forms}
    code = f"data = mk.mention_counts(found, articles{_written(**options)})"
    data, code = _only(mention_counts(found, articles, **options), code, chosen.actor)
    return Made(data, code, plot_mention_counts)


def _shares(found: pd.DataFrame, articles: pd.DataFrame, chosen: Chosen) -> Made:
    options: dict[str, Any] = {"by": chosen.by, "forms": chosen.forms}
    code = f"data = mk.actor_shares(found, articles{_written(**options)})"
    data, code = _only(actor_shares(found, articles, **options), code, chosen.actor)
    return Made(data, code, plot_actor_shares)


def _differences(found: pd.DataFrame, articles: pd.DataFrame, chosen: Chosen) -> Made:
    by = "source" if chosen.by in (None, "article_id") else chosen.by  # the article is what groups are made of
    options: dict[str, Any] = {"actors": chosen.actor, "top": _COMPARED, "forms": chosen.forms}
    rates = actor_rates(found, articles, **options)
    code = (
        f"rates = mk.actor_rates(found, articles{_written(**options)})\n"
        f"data = mk.actor_differences(rates, articles, by={by!r})"
    )
    return Made(actor_differences(rates, articles, by=by), code, plot_differences)


def _prominent(found: pd.DataFrame, articles: pd.DataFrame, chosen: Chosen) -> Made:
    where = prominence(found, articles, forms=chosen.forms)
    code = f"where = mk.prominence(found, articles{_written(forms=chosen.forms)})\n"
    code += f"data = mk.prominence_shares(where, articles{_written(by=chosen.by)})"
    data, code = _only(prominence_shares(where, articles, by=chosen.by), code, chosen.actor)
    return Made(data, code, plot_prominence_shares)


def _over_time(found: pd.DataFrame, articles: pd.DataFrame, chosen: Chosen) -> Made:
    """A line per actor; of one actor a line per group."""
    options: dict[str, Any] = {"actors": chosen.actor, "by": chosen.by if chosen.actor else None, "forms": chosen.forms}
    code = f"data = mk.actor_timeline(found, articles{_written(**options)})"
    unused = () if chosen.actor else ("by",)
    return Made(actor_timeline(found, articles, **options), code, plot_actor_timeline, unused=unused)


def _together(found: pd.DataFrame, _: pd.DataFrame, chosen: Chosen) -> Made:
    options: dict[str, Any] = {"forms": chosen.forms}
    data, named = co_mentions(found, **options), co_mention_actors(found, **options)
    code = f"named = mk.co_mention_actors(found{_written(**options)})\n"
    code += f"data = mk.co_mentions(found{_written(**options)})"
    if chosen.actor:
        data = data[(data["actor_a"] == chosen.actor) | (data["actor_b"] == chosen.actor)]
        code += f"\ndata = data[(data['actor_a'] == {chosen.actor!r}) | (data['actor_b'] == {chosen.actor!r})]"
    return Made(data, code, plot_co_mentions, {"actors": named}, "actors=named, ", ("by",))


VIEWS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Chosen], Made]] = {
    "mentions": _counts,
    "share of voice": _shares,
    "differences": _differences,
    "prominence": _prominent,
    "over time": _over_time,
    "named together": _together,
}
