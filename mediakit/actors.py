"""Who is named: where the actors of the registry, and names that it does not have, stand in the articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import pandas as pd

from .actor_counts import co_mentions, mention_counts
from .actor_model import model_names
from .actor_registry import FORMS, TYPES, WHEN, builtin_names, compiled, read_actors
from .frames import build, require
from .languages import require_english
from .matching import Page, Sentence
from .naming import Reading, read_page
from .offices import Terms
from .offices import terms as office_terms
from .progress import progress
from .proposals import propose, propose_from
from .references import Named, references
from .text import sentences

__all__ = ["FORMS", "TYPES", "WHEN", "co_mentions", "mention_counts", "mentions", "read_actors"]


class Found(NamedTuple):
    """One mention, as the columns of the frame name it, without article and sentence."""

    start: int
    end: int
    actor: str
    type: str
    form: str
    known: bool
    confidence: float


def mentions(
    articles: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    *,
    unknown: bool | Literal["rules", "spacy"] = False,
    descriptions: bool = False,
    pronouns: bool = False,
) -> pd.DataFrame:
    """Where actors are named in the articles.

    All names are looked for in one pass (Aho–Corasick), the longest first and on whole words; docs/actors.md lists the
    rules for surnames, namesakes, names inside longer names, hyphens, possessives and headlines. A span covers the
    name alone: no title before it ("President"), no possessive ending behind it.

    Parameters
    ----------
    articles
        One row per article.
    actors
        The registry, made by `read_actors`; None takes the built-in one.
    unknown
        Also names that the registry does not have, guessed from capitals and context (True or "rules") or with the
        help of spaCy's small English model ("spacy", needs the extra `nlp`). Within an article a full name introduces
        the surname: actor is the name as the article gives it in full. Their type is a guess: person, organisation or
        place. An unregistered organisation hides the shorter names in its own: "Bank of Moldova".
    descriptions
        Also descriptions that stand beside a person's name ("the Kremlin chief, Vladimir Putin"), that fit only one of
        the people the article has named ("the Russian leader"), or mean the one company named just before ("the
        carmaker"): form description. Names may stand inside them. Where `articles` has the date, `published`, an office
        means who held it on that day, named in the article or not ("the French president": `holders`).
    pronouns
        Also he, she, its and the like where only one of those named just before can be meant: form pronoun.
        `mention_counts` leaves descriptions and pronouns out unless `forms` names them.

    Returns
    -------
    One row per mention, in the order of `articles` and of the text: article_id, sentence_no, start, end, text (as
    written, `articles.text[start:end]`), actor, type, form, part (title, heading, body), known (False where the name is
    not in the registry), confidence (from 0 to 1: docs/actors.md says by which rule, docs/accuracy.md how often right).
    Names of type other are matched, so that nothing inside them is, and not returned.

    Raises
    ------
    FrameError
        A column is missing, or a row of `actors` has no alias.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    ImportError
        `unknown` is "spacy" and spaCy or its small English model is not installed.
    ValueError
        `unknown` is none of the values above.
    """
    require(articles, "articles", "article_id", "text")
    require_english(articles, "mentions", "its names and rules are for English articles")
    if unknown not in (False, True, "rules", "spacy"):
        raise ValueError(f"unknown={unknown!r} is none of False, True, 'rules', 'spacy'.")
    names = builtin_names() if actors is None else compiled(actors)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    dates = published(articles)
    model = model_names(texts) if unknown == "spacy" else {}
    # nobody is meant whom the registry does not have
    held = office_terms() if actors is None else office_terms().only(set(actors["actor"]))
    columns: dict[str, list] = {
        name: []
        for name in (
            "article_id",
            "sentence_no",
            "start",
            "end",
            "text",
            "actor",
            "type",
            "form",
            "part",
            "known",
            "confidence",
        )
    }
    for article_id, spans in by_article(sentences(articles)):
        page = Page(texts[article_id], spans, names, published=dates.get(article_id))
        readings = read_page(page, names)
        found = [Found(read.start, read.end, *read.candidate.labels, True, read.confidence) for read in readings]
        if unknown:
            found = _with_unknown(page, found, model.get(article_id) if unknown == "spacy" else None)
        if descriptions or pronouns:
            found = _with_references(page, found, readings, held, descriptions=descriptions, pronouns=pronouns)
        _collect(columns, article_id, page, found)
    return build("mentions", columns)


def published(articles: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """When each article was published, of those whose date is known."""
    if "published" not in articles:
        return {}
    known = articles[articles["published"].notna()]
    return dict(zip(known["article_id"], pd.to_datetime(known["published"], utc=True), strict=True))


def by_article(split: pd.DataFrame) -> Iterator[tuple[str, list[Sentence]]]:
    """Each article's sentences, which stand together."""
    places = [split[column].tolist() for column in ("start", "end", "sentence_no", "part")]
    spans = [Sentence(*row) for row in zip(*places, strict=True)]
    ids = split["article_id"].tolist()
    firsts = [at for at in range(len(ids)) if not at or ids[at] != ids[at - 1]]
    for first, last in progress(pairwise([*firsts, len(ids)]), "mentions", total=len(firsts)):
        yield ids[first], spans[first:last]


def _with_unknown(page: Page, known: list[Found], model: Iterable[tuple[int, int, str]] | None) -> list[Found]:
    """The registered names and the others, in order; a longer unregistered name takes the place of what is in it."""
    places = [
        Found(start, end, *entry.candidates[0].labels, True, 1.0)
        for start, end, entry in page.entries()
        if entry.candidates[0].type == "place"
    ]
    known = known + places
    taken = [(found.start, found.end) for found in known]
    proposals = propose(page, taken) if model is None else propose_from(page, taken, model)
    # what the registry has and could not or must not read is not unknown: "Clinton", "Truth Social"
    listed = {(start, end) for start, end, _ in page.hits}
    new = [
        Found(start, end, name, kind, form, False, confidence)
        for start, end, name, kind, form, confidence in proposals
        if kind == "place" or (start, end) not in listed or name != page.text[start:end]
    ]
    spans = [(found.start, found.end) for found in new]
    kept = [found for found in known if not any(start <= found.start and found.end <= end for start, end in spans)]
    return sorted([*kept, *new])


def _with_references(
    page: Page, found: list[Found], readings: list[Reading], held: Terms, *, descriptions: bool, pronouns: bool
) -> list[Found]:
    """The names, and the descriptions and pronouns that can only mean one of their bearers, or who held an office."""
    facts = {reading.start: reading.candidate for reading in readings}
    named = []
    for name in found:
        fact = facts.get(name.start) if name.known else None
        told = (fact.gender, fact.country, fact.titles) if fact else ()
        named.append(Named(name.start, name.end, name.actor, name.type, *told))
    known = {name.actor: name.known for name in found}
    more = references(page, named, descriptions=descriptions, pronouns=pronouns, terms=held)
    taken = {(name.start, name.end) for name in found}
    new = [
        Found(*said[:5], known.get(said.actor, True), said.confidence)
        for said in dict.fromkeys(more)
        if said[:2] not in taken
    ]
    return sorted([*found, *new])


def _collect(columns: dict[str, list], article_id: str, page: Page, found: Sequence[Found]) -> None:
    sentence = iter(page.sentences)
    current, following = next(sentence), next(sentence, None)
    for start, end, actor, kind, form, known, confidence in found:
        while following is not None and following.start <= start:
            current, following = following, next(sentence, None)
        text, number, part = page.text[start:end], current.number, current.part
        row = (article_id, number, start, end, text, actor, kind, form, part, known, confidence)
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
