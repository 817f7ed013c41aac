"""The words by which Nexis exports are known and read: labels in seven languages, counters, copyright lines, furniture.

The labels are in data/nexis_labels.csv: language, label, field (a column), place:

- header, before the text; trailer, after it; either; long, after the text and over several paragraphs;
- text, alone on its line, opens the text; list, alone on its line, opens a list of labels; end closes the document.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .date_words import MONTHS, SEASONS
from .dates import date_in

HEADER, TRAILER, EITHER, LONG, TEXT, LIST, END = "header", "trailer", "either", "long", "text", "list", "end"
_LONGEST_LABEL = 30
_SHORTEST_UNKNOWN = 4  # letters of a label that is not in the table
_LABEL = re.compile(rf"\s*([^\W\d_][\w .'’/&()-]{{0,{_LONGEST_LABEL}}}?)[ \u00a0]*:(?!//)\s*(.*)", re.DOTALL)
_UNKNOWN = re.compile(
    r"[^\W\d_a-zà-öø-ÿ][\w’'/&()-]*(?: (?:of|de|du|des|d'|von|van|der|di|do|[^\W_a-zà-öø-ÿ])[\w’'/&()-]*){0,3}"
)
_SEPARATORS = re.compile(r"[\W_]+")
_NUMBER = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,7})"
_COUNTED = r"(?:DOCUMENT[EIO]?S?|DOCUMENTEN|DOKUMENTEN?|DOKUMENT|STORIES|STORY|ARTICLES?)"
_OF = r"(?:of|von|de|sur|van|di|aus|uit|OF|VON|DE|SUR|VAN|DI)"
_COUNTER = re.compile(
    rf"[^\w\n]{{0,80}}(?:FOCUS\s?-\s?)?{_NUMBER} {_OF} {_NUMBER} {_COUNTED}\s*"
    rf"|[^\w\n]{{0,80}}(?:Dokument|Document|Documento|DOKUMENT|DOCUMENT|DOCUMENTO) {_NUMBER} {_OF} {_NUMBER}\s*"
)
_RIGHTS = re.compile(
    r"\ball rights? reserved|\balle rechte vorbehalten|\btous droits r[ée]serv[ée]s|\balle rechten voorbehouden"
    r"|\btodos los derechos reservados|\btutti i diritti riservati|\btodos os direitos reservados"
    r"|\bdistributed by\b.{0,40}\b(?:tribune|newsbank|mclatchy)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|copr\.|©|\(c\)\s?(?:copyright|\d{4})|\bcopy \d{4} )", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page|seite|pagina|página|pág\.|blz\.?)[ \u00a0]\d{1,6}[ \u00a0](?:of|von|de|sur|van|di|/)[ \u00a0]\d{1,6}"
    r"|\|?\s*about lexisnexis.*|.*privacy policy.*terms\s?&\s?conditions.*|copyright ©\s?\d{4} lexisnexis\b.*",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"\s*\*{5,}[^*\n]{0,80}\*{5,}\s*")
_SELECTED = re.compile(
    r"\b(?:items?|documents?\s?(?:\(s\))?|dokumente?n?|documenten|documentos|documenti|documento\(s\))\s*:\s*"
    r"(\d{1,7}(?:\s*[-,]\s*\d{1,7})*)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER_OF = re.compile(
    r"^\s*(?:(?:documents?|dokumente?|documenten?|documentos?|documenti)\s*\((\d{1,7})\)"
    r"|(?:number of documents|anzahl (?:der )?dokumente|nombre de documents|aantal documenten|n[úu]mero de documentos"
    r"|numero (?:di|dei) documenti)\s*:\s*(\d{1,7}))\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_COVER = re.compile(
    r"^\s*(?:user name|date and time|job number|client/matter|search terms|narrowed by|search type|benutzername"
    r"|datum und (?:uhr)?zeit|auftragsnummer|jobnummer|suchbegriffe|mandant"
    r"|nom d.utilisateur|date et heure|termes de recherche|num[ée]ro de (?:travail|t[âa]che)"
    r"|gebruikersnaam|datum en tijd|taaknummer|zoektermen|opdrachtnummer)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_REQUEST = re.compile(
    r"^\s*(?:(?:download|print|e-?mail|fax)[ -](?:request|anforderung|auftrag)|demande de t[ée]l[ée]chargement"
    r"|downloadverzoek|solicitud de descarga)\s*:",
    re.IGNORECASE,
)
_EDITIONS = r"(?:edition|ausgabe|édition|editie|edición|edizione|edição)"
_EDITION = re.compile(
    rf"(?:- ?)?(?:[\w.&/'’-]+ ){{0,3}}\w*{_EDITIONS}(?: \d)?(?: ?- ?(?:[\w.&/'’-]+ ?){{1,3}})?|corrections? appended",
    re.IGNORECASE,
)
_MONTHS = "|".join(sorted(map(re.escape, {*MONTHS, *SEASONS}), key=len, reverse=True))
_ISSUE = re.compile(
    rf"(?:\d{{1,2}}[-/])?(?:{_MONTHS})\.?(?:\s?[-/]\s?(?:{_MONTHS})\.?)?,?\s+(?:1[6-9]|20)\d\d(?:/\d{{2,4}})?"
)
_SPAN = re.compile(  # the days that a weekly is for, month or day first: month, day, year; month and year of the last
    rf"({_MONTHS})\.? (\d{{1,2}})(?:, (\d{{4}}))? ?[-–—/] ?(?:({_MONTHS})\.? )?\d{{1,2}}, (\d{{4}})(?!\d)"
    rf"|(\d{{1,2}})\.?(?: ({_MONTHS})\.?)?(?: (\d{{4}}))? ?[-–—/] ?\d{{1,2}}\.? ({_MONTHS})\.? (\d{{4}})(?!\d)"
)
_LONGEST_DATE_LINE, _LONGEST_EDITION = 100, 50
_SHORTEST_VALUES = {"language": 60, "publication_type": 80, "journal_code": 60, "load_date": 60, "length": 60}


class Label(NamedTuple):
    """A label and what stands behind it: the column it fills, where it belongs, its value."""

    field: str
    place: str
    value: str


def folded(text: str) -> str:
    """A label in small letters, without accents, and with blanks for hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", plain).strip()


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Label, field and place of each row of data/nexis_labels.csv."""
    path = Path(__file__).parent.parent / "data" / "nexis_labels.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["label"], row["field"], row["place"]) for row in csv.DictReader(file))


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Field and place by folded label; the first row counts where languages disagree."""
    known: dict[str, tuple[str, str]] = {}
    for label, name, place in _rows():
        if place not in (TEXT, LIST, END):
            known.setdefault(folded(label), (name, place))
    return known


@cache
def _marks(place: str) -> frozenset[str]:
    return frozenset(folded(label) for label, _, where in _rows() if where == place)


def spellings(*fields: str) -> set[str]:
    """How the labels of some fields are written, with blanks or hyphens."""
    labels = {label for label, name, _ in _rows() if name in fields}
    return labels | {label.replace(" ", "-") for label in labels}


def is_mark(line: str, place: str) -> bool:
    """Whether a line is, alone and whole, a word that opens the text or a list, or closes the document."""
    bare = line.strip()
    return 0 < len(bare) <= 40 and bare[0].isalpha() and bare[-1].isalpha() and folded(bare) in _marks(place)


def label_in(line: str, *, capitals: bool) -> Label | None:
    """The known label at the start of a line, with a value it can have; None when there is none.

    In the old layout labels stand in `capitals`, so that "Section: …" in a text is not taken for one.
    """
    line = line.lstrip()
    found = _LABEL.match(line[: _LONGEST_LABEL + 4])
    if found is None:
        return None
    name = found[1]
    known = _known(name)
    if known is None or (name.upper() != name if capitals else name == name.lower()):
        return None
    value = line[found.start(2) :].strip()
    return Label(*known, value) if _fits(known[0], value) else None


@lru_cache(maxsize=4096)
def _known(name: str) -> tuple[str, str] | None:
    return _labels().get(folded(name))


def _fits(field: str, value: str) -> bool:
    """Whether a value can be one of this field: "LENGTH: the river …" is no length."""
    if len(value) > _SHORTEST_VALUES.get(field, len(value)):
        return False
    return any(map(str.isdigit, value)) if field in ("length", "load_date") else True


def any_label(line: str, *, capitals: bool) -> tuple[str, str] | None:
    """Whatever reads as a label at the start of a line, as the column's name and the value."""
    line = line.lstrip()
    found = _LABEL.match(line[: _LONGEST_LABEL + 4])
    if found is None or (capitals and found[1].upper() != found[1]):
        return None
    known = _known(found[1])
    if known is None and not _UNKNOWN.fullmatch(found[1]):
        return None
    name = known[0] if known else folded(found[1]).replace(" ", "_")
    return (name, line[found.start(2) :].strip()) if name else None


def is_unknown_label(block: str) -> bool:
    """Whether a paragraph begins as a label in capitals does that is not in the table: "Q:" and "US:" do not."""
    name, colon, _ = block.lstrip()[: _LONGEST_LABEL + 4].partition(":")
    return bool(colon) and len(name) >= _SHORTEST_UNKNOWN and any_label(block, capitals=True) is not None


def counter(line: str) -> tuple[int, int] | None:
    """The numbers of a line such as "2 of 161 DOCUMENTS"."""
    if len(line) > 200 or not (found := _COUNTER.fullmatch(line)):
        return None
    numbers = [int(re.sub(r"\D", "", number)) for number in found.groups() if number]
    return numbers[0], numbers[1]


def is_copyright(line: str) -> bool:
    """Whether a line is a copyright notice, or the part of one that reserves all rights."""
    return len(line) <= 400 and bool(_COPYRIGHT.match(line) or _RIGHTS.search(line))


def begins_copyright(line: str) -> bool:
    """Whether a line is the first of a copyright notice."""
    return len(line) <= 400 and bool(_COPYRIGHT.match(line))


def is_furniture(line: str) -> bool:
    """Whether a line is a page number or the vendor's footer."""
    return len(line) <= 200 and bool(_FURNITURE.fullmatch(line.strip()))


def is_completed(line: str) -> bool:
    """Whether a line is the rule that closes a delivery: "***** Print Completed *****"."""
    return len(line) <= 200 and bool(_COMPLETED.fullmatch(line))


def is_cover(text: str) -> bool:
    """Whether a text has the labels of a cover page."""
    return bool(_COVER.search(text))


def is_request(text: str) -> bool:
    """Whether a paragraph opens the cover page of an export in the old layout: "Download Request: …"."""
    return bool(_REQUEST.match(text))


def is_edition(line: str) -> bool:
    """Whether a short line names an edition: "Late Edition - Final", "Gesamtausgabe", "Correction Appended"."""
    return len(line) <= _LONGEST_EDITION and bool(_EDITION.fullmatch(line))


def declared_number(cover: str) -> int | None:
    """How many documents the cover page says there are."""
    if found := _NUMBER_OF.search(cover):
        return int(found[1] or found[2])
    if found := _SELECTED.search(cover):
        return _count(found[1])
    return None


def _count(ranges: str) -> int | None:
    """How many numbers "1-10, 12" names."""
    n = 0
    for part in ranges.split(","):
        first, dash, last = part.partition("-")
        if not first.strip().isdigit() or (dash and not last.strip().isdigit()):
            return None
        n += int(last) - int(first) + 1 if dash else 1
    return n if n > 0 else None


def date_line(line: str) -> str | None:
    """The date of a line that begins with one: the day, or in magazines the month or season; else None."""
    line = line.strip()
    if not line or len(line) > _LONGEST_DATE_LINE or not any(map(str.isdigit, line)):
        return None
    if (span := _SPAN.match(folded_date(line))) and len(folded_date(line)) == len(line):
        return line[: span.end()]
    found = date_in(line)
    if found and line.startswith(found):
        return found
    issue = _ISSUE.match(folded_date(line))
    return line if issue and issue.end() >= len(folded_date(line)) - 2 else None


def first_day(date: str) -> str:
    """The day with which the date of a weekly begins, "January 3 - January 9, 2014"; any other date as it is."""
    span = _SPAN.match(folded_date(date))
    if span is None:
        return date
    month, day, year, last_month, last_year = span.groups()[:5]
    if month is None:
        day, month, year, last_month, last_year = span.groups()[5:]
        month = month or last_month
    if year is None:
        turns = MONTHS.get(month, 0) > MONTHS.get(last_month or month, 0)
        year = str(int(last_year) - 1) if turns else last_year
    return f"{day} {month} {year}"


def folded_date(line: str) -> str:
    """A line in small letters without accents, its punctuation kept."""
    return "".join(c for c in unicodedata.normalize("NFKD", line.casefold()) if not unicodedata.combining(c))
