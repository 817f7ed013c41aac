"""Who says what in a sentence: cues with their subjects and with the clause they report.

English word order does most of it: the subject stands before the cue ("Kew said that …"), behind it where the
report comes first ("…", said Kew), and is shared by cues joined with "and". No parser is used; docs/accuracy.md says
how often this is right.
"""

from __future__ import annotations

from .quote_contents import WH, Report, find_content, has_verb
from .quote_cues import BY, Cue, cues, words
from .quote_names import head_of
from .quote_subjects import DASHES, PUNCTUATION, Tokens, antecedent_before, phrase_after, subject_before
from .quote_units import QUOTE, Unit

_ACCORDING = Cue("according to", "neutral", "clause", "phrase", False)
_QUOTED_NAME = 12  # tokens between "quotes" and "as saying"
_FINITE = frozenset("is are was were has have had will would can could may might must shall should do does did".split())
_GAPS = WH | {"that"}  # "what Lee claims is a plot": a verb before the verb of the main clause
_GAP = 8  # tokens back that they are looked for
# Verbs of which a thing can be the subject
_INFERRED = frozenset(
    "suggest indicate signal reveal confirm imply hint underline underscore highlight reaffirm affirm remind reflect "
    "predict foresee guarantee threaten promise describe characterize characterise explain attest warn cite".split()
)
_WORDS_OF = Cue("in the words of", "neutral", "clause", "phrase", False)


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
    report = (
        _quoting(unit, at, cue)
        or (_inverted(unit, at, size, cue) if _is_closed(unit, at, size, cue) else None)
        or _preposed(unit, at, size, cue, before)
        or _inverted(unit, at, size, cue)
    )
    if report and cue.verb == "read" and not _is_document(unit, report):
        return None
    if report and (_is_noun(unit, at, size, cue) or _is_voiceless(unit, report)):
        return None
    if report:
        find_content(unit, report)
    return report


def _is_noun(unit: Unit, at: int, size: int, cue: Cue) -> bool:
    """Whether a finite verb follows, so that the form is its subject: "security guarantees are", not "he claims is"."""
    if not cue.noun or cue.form not in ("base", "present") or unit.words[at - 1 : at] == [QUOTE]:
        return False
    if not _FINITE.intersection(unit.lower[at + size : at + size + 1]) or unit.lower[at - 1] in words().pronouns:
        return False
    return _GAPS.isdisjoint(unit.lower[max(0, at - _GAP) : at])


def _is_voiceless(unit: Unit, report: Report) -> bool:
    """Whether a thing that says nothing lets the writer infer something: "the change suggests that"."""
    if report.subject is None or report.cue.verb not in _INFERRED:
        return False
    head = head_of(unit, *report.subject)
    return unit.lower[head] in words().abstract and (head == 0 or unit.words[head].islower())


def _quoting(unit: Unit, at: int, cue: Cue) -> Report | None:
    """ "The Post quotes Lee as saying": Lee speaks."""
    if cue.verb not in ("quote", "cite") or cue.form == "participle":
        return None
    saying = next((place for place in range(at + 2, len(unit.lower) - 1) if unit.lower[place] == "as"), 0)
    if not saying or saying - at > _QUOTED_NAME or unit.lower[saying + 1] not in ("saying", "telling", "stating"):
        return None
    if at and unit.lower[at - 1] in words().auxiliaries:
        return None
    said = Cue("say", "neutral", "clause", "past", False)
    return Report(said, (saying + 1, saying + 2), (at + 1, saying), (at, saying + 2))


def _is_closed(unit: Unit, at: int, size: int, cue: Cue) -> bool:
    """Whether the cue stands between a comma and a name that ends the clause: "…, however, said Lee."."""
    if cue.takes not in ("clause", "quote") or unit.words[at - 1 : at] != [","]:
        return False
    if at + size >= len(unit.words) or not unit.is_name(at + size) or unit.lower[at + size] in words().times:
        return False
    phrase = phrase_after(unit, at + size)
    if phrase is None:
        return False
    return phrase[1] >= len(unit.words) or unit.words[phrase[1]] in ".,!?;" or unit.lower[phrase[1]] == "of"


def _is_document(unit: Unit, report: Report) -> bool:
    """Whether what "reads" is a text: "the letter reads", not "she read"."""
    first, end = report.subject or (0, 0)
    return not words().documents.isdisjoint(unit.lower[first:end])


def _preposed(unit: Unit, at: int, size: int, cue: Cue, before: list[Report]) -> Report | None:
    """The subject stands before the cue."""
    first, lists = at, words()
    while first and (
        unit.lower[first - 1] in lists.adverbs
        or (unit.lower[first - 1] in lists.times and first > 1)
        or unit.lower[first - 1] in lists.auxiliaries
        or (unit.lower[first - 1].endswith("ly") and not unit.is_name(first - 1))
    ):
        first -= 1
        helper = unit.lower[first]
        if helper in lists.passive and cue.form != "participle":
            return _passive(unit, first, at, cue)
    if not first:
        return None
    previous = unit.lower[first - 1]
    if previous in ("the", "a", "an", "his", "her", "their", "its", "of"):
        return None  # "the alleged plan"
    if previous in lists.unsaid or any(unit.lower[place] in lists.unsaid for place in range(first, at)):
        return None
    chunk_end = at + size
    if previous in ("and", "but", "or") or (
        cue.form == "participle"
        and (previous in (",", "while", "whilst", "before") or unit.starts[first - 1] in unit.commas)
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
    if cue.form == "participle" and cue.noun and not _opens_content(unit, chunk_end):
        return None  # "an Internet posting made"
    if cue.form == "participle" and subject and _holds_verb(unit, *subject):
        return Report(cue, (at, chunk_end), None, (at, chunk_end), shared=True)
    if subject and unit.lower[subject[0]] in ("no", "nobody", "none", "nothing"):
        return None
    if subject is None or (cue.noun and not _may_have_verb(unit, subject, at, cue)):
        return None
    return Report(cue, (at, chunk_end), subject, (subject[0], chunk_end))


def _holds_verb(unit: Unit, first: int, end: int) -> bool:
    """Whether what stands before "saying" is more than a noun phrase: "Lee resigned in a letter saying"."""
    if unit.lower[first].endswith("ing") and not unit.is_name(first):
        return True
    return any(
        not unit.is_name(at) and (unit.lower[at] in words().verbs or unit.lower[at].endswith("ed"))
        for at in range(first, end)
    )


def _passive(unit: Unit, first: int, at: int, cue: Cue) -> Report | None:
    """ "Lee was quoted as saying", "was described by Lee as"."""
    size = len(unit.words)
    if cue.verb in ("quote", "cite", "report"):
        saying = next((place for place in range(at + 1, min(size - 1, at + 12)) if unit.lower[place] == "as"), size)
        if saying < size and unit.lower[saying + 1] in ("saying", "telling", "stating"):
            while first and unit.lower[first - 1] in words().auxiliaries:
                first -= 1
            subject = subject_before(unit, first)
            said = Cue("say", "neutral", "clause", "past", False)
            return Report(said, (saying + 1, saying + 2), subject, (subject[0], saying + 2)) if subject else None
    if cue.takes != "name" or cue.form != "past":
        return None
    by = at + 3 if unit.lower[at + 1 : at + 2] == ["as"] and unit.words[at + 2 : at + 3] == [QUOTE] else at + 1
    if unit.lower[by : by + 1] == ["by"]:
        subject = phrase_after(unit, by + 1)
        if by > at + 1:
            return Report(cue, (at, at + 1), subject, (at, at + 1)) if subject else None
        return Report(cue, (at, at + 1), subject, (at, subject[1])) if subject else None
    return None


def _opens_content(unit: Unit, at: int) -> bool:
    """Whether what is reported, or whom it is told, can begin at the token."""
    if at >= len(unit.words):
        return False
    word = unit.lower[at]
    if unit.lower[at : at + 2] == ["to", "be"]:
        return True
    opens = word in ("that", ":", QUOTE) or word in words().pronouns or word in words().determiners or word in WH
    return opens or unit.is_name(at) or (word == "," and QUOTE in unit.words[at : at + 2])


def _is_passive(unit: Unit, end: int) -> bool:
    """Whether the verb before "and" is in the passive voice."""
    recent = unit.lower[max(0, end - 8) : end]
    last = next((word for word in reversed(recent) if word in words().auxiliaries), "")
    return last in words().passive and any(word.endswith(("ed", "en")) for word in recent)


def _may_have_verb(unit: Unit, subject: Tokens, at: int, cue: Cue) -> bool:
    """Whether a form that may be a noun is a verb behind this subject: "officials report that", not "the report"."""
    lists = words()
    head = unit.lower[subject[1] - 1]
    if cue.form in ("base", "present") and not _opens_content(unit, at + 1):
        return False
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
    if (cue.form not in ("past", "present") and cue.verb != "read") or (cue.noun and cue.form == "base"):
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
    if _parts_subject(unit, first, after):
        report.content, report.clause = (0, stop), True
        return
    left_alone = has_rest and not has_verb(unit, 0, first)
    if (leads or first < 4 or left_alone) and has_rest:
        report.content = (after, stop)
    else:
        left = next((at + 1 for at in range(first - 1, -1, -1) if unit.words[at] == ";"), 0)
        report.content = (left, first) if first - left >= 2 else (after, stop) if has_rest else None
    report.clause = report.content is not None


def _parts_subject(unit: Unit, first: int, after: int) -> bool:
    """Whether the phrase parts a subject from its verb: "the deal, according to Lee, is dead" is reported whole."""
    if first < 2 or after >= len(unit.words) or unit.words[first - 1] != "," or unit.words[after - 1] != ",":
        return False
    lists, leads, verb = words(), unit.lower[0], unit.lower[after]
    if leads in lists.prepositions or leads in lists.conjunctions or leads in lists.times or leads in lists.adverbs:
        return False
    if any(unit.words[at] in PUNCTUATION for at in range(first - 1)) or has_verb(unit, 0, first):
        return False
    return verb in lists.verbs or verb in lists.auxiliaries or (verb in cues() and cues()[verb].form != "participle")


def _without_nested(found: list[Report]) -> list[Report]:
    """Without clauses that lie in another's content: what X says that Y says is X's report.

    Only "according to the Herald, Burrows said" is Burrows's.
    """
    for report in found:
        if report.clause and report.content and report.content[1] <= report.chunk[0] and report.cue.form != "phrase":
            _take_in(report, report.content, found)  # "The two agreed that …, the White House said"
    kept: list[Report] = []
    for report in found:
        outer = next((other for other in kept if other.clause and _holds(other, report)), None)
        if outer and outer.cue.form == "phrase" and report.clause and report.cue.takes not in ("name", "quote"):
            kept.remove(outer)
        elif outer and report.clause:
            report.clause = False
        kept.append(report)
    return kept


def _take_in(outer: Report, content: Tokens, found: list[Report]) -> None:
    for report in found:
        if report is not outer and content[0] <= report.cue_at[0] < content[1] and report.content:
            report.clause = False
            report.content = (report.content[0], min(report.content[1], content[1]))


def _holds(outer: Report, inner: Report) -> bool:
    return outer.content is not None and outer.content[0] <= inner.cue_at[0] < outer.content[1]
