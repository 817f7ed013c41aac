"""The import card: what was read, what was lost, what is unsure, what was cut, what follows from it.

Here is what the card says; `card_faces` turns it into text and HTML. It is written for an editor, not for a programmer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ..duplicates import describe_near_duplicates
from ..languages import language_code, language_name
from .records import IN_PART, NOT_READ, PASSED_OVER, TAKEN_AS

ALARM, LOOK = "alarm", "look"  # how much a section asks for attention: something is lost; something is to be checked

_FEW = 30  # articles; below, a corpus is too small to stand for more than itself
_LAYOUT = "layout"
_PARTICULARS = re.compile(r"'[^']*'|\"[^\"]*\"|\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Table:
    """A small table of the card: column names, and rows of text and numbers."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


@dataclass(frozen=True)
class Section:
    """A part of the card: heading, sentences, perhaps a table; and how much it asks for attention."""

    heading: str
    lines: list[str] = field(default_factory=list)
    table: Table | None = None
    weight: str | None = None


def facts(
    articles: pd.DataFrame,
    cuts: pd.DataFrame,
    problems: pd.DataFrame,
    path: str,
    duplicates: pd.DataFrame | None = None,
) -> list[Section]:
    """Everything the card says, before it becomes text or HTML; the first section is the headline.

    `duplicates` is the frame of `near_duplicates(articles)`; None where they were not looked for.
    """
    return [
        Section(f"{_n(len(articles), 'article')} read from {path}", [_what(articles)]),
        *_problem_sections(problems, path),
        Section("Missing", _missing(articles)),
        Section("Dates, sources, languages", [*_dates(articles), *_sources(articles), *_languages(articles)]),
        Section("Duplicates", _duplicates(articles, duplicates)),
        _cut(cuts),
        Section("What follows", _consequences(articles, duplicates)),
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


# --- what the readers had to say -------------------------------------------------------------------------------------


def _problem_sections(problems: pd.DataFrame, path: str) -> list[Section]:
    """What was lost first, then what is to be checked, then what was guessed and what was left alone."""
    kinds = (
        (NOT_READ, "Lost: not read", ALARM),
        (IN_PART, "To be checked: read, but something in it is missing or in doubt", LOOK),
        (TAKEN_AS, "Taken as: correct it where it is wrong", None),
        (PASSED_OVER, "Left alone on purpose", None),
    )
    inside = Path(path).as_posix() + "/"
    problems = problems.assign(path=problems["path"].astype("str").str.removeprefix(inside))
    sections = [
        Section(heading, table=_reasons(found), weight=weight)
        for kind, heading, weight in kinds
        if len(found := problems[problems["kind"] == kind])
    ]
    if (problems["kind"] == NOT_READ).any():
        return sections
    return [Section("Lost", ["Nothing: everything was read."]), *sections]


def _reasons(problems: pd.DataFrame) -> Table:
    """Problems of the same kind in one row, with the first place where each is found."""
    rows: list[tuple[object, ...]] = []
    grouped = problems.assign(group=problems["reason"].map(_without_particulars)).groupby("group", sort=False)
    for _, group in sorted(grouped, key=lambda pair: -len(pair[1])):
        first = group.iloc[0]
        place = first["path"] if pd.isna(first["record"]) else f"{first['path']}, {first['record']}"
        rows.append((_short(first["reason"], 140), len(group), place))
    return Table(("reason", "n", "first place"), rows)


def _without_particulars(reason: str) -> str:
    return _PARTICULARS.sub("…", reason)


def _short(text: str, length: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


# --- dates, sources, languages ---------------------------------------------------------------------------------------


def _missing(articles: pd.DataFrame) -> list[str]:
    n = len(articles)
    lines = []
    for column, noun in {"title": "title", "source": "source", "published": "date", "language": "language"}.items():
        gone = int(articles[column].isna().sum()) if column in articles else n
        if gone:
            lines.append(f"{noun}: {'all' if gone == n and n > 1 else f'{gone:,} of {n:,}'}")
    return lines or ["Nothing: each article has a title, a source, a date and a language."]


def _dates(articles: pd.DataFrame) -> list[str]:
    """How the dates are known, most frequent first."""
    if "published_basis" not in articles:
        return []
    bases = articles.loc[articles["published"].notna(), "published_basis"].dropna()
    bases = bases.astype("str").str.split(r":\s| \(", regex=True).str[0]  # particulars follow
    return [f"Dates: {_counted(bases)}."] if len(bases) else []


def _sources(articles: pd.DataFrame) -> list[str]:
    """Which spellings were brought together under one name."""
    if "source_given" not in articles:
        return []
    changed = articles.loc[articles["source_given"].notna(), ["source", "source_given"]].astype("str")
    changed = changed[changed["source_given"] != changed["source"]]
    if changed.empty:
        return []
    names = {str(source): sorted(group["source_given"].unique()) for source, group in changed.groupby("source")}
    most = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shown = [
        f"{' and '.join(f'“{_short(given, 40)}”' for given in spellings[:3])} as {name}" for name, spellings in most[:4]
    ]
    rest = f"; and {_n(len(most) - 4, 'more source')}" if len(most) > 4 else ""
    return [
        f"Sources: one name for one outlet, {'; '.join(shown)}{rest} (the spelling of the file is in source_given)."
    ]


def _languages(articles: pd.DataFrame) -> list[str]:
    if "language" not in articles or articles["language"].isna().all():
        return []
    names = articles["language"].dropna().map(lambda value: language_name(language_code(value) or str(value)))
    told = _counted(names)
    if "language_basis" in articles and (read := int((articles["language_basis"] == "identified").sum())):
        told += "; read from the text" if read == len(names) else f"; {read:,} of them read from the text"
    return [f"Languages: {told}."]


def _counted(values: pd.Series, most: int = 6) -> str:
    """ "12 given, 3 inferred": values with their numbers, most frequent first."""
    counts = sorted(Counter(values.astype("str")).items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(n for _, n in counts[most:])
    shown = [f"{n:,} {_short(value, 70)}" for value, n in counts[:most]]
    return ", ".join([*shown, *([f"{rest:,} others"] if rest else [])])


# --- duplicates and cuts ---------------------------------------------------------------------------------------------


def _duplicates(articles: pd.DataFrame, duplicates: pd.DataFrame | None) -> list[str]:
    if duplicates is None:
        return ["Not looked for in so many articles: near_duplicates(articles) finds them."]
    lines = [describe_near_duplicates(duplicates, len(articles))]
    if duplicates.empty:
        return lines
    lines.append(f"Effective number of independent articles: {independent(articles, duplicates):,}.")
    largest = duplicates[duplicates["cluster"] == duplicates["cluster"].iloc[0]]
    ids = [str(article_id) for article_id in largest["article_id"]]
    lines.append(
        f"The largest: {', '.join(ids[:4])}{f' and {len(ids) - 4:,} more' if len(ids) > 4 else ''}. "
        "show_duplicates(near_duplicates(articles), articles) shows them side by side."
    )
    return lines


def independent(articles: pd.DataFrame, duplicates: pd.DataFrame) -> int:
    """The number of articles when each cluster of near-duplicates counts as one."""
    return len(articles) - len(duplicates) + duplicates["cluster"].nunique()


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


# --- what follows ----------------------------------------------------------------------------------------------------


def _consequences(articles: pd.DataFrame, duplicates: pd.DataFrame | None) -> list[str]:
    """What can and cannot be said with these articles, as far as the import shows it."""
    n, lines = len(articles), []
    if n == 1:
        lines.append("One article: everything found is about this text, nothing about coverage.")
    elif n < _FEW:
        lines.append(f"{n} articles speak for themselves; they are too few to stand for the coverage of a story.")
    lines += [*_about_sources(articles), *_about_dates(articles), *_about_texts(articles, duplicates)]
    return lines or ["Nothing speaks against comparing sources and dates; each result names its own n."]


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
        them = "it" if single == 1 else "them"
        lines.append(f"{_n(single, 'source')} with one article only: no comparison can rest on {them}.")
    if unknown:
        lines.append(f"{_n(unknown, 'article')} without a source: shown as “unknown” in every grouping by source.")
    return lines


def _about_dates(articles: pd.DataFrame) -> list[str]:
    dates = articles["published"].dropna()
    if dates.empty:
        return ["No date is known: nothing can be said about change over time."]
    lines = []
    if len(dates) < len(articles):
        lines.append(f"{_n(len(articles) - len(dates), 'article')} without a date: left out of everything over time.")
    if dates.dt.date.nunique() == 1 and len(articles) > 1:
        lines.append("All dates fall on one day: nothing can be said about change over time.")
    return lines


def _about_texts(articles: pd.DataFrame, duplicates: pd.DataFrame | None) -> list[str]:
    lines = []
    untitled = int(articles["title"].isna().sum())
    if untitled:
        lines.append(f"{_n(untitled, 'article')} without a title: left out of what is said about headlines.")
    bare = int((articles["text"] == articles["title"]).sum())
    if bare:
        lines.append(f"{_n(bare, 'article')} of a title only: counts per article compare unequal lengths.")
    if duplicates is not None and len(duplicates):
        lines.append("A story told twice counts twice: articles = drop_duplicates(articles) keeps one of each.")
    if foreign := _other_languages(articles):
        lines.append(
            f"{foreign}: what is made for English (sentiment, actors) refuses them; english_articles(articles) keeps "
            "the others."
        )
    if "language" not in articles or articles["language"].isna().any():
        lines.append("Where the language is not known, English is assumed.")
    return lines


def _other_languages(articles: pd.DataFrame) -> str:
    if "language" not in articles:
        return ""
    codes: Sequence[str] = [language_code(value) or str(value) for value in articles["language"].dropna()]
    n = sum(code != "en" for code in codes)
    return f"{_n(n, 'article')} not in English" if n else ""
