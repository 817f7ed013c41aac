"""The house rules that a machine can check: who imports whom, what is loaded when, how long things get."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import mediakit

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mediakit"

# From the ground up: a module imports only from storeys below its own. A package or a family of modules (`plots` and
# all `plot_...`) has one place here, and its parts may import each other.
STOREYS = [
    {"dictionary"},
    {"frames", "laid_texts", "progress", "intervals", "permutation"},
    {"initialisms", "laid_windows"},
    {"splitting", "tokenising", "matching", "duplicates", "languages", "offices", "nlp_model", "encoder"},
    {"naming", "proposals", "references", "nlp_extra"},
    {"readers", "cleaning", "text", "uncertainty"},
    {"importing", "agreement"},
    {"articles", "writing", "coverage", "terms", "actors"},
    {"quotes", "evidence", "timelines", "events", "sentiment"},
    {"sources", "coding", "tone"},
    {"actions", "contrast", "validation"},
    {"plots", "export"},
    {"display", "side_by_side", "wording"},
    {"widgets", "report"},
    {"__main__"},
]
STOREY = {module: storey for storey, modules in enumerate(STOREYS) for module in modules}
FAMILIES = {
    "action_": "actions",
    "actor_": "actors",
    "coding_": "coding",
    "dictionary_": "dictionary",
    "contrast_": "contrast",
    "display_": "display",
    "duplicate_": "duplicates",
    "engine_": "sentiment",
    "matching_": "matching",
    "naming_": "naming",
    "plot_": "plots",
    "proposal_": "proposals",
    "quote_": "quotes",
    "reference_": "references",
    "sentiment_": "sentiment",
    "source_": "sources",
    "splitting_": "splitting",
    "term_": "terms",
    "tone_": "tone",
    "validation_": "validation",
    "widget_": "widgets",
    "wording_": "wording",
}

# Drawing knows frames, not how they are computed.
DRAWING = {"plots", "export"}
DRAWING_IMPORTS = {"dictionary", "frames"}

# Who alone may import what, and what must wait until it is needed.
ONLY_IN = {"plotly": DRAWING, "kaleido": DRAWING, "wordcloud": DRAWING, "ipywidgets": {"widgets"}}
LATE = {
    "textblob",
    "nltk",
    "vaderSentiment",
    "spacy",
    "wordcloud",
    "scipy",
    "sklearn",
    "dask",
    "kaleido",
    "py3langid",
    "onnxruntime",
    "tokenizers",
}
NOT_WITH_THE_PACKAGE = {"pandas", "numpy", "plotly", "nltk", "ipywidgets", "IPython", "pyarrow", *LATE}

LONGEST_FILE, LONGEST_FUNCTION = 400, 60

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted(path for folder in ("mediakit", "tests", "tools") for path in (ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """Name of the module in the table above: `readers` for mediakit/readers/dates.py, `plots` for plot_terms.py."""
    return family(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))


def family(module: str) -> str:
    return next((whole for prefix, whole in FAMILIES.items() if module.startswith(prefix)), module)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Full dotted names that a file imports, anywhere in it, with the line."""
    here = ("mediakit", *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*here[: len(here) - node.level], node.module or ""]) if node.level else node.module or ""
            yield from ((f"{base.rstrip('.')}.{alias.name}", node.lineno) for alias in node.names)


def own_imports(path: Path) -> Iterator[tuple[str, int]]:
    """Modules of mediakit that a file imports, other than those of its own package or family."""
    for name, line in imports(path):
        package, module = (*name.split("."), "")[:2]
        if package == "mediakit" and module != "__version__" and family(module) != module_of(path):
            yield family(module), line


def at_import_time(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when the file is imported: not the bodies of functions, nor what only type checkers read."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from at_import_time(child)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_point_downwards(path: Path) -> None:
    module = module_of(path)
    if module == "__init__":
        return
    assert module in STOREY, f"give {shown(path)} its storey in tests/test_house.py"
    for imported, line in own_imports(path):
        assert imported in STOREY, f"{shown(path)}:{line} imports {imported}: give it its storey in tests/test_house.py"
        assert STOREY[imported] < STOREY[module], f"{shown(path)}:{line}: {module} may not import {imported}"


@pytest.mark.parametrize("path", [path for path in MODULES if module_of(path) in DRAWING], ids=shown)
def test_drawing_imports_only_frames(path: Path) -> None:
    assert [(name, line) for name, line in own_imports(path) if name not in DRAWING_IMPORTS] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_libraries_stay_in_their_modules(path: Path) -> None:
    for name, line in imports(path):
        library = name.split(".")[0]
        assert module_of(path) in ONLY_IN.get(library, {module_of(path)}), (
            f"{shown(path)}:{line}: {library} is imported only in {sorted(ONLY_IN[library])}"
        )


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_heavy_libraries_are_imported_where_they_are_needed(path: Path) -> None:
    for node in at_import_time(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] not in LATE, f"{shown(path)}:{node.lineno}: import {name} inside the function"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_pattern_repeats_a_group_possessively(path: Path) -> None:
    """Python before 3.11.5, and so Debian 12, takes too much there: `\\d++(?:[.,]\\d++)++` finds "3.5," in "3.5, x"."""
    texts = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    possessive = r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+"
    assert sorted((node.lineno, found) for node in texts for found in re.findall(possessive, node.value)) == []


def test_import_mediakit_loads_nothing_heavy() -> None:
    code = "import sys, mediakit; print(*{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "mediakit" in loaded
    assert loaded & NOT_WITH_THE_PACKAGE == set()


def public_names() -> list[str]:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    return [
        alias.asname or alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    ]


@pytest.mark.parametrize("name", public_names())
def test_public_name_does_what_the_stub_promises(name: str) -> None:
    value = getattr(mediakit, name)
    assert name in dir(mediakit)
    if callable(value):
        assert (value.__doc__ or "").strip(), f"mediakit.{name} has no docstring"


def test_public_names_are_the_stubs() -> None:
    assert set(mediakit.__all__) == set(public_names())


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_files_and_functions_stay_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{shown(path)} has {lines} lines; split it: {LONGEST_FILE} is the limit"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            assert length <= LONGEST_FUNCTION, f"{shown(path)}:{node.lineno} {node.name} has {length} lines; split it"


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    return (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0


def test_the_readme_names_every_notebook():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert f"(notebooks/{path.name})" in readme
