"""ProQuest's text files: documents between rules of underscores, "Title: …" lines around a full text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .decoding import decode
from .factiva import byline, number_in
from .files import File
from .records import IN_PART, Problem, ReadError, Record

# what each field is called, in the languages of the interface (English, German, French, Spanish, Italian, Portuguese)
_LABELS = {
    "title": "Title|Titel|Titre|Título|Titolo",
    "author": "Author|Authors|Autor|Verfasser|Auteur|Autore",
    "text": "Full text|Full Text|Volltext|Texte intégral|Texto completo|Testo completo|Testo integrale",
    "abstract": "Abstract|Summary|Zusammenfassung|Kurzfassung|Résumé|Resumen|Resumo|Riassunto",
    "info": "Publication info|Publikationsinfo|Veröffentlichungsinformationen|Informations sur la publication|"
    "Información de publicación|Informações da publicação|Informazioni sulla pubblicazione",
    "source": "Publication title|Publikationstitel|Titel der Publikation|Veröffentlichungstitel|Titre de publication|"
    "Titre de la publication|Título de publicación|Título de la publicación|Título da publicação|"
    "Titolo della pubblicazione|Titolo pubblicazione",
    "published": "Publication date|Erscheinungsdatum|Publikationsdatum|Veröffentlichungsdatum|Date de publication|"
    "Fecha de publicación|Data da publicação|Data de publicação|Data di pubblicazione",
    "year": "Publication year|Year|Erscheinungsjahr|Publikationsjahr|Jahr|Année de publication|Année|"
    "Año de publicación|Año|Ano da publicação|Ano|Anno di pubblicazione|Anno",
    "language": "Language of publication|Language|Sprache der Publikation|Sprache|Langue de publication|Langue|"
    "Idioma de la publicación|Idioma de publicación|Idioma|Língua da publicação|Lingua della pubblicazione|Lingua",
    "article_id": "ProQuest document ID|ProQuest-Dokument-ID|ProQuest Dokument-ID|ID du document ProQuest|"
    "Identifiant de document ProQuest|ID del documento de ProQuest|ID de documento ProQuest|ID do documento ProQuest|"
    "ID documento ProQuest",
    "url": "Document URL|Dokument-URL|URL du document|URL de documento|URL del documento|URL do documento|"
    "URL documento",
    "kind": "Document type|Dokumententyp|Dokumenttyp|Type de document|Tipo de documento|Tipo di documento",
    "section": "Section|Abschnitt|Rubrik|Rubrique|Sección|Seção|Sezione",
    "column": "Column|Column name|Kolumne",
    "page": "Pages|Page|First page|Start Page|Seiten|Erste Seite|Première page|Páginas|Primera página|Pagine",
    "length": "Word count|Number of words|Wortanzahl|Nombre de mots|Número de palabras",
    "volume": "Volume|Band|Volumen",
    "issue": "Issue|Ausgabe|Heft|Numéro|Número|Numero",
    "subject": "Subject|Subjects|Thema|Schlagwort|Sujet|Materia|Assunto|Soggetto",
    "people": "People|Person|Personen|Personnes|Personas|Pessoas|Persone",
    "company": "Company / organization|Company/organization|Company|Unternehmen / Organisation|"
    "Unternehmen/Organisation|Entreprise / organisation|Compañía / organización|Empresa / organización",
    "location": "Location|Ort|Standort|Lieu|Lugar|Local|Luogo",
    "classification": "Classification|Klassifikation|Classement|Clasificación|Classificação",
    "keywords": "Identifier / keyword|Identifier/keyword|Identifiers|Identifikator / Stichwort|Identificador / palabra "
    "clave|Identifiant / mot-clé",
    "publisher": "Publisher|Verlag|Herausgeber|Éditeur|Editorial|Editora|Editore",
    "publication_place": "Place of publication|Erscheinungsort|Verlagsort|Lieu de publication|Lugar de publicación",
    "publication_country": "Country of publication|Erscheinungsland|Pays de publication|País de publicación",
    "publication_subject": "Publication subject|Journal subject|Publikationsthema|Sujet de publication|"
    "Materia de publicación",
    "issn": "ISSN|e-ISSN|ISBN",
    "source_type": "Source type|Quellentyp|Quelltyp|Type de source|Tipo de fuente",
    "copyright": "Copyright",
    "updated": "Last updated|Letzte Aktualisierung|Zuletzt aktualisiert|Dernière mise à jour|Última actualización",
    "database": "Database|Datenbank|Base de données|Base de datos|Base de dados",
    "links": "Links|Linkings",
    "correction": "Correction|Corrections",
    "credit": "Credit|Credits",
    "graphic": "Caption|Illustration|Illustrations",
    "dateline": "Dateline",
    "subtitle": "Subtitle|Alternate title",
    "notes": "Notes|Document notes",
}
_FIELD = {label.casefold(): field for field, labels in _LABELS.items() for label in labels.split("|")}
_HEADINGS = {"FULL TEXT": "text", "ABSTRACT": "abstract", "DETAILS": "details", "LINKS": "links"}
_LINE = re.compile(r"[ \t]{0,4}([^\W\d_][\w /'’()-]{1,44}?)\s?:(?:[ \t\xa0]+|$)(.*)", re.DOTALL)
_RULE = re.compile(r"^[ \t]*(?:_{20,}|\*{30,}|-{50,})[ \t]*$", re.MULTILINE)
_COUNT = re.compile(
    r"^[ \t]*(?:Document|Dokument|Documento)\s+(\d{1,6})\s+(?:of|von|de|sur|di)\s+(\d{1,6})[ \t]*$", re.MULTILINE
)
_MARKS = re.compile(
    r"^[ \t]*(?:ProQuest document ID|ProQuest[- ]Dokument-ID|ID du document ProQuest|ID del documento de ProQuest|"
    r"Publication info|Publication title|Report Information from ProQuest|Contact ProQuest)\b",
    re.MULTILINE,
)
_PLACE = re.compile(r"\s*;.*$|\s*\[.*$", re.DOTALL)
_INFO_DATE = re.compile(r"(\d{1,2}\s+[^\W\d_]{3,10}\.?\s+(?:19|20)\d\d|[^\W\d_]{3,10}\.?\s+\d{1,2},\s+(?:19|20)\d\d)")
_ADDRESS = re.compile(r"https?://\S+")
_NOT_EXTRA = {"title", "author", "text", "abstract", "info", "source", "published", "language", "article_id", "url"}
_NO_TEXT = re.compile(r"(?:none(?: available)?|(?:full text )?not available|n/?a)\.?\s*", re.IGNORECASE)


def looks(file: File) -> bool:
    """Whether a text has ProQuest's rules, document counts or field names."""
    return looks_like(file.start)


def looks_like(start: str) -> bool:
    """The same for the beginning of a text from any container."""
    if "ProQuest" not in start and "proquest" not in start:
        return False
    if start.lstrip("\ufeff \t\r\n").startswith(("<", "{", "[")):
        return False
    start = start.replace("\r\n", "\n")
    marks = {mark[0].strip() for mark in _MARKS.finditer(start)}
    return len(marks) + (_RULE.search(start) is not None) + (_COUNT.search(start) is not None) >= 2


def read(file: File) -> Iterator[Record | Problem]:
    """The articles of a text file."""
    text, note = decode(file.read())
    if note:
        yield Problem(file.path, None, note, IN_PART)
    yield from read_text(text, file)


def read_text(text: str, file: File) -> Iterator[Record | Problem]:
    """The articles of a text that may come from any container."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    number = declared = only_abstract = 0
    for chunk in _RULE.split(text):
        counted = _COUNT.search(chunk)
        if counted:
            declared = max(declared, int(counted[2]))
            chunk = chunk[counted.end() :]
        values = _fields(chunk.strip("\n").split("\n"))
        if not {"title", "text", "abstract"} & set(values) or (not counted and not _is_document(values)):
            continue
        number += 1
        only_abstract += not _said(values, "text")
        yield _record(values, file, number)
    if not number:
        raise ReadError("text of ProQuest without documents")
    if declared and declared != number:
        yield Problem(file.path, None, f"declares {declared:,} documents, {number:,} were read", IN_PART)
    if only_abstract:
        yield Problem(file.path, None, f"{only_abstract:,} of {number:,} documents without full text", IN_PART)


def _is_document(values: dict[str, list[str]]) -> bool:
    return bool({"source", "published", "info", "article_id", "url"} & set(values))


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each field of a document; the first lines without a name are its title."""
    end = _end_of_text(lines)
    values: dict[str, list[str]] = defaultdict(list)
    current: str | None = None
    for at, line in enumerate(lines):
        field, value = _named(line)
        if field and current == "text" and at < end:
            field = None  # "Location: …" inside the full text
        if field and not (field == "title" and at < end and "title" in values):
            current = field if field not in values or field == "text" else f"{field} again"
            values[current] += [value] if value.strip() else []
        elif line.strip() and current is None:
            values["title"].append(line.strip())
            current = "title"
        elif current is not None and line.strip():
            values[current].append(line.strip())
    return {field: found for field, found in values.items() if not field.endswith(" again")}


def _named(line: str) -> tuple[str | None, str]:
    if line.strip() in _HEADINGS:
        return _HEADINGS[line.strip()], ""
    found = _LINE.match(line)
    field = _FIELD.get(found[1].casefold()) if found else None
    return (field, found[2]) if found and field else (None, line)


def _end_of_text(lines: Sequence[str]) -> int:
    """Where the fields that follow the full text begin: the last run of named lines."""
    begins = next((at for at, line in enumerate(lines) if _named(line)[0] == "text"), None)
    if begins is None:
        return 0
    last = next((at for at in range(len(lines) - 1, begins, -1) if _named(lines[at])[0]), None)
    if last is None:
        return len(lines)
    end = last
    for at in range(last, begins, -1):
        if _named(lines[at])[0]:
            end = at
        elif lines[at].strip():
            break
    seen = {_named(line)[0] for line in lines[end:]}
    if not {"article_id", "source", "published", "url"} & seen:
        later = (at for at in range(begins + 1, len(lines)) if _named(lines[at])[0] not in (None, "graphic", "credit"))
        end = next(later, len(lines))
    return end


def _said(values: dict[str, list[str]], field: str) -> list[str]:
    """The lines of a field; none when they say that there is nothing."""
    found = values.get(field, [])
    return [] if _NO_TEXT.fullmatch(" ".join(found)) else found


def _record(values: dict[str, list[str]], file: File, number: int) -> Record:
    one = {field: " ".join(" ".join(found).split()) for field, found in values.items()}
    info, text, abstract = one.get("info", ""), _said(values, "text"), _said(values, "abstract")
    dated = _INFO_DATE.search(info)
    address = _ADDRESS.search(one.get("url", "")) or _ADDRESS.search(info)
    fields: dict[str, object] = {
        "article_id": one.get("article_id"),
        "source": _PLACE.sub("", one.get("source") or info).strip(" ,") or None,
        "published": one.get("published") or (dated[1] if dated else None),
        "title": one.get("title"),
        "text": "\n".join(text or abstract) or None,
        "author": byline(one.get("author")),
        "language": one.get("language"),
        "url": address[0] if address else None,
    }
    extra: dict[str, object] = {name: value for name, value in one.items() if name not in _NOT_EXTRA and value}
    if "length" in extra:
        extra["length"] = number_in(one["length"])
    kind = extra.pop("kind", None)
    if not text and abstract:
        fields["text_basis"] = "abstract"
    elif abstract:
        extra["abstract"] = one["abstract"]
    known = {name: value for name, value in (fields | {"kind": kind}).items() if value}
    return Record(file.path, f"document {number}", known, {n: v for n, v in extra.items() if v is not None})
