"""Measure what docs/accuracy.md claims of same_event and contrast.

    python tools/accuracy_events.py [DATA]

DATA is the folder with meantime_en and persent. Two gold standards: (1) halves: the sentences of each real article are
dealt out in turn to two articles, which tell of one event in different sentences; everything else is another event,
though some articles of persent truly share one. (2) tools/coding/events_meantime.csv: all 44 pairs of MEANTIME's
articles at most three days apart, coded by one person from titles and dates: same, near (one runs into the next: the
falls of one week), other. Pairs further apart are other. contrast is given articles and the same ones without every
third sentence: what the shorter one alone is said to tell is wrong, and so is what it is said to lack and still has.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from meantime_texts import meantime_texts

import mediakit as mk
from mediakit.frames import build

CODED = Path(__file__).parent / "coding" / "events_meantime.csv"


def articles_of(rows: list[dict]) -> pd.DataFrame:
    """An articles frame; what is not given is missing."""
    return build("articles", [{"source": None, "published": None, "title": None} | row for row in rows])


def halves(articles: pd.DataFrame) -> pd.DataFrame:
    """Each article twice, with every other sentence."""
    rows = []
    table = mk.sentences(articles).groupby("article_id", sort=False)
    dates = articles.set_index("article_id")["published"]
    for article_id, found in table:
        for half in (0, 1):
            text = "\n".join(found["text"].iloc[half::2])
            rows.append({"article_id": f"{article_id}#{half}", "published": dates[article_id], "text": text})
    return articles_of(rows)


def scored(together: np.ndarray, gold: np.ndarray) -> str:
    """Precision, recall and F1 of pairs."""
    hits = int((together & gold).sum())
    precision, recall = hits / max(int(together.sum()), 1), hits / max(int(gold.sum()), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"pairs {int(gold.sum()):4d}, found {int(together.sum()):5d}: P {precision:.2f} R {recall:.2f} F1 {f1:.2f}"


def pairs(found: pd.DataFrame, ids: pd.Series) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Whether each pair of articles has one event, and the places of its articles."""
    event = found.set_index("article_id")["event"].reindex(ids).to_numpy()
    upper = np.triu_indices(len(ids), 1)
    return (event[:, None] == event[None, :])[upper], upper


def measure_halves(name: str, articles: pd.DataFrame) -> None:
    """Print how well halves find each other."""
    corpus = halves(articles)
    found = mk.same_event(corpus)
    together, upper = pairs(found, corpus["article_id"])
    story = corpus["article_id"].str.rsplit("#", n=1).str[0].to_numpy()
    print(f"halves, {name:34s} {len(corpus):5d} articles, {scored(together, story[upper[0]] == story[upper[1]])}")


def measure_coded(articles: pd.DataFrame) -> None:
    """Print how well the pairs coded by hand are found."""
    coded = pd.read_csv(CODED)
    label = {
        frozenset(pair): kind for *pair, kind in coded[["document_a", "document_b", "label"]].itertuples(index=False)
    }
    ids = articles["article_id"]
    for bar in (0.10, 0.15, 0.20, 0.25):
        together, upper = pairs(mk.same_event(articles, min_similarity=bar), ids)
        kinds = np.array([label.get(frozenset((ids[a], ids[b])), "other") for a, b in zip(*upper, strict=True)])
        tally = {
            kind: f"{int(together[kinds == kind].sum())} of {int((kinds == kind).sum())}"
            for kind in ("same", "near", "other")
        }
        print(f"coded by hand, min_similarity {bar:.2f}: put together {tally}")


def measure_contrast(articles: pd.DataFrame) -> None:
    """Print what is said to be told by one side alone, and how much of it the other has in the same words."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    told: Counter[tuple[str, str]] = Counter()
    for article_id, found in mk.sentences(articles).groupby("article_id", sort=False):
        kept = "\n".join(text for at, text in enumerate(found["text"]) if at % 3 != 2)
        pair = articles_of([{"article_id": "whole", "text": texts[article_id]}, {"article_id": "cut", "text": kept}])
        for row in mk.contrast(pair, "whole", "cut").to_dict("records"):
            told[row["kind"], row["side"]] += 1
            if row["side"] == "a only":
                told[row["kind"], "a only, and it stands in the cut text"] += row["item"] in kept
    for (kind, side), n in sorted(told.items()):
        print(f"contrast, {len(articles)} articles and what is left of them: {kind:10s} {side}: {n}")


def main(data: Path) -> None:
    """Measure and print."""
    texts = meantime_texts(data)
    rows = []
    for article_id, text in texts.items():
        title, day, *body = text.split("\n", 2)
        rows.append({"article_id": article_id, "published": pd.Timestamp(day), "text": "\n".join([title, *body])})
    meantime = articles_of(rows)
    persent = pd.read_csv(data / "persent" / "dev.csv")
    undated = articles_of(
        [{"article_id": f"p{at}", "text": text} for at, text in enumerate(persent["DOCUMENT"].astype("str"))]
    )
    days = np.random.default_rng(0).integers(0, 60, len(undated))
    dated = undated.assign(published=pd.Timestamp("2025-01-01", tz="UTC") + pd.to_timedelta(days, unit="D"))
    measure_halves("MEANTIME, own dates", meantime)
    measure_halves("MEANTIME, all one day", meantime.assign(published=pd.Timestamp("2025-01-01", tz="UTC")))
    measure_halves("MEANTIME, undated", meantime.assign(published=pd.NaT))
    measure_halves("PerSenT, drawn from 60 days", dated)
    measure_halves("PerSenT, undated", undated)
    measure_coded(meantime)
    measure_contrast(undated[undated["text"].str.len() < 4000].head(60))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data"
    needed = [folder / "meantime_en" / "meantime.conll", folder / "persent" / "dev.csv"]
    if missing := [str(path) for path in needed if not path.exists()]:
        sys.exit(f"Not measured: {', '.join(missing)} not there. Pass the folder that holds meantime_en and persent.")
    main(folder)
