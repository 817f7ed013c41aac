"""Who says what in a sentence: cues with their subjects and with the clause they report.

English word order does most of it: the subject stands before the cue ("Kew said that …"), behind it where the
report comes first ("…", said Kew), and is shared by cues joined with "and". No parser is used; docs/accuracy.md says
how often this is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from .quote_cues import BY, Cue, cues, words
from .quote_subjects import DASHES, PUNCTUATION, STOPS, Tokens, antecedent_before, phrase_after, subject_before
from .quote_units import QUOTE, Unit

_LIGHT = frozenset({"say", "claim", "state", "allege", "argue", "insist", "contend", "assert", "think", "charge"})
_WH = frozenset({"how", "why", "what", "whether", "when", "where", "who", "which", "if"})
_ACCORDING = Cue("according to", "neutral", "clause", "phrase", False)
_WORDS_OF = Cue("in the words of", "neutral", "clause", "phrase", False)


@dataclass(slots=True)
class Report:
    """A cue in a sentence; all numbers are tokens. `subject` is None where the one before is meant, or nobody is."""

    cue: Cue
    cue_at: Tokens
    subject: Tokens | None
    chunk: Tokens  # subject, auxiliaries and cue: what belongs to the writer
    content: Tokens | None = None  # the reported clause
    clause: bool = False  # whether the content is a clause, so that it is a quotation without marks too
    shared: bool = False  # the subject is that of the cue before
    relative: bool = False


def reports(unit: Unit, places: list[int]) -> list[Report]:
    """The cues of a unit that report something, in order."""
    found: list[Report] = []
    last = -1
    for place in places:
        at = unit.token_at(place)
        if at <= last or at >= len(unit.words) or unit.starts[at] != place:
            continue
        report = _phrase(unit, at) or _verb(unit, at, found)
        if report:
            found.append(report)
            last = report.cue_at[1] - 1
    return _without_nested(found)


def _verb(unit: Unit, at: int, before: list[Report]) -> Report | None:
    cue = cues().get(unit.lower[at])
    size = 1
    if at + 1 < len(unit.lower):
        pair = cues().get(f"{unit.lower[at]} {unit.lower[at + 1]}")
        cue, size = (pair, 2) if pair else (cue, 1)
    if cue is None or (unit.words[at][0].isupper() and at and unit.part == "body"):
        return None
    report = _preposed(unit, at, size, cue, before) or _inverted(unit, at, size, cue)
    if report:
        _find_content(unit, report)
    return report


def _preposed(unit: Unit, at: int, size: int, cue: Cue, before: list[Report]) -> Report | None:
    """The subject stands before the cue."""
    first, lists = at, words()
    while first and (
        unit.lower[first - 1] in lists.adverbs
        or unit.lower[first - 1] in lists.auxiliaries
        or (unit.lower[first - 1].endswith("ly") and not unit.is_name(first - 1))
    ):
        first -= 1
        helper = unit.lower[first]
        if helper in lists.passive and cue.form != "participle":
            return None
    if not first:
        return None
    previous = unit.lower[first - 1]
    if previous in lists.unsaid or any(unit.lower[place] in lists.unsaid for place in range(first, at)):
        return None
    chunk_end = at + size
    if previous in ("and", "but", "or") or (
        cue.form == "participle" and previous in (",", "while", "whilst", "before")
    ):
        if cue.noun and cue.form == "base" and not before:
            return None
        if cue.takes in ("told", "request") and _is_passive(unit, first - 1):
            return None  # "was called in and told"
        return Report(cue, (at, chunk_end), None, (first - 1, chunk_end), shared=True)
    if previous in lists.relatives or (previous == "that" and first > 1 and unit.words[first - 2] not in PUNCTUATION):
        antecedent = antecedent_before(unit, first - 1)
        return Report(cue, (at, chunk_end), antecedent, (first - 1, chunk_end), relative=True)
    subject = subject_before(unit, first)
    if subject is None or (cue.noun and not _may_have_verb(unit, subject, cue)):
        return None
    return Report(cue, (at, chunk_end), subject, (subject[0], chunk_end))


def _is_passive(unit: Unit, end: int) -> bool:
    """Whether the verb before "and" is in the passive voice."""
    recent = unit.lower[max(0, end - 8) : end]
    last = next((word for word in reversed(recent) if word in words().auxiliaries), "")
    return last in words().passive and any(word.endswith(("ed", "en")) for word in recent)


def _may_have_verb(unit: Unit, subject: Tokens, cue: Cue) -> bool:
    """Whether a form that may be a noun is a verb behind this subject: "officials report that", not "the report"."""
    lists = words()
    head = unit.lower[subject[1] - 1]
    if head in lists.determiners or head.endswith(("'s", "’s", "s'", "s’")):
        return head in ("both", "all", "some", "many")
    if head in lists.pronouns or cue.form == "present":
        return True
    plural = head.endswith("s") or head in lists.collective or unit.is_name(subject[1] - 1)
    return cue.form == "participle" or (plural and cue.form in ("base", "past"))


def _inverted(unit: Unit, at: int, size: int, cue: Cue) -> Report | None:
    """The cue stands between the report and the subject: "…", said Kew."""
    before = at - 1
    while before >= 0 and unit.lower[before] in words().adverbs:
        before -= 1
    if before < 0 or unit.words[before] not in (",", QUOTE, *DASHES) or at + size >= len(unit.words):
        return None
    if cue.form not in ("past", "present") or (cue.noun and cue.form == "base"):
        return None
    subject = phrase_after(unit, at + size)
    if subject is None:
        return None
    return Report(cue, (at, at + size), subject, (before + 1, subject[1]))


def _phrase(unit: Unit, at: int) -> Report | None:
    """ "According to Kew", "in the words of Kew", "as reported by TIME"."""
    lower = unit.lower
    following = lower[at + 1 : at + 4]
    if lower[at] == "according" and following[:1] == ["to"]:
        cue, size = _ACCORDING, 2
    elif lower[at] == "in" and following == ["the", "words", "of"]:
        cue, size = _WORDS_OF, 4
    elif lower[at] in BY and following[:1] == ["by"] and at and lower[at - 1] in ("as", ","):
        cue, size = Cue(f"{lower[at]} by", "neutral", "clause", "phrase", False), 2
    else:
        return None
    subject = _according_to(unit, at + size)
    if subject is None:
        return None
    first = at - 1 if at and lower[at - 1] in ("as", "but", "and") else at
    report = Report(cue, (at, at + size), subject[0], (first, subject[1]))
    if cue is _WORDS_OF:
        report.content = (subject[1], len(unit.words))
    else:
        _place_around(unit, report)
    return report


def _according_to(unit: Unit, first: int) -> tuple[Tokens, int] | None:
    """The subject of "according to", and where the words about it end."""
    size = len(unit.words)
    if first >= size or unit.words[first] in PUNCTUATION:
        return None
    comma = next((at for at in range(first, size) if unit.words[at] in PUNCTUATION), size)
    quoted = next((at for at in range(first, min(size, first + 16)) if unit.words[at] == QUOTE), 0)
    if quoted and not any(unit.lower[at] in words().verbs for at in range(first, quoted)):
        name = subject_before(unit, quoted)
        if name and name[0] >= first:
            return name, quoted
    inner = phrase_after(unit, first)
    stop = (
        comma if comma - first <= 12 and not any(unit.lower[at] in words().verbs for at in range(first, comma)) else 0
    )
    if inner is None:
        return None
    if not stop:
        return inner, inner[1]
    subject = (first, stop)
    after = stop + 1
    if stop < size and unit.words[stop] == ",":
        second = next((at for at in range(after, size) if unit.words[at] in ",;.:"), size)
        apposition = second < size and unit.words[second] == "," and second - after <= 12
        apposition = apposition and not any(unit.lower[at] in words().verbs for at in range(after, second))
        if apposition and all(unit.is_name(at) for at in range(after, second)) and second - after > 1:
            return (after, second), second
        leads = unit.lower[after] if after < size else ""
        if apposition and leads in ("a", "an", "the", "who", "which", "quoting", "citing", "head", "chief", "director"):
            return subject, second
    return subject, stop


def _place_around(unit: Unit, report: Report) -> None:
    """The content of "according to X": what follows it where it leads the clause, else what stands before it."""
    first, end = report.chunk
    size = len(unit.words)
    after = end + 1 if end < size and unit.words[end] == "," else end
    leads = first == 0 or unit.lower[first - 1] in ("that", "and", "but", ":", "—", "–")
    stop = next((at for at in range(end, size) if unit.words[at] == ";"), size)
    has_rest = stop - after >= 4
    if (leads or first < 4) and has_rest:
        report.content = (after, stop)
    else:
        left = next((at + 1 for at in range(first - 1, -1, -1) if unit.words[at] == ";"), 0)
        report.content = (left, first) if first - left >= 2 else (after, stop) if has_rest else None
    report.clause = report.content is not None


def _find_content(unit: Unit, report: Report) -> None:
    """Where the content of a verb stands: before the chunk, or behind it."""
    first, end = report.chunk
    size = len(unit.words)
    before = unit.words[first - 1] if first else ""
    behind = end
    while behind < size and unit.lower[behind] in words().times:
        behind += 1
    ends_here = (
        behind >= size
        or unit.words[behind] in STOPS
        or (
            unit.words[behind] in ",–—"
            and not report.shared
            and not report.relative
            and before in (",", QUOTE)
            and QUOTE not in unit.words[behind : behind + 2]
        )
    )
    lead = unit.lower[0] == "as" and first <= 2 and unit.lower[max(first - 1, 0)] == "as"
    if before == "," and ends_here and report.cue.takes in ("clause", "that") and not report.shared:
        report.content = (0, first - 1)
        report.clause = not report.relative and first >= 4 and _has_verb(unit, 0, first)
        if (
            unit.words[behind : behind + 1] == [","]
            and _has_verb(unit, behind + 1, size)
            and not _has_verb(unit, 0, first)
        ):
            report.content = (behind + 1, size)
        return
    if lead:
        comma = next((at for at in range(end, min(size, end + 8)) if unit.words[at] == ","), None)
        if comma:
            report.content, report.clause = (comma + 1, size), True
            return
    content = _content_after(unit, report, report.cue_at[1] if end <= report.cue_at[1] else end)
    if content:
        report.content, report.clause = content


def _content_after(unit: Unit, report: Report, at: int) -> tuple[Tokens, bool] | None:
    """The content behind the cue and whether it is a clause that can stand without marks."""
    size = len(unit.words)
    takes = report.cue.takes
    end = _content_end(unit, report, at, size)
    if takes in ("name", "quote"):
        return (at, end), False
    that = next(
        (
            place
            for place in range(at, min(end, at + 14))
            if unit.lower[place] == "that" or (unit.lower[place] in _WH and place - at < 6 and takes != "that")
        ),
        None,
    )
    barrier = next((place for place in range(at, end) if unit.words[place] in (QUOTE, ":", ";", "(")), end)
    if that is not None and that < barrier and _leads_to(unit, at, that, takes):
        start = that + 1 if unit.lower[that] == "that" else that
        if start < size and unit.words[start] == ",":
            start += 1
        return ((start, end), True) if end - start >= 2 or QUOTE in unit.words[start:end] else None
    if takes in ("request", "promise", "told"):
        infinitive = _infinitive(unit, report, at, min(end, at + 14))
        if infinitive is not None:
            return (infinitive, end), True
    if takes == "told":
        return _told_content(unit, at, end)
    return _bare_content(unit, report, at, end)


def _leads_to(unit: Unit, at: int, that: int, takes: str) -> bool:
    """Whether nothing but an addressee, a time or a manner stands between the cue and "that"."""
    lists = words()
    if that == at:
        return True
    if unit.lower[that] in _WH and unit.lower[that] != "whether":
        return takes in ("request", "told") and that - at < 5
    if takes == "told":
        return not any(unit.lower[place] in lists.verbs for place in range(at, that))
    first = unit.lower[at]
    follows = first in lists.prepositions or first in lists.times or first == "," or first.endswith("ly")
    return (follows or takes == "request") and not any(unit.lower[place] in lists.verbs for place in range(at, that))


def _infinitive(unit: Unit, report: Report, at: int, end: int) -> int | None:
    for place in range(at, end - 1):
        if unit.lower[place] == "to" and unit.lower[place + 1] not in words().determiners:
            may_lead = place > at or report.cue.takes in ("promise", "request")
            following = unit.words[place + 1]
            if may_lead and following[0].islower() and not following.endswith("s"):
                return place - 1 if unit.lower[place - 1] == "not" else place
        if unit.words[place] in PUNCTUATION or unit.lower[place] in words().verbs:
            return None
    return None


def _told_content(unit: Unit, at: int, end: int) -> tuple[Tokens, bool] | None:
    """Behind the addressee: "told Sky News any process …", "told him he …"."""
    place = at
    if place < end and unit.lower[place] in ("the", "a", "his", "her", "their"):
        place += 1
    start = place
    while place < end and (unit.is_name(place) or (unit.words[place] in ("the",) and place == start)):
        place += 1
    if place == start and place < end and unit.words[place] not in PUNCTUATION:
        place += 1
    while place < end and unit.lower[place] in words().times:
        place += 1
    if place >= end:
        return (at, end), False
    bare = unit.words[place] not in PUNCTUATION and unit.lower[place] not in words().prepositions
    return (place if bare else at, end), bare and _has_verb(unit, place, end)


def _bare_content(unit: Unit, report: Report, at: int, end: int) -> tuple[Tokens, bool] | None:
    """A clause without "that": "said the talks would go on"."""
    lists = words()
    place = at
    while place < end and unit.lower[place] in lists.times:
        place += 1
    if place < end and unit.lower[place] in ("on", "in") and place + 1 < end and unit.lower[place + 1] in lists.times:
        place += 2
    if place >= end:
        return (at, end), False
    word = unit.lower[place]
    light = report.cue.verb in _LIGHT
    opens = word not in lists.prepositions or (
        light and word in ("as", "in", "by", "during", "after", "under", "with", "at")
    )
    if unit.words[place] in PUNCTUATION or not opens or word in ("and", "or", "but", "so"):
        return (at, end), False
    strict = not light
    limit = (
        next((spot for spot in range(place, end) if unit.lower[spot] in ("who", "which", "that")), end)
        if strict
        else end
    )
    clause = (
        end - place >= 3
        and report.cue.takes in ("clause", "that", "promise")
        and (_has_verb(unit, place, limit) or (light and _has_inflection(unit, place + 1, end)))
    )
    return (place if clause else at, end), clause


def _has_verb(unit: Unit, first: int, end: int) -> bool:
    return any(word in words().verbs for word in unit.lower[first:end])


def _has_inflection(unit: Unit, first: int, end: int) -> bool:
    return any(word.endswith(("ed", "s")) and not word[0].isupper() for word in unit.words[first:end])


def _content_end(unit: Unit, report: Report, at: int, size: int) -> int:
    """Up to the end of the sentence, its stop left out, or to the next cue of the same speaker ("…, and said that")."""
    end = size
    while end > at and unit.words[end - 1] in ".!?…,":
        end -= 1
    for place in range(at + 2, end):
        if unit.lower[place] == "and" and place + 1 < end:
            following = place + 1
            while following < end and unit.lower[following] in words().adverbs:
                following += 1
            cue = cues().get(unit.lower[following]) if following < end else None
            if cue and _continues(unit, report.cue, cue, following):
                return place - 1 if unit.words[place - 1] == "," else place
    return end


def _continues(unit: Unit, first: Cue, second: Cue, at: int) -> bool:
    """Whether the cue at token `at`, behind "and", has the subject of the first one."""
    if second.takes in ("name", "quote") or "participle" in (first.form, second.form):
        return False
    following = unit.lower[at + 1] if at + 1 < len(unit.lower) else ""
    opens = following == "that" or following in words().pronouns or following in words().determiners
    return (first.form == second.form and not second.noun) or opens


def _without_nested(found: list[Report]) -> list[Report]:
    """Without clauses that lie in another's content: what X says that Y says is X's report.

    Only "according to the Herald, Burrows said" is Burrows's.
    """
    kept: list[Report] = []
    for report in found:
        outer = next((other for other in kept if other.clause and _holds(other, report)), None)
        if outer and outer.cue.form == "phrase" and report.clause and report.cue.takes not in ("name", "quote"):
            kept.remove(outer)
        elif outer and report.clause:
            report.clause = False
        kept.append(report)
    return kept


def _holds(outer: Report, inner: Report) -> bool:
    return outer.content is not None and outer.content[0] <= inner.cue_at[0] < outer.content[1]
