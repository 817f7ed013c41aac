"""How every figure looks and what stands around it: palette, template, labels, title, source line.

All text that reaches a figure goes through `plain` and `escape` here: article text and labels are untrusted, and plotly
renders a subset of HTML in labels and hover. Widths are estimated for the widest of the fonts in FONT, so that nothing
is cut off where a narrower or a wider one is installed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from .frames import FrameError, fingerprint, labels

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, SOFT, GREY, RULE = "#1A1A1A", "#4D4D4D", "#767676", "#D9D9D9"
# Okabe and Ito (2008), the light colours darkened until each has a contrast of 3 : 1 with white paper
PALETTE = ("#0072B2", "#D55E00", "#00805E", "#AA4E86", "#8A6100", "#2A8FBD", "#000000")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star")
MAX_SERIES = len(PALETTE)
NARROW = 640  # px: the narrowest column that titles, notes and labels are wrapped for
EDGE = 16  # px kept free on every side
LINE = 1.3  # plotly's line spacing, in font sizes

_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True)
class Words:
    """What is said around a figure: title and subtitle above it, notes below, alt text for those who cannot see it."""

    frame: str
    title: str
    subtitle: str
    alt: str
    n: int
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def template() -> go.layout.Template:
    """The one template of all figures."""
    axis = {
        "gridcolor": RULE,
        "linecolor": GREY,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": INK},
        "title": {"font": {"size": 12, "color": SOFT}, "standoff": 8},
        "automargin": False,
        "fixedrange": False,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": "#FFFFFF",
            "plot_bgcolor": "#FFFFFF",
            "colorway": list(PALETTE),
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "align": "left",
                "bgcolor": "#FFFFFF",
                "bordercolor": GREY,
                "font": {"size": 12, "color": INK},
            },
            "hovermode": "closest",
            "legend": {"orientation": "h", "font": {"size": 12}, "itemsizing": "constant", "bgcolor": "rgba(0,0,0,0)"},
            "separators": ".,",
        }
    )


def plain(value: object, limit: int = 600) -> str:
    """One line of text without control characters or direction overrides, cut at `limit` characters."""
    text = "unknown" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)
    text = text[: limit * 4].encode("utf-8", "replace").decode("utf-8")
    text = _CONTROL.sub(" ", _BIDI.sub("", text)).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape(text: str) -> str:
    """Text as plotly shows it: no tag, no entity and no TeX of the text's own."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("$", "&#36;")


def text_width(text: str, size: float) -> float:
    """Estimated width of `text` in px at font size `size`, on the wide side."""
    return size * sum(_em(char) for char in text)


@lru_cache(maxsize=4096)
def _em(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x1F000:
        return 1.15
    if char in "iljtfrI.,:;'’|!()[]- ":
        return 0.39
    if char in "mwMW@%—":
        return 0.96
    return 0.69 if char.isupper() else 0.62


def wrap(text: str, width: float, size: float, max_lines: int = 2) -> list[str]:
    """Split into at most `max_lines` lines no wider than `width` px; a word too long is broken, a text too long cut."""
    lines = [""]
    for word in text.split(" "):
        for piece in _pieces(word, width, size):
            joined = f"{lines[-1]} {piece}".strip() if piece is not word or lines[-1] else piece
            if text_width(joined, size) <= width:
                lines[-1] = joined
            elif lines[-1]:
                lines.append(piece)
            else:
                lines[-1] = piece
    if len(lines) > max_lines:
        lines = lines[:max_lines]
        while lines[-1] and text_width(lines[-1] + "…", size) > width:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip() + "…"
    return lines


def _pieces(word: str, width: float, size: float) -> list[str]:
    if text_width(word, size) <= width:
        return [word]
    pieces, used = [""], 0.0
    for char in word:
        wide = _em(char) * size
        if used + wide > width and wide:
            pieces.append("")
            used = 0.0
        pieces[-1] += char
        used += wide
    return pieces


def _isolate(line: str) -> str:
    """A right-to-left line between isolates, so that "(n = 5)" behind it keeps its place."""
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in line)
    return f"\u2068{line}\u2069" if right_to_left else line


def label(value: object, width: float = 190, size: float = 12, max_lines: int = 2, n: str = "") -> str:
    """A label as plotly shows it: escaped, wrapped, with `n` (such as "n = 5") in brackets behind it."""
    lines = wrap(plain(value), width, size, max_lines)
    shown = [escape(_isolate(line)) for line in lines]
    if not n:
        return "<br>".join(shown)
    count = f"({escape(n)})"
    fits = text_width(f"{lines[-1]} {count}", size) <= width
    return "<br>".join(shown) + (" " if fits else "<br>") + f'<span style="color:{SOFT}">{count}</span>'


def block_width(html: str, size: float = 12) -> float:
    """Estimated width in px of a label made by `label`."""
    lines = re.sub(r"</?span[^>]*>", "", html).replace("&amp;", "&").split("<br>")
    return max((text_width(re.sub(r"&[a-z#0-9]+;", "x", line), size) for line in lines), default=0.0)


def number(value: float, digits: int = 2, *, sign: bool = False) -> str:
    """A number in words: typographic minus, "none" when missing."""
    return "none" if pd.isna(value) else f"{value:{'+' if sign else ''},.{digits}f}".replace("-", "−")


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 article", "1,000 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def interval(value: float, low: float, high: float) -> str:
    """ "0.12 (0.05 to 0.19)", or the value and that there is no interval."""
    if pd.isna(value):
        return "no value"
    if pd.isna(low) or pd.isna(high):
        return f"{number(value)} (too few for an interval)"
    return f"{number(value)} ({number(low)} to {number(high)})"


def hover(head: object, lines: Iterable[str] = (), sentences: str = "") -> str:
    """Hover text: a bold head, plain lines, then sentences as `quoted` or `evidence_text` gives them."""
    shown = ["<b>" + "<br>".join(escape(line) for line in wrap(plain(head), 420, 12, 3)) + "</b>"]
    shown += [escape(part) for line in lines if line for part in wrap(plain(line), 420, 12, 3)]
    return "<br>".join([*shown, sentences] if sentences else shown)


def quoted(sentence: object, hit: object = None) -> str:
    """A sentence of the corpus for hover: at most three lines, the hit in bold where it stands in one line."""
    lines = wrap(plain(sentence), 420, 12, 3)
    word = plain(hit) if isinstance(hit, str) else ""
    shown = []
    for line in lines:
        before, found, after = line.partition(word) if word else (line, "", "")
        bold = f"<b>{escape(found)}</b>" if found else ""
        shown.append(escape(before) + bold + escape(after))
        word = "" if found else word
    return f"“{'<br>'.join(shown)}”"


def evidence_text(evidence: pd.DataFrame | None, keys: Sequence[str], limit: int = 2) -> Mapping[tuple[str, ...], str]:
    """For each key the first sentences of `evidence`; rows need the key columns and `text` (and `hit`, shown bold)."""
    if evidence is None or "text" not in evidence or any(key not in evidence for key in keys) or evidence.empty:
        return {}
    rows = pd.DataFrame({str(i): labels(evidence[key]) for i, key in enumerate(keys)}, index=evidence.index)
    names = list(rows.columns)
    rows["text"], rows["hit"] = evidence["text"], evidence["hit"] if "hit" in evidence else None
    found: dict[tuple[str, ...], str] = {}
    rows = rows.drop_duplicates([*names, "text"])
    for key, some in rows.groupby(names, sort=False):
        pairs = zip(some["text"][:limit], some["hit"][:limit], strict=True)
        found[key] = "<br>".join(quoted(text, hit) for text, hit in pairs)
    return found


def key_columns(rows: pd.DataFrame, keys: Sequence[str]) -> list[list[str]]:
    """For each row its key as text, which is what `customdata` carries."""
    return (
        [list(key) for key in zip(*(labels(rows[key]) for key in keys), strict=True)]
        if keys
        else [[] for _ in rows.index]
    )


def joined(rows: pd.DataFrame, keys: Sequence[str]) -> pd.Series:
    """Several grouping columns as one label, such as "Outlet A · vader"; "" when there are none."""
    return pd.Series([" · ".join(key) for key in key_columns(rows, keys)], index=rows.index, dtype="str")


def grouping(rows: pd.DataFrame, by: str, articles: pd.DataFrame | None) -> pd.Series:
    """The column `by` of `rows` as labels, looked up in `articles` by article_id where `rows` lacks it."""
    if by in rows:
        return labels(rows[by])
    if articles is None or by not in articles:
        raise FrameError(f"{by!r} is a column neither of the rows nor of articles. Pass articles=… with that column.")
    return labels(rows["article_id"].map(articles.set_index("article_id")[by]))


def listed(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    known = [part for part in parts if part]
    return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)


def series_style(number_in_order: int) -> dict[str, Any]:
    """Colour and symbol of the n-th series: both differ, so that either is enough."""
    return {"color": PALETTE[number_in_order % MAX_SERIES], "symbol": SYMBOLS[number_in_order % MAX_SERIES]}


def span(values: Iterable[float], *, zero: bool = True, pad: float = 0.06) -> list[float]:
    """An axis range that holds all values (and zero), with some air."""
    known = [float(value) for value in values if np.isfinite(value)] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    air = (high - low or abs(high) or 1.0) * pad
    return [low - air if low < 0 or not zero else low, high + air if high > 0 or not zero else high]


def row_axis(fig: go.Figure, ticks: Sequence[str], *, at: Sequence[float] | None = None, room: float = 0.5) -> None:
    """Rows from the top down, their labels at the left with the margin that they need."""
    places = list(range(len(ticks))) if at is None else list(at)
    fig.update_yaxes(
        tickvals=places,
        ticktext=list(ticks),
        range=[max(places, default=0) + room, -room],
        showgrid=False,
        autorange=False,
    )
    fig.update_layout(margin_l=EDGE + 10 + max((block_width(tick) for tick in ticks), default=30))


def zero_line(fig: go.Figure) -> None:
    """A line at zero that stands out from the grid."""
    fig.add_vline(x=0, line={"color": INK, "width": 1}, layer="below")


def finish(
    fig: go.Figure,
    words: Words,
    *,
    height: float,
    articles: pd.DataFrame | None = None,
    title: str | None = None,
    call: str | None = None,
    n_articles: int | None = None,
) -> go.Figure:
    """Title, subtitle, legend, notes, source line and meta. `height` is that of the plot area, in px.

    The axes' own room must stand in `margin` before: l for row labels, b for tick labels, r for words at the right.
    """
    corpus = fingerprint(articles) if articles is not None else None
    n_articles = len(articles) if articles is not None else n_articles
    source = source_line(n_articles, corpus)
    heading = plain(title if title is not None else words.title)
    head = wrap(heading, (NARROW - 2 * EDGE) / 1.08, 18, 4)
    below = wrap(plain(words.subtitle), NARROW - 2 * EDGE, 13, 6)
    foot = [line for note in words.notes if note for line in wrap(plain(note, 1200), NARROW - 2 * EDGE, 11, 8)]
    header = EDGE + len(head) * 18 * LINE + len(below) * 13 * LINE + 6
    top = header + _legend_rows(fig) * 22 + 12
    margin = fig.layout.margin
    left, right, axis = margin.l or 64, margin.r or 24, margin.b or 30
    axis += 24 if fig.layout.xaxis.title.text else 0
    bottom = axis + 10 + (len(foot) + 1) * 11 * LINE + EDGE
    total = top + height + bottom
    fig.update_layout(
        template=template(),
        height=round(total),
        margin={"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False},
        title={
            "text": "<br>".join(escape(_isolate(line)) for line in head),
            "font": {"size": 18, "weight": "bold"},
            "subtitle": {
                "text": "<br>".join(escape(_isolate(line)) for line in below),
                "font": {"size": 13, "color": SOFT},
            },
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"l": EDGE, "t": EDGE},
        },
        legend={"x": 0.01, "xref": "container", "xanchor": "left", "y": 1 - header / total, "yref": "container"},
        legend_yanchor="top",
        meta={
            "frame": words.frame,
            "call": call or f"plot_{words.frame}({words.frame})",
            "corpus": corpus,
            "n": int(words.n),
            "n_articles": None if n_articles is None else int(n_articles),
            "caption": " ".join(_sentence(part) for part in (heading, words.subtitle, *words.notes, source) if part),
            "alt": plain(words.alt, 1500),
        },
    )
    fig.add_annotation(
        text="<br>".join(escape(line) for line in [*foot, source]),
        x=0, xref="paper", xanchor="left", xshift=EDGE - left, align="left", showarrow=False,
        y=0, yref="paper", yanchor="top", yshift=-axis - 10, borderpad=0,
        font={"size": 11, "color": SOFT},
    )
    return fig


def _legend_rows(fig: go.Figure) -> int:
    names = [trace.name for trace in fig.data if trace.showlegend and trace.name]
    rows, used = (1 if names else 0), 0.0
    for name in names:
        wide = block_width(name) + 48
        if used and used + wide > NARROW - 2 * EDGE:
            rows, used = rows + 1, 0.0
        used += wide
    return rows


def source_line(n_articles: int | None, corpus: str | None) -> str:
    """ "Source: 5 articles, corpus a1b2c3d4e5f6 · mediakit"."""
    known = [count(n_articles, "article")] if n_articles is not None else []
    known += [f"corpus {corpus}"] if corpus else []
    return f"Source: {', '.join(known)} · mediakit" if known else "Source: mediakit"


def _sentence(text: str) -> str:
    text = plain(text, 1200)
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def nothing(words: Words, why: str, *, articles: pd.DataFrame | None, title: str | None, call: str | None) -> go.Figure:
    """A figure that says in words what cannot be shown."""
    fig = go.Figure()
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    fig.update_layout(margin={"l": EDGE, "b": 1})
    shown = "<br>".join(escape(line) for line in wrap(plain(why), NARROW - 4 * EDGE, 14, 6))
    fig.add_annotation(text=shown, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"size": 14})
    said = Words(words.frame, words.title, "Nothing to show", why, 0, ())
    return finish(fig, said, height=120, articles=articles, title=title, call=call)
