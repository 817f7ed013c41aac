"""Corpora that the tests share."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from mediakit.frames import build

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

# machines are noisy: an example may take its time, what counts is that it holds; 50 keep the whole run short
settings.register_profile("mediakit", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mediakit")


def make_articles(*records, **columns):
    """An articles frame from records or columns; what is not given is missing."""
    rows = list(records) or pd.DataFrame(columns).to_dict("records")
    blank = {"source": None, "published": None, "title": None}
    return build("articles", [{"article_id": f"a{n}"} | blank | row for n, row in enumerate(rows)])


@pytest.fixture(scope="session")
def seeds():
    """The five seed articles as read."""
    from mediakit import read_corpus

    return read_corpus(SEEDS).articles


@pytest.fixture
def small():
    """Three articles of two sources, short enough to count by hand."""
    return make_articles(
        {
            "source": "Post",
            "published": "2025-01-02",
            "title": "Talks begin",
            "text": "Talks begin\nPeace talks began.",
        },
        {"source": "Post", "published": "2025-01-03", "text": "The talks failed. Peace is far away.\nWar goes on."},
        {"source": "Herald", "published": None, "text": "War, war and war again. “Peace!” they cried."},
    )
