"""Reference lists (RIS, BibTeX) as databases and reference managers export them: metadata, mostly with abstracts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from .decoding import decode
from .factiva import byline
from .files import File
from .records import IN_PART, Problem, ReadError, Record

RIS_ENDINGS, BIB_ENDINGS = (".ris",), (".bib", ".bibtex")
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?:[ \t]+|$)(.*)")
_FIRST_TAG = re.compile(r"TY  ?-[ \t]+[A-Z]{2,8}\s*$")
_DATE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:/(.*))?$")
_YEAR_ONLY = re.compile(r"(\d{4})/*\s*$")
_RIS = {
    "title": ("TI", "T1", "CT"),
    "source": ("JF", "T2", "JO", "JA", "J2", "BT", "PB"),
    "published": ("DA", "Y1", "PY"),
    "url": ("UR", "L2", "L1"),
    "language": ("LA",),
    "article_id": ("AN", "ID"),
    "kind": ("M3", "TY"),
}
_RIS_EXTRA = {
    "SP": "page",
    "VL": "volume",
    "IS": "issue",
    "KW": "keywords",
    "CY": "publication_place",
    "SN": "issn",
    "DO": "doi",
    "DB": "database",
    "DP": "provider",
    "N1": "notes",
    "SE": "section",
    "ET": "edition",
    "CN": "call_number",
}
_KINDS = {"NEWS": "newspaper article", "MGZN": "magazine article", "JOUR": "journal article", "ELEC": "web page"}
_BIB_START = re.compile(r"@\s*([A-Za-z]{2,20})\s*([{(])\s*([^\s,{}\"]{0,200})\s*,")
_BIB_KIND = re.compile(r"@\s*[A-Za-z]{2,20}\s*[{(]")
_BIB_FIELD = re.compile(r"\s*([A-Za-z][\w-]{0,40})\s*=\s*")
_BIB = {
    "title": ("title",),
    "source": ("journal", "journaltitle", "newspaper", "publication", "booktitle", "publisher"),
    "published": ("date", "year"),
    "url": ("url",),
    "language": ("language", "langid"),
    "author": ("author",),
}
_NOT_ARTICLES = {"comment", "string", "preamble"}
_BARE = re.compile(r"([^\s,{}()\"=]{0,200})\s*")
_BRACES = re.compile(r"\\.|[{}\"]")
_BLANKS = re.compile(r"\s*")
_LONGEST_VALUE, _FIRST_LINES = 1 << 20, 10
_Entries = Callable[[str], Iterator[tuple[dict[str, object], dict[str, object]]]]


def looks_like_ris(file: File) -> bool:
    """Whether the first lines are those of a RIS file."""
    first = file.start[:2048].split("\n")[:_FIRST_LINES] if "TY  -" in file.start[:2048] else []
    return any(_FIRST_TAG.match(line.lstrip("\ufeff")) for line in first)


def looks_like_bibtex(file: File) -> bool:
    """Whether the text begins with a BibTeX entry, perhaps after comments."""
    start = file.start[:4096].lstrip("\ufeff \t\r\n")
    if not start.startswith(("@", "%")):
        return False
    first = next((line for line in start.split("\n") if line.strip() and not line.startswith("%")), "")
    return _BIB_KIND.match(first) is not None and _BIB_START.search(start) is not None


def read_ris(file: File) -> Iterator[Record | Problem]:
    """The references of a RIS file."""
    yield from _references(file, _ris_entries)


def read_bibtex(file: File) -> Iterator[Record | Problem]:
    """The references of a BibTeX file."""
    yield from _references(file, _bib_entries)


def _references(file: File, entries: _Entries) -> Iterator[Record | Problem]:
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    number = n_abstracts = n_bare = 0
    for fields, extra in entries(text.replace("\r\n", "\n").replace("\r", "\n")):
        number += 1
        place = f"reference {number}"
        if not fields.get("title") and not fields.get("text"):
            yield Problem(file.path, place, "no title and no abstract")
            continue
        n_abstracts += fields.get("text_basis") == "abstract"
        n_bare += not fields.get("text")
        known = {name: value for name, value in fields.items() if value}
        yield Record(file.path, place, known, {name: value for name, value in extra.items() if value})
    if not number:
        raise ReadError("a list of references without references")
    if n_abstracts:
        reason = f"a list of references: the texts of {n_abstracts:,} of {number:,} are abstracts, not the articles"
        yield Problem(file.path, None, reason, IN_PART)
    if n_bare:
        yield Problem(file.path, None, f"a list of references: {n_bare:,} of {number:,} have no text", IN_PART)


def _ris_entries(text: str) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    tags: dict[str, list[str]] = defaultdict(list)
    last: str | None = None
    for line in text.split("\n"):
        found = _TAG.match(line.lstrip("\ufeff"))
        if found and found[1] in ("TY", "ER") and tags:
            yield _from_ris(tags)
            tags, last = defaultdict(list), None
        if found and found[1] != "ER":
            last = found[1]
            tags[last].append(found[2].strip())
        elif not found and last and line.strip():
            tags[last].append(line.strip())  # a value that goes on in the next line
    if tags:
        yield _from_ris(tags)


def _from_ris(tags: Mapping[str, Sequence[str]]) -> tuple[dict[str, object], dict[str, object]]:
    def first(names: Sequence[str]) -> str | None:
        return next((" ".join(tags[name]) for name in names if any(tags.get(name, ()))), None)

    fields: dict[str, object] = {column: first(names) for column, names in _RIS.items() if column != "published"}
    dates = [value for name in _RIS["published"] for value in tags.get(name, ()) if value]
    fields["published"] = max(map(_date, dates), key=_fullness, default=None)
    kind = str(fields["kind"] or "")
    fields["kind"] = _KINDS.get(kind, kind or None)
    authors = [name for tag in ("AU", "A1", "A2") for name in tags.get(tag, ()) if name]
    fields["author"] = "; ".join(filter(None, map(byline, authors))) or None
    abstract = "\n".join(line for name in ("AB", "N2") if name in tags for line in tags[name] if line)
    fields["text"] = abstract
    extra: dict[str, object] = {column: "; ".join(tags[tag]) for tag, column in _RIS_EXTRA.items() if tag in tags}
    fields["text_basis"] = "abstract" if abstract else "title"
    return fields, extra


def _fullness(date: str) -> tuple[bool, int]:
    """ "2025-08-17" over "Summer 2025" over "2025"."""
    return re.match(r"\d{4}-\d\d-\d\d", date) is not None, len(date)


def _date(value: str) -> str:
    """RIS dates are 2025/08/17/other, and parts may be missing."""
    if full := _DATE.match(value):
        day = f"{full[1]}-{int(full[2]):02d}-{int(full[3]):02d}"
        return f"{day} {full[4]}" if re.match(r"\d{1,2}:\d{2}", full[4] or "") else day
    year = _YEAR_ONLY.match(value)
    return year[1] if year else value


def _bib_entries(text: str) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    at = 0
    while found := _BIB_START.search(text, at):
        values, at = _bib_values(text, found.end())
        if found[1].casefold() in _NOT_ARTICLES:
            continue
        fields: dict[str, object] = {
            column: next((values[name] for name in names if values.get(name)), None) for column, names in _BIB.items()
        }
        fields["article_id"], fields["kind"] = found[3], values.get("type") or found[1].casefold()
        fields["author"] = "; ".join(re.split(r"\s+and\s+", str(fields["author"] or "")))
        if not fields["published"] or len(str(fields["published"])) == 4:
            parts = [values.get(name, "") for name in ("day", "month", "year")]
            fields["published"] = " ".join(filter(None, parts)) or None
        fields["text"] = values.get("abstract")
        used = {name for names in _BIB.values() for name in names} | {"abstract", "day", "month", "type"}
        extra: dict[str, object] = {name: value for name, value in values.items() if name not in used}
        fields["text_basis"] = "abstract" if fields["text"] else "title"
        yield fields, extra


def _bib_values(text: str, at: int) -> tuple[dict[str, str], int]:
    """The fields of an entry from a place in the text on, and where it ends."""
    values: dict[str, str] = {}
    while named := _BIB_FIELD.match(text, at):
        value, at = _bib_value(text, named.end())
        values.setdefault(named[1].casefold(), " ".join(value.replace("{", "").replace("}", "").split()))
        if text[at : at + 1] != ",":
            break
        at += 1
    return values, at


def _bib_value(text: str, at: int) -> tuple[str, int]:
    """A value in braces or quotation marks, or a bare word; and the place after it and the blanks behind."""
    opened = text[at : at + 1]
    if opened not in ("{", '"'):
        bare = _BARE.match(text, at)
        return (bare[1], bare.end()) if bare else ("", at)
    depth, place = 0, at + (opened == '"')
    for mark in _BRACES.finditer(text, place, min(len(text), place + _LONGEST_VALUE)):
        if mark[0].startswith("\\"):
            continue
        depth += (mark[0] == "{") - (mark[0] == "}")
        if (depth == 0 and mark[0] == ("}" if opened == "{" else '"')) or depth < 0:
            end = mark.end()
            return text[at + 1 : end - 1], end + len(_BLANKS.match(text, end)[0])  # type: ignore[index]
    return text[at + 1 : at + 1 + _LONGEST_VALUE], min(len(text), at + 1 + _LONGEST_VALUE)
