"""What kind of thing a run of capitalised words seems to name, by what stands in it and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mediakit.matching import context
from mediakit.proposal_words import ACRONYM, Lists, Run, Word, lists

_INITIAL = re.compile(r"[^\W\d_]\.?")
_ROMAN = re.compile(r"[IVXL]+")
_AGED = re.compile(r", \d\d,")
_PICTURE = frozenset({"image", "photo", "file"})
_SAID = frozenset({"said", "says", "told", "added"})


def parts(run: Run, text: str) -> Iterator[Run]:
    """The names in a run: without the word that only opens the sentence, days, and titles before a person."""
    words, words_of, days = list(run.words), lists(), context().days
    if run.first and len(words) > 1:
        opener = words[0].text.casefold()
        if opener in words_of.common or (opener not in words_of.given and stands_small(opener, text)):
            words = words[1:]
    while words and (words[0].text.casefold() in days or not words[0].text[0].isupper()):
        words = words[1:]
    while words and _is_no_ending(words[-1].text, words_of):
        words = words[:-1]
    if not words:
        return
    before = run.before if words[0] is run.words[0] else ""
    titles = [at for at, word in enumerate(words) if is_title(word.text, words_of)]
    if titles and not headed(words, words_of.heads):
        last = titles[-1]
        held = [word for at, word in enumerate(words[:last]) if at not in titles]
        if last + 1 < len(words):
            yield Run(words[last + 1 :], words[last].text, run.after, titled=True)
        if held and held == words[: len(held)]:
            yield Run(held, before, words[len(held)].text)
        return
    titled = is_title(before, words_of) or before in words_of.roles
    whole = Run(words, before, run.after, titled=titled, first=run.first and words[0] is run.words[0])
    yield from _body_and_person(whole, words_of)


def stands_small(word: str, text: str) -> bool:
    """Whether the word also stands in small letters in the text, so that its capital says little."""
    return any(f" {word}{after}" in text for after in (" ", ",", "."))


def _is_no_ending(word: str, words_of: Lists) -> bool:
    return (
        word in words_of.roles or not word[0].isupper() or word.casefold() in context().days or word.lower() in _PICTURE
    )


def _body_and_person(run: Run, words_of: Lists) -> Iterator[Run]:
    """A body and the person who speaks for it stand side by side: "Refugee Council Enver Solomon"."""
    words = run.words
    for at in range(max(2, len(words) - 3), len(words) - 1):
        if (
            words[at - 1].text in words_of.organisation
            and words[at].text.casefold() in words_of.given
            and words[-1].text not in words_of.heads
        ):
            yield Run(words[:at], run.before, words[at].text, first=run.first)
            yield Run(words[at:], words[at - 1].text, run.after, titled=True)
            return
    yield run


def is_title(word: str, words_of: Lists) -> bool:
    """Whether the word is an office or a form of address."""
    bare = word.rstrip(".").casefold()
    return bare in context().titles or word in words_of.roles


def headed(words: list[Word], heads: frozenset[str]) -> bool:
    """Whether the name ends in one of `heads` or has one before "of", "for" and the like."""
    texts = [word.text for word in words]
    inner = any(word in heads and after in ("of", "for", "on") for word, after in pairwise(texts))
    return len(texts) > 1 and (texts[-1] in heads or inner)


def kind(run: Run, text: str) -> tuple[str, int]:
    """The kind that this place speaks for, and how strongly; "" when it is no name."""
    words_of, texts = lists(), run.texts
    name, last = run.name(text), texts[-1]
    if name in words_of.places:
        return "place", 4
    if name in words_of.no_name or _ROMAN.fullmatch(name) or (len(name) < 2) or name.casefold() in context().days:
        return "", 0
    if last in words_of.no_actor or any(word.isdigit() for word in texts[1:]):
        return "", 0
    given = texts[0].casefold().split("-")[0] in words_of.given
    if given and 2 <= len(texts) <= 4 and not headed(run.words, words_of.heads):
        return "person", 4
    if headed(run.words, words_of.organisation) or any(
        word in words_of.place and after == "for" for word, after in pairwise(texts)
    ):
        return "organisation", 4
    if headed(run.words, words_of.place) or (len(texts) > 1 and texts[0] in words_of.place_first):
        return "place", 3
    if run.titled and len(texts) <= 4:
        return "person", 3
    if any(_INITIAL.fullmatch(word) for word in texts[:-1]) and len(texts) <= 4:
        return "person", 3
    if ACRONYM.fullmatch(name):
        return "organisation", 2
    return _by_context(run, text, given=given)


def _by_context(run: Run, text: str, *, given: bool) -> tuple[str, int]:
    words_of, texts = lists(), run.texts
    tail = text[run.span[1] : run.span[1] + 24]
    speaks = run.after in words_of.speech or run.before in _SAID
    if run.before.casefold() == "the":
        return "organisation", 1
    if 2 <= len(texts) <= 4 and (_AGED.match(tail) or speaks):
        return "person", 2
    if run.before in words_of.place_before and len(texts) <= 3:
        return "place", 2
    if tail.startswith(", ") and tail.startswith(context().us_states, 2):
        return "place", 2
    if given and len(texts) == 1:
        return "person", 1
    if 2 <= len(texts) <= 3 and all(len(word) > 1 for word in texts):
        return "person", 1
    return "organisation", 1
