"""One record made ready: values repaired, title and body joined into the text, what was lost or guessed said."""

from __future__ import annotations

import re

import pandas as pd

from .. import cleaning
from ..readers.records import IN_PART, TAKEN_AS, Problem, Record, summary_names
from ..readers.repair import repair, tidy, whole_characters
from ..readers.titles import first_line_title

_NAMES = ("source", "author", "url", "language", "kind", "published_basis", "text_basis", "title")
_NAMES_OF_NAMES = ("name", "title", "main", "original", "rendered", "url", "uri")  # {"name": …} and the like
TITLE = "title"  # what `text_basis` says of an article that has nothing else
_BY = re.compile(r"(?:written |reported |story )?by:?\s+(?=\w)", re.IGNORECASE)
_WITH_ADDRESS = re.compile(r"\S+@\S+\s+\((.+)\)|(.+?)\s*[<(\[]\s*(?:mailto:)?\S+@\S+\s*[>)\]]")
_ONLY_TITLE = "has no text: only its title was read"


def prepare(record: Record, problems: list[Problem]) -> bool:
    """Repair a record's values and join title and body into its text; False when it is no article."""
    fields = record.fields
    for name in _NAMES:
        if name in fields:
            fields[name] = name_text(fields[name], clean=record.clean)
    if not record.clean and (author := fields.get("author")):
        fields["author"] = author_names(str(author))
    if isinstance(published := fields.get("published"), str):
        fields["published"] = whole_characters(published)
    record.extra = {whole_characters(name): _sound(value) for name, value in record.extra.items()}
    text = _text(record, problems)
    if text is None:
        return False
    if record.clean:
        text = whole_characters(text)
        record.titled = fields.get("title") is not None
    else:
        repaired = repair(text)
        if repaired.lost:
            problems.append(record.problem(repaired.lost, IN_PART))
        if repaired.mended:
            problems.append(record.problem(repaired.mended, TAKEN_AS))
        text = _with_title(record, repaired.text)
    if not cleaning.has_content(text):
        problems.append(record.problem("not read: it has no text"))
        return False
    if not record.clean and record.titled and "\n" not in text.strip() and not fields.get("text_basis"):
        problems.append(record.problem(_ONLY_TITLE, IN_PART))
        fields["text_basis"] = TITLE
    fields["text"] = text
    return True


def _text(record: Record, problems: list[Problem]) -> str | None:
    """The text as it was given, else a summary; None when what stands in its place is no text."""
    text = record.fields.get("text")
    if isinstance(text, list | tuple) and text and all(isinstance(part, str) for part in text):
        text = "\n".join(text)  # paragraphs
    if is_missing(text):
        text = ""
    if not isinstance(text, str):
        problems.append(record.problem(f"not read: its text is no text but {type(text).__name__}"))
        return None
    if not record.clean and not cleaning.has_content(text):
        for name in summary_names(record.extra):
            value = record.extra[name]
            if isinstance(value, str) and cleaning.has_content(value):
                record.fields["text_basis"] = name
                return value
    return text


def _with_title(record: Record, text: str) -> str:
    """The text with its title as first line; the title may stand there already, or be found there."""
    title = record.fields.get("title")
    if title is None and record.guess_title:
        title = first_line_title(text)
        if title is not None and cleaning.line_reason(title, top=True, bottom=False):
            title = None
    record.titled = title is not None
    if title is None or tidy(text.strip().split("\n", 1)[0]) == tidy(str(title)):
        return text
    return f"{title}\n{text}"


def author_names(author: str) -> str | None:
    """The names in a byline, without "By" and without addresses of mail."""
    names = []
    for part in author.split("; "):
        name = _BY.sub("", part, count=1) if _BY.match(part) else part
        if "@" in name and (found := _WITH_ADDRESS.fullmatch(name.strip())):
            name = found[1] or found[2]
        names.append(name.strip(" \"'"))
    return "; ".join(filter(None, names)) or None


def is_missing(value: object) -> bool:
    """Whether there is no value."""
    return value is None or (type(value) is not str and pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def name_text(value: object, *, clean: bool = False) -> str | None:
    """A name, title or address as text: lists joined, {"name": …} opened, None when there is nothing."""
    if isinstance(value, dict):
        value = next((value[name] for name in _NAMES_OF_NAMES if value.get(name)), None)
    if isinstance(value, list | tuple):
        value = "; ".join(filter(None, map(name_text, value))) or None
    if is_missing(value):
        return None
    text = str(value)
    return whole_characters(text) if clean else tidy(text) or None


def _sound(value: object) -> object:
    return whole_characters(value) if isinstance(value, str) else value
