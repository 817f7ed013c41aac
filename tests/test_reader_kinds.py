"""Each kind of input from disk: folders, text with metadata, csv, json, parquet; whole, odd and broken."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.readers import READERS, Problem, ReadError, Record, read_records, reader_for
from mediakit.readers.delimited import parse
from mediakit.readers.files import in_memory
from mediakit.readers.records import TAKEN_AS, match_columns

Write = Callable[[str, str | bytes], Path]


def found(path: Path) -> tuple[list[Record], list[Problem]]:
    """Records, and problems; what columns were taken for is left out."""
    items = list(read_records(path))
    problems = [item for item in items if isinstance(item, Problem) and item.kind != TAKEN_AS]
    return [item for item in items if isinstance(item, Record)], problems


def texts(path: Path) -> list[object]:
    return [record.fields.get("text") for record in found(path)[0]]


def problems(path: Path) -> list[tuple[str, str | None, str]]:
    return [(Path(p.path).name, p.record, p.reason) for p in found(path)[1]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


# --- folders ---------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_with_its_subfolders_in_order(write: Write, tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.csv", "b/.hidden.txt", ".git/x.txt", "__MACOSX/x.txt", "~$c.txt"):
        write(name, "text\nfrom a table" if name == "c.csv" else name)
    assert texts(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt", "from a table"]
    assert problems(tmp_path) == []


def test_what_is_passed_over_in_a_folder_is_listed(write: Write, tmp_path: Path) -> None:
    write("a.txt", "Text.")
    write("README.txt", "About.")
    write("image.png", b"\x89PNG\r\n\x1a\n")
    write("fake.txt", b"%PDF-1.7 ...")
    write("empty.txt", "")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    reasons = {name: reason for name, _, reason in problems(tmp_path)}
    assert texts(tmp_path) == ["Text."]
    assert set(reasons) == {"README.txt", "image.png", "fake.txt", "empty.txt", "broken", "pipe.txt"}
    assert "by its name not an article" in reasons["README.txt"]
    assert reasons["image.png"] == "no reader for .png"
    assert "broken PDF" in reasons["fake.txt"]
    assert reasons["empty.txt"] == "is empty"
    assert reasons["broken"] == "link to nothing"
    assert reasons["pipe.txt"] == "not a regular file"


def test_links_in_a_circle_end(write: Write, tmp_path: Path) -> None:
    write("a/x.txt", "Text.")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    assert texts(tmp_path) == ["Text."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(write: Write, tmp_path: Path) -> None:
    write("a.txt", "Text.")
    write("b.txt", "Text.").chmod(0)
    assert "Permission denied" in problems(tmp_path)[0][2]


def test_nothing_at_a_path() -> None:
    with pytest.raises(FileNotFoundError, match="check the spelling"):
        list(read_records(Path("no/such/folder")))


def test_every_ending_has_one_reader() -> None:
    endings = [ending for reader in READERS for ending in reader.endings]
    assert len(endings) == len(set(endings))
    assert reader_for(in_memory("A.TXT", b"Text.")).name == "text"
    with pytest.raises(ReadError, match=r"no reader for \.xyz"):
        reader_for(in_memory("a.xyz", b"Text."))


# --- metadata --------------------------------------------------------------------------------------------------------


def test_metadata_describes_the_files_beside_and_below(write: Write, tmp_path: Path) -> None:
    table = "file;Outlet;Date;headline;desk\na.txt;Times;2025-08-17;;world\nsub/é.txt;Post;NA;Given;\ngone.txt;Sun;;;\n"
    write("metadata.csv", table + ";Herald;;;\nA.txt;Again;;;\n")
    write("a.txt", "Text a.")
    write("sub/e\u0301.txt", "Text e.")
    write("rest.txt", "Text r.")
    records, _ = found(tmp_path)
    assert [(r.fields, r.extra) for r in records] == [
        ({"text": "Text a.", "source": "Times", "published": "2025-08-17"}, {"desk": "world"}),
        ({"text": "Text r."}, {}),
        ({"text": "Text e.", "source": "Post", "title": "Given"}, {"desk": None}),
    ]
    assert [r.guess_title for r in records] == [True, True, False]
    assert problems(tmp_path) == [
        ("metadata.csv", "row 5", "names no file"),
        ("metadata.csv", "row 6", "names 'A.txt' again: the first row counts"),
        ("rest.txt", None, "has no row in metadata.csv"),
        ("metadata.csv", "row 4", "names the file 'gone.txt', which is not there"),
    ]


def test_metadata_for_a_single_file_and_for_a_table(write: Write, tmp_path: Path) -> None:
    write("metadata.csv", "file,source,title\na,Times,A\nb.csv,Post,B\n")
    write("b.csv", "text\nOne.\nTwo.\n")
    records, why = found(write("a.txt", "Text."))
    assert records[0].fields == {"text": "Text.", "source": "Times", "title": "A"}
    assert why == []
    assert [r.fields for r in found(tmp_path)[0]][1:] == [{"text": t, "source": "Post"} for t in ("One.", "Two.")]


def test_metadata_without_a_file_column(write: Write, tmp_path: Path) -> None:
    write("a.txt", "Text.")
    write("metadata.csv", "name,source\na.txt,Times\n")
    assert "no column 'file'" in problems(tmp_path)[0][2]
    write("metadata.csv", "text,source\nFrom the table.,Times\n")
    assert texts(tmp_path) == ["Text.", "From the table."]


# --- csv -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_with_any_delimiter_and_encoding(write: Write, delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    rows = [
        ["id", "Headline", "BODY"],
        ["007", "A, b; c", "Größe, “x”\nand\tmore; | end"],
        ["2", "", "Next"],
        [],
        ["3"],
    ]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    records, why = found(write("a.csv", out.getvalue().encode(encoding)))
    assert [r.fields for r in records] == [
        {"article_id": "007", "title": "A, b; c", "text": "Größe, “x”\nand\tmore; | end"},
        {"article_id": "2", "title": None, "text": "Next"},
        {"article_id": "3"},
    ]
    assert [r.record for r in records] == ["row 2", "row 3", "row 5"]
    assert [problem.reason.endswith("(3), so that something is missing: 1, first row 5") for problem in why] == [True]


def test_csv_oddities(write: Write) -> None:
    path = write("a.csv", "sep=;\ntext;text;;n;code;x\nOne;second;third;1;007;1.5\nTwo;;;NA;008;\nA;B;C;D;E;F;G\n")
    records, why = found(path)
    assert [r.extra for r in records] == [
        {"text.2": "second", "column 3": "third", "n": 1, "code": "007", "x": 1.5},
        {"text.2": None, "column 3": None, "n": None, "code": "008", "x": None},
    ]
    assert [(p.record, "7 cells in a table of 6" in p.reason) for p in why] == [("row 4", True)]
    assert texts(write("large.csv", "text\n" + "word " * 200_000)) == ["word " * 200_000]


def test_csv_problems(write: Write) -> None:
    assert "never closed" in problems(write("a.csv", 'text,title\nOne,1\n"Two,2\nThree,3\n'))[0][2]
    assert "among ['a', 'b']: name one of them text" in problems(write("b.csv", "a,b\n1,2\n"))[0][2]
    assert problems(write("c.csv", 'text,title\n"One ""x""",1\n')) == []


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), min_size=1))
def test_csv_cells_come_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["text", "title"], *rows])
    table = parse(out.getvalue())
    assert table.names == ["text", "title"]
    assert [cells for _, cells in table.rows] == [row for row in rows if any(cell.strip() for cell in row)]


def test_columns_go_by_their_common_names() -> None:
    assert match_columns(["ID", "Publish-Date", "Full Text", "headline", "media_name", "mood"]) == {
        "ID": "article_id",
        "Publish-Date": "published",
        "Full Text": "text",
        "headline": "title",
        "media_name": "source",
    }
    assert match_columns(["content", "text", "body"]) == {"text": "text"}


# --- json ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["jsonl", "ndjson"])
def test_json_lines_with_broken_lines(write: Write, ending: str) -> None:
    lines = [
        '{"id": 1, "text": "One\u2028one", "tags": ["a"]}',
        "",
        '{"text": "tr',
        "[1]",
        '{"a": 1}',
        '{"title": "T"}',
    ]
    path = write(f"a.{ending}", "\r\n".join([*lines, "9" * 5000, "[" * 100_000, '{"text": "Last"}']))
    records, why = found(path)
    assert [(r.fields, r.extra) for r in records] == [
        ({"article_id": 1, "text": "One\u2028one"}, {"tags": ["a"]}),
        ({"title": "T"}, {}),
        ({"text": "Last"}, {}),
    ]
    assert [r.guess_title for r in records] == [True, False, True]
    assert [p.record for p in why] == [f"line {n}" for n in (3, 4, 5, 7, 8)]
    assert "broken JSON" in why[0].reason
    assert "a list where an object was expected" in why[1].reason
    assert "no text and no title among 'a'" in why[2].reason


@pytest.mark.parametrize(
    "value",
    [
        [{"text": "One"}, {"text": "Two"}],
        {"status": "ok", "tags": [1, 2], "articles": [{"text": "One"}, {"text": "Two"}]},
        {"response": {"data": {"items": [{"body": "One"}, {"body": "Two"}], "other": [{"text": "x"}]}}},
    ],
)
def test_json_lists_are_found(write: Write, value: object) -> None:
    assert texts(write("a.json", json.dumps(value))) == ["One", "Two"]


def test_json_single_article_and_problems(write: Write) -> None:
    assert texts(write("a.json", '{"text": "One", "paragraphs": [{"text": "no article"}]}')) == ["One"]
    assert "no list of articles" in problems(write("b.json", '{"a": 1}'))[0][2]
    assert "broken JSON" in problems(write("c.json", "[1, 2"))[0][2]
    assert [p[1] for p in problems(write("d.json", '[{"text": "One"}, 3, {}]'))] == ["item 2", "item 3"]


# --- parquet ---------------------------------------------------------------------------------------------------------


def test_parquet(write: Write, tmp_path: Path) -> None:
    table = pa.table({"id": ["a", "b"], "content": ["One", None], "n": [1, None], "__index_level_0__": [0, 1]})
    pq.write_table(table, tmp_path / "a.parquet")
    records, why = found(tmp_path / "a.parquet")
    assert [r.fields for r in records] == [{"article_id": "a", "text": "One"}, {"article_id": "b", "text": None}]
    assert [r.extra for r in records] == [{"n": 1}, {"n": None}]
    assert why == []
    whole = (tmp_path / "a.parquet").read_bytes()
    assert "broken or cut-off Parquet" in problems(write("b.parquet", whole[:-20]))[0][2]
    assert "broken or cut-off Parquet" in problems(write("c.parquet", b"text,title\n"))[0][2]
    pq.write_table(pa.table({"x": [1]}), tmp_path / "d.parquet")
    assert "name one of them text" in problems(tmp_path / "d.parquet")[0][2]


# --- anything --------------------------------------------------------------------------------------------------------

HINTS = [b"", b"text,title\n", b'{"text": ', b'[{"text": "', b"file,source\n", b"\xff\xfe", b"PAR1", b"sep=;\ntext;b\n"]


@given(st.sampled_from(HINTS), st.binary(max_size=200), st.sampled_from([e for r in READERS for e in r.endings]))
def test_any_bytes_in_any_file_are_read_or_listed(
    tmp_path_factory: pytest.TempPathFactory, hint: bytes, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_bytes(hint + data)
    records, why = found(path)
    text_kinds = {".txt", ".text"}
    assert len(records) == 1 or why or ending not in text_kinds
    assert all(isinstance(p.reason, str) and p.reason for p in why)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "metadata.csv")
    (tmp_path / "a.txt").write_text("A text.")
    assert [item.fields["text"] for item in read_records(tmp_path / "a.txt") if isinstance(item, Record)] == ["A text."]
    assert [item.reason for item in read_records(tmp_path / "metadata.csv")] == ["is not a regular file"]


def test_a_link_to_the_folder_itself_is_no_way_out(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [type(item) for item in read_records(tmp_path)] == [Record]
