"""Evidence as HTML for a notebook: sentences with their hits marked, the whole article one click away."""

from __future__ import annotations

from html import escape
from itertools import islice

import pandas as pd
from IPython.display import HTML

from .frames import require

_STYLE = (
    "<style>.mk-evidence{border-collapse:collapse;width:100%;font-size:13px;line-height:1.45;table-layout:auto!important}"
    ".mk-evidence th{text-align:left!important;font-weight:normal;opacity:.8;padding:0 10px 4px 0}"
    ".mk-evidence td{border-bottom:1px solid rgba(128,128,128,.35);padding:6px 10px 6px 0;vertical-align:top;"
    "text-align:left!important;white-space:normal;overflow-wrap:anywhere}"
    ".mk-evidence .mk-value{width:1%;white-space:nowrap;overflow-wrap:normal!important}"
    ".mk-evidence .mk-from{width:11em;opacity:.8}.mk-evidence .mk-near{opacity:.65}"
    ".mk-evidence mark{background:#ffe08a;color:#1b1b1b;padding:0 1px}"
    ".mk-evidence summary{cursor:pointer;opacity:.8}.mk-evidence .mk-article{max-height:22em;overflow:auto;"
    "padding:4px 10px;border-left:3px solid rgba(128,128,128,.5)}</style>"
)


def show_evidence(
    found: pd.DataFrame, articles: pd.DataFrame | None = None, *, most: int = 10, extra: tuple[str, ...] = ()
) -> HTML:
    """The sentences of an evidence frame as a table, hits marked.

    Parameters
    ----------
    found
        Rows of `evidence(rows, articles)`; several hits in one sentence are shown together.
    articles
        With it, each row can be unfolded to the whole article.
    most
        Show this many sentences and say how many there are.
    extra
        Columns of `found` to show beside the sentence, such as a score.

    Returns
    -------
    An object that a notebook shows. All text is escaped: articles are not trusted.
    """
    return HTML(evidence_html(found, articles, most=most, extra=extra))


def evidence_html(
    found: pd.DataFrame, articles: pd.DataFrame | None = None, *, most: int = 10, extra: tuple[str, ...] = ()
) -> str:
    """The HTML behind `show_evidence`, for widgets."""
    require(found, "evidence")
    if found.empty:
        return "<p>No sentence to show.</p>"
    grouped = found.groupby(["article_id", "sentence_start", "sentence_end"], sort=False)
    texts = {} if articles is None else dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = [_row(part, texts, extra) for _, part in islice(grouped, most)]
    total = grouped.ngroups
    if extra:
        names = "".join(f"<th>{escape(name)}</th>" for name in ("source", *extra, "sentence"))
        rows.insert(0, f"<tr>{names}</tr>")
    count = f"{total} sentence{'s' if total != 1 else ''}" + (f", the first {most} shown" if total > most else "")
    return f'{_STYLE}<div>{count}</div><table class="mk-evidence">{"".join(rows)}</table>'


def _row(part: pd.DataFrame, texts: dict[str, str], extra: tuple[str, ...]) -> str:
    first = part.iloc[0]
    source = first["source"] if pd.notna(first["source"]) else "unknown source"
    spans = sorted(set(zip(part["start"], part["end"], strict=True)))
    sentence = _marked(first["text"], [(a - first["sentence_start"], b - first["sentence_start"]) for a, b in spans])
    near = [
        f'<span class="mk-near">{escape(first[side])}</span>' if first[side] else "" for side in ("before", "after")
    ]
    values = "".join(f'<td class="mk-value">{escape(_value(first[column]))}</td>' for column in extra)
    whole = ""
    if first["article_id"] in texts:
        body = _marked(texts[first["article_id"]], spans).replace("\n", "<br>")
        whole = f'<details><summary>whole article</summary><div class="mk-article">{body}</div></details>'
    return (
        f'<tr><td class="mk-from">{escape(str(source))}<br><small>{escape(first["article_id"])}, '
        f"sentence {first['sentence_no']}</small></td>{values}<td>{near[0]} {sentence} {near[1]}{whole}</td></tr>"
    )


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """Escaped text with the spans in <mark>; a span that is the whole text is not marked, it would say nothing."""
    parts, done = [], 0
    for start, end in spans:
        if start < done or (start == 0 and end >= len(text)):
            continue
        parts += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])


def _value(value: object) -> str:
    if isinstance(value, float):
        return "–" if pd.isna(value) else f"{value:+.2f}"
    return str(value)
