"""Who is quoted, in which words, and how it is introduced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

import pandas as pd

from .actors import mentions as find_mentions
from .actors import read_actors
from .frames import build, require
from .languages import require_english
from .progress import progress
from .quote_attribution import Attribution, attribute
from .quote_full_names import Mention
from .text import sentences

_COLUMNS = (
    "article_id",
    "sentence_no",
    "start",
    "end",
    "text",
    "kind",
    "speaker",
    "speaker_text",
    "speaker_kind",
    "gender",
    "speaker_start",
    "speaker_end",
    "cue",
    "cue_start",
    "cue_end",
    "stance",
    "confidence",
)


def quotes(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None, *, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What is quoted in the articles, directly and indirectly, and who says it.

    Parameters
    ----------
    articles
        One row per article.
    mentions
        Who is named where, made by `mentions(articles)`; None finds it with the registry `actors`.
    actors
        The registry, made by `read_actors`, for names and genders; None takes the built-in one.

    Returns
    -------
    One row per quotation, in the order of `articles` and of the text:

    - article_id, sentence_no (of its first word), start, end, text: the words, without the marks around them.
    - kind: direct, where the marks hold all that is reported; partial, where they hold a part of the writer's sentence;
      indirect, for a clause reported without marks ("said that …", "according to …"). An indirect quotation holds
      the partial ones inside it, so their spans overlap. Words in marks that nobody is said to have said (titles,
      scare quotes) are left out.
    - speaker: the actor of the registry; else the name in its fullest form in the article ("Kew" is Darren Kew);
      missing where nobody is named, or where two introduced in one sentence bear the surname. A medium or a listener
      ("told the Financial Times") is not the speaker.
    - speaker_text, speaker_start, speaker_end: where the article says who speaks; missing where it does not.
    - speaker_kind: named, media, document, collective ("both leaders"), unnamed ("a European official"), pronoun.
    - gender: female or male, as the registry, a title or the pronoun has it; missing where none tells.
    - cue, cue_start, cue_end: the word that introduces it, as written; missing where there is none.
    - stance: of the cue: neutral (said), supportive (takes it as a fact: admitted, pointed out), distancing (leaves it
      open: claimed); missing without a cue.
    - confidence: from 0 to 1, how sure the speaker is, by the rule that found it: docs/accuracy.md has the shares
      that were right.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    """
    require(articles, "articles", "article_id", "title", "text")
    require_english(articles, "quotes", "its cues and rules are for English articles")
    named = find_mentions(articles, actors) if mentions is None else mentions
    require(named, "mentions", "article_id", "start", "end", "actor", "type", "form")
    by_article = _mentions_by_article(named, _genders(actors))
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    columns: dict[str, list] = {name: [] for name in _COLUMNS}
    for article_id, rows in _by_article(sentences(articles)):
        text = texts[article_id]
        for found in attribute(text, [row[:3] for row in rows], by_article.get(article_id, ())):
            _collect(columns, article_id, text, [row[0] for row in rows], found)
    return build("quotes", columns)


def _by_article(split: pd.DataFrame) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    rows = zip(*(split[column].tolist() for column in ("article_id", "start", "end", "part")), strict=True)
    total = split["article_id"].nunique()
    for article_id, group in progress(groupby(rows, key=itemgetter(0)), "quotes", total=total):
        yield article_id, [row[1:] for row in group]


def _mentions_by_article(named: pd.DataFrame, genders: dict[str, str]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    columns = [named[column].tolist() for column in ("article_id", "start", "end", "actor", "type", "form")]
    for article_id, start, end, actor, kind, form in zip(*columns, strict=True):
        found.setdefault(article_id, []).append(Mention(start, end, actor, kind, form, genders.get(actor, "")))
    for rows in found.values():
        rows.sort()
    return found


def _genders(actors: pd.DataFrame | None) -> dict[str, str]:
    if actors is None:
        return _builtin_genders()
    if "gender" not in actors:
        return {}
    known = actors.dropna(subset=["gender"])
    return dict(zip(known["actor"], known["gender"], strict=True))


@cache
def _builtin_genders() -> dict[str, str]:
    return _genders(read_actors())


def _collect(
    columns: dict[str, list], article_id: str, text: str, sentence_starts: Sequence[int], found: Attribution
) -> None:
    speaker, cue = found.speaker, found.cue
    values = (
        article_id,
        bisect_right(sentence_starts, found.start) - 1,
        found.start,
        found.end,
        text[found.start : found.end],
        found.kind,
        speaker.name if speaker else None,
        text[speaker.start : speaker.end] if speaker else None,
        speaker.kind if speaker else None,
        (speaker.gender or None) if speaker else None,
        speaker.start if speaker else None,
        speaker.end if speaker else None,
        text[cue[0] : cue[1]] if cue else None,
        cue[0] if cue else None,
        cue[1] if cue else None,
        found.stance,
        found.confidence,
    )
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)
