"""A frame in, a plotly Figure out: `plot_X` takes frame X, never shows it and never writes it.

Every plot takes the same options: `articles` (for the source line and the corpus fingerprint), `title` (in place of the
default one), `call` (the line of code that made the figure, kept in `layout.meta`) and, where a mark stands for
sentences, `evidence` (rows with the key columns of the mark and `text`, such as `evidence(rows, articles)`: the first
sentences are shown on hover). `width` lays a figure out for so many px, 320 at least: 380 for a newspaper column of 85
to 90 mm, 680 for a page; without it a figure takes the width of its place and is laid out for 640 px. `layout.meta`
holds frame, call, corpus, n, n_articles, caption and alt. Each mark carries the key of its row in `customdata`, as
text, with "unknown" for what is missing; `meta["keys"]` of the trace names its parts. An empty frame gives a figure
that says what cannot be shown.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from . import plot_style as style
from .frames import labels, require
from .plot_actions import plot_action_counts as plot_action_counts
from .plot_actor_shares import plot_actor_shares as plot_actor_shares
from .plot_actor_shares import plot_prominence_shares as plot_prominence_shares
from .plot_actor_timeline import plot_actor_timeline as plot_actor_timeline
from .plot_actor_timeline import plot_term_timeline as plot_term_timeline
from .plot_actors import plot_mention_counts as plot_mention_counts
from .plot_cloud import plot_word_cloud as plot_word_cloud
from .plot_coverage import plot_coverage as plot_coverage
from .plot_intervals import plot_differences as plot_differences
from .plot_intervals import plot_summaries as plot_summaries
from .plot_matrix import plot_source_similarity as plot_source_similarity
from .plot_network import plot_co_mentions as plot_co_mentions
from .plot_quote_unquoted import plot_unquoted as plot_unquoted
from .plot_quotes import plot_quote_counts as plot_quote_counts
from .plot_quotes import plot_quote_genders as plot_quote_genders
from .plot_sentiment import plot_sentiment as plot_sentiment
from .plot_sentiment_engines import plot_drivers as plot_drivers
from .plot_sentiment_engines import plot_engine_agreement as plot_engine_agreement
from .plot_style import GREY, Words
from .plot_term_rows import plot_collocates as plot_collocates
from .plot_term_rows import plot_dispersion as plot_dispersion
from .plot_term_scatter import plot_term_scatter as plot_term_scatter
from .plot_terms import plot_keyness as plot_keyness
from .plot_terms import plot_term_counts as plot_term_counts
from .plot_text import count, fitted, hover, label, page
from .plot_tone import plot_tone_summary as plot_tone_summary
from .plot_validation import plot_confusion as plot_confusion
from .plot_validation import plot_validation as plot_validation


@fitted
def plot_articles(
    articles: pd.DataFrame,
    *,
    by: str = "source",
    title: str | None = None,
    call: str | None = None,
    width: int | None = None,
) -> go.Figure:
    """Length and date of every article, by source.

    Parameters
    ----------
    articles
        One row per article, from `read_articles`.
    by
        The column that gives colour and symbol; the six largest groups, the others together in grey.
    title, call, width
        As in every plot.

    Returns
    -------
    A point per article: time of publication (UTC) across, words (split at white space) up; articles without a date
    stand apart at the right. customdata: article_id.
    """
    articles = require(articles, "articles", "article_id", "text", "published", "title", by).reset_index(drop=True)
    words = Words("articles", "Length and date of the articles", "", "", len(articles))
    if articles.empty:
        return style.nothing(
            words, "No articles: there is nothing to show.", articles=articles, title=title, call=call, width=width
        )
    # golden ratio: articles without a date stand side by side without randomness
    spread = 0.1 + 0.8 * ((np.arange(len(articles)) * 0.618034) % 1)
    table = articles.assign(
        _spread=spread,
        _group=labels(articles[by]),
        _words=[len(str(text).split()) if isinstance(text, str) else 0 for text in articles["text"]],
        _when=pd.to_datetime(articles["published"], utc=True),
    )
    sizes = table["_group"].value_counts()
    dated = table["_when"].notna()
    fig = go.Figure()
    size = 11 if len(table) <= 100 else 7
    shown = sizes.index[: style.MAX_SERIES - 1] if len(sizes) > style.MAX_SERIES else sizes.index
    rest = sizes[~sizes.index.isin(shown)]
    for place, group in enumerate(shown):
        name = label(group, 220, max_lines=1, n=f"n = {sizes[group]:,}")
        _article_dots(fig, table[table["_group"] == group], name, style.series_style(place), size)
    if len(rest):
        name = f"{len(rest)} others (n = {rest.sum():,})"
        others = {"color": GREY, "symbol": "circle-open"}
        _article_dots(fig, table[table["_group"].isin(rest.index)], name, others, size, zorder=-1)
    _date_axes(fig, table.loc[dated, "_when"], int((~dated).sum()), table["_words"].max())
    missing = int((~dated).sum())
    undated = f"; {missing:,} of them without a date" if missing < len(table) else "; none has a date"
    undated = undated if missing else ""
    words = Words(
        "articles",
        words.title,
        f"Each point is an article (n = {len(table):,}{undated}), by {by}; words are what white space separates",
        f"Scatter plot of {count(len(table), 'article')} by date of publication and number of words: from "
        f"{table['_words'].min():,} to {table['_words'].max():,} words, median {table['_words'].median():,.0f}.",
        len(table),
    )
    return style.finish(fig, words, height=330, articles=articles, title=title, call=call, width=width)


def _article_dots(
    fig: go.Figure, rows: pd.DataFrame, name: str, mark: dict[str, str], size: int, zorder: int = 0
) -> None:
    marker = mark | {"size": size, "opacity": 0.85}
    for dated, part in rows.groupby(rows["_when"].notna(), sort=False):
        heads = part["title"].where(part["title"].notna(), part["article_id"])
        when = part["_when"].dt.strftime("%-d %B %Y") if dated else pd.Series("no date", index=part.index)
        texts = [
            hover(head, [group, f"{day}, {count(n, 'word')}", f"article {key}"])
            for head, group, day, n, key in zip(
                heads, part["_group"], when, part["_words"], part["article_id"], strict=True
            )
        ]
        fig.add_scatter(
            x=part["_when"].dt.tz_localize(None) if dated else part["_spread"].to_numpy(),
            y=part["_words"],
            xaxis="x" if dated else "x2",
            mode="markers",
            cliponaxis=False,
            zorder=zorder,
            marker=marker,
            name=name,
            legendgroup=name,
            showlegend=not any(trace.legendgroup == name for trace in fig.data),
            **style.marks(["article_id"], style.key_columns(part, ["article_id"]), texts),
        )


def _date_axes(fig: go.Figure, when: pd.Series, n_undated: int, most_words: int) -> None:
    """Time on x, with a strip at the right for what has no date; both given by hand so that one day works too."""
    left = 0.82 if n_undated and len(when) else 1.0
    if len(when):
        first, last = when.min().tz_localize(None), when.max().tz_localize(None)
        air = max((last - first) * 0.05, pd.Timedelta(hours=12))
        days = (last - first).days
        most = 6 if page() >= style.NARROW else 3  # dates have no room for more
        step = {"dtick": 86_400_000 * max(1, -(-days // (most - 1))), "tick0": first.normalize()}
        step = step if days < 60 else {"nticks": most}
        shape = "%-d %b %Y" if days < 365 else "%b %Y"
        fig.update_layout(xaxis={"range": [first - air, last + air], "tickformat": shape, "domain": [0, left], **step})
        fig.update_xaxes(title_text="published", hoverformat=shape, type="date", ticklabeloverflow="hide past div")
        fig.update_xaxes(ticks="outside", ticklen=5, tickcolor="#FFFFFF")
    if n_undated:
        strip = {"tickvals": [0.5], "ticktext": [f"no date<br>(n = {n_undated:,})"], "range": [0, 1], "showgrid": False}
        edge = {"domain": [left + 0.03 if left < 1 else 0.0, 1], "anchor": "y", "showline": True, "ticks": ""}
        fig.update_layout(xaxis2=strip | edge, margin_b=44)
    fig.update_yaxes(title_text="words", range=[0, max(most_words, 1) * 1.08], tickformat=",d", rangemode="tozero")
    fig.update_layout(margin_l=76)
