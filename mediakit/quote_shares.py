"""Shares of the quoted words, with intervals by article: of each speaker in each article, of women and men."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from .actor_intervals import few_articles, ratio_interval
from .actor_intervals import share_interval as share_of_articles
from .frames import as_list, build, group_keys, labels, require
from .quote_words import quoted_words, speaker_names

__all__ = ["quote_genders", "share_interval", "shares", "speaker_rates"]


def speaker_rates(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, speakers: str | Iterable[str] | None = None, top: int = 10
) -> pd.DataFrame:
    """How much each article quotes each speaker: the rows to compare sources by.

    `speaker_differences(rates, articles)` says whether sources give a speaker different room, `summaries` gives the
    means.

    Parameters
    ----------
    quotes
        One row per quotation, made by `quotes(articles)`; keep only the kinds you want to count.
    articles
        The articles they stand in, also those that quote nobody.
    speakers
        Whom to count; speakers without a name are "(unnamed)", "(collective)" … as in `quote_counts`. None takes those
        with the most words.
    top
        So many of them, where `speakers` is None.

    Returns
    -------
    One row per article and speaker, in the order of `articles`, also where the article does not quote the speaker:
    article_id, speaker, n (quotations), n_words, n_words_all (quoted in the article from anybody), share (of these;
    NaN where the article quotes nobody), quoted (1 where the article quotes the speaker, else 0).

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(quotes, "quotes", "article_id", "start", "end", "text", "kind", "speaker", "speaker_kind")
    require(articles, "articles", "article_id")
    rows = pd.DataFrame(
        {"article_id": quotes["article_id"], "speaker": speaker_names(quotes), "n_words": quoted_words(quotes)}
    )
    rows = rows[rows["article_id"].isin(articles["article_id"])]
    if speakers is None:
        sizes = rows.groupby("speaker")["n_words"].sum().sort_values(ascending=False, kind="stable")
        chosen = list(sizes.index[:top])
    else:
        chosen = list(dict.fromkeys(as_list(speakers)))
    pairs = pd.MultiIndex.from_product([articles["article_id"], chosen], names=["article_id", "speaker"])
    found = rows.groupby(["article_id", "speaker"])["n_words"].agg(["size", "sum"]).reindex(pairs, fill_value=0)
    table = found.set_axis(["n", "n_words"], axis=1).reset_index()
    whole = rows.groupby("article_id")["n_words"].sum()
    table["n_words_all"] = table["article_id"].map(whole).fillna(0).astype("int64")
    table["share"] = table["n_words"] / table["n_words_all"].where(table["n_words_all"] > 0)
    table["quoted"] = (table["n"] > 0).astype("int64")
    return build("speaker_rates", table)


def quote_genders(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str | Iterable[str] | None = "article_id"
) -> pd.DataFrame:
    """How much women and men are quoted, in each article or each group of articles.

    `by="source"` gives each source's share with its interval. Whether sources differ is for
    `gender_differences(quote_genders(quotes, articles), articles)`, which compares the means of the articles' shares.

    Parameters
    ----------
    quotes
        One row per quotation, made by `quotes(articles)`.
    articles
        The articles they were found in, also those that quote nobody.
    by
        One or several columns of `articles`; missing values form the group "unknown". None takes all together.

    Returns
    -------
    One row per group, sorted by name (articles in the order of `articles`): the `by` columns, n_women, n_men, n_unknown
    (quotations), n_words_women, n_words_men, share_women (words of women among those of women and men, all articles of
    the group together; NaN where there are none), ci_low and ci_high (`share_interval`, over the articles), n_articles
    (that quote women or men), caveat. Gender is known from the registry, a title or the pronoun.

    Raises
    ------
    FrameError
        A column is missing, or one of `by` has the name of a column of the result.
    """
    require(quotes, "quotes", "article_id", "start", "end", "text", "kind", "gender")
    require(articles, "articles", "article_id")
    keys = group_keys(by, "quote_genders", articles.columns)
    private = [f"group {number}" for number in range(len(keys))]
    counts = _genders_by_article(quotes, pd.Index(articles["article_id"]))
    for name, key in zip(private, keys, strict=True):
        counts[name] = labels(articles[key]).to_numpy()
    both = counts["n_words_women"] + counts["n_words_men"]
    counts = counts.assign(article_id=articles["article_id"].to_numpy(), y=counts["n_words_women"], x=both)
    known = shares(counts, counts, private, what="words of women or men")
    sums = [name for name in counts.columns if name.startswith("n_")]
    if private:
        table = (
            counts.groupby(private, sort=keys != ["article_id"], as_index=False)[sums].sum().merge(known, on=private)
        )
    else:
        table = pd.concat([counts[sums].sum().to_frame().T, known], axis=1)
    named = table.rename(columns={"share": "share_women", "n_articles_all": "n_articles"})
    return build("quote_genders", named.rename(columns=dict(zip(private, keys, strict=True))))


def _genders_by_article(quotes: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Quotations and words of women and men, a row per article."""
    rows = pd.DataFrame({"article_id": quotes["article_id"], "n_words": quoted_words(quotes)})
    chosen = {"women": quotes["gender"] == "female", "men": quotes["gender"] == "male"}
    chosen["unknown"] = ~(chosen["women"] | chosen["men"])
    columns = {}
    for name, those in chosen.items():
        found = (
            rows[those.to_numpy(bool)].groupby("article_id")["n_words"].agg(["size", "sum"]).reindex(ids, fill_value=0)
        )
        columns[f"n_{name}"] = found["size"].to_numpy()
        if name != "unknown":
            columns[f"n_words_{name}"] = found["sum"].to_numpy()
    return pd.DataFrame(columns, index=range(len(ids)))


def shares(
    part: pd.DataFrame, whole: pd.DataFrame, keys: list[str], *, names: Sequence[str] = (), what: str
) -> pd.DataFrame:
    """What part of the words of each group counts, with the interval and what it cannot say.

    `part` has y, the words that count, by `keys`, `names` and article_id (no row is 0); `whole` has x, all words, by
    `keys` and article_id. The result has a row per group and name: share, ci_low, ci_high, n_articles_all, caveat.
    """
    group = [*keys, "group all"]  # a group also where there is no key
    whole = whole.loc[whole["x"] > 0, [*keys, "article_id", "x"]].assign(**{"group all": 0})
    sizes = {key: rows.set_index("article_id")["x"] for key, rows in whole.groupby(group)}
    records = []
    for key, rows in part.assign(**{"group all": 0}).groupby([*group, *names], sort=False):
        x = sizes.get(key[: len(group)], pd.Series(dtype="int64"))
        y = rows.set_index("article_id")["y"].reindex(x.index, fill_value=0)
        low, high = share_interval(y.to_numpy(float), x.to_numpy(float))
        share = y.sum() / x.sum() if len(x) else np.nan
        alone = _alone(y.to_numpy(), x.to_numpy())
        found = dict(zip([*group, *names], key, strict=True))
        caveat = few_articles(len(x)).replace(";", f" with {what};") or ("rests on one article; no interval" * alone)
        records.append(
            found | {"share": share, "ci_low": low, "ci_high": high, "n_articles_all": len(x), "caveat": caveat}
        )
    columns = [*keys, *names, "share", "ci_low", "ci_high", "n_articles_all", "caveat"]
    return pd.DataFrame(records, columns=columns)


def share_interval(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """A 95 % interval of a share of words, with the articles as draws: the words of each that count, and all of them.

    That of `ratio_interval`; where the share is 0 or 1 that of as many articles, of which none or all are so (mid-P,
    Lancaster 1961). NaN below five articles, and where a single one keeps the share from 0 or 1: it may be anything
    then.
    """
    if _alone(part, whole):
        return np.nan, np.nan
    if len(whole) and part.sum() in (0, whole.sum()):
        return share_of_articles(len(whole) if part.sum() else 0, len(whole))
    return ratio_interval(part, whole)


def _alone(part: np.ndarray, whole: np.ndarray) -> bool:
    """Whether one article alone has words that count, or words that do not."""
    return 1 in (int((part > 0).sum()), int((part < whole).sum()))
