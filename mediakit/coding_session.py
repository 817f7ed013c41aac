"""What a coder has answered and what comes next: the state behind the coding widget, without the widget."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from .coding_files import append_coding, one_line, read_codings, repair
from .frames import require

Unit = dict[str, Any]
_MOST_LABELS = 9  # one key each


class Session:
    """One coder going through a sample; every answer is in the file before the next unit is shown."""

    def __init__(self, sample: pd.DataFrame, path: str | os.PathLike[str], coder: str, labels: Sequence[str]) -> None:
        """Begin, or go on where the file leaves off."""
        require(sample, "coding_sample", "article_id", "start", "end", "text", "sentence", "sentence_start")
        self.path, self.coder, self.labels = Path(path), one_line(coder), [one_line(label) for label in labels]
        if self.path.suffix.casefold() != ".csv":
            raise ValueError(f"{self.path.name}: codings are written to a .csv file; choose this ending.")
        if not self.coder:
            raise ValueError("coder is empty: say who gives the labels.")
        if not 2 <= len(set(self.labels)) == len(self.labels) <= _MOST_LABELS or "" in self.labels:
            raise ValueError(
                f"labels must be two to {_MOST_LABELS} different words, a key each; they are {list(labels)}."
            )
        self.units: list[Unit] = sample.astype("object").where(sample.notna(), None).to_dict("records")
        self.said = repair(self.path)
        self.answers: dict[int, str] = {}  # in the order they were given, for taking back
        self._resume()
        self.at = self._next_open(-1)

    def _resume(self) -> None:
        if not self.path.exists():
            return
        given = read_codings(self.path)
        own = given[given["coder"] == self.coder]
        place = {key(unit): number for number, unit in enumerate(self.units)}
        for row in own.to_dict("records"):
            number = place.get(key(row))
            # the same place in another text is another sentence
            if number is not None and row["text"] == one_line(self.units[number]["text"]):
                self.answers[number] = row["label"]

    @property
    def unit(self) -> Unit | None:
        """What is to be coded now; None when all is."""
        return self.units[self.at] if self.at < len(self.units) else None

    def answer(self, label: str) -> None:
        """Save a label for the unit that is shown, then go on to the next one without."""
        if self.unit is not None:
            self._write(self.at, label)
            self.answers.pop(self.at, None)
            self.answers[self.at] = label
            self.at = self._next_open(self.at)

    def undo(self) -> None:
        """Take the last answer back and show its unit again; the file keeps both lines."""
        if self.answers:
            number = next(reversed(self.answers))
            self._write(number, "")
            del self.answers[number]
            self.at = number

    def skip(self) -> None:
        """Leave the unit open and go on to the next open one; it comes again when the others are done."""
        self.at = self._next_open(self.at)

    def step(self, by: int) -> None:
        """Look at the unit before or after, coded or not."""
        self.at = min(max(self.at + by, 0), max(len(self.units) - 1, 0))

    def _next_open(self, after: int) -> int:
        n = len(self.units)
        order = [*range(after + 1, n), *range(min(after + 1, n))]
        return next((number for number in order if number not in self.answers), n)

    def _write(self, number: int, label: str) -> None:
        unit = self.units[number]
        self.said = repair(self.path)
        record = {
            "article_id": unit["article_id"],
            "start": unit["start"],
            "end": unit["end"],
            "text": one_line(unit["text"]),
            "coder": self.coder,
            "label": label,
            "coded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        append_coding(self.path, record)


def key(row: Unit) -> tuple[str, int, int]:
    """What names a unit."""
    return str(row["article_id"]), int(row["start"]), int(row["end"])
