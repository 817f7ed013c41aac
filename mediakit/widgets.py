"""The explorer of sources; `widget_*` hold the others and what all are made of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as controls
import pandas as pd

from .evidence import evidence
from .frames import build, labels, require
from .plots import plot_source_similarity
from .sources import reused_passages, shared_terms, source_similarity
from .term_kwic import kwic
from .widget_explorer import Key, View, choice, drawn, explorer, groupings


def explore_sources(articles: pd.DataFrame, *, folder: str | Path = "figures") -> controls.VBox:
    """How alike sources are, which words and passages make them so; click a pair to read them.

    Parameters
    ----------
    articles
        One row per article.
    folder
        Where the Export button writes.
    """
    require(articles, "articles")
    passages = lru_cache(lambda length: reused_passages(articles, min_tokens=length))

    def show(by: str, measure: str, passage: int) -> View:
        data = source_similarity(articles, by=by, min_tokens=passage)
        made = f"mk.source_similarity(articles, by={by!r}, min_tokens={passage})"
        figure, code = drawn(plot_source_similarity, data, articles, "", made, by=by, measure=measure)
        code += f"\nprint(mk.describe_confounds(mk.confounds(articles, by={by!r})))"
        return View(figure, data, code, lambda key: _alike(articles, by, passages(passage), data, key))

    return explorer(
        show,
        {
            "by": choice("By", groupings(articles)),
            "measure": choice("Measure", ["cosine", "cosine_corrected"]),
            "passage": controls.IntSlider(8, 5, 20, description="Passage of", continuous_update=False),
        },
        articles,
        Path(folder) / "explore-sources",
    )


def _alike(articles: pd.DataFrame, by: str, passages: pd.DataFrame, data: pd.DataFrame, key: Key) -> pd.DataFrame:
    """Passages that two sources share, or else the sentences with the words that make them alike."""
    if not key and data.empty:
        return build("evidence", [])
    a, b = (key["source_a"], key["source_b"]) if key else data.loc[0, ["source_a", "source_b"]]
    side = dict(zip(articles["article_id"], labels(articles[by]), strict=True))
    sides = pd.DataFrame({"a": passages["article_a"].map(side), "b": passages["article_b"].map(side)})
    across = sides["a"].isin([a, b]) & sides["b"].isin([a, b]) & (sides["a"] != sides["b"])
    if across.any():
        return evidence(passages[across], articles)
    pair = articles[labels(articles[by]).isin([a, b])]
    terms = shared_terms(articles, a, b, by=by)["term"].head(3)
    hits = [kwic(pair, term) for term in terms]
    return evidence(pd.concat(hits), articles) if hits else build("evidence", [])
