"""From records to the frames articles and cuts, in batches: what is kept of a text is its cleaned form and its cuts.

First every record is repaired and cleaned by itself. Then comes what needs all of them: ids, dates, sources; the texts
of sources that repeat themselves are cleaned again; and the language is told from the cleaned text.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from ..cleaning import Cleaned, Cleaner, Raw
from ..frames import FRAMES, build
from ..languages import identify
from ..progress import progress
from ..readers.dates import parse_dates
from ..readers.outlets import OwnOutlets, canonical_sources
from ..readers.records import IN_PART, Problem, Record
from ..readers.repair import whole_characters
from .columns import Columns
from .ids import given_id, inside, unique_ids
from .prepare import TITLE, name_text, prepare
from .texts import Texts, raw_of

__all__ = ["Import"]

MOST_COLUMNS = 1_000  # of the input's own; tables of articles have no more, tables of something else may
_OPTIONAL = [column.name for column in FRAMES["articles"].columns if column.optional and column.name != "path"]


class Import:
    """Takes records one by one, and makes the frames of them."""

    def __init__(self, place: Path, *, now: dt.datetime, outlets: OwnOutlets | None = None) -> None:
        """Nothing has been taken yet from what lies at `place`; `outlets` are the user's own."""
        self._outlets = outlets
        self.problems: list[Problem] = []
        self._place = Path(whole_characters(str(place)))
        self._now = now
        self._fields = Columns()  # what is known of each article, beside its text
        self._extra = Columns()
        self._names: set[str] = set()  # the input's own columns
        self._dropped: dict[str, int] = {}  # files of which columns were left out
        self._summaries: Counter[tuple[str, str]] = Counter()  # by file, and the name they go by there
        self._texts = Texts()
        self._cleaner = Cleaner()
        self._fresh = array("q")  # the articles that the cleaner has seen

    def __len__(self) -> int:
        """The number of articles so far."""
        return len(self._fields)

    def take(self, record: Record) -> None:
        """One more record: an article, or a problem."""
        own_basis = record.fields.get("text_basis")
        if not prepare(record, self.problems):
            return
        if (basis := record.fields.get("text_basis")) != own_basis and basis != TITLE:
            self._summaries[record.path, str(basis)] += 1
        fields = record.fields
        text, source = str(fields.pop("text")), name_text(fields.get("source"))
        if record.clean:
            self._texts.add(Cleaned(text, name_text(fields.pop("title", None), clean=True), []))
        else:
            self._fresh.append(len(self))
            self._texts.add(self._cleaner.first(Raw(text, record.titled, source)))
            fields.pop("title", None)
        given = given_id(fields.get("article_id"), clean=record.clean)
        # file names may hold what is no character
        own = {"given_id": given, "file": whole_characters(record.path), "record": record.record, "clean": record.clean}
        self._fields.add({**fields, **own})
        self._extra.add(self._limited(record))

    def _limited(self, record: Record) -> Mapping[str, object]:
        """The record's own columns, as long as there are not too many in all."""
        if record.extra.keys() <= self._names:
            return record.extra
        kept = {}
        for name, value in record.extra.items():
            if name in self._names or len(self._names) < MOST_COLUMNS:
                self._names.add(name)
                kept[name] = value
        if left_out := len(record.extra) - len(kept):
            self._dropped[record.path] = max(left_out, self._dropped.get(record.path, 0))
        return kept

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The frames articles and cuts of everything taken; further problems are added."""
        for path, n in self._dropped.items():
            reason = (
                f"too many columns: {MOST_COLUMNS:,} are kept beside those of articles, up to {n:,} a record left out"
            )
            self.problems.append(Problem(path, None, reason, IN_PART))
        for (path, name), n in self._summaries.items():
            reason = f"only a summary was given for {n:,} of its articles, which is taken for the text: {name}"
            self.problems.append(Problem(path, None, reason, IN_PART))
        known = self._fields
        files = [str(file) for file in known.values("file")]
        records = list(map(_text, known.values("record")))
        clean = [bool(value) for value in known.values("clean")]
        ids = unique_ids(list(map(_text, known.values("given_id"))), files, records, self._place, self.problems)
        columns: dict[str, object] = {"article_id": pd.Series(ids)}
        sources = self._sources(clean)
        columns |= sources
        columns |= self._dates(sources["source"], files, records, clean)
        self._clean_again(sources["source"])
        columns |= self._languages(files, records, clean)
        texts, cuts = self._texts.columns(ids)
        columns |= texts
        for name in set(_OPTIONAL) & set(known.names()) - set(columns):
            columns[name] = known.series(name)
        if not all(clean) or "path" in known.names():
            written = known.values("path")
            columns["path"] = [
                name_text(path, clean=True) if was_clean else inside(file, self._place)
                for path, file, was_clean in zip(written, files, clean, strict=True)
            ]
        for name in self._extra.names():
            columns[name if name not in columns else f"{name}.2"] = self._extra.series(name)
        return build("articles", pd.DataFrame(columns)), build("cuts", pd.DataFrame(cuts))

    def problem_frame(self) -> pd.DataFrame:
        """The frame problems, as far as things have gone."""
        rows = [[_sound(value) for value in problem] for problem in self.problems]
        return build("problems", pd.DataFrame(rows, columns=list(Problem._fields)))

    def _sources(self, clean: Sequence[bool]) -> dict[str, list[str | None]]:
        """One name for each outlet; what `write_articles` wrote is taken as it is."""
        names = ("source", "source_given", "source_basis")
        written = {name: list(map(_text, self._fields.values(name))) for name in names}
        if all(clean):
            return {name: values for name, values in written.items() if name in (names[0], *self._fields.names())}
        found = canonical_sources(written["source"], list(self._fields.values("url")), own=self._outlets)
        columns = {
            name: [own if was else new for own, new, was in zip(written[name], values, clean, strict=True)]
            for name, values in zip(names, found, strict=True)
        }
        return {name: values for name, values in columns.items() if name != "source_given" or any(values)}

    def _dates(
        self,
        sources: Sequence[str | None],
        files: Sequence[str],
        records: Sequence[str | None],
        clean: Sequence[bool],
    ) -> dict[str, object]:
        """Times of publication and how they are known; what `write_articles` wrote is taken as it is.

        Dates of its files that are no longer ISO, as spreadsheets leave them, are read as those of other files are.
        """
        given = list(self._fields.values("published"))
        written = pd.Series([value if was else None for value, was in zip(given, clean, strict=True)], dtype="object")
        iso = pd.to_datetime(written, utc=True, format="ISO8601", errors="coerce")
        known = iso.notna().tolist()
        read = [None if was_read else value for value, was_read in zip(given, known, strict=True)]
        times, bases, reasons = parse_dates(read, sources, files, now=self._now)
        times = times.fillna(iso)
        self._note(files, records, reasons)
        told = list(self._fields.values("published_basis"))
        anew = [was and basis is not None for was, basis in zip(clean, bases, strict=True)]
        if all(clean) and not any(anew) and "published_basis" not in self._fields.names():
            return {"published": times}
        basis_of = zip(told, bases, anew, times.notna(), strict=True)
        return {
            "published": times,
            "published_basis": [(basis if new else own or basis) if has else None for own, basis, new, has in basis_of],
        }

    def _clean_again(self, names: Sequence[str | None]) -> None:
        """Cut what only the corpus shows to be boilerplate, source by source."""
        cleaner, texts, fresh = self._cleaner, self._texts, self._fresh

        def raw(place: int) -> Raw:
            return texts.raw(fresh[place], names[fresh[place]])

        def second(number: int, article: Cleaned) -> Cleaned:
            return cleaner.second(raw_of(article, names[number]))

        again = cleaner.to_clean_again([names[number] for number in fresh], raw)
        texts.replace([fresh[place] for place in again], second)

    def _languages(
        self, files: Sequence[str], records: Sequence[str | None], clean: Sequence[bool]
    ) -> dict[str, object]:
        """The language of each article and how it is known; nothing for what `write_articles` wrote."""
        if all(clean):
            return {}
        given = self._fields.values("language")
        codes: list[str | None] = []
        bases: list[str | None] = []
        reasons: list[str | None] = []
        for texts in progress(self._texts.batches(), "telling languages", unit="batch"):
            found = identify(texts, list(islice(given, len(texts))))
            codes += found.codes
            bases += found.bases
            reasons += found.reasons
        for name, values in (("language", codes), ("language_basis", bases)):
            written = map(_text, self._fields.values(name))
            values[:] = [own if was else new for own, new, was in zip(written, values, clean, strict=True)]
        self._note(files, records, [None if was else why for why, was in zip(reasons, clean, strict=True)])
        return {"language": codes, "language_basis": bases}

    def _note(self, files: Sequence[str], records: Sequence[str | None], reasons: Sequence[str | None]) -> None:
        for file, record, reason in zip(files, records, reasons, strict=True):
            if reason:
                self.problems.append(Problem(file, record, reason, IN_PART))


def _sound(value: str | None) -> str | None:
    return None if value is None else whole_characters(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
