"""One name for one outlet, by a table of outlets with the spellings and domains they go by."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pandas as pd

from ..frames import FrameError, build
from .addresses import host_and_path, is_address, site_of

__all__ = ["Sources", "canonical_sources", "fold_name", "read_outlets"]

TABLE = Path(__file__).parent.parent / "data" / "outlets.csv"
_LONGEST = 200  # characters of the name of an outlet
_OWN_KINDS = ("name", "short", "domain")  # of alias; "shared" and "place" do not name an outlet by themselves
OwnOutlets: TypeAlias = Mapping[str, str] | str | os.PathLike[str] | pd.DataFrame

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "})
_DROPPED = re.compile(r"['’‘`´.!?\"“”„«»]")
_BREAKS = re.compile(r"[^\w+&]+|_")
_ASIDE = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_JOINT = re.compile(r"\s+[-–—|>»:/·•]+\s+|\s*[|>»]\s*|:\s+")
_YEARS = re.compile(r"\d{4}\s*[-–]\s*(?:\d{4}|current(?: file)?)?$", re.IGNORECASE)  # "(1923-Current file)"
_EDITIONS = frozenset(  # what may stand behind a name without making it another outlet
    (
        "online;web;website;web site;digital;print;mobile;app;blog;blogs;rss;feed;rss feed;newsletter;archive;archives;"
        "online edition;web edition;digital edition;print edition;electronic edition;e paper;epaper;international;"
        "international edition;us edition;uk edition;global edition;world edition;europe edition;european edition;"
        "asia edition;late edition;final edition;early edition;first edition;national edition;weekend edition;"
        "home edition;city edition;morning edition;evening edition;english edition;online only;"
        "sunday edition;main edition;bundesausgabe;site web;en ligne;abstracts;transcripts;online exclusive;com;"
        "internet;internetausgabe;edicion impresa;edizione online;edicao impressa"
    ).split(";")
)
_COUNTRIES = {  # other names that databases put in brackets
    "United Kingdom": ("UK", "U.K.", "Great Britain", "GB"),
    "United States": ("US", "USA", "U.S.", "U.S.A."),
    "United Arab Emirates": ("UAE",),
    "Germany": ("Deutschland", "DE"),
    "France": ("FR",),
    "Netherlands": ("Nederland", "NL"),
    "Spain": ("España", "ES"),
    "Italy": ("Italia", "IT"),
    "Austria": ("Österreich",),
    "Switzerland": ("Schweiz", "Suisse"),
    "Belgium": ("België", "Belgique"),
    "Mexico": ("México",),
    "Brazil": ("Brasil",),
    "Poland": ("Polska",),
    "South Korea": ("Korea",),
}
_SECTIONS = frozenset(  # words of which the titles of feeds are made
    (
        "world news politics business home top stories story latest breaking headlines rss feed feeds uk us europe "
        "africa asia americas middle east technology tech science health sport sports opinion comment culture "
        "international national front page homepage all most recent recent articles article and the economy "
        "environment money media"
    ).split()
)


class Sources(NamedTuple):
    """The sources of articles.

    Attributes
    ----------
    names
        The name of each article's outlet, None where unknown.
    given
        What was given instead of the name, None where that is the same or nothing.
    bases
        "given"; "inferred from the address" when no source was given, or when its address tells it from another outlet
        of the same name; None where unknown.
    """

    names: list[str | None]
    given: list[str | None]
    bases: list[str | None]


def read_outlets(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """The table of outlets by which sources get one name each, or a table of yours.

    Parameters
    ----------
    path
        A CSV file with columns outlet and alias, perhaps kind, type and country. Default: the table of mediakit.

    Returns
    -------
    One row per alias: outlet (the name used), alias, kind (name, short, domain; shared: a name that several outlets
    have, which counts only together with the outlet's address; place: what may stand in brackets behind a name, as
    in "The Guardian (London)"), type (newspaper, agency, broadcaster, magazine, online), country.

    Raises
    ------
    FrameError
        A column is missing.
    FileNotFoundError
        There is no such file.
    """
    with Path(path or TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = [dict(row) for row in csv.DictReader(file)]
    for name in ("outlet", "alias"):
        if rows and name not in rows[0]:
            raise FrameError(
                f"outlets: missing column {name!r}; has {list(rows[0])}. Give it columns outlet and alias."
            )
    return build("outlets", [{"kind": None, "type": None, "country": None, **_filled(row)} for row in rows])


def _filled(row: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: (value or "").strip() or None for name, value in row.items() if isinstance(name, str)}


def canonical_sources(given: Sequence[object], urls: Sequence[object], *, own: OwnOutlets | None = None) -> Sources:
    """One name for each outlet, however it is written.

    A name is looked up as it stands, without regard to case, accents and a leading "The"; then without an edition
    ("Online", "International Edition") or the outlet's own place in brackets; an address by its domain. A name that
    several outlets have ("The Herald") counts only together with the outlet's address. Names not in the table stay, in
    the spelling that is most used; unknown addresses become their domain. The order of rows does not matter.

    Parameters
    ----------
    given
        The source of each article as its input gives it; None, NaN or "" where it does not.
    urls
        The address of each article, None where unknown.
    own
        Outlets of yours, which come before those of the table: a dict of alias (a name or a domain) to outlet, the
        path of a CSV file with columns outlet and alias, or a frame like `read_outlets()`. To rename an outlet, give
        the name it has in the table as an alias.

    Raises
    ------
    FrameError
        A column of `own` is missing.
    ValueError
        `own` gives an alias to two outlets.
    """
    table, before = _shipped(), _own_table(own)
    found: dict[tuple[str | None, str, str], tuple[str | None, str | None]] = {}
    rows = []
    for value, url in zip(given, urls, strict=True):
        text, (host, path) = _text(value), host_and_path(_text(url) or "") or ("", "")
        row = (text, host, path if text is None else "")
        if row not in found:
            found[row] = _resolve(*row, before, table)
        rows.append((text, *found[row]))
    spelling = _spellings(name for _, name, basis in rows if name is not None and basis == "as given")
    names = [spelling[name] if name is not None and basis == "as given" else name for _, name, basis in rows]
    changed = [
        text if text is not None and text != name else None for (text, *_), name in zip(rows, names, strict=True)
    ]
    bases = ["given" if basis == "as given" else basis for *_, basis in rows]
    return Sources(names, changed, bases)


def fold_name(name: str) -> str:
    """A name in the form in which names are compared: no case, accents, marks, nor a leading "the" before two words."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _BREAKS.sub(" ", _DROPPED.sub("", plain)).split()
    return " ".join(words[1:] if len(words) > 2 and words[0] == "the" else words)


# --- the table -------------------------------------------------------------------------------------------------------


class _Table(NamedTuple):
    names: dict[str, str]  # outlet by folded name
    domains: dict[str, str]  # outlet by domain
    shared: dict[str, set[str]]  # outlets by a folded name that several have
    places: dict[str, set[str]]  # folded places and editions of an outlet
    countries: dict[str, set[str]]  # folded names of the country of an outlet

    def at(self, host: str) -> str | None:
        """The outlet of a host: by itself or by a domain that it belongs to."""
        while host.count("."):
            if host in self.domains:
                return self.domains[host]
            host = host.split(".", 1)[1]
        return None


@lru_cache(maxsize=1)
def _shipped() -> _Table:
    return _as_table(read_outlets())


def _as_table(frame: pd.DataFrame) -> _Table:
    table = _Table({}, {}, defaultdict(set), defaultdict(set), defaultdict(set))
    for country, rows in frame.dropna(subset=["country"]).groupby("country"):
        names = {fold_name(name) for name in (str(country), *_COUNTRIES.get(str(country), ()))}
        table.countries.update(dict.fromkeys(rows["outlet"], names))
    for outlet, alias, kind in zip(frame["outlet"], frame["alias"], frame["kind"], strict=True):
        if kind == "shared":
            table.shared[fold_name(alias)].add(outlet)
        elif kind == "place":
            table.places[outlet].add(fold_name(alias))
        elif kind == "domain":
            table.domains[alias.lower()] = outlet
        else:
            table.names[fold_name(alias)] = outlet
            if place := host_and_path(alias):  # "Guardian.com" is a name and an address
                table.domains.setdefault(place[0], outlet)
    return table


def _own_table(own: OwnOutlets | None) -> _Table:
    if own is None:
        return _Table({}, {}, {}, {}, {})
    if isinstance(own, Mapping):
        pairs = list(own.items())
    else:
        frame = own if isinstance(own, pd.DataFrame) else read_outlets(own)
        if missing := {"outlet", "alias"} - set(frame.columns):
            raise FrameError(f"outlets: missing columns {sorted(missing)}; has {list(frame.columns)}.")
        kinds = frame["kind"] if "kind" in frame else pd.Series(None, index=frame.index, dtype="object")
        frame = frame[kinds.isna() | kinds.isin(_OWN_KINDS)].dropna(subset=["outlet", "alias"])
        pairs = list(zip(frame["alias"].astype(str), frame["outlet"].astype(str), strict=True))
    table = _Table({}, {}, {}, {}, {})
    for alias, outlet in pairs:
        place = host_and_path(alias)
        for outlets, key in ((table.names, fold_name(alias)), (table.domains, place[0] if place else None)):
            if key and outlets.setdefault(key, outlet) != outlet:
                raise ValueError(f"outlets: {alias!r} stands for both {outlets[key]!r} and {outlet!r}; choose one.")
    return table


# --- one row ---------------------------------------------------------------------------------------------------------


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if value is None or (pd.api.types.is_scalar(value) and isinstance(value, Hashable) and bool(pd.isna(value))):
        return None
    return " ".join(str(value).split()) or None


def _resolve(given: str | None, host: str, path: str, own: _Table, table: _Table) -> tuple[str | None, str | None]:
    """Name and basis of a row; the basis is "as given" for a name that is in no table."""
    if given is None:
        name = _site(host, path, own, table) if host else None
        return name, "inferred from the address" if name else None
    if len(given) > _LONGEST:
        return given, "as given"
    key = fold_name(given)
    name = own.names.get(key)
    if name is not None:
        return own.names.get(fold_name(name), table.names.get(fold_name(name), name)), "given"
    at = table.at(host)
    if at is not None and at != table.names.get(key) and at in table.shared.get(key, ()):
        return own.names.get(fold_name(at), at), "inferred from the address"
    written = host_and_path(given) if is_address(given) else None
    if written is not None:
        return _site(*written, own, table), "given"
    name = _named(given, table)
    return (given, "as given") if name is None else (own.names.get(fold_name(name), name), "given")


def _site(host: str, path: str, own: _Table, table: _Table) -> str | None:
    name = own.at(host)
    if name is not None:
        return own.names.get(fold_name(name), table.names.get(fold_name(name), name))
    name = table.at(host) or site_of(host, path)
    return own.names.get(fold_name(name), name) if name else None


def _named(given: str, table: _Table) -> str | None:
    """The outlet that a name means: as it stands, without an aside, without an edition, without a section."""
    key = fold_name(given)
    if key in table.names:
        return table.names[key]
    aside = _ASIDE.match(given)
    if aside:
        return _with_aside(aside[1], aside[2], table)
    if ", " in given:
        base, place = given.rsplit(", ", 1)
        return _with_aside(base, place, table)
    parts = _JOINT.split(given)
    if len(parts) > 1:
        return _among(parts, table)
    return _without_edition(key, table)


def _with_aside(base: str, aside: str, table: _Table) -> str | None:
    """The outlet of a name with a place, an edition, a blog, years or another of its names behind it."""
    name, whole, words = _named(base, table), fold_name(aside), [fold_name(part) for part in aside.split(",")]
    if name is not None:
        own = _EDITIONS | table.places.get(name, set()) | table.countries.get(name, set())
        if whole.removesuffix(" edition") in own or whole in own or all(word in own for word in words):
            return name
        if _YEARS.match(aside) or fold_name(base).endswith(" blogs"):  # "New York Times Blogs (The Caucus)"
            return name
    place = host_and_path(aside)
    if name is not None and name in (table.names.get(fold_name(aside)), table.at(place[0]) if place else None):
        return name
    others = table.shared.get(fold_name(base), ())
    fitting = [other for other in others if all(word in table.places.get(other, ()) for word in words)]
    return fitting[0] if len(fitting) == 1 else None


def _among(parts: Sequence[str], table: _Table) -> str | None:
    """The outlet that one part names when the others only name sections and editions ("World news | The Guardian")."""
    keys = [fold_name(part) for part in parts]
    for part, others in ((parts[0], keys[1:]), (parts[-1], keys[:-1])):
        name = _named(part, table)
        if name is None:
            continue
        own = _EDITIONS | table.places.get(name, set())
        others = [other for other in others if other not in own and other.removesuffix(" edition") not in own]
        if all(set(other.split()) <= _SECTIONS for other in others):
            return name
    return None


def _without_edition(key: str, table: _Table) -> str | None:
    """The outlet of a name with "Online" or its like behind it."""
    words = key.split()
    for length in (2, 1):
        base = " ".join(words[:-length])
        if base and " ".join(words[-length:]) in _EDITIONS and base in table.names:
            return table.names[base]
    return None


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """For each name the spelling most used among those that are equal when folded."""
    counts = Counter(names)
    best: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name.isupper() or name.islower(), name)):
        best.setdefault(fold_name(name) or name, name)
    return {name: best[fold_name(name) or name] for name in counts}
