"""Coding by hand in a real JupyterLab: twenty sentences with the keyboard, the kernel killed, no answer lost."""

import os
import re
import signal
import time

import nbformat
import pytest
from conftest import make_articles
from playwright.sync_api import expect
from test_browser import browser, errors, lab, page, run_all  # noqa: F401

import mediakit as mk

pytestmark = pytest.mark.browser

LABELS = ("negative", "neutral", "positive")
KEYS = "31222132113323112313"
BEGIN = """import os
from pathlib import Path
import mediakit as mk
articles = mk.read_corpus("coding-corpus.jsonl").articles
sample = mk.coding_sample(mk.sentences(articles), 30, by="source", articles=articles, seed=4)
Path("pid.txt").write_text(str(os.getpid()))"""
CODE = 'mk.explore_coding(sample, "codings.csv", coder="Ann")'


@pytest.fixture
def home(lab):  # noqa: F811
    """The folder of a notebook that codes a corpus of the test's own."""
    folder = lab[2] / "notebooks"
    texts = [" ".join(f"Speaker {k} of day {n} <b>said & did</b> it." for k in range(6)) for n in range(8)]
    articles = make_articles(*[{"source": "AB"[n % 2], "text": text} for n, text in enumerate(texts)])
    mk.write_articles(articles, folder / "coding-corpus.jsonl")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (BEGIN, CODE)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(notebook, folder / "coding.ipynb")
    return folder


def test_twenty_sentences_by_keyboard_and_the_kernel_killed(lab, page, home):  # noqa: F811
    path = home / "codings.csv"
    run_all(page, lab[0], "coding")
    pad = page.locator(".mediakit-coding")
    expect(pad).to_contain_text("1 of 30 · 0 coded by Ann")
    pad.locator(".mk-text").click()
    read = []
    for done, key in enumerate(KEYS, 1):
        read.append(pad.locator(".mk-text").inner_text())
        page.keyboard.press(key)
        expect(pad).to_contain_text(f"· {done} coded by Ann")
        # what is shown as coded is on the disk
        assert len(mk.read_codings(path)) == done
    assert errors(page) == []
    assert page.locator(".jp-CodeCell").count() == 2, "a key went to JupyterLab, which made another cell of one"

    pid = home / "pid.txt"
    killed = int(pid.read_text())
    pid.unlink()
    os.kill(killed, signal.SIGKILL)
    with path.open("ab") as file:  # as if it had died in the middle of writing
        file.write(b"a0,17,")
    page.get_by_role("button", name=re.compile("^Ok$", re.I)).click()  # the kernel has died and starts again
    page.wait_for_selector("#jp-main-statusbar >> text=/ipykernel\\) \\| Idle/")
    page.click("text='Run'")
    page.click("text='Run All Cells'")
    while not pid.exists():
        time.sleep(0.1)
    pad = page.locator(".mediakit-coding")
    expect(pad).to_contain_text("21 of 30 · 20 coded by Ann")
    expect(page.locator(".jp-OutputArea").last).to_contain_text("was cut short before its label")

    codings = mk.read_codings(path)
    assert list(codings["label"]) == [LABELS[int(key) - 1] for key in KEYS]
    assert list(codings["text"]) == read
    pad.locator(".mk-text").click()
    page.keyboard.press("ArrowLeft")
    expect(pad).to_contain_text("20 of 30 · 20 coded by Ann · your answer: positive")
    page.keyboard.press("1")
    expect(pad).to_contain_text("21 of 30 · 20 coded")
    pad.get_by_role("button", name="neutral (2)").click()
    expect(pad).to_contain_text("22 of 30 · 21 coded")
    page.keyboard.press("u")
    expect(pad).to_contain_text("21 of 30 · 20 coded")
    assert int(pid.read_text()) != killed
    assert list(mk.read_codings(path)["label"])[:19] == list(codings["label"])[:19]
    assert errors(page) == []
