"""Build mediakit/data/outlets.csv from the lists in tools/outlets: python tools/build_outlets.py

The lists are written by hand. A line is an outlet: its name | type | domains | other names | names it shares with other
outlets | places and editions that may stand in brackets behind its names. "## …" is the country of the lines below.
Names and places are divided by semicolons, domains by spaces; domains of which we are not sure are left out.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
LISTS = ("english.txt", "world.txt", "beyond.txt")
TARGET = HERE.parent / "mediakit" / "data" / "outlets.csv"
COLUMNS = ["outlet", "alias", "kind", "type", "country"]
REGIONS = {"International", "Balkans", "Baltic states", "Caucasus and Central Asia", "Southeast Asia"} | {
    *("Korea", "Latin America", "Africa"),
}
SHORT = 5  # letters


def rows(lines: list[str]) -> Iterator[list[str]]:
    """The rows of the table that the lines of a list stand for."""
    country = ""
    for line in lines:
        if line.startswith("##"):
            country = line.removeprefix("##").strip()
            country = "" if country in REGIONS else country
            continue
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")]
        outlet, kind, domains, names, shared, places = parts + [""] * (6 - len(parts))
        aliases = {"domain": domains.split(), "shared": listed(shared), "place": listed(places)}
        yield [outlet, outlet, "name", kind, country]
        for name in listed(names):
            short = name.isupper() and len(name.replace(".", "")) <= SHORT
            yield [outlet, name, "short" if short else "name", kind, country]
        for sort, found in aliases.items():
            yield from ([outlet, alias, sort, kind, country] for alias in found if alias != outlet)


def listed(text: str) -> list[str]:
    """The values of a cell, each once."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in text.split(";")))))


def main() -> int:
    """Write the table."""
    table = [row for name in LISTS for row in rows((HERE / "outlets" / name).read_text(encoding="utf-8").splitlines())]
    table = [list(row) for row in dict.fromkeys(tuple(row) for row in table)]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *table])
    print(f"{len({row[0] for row in table})} outlets, {len(table)} aliases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
