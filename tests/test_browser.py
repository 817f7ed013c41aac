"""A real JupyterLab in headless Chromium: Run All, use a control, click a mark; nothing leaves the machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from playwright.sync_api import expect, sync_playwright

pytestmark = pytest.mark.browser

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PATIENCE = 180_000  # ms: a loaded machine is slow, not wrong
expect.set_options(timeout=PATIENCE)

# Runs in the server and in every kernel: whoever opens a connection to another machine is written down and refused.
WATCH = """
import os, socket
def guard(original):
    def connect(self, address, *rest):
        inside = self.family == socket.AF_UNIX or str(address[0]) in ("127.0.0.1", "::1", "localhost", "0.0.0.0")
        if not inside:
            with open(os.environ["MEDIAKIT_OUTSIDE"], "a") as log:
                log.write(f"{address}\\n")
            raise OSError("no connection leaves the machine")
        return original(self, address, *rest)
    return connect
socket.socket.connect = guard(socket.socket.connect)
socket.socket.connect_ex = guard(socket.socket.connect_ex)
"""

# the control to change, the value to give it, and the words that the code line then shows
CONTROLS = {
    "02-sentiment": ("Engine", "vader", "engine='vader'"),
    "03-terms": ("Words", "2", "n=2"),
    "04-actors": ("View", "named together", "co_mentions"),
    "05-sources": ("By", "article_id", "by='article_id'"),
    "06-voices": ("Quotations", "direct", "'direct'"),
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab on a copy of the notebooks, and the file that connections to elsewhere end up in."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "seeds"):
        shutil.copytree(ROOT / folder, home / folder)
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # by default cells out of sight are not in the page, and a test could not see them
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps({"windowingMode": "none"}))
    (home / "watch").mkdir()
    (home / "watch" / "sitecustomize.py").write_text(WATCH)
    outside, port = home / "outside.txt", free_port()
    environment = os.environ | {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(home / "watch"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        "MEDIAKIT_OUTSIDE": str(outside),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--IdentityProvider.token=t", f"--ServerApp.root_dir={home}"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with (
        open(home / "server.log", "w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}", outside, home
        finally:
            server.terminate()


def wait_for(port, server):
    for _ in range(300):
        assert server.poll() is None, "JupyterLab ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("JupyterLab did not answer within a minute")


@pytest.fixture(scope="module")
def browser():
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "no Chromium on this machine: tools/setup.sh browser installs one"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def run_all(page, address, name):
    page.goto(f"{address}/lab/tree/notebooks/{name}.ipynb?token=t&reset")
    # the notebook's own sign says idle before there is a kernel; a run then would ask which kernel to take
    page.wait_for_selector("#jp-main-statusbar >> text=/ipykernel\\) \\| Idle/")
    page.click("text='Run'")
    page.click("text='Run All Cells'")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
                 .every(prompt => /\\[\\d+\\]/.test(prompt.textContent))"""
    )
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')


def errors(page):
    """Texts of error outputs, of stderr, and of widgets that could not be shown or that hold an error."""
    marks = (
        '[data-mime-type="application/vnd.jupyter.error"]',
        '[data-mime-type="application/vnd.jupyter.stderr"]',
        ".mediakit-error",
        ".jupyter-widgets-error-widget",
    )
    return page.locator(", ".join(marks)).all_inner_texts()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_its_explorer_answers(lab, page, name):
    address, outside, home = lab
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    run_all(page, address, name)
    assert errors(page) == []
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    if name in CONTROLS:
        use_the_explorer(page, *CONTROLS[name])
    if name == "04-actors":
        use_the_editor(page, home / "notebooks" / "my-actors.csv")
    assert errors(page) == []
    elsewhere = [url for url in requests if not url.startswith((address, "data:", "blob:"))]
    assert elsewhere == []
    assert not outside.exists(), outside.read_text()
    assert list((home / "figures").glob(f"{name[:2]}-*.png")), "the notebook saved no figure"


def use_the_explorer(page, control, value, code):
    explorer = page.locator(".mediakit-explorer").first  # 02 has one for tone below
    figure, evidence = explorer.locator(".js-plotly-plot"), explorer.locator(".mediakit-evidence")
    figure.locator(".main-svg").first.wait_for()
    assert evidence.locator("tr").count() > 0
    fills_its_place(page)
    before, shown = drawn(figure), evidence.inner_text()

    menu = explorer.locator(".widget-dropdown").filter(has=page.locator("label", has_text=control))
    menu.locator("select").select_option(value)
    expect(explorer.locator("pre")).to_contain_text(code)
    page.wait_for_function(
        "([old]) => document.querySelector('.mediakit-explorer .js-plotly-plot .main-svg')?.innerHTML !== old",
        arg=[before],
    )
    assert drawn(figure) != before
    fills_its_place(page)

    expect(evidence).to_contain_text("click a mark")
    click_a_mark(page, figure)
    expect(evidence).not_to_contain_text("click a mark")
    assert evidence.locator("tr").count() > 0
    assert evidence.inner_text() != shown


def use_the_editor(page, file):
    editor = page.locator(".mediakit-editor")
    names = editor.locator(".widget-select option")
    expect(editor.locator(".mediakit-evidence mark").first).to_be_visible()
    # the menu writes its spaces as such that do not break
    first, before = names.first.inner_text().replace("\xa0", " ").split(" · ")[0], names.count()
    editor.get_by_role("button", name="Take").click()
    expect(names.first).to_contain_text(re.compile("[✓✗]"))
    editor.get_by_role("button", name="Save").click()
    expect(editor).to_contain_text("became known")
    expect(names).to_have_count(before - 1)
    assert first in file.read_text(encoding="utf-8")


def fills_its_place(page):
    """Whether the figure is as wide as there is room: plotly draws it 700 wide before it is on the page."""
    page.wait_for_function(
        """() => {
            const plot = document.querySelector('.mediakit-explorer .js-plotly-plot');
            const wide = plot?.querySelector('.main-svg')?.clientWidth;
            return wide > 750 && Math.abs(wide - plot.parentElement.clientWidth) <= 2;
        }"""
    )


def drawn(figure):
    return figure.locator(".main-svg").first.inner_html()


def click_a_mark(page, figure):
    """Click one of the marks as a mouse does: move there, then press."""
    marks = figure.locator(".scatterlayer .point, .heatmaplayer .hm, .textpoint text, .barlayer .point")
    expect(marks).not_to_have_count(0)
    mark = marks.nth(marks.count() // 3)
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(500)
    page.mouse.down()
    page.mouse.up()
