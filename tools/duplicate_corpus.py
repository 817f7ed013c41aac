"""A corpus with planted duplicates, for accuracy_duplicates.py and speed_duplicates.py.

Articles are made of real sentences (PerSenT, NewsMTSC, GUM news, Wikigold), one in eight as it stands, so that
articles that tell different stories share a sentence now and then; the others are new ones from a chain that knows
which word follows which two in the real ones, so that they share phrases as real ones do.
"""

import csv
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
NEEDED = ("persent/dev.csv", "newsmtsc/rw-hf/train.jsonl", "wikigold/CONLL-format/data/wikigold.conll.txt")
EDITS = ("words 5 %", "words 15 %", "words 30 %", "sentences dropped", "paragraphs moved", "updated", "shortened")
WORDS = {"words 5 %": 0.05, "words 15 %": 0.15, "words 30 %": 0.3}
TEMPLATE_WORDS = ((12, 25), (40, 70))  # a prompt, and a paragraph about the outlet, of each source

Article = list[list[list[str]]]  # paragraphs of sentences of words


def missing(data: Path) -> list[str]:
    """The files of the folder that are not there."""
    return [name for name in NEEDED if not (data / name).exists()]


def real_sentences(data: Path) -> list[list[str]]:
    """The words of real sentences, with their punctuation."""
    found = []
    with (data / NEEDED[0]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found += re.split(r"(?<=[.!?])\s+", row["DOCUMENT"])
    with (data / NEEDED[1]).open(encoding="utf-8") as file:
        found += [json.loads(line)["sentence"] for line in file]
    for path in sorted((data / "gum_news" / "dep").glob("*.conllu")):
        found += re.findall(r"^# text = (.+)$", path.read_text(encoding="utf-8"), re.M)
    for block in (data / NEEDED[2]).read_text(encoding="utf-8").split("\n\n"):
        found.append(" ".join(line.split()[0] for line in block.splitlines() if line.strip()))
    return [words for words in {sentence: sentence.split() for sentence in found}.values() if 4 <= len(words) <= 60]


@dataclass
class Planted:
    """Articles, and of each the number of its story and how it was made from it."""

    articles: pd.DataFrame
    story: list[int]
    edit: list[str]


class Writer:
    """Writes articles and edits them; the same seed writes the same."""

    def __init__(self, data: Path, seed: int) -> None:
        """Learn from the sentences in a folder."""
        self.random = random.Random(seed)
        self.sentences = real_sentences(data)
        self.words = [word for words in self.sentences for word in words]
        self.next: dict[tuple[str, str], list[str]] = defaultdict(list)
        for words in self.sentences:
            for first, second, third in zip(words, words[1:], [*words[2:], ""], strict=False):
                self.next[first, second].append(third)

    def sentence(self) -> list[str]:
        """A real sentence, one time in eight, or a new one."""
        words = self.random.choice(self.sentences)
        if self.random.random() < 1 / 8:
            return words
        words = words[:2]
        while len(words) < 40 and (word := self.random.choice(self.next[words[-2], words[-1]])):
            # without such leaps the chain would write long stretches of the real sentences again
            words.append(word if self.random.random() < 0.7 else self.random.choice(self.words))
            if (words[-2], words[-1]) not in self.next:
                words += self.random.choice(self.sentences)[:2]
        return words

    def article(self, n_words: int) -> Article:
        """An article of about so many words."""
        paragraphs: Article = [[self.sentence()]]
        while sum(len(sentence) for paragraph in paragraphs for sentence in paragraph) < n_words:
            paragraphs.append([self.sentence() for _ in range(self.random.randint(1, 4))])
        return paragraphs

    def template(self, least: int, most: int) -> str:
        """A line of so many words."""
        words: list[str] = []
        while len(words) < most:
            words += self.sentence()
        return " ".join(words[: self.random.randint(least, most)])

    def edited(self, article: Article, edit: str) -> Article:
        """A copy of an article, edited in one of the ways of EDITS."""
        draw = self.random
        if edit in WORDS:
            share = WORDS[edit]
            return [
                [[draw.choice(self.words) if draw.random() < share else word for word in sentence] for sentence in part]
                for part in article
            ]
        if edit == "sentences dropped":
            share = draw.uniform(0.05, 0.35)
            return [part for part in ([s for s in part if draw.random() > share] for part in article) if part]
        if edit == "paragraphs moved":
            return draw.sample(article, len(article))
        if edit == "updated":
            return [[self.sentence()], *self.edited(article, "words 5 %")[1:], [self.sentence(), self.sentence()]]
        if edit == "shortened":
            return article[: max(1, round(len(article) * draw.uniform(0.3, 0.8)))]
        return article


def planted(data: Path, n_articles: int, seed: int = 0, mean_words: int = 400) -> Planted:
    """A corpus in which about two articles of five stand alone and the others belong to stories of two to eight.

    40 sources; two templates each, on four of five of their articles. One article in ten is short (20 to 60 words).
    """
    writer = Writer(data, seed)
    draw = writer.random
    templates = [[writer.template(*length) for length in TEMPLATE_WORDS] for _ in range(40)]
    rows, story, edit = [], [], []
    number = 0
    while len(rows) < n_articles:
        short = draw.random() < 0.1
        base = writer.article(draw.randint(20, 60) if short else max(80, int(draw.gauss(mean_words, mean_words / 3))))
        copies = draw.choices((*EDITS, "identical"), k=draw.randint(1, 7)) if draw.random() < 0.24 else []
        for way in ["first", *copies]:
            article = base if way == "first" else writer.edited(base, way)
            text = "\n".join(" ".join(" ".join(sentence) for sentence in part) for part in article)
            source = min(int(draw.expovariate(1 / 12)), 39)
            text += "".join(f"\n{line}" for line in templates[source] if draw.random() < 0.8)
            rows.append((text, f"source {source}"))
            story.append(number)
            edit.append(way)
        number += 1
    order = draw.sample(range(len(rows)), len(rows))[:n_articles]
    frame = pd.DataFrame([rows[place] for place in order], columns=["text", "source"])
    frame["article_id"] = [f"a{number:06d}" for number in range(len(frame))]
    frame["published"], frame["title"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]"), None
    return Planted(frame.astype({"title": "str"}), [story[place] for place in order], [edit[place] for place in order])
