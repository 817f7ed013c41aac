"""How prominently actors stand in articles: in the title, in the lead, how early."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .actor_counts import counted_mentions, grouped_articles
from .actor_intervals import MIN_MEDIAN, few_articles, median_interval, share_interval
from .frames import build, group_keys, require
from .text import sentences, tokens

LEAD = 60  # tokens: a long first paragraph of agency copy, or its first two short ones
MEASURES = ("named", "lead", "title", "first_position")


def prominence(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    lead: int = LEAD,
    forms: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Where in each article each actor is named: in the title, in the lead, how early.

    Parameters
    ----------
    mentions
        One row per mention, made by `mentions(articles)`.
    articles
        The articles they were found in. Mentions in other articles are left out.
    lead
        The lead is the sentences of the body (neither title nor heading) that begin within its first `lead` tokens.
        Counted in tokens, not paragraphs, since many files have lost their paragraphs.
    forms
        Count only these forms, as in `counted_mentions`; None counts all but description, pronoun and place.

    Returns
    -------
    One row per article and actor named in it, in the order of `articles` and of the text: article_id, sentence_no,
    start, end and text of the first mention, actor, type, n (mentions), n_title, n_lead, n_body (behind the lead,
    headings included), in_title, in_lead, first_position (code points before the first mention as a share of the
    article's; 0 is its very start).

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `forms` holds a word that is no form, or `lead` is less than 1.
    """
    require(mentions, "mentions", "article_id", "sentence_no", "start", "end", "text", "actor", "type", "form", "part")
    require(articles, "articles", "article_id", "title", "text")
    if lead < 1:
        raise ValueError(f"lead={lead}: the lead is at least one token long.")
    rows = counted_mentions(mentions, forms=forms)
    rows = rows[rows["article_id"].isin(articles["article_id"])]
    used = articles[articles["article_id"].isin(rows["article_id"])]
    rows = rows.merge(_lead_sentences(used, lead), on=["article_id", "sentence_no"], how="left")
    in_title = rows["part"] == "title"
    in_lead = rows["_lead"].eq(True) & ~in_title
    order = pd.Series(range(len(used)), index=pd.Index(used["article_id"]))
    rows = rows.assign(n_title=in_title.astype("int64"), n_lead=in_lead.astype("int64"))
    rows["_order"] = rows["article_id"].map(order).astype("int64")
    rows = rows.sort_values(["_order", "start", "end"], kind="stable")
    table = rows.groupby(["_order", "article_id", "actor"], sort=False, as_index=False).agg(
        sentence_no=("sentence_no", "first"),
        start=("start", "first"),
        end=("end", "first"),
        text=("text", "first"),
        type=("type", "first"),
        n=("actor", "size"),
        n_title=("n_title", "sum"),
        n_lead=("n_lead", "sum"),
    )
    lengths = pd.Series([len(text) for text in used["text"]], index=pd.Index(used["article_id"]), dtype="float64")
    return build(
        "prominence",
        table.drop(columns="_order").assign(
            n_body=table["n"] - table["n_title"] - table["n_lead"],
            in_title=table["n_title"] > 0,
            in_lead=table["n_lead"] > 0,
            first_position=table["start"] / table["article_id"].map(lengths).astype("float64"),
        ),
    )


def _lead_sentences(articles: pd.DataFrame, lead: int) -> pd.DataFrame:
    """article_id and sentence_no of the sentences of the body that begin within its first `lead` tokens."""
    body = sentences(articles)
    body = body.loc[body["part"] == "body", ["article_id", "sentence_no"]]
    sizes = tokens(articles).groupby(["article_id", "sentence_no"]).size().rename("size").reset_index()
    body = body.merge(sizes, on=["article_id", "sentence_no"], how="left")
    size = body["size"].fillna(0)
    before = size.groupby(body["article_id"]).cumsum() - size
    return body.loc[before < lead, ["article_id", "sentence_no"]].assign(_lead=True)


def prominence_shares(
    prominence: pd.DataFrame, articles: pd.DataFrame, *, by: str | Iterable[str] | None = None, top: int | None = None
) -> pd.DataFrame:
    """In what share of the articles each actor is named, in the lead, in the title; and how early, where named.

    Parameters
    ----------
    prominence
        One row per article and actor, from `prominence(mentions, articles)`.
    articles
        All articles that were searched, also those that name nobody.
    by
        One or several columns of `articles`; missing values form the group "unknown".
    top
        Only this many actors, those named in the most articles (then with the most mentions); None gives all.

    Returns
    -------
    Four rows per (group and) actor, actors named in the most articles first: the `by` columns, actor, type, measure, n
    (articles it is measured on), n_hits (of those, the ones where it is so), value, ci_low, ci_high (95 %), caveat.
    Measures: "named", "lead" and "title" are shares of articles, with the mid-P interval; articles whose text does not
    begin with their title are left out of the last. "first_position" is the median of first_position over the
    articles that name the actor, with the interval of the sign test (NaN below 6 articles). Shares have no interval
    below 5 articles. An actor whom only other groups name has the share 0 here.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(prominence, "prominence", "article_id", "actor", "type", "n", "in_title", "in_lead", "first_position")
    require(articles, "articles", "article_id", "title", "text")
    keys = group_keys(by, "prominence_shares", articles.columns)
    groups, private = grouped_articles(articles, keys)
    groups = groups.assign(_titled=_titled(articles))
    rows = prominence.merge(groups, on="article_id")
    sizes = rows.groupby("actor").agg(type=("type", "first"), n=("article_id", "size"), mentions=("n", "sum"))
    chosen = (
        sizes.reset_index()
        .sort_values(["n", "mentions", "actor"], ascending=[False, False, True])
        .head(len(sizes) if top is None else top)
    )
    records = []
    for group, part in groups.groupby(private, sort=True) if private else [((), groups)]:
        label = dict(zip(private, group, strict=True))
        here = rows[rows["article_id"].isin(part["article_id"])]
        named = dict(tuple(here.groupby("actor")))
        for actor, kind in zip(chosen["actor"], chosen["type"], strict=True):
            own = named.get(actor, here.iloc[:0])
            records += [label | {"actor": actor, "type": kind} | record for record in _measures(own, part["_titled"])]
    frame = pd.DataFrame(records, columns=None if records else pd.Index(private))
    return build("prominence_shares", frame.rename(columns=dict(zip(private, keys, strict=True))))


def _titled(articles: pd.DataFrame) -> list[bool]:
    """Whether the text begins with the title, so that an actor can be named in it."""
    return [
        isinstance(title, str) and isinstance(text, str) and text.lstrip().partition("\n")[0].strip() == title.strip()
        for title, text in zip(articles["title"], articles["text"], strict=True)
    ]


def _measures(own: pd.DataFrame, titled: pd.Series) -> list[dict[str, object]]:
    """The four rows of one actor: `own` has a row per article that names it, `titled` one per article of the group."""
    hits = {"named": (len(own), len(titled)), "lead": (int(own["in_lead"].sum()), len(titled))}
    hits["title"] = (int((own["in_title"] & own["_titled"]).sum()), int(titled.sum()))
    records: list[dict[str, object]] = []
    for measure, (n_hits, n) in hits.items():
        low, high = share_interval(n_hits, n)
        caveat = "no article with a title" if n == 0 and measure == "title" else few_articles(n)
        share = n_hits / n if n else np.nan
        records.append(_record(measure, n, n_hits, share, low, high, caveat))
    places = own["first_position"].to_numpy(dtype=float)
    low, high = median_interval(places)
    middle = float(np.median(places)) if len(places) else np.nan
    caveat = few_articles(len(places), MIN_MEDIAN) if len(places) else "not named"
    return [*records, _record("first_position", len(places), len(places), middle, low, high, caveat)]


def _record(measure: str, n: int, n_hits: int, value: float, low: float, high: float, caveat: str) -> dict[str, object]:
    interval = {"value": value, "ci_low": low, "ci_high": high, "caveat": caveat}
    return {"measure": measure, "n": n, "n_hits": n_hits} | interval
