"""Sentences, tokens and stop words.

Text is read paragraph by paragraph (paragraphs are split by a newline), so that no sentence runs from a heading into
the text below it. mediakit/splitting.py says where the sentences of a paragraph end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from . import frames
from .progress import progress
from .splitting import Span, is_insertion, split_sentences
from .tokenising import normalise, tokenise

__all__ = ["normalise", "sentences", "split_sentences", "stop_words", "tokens"]

_HEADING_WORDS = 15
_HEADING_LENGTH = 120
_LIST_LENGTH = 3  # so many short lines in a row are a list, not headings
_CLOSING = tuple(".!?…:;,")
_MARKS = "\"'“”„‘’‚«»‹›()[]"
_BULLETS = tuple("-–—*·")
_TITLE_CASE_EXCEPTIONS = frozenset(
    "a an the and but or nor for of in on at to by with from into over as vs via per than after before".split()
)


def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """The sentences of every article, title and headings among them.

    A paragraph's sentences end where `split_sentences` says. The title and each heading are one sentence, whatever
    stops they hold ("What's Next? The War After the Summit").

    Parameters
    ----------
    articles
        The frame made by `read_articles`. Only article_id, title and text are read, and language, if there is such a
        column; an article without text has no sentences. The rules and abbreviations are English; other languages are
        split at . ! ? (or 。！？) as well, only less exactly, and Thai, which has no stops, not at all.

    Returns
    -------
    One row per sentence, in the order of `articles` and of the text: article_id; sentence_no, counted from 0 in the
    article; paragraph_no, counted from 0 over the paragraphs that are not blank; part; start and end, code points in
    `articles.text`; text; language, if `articles` has it. Together the sentences hold every character of the article
    that is not white space, once. part is "title" for the first paragraph where it equals `articles.title`; "heading"
    for a short paragraph (at most 15 words) without closing punctuation that has body text before and behind it and is
    neither a quotation, a bullet point, a photo credit nor one of three or more such lines in a row (a list). A line in
    which a full stop ends a sentence is no heading, and one that ends in a question mark is a heading only in title
    case ("What Comes Next?"). The rest is "body".

    Raises
    ------
    FrameError
        A column is missing.
    """
    frames.require(articles, "articles", "article_id", "title", "text")
    columns: dict[str, Any] = {name: [] for name in frames.FRAMES["sentences"].required}
    counts = []
    for article_id, title, text in progress(_rows(articles), "sentences", total=len(articles)):
        before = len(columns["text"])
        for number, (paragraph_no, part, start, end) in enumerate(split_article(text, title)):
            columns["article_id"].append(article_id)
            columns["sentence_no"].append(number)
            columns["paragraph_no"].append(paragraph_no)
            columns["part"].append(part)
            columns["start"].append(start)
            columns["end"].append(end)
            columns["text"].append(text[start:end])
        counts.append(len(columns["text"]) - before)
    if "language" in articles:
        columns["language"] = articles["language"].repeat(counts).reset_index(drop=True)
    return frames.build("sentences", columns)


def tokens(articles: pd.DataFrame) -> pd.DataFrame:
    """The words of every article; punctuation alone is no token.

    A token is a run of letters, digits and their combining marks, and may hold
    - apostrophes between letters, straight or curly: "don't", "O’Brien", "Putin’s";
    - the stops of an initialism, its last one included: "U.S.", "a.m.", "e.g.";
    - commas and points between the digits of a number: "1,000", "3.5";
    - hyphens, unless a capital follows: "long-term", "90-day", "COVID-19" are one token; "Trump-Putin" and
      "anti-Russian" are two, so that a name is counted as the same name wherever it stands.
    A web or e-mail address is one token. Words of languages written without spaces are not told apart.

    Parameters
    ----------
    articles
        The frame made by `read_articles`. Only article_id, title and text are read.

    Returns
    -------
    One row per token, in the order of the text: article_id; sentence_no, as in `sentences(articles)`; token_no,
    counted from 0 in the article; start and end, code points in `articles.text`; token, as written; term, the token
    as `normalise` makes it.

    Raises
    ------
    FrameError
        A column is missing.
    """
    coded = code_tokens(articles)
    sentence_no, token_no = coded.sentence, np.arange(len(coded.start)) - coded.first[coded.article]
    return frames.build(
        "tokens",
        {
            "article_id": pd.array(coded.ids, dtype="str").take(coded.article),
            "sentence_no": sentence_no,
            "token_no": token_no,
            "start": coded.start,
            "end": coded.end,
            "token": pd.array(coded.forms, dtype="str").take(coded.form),
            "term": pd.array(coded.terms, dtype="str").take(coded.term),
        },
    )


@dataclass(frozen=True)
class Coded:
    """The tokens of articles as arrays of one number a token: what `tokens` gives as a frame, for counting."""

    ids: list[str]
    article: np.ndarray  # place in `ids`
    first: np.ndarray  # of each article: its first token
    sentence: np.ndarray  # sentence_no
    start: np.ndarray
    end: np.ndarray
    form: np.ndarray  # place in `forms`
    forms: list[str]
    term: np.ndarray  # place in `terms`
    terms: list[str]


def code_tokens(articles: pd.DataFrame) -> Coded:
    """`tokens(articles)` as numbers."""
    frames.require(articles, "articles", "article_id", "title", "text")
    ids, texts, n_sentences, ends, base = [], [], [], [], 0
    for article_id, title, text in progress(_rows(articles), "tokens", total=len(articles)):
        split = split_article(text, title)
        ids.append(article_id)
        texts.append(text)
        n_sentences.append(len(split))
        ends += [base + end for *_, end in split]
        base += len(text) + 1
    found = tokenise(texts)
    # how many tokens begin before each sentence ends, all articles laid end to end
    bases = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    before = np.searchsorted(found.start + bases[found.text], ends)
    numbers = np.concatenate([np.arange(n) for n in n_sentences]) if n_sentences else np.empty(0, dtype=np.int64)
    normal = [normalise(form) for form in found.forms]
    terms = sorted(set(normal))
    place = {term: number for number, term in enumerate(terms)}
    term_of_form = np.array([place[term] for term in normal], dtype=np.int32)
    return Coded(
        ids,
        found.text,
        np.searchsorted(found.text, np.arange(len(ids))),
        np.repeat(numbers, np.diff(before, prepend=0)),
        found.start,
        found.end,
        found.form,
        found.forms,
        term_of_form[found.form],
        terms,
    )


@cache
def stop_words(language: str = "english") -> frozenset[str]:
    """Function words, in the form that `term` has: "the", "don't", "it's".

    Raises
    ------
    ValueError
        There is no list for the language; the message names those there are.
    """
    folder = resources.files("mediakit") / "data"
    known = sorted(
        file.name.removeprefix("stop_words_").removesuffix(".txt")
        for file in folder.iterdir()
        if file.name.startswith("stop_words_")
    )
    if language not in known:
        raise ValueError(
            f"stop_words: no list for language {language!r}; known: {', '.join(known)}. "
            "Any set of words in small letters will do in its place."
        )
    lines = (folder / f"stop_words_{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _rows(articles: pd.DataFrame) -> Iterator[tuple[str, object, str]]:
    """article_id, title and text of each article, a missing text as an empty one."""
    columns = (articles[name].tolist() for name in ("article_id", "title", "text"))  # walking a str column is slow
    for article_id, title, text in zip(*columns, strict=True):
        yield article_id, title, text if isinstance(text, str) else ""


def split_article(text: str, title: object) -> list[tuple[int, str, int, int]]:
    """(paragraph_no, part, start, end) of each sentence of one article; `sentences` says what they are."""
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            paragraphs.append((at + line.index(bare[0]), bare))
        at += len(line) + 1
    rows = []
    parts = _parts([bare for _, bare in paragraphs], title)
    for number, ((at, bare), part) in enumerate(zip(paragraphs, parts, strict=True)):
        spans: list[Span] = split_sentences(bare) if part == "body" else [(0, len(bare))]
        rows += [(number, part, at + start, at + end) for start, end in spans]
    return rows


def _parts(paragraphs: list[str], title: object) -> list[str]:
    """The part each paragraph is: title, heading or body."""
    parts = ["heading" if _may_be_heading(paragraph) else "body" for paragraph in paragraphs]
    if paragraphs and isinstance(title, str) and paragraphs[0] == title.strip():
        parts[0] = "title"
    body = [number for number, part in enumerate(parts) if part == "body"]
    first, last = (body[0], body[-1]) if body else (len(parts), -1)
    run: list[int] = []
    for number, part in enumerate([*parts, "body"]):
        if part == "heading":
            run.append(number)
            continue
        for member in run:
            if len(run) >= _LIST_LENGTH or not first < member < last:
                parts[member] = "body"
        run = []
    return parts


def _may_be_heading(paragraph: str) -> bool:
    if len(paragraph) > _HEADING_LENGTH or paragraph.startswith(_BULLETS) or is_insertion(paragraph):
        return False
    bare = paragraph.strip(_MARKS)
    if not bare or not (bare[0].isupper() or bare[0].isdigit()) or len(paragraph.split()) > _HEADING_WORDS:
        return False
    if paragraph[0] in _MARKS and (paragraph[-1] in _MARKS or ',"' in paragraph or ",”" in paragraph):
        return False
    if bare.endswith(_CLOSING) and not (paragraph.endswith("?") and _in_title_case(bare)):
        return False
    return all(paragraph[end - 1] in "?!" for _, end in split_sentences(paragraph)[:-1])


def _in_title_case(paragraph: str) -> bool:
    """Whether every word has a capital but the articles, conjunctions and prepositions that titles leave small."""
    words = [match.group() for match in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", paragraph)]
    return len(words) > 1 and all(word[0].isupper() or word in _TITLE_CASE_EXCEPTIONS for word in words)
