"""Every notebook runs on any corpus and says what it cannot say."""

import json
import random

import nbformat
import pytest
from conftest import ROOT, SEEDS, make_articles

import mediakit as mk
from mediakit.report import execute, set_parameters, widget_errors

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WORDS = (
    "peace talks war Putin Trump Kyiv Moscow ceasefire leaders said good terrible agreed summit border troops".split()
)

pytestmark = pytest.mark.notebooks


def generated(count, seed=0, **columns):
    """Articles of random sentences, in eight sources over a year."""
    rng = random.Random(seed)

    def sentence():
        return " ".join(rng.choices(WORDS, k=rng.randint(4, 14))).capitalize() + "."

    def article(number):
        title = sentence().rstrip(".")
        body = "\n".join(" ".join(sentence() for _ in range(3)) for _ in range(3))
        date = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        known = {"source": f"Paper {number % 8}", "published": date, "title": title, "text": f"{title}\n{body}"}
        return known | columns

    return make_articles(*map(article, range(count)))


CORPORA = {
    "seeds": None,
    "one article": lambda: generated(1),
    "a thousand articles": lambda: generated(1000),
    "no sources, no dates": lambda: generated(30, source=None, published=None),
    "one sentence": lambda: make_articles({"text": "Trump met Putin."}),
    "only punctuation": lambda: make_articles({"text": "… ?! —", "source": "A"}, {"text": "***", "source": "B"}),
}


@pytest.fixture(scope="module", params=list(CORPORA))
def executed(request, tmp_path_factory):
    """All notebooks run one after the other in one kernel (starting five would take most of the time)."""
    folder = tmp_path_factory.mktemp("run")
    corpus = SEEDS
    if CORPORA[request.param]:
        corpus = folder / "corpus.jsonl"
        mk.write_articles(CORPORA[request.param](), corpus)
    whole = None
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        set_parameters(notebook, CORPUS=str(corpus), FIGURES=str(folder))
        whole = notebook if whole is None else whole
        if notebook is not whole:
            whole.cells += notebook.cells
    execute(whole, folder)
    return request.param, whole, folder


def printed(notebook):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")


def test_no_error_hides_in_a_widget_or_on_stderr(executed):
    _, notebook, _ = executed
    assert widget_errors(notebook) == []
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    complaints = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert complaints == []


def test_every_figure_has_its_files(executed):
    _, notebook, folder = executed
    asked = sum(cell.source.count("mk.save_figure(") for cell in notebook.cells if cell.cell_type == "code")
    records = sorted(folder.glob("*.json"))
    assert len(records) == asked
    for record in records:
        for ending in ("html", "svg", "png", "pdf", "csv"):
            assert record.with_suffix(f".{ending}").stat().st_size > 0
        written = json.loads(record.read_text(encoding="utf-8"))
        assert written["caption"]
        assert written["alt"]


SAYS = {
    "seeds": [
        "compared as articles, not as sources",
        "one article each: about these two articles",
        "one is no sample of its source",
        "gives most words to Donald Trump",
        "3 articles tell of 1 event; 2 articles stand alone",
        "at least 5 articles on each side are needed",
    ],
    "one article": [
        "1 article from 1 named source",
        "no two groups to compare",
        "no two sources to compare",
        "nothing to contrast",
    ],
    "a thousand articles": ["1,000 articles from 8 named sources", "Of 28 pairs compared by polarity"],
    "no sources, no dates": ["30 of 30 have no source", "30 of 30 have no date", "no two groups to compare"],
    "one sentence": ["1 of 1 has no title", "no two groups to compare"],
    "only punctuation": ["There is nothing to describe", "No actor of the registry is mentioned", "Nobody is quoted"],
}


def test_what_cannot_be_said_is_said(executed):
    name, notebook, _ = executed
    for words in SAYS[name]:
        assert words in printed(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_written_as_the_house_wants(path):
    notebook = nbformat.read(path, as_version=4)
    assert notebook.cells[0].source.startswith("# ")
    assert notebook.cells[0].source.splitlines()[0].endswith("?")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    lines = sorted(len(cell.source.splitlines()) for cell in code)
    assert lines[-1] <= 12
    assert lines[len(lines) // 2] <= 3
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert not any(word in cell.source for cell in code for word in ("def ", "class ", "lambda"))
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
