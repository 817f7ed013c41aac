"""Two sides of one event beside each other, as HTML for a notebook: what one tells, what the other, what both."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from IPython.display import HTML

from .frames import FrameError, require

__all__ = ["contrast_html", "show_contrast"]

_MOST = 12  # items of a kind and side in the table; the frame has all
_LONG = 110  # characters of an item shown in the table
_KINDS = {
    "number": "Figures",
    "quotation": "Quotations",
    "actor": "Actors",
    "place": "Places",
    "passage": "Passages",
    "term": "Words",
}
_NOTED = ("number", "quotation")  # kinds whose note is told in the table
_STYLE = (
    "<style>.mk-two{font-size:13px;line-height:1.5}"
    ".mk-two table{border-collapse:collapse;width:100%;table-layout:fixed;margin:0 0 10px!important}"
    ".mk-two th,.mk-two td{text-align:left!important;vertical-align:top!important;padding:5px 12px 5px 0!important;"
    "white-space:normal!important;overflow-wrap:anywhere;border-bottom:1px solid rgba(128,128,128,.3)}"
    ".mk-two th{font-weight:600}.mk-two th small,.mk-two .mk-note{font-weight:normal;opacity:.8}"
    ".mk-two .mk-kind{width:6.5em}.mk-two table,.mk-two td,.mk-two th{font-size:13px!important}"
    ".mk-two tr{background:none!important}.mk-two .mk-none{opacity:.6}"
    ".mk-two .mk-items>div{margin-bottom:3px}.mk-two summary{cursor:pointer;opacity:.8}"
    ".mk-two .mk-scroll{max-height:34em;overflow:auto;padding:2px 10px 2px 2px;font-size:13.5px;line-height:1.65}"
    ".mk-two .mk-par{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 .7em;unicode-bidi:plaintext}"
    ".mk-two .mk-s{color:#1b1b1b;border-radius:2px;padding:1px 0}"
    ".mk-two .mk-a{background:#ffd9b8}.mk-two .mk-b{background:#c4e0f5}"
    ".mk-two .mk-both{background:#e3e3e3}.mk-two .mk-differs{background:#ffe875;font-weight:700}"
    ".mk-two .mk-a{border-bottom:2px solid #c05a00}.mk-two .mk-b{border-bottom:2px dashed #1f6fb0}"
    ".mk-two .mk-lone{background:none;color:inherit}"
    ".mk-two [data-n]::after{content:attr(data-n);font-size:9px;vertical-align:super;line-height:0;font-weight:700;"
    "margin-left:1px}</style>"
)


class _Mark(NamedTuple):
    """A stretch of a text with how it is marked, what is said of it, and the number that finds it on the other side."""

    start: int
    end: int
    classes: str
    said: str
    number: str


def show_contrast(contrast: pd.DataFrame, articles: pd.DataFrame) -> HTML:
    """Two sides beside each other: what one tells alone, what the other, what both.

    Parameters
    ----------
    contrast
        The frame made by `contrast(articles, a, b)`.
    articles
        The articles it was made from.

    Returns
    -------
    An object that a notebook shows: a table by kind, and under it the texts, a at the left and b at the right. What one
    side has alone stands on its colour (a: orange, underlined; b: blue, dashed), a passage that it has alone is only
    underlined; what both have is grey, differing figures are yellow; the same number on both sides marks what belongs
    together. Of what is told several times, the first place is marked. Only articles with a row of `contrast` are
    shown. All text is escaped.

    Raises
    ------
    FrameError
        A column is missing, an article is not in `articles`, or a span lies outside its text.
    """
    return HTML(contrast_html(contrast, articles))


def contrast_html(contrast: pd.DataFrame, articles: pd.DataFrame) -> str:
    """The HTML behind `show_contrast`, for widgets."""
    require(contrast, "contrast")
    require(articles, "articles")
    if contrast.empty:
        return "<p>Nothing was found that either side tells.</p>"
    rows = contrast.to_dict("records")
    numbers = _numbers(rows)
    texts = articles.drop_duplicates("article_id").set_index("article_id").to_dict("index")
    names = {side: _name(rows, side, texts) for side in "ab"}
    if names["a"] == names["b"]:
        names = {side: f"{name}, {', '.join(_ids(rows, side)) or 'the other'}" for side, name in names.items()}
    cells = "".join(f"<td>{_side(rows, side, texts, numbers)}</td>" for side in "ab")
    heads = "".join(f"<th>{escape(names[side])}</th>" for side in "ab")
    return (
        f'{_STYLE}<div class="mk-two">{_table(rows, names, numbers)}{_legend(names)}'
        f"<table><tr>{heads}</tr><tr>{cells}</tr></table></div>"
    )


def _numbers(rows: list[dict[str, Any]]) -> dict[int, str]:
    """A number for each row that has two places which are not the same word: what belongs together."""
    paired = [
        at for at, row in enumerate(rows) if _known(row["article_a"]) and _known(row["article_b"]) and _is_text(row)
    ]
    return {at: str(number) for number, at in enumerate(paired, 1)}


def _is_text(row: dict[str, Any]) -> bool:
    return row["kind"] in ("number", "quotation", "passage")


def _name(rows: list[dict[str, Any]], side: str, texts: dict[str, dict[str, Any]]) -> str:
    """The sources of a side; nothing is known of a side without a row."""
    ids = _ids(rows, side)
    missing = [article_id for article_id in ids if article_id not in texts]
    if missing:
        raise FrameError(f"articles: no article {missing[0]!r}. Pass the articles that the contrast was made from.")
    sources = dict.fromkeys(_known(texts[article_id]["source"]) or "unknown source" for article_id in ids)
    return ", ".join(sources) or f"side {side}"


def _ids(rows: list[dict[str, Any]], side: str) -> list[str]:
    return sorted({row[f"article_{side}"] for row in rows if _known(row[f"article_{side}"])})


def _table(rows: list[dict[str, Any]], names: dict[str, str], numbers: dict[int, str]) -> str:
    columns = {"a": ("a only",), "both": ("differs", "both"), "b": ("b only",)}
    heads = [f"only {names['a']}", "both", f"only {names['b']}"]
    lines = [f'<tr><th class="mk-kind"></th>{"".join(f"<th>{escape(head)}</th>" for head in heads)}</tr>']
    for kind, label in _KINDS.items():
        if not any(row["kind"] == kind for row in rows):
            continue
        cells = []
        for sides in columns.values():
            chosen = [(at, row) for at, row in enumerate(rows) if row["kind"] == kind and row["side"] in sides]
            cells.append(f'<td class="mk-items">{_items(chosen, kind, numbers)}</td>')
        lines.append(f'<tr><th class="mk-kind">{label}</th>{"".join(cells)}</tr>')
    return f"<table>{''.join(lines)}</table>"


def _items(chosen: list[tuple[int, dict[str, Any]]], kind: str, numbers: dict[int, str]) -> str:
    """The items of one cell: names and words in a line, texts one below the other."""
    if not chosen:
        return '<span class="mk-none">none found</span>'
    parts = [_item(row, numbers.get(at, "")) for at, row in chosen]
    shown, rest = parts[:_MOST], parts[_MOST:]
    if kind in ("actor", "place", "term"):
        more = f"<details><summary>{len(rest)} more</summary>{', '.join(rest)}</details>" if rest else ""
        return ", ".join(shown) + more
    shown, rest = parts[:4], parts[4:]
    lines = "".join(f"<div>{part}</div>" for part in shown)
    hidden = "".join(f"<div>{part}</div>" for part in rest)
    return lines + (f"<details><summary>{len(rest)} more</summary>{hidden}</details>" if rest else "")


def _item(row: dict[str, Any], number: str) -> str:
    text = row["item"] if len(row["item"]) <= _LONG else f"{row['item'][:_LONG].rstrip()}…"
    times = {"a only": row["n_a"], "b only": row["n_b"]}.get(row["side"], 0)
    count = f" ({row['n_a']}:{row['n_b']})" if not times and not _is_text(row) else f" ({times})" if times > 1 else ""
    tag = f' data-n="{number}"' if number else ""
    body = f"<b>{escape(text)}</b>" if row["side"] == "differs" else escape(text)
    note = f' <span class="mk-note">{escape(row["note"])}</span>' if row["note"] and row["kind"] in _NOTED else ""
    return f'<span title="{escape(row["note"])}"{tag}>{body}{count}</span>{note}'


def _legend(names: dict[str, str]) -> str:
    parts = [
        f'<span class="mk-s mk-a">only {escape(names["a"])}</span>',
        f'<span class="mk-s mk-b">only {escape(names["b"])}</span>',
        '<span class="mk-s mk-both">both</span>',
        '<span class="mk-s mk-differs">differing figures</span>',
    ]
    return f"<p>{' · '.join(parts)} · first place of each marked</p>"


def _side(rows: list[dict[str, Any]], side: str, texts: dict[str, dict[str, Any]], numbers: dict[int, str]) -> str:
    parts = []
    for article_id in _ids(rows, side):
        article = texts[article_id]
        marks = [
            _mark(row, side, numbers.get(at, "")) for at, row in enumerate(rows) if row[f"article_{side}"] == article_id
        ]
        text = article["text"]
        outside = next((mark for mark in marks if not 0 <= mark.start < mark.end <= len(text)), None)
        if outside:
            raise FrameError(
                f"contrast: the span {outside.start} to {outside.end} lies outside article {article_id!r}, which has "
                f"{len(text)} characters. Pass the articles that it was made from."
            )
        day = f"{article['published']:%-d %B %Y}" if pd.notna(article["published"]) else "no date"
        parts.append(f"<small>{escape(f'{article_id} · {day}')}</small>{''.join(_paragraphs(text, marks))}")
    label = escape(f"Side {side}")
    return f'<div class="mk-scroll" dir="auto" tabindex="0" role="region" aria-label="{label}">{"".join(parts)}</div>'


def _mark(row: dict[str, Any], side: str, number: str) -> _Mark:
    name = {"a only": "mk-a", "b only": "mk-b"}.get(row["side"], f"mk-{row['side']}")
    # a passage holds other marks: it is underlined, so that they can be seen in it
    classes = f"mk-s {name}" + (" mk-lone" if row["kind"] == "passage" and row["side"] != "both" else "")
    where = f"only {row['side'][0]}" if row["side"].endswith("only") else row["side"]
    said = " · ".join(part for part in (row["kind"], where, row["note"]) if part)
    return _Mark(int(row[f"start_{side}"]), int(row[f"end_{side}"]), classes, said, number)


def _paragraphs(text: str, marks: list[_Mark]) -> Iterator[str]:
    block: list[str] = []
    for end, html in _pieces(text, marks):
        block.append(html)
        if end == len(text) or text[end - 1] == "\n":
            yield f'<div class="mk-par">{"".join(block)}</div>'
            block = []


def _pieces(text: str, marks: list[_Mark]) -> Iterator[tuple[int, str]]:
    """The end and HTML of stretches in which no mark and no paragraph begins or ends; the shortest mark shows."""
    breaks = {at + 1 for at, char in enumerate(text) if char == "\n"}
    cuts = sorted({0, len(text), *breaks, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end), reverse=True)
    active: list[_Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        # a parser makes a carriage return a line feed unless it is written as a number
        shown = escape(text[start:end]).replace("\r", "&#13;")
        if not active:
            yield end, shown
            continue
        inner = min(active, key=_depth)
        said = escape("; ".join(dict.fromkeys(mark.said for mark in active)))
        number = ",".join(mark.number for mark in active if mark.number and mark.end == end)
        tag = f' data-n="{number}"' if number else ""
        yield end, f'<span class="{inner.classes}" title="{said}"{tag}>{shown}</span>'


def _depth(mark: _Mark) -> tuple[int, int]:
    """The mark to show comes first: a name that both have does not break a quotation, nor an own passage anything."""
    word = mark.classes == "mk-s mk-both" and not mark.number
    return 2 * mark.classes.endswith("mk-lone") + word, mark.end - mark.start


def _known(value: object) -> str:
    return value if isinstance(value, str) else ""
