"""Measure what docs/speed.md claims, and write it there.

    python tools/speed.py              measure everything, print the rows
    python tools/speed.py import       only the measures named
    python tools/speed.py --write      put the rows into docs/speed.md; rows of other measures stay

A measure is a function that returns one Row, listed in MEASURES. It measures mediakit and the peer in the same run,
turn about, so that whatever else the machine is doing hits both.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "speed.md"
HEADER = ("measure", "data", "result", "peer in the same run", "bar", "measured on")


@dataclass(frozen=True)
class Row:
    """One line of the table. `measure` is the name in MEASURES, so that the line can be found and measured again."""

    measure: str
    data: str
    result: str
    peer: str
    bar: str
    machine: str


def machine() -> str:
    """Where it was measured, and how busy that was: a load over the number of cores makes every second longer."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores{load}"


def start_up(statements: list[str], rounds: int) -> dict[str, list[float]]:
    """Seconds that a fresh interpreter takes to run each statement and end, one value per round, turn about."""
    seconds: dict[str, list[float]] = {statement: [] for statement in statements}
    for turn in range(rounds + 1):
        for statement, values in seconds.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], cwd=ROOT, check=True)
            if turn:  # the first turn fills the disk cache and writes the bytecode
                values.append(time.perf_counter() - start)
    return seconds


def spread(values: list[float]) -> str:
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:.3f} s (middle half {low:.3f} to {high:.3f})"


def measure_import(rounds: int) -> Row:
    """`import mediakit`, over what an interpreter takes that imports nothing."""
    ours, alone, together = (
        "import mediakit",
        "import pandas",
        "import pandas, plotly.express, textblob, wordcloud",
    )
    seconds = start_up(["pass", ours, alone, together], rounds)
    bare = seconds.pop("pass")
    over = {
        statement: spread([value - base for value, base in zip(values, bare, strict=True)])
        for statement, values in seconds.items()
    }
    return Row(
        measure="import",
        data=f"{rounds} fresh interpreters each; seconds over bare Python ({statistics.median(bare):.3f} s)",
        result=f"`{ours}` {over[ours]}",
        peer=f"`{alone}` {over[alone]}; `{together}` {over[together]}",
        bar="at most 0.06 s",
        machine=machine(),
    )


def measure_second_run(rounds: int) -> Row:
    """What `make report` and `make test` spend before they start work, in a checkout that is set up."""
    target = ["make", "setup", "browser"]
    subprocess.run(target, cwd=ROOT, check=True)
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(target, cwd=ROOT, check=True)
        seconds.append(time.perf_counter() - start)
    return Row(
        measure="second-run",
        data=f"{rounds} runs in a checkout that is set up",
        result=f"`{' '.join(target)}` {spread(seconds)}",
        peer="none",
        bar="at most 2 s",
        machine=machine(),
    )


MEASURES: dict[str, Callable[[int], Row]] = {"import": measure_import, "second-run": measure_second_run}


def table_line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def write(rows: list[Row], page: Path) -> None:
    """Replace the table lines of these measures, or add them below the others."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for row in rows:
        start = f"| {row.measure} |"
        place = next((number for number, line in enumerate(lines) if line.startswith(start)), None)
        if place is None:
            last = max(number for number, line in enumerate(lines) if line.startswith("|"))
            lines.insert(last + 1, table_line(astuple(row)))
        else:
            lines[place] = table_line(astuple(row))
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"of: {', '.join(MEASURES)} (default: all)")
    parser.add_argument("--rounds", type=int, default=20, help="how often each thing is timed (default: 20)")
    parser.add_argument("--write", action="store_true", help="put the rows into docs/speed.md")
    options = parser.parse_args()
    unknown = set(options.measures) - set(MEASURES)
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}; there are: {', '.join(MEASURES)}")
    rows = [MEASURES[name](options.rounds) for name in options.measures or MEASURES]
    print(table_line(HEADER), table_line(("---",) * len(HEADER)), *(table_line(astuple(row)) for row in rows), sep="\n")
    if options.write:
        write(rows, PAGE)


if __name__ == "__main__":
    main()
