"""Offices before a surname, and who held them when the article was published: "President Bush" of 1990 and of 2005."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from mediakit.matching import Candidate
from mediakit.offices import Term, office_key, terms

if TYPE_CHECKING:
    import pandas as pd

_FORMER = ("former ", "ex-", "then ", "late ", "one-time ", "onetime ")


def titled(candidates: Iterable[Candidate], before: str, published: pd.Timestamp | None) -> Candidate | None:
    """The one bearer who has had the office that stands right before the surname; by date where several have.

    `before` is what stands there, in lower case. "Former" asks for the one bearer whose term was over.
    """
    fitting = [candidate for candidate in candidates if before.endswith(candidate.titles)]
    if len(fitting) < 2 or published is None:
        return fitting[0] if len(fitting) == 1 else None
    title = max((title for title in fitting[0].titles if before.endswith(title)), key=len)
    rest = before.removesuffix(title)
    return in_office(fitting, {title.strip()}, published, over=rest.endswith(_FORMER))


def in_office(
    candidates: Iterable[Candidate], offices: Collection[str], published: pd.Timestamp | None, *, over: bool = False
) -> Candidate | None:
    """The one of them who held one of the offices when the article was published; with `over`, who had held it."""
    if published is None:
        return None
    day = published.date()
    wanted = {office_key(office) for office in offices}

    def fits(term: Term) -> bool:
        ended = term.end is not None and term.end <= day
        return office_key(term.office) in wanted and (ended if over else term.start <= day and not ended)

    found = [each for each in candidates if any(fits(term) for term in terms().of_actor(each.actor))]
    return found[0] if len(found) == 1 else None
