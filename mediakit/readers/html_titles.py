"""The headline of a web page, without the name of its outlet and of the section behind or before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

from .addresses import is_address
from .outlets import canonical_sources, read_outlets
from .repair import tidy

LONGEST_TITLE = 1000
_SEPARATOR = re.compile(r"\s+(?:[–—·•»«/:-]|--|::)\s+|\s*[|｜¦]\s*")
_CLOSE = re.compile(r"[^\W\d_](?:[:：_\-–—]|\s[-–—])$")  # what may stand before a name that no blank sets apart
_COLON = re.compile(r"([^:]{2,100}):\s+(?=\S)")
_NOT_IN_NAME = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</[a-z][a-z0-9]{0,10}\s*>|<(?:br|img|wbr)\b[^<>]{0,500}>", re.IGNORECASE)
_SHAPING = re.compile(
    r"</?(?:a|b|big|br|cite|del|div|em|font|h[1-6]|i|img|ins|mark|nobr|p|q|s|small|span|strike|strong|sub|sup|u|wbr)\b"
    r"[^<>]{0,1000}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:untitled|new|no title|unbenanntes|neues|nouveau|nuevo|naamloos)(?:[ -](?:document|page|post|dokument|seite|"
    r"documento|página|pagina|\d+))*(?: \d+)?|(?:(?:document|page) )?sans (?:titre|nom)|ohne titel|"
    r"(?:documento |página |pagina )?(?:sin título|sem título|senza titolo)|без названия|"
    r"無題(?:ドキュメント)?|无标题文档|"
    r"(?:document|page|title|titel|titre|article|home(?: ?page)?|index(?:\.\w{3,5})?|startseite|accueil|inicio|welcome|"
    r"null|undefined|none|loading|redirecting)[.…]{0,3}|[\W_]*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:(?:us|u\.s\.|uk|world|europe|africa|asia|middle east|australia|latest|breaking|top|local|national|"
    r"international|business|politics|sports?|science|tech|technology|environment|entertainment|health) )*"
    r"(?:news|stories|headlines)|world|politics|business|sports?|technology|tech|science|environment|culture|society|"
    r"economy|finance|health|education|travel|lifestyle|entertainment|football|the americas|africa|asia(?: pacific)?|"
    r"europe|middle east|us|uk|u\.s\.|nation(?:al)?|international|"
    r"politik|wirtschaft|ausland|inland|gesellschaft|kultur|panorama|wissen(?:schaft)?|netzwelt|nachrichten|"
    r"monde|politique|économie|société|planète|"
    r"internacional|mundo|españa|política|economía|sociedad|cultura|deportes|nacional|noticias|actualidad|"
    r"esteri|cronaca|politica|economia|sport|notizie|buitenland|binnenland|economie|nieuws|"
    r"мир|политика|экономика|общество|новости|esportes|notícias)",
    re.IGNORECASE,
)


def plain(value: str) -> str:
    """A value as plain text of one line: formatting that was escaped into it goes, and entities become characters."""
    value = value[: 4 * LONGEST_TITLE]
    if _ENTITY.search(value):
        value = unescape(value)
    if _MARKUP.search(value):
        value = _SHAPING.sub(" ", value)
    return tidy(value)[:LONGEST_TITLE]


def headline(given: Iterable[str], names: list[str]) -> tuple[str | None, str | None]:
    """The title out of what the page gives, the best first, and the outlet that one of them names at its end.

    `names` is what the site goes by; the outlet is looked for, in the table of outlets, only where that is empty.
    """
    outlet = None
    titles: list[str] = []
    own = next((name for name in map(_known, names) if name), None)
    for value in map(plain, given):
        if own is None and not names:
            outlet = outlet or next((name for tail in _tails(value) if (name := _known(tail))), None)
        title = without_site(value, names, own or outlet)
        if title and not _NO_TITLE.fullmatch(title):
            titles.append(title)
    if not titles:
        return None, outlet
    # "Talks begin | World | Post" beside the heading "Talks begin"
    shorter = [other for other in titles if titles[0].startswith(other) and _SEPARATOR.match(titles[0], len(other))]
    return min(shorter, key=len, default=titles[0]), outlet


def without_site(title: str, names: Iterable[str], outlet: str | None = None) -> str:
    """A title without the site's name, domain or outlet behind or before it, nor the section in front of the name.

    Other tails are part of the title.
    """
    names = list(names)
    keys = {key_of(name) for name in names} | {key_of(name.split(".")[0]) for name in names if "." in name}
    keys.discard("")

    def is_site(part: str) -> bool:
        return key_of(part) in keys or (outlet is not None and _known(part) == outlet)

    before = _COLON.match(title)
    if before and key_of(before[1]) in keys:
        title = title[before.end() :]
    title = _without_close(title, names)
    cut = False
    while separators := list(_SEPARATOR.finditer(title)):
        first, last = separators[0], separators[-1]
        tail = title[last.end() :]
        if (is_site(tail) or (cut and _SECTION.fullmatch(tail))) and title[: last.start()].strip():
            title = title[: last.start()].strip()
            cut = True
        elif is_site(title[: first.start()]) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            break
    return title


def _without_close(title: str, names: list[str]) -> str:
    """A title without a name that stands behind it without blanks, as in Japanese and Chinese."""
    for name in names:
        rest = title[: -len(name)]
        if not name.isascii() and title.endswith(name) and _CLOSE.search(rest):
            return rest[:-1].rstrip()
    return title


def key_of(name: str) -> str:
    """A name as it is compared: letters and digits only, without "the"."""
    key = _NOT_IN_NAME.sub("", name).casefold().removeprefix("www")
    return key.removeprefix("the") or key


# --- outlets ---------------------------------------------------------------------------------------------------------


def _tails(title: str) -> Iterator[str]:
    """What stands behind the last separator, if it is written as a name is and is no section."""
    separators = list(_SEPARATOR.finditer(title))
    if separators:
        tail = title[separators[-1].end() :]
        if not _SECTION.fullmatch(tail) and (is_address(tail) or (" " in tail and tail[:1].isupper())):
            yield tail


@lru_cache(maxsize=4096)
def _known(name: str) -> str | None:
    """The outlet of the table that goes by a name or an address; None when there is none."""
    found = canonical_sources([name], [None]).names[0]
    return found if found in _outlets() else None


@lru_cache(maxsize=1)
def _outlets() -> frozenset[str]:
    return frozenset(read_outlets()["outlet"])
