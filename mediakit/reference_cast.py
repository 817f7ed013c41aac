"""The people and bodies of one article, and what it says of them: offices, forms of address, who stands beside whom."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

from mediakit.matching import Page, context

ROLES = (
    "leader|president|prime minister|premier|chancellor|foreign minister|foreign secretary|defen[cs]e minister|"
    "finance minister|interior minister|transport minister|home secretary|secretary of state|treasury secretary|"
    "defen[cs]e secretary|press secretary|secretary[- ]general|minister|secretary|king|queen|prince|princess|pope|"
    "pontiff|emir|sultan|senator|congressman|congresswoman|governor|mayor|speaker|ambassador|envoy|judge|justice|"
    "chief executive officer|chief executive|chief operating officer|chief financial officer|chief economist|"
    "ceo|cfo|coo|chief|head|director[- ]general|director|chairman|chairwoman|chair|founder|co-founder|spokesman|"
    "spokeswoman|spokesperson|billionaire|businessman|tycoon|strongman|dictator|lawmaker|politician|general|"
    "commander|activist|lawyer|professor|analyst|economist|author|singer|actor|actress|coach|captain|officer|"
    "administrator|commissioner|candidate|nominee"
)
PAST = "former |then[- ]|ex-|current |late |incumbent |outgoing |new |long-?time "
CAPITALS = r"(?:[A-Z][\w.’'&-]*(?:['’]s)? )"
_BEFORE_NAME = re.compile(
    rf"(?:\b[Tt]he )?(?:{PAST})?(?:[\w.&-]+['’]s )?{CAPITALS}{{0,5}}(?:[a-z]+ ){{0,2}}"
    rf"(?P<role>(?i:{ROLES})(?: and (?i:{ROLES}))?)(?=,? \Z)"
)
_LAST_WORDS = {re.split(r"[ \]-]", role)[-1] for role in ROLES.replace("defen[cs]e ", "").split("|")}
_AFTER_NAME = re.compile(
    rf", (?:who (?:is|was) )?(?P<words>[^,.;:\n]{{0,60}}?\b(?i:{ROLES})\b[^,.;:\n]{{0,60}}?)(?=[,.;:\n]| said| says|$)"
)
_MODIFIERS = frozenset(
    "the former current late incumbent outgoing new longtime long-time then vice deputy acting interim chief top "
    "senior junior press prime foreign defence defense interior finance home party opposition state company "
    "veteran".split()
)
_GONE = re.compile(r"\b(?:former|then|ex|late)\b")


class Named(NamedTuple):
    """A name in the article, with what the registry or the article says of its bearer."""

    start: int
    end: int
    actor: str
    type: str
    gender: str = ""
    country: str = ""
    titles: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A description or a pronoun, whom it means, how sure that is, and by which rule."""

    start: int
    end: int
    actor: str
    type: str
    form: str
    confidence: float
    rule: str


# How sure each rule is: about the share that was right on the building halves of gum_news and meantime_en
# (docs/accuracy.md), less where few could be judged.
CONFIDENCE = {
    "beside the name": 0.97,
    "holds the office": 0.95,
    "held the office": 0.85,
    "office at that date": 0.93,
    "office at about that date": 0.75,
    "office at that date, a predecessor named": 0.75,
    "only state of the article": 0.75,
    "only body near": 0.9,
    "only one in the sentence": 0.95,
    "goes on": 0.9,
    "only one in the sentence before": 0.88,
    "subject of the sentence before": 0.75,
    "only one in the article": 0.85,
    "named right behind it": 0.85,
    "says it": 0.9,
    "only body in the sentence": 0.85,
}


def reference(span: tuple[int, int], actor: str, kind: str, form: str, rule: str) -> Reference:
    """A reference with the confidence of its rule."""
    return Reference(*span, actor, kind, form, CONFIDENCE[rule], rule)


@dataclass
class Cast:
    """The people and bodies of one article: their names in order, genders, roles."""

    named: list[Named]
    gender: dict[str, str] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)  # actor → offices ever held, by the registry
    told: dict[str, list[str]] = field(default_factory=dict)  # actor → what the article calls them now
    was: dict[str, list[str]] = field(default_factory=dict)  # actor → what the article says they were
    country: dict[str, str] = field(default_factory=dict)
    apposed: list[Reference] = field(default_factory=list)  # descriptions that stand beside the name

    def __post_init__(self) -> None:
        """Note where names start, to find those between two places, each person's first name, and who else is named."""
        self.starts = [name.start for name in self.named]
        people = {name.actor: name for name in reversed(self.named) if name.type == "person"}
        self.first = sorted(people.values())
        self.bodies = list({name.actor: name for name in self.named if name.type != "person"}.values())

    def people_before(self, place: int) -> list[Named]:
        """The people named before a place, each at the first name, in order."""
        return [name for name in self.first if name.start < place]

    def between(self, start: int, end: int, types: Sequence[str]) -> list[Named]:
        """The names of these types that start from `start` up to `end`."""
        found = self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [name for name in found if name.type in types]

    def joined(self, people: Sequence[Named]) -> Cast:
        """The same cast, with people whom descriptions name."""
        named = sorted([*self.named, *people], key=lambda name: name.start)
        return Cast(named, self.gender, self.titles, self.told, self.was, self.country, self.apposed)


@cache
def genders() -> dict[str, str]:
    """Given names, in lower case, that only women or only men usually bear → female or male."""
    data = resources.files("mediakit").joinpath("data", "names_gender.toml").read_text(encoding="utf-8")
    return {name.casefold(): gender for gender, names in tomllib.loads(data).items() for name in names.split()}


def cast_of(page: Page, named: Sequence[Named]) -> Cast:
    """What the article says of the people it names: forms of address, offices before the name and in apposition."""
    cast = Cast(sorted(named, key=lambda name: name.start))
    for name in cast.named:
        if name.type == "person":
            _note(page, cast, name)
    return cast


def _note(page: Page, cast: Cast, name: Named) -> None:
    """What one name of a person adds to the cast."""
    lists = context()
    cast.titles.setdefault(name.actor, [title.strip().casefold() for title in name.titles])
    before = page.text[page.sentence(name.start).start : name.start][-90:]
    # most names stand behind no office: the last word tells faster than the pattern
    last = before.rstrip(" ,").replace("-", " ").rsplit(" ", 1)[-1].casefold()
    title = _BEFORE_NAME.search(before) if last in _LAST_WORDS else None
    if title:
        words = _without_lead(title.group()[: title.start("role") - title.start()]) + title["role"]
        _say(cast, name.actor, words.strip().casefold())
        end = name.start - len(before) + title.end()
        span = end - len(words), end
        cast.apposed.append(reference(span, name.actor, "person", "description", "beside the name"))
    word = before.rstrip().rsplit(" ", 1)[-1].rstrip(".").casefold()
    gender = "female" if word in lists.female_titles else "male" if word in lists.male_titles else name.gender
    after = _AFTER_NAME.match(page.text, name.end, name.end + 140)
    if after and not after["words"].split(" ")[0].endswith("ing"):
        _say(cast, name.actor, after["words"].casefold())
        span = after.span("words")
        cast.apposed.append(reference(span, name.actor, "person", "description", "beside the name"))
    gender = gender or genders().get(name.actor.split(" ")[0].casefold(), "")
    if gender:
        cast.gender.setdefault(name.actor, gender)
    if name.country:
        cast.country.setdefault(name.actor, name.country)


def _without_lead(words: str) -> str:
    """What belongs to the office of the words before it: nothing of "In ", "welcomed by ", "Ukrainian " all."""
    kept: list[str] = []
    for word in reversed(words.split()):
        bare = word.casefold().rstrip("-")
        if bare not in _MODIFIERS and (bare in context().openers or (word.islower() and not re.search("['’]", word))):
            break
        kept.insert(0, word)
    at = words.rfind(" ".join(kept)) if kept else len(words)
    return words[at:]


def _say(cast: Cast, actor: str, words: str) -> None:
    (cast.was if _GONE.search(words) else cast.told).setdefault(actor, []).append(words)
