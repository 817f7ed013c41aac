"""The import card: what was read, what is missing, what was cut, what could not be read, what follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

import pandas as pd

_WIDTH, _WIDEST = 100, 72  # characters of a line, and of a column that another one follows
_FEW = 30  # articles; below, a corpus is too small to stand for more than itself
_SHOWN = 12  # rows of a table
_LAYOUT = "layout"
_PARTICULARS = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")

# JupyterLab's theme colours, with what suits light and dark pages elsewhere
_CARD = (
    "border:1px solid var(--jp-border-color2,#8888);border-radius:6px;padding:12px 16px;max-width:60em;"
    "line-height:1.45;color:var(--jp-ui-font-color1,inherit);text-align:left;"
)
_TITLE = "font-size:1.25em;font-weight:600;overflow-wrap:anywhere;"
_QUIET = "color:var(--jp-ui-font-color2,inherit);"
_HEADING = "font-weight:600;margin-top:10px;"
_LINE = "overflow-wrap:anywhere;"
_TABLE = "border-collapse:collapse;margin:2px 0 4px 0;font-size:inherit;table-layout:auto;"
_CELL = "text-align:left;vertical-align:top;padding:2px 14px 2px 0;white-space:normal;overflow-wrap:break-word;"
_NUMBER = "text-align:right;font-variant-numeric:tabular-nums;"


@dataclass(frozen=True)
class Table:
    """A small table of the card: column names, and rows of text and numbers."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


@dataclass(frozen=True)
class Section:
    """A part of the card: heading, sentences, perhaps a table."""

    heading: str
    lines: list[str] = field(default_factory=list)
    table: Table | None = None


def facts(articles: pd.DataFrame, cuts: pd.DataFrame, problems: pd.DataFrame, path: str) -> list[Section]:
    """Everything the card says, before it becomes text or HTML; the first section is the headline."""
    return [
        Section(f"{_n(len(articles), 'article')} read from {path}", [_what(articles)]),
        Section("Missing", _missing(articles)),
        _cut(cuts),
        Section("Duplicates", [_duplicates(articles)]),
        _problems(problems),
        Section("What follows", _consequences(articles)),
    ]


def _n(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _what(articles: pd.DataFrame) -> str:
    words = int(articles["text"].str.count(r"\S+").sum())
    parts = [f"{_n(words, 'word')} in all"]
    n_sources = articles["source"].nunique()
    if n_sources:
        parts.append(_n(n_sources, "source"))
    dates = articles["published"].dropna()
    if len(dates):
        first, last = dates.min().date(), dates.max().date()
        parts.append(f"published {first}" if first == last else f"published {first} to {last}")
    if "path" in articles:
        parts.append(f"from {_n(articles['path'].nunique(), 'file')}")
    return ", ".join(parts) + "."


def _missing(articles: pd.DataFrame) -> list[str]:
    n = len(articles)
    lines = []
    for column, noun in {"title": "title", "source": "source", "published": "date", "language": "language"}.items():
        gone = int(articles[column].isna().sum()) if column in articles else n
        if gone:
            lines.append(f"{noun}: {'all' if gone == n and n > 1 else f'{gone:,} of {n:,}'}")
    return lines or ["nothing: each article has a title, a source, a date and a language."]


def _cut(cuts: pd.DataFrame) -> Section:
    layout = int((cuts["reason"] == _LAYOUT).sum())
    cuts = cuts[cuts["reason"] != _LAYOUT]
    note = f"Blank lines and blanks at line ends: {_n(layout, 'stretch').replace('stretchs', 'stretches')}."
    if cuts.empty:
        return Section("Cut from the texts", ["No boilerplate found.", *([note] if layout else [])])
    rows: list[tuple[object, ...]] = []
    for reason, group in sorted(cuts.groupby("reason"), key=lambda pair: (-len(pair[1]), pair[0])):
        example = group.iloc[0]
        shown = f"{_short(str(example['text']).strip())}  ({example['article_id']})"
        rows.append((reason, group["article_id"].nunique(), len(group), shown))
    lines = [*([note] if layout else []), "All of it is in the frame cuts; raw_text(articles, cuts) puts it back."]
    return Section("Cut from the texts", lines, Table(("reason", "articles", "cuts", "example"), rows))


def _short(text: str, length: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _duplicates(articles: pd.DataFrame) -> str:
    same = articles[articles["text"].duplicated(keep=False)]
    if same.empty:
        return "No two articles have the same text (near-duplicates are not looked for)."
    groups = same.groupby("text", sort=False)["article_id"].agg(list)
    example = ", ".join(groups.iloc[0][:4]) + (" …" if len(groups.iloc[0]) > 4 else "")
    return (
        f"{_n(len(same), 'article')} share {_n(len(groups), 'text')}, word for word (such as {example}): "
        f"{articles['text'].nunique():,} different texts in all."
    )


def _problems(problems: pd.DataFrame) -> Section:
    if problems.empty:
        return Section("Not read, or not whole", ["Nothing: everything was read."])
    rows: list[tuple[object, ...]] = []
    grouped = problems.assign(kind=problems["reason"].map(_without_particulars)).groupby("kind", sort=False)
    for _, group in sorted(grouped, key=lambda pair: -len(pair[1])):
        first = group.iloc[0]
        place = first["path"] if pd.isna(first["record"]) else f"{first['path']}, {first['record']}"
        rows.append((_short(first["reason"], 140), len(group), place))
    return Section("Not read, or not whole", [], Table(("reason", "n", "first place"), rows))


def _without_particulars(reason: str) -> str:
    return _PARTICULARS.sub("…", reason)


def _consequences(articles: pd.DataFrame) -> list[str]:
    """What can and cannot be said with these articles, as far as the import shows it."""
    n, lines = len(articles), []
    if n == 1:
        lines.append("One article: everything found is about this text, nothing about coverage.")
    elif n < _FEW:
        lines.append(f"{n} articles speak for themselves; they are too few to stand for the coverage of a story.")
    return [*lines, *_about_sources(articles), *_about_dates(articles), *_about_texts(articles)] or [
        "Nothing speaks against comparing sources and dates; each result names its own n."
    ]


def _about_sources(articles: pd.DataFrame) -> list[str]:
    unknown = int(articles["source"].isna().sum())
    sizes = articles["source"].value_counts()
    if sizes.empty:
        return ["No source is known: nothing can be said about sources. A metadata.csv or a column source adds them."]
    lines = []
    if len(sizes) == 1 and not unknown and len(articles) > 1:
        lines.append("One source: there is nothing to compare it with.")
    elif len(sizes) > 1 and sizes.max() == 1:
        lines.append("One article per source: nothing can be said about sources, only about these articles.")
    elif len(sizes) > 1 and (single := int((sizes == 1).sum())):
        lines.append(f"{_n(single, 'source')} with one article only: no comparison can rest on {_them(single)}.")
    if unknown:
        lines.append(f"{_n(unknown, 'article')} without a source: shown as “unknown” in every grouping by source.")
    return lines


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _about_dates(articles: pd.DataFrame) -> list[str]:
    dates = articles["published"].dropna()
    if dates.empty:
        return ["No date is known: nothing can be said about change over time."]
    lines = []
    if len(dates) < len(articles):
        lines.append(f"{_n(len(articles) - len(dates), 'article')} without a date: left out of everything over time.")
    if dates.dt.date.nunique() == 1 and len(articles) > 1:
        lines.append("All dates fall on one day: nothing can be said about change over time.")
    if "published_basis" in articles:
        basis = articles.loc[articles["published"].notna(), "published_basis"].dropna()
        if len(basis):
            example = _short(basis.iloc[0], 70)
            lines.append(f"{_n(len(basis), 'date')} with a note on how it is known, such as: {example}.")
    return lines


def _about_texts(articles: pd.DataFrame) -> list[str]:
    lines = []
    untitled = int(articles["title"].isna().sum())
    if untitled:
        lines.append(f"{_n(untitled, 'article')} without a title: left out of what is said about headlines.")
    bare = int((articles["text"] == articles["title"]).sum())
    if bare:
        lines.append(f"{_n(bare, 'article')} of a title only: counts per article compare unequal lengths.")
    if articles["text"].duplicated().any():
        lines.append("Repeated texts count more than once: articles.drop_duplicates('text') keeps one of each.")
    if "language" not in articles or articles["language"].isna().any():
        lines.append("Where the language is not known, English is assumed.")
    return lines


# --- the two faces of the card ---------------------------------------------------------------------------------------


def as_text(sections: list[Section]) -> str:
    """The card for a terminal."""
    lines: list[str] = []
    for number, section in enumerate(sections):
        heading = _printable(section.heading)
        lines += [heading, "=" * len(heading)] if number == 0 else ["", heading]
        for line in section.lines:
            lines += wrap(_printable(line), _WIDTH, initial_indent="  ", subsequent_indent="    ")
        if section.table:
            lines += _text_table(section.table)
    return "\n".join(lines)


def _printable(text: object) -> str:
    """Without what would move the cursor or turn the writing direction round."""
    return "".join(letter if letter.isprintable() else " " for letter in str(text))


def _text_table(table: Table) -> list[str]:
    rows = [table.columns, *[tuple(map(_printable, row)) for row in table.rows[:_SHOWN]]]
    last = len(table.columns) - 1
    widths = [max(len(row[column]) for row in rows) for column in range(last)]
    widths = [min(width, _WIDEST) for width in widths]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=False)
        ]
        lines.append(f"  {'  '.join(cells)}  {row[last]}")
    return [*lines, *([f"  … and {len(table.rows) - _SHOWN} more"] if len(table.rows) > _SHOWN else [])]


def as_html(sections: list[Section]) -> str:
    """The card for a notebook, in the colours of its theme; every value is escaped."""
    first, *others = sections
    parts = [f'<div style="{_CARD}"><div style="{_TITLE}">{_safe(first.heading)}</div>']
    parts += [f'<div style="{_QUIET}">{_safe(line)}</div>' for line in first.lines]
    for section in others:
        parts.append(f'<div style="{_HEADING}">{_safe(section.heading)}</div>')
        if section.table:
            parts.append(_html_table(section.table))
        parts += [f'<div style="{_LINE}">{_safe(line)}</div>' for line in section.lines]
    return "".join([*parts, "</div>"])


def _safe(value: object) -> str:
    return f"<bdi>{escape(_printable(value))}</bdi>"


def _html_table(table: Table) -> str:
    head = "".join(f'<th style="{_CELL}font-weight:600">{_safe(name)}</th>' for name in table.columns)
    body = ""
    for row in table.rows[:_SHOWN]:
        cells = (f'<td style="{_CELL}{_NUMBER if isinstance(value, int) else ""}">{_safe(value)}</td>' for value in row)
        body += f"<tr>{''.join(cells)}</tr>"
    more = len(table.rows) - _SHOWN
    rest = f'<div style="{_LINE}">… and {more} more</div>' if more > 0 else ""
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}'
