"""Small frames made by hand, and what a figure says: for the tests of figures."""

import html
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plot_quote_frames import quote_counts, quote_genders, unquoted

import mediakit as mk
from mediakit.frames import build

NASTY = [
    "<b>Bold & Co</b><a href='javascript:alert(1)'>x</a><img src=x onerror=alert(1)>",
    "The Very Long and Distinguished Name of a Regional Newspaper of Record, Sunday Edition",
    "https://example.com/an-address-that-goes-on-and-on/without/any/space/at/all/for/ever",
    "Вечерняя Москва сегодня",
    "صحيفة الشرق الأوسط",
    "朝日新聞デジタル版",
    "🗞️ Daily 😀",
    "$100 and $200 &amp; %{x} \u202eevil",
]
WORDS = ["peace", "war", "talks", "border", "summit", "trade"]


def articles(names: list[str], each: int = 2) -> pd.DataFrame:
    rows = []
    for place, name in enumerate(names):
        for copy in range(each):
            rows.append(
                {
                    "article_id": f"a{place:02}-{copy}",
                    "source": name,
                    "published": f"2025-03-{1 + place % 27:02}" if (place + copy) % 3 else None,
                    "title": f"{name} says {copy}",
                    "text": "word " * (10 + place + copy),
                }
            )
    return build("articles", rows)


def sentiment(names: list[str], n: int = 4, engines: tuple[str, ...] = ("vader",)) -> pd.DataFrame:
    rows = [
        {
            "article_id": f"a{place:02}-0",
            "sentence_no": number,
            "paragraph_no": number,
            "part": "body",
            "start": 0,
            "end": 5,
            "text": f"{name} <i>said</i> {number}",
            "engine": engine,
            "polarity": np.nan if number == 1 else (number - 1.5) / 4,
            "subjectivity": 0.5,
            "n_scored": 0 if number == 1 else 1,
            "source": name,
        }
        for engine in engines
        for place, name in enumerate(names)
        for number in range(n)
    ]
    return build("sentiment", rows)


def summaries(names: list[str]) -> pd.DataFrame:
    rows = [
        {
            "source": name,
            "measure": "polarity",
            "n": 10 + place,
            "n_missing": 1,
            "n_articles": 1 + place,
            "value": 0.1 * place,
            "ci_low": np.nan if place % 2 else 0.1 * place - 0.05,
            "ci_high": np.nan if place % 2 else 0.1 * place + 0.15,
            "unit": "article",
            "caveat": "too few articles for an interval" if place % 2 else "",
        }
        for place, name in enumerate(names)
    ]
    return build("summaries", rows)


def differences(names: list[str]) -> pd.DataFrame:
    verdicts = ["cannot be told apart", "too few", "differs"]
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    rows = [
        {
            "measure": "polarity",
            "group_a": a,
            "group_b": b,
            "difference": 0.01 * (place + 1),
            "ci_low": np.nan if place % 3 == 1 else 0.01 * place - 0.1,
            "ci_high": np.nan if place % 3 == 1 else 0.01 * place + 0.2,
            "p": np.nan if place % 3 == 1 else 0.2,
            "p_adjusted": np.nan if place % 3 == 1 else 0.3,
            "n_a": 5,
            "n_b": 7,
            "unit": "article",
            "verdict": verdicts[place % 3],
            "caveat": "",
        }
        for place, (a, b) in enumerate(pairs)
    ]
    return build("differences", rows)


def term_counts(names: list[str], terms: list[str] = WORDS) -> pd.DataFrame:
    rows = [
        {
            "source": name,
            "term": term,
            "n": max(1, 40 - 3 * place),
            "per_1000": 60 / (1 + place) + at,
            "n_articles": 1 + at % 3,
        }
        for at, name in enumerate(names)
        for place, term in enumerate(terms)
    ]
    return build("term_counts", rows)


def keyness(names: list[str], terms: list[str] = WORDS) -> pd.DataFrame:
    rows = [
        {
            "target": name,
            "term": term,
            "n_target": 3 + place,
            "n_reference": 2,
            "g2": 10.0 - place if place % 2 else place - 12.0,
            "log_ratio": 1.5 if place % 2 else -1.5,
            "ci_low": 1.0 if place % 2 else -2.0,
            "ci_high": 2.0 if place % 2 else -1.0,
            "p_adjusted": 0.01 if place < 3 else 0.2,
            "n_articles": 1 if place == 0 else 3,
            "n_articles_reference": {1: 0, 2: 1}.get(place, 4),
        }
        for name in names
        for place, term in enumerate(terms)
    ]
    return build("keyness", rows)


def mention_counts(names: list[str], actors: list[str] = WORDS) -> pd.DataFrame:
    rows = [
        {
            "source": name,
            "actor": actor,
            "type": ["person", "country"][place % 2],
            "n": max(1, 9 - place),
            "per_1000": 9.0 / (1 + place) + at,
            "n_articles": 2,
        }
        for at, name in enumerate(names)
        for place, actor in enumerate(actors)
        if (at + place) % 4
    ]
    return build("mention_counts", rows)


def co_mentions(names: list[str]) -> pd.DataFrame:
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    rows = [
        {"actor_a": a, "actor_b": b, "n_sentences": 1 + (7 * place) % 40, "n_articles": 1}
        for place, (a, b) in enumerate(pairs)
    ]
    return build("co_mentions", rows)


def source_similarity(names: list[str]) -> pd.DataFrame:
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    rows = [
        {"source_a": a, "source_b": b, "cosine": (place * 37 % 100) / 100, "shared_passages": place % 3}
        for place, (a, b) in enumerate(pairs)
    ]
    return build("source_similarity", rows)


def collocates(names: list[str], terms: list[str] = WORDS) -> pd.DataFrame:
    rows = [
        {
            "node": names[0],
            "term": term,
            "n_near": 2 + 3 * place * place,
            "n_left": 1,
            "n_right": 1 + 3 * place * place,
            "n": 90,
            "n_node": 200,
            "n_articles": 2,
            "log_dice": 11.0 - place,
            "mi": 4.0,
            "t": 2.0,
            "window": "5 left, 5 right",
        }
        for place, term in enumerate(terms)
    ]
    return build("collocates", rows)


def dispersion(names: list[str], terms: list[str] = WORDS) -> pd.DataFrame:
    rows = [
        {
            "term": f"{term} {names[0]}",
            "n": 100 - 10 * place,
            "range": 3,
            "n_parts": 9,
            "parts": "article",
            "dp": 0.1 * place,
            "dp_norm": 0.12 * place,
            "juilland_d": 0.5,
        }
        for place, term in enumerate(terms)
    ]
    return build("dispersion", rows)


def ungrouped(frame: pd.DataFrame, column: str = "source") -> pd.DataFrame:
    return frame[frame["source"] == frame["source"].iloc[0]].drop(columns=column) if len(frame) else frame


Plot = Callable[..., go.Figure]
CASES: dict[str, tuple[Plot, Callable[[list[str]], pd.DataFrame]]] = {
    "articles": (mk.plot_articles, articles),
    "sentiment": (mk.plot_sentiment, sentiment),
    "sentiment by source": (lambda rows, **given: mk.plot_sentiment(rows, by="source", **given), sentiment),
    "summaries": (mk.plot_summaries, summaries),
    "differences": (mk.plot_differences, differences),
    "term_counts": (mk.plot_term_counts, term_counts),
    "term_counts ungrouped": (mk.plot_term_counts, lambda names: ungrouped(term_counts(names, names + WORDS))),
    "keyness": (mk.plot_keyness, keyness),
    "word_cloud": (mk.plot_word_cloud, lambda names: term_counts(names, names + WORDS)),
    "mention_counts": (mk.plot_mention_counts, mention_counts),
    "mention_counts ungrouped": (mk.plot_mention_counts, lambda names: ungrouped(mention_counts(names, names + WORDS))),
    "co_mentions": (mk.plot_co_mentions, co_mentions),
    "source_similarity": (mk.plot_source_similarity, source_similarity),
    "quote_counts": (mk.plot_quote_counts, quote_counts),
    "quote_counts ungrouped": (mk.plot_quote_counts, lambda names: ungrouped(quote_counts(names, names + WORDS))),
    "quote_genders": (mk.plot_quote_genders, quote_genders),
    "unquoted": (mk.plot_unquoted, unquoted),
    "unquoted ungrouped": (mk.plot_unquoted, lambda names: ungrouped(unquoted(names, names + WORDS))),
}
FRAME_OF = {name: "term_counts" if name == "word_cloud" else name.split(" ")[0] for name in CASES}
SIXTY = [f"Outlet {place:02}" for place in range(60)]


def shown_texts(fig: go.Figure) -> list[str]:
    """Every string that plotly renders as its subset of HTML."""
    layout = fig.layout
    found = [layout.title.text, *(note.text for note in layout.annotations)]
    for axis in (*fig.select_xaxes(), *fig.select_yaxes()):
        found += [axis.title.text, *(axis.ticktext or ())]
    for trace in fig.data:
        found.append(trace.name)
        for part in (trace.text, trace.hovertext):
            flat = np.array([] if part is None else part, dtype=object).ravel()
            found += [text for text in flat if isinstance(text, str)]
    return [text for text in found if text]


def words_of(fig: go.Figure) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)) for text in shown_texts(fig)).replace("\u2068", "")


def trace_named(fig: go.Figure, name: str) -> go.Scatter:
    (found,) = [trace for trace in fig.data if trace.name == name]
    return found
