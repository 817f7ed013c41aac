"""The plain texts of the Wikinews articles in MEANTIME, which stores them as tokens: title, date, body, one line each.

    python tools/meantime_texts.py DATA DOCUMENT

prints one. DATA holds meantime_en. The data tells sentences, not paragraphs, so the body is one line. Marks of
quotation written `` and '' become straight ones, as they stood; other marks stay. Spaces go where English puts none.
tools/coding/quotes_meantime.csv points into these texts: change nothing here without moving its offsets.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

TITLE, DATE = 0, 1
LEFT = re.compile(r"[.,;:!?%)\]’”]|'|''|\.\.\.|n't|['’](?:s|re|ve|ll|d|m)|'[A-Z]\w+")  # no space before
RIGHT = re.compile(r"[(\[#£€¥“`]|``|[A-Z]*\$|O'")  # no space after
CUT_OFF = re.compile(r"m|re|s|d|ve|ll")  # "we ' re", "I' m"


def meantime_texts(data: Path) -> dict[str, str]:
    """The text of each document of DATA/meantime_en by its id ("corpus_airbus/100911"), in the order of the file."""
    sentences: dict[str, dict[int, list[str]]] = {}
    for line in (data / "meantime_en" / "meantime.conll").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4:
            sentences.setdefault(cells[0], {}).setdefault(int(cells[1]), []).append(cells[3])
    return {document: _text(parts) for document, parts in sentences.items()}


def _text(sentences: dict[int, list[str]]) -> str:
    text, before, marked = "", "", False
    for number, words in sentences.items():
        before = "" if number <= DATE + 1 else before
        text = text.rstrip() + "\n" if number <= DATE + 1 and text else text
        for at, word in enumerate(words):
            # "\"" alone does not say which side it is: the second closes what the first opened
            side = ("''" if marked else "``") if word == '"' else word
            marked = {"``": True, "“": True, "''": False, "”": False}.get(side, marked)
            apostrophe = at and before[-1:] in ("'", "’") and CUT_OFF.fullmatch(word)
            if (at and (LEFT.fullmatch(side) or apostrophe)) or RIGHT.fullmatch(before):
                text = text.removesuffix(" ")
            text += word.replace("``", '"').replace("''", '"').replace("`", "'") + " "
            before = side
    return text.rstrip()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"Usage: {(__doc__ or '').splitlines()[2].strip()}")
    print(meantime_texts(Path(sys.argv[1])).get(sys.argv[2], f"MEANTIME has no document {sys.argv[2]!r}."))
