"""What every reader yields: raw records, and problems where something could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple


class ReadError(ValueError):
    """A path holds nothing that can be read. The message names the path, the reason and the remedy."""


NOT_READ, IN_PART, PASSED_OVER, TAKEN_AS = "not read", "in part", "passed over", "taken as"


class Problem(NamedTuple):
    """Something the user should know of a file or record: one row of the frame `problems`.

    Its kind says how bad it is: "not read" (the file or record is lost), "in part" (it was read, but something in it is
    lost, unsure or flagged), "passed over" (left alone on purpose), "taken as" (a guess that can be corrected: columns,
    encodings, mended characters).
    """

    path: str
    record: str | None
    reason: str
    kind: str = NOT_READ


@dataclass
class Record:
    """One article as it stands in the input, decoded but not yet repaired or cleaned.

    Attributes
    ----------
    path
        The file it was read from.
    record
        Its place in the file (a line or row number); None when the file is the article.
    fields
        Values by column name of the frame `articles`; a column the input lacks is not a key.
    extra
        The input's other columns, under their own names.
    guess_title
        The first line may be a headline: the input has no place for a title.
    clean
        The file was written by `write_articles`: its values are taken as they are.
    titled
        The first line of the text is the title (set by `articles`, not by a reader).
    """

    path: str
    record: str | None = None
    fields: dict[str, object] = field(default_factory=dict)
    extra: dict[str, object] = field(default_factory=dict)
    guess_title: bool = False
    clean: bool = False
    titled: bool = False

    def problem(self, reason: str, kind: str = NOT_READ) -> Problem:
        """A problem with this record."""
        return Problem(self.path, self.record, reason, kind)


COLUMNS = {
    "article_id": (
        *("article_id", "id", "doc_id", "document_id", "story_id", "news_id", "guid", "uuid", "accession_number"),
        *("post_id", "item_id", "record_id", "nid"),
    ),
    "source": (
        *("source_hostname", "source", "source_name", "source_title", "outlet", "outlet_name"),
        *("publisher", "publisher_name", "publication", "publication_title", "publication_name", "newspaper"),
        *("media_name", "media_outlet", "news_source", "site_name", "journal", "medium", "fields.publication"),
        *("quelle", "zeitung", "fuente", "bron", "krant", "testata", "fonte", "thread.site", "hostname", "host"),
        *("newspaper_name", "news_outlet", "outlet_title", "journal_title", "publication_source", "provider_name"),
        *("provider", "medienname", "medio", "média", "periódico", "periodico", "jornal", "tidning", "avis", "gazeta"),
        *("source_domain", "domain", "website", "site", "site_url", "source_url"),
    ),
    "published": (
        *("published", "published_at", "publish_date", "published_date", "publication_date", "date_published"),
        *("pub_date", "web_publication_date", "publication_datetime", "published_time", "publish_time"),
        *("published_on", "time_published", "first_published", "date_publish", "posted_at", "date_time_pub"),
        *("date_time", "date", "date_gmt", "dc:date", "article_date", "erscheinungsdatum", "datum", "fecha"),
        *(
            "date_de_publication",
            "post_date_gmt",
            "post_date",
            "date_of_publication",
            "publishing_date",
            "release_date",
        ),
        *("issue_date", "news_date", "date_publication", "data_publicacao", "data_pubblicazione", "data_publikacji"),
        *("fecha_publicacion", "fecha_de_publicacion", "veröffentlicht", "veröffentlicht_am", "publicatiedatum"),
        *("pubdatum", "timestamp", "created_at", "created_utc"),
    ),
    "title": (
        *("title", "headline", "web_title", "article_title", "news_title", "post_title", "article_headline"),
        *("news_headline", "story_title", "headline_text", "title_text", "main_title", "kop", "rubrik", "tytuł"),
        *("heading", "titel", "überschrift", "ueberschrift", "schlagzeile", "titre", "título", "titulo", "titolo"),
    ),
    "text": (
        *("text", "body", "content", "full_text", "article_text", "body_text", "main_text", "plain_text"),
        *("text_content", "content_text", "clean_text", "raw_text", "fields.body_text", "article_body"),
        *("article_content", "news_text", "news_content", "story_text", "content.rendered", "content:encoded"),
        *("content_html", "body_html", "fields.body", "article", "document", "transcript"),
        *("post_content", "story", "story_body", "story_content", "page_content", "post_body", "news_body"),
        *("news_article", "article_full_text", "article_plain_text", "cleaned_text", "text_clean", "body_plain"),
        *("artikeltext", "artikel", "haupttext", "texte_integral", "corps", "cuerpo", "corpo", "texto_completo"),
        *("volltext", "inhalt", "texte", "contenu", "texto", "contenido", "testo", "tekst", "inhoud"),
    ),
    "author": (
        *("author", "authors", "author_name", "byline", "fields.byline", "creator", "dc:creator"),
        *("writer", "journalist", "reporter", "autor", "verfasser", "auteur", "autore"),
        *("post_author", "author_names", "written_by", "autoren", "auteurs", "autores", "autori"),
    ),
    "url": (
        *("url", "link", "article_url", "web_url", "source_link", "permalink", "canonical_url", "requested_url"),
        *("page_url", "post_url", "original_url", "final_url", "link_url", "news_url", "story_url", "uri"),
    ),
    "language": ("language", "lang", "language_code", "sprache", "langue", "idioma", "taal"),
    "kind": ("kind", "genre", "item_type", "article_type", "document_type", "type_of_material"),
    "published_basis": ("published_basis",),
    "language_basis": ("language_basis",),
    "source_given": ("source_given",),
    "source_basis": ("source_basis",),
    "text_basis": ("text_basis",),
    "crawled": ("crawled",),
    "path": ("path",),
}
"""Names that common inputs give the columns of `articles`, the most telling first; a dot leads into a nested object."""

SUMMARIES = (
    *(
        "lead_paragraph",
        "description",
        "summary",
        "abstract",
        "abstract_note",
        "standfirst",
        "lead",
        "teaser",
        "excerpt",
    ),
    *("snippet", "short_description", "opening_text", "fields.standfirst", "fields.trail_text"),
    *("hit_sentence", "post_excerpt"),
)
"""Names of what stands in for a text where there is none, the most telling first."""

MARK = "mediakit"  # the column by which files made by write_articles are known again
CLEAN = "clean articles"


_DEEPEST = 3  # nested objects that are opened


@lru_cache(maxsize=4096)
def plain_name(name: object) -> str:
    """A name without case, spaces and signs, as names of columns are compared."""
    return "".join(character for character in str(name).casefold() if character.isalnum())


_BY_PLAIN_NAME = {
    plain_name(alias): (column, rank) for column, aliases in COLUMNS.items() for rank, alias in enumerate(aliases)
}
_PLAIN_SUMMARIES = {plain_name(alias): rank for rank, alias in enumerate(SUMMARIES)}
_NESTED = {plain_name(alias) for aliases in (*COLUMNS.values(), SUMMARIES) for alias in aliases if "." in alias}


def column_names(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The user's names for columns as {name in the input: name in `articles`}, whichever way round they were given.

    Raises
    ------
    ValueError
        A pair names no column of `articles`, or two names are given for one.
    """
    if not columns:
        return {}
    given = {str(name): str(column) for name, column in columns.items()}
    if not set(given.values()) <= set(COLUMNS) and set(given) <= set(COLUMNS):
        given = {name: column for column, name in given.items()}
    if unknown := sorted(set(given.values()) - set(COLUMNS)):
        raise ValueError(
            f"columns: {unknown[0]!r} is no column of articles; there are {', '.join(COLUMNS)}. Write "
            "columns={'its name in your file': 'text'}."
        )
    if len(set(given.values())) < len(given):
        raise ValueError(f"columns: two names are given for one column of articles: {given}.")
    return given


def match_columns(
    names: Sequence[str], given: Mapping[str, str] | None = None, last: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Which input column gives which column of `articles`; case, spaces and underscores in names do not matter.

    What the user says in `given` ({name in the input: name in `articles`}) wins over what the names tell; those in
    `last` are taken only where no other is there.
    """
    given = {name: column for name, column in (given or {}).items() if name in names}
    guessed = _match_columns(tuple(name for name in names if name not in given), last)
    return given | {name: column for name, column in guessed.items() if column not in given.values()}


def alias_of(name: object) -> tuple[str, int] | None:
    """The column of `articles` that a name means, and how telling it is (0 is best); None when it means none."""
    return _BY_PLAIN_NAME.get(plain_name(name))


@lru_cache(maxsize=256)  # the objects of a JSON file mostly have the same keys
def _match_columns(names: tuple[str, ...], last: frozenset[str]) -> dict[str, str]:
    ranked = sorted(
        (name in last, *alias, position, name) for position, name in enumerate(names) if (alias := alias_of(name))
    )
    matched: dict[str, str] = {}
    for _, column, _, _, name in ranked:
        matched.setdefault(column, name)
    return {name: column for column, name in matched.items()}


def summary_names(names: Iterable[str]) -> list[str]:
    """Those that go by the name of a summary, the most telling first."""
    found = [(_PLAIN_SUMMARIES[plain], name) for name in names if (plain := plain_name(name)) in _PLAIN_SUMMARIES]
    return [name for _, name in sorted(found)]


def opened(row: Mapping[str, object], given: Mapping[str, str]) -> dict[str, object]:
    """An object with what nested ones say of an article in the open, under dotted names such as "fields.bodyText"."""
    found: dict[str, object] = {}
    return _rest(row, given, "", found) | found


def _rest(
    row: Mapping[str, object], given: Mapping[str, str], above: str, found: dict[str, object]
) -> dict[str, object]:
    rest: dict[str, object] = {}
    for name, value in row.items():
        path = f"{above}{name}"
        if isinstance(value, dict) and value and path.count(".") < _DEEPEST:
            if inner := _rest(value, given, f"{path}.", found):
                rest[name] = inner
        elif above and (path in given or plain_name(path) in _NESTED):
            found[path] = value
        else:
            rest[name] = value
    return rest


def from_row(
    row: Mapping[str, object],
    path: str,
    record: str,
    *,
    matched: Mapping[str, str] | None = None,
    clean: bool | None = None,
) -> Record:
    """A record from one row of a table or one JSON object.

    Pass `matched`, the result of `match_columns`, when all rows have the same columns; and `clean` when the file itself
    says that `write_articles` made it, else each row's own mark counts.
    """
    if matched is None:
        matched = match_columns(list(row))
    if clean is None:
        clean = row.get(MARK) == CLEAN
    made = Record(path, record, guess_title="title" not in matched.values(), clean=clean)
    for name, value in row.items():
        column = matched.get(name)
        if column == "path" and not clean:
            made.extra["path_in_file"] = value  # `path` is the file that was read
        elif column is not None:
            made.fields[column] = value
        elif not (clean and name == MARK) and not name.startswith("__index_level_"):
            made.extra[name] = value
    return made
