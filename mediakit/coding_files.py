"""Files of codings: one line per answer, written to the disk before the next is asked for, read back whole."""

from __future__ import annotations

import csv
import io
import os
import warnings
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from .frames import FrameError, build

# the time stands last: a line that has seven fields has its whole label, wherever it was cut short
FIELDS = ("article_id", "start", "end", "text", "coder", "label", "coded_at")
_FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would compute: article text is not trusted


def read_codings(*paths: str | os.PathLike[str]) -> pd.DataFrame:
    """The labels given by hand, from one or several files.

    Parameters
    ----------
    paths
        CSV files written by `explore_coding`, or by yourself, with at least the columns article_id, start, end, coder
        and label. Several coders may share a file or have one each.

    Returns
    -------
    One row per unit and coder, the last answer where there are several: article_id, start, end, text (if the files have
    it), coder, label, coded_at. Answers that were taken back are left out.

    Raises
    ------
    FrameError
        A file is not UTF-8 or lacks a column; a line has no coder, or a start or end that is no number.

    Warns
    -----
    UserWarning
        The last line of a file was cut short, as when the machine stopped in the middle of writing: it is left out.
    """
    records = [record for path in paths for record in _records(Path(path))]
    if not records:
        return build("codings", [])
    table = pd.DataFrame(records)
    table["coded_at"] = pd.to_datetime(table["coded_at"], utc=True, errors="coerce", format="ISO8601")
    table = table.drop_duplicates(["article_id", "start", "end", "coder"], keep="last")
    return build("codings", table[table["label"] != ""].reset_index(drop=True))


def append_coding(path: Path, record: Mapping[str, object]) -> None:
    """Add one answer at the end of the file and wait until it is on the disk.

    What stands in the file is never rewritten, so nothing that is done to this line can lose another.
    """
    new = not path.exists() or path.stat().st_size == 0
    line = _line({name: record.get(name, "") for name in FIELDS})
    written = (_line_of_header() if new else b"") + line.encode("utf-8")
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        done = os.write(handle, written)
        os.fsync(handle)
    finally:
        os.close(handle)
    if done < len(written):
        raise OSError(f"{path.name}: only {done} of {len(written)} bytes could be written; is the disk full?")
    if new and hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY)  # a new file is safe once its folder is
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def repair(path: Path) -> str:
    """End a file with a whole line, as it must before another is added; returns what was done, "" when nothing.

    A last line that has its label is kept and ended; one that was cut short before is taken out and told.

    Raises
    ------
    FrameError
        The file has other columns: it was not begun by `explore_coding`.
    """
    data = path.read_bytes() if path.exists() else b""
    if _line_of_header().startswith(data):  # nothing yet, or a first line that was cut short
        path.write_bytes(b"") if data else None
        return ""
    if tuple(_header(data)) != FIELDS:
        raise FrameError(f"{path.name}: has the columns {_header(data)}, not {list(FIELDS)}. Choose another file.")
    if data.endswith(b"\n"):
        return ""
    whole = data.rfind(b"\n") + 1
    rest, said = data[whole:].decode("utf-8", "replace"), ""
    with path.open("r+b") as file:
        if _has_label(rest):
            file.seek(0, os.SEEK_END)
            file.write(b"\n")
        else:
            file.truncate(whole)
            said = f"The last line of {path.name} was cut short before its label and taken out: {rest!r}."
        file.flush()
        os.fsync(file.fileno())
    return said


def one_line(text: str) -> str:
    """Text for a cell: on one line, and nothing that a spreadsheet would compute."""
    flat = " ".join(str(text).split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def _line(record: Mapping[str, object]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow([record[name] for name in FIELDS])
    return buffer.getvalue()


def _header(data: bytes) -> list[str]:
    return next(csv.reader([data.split(b"\n", 1)[0].decode("utf-8-sig", "replace").rstrip("\r")]), [])


def _line_of_header() -> bytes:
    return _line({name: name for name in FIELDS}).encode()


def _has_label(line: str) -> bool:
    """Whether a line of `append_coding` that was cut short has its label: the fields before the last are whole then."""
    return line.count('"') % 2 == 0 and len(next(csv.reader([line]), [])) == len(FIELDS)


def _records(path: Path) -> list[dict[str, object]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a torn last line may end within a character; anything before it is a file of another kind
        if b"\n" in data[error.start :]:
            raise FrameError(f"{path.name}: no UTF-8 (byte {error.start}). Save it as CSV UTF-8.") from None
        text = data[: error.start].decode("utf-8-sig")
    if not text.strip():
        return []
    header = _header(data)
    if missing := [name for name in FIELDS if name not in (*header, "text", "coded_at")]:
        raise FrameError(f"{path.name}: missing column {missing[0]!r}; has {header}. Codings need {list(FIELDS)}.")
    last = text.rsplit("\n", 1)[1]
    # files of others may end without a line ending; ours never do
    if last and tuple(header) == FIELDS and not _has_label(last):
        warnings.warn(f"{path.name}: the last line was cut short and is left out: {last!r}", stacklevel=3)
        text = text[: len(text) - len(last)]
    lines = csv.DictReader(io.StringIO(text, newline=""))
    return [_record(line, path, lines.line_num, "text" in header) for line in lines]


def _record(line: Mapping[str, str | None], path: Path, number: int, has_text: bool) -> dict[str, object]:
    coder, label = (str(line[name] or "").strip() for name in ("coder", "label"))
    try:
        start, end = int(str(line["start"])), int(str(line["end"]))
    except ValueError:
        raise FrameError(f"{path.name}, line {number}: start and end must be whole numbers.") from None
    if not coder:
        raise FrameError(f"{path.name}, line {number}: no coder. Write who gave the label.")
    record: dict[str, object] = {"article_id": line["article_id"], "start": start, "end": end}
    text = {"text": line["text"]} if has_text else {}
    return record | text | {"coder": coder, "label": label, "coded_at": line.get("coded_at") or None}
