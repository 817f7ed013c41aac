"""How often syllables are counted right, and how often a hit of the framing dictionary is about what its category says.

    python tools/accuracy_terms.py

reads what was coded by hand in tools/coding (syllables.csv, framing_hits.csv); tools/coding/README.md says how.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from mediakit.term_syllables import syllables

CODING = Path(__file__).parent / "coding"


def main() -> int:
    words = pd.read_csv(CODING / "syllables.csv", keep_default_na=False)
    words["found"] = [syllables(word) for word in words["word"]]
    words["right"] = words["found"] == words["syllables"]
    for (half, drawn), part in words.groupby(["half", "drawn"]):
        error = part["found"].sum() / part["syllables"].sum() - 1
        print(f"{half}, drawn by {drawn}: {part['right'].sum()} of {len(part)} right, total {100 * error:+.1f} %")
    wrong = words[~words["right"]]
    print("wrong:", ", ".join(f"{row.word} {row.found} for {row.syllables}" for row in wrong.itertuples()))
    hits = pd.read_csv(CODING / "framing_hits.csv")
    for category, part in hits.groupby("category", sort=False):
        right = part["right"] == "yes"
        missed = ", ".join(part.loc[~right, "hit"])
        print(f"{category}: {right.sum()} of {len(part)} right{'; not: ' + missed if missed else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
