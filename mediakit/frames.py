"""Frames at the door and at the exit: check what comes in (`require`), build what goes out (`build`).

Frames are plain pandas DataFrames; `dictionary` says which columns each one has. This is the ground floor: it imports
nothing of mediakit but the dictionary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pandas as pd
from pandas.api import types as dtypes

from .dictionary import DTYPES, FRAMES, Frame

__all__ = [
    "FRAMES",
    "FrameError",
    "as_list",
    "build",
    "fingerprint",
    "group_keys",
    "labels",
    "measure_name",
    "measure_names",
    "require",
]

# Columns that are averaged, where their name alone would puzzle a reader.
_MEASURES = {
    "per_1000": "rate per 1,000 tokens",
    "flesch": "Flesch reading ease",
    "fk_grade": "Flesch–Kincaid grade",
    "lix": "LIX",
    "mtld": "lexical diversity (MTLD)",
    "share_agent": "share of acting",
    "share_women": "share of women",
}


class FrameError(ValueError):
    """A frame lacks a column, or a column holds the wrong kind of value. The message names the remedy."""


def build(name: str, data: Mapping[str, object] | Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A frame `name` from columns or records: known columns first and in order, right dtypes even when empty.

    Columns that the dictionary does not know are kept: grouping columns before the known ones, others behind them.
    """
    spec = FRAMES[name]
    frame = pd.DataFrame(data if isinstance(data, Mapping | pd.DataFrame) else list(data))
    for column in spec.columns:
        if column.name in frame:
            frame[column.name] = _cast(frame[column.name], column.kind)
        elif not column.optional:
            if len(frame):
                raise FrameError(f"{name}: missing column {column.name!r}; has {list(frame.columns)}.")
            frame[column.name] = pd.Series(dtype=DTYPES[column.kind])
    known = [column.name for column in spec.columns if column.name in frame]
    extra = [column for column in frame.columns if column not in known]
    return frame[extra + known] if spec.grouped else frame[known + extra]


def _cast(values: pd.Series, kind: str) -> pd.Series:
    if kind == "datetime":
        return pd.to_datetime(values, utc=True).astype(DTYPES[kind])
    if kind == "float":
        return pd.to_numeric(values).astype("float64")
    return values.astype(DTYPES[kind])


def require(frame: pd.DataFrame, name: str, *columns: str) -> pd.DataFrame:
    """Return `frame` if it can serve as the frame `name`, so that a bad input fails at the door and by name.

    Parameters
    ----------
    frame
        The frame that was passed in; extra columns are welcome.
    name
        A key of FRAMES.
    columns
        Check only these. Default: every column that is not optional.

    Raises
    ------
    FrameError
        Not a DataFrame, a column is missing, or a column holds another kind of value.
    """
    spec = FRAMES[name]
    if not isinstance(frame, pd.DataFrame):
        raise FrameError(f"{name}: expected a DataFrame, got {type(frame).__name__}. {_remedy(spec)}")
    wanted = columns or tuple(spec.required)
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        label = "column" if len(missing) == 1 else "columns"
        names = ", ".join(repr(column) for column in missing)
        raise FrameError(f"{name}: missing {label} {names}; has {list(frame.columns)}. {_remedy(spec)}")
    for column in spec.columns:
        if column.name in wanted and not _fits(frame[column.name], column.kind):
            raise FrameError(
                f"{name}: column {column.name!r} should hold {column.kind} values, has dtype "
                f"{frame[column.name].dtype}. {_remedy(spec)}"
            )
    if name == "articles" and frame["article_id"].duplicated().any():
        twice = frame.loc[frame["article_id"].duplicated(), "article_id"].iloc[0]
        raise FrameError(f"articles: article_id {twice!r} stands more than once; ids must be unique.")
    return frame


def _fits(values: pd.Series, kind: str) -> bool:
    if values.isna().all():
        return True  # empty, or nothing known: any dtype will do
    if kind == "str":
        # mixed objects pass where what is not missing is text: frames from elsewhere come as object
        return dtypes.is_string_dtype(values.dropna())
    if kind == "int":
        return dtypes.is_integer_dtype(values)
    if kind == "float":
        return dtypes.is_numeric_dtype(values)
    if kind == "bool":
        return dtypes.is_bool_dtype(values)
    return dtypes.is_datetime64_any_dtype(values)


def _remedy(spec: Frame) -> str:
    return f"Pass the frame made by mediakit.{spec.made_by}."


def fingerprint(articles: pd.DataFrame) -> str:
    """Twelve hex digits that name a corpus: the same ids and texts give the same, in whatever order they stand."""
    require(articles, "articles", "article_id", "text")
    rows = sorted(zip(articles["article_id"], articles["text"], strict=True))
    digest = hashlib.sha256()
    for article_id, text in rows:
        for part in (article_id, text):
            encoded = str(part).encode("utf-8", "surrogatepass")
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()[:12]


def labels(values: pd.Series) -> pd.Series:
    """Group labels as text, with "unknown" for what is missing, so that no group is dropped in silence."""
    return values.astype("object").where(values.notna(), "unknown").astype("str")


def group_keys(by: str | Iterable[str] | None, name: str, columns: Iterable[str]) -> list[str]:
    """The grouping columns of `by` as a list, if they can stand at the front of the frame `name`.

    Raises
    ------
    FrameError
        A column is not among `columns`, or has the name of a column that the frame brings itself.
    """
    keys, columns = as_list(by), list(columns)
    own = {column.name for column in FRAMES[name].columns}
    for key in keys:
        if key in own:
            raise FrameError(f"{name}: by={key!r} has the name of a column of the result; rename it in articles first.")
        if key not in columns:
            raise FrameError(f"{name}: no column {key!r} to group by; there are {columns}. Pass articles that have it.")
    return keys


def as_list(by: str | Iterable[str] | None) -> list[str]:
    """The grouping columns of a `by` option as a list."""
    return [] if by is None else [by] if isinstance(by, str) else list(by)


def measure_name(measure: str) -> str:
    """A column that was averaged as a reader is told of it: "per_1000 of Jane Doe" is her rate per 1,000 tokens."""
    column, of, whom = str(measure).partition(" of ")
    return _MEASURES.get(column, column.replace("_", " ")) + of + whom


def measure_names(measures: Iterable[str]) -> str:
    """Several measures in a few words: what they are of is left out where they are the same of several."""
    found = sorted(set(map(str, measures)))
    heads = sorted({measure.partition(" of ")[0] for measure in found})
    return " and ".join(measure_name(one) for one in (heads if len(heads) < len(found) else found))
