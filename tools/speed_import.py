"""Measure the import: reading beside pandas with the same normalising, the whole import, and its peak memory.

    python tools/speed_import.py             20,000 articles as JSON Lines, Parquet and text files
    python tools/speed_import.py -n 2000     fewer

Articles are made of paragraphs of ../shared/data/persent where that is there, else of the seeds. Seconds are of the
processor, the best of some turns; mediakit and the peer take turns in the same run.

The peer is what a user writes who has a JSON Lines file: `pandas.read_json(lines=True)`, then for every article the
same normalising in a plain loop: columns renamed, mojibake undone where ftfy's own test finds some, line ends, control
characters, lines broken at a column, the source's name, the date by dateutil to UTC. A second peer calls
`ftfy.fix_encoding` on every text, as its documentation shows.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ["TQDM_DISABLE"] = "1"
PERSENT = ROOT.parent / "shared" / "data" / "persent"
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
MEMORY = """
import gc, sys
sys.path.insert(0, {root!r})
import mediakit as mk, pandas, pyarrow.parquet
mk.read_corpus({seeds!r})
gc.collect()
value = lambda key: next(int(l.split()[1]) << 10 for l in open("/proc/self/status") if l.startswith(key))
open("/proc/self/clear_refs", "w").write("5")
before = value("VmRSS")
corpus = mk.read_corpus({path!r})
print(value("VmHWM") - before, sum(len(text.encode()) for text in corpus.articles["text"]))
"""


def paragraphs() -> list[str]:
    """Paragraphs of real news, mended, so that broken characters are as rare as they are in most exports."""
    import ftfy

    csv.field_size_limit(1 << 30)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    if PERSENT.is_dir():
        for path in sorted(PERSENT.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                texts += [row["DOCUMENT"] for row in csv.DictReader(file)]
    else:
        print("../shared/data/persent is not there: paragraphs of the seeds only")
    found = (ftfy.fix_text(line.strip(), uncurl_quotes=False) for text in texts for line in text.split("\n"))
    return [line for line in found if len(line.split()) > 8]


def articles(n: int) -> list[dict[str, str]]:
    """Made articles of about 2.9 KB; two thirds with curly marks, some with boilerplate."""
    chance, pool = random.Random(7), paragraphs()
    tails = ["(AP Photo/Jane Doe)", "© 2025 Example Media Ltd.", "Follow us on X and Facebook", "Share this article"]
    made = []
    for number in range(n):
        lines: list[str] = []
        while sum(map(len, lines)) < 2600:
            line = chance.choice(pool)
            lines.append(re.sub(r'"(?=\w)', "“", line).replace('"', "”").replace("'", "’") if number % 3 else line)
        if number % 4 == 0:
            lines.append(chance.choice(tails))
        if number % 40 < 8:
            lines.append(f"Outlet {number % 40} brings you the news")
        time_of = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=7 * number)
        row = {"id": f"n{number}", "headline": " ".join(chance.choice(pool).split()[:9]), "body": "\n\n".join(lines)}
        made.append(row | {"outlet": f"Outlet {number % 40}", "pub_date": time_of.isoformat(), "byline": "Jane Doe"})
    return made


def peer(path: Path, *, always: bool) -> int:
    """The plain loop; `always`: ftfy on every text, not only where its own test finds broken characters."""
    import ftfy
    import pandas as pd
    from dateutil import parser
    from ftfy.badness import is_bad

    frame = pd.read_json(path, lines=True)
    rows = []
    for row in frame.to_dict("records"):
        title, text = row["headline"], row["body"]
        if always or is_bad(title):
            title = ftfy.fix_encoding(title)
        if always or is_bad(text):
            text = ftfy.fix_encoding(text)
        text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        rows.append(
            {
                "article_id": row["id"],
                "title": " ".join(CONTROL.sub("", title).split()),
                "text": joined(text),
                "source": " ".join(row["outlet"].split()),
                "author": " ".join(row["byline"].split()),
                "published": parser.parse(str(row["pub_date"])).astimezone(dt.UTC),
            }
        )
    return len(pd.DataFrame(rows))


def joined(text: str) -> str:
    """Paragraphs whose lines were broken at a column, joined."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        width = max(map(len, lines))
        wrapped = len(lines) > 2 and 40 <= width <= 120 and all(len(line) > 0.6 * width for line in lines[:-1])
        blocks.append(" ".join(lines) if wrapped else block)
    return "\n\n".join(blocks)


def reading(path: Path) -> int:
    """mediakit's reading: records with names, dates, repaired texts; without cleaning and language."""
    import pandas as pd

    from mediakit.importing.prepare import prepare
    from mediakit.readers import Record, read_records
    from mediakit.readers.dates import parse_dates

    rows = []
    for item in read_records(path):
        if isinstance(item, Record) and prepare(item, []):
            rows.append(item.fields)
    times, _, _ = parse_dates(
        [row.get("published") for row in rows],
        [row.get("source") for row in rows],
        [str(path)] * len(rows),
        now=dt.datetime.now(dt.UTC),
    )
    return len(pd.DataFrame(rows).assign(published=times))


def seconds(work: Callable[[], int]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("-n", type=int, default=20_000, help="articles (default: 20,000)")
    options.add_argument("--rounds", type=int, default=3, help="turns, of which the best counts (default: 3)")
    given = options.parse_args()
    n = given.n
    import pandas as pd

    import mediakit as mk

    mk.read_corpus(ROOT / "seeds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = articles(n)
        lines, table, texts = folder / "a.jsonl", folder / "a.parquet", folder / "texts"
        lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
        pd.DataFrame(made).to_parquet(table)
        texts.mkdir()
        for row in made:
            (texts / f"{row['id']}.txt").write_text(f"{row['headline']}\n\n{row['body']}", encoding="utf-8")
        del made
        work: dict[str, Callable[[], int]] = {
            "peer": lambda: peer(lines, always=False),
            "peer, ftfy on all": lambda: peer(lines, always=True),
        }
        for kind, path in (("JSON Lines", lines), ("Parquet", table), ("text files", texts)):
            work[f"reading {kind}"] = lambda path=path: reading(path)  # type: ignore[misc]
            work[f"whole import {kind}"] = lambda path=path: len(mk.read_corpus(path).articles)  # type: ignore[misc]
        best = dict.fromkeys(work, float("inf"))
        for _ in range(given.rounds):
            for kind, job in work.items():
                best[kind] = min(best[kind], seconds(job))
        print(f"{n:,} articles, load {os.getloadavg()[0]:.1f}")
        for kind, value in best.items():
            ratios = ", ".join(f"{best[other] / value:.1f} × {other}" for other in list(best)[:2])
            print(f"{kind:26s} {value:6.2f} s  {n / value:7,.0f} articles/s   {ratios}")
        for path in (lines, table, texts):
            code = MEMORY.format(root=str(ROOT), seeds=str(ROOT / "seeds"), path=str(path))
            run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            peak, size = map(int, run.stdout.split())
            print(
                f"peak memory {path.name:10s} {peak / 1e6:5.0f} MB over what imports take, {peak / size:.2f} × the text"
            )


if __name__ == "__main__":
    main()
