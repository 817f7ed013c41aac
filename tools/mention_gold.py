"""Gold for tools/accuracy_mentions.py: names in GUM news and WikiGold, chains of people and organisations in MEANTIME.

The corpora are labelled by others and are no part of this repository.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

KINDS = {"person": "person", "place": "place", "organization": "organisation", "PER": "person", "ORG": "organisation"}
WIKIGOLD = {"I-PER": "person", "I-LOC": "place", "I-ORG": "organisation"}
JOINING = {"of", "the", "and", "for", "-", "–", "&", "de", "la", "du", "on", "to"}
POSSESSIVES = ("'s", "’s", "'", "’")
ROLES = re.compile(
    r"(?:(?:former|ex|then|acting|current|late|president|vice|prime|minister|premier|chancellor|secretary|deputy|"
    r"governor|gov|senator|sen|representative|rep|congressman|congresswoman|speaker|ambassador|mayor|judge|justice|"
    r"attorney|general|mr|mrs|ms|miss|dr|doctor|prof|professor|sir|dame|lord|lady|king|queen|prince|princess|pope|"
    r"bishop|archbishop|cardinal|rev|reverend|captain|capt|colonel|col|major|sgt|sergeant|lieutenant|lt|inspector|"
    r"officer|chief|ceo|director|chairman|coach|detective|commissioner|superintendent|sheriff|home|"
    r"administrator|spokesperson|spokesman|spokeswoman|undersecretary|emeritus|mp|student)\.?(?: |$))+",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"(?:the|a|an) ", re.IGNORECASE)


class Named(NamedTuple):
    """A name in the text and what it names: person, place or organisation."""

    start: int
    end: int
    kind: str


class Mention(NamedTuple):
    """A mention of a chain: a name, a description or a pronoun; `head` is where its head word starts."""

    start: int
    end: int
    head: int
    kind: str
    chain: str


@dataclass
class Document:
    """One article and its gold."""

    name: str
    text: str
    title: str
    named: set[Named] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)


class _Token(NamedTuple):
    form: str
    upos: str
    xpos: str
    start: int
    head: int
    relation: str

    @property
    def end(self) -> int:
        return self.start + len(self.form)

    @property
    def in_name(self) -> bool:
        return self.xpos.startswith("NNP") or (self.form[0].isupper() and self.upos in ("PROPN", "ADJ", "NOUN", "X"))


def bare(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """The span without an article and, for a person, titles before the name; without a possessive ending."""
    for pattern in (ARTICLE, ROLES) if kind == "person" else (ARTICLE,):
        before = pattern.match(text, start, end)
        start = before.end() if before and before.end() < end else start
    for ending in POSSESSIVES:
        if text.endswith(ending, start, end):
            return start, end - len(ending)
    return start, end


def read_gum(folder: Path) -> list[Document]:
    """The articles of gum_news/dep: paragraphs as lines, a name for each entity whose head is a proper noun."""
    return [_gum_document(path) for path in sorted((folder / "gum_news" / "dep").glob("*.conllu"))]


def _gum_document(path: Path) -> Document:
    text, title = "", ""
    blocks: list[int] = []
    tokens: list[_Token] = []
    opened: list[tuple[str, str, int]] = []
    document = Document(path.stem, "", "")
    entities: list[tuple[int, int, str]] = []
    for chunk in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = chunk.splitlines()
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        title = comments.get("meta::title", title)
        new = [int(count) for count in re.findall(r"\((\d+) s\)", comments.get("newpar_block", ""))]
        newline = any(line.startswith("# newpar") for line in lines) or 0 in blocks
        blocks = [count - 1 for count in (*blocks, *new) if count]
        text = text.rstrip(" ") + "\n" if newline and text else text
        first = len(tokens) - 1
        for cells in (line.split("\t") for line in lines if line.split("\t")[0].isdigit()):
            head = first + int(cells[6]) if int(cells[6]) else -1
            tokens.append(_Token(cells[1], cells[3], cells[4], len(text), head, cells[7]))
            text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
            marks = re.search(r"Entity=([^|\s]+)", cells[9])
            for mark in re.findall(r"\([^()]+\)?|[^()]+\)", marks[1]) if marks else ():
                number, *rest = mark.strip("()").split("-")
                if mark.startswith("("):
                    opened.append((number, rest[0], len(tokens) - 1))
                if mark.endswith(")"):
                    at = max(place for place, item in enumerate(opened) if item[0] == number)
                    _, kind, begin = opened.pop(at)
                    entities.append((begin, len(tokens), kind))
    document.text, document.title = text.rstrip(), title
    for begin, end, kind in entities:
        inner = {at for low, high, _ in entities if begin <= low and high < end for at in range(low, high)}
        span = _name(tokens, begin, end, kind, inner) if kind in KINDS else None
        if span:
            start, stop = bare(text, tokens[span[0]].start, tokens[span[1]].end, KINDS[kind])
            if not (kind == "person" and ROLES.fullmatch(text, start, stop)):
                document.named.add(Named(start, stop, KINDS[kind]))
    return document


def _name(tokens: list[_Token], begin: int, end: int, kind: str, inner: set[int]) -> tuple[int, int] | None:
    """First and last token of the name at the head of an entity, if a proper noun heads it.

    Of a person the proper nouns that belong to no other entity; of others the capitalised words around the head,
    with "of" and the like between them.
    """
    heads = [at for at in range(begin, end) if not begin <= tokens[at].head < end]
    if kind == "person" and heads and tokens[heads[0]].upos == "NOUN":
        # "captain Harry Kane": the name is joined to the noun
        heads = [at for at in range(heads[0] + 1, end) if tokens[at].head == heads[0] and at not in inner]
        heads = [at for at in heads if tokens[at].relation in ("flat", "appos") and tokens[at].xpos == "NNP"]
    if not heads or tokens[heads[0]].upos != "PROPN":
        return None
    low = high = heads[0]
    if kind == "person":
        if tokens[low].xpos == "NNPS":
            return None  # "Muslims": people of a kind, no person
        while high + 1 < end and (
            (tokens[high + 1].relation == "flat")
            or (tokens[high + 1].form == "-" and high + 2 < end and tokens[high + 2].in_name)
        ):
            high += 2 if tokens[high + 1].form == "-" else 1
        while low > begin and tokens[low - 1].upos == "PROPN" and low - 1 not in inner:
            low -= 1
        return low, high
    while low > begin and (tokens[low - 1].in_name or _joins(tokens[begin:low][::-1])):
        low -= 1
    while high + 1 < end and (tokens[high + 1].in_name or _joins(tokens[high + 1 : end])):
        high += 1
    return low, high


def _joins(words: list[_Token]) -> bool:
    """Whether the words start with "of" and the like and a part of the name comes after."""
    count = next((at for at, word in enumerate(words) if word.form not in JOINING), len(words))
    return 0 < count < len(words) and words[count].in_name


def read_wikigold(folder: Path) -> list[Document]:
    """The texts of WikiGold, sentences as lines; names that touch and are of one kind count as one."""
    path = folder / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    documents = []
    for number, part in enumerate(path.read_text(encoding="utf-8").split("-DOCSTART- O\n")):
        text, named, quoted = "", [], False
        for sentence in filter(None, part.strip().split("\n\n")):
            before = ""
            for line in sentence.split("\n"):
                word, label = line.rsplit(" ", 1)
                closes = word == '"' and quoted
                quoted ^= word == '"'
                if closes or re.match(r"[.,;:!?%)’']|n't$", word):
                    text = text.removesuffix(" ")
                kind = WIKIGOLD.get(label)
                if kind and label == before:
                    named[-1] = Named(named[-1].start, len(text) + len(word), kind)
                elif kind:
                    named.append(Named(len(text), len(text) + len(word), kind))
                text += word + ("" if word in ("(", "$", "‘", "``") or (word == '"' and quoted) else " ")
                before = label
            text = text.rstrip() + "\n"
        spans = {Named(*bare(text, *name), name.kind) for name in named}
        documents.append(Document(f"wikigold {number}", text.rstrip(), "", spans))
    return [document for document in documents if document.text]


def read_meantime(folder: Path) -> list[Document]:
    """The articles of meantime_en, sentences as lines; chains of people and organisations that span all of them.

    An entity's mentions stand under `intra_`, `cross_` and `cross_intra_` chains of one number: they are one chain.
    """
    sentences: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in (folder / "meantime_en" / "meantime.conll").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4:
            sentences[cells[0]][int(cells[1])].append(cells[3])
    documents: dict[str, Document] = {}
    places: dict[tuple[str, int, int], tuple[int, int]] = {}
    for key, parts in sentences.items():
        text = ""
        for number, words in parts.items():
            for at, word in enumerate(words):
                glued = at and (re.match(r"[.,;:!?%)’']|n't$", word) or words[at - 1] in ("(", "$", "‘"))
                text = text.removesuffix(" ") if glued else text
                places[key, number, at] = len(text), len(text) + len(word)
                text += word + " "
            text = text.rstrip() + "\n"
        documents[key] = Document(key, text.rstrip(), text.split("\n")[0])
    path = folder / "meantime_en" / "entities_mentions.json"
    for item in json.loads(path.read_text(encoding="utf-8")):
        key, number = item["conll_doc_key"], item["sent_id"]
        spans = [places[key, number, at] for at in item["tokens_number"] if (key, number, at) in places]
        if item["mention_type"] in KINDS and spans:
            head = places.get((key, number, item["mention_head_id"]), spans[-1])[0]
            chain = re.sub(r"^(?:cross_intra|cross|intra)_", "", item["coref_chain"])
            mention = Mention(spans[0][0], spans[-1][1], head, KINDS[item["mention_type"]], chain)
            documents[key].mentions.append(mention)
    return list(documents.values())
