"""What the rows of GDELT's tables say of documents: GKG 1 and 2, mentions, events, lists of the DOC API."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .records import Record

Row = Mapping[str, str]

SEEN = "inferred from the time at which GDELT saw it"
_STAMP = re.compile(r"\d{14}")
_GKG2 = (
    "GKGRECORDID DATE SourceCollectionIdentifier SourceCommonName DocumentIdentifier Counts V2Counts Themes V2Themes "
    "Locations V2Locations Persons V2Persons Organizations V2Organizations V2Tone Dates GCAM SharingImage "
    "RelatedImages SocialImageEmbeds SocialVideoEmbeds Quotations AllNames Amounts TranslationInfo Extras"
).split()
_GKG1 = ("DATE NUMARTS COUNTS THEMES LOCATIONS PERSONS ORGANIZATIONS TONE CAMEOEVENTIDS SOURCES SOURCEURLS").split()
_MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
).split()
_SLUG = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|amp|stm|story)\b.*$", re.IGNORECASE)
_TAIL = re.compile(r"(?:[-_/.](?=[a-z]*\d)[a-z0-9]{5,40}|[-_]\d+)$", re.IGNORECASE)
_PAGE = re.compile(r"<(PAGE_TITLE|PAGE_AUTHORS|PAGE_PRECISEPUBTIMESTAMP)>([^<]{1,4000})</")
_TRANSLATED = re.compile(r"srclc:([a-z]{2,3})\b")


class Table(NamedTuple):
    """A kind of GDELT table: what tells it, its columns (by their number), what a row says of documents."""

    name: str
    known_by: frozenset[str]
    columns: Callable[[int], Sequence[str]]
    matches: Callable[[Sequence[str]], bool]
    documents: Callable[[Row], Iterator[Record]]


def document(address: str, source: str | None, title: str | None, **fields: object) -> Record:
    """The record of one document; `**fields` are columns of `articles`."""
    web = address.startswith(("http://", "https://"))
    made = Record("")
    if title:
        basis = "title"
    elif web:
        title, basis = title_of(address), "address"
    else:
        title, basis = address, "title"  # print and broadcast are named by a citation
    found = {"source": source, "title": title, "url": address if web else None, "text_basis": basis, **fields}
    made.fields = {name: value for name, value in found.items() if value not in (None, "")}
    return made


def title_of(address: str) -> str:
    """The words of an address, as its best part of three words or more has them; else the address itself."""
    parts = _split(address)
    if parts is None:
        return address[:500]
    best: list[str] = []
    for part in unquote(parts.path)[:2000].split("/"):
        words = _SLUG.findall(_TAIL.sub("", _ENDING.sub("", part)))
        if len(words) > 1 and len(words[-1]) == 1:
            words.pop()  # what an ending like "-a-9f2c1" leaves
        if sum(map(str.isalpha, words)) > sum(map(str.isalpha, best)):
            best = words
    text = " ".join(best)
    return text[:1].upper() + text[1:] if len(best) > 2 else (address.partition("://")[2] or address)[:500]


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that hold no address
        return None


def _gkg2(row: Row) -> Iterator[Record]:
    address = row.get("documentidentifier", "").strip()
    if not address:
        return
    page = {name: unescape(value).strip() for name, value in _PAGE.findall(row.get("extras", ""))}
    given = _time(page.get("PAGE_PRECISEPUBTIMESTAMP", ""))
    made = document(
        address,
        row.get("sourcecommonname"),
        page.get("PAGE_TITLE"),
        article_id=row.get("gkgrecordid"),
        author=page.get("PAGE_AUTHORS"),
        published=given or _time(row.get("date", "")),
        published_basis=None if given else SEEN,
        language=_language(row.get("translationinfo", "")),
    )
    made.extra |= _measures(row, "v2tone")
    yield made


def _measures(row: Row, tone: str) -> dict[str, object]:
    extra: dict[str, object] = {
        name: row[name].strip("; ") for name in ("themes", "persons", "organizations", "locations") if row.get(name)
    }
    values = row.get(tone, "").split(",")
    if (mean := _float(values[0])) is not None:
        extra["gdelt_tone"] = mean
    if len(values) > 6 and values[6].isdecimal():
        extra["length"] = int(values[6])
    return extra


def _gkg1(row: Row) -> Iterator[Record]:
    sources, addresses = row.get("sources", "").split(";"), row.get("sourceurls", "").split("<UDIV>")
    for place, address in enumerate(address.strip() for address in addresses):
        if address:
            source = sources[place] if len(sources) == len(addresses) else None
            made = document(address, source, None, published=_time(row.get("date", "")), published_basis=SEEN)
            made.extra |= _measures(row, "tone")
            yield made


def _mention(row: Row) -> Iterator[Record]:
    address = row.get("mentionidentifier", "").strip()
    if not address:
        return
    made = document(
        address,
        row.get("mentionsourcename"),
        None,
        published=_time(row.get("mentiontimedate", "")),
        published_basis=SEEN,
        language=_language(row.get("mentiondoctranslationinfo", "")),
    )
    if (tone := _float(row.get("mentiondoctone", ""))) is not None:
        made.extra["gdelt_tone"] = tone
    yield made


def _event(row: Row) -> Iterator[Record]:
    address = row.get("sourceurl", "").strip()
    if not address:
        return
    made = document(address, None, None, published=_time(row.get("dateadded", "")), published_basis=SEEN)
    if (tone := _float(row.get("avgtone", ""))) is not None:
        made.extra["gdelt_tone"] = tone
    yield made


def listed(row: Row) -> Iterator[Record]:
    """The document of a row or object of the DOC API."""
    address = row.get("url", "").strip()
    parts = _split(address)
    if not address and not row.get("title"):
        return
    made = document(
        address,
        row.get("domain") or (parts.netloc if parts else None),
        (row.get("title") or "").strip() or None,
        published=_time(row.get("seendate") or row.get("date") or ""),
        published_basis=SEEN,
        language=row.get("language"),
    )
    if row.get("sourcecountry"):
        made.extra["country"] = row["sourcecountry"]
    yield made


def _time(value: str) -> str | None:
    """20250817101500, 20250817T101500Z and 20250817 as ISO; other times as they stand."""
    digits = value.strip().replace("T", "").replace("Z", "")
    if _STAMP.fullmatch(digits):
        day, time = digits[:8], digits[8:]
        return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"
    return value.strip() or None


def _language(info: str) -> str:
    """The language a document was translated from; English when it was not."""
    found = _TRANSLATED.search(info)
    return found[1] if found else "eng"


def _float(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < 1000 else None


def _digits(cells: Sequence[str], *lengths: int) -> bool:
    return all(cell.isdecimal() and len(cell) == n for cell, n in zip(cells, lengths, strict=False))


def _is_event(cells: Sequence[str]) -> bool:
    return len(cells) in (58, 61) and cells[0].isdecimal() and _digits(cells[1:4], 8, 6, 4)


def _event_columns(n: int) -> list[str]:
    """The columns that are used, among the 58 of version 1 or the 61 of version 2."""
    names = [f"column {place}" for place in range(max(n, 58))]
    names[34], names[-2], names[-1] = "AvgTone", "DATEADDED", "SOURCEURL"
    return names


TABLES = (
    Table(
        "GKG",
        frozenset({"documentidentifier", "sourcecommonname"}),
        lambda _: _GKG2,
        lambda cells: len(cells) > 14 and re.match(r"\d{14}-T?\d", cells[0]) is not None and _digits(cells[1:2], 14),
        _gkg2,
    ),
    Table(
        "mentions",
        frozenset({"mentionidentifier"}),
        lambda _: _MENTIONS,
        lambda cells: 13 < len(cells) < 18 and cells[0].isdecimal() and _digits(cells[1:4], 14, 14, 1),
        _mention,
    ),
    Table("events", frozenset({"sourceurl", "globaleventid"}), _event_columns, _is_event, _event),
    Table(
        "GKG 1",
        frozenset({"sourceurls", "numarts", "themes"}),
        lambda _: _GKG1,
        lambda cells: len(cells) == 11 and _digits(cells[:1], 8) and cells[1].isdecimal() and "://" in cells[10],
        _gkg1,
    ),
    Table("list", frozenset({"url", "mobileurl", "title"}), lambda _: (), lambda _: False, listed),
    Table("list", frozenset({"url", "seendate", "title"}), lambda _: (), lambda _: False, listed),
)
