"""How often actors are named, and terms used, over time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .actor_counts import counted_mentions, grouped_articles, token_counts
from .actor_intervals import few_articles, ratio_interval, share_interval
from .actor_shares import chosen_actors, top_actors
from .coverage import PERIODS, coverage
from .frames import as_list, build, group_keys, require
from .term_dictionaries import dictionary_rates

MEASURES = ("per_1000", "named")
TERM_MEASURES = ("per_1000", "used")


def actor_timeline(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    period: str | None = None,
    measure: str = "per_1000",
    actors: str | Iterable[str] | None = None,
    top: int = 5,
    by: str | Iterable[str] | None = None,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often actors are named in each period.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        All articles that were searched, also those that name nobody.
    period
        "day", "week" (from Monday), "month", "quarter" or "year", in UTC; None chooses as `coverage` does.
    measure
        "per_1000": mentions per 1,000 tokens of the period; "named": share of its articles that name the actor.
    actors
        These actors; None takes the `top` with the most mentions.
    top
        How many actors, where `actors` names none.
    by
        One or several columns of `articles`, for a line per group; missing values form the group "unknown".
    forms
        Count only these forms, as in `counted_mentions`; None counts all but description, pronoun and place.

    Returns
    -------
    One row per (group,) actor and period, in order of mentions and time: the `by` columns, actor, type, period (its
    first moment, UTC; NaT for articles without a date, last), unit (the kind of period), measure, n (mentions),
    n_articles (of the period), n_naming (of those, the ones that name the actor), value, ci_low and ci_high (95 %, by
    article), caveat. Every period between the first and the last article has its row; where no article was read, value
    is NaN: a gap, not zero. No interval below 5 articles, and for per_1000 none where the actor is not named.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        There is no such period, measure, form or actor.

    References
    ----------
    per_1000 is a ratio of two sums over articles, see `actor_intervals.ratio_interval`; Lancaster (1961), mid-P, for
    shares.
    """
    require(mentions, "mentions", "article_id", "actor", "type", "form")
    require(articles, "articles", "article_id", "text", "published")
    if measure not in MEASURES:
        raise ValueError(f"measure={measure!r} is none of {', '.join(MEASURES)}.")
    groups, private = grouped_articles(articles, keys := group_keys(by, "actor_timeline", articles.columns))
    rows = counted_mentions(mentions, forms=forms)
    rows = rows[rows["article_id"].isin(articles["article_id"])]
    chosen = top_actors(rows, top) if actors is None else chosen_actors(actors, mentions)
    spans = coverage(articles, by=None, period=period)
    counts = rows[rows["actor"].isin(chosen)].groupby(["actor", "article_id"]).size()
    named = set(counts.index.get_level_values("actor"))
    types = mentions.drop_duplicates("actor").set_index("actor")["type"]
    table = groups.assign(
        period=_periods(articles["published"], spans["unit"]), size=groups["article_id"].map(token_counts(articles))
    )
    records = []
    for group, part in table.groupby(private, sort=True) if private else [((), table)]:
        label = dict(zip(private, group, strict=True))
        places = [_places(part["period"], when) for when in spans["period"]]
        sizes = part["size"].to_numpy()
        for actor in chosen:
            own = counts[actor] if actor in named else pd.Series(dtype="int64")
            n = part["article_id"].map(own).fillna(0).to_numpy(dtype="int64")
            fixed = label | {"actor": actor, "type": types.get(actor), "measure": measure}
            for when, unit, at in zip(spans["period"], spans["unit"], places, strict=True):
                records.append(fixed | {"period": when, "unit": unit} | _cell(n[at], sizes[at], measure))
    frame = pd.DataFrame(records, columns=None if records else pd.Index(private))
    return build("actor_timeline", frame.rename(columns=dict(zip(private, keys, strict=True))))


def term_timeline(
    articles: pd.DataFrame,
    terms: str | Iterable[str] | pd.DataFrame,
    *,
    period: str | None = None,
    measure: str = "per_1000",
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How often terms, or the categories of a dictionary, are used in each period.

    Parameters
    ----------
    articles
        One row per article.
    terms
        A word or phrase or several, as in `kwic` ("*" stands for any letters); or a dictionary from `read_dictionary`,
        for a row per category.
    period
        "day", "week" (from Monday), "month", "quarter" or "year", in UTC; None chooses as `coverage` does.
    measure
        "per_1000": hits per 1,000 tokens of the period; "used": share of its articles that use the term.
    by
        One or several columns of `articles`, for a line per group; missing values form the group "unknown".

    Returns
    -------
    One row per (group,) term and period, in order of `terms` and time: the `by` columns, term, period (its first
    moment, UTC; NaT for articles without a date, last), unit (the kind of period), measure, n (hits), n_articles (of
    the period), n_using (of those, the ones that use the term), value, ci_low and ci_high (95 %, by article), caveat.
    Every period between the first and the last article has its row; where no article was read, value is NaN: a gap, not
    zero. No interval below 5 articles, and for per_1000 none where the term is not used.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    ValueError
        There is no such period or measure, or `terms` is empty.

    References
    ----------
    As for `actor_timeline`.
    """
    require(articles, "articles", "article_id", "title", "text", "published")
    if measure not in TERM_MEASURES:
        raise ValueError(f"measure={measure!r} is none of {', '.join(TERM_MEASURES)}.")
    if not isinstance(terms, pd.DataFrame):
        words = list(dict.fromkeys(as_list(terms)))
        terms = build("dictionary", {"category": words, "term": words})
    if terms.empty:
        raise ValueError("terms is empty: name a word, a phrase or a dictionary.")
    groups, private = grouped_articles(articles, keys := group_keys(by, "term_timeline", articles.columns))
    spans = coverage(articles, by=None, period=period)
    rates = dictionary_rates(articles, terms)
    counts = rates.pivot(index="article_id", columns="category", values="n").reindex(articles["article_id"])
    sizes = rates.drop_duplicates("article_id").set_index("article_id")["n_tokens"].reindex(articles["article_id"])
    table = groups.assign(_period=_periods(articles["published"], spans["unit"]), _place=range(len(groups)))
    records = []
    for group, part in table.groupby(private, sort=True) if private else [((), table)]:
        label = dict(zip(private, group, strict=True))
        places = [part["_place"].to_numpy()[_places(part["_period"], when)] for when in spans["period"]]
        for term in dict.fromkeys(rates["category"]):
            n, size = counts[term].to_numpy(), sizes.to_numpy()
            for when, unit, at in zip(spans["period"], spans["unit"], places, strict=True):
                fixed = {"term": term, "measure": measure, "period": when, "unit": unit}
                records.append(label | fixed | _cell(n[at], size[at], measure, "used"))
    frame = pd.DataFrame(records, columns=None if records else pd.Index(private))
    return build("term_timeline", frame.rename(columns=dict(zip(private, keys, strict=True))))


def _periods(published: pd.Series, unit: pd.Series) -> pd.Series:
    """The first moment of the period of each article, as `coverage` gives it."""
    when = pd.to_datetime(published, utc=True).dt.tz_localize(None)
    code = PERIODS[unit.iloc[0]] if len(unit) else "D"
    return when.dt.to_period(code).dt.start_time.dt.tz_localize("UTC")


def _places(periods: pd.Series, when: pd.Timestamp) -> np.ndarray:
    """The rows of a period; NaT is that of the articles without a date."""
    return np.flatnonzero(periods.isna() if when is pd.NaT else periods == when)


def _cell(counts: np.ndarray, sizes: np.ndarray, measure: str, word: str = "named") -> dict[str, object]:
    """The numbers of one actor or term in one period, from the mentions and tokens of each of its articles."""
    n_articles, n_naming, n = len(counts), int((counts > 0).sum()), int(counts.sum())
    if measure != "per_1000":
        value = n_naming / n_articles if n_articles else np.nan
        low, high = share_interval(n_naming, n_articles)
    else:
        size = int(sizes.sum())
        value = 1000 * n / size if size else np.nan
        low, high = (1000 * end for end in ratio_interval(counts, sizes))
    unnamed = f"not {word} in {n_articles} articles" if measure == "per_1000" and n_naming == 0 else ""
    caveat = "no articles" if n_articles == 0 else few_articles(n_articles) or unnamed
    found = {"n": n, "n_articles": n_articles, "n_naming" if word == "named" else "n_using": n_naming}
    return found | {"value": value, "ci_low": low, "ci_high": high, "caveat": caveat}
