"""Files of a figure: whole or not at all, the same bytes again, safe to open, clear when there is no browser."""

import asyncio
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit import export
from mediakit.export import ExportError, safe_cells
from mediakit.frames import build, fingerprint

ROOT = Path(__file__).parent.parent
ENDINGS = ("html", "svg", "png", "pdf", "csv", "json")

CORPUS = build(
    "articles",
    [
        {"article_id": key, "source": "Post", "published": "2025-01-02", "title": key, "text": f"Text of {key}."}
        for key in ("b", "a")
    ],
)
COUNTS = build(
    "term_counts",
    [
        {"source": source, "term": term, "n": n, "per_1000": n / 2, "n_articles": 1}
        for source in ("=Post()", "</script><script>alert(1)</script>")
        for term, n in (("peace", 5), ("-war", 3), ("мир", 2))
    ],
)


def figure(**options: object) -> go.Figure:
    return mk.plot_term_counts(COUNTS, articles=CORPUS, call="mk.plot_term_counts(counts)", **options)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("saved") / "new" / "folder"
    return mk.save_figure(figure(), folder / "terms", data=COUNTS, articles=CORPUS)


def test_all_files_are_written_and_nothing_else(saved: dict[str, Path]) -> None:
    assert tuple(saved) == ENDINGS
    assert sorted(saved["html"].parent.iterdir()) == sorted(saved.values())
    assert {path.name for path in saved.values()} == {f"terms.{ending}" for ending in ENDINGS}
    assert saved["png"].read_bytes().startswith(b"\x89PNG")
    assert saved["pdf"].read_bytes().startswith(b"%PDF")
    svg = saved["svg"].read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "peace" in svg  # vector text, not outlines


def test_the_picture_has_300_pixels_to_the_inch_at_180_mm(saved: dict[str, Path]) -> None:
    from PIL import Image

    with Image.open(saved["png"]) as picture:
        assert picture.width / (180 / 25.4) >= 300
        assert picture.height == pytest.approx(picture.width / 680 * figure().layout.height, abs=1)
    assert 'width="680"' in saved["svg"].read_text(encoding="utf-8")


def test_the_page_works_offline_and_says_what_it_shows(saved: dict[str, Path]) -> None:
    page = saved["html"].read_text(encoding="utf-8")
    assert "<title>The most frequent terms by source</title>" in page
    assert "default-src 'none'" in page
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)
    assert "alert(1)</script>" not in page
    assert 'id="figure-terms"' in page
    assert "Plotly.newPlot" in page


def test_a_caption_and_an_alt_text_are_escaped(tmp_path: Path) -> None:
    fig = figure(title='A <b>"bold"</b> & title')
    paths = mk.save_figure(fig, tmp_path / "x", caption="<i>c</i> & d", alt='"quoted" <alt>', formats=("html",))
    page = paths["html"].read_text(encoding="utf-8")
    assert "<title>A &lt;b&gt;&quot;bold&quot;&lt;/b&gt; &amp; title</title>" in page
    assert "<figcaption>&lt;i&gt;c&lt;/i&gt; &amp; d</figcaption>" in page
    assert 'aria-label="&quot;quoted&quot; &lt;alt&gt;"' in page
    about = json.loads(paths["json"].read_text(encoding="utf-8"))
    assert (about["caption"], about["alt"]) == ("<i>c</i> & d", '"quoted" <alt>')


def test_provenance_says_how_the_figure_was_made(saved: dict[str, Path]) -> None:
    about = json.loads(saved["json"].read_text(encoding="utf-8"))
    assert about["call"] == "mk.plot_term_counts(counts)"
    assert about["frame"] == "term_counts"
    assert about["n"] == COUNTS["n"].sum()
    assert about["n_rows"] == len(COUNTS)
    assert about["n_articles"] == 2
    assert about["articles"] == ["a", "b"]
    assert about["corpus"] == fingerprint(CORPUS)
    assert about["files"] == [path.name for path in saved.values()]
    assert set(about["versions"]) == {"python", "mediakit", "pandas", "plotly", "kaleido"}
    assert all(about["versions"].values())
    assert about["caption"].startswith("The most frequent terms by source. ")
    assert about["alt"].startswith("Dot plot")


def test_data_come_back_from_the_csv(saved: dict[str, Path]) -> None:
    back = pd.read_csv(saved["csv"])
    assert list(back.columns) == list(COUNTS.columns)
    assert list(back["n"]) == list(COUNTS["n"])
    assert list(back["term"])[:3] == ["peace", "'-war", "мир"]
    assert back["source"][0] == "'=Post()"
    assert saved["csv"].read_bytes().startswith(b"\xef\xbb\xbf")


# --- same input, same bytes ------------------------------------------------------------------------------------------

AGAIN = """
import sys
sys.path.insert(0, "tests")
from test_export import COUNTS, CORPUS, figure, mk
mk.save_figure(figure(), sys.argv[1] + "/terms", data=COUNTS, articles=CORPUS)
"""


def test_the_same_input_gives_the_same_bytes(saved: dict[str, Path], tmp_path: Path) -> None:
    again = mk.save_figure(figure(), tmp_path / "again" / "terms", data=COUNTS, articles=CORPUS)
    for ending in ENDINGS:
        assert again[ending].read_bytes() == saved[ending].read_bytes(), ending


def test_another_process_gives_the_same_bytes_and_ends(saved: dict[str, Path], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", AGAIN, str(tmp_path)], cwd=ROOT, check=True, timeout=120)
    for ending in ENDINGS:
        assert (tmp_path / f"terms.{ending}").read_bytes() == saved[ending].read_bytes(), ending


def test_the_pdf_has_no_date_of_its_own(saved: dict[str, Path]) -> None:
    dates = re.findall(rb"/(?:CreationDate|ModDate) \(D:(\d{8})", saved["pdf"].read_bytes())
    assert dates
    assert set(dates) == {b"20000101"}


# --- whole or not at all ---------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*")}


def fake_picture(_spec: object, kind: str, _size: object) -> bytes:
    return kind.encode()


def test_a_picture_that_fails_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_spec: object, kind: str, _size: object) -> bytes:
        if kind == "pdf":
            raise ExportError("no paper")
        return b"new"

    for ending in ENDINGS:
        (tmp_path / f"x.{ending}").write_text("old")
    before = contents(tmp_path)
    monkeypatch.setattr(export, "_picture", failing)
    with pytest.raises(ExportError, match="no paper"):
        mk.save_figure(figure(), tmp_path / "x", data=COUNTS)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("stop", range(1, 6))
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()], ids=["error", "interrupt"])
def test_a_move_that_fails_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int, error: BaseException
) -> None:
    for ending in ENDINGS[::2]:
        (tmp_path / f"x.{ending}").write_text("old")
    before = contents(tmp_path)
    calls = []

    def replace(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == stop:
            raise error
        os.rename(source, target)

    monkeypatch.setattr(export, "_picture", fake_picture)
    monkeypatch.setattr(export.os, "replace", replace)
    with pytest.raises(type(error)):
        mk.save_figure(figure(), tmp_path / "x", data=COUNTS)
    assert contents(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_is_an_error_that_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.pdf").mkdir()
    (tmp_path / "x.html").write_text("old")
    monkeypatch.setattr(export, "_picture", fake_picture)
    with pytest.raises(OSError, match=r"x\.pdf"):
        mk.save_figure(figure(), tmp_path / "x", data=COUNTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "x.pdf"]
    assert (tmp_path / "x.html").read_text() == "old"


def test_a_figure_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_picture", fake_picture)
    for ending in ENDINGS:
        (tmp_path / f"x.{ending}").write_text("old")
    mk.save_figure(figure(), tmp_path / "x.PNG", data=COUNTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"x.{ending}" for ending in ENDINGS)
    assert all(path.read_bytes() != b"old" for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given_path", "stem"), [("x", "x"), ("x.html", "x"), ("x.JSON", "x"), ("v1.2", "v1.2"), ("v1.2.svg", "v1.2")]
)
def test_an_ending_is_taken_off(tmp_path: Path, given_path: str, stem: str) -> None:
    paths = mk.save_figure(figure(), tmp_path / given_path, formats="html")
    assert {path.name for path in paths.values()} == {f"{stem}.html", f"{stem}.json"}


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'gif'.*html, svg, png, pdf"):
        mk.save_figure(figure(), tmp_path / "x", formats=("gif",))
    assert list(tmp_path.iterdir()) == []


# --- spreadsheets ----------------------------------------------------------------------------------------------------

DANGEROUS = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), st.text(max_size=10))
CELLS = st.one_of(st.none(), st.text(max_size=20), DANGEROUS, st.integers(), st.floats(allow_nan=False))


@given(st.lists(CELLS, max_size=8), st.one_of(st.text(max_size=5), DANGEROUS))
def test_no_text_starts_a_formula_and_no_number_changes(cells: list[object], name: str) -> None:
    frame = pd.DataFrame({name: pd.Series(cells, dtype="object")})
    safe = safe_cells(frame)
    assert not str(safe.columns[0]).startswith(export.FORMULA)
    for before, after in zip(frame.iloc[:, 0], safe.iloc[:, 0], strict=True):
        if isinstance(before, str):
            assert not after.startswith(export.FORMULA)
            assert after in (before, "'" + before)
        else:
            assert after is before or after == before or (pd.isna(after) and pd.isna(before))
    assert list(frame.iloc[:, 0]) == cells


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_the_csv_is_read_back_cell_by_cell(cells: list[str]) -> None:
    text = export._csv(pd.DataFrame({"text": cells, "n": range(len(cells))})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["text", "n"]
    assert [row[0] for row in rows[1:]] == [
        cell if not cell.startswith(export.FORMULA) else "'" + cell for cell in cells
    ]


def test_numbers_dates_and_categories_keep_their_kind() -> None:
    frame = pd.DataFrame(
        {
            "value": [-1.5, np.nan],
            "n": [-1, 2],
            "when": pd.to_datetime(["2025-01-01", None], utc=True),
            "kind": pd.Categorical(["=a", "b"]),
            "text": pd.array(["=1+1", None], dtype="str"),
        }
    )
    text = export._csv(frame).decode("utf-8-sig")
    assert text.splitlines() == ["value,n,when,kind,text", "-1.5,-1,2025-01-01 00:00:00+00:00,'=a,'=1+1", ",2,,b,"]


def test_a_named_index_is_written_and_a_plain_one_is_not() -> None:
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["=a"], name="term"))
    assert export._csv(frame).decode("utf-8-sig") == "term,n\r\n'=a,1\r\n"
    assert export._csv(pd.DataFrame({"n": [1]})).decode("utf-8-sig") == "n\r\n1\r\n"


# --- the browser -----------------------------------------------------------------------------------------------------

WITHOUT = """
import sys
import plotly.graph_objects as go
import mediakit as mk
try:
    mk.save_figure(go.Figure(), sys.argv[1] + "/new/x")
except RuntimeError as error:
    print(type(error).__name__, error)
mk.save_figure(go.Figure(), sys.argv[1] + "/page", formats=("html",))
"""


def test_without_a_browser_one_line_says_what_to_do(tmp_path: Path) -> None:
    environment = os.environ | {"BROWSER_PATH": "/nonexistent"}
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    (line,) = run.stdout.splitlines()
    assert line.startswith("ExportError save_figure: svg, png and pdf need Chrome or Chromium, and none was found.")
    assert "apt-get install chromium" in line
    assert 'formats=("html",)' in line
    assert run.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "page.json"]


def test_it_works_inside_a_running_event_loop(tmp_path: Path) -> None:
    async def in_a_notebook() -> dict[str, Path]:
        return mk.save_figure(figure(), tmp_path / "x", formats=("svg",))

    assert set(asyncio.run(in_a_notebook())) == {"svg", "json"}


def test_one_browser_serves_all_figures_and_a_broken_one_is_replaced(tmp_path: Path) -> None:
    mk.save_figure(figure(), tmp_path / "x", formats=("svg",))
    first = export._browser._kaleido
    mk.save_figure(figure(), tmp_path / "y", formats=("svg",))
    assert export._browser._kaleido is first
    with pytest.raises(ExportError, match="could not draw the svg"):
        export._browser.render({"data": "no figure"}, {"format": "svg", "width": 10, "height": 10})
    mk.save_figure(figure(), tmp_path / "z", formats=("svg",))
    assert export._browser._kaleido is not first
    assert (tmp_path / "z.svg").read_bytes() == (tmp_path / "y.svg").read_bytes()


def test_figures_of_others_are_saved_too(tmp_path: Path) -> None:
    paths = mk.save_figure(go.Figure(go.Scatter(y=[1, 2]), {"meta": ["a list"]}), tmp_path / "x", formats=("html",))
    about = json.loads(paths["json"].read_text(encoding="utf-8"))
    assert about["title"] == "x"
    assert about["call"] is None
