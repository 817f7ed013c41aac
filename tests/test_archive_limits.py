"""What keeps an archive that is made to do harm from filling the memory."""

import gzip
import io
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import pytest
from reader_samples import web

from mediakit.readers import ReadError, Record, archives, read_records, unpacking, warc, word
from mediakit.readers.files import in_memory

WORDS = (b"Plain words of an article that is long enough.\n" * 20_000)[: 900 << 10]  # allowed by itself


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def found(folder: Path, name: str, data: bytes) -> tuple[list[str], list[str]]:
    """Texts and reasons."""
    (folder / name).write_bytes(data)
    items = list(read_records(folder / name))
    texts = [str(item.fields.get("text", "")) for item in items if isinstance(item, Record)]
    return texts, [item.reason for item in items if not isinstance(item, Record)]


def bombs() -> dict[str, bytes]:
    crawl = gzip.compress(web.warc_record("response", "https://post.com/1", web.http(WORDS), mime="text/plain"))
    return {
        "wide.zip": zipped(*((f"{n}.txt", WORDS) for n in range(8))),
        "inner.zip": zipped(("inner.zip", zipped(*((f"{n}.txt", WORDS) for n in range(8))))),
        "deep.zip": zipped(*((f"{n}.zip", zipped((f"{n}.txt", WORDS))) for n in range(8))),
        "packed.tar.gz": gzip.compress(web.tarred({f"{n}.txt.gz": gzip.compress(WORDS) for n in range(8)})),
    } | {"crawls.zip": zipped(*((f"{n}.warc.gz", crawl) for n in range(8)))}


@pytest.mark.parametrize("name", ["wide.zip", "inner.zip", "deep.zip", "packed.tar.gz", "crawls.zip"])
def test_all_members_of_an_archive_share_one_allowance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(unpacking, "FREE", 1 << 20)
    data = bombs()[name]
    texts, reasons = found(tmp_path, name, data)
    assert 1 <= len(texts) < 8
    assert sum(map(len, texts)) <= max(1 << 20, unpacking.RATIO * len(data))
    assert any("the archive unpacks to more than" in reason for reason in reasons)


def test_bytes_that_are_unpacked_again_do_not_count_again() -> None:
    allowance = unpacking.Allowance(0)
    meter = allowance.meter()
    for place in (10, 20, 5, unpacking.FREE, 7):
        meter(place)
    assert allowance.n_unpacked == unpacking.FREE
    with pytest.raises(ReadError, match="zip bomb"):
        allowance.meter()(1)


@pytest.mark.parametrize("length", [10**5, 10**9])
def test_after_a_false_length_what_was_read_is_not_moved(length: int) -> None:
    block = web.http(b"<p>A page.</p>")
    records = [web.warc_record("response", f"https://post.com/{n}", block) for n in range(200)]
    records[0] = web.warc_record("response", "https://post.com/0", block, length=length)
    archive = warc._Archive(io.BytesIO(b"".join(records)), Counter())
    urls, buffers = [], []
    for raw in archive:
        urls.append(raw.url)
        buffers.append(archive._pending)
        assert raw.block == block
    assert urls == [f"https://post.com/{n}" for n in range(200)]
    assert all(buffer is buffers[0] for buffer in buffers[:150])


def test_a_zip_without_parts_of_a_word_document_is_not_opened_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (("_rels/.rels", b"<x/>"), ("word/document.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>"))
    assert word.looks(in_memory("a", zipped(*parts)))
    assert word.looks(in_memory("a", zipped(*reversed(parts))))
    assert not word.looks(in_memory("a", zipped(("word/a.txt", WORDS))))
    opened: list[object] = []
    monkeypatch.setattr(word, "seekable", opened.append)
    assert not word.looks(in_memory("a", zipped(("a.txt", WORDS), ("words.txt", WORDS))))
    assert not opened


def test_a_damaged_zip_is_searched_within_the_allowance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE", 1 << 20)
    inflated: list[int] = []
    data = bytearray()
    for n in range(20):  # members whose size stands behind them, and no list of contents
        engine = zlib.compressobj(wbits=unpacking.RAW)
        packed = engine.compress(WORDS) + engine.flush()
        data += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 8, 8, 0, 0, 0, 0, 0, 6, 0) + b"%02d.txt" % n + packed
        data += struct.pack("<4s3I", b"PK\x07\x08", zlib.crc32(WORDS), len(packed), len(WORDS))

    class Counting(unpacking.Allowance):
        def meter(self):  # type: ignore[no-untyped-def]
            came = super().meter()

            def counted(place: int) -> None:
                inflated.append(self.n_unpacked)
                came(place)

            return counted

    monkeypatch.setattr(archives, "Allowance", Counting)
    texts, reasons = found(tmp_path, "x.zip", bytes(data))
    most = max(1 << 20, unpacking.RATIO * len(data))
    assert most < 20 * len(WORDS)
    assert 1 <= len(texts) < 20
    assert any("found by searching" in reason and "no further" in reason for reason in reasons)
    assert max(inflated) <= most + (1 << 20)
