"""Figures in a text: their value, their unit, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .text import stop_words

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_CURRENCIES = {"$": "$", "us$": "$", "€": "€", "£": "£", "¥": "¥", "dollar": "$", "euro": "€", "pound": "£", "yen": "¥"}
_BOUNDS = {
    "nearly": "<",
    "almost": "<",
    "up to": "<",
    "fewer than": "<",
    "less than": "<",
    "under": "<",
    "at most": "<",
    "about": "~",
    "around": "~",
    "some": "~",
    "roughly": "~",
    "approximately": "~",
    "an estimated": "~",
    "more than": ">",
    "over": ">",
    "at least": ">",
    "above": ">",
}
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|" + "|".join(_MONTHS) + r")\b\.?"
_WORDS = "|".join(
    sorted([*_UNITS, *_TENS, "hundred", "thousand", "million", "billion", "trillion"], key=len, reverse=True)
)
_SPELT = rf"(?:an?[ ](?=(?:hundred|thousand|million|billion)\b))?(?:{_WORDS})(?:(?:[ -]|[ ]and[ ])(?:{_WORDS})){{0,6}}"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion)|(?:bn|mn|tn|[mbk]))\b"
_FIGURE = re.compile(
    rf"(?<![\w.,:/$€£¥-])(?:(?P<bound>{'|'.join(_BOUNDS)})[ ])?"
    rf"(?P<money>US\$|[$€£¥])?(?P<number>(?<!\d)(?:{_DIGITS})|\b(?:{_SPELT})\b)(?P<scale>{_SCALE})?"
    rf"(?![\d]|[.,:/]\d)(?P<percent>[ ]?%|[ -]per[ ]?cent\b)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.,;:!?()“”\"]")
_DATE_BEFORE = re.compile(
    rf"(?:{_MONTH}|\b(?:in|since|from|until|till|by|of|year|early|late|mid)(?:[ -]|,[ ]))\s*$", re.IGNORECASE
)
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?[ ](?:of[ ])?{_MONTH}|(?:st|nd|rd|th)\b|[ ]?[ap]\.?m\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}[ ]$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[\w.,;’'-][ ][\w-]*[A-Z][\w-]*[ ]$")
# words that say what is counted whatever noun stands there: "723 people were killed", "723 dead"
_CLASSES = {
    "dead": "dead killed deaths death died fatalities die dies kills killing lives",
    "injured": "injured wounded hurt injuries injuring wounding",
    "arrested": "arrested detained arrests detentions detainees",
    "missing": "missing unaccounted",
    "displaced": "displaced evacuated homeless evacuees refugees",
    "attacks": "strikes strike attacks attack raids raid airstrikes assaults",
    "jobs": "jobs job employees workers staff posts positions employed workforce",
    "people": "people persons person residents civilians inhabitants men women children",
}
_CLASS = {word: name for name, words in _CLASSES.items() for word in words.split()}
_PLURALS = frozenset("people men women children police troops staff lives percent data dead injured wounded".split())
_TIME = frozenset("second minute hour day week month year decade century night time".split())
_MEASURES = frozenset(
    "point mark metre meter mile kilometre kilometer km foot feet inch tonn ton barrel kg kilogram pound degree acre "
    "hectare litre liter gallon share".split()
)
_EMPTY = frozenset([*_SCALES, *_MEASURES, *_TIME, "percent", "per", "cent", "said", "utc"])  # tell nothing of the thing
_BESIDE = 12  # words before and behind a figure that tell what it is about
_SPAN = 4  # words behind a figure in which its noun is looked for
_AROUND = 6  # words around "people" in which what happened to them is looked for
_LONG_AROUND = 60  # characters looked at


class Figure(NamedTuple):
    """One figure: where it stands, its value, its unit and noun, and the words around it."""

    start: int
    end: int
    value: float
    bound: str  # "<" (nearly, up to), ">" (more than), "~" (about) or ""
    unit: str  # "%", a currency, or what is counted, in its shortest form
    text: str
    context: frozenset[str]

    @property
    def generic(self) -> bool:
        """Whether the unit alone does not tell what is counted: per cent, money, time, measures, people."""
        return self.unit in {"%", "people", *_CURRENCIES.values()} | _TIME | _MEASURES


def figures(text: str, sentences: list[tuple[int, int]]) -> list[Figure]:
    """The figures with a unit or noun in the sentences of a text: no years, days, clock times or bare numbers."""
    return [figure for start, end in sentences for figure in _in_sentence(text[start:end], start)]


def _in_sentence(sentence: str, offset: int) -> Iterator[Figure]:
    for match in _FIGURE.finditer(sentence):
        value = _value(match)
        if value is None or _is_date(sentence, match, value):
            continue
        behind = sentence[match.end() : match.end() + _LONG_AROUND]
        unit, end = _unit(sentence, match, behind)
        if not unit:
            continue
        bound = _BOUNDS.get((match["bound"] or "").lower(), "")
        stop = match.end() + end
        yield Figure(
            offset + match.start(),
            offset + stop,
            value,
            bound,
            unit,
            sentence[match.start() : stop],
            _context(sentence, match, stop) - {unit},
        )


def _context(sentence: str, match: re.Match[str], stop: int) -> frozenset[str]:
    """The stems of the content words around a figure that tell what it is about."""
    near = [*_words(sentence[: match.start()])[-_BESIDE:], *_words(sentence[stop:])[:_BESIDE]]
    return frozenset(stem(word) for word in near if word not in stop_words()) - _EMPTY


def _value(match: re.Match[str]) -> float | None:
    number = match["number"].lower()
    value = float(number.replace(",", "")) if number[0].isdigit() else _spelt(number)
    if value is None:
        return None
    scale = (match["scale"] or "").strip(" -").lower()
    return round(value * _SCALES.get(scale, _SHORT_SCALES.get(scale, 1)), 6)


def _spelt(words: str) -> float | None:
    """ "two hundred and forty" is 240; "one" alone is more often a pronoun than a figure."""
    total, part = 0.0, 0.0
    parts = [word for word in re.split(r"[ -]+", words) if word != "and"]
    if parts == ["one"] or parts == ["zero"]:
        return None
    for word in parts:
        if word in _SCALES and word != "hundred":
            total, part = total + max(part, 1) * _SCALES[word], 0
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word not in ("a", "an"):
            part += _UNITS.get(word, _TENS.get(word, 0))
    return total + part


def _is_date(sentence: str, match: re.Match[str], value: float) -> bool:
    """Whether a figure is a year, a day or a time, or part of a name ("Nord Stream 2")."""
    before, after = sentence[max(match.start("number") - 20, 0) : match.start("number")], sentence[match.end() :]
    plain = match["number"].isdigit() and not (match["scale"] or match["money"] or match["percent"])
    if not plain:
        return False
    if _DATE_AFTER.match(after) or _MONTH_BEFORE.search(before) or _NAME_BEFORE.search(before):
        return True
    year = len(match["number"]) == 4 and 1800 <= value <= 2100
    return year and bool(_DATE_BEFORE.search(before) or not re.match(r"[ ][a-z]+s\b", after))


def _unit(sentence: str, match: re.Match[str], behind: str) -> tuple[str, int]:
    """The unit of a figure, and how many characters behind it belong to it."""
    if match["percent"]:
        return "%", 0
    if match["money"]:
        return _CURRENCIES[match["money"].lower()], 0
    glued = re.match(r"-([^\W\d_]+)", behind)
    if glued:  # "24-hour", "12-year-old"
        return stem(glued[1].lower()), glued.end()
    noun, end = _noun(behind)
    if not noun and "toll" in _words(sentence[: match.start()])[-_AROUND:]:
        return "dead", 0
    if noun in _CURRENCIES:
        return _CURRENCIES[noun], end
    if _CLASS.get(noun, noun) == "people":
        near = [*_words(sentence[max(match.start() - _LONG_AROUND, 0) : match.start()])[-_AROUND:], *_words(behind)]
        happened = [_CLASS[word] for word in near if _CLASS.get(word, "people") not in ("people", "jobs", "attacks")]
        return (happened[0] if happened else "people"), end
    return _CLASS.get(noun, noun and stem(noun)), end


def _noun(behind: str) -> tuple[str, int]:
    """The noun behind a figure: the first plural of the next words, up to a stop word or mark; else the first word."""
    first = ("", 0)
    for count, word in enumerate(_WORD.finditer(behind)):
        small = word[0].lower()
        between = behind[: word.start()]
        if count >= _SPAN or not word[0][0].isalpha() or (small in stop_words() and small not in _CLASS):
            break
        if between.strip(" -") and not first[0]:
            break
        if small in _PLURALS or small in _CLASS or (small.endswith("s") and not small.endswith(("ss", "us", "is"))):
            kept = small if small in _CLASS or small in _PLURALS else stem(small)
            return kept, word.end()
        first = first if first[0] else (small, word.end())
    return first if first[1] and not behind[:1].isalnum() else ("", 0)


def _words(text: str) -> list[str]:
    return [word[0].lower() for word in _WORD.finditer(text) if word[0][0].isalpha()]


def stem(word: str) -> str:
    """A word without the endings of number and tense, so that "strikes" is found as "strike", "agreed" as "agree"."""
    for ending, instead in (("'s", ""), ("’s", ""), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1]  # "agreed"
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 3 and re.search("[aeiouy]", bare):
            doubled = len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz"
            return bare[:-1] if doubled else bare
    return word.removesuffix("e") if len(word) > 4 else word
