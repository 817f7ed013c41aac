"""Languages: which one an article is in, and what helpers that read only English do about the others.

Codes are ISO 639-1 in small letters ("en", "de"); Bokmål and Norwegian are both "no". A missing code means that the
language is not known; helpers that read English take such articles for English.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from .frames import require

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

# A few short stretches from all over the text, read as one, are enough for nearly every article and cost a tenth of
# reading it all. Where they leave a doubt, as in an article with long quotations in another language, more and longer
# stretches are read one by one, and each has a vote.
_GLANCE = (4, 50)  # stretches, characters each
_LOOK = (7, 100)
_SURE, _LIKELY, _BEYOND_DOUBT = 0.98, 0.5, 0.8
_ENOUGH_TO_OBJECT = 200  # bytes of letters that may overrule the language that the input gives
_LONGEST_WORD, _LONGEST_NAME = 25, 200  # characters

# Labels of the model that count as another's: dialects, old forms, and Nigerian Pidgin, which English headlines are
# taken for. Other labels without an ISO 639-1 code leave the language unknown.
_DIALECTS = {
    "ary": "ar", "arz": "ar", "fuv": "ff", "grc": "el", "gug": "gn", "hbo": "he", "kik": "ki", "pcm": "en",
    "sdh": "ku", "uzs": "uz", "wuu": "zh", "yue": "zh",
}  # fmt: skip
_FILLER = "la"  # "Lorem ipsum": what reads as Latin is hardly ever an article in it
# written so much alike that no text contradicts the other name
_ALIKE = ({"bs", "hr", "sr"}, {"id", "ms"}, {"no", "nn", "da"})

_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_.][\w.@-]*)?")
_BETWEEN = re.compile(r"[;,/|()\[\]{}'\"+&]| und | and | et | en ")
_NOT_TOLD = frozenset(
    "und mul mis zxx unknown undetermined unbekannt inconnu onbekend x-default none null nan n/a -".split()
)


class LanguageError(ValueError):
    """A helper that reads only English was given other languages; the message names them, and the remedy."""


class Guess(NamedTuple):
    """What a text reads as: a code, None when it cannot be told; and the model's confidence, from 0 to 1."""

    code: str | None
    confidence: float


class Identified(NamedTuple):
    """One entry per text: the code or None; how it is known ("given", "identified", None); what is odd, or None."""

    codes: list[str | None]
    bases: list[str | None]
    reasons: list[str | None]


def identify(texts: Sequence[str], given: Sequence[object] | None = None) -> Identified:
    """The language of each article: as given, unless the text clearly reads as another; else as the text reads.

    Parameters
    ----------
    texts
        Cleaned texts of articles, the title being the first paragraph.
    given
        What the input says of the language of each ("EN-US", "englisch", "deu", None); None when it says nothing.

    Returns
    -------
    Identified
        codes, bases and reasons; a reason is a line for `problems`, of the kind "in part".
    """
    values = [None] * len(texts) if given is None else given
    rows = [_decide(text, value) for text, value in zip(texts, values, strict=True)]
    return Identified([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


def _decide(text: str, given: object) -> tuple[str | None, str | None, str | None]:
    """Code, basis and reason for one text."""
    named, guess = _named(given), _read(text)
    if len(named) != 1:
        basis = "identified" if guess.code else None
        if guess.code in named or not _says_something(given):
            return guess.code, basis, None
        found = f"reads as {language_name(guess.code)}" if guess.code else "does not tell"
        odd = f"language given as {_short(given)}, which is not one language known here; the text {found}"
        return guess.code, basis, odd
    (code,) = named
    if guess.code in (None, code) or any({code, guess.code} <= family for family in _ALIKE):
        return code, "given", None
    if _size(text) < _ENOUGH_TO_OBJECT:
        return code, "given", None
    guess = _look(text)
    if guess.code in (None, code) or guess.confidence < _BEYOND_DOUBT:
        return code, "given", None
    odd = f"language given as {_short(given)}, but the text reads as {language_name(guess.code)}"
    if guess.code == _FILLER:
        return code, "given", f"{odd}; a text that only fills space?"
    return guess.code, "identified", f"{odd}, and is taken for it"


def languages(texts: Sequence[str]) -> list[Guess]:
    """The language that each text reads as, from stretches of its body.

    Parameters
    ----------
    texts
        Articles, the title being the first paragraph; or shorter texts.

    Returns
    -------
    list of Guess
        Code and confidence for each text. The code is None for a text without words, too short to tell ("OK."), or
        in a language that has no ISO 639-1 code.

    References
    ----------
    Lui and Baldwin (2012), langid.py: naive Bayes over byte n-grams; the model of Barbaresi's py3langid.
    """
    return [_read(text) for text in texts]


def _read(text: str) -> Guess:
    short = len(text) <= _GLANCE[0] * _GLANCE[1]
    guess = _classify(_plain(text) if short else " ".join(_stretches(text, *_GLANCE)))
    if guess.confidence < _SURE and not short:
        guess = _look(text)
    return guess if guess.confidence >= _LIKELY else Guess(None, guess.confidence)


def _look(text: str) -> Guess:
    """The language that most stretches of the text are in; the confidence is their share."""
    stretches = _stretches(text, *_LOOK)
    votes: dict[str | None, float] = {None: 0.0}
    for stretch in stretches:
        guess = _classify(stretch)
        votes[guess.code] = votes.get(guess.code, 0.0) + guess.confidence / len(stretches)
    code, share = max(votes.items(), key=lambda vote: (vote[1], vote[0] or ""))
    return Guess(code, share)


def _classify(text: str) -> Guess:
    if not text:
        return Guess(None, 0.0)
    label, confidence = _identifier().classify(text)
    code = _DIALECTS.get(label, label)
    if confidence < _SURE:
        # a language and its dialects share what belongs to the language
        shares: dict[str, float] = {}
        for label, share in _identifier().rank(text):
            code = _DIALECTS.get(label, label)
            shares[code] = shares.get(code, 0.0) + share
        code, confidence = max(shares.items(), key=lambda item: item[1])
    return Guess(code if code in _table() else None, min(1.0, confidence))


def _stretches(text: str, n: int, length: int) -> list[str]:
    """`n` stretches of about `length` characters from all over the body; fewer from a shorter text."""
    first_break = text.find("\n") + 1
    if first_break and len(text) - first_break > n * length:
        text = text[first_break:]  # titles are mostly names
    n = max(1, min(n, len(text) // length))
    step = len(text) / n
    starts = [int((number + 0.5) * step - length / 2) for number in range(n)]
    return [_plain(_whole_words(text[max(0, start) : start + length])) for start in starts]


def _whole_words(stretch: str) -> str:
    """A stretch without the words that its ends cut, which mislead; scripts without spaces lose nothing."""
    first, last = stretch.find(" ") + 1, stretch.rfind(" ")
    start = first if first <= _LONGEST_WORD else 0
    end = last if last > max(start, len(stretch) - _LONGEST_WORD) else len(stretch)
    return stretch[start:end]


def _plain(text: str) -> str:
    return " ".join(_ADDRESSES.sub(" ", text).split())


def _size(text: str) -> int:
    """How much there is to judge by: letters, each as long as in UTF-8, since a Chinese one says more than a Latin."""
    letters = "".join(filter(str.isalpha, text[: 4 * _ENOUGH_TO_OBJECT]))
    return len(letters.encode("utf-8", "surrogatepass"))


@cache
def _identifier() -> LanguageIdentifier:
    # half a second to load, so only when a text is to be read
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


# --- languages as the input names them --------------------------------------------------------------------------------


def language_code(given: object) -> str | None:
    """The ISO 639-1 code of a language named in any usual way; None when it names none, or several.

    Reads codes of two and three letters with or without a region ("EN-US", "de_DE", "eng"), and names in English, in
    the language itself and in some thirty other languages ("German", "Deutsch", "ALLEMAND", "Portuguese (Brazil)").
    """
    named = _named(given)
    return next(iter(named)) if len(named) == 1 else None


def language_name(code: str | None) -> str:
    """The English name of a language by its code, "unknown" without one, the code itself when it has no name here."""
    return "unknown" if code is None else _table().get(code, code)


def _named(given: object) -> set[str]:
    """The codes of all languages that a value names."""
    if isinstance(given, list | tuple | set):
        return set().union(*map(_named, given))
    if not isinstance(given, str):
        return set()
    name = fold(given[:_LONGEST_NAME])
    name = name.rsplit("/", 1)[-1] if "://" in name else name
    if code := _code_of(name):
        return {code}
    parts = {part.strip() for part in _BETWEEN.split(name)}
    found = {code for part in parts if (code := _code_of(part))}
    # "Brazilian Portuguese", "US English"; short words are too often something else
    return found or {code for word in name.split() if len(word) > 4 and (code := _names().get(word.strip("()[],;")))}


@lru_cache(maxsize=4096)
def _code_of(name: str) -> str | None:
    if name in _names():
        return _names()[name]
    tag = _TAG.fullmatch(name)
    return _names().get(tag[1]) if tag and tag[1] not in _NOT_TOLD else None


def _says_something(given: object) -> bool:
    return isinstance(given, str) and fold(given[:_LONGEST_NAME]) not in {"", *_NOT_TOLD}


def _short(given: object) -> str:
    text = str(given)
    return repr(text if len(text) <= 40 else text[:39] + "…")


def fold(name: str) -> str:
    """A name as it is looked up: small letters without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


@cache
def _table() -> dict[str, str]:
    """English name of each language by its code."""
    return {row["code"]: row["english"] for row in _rows()}


@cache
def _names() -> dict[str, str]:
    """Code of each language by its codes and names, as `fold` makes them."""
    names = {name: row["code"] for row in _rows() for name in row["also"].split(";")}
    names |= {fold(row["english"]): row["code"] for row in _rows()}
    return names | {row["code"]: row["code"] for row in _rows()}


@cache
def _rows() -> list[dict[str, str]]:
    with resources.files("mediakit").joinpath("data", "languages.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# --- helpers that read only English -----------------------------------------------------------------------------------


def english_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles in English, and those whose language is not known.

    Parameters
    ----------
    articles
        One row per article; without a column `language`, all are returned.

    Returns
    -------
    The rows of `articles` whose language is "en" or missing.

    Raises
    ------
    FrameError
        `articles` is no DataFrame.
    """
    require(articles, "articles", "article_id")
    return articles[_is_english(articles)]


def describe_languages(articles: pd.DataFrame) -> str:
    """Which languages the articles are in, in words: what `english_articles` keeps, and what it leaves out.

    Raises
    ------
    FrameError
        `articles` is no DataFrame of articles.
    """
    require(articles, "articles", "article_id")
    n, english = len(articles), _is_english(articles)
    n_unknown = int(articles["language"].isna().sum()) if "language" in articles else n
    if n_unknown == n:
        return f"No language is known of {_articles(n)}: English is assumed."
    n_english, other = int(english.sum()), articles[~english]
    assumed = f"; English is assumed where the language is not known: {_articles(n_unknown)}" if n_unknown else ""
    if not len(other):
        return f"All {_articles(n)} are in English{assumed}." if n > 1 else "The one article is in English."
    left_out = f"{len(other):,} {_is(len(other))} left out: {_tally(other)}"
    return f"{n_english:,} of {_articles(n)} {_is(n_english)} in English; {left_out}{assumed}."


def require_english(frame: pd.DataFrame, helper: str, why: str, *, rows: str = "articles") -> None:
    """Refuse articles (or their sentences) that are known to be in another language than English.

    Parameters
    ----------
    frame
        Articles or sentences; without a column `language`, all pass.
    helper, why
        The function that asks, and what it needs: "its names and rules are for English articles".
    rows
        The name of the frame in the remedy.

    Raises
    ------
    LanguageError
        Says which languages, how many articles, an example, and the line that keeps the English ones.
    """
    other = frame[~_is_english(frame)].drop_duplicates("article_id")
    if not len(other):
        return
    found = f"{len(other):,} of {_articles(frame['article_id'].nunique())} {_is(len(other))} not: {_tally(other)}"
    raise LanguageError(
        f"{helper}: {why}, and {found}; such as {other['article_id'].iloc[0]!r}. Keep the English ones with "
        f"{rows} = mediakit.english_articles({rows}); where a language is wrong, correct the column 'language'."
    )


def _is_english(frame: pd.DataFrame) -> pd.Series:
    """Whether each row is in English, or its language unknown."""
    if "language" not in frame:
        return pd.Series(True, index=frame.index)
    values = frame["language"].dropna().unique()
    other = [value for value in values if ENGLISH not in _named(value) and _says_something(value)]
    return ~frame["language"].isin(other)


def _tally(articles: pd.DataFrame) -> str:
    """Languages with their numbers of articles, most first: "2 in German (de), 1 in French (fr)"."""
    codes = articles["language"].map(lambda value: language_code(value) or str(value))
    counts = sorted(codes.value_counts().items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{n:,} in {language_name(code)} ({code})" for code, n in counts[:5]]
    rest = sum(n for _, n in counts[5:])
    return ", ".join(shown) + (f", {rest:,} in {len(counts) - 5} others" if rest else "")


def _articles(n: int) -> str:
    return f"{n:,} article{'' if n == 1 else 's'}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"
