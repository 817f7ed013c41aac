"""Measure how often descriptions and pronouns are read as the right actor, rule by rule, on gold nobody here made.

    python tools/accuracy_references.py [DATA [all]]

DATA holds gum_news and meantime_en (default: shared/data beside the repository). A reference is judged when the gold
has a mention where it stands and its chains tell who the actor is: by the names of this actor in the same article, or
by the link to Wikipedia. Recall of pronouns: of those the gold takes for people or organisations, the part that is read
as somebody, and rightly. Every other document, from the first on, was used for building; the rest is the kept half.
With `all` the wrong and the unjudged ones of the building half are shown too.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
from mention_gold import Mention
from reference_gold import Chained, read

import mediakit as mk
from mediakit import actors, references
from mediakit.offices import terms

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
FORMS = ["description", "pronoun"]
PRONOUNS = {
    "he, she": {"he", "him", "his", "himself", "she", "her", "hers", "herself"},
    "it": {"it", "its", "itself"},
    "they": {"they", "them", "their", "theirs", "themselves"},
}
Judged = list[tuple[references.Reference, str]]  # right, wrong, or not judged


def resolved(document: Chained) -> tuple[pd.DataFrame, list[references.Reference]]:
    """The mentions of an article, and its descriptions and pronouns with the rule that read them."""
    kept: list[references.Reference] = []

    def recording(*page: object, **options: object) -> list[references.Reference]:
        kept.extend(references.references(*page, **{**options, "terms": terms()}))  # type: ignore[arg-type]
        return []

    articles = pd.DataFrame({"article_id": ["a"], "title": [document.title], "text": [document.text]})
    articles["published"] = pd.to_datetime([document.published], utc=True)
    original, actors.references = actors.references, recording  # type: ignore[assignment]
    try:
        found = mk.mentions(articles, unknown=True, descriptions=True, pronouns=True)
    finally:
        actors.references = original
    return found, list(dict.fromkeys(kept))


def judged(document: Chained) -> Judged:
    found, kept = resolved(document)
    chains: dict[str, set[str]] = defaultdict(set)
    for start, end, actor in found[["start", "end", "actor"]].to_numpy():
        chains[actor] |= {m.chain for m in document.mentions if m.end == end and m.start <= start}
    for chain, link in document.linked.items():
        chains[link.replace("_", " ")].add(chain)
    return [(said, _judge(document.mentions, said, chains[said.actor])) for said in kept]


def _judge(mentions: list[Mention], said: references.Reference, chains: set[str]) -> str:
    exact = [m.chain for m in mentions if (m.start, m.end) == (said.start, said.end)]
    near = [m.chain for m in mentions if m.end == said.end and abs(m.start - said.start) <= len("the former ")]
    around = [m.chain for m in mentions if m.start == said.start and m.end > said.end]
    gold = exact or (near or around if said.form == "description" else [])
    if not gold or not chains:
        return "not judged"
    return "right" if set(gold) & chains else "wrong"


def print_corpus(corpus: str, folder: Path, show: bool) -> None:
    documents = read(corpus, folder)
    for part, chosen in {"building half": documents[::2], "kept half": documents[1::2]}.items():
        rules: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        asked: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for document in chosen:
            all_judged = judged(document)
            by_span = {(said.start, said.end): verdict for said, verdict in all_judged}
            for said, verdict in all_judged:
                rules[said.form, said.rule][verdict] += 1
                if show and part == "building half" and verdict != "right":
                    place = slice(max(0, said.start - 200), said.end + 60)
                    text = document.text[said.start : said.end]
                    context = document.text[place].replace("\n", " / ")
                    print(f"{verdict} [{said.rule}] {text} = {said.actor} | {document.name}: …{context}")
            for mention in document.mentions:
                word = document.text[mention.start : mention.end].casefold()
                kind = next((kind for kind, words in PRONOUNS.items() if word in words), None)
                if kind:
                    asked[kind] += 1
                    right[kind] += by_span.get((mention.start, mention.end)) == "right"
        print(f"{corpus}, {part}, {len(chosen)} articles")
        for (form, rule), counts in sorted(rules.items()):
            total = counts["right"] + counts["wrong"]
            share = f"{counts['right'] / total:.2f}" if total else "–"
            print(f"  {form}, {rule}: right {counts['right']} of {total} ({share}), not judged {counts['not judged']}")
        for kind in asked:
            print(f"  pronouns of the gold, {kind}: read rightly {right[kind]} of {asked[kind]}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    for corpus in ("gum_news", "meantime_en"):
        if (folder / corpus).is_dir():
            print_corpus(corpus, folder, show="all" in sys.argv[2:])
        else:
            print(f"{corpus}: not there ({corpus} in the folder given)")


if __name__ == "__main__":
    main()
