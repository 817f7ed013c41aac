"""One article to read, every mention coloured by actor and every quotation shaded, as HTML for a notebook.

The text stands there unchanged, character by character: names of speakers, numbers of actors and explanations are in
attributes and style sheet, so that to copy, to search and to test the text gives the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from IPython.display import HTML

from .frames import FrameError, require

__all__ = ["article_html", "show_article"]

# Tol's scheme "light": told apart by the colour-blind, and dark letters are easy to read on each; numbers say it again
COLOURS = ("#77AADD", "#EE8866", "#EEDD88", "#FFAABB", "#44BB99", "#99DDFF", "#BBCC33", "#DDDDDD")
DARK = "#1b1b1b"
_REFERENCES = ("description", "pronoun")
_STYLE = (
    "<style>.mk-read{font-size:14px;line-height:1.75;max-width:52em}"
    ".mk-read-head{font-size:12px;opacity:.8;margin-bottom:4px}"
    ".mk-read ul{list-style:none!important;display:flex;flex-wrap:wrap;gap:2px 14px;margin:0 0 8px!important;"
    "padding:0 0 6px!important;font-size:12px;border-bottom:1px solid rgba(128,128,128,.5)}"
    ".mk-read li{margin:0!important}"
    ".mk-text{max-height:36em;overflow:auto;padding:2px 8px 2px 2px}"
    ".mk-par{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 .7em;unicode-bidi:plaintext}"
    ".mk-title{font-weight:700;font-size:17px;line-height:1.5}"
    f".mk-read .mk-m{{color:{DARK};border-radius:3px;padding:1px 2px}}"
    ".mk-read .mk-rest{color:inherit;padding:0;border-radius:0;border-bottom:2px solid #8a8a8a}"
    ".mk-read .mk-weak{border-bottom:2px dashed #6b6b6b}"
    ".mk-read .mk-m[data-n]::after{content:attr(data-n);font-size:9px;vertical-align:super;line-height:0;"
    "margin-left:1px;font-weight:700}"
    ".mk-read .mk-q{background-color:rgba(128,128,128,.28);padding-top:2px;padding-bottom:2px}"
    ".mk-read .mk-indirect{background-color:rgba(128,128,128,.15)}"
    ".mk-read .mk-who{font-weight:700}"
    ".mk-read .mk-q[data-speaker]::before{content:attr(data-speaker);font-size:10.5px;font-weight:600;color:#fff;"
    "background:#4a4a4a;border-radius:3px;padding:0 5px;margin-right:4px;line-height:1.5;display:inline-block;"
    "white-space:nowrap;max-width:18em;overflow:hidden;text-overflow:ellipsis;vertical-align:middle}"
    ".mk-read .mk-indirect[data-speaker]::before{background:#767676}"
    + "".join(f".mk-read .mk-a{at}{{background-color:{colour}!important}}" for at, colour in enumerate(COLOURS, 1))
    + "</style>"
)


class _Span(NamedTuple):
    """A stretch of the text with what is to be said of it."""

    start: int
    end: int
    kind: str  # mention, who or quote
    classes: str
    said: str
    note: str = ""  # the number of an actor, the name of a speaker


def show_article(
    article_id: str, articles: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame | None = None
) -> HTML:
    """One article to read: mentions coloured by actor, quotations shaded, with the speaker's name where they begin.

    Parameters
    ----------
    article_id
        Which article.
    articles
        The articles, or some of them.
    mentions
        One row per mention, made by `mentions(articles)`; those of other articles are left aside.
    quotes
        One row per quotation, made by `quotes(articles)`.

    Returns
    -------
    An object that a notebook shows. The eight actors named most often have a colour and a number, the others are
    underlined; form, type and confidence are told where the mouse rests. Quotations are shaded, indirect ones lightly;
    the words that say who speaks are bold. All text is escaped, and the text shown is that of the article, unchanged.

    Raises
    ------
    FrameError
        A column is missing, the article is not in `articles`, or a span lies outside its text.
    """
    return HTML(article_html(article_id, articles, mentions, quotes))


def article_html(
    article_id: str, articles: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame | None = None
) -> str:
    """The HTML behind `show_article`, for widgets."""
    require(articles, "articles", "article_id", "text")
    require(mentions, "mentions", "article_id", "start", "end", "actor")
    found = articles[articles["article_id"] == article_id]
    if found.empty:
        raise FrameError(f"articles: no article {article_id!r}. Pass one of articles['article_id'].")
    article = found.iloc[0].to_dict()
    text = article["text"]
    named = _rows(mentions, article_id, text, "mentions")
    spoken: list[dict[str, Any]] = []
    if quotes is not None:
        require(quotes, "quotes", "article_id", "start", "end", "kind", "speaker", "speaker_text")
        spoken = _rows(quotes, article_id, text, "quotes")
    sizes = pd.Series([row["actor"] for row in named], dtype="object").value_counts(sort=False)
    ranks = sizes.sort_values(ascending=False, kind="stable")
    numbers = {actor: at for at, actor in enumerate(ranks.index[: len(COLOURS)], 1)}
    spans = [_mention(row, numbers) for row in named]
    for row in spoken:
        spans += _quotation(row)
    body = "".join(_paragraphs(text, spans, _known(article.get("title"))))
    name = escape(_known(article.get("title")) or str(article_id), quote=True)
    return (
        f'{_STYLE}<div class="mk-read">{_head(article)}{_legend(ranks, numbers, spoken)}'
        f'<div class="mk-text" dir="auto" tabindex="0" role="region" aria-label="Article: {name}">{body}</div></div>'
    )


def _rows(frame: pd.DataFrame, article_id: str, text: str, name: str) -> list[dict[str, Any]]:
    rows = frame[frame["article_id"] == article_id].to_dict("records")
    for row in rows:
        if not 0 <= row["start"] <= row["end"] <= len(text):
            raise FrameError(
                f"{name}: the span {row['start']} to {row['end']} lies outside article {article_id!r}, which has "
                f"{len(text)} characters. Pass the articles that they were found in."
            )
    return [row for row in rows if row["start"] < row["end"]]


def _mention(row: dict[str, Any], numbers: dict[str, int]) -> _Span:
    actor, form = row["actor"], _known(row.get("form"))
    number = numbers.get(actor)
    classes = f"mk-m mk-a{number}" if number else "mk-m mk-rest"
    classes += " mk-weak" if form in _REFERENCES else ""
    said = " · ".join(part for part in (str(actor), _known(row.get("type")), form, _sure(row)) if part)
    return _Span(int(row["start"]), int(row["end"]), "mention", classes, said, str(number or ""))


def _quotation(row: dict[str, Any]) -> Iterator[_Span]:
    speaker, written = _known(row["speaker"]), _known(row["speaker_text"])
    name = speaker or written or "nobody named"
    who = f"{name} (“{written}”)" if speaker and written and written != speaker else name
    cue = f"cue “{_known(row.get('cue'))}”, {_known(row.get('stance'))}" if _known(row.get("cue")) else ""
    said = " · ".join(part for part in (f"{row['kind']} quotation", who, cue, _sure(row)) if part)
    yield _Span(int(row["start"]), int(row["end"]), "quote", f"mk-q mk-{_kind(row)}", said, name)
    if pd.notna(row.get("speaker_start")) and pd.notna(row.get("speaker_end")):
        yield _Span(int(row["speaker_start"]), int(row["speaker_end"]), "who", "mk-who", f"speaker: {who}")


def _kind(row: dict[str, Any]) -> str:
    return row["kind"] if row["kind"] in ("direct", "partial", "indirect") else "direct"


def _known(value: object) -> str:
    return value if isinstance(value, str) else ""


def _sure(row: dict[str, Any]) -> str:
    return f"confidence {row['confidence']:.2f}" if pd.notna(row.get("confidence")) else ""


def _paragraphs(text: str, spans: list[_Span], title: str) -> Iterator[str]:
    """The text in blocks, each with the line break that ends it."""
    block: list[str] = []
    first = True
    for end, html in _pieces(text, spans):
        block.append(html)
        if end == len(text) or text[end - 1] == "\n":
            heading = first and bool(title) and text.startswith(title)
            yield f'<div class="mk-par{" mk-title" if heading else ""}">{"".join(block)}</div>'
            block, first = [], False


def _pieces(text: str, spans: list[_Span]) -> Iterator[tuple[int, str]]:
    """The end and HTML of stretches in which no span and no paragraph begins or ends: no tags to nest."""
    breaks = {at + 1 for at, char in enumerate(text) if char == "\n"}
    cuts = sorted({0, len(text), *breaks, *(span.start for span in spans), *(span.end for span in spans)})
    waiting = sorted(spans, key=lambda span: (span.start, -span.end), reverse=True)
    active: list[_Span] = []
    for start, end in pairwise(cuts):
        active = [span for span in active if span.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        yield end, _piece(text[start:end], start, end, active)


def _piece(text: str, start: int, end: int, active: list[_Span]) -> str:
    # a parser makes a carriage return a line feed unless it is written as a number
    shown = escape(text).replace("\r", "&#13;")
    if not active:
        return shown
    inner = {kind: next((span for span in reversed(active) if span.kind == kind), None) for kind in ("mention", "who")}
    around = [span for span in active if span.kind == "quote"]
    chosen = [span for span in (inner["mention"], inner["who"], around[-1] if around else None) if span]
    attributes = [f'class="{" ".join(span.classes for span in chosen)}"']
    mention = inner["mention"]
    if mention and mention.note and mention.end == end:
        attributes.append(f'data-n="{mention.note}"')
    outside = {span.note for span in around if span.start < start}
    begun = dict.fromkeys(span.note for span in around if span.start == start and span.note not in outside)
    if begun:
        attributes.append(f'data-speaker="{escape(" / ".join(begun), quote=True)}"')
    attributes.append(f'title="{escape(chr(10).join(span.said for span in chosen), quote=True)}"')
    return f"<span {' '.join(attributes)}>{shown}</span>"


def _head(article: dict[str, Any]) -> str:
    published = article.get("published")
    day = f"{published:%-d %B %Y}" if published is not None and pd.notna(published) else "no date"
    parts = (_known(article.get("source")) or "unknown source", day, str(article["article_id"]))
    return f'<div class="mk-read-head">{escape(" · ".join(parts))}</div>'


def _legend(sizes: pd.Series, numbers: dict[str, int], quotes: list[dict[str, Any]]) -> str:
    """What the colours and shades mean, and how many of each there are."""
    entries = [
        f'<span class="mk-m mk-a{number}" data-n="{number}">{escape(str(actor))}</span> {sizes[actor]:,}'
        for actor, number in numbers.items()
    ]
    rest = sizes[~sizes.index.isin(list(numbers))]
    if len(rest):
        others = f"{len(rest):,} other {'actor' if len(rest) == 1 else 'actors'}"
        entries.append(f'<span class="mk-m mk-rest">{others}</span> {rest.sum():,}')
    for kind in ("direct", "partial", "indirect"):
        n = sum(_kind(row) == kind for row in quotes)
        if n:
            entries.append(f'<span class="mk-q mk-{kind}">{kind} quotations</span> {n:,}')
    entries = entries or ["No actor is named in this article."]
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    return f'<ul aria-label="Legend">{items}</ul>'
