"""The noun phrase beside a cue: where the subject of "said" begins and ends."""

from __future__ import annotations

from .matching import context
from .quote_cues import words
from .quote_units import QUOTE, Unit

PUNCTUATION = frozenset(",;:().!?…–—-[]{}*|•\"“”'‘’") | {QUOTE}
DASHES = frozenset("–—-")
STOPS = frozenset(".!?…;")

Tokens = tuple[int, int]
_APPOSITION = 12  # tokens of what stands between commas behind a name


def subject_before(unit: Unit, end: int) -> Tokens | None:
    """The tokens of the noun phrase that ends before token `end`, with what stands between commas behind its name."""
    if end <= 0:
        return None
    if unit.words[end - 1] in ",)" or unit.words[end - 1] in DASHES:
        return _before_apposition(unit, end)
    first = _phrase_start(unit, end)
    return _named_before(unit, first, end) or _trimmed(unit, first, end)


def _is_role(unit: Unit, at: int) -> bool:
    return unit.lower[at] in words().people or unit.lower[at].rstrip(".") in context().titles


def _named_before(unit: Unit, first: int, end: int) -> Tokens | None:
    """The name before an apposition without a second comma: "Ann Lee, president and CEO of Acme said"."""
    if unit.is_name(end - 1):
        run = end - 1
        while run > first and unit.is_name(run - 1):
            run -= 1
        if unit.lower[run - 1] not in words().prepositions:
            return None
    at = first
    while at and unit.words[at - 1] != ",":
        at -= 1
        if first - at > _APPOSITION or unit.words[at] in PUNCTUATION or unit.lower[at] in words().verbs:
            return None
    begin = at - 1
    if begin < 2 or unit.lower[at] == "the" or not any(_is_role(unit, place) for place in range(at, end)):
        return None
    while begin and unit.is_name(begin - 1):
        begin -= 1
    opens = begin == 0 or unit.words[begin - 1] in STOPS or unit.words[begin - 1] in (QUOTE, ":")
    return (begin, at - 1) if opens and at - 1 - begin >= 2 else None


def antecedent_before(unit: Unit, end: int) -> Tokens | None:
    """The noun phrase that "who" behind token `end` refers to: the last one, not all that stands before it."""
    if end and unit.words[end - 1] == ",":
        end -= 1
        at = end - 1
        while at > 1 and end - at <= _APPOSITION and unit.words[at] not in PUNCTUATION:
            at -= 1
        if at > 1 and unit.words[at] == "," and unit.lower[at + 1] in words().determiners and unit.is_name(at - 2):
            end = at  # "Ann Lee, an expert at Stanford, who"
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
        if unit.lower[end - 1] in lists.common and unit.lower[end - 2] in lists.prepositions:
            return end - 1, end  # "in response to critics"
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
            "another",
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
    segments = [segment for segment in segments if segment[1] - segment[0] > 1 or not _is_adverb(unit, segment[0])]
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
    for first, stop in segments[1:]:
        if unit.lower[first] in words().relatives or unit.lower[first].endswith("ing"):
            continue
        person = _trimmed(unit, _phrase_start(unit, stop), stop)
        if person and person[1] - person[0] <= 12 and unit.lower[person[0]] not in words().prepositions:
            return person
    return None


def _is_adverb(unit: Unit, at: int) -> bool:
    return unit.lower[at] in words().adverbs or (unit.lower[at].endswith("ly") and not unit.is_name(at))


def phrase_after(unit: Unit, first: int) -> Tokens | None:
    """The noun phrase that begins at token `first`: with its name, or up to the next stop.

    Of "chief strategist at Acme, Ann Lee" the name alone.
    """
    phrase = _phrase_after(unit, first)
    return (_name_behind(unit, first, phrase[1]) or phrase) if phrase else None


def _name_behind(unit: Unit, first: int, end: int) -> Tokens | None:
    """The person's name that follows what he is, behind a comma."""
    size = len(unit.words)
    comma = next((at for at in range(end, min(size, first + _APPOSITION)) if unit.words[at] in PUNCTUATION), size)
    if comma >= size or unit.words[comma] != "," or (unit.lower[first] in context().given and comma - first <= 3):
        return None
    if not _is_role(unit, comma - 1) and not any(_is_role(unit, at) for at in range(first, end)):
        return None
    if any(unit.lower[at] in words().verbs or unit.lower[at] in words().relatives for at in range(end, comma)):
        return None
    stop = comma + 1
    while stop < size and unit.is_name(stop):
        stop += 1
    closed = stop >= size or unit.words[stop] in PUNCTUATION
    return (comma + 1, stop) if stop - comma > 2 and closed else None


def _role_before_name(unit: Unit, at: int) -> int:
    """Behind "senior vice president" at token `at` if a name follows; else 0."""
    end = at
    while end < len(unit.words) and end - at < 6:
        word = unit.lower[end]
        if end > at and unit.is_name(end) and _is_role(unit, end - 1):
            return end
        if not word.isalpha() or word in words().ends or word in words().prepositions or unit.is_name(end):
            return 0
        end += 1
    return 0


def _phrase_after(unit: Unit, first: int) -> Tokens | None:
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
        if word == "and" and not joins and first < end < size - 1:
            joins = _is_role(unit, end - 1) and _is_role(unit, end + 1)
        if not joins and word in lists.ends:
            break
        if unit.is_name(end):
            named = True
        elif named:
            linked = word in lists.name_links and (word != "the" or unit.lower[end - 1] in lists.name_links)
            if word in lists.common and unit.lower[end - 1] not in lists.common:
                end += 1  # "Spanish police"
                continue
            role_end = 0 if linked else _role_before_name(unit, end)
            if role_end:
                end = role_end
                continue
            behind = unit.lower[end + 1] if end + 1 < size else ""
            if not linked or not (behind == "the" or (behind and unit.is_name(end + 1))):
                break
        elif end > first and word in ("to", "in", "on", "at", "during", "after", "as"):
            break
        end += 1
    return (first, end) if end > first else None
