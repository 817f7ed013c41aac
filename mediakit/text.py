"""Sentences, tokens and stop words.

Text is read paragraph by paragraph (paragraphs are split by a newline), so that no sentence runs from a heading into
the text below it. mediakit/splitting.py says where the sentences of a paragraph end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources

import numpy as np
import pandas as pd

from . import frames
from .laid_texts import Laid, lay_blocks
from .progress import progress
from .splitting import split_sentences
from .splitting_articles import PARTS, Look, Split, split_articles
from .tokenising import Lexicon, Tokens, normalise, tokens_of

__all__ = ["normalise", "sentences", "split_sentences", "stop_words", "tokens"]


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
    ids, titles = pd.array(articles["article_id"], dtype="str"), articles["title"].tolist()
    parts = pd.array(PARTS, dtype="str")
    blocks, n_sentences = [], np.zeros(len(articles), dtype=np.int64)
    for low, laid in progress(lay_blocks(articles["text"]), "sentences", unit="block"):
        split = split_articles(laid, titles[low : low + len(laid.first) - 1])
        base = laid.code_points(laid.first)[split.article]
        article = split.article + low
        n_sentences += np.bincount(article, minlength=len(articles))
        blocks.append(
            pd.DataFrame(
                {
                    "article_id": ids.take(article),
                    "sentence_no": split.number,
                    "paragraph_no": split.paragraph,
                    "part": parts.take(split.part),
                    "start": split.start - base,
                    "end": split.end - base,
                    "text": pd.array(laid.pieces(*map(laid.from_code_points, (split.start, split.end))), dtype="str"),
                }
            )
        )
    frame = pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame()
    if "language" in articles:
        frame["language"] = articles["language"].repeat(n_sentences).reset_index(drop=True)
    return frames.build("sentences", frame)


def tokens(articles: pd.DataFrame) -> pd.DataFrame:
    """The words of every article; punctuation alone is no token.

    A token is a run of letters, digits and their combining marks, and may hold
    - apostrophes between letters, straight or curly: "don't", "O’Brien", "Putin’s";
    - the stops of an initialism, its last one included: "U.S.", "a.m.", "e.g.";
    - commas and points between the digits of a number: "1,000", "3.5";
    - hyphens, unless a capital follows: "long-term", "90-day", "COVID-19" are one token; "Trump-Putin" and
      "anti-Russian" are two, so that a name is counted as the same name wherever it stands.
    A web or e-mail address is one token. Words of languages written without spaces are not told apart.

    The term of "US", "IT", "IS" and "WHO" keeps its capitals, for in small letters they are function words; "U.S." is
    another term, "u.s.". Where all is in capitals, one cannot tell ("TRUMP TELLS US ALLIES"): their term is folded as
    that of other words is in a title, heading or paragraph without a small letter that holds another word, and beside
    two or more words in capitals with nothing but blanks between ("IN CASE YOU MISSED IT").

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


@dataclass(frozen=True)
class Block:
    """The tokens of some articles, as arrays of one number a token."""

    articles: np.ndarray  # their places in the frame
    laid: Laid
    tokens: Tokens  # `text` is the place of the article in the block
    split: Split

    @property
    def base(self) -> np.ndarray:
        """Of each article of the block: where its text begins, in the code points of `tokens`."""
        return self.laid.code_points(self.laid.first[:-1])

    @property
    def sentence(self) -> np.ndarray:
        """sentence_no of each token."""
        return np.repeat(self.split.number, np.diff(self.tokens.before(self.split.end), prepend=0))

    @property
    def last(self) -> np.ndarray:
        """Whether each token is the last of its sentence."""
        last = np.zeros(len(self.tokens.row), dtype=bool)
        if len(last):
            # of a sentence before all tokens it marks the very last token, which is one anyway
            last[np.cumsum(self.tokens.in_run)[self.split.last] - 1] = True
            last[self.tokens.before(self.split.spans_asked[1]) - 1] = True
        return last


def token_blocks(articles: pd.DataFrame, lexicon: Lexicon, order: np.ndarray | None = None) -> Iterator[Block]:
    """The tokens of the articles, in this order, read into one lexicon block by block: they need not all be kept."""
    places = np.arange(len(articles)) if order is None else order
    titles = articles["title"].tolist()
    for low, laid in progress(lay_blocks(articles["text"], order), "tokens", unit="block"):
        own = places[low : low + len(laid.first) - 1]
        number = lexicon.numbers(laid, laid.begin, laid.finish)
        look_up = partial(_known_runs, lexicon, number)
        split = split_articles(laid, [titles[place] for place in own.tolist()], look_up)
        yield Block(own, laid, tokens_of(laid, lexicon, laid.begin, number), split)


def _known_runs(lexicon: Lexicon, number: np.ndarray, run: np.ndarray, look: Look) -> np.ndarray:
    return lexicon.looked_up(number[run], look)


def code_tokens(articles: pd.DataFrame) -> Coded:
    """`tokens(articles)` as numbers."""
    frames.require(articles, "articles", "article_id", "title", "text")
    lexicon, parts = Lexicon(), []
    for block in token_blocks(articles, lexicon):
        base, found = block.base[block.tokens.text], block.tokens
        parts.append((block.articles[found.text], block.sentence, found.start - base, found.end - base, found.form))
    numbers = [np.concatenate(part) for part in zip(*parts, strict=True)] if parts else [np.empty(0, np.int64)] * 5
    article, sentence, start, end, form = numbers
    terms, place = lexicon.sorted_terms()
    term = place[lexicon.term_of_forms()][form]
    first = np.searchsorted(article, np.arange(len(articles)))
    ids = articles["article_id"].tolist()
    return Coded(ids, article, first, sentence, start, end, form, lexicon.written(), term, terms)


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
