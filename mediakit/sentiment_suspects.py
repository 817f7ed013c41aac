"""Words that are scored although they are names, or say something else than the word list means."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import pandas as pd

from .frames import build, require
from .sentiment_engines import EMPHASIS

NAME, CAPITALS = "name", "capitals"
_NOT_NAMES = ("pronoun", "description")  # forms of mentions that are common words
_RUN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[-'’&][^\W\d_]+)*")
_LINKS = ("of", "the", "for", "de", "du", "la", "al", "el", "van", "von", "bin", "&")
_OPENING = re.compile(r"(?:^|[.!?:;…–—•*|/\[(\"“‘«]|\s['-])\s*$")  # what a sentence, or one in it, begins after
_ARTICLE = re.compile(r"(?:The|An?)\s+")  # with a capital at the beginning of a sentence, and no part of the name
_WORD_IN_TITLE = 4  # letters: shorter words stay small in titles


class _Homonym(NamedTuple):
    pattern: re.Pattern[str]
    reason: str
    meaning: str


def suspects(words: pd.DataFrame, sentences: pd.DataFrame, *, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Words behind a score that are likely to say nothing about it: names and homonyms.

    Parameters
    ----------
    words
        One row per word behind a score, made by `sentiment_words(sentences)`.
    sentences
        The sentences they stand in.
    mentions
        One row per mention, made by `mentions(articles)`: words inside the name of an actor are suspect.

    Returns
    -------
    One row per suspect word: the row of `words`, with reason and phrase (the name, or the word and what is beside it)
    and meaning. Reasons, the first that holds: name (inside a mention: "Trump", "Justice Department"); capitals
    (written with a capital inside a sentence that is no title, or at its beginning before another capital: "United
    Nations"); homonym (a rule of data/homonyms.tsv says that it has another sense here: "the firm", "kind of");
    no judgement (the word tells a number, a measure, a group: "more", "foreign", "many"). Rules propose: read the
    phrases, then give the rows that you agree with to `sentiment(sentences, ignore=…)`. docs/accuracy.md says how often
    they are right.

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(words, "sentiment_words")
    require(sentences, "sentences", "article_id", "sentence_no", "start", "text")
    named = _named(mentions)
    places = zip(*(sentences[column] for column in ("article_id", "sentence_no", "start", "text")), strict=True)
    texts = {(article_id, number): (start, text) for article_id, number, start, text in places}
    found = []
    for row in words.to_dict("records"):
        key = (row["article_id"], row["sentence_no"])
        if row["rule"] == EMPHASIS or key not in texts:
            continue
        at, text = texts[key]
        told = _told(row["start"], row["end"], row["term"], at, text, named.get(row["article_id"], []))
        if told:
            found.append(row | dict(zip(("reason", "phrase", "meaning"), told, strict=True)))
    return build("suspects", found)


def _named(mentions: pd.DataFrame | None) -> dict[str, list[tuple[int, int, str, str]]]:
    """The spans of names in each article, with the actor."""
    named: dict[str, list[tuple[int, int, str, str]]] = {}
    if mentions is None:
        return named
    require(mentions, "mentions", "article_id", "start", "end", "text", "actor", "form")
    names = mentions[~mentions["form"].isin(_NOT_NAMES)]
    columns = (names[column] for column in ("article_id", "start", "end", "text", "actor"))
    for article_id, start, end, text, actor in zip(*columns, strict=True):
        named.setdefault(article_id, []).append((start, end, text, actor))
    return named


def _told(
    start: int, end: int, term: str, at: int, text: str, named: list[tuple[int, int, str, str]]
) -> tuple[str, str, str] | None:
    """Why a word is suspect, in which phrase, and what it means there."""
    for low, high, name, actor in named:
        if low < end and start < high:
            return NAME, name, actor
    start, end = start - at, end - at
    if phrase := _in_capitals(text, start, end):
        return CAPITALS, phrase, "part of a name"
    for homonym in _homonyms().get(term, ()):
        for match in homonym.pattern.finditer(_small(text)):
            if match.start("w") < end and start < match.end("w"):
                return homonym.reason, _around(text, match.start(), end), homonym.meaning
    return None


def _small(text: str) -> str:
    """The text in small letters, letter by letter, so that places stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _around(text: str, start: int, end: int) -> str:
    """The words of a phrase and the one behind it."""
    behind = re.match(r"\W{0,2}[\w'’-]*", text[end:])
    return text[start : end + (behind.end() if behind else 0)].strip()


def _in_capitals(text: str, start: int, end: int) -> str:
    """The run of words with capitals that a word stands in, where that makes it a name; else nothing."""
    word = text[start:end]
    if not word[:1].isupper() or (word.isupper() and len(word) > 1) or _is_title(text):
        return ""
    runs = list(_capital_runs(text))
    low, high, n = next(((a, b, n) for a, b, n in runs if a <= start < b), (start, end, 1))
    if article := _ARTICLE.match(text, low, start):
        low, n = article.end(), n - 1
    begins = bool(_OPENING.search(text[:low]))
    if begins and n < 2:
        return ""
    return text[low:high]


def _capital_runs(text: str) -> Iterator[tuple[int, int, int]]:
    """From where to where words with capitals stand side by side ("United States of America"), and how many."""
    words = [(*match.span(), match.group()) for match in _RUN.finditer(text)]
    at = 0
    while at < len(words):
        last, behind, n = at, at + 1, 1
        if words[at][2][0].isupper():
            while behind < len(words) and text[words[behind - 1][1] : words[behind][0]] == " ":
                if words[behind][2][0].isupper():
                    last, n = behind, n + 1
                elif words[behind][2] not in _LINKS or behind - last > 2:
                    break
                behind += 1
            yield words[at][0], words[last][1], n
        at = last + 1


def _is_title(text: str) -> bool:
    """Whether most longer words begin with a capital, so that a capital says nothing."""
    longer = [word for word in _RUN.findall(text) if len(word) >= _WORD_IN_TITLE]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.75 * len(longer)


@cache
def _homonyms() -> dict[str, list[_Homonym]]:
    """Rules by the term they are about, plural and all."""
    rules: dict[str, list[_Homonym]] = {}
    file = resources.files("mediakit") / "data" / "homonyms.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        pattern = re.compile(rf"{row['before']}\b(?P<w>{row['word']})\b{row['after']}")
        rule = _Homonym(pattern, row["reason"], row["meaning"])
        for term in _forms(row["word"]):
            rules.setdefault(term, []).append(rule)
    return rules


def _forms(word: str) -> list[str]:
    """The words that a pattern stands for: "charges?" is charge and charges, "defen[cs]e" is written in two ways."""
    if choice := re.search(r"\[(\w)(\w)\]", word):
        return [word[: choice.start()] + letter + word[choice.end() :] for letter in choice.groups()]
    return [word[:-2], word[:-1]] if word.endswith("?") else [word]


def suspect_terms(suspects: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """How often each word is suspect, and for what.

    Parameters
    ----------
    suspects
        One row per suspect word, made by `suspects(words, sentences)`.
    words
        All words behind the scores, made by `sentiment_words(sentences)`.

    Returns
    -------
    One row per engine, term and reason, those that count most first: n (times the term is scored), n_suspected,
    n_articles (with a suspect one), total (contributions of the suspect ones to the polarity of their sentences), size
    (the same, signs left aside), phrases (the three most frequent).

    Raises
    ------
    FrameError
        A column is missing.
    """
    require(suspects, "suspects")
    require(words, "sentiment_words")
    if suspects.empty:
        return build("suspect_terms", [])
    keys = ["engine", "term"]
    grouped = suspects.assign(size=suspects["contribution"].abs()).groupby([*keys, "reason"], sort=False)
    found = grouped.agg(
        n_suspected=("start", "size"),
        n_articles=("article_id", "nunique"),
        total=("contribution", "sum"),
        size=("size", "sum"),
        phrases=("phrase", lambda phrases: "; ".join(phrases.value_counts().index[:3])),
    ).reset_index()
    found = found.merge(words.groupby(keys).size().rename("n").reset_index(), on=keys)
    found = found.sort_values(["engine", "size", "term"], ascending=[True, False, True], kind="stable")
    return build("suspect_terms", found.reset_index(drop=True))
