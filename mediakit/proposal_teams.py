"""Countries and cities that stand for their teams: "Sweden beat South Korea" in a report of a match.

Only articles that use several words of sport are looked at, and in them only names that play, score or lose somewhere.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable

from mediakit.matching import Page
from mediakit.proposal_words import Span, lists

_LEAST_WORDS = 3  # different words of sport that make an article one about sport
_SCORE = r"\(?\d{1,3} ?[-–—:] ?\d{1,3}\b"
_PLACE_BEFORE = re.compile(r"\b(?:in|from|at|near|across|through|throughout|of|around|outside|into) (?:the )?$")


@functools.cache
def _before() -> re.Pattern[str]:
    words = [*lists().team_before, *(f"{word} of" for word in lists().team_after)]
    known = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?:\b(?:{known})|{_SCORE}) (?:the )?$")


@functools.cache
def _after() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, lists().team_after), key=len, reverse=True))
    return re.compile(
        rf"(?: ?['’]s|['’])? (?:(?:have|had|has|also|then|will|to|were|are) )*(?:(?:{words})(?!\w)|{_SCORE})"
    )


def is_sport(text: str) -> bool:
    """Whether the text uses several different words of sport."""
    found = 0
    for word in lists().sport:
        found += word in text
        if found >= _LEAST_WORDS:
            return True
    return False


def plays(text: str, start: int, end: int) -> bool:
    """Whether the words beside the name say that it plays, wins or loses."""
    before = _before().search(text, max(0, start - 24), start)
    return before is not None or _after().match(text, end, end + 40) is not None


def teams(page: Page, taken: Iterable[Span]) -> list[tuple[int, int, str]]:
    """(start, end, country) of the names of countries among `taken` that stand for a team.

    A country that plays at a third of its places or more is a team at all of them, but for those that a preposition
    makes a place: "in Sweden".
    """
    known = set(taken)
    places: dict[str, list[Span]] = defaultdict(list)
    if not known or not is_sport(page.text):
        return []
    for start, end, entry in page.entries():
        candidate = entry.candidates[0]
        named = candidate.type == "country" and candidate.form in ("name", "variant")
        if named and (start, end) in known:
            places[candidate.actor].append((start, end))
    found = []
    for actor, spans in places.items():
        played = [span for span in spans if plays(page.text, *span)]
        if 3 * len(played) < len(spans):
            continue
        for start, end in spans:
            if (start, end) in played or not _PLACE_BEFORE.search(page.text, max(0, start - 16), start):
                found.append((start, end, actor))
    return sorted(found)
