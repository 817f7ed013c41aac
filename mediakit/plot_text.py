"""Words in figures: escaped, wrapped, measured.

Article text and labels are untrusted, and plotly renders a subset of HTML in labels and hover: all text that reaches a
figure goes through `plain` and `escape`. Widths are estimated for the widest of the fonts that figures ask for, so that
nothing is cut off whichever of them is installed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from .frames import labels

P = ParamSpec("P")
R = TypeVar("R")
SOFT = "#4D4D4D"
NARROW = 640  # px: what a figure without a width of its own is laid out for at least
NARROWEST = 320
LEAST_N = 145  # px of a line with n, however narrow the label
# so that the width reaches every label without being handed through each function
_PAGE: ContextVar[int] = ContextVar("width", default=NARROW)
# widths in DejaVu Sans, in font sizes; a test measures them
WIDTHS = {
    0.35: "IJijl ,./:;\\|'‘’·іїјιΙ",
    0.45: "!()-[]frt²",
    0.55: '"*_`–°§?csz“”„гзсэґєεζ',
    0.65: "$FLkvxyвтухчьγκλνξςυχΓ",
    0.85: "&DGHOQ#+<=>^w~−×±÷ØДЛНОПЦмыЪюΗΘΟΠΦΨΩω",
    1.1: "MW@%m…—©®æÆœŒ¼½¾МФЫЖшщжфњљЊЉШЩЮΜ",
}

_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNBROKEN = re.compile(r" %|\bp [=<] (?=[\d.])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


def fitted(plot: Callable[P, R]) -> Callable[P, R]:
    """A plot whose keyword `width` says for how many px its labels and lines are laid out; as it was where it is None.

    Raises ValueError where labels would have no room.
    """

    @wraps(plot)
    def drawn(*args: P.args, **options: P.kwargs) -> R:
        width = options.get("width")
        if width is None:
            return plot(*args, **options)
        if not isinstance(width, int) or width < NARROWEST:
            raise ValueError(f"{plot.__name__}: width is {width!r}; it is a whole number of px, {NARROWEST} or more.")
        token = _PAGE.set(width)
        try:
            return plot(*args, **options)
        finally:
            _PAGE.reset(token)

    return drawn


def page() -> int:
    """The px across that the figure is laid out for: its width, or the narrowest column that it may be shown in."""
    return _PAGE.get()


def slim() -> bool:
    """Whether the figure is for a newspaper column: less beside the plot area, smaller heads."""
    return page() < 500


def scaled(width: float) -> float:
    """What a label may take of a figure that is narrower than NARROW."""
    return width * _scale()


def unscaled(width: float) -> float:
    """The width to ask of `label` for one that may take `width` px."""
    return width / _scale()


def _scale() -> float:
    return min(1.0, 0.3 + 0.7 * page() / NARROW)


def unbroken(text: str, width: float, size: float) -> bool:
    """Whether each word of the text fits into a line of `width` px."""
    return all(text_width(word, size) <= width for word in plain(text).split(" "))


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
    base = unicodedata.normalize("NFD", char)[0]
    for wide, chars in WIDTHS.items():
        if base in chars:
            return wide
    return 0.77 if base.isupper() else 0.7 if ord(base) > 0x7F else 0.64


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


def balanced(text: str, width: float, size: float, max_lines: int) -> list[str]:
    """As `wrap`, with lines of about the same length, so that no word is left alone on the last.

    "95 %" and "p < .05" stay in one line.
    """
    text = _UNBROKEN.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    lines = wrap(text, width, size, max_lines)
    while len(lines) > 1:
        width *= 0.97
        narrower = wrap(text, width, size, len(lines) + 1)
        if len(narrower) > len(lines) or any(line.endswith("…") for line in narrower):
            break
        lines = narrower
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


def isolate(line: str) -> str:
    """A right-to-left line between isolates, so that "(n = 5)" behind it keeps its place."""
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in line)
    return f"\u2068{line}\u2069" if right_to_left else line


def label(value: object, width: float = 190, size: float = 12, max_lines: int = 2, n: str = "") -> str:
    """A label as plotly shows it: escaped, wrapped, with `n` (such as "n = 5") in brackets behind or below it."""
    width = scaled(width)
    lines = wrap(plain(value), width, size, max_lines)
    shown = [escape(isolate(line)) for line in lines]
    if not n:
        return "<br>".join(shown)
    fits = max_lines == 1 or text_width(f"{lines[-1]} ({n})", size) <= width
    # only in a newspaper column is n itself too long for a line
    counts = [f"({n})"] if fits else balanced(f"({n})", max(width, LEAST_N), size, 3)
    told = "<br>".join(f'<span style="color:{SOFT}">{escape(line)}</span>' for line in counts)
    return "<br>".join(shown) + (" " if fits else "<br>") + told


def block_width(html: str, size: float = 12) -> float:
    """Estimated width in px of a label made by `label`."""
    lines = re.sub(r"</?span[^>]*>", "", html).replace("&amp;", "&").split("<br>")
    return max((text_width(re.sub(r"&[a-z#0-9]+;", "x", line), size) for line in lines), default=0.0)


def number(value: float, digits: int = 2, *, sign: bool = False) -> str:
    """A number in words: typographic minus, "none" when missing."""
    return "none" if pd.isna(value) else f"{value:{'+' if sign else ''},.{digits}f}".replace("-", "−")


def p_value(value: float) -> str:
    """A p-value as it is printed: never 0, which none is; "not tested" when missing."""
    return "not tested" if pd.isna(value) else f"p = {value:.3f}" if value >= 0.001 else "p < 0.001"


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
    rows["text"], rows["hit"] = evidence["text"], evidence.get("hit")
    found: dict[tuple[str, ...], str] = {}
    rows = rows.drop_duplicates([*names, "text"])
    for key, some in rows.groupby(names, sort=False):
        pairs = zip(some["text"][:limit], some["hit"][:limit], strict=True)
        found[key] = "<br>".join(quoted(text, hit) for text, hit in pairs)
    return found


def listed(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    known = [part for part in parts if part]
    return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)
