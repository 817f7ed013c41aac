"""Build mediakit/data/actors.csv and mediakit/data/names_given.txt from the lists in tools/actors.

    python tools/build_actors.py                 # tools/actors/*.csv → the registry
    python tools/build_actors.py --import LISTS  # first refresh tools/actors/people_imported.csv

The lists in tools/actors are written by hand, but for people_imported.csv: that is made from two openly licensed (CC0)
lists, Wikidata's world leaders of 2021 and the unitedstates/congress-legislators, which LISTS must hold.

In every list a semicolon divides several values. `~` before an alias: only in articles that name the actor otherwise.
`!` before a surname: known by the surname alone.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent / "actors"
DATA = HERE.parents[1] / "mediakit" / "data"
PERSON = ["given", "surnames", "more", "titles", "country", "gender", "wikidata"]
OFFICES = [
    "President",
    "Prime Minister",
    "Chancellor",
    "Governor-General",
    "King",
    "Queen",
    "Emir",
    "Sultan",
    "Captain Regent",
]
PARTICLES = {"al", "ben", "da", "de", "del", "der", "di", "dos", "du", "el", "la", "le", "van", "von"}
GIVEN_NAME_LAST = {
    *("Bhutan", "Brunei", "Cambodia", "Eritrea", "Ethiopia", "Laos", "Malaysia", "Mongolia", "Myanmar", "North Korea"),
    *(
        "People's Republic of China",
        "Samoa",
        "Singapore",
        "Somalia",
        "South Korea",
        "Taiwan",
        "Thailand",
        "Tonga",
        "Vietnam",
    ),
    *(
        "Bahrain",
        "Qatar",
        "Kuwait",
        "Oman",
        "Saudi Arabia",
        "United Arab Emirates",
        "Indonesia",
        "Iceland",
        "Saudi Arabia",
    ),
}
COLUMNS = ["actor", "alias", "type", "form", "when", "titles", "gender", "country", "wikidata"]
TYPES = ["country", "organisation", "group", "media", "person", "other"]
MINISTRIES = {"foreign": ["foreign ministry", "ministry of foreign affairs"]}
MINISTRIES["defence"] = ["defence ministry", "defense ministry", "ministry of defence", "ministry of defense"]
SHORT_NAMES = {"United States": ["US", "U.S.", "American"], "United Kingdom": ["British", "UK", "U.K."]}
Row = dict[str, str]


def read(name: str) -> Iterator[Row]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def values(cell: str | None) -> list[str]:
    return [value.strip() for value in (cell or "").split(";") if value.strip()]


def alias_rows(actor: str, aliases: Iterable[str], kind: str, form: str, **facts: str) -> Iterator[Row]:
    for alias in aliases:
        when = "introduced" if alias.startswith("~") else "always"
        yield {"actor": actor, "alias": alias.lstrip("~"), "type": kind, "form": form, "when": when, **facts}


def country_rows(record: Row) -> Iterator[Row]:
    name = record["name"]
    variants = values(record["variants"])
    facts = {"country": name, "wikidata": record.get("wikidata") or ""}
    if f"~{name}" not in variants:
        yield from alias_rows(name, [name], "country", "name", **facts)
    for alias in variants:
        form = "name" if alias.lstrip("~") == name else "variant"
        yield from alias_rows(name, [alias], "country", form, **facts)
    yield from alias_rows(name, values(record["demonyms"]), "country", "demonym", **facts)
    yield from alias_rows(name, values(record["capital"]), "country", "metonym", **facts)


def government_rows(record: Row) -> Iterator[Row]:
    """The government, the seats that stand for it, and the foreign and defence ministries where news names them often.

    They are actors of their own; the column country says whose they are.
    """
    name = record["name"]
    demonym = (values(record["demonyms"]) or ["~"])[0]
    # there is no adjective in "New Zealander", and "Congolese" is said of two countries
    adjectives = SHORT_NAMES.get(name) or [name if demonym.startswith("~") or demonym.endswith("er") else demonym]
    government = f"{adjectives[0]} government"
    variants = [f"{word} government" for word in adjectives[1:]] + [f"government of {name}", f"{name}'s government"]
    yield from alias_rows(government, [government], "organisation", "name", country=name)
    yield from alias_rows(government, variants, "organisation", "variant", country=name)
    yield from alias_rows(government, values(record["seats"]), "organisation", "metonym", country=name)
    for ministry, names in MINISTRIES.items() if record["foreign_ministry"] else ():
        variants = [f"{word} {office}" for word in [*adjectives, f"{name}'s"] for office in names]
        yield from alias_rows(variants[0], variants[:1], "organisation", "name", country=name)
        yield from alias_rows(variants[0], variants[1:], "organisation", "variant", country=name)
        if ministry == "foreign" and record["foreign_ministry"] != "yes":
            yield from alias_rows(
                variants[0], values(record["foreign_ministry"]), "organisation", "metonym", country=name
            )


def named_rows(record: Row, kind: str) -> Iterator[Row]:
    """An organisation, a medium or a group with its variants, metonyms and demonyms."""
    name = record["name"]
    facts = {"country": record.get("country") or ""}
    variants = values(record["variants"])
    if f"~{name}" not in variants:
        yield from alias_rows(name, [name], kind, "name", **facts)
    yield from alias_rows(name, variants, kind, "variant", **facts)
    yield from alias_rows(name, values(record.get("metonyms")), kind, "metonym", **facts)
    yield from alias_rows(name, values(record.get("demonyms")), kind, "demonym", **facts)


def person_rows(record: Row) -> Iterator[Row]:
    """A person: every given name with every surname, further full names, the surnames."""
    surnames = values(record["surnames"])
    bare = [surname.lstrip("!") for surname in surnames]
    full = [f"{given} {surname}" for surname, given in itertools.product(bare, values(record["given"]))]
    full += values(record["more"])
    facts = {key: record.get(key) or "" for key in ("titles", "gender", "country", "wikidata")}
    yield from alias_rows(full[0], full[:1], "person", "name", **facts)
    yield from alias_rows(full[0], full[1:], "person", "variant", **facts)
    for surname in surnames:
        when = "" if surname.startswith("!") else "~"
        yield from alias_rows(full[0], [when + surname.lstrip("!")], "person", "surname", **facts)


def people_rows() -> list[Row]:
    """Hand-written people, with the identifier of the imported record of that name; then the other imported ones."""
    imported = [(record, list(person_rows(record))) for record in read("people_imported")]
    identifiers = {row["alias"]: record["wikidata"] for record, rows in imported for row in rows if " " in row["alias"]}
    written: list[Row] = []
    for record in read("people"):
        rows = list(person_rows(record))
        found = {identifiers[row["alias"]] for row in rows if row["form"] != "surname" and row["alias"] in identifiers}
        identifier = found.pop() if len(found) == 1 else ""
        written += [{**row, "wikidata": identifier} for row in rows]
    names = {row["alias"] for row in written if row["form"] != "surname"}
    for _, rows in imported:
        full = {row["alias"] for row in rows if row["form"] != "surname"}
        if not full & names:
            written += rows
            names |= full
    return written


def registry() -> list[Row]:
    """Every row once, in the order of TYPES; an imported person whom people.csv has is left out."""
    states = [record for name in ("countries", "territories") for record in read(name)]
    rows = [row for record in states for row in country_rows(record)]
    rows += [row for record in states if record["demonyms"] for row in government_rows(record)]
    for name, kind in (("organisations", "organisation"), ("groups", "group"), ("media", "media")):
        rows += [row for record in read(name) for row in named_rows(record, kind)]
    rows += people_rows()
    rows += [row for record in read("other") for row in alias_rows(record["name"], [record["name"]], "other", "name")]
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        seen.setdefault((row["actor"], row["alias"]), row)
    return sorted(seen.values(), key=lambda row: TYPES.index(row["type"]))


def problems(rows: list[Row]) -> list[str]:
    """Aliases that two actors own without an introduction, and names that another type blocks."""
    owners: dict[str, set[str]] = {}
    for row in rows:
        if row["when"] == "always":
            owners.setdefault(row["alias"], set()).add(row["actor"])
    return [f"{alias!r} belongs to {sorted(actors)}" for alias, actors in owners.items() if len(actors) > 1]


def write_csv(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def leaders(lists: Path) -> Iterator[Row]:
    """Heads of state and government from Wikidata's world leaders of 2021 (CC0): one record each, with all offices."""
    with (lists / "world_leaders_2021" / "wikidata.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    countries = {record["name"] for record in read("countries")}
    people: dict[str, list[Row]] = {}
    for record in records:
        people.setdefault(record["officeholder"], []).append(record)
    for identifier, offices in people.items():
        name = offices[0]["officeholderLabel"].split(" (")[0].split(", ")[0]
        titles = {
            title for office in offices for title in OFFICES if re.search(rf"\b{title}\b", office["positionLabel"])
        }
        country = offices[0]["country"] if len({office["country"] for office in offices}) == 1 else ""
        # a monarch has no surname, and in these countries the last word of a name is none
        family = not re.search(r"[IVX]+$|^[a-z]| bin | of ", name) and country not in GIVEN_NAME_LAST
        given, surname = split_name(name) if family and " " in name else ("", "")
        yield {
            "given": given,
            "surnames": surname,
            "more": "" if surname else name,
            "titles": ";".join(sorted(titles)),
            "country": country if country in countries else "",
            "wikidata": identifier,
        }


def legislators(lists: Path) -> Iterator[Row]:
    """The members of the US Congress (unitedstates/congress-legislators, CC0)."""
    import yaml

    path = lists / "congress_legislators" / "legislators-current.yaml"
    for record in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        name, female = record["name"], record["bio"]["gender"] == "F"
        usual = record["id"].get("wikipedia", "").split(" (")[0]
        surname = name["last"]
        if not usual.endswith(" " + surname):
            usual = f"{name.get('nickname') or name['first']} {surname}"
        given = [usual.removesuffix(" " + surname), name.get("nickname"), name["first"]]
        senator = record["terms"][-1]["type"] == "sen"
        yield {
            "given": ";".join(dict.fromkeys(filter(None, given))),
            "surnames": surname,
            "more": name.get("official_full", ""),
            # a seat in the House changes hands too often for "Representative Hurd" to name one person
            "titles": "Senator;Sen." if senator else "",
            "country": "United States",
            "gender": "female" if female else "male",
            "wikidata": record["id"].get("wikidata", ""),
        }


def split_name(name: str) -> tuple[str, str]:
    """Given names and surname: the surname starts at the first particle, or is the last word."""
    words = name.split(" ")
    first = next((at for at, word in enumerate(words) if at and word.lower() in PARTICLES), len(words) - 1)
    return " ".join(words[:first]), " ".join(words[first:])


def write(rows: list[Row]) -> None:
    write_csv(DATA / "actors.csv", COLUMNS, rows)
    given = {name for record in read("given_names") for name in values(record["names"])}
    for people in ("people", "people_imported"):
        given |= {name.split(" ")[0] for record in read(people) for name in values(record["given"])}
    common = {name for record in read("given_names") for name in values(record["common_words"])}
    names = sorted(name for name in given - common if len(name) > 2 and name.isalpha())
    header = (
        "# Given names, one a line; built by tools/build_actors.py. Names that are common English words are left out.\n"
    )
    (DATA / "names_given.txt").write_text(header + "\n".join(names) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--import", dest="lists", type=Path, help="folder with the CC0 lists")
    lists = parser.parse_args().lists
    if lists:
        write_csv(HERE / "people_imported.csv", PERSON, [*leaders(lists), *legislators(lists)])
    rows = registry()
    found = problems(rows)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    write(rows)
    actors = {(row["actor"], row["type"]) for row in rows}
    counts = ", ".join(f"{kind} {sum(1 for _, other in actors if other == kind)}" for kind in TYPES)
    print(f"{len(rows)} aliases of {len(actors)} actors: {counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
