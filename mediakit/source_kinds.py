"""What a passage is that two articles share: a quotation, a template, syndicated copy, or else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from .cleaning.boilerplate import cut_patterns
from .cleaning.draft import Draft, Raw
from .duplicate_templates import template_grams
from .duplicate_words import SIZE, Reader, grams
from .duplicates import near_duplicates
from .frames import labels
from .quote_marks import quoted_spans

Spans = Sequence[tuple[int, int]]


def passage_kinds(passages: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """quote, template, syndicated or passage, for each row of `reused_passages`; the first that holds.

    A quote lies for the larger part between quotation marks in one of the two articles or both. A template lies for
    the larger part in what `read_corpus` cuts as boilerplate by pattern, questions to the reader with it, or in
    what stands in three or more articles of one outlet that tell different stories (see `near_duplicates`). A passage
    is syndicated where the two articles are near-duplicates.
    """
    if passages.empty:
        return []
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    titles = dict(zip(articles["article_id"], articles["title"].notna(), strict=True))
    wanted = set(passages["article_a"]) | set(passages["article_b"])
    repeated = _repeated_spans(articles, wanted)
    clusters = near_duplicates(articles).set_index("article_id")["cluster"].to_dict()

    @cache
    def quoted(article_id: str) -> Spans:
        return [(span.start, span.end) for span in quoted_spans(texts[article_id])]

    @cache
    def templates(article_id: str) -> Spans:
        return _union([*repeated.get(article_id, ()), *_boilerplate(texts[article_id], titles[article_id])])

    kinds = []
    columns = ("article_a", "start_a", "end_a", "article_b", "start_b", "end_b")
    for a, start_a, end_a, b, start_b, end_b in zip(*(passages[name] for name in columns), strict=True):
        sides = ((a, start_a, end_a), (b, start_b, end_b))
        if any(_mostly(quoted(article_id), start, end) for article_id, start, end in sides):
            kinds.append("quote")
        elif any(_mostly(templates(article_id), start, end) for article_id, start, end in sides):
            kinds.append("template")
        else:
            kinds.append("syndicated" if a in clusters and clusters[a] == clusters.get(b) else "passage")
    return kinds


def _mostly(spans: Spans, start: int, end: int) -> bool:
    """Whether more than half of start to end lies in the spans, which do not overlap."""
    return 2 * sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in spans) > end - start


def _union(spans: Spans) -> Spans:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _boilerplate(text: str, titled: bool) -> Spans:
    """What the patterns of cleaning find in a text."""
    draft = Draft.of(Raw(text, titled))
    cut_patterns(draft)
    ends = [(cut, draft.lines[number][1]) for number, cuts in draft.ends.items() for cut, _ in cuts]
    return [*(draft.lines[number] for number in draft.gone), *ends]


def _repeated_spans(articles: pd.DataFrame, wanted: set[str]) -> dict[str, Spans]:
    """The templates of its source in each of the wanted articles; of those without a source none is known."""
    table = articles.loc[articles["source"].notna(), ["article_id", "source", "text"]]
    table = table.assign(source=pd.factorize(labels(table["source"]), sort=True)[0]).sort_values(
        "source", kind="stable"
    )
    every = grams(table["text"], total=len(table))
    # articles with the same words come in once, and have the same templates
    same = table.assign(digest=every.digests, row=np.arange(len(table)), n=np.diff(every.bounds))
    first = same.drop_duplicates(["source", "digest"])
    chosen = first["row"].to_numpy()
    pieces = [every.of(row) for row in chosen]
    some = every._replace(
        hashes=np.concatenate([*pieces, every.hashes[:0]]),
        bounds=np.concatenate([[0], np.cumsum(first["n"].to_numpy(np.int64))]),
    )
    template = template_grams(some, first["source"].to_numpy(np.int64)) if len(first) else np.zeros(0, dtype=bool)
    place = {key: number for number, key in enumerate(zip(first["source"], first["digest"], strict=True))}
    reader, found = Reader(), {}
    for row in same[same["article_id"].isin(wanted)].itertuples():
        number = place[row.source, row.digest]
        mask = template[some.bounds[number] : some.bounds[number + 1]]
        if mask.any():
            words = reader.words(row.text)
            at = np.flatnonzero(mask)
            ends = np.minimum(at + SIZE, len(words.ends)) - 1
            found[row.article_id] = _union(list(zip(words.starts[at].tolist(), words.ends[ends].tolist(), strict=True)))
    return found
