"""Figures as files: page, vector, pixels, print, the data behind them and how they were made.

Static pictures are drawn by Chrome or Chromium through kaleido, one browser for all figures of a process. Nothing is
fetched: kaleido's default of loading MathJax from the network is turned off.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import hashlib
import html
import json
import os
import platform
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pandas.api import types as dtypes

from .frames import fingerprint, require

FORMATS = ("html", "svg", "png", "pdf")
ENDINGS = (*FORMATS, "csv", "json")
RENDER_SECONDS = 120
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for the start of a formula (OWASP, CSV injection)

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; img-src data: blob:">
<meta name="description" content="{caption}">
<title>{title}</title>
<style>
body {{ margin: 0 auto; max-width: {width}px; font: 15px/1.45 Arial, Helvetica, sans-serif; color: #1a1a1a; }}
figure {{ margin: 0; }}
figcaption {{ padding: 8px 16px 24px; color: #4d4d4d; }}
</style>
</head>
<body>
<figure aria-label="{alt}">
{figure}
{below}
</figure>
</body>
</html>
"""


class ExportError(RuntimeError):
    """A figure could not be written. Nothing was changed; the message names the remedy."""


def save_figure(
    fig: go.Figure,
    path: str | os.PathLike[str],
    *,
    data: pd.DataFrame | None = None,
    articles: pd.DataFrame | None = None,
    caption: str | None = None,
    alt: str | None = None,
    width: int = 680,
    height: int | None = None,
    scale: float = 3.2,
    formats: Iterable[str] = FORMATS,
) -> dict[str, Path]:
    """Write a figure with its data, its caption and how it was made; all of the files or none.

    Parameters
    ----------
    fig
        A figure of this package, or any other plotly figure.
    path
        Where, without an ending ("figures/sentiment"); one of the endings below is taken off. Folders are made.
    data
        The frame behind the figure, written as .csv (UTF-8 with a mark, as spreadsheets expect). Text that a
        spreadsheet would run as a formula (= + - @, tab, carriage return at its start) gets a leading apostrophe.
    articles
        The articles frame: its ids and fingerprint go into the .json.
    caption, alt
        In place of those in `fig.layout.meta`.
    width, height
        In px, for a figure that has none of its own (a word cloud has its width, all have their height). 680 px printed
        180 mm wide give text of 8 to 13 points; for a column of 90 mm make the figure with `width=380`.
    scale
        Pixels of the .png per px; the default gives 300 to the inch at these sizes.
    formats
        Which of html, svg, png and pdf. The .json is always written. Files of other formats are left as they are.

    Returns
    -------
    The paths by ending: html (one file that works offline), svg, png, pdf, csv (with `data`), json (caption, alt text,
    call, n, corpus fingerprint, versions, the files, article ids). Same input, same bytes on the same machine.

    Raises
    ------
    ExportError
        No Chrome or Chromium for svg, png, pdf, or it failed. Files that stood there before are untouched.
    ValueError
        A format that is not one of the four.
    """
    wanted = [formats] if isinstance(formats, str) else list(formats)
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise ValueError(f"save_figure: unknown format {unknown[0]!r}. Choose from {', '.join(FORMATS)}.")
    stem = _stem(path)
    meta = fig.layout.meta if isinstance(fig.layout.meta, dict) else {}
    about = {
        "title": _title(fig, stem),
        "caption": caption if caption is not None else meta.get("caption", ""),
        "alt": alt if alt is not None else meta.get("alt", ""),
    }
    spec = _spec(fig)
    size = {"width": fig.layout.width or width, "height": height or fig.layout.height or round(width * 0.6)}
    parts: dict[str, bytes] = {}
    if "html" in wanted:
        # a caption of the figure's own making says what the figure shows already: it is not repeated below
        parts["html"] = _page(spec, stem, about, size["width"], below=caption or "")
    for name in ("svg", "png", "pdf"):
        if name in wanted:
            parts[name] = _picture(spec, name, size | {"scale": scale if name == "png" else 1})
    if data is not None:
        parts["csv"] = _csv(data)
    names = [f"{stem.name}.{ending}" for ending in ENDINGS if ending in parts]
    parts["json"] = _provenance(meta, about, data, articles, [*names, f"{stem.name}.json"])
    return _write_all(stem, parts)


def _stem(path: str | os.PathLike[str]) -> Path:
    stem = Path(path).expanduser()
    return stem.with_suffix("") if stem.suffix.lower().lstrip(".") in ENDINGS else stem


def _title(fig: go.Figure, stem: Path) -> str:
    shown = re.sub(r"<[^>]*>", " ", (fig.layout.title.text or "").replace("<br>", " "))
    return html.unescape(shown).strip() or stem.name


def _spec(fig: go.Figure) -> dict[str, Any]:
    """The figure as plotly draws it, with a uid of its own for each trace in place of random ones."""
    spec = json.loads(fig.to_json())
    for place, trace in enumerate(spec["data"]):
        trace["uid"] = f"trace{place}"
    return spec


# --- page -----------------------------------------------------------------------------------------------------------


def _page(spec: dict[str, Any], stem: Path, about: dict[str, str], width: int, *, below: str) -> bytes:
    figure = go.Figure(spec).to_html(
        full_html=False,
        include_plotlyjs=True,
        include_mathjax=False,
        div_id="figure-" + (re.sub(r"[^A-Za-z0-9_-]+", "-", stem.name) or "mediakit"),
        config={"displaylogo": False, "responsive": True},
    )
    text = {key: html.escape(value) for key, value in about.items()}
    text["below"] = f"<figcaption>{html.escape(below)}</figcaption>" if below else ""
    return PAGE.format(figure=figure, width=max(width, 640), **text).encode("utf-8", "replace")


# --- pictures -------------------------------------------------------------------------------------------------------


def _picture(spec: dict[str, Any], kind: str, size: dict[str, Any]) -> bytes:
    raw = _browser.render(spec, {"format": kind, **size})
    if kind == "svg":
        return _steady_svg(raw, spec)
    return _steady_pdf(raw) if kind == "pdf" else raw


def _steady_svg(raw: bytes, spec: dict[str, Any]) -> bytes:
    """Plotly names clip paths and gradients after a random number; name them after the figure instead."""
    text = raw.decode("utf-8")
    steady = hashlib.sha256(json.dumps(spec, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:6]
    found = set(re.findall(r'id="(?:defs|topdefs|legend)-?([0-9a-f]{6})', text))
    for uid in found:
        text = re.sub(rf"(?<=[\"#a-z-]){uid}(?=[\"a-z0-9_)-])", steady, text)
    return text.encode("utf-8")


def _steady_pdf(raw: bytes) -> bytes:
    """Chrome writes the time of printing; a date of the same length keeps all offsets in the file."""

    def fixed(match: re.Match[bytes]) -> bytes:
        return match[1] + b"20000101000000+00'00'"[: len(match[2])].ljust(len(match[2]), b"0") + b")"

    return re.sub(rb"(/(?:CreationDate|ModDate) \(D:)([^)]*)\)", fixed, raw)


class _Browser:
    """One headless browser for all figures of a process, on an event loop of its own: works in notebooks as well."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: Any = None
        self._pid = 0

    def render(self, spec: dict[str, Any], opts: dict[str, Any]) -> bytes:
        with self._lock:
            try:
                kaleido = self._open()
                return self._run(kaleido.calc_fig(spec, opts=opts))
            except ExportError:
                raise
            except Exception as error:
                self._close()
                raise ExportError(f"save_figure: the browser could not draw the {opts['format']}: {error}") from error

    def _open(self) -> Any:
        if self._kaleido is not None and self._pid == os.getpid():
            return self._kaleido
        import kaleido
        from kaleido.errors import ChromeNotFoundError

        self._pid = os.getpid()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="mediakit-export", daemon=True).start()

        async def start() -> Any:
            return await kaleido.Kaleido(n=1, mathjax=False, timeout=RENDER_SECONDS)

        try:
            self._kaleido = self._run(start())
        except ChromeNotFoundError as error:
            self._close()
            raise ExportError(
                "save_figure: svg, png and pdf need Chrome or Chromium, and none was found. Install one (on Debian or "
                "Ubuntu: apt-get install chromium; elsewhere: run plotly_get_chrome), or write the page alone: "
                'save_figure(fig, path, formats=("html",)).'
            ) from error
        return self._kaleido

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=RENDER_SECONDS + 30)

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        kaleido, loop, self._kaleido, self._loop = self._kaleido, self._loop, None, None
        if loop is None or self._pid != os.getpid():
            return
        if kaleido is not None:
            # the process ends, or a broken browser is given up: nobody can act on an error here
            with contextlib.suppress(Exception):
                asyncio.run_coroutine_threadsafe(kaleido.close(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)


_browser = _Browser()
atexit.register(_browser.close)


# --- data and provenance --------------------------------------------------------------------------------------------


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy in which no text, nor a column's name, starts as a spreadsheet formula does; numbers stay numbers."""
    safe = frame.copy()
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if not (dtypes.is_numeric_dtype(column) or dtypes.is_datetime64_any_dtype(column)):
            cells = [_safe(value) for value in column.astype("object")]
            safe.isetitem(place, pd.Series(cells, index=frame.index, dtype="object"))
    return safe.set_axis([_safe(name) for name in frame.columns], axis=1)


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _csv(data: pd.DataFrame) -> bytes:
    frame = data if isinstance(data.index, pd.RangeIndex) or data.index.name is None else data.reset_index()
    # RFC 4180; with both characters in the line ending, a lone one inside a cell is quoted as well
    return safe_cells(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def _provenance(
    meta: dict[str, Any],
    about: dict[str, str],
    data: pd.DataFrame | None,
    articles: pd.DataFrame | None,
    files: list[str],
) -> bytes:
    corpus = meta.get("corpus")
    if articles is not None:
        require(articles, "articles", "article_id", "text")
        corpus = fingerprint(articles)
    record = {
        **about,
        "frame": meta.get("frame"),
        "call": meta.get("call"),
        "n": meta.get("n"),
        "n_articles": len(articles) if articles is not None else meta.get("n_articles"),
        "n_rows": None if data is None else len(data),
        "corpus": corpus,
        "articles": None if articles is None else sorted(str(key) for key in articles["article_id"]),
        "files": files,
        "versions": {
            "python": platform.python_version(),
            **{name: _version(name) for name in ("mediakit", "pandas", "plotly", "kaleido")},
        },
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


# --- whole or not at all --------------------------------------------------------------------------------------------


def _write_all(stem: Path, parts: dict[str, bytes]) -> dict[str, Path]:
    """Write every part beside its place, then move all of them; what stood there comes back if one move fails."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    targets = {ending: stem.parent / f"{stem.name}.{ending}" for ending in ENDINGS if ending in parts}
    undo: list[Callable[[], object]] = []
    with tempfile.TemporaryDirectory(dir=stem.parent, prefix=".mediakit-") as folder:
        for ending, target in targets.items():
            (Path(folder) / target.name).write_bytes(parts[ending])
        try:
            for target in targets.values():
                if target.exists():
                    kept = Path(folder) / f"old-{target.name}"
                    shutil.copy2(target, kept)
                    undo.append(partial(os.replace, kept, target))
                else:
                    undo.append(partial(target.unlink, missing_ok=True))
                os.replace(Path(folder) / target.name, target)
        except BaseException:
            for step in reversed(undo):
                step()
            raise
    return targets
