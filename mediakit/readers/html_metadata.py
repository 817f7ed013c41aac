"""What a web page says of itself: title, source, author, date, language, address."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from .html_dates import Given, published_of, updated_of
from .html_saved import original
from .html_titles import LONGEST_TITLE, headline, key_of, plain
from .repair import tidy

_LONGEST_JSON = 4 << 20
_DEEPEST_JSON = 6

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_BY = re.compile(r"(?:written by|by|von|par|door|di|por)\s+(?=\S)", re.IGNORECASE)
_MAIL = re.compile(r"^\S{1,100}@\S{1,100} \(([^()]{2,100})\)$|^([^<>]{2,100}?)\s?<\S{1,100}@[^\s>]{1,100}>$")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-]+)?$", re.IGNORECASE)

_AUTHOR = (
    *("author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"),
    *("dc:creator", "dcterms.creator", "citation_author", "article.author", "authors", "byline", "cxenseparse:author"),
)
_SITE = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)


@dataclass
class Page:
    """What is known of a page; None where it does not say."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    basis: str | None = None
    updated: Given | None = None  # the last update
    language: str | None = None
    url: str | None = None
    article: bool | None = None  # whether it calls itself an article; None when it does not say
    free: bool | None = None
    body: str | None = None  # the text in its structured data, which may be without paragraphs
    notes: list[str] = field(default_factory=list)

    def fields(self) -> dict[str, object]:
        """The columns of `articles` that are known."""
        found = {
            "title": self.title,
            "source": self.source,
            "author": self.author,
            "url": self.url,
            "language": self.language,
            "published": self.published,
            "published_basis": self.basis,
        }
        return {name: value for name, value in found.items() if value}


def page_of(tree: Any, address: str | None) -> Page:
    """What the page says of itself in its head, in structured data (JSON-LD) and in marked elements."""
    metas = _metas(tree)
    things = list(_things(tree))
    article = _article(things)
    page = Page(url=_url(tree, metas, address))
    names = _site_names(tree, metas, things, article, page.url)
    page.title, outlet = headline(_titles(tree, metas, article, names), names)
    page.source = names[0] if names else outlet
    page.author = _author(tree, metas, article)
    if published := published_of(tree, metas, article):
        page.published, page.basis = published
    page.updated = updated_of(metas, article)
    page.language = _language(tree, metas, article)
    kind = _first(metas, ("og:type",)).casefold()
    if article or kind == "article":
        page.article = True
    elif kind or things:
        page.article = False
    page.free = _is_free(article, metas)
    body = article.get("articleBody")
    page.body = body if isinstance(body, str) else None
    return page


# --- where pages say things ------------------------------------------------------------------------------------------


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of meta elements by their name in lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found[name.strip().casefold()].append(content)
    return found


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, also those inside others."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        text = (script.text or "").strip()
        if not text or len(text) > _LONGEST_JSON:
            continue
        for mark in ("<!--", "/*<![CDATA[*/", "//<![CDATA[", "// <![CDATA[", "<![CDATA["):
            text = text.removeprefix(mark).lstrip()
        for mark in ("-->", "/*]]>*/", "]]>", "//"):
            text = text.removesuffix(mark).rstrip()
        try:
            value = json.loads(text.rstrip("; \n"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value, _DEEPEST_JSON)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if name in value:
                yield from _objects(value[name], depth - 1)


def _types(thing: dict[str, Any]) -> list[str]:
    value = thing.get("@type")
    return [str(item).rsplit("/", 1)[-1] for item in (value if isinstance(value, list) else [value])]


def _article(things: list[dict[str, Any]]) -> dict[str, Any]:
    """The object that is the article; {} when there is none."""
    articles = [thing for thing in things if any(map(_ARTICLE_TYPE.match, _types(thing)))]
    told = [thing for thing in articles if thing.get("headline") or thing.get("datePublished")]
    return next(iter(told or articles), {})


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD value: a text, an object with a name, a list of these."""
    if isinstance(value, list):
        return [name for item in value[:50] for name in _names(item)]
    if isinstance(value, dict):
        value = value.get("name")
        return _names(value) if isinstance(value, str | list) else []
    return [plain(value)] if isinstance(value, str) and plain(value) else []


# --- address, source, language ---------------------------------------------------------------------------------------


def domain(url: str | None) -> str | None:
    """The host of an address without "www."; None when there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _url(tree: Any, metas: dict[str, list[str]], address: str | None) -> str | None:
    """The page's own address; the one it was got from when it names another site, or only a front page."""
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").casefold().split()]
    for value in (*links, _first(metas, ("og:url", "twitter:url"))):
        url = _absolute(value or "", address)
        if url is None:
            continue
        url = original(url)
        if address and (domain(url) != domain(address) or (urlsplit(url).path in ("", "/") != urlsplit(address).path)):
            continue
        return url
    return address


def _absolute(value: str, address: str | None) -> str | None:
    try:
        url = urljoin(address or "", value.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", url) else None


def _site_names(
    tree: Any, metas: dict[str, list[str]], things: list[dict[str, Any]], article: dict[str, Any], url: str | None
) -> list[str]:
    """What the site goes by, the best name first: as it calls itself, as publisher, its domain."""
    sites = [
        name for thing in things if {"WebSite", "NewsMediaOrganization"} & set(_types(thing)) for name in _names(thing)
    ]
    names = [plain(_first(metas, (name,))) for name in _SITE]
    found = [names[0], *_names(article.get("publisher")), *_publishers(tree), *sites, *names[1:], domain(url) or ""]
    return list(dict.fromkeys(name for name in found if name and not name.startswith(("http:", "https:", "@"))))


def _publishers(tree: Any) -> Iterator[str]:
    """The publisher in marked elements (microdata, RDFa)."""
    for element in tree.xpath(".//*[@itemprop='publisher' or @property='schema:publisher']")[:3]:
        named = element.xpath(".//*[@itemprop='name' or @property='schema:name' or @itemprop='legalName']")
        marked = named[0] if named else element
        if name := plain(marked.get("content") or _text(marked)):
            yield name


def _language(tree: Any, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    given = article.get("inLanguage")
    root = tree.getroottree().getroot()
    values = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"))
    for value in (*values, _first(metas, ("content-language", "og:locale", "dc.language", "language")), given):
        if isinstance(value, str) and (match := _LANGUAGE.match(value.strip())):
            return match[1].casefold()
    return None


def _is_free(article: dict[str, Any], metas: dict[str, list[str]]) -> bool | None:
    value = str(article.get("isAccessibleForFree", "")).casefold()
    tier = _first(metas, ("article:content_tier",)).casefold()
    if value in ("false", "http://schema.org/false", "https://schema.org/false") or tier in ("locked", "metered"):
        return False
    return True if value == "true" or tier == "free" else None


# --- title, author -------------------------------------------------------------------------------------------------


def _titles(tree: Any, metas: dict[str, list[str]], article: dict[str, Any], names: list[str]) -> list[str]:
    """Where the page gives a headline, the surest first."""
    site = {key_of(name) for name in names}
    headings = [heading for heading in map(_text, tree.iter("h1")) if heading and key_of(heading) not in site]
    given = [_first(metas, ("og:title",)), article.get("headline"), article.get("name"), *headings[:1]]
    given += [_first(metas, ("twitter:title",)), _first(metas, ("headline", "citation_title", "dc.title", "title"))]
    given += [_text(element) for element in tree.iter("title")][:1]
    return [value for value in given if isinstance(value, str)]


def _text(element: Any) -> str:
    return tidy(" ".join(element.itertext())[: 4 * LONGEST_TITLE])


def _author(tree: Any, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    """The byline; addresses of profiles are no names."""
    found = _names(article.get("author")) or _names(article.get("creator"))
    if not found:
        named = next((metas[name] for name in _AUTHOR if any(not _is_address(v) for v in metas.get(name, ()))), [])
        found = [plain(value) for value in named if not _is_address(value)]
    if not found:
        marked = tree.xpath(".//*[@itemprop='author' or @rel='author'][not(ancestor::*[@itemprop='author'])]")
        found = [plain(_text(element)) for element in marked[:10]]
    names = (_MAIL.sub(lambda m: m[1] or m[2], name) for name in found)
    names = (_BY.sub("", name, count=1) if _BY.match(name) else name for name in names)
    return "; ".join(dict.fromkeys(name for name in names if 1 < len(name) < 200)) or None


def _is_address(value: str) -> bool:
    return value.startswith(("http:", "https:", "//", "www.", "/"))
