"""Measure who acts and who is acted upon on gold trees, beside plain spaCy and textacy.

    python tools/accuracy_actions.py [DATA]

DATA holds gum_news (default: shared/data beside the repository). The oracle is GUM's enhanced dependencies, which say
for each verb whose subject and object a noun is, shared subjects, controlled ones and relative clauses included. A
predicate is a VERB that is no auxiliary, modifier of a noun before it, or preposition. Agents are subjects of active
verbs and obl:agent, patients objects of active verbs (indirect ones where there is no other) and passive subjects. A
link is right when predicate and head word of the phrase are; any word of a name, or of a title and its name, counts as
its head. Where the gold gives a verb that is not finite no subject at all, because enhanced dependencies stop at
adverbial participles and clauses of nouns, its agent (or patient, if passive) is not judged. Every other document, from
the first on, was used for building; the rest is the kept half.

textacy is measured where it is installed. At last 60 verbs coded by hand, implied agents too (tools/coding).
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from mention_gold import Document, read_gum

import mediakit as mk
from mediakit.frames import build
from mediakit.nlp_model import parser

CODED = Path(__file__).parent / "coding" / "actions_gum.csv"
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
NO_PREDICATE = ("aux", "cop", "amod", "case", "mark", "fixed", "compound", "flat", "cc", "det")
NAMES = ("flat", "fixed", "goeswith", "nmod:desc")
ROLES = ("agent", "patient")
LINKS = {"nsubj": "subject", "nsubj:xsubj": "subject", "obj": "object", "iobj": "iobj", "obl:agent": "by"}


class Found(NamedTuple):
    """A predicate and an argument by the last character of its head; role is "" for the predicate, with its voice."""

    verb: int
    role: str
    head: int
    voice: str = ""


@dataclass
class Word:
    """A token of the gold, with its place in the text."""

    start: int
    end: int
    cells: list[str]
    head: int
    inner: list[Word] = field(default_factory=list)  # the other words of the same name

    @property
    def relation(self) -> str:
        """What it is to its head."""
        return self.cells[7]

    def has(self, feature: str) -> bool:
        """Whether it has the feature, such as Voice=Pass."""
        return feature in self.cells[5].split("|")


@dataclass
class Verb:
    """A gold predicate: its voice, heads of its arguments, and the role that is not judged."""

    voice: str
    negated: bool
    arguments: dict[str, list[Word]]
    unjudged: str


def gold_verbs(path: Path, text: str) -> dict[int, Verb]:
    """Start of each gold predicate → what is said of it."""
    found: dict[int, Verb] = {}
    at = 0
    for chunk in path.read_text(encoding="utf-8").strip().split("\n\n"):
        words: dict[str, Word] = {}
        for line in chunk.splitlines():
            cells = line.split("\t")
            if cells[0].isdigit():
                start = text.index(cells[1], at)
                at = start + len(cells[1])
                words[cells[0]] = Word(start, at, cells, int(cells[6]))
        for word in words.values():
            if (word.relation in NAMES or word.relation.startswith("flat")) and str(word.head) in words:
                words[str(word.head)].inner.append(word)
        found |= {word.start: _verb(key, word, words) for key, word in words.items() if _is_predicate(word)}
    return found


def _is_predicate(word: Word) -> bool:
    return word.cells[3] == "VERB" and word.cells[2] != "be" and word.relation.split(":")[0] not in NO_PREDICATE


def _verb(key: str, verb: Word, words: dict[str, Word]) -> Verb:
    links: dict[str, list[Word]] = {"subject": [], "passive": [], "object": [], "iobj": [], "by": []}
    for word in words.values():
        for edge in word.cells[8].split("|"):
            head, _, relation = edge.partition(":")
            if head == key and not word.cells[4].startswith("W"):
                kind = {
                    "nsubj": "subject",
                    "nsubj:xsubj": "subject",
                    "obj": "object",
                    "obl:agent": "by",
                    "iobj": "iobj",
                }.get(relation)
                kind = "passive" if relation.startswith("nsubj:pass") else kind
                if kind:
                    links[kind].append(word)
    children = [word for word in words.values() if str(word.head) == key]
    passive = bool(links["passive"] or links["by"]) or verb.has("Voice=Pass")
    passive = passive or any(word.relation == "aux:pass" for word in children)
    subjects = links["passive"] + links["subject"]
    arguments = {
        "agent": links["by"] if passive else subjects,
        "patient": subjects if passive else links["object"] or links["iobj"],
    }
    voice = "active" if not passive else "passive" if links["by"] else "agentless"
    negated = any(word.has("Polarity=Neg") and word.relation == "advmod" for word in children)
    silent = not subjects and not verb.has("VerbForm=Fin") and not any(word.relation == "aux" for word in children)
    return Verb(voice, negated, arguments, "" if not silent else "patient" if passive else "agent")


# --- systems: what each finds in an article ---------------------------------------------------------------------------


def article(document: Document) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [document.name], "title": [document.title], "text": [document.text]})


def mediakit_actions(document: Document) -> Iterator[Found]:
    nobody = build("mentions", [])  # phrases then end at their heads
    for row in mk.actions(article(document), nobody).itertuples():
        yield Found(row.start, "", row.start, row.voice)
        for role in ROLES:
            end = getattr(row, f"{role}_end")
            if pd.notna(end):
                yield Found(row.start, role, int(end) - 1)


def plain_spacy(document: Document) -> Iterator[Found]:
    """The labels as they are: nsubj, dobj, nsubjpass, the object of an agent; nothing shared."""
    for token in parser("accuracy_actions")(document.text):
        if token.pos_ != "VERB":
            continue
        labels = [(child.dep_, child) for child in token.children]
        labels += [("by", noun) for child in token.children if child.dep_ == "agent" for noun in child.children]
        passive = any(label in ("auxpass", "nsubjpass", "agent") for label, _ in labels)
        voice = "active" if not passive else "passive" if any(label == "by" for label, _ in labels) else "agentless"
        yield Found(token.idx, "", token.idx, voice)
        roles = {"nsubj": "agent", "by": "agent", "dobj": "patient", "nsubjpass": "patient"}
        for label, child in labels:
            if label in roles:
                yield Found(token.idx, roles[label], child.idx + len(child) - 1)


def textacy_triples(document: Document) -> Iterator[Found]:
    """Subject, verb and object; it does not tell passives, so that their subjects are taken for patients here."""
    from textacy.extract.triples import subject_verb_object_triples

    for triple in subject_verb_object_triples(parser("accuracy_actions")(document.text)):
        verb = triple.verb[-1]
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
        yield Found(verb.idx, "", verb.idx, "agentless" if passive else "active")
        for role, part in (("agent", triple.subject), ("patient", triple.object)):
            swapped = {"agent": "patient", "patient": "agent"}[role] if passive else role
            yield Found(verb.idx, swapped, part[-1].idx + len(part[-1]) - 1)


# --- scores -----------------------------------------------------------------------------------------------------------


def fits(words: Iterable[Word], head: int) -> Word | None:
    """The gold argument that the character belongs to."""
    return next((word for word in words if _holds(word, head)), None)


def _holds(word: Word, head: int) -> bool:
    return word.start <= head < word.end or any(_holds(inner, head) for inner in word.inner)


def score(documents: list[tuple[Document, dict[int, Verb]]], system: Callable[[Document], Iterable[Found]]) -> Counter:
    counts: Counter[str] = Counter()
    for document, verbs in documents:
        found = set(system(document))
        seen: dict[tuple[int, str], set[int]] = {}
        for row in found:
            verb = verbs.get(row.verb)
            if not row.role:
                if verb:
                    counts["voiced"] += 1
                    counts["voice"] += verb.voice == row.voice
                    counts["passive found"] += row.voice != "active"
                    counts["passive right"] += row.voice != "active" and verb.voice != "active"
                continue
            if verb and verb.unjudged == row.role:
                counts[f"{row.role} unjudged"] += 1
                continue
            counts[f"{row.role} found"] += 1
            right = fits(verb.arguments[row.role], row.head) if verb else None
            if right:
                seen.setdefault((row.verb, row.role), set()).add(right.start)
        for start, verb in verbs.items():
            counts["passive gold"] += verb.voice != "active"
            for role in ROLES:
                counts[f"{role} gold"] += len(verb.arguments[role])
                counts[f"{role} right"] += len(seen.get((start, role), ()))
    return counts


def told(counts: Counter[str]) -> str:
    parts = []
    for name in (*ROLES, "passive"):
        right, found, gold = (counts[f"{name} {what}"] for what in ("right", "found", "gold"))
        parts.append(f"{name} P {right / found:.3f} R {right / gold:.3f} F1 {2 * right / (found + gold):.3f} ({gold})")
    parts.append(f"voice of predicates found {counts['voice'] / counts['voiced']:.3f} ({counts['voiced']})")
    parts.append(f"not judged: {counts['agent unjudged']} agents, {counts['patient unjudged']} patients")
    return "; ".join(parts)


def print_coded(documents: Iterable[Document], name: str, system: Callable[[Document], Iterable[Found]]) -> None:
    """How often the system's agent, patient and voice are the coder's, "nobody" included."""
    texts = {document.name: document for document in documents}
    right: Counter[str] = Counter()
    rows = list(csv.DictReader(CODED.read_text(encoding="utf-8").splitlines()))
    said = {key: list(system(texts[key])) for key in dict.fromkeys(row["document"] for row in rows)}
    for row in rows:
        text, start = texts[row["document"]].text, int(row["start"])
        assert text.startswith(row["first_word"], start), f"{row['document']} {start}: the text is another one"
        here = [found for found in said[row["document"]] if found.verb == start]
        for role in ROLES:
            heads = {_word_at(text, found.head) for found in here if found.role == role}
            right[role] += row[role] in heads if row[role] else not heads
        right["voice"] += row["voice"] in {found.voice for found in here}
    told = ", ".join(f"{what} {right[what]}" for what in (*ROLES, "voice"))
    print(f"  {name}, right of {len(rows)} verbs coded by hand: {told}")


def _word_at(text: str, at: int) -> str:
    """The word that the character belongs to."""
    return next((found[0] for found in re.finditer(r"\w+", text) if found.start() <= at < found.end()), "")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not (folder / "gum_news").is_dir():
        print("gum_news: not there (gum_news in the folder given)")
        return
    paths = sorted((folder / "gum_news" / "dep").glob("*.conllu"))
    pairs = zip(read_gum(folder), paths, strict=True)
    documents = [(document, gold_verbs(path, document.text)) for document, path in pairs]
    systems: dict[str, Callable[[Document], Iterable[Found]]] = {
        "mk.actions": mediakit_actions,
        "spaCy's labels": plain_spacy,
    }
    try:
        import textacy  # noqa: F401

        systems["textacy"] = textacy_triples
    except ImportError:
        print("textacy: not installed, not measured")
    print(f"gum_news: {len(documents)} articles, {sum(len(verbs) for _, verbs in documents)} predicates")
    for name, system in systems.items():
        parts = {"all": documents, "building half": documents[::2], "kept half": documents[1::2]}
        for part, chosen in parts.items():
            print(f"  {name}, {part}: {told(score(chosen, system))}")
    for name, system in systems.items():
        print_coded((document for document, _ in documents), name, system)


if __name__ == "__main__":
    main()
