"""Measure whether words add up to the score of their engine, and how often a suspect word is one.

    python tools/accuracy_sentiment.py [DATA] [--only equal|names|senses|speed]

DATA holds newsmtsc, vader_gt, wikigold, gum_news and ud_ewt (default: shared/data beside the repository).

equal: 10,000 sentences of DATA and 10,000 made by a grammar of negations, boosters, "but", capitals, idioms, emoji and
marks. Counted is how many scores are those of TextBlob and vaderSentiment themselves, for how many sentences the words
behind the score add up to it (within 1e-9) and how many words stand where they are said to.

names (wikigold): of the scored words inside a name of the gold, how many are suspect as "capitals" or "name"; and of
those that are suspect so, how many stand inside one.

senses (GUM, EWT): for words that word lists know as adjectives or verbs, whether the gold part of speech is another
one, and whether the rules for homonyms say so.

speed: CPU seconds for the real sentences, by mediakit (with and without the words) and by the packages themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import mediakit as mk

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
N = 10_000
EXACT = 1e-9
ENGINES = ["textblob", "vader"]
# the parts of speech in which the word lists mean these words; "well" is left aside, its senses share one
SCORED_AS = {
    "kind": {"ADJ"},
    "like": {"VERB"},
    "pretty": {"ADJ"},
    "firm": {"ADJ"},
    "mean": {"ADJ"},
    "fine": {"ADJ", "ADV"},
    "live": {"ADJ", "ADV"},
    "novel": {"ADJ"},
    "base": {"ADJ"},
    "sound": {"ADJ"},
    "rose": {"NOUN"},
    "right": {"ADJ"},
    "subject": {"ADJ"},
    "play": {"VERB"},
    "please": {"VERB"},
    "trust": {"VERB", "NOUN"},
    "matter": {"VERB"},
    "light": {"ADJ"},
}


def sentences(texts: list[str]) -> pd.DataFrame:
    """Each text as one sentence of an article of its own."""
    return pd.DataFrame(
        {
            "article_id": [f"s{n}" for n in range(len(texts))],
            "sentence_no": 0,
            "paragraph_no": 0,
            "part": "body",
            "start": 0,
            "end": [len(text) for text in texts],
            "text": texts,
        }
    )


def real(data: Path) -> list[str]:
    """Sentences of news, then of reviews and tweets until there are enough."""
    found: dict[str, None] = {}
    for path in sorted(data.glob("newsmtsc/*/*.jsonl")):
        found |= dict.fromkeys(json.loads(line)["sentence"] for line in path.read_text(encoding="utf-8").splitlines())
    for path in sorted(data.glob("vader_gt/*_GroundTruth.txt")):
        lines = path.read_text(encoding="latin-1").splitlines()[:2_000]
        found |= dict.fromkeys(line.split("\t", 2)[2] for line in lines if line.count("\t") >= 2)
    texts = list(found)
    random.Random(0).shuffle(texts)
    return texts[:N]


def generated() -> list[str]:
    """Sentences of a grammar that has every rule of the engines, and pieces that break them."""
    rng = random.Random(0)
    words = (
        "good bad great terrible happy hate love war peace hope crisis win lost nice awful the a table of it is".split()
    )
    before = (
        "very extremely slightly hardly kind-of sort-of not never no isn't cannot n't without least so this".split()
    )
    phrases = ["at least", "without doubt", "never so", "kind of", "sort of", "just enough", "bus stop", "the bomb"]
    phrases += [
        "yeah right",
        "kiss of death",
        "to die for",
        "beating heart",
        "upper hand",
        "bad ass",
        "not very",
        "but",
    ]
    marks = [
        "!",
        "!!",
        "!!!!!",
        "?",
        "??",
        "????",
        ".",
        "...",
        ",",
        ":)",
        ":(",
        "🙂",
        "💘",
        "😡",
        "( ! )",
        "<3",
        "“",
        "”",
    ]

    def piece() -> str:
        kind = rng.random()
        word = rng.choice(words if kind < 0.5 else before if kind < 0.75 else phrases if kind < 0.87 else marks)
        return word.upper() if rng.random() < 0.1 else word.capitalize() if rng.random() < 0.1 else word

    texts = [" ".join(piece() for _ in range(rng.randint(1, 20))) for _ in range(N)]
    return [text.replace(" ", "", 1) if rng.random() < 0.3 else text for text in texts]


def equal(data: Path) -> None:
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    oracles = {
        "textblob": lambda text: TextBlob(text).polarity,
        "vader": lambda text: vader.polarity_scores(text)["compound"],
    }
    for name, texts in (("real", real(data)), ("generated", generated())):
        table = sentences(texts)
        for engine, oracle in oracles.items():
            scored = mk.sentiment(table, engine=engine)["polarity"].fillna(0)
            words = mk.sentiment_words(table, engine=engine)
            added = words.groupby("article_id")["contribution"].sum().reindex(table["article_id"]).fillna(0)
            again = mk.polarity_of(words).set_index("article_id")["polarity"].reindex(table["article_id"]).fillna(0)
            own = pd.Series([oracle(text) for text in texts])
            place = [texts[int(row.article_id[1:])][row.start : row.end] == row.text for row in words.itertuples()]
            print(
                f"{name}, {engine}: of {len(texts):,} sentences {(scored == own).sum():,} score as the package; words "
                f"of {(abs(added.to_numpy() - own) < EXACT).sum():,} add up, polarity_of gives "
                f"{(abs(again.to_numpy() - own) < EXACT).sum():,}; {sum(place):,} of {len(words):,} words in place; "
                f"{words['rule'].nunique()} combinations of rules",
                flush=True,
            )


def conll(path: Path) -> Iterator[list[list[str]]]:
    """The token lines of each sentence, in columns."""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip() and not line.startswith("#"):
            rows.append(line.split("\t") if "\t" in line else line.split())
        elif rows:
            yield rows
            rows = []


def joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens with blanks between, and where each stands."""
    spans, at = [], 0
    for token in tokens:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), spans


def gold_words(found: list[tuple[str, list[tuple[int, int]], list[str]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sentences, and their scored words with the gold tag of the token they stand in."""
    table = sentences([text for text, _, _ in found])
    words = mk.sentiment_words(table, engine=ENGINES)
    words = words[words["rule"] != "emphasis"].copy()
    tags = []
    for row in words.itertuples():
        _, spans, gold = found[int(row.article_id[1:])]
        tags.append(
            next((tag for (low, high), tag in zip(spans, gold, strict=True) if low < row.end and row.start < high), "")
        )
    words["gold"] = tags
    return table, words


def names(data: Path) -> None:
    found = []
    for path in sorted(data.glob("wikigold/CONLL-format/data/*")):
        for rows in conll(path):
            if rows[0][0] != "-DOCSTART-":
                found.append((*joined([row[0] for row in rows]), [row[-1] for row in rows]))
    table, words = gold_words(found)
    inside = words["gold"].str.contains("-")
    for label, mentions in (("capitals alone", None), ("with the registry", mk.mentions(as_articles(table)))):
        suspects = mk.suspects(words, table, mentions=mentions)
        marked = suspects[suspects["reason"].isin(["capitals", "name"])]
        hit = marked["gold"].str.contains("-")
        print(
            f"names (wikigold, {len(found):,} sentences), {label}: {inside.sum():,} of {len(words):,} scored words "
            f"stand in a name; {hit.sum():,} of them are suspect (recall {hit.sum() / inside.sum():.2f}); of "
            f"{len(marked):,} suspect so {hit.sum():,} stand in one (precision {hit.mean():.2f})",
            flush=True,
        )


def as_articles(table: pd.DataFrame) -> pd.DataFrame:
    return table[["article_id", "text"]].assign(title=pd.NA, source="wikigold", published=pd.NaT)


def senses(data: Path) -> None:
    found = []
    for path in [*sorted(data.glob("gum_news/dep/*.conllu")), *sorted(data.glob("ud_ewt/**/*.conllu"))]:
        for rows in conll(path):
            tokens = [row for row in rows if row[0].isdigit()]
            found.append((*joined([row[1] for row in tokens]), [row[3] for row in tokens]))
    table, words = gold_words(found)
    words = words.drop_duplicates(["article_id", "start"])
    words = words[words["term"].isin(SCORED_AS)]
    other = pd.Series([row.gold not in SCORED_AS[row.term] for row in words.itertuples()], index=words.index)
    words = words.assign(other=other)
    suspects = mk.suspects(words, table)
    marked = suspects[suspects["reason"] == "homonym"]
    print(
        f"senses (GUM and EWT, {len(found):,} sentences): {len(words):,} scored uses of {words['term'].nunique()} "
        f"words; {other.sum():,} with another part of speech than the list means, {marked['other'].sum():,} of them "
        f"suspect as homonyms (recall {marked['other'].sum() / other.sum():.2f}); of {len(marked):,} suspect so "
        f"{marked['other'].sum():,} have another one (precision {marked['other'].mean():.2f})"
    )
    tally = words.groupby("term")["other"].agg(["size", "sum"])
    tally["suspect"] = marked.groupby("term").size()
    tally["right"] = marked[marked["other"]].groupby("term").size()
    print(tally.fillna(0).astype(int).sort_values("size", ascending=False).to_string())


def speed(data: Path) -> None:
    from textblob.en import sentiment as pattern
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts = real(data)
    table = sentences(texts)
    vader = SentimentIntensityAnalyzer()
    packages = {"textblob": pattern, "vader": vader.polarity_scores}
    mk.sentiment_words(table.head(10), engine=ENGINES)  # loads the lists
    for engine, package in packages.items():
        package("Loaded.")
        ways = {
            "sentiment": lambda engine=engine: mk.sentiment(table, engine=engine),
            "sentiment_words": lambda engine=engine: mk.sentiment_words(table, engine=engine),
            "package": lambda package=package: [package(text) for text in texts],
        }
        for name, way in ways.items():
            began = time.process_time()
            way()
            spent = time.process_time() - began
            print(f"{engine}, {name}: {spent:.2f} s for {len(texts):,} sentences, {len(texts) / spent:,.0f} a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--only", choices=["equal", "names", "senses", "speed"])
    given = parser.parse_args()
    if not given.data.is_dir():
        raise SystemExit(f"No labelled data at {given.data}: nothing can be measured.")
    for name, measure in {"names": names, "senses": senses, "equal": equal, "speed": speed}.items():
        if given.only in (None, name):
            measure(given.data)


if __name__ == "__main__":
    main()
