"""Near-duplicates: one story told again in nearly the same words, which of its articles to keep, what they share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from .duplicate_pairs import Allowed, Forest, Sets, as_sets, contained, jaccard, similar
from .duplicate_templates import own_grams, template_grams
from .duplicate_words import SIZE, Grams, grams
from .frames import FrameError, build, labels, require
from .progress import progress

__all__ = ["describe_near_duplicates", "drop_duplicates", "near_duplicates"]

_NEEDED = ("cluster", "article_id", "source", "kept_id")


def near_duplicates(
    articles: pd.DataFrame,
    *,
    min_similarity: float = 0.5,
    min_containment: float | None = None,
    max_days: float | None = None,
) -> pd.DataFrame:
    """Articles that tell one story in nearly the same words: agency copy with edits, republished or updated articles.

    Parameters
    ----------
    articles
        One row per article. article_id, source, published and text are read.
    min_similarity
        The least Jaccard similarity of two articles' sets of word 5-grams that links them, above 0, at most 1. As a
        rule of thumb, an article of which every twentieth word was changed has .6, every seventh .3.
    min_containment
        Link also a shortened copy: an article of which at least this share of the word 5-grams stands in another, at
        most five times as long (.8 is a good value). None, the default, leaves shortened copies alone: an article that
        puts several stories together would join them.
    max_days
        Link two articles only when they were published at most so many days apart; undated ones always. Set it for
        series with a fixed frame.

    Returns
    -------
    One row per article that has duplicates, the largest cluster first and the article to keep first in each: cluster,
    a number from 0; article_id, source, published; n_articles of the cluster; kept, whether `drop_duplicates` keeps
    it: the earliest published, then the longest, then the first by id; kept_id, the one kept; similarity, the Jaccard
    similarity to the one kept, below `min_similarity` where the two hang together by way of others; shared, the share
    of the article's words that stand in passages of five or more words which the one kept has too. Neither the order
    of the rows nor other articles without common words change the clusters.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        `min_similarity`, `min_containment` or `max_days` is out of range.

    Notes
    -----
    Words are compared without case, accents and punctuation. A cluster is what hangs together by links. All articles
    with the same words are in one; of other pairs, those that may be similar enough are found by sketches, which miss
    one in 10,000 of the pairs that are just similar enough, and the similarity of each is then computed exactly. Time
    and memory grow with the number of words.

    Templates make no link: two articles must also have at least half of `min_similarity` when only words outside
    templates count. A template is a passage that stands word for word in articles of one source (of those without a
    source none is known), each with five or more words beside it that differ from the others': of up to 60 words in
    three such articles, of up to 150 words in five. So three short reports of one source that differ in nothing but a
    new lead can count as three stories, and two articles with a template between them that is twice as long as the
    rest are linked when the source has no third.

    Short texts: of fewer than five words, articles are duplicates only when all their words are the same. A text
    without words has no duplicates.

    Series with a fixed frame (weather, market closes, match reports) are linked like any others when half of their word
    5-grams are the same: a number changed in every tenth word leaves less, a fixed paragraph beside one line of figures
    more. `max_days` keeps different days apart. A shortened copy has a low similarity, half of an article .5 with the
    whole: `min_containment` finds those of 20 words and more, templates aside.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents: word shingles, bottom-k sketches.
    """
    require(articles, "articles", "article_id", "source", "published", "text")
    if not 0 < min_similarity <= 1:
        raise ValueError(f"near_duplicates: min_similarity must be above 0 and at most 1, not {min_similarity!r}.")
    if min_containment is not None and not 0.5 <= min_containment <= 1:
        raise ValueError(f"near_duplicates: min_containment must be from 0.5 to 1, not {min_containment!r}.")
    if max_days is not None and not max_days >= 0:
        raise ValueError(f"near_duplicates: max_days must be 0 or more, not {max_days!r}.")
    some = grams(_texts(articles), total=len(articles))
    rows = _rows(articles, some)
    unit, first = _units(rows, max_days)
    some = _some(some, rows["row"].to_numpy()[first])
    source = rows["source"].to_numpy()[first]
    own = own_grams(template_grams(some, source), some.bounds)
    sets = as_sets(some.hashes, own, some.bounds)
    forest = Forest(len(first))
    allowed = _near_in_time(rows, unit, max_days)
    similar(sets, min_similarity, forest, allowed)
    if min_containment is not None:
        contained(sets, min_containment, forest, allowed)
    root = np.array([forest.root(number) for number in range(len(first))], dtype=np.int64)
    table = _clusters(rows.assign(unit=unit, cluster=root[unit]))
    return _frame(articles, table, some, sets)


def _texts(articles: pd.DataFrame) -> Iterator[object]:
    """The texts one after the other: all at once would take the memory of the corpus again."""
    for start in range(0, len(articles), 1000):
        yield from articles["text"].iloc[start : start + 1000].tolist()


def _rows(articles: pd.DataFrame, every: Grams) -> pd.DataFrame:
    """What clustering needs of each article that has words; its row in `articles` by number."""
    dates = pd.to_datetime(articles["published"], utc=True)
    day = (dates - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    rows = pd.DataFrame(
        {
            "row": np.arange(len(articles)),
            "article_id": articles["article_id"].astype("object").to_numpy(),
            "source": _source_numbers(articles["source"]),
            "day": day.to_numpy(dtype="float64"),
            "n_words": every.n_words,
            "text": pd.factorize(np.array(every.digests, dtype=object))[0],
        }
    )
    return rows[rows["n_words"] > 0].reset_index(drop=True)


def _source_numbers(sources: pd.Series) -> np.ndarray:
    """A number for each source; an article without one is a source of its own: nothing tells its templates."""
    numbers = pd.factorize(labels(sources), sort=True)[0]
    unknown = sources.isna().to_numpy()
    numbers[unknown] = numbers.max(initial=-1) + 1 + np.arange(unknown.sum())
    return numbers


def _units(rows: pd.DataFrame, max_days: float | None) -> tuple[np.ndarray, np.ndarray]:
    """Articles that hang together because their words are the same: the unit of each row, the first row of each unit.

    The first row is that of the first source by name; units stand in the order of these sources.
    """
    text, day = rows["text"].to_numpy(), rows["day"].to_numpy()
    undated = np.zeros(text.max(initial=-1) + 1, dtype=bool)
    undated[text[np.isnan(day)]] = True
    order = np.lexsort([day, text])
    new = np.diff(text[order], prepend=-1) != 0
    if max_days is not None:
        new |= (np.diff(day[order], prepend=np.nan) > max_days) & ~undated[text[order]]
    unit = np.empty(len(rows), dtype=np.int64)
    unit[order] = np.cumsum(new) - 1
    by_source = np.lexsort([rows["source"].to_numpy(), unit])
    first = by_source[np.diff(unit[by_source], prepend=-1) != 0]
    order = np.argsort(rows["source"].to_numpy()[first], kind="stable")
    number = np.empty(len(first), dtype=np.int64)
    number[order] = np.arange(len(first))
    return number[unit], first[order]


def _some(every: Grams, chosen: np.ndarray) -> Grams:
    """The grams of some of the articles."""
    starts, ends = every.bounds[chosen], every.bounds[chosen + 1]
    pieces = [every.hashes[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    hashes = np.concatenate([*pieces, every.hashes[:0]])
    return Grams(hashes, np.concatenate([[0], np.cumsum(ends - starts)]), every.n_words[chosen], [])


def _near_in_time(rows: pd.DataFrame, unit: np.ndarray, max_days: float | None) -> Allowed:
    """Whether two units have articles at most `max_days` apart."""
    if max_days is None:
        return lambda a, _: np.ones(len(a), dtype=bool)
    days = rows["day"].groupby(unit).agg(["min", "max", "count", "size"])
    dated = (days["count"] == days["size"]).to_numpy()
    low, high = np.where(dated, days["min"], -np.inf), np.where(dated, days["max"], np.inf)
    # between its first and last day, a unit has no gap longer than max_days: only the gap between two units counts
    return lambda a, b: np.maximum(low[a], low[b]) - np.minimum(high[a], high[b]) <= max_days


def _clusters(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of clusters of two or more, in the order of the result, with the row and unit of the one kept."""
    rows = rows.assign(n_articles=rows.groupby("cluster")["row"].transform("size"))
    rows = rows[rows["n_articles"] > 1]
    rows = rows.sort_values(["day", "n_words", "article_id"], ascending=[True, False, True], ignore_index=True)
    best = rows.drop_duplicates("cluster").sort_values("n_articles", ascending=False, kind="stable")
    number = pd.Series(np.arange(len(best)), index=best["cluster"])
    best = best.set_index("cluster")
    for column in ("row", "unit", "text", "article_id"):
        rows[f"kept_{column}"] = rows["cluster"].map(best[column])
    rows["kept"] = rows["row"] == rows["kept_row"]
    return rows.assign(cluster=rows["cluster"].map(number)).sort_values("cluster", kind="stable", ignore_index=True)


def _frame(articles: pd.DataFrame, rows: pd.DataFrame, some: Grams, sets: Sets) -> pd.DataFrame:
    pairs = rows[["unit", "kept_unit", "text", "kept_text"]].drop_duplicates()
    values = pd.DataFrame(
        [_alike(some, sets, *pair) for pair in progress(pairs.itertuples(index=False), "similarity", total=len(pairs))],
        columns=["similarity", "shared"],
        index=pd.MultiIndex.from_frame(pairs[["unit", "kept_unit"]]),
    )
    values = values.reindex(pd.MultiIndex.from_frame(rows[["unit", "kept_unit"]]))
    chosen = articles.iloc[rows["row"]]
    return build(
        "near_duplicates",
        {
            "cluster": rows["cluster"].to_numpy(),
            "article_id": chosen["article_id"].to_numpy(),
            "source": chosen["source"].to_numpy(),
            "published": chosen["published"].to_numpy(),
            "n_articles": rows["n_articles"].to_numpy(),
            "kept": rows["kept"].to_numpy(),
            "kept_id": rows["kept_article_id"].to_numpy(),
            "similarity": values["similarity"].to_numpy(),
            "shared": values["shared"].to_numpy(),
        },
    )


def _alike(some: Grams, sets: Sets, unit: int, kept: int, text: int, kept_text: int) -> tuple[float, float]:
    """Similarity of a unit to the one kept, and the share of its words in passages that both have."""
    if text == kept_text:
        return 1.0, 1.0
    mine, others = some.of(unit), sets.of(kept)
    covered = np.zeros(len(mine) + SIZE - 1, dtype=bool)
    found = others.take(others.searchsorted(mine), mode="clip") == mine
    for shift in range(SIZE):
        covered[shift : shift + len(mine)] |= found
    return jaccard(sets.of(unit), sets.of(kept)), float(covered.mean())


def drop_duplicates(articles: pd.DataFrame, duplicates: pd.DataFrame | None = None) -> pd.DataFrame:
    """The articles without the near-duplicates of those that are kept, and with what was left out beside them.

    Parameters
    ----------
    articles
        One row per article.
    duplicates
        The frame made by `near_duplicates`; None makes it with its own options.

    Returns
    -------
    The rows of `articles` that are kept, in their order and with all their columns, and: n_copies, how many near-
    duplicates were left out in favour of this article; copies, their ids, and copy_sources, the different sources they
    are from ("unknown" where missing), each joined by "; " and missing where there are none.

    Raises
    ------
    FrameError
        A column is missing, or `duplicates` names an article that is not in `articles`.
    """
    require(articles, "articles", "article_id")
    table = near_duplicates(articles) if duplicates is None else require(duplicates, "near_duplicates", *_NEEDED)
    strange = table.loc[~table["article_id"].isin(articles["article_id"]), "article_id"]
    if len(strange):
        raise FrameError(
            f"near_duplicates: article_id {strange.iloc[0]!r} is not in articles. "
            "Pass the articles that near_duplicates was given."
        )
    out = table[table["article_id"] != table["kept_id"]]
    names = out.assign(source=labels(out["source"])).groupby("kept_id", sort=False)
    kept = articles[~articles["article_id"].isin(out["article_id"])]
    ids = kept["article_id"]
    return kept.assign(
        n_copies=ids.map(names.size()).fillna(0).astype("int64"),
        copies=ids.map(names["article_id"].agg("; ".join)).astype("str"),
        copy_sources=ids.map(names["source"].agg(lambda source: "; ".join(sorted(set(source))))).astype("str"),
    )


def describe_near_duplicates(duplicates: pd.DataFrame, n_articles: int) -> str:
    """How many different stories there are among so many articles, in a sentence or two."""
    require(duplicates, "near_duplicates", *_NEEDED)
    if duplicates.empty:
        return f"No near-duplicates among {n_articles:,} articles."
    n_clusters = duplicates["cluster"].nunique()
    largest = duplicates["cluster"].value_counts().iloc[0]
    stories = n_articles - len(duplicates) + n_clusters
    return (
        f"{stories:,} different {_stories(stories)} in {n_articles:,} articles: {len(duplicates):,} articles tell "
        f"{n_clusters:,} {_stories(n_clusters)} in nearly the same words (at most {largest:,} the same one)."
    )


def _stories(n: int) -> str:
    return "story" if n == 1 else "stories"
