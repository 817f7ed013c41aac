"""The noun phrase beside a cue: where the subject of "said" begins and ends."""

from __future__ import annotations

from .quote_cues import words
from .quote_units import QUOTE, Unit

PUNCTUATION = frozenset(",;:().!?…–—-[]{}*|•\"“”'‘’") | {QUOTE}
DASHES = frozenset("–—-")
STOPS = frozenset(".!?…;")

Tokens = tuple[int, int]


def subject_before(unit: Unit, end: int) -> Tokens | None:
    """The tokens of the noun phrase that ends before token `end`, with what stands between commas behind its name."""
    if end <= 0:
        return None
    if unit.words[end - 1] in ",)" or unit.words[end - 1] in DASHES:
        return _before_apposition(unit, end)
    first = _phrase_start(unit, end)
    return _trimmed(unit, first, end)


def antecedent_before(unit: Unit, end: int) -> Tokens | None:
    """The noun phrase that "who" behind token `end` refers to: the last one, not all that stands before it."""
    if end and unit.words[end - 1] == ",":
        end -= 1
    first = end
    while first and unit.is_name(first - 1):
        first -= 1
    if first < end:
        return first, end
    return subject_before(unit, end) if end and unit.words[end - 1] not in PUNCTUATION else None


def _phrase_start(unit: Unit, end: int) -> int:
    lists = words()
    first = end
    while first and unit.words[first - 1] not in PUNCTUATION:
        previous = unit.lower[first - 1]
        if previous == "and":
            if not _joins_subjects(unit, first, end):
                break
        elif previous in lists.conjunctions or previous in lists.relatives:
            break
        if first < end and previous in lists.verbs and not unit.is_name(first - 1):
            break
        if previous in lists.pronouns and first < end:
            break
        first -= 1
    return first


def _joins_subjects(unit: Unit, first: int, end: int) -> bool:
    """Whether "and" joins two subjects ("Merkel and Hollande said") or names, not clauses."""
    before, after = first - 2, first
    if before < 0 or after >= end or unit.lower[after] in words().pronouns:
        return False
    if unit.is_name(after) and unit.is_name(before):
        return True
    plain = not unit.is_name(before) and unit.words[before] not in PUNCTUATION
    return plain and not unit.is_name(after) and unit.lower[after] not in words().determiners


def _trimmed(unit: Unit, first: int, end: int) -> Tokens | None:
    """Without what leads into the sentence: "In a statement Gregoire", "with one poster"."""
    lists = words()
    while first < end and (
        unit.lower[first]
        in ("with", "as", "then", "now", "meanwhile", "also", "later", "earlier", "even", "but", "and")
        or unit.lower[first] in lists.times
    ):
        first += 1
    if first < end and unit.lower[first] in lists.prepositions:
        if unit.lower[end - 1] in lists.pronouns:
            return end - 1, end
        name = end
        while name > first and unit.is_name(name - 1) and unit.lower[name - 1] not in lists.times:
            name -= 1
        if name < end:
            return name, end
        determiner = next((at for at in range(end - 1, first, -1) if unit.lower[at] in lists.determiners), None)
        return (determiner, end) if determiner and determiner > first + 1 else None
    if (
        first == end - 1
        and unit.lower[first] in lists.determiners
        and unit.lower[first]
        not in (
            "this",
            "these",
            "those",
            "some",
            "many",
            "several",
            "few",
            "most",
            "both",
            "all",
            "one",
            "others",
        )
    ):
        return None
    return (first, end) if first < end else None


def _before_apposition(unit: Unit, end: int) -> Tokens | None:
    """The subject before ", dean of the school," or "(left)"; the name in "the mayor, Ann Lee,"."""
    segments: list[Tokens] = []
    last = end - 1
    at = last
    while at > 0 and len(segments) < 5:
        at -= 1
        word = unit.words[at]
        if word in STOPS or word in (":", QUOTE):
            segments.append((at + 1, last))
            break
        if word in ",()" or word in DASHES or at == 0:
            segments.append((at + 1 if word in ",()–—-" else at, last))
            last = at
    segments = [segment for segment in segments if segment[0] < segment[1]]
    if not segments:
        return None
    if len(segments) == 1:
        return _trimmed(unit, _phrase_start(unit, segments[0][1]), segments[0][1])
    for number, (first, stop) in enumerate(segments):
        person = _trimmed(unit, _phrase_start(unit, stop), stop)
        if person is None:
            continue
        alone = all(unit.is_name(place) for place in range(first, stop))
        initials = stop - first == 1 and (unit.words[first].isupper() or number == 0)
        if alone and not initials and stop - first > 1:
            return person
        if number and not alone and unit.is_name(stop - 1):
            return person
    for _, stop in segments[1:]:
        person = _trimmed(unit, _phrase_start(unit, stop), stop)
        if person and person[1] - person[0] <= 12 and unit.lower[person[0]] not in words().prepositions:
            return person
    return None


def phrase_after(unit: Unit, first: int) -> Tokens | None:
    """The noun phrase that begins at token `first`: with its name, or up to the next stop."""
    lists = words()
    size = len(unit.words)
    if first >= size or unit.words[first] in PUNCTUATION:
        return None
    if unit.lower[first] in lists.pronouns:
        return first, first + 1
    if unit.lower[first] in lists.prepositions or unit.lower[first] in lists.conjunctions:
        return None
    end = first
    named = False
    while end < size and unit.words[end] not in PUNCTUATION and end - first < 16:
        word = unit.lower[end]
        joins = word == "and" and end + 1 < size and unit.is_name(end + 1) and unit.is_name(end - 1)
        if not joins and word in lists.ends:
            break
        if unit.is_name(end):
            named = True
        elif named:
            linked = word in lists.name_links and (word != "the" or unit.lower[end - 1] in lists.name_links)
            behind = unit.lower[end + 1] if end + 1 < size else ""
            if not linked or not (behind == "the" or (behind and unit.is_name(end + 1))):
                break
        elif end > first and word in ("to", "in", "on", "at", "during", "after", "as"):
            break
        end += 1
    return (first, end) if end > first else None
