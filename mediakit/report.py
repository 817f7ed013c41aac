"""The report: run every notebook on a corpus, gather the figures, write a page that shows them all."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from .articles import Corpus, read_corpus
from .progress import progress

PARAMETERS = "parameters"  # the tag of the cell that says what to analyse, as papermill has it
TIMEOUT = 1800  # seconds for one cell

# a notebook's title, name and record of each of its figures, what it says in words
Section = tuple[str, list[tuple[str, dict[str, Any]]], list[str]]


class ReportError(RuntimeError):
    """A notebook failed. The message names it, the cell and the error."""


@dataclass(frozen=True)
class Report:
    """What was written: the index page, the figures on it, and how much of the corpus could not be read."""

    index: Path
    figures: tuple[str, ...]
    n_problems: int  # files and records that could not be read


def build_report(corpus: str | Path, out: str | Path, *, notebooks: str | Path | None = None) -> Report:
    """Run the notebooks on a corpus and write their figures and an index page into a folder.

    Parameters
    ----------
    corpus
        What `read_corpus` reads.
    out
        The folder for the figures. Files of the same names are replaced, once every notebook has run; others stay.
    notebooks
        The folder of notebooks. Default: the ones that come with mediakit.

    Raises
    ------
    ReportError
        A notebook raised an error, also one that a widget kept to itself.
    """
    read = read_corpus(corpus)
    folder = Path(notebooks) if notebooks is not None else default_notebooks()
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise ReportError(f"{folder}: no notebooks there. Name their folder with --notebooks.")
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=target) as work:
        sections: list[Section] = []
        seen: set[Path] = set()
        said: set[str] = set()  # every notebook begins with the same words on the corpus
        for path in progress(paths, "notebooks", unit="notebook"):
            notebook = run_notebook(path, corpus=Path(corpus).resolve(), figures=Path(work).resolve())
            made = set(Path(work).glob("*.json"))
            for record in made - seen:
                _trace(record, notebook, path.name)
            words = [line for line in words_of(notebook) if line not in said]
            sections.append((title_of(notebook, path.stem), _figures(made - seen), words))
            seen |= made
            said |= set(words)
        Path(work, "index.html").write_text(_page(read, sections), encoding="utf-8")
        for file in sorted(Path(work).iterdir()):
            os.replace(file, target / file.name)
    names = tuple(name for _, found, _ in sections for name, _ in found)
    return Report(target / "index.html", names, int((read.problems["kind"] == "not read").sum()))


def default_notebooks() -> Path:
    """The notebooks of this checkout, or the copies inside an installed package."""
    here = Path(__file__).parent
    beside = here.parent / "notebooks"
    return beside if beside.is_dir() else here / "notebooks"


def run_notebook(path: Path, *, corpus: Path, figures: Path) -> Any:
    """Execute one notebook on a corpus; return it with its outputs.

    Raises
    ------
    ReportError
        An error in a cell, or in the state of a widget.
    """
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook: Any = nbformat.read(path, as_version=4)
    set_parameters(notebook, CORPUS=str(corpus), FIGURES=str(figures))
    try:
        execute(notebook, path.parent)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise ReportError(f"{path.name}: {_last_line(str(error))}") from error
    hidden = widget_errors(notebook)
    if hidden:
        raise ReportError(f"{path.name}: a widget holds an error: {hidden[0]}")
    return notebook


def execute(notebook: Any, folder: Path) -> None:
    """Run all cells in a kernel of this interpreter, started in `folder`."""
    from nbclient import NotebookClient

    place = {"metadata": {"path": str(folder)}}
    quiet = ["--log-level=ERROR"]  # else each kernel warns that its ports on this machine are not encrypted
    client = NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", resources=place, extra_arguments=quiet)
    client.execute()


def set_parameters(notebook: Any, **values: str) -> None:
    """Put a cell with new values behind the cell tagged "parameters"."""
    from nbformat.v4 import new_code_cell

    tagged = [n for n, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", [])]
    if not tagged:
        raise ReportError(f'a notebook has no cell tagged "{PARAMETERS}".')
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    notebook.cells.insert(tagged[0] + 1, new_code_cell(source))


def widget_errors(notebook: Any) -> list[str]:
    """Errors that an executed notebook shows nowhere: those inside the state of its widgets."""
    states = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    found = []
    for model in states.values():
        state = model.get("state", {})
        for output in state.get("outputs", []):
            if output.get("output_type") == "error":
                found.append(f"{output.get('ename')}: {output.get('evalue')}")
        if "mediakit-error" in str(state.get("value", "")):
            found.append(str(state["value"]))
    return found


def title_of(notebook: Any, default: str) -> str:
    """The first heading of a notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.splitlines()[0][2:].strip())
    return default


def words_of(notebook: Any) -> list[str]:
    """What a notebook says in words: the lines its cells print, and its caveats, in their order."""
    lines: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("**Caveat.**"):
            lines.append(" ".join(cell.source.replace("**", "").replace("`", "").split()))
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stdout":
                # the lines that run on are indented
                lines += output.text.replace("\n  ", " ").strip().splitlines()
    return lines


def _last_line(text: str) -> str:
    lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip()]
    return lines[-1] if lines else "failed"


def _trace(record: Path, notebook: Any, name: str) -> None:
    """Write into a figure's record which notebook made it, and by which lines: its cell, or the one that it follows."""
    about = json.loads(record.read_text(encoding="utf-8"))
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    for before, source in zip(["", *code], code, strict=False):
        if "save_figure(" in source and f"/{record.stem}" in source:
            drawn_here = "plot_" in source
            about |= {"notebook": name, "call": source if drawn_here else before}
    record.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _figures(records: set[Path]) -> list[tuple[str, dict[str, Any]]]:
    """Name and record of each figure, in order."""
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(records)]


_STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.5 Georgia, 'Liberation Serif', serif; color: #1b1b1b; background: #fff; margin: 0 auto;
       max-width: 62rem; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { margin: 3rem 0 1rem; border-top: 3px solid #1b1b1b;
       padding-top: .6rem; }
figure { margin: 2rem 0; } img { width: 100%; max-width: 47rem; height: auto; border: 1px solid #ddd; }
figcaption { margin-top: .5rem; }
.files, .made { font: 14px/1.5 system-ui, 'Liberation Sans', sans-serif; color: #555; }
.words { margin: .2rem 0; }
a { color: #00558c; } code { font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
"""


def _page(corpus: Corpus, sections: list[Section]) -> str:
    n = len(corpus.articles)
    body = [f"<h1>How {n:,} article{'' if n == 1 else 's'} cover a story</h1>", corpus._repr_html_()]
    for title, figures, words in sections:
        body.append(f"<h2>{escape(title)}</h2>")
        body += [_figure(name, record) for name, record in figures] or ["<p>This notebook exported no figure.</p>"]
        if words:
            body.append("<h3>In words</h3>" + "".join(f'<p class="words">{escape(line)}</p>' for line in words))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>mediakit report</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _figure(name: str, record: dict[str, Any]) -> str:
    links = " · ".join(
        f'<a href="{escape(name)}.{end}">{end}</a>' for end in ("html", "svg", "png", "pdf", "csv", "json")
    )
    call = f'<div class="made">Made by <code>{escape(record["call"])}</code></div>' if record.get("call") else ""
    return (
        f'<figure id="{escape(name)}"><img src="{escape(name)}.png" alt="{escape(record.get("alt") or "")}">'
        f'<figcaption>{escape(record.get("caption") or "")}</figcaption><div class="files">{links}</div>{call}</figure>'
    )
