"""The explorer of voices: who speaks, how much room women have, who is named and never quoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as controls
import pandas as pd

from .actor_counts import counted_mentions
from .actors import mentions as find_mentions
from .display_article import article_html
from .evidence import evidence
from .frames import build, labels, require
from .plots import plot_differences, plot_quote_counts, plot_quote_genders, plot_unquoted
from .quote_counts import quote_counts, unquoted
from .quote_differences import gender_differences, speaker_differences
from .quote_shares import quote_genders, speaker_rates
from .quote_words import KINDS, speaker_names
from .quotes import quotes as find_quotes
from .widget_choices import EVERYWHERE, part_of, periods
from .widget_explorer import Key, Plot, View, choice, explorer, groupings

READING = "one article"
EXTRA = ("speaker", "kind")
_PERIODS = {"month": "%Y-%m", "year": "%Y"}
_MOST_ARTICLES = 1_000  # in the menu


class Found(NamedTuple):
    """What was found in the chosen articles, and what the controls ask of it."""

    mentions: pd.DataFrame
    quotes: pd.DataFrame  # of the chosen kind
    shown: pd.DataFrame  # the evidence of all quotations, found once
    articles: pd.DataFrame
    by: str | None
    speaker: str


class Made(NamedTuple):
    """A frame, the code that makes it, what draws it, the spans behind it, and the settings that it ignores."""

    data: pd.DataFrame
    code: str
    plot: Plot
    behind: Callable[[Key], pd.DataFrame]
    unused: tuple[str, ...] = ()


def explore_voices(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, *, folder: str | Path = "figures"
) -> controls.VBox:
    """Who speaks, women and men, who is never quoted; click a mark to read the quotations, or read a whole article.

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
    named = find_mentions(articles, actors)
    spoken = find_quotes(articles, named, actors=actors)
    given = "" if actors is None else ", actors"
    shown = evidence(spoken.assign(speaker=speaker_names(spoken)), articles)
    start = f"named = mk.mentions(articles{given})\nspoken = mk.quotes(articles, named{given and ', actors=actors'})\n"
    dated = {name: dates for name in _PERIODS if name not in articles and len(dates := _dates(articles, name))}
    corpus = articles.assign(**dated)

    @lru_cache(maxsize=32)
    def show(view: str, article: str, by: str | None, kind: str, speaker: str, **part: Any) -> View:
        if view == READING:
            code = f"{start}page = mk.show_article({article!r}, articles, named, spoken)"
            page = article_html(article, articles, named, spoken)
            return View(None, spoken, code, lambda _: build("evidence", []), page=page, unused=_NOT_READING)
        chosen, code = part_of(corpus, **part)
        code = start + code
        if by in dated:
            code += f"articles = articles.assign({by}=articles['published'].dt.strftime({_PERIODS[by]!r}))\n"
        rows = spoken[spoken["article_id"].isin(chosen["article_id"])]
        if kind != "all":
            rows = rows[rows["kind"] == kind]
            code += f"spoken = spoken[spoken['kind'] == {kind!r}]\n"
        there = named[named["article_id"].isin(chosen["article_id"])]
        made = VIEWS[view](Found(there, rows, _evidence_of(rows, shown), chosen, by, speaker.strip()))
        code += f"{made.code}\nfig = mk.{made.plot.__name__}(data, articles=articles)"
        figure = made.plot(made.data, articles=chosen, call=code)
        extra = () if view == SILENT else EXTRA
        return View(
            figure, made.data, code, lambda key: _told(made.behind(key)), extra, unused=(*made.unused, "article")
        )

    return explorer(show, _controls(corpus, spoken), articles, Path(folder) / "explore-voices")


def _dates(articles: pd.DataFrame, period: str) -> pd.Series:
    """The period of each article, if there are some to compare; else nothing."""
    periods = pd.to_datetime(articles["published"], utc=True).dt.strftime(_PERIODS[period])
    return periods if 2 <= periods.nunique() <= 30 else periods[:0]


def _controls(articles: pd.DataFrame, spoken: pd.DataFrame) -> dict[str, controls.Widget]:
    heads = articles["title"].fillna(articles["article_id"]).astype("str").str.slice(0, 90)
    speakers = speaker_names(spoken).value_counts().index.tolist()
    return {
        "view": choice("View", [*VIEWS, READING]),
        "by": choice("By", [*((name, name) for name in groupings(articles)), ("all together", None)]),
        "source": choice("Source", [EVERYWHERE, *sorted(labels(articles["source"]).unique())]),
        "kind": choice("Quotations", ["all", *KINDS]),
        "speaker": controls.Combobox(
            description="Speaker", placeholder="all; type a name", options=speakers, continuous_update=False
        ),
        "time": periods(articles),
        "article": choice("Article", list(zip(heads, articles["article_id"], strict=True))[:_MOST_ARTICLES]),
    }


def _who(found: Found) -> Made:
    option = f", by={found.by!r}" if found.by else ""
    data = quote_counts(found.quotes, found.articles, by=found.by)
    code = f"data = mk.quote_counts(spoken, articles{option})"
    if found.speaker:
        data = data[data["speaker"] == found.speaker]
        code += f"\ndata = data[data['speaker'] == {found.speaker!r}]"
    return Made(data, code, plot_quote_counts, lambda key: _said(found, {"speaker": found.speaker} | dict(key)))


def _compared(found: Found) -> Made:
    """The room of one speaker, or of the one quoted most, in each group."""
    by = found.by or "source"
    speaker = found.speaker or _largest(found.quotes)
    data = speaker_differences(speaker_rates(found.quotes, found.articles, speakers=speaker), found.articles, by=by)
    code = (
        f"rates = mk.speaker_rates(spoken, articles, speakers={speaker!r})\n"
        f"data = mk.speaker_differences(rates, articles, by={by!r})"
    )
    return Made(data, code, plot_differences, lambda key: _between(found, data, by, speaker, key))


def _women(found: Found) -> Made:
    data = quote_genders(found.quotes, found.articles, by=found.by)
    known = found._replace(shown=_of_known_gender(found.shown))
    code = f"data = mk.quote_genders(spoken, articles, by={found.by!r})"
    return Made(data, code, plot_quote_genders, lambda key: _said(known, key), unused=("speaker",))


def _women_compared(found: Found) -> Made:
    by = found.by or "source"
    data = gender_differences(quote_genders(found.quotes, found.articles), found.articles, by=by)
    known = found._replace(shown=_of_known_gender(found.shown))
    code = f"genders = mk.quote_genders(spoken, articles)\ndata = mk.gender_differences(genders, articles, by={by!r})"
    return Made(data, code, plot_differences, lambda key: _between(known, data, by, "", key), unused=("speaker",))


def _silent(found: Found) -> Made:
    option = f", by={found.by!r}" if found.by else ""
    data = unquoted(found.mentions, found.quotes, found.articles, by=found.by)
    code = f"data = mk.unquoted(named, spoken, articles{option})"

    def behind(key: Key) -> pd.DataFrame:
        rows = pd.DataFrame([dict(key)]) if key else data
        return (
            evidence(rows, found.articles, among=counted_mentions(found.mentions))
            if len(rows)
            else build("evidence", [])
        )

    return Made(data, code, plot_unquoted, behind, unused=("speaker",))


SILENT = "named, never quoted"
VIEWS: Mapping[str, Callable[[Found], Made]] = {
    "who speaks": _who,
    "one speaker compared": _compared,
    "women and men": _women,
    "women and men compared": _women_compared,
    SILENT: _silent,
}
_NOT_READING = ("by", "source", "kind", "speaker", "time")


def _largest(quotes: pd.DataFrame) -> str:
    """Whoever is quoted most often of those with a name."""
    known = quotes["speaker"].dropna()
    return known.value_counts().index[0] if len(known) else "(nobody)"


def _evidence_of(quotes: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """The evidence of some quotations out of that of all."""
    if quotes.empty or shown.empty:
        return shown[:0]
    spans = ["article_id", "start", "end", "kind"]
    return shown[pd.MultiIndex.from_frame(shown[spans]).isin(pd.MultiIndex.from_frame(quotes[spans]))]


def _of_known_gender(shown: pd.DataFrame) -> pd.DataFrame:
    return shown[shown["gender"].isin(["female", "male"])] if len(shown) else shown


def _said(found: Found, key: Mapping[str, str]) -> pd.DataFrame:
    """The quotations of the clicked speaker in the clicked group."""
    rows = found.shown
    for name, value in key.items():
        if name == "speaker":
            rows = rows[rows["speaker"] == value] if value else rows
        elif name in found.articles:
            inside = found.articles.loc[labels(found.articles[name]) == value, "article_id"]
            rows = rows[rows["article_id"].isin(inside)]
    return rows


def _between(found: Found, data: pd.DataFrame, by: str, speaker: str, key: Key) -> pd.DataFrame:
    """All quotations in the clicked pair of groups, of which the share is a share; those of the speaker first."""
    groups = [key[name] for name in ("group_a", "group_b") if name in key] or [*data["group_a"], *data["group_b"]]
    inside = found.articles.loc[labels(found.articles[by]).isin(groups), "article_id"]
    rows = found.shown[found.shown["article_id"].isin(inside)]
    return rows.sort_values("speaker", key=lambda names: names != speaker, kind="stable") if len(rows) else rows


def _told(shown: pd.DataFrame) -> pd.DataFrame:
    """Evidence with the speakers and kinds of all quotations of a sentence, since a sentence is shown once."""
    if shown.empty or not set(EXTRA) <= set(shown.columns):
        return shown
    one = shown.groupby(["article_id", "sentence_start", "sentence_end"], sort=False)
    return shown.assign(**{name: one[name].transform(lambda parts: ", ".join(dict.fromkeys(parts))) for name in EXTRA})
