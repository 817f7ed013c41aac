"""Events and contrasts in words."""

from __future__ import annotations

import pandas as pd

from .frames import require
from .wording_parts import count, wrapped

_PLURALS = {
    "number": "figures",
    "quotation": "quotations",
    "actor": "actors",
    "place": "places",
    "passage": "passages",
    "term": "words",
}


def describe_same_event(events: pd.DataFrame, *, most: int = 5) -> str:
    """How many articles are about one event, which events have most sources, and how sure that is."""
    require(events, "same_event")
    if events.empty:
        return "There are no articles to group."
    together = events[events["n_articles"] > 1]
    alone = len(events) - len(together)
    if together.empty:
        if len(events) == 1:
            return "There is 1 article: no event that two of them tell of, and nothing to contrast."
        n = count(len(events), "article")
        line = (
            f"No two of {n} are about one event, as far as words, names and dates tell: there is nothing to contrast."
        )
        return wrapped([line])
    sizes = together.drop_duplicates("event").sort_values(["n_sources", "n_articles"], ascending=False, kind="stable")
    lines = [
        f"{count(len(together), 'article')} {'share' if len(sizes) > 1 else 'tell of'} {count(len(sizes), 'event')}; "
        f"{count(alone, 'article')} {'stands' if alone == 1 else 'stand'} alone."
    ]
    for row in sizes.head(most).to_dict("records"):
        inside = together[together["event"] == row["event"]]
        sources = ", ".join(inside["source"].dropna().unique()[:6]) or "no named source"
        size = count(row["n_articles"], "article")
        lines.append(f"Event {row['event']} ({row['terms']}): {size}, {_days(inside)}; {sources}.")
    if len(sizes) > most:
        lines.append(f"And {count(len(sizes) - most, 'more event')}.")
    undated = int((together["basis"] == "text alone").sum())
    if undated:
        lines.append(f"For {undated:,} of them the text alone decided: some date of their event is missing.")
    lines.append("An event is what articles of a few days tell in like words: read them before you compare them.")
    return wrapped(lines)


def describe_contrast(contrast: pd.DataFrame, articles: pd.DataFrame | None = None, *, most: int = 3) -> str:
    """What each side tells alone, which figures differ, what both tell; and what "not found" means.

    Parameters
    ----------
    contrast
        The frame made by `contrast(articles, a, b)`.
    articles
        The articles it was made from, to call the sides by their sources; without them they are a and b.
    most
        Items named of each kind and side.
    """
    require(contrast, "contrast")
    if contrast.empty:
        return "Nothing was found that either side tells: there is nothing to contrast."
    a, b = _sides(contrast, articles)
    lines = []
    differ = contrast[contrast["side"] == "differs"]
    for row in differ.head(2 * most).to_dict("records"):
        first, second = row["item"].split(" / ", 1)
        lines.append(f"Figures with one noun or unit, read both: {a} “{first}”, {b} “{second}” ({row['note']}).")
    for side, name, other in (("a only", a, b), ("b only", b, a)):
        alone = contrast[contrast["side"] == side]
        if alone.empty:
            lines.append(f"Nothing was found in {name} that was not found in {other}.")
            continue
        told = [_told(rows, str(kind), most) for kind, rows in alone.groupby("kind", sort=False)]
        lines.append(f"Found in {name}, not in {other}: {'; '.join(told)}.")
    both = contrast.loc[contrast["side"] == "both", "kind"].value_counts(sort=False)
    shared = ", ".join(f"{n:,} {_name(str(kind), n)}" for kind, n in both.items())
    lines.append(f"Found in both: {shared or 'nothing'}.")
    lines.append(
        "“Not found” means: no mention by the stated rule of its kind in the whole text of the other side. A thing "
        "told in quite other words can be missed, and the longer text tells more whoever wrote it."
    )
    return wrapped(lines)


def _sides(contrast: pd.DataFrame, articles: pd.DataFrame | None) -> tuple[str, str]:
    """What the sides are called: their sources, or their articles where both are of one source."""
    if articles is None:
        return "a", "b"
    source = require(articles, "articles", "article_id", "source").set_index("article_id")["source"]
    ids = {side: contrast[f"article_{side}"].dropna().drop_duplicates().sort_values() for side in "ab"}
    names = {side: ", ".join(found.map(source).dropna().unique()) for side, found in ids.items()}
    if not all(names.values()) or names["a"] == names["b"]:
        names = {side: ", ".join(found) for side, found in ids.items()}
    return names["a"] or "a", names["b"] or "b"


def _told(rows: pd.DataFrame, kind: str, most: int) -> str:
    items = [_short(item) for item in rows["item"].head(most)]
    if kind in ("quotation", "passage"):
        items = [f"“{item}”" for item in items[:1]]
    rest = len(rows) - len(items)
    named = ", ".join(items) + (f" and {rest:,} more" if rest else "")
    return f"{len(rows):,} {_name(kind, len(rows))} ({named})"


def _name(kind: str, n: int) -> str:
    return {"number": "figure", "term": "word"}.get(kind, kind) if n == 1 else _PLURALS.get(kind, f"{kind}s")


def _short(text: str, size: int = 70) -> str:
    line = " ".join(text.split())
    return line if len(line) <= size else f"{line[:size].rsplit(' ', 1)[0]} …"


def _days(inside: pd.DataFrame) -> str:
    dates = inside["published"].dropna()
    if dates.empty:
        return "undated"
    first, last = f"{dates.min():%-d %B %Y}", f"{dates.max():%-d %B %Y}"
    return first if first == last else f"{first} to {last}"
