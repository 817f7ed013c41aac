"""Sentences with the words behind their score coloured, as HTML for a notebook.

The text of a sentence stands there unchanged, character by character: weights and rules are in attributes and style
sheet, so that to copy, to search and to test the text gives the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd
from IPython.display import HTML

from .frames import FrameError, require

__all__ = ["sentiment_html", "show_sentiment"]

# Tol's blue and orange: told apart by the colour-blind; underlined and dashed they are told apart without colour too
_STRENGTHS = {"up": ("#dbe9f6", "#a9cdea", "#77aadd"), "down": ("#fbe3d3", "#f5b999", "#ee8866")}
_EDGES = {"up": "2px solid #1f6fb0", "down": "2px dashed #b04a12"}
_STYLE = (
    "<style>.mk-words{border-collapse:collapse;width:100%;font-size:13px;line-height:1.6;table-layout:auto!important}"
    ".mk-words th{text-align:left!important;font-weight:normal;opacity:.8;padding:0 10px 4px 0}"
    ".mk-words td{border-bottom:1px solid rgba(128,128,128,.35);padding:6px 10px 6px 0;vertical-align:top;"
    "text-align:left!important;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".mk-words .mk-value{width:1%;white-space:nowrap;overflow-wrap:normal!important;font-variant-numeric:tabular-nums}"
    ".mk-words .mk-w{color:#1b1b1b;border-radius:2px;padding:0 1px}.mk-words .mk-zero{border-bottom:2px dotted #8a8a8a}"
    ".mk-words .mk-w[data-w]::after{content:attr(data-w);font-size:9px;vertical-align:super;line-height:0;"
    "margin-left:1px}.mk-words-key span{color:#1b1b1b;padding:0 4px;border-radius:2px}"
    + "".join(
        f".mk-words .mk-{side}{at},.mk-words-key .mk-{side}{at}{{background:{colour};border-bottom:{_EDGES[side]}}}"
        for side, colours in _STRENGTHS.items()
        for at, colour in enumerate(colours, 1)
    )
    + "</style>"
)
_KEY = (
    '<div class="mk-words-key"><span class="mk-up2">makes it more positive</span> '
    '<span class="mk-down2">more negative</span> (the darker, the more; small figures: weight after the rules; '
    "point at a word for the rule)</div>"
)


def show_sentiment(words: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 12) -> HTML:
    """Sentences to read, each word that made their score coloured by what it adds.

    Parameters
    ----------
    words
        One row per word behind a score, made by `sentiment_words(sentences)`.
    sentences
        The sentences to show, in this order: those of `sentences(articles)`, of `sentiment` or some of them; each is
        shown once.
    most
        Show this many sentences and say how many there are.

    Returns
    -------
    An object that a notebook shows: a row per sentence and engine with its score (the sum of the contributions) and its
    text. Words that make it more positive are blue and underlined, those that make it more negative orange and dashed;
    the small figure is the weight after the rules, rule and modifiers are told where the mouse rests. A sentence
    without a known word says so. All text is escaped.

    Raises
    ------
    FrameError
        A column is missing, or a word lies outside its sentence.
    """
    return HTML(sentiment_html(words, sentences, most=most))


def sentiment_html(words: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 12) -> str:
    """The HTML behind `show_sentiment`, for widgets."""
    require(words, "sentiment_words")
    require(sentences, "sentences", "article_id", "sentence_no", "start", "text")
    table = sentences.drop_duplicates(["article_id", "sentence_no"])
    if table.empty:
        return "<p>No sentence to show.</p>"
    engines = list(dict.fromkeys(words["engine"]))
    shown = table.head(most).to_dict("records")
    wanted = words[words["article_id"].isin({row["article_id"] for row in shown})]
    groups: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for word in wanted.to_dict("records"):
        groups.setdefault((word["article_id"], word["sentence_no"], word["engine"]), []).append(word)
    rows = []
    for row in shown:
        for engine in engines or ["no engine"]:
            own = groups.get((row["article_id"], row["sentence_no"], engine), [])
            rows.append(_row(row, engine, own))
    total = len(table)
    count = f"{total:,} sentence{'s' if total != 1 else ''}" + (f", the first {most} shown" if total > most else "")
    head = "<tr><th>engine</th><th>polarity</th><th>sentence</th></tr>"
    return f'{_STYLE}<div>{count}</div>{_KEY}<table class="mk-words">{head}{"".join(rows)}</table>'


def _row(sentence: dict[str, Any], engine: str, words: list[dict[str, Any]]) -> str:
    score = f"{sum(word['contribution'] for word in words):+.2f}" if words else "no known word"
    place = escape(f"{sentence['article_id']}, sentence {sentence['sentence_no']}", quote=True)
    body = "".join(_pieces(sentence, words))
    return (
        f'<tr><td class="mk-value">{escape(engine)}</td><td class="mk-value">{score}</td>'
        f'<td dir="auto" title="{place}">{body}</td></tr>'
    )


def _pieces(sentence: dict[str, Any], words: list[dict[str, Any]]) -> Iterator[str]:
    """The text, cut wherever a word begins or ends."""
    text, at = sentence["text"], int(sentence["start"])
    spans = [(int(word["start"]) - at, int(word["end"]) - at, word) for word in words]
    for start, end, word in spans:
        if not 0 <= start <= end <= len(text):
            raise FrameError(
                f"sentiment_words: {word['text']!r} lies outside sentence {sentence['sentence_no']} of article "
                f"{sentence['article_id']!r}. Pass the sentences that the words came from."
            )
    cuts = sorted({0, len(text), *(start for start, *_ in spans), *(end for _, end, _ in spans)})
    for start, end in pairwise(cuts):
        inside = [word for low, high, word in spans if low <= start and end <= high]
        last = [word for low, high, word in spans if inside and high == end and low <= start]
        yield _marked(text[start:end], inside, last) if inside else _escaped(text[start:end])


def _escaped(text: str) -> str:
    # a parser makes a carriage return a line feed unless it is written as a number
    return escape(text).replace("\r", "&#13;")


def _marked(text: str, words: list[dict[str, Any]], last: list[dict[str, Any]]) -> str:
    total = sum(word["contribution"] for word in words)
    strength = 1 + (abs(total) > 0.1) + (abs(total) > 0.25)
    side = f"mk-up{strength}" if total > 0 else f"mk-down{strength}" if total < 0 else "mk-zero"
    said = escape("\n".join(map(_said, words)), quote=True)
    weight = sum(word["weight"] for word in last)
    figure = f' data-w="{f"{weight:+.2g}" if weight else 0}"' if last else ""
    return f'<span class="mk-w {side}" title="{said}"{figure}>{_escaped(text)}</span>'


def _said(word: dict[str, Any]) -> str:
    by = f" by {word['modifiers']}" if word["modifiers"] else ""
    listed = f"listed {word['base']:+.2f}, here {word['weight']:+.2f}"
    return f"{word['term']}: {listed}, {word['rule']}{by}; adds {word['contribution']:+.3f}"
