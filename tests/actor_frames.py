"""Mentions and articles made by hand or by lot, for the tests of counts of actors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from mediakit.frames import build

TYPES = {"Ada": "person", "Bo": "person", "Corland": "country", "Dun Party": "organisation"}


def make_mentions(rows: Sequence[tuple]) -> pd.DataFrame:
    """From (article_id, actor) and, where it matters, form, sentence_no, start and part."""
    records = []
    for place, row in enumerate(rows):
        article_id, actor, form, sentence_no, start, part = (*row, *("name", place, 10 * place, "body")[len(row) - 2 :])
        records.append(
            {
                "article_id": article_id,
                "sentence_no": sentence_no,
                "start": start,
                "end": start + len(actor),
                "text": actor,
                "actor": actor,
                "type": TYPES.get(actor, "person"),
                "form": form,
                "part": part,
                "known": True,
                "confidence": 1.0,
            }
        )
    return build("mentions", records)


def make_corpus(sizes: Sequence[int], **columns: Sequence[object]) -> pd.DataFrame:
    """Articles a0, a1 … of so many tokens."""
    blank = {"source": None, "published": None, "title": None}
    table = pd.DataFrame({"article_id": [f"a{place}" for place in range(len(sizes))]} | blank, dtype="object")
    table["text"] = [" ".join(["word"] * size) for size in sizes]
    return build("articles", table.assign(**columns))


pairs = st.lists(
    st.tuples(st.sampled_from([f"a{n}" for n in range(8)]), st.sampled_from(list(TYPES))), min_size=1, max_size=40
)


def by_lot(n_articles: int, n_sources: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mentions and articles where source S0 names Ada three times as often as the others."""
    rng = np.random.default_rng(seed)
    corpus = make_corpus(
        rng.integers(40, 200, n_articles).tolist(),
        source=[f"S{place % n_sources}" for place in range(n_articles)],
        published=[f"2025-0{1 + place % 6}-1{place % 9}" for place in range(n_articles)],
    )
    rows = []
    for article_id, source in zip(corpus["article_id"], corpus["source"], strict=True):
        for actor, mean in (("Ada", 6 if source == "S0" else 2), ("Bo", 3), ("Corland", 1), ("Dun Party", 0.4)):
            rows += [(article_id, actor)] * int(rng.poisson(mean))
    return make_mentions(rows), corpus
