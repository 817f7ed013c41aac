"""Who is meant without being named: descriptions ("the Russian leader") and pronouns.

The rules rather pass one over than guess. Whom a description or a pronoun means is named in the article; only an
office whose holder is known for the day of publication ("the French president") can mean somebody else.
docs/actors.md lists the rules, docs/accuracy.md how often they are right.
"""

from __future__ import annotations

from collections.abc import Sequence

from mediakit.matching import Page
from mediakit.offices import Terms

from .reference_cast import Named, Reference, cast_of
from .reference_descriptions import described
from .reference_pronouns import pronouns_of

__all__ = ["Named", "Reference", "references"]


def references(
    page: Page, named: Sequence[Named], *, descriptions: bool, pronouns: bool, terms: Terms | None = None
) -> list[Reference]:
    """The descriptions and pronouns in one article that can mean only one actor, in order.

    Parameters
    ----------
    page
        The article.
    named
        Whom it names, and where.
    descriptions, pronouns
        Which of the two to look for.
    terms
        Terms of office: with them, and where the article's date is known, descriptions may also mean who held the
        office on that day, named or not. None leaves those out.
    """
    cast = cast_of(page, named)
    found: list[Reference] = []
    if descriptions:
        found += described(page, cast, terms)
    if pronouns:
        beside = {said[:2] for said in cast.apposed}
        people = [Named(*said[:4]) for said in found if said.type == "person" and said[:2] not in beside]
        found += pronouns_of(page, cast.joined(people))
    return sorted(found)
