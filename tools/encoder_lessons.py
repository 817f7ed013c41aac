"""Sentences with targets that nobody labelled, for the teacher to label and the student to learn: train_encoder.py.

They are the other names and pronouns in NewsMTSC's training sentences, these sentences in pairs, and names and pronouns
in gum_news, meantime_en, wikigold, ud_ewt and the reviews of vader_gt. PerSenT is left out: tone is measured on it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from encoder_net import SOURCES, Case, ratings
from meantime_texts import meantime_texts
from mention_gold import read_wikigold

from mediakit.splitting import split_sentences

FEWEST, MOST = 40, 400  # characters of a sentence
PAIRED = 280  # characters of each of two sentences put together

OTHER_NAME = re.compile(
    r"(?:(?:President|Sen\.|Mr\.|Mrs\.|Ms\.|Rep\.|Gov\.) )?[A-Z][a-z]+(?:[A-Z][a-z]+)?(?: (?:[A-Z]\.|[A-Z][\w’'-]+))*"
    r"|\b(?:he|she|they|him)\b"
)
# capitalised because they begin a sentence, or because English writes them so
NO_TARGET = frozenset(
    "A After All Also Although American Americans An And April As At August Because Before Both But By December "
    "Democratic Democrats Despite During Earlier English Even February For Friday From He Her His However How I "
    "If In Instead It Its January July June Last Later Many March May Meanwhile Monday Most My No Not November "
    "Now October On One Our Republican Republicans Saturday September She Since So Some Still Sunday That The "
    "Their Then There These They This Those Though Three Thursday To Tuesday Two Under We Wednesday What When "
    "Where While Who Why With Without Yes Yet You According".split()
)


def more_cases(rows: Sequence[Case], data: Path, seed: int) -> list[Case]:
    """Every kind of the above, in one list."""
    rng = random.Random(seed)
    texts: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        texts.setdefault(row.text, []).append((row.start, row.end))
    found = [case for text, spans in texts.items() for case in targets(text, rng, 3, spans)]
    found += pairs(rows, rng)
    found += [case for text in dict.fromkeys(other_sentences(data)) for case in targets(text, rng, 2)]
    found += [
        case for s in SOURCES for text, _ in ratings(data, s) if len(text) >= FEWEST for case in targets(text, rng)
    ]
    return found


def targets(text: str, rng: random.Random, most: int = 1, taken: Sequence[tuple[int, int]] = ()) -> list[Case]:
    """Some names and pronouns of a sentence that are not taken."""
    names = [m for m in OTHER_NAME.finditer(text) if m.group().split()[0] not in NO_TARGET]
    free = [m for m in names if not any(a < m.end() and m.start() < b for a, b in taken)]
    return [Case(text, m.start(), m.end(), None) for m in rng.sample(free, min(most, len(free)))]


def pairs(rows: Sequence[Case], rng: random.Random) -> list[Case]:
    """Two sentences of different articles as one text: what is said of others must not count."""
    short = [row for row in rows if len(row.text) <= PAIRED]
    others = rng.sample(short, len(short))
    found = []
    for row, other in zip(short, others, strict=True):
        if row.article == other.article:
            continue
        before = other.text + " " if rng.random() < 0.5 else ""
        text = before + row.text if before else row.text + " " + other.text
        found.append(Case(text, row.start + len(before), row.end + len(before), None))
    return found


def other_sentences(data: Path) -> Iterable[str]:
    """Sentences of the other corpora, of a length that newspapers print."""
    for path in sorted([*data.glob("gum_news/dep/*.conllu"), *data.glob("ud_ewt/*.conllu")]):
        yield from _fit(re.findall(r"^# text = (.+)$", path.read_text("utf-8"), re.M))
    for document in read_wikigold(data):
        yield from _fit(document.text.split("\n"))
    for text in meantime_texts(data).values():
        yield from _fit(text[start:end] for start, end in split_sentences(text))


def _fit(sentences: Iterable[str]) -> Iterable[str]:
    return (sentence for sentence in sentences if FEWEST <= len(sentence) <= MOST)
