"""Measure how often a capital or a seat is read as the place or the government that it stands for.

    python tools/accuracy_metonyms.py [DATA]

DATA holds newsmtsc and persent (default: shared/data beside the repository). tools/coding/metonyms.csv has the coding;
half build was used to write the rules, half kept was not. Prints the table of docs/accuracy.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd

import mediakit as mk

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
CODING = Path(__file__).resolve().parent / "coding" / "metonyms.csv"
NEWSMTSC, PERSENT = Path("newsmtsc", "rw-hf", "train.jsonl"), Path("persent", "dev.csv")


def texts(folder: Path) -> dict[tuple[str, str], str]:
    """(data set, id) → text."""
    found = {}
    for line in (folder / NEWSMTSC).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found["newsmtsc", record["id"]] = record["sentence"]
    table = pd.read_csv(folder / PERSENT).dropna(subset=["DOCUMENT"])
    found |= {
        ("persent", str(number)): text for number, text in zip(table["DOCUMENT_INDEX"], table["DOCUMENT"], strict=True)
    }
    return found


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    missing = [str(path) for path in (NEWSMTSC, PERSENT) if not (folder / path).is_file()]
    if missing:
        print(f"{', '.join(missing)}: not in {folder.name}; nothing measured")
        return
    coding = pd.read_csv(CODING, dtype={"article_id": "str"})
    known = texts(folder)
    keys = list(zip(coding["data"], coding["article_id"], strict=True))
    fits = [
        known[key][start:end] == name
        for key, start, end, name in zip(keys, coding["start"], coding["end"], coding["text"], strict=True)
    ]
    if not all(fits):
        raise SystemExit(f"{fits.count(False)} rows of {CODING.name} do not fit the texts: other versions of the data?")
    ids = [" ".join(key) for key in keys]
    coding = coding.assign(article_id=ids)
    unique = dict(zip(ids, (known[key] for key in keys), strict=True))
    articles = pd.DataFrame({"article_id": unique.keys(), "title": None, "text": unique.values()})
    found = mk.mentions(articles)[["article_id", "start", "end", "form"]]
    read = coding.merge(found, on=["article_id", "start", "end"], how="left")
    read["read"] = read["form"].map({"place": "place", "metonym": "government"}).fillna("none")
    for half in ("build", "kept"):
        for kind in ("capital", "seat"):
            rows = read[(read["half"] == half) & (read["kind"] == kind)]
            meant = rows[rows["label"] != "none"]
            government = meant["label"] == "government"
            as_government = meant["read"] == "government"
            print(
                f"{half} {kind}: n {len(meant)}, right {(meant['label'] == meant['read']).mean():.3f}; "
                f"always place {(~government).mean():.3f}, always government {government.mean():.3f}; "
                f"government: {(government & as_government).sum()} of {as_government.sum()} read so right, "
                f"{(government & as_government).sum()} of {government.sum()} found; "
                f"part of another name: {(rows[rows['label'] == 'none']['read'] != 'government').sum()} "
                f"of {(rows['label'] == 'none').sum()} not read as a government"
            )
    for row in read[(read["label"] != read["read"]) & (read["label"] != "none")].itertuples():
        text = unique[row.article_id]
        around = text[max(0, row.start - 50) : row.start] + "[" + row.text + "]" + text[row.end : row.end + 30]
        print(f"  {row.half}, meant {row.label}, read {row.read}: {around!r}")


if __name__ == "__main__":
    main()
