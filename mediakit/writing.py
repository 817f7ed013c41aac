"""Articles to a file that `read_articles` reads back as they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd

from .frames import require
from .readers.records import CLEAN, MARK
from .readers.repair import whole_characters


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
