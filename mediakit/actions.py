"""Who does what to whom: predicates with their agents and patients (extra `nlp`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pandas as pd

from .action_clauses import Clause, clauses, words
from .action_counts import action_counts, agency
from .action_phrases import Named, Participant, apart, index, participants, within
from .actors import mentions as find_mentions
from .frames import build, require
from .languages import require_english
from .nlp_model import parser
from .progress import progress
from .quote_cues import cues
from .text import sentences

__all__ = ["action_counts", "actions", "agency"]

LONGEST = 5_000  # code points; what is longer is no sentence, and its tree takes too long
_BATCH = 128
# "BERLIN (Reuters) - ", "KYIV, Ukraine — ", "Paris, May 3 (AFP) – ": the parser would make the place an agent
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’ -]*[A-Z.](?:, [A-Z][\w. ]{1,30}){0,3}(?: \([^()\n]{1,30}\))?"
    r"|[A-Z][\w.'’, -]{1,40} \([A-Z][^()\n]{1,30}\)) ?[-–—]{1,2} "
)
_COLUMNS = (
    "article_id",
    "sentence_no",
    "start",
    "end",
    "text",
    "predicate",
    "voice",
    "negated",
    "modal",
    "governor",
    "speech",
    *(f"{role}{part}" for role in ("agent", "patient") for part in ("", "_text", "_start", "_end")),
    "part",
)


def actions(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None, *, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Who does what to whom in the articles, by spaCy's small English model (extra `nlp`).

    Predicates are verbs in any form but auxiliaries and forms of "be"; nouns for deeds ("the attack on Kyiv") and
    adjectives made of verbs ("the captured town") are left out. Agent and patient are grammatical: subject and direct
    object of an active verb ("civilians died" has an agent), by-phrase and subject of a passive one. What stands behind
    a preposition ("fired at protesters") is no patient. Verbs share subjects: "agreed to meet", "came and saw", "forced
    Kyiv to accept", "troops attacking the city", "who invaded".

    Parameters
    ----------
    articles
        One row per article.
    mentions
        Who is named where, made by `mentions(articles)`; with `pronouns=True` and `descriptions=True` these act, too.
        None finds all of them with the registry `actors`.
    actors
        The registry, made by `read_actors`, where `mentions` is None; None takes the built-in one.

    Returns
    -------
    One row per predicate and pair of an agent and a patient, in the order of `articles` and of the text: "Trump and
    Putin met reporters" gives two rows of the same span. Predicates with neither are left out.

    - article_id, sentence_no, start, end, text: the verb as written, with its particle where that stands right behind.
    - predicate: its lemma with the particle: "carry out".
    - voice: active; passive, with an agent; agentless, a passive that does not say who did it. "Three killed in
      strike" and "the bridge destroyed" are passives, too.
    - negated: said not to happen (not, never, without, no one).
    - modal: may, could, will …; missing without one.
    - governor: the word that the predicate completes: refuse in "refused to meet", say in "said X left", plan in "a
      plan to attack"; missing where there is none.
    - speech: the predicate is a verb of saying, by the list of `quotes`.
    - agent, patient: the actor of `mentions`; missing where the phrase names none. The phrase names an actor when its
      head word belongs to a mention or has one in apposition; or when its head stands for a state or body (forces,
      officials, president: the list is in data/actions.toml) and a mention stands before it or behind "of": "Russian
      forces", "the president of France". "Pro-Russian forces", "Russian drones" and "Putin's friend" name none, nor do
      a pronoun and a description that would make the same actor agent and patient ("Putin met him").
    - agent_text, agent_start, agent_end; patient_text …: the noun phrase up to its head as written (up to the actor
      behind "of"); that of the noun for "who" and "which"; missing where nobody is said.
    - part: title, heading or body.

    Sentences of more than 5,000 code points are left out; of a list of agents or patients the first 20 are taken.

    Raises
    ------
    FrameError
        A column is missing.
    LanguageError
        The column `language` names another language than English; articles of unknown language count as English.
    ImportError
        spaCy or its small English model is not installed.
    """
    require(articles, "articles", "article_id", "title", "text")
    require_english(articles, "actions", "its model reads English articles")
    model = parser("actions")
    named = find_mentions(articles, actors, descriptions=True, pronouns=True) if mentions is None else mentions
    require(named, "mentions", "article_id", "start", "end", "actor", "type", "form")
    by_article = _by_article(named)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    columns: dict[str, list] = {name: [] for name in _COLUMNS}
    for article_id, number, part, offset, doc in _parsed(model, sentences(articles)):
        rows = within(*by_article.get(article_id, ([], [])), offset, offset + len(doc.text))
        for clause in clauses(doc):
            for line in _lines(clause, offset, rows, texts[article_id]):
                for column, value in zip(columns.values(), (article_id, number, *line, part), strict=True):
                    column.append(value)
    return build("actions", columns)


def _by_article(named: pd.DataFrame) -> dict[str, tuple[list[Named], list[int]]]:
    found: dict[str, list[Named]] = {}
    columns = [named[column].tolist() for column in ("article_id", "start", "end", "actor", "type", "form")]
    for article_id, *row in zip(*columns, strict=True):
        found.setdefault(article_id, []).append(Named(*row))
    return {article_id: index(rows) for article_id, rows in found.items()}


def _parsed(model: Any, split: pd.DataFrame) -> Iterator[tuple[str, int, str, int, Any]]:
    """article_id, sentence_no, part, start and tree of each sentence, datelines left off."""
    columns = ("article_id", "sentence_no", "part", "start", "text")
    rows = []
    for *place, start, text in zip(*(split[name].tolist() for name in columns), strict=True):
        if len(text) <= LONGEST:
            dateline = _DATELINE.match(text)
            first = dateline.end() if dateline else 0
            rows.append((*place, start + first, text[first:]))
    trees = model.pipe((row[-1] for row in rows), batch_size=_BATCH)
    for row, doc in zip(rows, progress(trees, "actions", unit="sentence", total=len(rows)), strict=True):
        yield *row[:4], doc


def _lines(clause: Clause, offset: int, named: list[Named], text: str) -> Iterator[tuple]:
    """The rows of one predicate, without article, sentence and part."""
    start = offset + clause.verb.idx
    last = clause.particle if clause.particle is not None else clause.verb
    end = offset + last.idx + len(last)
    what = (
        start,
        end,
        text[start:end],
        clause.predicate,
        clause.voice,
        clause.negated,
        clause.modal,
        clause.governor,
        clause.predicate in speech_verbs(),
    )
    agents, patients = (
        dict.fromkeys(found for head in heads for found in participants(head, offset, named))
        for heads in (clause.agents, clause.patients)
    )
    for agent, patient in product(agents or [None], patients or [None]):
        if agent and patient:
            agent, patient = apart(agent, patient)
        yield *what, *_told(agent, text), *_told(patient, text)


def _told(found: Participant | None, text: str) -> tuple[str | None, str | None, int | None, int | None]:
    return (found.actor, text[found.start : found.end], found.start, found.end) if found else (None, None, None, None)


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs of saying, as `quotes` knows them, less those that are deeds as often."""
    found = {cue.verb for cue in cues().values() if cue.takes in ("clause", "that", "told")}
    return frozenset(found - words().deeds)
