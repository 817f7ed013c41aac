"""Archives: what is in them, what is damaged in them, and those that are made to do harm."""

import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_samples import web
from warcio.archiveiterator import ArchiveIterator

import mediakit as mk
from mediakit.readers import Problem, Record, read_records, reader_for
from mediakit.readers.archives import clean_name
from mediakit.readers.files import in_memory
from mediakit.readers.http_body import dechunked, unpacked
from mediakit.readers.unpacking import GZIP, Unpacked, buffered

TEXT = "Plain words of an article that is long enough.\n" * 20
BODY = TEXT.encode()


@pytest.fixture
def read(tmp_path: Path):
    def _read(name: str, data: bytes) -> tuple[dict[str, str], dict[str, str]]:
        """Texts and problems by path, as the whole import finds them."""
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        items = list(read_records(folder / name))

        def short(path: str) -> str:
            return Path(path).relative_to(folder).as_posix()

        texts = {short(i.path): str(i.fields.get("text", "")) for i in items if isinstance(i, Record)}
        problems: dict[str, str] = {}
        for item in items:
            if isinstance(item, Problem):
                said = problems.get(short(item.path))
                problems[short(item.path)] = f"{said}; {item.reason}" if said else item.reason
        return texts, problems

    return _read


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- the same article everywhere -------------------------------------------------------------------------------------


def test_the_same_article_in_every_form(tmp_path: Path) -> None:
    inside = ("pages.zip", "pages.tar.gz", "page.html.gz", "crawl.warc", "crawl.warc.gz", "crawl.arc")
    pages = ("wordpress.html", "structured.html", "meta_only.html", "amp.html", "saved.mhtml")
    found = {}
    for name in (*inside, *pages, *web.FEEDS):
        path = tmp_path / name
        path.write_bytes(web.SAMPLES[name])
        articles = mk.read_corpus(path).articles
        row = articles[articles["title"] == web.TITLE].iloc[0]
        found[name] = (row["title"], row["text"], row["published"].isoformat(), row["url"])
    assert set(found.values()) == {
        (web.TITLE, f"{web.TITLE}\n{web.TEXT}", "2025-08-17T08:30:00+00:00", web.URL),
    }


# --- zip -------------------------------------------------------------------------------------------------------------


def test_a_zip_is_read_like_a_folder(read) -> None:
    table = b"file,source,title\nsub/a.txt,Post,War\n"
    texts, problems = read(
        "x.zip", zipped(("sub/a.txt", BODY), ("metadata.csv", table), ("README.txt", b"x"), ("__MACOSX/._a", b"x"))
    )
    assert texts == {"x.zip/sub/a.txt": TEXT}
    assert problems == {"x.zip/README.txt": "by its name not an article"}
    inner = zipped(("a.txt", BODY))
    assert read("y.zip", zipped(("one/inner.zip", inner), ("b.txt.gz", gzip.compress(BODY))))[0] == {
        "y.zip/one/inner.zip/a.txt": TEXT,
        "y.zip/b.txt.gz/b.txt": TEXT,
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\temp\\a.txt", "temp/a.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("a\u202etxt.exe\n.txt", "atxt.exe.txt"),
        ("..", ""),
        ("Größe/é.txt", "Größe/é.txt"),
    ],
)
def test_names_lead_nowhere(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_paths_that_lead_out_of_a_zip_are_said_in_one_line(read) -> None:
    members = (("../../a.txt", BODY), ("b/../../../c.txt", BODY), ("C:\\d.txt", BODY), ("e/f..g.txt", BODY))
    texts, problems = read("x.zip", zipped(*members))
    assert sorted(texts) == ["x.zip/a.txt", "x.zip/b/c.txt", "x.zip/d.txt", "x.zip/e/f..g.txt"]
    assert list(problems) == ["x.zip"]
    assert problems["x.zip"].startswith("3 with paths that lead out of the archive: '../../a.txt', 'b/../../../c.txt'")


def test_a_member_without_a_name_is_read(read) -> None:
    data = zipped(("aa.txt", BODY), ("b.txt", BODY)).replace(b"aa.txt", b"\x00a.txt")
    texts, _ = read("x.zip", data)
    assert texts["x.zip/b.txt"] == TEXT


def test_text_in_a_stored_member_does_not_name_the_archive(read) -> None:
    page = b"<html><body><p>LexisNexis 1 of 1 DOCUMENTS</p>Factiva, Inc.</body></html>"
    inner = zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", inner)
        archive.writestr("b.html", page)
        archive.writestr("c.txt", BODY)
    tar = web.tarred({"b.html": page, "c.txt": BODY})
    for name, data in (("x.zip", out.getvalue()), ("x", out.getvalue()), ("x.tar", tar)):
        file = in_memory(name, data)
        assert reader_for(file).name == ("tar" if data is tar else "zip")
        assert file.start == ""
        assert f"{name}/c.txt" in read(name, data)[0]


def test_names_in_either_encoding_and_twice(read) -> None:
    data = zipped(
        ("gr\u00fc\u00dfe.txt", BODY), ("a.txt", BODY), ("a.txt", b"Another text."), ("../a.txt", b"A third.")
    )
    bare = bytearray(data)  # a program that writes UTF-8 but does not say so
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = bare.find(start) + (6 if start == b"PK\x03\x04" else 8)
        bare[at : at + 2] = b"\0\0"
    assert list(read("x.zip", bytes(bare))[0]) == [
        "x.zip/a.txt",
        "x.zip/a (2).txt",
        "x.zip/a (3).txt",
        "x.zip/grüße.txt",
    ]


def test_members_that_cannot_be_read_are_problems_and_the_others_are_read(read) -> None:
    data = bytearray(zipped(("a.txt", BODY), ("b.txt", BODY), ("c.txt", BODY), ("d.txt", BODY)))
    entries = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    data[entries[0] + 8] |= 1
    data[entries[1] + 10] = 97
    data[entries[2] + 38 : entries[2] + 42] = struct.pack("<I", 0o120777 << 16)
    texts, problems = read("x.zip", bytes(data))
    assert list(texts) == ["x.zip/d.txt"]
    assert "encrypted" in problems["x.zip/a.txt"]
    assert "method 97" in problems["x.zip/b.txt"]
    assert "link" in problems["x.zip/c.txt"]


def test_a_zip_cut_off_or_damaged_gives_what_is_there(read) -> None:
    whole = zipped(("a.txt", BODY), ("b.txt", b"The second text, short."))
    texts, problems = read("x.zip", whole[: whole.index(b"PK\x01\x02") + 20])
    assert texts == {"x.zip/a.txt": TEXT, "x.zip/b.txt": "The second text, short."}
    assert "2 members were found" in problems["x.zip"]
    wrong = bytearray(whole)
    wrong[whole.index(b"PK\x01\x02") + 16] ^= 0xFF
    texts, problems = read("y.zip", bytes(wrong))
    assert texts["y.zip/a.txt"] == TEXT
    assert "checksum" in problems["y.zip/a.txt"]
    assert "damaged zip" in read("z.zip", b"PK\x03\x04" + b"x" * 100)[1]["z.zip"]


def test_a_zip_bomb_is_refused_and_the_rest_is_read(read) -> None:
    bomb = zipped(("bomb.txt", bytes(100 << 20)), ("a.txt", BODY))
    tracemalloc.start()
    texts, problems = read("x.zip", bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert texts == {"x.zip/a.txt": TEXT}
    assert "zip bomb" in problems["x.zip/bomb.txt"]
    assert peak < 90 << 20


def test_members_that_share_their_bytes_are_refused(read) -> None:
    whole = zipped(("a.txt", BODY))
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entries = b"".join(whole[start:end].replace(b"a.txt", b"%d.txt" % n) for n in range(5))
    tail = bytearray(whole[end:])
    struct.pack_into("<HHI", tail, 8, 5, 5, len(entries))
    texts, problems = read("x.zip", whole[:start] + entries + bytes(tail))
    assert texts == {}
    assert len(problems) == 5
    assert all("lies over" in reason for reason in problems.values())


def test_archives_in_archives_end(read) -> None:
    data = zipped(("a.txt", BODY))
    for _ in range(8):
        data = zipped(("inner.zip", data))
    texts, problems = read("deep.zip", data)
    assert texts == {}
    assert any("more than 4 deep" in reason for reason in problems.values())
    wide = zipped(
        *((f"{n}.zip", zipped(*((f"{n}.zip", zipped(("a.txt", b"x"))) for n in range(40)))) for n in range(40))
    )
    assert any("more than 1,000 archives" in reason for reason in read("wide.zip", wide)[1].values())


def test_office_files_are_named(read) -> None:
    book = zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
    assert "Excel" in read("a.zip", book)[1]["a.zip"]


# --- gzip and tar ----------------------------------------------------------------------------------------------------


def test_gzip_whole_cut_off_and_damaged(read) -> None:
    packed = gzip.compress(BODY * 50)
    assert read("a.txt.gz", packed)[0] == {"a.txt.gz/a.txt": TEXT * 50}
    assert read("b.txt.gz", gzip.compress(b"One ") + gzip.compress(b"two.") + bytes(512))[0] == {
        "b.txt.gz/b.txt": "One two."
    }
    texts, problems = read("c.txt.gz", packed[:-60])
    assert TEXT * 20 in texts["c.txt.gz/c.txt"]
    assert "cut off" in problems["c.txt.gz"]
    assert "zip bomb" in str(read("d.txt.gz", gzip.compress(bytes(100 << 20)))[1])


def test_tar_links_and_what_leads_out(read) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "../b.txt", "/c.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(BODY)
            archive.addfile(info, io.BytesIO(BODY))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    for name, data in (("x.tar", out.getvalue()), ("x.tar.gz", gzip.compress(out.getvalue()))):
        texts, problems = read(name, data)
        assert texts == {f"{name}/{member}.txt": TEXT for member in "abc"}
        out_of = "2 with paths that lead out of the archive: '../b.txt', '/c.txt'; read under the rest of their paths"
        assert problems == {name: f"{out_of}; 1 links, devices and the like in it"}
    texts, problems = read("cut.tar", out.getvalue()[:2600])
    assert texts["cut.tar/a.txt"] == TEXT
    assert "damaged" in problems["cut.tar"]


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(0, 60), st.integers(1, 70))
def test_unpacking_is_zlib_piece_by_piece(parts: list[bytes], cut: int, size: int) -> None:
    packed = b"".join(map(gzip.compress, parts))
    whole = packed[: max(0, len(packed) - cut)]
    notes: set[str] = set()
    with buffered(Unpacked(io.BytesIO(whole), wbits=GZIP, notes=notes)) as stream:
        pieces = []
        while piece := stream.read(size):
            pieces.append(piece)
    assert b"".join(parts).startswith(b"".join(pieces))
    if not cut and parts:
        assert b"".join(pieces) == b"".join(parts)
        assert not notes
    if cut and parts and len(whole) and cut < 8:
        assert notes


# --- web archives ----------------------------------------------------------------------------------------------------


def page(n: int) -> bytes:
    words = " ".join(f"The sentence number {m} of page {n} has a few words to say." for m in range(12))
    return f"<html><head><title>Page {n}</title></head><body><p>{words}</p></body></html>".encode()


def response(n: int, **options: int) -> bytes:
    return web.warc_record("response", f"https://post.com/{n}", web.http(page(n)), **options)


def titles(items: Iterable[Record | Problem]) -> list[object]:
    return [item.fields["title"] for item in items if isinstance(item, Record)]


def crawl(tmp_path: Path, data: bytes) -> tuple[list[object], list[str]]:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    items = list(read_records(path))
    return titles(items), [i.reason for i in items if isinstance(i, Problem) and "words of body" not in i.reason]


def test_pages_as_warcio_finds_them(tmp_path: Path) -> None:
    for name in ("crawl.warc", "crawl.arc"):
        records = list(ArchiveIterator(io.BytesIO(web.SAMPLES[name])))
        assert sum(record.rec_type == "response" for record in records) >= 1
        assert crawl(tmp_path, web.SAMPLES[name])[0] == [web.TITLE]


def test_what_is_no_page_is_counted_in_one_line(tmp_path: Path) -> None:
    assert crawl(tmp_path, web.warc())[1] == [
        "passed over in the web archive: 1 with status 404, 1 image/png, 1 revisit"
    ]
    asked = web.warc_record("request", "https://post.com/", b"POST / HTTP/1.1\r\n\r\na=b")
    assert crawl(tmp_path, asked * 3)[1] == ["a web archive without a page to read: 3 request"]


def test_pages_are_named_by_their_address(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    addresses = [f"https://post.com/article.php?id={n}" for n in (1, 2)]
    path.write_bytes(b"".join(web.warc_record("response", a, web.http(page(n))) for n, a in enumerate(addresses)))
    articles = mk.read_corpus(path).articles
    assert list(articles["article_id"]) == ["article.php?id=1", "article.php?id=2"]
    assert list(articles["url"]) == addresses
    assert set(articles["crawled"]) == {"2025-08-18T07:00:00Z"}


def test_one_address_twice(tmp_path: Path) -> None:
    again = web.warc_record("response", "https://post.com/1", web.http(page(9)))
    found, problems = crawl(tmp_path, response(1) + response(1) + again)
    assert found == ["Page 1", "Page 9"]
    assert problems == ["passed over in the web archive: 1 repeats of a page"]


@pytest.mark.parametrize("wrong", [-1, 0, 3, 400, 99_999, 10**12])
def test_a_wrong_length_costs_no_other_record(tmp_path: Path, wrong: int) -> None:
    data = response(1) + response(2, length=wrong) + response(3) + response(4)
    found, problems = crawl(tmp_path, data)
    assert {"Page 1", "Page 3", "Page 4"} <= set(found)
    assert problems


def test_records_without_blank_lines_between_them(tmp_path: Path) -> None:
    data = b"".join(response(n).rstrip(b"\r\n") + b"\n" for n in range(4))
    assert crawl(tmp_path, data)[0] == [f"Page {n}" for n in range(4)]
    assert crawl(tmp_path, b"\r\n\r\n" + response(1) + b"garbage\r\n" + response(2))[0] == ["Page 1", "Page 2"]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(response(n))) for n in range(4)]
    members[1][40:60] = bytes(20)
    found, problems = crawl(tmp_path, b"".join(members))
    assert {"Page 0", "Page 2", "Page 3"} <= set(found)
    assert any("damaged" in reason for reason in problems)
    assert crawl(tmp_path, gzip.compress(b"".join(map(response, range(4)))))[0] == [f"Page {n}" for n in range(4)]
    found, problems = crawl(tmp_path, b"".join(gzip.compress(response(n)) for n in range(4))[:-150])
    assert found[:3] == ["Page 0", "Page 1", "Page 2"]
    assert any("cut off" in reason for reason in problems)


def test_bodies_in_every_wrapping() -> None:
    body = page(1) * 30
    raw = zlib.compressobj(wbits=-15)
    for data, name in (
        (gzip.compress(body), "gzip"),
        (zlib.compress(body), "deflate"),
        (raw.compress(body) + raw.flush(), "deflate"),
        (body, "gzip"),
        (body, "br"),
        (body, "identity"),
    ):
        assert unpacked(data, name) == (body, None)
    for packed, name in ((gzip.compress(body), "gzip"), (brotli.compress(body), "br")):
        assert unpacked(packed, name) == (body, None)
        part, note = unpacked(packed[:-20], name)
        assert body.startswith(part)
        assert note
    assert dechunked(web.chunked(body)) == (body, True)
    assert dechunked(body) == (body, True)
    assert dechunked(web.chunked(body)[:-400])[1] is False
    assert dechunked(b"5\r\nab")[0] == b"ab"


@given(
    st.binary(max_size=200),
    st.sampled_from([b"WARC/1.0\r\n", b"filedesc://x 0 20250101000000 text/plain ", b"\x1f\x8b\x08", b"PK\x03\x04"]),
)
def test_any_bytes_end_in_records_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(start + data)
    for item in read_records(path):
        assert isinstance(item, Record) or item.reason
