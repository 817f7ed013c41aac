"""From a path to articles, and back to a file."""

from __future__ import annotations

import datetime as dt
import json
import os
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from . import cleaning
from .frames import FRAMES, build, require
from .readers import Problem, ReadError, Record, known_endings, read_records
from .readers.card import as_html, as_text, facts
from .readers.dates import parse_dates
from .readers.records import CLEAN, MARK
from .readers.repair import repair, tidy, whole_characters
from .readers.titles import first_line_title

_NAMES = ("source", "author", "url", "language", "kind", "published_basis", "title")
_ONLY_TITLE = "has no text: only its title was read"


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """What was read from a path; shown as the import card in a notebook and in a terminal.

    Attributes
    ----------
    articles, cuts, problems
        The frames of these names.
    path
        Where the articles were read from, as given.
    """

    articles: pd.DataFrame
    cuts: pd.DataFrame
    problems: pd.DataFrame
    path: str

    def __repr__(self) -> str:
        """The import card as plain text."""
        return as_text(facts(self.articles, self.cuts, self.problems, self.path))

    def _repr_html_(self) -> str:
        return as_html(facts(self.articles, self.cuts, self.problems, self.path))


def read_corpus(path: str | os.PathLike[str]) -> Corpus:
    """Read a folder of articles, or a file of them: .txt, .csv, .tsv, .jsonl, .json or .parquet.

    Texts are decoded, repaired and cleaned; what was removed is in `cuts`, what could not be read in `problems`. A
    folder is read with its subfolders, and its `metadata.csv` (column `file`, then source, published, title …)
    describes the files beside it. Common column names are understood (headline, body, outlet, pub_date …), and columns
    of your own are kept. A record that has only a title becomes an article of that title alone, and a line in
    `problems`. Files made by `write_articles` come back as they were written.

    Parameters
    ----------
    path
        A folder or a file.

    Returns
    -------
    Corpus
        The frames articles, cuts and problems.

    Raises
    ------
    FileNotFoundError
        There is nothing at `path`.
    ReadError
        No article could be read; a ValueError whose message says why and what to do.
    """
    place = Path(path)
    records: list[Record] = []
    problems: list[Problem] = []
    for item in read_records(place):
        if isinstance(item, Problem):
            problems.append(item)
        elif _prepare(item, problems):
            records.append(item)
    if not records:
        raise ReadError(_nothing_read(place, problems))
    _give_ids(records, problems, place)
    articles, cuts = _frames(records, problems, place)
    found = pd.DataFrame(problems, columns=list(Problem._fields))
    return Corpus(articles, cuts, build("problems", found), str(path))


def read_articles(path: str | os.PathLike[str]) -> pd.DataFrame:
    """The articles of a folder or file, as `read_corpus` reads them, with a warning when there were problems.

    Returns
    -------
    One row per article: article_id, source, published, title, text and what else the input has.

    Raises
    ------
    FileNotFoundError, ReadError
        As `read_corpus`.
    """
    corpus = read_corpus(path)
    n = len(corpus.problems)
    if n:
        first = corpus.problems.iloc[0]
        place = first["path"] if pd.isna(first["record"]) else f"{first['path']}, {first['record']}"
        warnings.warn(
            f"{n} {'problem' if n == 1 else 'problems'} reading {corpus.path}; the first: {place}: {first['reason']}. "
            "All of them: read_corpus(path).problems.",
            stacklevel=2,
        )
    return corpus.articles


def write_articles(articles: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write articles to a .csv, .jsonl or .parquet file that `read_articles` reads back as they are.

    The file is marked as clean, so that nothing is repaired or cut a second time. Every column of the data dictionary
    comes back exactly; columns of your own do from parquet, and from csv and jsonl where they hold text, numbers or
    true and false. Csv does not know the empty text from a missing one: both come back as missing. Cells are written as
    they are, also those that a spreadsheet would take for a formula (they start with = + - @): open files of unknown
    origin in a text editor, or use the tables that `save_figure` writes.

    Parameters
    ----------
    articles
        The frame `articles`; its index is not written.
    path
        The file, replaced whole or not at all. Its ending decides the format.

    Raises
    ------
    FrameError
        A column is missing.
    ValueError
        Another ending.
    """
    require(articles, "articles")
    target = Path(path)
    writers = {".csv": _write_csv, ".jsonl": _write_jsonl, ".parquet": _write_parquet}
    write = writers.get(target.suffix.casefold())
    if write is None:
        raise ValueError(
            f"{target.name}: articles are written to {', '.join(writers)} files; choose one of these endings."
        )
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        write(articles, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write_csv(articles: pd.DataFrame, path: Path) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes spreadsheets read it as UTF-8
        writer = csv.writer(file)
        writer.writerow([*articles.columns, MARK])
        for row in _rows(articles):
            writer.writerow(["" if value is None else value for value in row.values()])


def _write_jsonl(articles: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(articles):
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _write_parquet(articles: pd.DataFrame, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(articles, preserve_index=False)
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), MARK: CLEAN}), path)


def _rows(articles: pd.DataFrame) -> list[dict[str, object]]:
    """One dict a row, None for what is missing, times as text, and the mark by which the file is known again."""
    columns = {}
    for name in articles.columns:
        values = articles[name]
        missing = values.isna()
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.map(lambda time: time.isoformat(), na_action="ignore")
        plain = values.astype("object").tolist()
        columns[str(name)] = [None if gone else _plain(value) for value, gone in zip(plain, missing, strict=True)]
    columns[MARK] = [CLEAN] * len(articles)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return whole_characters(value)
    return value.item() if hasattr(value, "item") else value  # numpy's numbers are unknown to json


# --- from records to frames ------------------------------------------------------------------------------------------


def _prepare(record: Record, problems: list[Problem]) -> bool:
    """Repair a record's values and join title and body into its text; False when it is no article."""
    fields = record.fields
    for name in _NAMES:
        if name in fields:
            fields[name] = _name(fields[name], clean=record.clean)
    record.extra = {whole_characters(name): _sound(value) for name, value in record.extra.items()}
    text = fields.get("text")
    if _is_missing(text):
        text = ""
    if not isinstance(text, str):
        problems.append(record.problem(f"not read: its text is no text but {type(text).__name__}"))
        return False
    if record.clean:
        text = whole_characters(text)
        record.titled = fields.get("title") is not None
    else:
        text, note = repair(text)
        if note:
            problems.append(record.problem(note))
        text = _with_title(record, text)
    if not cleaning.has_content(text):
        problems.append(record.problem("not read: it has no text"))
        return False
    if not record.clean and record.titled and "\n" not in text.strip():
        problems.append(record.problem(_ONLY_TITLE))
    fields["text"] = text
    return True


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


def _is_missing(value: object) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _name(value: object, *, clean: bool = False) -> str | None:
    """A name, title or address as text: lists joined, {"name": …} opened, None when there is nothing."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list | tuple):
        value = "; ".join(filter(None, map(_name, value))) or None
    if _is_missing(value):
        return None
    text = str(value)
    return whole_characters(text) if clean else tidy(text) or None


def _sound(value: object) -> object:
    return whole_characters(value) if isinstance(value, str) else value


def _give_ids(records: Sequence[Record], problems: list[Problem], place: Path) -> None:
    """Unique ids: as given, else the file's name (with its folder where names recur) and the record's number."""
    given = [_given_id(record) for record in records]
    names = [_derived_id(record, Path(record.path).name) for record in records]
    recurring = {name for name, n in Counter(names).items() if n > 1}
    used = set(given) - {None}
    counts: Counter[str] = Counter()
    taken: set[str] = set()
    for record, own, name in zip(records, given, names, strict=True):
        if own is None and (name in recurring or name in used):
            file = Path(record.path)
            name = _derived_id(record, file.relative_to(place).as_posix() if place in file.parents else file.name)
        wanted = article_id = own or name
        while article_id in taken or (article_id in used and article_id != own):
            counts[wanted] += 1
            article_id = f"{wanted}-{counts[wanted] + 1}"
        if article_id != wanted:
            problems.append(record.problem(f"article_id {wanted!r} stands more than once: this one is {article_id!r}"))
        taken.add(article_id)
        record.fields["article_id"] = article_id


def _given_id(record: Record) -> str | None:
    value = record.fields.get("article_id")
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of numbers with a gap in it comes as floats
    return _name(value, clean=record.clean)


def _derived_id(record: Record, file: str) -> str:
    stem = whole_characters(file.rsplit(".", 1)[0] or file)
    return f"{stem}-{record.record.split()[-1]}" if record.record else stem


def _frames(records: Sequence[Record], problems: list[Problem], place: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames articles and cuts; dates that cannot be read are problems."""
    given = [(None if r.clean else r.fields.get("published"), r.fields.get("source"), r.path) for r in records]
    published, _, reasons = parse_dates(*zip(*given, strict=True), now=dt.datetime.now(dt.UTC))
    written = pd.Series([r.fields.get("published") if r.clean else None for r in records], dtype="object")
    published = published.fillna(pd.to_datetime(written, utc=True, format="ISO8601", errors="coerce"))
    problems += [record.problem(reason) for record, reason in zip(records, reasons, strict=True) if reason]
    cleaned = _clean(records)
    columns: dict[str, object] = {
        "article_id": [record.fields["article_id"] for record in records],
        "source": [record.fields.get("source") for record in records],
        "published": published,
        "title": [article.title for article in cleaned],
        "text": [article.text for article in cleaned],
    }
    for name in (column.name for column in FRAMES["articles"].columns if column.optional and column.name != "path"):
        if any(name in record.fields for record in records):
            columns[name] = [record.fields.get(name) for record in records]
    if not all(record.clean and "path" not in record.fields for record in records):
        columns["path"] = [
            _name(r.fields.get("path"), clean=True) if r.clean else _inside(r.path, place) for r in records
        ]
    for name in dict.fromkeys(name for record in records for name in record.extra):
        free = name if name not in columns else f"{name}.2"
        columns[free] = [record.extra.get(name) for record in records]
    rows = [(record.fields["article_id"], *cut) for record, a in zip(records, cleaned, strict=True) for cut in a.cuts]
    cuts = pd.DataFrame(rows, columns=["article_id", *cleaning.Cut._fields])
    return build("articles", pd.DataFrame(columns)), build("cuts", cuts)


def _inside(path: str, place: Path) -> str:
    """The path of a file inside the folder that was read, so that frames are the same wherever the folder lies."""
    file = Path(path)
    return file.relative_to(place).as_posix() if file.is_relative_to(place) and file != place else file.name


def _clean(records: Sequence[Record]) -> list[cleaning.Cleaned]:
    """Cleaned texts; records from a file of `write_articles` are clean already."""
    raws = [
        cleaning.Raw(str(r.fields["text"]), r.titled, _name(r.fields.get("source"))) for r in records if not r.clean
    ]
    fresh = iter(cleaning.clean(raws))
    return [
        cleaning.Cleaned(str(r.fields["text"]), _name(r.fields.get("title"), clean=True), [])
        if r.clean
        else next(fresh)
        for r in records
    ]


def _nothing_read(place: Path, problems: Sequence[Problem]) -> str:
    """Why a path gave no article, and what to do."""
    what = "folder" if place.is_dir() else "file"
    if not problems:
        return f"{place}: the {what} is empty; put articles in it, as {known_endings()} files."
    shown = "; ".join(f"{p.path}{f', {p.record}' if p.record else ''}: {p.reason}" for p in problems[:3])
    more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
    return f"{place}: no article could be read from this {what}. {shown}{more}. Readable are {known_endings()} files."
