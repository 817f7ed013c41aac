"""The actor registry: the one that ships, and a user's own rows on top of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import pandas as pd

from .frames import FrameError, build, require
from .matching import Names, Row, compile_names, context

TYPES = ("person", "country", "organisation", "group", "media", "place", "other")
FORMS = ("name", "surname", "variant", "title", "metonym", "demonym")
REFERENCES = ("description", "pronoun")  # what mentions names nobody with
PLACE = "place"  # the form of a capital or a seat that is named as a place: the actor itself is not named
WHEN = ("always", "introduced")
_LARGEST_YAML = 5_000_000  # bytes
_AFTER_SURNAME = re.compile(r",? (?:Jr|Sr|jr|sr)\.?$")
_BY_FIRST_NAME = re.compile(r" (?:of|the) | [IVXLCDM]+(?: |$)")  # kings and popes have no surname
_OPTIONAL = ("when", "titles", "gender", "country", "wikidata")


def read_actors(path: str | Path | None = None, *, builtin: bool = True) -> pd.DataFrame:
    """The actor registry: the one that ships with mediakit, your own, or yours on top of it.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with the columns actor and alias, one row per alias; optional: type, form, when, titles,
        gender, country, wikidata. Or a YAML file (.yaml, .yml): a list of actors with these keys, and `aliases`, a
        list; the actor's own name is an alias too. None reads no file.
    builtin
        Start from the registry that ships with mediakit. An alias that your file also has belongs to your actor alone.

    Returns
    -------
    One row per alias, your own first:

    - actor: the name it is counted under; alias: a name as it stands in articles.
    - type: person, country, organisation, group, media, place or other; names of the last two must not be read as
      another's, and are no mentions (places are with `mentions(unknown=True)`). An actor has one: as given in any of
      its rows, also for the built-in rows of an actor of this name; else that of these; organisation where one of its
      names is an acronym or the actor has a word such as Party; else person.
    - form: name, surname, variant, title, metonym or demonym. Without one: name where the alias is the actor, surname
      where it is the last word of a person's name, else variant.
    - when: always, or introduced: only in an article that names the actor in another way too. A person of yours
      without a surname row gets one, for use once the full name has introduced it; not where the last word is no
      surname ("Abdullah II of Jordan") or a name of another actor that is no person.
    - titles: of office, divided by semicolons, that tell people of one surname apart; gender: female or male;
      country: whose politician, government or medium it is. NaN where not known.

    Raises
    ------
    FrameError
        The file lacks a column; a line has no actor or no alias, or a value that is not allowed; two actors claim
        one alias; an actor has two types. The message names file, line and remedy.
    FileNotFoundError
        There is no such file.
    """
    shipped = builtin_actors() if builtin else builtin_actors().iloc[:0]
    if path is None:
        return shipped.copy()
    own = _read_own(Path(path), builtin_actors())
    shipped = shipped[~shipped["alias"].isin(own["alias"])]
    types = shipped["actor"].map(dict(zip(own["actor"], own["type"], strict=True)))
    shipped = shipped.assign(type=types.fillna(shipped["type"]))  # an actor has one type: yours
    own = pd.concat([own, _surnames(own, shipped)], ignore_index=True)
    return build("actors", pd.concat([own, shipped], ignore_index=True))


@cache
def builtin_actors() -> pd.DataFrame:
    """The registry that ships, one row per alias."""
    with resources.files("mediakit").joinpath("data", "actors.csv").open(encoding="utf-8") as file:
        return build("actors", pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""]))


def _read_own(path: Path, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of a user's file, checked one by one and with the defaults filled in."""
    facts = known.drop_duplicates("actor").set_index("actor")
    rows: list[dict[str, str | None]] = []
    owners: dict[str, tuple[str, int]] = {}
    types: dict[str, tuple[str, int]] = {}
    names = ("actor", "alias", "type", "form", *_OPTIONAL)
    records = _yaml_records(path) if path.suffix.casefold() in (".yaml", ".yml") else _csv_records(path)
    for line, unit, record in records:
        row = {key: (record.get(key) or "").strip() or None for key in names}
        if not any(row.values()):
            continue
        place = f"{path.name}, {unit} {line}"
        _check_line(row, place, owners, line)
        _check_type(row, place, types, line)
        rows.append(row)
    _with_types(rows, {actor: kind for actor, (kind, _) in types.items()}, facts)
    rows = [_with_defaults(row, facts) for row in rows]
    return build("actors", {key: [row[key] for row in rows] for key in names})


def _check_type(row: dict[str, str | None], place: str, types: dict[str, tuple[str, int]], line: int) -> None:
    actor, kind = str(row["actor"]), row["type"]
    if kind is None:
        return
    first, at = types.setdefault(actor, (kind, line))
    if first != kind:
        raise FrameError(
            f"{place}: {actor!r} is {kind} here and {first} in line {at}; an actor has one type. "
            "Write the same in both lines, or give one of the two another actor."
        )


def _with_types(rows: list[dict[str, str | None]], given: dict[str, str], facts: pd.DataFrame) -> None:
    """Fill in each actor's one type: as given in any of its rows, as in the registry that ships, or by its names."""
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(str(row["actor"]), [str(row["actor"])]).append(str(row["alias"]))
    for actor, written in names.items():
        if actor not in given and actor in facts.index:
            given[actor] = str(facts.loc[actor, "type"])
        elif actor not in given:
            acronym = any(name.isupper() and " " not in name and len(name) > 1 for name in written)
            body = acronym or context().organisation_words & set(actor.split())
            given[actor] = "organisation" if body else "person"
    for row in rows:
        row["type"] = given[str(row["actor"])]


def _csv_records(path: Path) -> Iterator[tuple[int, str, Mapping[str, str | None]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        columns = reader.fieldnames or []
        for column in ("actor", "alias"):
            if column not in columns:
                raise FrameError(
                    f"{path.name}: no column {column!r}; has {list(columns)}. "
                    "Write a first line that names the columns: actor,alias,type,form."
                )
        for record in reader:
            yield reader.line_num, "line", record


def _yaml_records(path: Path) -> Iterator[tuple[int, str, Mapping[str, str | None]]]:
    """One record per alias of a YAML list of actors; `aliases` may hold several, the actor's own name goes first."""
    import yaml

    if path.stat().st_size > _LARGEST_YAML:
        raise FrameError(f"{path.name}: over {_LARGEST_YAML // 1_000_000} MB; save a list this long as CSV.")
    text = path.read_text(encoding="utf-8-sig")
    try:
        # an alias of YAML's own (*name) can make a small file huge
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise FrameError(f"{path.name}: has references (*name), which are not read. Write the values out.")
        actors = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise FrameError(f"{path.name} is no YAML: {str(error)[:200]}. Write a list of actors: - actor: …") from error
    if not isinstance(actors, list) or not all(isinstance(item, dict) for item in actors):
        raise FrameError(
            f"{path.name}: no list of actors. Write each as “- actor: Jane Miller” with “aliases: [J. Miller]”."
        )
    for number, item in enumerate(actors, start=1):
        facts = {str(key): None if value is None else str(value) for key, value in item.items() if key != "aliases"}
        if isinstance(item.get("titles"), list):
            facts["titles"] = ";".join(map(str, item["titles"]))
        aliases = item.get("aliases")
        written = aliases if isinstance(aliases, list) else [aliases] if aliases else []
        own = facts.get("alias")
        for alias in dict.fromkeys([own] if own and not written else [facts.get("actor"), *map(str, written)]):
            form = facts.get("form") if alias == own or not written else None
            yield number, "actor", {**facts, "alias": alias, "form": form}


def _check_line(row: dict[str, str | None], place: str, owners: dict[str, tuple[str, int]], line: int) -> None:
    actor, alias = row["actor"], row["alias"]
    if not actor or not alias:
        missing = "actor" if not actor else "alias"
        raise FrameError(f"{place}: no {missing}. Every row needs an actor and one alias; give each alias a row.")
    for column, allowed in (("type", TYPES), ("form", FORMS), ("when", WHEN)):
        if row[column] is not None and row[column] not in allowed:
            raise FrameError(f"{place}: {column} {row[column]!r} is none of {', '.join(allowed)}.")
    if row["when"] == "introduced":
        return
    owner, first = owners.setdefault(alias, (actor, line))
    if owner != actor:
        raise FrameError(
            f"{place}: alias {alias!r} belongs to {owner!r} (line {first}) and to {actor!r}. Give one of them a longer "
            "alias, or write introduced in a column named when: then it counts only where the article names the actor."
        )


def _with_defaults(row: dict[str, str | None], facts: pd.DataFrame) -> dict[str, str | None]:
    actor, alias = str(row["actor"]), str(row["alias"])
    if actor in facts.index:
        inherited = facts.loc[actor]
        for column in ("titles", "gender", "country", "wikidata"):
            if row[column] is None and pd.notna(inherited[column]):
                row[column] = inherited[column]
    if row["form"] is None:
        surname = row["type"] == "person" and " " in actor and actor.endswith(" " + alias)
        row["form"] = "name" if alias == actor else "surname" if surname else "variant"
    row["when"] = row["when"] or "always"
    return row


def _surnames(own: pd.DataFrame, shipped: pd.DataFrame) -> pd.DataFrame:
    """A surname row, for use once introduced, for each person in `own` who has none and whose last word is one.

    It is none for those who go by a first name ("Abdullah II of Jordan"), for people whom the registry that ships has
    without a surname, and where the word is a name of another actor that is no person.
    """
    have = set(own.loc[own["form"] == "surname", "actor"]) | set(shipped.loc[shipped["form"] == "surname", "actor"])
    full = own[(own["type"] == "person") & own["alias"].str.contains(" ", regex=False) & ~own["actor"].isin(have)]
    full = full[full["form"].isin(["name", "variant"])].drop_duplicates("actor")
    known = builtin_actors()
    with_surname = set(known.loc[known["form"] == "surname", "actor"])
    by_none = set(known.loc[known["type"] == "person", "actor"]) - with_surname
    bare = full["alias"].str.replace(_AFTER_SURNAME, "", regex=True)
    last = bare.str.split(" ").str[-1]
    others = pd.concat([own, known], ignore_index=True)
    taken = set(others.loc[others["type"] != "person", "alias"])
    usable = bare.str.contains(" ", regex=False) & ~bare.str.contains(_BY_FIRST_NAME) & ~last.isin(taken)
    rows = full.assign(alias=last, form="surname", when="introduced")
    return rows[usable & ~full["actor"].isin(by_none)]


@cache
def builtin_names() -> Names:
    """The registry that ships, ready for matching."""
    return compiled(builtin_actors())


def compiled(actors: pd.DataFrame) -> Names:
    """A registry ready for matching, once it has been checked."""
    require(actors, "actors")
    for column in ("actor", "alias"):
        empty = actors[column].isna() | (actors[column].str.strip() == "")
        if empty.any():
            raise FrameError(f"actors: row {actors.index[empty][0]!r} has no {column}. Drop it or fill it in.")
    optional = {"when": "always", "titles": "", "gender": "", "country": ""}
    values = [actors[column].tolist() for column in ("actor", "alias", "type", "form")]
    for column, default in optional.items():
        known = actors[column] if column in actors else pd.Series(default, index=actors.index)
        values.append(known.astype("object").where(known.notna(), default).tolist())
    return compile_names(tuple(map(Row._make, zip(*values, strict=True))))
