"""What stands before a surname: its bearer's given name or title, or another person's given name."""

from __future__ import annotations

import re

from mediakit.matching import HYPHENS, Candidate, Entry, Page, WordBefore, context

_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}")
_MIDDLE = re.compile(r"(?:[^\W\d_]\.? |\w+(?:vich|vych|vna) )*")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


def with_given_name(words: list[WordBefore], entry: Entry) -> tuple[int, Candidate] | None:
    """A full name with something between: "Vladimir Vladimirovich Putin", "Donald J. Trump".

    Where the surname is common, only an initial or a patronymic may stand between: others are other people's names.
    """
    between = ""
    for word in words[:3]:
        if not word.text[0].isupper():
            return None
        for candidate in entry.candidates:
            if word.text.casefold() in candidate.given and (candidate.always or _MIDDLE.fullmatch(between)):
                return word.start, candidate
        between = f"{word.text} {between}"
    return None


def follows_given_name(page: Page, words: list[WordBefore], start: int) -> bool:
    """Whether the word before makes the surname another person's: "Eric Trump", but not "On Monday Trump"."""
    if not words or not words[0].text[0].isupper():
        return False
    word, _, first = words[0]
    lists = context()
    bare = word.rstrip(".").casefold()
    if word.endswith(_POSSESSIVE) or bare in lists.days or not {bare, *bare.split("-")}.isdisjoint(lists.titles):
        return False
    if bare in lists.given or bare.split("-")[0] in lists.given:
        return True
    if page.name_before(start - 1) or bare in lists.openers:
        return False
    if "." in word or len(word) == 1:
        return _INITIALS.fullmatch(word) is not None and word != "I"
    if word.isupper() or page.style(start) != "plain":
        return False  # where every word has a capital, only known given names count
    return not (first and bare.endswith(("ing", "ed", "ly")))


def is_second_half(page: Page, start: int) -> bool:
    """Whether the name is the second half of a double-barrelled one: "Harris-Perry", but not "anti-Trump"."""
    if start < 2 or page.text[start - 1] not in HYPHENS:
        return False
    before = page.name_before(start - 1)
    if before and before.dominant:
        return False  # "Biden-Trump"
    word = page.text[max(0, start - 24) : start - 1].split(" ")[-1].split("-")[-1].strip("“\"'‘(—–")
    return word[:1].isupper() and page.style(start) == "plain" and word.casefold() not in context().prefixes


def is_surname_first(page: Page, end: int, entry: Entry) -> bool:
    """Whether the surname opens the name of another who bears it first: "Hu Shuli", where Hu Jintao is known."""
    if entry.dominant or not any(candidate.actor.startswith(entry.text + " ") for candidate in entry.candidates):
        return False
    after = page.word_after(end)
    known = end + 1 in page.starts or after.casefold() in context().titles or after in context().generic
    return after[:1].isupper() and not after.isupper() and not known and page.style(end - 1) == "plain"


def is_other_gender(candidate: Candidate, words: list[WordBefore]) -> bool:
    """Whether the form of address before the surname rules the bearer out: "Mrs. Clinton" is not Bill Clinton."""
    title = words[0].text.rstrip(".").casefold() if words else ""
    return (title in context().female_titles and candidate.gender == "male") or (
        title in context().male_titles and candidate.gender == "female"
    )
