"""The report and the command line: what is written, what fails, and with which exit code."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT, SEEDS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import mediakit as mk
from mediakit.__main__ import main
from mediakit.report import ReportError, build_report, run_notebook, set_parameters, title_of, widget_errors

EXPORT = """\
import mediakit as mk
articles = mk.read_corpus(CORPUS).articles
mk.save_figure(mk.plot_articles(articles), f"{FIGURES}/01-length", data=articles[["article_id"]], articles=articles)"""


def write(folder, name, *cells):
    parameters = new_code_cell('CORPUS = "nowhere"\nFIGURES = "nowhere"', metadata={"tags": ["parameters"]})
    notebook = new_notebook(
        cells=[new_markdown_cell("# What <is> it?\n\nText."), parameters, *map(new_code_cell, cells)]
    )
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


@pytest.fixture
def notebooks(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


def test_a_report_is_figures_and_a_page_that_shows_them(notebooks, tmp_path):
    write(notebooks, "01-one", EXPORT)
    report = build_report(SEEDS, tmp_path / "out", notebooks=notebooks)
    page = report.index.read_text(encoding="utf-8")
    assert report.figures == ("01-length",)
    assert "What &lt;is&gt; it?" in page
    for target in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert (tmp_path / "out" / target).stat().st_size > 0, target
    record = json.loads((tmp_path / "out" / "01-length.json").read_text(encoding="utf-8"))
    assert record["caption"]
    assert (record["notebook"], record["call"]) == ("01-one.ipynb", EXPORT)
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_figures_are_found_whatever_their_name(notebooks, tmp_path):
    write(notebooks, "analysis", EXPORT.replace("01-length", "lengths"))
    assert build_report(SEEDS, tmp_path / "out", notebooks=notebooks).figures == ("lengths",)


def test_what_could_not_be_read_shows_in_the_exit_code(notebooks, tmp_path, capsys):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text("A first line\nPeace talks began on Monday in the capital.")
    (corpus / "bad.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    write(notebooks, "01-one", "CORPUS")
    assert main(["report", str(corpus), "--out", str(tmp_path / "out"), "--notebooks", str(notebooks)]) == 1
    assert "1 file(s) or record(s) not read in" in capsys.readouterr().err


def test_a_failing_notebook_leaves_the_folder_as_it_was(notebooks, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("old")
    write(notebooks, "01-one", "1 / 0")
    with pytest.raises(ReportError, match=r"01-one\.ipynb: ZeroDivisionError: division by zero"):
        build_report(SEEDS, out, notebooks=notebooks)
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_text() == "old"


def test_an_error_that_a_widget_keeps_to_itself_is_found(notebooks, tmp_path):
    hidden = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    raise KeyError('kept')\nout"
    path = write(notebooks, "01-one", hidden)
    with pytest.raises(ReportError, match=r"widget holds an error: KeyError: 'kept'"):
        run_notebook(path, corpus=SEEDS, figures=tmp_path)
    shown = "import ipywidgets\nipywidgets.HTML('<p class=\"mediakit-error\">ValueError: shown</p>')"
    path = write(notebooks, "02-two", shown)
    with pytest.raises(ReportError, match="ValueError: shown"):
        run_notebook(path, corpus=SEEDS, figures=tmp_path)


def test_notebooks_need_a_parameters_cell():
    with pytest.raises(ReportError, match='tagged "parameters"'):
        set_parameters(new_notebook(cells=[new_code_cell("1")]), CORPUS="x")
    assert widget_errors(new_notebook()) == []
    assert title_of(new_notebook(), "fallback") == "fallback"


def test_parameters_follow_the_cell_they_replace():
    notebook = new_notebook(
        cells=[new_code_cell("CORPUS = 1", metadata={"tags": ["parameters"]}), new_code_cell("CORPUS")]
    )
    set_parameters(notebook, CORPUS="it's")
    assert [cell.source for cell in notebook.cells] == ["CORPUS = 1", '''CORPUS = "it's"''', "CORPUS"]


def test_no_notebooks_is_said(notebooks, tmp_path):
    with pytest.raises(ReportError, match="no notebooks there"):
        build_report(SEEDS, tmp_path / "out", notebooks=notebooks)


def test_read_prints_the_card_and_converts(tmp_path, capsys):
    target = tmp_path / "corpus.parquet"
    assert main(["read", str(SEEDS), "--to", str(target)]) == 0
    assert "5 articles" in capsys.readouterr().out
    assert len(mk.read_articles(target)) == 5


def test_read_tells_by_its_exit_code_what_happened(tmp_path, capsys):
    (tmp_path / "good.txt").write_text("A first line\nPeace talks began on Monday in the capital.")
    (tmp_path / "bad.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert main(["read", str(tmp_path)]) == 1
    assert "bad.csv" in capsys.readouterr().out
    assert main(["read", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("mediakit: ")
    assert "none" in error
    assert error.count("\n") == 1


def test_report_tells_by_its_exit_code_what_happened(notebooks, tmp_path, capsys):
    write(notebooks, "01-one", "raise ValueError('no')")
    out = str(tmp_path / "out")
    assert main(["report", str(SEEDS), "--out", out, "--notebooks", str(notebooks)]) == 1
    assert capsys.readouterr().err == "mediakit: 01-one.ipynb: ValueError: no\n"
    assert main(["report", str(tmp_path / "none"), "--out", out]) == 2


def test_help_for_a_newcomer():
    run = subprocess.run(
        [sys.executable, "-m", "mediakit", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for word in ("read", "report", "examples:", "exit codes:"):
        assert word in run.stdout
    wrong = subprocess.run([sys.executable, "-m", "mediakit", "dance"], capture_output=True, text=True, cwd=ROOT)
    assert wrong.returncode == 2


def test_quiet_reaches_the_bars(monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", "0")
    assert main(["read", str(SEEDS), "--quiet"]) == 0
    assert os.environ["TQDM_DISABLE"] == "1"
    assert capsys.readouterr().err == ""


def test_read_takes_names_of_columns_and_a_reader(tmp_path, capsys):
    table = tmp_path / "a.csv"
    table.write_text("Schlagzeile,Artikeltext\nTalks,The talks ended on Friday without a result.\n")
    assert main(["read", str(table), "--column", "Artikeltext=text", "--column", "Schlagzeile=title"]) == 0
    assert "1 article read" in capsys.readouterr().out
    assert main(["read", str(table), "--column", "Artikeltext"]) == 2
    assert "write it as NAME=COLUMN" in capsys.readouterr().err
    assert main(["read", str(table), "--reader", "text", "--quiet"]) == 0


def test_a_guess_is_no_failure(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("headline,body\nTalks,The talks ended on Friday without a result.\n")
    assert main(["read", str(table), "--quiet"]) == 0
