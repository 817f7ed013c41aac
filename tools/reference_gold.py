"""Gold for tools/accuracy_references.py: whom each mention in GUM news and MEANTIME means, pronouns included.

Both corpora are labelled by others and are no part of this repository.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from mention_gold import KINDS, Mention, read_meantime

_DATE = re.compile(
    r"(?:[A-Z][a-z]+day, )?((?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4})"
)


@dataclass
class Chained:
    """One article, when it was published, its mentions and what each chain is called where the gold links it."""

    name: str
    text: str
    title: str
    published: pd.Timestamp | None
    mentions: list[Mention] = field(default_factory=list)
    linked: dict[str, str] = field(default_factory=dict)  # chain → Wikipedia's name of it


def read(corpus: str, folder: Path) -> list[Chained]:
    """The articles of gum_news or meantime_en in the order of their names; the building half is every other one."""
    if corpus == "gum_news":
        return [_gum(path) for path in sorted((folder / corpus / "dep").glob("*.conllu"))]
    return [
        Chained(document.name, document.text, document.title, _published(document.text), document.mentions)
        for document in read_meantime(folder)
    ]


def _published(text: str) -> pd.Timestamp | None:
    found = _DATE.search(text[:400])
    return pd.Timestamp(found[1], tz="UTC") if found else None


def _gum(path: Path) -> Chained:
    """Paragraphs as lines, as in mention_gold; a mention for each entity of a kind in KINDS."""
    text, title = "", ""
    blocks: list[int] = []
    tokens: list[tuple[int, int]] = []
    opened: list[tuple[str, str, int]] = []
    mentions: list[Mention] = []
    links: dict[str, str] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    for chunk in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = chunk.splitlines()
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        title = comments.get("meta::title", title)
        new = [int(count) for count in re.findall(r"\((\d+) s\)", comments.get("newpar_block", ""))]
        newline = any(line.startswith("# newpar") for line in lines) or 0 in blocks
        blocks = [count - 1 for count in (*blocks, *new) if count]
        text = text.rstrip(" ") + "\n" if newline and text else text
        for cells in (line.split("\t") for line in lines if line.split("\t")[0].isdigit()):
            tokens.append((len(text), len(text) + len(cells[1])))
            text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
            marks = re.search(r"Entity=([^|\s]+)", cells[9])
            for mark in re.findall(r"\([^()]+\)?|[^()]+\)", marks[1]) if marks else ():
                number, *rest = mark.strip("()").split("-")
                if mark.startswith("("):
                    opened.append((number, rest[0], len(tokens) - 1))
                    if len(rest) >= 6 and rest[-1][:1].isalpha() and rest[-1] not in ("coref", "ana", "appos", "pred"):
                        links.setdefault(number, rest[-1])
                if mark.endswith(")"):
                    at = max(place for place, item in enumerate(opened) if item[0] == number)
                    _, kind, begin = opened.pop(at)
                    kinds[number].add(kind)
                    if kind in KINDS:
                        span = tokens[begin][0], tokens[-1][1]
                        mentions.append(Mention(*span, span[0], KINDS[kind], number))
    return Chained(path.stem, text.rstrip(), title, _published(text), mentions, links)
