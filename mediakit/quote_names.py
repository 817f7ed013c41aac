"""Which words of a subject are the speaker's name, without titles and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from .matching import context
from .quote_cues import words
from .quote_units import Unit

CORPORATE = frozenset({"of", "for", "and", "the", "on", "&", "to"})  # between the words of a body's name
# Behind the name of a firm
SUFFIXES = frozenset(
    "inc corp corporation co company ltd llc llp plc ag gmbh sa se nv bv spa ab asa oyj kk holdings group".split()
)

_LONG = 8  # tokens of a subject that holds more than the subject: its name is the last one

_POSSESSIVE = ("'s", "’s", "s'", "s’")


def is_title(word: str) -> bool:
    """Whether the word says what somebody is, or only opens a sentence."""
    bare = word.rstrip(".").casefold()
    return bare in context().titles or bare in words().people or bare in context().openers or bare in words().times


def is_title_or_the(word: str) -> bool:
    """Whether the word may stand before a name that has its own mention."""
    bare = word.rstrip(".").casefold()
    return bare == "the" or bare in context().titles


def without_titles(name: str) -> str:
    """ "Prime Minister Ann Lee" → "Ann Lee"."""
    parts = name.split(" ")
    while len(parts) > 1 and (is_title(parts[0]) or parts[0].casefold() == "the"):
        parts.pop(0)
    return " ".join(parts)


def is_body(name: str) -> bool:
    """Whether the name looks like that of a body, not of a person."""
    parts = name.split(" ")
    firm = len(parts) > 1 and parts[-1].rstrip(".").casefold() in SUFFIXES
    return firm or name.isupper() or bool(words().body_ends & set(parts)) or any(part in CORPORATE for part in parts)


def gender_of_words(title: Sequence[str]) -> str:
    """ "female" or "male", where a title tells; else ""."""
    bare = {word.rstrip(".") for word in title}
    if bare & words().feminine:
        return "female"
    return "male" if bare & words().masculine else ""


def head_of(unit: Unit, first: int, end: int) -> int:
    """The token that says what is meant: the noun before the first preposition."""
    for at in range(first + 1, end):
        if unit.lower[at] in words().prepositions or unit.lower[at] in words().relatives or unit.words[at] in ",(":
            return at - 1
        if unit.words[at].endswith("ing") and unit.words[at].islower() and at - 1 > first and at + 1 < end:
            return at - 1
        if unit.lower[at].endswith(("ed", "n")) and at + 1 < end and unit.lower[at + 1] in ("by", "just"):
            return at - 1
    return end - 1


def name_tokens(unit: Unit, first: int, end: int) -> tuple[int, int] | None:
    """The tokens of the speaker's name, or None where the head is a common noun ("Russian officials")."""
    head = head_of(unit, first, end)
    lists = words()
    if head == 0 and unit.lower[0] in lists.common and not any(unit.is_name(at) for at in range(1, end)):
        return None  # "Analysts said": a capital only because the sentence begins
    if head == first and unit.lower[head] in lists.determiners:
        return None  # "One said"
    if unit.is_name(head) and not unit.lower[head].endswith(("'s", "’s")):
        begin = run_start(unit, first, head + 1)
        if head + 1 == end or _is_person(unit, begin, head + 1) or unit.lower[head + 1] not in CORPORATE:
            return _within(unit, begin, head + 1)
        stop = head + 1
        while stop < end and (unit.is_name(stop) or unit.lower[stop] in CORPORATE):
            stop += 1
        while stop > head + 1 and not unit.is_name(stop - 1):
            stop -= 1
        # of "the Council on Foreign Relations’ Conflict Tracker" the tracker
        owners = [at for at in range(begin, stop - 1) if unit.lower[at].endswith(_POSSESSIVE)]
        return _within(unit, owners[-1] + 1 if owners else begin, stop)
    if head + 1 < end and unit.is_name(end - 1):
        begin = run_start(unit, head + 1, end)
        if unit.lower[head] in lists.people or unit.lower[head].endswith(("er", "or", "ist")):
            return _person_at_end(unit, begin, end)
    if end - first > _LONG and unit.is_name(end - 1):
        begin = run_start(unit, first, end)
        person = _person_at_end(unit, begin, end)
        subject = begin > first and unit.lower[begin - 1] not in words().prepositions
        if begin - first > 2 and end - begin > 2 and is_title(unit.words[begin - 2]):
            subject = True  # "Commissioner for Competition Neelie Kroes"
        return person or ((max(begin, end - 2), end) if subject else None)
    return None


def run_start(unit: Unit, first: int, end: int) -> int:
    """Where the run of capitals that ends before token `end` begins, not before `first`."""
    at = end
    while at > first and (unit.is_name(at - 1) or (unit.words[at - 1] == "." and at - 1 > first)):
        if unit.lower[at - 1].endswith(_POSSESSIVE) and at < end:
            break
        if unit.words[at - 1].endswith(".") and at < end and at - 2 >= first and unit.lower[at - 2] == "the":
            break  # "… in the U.S. Jobs noted": the end of a sentence that was not seen
        at -= 1
    return at


def _is_person(unit: Unit, begin: int, end: int) -> bool:
    given = context().given
    return any(unit.lower[at] in given for at in range(begin, end)) and end - begin >= 2


def _within(unit: Unit, begin: int, end: int) -> tuple[int, int]:
    """The name without titles and bodies before it: of "General Suleiman al-Amr" the last two words."""
    person = _person_at_end(unit, begin, end)
    if person:
        return person
    while begin < end - 1 and is_title(unit.words[begin]):
        begin += 1
    return begin, end


def _person_at_end(unit: Unit, begin: int, end: int) -> tuple[int, int] | None:
    """A person's name at the end of a run of capitals, if a given name or the end of a body's name shows it."""
    for at in range(max(begin, end - 4), end - 1):
        if unit.lower[at] in context().given and unit.lower[at + 1] not in CORPORATE:
            unknown = at - 1 == begin and unit.words[begin].istitle() and not is_title(unit.words[begin])
            return (begin if unknown and unit.words[begin] not in words().body_ends else at), end
    if unit.words[end - 1] in words().body_ends or unit.lower[end - 1].rstrip(".") in SUFFIXES:
        return None  # a body's name to its end: "General Motors Corporation"
    for at in range(end - 3, begin - 1, -1):
        if unit.lower[at + 1] in CORPORATE:
            return None  # "National Council for Voluntary Organisations"
        if unit.words[at] in words().body_ends and end - at >= 3:
            return at + 1, end
        if unit.words[at][0].isupper() and is_title(unit.words[at]) and end - at >= 2:
            return at + 1, end
    return None
