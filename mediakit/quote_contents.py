"""What a cue reports: where the clause or the quotation behind "said" begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from .quote_cues import Cue, cues, words
from .quote_subjects import PUNCTUATION, STOPS, Tokens
from .quote_units import QUOTE, Unit

_SIDE_CLAUSES = frozenset({"who", "which", "that", "while", "whilst", "whereas", "as", "after", "because"})
_CONTRASTS = frozenset({"while", "whilst", "whereas", "with", "but", "and"})
_ANONYMOUS = frozenset({"named", "identified", "anonymous", "anonymity", "quoted"})
# Verbs of the writer's comment on what was said
_COMMENTS = frozenset(
    "remains shows means suggests indicates underlines underscores highlights illustrates demonstrates signals implies "
    "reflects reveals proves contradicts confirms explains echoes contrasts".split()
)
_TAIL = 10  # tokens of what follows "said" at the end of a sentence
_CONTRAST = 8  # tokens from "while" to the cue
_FORESEEN = frozenset({"estimate", "predict", "forecast", "project", "expect", "believe"})  # "… sales to rise"
_LIGHT = frozenset({"say", "claim", "state", "allege", "argue", "insist", "contend", "assert", "think", "charge"})
WH = frozenset({"how", "why", "what", "whether", "when", "where", "who", "which", "if"})


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


def find_content(unit: Unit, report: Report) -> None:
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
    if before == "," and not ends_here and not report.shared and not report.relative:
        stop = next((at for at in range(behind, min(size, behind + _TAIL)) if unit.words[at] in STOPS), 0)
        opens = unit.lower[behind] in words().prepositions or report.cue.takes == "told"
        ends_here = bool(stop) and opens and unit.lower[behind] not in WH and _is_tail(unit, behind, stop)
    lead = unit.lower[0] == "as" and first <= 2 and unit.lower[max(first - 1, 0)] == "as"
    if before == "," and ends_here and report.cue.takes in ("clause", "that", "told") and not report.shared:
        report.content = (0, first - 1)
        report.clause = not report.relative and first >= 4 and has_verb(unit, 0, first)
        leads = unit.words[behind : behind + 1] == [","] and not has_verb(unit, 0, first)
        if (leads and has_verb(unit, behind + 1, size)) or unit.lower[first - 2 : first - 1] in (["but"], ["and"]):
            report.content, report.clause = (behind + 1, size), not report.relative and behind + 3 < size
        return
    if lead:
        comma = next((at for at in range(end, min(size, end + 8)) if unit.words[at] == ","), None)
        if comma:
            report.content, report.clause = (comma + 1, size), True
            return
    content = _content_after(unit, report, report.cue_at[1] if end <= report.cue_at[1] else end)
    if content:
        report.content, report.clause = content


def _is_tail(unit: Unit, first: int, end: int) -> bool:
    """Whether only a listener, a place or a time stands here: "…, Lee told reporters in Ashton"."""
    return not any(
        word in words().verbs or word in (QUOTE, ":", ",") or (word in cues() and not cues()[word].noun)
        for word in unit.lower[first:end]
    )


def _content_after(unit: Unit, report: Report, at: int) -> tuple[Tokens, bool] | None:
    """The content behind the cue and whether it is a clause that can stand without marks."""
    size = len(unit.words)
    takes = report.cue.takes
    end = _content_end(unit, report, at, size)
    if takes in ("name", "quote"):
        return (at, end), False
    if report.cue.verb in _FORESEEN and unit.lower[at : at + 2] == ["to", "be"] and end - at > 2:
        return (at, end), True  # "which Boeing estimates to be worth …"
    that = next(
        (
            place
            for place in range(at, min(end, at + 14))
            if unit.lower[place] == "that" or (unit.lower[place] in WH and place - at < 6 and takes != "that")
        ),
        None,
    )
    barrier = next((place for place in range(at, end) if unit.words[place] in (QUOTE, ":", ";", "(")), end)
    if that is not None and that < barrier and _leads_to(unit, at, that, takes):
        start = that + 1 if unit.lower[that] == "that" else that
        if start < size and unit.words[start] == ",":
            start += 1
        return ((start, end), True) if end - start >= 2 or QUOTE in unit.words[start:end] else None
    if takes == "request" and not _ANONYMOUS.isdisjoint(unit.lower[at : at + 6]):
        return (at, min(end, at + 6)), False  # "asked not to be named" is no report
    if takes in ("request", "promise", "told"):
        infinitive = _infinitive(unit, report, at, min(end, at + 14))
        if infinitive is not None:
            return (infinitive, end), True
    if takes == "told":
        return _told_content(unit, at, end)
    if report.cue.verb in _FORESEEN and not has_verb(unit, at, end):
        infinitive = next((spot for spot in range(at, min(end - 1, at + 14)) if unit.lower[spot] == "to"), None)
        if infinitive is not None and unit.lower[infinitive + 1].isalpha() and end - infinitive > 2:
            return (at, end), True
    return _bare_content(unit, report, at, end)


def _leads_to(unit: Unit, at: int, that: int, takes: str) -> bool:
    """Whether nothing but an addressee, a time or a manner stands between the cue and "that"."""
    lists = words()
    if that == at:
        return True
    if unit.lower[that] in WH and unit.lower[that] != "whether":
        return takes in ("request", "told") and that - at < 5
    if takes == "told":
        return not any(unit.lower[place] in lists.verbs for place in range(at, that))
    first = unit.lower[at]
    parenthesis = first == "," and unit.words[that - 1] == ","
    follows = first in lists.prepositions or first in lists.times or parenthesis or first.endswith("ly")
    return (follows or takes == "request") and not any(unit.lower[place] in lists.verbs for place in range(at, that))


def _infinitive(unit: Unit, report: Report, at: int, end: int) -> int | None:
    for place in range(at, end - 1):
        if unit.lower[place] == "to" and (
            unit.lower[place + 1] not in words().determiners or unit.lower[place + 1] == "either"
        ):
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
    if unit.lower[place] in words().verbs and place > start:
        return (at, end), True  # "warn the plan could fail": nobody is told
    bare = unit.words[place] not in PUNCTUATION and unit.lower[place] not in words().prepositions
    return (place if bare else at, end), bare and has_verb(unit, place, end)


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
    limit = next((spot for spot in range(place, end) if unit.lower[spot] in _SIDE_CLAUSES), end) if strict else end
    clause = (
        end - place >= 3
        and report.cue.takes in ("clause", "that", "promise")
        and (has_verb(unit, place, limit) or (light and _has_inflection(unit, place + 1, end)))
    )
    return (place if clause else at, end), clause


def has_verb(unit: Unit, first: int, end: int) -> bool:
    """Whether a finite verb that the list knows stands among the tokens."""
    return any(word in words().verbs for word in unit.lower[first:end])


def _has_inflection(unit: Unit, first: int, end: int) -> bool:
    return any(word.endswith(("ed", "s")) and not word[0].isupper() for word in unit.words[first:end])


def _content_end(unit: Unit, report: Report, at: int, size: int) -> int:
    """Up to the end of the sentence, its stop left out, or to the next cue of the same speaker ("…, and said that")."""
    end = size
    while end > at and unit.words[end - 1] in ".!?…,":
        end -= 1
    for place in range(at + 2, end):
        word = unit.lower[place]
        if report.relative and word == "," and _goes_on(unit, place + 1):
            return place
        if word in ",;:" and _ends_before(unit, place, end):
            return place
        behind = unit.starts[place - 1] in unit.commas or unit.words[place - 2 : place] == [QUOTE, ","]
        if behind and word.endswith("ing"):
            return place - 1 if unit.words[place - 1] == "," else place
        if word in ("and", "but") and place + 1 < end:
            following = place + 1
            while following < end and unit.lower[following] in words().adverbs:
                following += 1
            cue = cues().get(unit.lower[following]) if following < end else None
            if cue and _continues(unit, report.cue, cue, following):
                return place - 1 if unit.words[place - 1] == "," else place
    return end


def _goes_on(unit: Unit, at: int) -> bool:
    """Whether the verb stands here that a relative clause has kept waiting: "Lee, who asked for it, said"."""
    word = unit.lower[at] if at < len(unit.words) else ""
    return word in words().verbs or word in words().auxiliaries or (word in cues() and not cues()[word].noun)


def _ends_before(unit: Unit, at: int, end: int) -> bool:
    """Whether the token at `at` parts the content from what the writer goes on with."""
    if unit.lower[at : at + 2] == [",", "which"] and _comments(unit, at + 2, end):
        return True
    if unit.words[at] == ";":
        return QUOTE not in unit.words[at:end]  # words in marks behind it are the speaker's again
    if unit.words[at] == ":":
        return unit.words[at + 1 : at + 2] == [QUOTE]
    follows = cues().get(unit.lower[at + 1]) if at + 1 < end and unit.lower[at + 1].endswith("ing") else None
    if follows and follows.form == "participle":
        return True
    if at + 3 < end and _is_subject(unit, at + 1, end):
        return True
    contrast = at + 1 < end and unit.lower[at + 1] in _CONTRASTS
    return contrast and _other_report(unit, at + 1, end)


def _comments(unit: Unit, at: int, end: int) -> bool:
    """Whether a verb behind "which" makes of what was said something up to the end: ", which remains a hurdle"."""
    while at < end and (unit.lower[at] in words().adverbs or unit.lower[at].endswith("ly")):
        at += 1
    return (
        at < end and unit.lower[at] in _COMMENTS and "," not in unit.words[at:end] and QUOTE not in unit.words[at:end]
    )


def _is_subject(unit: Unit, at: int, end: int) -> bool:
    """Whether a name and "said that" stand here: ", Lee said that …"."""
    first = at
    while at < end and at - first < _CONTRAST and (unit.is_name(at) or unit.lower[at] in words().pronouns):
        at += 1
    cue = cues().get(unit.lower[at]) if first < at < end - 1 else None
    return cue is not None and not cue.noun and unit.lower[at + 1] in ("that", QUOTE)


def _other_report(unit: Unit, at: int, end: int) -> bool:
    """Whether "while" begins what somebody else says: ", while Lee has estimated"."""
    for place in range(at + 2, min(at + _CONTRAST, end)):
        cue = cues().get(unit.lower[place])
        if cue is not None and not cue.noun and cue.takes != "name":
            return cue.form in ("past", "present") or unit.lower[at] not in ("but", "and")
        if unit.lower[at] in ("but", "and") and unit.lower[place] in words().verbs:
            return False
    return False


def _continues(unit: Unit, first: Cue, second: Cue, at: int) -> bool:
    """Whether the cue at token `at`, behind "and", has the subject of the first one."""
    if second.takes in ("name", "quote") or "participle" in (first.form, second.form):
        return False
    following = unit.lower[at + 1] if at + 1 < len(unit.lower) else ""
    opens = following == "that" or following in words().pronouns or following in words().determiners
    return (first.form == second.form and not second.noun) or opens
