"""When a web page was published, as the page says it, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .date_text import date_in
from .repair import tidy

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
    *("datepublished", "date_published", "rnews:datepublished", "originalpublicationdate", "article_date_original"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued"),
    *(
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "dcterms.date",
        "dc.date",
        "dc:date",
        "citation_publication_date",
    ),
    *("citation_date", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate", "pubdate"),
    *("pub_date", "displaydate", "bt:pubdate", "ptime", "pdate", "article.published", "article.created", "date"),
)
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|\b(?:GMT|UTC|[A-Z]{2,4}T))\s*$")
_CLOCK = re.compile(r"\d[:.h]\d\d|T\d{4}")
_DATE_LIKE = re.compile(r"\d{4}|\d[./]\d+[./]\d\d")
_ABOUT_PUBLISHING = re.compile(r"publish|posted|entry-date|dateline|pubdate|timestamp|(?:article|post|story)[-_]?date")
_ABOUT_UPDATING = re.compile(
    r"updat|modif|corrected|aktualisiert|geändert|mise? à jour|actualiza|atualiza|aggiorna|bijgewerkt|gewijzigd|"
    r"обновл|更新",
    re.IGNORECASE,
)
_LONGEST_LINE = 120  # characters of a line that is a date with its label
_MOST_MARKED = 50  # elements that are looked at
_NOT_ABOUT_THIS = "[not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::form)]"


class Given(NamedTuple):
    """A date as the page writes it, and how it is known."""

    value: str
    basis: str


def precision(value: str) -> str:
    """What a given date leaves open, as it stands behind its basis."""
    if not _CLOCK.search(value):
        return ", day only"
    return "" if _ZONE.search(value) or value.isdigit() else ", time zone unknown: taken as UTC"


def published_of(tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> Given | None:
    """The time of publication as the page gives it, the surest place first, one with a time before one without."""
    given = list(_dates(tree, metas, article)) or list(_shown(tree))[:1]
    if not given:
        return None
    where, value = next((found for found in given if _CLOCK.search(found[1])), given[0])
    return Given(value, f"given in the page ({where}){precision(value)}")


def updated_of(metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> Given | None:
    """The last update as the page gives it."""
    for name in _UPDATED:
        if name in metas:
            return Given(metas[name][0], f"given as last update ({name})")
    value = article.get("dateModified")
    return Given(value, "given as last update (dateModified)") if isinstance(value, str) else None


def inferred_date(tree: Any, url: str | None, updated: Given | None) -> Given | None:
    """The date that htmldate finds in the address or the page, with its time where the page has it; else the update.

    The update's own mark is taken out of the tree, for htmldate would take it for the date of publication.
    """
    from htmldate import find_date

    for element in list(tree.iter("meta")):
        names = (element.get(attribute, "") for attribute in ("property", "name", "itemprop", "http-equiv"))
        if any(name.strip().casefold() in _UPDATED for name in names):
            element.drop_tree()
    found = find_date(tree, url=url, original_date=True, extensive_search=False)
    if updated and (found is None or updated.value.startswith(found)):
        return updated
    if found is None:
        return None
    for element in tree.xpath(".//time[@datetime]"):
        value = tidy(element.get("datetime"))
        if value.startswith(found) and _CLOCK.search(value) and len(value) < 80:
            return Given(value, f"given in the page (time){precision(value)}")
    in_address = url is not None and found.replace("-", "") in re.sub(r"\D", "", url)
    if updated and not in_address:  # a day somewhere in the page is less sure than the update
        return updated
    return Given(found, f"inferred by htmldate from the {'address' if in_address else 'page'}, day only")


def _dates(tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a date of publication is given, and the date, the surest first."""
    for name in _PUBLISHED:
        for value in metas.get(name, ())[:1]:
            if _is_date(value):
                yield name, tidy(value)
    for name in ("datePublished", "dateCreated", "uploadDate"):
        said = article.get(name)
        if isinstance(said, str) and _is_date(said):
            yield name, tidy(said)
    marked = tree.xpath(".//*[@itemprop='datePublished' or @property='datePublished'] | .//time[@pubdate]")
    for element in marked[:3]:
        given = element.get("datetime") or element.get("content") or _text(element)
        if _is_date(given):
            yield "datePublished", tidy(given)
    for element in tree.xpath(".//time[@datetime]")[:3]:
        about = f"{element.get('class') or ''} {element.getparent().get('class') or ''}".casefold()
        if _ABOUT_PUBLISHING.search(about) and "updat" not in about and _is_date(element.get("datetime")):
            yield "time", tidy(element.get("datetime"))


def _shown(tree: Any) -> Iterator[tuple[str, str]]:
    """The dates in lines that are marked as the date of publication, in any language that dates are read in."""
    left = _MOST_MARKED
    for element in tree.xpath(f".//body//*[@class or @id]{_NOT_ABOUT_THIS}"):
        about = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
        if not _ABOUT_PUBLISHING.search(about) or _ABOUT_UPDATING.search(about):
            continue
        left -= 1
        if left < 0:
            break
        text = _text(element)
        value = date_in(text) if len(text) < _LONGEST_LINE else None
        if value and not _ABOUT_UPDATING.search(text[: text.find(value)]):
            yield "shown", value


def _text(element: Any) -> str:
    return tidy(" ".join(element.itertext())[:1000])


def _is_date(value: str | None) -> bool:
    return bool(value) and len(str(value)) < 80 and _DATE_LIKE.search(str(value)) is not None
