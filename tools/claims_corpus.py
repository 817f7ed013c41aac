"""The corpus on which accuracy_claims.py shuffles labels: real articles, and pieces of real ones of every length.

gum_news (24) and MEANTIME (120) as they are; the others are runs of sentences that follow each other in PerSenT, so
that what an article is about, how it is written and how long it is stays together, as in an article. A run never takes
a sentence that another one has.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pandas as pd
from meantime_texts import meantime_texts

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
NEEDED = ("gum_news/dep", "meantime_en/meantime.conll", "persent/dev.csv")
# six sources of unlike size
SIZES = {"A": 60, "B": 60, "C": 40, "D": 40, "E": 20, "F": 20}


def missing(data: Path) -> list[str]:
    """The files of the folder that are not there."""
    return [name for name in NEEDED if not (data / name).exists()]


def claims_corpus(data: Path, seed: int = 0) -> pd.DataFrame:
    """The frame articles, 240 of them, each with one of six sources that say nothing: they were dealt out by lot."""
    rng = np.random.default_rng(seed)
    texts = [*_gum_news(data), *meantime_texts(data).values()]
    texts += _runs(_sentences(data), sum(SIZES.values()) - len(texts), rng)
    sources = rng.permutation(np.repeat(list(SIZES), list(SIZES.values())))
    frame = pd.DataFrame({"article_id": [f"a{number:03d}" for number in range(len(texts))], "text": texts})
    frame["title"] = frame["text"].str.partition("\n")[0]
    return frame.assign(source=sources, published=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]"))


def shuffled(articles: pd.DataFrame, number: int) -> pd.DataFrame:
    """The same articles with the sources dealt out anew."""
    return articles.assign(source=np.random.default_rng([number, 77]).permutation(articles["source"].to_numpy()))


def _gum_news(data: Path) -> list[str]:
    return [
        "\n".join(re.findall(r"^# text = (.+)$", path.read_text(encoding="utf-8"), re.M))
        for path in sorted((data / "gum_news" / "dep").glob("*.conllu"))
    ]


def _sentences(data: Path) -> list[str]:
    with (data / "persent" / "dev.csv").open(encoding="utf-8", newline="") as file:
        documents = list(dict.fromkeys(row["DOCUMENT"] for row in csv.DictReader(file)))
    return [sentence for text in documents for sentence in re.split(r"(?<=[.!?])\s+", text.strip()) if sentence]


def _runs(sentences: list[str], count: int, rng: np.random.Generator) -> list[str]:
    """`count` runs of sentences, about 15 on average, some of four and some of sixty, with room between them."""
    lengths = np.clip(rng.lognormal(np.log(13), 0.6, count).astype(int), 4, 60)
    space = (len(sentences) - int(lengths.sum())) // count
    texts, at = [], 0
    for length in lengths:
        at += int(rng.integers(0, space + 1))
        texts.append("\n".join(sentences[at : at + length]))
        at += int(length)
    return texts
