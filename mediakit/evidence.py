"""From any row back to the sentences it was made from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .frames import FRAMES, FrameError, build, labels, require
from .text import sentences

SPAN = ["article_id", "start", "end"]


def evidence(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    among: pd.DataFrame | None = None,
    by: str = "source",
    context: int = 1,
) -> pd.DataFrame:
    """The sentences behind some rows of any frame.

    Parameters
    ----------
    rows
        Rows with spans (sentences, sentiment, mentions, tokens, kwic), pairs of spans (`reused_passages`, `contrast`; a
        side without a place has no evidence), or rows that count or summarise (term_counts, mention_counts,
        co_mentions, keyness, summaries): these need `among`.
    articles
        The articles that the rows were made from.
    among
        For rows without spans: the frame that was counted, such as `tokens(articles)` or `mentions(articles)`. Its
        rows that agree with a row in every naming column that both have (actor, term, source …, looked up in
        `articles` where needed) are the evidence. A pair of co_mentions is shown by the mentions of either in
        sentences that name both.
    by
        For keyness: the column that its targets are values of.
    context
        Sentences before and after to give along.

    Returns
    -------
    One row per span, in order of article and place, duplicates dropped: article_id, source, sentence_no, start, end,
    hit, sentence_start, sentence_end, text (the sentence), before, after; then what else `rows` (or `among`) say of the
    span: actor, term, polarity …

    Raises
    ------
    FrameError
        `rows` has no spans and `among` was not given, or nothing in it agrees with them (terms of several words are in
        no frame of tokens: pass `kwic(articles, term)` as rows); or a row names an article that is not in `articles`.
    """
    require(articles, "articles")
    spans = _spans(rows.rename(columns={"target": by}), articles, among)
    # what only one side of a pair tells has no place in the other
    spans = spans.dropna(subset=SPAN).astype({"start": "int64", "end": "int64"})
    unknown = set(spans["article_id"]) - set(articles["article_id"])
    if unknown:
        raise FrameError(f"rows: article_id {min(unknown)!r} is not in articles. Pass the articles the rows came from.")
    spans = spans.drop_duplicates().reset_index(drop=True)
    used = articles[articles["article_id"].isin(spans["article_id"])]
    return build("evidence", _located(spans, used, context))


def _spans(rows: pd.DataFrame, articles: pd.DataFrame, among: pd.DataFrame | None) -> pd.DataFrame:
    if set(SPAN) <= set(rows.columns):
        return _with_extra(rows)
    if {"article_a", "article_b"} <= set(rows.columns):
        sides = [rows[[f"article_{s}", f"start_{s}", f"end_{s}"]].set_axis(SPAN, axis=1) for s in "ab"]
        return pd.concat(sides, ignore_index=True)
    if among is None:
        raise FrameError(
            f"rows: no spans (article_id, start, end); has {list(rows.columns)}. "
            "Pass among=, the frame they were counted from, such as mediakit.mentions(articles)."
        )
    require(among, "mentions", *SPAN)
    if {"actor_a", "actor_b"} <= set(rows.columns):
        return _with_extra(pd.concat([_both(pair, among) for pair in rows.itertuples()] or [among[:0]]))
    return _with_extra(_matching(rows, articles, among))


def _with_extra(rows: pd.DataFrame) -> pd.DataFrame:
    """Spans first, then the columns that the evidence does not bring itself."""
    own = {column.name for column in FRAMES["evidence"].columns} | {"paragraph_no", "token_no", "left", "node", "right"}
    return rows[SPAN + [column for column in rows.columns if column not in own]]


def _both(pair: object, mentions: pd.DataFrame) -> pd.DataFrame:
    """Mentions of either actor in the sentences that name both."""
    either = mentions[mentions["actor"].isin([pair.actor_a, pair.actor_b])]  # type: ignore[attr-defined]
    return either[either.groupby(["article_id", "sentence_no"])["actor"].transform("nunique") == 2]


def _matching(rows: pd.DataFrame, articles: pd.DataFrame, among: pd.DataFrame) -> pd.DataFrame:
    """Rows of `among` that agree with one of `rows` in every naming column they share."""
    measures = {c.name for name in FRAMES for c in FRAMES[name].columns if FRAMES[name].grouped and c.kind != "str"}
    columns = [c for c in rows.columns if c not in measures | {"text", "measure", "unit", "caveat"}]
    looked_up = articles.set_index("article_id")
    table, keys = among.copy(), []
    for column in columns:
        if column not in table and column in looked_up:
            table[column] = table["article_id"].map(looked_up[column])
        if column in table:
            table[column] = labels(table[column])
            keys.append(column)
    if not keys:
        raise FrameError(f"among: no column that names what the rows name; rows have {list(rows.columns)}.")
    wanted = rows[keys].apply(labels).drop_duplicates()
    found = table.merge(wanted, on=keys)
    if found.empty and len(rows):
        raise FrameError(
            f"among: nothing in it agrees with the rows in {keys}. Pass the frame that they were counted from; "
            "for terms of several words pass mediakit.kwic(articles, term) as rows."
        )
    return found


def _located(spans: pd.DataFrame, articles: pd.DataFrame, context: int) -> pd.DataFrame:
    """Each span with its sentence (from its first to its last, where it runs over several) and the context."""
    table = sentences(articles)
    code = {article_id: place for place, article_id in enumerate(articles["article_id"])}
    width = int(articles["text"].str.len().max()) + 1 if len(articles) else 1
    # one number line for all articles, so that one search finds every sentence
    line = table["article_id"].map(code).to_numpy(np.int64) * width
    place = spans["article_id"].map(code).to_numpy(np.int64) * width
    starts = line + table["start"].to_numpy()
    first = np.searchsorted(starts, place + spans["start"].to_numpy(), side="right") - 1
    last = np.searchsorted(starts, place + spans["end"].to_numpy(), side="left") - 1
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    source = dict(zip(articles["article_id"], articles["source"], strict=True))
    begin, end, ids = (table[column].to_numpy() for column in ("start", "end", "article_id"))
    numbers = table["sentence_no"].to_numpy()
    records = []
    for row, i, j in zip(spans[SPAN].itertuples(), first, np.maximum(first, last), strict=True):
        text = texts[row.article_id]
        low, high = i, j
        while low > 0 and low > i - context and ids[low - 1] == row.article_id:
            low -= 1
        while high < len(ids) - 1 and high < j + context and ids[high + 1] == row.article_id:
            high += 1
        records.append(
            {
                "article_id": row.article_id,
                "source": source[row.article_id],
                "sentence_no": numbers[i],
                "start": row.start,
                "end": row.end,
                "hit": text[row.start : row.end],
                "sentence_start": begin[i],
                "sentence_end": end[j],
                "text": text[begin[i] : end[j]],
                "before": text[begin[low] : begin[i]].strip(),
                "after": text[end[j] : end[high]].strip(),
            }
        )
    extra = spans.drop(columns=SPAN)
    if not records:
        return extra
    found = pd.concat([pd.DataFrame(records), extra], axis=1)
    found["_order"] = found["article_id"].map(code)
    return found.sort_values(["_order", "start", "end"]).drop(columns="_order").reset_index(drop=True)
