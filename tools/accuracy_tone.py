"""Measure the models of tone: python tools/accuracy_tone.py [DATA] [--model core|encoder|both] [--only PART …]

DATA holds newsmtsc and persent (default: shared/data beside the repository). Parts, all unless some are named:
  newsmtsc  dev sentences: macro-F1, accuracy, expected calibration error in 10 bins (and what it would be on average if
            each answer were right exactly as often as its probability says: so few targets make errors by chance),
            accuracy of the 70 % most sure
  names     how far the mean tone moves when the target gets another name: the farthest of 200
  persent   the tone of articles towards one person; how mentions make the tone of an article is chosen on every second
            article, and told of the others and of all
Peers in the same run: VADER and TextBlob (score of the sentence, thresholds ±.05 and 0), always neutral.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score

import mediakit as mk
from mediakit import encoder, tone_core
from mediakit.tone_reading import form

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
CLASSES = ("negative", "neutral", "positive")
LEAST_SURE = 0.3
N_NAMES, N_SENTENCES = 200, 60


def vader(texts: list[str]) -> list[float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer()
    return [score.polarity_scores(text)["compound"] for text in texts]


def textblob(texts: list[str]) -> list[float]:
    from textblob import TextBlob

    return [TextBlob(text).polarity for text in texts]


def neutral(texts: list[str]) -> list[float]:
    return [0.0] * len(texts)


# the score of a sentence, and from where on it is positive or negative: VADER's as its authors draw it
PEERS: dict[str, tuple[Callable[[list[str]], list[float]], float]] = {
    "vader": (vader, 0.05),
    "textblob": (textblob, 1e-9),
    "always neutral": (neutral, 1.0),
}
MODELS: dict[str, Callable[..., np.ndarray]] = {"core": tone_core.probabilities, "encoder": encoder.tone}


def peer_classes(name: str, texts: list[str]) -> np.ndarray:
    """The scores of a peer as if it were sure of their class."""
    score, border = PEERS[name]
    found = np.array(score(texts))
    return np.eye(3)[np.where(found >= border, 2, np.where(found <= -border, 0, 1))]


def newsmtsc(data: Path, models: list[str]) -> None:
    print("| dev set | engine | targets | macro-F1 | accuracy | calibration error | by chance | the 70 % most sure |")
    print("|---|---|---|---|---|---|---|---|")
    for part in ("rw", "mt"):
        rows = targets(data, part)
        gold = np.array([row["polarity"] + 1 for row in rows])
        for name in [*models, *PEERS]:
            p = MODELS[name](*spans(rows)) if name in MODELS else peer_classes(name, spans(rows)[0])
            best, sure = p.argmax(1), p.max(1)
            right = best == gold
            most = right[np.argsort(-sure, kind="stable")[: round((1 - LEAST_SURE) * len(gold))]].mean()
            known = f"{calibration_error(sure, right):.3f} | {by_chance(sure):.3f} | {most:.3f}"
            known = known if name in MODELS else "– | – | –"
            f1, accuracy = f1_score(gold, best, average="macro"), accuracy_score(gold, best)
            print(f"| {part} | {name} | {len(gold)} | {f1:.3f} | {accuracy:.3f} | {known} |", flush=True)


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """How far, on average, the share of right answers in a tenth of the scale lies from what they promise."""
    bins = np.minimum((sure * 10).astype(int), 9)
    weights = np.bincount(bins, right - sure, minlength=10)
    return float(np.abs(weights).sum() / len(sure))


def by_chance(sure: np.ndarray, draws: int = 1000) -> float:
    """The mean calibration error of answers that keep what they promise."""
    rng = np.random.default_rng(0)
    return float(np.mean([calibration_error(sure, rng.random(len(sure)) < sure) for _ in range(draws)]))


def targets(data: Path, part: str) -> list[dict]:
    lines = (data / "newsmtsc" / f"{part}-hf" / "dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def spans(rows: list[dict]) -> tuple[list[str], list[int], list[int]]:
    return [row["sentence"] for row in rows], [row["from"] for row in rows], [row["to"] for row in rows]


def names(data: Path, models: list[str]) -> None:
    """The mean tone of some sentences with each of 200 names of politicians in the place of the target."""
    rng = np.random.default_rng(0)
    rows = [row for row in targets(data, "rw") + targets(data, "mt") if form(row["mention"]) == "name"]
    rows = [rows[i] for i in sorted(rng.choice(len(rows), N_SENTENCES, replace=False))]
    registry = mk.read_actors()
    people = sorted(set(registry.loc[(registry["type"] == "person") & (registry["form"] == "name"), "alias"]))
    chosen = [people[i] for i in sorted(rng.choice(len(people), N_NAMES, replace=False))]
    texts, starts, ends = [], [], []
    for name, row in product(chosen, rows):
        texts.append(row["sentence"][: row["from"]] + name + row["sentence"][row["to"] :])
        starts.append(row["from"])
        ends.append(row["from"] + len(name))
    for model in models:
        tone = (MODELS[model](texts, starts, ends) @ [-1, 0, 1]).reshape(N_NAMES, N_SENTENCES).mean(axis=1)
        far = np.abs(tone - tone.mean()).max()
        print(f"{model}: {N_NAMES} names in {N_SENTENCES} sentences: farthest mean tone from the mean {far:.4f}")


def persent(data: Path, models: list[str]) -> None:
    table = pd.read_csv(data / "persent" / "dev.csv").dropna(subset=["DOCUMENT"]).reset_index(drop=True)
    articles, mentions = persons(table)
    gold = table["TRUE_SENTIMENT"].str.lower().map(CLASSES.index).to_numpy()
    n = mentions["article_id"].nunique()
    print(f"persent dev: {len(table)} articles, {n} with a mention, {len(mentions)} mentions")
    found = mk.quotes(articles)
    for name in [*models, *PEERS]:
        best, how = np.ones(len(gold), dtype=int), ""
        if name != "always neutral":
            best, how = by_article(mentions_tone(mentions, articles, found, name), articles, gold)
        halves = {"half B": np.arange(len(gold)) % 2 == 1, "all": np.full(len(gold), True)}
        told = ", ".join(
            f"{part} macro-F1 {f1_score(gold[rows], best[rows], average='macro'):.3f} "
            f"accuracy {accuracy_score(gold[rows], best[rows]):.3f}"
            for part, rows in halves.items()
        )
        print(f"persent, {name}: {told} {how}", flush=True)


def persons(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles with the last name of the person where the data set masked it; mentions of that name."""
    articles, rows = [], []
    for number, row in enumerate(table.to_dict("records")):
        last = str(row["TARGET_ENTITY"]).split()[-1]
        masked = row["MASKED_DOCUMENT"] if isinstance(row["MASKED_DOCUMENT"], str) else ""
        text = masked.replace("[TGT]", last) if "[TGT]" in masked else row["DOCUMENT"]
        articles.append({"article_id": str(number), "source": None, "published": None, "title": None, "text": text})
        for match in re.finditer(rf"\b{re.escape(last)}\b", text):
            rows.append(
                {"article_id": str(number), "start": match.start(), "end": match.end(), "text": last, "actor": last}
            )
    frame = pd.DataFrame(articles)
    split = mk.sentences(frame)
    mentions = pd.DataFrame(rows)
    keyed = [group.assign(sentence_no=numbers(group, split)) for _, group in mentions.groupby("article_id", sort=False)]
    return frame, pd.concat(keyed, ignore_index=True)


def numbers(group: pd.DataFrame, split: pd.DataFrame) -> np.ndarray:
    own = split[split["article_id"] == group["article_id"].iloc[0]]
    at = np.searchsorted(own["start"].to_numpy(), group["start"].to_numpy(), side="right") - 1
    return own["sentence_no"].to_numpy()[at]


def mentions_tone(mentions: pd.DataFrame, articles: pd.DataFrame, quotes: pd.DataFrame, name: str) -> pd.DataFrame:
    """Each mention with a tone from -1 to 1; for a peer, each sentence once with its score."""
    rows = mk.tone(mentions, articles, model=name if name in MODELS else "core", quotes=quotes)
    if name in MODELS:
        return rows.assign(value=rows["positive"] - rows["negative"])
    texts = mk.sentences(articles).set_index(["article_id", "sentence_no"])["text"]
    rows = rows.drop_duplicates(["article_id", "sentence_no"])
    asked = [texts[key] for key in zip(rows["article_id"], rows["sentence_no"], strict=True)]
    return rows.assign(value=PEERS[name][0](asked))


def by_article(tones: pd.DataFrame, articles: pd.DataFrame, gold: np.ndarray) -> tuple[np.ndarray, str]:
    """The class of each article: the way of adding up and the two borders that are best on half A."""
    half = np.arange(len(gold)) % 2 == 0
    ids = articles["article_id"]
    best: tuple[float, np.ndarray, str] = (-1.0, np.zeros(len(gold), int), "")
    outlet = tones[tones["voice"] == "outlet"]
    ways = {
        "mean of all": tones.groupby("article_id")["value"].mean(),
        "mean of the outlet's voice": outlet.groupby("article_id")["value"].mean(),
        "mean of the first five": tones.groupby("article_id").head(5).groupby("article_id")["value"].mean(),
    }
    for way, values in ways.items():
        value = values.reindex(ids).fillna(0).to_numpy()
        borders = np.unique(np.quantile(value, np.linspace(0.02, 0.98, 49)))
        for low, high in product(borders, borders):
            if low < high:
                found = np.where(value >= high, 2, np.where(value <= low, 0, 1))
                f1 = f1_score(gold[half], found[half], average="macro")
                if f1 > best[0]:
                    best = (f1, found, f"({way}, negative up to {low:.2f}, positive from {high:.2f})")
    return best[1], best[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--model", choices=[*MODELS, "both"], default="both" if encoder.available() else "core")
    parser.add_argument("--only", nargs="*", choices=["newsmtsc", "names", "persent"])
    parser.add_argument("--names-standing", action="store_true", help="let the encoder see the name of the target")
    args = parser.parse_args()
    if args.names_standing:
        encoder.is_name = lambda _: False  # it then reads every target as it stands
    missing = [name for name in ("newsmtsc", "persent") if not (args.data / name).is_dir()]
    if missing:
        print(f"{', '.join(missing)}: not in {args.data.name}; nothing measured")
        return
    models = [name for name in MODELS if args.model in (name, "both")]
    for name, part in {"newsmtsc": newsmtsc, "names": names, "persent": persent}.items():
        if not args.only or name in args.only:
            part(args.data, models)


if __name__ == "__main__":
    main()
