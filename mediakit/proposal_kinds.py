"""What kind of thing a run of capitalised words seems to name, by what stands in it and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mediakit.matching import Page, context
from mediakit.proposal_words import ACRONYM, Lists, Run, Word, lists

_INITIAL = re.compile(r"[^\W\d_]\.?")
_ROMAN = re.compile(r"[IVXL]+")
_MODEL = re.compile(r"[A-Z]{1,4}-?\d+\w*")
_AGED = re.compile(r", \d\d,")
_PLACE_OF = re.compile(r"(\w+) of (?:the )?$")
_NEXT_NAME = re.compile(r"[^\W\d_]+(?: [A-Z][^\W\d_]+)?")
_PLACE_ENDINGS = frozenset({"based", "born", "area", "native", "occupied", "headquartered", "raised"})
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
    if words[0].text == "The" and len(words) > 1:
        before, words = "the", words[1:]
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


def kind(run: Run, page: Page) -> tuple[str, int]:
    """The kind that this place speaks for, and how strongly; "" when it is no name."""
    words_of, texts = lists(), run.texts
    name, last = run.name(page.text), texts[-1]
    if name in words_of.places:
        return "place", 4
    if _is_no_name(name, texts, page.text, words_of):
        return "", 0
    given = texts[0].casefold().split("-")[0] in words_of.given
    of_person = last not in words_of.heads or (last in words_of.surnames and run.before.casefold() != "the")
    if given and 2 <= len(texts) <= 4 and of_person and not headed(run.words[:-1], words_of.heads):
        return "person", 4
    if last in words_of.no_actor or any(word.isdigit() for word in texts[1:]):
        return "", 0
    if headed(run.words, words_of.organisation) or any(
        word in words_of.place and after == "for" for word, after in pairwise(texts)
    ):
        return "organisation", 4
    if headed(run.words, words_of.place):
        return "place", 4
    if len(texts) > 1 and texts[0] in words_of.place_first:
        return "place", 3
    if run.titled and len(texts) <= 4:
        return "person", 3
    if any(_INITIAL.fullmatch(word) for word in texts[:-1]) and len(texts) <= 4:
        return "person", 3
    if ACRONYM.fullmatch(name):
        return "organisation", 2
    return _by_context(run, page, given=given)


def names_nothing(name: str) -> bool:
    """Whether the words are known to be no name: "VIP", "Home", the model "IE6", "Marxism"."""
    words_of = lists()
    if _ROMAN.fullmatch(name) or _MODEL.fullmatch(name) or len(name) < 2 or name.casefold() in context().days:
        return True
    single = " " not in name and (name.endswith(("ism", "phobia")) or is_title(name, words_of))
    return single or all(word in words_of.no_name for word in name.split(" "))


def _is_no_name(name: str, texts: list[str], text: str, words_of: Lists) -> bool:
    if names_nothing(name):
        return True
    if len(texts) > 1:
        return False
    # "UNLESS he", "Iodine" in an article that has iodine
    small = name.casefold()
    return small in words_of.common or (not name.isupper() and _is_mostly_small(name, small, text))


def _is_mostly_small(name: str, small: str, text: str) -> bool:
    """Whether the word stands more often in small letters than with its capital."""
    return f" {small}" in text and sum(text.count(f" {small}{after}") for after in " ,.;-") > text.count(name)


def _by_context(run: Run, page: Page, *, given: bool) -> tuple[str, int]:
    words_of, texts = lists(), run.texts
    end = run.span[1]
    tail = page.text[end : end + 24]
    speaks = run.after in words_of.speech or run.before in _SAID
    if 2 <= len(texts) <= 4 and (_AGED.match(tail) or speaks):
        return "person", 2
    if run.words[-1].ending in _PLACE_ENDINGS or _is_placed(run, page, tail, words_of):
        return "place", 3
    if tail[:1] == " " and run.after in words_of.body_after:
        return "organisation", 2
    if len(texts) > 1 and " ".join(texts[:-1]) in words_of.places and last_is_plural(texts):
        return "organisation", 3  # "Boston Bruins"
    if run.before.casefold() == "the":
        return "organisation", 1
    if run.before in words_of.place_before and len(texts) <= 3:
        return "place", 2
    if given and len(texts) == 1:
        return "person", 1
    if 2 <= len(texts) <= 3 and all(len(word) > 1 for word in texts):
        return "person", 1
    return "organisation", 1


def last_is_plural(texts: list[str]) -> bool:
    """Whether the last word looks like a plural."""
    return texts[-1].endswith("s") and not texts[-1].endswith(("ss", "us", "is"))


def _is_placed(run: Run, page: Page, tail: str, words_of: Lists) -> bool:
    """Whether the words beside the name say that it is a place: "Quonset, Iowa", "the town of Quonset"."""
    if tail[:1] == " " and run.after in words_of.place_after:
        return True
    if run.before == "of":
        before = _PLACE_OF.search(page.text, max(0, run.span[0] - 30), run.span[0])
        return before is not None and before[1] in words_of.place_of
    if not tail.startswith(", ") or not tail[2:3].isupper() or len(run.words) > 3:
        return False
    entry = page.name_at(run.span[1] + 2)
    known = (
        entry is not None and entry.candidates[0].type in ("country", "place") and entry.candidates[0].form == "name"
    )
    larger = _NEXT_NAME.match(page.text, run.span[1] + 2)
    return known or tail.startswith(context().us_states, 2) or (larger is not None and larger[0] in words_of.places)
